//! Tasks (实事): one concrete thing done for people each: need, measures, result, feedback.

use crate::model::entity::{
    Entity, EntityKind, Entries, Given, IndexPages, Menu, NamedBy, Otherwise, Listed,
};
use crate::model::entity::KindId;
use crate::model::messages;
use crate::model::naming::Collections;
use crate::model::vocabulary::{Rules, read_with};
use crate::diagnostic::Outcome;
use crate::schema::Entry;
use crate::schema::Word;
use crate::schema::vocabulary::TaskEntry;
use crate::source::Source;

pub(super) static KIND: EntityKind = EntityKind {
    one: "task",
    many: "tasks",
    folder: "tasks",
    called: ("实事", "task"),
    unknown: "task-unknown",
    entries: Entries::File { path: "content/tasks.yaml", read, otherwise: Otherwise::Nothing },
    named_by: Some(NamedBy {
        key: "tasks",
        given: Given::List(|front| &front.tasks),
        most: usize::MAX,
        distinct: false,
        by_slug: false,
        of_unit: None,
    }),
    index: IndexPages::Whole,
    feed: false,
    menu: Menu::More,
    facet: false,
    stale_after_days: None,
};

fn read(source: &Source, kind: KindId, _: &Collections) -> Outcome<Listed> {
    read_with(source, kind, &Rules::<TaskEntry> { check, ..Rules::PLAIN })
}

/// A task that says nothing of its status is planned, or done where it says when. What is done
/// says when; what says when is done.
fn check(entry: &Entry<'_, TaskEntry>, entity: &mut Entity) {
    let task = &entry.value;
    match (task.status.map(|Word(status)| status), task.done_on) {
        (Some("done"), None) => entry.complain(messages::task_undated(entry.place_of("status"))),
        (Some(status), Some(done)) if status != "done" => {
            entry.complain(messages::task_done_early(entry.place_of("done_on"), done, status));
        }
        (None, done) => {
            let status = if done.is_some() { "done" } else { "planned" };
            entity.texts.push(("status", status.into()));
        }
        _ => {}
    }
}
