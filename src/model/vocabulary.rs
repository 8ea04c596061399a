//! The vocabularies of a campaign: focal points, units and carriers, as their files give
//! them.

use std::sync::{Mutex, PoisonError};

use super::UnitId;
use super::focal_point::{FocalPoint, built_in};
use super::unit::{Carrier, Unit};
use super::{address, pinyin};
use crate::diagnostic::{Diagnostic, Outcome, catalogue};
use crate::map::{Map, Set};
use crate::parse::fields::{Fields, Given, Vocabulary, Yaml, scalar};
use crate::parse::yaml::{Node, Part, Step};
use crate::source::{Place, Source};
use crate::text;

const FOCAL_POINT_KEYS: Vocabulary = &[
    ("slug", "网址名"),
    ("name", "名称"),
    ("short_name", "简称"),
    ("aliases", "别名"),
    ("description", "简介"),
    ("colour", "颜色"),
];

const UNIT_KEYS: Vocabulary = &[
    ("name", "名称"),
    ("slug", "网址名"),
    ("aliases", "别名"),
    ("level", "层级"),
    ("sector", "领域"),
    ("parent", "上级"),
    ("region", "地区"),
    ("description", "简介"),
];

const CARRIER_KEYS: Vocabulary =
    &[("name", "名称"), ("slug", "网址名"), ("aliases", "别名"), ("description", "简介")];

/// Words that name an entry of a vocabulary.
#[derive(Debug, Default)]
pub struct Names {
    by_word: Map<String, u32>,
    /// Suggestions that were made: the same slip is often made in many stories.
    suggested: Mutex<Map<String, Option<String>>>,
}

impl Names {
    /// The index of the entry that `word` names.
    pub fn find(&self, word: &str) -> Option<u32> {
        self.by_word.get(word).copied()
    }

    /// The nearest word, for a suggestion.
    pub fn nearest(&self, word: &str) -> Option<String> {
        let mut suggested = self.suggested.lock().unwrap_or_else(PoisonError::into_inner);
        #[expect(
            clippy::disallowed_methods,
            reason = "of words as near the first by name is taken"
        )]
        let near = suggested.entry(word.to_string()).or_insert_with(|| {
            text::nearest(word, self.by_word.keys().map(String::as_str)).map(str::to_string)
        });
        near.clone()
    }

    /// Lets `word` name the entry; the index of another entry that it names already.
    pub fn add(&mut self, word: &str, entry: u32) -> Option<u32> {
        match self.by_word.insert(word.to_string(), entry) {
            Some(before) if before != entry => Some(before),
            _ => None,
        }
    }
}

/// The focal points: those of the file, or the built-in six.
pub fn focal_points(source: Option<&Source>) -> Outcome<(Vec<FocalPoint>, Names)> {
    let Some(source) = source else {
        let points = built_in();
        let mut names = Names::default();
        for (i, point) in points.iter().enumerate() {
            for word in point.words() {
                names.add(word, i as u32);
            }
        }
        return Outcome::clean((points, names));
    };
    let mut points = Vec::new();
    let (names, mut diagnostics) = read(source, FOCAL_POINT_KEYS, |entry, fields| {
        let colour = fields.and_then(|fields| {
            let given = fields.text("colour")?;
            let hex = given.value.strip_prefix('#').is_some_and(|digits| {
                matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit())
            });
            if !hex {
                let place = fields.place_of("colour");
                fields.complain(catalogue::colour_wrong(place, &given.value));
            }
            hex.then_some(given.value)
        });
        let text = |key| fields.and_then(|fields| fields.text(key)).map(|given| given.value);
        let short_name = text("short_name").unwrap_or_else(|| entry.name.clone());
        let mut words = entry.words();
        words.push(short_name.clone());
        points.push(FocalPoint {
            slug: entry.slug.clone(),
            name: entry.name,
            short_name,
            aliases: entry.aliases,
            description: text("description").unwrap_or_default(),
            colour,
            stories: Vec::new(),
        });
        words.push(entry.slug);
        words
    });
    if points.is_empty() && diagnostics.is_empty() {
        diagnostics.push(catalogue::vocabulary_empty(Place::file(&source.path)));
    }
    Outcome { value: (points, names), diagnostics }
}

/// The units of `units.yaml`, in its order, parents resolved.
pub fn units(source: &Source) -> Outcome<(Vec<Unit>, Names)> {
    let mut units: Vec<Unit> = Vec::new();
    let mut parents: Vec<Option<(String, Place)>> = Vec::new();
    let (names, mut diagnostics) = read(source, UNIT_KEYS, |entry, fields| {
        let text = |key| fields.and_then(|fields| fields.text(key)).map(|given| given.value);
        parents.push(fields.and_then(|fields| {
            fields.text("parent").map(|given| (given.value, fields.place_of("parent")))
        }));
        let words = entry.words();
        units.push(Unit {
            slug: entry.slug,
            name: entry.name,
            aliases: entry.aliases,
            level: text("level"),
            sector: text("sector"),
            region: text("region"),
            description: text("description"),
            parent: None,
            stories: Vec::new(),
        });
        words
    });
    for (i, parent) in parents.iter().enumerate() {
        let Some((name, place)) = parent else { continue };
        match names.find(name) {
            Some(above) => units[i].parent = Some(UnitId(above)),
            None => {
                let near = names.nearest(name);
                diagnostics.push(catalogue::parent_unknown(place.clone(), name, near.as_deref()));
            }
        }
    }
    diagnostics.extend(break_circles(&mut units, &parents));
    Outcome { value: (units, names), diagnostics }
}

/// Complains of units that are above themselves, and takes their parent away.
fn break_circles(units: &mut [Unit], parents: &[Option<(String, Place)>]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for start in 0..units.len() {
        let mut at = start;
        // As many steps as there are units, and it is a circle.
        for _ in 0..units.len() {
            match units[at].parent {
                Some(UnitId(above)) => at = above as usize,
                None => break,
            }
            if at == start {
                units[start].parent = None;
                if let Some((_, place)) = &parents[start] {
                    diagnostics.push(catalogue::parent_circle(place.clone(), &units[start].name));
                }
                break;
            }
        }
    }
    diagnostics
}

/// The carriers of `carriers.yaml`, in its order.
pub fn carriers(source: &Source) -> Outcome<(Vec<Carrier>, Names)> {
    let mut carriers = Vec::new();
    let (names, diagnostics) = read(source, CARRIER_KEYS, |entry, fields| {
        let text = |key| fields.and_then(|fields| fields.text(key)).map(|given| given.value);
        let words = entry.words();
        carriers.push(Carrier {
            slug: entry.slug,
            name: entry.name,
            aliases: entry.aliases,
            description: text("description"),
            stories: Vec::new(),
        });
        words
    });
    Outcome { value: (carriers, names), diagnostics }
}

/// What every entry of a vocabulary has.
struct Entry {
    name: String,
    slug: String,
    aliases: Vec<String>,
}

impl Entry {
    fn words(&self) -> Vec<String> {
        std::iter::once(self.name.clone()).chain(self.aliases.iter().cloned()).collect()
    }
}

/// Reads a list of entries, each a name alone or a map. `make` keeps an entry and says
/// by which words it may be named.
fn read(
    source: &Source,
    keys: Vocabulary,
    mut make: impl FnMut(Entry, Option<&Fields<'_, '_>>) -> Vec<String>,
) -> (Names, Vec<Diagnostic>) {
    let yaml = Yaml::new(source, 0, source.text().len());
    let mut names = Names::default();
    let items = match yaml.parse() {
        Some(Node::List(items)) => items,
        Some(Node::Null) | None => Vec::new(),
        Some(node) => {
            let slips = yaml.slips();
            if slips.is_empty() {
                let described = crate::parse::fields::describe(&node);
                yaml.complain(catalogue::vocabulary_no_list(source.place(0..0), described));
            }
            slips.into_iter().for_each(|slip| yaml.complain(slip));
            Vec::new()
        }
    };
    let mut slugs: Map<String, usize> = Map::default();
    // A slug that is given has precedence over one that is made, wherever it stands.
    let mut free = Slugs::except(items.iter().filter_map(given_slug).collect());
    let mut kept = 0u32;
    for (i, node) in items.iter().enumerate() {
        let path = vec![Step::Item(i)];
        let place = yaml.place(&path, Part::Value);
        let fields = match scalar(node) {
            Some(name) if begins_with_key(&name, keys) => {
                yaml.complain(catalogue::yaml_colon_fullwidth(place));
                continue;
            }
            Some(_) => None,
            None => match Fields::open(&yaml, path, node, keys) {
                Some(fields) => Some(fields),
                None => continue,
            },
        };
        let name = match &fields {
            None => scalar(node).filter(|name| !name.is_empty()),
            Some(fields) => fields.text("name").map(|given| given.value),
        };
        let Some(name) = name else {
            yaml.complain(catalogue::entry_incomplete(place, "name", "名称"));
            continue;
        };
        let slug = match fields.as_ref().and_then(|fields| fields.text("slug")) {
            Some(Given { value, .. }) if address::is_slug(&value) => value,
            Some(Given { value, .. }) => {
                let place = fields.as_ref().map_or(place, |fields| fields.place_of("slug"));
                yaml.complain(catalogue::slug_wrong(place, &value, &pinyin::slug(&value)));
                continue;
            }
            None => free.give(pinyin::slug(&name)),
        };
        if let Some(&before) = slugs.get(&slug) {
            let place = yaml.place(&[Step::Item(i)], Part::Value);
            let line = yaml.place(&[Step::Item(before)], Part::Value);
            let line = line.line();
            yaml.complain(catalogue::entry_twice(place, &slug, line));
            continue;
        }
        slugs.insert(slug.clone(), i);
        let aliases = fields
            .as_ref()
            .map(|fields| fields.texts("aliases").into_iter().map(|given| given.value).collect())
            .unwrap_or_default();
        for word in make(Entry { name, slug, aliases }, fields.as_ref()) {
            if names.add(&word, kept).is_some() {
                let place = yaml.place(&[Step::Item(i)], Part::Value);
                yaml.complain(catalogue::name_taken(place, &word));
            }
        }
        kept += 1;
    }
    (names, yaml.into_complaints())
}

/// The slug that an entry gives itself.
fn given_slug(node: &Node) -> Option<String> {
    let Node::Map(entries) = node else { return None };
    let (_, slug) = entries.iter().find(|(key, _)| matches!(key.as_str(), "slug" | "网址名"))?;
    scalar(slug)
}

/// Is this `名称：…`, a key with a full-width colon, which YAML takes for a text?
fn begins_with_key(text: &str, keys: Vocabulary) -> bool {
    text.split_once('：').is_some_and(|(key, _)| {
        let key = key.trim();
        keys.iter().any(|(en, zh)| *en == key || *zh == key)
    })
}

/// Slugs that were given out, each to one.
#[derive(Default)]
pub struct Slugs {
    taken: Set<String>,
    /// Of slugs that were asked for more than once: the last number.
    last: Map<String, usize>,
}

impl Slugs {
    /// Slugs of which `taken` are not to be had.
    pub fn except(taken: Set<String>) -> Self {
        Self { taken, last: Map::default() }
    }

    /// `slug`, or `slug-2`, `slug-3` …: the first that is not taken, which then is.
    pub fn give(&mut self, slug: String) -> String {
        if self.taken.insert(slug.clone()) {
            return slug;
        }
        // Nothing is ever given back, so all up to the last number are taken still.
        let last = self.last.entry(slug.clone()).or_insert(1);
        loop {
            *last += 1;
            let numbered = format!("{slug}-{last}");
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}
