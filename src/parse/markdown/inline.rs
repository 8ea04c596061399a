//! Signs of other dialects within a line: `{width=…}`, `{#id}`, `==mark==`, `__bold__` between
//! Chinese characters, `[[name]]`, `![words|300](…)`.

use std::ops::Range;

use memchr::{memchr_iter, memchr3, memmem};

use super::lines::Line;
use super::rewrite::Edit;
use crate::base::text::is_cjk;

/// Stand for `==` where it opens and closes a marked text.
pub(super) const OPEN: &str = "\u{FDD6}";
pub(super) const CLOSE: &str = "\u{FDD7}";

/// What is to be replaced in the lines of a text; the ids of headings go to `ids`.
pub(super) fn edits(
    text: &str,
    lines: &[Line<'_>],
    edits: &mut Vec<Edit>,
    ids: &mut Vec<(usize, String)>,
) {
    let mut at = 0;
    while at < lines.len() {
        let goes_on = |line: &&Line<'_>| !line.code && !line.is_blank();
        let count = lines[at..].iter().take_while(goes_on).count();
        let block = &lines[at..at + count];
        at += count.max(1);
        let (Some(first), Some(last)) = (block.first(), block.last()) else { continue };
        let whole = first.start..last.end();
        let bytes = &text.as_bytes()[whole.clone()];
        if memchr3(b'{', b'=', b'_', bytes).is_none()
            && memmem::find(bytes, b"[[").is_none()
            && !has_size(bytes)
        {
            continue;
        }
        let guarded = guarded(text, whole);
        for (i, line) in block.iter().enumerate() {
            // What begins an indented code block.
            if i == 0 && line.is_indented() {
                continue;
            }
            let mut found = Found { line, guarded: &guarded, edits };
            found.attributes(ids);
            found.marked();
            found.bold();
            found.names();
            found.sizes();
        }
    }
}

/// May there be a size behind the words of a picture?
fn has_size(bytes: &[u8]) -> bool {
    memchr_iter(b'|', bytes).any(|at| size(&bytes[at..]).is_some())
}

/// The length of a size that `bytes` begin with, before what ends the words of a picture: `|300](`,
/// `|300x200](`.
pub(super) fn size(bytes: &[u8]) -> Option<usize> {
    let is_of_size = |b: &&u8| b.is_ascii_digit() || **b == b'x';
    let length = 1 + bytes.strip_prefix(b"|")?.iter().take_while(is_of_size).count();
    let is_size = (2..=10).contains(&length) && bytes[1].is_ascii_digit();
    (is_size && bytes[length..].starts_with(b"](")).then_some(length)
}

/// The ranges of a block in which signs are no signs: code, addresses, tags.
fn guarded(text: &str, block: Range<usize>) -> Vec<Range<usize>> {
    let bytes = &text.as_bytes()[..block.end];
    let mut guarded = Vec::new();
    let mut at = block.start;
    let run = |at: usize| bytes[at..].iter().take_while(|&&b| b == b'`').count();
    while let Some(found) =
        bytes[at..].iter().position(|b| matches!(b, b'`' | b'(' | b'<' | b'\\' | b':'))
    {
        let start = at + found;
        at = start + 1;
        let end = match bytes[start] {
            b'\\' => {
                at += 1;
                at = at.min(bytes.len());
                continue;
            }
            b'`' => {
                let length = run(start);
                at = start + length;
                let mut close = at;
                loop {
                    let Some(next) = memchr::memchr(b'`', &bytes[close..]) else { break None };
                    let found = run(close + next);
                    close += next + found;
                    if found == length {
                        break Some(close);
                    }
                }
            }
            b'(' if start > 0 && bytes[start - 1] == b']' => {
                memchr::memchr(b')', &bytes[start..]).map(|length| start + length)
            }
            b'<' if bytes.get(at).is_some_and(|b| b.is_ascii_alphabetic() || b"/!".contains(b)) => {
                memchr::memchr(b'>', &bytes[start..]).map(|length| start + length + 1)
            }
            // The rest of an address.
            b':' if bytes[at..].starts_with(b"//") => {
                let length = bytes[start..].iter().take_while(|b| b.is_ascii_graphic()).count();
                Some(start + length)
            }
            _ => None,
        };
        if let Some(end) = end {
            guarded.push(start..end);
            at = end;
        }
    }
    guarded
}

/// A line in which signs are looked for.
struct Found<'t, 'l> {
    line: &'l Line<'t>,
    guarded: &'l [Range<usize>],
    edits: &'l mut Vec<Edit>,
}

impl Found<'_, '_> {
    fn is_guarded(&self, at: usize) -> bool {
        let at = self.line.start + at;
        let passed = self.guarded.partition_point(|range| range.end <= at);
        self.guarded.get(passed).is_some_and(|range| range.start <= at)
    }

    fn replace(&mut self, range: Range<usize>, with: impl Into<std::borrow::Cow<'static, str>>) {
        let start = self.line.start;
        self.edits.push(Edit::new(start + range.start..start + range.end, with));
    }

    /// Takes attributes off: behind a link, a picture or code, at the end of a heading, alone.
    fn attributes(&mut self, ids: &mut Vec<(usize, String)>) {
        let text = self.line.text;
        let prefix = self.line.prefix();
        let heading = text[prefix..].starts_with('#');
        let mut at = 0;
        while let Some(start) = text[at..].find('{').map(|found| at + found) {
            at = start + 1;
            let Some((end, id)) = attribute(&text[start..]).map(|(end, id)| (start + end, id))
            else {
                continue;
            };
            if self.is_guarded(start) {
                continue;
            }
            let before = &text[..start];
            let ends = text[end..].trim().is_empty();
            // A heading's closing hashes may stand before or after.
            let headed = heading && text[end..].trim_matches([' ', '#', '\t']).is_empty();
            let alone = ends && before.trim_matches([' ', '\t', '>']).is_empty();
            if headed {
                if let Some(id) = id {
                    ids.push((self.line.start + start, id.to_string()));
                }
                self.replace(before.trim_end().len()..end, "");
            } else if before.ends_with(')') && before.contains("](") || before.ends_with('`') {
                self.replace(start..end, "");
            } else if before.ends_with(']') {
                let open = opening(before);
                let span = open.filter(|&open| !before[..open].ends_with([']', '!']));
                if let Some(open) = span.filter(|&open| !before[open..].starts_with("[^")) {
                    self.replace(open..open + 1, "");
                    self.replace(start - 1..end, "");
                } else if open.is_some() {
                    self.replace(start..end, "");
                }
            } else if alone {
                self.replace(start..end, "");
            }
            at = end;
        }
    }

    /// `==marked==`
    fn marked(&mut self) {
        let text = self.line.text;
        let mut signs = Vec::new();
        let mut at = 0;
        while let Some(start) = text[at..].find("==").map(|found| at + found) {
            let length = text[start..].bytes().take_while(|&b| b == b'=').count();
            at = start + length;
            if length == 2 && !self.is_guarded(start) {
                signs.push(start);
            }
        }
        let mut signs = signs.into_iter().peekable();
        while let Some(open) = signs.next() {
            let Some(&close) = signs.peek() else { return };
            let inside = &text[open + 2..close];
            let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let compared =
                word(text[..open].chars().next_back()) || word(text[close + 2..].chars().next());
            let tight =
                !inside.starts_with(char::is_whitespace) && !inside.ends_with(char::is_whitespace);
            let means = inside.contains(is_cjk) || !compared;
            if tight && means && !inside.is_empty() && !inside.contains('|') {
                self.replace(open..open + 2, OPEN);
                self.replace(close..close + 2, CLOSE);
                signs.next();
            }
        }
    }

    /// `__bold__` beside Chinese characters, where CommonMark takes it for a part of a word.
    fn bold(&mut self) {
        let text = self.line.text;
        let mut open: Option<usize> = None;
        // The last run, and the runs that are blanks to be filled in.
        let (mut blank, mut blanks) = (None, Vec::<Range<usize>>::new());
        let mut at = 0;
        while let Some(start) = text[at..].find("__").map(|found| at + found) {
            let length = text[start..].bytes().take_while(|&b| b == b'_').count();
            at = start + length;
            if self.is_guarded(start) || text[..start].ends_with('\\') {
                continue;
            }
            let last = blank.replace(start..at);
            if let Some(last) = last
                && is_blank(&text[..last.start], &text[last.end..start])
            {
                blanks.extend([last, start..at]);
                open = None;
                continue;
            }
            if length != 2 {
                continue;
            }
            let Some(first) = open else {
                let opens = text[at..].chars().next().is_some_and(|c| !c.is_whitespace());
                open = opens.then_some(start);
                continue;
            };
            let inside = &text[first + 2..start];
            let beside = [text[..first].chars().next_back(), text[at..].chars().next()];
            if inside.ends_with(char::is_whitespace) {
                continue;
            }
            (open, blank) = (None, None);
            // What no emphasis begins with, or ends with, would be shown as asterisks.
            let begins = |c: char| c.is_alphanumeric() || "“‘（《「『【".contains(c);
            let words = inside.contains(|c: char| is_cjk(c) && c.is_alphanumeric())
                && inside.starts_with(begins)
                && !inside.ends_with(['“', '‘', '（', '《', '「', '『', '【']);
            if words && beside.into_iter().flatten().any(is_cjk) {
                self.replace(first..first + 2, "**");
                self.replace(start..at, "**");
            }
        }
        blanks.dedup();
        for run in blanks {
            let signs = "\\_".repeat(run.len());
            self.replace(run, signs);
        }
    }

    /// `[[name]]`, `[[name|words]]`, `![[picture.jpg]]`: what is meant is found by its name.
    fn names(&mut self) {
        let text = self.line.text;
        let mut at = 0;
        while let Some(open) = text[at..].find("[[").map(|found| at + found) {
            at = open + 2;
            let Some(close) = text[at..].find("]]").map(|found| at + found) else { return };
            let inside = &text[at..close];
            let after = &text[close + 2..];
            let is_name = inside.trim() == inside
                && inside.contains(char::is_alphabetic)
                && !inside.contains(['[', ']', '<', '>', '"', '\'', '`'])
                && !after.starts_with(['(', '[', ':', ']'])
                && !inside.eq_ignore_ascii_case("toc");
            if !is_name || self.is_guarded(open) || text[..open].ends_with('\\') {
                continue;
            }
            let (name, words) = match inside.split_once('|') {
                Some((name, words)) => (name.trim_end_matches('\\').trim(), words.trim()),
                None => (inside, ""),
            };
            let picture = text[..open].ends_with('!');
            // In Obsidian a number is the width of a picture.
            let words = match (picture, words) {
                (true, words) if words.bytes().all(|b| b.is_ascii_digit() || b == b'x') => "",
                (false, "") => name,
                (_, words) => words,
            };
            self.replace(open..close + 2, format!("[{words}](<[[{name}]]>)"));
            at = close + 2;
        }
    }

    /// Takes off what Obsidian writes behind the words of a picture for its width.
    fn sizes(&mut self) {
        let text = self.line.text;
        for at in memchr_iter(b'|', text.as_bytes()) {
            let Some(length) = size(&text.as_bytes()[at..]) else { continue };
            let open = opening(&text[..=at + length]);
            if open.is_some_and(|open| text[..open].ends_with('!')) && !self.is_guarded(at) {
                // In a table the sign is escaped.
                let start = text[..at].trim_end_matches('\\').len();
                self.replace(start..at + length, "");
            }
        }
    }
}

/// Are two runs of `_` blanks of a form, with this before and between them: `2026年__月__日`,
/// `第__次会议，第__期`, `姓名：__，电话：__。`, `（__）月（__）日`?
fn is_blank(before: &str, inside: &str) -> bool {
    const UNITS: [&str; 20] = [
        "年", "年度", "月", "月份", "日", "号", "时", "点", "分", "次", "期", "届", "章", "节",
        "条", "个", "名", "人", "元", "岁",
    ];
    let ends =
        |text: &str, signs: &str| text.chars().next_back().is_some_and(|c| signs.contains(c));
    let begins = |signs: &str| inside.chars().next().is_some_and(|c| signs.contains(c));
    UNITS.contains(&inside)
        || begins("，。、；！？）】》」』)")
        || ends(inside, "（【《「『(")
        || ends(before, "第") && (begins("次期届章节条号名批轮页") || ends(inside, "第"))
        || ends(before, "：:") && ends(inside, "：:")
}

/// Where the bracket was opened that `text` ends by closing.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, b) in text.bytes().enumerate().rev() {
        match b {
            b']' => depth += 1,
            b'[' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The length of the attributes that a text begins with, and the id among them:
/// `{#id .class key=value key="two words"}`.
fn attribute(text: &str) -> Option<(usize, Option<&str>)> {
    let mut id = None;
    let mut count = 0;
    let mut at = 1;
    // kramdown has a colon first.
    at += usize::from(text[at..].starts_with(':'));
    loop {
        at += text[at..].len() - text[at..].trim_start_matches([' ', '\t']).len();
        if text[at..].starts_with('}') {
            return (count > 0).then_some((at + 1, id));
        }
        let name_end = |from: usize| {
            let ends = |c: char| c.is_whitespace() || "{}=\"'#.".contains(c);
            text[from..].find(ends).map_or(text.len(), |found| from + found)
        };
        let sign = text[at..].chars().next()?;
        match sign {
            '#' | '.' => {
                let end = name_end(at + 1);
                if end == at + 1 {
                    return None;
                }
                if sign == '#' {
                    id = Some(&text[at + 1..end]);
                }
                at = end;
            }
            // pandoc's sign for a heading without a number.
            '-' => at += 1,
            c if c.is_ascii_alphabetic() => {
                let end = name_end(at);
                let value = text[end..].strip_prefix('=')?;
                let quote = value.chars().next().filter(|c| matches!(c, '"' | '\'' | '“' | '”'));
                let length = match quote {
                    Some(quote) => {
                        let rest = &value[quote.len_utf8()..];
                        let close = rest.find([quote, '”'])?;
                        quote.len_utf8() + close + rest[close..].chars().next()?.len_utf8()
                    }
                    None => value.find([' ', '\t', '}']).filter(|&length| length > 0)?,
                };
                at = end + 1 + length;
            }
            _ => return None,
        }
        count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_nothing_but_attributes() {
        for (text, wanted) in [
            ("{#a}后", Some((4, Some("a")))),
            ("{ #做法 .b }", Some((14, Some("做法")))),
            ("{width=\"5.76in\" height=50%}", Some((27, None))),
            ("{.underline}", Some((12, None))),
            ("{: .center}", Some((11, None))),
            ("{-}", Some((3, None))),
            ("{}", None),
            ("{甲}", None),
            ("{a}", None),
            ("{a=}", None),
            ("{{ x }}", None),
            ("{#a", None),
            ("{.}", None),
            ("{title=\"a}", None),
        ] {
            assert_eq!(attribute(text), wanted, "{text}");
        }
    }
}
