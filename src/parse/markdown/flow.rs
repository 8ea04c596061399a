//! Events as they are read by the survey and the page alike: line breaks that are meant, marked
//! text, attributes of headings.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::breaks::{Break, breaks};
use super::inline::{CLOSE, OPEN};

type Placed<'e> = (Event<'e>, Range<usize>);

/// Stands for marked text: of pulldown-cmark's tags it is one that nothing else is read as.
pub(super) const MARKED: Tag<'static> = Tag::Superscript;
/// Where it ends.
pub(super) const MARKED_END: TagEnd = TagEnd::Superscript;

/// Line breaks within a text: Word's (U+000B) and Unicode's.
const BREAKS: [char; 3] = ['\u{B}', '\u{2028}', '\u{2029}'];

/// The events of `source`, each with its place in it.
pub(super) struct Flow<'s, 'e, I> {
    events: I,
    source: &'s str,
    ids: &'s [(usize, String)],
    /// May there be breaks or marks within a text?
    signs: bool,
    /// Depth of lists and the like, whose text is indented.
    lists: usize,
    /// Depth of elements within a paragraph.
    inline: usize,
    in_code: bool,
    /// Where the lines begin of the paragraph that is open, and what becomes of the breaks.
    lines: Vec<usize>,
    breaks: Vec<Break>,
    /// Where the item is that is open, as long as nothing is known of its lines: one without
    /// paragraphs has no event at which they begin.
    item: Option<Range<usize>>,
    /// Events since a mark was opened, and how deep they are.
    held: Option<(Vec<Placed<'e>>, Range<usize>, usize)>,
    ready: VecDeque<Placed<'e>>,
}

impl<'s, 'e, I: Iterator<Item = Placed<'e>>> Flow<'s, 'e, I> {
    pub(super) fn new(source: &'s str, ids: &'s [(usize, String)], signs: bool, events: I) -> Self {
        Self {
            events,
            source,
            ids,
            signs,
            lists: 0,
            inline: 0,
            in_code: false,
            lines: Vec::new(),
            breaks: Vec::new(),
            item: None,
            held: None,
            ready: VecDeque::new(),
        }
    }

    /// Looks at the lines of a paragraph that begins.
    fn paragraph(&mut self, range: &Range<usize>) {
        self.lines.clear();
        self.breaks.clear();
        let Some(text) = self.source.get(range.clone()) else { return };
        let text = text.trim_end();
        if memchr::memchr(b'\n', text.as_bytes()).is_none() {
            return;
        }
        // The indent of the first line stands before the paragraph.
        let mut start = range.start;
        for line in text.split('\n') {
            self.lines.push(start);
            start += line.len() + 1;
        }
        let lines: Vec<&str> = text.split('\n').map(|line| line.trim_start_matches('>')).collect();
        self.breaks = breaks(&lines, self.lists > 0);
    }

    /// Looks at the lines of an item that holds no paragraph, up to what is another block.
    fn item(&mut self, range: Range<usize>) {
        let Some(text) = self.source.get(range.clone()) else { return };
        let marker = |line: &str| {
            let rest = line.trim_start_matches([' ', '\t', '>']);
            let signs = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            let ends = signs.strip_prefix(['-', '*', '+', '.', ')', ':']).unwrap_or(signs);
            (ends.len() < signs.len() && (ends.is_empty() || ends.starts_with([' ', '\t'])))
                .then(|| line.len() - ends.len())
        };
        let begun = marker(text).unwrap_or(0);
        let mut end = 0;
        for (i, line) in text.split_inclusive('\n').enumerate() {
            let words = line.trim_start_matches([' ', '\t', '>']);
            let is_other = words.trim().is_empty()
                || marker(line).is_some()
                || words.starts_with(['#', '|', '`', '~', '<']);
            if i > 0 && is_other {
                break;
            }
            end += line.len();
        }
        if begun < end {
            self.paragraph(&(range.start + begun..range.start + end));
            for kept in &mut self.breaks {
                // There is no paragraph here that could end.
                *kept = if *kept == Break::Joined { Break::Joined } else { Break::Line };
            }
        }
    }

    /// What a soft break becomes.
    fn soft_break(&mut self, range: Range<usize>) {
        if let Some(item) = self.item.take() {
            self.item(item);
        }
        let passed = self.lines.partition_point(|&start| start <= range.start);
        let kept = passed.checked_sub(1).and_then(|line| self.breaks.get(line));
        match kept {
            Some(Break::Paragraph) if self.inline == 0 && self.held.is_none() => {
                self.put(Event::End(TagEnd::Paragraph), range.clone());
                self.put(Event::Start(Tag::Paragraph), range);
            }
            Some(Break::Line | Break::Paragraph) => self.put(Event::HardBreak, range),
            _ => self.put(Event::SoftBreak, range),
        }
    }

    /// Text, parted where a mark or a break stands in it.
    fn text(&mut self, text: CowStr<'e>, range: Range<usize>) {
        let mut rest: &str = &text;
        let is_sign = |c: char| BREAKS.contains(&c) || OPEN.contains(c) || CLOSE.contains(c);
        if !rest.contains(is_sign) {
            return self.put(Event::Text(text), range);
        }
        while let Some(at) = rest.find(is_sign) {
            if at > 0 {
                self.put(Event::Text(rest[..at].to_string().into()), range.clone());
            }
            let sign = rest[at..].chars().next().unwrap_or_default();
            rest = &rest[at + sign.len_utf8()..];
            if OPEN.contains(sign) {
                self.give_up();
                self.held = Some((Vec::new(), range.clone(), 0));
            } else if CLOSE.contains(sign) {
                match self.held.take() {
                    Some((events, place, 0)) => {
                        self.ready.push_back((Event::Start(MARKED), place));
                        self.ready.extend(events);
                        self.ready.push_back((Event::End(MARKED_END), range.clone()));
                    }
                    held => {
                        self.held = held;
                        self.put(Event::Text("==".into()), range.clone());
                    }
                }
            } else {
                self.put(Event::HardBreak, range.clone());
            }
        }
        if !rest.is_empty() {
            self.put(Event::Text(rest.to_string().into()), range);
        }
    }

    /// Hands an event on, or keeps it while a mark is open.
    fn put(&mut self, event: Event<'e>, range: Range<usize>) {
        let Some((events, _, depth)) = &mut self.held else {
            self.ready.push_back((event, range));
            return;
        };
        match &event {
            Event::Start(_) => *depth += 1,
            Event::End(_) if *depth == 0 => {
                self.give_up();
                self.ready.push_back((event, range));
                return;
            }
            Event::End(_) => *depth -= 1,
            _ => {}
        }
        events.push((event, range));
    }

    /// A mark that is not closed is shown as it was typed.
    fn give_up(&mut self) {
        if let Some((events, place, _)) = self.held.take() {
            self.ready.push_back((Event::Text("==".into()), place));
            self.ready.extend(events);
        }
    }

    /// Looks at an event: may it be handed on as it is?
    #[inline]
    fn see(&mut self, event: &Event<'e>, range: &Range<usize>) -> bool {
        match event {
            Event::Text(_) => return !self.signs || self.in_code,
            Event::SoftBreak => return false,
            Event::Start(tag) => match tag {
                Tag::Paragraph => {
                    self.inline = 0;
                    self.item = None;
                    self.paragraph(range);
                }
                Tag::Item => {
                    self.lists += 1;
                    self.breaks.clear();
                    self.item = Some(range.clone());
                }
                Tag::FootnoteDefinition(_) | Tag::DefinitionListDefinition => self.lists += 1,
                Tag::CodeBlock(_) => self.in_code = true,
                Tag::Heading { .. } => {
                    self.breaks.clear();
                    return self.ids.is_empty();
                }
                Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. } => {
                    self.inline += 1;
                }
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition => {
                    self.lists = self.lists.saturating_sub(1);
                    self.breaks.clear();
                    self.item = None;
                }
                TagEnd::CodeBlock => self.in_code = false,
                TagEnd::Paragraph => self.breaks.clear(),
                TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image => {
                    self.inline = self.inline.saturating_sub(1);
                }
                _ => {}
            },
            _ => {}
        }
        true
    }

    /// Puts what becomes of an event.
    fn change(&mut self, (mut event, range): Placed<'e>) {
        match event {
            Event::Text(text) if self.signs && !self.in_code => return self.text(text, range),
            Event::SoftBreak => return self.soft_break(range),
            Event::Start(Tag::Heading { ref mut id, .. }) => {
                if let Some((_, own)) = self.ids.iter().find(|(at, _)| range.contains(at)) {
                    *id = Some(own.clone().into());
                }
            }
            _ => {}
        }
        self.put(event, range);
    }
}

impl<'e, I: Iterator<Item = Placed<'e>>> Iterator for Flow<'_, 'e, I> {
    type Item = Placed<'e>;

    fn next(&mut self) -> Option<Placed<'e>> {
        loop {
            if !self.ready.is_empty() {
                return self.ready.pop_front();
            }
            match self.events.next() {
                // Nearly all events are handed on.
                Some(placed) if self.see(&placed.0, &placed.1) && self.held.is_none() => {
                    return Some(placed);
                }
                Some(placed) => self.change(placed),
                None if self.held.is_some() => self.give_up(),
                None => return None,
            }
        }
    }
}
