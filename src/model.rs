//! The model: documents become a site. Names turn into ids, stories are grouped and
//! ordered, everything gets its slug. Pure; nothing here knows of HTML or of the disk.

pub mod address;
pub mod focal_point;
pub mod group;
pub mod link;
pub mod moment;
pub mod pinyin;
pub mod story;
pub mod unit;
mod vocabulary;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Outcome, catalogue};
use crate::load::Sources;
use crate::parse::Document;
use crate::parse::fields::Given;
use crate::parse::front_matter::Purpose;
use crate::settings::Settings;
use crate::source::{Carried, SourcePath};
use focal_point::FocalPoint;
use link::Owner;
use moment::Moment;
use story::{Kind, Page, Story};
use unit::{Branch, Carrier, Person, Region, Unit};
use vocabulary::{Names, numbered};

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
    PageId,
    /// A focal point.
    FocalPointId,
    /// A unit.
    UnitId,
    /// A person.
    PersonId,
    /// A carrier.
    CarrierId,
    /// A region.
    RegionId
}

/// What to take into the site, and when it is.
#[derive(Clone, Copy, Debug)]
pub struct Edition {
    /// The time against which `publish_at` and `expire_at` count.
    pub now: Moment,
    /// Are drafts in?
    pub drafts: bool,
}

/// A campaign, ready to be planned.
#[derive(Debug)]
pub struct Site {
    /// Its settings.
    pub settings: Settings,
    /// What was taken into it.
    pub edition: Edition,
    /// Its focal points, in their order.
    pub focal_points: Vec<FocalPoint>,
    /// All units that are listed or named: official order, else by name.
    pub units: Vec<Unit>,
    /// The model branches, in the order of units.
    pub branches: Vec<Branch>,
    /// The exemplary members, by surname.
    pub people: Vec<Person>,
    /// The carriers: as listed, else by name.
    pub carriers: Vec<Carrier>,
    /// The regions, by name.
    pub regions: Vec<Region>,
    /// The stories, newest first; on one day by path.
    pub stories: Vec<Story>,
    /// News, in listed order.
    pub news: Vec<StoryId>,
    /// The pages, by slug.
    pub pages: Vec<Page>,
    /// Pictures, attachments and static files of the project.
    pub files: BTreeMap<SourcePath, Carried>,
    /// What each Markdown file has become.
    pub outcomes: HashMap<SourcePath, Fate>,
    /// Stories and pages that lack what an address needs. They are no part of the site;
    /// they are kept so that their other mistakes are found in the same run.
    pub broken: Vec<Document>,
    /// Folders that belong to one story or page (`NAME/index.md`), and to which.
    pub bundles: HashMap<String, Owner>,
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

/// Documents, and the files that could not be read.
#[derive(Debug, Default)]
pub struct Documents {
    /// Stories that could be read.
    pub stories: Vec<Document>,
    /// Pages that could be read.
    pub pages: Vec<Document>,
    /// Files that could not.
    pub broken: Vec<SourcePath>,
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
    let (focal_points, focal_names) =
        vocabulary::focal_points(sources.focal_points.as_ref()).collect_into(&mut diagnostics);
    let listed_units = sources.units.as_ref().map(vocabulary::units);
    let listed_carriers = sources.carriers.as_ref().map(vocabulary::carriers);
    let mut builder = Builder {
        focal_names,
        units: Listed::new(listed_units.map(|listed| listed.collect_into(&mut diagnostics))),
        carriers: Listed::new(listed_carriers.map(|listed| listed.collect_into(&mut diagnostics))),
        outcomes: documents.broken.into_iter().map(|path| (path, Fate::Broken)).collect(),
        broken: Vec::new(),
        diagnostics,
        edition,
    };
    let mut drafts = builder.admit(documents.stories, Purpose::Story);
    drafts.sort_by(|a, b| {
        let date = |document: &Document| document.front.date;
        date(b).cmp(&date(a)).then_with(|| a.source.path.cmp(&b.source.path))
    });
    builder.name_units(&drafts);
    builder.name_carriers(&drafts);
    let regions = name_regions(&drafts);
    let people = builder.name_people(&drafts);
    let mut stories: Vec<Story> = Vec::with_capacity(drafts.len());
    for document in drafts {
        if let Some(story) = builder.story(document, &people, &regions) {
            let id = StoryId(stories.len() as u32);
            builder.outcomes.insert(story.document.source.path.clone(), Fate::Story(id));
            stories.push(story);
        }
    }
    let pages = builder.pages(documents.pages);
    let site = Site {
        settings,
        edition,
        focal_points,
        units: builder.units.entries,
        branches: Vec::new(),
        people: people.people,
        carriers: builder.carriers.entries,
        regions: regions.regions,
        stories,
        news: Vec::new(),
        pages,
        files: sources.files,
        outcomes: builder.outcomes,
        broken: builder.broken,
        bundles: HashMap::new(),
    };
    Outcome { value: group::group(site), diagnostics: builder.diagnostics }
}

/// The entries of a vocabulary file, or those that stories name where there is no file.
struct Listed<T> {
    entries: Vec<T>,
    names: Names,
    /// Is there a file, so that names must be in it?
    closed: bool,
}

impl<T> Listed<T> {
    fn new(listed: Option<(Vec<T>, Names)>) -> Self {
        match listed {
            Some((entries, names)) => Self { entries, names, closed: true },
            None => Self { entries: Vec::new(), names: Names::default(), closed: false },
        }
    }

    /// Takes in names from stories, oldest story first so that an address, once given,
    /// stays when a later namesake comes; then orders the entries by name.
    fn name_all<'a>(
        &mut self,
        names: impl Iterator<Item = &'a str>,
        make: impl Fn(&str, String) -> T,
        name_of: impl Fn(&T) -> &str,
    ) {
        if self.closed {
            return;
        }
        let mut slugs = HashSet::new();
        let mut seen = HashSet::new();
        for name in names {
            if seen.insert(name) {
                let slug = numbered(&pinyin::slug(name), |slug| slugs.contains(slug));
                slugs.insert(slug.clone());
                self.entries.push(make(name, slug));
            }
        }
        self.entries.sort_by_cached_key(|entry| pinyin::sort_key(name_of(entry)));
        for (i, entry) in self.entries.iter().enumerate() {
            self.names.add(name_of(entry), i as u32);
        }
    }
}

struct Regions {
    regions: Vec<Region>,
    names: Names,
}

fn name_regions(drafts: &[Document]) -> Regions {
    let mut listed: Listed<Region> = Listed::new(None);
    listed.name_all(
        drafts.iter().rev().filter_map(|document| document.front.region.as_deref()),
        |name, slug| Region { name: name.into(), slug, stories: Vec::new() },
        |region| &region.name,
    );
    Regions { regions: listed.entries, names: listed.names }
}

struct People {
    people: Vec<Person>,
    by_name: HashMap<String, Vec<PersonId>>,
}

impl People {
    /// The person of this name in this unit; without a unit, the only one of that name.
    fn find(&self, name: &str, unit: Option<UnitId>) -> Option<PersonId> {
        let namesakes = self.by_name.get(name)?;
        match unit {
            Some(unit) => namesakes.iter().copied().find(|id| self.people[id.index()].unit == unit),
            None => (namesakes.len() == 1).then(|| namesakes[0]),
        }
    }
}

struct Builder {
    focal_names: Names,
    units: Listed<Unit>,
    carriers: Listed<Carrier>,
    outcomes: HashMap<SourcePath, Fate>,
    broken: Vec<Document>,
    diagnostics: Vec<Diagnostic>,
    edition: Edition,
}

impl Builder {
    /// Leaves out what is not in this edition, and what lacks what an address needs.
    fn admit(&mut self, documents: Vec<Document>, purpose: Purpose) -> Vec<Document> {
        let mut admitted = Vec::with_capacity(documents.len());
        for document in documents {
            let front = &document.front;
            let undated = front.date.is_none() || front.kind.is_none();
            let fate = if front.draft && !self.edition.drafts {
                Fate::Draft
            } else if self.is_withheld(&document) {
                Fate::Withheld
            } else if front.title.is_empty() || (purpose == Purpose::Story && undated) {
                Fate::Broken
            } else {
                admitted.push(document);
                continue;
            };
            self.check_names(&document);
            self.outcomes.insert(document.source.path.clone(), fate);
            if fate == Fate::Broken {
                self.broken.push(document);
            }
        }
        admitted
    }

    fn is_withheld(&self, document: &Document) -> bool {
        let front = &document.front;
        let drafts = self.edition.drafts;
        front.publish_at.is_some_and(|at| at > self.edition.now && !drafts)
            || front.expire_at.is_some_and(|at| at.end() <= self.edition.now)
    }

    /// A draft's names are checked like any other's: its mistakes are better known now.
    fn check_names(&mut self, document: &Document) {
        self.resolve_focal_points(document);
        if self.units.closed {
            self.resolve_unit(document);
        }
        if self.carriers.closed {
            self.resolve_carriers(document);
        }
        self.read_aliases(document);
    }

    fn name_units(&mut self, drafts: &[Document]) {
        self.units.name_all(
            drafts
                .iter()
                .rev()
                .filter_map(|document| Some(document.front.unit.as_ref()?.value.as_str())),
            |name, slug| Unit { name: name.into(), slug, ..Unit::default() },
            |unit| &unit.name,
        );
    }

    fn name_carriers(&mut self, drafts: &[Document]) {
        self.carriers.name_all(
            drafts.iter().rev().flat_map(|document| {
                document.front.carriers.iter().map(|given| given.value.as_str())
            }),
            |name, slug| Carrier { name: name.into(), slug, ..Carrier::default() },
            |carrier| &carrier.name,
        );
    }

    /// The exemplary members: a name in a unit that has a story of kind `member`.
    fn name_people(&self, drafts: &[Document]) -> People {
        let mut people: Vec<Person> = Vec::new();
        let mut seen = HashSet::new();
        let mut slugs = HashSet::new();
        for document in drafts.iter().rev() {
            let front = &document.front;
            let (Some(Kind::Member), Some(name)) = (front.kind, &front.name) else { continue };
            let unit = front.unit.as_ref().and_then(|given| self.units.names.find(&given.value));
            let Some(unit) = unit.map(UnitId) else { continue };
            if seen.insert((name.clone(), unit)) {
                let slug = numbered(&pinyin::name_slug(name), |slug| slugs.contains(slug));
                slugs.insert(slug.clone());
                people.push(Person { name: name.clone(), slug, unit, stories: Vec::new() });
            }
        }
        people.sort_by_cached_key(|person| (pinyin::name_key(&person.name), person.unit));
        let mut by_name: HashMap<String, Vec<PersonId>> = HashMap::new();
        for (i, person) in people.iter().enumerate() {
            by_name.entry(person.name.clone()).or_default().push(PersonId(i as u32));
        }
        People { people, by_name }
    }

    fn story(&mut self, document: Document, people: &People, regions: &Regions) -> Option<Story> {
        let focal_points = self.resolve_focal_points(&document);
        let unit = self.resolve_unit(&document);
        let carriers = self.resolve_carriers(&document);
        let aliases = self.read_aliases(&document);
        let front = &document.front;
        let person = front.name.as_ref().and_then(|name| people.find(name, unit));
        let region = front.region.as_ref().and_then(|name| regions.names.find(name)).map(RegionId);
        Some(Story {
            slug: slug_of(&document),
            date: front.date?,
            kind: front.kind?,
            focal_points,
            unit,
            person,
            carriers,
            region,
            aliases,
            document,
        })
    }

    fn resolve_focal_points(&mut self, document: &Document) -> Vec<FocalPointId> {
        let mut ids = Vec::new();
        for given in &document.front.focal_points {
            match self.focal_names.find(&given.value).map(FocalPointId) {
                Some(id) if ids.contains(&id) => {
                    let place = document.place_of(given.at);
                    self.diagnostics.push(catalogue::focal_point_twice(place, &given.value));
                }
                Some(id) => ids.push(id),
                None => {
                    let near = self.focal_names.nearest(&given.value);
                    let place = document.place_of(given.at);
                    self.diagnostics.push(catalogue::focal_point_unknown(
                        place,
                        &given.value,
                        near,
                    ));
                }
            }
        }
        ids.truncate(3);
        ids
    }

    fn resolve_unit(&mut self, document: &Document) -> Option<UnitId> {
        let given = document.front.unit.as_ref()?;
        let found = self.units.names.find(&given.value);
        if found.is_none() {
            let near = self.units.names.nearest(&given.value);
            let place = document.place_of(given.at);
            self.diagnostics.push(catalogue::unit_unknown(place, &given.value, near));
        }
        found.map(UnitId)
    }

    fn resolve_carriers(&mut self, document: &Document) -> Vec<CarrierId> {
        let mut ids = Vec::new();
        for given in &document.front.carriers {
            match self.carriers.names.find(&given.value).map(CarrierId) {
                Some(id) if !ids.contains(&id) => ids.push(id),
                Some(_) => {}
                None => {
                    let near = self.carriers.names.nearest(&given.value);
                    let place = document.place_of(given.at);
                    self.diagnostics.push(catalogue::carrier_unknown(place, &given.value, near));
                }
            }
        }
        ids
    }

    fn read_aliases(&mut self, document: &Document) -> Vec<Given<String>> {
        let mut aliases = Vec::new();
        for Given { value, at } in &document.front.aliases {
            match address::alias(value) {
                Ok(address) => {
                    aliases.push(Given { value: address.as_str().to_string(), at: *at });
                }
                Err(why) => {
                    let place = document.place_of(*at);
                    self.diagnostics.push(catalogue::alias_wrong(place, value, &why));
                }
            }
        }
        aliases
    }

    fn pages(&mut self, documents: Vec<Document>) -> Vec<Page> {
        let mut pages = Vec::new();
        for document in self.admit(documents, Purpose::Page) {
            let aliases = self.read_aliases(&document);
            pages.push(Page { slug: slug_of(&document), aliases, document });
        }
        pages.sort_by(|a, b| {
            (&a.slug, &a.document.source.path).cmp(&(&b.slug, &b.document.source.path))
        });
        for (i, page) in pages.iter().enumerate() {
            let path = page.document.source.path.clone();
            self.outcomes.insert(path, Fate::Page(PageId(i as u32)));
        }
        pages
    }
}

/// The slug that was given, else the file's name, or the folder's for `NAME/index.md`.
fn slug_of(document: &Document) -> String {
    if let Some(slug) = &document.front.slug {
        return slug.clone();
    }
    let path = &document.source.path;
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
    /// A story's address.
    pub fn story_address(&self, id: StoryId) -> address::Address {
        let story = &self.stories[id.index()];
        address::Address::page(&["stories", &format!("{:04}", story.date.year()), &story.slug])
    }

    /// A page's address.
    pub fn page_address(&self, id: PageId) -> address::Address {
        address::Address::page(&[&self.pages[id.index()].slug])
    }

    /// A branch's address.
    pub fn branch_address(&self, branch: &Branch) -> address::Address {
        address::Address::page(&["branches", &self.units[branch.unit.index()].slug])
    }

    /// The story at an id.
    pub fn story(&self, id: StoryId) -> &Story {
        &self.stories[id.index()]
    }
}
