//! Nothing vanishes: every Han character, letter and digit of a body is on the page, in an
//! attribute that readers get, or named by a complaint at its place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use regex_lite::Regex;
use xianfeng::base::text::without_noncharacters;
use xianfeng::parse::front_matter::Purpose;
use xianfeng::parse::markdown::{Callouts, Medium, Resolved, Words, to_html};
use xianfeng::parse::{Reading, parse};
use xianfeng::source::{Source, SourcePath};
use xianfeng::value::moment::parse_zone;

use crate::html;
use crate::properties::{MARKDOWN_BITS, config};

/// What readers are not meant to see: comments, targets, labels, attributes, tags, names of entities
/// and of languages, boxes of tasks, what stands for a table of contents, the kinds of call-outs.
const UNSEEN: &[&str] = &[
    r"<!--[\s\S]*?-->",
    // An apostrophe within an address begins no title.
    r#"\]\(\s?([^()"'\[\s]['"]|[^()"'\[\n])*(\(([^()\n]|\([^()\n]*\))*\)([^()"'\[\s]['"]|[^()"'\[\n])*)*\)?"#,
    r"\]\(\[[^\]\n]*\]\([^()\n]*\)[^()\[\n]*\)",
    r"\[\^[^\]\n]*\]",
    r"\]\s?\[[^\]]*\]",
    r"(?m)^[ >]*\[[^\]\n]+\]:[ \t]*\n?[ \t>]*\S+",
    r"\{[#.:a-zA-Z-][^{}\n]*\}",
    r"<[^>]*>",
    r"&#?[a-zA-Z0-9]+;",
    r"(?m)^[ >*+-]*(```|~~~)[ \t]*[!-~]+([ \t][ -~]*)?$",
    r"\[[xX]\]",
    r"(?im)^[ >]*@?\[{1,2}(_toc_|toc)\]{1,2}(\(.*\))?\s*$",
    r"\[![^\]\n]*\]",
    // Items that are all numbered alike, and naughts before a number.
    r"(?m)^[ \t>*+-]*[01]+[.)]",
    r"\[\[[^\]|#\n]*[|#]",
];

/// What a page says: its text, descriptions, titles, numbers, and the languages of code.
fn said(page: &html::Page, out: &str) -> String {
    let mut said = page.text.clone();
    for tag in &page.tags {
        for key in ["alt", "title", "value", "class"] {
            said.push_str(tag.get(key).unwrap_or_default());
        }
    }
    // The numbers that items are counted by.
    let mut lists: Vec<Option<u64>> = Vec::new();
    static ITEMS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"<(/?)(ol|ul|li)(?: start="(\d+)")?(?: value="(\d+)")?>"#).unwrap()
    });
    for tag in ITEMS.captures_iter(out) {
        let number = |i: usize| tag.get(i).and_then(|n| n.as_str().parse::<u64>().ok());
        match (&tag[1], &tag[2]) {
            ("", "ol") => lists.push(Some(number(3).unwrap_or(1))),
            ("", "ul") => lists.push(None),
            ("", _) => {
                if let Some(Some(next)) = lists.last_mut() {
                    let own = number(4).unwrap_or(*next);
                    said.push_str(&own.to_string());
                    *next = own + 1;
                }
            }
            (_, "li") => {}
            _ => {
                lists.pop();
            }
        }
    }
    said
}

/// The characters of a body that nobody gets to see, and its page.
pub fn lost(markdown: &str) -> (BTreeMap<char, usize>, String) {
    let front = "---\ntitle: t\ndate: 2026-03-18\nkind: news\n---\n";
    let text = format!("{front}{markdown}");
    let source = Source::new(SourcePath::new("content/stories/x.md"), text);
    let parsed =
        parse(source, Purpose::Story, Reading::new(parse_zone("+08:00").unwrap(), true, true));
    let mut unseen: Vec<Range<usize>> = Vec::new();
    for complaint in &parsed.diagnostics {
        unseen.extend(complaint.place.range().map(|range| {
            range.start.saturating_sub(front.len())..range.end.saturating_sub(front.len())
        }));
    }
    static PATTERNS: LazyLock<Vec<Regex>> =
        LazyLock::new(|| UNSEEN.iter().map(|pattern| Regex::new(pattern).unwrap()).collect());
    for pattern in &*PATTERNS {
        let mut from = 0;
        // They may overlap.
        while let Some(found) = pattern.find_at(markdown, from) {
            unseen.push(found.range());
            from = markdown.ceil_char_boundary(found.start() + 1);
        }
    }
    let callouts = Callouts { note: "", tip: "", important: "", warning: "", caution: "" };
    let words =
        Words { notes: "", back_to_text: "", captions: "", checked: "", unchecked: "", callouts };
    let out = to_html(markdown, Medium::Page, &words, &|address, _| Resolved::Here(address.into()));
    let page = html::read(&out).unwrap_or_else(|error| panic!("{error}\n{markdown}\n{out}"));
    let mut counts: BTreeMap<char, isize> = BTreeMap::new();
    for (at, c) in markdown.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        if !unseen.iter().any(|range| range.contains(&at)) {
            *counts.entry(c).or_default() += 1;
        }
    }
    for c in said(&page, &out).chars() {
        counts.entry(c).and_modify(|count| *count -= 1);
    }
    let lost = counts.into_iter().filter(|&(_, count)| count > 0);
    (lost.map(|(c, count)| (c, count as usize)).collect(), out)
}

/// Lines as people write them, `文` for a word and `9` for a number.
const LINES: &[&str] = &[
    "",
    "",
    "",
    "文",
    "文，文。",
    "    文",
    "\t文，文文文",
    "　　文文。",
    "# 文",
    "## 文 {#a}",
    "##文",
    "＃ 文",
    "##",
    "- 文",
    "- [x] 文",
    "* 文",
    "1. 文",
    "9. 文",
    "9. 文",
    "  文",
    "> 文",
    "> - 文",
    "> [!NOTE] 文",
    "> [!note]",
    "|文|文|",
    "|文|文|文|",
    "|---|---|",
    "|-|",
    "｜文｜文｜",
    "｜—｜—｜",
    "文\t文",
    "+--+--+",
    "+==+==+",
    "[文]: 文",
    "[甲]: 文",
    "[甲]: https://example.cn/ \"文\"",
    "[甲]",
    "[文][甲]",
    "[^1]: 文",
    "[^1]：文",
    "文[^1]文[^2]",
    ":文",
    ": 文",
    "：文",
    "```",
    "```文",
    "``` 文 9",
    "~~~",
    "<!-- 甲 -->文",
    "<!--",
    "-->文",
    "文\u{B}文",
    "文\u{2028}文",
    "**文**文**",
    "文__文__文",
    "文==文==文",
    "==**文==文**",
    "`文`文`",
    "[文](a.md \"文\")",
    "![文](a.png \"文\")",
    "文![文](a.png \"文\")文",
    "![文](a.png){width=3in}",
    "[文]{.a}",
    "[[文]]",
    "![[a.png|文]]",
    "[TOC]",
    "[TOC] 文",
    "---",
    "===",
    "  ----  ----",
    "文  ",
    "文\\",
    "文9年，9.9%",
    "7*9小时，9*8小时，138****9",
    "<b>文</b>",
    "<div>文",
    "<https://example.cn/>文",
    "https://example.cn/9文",
    "文：文",
    "各支部：",
    "一、文",
    "9．文",
    "\u{FEFF}文",
    "\u{200B}- 文",
    "&emsp;&emsp;文",
    "{% 文 %}",
    "::: 文",
    "%%文%%",
    "2026年9月9日",
];

/// Each word becomes a character of its own and each number a number of its own, so that one that
/// is lost is missed.
fn told_apart(text: &str) -> String {
    let (mut word, mut number) = (0x4E00, 20_000);
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '文' => {
                word += 1;
                // Numerals begin items, and surnames names.
                out.push(char::from_u32(word + 0x2000).unwrap_or(c));
            }
            '9' => {
                number += 1;
                out.push_str(&number.to_string());
            }
            c => out.push(c),
        }
        out
    })
}

fn bodies() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        12 => select(LINES).prop_map(str::to_string),
        1 => prop::collection::vec(prop_oneof![select(MARKDOWN_BITS), Just("文")], 0..8).prop_map(|bits| bits.concat()),
    ];
    let end = prop_oneof![6 => Just("\n"), 3 => Just("\n\n"), 1 => Just("")];
    prop::collection::vec((line, end), 1..14)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect::<String>())
        // No source holds the others.
        .prop_map(|text| without_noncharacters(told_apart(&text)).replace('\r', "\n"))
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn nothing_vanishes(markdown in bodies()) {
        let (lost, out) = lost(&markdown);
        prop_assert!(lost.is_empty(), "{lost:?}\n{markdown}\n\n{out}");
    }
}

/// The body of a post: what stands after its front matter.
fn body_of(post: &str) -> &str {
    let post = post.trim_start_matches('\u{FEFF}');
    let Some(after) = post.strip_prefix("---\n") else { return post };
    after.split_once("\n---").map_or(post, |(_, body)| body.trim_start_matches('-'))
}

#[test]
#[expect(clippy::print_stdout, reason = "says what it tested")]
fn nothing_of_real_posts_vanishes() {
    let Some(folder) = std::env::var_os("XIANFENG_POSTS") else {
        println!("tested nothing: XIANFENG_POSTS names no folder of Markdown files");
        return;
    };
    let (mut folders, mut posts, mut wrong) = (vec![folder.into()], 0, Vec::new());
    while let Some(folder) = folders.pop() {
        let folder: std::path::PathBuf = folder;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(post) = std::fs::read_to_string(&path) {
                let post = without_noncharacters(post.replace("\r\n", "\n"));
                let (lost, _) = lost(body_of(&post));
                if !lost.is_empty() {
                    wrong.push(format!("{}: {lost:?}", path.display()));
                }
                posts += 1;
            }
        }
    }
    println!("{posts} posts, {} of which lose something", wrong.len());
    assert!(wrong.is_empty() && posts > 0, "{}", wrong.join("\n"));
}
