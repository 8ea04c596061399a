//! Events: stories that are not there, and two at one time that cannot both be.

use std::collections::BTreeMap;

use crate::base::name;
use crate::diagnostic::{Diagnostic, note, warning};
use crate::model::Site;
use crate::model::calendar::{Item, items, story_of};
use crate::model::kinds::EVENTS;
use crate::source::Place;

/// Events whose story is not there.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let events = site.ids(EVENTS);
    let missing = events.filter(|&id| story_of(site, site.entity(id)) == Some(Err(())));
    let complaint = |id| {
        let given = site.entity(id).text("story").unwrap_or_default();
        event_story_missing(site.place_in_list(id, "story"), given)
    };
    missing.map(complaint).collect()
}

/// Events of one place, or of one unit, at one time.
pub(super) fn check_clashes(site: &Site) -> Vec<Diagnostic> {
    let mut by_place: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    let mut by_unit: BTreeMap<_, Vec<Item>> = BTreeMap::new();
    for item in items(site).into_iter().filter(|item| item.of.kind == EVENTS) {
        let event = site.entity(item.of);
        if let Some(place) = event.text("place") {
            by_place.entry(name::key(place).into_owned()).or_default().push(item);
        }
        if let Some(unit) = event.tied("unit").next() {
            by_unit.entry(unit).or_default().push(item);
        }
    }
    let unit = |item: &Item| site.entity(item.of).tied("unit").next();
    let two_units =
        |a: &Item, b: &Item| unit(a).is_some() && unit(b).is_some() && unit(a) != unit(b);
    let mut found = Vec::new();
    for items in by_place.values() {
        for (one, other) in clashes(items, meet).filter(|(one, other)| two_units(one, other)) {
            found.push(complaint(site, one, other, true));
        }
    }
    // The same people can be at one place only, but may well do several things on a day.
    for items in by_unit.values() {
        for (one, other) in clashes(items, begin_together) {
            found.push(complaint(site, one, other, false));
        }
    }
    found
}

/// Each item with the first before it with which it clashes; `items` are by day.
fn clashes(
    items: &[Item],
    clash: fn(&Item, &Item) -> bool,
) -> impl Iterator<Item = (&Item, &Item)> {
    items.iter().enumerate().filter_map(move |(at, item)| {
        let before = items[..at].iter().find(|before| clash(before, item))?;
        Some((before, item))
    })
}

/// Have two events a time in common? One without a time of day takes its days.
fn meet(one: &Item, other: &Item) -> bool {
    match (one.at.clock(), other.at.clock(), one.end.or(other.end)) {
        (Some(_), Some(_), None) => one.at == other.at,
        _ => one.last_day() >= other.at.calendar_day(),
    }
}

fn begin_together(one: &Item, other: &Item) -> bool {
    one.at.clock().is_some() && other.at.clock().is_some() && one.at == other.at
}

fn complaint(site: &Site, one: &Item, other: &Item, is_place: bool) -> Diagnostic {
    let place = site.place_in_list(other.of, "date");
    let (before, event) = (site.entity(one.of), site.entity(other.of));
    let unit = event.tied("unit").next().map_or("", |id| &site.entity(id).name);
    let shared = if is_place { event.text("place").unwrap_or_default() } else { unit };
    event_clash(place, (&before.name, &event.name), &other.at.to_string(), shared, is_place)
}

/// A path at which there is no story.
fn event_story_missing(place: Place, path: &str) -> Diagnostic {
    warning(
        "event-story-missing",
        place,
        format!("没有“{path}”这篇稿件，日历里不会有链接"),
        format!("there is no story “{path}”, so the calendar links to none"),
    )
    .help(
        "写成 content 里的路径，例如 stories/2026/qi-dong.md；还没有写稿件，就删掉这一行",
        "write its path in `content`, such as stories/2026/start.md, or delete the line",
    )
}

/// Two events at one place, or of one unit, at one time.
fn event_clash(
    place: Place,
    (one, other): (&str, &str),
    at: &str,
    shared: &str,
    is_place: bool,
) -> Diagnostic {
    let (zh, en) = match is_place {
        true => (format!("都在{shared}"), format!("both at {shared}")),
        false => (format!("都要{shared}参加"), format!("both of {shared}")),
    };
    note(
        "event-clash",
        place,
        format!("“{other}”和“{one}”时间撞在一起（{at}），{zh}"),
        format!("“{other}” and “{one}” are at one time ({at}), {en}"),
    )
    .help("能错开的，改一下时间或地点", "move one of them if it cannot be so")
}
