//! Works and carriers: what is done for a time, by whom, and what is told of it.

use xianfeng::diagnostic::Severity;

use xianfeng::diagnostic::Diagnostic;

use crate::campaign::{Campaign, both, branch, marked_text, news};

const LISTS: &str = "//- content/units.yaml
- {name: 城东街道, sector: 机关}
- {name: 槐树社区, sector: 社区, parent: 城东街道}
- {name: 第二小学, sector: 学校, parent: 城东街道}
- {name: 少年宫, parent: 第二小学}
//- content/works.yaml
- {name: 全市河道整治, level: 市, from: 2026-01-01, units: [城东街道]}
- {名称: 槐河清淤, 级别: 社区, 上级工作: 全市河道整治, 开始: 2026-02-01, 结束: 2026-09-30, 责任单位: [槐树社区]}
- {name: 旧书下乡, role: 统筹工作, to: 2025-12-31}
- {name: 校门疏导, parent: 旧书下乡, aliases: [护学], from: 2026-07-01}
- 垃圾分类
//- content/carriers.yaml
- {name: 板凳会, from: 2026-01-01, when: 每周四晚上, units: [槐树社区, 第二小学]}
- {name: 夜巡, to: 2025-12-31}
";

fn told(path: &str, unit: &str, more: &str) -> (String, String) {
    let text = branch(path, unit, "民生").replace("kind:", &format!("{more}\nkind:"));
    (format!("content/stories/{path}.md"), text)
}

fn campaign(stories: &[(&str, &str, &str)]) -> Campaign {
    stories.iter().fold(Campaign::new(LISTS), |campaign, (path, unit, more)| {
        let (path, text) = told(path, unit, more);
        campaign.with(&path, text)
    })
}

/// What `check` alone says, as `code: message` in Chinese.
fn notes(campaign: &Campaign) -> Vec<String> {
    let prepared = campaign.prepared();
    let more = xianfeng::check::more(&prepared.site, &prepared.plan);
    let more =
        more.into_iter().filter(|d| d.code.starts_with("work") || d.code.starts_with("carrier"));
    more.map(|d| format!("{}: {}", d.code, d.message.zh)).collect()
}

#[test]
fn a_campaign_without_lists_has_no_page_and_no_word_of_them() {
    let built = Campaign::story("", "正文").build();
    for (path, page) in built.pages() {
        for word in ["works", "tasks", "calendar", "coverage", "统筹工作", "实事", "日程"] {
            assert!(!path.starts_with(word) && !page.contains(word), "{path}: {word}");
        }
    }
}

#[test]
fn works_stand_by_their_times_and_below_each_other() {
    let nodes = |list: &str| {
        format!(
            "{{% for n in works.{list} %}}{{{{ n.depth }}}}{{{{ n.name }}}}({{{{ n.role }}}}) {{% endfor %}}"
        )
    };
    let template = format!("{}|{}|{}", nodes("current"), nodes("coming"), nodes("past"));
    let page = |at: &str| campaign(&[]).template("works.html", &template).at(at).page("/works/");
    assert_eq!(
        page("2026-06-01"),
        "0全市河道整治(central) 1槐河清淤(central) 0垃圾分类(central) |0校门疏导(central) |0旧书下乡(linked) "
    );
    assert_eq!(page("2026-09-30 23:00"), page("2026-07-01"));
    assert_eq!(
        page("2026-10-01"),
        "0全市河道整治(central) 0校门疏导(central) 0垃圾分类(central) ||0槐河清淤(central) 0旧书下乡(linked) "
    );
    // Past work is folded below, in the default theme.
    let page = campaign(&[]).page("/works/");
    let past = page.find("<details class=\"fold\">").expect("folded");
    assert!(page.find("槐河清淤").unwrap() < past && page[past..].contains("旧书下乡"));
}

#[test]
fn a_work_has_its_units_its_stories_and_their_results() {
    let results = "results:\n  - {indicator: 清出淤泥, after: 300, unit: 方}";
    let stories = [
        ("a", "槐树社区", &*format!("central_works: [槐河清淤]\n{results}")),
        ("b", "第二小学", &*format!("统筹工作: [槐河清淤]\n{results}")),
    ];
    let page = campaign(&stories).page("/works/huai-he-qing-yu/");
    for part in ["社区", "2026年2月1日至2026年9月30日", "全市河道整治", "2 篇"] {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(page.matches("清出淤泥").count(), 1, "added up once");
    let tellers = page.split("报道单位").nth(1).unwrap();
    assert!(tellers.find("槐树社区") < tellers.find("第二小学"));
    assert!(campaign(&stories).page("/works/quan-shi-he-dao-zheng-zhi/").contains("槐河清淤"));
}

#[test]
fn a_story_shows_central_and_linked_work_apart() {
    let front = "central_works: [槐河清淤]\nlinked_works: [护学, 板凳会]\ncarriers: [夜巡]";
    let campaign = campaign(&[("a", "槐树社区", front)])
        .at("2026-08-01")
        .template("story.html", "{% for l in story.linked %}{{ l.label }}:{% for e in l.entities %}{{ e.name }} {{ e.url }} {% endfor %};{% endfor %}{% for c in story.carriers %}[{{ c.name }}]{% endfor %}");
    let page = campaign.page("/stories/2026/a/");
    assert_eq!(
        page,
        "中心工作:槐河清淤 /works/huai-he-qing-yu/ ;统筹工作:校门疏导 /works/xiao-men-shu-dao/ 板凳会 /carriers/ban-deng-hui/ ;活动载体:夜巡 /carriers/ye-xun/ ;[夜巡]"
    );
    // What it is coordinated with lists it too.
    let built = campaign.build();
    for address in ["/works/xiao-men-shu-dao/", "/carriers/ban-deng-hui/"] {
        assert!(built.page(address).contains("/stories/2026/a/"), "{address}");
    }
}

#[test]
fn names_that_no_list_has_are_errors_at_their_place() {
    for (front, code, marked) in [
        ("central_works: [槐河清游]", "work-unknown", "槐河清游"),
        ("linked_works: [夜寻]", "work-unknown", "夜寻"),
        ("tasks: [修桥]", "task-unknown", "修桥"),
    ] {
        campaign(&[("a", "槐树社区", front)]).errs(code, marked);
    }
    let near = campaign(&[("a", "槐树社区", "linked_works: [夜寻]")]).help();
    assert!(near.contains("夜巡"), "{near}");
    let none = Campaign::story("central_works: [修桥]", "正文");
    none.errs("work-unknown", "修桥");
    assert!(!none.prepared().plan.contains_key("works/index.html"));
}

#[test]
fn a_work_in_both_roles_is_central() {
    let front = "central_works: [垃圾分类]\nlinked_works: [垃圾分类]";
    let campaign = campaign(&[("a", "槐树社区", front)]);
    assert_eq!(campaign.codes(), ["work-in-both"]);
    let page = campaign.page("/stories/2026/a/");
    assert!(!page.contains("统筹工作"));
}

#[test]
fn a_story_outside_the_time_of_its_work_is_asked_about() {
    let story = |date: &str, front: &str| {
        let campaign = Campaign::new(LISTS).at("2026-12-01");
        campaign.with("content/stories/a.md", news("甲", date, front, "正文"))
    };
    let campaign = story("2026-01-05", "central_works: [全市河道整治, 槐河清淤]");
    let prepared = campaign.prepared();
    let [only] = &prepared.diagnostics[..] else { panic!("{}", both(&prepared.diagnostics)) };
    assert_eq!((only.code, only.severity), ("work-out-of-time", Severity::Warning));
    assert_eq!(marked_text(only), "槐河清淤");
    assert_eq!(
        only.message.zh,
        "稿件的日期 2026-01-05 不在“槐河清淤”的时间里（2026-02-01 到 2026-09-30）"
    );
    for (date, front) in [
        ("2026-02-01", "central_works: [槐河清淤]"),
        ("2026-09-30 23:59", "central_works: [槐河清淤]"),
        ("2020-01-01", "central_works: [垃圾分类]"),
        ("2025-12-31", "linked_works: [旧书下乡]"),
    ] {
        assert!(story(date, front).codes().is_empty(), "{date} {front}");
    }
    for (date, front) in
        [("2026-10-01", "central_works: [槐河清淤]"), ("2026-06-30", "linked_works: [护学]")]
    {
        assert_eq!(story(date, front).codes(), ["work-out-of-time"], "{date} {front}");
    }
}

#[test]
fn a_work_of_which_nobody_tells_is_a_note() {
    let told = [("a", "槐树社区", "central_works: [槐河清淤]\ncarriers: [板凳会]")];
    let quiet =
        |at: &str| notes(&campaign(&told).at(at)).into_iter().find(|n| n.starts_with("work-quiet"));
    // The story is of 18 March; what tells of the river tells of the work above it.
    assert_eq!(
        quiet("2026-06-01").unwrap(),
        "work-quiet: 这些工作正在开展，90 天没有新稿件：垃圾分类"
    );
    let later = quiet("2026-06-17").unwrap();
    assert!(later.ends_with("全市河道整治、槐河清淤、垃圾分类"), "{later}");
    // What is over, and what has just begun, may be quiet.
    let autumn = quiet("2026-09-28").unwrap();
    assert!(!autumn.contains("旧书下乡") && !autumn.contains("校门疏导"), "{autumn}");
    assert!(quiet("2026-09-30").unwrap().contains("校门疏导"));
}

#[test]
fn carriers_stand_in_a_table_by_sector_whose_numbers_lead_to_the_stories() {
    let stories = [
        ("a", "槐树社区", "carriers: [板凳会]"),
        ("b", "槐树社区", "carriers: [板凳会]"),
        ("c", "少年宫", "carriers: [板凳会]"),
    ];
    let built = campaign(&stories).build();
    let page = built.page("/carriers/");
    let table = page.split("<table").nth(1).unwrap().split("</table>").next().unwrap();
    let row = table.split("板凳会").nth(1).unwrap().split("</tr>").next().unwrap();
    assert_eq!(row.matches("<td class=\"none\">0</td>").count(), 1, "机关: {row}");
    assert!(row.contains("<a href=\"/carriers/ban-deng-hui/#xf-sector-2\">2</a>"), "{row}");
    // A unit without a sector has that of the one above it.
    assert!(row.contains("<a href=\"/carriers/ban-deng-hui/#xf-sector-3\">1</a>"), "{row}");
    let carrier = built.page("/carriers/ban-deng-hui/");
    for id in ["xf-sector-2", "xf-sector-3"] {
        assert!(carrier.contains(&format!("id=\"{id}\"")), "{id}");
    }
    for part in
        ["2026年1月1日起", "每周四晚上", "/units/huai-shu-she-qu/", "/units/di-er-xiao-xue/"]
    {
        assert!(carrier.contains(part), "{part}");
    }
}

#[test]
fn without_sectors_there_is_no_table() {
    let page = Campaign::story("unit: 一支部\ncarriers: [夜访]", "正文").page("/carriers/");
    assert!(!page.contains("<table"), "{page}");
}

#[test]
fn stories_without_a_carrier_are_told_of_once() {
    let none = [("a", "槐树社区", "name: 甲"), ("b", "第二小学", "name: 乙")];
    let found = notes(&campaign(&none));
    let found: Vec<_> = found.iter().filter(|n| n.starts_with("carrier-none")).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("content/stories/a.md") && found[0].contains("content/stories/b.md"));
    // Who has no carriers at all does without, and news need none.
    let without = Campaign::new("").with("content/stories/a.md", branch("甲", "一支部", "民生"));
    assert!(notes(&without).is_empty());
    let news =
        Campaign::new(LISTS).with("content/stories/a.md", news("甲", "2026-03-18", "", "正文"));
    assert!(!notes(&news).iter().any(|n| n.starts_with("carrier-none")));
}

#[test]
fn carriers_that_one_unit_uses_or_none_are_a_note() {
    let used = [("a", "槐树社区", "carriers: [板凳会]"), ("b", "第二小学", "carriers: [夜巡]")];
    let found =
        |campaign: Campaign| notes(&campaign).into_iter().find(|n| n.starts_with("carrier-lonely"));
    assert_eq!(
        found(campaign(&used)).unwrap(),
        "carrier-lonely: 这些载体用得还不多。只有一个单位的稿件写到：板凳会（槐树社区）"
    );
    let both = [("a", "槐树社区", "carriers: [板凳会]"), ("b", "第二小学", "carriers: [板凳会]")];
    assert_eq!(found(campaign(&both)), None);
    let neither = [("a", "槐树社区", ""), ("b", "第二小学", "")];
    let unused = found(campaign(&neither)).unwrap();
    assert!(unused.ends_with("还没有稿件写到：板凳会"), "{unused}");
}

#[test]
fn units_are_looked_up_and_named() {
    let campaign = |lists: &str| Campaign::new(lists);
    campaign("//- content/units.yaml\n- 甲支部\n//- content/works.yaml\n- {name: 修路, units: [甲支部, 甲支步]}\n")
        .errs("unit-unknown", "甲支步");
    // Without a list of units, those that works name are units.
    let built = campaign("//- content/works.yaml\n- {name: 修路, units: [乙支部]}\n").build();
    assert!(built.has("/units/yi-zhi-bu/"));
    assert!(built.page("/works/xiu-lu/").contains("/units/yi-zhi-bu/"));
}

#[test]
fn mistakes_in_the_lists_of_works_and_carriers() {
    for (file, yaml, code) in [
        ("works", "", "vocabulary-empty"),
        ("works", "# 还没有\n", "vocabulary-empty"),
        ("works", "- name: [修路\n", "yaml-bracket-open"),
        ("works", "修路: 甲\n", "type-wrong"),
        ("works", "- {name: 修路, due: 2026-01-01}\n", "key-unknown"),
        ("works", "- {level: 市}\n", "field-missing"),
        ("works", "- 修路\n- {name: 架桥, aliases: [修路]}\n", "name-taken"),
        ("works", "- {name: 修路, role: 主要}\n", "word-unknown"),
        ("works", "- {name: 修路, parent: 架桥}\n", "work-unknown"),
        ("works", "- {name: 修路, parent: 架桥}\n- {name: 架桥, parent: 修路}\n", "parent-circle"),
        ("works", "- {name: 修路, from: 2026-05-01, to: 2026-04-30}\n", "dates-reversed"),
        ("works", "- {name: 修路, from: 开春}\n", "date-format"),
        ("works", "- {name: 修路, from: 2026-02-30}\n", "date-impossible"),
        ("carriers", "- {name: 夜访, 开始: 2026-05-01, 结束: 2026-04-30}\n", "dates-reversed"),
        ("carriers", "- {name: 夜访, parent: 日访}\n", "key-unknown"),
    ] {
        let campaign = Campaign::new("").with(&format!("content/{file}.yaml"), yaml);
        let prepared = campaign.prepared();
        let errors: Vec<_> = prepared.diagnostics.iter().map(|d| (d.code, d.is_error())).collect();
        assert_eq!(errors, [(code, true)], "{yaml}");
    }
    let reversed = "- name: 修路\n  from: 2026-05-01\n  to: 2026-04-30\n";
    Campaign::new("").with("content/works.yaml", reversed).errs("dates-reversed", "2026-04-30");
}

#[test]
fn hostile_names_are_text() {
    let name = "<script>alert(1)</script>\" onload=\"x";
    let yaml = format!("- name: '{name}'\n  level: '{name}'\n  units: ['{name}']\n");
    let built = Campaign::new("")
        .with("content/works.yaml", &yaml)
        .with("content/carriers.yaml", format!("- name: '{name}'\n  when: '{name}'\n"))
        .with(
            "content/stories/a.md",
            news(
                "甲",
                "2026-03-18",
                &format!(
                    "central_works: ['{name}']\nlinked_works: ['{name}']\ncarriers: ['{name}']"
                ),
                "正文",
            ),
        )
        .build();
    for (path, page) in built.pages() {
        assert!(!page.contains("<script>alert") && !page.contains("\" onload"), "{path}");
    }
}

#[test]
fn ten_thousand_works_are_read() {
    let list: String = (0..10_000)
        .map(|i| {
            format!("- {{name: 工作{i}, parent: 工作{}, from: 2026-01-01}}\n", i / 7 + i / 9_999)
        })
        .collect();
    let campaign =
        Campaign::new("").with("content/works.yaml", list.replacen(", parent: 工作0", "", 1));
    let prepared = campaign.prepared();
    assert!(prepared.diagnostics.is_empty(), "{}", both(&prepared.diagnostics[..1]));
}

#[test]
fn a_date_in_a_list_of_a_year_that_nobody_means_is_a_note() {
    let told = |works: &str, tasks: &str| -> Vec<String> {
        let campaign = Campaign::new("")
            .with("content/works.yaml", works)
            .with("content/tasks.yaml", tasks)
            .with(
                "content/honours.yaml",
                "- {name: 护林标兵, year: 1948, date: 1948-10-01, people: [何岸]}\n",
            );
        let prepared = campaign.prepared();
        let more = xianfeng::check::more(&prepared.site, &prepared.plan);
        let odd = more.iter().filter(|d| d.code == "list-year-odd");
        let place = |d: &Diagnostic| d.place.position().map(|at| (at.line, at.column)).unwrap();
        odd.map(|d| format!("{:?} {}", place(d), d.message.zh)).collect()
    };
    let task = |due: &str| format!("- {{name: 修灯, due: {due}}}\n");
    assert_eq!(
        told("- {name: 护林, from: 2026-01-01, to: 2035-12-31}\n", &task("2027-01-01")),
        [""; 0]
    );
    assert_eq!(
        told("- name: 护林\n  from: 1026-03-01\n  to: 2206-12-31\n", &task("2062-01-01")),
        [
            "(2, 9) 这里写的是 1026 年（1026-03-01），是不是写错了？",
            "(3, 7) 这里写的是 2206 年（2206-12-31），是不是写错了？",
            "(1, 19) 这里写的是 2062 年（2062-01-01），是不是写错了？",
        ]
    );
}
