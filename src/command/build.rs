//! `build` and `check`.

use std::path::Path;
use std::time::{Instant, SystemTime};

use serde_json::{Value, json};

use super::progress::with_bar;
use super::{FAILED, Terminal, changes, fix, timings};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::base::parallel::with_jobs;
use crate::check;
use crate::cli::BuildArguments;
use crate::cli::Format;
use crate::pipeline::{self, BuildReport, Destination, Options, Scheduled, SiteCounts};
use crate::render::Stopwatch;
use crate::sink::disk::{self, Change, Tally};

pub(super) fn build(
    root: &Path,
    arguments: &BuildArguments,
    terminal: &Terminal,
) -> Result<u8, Fault> {
    let started = Instant::now();
    let output = root.join(&arguments.output);
    if let Some(file) = &arguments.changes
        && let Some(diagnostic) = changes::examine(root, file)?
    {
        terminal.show(&[diagnostic]);
        return Ok(FAILED);
    }
    let stopwatch = arguments.timings.then(Stopwatch::default);
    let report = with_bar(terminal, ("生成", "building"), |progress| {
        let target = Destination {
            output: &arguments.output,
            force: arguments.force,
            verify: arguments.verify,
            listing: arguments.changes.is_some() || terminal.verbose,
            time: SystemTime::now(),
            stopwatch: stopwatch.as_ref(),
        };
        let options = options(arguments);
        with_jobs(arguments.jobs, || pipeline::build(root, target, &options, progress))
    })?;
    terminal.show(&report.diagnostics);
    if let Some(fault) = &report.fault {
        terminal.fault(fault);
    }
    if let Some(stopwatch) = stopwatch {
        timings::show(&report.timings, &stopwatch.into_times(), terminal);
    }
    let seconds = started.elapsed().as_secs_f64();
    match &report.tally {
        Some(tally) => {
            if let Some(file) = &arguments.changes {
                changes::write(root, file, &arguments.output, &report, terminal.lang())?;
            }
            if terminal.format == Format::Json {
                terminal.summary_json(&summary_json(tally, &report, seconds, &arguments.output));
            } else {
                for kind in [Change::Added, Change::Changed, Change::Removed] {
                    changes::lines(&report.changes, kind)
                        .filter(|_| terminal.verbose)
                        .for_each(|line| terminal.summary(&change_line(kind, &line)));
                }
                terminal.summary(&summary(tally, &report.counts, seconds, &arguments.output));
                for line in left_out(&report.counts).into_iter().chain(warnings(&report)) {
                    terminal.summary(&line);
                }
            }
        }
        None => terminal.summary(&nothing_done(&output)),
    }
    Ok(match report.fault {
        Some(_) => FAILED,
        None => terminal.exit_code(&report.diagnostics, arguments.strict),
    })
}

pub(super) fn check(
    root: &Path,
    arguments: &BuildArguments,
    terminal: &Terminal,
) -> Result<u8, Fault> {
    if let Some(dry_run) = arguments.fix {
        fix::run(root, dry_run, terminal)?;
    }
    let stopwatch = arguments.timings.then(Stopwatch::default);
    let prepared = with_jobs(arguments.jobs, || {
        let mut prepared = pipeline::prepare(root, &options(arguments))?;
        if !prepared.site.stories.is_empty() {
            prepared.diagnostics.extend(check::more(&prepared.site, &prepared.plan));
        }
        pipeline::rehearse(&mut prepared, stopwatch.as_ref())?;
        disk::examine(root, &arguments.output, arguments.force, &mut prepared.diagnostics)?;
        let last = disk::last_build(root, &arguments.output)?;
        let title = |path: &str| last.title(path);
        let lost = check::lost::check(&prepared.site, &prepared.plan, last.paths(), title);
        prepared.diagnostics.extend(lost);
        Ok(prepared)
    })?;
    terminal.show(&prepared.diagnostics);
    if let Some(stopwatch) = stopwatch {
        timings::show(prepared.timings(), &stopwatch.into_times(), terminal);
    }
    let counts = prepared.counts();
    if prepared.diagnostics.is_empty() {
        terminal.summary(&Text {
            zh: format!("检查了 {} 篇稿件，没有发现问题", counts.stories),
            en: format!("Checked {}. Found no problems.", stories(counts.stories)),
        });
    }
    for line in left_out(&counts) {
        terminal.summary(&line);
    }
    Ok(terminal.exit_code(&prepared.diagnostics, arguments.strict))
}

fn options(arguments: &BuildArguments) -> Options {
    Options {
        drafts: arguments.drafts,
        base_url: arguments.base_url.clone(),
        links: arguments.links,
        ..Options::at(arguments.now)
    }
}

pub(super) fn stories(count: usize) -> String {
    format!("{count} {}", if count == 1 { "story" } else { "stories" })
}

fn summary(tally: &Tally, counts: &SiteCounts, seconds: f64, output: &Path) -> Text {
    let Tally { written, unchanged, removed } = *tally;
    let output = output.display();
    Text {
        zh: format!(
            "网站已生成到 {output}：{} 篇稿件、{} 个着力点；写入 {written} 个文件，未变 {unchanged} 个，删除 {removed} 个；用时 {seconds:.2} 秒",
            counts.stories, counts.focal_points
        ),
        en: format!(
            "Built {output}: {}, {} focal points; {written} files written, {unchanged} unchanged, {removed} removed; {seconds:.2} s",
            stories(counts.stories),
            counts.focal_points
        ),
    }
}

/// How many stories and pages were left out, and why.
pub(super) fn left_out(counts: &SiteCounts) -> Vec<Text> {
    let mut lines = Vec::new();
    if counts.drafts > 0 {
        lines.push(Text {
            zh: format!("有 {} 篇草稿没有发布（--drafts 可以预览）", counts.drafts),
            en: format!("Drafts not published: {} (preview them with --drafts)", counts.drafts),
        });
    }
    let due = counts.scheduled.iter().filter(|change| change.appears).count();
    if counts.withheld > due {
        lines.push(Text {
            zh: format!("有 {} 篇已经撤下", counts.withheld - due),
            en: format!("Expired: {}", counts.withheld - due),
        });
    }
    lines.extend(counts.scheduled.iter().take(SCHEDULED).map(scheduled));
    if let Some(more @ 1..) = counts.scheduled.len().checked_sub(SCHEDULED) {
        lines.push(Text {
            zh: format!("以后还有 {more} 篇要按时间发布或撤下"),
            en: format!("Later: {more} more to appear or to go by their time"),
        });
    }
    lines
}

/// So many changes that time will bring are told one by one.
const SCHEDULED: usize = 5;

/// When a story will appear or go, which it does only if the site is built again.
fn scheduled(change: &Scheduled) -> Text {
    let Scheduled { at, appears, title, .. } = change;
    let clock = at.clock().filter(|clock| clock != "00:00");
    let at = [Some(at.date()), clock].into_iter().flatten().collect::<Vec<_>>().join(" ");
    match appears {
        true => Text {
            zh: format!("《{title}》{at} 发布：过了那时再生成一次，网站上才会有"),
            en: format!(
                "“{title}” is due on {at}: build again after that, and the site will have it"
            ),
        },
        false => Text {
            zh: format!("《{title}》{at} 撤下：过了那时再生成一次，网站上才会没有"),
            en: format!("“{title}” expires on {at}: build again after that, and it will be gone"),
        },
    }
}

/// A file that was written or removed.
fn change_line(kind: Change, line: &str) -> Text {
    let (zh, en) = match kind {
        Change::Added => ("新增", "added"),
        Change::Changed => ("修改", "changed"),
        Change::Removed => ("删除", "removed"),
    };
    Text { zh: format!("{zh}  {line}"), en: format!("{en}  {line}") }
}

/// The summary for programs.
fn summary_json(tally: &Tally, report: &BuildReport, seconds: f64, output: &Path) -> Value {
    let counts = &report.counts;
    let scheduled = counts.scheduled.iter().map(|change| {
        json!({
            "at": change.at.rfc3339(),
            "change": if change.appears { "appears" } else { "expires" },
            "title": change.title,
            "path": change.path,
        })
    });
    json!({
        "output": output.display().to_string(),
        "stories": counts.stories,
        "drafts": counts.drafts,
        "written": tally.written,
        "unchanged": tally.unchanged,
        "removed": tally.removed,
        "scheduled": scheduled.collect::<Vec<_>>(),
        "seconds": (seconds * 1000.0).round() / 1000.0,
    })
}

/// What to know before the site is published.
fn warnings(report: &BuildReport) -> Vec<Text> {
    let mut lines = Vec::new();
    let previews = report.counts.previews;
    if previews > 0 {
        lines.push(Text {
            zh: format!("注意：其中 {previews} 篇是草稿，或还没到发布时间，只供预览，不要上传"),
            en: format!("Warning: drafts or stories that are not due yet: {previews}. Do not publish this build."),
        });
    }
    if report.counts.unaddressed {
        lines.push(Text {
            zh: "正式发布前，请在 content/site.yaml 里写上 base_url（网站地址），订阅和站点地图才完整".into(),
            en: "Before you publish, set base_url in content/site.yaml. The feed and the sitemap need it.".into(),
        });
    }
    lines
}

fn nothing_done(output: &Path) -> Text {
    if output.exists() {
        Text {
            zh: "没有生成：请先改正上面的错误，原来的网站没有改动".into(),
            en: "Nothing was built. Fix the errors above. The existing site was not changed."
                .into(),
        }
    } else {
        Text {
            zh: "没有生成：请先改正上面的错误".into(),
            en: "Nothing was built. Fix the errors above.".into(),
        }
    }
}
