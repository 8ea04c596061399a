//! Markdown: the home of pulldown-cmark.
//!
//! A body is read twice. [`survey()`] runs when the story is parsed and keeps what the rest
//! of the site needs to know of it: headings, links, excerpt, length. [`to_html`] runs
//! when its page is rendered. So no stage holds the HTML of all bodies, and the second
//! reading costs less than keeping them would.

mod bare;
mod breaks;
mod cjk;
mod dialect;
mod flow;
mod html;
mod inline;
mod lines;
mod nesting;
mod notes;
pub mod pasted;
mod plain;
mod rewrite;
mod signed;
mod slips;
mod survey;
mod tables;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, TagEnd};
use unicode_normalization::UnicodeNormalization;

use crate::value::lexicon::Lexicon;
use dialect::Normal;

pub use html::{Callouts, Film, LinkedFile, Medium, Resolved, Shown, Words, to_html};
pub use plain::Plain;
pub use slips::Slip;
pub use survey::{Body, Heading, Link, LinkKind, survey};

/// Ids that the program itself gives begin so, and no heading's id does.
pub const RESERVED_ID_PREFIX: &str = "xf-";

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// The events of the body `text`, with CJK-friendly emphasis, links for bare addresses, and line
/// breaks where they are meant, each with its byte range in it. `normal` must come from
/// [`dialect::normalise`] on the same text, `marked` from [`cjk::mark`] on `normal`.
fn events<'t>(
    text: &'t str,
    normal: &'t Normal<'_>,
    marked: &'t cjk::Marked<'_>,
) -> impl Iterator<Item = (Event<'t>, Range<usize>)> {
    let events =
        Parser::new_ext(&marked.new.text, options()).into_offset_iter().map(|(event, range)| {
            (marked.unmark(event), normal.original(marked.new.places.original(range)))
        });
    let events = pasted::Tags::new(text, marked.has_html(), events);
    let flow = flow::Flow::new(text, &normal.ids, normal.marks || normal.broken, events);
    bare::Links::new(text, flow)
}

/// The text that CommonMark is asked to read for the body `markdown`: the same where it is
/// ordinary Markdown.
pub fn commonmark(markdown: &str) -> String {
    let normal = dialect::normalise(markdown);
    cjk::mark(&normal.text, normal.marks).new.text.into_owned()
}

/// Gives headings their ids: the heading's own words, so that `#做法` is found by whoever
/// writes it, in lower case, without punctuation, numbered from the second on.
#[derive(Default)]
struct Ids {
    taken: HashMap<String, usize>,
}

/// What links may call the headings of a page, besides their anchors.
#[derive(Debug)]
pub struct Called {
    /// The anchors of headings by these and by their words, both as anchors are spelt.
    by_words: BTreeMap<String, String>,
    anchors: Lexicon,
}

impl Called {
    /// Of these headings.
    pub fn of(headings: &[Heading]) -> Self {
        let ids = || headings.iter().map(|heading| heading.id.clone());
        // `#绑定CPU` is the heading “绑定CPU”, even if that has an id of its own. The first of
        // several has the name, unless one has it as its anchor.
        let words =
            headings.iter().rev().map(|heading| (anchor(&heading.text), heading.id.clone()));
        let mut by_words: BTreeMap<String, String> = words.collect();
        by_words.extend(ids().map(|id| (id.clone(), id)));
        by_words.remove("");
        Self { by_words, anchors: Lexicon::of(ids()) }
    }

    /// The anchor of the heading that is called `name`; if there is none, the one that was most likely
    /// meant.
    pub fn find(&self, name: &str) -> Result<String, Option<&str>> {
        let found = self.by_words.get(&anchor(name)).cloned();
        found.ok_or_else(|| self.anchors.nearest_name(name))
    }
}

/// The words of a heading as an anchor: in lower case, without punctuation, with hyphens for
/// spaces, however it is spelt.
pub fn anchor(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    let mut add = |c: char| {
        if c.is_alphanumeric() {
            id.extend(c.to_lowercase());
        } else if (c.is_whitespace() || matches!(c, '-' | '_' | '—' | '·' | '/' | '.'))
            && !id.ends_with('-')
            && !id.is_empty()
        {
            id.push('-');
        }
    };
    let text = text.trim();
    // On a Mac, é and が are two characters each.
    match text.contains(is_combining) {
        true => text.nfc().for_each(&mut add),
        false => text.chars().for_each(&mut add),
    }
    id.truncate(id.trim_end_matches('-').len());
    id
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{3099}' | '\u{309A}')
}

impl Ids {
    fn give(&mut self, text: &str) -> String {
        let mut id = anchor(text);
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

/// Levels of headings on the page: the title is level 1, so a body begins at level 2. One that
/// begins at level 1 (`top`) keeps its steps.
fn page_level(level: pulldown_cmark::HeadingLevel, top: bool) -> u8 {
    (level as u8 + u8::from(top)).clamp(2, 6)
}

/// Is this the end of something that stands alone, so that text before and after it are
/// not one sentence?
fn ends_block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
    )
}

/// The address of a link, cleaned; `<name@host>` is one that begins with `mailto:`.
fn destination<'d>(kind: LinkType, dest: &'d str) -> Cow<'d, str> {
    match kind {
        LinkType::Email => Cow::Owned(format!("mailto:{dest}")),
        _ => clean_destination(dest),
    }
}

/// The address in `[address](address)`, which editors make of an address that is typed into the brackets
/// of a link, with what they took for no part of it behind: `[https://a.cn/#](https://a.cn/#)经过`.
fn linked_address(dest: &str) -> Option<String> {
    let (words, rest) = dest.strip_prefix('[')?.split_once("](")?;
    let (address, tail) = rest.rsplit_once(')')?;
    let is_address = words.contains("://") || words.starts_with("www.");
    (is_address && !rest.contains(['[', ']'])).then(|| [address, tail].concat())
}

/// An address as written, ready to be looked at: entities and escapes are already gone,
/// what a browser drops (controls, surrounding white space) goes, `\` becomes `/`.
pub fn clean_destination(dest: &str) -> Cow<'_, str> {
    let trimmed = dest.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if let Some(address) = linked_address(trimmed) {
        return Cow::Owned(clean_destination(&address).into_owned());
    }
    if trimmed.contains(|c: char| c.is_control() || c == '\\') {
        let kept = trimmed.chars().filter(|c| !c.is_control());
        Cow::Owned(kept.map(|c| if c == '\\' { '/' } else { c }).collect())
    } else {
        Cow::Borrowed(trimmed)
    }
}
