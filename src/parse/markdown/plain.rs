//! A body as plain text: what a reader sees of it, for search.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The text of a body: its blocks, each ended by a line break, the footnotes last.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Plain {
    /// The words.
    pub text: Box<str>,
    /// The headings in it, by bytes.
    pub headings: Box<[Range<u32>]>,
    /// Where the footnotes begin, whose heading is the theme's; the end where there are none.
    pub notes: usize,
}

/// A text that is being put together from the events of a body.
#[derive(Default)]
pub(super) struct Writer {
    text: String,
    headings: Vec<Range<u32>>,
    heading: Option<usize>,
    /// Labels in the order in which notes are referred to.
    references: Vec<String>,
    notes: Vec<(String, String)>,
    /// The texts that wait while a footnote is written, with the note's label.
    outside: Vec<(String, String)>,
    /// A paragraph that has held one picture so far: where it began and the caption.
    picture: Option<(usize, String)>,
    /// Where each open paragraph began.
    paragraphs: Vec<usize>,
}

impl Writer {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    /// Adds words of a block, in which a line break is a space.
    pub(super) fn words(&mut self, words: &str) {
        let begins = self.text.is_empty() || self.text.ends_with('\n');
        let words = if begins { words.trim_start_matches(['\n', ' ']) } else { words };
        for (i, line) in words.split('\n').enumerate() {
            if i > 0 {
                self.text.push(' ');
            }
            self.text.push_str(line);
        }
    }

    /// Ends a block, or a line of one.
    pub(super) fn end_block(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    pub(super) fn heading_starts(&mut self) {
        self.end_block();
        self.heading = Some(self.text.len());
    }

    pub(super) fn heading_ends(&mut self) {
        // In a footnote no heading counts: where it will stand is not known yet.
        if let Some(from) = self.heading.take()
            && self.outside.is_empty()
        {
            self.headings.push(from as u32..self.text.len() as u32);
        }
        self.end_block();
    }

    pub(super) fn paragraph_starts(&mut self) {
        self.end_block();
        self.paragraphs.push(self.text.len());
        self.picture = None;
    }

    /// A picture is not text; one that has a paragraph to itself has a caption.
    pub(super) fn picture(&mut self, caption: &str) {
        let alone = self.paragraphs.last() == Some(&self.text.len()) && self.picture.is_none();
        self.picture = Some((if alone { self.text.len() } else { usize::MAX }, caption.into()));
        self.end_block();
    }

    pub(super) fn paragraph_ends(&mut self) {
        self.paragraphs.pop();
        if let Some((from, caption)) = self.picture.take()
            && from == self.text.len()
        {
            self.words(&caption);
        }
        self.end_block();
    }

    pub(super) fn reference(&mut self, label: &str) {
        if !self.references.iter().any(|known| known == label) {
            self.references.push(label.to_string());
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
    /// nothing refers to come behind the others.
    pub(super) fn finish(mut self) -> Plain {
        self.end_block();
        let notes = self.text.len();
        let references = self.references;
        self.notes.sort_by_key(|(label, _)| {
            references.iter().position(|known| known == label).unwrap_or(usize::MAX)
        });
        self.notes.iter().for_each(|(_, note)| self.text.push_str(note));
        Plain { text: self.text.into(), headings: self.headings.into(), notes }
    }
}
