//! Entities: what stories are about, belong to or are grouped by, each with a page of its
//! own. Every kind of entity is a declaration, [`EntityKind`], in `model::kinds`; naming,
//! grouping, addresses, listings, menus and facets follow from it.

use super::StoryId;
use super::naming::Collections;
use super::vocabulary::Names;
use crate::base::name;
use crate::diagnostic::Outcome;
use crate::parse::front_matter::FrontMatter;
use crate::source::{Place, Source};
use crate::value::address::Address;
use crate::value::moment::Moment;
use crate::yaml::Node;
use crate::yaml::fields::ListItem;
use crate::yaml::places::At;

/// A kind of entity, by its place in [`KINDS`](super::kinds::KINDS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(pub u8);

/// An entity: its kind, and its place among those of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId {
    /// Its kind.
    pub kind: KindId,
    number: u32,
}

impl EntityId {
    /// The entity at place `index` of its kind.
    pub fn new(kind: KindId, index: usize) -> Self {
        // A campaign has no four billion of anything.
        Self { kind, number: index as u32 }
    }

    /// Its place among those of its kind.
    pub fn index(self) -> usize {
        self.number as usize
    }
}

/// A unit, a carrier, a member …: something with a name, an address and stories.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entity {
    /// Its name.
    pub name: String,
    /// The last part of its address.
    pub slug: String,
    /// Other names under which stories may give it.
    pub aliases: Vec<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// The values of the keys that only its kind has, by key.
    pub texts: Vec<(&'static str, String)>,
    /// Those that are dates, by key.
    pub dates: Vec<(&'static str, Moment)>,
    /// The entities that its entry names, but for its parent.
    pub ties: Vec<Tie>,
    /// Which item of its list it is; `None` if no list has it.
    pub item: Option<usize>,
    /// Slugs that it had, whose addresses lead here.
    pub old_slugs: Vec<String>,
    /// What its author wants to give to templates.
    pub extra: Option<Node>,
    /// What it belongs to: the unit above it, the unit of a person.
    pub belongs_to: Option<EntityId>,
    /// Other units of a person.
    pub also_of: Vec<EntityId>,
    /// Has its author given it its slug? Else that depends on what else there is.
    pub has_own_slug: bool,
    /// A picture of a person.
    pub portrait: Option<Portrait>,
    /// The people upon whom an honour was conferred.
    pub people: Vec<Recipient>,
    /// Its stories, in listed order.
    pub stories: Vec<StoryId>,
}

impl Entity {
    /// An entity that is known by its name alone.
    pub fn named(name: &str, slug: String) -> Self {
        Self { name: name.into(), slug, ..Self::default() }
    }

    /// The value of a key that only its kind has.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.texts.iter().find(|(known, _)| *known == key).map(|(_, text)| text.as_str())
    }

    /// The texts of a key that only its kind has.
    pub fn texts(&self, key: &str) -> impl Iterator<Item = &str> {
        self.texts.iter().filter(move |(known, _)| *known == key).map(|(_, text)| text.as_str())
    }

    /// The date of a key that only its kind has.
    pub fn date(&self, key: &str) -> Option<Moment> {
        self.dates.iter().find(|(known, _)| *known == key).map(|&(_, date)| date)
    }

    /// The entities that its entry names under a key.
    pub fn tied(&self, key: &str) -> impl Iterator<Item = EntityId> {
        self.ties.iter().filter(move |tie| tie.key == key).filter_map(|tie| tie.to)
    }

    /// Where a day stands to the time from `from` to `to`; `None` if it says neither.
    pub fn phase(&self, day: Moment) -> Option<Phase> {
        let (from, to) = (self.date("from"), self.date("to"));
        from.or(to)?;
        Some(match day.calendar_day() {
            day if from.is_some_and(|from| day < from.calendar_day()) => Phase::Coming,
            day if to.is_some_and(|to| day > to.calendar_day()) => Phase::Past,
            _ => Phase::Current,
        })
    }

    /// The name for menus and marks, which a focal point may have beside its full one.
    pub fn short_name(&self) -> &str {
        self.text("short_name").unwrap_or(&self.name)
    }

    /// What it belongs to, the main one first.
    pub fn all_above(&self) -> impl Iterator<Item = EntityId> {
        self.belongs_to.into_iter().chain(self.also_of.iter().copied())
    }

    /// Is it called so, however that is spelt?
    pub fn is_called(&self, name: &str) -> bool {
        self.words().any(|word| name::is_same(word, name))
    }

    /// Every word that names it, but for its slug.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let aliases = self.aliases.iter().map(String::as_str);
        [self.name.as_str()].into_iter().chain(self.text("short_name")).chain(aliases)
    }
}

/// An entity that the entry of another one names.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// The key that has the name.
    pub key: &'static str,
    /// The kind of what is named.
    pub kind: KindId,
    /// The name.
    pub name: String,
    /// What has that name; `None` if nothing has, which is complained of.
    pub to: Option<EntityId>,
}

/// Where a day stands to a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// In it.
    Current,
    /// Before it.
    Coming,
    /// After it.
    Past,
}

impl Phase {
    /// As templates know it.
    pub fn word(self) -> &'static str {
        match self {
            Phase::Current => "current",
            Phase::Coming => "coming",
            Phase::Past => "past",
        }
    }
}

/// A picture of a person, as a list names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// Its path below `content/static`.
    pub given: String,
    /// What it shows.
    pub alt: String,
    /// Where the list names it.
    pub place: Place,
}

/// A person upon whom an honour was conferred, as a list names the person.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipient {
    /// The name.
    pub name: String,
    /// The name of the unit.
    pub unit: Option<String>,
}

/// One declaration of a kind of entity.
#[derive(Debug)]
pub struct EntityKind {
    /// One of them: its template, its view and its facet are called so. `carrier`
    pub one: &'static str,
    /// Several of them: the template of its index and the theme's word. `carriers`
    pub many: &'static str,
    /// The first part of its addresses, and its section of the menu.
    pub folder: &'static str,
    /// What one is called in messages, in Chinese and in English.
    pub called: (&'static str, &'static str),
    /// The code of the complaint that there is none of a name.
    pub unknown: &'static str,
    /// Where the entries come from.
    pub entries: Entries,
    /// How stories name them; `None` if the stories of each are found in another way.
    pub named_by: Option<NamedBy>,
    /// Its index, at `/FOLDER/`.
    pub index: IndexPages,
    /// Has each of them a feed?
    pub feed: bool,
    /// Where the menu shows its index.
    pub menu: Menu,
    /// Can search results be narrowed by it?
    pub facet: bool,
    /// After so many days without a story `check` says so; `None` if it never does.
    pub stale_after_days: Option<i64>,
}

/// Where the entries of a kind come from.
#[derive(Debug)]
pub enum Entries {
    /// A vocabulary file, in its order.
    File {
        /// Its path in the project.
        path: &'static str,
        /// Reads it by the declaration of its entries. A kind whose entries may have a `parent`
        /// is a tree.
        read: ReadList,
        /// What there is without the file.
        otherwise: Otherwise,
    },
    /// What stories name, by name.
    Stories,
    /// Made from stories and from the kinds before this one.
    Derived(Derived),
}

/// Reads the file that lists entries of a kind, by the declaration of its entries, and the kinds
/// before this one.
pub type ReadList = fn(&Source, KindId, &Collections) -> Outcome<Listed>;

/// The entries of a kind whose file is not there.
#[derive(Debug)]
pub enum Otherwise {
    /// A list that the program has.
    BuiltIn(fn() -> Vec<Entity>),
    /// What stories name, by name.
    Stories,
    /// Nothing: what names one is a mistake.
    Nothing,
}

/// Entries that are made from stories and from the kinds before this one.
#[derive(Debug)]
pub struct Derived {
    /// A file that says more about some of them, and how it is read.
    pub file: Option<(&'static str, ReadList)>,
    /// The entries and the words that find them, from stories and from what the file says.
    pub list: fn(&[Namer<'_>], &Collections) -> Listed,
    /// The entries that a story belongs to, from its front matter and what it is linked to already.
    pub of: fn(&FrontMatter, &[EntityId], &Collections) -> Vec<EntityId>,
}

/// A story that names entities. Drafts, and stories that wait or have been taken off, are among
/// them: slugs are given in the order of all, the oldest first, so that time moves no address.
#[derive(Clone, Copy, Debug)]
pub struct Namer<'d> {
    /// Its names.
    pub front: &'d FrontMatter,
    /// Is it in this edition? Only such a story makes an entity.
    pub is_published: bool,
    /// Is it not there because of the time alone?
    pub is_withheld: bool,
}

/// Entities in their order, and the words that find them.
pub type Listed = (Vec<Entity>, Names);

/// How stories name entities of a kind.
#[derive(Debug)]
pub struct NamedBy {
    /// The key that has the names.
    pub key: &'static str,
    /// Its value.
    pub given: Given,
    /// The most that count.
    pub most: usize,
    /// Is it a mistake to name one twice?
    pub distinct: bool,
    /// Does its slug name an entity, too?
    pub by_slug: bool,
    /// The key of the unit's entry that counts if a story gives no name.
    pub of_unit: Option<&'static str>,
}

/// The value of a key that names entities.
#[derive(Debug)]
pub enum Given {
    /// A name.
    One(fn(&FrontMatter) -> Option<&str>),
    /// A list of names.
    List(fn(&FrontMatter) -> &[ListItem<String>]),
}

impl NamedBy {
    /// The names that a story gives; of a list each with its place in it.
    pub fn names<'f>(
        &self,
        front: &'f FrontMatter,
    ) -> impl Iterator<Item = (&'f str, Option<usize>)> + use<'f> {
        let (one, list) = match self.given {
            Given::One(name) => (name(front), &[][..]),
            Given::List(names) => (None, names(front)),
        };
        let list = list.iter().map(|item| (item.value.as_str(), Some(item.index as usize)));
        one.map(|name| (name, None)).into_iter().chain(list)
    }

    /// The way to a name.
    pub fn at(&self, item: Option<usize>) -> At<'static> {
        let key = At::key(self.key);
        match item {
            Some(item) => key.item(item),
            None => key,
        }
    }
}

/// The index of a kind.
#[derive(Debug, PartialEq, Eq)]
pub enum IndexPages {
    /// All of them on one page.
    Whole,
    /// In pages, as lists of stories are.
    Paged,
    /// There is none, and none of them has a page.
    None,
}

/// Where the menu shows a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Among the main sections.
    Main,
    /// Among the others.
    More,
}

impl EntityKind {
    /// The address of its index: `/carriers/`.
    pub fn address(&self) -> Address {
        Address::page(&[self.folder])
    }

    /// The file that lists its entries, if there may be one.
    pub fn file(&self) -> Option<&'static str> {
        match self.entries {
            Entries::File { path, .. } => Some(path),
            Entries::Derived(Derived { file, .. }) => file.map(|(path, _)| path),
            Entries::Stories => None,
        }
    }

    /// How that file is read.
    pub fn read(&self) -> Option<ReadList> {
        match self.entries {
            Entries::File { read, .. } => Some(read),
            Entries::Derived(Derived { file, .. }) => file.map(|(_, read)| read),
            Entries::Stories => None,
        }
    }
}
