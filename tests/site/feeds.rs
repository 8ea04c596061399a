//! Feeds, sitemap, robots.txt, 404.

use crate::campaign::{Campaign, news};
use crate::html;

fn campaign(count: usize) -> Campaign {
    (0..count).fold(Campaign::new(""), |campaign, i| {
        let front = if i % 2 == 0 { "focal_points: [民生]" } else { "pinned: true" };
        let text =
            news(&format!("第{i}篇"), &format!("2026-01-{:02} 08:00", i + 1), front, "正文。");
        campaign.with(&format!("content/stories/s{i}.md"), text)
    })
}

fn titles(feed: &str) -> Vec<&str> {
    feed.split("<entry>\n<title>").skip(1).map(|entry| entry.split('<').next().unwrap()).collect()
}

#[test]
fn the_feed_has_the_latest_twenty_whatever_is_pinned() {
    let feed = campaign(25).page("/feed.xml");
    let wanted: Vec<_> = (5..25).rev().map(|i| format!("第{i}篇")).collect();
    assert_eq!(titles(&feed), wanted);
    html::read_xml(&feed).unwrap();
}

#[test]
fn each_focal_point_has_a_feed_of_its_own() {
    let built = campaign(5).build();
    assert_eq!(
        titles(&built.page("/focal-points/livelihood/feed.xml")),
        ["第4篇", "第2篇", "第0篇"]
    );
    for slug in ["center", "carrier", "practice", "masses", "coordination"] {
        let feed = built.page(&format!("/focal-points/{slug}/feed.xml"));
        assert!(titles(&feed).is_empty());
        html::read_xml(&feed).unwrap();
    }
}

#[test]
fn with_a_base_url_every_address_in_feeds_and_sitemap_is_absolute() {
    let built = campaign(3).published_at("https://example.cn/zhuanlan").build();
    let feed = built.page("/feed.xml");
    let page = html::read_xml(&feed).unwrap();
    for address in page.addresses() {
        assert!(address.starts_with("https://example.cn/zhuanlan/"), "{address}");
    }
    assert!(feed.contains("<id>https://example.cn/zhuanlan/stories/2026/s0/</id>"), "{feed}");
    assert!(feed.contains("<updated>2026-01-03T08:00:00+08:00</updated>"), "{feed}");
    let sitemap = built.page("/sitemap.xml");
    let locs: Vec<_> = sitemap.split("<loc>").skip(1).collect();
    assert!(
        !locs.is_empty() && locs.iter().all(|loc| loc.starts_with("https://example.cn/zhuanlan/")),
        "{sitemap}"
    );
    assert!(
        built.page("/robots.txt").contains("Sitemap: https://example.cn/zhuanlan/sitemap.xml\n")
    );
}

#[test]
fn without_a_base_url_feed_and_sitemap_say_what_is_missing() {
    let built = campaign(1).build();
    assert!(built.page("/feed.xml").contains("base_url"), "{}", built.page("/feed.xml"));
    assert!(built.page("/sitemap.xml").contains("base_url"));
    assert!(!built.page("/robots.txt").contains("Sitemap"));
    for name in ["/feed.xml", "/sitemap.xml"] {
        html::read_xml(&built.page(name)).unwrap();
        assert!(!built.page(name).contains("example"), "no address is invented");
    }
}

#[test]
fn the_settings_base_url_gives_way_to_the_command_line() {
    let campaign = campaign(1).settings("base_url: https://one.cn/a");
    assert!(campaign.page("/robots.txt").contains("https://one.cn/a/sitemap.xml"));
    assert!(
        campaign
            .published_at("https://two.cn")
            .page("/robots.txt")
            .contains("https://two.cn/sitemap.xml")
    );
}

#[test]
fn the_sitemap_lists_every_page_once_and_nothing_else() {
    let built = campaign(3).build();
    let sitemap = built.page("/sitemap.xml");
    let mut listed: Vec<&str> =
        sitemap.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap()).collect();
    let pages: Vec<String> = built.addresses().into_iter().filter(|a| a.ends_with('/')).collect();
    listed.sort_unstable();
    assert_eq!(listed, pages);
    assert!(
        sitemap
            .contains("<loc>/stories/2026/s0/</loc><lastmod>2026-01-01T08:00:00+08:00</lastmod>"),
        "{sitemap}"
    );
}

#[test]
fn pages_name_a_canonical_address_only_where_there_is_a_base_url() {
    assert!(!campaign(1).page("/stories/2026/s0/").contains("canonical"));
    let page = campaign(1).published_at("https://example.cn/z/").page("/stories/2026/s0/");
    assert!(
        page.contains("<link rel=\"canonical\" href=\"https://example.cn/z/stories/2026/s0/\">"),
        "{page}"
    );
}

#[test]
fn pages_announce_the_feed_as_what_it_is() {
    let page = html::read(&campaign(1).page("/")).unwrap();
    let feed =
        page.tags.iter().find(|tag| tag.name == "link" && tag.get("href") == Some("/feed.xml"));
    assert_eq!(feed.expect("a link to the feed").get("type"), Some("application/atom+xml"));
}

#[test]
fn the_page_for_lost_readers_works_from_any_depth() {
    let page =
        html::read(&campaign(1).published_at("https://example.cn/z/").page("/404.html")).unwrap();
    let internal: Vec<_> =
        page.addresses().filter(|a| !a.starts_with("http") && !a.starts_with('#')).collect();
    assert!(!internal.is_empty() && internal.iter().all(|a| a.starts_with("/z/")), "{internal:?}");
}
