//! The calendar: events, the first and last days of works and carriers, and the days by which tasks
//! are due.

use time::Date;

use super::entity::{Entity, EntityId};
use super::kinds::{CARRIERS, EVENTS, TASKS, WORKS};
use super::tasks;
use super::{Fate, Site};
use crate::value::moment::Moment;

/// What a day in the calendar is to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occasion {
    /// It takes place.
    Event,
    /// It begins.
    From,
    /// It ends.
    To,
    /// It is due.
    Due,
}

impl Occasion {
    /// As templates know it.
    pub fn word(self) -> &'static str {
        match self {
            Occasion::Event => "event",
            Occasion::From => "from",
            Occasion::To => "to",
            Occasion::Due => "due",
        }
    }
}

/// What is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The day, perhaps with a time.
    pub at: Moment,
    /// The last day of an event that lasts several.
    pub end: Option<Moment>,
    /// What the day is.
    pub occasion: Occasion,
    /// Of what.
    pub of: EntityId,
}

impl Item {
    /// The last day of it.
    pub fn last_day(&self) -> Date {
        self.end.unwrap_or(self.at).calendar_day()
    }
}

/// The days that an entity of a kind may have in the calendar: the keys of its entry.
const DAYS: [(super::entity::KindId, &[(&str, Occasion)]); 4] = [
    (EVENTS, &[("date", Occasion::Event)]),
    (WORKS, &[("from", Occasion::From), ("to", Occasion::To)]),
    (CARRIERS, &[("from", Occasion::From), ("to", Occasion::To)]),
    (TASKS, &[("due", Occasion::Due)]),
];

/// Everything in the calendar, by day; on one day events first, by their times.
pub fn items(site: &Site) -> Vec<Item> {
    let mut items: Vec<Item> = all(site).collect();
    items.sort_by_key(|item| (item.at.calendar_day(), item.occasion, item.at.clock(), item.of));
    items
}

/// Is there anything in the calendar?
pub fn is_empty(site: &Site) -> bool {
    all(site).next().is_none()
}

fn all(site: &Site) -> impl Iterator<Item = Item> {
    let kinds = DAYS.iter().flat_map(|(kind, days)| site.ids(*kind).map(move |id| (id, *days)));
    kinds.flat_map(|(id, days)| {
        let entity = site.entity(id);
        // Nobody waits any more for what is stopped.
        let is_on = id.kind != TASKS || tasks::status(entity) != "stopped";
        days.iter().filter(move |_| is_on).filter_map(move |&(key, occasion)| {
            let end = entity.date("end").filter(|_| occasion == Occasion::Event);
            Some(Item { at: entity.date(key)?, end, occasion, of: id })
        })
    })
}

/// What the path that an event gives for its story leads to; `None` if it gives none, an error if
/// nothing is there.
pub fn story_of(site: &Site, event: &Entity) -> Option<Result<Fate, ()>> {
    let given = event.text("story")?.replace('\\', "/");
    let given = given.trim_matches('/');
    let below = ["", "content/", "content/stories/"];
    let ends = ["", ".md", "/index.md"];
    let paths = below.iter().flat_map(|below| ends.map(|end| format!("{below}{given}{end}")));
    let found = paths.filter_map(|path| site.outcomes.get(path.as_str()).copied()).next();
    Some(found.ok_or(()))
}
