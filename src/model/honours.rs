//! The honour roll: who received what, from whom, in which year and at which level, from
//! `honours.yaml` and from stories. What both tell of stands in it once.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::Site;
use super::entity::{Entity, EntityId, KindId};
use super::kinds::{HONOURS, MEMBERS, UNITS};
use super::story::Story;
use crate::base::map::{Map, Set};
use crate::base::name;
use crate::schema::story::Honour;
use crate::schema::vocabulary;
use crate::value::kind::Kind;
use crate::value::moment::Moment;
use crate::value::{pinyin, strokes};

/// A title conferred by someone in a year, and upon whom.
#[derive(Clone, Debug, Default)]
pub struct Award {
    /// The title.
    pub title: String,
    /// Who conferred it.
    pub by: Option<String>,
    /// When.
    pub year: Option<i32>,
    /// The same as it is written.
    said: Option<String>,
    /// Of what level it is.
    pub level: Option<String>,
    /// The number of the decision.
    pub document: Option<String>,
    /// The day of the decision.
    pub date: Option<Moment>,
    /// The units, in their official order.
    pub units: Vec<EntityId>,
    /// The people, in the order that the site has for them.
    pub people: Vec<Honoured>,
}

/// A person upon whom an honour was conferred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Honoured {
    /// The name.
    pub name: String,
    /// The page of the person.
    pub page: Option<EntityId>,
    /// Where the person is.
    pub unit: Option<EntityId>,
    /// The entry of `people.yaml`.
    entry: Option<usize>,
}

impl Award {
    /// When, as it is written where it is; 年 after it is the theme's.
    pub fn year_as_said(&self) -> Option<Cow<'_, str>> {
        let said = self.said.as_deref().map(|year| year.trim_end_matches('年').into());
        said.or_else(|| self.year.map(|year| year.to_string().into()))
    }

    /// How many have received it.
    pub fn count(&self) -> usize {
        self.units.len() + self.people.len()
    }
}

/// Has the site a roll?
pub fn is_empty(site: &Site) -> bool {
    let conferred = |entity: &Entity| !entity.people.is_empty() || entity.tied("units").count() > 0;
    let is_told = |story: &Story| {
        let has = !story.document.front.honours.is_empty();
        has && (!story.all(UNITS).is_empty() || !story.document.front.name.is_empty())
    };
    !site.all(HONOURS).iter().any(conferred) && !site.stories.iter().any(is_told)
}

/// The years of the roll, the newest first; `None` stands for what has no year.
pub fn years(awards: &[Award]) -> Vec<Option<i32>> {
    let mut years: Vec<Option<i32>> = awards.iter().map(|award| award.year).collect();
    years.dedup();
    years
}

/// All honours of a site.
#[derive(Debug)]
pub struct Roll {
    /// By year, the newest first; in a year those of the highest level first.
    pub awards: Vec<Award>,
    of: Map<EntityId, Vec<usize>>,
}

impl Roll {
    /// Puts it together.
    pub fn of(site: &Site) -> Self {
        let awards = awards(site);
        let mut of: Map<EntityId, Vec<usize>> = Map::default();
        for (at, award) in awards.iter().enumerate() {
            let pages = award.people.iter().filter_map(|person| person.page);
            for id in pages.chain(award.units.iter().copied()) {
                of.entry(id).or_default().push(at);
            }
        }
        Self { awards, of }
    }

    /// What a unit or a person has received, the latest first.
    pub fn of_one(&self, id: EntityId) -> impl Iterator<Item = &Award> {
        self.of.get(&id).into_iter().flatten().map(|&at| &self.awards[at])
    }
}

/// All honours: by year, the newest first; in a year those of the highest level first.
fn awards(site: &Site) -> Vec<Award> {
    let mut roll = Making::of(site);
    site.ids(HONOURS).for_each(|id| roll.add_entry(site.entity(id)));
    let told = site.stories.iter().flat_map(|story| {
        story.document.front.honours.iter().map(move |honour| (story, &honour.value))
    });
    // What has a year says more: what has none may be the same.
    let (dated, undated): (Vec<_>, Vec<_>) =
        told.partition(|(_, honour)| year_of(honour).is_some());
    dated.into_iter().chain(undated).for_each(|(story, honour)| roll.add_story(story, honour));
    let mut awards: Vec<Award> =
        roll.awards.into_iter().map(|kept| kept.award).filter(|award| award.count() > 0).collect();
    let order = site.settings.order.map_or("strokes", |order| order.0);
    for award in &mut awards {
        award.units.sort_unstable();
        if order != "given" || award.people.iter().any(|person| site.sort_number(person).is_some())
        {
            award.people.sort_by_cached_key(|person| site.place_of_person(person, order));
        }
    }
    awards.sort_by_key(|award| {
        (Reverse(award.year), award.level.as_deref().map_or(LEVELS.len() + 1, rank))
    });
    awards
}

/// The year in which a story says that an honour was conferred.
fn year_of(honour: &Honour) -> Option<i32> {
    honour.year.as_deref().and_then(vocabulary::year)
}

/// Levels from the highest on, by what their names have in them.
const LEVELS: [&[&str]; 6] = [
    &["国家", "全国", "中央", "national"],
    &["省", "自治区", "直辖市", "provincial"],
    &["社区", "村", "单位", "公司", "学校"],
    &["市", "州", "地区", "盟", "city"],
    &["区", "县", "旗", "district", "county"],
    &["街道", "镇", "乡", "street"],
];

/// The place of a level among all.
fn rank(level: &str) -> usize {
    let is_in = |words: &&[&str]| words.iter().any(|word| level.contains(word));
    match LEVELS.iter().position(is_in) {
        // 社区 has a 区 in it, so it is looked for before, and stands below all others.
        Some(2) => LEVELS.len(),
        Some(place) => place,
        None => LEVELS.len() + 1,
    }
}

/// Awards that are being put together.
struct Making<'s> {
    site: &'s Site,
    awards: Vec<Kept>,
    /// The awards of each title.
    by_title: Map<String, Vec<usize>>,
    /// The title that an entry has of each other word for it, both as keys.
    titles: Map<String, String>,
    units: Map<String, EntityId>,
    members: Map<String, Vec<EntityId>>,
    entries: Map<String, Vec<usize>>,
}

/// An award, and what it has already.
struct Kept {
    award: Award,
    units: Set<EntityId>,
    /// The people of each name.
    people: Map<String, Vec<usize>>,
}

fn by_word<T>(all: impl Iterator<Item = (String, T)>) -> Map<String, Vec<T>> {
    let mut found: Map<String, Vec<T>> = Map::default();
    all.for_each(|(word, thing)| found.entry(word).or_default().push(thing));
    found
}

fn keys(entity: &Entity) -> impl Iterator<Item = String> + '_ {
    entity.words().map(|word| name::key(word).into_owned())
}

impl<'s> Making<'s> {
    fn of(site: &'s Site) -> Self {
        let ids = |kind: KindId| {
            site.ids(kind).flat_map(move |id| keys(site.entity(id)).map(move |key| (key, id)))
        };
        let entries = site.people.iter().enumerate();
        let titles = site.all(HONOURS).iter().flat_map(|honour| {
            let title = name::key(&honour.name).into_owned();
            keys(honour).skip(1).map(move |key| (key, title.clone()))
        });
        Self {
            site,
            awards: Vec::new(),
            by_title: Map::default(),
            titles: titles.collect(),
            units: ids(UNITS).collect(),
            members: by_word(ids(MEMBERS)),
            entries: by_word(entries.flat_map(|(at, entry)| keys(entry).map(move |key| (key, at)))),
        }
    }

    /// What an entry of the list confers.
    fn add_entry(&mut self, entry: &'s Entity) {
        let date = entry.date("date");
        let at = self.award(Award {
            title: entry.name.clone(),
            by: owned(entry.text("by")),
            year: entry.text("year").and_then(vocabulary::year).or(date.map(|at| at.year())),
            said: owned(entry.text("year")),
            level: owned(entry.text("level")),
            document: owned(entry.text("document")),
            date,
            ..Award::default()
        });
        entry.tied("units").for_each(|unit| self.add_unit(at, unit));
        for person in &entry.people {
            let unit = person.unit.as_deref().and_then(|unit| self.unit(unit));
            self.add_person(at, self.person(&person.name, unit, None));
        }
    }

    /// What a story says: a member's is the member's, another's its units', unless it names people.
    fn add_story(&mut self, story: &'s Story, honour: &'s Honour) {
        let told = Award {
            title: honour.title.clone(),
            by: honour.by.clone(),
            year: year_of(honour),
            said: honour.year.clone(),
            level: honour.level.clone(),
            document: honour.document.clone(),
            ..Award::default()
        };
        let of_people = match story.kind {
            Kind::Member => true,
            Kind::News => !story.document.front.name.is_empty(),
            _ => false,
        };
        if !of_people {
            for &unit in story.all(UNITS) {
                let has = |kept: &Kept| kept.units.contains(&unit);
                let at = self.told(&told, has);
                self.add_unit(at, unit);
            }
            return;
        }
        let unit = story.first(UNITS);
        for (name, page) in self.site.people_of(story) {
            let own = page.and_then(|id| self.site.entity(id).belongs_to);
            let person = self.person(name, own.or(unit), page);
            let at = self.told(&told, |kept| kept.place_of(&person).is_some());
            self.add_person(at, person);
        }
    }

    fn unit(&self, word: &str) -> Option<EntityId> {
        self.units.get(&*name::key(word)).copied()
    }

    fn person(&self, name: &'s str, unit: Option<EntityId>, page: Option<EntityId>) -> Honoured {
        let key = name::key(name);
        let site = self.site;
        let members = self.members.get(&*key).map_or(&[][..], Vec::as_slice);
        let of = |id: &&EntityId| {
            unit.is_some_and(|unit| site.entity(**id).all_above().any(|of| of == unit))
        };
        let alone = || members.first().filter(|_| members.len() == 1 && unit.is_none());
        let page = page.or_else(|| members.iter().find(of).or_else(alone).copied());
        let entries = self.entries.get(&*key).map_or(&[][..], Vec::as_slice);
        let units = |at: &usize| {
            let entry = &site.people[*at];
            entry
                .texts("unit")
                .chain(entry.texts("units"))
                .filter_map(|unit| self.unit(unit))
                .collect::<Vec<_>>()
        };
        let is_of = |at: &&usize| unit.is_some_and(|unit| units(at).contains(&unit));
        let anywhere = |at: &&usize| unit.is_none() && entries.len() == 1 || units(at).is_empty();
        let entry = entries.iter().find(is_of).or_else(|| entries.iter().find(anywhere)).copied();
        let shown = match (page, entry) {
            (Some(id), _) => &site.entity(id).name,
            (None, Some(at)) => &site.people[at].name,
            (None, None) => name,
        }
        .to_string();
        Honoured { name: shown, page, unit, entry }
    }

    /// The award that a story tells of: one whose recipient is there already, else one that agrees
    /// with what is said, else a new one.
    fn told(&mut self, told: &Award, has: impl Fn(&Kept) -> bool) -> usize {
        let known = self.by_title.get(&self.title(&told.title)).map_or(&[][..], Vec::as_slice);
        let fits = |at: &&usize| {
            let award = &self.awards[**at].award;
            let same_year = told.year.is_none() || award.year.is_none() || told.year == award.year;
            same_year && self.agree(award, told)
        };
        let there = known.iter().filter(fits).find(|at| has(&self.awards[**at]));
        match there {
            Some(&at) => at,
            None => self.award(Award { people: Vec::new(), units: Vec::new(), ..told.clone() }),
        }
    }

    /// The place of an award of this title, year and so on; what was not said of it before is now.
    fn award(&mut self, award: Award) -> usize {
        let title = self.title(&award.title);
        let known = self.by_title.get(&title).map_or(&[][..], Vec::as_slice);
        let fits = |at: &&usize| {
            let other = &self.awards[**at].award;
            other.year == award.year && self.agree(other, &award)
        };
        if let Some(at) = known.iter().find(fits).copied() {
            let known = &mut self.awards[at].award;
            known.by = known.by.take().or(award.by);
            known.level = known.level.take().or(award.level);
            known.document = known.document.take().or(award.document);
            known.date = known.date.or(award.date);
            return at;
        }
        let at = self.awards.len();
        self.by_title.entry(title).or_default().push(at);
        self.awards.push(Kept { award, units: Set::default(), people: Map::default() });
        at
    }

    fn title(&self, title: &str) -> String {
        let key = name::key(title);
        self.titles.get(&*key).cloned().unwrap_or_else(|| key.into_owned())
    }

    /// Do two say nothing different of who conferred it, at which level and by which document?
    fn agree(&self, one: &Award, other: &Award) -> bool {
        let same = |one: Option<&str>, other: Option<&str>| match (one, other) {
            (Some(one), Some(other)) => name::is_same(one, other),
            _ => true,
        };
        let by = match (&one.by, &other.by) {
            (Some(one), Some(other)) => {
                name::is_same(one, other)
                    || self.unit(one).is_some() && self.unit(one) == self.unit(other)
            }
            _ => true,
        };
        let level =
            |level: Option<&'_ str>| level.map(|level| level.trim_end_matches('级').to_string());
        by && same(level(one.level.as_deref()).as_deref(), level(other.level.as_deref()).as_deref())
            && same(one.document.as_deref(), other.document.as_deref())
    }

    fn add_unit(&mut self, at: usize, unit: EntityId) {
        let kept = &mut self.awards[at];
        if kept.units.insert(unit) {
            kept.award.units.push(unit);
        }
    }

    fn add_person(&mut self, at: usize, person: Honoured) {
        let kept = &mut self.awards[at];
        match kept.place_of(&person) {
            Some(known) => {
                let known = &mut kept.award.people[known];
                known.page = known.page.or(person.page);
                known.unit = known.unit.or(person.unit);
                known.entry = known.entry.or(person.entry);
            }
            None => {
                let key = name::key(&person.name).into_owned();
                kept.people.entry(key).or_default().push(kept.award.people.len());
                kept.award.people.push(person);
            }
        }
    }
}

impl Kept {
    /// Where a person is among those who have received it.
    fn place_of(&self, person: &Honoured) -> Option<usize> {
        let named = self.people.get(&*name::key(&person.name))?;
        let is_it = |at: &&usize| {
            let known = &self.award.people[**at];
            match (known.page, person.page) {
                (Some(one), Some(other)) => one == other,
                _ => {
                    known.entry.is_some() && known.entry == person.entry
                        || known.unit.is_none()
                        || person.unit.is_none()
                        || known.unit == person.unit
                }
            }
        };
        named.iter().find(is_it).copied()
    }
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_string)
}

/// What a person sorts by.
type Order = (u64, Vec<u32>, String, Option<EntityId>);

impl Site {
    /// The `sort_key` of a person.
    fn sort_key(&self, person: &Honoured) -> Option<&str> {
        self.people[person.entry?].text("sort_key").map(str::trim)
    }

    fn sort_number(&self, person: &Honoured) -> Option<u64> {
        self.sort_key(person)?.parse().ok()
    }

    /// What a person sorts by in an order. A number in `people.yaml` counts before all; another text
    /// stands for the name, where it is in the writing by which the order goes.
    fn place_of_person(&self, person: &Honoured, order: &str) -> Order {
        let number = self.sort_number(person).unwrap_or(u64::MAX);
        let own = name::key(&person.name);
        let key = self.sort_key(person).filter(|key| key.parse::<u64>().is_err()).map(name::key);
        match order {
            "given" => (number, Vec::new(), String::new(), None),
            "pinyin" => {
                let reading = self.sort_key(person).and_then(|key| pinyin::reading_key(key, &own));
                let read = || pinyin::name_key(key.as_ref().unwrap_or(&own));
                (number, Vec::new(), reading.unwrap_or_else(read), person.unit)
            }
            _ => {
                let is_chinese = |key: &&Cow<'_, str>| {
                    key.chars().next().is_some_and(|c| strokes::count(c).is_some())
                };
                let name = key.as_ref().filter(is_chinese).unwrap_or(&own);
                (number, strokes::name_key(name), own.to_string(), person.unit)
            }
        }
    }
}
