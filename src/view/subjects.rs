//! Views of those whom stories are about or belong to.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::Hash;

use super::stories::{honour, result};
use super::{
    GroupView, HonourView, Maker, NamedLink, ProfileView, ResultView, SubjectView, SubjectsView,
    UnitNode, UnitView,
};
use crate::model::link::Owner;
use crate::model::unit::Unit;
use crate::model::{CarrierId, FocalPointId, PersonId, RegionId, StoryId, UnitId};
use crate::value::address::Address;

/// How many of the latest stories a list looks at for a cover and an honour.
const LOOKED_AT: usize = 20;

impl<'a> Maker<'a> {
    /// A model branch, as lists show it.
    pub fn branch_subject(&self, index: u32) -> SubjectView<'a> {
        let branch = &self.site.branches[index as usize];
        let unit = &self.site.units[branch.unit.index()];
        let address = self.site.branch_address(branch);
        SubjectView {
            unit: unit.parent.map(|id| self.link_unit(id)),
            post: None,
            level: unit.level.as_deref(),
            sector: unit.sector.as_deref(),
            ..self.subject(&unit.name, &address, &branch.stories, Some(unit))
        }
    }

    /// An exemplary member, as lists show them.
    pub fn member_subject(&self, id: PersonId) -> SubjectView<'a> {
        let person = &self.site.people[id.index()];
        let unit = &self.site.units[person.unit.index()];
        let post = person
            .stories
            .iter()
            .take(LOOKED_AT)
            .find_map(|&id| self.site.story(id).document.front.post.as_deref());
        SubjectView {
            unit: Some(self.link_unit(person.unit)),
            post,
            ..self.subject(&person.name, &person.address(), &person.stories, Some(unit))
        }
    }

    fn subject(
        &self,
        name: &'a str,
        address: &Address,
        stories: &'a [StoryId],
        unit: Option<&'a Unit>,
    ) -> SubjectView<'a> {
        let latest = || stories.iter().take(LOOKED_AT).copied();
        let front = |id: StoryId| &self.site.story(id).document.front;
        let region = latest().find_map(|id| front(id).region.as_deref());
        SubjectView {
            name,
            url: self.url(address),
            unit: None,
            post: None,
            level: None,
            sector: None,
            region: region.or_else(|| unit?.region.as_deref()),
            honour: latest().find_map(|id| front(id).honours.first()).map(honour),
            summary: stories.first().map_or("", |&id| self.site.story(id).summary()),
            cover: latest().find_map(|id| self.cover(Owner::Story(id))),
            count: stories.len(),
        }
    }

    /// One page of the model branches.
    pub fn branches(&self, number: usize) -> SubjectsView<'a> {
        self.subjects("branches", self.site.branches.len(), number, |i| self.branch_subject(i))
    }

    /// One page of the exemplary members.
    pub fn members(&self, number: usize) -> SubjectsView<'a> {
        let subject = |i| self.member_subject(PersonId(i));
        self.subjects("members", self.site.people.len(), number, subject)
    }

    fn subjects(
        &self,
        folder: &str,
        count: usize,
        number: usize,
        subject: impl Fn(u32) -> SubjectView<'a>,
    ) -> SubjectsView<'a> {
        let size = self.site.settings.page_size;
        let shown = (number - 1) * size..count.min(number * size);
        SubjectsView {
            subjects: shown.map(|i| subject(i as u32)).collect(),
            count,
            pager: self.pager(&Address::page(&[folder]), count, number),
        }
    }

    /// `branch`. What is gathered from all its stories is only on page 1 of them.
    pub fn branch(&self, index: u32, number: usize) -> ProfileView<'a> {
        let branch = &self.site.branches[index as usize];
        let unit = &self.site.units[branch.unit.index()];
        let profile = self.profile(self.branch_subject(index), &branch.stories, number);
        ProfileView {
            description: unit.description.as_deref(),
            unit_page: Some(self.link_unit(branch.unit)),
            members: if number == 1 { self.members_of(branch.unit) } else { Vec::new() },
            ..profile
        }
    }

    /// `member`. What is gathered from all stories is only on page 1 of them.
    pub fn member(&self, id: PersonId, number: usize) -> ProfileView<'a> {
        let person = &self.site.people[id.index()];
        let profile = self.profile(self.member_subject(id), &person.stories, number);
        ProfileView { unit_page: Some(self.link_unit(person.unit)), ..profile }
    }

    fn profile(
        &self,
        subject: SubjectView<'a>,
        stories: &'a [StoryId],
        number: usize,
    ) -> ProfileView<'a> {
        let gathered = if number == 1 { stories } else { &[] };
        let all = || gathered.iter().map(|&id| self.site.story(id));
        let fronts = || all().map(|story| &story.document.front);
        let mut honours: Vec<HonourView<'a>> =
            distinct(fronts().flat_map(|front| front.honours.iter().map(honour)));
        let results: Vec<ResultView<'a>> =
            distinct(fronts().flat_map(|front| front.results.iter().map(result)));
        let mut focal_points: Vec<FocalPointId> =
            distinct(all().flat_map(|story| story.focal_points.iter().copied()));
        // Latest first; what has no year keeps its place behind.
        honours.sort_by(|a, b| b.year.cmp(&a.year));
        focal_points.sort();
        ProfileView {
            subject,
            description: None,
            honours,
            results,
            focal_points: focal_points.into_iter().map(|id| self.focal_point_tag(id)).collect(),
            unit_page: None,
            members: Vec::new(),
        }
    }

    fn members_of(&self, unit: UnitId) -> Vec<SubjectView<'a>> {
        let people = self.people_of.get(&unit).map_or(&[][..], Vec::as_slice);
        people.iter().map(|&id| self.member_subject(id)).collect()
    }

    /// `units`: the tree of all units, each before those below it.
    pub fn units(&self) -> Vec<UnitNode<'a>> {
        let mut nodes = Vec::with_capacity(self.site.units.len());
        // A stack, not recursion: nobody says how deep the tree is.
        let roots = self.below.get(&None).map_or(&[][..], Vec::as_slice);
        let mut stack: Vec<(UnitId, usize)> = roots.iter().rev().map(|&id| (id, 0)).collect();
        while let Some((id, depth)) = stack.pop() {
            nodes.push(self.unit_node(id, depth));
            let below = self.below.get(&Some(id)).map_or(&[][..], Vec::as_slice);
            stack.extend(below.iter().rev().map(|&id| (id, depth + 1)));
        }
        nodes
    }

    fn unit_node(&self, id: UnitId, depth: usize) -> UnitNode<'a> {
        let unit = &self.site.units[id.index()];
        UnitNode {
            name: &unit.name,
            url: self.url(&unit.address()),
            level: unit.level.as_deref(),
            sector: unit.sector.as_deref(),
            count: unit.stories.len(),
            depth,
            is_branch: self.branch_of.contains_key(&id),
        }
    }

    /// `unit`. Its members and the units below it are only on page 1 of its stories.
    pub fn unit(&self, id: UnitId, number: usize) -> UnitView<'a> {
        let unit = &self.site.units[id.index()];
        let below = self.below.get(&Some(id)).map_or(&[][..], Vec::as_slice);
        let branch = self.branch_of.get(&id).map(|&i| &self.site.branches[i as usize]);
        UnitView {
            name: &unit.name,
            level: unit.level.as_deref(),
            sector: unit.sector.as_deref(),
            region: unit.region.as_deref(),
            description: unit.description.as_deref(),
            parent: unit.parent.map(|id| self.link_unit(id)),
            children: below
                .iter()
                .filter(|_| number == 1)
                .map(|&id| self.unit_node(id, 0))
                .collect(),
            branch: branch.map(|branch| NamedLink {
                name: Cow::Borrowed(unit.name.as_str()),
                url: self.url(&self.site.branch_address(branch)),
            }),
            members: if number == 1 { self.members_of(id) } else { Vec::new() },
        }
    }

    /// A carrier.
    pub fn carrier(&self, id: CarrierId) -> GroupView<'a> {
        let carrier = &self.site.carriers[id.index()];
        GroupView {
            name: &carrier.name,
            url: self.url(&carrier.address()),
            description: carrier.description.as_deref(),
            count: carrier.stories.len(),
        }
    }

    /// A region.
    pub fn region(&self, id: RegionId) -> GroupView<'a> {
        let region = &self.site.regions[id.index()];
        GroupView {
            name: &region.name,
            url: self.url(&region.address()),
            description: None,
            count: region.stories.len(),
        }
    }
}

/// Each item once, in the order of first appearance.
fn distinct<T: Clone + Eq + Hash>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    items.filter(|item| seen.insert(item.clone())).collect()
}
