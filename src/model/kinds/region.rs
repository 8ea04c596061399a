//! Regions: places that stories name.

use crate::model::entity::{EntityKind, Entries, Given, IndexPages, Menu, NamedBy};

pub(super) static KIND: EntityKind = EntityKind {
    one: "region",
    many: "regions",
    folder: "regions",
    called: ("地区", "region"),
    unknown: "region-unknown",
    entries: Entries::Stories,
    named_by: Some(NamedBy {
        key: "region",
        given: Given::One(|front| front.region.as_deref()),
        most: 1,
        distinct: false,
        by_slug: false,
        of_unit: Some("region"),
    }),
    index: IndexPages::Whole,
    feed: false,
    menu: Menu::More,
    facet: true,
    stale_after_days: None,
};
