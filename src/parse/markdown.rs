//! Markdown: the home of pulldown-cmark.
//!
//! A body is read twice. [`survey()`] runs when the story is parsed and keeps what the rest
//! of the site needs to know of it: headings, links, excerpt, length. [`to_html`] runs
//! when its page is rendered. So no stage holds the HTML of all bodies, and the second
//! reading costs less than keeping them would.

mod bare;
pub mod cjk;
mod html;
mod notes;
pub mod pasted;
mod plain;
mod survey;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, TagEnd};

pub use html::{Medium, Resolved, Words, to_html};
pub use plain::Plain;
pub use survey::{Body, Heading, Link, LinkKind, Slip, survey};

/// Ids that the program itself gives begin so, and no heading's id does.
pub const RESERVED_ID_PREFIX: &str = "xf-";

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
}

/// The events of the body `text`, with CJK-friendly emphasis and links for bare addresses,
/// each with its byte range in it. `marked` must come from [`cjk::mark`] on the same text.
fn events<'t>(
    text: &'t str,
    marked: &'t cjk::Marked<'_>,
) -> impl Iterator<Item = (Event<'t>, Range<usize>)> {
    let events = Parser::new_ext(&marked.text, options())
        .into_offset_iter()
        .map(|(event, range)| (marked.unmark(event), marked.original(range)));
    let events = pasted::Tags::new(text, marked.has_html(), events);
    bare::Links::new(text, events)
}

/// Gives headings their ids: the heading's own words, so that `#做法` is found by whoever
/// writes it, in lower case, without punctuation, numbered from the second on.
#[derive(Default)]
struct Ids {
    taken: HashMap<String, usize>,
}

impl Ids {
    fn give(&mut self, text: &str) -> String {
        let mut id = String::with_capacity(text.len());
        for c in text.trim().chars() {
            if c.is_alphanumeric() {
                id.extend(c.to_lowercase());
            } else if (c.is_whitespace() || matches!(c, '-' | '_' | '—' | '·' | '/' | '.'))
                && !id.ends_with('-')
                && !id.is_empty()
            {
                id.push('-');
            }
        }
        id.truncate(id.trim_end_matches('-').len());
        if id.is_empty() {
            id.push_str("section");
        }
        if id.starts_with(RESERVED_ID_PREFIX) {
            id.insert_str(0, "h-");
        }
        loop {
            let count = self.taken.entry(id.clone()).or_insert(0);
            *count += 1;
            if *count == 1 {
                return id;
            }
            id = format!("{id}-{count}");
        }
    }
}

/// Levels of headings on the page: the title is level 1, so a body begins at level 2.
fn page_level(level: pulldown_cmark::HeadingLevel) -> u8 {
    (level as u8).max(2)
}

/// Is this the end of something that stands alone, so that text before and after it are
/// not one sentence?
fn ends_block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// The address of a link, cleaned; `<name@host>` is one that begins with `mailto:`.
fn destination<'d>(kind: LinkType, dest: &'d str) -> Cow<'d, str> {
    match kind {
        LinkType::Email => Cow::Owned(format!("mailto:{dest}")),
        _ => clean_destination(dest),
    }
}

/// An address as written, ready to be looked at: entities and escapes are already gone,
/// what a browser drops (controls, surrounding white space) goes, `\` becomes `/`.
pub fn clean_destination(dest: &str) -> Cow<'_, str> {
    let trimmed = dest.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if trimmed.contains(|c: char| c.is_control() || c == '\\') {
        let kept = trimmed.chars().filter(|c| !c.is_control());
        Cow::Owned(kept.map(|c| if c == '\\' { '/' } else { c }).collect())
    } else {
        Cow::Borrowed(trimmed)
    }
}
