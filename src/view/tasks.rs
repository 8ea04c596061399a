//! Views of tasks.

use std::collections::BTreeMap;

use super::{PageView, TaskFilter, TaskItem, TaskStatusView, TaskStep, TaskView, TasksView, Views};
use crate::model::entity::EntityId;
use crate::model::kinds::{FOCAL_POINTS, TASKS};
use crate::model::tasks;
use crate::plan::tasks_address;
use crate::value::address::Address;

/// The steps of a task, by their keys.
const STEPS: [&str; 4] = ["need", "measures", "result", "feedback"];

impl<'a> Views<'a> {
    /// `tasks`: all of them, or those of a unit or a focal point.
    pub fn tasks(&self, of: Option<EntityId>) -> TasksView<'a> {
        let site = self.site;
        let is_shown = |id: &EntityId| of.is_none_or(|of| tasks::is_of(site, *id, of));
        let mut by_status: BTreeMap<&str, Vec<EntityId>> = BTreeMap::new();
        for id in site.ids(TASKS).filter(is_shown) {
            by_status.entry(tasks::status(site.entity(id))).or_default().push(id);
        }
        let count = by_status.values().map(Vec::len).sum();
        let statuses = tasks::STATUSES.into_iter().filter_map(|status| {
            let ids = tasks::in_order(site, status, by_status.remove(status)?);
            let tasks = ids.into_iter().map(|id| self.task_item(id)).collect();
            Some(TaskStatusView { status, tasks })
        });
        let statuses: Vec<_> = statuses.collect();
        let owners = if of.is_none() { tasks::owners(site) } else { Default::default() };
        let filters = owners.into_iter().map(|id| {
            let key = filter_key(id);
            let has_it = |task: &&TaskItem<'_>| task.keys.contains(&key);
            let count = statuses.iter().flat_map(|status| &status.tasks).filter(has_it).count();
            let url = self.url(&tasks_address(site, id));
            (id, TaskFilter { name: site.entity(id).short_name(), url, count, key })
        });
        let (focal_points, units): (Vec<_>, Vec<_>) =
            filters.partition(|(id, _)| id.kind == FOCAL_POINTS);
        TasksView {
            count,
            of: of.map(|id| self.link_entity(id)),
            statuses,
            units: units.into_iter().map(|(_, filter)| filter).collect(),
            focal_points: focal_points.into_iter().map(|(_, filter)| filter).collect(),
        }
    }

    fn task_item(&self, id: EntityId) -> TaskItem<'a> {
        let (site, task) = (self.site, self.site.entity(id));
        let unit = task.tied("unit").next();
        let focal_points = tasks::focal_points(site, id);
        TaskItem {
            name: &task.name,
            url: self.url(&site.entity_address(id)),
            unit: unit.map(|id| self.link_entity(id)),
            due: task.date("due").map(|at| self.date(at)),
            done_on: task.date("done_on").map(|at| self.date(at)),
            need: task.text("need"),
            result: task.text("result"),
            count: task.stories.len(),
            keys: unit.into_iter().chain(focal_points.iter().copied()).map(filter_key).collect(),
            focal_points: focal_points.into_iter().map(|id| self.focal_point_tag(id)).collect(),
        }
    }

    /// `task`.
    pub(super) fn task(&self, id: EntityId) -> TaskView<'a> {
        let task = self.site.entity(id);
        let step = |key| TaskStep { key, texts: task.texts(key).collect() };
        TaskView { entity: self.entity(id), steps: STEPS.map(step).into() }
    }

    /// `page` of the tasks of a unit or of a focal point.
    pub fn tasks_page(&self, of: EntityId, address: &Address) -> PageView<'a> {
        let kind = TASKS.kind();
        let name = &self.site.entity(of).name;
        let title = self.words("tasks_of", &[("name", name)]);
        let mut page = self.page(address, kind.folder, title);
        page.crumbs = vec![self.crumb(kind.many, kind.folder)];
        page
    }
}

/// What tasks of a unit or of a focal point have in common, for scripts.
fn filter_key(id: EntityId) -> String {
    format!("{}-{}", id.kind.kind().one.replace('_', "-"), id.index() + 1)
}
