//! Kinds of stories.

use serde::{Deserialize, Serialize};

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
