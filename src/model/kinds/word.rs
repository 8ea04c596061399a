//! The house's own words (用语): what it avoids, or writes otherwise. No page shows them.

use crate::model::entity::{EntityKind, Entries, IndexPages, Menu, Otherwise};
use crate::model::vocabulary::read;
use crate::schema::vocabulary::WordEntry;

pub(super) static KIND: EntityKind = EntityKind {
    one: "word",
    many: "words",
    folder: "words",
    called: ("用语", "word"),
    unknown: "word-none",
    entries: Entries::File {
        path: "content/words.yaml",
        read: read::<WordEntry>,
        otherwise: Otherwise::Nothing,
    },
    named_by: None,
    index: IndexPages::None,
    feed: false,
    menu: Menu::More,
    facet: false,
    stale_after_days: None,
};
