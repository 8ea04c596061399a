//! A story for a WeChat article: a fragment of HTML that is pasted into WeChat's editor, with its
//! pictures beside it. The editor takes few tags and no style sheet, so that each tag has its style.

mod fragment;
pub mod messages;
mod notes;
pub mod page;

use std::cell::RefCell;

use crate::base::content::Content;
use crate::base::fault::Fault;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::link::Owner;
use crate::model::picture::NoCopy;
use crate::model::{Site, StoryId};
use crate::output::article::{self, Chapter, Pictures, Publication};
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
    /// The story.
    pub id: StoryId,
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
    let taken = Pictures::of(site, plan, &[id])?;
    let mut diagnostics = taken.diagnostics;
    let files: RefCell<Vec<SourcePath>> = RefCell::default();
    let picture = |file: &SourcePath| {
        taken.value.get(file)?;
        let mut files = files.borrow_mut();
        let known = files.iter().position(|known| known == file);
        let number = known.unwrap_or_else(|| {
            files.push(file.clone());
            files.len() - 1
        });
        Some((number + 1).to_string())
    };
    let chapter = |other: StoryId| (other == id).then(Chapter::default);
    let html = article::html(
        views,
        plan,
        &Publication { chapter: &chapter, picture: &picture },
        id,
        None,
    )?;
    let files = files.into_inner();
    let names: Vec<String> = files
        .iter()
        .enumerate()
        .map(|(i, file)| {
            let extension = taken.value.get(file).map_or("", |taken| taken.kind.extension());
            format!("图{:02}.{extension}", i + 1)
        })
        .collect();
    let nodes = tree::parse(&html);
    let charts = charts(views, id);
    let written = fragment::write(&nodes, &theme.wechat, views, &names, &charts);
    let pictures = files.into_iter().zip(names).enumerate().map(|(i, (file, name))| {
        let (alt, placeholder) = written.pictures.get(i).cloned().unwrap_or_default();
        Picture { name, alt, file, placeholder }
    });
    let pictures: Vec<Picture> = pictures.collect();
    let covers = covers(site, id)?;
    let path = &document.source.path;
    diagnostics.extend(too_long(&written.html, path));
    if story.title().chars().count() > TITLE {
        diagnostics.push(messages::title_long(document.place_of("title"), TITLE));
    }
    if covers.is_empty() {
        diagnostics.push(messages::cover_missing(path, story.title()));
    }
    let authors: Vec<&str> = document.front.author.iter().map(|item| &*item.value).collect();
    let original = views.absolute(&site.story_address(id));
    let value = Article {
        id,
        title: story.title().to_string(),
        author: authors.join(views.word("comma")),
        summary: shortened(story.summary(), SUMMARY),
        original: original.filter(|_| !site.is_preview(story)),
        fragment: written.html,
        pictures,
        covers,
    };
    Ok(Outcome { value, diagnostics })
}

/// The bars of the results, in their order.
fn charts(views: &Views<'_>, id: StoryId) -> Vec<Option<ChartView>> {
    let ties = views.ties(id).0;
    let story = views.story(id, &ties, 0, 1);
    story.account.results.iter().map(|result| result.chart.clone()).collect()
}

/// The complaint of a fragment that is too long, or nearly.
fn too_long(fragment: &str, path: &SourcePath) -> Option<Diagnostic> {
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
