//! The whole build on one screen.

mod clock;
mod last;
mod memory;
mod options;
mod pour;
mod report;

use std::path::Path;
use std::time::SystemTime;

use crate::base::fault::Fault;
use crate::base::slot::Links;
use crate::cache::{Cache, Unused};
use crate::check::{check, complain_of_unclear};
use crate::diagnostic::bounded::Bounded;
use crate::diagnostic::{Diagnostic, Outcome, catalogue};
use crate::load::{self, Found, Sources, walk};
use crate::model::{Edition, Site, model};
use crate::output::search;
use crate::parse::Reading;
use crate::plan::{Plan, plan};
use crate::render::{Renderer, Stopwatch, furnish};
use crate::sink::disk::{self, Record, Tally, Written};
use crate::sink::{Nowhere, place};
use crate::theme::{self, Theme};
use crate::view::Maker;
use clock::Clock;
use last::LastBuild;

pub use crate::base::progress::Progress;
pub use clock::Timings;
pub use memory::Memory;
pub use options::{Options, Target};
pub use pour::{Poured, Pouring, pour};
pub use report::{Report, SiteCounts};

/// Loads, parses, models, plans and checks the project in the folder `root`.
pub fn prepare(root: &Path, options: &Options) -> Result<Prepared, Fault> {
    let mut clock = Clock::start(now());
    let found = walk(root)?;
    clock.lap("load");
    prepare_found(found, options, &mut Memory::default(), clock)
}

/// Like [`prepare`], from files that were found; does again only what is not in `memory`.
pub fn prepare_again(
    found: Outcome<Vec<Found>>,
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
    found: Outcome<Vec<Found>>,
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
    let settings = options.settings(&sources, &mut diagnostics);
    let mut theme = theme::load(&settings, &sources.themes)?.collect_into(&mut diagnostics);
    clock.lap("theme");
    let reading = Reading::new(settings.time_zone, options.drafts, settings.search);
    let documents = memory.documents(&mut sources, reading, clock.began)?;
    let documents = documents.collect_into(&mut diagnostics);
    clock.lap("parse");
    let edition = Edition { now: options.now_in(settings.time_zone), drafts: options.drafts };
    let site = model(settings, sources, documents, edition).collect_into(&mut diagnostics);
    clock.lap("model");
    let plan = plan(&site, &theme).collect_into(&mut diagnostics);
    clock.lap("plan");
    diagnostics.extend(check(&site, &plan));
    complain_of_unclear(&site, &mut diagnostics);
    clock.lap("check");
    furnish(&mut theme, &site, options.links);
    sort(&mut diagnostics);
    Ok(Prepared { site, plan, theme, links: options.links, search: None, diagnostics, clock })
}

/// Builds the project in the folder `root`: only what is not there already. `progress` is
/// told how many files there are, then of each that is done.
pub fn build(
    root: &Path,
    target: Target<'_>,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Report, Fault> {
    let mut clock = Clock::start(target.time);
    let found = walk(root)?;
    clock.lap("load");
    let (cache, output) = (Cache::of(root), place::absolute(&root.join(target.output))?);
    let mut notes = Vec::new();
    let record = usable(Record::read(&cache, &output), &mut notes);
    let last = usable(LastBuild::read(&cache, &output), &mut notes);
    let inputs = last::inputs(&found.value, &found.diagnostics);
    if last.is_current(inputs, options, &record)
        && disk::is_untouched(&cache, &output, &record, target.verify)
    {
        clock.lap("compare");
        let tally = Some(Tally { unchanged: record.files().len(), ..Tally::default() });
        let (counts, diagnostics) = (last.counts, last.into_diagnostics(root));
        return Ok(Report { tally, counts, diagnostics, fault: None, timings: clock.laps });
    }
    let is_settled = |found: &Found| found.stamp.is_some_and(|s| s.is_settled(target.time));
    let settled = found.value.iter().all(is_settled);
    let mut memory = usable(Memory::read(&cache, root), &mut notes);
    clock.lap("cache");
    let mut prepared = prepare_found(found, options, &mut memory, clock)?;
    let of_sources = prepared.diagnostics.len();
    let written = prepared.write(root, target, record, &mut memory, progress);
    let (tally, fault) = match written {
        Ok(Some(Written { tally, files, all_ours })) => {
            let record = Record::of(&output, files);
            record.write(&cache, &output);
            // What was said of the output need not be said again.
            let inputs = (settled && all_ours).then_some(inputs);
            let said = &prepared.diagnostics[..of_sources];
            LastBuild::of(inputs, options, &prepared.site, said, &record).write(&cache, &output);
            memory.write(&cache);
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
    Ok(Report { tally, counts, diagnostics, fault, timings })
}

/// Everything that a build would complain of: prepares, and renders without writing.
pub fn rehearse(prepared: &mut Prepared, stopwatch: Option<&Stopwatch>) -> Result<(), Fault> {
    if !has_errors(&prepared.diagnostics) {
        prepared.clock.skip();
        let renderer = prepared.renderer().timed(stopwatch);
        let poured = pour(&prepared.plan, &renderer, &Nowhere, &|_| {})?;
        prepared.diagnostics.extend(poured.diagnostics);
        prepared.clock.lap("render");
    }
    sort(&mut prepared.diagnostics);
    Ok(())
}

/// A campaign that is ready to be rendered, if nothing is wrong with it.
pub struct Prepared {
    /// The model.
    pub site: Site,
    /// Every file of the site, but those of a search index that is still to be made.
    pub plan: Plan,
    /// The theme, furnished.
    pub theme: Theme,
    /// How links are written.
    pub links: Links,
    /// The search index, once it has been [made](Prepared::index).
    pub search: Option<search::Index>,
    /// Everything that is wrong, by place.
    pub diagnostics: Vec<Diagnostic>,
    clock: Clock,
}

impl Prepared {
    /// Writes the site into its output folder, if nothing is wrong.
    fn write(
        &mut self,
        root: &Path,
        target: Target<'_>,
        record: Record,
        memory: &mut Memory,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Option<Written>, Fault> {
        let (output, force) = (target.output, target.force);
        if has_errors(&self.diagnostics) {
            // Looked at all the same, so that what is wrong with it is known in the same run.
            disk::examine(root, output, force, &mut self.diagnostics)?;
            return Ok(None);
        }
        self.index(memory)?;
        self.clock.lap("search");
        let disk = disk::open(root, output, force, &mut self.diagnostics)?;
        let Some(disk) = disk else { return Ok(None) };
        let disk = disk.remembering(record, target.verify);
        let renderer = self.renderer().timed(target.stopwatch);
        let poured = pour(&self.plan, &renderer, &disk, progress)?;
        self.clock.lap("render");
        let taken = poured.collect_into(&mut self.diagnostics);
        let written = disk.commit(taken, &mut self.diagnostics)?;
        self.clock.lap("write");
        Ok(written)
    }

    /// Indexes the stories, if the site has search, and plans the files of the index: they are
    /// named by what is in them. Takes what it can from `memory`, and keeps it there.
    pub fn index(&mut self, memory: &mut Memory) -> Result<(), Fault> {
        if let Some((index, files)) = self.indexed(memory)? {
            self.plan.extend(files);
            self.search = Some(index);
        }
        Ok(())
    }

    /// Like [`Prepared::index`], for somebody who keeps the index and its files apart.
    pub fn indexed(&self, memory: &mut Memory) -> Result<Option<(search::Index, Plan)>, Fault> {
        if !self.site.settings.search {
            return Ok(None);
        }
        let maker = Maker::new(&self.site, &self.theme.strings);
        let notes = maker.word("notes");
        let before = std::mem::take(&mut memory.gathered);
        memory.gathered = search::gather(&self.site, notes, before)?;
        let index = search::index(&self.site, &memory.gathered, notes);
        let files = index.files(self.links);
        Ok(Some((index, files)))
    }

    /// What renders this campaign.
    pub fn renderer(&self) -> Renderer<'_> {
        self.renderer_with(self.search.as_ref())
    }

    /// What renders this campaign, with an index that is kept apart.
    pub fn renderer_with<'a>(&'a self, search: Option<&'a search::Index>) -> Renderer<'a> {
        let Self { site, plan, theme, .. } = self;
        Renderer::new(site, plan, theme, self.links, search, self.clock.began)
    }

    /// What is on the site, and what is not.
    pub fn counts(&self) -> SiteCounts {
        SiteCounts::of(&self.site, self.links)
    }

    /// How long each stage took.
    pub fn timings(&self) -> &Timings {
        &self.clock.laps
    }
}

/// What was stored by the last build; nothing, and a note, if it cannot be used.
fn usable<T: Default>(stored: Result<T, Unused>, notes: &mut Vec<Diagnostic>) -> T {
    stored.unwrap_or_else(|unused| {
        if unused != Unused::Missing && notes.is_empty() {
            notes.push(catalogue::cache_unused(unused == Unused::Damaged));
        }
        T::default()
    })
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// By file, then by line, and of one kind in a file no more than anybody reads; complaints about
/// one place stay in the order they were made.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    *diagnostics = std::mem::take(diagnostics).into_iter().collect::<Bounded>().into();
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| d.place.range().map(|range| range.start);
        a.place.path.cmp(&b.place.path).then_with(|| key(a).cmp(&key(b)))
    });
}
