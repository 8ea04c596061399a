//! `book`.

use std::path::{Path, PathBuf};

use super::complaints::both;
use super::given::Given;
use super::table::{CommandSpec, STRICT, Values, bilingual, option};
use super::{Command, selection, values};
use crate::base::lang::Text;
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
    /// With drafts, and with what is not due yet.
    pub drafts: bool,
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

pub(super) const BOOK: CommandSpec = CommandSpec {
    name: "book",
    positionals: &[],
    options: &[
        &[
            option(
                "--output-file",
                bilingual(
                    "书放在哪里（默认网站文件夹里的 book.epub 或 book.html）",
                    "File for the book (default: book.epub or book.html in the project folder)",
                ),
            )
            .letter('o')
            .value(bilingual("文件", "FILE"), Values::File),
            option(
                "--format",
                bilingual(
                    "epub 是电子书（默认）；html 是一个网页，用浏览器打印成纸书或 PDF（human 和 json 仍然是错误和警告的格式，可以和它同时写）",
                    "An e-book (the default), or one page to print from a browser (human and json are the formats of errors and warnings here too, and may be given as well)",
                ),
            )
            .value(
                bilingual("epub|html", "epub|html"),
                Values::Words(&["epub", "html", "human", "json"]),
            ),
        ],
        selection::OPTIONS,
        &[
            option(
                "--title",
                bilingual(
                    "书名；不写就用网站名称，加上所选的年份、类型、着力点",
                    "Title of the book (default: the site's title and what was chosen)",
                ),
            )
            .value(bilingual("书名", "TITLE"), Values::Text),
            option(
                "--now",
                bilingual(
                    "编书的时间，也按它判断发布和撤下，例如 2026-12-31（默认是现在）",
                    "Time of the book, which also decides what is published, such as 2026-12-31 (default: now)",
                ),
            )
            .value(bilingual("时间", "TIME"), Values::Text),
            option(
                "--drafts",
                bilingual(
                    "草稿和未到发布时间的稿件也编进去（送审用，不要发布）",
                    "Include drafts and stories that are not due yet (for review only)",
                ),
            ),
            option(
                "--force",
                bilingual(
                    "覆盖不是本程序编的文件（自己以前编的书直接覆盖）",
                    "Replace a file that is not a book by xianfeng (such a book is always replaced)",
                ),
            ),
            STRICT,
        ],
    ],
    summary: bilingual(
        "把稿件编成电子书（EPUB），或编成一个可以打印的网页",
        "Bind stories into an e-book, or into one page to print",
    ),
    description: bilingual(
        "把稿件编成一本书：封面、目录、按着力点分部分的稿件、人名与单位索引。稿件有错误时不编，原来的书还在。",
        "Binds stories into a book: cover, contents, the stories by focal point, an index of people and units. If the content has errors, an existing book is not changed.",
    ),
    examples: &[
        bilingual(
            "xianfeng book --year 2026 --kind branch,member -o 2026年典型事迹.epub",
            "xianfeng book --year 2026 --kind branch,member -o cases.epub",
        ),
        bilingual(
            "xianfeng book --focal-point 抓好民生 --format html",
            "xianfeng book --focal-point livelihood --format html",
        ),
    ],
    read: |given| Ok(Command::Book(read(given)?)),
};

fn read(given: &Given) -> Result<BookArguments, Text> {
    let output = given.path("--output-file")?;
    let forms = given.values("--format", |word| Ok(BookForm::from_word(word)))?;
    let form = forms.into_iter().flatten().last();
    let by_name = output.as_deref().and_then(BookForm::of_file);
    if let (Some(form), Some(by_name)) = (form, by_name)
        && form != by_name
    {
        return Err(both(
            "-o 的文件名和 --format 不一致：电子书以 .epub 结尾，打印用的网页以 .html 结尾",
            "the file of -o and --format differ: an e-book ends in .epub, a page in .html",
        ));
    }
    if let (Some(file), None) = (&output, by_name) {
        values::ending_known(file, &["epub", "html"])?;
    }
    let form = form.or(by_name).unwrap_or(BookForm::Epub);
    Ok(BookArguments {
        output: output.unwrap_or_else(|| form.file().into()),
        form,
        selection: selection::read(given)?,
        title: given.value("--title", |title| values::title(title, "书名"))?,
        now: given.value("--now", values::moment)?,
        drafts: given.has("--drafts"),
        strict: given.has("--strict"),
        force: given.has("--force"),
    })
}
