//! Special topics (专题): what stories are collected under for a time.

use crate::diagnostic::Outcome;
use crate::model::entity::{
    Entity, EntityKind, Entries, Given, IndexPages, KindId, Listed, Menu, NamedBy, Otherwise,
    Portrait,
};
use crate::model::messages;
use crate::model::naming::Collections;
use crate::model::vocabulary::{Rules, read_with};
use crate::schema::Entry;
use crate::schema::vocabulary::SeriesEntry;
use crate::source::Source;

pub(super) static KIND: EntityKind = EntityKind {
    // Of “series” one is called as several are.
    one: "topic",
    many: "series",
    folder: "series",
    called: ("专题", "series"),
    unknown: "series-unknown",
    entries: Entries::File { path: "content/series.yaml", read, otherwise: Otherwise::Stories },
    named_by: Some(NamedBy {
        key: "series",
        given: Given::One(|front| front.series.as_deref()),
        most: 1,
        distinct: false,
        by_slug: true,
        of_unit: None,
    }),
    index: IndexPages::Whole,
    feed: false,
    menu: Menu::More,
    facet: false,
    stale_after_days: None,
};

fn read(source: &Source, kind: KindId, _: &Collections) -> Outcome<Listed> {
    read_with(source, kind, &Rules::<SeriesEntry> { check, ..Rules::PLAIN })
}

fn check(entry: &Entry<'_, SeriesEntry>, entity: &mut Entity) {
    let SeriesEntry { cover, cover_alt, pinned, .. } = &entry.value;
    // A picture, not its name, is what templates get.
    entity.texts.retain(|(key, _)| !key.starts_with("cover"));
    entity.portrait = cover.clone().map(|given| Portrait {
        given,
        alt: cover_alt.clone().unwrap_or_default(),
        place: entry.place_of("cover"),
    });
    if cover.is_some() && cover_alt.is_none() {
        entry.complain(messages::series_cover_alt(entry.place_of("cover"), entry.spelling("cover_alt")));
    }
    if *pinned {
        entity.texts.push(("pinned", "true".into()));
    }
}
