//! The text of a story that search knows: as its page shows it.

use std::ops::Range;

use crate::model::Site;
use crate::model::story::Story;

/// What search knows of a story.
#[derive(Debug, Default)]
pub struct StoryText {
    /// Its title.
    pub title: String,
    /// Names, units, carriers, honours …, parted by line breaks.
    pub names: String,
    /// Summary and body; blocks are parted by line breaks.
    pub body: String,
    /// The headings in it.
    pub headings: Vec<Range<usize>>,
}

/// The text of a story whose body as HTML is `html`.
pub fn story_text(site: &Site, story: &Story, html: &str) -> StoryText {
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
    let mut text = StoryText {
        title: front.title.clone(),
        names: names.join("\n"),
        body: String::with_capacity(html.len()),
        headings: Vec::new(),
    };
    if let Some(summary) = &front.summary {
        text.body.push_str(summary);
        text.body.push('\n');
    }
    strip(html, &mut text);
    text
}

/// Elements that stand inside a line, so that text runs on through them.
const INLINE: &[&str] = &["a", "em", "strong", "del", "code", "sup", "span", "small", "input"];

/// Adds what a reader sees of `html`, which this program wrote: tags are well-formed, text
/// is escaped. Marks of notes stand in the text and are not part of it.
fn strip(html: &str, text: &mut StoryText) {
    let mut rest = html;
    let mut heading = None;
    loop {
        let Some(open) = memchr::memchr(b'<', rest.as_bytes()) else {
            unescape(rest, &mut text.body);
            break;
        };
        unescape(&rest[..open], &mut text.body);
        rest = &rest[open..];
        let Some(close) = memchr::memchr(b'>', rest.as_bytes()) else { break };
        let tag = &rest[1..close];
        rest = &rest[close + 1..];
        if tag == "sup class=\"note\"" {
            rest = rest.split_once("</sup>").map_or("", |(_, behind)| behind);
            continue;
        }
        let ends = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        if INLINE.contains(&name) {
            continue;
        }
        let is_heading = name.len() == 2 && name.starts_with('h') && name != "hr";
        if is_heading && ends {
            text.headings.extend(heading.take().map(|from| from..text.body.len()));
        }
        if !text.body.is_empty() && !text.body.ends_with('\n') {
            text.body.push('\n');
        }
        if is_heading && !ends {
            heading = Some(text.body.len());
        }
    }
    text.body.truncate(text.body.trim_end().len());
}

/// Adds escaped text; a line break inside a block is a space.
fn unescape(text: &str, out: &mut String) {
    let mut rest = text;
    if out.is_empty() || out.ends_with('\n') {
        rest = rest.trim_start_matches(['\n', ' ']);
    }
    while let Some(at) = memchr::memchr2(b'&', b'\n', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, length) = match rest {
            _ if rest.starts_with('\n') => (' ', 1),
            _ if rest.starts_with("&amp;") => ('&', 5),
            _ if rest.starts_with("&lt;") => ('<', 4),
            _ if rest.starts_with("&gt;") => ('>', 4),
            _ if rest.starts_with("&quot;") => ('"', 6),
            _ if rest.starts_with("&#39;") => ('\'', 5),
            _ => ('&', 1),
        };
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
}
