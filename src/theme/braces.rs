//! Names in braces that are nearly right: `{n篇`, `｛n｝`, `{{n}}`. Nothing is put in for them, and readers
//! would see them as they stand. What may be meant as it stands is left alone.

use std::ops::Range;

/// Something that is nearly a name in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// Where it stands.
    pub span: Range<usize>,
    /// What is wrong with it.
    pub wrong: Wrong,
    /// The name in it.
    pub name: String,
}

/// What is wrong with a name in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// One of the braces is not there.
    Half,
    /// The braces are full-width ones.
    Wide,
    /// There are two of each.
    Double,
    /// There are spaces around the name.
    Spaced,
}

const OPEN: [char; 2] = ['{', '｛'];
const CLOSE: [char; 2] = ['}', '｝'];

/// The slips in a word of the theme.
pub(super) fn slips(text: &str) -> Vec<Slip> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find([OPEN, CLOSE].concat().as_slice()) {
        let start = at + start;
        let before = &text[at..start];
        let (open, rest) = run(&text[start..], &OPEN);
        if open.is_empty() {
            let (close, _) = run(&text[start..], &CLOSE);
            let name = name_at_end(before);
            if !name.is_empty() {
                let span = start - name.len()..start + close.len();
                found.push(Slip { span, wrong: Wrong::Half, name: name.to_string() });
            }
            at = start + close.len();
            continue;
        }
        let (name, behind) = name(rest.trim_start());
        let (close, left) = run(behind.trim_start(), &CLOSE);
        at = text.len() - rest.len();
        let is_wide = |braces: &str| !braces.is_ascii();
        let wrong = match () {
            () if name.is_empty() => continue,
            () if close.is_empty() => {
                // Of braces with more than a name in them it is told elsewhere.
                let next = behind.find([OPEN, CLOSE].concat().as_slice());
                if open == "{" && next.is_some_and(|next| behind[next..].starts_with('}')) {
                    at = text.len() - behind.len() + next.unwrap_or_default() + 1;
                    continue;
                }
                at = text.len() - behind.len();
                Some(Wrong::Half)
            }
            () => {
                at = text.len() - left.len();
                match () {
                    () if is_wide(open) || is_wide(close) => Some(Wrong::Wide),
                    () if open.len() > 1 || close.len() > 1 => Some(Wrong::Double),
                    () if text[start..at].contains(char::is_whitespace) => Some(Wrong::Spaced),
                    () => None,
                }
            }
        };
        found.extend(wrong.map(|wrong| Slip { span: start..at, wrong, name: name.to_string() }));
    }
    found
}

/// The slips in a text of a template that is written as it stands: full-width braces around a value, and
/// single ones around the parts of one, `{site.title}`. With each, what is in its braces.
pub(super) fn in_template(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices(OPEN) {
        if text[..start].ends_with(OPEN) {
            continue;
        }
        let (open, rest) = run(&text[start..], &OPEN);
        let is_part = |c: char| c == '.' || c == '_' || c.is_ascii_alphanumeric();
        let inner = rest.trim_start();
        let path = &inner[..inner.find(|c| !is_part(c)).unwrap_or(inner.len())];
        let (close, left) = run(inner[path.len()..].trim_start(), &CLOSE);
        let is_path = name(path).0.len() == path.split('.').next().unwrap_or_default().len()
            && path.split('.').all(|part| !part.is_empty());
        if !is_path || close.is_empty() {
            continue;
        }
        let is_wide = !open.is_ascii() || !close.is_ascii();
        if is_wide || path.contains('.') {
            found.push((start..text.len() - left.len(), path.to_string()));
        }
    }
    found
}

/// The signs with which a text begins, and the rest.
fn run<'t>(text: &'t str, signs: &[char]) -> (&'t str, &'t str) {
    text.split_at(text.len() - text.trim_start_matches(signs).len())
}

/// The name with which a text begins, and the rest. It begins with a letter.
fn name(text: &str) -> (&str, &str) {
    let is_part = |c: char| c == '_' || c.is_ascii_alphanumeric();
    let length = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let begins = text.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic());
    text.split_at(if begins { length } else { 0 })
}

/// The name with which a text ends.
fn name_at_end(text: &str) -> &str {
    let is_part = |c: char| c == '_' || c.is_ascii_alphanumeric();
    let last = &text[text.trim_end_matches(is_part).len()..];
    name(last).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_a_name_in_braces_is_found() {
        use Wrong::{Double, Half, Spaced, Wide};
        type Found<'t> = (&'t str, Wrong, &'t str);
        let cases: [(&str, &[Found<'_>]); 16] = [
            ("共 {n} 篇，{month}月", &[]),
            ("共 {n篇", &[("{n", Half, "n")]),
            ("{y年{m}月", &[("{y", Half, "y")]),
            ("{n", &[("{n", Half, "n")]),
            ("共 n} 篇", &[("n}", Half, "n")]),
            ("{y}年m}月", &[("m}", Half, "m")]),
            ("共｛n｝篇", &[("｛n｝", Wide, "n")]),
            ("共{n｝篇", &[("{n｝", Wide, "n")]),
            ("共｛n 篇", &[("｛n", Half, "n")]),
            ("共{{n}}篇", &[("{{n}}", Double, "n")]),
            ("共{{ n }}篇", &[("{{ n }}", Double, "n")]),
            ("共{ n }篇", &[("{ n }", Spaced, "n")]),
            // Told as a name that nothing is put in for, or meant so.
            ("共{n 篇}", &[]),
            ("共{个}篇", &[]),
            ("a { b ; 1} }", &[]),
            ("集合｛甲、乙｝：{}", &[]),
        ];
        for (text, wanted) in cases {
            let found = slips(text);
            let found: Vec<Found<'_>> =
                found.iter().map(|s| (&text[s.span.clone()], s.wrong, &*s.name)).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn values_in_braces_of_another_kind_are_found() {
        let cases: [(&str, &[&str]); 6] = [
            ("<b>｛｛ story.title ｝｝</b>", &["｛｛ story.title ｝｝"]),
            ("｛n｝ 和 {site.title}", &["｛n｝", "{site.title}"]),
            ("{ story.date.text }x", &["{ story.date.text }"]),
            ("{n} {} {1.5} {a.} ｛甲｝", &[]),
            ("a { b.c: d }", &[]),
            ("", &[]),
        ];
        for (text, wanted) in cases {
            let found = in_template(text);
            let found: Vec<&str> = found.iter().map(|(span, _)| &text[span.clone()]).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
