//! Units: organisations, as `units.yaml` lists them in their official order.

use crate::model::entity::{Entries, EntityKind, Given, IndexPages, Menu, NamedBy, Otherwise};

pub(super) static KIND: EntityKind = EntityKind {
    one: "unit",
    many: "units",
    folder: "units",
    called: ("单位", "unit"),
    unknown: "unit-unknown",
    entries: Entries::File { path: "content/units.yaml", otherwise: Otherwise::Stories },
    named_by: Some(NamedBy { key: "unit", given: Given::One(|front| front.unit.as_deref()), most: 1, distinct: false, by_slug: false }),
    keys: &[("name", "名称"), ("slug", "网址名"), ("aliases", "别名"), ("description", "简介"), ("level", "层级"), ("sector", "领域"), ("parent", "上级"), ("region", "地区")],
    index: IndexPages::Whole,
    feed: false,
    menu: Menu::More,
    facet: true,
    stale_after_days: None,
};
