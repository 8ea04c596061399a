//! `export review`: one story as one page that somebody is to look at and sign.

use std::path::{Path, PathBuf};

use super::{Desk, Done, Export, Now, messages, stories, target};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::output::review;
use crate::pipeline::{self, Options};
use crate::sink::place::{absolute, is_in_project, shown};
use crate::view::Views;

/// Which story is to be looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Its file, its folder, its slug or its title.
    pub story: String,
    /// The file to write, relative to the project where it is not absolute.
    pub output: Option<PathBuf>,
    /// The time that it is.
    pub now: Now,
}

impl Export for Review {
    fn run(&self, desk: &Desk<'_>) -> Result<Done, Fault> {
        let root = desk.root;
        let options = Options { drafts: true, preview: true, ..Options::at(self.now) };
        let prepared = pipeline::prepare(root, &options)?;
        let id = match stories::find(root, &prepared, std::slice::from_ref(&self.story)) {
            Ok(found) => found[0],
            Err(told) => return Ok(Done::refused(told)),
        };
        let story = prepared.site.story(id);
        let path = &story.document.source.path;
        let mut diagnostics: Vec<Diagnostic> =
            prepared.diagnostics.iter().filter(|d| d.place.path == *path).cloned().collect();
        let output =
            target::file(root, self.output.as_deref(), format!("送审-{}.html", story.slug));
        diagnostics.extend(examine(root, &output)?);
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Ok(Done::refused(diagnostics));
        }
        let views = Views::new(&prepared.site, &prepared.theme.strings);
        let Outcome { value: page, diagnostics: more } = review::page(&views, &prepared.plan, id)?;
        diagnostics.extend(more);
        target::write(&root.join(&output), &page)?;
        let (title, shown) = (story.title(), output.display());
        let said = Some(Text {
            zh: format!(
                "《{title}》的送审稿：{shown}\n一个文件，图片都在里面；打开就能看，按 Ctrl+P 打印"
            ),
            en: format!(
                "“{title}” for review: {shown}\nOne file with its pictures; open it to read or print it."
            ),
        });
        Ok(Done { diagnostics, said })
    }
}

/// The reason why the page must not be written there; `None` if there is none.
fn examine(root: &Path, output: &Path) -> Result<Option<Diagnostic>, Fault> {
    let place = root.join(output);
    if is_in_project(root, &absolute(&place)?)? {
        return Ok(Some(messages::review_in_project(&shown(output))));
    }
    if !place.exists() {
        return Ok(None);
    }
    let is_ours = review::is_ours(&target::head(&place)?);
    Ok((!is_ours).then(|| messages::review_in_the_way(&shown(output))))
}
