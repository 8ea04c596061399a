//! Footnotes and links as numbered notes at the end: WeChat opens no link to another site.

use std::collections::BTreeMap;

use crate::output::tree::{Element, Node, elements};

/// What is told at the end.
#[derive(Clone, Debug)]
pub(super) enum Note<'t> {
    /// A footnote: what it says.
    Text(&'t [Node]),
    /// A link: where it leads.
    Link(String),
}

/// Notes by the order in which the text names them.
#[derive(Default)]
pub(super) struct Notes<'t> {
    /// Footnotes by the id that the text names, and which of them are still to be told.
    known: BTreeMap<String, &'t [Node]>,
    order: Vec<String>,
    /// In their order, with their keys.
    told: Vec<(String, Note<'t>)>,
}

impl<'t> Notes<'t> {
    /// The footnotes of a text.
    pub fn of(nodes: &'t [Node]) -> Self {
        let mut notes = Self::default();
        notes.gather(nodes);
        notes
    }

    fn gather(&mut self, nodes: &'t [Node]) {
        for element in elements(nodes) {
            if !is_notes(element) {
                self.gather(&element.children);
                continue;
            }
            let items = element.elements().filter(|list| list.name == "ol");
            for item in items.flat_map(Element::elements) {
                let id = item.attribute("id").unwrap_or_default().to_string();
                self.known.insert(id.clone(), &item.children);
                self.order.push(id);
            }
        }
    }

    /// The number of the footnote that a link to `#id` names, if it is one.
    pub fn footnote(&mut self, id: &str) -> Option<usize> {
        let text = *self.known.get(id)?;
        Some(self.number(format!("#{id}"), Note::Text(text)))
    }

    /// The number of a link.
    pub fn link(&mut self, url: &str) -> usize {
        self.number(url.to_string(), Note::Link(url.to_string()))
    }

    fn number(&mut self, key: String, note: Note<'t>) -> usize {
        let place = self.told.iter().position(|(known, _)| *known == key);
        1 + place.unwrap_or_else(|| {
            self.told.push((key, note));
            self.told.len() - 1
        })
    }

    /// Tells of the footnotes, too, that nothing names.
    pub fn add_unnamed(&mut self) {
        for id in std::mem::take(&mut self.order) {
            self.footnote(&id);
        }
    }

    /// The note at this place, from 0. Telling one may make another.
    pub fn get(&self, place: usize) -> Option<Note<'t>> {
        self.told.get(place).map(|(_, note)| note.clone())
    }
}

/// Is this the list of footnotes?
pub(super) fn is_notes(element: &Element) -> bool {
    element.name == "section" && element.has_class("notes")
}
