//! The vocabularies of a campaign: focal points, units and carriers, as their files give
//! them.

use std::sync::{Mutex, PoisonError};

use super::UnitId;
use super::focal_point::{FocalPoint, built_in};
use super::pinyin;
use super::unit::{Carrier, Unit};
use crate::diagnostic::{Outcome, catalogue};
use crate::map::{Map, Set};
use crate::parse::fields::{ListItem, Reader};
use crate::parse::yaml::Yaml;
use crate::schema::vocabulary::{CarrierEntry, FocalPointEntry, UnitEntry};
use crate::schema::{self, Declared, Entry};
use crate::source::{Place, Source};
use crate::text;

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
    fn add_all<'w, R>(
        &mut self,
        entry: &Entry<'_, R>,
        i: usize,
        words: impl Iterator<Item = &'w str>,
    ) {
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
    read(source, |reader, entries: Vec<Slugged<'_, FocalPointEntry>>| {
        let mut points = Vec::with_capacity(entries.len());
        let mut names = Names::default();
        for (i, Slugged { entry, slug }) in entries.iter().enumerate() {
            let FocalPointEntry { name, short_name, description, colour, .. } = &entry.value;
            let point = FocalPoint {
                slug: slug.clone(),
                name: name.clone(),
                short_name: short_name.clone().unwrap_or_else(|| name.clone()),
                aliases: aliases(&entry.value.aliases),
                description: description.clone().unwrap_or_default(),
                colour: colour.clone(),
                stories: Vec::new(),
            };
            names.add_all(entry, i, point.words());
            points.push(point);
        }
        if points.is_empty() && reader.is_content() {
            reader.complain(catalogue::vocabulary_empty(Place::file(&source.path)));
        }
        (points, names)
    })
}

/// The units of `units.yaml`, in its order, parents resolved.
pub fn units(source: &Source) -> Outcome<(Vec<Unit>, Names)> {
    read(source, |_, entries: Vec<Slugged<'_, UnitEntry>>| {
        let mut units = Vec::with_capacity(entries.len());
        let mut names = Names::default();
        for (i, Slugged { entry, slug }) in entries.iter().enumerate() {
            let UnitEntry { name, level, sector, region, description, .. } = entry.value.clone();
            let unit = Unit {
                slug: slug.clone(),
                aliases: aliases(&entry.value.aliases),
                name,
                level,
                sector,
                region,
                description,
                parent: None,
                stories: Vec::new(),
            };
            names.add_all(entry, i, words(&unit.name, &unit.aliases));
            units.push(unit);
        }
        for (unit, Slugged { entry, .. }) in units.iter_mut().zip(&entries) {
            let Some(name) = &entry.value.parent else { continue };
            unit.parent = names.find(name).map(UnitId);
            if unit.parent.is_none() {
                let near = names.nearest(name);
                let place = entry.place_of("parent");
                entry.complain(catalogue::parent_unknown(place, name, near.as_deref()));
            }
        }
        for i in break_circles(&mut units) {
            let entry = &entries[i].entry;
            entry.complain(catalogue::parent_circle(entry.place_of("parent"), &units[i].name));
        }
        (units, names)
    })
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
    read(source, |_, entries: Vec<Slugged<'_, CarrierEntry>>| {
        let mut carriers = Vec::with_capacity(entries.len());
        let mut names = Names::default();
        for (i, Slugged { entry, slug }) in entries.iter().enumerate() {
            let carrier = Carrier {
                slug: slug.clone(),
                name: entry.value.name.clone(),
                aliases: aliases(&entry.value.aliases),
                description: entry.value.description.clone(),
                stories: Vec::new(),
            };
            names.add_all(entry, i, words(&carrier.name, &carrier.aliases));
            carriers.push(carrier);
        }
        (carriers, names)
    })
}

fn aliases(given: &[ListItem<String>]) -> Vec<String> {
    given.iter().map(|alias| alias.value.clone()).collect()
}

fn words<'e>(name: &'e str, aliases: &'e [String]) -> impl Iterator<Item = &'e str> {
    std::iter::once(name).chain(aliases.iter().map(String::as_str))
}

/// An entry of a vocabulary, and the slug that it gives itself or is given.
struct Slugged<'r, R> {
    entry: Entry<'r, R>,
    slug: String,
}

/// What every entry of a vocabulary says.
trait Named: Declared {
    fn name(&self) -> &str;
    fn slug(&self) -> Option<&str>;
}

macro_rules! named {
    ($($name:ident),+) => {$(
        impl Named for $name {
            fn name(&self) -> &str {
                &self.name
            }

            fn slug(&self) -> Option<&str> {
                self.slug.as_deref()
            }
        }
    )+};
}

named!(FocalPointEntry, UnitEntry, CarrierEntry);

/// Reads a vocabulary file; `make` makes of its entries what is wanted.
fn read<R: Named, T: Default>(
    source: &Source,
    make: impl FnOnce(&Reader<'_>, Vec<Slugged<'_, R>>) -> T,
) -> Outcome<T> {
    let yaml = match Yaml::read_file(source) {
        Ok(yaml) => yaml,
        Err(diagnostics) => return Outcome { value: T::default(), diagnostics },
    };
    let reader = Reader::new(&yaml);
    let value = make(&reader, with_slugs(schema::entries(&reader)));
    Outcome { value, diagnostics: reader.finish() }
}

/// Gives a slug to each entry; leaves out one whose slug another has given itself before.
fn with_slugs<R: Named>(entries: Vec<Entry<'_, R>>) -> Vec<Slugged<'_, R>> {
    let given = entries.iter().filter_map(|entry| entry.value.slug().map(str::to_string));
    // A slug that is given has precedence over one that is made, wherever it stands.
    let mut free = Slugs::except(given.collect());
    let mut slugged: Vec<Slugged<'_, R>> = Vec::with_capacity(entries.len());
    let mut first: Map<String, usize> = Map::default();
    for entry in entries {
        let slug = match entry.value.slug() {
            Some(slug) => slug.to_string(),
            None => free.give(pinyin::slug(entry.value.name())),
        };
        if let Some(&before) = first.get(&slug) {
            let line = slugged[before].entry.place().line();
            entry.complain(catalogue::entry_twice(entry.place(), &slug, line));
            continue;
        }
        first.insert(slug.clone(), slugged.len());
        slugged.push(Slugged { entry, slug });
    }
    slugged
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
