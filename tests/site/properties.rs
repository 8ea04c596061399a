//! Properties: what holds for any input. `PROPTEST_CASES=100000 cargo test --release
//! --test site properties` runs them for longer.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use xianfeng::schema::story::STORY;

use crate::campaign::{Built, Campaign};
use crate::{fuzzed, html};

pub fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok());
    // The same cases on every ordinary run; new ones in a long run by hand.
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(20_260_318) };
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
    "name",
    "slug",
    "old_slugs",
    "portrait",
    "correction",
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

const VALUES: &[&str] = &[
    "9999-12-31",
    "0001-01-01",
    "9999-12-31 23:59:59-14:00",
    "2026-03-18",
    "true",
    "是",
    "[]",
    "{}",
    "~",
    "member",
    "branch",
    "news",
    "[民生]",
    "[民生, 中心]",
    "[{title: 甲, year: 2025}]",
    "[{indicator: 甲, after: 5.50}]",
    "甲",
    "a.png",
    "-1",
    "1e400",
    "[/old/, /news/]",
    "\"\\uFDD10\\uFDD2\"",
    "|-\n  甲\n  乙",
    "[[[[]]]]",
    "{a: {b: [1, 2.0]}}",
];

pub const MARKDOWN_BITS: &[&str] = &[
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

const BAG_BITS: &[&str] = &[
    "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
    "BagIt-Version: ",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "  ",
    "data/",
    "data/文件目录.XML",
    "../",
    "/",
    "%0A",
    "%",
    "\n",
    "\r\n",
    "Payload-Oxum: ",
    "0.1",
    ": ",
    "<",
    ">",
    "</",
    "<?xml version=\"1.0\"?>",
    "<!DOCTYPE x>",
    "<文件目录>",
    "&amp;",
    "&#0;",
    "<![CDATA[",
    "]]>",
    "档号",
    "\"",
    "=",
    "https://a.cn 1 data/x",
];

pub fn soup(bits: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
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

/// Keys with values that other keys have, in any order.
fn shuffled() -> impl Strategy<Value = String> {
    let keys: Vec<&str> = STORY.keys.iter().flat_map(|&(en, zh)| [en, zh]).collect();
    let value = prop_oneof![select(VALUES).prop_map(str::to_string), soup(YAML_BITS, 3)];
    prop::collection::vec((select(keys), value), 0..8)
        .prop_map(|lines| lines.iter().map(|(key, value)| format!("{key}: {value}\n")).collect())
}

pub fn front_matter() -> impl Strategy<Value = String> {
    prop_oneof![3 => mutated(), 3 => shuffled(), 2 => soup(YAML_BITS, 24), 1 => any::<String>()]
}

fn story() -> impl Strategy<Value = String> {
    (front_matter(), soup(MARKDOWN_BITS, 30), 0..10u8).prop_map(
        |(front, body, fence)| match fence {
            0 => format!("{front}{body}"),
            1 => format!("---\n{front}\n——\n{body}"),
            2..5 => format!("---\n{SOUND}{front}\n---\n{body}"),
            _ => format!("---\n{front}\n---\n{body}"),
        },
    )
}

/// Lines of a ledger, of which many are right.
fn entries() -> impl Strategy<Value = String> {
    let number = (0..3u8, 1..4u8)
        .prop_map(|(year, item)| format!("Q012-WS·{}-Y-DQB-{item:04}", 2024 + u16::from(year)));
    let entry = (number, soup(YAML_BITS, 3), soup(YAML_BITS, 2)).prop_map(|(number, title, more)| {
        format!("- number: {number}\n  story: content/stories/{number}.md\n  title: 甲{title}\n  date: 2026-03-18\n{more}")
    });
    prop::collection::vec(entry, 0..4).prop_map(|entries| entries.concat())
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn no_front_matter_makes_parse_panic(text in story()) {
        fuzzed::front_matter(&text);
    }

    #[test]
    fn no_markdown_makes_rendering_panic(markdown in soup(MARKDOWN_BITS, 60)) {
        fuzzed::markdown(&markdown);
    }

    #[test]
    fn a_ledger_that_is_written_reads_back(text in entries()) {
        fuzzed::ledger(&text);
    }

    #[test]
    fn no_bag_makes_verifying_panic(files in prop::collection::vec(soup(BAG_BITS, 12), 0..8)) {
        fuzzed::bag(files.join("\0").as_bytes());
    }

    #[test]
    fn no_markdown_makes_an_unsound_page(markdown in soup(MARKDOWN_BITS, 40)) {
        let out = fuzzed::markdown(&markdown);
        if let Err(error) = html::read(&out) {
            return Err(TestCaseError::fail(format!("{error}\n{markdown:?}\n{out}")));
        }
    }

    #[test]
    fn the_survey_and_the_page_agree_on_headings(markdown in soup(MARKDOWN_BITS, 40)) {
        let out = fuzzed::markdown(&markdown);
        let page = html::read(&out).map_err(TestCaseError::fail)?;
        let surveyed = xianfeng::parse::markdown::survey(&markdown, true);
        let mut ids: Vec<&str> = surveyed.headings.iter().map(|heading| heading.id.as_str()).collect();
        prop_assert!(ids.iter().all(|id| page.ids.contains(*id) && !id.starts_with("xf-")), "{ids:?} in {out}");
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), surveyed.headings.len());
    }

    #[test]
    fn text_without_chinese_has_the_emphasis_of_commonmark(markdown in "([a-z*_` .,!()\"\\\\\n]|[a-z ]~~){0,40}") {
        let read = xianfeng::parse::markdown::commonmark(&markdown);
        prop_assert_eq!(&read, &markdown);
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn no_campaign_makes_the_pipeline_panic(
        texts in prop::collection::vec(story(), 1..4), settings in soup(YAML_BITS, 12), units in soup(YAML_BITS, 12), page in story(),
    ) {
        let campaign = texts.iter().enumerate().fold(Campaign::new(""), |campaign, (i, text)| campaign.with(&format!("content/stories/s{i}.md"), text));
        let campaign = campaign.with("content/pages/p.md", page).with("content/units.yaml", format!("- 第一支部\n{units}")).with("content/people.yaml", format!("- 甲\n{units}"));
        for campaign in [campaign.clone(), campaign.settings(&settings)] {
            fuzzed::draw(&campaign.prepared().diagnostics);
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
