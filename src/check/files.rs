//! Files that lie beside stories and are published nowhere.

use crate::base::map::Set;
use crate::diagnostic::{Diagnostic, catalogue};
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
        .map(|path| catalogue::file_unused(Place::file(path)))
        .collect()
}
