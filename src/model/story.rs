//! Stories and pages.

use std::sync::Arc;

use super::entity::{EntityId, KindId};
use super::kinds::WORKS;
use crate::parse::Document;
use crate::value::kind::Kind;
use crate::value::moment::Moment;
use crate::yaml::fields::ListItem;

/// One published account, its names resolved.
#[derive(Debug)]
pub struct Story {
    /// The file, its front matter and body.
    pub document: Arc<Document>,
    /// The last part of its address.
    pub slug: String,
    /// Its date; the year is part of the address.
    pub date: Moment,
    /// What it is about.
    pub kind: Kind,
    /// The entities that it is about, belongs to or is grouped by, in the order of kinds; of
    /// one kind in the order in which it names them.
    pub links: Box<[EntityId]>,
    /// Of these the works and carriers that it names as works that it is coordinated with. The
    /// others are its central works, and what it was done through: one initiative may be either.
    pub linked_works: Box<[EntityId]>,
    /// Redirects to it: addresses from the root of the site, without the leading `/`.
    pub aliases: Vec<ListItem<String>>,
}

impl Story {
    /// The entities of a kind that it is linked to, the primary one first.
    pub fn all(&self, kind: KindId) -> &[EntityId] {
        let start = self.links.partition_point(|id| id.kind < kind);
        let length = self.links[start..].partition_point(|id| id.kind == kind);
        &self.links[start..start + length]
    }

    /// The entity of a kind that it is linked to; the primary one of several.
    pub fn first(&self, kind: KindId) -> Option<EntityId> {
        self.all(kind).first().copied()
    }

    /// Its central works.
    pub fn central_works(&self) -> impl Iterator<Item = EntityId> {
        self.all(WORKS).iter().copied().filter(|id| !self.linked_works.contains(id))
    }

    /// Its title.
    pub fn title(&self) -> &str {
        self.document.title()
    }

    /// The summary that was written, else the beginning of the body.
    pub fn summary(&self) -> &str {
        self.document.front.summary.as_deref().unwrap_or(&self.document.body.excerpt)
    }

    /// When it last changed, as its author says.
    pub fn updated(&self) -> Moment {
        self.document.front.updated.unwrap_or(self.date)
    }
}

/// A page of `content/pages`.
#[derive(Debug)]
pub struct Page {
    /// The file, its front matter and body.
    pub document: Arc<Document>,
    /// Its address is `/SLUG/`.
    pub slug: String,
    /// Redirects to it.
    pub aliases: Vec<ListItem<String>>,
}
