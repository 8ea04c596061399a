//! Carriers (载体): named activities through which the campaign is carried out.

use crate::model::entity::{Entries, EntityKind, Given, IndexPages, Menu, NamedBy, Otherwise};

pub(super) static KIND: EntityKind = EntityKind {
    one: "carrier",
    many: "carriers",
    folder: "carriers",
    called: ("载体", "carrier"),
    unknown: "carrier-unknown",
    entries: Entries::File { path: "content/carriers.yaml", otherwise: Otherwise::Stories },
    named_by: Some(NamedBy { key: "carriers", given: Given::List(|front| &front.carriers), most: usize::MAX, distinct: false, by_slug: false }),
    keys: &[("name", "名称"), ("slug", "网址名"), ("aliases", "别名"), ("description", "简介")],
    index: IndexPages::Whole,
    feed: false,
    menu: Menu::More,
    facet: true,
    stale_after_days: None,
};
