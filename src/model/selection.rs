//! A selection of stories, for what takes only a part of them: the archive and the book.

use super::{Site, StoryId};
use crate::base::text;
use crate::diagnostic::{Outcome, catalogue};
use crate::value::kind::Kind;

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
            let known = site.focal_points.iter().position(|point| point.words().any(|w| w == word));
            match known {
                Some(index) => points.push(index),
                None => {
                    let words = site.focal_points.iter().flat_map(|point| point.words());
                    let near = text::nearest(word, words);
                    let all: Vec<_> = site.focal_points.iter().map(|p| p.slug.as_str()).collect();
                    diagnostics.push(catalogue::selection_focal_point(word, near, &all));
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
                        || story.focal_points.iter().any(|point| points.contains(&point.index())))
            })
            .collect();
        if chosen.is_empty() && diagnostics.is_empty() {
            diagnostics.push(catalogue::selection_empty(site.stories.len()));
        }
        Outcome { value: chosen, diagnostics }
    }
}
