//! Views of stories and pages.

use std::borrow::Cow;

use super::related::{beside, related_to};
use super::views::sign_of_none;
use super::{
    AccountView, CastView, ChartView, CollectedView, ContentView, CorrectedView, CorrectionView,
    DateView, EvaluationView, FocalPointTag, HeadingView, HonourView, LinkedView, NamedLink,
    PageView, PersonView, PictureStoryView, PictureView, QuoteView, ResultView, ShownTexts,
    ShownView, StoryItem, StoryView, TiesView, Untyped, Views,
};
use crate::base::format::Format;
use crate::base::name;
use crate::base::slot::slot;
use crate::base::text::without_gaps;
use crate::model::entity::{EntityId, KindId, Portrait};
use crate::model::kinds::{CARRIERS, FOCAL_POINTS, MEMBERS, REGIONS, UNITS, WORKS};
use crate::model::link::{Owner, Target, resolve, resolve_cover};
use crate::model::picture::{CARD, SQUARE, Variant};
use crate::model::story::Story;
use crate::model::{PageId, StoryId};
use crate::parse::Document;
use crate::parse::front_matter::FrontMatter;
use crate::parse::markdown::{Film, LinkKind, LinkedFile, Shown};
use crate::picture::{Header, Shape};
use crate::plan::icons::{icon_address, logo};
use crate::schema::Show;
use crate::schema::story::{Evaluation, Honour, Measure, Participation, Quote};
use crate::source::SourcePath;
use crate::value::address::Address;
use crate::value::quantity::{self, Count};
use crate::yaml::fields::ListItem;

/// A contents list is given from this many headings on.
const OUTLINE_FROM: usize = 3;

/// Characters that are read in a minute, by the usual rule of thumb for Chinese prose.
const CHARACTERS_A_MINUTE: usize = 400;

/// A picture that is no wider is not opened: it would be no larger.
const BODY_WIDTH: u32 = 480;

/// A story of so many pictures tells with pictures.
const SEVERAL: usize = 2;

impl<'a> Views<'a> {
    /// A story, as lists show it.
    pub fn item(&self, id: StoryId) -> StoryItem<'a> {
        let story = self.site.story(id);
        let document = &story.document;
        let front = &document.front;
        let owner = Owner::Story(id);
        let gap = self.gap(document, "unit").map(|words| NamedLink {
            name: words.into(),
            url: self.url(&self.site.story_address(id)),
        });
        let units: Vec<NamedLink<'_>> =
            self.links(story.all(UNITS).iter().copied()).into_iter().chain(gap).collect();
        let gap = self.gap(document, "name").map(|name| PersonView { name, url: None });
        let people = self.site.people_of(story).into_iter().map(|(name, id)| PersonView {
            name,
            url: id.map(|id| self.url(&self.site.entity_address(id))),
        });
        let people: Vec<PersonView<'_>> = people.chain(gap).collect();
        StoryItem {
            id: self.story_name(id),
            slug: &story.slug,
            title: self.title(document),
            url: self.url(&self.site.story_address(id)),
            summary: story.summary(),
            date: self.date_of(story),
            kind: story.kind.word(),
            unit: units.first().cloned(),
            units,
            person: story.first(MEMBERS).map(|id| self.link_entity(id)),
            name: (!people.is_empty()).then(|| {
                let names: Vec<&str> = people.iter().map(|person| person.name).collect();
                names.join(self.word("comma"))
            }),
            people,
            focal_points: {
                let points = story.all(FOCAL_POINTS).iter();
                let gap = self.gap(document, "focal_points").map(|words| FocalPointTag {
                    name: words,
                    short_name: words,
                    slug: "",
                    url: self.url(&self.site.story_address(id)),
                    colour: None,
                    // That of no focal point.
                    number: usize::from(u16::MAX),
                    sign: sign_of_none(),
                });
                points.map(|&id| self.focal_point_tag(id)).chain(gap).collect()
            },
            cover: self.cover(owner),
            pinned: front.pinned,
            draft: self.site.is_preview(story),
            shown: front.shown().map(|(field, texts)| (field.name, texts)).collect(),
            extra: front.extra.as_ref().map(Untyped),
        }
    }

    /// What tells a story from all others in an id: its year and its slug.
    pub(super) fn story_name(&self, id: StoryId) -> String {
        let story = self.site.story(id);
        format!("{:04}-{}", story.date.year(), story.slug)
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
        self.picture(owner, "cover")
    }

    /// The picture that a key of a story or page names.
    pub(super) fn picture(&self, owner: Owner, key: &str) -> Option<PictureView<'a>> {
        let document = self.site.document(owner);
        let front = &document.front;
        let (_, given) = front.pictures().find(|(known, _)| *known == key)?;
        let file = resolve_cover(self.site, document, given).ok()?;
        let alt = if key == "cover" { &front.cover_alt } else { &front.portrait_alt };
        let whole = self.site.file_address(owner, &file);
        Some(self.picture_view(&whole, &file, alt.as_deref().unwrap_or_default()))
    }

    /// A story that tells with several pictures; `None` if it has fewer. Drawings do not count.
    pub(super) fn picture_story(&self, id: StoryId) -> Option<PictureStoryView<'a>> {
        let owner = Owner::Story(id);
        let document = self.site.document(owner);
        let links = document.body.links.iter().filter(|link| link.kind == LinkKind::Picture);
        // Most stories need not be looked at more closely.
        links.clone().nth(SEVERAL - 1)?;
        let is_photograph = |file: &SourcePath| {
            self.site.picture(file).is_some_and(|header| header.format != Format::Svg)
        };
        let mut files: Vec<SourcePath> = Vec::new();
        for link in links {
            let target = resolve(self.site, document, &link.dest, link.kind);
            if let Ok(Target::File(file)) = target
                && is_photograph(&file)
                && !files.contains(&file)
            {
                files.push(file);
            }
        }
        let picture_count = files.len();
        let cover = document.front.cover.as_ref();
        let cover = cover.and_then(|cover| resolve_cover(self.site, document, cover).ok());
        let shown = cover.filter(is_photograph).or(files.into_iter().next());
        let file = shown.filter(|_| picture_count >= SEVERAL)?;
        let picture = self.picture_view(&self.site.file_address(owner, &file), &file, "");
        Some(PictureStoryView { story: self.item(id), picture, picture_count })
    }

    /// The portrait that a list names.
    pub(super) fn portrait(&self, portrait: &'a Portrait) -> Option<PictureView<'a>> {
        let file = self.site.portrait_file(&portrait.given)?;
        Some(self.picture_view(&self.site.static_address(file), file, &portrait.alt))
    }

    /// What was wrong with a story, and when it was corrected.
    pub fn correction(&self, document: &'a Document) -> Option<CorrectionView<'a>> {
        let text = document.front.correction.as_deref()?;
        let date = document.front.updated.map(|at| self.date(at));
        let label = match &date {
            Some(date) => self.words("correction_on", &[("date", &date.text)]),
            None => self.word("correction").to_string(),
        };
        Some(CorrectionView { label, text, date })
    }

    /// `corrections`: all of them, the latest first.
    pub fn corrections(&self) -> Vec<CorrectedView<'a>> {
        let corrected = self.site.corrected().into_iter();
        let view = |id| {
            let correction = self.correction(&self.site.story(id).document)?;
            Some(CorrectedView { story: self.link_story(id), correction })
        };
        corrected.filter_map(view).collect()
    }

    pub(super) fn picture_view(
        &self,
        whole: &Address,
        file: &SourcePath,
        alt: &'a str,
    ) -> PictureView<'a> {
        let Shown { src, srcset, webp, size, .. } = self.shown_at(whole, file);
        let (width, height) = (size.map(|(width, _)| width), size.map(|(_, height)| height));
        PictureView { src, srcset, webp, width, height, alt }
    }

    /// A picture that `owner` shows, with its copies.
    pub fn shown(&self, owner: Owner, file: &SourcePath) -> Shown {
        self.shown_at(&self.site.file_address(owner, file), file)
    }

    /// A picture whose file has, or would have, this address.
    fn shown_at(&self, whole: &Address, file: &SourcePath) -> Shown {
        let url = |variant: &Variant| self.url(&self.site.copy_address(whole, variant));
        let Some(choice) = self.site.choice(file) else {
            let src = self.url(whole);
            let size = self.site.picture(file).map(Header::size).filter(|&(w, h)| w > 0 && h > 0);
            let is_drawing =
                self.site.picture(file).is_some_and(|header| header.format == Format::Svg);
            let is_wide = size.is_some_and(|(width, _)| width > BODY_WIDTH);
            let large = if is_drawing || is_wide { src.clone() } else { String::new() };
            return Shown { large, src, size, ..Shown::default() };
        };
        let list = |variants: &[Variant]| {
            let entry = |variant: &Variant| match variant.shape {
                Shape::Width(width) => format!("{} {width}w", url(variant)),
                _ => url(variant),
            };
            variants.iter().map(entry).collect::<Vec<_>>().join(", ")
        };
        // Browsers that choose among none take one of the middle.
        let middle = choice.plain.get(choice.plain.len() / 2).unwrap_or(&choice.plain[0]);
        Shown {
            src: url(middle),
            srcset: list(&choice.plain),
            webp: list(&choice.webp),
            size: Some(choice.size),
            large: match choice.plain.last() {
                Some(last) if choice.size.0 > BODY_WIDTH => url(last),
                _ => String::new(),
            },
        }
    }

    /// A film or a sound that `owner` shows; `None` if the file is none.
    pub fn film(&self, owner: Owner, file: &SourcePath) -> Option<Film> {
        let header = self.site.films.get(file)?;
        let url = |file: &SourcePath| self.url(&self.site.file_address(owner, file));
        let poster = self.site.poster(file).map(|poster| match self.site.one_copy(&poster) {
            Some(copy) => self.url(&self.site.variant_address(owner, &copy)),
            None => url(&poster),
        });
        let length = (header.seconds > 0).then(|| duration(header.seconds));
        let facts = length.into_iter().chain([file_size(header.bytes)]);
        Some(Film {
            src: url(file),
            is_film: header.is_film(),
            poster,
            size: header.size,
            captions: self.site.captions(file).map(|captions| url(&captions)),
            facts: facts.collect::<Vec<_>>().join(" · "),
        })
    }

    /// A file of the project that `owner` links: what it is and how large.
    pub fn linked_file(&self, owner: Owner, file: &SourcePath) -> LinkedFile {
        let href = self.url(&self.site.file_address(owner, file));
        let extension = file.extension();
        let known = ATTACHMENTS.iter().find(|(ends, ..)| ends.contains(&extension.as_str()));
        let Some((_, name, download)) = known else {
            return LinkedFile { href, ..LinkedFile::default() };
        };
        // Who copies it says that it cannot be read.
        let Ok(length) = self.site.files[file].length() else {
            return LinkedFile { href, download: *download, ..LinkedFile::default() };
        };
        let facts = self.words("file_facts", &[("type", name), ("size", &file_size(length))]);
        LinkedFile { href, facts, download: *download }
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
            code: None,
            answer: None,
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
            quotes: front.quotes.iter().map(quote).collect(),
            evaluations: front.evaluations.iter().map(|given| self.evaluation(given)).collect(),
            participation: front
                .participation
                .iter()
                .flat_map(|given| self.taken_part(given))
                .collect(),
            shown: shown(front),
            updated: front.updated.map(|at| self.date(at)),
            correction: self.correction(document),
            characters: body.characters,
            minutes: body.characters.div_ceil(CHARACTERS_A_MINUTE).max(1),
        }
    }

    /// What the people think of it. How many are content is never said without how many were asked.
    fn evaluation(&self, given: &'a Evaluation) -> EvaluationView<'a> {
        let count = |text: &Option<String>| quantity::count(text.as_deref()?);
        let sample = count(&given.sample);
        let satisfied = count(&given.satisfied).filter(|_| sample.is_some());
        let counted = [("evaluation_asked", sample), ("evaluation_satisfied", satisfied)];
        EvaluationView {
            by: &given.by,
            method: given.method.as_deref(),
            date: given.date.map(|at| self.date(at)),
            counted: counted
                .into_iter()
                .filter_map(|(key, n)| Some(self.counted(key, &n?)))
                .collect(),
            note: given.note.as_deref(),
        }
    }

    fn taken_part(&self, given: &Participation) -> Vec<String> {
        let keys = [("participation_people", &given.people), ("participation_times", &given.times)];
        let counted = keys.into_iter().filter_map(|(key, given)| {
            Some(self.counted(key, &quantity::count(given.as_deref()?)?))
        });
        counted.collect()
    }

    /// A number of people in the theme's words. Theirs set it apart from what it counts, as is
    /// right for digits; a number in Chinese characters needs no space: `近百人`, `100 多人`.
    fn counted(&self, key: &str, n: &Count) -> String {
        let words = self.words(key, &[("n", &n.shown)]);
        if n.is_exact { words } else { without_gaps(&words) }
    }

    /// What the rest of the site has to do with a story, and the stories that are related.
    pub fn ties(&self, id: StoryId) -> (TiesView<'a>, Vec<StoryId>) {
        let site = self.site;
        let story = site.story(id);
        let related = related_to(site, id);
        let within = story.first(FOCAL_POINTS);
        let list = match within {
            Some(point) => &site.entity(point).stories,
            None => &site.listed[story.kind as usize],
        };
        let (newer, older) = beside(site, list, id);
        let ties = TiesView {
            region: story.first(REGIONS).map(|id| self.link_entity(id)),
            carriers: {
                let named = |id: &EntityId| !story.linked_works.contains(id);
                self.links(story.all(CARRIERS).iter().copied().filter(named))
            },
            linked: self.linked(story),
            cast: self.cast_of(id),
            within: within.map(|id| self.link_entity(id)),
            newer: newer.map(|id| self.link_story(id)),
            older: older.map(|id| self.link_story(id)),
            related_count: related.len(),
        };
        (ties, related)
    }

    /// The people with pages of their own whom a story names.
    fn cast_of(&self, id: StoryId) -> Vec<CastView<'a>> {
        let story = self.site.story(id);
        // A portrait that a story of several people has is of none of them alone.
        let own = || self.picture(Owner::Story(id), "portrait");
        let is_alone = story.document.front.name.len() == 1;
        let cast = |&id: &EntityId| {
            let cast = self.cast(id);
            let portrait = cast.portrait.or_else(|| own().filter(|_| is_alone));
            CastView { portrait, ..cast }
        };
        story.all(MEMBERS).iter().map(cast).collect()
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
        let section = story.kind.section();
        let mut page = self.page(&self.site.story_address(id), section, story.title());
        // A text of one table has nothing that could be cut from it.
        let summary = Some(story.summary()).filter(|text| !text.trim().is_empty());
        page.description = Some(summary.unwrap_or(story.title()).into());
        page.here = self.word("story_crumb").into();
        page.crumbs = vec![self.crumb(section, section)];
        self.add_image(&mut page, Owner::Story(id));
        page
    }

    fn add_image(&self, page: &mut PageView<'a>, owner: Owner) {
        let Some(file) = self.site.main_picture(owner) else { return };
        let absolute =
            |variant: &Variant| self.absolute(&self.site.variant_address(owner, variant));
        match self.site.card(&file, CARD) {
            Some(card) => {
                page.image = absolute(&card);
                page.image_size = self.site.size_of(&card);
                page.image_square =
                    self.site.card(&file, SQUARE).and_then(|square| absolute(&square));
            }
            None => {
                page.image = self.absolute(&self.site.file_address(owner, &file));
                page.image_size = None;
            }
        }
    }

    /// What has no picture is shown with the logo of the site, as it is: cut to a card, it would be
    /// none. Programs that show previews know no drawings: they get the icon for one.
    pub(super) fn mark(&self) -> (Option<String>, Option<(u32, u32)>) {
        let site = self.site;
        let of_logo = |file| Some((site.static_address(file), site.picture(file)?.size()));
        let (address, size) =
            logo(site).and_then(of_logo).unwrap_or_else(|| (icon_address(site, 512), (512, 512)));
        let image = self.absolute(&address);
        let size = image.is_some().then_some(size);
        (image, size)
    }

    /// A page of `content/pages`. Its body is the slot `body`, the stories that it asks for are the
    /// slot `items`; `collected` says how many are shown and how many there are.
    pub fn content(
        &self,
        id: PageId,
        (body, items): (usize, usize),
        collected: Option<(usize, usize)>,
    ) -> ContentView<'a> {
        let document = &self.site.pages[id.index()].document;
        ContentView {
            summary: document.front.summary.as_deref(),
            cover: self.cover(Owner::Page(id)),
            list: collected.map(|(count, total)| CollectedView {
                items: slot(items),
                count,
                total,
            }),
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
        let summary = summary.unwrap_or(&document.body.excerpt);
        if !summary.is_empty() {
            page.description = Some(summary.into());
        }
        self.add_image(&mut page, owner);
        page
    }
}

/// Files that are attached to stories: their endings, what they are called, and whether a browser
/// would show something else than what was meant.
const ATTACHMENTS: [(&[&str], &str, bool); 12] = [
    (&["pdf"], "PDF", false),
    (&["ofd"], "OFD", true),
    (&["doc", "docx"], "Word", true),
    (&["xls", "xlsx"], "Excel", true),
    (&["ppt", "pptx"], "PowerPoint", true),
    (&["wps", "et", "dps"], "WPS", true),
    (&["rtf"], "RTF", true),
    (&["csv"], "CSV", true),
    (&["txt"], "TXT", true),
    (&["zip"], "ZIP", true),
    (&["rar"], "RAR", true),
    (&["7z"], "7z", true),
];

/// How large a file is, as people say it.
fn file_size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_000_000 => format!("{} KB", (bytes + 512) / 1024),
        _ => format!("{:.1} MB", bytes as f64 / f64::from(1 << 20)),
    }
}

/// How long something takes: `1:23`.
fn duration(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
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
            let texts = ShownTexts { key, texts };
            match field.show {
                Some(Show::Byline) => view.byline.push(texts),
                Some(Show::Credit) => view.credits.push(texts),
                Some(Show::Fact) => view.facts.push(texts),
                None => {}
            }
        }
    }
    view
}

pub(super) fn honour(honour: &ListItem<Honour>) -> HonourView<'_> {
    HonourView {
        title: &honour.title,
        by: honour.by.as_deref(),
        year: honour.year.as_deref().map(|year| year.trim_end_matches('年').into()),
        level: honour.level.as_deref(),
        document: honour.document.as_deref(),
    }
}

fn quote(quote: &ListItem<Quote>) -> QuoteView<'_> {
    // The marks are the theme's.
    let marks = |c| matches!(c, '“' | '”' | '"' | '「' | '」');
    QuoteView { text: quote.text.trim_matches(marks), who: quote.who.as_deref() }
}

pub(super) fn result(measure: &ListItem<Measure>) -> ResultView<'_> {
    let (before, after, unit) = values(measure);
    ResultView {
        indicator: &measure.indicator,
        before,
        after,
        unit,
        as_of: measure.as_of.as_deref(),
        evidence: measure.evidence.as_deref(),
        chart: chart(measure),
    }
}

/// What a result was before, what it is after, and the unit that readers see beside both. A value that
/// ends in the unit goes without it: of `85%` and `%` no `85%%` comes. Where a value has another unit
/// of its own, each says its own.
fn values(measure: &Measure) -> (Option<Cow<'_, str>>, Cow<'_, str>, Option<&str>) {
    let (before, after) = (measure.before.as_deref(), measure.after.as_str());
    let unit = measure.unit.as_deref().filter(|unit| !unit.trim().is_empty());
    let Some(unit) = unit else { return (before.map(Cow::from), after.into(), None) };
    let bare = |value| bare(value, unit);
    let has_own =
        |value: &str| quantity::read(value, None).is_some_and(|read| !read.unit.is_empty());
    let values = (before.map(bare), bare(after));
    if !(values.0.is_some_and(has_own) || has_own(values.1)) {
        return (values.0.map(Cow::from), values.1.into(), Some(unit));
    }
    let whole = |value: &str| match has_own(value) {
        true => value.to_string().into(),
        false => format!("{value}{unit}").into(),
    };
    (values.0.map(whole), whole(values.1), None)
}

/// A number without the unit that it ends in.
fn bare<'m>(value: &'m str, unit: &str) -> &'m str {
    let end = value.char_indices().find(|(at, _)| name::is_same(&value[*at..], unit));
    let bare = end.map_or(value, |(at, _)| value[..at].trim_end());
    // The value may be no number, but words that end so.
    if quantity::read(bare, None).is_some() { bare } else { value }
}

/// The bars of a result, from zero: the longer one has the length 100; of shares of a hundred,
/// so has the whole. `None` if the values are no numbers, not of one thing, or below zero.
fn chart(measure: &Measure) -> Option<ChartView> {
    let read = |text: &str| quantity::read(text, measure.unit.as_deref());
    let (before, after) = (read(measure.before.as_deref()?)?, read(&measure.after)?);
    let longest = match before.amount.max(after.amount) {
        most if before.unit == "%" && most <= 100.0 => 100.0,
        most => most,
    };
    if before.unit != after.unit || longest <= 0.0 || before.amount.min(after.amount) < 0.0 {
        return None;
    }
    // What is not nothing is seen.
    let length = |amount: f64| match 100.0 * amount / longest {
        share if share > 0.0 => (share.round() as u32).max(1),
        _ => 0,
    };
    Some(ChartView { before: length(before.amount), after: length(after.amount) })
}
