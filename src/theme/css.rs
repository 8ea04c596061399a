//! The style sheets of a theme: addresses that lead to no file or to another host, what is not closed,
//! and options that are not declared.

use std::collections::BTreeMap;
use std::ops::Range;

use super::messages;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourcePath};
use crate::value::nearest::nearest;

/// Everything that is wrong with style sheets. `options` are the names of the theme's options; `None`
/// if it is not known which there are.
pub(super) fn check(
    assets: &BTreeMap<String, (SourcePath, Vec<u8>)>,
    options: Option<&[&str]>,
) -> Vec<Diagnostic> {
    let sheets = assets.iter().filter(|(name, _)| name.ends_with(".css"));
    let sheets = sheets.filter_map(|(name, (path, bytes))| {
        let text = std::str::from_utf8(bytes).ok()?;
        Some((name, Source::new(path.clone(), text.to_string()), read(text)))
    });
    let sheets: Vec<(&String, Source, Sheet)> = sheets.collect();
    // A sheet may give a property to itself or to another.
    let given = |name: &str| {
        let sets = format!("--option-{name}:");
        sheets.iter().any(|(_, source, _)| source.text().contains(&sets))
    };
    let mut found = Vec::new();
    for (name, source, sheet) in &sheets {
        let text = source.text();
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        for range in &sheet.addresses {
            found.extend(address(assets, source, folder, range.clone()));
        }
        if let Some((at, sign)) = &sheet.open {
            let place = source.place(*at..at + sign.len());
            found.push(messages::css_unbalanced(place, sign));
        }
        for range in options.map(|_| &sheet.options).into_iter().flatten() {
            let (option, names) = (&text[range.clone()], options.unwrap_or_default());
            if !names.contains(&option) && !given(option) {
                let near = nearest(option, names.iter().copied());
                let place = source.place(range.clone());
                found.push(messages::css_option_unknown(place, option, near, names));
            }
        }
    }
    found
}

/// What is wrong with an address. What leaves the folder of the assets may be a file of the site.
fn address(
    assets: &BTreeMap<String, (SourcePath, Vec<u8>)>,
    source: &Source,
    folder: &str,
    range: Range<usize>,
) -> Option<Diagnostic> {
    let address = &source.text()[range.clone()];
    let bare = address.split(['?', '#']).next().unwrap_or_default();
    let lower = bare.to_ascii_lowercase();
    if ["//", "http:", "https:"].iter().any(|begin| lower.starts_with(begin)) {
        return Some(messages::css_foreign(source.place(range), address));
    }
    if bare.is_empty() || bare.contains(':') {
        return None;
    }
    let meant = joined(folder, bare);
    let is_dead = meant.as_ref().is_some_and(|meant| !assets.contains_key(meant));
    if !bare.starts_with('/') && !is_dead {
        return None;
    }
    let last = bare.rsplit('/').next().unwrap_or(bare);
    let near = nearest(meant.as_deref().unwrap_or(last), assets.keys().map(String::as_str));
    Some(messages::css_dead(source.place(range), address, near))
}

/// What a style sheet has outside comments.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sheet {
    /// The addresses in `url(…)` and after `@import`.
    addresses: Vec<Range<usize>>,
    /// The names of the options in `var(--option-…)`.
    options: Vec<Range<usize>>,
    /// The first thing that is not closed, or that closes nothing.
    open: Option<(usize, &'static str)>,
}

fn read(text: &str) -> Sheet {
    const OPTION: &str = "var(--option-";
    let mut sheet = Sheet::default();
    let mut braces = Vec::new();
    let say = |open: &mut Option<(usize, &'static str)>, at, sign| {
        open.get_or_insert((at, sign));
    };
    let mut is_import = false;
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
                    sheet.addresses.push(at + 1..at + end - usize::from(is_closed));
                    is_import = false;
                }
                at += end;
            }
            '{' => {
                braces.push(at);
                at += 1;
            }
            '}' => {
                if braces.pop().is_none() {
                    say(&mut sheet.open, at, "}");
                }
                at += 1;
            }
            ';' => {
                is_import = false;
                at += 1;
            }
            '@' if lower(7).as_deref() == Some("@import") => {
                is_import = true;
                at += 7;
            }
            'u' | 'U' if lower(4).as_deref() == Some("url(") => {
                is_import = false;
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
                        let Some(end) = inner.find(')') else { break };
                        (begin, inner[..end].trim().len(), end)
                    }
                };
                sheet.addresses.push(at + 4 + start..at + 4 + start + length);
                at += 4 + end;
            }
            'v' if rest.starts_with(OPTION) => {
                let name = &rest[OPTION.len()..];
                let is_end = |c: char| matches!(c, ')' | ',') || c.is_whitespace();
                let length = name.find(is_end).unwrap_or(name.len());
                let start = at + OPTION.len();
                sheet.options.push(start..start + length);
                at = start + length;
            }
            '\\' => at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            other => at += other.len_utf8(),
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
        let found: Vec<&str> = sheet.addresses.into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["m.css", "n.css", "x.png", "y/z).svg", "w"]);
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
