//! A text of which parts are replaced before it is read, with the way back: every place in the
//! new text is known in the old one, so that a complaint points at what the author wrote.

use std::borrow::Cow;
use std::ops::Range;

/// What is to stand in the place of a range of the old text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub range: Range<usize>,
    pub with: Cow<'static, str>,
}

impl Edit {
    pub(super) fn new(range: Range<usize>, with: impl Into<Cow<'static, str>>) -> Self {
        Self { range, with: with.into() }
    }
}

/// A part that was replaced: where it stands in the new text, and what it was in the old one.
#[derive(Debug)]
struct Replaced {
    new: Range<usize>,
    old: Range<usize>,
}

/// The parts that were replaced, in order.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<Replaced>);

/// The new text.
#[derive(Debug)]
pub(super) struct Rewritten<'t> {
    pub text: Cow<'t, str>,
    pub places: Places,
}

impl<'t> Rewritten<'t> {
    /// The text as it is.
    pub(super) fn untouched(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), places: Places::default() }
    }

    /// The text with these edits. Of two that overlap the first one counts.
    pub(super) fn new(text: &'t str, mut edits: Vec<Edit>) -> Self {
        if edits.is_empty() {
            return Self::untouched(text);
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let added: usize = edits.iter().map(|edit| edit.with.len()).sum();
        let mut out = String::with_capacity(text.len() + added);
        let mut replaced = Vec::with_capacity(edits.len());
        let mut copied = 0;
        for Edit { range, with } in edits {
            if range.start < copied {
                continue;
            }
            out.push_str(&text[copied..range.start]);
            let start = out.len();
            out.push_str(&with);
            copied = range.end;
            replaced.push(Replaced { new: start..out.len(), old: range });
        }
        out.push_str(&text[copied..]);
        Self { text: Cow::Owned(out), places: Places(replaced) }
    }
}

impl Places {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The range of the old text that a range of the new one stands for.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        if self.is_empty() {
            return range;
        }
        let start = self.back(range.start, range.end == range.start);
        start..self.back(range.end, true).max(start)
    }

    /// What was taken out at a place belongs neither to what begins there nor to what ends there.
    fn back(&self, at: usize, is_end: bool) -> usize {
        let passed = match is_end {
            true => self.0.partition_point(|part| part.new.start < at),
            false => self.0.partition_point(|part| part.new.start <= at),
        };
        let Some(Replaced { new, old }) = passed.checked_sub(1).map(|last| &self.0[last]) else {
            return at;
        };
        if at >= new.end {
            old.end + (at - new.end)
        } else if is_end && at > new.start {
            old.end
        } else {
            old.start
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_again() {
        let text = "甲=乙=丙";
        let edits = vec![Edit::new(3..4, "<mark>"), Edit::new(7..8, ""), Edit::new(11..11, "!")];
        let new = Rewritten::new(text, edits);
        assert_eq!(new.text, "甲<mark>乙丙!");
        for (range, old) in [
            (0..3, 0..3),
            (3..9, 3..4),
            (5..6, 3..4),
            (9..12, 4..7),
            (12..15, 8..11),
            (9..15, 4..11),
            (15..16, 11..11),
            (0..16, 0..11),
        ] {
            assert_eq!(new.places.original(range.clone()), old, "{range:?}");
        }
    }
}
