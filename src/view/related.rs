//! Which stories have most in common with one, and which stand beside it.

use std::cmp::Reverse;

use crate::model::entity::{EntityId, KindId};
use crate::model::kinds::{CARRIERS, FOCAL_POINTS, MEMBERS, TASKS, UNITS, WORKS};
use crate::model::{Site, StoryId};

/// How many related stories a story shows.
const SHOWN: usize = 4;

/// Of a long list only so many stories on either side are looked at: of thousands that share a
/// focal point the nearest will do.
const NEAR: usize = 8;

/// What stories may have in common.
const SHARED: [KindId; 6] = [FOCAL_POINTS, UNITS, MEMBERS, WORKS, CARRIERS, TASKS];

/// The stories that have most in common with one. What few stories have counts more than what
/// many have; of stories with as much in common the nearest in time come first.
pub(super) fn related_to(site: &Site, id: StoryId) -> Vec<StoryId> {
    let story = site.story(id);
    let links = story.links.iter().copied().filter(|link| SHARED.contains(&link.kind));
    let weighed: Vec<(EntityId, u32)> = links.map(|link| (link, weight(site, link))).collect();
    let lists = weighed.iter().map(|(link, _)| &*site.entity(*link).stories);
    let mut near: Vec<StoryId> = lists.flat_map(|list| around(site, list, id)).collect();
    near.sort_unstable();
    near.dedup();
    let mut found: Vec<_> = near
        .into_iter()
        .filter(|other| *other != id)
        .map(|other| {
            let links = &site.story(other).links;
            let shared = weighed.iter().filter(|(link, _)| links.contains(link));
            (Reverse(shared.map(|(_, weight)| weight).sum::<u32>()), other.0.abs_diff(id.0), other)
        })
        .collect();
    found.sort_unstable();
    found.into_iter().take(SHOWN).map(|(.., other)| other).collect()
}

/// How much it says that two stories have an entity in common. Whole steps, so that a story more or
/// less hardly ever changes what others show.
fn weight(site: &Site, link: EntityId) -> u32 {
    60 / (1 + site.entity(link).stories.len().max(1).ilog2())
}

/// The stories of a list that stand next to a story in time: the next one, and the one before.
pub(super) fn beside(
    site: &Site,
    list: &[StoryId],
    id: StoryId,
) -> (Option<StoryId>, Option<StoryId>) {
    let parts = parts(site, list);
    let newer = parts.map(|part| part[..part.partition_point(|other| *other < id)].last());
    let older = parts.map(|part| part.get(part.partition_point(|other| *other <= id)));
    (newer.into_iter().flatten().max().copied(), older.into_iter().flatten().min().copied())
}

/// The stories of a list on either side of a story.
fn around<'s>(
    site: &Site,
    list: &'s [StoryId],
    id: StoryId,
) -> impl Iterator<Item = StoryId> + use<'s> {
    let near = |part: &'s [StoryId]| {
        let place = part.partition_point(|other| *other < id);
        &part[place.saturating_sub(NEAR)..(place + NEAR + 1).min(part.len())]
    };
    parts(site, list).map(near).into_iter().flatten().copied()
}

/// A list is pinned stories and then the rest, each of them in the order of time.
fn parts<'s>(site: &Site, list: &'s [StoryId]) -> [&'s [StoryId]; 2] {
    let pinned = list.partition_point(|id| site.story(*id).document.front.pinned);
    let (pinned, rest) = list.split_at(pinned);
    [pinned, rest]
}
