//! Footnotes: numbered by first reference, gathered at the end of the body.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::html::{Medium, Words};
use crate::base::escape::escape_into;

/// The footnotes of a body, as they are met.
#[derive(Default)]
pub(super) struct Notes {
    notes: Vec<Note>,
    /// The place in `notes` of each label.
    places: HashMap<String, usize>,
    /// How many have a number.
    numbered: usize,
}

#[derive(Default)]
struct Note {
    /// Given when it is first referred to.
    number: Option<usize>,
    uses: usize,
    /// Its text, once it is met.
    html: Option<String>,
}

impl Notes {
    fn note(&mut self, label: &str) -> &mut Note {
        let next = self.notes.len();
        let place = *self.places.entry(label.to_string()).or_insert(next);
        if place == next {
            self.notes.push(Note::default());
        }
        &mut self.notes[place]
    }

    /// Adds a note's text; what is defined twice has both texts.
    pub(super) fn define(&mut self, label: &str, html: &str) {
        self.note(label).html.get_or_insert_default().push_str(html);
    }

    /// Writes a reference to a note.
    pub(super) fn refer(&mut self, label: &str, medium: Medium<'_>, out: &mut String) {
        let p = medium.prefix();
        let next = self.numbered + 1;
        let note = self.note(label);
        let number = *note.number.get_or_insert(next);
        note.uses += 1;
        let again = again(note.uses);
        self.numbered = self.numbered.max(number);
        let _ = write!(
            out,
            "<sup class=\"note\"><a id=\"{p}ref-{number}{again}\" href=\"#{p}note-{number}\" \
             role=\"doc-noteref\">{number}</a></sup>"
        );
    }

    /// Writes the notes; those that nothing refers to are kept, after the others.
    pub(super) fn write(self, medium: Medium<'_>, words: &Words<'_>, out: &mut String) {
        let p = medium.prefix();
        let mut next = self.numbered;
        let mut notes: Vec<(usize, Note)> = Vec::with_capacity(self.notes.len());
        for note in self.notes.into_iter().filter(|note| note.html.is_some()) {
            let number = note.number.unwrap_or_else(|| {
                next += 1;
                next
            });
            notes.push((number, note));
        }
        if notes.is_empty() {
            return;
        }
        notes.sort_by_key(|&(number, _)| number);
        let _ = write!(
            out,
            "<section class=\"notes\" role=\"doc-endnotes\" aria-labelledby=\"{p}notes\">\n\
             <h2 id=\"{p}notes\">"
        );
        escape_into(out, words.notes);
        out.push_str("</h2>\n<ol>\n");
        for (number, note) in notes {
            let _ = write!(out, "<li id=\"{p}note-{number}\" value=\"{number}\">");
            // The ways back stand in the note's last paragraph.
            let html = note.html.as_deref().unwrap_or_default().trim_end();
            let (head, tail) = match html.strip_suffix("</p>") {
                Some(head) => (head, "</p>"),
                None => (html, ""),
            };
            out.push_str(head);
            for n in 1..=note.uses {
                let again = again(n);
                let _ = write!(
                    out,
                    " <a href=\"#{p}ref-{number}{again}\" role=\"doc-backlink\" aria-label=\""
                );
                escape_into(out, words.back_to_text);
                out.push_str("\">↩</a>");
            }
            out.push_str(tail);
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</section>\n");
    }
}

/// What tells the ids of several references to one note apart.
fn again(n: usize) -> String {
    if n > 1 { format!("-{n}") } else { String::new() }
}
