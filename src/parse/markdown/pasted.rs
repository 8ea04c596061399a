//! HTML that people paste into a text: from Word, WPS, WeChat, Markdown editors.
//!
//! How it is read:
//!
//! 1. `openers` says where pulldown-cmark must not see a block of HTML, in which it would read
//!    no Markdown. So nearly all HTML comes as single tags within the events of Markdown.
//! 2. `tokens` reads those with html5gum (the tokenizer of the HTML standard, with places): a
//!    tag of the list, one that goes with what is in it, or one that goes alone.
//! 3. `balance` makes one well-formed sequence of both. What Markdown opened, only Markdown
//!    closes; a tag that needs an end tag and has none does nothing; where an element may not
//!    stand, what must be around it is added, or its tag goes and its text stays. So the
//!    content models of XHTML hold, which the tree builder of the standard does not care for.
//! 4. What Markdown has a sign for (links, pictures, headings, paragraphs) comes out as the
//!    event of that sign: it is surveyed, checked and written like its twin. The rest are
//!    `Piece`s that hold nothing but a tag of our table and checked values.
//!
//! All of it is linear, and nothing recurses. A body without `<` passes through untouched.

mod balance;
pub(super) mod tags;
mod tokens;

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::Event;

use super::{cjk, dialect, events};
use crate::diagnostic::bounded::Few;
pub(super) use tags::{Attributes, Kind, Tag};
pub(super) use tokens::Tags;

/// A part of a body.
#[derive(Debug)]
pub(super) enum Piece<'t> {
    /// Of Markdown, or HTML that Markdown has a sign for.
    Event(Event<'t>),
    /// The beginning of a heading with attributes; its event is written without this.
    Heading(u8, Attributes),
    Open(&'static Tag, Attributes),
    Close(&'static Tag),
    Picture(Box<Picture>),
    /// Nothing any more.
    Gone,
}

/// An `img`.
#[derive(Debug)]
pub(super) struct Picture {
    pub dest: String,
    pub alt: String,
    pub attributes: Attributes,
}

pub(super) type Placed<'t> = (Event<'t>, Range<usize>);

/// What the author is told of the HTML in a body.
#[derive(Debug, Default)]
pub struct Told {
    /// Tags that went alone: their names, where the first is, how many.
    pub others: Vec<(String, Range<usize>, usize)>,
    /// How many more went than have their names there.
    pub more: usize,
    /// Tags that went with what was in them.
    pub dropped: Few<Dropped>,
    /// Texts that were not meant to be seen, and went with their elements.
    pub hidden: Few<(String, Range<usize>)>,
    /// Tags without the end tag that they need.
    pub unclosed: Few<(&'static str, Range<usize>)>,
    /// What looks like a tag, and is shown as text.
    pub loose: Few<Range<usize>>,
}

/// A tag that went with what was in it: its name, whether it had the end tag that it needs, and
/// where it is.
pub type Dropped = (&'static str, bool, Range<usize>);

/// So many different names are told.
const NAMES: usize = 20;

impl Told {
    fn other(&mut self, name: &str, range: &Range<usize>) {
        let name = tags::shown(name);
        if let Some((_, _, count)) = self.others.iter_mut().find(|(known, _, _)| *known == *name) {
            *count += 1;
        } else if self.others.len() < NAMES {
            self.others.push((name.into_owned(), range.clone(), 1));
        } else {
            self.more += 1;
        }
    }
}

/// The parts of a body, in order.
pub(super) enum Pieces<'t, I> {
    /// Without HTML.
    Plain(I),
    Mixed(std::vec::IntoIter<(Piece<'t>, Range<usize>)>),
}

impl<'t, I: Iterator<Item = Placed<'t>>> Iterator for Pieces<'t, I> {
    type Item = (Piece<'t>, Range<usize>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Plain(events) => events.next().map(|(event, range)| (Piece::Event(event), range)),
            Self::Mixed(pieces) => pieces.next(),
        }
    }
}

/// The parts of the body `text`, of which `events` are the events, and what the author is to be
/// told. `any` says whether there can be HTML at all.
pub(super) fn read<'t, I: Iterator<Item = Placed<'t>>>(
    text: &str,
    any: bool,
    events: I,
) -> (Pieces<'t, I>, Told) {
    let mut told = Told::default();
    if !any {
        return (Pieces::Plain(events), told);
    }
    let items = tokens::items(text, events.collect(), &mut told);
    let pieces = balance::pieces(items, &mut told);
    (Pieces::Mixed(pieces.into_iter()), told)
}

/// The events of a piece of text that stands in a block of HTML.
fn nested(text: &str) -> Vec<Placed<'static>> {
    let normal = dialect::normalise_part(text, true);
    let marked = cjk::mark(&normal.text, normal.marks);
    events(text, &normal, &marked).map(|(event, range)| (event.into_static(), range)).collect()
}

/// Where the first end tag of this name begins.
fn find_end_tag(html: &[u8], name: &[u8]) -> Option<usize> {
    memmem::find_iter(html, b"</").find(|at| {
        let rest = &html[at + 2..];
        rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
            && !rest.get(name.len()).is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// What pulldown-cmark must read otherwise: a place before which a mark is to stand, so that
/// no block of HTML begins there; or white space that a mark is to replace, so that no code does.
pub(super) fn openers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let Some(first) = memchr::memchr(b'<', bytes) else { return found };
    let mut ends = Ends::new(text);
    // Since the last blank line: does HTML stand in it that is left as it is?
    let mut raw = false;
    // Can a paragraph begin here? HTML that ends one, or a list, is left to do so.
    let mut begins = true;
    // The tables that are open, by the white space before them.
    let mut tables: Vec<usize> = Vec::new();
    let mut at = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
    while at < text.len() {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(text.len(), |to| at + to + 1);
        let line = &text[at..end];
        let inner = content(line);
        let (words, start) = (line[inner..].trim_end(), at + inner);
        at = end;
        if words.is_empty() {
            (raw, begins) = (false, true);
            continue;
        }
        let began = std::mem::replace(&mut begins, words.starts_with('<'));
        if !words.starts_with('<') {
            continue;
        }
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(&table) = tables.last()
            && indent >= table + 4
            && indent == inner
        {
            found.push(start - indent + table..start);
        }
        let opened = opener(words);
        if is_tag(words, "<table") {
            tables.push(indent);
        }
        if memmem::find(words.as_bytes(), b"</table").is_some() {
            tables.pop();
        }
        if raw {
            continue;
        }
        match opened {
            Opener::Block(end) if ends.is_after(end, start) => {
                let same_line = match end {
                    // What follows a comment is text.
                    "-->" => words.find(end).is_some_and(|to| !words[to + 3..].trim().is_empty()),
                    "]]>" => words.contains(end),
                    // Word ends it otherwise.
                    "?>" => words.find('>').is_some_and(|to| !words[..to].ends_with('?')),
                    _ => false,
                };
                if same_line {
                    found.push(start..start);
                } else {
                    raw = true;
                }
            }
            // An opener that never closes would swallow the rest.
            Opener::Block(_) => found.push(start..start),
            Opener::Tag if !began || ends.holds_raw(start) => raw = true,
            Opener::Tag => found.push(start..start),
            Opener::None => {}
        }
    }
    // A mark that takes the place of white space need not be put twice.
    found.dedup_by(|next, last| next.start == last.end && last.start < last.end);
    found
}

/// What a line begins.
enum Opener {
    /// What goes on until this end, over blank lines.
    Block(&'static str),
    Tag,
    None,
}

fn opener(words: &str) -> Opener {
    for (start, end) in [
        ("<!--", "-->"),
        ("<?", "?>"),
        ("<![CDATA[", "]]>"),
        ("<pre", "</pre>"),
        ("<script", "</script>"),
        ("<style", "</style>"),
        ("<textarea", "</textarea>"),
    ] {
        let is_it = if start.ends_with(|c: char| c.is_ascii_lowercase()) {
            is_tag(words, start)
        } else {
            words.starts_with(start)
        };
        if is_it {
            return Opener::Block(end);
        }
    }
    let name = words[1..].strip_prefix('/').unwrap_or(&words[1..]);
    let declares =
        name.starts_with('!') && name[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    if declares {
        return Opener::Block(">");
    }
    let length = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    let ends = name[length..].chars().next();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && ends.is_none_or(|c| c.is_whitespace() || matches!(c, '/' | '>'));
    if is_name { Opener::Tag } else { Opener::None }
}

fn is_tag(words: &str, start: &str) -> bool {
    words.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
        && words[start.len()..]
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '/' | '>'))
}

/// Where the content of a line begins, after the marks of lists and quotations.
fn content(line: &str) -> usize {
    let mut rest = line;
    loop {
        let before = rest;
        rest = rest.trim_start_matches([' ', '\t', '>']);
        if let Some(after) = rest.strip_prefix(['-', '*', '+', ':'])
            && after.starts_with([' ', '\t'])
        {
            rest = after;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if (1..=9).contains(&digits)
            && let Some(after) = rest[digits..].strip_prefix(['.', ')'])
            && after.starts_with([' ', '\t'])
        {
            rest = after;
        }
        if rest.starts_with("[^")
            && let Some((_, after)) = rest.split_once("]:")
        {
            rest = after;
        }
        if rest.len() == before.len() {
            return line.len() - rest.len();
        }
    }
}

/// Where ends of blocks are, each looked for once.
struct Ends<'t> {
    text: &'t str,
    last: Vec<(&'static str, Option<usize>)>,
    /// So far is known whether a paragraph holds HTML that is to be left as it is.
    paragraph: (Range<usize>, bool),
}

impl<'t> Ends<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, last: Vec::new(), paragraph: (0..0, false) }
    }

    /// Is there such an end after a place?
    fn is_after(&mut self, end: &'static str, place: usize) -> bool {
        let last = match self.last.iter().find(|(known, _)| *known == end) {
            Some((_, last)) => *last,
            None => {
                let bytes = self.text.as_bytes();
                let last = match end.strip_prefix("</") {
                    Some(name) => memmem::rfind_iter(bytes, b"</").find(|at| {
                        let head = bytes.get(at + 2..at + 2 + name.len());
                        head.is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes()))
                    }),
                    None => memmem::rfind(bytes, end.as_bytes()),
                };
                self.last.push((end, last));
                last
            }
        };
        last.is_some_and(|last| last > place)
    }

    /// Does the paragraph at a place hold what must be read as it is, or a line of hyphens that
    /// would make a heading of it?
    fn holds_raw(&mut self, place: usize) -> bool {
        if !self.paragraph.0.contains(&place) {
            let rest = &self.text[place..];
            let (mut end, mut underlined) = (place, false);
            for line in rest.split_inclusive('\n') {
                if line.trim().is_empty() {
                    break;
                }
                let is_underline = |c: char| line.trim().chars().all(|other| other == c);
                underlined |= is_underline('-') || is_underline('=');
                end += line.len();
            }
            let words = &self.text[place..end];
            let raw = [
                ("<pre", "</pre>"),
                ("<script", "</script>"),
                ("<style", "</style>"),
                ("<textarea", "</textarea>"),
            ];
            let holds = underlined
                || memchr::memchr_iter(b'<', words.as_bytes()).any(|at| {
                    raw.iter().any(|(tag, end)| {
                        is_tag(&words[at..], tag) && self.is_after(end, place + at)
                    })
                });
            self.paragraph = (place..end, holds);
        }
        self.paragraph.1
    }
}
