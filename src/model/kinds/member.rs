//! Exemplary members: people with a story of kind `member`, by surname. Two people of one
//! name in two units are two people; one name spelled in two ways in one unit is one. What
//! `people.yaml` lists is one person in all units and by all names that it gives.

use super::{MEMBERS, UNITS};
use crate::base::map::{Map, Set};
use crate::base::name;
use crate::base::parallel;
use crate::diagnostic::Outcome;
use crate::model::entity::{
    Derived, Entity, EntityId, EntityKind, Entries, IndexPages, KindId, Listed, Menu, Namer,
    Portrait,
};
use crate::model::messages;
use crate::model::naming::Collections;
use crate::model::vocabulary::{self, Names, Slugs};
use crate::parse::front_matter::FrontMatter;
use crate::parse::messages::{person_with_unit, portrait_alt_missing};
use crate::schema::vocabulary::PersonEntry;
use crate::schema::{Entry, entries};
use crate::source::Source;
use crate::value::kind::Kind;
use crate::value::pinyin;
use crate::yaml::fields::{ListItem, Reader};
use crate::yaml::{Node, Yaml};

pub(super) static KIND: EntityKind = EntityKind {
    one: "member",
    many: "members",
    folder: "members",
    called: ("优秀党员", "exemplary member"),
    unknown: "member-unknown",
    entries: Entries::Derived(Derived { file: Some(("content/people.yaml", read)), list, of }),
    named_by: None,
    index: IndexPages::Paged,
    feed: false,
    menu: Menu::Main,
    facet: false,
    stale_after_days: None,
};

/// The people of `people.yaml`, in its order; what units they are of is still a text.
fn read(source: &Source, _: KindId, known: &Collections) -> Outcome<Listed> {
    let yaml = match Yaml::read_file(source) {
        Ok(yaml) => yaml,
        Err(diagnostics) => return Outcome { value: vocabulary::unread(), diagnostics },
    };
    let reader = Reader::new(&yaml);
    let entries = entries::<PersonEntry>(&reader);
    let is_whole = match reader.root() {
        Node::List(items) => items.len() == entries.len(),
        node => *node == Node::Null,
    };
    let names = Names::none(!is_whole);
    let people: Vec<Entity> = entries.iter().map(|entry| person(entry, known)).collect();
    complain_of_twins(&entries, &people);
    Outcome { value: (people, names), diagnostics: reader.finish() }
}

fn person(entry: &Entry<'_, PersonEntry>, known: &Collections) -> Entity {
    let value = &entry.value;
    for (key, units) in [("unit", &value.unit), ("units", &value.units)] {
        for ListItem { value: unit, index } in units {
            let place = || entry.place_of_item(key, *index as usize);
            known.unknown(UNITS, unit, place()).into_iter().for_each(|it| entry.complain(it));
        }
    }
    if let Some(both) = name::person_and_unit(&value.name)
        && value.unit.is_empty()
        && value.units.is_empty()
        && !entry.is_quoted()
    {
        let keys = (entry.spelling("name"), entry.spelling("unit"));
        entry.complain(person_with_unit(entry.place(), &value.name, both, keys));
    }
    let portrait = value.portrait.clone().map(|given| Portrait {
        given,
        alt: value.portrait_alt.clone().unwrap_or_default(),
        place: entry.place_of("portrait"),
    });
    if portrait.as_ref().is_some_and(|portrait| portrait.alt.is_empty()) {
        let (place, key) = (entry.place_of("portrait"), entry.spelling("portrait_alt"));
        let is_there = value.portrait_alt.is_some();
        entry.complain(portrait_alt_missing(place, key, is_there));
    }
    let slug = value.slug.clone().unwrap_or_default();
    let mut person = vocabulary::entity(value, &slug);
    person.has_own_slug = value.slug.is_some();
    person.portrait = portrait;
    person
}

/// Complains of slugs that an earlier entry has, and of words that name an earlier one, unless
/// their units tell the two apart.
fn complain_of_twins(entries: &[Entry<'_, PersonEntry>], people: &[Entity]) {
    let (mut slugs, mut called) = (Map::<&str, usize>::default(), Map::<_, Vec<usize>>::default());
    for (i, (entry, person)) in entries.iter().zip(people).enumerate() {
        if person.has_own_slug {
            let first = *slugs.entry(&person.slug).or_insert(i);
            if first < i {
                let line = entries[first].place().line();
                entry.complain(messages::entry_twice(entry.place(), &person.slug, line));
            }
        }
        let is_apart = |&other: &usize| are_apart(person, &people[other]);
        let is_taken = |word: &&str| called.get(&name::key(word)).is_some_and(|it| !it.iter().all(is_apart));
        if let Some(word) = person.words().find(is_taken) {
            entry.complain(messages::name_taken(entry.place(), word));
        }
        person.words().for_each(|word| called.entry(name::key(word)).or_default().push(i));
    }
}

/// Do their units tell these two people of one name apart?
fn are_apart(one: &Entity, other: &Entity) -> bool {
    let units = |person| unit_names(person).map(name::key).collect::<Set<_>>();
    let (of_one, of_other) = (units(one), units(other));
    match (of_one.is_empty(), of_other.is_empty()) {
        (true, true) => false,
        // One in any unit, but for the unit of the other.
        (true, false) | (false, true) => true,
        (false, false) => of_one.is_disjoint(&of_other),
    }
}

/// The units that the list gives a person.
fn unit_names(person: &Entity) -> impl Iterator<Item = &str> {
    let units = person.texts.iter().filter(|(key, _)| matches!(*key, "unit" | "units"));
    units.map(|(_, name)| name.as_str())
}

/// A unit, as it tells namesakes apart.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Unit {
    Known(EntityId),
    /// No story of this edition names it.
    Named(String),
}

impl Unit {
    fn of(name: &str, known: &Collections) -> Self {
        let named = || Self::Named(name::key(name).into_owned());
        known[UNITS].find(name).map_or_else(named, Self::Known)
    }

    fn known(&self) -> Option<EntityId> {
        match self {
            Self::Known(id) => Some(*id),
            Self::Named(_) => None,
        }
    }
}

/// Who is meant.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Who {
    /// The person at this place of the list.
    Listed(usize),
    /// The person of this name in this unit.
    Of(String, Unit),
}

/// The people of the list, by the words that name them.
struct People<'k> {
    listed: &'k [Entity],
    units: Vec<Vec<Unit>>,
    by_word: Map<String, Vec<usize>>,
}

impl<'k> People<'k> {
    fn of(known: &'k Collections) -> Self {
        let listed = known[MEMBERS].entities.as_slice();
        let units = |person| unit_names(person).map(|unit| Unit::of(unit, known)).collect();
        let mut by_word: Map<String, Vec<usize>> = Map::default();
        for (i, person) in listed.iter().enumerate() {
            for word in person.words() {
                by_word.entry(name::key(word).into_owned()).or_default().push(i);
            }
        }
        Self { listed, units: listed.iter().map(units).collect(), by_word }
    }

    fn key(&self, at: usize) -> String {
        name::key(&self.listed[at].name).into_owned()
    }

    /// What a person of the list sorts by. `~` begins the key of every Chinese name.
    fn order(&self, at: usize) -> String {
        match self.listed[at].text("sort_key").map(str::trim) {
            None => pinyin::name_key(&self.key(at)),
            Some(text) => match text.parse::<u64>() {
                Ok(number) => format!(" {number:020}"),
                Err(_) => pinyin::reading_key(text, &self.key(at))
                    .unwrap_or_else(|| pinyin::name_key(&name::key(text))),
            },
        }
    }

    /// A person of the list, whom stories name in these units, the oldest first.
    fn entity(&self, at: usize, slug: String, slugs: &mut Slugs, named: &[EntityId]) -> Entity {
        let mut entity = self.listed[at].clone();
        if !entity.has_own_slug {
            entity.slug = slugs.give(slug);
        }
        let listed = self.units[at].iter().filter_map(Unit::known);
        let mut units: Vec<EntityId> = Vec::new();
        // Where the list does not say it, the unit is that of the latest story.
        for unit in listed.chain(named.iter().rev().copied()) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        entity.belongs_to = units.first().copied();
        entity.also_of = units.into_iter().skip(1).collect();
        entity
    }

    /// Who is meant by a name, and of which of these units; `None` without a unit.
    fn who(&self, name: &str, units: &[Unit]) -> Option<(Who, Unit)> {
        let key = name::key(name);
        let candidates = self.by_word.get(&*key).map_or(&[][..], Vec::as_slice);
        let in_unit = units.iter().find_map(|unit| {
            let person = candidates.iter().find(|&&i| self.units[i].contains(unit))?;
            Some((Who::Listed(*person), unit.clone()))
        });
        let first = units.first()?;
        let anywhere = candidates.iter().find(|&&i| self.units[i].is_empty());
        let anywhere = || Some((Who::Listed(*anywhere?), first.clone()));
        in_unit.or_else(anywhere).or_else(|| {
            Some((Who::Of(key.into_owned(), first.clone()), first.clone()))
        })
    }
}

/// A person in the making.
struct Person<'d> {
    who: Who,
    /// As a story of this edition has it first; `None` if there is none yet.
    name: Option<&'d str>,
    /// Those that stories name, the oldest first.
    units: Vec<EntityId>,
    /// Is there a story that is not there because of the time alone?
    is_waiting: bool,
}

/// Those with a story of this edition, by surname.
fn list(namers: &[Namer<'_>], known: &Collections) -> Listed {
    let people = People::of(known);
    let mut found: Map<Who, usize> = Map::default();
    let mut made: Vec<Person<'_>> = Vec::new();
    // Oldest first, so that an address, once given, stays when a namesake comes later.
    for Namer { front, is_published, is_withheld } in namers {
        if front.kind != Some(Kind::Member) {
            continue;
        }
        for (name, units) in front.people_of_units() {
            let units: Vec<Unit> = units.into_iter().map(|unit| Unit::of(unit, known)).collect();
            let Some((who, unit)) = people.who(name, &units) else { continue };
            let at = *found.entry(who.clone()).or_insert_with(|| {
                made.push(Person { who, name: None, units: Vec::new(), is_waiting: false });
                made.len() - 1
            });
            made[at].is_waiting |= *is_withheld;
            if *is_published {
                made[at].name.get_or_insert(name);
                made[at].units.extend(unit.known());
            }
        }
    }
    let read = parallel::map(&made, |person| match &person.who {
        Who::Listed(at) => (pinyin::name_slug(&people.key(*at)), people.order(*at)),
        Who::Of(key, _) => (pinyin::name_slug(key), pinyin::name_key(key)),
    });
    let mut slugs = Slugs::except(people.listed.iter().flat_map(reserved).collect());
    let mut keyed: Vec<(String, Entity)> = Vec::with_capacity(made.len());
    let mut waiting = Vec::new();
    for (person, (slug, order)) in made.into_iter().zip(read) {
        let entity = match person.who {
            Who::Listed(at) => people.entity(at, slug, &mut slugs, &person.units),
            Who::Of(..) => Entity {
                belongs_to: person.units.first().copied(),
                ..Entity::named(person.name.unwrap_or_default(), slugs.give(slug))
            },
        };
        match person.name {
            Some(_) => keyed.push((order, entity)),
            None => waiting.extend(person.is_waiting.then_some(entity.slug)),
        }
    }
    // Namesakes stand next to each other.
    keyed.sort_by(|(a, one), (b, other)| a.cmp(b).then(one.belongs_to.cmp(&other.belongs_to)));
    let entities: Vec<Entity> = keyed.into_iter().map(|(_, entity)| entity).collect();
    let mut names = Names::none(false);
    names.waiting = waiting;
    for (i, entity) in entities.iter().enumerate() {
        entity.words().for_each(|word| names.add_beside(word, i as u32));
    }
    (entities, names)
}

/// The slugs that nobody gets but this person of the list.
fn reserved(person: &Entity) -> Vec<String> {
    let own = person.has_own_slug.then(|| person.slug.clone());
    own.into_iter().chain(person.old_slugs.iter().cloned()).collect()
}

/// The people of these names in these units. News may name another unit than the person's own, or
/// none: then it is the only person of that name.
fn of(front: &FrontMatter, _: &[EntityId], known: &Collections) -> Vec<EntityId> {
    let people = &known[MEMBERS];
    let of_one = |(name, units): (&str, Vec<&str>)| {
        let candidates: Vec<usize> = people.names.find_all(name).map(|at| at as usize).collect();
        let mut units = units.into_iter().filter_map(|unit| known[UNITS].find(unit));
        let here = units.find_map(|unit| {
            let is_of = |&&at: &&usize| people.entities[at].all_above().any(|id| id == unit);
            candidates.iter().find(is_of).copied()
        });
        let alone = || <[usize; 1]>::try_from(candidates.as_slice()).ok().map(|[only]| only);
        here.or_else(alone).map(|at| EntityId::new(MEMBERS, at))
    };
    let mut found = Vec::new();
    for id in front.people_of_units().filter_map(of_one) {
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
}
