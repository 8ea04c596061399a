//! The list of what a build has written and removed, for whoever uploads the site by hand.

use std::io::Write;
use std::path::Path;

use super::messages;
use crate::base::atomic::{Durable, replace};
use crate::base::fault::Fault;
use crate::base::lang::{Lang, Text};
use crate::diagnostic::Diagnostic;
use crate::sink::disk::{Change, FileChange};
use crate::sink::place::shown;

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

/// Writes the list.
pub(super) fn write(
    root: &Path,
    file: &Path,
    output: &Path,
    changes: &[FileChange],
    lang: Lang,
) -> Result<(), Fault> {
    let place = root.join(file);
    replace(&place, Durable::No, |out| {
        let text = list(output, changes, lang);
        out.write_all(text.as_bytes()).map_err(|error| Fault::write(&place, error))
    })
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

/// The list as a text: a line a file, with the title of a page after a tab.
fn list(output: &Path, changes: &[FileChange], lang: Lang) -> String {
    let output = output.display();
    let first = Text {
        zh: format!("{}：{output} 里有 {} 个文件变了", FIRST_WORDS[0], changes.len()),
        en: format!("{}: {} files in {output}", FIRST_WORDS[1], changes.len()),
    };
    let mut text = format!("{}\n", first.get(lang));
    for kind in [Change::Added, Change::Changed, Change::Removed] {
        let of_kind: Vec<String> = lines(changes, kind).collect();
        if !of_kind.is_empty() {
            text.push_str(&format!("\n{}\n{}\n", heading(kind).get(lang), of_kind.join("\n")));
        }
    }
    text
}

/// The files of a kind of change, each with its title.
pub(super) fn lines(changes: &[FileChange], kind: Change) -> impl Iterator<Item = String> {
    changes.iter().filter(move |file| file.change == kind).map(|file| match &file.title {
        Some(title) => format!("{}\t{title}", file.path),
        None => file.path.clone(),
    })
}
