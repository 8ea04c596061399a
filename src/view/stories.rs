//! Views of stories and pages.

use super::{
    AccountView, ContentView, DateView, FocalPointTag, HeadingView, HonourView, LinkedView,
    NamedLink, PageView, PictureView, ResultView, ShownTexts, ShownView, StoryItem, StoryView,
    TiesView, Untyped, Views,
};
use crate::base::slot::slot;
use crate::model::entity::{EntityId, KindId};
use crate::model::kinds::{CARRIERS, FOCAL_POINTS, MEMBERS, REGIONS, UNITS, WORKS};
use crate::model::link::{Owner, resolve_cover};
use crate::model::story::Story;
use crate::model::{PageId, Site, StoryId};
use crate::parse::Document;
use crate::parse::front_matter::FrontMatter;
use crate::schema::Show;
use crate::schema::story::{Honour, Measure};
use crate::value::kind::Kind;
use crate::yaml::fields::ListItem;

/// A contents list is given from this many headings on.
const OUTLINE_FROM: usize = 3;

/// Characters that are read in a minute, by the usual rule of thumb for Chinese prose.
const CHARACTERS_A_MINUTE: usize = 400;

/// How many related stories a story shows.
const RELATED: usize = 3;

impl<'a> Views<'a> {
    /// A story, as lists show it.
    pub fn item(&self, id: StoryId) -> StoryItem<'a> {
        let story = self.site.story(id);
        let document = &story.document;
        let front = &document.front;
        let owner = Owner::Story(id);
        StoryItem {
            title: self.title(document),
            url: self.url(&self.site.story_address(id)),
            summary: story.summary(),
            date: self.date_of(story),
            kind: story.kind.word(),
            unit: story.first(UNITS).map(|id| self.link_entity(id)).or_else(|| {
                let name = self.gap(document, "unit")?.into();
                Some(NamedLink { name, url: self.url(&self.site.story_address(id)) })
            }),
            person: story.first(MEMBERS).map(|id| self.link_entity(id)),
            name: self.site.person_of(story).or_else(|| self.gap(document, "name")),
            focal_points: {
                let points = story.all(FOCAL_POINTS).iter();
                let gap = self.gap(document, "focal_points").map(|words| FocalPointTag {
                    name: words,
                    short_name: words,
                    url: self.url(&self.site.story_address(id)),
                    colour: None,
                    // That of no focal point.
                    number: usize::from(u16::MAX),
                });
                points.map(|&id| self.focal_point_tag(id)).chain(gap).collect()
            },
            cover: self.cover(owner),
            pinned: front.pinned,
            draft: self.site.is_preview(story),
        }
    }

    /// The date of a story, or the gap in its place.
    pub(super) fn date_of(&self, story: &Story) -> DateView {
        let date = self.date(story.date);
        match self.gap(&story.document, "date") {
            Some(words) => DateView { text: words.to_string(), ..date },
            None => date,
        }
    }

    /// The cover of a story or page.
    pub(super) fn cover(&self, owner: Owner) -> Option<PictureView<'a>> {
        let document = self.site.document(owner);
        let given = document.front.cover.as_ref()?;
        let file = resolve_cover(self.site, document, given).ok()?;
        Some(PictureView {
            src: self.url(&self.site.file_address(owner, &file)),
            alt: document.front.cover_alt.as_deref().unwrap_or_default(),
        })
    }

    /// A story on its own page. Its body is the slot `body`, the items of related stories
    /// are the slot `related`.
    pub fn story<'v>(
        &'v self,
        id: StoryId,
        ties: &'v TiesView<'a>,
        body: usize,
        related: usize,
    ) -> StoryView<'v> {
        StoryView {
            item: self.item(id),
            account: self.account(&self.site.story(id).document),
            ties,
            body: slot(body),
            related: slot(related),
        }
    }

    /// What a story's own page shows of it. Nothing but the theme's words and the document
    /// may go into it, so that the document's digest stands for it.
    fn account(&self, document: &'a Document) -> AccountView<'a> {
        let Document { front, body, .. } = document;
        AccountView {
            lead: front.summary.as_deref(),
            outline: outline(document),
            post: front.post.as_deref(),
            honours: front.honours.iter().map(honour).collect(),
            results: front.results.iter().map(result).collect(),
            shown: shown(front),
            updated: front.updated.map(|at| self.date(at)),
            characters: body.characters,
            minutes: body.characters.div_ceil(CHARACTERS_A_MINUTE).max(1),
            extra: front.extra.as_ref().map(Untyped),
        }
    }

    /// What the rest of the site has to do with a story, and the stories that are related.
    pub fn ties(&self, id: StoryId) -> (TiesView<'a>, Vec<StoryId>) {
        let site = self.site;
        let story = site.story(id);
        let related: Vec<StoryId> = related_to(site, id).collect();
        let ties = TiesView {
            region: story.first(REGIONS).map(|id| self.link_entity(id)),
            carriers: {
                let named = |id: &EntityId| !story.linked_works.contains(id);
                self.links(story.all(CARRIERS).iter().copied().filter(named))
            },
            linked: self.linked(story),
            newer: id.0.checked_sub(1).map(|i| self.link_story(StoryId(i))),
            older: (id.index() + 1 < site.stories.len())
                .then(|| self.link_story(StoryId(id.0 + 1))),
            related_count: related.len(),
        };
        (ties, related)
    }

    fn links(&self, ids: impl Iterator<Item = EntityId>) -> Vec<NamedLink<'a>> {
        ids.map(|id| self.link_entity(id)).collect()
    }

    fn linked(&self, story: &Story) -> Vec<LinkedView<'a>> {
        let mut linked = Vec::new();
        for id in KindId::all() {
            let kind = id.kind();
            if matches!(id, FOCAL_POINTS | UNITS) || kind.named_by.is_none() {
                continue;
            }
            let named = |id: &EntityId| !story.linked_works.contains(id);
            let entities = self.links(story.all(id).iter().copied().filter(named));
            if !entities.is_empty() {
                let keys = [format!("story_{}", kind.many), format!("story_{}", kind.one)];
                let label = keys.iter().find_map(|key| self.strings.find(key));
                let label = label.unwrap_or_else(|| self.word(kind.many));
                linked.push(LinkedView { kind: kind.one, label, entities });
            }
            // Works and carriers that the story is coordinated with stand apart.
            if id == WORKS && !story.linked_works.is_empty() {
                let entities = self.links(story.linked_works.iter().copied());
                let label = self.word("story_linked_works");
                linked.push(LinkedView { kind: kind.one, label, entities });
            }
        }
        linked
    }

    /// `page` of a story.
    pub fn story_page(&self, id: StoryId) -> PageView<'a> {
        let story = self.site.story(id);
        let section = match story.kind {
            Kind::Branch => "branches",
            Kind::Member => "members",
            Kind::News => "news",
        };
        let mut page = self.page(&self.site.story_address(id), section, story.title());
        page.description = Some(story.summary());
        page.crumbs = vec![self.crumb(section, section)];
        self.add_image(&mut page, Owner::Story(id));
        page
    }

    fn add_image(&self, page: &mut PageView<'a>, owner: Owner) {
        let document = self.site.document(owner);
        let cover = document.front.cover.as_ref();
        page.image = cover
            .and_then(|given| resolve_cover(self.site, document, given).ok())
            .and_then(|file| self.absolute(&self.site.file_address(owner, &file)));
    }

    /// A page of `content/pages`. Its body is the slot `body`.
    pub fn content(&self, id: PageId, body: usize) -> ContentView<'a> {
        let document = &self.site.pages[id.index()].document;
        ContentView {
            body: slot(body),
            outline: outline(document),
            updated: document.front.updated.map(|at| self.date(at)),
            extra: document.front.extra.as_ref().map(Untyped),
        }
    }

    /// `page` of a page of `content/pages`.
    pub fn content_page(&self, id: PageId) -> PageView<'a> {
        let owner = Owner::Page(id);
        let document = self.site.document(owner);
        let mut page = self.page(&self.site.page_address(id), "page", document.title());
        let summary = document.front.summary.as_deref();
        page.description = Some(summary.unwrap_or(&document.body.excerpt));
        self.add_image(&mut page, owner);
        page
    }
}

fn outline(document: &Document) -> Vec<HeadingView<'_>> {
    let headings = &document.body.headings;
    if headings.len() < OUTLINE_FROM {
        return Vec::new();
    }
    headings
        .iter()
        .map(|heading| HeadingView {
            level: heading.level,
            text: &heading.text,
            url: format!("#{}", crate::value::address::encode_fragment(&heading.id)),
        })
        .collect()
}

fn shown(front: &FrontMatter) -> ShownView<'_> {
    let mut view = ShownView::default();
    for (field, texts) in front.shown() {
        let key = field.name;
        if !texts.is_empty() {
            let texts = ShownTexts { key, texts: texts.clone() };
            match field.show {
                Some(Show::Byline) => view.byline.push(texts),
                Some(Show::Credit) => view.credits.push(texts),
                Some(Show::Fact) => view.facts.push(texts),
                None => {}
            }
        }
        view.by_key.insert(key, texts);
    }
    view
}

pub(super) fn honour(honour: &ListItem<Honour>) -> HonourView<'_> {
    HonourView {
        title: &honour.title,
        by: honour.by.as_deref(),
        year: honour.year.as_deref().map(|year| year.trim_end_matches('年')),
    }
}

pub(super) fn result(measure: &ListItem<Measure>) -> ResultView<'_> {
    ResultView {
        indicator: &measure.indicator,
        before: measure.before.as_deref(),
        after: &measure.after,
        unit: measure.unit.as_deref(),
    }
}

/// Other stories of the same primary focal point: those that follow in its list, then
/// those before. A list is pinned stories and then the rest, both in the order of ids, so
/// the story's place is found without walking the list.
fn related_to(site: &Site, id: StoryId) -> impl Iterator<Item = StoryId> {
    let list: &[StoryId] = match site.story(id).first(FOCAL_POINTS) {
        Some(point) => &site.entity(point).stories,
        None => &[],
    };
    let pinned = list.partition_point(|id| site.story(*id).document.front.pinned);
    let place = match list[..pinned].binary_search(&id) {
        Ok(place) => Some(place),
        Err(_) => list[pinned..].binary_search(&id).ok().map(|place| pinned + place),
    };
    let (before, behind) = match place {
        Some(place) => (&list[..place], &list[place + 1..]),
        None => (&list[..0], list),
    };
    behind.iter().chain(before.iter().rev()).copied().take(RELATED)
}
