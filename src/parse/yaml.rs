//! YAML into a plain tree, and the places of its nodes: the home of serde_yaml.
//!
//! serde_yaml keeps no positions. They are only needed for complaints, so they are
//! found again then: [`locate`] reads the text once more and stops, with an error that
//! carries the position, at the node that is asked for.

use std::cell::Cell;
use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

/// A YAML document as its writer sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Node {
    /// Nothing: `key:` or `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number. Its spelling is that of the value; where the writer's own spelling counts
    /// (`5.50`, `+5`), [`spelling_counts`] says whether it may differ.
    Number(String),
    /// Text, plain or quoted.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order of writing; keys may repeat, which is for the
    /// reader of the map to complain of.
    Map(Vec<(String, Node)>),
}

/// A step from a node to one below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of the nth entry of a map.
    Entry(usize),
    /// The nth item of a list.
    Item(usize),
}

/// Which part of an entry a position is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The key of the entry that the path ends in.
    Key,
    /// The value.
    Value,
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
    Tree.deserialize(serde_yaml::Deserializer::from_str(text)).or_else(|error| {
        // An empty document has no value to deserialize.
        if only_comments(text) { Ok(Node::Null) } else { Err(explain(text, &error)) }
    })
}

fn only_comments(text: &str) -> bool {
    text.lines().all(|line| line.trim_start().is_empty() || line.trim_start().starts_with('#'))
}

fn explain(text: &str, error: &serde_yaml::Error) -> YamlError {
    let message = error.to_string();
    let problem = if message.contains("repetition limit") {
        Problem::AliasBomb
    } else if message.contains("recursion limit") {
        Problem::TooDeep
    } else if message.contains(TAG) {
        Problem::Tag
    } else if message.contains("invalid type: sequence, expected a key")
        || message.contains("invalid type: map, expected a key")
    {
        Problem::OddKey
    } else if message.contains("unknown anchor") {
        Problem::UnknownAlias
    } else {
        Problem::Syntax(message)
    };
    YamlError { problem, offset: error.location().map(|at| offset(text, at.line(), at.column())) }
}

/// May the writer have spelled this number in another way, in this text?
pub fn spelling_counts(text: &str, number: &str) -> bool {
    number.contains(['.', 'e', 'n', 'i'])
        || ["+", "0x", "0o", "0b"].iter().any(|odd| text.contains(odd))
}

/// The byte range of the node at the end of `path`, or of its key; `None` where the
/// text no longer leads there.
pub fn locate(text: &str, path: &[Step], part: Part) -> Option<Range<usize>> {
    let stopped = Cell::new(false);
    let find = Find { path, part, stopped: &stopped };
    let error = find.deserialize(serde_yaml::Deserializer::from_str(text)).err()?;
    if !stopped.get() {
        return None;
    }
    let at = error.location()?;
    let start = offset(text, at.line(), at.column());
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    Some(start..start + token_length(&text[line..start], &text[start..], part))
}

/// The byte offset of a line and a column (in characters), both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
    let rest = &text[start..];
    start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at)
}

/// The length of the scalar that begins here: a quoted one with its quotes, a plain one
/// up to what ends it on this line: inside of brackets a comma or bracket does. A list or
/// map is its first character.
fn token_length(before: &str, text: &str, part: Part) -> usize {
    let line = text.split('\n').next().unwrap_or(text);
    let Some(first) = line.chars().next() else { return 0 };
    match first {
        '"' | '\'' => line[1..].find(first).map_or(line.len(), |at| at + 2),
        '[' | '{' => 1,
        _ => {
            let end = if part == Part::Key {
                line.find(':')
            } else {
                [": ", " #"].iter().filter_map(|stop| line.find(stop)).min()
            };
            let plain = &line[..end.unwrap_or(line.len())];
            let open = before.matches(['[', '{']).count() > before.matches([']', '}']).count();
            let flow_end = plain.find([',', ']', '}']).filter(|_| open);
            plain[..flow_end.unwrap_or(plain.len())].trim_end().len()
        }
    }
}

const TAG: &str = "a YAML tag";

struct Tree;

impl<'de> DeserializeSeed<'de> for Tree {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree {
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
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Tree)? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut map = Vec::new();
        while let Some(Key(key)) = entries.next_key()? {
            map.push((key, entries.next_value_seed(Tree)?));
        }
        Ok(Node::Map(map))
    }

    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, _: A) -> Result<Node, A::Error> {
        Err(A::Error::custom(TAG))
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

/// Walks to the end of a path and stops there with an error, which serde_yaml marks with
/// the position of the node that raised it.
#[derive(Clone, Copy)]
struct Find<'a> {
    path: &'a [Step],
    part: Part,
    stopped: &'a Cell<bool>,
}

impl Find<'_> {
    fn stop<E: serde::de::Error>(self) -> Result<(), E> {
        self.stopped.set(true);
        Err(E::custom("found"))
    }

    /// A scalar is the end of the path, or the path leads nowhere.
    fn scalar<E: serde::de::Error>(self) -> Result<(), E> {
        if self.path.is_empty() { self.stop() } else { Ok(()) }
    }
}

impl<'de> DeserializeSeed<'de> for Find<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Find<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.scalar()
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<(), E> {
        self.scalar()
    }

    fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<(), E> {
        self.scalar()
    }

    fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<(), E> {
        self.scalar()
    }

    fn visit_i128<E: serde::de::Error>(self, _: i128) -> Result<(), E> {
        self.scalar()
    }

    fn visit_u128<E: serde::de::Error>(self, _: u128) -> Result<(), E> {
        self.scalar()
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<(), E> {
        self.scalar()
    }

    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<(), E> {
        self.scalar()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Some((&Step::Item(wanted), below)) = self.path.split_first() else {
            return self.scalar();
        };
        for _ in 0..wanted {
            if items.next_element_seed(Tree)?.is_none() {
                return Ok(());
            }
        }
        items.next_element_seed(Find { path: below, ..self })?;
        Err(A::Error::custom("not there"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Some((&Step::Entry(wanted), below)) = self.path.split_first() else {
            return self.scalar();
        };
        for _ in 0..wanted {
            if entries.next_key::<Key>()?.is_none() {
                return Ok(());
            }
            entries.next_value_seed(Tree)?;
        }
        if below.is_empty() && self.part == Part::Key {
            entries.next_key_seed(Find { path: &[], ..self })?;
        } else {
            entries.next_key::<Key>()?;
            entries.next_value_seed(Find { path: below, ..self })?;
        }
        Err(A::Error::custom("not there"))
    }
}

/// A text as a YAML scalar on one line, in quotes where it needs them.
pub fn quote(text: &str) -> String {
    // JSON strings are YAML strings; plain text stays plain where it reads back the same.
    let plain = serde_yaml::to_string(text).is_ok_and(|yaml| yaml.trim_end() == text)
        && !text.contains(['#', '：']);
    if plain { text.to_string() } else { serde_json::Value::from(text).to_string() }
}
