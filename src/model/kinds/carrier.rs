//! Carriers (载体): named activities through which the campaign is carried out.

use crate::model::entity::{EntityKind, Entries, Given, IndexPages, Menu, NamedBy, Otherwise};
use crate::model::vocabulary::read;
use crate::schema::vocabulary::CarrierEntry;

pub(super) static KIND: EntityKind = EntityKind {
    one: "carrier",
    many: "carriers",
    folder: "carriers",
    called: ("载体", "carrier"),
    unknown: "carrier-unknown",
    entries: Entries::File {
        path: "content/carriers.yaml",
        read: read::<CarrierEntry>,
        otherwise: Otherwise::Stories,
    },
    named_by: Some(NamedBy {
        key: "carriers",
        given: Given::List(|front| &front.carriers),
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
