//! A story for a WeChat article: a fragment of HTML that is pasted into WeChat's editor, with its
//! pictures beside it. The editor takes few tags and no style sheet, so that each tag has its style.

mod fragment;
pub mod messages;
mod notes;
pub mod page;

use crate::base::content::Content;
use crate::base::fault::Fault;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::link::Owner;
use crate::model::picture::NoCopy;
use crate::model::{Site, StoryId};
use crate::output::article::{self, Chapter, Numbered, Pictures, Publication};
use crate::output::tree;
use crate::picture::Shape;
use crate::plan::Plan;
use crate::source::SourcePath;
use crate::theme::Theme;
use crate::view::{ChartView, Views};

/// WeChat takes fewer characters than this, tags and all.
pub const MOST_CHARACTERS: usize = 20_000;

/// WeChat takes fewer bytes than this.
pub const MOST_BYTES: usize = 1 << 20;

/// From so many parts of ten on, one is warned.
const NEARLY: usize = 8;

/// The longest title and the longest summary that WeChat takes, in characters.
const TITLE: usize = 64;
const SUMMARY: usize = 120;

/// The covers: the wide one of a first article, and the square one of those below it.
pub const COVERS: [(u32, u32); 2] = [(900, 383), (200, 200)];

/// A story for WeChat.
#[derive(Debug)]
pub struct Article {
    /// Its title.
    pub title: String,
    /// Who wrote it, if that is said.
    pub author: String,
    /// What it is about, as short as WeChat wants it.
    pub summary: String,
    /// Where the original is, if the site has an address and the story is published.
    pub original: Option<String>,
    /// What is pasted.
    pub fragment: String,
    /// Its pictures in their order.
    pub pictures: Vec<Picture>,
    /// The names of its films and sounds, which are put in by hand.
    pub films: Vec<String>,
    /// Covers: names of files, and bytes.
    pub covers: Vec<(String, Vec<u8>)>,
}

/// A picture of an article.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The name of its file beside the article.
    pub name: String,
    /// What is in it, in words.
    pub alt: String,
    /// Its file in the project.
    pub file: SourcePath,
    /// The words that stand in the fragment where it goes.
    pub placeholder: String,
}

impl Picture {
    /// Its bytes.
    pub fn content<'s>(&self, site: &'s Site) -> Result<Content<'s>, Fault> {
        article::content(site, &self.file)
    }
}

/// Makes the article of a story. The complaints are of what WeChat would not take.
pub fn article(
    views: &Views<'_>,
    plan: &Plan,
    theme: &Theme,
    id: StoryId,
) -> Result<Outcome<Article>, Fault> {
    let site = views.site();
    let story = site.story(id);
    let document = &story.document;
    let Outcome { value: shown, mut diagnostics } = Shown::of(site, plan, &[id])?;
    let picture = |file: &SourcePath| shown.number(file);
    let chapter = |other: StoryId| (other == id).then(Chapter::default);
    let html = article::html(
        views,
        plan,
        &Publication { chapter: &chapter, picture: &picture },
        id,
        None,
    )?;
    let path = &document.source.path;
    let authors: Vec<&str> = document.front.author.iter().map(|item| &*item.value).collect();
    let original = views.absolute(&site.story_address(id));
    let draft = Draft {
        title: story.title().to_string(),
        author: authors.join(views.word("comma")),
        summary: story.summary(),
        original: original.filter(|_| !site.is_preview(story)),
        html: &html,
        is_collection: false,
        charts: charts(views, id),
        shown,
        cover: Some(id),
    };
    let value = assemble(views, theme, draft)?;
    diagnostics.extend(too_long(&value.fragment, path));
    if story.title().chars().count() > TITLE {
        diagnostics.push(messages::title_long(document.place_of("title"), TITLE));
    }
    if value.covers.is_empty() {
        diagnostics.push(messages::cover_missing(path, story.title()));
    }
    Ok(Outcome { value, diagnostics })
}

/// What becomes an article.
pub struct Draft<'d> {
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// What it is about.
    pub summary: &'d str,
    /// Where the original is.
    pub original: Option<String>,
    /// Its text, whose pictures are numbers.
    pub html: &'d str,
    /// Is it several stories, whose titles are headings in it?
    pub is_collection: bool,
    /// The bars of its results, in their order.
    pub charts: Vec<Option<ChartView>>,
    /// Its pictures.
    pub shown: Shown,
    /// The story whose picture becomes the cover.
    pub cover: Option<StoryId>,
}

/// The pictures of stories, each with its number in an article.
#[derive(Debug)]
pub struct Shown {
    taken: Pictures,
    named: Numbered,
}

impl Shown {
    /// The pictures of these stories. The complaints are of those that are left out.
    pub fn of(site: &Site, plan: &Plan, ids: &[StoryId]) -> Result<Outcome<Self>, Fault> {
        let Outcome { value: taken, mut diagnostics } = Pictures::of(site, plan, ids)?;
        let left_out = taken.iter().filter(|(_, taken)| !taken.kind.is_shown_in_offices());
        diagnostics.extend(left_out.map(|(file, _)| messages::picture_left_out(file)));
        Ok(Outcome { value: Self { taken, named: Numbered::default() }, diagnostics })
    }

    /// The number of a picture, from 1; `None` if it is left out.
    pub fn number(&self, file: &SourcePath) -> Option<String> {
        self.taken.get(file).filter(|taken| taken.kind.is_shown_in_offices())?;
        Some(self.named.number(file))
    }
}

/// Makes an article.
pub fn assemble(views: &Views<'_>, theme: &Theme, draft: Draft<'_>) -> Result<Article, Fault> {
    let Draft { title, author, summary, original, html, is_collection, charts, shown, cover } =
        draft;
    let files = shown.named.into_files();
    let name = |(i, file): (usize, &SourcePath)| {
        let extension = shown.taken.get(file).map_or("", |taken| taken.kind.extension());
        format!("图{:02}.{extension}", i + 1)
    };
    let names: Vec<String> = files.iter().enumerate().map(name).collect();
    let films = shown.taken.films().map(|file| file.file_name().to_string()).collect();
    let nodes = tree::parse(html);
    let look = fragment::Style { parts: &theme.wechat, is_collection };
    let written = fragment::write(&nodes, look, views, &names, &charts);
    let pictures = files.into_iter().zip(names).zip(written.pictures);
    let pictures =
        pictures.map(|((file, name), (alt, placeholder))| Picture { name, alt, file, placeholder });
    Ok(Article {
        title,
        author,
        summary: shortened(summary, SUMMARY),
        original,
        fragment: written.html,
        pictures: pictures.collect(),
        films,
        covers: cover.map_or_else(|| Ok(Vec::new()), |id| covers(views.site(), id))?,
    })
}

/// The bars of the results of a story, in their order.
pub fn charts(views: &Views<'_>, id: StoryId) -> Vec<Option<ChartView>> {
    let ties = views.ties(id).0;
    let story = views.story(id, &ties, 0, 1);
    story.account.results.iter().map(|result| result.chart).collect()
}

/// The complaint of a fragment that is too long, or nearly.
pub fn too_long(fragment: &str, path: &SourcePath) -> Option<Diagnostic> {
    let (characters, bytes) = (fragment.chars().count(), fragment.len());
    if characters >= MOST_CHARACTERS || bytes >= MOST_BYTES {
        return Some(messages::too_long(path, characters, bytes));
    }
    let nearly = characters * 10 >= MOST_CHARACTERS * NEARLY || bytes * 10 >= MOST_BYTES * NEARLY;
    nearly.then(|| messages::nearly_too_long(path, characters, bytes))
}

/// A text of at most so many characters.
fn shortened(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() > most {
        true => text.chars().take(most - 1).chain(['…']).collect(),
        false => text,
    }
}

/// The covers, from the picture that stands for the story; none if there is none of pixels.
fn covers(site: &Site, id: StoryId) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let Some(file) = site.main_picture(Owner::Story(id)) else { return Ok(Vec::new()) };
    let mut covers = Vec::new();
    for (width, height) in COVERS {
        let Some(variant) = site.card(&file, Shape::Crop(width, height)) else { continue };
        match site.copy_of(&variant) {
            Ok(bytes) => covers.push((format!("封面-{width}x{height}.jpg"), bytes)),
            Err(NoCopy::Fault(fault)) => return Err(fault),
            // Every build complains of it.
            Err(NoCopy::Unreadable(_)) => {}
        }
    }
    Ok(covers)
}
