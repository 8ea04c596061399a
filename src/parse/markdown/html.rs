//! A body as HTML. Everything that an author wrote is escaped; every tag is ours, and written
//! so that the same text is well-formed as XML.

use std::fmt::Write as _;
use std::ops::Range;

use serde::Serialize;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::notes::Notes;
use super::pasted::{self, Attributes, Picture, Piece};
use super::signed;
use super::slips::{self, Numbering};
use super::{
    Ids, LinkKind, RESERVED_ID_PREFIX, cjk, clean_destination, destination, dialect, ends_block,
    events, page_level,
};
use crate::base::escape::escape_into;
use crate::base::text;

/// What an address in a body has become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// A page or file of this site, or a place on this page.
    Here(String),
    /// Another site.
    Elsewhere(String),
    /// A picture of this site, with copies of it.
    Picture(Box<Shown>),
    /// A film or a sound of this site.
    Film(Box<Film>),
    /// A file of this site that is no page, and what is said of it after the link.
    File(Box<LinkedFile>),
    /// Nothing that can be linked to: its words are shown without a link.
    Nothing,
}

/// A picture of this site as a browser is told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The address that every browser shows.
    pub src: String,
    /// Addresses of copies and their widths, as `srcset` has them; empty if there is only one.
    pub srcset: String,
    /// The same as WebP; empty if there are none.
    pub webp: String,
    /// Width and height, so that the page has room for it before it comes.
    pub size: Option<(u32, u32)>,
    /// The address of the largest copy; empty if it is no larger than the picture in a body.
    pub large: String,
}

/// A film or a sound of this site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Film {
    /// Its address.
    pub src: String,
    /// Has it pictures?
    pub is_film: bool,
    /// The address of the picture that is shown before it begins.
    pub poster: Option<String>,
    /// Width and height, if it has any.
    pub size: Option<(u32, u32)>,
    /// The address of its captions.
    pub captions: Option<String>,
    /// How long and how large it is, in words.
    pub facts: String,
}

/// A file that is linked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LinkedFile {
    /// Its address.
    pub href: String,
    /// What it is and how large, in words.
    pub facts: String,
    /// Is it kept, as a browser would show something else?
    pub download: bool,
}

/// How wide pictures stand in a body, for `sizes`.
const BODY_SIZES: &str = "(min-width: 48rem) 43rem, 100vw";

/// The same in pixels: what percents of a width are of. On a narrower page nothing is wider than that.
const BODY_WIDTH: u32 = 688;

/// The same for a picture that is only asked for once its place is laid out, as in a gallery:
/// browsers that know of `auto` take the width of that place.
const LAZY_SIZES: &str = "auto, (min-width: 48rem) 43rem, 100vw";

/// The words that the theme's language has for what a body needs.
pub struct Words<'a> {
    /// The heading of the footnotes.
    pub notes: &'a str,
    /// What a screen reader says of the way back from a footnote.
    pub back_to_text: &'a str,
    /// What the captions of films are called.
    pub captions: &'a str,
    /// What a screen reader says of an item of a task list that is done.
    pub checked: &'a str,
    /// See `checked`.
    pub unchecked: &'a str,
    /// The names of call-outs.
    pub callouts: Callouts<'a>,
}

/// What call-outs (`> [!NOTE]`) are called.
pub struct Callouts<'a> {
    /// `> [!NOTE]`
    pub note: &'a str,
    /// `> [!TIP]`
    pub tip: &'a str,
    /// `> [!IMPORTANT]`
    pub important: &'a str,
    /// `> [!WARNING]`
    pub warning: &'a str,
    /// `> [!CAUTION]`
    pub caution: &'a str,
}

/// What a body is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium<'a> {
    /// A page of the site: ids of headings are their words, and pictures are loaded when
    /// they come into view.
    Page,
    /// A publication that stands by itself. Ids begin so, and are numbered: they are names in
    /// XML, whatever the words, and several bodies can stand in one document.
    Book(&'a str),
}

impl Medium<'_> {
    /// The id of the heading that is the `n`th of its body, from 1, and is called `id` on the
    /// site.
    pub fn heading_id(self, n: usize, id: &str) -> String {
        match self {
            Medium::Page => id.to_string(),
            Medium::Book(prefix) => format!("{prefix}h{n}"),
        }
    }

    /// What ids begin with that the program itself gives.
    pub(super) fn prefix(&self) -> &str {
        match self {
            Medium::Page => RESERVED_ID_PREFIX,
            Medium::Book(prefix) => prefix,
        }
    }
}

/// The HTML of the body `markdown`. `resolve` says what each address leads to.
pub fn to_html(
    markdown: &str,
    medium: Medium<'_>,
    words: &Words<'_>,
    resolve: &dyn Fn(&str, LinkKind) -> Resolved,
) -> String {
    let normal = dialect::normalise(markdown);
    let marked = cjk::mark(&normal.text, normal.marks);
    let mut writer = HtmlWriter {
        out: String::with_capacity(markdown.len() * 5 / 4),
        markdown,
        top: normal.top,
        resolve,
        medium,
        callouts: &words.callouts,
        captions: words.captions,
        checks: [words.unchecked, words.checked],
        headings: 0,
        ids: Ids::default(),
        links: Vec::new(),
        alt: None,
        pictures: Vec::new(),
        any_picture: false,
        gallery: None,
        heading: None,
        heading_attributes: Attributes::new(),
        lists: Vec::new(),
        table: Vec::new(),
        cell: 0,
        in_head: false,
        in_code: false,
        soft_break: None,
        last: None,
        tight: Vec::new(),
        notes: Notes::default(),
        outside: Vec::new(),
    };
    let events = events(markdown, &normal, &marked);
    for (piece, range) in pasted::read(markdown, marked.has_html(), events).0 {
        writer.piece(piece, &range);
    }
    let HtmlWriter { mut out, notes, .. } = writer;
    signed::set_right(&mut out);
    notes.write(medium, words, &mut out);
    out
}

struct HtmlWriter<'a> {
    out: String,
    markdown: &'a str,
    /// Has the body a heading of the first level?
    top: bool,
    callouts: &'a Callouts<'a>,
    captions: &'a str,
    checks: [&'a str; 2],
    resolve: &'a dyn Fn(&str, LinkKind) -> Resolved,
    medium: Medium<'a>,
    /// How many headings have ended.
    headings: usize,
    ids: Ids,
    /// For each open link: does it have a tag to close? Where do its words begin, and what is said
    /// of the file after it?
    links: Vec<OpenLink>,
    /// The picture that is open: its address, title and the description so far.
    alt: Option<(Resolved, String, String)>,
    /// The pictures of this paragraph, which may be all that it holds.
    pictures: Vec<LonePicture>,
    /// Has there been a picture? The first is loaded at once.
    any_picture: bool,
    /// The figures that end where the text ends.
    gallery: Option<Gallery>,
    /// Where a heading's tag waits for its id, its level, its words so far, and the id that it
    /// was given.
    heading: Option<(usize, u8, String, Option<String>)>,
    /// Of each list that is open, where the tags of its items end, and their numbers as written.
    lists: Vec<Vec<(usize, u64)>>,
    heading_attributes: Attributes,
    table: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    in_code: bool,
    /// Where a soft line break stands that nothing has followed yet.
    soft_break: Option<usize>,
    /// The last character of text that was written in this block.
    last: Option<char>,
    /// Where each open paragraph began.
    tight: Vec<usize>,
    notes: Notes,
    /// The texts that wait while a footnote is written, with the note's label.
    outside: Vec<(String, String)>,
}

/// A link that is open.
#[derive(Default)]
struct OpenLink {
    has_tag: bool,
    words: usize,
    facts: String,
}

/// A picture that has been written.
struct LonePicture {
    /// Where its tag stands.
    tag: Range<usize>,
    /// Where its title stands in there, which a caption takes the place of.
    title: Range<usize>,
    caption: String,
    /// The address of its largest copy; empty if there is none.
    large: String,
}

/// Figures without anything between them.
struct Gallery {
    /// Where they stand.
    place: Range<usize>,
    /// How many there are.
    count: usize,
}

/// So many pictures are a gallery, at most; more are another.
const GALLERY: usize = 20;

/// The proportions that styles know, width to height, of a hundred.
const PROPORTIONS: [u32; 10] = [50, 56, 67, 75, 100, 125, 133, 150, 178, 200];

/// What stands around the figures of a gallery.
const GALLERY_TAGS: (&str, &str) = ("<div class=\"gallery\">\n", "</div>\n");

impl HtmlWriter<'_> {
    fn piece(&mut self, piece: Piece<'_>, range: &Range<usize>) {
        match piece {
            Piece::Event(event) => self.event(event, range),
            Piece::Heading(level, attributes) => self.heading_start(level, None, attributes),
            Piece::Open(tag, attributes) => self.open(tag, &attributes),
            Piece::Close(tag) => self.close(tag),
            Piece::Picture(picture) => self.pasted_picture(&picture),
            Piece::Gone => {}
        }
    }

    /// Writes a tag of pasted HTML. What XHTML does not know is written otherwise in a book.
    fn open(&mut self, tag: &pasted::Tag, attributes: &Attributes) {
        if tag.kind.is_block() {
            self.block_edge();
        }
        if tag.kind == pasted::Kind::Table {
            self.out.push_str("<div class=\"table\">");
        }
        self.in_code |= tag.kind == pasted::Kind::Preformatted;
        self.out.push('<');
        match (self.medium, tag.name) {
            (Medium::Book(_), "center") => self.out.push_str("div class=\"center\""),
            // On paper nothing can be opened.
            (Medium::Book(_), "details") => self.out.push_str("details open=\"\""),
            (_, name) => self.out.push_str(name),
        }
        self.attributes(tag.kind, attributes);
        self.out.push_str(if tag.kind == pasted::Kind::Column { "/>" } else { ">" });
    }

    fn close(&mut self, tag: &pasted::Tag) {
        let name = match (self.medium, tag.name) {
            (Medium::Book(_), "center") => "div",
            (_, name) => name,
        };
        let _ = write!(self.out, "</{name}>");
        if tag.kind == pasted::Kind::Table {
            self.out.push_str("</div>");
        }
        if tag.kind.is_block() {
            self.in_code &= tag.kind != pasted::Kind::Preformatted;
            self.out.push('\n');
            self.block_edge();
        }
    }

    fn attributes(&mut self, kind: pasted::Kind, attributes: &Attributes) {
        let is_book = matches!(self.medium, Medium::Book(_));
        for (name, value) in attributes {
            let name = match *name {
                "align" if is_book && kind == pasted::Kind::Picture => continue,
                "align" if is_book => "class",
                "width" | "height"
                    if is_book && (kind != pasted::Kind::Picture || value.ends_with('%')) =>
                {
                    continue;
                }
                name => name,
            };
            let _ = write!(self.out, " {name}=\"");
            escape_into(&mut self.out, value);
            self.out.push('"');
        }
    }

    fn pasted_picture(&mut self, picture: &Picture) {
        self.gap(None);
        match shown((self.resolve)(&clean_destination(&picture.dest), LinkKind::Picture)) {
            Some(mut shown) => {
                let mut attributes = picture.attributes.clone();
                // Of a picture that nobody has read there is only what the author says.
                if let Some(size) = shown.size {
                    shown.size = Some(sized(&attributes, size));
                    attributes.retain(|(name, _)| !matches!(*name, "width" | "height"));
                }
                self.picture(&shown, &picture.alt);
                self.attributes(pasted::Kind::Picture, &attributes);
                self.picture_tail(&shown);
            }
            None => escape_into(&mut self.out, &picture.alt),
        }
        self.last = None;
    }

    /// No text before this and after it is one line.
    fn block_edge(&mut self) {
        self.last = None;
        self.soft_break = None;
    }

    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.words(&words),
            Event::Code(code) => {
                self.gap(code.chars().next());
                self.tagged("code", &code);
            }
            Event::SoftBreak => self.soft_break = Some(self.out.len()),
            Event::HardBreak if self.alt.is_some() => self.soft_break = Some(self.out.len()),
            Event::HardBreak => {
                if let Some((_, _, heading, _)) = &mut self.heading {
                    heading.push('\n');
                }
                self.out.push_str("<br/>\n");
                self.last = None;
            }
            Event::Rule => self.out.push_str("<hr/>\n"),
            Event::FootnoteReference(label) => self.note_reference(&label),
            Event::TaskListMarker(done) => {
                self.out.push_str("<input type=\"checkbox\" disabled=\"\"");
                if done {
                    self.out.push_str(" checked=\"\"");
                }
                self.out.push_str(" aria-label=\"");
                escape_into(&mut self.out, self.checks[usize::from(done)]);
                self.out.push_str("\"/> ");
            }
            _ => {}
        }
    }

    /// Writes the white space that a soft line break before `next` leaves.
    fn gap(&mut self, next: Option<char>) {
        if let Some(at) = self.soft_break.take()
            && let (Some(before), Some(after)) = (self.last, next)
            && !text::joins_without_space(before, after)
        {
            // Before the tags that have been opened since.
            self.out.insert(at, '\n');
            if let Some((_, _, heading, _)) = &mut self.heading {
                heading.push(' ');
            }
        }
        self.last = next.or(self.last);
    }

    fn words(&mut self, words: &str) {
        if let Some((_, _, alt)) = &mut self.alt {
            let broken = self.soft_break.take().is_some();
            if let (true, Some(before), Some(after)) =
                (broken, alt.chars().next_back(), words.chars().next())
                && !text::joins_without_space(before, after)
            {
                alt.push(' ');
            }
            alt.push_str(words);
            return;
        }
        // Word indents a paragraph by two wide spaces; the theme indents by itself.
        let words = match self.last {
            None if !self.in_code => words.trim_start_matches(dialect::is_wide_space),
            _ => words,
        };
        self.gap(words.chars().next());
        if let Some((_, _, heading, _)) = &mut self.heading {
            heading.push_str(words);
        }
        escape_into(&mut self.out, words);
        self.last = words.chars().next_back().or(self.last);
    }

    fn tagged(&mut self, tag: &str, words: &str) {
        if let Some((_, _, alt)) = &mut self.alt {
            alt.push_str(words);
            return;
        }
        if let Some((_, _, heading, _)) = &mut self.heading {
            heading.push_str(words);
        }
        let _ = write!(self.out, "<{tag}>");
        escape_into(&mut self.out, words);
        let _ = write!(self.out, "</{tag}>");
        self.last = words.chars().next_back().or(self.last);
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.pictures.clear();
                self.tight.push(self.out.len());
                self.out.push_str("<p>");
            }
            Tag::Heading { level, id, .. } => {
                let id = id.map(|id| id.to_string());
                self.heading_start(page_level(level, self.top), id, Attributes::new());
            }
            Tag::BlockQuote(kind) => self.quotation(kind),
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::List(first) => {
                self.lists.push(Vec::new());
                match first {
                    None => self.out.push_str("<ul>\n"),
                    Some(1) => self.out.push_str("<ol>\n"),
                    Some(first) => {
                        let _ = writeln!(self.out, "<ol start=\"{first}\">");
                    }
                }
            }
            Tag::Item => {
                self.out.push_str("<li>");
                if let Some(list) = self.lists.last_mut() {
                    let before = self.out.len() - ">".len();
                    list.push((before, slips::number(self.markdown, range)));
                }
            }
            Tag::FootnoteDefinition(label) => {
                self.gallery = None;
                let outside = std::mem::take(&mut self.out);
                self.outside.push((label.to_string(), outside));
            }
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(alignments) => {
                self.table = alignments;
                // A wide table scrolls by itself instead of widening the page.
                self.out.push_str("<div class=\"table\"><table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.cell_start(),
            Tag::Emphasis => self.inline("<em>"),
            Tag::Strong => self.inline("<strong>"),
            Tag::Strikethrough => self.inline("<del>"),
            // Marked text.
            Tag::Superscript => self.inline("<mark>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.link(&destination(link_type, &dest_url), &title);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                self.gap(None);
                let dest = destination(link_type, &dest_url);
                let dest = (self.resolve)(&dest, LinkKind::Picture);
                self.alt = Some((dest, title.to_string(), String::new()));
            }
            _ => {}
        }
    }

    /// Opens an inline element; a soft break before it is decided by the text inside.
    fn inline(&mut self, tag: &str) {
        if self.alt.is_none() {
            self.out.push_str(tag);
        }
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.in_code = true;
        self.out.push_str("<pre><code");
        if let CodeBlockKind::Fenced(words) = kind
            && let Some(language) = words
                .split(' ')
                .next()
                .map(|word| word.trim_matches(['{', '}', '.']))
                .filter(|word| !word.is_empty())
        {
            self.out.push_str(" class=\"language-");
            escape_into(&mut self.out, language);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn cell_start(&mut self) {
        let name = if self.in_head { "th" } else { "td" };
        let class = match self.table.get(self.cell) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        let _ = write!(self.out, "<{name}{class}>");
    }

    fn link(&mut self, dest: &str, title: &str) {
        if self.alt.is_some() {
            self.links.push(OpenLink::default());
            return;
        }
        let mut facts = String::new();
        let (href, rel) = match (self.resolve)(dest, LinkKind::Link) {
            Resolved::Here(href) => (href, ""),
            Resolved::Elsewhere(href) => (href, " rel=\"external noopener\""),
            Resolved::Picture(shown) => (shown.src, ""),
            Resolved::Film(film) => (film.src, ""),
            Resolved::File(file) => {
                facts = file.facts;
                (file.href, if file.download { " download=\"\"" } else { "" })
            }
            Resolved::Nothing => {
                self.links.push(OpenLink::default());
                return;
            }
        };
        self.out.push_str("<a href=\"");
        escape_into(&mut self.out, &href);
        self.out.push('"');
        self.out.push_str(rel);
        self.title(title);
        self.out.push('>');
        self.links.push(OpenLink { has_tag: true, words: self.out.len(), facts });
    }

    fn link_end(&mut self) {
        let Some(OpenLink { has_tag: true, words, facts }) = self.links.pop() else { return };
        let said = self.out.get(words..).unwrap_or_default();
        // Many write it themselves.
        let is_said = ["KB", "MB", "K）", "M）"].iter().any(|unit| said.contains(unit));
        self.out.push_str("</a>");
        if !facts.is_empty() && !is_said && self.medium == Medium::Page {
            self.out.push_str("<span class=\"file-facts\">");
            escape_into(&mut self.out, &facts);
            self.out.push_str("</span>");
            self.last = Some('）');
        }
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape_into(&mut self.out, title);
            self.out.push('"');
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.paragraph_end(),
            TagEnd::Heading(_) => self.heading_end(),
            TagEnd::BlockQuote(_) => self.out.push_str("</blockquote>\n"),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.out.push_str("</code></pre>\n");
            }
            TagEnd::List(ordered) => self.list_ends(ordered),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => {
                self.gallery = None;
                if let Some((label, outside)) = self.outside.pop() {
                    let text = std::mem::replace(&mut self.out, outside);
                    self.notes.define(&label, &text);
                }
            }
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table => self.out.push_str("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.out.push_str("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => {
                self.out.push_str(if self.in_head { "</th>" } else { "</td>" });
                self.cell += 1;
            }
            TagEnd::Emphasis => self.inline("</em>"),
            TagEnd::Strong => self.inline("</strong>"),
            TagEnd::Strikethrough => self.inline("</del>"),
            TagEnd::Superscript => self.inline("</mark>"),
            TagEnd::Link => self.link_end(),
            TagEnd::Image => self.picture_end(),
            _ => {}
        }
        if ends_block(&tag) {
            self.block_edge();
        }
    }

    fn quotation(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else { return self.out.push_str("<blockquote>\n") };
        let (class, name) = match kind {
            BlockQuoteKind::Note => ("note", self.callouts.note),
            BlockQuoteKind::Tip => ("tip", self.callouts.tip),
            BlockQuoteKind::Important => ("important", self.callouts.important),
            BlockQuoteKind::Warning => ("warning", self.callouts.warning),
            BlockQuoteKind::Caution => ("caution", self.callouts.caution),
        };
        let _ = write!(
            self.out,
            "<blockquote class=\"callout callout-{class}\">\n<p class=\"callout-name\">"
        );
        escape_into(&mut self.out, name);
        self.out.push_str("</p>\n");
    }

    /// Items whose numbers do not follow each other have them as they are written.
    fn list_ends(&mut self, ordered: bool) {
        let items = self.lists.pop().unwrap_or_default();
        let numbers: Vec<u64> = items.iter().map(|&(_, number)| number).collect();
        if ordered && slips::numbering(&numbers) == Numbering::Written {
            for (at, number) in items.into_iter().rev() {
                self.out.insert_str(at, &format!(" value=\"{number}\""));
            }
        }
        self.out.push_str(if ordered { "</ol>\n" } else { "</ul>\n" });
    }

    /// A paragraph that holds pictures and nothing else: each is a figure with its caption, and
    /// several are a gallery, with those of the paragraph before.
    fn paragraph_end(&mut self) {
        let start = self.tight.pop().unwrap_or_default();
        let pictures = std::mem::take(&mut self.pictures);
        if pictures.is_empty() || !self.has_only(&pictures, start + "<p>".len()) {
            return self.out.push_str("</p>\n");
        }
        let figures: Vec<String> =
            pictures.iter().map(|picture| figure(&self.out, picture, self.medium)).collect();
        self.out.truncate(start);
        let mut figures = figures.as_slice();
        let mut gallery = self.gallery.take().filter(|gallery| gallery.place.end == start);
        while !figures.is_empty() {
            let before = gallery.take().filter(|gallery| gallery.count < GALLERY);
            let mut gallery_now =
                before.unwrap_or(Gallery { place: self.out.len()..self.out.len(), count: 0 });
            let (some, rest) = figures.split_at(figures.len().min(GALLERY - gallery_now.count));
            self.add_figures(&mut gallery_now, some);
            (gallery, figures) = (Some(gallery_now), rest);
        }
        self.gallery = gallery;
    }

    /// Adds figures to a gallery at the end of the text; one alone has nothing around it.
    fn add_figures(&mut self, gallery: &mut Gallery, figures: &[String]) {
        let (open, close) = GALLERY_TAGS;
        let count = gallery.count + figures.len();
        let of_page = self.medium == Medium::Page && count > 1;
        if gallery.count > 1 {
            self.out.truncate(self.out.len() - close.len());
        } else if count > 1 {
            // The first was alone until now.
            let first = self.out.split_off(gallery.place.start);
            self.out.push_str(open);
            self.out.push_str(&if of_page { proportioned(&first) } else { first });
        }
        for figure in figures {
            self.out.push_str(&if of_page { proportioned(figure) } else { figure.clone() });
        }
        if count > 1 {
            self.out.push_str(close);
        }
        (gallery.count, gallery.place.end) = (count, self.out.len());
    }

    /// Is there nothing from `start` on but these pictures, and line breaks between them?
    fn has_only(&self, pictures: &[LonePicture], start: usize) -> bool {
        let ends = pictures.iter().map(|picture| picture.tag.end);
        let begins = pictures.iter().map(|picture| picture.tag.start);
        let mut between = std::iter::once(start).chain(ends).zip(begins.chain([self.out.len()]));
        between.all(|(from, to)| {
            let text = self.out.get(from..to);
            text.is_some_and(|text| text.replace("<br/>", "").trim().is_empty())
        })
    }

    fn heading_start(&mut self, level: u8, id: Option<String>, attributes: Attributes) {
        self.block_edge();
        self.heading = Some((self.out.len(), level, String::new(), id));
        self.heading_attributes = attributes;
    }

    fn heading_end(&mut self) {
        let Some((start, level, words, own)) = self.heading.take() else { return };
        self.headings += 1;
        let id = self.ids.give(own.as_deref().unwrap_or(&words));
        let id = self.medium.heading_id(self.headings, &id);
        let end = self.out.len();
        let attributes = std::mem::take(&mut self.heading_attributes);
        self.attributes(pasted::Kind::Heading(level), &attributes);
        let attributes = self.out.split_off(end);
        // Ids hold letters, digits and hyphens only: nothing to escape.
        self.out.insert_str(start, &format!("<h{level} id=\"{id}\"{attributes}>"));
        let _ = writeln!(self.out, "</h{level}>");
    }

    fn picture_end(&mut self) {
        let Some((dest, title, alt)) = self.alt.take() else { return };
        let from = self.out.len();
        if let Resolved::Film(film) = &dest {
            self.film(film, &title, &alt);
            self.last = None;
            return;
        }
        match shown(dest) {
            Some(shown) => {
                self.picture(&shown, &alt);
                let title_from = self.out.len();
                self.title(&title);
                let title_to = self.out.len();
                self.picture_tail(&shown);
                self.pictures.push(LonePicture {
                    tag: from..self.out.len(),
                    title: title_from..title_to,
                    caption: if title.is_empty() { alt } else { title },
                    large: shown.large,
                });
            }
            None => escape_into(&mut self.out, &alt),
        }
        self.last = None;
    }

    /// A film, with its length and size, so that nobody on a phone starts it without knowing. In
    /// a book there is its name.
    fn film(&mut self, film: &Film, title: &str, alt: &str) {
        let from = self.out.len();
        if let Medium::Book(_) = self.medium {
            return escape_into(&mut self.out, alt);
        }
        let attribute = |out: &mut String, name: &str, value: &str| {
            let _ = write!(out, " {name}=\"");
            escape_into(out, value);
            out.push('"');
        };
        let name = if film.is_film { "video" } else { "audio" };
        let _ = write!(self.out, "<{name} controls=\"\" preload=\"none\"");
        attribute(&mut self.out, "src", &film.src);
        attribute(&mut self.out, "aria-label", alt);
        if let Some(poster) = &film.poster {
            attribute(&mut self.out, "poster", poster);
        }
        if let Some((width, height)) = film.size.filter(|_| film.is_film) {
            let _ = write!(self.out, " width=\"{width}\" height=\"{height}\" playsinline=\"\"");
        }
        self.out.push('>');
        if let Some(captions) = &film.captions {
            self.out.push_str("<track kind=\"captions\"");
            attribute(&mut self.out, "src", captions);
            attribute(&mut self.out, "label", self.captions);
            self.out.push_str(" default=\"\"/>");
        }
        let _ = write!(self.out, "</{name}>");
        let caption = [if title.is_empty() { alt } else { title }, &film.facts];
        let caption: Vec<&str> = caption.into_iter().filter(|part| !part.is_empty()).collect();
        self.pictures.push(LonePicture {
            tag: from..self.out.len(),
            title: from..from,
            caption: caption.join("　"),
            large: String::new(),
        });
    }

    fn picture(&mut self, shown: &Shown, alt: &str) {
        let is_lazy = self.any_picture && matches!(self.medium, Medium::Page);
        let sizes = if is_lazy { LAZY_SIZES } else { BODY_SIZES };
        let mut attribute = |before: &str, value: &str| {
            self.out.push_str(before);
            escape_into(&mut self.out, value);
            self.out.push('"');
        };
        if !shown.webp.is_empty() {
            attribute("<picture><source type=\"image/webp\" srcset=\"", &shown.webp);
            attribute(" sizes=\"", sizes);
            self.out.push_str("/>");
        }
        let mut attribute = |before: &str, value: &str| {
            self.out.push_str(before);
            escape_into(&mut self.out, value);
            self.out.push('"');
        };
        attribute("<img src=\"", &shown.src);
        if !shown.srcset.is_empty() {
            attribute(" srcset=\"", &shown.srcset);
            attribute(" sizes=\"", sizes);
        }
        attribute(" alt=\"", alt);
        if let Some((width, height)) = shown.size {
            let _ = write!(self.out, " width=\"{width}\" height=\"{height}\"");
        }
    }

    fn picture_tail(&mut self, shown: &Shown) {
        let is_first = !std::mem::replace(&mut self.any_picture, true);
        self.out.push_str(match self.medium {
            Medium::Page if is_first => "/>",
            Medium::Page => " loading=\"lazy\" decoding=\"async\"/>",
            Medium::Book(_) => "/>",
        });
        if !shown.webp.is_empty() {
            self.out.push_str("</picture>");
        }
    }

    fn note_reference(&mut self, label: &str) {
        // A picture's description is text alone.
        if self.alt.is_none() {
            self.soft_break = None;
            self.notes.refer(label, self.medium, &mut self.out);
        }
    }
}

/// The size of a pasted picture that has such attributes and is so large by itself: a browser keeps room
/// for it only if it is told both sides in pixels. They have the proportions of the picture, as it is
/// shown in them whatever the author says.
fn sized(attributes: &Attributes, (width, height): (u32, u32)) -> (u32, u32) {
    let side = |wanted: &str| {
        let (_, value) = attributes.iter().find(|(name, _)| *name == wanted)?;
        match value.strip_suffix('%') {
            // Nobody knows how high the page is.
            Some(percent) if wanted == "width" => {
                percent.parse::<u32>().ok().map(|percent| BODY_WIDTH * percent / 100)
            }
            _ => value.parse::<u32>().ok(),
        }
    };
    let part = |side: u32, of: u32, other: u32| {
        let (of, other) = (u64::from(of.max(1)), u64::from(other));
        u32::try_from((u64::from(side) * other + of / 2) / of).unwrap_or(u32::MAX).max(1)
    };
    match (side("width"), side("height")) {
        (Some(wanted), _) => (wanted, part(wanted, width, height)),
        (None, Some(wanted)) => (part(wanted, height, width), wanted),
        (None, None) => (width, height),
    }
}

/// The picture that an address leads to; `None` if it leads nowhere.
fn shown(resolved: Resolved) -> Option<Shown> {
    match resolved {
        Resolved::Here(src) | Resolved::Elsewhere(src) => Some(Shown { src, ..Shown::default() }),
        Resolved::Picture(shown) => Some(*shown),
        Resolved::File(file) => Some(Shown { src: file.href, ..Shown::default() }),
        Resolved::Film(_) | Resolved::Nothing => None,
    }
}

/// A figure whose picture tells its proportions by a class: a style sheet cannot ask for them, and
/// rows of a gallery are laid out by them.
fn proportioned(figure: &str) -> String {
    let side = |name: &str| {
        let (_, rest) = figure.split_once(&format!(" {name}=\""))?;
        rest.split_once('"')?.0.parse::<u32>().ok().filter(|&side| side > 0)
    };
    let Some((width, height)) = side("width").zip(side("height")) else { return figure.into() };
    let known = |percent: &&u32| {
        let (wanted, there) = (f64::from(**percent), f64::from(width) * 100.0 / f64::from(height));
        ((wanted / there).ln().abs() * 1e6) as u64
    };
    match PROPORTIONS.iter().min_by_key(known) {
        Some(percent) => figure.replacen("<img ", &format!("<img class=\"r{percent}\" "), 1),
        None => figure.into(),
    }
}

/// A picture that is written in `out`, as a figure with its caption. On a page a click opens it.
fn figure(out: &str, picture: &LonePicture, medium: Medium<'_>) -> String {
    let LonePicture { tag, title, caption, large } = picture;
    let mut figure = String::from("<figure>");
    let opens = medium == Medium::Page && !large.is_empty();
    if opens {
        figure.push_str("<a class=\"zoom\" href=\"");
        escape_into(&mut figure, large);
        figure.push_str("\">");
    }
    figure.push_str(&out[tag.start..title.start]);
    figure.push_str(&out[title.end..tag.end]);
    if opens {
        figure.push_str("</a>");
    }
    if !caption.is_empty() {
        figure.push_str("<figcaption>");
        escape_into(&mut figure, caption);
        figure.push_str("</figcaption>");
    }
    figure + "</figure>\n"
}
