//! The places of all nodes of a YAML text: the home of saphyr-parser.
//!
//! serde_yaml, which reads the values, keeps no positions. They are only needed for
//! complaints, so [`Places`] are read when the first one is asked for, all at once. The two
//! parsers follow different versions of YAML. Where they do not agree on the structure of a
//! text, its places are [unclear](Places::unclear) from there on, and none is guessed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::slips::closing_quote;
use super::{Node, Problem, Step};
use crate::base::name;
use crate::base::text::without_noncharacters;

/// Which part of an entry a place is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The key of the entry that the path ends in.
    Key,
    /// The value.
    Value,
}

/// The way to a value by names: `At::key("honours").item(2).key("by")`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<'k> {
    names: Vec<Name<'k>>,
    part: Part,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Name<'k> {
    /// A key, and its Chinese spelling.
    Key(&'k str, Option<&'k str>),
    Item(usize),
}

impl<'k> At<'k> {
    /// The value of a key of the whole.
    pub fn key(key: &'k str) -> Self {
        Self { names: vec![Name::Key(key, None)], part: Part::Value }
    }

    /// An item of the whole, which is a list.
    pub fn entry(index: usize) -> Self {
        Self { names: vec![Name::Item(index)], part: Part::Value }
    }

    /// An item of the value so far, which is a list.
    pub fn item(mut self, index: usize) -> Self {
        self.names.push(Name::Item(index));
        self
    }

    /// The value of a key of the value so far, which is a map.
    pub fn below(mut self, key: &'k str) -> Self {
        self.names.push(Name::Key(key, None));
        self
    }

    /// With a Chinese spelling for each key; `chinese` gives it for the keys up to this one.
    pub fn spelled(mut self, mut chinese: impl FnMut(&str) -> Option<&'k str>) -> Self {
        for name in &mut self.names {
            if let Name::Key(key, spelling) = name {
                *spelling = chinese(key);
            }
        }
        self
    }

    /// The key that it ends in, in English.
    pub fn last_key(&self) -> &'k str {
        match self.names.last() {
            Some(Name::Key(key, _)) => key,
            _ => "",
        }
    }

    /// Not the value, but its key.
    pub fn its_key(mut self) -> Self {
        self.part = Part::Key;
        self
    }
}

impl<'k> From<&'k str> for At<'k> {
    fn from(key: &'k str) -> Self {
        Self::key(key)
    }
}

/// Where every node of a YAML text stands, in bytes.
#[derive(Debug)]
pub struct Places {
    spots: Vec<NodePlace>,
    /// Where the two parsers begin to disagree.
    unclear: Option<Range<usize>>,
    /// The first `&name` to which no `*name` leads.
    unused_anchor: Option<Range<usize>>,
}

/// A node: a value, or the key of one.
#[derive(Debug)]
struct NodePlace {
    /// The text of a scalar; the beginning of a list or a map.
    range: Range<usize>,
    shape: NodeShape,
}

/// What a node is made of; the numbers are indices of spots.
#[derive(Debug)]
enum NodeShape {
    Scalar(String),
    List(Vec<usize>),
    /// Keys and values.
    Map(Vec<(usize, usize)>),
    /// The node that `*name` stands for, which is before it.
    Alias(usize),
}

impl Places {
    /// Reads the places of `text`, of which the values are `root`.
    pub fn read(text: &str, root: &Node) -> Self {
        let layout = Layout::read(text);
        let Layout { spots, end, unused_anchor, .. } = layout;
        let mut places = Self { spots, unclear: end, unused_anchor };
        let difference = match places.spots.is_empty() {
            true => (*root != Node::Null).then_some(0..0),
            false => places.difference(root, 0),
        };
        places.unclear = difference.or(places.unclear);
        places
    }

    /// The byte range of the node at the end of `path`, or of its key. `None` if the text is
    /// unclear there.
    pub fn range(&self, path: &[Step], part: Part) -> Option<Range<usize>> {
        let parent = path.split_last().filter(|_| part == Part::Key);
        let at = match parent {
            Some((Step::Entry(entry), above)) => match self.shape(self.follow(above)?) {
                NodeShape::Map(entries) => entries.get(*entry)?.0,
                _ => return None,
            },
            _ => self.follow(path)?,
        };
        let range = &self.spots[at].range;
        self.is_clear(range).then(|| range.clone())
    }

    fn is_clear(&self, range: &Range<usize>) -> bool {
        self.unclear.as_ref().is_none_or(|unclear| range.start < unclear.start)
    }

    /// The byte range of the scalar that is the value at the end of `path`, be it by an alias.
    /// `None` if the text is unclear there.
    pub fn scalar(&self, path: &[Step]) -> Option<Range<usize>> {
        let range = &self.spots[self.target(self.follow(path)?)].range;
        self.is_clear(range).then(|| range.clone())
    }

    /// The first `&name` to which no `*name` leads: most likely a text that begins with `&`.
    pub fn unused_anchor(&self) -> Option<Range<usize>> {
        self.unused_anchor.clone()
    }

    /// Where the two parsers begin to disagree on the text, if they do.
    pub fn unclear(&self) -> Option<Range<usize>> {
        self.unclear.clone()
    }

    /// The byte range of the value that `at` leads to, or as near to it as there is something;
    /// of its key if it has no value.
    pub fn find(&self, at: &At<'_>) -> Range<usize> {
        match self.way(at) {
            (path, true) => self.mark(&path, at.part),
            // What is not found may be where the text is unclear.
            (path, false) => self.unclear().unwrap_or_else(|| self.mark(&path, Part::Value)),
        }
    }

    /// Is there what `at` leads to, be it nothing but a key?
    pub fn has(&self, at: &At<'_>) -> bool {
        self.way(at).1
    }

    /// The key that `at` ends in as it is written; one that is not there, in the language of the keys
    /// beside it.
    pub fn spelling<'k>(&self, at: &At<'k>) -> &'k str {
        let Some((&Name::Key(key, chinese), above)) = at.names.split_last() else { return "" };
        let above = At { names: above.to_vec(), part: Part::Value };
        let beside = self.follow(&self.way(&above).0).map(|at| self.shape(at));
        let Some(NodeShape::Map(entries)) = beside else { return key };
        let is_chinese = |at: usize| match self.shape(at) {
            NodeShape::Scalar(key) => !key.is_ascii(),
            _ => false,
        };
        let is_it = |spelling: &str| {
            name::looks_same(spelling, key)
                || chinese.is_some_and(|zh| name::looks_same(spelling, zh))
        };
        let written = entries
            .iter()
            .map(|entry| entry.0)
            .find(|&at| matches!(self.shape(at), NodeShape::Scalar(spelling) if is_it(spelling)));
        if let Some(written) = written {
            return chinese.filter(|_| is_chinese(written)).unwrap_or(key);
        }
        let chinese_keys = entries.iter().filter(|(key, _)| is_chinese(*key)).count();
        chinese.filter(|_| 2 * chinese_keys > entries.len()).unwrap_or(key)
    }

    /// The way that `at` describes, as far as there is something, and whether that is all of it.
    fn way(&self, at: &At<'_>) -> (Vec<Step>, bool) {
        let mut path = Vec::new();
        for name in &at.names {
            let step = match *name {
                // One thing may stand for a list of one.
                Name::Item(0) if !self.is_list(&path) => continue,
                Name::Item(index) => Some(Step::Item(index)),
                Name::Key(key, chinese) => self.entry(&path, key, chinese),
            };
            path.extend(step);
            if step.is_none() || self.follow(&path).is_none() {
                path.truncate(path.len() - usize::from(step.is_some()));
                return (path, false);
            }
        }
        (path, true)
    }

    fn is_list(&self, path: &[Step]) -> bool {
        self.follow(path).is_some_and(|at| matches!(self.shape(at), NodeShape::List(_)))
    }

    /// The range of the node at the end of `path`, or of its key if it is nothing.
    fn mark(&self, path: &[Step], part: Part) -> Range<usize> {
        let value = self.range(path, part).filter(|range| range.start < range.end);
        let range = value.or_else(|| self.range(path, Part::Key));
        range.or_else(|| self.unclear()).unwrap_or(0..0)
    }

    /// The first entry with one of these keys, of the map at the end of `path`.
    fn entry(&self, path: &[Step], key: &str, chinese: Option<&str>) -> Option<Step> {
        let NodeShape::Map(entries) = self.shape(self.follow(path)?) else { return None };
        let is_it = |spelling: &str| {
            name::looks_same(spelling, key)
                || chinese.is_some_and(|zh| name::looks_same(spelling, zh))
        };
        let is_it = |key| matches!(self.shape(key), NodeShape::Scalar(spelling) if is_it(spelling));
        entries.iter().position(|&(key, _)| is_it(key)).map(Step::Entry)
    }

    /// The spot at the end of `path`.
    fn follow(&self, path: &[Step]) -> Option<usize> {
        let root = (!self.spots.is_empty()).then_some(0);
        path.iter().try_fold(root?, |at, step| match (step, self.shape(at)) {
            (Step::Item(i), NodeShape::List(items)) => items.get(*i).copied(),
            (Step::Entry(i), NodeShape::Map(entries)) => entries.get(*i).map(|&(_, value)| value),
            _ => None,
        })
    }

    /// What a node is made of, or the node that it is an alias of.
    fn shape(&self, at: usize) -> &NodeShape {
        &self.spots[self.target(at)].shape
    }

    /// The node at `at`, or the node that it is an alias of.
    fn target(&self, at: usize) -> usize {
        match self.spots[at].shape {
            NodeShape::Alias(target) => self.target(target),
            _ => at,
        }
    }

    /// Where the structure is another than that of `node`, which should stand at `at`.
    fn difference(&self, node: &Node, at: usize) -> Option<Range<usize>> {
        let range = |at: usize| self.spots[at].range.clone();
        // What is missing is missing where the parser gave up, if it did.
        let missing = || self.unclear.clone().unwrap_or_else(|| range(at));
        let uneven = |extra: Option<usize>, too_few: bool| {
            extra.map(range).or_else(|| too_few.then(missing))
        };
        match (node, self.shape(at)) {
            (Node::List(nodes), NodeShape::List(items)) => {
                let mut pairs = nodes.iter().zip(items);
                let below = pairs.find_map(|(node, &item)| self.difference(node, item));
                let extra = items.get(nodes.len()).copied();
                below.or_else(|| uneven(extra, items.len() < nodes.len()))
            }
            (Node::Map(nodes), NodeShape::Map(entries)) => {
                let mut pairs = nodes.iter().zip(entries);
                let below = pairs.find_map(|((name, node), &(key, value))| match self.shape(key) {
                    NodeShape::Scalar(key) if key == name => self.difference(node, value),
                    _ => Some(range(key)),
                });
                let extra = entries.get(nodes.len()).map(|&(key, _)| key);
                below.or_else(|| uneven(extra, entries.len() < nodes.len()))
            }
            (Node::List(_) | Node::Map(_), _) | (_, NodeShape::List(_) | NodeShape::Map(_)) => {
                Some(range(at))
            }
            (Node::Text(text), NodeShape::Scalar(known)) if text.is_empty() != known.is_empty() => {
                Some(range(at))
            }
            _ => None,
        }
    }
}

/// Why serde_yaml does not read `text`, and where, as far as its structure tells.
pub fn problem(text: &str) -> (Option<Problem>, Option<Range<usize>>) {
    let Layout { odd, last_alias, end, .. } = Layout::read(text);
    match end {
        Some(end) if text[end.start..].starts_with('*') => (Some(Problem::UnknownAlias), Some(end)),
        Some(end) => (None, Some(end)),
        None => odd.or(last_alias.map(|alias| (Problem::AliasBomb, alias))).unzip(),
    }
}

/// What the events of a text tell of its structure.
#[derive(Default)]
struct Layout {
    /// In the order in which they begin.
    spots: Vec<NodePlace>,
    /// The first thing that is YAML and is not read here.
    odd: Option<(Problem, Range<usize>)>,
    last_alias: Option<Range<usize>>,
    unused_anchor: Option<Range<usize>>,
    /// Where the parser could not go on, or where another document begins.
    end: Option<Range<usize>>,
}

/// A list or map whose end has not come yet; of a map also the key whose value comes next.
struct OpenNode {
    spot: usize,
    key: Option<usize>,
}

impl Layout {
    fn read(text: &str) -> Self {
        let text = &*without_tabs(text);
        let offsets = Offsets::of(text);
        let mut layout = Self::default();
        let mut open: Vec<OpenNode> = Vec::new();
        let mut anchors: BTreeMap<usize, usize> = BTreeMap::new();
        let mut unused: BTreeMap<usize, Range<usize>> = BTreeMap::new();
        let mut parser = Parser::new_from_str(text);
        let mut started = false;
        while let Some(event) = parser.next_event() {
            let (event, span) = match event {
                Ok(read) => read,
                Err(error) => {
                    let at = offsets.byte(error.marker().index());
                    layout.end = Some(at..at + 1);
                    break;
                }
            };
            let mut range = offsets.byte(span.start.index())..offsets.byte(span.end.index());
            let (shape, anchor, tag) = match &event {
                Event::DocumentStart(_) if started => {
                    layout.end = Some(range);
                    break;
                }
                Event::DocumentStart(_) => {
                    started = true;
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    open.pop();
                    continue;
                }
                Event::Alias(id) => {
                    layout.last_alias = Some(range.clone());
                    unused.remove(id);
                    let Some(&target) = anchors.get(id) else { continue };
                    (NodeShape::Alias(target), 0, None)
                }
                Event::Scalar(value, _, anchor, tag) => {
                    let value = without_noncharacters(value.to_string());
                    (NodeShape::Scalar(value), *anchor, tag.as_ref())
                }
                Event::SequenceStart(anchor, tag) => {
                    (NodeShape::List(Vec::new()), *anchor, tag.as_ref())
                }
                Event::MappingStart(anchor, tag) => {
                    (NodeShape::Map(Vec::new()), *anchor, tag.as_ref())
                }
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {
                    continue;
                }
            };
            if tag.is_some() {
                layout.find_odd(Problem::Tag, &range);
            }
            if anchor > 0 {
                unused.insert(anchor, range.start..range.start + 1);
            }
            if anchor > 0 || tag.is_some() {
                // What a list or a map begins with may stand after its range.
                let opens = matches!(event, Event::SequenceStart(..) | Event::MappingStart(..));
                let end = if opens { text.len() } else { range.end.max(range.start) };
                range.start += properties(&text[range.start..end]);
            }
            let range = mark(text, range, &event);
            let is_key = layout.add(NodePlace { range: range.clone(), shape }, open.last_mut());
            let spot = layout.spots.len() - 1;
            if anchor > 0 {
                anchors.insert(anchor, spot);
            }
            if matches!(event, Event::SequenceStart(..) | Event::MappingStart(..)) {
                open.push(OpenNode { spot, key: None });
                if is_key {
                    layout.find_odd(Problem::OddKey, &range);
                }
            }
        }
        layout.unused_anchor = unused.into_values().min_by_key(|range| range.start);
        layout
    }

    fn find_odd(&mut self, problem: Problem, range: &Range<usize>) {
        self.odd.get_or_insert_with(|| (problem, range.clone()));
    }

    /// Adds a node to the list or map that is open. Is it a key?
    fn add(&mut self, spot: NodePlace, parent: Option<&mut OpenNode>) -> bool {
        let new = self.spots.len();
        let range = spot.range.clone();
        self.spots.push(spot);
        let Some(parent) = parent else { return false };
        let NodePlace { shape, range: mark } = &mut self.spots[parent.spot];
        match (shape, parent.key.take()) {
            (NodeShape::Map(entries), Some(key)) => entries.push((key, new)),
            (NodeShape::Map(entries), None) => {
                if entries.is_empty() && mark.start == mark.end {
                    // A map without braces begins with its first key.
                    *mark = range;
                }
                parent.key = Some(new);
                return true;
            }
            (NodeShape::List(items), _) => items.push(new),
            (NodeShape::Scalar(_) | NodeShape::Alias(_), _) => {}
        }
        false
    }
}

/// The text with a space for each tab that indents nothing: after `键:` the parser does not take one
/// for a blank, as serde_yaml does, and loses count.
fn without_tabs(text: &str) -> Cow<'_, str> {
    if !text.contains('\t') {
        return text.into();
    }
    let line = |line: &str| {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        format!("{}{}", &line[..indent], line[indent..].replace('\t', " "))
    };
    text.split_inclusive('\n').map(line).collect::<String>().into()
}

/// What of `range` marks the node that begins with `event`: a scalar; the first bracket or
/// dash of a list or a map, nothing if a map has no bracket. The parser takes blanks and a
/// comment after a quotation mark for a part of the scalar.
fn mark(text: &str, Range { start, end }: Range<usize>, event: &Event<'_>) -> Range<usize> {
    let rest = &text[start..];
    let length = match event {
        Event::Scalar(value, ScalarStyle::Plain, ..) if value.is_empty() => 0,
        Event::Scalar(_, ScalarStyle::SingleQuoted, ..) => {
            closing_quote(rest, '\'').map_or(1, |end| end + 1)
        }
        Event::Scalar(_, ScalarStyle::DoubleQuoted, ..) => {
            closing_quote(rest, '"').map_or(1, |end| end + 1)
        }
        Event::SequenceStart(..) => usize::from(rest.starts_with(['[', '-'])),
        Event::MappingStart(..) => usize::from(rest.starts_with('{')),
        _ => end.saturating_sub(start),
    };
    start..start + length
}

/// The length of an anchor and a tag, with the blanks after them.
fn properties(text: &str) -> usize {
    let blanks = [' ', '\t', '\n'];
    let mut rest = text;
    while rest.starts_with(['&', '!']) {
        let end = rest.find(blanks).unwrap_or(rest.len());
        rest = rest[end..].trim_start_matches(blanks);
    }
    text.len() - rest.len()
}

/// From characters, which the parser counts, to bytes.
struct Offsets {
    /// The byte of each character, if that is not its number.
    bytes: Option<Vec<usize>>,
    length: usize,
}

impl Offsets {
    fn of(text: &str) -> Self {
        let bytes = || text.char_indices().map(|(at, _)| at).collect();
        Self { bytes: (!text.is_ascii()).then(bytes), length: text.len() }
    }

    fn byte(&self, character: usize) -> usize {
        match &self.bytes {
            Some(bytes) => bytes.get(character).copied().unwrap_or(self.length),
            None => character.min(self.length),
        }
    }
}
