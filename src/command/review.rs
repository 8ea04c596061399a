//! `export review`.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::{DONE, FAILED, Terminal};
use crate::base::atomic::{Durable, replace};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::cli::ReviewArguments;
use crate::command::messages;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::{Site, StoryId, is_bundle};
use crate::output::review;
use crate::pipeline::{self, Options};
use crate::sink::place::{self, absolute, is_in_project};
use crate::source::SourcePath;
use crate::value::nearest::nearest_name;
use crate::view::Views;

pub(super) fn run(
    root: &Path,
    arguments: &ReviewArguments,
    terminal: &Terminal,
) -> Result<u8, Fault> {
    let options = Options { drafts: true, preview: true, ..Options::at(arguments.now) };
    let prepared = pipeline::prepare(root, &options)?;
    let Some(id) = find(root, &prepared.site, &arguments.story) else {
        // What keeps a story from being found may be a mistake in it.
        let mine = |d: &&Diagnostic| d.is_error() && names(root, &d.place.path, &arguments.story);
        let mut told: Vec<Diagnostic> = prepared.diagnostics.iter().filter(mine).cloned().collect();
        if told.is_empty() {
            let known = prepared.site.stories.iter().map(|story| &*story.slug);
            let near = nearest_name(&arguments.story, known);
            told.push(messages::review_story_unknown(&arguments.story, near));
        }
        terminal.show(&told);
        return Ok(FAILED);
    };
    let path = &prepared.site.story(id).document.source.path;
    let mut diagnostics: Vec<Diagnostic> =
        prepared.diagnostics.iter().filter(|d| d.place.path == *path).cloned().collect();
    let file = default_file(&prepared.site, id);
    let output = match &arguments.output {
        // A folder, which may not be there yet.
        Some(folder) if is_folder(root, folder) => folder.join(file),
        Some(given) => given.clone(),
        None => file,
    };
    diagnostics.extend(examine(root, &output)?);
    if diagnostics.iter().any(Diagnostic::is_error) {
        terminal.show(&diagnostics);
        return Ok(FAILED);
    }
    let views = Views::new(&prepared.site, &prepared.theme.strings);
    let Outcome { value: page, diagnostics: more } = review::page(&views, &prepared.plan, id)?;
    diagnostics.extend(more);
    let place = root.join(&output);
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).map_err(|error| Fault::write(folder, error))?;
    }
    replace(&place, Durable::Yes, |out| {
        out.write_all(&page).map_err(|error| Fault::write(&place, error))
    })?;
    terminal.show(&diagnostics);
    let (title, shown) = (prepared.site.story(id).title(), output.display());
    terminal.summary(&Text {
        zh: format!("《{title}》的送审稿：{shown}\n一个文件，图片都在里面；打开就能看，按 Ctrl+P 打印"),
        en: format!("“{title}” for review: {shown}\nOne file with its pictures; open it to read or print it."),
    });
    Ok(DONE)
}

/// The story that `word` names: by its file, its folder, its slug or its title.
fn find(root: &Path, site: &Site, word: &str) -> Option<StoryId> {
    let ids = || (0..site.stories.len() as u32).map(StoryId);
    let by_file = |id: &StoryId| names(root, &site.story(*id).document.source.path, word);
    let by_word = |id: &StoryId| {
        let story = site.story(*id);
        story.slug == word || story.title() == word
    };
    ids().find(by_file).or_else(|| ids().find(by_word))
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

/// `送审-lin-xiao-man.html`.
fn default_file(site: &Site, id: StoryId) -> PathBuf {
    PathBuf::from(format!("送审-{}.html", site.story(id).slug))
}

/// Is this the name of a folder, as somebody types it?
fn is_folder(root: &Path, given: &Path) -> bool {
    given.to_string_lossy().ends_with(['/', '\\']) || root.join(given).is_dir()
}

/// The reason why the page must not be written there; `None` if there is none.
fn examine(root: &Path, output: &Path) -> Result<Option<Diagnostic>, Fault> {
    let place = root.join(output);
    if is_in_project(root, &absolute(&place)?)? {
        return Ok(Some(messages::review_in_project(&place::shown(output))));
    }
    if !place.exists() {
        return Ok(None);
    }
    let mut head = Vec::new();
    let read =
        fs::File::open(&place).and_then(|file| file.take(review::HEAD).read_to_end(&mut head));
    read.map_err(|error| Fault::read(&place, error))?;
    Ok((!review::is_ours(&head)).then(|| messages::review_in_the_way(&place::shown(output))))
}
