//! Works: stories outside of their times, and those of which nobody tells.

use super::named::named;
use crate::diagnostic::{Diagnostic, note, warning};
use crate::model::entity::{EntityId, Phase};
use crate::model::kinds::WORKS;
use crate::model::story::Story;
use crate::model::{Site, coverage};
use crate::source::Place;
use crate::value::moment::Moment;

/// A work whose time it is, and of which there is no story for so many days, is asked about.
const QUIET_AFTER: i64 = 90;

/// Stories dated outside the time of a work that they name.
pub(super) fn check_times(site: &Site) -> Vec<Diagnostic> {
    let stories = site.stories.iter();
    stories
        .flat_map(|story| works_of(story).filter_map(|id| out_of_time(site, story, id)))
        .collect()
}

fn works_of(story: &Story) -> impl Iterator<Item = EntityId> {
    story.all(WORKS).iter().copied()
}

fn out_of_time(site: &Site, story: &Story, id: EntityId) -> Option<Diagnostic> {
    let work = site.entity(id);
    work.phase(story.date).filter(|phase| *phase != Phase::Current)?;
    let front = &story.document.front;
    let lists = [("central_works", &*front.central_works), ("linked_works", &*front.linked_works)];
    let place = site.place_in_story(story, id, lists);
    let dates = (work.date("from"), work.date("to"));
    Some(work_out_of_time(place, &work.name, story.date, dates))
}

/// Works whose time it is and that are not told of for long.
pub(super) fn check_quiet(site: &Site) -> Vec<Diagnostic> {
    if site.is_incomplete {
        return Vec::new();
    }
    let latest = coverage::latest(site, WORKS);
    let today = site.today();
    let is_quiet = |id: &EntityId| {
        let work = site.entity(*id);
        let since = latest.get(id).copied().max(work.date("from"));
        matches!(work.phase(today), None | Some(Phase::Current))
            && since.is_none_or(|since| today.days_since(since) > QUIET_AFTER)
    };
    let quiet: Vec<EntityId> = site.ids(WORKS).filter(is_quiet).collect();
    let Some(&first) = quiet.first() else { return Vec::new() };
    let names: Vec<&str> = quiet.iter().map(|&id| site.entity(id).name.as_str()).collect();
    vec![work_quiet(site.place_in_list(first, "name"), &names)]
}

/// A story that names a work at a time that is not the work's.
fn work_out_of_time(
    place: Place,
    work: &str,
    date: Moment,
    (from, to): (Option<Moment>, Option<Moment>),
) -> Diagnostic {
    let date = date.date();
    let (zh, en) = match (from.map(Moment::date), to.map(Moment::date)) {
        (Some(from), Some(to)) => (format!("{from} 到 {to}"), format!("{from} to {to}")),
        (Some(from), None) => (format!("从 {from} 开始"), format!("from {from} on")),
        (None, Some(to)) => (format!("到 {to} 为止"), format!("until {to}")),
        (None, None) => Default::default(),
    };
    warning(
        "work-out-of-time",
        place,
        format!("稿件的日期 {date} 不在“{work}”的时间里（{zh}）"),
        format!("the story is of {date}, outside the time of “{work}” ({en})"),
    )
    .help(
        "看看稿件的日期和 content/works.yaml 里的时间哪个写错了；不是这一阶段的工作，就换成当时的",
        "correct the date of the story or the time in content/works.yaml, or name the work of that time",
    )
}

/// Works without a story for long.
fn work_quiet(place: Place, names: &[&str]) -> Diagnostic {
    let names = named(names);
    note(
        "work-quiet",
        place,
        format!("这些工作正在开展，{QUIET_AFTER} 天没有新稿件：{}", names.zh),
        format!("these works have had no story for {QUIET_AFTER} days: {}", names.en),
    )
    .help("已经结束的，写上 to（结束）的日期", "if one is over, give it the date `to`")
}
