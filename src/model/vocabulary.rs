//! The vocabularies of a campaign, as their files give them.

use std::sync::{Mutex, PoisonError};

use super::entity::{Entity, EntityId, Entries, KindId, Listed, Otherwise};
use crate::base::map::{Map, Set};
use crate::base::text;
use crate::diagnostic::{Diagnostic, Outcome, catalogue};
use crate::parse::fields::{Fields, Given, Yaml, scalar};
use crate::parse::yaml::{Node, Part, Step};
use crate::source::{Place, Source};
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
    let keys = kind.kind().keys;
    let yaml = Yaml::new(source, 0, source.text().len());
    let mut names = Names::default();
    let mut entities: Vec<Entity> = Vec::new();
    let mut parents: Vec<Option<(String, Place)>> = Vec::new();
    let items = items(&yaml, source);
    let mut slugs: Map<String, usize> = Map::default();
    // A slug that is given has precedence over one that is made, wherever it stands.
    let mut free = Slugs::except(items.iter().filter_map(given_slug).collect());
    for (i, node) in items.iter().enumerate() {
        let path = vec![Step::Item(i)];
        let place = || yaml.place(&[Step::Item(i)], Part::Value);
        let fields = match scalar(node) {
            Some(name) if begins_with_key(&name, keys) => {
                yaml.complain(catalogue::yaml_colon_fullwidth(place()));
                continue;
            }
            Some(_) => None,
            None => match Fields::open(&yaml, path, node, keys) {
                Some(fields) => Some(fields),
                None => continue,
            },
        };
        let text = |key| fields.as_ref().and_then(|fields| fields.text(key));
        let name = match &fields {
            None => scalar(node).filter(|name| !name.is_empty()),
            Some(_) => text("name").map(|given| given.value),
        };
        let Some(name) = name else {
            yaml.complain(catalogue::entry_incomplete(place(), "name", "名称"));
            continue;
        };
        let slug = match text("slug") {
            Some(Given { value, .. }) if is_slug(&value) => value,
            Some(Given { value, .. }) => {
                let place = fields.as_ref().map_or_else(place, |fields| fields.place_of("slug"));
                yaml.complain(catalogue::slug_wrong(place, &value, &pinyin::slug(&value)));
                continue;
            }
            None => free.give(pinyin::slug(&name)),
        };
        if let Some(&before) = slugs.get(&slug) {
            let line = yaml.place(&[Step::Item(before)], Part::Value).line();
            yaml.complain(catalogue::entry_twice(place(), &slug, line));
            continue;
        }
        slugs.insert(slug.clone(), i);
        let mut entity = Entity::named(&name, slug);
        parents.push(None);
        if let Some(fields) = &fields {
            entity.aliases = fields.texts("aliases").into_iter().map(|given| given.value).collect();
            entity.description = fields.text("description").map(|given| given.value);
            for &(key, _) in kind.kind().keys {
                if matches!(key, "name" | "slug" | "aliases" | "description") {
                    continue;
                }
                let Some(Given { value, .. }) = fields.text(key) else { continue };
                match key {
                    "parent" => {
                        let place = fields.place_of(key);
                        parents.pop();
                        parents.push(Some((value, place)));
                    }
                    "colour" if !is_colour(&value) => {
                        fields.complain(catalogue::colour_wrong(fields.place_of(key), &value));
                    }
                    _ => entity.texts.push((key, value)),
                }
            }
        }
        for word in words(kind, &entity) {
            if names.add(word, entities.len() as u32).is_some() {
                yaml.complain(catalogue::name_taken(place(), word));
            }
        }
        entities.push(entity);
    }
    let mut diagnostics = yaml.into_complaints();
    diagnostics.extend(set_parents(kind, &mut entities, &names, &parents));
    let needed =
        !matches!(kind.kind().entries, Entries::File { otherwise: Otherwise::Stories, .. });
    if needed && entities.is_empty() && diagnostics.is_empty() {
        diagnostics.push(catalogue::vocabulary_empty(Place::file(&source.path)));
    }
    Outcome { value: (entities, names), diagnostics }
}

/// The entries of a vocabulary file.
fn items(yaml: &Yaml<'_>, source: &Source) -> Vec<Node> {
    match yaml.parse() {
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
    }
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

/// Puts entities below their parents. Complains of parents that are not there, and of
/// entities that are above themselves, whose parent is taken away.
fn set_parents(
    kind: KindId,
    entities: &mut [Entity],
    names: &Names,
    parents: &[Option<(String, Place)>],
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (entity, parent) in entities.iter_mut().zip(parents) {
        let Some((name, place)) = parent else { continue };
        match names.find(name) {
            Some(above) => entity.belongs_to = Some(EntityId::new(kind, above as usize)),
            None => {
                let (near, called) = (names.nearest(name), kind.kind().called);
                let code = kind.kind().unknown;
                let near = near.as_deref();
                diagnostics.push(catalogue::parent_unknown(
                    place.clone(),
                    code,
                    called,
                    name,
                    near,
                ));
            }
        }
    }
    for start in 0..entities.len() {
        let mut at = start;
        // As many steps as there are entities, and it is a circle.
        for _ in 0..entities.len() {
            match entities[at].belongs_to {
                Some(above) => at = above.index(),
                None => break,
            }
            if at == start {
                entities[start].belongs_to = None;
                if let Some((_, place)) = &parents[start] {
                    diagnostics
                        .push(catalogue::parent_circle(place.clone(), &entities[start].name));
                }
                break;
            }
        }
    }
    diagnostics
}

/// The slug that an entry gives itself.
fn given_slug(node: &Node) -> Option<String> {
    let Node::Map(entries) = node else { return None };
    let (_, slug) = entries.iter().find(|(key, _)| matches!(key.as_str(), "slug" | "网址名"))?;
    scalar(slug)
}

/// Is this `名称：…`, a key with a full-width colon, which YAML takes for a text?
fn begins_with_key(text: &str, keys: &[(&str, &str)]) -> bool {
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
