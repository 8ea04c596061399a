//! Giving numbers: every chosen story gets the one it had, or the next of its series.

use std::collections::{HashMap, HashSet};

use super::{Ledger, LedgerEntry};
use crate::archive::messages;
use crate::archive::number::{ItemNumber, LAST_ITEM, Series};
use crate::base::layout::LEDGER;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::{Fate, Site, StoryId};
use crate::settings::{ArchiveSettings, Retention};
use crate::source::{Place, SourcePath};

/// The stories with their numbers, and the ledger as it is then.
#[derive(Debug, Default)]
pub struct Numbered {
    /// In the order of their numbers.
    pub items: Vec<(ItemNumber, StoryId)>,
    /// The numbers among them that are new.
    pub new: HashSet<ItemNumber>,
    /// Every entry: the old ones first, in their order.
    pub entries: Vec<LedgerEntry>,
}

/// Numbers the stories `chosen`. Numbers that were given stay; new ones are given by date,
/// then by file.
pub fn number(ledger: &Ledger, site: &Site, chosen: &[StoryId]) -> Outcome<Numbered> {
    let mut diagnostics = Vec::new();
    let entries = follow(ledger, site, &mut diagnostics);
    let mut numbered = Numbered { entries, ..Numbered::default() };
    let Some(settings) = complete(site, &mut diagnostics) else {
        return Outcome { value: numbered, diagnostics };
    };
    complain_of_other_codes(ledger, settings, &mut diagnostics);
    let known: HashMap<SourcePath, (ItemNumber, bool)> = numbered
        .entries
        .iter()
        .map(|entry| (entry.story.clone(), (entry.number.clone(), entry.withdrawn)))
        .collect();
    let mut last: HashMap<Series, u16> = HashMap::new();
    for entry in &numbered.entries {
        let last = last.entry(entry.number.series.clone()).or_default();
        *last = entry.number.item.max(*last);
    }
    let mut chosen = chosen.to_vec();
    chosen.sort_by(|&a, &b| {
        let key = |id| (site.story(id).date, &site.story(id).document.source.path);
        key(a).cmp(&key(b))
    });
    for id in chosen {
        let story = site.story(id);
        let path = &story.document.source.path;
        match known.get(path) {
            Some((number, false)) => numbered.items.push((number.clone(), id)),
            Some((number, true)) => {
                let entry = ledger.entries.iter().find(|entry| entry.number == *number);
                let place = entry.map_or_else(ledger_file, |entry| ledger.place(entry));
                let number = number.to_string();
                diagnostics.push(messages::ledger_withdrawn_back(place, &number, path.as_str()));
            }
            None => {
                let retention = settings.retention(story.kind).unwrap_or(Retention::Permanent);
                let series = Series {
                    fonds: settings.fonds.clone().unwrap_or_default(),
                    category: settings.category().to_string(),
                    year: story.date.year(),
                    retention,
                    department: settings.department.clone().unwrap_or_default(),
                };
                let item = last.entry(series.clone()).or_default();
                if *item == LAST_ITEM {
                    diagnostics.push(messages::ledger_series_full(Place::file(path)));
                    continue;
                }
                *item += 1;
                let number = ItemNumber { series, item: *item };
                numbered.entries.push(LedgerEntry {
                    number: number.clone(),
                    story: path.clone(),
                    title: story.title().to_string(),
                    date: story.date.date(),
                    withdrawn: false,
                    item: numbered.entries.len(),
                });
                numbered.new.insert(number.clone());
                numbered.items.push((number, id));
            }
        }
    }
    numbered.items.sort();
    complain_of_unsaid_retention(site, settings, &numbered, &mut diagnostics);
    Outcome { value: numbered, diagnostics }
}

fn ledger_file() -> Place {
    Place::file(&SourcePath::new(LEDGER))
}

/// The settings, if they have what a number is made of.
fn complete<'a>(site: &'a Site, diagnostics: &mut Vec<Diagnostic>) -> Option<&'a ArchiveSettings> {
    let settings = site.settings.archive.as_ref();
    let lacks = match settings {
        None => vec!["fonds", "department"],
        Some(settings) => [("fonds", &settings.fonds), ("department", &settings.department)]
            .into_iter()
            .filter(|(_, value)| value.is_none())
            .map(|(key, _)| key)
            .collect(),
    };
    if !lacks.is_empty() {
        diagnostics.push(messages::archive_settings_missing(&lacks));
        return None;
    }
    settings
}

/// The entries of the ledger, led to the stories as they are called now.
fn follow(ledger: &Ledger, site: &Site, diagnostics: &mut Vec<Diagnostic>) -> Vec<LedgerEntry> {
    let by_path: HashMap<&SourcePath, StoryId> = site
        .stories
        .iter()
        .enumerate()
        .map(|(index, story)| (&story.document.source.path, StoryId(index as u32)))
        .collect();
    let numbered: HashSet<&SourcePath> = ledger.entries.iter().map(|entry| &entry.story).collect();
    // Stories that could be a numbered one under a new name; none if two look the same.
    let mut alike: HashMap<(String, String), Vec<StoryId>> = HashMap::new();
    #[expect(clippy::iter_over_hash_type, reason = "only what has one story is used")]
    for (path, &id) in &by_path {
        if !numbered.contains(path) {
            let story = site.story(id);
            alike.entry((story.title().into(), story.date.date())).or_default().push(id);
        }
    }
    // Where two numbers lost stories that looked the same, nobody can tell whose it is.
    let gone = ledger.entries.iter().filter(|e| !e.withdrawn && !by_path.contains_key(&e.story));
    let mut lost: HashMap<(String, String), usize> = HashMap::new();
    for entry in gone {
        *lost.entry((entry.title.clone(), entry.date.clone())).or_default() += 1;
    }
    let mut entries = Vec::with_capacity(ledger.entries.len());
    for entry in &ledger.entries {
        let mut entry = entry.clone();
        if let Some(&id) = by_path.get(&entry.story) {
            keep(ledger, &mut entry, site, id, diagnostics);
        } else if !entry.withdrawn {
            let taken_off = matches!(
                site.outcomes.get(&entry.story),
                Some(Fate::Draft | Fate::Withheld | Fate::Broken)
            );
            let number = entry.number.to_string();
            let key = (entry.title.clone(), entry.date.clone());
            match alike.get(&key).map(Vec::as_slice) {
                _ if taken_off => {
                    let place = Place::file(&entry.story);
                    diagnostics.push(messages::ledger_story_off(place, &number));
                }
                Some([id]) if lost.get(&key) == Some(&1) => {
                    let path = site.story(*id).document.source.path.clone();
                    let place = Place::file(&path);
                    let before = entry.story.as_str();
                    diagnostics.push(messages::ledger_story_renamed(place, &number, before));
                    entry.story = path;
                }
                _ => {
                    let place = ledger.place(&entry);
                    let (story, title) = (entry.story.as_str(), &entry.title);
                    diagnostics.push(messages::ledger_story_gone(place, &number, story, title));
                }
            }
        }
        entries.push(entry);
    }
    entries
}

/// A story that is where it was: its title and date are as they are now. Where both have
/// changed, it may be another story in its place.
fn keep(
    ledger: &Ledger,
    entry: &mut LedgerEntry,
    site: &Site,
    id: StoryId,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let story = site.story(id);
    let (title, date) = (story.title().to_string(), story.date.date());
    let known = !entry.title.is_empty() && !entry.date.is_empty();
    if known && entry.title != title && entry.date != date {
        let number = entry.number.to_string();
        let place = ledger.place(entry);
        diagnostics.push(messages::ledger_story_other(place, &number, &entry.title, &title));
    }
    (entry.title, entry.date) = (title, date);
}

/// Kinds that were numbered as kept for ever, because nothing else was said.
/// Complains of numbers of another fonds or category than site.yaml names: one of the two is wrong,
/// and numbers of both would be in one bag.
fn complain_of_other_codes(
    ledger: &Ledger,
    settings: &ArchiveSettings,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let now = [settings.fonds.as_deref().unwrap_or_default(), settings.category()];
    let differs = |entry: &&LedgerEntry| {
        let series = &entry.number.series;
        [series.fonds.as_str(), &series.category] != now
    };
    if let Some(entry) = ledger.entries.iter().find(differs) {
        let (place, number) = (ledger.place(entry), entry.number.to_string());
        diagnostics.push(messages::ledger_other_codes(place, &number, &now.join("-")));
    }
}

fn complain_of_unsaid_retention(
    site: &Site,
    settings: &ArchiveSettings,
    numbered: &Numbered,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut said = HashSet::new();
    for (number, id) in &numbered.items {
        let kind = site.story(*id).kind;
        if numbered.new.contains(number) && settings.retention(kind).is_none() && said.insert(kind)
        {
            diagnostics.push(messages::archive_retention_unsaid(kind.word()));
        }
    }
}
