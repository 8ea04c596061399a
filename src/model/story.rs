//! Stories and pages.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::moment::Moment;
use super::{CarrierId, FocalPointId, PersonId, RegionId, UnitId};
use crate::diagnostic::Lang;
use crate::parse::Document;
use crate::parse::fields::ListItem;
pub use crate::schema::story::{Honour, Measure};

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
    /// The English and the Chinese word for every kind.
    pub const NAMES: &'static [(&'static str, &'static str)] =
        &[("branch", "支部"), ("member", "党员"), ("news", "动态")];

    /// The words that name a kind in front matter and on the command line.
    pub const WORDS: &'static [(&'static str, Kind)] = &[
        (Self::NAMES[0].0, Kind::Branch),
        (Self::NAMES[1].0, Kind::Member),
        (Self::NAMES[2].0, Kind::News),
        (Self::NAMES[0].1, Kind::Branch),
        (Self::NAMES[1].1, Kind::Member),
        (Self::NAMES[2].1, Kind::News),
    ];

    /// The kind that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|&(_, kind)| kind)
    }

    /// The word in one language.
    pub fn name(self, lang: Lang) -> &'static str {
        let (en, zh) = Self::NAMES[self as usize];
        if lang == Lang::Zh { zh } else { en }
    }

    /// The English word: `branch`.
    pub fn word(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
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
