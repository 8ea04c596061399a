//! YAML into a plain tree: the home of serde_yaml.

pub mod fields;
mod folded;
pub mod messages;
pub mod places;
mod slips;
pub mod write;

use std::cell::Cell;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use self::fields::scalar;
use self::places::{At, Part, Places};
use crate::diagnostic::Diagnostic;
use crate::source::{Place, Source, SourcePath};

/// A YAML document as its writer sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Node {
    /// Nothing: `key:` or `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number. Its spelling is that of the value; [`Yaml::spelled`] has the writer's own
    /// (`5.50`, `+5`).
    Number(String),
    /// Text, plain or quoted.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order of writing; keys may repeat, which is for the
    /// reader of the map to complain of.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// Hands over every text in it.
    pub fn each_text(&self, each: &mut impl FnMut(&str)) {
        match self {
            Node::Text(text) => each(text),
            Node::List(items) => items.iter().for_each(|item| item.each_text(each)),
            Node::Map(entries) => entries.iter().for_each(|(_, value)| value.each_text(each)),
            Node::Null | Node::Bool(_) | Node::Number(_) => {}
        }
    }
}

/// A part of a project's YAML that nobody looked into: numbers that fit are numbers, others
/// their spelling.
#[derive(Clone, Copy, Debug)]
pub struct Untyped<'a>(pub &'a Node);

impl Serialize for Untyped<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Node::Null => serializer.serialize_none(),
            Node::Bool(value) => serializer.serialize_bool(*value),
            Node::Number(text) => match (text.parse::<i64>(), text.parse::<f64>()) {
                (Ok(number), _) => serializer.serialize_i64(number),
                (_, Ok(number)) if number.is_finite() => serializer.serialize_f64(number),
                _ => serializer.serialize_str(text),
            },
            Node::Text(text) => serializer.serialize_str(text),
            Node::List(items) => serializer.collect_seq(items.iter().map(Untyped)),
            Node::Map(entries) => {
                serializer.collect_map(entries.iter().map(|(key, value)| (key, Untyped(value))))
            }
        }
    }
}

/// A step from a node to one below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of the nth entry of a map.
    Entry(usize),
    /// The nth item of a list.
    Item(usize),
}

/// Why a text is no YAML.
#[derive(Debug)]
pub struct YamlError {
    /// What went wrong.
    pub problem: Problem,
    /// Byte offset in the text, where known.
    pub offset: Option<usize>,
}

/// The kinds of YAML trouble that are told apart.
#[derive(Debug, PartialEq, Eq)]
pub enum Problem {
    /// Aliases (`*name`) that multiply beyond reason.
    AliasBomb,
    /// More than 128 levels of brackets or indentation.
    TooDeep,
    /// `!tag`.
    Tag,
    /// A key that is a list or a map.
    OddKey,
    /// A `*name` without its `&name`.
    UnknownAlias,
    /// Any other mistake of spelling, in the parser's words.
    Syntax(String),
}

/// Reads one document. An empty text is [`Node::Null`].
pub fn parse(text: &str) -> Result<Node, YamlError> {
    let depth = Cell::new(0);
    let tree = NodeMaker { depth: &depth };
    tree.deserialize(serde_yaml::Deserializer::from_str(text)).or_else(|error| {
        // An empty document has no value to deserialize.
        if only_comments(text) { Ok(Node::Null) } else { Err(explain(text, &error, depth.get())) }
    })
}

fn only_comments(text: &str) -> bool {
    text.lines().all(|line| line.trim_start().is_empty() || line.trim_start().starts_with('#'))
}

/// As many levels of lists and maps as serde_yaml reads.
const DEEPEST: usize = 128;

/// `depth` is how many levels had been opened.
fn explain(text: &str, error: &serde_yaml::Error, depth: usize) -> YamlError {
    let at = error.location().map(|at| offset(text, at.line(), at.column()));
    if depth >= DEEPEST {
        return YamlError { problem: Problem::TooDeep, offset: at };
    }
    let (problem, range) = places::problem(text);
    let found = range.map(|range| range.start);
    match problem {
        Some(problem) => YamlError { problem, offset: found },
        None => YamlError { problem: Problem::Syntax(error.to_string()), offset: at.or(found) },
    }
}

/// The byte offset of a line and a column (in characters), both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
    let rest = &text[start..];
    start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at)
}

/// A YAML text that was read: its values, and their places when somebody asks for one.
#[derive(Debug)]
pub struct Yaml {
    source: Source,
    range: Range<usize>,
    root: Node,
    places: OnceLock<Places>,
    odd_numbers: OnceLock<bool>,
    comments: OnceLock<bool>,
}

impl Yaml {
    /// Reads what stands in `source` at `range`. Fails with everything that is wrong with its
    /// spelling.
    pub fn read(source: &Source, range: Range<usize>) -> Result<Self, Vec<Diagnostic>> {
        let error = match parse(&source.text()[range.clone()]) {
            Ok(mut root) => {
                folded::join(&source.text()[range.clone()], &mut root);
                return Ok(Self::of(source.clone(), range, root));
            }
            Err(error) => error,
        };
        let start = (range.start + error.offset.unwrap_or(0)).min(range.end);
        let here = source.place(start..start + 1);
        let slips = || slips::find(source, range.start, &source.text()[range.clone()]);
        let first_slips = |diagnostic| match slips() {
            slips if slips.is_empty() => vec![diagnostic],
            slips => slips,
        };
        Err(match error.problem {
            Problem::AliasBomb => vec![messages::yaml_alias_bomb(here)],
            Problem::TooDeep => vec![messages::yaml_too_deep(here)],
            Problem::Tag => vec![messages::yaml_tag(here)],
            Problem::OddKey => vec![messages::yaml_odd_key(here)],
            Problem::UnknownAlias => first_slips(messages::yaml_unknown_alias(here)),
            Problem::Syntax(message) => first_slips(messages::yaml_syntax(here, &message)),
        })
    }

    /// Reads a whole file, like [`Yaml::read`].
    pub fn read_file(source: &Source) -> Result<Self, Vec<Diagnostic>> {
        Self::read(source, 0..source.text().len())
    }

    /// A file without anything in it.
    pub fn empty(path: SourcePath) -> Self {
        Self::of(Source::new(path, String::new()), 0..0, Node::Null)
    }

    fn of(source: Source, range: Range<usize>, root: Node) -> Self {
        let (places, odd_numbers, comments) = Default::default();
        Self { source, range, root, places, odd_numbers, comments }
    }

    /// The file that it stands in.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The values.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The place of the node at the end of `path`, or of its key.
    pub fn place(&self, path: &[Step], part: Part) -> Place {
        let places = self.places();
        self.place_at(places.range(path, part).or(places.unclear()).unwrap_or(0..0))
    }

    /// The place of the first `c` in the text at the end of `path`; of the text if it has none.
    pub fn place_of_first(&self, path: &[Step], c: char) -> Place {
        let range = self.places().range(path, Part::Value);
        let found = range.and_then(|range| {
            let at = range.start + self.text()[range.clone()].find(c)?;
            Some(self.place_at(at..at + c.len_utf8()))
        });
        found.unwrap_or_else(|| self.place(path, Part::Value))
    }

    /// The place of the value that `at` leads to, or as near to it as there is something.
    pub fn find(&self, at: &At<'_>) -> Place {
        self.place_at(self.places().find(at))
    }

    /// The byte range of the value at the end of `path`; `None` if the text is unclear there.
    pub fn range(&self, path: &[Step]) -> Option<Range<usize>> {
        let Range { start, end } = self.places().range(path, Part::Value)?;
        Some(self.range.start + start..self.range.start + end)
    }

    /// The text of a scalar as its writer spelled it, on one line; `None` for a list, a map
    /// and nothing.
    pub fn spelled(&self, node: &Node, path: &[Step]) -> Option<String> {
        let text = scalar(node)?;
        match node {
            Node::Number(_) if self.may_be_spelled_otherwise(&text) => {
                let range = self.places().scalar(path);
                Some(range.map_or(text, |range| self.text()[range].to_string()))
            }
            _ => Some(text),
        }
    }

    /// May the writer have spelled this number in another way?
    fn may_be_spelled_otherwise(&self, number: &str) -> bool {
        let odd = || ["+", "0x", "0o", "0b"].iter().any(|odd| self.text().contains(odd));
        number.contains(['.', 'e', 'n', 'i']) || *self.odd_numbers.get_or_init(odd)
    }

    /// May a comment stand after something else on its line?
    pub fn has_comments(&self) -> bool {
        *self.comments.get_or_init(|| [" #", "\t#"].iter().any(|mark| self.text().contains(mark)))
    }

    /// The text at the end of `path`, and the comment after it on its line, where a writer may
    /// not know that it is one: the text is not in quotation marks. Where there is no text, or
    /// where more than one blank parts the two, only what follows the `#` at once is not clearly
    /// a comment.
    pub fn comment_after(&self, path: &[Step]) -> Option<(Place, &str, &str)> {
        if !self.has_comments() {
            return None;
        }
        let (text, places) = (self.text(), self.places());
        let value = places.range(path, Part::Value)?;
        let written = &text[value.clone()];
        let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end);
        let from = if !written.is_empty() {
            if written.starts_with(['"', '\'', '|', '>', '[', '{']) || written.ends_with('\n') {
                return None;
            }
            value.end
        } else if matches!(path.last(), Some(Step::Entry(_))) {
            let key = places.range(path, Part::Key)?;
            key.end + text[key.end..line_end(key.end)].find(':')? + 1
        } else {
            // The parser looks for an item without text beyond the comment.
            let line =
                text[..value.start].trim_end_matches('\n').rfind('\n').map_or(0, |at| at + 1);
            line + text[line..line_end(line)].find('-')? + 1
        };
        let rest = &text[from..line_end(from)];
        let comment = rest.trim();
        let is_comment = rest.starts_with([' ', '\t']) && comment.starts_with('#');
        let apart = comment[1.min(comment.len())..].starts_with([' ', '#']);
        let is_meant =
            apart && (written.is_empty() || rest.starts_with("  ") || rest.starts_with('\t'));
        if !is_comment || is_meant || comment == "#" {
            return None;
        }
        let at = from + rest.len() - rest.trim_start().len();
        Some((self.place_at(at..at + comment.len()), written, comment))
    }

    /// Is the value at the end of `path` in quotation marks?
    pub fn is_quoted(&self, path: &[Step]) -> bool {
        self.begins(path, &['"', '\''])
    }

    /// The lines of the text at the end of `path`, if it is written on several and has no quotation
    /// marks.
    pub fn lines(&self, path: &[Step]) -> Option<Vec<&str>> {
        if !folded::may_go_on(self.text()) || self.is_quoted(path) {
            return None;
        }
        let written = &self.text()[self.places().range(path, Part::Value)?];
        let lines = written.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines: Vec<&str> = lines.skip(usize::from(written.starts_with(['>', '|']))).collect();
        (lines.len() > 1).then_some(lines)
    }

    /// Is the list at the end of `path` written in brackets?
    pub fn is_on_one_line(&self, path: &[Step]) -> bool {
        self.begins(path, &['['])
    }

    fn begins(&self, path: &[Step], marks: &[char]) -> bool {
        let range = self.places().range(path, Part::Value);
        range.is_some_and(|range| self.text()[range].starts_with(marks))
    }

    /// The slips of a writer that explain why the text is not the list or map that it should
    /// be.
    pub fn slips(&self) -> Vec<Diagnostic> {
        slips::find(&self.source, self.range.start, self.text())
    }

    /// A complaint if places were asked for and the text has none that are certain.
    pub fn unclear(&self) -> Option<Diagnostic> {
        let range = self.places.get()?.unclear()?;
        Some(messages::yaml_unclear(self.place_at(range)))
    }

    /// A complaint of `&name` at the start of a text: YAML takes it away as a name of the rest,
    /// which nothing uses.
    pub fn unused_anchor(&self) -> Option<Diagnostic> {
        let begins = [": &", "- &", "[&", ", &"];
        if !begins.iter().any(|mark| self.text().contains(mark)) {
            return None;
        }
        let anchor = self.places().unused_anchor()?;
        let text = &self.text()[anchor.clone()];
        text.starts_with('&').then(|| messages::yaml_char_reserved(self.place_at(anchor), text))
    }

    /// The places of all values, if somebody asked for one.
    pub fn into_places(self) -> OnceLock<Places> {
        self.places
    }

    fn text(&self) -> &str {
        &self.source.text()[self.range.clone()]
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::read(self.text(), &self.root))
    }

    fn place_at(&self, range: Range<usize>) -> Place {
        self.source.place(self.range.start + range.start..self.range.start + range.end)
    }
}

/// Makes nodes; `depth` is how many lists and maps are open.
#[derive(Clone, Copy)]
struct NodeMaker<'d> {
    depth: &'d Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for NodeMaker<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NodeMaker<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        // Debug, unlike Display, always marks a float as one: `5.0`.
        Ok(Node::Number(format!("{value:?}")))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        // An escape in double quotes can stand for any character.
        Ok(Node::Text(crate::base::text::without_noncharacters(value.to_string())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        self.depth.set(self.depth.get() + 1);
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        self.depth.set(self.depth.get() - 1);
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        self.depth.set(self.depth.get() + 1);
        let mut map = Vec::new();
        while let Some(Key(key)) = entries.next_key()? {
            map.push((key, entries.next_value_seed(self)?));
        }
        self.depth.set(self.depth.get() - 1);
        Ok(Node::Map(map))
    }

    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, _: A) -> Result<Node, A::Error> {
        Err(A::Error::custom("a YAML tag"))
    }
}

/// A key: any scalar, by its spelling.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Spelling;
        impl Visitor<'_> for Spelling {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E>(self, value: &str) -> Result<Key, E> {
                Ok(Key(crate::base::text::without_noncharacters(value.to_string())))
            }
        }
        deserializer.deserialize_str(Spelling)
    }
}
