//! Kinds of stories.

use crate::base::lang::Lang;
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
