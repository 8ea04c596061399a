//! Files that lie beside stories and are published nowhere.

use crate::base::map::Set;
use crate::diagnostic::{Diagnostic, warning};
use crate::model::{Fate, Site, is_bundle};
use crate::plan::{Plan, Recipe, files_in};
use crate::source::{Place, SourcePath};

pub(super) fn check(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    // A static file is only missing where it clashed, which has been said.
    let beside = |path: &&SourcePath| !path.as_str().starts_with("content/static/");
    if !site.files.keys().any(|path| beside(&path)) {
        return Vec::new();
    }
    let published: Set<&SourcePath> = plan
        .values()
        .filter_map(|recipe| match recipe {
            Recipe::Copy(path) => Some(path),
            _ => None,
        })
        .collect();
    // A draft's pictures wait for the draft.
    let mut waiting: Set<SourcePath> = Set::default();
    let mut waiting_folders: Set<&str> = Set::default();
    for document in &site.aside {
        waiting.extend(files_in(site, document));
        if is_bundle(&document.source.path) {
            waiting_folders.insert(document.source.path.folder());
        }
    }
    // Of a file that could not be read nobody knows what it refers to.
    #[expect(clippy::disallowed_methods, reason = "into a set")]
    let unread = site.outcomes.iter().filter(|(_, fate)| **fate == Fate::Broken);
    waiting_folders.extend(unread.map(|(path, _)| path.folder()));
    let waits = |path: &SourcePath| {
        let text = path.as_str();
        let mut folders = text.rmatch_indices('/').map(|(at, _)| &text[..at]);
        waiting.contains(path) || folders.any(|folder| waiting_folders.contains(folder))
    };
    site.files
        .keys()
        .filter(beside)
        .filter(|path| !published.contains(path) && !waits(path))
        .map(|path| file_unused(Place::file(path)))
        .collect()
}

/// A file beside stories that nothing refers to.
fn file_unused(place: Place) -> Diagnostic {
    let word = matches!(place.path.extension().as_str(), "doc" | "docx" | "wps" | "rtf" | "odt");
    let name = place.path.file_name().to_string();
    let hidden = name.strip_suffix(".txt").filter(|name| name.ends_with(".md")).map(str::to_string);
    let diagnostic = warning(
        "file-unused",
        place,
        "这个文件没有发布：没有稿件用到它",
        "this file is not published: no story refers to it",
    );
    if let Some(right) = hidden {
        diagnostic.help(
            format!("记事本多加了 .txt：把文件名改成 {right}"),
            format!("Notepad added “.txt”: rename it to {right}"),
        )
    } else if word {
        diagnostic.help(
            format!("要作为附件，在稿件里写 [文字](<{name}>)；要作为稿件，用 xianfeng new 新建一篇，把正文粘贴进去"),
            format!("as an attachment, write [words](<{name}>) in a story; as a story, make one with `xianfeng new` and paste the text"),
        )
    } else {
        diagnostic.help(
            "在稿件里插入它，例如 ![说明](文件名)；或者把它放进 content/static；不需要就删掉",
            "refer to it in a story, as in ![description](file); or move it to content/static; or delete it",
        )
    }
}
