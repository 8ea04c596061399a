//! Coverage: which focal point, unit, month … has stories, and which has none. Counts, and no more:
//! nobody is scored.

use super::entity::EntityId;
use super::kinds::{CARRIERS, UNITS};
use super::story::Story;
use super::{Site, StoryId};
use crate::base::map::Map;

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
