//! The list of what is different since the last list, for whoever uploads the site by hand.

use std::io::Write;
use std::path::Path;

use super::messages;
use crate::base::atomic::{Durable, replace};
use crate::base::fault::Fault;
use crate::base::lang::{Lang, Text};
use crate::cache::{Cache, Unused};
use crate::diagnostic::Diagnostic;
use crate::pipeline::BuildReport;
use crate::sink::disk::{Change, FileChange, Listed};
use crate::sink::place::{absolute, shown};

/// What a list of ours begins with, so that no other file is taken for one.
const FIRST_WORDS: [&str; 2] = ["网站改动清单", "Changes of the site"];

/// Complains if the list would take the place of a file that is no list of ours.
pub(super) fn examine(root: &Path, file: &Path) -> Result<Option<Diagnostic>, Fault> {
    let place = root.join(file);
    if !place.exists() {
        return Ok(None);
    }
    let text = std::fs::read(&place).map_err(|error| Fault::read(&place, error))?;
    let ours = FIRST_WORDS.iter().any(|words| text.starts_with(words.as_bytes()));
    Ok((!ours).then(|| messages::changes_in_the_way(&shown(file))))
}

/// Writes the list of what is different since the last one, and then remembers that it was listed:
/// a list that could not be written loses nothing.
pub(super) fn write(
    root: &Path,
    file: &Path,
    output: &Path,
    report: &BuildReport,
    lang: Lang,
) -> Result<(), Fault> {
    let place = root.join(file);
    let (cache, folder) = (Cache::of(root), absolute(&root.join(output))?);
    let (before, start) = match Listed::read(&cache, &folder) {
        Ok(before) => (before, Start::LastList),
        // One was written before, and what it had is not known any more.
        Err(unused) if unused != Unused::Missing || place.exists() => {
            (Listed::default(), Start::Lost)
        }
        Err(_) => (Listed::default(), Start::First),
    };
    let mut changes = before.changes(&folder, &report.record);
    if start != Start::LastList {
        // What this build has removed is all that is known.
        let removed = report.changes.iter().filter(|file| file.change == Change::Removed);
        changes.extend(removed.cloned());
    }
    replace(&place, Durable::No, |out| {
        let text = list(output, &changes, start, lang);
        out.write_all(text.as_bytes()).map_err(|error| Fault::write(&place, error))
    })?;
    before.now(&folder, &report.record).keep(&cache, &folder);
    Ok(())
}

/// What a list counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    /// From the list before.
    LastList,
    /// There was none before.
    First,
    /// There was one, and nobody knows what was in it.
    Lost,
}

impl Start {
    /// What is to be said of it.
    fn note(self) -> Option<Text> {
        let (zh, en) = match self {
            Self::LastList => return None,
            Self::First => (
                "这是这个文件夹的第一份清单，所以全部文件都列在“新增”里；以后只列和上一份清单不同的。",
                "The first list of this folder, so every file is new. Later ones list what is different since the last.",
            ),
            Self::Lost => (
                "上一份清单的记录找不到了（.xianfeng 文件夹被删掉，或者换了电脑），所以全部文件都列在“新增”里。\n\
                 以前上传过、现在网站上已经没有的网页，这里不一定列得出来：请把服务器上原来的文件清空，再全部上传。",
                "The record of the last list is gone (the folder .xianfeng was deleted, or this is another computer), so every file is listed as new.\n\
                 Pages that were uploaded before and are gone since may be missing here: empty the folder on the server, then upload everything.",
            ),
        };
        Some(Text { zh: zh.into(), en: en.into() })
    }
}

/// What a kind of change is called, with what is to be done about it.
fn heading(change: Change) -> Text {
    let (zh, en) = match change {
        Change::Added => ("新增（上传）", "Added (upload)"),
        Change::Changed => ("修改（上传，覆盖原来的）", "Changed (upload, over the old ones)"),
        Change::Removed => {
            ("删除（在服务器上也要删掉）", "Removed (delete them on the server, too)")
        }
    };
    Text { zh: zh.into(), en: en.into() }
}

/// The list as a text: a line a file, with the title of a page after a tab. What must be deleted
/// comes first, as that is forgotten most easily; what only the search reads comes last.
fn list(output: &Path, changes: &[FileChange], start: Start, lang: Lang) -> String {
    let output = output.display();
    let first = Text {
        zh: format!("{}：{output} 里有 {} 个文件变了", FIRST_WORDS[0], changes.len()),
        en: format!("{}: {} files in {output}", FIRST_WORDS[1], changes.len()),
    };
    let mut text = format!("{}\n", first.get(lang));
    if let Some(note) = start.note() {
        text.push_str(&format!("{}\n", note.get(lang)));
    }
    let (inside, shown): (Vec<_>, Vec<_>) =
        changes.iter().cloned().partition(|file| is_of_search(&file.path));
    let of_search = Text { zh: "站内搜索用的文件：".into(), en: "Of the search: ".into() };
    for (files, whose) in [(&shown, ""), (&inside, of_search.get(lang))] {
        for kind in ORDER {
            let of_kind: Vec<String> = lines(files, kind).collect();
            if !of_kind.is_empty() {
                let head = heading(kind);
                let of_kind = of_kind.join("\n");
                text.push_str(&format!("\n{whose}{}\n{of_kind}\n", head.get(lang)));
            }
        }
    }
    text
}

/// The kinds of changes as they stand in a list.
const ORDER: [Change; 3] = [Change::Removed, Change::Added, Change::Changed];

/// Is it read by the search alone?
fn is_of_search(path: &str) -> bool {
    path.starts_with("search/") && !path.ends_with(".html")
}

/// The files of a kind of change, each with its title; pages first.
pub(super) fn lines(changes: &[FileChange], kind: Change) -> impl Iterator<Item = String> {
    let of = move |pages: bool| {
        let of_kind =
            move |file: &&FileChange| file.change == kind && file.title.is_some() == pages;
        changes.iter().filter(of_kind)
    };
    of(true).chain(of(false)).map(|file| match &file.title {
        Some(title) => format!("{}\t{title}", file.path),
        None => file.path.clone(),
    })
}
