//! The text of a story that search knows: as its page shows it.

use std::ops::Range;

use crate::model::Site;
use crate::model::story::Story;

/// What search knows of a story.
#[derive(Debug, Default)]
pub struct StoryText<'a> {
    /// Its title.
    pub title: &'a str,
    /// Names, units, carriers, honours …, parted by line breaks.
    pub names: String,
    /// Summary and body; blocks are parted by line breaks.
    pub body: String,
    /// The headings in it.
    pub headings: Vec<Range<usize>>,
}

/// The text of a story; `notes` is the heading that its footnotes get.
pub fn story_text<'a>(site: &'a Site, story: &'a Story, notes: &str) -> StoryText<'a> {
    let front = &story.document.front;
    let mut names: Vec<&str> = Vec::new();
    names.extend(front.name.as_deref());
    names.extend(front.post.as_deref());
    match story.unit {
        Some(unit) => names.push(&site.units[unit.index()].name),
        None => names.extend(front.unit.as_ref().map(|given| given.value.as_str())),
    }
    names.extend(front.region.as_deref());
    names.extend(story.carriers.iter().map(|id| site.carriers[id.index()].name.as_str()));
    for honour in &front.honours {
        names.push(&honour.title);
        names.extend(honour.by.as_deref());
    }
    for lists in [&front.keywords, &front.source, &front.author, &front.photographer, &front.editor]
    {
        names.extend(lists.iter().map(String::as_str));
    }
    for result in &front.results {
        names.push(&result.indicator);
    }
    let mut text = StoryText { title: &front.title, names: names.join("\n"), ..Default::default() };
    let Some(plain) = &story.document.body.plain else { return text };
    let summary = front.summary.as_deref().unwrap_or_default();
    text.body.reserve_exact(summary.len() + plain.text.len() + notes.len() + 2);
    if !summary.is_empty() {
        text.body.extend([summary, "\n"]);
    }
    let start = text.body.len();
    let range = |from: &Range<u32>| start + from.start as usize..start + from.end as usize;
    text.headings.extend(plain.headings.iter().map(range));
    let (words, footnotes) = plain.text.split_at(plain.notes);
    text.body.push_str(words);
    if !footnotes.is_empty() {
        text.headings.push(text.body.len()..text.body.len() + notes.len());
        text.body.extend([notes, "\n", footnotes]);
    }
    text.body.truncate(text.body.trim_end().len());
    text
}
