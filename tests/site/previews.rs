//! What a preview shows of a campaign that no build would take.

use xianfeng::base::gap::gap;
use xianfeng::pipeline::LastGood;

use crate::campaign::{Campaign, member, news};

const STORY: &str = "content/stories/2026/sun.md";

/// A campaign with two good stories beside what a test puts there.
fn campaign() -> Campaign {
    Campaign::new("")
        .with("content/stories/2026/kai-ju.md", news("开局", "2026-03-01", "", "第一天的事。"))
        .with(
            "content/stories/2026/he.md",
            member("贺师傅的一天", "贺长水", "柳溪渡支部", "抓好民生"),
        )
}

/// Asserts that a page holds some texts.
#[track_caller]
fn holds(page: &str, texts: &[&str]) {
    for text in texts {
        assert!(page.contains(text), "no {text} in {page}");
    }
}

#[test]
fn a_draft_is_shown_with_gaps_for_what_it_lacks() {
    let draft = "---\ntitle: 孙巧云的账本\ndate: 2026-05-02\nkind: member\ndraft: true\nname:\nunit: ''\nfocal_points: []\n---\n第一段。\n";
    let preview = campaign().with(STORY, draft).previewed(&mut LastGood::default());
    assert_eq!(preview.codes(), [""; 0]);
    let page = preview.page("/stories/2026/sun/");
    holds(&page, &["孙巧云的账本", "第一段。"]);
    for words in ["姓名待填", "单位待填", "着力点待填"] {
        assert!(page.contains(&gap(words)), "no gap {words} in {page}");
    }
    assert!(!page.contains(&gap("日期待填")));
    // Nobody has become a person or a unit of that name, and the rest is as it would be built.
    assert!(!preview.page("/members/").contains("待填"));
    let without = campaign().build();
    for address in ["/members/he-zhang-shui/", "/units/", "/stories/2026/he/"] {
        let shown = preview.page(address);
        assert!(without.page(address) == shown || address == "/stories/2026/he/", "{address}");
    }
    holds(&preview.page("/news/"), &["开局"]);
    // A build takes it no more than before.
    let codes = campaign().with(STORY, draft).with_drafts().codes();
    assert_eq!(codes, ["field-empty"; 3]);
}

#[test]
fn gaps_are_in_the_language_of_the_site() {
    let draft = "---\ntitle: Sun\ndate: 2026-05-02\nkind: branch\ndraft: true\n---\nText.\n";
    let preview = campaign().settings("language: en").with(STORY, draft);
    let page = preview.previewed(&mut LastGood::default()).page("/stories/2026/sun/");
    assert!(page.contains(&gap("unit to be filled in")), "{page}");
}

#[test]
fn a_story_without_a_date_or_a_kind_stands_where_it_would() {
    let front = |lines: &str| format!("---\ntitle: 无日\n{lines}---\n正文。\n");
    let now = "2026-06-01 12:00";
    for (path, lines, address) in [
        (STORY, "kind: news\n", "/stories/2026/sun/"),
        (STORY, "date: 2026-13-40\nkind: 新文\n", "/stories/2026/sun/"),
        ("content/stories/2019/sun.md", "kind: news\n", "/stories/2019/sun/"),
        ("content/stories/sun/index.md", "", "/stories/2026/sun/"),
    ] {
        let preview =
            campaign().with(path, front(lines)).at(now).previewed(&mut LastGood::default());
        let page = preview.page(address);
        assert!(page.contains(&gap("日期待填")), "{page}");
        assert!(preview.prepared.diagnostics.iter().all(|d| d.place.path.as_str() == path));
        holds(&preview.page("/news/"), &["无日", "开局"]);
        assert_eq!(preview.prepared.site.stories.len(), 3);
    }
    let untitled = "---\ndate: 2026-05-02\nkind: news\n---\n正文。\n";
    let preview = campaign().with(STORY, untitled).previewed(&mut LastGood::default());
    assert!(preview.page("/stories/2026/sun/").contains(&gap("标题待填")));
    // Where no page is made, the words alone.
    holds(&preview.page("/feed.xml"), &["<title>标题待填</title>"]);
}

#[test]
fn what_cannot_be_read_is_told_and_not_shown() {
    let preview = campaign().with(STORY, "没有开头\n").previewed(&mut LastGood::default());
    assert_eq!(preview.codes(), ["front-matter-missing"]);
    assert!(!preview.has("/stories/2026/sun/") && preview.has("/stories/2026/he/"));
    // Nor is what may not be published, though it could be read.
    let secret = news("不公开的事", "2026-05-02", "secrecy: 内部", "不能看的内容。");
    let preview = campaign().with(STORY, secret).previewed(&mut LastGood::default());
    assert_eq!(preview.codes(), ["preview-stand-in", "secrecy-not-public"]);
    assert!(!preview.has("/stories/2026/sun/"));
    let pages = preview.pages();
    assert!(pages.values().all(|page| !page.contains("不公开的事")));
}

/// Files on which all pages depend, with an error each; what is right of them; and how else they
/// are wrong.
const SHARED: [(&str, &str, &[&str]); 5] = [
    (
        "content/units.yaml",
        "- name: 柳溪渡支部\n  level: 渡口支部\n",
        &["- name：柳溪渡支部\n", "- name: 柳溪渡支部\n  parent: 没有的\n", "{坏"],
    ),
    (
        "content/focal-points.yaml",
        "- name: 抓好民生\n  slug: minsheng\n- name: 别的\n",
        &["- 名称：抓好民生\n", "一句话\n", "- name: 抓好民生\n  colour: 红\n"],
    ),
    ("content/site.yaml", "title: 渡口专栏\n", &["title：坏\n", "title: [坏\n", "没有\n"]),
    (
        "themes/xianfeng/templates/footer.html",
        "<footer>渡口页脚</footer>",
        &[
            "{% if %}",
            "{{ a b }}",
            "{% extends \"nowhere.html\" %}",
            "{{ a | nothing }}",
            // Compiled, and no page can be made with it.
            "<footer>{{ site.nothing.there }}</footer>",
        ],
    ),
    ("themes/xianfeng/strings/zh-CN.yaml", "news: 渡口动态\n", &["news：坏\n", "news: [1]\n"]),
];

#[test]
fn the_last_good_one_stands_in_for_a_file_with_errors() {
    for (path, right, wrong) in SHARED {
        let mut good = LastGood::default();
        let before = campaign().with(path, right).previewed(&mut good);
        assert_eq!(before.codes(), [""; 0], "{path}");
        for wrong in wrong {
            let after = campaign().with(path, wrong).previewed(&mut good);
            assert!(before.files() == after.files(), "{path}: {wrong}");
            let told = &after.prepared.diagnostics;
            assert!(told.iter().all(|d| d.place.path.as_str() == path), "{path}: {told:?}");
            assert!(told.iter().any(|d| d.is_error()), "{path}: {wrong}");
            assert!(after.codes().contains(&"preview-stand-in"));
            let built = campaign().with(path, wrong).codes();
            assert!(built.iter().any(|code| after.codes().contains(code)), "{built:?}");
        }
        // And no longer than it has errors.
        let changed = right.replace("渡口", "码头");
        let changed = campaign().with(path, &changed).previewed(&mut good);
        assert_eq!(changed.codes(), [""; 0]);
        assert!(changed.files() != before.files() || path.ends_with("focal-points.yaml"));
    }
}

#[test]
fn at_the_start_the_built_in_one_stands_in() {
    let without = campaign().build();
    for (path, _, wrong) in SHARED {
        for wrong in wrong {
            let shown = campaign().with(path, wrong).previewed(&mut LastGood::default());
            assert!(shown.codes().contains(&"preview-stand-in"), "{path}: {wrong}");
            assert_eq!(shown.addresses(), without.addresses(), "{path}: {wrong}");
            let page = shown.page("/stories/2026/he/");
            holds(&page, &["贺长水", "柳溪渡支部", "抓好民生", "<footer"]);
        }
    }
}

#[test]
fn several_errors_at_once_leave_the_built_in_site() {
    let broken =
        SHARED.iter().fold(campaign(), |campaign, (path, _, wrong)| campaign.with(path, wrong[0]));
    let broken = broken
        .with("themes/xianfeng/templates/story.html", "{% include \"own.html\" %}")
        .with("themes/xianfeng/templates/own.html", "{% endfor %}")
        .with(STORY, "坏");
    let shown = broken.previewed(&mut LastGood::default());
    let errors = shown.prepared.diagnostics.iter().filter(|d| d.is_error());
    let files: std::collections::BTreeSet<&str> = errors.map(|d| d.place.path.as_str()).collect();
    // Of templates that include each other one error may hide another.
    assert!(files.len() >= 7, "{files:?}");
    holds(&shown.page("/stories/2026/he/"), &["贺长水", "柳溪渡支部", "<footer"]);
}

#[test]
fn a_build_complains_of_a_broken_list_and_not_of_the_names_in_it() {
    for (path, _, wrong) in &SHARED[..2] {
        for wrong in *wrong {
            let prepared = campaign().with(path, wrong).prepared();
            let told: Vec<_> =
                prepared.diagnostics.iter().map(|d| (d.code, d.place.path.as_str())).collect();
            assert!(told.iter().all(|(_, told)| told == path), "{told:?}");
            assert!(prepared.diagnostics.iter().any(|d| d.is_error()));
        }
    }
}
