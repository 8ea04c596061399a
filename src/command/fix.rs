//! `check --fix`: slips that are sure are taken out, and each is shown.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::Terminal;
use crate::base::atomic::{Durable, replace};
use crate::base::content::Carried;
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::check::fixes::{Change, Left, fix};
use crate::cli::Format;
use crate::diagnostic::report::one_line;
use crate::load::walk;
use crate::source::SourcePath;

pub(super) fn run(root: &Path, dry_run: bool, terminal: &Terminal) -> Result<(), Fault> {
    let (mut files, mut places) = (0, 0);
    for found in walk(root)?.value {
        let Carried::Disk(file) = &found.file else { continue };
        let Some(fixed) = fix(&found.path, &found.file.bytes()?) else { continue };
        if !dry_run && !fixed.changes.is_empty() {
            let rights = fs::metadata(file).map(|meta| meta.permissions());
            // A file that cannot be made again.
            replace(file, Durable::Yes, |out| {
                out.write_all(&fixed.bytes).map_err(|error| Fault::write(file, error))
            })?;
            if let Ok(rights) = rights {
                fs::set_permissions(file, rights).map_err(|error| Fault::write(file, error))?;
            }
        }
        for change in &fixed.changes {
            terminal.print(&shown(&found.path, change, terminal.format));
        }
        for left in &fixed.left {
            terminal.print(&shown_left(&found.path, left, terminal));
        }
        files += usize::from(!fixed.changes.is_empty());
        places += fixed.changes.len();
    }
    if terminal.format == Format::Human {
        terminal.summary(&summary(files, places, dry_run));
    }
    Ok(())
}

/// A change: its place, the line before and after.
fn shown(path: &SourcePath, change: &Change, format: Format) -> String {
    let Change { line, before, after } = change;
    match format {
        Format::Json => {
            let path = path.as_str();
            serde_json::json!({ "path": path, "line": line, "before": before, "after": after })
                .to_string()
        }
        Format::Human => {
            let (before, after) = (visible(before), visible(after));
            format!("{path}:{line}:\n  - {before}\n  + {after}")
        }
    }
}

/// A line that somebody has to look at.
fn shown_left(path: &SourcePath, left: &Left, terminal: &Terminal) -> String {
    let Left { line, before, why } = left;
    let (path, why) = (path.as_str(), why.get(terminal.lang()));
    if terminal.format == Format::Json {
        return serde_json::json!({ "path": path, "line": line, "before": before, "left": why })
            .to_string();
    }
    let before = visible(before);
    let text = Text {
        zh: format!("{path}:{line}: 这一行拿不准，没有改，请您看看：{why}\n  = {before}"),
        en: format!(
            "{path}:{line}: not sure, and not changed; look at it yourself: {why}\n  = {before}"
        ),
    };
    text.get(terminal.lang()).to_string()
}

/// A line with what nobody would see named.
fn visible(line: &str) -> String {
    let unseen =
        |c: char| matches!(c, '\u{200B}' | '\u{2060}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}');
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '\t' => out.push_str("<Tab>"),
            c if unseen(c) => out.push_str(&format!("<U+{:04X}>", c as u32)),
            c => out.push(c),
        }
    }
    one_line(&out)
}

fn summary(files: usize, places: usize, dry_run: bool) -> Text {
    match (places, dry_run) {
        (0, _) => Text {
            zh: "没有能自动改的地方".into(),
            en: "There is nothing that can be fixed for you.".into(),
        },
        (_, true) => Text {
            zh: format!("可以改 {files} 个文件里的 {places} 行；去掉 --dry-run 就会改"),
            en: format!("Would fix {places} lines in {files} files; without --dry-run they are."),
        },
        (_, false) => Text {
            zh: format!("改好了 {files} 个文件里的 {places} 行"),
            en: format!("Fixed {places} lines in {files} files."),
        },
    }
}
