//! The vocabularies of a campaign, as their files give them.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::entity::{
    Entity, EntityId, EntityKind, Entries, IndexPages, KindId, Listed, Otherwise, Tie,
};
use super::naming::Collections;
use crate::base::map::{Map, Set};
use crate::base::name;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::messages;
use crate::schema::{self, Declared, Entry, Record};
use crate::source::{Place, Source, SourcePath};
use crate::value::lexicon::Lexicon;
use crate::value::pinyin;
use crate::yaml::fields::Reader;
use crate::yaml::{Node, Yaml};

/// Words that name an entry of a vocabulary.
#[derive(Debug, Default)]
pub struct Names {
    /// The entry of each, by the form in which names are compared.
    by_key: Map<String, u32>,
    /// More entries of a word that names several.
    others: Map<String, Vec<u32>>,
    /// As they are written.
    words: Vec<String>,
    /// The same, for suggestions.
    lexicon: OnceLock<Lexicon>,
    /// Suggestions that were made: the same slip is often made in many stories.
    suggested: Mutex<Map<String, Option<String>>>,
    /// The file that they stand in, for complaints.
    pub file: Option<Arc<Yaml>>,
    /// The slugs of those that only stories name which are not published yet, or no longer.
    pub waiting: Vec<String>,
    /// The words of those that the list hides.
    pub hidden: Vec<String>,
    /// Could some entries of the list not be read? Then a word that it
    /// does not have is no mistake of those who use it.
    pub incomplete: bool,
}

impl Names {
    /// The index of the entry that `word` names.
    pub fn find(&self, word: &str) -> Option<u32> {
        self.by_key.get(&*name::key(word)).copied()
    }

    /// The indices of all entries that `word` names.
    pub fn find_all(&self, word: &str) -> impl Iterator<Item = u32> {
        let key = name::key(word);
        let others = self.others.get(&*key).map_or(&[][..], Vec::as_slice);
        self.by_key.get(&*key).copied().into_iter().chain(others.iter().copied())
    }

    /// The nearest word, for a suggestion.
    pub fn nearest(&self, word: &str) -> Option<String> {
        let mut suggested = self.suggested.lock().unwrap_or_else(PoisonError::into_inner);
        let lexicon = self.lexicon.get_or_init(|| Lexicon::of(self.words.iter().cloned()));
        let near = suggested
            .entry(word.to_string())
            .or_insert_with(|| lexicon.nearest_name(word).map(str::to_string));
        near.clone()
    }

    /// Lets `word` name the entry; the index of another entry that it names already.
    pub fn add(&mut self, word: &str, entry: u32) -> Option<u32> {
        self.words.push(word.to_string());
        match self.by_key.insert(name::key(word).into_owned(), entry) {
            Some(before) if before != entry => Some(before),
            _ => None,
        }
    }
}

impl Names {
    /// No words, and whether there may be some that could not be read.
    pub fn none(incomplete: bool) -> Self {
        Self { incomplete, ..Self::default() }
    }

    /// Lets `word` name the entry beside those that it names already.
    pub fn add_beside(&mut self, word: &str, entry: u32) {
        let key = name::key(word);
        match self.by_key.get(&*key) {
            None => drop(self.add(word, entry)),
            Some(first) if *first == entry => {}
            Some(_) => self.others.entry(key.into_owned()).or_default().push(entry),
        }
    }
}

/// The words that name the entities of a kind.
pub fn names_of(kind: KindId, entities: &[Entity]) -> Names {
    let mut names = Names::default();
    for (i, entity) in entities.iter().enumerate() {
        for word in words(kind, entity) {
            names.add(word, i as u32);
        }
    }
    names
}

/// Entities by their sort keys, which are made of the form in which names are compared, and
/// namesakes by what they belong to. A name finds the first of its namesakes.
pub fn in_order(mut keyed: Vec<(String, Entity)>) -> Listed {
    keyed.sort_by(|(a, one), (b, other)| a.cmp(b).then(one.belongs_to.cmp(&other.belongs_to)));
    let entities: Vec<Entity> = keyed.into_iter().map(|(_, entity)| entity).collect();
    let mut names = Names::default();
    for (i, entity) in entities.iter().enumerate() {
        if i == 0 || !name::is_same(&entities[i - 1].name, &entity.name) {
            names.add(&entity.name, i as u32);
        }
    }
    (entities, names)
}

/// Every word that names an entity of a kind.
pub fn words(kind: KindId, entity: &Entity) -> impl Iterator<Item = &str> {
    let by_slug = kind.kind().named_by.as_ref().is_some_and(|by| by.by_slug);
    entity.words().chain(by_slug.then_some(entity.slug.as_str()))
}

/// Reads the vocabulary file of a kind, whose entries are declared as `R`.
pub fn read<R: Declared>(source: &Source, kind: KindId, _: &Collections) -> Outcome<Listed> {
    read_with(source, kind, &Rules::<R>::PLAIN)
}

/// What is special about the entries of a kind.
pub struct Rules<R> {
    /// The slug of an entry that gives itself none.
    pub slug: fn(&R) -> String,
    /// The complaint about an entry that has the same slug as the one in this line, where none is
    /// given; if there is none the later gets a number.
    pub twice: Option<fn(Place, &R, usize) -> Diagnostic>,
    /// What is wrong with an entry. May change it.
    pub check: fn(&Entry<'_, R>, &mut Entity),
}

impl<R: Declared> Rules<R> {
    /// Nothing is special.
    pub const PLAIN: Self = Self {
        slug: |entry| pinyin::slug(text(entry, "name").unwrap_or_default()),
        twice: None,
        check: |_, _| {},
    };
}

/// Reads the vocabulary file of a kind, by its rules.
pub fn read_with<R: Declared>(source: &Source, kind: KindId, rules: &Rules<R>) -> Outcome<Listed> {
    let yaml = match Yaml::read_file(source) {
        Ok(yaml) => yaml,
        Err(diagnostics) => return Outcome { value: unread(), diagnostics },
    };
    let reader = Reader::new(&yaml);
    let (entities, mut names) = listed::<R>(&reader, kind, &source.path, rules);
    let diagnostics = reader.finish();
    names.file = Some(Arc::new(yaml));
    Outcome { value: (entities, names), diagnostics }
}

/// What is known of a list that could not be read.
pub fn unread() -> Listed {
    (Vec::new(), Names::none(true))
}

fn listed<R: Declared>(
    reader: &Reader<'_>,
    kind: KindId,
    path: &SourcePath,
    rules: &Rules<R>,
) -> Listed {
    let entries = schema::entries::<R>(reader);
    let is_whole = match reader.root() {
        Node::List(items) => items.len() == entries.len(),
        node => *node == Node::Null,
    };
    let mut names = Names::none(!is_whole);
    let entries = with_slugs(entries, rules);
    let mut entities = Vec::with_capacity(entries.len());
    // What has no page is named by nothing, and may well be called as another.
    let are_named = kind.kind().index != IndexPages::None;
    for (i, (entry, slug)) in entries.iter().enumerate() {
        let mut entity = entity(&entry.value, slug);
        entity.has_own_slug = text(&entry.value, "slug").is_some();
        entity.item = Some(entry.item());
        tie_names(R::record(), &mut entity);
        complain_of_reversed(entry, &entity);
        (rules.check)(entry, &mut entity);
        for word in words(kind, &entity).filter(|_| are_named) {
            if names.add(word, i as u32).is_some() {
                entry.complain(messages::name_taken(entry.place(), word));
            }
        }
        entities.push(entity);
    }
    set_parents(kind, &mut entities, &entries, &names);
    if let Entries::File { otherwise, .. } = &kind.kind().entries
        && !matches!(otherwise, Otherwise::Stories)
        && entities.is_empty()
        && reader.is_content()
    {
        let is_built_in = matches!(otherwise, Otherwise::BuiltIn(_));
        reader.complain(messages::vocabulary_empty(Place::file(path), is_built_in));
    }
    (entities, names)
}

/// The text that an entry gives to a key.
fn text<'v, R: Declared>(value: &'v R, key: &str) -> Option<&'v str> {
    let values = value.values();
    let (_, value) = values.into_iter().find(|(field, _)| field.name == key)?;
    value.texts().into_iter().next()
}

/// Takes the names of others out of the texts of an entity.
fn tie_names(record: &Record, entity: &mut Entity) {
    for field in record.fields.iter().filter(|field| field.name != "parent") {
        let key = field.name;
        let Some(kind) = field.names.iter().find_map(|many| KindId::called(many)) else { continue };
        let names = entity.texts.extract_if(.., |(known, _)| *known == key);
        entity.ties.extend(names.map(|(_, name)| Tie { key, kind, name, to: None }));
    }
}

/// Pairs of keys of which the second is no earlier day than the first.
const SPANS: [(&str, &str); 2] = [("from", "to"), ("date", "end")];

fn complain_of_reversed<R: Declared>(entry: &Entry<'_, R>, entity: &Entity) {
    for (first, last) in SPANS {
        if let (Some(from), Some(to)) = (entity.date(first), entity.date(last))
            && to.calendar_day() < from.calendar_day()
        {
            entry.complain(messages::dates_reversed(entry.place_of(last), from, to));
        }
    }
}

/// An entry as an entity, without what it belongs to.
pub fn entity<R: Declared>(value: &R, slug: &str) -> Entity {
    let mut entity = Entity { slug: slug.into(), ..Entity::default() };
    for (field, value) in value.values() {
        entity.dates.extend(value.moment().map(|at| (field.name, at)));
        let mut texts = value.texts().into_iter().map(str::to_string);
        match field.name {
            "name" => entity.name = texts.next().unwrap_or_default(),
            "old_slugs" => entity.old_slugs = texts.collect(),
            "aliases" => entity.aliases = texts.collect(),
            "description" => entity.description = texts.next(),
            "extra" => entity.extra = value.anything().cloned(),
            "slug" | "parent" => {}
            key => entity.texts.extend(texts.map(|text| (key, text))),
        }
    }
    entity
}

/// Puts entities below their parents. Complains of parents that are not there, and of
/// entities that are above themselves, whose parent is taken away.
fn set_parents<R: Declared>(
    kind: KindId,
    entities: &mut [Entity],
    entries: &[(Entry<'_, R>, String)],
    names: &Names,
) {
    for (entity, (entry, _)) in entities.iter_mut().zip(entries) {
        let Some(name) = text(&entry.value, "parent") else { continue };
        entity.belongs_to = names.find(name).map(|above| EntityId::new(kind, above as usize));
        if entity.belongs_to.is_none() && !names.incomplete {
            let near = names.nearest(name);
            let EntityKind { unknown, called, .. } = kind.kind();
            let place = entry.place_of("parent");
            let near = near.as_deref();
            entry.complain(messages::parent_unknown(place, unknown, *called, name, near));
        }
    }
    for i in break_circles(entities) {
        let entry = &entries[i].0;
        entry.complain(messages::parent_circle(entry.place_of("parent"), &entities[i].name));
    }
}

/// Takes the parent away from the first entity of each circle, and returns these.
fn break_circles(entities: &mut [Entity]) -> Vec<usize> {
    let mut broken = Vec::new();
    // From which entity on the way up came here first.
    let mut reached_from = vec![usize::MAX; entities.len()];
    let above = |entities: &[Entity], at: usize| entities[at].belongs_to.map(EntityId::index);
    for start in 0..entities.len() {
        let mut at = start;
        while reached_from[at] == usize::MAX {
            reached_from[at] = start;
            at = above(entities, at).unwrap_or(at);
        }
        if reached_from[at] != start || entities[at].belongs_to.is_none() {
            continue;
        }
        let mut circle = vec![at];
        while let Some(next) = above(entities, circle[circle.len() - 1]).filter(|&next| next != at)
        {
            circle.push(next);
        }
        let first = circle.into_iter().min().unwrap_or(at);
        entities[first].belongs_to = None;
        broken.push(first);
    }
    broken
}

/// Gives a slug to each entry; leaves out one whose slug another has given itself before.
fn with_slugs<'r, R: Declared>(
    entries: Vec<Entry<'r, R>>,
    rules: &Rules<R>,
) -> Vec<(Entry<'r, R>, String)> {
    let given = |entry: &Entry<'_, R>| text(&entry.value, "slug").map(str::to_string);
    // A slug that is given has precedence over one that is made, wherever it stands.
    let mut free = Slugs::except(entries.iter().flat_map(|entry| reserved(&entry.value)).collect());
    let mut slugged: Vec<(Entry<'_, R>, String)> = Vec::with_capacity(entries.len());
    let mut first: Map<String, usize> = Map::default();
    for entry in entries {
        let made = || match ((rules.slug)(&entry.value), rules.twice) {
            (slug, None) => free.give(slug),
            (slug, Some(_)) => slug,
        };
        let own = given(&entry);
        let is_given = own.is_some();
        let slug = own.unwrap_or_else(made);
        if let Some(&before) = first.get(&slug) {
            let line = slugged[before].0.place().line();
            entry.complain(match rules.twice.filter(|_| !is_given) {
                Some(twice) => twice(entry.place(), &entry.value, line),
                None => messages::entry_twice(entry.place(), &slug, line),
            });
            continue;
        }
        first.insert(slug.clone(), slugged.len());
        slugged.push((entry, slug));
    }
    slugged
}

/// The slugs that an entry of the name has given itself, and had: nobody else gets them.
fn reserved<R: Declared>(value: &R) -> Vec<String> {
    let keys = |field: &schema::Field| matches!(field.name, "slug" | "old_slugs");
    let values = value.values().into_iter().filter(|(field, _)| keys(field));
    let slugs = values.flat_map(|(_, value)| value.texts()).map(str::to_string);
    // What it would get anyway has not become an old one.
    let is_made = |slug: &String| *slug == pinyin::slug(text(value, "name").unwrap_or_default());
    let has_slug = text(value, "slug").is_some();
    slugs.filter(|slug| has_slug || !is_made(slug)).collect()
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
