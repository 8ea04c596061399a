//! Stories and pages.

use std::sync::Arc;

use super::{CarrierId, FocalPointId, PersonId, RegionId, UnitId};
use crate::parse::Document;
use crate::parse::fields::Given;
use crate::value::kind::Kind;
use crate::value::moment::Moment;

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
    /// At most three, the primary one first.
    pub focal_points: Vec<FocalPointId>,
    /// The unit that it names.
    pub unit: Option<UnitId>,
    /// The person whom it is about or names, where that person has a page.
    pub person: Option<PersonId>,
    /// The carriers that it names.
    pub carriers: Vec<CarrierId>,
    /// The region that it names.
    pub region: Option<RegionId>,
    /// Redirects to it: addresses from the root of the site, without the leading `/`.
    pub aliases: Vec<Given<String>>,
}

impl Story {
    /// Its title.
    pub fn title(&self) -> &str {
        &self.document.front.title
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
    pub aliases: Vec<Given<String>>,
}
