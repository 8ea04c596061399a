//! Model branches: units that have a story of kind `branch`, in the order of units. A branch
//! has its unit's name and slug; its stories are those that name the unit, but for stories of
//! its members.

use std::collections::BTreeSet;

use super::UNITS;
use crate::model::entity::{
    Derived, Entity, EntityId, EntityKind, Entries, IndexPages, Listed, Menu, Namer,
};
use crate::model::naming::Collections;
use crate::model::vocabulary::Names;
use crate::parse::front_matter::FrontMatter;
use crate::value::kind::Kind;

pub(super) static KIND: EntityKind = EntityKind {
    one: "branch",
    many: "branches",
    folder: "branches",
    called: ("先进基层党组织", "model branch"),
    unknown: "branch-unknown",
    entries: Entries::Derived(Derived { file: None, list, of }),
    named_by: None,
    index: IndexPages::Paged,
    feed: false,
    menu: Menu::Main,
    facet: false,
    stale_after_days: None,
};

fn list(namers: &[Namer<'_>], known: &Collections) -> Listed {
    let units = &known[UNITS];
    let fronts = namers.iter().filter(|namer| namer.is_published).map(|namer| namer.front);
    let fronts = fronts.filter(|front| front.kind == Some(Kind::Branch));
    let named: BTreeSet<u32> =
        fronts.flat_map(FrontMatter::units).filter_map(|unit| units.names.find(unit)).collect();
    let mut names = Names::default();
    let entities = named.into_iter().enumerate().map(|(i, unit)| {
        let unit = EntityId::new(UNITS, unit as usize);
        let Entity { name, slug, has_own_slug, old_slugs, description, extra, .. } =
            &units.entities[unit.index()];
        names.add(slug, i as u32);
        Entity {
            name: name.clone(),
            slug: slug.clone(),
            has_own_slug: *has_own_slug,
            old_slugs: old_slugs.clone(),
            description: description.clone(),
            extra: extra.clone(),
            belongs_to: Some(unit),
            ..Entity::default()
        }
    });
    (entities.collect(), names)
}

fn of(front: &FrontMatter, links: &[EntityId], known: &Collections) -> Vec<EntityId> {
    if front.kind == Some(Kind::Member) {
        return Vec::new();
    }
    let units = links.iter().filter(|id| id.kind == UNITS);
    let slugs = units.map(|unit| &known[UNITS].entities[unit.index()].slug);
    slugs.filter_map(|slug| known[super::BRANCHES].find(slug)).collect()
}
