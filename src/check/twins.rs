//! Stories that are there twice: copies that somebody made to be safe, or a cloud disk.

use std::collections::BTreeMap;

use crate::base::map::Map;
use crate::diagnostic::{Diagnostic, warning};
use crate::model::{Site, StoryId, is_bundle};
use crate::parse::Document;
use crate::source::{Place, SourcePath};

/// Two texts of so many characters that begin alike and are as long are the same.
const LONG: usize = 60;

pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let mut titles: Map<(&str, String), StoryId> = Map::default();
    let mut texts: Map<(usize, &str), StoryId> = Map::default();
    let mut twins: BTreeMap<&SourcePath, Diagnostic> = BTreeMap::new();
    // Oldest first: what came later is the copy.
    for id in (0..site.stories.len() as u32).rev().map(StoryId) {
        let story = site.story(id);
        let body = &story.document.body;
        // What a preview makes up is nobody's.
        let front = &story.document.front;
        let is_own = !front.title.is_empty() && front.date.is_some();
        let key = is_own.then(|| (story.title(), story.date.date()));
        let title = key.and_then(|key| titles.insert(key, id));
        let is_long = body.characters >= LONG && !body.excerpt.is_empty();
        let text = is_long.then(|| texts.insert((body.characters, &body.excerpt), id)).flatten();
        if let Some(twin) = text.or(title) {
            let (copy, original) = copy_and_original(&story.document, &site.story(twin).document);
            twins.insert(copy, story_twice(Place::file(copy), original, text.is_some()));
        }
    }
    for story in &site.stories {
        let path = &story.document.source.path;
        if is_copy(path) {
            twins.entry(path).or_insert_with(|| story_copied(Place::file(path)));
        }
    }
    twins.into_values().collect()
}

/// Which of two is the copy: the one that is called so, else the one that comes later by name.
fn copy_and_original<'d>(
    one: &'d Document,
    other: &'d Document,
) -> (&'d SourcePath, &'d SourcePath) {
    let key = |path: &SourcePath| (is_copy(path), path.as_str().len(), path.as_str().to_string());
    let (one, other) = (&one.source.path, &other.source.path);
    if key(one) > key(other) { (one, other) } else { (other, one) }
}

/// Is a file called as Windows, macOS, WPS and cloud disks call copies?
fn is_copy(path: &SourcePath) -> bool {
    let name = match is_bundle(path) {
        true => path.folder().rsplit('/').next().unwrap_or_default(),
        false => path.stem(),
    };
    let name = name.to_lowercase();
    // `x - 副本 (2)`, `x(1)`, `x（1）`: a number in brackets at the end counts copies.
    let without_number = name
        .trim_end_matches([')', '）'])
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .trim_end_matches(['(', '（', ' ']);
    let number = name.len() > without_number.len() && name.ends_with([')', '）']);
    let counts =
        number && name[without_number.len()..].chars().filter(char::is_ascii_digit).count() == 1;
    let called = ["副本", "- copy", " copy", "的拷贝"];
    called.iter().any(|word| without_number.ends_with(word))
        || name.contains("冲突副本")
        || name.contains("conflicted copy")
        || counts
}

/// A story whose text, or title and date, another has.
fn story_twice(place: Place, original: &SourcePath, same_text: bool) -> Diagnostic {
    let (zh, en) = match same_text {
        true => ("正文", "the same text"),
        false => ("标题和日期", "the same title and date"),
    };
    warning(
        "story-twice",
        place,
        format!("这一篇和 {original} 的{zh}一样，网站上会有两篇"),
        format!("this story has {en} as {original}, and the site shows both"),
    )
    .help(
        "是复制出来的，就删掉一个；确实是两篇，请改标题或正文",
        "delete one if it is a copy; else give them different titles or texts",
    )
}

/// A story whose file is called a copy.
fn story_copied(place: Place) -> Diagnostic {
    warning(
        "story-copied",
        place,
        "文件名像是复制出来的，也会发布出去",
        "this file is called a copy, and is published",
    )
    .help(
        "不要的副本请删掉，或者移到 content 以外；要发布，请改文件名",
        "delete it or move it out of content; to publish it, give it a name of its own",
    )
}
