//! Views of the calendar.

use std::collections::{BTreeMap, HashSet};

use time::{Date, Month};

use super::{
    CalendarDay, CalendarItem, CalendarMonth, CalendarView, CalendarYear, CountedYear, PageView,
    Views,
};
use crate::model::Fate;
use crate::model::calendar::{self, Item};
use crate::plan::calendar_year_address;
use crate::value::address::Address;

/// So many of what is past stand on the page of the calendar itself.
const PAST: usize = 40;

impl<'a> Views<'a> {
    /// `calendar`: what is to come, and below it what is past.
    pub fn calendar(&self) -> CalendarView<'a> {
        let items = calendar::items(self.site);
        let today = self.site.today().calendar_day();
        let mut years: BTreeMap<i32, usize> = BTreeMap::new();
        for item in &items {
            *years.entry(item.at.year()).or_default() += 1;
        }
        let (past, coming): (Vec<Item>, Vec<Item>) =
            items.iter().partition(|item| item.last_day() < today);
        let recent = &past[past.len().saturating_sub(PAST)..];
        let mut past = self.months(recent, &items);
        past.reverse();
        for month in &mut past {
            month.items.reverse();
        }
        let years = years.into_iter().rev().map(|(year, count)| CountedYear {
            year,
            url: self.url(&calendar_year_address(year)),
            count,
        });
        CalendarView { coming: self.months(&coming, &items), past, years: years.collect() }
    }

    /// `year` in calendar_year.html.
    pub fn calendar_year(&self, year: i32) -> CalendarYear<'a> {
        let mut items = calendar::items(self.site);
        items.retain(|item| item.at.year() == year);
        CalendarYear { year, count: items.len(), months: self.months(&items, &items) }
    }

    /// `page` of a year of the calendar.
    pub fn calendar_year_page(&self, year: i32, address: &Address) -> PageView<'a> {
        let title = self.words("calendar_year", &[("y", &year.to_string())]);
        let mut page = self.page(address, "calendar", title);
        page.crumbs = vec![self.crumb("calendar", "calendar")];
        page
    }

    /// Items by month; the grid of a month has those of `all`.
    fn months(&self, items: &[Item], all: &[Item]) -> Vec<CalendarMonth<'a>> {
        let month = |item: &Item| (item.at.year(), item.at.month());
        let on_page: HashSet<_> = items.iter().map(|item| (item.of, item.occasion)).collect();
        let mut grids: BTreeMap<(i32, u8), BTreeMap<u8, GridDay>> = BTreeMap::new();
        for item in all {
            let is_shown = on_page.contains(&(item.of, item.occasion));
            let first = item.at.calendar_day();
            for day in days_of(item) {
                let grid = grids.entry((day.year(), u8::from(day.month()))).or_default();
                let there = grid.entry(day.day()).or_default();
                there.count += 1;
                there.leads_to = there.leads_to.or(is_shown.then_some(first));
            }
        }
        let months = items.chunk_by(|a, b| month(a) == month(b));
        let months = months.map(|items| {
            let (year, number) = month(&items[0]);
            let days = grids.remove(&(year, number)).unwrap_or_default();
            let shown: Vec<u8> = items.iter().map(|item| item.at.day()).collect();
            let values = [("y", &*year.to_string()), ("n", &*number.to_string())];
            CalendarMonth {
                year,
                month: number,
                name: self.words("calendar_month", &values),
                id: format!("xf-{year:04}-{number:02}"),
                days: days.len(),
                weeks: weeks(year, number, &days),
                items: {
                    let first = |at: usize| at == 0 || shown[at - 1] != shown[at];
                    let items = items.iter().enumerate();
                    items.map(|(at, item)| self.calendar_item(item, first(at))).collect()
                },
            }
        });
        months.collect()
    }

    fn calendar_item(&self, item: &Item, is_first: bool) -> CalendarItem<'a> {
        let site = self.site;
        let entity = site.entity(item.of);
        let links = |key: &'static str| entity.tied(key).map(|id| self.link_entity(id)).collect();
        let is_event = item.occasion == calendar::Occasion::Event;
        let date = self.date(item.at);
        CalendarItem {
            id: is_first.then(|| day_id(item.at.calendar_day())),
            weekday: item.at.calendar_day().weekday().number_from_monday(),
            end: item.end.map(|at| self.date(at)),
            occasion: item.occasion.word(),
            kind: item.of.kind.kind().one,
            name: &entity.name,
            url: (!is_event).then(|| self.url(&site.entity_address(item.of))),
            place: entity.text("place"),
            unit: entity.tied("unit").next().filter(|_| is_event).map(|id| self.link_entity(id)),
            carriers: links("carriers"),
            works: links("works"),
            story: match calendar::story_of(site, entity) {
                Some(Ok(Fate::Story(id))) => Some(self.link_story(id)),
                _ => None,
            },
            description: entity.description.as_deref().filter(|_| is_event),
            date,
        }
    }
}

fn day_id(day: Date) -> String {
    format!("xf-day-{day}")
}

/// What is on a day of a month.
#[derive(Default)]
struct GridDay {
    count: usize,
    /// The first day of something on it that stands on the page.
    leads_to: Option<Date>,
}

/// The days of an item. Nothing lasts longer than a year here.
fn days_of(item: &Item) -> impl Iterator<Item = Date> + use<> {
    let last = item.last_day();
    let days = std::iter::successors(Some(item.at.calendar_day()), |day| day.next_day());
    days.take_while(move |day| *day <= last).take(366)
}

/// The weeks of a month from Monday on.
fn weeks(year: i32, month: u8, days: &BTreeMap<u8, GridDay>) -> Vec<Vec<CalendarDay>> {
    let empty = CalendarDay { day: None, count: 0, url: None };
    let first =
        Month::try_from(month).ok().and_then(|month| Date::from_calendar_date(year, month, 1).ok());
    let Some(first) = first else { return Vec::new() };
    let before = usize::from(first.weekday().number_days_from_monday());
    let mut cells = vec![empty.clone(); before];
    let all = std::iter::successors(Some(first), |day| day.next_day());
    cells.extend(all.take_while(|day| day.month() == first.month()).map(|date| {
        let there = days.get(&date.day());
        CalendarDay {
            day: Some(date.day()),
            count: there.map_or(0, |there| there.count),
            url: there.and_then(|there| Some(format!("#{}", day_id(there.leads_to?)))),
        }
    }));
    cells.resize(cells.len().next_multiple_of(7), empty);
    cells.chunks(7).map(<[CalendarDay]>::to_vec).collect()
}
