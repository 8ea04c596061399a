//! Reading the fields of a YAML map: types are checked, every complaint has its place,
//! and one mistake does not hide the next.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use time::UtcOffset;

use super::yaml::{self, Node, Part, Problem, Step};
use crate::diagnostic::bounded::Bounded;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::model::moment::{DateError, Moment};
use crate::source::{Place, Source};
use crate::text;

/// The keys that a map may have, each with its Chinese spelling.
pub type Vocabulary = &'static [(&'static str, &'static str)];

/// A piece of YAML in a source, and the complaints about it.
pub struct Yaml<'a> {
    source: &'a Source,
    base: usize,
    text: &'a str,
    complaints: RefCell<Bounded>,
    looked_up: Cell<usize>,
}

/// So many nodes of a file are looked up for their place or spelling, each by reading the
/// YAML once more. A file with more mistakes than that has them all reported; those beyond
/// are shown at its first line.
const MOST_LOOKED_UP: usize = 200;

/// Where a value stands: enough to find its place again, should somebody complain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct At {
    /// Which entry of the top map.
    pub entry: u16,
    /// Which item, where the entry's value is a list.
    pub item: Option<u16>,
}

/// A value with the place where it was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Its place in the front matter.
    pub at: At,
}

impl<'a> Yaml<'a> {
    /// The YAML that stands in `source` from byte `base` and is `len` bytes long.
    pub fn new(source: &'a Source, base: usize, len: usize) -> Self {
        let text = &source.text()[base..base + len];
        Self { source, base, text, complaints: RefCell::default(), looked_up: Cell::new(0) }
    }

    /// Parses the text; complaints of its spelling are recorded, and `None` returned.
    pub fn parse(&self) -> Option<Node> {
        match yaml::parse(self.text) {
            Ok(node) => Some(node),
            Err(error) => {
                let offset = error.offset.unwrap_or(0).min(self.text.len());
                let here = self.source.place(self.base + offset..self.base + offset + 1);
                self.complain(match error.problem {
                    Problem::AliasBomb => catalogue::yaml_alias_bomb(here),
                    Problem::TooDeep => catalogue::yaml_too_deep(here),
                    Problem::Tag => catalogue::yaml_tag(here),
                    Problem::OddKey => catalogue::yaml_odd_key(here),
                    Problem::UnknownAlias => catalogue::yaml_unknown_alias(here),
                    Problem::Syntax(message) => {
                        let slips = super::slips::find(self.source, self.base, self.text);
                        if !slips.is_empty() {
                            self.complaints.borrow_mut().extend(slips);
                            return None;
                        }
                        catalogue::yaml_syntax(here, &message)
                    }
                });
                None
            }
        }
    }

    /// Records a complaint.
    pub fn complain(&self, diagnostic: Diagnostic) {
        self.complaints.borrow_mut().push(diagnostic);
    }

    /// All complaints, in the order in which they were made.
    pub fn into_complaints(self) -> Vec<Diagnostic> {
        self.complaints.into_inner().into()
    }

    /// The slips of a writer that explain why the text is not the map it should be.
    pub fn slips(&self) -> Vec<Diagnostic> {
        super::slips::find(self.source, self.base, self.text)
    }

    /// The place of the node at the end of `path`.
    pub fn place(&self, path: &[Step], part: Part) -> Place {
        let range = self.look_up(path, part).unwrap_or(0..0);
        self.source.place(self.base + range.start..self.base + range.end)
    }

    fn look_up(&self, path: &[Step], part: Part) -> Option<Range<usize>> {
        self.looked_up.set(self.looked_up.get() + 1);
        (self.looked_up.get() <= MOST_LOOKED_UP)
            .then(|| yaml::locate(self.text, path, part))
            .flatten()
    }

    /// The text of a scalar as its writer spelled it, on one line.
    pub fn spelled(&self, node: &Node, path: &[Step]) -> Option<String> {
        let text = scalar(node)?;
        match node {
            Node::Number(_) if yaml::spelling_counts(self.text, &text) => {
                let range = self.look_up(path, Part::Value);
                Some(range.map_or(text, |range| self.text[range].to_string()))
            }
            _ => Some(text),
        }
    }
}

/// The place of a value of the YAML `text` that stands at byte `base` of `source`.
pub fn place(source: &Source, base: usize, text: &str, at: At) -> Place {
    let few = at.item.is_none_or(|item| usize::from(item) < MOST_LOOKED_UP);
    let range = few.then(|| yaml::locate(text, &at.path(), Part::Value)).flatten();
    let range = range.unwrap_or(0..0);
    source.place(base + range.start..base + range.end)
}

impl At {
    /// The path to the value, for [`Yaml::place`].
    pub fn path(self) -> Vec<Step> {
        let entry = Step::Entry(self.entry.into());
        std::iter::once(entry).chain(self.item.map(|i| Step::Item(i.into()))).collect()
    }
}

/// The entries of one map.
pub struct Fields<'a, 'y> {
    yaml: &'y Yaml<'a>,
    path: Vec<Step>,
    entries: Vec<(usize, &'static str, &'y Node)>,
}

impl<'a, 'y> Fields<'a, 'y> {
    /// Opens the map `node`, which stands at `path`. Keys that `vocabulary` does not
    /// have, and keys given twice, are complained of and left out.
    pub fn open(
        yaml: &'y Yaml<'a>,
        path: Vec<Step>,
        node: &'y Node,
        vocabulary: Vocabulary,
    ) -> Option<Self> {
        let Node::Map(map) = node else {
            yaml.complain(catalogue::type_map(yaml.place(&path, Part::Value), describe(node)));
            return None;
        };
        let mut fields = Self { yaml, path, entries: Vec::with_capacity(map.len()) };
        for (i, (spelling, value)) in map.iter().enumerate() {
            let known = vocabulary.iter().find(|(en, zh)| en == spelling || zh == spelling);
            let Some(&(key, _)) = known else {
                if spelling.starts_with(['\u{3000}', '\u{A0}']) {
                    yaml.complain(catalogue::yaml_indent(fields.key_place(i)));
                    continue;
                }
                let words = vocabulary.iter().flat_map(|&(en, zh)| [en, zh]);
                let near = text::nearest(spelling, words);
                yaml.complain(catalogue::key_unknown(fields.key_place(i), spelling, near));
                continue;
            };
            if let Some(&(first, ..)) = fields.entries.iter().find(|entry| entry.1 == key) {
                let before = &map[first].0;
                let line = fields.key_place(first).line();
                yaml.complain(catalogue::key_twice(fields.key_place(i), spelling, before, line));
                continue;
            }
            fields.entries.push((i, key, value));
        }
        Some(fields)
    }

    fn key_place(&self, entry: usize) -> Place {
        self.place_below(&[Step::Entry(entry)], Part::Key)
    }

    fn place_below(&self, below: &[Step], part: Part) -> Place {
        self.yaml.place(&[&self.path, below].concat(), part)
    }

    fn spelled(&self, node: &Node, below: &[Step]) -> Option<String> {
        // Only numbers need a path.
        match node {
            Node::Number(_) => self.yaml.spelled(node, &[&self.path, below].concat()),
            node => scalar(node),
        }
    }

    /// The place of the map itself.
    pub fn place(&self) -> Place {
        self.yaml.place(&self.path, Part::Value)
    }

    /// The place of the value of `key`; of the key where it has no value, and of the map
    /// where the key is not there.
    pub fn place_of(&self, key: &str) -> Place {
        match self.entries.iter().find(|entry| entry.1 == key) {
            Some((i, _, Node::Null)) => self.key_place(*i),
            Some((i, ..)) => self.place_below(&[Step::Entry(*i)], Part::Value),
            None => self.place(),
        }
    }

    /// Records a complaint.
    pub fn complain(&self, diagnostic: Diagnostic) {
        self.yaml.complain(diagnostic);
    }

    /// The node of a key; a key without a value counts as not given.
    pub fn get(&self, key: &str) -> Option<(usize, &'y Node)> {
        let &(i, _, node) = self.entries.iter().find(|entry| entry.1 == key)?;
        (*node != Node::Null).then_some((i, node))
    }

    /// Was the key written, even without a value?
    pub fn mentions(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.1 == key)
    }

    /// A text on one line; numbers and truth values keep their spelling. Empty text
    /// counts as not given.
    pub fn text(&self, key: &'static str) -> Option<Given<String>> {
        let (i, node) = self.get(key)?;
        let Some(value) = self.spelled(node, &[Step::Entry(i)]) else {
            self.wrong_type(key, i, node, catalogue::Wanted::Text);
            return None;
        };
        let at = At { entry: i as u16, item: None };
        (!value.is_empty()).then_some(Given { value, at })
    }

    /// A list of texts.
    pub fn texts(&self, key: &'static str) -> Vec<Given<String>> {
        match self.get(key) {
            None => Vec::new(),
            Some((i, Node::List(items))) => self.items(key, i, items),
            Some((i, node)) => {
                self.wrong_type(key, i, node, catalogue::Wanted::List);
                Vec::new()
            }
        }
    }

    /// A text, or a list of texts.
    pub fn text_or_texts(&self, key: &'static str) -> Vec<String> {
        let given = match self.get(key) {
            Some((_, node)) if scalar(node).is_some() => self.text(key).into_iter().collect(),
            _ => self.texts(key),
        };
        given.into_iter().map(|given| given.value).collect()
    }

    fn items(&self, key: &'static str, entry: usize, items: &[Node]) -> Vec<Given<String>> {
        let mut texts = Vec::with_capacity(items.len());
        for (item, node) in items.iter().enumerate() {
            let place = || self.place_below(&[Step::Entry(entry), Step::Item(item)], Part::Value);
            match self.spelled(node, &[Step::Entry(entry), Step::Item(item)]) {
                Some(value) if !value.is_empty() => {
                    let at = At { entry: entry as u16, item: Some(item as u16) };
                    texts.push(Given { value, at });
                }
                Some(_) => self.complain(catalogue::item_empty(place(), key)),
                None if *node == Node::Null => self.complain(catalogue::item_empty(place(), key)),
                None => self.complain(catalogue::item_type(place(), key, describe(node))),
            }
        }
        texts
    }

    /// The items of a list, each a text or a map of its own.
    pub fn list(&self, key: &'static str) -> Vec<(Vec<Step>, &'y Node)> {
        match self.get(key) {
            None => Vec::new(),
            Some((i, Node::List(items))) => items
                .iter()
                .enumerate()
                .map(|(j, node)| {
                    ([&self.path[..], &[Step::Entry(i), Step::Item(j)]].concat(), node)
                })
                .collect(),
            Some((i, node)) => {
                self.wrong_type(key, i, node, catalogue::Wanted::List);
                Vec::new()
            }
        }
    }

    /// A truth value: `true`/`false`, `是`/`否`, `yes`/`no`.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let (i, node) = self.get(key)?;
        match node {
            Node::Bool(value) => Some(*value),
            Node::Text(word) if matches!(word.as_str(), "是" | "yes" | "Yes") => Some(true),
            Node::Text(word) if matches!(word.as_str(), "否" | "no" | "No") => Some(false),
            node => {
                self.wrong_type(key, i, node, catalogue::Wanted::Flag);
                None
            }
        }
    }

    /// A whole number within a range.
    pub fn number(&self, key: &'static str, min: i64, max: i64) -> Option<i64> {
        let (i, node) = self.get(key)?;
        let value = match node {
            Node::Number(spelling) => spelling.parse::<i64>().ok(),
            _ => None,
        };
        match value {
            Some(value) if (min..=max).contains(&value) => Some(value),
            _ => {
                let place = self.place_below(&[Step::Entry(i)], Part::Value);
                self.complain(catalogue::number_wrong(place, key, min, max));
                None
            }
        }
    }

    /// A date, or a date and time.
    pub fn moment(&self, key: &'static str, zone: UtcOffset) -> Option<Moment> {
        let (i, node) = self.get(key)?;
        let place = || self.place_below(&[Step::Entry(i)], Part::Value);
        let Some(spelling) = scalar(node) else {
            self.wrong_type(key, i, node, catalogue::Wanted::Date);
            return None;
        };
        match Moment::parse(&spelling, zone) {
            Ok(moment) => Some(moment),
            Err(DateError::Impossible) => {
                self.complain(catalogue::date_impossible(place(), &spelling));
                None
            }
            Err(DateError::Shape(guess)) => {
                self.complain(catalogue::date_shape(place(), &spelling, guess.as_deref()));
                None
            }
        }
    }

    /// A map that nobody looks into.
    pub fn map(&self, key: &'static str) -> Option<&'y Node> {
        let (i, node) = self.get(key)?;
        if matches!(node, Node::Map(_)) {
            return Some(node);
        }
        self.wrong_type(key, i, node, catalogue::Wanted::Map);
        None
    }

    fn wrong_type(&self, key: &str, entry: usize, node: &Node, wanted: catalogue::Wanted) {
        let place = self.place_below(&[Step::Entry(entry)], Part::Value);
        let shown = scalar(node);
        if wanted == catalogue::Wanted::List && shown.as_ref().is_some_and(|s| s.starts_with('-')) {
            // `-甲` on lines of their own: a list whose dashes lack their spaces.
            self.complain(catalogue::yaml_dash_space(place.first_character()));
            return;
        }
        self.complain(catalogue::type_wrong(place, key, wanted, describe(node), shown.as_deref()));
    }
}

/// The spelling of a scalar, on one line.
pub fn scalar(node: &Node) -> Option<String> {
    match node {
        Node::Text(value) | Node::Number(value) => Some(text::fold(value)),
        Node::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// What a node is, for complaints: Chinese and English.
pub fn describe(node: &Node) -> (&'static str, &'static str) {
    match node {
        Node::Null => ("空的", "empty"),
        Node::Bool(_) => ("true 或 false", "true or false"),
        Node::Number(_) => ("数字", "a number"),
        Node::Text(_) => ("文字", "text"),
        Node::List(_) => ("列表", "a list"),
        Node::Map(_) => ("“键: 值”的一组", "a map"),
    }
}
