//! `archive`, `archive verify` and `archive diff`.

use std::io::Write;
use std::path::Path;

use super::progress::with_bar;
use super::{FAILED, Terminal};
use crate::archive::diff::{Difference, ItemChange};
use crate::archive::{self, ArchiveOptions, ArchiveReport};
use crate::base::atomic::{Durable, replace};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::base::parallel::with_jobs;
use crate::cli::{ArchiveArguments, Format, MakeArguments};
use crate::sink::place::shown;

pub(super) fn run(
    root: &Path,
    arguments: &ArchiveArguments,
    terminal: &Terminal,
) -> Result<u8, Fault> {
    match arguments {
        ArchiveArguments::Make(arguments) => make(root, arguments, terminal),
        ArchiveArguments::Verify { bag, strict, jobs } => {
            with_jobs(*jobs, || verify(root, bag, *strict, terminal))
        }
        ArchiveArguments::Diff { old, new, csv, force } => {
            diff(root, (old, new), csv.as_deref(), *force, terminal)
        }
    }
}

fn make(root: &Path, arguments: &MakeArguments, terminal: &Terminal) -> Result<u8, Fault> {
    let options = ArchiveOptions {
        selection: arguments.selection.clone(),
        target: arguments.output.clone(),
        force: arguments.force,
        dry_run: arguments.dry_run,
        now: arguments.now,
    };
    let report = with_bar(terminal, ("归档", "archiving"), |progress| {
        with_jobs(arguments.jobs, || archive::make(root, &options, progress))
    })?;
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

fn summary(report: &ArchiveReport, dry_run: bool, code: u8) -> Text {
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
                    "Wrote the bag {target}: {all} items ({new} newly numbered), {files} files, {megabytes:.1} MB\n\
                     To check it: xianfeng archive verify {target}"
                ),
            }
        }
        None if dry_run && code != FAILED => Text {
            zh: format!("共 {all} 件：新编 {new} 个档号，已有 {kept} 个；什么也没有写"),
            en: format!(
                "{all} items: {new} would be newly numbered, {kept} have numbers. Nothing was written."
            ),
        },
        None => Text {
            zh: "没有做归档包：请先改正上面的错误".into(),
            en: "No bag was written. Fix the errors above.".into(),
        },
    }
}

fn verify(root: &Path, bag: &Path, strict: bool, terminal: &Terminal) -> Result<u8, Fault> {
    let report = with_bar(terminal, ("检查", "verifying"), |progress| {
        archive::verify::verify(&root.join(bag), &shown(bag), progress)
    })?;
    terminal.show(&report.diagnostics);
    let code = terminal.exit_code(&report.diagnostics, strict);
    let (bag, files, megabytes) = (bag.display(), report.files, report.bytes as f64 / 1e6);
    terminal.summary(&match (code, report.items) {
        (FAILED, _) => Text {
            zh: format!("归档包 {bag} 有问题，见上面的说明"),
            en: format!("The bag {bag} has errors; see above."),
        },
        (_, Some(items)) => Text {
            zh: format!("归档包 {bag} 完好：{items} 件，{files} 个文件，{megabytes:.1} MB，逐个核对过"),
            en: format!("The bag {bag} is complete: {items} items, {files} files, {megabytes:.1} MB, all verified."),
        },
        (_, None) => Text {
            zh: format!("归档包 {bag} 完好：{files} 个文件，{megabytes:.1} MB，逐个核对过；它是别的程序做的，只按 BagIt 检查"),
            en: format!("The bag {bag} is complete: {files} files, {megabytes:.1} MB, all verified. Another program made it, so it was checked as BagIt only."),
        },
    });
    Ok(code)
}

fn diff(
    root: &Path,
    (old, new): (&Path, &Path),
    csv: Option<&Path>,
    force: bool,
    terminal: &Terminal,
) -> Result<u8, Fault> {
    let mut diagnostics = Vec::new();
    let differences = archive::diff::diff(
        (&root.join(old), &shown(old)),
        (&root.join(new), &shown(new)),
        &mut diagnostics,
    )?;
    if let Some(csv) = csv.filter(|csv| !force && root.join(csv).symlink_metadata().is_ok()) {
        diagnostics.push(crate::archive::messages::diff_file_exists(&shown(csv)));
    }
    terminal.show(&diagnostics);
    let code = terminal.exit_code(&diagnostics, false);
    let Some(differences) = differences.filter(|_| code != FAILED) else {
        terminal.summary(&Text {
            zh: "没有比较：请先解决上面的问题".into(),
            en: "Nothing was compared. Fix the errors above.".into(),
        });
        return Ok(code);
    };
    if let Some(path) = csv {
        let (place, csv) = (root.join(path), archive::diff::csv(&differences));
        replace(&place, Durable::Yes, |out| {
            out.write_all(csv.as_bytes()).map_err(|error| Fault::write(&place, error))
        })?;
    }
    let count = |change| differences.iter().filter(|d| d.change == change).count();
    let counts = [ItemChange::Added, ItemChange::Changed, ItemChange::Withdrawn].map(count);
    for difference in &differences {
        let lang = terminal.lang();
        let (word, details) = (difference.change.word(), difference.details());
        let Difference { number, title, .. } = difference;
        if terminal.format == Format::Json {
            let files: Vec<String> =
                difference.files.iter().map(|(sign, name)| format!("{sign}{name}")).collect();
            let line = serde_json::json!({
                "change": word.en, "number": number, "title": title,
                "date": difference.date, "files": files,
            });
            terminal.print(&line.to_string());
        } else {
            let details = match details.get(lang) {
                "" => String::new(),
                details => format!("  ({details})"),
            };
            terminal.print(&format!("{} {number}  {title}{details}", word.get(lang)));
        }
    }
    let [added, changed, withdrawn] = counts;
    terminal.summary(&Text {
        zh: format!("新增 {added} 件，修改 {changed} 件，撤下 {withdrawn} 件"),
        en: format!("{added} added, {changed} changed, {withdrawn} withdrawn"),
    });
    Ok(code)
}
