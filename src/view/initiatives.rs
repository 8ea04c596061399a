//! Views of works and carriers: what is done for a time, by whom, and what has been told of it.

use std::collections::BTreeMap;

use super::{
    CountTable, CountedLink, EntityFact, FactValue, InitiativeView, PeriodView, SectorView,
    TableCell, TableHead, TableRow, Views, WorkNode, WorksView,
};
use crate::model::StoryId;
use crate::model::coverage::{self, Sector};
use crate::model::entity::{EntityId, Phase};
use crate::model::kinds::{CARRIERS, UNITS, WORKS};
use crate::schema::{FILES, Show};

/// The most stories of a sector that a carrier's page shows.
const IN_SECTOR: usize = 12;

impl<'a> Views<'a> {
    /// The time that an entity's entry gives.
    pub(super) fn period(&self, id: EntityId) -> Option<PeriodView> {
        let entity = self.site.entity(id);
        let phase = entity.phase(self.site.today())?;
        let [from, to] = ["from", "to"].map(|key| entity.date(key).map(|at| self.date(at)));
        Some(PeriodView { from, to, phase: phase.word() })
    }

    /// What an entity's entry says that is declared to be shown.
    pub(super) fn facts(&self, id: EntityId) -> Vec<EntityFact<'a>> {
        let (kind, entity) = (id.kind.kind(), self.site.entity(id));
        let file = FILES.iter().find(|file| Some(file.path) == kind.file());
        let Some(file) = file.filter(|_| entity.item.is_some()) else { return Vec::new() };
        let fields = file.record.fields.iter().filter(|field| field.show == Some(Show::Fact));
        let facts = fields.filter_map(|field| {
            let key = field.name;
            let text = |text: &'a str| FactValue { text: text.into(), url: None, datetime: None };
            let date = entity.date(key).map(|at| {
                let date = self.date(at);
                FactValue { text: date.text.into(), url: None, datetime: Some(date.datetime) }
            });
            let texts = entity.texts(key).map(text);
            let tied = entity.tied(key).map(|id| {
                let url = Some(self.url(&self.site.entity_address(id)));
                FactValue { url, ..text(&self.site.entity(id).name) }
            });
            let values: Vec<_> = texts.chain(date).chain(tied).collect();
            let label = self.strings.find(&format!("{}_{key}", kind.one));
            let label = label.unwrap_or_else(|| self.word(key));
            (!values.is_empty()).then_some(EntityFact { key, label, values })
        });
        facts.collect()
    }

    /// `works`: trees of all works, by where the day of the build stands to their times. One that
    /// gives no time is of today.
    pub(super) fn works(&self) -> WorksView<'a> {
        let today = self.site.today();
        let phase = |id| self.site.entity(id).phase(today).unwrap_or(Phase::Current);
        let mut lists: BTreeMap<Phase, Vec<WorkNode<'a>>> = BTreeMap::new();
        let roots = self.site.ids(WORKS);
        let roots = roots.filter(|&id| self.site.entity(id).belongs_to.is_none());
        // A stack, not recursion: nobody says how deep the tree is. Of each work the depths that
        // those below it have in each list.
        let mut stack: Vec<(EntityId, [usize; 3])> = roots.map(|id| (id, [0; 3])).collect();
        stack.reverse();
        while let Some((id, mut depths)) = stack.pop() {
            let phase = phase(id);
            let list = lists.entry(phase).or_default();
            list.push(self.work_node(id, depths[phase as usize]));
            depths[phase as usize] += 1;
            stack.extend(self.belonging(id, WORKS).rev().map(|id| (id, depths)));
        }
        let mut list = |phase| lists.remove(&phase).unwrap_or_default();
        WorksView {
            count: self.site.all(WORKS).len(),
            current: list(Phase::Current),
            coming: list(Phase::Coming),
            past: list(Phase::Past),
        }
    }

    fn work_node(&self, id: EntityId, depth: usize) -> WorkNode<'a> {
        let work = self.site.entity(id);
        WorkNode {
            name: &work.name,
            url: self.url(&self.site.entity_address(id)),
            level: work.text("level"),
            role: work.text("role").unwrap_or("central"),
            period: self.period(id),
            units: work.tied("units").map(|id| self.link_entity(id)).collect(),
            count: work.stories.len(),
            depth,
        }
    }

    /// `work` or `carrier`.
    pub(super) fn initiative(&self, id: EntityId, number: usize) -> InitiativeView<'a> {
        let site = self.site;
        let entity = site.entity(id);
        let first = number == 1;
        let stories: &[StoryId] = if first { &entity.stories } else { &[] };
        let mut units: BTreeMap<EntityId, usize> = BTreeMap::new();
        for unit in stories.iter().flat_map(|&id| site.story(id).all(UNITS)) {
            *units.entry(*unit).or_default() += 1;
        }
        let tellers = units.into_iter().map(|(id, count)| {
            let url = self.url(&site.entity_address(id));
            CountedLink { name: &site.entity(id).name, url, count }
        });
        InitiativeView {
            entity: self.entity(id),
            parent: entity.belongs_to.map(|id| self.link_entity(id)),
            children: self
                .belonging(id, WORKS)
                .filter(|_| first)
                .map(|id| self.work_node(id, 0))
                .collect(),
            results: self.results(stories),
            tellers: tellers.collect(),
            sectors: if id.kind == CARRIERS { self.sectors(stories) } else { Vec::new() },
        }
    }

    /// Stories by the sector of their units; none where units have no sectors.
    fn sectors(&self, stories: &[StoryId]) -> Vec<SectorView<'a>> {
        let site = self.site;
        let all = coverage::sectors(site);
        let views = all.iter().enumerate().filter_map(|(number, sector)| {
            let is_of = |id: &StoryId| coverage::sector(site, site.story(*id)) == *sector;
            let here: Vec<StoryId> = stories.iter().copied().filter(is_of).collect();
            let shown = here.iter().take(IN_SECTOR);
            (!here.is_empty()).then(|| SectorView {
                name: *sector,
                id: sector_id(number),
                count: here.len(),
                stories: shown.map(|&id| self.archive_item(id)).collect(),
            })
        });
        views.collect()
    }

    /// Carriers by sector: how many stories of units of a sector name a carrier. `None` where
    /// units have no sectors.
    pub(super) fn carrier_table(&self) -> Option<CountTable<'a>> {
        let site = self.site;
        let sectors: Vec<Sector<'a>> = coverage::sectors(site);
        if sectors.iter().all(Option::is_none) {
            return None;
        }
        let counts = coverage::carriers_by_sector(site, &sectors, None);
        let rows = site.ids(CARRIERS).zip(counts).map(|(id, counts)| {
            let url = self.url(&site.entity_address(id));
            let cells = counts.into_iter().enumerate().map(|(number, count)| TableCell {
                count,
                url: (count > 0).then(|| format!("{url}#{}", sector_id(number))),
            });
            let cells = cells.collect();
            let name = Some(site.entity(id).name.as_str().into());
            TableRow { cells, head: TableHead { name, url: Some(url) } }
        });
        let columns =
            sectors.iter().map(|sector| TableHead { name: sector.map(Into::into), url: None });
        Some(CountTable { columns: columns.collect(), rows: rows.collect() })
    }
}

/// The id of the heading of a sector on the page of a carrier.
fn sector_id(number: usize) -> String {
    format!("xf-sector-{}", number + 1)
}
