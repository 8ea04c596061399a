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
    /// A typical case (典型案例): background, what was done, results, what it teaches.
    Case,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 4] = [Kind::Branch, Kind::Member, Kind::News, Kind::Case];

    /// The English and the Chinese word for every kind.
    pub const NAMES: &'static [(&'static str, &'static str)] =
        &[("branch", "支部"), ("member", "党员"), ("news", "动态"), ("case", "案例")];

    /// The words that name a kind in front matter and on the command line: the English ones,
    /// then the Chinese.
    pub const WORDS: &'static [(&'static str, Kind)] = &{
        let mut words = [("", Kind::Branch); 2 * Self::ALL.len()];
        let mut i = 0;
        while i < Self::ALL.len() {
            words[i] = (Self::NAMES[i].0, Self::ALL[i]);
            words[i + Self::ALL.len()] = (Self::NAMES[i].1, Self::ALL[i]);
            i += 1;
        }
        words
    };

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

    /// The section of the site where its stories are listed: the first part of the address, the
    /// template and the word of the theme.
    pub fn section(self) -> &'static str {
        match self {
            Kind::Branch => "branches",
            Kind::Member => "members",
            Kind::News => "news",
            Kind::Case => "cases",
        }
    }

    /// Are its stories listed one by one, and not by whom they are about?
    pub fn is_listed(self) -> bool {
        matches!(self, Kind::News | Kind::Case)
    }
}
