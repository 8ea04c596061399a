//! Names become ids: what stories name is looked up in the vocabularies, or listed if no
//! file lists it. One mechanism for all kinds of entities.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Index;
use std::sync::Arc;

use super::collected::NAMED;
use super::entity::{
    Derived, Entity, EntityId, Entries, KindId, Listed, NamedBy, Namer, Otherwise,
};
use super::kinds::{CARRIERS, KINDS, MEMBERS, UNITS, WORKS};
use super::menu::names_page;
use super::story::{Page, Story};
use super::vocabulary::{self, Names, Slugs};
use super::{Edition, Fate, PageId, slug_of};
use crate::base::map::Map;
use crate::base::name;
use crate::base::parallel;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::messages;
use crate::parse::Document;
use crate::parse::front_matter::{FrontMatter, Purpose};
use crate::schema::{FILES, Shape};
use crate::settings::Settings;
use crate::source::{Place, Source, SourcePath};
use crate::value::kind::Kind;
use crate::value::moment::Moment;
use crate::value::{address, pinyin};
use crate::yaml::fields::{ListItem, scalar};
use crate::yaml::places::At;
use crate::yaml::{Node, Yaml};

/// The entities of one kind.
#[derive(Debug)]
pub struct Collection {
    kind: KindId,
    /// In their order.
    pub entities: Vec<Entity>,
    /// The words that find them.
    pub names: Names,
    /// Must names be in it, because a file or the program lists them all?
    closed: bool,
    /// The entries of a file that only says more about entities that stories make.
    said: Vec<Entity>,
}

impl Collection {
    /// The entity that `word` names.
    pub fn find(&self, word: &str) -> Option<EntityId> {
        self.names.find(word).map(|at| EntityId::new(self.kind, at as usize))
    }
}

/// The entities of every kind, by kind.
#[derive(Debug)]
pub struct Collections(Vec<Collection>);

impl Index<KindId> for Collections {
    type Output = Collection;

    fn index(&self, kind: KindId) -> &Collection {
        &self.0[kind.index()]
    }
}

impl Collections {
    /// Those that files or the program list; the others are still empty.
    pub fn listed(files: &BTreeMap<SourcePath, Option<Source>>) -> Outcome<Self> {
        let mut diagnostics = Vec::new();
        let mut all = Self::none();
        for kind in KindId::all() {
            let read = |path: &str| {
                let (source, read) = (files.get(path)?, kind.kind().read()?);
                let unread = || Outcome::clean(vocabulary::unread());
                Some(source.as_ref().map_or_else(unread, |source| read(source, kind, &all)))
            };
            let (listed, closed) = match &kind.kind().entries {
                Entries::File { path, otherwise, .. } => match (read(path), otherwise) {
                    (None, Otherwise::BuiltIn(list)) => {
                        let entities = list();
                        let names = vocabulary::names_of(kind, &entities);
                        (Some(Outcome::clean((entities, names))), true)
                    }
                    (listed, otherwise) => {
                        let closed = listed.is_some() || matches!(otherwise, Otherwise::Nothing);
                        (listed, closed)
                    }
                },
                Entries::Derived(Derived { file: Some((path, _)), .. }) => (read(path), false),
                Entries::Stories | Entries::Derived(_) => (None, false),
            };
            let (entities, names) =
                listed.map(|listed| listed.collect_into(&mut diagnostics)).unwrap_or_default();
            all.0.push(Collection { kind, entities, names, closed, said: Vec::new() });
        }
        let is_used =
            |path: &SourcePath| KINDS.iter().any(|kind| kind.file() == Some(path.as_str()));
        let stray = files.keys().filter(|path| !is_used(path));
        diagnostics.extend(stray.map(|path| crate::load::messages::file_stray(Place::file(path))));
        Outcome { value: all, diagnostics }
    }

    /// Those of no kind.
    pub fn none() -> Self {
        Self(Vec::with_capacity(KINDS.len()))
    }

    /// The complaint that a list does not have `word`, if it has all entries of its kind; `None`
    /// if it has the word, or may have it.
    pub fn unknown(&self, kind: KindId, word: &str, place: Place) -> Option<Diagnostic> {
        let collection = self.0.get(kind.index())?;
        let may_be = !collection.closed || collection.names.incomplete;
        (!may_be && collection.find(word).is_none()).then(|| collection.unknown(place, word))
    }

    /// The kinds all of whose entities are listed, and these.
    pub fn closed(&self) -> impl Iterator<Item = (KindId, &[Entity])> {
        let closed = self.0.iter().filter(|collection| collection.closed);
        closed.map(|collection| (collection.kind, &*collection.entities))
    }

    /// Has a list mistakes that may hide some of its entries?
    pub fn are_incomplete(&self) -> bool {
        self.0.iter().any(|collection| collection.names.incomplete)
    }

    /// The slugs of entities that wait for their time, or had it.
    pub fn waiting(&self) -> Vec<(KindId, String)> {
        let of = |collection: &Collection| {
            let slugs = collection.names.waiting.iter();
            slugs.map(|slug| (collection.kind, slug.clone())).collect::<Vec<_>>()
        };
        self.0.iter().flat_map(of).collect()
    }

    /// The people of `people.yaml`, also those without a story.
    pub fn take_people(&mut self) -> Vec<Entity> {
        std::mem::take(&mut self.0[MEMBERS.index()].said)
    }

    /// The entities of every kind, without their names, and the files that list them.
    pub fn into_entities(self) -> (Vec<Vec<Entity>>, Vec<Option<Arc<Yaml>>>) {
        self.0.into_iter().map(|collection| (collection.entities, collection.names.file)).unzip()
    }

    /// Leads the names that entries give of others to these, and complains of those that lead
    /// nowhere. Of kinds that are still open all names are known by now.
    fn tie(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        for at in 0..self.0.len() {
            let mut entities = std::mem::take(&mut self.0[at].entities);
            for entity in &mut entities {
                let mut seen: Vec<(&str, EntityId)> = Vec::new();
                for tie in &mut entity.ties {
                    let named = &self[tie.kind];
                    if !named.closed && name::several(&tie.name).is_some() {
                        diagnostics.extend(self.0[at].several(
                            entity.item,
                            tie.key,
                            &tie.name,
                            tie.kind,
                        ));
                    }
                    // Its own kind's entities are not at hand, but their names are.
                    tie.to = named.find(&tie.name);
                    match tie.to {
                        Some(to) if seen.contains(&(tie.key, to)) => tie.to = None,
                        Some(to) => seen.push((tie.key, to)),
                        None if named.names.incomplete => {}
                        None => {
                            let place = self.0[at].place(entity.item, tie.key, Some(&tie.name));
                            diagnostics.push(named.unknown(place, &tie.name));
                        }
                    }
                }
            }
            self.0[at].entities = entities;
        }
    }

    /// The names of entities of a kind that entries of lists give.
    fn named_in_lists(&self, kind: KindId) -> impl Iterator<Item = &str> {
        let entities = self.0.iter().flat_map(|collection| &collection.entities);
        let ties = entities.flat_map(|entity| &entity.ties);
        ties.filter(move |tie| tie.kind == kind).map(|tie| tie.name.as_str())
    }

    /// Lists what stories name and nothing else lists.
    fn list_named(&mut self, namers: &[Namer<'_>]) {
        // What entries of lists name comes after what stories do.
        let front = FrontMatter::default();
        let of_lists = Namer { front: &front, is_published: true, is_withheld: false };
        for kind in KindId::all() {
            if self[kind].closed {
                continue;
            }
            let (entities, mut names) = match (&kind.kind().entries, &kind.kind().named_by) {
                (Entries::Derived(derived), _) => (derived.list)(namers, self),
                (_, Some(by)) => {
                    let known = &*self;
                    let given = namers.iter().flat_map(|namer| {
                        let names = known.given(by, namer.front).take(by.most);
                        names.map(move |(name, _)| (name, namer))
                    });
                    let listed = known.named_in_lists(kind).map(|name| (name, &of_lists));
                    list_by_name(given.chain(listed))
                }
                (_, None) => continue,
            };
            let collection = &mut self.0[kind.index()];
            names.incomplete |= collection.names.incomplete;
            collection.said = std::mem::replace(&mut collection.entities, entities);
            collection.names = names;
        }
    }

    /// The names that a story gives; if it gives none, that of its unit, where the unit has one.
    fn given<'s>(
        &'s self,
        by: &NamedBy,
        front: &'s FrontMatter,
    ) -> impl Iterator<Item = (&'s str, Option<usize>)> + use<'s> {
        let of_unit = || {
            let key = by.of_unit.filter(|_| by.names(front).next().is_none())?;
            let units = front.units().filter_map(|unit| self[UNITS].find(unit));
            units.map(|unit| &self[UNITS].entities[unit.index()]).find_map(|unit| unit.text(key))
        };
        by.names(front).chain(of_unit().map(|name| (name, None)))
    }

    /// The entities that a story is linked to, in the order of kinds, and what is wrong with
    /// the names that it gives. Of kinds that are still open only `complete` knows all names.
    fn links(
        &self,
        document: &Document,
        complete: bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<EntityId> {
        let mut links = Vec::new();
        for kind in KINDS.iter().zip(&self.0) {
            let (kind, collection) = kind;
            if !collection.closed && !complete {
                continue;
            }
            match (&kind.entries, &kind.named_by) {
                (Entries::Derived(derived), _) => {
                    let of = complete.then(|| (derived.of)(&document.front, &links, self));
                    links.extend(of.into_iter().flatten());
                }
                (_, Some(by)) => {
                    let first = links.len();
                    for (name, item) in self.given(by, &document.front) {
                        let place = || document.place_of(by.at(item));
                        if !collection.closed
                            && complete
                            && name::several(name).is_some()
                            && !document.is_quoted(by.at(item))
                        {
                            let list = item.is_some();
                            let message = messages::names_in_one(place(), kind.called, name, list);
                            diagnostics.push(message);
                        }
                        match collection.find(name) {
                            Some(id) if !links[first..].contains(&id) => links.push(id),
                            Some(_) if by.distinct => {
                                diagnostics.push(messages::entity_twice(
                                    place(),
                                    kind.called,
                                    name,
                                ));
                            }
                            Some(_) => {}
                            None if collection.names.incomplete => {}
                            None => diagnostics.push(collection.unknown(place(), name)),
                        }
                    }
                    links.truncate(first.saturating_add(by.most));
                }
                (_, None) => {}
            }
        }
        links
    }
}

impl Collection {
    /// The complaint about what an entry names under a key, and what seems to be several.
    fn several(
        &self,
        item: Option<usize>,
        key: &str,
        name: &str,
        of: KindId,
    ) -> Option<Diagnostic> {
        let place = self.place(item, key, Some(name));
        let written =
            place.range().and_then(|range| self.names.file.as_ref()?.source().text().get(range));
        if written.is_some_and(|written| written.starts_with(['"', '\''])) {
            return None;
        }
        let path = self.kind.kind().file()?;
        let field = FILES.iter().find(|file| file.path == path)?.record.field(key)?;
        let is_list = matches!(field.shape, Shape::Texts | Shape::TextOrTexts);
        Some(messages::names_in_one(place, of.kind().called, name, is_list))
    }
}

/// The place of the value of a key of an entry of a list, or of `name` if it is a list of names.
pub(super) fn place_in_list(
    file: Option<&Yaml>,
    kind: KindId,
    item: Option<usize>,
    key: &str,
    name: Option<&str>,
) -> Place {
    let path = kind.kind().file().unwrap_or("content/stories");
    let (Some(yaml), Some(item)) = (file, item) else {
        return Place::file(&SourcePath::new(path));
    };
    let at = At::entry(item).below(key);
    let Some(file) = FILES.iter().find(|file| file.path == path) else { return yaml.find(&at) };
    let chinese = file.record.field(key).map(|field| field.chinese);
    let items = match yaml.root() {
        Node::List(items) => items.get(item),
        _ => None,
    };
    let value = match items {
        Some(Node::Map(entries)) => {
            entries.iter().find(|(known, _)| known == key || Some(known.as_str()) == chinese)
        }
        _ => None,
    };
    let is_it = |node: &Node| name.is_some() && scalar(node).as_deref() == name;
    let nth = match value {
        Some((_, Node::List(items))) => {
            items.iter().enumerate().find_map(|(nth, item)| match item {
                Node::Map(entries) => {
                    let (key, _) = entries.iter().find(|(_, value)| is_it(value))?;
                    Some((nth, Some(key.as_str())))
                }
                item => is_it(item).then_some((nth, None)),
            })
        }
        _ => None,
    };
    let at = match nth {
        Some((nth, Some(key))) => at.item(nth).below(key),
        Some((nth, None)) => at.item(nth),
        None => at,
    };
    yaml.find(&file.record.spell(at))
}

impl Collections {
    /// The works or carriers that a story names as works that it is coordinated with; `links` are
    /// those that it names otherwise. Of kinds that are still open only `complete` knows all names.
    fn linked_works(
        &self,
        document: &Document,
        complete: bool,
        links: &[EntityId],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<EntityId> {
        let (works, carriers) = (&self[WORKS], &self[CARRIERS]);
        let mut linked = Vec::new();
        for item in &document.front.linked_works {
            let place = || document.place_of(item.of("linked_works"));
            match works.find(&item.value).or_else(|| carriers.find(&item.value)) {
                Some(id) if linked.contains(&id) => {}
                Some(id) if id.kind == WORKS && links.contains(&id) => {
                    diagnostics.push(messages::work_in_both(place(), &item.value));
                }
                Some(id) => linked.push(id),
                None if works.names.incomplete || carriers.names.incomplete => {}
                None if !complete && !carriers.closed => {}
                None => {
                    let near = works.names.nearest(&item.value);
                    let near = near.or_else(|| carriers.names.nearest(&item.value));
                    let name = &item.value;
                    diagnostics.push(messages::linked_work_unknown(place(), name, near.as_deref()));
                }
            }
        }
        linked
    }
}

impl Collection {
    /// The place of the value of a key of an entry of its list.
    fn place(&self, item: Option<usize>, key: &str, name: Option<&str>) -> Place {
        place_in_list(self.names.file.as_deref(), self.kind, item, key, name)
    }

    /// The complaint of a name that no entity has.
    fn unknown(&self, place: Place, name: &str) -> Diagnostic {
        let kind = self.kind.kind();
        let key = name::key(name);
        if let Some(path) =
            kind.file().filter(|_| self.names.hidden.iter().any(|word| *word == key))
        {
            return messages::entity_hidden(place, kind.unknown, kind.called, name, path);
        }
        let near = self.names.nearest(name);
        let several = kind.named_by.as_ref().is_some_and(|by| by.most > 1);
        let known = match kind.entries {
            Entries::File { otherwise: Otherwise::Stories | Otherwise::Nothing, path, .. } => {
                Err(path)
            }
            _ => Ok(self.entities.iter().map(Entity::short_name).collect::<Vec<_>>().join("、")),
        };
        messages::entity_unknown(
            place,
            kind.unknown,
            kind.called,
            name,
            near.as_deref(),
            several,
            known,
        )
    }
}

/// Entities that are known by their names alone, as a published story has them first. An address,
/// once given, stays when a later name would have the same: `names`, each with its story, come
/// oldest first. The entities are in the order of names.
fn list_by_name<'a>(names: impl Iterator<Item = (&'a str, &'a Namer<'a>)>) -> Listed {
    let mut places: Map<Cow<'_, str>, usize> = Map::default();
    let mut made: Vec<(String, Option<&str>, bool)> = Vec::new();
    for (name, namer) in names {
        let key = name::key(name);
        let at = *places.entry(key).or_insert_with_key(|key| {
            made.push((key.to_string(), None, false));
            made.len() - 1
        });
        if namer.is_published {
            made[at].1.get_or_insert(name);
        }
        made[at].2 |= namer.is_withheld;
    }
    let read = parallel::map(&made, |(key, ..)| (pinyin::slug(key), pinyin::sort_key(key)));
    let mut slugs = Slugs::default();
    let (mut keyed, mut waiting) = (Vec::with_capacity(made.len()), Vec::new());
    for ((_, name, is_waiting), (slug, order)) in made.into_iter().zip(read) {
        let slug = slugs.give(slug);
        match name {
            Some(name) => keyed.push((order, Entity::named(name, slug))),
            None => waiting.extend(is_waiting.then_some(slug)),
        }
    }
    let (entities, mut names) = vocabulary::in_order(keyed);
    names.waiting = waiting;
    (entities, names)
}

/// Takes documents into the site.
pub(super) struct Builder {
    pub(super) known: Collections,
    pub(super) outcomes: Map<SourcePath, Fate>,
    pub(super) aside: Vec<Arc<Document>>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) edition: Edition,
}

impl Builder {
    /// Leaves out what is not in this edition, and what lacks what an address needs.
    pub(super) fn admit(
        &mut self,
        documents: Vec<Arc<Document>>,
        purpose: Purpose,
    ) -> Vec<Arc<Document>> {
        let mut admitted = Vec::with_capacity(documents.len());
        for document in documents {
            let front = &document.front;
            let undated = front.date.is_none() || front.kind.is_none();
            let fate = if front.draft && !self.edition.drafts {
                Fate::Draft
            } else if self.is_withheld(front) {
                Fate::Withheld
            } else if (front.title.is_empty() || (purpose == Purpose::Story && undated))
                && !self.edition.preview
            {
                Fate::Broken
            } else {
                admitted.push(document);
                continue;
            };
            // Its names are checked like any other's: its mistakes are better known now.
            let links = self.known.links(&document, false, &mut self.diagnostics);
            self.known.linked_works(&document, false, &links, &mut self.diagnostics);
            read_aliases(&document, &mut self.diagnostics);
            self.outcomes.insert(document.source.path.clone(), fate);
            self.aside.push(document);
        }
        admitted
    }

    fn is_withheld(&self, front: &FrontMatter) -> bool {
        let Edition { now, drafts, .. } = self.edition;
        front.publish_at.is_some_and(|at| at > now && !drafts)
            || front.expire_at.is_some_and(|at| at.end() <= now)
    }

    /// The stories, from documents that were admitted, newest first.
    pub(super) fn stories(&mut self, admitted: &[Arc<Document>]) -> Vec<Story> {
        // Pages are not among them yet, and have no names.
        let aside = self.aside.iter().map(|document| (document, false));
        let is_withheld = |path: &SourcePath| self.outcomes.get(path) == Some(&Fate::Withheld);
        let mut all: Vec<_> =
            admitted.iter().map(|document| (document, true)).chain(aside).collect();
        all.sort_by_cached_key(|(document, _)| {
            let day = day_of(document, self.edition);
            (day.is_none(), day, Reverse(document.source.path.clone()))
        });
        let namers: Vec<Namer<'_>> = all
            .into_iter()
            .map(|(document, is_published)| Namer {
                front: &document.front,
                is_published,
                is_withheld: !is_published && is_withheld(&document.source.path),
            })
            .collect();
        self.known.list_named(&namers);
        self.known.tie(&mut self.diagnostics);
        let made = parallel::map(admitted, |document| {
            let mut diagnostics = Vec::new();
            let story = self.story(document.clone(), &mut diagnostics);
            (story, diagnostics)
        });
        let (stories, diagnostics): (Vec<_>, Vec<_>) = made.into_iter().unzip();
        self.diagnostics.extend(diagnostics.into_iter().flatten());
        stories.into_iter().flatten().collect()
    }

    fn story(&self, document: Arc<Document>, diagnostics: &mut Vec<Diagnostic>) -> Option<Story> {
        let mut links = self.known.links(&document, true, diagnostics);
        let linked_works = self.known.linked_works(&document, true, &links, diagnostics);
        links.extend(linked_works.iter().filter(|id| !links.contains(id)).collect::<Vec<_>>());
        // Stable: of one kind in the order in which they are named.
        links.sort_by_key(|id| id.kind);
        let aliases = read_aliases(&document, diagnostics);
        let date = day_of(&document, self.edition)?;
        let kind = document.front.kind.or(self.edition.preview.then_some(Kind::News))?;
        let slug = slug_of(&document);
        let (links, linked_works) = (links.into(), linked_works.into());
        Some(Story { slug, date, kind, links, linked_works, aliases, document })
    }

    /// The pages in the order that the settings give, the others after them by slug.
    pub(super) fn pages(
        &mut self,
        documents: Vec<Arc<Document>>,
        settings: &Settings,
    ) -> Vec<Page> {
        let place = |page: &Page| {
            let is_it = |word: &ListItem<String>| names_page(word, &page.document, &page.slug);
            settings.pages.iter().position(is_it).unwrap_or(usize::MAX)
        };
        let mut pages = Vec::new();
        for document in self.admit(documents, Purpose::Page) {
            let aliases = read_aliases(&document, &mut self.diagnostics);
            self.complain_of_collected(&document);
            pages.push(Page { slug: slug_of(&document), aliases, document });
        }
        pages.sort_by(|a, b| {
            let key = |page: &Page| (place(page), page.slug.clone());
            (key(a), &a.document.source.path).cmp(&(key(b), &b.document.source.path))
        });
        for (i, page) in pages.iter().enumerate() {
            let path = page.document.source.path.clone();
            self.outcomes.insert(path, Fate::Page(PageId(i as u32)));
        }
        pages
    }
}

impl Builder {
    /// Complains of names by which a page asks for stories and which no list has.
    fn complain_of_collected(&mut self, document: &Document) {
        let Some(asked) = &document.front.stories else { return };
        for (key, kind, of) in NAMED {
            if let Some(word) = of(asked) {
                let place = document.place_of(At::key("stories").below(key));
                self.diagnostics.extend(self.known.unknown(kind, word, place));
            }
        }
    }
}

/// The date of a story. In a preview one without a date is of today, so that its author finds it
/// at the top; in the folder of another year, of the last day of that.
pub(super) fn day_of(document: &Document, edition: Edition) -> Option<Moment> {
    let Edition { now, preview, .. } = edition;
    if document.front.date.is_some() || !preview {
        return document.front.date;
    }
    let now = now.in_zone(edition.zone);
    let years = document.source.path.folder().rsplit('/').filter(|part| part.len() == 4);
    let year = years.filter_map(|part| part.parse().ok()).next();
    let other = year.filter(|&year: &i32| year != now.year());
    other.and_then(|year| now.last_day_of(year)).or(Some(now.day_alone()))
}

fn read_aliases(document: &Document, diagnostics: &mut Vec<Diagnostic>) -> Vec<ListItem<String>> {
    let mut aliases = Vec::new();
    for item in &document.front.aliases {
        match address::alias(&item.value) {
            Ok(address) => {
                aliases.push(ListItem { value: address.as_str().to_string(), index: item.index });
            }
            Err(why) => {
                let place = document.place_of(item.of("aliases"));
                diagnostics.push(messages::alias_wrong(place, &item.value, &why));
            }
        }
    }
    aliases
}
