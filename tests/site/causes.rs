//! One slip is told once, where it was made; what follows from it is not told at all.

use crate::campaign::{Campaign, branch, news};

/// Two units, a carrier, a story that names them, and one that links to their pages.
fn office() -> Campaign {
    Campaign::new("")
        .with("content/units.yaml", "- name: 河湾社区\n  level: 社区\n- name: 梅林社区\n")
        .with("content/carriers.yaml", "- name: 周三夜访\n")
        .with(
            "content/stories/2026/a.md",
            branch("红管家", "梅林社区", "民生").replace("kind:", "carriers: [周三夜访]\nkind:"),
        )
        .with(
            "content/stories/2026/b.md",
            news(
                "推进会",
                "2026-03-02",
                "unit: 河湾社区",
                "见[单位](/units/mei-lin-she-qu/)和[支部](/branches/mei-lin-she-qu/)。",
            ),
        )
}

#[test]
fn a_campaign_without_a_slip_is_right() {
    assert_eq!(office().codes(), [""; 0]);
}

#[test]
fn a_list_that_cannot_be_read_is_the_one_mistake() {
    for (slip, place) in [
        ("- name: 河湾社区\n  level：社区\n- name: 梅林社区\n", "2:8 yaml-colon-fullwidth"),
        ("name: 河湾社区\n", "1:1 type-wrong"),
        (
            "<<<<<<< HEAD\n- name: 河湾\n=======\n- name: 河湾社区\n>>>>>>> b2\n",
            "1:1 merge-conflict",
        ),
        ("- 名称：河湾社区\n- name: 梅林社区\n", "1:5 yaml-colon-fullwidth"),
    ] {
        assert_eq!(office().with("content/units.yaml", slip).places(), [place], "{slip}");
    }
    let not_text = office().with("content/units.yaml", b"- name: \x00\x01\x02\xFF\n".as_slice());
    assert_eq!(not_text.codes(), ["file-not-text"]);
    for (file, slip) in
        [("carriers", "- name 周三夜访: [\n"), ("focal-points", "- name: 民生\n  aliases: [河\n")]
    {
        let campaign = office().with(&format!("content/{file}.yaml"), slip);
        let places = campaign.diagnostics(xianfeng::base::lang::Lang::En);
        assert_eq!(places.matches("error[").count(), 1, "{places}");
        assert!(places.contains(&format!("content/{file}.yaml:")), "{places}");
    }
}

#[test]
fn a_name_that_a_sound_list_lacks_is_still_a_mistake() {
    let campaign = office().with("content/units.yaml", "- name: 河湾社区\n");
    assert!(campaign.codes().contains(&"unit-unknown"));
}

#[test]
fn a_story_that_cannot_be_read_is_the_one_mistake() {
    let campaign = office()
        .with("content/stories/2026/a.md", "---\ntitle: 红管家\ndate：2026-03-01\n---\n正文\n")
        .with(
            "content/stories/2026/c.md",
            news("二", "2026-03-03", "", "[红管家](a.md)、[支部](/branches/mei-lin-she-qu/)。"),
        );
    assert_eq!(campaign.places(), ["3:5 yaml-colon-fullwidth"]);
}

#[test]
fn marks_of_a_merge_are_a_mistake_wherever_they_are() {
    let marks = "<<<<<<< HEAD\n共 86 人。\n=======\n共 87 人。\n>>>>>>> b2\n";
    let body = office().with("content/stories/2026/b.md", news("推进会", "2026-03-02", "", marks));
    assert_eq!(body.places(), ["6:1 merge-conflict"]);
    let front = "---\ntitle: 甲\n<<<<<<< HEAD\ndate: 2026-03-02\n=======\ndate: 2026-03-03\n>>>>>>> b2\nkind: news\n---\n文\n";
    let front = office().with("content/stories/2026/b.md", front);
    assert_eq!(front.places(), ["3:1 merge-conflict"]);
    let half = office().with(
        "content/stories/2026/b.md",
        news("推进会", "2026-03-02", "", "共 86 人。\n>>>>>>> b2\n"),
    );
    assert_eq!(half.places(), ["7:1 merge-conflict"]);
    for file in ["site", "units", "carriers", "focal-points"] {
        let text = "<<<<<<< HEAD\n- name: 甲\n=======\n- name: 乙\n>>>>>>> b2\n";
        let campaign = office().with(&format!("content/{file}.yaml"), text);
        assert_eq!(campaign.places(), ["1:1 merge-conflict"], "{file}");
    }
    let words =
        office().with("themes/xianfeng/strings/zh-CN.yaml", "<<<<<<< a\nhome: 首页\n>>>>>>> b\n");
    assert_eq!(words.places(), ["1:1 merge-conflict"]);
}

#[test]
fn signs_in_a_text_are_no_marks_of_a_merge() {
    let body = "标题\n=======\n\n> > > > > > > 七重引文\n\n    <<<<<<< 缩进的\n\n一行里的 >>>>>>> 不算。\n\n<<<<<<<<<< 十个\n";
    let campaign =
        office().with("content/stories/2026/b.md", news("推进会", "2026-03-02", "", body));
    assert!(!campaign.codes().contains(&"merge-conflict"), "{:?}", campaign.codes());
}

#[test]
fn what_all_depends_on_is_told_first() {
    let campaign = office()
        .with("content/stories/2026/b.md", news("推进会", "2026-13-02", "", "文"))
        .with("content/units.yaml", "- name: 河湾社区\n  parent: 没有\n- name: 梅林社区\n");
    assert_eq!(campaign.codes(), ["unit-unknown", "date-impossible"]);
}

#[test]
fn a_theme_whose_options_cannot_be_read_knows_all_of_them() {
    let campaign = office()
        .settings("theme_options: {accent: red}")
        .with("themes/xianfeng/theme.yaml", "options: {accent: blue\n");
    assert_eq!(campaign.codes().len(), 1, "{:?}", campaign.codes());
}
