//! The vocabularies of a campaign: focal points, units and carriers, as their files give
//! them.

use std::sync::{Mutex, PoisonError};

use super::UnitId;
use super::focal_point::{FocalPoint, built_in};
use super::unit::{Carrier, Unit};
use super::{address, pinyin};
use crate::diagnostic::{Diagnostic, Outcome, catalogue};
use crate::map::{Map, Set};
use crate::parse::fields::{Fields, Reader, Vocabulary, describe, scalar};
use crate::parse::yaml::{Node, Step, Yaml};
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

    /// Lets `words` name `entry`, which is the `i`th, and complains of those that name another
    /// entry already.
    fn add_all<'w>(&mut self, entry: &Entry<'_>, i: usize, words: impl Iterator<Item = &'w str>) {
        for word in words {
            if self.add(word, i as u32).is_some() {
                entry.complain(catalogue::name_taken(entry.place(), word));
            }
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
    read(source, FOCAL_POINT_KEYS, |reader, entries| {
        let points: Vec<FocalPoint> = entries.iter().map(focal_point).collect();
        let mut names = Names::default();
        for (i, (entry, point)) in entries.iter().zip(&points).enumerate() {
            names.add_all(entry, i, point.words());
        }
        if points.is_empty() && reader.is_content() {
            reader.complain(catalogue::vocabulary_empty(Place::file(&source.path)));
        }
        (points, names)
    })
}

fn focal_point(entry: &Entry<'_>) -> FocalPoint {
    let colour = entry.text("colour").filter(|colour| {
        let hex = colour.strip_prefix('#').is_some_and(|digits| {
            matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit())
        });
        if !hex {
            entry.complain(catalogue::colour_wrong(entry.place_of("colour"), colour));
        }
        hex
    });
    FocalPoint {
        slug: entry.slug.clone(),
        name: entry.name.clone(),
        short_name: entry.text("short_name").unwrap_or_else(|| entry.name.clone()),
        aliases: entry.aliases.clone(),
        description: entry.text("description").unwrap_or_default(),
        colour,
        stories: Vec::new(),
    }
}

/// The units of `units.yaml`, in its order, parents resolved.
pub fn units(source: &Source) -> Outcome<(Vec<Unit>, Names)> {
    read(source, UNIT_KEYS, |_, entries| {
        let mut units: Vec<Unit> = entries.iter().map(unit).collect();
        let mut names = Names::default();
        for (i, entry) in entries.iter().enumerate() {
            names.add_all(entry, i, entry.words());
        }
        for (unit, entry) in units.iter_mut().zip(entries) {
            let Some(name) = entry.text("parent") else { continue };
            unit.parent = names.find(&name).map(UnitId);
            if unit.parent.is_none() {
                let near = names.nearest(&name);
                let place = entry.place_of("parent");
                entry.complain(catalogue::parent_unknown(place, &name, near.as_deref()));
            }
        }
        for i in break_circles(&mut units) {
            let place = entries[i].place_of("parent");
            entries[i].complain(catalogue::parent_circle(place, &units[i].name));
        }
        (units, names)
    })
}

fn unit(entry: &Entry<'_>) -> Unit {
    Unit {
        slug: entry.slug.clone(),
        name: entry.name.clone(),
        aliases: entry.aliases.clone(),
        level: entry.text("level"),
        sector: entry.text("sector"),
        region: entry.text("region"),
        description: entry.text("description"),
        parent: None,
        stories: Vec::new(),
    }
}

/// Takes the parent away from the first unit of each circle, and returns these units.
fn break_circles(units: &mut [Unit]) -> Vec<usize> {
    let mut first_units = Vec::new();
    // From which unit on the way up came here first.
    let mut reached_from = vec![usize::MAX; units.len()];
    let above = |units: &[Unit], at: usize| units[at].parent.map(|parent| parent.index());
    for start in 0..units.len() {
        let mut at = start;
        while reached_from[at] == usize::MAX {
            reached_from[at] = start;
            at = above(units, at).unwrap_or(at);
        }
        if reached_from[at] != start || units[at].parent.is_none() {
            continue;
        }
        let mut circle = vec![at];
        while let Some(next) = above(units, circle[circle.len() - 1]).filter(|&next| next != at) {
            circle.push(next);
        }
        let first = circle.into_iter().min().unwrap_or(at);
        units[first].parent = None;
        first_units.push(first);
    }
    first_units
}

/// The carriers of `carriers.yaml`, in its order.
pub fn carriers(source: &Source) -> Outcome<(Vec<Carrier>, Names)> {
    read(source, CARRIER_KEYS, |_, entries| {
        let mut names = Names::default();
        for (i, entry) in entries.iter().enumerate() {
            names.add_all(entry, i, entry.words());
        }
        let carriers = entries.iter().map(|entry| Carrier {
            slug: entry.slug.clone(),
            name: entry.name.clone(),
            aliases: entry.aliases.clone(),
            description: entry.text("description"),
            stories: Vec::new(),
        });
        (carriers.collect(), names)
    })
}

/// What every entry of a vocabulary has, and the place of what only some have.
struct Entry<'r> {
    name: String,
    slug: String,
    aliases: Vec<String>,
    /// Which item of the file it is.
    item: usize,
    /// Its fields; `None` if it is a name alone.
    fields: Option<Fields<'r>>,
    reader: &'r Reader<'r>,
}

impl Entry<'_> {
    /// The name and the aliases.
    fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    fn text(&self, key: &'static str) -> Option<String> {
        self.fields.as_ref()?.text(key)
    }

    fn place(&self) -> Place {
        self.reader.place(&[Step::Item(self.item)])
    }

    fn place_of(&self, key: &str) -> Place {
        self.fields.as_ref().map_or_else(|| self.place(), |fields| fields.place_of(key))
    }

    fn complain(&self, diagnostic: Diagnostic) {
        self.reader.complain(diagnostic);
    }
}

/// Reads a vocabulary file; `make` makes of its entries what is wanted.
fn read<T: Default>(
    source: &Source,
    keys: Vocabulary,
    make: impl FnOnce(&Reader<'_>, &[Entry<'_>]) -> T,
) -> Outcome<T> {
    let yaml = match Yaml::read_file(source) {
        Ok(yaml) => yaml,
        Err(diagnostics) => return Outcome { value: T::default(), diagnostics },
    };
    let reader = Reader::new(&yaml);
    let value = make(&reader, &entries(&reader, keys));
    Outcome { value, diagnostics: reader.finish() }
}

/// The entries of a list, each a name alone or a map.
fn entries<'r>(reader: &'r Reader<'r>, keys: Vocabulary) -> Vec<Entry<'r>> {
    let items = match reader.root() {
        Node::List(items) => items.as_slice(),
        Node::Null => &[],
        node => {
            let place = reader.place(&[]);
            reader.complain_of_root(|| catalogue::vocabulary_no_list(place, describe(node)));
            &[]
        }
    };
    let mut slugs: Map<String, usize> = Map::default();
    // A slug that is given has precedence over one that is made, wherever it stands.
    let mut free = Slugs::except(items.iter().filter_map(given_slug).collect());
    let mut entries = Vec::with_capacity(items.len());
    for (item, node) in items.iter().enumerate() {
        let place = || reader.place(&[Step::Item(item)]);
        let fields = match scalar(node) {
            Some(name) if begins_with_key(&name, keys) => {
                reader.complain(catalogue::yaml_colon_fullwidth(place()));
                continue;
            }
            Some(_) => None,
            None => match Fields::open(reader, vec![Step::Item(item)], node, keys) {
                Some(fields) => Some(fields),
                None => continue,
            },
        };
        let name = match &fields {
            None => scalar(node).filter(|name| !name.is_empty()),
            Some(fields) => fields.text("name"),
        };
        let Some(name) = name else {
            reader.complain(catalogue::entry_incomplete(place(), "name", "名称"));
            continue;
        };
        let given = fields.as_ref().and_then(|fields| Some((fields, fields.text("slug")?)));
        let slug = match given {
            Some((_, slug)) if address::is_slug(&slug) => slug,
            Some((fields, slug)) => {
                let place = fields.place_of("slug");
                reader.complain(catalogue::slug_wrong(place, &slug, &pinyin::slug(&slug)));
                continue;
            }
            None => free.give(pinyin::slug(&name)),
        };
        if let Some(&before) = slugs.get(&slug) {
            let line = reader.place(&[Step::Item(before)]).line();
            reader.complain(catalogue::entry_twice(place(), &slug, line));
            continue;
        }
        slugs.insert(slug.clone(), item);
        let aliases = fields.iter().flat_map(|fields| fields.texts("aliases"));
        let aliases = aliases.map(|alias| alias.value).collect();
        entries.push(Entry { name, slug, aliases, item, fields, reader });
    }
    entries
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
