//! Corrections: said where the mistake was, and kept in a list.

use crate::campaign::{Campaign, news};
use crate::html;

const TEXT: &str = "把“三百二十米”改为“三百二十三米”";

fn corrected(front: &str) -> Campaign {
    Campaign::new("")
        .with("content/stories/a.md", news("清渠", "2026-03-01", front, "渠长三百二十三米。"))
        .with("content/stories/b.md", news("修桥", "2026-03-02", "", "正文"))
}

fn both() -> Campaign {
    corrected(&format!("updated: 2026-04-01\ncorrection: {TEXT}")).with(
        "content/stories/c.md",
        news("栽树", "2026-01-01", "更新: 2026-05-02\n更正: 树是杨树，不是柳树", "正文"),
    )
}

#[test]
fn a_correction_stands_at_the_head_of_its_story() {
    let page = both().page("/stories/2026/a/");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(at("</h1>") < at(TEXT) && at(TEXT) < at("data-search-body"));
    assert!(page.contains("role=\"note\"><strong>更正（2026年4月1日）：</strong>"), "{page}");
    assert!(!both().page("/stories/2026/b/").contains("role=\"note\""));
}

#[test]
fn all_corrections_are_listed_the_latest_first() {
    let built = both().build();
    let page = built.page("/corrections/");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(at("2026年5月2日") < at("href=\"/stories/2026/c/\">栽树"), "{page}");
    assert!(at("栽树") < at("树是杨树，不是柳树") && at("树是杨树") < at("2026年4月1日"));
    assert!(at("2026年4月1日") < at("href=\"/stories/2026/a/\">清渠") && at("清渠") < at(TEXT));
    assert!(!page.contains("修桥"));
    assert!(built.page("/sitemap.xml").contains("<loc>/corrections/</loc>"));
    // From the foot of every page, and not from the menu.
    let home = html::read(&built.page("/")).unwrap();
    let links = home.tags.iter().filter(|tag| tag.get("href") == Some("/corrections/"));
    assert_eq!(links.count(), 1);
}

#[test]
fn without_a_correction_there_is_no_list() {
    let built = corrected("updated: 2026-04-01").build();
    assert!(!built.has("/corrections/") && !built.page("/").contains("/corrections/"));
    assert!(!built.page("/sitemap.xml").contains("corrections"));
    let page = corrected("").with("content/pages/corrections.md", "---\ntitle: 甲\n---\n");
    assert_eq!(page.codes(), ["address-taken"]);
}

#[test]
fn feeds_say_what_was_corrected_and_when() {
    let feed = both().page("/feed.xml");
    let entry = feed.split("<entry>").find(|entry| entry.contains("清渠")).unwrap();
    assert!(entry.contains("<updated>2026-04-01T00:00:00+08:00</updated>"), "{entry}");
    assert!(entry.contains("<summary>更正（2026年4月1日）：把“三百二十米”"), "{entry}");
}

#[test]
fn what_was_corrected_is_found_by_search() {
    let prepared = both().prepared();
    let story = prepared.site.stories.iter().find(|story| story.title() == "清渠").unwrap();
    let names = xianfeng::output::search::text::names(&prepared.site, story);
    assert!(names.contains(&TEXT), "{names:?}");
}

#[test]
fn a_correction_without_its_day_is_asked_about() {
    let told = corrected("更正: 树是杨树");
    assert_eq!(told.places(), ["5:5 correction-undated"]);
    assert!(told.diagnostics(xianfeng::base::lang::Lang::Zh).contains("加一行：updated: "));
    // It is shown all the same.
    assert!(told.page("/stories/2026/a/").contains("<strong>更正：</strong>树是杨树"));
    assert!(told.page("/corrections/").contains("树是杨树"));
    assert_eq!(corrected("updated:\n更正: 树是杨树").codes(), ["correction-undated"]);
}

#[test]
fn the_book_has_the_correction() {
    let front = format!("updated: 2026-04-01\ncorrection: {TEXT}");
    let story = crate::books::story(&Campaign::story(&front, "渠长三百二十三米。"));
    assert!(story.contains(&format!("<strong>更正（2026年4月1日）：</strong>{TEXT}")), "{story}");
}
