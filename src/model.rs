//! The model: documents become a site. Names turn into ids, stories are grouped and
//! ordered, everything gets its slug. Pure; nothing here knows of HTML or of the disk.

pub mod calendar;
mod collected;
pub mod coverage;
pub mod directory;
pub mod entity;
pub mod film;
pub mod group;
pub mod honours;
pub mod kinds;
pub mod link;
pub mod menu;
pub mod messages;
pub mod naming;
pub mod picture;
pub mod selection;
pub mod story;
pub mod tasks;
pub mod vocabulary;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use time::UtcOffset;

use crate::base::content::Carried;
use crate::base::map::{Map, Set};
use crate::diagnostic::Outcome;
use crate::film::FilmHeader;
use crate::load::Sources;
use crate::parse::front_matter::Purpose;
use crate::parse::{Document, Documents};
use crate::settings::Settings;
use crate::source::{Place, SourcePath};
use crate::theme::ThemeOption;
use crate::value::kind::Kind;
use crate::value::moment::Moment;
use crate::value::{address, pinyin};
use crate::yaml::Yaml;
use crate::yaml::fields::ListItem;
use directory::Directory;
use entity::{Entity, EntityId, KindId};
use link::Owner;
use naming::{Builder, Collections};
use story::{Page, Story};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The index in the site's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A story, by its place in [`Site::stories`].
    StoryId,
    /// A page, by its place in [`Site::pages`].
    PageId
}

/// What to take into the site, and when it is.
#[derive(Clone, Copy, Debug)]
pub struct Edition {
    /// The time against which `publish_at` and `expire_at` count.
    pub now: Moment,
    /// Are drafts in?
    pub drafts: bool,
    /// Are files called so that every validator of bags reads their names?
    pub for_bag: bool,
    /// The time zone of the site.
    pub zone: UtcOffset,
    /// Is what a story lacks made up for, so that it can be shown all the same?
    pub preview: bool,
}

/// A campaign, ready to be planned.
#[derive(Debug)]
pub struct Site {
    /// Its settings.
    pub settings: Settings,
    /// What was taken into it.
    pub edition: Edition,
    /// Its entities: of each kind, in the order of kinds, a list in its own order.
    pub entities: Vec<Vec<Entity>>,
    /// The people of `people.yaml`, also those without a story.
    pub people: Vec<Entity>,
    /// The files that list them, by kind.
    lists: Vec<Option<Arc<Yaml>>>,
    /// The slugs of entities that only stories name which are not published yet, or no longer.
    pub waiting: Vec<(KindId, String)>,
    /// The stories, newest first; on one day by path.
    pub stories: Vec<Story>,
    /// The stories of each kind that is listed as such, by kind, in listed order.
    pub listed: [Vec<StoryId>; Kind::ALL.len()],
    /// The pages, by slug.
    pub pages: Vec<Page>,
    /// Pictures, attachments and static files of the project.
    pub files: BTreeMap<SourcePath, Carried>,
    /// Files beside stories and pages under a name that is not published.
    pub hidden: BTreeSet<SourcePath>,
    /// What those of them are that are pictures, and the copies of them.
    pub pictures: picture::Pictures,
    /// What those of them are that are films or sound.
    pub films: BTreeMap<SourcePath, FilmHeader>,
    /// The options of the theme, with what the site chose.
    pub options: Vec<ThemeOption>,
    /// Is something missing because a list or a story could not be read? Then what leads there,
    /// or counts it, is not wrong.
    pub is_incomplete: bool,
    /// What each Markdown file has become.
    pub outcomes: Map<SourcePath, Fate>,
    /// Stories and pages that are no part of this edition. Those that lack what an address
    /// needs are kept so that their other mistakes are found in the same run; all of them,
    /// so that their files are not taken for unused.
    pub aside: Vec<Arc<Document>>,
    /// Folders that belong to one story or page (`NAME/index.md`), and to which.
    pub bundles: Map<String, Owner>,
    /// Its files by other names than their own, once somebody has asked.
    directory: OnceLock<Directory>,
    decomposed: OnceLock<Map<String, SourcePath>>,
    /// The honour roll, once somebody has asked.
    roll: OnceLock<honours::Roll>,
    /// Names that several people have, once somebody has asked.
    namesakes: OnceLock<Set<String>>,
}

/// What a Markdown file has become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A story.
    Story(StoryId),
    /// A page.
    Page(PageId),
    /// It is a draft, and drafts are not in this edition.
    Draft,
    /// It is not published yet, or no longer.
    Withheld,
    /// It has mistakes, and is complained of elsewhere.
    Broken,
}

/// Makes the site. `sources` gives the vocabularies and files; its texts have become
/// `documents`.
pub fn model(
    settings: Settings,
    sources: Sources,
    documents: Documents,
    edition: Edition,
) -> Outcome<Site> {
    let mut diagnostics = Vec::new();
    let known = Collections::listed(&sources.vocabularies).collect_into(&mut diagnostics);
    let mut builder = Builder {
        known,
        outcomes: documents.broken.into_iter().map(|path| (path, Fate::Broken)).collect(),
        aside: Vec::new(),
        diagnostics,
        edition,
    };
    let mut admitted = builder.admit(documents.stories, Purpose::Story);
    admitted.sort_by_cached_key(|document| {
        (Reverse(naming::day_of(document, edition)), document.source.path.clone())
    });
    let stories = builder.stories(&admitted);
    builder.outcomes.reserve(stories.len());
    for (i, story) in stories.iter().enumerate() {
        let path = story.document.source.path.clone();
        builder.outcomes.insert(path, Fate::Story(StoryId(i as u32)));
    }
    let pages = builder.pages(documents.pages, &settings);
    #[expect(clippy::disallowed_methods, reason = "any of them")]
    let has_broken = builder.outcomes.values().any(|fate| *fate == Fate::Broken);
    let is_incomplete = has_broken || builder.known.are_incomplete();
    let waiting = builder.known.waiting();
    let people = builder.known.take_people();
    let (entities, lists) = builder.known.into_entities();
    let site = Site {
        is_incomplete,
        settings,
        edition,
        waiting,
        entities,
        people,
        lists,
        stories,
        listed: Default::default(),
        pages,
        files: sources.files,
        hidden: sources.hidden,
        pictures: picture::Pictures::default(),
        films: BTreeMap::new(),
        options: Vec::new(),
        outcomes: builder.outcomes,
        aside: builder.aside,
        bundles: Map::default(),
        directory: OnceLock::new(),
        decomposed: OnceLock::new(),
        roll: OnceLock::new(),
        namesakes: OnceLock::new(),
    };
    Outcome { value: group::group(site), diagnostics: builder.diagnostics }
}

/// The words that may name an entry of each list that the campaign has, by the kind's name for
/// several of them.
pub fn listed_words(sources: &Sources) -> Outcome<Vec<(&'static str, Vec<String>)>> {
    let Outcome { value: known, diagnostics } = Collections::listed(&sources.vocabularies);
    let lists = known.closed().map(|(kind, entities)| {
        let words = entities.iter().flat_map(|entity| vocabulary::words(kind, entity));
        (kind.kind().many, words.map(str::to_string).collect())
    });
    Outcome { value: lists.collect(), diagnostics }
}

/// The slug that was given, else the file's name, or the folder's for `NAME/index.md`.
pub fn slug_of(document: &Document) -> String {
    if let Some(slug) = &document.front.slug {
        return slug.clone();
    }
    slug_of_file(&document.source.path)
}

/// The slug of a story or page that gives itself none.
pub fn slug_of_file(path: &SourcePath) -> String {
    let name = match path.stem() {
        "index" if is_bundle(path) => path.folder().rsplit('/').next().unwrap_or("index"),
        stem => stem,
    };
    pinyin::slug(name)
}

/// Is this `NAME/index.md`, a story with a folder of its own?
pub fn is_bundle(path: &SourcePath) -> bool {
    path.stem() == "index" && !matches!(path.folder(), "content/stories" | "content/pages")
}

impl Site {
    /// What is no part of this edition because of this.
    pub fn aside_as(&self, fate: Fate) -> impl Iterator<Item = &Document> {
        let documents = self.aside.iter().map(|document| &**document);
        documents.filter(move |document| self.outcomes.get(&document.source.path) == Some(&fate))
    }

    /// A story's address.
    pub fn story_address(&self, id: StoryId) -> address::Address {
        let story = &self.stories[id.index()];
        address::Address::page(&["stories", &story.date.date()[..4], &story.slug])
    }

    /// A page's address.
    pub fn page_address(&self, id: PageId) -> address::Address {
        address::Address::page(&[&self.pages[id.index()].slug])
    }

    /// The entities of a kind, in their order.
    pub fn all(&self, kind: KindId) -> &[Entity] {
        &self.entities[kind.index()]
    }

    /// The ids of the entities of a kind, in their order.
    pub fn ids(&self, kind: KindId) -> impl ExactSizeIterator<Item = EntityId> + use<> {
        (0..self.all(kind).len()).map(move |index| EntityId::new(kind, index))
    }

    /// The entity at an id.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.kind.index()][id.index()]
    }

    /// The place of the value of a key of an entity's entry; of the entry if it does not have the
    /// key, and of the file if it has no entry.
    pub fn place_in_list(&self, id: EntityId, key: &str) -> Place {
        let file = self.lists[id.kind.index()].as_deref();
        naming::place_in_list(file, id.kind, self.entity(id).item, key, None)
    }

    /// The place of a name among those of a key of an entity's entry.
    pub fn place_of_name(&self, id: EntityId, key: &str, name: &str) -> Place {
        let file = self.lists[id.kind.index()].as_deref();
        naming::place_in_list(file, id.kind, self.entity(id).item, key, Some(name))
    }

    /// The place where a story names an entity, in one of the lists of these keys; of the first key
    /// if none of them has it.
    pub fn place_in_story<const N: usize>(
        &self,
        story: &Story,
        id: EntityId,
        lists: [(&'static str, &[ListItem<String>]); N],
    ) -> Place {
        let is_it = |item: &&ListItem<String>| self.entity(id).is_called(&item.value);
        let found = lists.iter().find_map(|(key, names)| Some(names.iter().find(is_it)?.of(key)));
        match found {
            Some(at) => story.document.place_of(at),
            None => story.document.place_of(lists[0].0),
        }
    }

    /// Has each entity of a kind a feed?
    pub fn has_feeds(&self, kind: KindId) -> bool {
        let kind = kind.kind();
        kind.index != entity::IndexPages::None
            && (kind.feed || self.settings.wants_feeds_of(kind.many))
    }

    /// The honour roll.
    pub fn roll(&self) -> &honours::Roll {
        self.roll.get_or_init(|| honours::Roll::of(self))
    }

    /// The day of the edition, as its zone has it.
    pub fn today(&self) -> Moment {
        self.edition.now.in_zone(self.edition.zone)
    }

    /// An entity's address: `/carriers/SLUG/`.
    pub fn entity_address(&self, id: EntityId) -> address::Address {
        address::Address::page(&[id.kind.kind().folder, &self.entity(id).slug])
    }

    /// What the page of an entity is called: its name, and after that of a person who has a
    /// namesake the unit.
    pub fn page_title(&self, id: EntityId) -> Cow<'_, str> {
        let entity = self.entity(id);
        let unit = entity.belongs_to.filter(|_| id.kind == kinds::MEMBERS);
        let namesakes = self.namesakes.get_or_init(|| {
            let mut seen = Set::default();
            let names = self.all(kinds::MEMBERS).iter().map(|person| &person.name);
            names.filter(|name| !seen.insert(*name)).cloned().collect()
        });
        match unit.filter(|_| namesakes.contains(&entity.name)) {
            Some(unit) => format!("{}（{}）", entity.name, self.entity(unit).name).into(),
            None => entity.name.as_str().into(),
        }
    }

    /// Is a story only there for a preview: a draft, or not due yet?
    pub fn is_preview(&self, story: &Story) -> bool {
        let front = &story.document.front;
        front.draft || front.publish_at.is_some_and(|at| at > self.edition.now)
    }

    /// The people whom a story is about, in its order: the name of each, as the person's own page
    /// has it, and who that is; `None` if the person has no page.
    pub fn people_of<'s>(&'s self, story: &'s Story) -> Vec<(&'s str, Option<EntityId>)> {
        let mut rest = story.all(kinds::MEMBERS).to_vec();
        let of = |name: &'s str| {
            let is_it = |id: &EntityId| self.entity(*id).is_called(name);
            match rest.iter().position(is_it).map(|at| rest.remove(at)) {
                Some(id) => (self.entity(id).name.as_str(), Some(id)),
                None => (name, None),
            }
        };
        story.document.front.people().map(of).collect()
    }

    /// Has a story a correction?
    pub fn has_corrections(&self) -> bool {
        self.stories.iter().any(|story| story.document.front.correction.is_some())
    }

    /// The stories with a correction, the latest correction first.
    pub fn corrected(&self) -> Vec<StoryId> {
        let all = (0..self.stories.len() as u32).map(StoryId);
        let corrected = |id: &StoryId| self.story(*id).document.front.correction.is_some();
        let mut corrected: Vec<StoryId> = all.filter(corrected).collect();
        // Stable: of one day the newest story is the first.
        corrected.sort_by_key(|id| Reverse(self.story(*id).updated()));
        corrected
    }

    /// The story at an id.
    pub fn story(&self, id: StoryId) -> &Story {
        &self.stories[id.index()]
    }
}
