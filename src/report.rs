//! Reports: what a campaign office wants to know of its site, as tables and lists, for the terminal,
//! for paper, and for a spreadsheet. Pure: a report is made of a site, and written as text or bytes.

mod coverage;
pub mod csv;
pub mod html;
pub mod messages;
pub mod spreadsheet;
pub mod terminal;

use crate::base::lang::{Bilingual, Lang, bilingual};
use crate::model::Site;

pub use coverage::coverage;

/// What can be reported on: a word of the command line, and what it is.
pub static REPORTS: &[(&str, Bilingual)] = &[(
    "coverage",
    bilingual(
        "覆盖情况：哪些单位、着力点、月份、载体、工作有稿件，哪些没有，接下来写什么",
        "coverage: which unit, focal point, month, carrier and work has stories, and what to write next",
    ),
)];

/// A report, in the language of its reader.
#[derive(Debug)]
pub struct Report {
    /// What it is called, with the name of the site.
    pub title: String,
    /// The day that it is of, and how much it is made of.
    pub about: String,
    /// The language of its words.
    pub lang: Lang,
    /// Its parts, in their order.
    pub parts: Vec<Part>,
}

/// A part of a report.
#[derive(Debug)]
pub struct Part {
    /// What it is called; short enough for a sheet of a spreadsheet.
    pub name: String,
    /// What is to be said about it, if anything.
    pub note: String,
    /// What is in it.
    pub body: Body,
}

/// What is in a part.
#[derive(Debug)]
pub enum Body {
    /// Counts, of which those that are nothing are to be seen.
    Counts {
        /// What the rows are.
        corner: String,
        /// The heads of the columns.
        columns: Vec<String>,
        /// The heads of the rows, and their counts.
        rows: Vec<(String, Vec<usize>)>,
    },
    /// A list.
    List {
        /// The heads of the columns.
        columns: Vec<String>,
        /// The rows.
        rows: Vec<Vec<String>>,
        /// What stands in its place if there is none.
        none: String,
    },
}

/// Makes the report of a name.
pub fn make(name: &str, site: &Site, year: Option<i32>, lang: Lang) -> Option<Report> {
    match name {
        "coverage" => Some(coverage(site, year, lang)),
        _ => None,
    }
}
