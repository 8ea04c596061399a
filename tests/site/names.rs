//! One name, however it was typed; and files by the names that they have.

use crate::campaign::{Campaign, PNG, branch, member, news};

fn people(names: &[&str]) -> Vec<String> {
    let all = names.iter().enumerate().fold(Campaign::new(""), |campaign, (i, name)| {
        let story = member(&format!("事迹{i}"), name, "河口党支部", "民生");
        campaign.with(
            &format!("content/stories/s{i}.md"),
            story.replace("03-18", &format!("03-{:02}", 10 + i)),
        )
    });
    let addresses = all.build().addresses();
    addresses
        .into_iter()
        .filter(|address| address.starts_with("/members/") && address.len() > 9)
        .collect()
}

#[test]
fn a_person_of_a_unit_has_one_page_however_the_name_is_spelled() {
    assert_eq!(people(&["周　远", "周远", "周 远", "周\u{200B}远"]), ["/members/zhou-yuan/"]);
    let dots = [
        "热娜·艾力",
        "热娜•艾力",
        "热娜・艾力",
        "热娜‧艾力",
        "热娜∙艾力",
        "热娜．艾力",
        "热娜 · 艾力",
    ];
    assert_eq!(people(&dots), ["/members/re-na-ai-li/"]);
    assert_eq!(people(&["周远", "周元"]).len(), 2);
}

#[test]
fn a_name_is_shown_as_it_was_first_written() {
    let built = Campaign::new("")
        .with(
            "content/stories/a.md",
            member("早", "周　远", "河口党支部（联合）", "民生").replace("03-18", "01-01"),
        )
        .with("content/stories/b.md", member("晚", "周远", "河口党支部(联合)", "民生"))
        .with(
            "content/stories/c.md",
            news("动态", "2026-04-01", "name: 周 远\nunit: 河口党支部 ( 联合 )", "正文"),
        )
        .template("member.html", "{{ member.name }} {{ member.unit.name }} {{ list.count }}")
        .template("story.html", "{{ story.name }} {{ story.unit.name }}")
        .build();
    assert_eq!(built.page("/members/zhou-yuan/"), "周　远 河口党支部（联合） 3");
    assert_eq!(built.page("/stories/2026/c/"), "周　远 河口党支部（联合）");
    assert!(!built.has("/members/zhou-yuan-2/"));
}

#[test]
fn every_list_takes_names_however_they_are_spelled() {
    let campaign = Campaign::new(
        "//- content/units.yaml\n- name: 河口党支部（联合）\n  aliases: [联合支部]\n- name: 二支部\n  parent: 河口 党支部(联合)\n//- content/carriers.yaml\n- 党员·先锋岗\n",
    );
    let front = "unit: 河口党支部(联合)\ncarriers: [党员•先锋岗]\nfocal_points: [抓好 民生]\nregion: 北　街";
    let built = campaign
        .with("content/stories/a.md", news("甲", "2026-03-01", front, "正文"))
        .with("content/stories/b.md", news("乙", "2026-03-02", "region: 北街", "正文"))
        .build();
    assert!(built.has("/regions/bei-jie/") && !built.has("/regions/bei-jie-2/"));
    assert!(built.prepared.diagnostics.is_empty());
}

#[test]
fn keys_and_words_are_known_however_they_are_typed() {
    let story = "---\n标\u{200B}题: 甲\ndate: 2026-03-18\n类型: 动 态\n着力\u{AD}点: [民生]\nunit: 乙\n---\n正文\n";
    let campaign = Campaign::new("").with("content/stories/x.md", story);
    assert_eq!(campaign.codes(), [""; 0]);
    let unknown = campaign.with("content/units.yaml", "- 丙\n");
    assert_eq!(unknown.places(), ["6:7 unit-unknown"]);
    let twice =
        Campaign::new("").with("content/stories/x.md", story.replace("unit: 乙", "着力点: [实践]"));
    assert_eq!(twice.places(), ["6:1 key-twice"]);
}

#[test]
fn two_entries_of_a_list_must_differ_in_more_than_blanks() {
    Campaign::new("//- content/units.yaml\n- 河口党支部（一）\n- 河口党支部 (一)\n")
        .errs("name-taken", "河口党支部 (一)");
}

#[test]
fn a_namesake_in_another_unit_is_another_person() {
    let built = Campaign::new("")
        .with("content/stories/a.md", member("甲", "周　远", "甲支部", "民生"))
        .with(
            "content/stories/b.md",
            member("乙", "周远", "乙支部", "民生").replace("03-18", "03-19"),
        )
        .with("content/stories/c.md", branch("丙", "丙支部", "民生"))
        .build();
    assert!(built.has("/members/zhou-yuan/") && built.has("/members/zhou-yuan-2/"));
}

/// A story in a folder of its own, beside which these files are.
fn beside(files: &[&str], body: &str) -> Campaign {
    let story = news("标题", "2026-03-01", "", body);
    let campaign = Campaign::new("").with("content/stories/p/index.md", story);
    files
        .iter()
        .fold(campaign, |campaign, file| campaign.with(&format!("content/stories/p/{file}"), PNG))
}

#[test]
fn a_file_is_found_by_its_whole_name_as_it_is_written() {
    for (name, address) in [
        ("7#楼.png", "7%23%E6%A5%BC.png"),
        ("完成率60%.png", "%E5%AE%8C%E6%88%90%E7%8E%8760%25.png"),
        ("何时?.png", "%E4%BD%95%E6%97%B6%3F.png"),
        ("#1.png", "%231.png"),
        ("a%20b.png", "a%2520b.png"),
        ("7#楼/图?.png", "7%23%E6%A5%BC/%E5%9B%BE%3F.png"),
    ] {
        let built = beside(&[name], &format!("![图](<{name}>)"))
            .template("story.html", "{{ story.body }}")
            .build();
        // Windows cannot have some of them.
        let is_other = |code: &str| code != "file-name-windows";
        let codes = built.prepared.diagnostics.iter().map(|said| said.code);
        assert_eq!(codes.filter(|code| is_other(code)).collect::<Vec<_>>(), [""; 0], "{name}");
        let page = built.page("/stories/2026/p/");
        assert!(page.contains(&format!("src=\"/stories/2026/p/{address}\"")), "{name}: {page}");
        assert!(built.has(&format!("/stories/2026/p/{name}")), "{name}");
        let encoded = format!("![图]({address})");
        let codes = beside(&[name], &encoded).codes();
        assert_eq!(codes.into_iter().filter(|code| is_other(code)).count(), 0, "{name}");
    }
}

#[test]
fn a_file_is_found_however_its_letters_are_composed() {
    let (composed, apart) = ("caf\u{e9}.png", "cafe\u{301}.png");
    for (file, written) in [(composed, apart), (apart, composed), (apart, apart)] {
        assert_eq!(beside(&[file], &format!("![图]({written})")).codes(), [""; 0]);
    }
    let below = Campaign::story(
        &format!("cover: 图/{composed}\ncover_alt: 图"),
        &format!("![图](/图/{composed})"),
    );
    assert_eq!(below.with(&format!("content/static/图/{apart}"), PNG).codes(), [""; 0]);
    let other = news("别的", "2026-03-02", "", "正文");
    let linked = beside(&[], &format!("[见](../{}.md)", "cafe\u{301}"));
    assert_eq!(linked.with("content/stories/caf\u{e9}.md", other).codes(), [""; 0]);
}

#[test]
fn help_never_repeats_what_was_written() {
    let help = |files: &[&str], body: &str| beside(files, body).help_of("picture-dead");
    assert!(help(&["会场 1.png"], "![图](会场\u{a0}1.png)").contains("copy its name"));
    assert!(help(&["会场（1）.png"], "![图](会场(1).png)").contains("会场（1）.png"));
    assert_eq!(help(&["合影.PNG"], "![图](合影.png)"), "did you mean “合影.PNG”?");
    // Another number is another picture, and so is another word.
    for other in ["活动02.png", "楼道.png"] {
        assert!(!help(&[other], "![图](活动01.png)").contains(other));
    }
}

#[test]
fn several_names_in_one_are_said() {
    let codes = |front: &str| Campaign::story(front, "正文").codes();
    for front in [
        "keywords: [读书，志愿、服务]",
        "author: [周远、钱宁]",
        "keywords:\n  - 读书，志愿",
        "keywords:\n  - 学、思、用\n  - 民生",
        "honours: [优秀党员，先进个人]",
        "honours:\n  - 优秀党员、先进个人",
        "source: [甲报；乙报]",
    ] {
        assert_eq!(codes(front), ["list-comma"], "{front}");
    }
    for front in [
        "carriers: [读书会，故事会]",
        "unit: 甲支部、乙支部",
        "region: 北街、南街",
        "name: 周远、钱宁",
    ] {
        assert_eq!(codes(front), ["names-in-one"], "{front}");
    }
    for front in [
        "keywords: [读书, 志愿]",
        "keywords: [\"学、思、用\"]",
        "keywords:\n  - \"学、思、用\"",
        "honours: [\"抗洪、抢险先进个人\"]",
        "quotes: [亮了、暖了，大家都说好]",
        "author: 周远、钱宁",
        "carriers: ['学、思、用']",
        "name: \"甲、乙\"",
        "keywords: [读书，]",
    ] {
        assert_eq!(codes(front), [""; 0], "{front}");
    }
    let listed = Campaign::story("carriers: [学、思、用]", "正文");
    assert_eq!(listed.with("content/carriers.yaml", "- 学、思、用\n").codes(), [""; 0]);
}

#[test]
fn lists_of_names_in_lists_are_looked_at_too() {
    let with = |list: &str| Campaign::story("", "正文").with("content/honours.yaml", list);
    for (list, place) in [
        ("- 名称: 先进\n  单位: [甲支部、乙支部]\n", "2:8 names-in-one"),
        ("- 名称: 先进\n  人员:\n  - 李四 甲支部\n", "3:5 names-in-one"),
        ("- 名称: 先进\n  人员:\n  - 张三（甲支部）\n", "3:5 names-in-one"),
        ("- 名称: 先进\n  人员: [李四 王五]\n", "2:8 names-in-one"),
        ("- 名称: 先进\n  人员: [李四、王五]\n", "2:8 list-comma"),
    ] {
        assert_eq!(with(list).places(), [place], "{list}");
    }
    let help = with("- 名称: 先进\n  人员:\n  - 李四 甲支部\n").help_of("names-in-one");
    assert!(help.contains("姓名: 李四, 单位: 甲支部"), "{help}");
    for list in [
        "- 名称: 先进\n  单位: [\"甲、乙联合支部\"]\n",
        "- 名称: 先进\n  人员: [{姓名: 李四, 单位: 甲支部}]\n",
        "- 名称: 先进\n  人员: [李　四]\n",
    ] {
        assert_eq!(with(list).codes(), [""; 0], "{list}");
    }
    // What is wrong is there.
    assert_eq!(with("- 名称: 先进\n  人员: 张三、李四\n").codes(), ["type-wrong"]);
    let nobody = with("- 名称: 先进\n").help_of("honour-nobody");
    assert!(nobody.contains("add 单位: [The unit], or 人员: [{姓名: "), "{nobody}");
    assert_eq!(with("- 名称: 先进\n  单位: [单位名称]\n").codes(), [""; 0]);
    Campaign::story("", "正文")
        .with("content/people.yaml", "- 李四 甲支部\n")
        .help_of("names-in-one");
}

#[test]
fn lines_where_a_list_is_wanted_are_not_one_item_in_silence() {
    for lines in [
        "关键词:\n  1. 党建\n  2. 民生",
        "荣誉:\n  · 党建\n  · 民生",
        "关键词: >\n  （一）党建\n  （二）民生",
    ] {
        let story = Campaign::story(lines, "正文");
        assert_eq!(story.codes(), ["list-lines"], "{lines}");
        assert!(story.help().contains(": [党建, 民生];"), "{}", story.help());
    }
    assert_eq!(Campaign::story("关键词:\n  党建", "正文").codes(), [""; 0]);
    assert_eq!(Campaign::story("关键词: \"党建\n  引领\"", "正文").codes(), [""; 0]);
}

#[test]
fn quotation_marks_make_no_other_person_or_unit() {
    let text = |name: &str, unit: &str| {
        format!(
            "---\ntitle: 标题\ndate: 2026-03-18\nkind: member\nfocal_points: [民生]\nunit: {unit}\nname: {name}\n---\n正文\n"
        )
    };
    let built = Campaign::new("")
        .with("content/stories/a.md", text("“李明”", "'\"两新\"党支部'"))
        .with("content/stories/b.md", text("李明", "“两新”党支部"))
        .build();
    let pages = |folder: &str| {
        built.addresses().iter().filter(|address| address.starts_with(folder)).count()
    };
    assert_eq!((pages("/members/"), pages("/units/")), (2, 2), "{:?}", built.addresses());
    assert!(!built.page("/members/").contains("“李明”"));
}

#[test]
fn the_help_for_several_names_in_one_makes_them_several() {
    let help = Campaign::story("keywords: [读书，志愿、服务]", "正文").help();
    assert!(help.contains("[读书, 志愿, 服务]"), "{help}");
}
