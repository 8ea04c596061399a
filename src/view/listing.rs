//! Views of listings: lists of stories, their pages, the home page and the archive.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::months::bars;
use super::{
    ArchiveItem, ChangedView, CountedKind, CountedLink, CountedYear, Counts, FocalPointSection,
    HomeView, ListView, MonthView, NamedLink, PageView, Pager, PagerPage, Views, YearView,
};
use crate::base::slot::slot;
use crate::model::StoryId;
use crate::model::entity::{EntityId, IndexPages, KindId};
use crate::model::kinds::{BRANCHES, FOCAL_POINTS, MEMBERS, SERIES};
use crate::model::story::Story;
use crate::plan::{page_count, year_address};
use crate::value::address::Address;
use crate::value::kind::Kind;

/// How much the home page shows of each.
mod home {
    pub const FEATURED: usize = 4;
    pub const LATEST: usize = 6;
    pub const NEWEST: usize = 12;
    pub const IN_FOCAL_POINT: usize = 2;
    pub const NEWS: usize = 6;
    pub const IN_PICTURES: usize = 4;
    pub const BRANCHES: usize = 8;
    pub const MEMBERS: usize = 12;
    pub const CHANGED: usize = 4;
}

/// How many stories of each focal point the page of all shows.
const IN_SECTION: usize = 4;

/// From so many stories on a list says where those of each year begin.
const BY_YEAR_FROM: usize = 6;

impl<'a> Views<'a> {
    /// Page `number` of a list of stories that begins at `first`. Its items are the slot `items`.
    pub fn list(
        &self,
        first: &Address,
        stories: &[StoryId],
        number: usize,
        items: usize,
    ) -> ListView {
        let count = stories.len();
        let is_whole = count <= self.site.settings.page_size;
        ListView {
            items: slot(items),
            count,
            pager: self.pager(first, count, number),
            years: self.years_of(first, stories),
            kinds: self.kinds_of(if is_whole { stories } else { &[] }),
        }
    }

    /// Where the stories of each year begin in a list: pinned stories come before all others.
    fn years_of(&self, first: &Address, stories: &[StoryId]) -> Vec<CountedYear> {
        let year = |id: &StoryId| self.site.story(*id).date.year();
        let pinned = stories.partition_point(|id| self.site.story(*id).document.front.pinned);
        let mut years = Vec::new();
        let mut at = pinned;
        while let Some(id) = stories.get(at).filter(|_| stories.len() >= BY_YEAR_FROM) {
            let this = year(id);
            let next = at + stories[at..].partition_point(|id| year(id) >= this);
            let also = stories[..pinned].iter().filter(|id| year(id) == this).count();
            let page = self.url(&first.numbered(at / self.site.settings.page_size + 1));
            let url = format!("{page}#xf-{}", self.story_name(*id));
            years.push(CountedYear { year: this, url, count: next - at + also });
            at = next;
        }
        if years.len() > 1 { years } else { Vec::new() }
    }

    /// The kinds of stories, if there are several.
    fn kinds_of(&self, stories: &[StoryId]) -> Vec<CountedKind> {
        let of =
            |kind: Kind| stories.iter().filter(|id| self.site.story(**id).kind == kind).count();
        let counted = Kind::ALL.into_iter().map(|kind| (kind, of(kind)));
        let kinds: Vec<CountedKind> = counted
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| CountedKind { kind: kind.word(), count })
            .collect();
        if kinds.len() > 1 { kinds } else { Vec::new() }
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

    /// `home`, and the stories whose items fill its slot. No story stands on it twice: each part
    /// has what those before it have left.
    pub fn home(&self, items: usize) -> (HomeView<'a>, Vec<StoryId>) {
        let site = self.site;
        let order = site.settings.home_order();
        let has = |section: &str| order.contains(&section);
        // What is not shown takes nothing from what is.
        let most = |sections: &[&str], most: usize| match sections.iter().any(|name| has(name)) {
            true => most,
            false => 0,
        };
        let mut shown: BTreeSet<StoryId> = BTreeSet::new();
        let mut left = |stories: &mut dyn Iterator<Item = StoryId>, most: usize| {
            let new: Vec<StoryId> = stories.filter(|id| !shown.contains(id)).take(most).collect();
            shown.extend(&new);
            new
        };
        let all = || (0..site.stories.len() as u32).map(StoryId);
        let items_of =
            |stories: Vec<StoryId>| stories.into_iter().map(|id| self.item(id)).collect();
        let featured = left(&mut self.featured().into_iter(), most(&["front"], home::FEATURED));
        let is_in_row = |id: &StoryId| !featured.contains(id) && self.picture_story(*id).is_some();
        let wanted = most(&["pictures"], home::IN_PICTURES);
        let row: Vec<StoryId> = all().filter(is_in_row).take(wanted).collect();
        // One alone would be no row.
        let row = Some(row).filter(|row| row.len() > 1).unwrap_or_default();
        let in_pictures = left(&mut row.into_iter(), home::IN_PICTURES);
        let news = &mut site.listed[Kind::News as usize].iter().copied();
        let news = left(news, most(&["front", "news"], home::NEWS));
        let focal_points = site.ids(FOCAL_POINTS).filter(|_| has("focal_points")).map(|id| {
            let stories = &mut site.entity(id).stories.iter().copied();
            self.focal_point_with(id, left(stories, home::IN_FOCAL_POINT))
        });
        let focal_points = focal_points.collect();
        let latest = left(&mut all(), most(&["latest"], home::LATEST));
        let changed = left(&mut self.changed().into_iter(), most(&["changed"], home::CHANGED));
        let view = HomeView {
            sections: self.counted_sections(),
            counts: Counts {
                stories: site.stories.len(),
                branches: site.all(BRANCHES).len(),
                members: site.all(MEMBERS).len(),
            },
            featured: items_of(featured),
            news: items_of(news),
            focal_points,
            count: latest.len(),
            items: slot(items),
            newest: items_of(all().take(home::NEWEST).collect()),
            in_pictures: in_pictures.into_iter().filter_map(|id| self.picture_story(id)).collect(),
            series: {
                let is_pinned = |id: &EntityId| site.entity(*id).text("pinned").is_some();
                let has_stories = |id: &EntityId| !site.entity(*id).stories.is_empty();
                let pinned = site.ids(SERIES).filter(is_pinned).filter(has_stories);
                let pinned = pinned.filter(|_| has("series"));
                pinned.map(|id| self.entity(id)).collect()
            },
            branches: {
                let shown = site.ids(BRANCHES).take(most(&["branches"], home::BRANCHES));
                shown.map(|id| self.subject(id)).collect()
            },
            members: {
                let shown = site.ids(MEMBERS).take(most(&["members"], home::MEMBERS));
                shown.map(|id| self.subject(id)).collect()
            },
            changed: changed.into_iter().map(|id| self.changed_story(id)).collect(),
            order,
        };
        (view, latest)
    }

    /// The indices and lists of the site, and how much each has. Only the home page has this: on
    /// every page it would make all of them anew with each story.
    fn counted_sections(&self) -> Vec<CountedLink<'a>> {
        let site = self.site;
        let kinds = KindId::all().filter(|id| !site.all(*id).is_empty());
        let kinds = kinds.filter(|id| id.kind().index != IndexPages::None).map(|id| CountedLink {
            name: self.word(id.kind().many),
            url: self.url(&id.kind().address()),
            count: site.all(id).len(),
        });
        let lists = Kind::ALL.into_iter().filter(|kind| kind.is_listed());
        let lists = lists.map(|kind| CountedLink {
            name: self.word(kind.section()),
            url: self.url(&Address::page(&[kind.section()])),
            count: site.listed[kind as usize].len(),
        });
        kinds.chain(lists.filter(|list| list.count > 0)).collect()
    }

    /// What leads the home page.
    fn featured(&self) -> Vec<StoryId> {
        let all = || (0..self.site.stories.len() as u32).map(StoryId);
        let front = |id: &StoryId| &self.site.story(*id).document.front;
        let leading: Vec<StoryId> =
            all().filter(|id| front(id).feature).take(home::FEATURED).collect();
        if !leading.is_empty() {
            return leading;
        }
        all().find(|id| front(id).cover.is_some()).or_else(|| all().next()).into_iter().collect()
    }

    /// The stories that were changed or corrected after they were published, the latest change
    /// first.
    fn changed(&self) -> Vec<StoryId> {
        let all = (0..self.site.stories.len() as u32).map(StoryId);
        let is_changed = |id: &StoryId| {
            let front = &self.site.story(*id).document.front;
            front.updated.is_some() || front.correction.is_some()
        };
        let mut changed: Vec<StoryId> = all.filter(is_changed).collect();
        // Stable: of one day the newest story is the first.
        changed.sort_by_key(|id| Reverse(self.site.story(*id).updated()));
        changed
    }

    fn changed_story(&self, id: StoryId) -> ChangedView<'a> {
        let story = self.site.story(id);
        ChangedView {
            story: self.link_story(id),
            date: self.date(story.updated()),
            is_corrected: story.document.front.correction.is_some(),
        }
    }

    /// A focal point with its latest stories.
    pub(super) fn focal_point_section(&self, id: EntityId) -> FocalPointSection<'a> {
        let stories = &self.site.entity(id).stories;
        self.focal_point_with(id, stories.iter().take(IN_SECTION).copied().collect())
    }

    fn focal_point_with(&self, id: EntityId, stories: Vec<StoryId>) -> FocalPointSection<'a> {
        FocalPointSection {
            focal_point: self.focal_point(id),
            stories: stories.into_iter().map(|id| self.item(id)).collect(),
        }
    }

    /// `page` of a page of an entity and its stories.
    pub fn entity_page(&self, id: EntityId, address: &Address) -> PageView<'a> {
        let (kind, entity) = (id.kind.kind(), self.site.entity(id));
        let mut page = self.page(address, kind.folder, self.site.page_title(id));
        // The unit has a page of its own, with the same name.
        let is_branch = id.kind == BRANCHES;
        if is_branch {
            page.title = self.words("branch_title", &[("name", &page.here)]).into();
        }
        page.description = Some(match entity.description.as_deref() {
            Some(text) if !text.is_empty() && is_branch => {
                let title = self.word("kind_branch");
                self.words("titled_description", &[("title", title), ("text", text)]).into()
            }
            Some(description) if !description.is_empty() => description.into(),
            _ => {
                let count = entity.stories.len().to_string();
                let kind = self.word(kind.many);
                let values = [("name", &*page.here), ("kind", kind), ("n", &count)];
                self.words("entity_description", &values).into()
            }
        });
        page.crumbs = vec![self.crumb(kind.many, kind.folder)];
        if self.site.has_feeds(id.kind) {
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
        let here: Vec<StoryId> = (from as u32..to as u32).map(StoryId).collect();
        let link = |story: Option<&Story>| {
            let year = story.filter(|_| with_stories)?.date.year();
            let name = self.words("archive_year", &[("y", &year.to_string())]);
            Some(NamedLink { name: name.into(), url: self.url(&year_address(year)) })
        };
        YearView {
            year,
            url: self.url(&address),
            count: to - from,
            bars: bars((year, 1), stories[from..to].iter().map(|story| (year, story.date.month()))),
            kinds: if with_stories { self.kinds_of(&here) } else { Vec::new() },
            newer: link(from.checked_sub(1).and_then(|at| stories.get(at))),
            older: link(stories.get(to)),
            months,
        }
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
