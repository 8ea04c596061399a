//! The files of the project as they were when they were last looked at: a change is another
//! content, not another time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::{Diagnostic, Outcome};
use crate::load::{self, FoundFile, TOPS, look};
use crate::source::SourcePath;

/// Larger files are known by their size and times.
const READ: u64 = 1 << 20;

/// The files of a project, and a digest of what each held.
#[derive(Default)]
pub(super) struct Tree {
    files: BTreeMap<SourcePath, (FoundFile, u64)>,
    /// Of what is there and no file of a project.
    complaints: Vec<Diagnostic>,
    /// Is there anything that could not be looked at?
    doubtful: bool,
}

/// How closely to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// At what files hold.
    Content,
    /// At what those hold whose size or times are others; again and again this costs less.
    Times,
}

impl Tree {
    /// The project in the folder `root` as it is now.
    pub fn of(root: &Path) -> Self {
        let mut tree = Self::default();
        tree.look_again(root, Look::Content);
        tree
    }

    /// All files, as `load::walk` would find them; none if that is in doubt.
    pub fn found(&self) -> Option<Outcome<Vec<FoundFile>>> {
        let is_project = self.files.range(SourcePath::new("content/")..).next().is_some();
        (is_project && !self.doubtful).then(|| Outcome {
            value: self.files.values().map(|(found, _)| found.clone()).collect(),
            diagnostics: self.complaints.clone(),
        })
    }

    /// Looks at everything again; the files that changed, came or went, by path.
    pub fn look_again(&mut self, root: &Path, closely: Look) -> Vec<SourcePath> {
        self.doubtful = false;
        let changed = TOPS.map(|top| self.look_below(root, top, closely));
        sorted(changed.concat())
    }

    /// Looks again at these paths, given from the root, and at nothing else; the files that
    /// changed, came or went, by path.
    pub fn look_at(&mut self, root: &Path, paths: &BTreeSet<String>) -> Vec<SourcePath> {
        if self.doubtful {
            return self.look_again(root, Look::Content);
        }
        let mut places: BTreeSet<&str> = BTreeSet::new();
        for path in paths {
            if self.knows(path) {
                places.insert(path);
            } else if root.join(path).symlink_metadata().is_ok() {
                // Some systems have several names for a file; its folder has the right one.
                places.insert(path.rsplit_once('/').map_or(path, |(folder, _)| folder));
            }
        }
        let covered =
            |place: &str| place.rmatch_indices('/').any(|(at, _)| places.contains(&place[..at]));
        let outermost: Vec<&str> = places.iter().copied().filter(|place| !covered(place)).collect();
        let changed =
            outermost.iter().flat_map(|place| self.look_below(root, place, Look::Content));
        sorted(changed.collect())
    }

    /// Is there a file at `path` or below it, or something to complain of?
    fn knows(&self, path: &str) -> bool {
        self.below(path).next().is_some()
            || self.complaints.iter().any(|complaint| is_below(&complaint.place.path, path))
    }

    /// The files at `path` and below.
    fn below<'t>(&'t self, path: &'t str) -> impl Iterator<Item = &'t SourcePath> {
        // What is below a folder sorts after it, though not at once: `a-b` is between `a`
        // and `a/b`.
        let from = self.files.range(SourcePath::new(path)..).map(|(known, _)| known);
        from.take_while(move |known| known.as_str().starts_with(path))
            .filter(move |known| is_below(known, path))
    }

    fn look_below(&mut self, root: &Path, path: &str, closely: Look) -> Vec<SourcePath> {
        let Outcome { value: there, diagnostics } = look(root, path).unwrap_or_else(|_| {
            self.doubtful = true;
            Outcome { value: Vec::new(), diagnostics: Vec::new() }
        });
        let mut before: BTreeMap<SourcePath, (FoundFile, u64)> = BTreeMap::new();
        let known: Vec<SourcePath> = self.below(path).cloned().collect();
        for path in known {
            before.extend(self.files.remove_entry(&path));
        }
        let mut changed = Vec::new();
        for found in there {
            let known = before.remove(&found.path);
            let same = known
                .as_ref()
                .filter(|(known, _)| closely == Look::Times && known.stamp == found.stamp);
            let content = same.map_or_else(|| content(&found), |(_, content)| *content);
            if known.is_none_or(|(_, known)| known != content) {
                changed.push(found.path.clone());
            }
            self.files.insert(found.path.clone(), (found, content));
        }
        changed.extend(before.into_keys());
        let inside = |complaint: &mut Diagnostic| is_below(&complaint.place.path, path);
        let complaints: Vec<Diagnostic> = self.complaints.extract_if(.., inside).collect();
        if complaints != diagnostics {
            let all = complaints.iter().chain(&diagnostics);
            changed.extend(all.map(|complaint| complaint.place.path.clone()));
        }
        self.complaints.extend(diagnostics);
        changed
    }
}

fn sorted(mut paths: Vec<SourcePath>) -> Vec<SourcePath> {
    paths.sort();
    paths.dedup();
    paths
}

fn is_below(path: &SourcePath, place: &str) -> bool {
    let rest = path.as_str().strip_prefix(place);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Is a path, given from the root, part of a project?
pub(super) fn is_part(path: &str) -> bool {
    path.split('/').next().is_some_and(|top| TOPS.contains(&top))
        && load::is_part(path)
        && !load::is_unpublished(path)
}

/// A digest of what a file holds, or of what can be known of it.
fn content(found: &FoundFile) -> u64 {
    if found.stamp.is_none_or(|stamp| stamp.size > READ) {
        return xxh3_64(format!("{:?}", found.stamp).as_bytes());
    }
    match found.file.bytes() {
        Ok(bytes) => xxh3_64(&bytes),
        // It will be another when it can be read.
        Err(fault) => xxh3_64(format!("{:?}", fault.error.kind()).as_bytes()),
    }
}
