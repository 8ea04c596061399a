//! CJK-friendly emphasis, as a thin layer over pulldown-cmark.
//!
//! CommonMark decides by the characters beside a run of `*` whether it may open or close
//! emphasis, and takes for granted that words are parted by spaces. So `**重点。**后文`
//! keeps its asterisks. The CJK-friendly amendments
//! (<https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md>) mend
//! that: punctuation does not keep a run from opening or closing where it, or its
//! neighbour across the run, is a CJK character.
//!
//! pulldown-cmark has no option for them. But a run with white space on neither side that
//! the amendments treat differently is always one that they let both open and close; and
//! CommonMark says the same of a run between two letters. So a mark that is neither
//! punctuation nor white space is put between such a run and the punctuation beside it,
//! and taken out of every event again. `_` needs nothing: for it the amendments come to
//! the same result as CommonMark in every case that they change.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use crate::base::text::{has_noncharacters, is_cjk, is_noncharacter};

/// A text with marks, and where they are.
pub struct Marked<'t> {
    /// What pulldown-cmark is given.
    pub text: Cow<'t, str>,
    mark: char,
    /// Offsets in `text` at which a mark begins.
    marks: Vec<usize>,
    /// Are there numeric entities, which can stand for any character?
    entities: bool,
}

/// Puts marks beside the runs of `*` and `~~` that need them.
pub fn mark(text: &str) -> Marked<'_> {
    let entities = memchr::memmem::find(text.as_bytes(), b"&#").is_some();
    let text_as_is = Cow::Borrowed(text);
    let mut marked = Marked { text: text_as_is, mark: '\0', marks: Vec::new(), entities };
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'*', b'~', &text.as_bytes()[at..]) {
        let start = at + found;
        let delimiter = text.as_bytes()[start];
        let length = text.as_bytes()[start..].iter().take_while(|&&b| b == delimiter).count();
        at = start + length;
        // An escaped first character is text, and stands before what is left of the run.
        let escaped = text[..start].bytes().rev().take_while(|&b| b == b'\\').count() % 2 == 1;
        let start = start + usize::from(escaped);
        let length = length - usize::from(escaped);
        if length == 0 || (delimiter == b'~' && length != 2) {
            continue;
        }
        let before = text[..start].chars().next_back();
        let after = text[at..].chars().next();
        if let (Some(before), Some(after)) = (before, after) {
            let (mark_before, mark_after) = needed(text, start, before, after);
            places.extend(mark_before.then_some(start));
            places.extend(mark_after.then_some(at));
        }
    }
    if places.is_empty() {
        return marked;
    }
    // A noncharacter is neither punctuation nor white space, and stands in no real text;
    // where one does all the same, another serves.
    let Some(mark) = ('\u{FDD0}'..='\u{FDEF}').find(|&c| !text.contains(c)) else {
        return marked;
    };
    let mut out = String::with_capacity(text.len() + places.len() * mark.len_utf8());
    let mut copied = 0;
    for place in places {
        out.push_str(&text[copied..place]);
        marked.marks.push(out.len());
        out.push(mark);
        copied = place;
    }
    out.push_str(&text[copied..]);
    marked.text = Cow::Owned(out);
    marked.mark = mark;
    marked
}

/// On which sides a run from byte `start`, with these neighbours, needs a mark.
fn needed(text: &str, start: usize, before: char, after: char) -> (bool, bool) {
    if before.is_whitespace() || after.is_whitespace() {
        return (false, false);
    }
    let (punct_before, punct_after) = (is_punctuation(before), is_punctuation(after));
    // A variation selector belongs to the character before it.
    let base_before = match before {
        '\u{FE00}'..='\u{FE0E}' => text[..start].chars().rev().nth(1).unwrap_or(before),
        '\u{E0100}'..='\u{E01EF}' => '一',
        _ => before,
    };
    if !is_cjk(base_before) && !is_cjk(after) {
        return (false, false);
    }
    let opens = !punct_after || punct_before;
    let closes = !punct_before || punct_after;
    if opens && closes {
        return (false, false);
    }
    // Left- and right-flanking by the amended rules, neither neighbour being white space.
    let odd_before = punct_before && !is_cjk(base_before);
    let odd_after = punct_after && !is_cjk(after);
    let left = !odd_after || odd_before || is_cjk(base_before);
    let right = !odd_before || odd_after || is_cjk(after);
    if left && right { (punct_before, punct_after) } else { (false, false) }
}

/// Unicode punctuation as pulldown-cmark takes it: general categories P and S.
fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    // What is neither letter, digit, mark, space nor control, is punctuation or a symbol.
    // Marks and unassigned characters never matter here: beside them nothing is marked.
    !c.is_alphanumeric()
        && !c.is_whitespace()
        && !c.is_control()
        && matches!(c,
            '\u{A1}'..='\u{BF}' | '×' | '÷' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}'
            | '\u{20A0}'..='\u{20CF}' | '\u{2100}'..='\u{2BFF}' | '\u{2E00}'..='\u{2E5D}'
            | '\u{2E80}'..='\u{2FFF}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}'
            | '\u{3030}' | '\u{3036}'..='\u{3037}' | '\u{303D}'..='\u{303F}' | '\u{309B}'..='\u{309C}'
            | '\u{30A0}' | '\u{30FB}' | '\u{3190}'..='\u{319F}' | '\u{31C0}'..='\u{31E3}'
            | '\u{3200}'..='\u{33FF}' | '\u{4DC0}'..='\u{4DFF}' | '\u{A490}'..='\u{A4C6}'
            | '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE6B}' | '\u{FF01}'..='\u{FF65}'
            | '\u{FFE0}'..='\u{FFEE}' | '\u{1F000}'..='\u{1FAFF}')
}

impl Marked<'_> {
    /// Takes the marks out of an event, and noncharacters that entities stood for.
    pub fn unmark<'e>(&self, event: Event<'e>) -> Event<'e> {
        if self.marks.is_empty() && !self.entities {
            return event;
        }
        match event {
            Event::Text(text) => Event::Text(self.strip(text)),
            Event::Code(text) => Event::Code(self.strip(text)),
            Event::Html(text) => Event::Html(self.strip(text)),
            Event::InlineHtml(text) => Event::InlineHtml(self.strip(text)),
            Event::FootnoteReference(label) => Event::FootnoteReference(self.strip(label)),
            Event::Start(tag) => Event::Start(match tag {
                Tag::Link { link_type, dest_url, title, id } => Tag::Link {
                    link_type,
                    dest_url: self.strip(dest_url),
                    title: self.strip(title),
                    id: self.strip(id),
                },
                Tag::Image { link_type, dest_url, title, id } => Tag::Image {
                    link_type,
                    dest_url: self.strip(dest_url),
                    title: self.strip(title),
                    id: self.strip(id),
                },
                Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(self.strip(label)),
                Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                    Tag::CodeBlock(CodeBlockKind::Fenced(self.strip(info)))
                }
                tag => tag,
            }),
            event => event,
        }
    }

    fn strip<'e>(&self, text: CowStr<'e>) -> CowStr<'e> {
        let text = match self.marks.is_empty() {
            false if text.contains(self.mark) => CowStr::from(text.replace(self.mark, "")),
            _ => text,
        };
        if self.entities && has_noncharacters(&text) {
            return text.replace(is_noncharacter, "\u{FFFD}").into();
        }
        text
    }

    /// The range in the original text that a range in the marked text stands for.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let back = |at: usize| at - self.marks.partition_point(|&mark| mark < at) * self.width();
        back(range.start)..back(range.end)
    }

    fn width(&self) -> usize {
        self.mark.len_utf8()
    }
}
