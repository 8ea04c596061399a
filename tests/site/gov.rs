//! `profile: gov`: what the pages of a public body must have.

use std::collections::BTreeMap;

use xianfeng::base::lang::Lang;

use crate::campaign::{Campaign, branch, news, photograph};
use crate::html;

const SETTINGS: &str = "base_url: https://www.example.cn/zhuanlan/\nprofile: gov\norganisation: 云溪镇党委\nicp: 某ICP备00000000号\npolice: 某公网安备33010502009999号\ngov:\n  site_code: \"3301000099\"\n  address: 云溪镇一号\n  phone: [0571-88880001, 0571-88880002]\n  institution_mark: {picture: gov/biao.jpg, link: \"https://bszs.example.cn/x\"}\n  error_report: gov/cuo.jpg\n";

fn campaign() -> Campaign {
    let front = "keywords: [堤, 夜]\nsource: 云溪报\nauthor: 林小满\nsummary: 守堤的人。\ncover: hui.jpg\ncover_alt: 堤";
    Campaign::new("")
        .settings(SETTINGS)
        .with("content/static/gov/biao.jpg", photograph(60, 80))
        .with("content/static/gov/cuo.jpg", photograph(60, 80))
        .with("content/stories/hui.jpg", photograph(800, 600))
        .with("content/stories/a.md", news("守夜", "2026-03-18 09:05", front, "夜里的河堤。"))
        .with("content/units.yaml", "- name: 北街支部\n  aliases: [北街]\n")
        .with("content/stories/b.md", branch("巡堤", "北街支部", "民生"))
}

/// The meta tags of a page by name; twice the same one fails.
fn metas(page: &str) -> BTreeMap<String, String> {
    let mut metas = BTreeMap::new();
    for tag in html::read(page).unwrap().tags.iter().filter(|tag| tag.name == "meta") {
        let (Some(name), Some(content)) = (tag.get("name"), tag.get("content")) else { continue };
        let before = metas.insert(name.to_string(), content.to_string());
        assert!(before.is_none() || name == "theme-color" || name == "author", "{name} twice");
    }
    metas
}

const SITE: [&str; 3] = ["SiteName", "SiteDomain", "SiteIDCode"];
const COLUMN: [&str; 4] = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"];
const ARTICLE: [&str; 8] = [
    "ArticleTitle",
    "PubDate",
    "ContentSource",
    "Keywords",
    "Author",
    "Description",
    "Image",
    "Url",
];

#[test]
fn every_page_names_the_site_and_no_tag_is_empty() {
    for (path, page) in campaign().build().pages() {
        let metas = metas(&page);
        for name in SITE {
            assert!(metas.contains_key(name), "{path} has no {name}");
        }
        assert_eq!(metas["SiteDomain"], "www.example.cn", "{path}");
        for (name, content) in &metas {
            assert!(!content.trim().is_empty() && content != "null", "{path}: {name} is empty");
        }
        let is_column = !matches!(&*path, "index.html" | "404.html");
        for name in COLUMN {
            assert_eq!(metas.contains_key(name), is_column, "{path}: {name}");
        }
        let is_story = path.starts_with("stories/");
        assert_eq!(metas.contains_key("ArticleTitle"), is_story, "{path}");
    }
}

#[test]
fn a_story_says_when_by_whom_and_from_where() {
    let metas = metas(&campaign().page("/stories/2026/a/"));
    for (name, wanted) in [
        ("SiteName", "测试专栏"),
        ("SiteIDCode", "3301000099"),
        ("ColumnName", "活动动态"),
        ("ColumnType", "工作动态"),
        ("ArticleTitle", "守夜"),
        ("PubDate", "2026-03-18 09:05"),
        ("ContentSource", "云溪报"),
        ("Keywords", "堤,夜"),
        ("Author", "林小满"),
        ("Description", "守堤的人。"),
        ("Url", "https://www.example.cn/zhuanlan/stories/2026/a/"),
    ] {
        assert_eq!(metas.get(name).map(String::as_str), Some(wanted), "{name}");
    }
    let image = &metas["Image"];
    assert!(image.starts_with("https://www.example.cn/zhuanlan/stories/2026/a/hui-"), "{image}");
}

#[test]
fn what_a_story_does_not_say_is_derived_or_left_out() {
    let metas = metas(&campaign().page("/stories/2026/b/"));
    assert_eq!(metas["PubDate"], "2026-03-18 00:00");
    assert_eq!(metas["ContentSource"], "云溪镇党委");
    assert_eq!(metas["Keywords"], "抓好民生,北街支部");
    assert!(!metas.contains_key("Author"));
    assert!(ARTICLE.iter().filter(|name| metas.contains_key(**name)).count() == 7, "{metas:?}");
    // Without a picture of its own it has the mark of the site, as lists and the home page have.
    assert!(metas["Image"].ends_with("/assets/icon-512.png"), "{}", metas["Image"]);
    assert!(
        campaign()
            .page("/news/")
            .contains("og:image\" content=\"https://www.example.cn/zhuanlan/assets/icon-512.png")
    );
    let table = news("表", "2026-03-18", "", "| 甲 |\n|---|\n| 乙 |\n");
    let page = campaign().with("content/stories/t.md", table).page("/stories/2026/t/");
    assert_eq!(self::metas(&page)["Description"], "表");
}

#[test]
fn a_page_of_a_list_has_the_column_of_the_list() {
    let many = (0..3).fold(campaign(), |campaign, i| {
        campaign.with(&format!("content/stories/n{i}.md"), news("甲", "2026-01-01", "", "文"))
    });
    let many = many.settings(&format!("{SETTINGS}page_size: 2\n"));
    let built = many.build();
    let [first, second] = ["/news/", "/news/page/2/"].map(|at| metas(&built.page(at)));
    assert_eq!(first["ColumnName"], "活动动态");
    assert_eq!(second["ColumnName"], first["ColumnName"]);
    let unit = metas(&built.page("/units/bei-jie-zhi-bu/"));
    assert_eq!(unit["ColumnName"], "北街支部");
    assert_eq!(unit["ColumnKeywords"], "北街支部,北街,测试专栏");
}

#[test]
fn the_foot_of_every_page_has_what_is_asked_for() {
    let built = campaign().build();
    for (path, page) in built.pages() {
        let foot = page.split("<footer class=\"colophon\"").nth(1).unwrap();
        for text in [
            "云溪镇党委主办",
            "地址：云溪镇一号",
            "tel:057188880001",
            "tel:057188880002",
            "网站标识码：3301000099",
            "https://beian.miit.gov.cn/",
            "code=33010502009999\"",
            "href=\"https://bszs.example.cn/x\"",
            "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=3301000099",
            "/zhuanlan/sitemap/",
            "/zhuanlan/accessibility/",
        ] {
            assert!(foot.contains(text), "{path}: {text}");
        }
        let page = html::read(&page).unwrap();
        let of = |name: &'static str| page.tags.iter().filter(move |tag| tag.name == name);
        for src in of("script").chain(of("img")).filter_map(|tag| tag.get("src")) {
            assert!(src.starts_with("/zhuanlan/"), "{path}: {src}");
        }
    }
    assert!(built.page("/sitemap/").contains("href=\"/zhuanlan/focal-points/masses/\""));
    assert!(built.page("/accessibility/").contains("键盘"));
    assert!(built.page("/sitemap.xml").contains("/zhuanlan/accessibility/</loc>"));
}

#[test]
fn a_page_of_the_authors_takes_the_place_of_the_statement() {
    let built = campaign()
        .with("content/pages/accessibility.md", "---\ntitle: 我们的无障碍\n---\n自己写的。\n")
        .build();
    assert!(built.page("/accessibility/").contains("自己写的"));
}

#[test]
fn nothing_of_it_is_there_without_the_profile() {
    let built = Campaign::story("", "文").settings("gov: {site_code: \"3301000099\"}").build();
    for (path, page) in built.pages() {
        assert!(!page.contains("SiteName") && !page.contains("3301000099"), "{path}");
    }
    assert!(!built.has("/sitemap/") && !built.has("/accessibility/"));
    assert!(built.codes().is_empty());
}

#[test]
fn a_complete_site_is_silent() {
    let text = news("守夜", "2026-03-18", "source: 报\nauthor: 甲\nkeywords: [堤]", "文。");
    let campaign = Campaign::new("")
        .settings(SETTINGS)
        .with("content/static/gov/biao.jpg", photograph(60, 80))
        .with("content/static/gov/cuo.jpg", photograph(60, 80))
        .with("content/stories/a.md", text);
    assert!(campaign.codes().is_empty(), "{}", campaign.diagnostics(Lang::En));
}

#[test]
fn what_is_missing_is_told_once_for_each_kind() {
    let many = (0..40).fold(Campaign::new("").settings("profile: gov"), |campaign, i| {
        campaign.with(
            &format!("content/stories/n{i:02}.md"),
            news("甲", "2026-01-01", &format!("slug: n{i}\nsummary: 第{i}篇"), &format!("文{i}")),
        )
    });
    let codes = many.codes();
    let count = |code: &str| codes.iter().filter(|known| **known == code).count();
    assert_eq!((count("gov-incomplete"), count("gov-story-incomplete")), (1, 3), "{codes:?}");
    let odd =
        Campaign::new("").settings("profile: gov\nicp: 123\ngov: {site_code: \"12\", phone: abc}");
    let shown = odd.diagnostics(Lang::Zh);
    assert_eq!(odd.codes().iter().filter(|code| **code == "gov-number-odd").count(), 2, "{shown}");
    assert!(!shown.contains("网站标识码（gov"), "it is wrong, and not missing: {shown}");
    let shown = many.diagnostics(Lang::Zh);
    assert!(shown.contains("有 40 篇稿件没有作者") && shown.contains("网站标识码"), "{shown}");
}

#[test]
fn the_map_of_the_site_names_all_that_there_is() {
    let site = campaign()
        .settings("profile: gov\nmenu: [home, news]\n")
        .with("content/series.yaml", "- name: 夏季防汛\n  slug: flood\n")
        .with("content/pages/about.md", "---\ntitle: 关于本站\n---\n正文\n")
        .with(
            "content/stories/c.md",
            news("防汛", "2025-07-01", "series: 夏季防汛\nfocal_points: [民生]\n", "正文"),
        );
    let page = site.page("/sitemap/");
    let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    for address in [
        "/",
        "/news/",
        "/branches/",
        "/units/",
        "/series/",
        "/series/flood/",
        "/focal-points/",
        "/focal-points/livelihood/",
        "/archive/",
        "/archive/2025/",
        "/archive/2026/",
        "/about/",
        "/accessibility/",
    ] {
        assert!(main.contains(&format!("href=\"{address}\"")), "{address}: {main}");
    }
    for counted in [
        "坚持抓好民生 <span class=\"number\">2</span>",
        "2026年 <span class=\"number\">2</span>",
        "夏季防汛 <span class=\"number\">1</span>",
    ] {
        assert!(main.contains(counted), "{counted}: {main}");
    }
    // What the menu hides is hidden here too.
    let hidden =
        site.settings("profile: gov\nmenu: [{to: units, hidden: true}]\n").page("/sitemap/");
    assert!(!hidden.contains("href=\"/units/\""), "{hidden}");
}

#[test]
fn the_emblem_of_the_police_stands_before_its_number() {
    let site = |settings: &str| {
        let settings = format!("police: 某公网安备33010502009999号\n{settings}");
        campaign().settings(&settings).with("content/static/beian.jpg", photograph(20, 20))
    };
    let page = site("公安备案图标: beian.jpg").page("/");
    let link = page.split("webSearch?code=33010502009999").nth(1).unwrap();
    let link = link.split("</a>").next().unwrap();
    assert!(link.contains("<img class=\"sign\" src=\"/beian-20."), "{link}");
    assert!(link.ends_with("> 某公网安备33010502009999号"), "{link}");
    assert!(!site("").page("/").contains("beian-20"));
    assert_eq!(site("police_emblem: bean.png").codes(), ["picture-dead"]);
}
