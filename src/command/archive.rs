//! `archive`, `archive verify` and `archive diff`.

use std::path::Path;

use super::build::progress_bar;
use super::{FAILED, Terminal};
use crate::archive::{self, Options, Report};
use crate::cli::{ArchiveArguments, MakeArguments};
use crate::diagnostic::{Fault, Text};
use crate::model::moment::Moment;
use crate::parallel::with_jobs;
use crate::pipeline::Progress;

pub(super) fn run(
    root: &Path,
    arguments: &ArchiveArguments,
    terminal: &Terminal,
) -> Result<u8, Fault> {
    match arguments {
        ArchiveArguments::Make(arguments) => make(root, arguments, terminal),
        _ => Ok(FAILED),
    }
}

fn make(root: &Path, arguments: &MakeArguments, terminal: &Terminal) -> Result<u8, Fault> {
    let options = Options {
        selection: arguments.selection.clone(),
        target: arguments.output.clone(),
        force: arguments.force,
        dry_run: arguments.dry_run,
        now: arguments.now.unwrap_or_else(|| (Moment::now(), false)),
    };
    let bar = progress_bar(terminal, ("归档", "archiving"));
    let report = with_jobs(arguments.jobs, || {
        archive::make(root, &options, &|step| match step {
            Progress::Total(total) => bar.set_length(total as u64),
            Progress::Done => bar.inc(1),
        })
    });
    bar.finish_and_clear();
    let report = report?;
    terminal.show(&report.diagnostics);
    if let Some(fault) = &report.fault {
        terminal.fault(fault);
    }
    let code = match report.fault {
        Some(_) => FAILED,
        None => terminal.exit_code(&report.diagnostics, arguments.strict),
    };
    if arguments.dry_run && code != FAILED {
        for (number, title, path, new) in &report.items {
            let (zh, en) = if *new { ("新编", "new ") } else { ("已有", "kept") };
            let line = |word| format!("{word} {number}  {title}  {path}");
            terminal.summary(&Text { zh: line(zh), en: line(en) });
        }
    }
    terminal.summary(&summary(&report, arguments.dry_run, code));
    Ok(code)
}

fn summary(report: &Report, dry_run: bool, code: u8) -> Text {
    let all = report.items.len();
    let new = report.items.iter().filter(|(.., new)| *new).count();
    let kept = all - new;
    match &report.written {
        Some((target, files, bytes)) => {
            let (target, megabytes) = (target.display(), *bytes as f64 / 1e6);
            Text {
                zh: format!(
                    "归档包已经做好：{target}；{all} 件（新编 {new} 个档号），{files} 个文件，{megabytes:.1} MB\n\
                     检查它：xianfeng archive verify {target}"
                ),
                en: format!(
                    "wrote the bag {target}: {all} items ({new} newly numbered), {files} files, {megabytes:.1} MB\n\
                     check it: xianfeng archive verify {target}"
                ),
            }
        }
        None if dry_run && code != FAILED => Text {
            zh: format!("共 {all} 件：新编 {new} 个档号，已有 {kept} 个；什么也没有写"),
            en: format!("{all} items: {new} newly numbered, {kept} kept; nothing was written"),
        },
        None => Text {
            zh: "没有做归档包：请先改正上面的错误".into(),
            en: "no bag was written: mend the errors above".into(),
        },
    }
}
