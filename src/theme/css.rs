//! Style sheets, a theme's and a project's own: addresses that lead to no file or to another host, what is
//! not closed, signs of Chinese typing, and options that are not declared. Only what no browser takes as
//! it is meant is told: nesting, layers and whatever else CSS has now are none of this.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{messages, sheets};
use crate::diagnostic::Diagnostic;
use crate::source::decode::decode;
use crate::source::{Place, Source, SourcePath};
use crate::value::address;
use crate::value::nearest::nearest;

/// A style sheet that was read, and what is wrong with it by itself.
pub struct Read {
    source: Source,
    sheet: Sheet,
    /// What is wrong with it, wherever it stands.
    pub diagnostics: Vec<Diagnostic>,
}

/// An address in a style sheet.
pub struct Named {
    /// The address.
    pub text: String,
    /// Where it is written.
    pub place: Place,
    /// Is it another style sheet, which is taken in?
    pub is_import: bool,
}

impl Read {
    /// Reads the bytes of a style sheet.
    pub fn of(path: &SourcePath, bytes: &[u8]) -> Self {
        let (text, foreign) = text(bytes);
        let source = Source::new(path.clone(), text);
        let sheet = read(source.text());
        let mut diagnostics = Vec::new();
        if let Some(at) = foreign {
            let first = source.text()[at..].chars().next().map_or(0, char::len_utf8);
            diagnostics.push(messages::css_encoding(source.place(at..at + first)));
        }
        for (at, sign, meant) in &sheet.wide {
            let place = source.place(*at..at + sign.len_utf8());
            diagnostics.push(messages::css_wide(place, *sign, *meant));
        }
        let has_wide = !sheet.wide.is_empty();
        // One such sign leaves much that is not closed.
        if let Some((at, sign)) = sheet.open.as_ref().filter(|_| !has_wide) {
            let place = source.place(*at..at + sign.len());
            diagnostics.push(messages::css_unbalanced(place, sign));
        }
        for range in sheet.run_on.iter().filter(|_| sheet.open.is_none() && !has_wide) {
            diagnostics.push(messages::css_run_on(source.place(range.clone())));
        }
        Self { source, sheet, diagnostics }
    }

    /// Its addresses but those that have their content in them. One on another host is told at once, with
    /// the folder into which its file belongs.
    pub fn addresses(&self, folder: messages::Folder) -> (Vec<Named>, Vec<Diagnostic>) {
        let (mut named, mut foreign) = (Vec::new(), Vec::new());
        for (range, is_import) in &self.sheet.addresses {
            let text = &self.source.text()[range.clone()];
            let place = self.source.place(range.clone());
            let bare = bare(text).to_ascii_lowercase();
            if ["//", "http:", "https:"].iter().any(|begin| bare.starts_with(begin)) {
                foreign.push(messages::css_foreign(place, text, folder));
            } else if !bare.is_empty() && !bare.contains([':', '\\']) {
                named.push(Named { text: text.to_string(), place, is_import: *is_import });
            }
        }
        (named, foreign)
    }
}

/// An address without its query and its fragment.
pub fn bare(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

/// The text of a style sheet as far as it is any, and where in it is the first that is not UTF-8.
/// Whatever stands in comments is nobody's loss, and a sheet may say itself that it is in another encoding.
fn text(bytes: &[u8]) -> (String, Option<usize>) {
    let Err(error) = std::str::from_utf8(bytes) else {
        return (String::from_utf8_lossy(bytes).into_owned(), None);
    };
    let shown = sheets::bare(bytes);
    let is_meant = bytes.starts_with(b"@charset") || bytes.starts_with(&[0xFF, 0xFE]);
    let is_read =
        std::str::from_utf8(&shown).is_ok() || is_meant || bytes.starts_with(&[0xFE, 0xFF]);
    match decode(bytes.to_vec()) {
        Ok(decoded) => {
            let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let at = before.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").len();
            let at = at.min(decoded.text.len());
            (decoded.text, Some(at).filter(|_| !is_read))
        }
        Err(_) => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            (text, Some(error.valid_up_to()).filter(|_| !is_read))
        }
    }
}

/// Everything that is wrong with style sheets of a theme. `options` are the names of the theme's options;
/// `None` if it is not known which there are.
pub(super) fn check(
    assets: &BTreeMap<String, (SourcePath, Vec<u8>)>,
    options: Option<&[&str]>,
) -> Vec<Diagnostic> {
    let sheets = assets.iter().filter(|(name, _)| name.ends_with(".css"));
    let sheets: Vec<(&String, Read)> =
        sheets.map(|(name, (path, bytes))| (name, Read::of(path, bytes))).collect();
    // A sheet may give a property to itself or to another.
    let given = |name: &str| {
        let sets = format!("--option-{name}:");
        sheets.iter().any(|(_, read)| read.source.text().contains(&sets))
    };
    let mut found = Vec::new();
    for (name, read) in &sheets {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (named, foreign) = read.addresses(messages::Folder::Assets);
        found.extend(foreign);
        found.extend(named.into_iter().filter_map(|named| dead(assets, folder, named)));
        found.extend(read.diagnostics.iter().cloned());
        for range in options.map(|_| &read.sheet.options).into_iter().flatten() {
            let (option, names) = (&read.source.text()[range.clone()], options.unwrap_or_default());
            if !names.contains(&option) && !given(option) {
                let near = nearest(option, names.iter().copied());
                let place = read.source.place(range.clone());
                found.push(messages::css_option_unknown(place, option, near, names));
            }
        }
    }
    found
}

/// Says that an address leads nowhere. What leaves the folder of the assets may be a file of the site.
fn dead(
    assets: &BTreeMap<String, (SourcePath, Vec<u8>)>,
    folder: &str,
    named: Named,
) -> Option<Diagnostic> {
    let bare = bare(&named.text);
    let meant = joined(folder, &address::decode(bare));
    let is_dead = meant.as_ref().is_some_and(|meant| !assets.contains_key(meant));
    if !bare.starts_with('/') && !is_dead {
        return None;
    }
    let last = bare.rsplit('/').next().unwrap_or(bare);
    let near = nearest(meant.as_deref().unwrap_or(last), assets.keys().map(String::as_str));
    Some(messages::css_dead(named.place, &named.text, near, messages::Folder::Assets))
}

/// What a style sheet has outside comments.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sheet {
    /// The addresses in `url(…)` and after `@import`; which of them are the latter.
    addresses: Vec<(Range<usize>, bool)>,
    /// The names of the options in `var(--option-…)`.
    options: Vec<Range<usize>>,
    /// The first thing that is not closed, or that closes nothing.
    open: Option<(usize, &'static str)>,
    /// Signs of Chinese typing outside texts, with what is meant: the first on each line.
    wide: Vec<(usize, char, char)>,
    /// Declarations after whose values a line ends without a semicolon: the name on the next line.
    run_on: Vec<Range<usize>>,
}

/// Signs of Chinese typing that no name has, with those of CSS that are meant.
const WIDE: [(char, char); 17] = [
    ('：', ':'),
    ('；', ';'),
    ('，', ','),
    ('、', ','),
    ('。', ';'),
    ('｛', '{'),
    ('｝', '}'),
    ('（', '('),
    ('）', ')'),
    ('“', '"'),
    ('”', '"'),
    ('‘', '\''),
    ('’', '\''),
    ('！', '!'),
    ('％', '%'),
    ('＃', '#'),
    ('\u{3000}', ' '),
];

/// What stands between two of `{`, `}` and `;`.
#[derive(Default)]
struct Piece {
    start: usize,
    /// The colons in it that stand in no brackets.
    colons: Vec<usize>,
    /// The brackets that are open in it.
    brackets: Vec<usize>,
}

impl Piece {
    /// What stands before its first colon, if that is the name of a property of the writer's own, or if
    /// it begins with `@`: then anything may follow.
    fn is_free(&self, text: &str, end: usize) -> bool {
        let piece = text[self.start..end].trim_start();
        piece.starts_with("--") || piece.starts_with('@')
    }

    /// The name of a second declaration in one: it begins a line, and the one before it has no semicolon.
    fn run_on(&self, text: &str) -> Option<Range<usize>> {
        let [_, second, ..] = self.colons[..] else { return None };
        let before = &text[self.colons[0] + 1..second];
        let line = before.rfind('\n')?;
        let name = before[line..].trim();
        let is_name = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_lowercase() || c == '-')
                && name.bytes().all(|b| b == b'-' || b.is_ascii_lowercase())
        };
        let is_value = !without_comments(&before[..line]).trim().is_empty();
        let start = second - before[line..].len() + before[line..].find(name)?;
        (is_name(name) && is_value).then(|| start..start + name.len())
    }
}

/// A text of CSS without its comments.
fn without_comments(text: &str) -> String {
    String::from_utf8_lossy(&sheets::bare(text.as_bytes())).into_owned()
}

fn read(text: &str) -> Sheet {
    const OPTION: &str = "var(--option-";
    let mut sheet = Sheet::default();
    let mut braces = Vec::new();
    let say = |open: &mut Option<(usize, &'static str)>, at, sign| {
        open.get_or_insert((at, sign));
    };
    let mut is_import = false;
    let mut piece = Piece::default();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let lower = |length: usize| rest.get(..length).map(str::to_ascii_lowercase);
        match first {
            '/' if rest.starts_with("/*") => match rest[2..].find("*/") {
                Some(end) => at += 2 + end + 2,
                None => {
                    say(&mut sheet.open, at, "/*");
                    at = text.len();
                }
            },
            '"' | '\'' => {
                let end = quoted(rest, first);
                let is_closed = rest[1..end].ends_with(first);
                if !is_closed {
                    say(&mut sheet.open, at, if first == '"' { "\"" } else { "'" });
                }
                if is_import {
                    sheet.addresses.push((at + 1..at + end - usize::from(is_closed), true));
                    is_import = false;
                }
                at += end;
            }
            '{' | '}' | ';' => {
                let is_free = piece.is_free(text, at);
                // A bracket that is not closed takes everything into it.
                if let Some(open) = piece.brackets.first().filter(|_| !is_free && first != '{') {
                    say(&mut sheet.open, *open, "(");
                }
                // In a value of one's own anything may stand in brackets.
                if piece.brackets.is_empty() || !is_free {
                    if first != '{' && !is_free {
                        sheet.run_on.extend(piece.run_on(text));
                    }
                    piece = Piece { start: at + 1, ..Piece::default() };
                }
                match first {
                    '{' => braces.push(at),
                    '}' if braces.pop().is_none() => say(&mut sheet.open, at, "}"),
                    ';' => is_import = false,
                    _ => {}
                }
                at += 1;
            }
            '(' | '[' => {
                piece.brackets.push(at);
                at += 1;
            }
            ')' | ']' => {
                piece.brackets.pop();
                at += 1;
            }
            ':' if piece.brackets.is_empty() => {
                piece.colons.push(at);
                at += 1;
            }
            '@' if lower(7).as_deref() == Some("@import") => {
                is_import = true;
                at += 7;
            }
            'u' | 'U' if lower(4).as_deref() == Some("url(") => {
                let imports = std::mem::take(&mut is_import);
                let inner = &rest[4..];
                let begin = inner.len() - inner.trim_start().len();
                let quote = inner.trim_start().chars().next().filter(|c| matches!(c, '"' | '\''));
                let (start, length, end) = match quote {
                    // A closing bracket inside quotes belongs to the address.
                    Some(quote) => {
                        let end = quoted(&inner[begin..], quote);
                        let closed = inner[begin + 1..begin + end].ends_with(quote);
                        (begin + 1, end - 1 - usize::from(closed), begin + end)
                    }
                    None => {
                        let end = inner.find(')');
                        // It ends on its line, if it ends.
                        let line = inner[begin..].find('\n').map(|line| begin + line);
                        let is_cut = line.is_some_and(|line| {
                            end.is_none_or(|end| !inner[line..end.max(line)].trim().is_empty())
                        });
                        let Some(end) = end.filter(|_| !is_cut) else {
                            say(&mut sheet.open, at + 3, "(");
                            at += 4;
                            continue;
                        };
                        (begin, inner[..end].trim().len(), end)
                    }
                };
                sheet.addresses.push((at + 4 + start..at + 4 + start + length, imports));
                piece.brackets.push(at + 3);
                at += 4 + end;
            }
            'v' if rest.starts_with(OPTION) => {
                let name = &rest[OPTION.len()..];
                let is_end = |c: char| matches!(c, ')' | ',') || c.is_whitespace();
                let length = name.find(is_end).unwrap_or(name.len());
                let start = at + OPTION.len();
                sheet.options.push(start..start + length);
                piece.brackets.push(at + 3);
                at = start + length;
            }
            '\\' => at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            other => {
                let wide = WIDE.iter().find(|(sign, _)| *sign == other);
                let last = sheet.wide.last().map_or(0, |(last, ..)| *last);
                let is_first = sheet.wide.is_empty() || text[last..at].contains('\n');
                // What stands in a value of the writer's own may be meant for a script.
                let is_told = is_first && (other == '；' || !piece.is_free(text, at));
                if let Some((_, meant)) = wide.filter(|_| is_told) {
                    sheet.wide.push((at, other, *meant));
                }
                at += other.len_utf8();
            }
        }
    }
    if let Some(last) = braces.pop() {
        say(&mut sheet.open, last, "{");
    }
    sheet
}

/// How long a text in quotes is; one that does not end goes to the end of its line.
fn quoted(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '\n' => return at,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A path from a folder; `None` if it leaves the assets.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_outside_comments() {
        let text = "@import 'm.css' screen;@import url(n.css);a{b:url(x.png)} /* url(no.png) */ c{d:url( \"y/z).svg\" )} e{f:url('w');g:\"url(q)\"}";
        let sheet = read(text);
        let found: Vec<&str> =
            sheet.addresses.iter().map(|(range, _)| &text[range.clone()]).collect();
        assert_eq!(found, ["m.css", "n.css", "x.png", "y/z).svg", "w"]);
        let imports = sheet.addresses.iter().filter(|(_, is_import)| *is_import).count();
        assert_eq!(imports, 2);
        assert_eq!(sheet.open, None);
        assert_eq!(joined("a/b", "../c.png").as_deref(), Some("a/c.png"));
        assert_eq!(joined("", "../c.png"), None);
    }

    #[test]
    fn what_is_not_closed_is_found() {
        for (text, open) in [
            ("a{b:c} d{e:f", Some((8, "{"))),
            ("a{b:c}} d{e:f}", Some((6, "}"))),
            ("a{b:c} /* d{e:f}", Some((7, "/*"))),
            ("a{b:\"c}\nd{e:f}}", Some((4, "\""))),
            ("a{b:\"}\\\"{\"} /* { */ c\\{d{e:url(data:x;{)}", None),
            ("@media x{a{b:c}d{e:f}}", None),
            ("@import \"中", Some((8, "\""))),
            ("a{b:\"", Some((4, "\""))),
        ] {
            assert_eq!(read(text).open, open, "{text}");
        }
    }
}
