//! Markdown as others write it (Word, WeChat, Obsidian, pandoc, Typora …), turned into what
//! pulldown-cmark reads, where it has one meaning; what has none is complained of.
//!
//! Most bodies have nothing of it: one look at the beginning of each line and one at the rare
//! signs between say so, and nothing is copied.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use memchr::{memchr, memchr2_iter, memchr3_iter, memmem};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::lines::{Line, lines};
use super::rewrite::{Edit, Places, Rewritten};
use super::{Slip, cjk, inline, nesting, options, pasted, tables};
use crate::base::text::{has_noncharacters, is_cjk};

/// A body as it is given to pulldown-cmark.
#[derive(Default)]
pub(super) struct Normal<'t> {
    pub text: Cow<'t, str>,
    /// How to come back to the body, in the order in which it was changed.
    layers: Vec<Places>,
    /// Ids that headings were given, by the place where they are written.
    pub ids: Vec<(usize, String)>,
    /// Has it a heading of the first level, so that all are to stand one level lower?
    pub top: bool,
    /// Are there marks in it?
    pub marks: bool,
    /// Are there line breaks of Word or Unicode within a line?
    pub broken: bool,
    /// May there be a container of another program?
    pub foreign: bool,
    /// What is complained of.
    pub slips: Vec<(Slip, Range<usize>)>,
    /// May there be definitions of links?
    pub defines: bool,
    /// What may be such definitions: their labels, and where they stand.
    pub definitions: Vec<(String, Range<usize>)>,
}

impl Normal<'_> {
    /// The range of the body that a range of the text stands for.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        self.layers.iter().rev().fold(range, |range, places| places.original(range))
    }
}

/// What may be in a text, by where it was seen.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Seen(u16);

impl Seen {
    const INVISIBLE: u16 = 1;
    const WIDE_SPACE: u16 = 1 << 1;
    const TABLE: u16 = 1 << 2;
    const BRACKET: u16 = 1 << 3;
    const COLON: u16 = 1 << 4;
    const COMMENT: u16 = 1 << 5;
    const CALLOUT: u16 = 1 << 6;
    const INDENT: u16 = 1 << 7;
    const TOP: u16 = 1 << 8;
    const INLINE: u16 = 1 << 9;
    const BREAK: u16 = 1 << 10;
    const FOREIGN: u16 = 1 << 11;
    const NESTED: u16 = 1 << 12;
    const CLOSED: u16 = 1 << 13;
    const ALONE: u16 = 1 << 14;
    const UNDERLINE: u16 = 1 << 15;

    fn has(self, what: u16) -> bool {
        self.0 & what != 0
    }
}

/// Reads a body.
pub(super) fn normalise(text: &str) -> Normal<'_> {
    normalise_part(text, false)
}

/// Reads a body, or if `in_html` the text of a block of HTML in one. Nobody looks there for
/// definitions that nothing refers to, so they are shown.
pub(super) fn normalise_part(text: &str, in_html: bool) -> Normal<'_> {
    let seen = look(text);
    let untouched = Normal {
        text: Cow::Borrowed(text),
        broken: seen.has(Seen::BREAK),
        foreign: seen.has(Seen::FOREIGN),
        ..Normal::default()
    };
    if seen.0 & !(Seen::BREAK | Seen::FOREIGN) == 0 || has_noncharacters(text) {
        return untouched;
    }
    let lines = lines(text);
    let mut normal = Normal { top: seen.has(Seen::TOP) && has_top(&lines), ..untouched };
    let mut edits = Vec::new();
    if seen.has(Seen::COMMENT) {
        comments(text, &lines, &mut edits);
    }
    if seen.has(Seen::INVISIBLE | Seen::WIDE_SPACE) {
        spaces(&lines, &mut edits);
    }
    if seen.has(Seen::TABLE) {
        tables::edits(&lines, &mut edits, &mut normal.slips);
    }
    if seen.has(Seen::BRACKET) {
        normal.defines = true;
        contents_lists(&lines, &mut edits);
        normal.definitions = definitions(text, &lines, in_html, &mut edits);
    }
    if seen.has(Seen::COLON) {
        colons(&lines, &mut edits);
    }
    if seen.has(Seen::CALLOUT) {
        callouts(&lines, &mut edits, &mut normal.slips);
    }
    if seen.has(Seen::CLOSED) {
        closings(&lines, &mut edits);
    }
    if seen.has(Seen::ALONE) {
        lone_markers(&lines, &mut edits);
    }
    if seen.has(Seen::UNDERLINE) {
        let rules = (0..lines.len()).filter(|&at| underlines_prose(&lines, at));
        edits.extend(rules.map(|at| Edit::new(lines[at].place(), "***")));
    }
    if seen.has(Seen::INLINE) {
        inline::edits(text, &lines, &mut edits, &mut normal.ids);
    }
    // No replacement is a noncharacter but a mark.
    normal.marks = edits.iter().any(|edit| has_noncharacters(&edit.with));
    let first = Rewritten::new(text, edits);
    normal.layers.push(first.places);
    normal.text = first.text;
    if seen.has(Seen::NESTED) {
        let edits = nesting::edits(&normal.text);
        if !edits.is_empty() {
            let nested = Rewritten::new(&normal.text, edits);
            normal.layers.push(nested.places);
            normal.text = Cow::Owned(nested.text.into_owned());
        }
    }
    if seen.has(Seen::INDENT) {
        let edits = indented_prose(&normal.text);
        if !edits.is_empty() {
            let second = Rewritten::new(&normal.text, edits);
            normal.layers.push(second.places);
            normal.text = Cow::Owned(second.text.into_owned());
        }
    }
    normal
}

/// What may be in the text.
fn look(text: &str) -> Seen {
    let bytes = text.as_bytes();
    let mut seen = 0;
    let (mut at, mut blank) = (0, true);
    while at < bytes.len() {
        if bytes[at] == b'|'
            && let Some(end) = tables::sound(bytes, at)
        {
            (at, blank) = (end, false);
            continue;
        }
        let end = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |found| at + found);
        let line = &bytes[at..end];
        seen |= begins(line, blank);
        blank = lets_code_follow(line);
        at = end + 1;
    }
    // Within a line: `{`, `==`, `__`, `[[`, `|300](`, and `]:` that ends no note's name.
    let doubled = |at: usize| bytes.get(at + 1) == Some(&bytes[at]);
    if memchr3_iter(b'{', b'=', b'_', bytes).any(|at| bytes[at] == b'{' || doubled(at)) {
        seen |= Seen::INLINE;
    }
    let mut open = 0;
    for at in memchr2_iter(b'[', b']', bytes) {
        if bytes[at] == b']' {
            let ends = bytes.get(at + 1) == Some(&b':') && bytes.get(open + 1) != Some(&b'^');
            seen |= if ends { Seen::BRACKET } else { 0 };
            if at > 0 && bytes[at - 1].is_ascii_digit() {
                let near = &bytes[at.saturating_sub(10)..];
                let bar = memchr(b'|', &near[..near.len() - (bytes.len() - at)]);
                let sized = bar.is_some_and(|bar| inline::size(&near[bar..]).is_some());
                seen |= if sized { Seen::INLINE } else { 0 };
            }
        } else {
            seen |= if doubled(at) { Seen::INLINE } else { 0 };
            open = at;
        }
    }
    // Breaks within a line: Word's and Unicode's.
    let broken =
        |at: usize| bytes[at] == 0x0B || matches!(bytes[at + 1..at + 3], [0x80, 0xA8 | 0xA9]);
    if memchr2_iter(0x0B, 0xE2, bytes).any(broken) {
        seen |= Seen::BREAK;
    }
    Seen(seen)
}

/// May an indented line after this one be code, as it may not after a paragraph's?
fn lets_code_follow(line: &[u8]) -> bool {
    let indent = line.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'>')).count();
    let content = &line[indent..];
    let ends: [&[u8]; 7] = [b"#", b"```", b"~~~", b"---", b"***", b"===", b"<!--"];
    content.is_empty()
        || content.ends_with(b"-->")
        || ends.iter().any(|end| content.starts_with(end))
}

/// What the beginning of a line may be. `blank` says whether the line before it may be followed by code.
fn begins(line: &[u8], blank: bool) -> u16 {
    let mut seen = 0;
    let mut at = 0;
    let mut columns = 0;
    while let Some(b) = line.get(at) {
        match b {
            b' ' => columns += 1,
            b'\t' => columns += 4,
            b'>' => columns = 0,
            _ => break,
        }
        at += 1;
    }
    let rest = &line[at..];
    let Some(&first) = rest.first() else { return 0 };
    if columns >= 4 && blank {
        seen |= Seen::INDENT;
    }
    if columns >= 2 && matches!(first, b'-' | b'*' | b'+' | b'1') {
        seen |= Seen::NESTED;
    }
    let is_wide = |at: usize| {
        rest.get(at..).is_some_and(|rest| {
            ["\u{3000}", "\u{A0}"].iter().any(|space| rest.starts_with(space.as_bytes()))
                || matches!(rest, [0xE2, 0x80, 0x80..=0x8A | 0xAF, ..])
        })
    };
    let piped = || memchr(b'|', rest).is_some();
    let toc = || matches!(rest.get(1), Some(b'T' | b't' | b'[' | b'_'));
    seen | match first {
        b'|' => Seen::TABLE,
        b'+' if matches!(rest.get(1), Some(b'-' | b'=')) => Seen::TABLE,
        b'-' | b':' if piped() => Seen::TABLE,
        b'-' if rest.get(1) == Some(&b'-') && memchr(b' ', rest).is_some() => Seen::TABLE,
        b'-' | b'+' | b'*' if is_wide(1) => Seen::WIDE_SPACE,
        b'-' | b'+' | b'*' if rest.trim_ascii_end().len() == 1 => Seen::ALONE,
        b'-' if is_underline(rest.trim_ascii_end(), b'-') => Seen::UNDERLINE,
        b':' if rest.starts_with(b":::") => Seen::COLON | Seen::FOREIGN,
        b':' if !matches!(rest.get(1), Some(b' ' | b'\t') | None) => Seen::COLON,
        b'!' if rest.starts_with(b"!!!") => Seen::FOREIGN,
        b'[' if at > 0 && rest.get(1) == Some(&b'!') => Seen::CALLOUT,
        b'[' if toc() => Seen::BRACKET,
        b'@' | b'{' => Seen::BRACKET,
        b'<' if rest.starts_with(b"<!--") => Seen::COMMENT,
        b'#' => {
            let hashes = rest.iter().take_while(|&&b| b == b'#').count();
            let wide = if is_wide(hashes) { Seen::WIDE_SPACE } else { 0 };
            let closed = if rest.trim_ascii_end().ends_with(b"#") { Seen::CLOSED } else { 0 };
            wide | closed | if hashes == 1 { Seen::TOP } else { 0 }
        }
        b'=' => Seen::TOP | Seen::UNDERLINE,
        b'0'..=b'9' => {
            let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
            match rest.get(digits) {
                Some(b'.' | b')') if is_wide(digits + 1) => Seen::WIDE_SPACE,
                Some(b'.' | b')') if rest[digits + 1..].trim_ascii().is_empty() => Seen::ALONE,
                _ => 0,
            }
        }
        0xEF if rest.starts_with("｜".as_bytes()) => Seen::TABLE,
        // Lines of boxes.
        0xE2 if rest[1] == 0x94 => Seen::TABLE,
        0xEF if rest.starts_with("\u{FEFF}".as_bytes()) => Seen::INVISIBLE,
        0xE2 if matches!(
            rest[1..3],
            [0x80, 0x80..=0x8F | 0xA8..=0xAF] | [0x81, 0x9F..=0xA4]
        ) =>
        {
            Seen::INVISIBLE
        }
        0xC2 if matches!(rest.get(1), Some(0xA0 | 0xAD)) => Seen::INVISIBLE,
        0xE3 if rest.starts_with("\u{3000}".as_bytes()) => Seen::INVISIBLE,
        _ => 0,
    }
}

/// Is there a heading of the first level?
fn has_top(lines: &[Line<'_>]) -> bool {
    lines.iter().enumerate().any(|(at, line)| {
        if line.code || line.is_indented() {
            return false;
        }
        let content = line.content();
        let mut rest = content.chars();
        let hash = rest.next() == Some('#') && rest.next().is_none_or(char::is_whitespace);
        let ruled = is_underline(content.as_bytes(), b'=')
            && !underlines_prose(lines, at)
            && at.checked_sub(1).is_some_and(|above| {
                !lines[above].is_blank()
                    && !lines[above].code
                    && !lines[above].content().starts_with(['#', '|'])
            });
        hash || ruled
    })
}

/// A character that nobody sees.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{AD}')
}

/// White space that is not ASCII.
pub(super) fn is_wide_space(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}')
}

/// Drops invisible characters at the beginning of a line, wide spaces before what begins a
/// block, and makes the wide space after a marker an ordinary one.
fn spaces(lines: &[Line<'_>], edits: &mut Vec<Edit>) {
    for line in lines.iter().filter(|line| !line.code) {
        let start = line.start + line.prefix();
        let content = &line.text[line.prefix()..];
        let rest = content.trim_start_matches(|c| is_invisible(c) || is_wide_space(c) || c == ' ');
        let dropped = content.len() - rest.len();
        let seen = content[..dropped].chars().any(is_invisible);
        let spaced = |marker: &str| {
            rest.strip_prefix(marker)
                .is_some_and(|rest| rest.starts_with(|c: char| c == ' ' || is_wide_space(c)))
        };
        let hashes = rest.bytes().take_while(|&b| b == b'#').count();
        let block = (1..=6).contains(&hashes) && spaced(&rest[..hashes])
            || ["-", "*", "+", ">"].into_iter().any(spaced)
            || rest.starts_with('|');
        if block && dropped > 0 {
            edits.push(Edit::new(start..start + dropped, ""));
        } else if seen {
            let visible: String =
                content[..dropped].chars().filter(|&c| !is_invisible(c)).collect();
            edits.push(Edit::new(start..start + dropped, visible));
        }
        // The space after a marker.
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let marker = match rest.as_bytes().first() {
            Some(b'#') if hashes <= 6 => hashes,
            Some(b'-' | b'*' | b'+') => 1,
            Some(b'0'..=b'9') if digits < 10 && rest[digits..].starts_with(['.', ')']) => {
                digits + 1
            }
            _ => continue,
        };
        if let Some(wide) = rest[marker..].chars().next().filter(|&c| is_wide_space(c)) {
            let at = start + dropped + marker;
            edits.push(Edit::new(at..at + wide.len_utf8(), " "));
        }
    }
}

/// Takes off the hashes that close a heading as they open it (`### 做法###`), where CommonMark asks for
/// a space before them. After a letter or a digit they are part of it: `C#`, `3#`.
fn closings(lines: &[Line<'_>], edits: &mut Vec<Edit>) {
    for line in lines.iter().filter(|line| !line.code && !line.is_indented()) {
        let content = line.content();
        let words = content.trim_matches('#');
        let opens = content.len() - content.trim_start_matches('#').len();
        let closes = content.len() - content.trim_end_matches('#').len();
        let is_heading = (1..=6).contains(&opens) && words.starts_with([' ', '\t', '\u{3000}']);
        let is_glued = words.ends_with(|c| is_cjk(c) || "）”》】」』’".contains(c));
        if is_heading && is_glued && opens == closes && !words.contains('#') {
            let end = line.place().end;
            edits.push(Edit::new(end - closes..end, ""));
        }
    }
}

/// Puts the marker of an item on the line of its text, where a PDF gave it a line of its own.
fn lone_markers(lines: &[Line<'_>], edits: &mut Vec<Edit>) {
    let is_alone = |line: &Line<'_>| match line.content() {
        "-" | "+" | "*" => true,
        content => content.strip_suffix(['.', ')']).is_some_and(|number| {
            (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
        }),
    };
    for pair in lines.windows(2) {
        let (marker, text) = (&pair[0], &pair[1]);
        let is_indented = text.text.starts_with([' ', '\t']);
        let begins =
            text.content().chars().next().is_some_and(|c| is_cjk(c) || "“《（".contains(c));
        if !marker.code && !text.code && is_alone(marker) && !is_indented && begins {
            edits.push(Edit::new(marker.place().end..text.place().start, " "));
        }
    }
}

fn is_underline(line: &[u8], sign: u8) -> bool {
    !line.is_empty() && line.iter().all(|b| *b == sign)
}

/// Is a line of signs, which makes a heading of the paragraph above it, below prose? Then people
/// part with it what stands above from what stands below.
fn underlines_prose(lines: &[Line<'_>], at: usize) -> bool {
    let [.., above, line] = &lines[..=at] else { return false };
    let content = line.content().as_bytes();
    let is_text = |line: &Line<'_>| {
        !line.is_blank()
            && !line.code
            && !line.content().starts_with(['#', '|', '-', '*', '+', '<'])
    };
    !line.code
        && content.len() > 1
        && (is_underline(content, b'-') || is_underline(content, b'='))
        && is_text(above)
        && above.content().contains(is_cjk)
        && (above.content().ends_with(['。', '；', '，', '、'])
            || at > 1 && is_text(&lines[at - 2]) && lines[at - 2].content().contains(is_cjk))
}

/// Takes out a comment that begins a line on which text follows: CommonMark would take that
/// text for a part of the comment.
fn comments(text: &str, lines: &[Line<'_>], edits: &mut Vec<Edit>) {
    let mut done = 0;
    for line in lines.iter().filter(|line| !line.code && !line.is_indented()) {
        let start = line.place().start;
        if start < done || !line.content().starts_with("<!--") {
            continue;
        }
        let mut end = start;
        while let Some(length) = text[end..]
            .starts_with("<!--")
            .then(|| memmem::find(&text.as_bytes()[end + 4..], b"-->"))
            .flatten()
        {
            end += 4 + length + 3;
            end += text[end..].len() - text[end..].trim_start_matches([' ', '\t']).len();
        }
        done = end;
        let followed = text[end..].chars().next().is_some_and(|c| c != '\n');
        if end > start && followed && !text[end..].starts_with("<!--") {
            edits.push(Edit::new(start..end, ""));
        }
    }
}

/// Takes out what stands for a table of contents: pages have an outline of their own.
fn contents_lists(lines: &[Line<'_>], edits: &mut Vec<Edit>) {
    for line in lines.iter().filter(|line| !line.code && !line.is_indented()) {
        let content = line.content();
        let lower = content.get(..12.min(content.len())).unwrap_or_default().to_ascii_lowercase();
        let known = ["[toc]", "[[toc]]", "[[_toc_]]", "@[toc]", "{:toc}", "{{toc}}", "{toc}"];
        let whole = known.contains(&lower.as_str()) && lower.len() == content.len();
        // `@[TOC](…)` with any words.
        let begins = content.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("@[toc]("));
        if whole || (begins && content.ends_with(')')) {
            edits.push(Edit::new(line.place(), ""));
        }
    }
}

/// A label as CommonMark compares labels.
pub(super) fn label(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Text that looks like the definition of a link (`[来源]: 办公室`), and to which nothing refers, is
/// shown. The other definitions.
fn definitions(
    text: &str,
    lines: &[Line<'_>],
    in_html: bool,
    edits: &mut Vec<Edit>,
) -> Vec<(String, Range<usize>)> {
    let mut found: Vec<(String, &str, Range<usize>)> = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.code) {
        let content = line.content();
        let Some(open) = definition(content) else { continue };
        let Some(close) = content[open..].find("]:").map(|at| open + at) else { continue };
        let same = content[close + 2..].trim();
        let dest = match lines.get(at + 1).filter(|_| same.is_empty()) {
            Some(below) => below.content(),
            None => same,
        };
        let place = line.place().start + open..line.place().end;
        found.push((label(&content[open + 1..close]), dest, place));
    }
    if found.is_empty() {
        return Vec::new();
    }
    let starts: HashSet<usize> = found.iter().map(|(_, _, place)| place.start).collect();
    let mut used: HashSet<String> = HashSet::new();
    for line in lines.iter().filter(|line| !line.code) {
        let brackets = line.text.match_indices('[').map(|(at, _)| line.start + at);
        for at in brackets.filter(|at| !starts.contains(at)) {
            let rest = &text[at + 1..text.floor_char_boundary(at + 1000)];
            if let Some(close) =
                rest.find([']', '[']).filter(|&close| rest[close..].starts_with(']'))
            {
                used.insert(label(&rest[..close]));
            }
        }
    }
    found.retain(|(label, dest, place)| {
        let shown = !used.contains(label) && (in_html || !is_address(dest));
        if shown {
            edits.push(Edit::new(place.start..place.start, cjk::MARK));
        }
        !shown
    });
    found.into_iter().map(|(label, _, place)| (label, place)).collect()
}

/// Where a line may begin to define a link: after the markers of lists and notes.
fn definition(content: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = &content[at..];
        let marker = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_digit() || " \t>*+-:.)".contains(c))
                .len();
        at += marker;
        let rest = rest[marker..].strip_prefix('[')?;
        let close = rest.find("]:")?;
        if rest.starts_with('^') {
            at += 1 + close + 2;
        } else {
            return (!rest[..close].trim().is_empty()).then_some(at);
        }
    }
}

/// May this have been meant as an address?
fn is_address(dest: &str) -> bool {
    let first = dest.split_whitespace().next().unwrap_or_default();
    let dotted = first
        .rfind('.')
        .is_some_and(|at| first[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()));
    first.starts_with(['<', '#']) || first.contains('/') || first.contains('@') || dotted
}

/// A definition of a definition list needs a space after its colon.
fn colons(lines: &[Line<'_>], edits: &mut Vec<Edit>) {
    for line in lines.iter().filter(|line| !line.code) {
        let content = line.content();
        if content.starts_with(':') && !content[1..].starts_with([' ', '\t']) && content.len() > 1 {
            let start = line.place().start;
            edits.push(Edit::new(start..start, cjk::MARK));
        }
    }
}

/// What call-outs are called, by what becomes of them.
const CALLOUTS: [(&str, &[&str]); 5] = [
    (
        "NOTE",
        &[
            "note", "info", "abstract", "summary", "tldr", "todo", "example", "quote", "cite",
            "说明", "备注", "注", "信息", "摘要", "例子", "示例",
        ],
    ),
    ("TIP", &["tip", "hint", "success", "check", "done", "提示", "小贴士", "技巧"]),
    ("IMPORTANT", &["important", "重要", "重点"]),
    ("WARNING", &["warning", "attention", "question", "help", "faq", "注意", "警告"]),
    (
        "CAUTION",
        &[
            "caution", "danger", "error", "failure", "fail", "missing", "bug", "危险", "当心",
            "小心",
        ],
    ),
];

/// Call-outs as Obsidian writes them: other names, a title, a sign for folding.
fn callouts(lines: &[Line<'_>], edits: &mut Vec<Edit>, slips: &mut Vec<(Slip, Range<usize>)>) {
    for line in lines.iter().filter(|line| !line.code) {
        let prefix = &line.text[..line.prefix()];
        let Some(inner) = line.content().strip_prefix("[!").filter(|_| prefix.contains('>')) else {
            continue;
        };
        let Some((name, rest)) = inner.split_once(']') else { continue };
        if rest.starts_with(['(', '[']) || name.is_empty() || !name.chars().all(char::is_alphabetic)
        {
            continue;
        }
        let lower = name.to_lowercase();
        let Some((kind, _)) = CALLOUTS.iter().find(|(_, names)| names.contains(&lower.as_str()))
        else {
            slips.push((Slip::CalloutUnknown, line.place()));
            continue;
        };
        let title = rest.trim_start_matches(['+', '-']).trim();
        if title.is_empty() {
            edits.push(Edit::new(line.place(), format!("[!{kind}]")));
        } else {
            let start = line.place().start;
            let head = "[!".len() + name.len() + "]".len();
            let from = line.place().end - title.len();
            edits.push(Edit::new(start..start + head, format!("[!{kind}]\n{prefix}")));
            edits.push(Edit::new(start + head..from, ""));
            edits.push(Edit::new(line.place().end..line.end(), format!("\n{prefix}")));
        }
    }
}

/// Takes the indent from code blocks that hold Chinese prose, HTML or a table.
fn indented_prose(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut block: Option<Vec<Range<usize>>> = None;
    let html = match text.starts_with('<') {
        true => Some(0),
        false => memmem::find(text.as_bytes(), b"\n<"),
    };
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => block = Some(Vec::new()),
            Event::End(TagEnd::CodeBlock) => {
                let pieces = block.take().unwrap_or_default();
                let shown: Vec<&str> = pieces.iter().map(|piece| &text[piece.clone()]).collect();
                let code = shown.concat();
                if is_prose(&code)
                    || is_table(&code)
                    || is_html(&code, html.is_some_and(|first| first < range.start))
                {
                    for piece in pieces {
                        edits.extend(without_indent(text, piece));
                    }
                }
            }
            Event::Text(_) => {
                if let Some(pieces) = &mut block {
                    pieces.push(range);
                }
            }
            _ => {}
        }
    }
    edits
}

/// The edit that takes four columns of indent, and all white space after them, from a piece of
/// an indented code block.
fn without_indent(text: &str, piece: Range<usize>) -> Option<Edit> {
    let shown = &text[piece.clone()];
    let rest = shown.trim_start_matches([' ', '\t', '\u{3000}']);
    if rest.trim().is_empty() {
        return None;
    }
    let (mut columns, mut start) = (0, piece.start);
    for b in text[..piece.start].bytes().rev() {
        match b {
            b' ' if columns < 4 => columns += 1,
            b'\t' if columns < 4 => columns = 4,
            _ => break,
        }
        start -= 1;
    }
    (start < piece.start).then(|| Edit::new(start..piece.end - rest.len(), ""))
}

/// Does a code block begin with a tag that people paste? Editors indent what is in another element, so
/// there is HTML above; a table they indent for its looks.
fn is_html(code: &str, is_below_html: bool) -> bool {
    let Some(tag) = code.trim_start().strip_prefix('<') else { return false };
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
    let ends = tag[name.len()..].starts_with(|c: char| c.is_whitespace() || "/>".contains(c));
    let name = name.to_ascii_lowercase();
    ends && pasted::tags::is_known(&name) && (name == "table" || is_below_html)
}

/// Does a code block begin with two rows of a table, of which the second is the delimiter row?
fn is_table(code: &str) -> bool {
    let mut rows = code.lines().map(str::trim).skip_while(|row| row.is_empty());
    rows.next().is_some_and(|row| row.starts_with('|'))
        && rows.next().is_some_and(|row| row.starts_with('|') && tables::is_delimiter(row))
}

/// Is the text of a code block Chinese prose?
fn is_prose(code: &str) -> bool {
    let (mut prose, mut other) = (0, 0);
    for line in code.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let text =
            line.trim_start_matches(['*', '_', '\u{3000}', '“', '（', '《', '[', '!', '#', ' ']);
        let chinese = text.chars().filter(|&c| is_cjk(c)).count();
        let signs = text
            .chars()
            .filter(|c| c.is_ascii_graphic() && !c.is_ascii_digit() && *c != '*')
            .count();
        let begins =
            line.starts_with(|c: char| !c.is_ascii() || c.is_ascii_digit() || "*_[(!".contains(c));
        if chinese > 0 && begins && chinese >= signs {
            prose += 1;
        } else {
            other += 1;
        }
    }
    prose > other
}
