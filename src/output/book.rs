//! The stories as a book: by focal point, each of them oldest first, with an index of people
//! and units. What every form of it has in common is here; [`epub`] and [`printable`] are the
//! forms.

mod cover;
pub mod epub;
mod index;
mod pages;
pub mod printable;
mod tasks;

use std::collections::HashMap;
use std::ops::Range;

use super::article::{Chapter, Pictures};
use super::encode::uuid;
use crate::base::fault::Fault;
use crate::diagnostic::Outcome;
use crate::model::entity::EntityId;
use crate::model::honours::Award;
use crate::model::kinds::FOCAL_POINTS;
use crate::model::selection::{self, Selection};
use crate::model::{Site, StoryId};
use crate::plan::Plan;
use crate::theme::Theme;
use crate::value::kind::Kind;
use crate::view::Views;

/// Stories, bound.
pub struct Book<'a> {
    views: Views<'a>,
    plan: &'a Plan,
    title: String,
    id: String,
    /// In the order of the book.
    stories: Vec<StoryId>,
    /// The place of each in `stories`.
    places: HashMap<StoryId, usize>,
    parts: Vec<BookPart>,
    pictures: Pictures,
    /// Years to which the book is limited; none if it is of all.
    years: Vec<i32>,
    /// Is it limited to a kind of stories or to a focal point?
    is_part: bool,
}

/// The stories of one primary focal point, or the news that have none.
struct BookPart {
    focal_point: Option<EntityId>,
    stories: Range<usize>,
}

impl<'a> Book<'a> {
    /// Binds `stories`, which `selection` has chosen. Without a `title` the book has the
    /// site's, and says what was chosen. The complaints are of pictures that were left out.
    pub fn new(
        site: &'a Site,
        plan: &'a Plan,
        theme: &'a Theme,
        selection: &Selection,
        mut stories: Vec<StoryId>,
        title: Option<&str>,
    ) -> Result<Outcome<Self>, Fault> {
        let views = Views::new(site, &theme.strings);
        let title = match title {
            Some(title) => title.to_string(),
            None => default_title(&views, selection),
        };
        sort(site, &mut stories);
        let mut parts: Vec<BookPart> = Vec::new();
        for (i, &id) in stories.iter().enumerate() {
            let focal_point = site.story(id).first(FOCAL_POINTS);
            match parts.last_mut().filter(|part| part.focal_point == focal_point) {
                Some(part) => part.stories.end = i + 1,
                None => parts.push(BookPart { focal_point, stories: i..i + 1 }),
            }
        }
        let places = stories.iter().enumerate().map(|(i, &id)| (id, i)).collect();
        let pictures = Pictures::of(site, plan, &stories)?;
        let id = identity(site, selection, &title);
        let Outcome { value: pictures, mut diagnostics } = pictures;
        diagnostics.extend(pictures.films_left_out());
        let years = selection.years.to_vec();
        let is_part = !selection.kinds.is_empty() || !selection.focal_points.is_empty();
        let value =
            Self { views, plan, title, id, stories, places, parts, pictures, years, is_part };
        Ok(Outcome { value, diagnostics })
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// How many stories it has.
    pub fn len(&self) -> usize {
        self.stories.len()
    }

    /// Has it no story?
    pub fn is_empty(&self) -> bool {
        self.stories.is_empty()
    }

    fn site(&self) -> &'a Site {
        self.views.site()
    }

    /// What a part is called: the focal point, else news.
    fn part_name(&self, part: &BookPart) -> &'a str {
        match part.focal_point {
            Some(id) => &self.site().entity(id).name,
            None => self.views.word("news"),
        }
    }

    /// The stories of a part, each with its number in the book, from 1.
    fn stories_of(&self, part: &BookPart) -> impl Iterator<Item = (StoryId, usize)> {
        part.stories.clone().map(|i| (self.stories[i], i + 1))
    }

    /// The honours of its years. A book of one kind of stories or of a focal point has none, as no
    /// honour is of these.
    fn awards(&self) -> impl Iterator<Item = &'a Award> {
        let of_book = |award: &&Award| {
            let is_in = |year| self.years.contains(&year);
            !self.is_part && (self.years.is_empty() || award.year.is_some_and(is_in))
        };
        self.site().roll().awards.iter().filter(of_book)
    }

    fn has_honours(&self) -> bool {
        self.awards().next().is_some()
    }

    /// Where a story stands, as `place` says from its number.
    fn chapter(&self, id: StoryId, place: impl Fn(usize) -> Chapter) -> Option<Chapter> {
        self.places.get(&id).map(|i| place(i + 1))
    }
}

/// Puts stories in the order of a book: by focal point and kind, each from the oldest to the newest.
pub fn sort(site: &Site, stories: &mut [StoryId]) {
    stories.sort_by_key(|&id| {
        let story = site.story(id);
        let point = story.first(FOCAL_POINTS);
        (point.is_none(), point, story.kind, story.date, std::cmp::Reverse(id))
    });
}

/// The site's title, and what was chosen.
pub fn default_title(views: &Views<'_>, selection: &Selection) -> String {
    let site = views.site();
    let mut chosen: Vec<String> = Vec::new();
    for word in &selection.focal_points {
        let point = selection::find(site, word);
        chosen.extend(point.map(|id| site.entity(id).short_name().to_string()));
    }
    let kind = |kind: &Kind| views.words(&format!("kind_{}", kind.word()), &[]);
    chosen.extend(selection.kinds.iter().map(kind));
    let year = |year: &i32| views.words("archive_year", &[("y", &year.to_string())]);
    chosen.extend(selection.years.iter().map(year));
    match chosen.as_slice() {
        [] => site.settings.title.clone(),
        chosen => format!("{}（{}）", site.settings.title, chosen.join(views.word("comma"))),
    }
}

/// The same for every edition of one book, as EPUB wants it: a new edition differs in its
/// date. So it comes from what the book is, and not from its text.
fn identity(site: &Site, selection: &Selection, title: &str) -> String {
    let settings = &site.settings;
    let list = |list: Vec<&str>| list.join("\n");
    let years: Vec<String> = selection.years.iter().map(i32::to_string).collect();
    uuid(&[
        "xianfeng:book",
        settings.base_url.as_ref().map_or("", |base| base.as_str()),
        settings.organisation.as_deref().unwrap_or_default(),
        &settings.title,
        title,
        &list(years.iter().map(String::as_str).collect()),
        &list(selection.kinds.iter().map(|kind| kind.word()).collect()),
        &list(selection.focal_points.iter().map(String::as_str).collect()),
    ])
}
