//! `deploy`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::time::{Instant, SystemTime};

use serde_json::{Value, json};

use super::progress::with_bar;
use super::{DONE, FAILED, Terminal, WARNED, build, messages};
use crate::base::atomic::{Durable, replace};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::base::parallel::with_jobs;
use crate::cli::{DeployArguments, Format};
use crate::deploy::changes::{Changes, Kind};
use crate::deploy::messages as said;
use crate::deploy::{Done, Job, deploy, open};
use crate::diagnostic::Diagnostic;
use crate::load;
use crate::pipeline::{self, BuildReport, Destination, Options};
use crate::settings::{self, BaseUrl, DeploySettings, Settings};
use crate::sink::place::{absolute, is_in_project, shown};
use crate::source::{Place, SourcePath};
use crate::value::address::Address;
use crate::yaml::places::At;

pub(super) fn run(
    root: &Path,
    arguments: &DeployArguments,
    terminal: &Terminal,
) -> Result<u8, Fault> {
    let started = Instant::now();
    if let Some(file) = &arguments.purge_list
        && let Some(diagnostic) = examine(root, file)?
    {
        terminal.show(&[diagnostic]);
        return Ok(FAILED);
    }
    // The target is looked at first: building takes longer than to see that a key is missing.
    let settings = settings(root)?;
    let target = match settings.as_ref().map(|settings| target(settings, arguments)) {
        Some(Ok(target)) => Some(target),
        Some(Err(diagnostic)) => {
            terminal.show(&[*diagnostic]);
            return Ok(FAILED);
        }
        None => None,
    };
    let store = match &target {
        Some(target) => {
            let environment = |name: &str| std::env::var(name).ok();
            let place = (&target.place, &*target.name);
            match open((root, &arguments.output), target.settings, place, &environment) {
                Ok(store) => Some(store),
                Err(diagnostic) => {
                    terminal.show(&[*diagnostic]);
                    return Ok(FAILED);
                }
            }
        }
        None => None,
    };
    let report = with_bar(terminal, ("生成", "building"), |progress| {
        let target = Destination {
            output: &arguments.output,
            force: false,
            verify: arguments.verify,
            listing: false,
            time: SystemTime::now(),
            stopwatch: None,
        };
        let options = Options {
            base_url: arguments.base_url.clone(),
            links: arguments.links,
            ..Options::at(arguments.now)
        };
        with_jobs(None, || pipeline::build(root, target, &options, progress))
    })?;
    terminal.show(&report.diagnostics);
    if let Some(fault) = &report.fault {
        terminal.fault(fault);
    }
    let code = terminal.exit_code(&report.diagnostics, arguments.strict);
    let (Some(target), Some(store), None, Some(_), DONE) =
        (target, store, &report.fault, &report.tally, code)
    else {
        terminal.summary(&Text {
            zh: "什么也没有上传：请先改正上面的问题".into(),
            en: "Nothing was sent. Fix what is wrong first.".into(),
        });
        return Ok(if code == WARNED { WARNED } else { FAILED });
    };
    if report.counts.unaddressed && !target.settings.to.starts_with("file:") {
        terminal.show(&[messages::deploy_unaddressed()]);
    }
    let folder = absolute(&root.join(&arguments.output))?;
    let of_site = settings.as_ref().and_then(|settings| settings.base_url.as_ref());
    let base_url = arguments.base_url.as_ref().or(of_site);
    let announce = |changes: &Changes, is_continued: bool| match &arguments.purge_list {
        Some(file) => write(root, file, &purged(changes, base_url), is_continued),
        None => Ok(()),
    };
    let job = Job {
        files: report.record.files(),
        folder: &folder,
        place: &target.place,
        name: &target.name,
        dry_run: arguments.dry_run,
        verify: arguments.verify,
        yes: arguments.yes,
        force: arguments.force,
        compress: target.settings.compress,
        announce: &announce,
    };
    let deployed =
        with_bar(terminal, ("部署", "deploying"), |progress| deploy(&job, &*store, progress));
    let done = match deployed {
        Ok(done) => done,
        Err(diagnostic) => {
            terminal.show(&[*diagnostic]);
            return Ok(FAILED);
        }
    };
    terminal.show(&done.notes);
    let seconds = started.elapsed().as_secs_f64();
    let addresses = purged(&done.changes, base_url);
    if terminal.format == Format::Json {
        let value = summary_json(&done, &target, arguments, &addresses, seconds);
        terminal.summary_json(&value);
        return Ok(DONE);
    }
    if arguments.dry_run || terminal.verbose {
        for line in listed(&done.changes) {
            terminal.summary(&line);
        }
    }
    if arguments.dry_run && !addresses.is_empty() {
        terminal.summary(&Text {
            zh: "要在 CDN 上刷新的网址：".into(),
            en: "Addresses to purge at a CDN:".into(),
        });
        addresses.iter().for_each(|address| {
            terminal.summary(&Text { zh: address.clone(), en: address.clone() });
        });
    }
    let told = summary(&done, &target, arguments.dry_run, &report, seconds);
    for line in told.into_iter().chain(build::left_out(&report.counts)) {
        terminal.summary(&line);
    }
    Ok(DONE)
}

/// A target of site.yaml.
struct Target<'s> {
    name: String,
    settings: &'s DeploySettings,
    /// Where its address is written.
    place: Place,
}

/// The settings of the project; `None` if there are none without errors, of which the build tells.
fn settings(root: &Path) -> Result<Option<Settings>, Fault> {
    let found = load::look(root, "content/site.yaml")?;
    let sources = load::sort(found.value)?.value;
    let Some(source) = &sources.settings else { return Ok(None) };
    let (settings, complaints) = settings::read(source);
    Ok((!complaints.iter().any(Diagnostic::is_error)).then_some(settings))
}

/// The target that is asked for.
fn target<'s>(
    settings: &'s Settings,
    arguments: &DeployArguments,
) -> Result<Target<'s>, Box<Diagnostic>> {
    let names: Vec<&str> = settings.deploy.iter().map(|(name, _)| &**name).collect();
    let wanted = arguments.target.as_deref();
    let chosen = match (wanted, &settings.deploy[..]) {
        (_, []) => {
            let file = Place::file(&SourcePath::new("content/site.yaml"));
            return Err(said::no_target(file).into());
        }
        (None, [only]) => Some(only),
        (wanted, all) => all.iter().find(|(name, _)| name == wanted.unwrap_or("default")),
    };
    let place = || settings.place_of(At::key("deploy").its_key());
    let (name, target) = chosen.ok_or_else(|| match wanted {
        Some(name) => said::target_unknown(place(), name, &names),
        None => said::target_unsaid(place(), &names),
    })?;
    let place = settings.place_of(At::key("deploy").below(name).its_key());
    Ok(Target { name: name.clone(), settings: target, place })
}

/// The addresses of what caches may have and that is different or gone.
fn purged(changes: &Changes, base_url: Option<&BaseUrl>) -> Vec<String> {
    let base = base_url.map_or("/", BaseUrl::as_str);
    let is_old = |kind| kind != Kind::New;
    let addresses = changes.all().iter().filter(|change| is_old(change.kind));
    addresses.map(|change| format!("{base}{}", Address::of_file(&change.path).encoded())).collect()
}

/// Complains if the list of addresses would take the place of something else.
fn examine(root: &Path, file: &Path) -> Result<Option<Diagnostic>, Fault> {
    let place = root.join(file);
    if is_in_project(root, &absolute(&place)?)? {
        return Ok(Some(messages::purge_list_in_the_way(&shown(file))));
    }
    match std::fs::read_to_string(&place) {
        Ok(text) => {
            let is_address =
                |line: &str| ["/", "http://", "https://"].iter().any(|one| line.starts_with(one));
            let ours = text.lines().all(is_address);
            Ok((!ours).then(|| messages::purge_list_in_the_way(&shown(file))))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Ok(Some(messages::purge_list_in_the_way(&shown(file))))
        }
        Err(error) => Err(Fault::read(&place, error)),
    }
}

/// Writes the list of addresses; with those of the last deploy if this one goes on where it ended.
fn write(root: &Path, file: &Path, addresses: &[String], is_continued: bool) -> Result<(), Fault> {
    let place = root.join(file);
    let before = match is_continued {
        true => std::fs::read_to_string(&place).unwrap_or_default(),
        false => String::new(),
    };
    let all: BTreeSet<&str> = before.lines().chain(addresses.iter().map(|a| &**a)).collect();
    replace(&place, Durable::No, |out| {
        all.iter()
            .try_for_each(|address| writeln!(out, "{address}"))
            .map_err(|error| Fault::write(&place, error))
    })
}

const KINDS: [(Kind, &str, &str, &str); 4] = [
    (Kind::New, "new", "新增", "new"),
    (Kind::Changed, "changed", "修改", "changed"),
    (Kind::Gone, "gone", "不要了（下一次删）", "gone (removed next time)"),
    (Kind::Due, "removed", "删除", "removed"),
];

/// A line for each file that differs.
fn listed(changes: &Changes) -> Vec<Text> {
    let of = |(kind, _, zh, en): (Kind, &str, &'static str, &'static str)| {
        changes.of(kind).map(move |change| Text {
            zh: format!("{zh}  {}", change.path),
            en: format!("{en}  {}", change.path),
        })
    };
    KINDS.into_iter().flat_map(of).collect()
}

/// Bytes as people count them.
fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{:.1} KB", count as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", count as f64 / 1e6),
        _ => format!("{:.2} GB", count as f64 / 1e9),
    }
}

fn summary(
    done: &Done,
    target: &Target<'_>,
    dry_run: bool,
    report: &BuildReport,
    seconds: f64,
) -> Vec<Text> {
    let Target { name, settings, .. } = target;
    let count = |kind| done.changes.of(kind).count();
    let (new, changed) = (count(Kind::New), count(Kind::Changed));
    let (gone, due) = (count(Kind::Gone), count(Kind::Due));
    let (to, sent) = (&settings.to, bytes(done.changes.bytes()));
    let all = report.record.files().len();
    let mut lines = Vec::new();
    if done.changes.is_empty() {
        lines.push(Text {
            zh: format!("“{name}”（{to}）已经是最新的：{all} 个文件都没有变化"),
            en: format!("“{name}” ({to}) is up to date: all {all} files are there"),
        });
        return lines;
    }
    let same = done.unchanged;
    lines.push(match dry_run {
        true => Text {
            zh: format!("往“{name}”（{to}）会新增 {new} 个，修改 {changed} 个，删除 {due} 个，不变 {same} 个；要传 {sent}。这次什么也没有上传"),
            en: format!("To “{name}” ({to}): {new} new, {changed} changed, {due} removed, {same} unchanged; {sent} to send. Nothing was sent."),
        },
        false => Text {
            zh: format!("已部署到“{name}”（{to}）：新增 {new} 个，修改 {changed} 个，删除 {due} 个，不变 {same} 个；传了 {sent}，用时 {seconds:.1} 秒"),
            en: format!("Deployed to “{name}” ({to}): {new} new, {changed} changed, {due} removed, {same} unchanged; {sent} sent in {seconds:.1} s."),
        },
    });
    if gone > 0 {
        lines.push(Text {
            zh: format!("有 {gone} 个文件网站不要了，留到下一次 deploy 再删，免得正看着旧网页的人缺文件；急着撤下的，再运行一次 xianfeng deploy"),
            en: format!("{gone} files are gone from the site; the next deploy removes them, so that pages in caches find their files. To withdraw them at once, deploy again."),
        });
    }
    lines
}

fn summary_json(
    done: &Done,
    target: &Target<'_>,
    arguments: &DeployArguments,
    addresses: &[String],
    seconds: f64,
) -> Value {
    let mut value = json!({
        "target": target.name,
        "to": target.settings.to,
        "dry_run": arguments.dry_run,
        "unchanged": done.unchanged,
        "bytes": done.changes.bytes(),
        "purge": addresses,
        "seconds": (seconds * 1000.0).round() / 1000.0,
    });
    for (kind, key, ..) in KINDS {
        let paths: Vec<&str> = done.changes.of(kind).map(|change| &*change.path).collect();
        value[key] = json!(paths);
    }
    value
}
