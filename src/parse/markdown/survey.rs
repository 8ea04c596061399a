//! What the rest of the site needs to know of a body.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde::{Deserialize, Serialize};

use super::dialect::Normal;
use super::pasted::{self, Kind, Piece, Told};
use super::plain::{self, Plain};
use super::slips::{self, Numbering, Slip};
use super::{
    Ids, cjk, clean_destination, destination, dialect, ends_block, events, options, page_level,
};
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
    let mut normal = dialect::normalise(markdown);
    let seen = std::mem::take(&mut normal.slips);
    let marked = cjk::mark(&normal.text, normal.marks);
    let wide_brackets = memchr::memmem::find(markdown.as_bytes(), "】(".as_bytes()).is_some();
    let plain = plain.then(|| plain::PlainWriter::new(markdown));
    let mut survey = Survey { markdown, top: normal.top, plain, ..Survey::default() };
    for (slip, range) in seen.into_iter().chain(slips::in_lines(markdown, normal.foreign)) {
        survey.slip(slip, range);
    }
    let events = events(markdown, &normal, &marked);
    let (pieces, told) = pasted::read(markdown, marked.has_html(), events);
    survey.body.html = told;
    for (piece, range) in pieces {
        if let Piece::Event(Event::Text(words)) = &piece
            && !survey.in_code
        {
            slips::in_text(markdown, words, &range, wide_brackets, |slip, range| {
                survey.slip(slip, range);
            });
        }
        survey.piece(piece, range);
    }
    if normal.defines {
        survey.definitions(&normal, &marked);
    }
    let excerpt = text::excerpt(&survey.prose, EXCERPT_LIMIT);
    // Kept for the whole build: without the room that growing took.
    survey.body.links.shrink_to_fit();
    survey.body.headings.shrink_to_fit();
    let plain = survey.plain.map(|plain| Box::new(plain.finish()));
    Body { excerpt, characters: survey.counter.count, plain, ..survey.body }
}

/// A digit as it is raised.
fn raised(c: char) -> char {
    match c {
        '0'..='9' => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(c as usize - '0' as usize).unwrap_or(c),
        c => c,
    }
}

#[derive(Default)]
struct Survey<'t> {
    body: Body,
    markdown: &'t str,
    /// Has the body a heading of the first level?
    top: bool,
    plain: Option<plain::PlainWriter<'t>>,
    ids: Ids,
    /// Paragraphs' text, as much as an excerpt may need.
    prose: String,
    counter: text::Counter,
    /// The last character since the last block ended.
    last: Option<char>,
    /// The heading that is open: its level, its words, the id that it was given, its place.
    heading: Option<(u8, String, Option<String>, Range<usize>)>,
    /// The labels of definitions that are used.
    referred: BTreeSet<String>,
    /// The numbers of the items of each list that is open, as they are written, with their places.
    lists: Vec<Vec<(u64, Range<usize>)>>,
    /// Links and pictures that are open, by their index in `body.links`.
    open: Vec<usize>,
    /// Depth of elements whose text is no prose: headings, tables, code, notes, pictures.
    aside: usize,
    in_code: bool,
    /// Depth of elements whose text no excerpt repeats: what was struck out, how a word is read.
    unsaid: usize,
    /// Is raised text open? `10³` is not 103.
    raised: bool,
    soft_break: bool,
    /// The title and description of the picture that is open.
    caption: Option<(String, String)>,
}

impl<'t> Survey<'t> {
    fn piece(&mut self, piece: Piece<'_>, range: Range<usize>) {
        match piece {
            Piece::Event(event) => self.event(event, range),
            Piece::Heading(level, _) => {
                self.plain(plain::PlainWriter::heading_starts);
                self.heading = Some((level, String::new(), None, range));
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
                self.plain(|plain| {
                    plain.alternative(&picture.alt);
                    plain.picture("");
                });
            }
            Piece::Open(tag, _) => self.inline(tag.name, true),
            Piece::Close(tag) => self.inline(tag.name, false),
            Piece::Gone => {}
        }
    }

    /// An element within a line begins or ends.
    fn inline(&mut self, name: &str, begins: bool) {
        match name {
            "del" | "s" | "rt" | "rp" if begins => self.unsaid += 1,
            "del" | "s" | "rt" | "rp" => self.unsaid = self.unsaid.saturating_sub(1),
            "sup" => self.raised = begins,
            _ => {}
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
            Event::HardBreak => self.line_ends(),
            Event::FootnoteReference(label) if self.caption.is_none() => {
                self.plain(|plain| plain.reference(&label));
            }
            Event::Rule => self.plain(plain::PlainWriter::end_block),
            _ => {}
        }
    }

    fn slip(&mut self, slip: Slip, range: Range<usize>) {
        self.body.slips.entry(slip).or_default().push(range);
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
            Tag::Strikethrough => self.unsaid += 1,
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } => {}
            // Marked text.
            Tag::Superscript => {}
            Tag::Image { title, .. } => self.caption = Some((title.to_string(), String::new())),
            _ => self.plain(plain::PlainWriter::end_block),
        }
        match tag {
            Tag::CodeBlock(_) => {
                if let Some((slip, range)) = slips::of_fence(self.markdown, &range) {
                    self.slip(slip, range);
                }
                self.in_code = true;
                self.aside += 1;
            }
            Tag::Heading { level, id, .. } => {
                let level = page_level(level, self.top);
                let id = id.map(|id| id.to_string());
                self.heading = Some((level, String::new(), id, range));
                self.aside += 1;
            }
            Tag::List(_) => self.lists.push(Vec::new()),
            Tag::Item => {
                let number = slips::number(self.markdown, &range);
                if let Some(list) = self.lists.last_mut() {
                    list.push((number, range));
                }
            }
            Tag::Table(_) | Tag::FootnoteDefinition(_) => self.aside += 1,
            Tag::Link { link_type, dest_url, id, .. } => {
                self.refers(&id);
                self.link(&destination(link_type, &dest_url), LinkKind::Link, range);
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                self.refers(&id);
                self.link(&destination(link_type, &dest_url), LinkKind::Picture, range);
                self.aside += 1;
            }
            _ => {}
        }
    }

    /// Takes down that a definition is used.
    fn refers(&mut self, label: &str) {
        if !label.is_empty() {
            self.referred.insert(dialect::label(label));
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
            TagEnd::Strikethrough => self.unsaid = self.unsaid.saturating_sub(1),
            TagEnd::Paragraph => self.plain(plain::PlainWriter::paragraph_ends),
            TagEnd::Heading(_) => self.plain(plain::PlainWriter::heading_ends),
            TagEnd::FootnoteDefinition => self.plain(plain::PlainWriter::note_ends),
            TagEnd::Image => {
                if let Some((title, alt)) = self.caption.take() {
                    self.plain(|plain| match title.is_empty() {
                        true => plain.picture(&alt),
                        false => {
                            plain.alternative(&alt);
                            plain.picture(&title);
                        }
                    });
                }
            }
            _ if ends_block(&tag) => self.plain(plain::PlainWriter::end_block),
            _ => {}
        }
        match tag {
            TagEnd::Heading(_) => {
                if let Some((level, text, id, range)) = self.heading.take() {
                    if let Some((slip, range)) = slips::of_heading(self.markdown, &range, &text) {
                        self.slip(slip, range);
                    }
                    let id = self.ids.give(id.as_deref().unwrap_or(&text));
                    self.body.headings.push(Heading { level, text, id });
                }
                self.aside -= 1;
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.aside -= 1;
            }
            TagEnd::List(ordered) => self.list_ends(ordered),
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
        self.part();
    }

    /// Parts what an excerpt has so far from what follows. Sentences are parted by nothing in
    /// Chinese; after Latin text, or a line that ends without punctuation, there is a space.
    fn part(&mut self) {
        let open = |c: char| (c.is_ascii() && c != ' ') || c.is_alphanumeric() || c == '）';
        if self.aside == 0 && self.prose.ends_with(open) {
            self.prose.push(' ');
        }
    }

    /// Complains of definitions to which nothing refers: readers do not see them.
    fn definitions(&mut self, normal: &Normal<'_>, marked: &cjk::Marked<'_>) {
        let parser = Parser::new_ext(&marked.new.text, options());
        let defined: BTreeMap<String, Range<usize>> = (parser.reference_definitions().iter())
            .map(|(name, definition)| {
                let place = marked.new.places.original(definition.span.clone());
                (dialect::label(name), normal.original(place))
            })
            .collect();
        for (_, place) in defined.iter().filter(|(label, _)| !self.referred.contains(*label)) {
            let written = self.markdown.get(place.clone()).unwrap_or_default().trim_end();
            self.body
                .slips
                .entry(Slip::DefinitionUnused)
                .or_default()
                .push(place.start..place.start + written.len());
        }
        for (label, place) in &normal.definitions {
            if defined.get(label).is_some_and(|first| first.start < place.start) {
                self.slip(Slip::DefinitionTwice, place.clone());
            }
        }
    }

    /// Complains of a list whose numbers will be others than its author wrote.
    fn list_ends(&mut self, ordered: bool) {
        let items = self.lists.pop().unwrap_or_default();
        let numbers: Vec<u64> = items.iter().map(|&(number, _)| number).collect();
        if !ordered || slips::numbering(&numbers) != Numbering::Renumbered {
            return;
        }
        for (i, (number, place)) in items.into_iter().enumerate() {
            if number != numbers[0] + i as u64 {
                let item = self.markdown.get(place.clone()).unwrap_or_default();
                let start = place.start + item.len() - item.trim_start_matches([' ', '\t']).len();
                let end = start + number.to_string().len() + 1;
                self.slip(Slip::ListNumbers, start..end);
            }
        }
    }

    /// A line that ends within a block.
    fn line_ends(&mut self) {
        self.soft_break = false;
        if self.caption.is_some() {
            self.soft_break = true;
            return;
        }
        self.plain(plain::PlainWriter::end_block);
        self.counter.gap();
        self.last = None;
        if let Some((_, heading, ..)) = &mut self.heading {
            heading.push('\n');
        }
        self.part();
    }

    /// Words that a reader sees, which may stand in the body after the byte `from`.
    fn words(&mut self, given: &str, from: usize) {
        let words = match self.last {
            None if !self.in_code => given.trim_start_matches(dialect::is_wide_space),
            _ => given,
        };
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
        if let Some((_, heading, ..)) = &mut self.heading {
            if gap {
                heading.push(' ');
            }
            heading.push_str(words);
        }
        // Four bytes hold any character; what is beyond is never in the excerpt.
        if self.aside == 0 && self.unsaid == 0 && self.prose.len() < EXCERPT_LIMIT * 5 {
            if gap {
                self.prose.push(' ');
            }
            if self.raised {
                self.prose.extend(words.chars().map(raised));
                return;
            }
            self.prose.push_str(words);
        }
    }
}
