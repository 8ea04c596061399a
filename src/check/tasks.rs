//! Tasks: overdue, done and not reported on, stopped and still told of.

use super::named::named;
use crate::diagnostic::{Diagnostic, note, warning};
use crate::model::Site;
use crate::model::entity::EntityId;
use crate::model::kinds::TASKS;
use crate::model::story::Story;
use crate::model::tasks::{is_open, status};
use crate::source::Place;
use crate::value::moment::Moment;

pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let today = site.today();
    let day = |at: Moment| at.calendar_day();
    let mut overdue = Vec::new();
    let mut unreported = Vec::new();
    for id in site.ids(TASKS) {
        let task = site.entity(id);
        if let Some(due) = task.date("due").filter(|&due| is_open(task) && day(due) < day(today)) {
            overdue.push((id, due));
        }
        if let Some(done) = task.date("done_on").filter(|&done| day(done) > day(today)) {
            let place = site.place_in_list(id, "done_on");
            found.push(task_done_ahead(place, &task.name, done));
        }
        let lacks = |key: &str| task.texts(key).next().is_none();
        if status(task) == "done" && (lacks("result") || lacks("feedback")) {
            unreported.push((id, lacks("result"), lacks("feedback")));
        }
    }
    if let Some(&(first, _)) = overdue.first() {
        let names = overdue.iter().map(|(id, due)| (site.entity(*id).name.as_str(), *due));
        found.push(task_overdue(site.place_in_list(first, "due"), &names.collect::<Vec<_>>()));
    }
    if let Some(&(first, ..)) = unreported.first() {
        let names = unreported
            .iter()
            .map(|&(id, result, feedback)| (site.entity(id).name.as_str(), result, feedback));
        let place = site.place_in_list(first, "name");
        found.push(task_unreported(place, &names.collect::<Vec<_>>()));
    }
    let stories = site.stories.iter();
    found.extend(stories.flat_map(|story| stopped(site, story)));
    found
}

/// The stopped tasks that a story names.
fn stopped<'s>(site: &'s Site, story: &'s Story) -> impl Iterator<Item = Diagnostic> + 's {
    let is_stopped = |id: &&EntityId| status(site.entity(**id)) == "stopped";
    story.all(TASKS).iter().filter(is_stopped).map(|&id| {
        let place = site.place_in_story(story, id, [("tasks", &*story.document.front.tasks)]);
        task_stopped(place, &site.entity(id).name)
    })
}

/// Tasks that are not done, and were due.
fn task_overdue(place: Place, tasks: &[(&str, Moment)]) -> Diagnostic {
    let zh: Vec<_> = tasks.iter().map(|(name, due)| format!("{name}（{}）", due.date())).collect();
    let en: Vec<_> = tasks.iter().map(|(name, due)| format!("{name} ({})", due.date())).collect();
    note(
        "task-overdue",
        place,
        format!("这些实事过了期限还没有办结：{}", named(&zh).zh),
        format!("these tasks were due and are not done: {}", named(&en).en),
    )
    .help(
        "办好了的，写上 done_on（办结日期）；办不了的改成 stopped（暂缓），或者改期限",
        "give what is done its date `done_on`; else write `status: stopped`, or another `due`",
    )
}

/// Tasks that are done, and do not say what has come of it.
fn task_unreported(place: Place, tasks: &[(&str, bool, bool)]) -> Diagnostic {
    let told = |(name, result, feedback): &(&str, bool, bool)| {
        let (zh, en) = match (result, feedback) {
            (true, true) => ("结果和反馈", "result, feedback"),
            (true, false) => ("结果", "result"),
            _ => ("反馈", "feedback"),
        };
        (format!("{name}（缺{zh}）"), format!("{name} ({en})"))
    };
    let (zh, en): (Vec<_>, Vec<_>) = tasks.iter().map(told).unzip();
    note(
        "task-unreported",
        place,
        format!("这些实事已经办结，还没有写结果或反馈：{}", named(&zh).zh),
        format!("these tasks are done, and something of them is missing: {}", named(&en).en),
    )
    .help(
        "在 content/tasks.yaml 里补上 result（结果）和 feedback（反馈）",
        "add `result` and `feedback` in content/tasks.yaml",
    )
}

/// A task that is done on a day to come.
fn task_done_ahead(place: Place, name: &str, done: Moment) -> Diagnostic {
    let done = done.date();
    warning(
        "task-done-ahead",
        place,
        format!("“{name}”的办结日期 {done} 还没有到"),
        format!("“{name}” is said to be done on {done}, which is yet to come"),
    )
    .help(
        "改正日期；还没有办完的，把日期写在 due（期限）里",
        "correct the date; while it is not done, write it as `due`",
    )
}

/// A story that names a stopped task.
fn task_stopped(place: Place, name: &str) -> Diagnostic {
    note(
        "task-stopped",
        place,
        format!("稿件写到的实事“{name}”，状态是暂缓"),
        format!("the task “{name}”, which this story names, is stopped"),
    )
    .help(
        "已经重新在办的，改 content/tasks.yaml 里的状态；确实停了的，看看稿件里要不要说明",
        "if it goes on, change its status; else see whether the story should say that it does not",
    )
}
