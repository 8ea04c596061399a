//! The vocabularies of a campaign, as their files give them.

use std::sync::{Mutex, PoisonError};

use super::entity::{Entity, EntityId, EntityKind, Entries, KindId, Listed, Otherwise};
use crate::base::map::{Map, Set};
use crate::base::text;
use crate::diagnostic::{Diagnostic, Outcome, catalogue};
use crate::parse::fields::{Fields, Reader, Vocabulary, describe, scalar};
use crate::parse::yaml::{Node, Step, Yaml};
use crate::source::{Place, Source, SourcePath};
use crate::value::pinyin;
use crate::value::slug::is_slug;

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

fn words(kind: KindId, entity: &Entity) -> impl Iterator<Item = &str> {
    let by_slug = kind.kind().named_by.as_ref().is_some_and(|by| by.by_slug);
    entity.words().chain(by_slug.then_some(entity.slug.as_str()))
}

/// Reads the vocabulary file of a kind: a list of entries, each a name alone or a map.
pub fn read(source: &Source, kind: KindId) -> Outcome<Listed> {
    let yaml = match Yaml::read_file(source) {
        Ok(yaml) => yaml,
        Err(diagnostics) => return Outcome { value: Listed::default(), diagnostics },
    };
    let reader = Reader::new(&yaml);
    let value = listed(&reader, kind, &source.path);
    Outcome { value, diagnostics: reader.finish() }
}

fn listed(reader: &Reader<'_>, kind: KindId, path: &SourcePath) -> Listed {
    let entries = entries(reader, kind.kind().keys);
    let mut entities: Vec<Entity> = entries.iter().map(|entry| entity(entry, kind)).collect();
    let mut names = Names::default();
    for (i, (entry, entity)) in entries.iter().zip(&entities).enumerate() {
        for word in words(kind, entity) {
            if names.add(word, i as u32).is_some() {
                entry.complain(catalogue::name_taken(entry.place(), word));
            }
        }
    }
    set_parents(kind, &mut entities, &entries, &names);
    let needed =
        !matches!(kind.kind().entries, Entries::File { otherwise: Otherwise::Stories, .. });
    if needed && entities.is_empty() && reader.is_content() {
        reader.complain(catalogue::vocabulary_empty(Place::file(path)));
    }
    (entities, names)
}

/// An entry as an entity, without what it belongs to.
fn entity(entry: &Entry<'_>, kind: KindId) -> Entity {
    let mut entity = Entity::named(&entry.name, entry.slug.clone());
    entity.aliases.clone_from(&entry.aliases);
    entity.description = entry.text("description");
    for &(key, _) in kind.kind().keys {
        if matches!(key, "name" | "slug" | "aliases" | "description" | "parent") {
            continue;
        }
        let Some(text) = entry.text(key) else { continue };
        if key == "colour" && !is_colour(&text) {
            entry.complain(catalogue::colour_wrong(entry.place_of(key), &text));
        } else {
            entity.texts.push((key, text));
        }
    }
    entity
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

/// Puts entities below their parents. Complains of parents that are not there, and of
/// entities that are above themselves, whose parent is taken away.
fn set_parents(kind: KindId, entities: &mut [Entity], entries: &[Entry<'_>], names: &Names) {
    for (entity, entry) in entities.iter_mut().zip(entries) {
        let Some(name) = entry.text("parent") else { continue };
        entity.belongs_to = names.find(&name).map(|above| EntityId::new(kind, above as usize));
        if entity.belongs_to.is_none() {
            let near = names.nearest(&name);
            let EntityKind { unknown, called, .. } = kind.kind();
            let place = entry.place_of("parent");
            let near = near.as_deref();
            entry.complain(catalogue::parent_unknown(place, unknown, *called, &name, near));
        }
    }
    for i in break_circles(entities) {
        let place = entries[i].place_of("parent");
        entries[i].complain(catalogue::parent_circle(place, &entities[i].name));
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
            Some((_, slug)) if is_slug(&slug) => slug,
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
