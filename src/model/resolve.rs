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
use crate::diagnostic::{Diagnostic, catalogue};
use crate::map::{Map, Set};
use crate::parse::Document;
use crate::parse::fields::Given;
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
        for name in names {
            if seen.insert(name) {
                let slug = slugs.give(&pinyin::slug(name));
                self.entries.push(make(name, slug));
            }
        }
        self.entries.sort_by_cached_key(|entry| pinyin::sort_key(name_of(entry)));
        for (i, entry) in self.entries.iter().enumerate() {
            self.names.add(name_of(entry), i as u32);
        }
    }
}

pub(super) struct Regions {
    pub(super) regions: Vec<Region>,
    names: Names,
}

pub(super) fn name_regions(drafts: &[Arc<Document>]) -> Regions {
    let mut listed: Listed<Region> = Listed::new(None);
    listed.name_all(
        drafts.iter().rev().filter_map(|document| document.front.region.as_deref()),
        |name, slug| Region { name: name.into(), slug, stories: Vec::new() },
        |region| &region.name,
    );
    Regions { regions: listed.entries, names: listed.names }
}

pub(super) struct People {
    pub(super) people: Vec<Person>,
    by_name: Map<String, Vec<PersonId>>,
}

impl People {
    /// The person of this name in this unit. News may name another unit than the person's
    /// own, or none: then it is the only person of that name.
    fn find(&self, name: &str, unit: Option<UnitId>) -> Option<PersonId> {
        let namesakes = self.by_name.get(name)?;
        let here = namesakes.iter().copied().find(|id| Some(self.people[id.index()].unit) == unit);
        here.or_else(|| (namesakes.len() == 1).then(|| namesakes[0]))
    }
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
        self.resolve_focal_points(document);
        if self.units.closed {
            self.resolve_unit(document);
        }
        if self.carriers.closed {
            self.resolve_carriers(document);
        }
        self.read_aliases(document);
    }

    pub(super) fn name_units(&mut self, drafts: &[Arc<Document>]) {
        self.units.name_all(
            drafts
                .iter()
                .rev()
                .filter_map(|document| Some(document.front.unit.as_ref()?.value.as_str())),
            |name, slug| Unit { name: name.into(), slug, ..Unit::default() },
            |unit| &unit.name,
        );
    }

    pub(super) fn name_carriers(&mut self, drafts: &[Arc<Document>]) {
        self.carriers.name_all(
            drafts.iter().rev().flat_map(|document| {
                document.front.carriers.iter().map(|given| given.value.as_str())
            }),
            |name, slug| Carrier { name: name.into(), slug, ..Carrier::default() },
            |carrier| &carrier.name,
        );
    }

    /// The exemplary members: a name in a unit that has a story of kind `member`.
    pub(super) fn name_people(&self, drafts: &[Arc<Document>]) -> People {
        let mut people: Vec<Person> = Vec::new();
        let mut seen = Set::default();
        let mut slugs = Slugs::default();
        for document in drafts.iter().rev() {
            let front = &document.front;
            let (Some(Kind::Member), Some(name)) = (front.kind, &front.name) else { continue };
            let unit = front.unit.as_ref().and_then(|given| self.units.names.find(&given.value));
            let Some(unit) = unit.map(UnitId) else { continue };
            if seen.insert((name.as_str(), unit)) {
                let slug = slugs.give(&pinyin::name_slug(name));
                people.push(Person { name: name.clone(), slug, unit, stories: Vec::new() });
            }
        }
        people.sort_by_cached_key(|person| (pinyin::name_key(&person.name), person.unit));
        let mut by_name: Map<String, Vec<PersonId>> = Map::default();
        for (i, person) in people.iter().enumerate() {
            by_name.entry(person.name.clone()).or_default().push(PersonId(i as u32));
        }
        People { people, by_name }
    }

    pub(super) fn story(
        &mut self,
        document: Arc<Document>,
        people: &People,
        regions: &Regions,
    ) -> Option<Story> {
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
                        near.as_deref(),
                        &self.focal_list,
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
            self.diagnostics.push(catalogue::unit_unknown(place, &given.value, near.as_deref()));
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
                    self.diagnostics.push(catalogue::carrier_unknown(
                        place,
                        &given.value,
                        near.as_deref(),
                    ));
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

    pub(super) fn pages(&mut self, documents: Vec<Arc<Document>>) -> Vec<Page> {
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
