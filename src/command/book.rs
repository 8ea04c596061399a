//! `book`.

use std::fs;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Instant;

use super::build::stories;
use super::progress::with_bar;
use super::{FAILED, Terminal};
use crate::base::atomic::{Durable, replace};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::base::progress::Progress;
use crate::cli::{BookArguments, BookForm};
use crate::command::messages;
use crate::diagnostic::Diagnostic;
use crate::output::book::{Book, epub, printable};
use crate::pipeline::{self, Options, Prepared};
use crate::sink::place::{self, absolute, is_in_project};

pub(super) fn run(
    root: &Path,
    arguments: &BookArguments,
    terminal: &Terminal,
) -> Result<u8, Fault> {
    let started = Instant::now();
    let mut prepared = pipeline::prepare(
        root,
        &Options { drafts: arguments.drafts, ..Options::at(arguments.now) },
    )?;
    let mut diagnostics = std::mem::take(&mut prepared.diagnostics);
    let place = root.join(&arguments.output);
    diagnostics.extend(examine(root, arguments, &place)?);
    let bound = match bind(&prepared, arguments, &mut diagnostics) {
        Ok(Some(book)) => write(&book, arguments.form, &place, terminal).map(|()| Some(book)),
        bound => bound,
    };
    terminal.show(&diagnostics);
    let shown = arguments.output.display();
    match bound {
        Ok(Some(book)) => {
            let (count, seconds) = (book.len(), started.elapsed().as_secs_f64());
            terminal.summary(&Text {
                zh: format!(
                    "《{}》已编成 {shown}：{count} 篇稿件；用时 {seconds:.2} 秒",
                    book.title()
                ),
                en: format!(
                    "Bound “{}” as {shown}: {}; {seconds:.2} s",
                    book.title(),
                    stories(count)
                ),
            });
            if arguments.form == BookForm::Html {
                terminal.summary(&Text {
                    zh: "用浏览器打开，按 Ctrl+P 打印，或存成 PDF".into(),
                    en: "Open it in a browser to print it or to save it as PDF.".into(),
                });
            }
        }
        Ok(None) => terminal.summary(&Text {
            zh: "没有编书：请先改正上面的错误".into(),
            en: "No book was written. Fix the errors above.".into(),
        }),
        Err(fault) => {
            terminal.fault(&fault);
            return Ok(FAILED);
        }
    }
    Ok(terminal.exit_code(&diagnostics, arguments.strict))
}

/// The book, if nothing is wrong.
fn bind<'p>(
    prepared: &'p Prepared,
    arguments: &BookArguments,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Book<'p>>, Fault> {
    let Prepared { site, plan, theme, .. } = prepared;
    let failed = |diagnostics: &[Diagnostic]| diagnostics.iter().any(Diagnostic::is_error);
    if failed(diagnostics) {
        return Ok(None);
    }
    let selection = &arguments.selection;
    let chosen = selection.stories(site).collect_into(diagnostics);
    if failed(diagnostics) {
        return Ok(None);
    }
    let book = Book::new(site, plan, theme, selection, chosen, arguments.title.as_deref())?;
    Ok(Some(book.collect_into(diagnostics)))
}

/// The reason why `place` must not be written to; `None` if there is none.
fn examine(
    root: &Path,
    arguments: &BookArguments,
    place: &Path,
) -> Result<Option<Diagnostic>, Fault> {
    let shown = place::shown(&arguments.output);
    // A link would be replaced, and so is not followed; the folder may lie behind links.
    let (Some(folder), Some(name)) = (place.parent(), place.file_name()) else {
        return Err(Fault::write(place, io::ErrorKind::InvalidFilename.into()));
    };
    if is_in_project(root, &absolute(folder)?.join(name))? {
        return Ok(Some(messages::book_in_project(&shown)));
    }
    if !arguments.force && place.is_file() && !is_ours(place)? {
        return Ok(Some(messages::book_in_the_way(&shown)));
    }
    Ok(None)
}

/// Has this program written the book that is at `place`?
fn is_ours(place: &Path) -> Result<bool, Fault> {
    let look = || -> io::Result<bool> {
        let mut file = fs::File::open(place)?;
        let length = file.metadata()?.len();
        let mut head = Vec::new();
        (&mut file).take(printable::HEAD).read_to_end(&mut head)?;
        file.seek(SeekFrom::Start(length.saturating_sub(epub::END)))?;
        let mut end = Vec::new();
        file.read_to_end(&mut end)?;
        Ok(printable::is_ours(&head) || epub::is_ours(&end))
    };
    look().map_err(|error| Fault::read(place, error))
}

fn write(book: &Book<'_>, form: BookForm, place: &Path, terminal: &Terminal) -> Result<(), Fault> {
    with_bar(terminal, ("编书", "binding"), |progress| {
        progress(Progress::Total(book.len()));
        let each = || progress(Progress::Done);
        replace(place, Durable::Yes, |out| match form {
            BookForm::Epub => epub::write(book, out, place, &each).map(drop),
            BookForm::Html => printable::pour(book, &each, &mut |piece| {
                out.write_all(piece).map_err(|error| Fault::write(place, error))
            }),
        })
    })
}
