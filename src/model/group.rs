//! Grouping: which stories belong to what, in which order.

use std::collections::BTreeMap;

use super::unit::Branch;
use super::{Site, StoryId, UnitId, is_bundle};
use crate::base::parallel;
use crate::value::kind::Kind;

/// Fills the lists of stories. Listed order is: pinned stories first, then newest first.
pub fn group(mut site: Site) -> Site {
    let mut order: Vec<StoryId> = (0..site.stories.len() as u32).map(StoryId).collect();
    // Stable: the stories are newest first already.
    order.sort_by_key(|id| !site.stories[id.index()].document.front.pinned);
    let mut branches: BTreeMap<UnitId, Vec<StoryId>> = BTreeMap::new();
    for &id in &order {
        let story = &site.stories[id.index()];
        for focal_point in &story.focal_points {
            site.focal_points[focal_point.index()].stories.push(id);
        }
        for carrier in &story.carriers {
            site.carriers[carrier.index()].stories.push(id);
        }
        if let Some(unit) = story.unit {
            site.units[unit.index()].stories.push(id);
            if story.kind != Kind::Member {
                branches.entry(unit).or_default().push(id);
            }
        }
        if let Some(person) = story.person {
            site.people[person.index()].stories.push(id);
        }
        if let Some(region) = story.region {
            site.regions[region.index()].stories.push(id);
        }
        if story.kind == Kind::News {
            site.news.push(id);
        }
    }
    let is_branch_story = |id: &StoryId| site.stories[id.index()].kind == Kind::Branch;
    site.branches = branches
        .into_iter()
        .filter(|(_, stories)| stories.iter().any(is_branch_story))
        .map(|(unit, stories)| Branch { unit, stories })
        .collect();
    let owners: Vec<_> = site.owners().collect();
    let bundles = parallel::map(&owners, |owner| {
        let path = &site.document(*owner).source.path;
        is_bundle(path).then(|| (path.folder().to_string(), *owner))
    });
    site.bundles = bundles.into_iter().flatten().collect();
    site
}
