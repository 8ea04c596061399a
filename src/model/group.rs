//! Grouping: which stories belong to what, in which order.

use super::{Site, StoryId, is_bundle};
use crate::base::parallel;

/// Fills the lists of stories. Listed order is: pinned stories first, then newest first.
pub fn group(mut site: Site) -> Site {
    let mut order: Vec<StoryId> = (0..site.stories.len() as u32).map(StoryId).collect();
    // Stable: the stories are newest first already.
    order.sort_by_key(|id| !site.stories[id.index()].document.front.pinned);
    for &id in &order {
        let story = &site.stories[id.index()];
        for link in &story.links {
            site.entities[link.kind.index()][link.index()].stories.push(id);
        }
        if story.kind.is_listed() {
            site.listed[story.kind as usize].push(id);
        }
    }
    let owners: Vec<_> = site.owners().collect();
    let bundles = parallel::map(&owners, |owner| {
        let path = &site.document(*owner).source.path;
        is_bundle(path).then(|| (path.folder().to_string(), *owner))
    });
    site.bundles = bundles.into_iter().flatten().collect();
    site
}
