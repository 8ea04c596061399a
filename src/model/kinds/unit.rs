//! Units: organisations, as `units.yaml` lists them in their official order.

use crate::model::entity::{EntityKind, Entries, Given, IndexPages, Menu, NamedBy, Otherwise};
use crate::model::vocabulary::read;
use crate::schema::vocabulary::UnitEntry;

pub(super) static KIND: EntityKind = EntityKind {
    one: "unit",
    many: "units",
    folder: "units",
    called: ("单位", "unit"),
    unknown: "unit-unknown",
    entries: Entries::File {
        path: "content/units.yaml",
        read: read::<UnitEntry>,
        otherwise: Otherwise::Stories,
    },
    named_by: Some(NamedBy {
        key: "unit",
        given: Given::List(|front| &front.unit),
        most: usize::MAX,
        distinct: false,
        by_slug: false,
        of_unit: None,
    }),
    index: IndexPages::Whole,
    feed: false,
    menu: Menu::More,
    facet: true,
    stale_after_days: None,
};
