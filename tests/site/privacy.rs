//! Numbers of people that must not be published.

use xianfeng::diagnostic::Diagnostic;

use crate::campaign::Campaign;

fn body(text: &str) -> Vec<String> {
    Campaign::story("", text).places()
}

/// What `check` alone says.
fn more(campaign: &Campaign) -> Vec<Diagnostic> {
    let prepared = campaign.prepared();
    xianfeng::check::more(&prepared.site, &prepared.plan)
}

#[test]
fn an_identity_number_is_a_warning_at_its_place() {
    // Invented numbers with right check characters (GB 11643-1999, its own example first).
    for number in ["11010519491231002X", "440524188001010014", "11010519491231002x"] {
        assert_eq!(body(&format!("身份证{number}。")), ["6:4 identity-number"], "{number}");
        assert_eq!(
            Campaign::story(&format!("post: 证号{number}"), "正文").codes(),
            ["identity-number"],
            "{number}"
        );
    }
}

#[test]
fn other_long_numbers_are_none() {
    for number in [
        "110105194912310021",
        "123456789012345678",
        "11010519491331002X",
        "1101051949123100",
        "a11010519491231002X",
        "/11010519491231002X",
        "11010519491231002X1",
        "110105********002X",
    ] {
        assert_eq!(body(&format!("编号{number}。")), Vec::<String>::new(), "{number}");
    }
}

#[test]
fn a_mobile_number_is_only_for_check() {
    let campaign = Campaign::story("", "电话13800138000，座机010-12345678。");
    assert!(campaign.codes().is_empty());
    let more = more(&campaign);
    let phones = more.iter().filter(|d| d.code == "phone-number").count();
    assert_eq!(phones, 1);
}

#[test]
fn a_mobile_number_may_be_parted() {
    for (text, wanted) in [
        ("电话 139-1234-5678。", 1),
        ("电话：139 1234 5678、13912345678", 2),
        ("编号 139-1234-56789，A139-1234-5678，129 1234 5678", 0),
        ("139-1234 5678，139-1234-5678-1，2026-03-18 至 2026-04-01", 0),
    ] {
        let more = more(&Campaign::story("", text));
        let phones = more.iter().filter(|d| d.code == "phone-number").count();
        assert_eq!(phones, wanted, "{text}");
    }
}

#[test]
fn columns_that_are_empty_or_stale_are_only_for_check() {
    let more =
        |campaign: Campaign| -> Vec<&str> { more(&campaign).iter().map(|d| d.code).collect() };
    let story = Campaign::story("focal_points: [民生]", "正文");
    assert_eq!(more(story.clone()), ["column-empty"]);
    assert_eq!(more(story.at("2026-12-01")), ["column-empty", "column-stale"]);
}
