//! Exemplary members: people with a story of kind `member`, by surname. Two people of one
//! name in two units are two people; one name spelled in two ways in one unit is one.

use std::sync::Arc;

use super::{MEMBERS, UNITS};
use crate::base::map::Set;
use crate::base::name;
use crate::base::parallel;
use crate::model::entity::{
    Derived, Entity, EntityId, EntityKind, Entries, IndexPages, Listed, Menu,
};
use crate::model::naming::Collections;
use crate::model::vocabulary::{self, Slugs};
use crate::parse::Document;
use crate::parse::front_matter::FrontMatter;
use crate::value::kind::Kind;
use crate::value::pinyin;

pub(super) static KIND: EntityKind = EntityKind {
    one: "member",
    many: "members",
    folder: "members",
    called: ("优秀党员", "exemplary member"),
    unknown: "member-unknown",
    entries: Entries::Derived(Derived { list, of }),
    named_by: None,
    index: IndexPages::Paged,
    feed: false,
    menu: Menu::Main,
    facet: false,
    stale_after_days: None,
};

/// Namesakes stand next to each other; their name finds the first of them.
fn list(documents: &[Arc<Document>], known: &Collections) -> Listed {
    let mut seen = Set::default();
    let mut slugs = Slugs::default();
    // Oldest first, so that an address, once given, stays when a namesake comes later.
    let named = documents.iter().rev().filter_map(|document| {
        let front = &document.front;
        let name = front.name.as_deref().filter(|_| front.kind == Some(Kind::Member))?;
        let unit = known[UNITS].find(front.unit.as_ref()?)?;
        Some((name, unit)).filter(|_| seen.insert((name::key(name), unit)))
    });
    let named: Vec<(&str, EntityId)> = named.collect();
    let read = parallel::map(&named, |(name, _)| {
        let key = name::key(name);
        (pinyin::name_slug(&key), pinyin::name_key(&key))
    });
    let made = named.into_iter().zip(read).map(|((name, unit), (slug, key))| {
        (key, Entity { belongs_to: Some(unit), ..Entity::named(name, slugs.give(slug)) })
    });
    vocabulary::in_order(made.collect())
}

/// The person of this name in this unit. News may name another unit than the person's own,
/// or none: then it is the only person of that name.
fn of(front: &FrontMatter, links: &[EntityId], known: &Collections) -> Option<EntityId> {
    let unit = links.iter().find(|id| id.kind == UNITS).copied();
    let name = front.name.as_deref()?;
    let people = &known[MEMBERS];
    let first = people.names.find(name)? as usize;
    let is_namesake = |person: &&Entity| name::is_same(&person.name, name);
    let namesakes = || people.entities[first..].iter().take_while(is_namesake);
    let here = namesakes().position(|person| person.belongs_to == unit);
    let alone = || (namesakes().count() == 1).then_some(0);
    here.or_else(alone).map(|at| EntityId::new(MEMBERS, first + at))
}
