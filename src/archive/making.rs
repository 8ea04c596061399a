//! Making a bag, from the project to its folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::ledger::{self, Numbered};
use super::number::ItemNumber;
use super::schema::{self, CATALOGUE, CATALOGUE_NAMESPACE, RECORD, RECORD_NAMESPACE};
use super::{Item, inventory, items, notes, record, spreadsheet};
use crate::diagnostic::{Diagnostic, Fault, catalogue};
use crate::load::{LEDGER, read_text};
use crate::model::Site;
use crate::model::moment::Moment;
use crate::model::selection::Selection;
use crate::parallel;
use crate::pipeline::{self, Prepared, Progress};
use crate::plan::Recipe;
use crate::render::{Content, Failed, Links, Renderer, Why};
use crate::sink::bag::{self, NewBag, Stored};
use crate::source::{Carried, Place, Source, SourcePath};
use crate::theme::{Failures, TemplateError};

/// What to archive, and where to.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which stories.
    pub selection: Selection,
    /// The bag's folder, relative to the project or absolute; else one below `archive/`.
    pub target: Option<PathBuf>,
    /// May it take the place of a bag that is there?
    pub force: bool,
    /// Only say what would be numbered.
    pub dry_run: bool,
    /// The time that it is, and whether it was given as clocks of the site show it.
    pub now: (Moment, bool),
}

/// What was done.
#[derive(Debug)]
pub struct Report {
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
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Report, Fault> {
    let mut prepared = prepare(root, options)?;
    let mut diagnostics = std::mem::take(&mut prepared.diagnostics);
    let mut _lock = None;
    if !options.dry_run && !diagnostics.iter().any(Diagnostic::is_error) {
        _lock = lock(root)?;
        if _lock.is_none() {
            diagnostics.push(catalogue::archive_busy());
        }
    }
    let (numbered, ledger_text) = numbers(root, &prepared.site, options, &mut diagnostics)?;
    let items = items(&prepared.site, &prepared.plan, &numbered.items);
    complain_of_gaps(&prepared.site, &items, &mut diagnostics);
    let mut report = Report {
        items: listed(&prepared.site, &numbered),
        written: None,
        diagnostics,
        fault: None,
    };
    let now = prepared.site.edition.now.in_zone(prepared.site.settings.time_zone);
    let failed = |report: &Report| report.diagnostics.iter().any(Diagnostic::is_error);
    let target = options.target.clone().unwrap_or_else(|| default_target(&prepared.site, now));
    if options.dry_run {
        return Ok(report);
    }
    let place = bag::examine(root, &target, options.force, &mut report.diagnostics)?;
    let Some(place) = place.filter(|_| !failed(&report)) else { return Ok(report) };
    let written = write(root, &prepared, &items, now, place, progress, &mut report.diagnostics)
        .and_then(|written| match written {
            Some((bag, files, bytes)) => {
                if let Some(text) = ledger_text {
                    write_ledger(root, &text)?;
                }
                bag.commit()?;
                Ok(Some((target, files, bytes)))
            }
            None => Ok(None),
        });
    match written {
        Ok(written) => report.written = written,
        Err(fault) => report.fault = Some(fault),
    }
    Ok(report)
}

fn prepare(root: &Path, options: &Options) -> Result<Prepared, Fault> {
    let (now, now_is_local) = options.now;
    let options = pipeline::Options {
        now,
        now_is_local,
        drafts: false,
        base_url: None,
        links: Links::Relative,
    };
    pipeline::prepare(root, &options)
}

/// Numbers the chosen stories; and the ledger's new text, if it has one.
fn numbers(
    root: &Path,
    site: &Site,
    options: &Options,
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
        diagnostics.push(catalogue::archive_organisation_missing());
    }
    if [archive.contact_name, archive.contact_phone, archive.contact_email]
        .iter()
        .all(Option::is_none)
    {
        diagnostics.push(catalogue::archive_contact_missing());
    }
    for item in items {
        let story = site.story(item.id);
        if record::responsible(site, story).is_empty() {
            let place = Place::file(&story.document.source.path);
            diagnostics.push(catalogue::archive_responsible_missing(place));
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

/// Keeps other runs from numbering stories of this project; `None` where one is at it.
fn lock(root: &Path) -> Result<Option<fs::File>, Fault> {
    let folder = root.join(".xianfeng");
    fs::create_dir_all(&folder).map_err(|error| Fault::write(&folder, error))?;
    let path = folder.join("archive-lock");
    let file = fs::File::create(&path).map_err(|error| Fault::write(&path, error))?;
    match file.try_lock() {
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        // Where a file system cannot lock, a second run at the same time is not noticed.
        _ => Ok(Some(file)),
    }
}

/// Writes the ledger: a new file beside the old, then renamed.
fn write_ledger(root: &Path, text: &str) -> Result<(), Fault> {
    let path = root.join(LEDGER);
    let new = path.with_file_name(".archive-ledger.new");
    let fault = |error| Fault::write(&path, error);
    let write = || {
        let mut file = fs::File::create(&new)?;
        std::io::Write::write_all(&mut file, text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &path)
    };
    write().map_err(|error| {
        let _ = fs::remove_file(&new);
        fault(error)
    })
}

/// What is written as one piece of work.
enum Job<'j> {
    Item(&'j Item<'j>),
    Page(&'j String, &'j Recipe),
}

/// Why a piece of work was not done.
enum Stop {
    Fault(Fault),
    /// A page, and what is wrong with its template.
    Failed(String, Box<TemplateError>),
    /// Another piece was not done.
    Skipped,
}

impl From<Failed> for Stop {
    fn from(failed: Failed) -> Self {
        match failed.why {
            Why::Template(error) => Stop::Failed(failed.page, error),
            Why::Fault(fault) => Stop::Fault(fault),
        }
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Stop::Fault(fault)
    }
}

/// Writes the whole bag, beside its place; `None` where a page cannot be rendered.
fn write(
    root: &Path,
    prepared: &Prepared,
    items: &[Item<'_>],
    now: Moment,
    place: NewBag,
    progress: &(dyn Fn(Progress) + Sync),
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<(NewBag, usize, u64)>, Fault> {
    let renderer = prepared.renderer();
    place.open()?;
    let pages = prepared.plan.iter().map(|(path, recipe)| Job::Page(path, recipe));
    let jobs: Vec<Job<'_>> = items.iter().map(Job::Item).chain(pages).collect();
    progress(Progress::Total(jobs.len()));
    let stopped = AtomicBool::new(false);
    let done = parallel::map(&jobs, |job| {
        if stopped.load(Ordering::Relaxed) {
            return Err(Stop::Skipped);
        }
        let stored = match job {
            Job::Item(item) => add_item(root, prepared, &place, item),
            Job::Page(path, recipe) => add_page(&renderer, &place, path, recipe),
        };
        stopped.fetch_or(matches!(stored, Err(Stop::Fault(_))), Ordering::Relaxed);
        progress(Progress::Done);
        stored
    });
    let failures = Failures::default();
    let mut payload = Vec::new();
    for stored in done {
        match stored {
            Ok(stored) => payload.extend(stored),
            Err(Stop::Fault(fault)) => return Err(fault),
            Err(Stop::Failed(page, error)) => failures.add(*error, &page),
            Err(Stop::Skipped) => {}
        }
    }
    diagnostics.extend(failures.into_diagnostics());
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Ok(None);
    }
    payload.extend(add_papers(&prepared.site, &place, items, now)?);
    let (files, bytes) = (payload.len(), payload.iter().map(|file| file.size).sum());
    place.seal(payload, &bag_info(&prepared.site, items, now))?;
    Ok(Some((place, files, bytes)))
}

/// The folder of one item. Its record comes last, as it names the others with their sizes.
fn add_item(
    root: &Path,
    prepared: &Prepared,
    bag: &NewBag,
    item: &Item<'_>,
) -> Result<Vec<Stored>, Stop> {
    let site = &prepared.site;
    let path = |name: &str| format!("{}/{name}", item.folder);
    // As it was written, byte for byte, in whatever encoding.
    let source = Carried::Disk(root.join(site.story(item.id).document.source.path.as_str()));
    let mut stored = vec![bag.add(&path("source.md"), &Content::File(&source))?];
    for (name, file) in &item.files {
        stored.push(bag.add(&path(name), &Content::File(file))?);
    }
    stored.sort_by(|a, b| a.path.cmp(&b.path));
    let record = record::record(site, item, &stored).document();
    stored.push(bag.add(&path("metadata.xml"), &Content::Bytes(record.into_bytes()))?);
    Ok(stored)
}

fn add_page(
    renderer: &Renderer<'_>,
    bag: &NewBag,
    path: &str,
    recipe: &Recipe,
) -> Result<Vec<Stored>, Stop> {
    let content = renderer.render(path, recipe)?;
    Ok(vec![bag.add(&format!("data/其他/site/{path}"), &content)?])
}

/// The catalogue in its three shapes, the notes and the schemas.
fn add_papers(
    site: &Site,
    bag: &NewBag,
    items: &[Item<'_>],
    now: Moment,
) -> Result<Vec<Stored>, Fault> {
    let rows = inventory::rows(site, items);
    let sheet = spreadsheet::xlsx(&rows, now)
        .map_err(|error| Fault::write(Path::new("文件目录.xlsx"), std::io::Error::other(error)))?;
    let papers = [
        ("说明文件.TXT", notes::about(site, items, now, &[]).into_bytes()),
        ("文件目录.XML", inventory::xml(&rows).into_bytes()),
        ("文件目录.csv", inventory::csv(&rows).into_bytes()),
        ("文件目录.xlsx", sheet),
        ("其他/numbering.txt", notes::numbering(items).into_bytes()),
        ("其他/metadata.xsd", schema::xsd(&RECORD, RECORD_NAMESPACE).into_bytes()),
        ("其他/文件目录.xsd", schema::xsd(&CATALOGUE, CATALOGUE_NAMESPACE).into_bytes()),
        ("其他/dc.xsd", schema::dc_xsd().into_bytes()),
    ];
    papers
        .into_iter()
        .map(|(name, bytes)| bag.add(&format!("data/{name}"), &Content::Bytes(bytes)))
        .collect()
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
