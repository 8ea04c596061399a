//! What a request asks beyond the address: only if it changed, only a part of it. The home
//! of http-range-header.

use std::ops::Range;

/// The conditions of a request, as its headers have them.
#[derive(Clone, Debug, Default)]
pub(super) struct Conditions {
    /// `If-None-Match`.
    pub none_match: Option<String>,
    /// `Range`.
    pub range: Option<String>,
    /// `If-Range`.
    pub if_range: Option<String>,
}

/// How much of it the answer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// Nothing: the browser has it already.
    Unchanged,
    /// These bytes.
    Some(Range<u64>),
    /// Bytes were asked for that are not there.
    Outside,
}

impl Conditions {
    /// The part of something that is `length` bytes long and has this tag.
    pub fn part(&self, tag: &str, length: u64) -> Part {
        if self.none_match.as_deref().is_some_and(|list| lists(list, tag)) {
            return Part::Unchanged;
        }
        // A part of another version would not fit what the browser has.
        let same = self.if_range.as_deref().is_none_or(|known| known.trim() == tag);
        let Some(range) = self.range.as_deref().filter(|_| same) else { return Part::Whole };
        let Ok(parsed) = http_range_header::parse_range_header(range) else {
            return Part::Whole;
        };
        // Several at once are more than a preview needs, and a server may always answer in
        // full (RFC 9110, 14.2).
        if range.contains(',') {
            return Part::Whole;
        }
        match parsed.validate(length).as_deref() {
            Ok([one]) => Part::Some(*one.start()..*one.end() + 1),
            _ => Part::Outside,
        }
    }
}

/// Is `tag` in the list of an `If-None-Match`?
fn lists(list: &str, tag: &str) -> bool {
    list.split(',')
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_as_browsers_write_them() {
        let some = |range: Range<u64>| Part::Some(range);
        for (none_match, range, if_range, part) in [
            ("", "", "", Part::Whole),
            ("\"a\"", "", "", Part::Unchanged),
            ("\"b\", W/\"a\"", "", "", Part::Unchanged),
            ("*", "", "", Part::Unchanged),
            ("\"b\"", "", "", Part::Whole),
            ("", "bytes=0-3", "", some(0..4)),
            ("", "bytes=6-", "", some(6..10)),
            ("", "bytes=-3", "", some(7..10)),
            ("", "bytes=8-99", "", some(8..10)),
            ("", "bytes=10-", "", Part::Outside),
            // Invalid, and so to be ignored (RFC 9110, 14.1.1).
            ("", "bytes=5-2", "", Part::Whole),
            ("", "bytes=0-1,4-5", "", Part::Whole),
            ("", "bytes=0-3,2-5", "", Part::Whole),
            ("", "bytes=4-5,0-1,-1", "", Part::Whole),
            ("", "bytes=0-1,20-", "", Part::Whole),
            ("", "lines=0-1", "", Part::Whole),
            ("", "bytes=x", "", Part::Whole),
            ("", "bytes=0-3", "\"a\"", some(0..4)),
            ("", "bytes=0-3", "\"b\"", Part::Whole),
            ("\"a\"", "bytes=0-3", "", Part::Unchanged),
        ] {
            let given = |text: &str| (!text.is_empty()).then(|| text.to_string());
            let conditions = Conditions {
                none_match: given(none_match),
                range: given(range),
                if_range: given(if_range),
            };
            assert_eq!(conditions.part("\"a\"", 10), part, "{conditions:?}");
        }
    }
}
