//! Names become ids: what stories call units, people, carriers and regions is looked up,
//! or listed where no file lists it.

use std::sync::Arc;

use super::story::{Kind, Page, Story};
use super::unit::{Carrier, Person, Region, Unit};
use super::vocabulary::{Names, Slugs};
use super::{
    CarrierId, Edition, Fate, FocalPointId, PageId, PersonId, RegionId, UnitId, address, pinyin,
    slug_of,
};
use crate::diagnostic::{Diagnostic, Outcome, catalogue};
use crate::map::{Map, Set};
use crate::parallel;
use crate::parse::Document;
use crate::parse::fields::ListItem;
use crate::parse::front_matter::Purpose;
use crate::source::SourcePath;

/// The entries of a vocabulary file, or those that stories name where there is no file.
pub(super) struct Listed<T> {
    pub(super) entries: Vec<T>,
    names: Names,
    /// Is there a file, so that names must be in it?
    closed: bool,
}

impl<T> Listed<T> {
    pub(super) fn new(listed: Option<(Vec<T>, Names)>) -> Self {
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
        let mut slugs = Slugs::default();
        let mut seen = Set::default();
        let names: Vec<&str> = names.filter(|name| seen.insert(*name)).collect();
        let read = parallel::map(&names, |name| (pinyin::slug(name), pinyin::sort_key(name)));
        let named = names.into_iter().zip(read);
        let mut entries: Vec<(String, T)> =
            named.map(|(name, (slug, key))| (key, make(name, slugs.give(slug)))).collect();
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        self.entries = entries.into_iter().map(|(_, entry)| entry).collect();
        for (i, entry) in self.entries.iter().enumerate() {
            self.names.add(name_of(entry), i as u32);
        }
    }
}

pub(super) struct Regions {
    pub(super) regions: Vec<Region>,
    names: Names,
}

fn name_regions(drafts: &[Arc<Document>]) -> Regions {
    let mut listed: Listed<Region> = Listed::new(None);
    listed.name_all(
        drafts.iter().rev().filter_map(|document| document.front.region.as_deref()),
        |name, slug| Region { name: name.into(), slug, stories: Vec::new() },
        |region| &region.name,
    );
    Regions { regions: listed.entries, names: listed.names }
}

fn name_units(units: &mut Listed<Unit>, drafts: &[Arc<Document>]) {
    units.name_all(
        drafts.iter().rev().filter_map(|document| document.front.unit.as_deref()),
        |name, slug| Unit { name: name.into(), slug, ..Unit::default() },
        |unit| &unit.name,
    );
}

fn name_carriers(carriers: &mut Listed<Carrier>, drafts: &[Arc<Document>]) {
    carriers.name_all(
        drafts
            .iter()
            .rev()
            .flat_map(|document| document.front.carriers.iter().map(|item| item.value.as_str())),
        |name, slug| Carrier { name: name.into(), slug, ..Carrier::default() },
        |carrier| &carrier.name,
    );
}

pub(super) struct People {
    pub(super) people: Vec<Person>,
    /// The first of each name; namesakes stand behind each other.
    by_name: Map<String, usize>,
}

impl People {
    /// The person of this name in this unit. News may name another unit than the person's
    /// own, or none: then it is the only person of that name.
    fn find(&self, name: &str, unit: Option<UnitId>) -> Option<PersonId> {
        let first = *self.by_name.get(name)?;
        let namesakes = || self.people[first..].iter().take_while(|person| person.name == name);
        let here = namesakes().position(|person| Some(person.unit) == unit);
        let alone = || (namesakes().count() == 1).then_some(0);
        here.or_else(alone).map(|at| PersonId((first + at) as u32))
    }
}

/// The exemplary members: a name in a unit that has a story of kind `member`.
fn name_people(units: &Listed<Unit>, drafts: &[Arc<Document>]) -> People {
    let mut seen = Set::default();
    let mut slugs = Slugs::default();
    let named = drafts.iter().rev().filter_map(|document| {
        let front = &document.front;
        let name = front.name.as_deref().filter(|_| front.kind == Some(Kind::Member))?;
        let unit = units.names.find(front.unit.as_ref()?)?;
        Some((name, UnitId(unit))).filter(|person| seen.insert(*person))
    });
    let named: Vec<(&str, UnitId)> = named.collect();
    let read = parallel::map(&named, |(name, _)| (pinyin::name_slug(name), pinyin::name_key(name)));
    let made = named.into_iter().zip(read).map(|((name, unit), (slug, key))| {
        let slug = slugs.give(slug);
        (key, Person { name: name.into(), slug, unit, stories: Vec::new() })
    });
    let mut people: Vec<(String, Person)> = made.collect();
    people.sort_by(|(a, one), (b, other)| a.cmp(b).then(one.unit.cmp(&other.unit)));
    let people: Vec<Person> = people.into_iter().map(|(_, person)| person).collect();
    let mut by_name: Map<String, usize> = Map::default();
    by_name.reserve(people.len());
    for (i, person) in people.iter().enumerate() {
        if i == 0 || people[i - 1].name != person.name {
            by_name.insert(person.name.clone(), i);
        }
    }
    People { people, by_name }
}

pub(super) struct Builder {
    /// The focal points that there are, for complaints.
    pub(super) focal_list: String,
    pub(super) focal_names: Names,
    pub(super) units: Listed<Unit>,
    pub(super) carriers: Listed<Carrier>,
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
            self.aside.push(document);
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
        let mut diagnostics = Vec::new();
        self.resolve_focal_points(document, &mut diagnostics);
        if self.units.closed {
            self.resolve_unit(document, &mut diagnostics);
        }
        if self.carriers.closed {
            self.resolve_carriers(document, &mut diagnostics);
        }
        read_aliases(document, &mut diagnostics);
        self.diagnostics.extend(diagnostics);
    }

    /// Lists what stories name and no file lists: units and carriers, and those that only
    /// stories name.
    pub(super) fn name_all(&mut self, drafts: &[Arc<Document>]) -> (People, Regions) {
        let Self { units, carriers, .. } = self;
        let units_and_people = || {
            name_units(units, drafts);
            name_people(units, drafts)
        };
        let carriers_and_regions = || {
            name_carriers(carriers, drafts);
            name_regions(drafts)
        };
        parallel::both(units_and_people, carriers_and_regions)
    }

    /// The stories, and what is wrong with their names.
    pub(super) fn stories(
        &self,
        drafts: &[Arc<Document>],
        people: &People,
        regions: &Regions,
    ) -> Outcome<Vec<Story>> {
        let made = parallel::map(drafts, |document| {
            let mut diagnostics = Vec::new();
            let story = self.story(document.clone(), people, regions, &mut diagnostics);
            (story, diagnostics)
        });
        let (stories, diagnostics): (Vec<_>, Vec<_>) = made.into_iter().unzip();
        Outcome {
            value: stories.into_iter().flatten().collect(),
            diagnostics: diagnostics.into_iter().flatten().collect(),
        }
    }

    fn story(
        &self,
        document: Arc<Document>,
        people: &People,
        regions: &Regions,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Story> {
        let focal_points = self.resolve_focal_points(&document, diagnostics);
        let unit = self.resolve_unit(&document, diagnostics);
        let carriers = self.resolve_carriers(&document, diagnostics);
        let aliases = read_aliases(&document, diagnostics);
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

    fn resolve_focal_points(
        &self,
        document: &Document,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<FocalPointId> {
        let mut ids = Vec::new();
        for item in &document.front.focal_points {
            let place = || document.place_of(item.of("focal_points"));
            match self.focal_names.find(&item.value).map(FocalPointId) {
                Some(id) if ids.contains(&id) => {
                    diagnostics.push(catalogue::focal_point_twice(place(), &item.value));
                }
                Some(id) => ids.push(id),
                None => {
                    let near = self.focal_names.nearest(&item.value);
                    diagnostics.push(catalogue::focal_point_unknown(
                        place(),
                        &item.value,
                        near.as_deref(),
                        &self.focal_list,
                    ));
                }
            }
        }
        ids.truncate(3);
        ids
    }

    fn resolve_unit(
        &self,
        document: &Document,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<UnitId> {
        let name = document.front.unit.as_ref()?;
        let found = self.units.names.find(name);
        if found.is_none() {
            let near = self.units.names.nearest(name);
            let place = document.place_of("unit");
            diagnostics.push(catalogue::unit_unknown(place, name, near.as_deref()));
        }
        found.map(UnitId)
    }

    fn resolve_carriers(
        &self,
        document: &Document,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<CarrierId> {
        let mut ids = Vec::new();
        for item in &document.front.carriers {
            match self.carriers.names.find(&item.value).map(CarrierId) {
                Some(id) if !ids.contains(&id) => ids.push(id),
                Some(_) => {}
                None => {
                    let near = self.carriers.names.nearest(&item.value);
                    let place = document.place_of(item.of("carriers"));
                    diagnostics.push(catalogue::carrier_unknown(
                        place,
                        &item.value,
                        near.as_deref(),
                    ));
                }
            }
        }
        ids
    }

    pub(super) fn pages(&mut self, documents: Vec<Arc<Document>>) -> Vec<Page> {
        let mut pages = Vec::new();
        for document in self.admit(documents, Purpose::Page) {
            let aliases = read_aliases(&document, &mut self.diagnostics);
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

fn read_aliases(document: &Document, diagnostics: &mut Vec<Diagnostic>) -> Vec<ListItem<String>> {
    let mut aliases = Vec::new();
    for item in &document.front.aliases {
        match address::alias(&item.value) {
            Ok(address) => {
                aliases.push(ListItem { value: address.as_str().to_string(), index: item.index });
            }
            Err(why) => {
                let place = document.place_of(item.of("aliases"));
                diagnostics.push(catalogue::alias_wrong(place, &item.value, &why));
            }
        }
    }
    aliases
}
