//! Making a bag, from the project to its folder.
#![allow(clippy::disallowed_methods, reason = "a pipeline of its own, from the project to a bag")]

use std::io::Write;
use std::path::{Path, PathBuf};

use super::ledger::{self, Numbered};
use super::number::ItemNumber;
use super::payload::Payload;
use super::{Item, items, record};
use crate::archive::messages;
use crate::base::atomic::{Durable, Lock, replace};
use crate::base::content::Carried;
use crate::base::fault::Fault;
use crate::base::layout::{CACHE, LEDGER};
use crate::base::progress::Progress;
use crate::base::slot::Links;
use crate::cache::Cache;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::bounded::Bounded;
use crate::load::read_text;
use crate::model::Site;
use crate::model::selection::Selection;
use crate::pipeline::{self, Memory, Prepared};
use crate::sink::bag::{self, NewBag};
use crate::source::{Place, Source, SourcePath};
use crate::value::moment::Moment;
use crate::view::Views;

/// What to archive, and where to.
#[derive(Clone, Debug)]
pub struct ArchiveOptions {
    /// Which stories.
    pub selection: Selection,
    /// The bag's folder, relative to the project or absolute; else one below `archive/`.
    pub target: Option<PathBuf>,
    /// May it take the place of a bag that is there?
    pub force: bool,
    /// Only say what would be numbered.
    pub dry_run: bool,
    /// In place of the time that it is: a time, and whether clocks of the site show it.
    pub now: Option<(Moment, bool)>,
}

/// What was done.
#[derive(Debug)]
pub struct ArchiveReport {
    /// The items: number, title, file, and whether the number is new.
    pub items: Vec<(ItemNumber, String, SourcePath, bool)>,
    /// The bag that was written, as it was named, and the number and size of its files.
    pub written: Option<(PathBuf, usize, u64)>,
    /// Everything that is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// What the machine could not do.
    pub fault: Option<Fault>,
}

/// Archives the project in the folder `root`.
pub fn make(
    root: &Path,
    options: &ArchiveOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<ArchiveReport, Fault> {
    let mut prepared = prepare(root, options)?;
    let mut diagnostics = std::mem::take(&mut prepared.diagnostics);
    let mut _lock = None;
    if !options.dry_run && !diagnostics.iter().any(Diagnostic::is_error) {
        _lock = lock(root)?;
        match _lock {
            Some(_) => prepared.index(&mut Memory::default())?,
            None => diagnostics.push(messages::archive_busy()),
        }
    }
    let (numbered, ledger_text) = numbers(root, &prepared.site, options, &mut diagnostics)?;
    let items = items(&prepared.site, &prepared.plan, &numbered.items);
    complain_of_gaps(&prepared.site, &items, &mut diagnostics);
    // What a block of site.yaml lacks that could not be read nobody knows.
    let is_settings = |d: &Diagnostic| d.place.path.as_str() == "content/site.yaml";
    let lacks = |d: &Diagnostic| d.code == "archive-settings-missing";
    if diagnostics.iter().any(|d| d.is_error() && is_settings(d) && !lacks(d)) {
        diagnostics.retain(|d| !lacks(d));
    }
    // A ledger may have lost as many stories as it has entries.
    let diagnostics = diagnostics.into_iter().collect::<Bounded>().into();
    let mut report = ArchiveReport {
        items: listed(&prepared.site, &numbered),
        written: None,
        diagnostics,
        fault: None,
    };
    let now = prepared.site.edition.now.in_zone(prepared.site.settings.time_zone);
    let left: Vec<&str> = left_of_sample(&prepared.site);
    if !left.is_empty() && !items.is_empty() {
        report.diagnostics.push(messages::archive_sample(&left.join("、")));
    }
    let failed = |report: &ArchiveReport| report.diagnostics.iter().any(Diagnostic::is_error);
    let target = options.target.clone().unwrap_or_else(|| default_target(&prepared.site, now));
    if options.dry_run {
        return Ok(report);
    }
    let place = bag::examine(root, &target, options.force, &mut report.diagnostics)?;
    let Some(place) = place.filter(|_| !failed(&report)) else { return Ok(report) };
    let payload = Payload {
        root,
        prepared: &prepared,
        views: Views::new(&prepared.site, &prepared.theme.strings),
        items: &items,
        selection: &options.selection,
        now,
    };
    let written =
        write(&payload, place, progress, &mut report.diagnostics).and_then(
            |written| match written {
                Some((bag, files, bytes)) => {
                    if let Some(text) = ledger_text {
                        write_ledger(root, &text)?;
                    }
                    bag.commit()?;
                    Ok(Some((target, files, bytes)))
                }
                None => Ok(None),
            },
        );
    match written {
        Ok(written) => report.written = written,
        Err(fault) => report.fault = Some(fault),
    }
    Ok(report)
}

fn prepare(root: &Path, options: &ArchiveOptions) -> Result<Prepared, Fault> {
    let at = pipeline::Options::at(options.now);
    pipeline::prepare(root, &pipeline::Options { links: Links::Relative, for_bag: true, ..at })
}

/// Numbers the chosen stories; and the ledger's new text, if it has one.
fn numbers(
    root: &Path,
    site: &Site,
    options: &ArchiveOptions,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Numbered, Option<String>), Fault> {
    let chosen = options.selection.stories(site).collect_into(diagnostics);
    let path = root.join(LEDGER);
    let source: Option<Source> = match path.exists() {
        true => {
            let read = read_text(&SourcePath::new(LEDGER), &Carried::Disk(path))?;
            match read.collect_into(diagnostics) {
                Some(source) => Some(source),
                None => return Ok(Default::default()),
            }
        }
        false => None,
    };
    let before = source.as_ref().map(|source| source.text().to_string());
    let (ledger, complaints) = ledger::read(source);
    diagnostics.extend(complaints);
    let Some(ledger) = ledger else { return Ok(Default::default()) };
    let numbered = ledger::number(&ledger, site, &chosen).collect_into(diagnostics);
    let text = ledger.text(&numbered.entries);
    let changed = before.as_ref() != Some(&text);
    Ok((numbered, changed.then_some(text)))
}

/// What would be in records for ever, and is still the sample's.
fn left_of_sample(site: &Site) -> Vec<&'static str> {
    if site.settings.says_it_is_sample() {
        return Vec::new();
    }
    let lasting = ["organisation", "fonds_name", "contact_name", "contact_phone"];
    let left = site.settings.left_of_sample().into_iter();
    left.filter(|(key, _)| lasting.contains(key)).map(|(_, chinese)| chinese).collect()
}

fn listed(site: &Site, numbered: &Numbered) -> Vec<(ItemNumber, String, SourcePath, bool)> {
    let line = |(number, id): &(ItemNumber, _)| {
        let story = site.story(*id);
        let path = story.document.source.path.clone();
        (number.clone(), story.title().to_string(), path, numbered.new.contains(number))
    };
    numbered.items.iter().map(line).collect()
}

/// What records and bag-info.txt should have and have not.
fn complain_of_gaps(site: &Site, items: &[Item<'_>], diagnostics: &mut Vec<Diagnostic>) {
    if items.is_empty() {
        return;
    }
    let archive = site.settings.archive.clone().unwrap_or_default();
    if site.settings.organisation.is_none() {
        diagnostics.push(messages::archive_organisation_missing());
    }
    if [archive.contact_name, archive.contact_phone, archive.contact_email]
        .iter()
        .all(Option::is_none)
    {
        diagnostics.push(messages::archive_contact_missing());
    }
    for item in items {
        let story = site.story(item.id);
        if record::responsible(site, story).is_empty() {
            let place = Place::file(&story.document.source.path);
            diagnostics.push(messages::archive_responsible_missing(place));
        }
    }
}

/// `archive/Q012-WS-20261201`.
fn default_target(site: &Site, now: Moment) -> PathBuf {
    let archive = site.settings.archive.clone().unwrap_or_default();
    let (fonds, category) = (archive.fonds.clone().unwrap_or_default(), archive.category());
    let day = now.date().replace('-', "");
    Path::new("archive").join(format!("{fonds}-{category}-{day}"))
}

/// Keeps other runs from numbering stories of this project; `None` if one is at it.
fn lock(root: &Path) -> Result<Option<Lock>, Fault> {
    let cache = Cache::of(root);
    let folder = cache.folder().map_err(|error| Fault::write(&root.join(CACHE), error))?;
    let path = folder.join("archive-lock");
    Lock::take(&path).map_err(|error| Fault::write(&path, error))
}

/// Writes the ledger, so that no power cut makes the program forget a number that was used.
fn write_ledger(root: &Path, text: &str) -> Result<(), Fault> {
    let path = root.join(LEDGER);
    replace(&path, Durable::Yes, |out| {
        out.write_all(text.as_bytes()).map_err(|error| Fault::write(&path, error))
    })
}

/// Writes the whole bag, beside its place, with the number and size of its files; `None`
/// where a page cannot be rendered.
fn write(
    payload: &Payload<'_>,
    bag: NewBag,
    progress: &(dyn Fn(Progress) + Sync),
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<(NewBag, usize, u64)>, Fault> {
    bag.open()?;
    let stored = payload.write(&bag, progress)?.collect_into(diagnostics);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Ok(None);
    }
    let (files, bytes) = (stored.len(), stored.iter().map(|file| file.size).sum());
    bag.seal(stored, &bag_info(&payload.prepared.site, payload.items, payload.now))?;
    Ok(Some((bag, files, bytes)))
}

/// The labels of bag-info.txt that say whose it is and what.
fn bag_info(site: &Site, items: &[Item<'_>], now: Moment) -> Vec<(&'static str, String)> {
    let settings = &site.settings;
    let archive = settings.archive.clone().unwrap_or_default();
    let description = format!("{}：典型事迹 {} 件", settings.title, items.len());
    let labels = [
        ("Source-Organization", settings.organisation.clone()),
        ("Contact-Name", archive.contact_name),
        ("Contact-Phone", archive.contact_phone),
        ("Contact-Email", archive.contact_email),
        ("External-Description", Some(description)),
        ("Bagging-Date", Some(now.date())),
        ("Bag-Group-Identifier", archive.fonds),
        ("Bag-Software-Agent", Some(concat!("xianfeng ", env!("CARGO_PKG_VERSION")).to_string())),
    ];
    labels.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
}
