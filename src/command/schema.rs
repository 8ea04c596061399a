//! `schema`: what the files of a campaign may say, for editors.

use std::path::Path;

use super::{DONE, FAILED, Terminal};
use crate::base::fault::Fault;
use crate::diagnostic::Diagnostic;
use crate::load;
use crate::model::listed_words;
use crate::schema::{FILES, json};

pub(super) fn run(
    root: &Path,
    file: Option<usize>,
    campaign: bool,
    terminal: &Terminal,
) -> Result<u8, Fault> {
    let Some(file) = file.map(|file| &FILES[file]) else {
        for file in &FILES {
            let about = file.about.get(terminal.lang());
            terminal.print(&format!("{:<14}{:<28}{about}", file.name, file.path));
        }
        return Ok(DONE);
    };
    let mut diagnostics = Vec::new();
    let mut lists = Vec::new();
    if campaign {
        let found = load::walk(root)?.collect_into(&mut diagnostics);
        let sources = load::sort(found)?.collect_into(&mut diagnostics);
        lists = listed_words(&sources).collect_into(&mut diagnostics);
        terminal.show(&diagnostics);
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Ok(FAILED);
        }
    }
    let names = |wanted: &str| {
        lists.iter().find(|(names, _)| *names == wanted).map(|(_, words)| words.clone())
    };
    terminal.print(&format!("{:#}", json::schema(file, &names)));
    Ok(DONE)
}
