//! The filters that templates have besides the engine's own.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Serialize, Serializer};
use tera::{Error, Kwargs, Map, State, Tera, TeraResult, Value};

use super::strings;
use crate::base::escape::harmless;
use crate::base::slot;
use crate::value::reach;

/// What a filter or an argument of one takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Whatever there is.
    Any,
    /// Text.
    Text,
    /// A number.
    Number,
    /// A list.
    List,
    /// Fields, or keys with values.
    Map,
    /// What has a length.
    Counted,
    /// What can be printed.
    Printed,
}

/// An argument of a filter: its name, what it is, and whether the filter needs it.
pub type Argument = (&'static str, Takes, bool);

/// A filter.
#[derive(Debug)]
pub struct Filter {
    /// Its name.
    pub name: &'static str,
    /// What it is used on.
    pub takes: Takes,
    /// Its arguments; `None` if it takes any.
    pub arguments: Option<&'static [Argument]>,
}

const fn of(name: &'static str, takes: Takes, arguments: &'static [Argument]) -> Filter {
    Filter { name, takes, arguments: Some(arguments) }
}

/// All filters: the engine's, and those of the program.
pub static FILTERS: [Filter; 41] = [
    of("abs", Takes::Number, &[]),
    of("capitalize", Takes::Text, &[]),
    of("default", Takes::Any, &[("value", Takes::Any, true), ("boolean", Takes::Any, false)]),
    of("escape", Takes::Text, &[]),
    of("escape_html", Takes::Text, &[]),
    of("escape_xml", Takes::Text, &[]),
    Filter { name: "fill", takes: Takes::Text, arguments: None },
    of("first", Takes::List, &[]),
    of("float", Takes::Any, &[]),
    of("get", Takes::Map, &[("key", Takes::Text, true), ("default", Takes::Any, false)]),
    of("group_by", Takes::List, &[("attribute", Takes::Text, true)]),
    of(
        "indent",
        Takes::Text,
        &[
            ("width", Takes::Number, false),
            ("indentation", Takes::Text, false),
            ("first", Takes::Any, false),
            ("blank", Takes::Any, false),
        ],
    ),
    of("int", Takes::Any, &[("base", Takes::Number, false)]),
    of("join", Takes::List, &[("sep", Takes::Text, false)]),
    of("json", Takes::Any, &[]),
    of("keys", Takes::Map, &[]),
    of("last", Takes::List, &[]),
    of("length", Takes::Counted, &[]),
    of("lower", Takes::Text, &[]),
    of("newlines_to_br", Takes::Text, &[]),
    of("nth", Takes::List, &[("n", Takes::Number, true)]),
    of("pairs", Takes::Map, &[]),
    of("phrases", Takes::Text, &[]),
    of(
        "pluralize",
        Takes::Number,
        &[("singular", Takes::Text, false), ("plural", Takes::Text, false)],
    ),
    of("reach", Takes::Text, &[]),
    of("replace", Takes::Text, &[("from", Takes::Text, true), ("to", Takes::Text, true)]),
    of("reverse", Takes::Any, &[]),
    of(
        "round",
        Takes::Number,
        &[("method", Takes::Text, false), ("precision", Takes::Number, false)],
    ),
    of("safe", Takes::Text, &[]),
    of("sort", Takes::List, &[("attribute", Takes::Text, false)]),
    of("split", Takes::Text, &[("pat", Takes::Text, true)]),
    of("str", Takes::Printed, &[]),
    of("title", Takes::Text, &[]),
    of("trim", Takes::Text, &[("pat", Takes::Text, false)]),
    of("trim_end", Takes::Text, &[("pat", Takes::Text, false)]),
    of("trim_start", Takes::Text, &[("pat", Takes::Text, false)]),
    of("truncate", Takes::Text, &[("length", Takes::Number, true), ("end", Takes::Text, false)]),
    of("unique", Takes::List, &[]),
    of("upper", Takes::Text, &[]),
    of("values", Takes::Map, &[]),
    of("wordcount", Takes::Text, &[]),
];

/// The names of all filters.
pub fn names() -> [&'static str; FILTERS.len()] {
    FILTERS.each_ref().map(|filter| filter.name)
}

/// All tests.
pub const TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// Gives the engine these filters.
pub fn register(tera: &mut Tera) {
    tera.register_filter("fill", fill);
    tera.register_filter("group_by", group_by);
    tera.register_filter("json", json);
    tera.register_filter("phrases", phrases);
    tera.register_filter("reach", reach);
}

/// `{% if story.title | phrases %} class="phrases"{% endif %}`: `phrases` for a title of several phrases that all fit
/// into a line of a phone, else nothing. Such a title breaks between its phrases only; any other
/// would break at odd places if it did.
fn phrases(text: &str, _: Kwargs, _: &State) -> &'static str {
    const MOST: usize = 8;
    let mut phrases = text.split(|c: char| !c.is_alphanumeric()).filter(|text| !text.is_empty());
    let is_short = |phrase: &str| phrase.chars().count() <= MOST;
    let are_several = phrases.clone().nth(1).is_some();
    if are_several && phrases.all(is_short) { "phrases" } else { "" }
}

/// `{% for part in site.contact | reach %}`: the parts of a text, each with `text`; those that are
/// telephones or mail addresses with the `url` that calls or writes.
fn reach(text: &str, _: Kwargs, _: &State) -> Vec<Value> {
    reach::parts(text).iter().map(Value::from_serializable).collect()
}

/// `{{ t.story_count | fill(n=3) }}`: the text with `{n}` replaced.
fn fill(text: &str, arguments: Kwargs, _: &State) -> String {
    strings::fill(text, |name, out| {
        let value = arguments.get::<Value>(name).ok().flatten()?;
        write!(out, "{value}").ok()
    })
}

/// `stories | group_by(attribute="kind")`: a map of lists, groups in the order of their first
/// item. The engine's own filter of that name gives them in another order at each run.
fn group_by(items: &[Value], arguments: Kwargs, _: &State) -> TeraResult<Map> {
    let attribute = arguments.must_get::<&str>("attribute")?;
    let mut groups: Vec<(&Value, Vec<Value>)> = Vec::new();
    let mut places: BTreeMap<&Value, usize> = BTreeMap::new();
    for item in items {
        let name = item.name();
        let key = item.get_from_path(attribute).ok_or_else(|| {
            Error::message(format!("group_by: there is no `{attribute}` in a {name}"))
        })?;
        if key.is_none() {
            continue;
        }
        if !(key.is_string() || key.is_bool() || key.as_i128().is_some()) {
            let name = key.name();
            let message = format!("group_by: `{attribute}` is a {name}, which names no group");
            return Err(Error::message(message));
        }
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, group)) => group.push(item.clone()),
            None => groups.push((key, vec![item.clone()])),
        }
    }
    let (keys, groups): (Vec<_>, Vec<_>) = groups.into_iter().unzip();
    let mut map = Value::from_serializable(&MapKeys(keys)).as_map().cloned().unwrap_or_default();
    map.values_mut().zip(groups).for_each(|(value, group)| *value = group.into());
    Ok(map)
}

/// `{{ story.title | json }}`: a value for a script, in a `script` element: what could end it is
/// written another way. Bodies and lists are marks, which would be filled with markup there.
fn json(value: &Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    let text = serde_json::to_string(value).map_err(Error::message)?;
    if slot::split(&text).any(|(_, slot)| slot.is_some()) {
        return Err(Error::message("json: the value has HTML in it"));
    }
    Ok(Value::safe_string(&harmless(&text)))
}

/// A map of these keys. The type that the engine has for a key is not public; it makes one of
/// what is serialised.
struct MapKeys<'v>(Vec<&'v Value>);

impl Serialize for MapKeys<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|key| (key, ())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_and_test_that_is_listed_is_there() {
        for (names, sign) in [(&names()[..], "|"), (&TESTS[..], "is")] {
            for name in names {
                let mut tera = Tera::new();
                register(&mut tera);
                let added = tera.add_raw_template("a", &format!("{{{{ x {sign} {name} }}}}"));
                assert!(added.is_ok(), "{name}: {added:?}");
            }
        }
    }
}
