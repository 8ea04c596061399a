//! `export docx`: a story, or the selected ones, as a Word document.

use std::path::{Path, PathBuf};

use super::{Desk, Done, Export, Now, stories, target};
use crate::base::atomic::{Durable, replace};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::base::progress::Progress;
use crate::diagnostic::Diagnostic;
use crate::model::selection::Selection;
use crate::model::{Site, StoryId};
use crate::output::book::{default_title, sort};
use crate::output::docx::{self, Manuscript};
use crate::pipeline::{self, Options};
use crate::sink::place::shown;
use crate::view::Views;

/// What becomes a Word document.
#[derive(Clone, Debug, PartialEq)]
pub struct Docx {
    /// Files, folders, slugs or titles of stories; none, and `selection` says which.
    pub stories: Vec<String>,
    /// Which stories, if none is named.
    pub selection: Selection,
    /// In place of the title of the story, or of the site.
    pub title: Option<String>,
    /// The file to write, relative to the project where it is not absolute.
    pub output: Option<PathBuf>,
    /// Drafts, too.
    pub drafts: bool,
    /// The time that it is.
    pub now: Now,
}

impl Export for Docx {
    fn run(&self, desk: &Desk<'_>) -> Result<Done, Fault> {
        let root = desk.root;
        let options = Options { drafts: self.drafts, ..Options::at(self.now) };
        let prepared = pipeline::prepare(root, &options)?;
        let site = &prepared.site;
        let mut diagnostics = Vec::new();
        let ids = match self.stories.is_empty() {
            true => {
                let mut ids = self.selection.stories(site).collect_into(&mut diagnostics);
                sort(site, &mut ids);
                diagnostics.extend(stories::complaints(&prepared, &ids, true));
                ids
            }
            false => match stories::find(root, &prepared, &self.stories) {
                Ok(found) => {
                    diagnostics.extend(stories::complaints(&prepared, &found, false));
                    found
                }
                Err(told) => return Ok(Done::refused(told)),
            },
        };
        let output = target::file(root, self.output.as_deref(), default_name(site, &ids));
        diagnostics.extend(target::examine(root, &output, docx::is_ours)?);
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Ok(Done::refused(diagnostics));
        }
        let views = Views::new(site, &prepared.theme.strings);
        let title = match (&self.title, ids.as_slice()) {
            (Some(title), _) => title.clone(),
            (None, [id]) => site.story(*id).title().to_string(),
            (None, _) => default_title(&views, &self.selection),
        };
        let made = docx::manuscript(&views, &prepared.plan, &ids, &title)?;
        let manuscript = made.collect_into(&mut diagnostics);
        write(&manuscript, site, &root.join(&output), desk)?;
        let (shown, count) = (shown(&output), ids.len());
        let said = Text {
            zh: match count {
                1 => format!("《{title}》：{shown}"),
                _ => format!(
                    "《{title}》：{shown}，{count} 篇稿件\n目录里的页码是估算的：Word 打开时问“是否更新域”，选“是”；用 WPS 的，打印前在目录上点右键更新"
                ),
            },
            en: match count {
                1 => format!("“{title}”: {shown}"),
                _ => format!(
                    "“{title}”: {shown}, {count} stories\nThe page numbers of its contents are a guess: let Word update the fields when it asks, or update the contents yourself."
                ),
            },
        };
        Ok(Done { diagnostics, said: Some(said) })
    }
}

/// Writes a document as a whole.
pub(super) fn write(
    manuscript: &Manuscript,
    site: &Site,
    place: &Path,
    desk: &Desk<'_>,
) -> Result<(), Fault> {
    (desk.progress)(Progress::Total(manuscript.parts.len()));
    replace(place, Durable::Yes, |out| {
        docx::write(manuscript, site, out, place, &|| (desk.progress)(Progress::Done)).map(drop)
    })
}

fn default_name(site: &Site, ids: &[StoryId]) -> String {
    match ids {
        [id] => format!("{}.docx", site.story(*id).slug),
        _ => "稿件汇编.docx".to_string(),
    }
}
