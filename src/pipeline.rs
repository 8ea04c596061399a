//! The whole build on one screen.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use serde::{Deserialize, Serialize};

use crate::cache::{Built, Cache, Kept, Made, Record, Unused, kept::KeptFile, record};
use crate::check::check;
use crate::diagnostic::{Diagnostic, Fault, Outcome, catalogue};
use crate::load::{self, Found, Sources, walk};
use crate::map::Map;
use crate::model::moment::Moment;
use crate::model::{Documents, Edition, Fate, Site, model};
use crate::output::search;
use crate::parallel;
use crate::parse::front_matter::Purpose;
use crate::parse::{Document, Reading};
use crate::plan::{Plan, plan};
use crate::render::{Links, Rendered, Renderer, Stopwatch, Why, furnish};
use crate::settings::{self, BaseUrl, Settings};
use crate::sink::disk::{self, Staged, Tally};
use crate::sink::place;
use crate::source::SourcePath;
use crate::theme::{self, Failures, Theme};
use crate::view::Maker;

/// What a build may be told.
#[derive(Clone, Debug)]
pub struct Options {
    /// The time against which publishing times count.
    pub now: Moment,
    /// Was the time given as clocks show it in the site's time zone?
    pub now_is_local: bool,
    /// Are drafts published?
    pub drafts: bool,
    /// In place of the site's own `base_url`.
    pub base_url: Option<BaseUrl>,
    /// How links are written.
    pub links: Links,
}

impl Default for Options {
    fn default() -> Self {
        Self::at(None)
    }
}

impl Options {
    /// At this time, which may be as clocks in the site's time zone show it; else now.
    pub fn at(now: Option<(Moment, bool)>) -> Self {
        let (now, now_is_local) = now.unwrap_or_else(|| (Moment::now(), false));
        Self { now, now_is_local, drafts: false, base_url: None, links: Links::FromRoot }
    }
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
    /// How long each stage took.
    pub timings: Timings,
    /// The machine's time before anything was looked at.
    time: SystemTime,
}

/// Stages and how long each took.
pub type Timings = Vec<(&'static str, Duration)>;

/// What a build has done.
#[derive(Debug)]
pub struct Report {
    /// What it did to the output; none where errors kept it from doing anything.
    pub tally: Option<Tally>,
    /// How much there is.
    pub counts: SiteCounts,
    /// Everything that is wrong, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What the machine could not do when the site was written.
    pub fault: Option<Fault>,
    /// How long each stage took.
    pub timings: Timings,
}

/// What is on the site, and what is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteCounts {
    /// Stories published.
    pub stories: usize,
    /// Focal points.
    pub focal_points: usize,
    /// Drafts left out.
    pub drafts: usize,
    /// Stories and pages left out because of their time.
    pub withheld: usize,
    /// Stories that are only there for a preview: drafts, and what is not due yet.
    pub previews: usize,
    /// Is the site to be published, and its address not known?
    pub unaddressed: bool,
}

/// Loads, parses, models, plans and checks the project in the folder `root`.
pub fn prepare(root: &Path, options: &Options) -> Result<Prepared, Fault> {
    let (time, mut clock) = (SystemTime::now(), Clock::start());
    let found = walk(root)?;
    clock.lap("load");
    prepare_found(found, options, &mut Kept::default(), time, clock)
}

/// Like [`prepare`], from files that were found, parsing only what is not in `kept` already,
/// which then has it.
pub fn prepare_kept(
    found: Outcome<Vec<Found>>,
    options: &Options,
    kept: &mut Kept,
) -> Result<Prepared, Fault> {
    prepare_found(found, options, kept, SystemTime::now(), Clock::start())
}

/// Like [`prepare`], from sources that are not on a disk.
pub fn prepare_sources(sources: Outcome<Sources>, options: &Options) -> Result<Prepared, Fault> {
    let time = SystemTime::now();
    prepare_sorted(sources, options, &mut Kept::default(), time, Clock::start())
}

fn prepare_found(
    found: Outcome<Vec<Found>>,
    options: &Options,
    kept: &mut Kept,
    time: SystemTime,
    clock: Clock,
) -> Result<Prepared, Fault> {
    let mut diagnostics = found.diagnostics;
    let value = load::sort(found.value)?.collect_into(&mut diagnostics);
    prepare_sorted(Outcome { value, diagnostics }, options, kept, time, clock)
}

fn prepare_sorted(
    sources: Outcome<Sources>,
    options: &Options,
    kept: &mut Kept,
    time: SystemTime,
    mut clock: Clock,
) -> Result<Prepared, Fault> {
    let mut diagnostics = Vec::new();
    let mut sources = sources.collect_into(&mut diagnostics);
    let settings = read_settings(&sources, options, &mut diagnostics);
    let mut theme = theme::load(&settings, &sources.themes)?.collect_into(&mut diagnostics);
    clock.lap("theme");
    let reading = Reading::new(settings.time_zone, options.drafts, settings.search);
    let documents = parse_all(&mut sources, reading, kept, time, &mut diagnostics)?;
    clock.lap("parse");
    let now = match options.now_is_local {
        true => options.now.as_in_zone(settings.time_zone),
        false => options.now,
    };
    let edition = Edition { now, drafts: options.drafts };
    let site = model(settings, sources, documents, edition).collect_into(&mut diagnostics);
    clock.lap("model");
    let plan = plan(&site, &theme).collect_into(&mut diagnostics);
    clock.lap("plan");
    diagnostics.extend(check(&site, &plan));
    clock.lap("check");
    furnish(&mut theme, &site, options.links);
    sort(&mut diagnostics);
    let (links, search) = (options.links, None);
    Ok(Prepared { site, plan, theme, links, search, diagnostics, timings: clock.laps, time })
}

/// Where a build goes.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The output folder, relative to the project or absolute.
    pub output: &'a Path,
    /// May it be a folder that is not empty and not ours?
    pub force: bool,
    /// Is every file there compared by its content, and not by its size and time alone?
    pub verify: bool,
    /// The machine's time before anything was looked at: what was changed shortly before
    /// may be changed again without its time telling.
    pub time: SystemTime,
    /// Takes the time of every template, where somebody wants to know it.
    pub stopwatch: Option<&'a Stopwatch>,
}

/// Builds the project in the folder `root`: only what is not there already. `progress` is
/// told how many files there are, then of each that is done.
pub fn build(
    root: &Path,
    target: Target<'_>,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Report, Fault> {
    let (time, mut clock) = (target.time, Clock::start());
    let found = walk(root)?;
    clock.lap("load");
    let cache = Cache::of(root);
    let output = place::absolute(&root.join(target.output))?;
    let mut notes = Vec::new();
    let inputs = record::inputs(&found.value, &found.diagnostics);
    let mut record = cache_file(Record::read(&cache, &output), &mut notes);
    if record.is_current(inputs, options)
        && disk::is_untouched(&cache, &output, &record, target.verify)
    {
        clock.lap("compare");
        let diagnostics = record.diagnostics(root);
        let tally = Tally { unchanged: record.files().len(), ..Tally::default() };
        let (tally, counts) = (Some(tally), record.counts);
        return Ok(Report { tally, counts, diagnostics, fault: None, timings: clock.laps });
    }
    let settled = found.value.iter().all(|found| found.stamp.is_some_and(|s| s.is_settled(time)));
    let mut kept = cache_file(Kept::read(&cache, root), &mut notes);
    clock.lap("cache");
    let mut prepared = prepare_found(found, options, &mut kept, time, clock)?;
    let mut diagnostics = std::mem::take(&mut prepared.diagnostics);
    let of_sources = diagnostics.len();
    let mut clock = Clock::start();
    // With errors nothing is written; the output is looked at all the same, so that what is
    // wrong with it is known in the same run.
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    let written = if failed {
        disk::examine(root, target.output, target.force, &mut diagnostics).map(|_| None)
    } else {
        prepared.index(&mut kept)?;
        clock.lap("search");
        disk::open(root, target.output, target.force, &mut diagnostics).and_then(
            |disk| match disk {
                Some(disk) => {
                    let disk = disk.remembering(record, target.verify);
                    let renderer = prepared.renderer().timed(target.stopwatch);
                    write(&prepared.plan, &renderer, disk, &mut diagnostics, progress, &mut clock)
                }
                None => Ok(None),
            },
        )
    };
    let counts = prepared.counts();
    let (tally, fault) = match written {
        Ok(Some(Written { tally, files, all_ours })) => {
            let inputs = (settled && all_ours).then_some(inputs);
            let (site, listed) = (&prepared.site, disk::listed(&output));
            // What was said of the output need not be said again.
            let diagnostics = &diagnostics[..of_sources];
            Record::of(Built { inputs, options, site, counts, diagnostics, files, listed })
                .write(&cache, &output);
            kept.write(&cache);
            clock.lap("cache");
            (Some(tally), None)
        }
        Ok(None) => (None, None),
        Err(fault) => (None, Some(fault)),
    };
    sort(&mut diagnostics);
    diagnostics.splice(0..0, notes);
    let timings = [std::mem::take(&mut prepared.timings), clock.laps].concat();
    // A site of a hundred thousand stories takes longer to free than to check, and the
    // process is about to end.
    std::mem::forget((prepared, kept));
    Ok(Report { tally, counts, diagnostics, fault, timings })
}

/// A file of the cache; nothing, and a note, where it cannot be used.
fn cache_file<T: Default>(file: Result<T, Unused>, notes: &mut Vec<Diagnostic>) -> T {
    file.unwrap_or_else(|unused| {
        if unused != Unused::Missing && notes.is_empty() {
            notes.push(catalogue::cache_unused(unused == Unused::Damaged));
        }
        T::default()
    })
}

/// What a build tells of its progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many files will be made.
    Total(usize),
    /// One of them is done.
    Done,
}

/// What was written.
struct Written {
    tally: Tally,
    /// Every file of ours, by path.
    files: Vec<(String, Made)>,
    /// Are there no files of others in the place of ours, with the same bytes?
    all_ours: bool,
}

/// Renders every artifact that is not there already, pulled by the disk.
fn write(
    plan: &Plan,
    renderer: &Renderer<'_>,
    disk: disk::Disk,
    diagnostics: &mut Vec<Diagnostic>,
    progress: &(dyn Fn(Progress) + Sync),
    clock: &mut Clock,
) -> Result<Option<Written>, Fault> {
    let failures = Failures::default();
    let jobs: Vec<_> = plan.iter().collect();
    progress(Progress::Total(jobs.len()));
    let staged = parallel::map(&jobs, |(path, recipe)| {
        let there = disk.there(path)?;
        let rendered = renderer.render_unless(path, recipe, there.and_then(|made| made.key));
        let staged = match rendered {
            Ok(Rendered { content: Some(content), key }) => {
                disk.stage(path, &content, key, there).map(Some)
            }
            // It is there as it would be made.
            Ok(Rendered { content: None, .. }) => Ok(there.map(Staged::Unchanged)),
            Err(failed) => match failed.why {
                Why::Template(error) => {
                    failures.add(*error, &failed.page);
                    Ok(None)
                }
                Why::Fault(fault) => Err(fault),
            },
        };
        progress(Progress::Done);
        staged
    });
    clock.lap("render");
    let mut files = Vec::with_capacity(jobs.len());
    let (mut written, mut theirs) = (0, 0);
    for ((path, _), staged) in jobs.into_iter().zip(staged) {
        match staged {
            Ok(Some(Staged::Unchanged(made))) => files.push((path.clone(), made)),
            Ok(Some(Staged::New(made))) => {
                written += 1;
                files.push((path.clone(), made));
            }
            Ok(Some(Staged::Theirs)) => theirs += 1,
            Ok(Some(Staged::Foreign)) => diagnostics.push(disk.foreign(path)),
            Ok(None) => {}
            Err(fault) => return Err(fault),
        }
    }
    diagnostics.extend(failures.into_diagnostics());
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Ok(None);
    }
    let mut tally = disk.commit(&files, written, diagnostics)?;
    tally.unchanged += theirs;
    clock.lap("write");
    let done = !diagnostics.iter().any(Diagnostic::is_error);
    Ok(done.then_some(Written { tally, files, all_ours: theirs == 0 }))
}

/// Everything that a build would complain of: prepares, and renders without writing.
pub fn rehearse(prepared: &mut Prepared, stopwatch: Option<&Stopwatch>) -> Result<(), Fault> {
    if !prepared.diagnostics.iter().any(Diagnostic::is_error) {
        let mut clock = Clock::start();
        let failures = Failures::default();
        let renderer = prepared.renderer().timed(stopwatch);
        let jobs: Vec<_> = prepared.plan.iter().collect();
        let rendered = parallel::map(&jobs, |(path, recipe)| match renderer.render(path, recipe) {
            Ok(_) => Ok(()),
            Err(failed) => match failed.why {
                Why::Template(error) => {
                    failures.add(*error, &failed.page);
                    Ok(())
                }
                Why::Fault(fault) => Err(fault),
            },
        });
        rendered.into_iter().collect::<Result<Vec<()>, Fault>>()?;
        prepared.diagnostics.extend(failures.into_diagnostics());
        clock.lap("render");
        prepared.timings.extend(clock.laps);
    }
    sort(&mut prepared.diagnostics);
    Ok(())
}

impl Prepared {
    /// Indexes the stories, if the site has search, and plans the files of the index: they are
    /// named by what is in them. Takes what it can from `kept`, and keeps it there.
    pub fn index(&mut self, kept: &mut Kept) -> Result<(), Fault> {
        if let Some((index, files)) = self.indexed(kept)? {
            self.plan.extend(files);
            self.search = Some(index);
        }
        Ok(())
    }

    /// Like [`Prepared::index`], for somebody who keeps the index and its files apart.
    pub fn indexed(&self, kept: &mut Kept) -> Result<Option<(search::Index, Plan)>, Fault> {
        if !self.site.settings.search {
            return Ok(None);
        }
        let maker = Maker::new(&self.site, &self.theme.strings);
        let notes = maker.word("notes");
        let before = std::mem::take(&mut kept.gathered);
        kept.gathered = search::gather(&self.site, notes, before)?;
        let index = search::index(&self.site, &kept.gathered, notes);
        let files = index.files(self.links);
        Ok(Some((index, files)))
    }

    /// What renders this campaign.
    pub fn renderer(&self) -> Renderer<'_> {
        self.renderer_with(self.search.as_ref())
    }

    /// What renders this campaign, with an index that is kept apart.
    pub fn renderer_with<'a>(&'a self, search: Option<&'a search::Index>) -> Renderer<'a> {
        Renderer::new(&self.site, &self.plan, &self.theme, self.links, search, self.time)
    }

    /// What is on the site, and what is not.
    pub fn counts(&self) -> SiteCounts {
        let fates = || self.site.outcomes.values();
        let base_url = &self.site.settings.base_url;
        SiteCounts {
            unaddressed: self.links == Links::FromRoot && base_url.is_none(),
            stories: self.site.stories.len(),
            focal_points: self.site.focal_points.len(),
            drafts: fates().filter(|fate| **fate == Fate::Draft).count(),
            withheld: fates().filter(|fate| **fate == Fate::Withheld).count(),
            previews: self.site.stories.iter().filter(|story| self.site.is_preview(story)).count(),
        }
    }
}

fn read_settings(
    sources: &Sources,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Settings {
    let mut settings = match &sources.settings {
        Some(source) => {
            let (settings, complaints) = settings::read(source);
            diagnostics.extend(complaints);
            settings
        }
        None => {
            // Where there is no project, or the file is no text, that has been said.
            if !diagnostics.iter().any(Diagnostic::is_error) {
                diagnostics.push(catalogue::settings_missing());
            }
            Settings::default()
        }
    };
    if options.base_url.is_some() {
        settings.base_url = options.base_url.clone();
    }
    settings
}

/// Texts are held in memory up to so many bytes together; of larger sites each is read
/// once more when its page is rendered.
const HELD: u64 = 64 << 20;

fn parse_all(
    sources: &mut Sources,
    reading: Reading,
    kept: &mut Kept,
    time: SystemTime,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Documents, Fault> {
    let lists = [
        (Purpose::Story, std::mem::take(&mut sources.stories)),
        (Purpose::Page, std::mem::take(&mut sources.pages)),
    ];
    let sizes = lists.iter().flat_map(|(_, list)| list).filter_map(|found| found.stamp);
    let hold = sizes.map(|stamp| stamp.size).sum::<u64>() <= HELD;
    kept.prepare(reading);
    let mut documents = Documents::default();
    let mut files: Map<SourcePath, KeptFile> = Map::default();
    for (purpose, list) in lists {
        let read = parallel::map(&list, |found| {
            KeptFile::read(found, purpose, reading, kept.get(&found.path), time, hold)
        });
        let mut parsed: Vec<Arc<Document>> = Vec::with_capacity(read.len());
        files.reserve(read.len());
        for (found, file) in list.into_iter().zip(read) {
            let file = file?;
            diagnostics.extend(file.diagnostics.iter().cloned());
            match &file.document {
                Some(document) => parsed.push(document.clone()),
                None => documents.broken.push(found.path.clone()),
            }
            files.insert(found.path, file);
        }
        match purpose {
            Purpose::Story => documents.stories = parsed,
            Purpose::Page => documents.pages = parsed,
        }
    }
    kept.replace(files);
    Ok(documents)
}

/// By file, then by line; complaints about one place stay in the order they were made.
fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| d.place.range().map(|range| range.start);
        a.place.path.cmp(&b.place.path).then_with(|| key(a).cmp(&key(b)))
    });
}

struct Clock {
    last: Instant,
    laps: Timings,
}

impl Clock {
    fn start() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.laps.push((stage, now - self.last));
        self.last = now;
    }
}
