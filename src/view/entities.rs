//! Views of entities. A kind has the general view, unless it has an arm of its own here.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;

use super::months::bars;
use super::stories::{honour, result};
use super::{
    CastView, CountedLink, EntityPage, EntityView, FocalPointPage, HonourYear, IndexView,
    NamedLink, ProfileView, ResultView, SubjectView, SubjectsView, UnitNode, UnitView, Views,
};
use crate::model::StoryId;
use crate::model::entity::{EntityId, KindId};
use crate::model::kinds::{
    BRANCHES, CARRIERS, FOCAL_POINTS, MEMBERS, REGIONS, TASKS, UNITS, WORKS,
};
use crate::model::link::Owner;
use crate::value::initial::initial;
use crate::yaml::Untyped;

/// How many of the latest stories a list looks at for a cover and an honour.
const LOOKED_AT: usize = 20;

/// How many of the units, carriers and works of its stories the page of a focal point names.
const NAMED: usize = 10;

/// How many colleagues the page of a member names.
const COLLEAGUES: usize = 12;

/// How many stories of the units below it the page of a unit names.
const BELOW: usize = 12;

impl<'a> Views<'a> {
    /// One page of the index of a kind, as values with the names that its template has for them. The
    /// first is the kind's entities.
    pub fn index(&self, kind: KindId, number: usize) -> Vec<(&'static str, IndexView<'a>)> {
        let ids = self.site.ids(kind);
        let view = match kind {
            FOCAL_POINTS => {
                IndexView::FocalPoints(ids.map(|id| self.focal_point_section(id)).collect())
            }
            UNITS => IndexView::Units(self.units()),
            BRANCHES | MEMBERS => {
                return vec![("subjects", IndexView::Subjects(self.subjects(kind, number)))];
            }
            WORKS => IndexView::Works(self.works()),
            TASKS => IndexView::Tasks(self.tasks(None)),
            _ => IndexView::Entities(ids.map(|id| self.entity(id)).collect()),
        };
        let table = (kind == CARRIERS).then(|| ("table", IndexView::Table(self.carrier_table())));
        [(kind.kind().many, view)].into_iter().chain(table).collect()
    }

    /// An entity on one page of its stories. What is gathered from all its stories, and what
    /// belongs to it, is only on page 1.
    pub fn entity_view(&self, id: EntityId, number: usize) -> EntityPage<'a> {
        match id.kind {
            FOCAL_POINTS => EntityPage::FocalPoint(self.focal_point_page(id, number)),
            UNITS => EntityPage::Unit(self.unit(id, number)),
            BRANCHES | MEMBERS => EntityPage::Profile(self.profile(id, number)),
            TASKS => EntityPage::Task(self.task(id)),
            WORKS | CARRIERS => EntityPage::Initiative(self.initiative(id, number)),
            _ => EntityPage::Entity(self.entity(id)),
        }
    }

    /// An entity of a kind that has no view of its own.
    pub(super) fn entity(&self, id: EntityId) -> EntityView<'a> {
        let entity = self.site.entity(id);
        EntityView {
            name: &entity.name,
            url: self.url(&self.site.entity_address(id)),
            description: entity.description.as_deref(),
            count: entity.stories.len(),
            extra: entity.extra.as_ref().map(Untyped),
            picture: entity.portrait.as_ref().and_then(|picture| self.portrait(picture)),
            period: self.period(id),
            facts: self.facts(id),
            texts: entity.texts.iter().map(|(key, text)| (*key, text.as_str())).collect(),
        }
    }

    /// A model branch or an exemplary member, as lists show them.
    pub(super) fn subject(&self, id: EntityId) -> SubjectView<'a> {
        let (site, subject) = (self.site, self.site.entity(id));
        let unit = subject.belongs_to.map(|id| site.entity(id));
        let is_branch = id.kind == BRANCHES;
        let latest = || subject.stories.iter().take(LOOKED_AT).copied();
        let front = |id: StoryId| &site.story(id).document.front;
        let region = latest().find_map(|id| front(id).region.as_deref());
        let of_branch = |key: &str| unit.filter(|_| is_branch)?.text(key);
        // What a story says of several people is of none of them alone.
        let alone = |id: &StoryId| front(*id).name.len() == 1;
        let portrait = subject.portrait.as_ref().and_then(|portrait| self.portrait(portrait));
        let of_story =
            || latest().filter(alone).find_map(|id| self.picture(Owner::Story(id), "portrait"));
        SubjectView {
            name: &subject.name,
            url: self.url(&site.entity_address(id)),
            unit: if is_branch {
                unit.and_then(|unit| unit.belongs_to)
            } else {
                subject.belongs_to
            }
            .map(|id| self.link_entity(id)),
            post: latest()
                .filter(alone)
                .find_map(|id| front(id).post.as_deref())
                .filter(|_| !is_branch),
            level: of_branch("level"),
            sector: of_branch("sector"),
            region: region.or_else(|| unit?.text("region")),
            initial: initial(&subject.name),
            honour: latest().find_map(|id| front(id).honours.first()).map(honour),
            summary: subject.stories.first().map_or("", |&id| site.story(id).summary()),
            cover: latest().find_map(|id| self.cover(Owner::Story(id))),
            portrait: portrait.or_else(of_story).filter(|_| !is_branch),
            count: subject.stories.len(),
        }
    }

    /// One page of the model branches or the exemplary members.
    fn subjects(&self, kind: KindId, number: usize) -> SubjectsView<'a> {
        let size = self.site.settings.page_size;
        let ids = self.site.ids(kind);
        let count = ids.len();
        SubjectsView {
            subjects: ids.skip((number - 1) * size).take(size).map(|id| self.subject(id)).collect(),
            count,
            pager: self.pager(&kind.kind().address(), count, number),
        }
    }

    /// `branch` or `member`.
    fn profile(&self, id: EntityId, number: usize) -> ProfileView<'a> {
        let entity = self.site.entity(id);
        let gathered = if number == 1 { &*entity.stories } else { &[] };
        let all = || gathered.iter().map(|&id| self.site.story(id));
        let mut focal_points: Vec<EntityId> =
            distinct(all().flat_map(|story| story.all(FOCAL_POINTS).iter().copied()));
        focal_points.sort();
        let shows_members = id.kind == BRANCHES && number == 1;
        let honours = if number == 1 { self.honours_of(id) } else { Vec::new() };
        let by_year = honours.chunk_by(|one, other| one.year == other.year);
        ProfileView {
            subject: self.subject(id),
            description: entity.description.as_deref(),
            extra: entity.extra.as_ref().map(Untyped),
            units: match id.kind {
                MEMBERS => entity.all_above().map(|id| self.link_entity(id)).collect(),
                _ => Vec::new(),
            },
            honour_years: by_year
                .map(|honours| HonourYear {
                    year: honours[0].year.clone(),
                    honours: honours.to_vec(),
                })
                .collect(),
            honours,
            results: self.results(gathered),
            focal_points: focal_points.into_iter().map(|id| self.focal_point_tag(id)).collect(),
            unit_page: entity.belongs_to.map(|id| self.link_entity(id)),
            above: self.units_above(id),
            region_page: all()
                .flat_map(|story| story.first(REGIONS))
                .next()
                .map(|id| self.link_entity(id)),
            carriers: {
                let named = all().flat_map(|story| story.all(CARRIERS).iter().copied());
                let mut carriers: Vec<EntityId> = distinct(named);
                carriers.sort();
                carriers.into_iter().map(|id| self.link_entity(id)).collect()
            },
            members: entity
                .belongs_to
                .filter(|_| shows_members)
                .map(|unit| self.members_of(unit))
                .unwrap_or_default(),
            colleagues: match (id.kind, number) {
                (MEMBERS, 1) => self.colleagues(id),
                _ => Vec::new(),
            },
        }
    }

    /// The units above that to which an entity belongs, the nearest first.
    fn units_above(&self, id: EntityId) -> Vec<NamedLink<'a>> {
        let above = |id: &EntityId| self.site.entity(*id).belongs_to;
        let unit = above(&id);
        // There is no circle: the list of units has none.
        std::iter::successors(unit.as_ref().and_then(above), above)
            .map(|id| self.link_entity(id))
            .collect()
    }

    fn colleagues(&self, id: EntityId) -> Vec<CastView<'a>> {
        let units = self.site.entity(id).all_above();
        let others = units.flat_map(|unit| self.belonging(unit, MEMBERS));
        let others = distinct(others.filter(|other| *other != id)).into_iter();
        others.take(COLLEAGUES).map(|id| self.cast(id)).collect()
    }

    /// A person in a few words.
    pub(super) fn cast(&self, id: EntityId) -> CastView<'a> {
        let person = self.site.entity(id);
        CastView {
            name: &person.name,
            url: self.url(&self.site.entity_address(id)),
            initial: initial(&person.name),
            portrait: person.portrait.as_ref().and_then(|portrait| self.portrait(portrait)),
            unit: person.belongs_to.map(|id| self.site.entity(id).name.as_str()),
        }
    }

    /// `focal_point` in focal_point.html.
    fn focal_point_page(&self, id: EntityId, number: usize) -> FocalPointPage<'a> {
        let site = self.site;
        let stories = if number == 1 { &*site.entity(id).stories } else { &[] };
        let month = |id: &StoryId| {
            let date = site.story(*id).date;
            (date.year(), date.month())
        };
        let counted = |kind: KindId| {
            let mut counts: BTreeMap<EntityId, usize> = BTreeMap::new();
            for id in stories.iter().flat_map(|&id| site.story(id).all(kind)) {
                *counts.entry(*id).or_default() += 1;
            }
            let mut counts: Vec<(EntityId, usize)> = counts.into_iter().collect();
            // Stable: of as many the first in its order is the first.
            counts.sort_by_key(|(_, count)| Reverse(*count));
            let link = |(id, count)| CountedLink {
                name: &site.entity(id).name,
                url: self.url(&site.entity_address(id)),
                count,
            };
            counts.into_iter().take(NAMED).map(link).collect()
        };
        FocalPointPage {
            focal_point: self.focal_point(id),
            months: match stories.iter().min().map(month) {
                Some((year, 12)) => bars((year, 1), stories.iter().map(month)),
                Some((year, last)) => bars((year - 1, last + 1), stories.iter().map(month)),
                None => Vec::new(),
            },
            units: counted(UNITS),
            carriers: counted(CARRIERS),
            works: counted(WORKS),
        }
    }

    fn members_of(&self, unit: EntityId) -> Vec<SubjectView<'a>> {
        self.belonging(unit, MEMBERS).map(|id| self.subject(id)).collect()
    }

    /// `units`: the tree of all units, each before those below it.
    fn units(&self) -> Vec<UnitNode<'a>> {
        let roots = self.site.ids(UNITS);
        let roots = roots.filter(|&id| self.site.entity(id).belongs_to.is_none());
        let mut nodes = Vec::with_capacity(self.site.all(UNITS).len());
        // A stack, not recursion: nobody says how deep the tree is.
        let mut stack: Vec<(EntityId, usize)> = roots.map(|id| (id, 0)).collect();
        stack.reverse();
        while let Some((id, depth)) = stack.pop() {
            nodes.push(self.unit_node(id, depth));
            stack.extend(self.belonging(id, UNITS).rev().map(|id| (id, depth + 1)));
        }
        nodes
    }

    fn unit_node(&self, id: EntityId, depth: usize) -> UnitNode<'a> {
        let unit = self.site.entity(id);
        UnitNode {
            name: &unit.name,
            url: self.url(&self.site.entity_address(id)),
            level: unit.text("level"),
            sector: unit.text("sector"),
            count: unit.stories.len(),
            total: self.of_tree(id).len(),
            depth,
            is_branch: self.belonging(id, BRANCHES).next().is_some(),
        }
    }

    /// The results that stories tell of, each once.
    pub(super) fn results(&self, stories: &[StoryId]) -> Vec<ResultView<'a>> {
        let fronts = stories.iter().map(|&id| &self.site.story(id).document.front);
        distinct(fronts.flat_map(|front| front.results.iter().map(result)))
    }

    /// `unit`.
    fn unit(&self, id: EntityId, number: usize) -> UnitView<'a> {
        let unit = self.site.entity(id);
        let first = number == 1;
        let children = self.belonging(id, UNITS).filter(|_| first);
        let is_below = |story: &&StoryId| !self.site.story(**story).all(UNITS).contains(&id);
        let below: Vec<StoryId> = if first {
            self.of_tree(id).iter().filter(is_below).copied().collect()
        } else {
            Vec::new()
        };
        UnitView {
            name: &unit.name,
            level: unit.text("level"),
            sector: unit.text("sector"),
            region: unit.text("region"),
            description: unit.description.as_deref(),
            extra: unit.extra.as_ref().map(Untyped),
            parent: unit.belongs_to.map(|id| self.link_entity(id)),
            children: children.map(|id| self.unit_node(id, 0)).collect(),
            below_count: below.len(),
            below: below.into_iter().take(BELOW).map(|id| self.archive_item(id)).collect(),
            branch: self.belonging(id, BRANCHES).next().map(|id| self.link_entity(id)),
            members: if first { self.members_of(id) } else { Vec::new() },
            results: self.results(if first { &unit.stories } else { &[] }),
        }
    }
}

/// Each item once, in the order of first appearance.
fn distinct<T: Clone + Eq + Hash>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    items.filter(|item| seen.insert(item.clone())).collect()
}
