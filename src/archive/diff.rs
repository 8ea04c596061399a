//! What was added, changed and withdrawn between two bags of ours.
//!
//! Compared are the digests that the manifests list; whether the files still have them,
//! `verify` says.

use std::collections::BTreeMap;
use std::path::Path;

use super::inventory::{Row, csv_line};
use super::verify::{CATALOGUE_PATH, catalogue_rows};
use crate::bag::listing::{self, ListedDigests, manifest_name};
use crate::bag::{Findings, contents};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::diagnostic::Diagnostic;

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemChange {
    /// The new bag has it, the old one has not.
    Added,
    /// Both have it, and it differs.
    Changed,
    /// The old bag has it, the new one has not.
    Withdrawn,
}

impl ItemChange {
    /// In words.
    pub fn word(self) -> Text {
        let (zh, en) = match self {
            ItemChange::Added => ("新增", "added"),
            ItemChange::Changed => ("修改", "changed"),
            ItemChange::Withdrawn => ("撤下", "withdrawn"),
        };
        Text { zh: zh.into(), en: en.into() }
    }
}

/// An item that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its number.
    pub number: String,
    /// What became of it.
    pub change: ItemChange,
    /// Its title; the new one, where there are two.
    pub title: String,
    /// Its date.
    pub date: String,
    /// Its files that differ: added (`+`), changed (`*`), gone (`-`).
    pub files: Vec<(char, String)>,
}

/// The columns of the differences as CSV.
const COLUMNS: [&str; 5] = ["变化", "档号", "题名", "日期", "说明"];

/// A bag as far as it is compared: its rows, and the digests of each item's files.
type Compared = BTreeMap<String, (Row, BTreeMap<String, String>)>;

/// Compares two bags; `None` if one of them cannot be read.
pub fn diff(
    old: (&Path, &str),
    new: (&Path, &str),
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Vec<Difference>>, Fault> {
    let before = read(old, diagnostics)?;
    let after = read(new, diagnostics)?;
    Ok(before.zip(after).map(|(before, after)| compare(&before, &after)))
}

fn read(
    (folder, shown): (&Path, &str),
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Compared>, Fault> {
    let mut findings = Findings::of(shown);
    let files = contents::look(folder, &mut findings)?;
    let mut listed = ListedDigests::new();
    // The strongest manifest is enough.
    let manifests = files.keys().filter_map(|name| match manifest_name(name)? {
        (true, Some(algorithm)) => Some((algorithm, name)),
        _ => None,
    });
    let rows = catalogue_rows(folder, &files, &mut findings)?;
    if let (Some((algorithm, name)), true) = (manifests.max(), rows.is_some()) {
        listing::read(folder, name, (true, algorithm), &files, &mut listed, &mut findings)?;
    }
    let complaints = findings.into_diagnostics();
    let broken = complaints.iter().any(Diagnostic::is_error);
    diagnostics.extend(complaints);
    let Some(rows) = rows.filter(|_| !broken && files.contains_key(CATALOGUE_PATH)) else {
        return Ok(None);
    };
    let mut folders: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (path, digests) in listed {
        if let Some((at, _)) = path.match_indices('/').nth(4)
            && let Some((_, digest)) = digests.into_iter().next()
        {
            let (folder, name) = (path[..at].to_string(), path[at + 1..].to_string());
            folders.entry(folder).or_default().insert(name, digest);
        }
    }
    let item = |row: Row| {
        let files = folders.remove(&format!("data/{}", row.folder)).unwrap_or_default();
        (row.number.clone(), (row, files))
    };
    Ok(Some(rows.into_iter().map(item).collect()))
}

fn compare(before: &Compared, after: &Compared) -> Vec<Difference> {
    let mut differences = Vec::new();
    let difference = |row: &Row, change, files| Difference {
        number: row.number.clone(),
        change,
        title: row.title.clone(),
        date: row.date.clone(),
        files,
    };
    for (number, (row, files)) in after {
        match before.get(number) {
            None => differences.push(difference(row, ItemChange::Added, Vec::new())),
            Some((old, old_files)) => {
                let changed = compare_files(old_files, files);
                if !changed.is_empty() || old != row {
                    differences.push(difference(row, ItemChange::Changed, changed));
                }
            }
        }
    }
    for (number, (row, _)) in before {
        if !after.contains_key(number) {
            differences.push(difference(row, ItemChange::Withdrawn, Vec::new()));
        }
    }
    differences.sort_by(|a, b| (a.change, &a.number).cmp(&(b.change, &b.number)));
    differences
}

fn compare_files(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Vec<(char, String)> {
    let mut changes: Vec<(char, String)> = Vec::new();
    for (name, digest) in after {
        match before.get(name) {
            None => changes.push(('+', name.clone())),
            Some(old) if old != digest => changes.push(('*', name.clone())),
            Some(_) => {}
        }
    }
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    changes.extend(gone.map(|name| ('-', name.clone())));
    changes
}

impl Difference {
    /// What differs, in words: `改 source.md；加 图.jpg`.
    pub fn details(&self) -> Text {
        let join = |words: [(char, &str); 3], parting: &str| {
            let word = |sign: &char| words.iter().find(|(s, _)| s == sign).map_or("", |(_, w)| w);
            let each = self.files.iter().map(|(sign, name)| format!("{} {name}", word(sign)));
            each.collect::<Vec<_>>().join(parting)
        };
        Text {
            zh: join([('+', "加"), ('*', "改"), ('-', "删")], "；"),
            en: join([('+', "added"), ('*', "changed"), ('-', "removed")], "; "),
        }
    }
}

/// The differences as CSV, for a spreadsheet.
pub fn csv(differences: &[Difference]) -> String {
    let mut out = String::from("\u{FEFF}");
    csv_line(&mut out, &COLUMNS);
    for difference in differences {
        let (word, details) = (difference.change.word().zh, difference.details().zh);
        let Difference { number, title, date, .. } = difference;
        csv_line(&mut out, &[&word, number, title, date, &details]);
    }
    out
}
