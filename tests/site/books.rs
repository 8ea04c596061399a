//! The book and stories by themselves: what they hold, where their links lead.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use proptest::prelude::*;
use xianfeng::model::StoryId;
use xianfeng::model::selection::Selection;
use xianfeng::output::alone;
use xianfeng::output::book::{Book, epub, printable};
use xianfeng::pipeline::Prepared;
use xianfeng::value::kind::Kind;
use xianfeng::view::Views;

use crate::campaign::{Campaign, both, branch, member, news};
use crate::html;
use crate::pictures::film;
use crate::properties::{MARKDOWN_BITS, config, soup};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>";

/// Binds what is chosen, and hands the book over.
fn with_book<R>(
    prepared: &Prepared,
    selection: &Selection,
    title: Option<&str>,
    then: impl FnOnce(&Book<'_>) -> R,
) -> R {
    let Prepared { site, plan, theme, .. } = prepared;
    let stories = selection.stories(site).value;
    let book = Book::new(site, plan, theme, selection, stories, title).unwrap();
    then(&book.value)
}

fn bytes(prepared: &Prepared) -> Vec<u8> {
    with_book(prepared, &Selection::default(), None, |book| {
        epub::write(book, Cursor::new(Vec::new()), Path::new("x"), &|| {}).unwrap().into_inner()
    })
}

/// The files of an EPUB, by name; the names in their order.
fn unzipped(bytes: Vec<u8>) -> (Vec<String>, BTreeMap<String, Vec<u8>>) {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let (mut names, mut files) = (Vec::new(), BTreeMap::new());
    for i in 0..zip.len() {
        let mut file = zip.by_index(i).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        let name = file.name().unwrap().into_owned();
        names.push(name.clone());
        files.insert(name, content);
    }
    (names, files)
}

pub fn texts(campaign: &Campaign) -> BTreeMap<String, String> {
    let (_, files) = unzipped(bytes(&campaign.prepared()));
    files
        .into_iter()
        .filter_map(|(name, bytes)| {
            let name = name.strip_prefix("EPUB/")?.to_string();
            Some((name, String::from_utf8(bytes).ok()?))
        })
        .collect()
}

pub fn page(campaign: &Campaign) -> String {
    with_book(&campaign.prepared(), &Selection::default(), None, |book| {
        let mut page = Vec::new();
        let mut pour = |piece: &[u8]| {
            page.extend_from_slice(piece);
            Ok(())
        };
        printable::pour(book, &|| {}, &mut pour).unwrap();
        String::from_utf8(page).unwrap()
    })
}

/// The page of the first story by itself.
pub fn story(campaign: &Campaign) -> String {
    let prepared = campaign.prepared();
    let views = Views::new(&prepared.site, &prepared.theme.strings);
    let mut page = Vec::new();
    let mut pour = |piece: &[u8]| {
        page.extend_from_slice(piece);
        Ok(())
    };
    alone::pour(&views, &prepared.plan, StoryId(0), &mut pour).unwrap();
    String::from_utf8(page).unwrap()
}

/// What stands between two marks.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no {from} in {text}"));
    rest.split_once(to).unwrap_or_else(|| panic!("no {to} in {rest}")).0
}

fn small() -> Campaign {
    Campaign::new("")
        .settings("organisation: 某街道党工委\nsubtitle: 身边的事")
        .with("content/units.yaml", "- 乙支部\n- 甲支部\n")
        .with("content/stories/a.md", branch("支部的事", "甲支部", "民生"))
        .with("content/stories/b.md", member("单某某的一天", "单某某", "乙支部", "民生, 中心"))
        .with("content/stories/c.md", member("安某的账本", "安某", "甲支部", "中心"))
        .with(
            "content/stories/d.md",
            news("启动", "2026-01-01", "unit: 乙支部\nname: 丁某", "正文"),
        )
}

/// Text that tries to be markup, in every field.
fn hostile() -> Campaign {
    let t = "<&>\\\"]]> 😀\\u0007";
    let front = format!(
        "title: \"{t}题\"\ndate: 2026-03-18\nkind: member\nname: \"{t}名\"\nunit: \"{t}单\"\n\
         post: \"{t}职\"\nregion: \"{t}地\"\nfocal_points: [民生]\nsummary: \"{t}摘\"\n\
         cover: a.png\ncover_alt: \"{t}图\"\nkeywords: [\"{t}键\"]\nauthor: \"{t}作\"\n\
         honours: [{{title: \"{t}荣\", by: \"{t}授\", year: \"{t}年\"}}]\n\
         results: [{{indicator: \"{t}标\", before: \"{t}前\", after: \"{t}后\", unit: \"{t}位\"}}]"
    );
    let body = "## 2026年 <做法> &#1;&#xFFFE;\n\n脚注[^1]，[链[^1]接](#2026年-做法)，[顶](#top)。\n\n\
                - [x] 完\n- [ ] 未\n\n| 甲 | 乙 |\n|:-:|--:|\n| `<b>` | ![\"](a.png) |\n\n甲  \n乙\n\n---\n\n\
                ![单 \"图\"](a.png \"题 <\")\n\n[^1]: 注 <i>\n";
    Campaign::new("")
        .with("content/stories/x/index.md", format!("---\n{front}\n---\n{body}"))
        .with("content/stories/x/a.png", PNG)
}

#[test]
fn contents_parts_and_index() {
    let files = texts(&small());
    let part = |name: &str| between(&files[name], "<body>\n", "</body>").to_string();
    let shown = ["nav.xhtml", "title.xhtml", "part-1.xhtml", "index.xhtml"].map(part).concat();
    insta::assert_snapshot!("book-pages", shown);
    insta::assert_snapshot!("book-package", files["package.opf"]);
}

#[test]
fn a_chapter_of_hostile_text() {
    insta::assert_snapshot!("book-chapter", texts(&hostile())["story-0001.xhtml"]);
}

#[test]
fn everything_in_the_book_is_xml() {
    for campaign in [small(), hostile()] {
        for (name, text) in texts(&campaign) {
            if !name.ends_with(".css") && !name.ends_with(".png") {
                html::read_xml(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
            }
        }
        let (page, story) = (page(&campaign), story(&campaign));
        for page in [page, story] {
            let page = page.replace(between(&page, "<style>", "</style>"), "");
            html::read(&page).unwrap_or_else(|error| panic!("{error}\n{page}"));
        }
    }
}

#[test]
fn links_stay_in_the_book_or_name_the_site_or_are_text() {
    let body = "[件](b.md) [段](b.md#小标题) [址](/stories/2026/b/) [旧](/old/b/) [自](#自己) [页](../pages/p.md) \
                [表](表.xlsx) [外](https://a.cn/x?a=1&b=2) [邮](mailto:a@b.cn)\n\n## 自己";
    let campaign = Campaign::new("")
        .with("content/stories/a.md", news("甲", "2026-03-17", "", body))
        .with("content/stories/表.xlsx", "x")
        .with("content/pages/p.md", "---\ntitle: 页\n---\n")
        .with(
            "content/stories/b.md",
            news("乙", "2026-03-18", "aliases: [/old/b/]", "## 别的\n\n## 小标题"),
        );
    let links = |html: &str| {
        between(html, "<div class=\"prose\">\n<p>", "</p>")
            .replace("</a>", "\n")
            .replace(" rel=\"external noopener\"", "")
    };
    let outside = "<a href=\"https://a.cn/x?a=1&amp;b=2\">外\n <a href=\"mailto:a@b.cn\">邮\n";
    let chapter = |campaign: &Campaign| links(&texts(campaign)["story-0001.xhtml"]);
    let inside = |b: &str, own: &str| {
        format!(
            "<a href=\"{b}top\">件\n <a href=\"{b}h2\">段\n <a href=\"{b}top\">址\n <a href=\"{b}top\">旧\n <a href=\"#{own}h1\">自\n"
        )
    };
    let bare = format!(" 页 表 {outside}");
    assert_eq!(chapter(&campaign), inside("story-0002.xhtml#", "") + &bare);
    assert_eq!(links(&page(&campaign)), inside("#s2-", "s1-") + &bare);
    let only_a = story(&campaign.clone().with(
        "content/stories/b.md",
        news("乙", "2026-03-16", "aliases: [/old/b/]", "## 别的\n\n## 小标题"),
    ));
    assert_eq!(links(&only_a), format!("件 段 址 旧 <a href=\"#h1\">自\n{bare}"));

    let published = campaign.published_at("https://e.cn/z/");
    let absolute = format!(
        " <a href=\"https://e.cn/z/p/\">页\n <a href=\"https://e.cn/z/stories/2026/a/%E8%A1%A8.xlsx\">表\n {outside}"
    );
    assert_eq!(chapter(&published), inside("story-0002.xhtml#", "") + &absolute);
}

#[test]
fn what_is_not_chosen_is_not_linked() {
    let campaign = Campaign::new("")
        .with("content/stories/a.md", news("甲", "2026-03-17", "", "[去](b.md)"))
        .with("content/stories/b.md", news("乙", "2025-03-17", "", ""));
    let selection = Selection { years: vec![2026], ..Selection::default() };
    let bytes = with_book(&campaign.prepared(), &selection, None, |book| {
        assert_eq!((book.len(), book.title()), (1, "测试专栏（2026年）"));
        epub::write(book, Cursor::new(Vec::new()), Path::new("x"), &|| {}).unwrap().into_inner()
    });
    let chapter = String::from_utf8(unzipped(bytes).1["EPUB/story-0001.xhtml"].clone()).unwrap();
    assert!(chapter.contains("<p>去</p>"), "{chapter}");
}

#[test]
fn pictures_are_taken_for_what_they_are() {
    let body = "![甲](a.jpg) ![乙](b.svg) ![丙](c.bmp) ![丁](d.svg) ![远](https://a.cn/x.png) ![静](/s.gif) ![水](f.mp4)";
    let campaign = Campaign::new("")
        .with("content/stories/x/index.md", news("甲", "2026-03-17", "", body))
        .with("content/stories/x/a.jpg", PNG)
        .with("content/stories/x/b.svg", SVG)
        .with("content/stories/x/c.bmp", b"BM\x1a\0\0\0\0\0\0\0\x1a\0\0\0")
        .with("content/stories/x/d.svg", SVG.replace("/>", "><script>1</script></svg>"))
        .with("content/stories/x/f.mp4", film(b"isom", b"avc1"))
        .with("content/static/s.gif", "GIF89a");
    let prepared = campaign.prepared();
    let (names, files) = unzipped(bytes(&prepared));
    let pictures: Vec<&str> =
        names.iter().filter_map(|name| name.strip_prefix("EPUB/pictures/")).collect();
    assert_eq!(pictures, ["0001.gif", "0002.png", "0003.svg"]);
    assert_eq!(files["EPUB/pictures/0002.png"], PNG);
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    let chapter = text("EPUB/story-0001.xhtml");
    assert_eq!(
        between(&chapter, "<div class=\"prose\">\n<p>", "</p>"),
        "<img src=\"pictures/0002.png\" alt=\"甲\"/> <img src=\"pictures/0003.svg\" alt=\"乙\"/> 丙 丁 远 \
         <img src=\"pictures/0001.gif\" alt=\"静\"/> 水"
    );
    let package = text("EPUB/package.opf");
    assert!(package.contains("href=\"pictures/0002.png\" media-type=\"image/png\"/>"));
    let Prepared { site, plan, theme, .. } = &prepared;
    let all = Selection::default();
    let book = Book::new(site, plan, theme, &all, all.stories(site).value, None).unwrap();
    insta::assert_snapshot!("book-pictures", both(&book.diagnostics));
}

#[test]
fn pictures_stand_in_pages_that_stand_alone() {
    let campaign = hostile();
    for page in [story(&campaign), page(&campaign)] {
        let sources: Vec<&str> = page.split(" src=\"").skip(1).collect();
        assert!(sources.len() >= 3, "{}", sources.len());
        assert!(sources.iter().all(|source| source.starts_with("data:image/")), "{sources:.30?}");
        assert!(page.contains("src=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==\""));
        assert!(!page.contains(['\u{FDD0}', '\u{FDD1}', '\u{FDD2}']), "a mark is left");
    }
}

#[test]
fn nobody_fills_a_slot_but_us() {
    let campaign = hostile().with(
        "content/stories/y.md",
        news("乙", "2027-01-01", "", "&#xFDD1;0&#xFDD2; ![](x/a.png) <b>&#xFDD1;0&#xFDD2;"),
    );
    let page = story(&campaign.at("2028-01-01"));
    assert_eq!(page.matches("data:image/").count(), 1, "{page}");
}

#[test]
fn the_e_book_begins_as_it_must_and_is_the_same_in_any_order() {
    let campaign = small();
    let first = bytes(&campaign.prepared());
    assert_eq!(&first[30..66], b"mimetypeapplication/epub+zipPK\x03\x04\x14\0\0\0");
    assert!(epub::is_ours(&first[first.len() - epub::END as usize..]));
    assert_eq!(first, bytes(&campaign.clone().in_order(&[4, 2, 0, 1, 3]).prepared()));
    assert_eq!(page(&campaign), page(&campaign.clone().in_order(&[4, 2, 0, 1, 3])));
    assert!(printable::is_ours(&page(&campaign).as_bytes()[..printable::HEAD as usize]));
    assert!(!printable::is_ours(b"<!DOCTYPE html><meta name=\"generator\" content=\"word\"/>"));
}

#[test]
fn an_edition_keeps_its_identity_and_has_its_date() {
    let package = |campaign: &Campaign| texts(campaign)["package.opf"].clone();
    let identity = |package: &str| between(package, "<dc:identifier id=\"id\">", "<").to_string();
    let before = package(&small());
    let after = package(&small().story_added().at("2026-07-01 08:00"));
    assert_eq!(identity(&before), identity(&after));
    assert!(before.contains("<meta property=\"dcterms:modified\">2026-06-01T04:00:00Z</meta>"));
    assert!(after.contains("<meta property=\"dcterms:modified\">2026-07-01T00:00:00Z</meta>"));
    let other = Selection { kinds: vec![Kind::Branch, Kind::Member], ..Selection::default() };
    let prepared = small().prepared();
    let title = with_book(&prepared, &other, None, |book| book.title().to_string());
    assert_eq!(title, "测试专栏（先进基层党组织、优秀党员）");
    let titled = |title| {
        with_book(&prepared, &other, Some(title), |book| {
            let out = Cursor::new(Vec::new());
            let bytes = epub::write(book, out, Path::new("x"), &|| {}).unwrap().into_inner();
            identity(&String::from_utf8(unzipped(bytes).1["EPUB/package.opf"].clone()).unwrap())
        })
    };
    assert_ne!(titled("甲"), titled("乙"));
}

trait Added {
    fn story_added(self) -> Self;
}

impl Added for Campaign {
    fn story_added(self) -> Self {
        self.with("content/stories/new.md", news("新", "2026-05-01", "", "正文"))
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn a_story_of_any_text_is_xml(body in soup(MARKDOWN_BITS, 40)) {
        let campaign = Campaign::story("focal_points: [民生]", &body);
        // What is no text at all is no story.
        let files = texts(&campaign);
        let Some(chapter) = files.get("story-0001.xhtml") else { return Ok(()) };
        html::read_xml(chapter).map_err(TestCaseError::fail)?;
    }
}

#[test]
fn a_sign_off_stands_to_the_right_wherever_a_story_is_read() {
    let body = "请认真贯彻。\n\n中共临水镇委员会\n2026年3月18日\n\n附件：[名单](https://example.cn/a.docx)\n";
    let campaign = Campaign::story("", body);
    let signed = "<p class=\"sign-off\">中共临水镇委员会<br/>\n2026年3月18日</p>";
    assert!(campaign.page("/stories/2026/x/").contains(signed));
    assert!(texts(&campaign).values().any(|text| text.contains(signed)));
    let printed = page(&campaign);
    assert!(printed.contains(signed) && printed.contains(".sign-off {"));
}

#[test]
fn the_book_has_a_part_for_the_tasks() {
    let lists = "//- content/tasks.yaml
- {name: 修<灯>, unit: 甲支部, need: 太黑, measures: [查线, 换灯], status: doing, due: 2026-07-01}
- {name: 铺路, done_on: 2026-04-02, result: 通了, feedback: 好走}
";
    let story = |path: &str, front: &str| {
        (format!("content/stories/{path}.md"), news(path, "2026-03-18", front, "正文"))
    };
    let (a, b) =
        (story("a", "focal_points: [民生]\ntasks: [修<灯>]"), story("b", "focal_points: [中心]"));
    let campaign = Campaign::new(lists).with(&a.0, a.1).with(&b.0, b.1);
    let files = texts(&campaign);
    let tasks = &files["tasks.xhtml"];
    html::read_xml(tasks).unwrap_or_else(|error| panic!("{error}\n{tasks}"));
    for part in [
        "修&lt;灯&gt;",
        "甲支部",
        "太黑",
        "查线；换灯",
        "2026年7月1日",
        "铺路",
        "通了",
        "好走",
        "<a href=\"story-0002.xhtml\">",
    ] {
        assert!(tasks.contains(part), "{part}: {tasks}");
    }
    assert!(tasks.find("在办") < tasks.find("办结"));
    assert!(files["nav.xhtml"].contains("<a href=\"tasks.xhtml\">实事</a>"));
    assert!(
        files["package.opf"].contains("<itemref idref=\"tasks\"/>\n<itemref idref=\"index\"/>")
    );
    let printed = page(&campaign);
    assert!(printed.contains("id=\"tasks\"") && printed.contains("href=\"#tasks\""));
    // Of a part of the stories, the tasks that they name.
    let some = Selection { focal_points: vec!["民生".into()], ..Selection::default() };
    let prepared = campaign.prepared();
    with_book(&prepared, &some, None, |book| {
        let bytes = epub::write(book, Cursor::new(Vec::new()), Path::new("x"), &|| {}).unwrap();
        let (_, files) = unzipped(bytes.into_inner());
        let tasks = String::from_utf8(files["EPUB/tasks.xhtml"].clone()).unwrap();
        assert!(tasks.contains("修&lt;灯&gt;") && !tasks.contains("铺路"));
    });
    assert!(!texts(&Campaign::story("", "正文")).contains_key("tasks.xhtml"));
}

#[test]
fn results_are_drawn_in_books_as_on_pages() {
    let front = "results:\n  - {indicator: 井, before: 10, after: 40, unit: 口}\n  - {indicator: 路, after: 畅通}";
    let story = Campaign::story(front, "正文").build().alone("x");
    let (_, table) = story.split_once("<table class=\"results\">").unwrap();
    let bar = |class: &str, length: u32| {
        format!(
            "<span class=\"bar bar-{class}\" style=\"width: {length}%\" aria-hidden=\"true\"></span>"
        )
    };
    assert!(
        table.contains(&format!("井{}{}</th>", bar("before", 25), bar("after", 100))),
        "{table}"
    );
    assert_eq!(table.matches("bar-after").count(), 1, "{table}");
}
