//! A selection of stories, for what takes only a part of them: the archive and the book.

use super::entity::{Entity, EntityId};
use super::kinds::FOCAL_POINTS;
use super::{Site, StoryId};
use crate::base::name;
use crate::diagnostic::Outcome;
use crate::model::messages;
use crate::value::kind::Kind;
use crate::value::nearest::nearest;

/// Which stories are meant. An empty list leaves nothing out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The years of their dates.
    pub years: Vec<i32>,
    /// Their kinds.
    pub kinds: Vec<Kind>,
    /// The focal points, by slug or any of their names; a story needs one of them.
    pub focal_points: Vec<String>,
}

impl Selection {
    /// The stories that are meant, in the order of the site: newest first. A focal point that
    /// the site does not have, and a selection without a story, are errors.
    pub fn stories(&self, site: &Site) -> Outcome<Vec<StoryId>> {
        let mut diagnostics = Vec::new();
        let mut points = Vec::new();
        for word in &self.focal_points {
            match find(site, word) {
                Some(id) => points.push(id),
                None => {
                    let all = site.all(FOCAL_POINTS);
                    let near = nearest(word, all.iter().flat_map(words));
                    let all: Vec<_> = all.iter().map(|point| point.slug.as_str()).collect();
                    diagnostics.push(messages::selection_focal_point(word, near, &all));
                }
            }
        }
        let ids = (0..site.stories.len() as u32).map(StoryId);
        let chosen: Vec<StoryId> = ids
            .filter(|&id| {
                let story = site.story(id);
                (self.years.is_empty() || self.years.contains(&story.date.year()))
                    && (self.kinds.is_empty() || self.kinds.contains(&story.kind))
                    && (self.focal_points.is_empty()
                        || story.all(FOCAL_POINTS).iter().any(|point| points.contains(point)))
            })
            .collect();
        if chosen.is_empty() && diagnostics.is_empty() {
            diagnostics.push(messages::selection_empty(site.stories.len()));
        }
        Outcome { value: chosen, diagnostics }
    }
}

/// The focal point that a word names.
pub fn find(site: &Site, word: &str) -> Option<EntityId> {
    site.ids(FOCAL_POINTS)
        .find(|&id| words(site.entity(id)).any(|known| name::is_same(known, word)))
}

fn words(point: &Entity) -> impl Iterator<Item = &str> {
    [point.slug.as_str()].into_iter().chain(point.words())
}
