//! Drafts, publish_at and expire_at against now.

use crate::campaign::Campaign;

fn shown(front: &str, now: &str) -> bool {
    Campaign::story(front, "正文").at(now).build().has("/stories/2026/x/")
}

#[test]
fn a_draft_is_left_out_unless_drafts_are_asked_for() {
    let campaign = Campaign::story("draft: true\nregion: 北街", "正文");
    let built = campaign.build();
    assert!(!built.has("/stories/2026/x/") && !built.has("/regions/bei-jie/"));
    assert_eq!(built.prepared.counts().drafts, 1);
    let preview = campaign.with_drafts().build();
    assert!(preview.has("/stories/2026/x/") && preview.page("/feed.xml").contains("标题甲"));
}

#[test]
fn a_draft_is_marked_in_a_preview() {
    let page = Campaign::story("draft: true", "正文")
        .with_drafts()
        .template("story.html", "{{ story.draft }}")
        .page("/stories/2026/x/");
    assert_eq!(page, "true");
}

#[test]
fn a_draft_may_lack_what_is_required_until_drafts_are_shown() {
    let campaign =
        Campaign::new("").with("content/stories/x.md", "---\ntitle: 甲\ndraft: true\n---\n");
    assert!(campaign.codes().is_empty());
    assert_eq!(campaign.with_drafts().codes(), ["field-missing", "field-missing"]);
}

#[test]
fn a_drafts_mistakes_are_told_all_the_same() {
    Campaign::story("draft: true\nfocal_points: [民升]", "正文")
        .errs("focal-point-unknown", "民升");
    Campaign::story("draft: true\npots: 甲", "正文").errs("key-unknown", "pots");
}

#[test]
fn publish_at_counts_from_the_minute() {
    let front = "publish_at: 2026-05-01 09:00";
    assert!(!shown(front, "2026-05-01 08:59"));
    assert!(shown(front, "2026-05-01 09:00"));
    assert!(!shown("publish_at: 2026-05-01", "2026-04-30 23:59"));
    assert!(shown("publish_at: 2026-05-01", "2026-05-01"));
}

#[test]
fn expire_at_counts_to_the_end_of_its_day() {
    assert!(shown("expire_at: 2026-05-01", "2026-05-01 23:59"));
    assert!(!shown("expire_at: 2026-05-01", "2026-05-02"));
    assert!(shown("expire_at: 2026-05-01 09:00", "2026-05-01 08:59"));
    assert!(!shown("expire_at: 2026-05-01 09:00", "2026-05-01 09:00"));
}

#[test]
fn now_is_a_moment_not_a_spelling() {
    assert!(shown("publish_at: 2026-05-01 09:00", "2026-05-01T01:00:00Z"));
    assert!(!shown("publish_at: 2026-05-01 09:00", "2026-05-01T00:59:00Z"));
}

#[test]
fn what_is_withheld_leaves_no_trace() {
    let built = Campaign::story("publish_at: 2027-01-01\nname: 秘密人\nunit: 秘密单位\ncarriers: [秘密载体]\naliases: [/秘密.html]", "秘密正文").build();
    for (path, bytes) in built.files() {
        assert!(!path.contains("秘密") && !path.contains("mi-mi"), "{path}");
        assert!(!String::from_utf8_lossy(&bytes).contains("秘密"), "{path}");
    }
    assert_eq!(built.prepared.counts().withheld, 1);
}

#[test]
fn pictures_of_drafts_are_neither_published_nor_complained_of() {
    let campaign = Campaign::new("")
        .with("content/stories/d/index.md", "---\ntitle: 甲\ndraft: true\n---\n![图](a.png)\n")
        .with("content/stories/d/a.png", "x");
    assert!(campaign.codes().is_empty());
    assert!(!campaign.build().files().keys().any(|path| path.ends_with("a.png")));
}

#[test]
fn pages_wait_and_expire_like_stories() {
    let page = |front: &str| {
        Campaign::new("")
            .with("content/pages/p.md", format!("---\ntitle: 页\n{front}\n---\n"))
            .build()
            .has("/p/")
    };
    assert!(
        page("pinned: false")
            && !page("draft: true")
            && !page("publish_at: 2027-01-01")
            && !page("expire_at: 2026-05-01")
    );
}
