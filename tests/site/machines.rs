//! What machines are told of every page: descriptions, ways, JSON-LD, JSON Feed, dates of the
//! sitemap.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::campaign::{Campaign, branch, member, news};
use crate::html;

fn campaign() -> Campaign {
    Campaign::new("")
        .settings("base_url: https://www.example.cn/z/\norganisation: 云溪镇党委\nfeedback: {phone: 0571-88880001}\nfeeds: [units]")
        .with("content/units.yaml", "- name: 云溪镇党委\n- name: 北街支部\n  parent: 云溪镇党委\n")
        .with("content/people.yaml", "- name: 林小满\n  description: 守堤的人。\n")
        .with("content/works.yaml", "- name: 防汛\n")
        .with("content/honours.yaml", "- name: 先进\n  year: 2026\n  people: [林小满]\n")
        .with("content/events.yaml", "- name: 会\n  date: 2026-06-30\n")
        .with("content/pages/about.md", "---\ntitle: 关于\nupdated: 2026-02-01\n---\n文字。\n")
        .with("content/stories/a.md", news("守夜", "2026-03-18 09:05", "author: 林小满\nupdated: 2026-04-02\nseries: 夏汛", "夜里的河堤。"))
        .with("content/stories/b.md", branch("巡堤", "北街支部", "民生"))
        .with("content/stories/c.md", member("送灯", "林小满", "北街支部", "群众"))
}

/// The JSON-LD of a page: its things by type. A type that comes twice fails.
fn things(page: &str) -> BTreeMap<String, Value> {
    let block = page.split("<script type=\"application/ld+json\">").nth(1).expect("a block");
    let block = block.split("</script>").next().unwrap();
    let value: Value = serde_json::from_str(block).unwrap_or_else(|e| panic!("{e}: {block}"));
    assert_eq!(value["@context"], "https://schema.org");
    let mut things = BTreeMap::new();
    for thing in value["@graph"].as_array().expect("a graph") {
        let kind = thing["@type"].as_str().expect("a type").to_string();
        assert!(things.insert(kind.clone(), thing.clone()).is_none(), "{kind} twice");
    }
    things
}

#[test]
fn every_page_has_a_description_of_its_own_a_heading_and_a_way() {
    let built = campaign().build();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (path, page) in built.pages() {
        let read = html::read(&page).unwrap();
        let metas = read.tags.iter().filter(|tag| tag.get("name") == Some("description"));
        let found: Vec<&str> = metas.filter_map(|tag| tag.get("content")).collect();
        assert!(found.len() == 1 && !found[0].trim().is_empty(), "{path}: {found:?}");
        let headings = read.tags.iter().filter(|tag| tag.name == "h1").count();
        assert_eq!(headings, 1, "{path}");
        let has_way = page.contains("<nav class=\"crumbs\"");
        assert_eq!(has_way, path != "index.html", "{path}");
        // Two stories may begin alike; lists, years and entities do not.
        if !path.starts_with("stories/") && path != "index.html" && path != "about/index.html" {
            let before = seen.insert(found[0].to_string(), path.clone());
            assert!(before.is_none(), "{path} and {before:?}: {}", found[0]);
        }
    }
    assert!(seen.len() > 25, "{seen:?}");
}

#[test]
fn a_story_is_a_news_article() {
    let things = things(&campaign().page("/stories/2026/a/"));
    let article = &things["NewsArticle"];
    assert_eq!(article["headline"], "守夜");
    assert_eq!(article["datePublished"], "2026-03-18T09:05:00+08:00");
    assert_eq!(article["dateModified"], "2026-04-02");
    assert_eq!(article["author"][0]["name"], "林小满");
    assert_eq!(article["publisher"]["name"], "云溪镇党委");
    assert_eq!(article["url"], "https://www.example.cn/z/stories/2026/a/");
    let way = things["BreadcrumbList"]["itemListElement"].as_array().unwrap();
    let names: Vec<&str> = way.iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["首页", "活动动态", "守夜"]);
    assert_eq!(way[1]["item"], "https://www.example.cn/z/news/");
    assert_eq!(way[2]["position"], 3);
}

#[test]
fn people_and_organisations_are_what_they_are() {
    let built = campaign().build();
    let person = &things(&built.page("/members/lin-xiao-man/"))["Person"];
    assert_eq!(person["name"], "林小满");
    assert_eq!(person["affiliation"][0]["name"], "北街支部");
    let unit = &things(&built.page("/units/bei-jie-zhi-bu/"))["Organization"];
    assert_eq!(unit["parentOrganization"]["name"], "云溪镇党委");
    let home = things(&built.page("/"));
    assert_eq!(home["Organization"]["telephone"], "0571-88880001");
    assert_eq!(home["WebSite"]["url"], "https://www.example.cn/z/");
    assert!(!home.contains_key("BreadcrumbList"));
}

#[test]
fn lists_say_what_is_in_them() {
    let built = campaign().build();
    let news = &things(&built.page("/news/"))["ItemList"];
    assert_eq!(news["numberOfItems"], 1);
    assert_eq!(news["itemListElement"][0]["url"], "https://www.example.cn/z/stories/2026/a/");
    let units = &things(&built.page("/units/"))["ItemList"];
    assert_eq!(units["itemListElement"][1]["name"], "北街支部");
    assert!(!things(&built.page("/stories/2026/b/")).contains_key("ItemList"));
}

#[test]
fn without_an_address_of_the_site_none_is_invented() {
    let built = campaign().settings("organisation: 云溪镇党委").build();
    for (path, page) in built.pages() {
        let block =
            page.split("application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
        assert!(!block.contains("://") || block.matches("://").count() == 1, "{path}: {block}");
        things(&page);
    }
}

#[test]
fn no_title_ends_the_block_that_it_stands_in() {
    let evil = "</script><script>alert(1)</script>\\ \" & <!-- \u{2028}";
    let title = serde_json::to_string(evil).unwrap();
    let built = campaign()
        .with("content/stories/a.md", news(&title, "2026-03-18", &format!("author: {title}"), "文"))
        .build();
    for (path, page) in built.pages() {
        let blocks = page.matches("<script type=\"application/ld+json\">").count();
        assert_eq!(blocks, 1, "{path}");
        html::read(&page).unwrap_or_else(|e| panic!("{path}: {e}"));
        assert!(!page.contains("<script>"), "{path}");
    }
    let article = &things(&built.page("/stories/2026/a/"))["NewsArticle"];
    assert_eq!(
        article["headline"].as_str().unwrap().replace('\u{2028}', " ").trim(),
        evil.replace('\u{2028}', " ").trim()
    );
}

#[test]
fn json_feed_says_what_the_atom_feed_says() {
    let built = campaign().build();
    let feed: Value = serde_json::from_str(&built.page("/feed.json")).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://www.example.cn/z/feed.json");
    assert_eq!(feed["home_page_url"], "https://www.example.cn/z/");
    let items = feed["items"].as_array().unwrap();
    let atom = built.page("/feed.xml");
    let ids: Vec<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    let entries = atom.split("<entry>").skip(1);
    let of_atom: Vec<&str> = entries
        .map(|entry| entry.split("<id>").nth(1).unwrap().split('<').next().unwrap())
        .collect();
    assert_eq!(ids, of_atom);
    let story = items.iter().find(|item| item["title"] == "守夜").unwrap();
    assert_eq!(story["date_modified"], "2026-04-02T00:00:00+08:00");
    assert_eq!(story["authors"][0]["name"], "林小满");
    assert_eq!(story["content_text"], "夜里的河堤。");
    let page = built.page("/news/");
    assert!(page.contains("type=\"application/feed+json\""), "{page}");
    // Nothing else may stand there.
    let taken = campaign().with("content/static/feed.json", "{}");
    assert_eq!(taken.codes(), ["address-taken"]);
    let bare: Value = serde_json::from_str(&Campaign::story("", "文").page("/feed.json")).unwrap();
    assert!(bare["description"].as_str().unwrap().contains("base_url"));
}

#[test]
fn every_page_of_the_sitemap_has_a_date() {
    let sitemap = campaign().page("/sitemap.xml");
    let dates: BTreeMap<&str, &str> = sitemap
        .split("<url><loc>https://www.example.cn/z/")
        .skip(1)
        .map(|url| {
            let (address, rest) = url.split_once("</loc>").unwrap();
            (address, rest.split("<lastmod>").nth(1).unwrap_or("none").split('<').next().unwrap())
        })
        .collect();
    for (address, date) in &dates {
        assert_ne!(*date, "none", "{address}");
    }
    assert_eq!(dates["news/"], "2026-04-02");
    assert_eq!(dates["units/bei-jie-zhi-bu/"], "2026-03-18");
    assert_eq!(dates[""], "2026-04-02");
    assert_eq!(dates["about/"], "2026-02-01");
    // What nobody has told of changes with the site around it.
    assert_eq!(dates["focal-points/carrier/"], "2026-04-02");
}

#[test]
fn a_site_in_one_language_claims_no_other() {
    for (path, page) in campaign().build().pages() {
        assert!(!page.contains("hreflang"), "{path}");
    }
}
