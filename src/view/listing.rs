//! Views of listings: lists of stories, their pages, the home page and the archive.

use std::collections::BTreeSet;

use super::{
    ArchiveItem, Counts, FocalPointSection, HomeView, ListView, MonthView, NamedLink, PageView,
    Pager, PagerPage, Views, YearView,
};
use crate::base::slot::slot;
use crate::model::StoryId;
use crate::model::entity::EntityId;
use crate::model::kinds::{BRANCHES, FOCAL_POINTS, MEMBERS};
use crate::plan::{page_count, year_address};
use crate::value::address::Address;
use crate::value::kind::Kind;

/// How much the home page shows of each.
mod home {
    pub const FEATURED: usize = 4;
    pub const LATEST: usize = 12;
    pub const IN_FOCAL_POINT: usize = 4;
    pub const NEWS: usize = 6;
    pub const IN_PICTURES: usize = 4;
    pub const BRANCHES: usize = 8;
    pub const MEMBERS: usize = 12;
}

impl<'a> Views<'a> {
    /// Page `number` of a list of `count` stories that begins at `first`. Its items are
    /// the slot `items`.
    pub fn list(&self, first: &Address, count: usize, number: usize, items: usize) -> ListView {
        ListView { items: slot(items), count, pager: self.pager(first, count, number) }
    }

    pub(super) fn pager(&self, first: &Address, count: usize, number: usize) -> Pager {
        let total = page_count(count, self.site.settings.page_size);
        let url = |number: usize| self.url(&first.numbered(number));
        // The first, the last, and two on either side of this one.
        let near = number.saturating_sub(2).max(1)..=(number + 2).min(total);
        let shown: BTreeSet<usize> = near.chain([1, total]).collect();
        let mut pages = Vec::new();
        let mut last = 0;
        for n in shown {
            if n > last + 1 {
                pages.push(PagerPage { number: last + 1, url: None, current: false });
            }
            pages.push(PagerPage { number: n, url: Some(url(n)), current: n == number });
            last = n;
        }
        Pager {
            number,
            total,
            previous: (number > 1).then(|| url(number - 1)),
            next: (number < total).then(|| url(number + 1)),
            first: url(1),
            last: url(total),
            pages,
        }
    }

    /// `home`, and the stories whose items fill its slot.
    pub fn home(&self, items: usize) -> (HomeView<'a>, Vec<StoryId>) {
        let site = self.site;
        let all = || (0..site.stories.len() as u32).map(StoryId);
        let front = |id: &StoryId| &site.story(*id).document.front;
        let mut featured: Vec<StoryId> =
            all().filter(|id| front(id).pinned).take(home::FEATURED).collect();
        if featured.is_empty() {
            featured = all().find(|id| front(id).cover.is_some()).into_iter().collect();
        }
        let latest: Vec<StoryId> =
            all().filter(|id| !featured.contains(id)).take(home::LATEST).collect();
        let view = HomeView {
            counts: Counts {
                stories: site.stories.len(),
                branches: site.all(BRANCHES).len(),
                members: site.all(MEMBERS).len(),
            },
            featured: featured.iter().map(|&id| self.item(id)).collect(),
            count: latest.len(),
            items: slot(items),
            focal_points: {
                site.ids(FOCAL_POINTS).map(|id| self.focal_point_section(id)).collect()
            },
            news: site.listed[Kind::News as usize]
                .iter()
                .take(home::NEWS)
                .map(|&id| self.item(id))
                .collect(),
            in_pictures: {
                all().filter_map(|id| self.picture_story(id)).take(home::IN_PICTURES).collect()
            },
            branches: {
                site.ids(BRANCHES).take(home::BRANCHES).map(|id| self.subject(id)).collect()
            },
            members: site.ids(MEMBERS).take(home::MEMBERS).map(|id| self.subject(id)).collect(),
        };
        (view, latest)
    }

    /// A focal point with its latest stories.
    pub(super) fn focal_point_section(&self, id: EntityId) -> FocalPointSection<'a> {
        let stories = &self.site.entity(id).stories;
        FocalPointSection {
            focal_point: self.focal_point(id),
            stories: stories.iter().take(home::IN_FOCAL_POINT).map(|&id| self.item(id)).collect(),
        }
    }

    /// `page` of a page of an entity and its stories.
    pub fn entity_page(&self, id: EntityId, address: &Address) -> PageView<'a> {
        let (kind, entity) = (id.kind.kind(), self.site.entity(id));
        let mut page = self.page(address, kind.folder, self.site.page_title(id));
        if let Some(description) = entity.description.as_deref().filter(|text| !text.is_empty()) {
            page.description = Some(description);
        }
        page.crumbs = vec![self.crumb(kind.many, kind.folder)];
        if kind.feed {
            page.feed = self.url(&self.site.entity_address(id).below("feed.xml"));
        }
        page
    }

    /// The way to a year of the archive.
    pub fn archive_crumb(&self) -> NamedLink<'a> {
        self.crumb("archive", "archive")
    }

    /// `years`, latest first, months without their stories.
    pub fn years(&self) -> Vec<YearView<'a>> {
        let mut years = Vec::new();
        let mut rest = self.site.stories.len();
        let mut from = 0;
        while rest > 0 {
            let year = self.site.stories[from].date.year();
            let view = self.year(year, false);
            from += view.count;
            rest -= view.count;
            years.push(view);
        }
        years
    }

    /// `year`, with or without the stories of its months.
    pub fn year(&self, year: i32, with_stories: bool) -> YearView<'a> {
        let stories = &self.site.stories;
        let from = stories.partition_point(|story| story.date.year() > year);
        let to = stories.partition_point(|story| story.date.year() >= year);
        let address = year_address(year);
        let mut months: Vec<MonthView<'a>> = Vec::new();
        for (i, story) in stories.iter().enumerate().take(to).skip(from) {
            let month = story.date.month();
            if months.last().is_none_or(|last| last.month != month) {
                let url = format!("{}#xf-month-{month}", self.url(&address));
                months.push(MonthView { month, url, count: 0, stories: Vec::new() });
            }
            if let Some(last) = months.last_mut() {
                last.count += 1;
                if with_stories {
                    last.stories.push(self.archive_item(StoryId(i as u32)));
                }
            }
        }
        YearView { year, url: self.url(&address), count: to - from, months }
    }

    pub(super) fn archive_item(&self, id: StoryId) -> ArchiveItem<'a> {
        let story = self.site.story(id);
        ArchiveItem {
            title: self.title(&story.document),
            url: self.url(&self.site.story_address(id)),
            date: self.date_of(story),
            kind: story.kind.word(),
        }
    }
}
