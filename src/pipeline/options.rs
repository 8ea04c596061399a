//! What a build may be told, and where it goes.

use std::path::Path;
use std::time::SystemTime;

use time::UtcOffset;

use crate::base::slot::Links;
use crate::diagnostic::Diagnostic;
use crate::load::Sources;
use crate::load::messages::without_txt;
use crate::pipeline::messages;
use crate::render::Stopwatch;
use crate::schema::open;
use crate::schema::site::SITE;
use crate::settings::{self, BaseUrl, Settings};
use crate::value::moment::Moment;

/// What a build may be told.
#[derive(Clone, Debug)]
pub struct Options {
    /// The time against which publishing times count.
    pub now: Moment,
    /// Was the time given as clocks show it in the site's time zone?
    pub now_is_local: bool,
    /// Are drafts published?
    pub drafts: bool,
    /// Is it a preview, which shows what is there of a story that lacks something?
    pub preview: bool,
    /// In place of the site's own `base_url`.
    pub base_url: Option<BaseUrl>,
    /// How links are written.
    pub links: Links,
    /// Are files called so that every validator of bags reads their names?
    pub for_bag: bool,
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
        Self {
            now,
            now_is_local,
            drafts: false,
            preview: false,
            base_url: None,
            links: Links::FromRoot,
            for_bag: false,
        }
    }

    /// The settings of a project, as these options change them.
    pub(super) fn settings(
        &self,
        sources: &Sources,
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
                    let nearly = diagnostics
                        .iter()
                        .any(|told| without_txt(&told.place.path) == Some("content/site.yaml"));
                    diagnostics.push(messages::settings_missing(nearly));
                }
                Settings::default()
            }
        };
        if self.preview && settings.title.is_empty() {
            settings.title =
                SITE.field("title").map(|field| open::words(field).zh).unwrap_or_default();
        }
        if self.base_url.is_some() {
            settings.base_url = self.base_url.clone();
        }
        settings
    }

    /// The time as clocks in the time zone of the site show it: its day is the day there.
    pub fn now_in(&self, zone: UtcOffset) -> Moment {
        match self.now_is_local {
            true => self.now.as_in_zone(zone),
            false => self.now.in_zone(zone),
        }
    }
}

/// Where a build goes.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// The output folder, relative to the project or absolute.
    pub output: &'a Path,
    /// May it be a folder that is not empty and not ours?
    pub force: bool,
    /// Is every file there compared by its content, and not by its size and time alone?
    pub verify: bool,
    /// Are the files that are written and removed to be listed?
    pub listing: bool,
    /// The machine's time before anything was looked at: what was changed shortly before
    /// may be changed again without its time telling.
    pub time: SystemTime,
    /// Takes the time of every template, where somebody wants to know it.
    pub stopwatch: Option<&'a Stopwatch>,
}
