//! A preview: what is right is shown, whatever is wrong beside it.
//!
//! Of a story with mistakes the model keeps what could be read. But on some files many pages
//! depend: settings, vocabularies, templates, the theme's words. For one of them that has errors
//! something stands in: what it held when it had none, else what there is without it. So the
//! campaign is prepared again with that, and complaints that would only follow from the first ones
//! are not made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::memory::Memory;
use super::options::Options;
use super::prepared::Prepared;
use super::{messages, prepare_again, sort};
use crate::base::content::Carried;
use crate::base::fault::Fault;
use crate::base::layout::{BRIEFS, LEDGER, SETTINGS};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::load::FoundFile;
use crate::model::kinds::KINDS;
use crate::render::Failed;
use crate::source::{Place, SourcePath};
use crate::theme::Failures;

/// The files on which many pages depend, as they were when nothing was wrong with them.
#[derive(Default)]
pub struct LastGood {
    vocabularies: BTreeMap<SourcePath, Arc<[u8]>>,
    /// Those of themes belong together.
    themes: Option<BTreeMap<SourcePath, Arc<[u8]>>>,
}

/// A campaign as far as it can be shown.
pub struct Preview {
    /// The campaign, with everything that is wrong with it.
    pub prepared: Prepared,
    /// What could not be read of it.
    pub fault: Option<Fault>,
}

/// What stands in for files with errors.
#[derive(Default)]
struct StandIns {
    files: BTreeMap<SourcePath, StandIn>,
    themes: Themes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StandIn {
    /// What the file held when it had no error.
    Last,
    /// Nothing: as if it were not there.
    Without,
    /// Itself, as far as it goes.
    Itself,
    /// An empty text, which is no story.
    Unshown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Themes {
    /// The files that are there, but for those with a stand-in.
    #[default]
    There,
    /// All files as they were when none of them had an error.
    Last,
    /// The built-in theme alone.
    BuiltIn,
}

/// Prepares a campaign from files that were found, for a preview. Files that cannot be read are
/// left out.
pub fn preview(
    found: Outcome<Vec<FoundFile>>,
    options: &Options,
    memory: &mut Memory,
    good: &mut LastGood,
) -> Result<Preview, Fault> {
    let Outcome { value: mut files, diagnostics } = found;
    let mut fault = None;
    files.iter_mut().filter(|found| is_shared(&found.path)).for_each(hold);
    let mut stand_ins = StandIns::default();
    // Complaints of files that have a stand-in.
    let mut told: Vec<Diagnostic> = Vec::new();
    let mut prepared = loop {
        let value = stand_ins.put_into(&files, good);
        let found = Outcome { value, diagnostics: diagnostics.clone() };
        let mut prepared = match prepare_again(found, options, memory) {
            Ok(prepared) => prepared,
            Err(unreadable) => {
                let count = files.len();
                files.retain(
                    |found| !matches!(&found.file, Carried::Disk(path) if *path == unreadable.path),
                );
                if files.len() == count {
                    return Err(unreadable);
                }
                fault.get_or_insert(unreadable);
                continue;
            }
        };
        let failures = failures_everywhere(&prepared);
        prepared.diagnostics.extend(failures);
        let faulty: BTreeSet<&SourcePath> =
            prepared.diagnostics.iter().filter(|d| d.is_error()).filter_map(faulty_file).collect();
        let mut changed = false;
        for path in faulty {
            let first = !stand_ins.files.contains_key(path);
            if stand_ins.find_for(path, &files, good) {
                changed = true;
                let of_file =
                    prepared.diagnostics.iter().filter(|d| d.place.path == *path && first);
                told.extend(of_file.cloned());
            }
        }
        if !changed {
            break prepared;
        }
    };
    let StandIns { files: stand_ins, themes } = stand_ins;
    good.keep(&files, |path| stand_ins.contains_key(path), themes);
    // A name that its list does not have may be in the text that has errors.
    let doubtful: Vec<&str> = KINDS
        .iter()
        .filter(|kind| kind.file().is_some_and(|path| stand_ins.contains_key(path)))
        .map(|kind| kind.unknown)
        .collect();
    let complaints = &mut prepared.diagnostics;
    complaints.retain(|d| !stand_ins.contains_key(&d.place.path) && !doubtful.contains(&d.code));
    complaints.append(&mut told);
    complaints.extend(stand_ins.iter().map(|(path, stand_in)| {
        let place = Place::file(path);
        let of_last_theme = is_of_theme(path) && themes == Themes::Last;
        match stand_in {
            StandIn::Last => messages::preview_last(place),
            StandIn::Without if of_last_theme => messages::preview_last(place),
            StandIn::Without => messages::preview_without(place),
            StandIn::Itself => messages::preview_partly(place),
            StandIn::Unshown => messages::preview_unshown(place),
        }
    }));
    sort(complaints);
    Ok(Preview { prepared, fault })
}

/// What is wrong with templates that every page has: the page that says that there is nothing has no
/// more than these.
fn failures_everywhere(prepared: &Prepared) -> Vec<Diagnostic> {
    const PAGE: &str = "404.html";
    let failures = Failures::default();
    // Of a theme that could not be read everything fails.
    let is_of_theme = |error: &Diagnostic| error.is_error() && is_of_theme(&error.place.path);
    if !prepared.diagnostics.iter().any(is_of_theme)
        && let Some(recipe) = prepared.plan.get(PAGE)
        && let Err(Failed::Template { page, error }) = prepared.renderer().render(PAGE, recipe)
        // What is wrong with its own template is on no other page.
        && error.place.path.file_name() != "not_found.html"
    {
        failures.add(*error, &page);
    }
    failures.into_diagnostics()
}

/// Is it a file on which many pages depend?
fn is_shared(path: &SourcePath) -> bool {
    let text = path.as_str();
    let of_theme = is_of_theme(path) && matches!(path.extension().as_str(), "html" | "yaml");
    of_theme
        || (path.folder() == "content"
            && text.ends_with(".yaml")
            && ![LEDGER, BRIEFS].contains(&text))
}

fn is_of_theme(path: &SourcePath) -> bool {
    path.as_str().starts_with("themes/")
}

/// The file of an error that takes it out of a preview.
fn faulty_file(error: &Diagnostic) -> Option<&SourcePath> {
    let path = &error.place.path;
    // What may not be published is not shown to everybody on the network either.
    (is_shared(path) || error.code == "secrecy-not-public").then_some(path)
}

/// Reads a file now, so that what was found to be right is what is kept. If it cannot be read, that
/// is said when it is used.
fn hold(found: &mut FoundFile) {
    if let Ok(bytes) = found.file.bytes() {
        found.file = Carried::Memory(bytes.into());
    }
}

impl StandIns {
    /// Finds another stand-in for a file with errors; false if there is none.
    fn find_for(&mut self, path: &SourcePath, files: &[FoundFile], good: &LastGood) -> bool {
        let before = self.files.get(path).copied();
        let next = if !is_shared(path) {
            StandIn::Unshown
        } else if is_of_theme(path) {
            let there = files.iter().any(|found| found.path == *path);
            match self.themes {
                Themes::There if good.themes.is_some() => self.themes = Themes::Last,
                // The errors of several templates come one by one.
                Themes::There if there && before.is_none() => {}
                Themes::BuiltIn => return false,
                _ => self.themes = Themes::BuiltIn,
            }
            self.files.insert(path.clone(), StandIn::Without);
            return true;
        } else if before.is_none() && good.vocabularies.contains_key(path) {
            StandIn::Last
        } else if path.as_str() == SETTINGS {
            StandIn::Itself
        } else {
            StandIn::Without
        };
        if before == Some(next) {
            return false;
        }
        self.files.insert(path.clone(), next);
        true
    }

    /// `files`, with the stand-ins in place of those that have one.
    fn put_into(&self, files: &[FoundFile], good: &LastGood) -> Vec<FoundFile> {
        let memory = |path: &SourcePath, bytes: Arc<[u8]>| FoundFile {
            path: path.clone(),
            file: Carried::Memory(bytes),
            stamp: None,
        };
        let mut shown: Vec<FoundFile> = Vec::with_capacity(files.len());
        for found in files {
            let path = &found.path;
            if is_of_theme(path) && is_shared(path) && self.themes != Themes::There {
                continue;
            }
            match self.files.get(path) {
                None | Some(StandIn::Itself) => shown.push(found.clone()),
                Some(StandIn::Unshown) => shown.push(memory(path, Arc::new([]))),
                // A file that went is put back, too.
                Some(StandIn::Without | StandIn::Last) => {}
            }
        }
        let last = self.files.iter().filter(|(_, stand_in)| **stand_in == StandIn::Last);
        shown.extend(
            last.filter_map(|(path, _)| Some(memory(path, good.vocabularies.get(path)?.clone()))),
        );
        if self.themes == Themes::Last {
            let last = good.themes.iter().flatten();
            shown.extend(last.map(|(path, bytes)| memory(path, bytes.clone())));
        }
        shown
    }
}

impl LastGood {
    /// Keeps the files that have no error.
    fn keep(
        &mut self,
        files: &[FoundFile],
        is_faulty: impl Fn(&SourcePath) -> bool,
        themes: Themes,
    ) {
        let held = |found: &FoundFile| match &found.file {
            Carried::Memory(bytes) => Some((found.path.clone(), bytes.clone())),
            Carried::Disk(_) => None,
        };
        let shared = || files.iter().filter(|found| is_shared(&found.path));
        let of_themes = || shared().filter(|found| is_of_theme(&found.path));
        if themes == Themes::There && !of_themes().any(|found| is_faulty(&found.path)) {
            self.themes = Some(of_themes().filter_map(held).collect());
        }
        let others = shared().filter(|found| !is_of_theme(&found.path) && !is_faulty(&found.path));
        let others: BTreeMap<_, _> = others.filter_map(held).collect();
        // What has an error now is still known; what is gone is forgotten.
        self.vocabularies.retain(|path, _| is_faulty(path));
        self.vocabularies.extend(others);
    }
}
