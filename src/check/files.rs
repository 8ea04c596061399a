//! Files that lie beside stories and are published nowhere.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::model::{Fate, Site};
use crate::plan::{Plan, Recipe};
use crate::source::{Place, SourcePath};

pub(super) fn check(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let published: HashSet<&SourcePath> = plan
        .values()
        .filter_map(|recipe| match recipe {
            Recipe::Copy(path) => Some(path),
            _ => None,
        })
        .collect();
    // A draft's pictures wait for the draft.
    let waiting: HashSet<&str> = site
        .outcomes
        .iter()
        .filter(|(_, fate)| matches!(fate, Fate::Draft | Fate::Withheld | Fate::Broken))
        .map(|(path, _)| path.folder())
        .collect();
    let waits = |path: &SourcePath| {
        let path = path.as_str();
        path.rmatch_indices('/').any(|(at, _)| waiting.contains(&path[..at]))
    };
    site.files
        .keys()
        // A static file is only missing where it clashed, which has been said.
        .filter(|path| !path.as_str().starts_with("content/static/"))
        .filter(|path| !published.contains(path) && !waits(path))
        .map(|path| catalogue::file_unused(Place::file(path)))
        .collect()
}
