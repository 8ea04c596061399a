//! Writing the ledger, without losing what people wrote into it.

use std::fmt::Write as _;

use super::{KEYS, LedgerEntry};
use crate::base::layout::LEDGER;
use crate::source::{Source, SourcePath};
use crate::yaml::write::quote;
use crate::yaml::{Node, Step, Yaml};

const HEAD: &str = "\
# 档号台账：哪一篇稿件是哪个档号。由 xianfeng archive 填写，请和稿件一起保存、备份。
# 给过的档号不会再变，也不会给第二次：不要改 number，也不要删掉哪一项。
# 稿件改了文件名，就把 story 改成新的文件名；稿件不要了，就在那一项里加一行 withdrawn: true。
";

/// The text of a ledger that now has the entries `after`, of which those in `before` stand
/// in `file` already.
pub(super) fn write(file: Option<&Yaml>, before: &[LedgerEntry], after: &[LedgerEntry]) -> String {
    if let Some(file) = file {
        let mended = mend(file, before, after);
        if reads_as(&mended, after) {
            return mended;
        }
    }
    let mut out = HEAD.to_string();
    after.iter().for_each(|entry| append(&mut out, entry));
    out
}

/// Puts new values where the old ones stand, and new entries at the end.
fn mend(file: &Yaml, before: &[LedgerEntry], after: &[LedgerEntry]) -> String {
    let mut changes = Vec::new();
    for (old, new) in before.iter().zip(after) {
        let fields = [
            ("story", old.story.as_str(), new.story.as_str()),
            ("title", &old.title, &new.title),
            ("date", &old.date, &new.date),
        ];
        for (key, was, is) in fields {
            if was != is
                && let Some(entry) = entry_of(file.root(), old.item, key)
                && let Some(range) = file.range(&[Step::Item(old.item), Step::Entry(entry)])
            {
                changes.push((range, quote(is)));
            }
        }
    }
    changes.sort_by_key(|(range, _)| range.start);
    let text = file.source().text();
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (range, value) in changes {
        out.push_str(&text[copied..range.start]);
        out.push_str(&value);
        copied = range.end;
    }
    out.push_str(&text[copied..]);
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    after[before.len()..].iter().for_each(|entry| append(&mut out, entry));
    out
}

/// Which entry of the map at `item` has this key.
fn entry_of(root: &Node, item: usize, key: &str) -> Option<usize> {
    let Node::List(items) = root else { return None };
    let Node::Map(entries) = items.get(item)? else { return None };
    let &(english, chinese) = KEYS.iter().find(|(english, _)| *english == key)?;
    entries.iter().position(|(key, _)| key == english || key == chinese)
}

fn append(out: &mut String, entry: &LedgerEntry) {
    let LedgerEntry { number, story, title, date, withdrawn, .. } = entry;
    let _ = writeln!(out, "- number: {number}");
    let _ = writeln!(out, "  story: {}", quote(story.as_str()));
    let _ = writeln!(out, "  title: {}", quote(title));
    let _ = writeln!(out, "  date: {date}");
    if *withdrawn {
        let _ = writeln!(out, "  withdrawn: true");
    }
}

/// Does the text say just this?
fn reads_as(text: &str, entries: &[LedgerEntry]) -> bool {
    let source = Source::new(SourcePath::new(LEDGER), text.to_string());
    let (ledger, complaints) = super::read(Some(source));
    let same = |(a, b): (&LedgerEntry, &LedgerEntry)| {
        let key = |entry: &LedgerEntry| {
            let LedgerEntry { number, story, title, date, withdrawn, .. } = entry.clone();
            (number, story, title, date, withdrawn)
        };
        key(a) == key(b)
    };
    complaints.is_empty()
        && ledger.is_some_and(|ledger| {
            ledger.entries.len() == entries.len() && ledger.entries.iter().zip(entries).all(same)
        })
}
