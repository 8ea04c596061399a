//! Events (日程): what takes place on a day. They have no pages of their own; the calendar shows
//! them.

use crate::diagnostic::Outcome;
use crate::model::entity::{
    EntityKind, Entries, IndexPages, KindId, Menu, Otherwise, Listed,
};
use crate::model::messages;
use crate::model::naming::Collections;
use crate::model::vocabulary::{Rules, read_with};
use crate::schema::vocabulary::EventEntry;
use crate::source::Source;
use crate::value::pinyin;

pub(super) static KIND: EntityKind = EntityKind {
    one: "event",
    many: "events",
    folder: "events",
    called: ("日程", "event"),
    unknown: "event-unknown",
    entries: Entries::File { path: "content/events.yaml", read, otherwise: Otherwise::Nothing },
    named_by: None,
    index: IndexPages::None,
    feed: false,
    menu: Menu::More,
    facet: false,
    stale_after_days: None,
};

/// Calendars know an event by its slug: one that is made has its day in it, as many events are
/// called alike.
fn read(source: &Source, kind: KindId, _: &Collections) -> Outcome<Listed> {
    let rules = Rules::<EventEntry> {
        slug: |entry| {
            let day = entry.date.map(|at| at.to_string()).unwrap_or_default();
            pinyin::slug(&format!("{} {day}", entry.name))
        },
        twice: Some(|place, entry, line| messages::event_twice(place, &entry.name, line)),
        ..Rules::PLAIN
    };
    read_with(source, kind, &rules)
}
