//! The whole build on one screen.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::check::check;
use crate::diagnostic::{Diagnostic, Fault, Outcome, catalogue};
use crate::load::{Sources, load};
use crate::model::moment::Moment;
use crate::model::{Documents, Edition, Fate, Site, model};
use crate::output::search;
use crate::parallel;
use crate::parse::front_matter::Purpose;
use crate::parse::parse;
use crate::plan::{Plan, plan};
use crate::render::{Links, Renderer, furnish};
use crate::settings::{self, BaseUrl, Settings};
use crate::sink::disk::{self, Staged, Tally};
use crate::source::Source;
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
        Self {
            now: Moment::now(),
            now_is_local: false,
            drafts: false,
            base_url: None,
            links: Links::FromRoot,
        }
    }
}

/// A campaign that is ready to be rendered, if nothing is wrong with it.
pub struct Prepared {
    /// The model.
    pub site: Site,
    /// Every file of the site.
    pub plan: Plan,
    /// The theme, furnished.
    pub theme: Theme,
    /// How links are written.
    pub links: Links,
    /// The search index, where the site has one and nothing is wrong.
    pub search: Option<search::Index>,
    /// Everything that is wrong, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// How long each stage took.
    pub timings: Timings,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    let started = Instant::now();
    let sources = load(root)?;
    let mut prepared = prepare_sources(sources, options)?;
    let rest: Duration = prepared.timings.iter().map(|&(_, time)| time).sum();
    prepared.timings.insert(0, ("load", started.elapsed().saturating_sub(rest)));
    Ok(prepared)
}

/// Like [`prepare`], from sources that are loaded already.
pub fn prepare_sources(sources: Outcome<Sources>, options: &Options) -> Result<Prepared, Fault> {
    let mut clock = Clock::start();
    let mut diagnostics = Vec::new();
    let mut sources = sources.collect_into(&mut diagnostics);
    let settings = read_settings(&sources, options, &mut diagnostics);
    let mut theme = theme::load(&settings, &sources.themes)?.collect_into(&mut diagnostics);
    clock.lap("theme");
    let documents = parse_all(&mut sources, &settings, options, &mut diagnostics);
    clock.lap("parse");
    let now = match options.now_is_local {
        true => options.now.as_in_zone(settings.time_zone),
        false => options.now,
    };
    let edition = Edition { now, drafts: options.drafts };
    let site = model(settings, sources, documents, edition).collect_into(&mut diagnostics);
    clock.lap("model");
    let mut plan = plan(&site, &theme).collect_into(&mut diagnostics);
    clock.lap("plan");
    diagnostics.extend(check(&site, &plan));
    clock.lap("check");
    furnish(&mut theme, &site, options.links);
    let search = index(&site, &mut plan, &theme, options, &diagnostics);
    clock.lap("search");
    sort(&mut diagnostics);
    let links = options.links;
    Ok(Prepared { site, plan, theme, links, search, diagnostics, timings: clock.laps })
}

/// Builds the project in the folder `root` into `output`, relative to it or absolute. `progress` is told how many
/// files there are, then of each that is done.
pub fn build(
    root: &Path,
    output: &Path,
    force: bool,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Report, Fault> {
    let mut prepared = prepare(root, options)?;
    let mut diagnostics = std::mem::take(&mut prepared.diagnostics);
    let mut clock = Clock::start();
    // With errors nothing is written; the output is looked at all the same, so that what is
    // wrong with it is known in the same run.
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    let written = if failed {
        disk::examine(root, output, force, &mut diagnostics).map(|_| None)
    } else {
        disk::open(root, output, force, &mut diagnostics).and_then(|disk| match disk {
            Some(disk) => write(&prepared, disk, &mut diagnostics, progress, &mut clock),
            None => Ok(None),
        })
    };
    let (tally, fault) = match written {
        Ok(tally) => (tally, None),
        Err(fault) => (None, Some(fault)),
    };
    sort(&mut diagnostics);
    let timings = [std::mem::take(&mut prepared.timings), clock.laps].concat();
    let counts = prepared.counts();
    // A site of a hundred thousand stories takes longer to free than to check, and the
    // process is about to end.
    std::mem::forget(prepared);
    Ok(Report { tally, counts, diagnostics, fault, timings })
}

/// What a build tells of its progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many files will be made.
    Total(usize),
    /// One of them is done.
    Done,
}

/// Renders every artifact, pulled by the disk.
fn write(
    prepared: &Prepared,
    disk: disk::Disk,
    diagnostics: &mut Vec<Diagnostic>,
    progress: &(dyn Fn(Progress) + Sync),
    clock: &mut Clock,
) -> Result<Option<Tally>, Fault> {
    let failures = Failures::default();
    let renderer = match prepared.renderer() {
        Ok(renderer) => renderer,
        Err(failed) => {
            failed.into_iter().for_each(|failed| failures.add(*failed.error, &failed.page));
            diagnostics.extend(failures.into_diagnostics());
            disk.abandon();
            return Ok(None);
        }
    };
    clock.lap("items");
    let jobs: Vec<_> = prepared.plan.iter().collect();
    progress(Progress::Total(jobs.len()));
    let staged = parallel::map(&jobs, |(path, recipe)| {
        let staged = match renderer.render(path, recipe) {
            Ok(content) => disk.stage(path, &content).map(Some),
            Err(failed) => {
                failures.add(*failed.error, &failed.page);
                Ok(None)
            }
        };
        progress(Progress::Done);
        staged
    });
    clock.lap("render");
    let mut site = BTreeMap::new();
    let (mut written, mut theirs) = (0, 0);
    for ((path, _), staged) in jobs.into_iter().zip(staged) {
        match staged {
            Ok(Some(Staged::Unchanged(digest))) => drop(site.insert(path.clone(), digest)),
            Ok(Some(Staged::New(digest))) => {
                written += 1;
                site.insert(path.clone(), digest);
            }
            Ok(Some(Staged::Theirs)) => theirs += 1,
            Ok(Some(Staged::Foreign)) => diagnostics.push(disk.foreign(path)),
            Ok(None) => {}
            Err(fault) => {
                disk.abandon();
                return Err(fault);
            }
        }
    }
    diagnostics.extend(failures.into_diagnostics());
    if diagnostics.iter().any(Diagnostic::is_error) {
        disk.abandon();
        return Ok(None);
    }
    let mut tally = disk.commit(&site, written, diagnostics)?;
    tally.unchanged += theirs;
    clock.lap("write");
    Ok((!diagnostics.iter().any(Diagnostic::is_error)).then_some(tally))
}

/// Everything that a build would complain of: prepares, and renders without writing.
pub fn rehearse(prepared: &mut Prepared) {
    if !prepared.diagnostics.iter().any(Diagnostic::is_error) {
        let failures = Failures::default();
        match prepared.renderer() {
            Ok(renderer) => {
                let jobs: Vec<_> = prepared.plan.iter().collect();
                parallel::map(&jobs, |(path, recipe)| {
                    if let Err(failed) = renderer.render(path, recipe) {
                        failures.add(*failed.error, &failed.page);
                    }
                });
            }
            Err(failed) => {
                failed.into_iter().for_each(|failed| failures.add(*failed.error, &failed.page));
            }
        }
        prepared.diagnostics.extend(failures.into_diagnostics());
    }
    sort(&mut prepared.diagnostics);
}

impl Prepared {
    /// What renders this campaign.
    pub fn renderer(&self) -> Result<Renderer<'_>, Vec<crate::render::Failed>> {
        Renderer::new(&self.site, &self.plan, &self.theme, self.links, self.search.as_ref())
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

/// Indexes the stories as their pages show them, and plans the files of the index. They are
/// named by what is in them, so they can be planned only when they are made.
fn index(
    site: &Site,
    plan: &mut Plan,
    theme: &Theme,
    options: &Options,
    diagnostics: &[Diagnostic],
) -> Option<search::Index> {
    if !site.settings.search || diagnostics.iter().any(Diagnostic::is_error) {
        return None;
    }
    let index = search::index(site, Maker::new(site, &theme.strings).word("notes"));
    index.plan(options.links, plan);
    Some(index)
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

fn parse_all(
    sources: &mut Sources,
    settings: &Settings,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Documents {
    let mut documents = Documents::default();
    let mut parse_list = |list: Vec<Source>, purpose: Purpose| {
        let outcomes = parallel::map_owned(list, |source| {
            let path = source.path.clone();
            let plain = settings.search && purpose == Purpose::Story;
            (path, parse(source, purpose, settings.time_zone, options.drafts, plain))
        });
        let mut parsed = Vec::with_capacity(outcomes.len());
        for (path, outcome) in outcomes {
            match outcome.collect_into(diagnostics) {
                Some(document) => parsed.push(document),
                None => documents.broken.push(path),
            }
        }
        parsed
    };
    let stories = parse_list(std::mem::take(&mut sources.stories), Purpose::Story);
    let pages = parse_list(std::mem::take(&mut sources.pages), Purpose::Page);
    Documents { stories, pages, broken: documents.broken }
}

/// By file, then by line; complaints about one place stay in the order they were made.
fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| d.place.position.as_ref().map(|at| (at.line, at.column));
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
