//! `report`.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use super::{DONE, FAILED, Terminal};
use crate::base::atomic::{Durable, replace};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::cli::{ReportArguments, ReportForm};
use crate::diagnostic::Diagnostic;
use crate::pipeline::{self, Options};
use crate::report::{REPORTS, Report, csv, html, make, messages, spreadsheet, terminal};
use crate::sink::place::{absolute, is_in_project, shown};
use crate::value::moment::Moment;

/// As wide as a terminal that does not tell.
const WIDTH: usize = 80;

/// The reports that there are.
pub(super) fn list(terminal: &Terminal) -> u8 {
    for (name, about) in REPORTS {
        terminal.print(&format!("{name:<12}{}", about.get(terminal.lang())));
    }
    DONE
}

pub(super) fn run(
    root: &Path,
    arguments: &ReportArguments,
    terminal: &Terminal,
) -> Result<u8, Fault> {
    let prepared = pipeline::prepare(root, &Options::at(arguments.now))?;
    let mut diagnostics: Vec<Diagnostic> =
        prepared.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).cloned().collect();
    let site = &prepared.site;
    let mut years: Vec<i32> = site.stories.iter().map(|story| story.date.year()).collect();
    years.dedup();
    if let Some(year) = arguments.year.filter(|year| !years.contains(year)) {
        diagnostics.push(messages::report_year_empty(year, &years));
    }
    if let Some((output, _)) = &arguments.output {
        diagnostics.extend(examine(root, output, arguments.force)?);
    }
    let report = make(arguments.what, site, arguments.year, terminal.lang());
    let Some(report) = report.filter(|_| diagnostics.is_empty()) else {
        terminal.show(&diagnostics);
        return Ok(FAILED);
    };
    match &arguments.output {
        None => terminal.print(terminal::text(&report, width()).trim_end()),
        Some((output, form)) => {
            let place = root.join(output);
            let bytes = bytes(&report, *form, site.today());
            let bytes = bytes.map_err(|error| Fault::write(&place, io::Error::other(error)))?;
            replace(&place, Durable::Yes, |out| {
                out.write_all(&bytes).map_err(|error| Fault::write(&place, error))
            })?;
            let shown = output.display();
            terminal.summary(&Text {
                zh: format!("{}：{shown}", report.title),
                en: format!("{}: {shown}", report.title),
            });
        }
    }
    Ok(DONE)
}

fn bytes(report: &Report, form: ReportForm, now: Moment) -> Result<Vec<u8>, String> {
    match form {
        ReportForm::Html => Ok(html::page(report).into_bytes()),
        ReportForm::Csv => Ok(csv::text(report).into_bytes()),
        ReportForm::Xlsx => spreadsheet::xlsx(report, now),
    }
}

/// The reason why the report must not be written there; `None` if there is none.
fn examine(root: &Path, output: &Path, force: bool) -> Result<Option<Diagnostic>, Fault> {
    let place = root.join(output);
    if is_in_project(root, &absolute(&place)?)? {
        return Ok(Some(messages::report_in_project(&shown(output))));
    }
    let is_there = place.symlink_metadata().is_ok();
    Ok((is_there && !force).then(|| messages::report_file_exists(&shown(output))))
}

/// The width of the terminal; of a file or a pipe, what `COLUMNS` says.
fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let size = || console::Term::stdout().size_checked().filter(|_| io::stdout().is_terminal());
    told.or_else(|| size().map(|(_, columns)| usize::from(columns))).unwrap_or(WIDTH)
}
