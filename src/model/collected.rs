//! The stories that a page of `content/pages` asks for.

use super::entity::{EntityId, KindId};
use super::kinds::{FOCAL_POINTS, SERIES, UNITS};
use super::{PageId, Site, StoryId};
use crate::base::name;
use crate::schema::story::Collected;

/// The name that a key gives.
type Named = fn(&Collected) -> Option<&str>;

/// The keys that name an entity, and the kinds of these.
pub(super) const NAMED: [(&str, KindId, Named); 3] = [
    ("focal_point", FOCAL_POINTS, |asked| asked.focal_point.as_deref()),
    ("unit", UNITS, |asked| asked.unit.as_deref()),
    ("series", SERIES, |asked| asked.series.as_deref()),
];

impl Site {
    /// All stories that a page asks for, the newest first; `None` if it asks for none.
    pub fn collected(&self, page: PageId) -> Option<Vec<StoryId>> {
        let asked = self.pages[page.index()].document.front.stories.as_ref()?;
        let mut named: Vec<EntityId> = Vec::new();
        for (_, kind, of) in NAMED {
            if let Some(word) = of(asked) {
                // What is not there has no story.
                let Some(id) = self.entity_called(kind, word) else { return Some(Vec::new()) };
                named.push(id);
            }
        }
        let all = (0..self.stories.len() as u32).map(StoryId);
        let is_asked_for = |id: &StoryId| {
            let story = self.story(*id);
            let has = |word: &str| {
                let keywords = &story.document.front.keywords;
                keywords.iter().any(|keyword| name::is_same(keyword, word))
            };
            named.iter().all(|id| story.links.contains(id))
                && asked.keyword.as_deref().is_none_or(has)
        };
        Some(all.filter(is_asked_for).collect())
    }

    /// Does a page ask for an entity that a list of all of its kind does not have? That has been said.
    pub fn asks_for_unknown(&self, page: PageId) -> bool {
        let Some(asked) = &self.pages[page.index()].document.front.stories else { return false };
        NAMED.iter().any(|(_, kind, of)| {
            let is_listed = *kind == FOCAL_POINTS || self.lists[kind.index()].is_some();
            of(asked).is_some_and(|word| is_listed && self.entity_called(*kind, word).is_none())
        })
    }

    /// The entity of a kind that has this name or this slug.
    fn entity_called(&self, kind: KindId, word: &str) -> Option<EntityId> {
        self.ids(kind).find(|id| {
            let entity = self.entity(*id);
            entity.slug == word || entity.is_called(word)
        })
    }
}
