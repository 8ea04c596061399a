//! The ledger, `content/archive-ledger.yaml`: which number was given to which story.
//!
//! A list of entries, written by this program and read by people, who may correct it:
//!
//! ```yaml
//! - number: Q012-WS·2026-Y-DQB-0001
//!   story: content/stories/2026/lin-xiao-man.md
//!   title: 林小满：记得住二百一十七扇门
//!   date: 2026-05-12
//! ```
//!
//! A number belongs to the file that `story` names. Where that file is gone, a story
//! without a number that has the same title and date is the same story under a new name.
//! Nothing else is guessed: what cannot be told apart is an error.

mod numbering;
mod text;

use std::collections::HashMap;

use crate::archive::messages;
use crate::archive::number::ItemNumber;
use crate::base::layout::LEDGER;
use crate::diagnostic::Diagnostic;
use crate::load::merge_marker;
use crate::source::{Place, Source, SourcePath};
use crate::yaml::fields::{Fields, Reader, Vocabulary, describe};
use crate::yaml::places::Part;
use crate::yaml::{Node, Step, Yaml};

pub use numbering::{Numbered, number};

/// The keys of an entry and their Chinese spelling.
const KEYS: Vocabulary = &[
    ("number", "档号"),
    ("story", "稿件"),
    ("title", "题名"),
    ("date", "日期"),
    ("withdrawn", "已撤下"),
];

/// What was numbered so far.
#[derive(Debug, Default)]
pub struct Ledger {
    /// In the order of the file.
    pub entries: Vec<LedgerEntry>,
    /// The file, where there is one.
    file: Option<Yaml>,
}

/// A number, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The number.
    pub number: ItemNumber,
    /// The story's file.
    pub story: SourcePath,
    /// Its title when it was last seen.
    pub title: String,
    /// Its date when it was last seen.
    pub date: String,
    /// Was it taken off the site for good? Then the number rests.
    pub withdrawn: bool,
    /// Which item of the file it is.
    item: usize,
}

/// Reads the ledger; `None` if it has errors, as a number that is misread could be given
/// twice.
pub fn read(source: Option<Source>) -> (Option<Ledger>, Vec<Diagnostic>) {
    let Some(source) = source else { return (Some(Ledger::default()), Vec::new()) };
    if let Some(range) = merge_marker(source.text()) {
        return (None, vec![messages::ledger_conflict(source.place(range))]);
    }
    let yaml = match Yaml::read_file(&source) {
        Ok(yaml) => yaml,
        Err(complaints) => return (None, complaints),
    };
    let reader = Reader::new(&yaml);
    let mut entries = Vec::new();
    match reader.root() {
        Node::Null => {}
        Node::List(items) => {
            let all = items.iter().enumerate();
            entries.extend(all.filter_map(|(item, node)| read_entry(&reader, item, node)));
            complain_of_twins(&reader, &entries);
        }
        node => reader.complain(messages::ledger_no_list(source.place(0..0), describe(node))),
    }
    let complaints = reader.finish();
    let broken = complaints.iter().any(Diagnostic::is_error);
    let ledger = Ledger { entries, file: Some(yaml) };
    ((!broken).then_some(ledger), complaints)
}

fn read_entry(reader: &Reader<'_>, item: usize, node: &Node) -> Option<LedgerEntry> {
    let fields = Fields::open(reader, vec![Step::Item(item)], node, KEYS)?;
    let needed = |key: &'static str, zh: &str| {
        let given = fields.text(key);
        if given.is_none() {
            fields.complain(crate::yaml::messages::entry_incomplete(fields.place_of(key), key, zh));
        }
        given
    };
    let spelling = needed("number", "档号");
    let number = spelling.and_then(|spelling| {
        let number = ItemNumber::parse(&spelling);
        if number.is_none() {
            let place = fields.place_of("number");
            fields.complain(messages::ledger_number_wrong(place, &spelling));
        }
        number
    });
    let story = needed("story", "稿件").and_then(|path| {
        let path = path.replace('\\', "/");
        let fits = path.starts_with("content/stories/") && !path.split('/').any(|p| p == "..");
        if !fits {
            fields.complain(messages::ledger_story_wrong(fields.place_of("story"), &path));
        }
        fits.then(|| SourcePath::new(path))
    });
    let text = |key| fields.text(key).unwrap_or_default();
    let (title, date) = (text("title"), text("date"));
    if !date.is_empty() {
        // For its complaint, where it is no date.
        fields.moment("date");
    }
    let withdrawn = fields.flag("withdrawn").unwrap_or(false);
    Some(LedgerEntry { number: number?, story: story?, title, date, withdrawn, item })
}

/// One number given to two stories, or two numbers to one.
fn complain_of_twins(reader: &Reader<'_>, entries: &[LedgerEntry]) {
    let place = |entry: &LedgerEntry| reader.place(&[Step::Item(entry.item)]);
    let line = |entry: &LedgerEntry| place(entry).position().map_or(0, |at| at.line);
    let mut numbers: HashMap<&ItemNumber, &LedgerEntry> = HashMap::new();
    let mut stories: HashMap<&SourcePath, &LedgerEntry> = HashMap::new();
    for entry in entries {
        if let Some(first) = numbers.insert(&entry.number, entry) {
            let number = entry.number.to_string();
            reader.complain(messages::ledger_number_twice(place(entry), &number, line(first)));
        }
        if let Some(first) = stories.insert(&entry.story, entry)
            && first.number != entry.number
        {
            let story = entry.story.as_str();
            reader.complain(messages::ledger_story_twice(place(entry), story, line(first)));
        }
    }
}

impl Ledger {
    /// The place of an entry in the file.
    pub fn place(&self, entry: &LedgerEntry) -> Place {
        match &self.file {
            Some(file) => file.place(&[Step::Item(entry.item)], Part::Value),
            None => Place::file(&SourcePath::new(LEDGER)),
        }
    }

    /// The file's text with these entries in place of the old: what people wrote beside the
    /// entries stays.
    pub fn text(&self, entries: &[LedgerEntry]) -> String {
        text::write(self.file.as_ref(), &self.entries, entries)
    }
}
