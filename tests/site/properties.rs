//! Properties: what holds for any input. `PROPTEST_CASES=100000 cargo test --release
//! --test site properties` runs them for longer.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use xianfeng::model::moment::parse_zone;
use xianfeng::parse::front_matter::Purpose;
use xianfeng::parse::markdown::{Resolved, Words, to_html};
use xianfeng::parse::parse;
use xianfeng::source::{Source, SourcePath};

use crate::campaign::{Built, Campaign};
use crate::html;

fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok());
    // The same cases on every ordinary run; new ones in a long run by hand.
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(2026_03_18) };
    let cases = asked.unwrap_or(cases);
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 2000,
        rng_seed,
        ..ProptestConfig::default()
    }
}

const YAML_BITS: &[&str] = &[
    "title",
    "标题",
    "date",
    "kind",
    "focal_points",
    "unit",
    "honours",
    "results",
    "extra",
    "expire_at",
    "publish_at",
    "aliases",
    ": ",
    ":",
    "：",
    "\n",
    "\n  ",
    "\n- ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\"",
    "'",
    "#",
    " #",
    "|\n",
    ">-\n",
    "&a ",
    "*a",
    "!!int ",
    "!x ",
    "~",
    "---",
    "...",
    "? ",
    "<<: ",
    "\\u",
    "\\uFDD1",
    "\t",
    "\u{3000}",
    "2026-03-18",
    "9999-12-31",
    "0001-01-01",
    "+14:00",
    "news",
    "member",
    "民生",
    "甲",
    "true",
    "0x1F",
    "1e999",
    ".nan",
    "-.inf",
    "1_000",
    "\u{FEFF}",
    "\r",
    "\0",
    "😀",
    "e\u{301}",
    "%",
    "@",
    "`",
    "，",
];

const MARKDOWN_BITS: &[&str] = &[
    "*",
    "**",
    "***",
    "~~",
    "~",
    "_",
    "__",
    "`",
    "```",
    "\n",
    "\n\n",
    "  \n",
    "\\",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<a href=\"",
    "&amp;",
    "&#0;",
    "&#xFDD0;",
    "&#xFDD1;0&#xFDD2;",
    "&lt;",
    "&",
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "    ",
    "\t",
    "|",
    "|---|\n",
    ":",
    ": ",
    "[^1]",
    "[^1]: ",
    "[^甲]",
    "[^甲]: ",
    "- [ ] ",
    "- [x] ",
    "---\n",
    "===\n",
    "“",
    "”",
    "。",
    "，",
    "（",
    "）",
    "甲",
    "重点",
    "中文",
    "a",
    "word",
    " ",
    "\u{3000}",
    "한",
    "\u{FE00}",
    "\u{E0100}",
    "😀",
    "\u{200B}",
    "http://a.cn",
    "<http://a.cn>",
    "javascript:",
    "x.md",
    "#甲",
    "/news/",
    "\"",
    "'",
    "{{",
    "{%",
    "\r",
    "\u{FDD0}",
    "\u{FDD1}",
];

fn soup(bits: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![9 => select(bits).prop_map(str::to_string), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

const SOUND: &str = "title: 标题\ndate: 2026-03-18\nkind: member\nname: 林小满\nunit: 第一支部\nfocal_points: [民生]\nhonours:\n  - {title: 先进, year: 2025}\nresults:\n  - {indicator: 数, after: 5.50}\nkeywords: [甲, 乙]\n";

/// Sound front matter with some places changed.
fn mutated() -> impl Strategy<Value = String> {
    prop::collection::vec((any::<Index>(), select(YAML_BITS), 0usize..6), 0..4).prop_map(
        |changes| {
            changes.into_iter().fold(SOUND.to_string(), |text, (at, bit, cut)| {
                let at = text.floor_char_boundary(at.index(text.len() + 1));
                let end = text.floor_char_boundary((at + cut).min(text.len())).max(at);
                format!("{}{bit}{}", &text[..at], &text[end..])
            })
        },
    )
}

fn front_matter() -> impl Strategy<Value = String> {
    prop_oneof![3 => mutated(), 2 => soup(YAML_BITS, 24), 1 => any::<String>()]
}

fn story() -> impl Strategy<Value = String> {
    (front_matter(), soup(MARKDOWN_BITS, 30), 0..8u8).prop_map(|(front, body, fence)| match fence {
        0 => format!("{front}{body}"),
        1 => format!("---\n{front}\n——\n{body}"),
        _ => format!("---\n{front}\n---\n{body}"),
    })
}

/// Every complaint can be drawn, and its place is in its line.
fn draw(diagnostics: &[xianfeng::diagnostic::Diagnostic]) {
    for diagnostic in diagnostics {
        if let Some(at) = &diagnostic.place.position {
            assert!(
                at.line >= 1 && at.column >= 1 && at.column <= at.excerpt.chars().count() + 1,
                "{at:?}"
            );
        }
    }
    crate::campaign::both(diagnostics);
}

fn render(markdown: &str) -> String {
    let words = Words { notes: "注释", back_to_text: "回到正文" };
    to_html(markdown, &words, &|dest, _| match dest.len() % 3 {
        0 => Resolved::Here(dest.to_string()),
        1 => Resolved::Elsewhere(dest.to_string()),
        _ => Resolved::Nothing,
    })
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn no_front_matter_makes_parse_panic(text in story()) {
        let source = Source::new(SourcePath::new("content/stories/x.md"), text);
        draw(&parse(source, Purpose::Story, parse_zone("+08:00").unwrap(), true).diagnostics);
    }

    #[test]
    fn no_markdown_makes_rendering_panic(markdown in soup(MARKDOWN_BITS, 60)) {
        xianfeng::parse::markdown::survey(&markdown);
        render(&markdown);
    }

    #[test]
    fn no_markdown_makes_an_unsound_page(markdown in soup(MARKDOWN_BITS, 40)) {
        let out = render(&markdown);
        if let Err(error) = html::read(&out) {
            return Err(TestCaseError::fail(format!("{error}\n{markdown:?}\n{out}")));
        }
    }

    #[test]
    fn the_survey_and_the_page_agree_on_headings(markdown in soup(MARKDOWN_BITS, 40)) {
        let out = render(&markdown);
        let page = html::read(&out).map_err(TestCaseError::fail)?;
        let surveyed = xianfeng::parse::markdown::survey(&markdown);
        let mut ids: Vec<&str> = surveyed.headings.iter().map(|heading| heading.id.as_str()).collect();
        prop_assert!(ids.iter().all(|id| page.ids.contains(*id) && !id.starts_with("xf-")), "{ids:?} in {out}");
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), surveyed.headings.len());
    }

    #[test]
    fn text_without_chinese_has_the_emphasis_of_commonmark(markdown in "[a-z*_~` .,!()\"\\\\\n]{0,40}") {
        let marked = xianfeng::parse::markdown::cjk::mark(&markdown);
        prop_assert_eq!(&*marked.text, &markdown);
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn no_campaign_makes_the_pipeline_panic(
        texts in prop::collection::vec(story(), 1..4), settings in soup(YAML_BITS, 12), units in soup(YAML_BITS, 12), page in story(),
    ) {
        let campaign = texts.iter().enumerate().fold(Campaign::new(""), |campaign, (i, text)| campaign.with(&format!("content/stories/s{i}.md"), text));
        let campaign = campaign.with("content/pages/p.md", page).with("content/units.yaml", format!("- 第一支部\n{units}"));
        for campaign in [campaign.clone(), campaign.settings(&settings)] {
            draw(&campaign.prepared().diagnostics);
        }
    }

    #[test]
    fn a_story_of_any_text_makes_sound_pages(body in soup(MARKDOWN_BITS, 40)) {
        let campaign = Campaign::story("focal_points: [民生]", &body).template("base.html", "<html>{% block head %}{% endblock %}{% block og_type %}{% endblock %}{% block crumbs %}{% endblock %}<h1>{{ page.description }}</h1>{% block main %}{% endblock %}</html>");
        let prepared = campaign.prepared();
        if prepared.diagnostics.iter().any(|d| d.is_error()) { return Ok(()); }
        let built = Built { prepared };
        html::read(&built.page("/stories/2026/x/")).map_err(TestCaseError::fail)?;
        html::read_xml(&built.page("/feed.xml")).map_err(TestCaseError::fail)?;
    }
}

/// A campaign of stories that link to each other.
fn campaign() -> impl Strategy<Value = Campaign> {
    let one = (0..3u8, 0..4usize, 0..6usize, any::<Index>(), any::<bool>(), 1..28u32);
    (prop::collection::vec(one, 1..9), 1..4usize, 0..3u8).prop_map(|(stories, page_size, base)| {
        let count = stories.len();
        let campaign = Campaign::new("").settings(&format!("page_size: {page_size}"));
        let campaign = stories.into_iter().enumerate().fold(campaign, |campaign, (i, (kind, unit, point, to, pinned, day))| {
            let kind = ["news", "branch", "member"][kind as usize];
            let name = ["王芳", "曾广", "单月", "Anna"][unit];
            let point = ["中心", "载体", "实践", "群众", "统筹", "民生"][point];
            let to = to.index(count);
            campaign.with(&format!("content/stories/{}/s{i}.md", 2025 + day % 2), format!(
                "---\ntitle: 第{i}篇\ndate: {}-03-{day:02}\nkind: {kind}\nunit: 第{unit}支部\nname: {name}\nregion: 地{unit}\ncarriers: [载{point}]\nfocal_points: [{point}]\npinned: {pinned}\naliases: [/old/{i}.html]\n---\n\
                 ## 做法\n\n见[那篇](/stories/old-{i}/../x)。\n", 2025 + day % 2)
                .replace(&format!("见[那篇](/stories/old-{i}/../x)。"), &format!("见[本节](#做法)和[旧址](/old/{to}.html)。[^1]\n\n[^1]: 注")))
        });
        match base {
            0 => campaign,
            1 => campaign.published_at("https://example.cn/z/"),
            _ => campaign.with_relative_links(),
        }
    })
}

/// The file that `address`, found on the page at `path`, leads to, and its fragment.
fn target(path: &str, address: &str) -> Option<(String, Option<String>)> {
    if address.starts_with("http") && !address.starts_with("https://example.cn/z/") {
        return None;
    }
    let address = address.strip_prefix("https://example.cn").unwrap_or(address);
    let decode = |text: &str| percent(text);
    let (address, fragment) = match address.split_once('#') {
        Some((address, fragment)) => (address, Some(decode(fragment))),
        None => (address, None),
    };
    let address = decode(address.split('?').next().unwrap());
    let file = if address.is_empty() {
        path.to_string()
    } else if let Some(rest) = address.strip_prefix("/z/").or_else(|| address.strip_prefix('/')) {
        rest.to_string()
    } else {
        let mut parts: Vec<&str> = path.split('/').collect();
        parts.pop();
        for part in address.split('/') {
            match part {
                "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        parts.join("/")
    };
    let file =
        if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file };
    Some((file, fragment))
}

fn percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap()
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn every_internal_link_leads_somewhere(campaign in campaign()) {
        let built = campaign.build();
        let files = built.files();
        let pages: std::collections::BTreeMap<_, _> = built.pages().into_iter().map(|(path, text)| {
            let page = html::read(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
            (path, page)
        }).collect();
        for (path, page) in &pages {
            for (file, fragment) in page.addresses().filter_map(|address| target(path, address)) {
                prop_assert!(files.contains_key(&file), "{path} leads to {file}, which is not there");
                if let Some(fragment) = fragment.filter(|f| !f.is_empty()) {
                    let there = pages.get(&file).is_some_and(|page| page.ids.contains(&fragment));
                    prop_assert!(there, "{path} leads to {file}#{fragment}, which is not there");
                }
            }
        }
    }

    #[test]
    fn the_order_of_files_changes_no_byte(campaign in campaign(), order in Just((0..12usize).collect::<Vec<_>>()).prop_shuffle()) {
        let (one, other) = (campaign.build().files(), campaign.in_order(&order).build().files());
        prop_assert!(one == other);
    }
}
