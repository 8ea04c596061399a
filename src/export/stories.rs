//! The stories that somebody names: by file, folder, slug or title.

use std::path::Path;

use rustc_hash::FxHashSet;

use super::messages;
use crate::base::text;
use crate::diagnostic::Diagnostic;
use crate::model::{Fate, Site, StoryId, is_bundle};
use crate::parse::Document;
use crate::pipeline::Prepared;
use crate::sink::place::absolute;
use crate::source::SourcePath;
use crate::value::nearest::nearest_name;

/// So many names are offered for one that is not known.
const NEAR: usize = 3;

/// The stories that `words` name, each once, in the order of the words; else why one is not there.
pub(super) fn find(
    root: &Path,
    prepared: &Prepared,
    words: &[String],
) -> Result<Vec<StoryId>, Vec<Diagnostic>> {
    let mut found = Vec::new();
    let mut told: Vec<Diagnostic> = Vec::new();
    for word in words {
        match one(root, &prepared.site, word) {
            Some(id) if found.contains(&id) => {}
            Some(id) => found.push(id),
            None => told.extend(missing(root, prepared, word)),
        }
    }
    if told.is_empty() { Ok(found) } else { Err(told) }
}

fn one(root: &Path, site: &Site, word: &str) -> Option<StoryId> {
    let ids = || (0..site.stories.len() as u32).map(StoryId);
    let by_file = |id: &StoryId| names(root, &site.story(*id).document.source.path, word);
    let by_word = |id: &StoryId| {
        let story = site.story(*id);
        story.slug == word || is_title(word, story.title())
    };
    ids().find(by_file).or_else(|| ids().find(by_word))
}

/// Is this the title, whatever white space was typed, and with or without its quotation marks?
fn is_title(word: &str, title: &str) -> bool {
    let word = word.trim().trim_start_matches('《').trim_end_matches('》');
    text::fold(word) == text::fold(title)
}

/// Why there is no such story: it has mistakes, is a draft or not due; else what was meant perhaps.
fn missing(root: &Path, prepared: &Prepared, word: &str) -> Vec<Diagnostic> {
    let site = &prepared.site;
    let mine = |d: &&Diagnostic| d.is_error() && names(root, &d.place.path, word);
    let told: Vec<Diagnostic> = prepared.diagnostics.iter().filter(mine).cloned().collect();
    if !told.is_empty() {
        return told;
    }
    let is_meant = |document: &&std::sync::Arc<Document>| {
        names(root, &document.source.path, word) || is_title(word, document.title())
    };
    if let Some(document) = site.aside.iter().find(is_meant) {
        let (path, title) = (&document.source.path, document.title());
        match site.outcomes.get(path) {
            Some(Fate::Draft) => return vec![messages::story_is_draft(path, title)],
            Some(Fate::Withheld) => return vec![messages::story_is_withheld(path, title)],
            _ => {}
        }
    }
    vec![messages::story_unknown(word, &near(site, word))]
}

/// Names that may have been meant: titles that hold the word or are in it, else what is a slip away.
fn near<'s>(site: &'s Site, word: &str) -> Vec<&'s str> {
    let last = word.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(word);
    let last = last.strip_suffix(".md").unwrap_or(last);
    let titles = || site.stories.iter().map(|story| story.title());
    let is_part =
        |title: &&str| last.chars().count() > 1 && (title.contains(last) || last.contains(title));
    let parts: Vec<&str> = titles().filter(is_part).take(NEAR).collect();
    if !parts.is_empty() {
        return parts;
    }
    let slugs = site.stories.iter().map(|story| &*story.slug);
    nearest_name(last, slugs.chain(titles())).into_iter().collect()
}

/// Does `word` name the file at `path` of the project, as somebody types it: from the project or
/// from the current folder, with or without `content/stories`, or the folder of the story?
fn names(root: &Path, path: &SourcePath, word: &str) -> bool {
    let word = word.replace('\\', "/");
    let word = word.trim_start_matches("./").trim_end_matches('/');
    let same = |file: &str| {
        let here = Path::new(word);
        let there = root.join(file);
        file == word
            || file.strip_prefix("content/stories/") == Some(word)
            || there == here
            || matches!((absolute(here), absolute(&there)), (Ok(a), Ok(b)) if a == b)
    };
    same(path.as_str()) || (is_bundle(path) && same(path.folder()))
}

/// What is to be said of these stories, and what is wrong with what all stories depend on; of
/// other stories nothing, unless `all` of them count: then what is wrong with them.
pub(super) fn complaints(prepared: &Prepared, stories: &[StoryId], all: bool) -> Vec<Diagnostic> {
    let path = |id: &StoryId| &prepared.site.story(*id).document.source.path;
    let named: FxHashSet<&SourcePath> = stories.iter().map(path).collect();
    let is_mine = |d: &&Diagnostic| {
        let path = d.place.path.as_str();
        let is_text = path.starts_with("content/stories/") || path.starts_with("content/pages/");
        d.is_error() && (all || !is_text) || named.contains(&d.place.path)
    };
    prepared.diagnostics.iter().filter(is_mine).cloned().collect()
}
