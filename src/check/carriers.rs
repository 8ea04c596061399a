//! Carriers: stories that have none, and those that hardly anybody uses.

use std::collections::BTreeSet;

use super::columns::stories;
use super::named::named;
use crate::diagnostic::{Diagnostic, note};
use crate::model::Site;
use crate::model::entity::{EntityId, Phase};
use crate::model::kinds::{CARRIERS, UNITS};
use crate::model::story::Story;
use crate::source::Place;
use crate::value::kind::Kind;

pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    // Who has no carriers at all does without.
    if site.is_incomplete || site.all(CARRIERS).is_empty() {
        return Vec::new();
    }
    let is_without = |story: &&Story| {
        matches!(story.kind, Kind::Branch | Kind::Member) && story.all(CARRIERS).is_empty()
    };
    let without: Vec<&str> = site
        .stories
        .iter()
        .filter(is_without)
        .map(|story| story.document.source.path.as_str())
        .collect();
    let mut found = Vec::new();
    if !without.is_empty() {
        found.push(carrier_none(&without));
    }
    found.extend(lonely(site));
    found
}

/// Carriers whose time it is, and that one unit uses, or none. On a site of one unit that tells
/// nothing, nor while there are fewer stories than carriers.
fn lonely(site: &Site) -> Option<Diagnostic> {
    let units: BTreeSet<EntityId> =
        site.stories.iter().flat_map(|story| story.all(UNITS)).copied().collect();
    let too_early = site.stories.len() < site.all(CARRIERS).len();
    if units.len() < 2 || too_early {
        return None;
    }
    let today = site.today();
    let (mut unused, mut alone) = (Vec::new(), Vec::new());
    let mut first = None;
    for id in site.ids(CARRIERS) {
        let carrier = site.entity(id);
        if !matches!(carrier.phase(today), None | Some(Phase::Current)) {
            continue;
        }
        let users = carrier.stories.iter().flat_map(|&id| site.story(id).all(UNITS));
        let users: BTreeSet<EntityId> = users.copied().collect();
        match users.first() {
            None => unused.push(carrier.name.clone()),
            Some(&unit) if users.len() == 1 => {
                alone.push(format!("{}（{}）", carrier.name, site.entity(unit).name));
            }
            Some(_) => continue,
        }
        first = first.or(Some(id));
    }
    Some(carrier_lonely(site.place_in_list(first?, "name"), &unused, &alone))
}

/// Stories of branches and members that name no carrier.
fn carrier_none(paths: &[&str]) -> Diagnostic {
    let paths = named(paths);
    note(
        "carrier-none",
        stories(),
        format!("这些支部和党员的稿件没有写载体：{}", paths.zh),
        format!("these stories of branches and members name no carrier: {}", paths.en),
    )
    .help(
        "事情是通过哪项活动做成的，就在 carriers（载体）里写上",
        "name in `carriers` the activity through which it was done",
    )
}

/// Carriers that hardly anybody uses.
fn carrier_lonely(place: Place, unused: &[String], alone: &[String]) -> Diagnostic {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    if !unused.is_empty() {
        zh.push(format!("还没有稿件写到：{}", named(unused).zh));
        en.push(format!("no story names {}", named(unused).en));
    }
    if !alone.is_empty() {
        zh.push(format!("只有一个单位的稿件写到：{}", named(alone).zh));
        en.push(format!("stories of one unit alone name {}", named(alone).en));
    }
    note(
        "carrier-lonely",
        place,
        format!("这些载体用得还不多。{}", zh.join("；")),
        format!("carriers that are hardly used: {}", en.join("; ")),
    )
    .help(
        "有单位在做的，请他们写一篇；已经不做的，写上 to（结束）的日期",
        "ask the units that use it for a story; if it is over, give it the date `to`",
    )
}
