//! Focal points, units and carriers.

use crate::campaign::{Campaign, branch, member, news};

const SIX: [(&str, &str, &str, &[&str]); 6] = [
    ("center", "紧紧围绕中心", "围绕中心", &["中心"]),
    ("carrier", "切实找准载体", "找准载体", &["载体"]),
    ("practice", "突出实践特色", "实践特色", &["实践"]),
    ("masses", "注重发动群众", "发动群众", &["群众"]),
    ("coordination", "搞好统筹协调", "统筹协调", &["统筹", "注重搞好统筹协调"]),
    ("livelihood", "坚持抓好民生", "抓好民生", &["民生", "踏踏实实抓好民生"]),
];

fn focal(words: &str) -> Campaign {
    Campaign::story(&format!("focal_points: [{words}]"), "正文")
}

#[test]
fn every_word_of_the_six_names_its_focal_point() {
    for (slug, name, short, more) in SIX {
        for word in [slug, name, short].iter().chain(more) {
            let page = focal(word)
                .template("story.html", "{% for f in story.focal_points %}{{ f.url }} {{ f.name }} {{ f.short_name }}{% endfor %}")
                .page("/stories/2026/x/");
            assert_eq!(page, format!("/focal-points/{slug}/ {name} {short}"));
        }
    }
}

#[test]
fn the_six_are_in_their_order() {
    let page = Campaign::new("")
        .template(
            "focal_points.html",
            "{% for f in focal_points %}{{ f.number }}{{ f.slug }} {% endfor %}",
        )
        .page("/focal-points/");
    assert_eq!(page, "1center 2carrier 3practice 4masses 5coordination 6livelihood ");
}

#[test]
fn an_unknown_focal_point_is_an_error_at_its_place() {
    focal("民升").errs("focal-point-unknown", "民升");
    assert!(focal("抓好民升").help().contains("抓好民生"), "{}", focal("抓好民升").help());
    assert_eq!(focal("民生, 实践特").places(), ["5:20 focal-point-unknown"]);
}

#[test]
fn chinese_commas_in_a_list_are_recognised() {
    assert_eq!(focal("民生，实践").help(), "separate the items with ASCII commas: [民生, 实践]");
}

const OWN: &str = "//- content/focal-points.yaml
- slug: water
  name: 治水护河
  short_name: 治水
  aliases: [河]
  description: 把水治好
  colour: \"#1a6e8e\"
- 名称: 乡村振兴
  别名: [振兴]
";

#[test]
fn a_campaign_may_replace_the_vocabulary() {
    let campaign = |word: &str| {
        Campaign::new(OWN).with(
            "content/stories/x.md",
            news("甲", "2026-03-18", &format!("focal_points: [{word}]"), "正文"),
        )
    };
    for word in ["water", "治水护河", "治水", "河"] {
        assert!(campaign(word).page("/focal-points/water/").contains("甲"), "{word}");
    }
    assert!(campaign("振兴").build().has("/focal-points/xiang-cun-zhen-xing/"));
    assert!(!campaign("河").build().has("/focal-points/livelihood/"));
    assert_eq!(campaign("民生").codes(), ["focal-point-unknown"]);
}

#[test]
fn mistakes_in_a_vocabulary() {
    for (yaml, code) in [
        ("- name: 甲\n  colour: red\n", "colour-wrong"),
        ("- name: 甲\n  colour: \"#12345\"\n", "colour-wrong"),
        ("- slug: a\n", "field-missing"),
        ("- name: 甲\n  slug: A b\n", "slug-wrong"),
        ("- name: 甲\n  slug: a\n- name: 乙\n  slug: a\n", "name-taken"),
        ("- 甲\n- name: 乙\n  aliases: [甲]\n", "name-taken"),
        ("", "vocabulary-empty"),
        ("# 没有\n", "vocabulary-empty"),
        ("甲: 乙\n", "type-wrong"),
        ("- name: 甲\n  nmae: 乙\n", "key-unknown"),
        ("- [甲]\n", "type-wrong"),
        ("- name: [甲\n", "yaml-bracket-open"),
        ("- name：甲\n", "yaml-colon-fullwidth"),
        ("- name: 甲\n  名称: 乙\n", "key-twice"),
    ] {
        let campaign = Campaign::new("").with("content/focal-points.yaml", yaml);
        assert_eq!(campaign.codes(), [code], "{yaml:?}");
    }
}

const UNITS: &str = "//- content/units.yaml
- name: 城关镇党委
  slug: zhen
  level: 党委
- name: 第一支部
  parent: 城关镇党委
  aliases: [一支部]
  sector: 社区
- 名称: 第二支部
  上级: zhen-dang-wei
  别名: [二支部]
";

#[test]
fn units_keep_the_order_of_their_file_and_know_their_parents() {
    let campaign = Campaign::new(&UNITS.replace("zhen-dang-wei", "城关镇党委"))
        .with("content/stories/x.md", branch("甲", "一支部", "民生"))
        .template("units.html", "{% for u in units %}{{ u.depth }}{{ u.name }}:{{ u.count }} {% endfor %}")
        .template("unit.html", "{{ unit.name }}<{% if unit.parent %}{{ unit.parent.name }}{% endif %}|{% for c in unit.children %}{{ c.name }},{% endfor %}");
    assert!(campaign.codes().is_empty(), "{:?}", campaign.codes());
    let built = campaign.build();
    assert_eq!(built.page("/units/"), "0城关镇党委:0 1第一支部:1 1第二支部:0 ");
    assert_eq!(built.page("/units/zhen/"), "城关镇党委<|第一支部,第二支部,");
    assert_eq!(built.page("/units/di-yi-zhi-bu/"), "第一支部<城关镇党委|");
}

#[test]
fn a_parent_that_is_no_unit_is_an_error() {
    let campaign = Campaign::new(UNITS);
    campaign.errs("unit-unknown", "zhen-dang-wei");
}

#[test]
fn a_unit_that_the_file_lacks_is_an_error_with_the_nearest() {
    let units = "//- content/units.yaml\n- 第一支部\n- 机关支部\n";
    let campaign =
        Campaign::new(units).with("content/stories/x.md", member("甲", "林", "第一支步", "民生"));
    campaign.errs("unit-unknown", "第一支步");
    assert_eq!(campaign.help(), "did you mean “第一支部”?");
}

#[test]
fn without_a_file_units_are_those_that_stories_name() {
    let built =
        Campaign::new("").with("content/stories/x.md", branch("甲", "第三支部", "民生")).build();
    assert!(built.has("/units/di-san-zhi-bu/") && built.has("/branches/di-san-zhi-bu/"));
}

#[test]
fn units_above_themselves_are_errors_and_end() {
    for (yaml, count) in [
        ("- name: 甲\n  parent: 甲\n", 1),
        ("- name: 甲\n  parent: 乙\n- name: 乙\n  parent: 甲\n", 1),
        ("- name: 甲\n  parent: 乙\n- name: 乙\n  parent: 丙\n- name: 丙\n  parent: 乙\n", 1),
    ] {
        let codes = Campaign::new("").with("content/units.yaml", yaml).codes();
        assert_eq!(codes, vec!["parent-circle"; count], "{yaml}");
    }
}

#[test]
fn carriers_are_checked_where_there_is_a_file() {
    let story = |front: &str| Campaign::story(front, "正文");
    assert!(story("carriers: [党员责任区]").build().has("/carriers/dang-yuan-ze-ren-qu/"));
    let listed = |front: &str| {
        story(front).with(
            "content/carriers.yaml",
            "- name: 党员责任区\n  slug: zrq\n  aliases: [责任区]\n- 夜门诊\n",
        )
    };
    let built = listed("carriers: [责任区]").build();
    assert!(built.page("/carriers/zrq/").contains("标题甲") && built.has("/carriers/ye-men-zhen/"));
    listed("carriers: [责任取]").errs("carrier-unknown", "责任取");
}

#[test]
fn stray_files_and_misspelt_names_are_noticed() {
    let campaign =
        Campaign::new("").with("content/unit.yaml", "- 甲\n").with("content/notes.txt", "甲");
    assert_eq!(campaign.codes(), ["file-stray", "file-stray"]);
    let shown = campaign.diagnostics(xianfeng::base::lang::Lang::En);
    assert!(shown.contains("did you mean “content/units.yaml”?"), "{shown}");
}

#[test]
fn what_an_author_adds_reaches_the_templates() {
    let campaign = Campaign::new("")
        .settings("extra: {hotline: 12345}")
        .with("content/units.yaml", "- name: 第一支部\n  extra: {phone: 0571-1}\n")
        .with("content/carriers.yaml", "- 名称: 夜访\n  附加: {频次: 每周, 次: 2}\n")
        .with(
            "content/focal-points.yaml",
            "- name: 抓好民生\n  slug: livelihood\n  extra: {icon: 心}\n",
        )
        .with(
            "content/stories/a.md",
            branch("甲", "第一支部", "抓好民生").replace("kind:", "carriers: [夜访]\nkind:"),
        )
        .template("unit.html", "{{ unit.extra.phone }} {{ site.extra.hotline }}")
        .template("branch.html", "{{ branch.extra.phone }}")
        .template("carrier.html", "{% for k, v in carrier.extra %}{{ k }}{{ v }}{% endfor %}")
        .template("focal_point.html", "{{ focal_point.extra.icon }}");
    let built = campaign.build();
    assert_eq!(built.page("/units/di-yi-zhi-bu/"), "0571-1 12345");
    assert_eq!(built.page("/branches/di-yi-zhi-bu/"), "0571-1");
    assert_eq!(built.page("/carriers/ye-fang/"), "频次每周次2");
    assert_eq!(built.page("/focal-points/livelihood/"), "心");
}

/// The lists of a campaign, and what an entry of each has beside its name.
const LISTS: [(&str, &str); 9] = [
    ("focal-points", ""),
    ("units", ""),
    ("carriers", ""),
    ("works", ""),
    ("tasks", ""),
    ("honours", ", year: 2026, people: [丁海]"),
    ("events", ", date: 2026-05-01"),
    ("people", ""),
    ("words", ""),
];

/// The codes of the complaints about a list, and whether all of them are at their place in it.
fn told(list: &str, yaml: &str) -> (Vec<&'static str>, bool) {
    let path = format!("content/{list}.yaml");
    let prepared = Campaign::new("").with(&path, yaml).prepared();
    let is_there = prepared.diagnostics.iter().all(|d| d.place.path.as_str() == path);
    (prepared.diagnostics.iter().map(|d| d.code).collect(), is_there)
}

#[test]
fn a_list_that_is_broken_is_an_error_at_its_place() {
    for (list, _) in LISTS {
        for (yaml, code) in [
            ("- name: [甲\n", "yaml-bracket-open"),
            ("甲: 乙\n", "type-wrong"),
            ("- slug: jia\n", "field-missing"),
            ("- {name: 甲, nmae: 乙}\n", "key-unknown"),
            ("- [甲]\n", "type-wrong"),
        ] {
            let (codes, is_there) = told(list, yaml);
            assert!(codes.contains(&code) && is_there, "{list}: {yaml:?} is {codes:?}");
        }
        let (codes, is_there) = told(list, "");
        assert!(
            codes.iter().all(|code| *code == "vocabulary-empty") && is_there,
            "{list}: {codes:?}"
        );
    }
}

#[test]
fn a_name_in_a_list_becomes_no_markup() {
    let hostile = "\"<img src=x onerror=alert(1)>&amp;\\\"'\"";
    for (list, rest) in LISTS {
        let yaml = format!("- {{name: {hostile}, description: {hostile}{rest}}}\n");
        let yaml = if list == "words" { format!("- {{name: {hostile}}}\n") } else { yaml };
        let campaign = Campaign::new("").with(&format!("content/{list}.yaml"), yaml);
        for (address, page) in campaign.build().pages() {
            assert!(!page.contains("<img src=x"), "{list}: {address}");
        }
    }
}

#[test]
fn a_long_list_is_read_to_its_end() {
    for (list, rest) in LISTS {
        let entry = |i: usize| format!("- {{name: 甲{i}{rest}}}\n");
        let yaml: String = (0..2_000).map(entry).chain(["- {nmae: 乙}\n".to_string()]).collect();
        let prepared = Campaign::new("").with(&format!("content/{list}.yaml"), yaml).prepared();
        let told = prepared.diagnostics.iter().find(|d| d.code == "key-unknown");
        let place = told.and_then(|d| d.place.position()).map(|at| (at.line, at.column));
        assert_eq!(place, Some((2_001, 4)), "{list}");
    }
}
