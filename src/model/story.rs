//! Stories and pages.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::moment::Moment;
use super::{CarrierId, FocalPointId, PersonId, RegionId, UnitId};
use crate::parse::Document;
use crate::parse::fields::ListItem;

/// What a story is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A model branch (先进基层党组织).
    Branch,
    /// An exemplary member (优秀党员).
    Member,
    /// News of the campaign.
    News,
}

impl Kind {
    /// The words that name a kind in front matter and on the command line.
    pub const WORDS: &'static [(&'static str, Kind)] = &[
        ("branch", Kind::Branch),
        ("member", Kind::Member),
        ("news", Kind::News),
        ("支部", Kind::Branch),
        ("党员", Kind::Member),
        ("动态", Kind::News),
    ];

    /// The kind that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|&(_, kind)| kind)
    }

    /// The English word: `branch`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Branch => "branch",
            Kind::Member => "member",
            Kind::News => "news",
        }
    }
}

/// A title conferred by someone in a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Honour {
    /// The title.
    pub title: String,
    /// Who conferred it.
    pub by: Option<String>,
    /// When, as written: a year, mostly.
    pub year: Option<String>,
}

/// An indicator before and after, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// What is measured.
    pub indicator: String,
    /// Its value before.
    pub before: Option<String>,
    /// Its value after.
    pub after: String,
    /// The unit of measurement.
    pub unit: Option<String>,
}

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
    pub aliases: Vec<ListItem<String>>,
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
    pub aliases: Vec<ListItem<String>>,
}
