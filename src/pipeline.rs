//! The whole build on one screen.

mod clock;
mod last;
mod memory;
pub mod messages;
mod options;
mod pour;
mod prepared;
mod preview;
mod report;

use std::path::Path;
use std::time::SystemTime;

use crate::base::atomic::remove_leftovers;
use crate::base::fault::Fault;
use crate::cache::{Cache, Unused};
use crate::check::{check, complain_of_unclear};
use crate::diagnostic::bounded::Bounded;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::load::{self, FoundFile, Sources, walk};
use crate::model::{Edition, film, model};
use crate::output::claimants;
use crate::parse::Reading;
use crate::plan::plan;
use crate::render::{Stopwatch, contract, furnish, pictures, written};
use crate::sink::disk::{self, OutputRecord, Tally, Written};
use crate::sink::place;
use crate::source::SourcePath;
use crate::theme::{self, Theme};
use clock::Clock;
use last::LastBuild;

pub use crate::base::progress::Progress;
pub use clock::Timings;
pub use memory::Memory;
pub use options::{Destination, Options};
pub use pour::{Poured, Pouring, pour, pour_pages};
pub use prepared::Prepared;
pub use preview::{LastGood, Preview, preview};
pub use report::{BuildReport, Scheduled, SiteCounts};

/// Loads, parses, models, plans and checks the project in the folder `root`.
pub fn prepare(root: &Path, options: &Options) -> Result<Prepared, Fault> {
    let mut clock = Clock::start(now());
    let found = walk(root)?;
    clock.lap("load");
    prepare_found(found, options, &mut Memory::of(root), clock)
}

/// The theme of the project in the folder `root`, looked at without its stories: its name, itself, and
/// the files of the project's themes.
pub fn theme_alone(root: &Path) -> Result<Outcome<(String, Theme, Vec<SourcePath>)>, Fault> {
    let mut diagnostics = Vec::new();
    let found = walk(root)?.collect_into(&mut diagnostics);
    let sources = load::sort(found)?.collect_into(&mut diagnostics);
    let mut of_settings = Vec::new();
    let settings = Options::default().settings(&sources, &mut of_settings);
    let theme = theme::load(&settings, &sources.themes)?.collect_into(&mut diagnostics);
    diagnostics.extend(theme.examine(&contract()));
    // What is wrong with stories and settings is no matter of the theme, unless nothing can be read.
    diagnostics.retain(|diagnostic| !diagnostic.place.path.as_str().starts_with("content/stories"));
    let unread = of_settings.into_iter().filter(Diagnostic::is_error);
    diagnostics.extend(unread);
    sort(&mut diagnostics);
    let files = sources.themes.keys().cloned().collect();
    Ok(Outcome { value: (settings.theme, theme, files), diagnostics })
}

/// What is wrong with the theme that shows only in the pages that its templates write; `None` if the
/// content has errors, so that there are no pages.
pub fn theme_written(root: &Path, options: &Options) -> Result<Option<Vec<Diagnostic>>, Fault> {
    let mut prepared = prepare(root, options)?;
    if has_errors(prepared.diagnostics.iter().filter(|said| !is_of_theme(said))) {
        return Ok(None);
    }
    if !has_errors(&prepared.diagnostics) {
        let poured = pour_pages(&prepared.plan, &prepared.renderer())?;
        prepared.diagnostics.extend(poured);
    }
    sort(&mut prepared.diagnostics);
    prepared.diagnostics.retain(is_of_theme);
    Ok(Some(prepared.diagnostics))
}

fn is_of_theme(said: &Diagnostic) -> bool {
    said.place.path.as_str().starts_with("themes/")
}

/// Like [`prepare`], from files that were found; does again only what is not in `memory`.
pub fn prepare_again(
    found: Outcome<Vec<FoundFile>>,
    options: &Options,
    memory: &mut Memory,
) -> Result<Prepared, Fault> {
    prepare_found(found, options, memory, Clock::start(now()))
}

/// Like [`prepare`], from sources that are not on a disk.
pub fn prepare_sources(sources: Outcome<Sources>, options: &Options) -> Result<Prepared, Fault> {
    prepare_sorted(sources, options, &mut Memory::default(), Clock::start(now()))
}

/// The clock, which tells whether a file may yet change unnoticed.
#[expect(clippy::disallowed_methods, reason = "nothing of it reaches the output")]
fn now() -> SystemTime {
    SystemTime::now()
}

fn prepare_found(
    found: Outcome<Vec<FoundFile>>,
    options: &Options,
    memory: &mut Memory,
    clock: Clock,
) -> Result<Prepared, Fault> {
    let mut diagnostics = found.diagnostics;
    let value = load::sort(found.value)?.collect_into(&mut diagnostics);
    prepare_sorted(Outcome { value, diagnostics }, options, memory, clock)
}

fn prepare_sorted(
    sources: Outcome<Sources>,
    options: &Options,
    memory: &mut Memory,
    mut clock: Clock,
) -> Result<Prepared, Fault> {
    let mut diagnostics = Vec::new();
    let mut sources = sources.collect_into(&mut diagnostics);
    let mut settings = options.settings(&sources, &mut diagnostics);
    let mut theme = theme::load(&settings, &sources.themes)?.collect_into(&mut diagnostics);
    diagnostics.extend(theme.examine(&contract()));
    settings.search &= theme.searches;
    clock.lap("theme");
    // What a draft lacks is no mistake in a preview, but what its page shows.
    let whole_drafts = options.drafts && !options.preview;
    let reading = Reading::new(settings.time_zone, whole_drafts, settings.search);
    let documents = memory.documents(&mut sources, reading, clock.began)?;
    let documents = documents.collect_into(&mut diagnostics);
    let pictures = memory.pictures(&sources.pictures, clock.began)?;
    let films = film::films(&sources.films)?;
    clock.lap("parse");
    let Options { drafts, for_bag, preview, .. } = *options;
    let zone = settings.time_zone;
    let edition = Edition { now: options.now_in(zone), drafts, for_bag, zone, preview };
    let mut site = model(settings, sources, documents, edition).collect_into(&mut diagnostics);
    site.pictures = pictures;
    site.films = films;
    site.options.clone_from(&theme.options);
    clock.lap("model");
    let plan = plan(&site, &theme, &claimants()).collect_into(&mut diagnostics);
    clock.lap("plan");
    diagnostics.extend(check(&site, &plan));
    complain_of_unclear(&site, &mut diagnostics);
    clock.lap("check");
    furnish(&mut theme, &site, options.links);
    let mut prepared =
        Prepared { site, plan, theme, links: options.links, search: None, diagnostics, clock };
    if prepared.theme.has_own_templates() && !has_errors(&prepared.diagnostics) {
        let found = written::look(&prepared.renderer());
        prepared.diagnostics.extend(found);
        prepared.clock.lap("theme");
    }
    sort(&mut prepared.diagnostics);
    Ok(prepared)
}

/// Builds the project in the folder `root`: only what is not there already. `progress` is
/// told how many files there are, then of each that is done.
pub fn build(
    root: &Path,
    target: Destination<'_>,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<BuildReport, Fault> {
    let mut clock = Clock::start(target.time);
    let found = walk(root)?;
    clock.lap("load");
    let (cache, output) = (Cache::of(root), place::absolute(&root.join(target.output))?);
    let mut notes = Vec::new();
    let record = usable(OutputRecord::read(&cache, &output), &mut notes);
    let last = usable(LastBuild::read(&cache, &output), &mut notes);
    let inputs = last::inputs(&found.value, &found.diagnostics);
    if last.is_current(inputs, options, &record)
        && disk::is_untouched(&cache, &output, &record, target.verify)
    {
        clock.lap("compare");
        // Nothing will be written that would find them.
        if let Ok(folder) = cache.folder() {
            remove_leftovers(folder);
        }
        let tally = Some(Tally { unchanged: record.files().len(), ..Tally::default() });
        let (counts, diagnostics) = (last.counts.clone(), last.into_diagnostics(root));
        let (changes, timings) = (Vec::new(), clock.laps);
        let fault = None;
        return Ok(BuildReport { tally, counts, changes, record, diagnostics, fault, timings });
    }
    let is_settled = |found: &FoundFile| found.stamp.is_some_and(|s| s.is_settled(target.time));
    let settled = found.value.iter().all(is_settled);
    let mut memory = usable(Memory::read(&cache, root), &mut notes).at(root);
    clock.lap("cache");
    let mut prepared = prepare_found(found, options, &mut memory, clock)?;
    let of_sources = prepared.diagnostics.len();
    let written = prepared.write(root, target, record, &mut memory, progress);
    let (mut changes, mut recorded) = (Vec::new(), OutputRecord::default());
    let (tally, fault) = match written {
        Ok(Some(Written { changes: made, tally, files, all_ours })) => {
            changes = made;
            let record = OutputRecord::of(&output, files);
            record.write(&cache, &output);
            // What was said of the output need not be said again.
            let inputs = (settled && all_ours).then_some(inputs);
            let said = &prepared.diagnostics[..of_sources];
            LastBuild::of(inputs, options, &prepared.site, said, &record).write(&cache, &output);
            memory.write(&cache);
            recorded = record;
            prepared.clock.lap("cache");
            (Some(tally), None)
        }
        Ok(None) => (None, None),
        Err(fault) => (None, Some(fault)),
    };
    let (counts, timings) = (prepared.counts(), prepared.timings().clone());
    sort(&mut prepared.diagnostics);
    let diagnostics = [notes, std::mem::take(&mut prepared.diagnostics)].concat();
    // A site of a hundred thousand stories takes longer to free than to check, and the
    // process is about to end.
    std::mem::forget((prepared, memory));
    Ok(BuildReport { tally, counts, changes, record: recorded, diagnostics, fault, timings })
}

/// Everything that a build would complain of: prepares, and renders without writing.
pub fn rehearse(prepared: &mut Prepared, stopwatch: Option<&Stopwatch>) -> Result<(), Fault> {
    if !has_errors(&prepared.diagnostics) {
        prepared.clock.skip();
        let renderer = prepared.renderer().timed(stopwatch);
        let poured = pour_pages(&prepared.plan, &renderer)?;
        let pictures = pictures::rehearse(&prepared.site, &prepared.plan)?;
        prepared.diagnostics.extend(poured.into_iter().chain(pictures));
        prepared.clock.lap("render");
    }
    sort(&mut prepared.diagnostics);
    Ok(())
}

/// What was stored by the last build; nothing, and a note, if it cannot be used.
fn usable<T: Default>(stored: Result<T, Unused>, notes: &mut Vec<Diagnostic>) -> T {
    stored.unwrap_or_else(|unused| {
        if unused != Unused::Missing && notes.is_empty() {
            notes.push(messages::cache_unused(unused == Unused::Damaged));
        }
        T::default()
    })
}

fn has_errors<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> bool {
    diagnostics.into_iter().any(Diagnostic::is_error)
}

/// What all of the campaign depends on first, then stories and pages; by file, then by line, and of
/// one kind in a file no more than anybody reads. Complaints about one place stay in the order they
/// were made.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    *diagnostics = std::mem::take(diagnostics).into_iter().collect::<Bounded>().into();
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| d.place.range().map(|range| range.start);
        let is_text = |d: &Diagnostic| {
            let path = d.place.path.as_str();
            path.starts_with("content/stories") || path.starts_with("content/pages")
        };
        let path = |d| (is_text(d), &d.place.path);
        path(a).cmp(&path(b)).then_with(|| key(a).cmp(&key(b)))
    });
}
