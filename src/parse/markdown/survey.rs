//! What the rest of the site needs to know of a body.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use serde::{Deserialize, Serialize};

use super::pasted::{self, Kind, Piece, Told};
use super::plain::{self, Plain};
use super::{Ids, cjk, clean_destination, destination, ends_block, events, page_level};
use crate::base::text;
use crate::diagnostic::bounded::Few;

/// The longest default summary, in characters.
const EXCERPT_LIMIT: usize = 120;

/// A body, surveyed. Ranges are bytes of the text that was given.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Body {
    /// Its headings in order.
    pub headings: Vec<Heading>,
    /// Its links and pictures in order.
    pub links: Vec<Link>,
    /// What is to be told of its HTML.
    #[serde(skip)]
    pub html: Told,
    /// What was meant as Markdown and is none.
    #[serde(skip)]
    pub slips: BTreeMap<Slip, Few<Range<usize>>>,
    /// Its beginning as plain text, at most 120 characters.
    pub excerpt: String,
    /// 字数.
    pub characters: usize,
    /// What a reader sees of it, where somebody will ask for it.
    pub plain: Option<Box<Plain>>,
}

/// Markdown as people type it who write Chinese, and which is shown as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slip {
    /// `[words](a file.png)`: a space in the address.
    SpaceInAddress,
    /// `[words]（file.md）` or `【words】(file.md)`: full-width brackets.
    WideBrackets,
    /// `##heading`: no space after the hashes.
    HeadingSpace,
    /// `**` that emphasises nothing.
    LooseAsterisks,
}

/// A heading.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 2 to 6; the title of the page is level 1.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// Its anchor, unique on the page.
    pub id: String,
}

/// A link or a picture.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The address as written, without what browsers ignore.
    pub dest: Box<str>,
    /// What it is for.
    pub kind: LinkKind,
    /// Where it stands.
    pub range: Range<usize>,
    /// Has it words: a link its text, a picture its description?
    pub named: bool,
}

/// What an address is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// To be followed.
    Link,
    /// To be shown.
    Picture,
}

/// Surveys the body `markdown`; `plain` says whether its text is wanted.
pub fn survey(markdown: &str, plain: bool) -> Body {
    let marked = cjk::mark(markdown);
    let wide_brackets = memchr::memmem::find(markdown.as_bytes(), "】(".as_bytes()).is_some();
    let plain = plain.then(|| plain::PlainWriter::new(markdown));
    let mut survey = Survey { wide_brackets, plain, ..Survey::default() };
    let events = events(markdown, &marked);
    let (pieces, told) = pasted::read(markdown, marked.has_html(), events);
    survey.body.html = told;
    for (piece, range) in pieces {
        if let Piece::Event(Event::Text(words)) = &piece {
            survey.slip(markdown, words, &range);
        }
        survey.piece(piece, range);
    }
    let excerpt = text::excerpt(&survey.prose, EXCERPT_LIMIT);
    // Kept for the whole build: without the room that growing took.
    survey.body.links.shrink_to_fit();
    survey.body.headings.shrink_to_fit();
    let plain = survey.plain.map(|plain| Box::new(plain.finish()));
    Body { excerpt, characters: survey.counter.count, plain, ..survey.body }
}

#[derive(Default)]
struct Survey<'t> {
    body: Body,
    plain: Option<plain::PlainWriter<'t>>,
    ids: Ids,
    /// Paragraphs' text, as much as an excerpt may need.
    prose: String,
    counter: text::Counter,
    /// The last character since the last block ended.
    last: Option<char>,
    heading: Option<(u8, String)>,
    /// Links and pictures that are open, by their index in `body.links`.
    open: Vec<usize>,
    /// Depth of elements whose text is no prose: headings, tables, code, notes, pictures.
    aside: usize,
    in_code: bool,
    /// Does `】(` stand anywhere in the body?
    wide_brackets: bool,
    soft_break: bool,
    /// The title and description of the picture that is open.
    caption: Option<(String, String)>,
}

/// So far an address is looked for, in bytes. A line may be as long as the whole body.
const ADDRESS_LIMIT: usize = 2048;

/// The line from a place on, as far as an address in it may reach.
fn line_from(markdown: &str, start: usize) -> &str {
    let rest = &markdown[start..];
    let rest = &rest[..rest.floor_char_boundary(ADDRESS_LIMIT)];
    rest.split('\n').next().unwrap_or("")
}

impl<'t> Survey<'t> {
    fn piece(&mut self, piece: Piece<'_>, range: Range<usize>) {
        match piece {
            Piece::Event(event) => self.event(event, range),
            Piece::Heading(level, _) => {
                self.plain(plain::PlainWriter::heading_starts);
                self.heading = Some((level, String::new()));
                self.aside += 1;
            }
            Piece::Open(tag, _) if tag.kind.is_block() => {
                self.edge(tag, true);
                self.plain(plain::PlainWriter::end_block);
            }
            Piece::Close(tag) if tag.kind.is_block() => {
                self.plain(plain::PlainWriter::end_block);
                self.block_edge();
                self.edge(tag, false);
            }
            Piece::Picture(picture) => {
                let dest = clean_destination(&picture.dest);
                self.link(&dest, LinkKind::Picture, range);
                if let Some(link) = self.open.pop().and_then(|i| self.body.links.get_mut(i)) {
                    link.named = !picture.alt.trim().is_empty();
                }
                for &i in &self.open {
                    self.body.links[i].named |= !picture.alt.trim().is_empty();
                }
                self.plain(|plain| plain.picture(""));
            }
            Piece::Open(..) | Piece::Close(_) | Piece::Gone => {}
        }
    }

    /// An element of HTML begins or ends whose text may be no prose.
    fn edge(&mut self, tag: &pasted::Tag, begins: bool) {
        self.in_code = match tag.kind {
            Kind::Preformatted => begins,
            _ => self.in_code,
        };
        if matches!(tag.kind, Kind::Table | Kind::Preformatted | Kind::FigureCaption) {
            self.aside = if begins { self.aside + 1 } else { self.aside.saturating_sub(1) };
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.words(&words, range.start),
            Event::Code(words) => {
                let ticks = range.len().saturating_sub(words.len()) / 2;
                self.words(&words, range.start + ticks);
            }
            Event::SoftBreak => self.soft_break = true,
            Event::HardBreak => {
                self.words("\n", range.start);
                if self.caption.is_none() {
                    self.plain(plain::PlainWriter::end_block);
                }
            }
            Event::FootnoteReference(label) if self.caption.is_none() => {
                self.plain(|plain| plain.reference(&label));
            }
            Event::Rule => self.plain(plain::PlainWriter::end_block),
            _ => {}
        }
    }

    /// Looks at text for what was meant as Markdown; `range` is where it stands.
    fn slip(&mut self, markdown: &str, words: &str, range: &Range<usize>) {
        if self.in_code {
            return;
        }
        // Of nearly all text one look at its ends says that it is innocent.
        let (first, last) = (words.bytes().next(), words.bytes().next_back());
        let suspect = matches!(first, Some(b'(' | b'#'))
            || last == Some(b'*')
            || words.starts_with('（')
            || (self.wide_brackets && words.contains("】("));
        if !suspect {
            return;
        }
        let (before, behind) = (&markdown[..range.start], &markdown[range.end..]);
        let line = line_from(markdown, range.start);
        let to = |length: usize| range.start..range.start + length;
        let mut found = |slip, range| self.body.slips.entry(slip).or_default().push(range);
        // An address that had been one would not be text.
        if words.starts_with('(')
            && before.ends_with(']')
            && let Some(end) = line.find(')')
            && line[..end].contains(' ')
            && line[..end].contains(['.', '/'])
        {
            found(Slip::SpaceInAddress, to(end + 1));
        }
        if words.starts_with('（')
            && before.ends_with(']')
            && let Some(end) = line.find('）')
            && line[..end].contains('.')
        {
            found(Slip::WideBrackets, to(end + '）'.len_utf8()));
        }
        if let Some(at) = words.find("】(").map(|at| range.start + at)
            && let rest = line_from(markdown, at)
            && let Some(end) = rest.find(')')
            && rest[..end].contains('.')
        {
            found(Slip::WideBrackets, at..at + end + 1);
        }
        let hashes = words.bytes().take_while(|&b| b == b'#').count();
        let begins = before.is_empty() || before.ends_with("\n\n");
        if begins && (2..=6).contains(&hashes) && words.len() > hashes {
            found(Slip::HeadingSpace, to(hashes));
        }
        // Asterisks that emphasise nothing come one by one. Beside Chinese nobody means them
        // as signs of arithmetic.
        if words.ends_with('*') && behind.starts_with('*') && !before.ends_with('\\') {
            let around = [before.chars().next_back(), behind[1..].chars().next()];
            if around.into_iter().flatten().any(text::is_cjk) {
                found(Slip::LooseAsterisks, range.end - 1..range.end + 1);
            }
        }
    }

    /// Does `add` to the text, if one is wanted.
    fn plain(&mut self, add: impl FnOnce(&mut plain::PlainWriter<'t>)) {
        if let Some(plain) = &mut self.plain {
            add(plain);
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match &tag {
            Tag::Paragraph => self.plain(plain::PlainWriter::paragraph_starts),
            Tag::Heading { .. } => self.plain(plain::PlainWriter::heading_starts),
            Tag::FootnoteDefinition(label) => self.plain(|plain| plain.note_starts(label)),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => {}
            Tag::Image { title, .. } => self.caption = Some((title.to_string(), String::new())),
            _ => self.plain(plain::PlainWriter::end_block),
        }
        match tag {
            Tag::CodeBlock(_) => {
                self.in_code = true;
                self.aside += 1;
            }
            Tag::Heading { level, .. } => {
                self.heading = Some((page_level(level), String::new()));
                self.aside += 1;
            }
            Tag::Table(_) | Tag::FootnoteDefinition(_) => self.aside += 1,
            Tag::Link { link_type, dest_url, .. } => {
                self.link(&destination(link_type, &dest_url), LinkKind::Link, range);
            }
            Tag::Image { link_type, dest_url, .. } => {
                self.link(&destination(link_type, &dest_url), LinkKind::Picture, range);
                self.aside += 1;
            }
            _ => {}
        }
    }

    fn link(&mut self, dest: &str, kind: LinkKind, range: Range<usize>) {
        // A pasted link around several blocks is one link in several parts.
        if let Some(last) = self.body.links.last()
            && last.kind == kind
            && last.range == range
        {
            self.open.push(self.body.links.len() - 1);
            return;
        }
        self.open.push(self.body.links.len());
        let dest = dest.into();
        self.body.links.push(Link { dest, kind, range, named: false });
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.plain(plain::PlainWriter::paragraph_ends),
            TagEnd::Heading(_) => self.plain(plain::PlainWriter::heading_ends),
            TagEnd::FootnoteDefinition => self.plain(plain::PlainWriter::note_ends),
            TagEnd::Image => {
                if let Some((title, alt)) = self.caption.take() {
                    let caption = if title.is_empty() { alt } else { title };
                    self.plain(|plain| plain.picture(&caption));
                }
            }
            _ if ends_block(&tag) => self.plain(plain::PlainWriter::end_block),
            _ => {}
        }
        match tag {
            TagEnd::Heading(_) => {
                if let Some((level, text)) = self.heading.take() {
                    let id = self.ids.give(&text);
                    self.body.headings.push(Heading { level, text, id });
                }
                self.aside -= 1;
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.aside -= 1;
            }
            TagEnd::Table | TagEnd::FootnoteDefinition => self.aside -= 1,
            TagEnd::Link => {
                self.open.pop();
            }
            TagEnd::Image => {
                self.open.pop();
                self.aside -= 1;
            }
            _ => {}
        }
        if ends_block(&tag) {
            self.block_edge();
        }
    }

    /// Text before this and after it is not one sentence.
    fn block_edge(&mut self) {
        self.counter.gap();
        self.last = None;
        self.soft_break = false;
        // Paragraphs of an excerpt are parted as sentences are in Chinese: by nothing,
        // unless Latin text stands there.
        if self.aside == 0 && self.prose.ends_with(|c: char| c.is_ascii() && c != ' ') {
            self.prose.push(' ');
        }
    }

    /// Words that a reader sees, which may stand in the body after the byte `from`.
    fn words(&mut self, given: &str, from: usize) {
        let words = if self.last.is_none() { given.trim_start_matches('\u{3000}') } else { given };
        let from = from + (given.len() - words.len());
        let broken = std::mem::take(&mut self.soft_break);
        let gap = match (self.last, words.chars().next()) {
            (Some(before), Some(after)) if broken => !text::joins_without_space(before, after),
            _ => false,
        };
        let alt = self.open.last().is_some_and(|&i| self.body.links[i].kind == LinkKind::Picture);
        for &i in &self.open {
            self.body.links[i].named |= !words.trim().is_empty();
        }
        if let Some((_, caption)) = &mut self.caption {
            caption.push_str(words);
        } else if let Some(plain) = &mut self.plain {
            if gap {
                plain.words(" ", from);
            }
            plain.words(words, from);
        }
        if alt {
            return;
        }
        if gap {
            self.counter.gap();
        }
        self.counter.add(words);
        self.last = words.chars().next_back().or(self.last);
        if let Some((_, heading)) = &mut self.heading {
            if gap {
                heading.push(' ');
            }
            heading.push_str(words);
        }
        // Four bytes hold any character; what is beyond is never in the excerpt.
        if self.aside == 0 && self.prose.len() < EXCERPT_LIMIT * 5 {
            if gap {
                self.prose.push(' ');
            }
            self.prose.push_str(words);
        }
    }
}
