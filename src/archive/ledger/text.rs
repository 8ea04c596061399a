//! Writing the ledger, without losing what people wrote into it.

use std::fmt::Write as _;

use super::Entry;
use crate::base::layout::LEDGER;
use crate::parse::yaml::{self, Part, Step, quote};
use crate::source::{Source, SourcePath};

const HEAD: &str = "\
# 档号台账：哪一篇稿件是哪个档号。由 xianfeng archive 填写，请和稿件一起保存、备份。
# 给过的档号不会再变，也不会给第二次：不要改 number，也不要删掉哪一项。
# 稿件改了文件名，就把 story 改成新的文件名；稿件不要了，就在那一项里加一行 withdrawn: true。
";

/// The text of a ledger that now has the entries `after`, of which those in `before` stand
/// in `text` already.
pub(super) fn write(text: Option<&str>, before: &[Entry], after: &[Entry]) -> String {
    if let Some(text) = text {
        let mended = mend(text, before, after);
        if reads_as(&mended, after) {
            return mended;
        }
    }
    let mut out = HEAD.to_string();
    after.iter().for_each(|entry| append(&mut out, entry));
    out
}

/// Puts new values where the old ones stand, and new entries at the end.
fn mend(text: &str, before: &[Entry], after: &[Entry]) -> String {
    let mut changes = Vec::new();
    for (old, new) in before.iter().zip(after) {
        let fields = [
            (["story", "稿件"], old.story.as_str(), new.story.as_str()),
            (["title", "题名"], &old.title, &new.title),
            (["date", "日期"], &old.date, &new.date),
        ];
        for (keys, was, is) in fields {
            if was != is
                && let Some(entry) = entry_of(text, old.item, &keys)
                && let Some(range) =
                    yaml::locate(text, &[Step::Item(old.item), Step::Entry(entry)], Part::Value)
            {
                changes.push((range, quote(is)));
            }
        }
    }
    changes.sort_by_key(|(range, _)| range.start);
    let mut out = text.to_string();
    for (range, value) in changes.into_iter().rev() {
        out.replace_range(range, &value);
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    after[before.len()..].iter().for_each(|entry| append(&mut out, entry));
    out
}

/// Which entry of the map at `item` has one of these keys.
fn entry_of(text: &str, item: usize, keys: &[&str]) -> Option<usize> {
    let range = |entry| yaml::locate(text, &[Step::Item(item), Step::Entry(entry)], Part::Key);
    (0..8).find(|&entry| range(entry).is_some_and(|range| keys.contains(&&text[range])))
}

fn append(out: &mut String, entry: &Entry) {
    let Entry { number, story, title, date, withdrawn, .. } = entry;
    let _ = writeln!(out, "- number: {number}");
    let _ = writeln!(out, "  story: {}", quote(story.as_str()));
    let _ = writeln!(out, "  title: {}", quote(title));
    let _ = writeln!(out, "  date: {date}");
    if *withdrawn {
        let _ = writeln!(out, "  withdrawn: true");
    }
}

/// Does the text say just this?
fn reads_as(text: &str, entries: &[Entry]) -> bool {
    let source = Source::new(SourcePath::new(LEDGER), text.to_string());
    let (ledger, complaints) = super::read(Some(source));
    let same = |(a, b): (&Entry, &Entry)| {
        let key = |entry: &Entry| {
            let Entry { number, story, title, date, withdrawn, .. } = entry.clone();
            (number, story, title, date, withdrawn)
        };
        key(a) == key(b)
    };
    complaints.is_empty()
        && ledger.is_some_and(|ledger| {
            ledger.entries.len() == entries.len() && ledger.entries.iter().zip(entries).all(same)
        })
}
