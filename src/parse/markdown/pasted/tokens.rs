//! The events of a body with its HTML as tags. html5gum reads what pulldown-cmark takes for HTML;
//! what Word leaves that pulldown-cmark takes for text is found here.

use std::collections::VecDeque;
use std::ops::Range;

use html5gum::{State, Token};
use pulldown_cmark::{CowStr, Event, LinkType, Tag as Mark, TagEnd};

use super::tags::{self, Attributes, Given, Tag};
use super::{Placed, Told};
use crate::base::html;
use crate::base::text::excerpt;

/// A part of a body, with HTML as tags.
pub(super) enum Item<'t> {
    /// Of Markdown, and all text.
    Event(Event<'t>),
    /// A tag that may be written.
    Start(&'static Tag, Attributes, Address),
    End(&'static Tag),
    /// A tag that goes with what is in it; its number among them.
    Drop(usize),
    DropEnd(usize),
    /// A tag that is not written, by its name.
    Other(String),
    /// The edge of a block whose tag is not written.
    Edge,
}

/// What a link or picture has besides.
#[derive(Default)]
pub(super) struct Address {
    /// The `href` or `src`.
    pub dest: Option<String>,
    pub alt: String,
}

/// The parts of a body. `text` is what the author wrote.
pub(super) fn items<'t>(
    text: &str,
    events: Vec<Placed<'t>>,
    told: &mut Told,
) -> Vec<(Item<'t>, Range<usize>)> {
    let items = Vec::with_capacity(events.len());
    let mut reader = Reader { text, told, items, office: 0, hidden: None };
    let mut in_code = false;
    let mut events = events.into_iter();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Mark::HtmlBlock) => {
                let mut block = Block::default();
                for (event, range) in events.by_ref() {
                    match event {
                        Event::Html(line) => block.push(&line, range.start),
                        Event::End(TagEnd::HtmlBlock) => break,
                        // Nothing else is in such a block.
                        _ => {}
                    }
                }
                reader.block(&block);
            }
            Event::InlineHtml(html) | Event::Html(html) => reader.inline(&html, &range),
            Event::Start(Mark::Link { link_type: LinkType::Autolink, ref dest_url, .. })
                if is_office(dest_url) =>
            {
                reader.office += 1;
                reader.items.push((Item::Other(dest_url.to_string()), range));
            }
            Event::End(TagEnd::Link) if reader.office > 0 => reader.office -= 1,
            Event::Text(_) if reader.office > 0 => {}
            Event::Text(words) => {
                if !in_code {
                    reader.loose(&words, &range);
                }
                reader.items.push((Item::Event(Event::Text(words)), range));
            }
            event => {
                match event {
                    Event::Start(Mark::CodeBlock(_)) => in_code = true,
                    Event::End(TagEnd::CodeBlock) => in_code = false,
                    _ => {}
                }
                reader.items.push((Item::Event(event), range));
            }
        }
    }
    reader.items
}

/// The lines of a block of HTML, and where each stands in the body.
#[derive(Default)]
struct Block {
    html: String,
    lines: Vec<(usize, usize)>,
}

impl Block {
    fn push(&mut self, line: &str, place: usize) {
        self.lines.push((self.html.len(), place));
        self.html.push_str(line);
    }

    fn place(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.lines.get(line).map_or(0, |(start, place)| place + (at - start))
    }

    fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.place(range.start);
        let last = range.end.saturating_sub(1).max(range.start);
        start..(self.place(last) + usize::from(range.end > range.start)).max(start)
    }
}

struct Reader<'r, 't> {
    text: &'r str,
    told: &'r mut Told,
    items: Vec<(Item<'t>, Range<usize>)>,
    /// How many links are open that are none, but tags of Word.
    office: usize,
    /// The element that is open and not meant to be seen.
    hidden: Option<Hidden>,
}

/// An element that browsers do not show.
struct Hidden {
    name: String,
    /// How many elements of its name are open.
    depth: usize,
    /// How many items there were before it.
    before: usize,
    /// Where it begins.
    start: usize,
}

impl Reader<'_, '_> {
    fn start(&mut self, name: &str, given: &Given, range: Range<usize>) {
        match &mut self.hidden {
            Some(hidden) => hidden.depth += usize::from(hidden.name == name),
            None if tags::is_hidden(given) => {
                let (before, start) = (self.items.len(), range.start);
                self.hidden = Some(Hidden { name: name.to_string(), depth: 1, before, start });
            }
            None => {}
        }
        if let Some(tag) = tags::find(name) {
            let picture = tag.kind == tags::Kind::Picture;
            let dest = tags::given(given, if picture { "src" } else { "href" });
            let dest = if picture { Some(dest.unwrap_or_default()) } else { dest };
            let alt = tags::given(given, "alt").map(|alt| tags::clean(&alt)).unwrap_or_default();
            let attributes = tags::attributes(tag, given);
            self.items.push((Item::Start(tag, attributes, Address { dest, alt }), range));
        } else if let Some(number) = dropped(name) {
            self.items.push((Item::Drop(number), range));
        } else {
            self.items.push((Item::Other(name.to_string()), range.clone()));
            self.edge(name, range);
        }
    }

    fn end(&mut self, name: &str, range: Range<usize>) {
        let end = range.end;
        if let Some(tag) = tags::find(name) {
            let item = match tag.kind {
                // As every browser does.
                tags::Kind::Break => Item::Start(tag, Vec::new(), Address::default()),
                _ => Item::End(tag),
            };
            self.items.push((item, range));
        } else if let Some(number) = dropped(name) {
            self.items.push((Item::DropEnd(number), range));
        } else {
            self.edge(name, range);
        }
        if let Some(hidden) = self.hidden.take_if(|hidden| hidden.name == name) {
            match hidden.depth {
                1 => self.hide(&hidden, end),
                depth => self.hidden = Some(Hidden { depth: depth - 1, ..hidden }),
            }
        }
    }

    /// Takes away what is not meant to be seen, which ends at a place, if it holds whole elements
    /// of Markdown, paragraphs aside.
    fn hide(&mut self, hidden: &Hidden, end: usize) {
        let is_paragraph = |item: &Item<'_>| {
            matches!(
                item,
                Item::Event(Event::Start(Mark::Paragraph) | Event::End(TagEnd::Paragraph))
            )
        };
        let mut open = 0_usize;
        let mut words = String::new();
        for (item, _) in self.items[hidden.before..].iter().filter(|(item, _)| !is_paragraph(item))
        {
            match item {
                Item::Event(Event::Start(_)) => open += 1,
                Item::Event(Event::End(_)) if open == 0 => return,
                Item::Event(Event::End(_)) => open -= 1,
                Item::Event(Event::Text(text) | Event::Code(text)) => words.push_str(text),
                _ => {}
            }
        }
        if open > 0 {
            return;
        }
        let gone = self.items.split_off(hidden.before);
        self.items.extend(gone.into_iter().filter(|(item, _)| is_paragraph(item)));
        if !words.trim().is_empty() {
            self.told.hidden.push((excerpt(&words, 20), hidden.start..end));
        }
    }

    /// `<?php … ?>`
    fn instruction(&mut self, html: &str, range: Range<usize>) {
        if is_instruction(html) {
            let name = html[1..].split([' ', '\t', '\n', '>']).next().unwrap_or_default();
            self.items.push((Item::Other(name.to_string()), range));
        }
    }

    fn edge(&mut self, name: &str, range: Range<usize>) {
        if tags::is_other_block(name) {
            self.items.push((Item::Edge, range));
        }
    }

    /// HTML within a line: one tag, or a comment.
    fn inline(&mut self, html: &str, range: &Range<usize>) {
        if let Some(words) = cdata(html) {
            self.items.push((Item::Event(Event::Text(words.to_string().into())), range.clone()));
            return;
        }
        for token in html::tokens(html).flatten() {
            match token {
                Token::StartTag(tag) => {
                    self.start(&name(&tag.name), &tag.attributes, range.clone());
                }
                Token::EndTag(tag) => self.end(&name(&tag.name), range.clone()),
                Token::Comment(_) => self.instruction(html, range.clone()),
                _ => {}
            }
        }
    }

    /// A block of HTML, in which text is read as Markdown.
    fn block(&mut self, block: &Block) {
        let mut html = html::tokens(&block.html);
        // What takes its content as it is.
        let mut raw: Option<Vec<u8>> = None;
        let mut verbatim = 0_usize;
        // So far the block has been read.
        let mut done = 0;
        while let Some(Ok(token)) = html.next() {
            done = html::end_of(&token).unwrap_or(done);
            match token {
                Token::StartTag(tag) => {
                    let range = tag.span.start..tag.span.end;
                    let name = name(&tag.name);
                    let state = match name.as_str() {
                        "script" => Some(State::ScriptData),
                        "style" | "iframe" | "xmp" | "noembed" | "noframes" => Some(State::RawText),
                        "textarea" | "title" => Some(State::RcData),
                        _ => None,
                    };
                    if let Some(state) = state
                        && closes_later(&block.html[range.end..], &name)
                    {
                        html.set_state(state);
                        raw = Some(tag.name.to_vec());
                    }
                    verbatim += usize::from(name == "pre");
                    self.start(&name, &tag.attributes, block.range(range));
                }
                Token::EndTag(tag) => {
                    let range = tag.span.start..tag.span.end;
                    let name = name(&tag.name);
                    if raw.as_deref() == Some(tag.name.as_slice()) {
                        raw = None;
                    }
                    verbatim -= usize::from(name == "pre" && verbatim > 0);
                    self.end(&name, block.range(range));
                }
                Token::String(words) => {
                    let range = words.span.start..words.span.end;
                    if raw.is_some() || verbatim > 0 {
                        let words = String::from_utf8_lossy(&words).into_owned();
                        let event = Event::Text(words.into());
                        self.items.push((Item::Event(event), block.range(range)));
                    } else {
                        self.markdown(block, range);
                    }
                }
                Token::Comment(comment) => {
                    let range = comment.span.start..comment.span.end;
                    let html = &block.html[range.clone()];
                    // html5gum ends it at the first `>`.
                    if let Some(words) = html.strip_prefix("<![CDATA[") {
                        let words = Event::Text(words.trim_end_matches("]]>").to_string().into());
                        self.items.push((Item::Event(words), block.range(range)));
                    } else if !html.ends_with('>') {
                        self.unfinished(html, block.range(range));
                    } else if html.starts_with("<!--") || is_instruction(html) || is_of_word(html) {
                        self.instruction(html, block.range(range));
                    } else {
                        // Nothing that a person knows for a comment.
                        let words = Event::Text(html.to_string().into());
                        self.items.push((Item::Event(words), block.range(range)));
                    }
                }
                _ => {}
            }
        }
        if let Some(rest) = block.html.get(done..).filter(|rest| !rest.trim().is_empty()) {
            self.unfinished(rest, block.range(done..block.html.len()));
        }
    }

    /// A tag or comment without an end: it is text, which a parser of HTML would leave out.
    fn unfinished(&mut self, html: &str, range: Range<usize>) {
        let sign = html.bytes().take_while(|b| !b.is_ascii_whitespace()).count().min(4);
        self.told.loose.push(range.start..range.start + sign);
        let words = Event::Text(html.trim_end().to_string().into());
        self.items.push((Item::Event(words), range));
    }

    /// Text of a block of HTML.
    fn markdown(&mut self, block: &Block, range: Range<usize>) {
        let Some(words) = block.html.get(range.clone()) else { return };
        let kept = words.trim();
        let lead = &words[..words.len() - words.trim_start().len()];
        let space = |items: &mut Vec<(Item<'_>, Range<usize>)>, space: &str, at: usize| {
            let event = match () {
                () if space.contains('\n') => Event::SoftBreak,
                () if space.is_empty() => return,
                () => Event::Text(" ".into()),
            };
            items.push((Item::Event(event), at..at));
        };
        let start = range.start + lead.len();
        space(&mut self.items, lead, block.place(range.start));
        if kept.is_empty() {
            return;
        }
        // The number of an item of Word's stands before its words in a tag of its own.
        let bullet = kept.trim_start_matches(|c: char| c.is_ascii_digit());
        if matches!(bullet, "." | ")" | "-" | "+" | "*") && !kept.contains('\n') {
            let place = block.range(start..start + kept.len());
            self.items.push((Item::Event(Event::Text(kept.to_string().into())), place));
            let tail = &words[lead.len() + kept.len()..];
            space(&mut self.items, tail, block.place(range.end.saturating_sub(1)));
            return;
        }
        let mut events = super::nested(kept);
        let is_edge = |event: Option<&Placed<'_>>, wanted: &Event<'_>| {
            event.is_some_and(|(event, _)| event == wanted)
        };
        let paragraphs = events.iter().filter(|(event, _)| *event == Event::Start(Mark::Paragraph));
        if paragraphs.count() == 1
            && is_edge(events.first(), &Event::Start(Mark::Paragraph))
            && is_edge(events.last(), &Event::End(TagEnd::Paragraph))
        {
            events.pop();
            events.remove(0);
        }
        for (event, place) in events {
            let place = block.range(start + place.start..start + place.end);
            let event = match event {
                Event::InlineHtml(html) | Event::Html(html) => Event::Text(html),
                Event::Start(Mark::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => continue,
                event => event,
            };
            self.items.push((Item::Event(event), place));
        }
        let tail = &words[lead.len() + kept.len()..];
        space(&mut self.items, tail, block.place(range.end.saturating_sub(1)));
    }

    /// Looks at text of Markdown for what was meant as a tag.
    fn loose(&mut self, words: &str, range: &Range<usize>) {
        if memchr::memchr(b'<', words.as_bytes()).is_none() || !is_verbatim(self.text, words, range)
        {
            return;
        }
        for open in memchr::memchr_iter(b'<', words.as_bytes()) {
            let place = range.start + open;
            if !is_escaped(self.text, place)
                && let Some((Found::Loose, length)) = look(&words[open..])
            {
                self.told.loose.push(place..place + length);
            }
        }
    }
}

fn is_verbatim(text: &str, words: &str, range: &Range<usize>) -> bool {
    text.get(range.clone()) == Some(words)
}

fn is_escaped(text: &str, place: usize) -> bool {
    text.as_bytes()[..place].iter().rev().take_while(|&&b| b == b'\\').count() % 2 == 1
}

/// Events in which tags are found that pulldown-cmark takes for text: Word's own, and those
/// that only HTML knows, as with `=` in a value without quotes.
pub(in super::super) struct Tags<'s, 'e, I: Iterator<Item = Placed<'e>>> {
    events: std::iter::Peekable<I>,
    text: &'s str,
    /// Can there be any?
    wanted: bool,
    in_code: bool,
    ready: VecDeque<Placed<'e>>,
}

impl<'s, 'e, I: Iterator<Item = Placed<'e>>> Tags<'s, 'e, I> {
    /// `events` are those of `text`, each with its place in it.
    pub(in super::super) fn new(text: &'s str, wanted: bool, events: I) -> Self {
        let ready = VecDeque::new();
        Self { events: events.peekable(), text, wanted, in_code: false, ready }
    }

    /// Text that goes on over several events, as it does before each `<`.
    fn whole(&mut self, first: CowStr<'e>, place: Range<usize>) -> (CowStr<'e>, Range<usize>) {
        let (mut words, mut whole) = (first, place);
        if !is_verbatim(self.text, &words, &whole) {
            return (words, whole);
        }
        let start = whole.start;
        let text = self.text;
        // What is written otherwise, as `&amp;` is, belongs to it within a tag only.
        let in_tag = |place: &Range<usize>| {
            let from = start.max(place.start.saturating_sub(TAG_LIMIT));
            let open = memchr::memrchr(b'<', &text.as_bytes()[from..place.start])? + from;
            let (found, length) = look(&text[open..])?;
            (found == Found::Tag && open + length > place.end).then_some(())
        };
        while let Some((Event::Text(next), place)) = self.events.peek()
            && place.start == whole.end
            && (is_verbatim(text, next, place) || in_tag(place).is_some())
        {
            whole.end = place.end;
            self.events.next();
        }
        if whole.end - start > words.len() {
            words = text[start..whole.end].to_string().into();
        }
        (words, whole)
    }

    fn split(&mut self, words: CowStr<'e>, range: Range<usize>) {
        if memchr::memchr(b'<', words.as_bytes()).is_none()
            || !is_verbatim(self.text, &words, &range)
        {
            self.ready.push_back((Event::Text(words), range));
            return;
        }
        let part = |part: Range<usize>| {
            let words = CowStr::from(words[part.clone()].to_string());
            (words, range.start + part.start..range.start + part.end)
        };
        let (mut done, mut at) = (0, 0);
        while let Some(open) = memchr::memchr(b'<', &words.as_bytes()[at..]).map(|to| at + to) {
            at = open + 1;
            if let Some((Found::Tag, length)) = look(&words[open..])
                && !is_escaped(self.text, range.start + open)
            {
                if done < open {
                    let (before, place) = part(done..open);
                    self.ready.push_back((Event::Text(before), place));
                }
                at = open + length;
                done = at;
                let (tag, place) = part(open..done);
                self.ready.push_back((Event::InlineHtml(tag), place));
            }
        }
        if done < words.len() {
            let (rest, place) = part(done..words.len());
            self.ready.push_back((Event::Text(rest), place));
        }
    }
}

impl<'e, I: Iterator<Item = Placed<'e>>> Iterator for Tags<'_, 'e, I> {
    type Item = Placed<'e>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if !self.wanted {
            return self.events.next();
        }
        if let Some(ready) = self.ready.pop_front() {
            return Some(ready);
        }
        match self.events.next()? {
            (Event::Text(words), range) if !self.in_code => {
                let (words, range) = self.whole(words, range);
                self.split(words, range);
                self.ready.pop_front()
            }
            (event, range) => {
                match event {
                    Event::Start(Mark::CodeBlock(_)) => self.in_code = true,
                    Event::End(TagEnd::CodeBlock) => self.in_code = false,
                    _ => {}
                }
                Some((event, range))
            }
        }
    }
}

fn name(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).to_ascii_lowercase()
}

fn dropped(name: &str) -> Option<usize> {
    tags::DROPPED.iter().position(|(dropped, _)| *dropped == name)
}

/// The words of a CDATA section.
fn cdata(html: &str) -> Option<&str> {
    // For pulldown-cmark one bracket ends it too.
    Some(html.strip_prefix("<![CDATA[")?.strip_suffix("]>")?.trim_end_matches(']'))
}

fn is_instruction(html: &str) -> bool {
    html.strip_prefix("<?").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// `<![if !vml]>`, `<![endif]>`
fn is_of_word(html: &str) -> bool {
    let words = html.strip_prefix("<![").map(|words| words.trim_start_matches('!'));
    words.is_some_and(|words| ["if", "endif", "else"].iter().any(|word| words.starts_with(word)))
}

/// Is there an end tag of this name?
fn closes_later(html: &str, name: &str) -> bool {
    super::find_end_tag(html.as_bytes(), name.as_bytes()).is_some()
}

/// Is this address of an autolink a tag of Word: `<st1:place>`?
fn is_office(dest: &str) -> bool {
    const PREFIXES: [&str; 12] =
        ["st1", "st2", "wp", "wps", "wpg", "wpc", "wpi", "mc", "pic", "dgm", "aml", "sl"];
    dest.split_once(':').is_some_and(|(prefix, name)| {
        PREFIXES.contains(&prefix.to_ascii_lowercase().as_str())
            && name.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    /// A tag, or one of Word's comments.
    Tag,
    /// It looks like a tag or comment, and is none.
    Loose,
}

/// So far the end of a tag is looked for, in bytes.
const TAG_LIMIT: usize = 4096;

/// What the text begins with, which begins with `<`, and its length.
fn look(text: &str) -> Option<(Found, usize)> {
    let text = &text[..text.floor_char_boundary(TAG_LIMIT)];
    if let Some(rest) = text.strip_prefix("<!") {
        if rest.starts_with("--") {
            return Some((Found::Loose, "<!--".len()));
        }
        // Word's: `<![if !vml]>`, `<![endif]-->`.
        let end = ["]>", "]-->"].iter().filter_map(|end| Some(rest.find(end)? + end.len())).min();
        return is_of_word(text).then(|| Some((Found::Tag, end? + 2))).flatten();
    }
    // `<?xml:namespace prefix = o />`
    if let Some(rest) = text.strip_prefix("<?") {
        let line = rest.split('\n').next().unwrap_or_default();
        let end = line.find('>').filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic()));
        return end.map(|end| (Found::Tag, end + 3));
    }
    let body = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let slash = text.len() - 1 - body.len();
    let length = body
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_'))
        .count();
    let name = body[..length].to_ascii_lowercase();
    let after = body[length..].chars().next();
    if !after.is_none_or(|c| c.is_whitespace() || c == '/' || c == '>') {
        return None;
    }
    let inside = &body[length..];
    let inside = &inside[..inside.find('<').unwrap_or(inside.len())];
    let end = inside.find('>').map(|end| 1 + slash + length + end + 1);
    let is_office = name.split_once(':').is_some_and(|(prefix, name)| {
        (1..=8).contains(&prefix.len())
            && prefix.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
    });
    let written = inside.contains('=');
    match end {
        Some(end) if is_office => Some((Found::Tag, end)),
        Some(end) if tags::is_known(&name) && (written || slash == 1) => Some((Found::Tag, end)),
        None if tags::is_known(&name) && (written || name.len() > 2 && after.is_some()) => {
            Some((Found::Loose, 1 + slash + length))
        }
        _ => None,
    }
}
