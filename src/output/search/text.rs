//! The text of a story that search knows: as its page shows it.

use std::ops::Range;

use crate::base::fault::Fault;
use crate::model::Site;
use crate::model::entity::KindId;
use crate::model::kinds::{BRANCHES, FOCAL_POINTS, MEMBERS, UNITS};
use crate::model::story::Story;
use crate::value::kind::Kind;

/// What search knows of a story.
#[derive(Debug, Default)]
pub struct StoryText<'a> {
    /// Its title.
    pub title: &'a str,
    /// Names, units, carriers, honours …, parted by line breaks.
    pub names: String,
    /// What it is found by as well, though its page does not say it in these words; lines.
    pub tags: String,
    /// Summary and body; blocks are parted by line breaks.
    pub body: String,
    /// The headings in it.
    pub headings: Vec<Range<usize>>,
}

/// The text of a story; `notes` is the heading that its footnotes get. A fault where its file
/// cannot be read again.
pub fn story_text<'a>(
    site: &'a Site,
    story: &'a Story,
    notes: &str,
) -> Result<StoryText<'a>, Fault> {
    let front = &story.document.front;
    let names = names(site, story).join("\n");
    let tags = needed(&tags(site, story), &names).join("\n");
    let mut text = StoryText { title: story.title(), names, tags, ..Default::default() };
    let Some(plain) = &story.document.body.plain else { return Ok(text) };
    text.tags.extend(["\n", plain.alternatives.trim_end()]);
    let source = story.document.source.read()?;
    let summary = front.summary.as_deref().unwrap_or_default();
    text.body.reserve_exact(summary.len() + plain.length + notes.len() + 2);
    if !summary.is_empty() {
        text.body.extend([summary, "\n"]);
    }
    let start = text.body.len();
    let range = |from: &Range<u32>| start + from.start as usize..start + from.end as usize;
    text.headings.extend(plain.headings.iter().map(range));
    text.body.extend(plain.pieces(story.document.markdown(&source)));
    if plain.notes < plain.length {
        let at = start + plain.notes;
        text.body.insert_str(at, &format!("{notes}\n"));
        text.headings.push(at..at + notes.len());
    }
    text.body.truncate(text.body.trim_end().len());
    Ok(text)
}

/// The names of a story: its people, units, carriers, honours …
pub fn names<'a>(site: &'a Site, story: &'a Story) -> Vec<&'a str> {
    let front = &story.document.front;
    let mut names: Vec<&str> = Vec::new();
    names.extend(site.people_of(story).into_iter().map(|(name, _)| name));
    names.extend(front.post.as_deref());
    if story.first(UNITS).is_none() {
        names.extend(front.units());
    }
    let linked = story
        .links
        .iter()
        .filter(|id| id.kind != FOCAL_POINTS && id.kind.kind().named_by.is_some());
    names.extend(linked.map(|&id| site.entity(id).name.as_str()));
    for honour in &front.honours {
        names.push(&honour.title);
        names.extend(honour.by.as_deref());
    }
    names.extend(front.shown().flat_map(|(_, texts)| texts));
    for result in &front.results {
        names.push(&result.indicator);
    }
    names.extend(front.correction.as_deref());
    names
}

/// What else readers type for a story: other names of what it is linked to, its focal points, its
/// kind and what its cover shows.
pub fn tags<'a>(site: &'a Site, story: &'a Story) -> Vec<&'a str> {
    let mut tags: Vec<&str> = Vec::new();
    for &id in &story.links {
        let entity = site.entity(id);
        let own = (id.kind == FOCAL_POINTS).then_some(entity.name.as_str());
        let short = (id.kind == FOCAL_POINTS).then(|| entity.short_name());
        let aliases = entity.aliases.iter().map(String::as_str);
        tags.extend(own.into_iter().chain(short).chain(aliases));
    }
    tags.push(kind_word(site, story.kind));
    tags.extend(story.document.front.cover_alt.as_deref());
    tags.extend(story.document.front.portrait_alt.as_deref());
    tags
}

/// The tags without those that another of them, or the names of the story, hold anyway.
fn needed<'a>(tags: &[&'a str], names: &str) -> Vec<&'a str> {
    let is_held = |place: usize, tag: &str| {
        let holds = |(other, text): (usize, &&str)| {
            text.len() > tag.len() && text.contains(tag) || other < place && *text == tag
        };
        names.contains(tag) || tags.iter().enumerate().any(holds)
    };
    let needed = tags.iter().enumerate().filter(|&(place, tag)| !is_held(place, tag));
    needed.map(|(_, tag)| *tag).collect()
}

/// What stories of a kind are called where readers see them.
fn kind_word(site: &Site, kind: Kind) -> &'static str {
    let called = |kind: KindId| kind.kind().called;
    let (zh, en) = match kind {
        Kind::Branch => called(BRANCHES),
        Kind::Member => called(MEMBERS),
        Kind::News => ("活动动态", "news"),
        Kind::Case => ("典型案例", "case"),
    };
    if site.settings.language.starts_with("zh") { zh } else { en }
}
