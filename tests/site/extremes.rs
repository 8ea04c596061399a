//! The campaign of extremes renders, and so do campaigns of one story and of none.

use crate::campaign::{Built, Campaign, news};
use crate::fixture::extremes;
use crate::html;

fn campaign() -> Built {
    extremes()
        .into_iter()
        .fold(Campaign::new(""), |all, (path, text)| all.with(&path, text))
        .build()
}

/// Every page is sound HTML, with one title.
fn sound(built: &Built, most: usize) {
    let pages = built.pages();
    assert!(pages.len() >= most, "{}", pages.len());
    for (path, page) in pages.iter().filter(|(_, page)| !page.contains("http-equiv=\"refresh\"")) {
        html::read(page).unwrap_or_else(|error| panic!("{path}: {error:?}"));
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
    }
}

#[test]
fn the_campaign_of_extremes_renders() {
    let built = campaign();
    sound(&built, 120);
    let honoured = built.page("/members/ji-tian-yan/");
    assert_eq!(honoured.matches("class=\"honour-title\"").count(), 40);
    assert_eq!(honoured.matches("class=\"honour-year\"").count(), 40);
    assert!(honoured.contains(">𠮷</span>"), "a rare surname stands for the portrait");
    let home = built.page("/");
    assert_eq!(home.matches(&"长".repeat(100)).count(), 1, "no story twice");
}

#[test]
fn a_campaign_of_one_story_and_one_of_none_render() {
    sound(&Campaign::new("").build(), 3);
    let one = Campaign::new("")
        .with("content/stories/a.md", news("独苗", "2026-03-18", "", "字"))
        .build();
    sound(&one, 5);
    let home = one.page("/");
    assert_eq!(home.matches("独苗</a>").count(), 1);
    // No frame without a story in it.
    for heading in ["xf-latest", "xf-news", "xf-branches", "xf-members", "xf-changed"] {
        assert!(!home.contains(&format!("id=\"{heading}\"")), "{heading}");
    }
    assert!(!one.page("/stories/2026/a/").contains("class=\"band related\""));
}
