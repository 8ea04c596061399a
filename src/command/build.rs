//! `build` and `check`.

use std::path::Path;
use std::time::{Instant, SystemTime};

use super::progress::with_bar;
use super::{FAILED, Terminal, timings};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::base::parallel::with_jobs;
use crate::check;
use crate::cli::BuildArguments;
use crate::pipeline::{self, BuildReport, Destination, Options, SiteCounts};
use crate::render::Stopwatch;
use crate::sink::disk::{self, Tally};

pub(super) fn build(
    root: &Path,
    arguments: &BuildArguments,
    terminal: &Terminal,
) -> Result<u8, Fault> {
    let started = Instant::now();
    let output = root.join(&arguments.output);
    let stopwatch = arguments.timings.then(Stopwatch::default);
    let report = with_bar(terminal, ("生成", "building"), |progress| {
        let target = Destination {
            output: &arguments.output,
            force: arguments.force,
            verify: arguments.verify,
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
            terminal.summary(&summary(tally, &report.counts, seconds, &arguments.output));
            for line in left_out(&report.counts).into_iter().chain(warnings(&report)) {
                terminal.summary(&line);
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
    let stopwatch = arguments.timings.then(Stopwatch::default);
    let prepared = with_jobs(arguments.jobs, || {
        let mut prepared = pipeline::prepare(root, &options(arguments))?;
        if !prepared.site.stories.is_empty() {
            prepared.diagnostics.extend(check::more(&prepared.site));
        }
        pipeline::rehearse(&mut prepared, stopwatch.as_ref())?;
        disk::examine(root, &arguments.output, arguments.force, &mut prepared.diagnostics)?;
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
fn left_out(counts: &SiteCounts) -> Vec<Text> {
    let mut lines = Vec::new();
    if counts.drafts > 0 {
        lines.push(Text {
            zh: format!("有 {} 篇草稿没有发布（--drafts 可以预览）", counts.drafts),
            en: format!("Drafts not published: {} (preview them with --drafts)", counts.drafts),
        });
    }
    if counts.withheld > 0 {
        lines.push(Text {
            zh: format!("有 {} 篇还没到发布时间，或者已经撤下", counts.withheld),
            en: format!("Not due yet, or expired: {}", counts.withheld),
        });
    }
    lines
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
