//! Coverage: which focal point, unit, month … has stories, and which has none. Counts, and no more:
//! nobody is scored.

use std::collections::{BTreeMap, BTreeSet};

use super::entity::{EntityId, KindId};
use super::kinds::{CARRIERS, FOCAL_POINTS, UNITS, WORKS};
use super::story::Story;
use super::{Site, StoryId};
use crate::base::map::Map;
use crate::value::moment::Moment;

/// A kind of units, as units.yaml has it; `None` for units without one, and without a unit.
pub type Sector<'s> = Option<&'s str>;

/// The sector of a unit, or of the nearest unit above it that has one.
fn sector_of(site: &Site, mut unit: EntityId) -> Sector<'_> {
    // There is no circle: the list of units has none.
    loop {
        let entity = site.entity(unit);
        match (entity.text("sector"), entity.belongs_to) {
            (Some(sector), _) => return Some(sector),
            (None, Some(above)) => unit = above,
            (None, None) => return None,
        }
    }
}

/// The sector of the unit of a story.
pub fn sector<'s>(site: &'s Site, story: &Story) -> Sector<'s> {
    sector_of(site, story.first(UNITS)?)
}

/// All sectors in the order of units, and last that of stories without one, if there are any.
pub fn sectors(site: &Site) -> Vec<Sector<'_>> {
    let mut sectors: Vec<Sector<'_>> = Vec::new();
    let units = site.all(UNITS).iter();
    for sector in units.filter_map(|unit| unit.text("sector")) {
        if !sectors.contains(&Some(sector)) {
            sectors.push(Some(sector));
        }
    }
    if site.stories.iter().any(|story| sector(site, story).is_none()) {
        sectors.push(None);
    }
    sectors
}

/// Of each carrier, for each of these sectors, how many stories of a year name it.
pub fn carriers_by_sector(
    site: &Site,
    sectors: &[Sector<'_>],
    year: Option<i32>,
) -> Vec<Vec<usize>> {
    let places: Map<Sector<'_>, usize> =
        sectors.iter().enumerate().map(|(place, sector)| (*sector, place)).collect();
    let counted = |id: &&StoryId| year.is_none_or(|year| site.story(**id).date.year() == year);
    let of = |id: EntityId| {
        let mut counts = vec![0; sectors.len()];
        for &id in site.entity(id).stories.iter().filter(counted) {
            if let Some(&place) = places.get(&sector(site, site.story(id))) {
                counts[place] += 1;
            }
        }
        counts
    };
    site.ids(CARRIERS).map(of).collect()
}

/// What a row or a column of a table stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label<'s> {
    /// An entity.
    Entity(EntityId),
    /// A sector.
    Sector(&'s str),
    /// A month of a year.
    Month(i32, u8),
    /// What none of the others stands for.
    Other,
}

/// A table of the report: which, and what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Units by focal points.
    Units,
    /// Months by focal points.
    Months,
    /// Carriers by sectors.
    Carriers,
    /// Works by units.
    Works,
}

/// A table of counts.
#[derive(Debug)]
pub struct Table<'s> {
    /// What it counts.
    pub subject: Subject,
    /// What its rows stand for.
    pub rows: Vec<Label<'s>>,
    /// What its columns stand for.
    pub columns: Vec<Label<'s>>,
    /// Of each row, for each column, how many stories there are.
    pub counts: Vec<Vec<usize>>,
}

/// The tables of a year, or of all years. Months go on until that of `until`. A table that would have
/// no row or no column is not there.
pub fn tables(site: &Site, year: Option<i32>, until: Moment) -> Vec<Table<'_>> {
    let stories: Vec<&Story> = stories_of(site, year).map(|id| site.story(id)).collect();
    let entities = |kind: KindId| site.ids(kind).map(Label::Entity).collect::<Vec<_>>();
    let points = entities(FOCAL_POINTS);
    let units = counted(
        Subject::Units,
        entities(UNITS),
        points.clone(),
        &stories,
        |story| story.all(UNITS).iter().map(|id| id.index()).collect(),
        |story| story.all(FOCAL_POINTS).iter().map(|id| id.index()).collect(),
    );
    let months = months(&stories, year, until);
    let places: BTreeMap<(i32, u8), usize> =
        months.iter().enumerate().map(|(at, month)| (*month, at)).collect();
    let months = counted(
        Subject::Months,
        months.into_iter().map(|(year, month)| Label::Month(year, month)).collect(),
        points,
        &stories,
        |story| {
            let month = (story.date.year(), story.date.month());
            places.get(&month).copied().into_iter().collect()
        },
        |story| story.all(FOCAL_POINTS).iter().map(|id| id.index()).collect(),
    );
    let sectors = sectors(site);
    let has_sectors = sectors.iter().any(Option::is_some);
    let columns = sectors.iter().map(|sector| sector.map_or(Label::Other, Label::Sector));
    let carriers = Table {
        subject: Subject::Carriers,
        rows: entities(CARRIERS),
        columns: columns.filter(|_| has_sectors).collect(),
        counts: carriers_by_sector(site, &sectors, year),
    };
    // Of units only those that have to do with a work: a table of all would be empty.
    let works = site.all(WORKS).iter();
    let mut involved: BTreeSet<EntityId> = works.flat_map(|work| work.tied("units")).collect();
    let told = stories.iter().filter(|story| !story.all(WORKS).is_empty());
    involved.extend(told.flat_map(|story| story.all(UNITS)));
    let involved: Vec<EntityId> = involved.into_iter().collect();
    let mut works = Table {
        subject: Subject::Works,
        rows: entities(WORKS),
        columns: involved.iter().copied().map(Label::Entity).collect(),
        counts: vec![vec![0; involved.len()]; site.all(WORKS).len()],
    };
    for story in &stories {
        let units = story.all(UNITS).iter().filter_map(|unit| involved.binary_search(unit).ok());
        for column in units {
            for work in story.all(WORKS) {
                works.counts[work.index()][column] += 1;
            }
        }
    }
    let mut tables = vec![units, months, carriers, works];
    tables.retain(|table| !table.rows.is_empty() && !table.columns.is_empty());
    tables
}

/// A table whose counts are those of stories in a row, in each of some columns.
fn counted<'s>(
    subject: Subject,
    rows: Vec<Label<'s>>,
    columns: Vec<Label<'s>>,
    stories: &[&Story],
    those: impl Fn(&Story) -> Vec<usize>,
    among: impl Fn(&Story) -> Vec<usize>,
) -> Table<'s> {
    let mut counts = vec![vec![0; columns.len()]; rows.len()];
    for story in stories {
        for row in those(story) {
            for column in among(story) {
                counts[row][column] += 1;
            }
        }
    }
    Table { subject, rows, columns, counts }
}

/// The most months of a table, so that a slip in one year does not make a thousand years of them.
const MONTHS: usize = 240;

/// The months of a year, or from that of the first story on; the latest first.
fn months(stories: &[&Story], year: Option<i32>, until: Moment) -> Vec<(i32, u8)> {
    let month = |at: Moment| (at.year(), at.month());
    let Some(first) = stories.iter().map(|story| month(story.date)).min() else {
        return Vec::new();
    };
    let (first, last) = match year {
        Some(year) => ((year, 1), month(until).min((year, 12))),
        None => (first, month(until)),
    };
    let next = |(year, month): &(i32, u8)| match month {
        12 => Some((year + 1, 1)),
        month => Some((*year, month + 1)),
    };
    let mut months: Vec<_> =
        std::iter::successors(Some(first), next).take_while(|month| *month <= last).collect();
    months.reverse();
    months.truncate(MONTHS);
    months
}

/// The stories of a year, or of all years.
fn stories_of(site: &Site, year: Option<i32>) -> impl Iterator<Item = StoryId> {
    let all = (0..site.stories.len() as u32).map(StoryId);
    all.filter(move |&id| year.is_none_or(|year| site.story(id).date.year() == year))
}

/// The day of the latest story of each entity of a kind: what is told of one is told of those above
/// it, too.
pub fn latest(site: &Site, kind: KindId) -> BTreeMap<EntityId, Moment> {
    let mut latest: BTreeMap<EntityId, Moment> = BTreeMap::new();
    for id in site.ids(kind) {
        let dates = site.entity(id).stories.iter().map(|&id| site.story(id).date);
        let Some(date) = dates.max() else { continue };
        let mut above = Some(id);
        while let Some(id) = above {
            let known = latest.entry(id).or_insert(date);
            *known = (*known).max(date);
            above = site.entity(id).belongs_to;
        }
    }
    latest
}

/// After so many days without a story a unit is to be asked.
pub const QUIET_AFTER: i64 = 180;

/// What is to be written next.
#[derive(Debug)]
pub struct Gaps<'s> {
    /// Units of which there is no story for long, nor of any below them, and the day of the latest.
    pub quiet: Vec<(EntityId, Option<Moment>)>,
    /// Sectors, and the focal points of which their units have no story.
    pub untouched: Vec<(Sector<'s>, Vec<EntityId>)>,
    /// Stories that name neither a work nor a result.
    pub adrift: Vec<StoryId>,
}

/// What is missing, of a year or of all years. Who is quiet is counted up to today.
pub fn gaps(site: &Site, year: Option<i32>) -> Gaps<'_> {
    let latest = latest(site, UNITS);
    let today = site.today();
    let is_quiet = |at: Option<Moment>| at.is_none_or(|at| today.days_since(at) > QUIET_AFTER);
    let quiet = site.ids(UNITS).map(|id| (id, latest.get(&id).copied()));
    let stories: Vec<StoryId> = stories_of(site, year).collect();
    let mut touched: Map<Sector<'_>, BTreeSet<EntityId>> = Map::default();
    for story in stories.iter().map(|&id| site.story(id)) {
        touched.entry(sector(site, story)).or_default().extend(story.all(FOCAL_POINTS));
    }
    let sectors = sectors(site).into_iter().filter(Option::is_some);
    let untouched = sectors.filter_map(|sector| {
        let touches = |id: &EntityId| touched.get(&sector).is_some_and(|all| all.contains(id));
        let points: Vec<EntityId> = site.ids(FOCAL_POINTS).filter(|id| !touches(id)).collect();
        (!points.is_empty()).then_some((sector, points))
    });
    let is_adrift = |id: &StoryId| {
        let story = site.story(*id);
        story.all(WORKS).is_empty() && story.document.front.results.is_empty()
    };
    Gaps {
        quiet: quiet.filter(|(_, at)| is_quiet(*at)).collect(),
        untouched: untouched.collect(),
        adrift: stories.into_iter().filter(is_adrift).collect(),
    }
}
