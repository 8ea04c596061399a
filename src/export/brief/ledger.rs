//! `content/brief-ledger.yaml`: which issues of the bulletin there are. Numbers begin anew each year.
//!
//! What was given can only be kept where authors keep everything else: it must be in the backup and in
//! version control, and a second machine must know it. Like the numbers of the archive it is a file of
//! `content` that the program writes and people may correct; a build neither reads nor writes it.

use std::io::Write as _;
use std::path::Path;

use crate::base::atomic::{Durable, replace};
use crate::base::content::Carried;
use crate::base::fault::Fault;
use crate::base::layout::BRIEFS;
use crate::diagnostic::Outcome;
use crate::export::messages;
use crate::load::read_text;
use crate::source::{Place, SourcePath};
use crate::value::moment::Moment;
use crate::yaml::fields::scalar;
use crate::yaml::places::Part;
use crate::yaml::write::quote;
use crate::yaml::{Node, Step, Yaml};

const HEAD: &str = "# 简报台账：出过哪几期，收了哪些稿件。由程序填写，请和稿件一起备份。\n";

/// The issues that there are.
#[derive(Default)]
pub(super) struct Ledger {
    text: String,
    entries: Vec<Entry>,
}

/// An issue.
pub(super) struct Entry {
    year: i32,
    pub number: u32,
    pub date: String,
    pub stories: Vec<String>,
    /// The line of the file on which it begins, from 0.
    place: usize,
}

impl Ledger {
    /// Reads it; nothing if there is none.
    pub fn read(root: &Path) -> Result<Outcome<Self>, Fault> {
        let place = root.join(BRIEFS);
        if !place.exists() {
            return Ok(Outcome::clean(Self::default()));
        }
        let mut diagnostics = Vec::new();
        let path = SourcePath::new(BRIEFS);
        let source = read_text(&path, &Carried::Disk(place))?.collect_into(&mut diagnostics);
        let Some(source) = source else {
            return Ok(Outcome { value: Self::default(), diagnostics });
        };
        let yaml = match Yaml::read_file(&source) {
            Ok(yaml) => yaml,
            Err(told) => {
                diagnostics.extend(told);
                return Ok(Outcome { value: Self::default(), diagnostics });
            }
        };
        let mut value = Self { text: source.text().to_string(), entries: Vec::new() };
        match yaml.root() {
            Node::Null => {}
            Node::List(items) => {
                for (i, item) in items.iter().enumerate() {
                    let at = yaml.place(&[Step::Item(i)], Part::Value);
                    match entry(item, &at) {
                        Some(entry) => value.entries.push(entry),
                        None => diagnostics.push(messages::brief_ledger_wrong(at)),
                    }
                }
            }
            _ => diagnostics.push(messages::brief_ledger_wrong(Place::file(&path))),
        }
        Ok(Outcome { value, diagnostics })
    }

    /// The number after the last one of a year.
    pub fn next(&self, year: i32) -> u32 {
        let of_year = self.entries.iter().filter(|entry| entry.year == year);
        of_year.map(|entry| entry.number).max().unwrap_or(0) + 1
    }

    /// The issue of the highest number of a year.
    pub fn last(&self, year: i32) -> Option<&Entry> {
        self.find(year, self.next(year) - 1)
    }

    /// The issue of this number, the last one if there are several.
    pub fn find(&self, year: i32, number: u32) -> Option<&Entry> {
        let is_it = |entry: &&Entry| (entry.year, entry.number) == (year, number);
        self.entries.iter().rev().find(is_it)
    }

    /// Writes down an issue, unless it is there. One that is made anew takes the place of the old.
    pub fn remember(
        self,
        root: &Path,
        day: Moment,
        number: u32,
        stories: &[&str],
    ) -> Result<(), Fault> {
        let known = self.find(day.year(), number);
        if known.is_some_and(|known| known.stories == stories) {
            return Ok(());
        }
        let known = known.map(|known| known.place);
        let mut lines: Vec<&str> = self.text.lines().collect();
        if let Some(first) = known {
            let next = lines.iter().skip(first + 1).position(|line| line.starts_with("- "));
            let end = next.map_or(lines.len(), |next| first + 1 + next);
            lines.drain(first..end);
        }
        let mut text = match lines.is_empty() {
            true => HEAD.to_string(),
            false => lines.join("\n") + "\n",
        };
        text.push_str(&format!(
            "- number: {number}\n  year: {}\n  date: {}\n  stories:\n",
            day.year(),
            day.date()
        ));
        for story in stories {
            text.push_str(&format!("    - {}\n", quote(story)));
        }
        let place = root.join(BRIEFS);
        replace(&place, Durable::Yes, |out| {
            out.write_all(text.as_bytes()).map_err(|error| Fault::write(&place, error))
        })
    }
}

/// An issue as the file has it, at this place.
fn entry(node: &Node, at: &Place) -> Option<Entry> {
    let Node::Map(keys) = node else { return None };
    let value = |english: &str, chinese: &str| {
        keys.iter().find(|(key, _)| key == english || key == chinese).map(|(_, value)| value)
    };
    let text = |english, chinese| value(english, chinese).and_then(scalar);
    let stories = match value("stories", "稿件") {
        Some(Node::List(items)) => items.iter().filter_map(scalar).collect(),
        _ => Vec::new(),
    };
    Some(Entry {
        year: text("year", "年")?.parse().ok()?,
        number: text("number", "期号")?.parse().ok()?,
        date: text("date", "日期").unwrap_or_default(),
        stories,
        place: at.position().map_or(0, |at| at.line - 1),
    })
}
