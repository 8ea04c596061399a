//! A campaign that is ready to be rendered.

use std::path::Path;

use super::clock::{Clock, Timings};
use super::has_errors;
use super::memory::Memory;
use super::options::Destination;
use super::pour::pour;
use super::report::SiteCounts;
use crate::base::fault::Fault;
use crate::base::progress::Progress;
use crate::base::slot::Links;
use crate::check::lost;
use crate::diagnostic::Diagnostic;
use crate::model::Site;
use crate::output::{planned_late, search};
use crate::plan::{Plan, Recipe};
use crate::render::{Renderer, pictures};
use crate::sink::disk::{self, OutputRecord, Written};
use crate::theme::Theme;
use crate::value::nearest::nearest;
use crate::view::Views;

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
    pub(super) clock: Clock,
}

impl Prepared {
    /// Writes the site into its output folder, if nothing is wrong.
    pub(super) fn write(
        &mut self,
        root: &Path,
        target: Destination<'_>,
        record: OutputRecord,
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
        let disk = disk.remembering(record, target.verify).listing(target.listing);
        let title = |path: &str| disk.title(path);
        let lost = lost::check(&self.site, &self.plan, disk.last_paths(), title);
        let there = |path: &str, key: u128| disk.has(path, key);
        let unreadable = pictures::make(&self.site, &self.plan, &there, progress)?;
        self.clock.lap("pictures");
        if !unreadable.is_empty() {
            self.diagnostics.extend(unreadable);
            return Ok(None);
        }
        let renderer = self.renderer().timed(target.stopwatch);
        let poured = pour(&self.plan, &renderer, &disk, progress)?;
        self.clock.lap("render");
        let taken = poured.collect_into(&mut self.diagnostics);
        let written = disk.commit(taken, &mut self.diagnostics)?;
        if written.is_some() {
            self.diagnostics.extend(lost);
        }
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
        let views = Views::new(&self.site, &self.theme.strings);
        let notes = views.word("notes");
        let before = std::mem::take(&mut memory.gathered);
        memory.gathered = search::gather(&self.site, notes, before)?;
        let index = search::index(&self.site, &memory.gathered, notes);
        let files = planned_late(&search::SEARCH, index.claims(self.links));
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

    /// The file in the output of the page that somebody means, by its address or the file of its
    /// story or page.
    pub fn path_of(&self, page: &str) -> Option<String> {
        let plain = page.replace('\\', "/");
        let plain = plain.trim_start_matches("./");
        let is_source = |recipe: &Recipe| match recipe {
            Recipe::Story(id) => self.site.story(*id).document.source.path.as_str() == plain,
            Recipe::Page(id) => self.site.pages[id.index()].document.source.path.as_str() == plain,
            _ => false,
        };
        if let Some((path, _)) = self.plan.iter().find(|(_, recipe)| is_source(recipe)) {
            return Some(path.clone());
        }
        let base = self.site.settings.base_url.as_ref().map_or("/", |base| base.path());
        let below = plain.strip_prefix(base).unwrap_or(plain).trim_matches('/');
        let whole =
            if below.is_empty() { "index.html".into() } else { format!("{below}/index.html") };
        [below.to_string(), whole].into_iter().find(|path| self.plan.contains_key(path))
    }

    /// The address of a page that is nearly so.
    pub fn near(&self, page: &str) -> Option<String> {
        let addresses: Vec<String> = self
            .plan
            .keys()
            .filter(|path| path.ends_with(".html"))
            .map(|path| format!("/{}", path.strip_suffix("index.html").unwrap_or(path)))
            .collect();
        nearest(page, addresses.iter().map(String::as_str)).map(str::to_string)
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
