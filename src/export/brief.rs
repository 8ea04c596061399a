//! `export brief`: an issue of a bulletin.

mod ledger;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{Desk, Done, Export, Now, docx, messages, stories, target, wechat};
use crate::base::atomic::{Durable, replace};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::diagnostic::Diagnostic;
use crate::model::StoryId;
use crate::model::selection::Selection;
use crate::output::book::sort;
use crate::output::brief::{self, Issue};
use crate::output::docx as word;
use crate::pipeline::{self, Options, Prepared};
use crate::sink::place::shown;
use crate::view::Views;
use ledger::Ledger;

/// What goes into an issue.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// Its number; none, and it is the next one.
    pub number: Option<u32>,
    /// Files, folders, slugs or titles of stories; none, and `selection` says which.
    pub stories: Vec<String>,
    /// Which stories, if none is named.
    pub selection: Selection,
    /// A note of its own.
    pub note: Option<String>,
    /// Only summaries.
    pub is_short: bool,
    /// Where to, and what it is written as.
    pub output: Option<PathBuf>,
    /// What it is written as.
    pub form: Form,
    /// Drafts, too; then its number is not remembered.
    pub drafts: bool,
    /// Make an issue anew, with other stories.
    pub force: bool,
    /// The time that it is.
    pub now: Now,
}

/// What an issue is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A page to print.
    Html,
    /// A Word document.
    Docx,
    /// A folder for WeChat.
    Wechat,
}

impl Form {
    /// The form of a file by its name; a folder is for WeChat.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
        match ending.as_deref() {
            Some("html" | "htm") => Some(Form::Html),
            Some("docx") => Some(Form::Docx),
            None => Some(Form::Wechat),
            Some(_) => None,
        }
    }
}

impl Export for Brief {
    fn run(&self, desk: &Desk<'_>) -> Result<Done, Fault> {
        let root = desk.root;
        let options = Options { drafts: self.drafts, ..Options::at(self.now) };
        let prepared = pipeline::prepare(root, &options)?;
        let mut diagnostics = Vec::new();
        let ids = match self.chosen(root, &prepared, &mut diagnostics) {
            Ok(ids) => ids,
            Err(told) => return Ok(Done::refused(told)),
        };
        let ledger = Ledger::read(root)?.collect_into(&mut diagnostics);
        let site = &prepared.site;
        let day = site.edition.now.in_zone(site.edition.zone);
        let paths: Vec<&str> =
            ids.iter().map(|&id| site.story(id).document.source.path.as_str()).collect();
        // The last issue once more, in another form, is no new one.
        let again = ledger.last(day.year()).filter(|last| last.stories == paths);
        let number = self.number.or(again.map(|last| last.number));
        let number = number.unwrap_or_else(|| ledger.next(day.year()));
        let known = ledger.find(day.year(), number);
        if let Some(known) = known.filter(|known| known.stories != paths && !self.force) {
            let next = ledger.next(day.year());
            diagnostics.push(messages::brief_number_taken(number, &known.date, next));
        }
        let last = ledger.next(day.year()) - 1;
        if number > last + 1 && last > 0 {
            diagnostics.push(messages::brief_number_skipped(number, last));
        }
        let output = self.output(root, number);
        diagnostics.extend(match self.form {
            Form::Html => target::examine(root, &output, brief::is_ours)?,
            Form::Docx => target::examine(root, &output, word::is_ours)?,
            Form::Wechat => wechat::examine(root, &output)?,
        });
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Ok(Done::refused(diagnostics));
        }
        let views = Views::new(site, &prepared.theme.strings);
        let note = self.note.as_deref();
        let (plan, stories, is_short) = (&prepared.plan, ids.as_slice(), self.is_short);
        let issue = Issue { views: &views, plan, number, note, stories, is_short };
        diagnostics.extend(self.write(&issue, &prepared, &root.join(&output), desk)?);
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Ok(Done::refused(diagnostics));
        }
        if !self.drafts {
            ledger.remember(root, day, number, &paths)?;
        }
        let (title, shown, count) = (issue.title(), shown(&output), ids.len());
        let said = Text {
            zh: format!("{title}：{shown}，{count} 篇稿件"),
            en: format!("{title}: {shown}, {count} stories"),
        };
        Ok(Done { diagnostics, said: Some(said) })
    }
}

impl Brief {
    /// The stories of the issue.
    fn chosen(
        &self,
        root: &Path,
        prepared: &Prepared,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Vec<StoryId>, Vec<Diagnostic>> {
        if self.stories.is_empty() {
            let mut ids = self.selection.stories(&prepared.site).collect_into(diagnostics);
            sort(&prepared.site, &mut ids);
            diagnostics.extend(stories::complaints(prepared, &ids, true));
            return Ok(ids);
        }
        let ids = stories::find(root, prepared, &self.stories)?;
        diagnostics.extend(stories::complaints(prepared, &ids, false));
        Ok(ids)
    }

    fn output(&self, root: &Path, number: u32) -> PathBuf {
        let name = format!("简报-{number}");
        match (&self.output, self.form) {
            (Some(given), Form::Wechat) => given.clone(),
            (given, Form::Docx) => target::file(root, given.as_deref(), format!("{name}.docx")),
            (given, _) => target::file(root, given.as_deref(), format!("{name}.html")),
        }
    }

    fn write(
        &self,
        issue: &Issue<'_>,
        prepared: &Prepared,
        place: &Path,
        desk: &Desk<'_>,
    ) -> Result<Vec<Diagnostic>, Fault> {
        let site = &prepared.site;
        match self.form {
            Form::Html => replace(place, Durable::Yes, |out| {
                issue.pour(&mut |piece| {
                    out.write_all(piece).map_err(|error| Fault::write(place, error))
                })
            }),
            Form::Docx => {
                let made = issue.manuscript()?;
                docx::write(&made.value, site, place, desk)?;
                Ok(made.diagnostics)
            }
            Form::Wechat => {
                let made = issue.article(&prepared.theme)?;
                if !made.diagnostics.iter().any(Diagnostic::is_error) {
                    wechat::write(place, &made.value, site, desk.lang)?;
                }
                Ok(made.diagnostics)
            }
        }
    }
}
