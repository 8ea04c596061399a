//! The model: documents become a site. Names turn into ids, stories are grouped and
//! ordered, everything gets its slug. Pure; nothing here knows of HTML or of the disk.

pub mod address;
pub mod focal_point;
pub mod group;
pub mod link;
pub mod moment;
pub mod pinyin;
mod resolve;
pub mod selection;
pub mod story;
pub mod unit;
mod vocabulary;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Outcome;
use crate::load::Sources;
use crate::map::Map;
use crate::parse::Document;
use crate::parse::front_matter::Purpose;
use crate::schema::Names;
use crate::settings::Settings;
use crate::source::{Carried, SourcePath};
use focal_point::FocalPoint;
use link::Owner;
use moment::Moment;
use resolve::{Builder, Listed};
use story::{Page, Story};
use unit::{Branch, Carrier, Person, Region, Unit};

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
    pub outcomes: Map<SourcePath, Fate>,
    /// Stories and pages that are no part of this edition. Those that lack what an address
    /// needs are kept so that their other mistakes are found in the same run; all of them,
    /// so that their files are not taken for unused.
    pub aside: Vec<Arc<Document>>,
    /// Folders that belong to one story or page (`NAME/index.md`), and to which.
    pub bundles: Map<String, Owner>,
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
    pub stories: Vec<Arc<Document>>,
    /// Pages that could be read.
    pub pages: Vec<Arc<Document>>,
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
    let focal_list = focal_points.iter().map(|point| point.short_name.as_str());
    let focal_list = focal_list.collect::<Vec<_>>().join("、");
    let listed_units = sources.units.as_ref().map(vocabulary::units);
    let listed_carriers = sources.carriers.as_ref().map(vocabulary::carriers);
    let mut builder = Builder {
        focal_list,
        focal_names,
        units: Listed::new(listed_units.map(|listed| listed.collect_into(&mut diagnostics))),
        carriers: Listed::new(listed_carriers.map(|listed| listed.collect_into(&mut diagnostics))),
        outcomes: documents.broken.into_iter().map(|path| (path, Fate::Broken)).collect(),
        aside: Vec::new(),
        diagnostics,
        edition,
    };
    let mut drafts = builder.admit(documents.stories, Purpose::Story);
    drafts.sort_by_cached_key(|document| {
        (Reverse(document.front.date), document.source.path.clone())
    });
    let (people, regions) = builder.name_all(&drafts);
    let stories = builder.stories(&drafts, &people, &regions);
    let stories = stories.collect_into(&mut builder.diagnostics);
    builder.outcomes.reserve(stories.len());
    for (i, story) in stories.iter().enumerate() {
        let path = story.document.source.path.clone();
        builder.outcomes.insert(path, Fate::Story(StoryId(i as u32)));
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
        aside: builder.aside,
        bundles: Map::default(),
    };
    Outcome { value: group::group(site), diagnostics: builder.diagnostics }
}

/// The words that may name an entry of each list that the campaign has, in the order of the
/// list.
pub fn listed_words(sources: &Sources) -> Outcome<Vec<(Names, Vec<String>)>> {
    let mut diagnostics = Vec::new();
    let mut lists = Vec::new();
    let (points, _) =
        vocabulary::focal_points(sources.focal_points.as_ref()).collect_into(&mut diagnostics);
    let words = points.iter().flat_map(|point| point.words().map(str::to_string));
    lists.push((Names::FocalPoints, words.collect()));
    let words = |name: &String, aliases: &[String]| [std::slice::from_ref(name), aliases].concat();
    if let Some(source) = &sources.units {
        let (units, _) = vocabulary::units(source).collect_into(&mut diagnostics);
        let words = units.iter().flat_map(|unit| words(&unit.name, &unit.aliases));
        lists.push((Names::Units, words.collect()));
    }
    if let Some(source) = &sources.carriers {
        let (carriers, _) = vocabulary::carriers(source).collect_into(&mut diagnostics);
        let words = carriers.iter().flat_map(|carrier| words(&carrier.name, &carrier.aliases));
        lists.push((Names::Carriers, words.collect()));
    }
    Outcome { value: lists, diagnostics }
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
        address::Address::page(&["stories", &story.date.date()[..4], &story.slug])
    }

    /// A page's address.
    pub fn page_address(&self, id: PageId) -> address::Address {
        address::Address::page(&[&self.pages[id.index()].slug])
    }

    /// A branch's address.
    pub fn branch_address(&self, branch: &Branch) -> address::Address {
        address::Address::page(&["branches", &self.units[branch.unit.index()].slug])
    }

    /// Is a story only there for a preview: a draft, or not due yet?
    pub fn is_preview(&self, story: &Story) -> bool {
        let front = &story.document.front;
        front.draft || front.publish_at.is_some_and(|at| at > self.edition.now)
    }

    /// The story at an id.
    pub fn story(&self, id: StoryId) -> &Story {
        &self.stories[id.index()]
    }
}
