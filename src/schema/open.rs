//! The words that a preview shows for a key that has still to be filled in.

use std::sync::LazyLock;

use super::Field;
use super::story::STORY;
use crate::base::gap::gap;
use crate::base::lang::{Lang, Text};

/// What stands for the value of `field`: `姓名待填`.
pub fn words(field: &Field) -> Text {
    Text {
        zh: format!("{}待填", field.chinese),
        en: format!("{} to be filled in", field.name.replace('_', " ")),
    }
}

/// The words for each key of a story, plain and marked as a gap.
static WORDS: LazyLock<Vec<(&'static str, Text, Text)>> = LazyLock::new(|| {
    let of = |field: &'static Field| {
        let words = words(field);
        let marked = Text { zh: gap(&words.zh), en: gap(&words.en) };
        (field.name, words, marked)
    };
    STORY.fields.iter().map(of).collect()
});

fn find(key: &str) -> Option<&'static (&'static str, Text, Text)> {
    WORDS.iter().find(|(name, ..)| *name == key)
}

/// The words for the key of a story, as plain text.
pub fn plain(key: &str, lang: Lang) -> &'static str {
    find(key).map_or("", |(_, plain, _)| plain.get(lang))
}

/// The words for the key of a story, marked as a gap.
pub fn marked(key: &str, lang: Lang) -> &'static str {
    find(key).map_or("", |(.., marked)| marked.get(lang))
}
