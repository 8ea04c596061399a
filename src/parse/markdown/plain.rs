//! A body as plain text: what a reader sees of it, for search.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The text of a body: its blocks, each ended by a line break, the footnotes last. Nearly all
/// of it stands in the body as it was written, so that it is held as places in there.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Plain {
    pieces: Box<[Piece]>,
    /// What does not stand in the body: captions, characters that were written as entities.
    own: Box<str>,
    /// The headings, by bytes of the text.
    pub headings: Box<[Range<u32>]>,
    /// What pictures show that have no caption which says so, a line each.
    pub alternatives: Box<str>,
    /// Where the footnotes begin, whose heading is the theme's; the end where there are none.
    pub notes: usize,
    /// The bytes of the text.
    pub length: usize,
}

/// A part of the text: bytes of the body, or of what is not in it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Piece {
    start: u32,
    length: u32,
    own: bool,
}

impl Plain {
    /// The pieces of the text in order; `markdown` is the body that it was made from.
    pub fn pieces<'t>(&'t self, markdown: &'t str) -> impl Iterator<Item = &'t str> {
        self.pieces.iter().map(move |piece| {
            let text = if piece.own { &self.own } else { markdown };
            let start = piece.start as usize;
            text.get(start..start + piece.length as usize).unwrap_or_default()
        })
    }
}

/// PlainText that is being put together.
#[derive(Default)]
struct PlainText {
    pieces: Vec<Piece>,
    length: usize,
    /// Has a block begun that has not ended?
    open: bool,
}

impl PlainText {
    fn push(&mut self, piece: Piece) {
        self.length += piece.length as usize;
        match self.pieces.last_mut() {
            Some(last) if last.own == piece.own && last.start + last.length == piece.start => {
                last.length += piece.length;
            }
            _ => self.pieces.push(piece),
        }
    }
}

/// A text that is being put together from the events of a body.
#[derive(Default)]
pub(super) struct PlainWriter<'t> {
    markdown: &'t str,
    own: String,
    text: PlainText,
    headings: Vec<Range<u32>>,
    heading: Option<usize>,
    /// Which note is referred to first, which second, by its label.
    references: HashMap<String, usize>,
    notes: Vec<(String, PlainText)>,
    /// The texts that wait while a footnote is written, with the note's label.
    outside: Vec<(String, PlainText)>,
    /// A paragraph that has held one picture so far: where it began and the caption.
    picture: Option<(usize, String)>,
    /// Where each open paragraph began.
    paragraphs: Vec<usize>,
    /// See [`Plain::alternatives`].
    alternatives: String,
}

impl<'t> PlainWriter<'t> {
    /// A text for the body `markdown`.
    pub(super) fn new(markdown: &'t str) -> Self {
        Self { markdown, ..Self::default() }
    }

    /// Adds words of a block, in which a line break is a space. `from` is where they may
    /// stand in the body, byte by byte as they are.
    pub(super) fn words(&mut self, words: &str, from: usize) {
        let kept = if self.text.open { words } else { words.trim_start_matches(['\n', ' ']) };
        let start = from + (words.len() - kept.len());
        let mut done = 0;
        for end in memchr::memchr_iter(b'\n', kept.as_bytes()) {
            self.add(&kept[done..end], start + done);
            self.add(" ", start + end);
            done = end + 1;
        }
        self.add(&kept[done..], start + done);
    }

    /// Adds a piece of one line that may stand in the body at `at`.
    fn add(&mut self, words: &str, at: usize) {
        if words.is_empty() {
            return;
        }
        let there = self.markdown.as_bytes().get(at..at + words.len());
        let own = there != Some(words.as_bytes());
        let start = if own { self.own.len() } else { at };
        if own {
            self.own.push_str(words);
        }
        self.text.open = true;
        self.text.push(Piece { start: start as u32, length: words.len() as u32, own });
    }

    /// Ends a block, or a line of one.
    pub(super) fn end_block(&mut self) {
        if self.text.open {
            // Mostly there is a line break in the body as well.
            let end = self.text.pieces.last().filter(|last| !last.own);
            let end = end.map_or(usize::MAX, |last| (last.start + last.length) as usize);
            let at = if self.markdown.as_bytes().get(end) == Some(&b'\n') { end } else { 0 };
            self.add("\n", at);
            self.text.open = false;
        }
    }

    pub(super) fn heading_starts(&mut self) {
        self.end_block();
        self.heading = Some(self.text.length);
    }

    pub(super) fn heading_ends(&mut self) {
        // In a footnote no heading counts: where it will stand is not known yet.
        if let Some(from) = self.heading.take()
            && self.outside.is_empty()
        {
            self.headings.push(from as u32..self.text.length as u32);
        }
        self.end_block();
    }

    pub(super) fn paragraph_starts(&mut self) {
        self.end_block();
        self.paragraphs.push(self.text.length);
        self.without_caption();
    }

    /// A picture is not text; one that has a paragraph to itself has a caption.
    pub(super) fn picture(&mut self, caption: &str) {
        let alone = self.paragraphs.last() == Some(&self.text.length) && self.picture.is_none();
        self.without_caption();
        self.picture = Some((if alone { self.text.length } else { usize::MAX }, caption.into()));
        self.end_block();
    }

    pub(super) fn paragraph_ends(&mut self) {
        self.paragraphs.pop();
        if let Some((_, caption)) = self.picture.take_if(|(from, _)| *from == self.text.length) {
            self.words(&caption, 0);
        }
        self.without_caption();
        self.end_block();
    }

    /// What a picture shows that readers see no words of.
    pub(super) fn alternative(&mut self, words: &str) {
        if !words.trim().is_empty() {
            self.alternatives.extend([words.trim(), "\n"]);
        }
    }

    /// The caption of the last picture is not shown.
    fn without_caption(&mut self) {
        if let Some((_, caption)) = self.picture.take() {
            self.alternative(&caption);
        }
    }

    pub(super) fn reference(&mut self, label: &str) {
        if !self.references.contains_key(label) {
            self.references.insert(label.to_string(), self.references.len());
        }
    }

    pub(super) fn note_starts(&mut self, label: &str) {
        self.outside.push((label.to_string(), std::mem::take(&mut self.text)));
    }

    pub(super) fn note_ends(&mut self) {
        self.end_block();
        if let Some((label, outside)) = self.outside.pop() {
            self.notes.push((label, std::mem::replace(&mut self.text, outside)));
        }
    }

    /// The text, with the footnotes in the order in which they are referred to; those that
    /// nothing refers to come after the others.
    pub(super) fn finish(mut self) -> Plain {
        self.end_block();
        self.without_caption();
        let notes = self.text.length;
        let references = self.references;
        self.notes.sort_by_key(|(label, _)| references.get(label).copied().unwrap_or(usize::MAX));
        let behind = self.notes.into_iter().flat_map(|(_, note)| note.pieces);
        behind.for_each(|piece| self.text.push(piece));
        Plain {
            pieces: self.text.pieces.into(),
            own: self.own.into(),
            headings: self.headings.into(),
            alternatives: self.alternatives.into(),
            notes,
            length: self.text.length,
        }
    }
}
