//! The options of `book`.

use std::path::{Path, PathBuf};

use super::complaints::both;
use super::options::Given;
use super::{build, selection};
use crate::base::text;
use crate::diagnostic::Text;
use crate::model::selection::Selection;
use crate::value::moment::Moment;

/// What to bind, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct BookArguments {
    /// The file, relative to the project where it is not absolute.
    pub output: PathBuf,
    /// What the book is written as.
    pub form: BookForm,
    /// Which stories.
    pub selection: Selection,
    /// In place of the site's title.
    pub title: Option<String>,
    /// The time that it is, and whether it was given without an offset.
    pub now: Option<(Moment, bool)>,
    /// Warnings end with exit code 3.
    pub strict: bool,
    /// Replace a file that is no book of ours.
    pub force: bool,
}

/// What a book is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookForm {
    /// For e-book readers.
    Epub,
    /// One page, to be printed.
    Html,
}

impl BookForm {
    /// The form that a value of `--format` names; others choose the shape of messages.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "epub" => Some(BookForm::Epub),
            "html" => Some(BookForm::Html),
            _ => None,
        }
    }

    fn of_file(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_lowercase().as_str() {
            "epub" => Some(BookForm::Epub),
            "html" | "htm" => Some(BookForm::Html),
            _ => None,
        }
    }

    fn file(self) -> &'static str {
        match self {
            BookForm::Epub => "book.epub",
            BookForm::Html => "book.html",
        }
    }
}

/// The longest title, in characters.
const TITLE_LIMIT: usize = 100;

/// Reads the options.
pub(super) fn read(given: &Given) -> Result<BookArguments, Text> {
    let (mut output, mut form, mut title, mut now) = (None, None, None, None);
    for option in given.options() {
        match option.name() {
            "--output-file" => output = Some(option.path()?),
            "--format" => form = BookForm::from_word(option.text()?).or(form),
            "--title" => title = Some(read_title(option.text()?)?),
            "--now" => now = Some(build::now(option.text()?)?),
            _ => {}
        }
    }
    let by_name = output.as_deref().and_then(BookForm::of_file);
    if let (Some(form), Some(by_name)) = (form, by_name)
        && form != by_name
    {
        return Err(both(
            "-o 的文件名和 --format 不一致：电子书以 .epub 结尾，打印用的网页以 .html 结尾",
            "the file of -o and --format differ: an e-book ends in .epub, a page in .html",
        ));
    }
    let form = form.or(by_name).unwrap_or(BookForm::Epub);
    Ok(BookArguments {
        output: output.unwrap_or_else(|| form.file().into()),
        form,
        selection: selection::read(given)?,
        title,
        now,
        strict: given.has("--strict"),
        force: given.has("--force"),
    })
}

fn read_title(title: &str) -> Result<String, Text> {
    let title = text::fold(title);
    match title.chars().count() {
        0 => Err(both("--title 后面是空的", "--title is empty")),
        1..=TITLE_LIMIT => Ok(title),
        n => Err(both(
            format!("书名有 {n} 个字，最多 {TITLE_LIMIT} 个字"),
            format!("the title has {n} characters; {TITLE_LIMIT} is the most"),
        )),
    }
}
