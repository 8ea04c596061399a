//! The templates of a list item: one for all lists, or others where `theme.yaml` says so.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::theme::messages;
use crate::value::nearest::nearest;
use crate::yaml::fields::scalar;
use crate::yaml::places::Part;
use crate::yaml::{Node, Step, Yaml};

/// Where a list item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemPlace {
    /// In a list of stories.
    List,
    /// On the home page.
    Home,
    /// Below a story that it is related to.
    Related,
    /// On a page of `content/pages`.
    Page,
}

/// What `theme.yaml` calls these places, in their order.
const PLACES: [&str; 4] = ["list", "home", "related", "page"];

/// The template of an item without a word to the contrary.
const USUAL: &str = "item.html";

/// Which template a list item has in which place.
#[derive(Debug)]
pub struct Items {
    /// The templates, each once.
    templates: Vec<String>,
    /// For each place, which of them.
    of: [usize; PLACES.len()],
    /// The templates that are meant by a name that is not there.
    meant: Vec<String>,
}

impl Items {
    /// The number of an item's template in a place.
    pub fn number(&self, place: ItemPlace) -> usize {
        self.of[place as usize]
    }

    /// Is this the template that is meant by a name that is not there?
    pub(super) fn is_meant(&self, name: &str) -> bool {
        self.meant.iter().any(|meant| meant == name)
    }

    /// All templates of items, by their numbers.
    pub fn templates(&self) -> &[String] {
        &self.templates
    }
}

/// Reads what `theme.yaml` says of items. Who reads its options says what is wrong with it as a whole.
pub(super) fn read(
    manifest: Option<&Source>,
    templates: &BTreeMap<String, Source>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Items {
    let mut items =
        Items { templates: vec![USUAL.to_string()], of: [0; PLACES.len()], meant: Vec::new() };
    let Some(yaml) = manifest.and_then(|source| Yaml::read_file(source).ok()) else { return items };
    let Node::Map(entries) = yaml.root() else { return items };
    let listed = entries.iter().enumerate().find(|(_, (key, _))| key == "items");
    let Some((at, (_, Node::Map(listed)))) = listed else { return items };
    for (i, (key, value)) in listed.iter().enumerate() {
        let steps = [Step::Entry(at), Step::Entry(i)];
        let Some(place) = PLACES.iter().position(|place| place == key) else {
            let near = nearest(key, PLACES);
            let place = yaml.place(&steps, Part::Key);
            diagnostics.push(messages::item_place_unknown(place, key, near, &PLACES));
            continue;
        };
        let Some(name) = scalar(value) else {
            diagnostics.push(messages::strings_wrong(yaml.place(&steps, Part::Value), key));
            continue;
        };
        if !templates.contains_key(&name) {
            let near = super::near_template(templates, &name);
            let place = yaml.place(&steps, Part::Value);
            diagnostics.push(messages::template_missing(place, &name, near.as_deref()));
            items.meant.extend(near);
            continue;
        }
        let known = items.templates.iter().position(|template| *template == name);
        items.of[place] = known.unwrap_or_else(|| {
            items.templates.push(name);
            items.templates.len() - 1
        });
    }
    items
}
