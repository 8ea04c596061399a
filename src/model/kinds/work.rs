//! Works (工作): what an organisation has to do at a time: central work (中心工作), or other work
//! that the campaign is coordinated with (统筹工作). Which of the two it is to a story, the story
//! says: see [`Story::linked_works`](crate::model::story::Story).

use crate::model::entity::{EntityKind, Entries, Given, IndexPages, Menu, NamedBy, Otherwise};
use crate::model::vocabulary::read;
use crate::schema::vocabulary::WorkEntry;

pub(super) static KIND: EntityKind = EntityKind {
    one: "work",
    many: "works",
    folder: "works",
    called: ("工作", "work"),
    unknown: "work-unknown",
    entries: Entries::File {
        path: "content/works.yaml",
        read: read::<WorkEntry>,
        otherwise: Otherwise::Nothing,
    },
    named_by: Some(NamedBy {
        key: "central_works",
        given: Given::List(|front| &front.central_works),
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
