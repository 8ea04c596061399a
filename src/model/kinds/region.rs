//! Regions: places that stories name.

use crate::model::entity::{Entries, EntityKind, IndexPages, Menu, NamedBy};

pub(super) static KIND: EntityKind = EntityKind {
    one: "region",
    many: "regions",
    folder: "regions",
    called: ("地区", "region"),
    unknown: "region-unknown",
    entries: Entries::Stories,
    named_by: Some(NamedBy { names: |front| front.region.as_slice(), most: 1, distinct: false, by_slug: false }),
    keys: &[],
    index: IndexPages::Whole,
    feed: false,
    menu: Menu::More,
    facet: true,
    stale_after_days: None,
};
