//! `export`.

use std::path::Path;

use super::Terminal;
use super::progress::with_bar;
use crate::base::fault::Fault;
use crate::export::{Desk, Export};

pub(super) fn run(root: &Path, export: &dyn Export, terminal: &Terminal) -> Result<u8, Fault> {
    let done = with_bar(terminal, ("导出", "exporting"), |progress| {
        export.run(&Desk { root, lang: terminal.lang(), progress })
    })?;
    terminal.show(&done.diagnostics);
    if let Some(said) = &done.said {
        terminal.summary(said);
    }
    Ok(terminal.exit_code(&done.diagnostics, false))
}
