//! Views of the honour roll.

use std::borrow::Cow;

use super::{AwardView, HonourView, HonouredView, PageView, RollView, RollYear, Views};
use crate::model::Site;
use crate::model::entity::EntityId;
use crate::model::honours::{Award, Honoured};
use crate::model::kinds::BRANCHES;
use crate::plan::{honours_address, honours_year_address};
use crate::value::address::Address;

/// So many are shown on the page of all years; older years have pages of their own alone.
const SHOWN: usize = 600;

impl<'a> Views<'a> {
    /// The honours of a person, or of the unit of a model branch; the latest first.
    pub(super) fn honours_of(&self, id: EntityId) -> Vec<HonourView<'a>> {
        let owner = match id.kind {
            BRANCHES => self.site.entity(id).belongs_to,
            _ => Some(id),
        };
        let view = |award: &'a Award| HonourView {
            title: &award.title,
            by: award.by.as_deref(),
            year: award.year_as_said(),
            level: award.level.as_deref(),
            document: award.document.as_deref(),
        };
        owner.into_iter().flat_map(|owner| self.site.roll().of_one(owner)).map(view).collect()
    }

    /// `roll`: all years, or one.
    pub fn honour_roll(&self, only: Option<i32>) -> RollView<'a> {
        let awards = &self.site.roll().awards;
        let (mut shown, mut years) = (0, Vec::new());
        for awards in awards.chunk_by(|one, other| one.year == other.year) {
            let year = awards[0].year;
            let count = awards.iter().map(Award::count).sum();
            let is_whole = match only {
                Some(only) => year == Some(only),
                None => years.is_empty() || year.is_none() || shown + count <= SHOWN,
            };
            shown += if is_whole { count } else { 0 };
            years.push(RollYear {
                name: match year {
                    Some(year) => self.words("honour_year", &[("year", &year.to_string())]),
                    None => self.word("honours_undated").to_string(),
                },
                id: format!("xf-{}", year.unwrap_or_default()),
                url: year.map(|year| self.url(&honours_year_address(year))),
                current: only.is_some() && year == only,
                count,
                awards: match is_whole {
                    true => {
                        awards.iter().enumerate().map(|(at, award)| self.award(award, at)).collect()
                    }
                    false => Vec::new(),
                },
            });
        }
        RollView { count: awards.iter().map(Award::count).sum(), is_year: only.is_some(), years }
    }

    fn award(&self, award: &'a Award, at: usize) -> AwardView<'a> {
        let unit = |&id: &EntityId| {
            let link = self.link_entity(id);
            HonouredView { id: None, name: link.name, url: Some(link.url), unit: None }
        };
        let people = award.people.iter().enumerate().map(|(nth, person)| HonouredView {
            id: person.page.is_none().then(|| person_id(award, at, nth)),
            name: Cow::Borrowed(person.name.as_str()),
            url: person.page.map(|id| self.url(&self.site.entity_address(id))),
            unit: person.unit.map(|id| self.site.entity(id).name.as_str()),
        });
        AwardView {
            id: award_id(award, at),
            title: &award.title,
            by: award.by.as_deref(),
            level: award.level.as_deref(),
            document: award.document.as_deref(),
            date: award.date.map(|at| self.date(at)),
            units: award.units.iter().map(unit).collect(),
            people: people.collect(),
        }
    }

    /// `page` of a year of the roll.
    pub fn honours_page(&self, year: i32, address: &Address) -> PageView<'a> {
        let title = self.words("honours_year", &[("y", &year.to_string())]);
        let mut page = self.page(address, "honours", title);
        page.crumbs = vec![self.crumb("honour_roll", "honours")];
        page
    }
}

/// Where an award is on a page, by its place in its year.
fn award_id(award: &Award, at: usize) -> String {
    format!("xf-{}-{}", award.year.unwrap_or_default(), at + 1)
}

fn person_id(award: &Award, at: usize, nth: usize) -> String {
    format!("{}-{}", award_id(award, at), nth + 1)
}

/// What search finds on the roll by its name: an honour, or someone who has no page.
#[derive(Debug)]
pub struct Named<'r> {
    /// The name.
    pub name: &'r str,
    /// Who it is, if it is a person.
    pub person: Option<&'r Honoured>,
    /// Where it is on the roll.
    pub address: String,
    /// What else to say of it.
    pub more: String,
    /// How many have received it.
    pub count: usize,
}

/// Everything on the roll that search finds by its name.
pub fn named(site: &Site) -> Vec<Named<'_>> {
    let mut found = Vec::new();
    for of_year in site.roll().awards.chunk_by(|one, other| one.year == other.year) {
        for (at, award) in of_year.iter().enumerate() {
            let page = award.year.map_or_else(honours_address, honours_year_address);
            let on_page = |id: String| format!("{}#{id}", page.as_str());
            let year = award.year.map(|year| year.to_string());
            let said = [year.as_deref(), award.by.as_deref()];
            found.push(Named {
                name: &award.title,
                person: None,
                address: on_page(award_id(award, at)),
                more: said.into_iter().flatten().collect::<Vec<_>>().join(" "),
                count: award.count(),
            });
            for (nth, person) in award.people.iter().enumerate() {
                if person.page.is_none() {
                    found.push(Named {
                        name: &person.name,
                        person: Some(person),
                        address: on_page(person_id(award, at, nth)),
                        more: award.title.clone(),
                        count: 1,
                    });
                }
            }
        }
    }
    found
}
