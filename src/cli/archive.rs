//! The options and words of `archive`.

use std::path::PathBuf;

use super::build::{jobs, now};
use super::complaints::both;
use super::options::Given;
use super::selection;
use crate::base::text;
use crate::diagnostic::Text;
use crate::model::selection::Selection;
use crate::value::kind::Kind;
use crate::value::moment::Moment;

/// What to do about bags.
#[derive(Clone, Debug, PartialEq)]
pub enum ArchiveArguments {
    /// Make one.
    Make(MakeArguments),
    /// Check one.
    Verify {
        /// Its folder.
        bag: PathBuf,
        /// Warnings end with exit code 3.
        strict: bool,
        /// So many threads.
        jobs: Option<usize>,
    },
    /// Compare two.
    Diff {
        /// The older one.
        old: PathBuf,
        /// The newer one.
        new: PathBuf,
        /// A file for the differences as CSV.
        csv: Option<PathBuf>,
        /// May it take the place of a file that is there?
        force: bool,
    },
}

/// How to make a bag.
#[derive(Clone, Debug, PartialEq)]
pub struct MakeArguments {
    /// Which stories.
    pub selection: Selection,
    /// The bag's folder, where it was named.
    pub output: Option<PathBuf>,
    /// The time that it is, and whether it was given without an offset.
    pub now: Option<(Moment, bool)>,
    /// Take the place of a bag that is there.
    pub force: bool,
    /// Only show what would be numbered.
    pub dry_run: bool,
    /// Warnings end with exit code 3.
    pub strict: bool,
    /// So many threads.
    pub jobs: Option<usize>,
}

/// The words behind `archive`.
const WORDS: [&str; 2] = ["verify", "diff"];

/// Reads the words behind `archive`, and the options.
pub(super) fn read(words: &[String], given: &Given) -> Result<ArchiveArguments, Text> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let strict = given.has("--strict");
    let (name, arguments) = match words[..] {
        [] => ("", ArchiveArguments::Make(make(given)?)),
        ["verify", bag] => {
            let jobs = threads(given)?;
            ("verify", ArchiveArguments::Verify { bag: bag.into(), strict, jobs })
        }
        ["diff", old, new] => {
            let csv = given.options().find(|option| option.name() == "--csv");
            let csv = csv.map(|option| option.path()).transpose()?;
            let (old, new, force) = (old.into(), new.into(), given.has("--force"));
            ("diff", ArchiveArguments::Diff { old, new, csv, force })
        }
        ["verify", ..] => {
            return Err(both(
                "archive verify 后面写一个归档包的文件夹，例如：xianfeng archive verify 归档包",
                "archive verify takes one bag: xianfeng archive verify BAG",
            ));
        }
        ["diff", ..] => {
            return Err(both(
                "archive diff 后面写两个归档包的文件夹，旧的在前：xianfeng archive diff 旧包 新包",
                "archive diff takes two bags: xianfeng archive diff OLD NEW",
            ));
        }
        [word, ..] => return Err(unknown(word)),
    };
    let taken: &[&str] = match name {
        "verify" => &["--strict", "--jobs"],
        "diff" => &["--csv", "--force"],
        _ => &[
            "--output-dir",
            "--year",
            "--kind",
            "--focal-point",
            "--now",
            "--force",
            "--dry-run",
            "--strict",
            "--jobs",
        ],
    };
    let of_archive = given.options().filter(|option| !option.is_common());
    if let Some(other) = of_archive.map(|option| option.name()).find(|name| !taken.contains(name)) {
        let command = if name.is_empty() { "archive".into() } else { format!("archive {name}") };
        return Err(both(
            format!("{command} 命令不用 {other} 这个选项"),
            format!("{command} does not take {other}"),
        ));
    }
    Ok(arguments)
}

fn unknown(word: &str) -> Text {
    match text::nearest(word, WORDS) {
        Some(near) => both(
            format!("archive 后面不能是“{word}”，是不是 {near}？"),
            format!("archive knows no “{word}”; did you mean {near}?"),
        ),
        None => both(
            format!("archive 后面不能是“{word}”；归档包放在哪里用 -o 指明"),
            format!("archive knows no “{word}”; where the bag goes is said with -o"),
        ),
    }
}

fn make(given: &Given) -> Result<MakeArguments, Text> {
    let mut selection = selection::read(given)?;
    if selection.kinds.is_empty() {
        // The typical cases (典型事迹).
        selection.kinds = vec![Kind::Branch, Kind::Member];
    }
    let mut arguments = MakeArguments {
        selection,
        output: None,
        now: None,
        force: given.has("--force"),
        dry_run: given.has("--dry-run"),
        strict: given.has("--strict"),
        jobs: threads(given)?,
    };
    for option in given.options() {
        match option.name() {
            "--output-dir" => arguments.output = Some(option.path()?),
            "--now" => arguments.now = Some(now(option.text()?)?),
            _ => {}
        }
    }
    Ok(arguments)
}

fn threads(given: &Given) -> Result<Option<usize>, Text> {
    let option = given.options().filter(|option| option.name() == "--jobs").last();
    option.map(|option| jobs(option.text()?)).transpose()
}
