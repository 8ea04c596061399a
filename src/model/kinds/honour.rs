//! Honours (荣誉) as they were conferred, also upon those who have no story yet. The honour roll
//! shows them with those that stories name; they have no pages of their own.

use crate::base::name;
use crate::diagnostic::Outcome;
use crate::model::entity::{
    Entity, EntityKind, Entries, IndexPages, KindId, Listed, Menu, Otherwise, Recipient, Tie,
};
use crate::model::kinds::UNITS;
use crate::model::messages;
use crate::model::naming::Collections;
use crate::model::vocabulary::{Rules, read_with};
use crate::parse::messages::{people_in_one, person_with_unit};
use crate::schema::Entry;
use crate::schema::vocabulary::HonourEntry;
use crate::source::Source;
use crate::value::pinyin;

pub(super) static KIND: EntityKind = EntityKind {
    one: "honour",
    many: "honours",
    folder: "honours",
    called: ("荣誉", "honour"),
    unknown: "honour-unknown",
    entries: Entries::File { path: "content/honours.yaml", read, otherwise: Otherwise::Nothing },
    named_by: None,
    index: IndexPages::None,
    feed: false,
    menu: Menu::More,
    facet: false,
    stale_after_days: None,
};

/// One title is conferred year after year.
fn read(source: &Source, kind: KindId, _: &Collections) -> Outcome<Listed> {
    let rules = Rules::<HonourEntry> {
        slug: |entry| {
            let year = entry.year.as_deref().unwrap_or_default();
            pinyin::slug(&format!("{} {year}", entry.name))
        },
        check,
        ..Rules::PLAIN
    };
    read_with(source, kind, &rules)
}

fn check(entry: &Entry<'_, HonourEntry>, entity: &mut Entity) {
    let HonourEntry { name: title, units, people, .. } = &entry.value;
    // The keys of a person, in the language of those of the entry.
    let of_person = match entry.spelling("people") {
        "people" => ("name", "unit"),
        _ => ("姓名", "单位"),
    };
    // What is there and wrong has been told.
    let says_whom = entry.is_given("units") || entry.is_given("people");
    if units.is_empty() && people.is_empty() && !says_whom {
        let keys = (entry.spelling("units"), entry.spelling("people"));
        entry.complain(messages::honour_nobody(entry.place(), title, keys, of_person));
    }
    for person in people.iter().filter(|person| person.unit.is_none()) {
        let index = person.index as usize;
        if entry.is_item_quoted("people", index) {
            continue;
        }
        let place = || entry.place_of_item("people", index);
        if let Some(both) = name::person_and_unit(&person.name) {
            entry.complain(person_with_unit(place(), &person.name, both, of_person));
        } else if let Some(parts) = name::several_people(&person.name)
            && name::several(&person.name).is_none()
        {
            entry.complain(people_in_one(place(), &person.name, &parts));
        }
    }
    entity.people = people
        .iter()
        .map(|person| Recipient { name: person.name.clone(), unit: person.unit.clone() })
        .collect();
    let named = people.iter().filter_map(|person| person.unit.clone());
    entity.ties.extend(named.map(|name| Tie { key: "people", kind: UNITS, name, to: None }));
}
