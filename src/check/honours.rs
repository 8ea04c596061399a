//! People and units on the honour roll that may be one, spelt in two ways.

use std::collections::BTreeMap;

use crate::base::map::{Map, Set};
use crate::base::name;
use crate::diagnostic::{Diagnostic, note};
use crate::model::Site;
use crate::model::entity::EntityId;
use crate::model::kinds::{HONOURS, MEMBERS, UNITS};
use crate::source::Place;
use crate::value::pinyin;

pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    if site.all(HONOURS).is_empty() {
        return Vec::new();
    }
    let mut found = people(site);
    found.extend(units(site));
    found.extend(conferrers(site));
    found
}

/// Somebody: the name, the units, and whether there is a page.
struct Somebody<'s> {
    name: &'s str,
    units: Vec<EntityId>,
    has_page: bool,
}

/// People without a page who are read as another of their unit is, or whose name is the beginning of
/// another's: 阿依古丽 and 阿依古丽·买买提.
fn people(site: &Site) -> Vec<Diagnostic> {
    let members = site.all(MEMBERS).iter().map(|person| Somebody {
        name: &person.name,
        units: person.all_above().collect(),
        has_page: true,
    });
    let honoured = site.roll().awards.iter().flat_map(|award| &award.people);
    let honoured = honoured.filter(|person| person.page.is_none()).map(|person| Somebody {
        name: &person.name,
        units: person.unit.into_iter().collect(),
        has_page: false,
    });
    let mut by_reading: BTreeMap<String, Vec<Somebody<'_>>> = BTreeMap::new();
    for person in members.chain(honoured) {
        let key = name::key(person.name);
        let first = key.split('·').next().unwrap_or_default();
        by_reading.entry(pinyin::name_slug(first)).or_default().push(person);
    }
    let (mut found, mut seen) = (Vec::new(), Set::default());
    for alike in by_reading.values() {
        for (at, person) in alike.iter().enumerate().filter(|(_, person)| !person.has_page) {
            let together = |other: &&Somebody<'_>| {
                let apart = person.units.is_empty()
                    || other.units.is_empty()
                    || person.units.iter().any(|unit| other.units.contains(unit));
                apart && !name::is_same(person.name, other.name) && spelt(person.name, other.name)
            };
            let before = alike.iter().enumerate().filter(|(i, other)| other.has_page || *i < at);
            let Some(other) = before.map(|(_, other)| other).find(together) else { continue };
            if seen.insert((person.name, other.name)) {
                let place = place(site, "people", person.name);
                found.extend(place.map(|at| person_spelt(at, person.name, other.name)));
            }
        }
    }
    found
}

/// May two names that begin alike be those of one person? Those with a dot only if one goes on
/// where the other ends.
fn spelt(one: &str, other: &str) -> bool {
    let (one, other) = (name::key(one), name::key(other));
    let parts = |name: &str| name.split('·').map(pinyin::name_slug).collect::<Vec<_>>();
    let (one, other) = (parts(&one), parts(&other));
    one.iter().zip(&other).all(|(a, b)| a == b)
}

/// Where the list of honours first has a name under a key.
fn place(site: &Site, key: &str, wanted: &str) -> Option<Place> {
    let has = |id: &EntityId| {
        let entity = site.entity(*id);
        let is_it = |name: &str| name::is_same(name, wanted);
        match key {
            "people" => entity.people.iter().any(|person| is_it(&person.name)),
            "units" => entity.ties.iter().any(|tie| is_it(&tie.name)),
            key => entity.text(key).is_some_and(is_it),
        }
    };
    let id = site.ids(HONOURS).find(has)?;
    Some(site.place_of_name(id, key, wanted))
}

/// A unit's name without what some write and others do not.
fn bare(name: &str) -> String {
    let key = name::key(name).replace("中国共产党", "").replace("中共", "");
    key.replace("委员会", "委").replace("总支部", "总支").replace('党', "")
}

/// Pairs of names that are one but for what some leave out, or for a character of the same sound.
fn pairs<'n>(names: impl Iterator<Item = &'n str>) -> Vec<(&'n str, &'n str)> {
    let (mut first, mut found): (Map<String, &str>, _) = (Map::default(), Vec::new());
    for name in names {
        let before = *first.entry(pinyin::slug(&bare(name))).or_insert(name);
        if !name::is_same(before, name) && !found.contains(&(before, name)) {
            found.push((before, name));
        }
    }
    found
}

/// Units of which the list of honours names at least one.
fn units(site: &Site) -> Vec<Diagnostic> {
    let named: Set<EntityId> = site
        .all(HONOURS)
        .iter()
        .flat_map(|honour| honour.ties.iter().filter_map(|tie| tie.to))
        .collect();
    let words = |name: &str| {
        let id = site.ids(UNITS).find(|id| site.entity(*id).words().any(|word| word == name));
        id.is_some_and(|id| named.contains(&id))
    };
    let pairs = pairs(site.all(UNITS).iter().map(|unit| unit.name.as_str())).into_iter();
    let asked = pairs.filter_map(|(one, other)| {
        let (here, there) = if words(other) { (other, one) } else { (one, other) };
        Some(unit_spelt(place(site, "units", here)?, here, there))
    });
    asked.collect()
}

/// Those who have conferred something, against each other and against the units.
fn conferrers(site: &Site) -> Vec<Diagnostic> {
    let units = site.all(UNITS).iter();
    let known: Set<String> = units
        .clone()
        .flat_map(|unit| unit.words().map(|word| name::key(word).into_owned()))
        .collect();
    let given = site.roll().awards.iter().filter_map(|award| award.by.as_deref());
    // What names a unit is that unit, however it is called.
    let given = given.filter(|name| !known.contains(&*name::key(name)));
    let names = units.map(|unit| unit.name.as_str()).chain(given);
    let known = |name: &str| known.contains(&*name::key(name));
    let pairs = pairs(names).into_iter().filter(|(one, other)| !(known(one) && known(other)));
    let asked = pairs.filter_map(|(one, other)| {
        let here = place(site, "by", other).map(|at| (at, other, one));
        let (at, here, there) = here.or_else(|| Some((place(site, "by", one)?, one, other)))?;
        Some(unit_spelt(at, here, there))
    });
    asked.collect()
}

/// Two names of people that are read alike.
fn person_spelt(place: Place, name: &str, other: &str) -> Diagnostic {
    note(
        "honour-person-spelt",
        place,
        format!("“{name}”和“{other}”读音相同或一长一短，单位也对得上，是不是同一个人？"),
        format!("“{name}” and “{other}” sound alike and may be of one unit: are they one person?"),
    )
    .help(
        format!("是同一个人，就改成一样的写法，或者在 people.yaml 里给“{other}”加别名 aliases: [{name}]；是两个人，不用改"),
        format!("if so, write one name, or give “{other}” `aliases: [{name}]` in people.yaml; else leave them"),
    )
}

/// Two names of units that differ only in what some leave out.
fn unit_spelt(place: Place, name: &str, other: &str) -> Diagnostic {
    note(
        "honour-unit-spelt",
        place,
        format!("“{name}”和“{other}”只差一点写法，是不是同一个单位？"),
        format!("“{name}” and “{other}” differ only in how they are written: are they one unit?"),
    )
    .help(
        format!("是同一个单位，就改成一样的写法，或者在 units.yaml 里给“{other}”加别名 aliases: [{name}]；是两个单位，不用改"),
        format!("if so, write one name, or give “{other}” `aliases: [{name}]` in units.yaml; else leave them"),
    )
}
