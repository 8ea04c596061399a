//! Tasks (实事) as their list and the stories of them tell.

use std::collections::BTreeSet;

use super::Site;
use super::entity::{Entity, EntityId};
use super::kinds::{FOCAL_POINTS, TASKS};
use crate::value::moment::Moment;

/// How far a task is, in the order in which lists show it.
pub const STATUSES: [&str; 4] = ["doing", "planned", "done", "stopped"];

/// How far a task is. What its entry says wrong is planned.
pub fn status(task: &Entity) -> &'static str {
    let given = task.text("status");
    STATUSES.into_iter().find(|status| Some(*status) == given).unwrap_or("planned")
}

/// Is a task yet to be done?
pub fn is_open(task: &Entity) -> bool {
    matches!(status(task), "doing" | "planned")
}

/// The focal points of a task: those of its stories.
pub fn focal_points(site: &Site, task: EntityId) -> BTreeSet<EntityId> {
    let stories = site.entity(task).stories.iter();
    stories.flat_map(|&id| site.story(id).all(FOCAL_POINTS)).copied().collect()
}

/// Does a task belong to a unit, or to a focal point?
pub fn is_of(site: &Site, task: EntityId, of: EntityId) -> bool {
    match of.kind {
        FOCAL_POINTS => focal_points(site, task).contains(&of),
        _ => site.entity(task).tied("unit").any(|unit| unit == of),
    }
}

/// The units and the focal points that have tasks.
pub fn owners(site: &Site) -> BTreeSet<EntityId> {
    let units = site.all(TASKS).iter().flat_map(|task| task.tied("unit"));
    units.chain(site.ids(TASKS).flat_map(|task| focal_points(site, task))).collect()
}

/// Tasks of a status in the order of lists: what is open by when it is due, what is done the latest
/// first, else as the list has them.
pub fn in_order(site: &Site, status: &str, mut tasks: Vec<EntityId>) -> Vec<EntityId> {
    let day = |id: &EntityId, key| site.entity(*id).date(key).map(Moment::calendar_day);
    match status {
        "done" => tasks.sort_by_key(|id| std::cmp::Reverse(day(id, "done_on"))),
        "doing" | "planned" => tasks.sort_by_key(|id| {
            let due = day(id, "due");
            (due.is_none(), due)
        }),
        _ => {}
    }
    tasks
}
