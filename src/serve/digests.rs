//! What every file of the project held when it was last looked at: a change is another
//! content, not another time.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

use xxhash_rust::xxh3::xxh3_64;

use crate::load::{TOPS, is_skipped};
use crate::source::SourcePath;

/// Larger files are known by their size and time.
const READ: u64 = 1 << 20;

/// The files of a project, what each held, and when.
#[derive(Default)]
pub(super) struct Digests(BTreeMap<SourcePath, Known>);

/// A file as it was.
#[derive(Clone, Copy)]
struct Known {
    /// A digest of its size and time.
    time: u64,
    /// A digest of what it held.
    content: u64,
}

/// How closely to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// At what files hold.
    Content,
    /// At what those hold whose size or time is another; again and again this costs less.
    Times,
}

impl Digests {
    /// The digests of a project as it is now.
    pub fn of(root: &Path) -> Self {
        let mut digests = Self::default();
        digests.look_again(root, TOPS, Look::Content);
        digests
    }

    /// Looks at these files and folders again, given from the root; the files that changed,
    /// came or went, by path.
    pub fn look_again<'a>(
        &mut self,
        root: &Path,
        paths: impl IntoIterator<Item = &'a str>,
        look: Look,
    ) -> Vec<SourcePath> {
        let mut changed = Vec::new();
        for path in paths {
            let mut there = BTreeMap::new();
            let trusted = if look == Look::Times { Some(&self.0) } else { None };
            collect(root, path, trusted, &mut there);
            let below = format!("{path}/");
            let known =
                |known: &SourcePath| known.as_str() == path || known.as_str().starts_with(&below);
            // What is below a folder sorts behind it, though not at once: `a-b` is between
            // `a` and `a/b`.
            let from = SourcePath::new(path);
            let gone: Vec<SourcePath> = self
                .0
                .range(from..)
                .map(|(known, _)| known)
                .take_while(|known| known.as_str().starts_with(path))
                .filter(|file| known(file) && !there.contains_key(*file))
                .cloned()
                .collect();
            for file in gone {
                self.0.remove(&file);
                changed.push(file);
            }
            for (file, known) in there {
                let before = self.0.insert(file.clone(), known);
                if before.is_none_or(|before| before.content != known.content) {
                    changed.push(file);
                }
            }
        }
        changed.sort();
        changed.dedup();
        changed
    }
}

/// Is a path, given from the root, part of a project?
pub(super) fn is_part(path: &str) -> bool {
    let mut parts = path.split('/');
    parts.next().is_some_and(|top| TOPS.contains(&top)) && !parts.any(is_skipped)
}

/// Collects what is at `path` and below. A file that is as big and as old as one of
/// `trusted` is taken to hold the same.
fn collect(
    root: &Path,
    path: &str,
    trusted: Option<&BTreeMap<SourcePath, Known>>,
    there: &mut BTreeMap<SourcePath, Known>,
) {
    let place = root.join(path);
    let Ok(meta) = place.symlink_metadata() else { return };
    if meta.is_dir() {
        let Ok(entries) = fs::read_dir(&place) else { return };
        for entry in entries.flatten() {
            // A name that is no UTF-8 is none of a project's either.
            if let Some(name) = entry.file_name().to_str().filter(|name| !is_skipped(name)) {
                collect(root, &format!("{path}/{name}"), trusted, there);
            }
        }
        return;
    }
    let path = SourcePath::new(path);
    let time = time(&meta);
    let same = trusted.and_then(|known| known.get(&path)).filter(|known| known.time == time);
    let content = same.map_or_else(|| content(&place, &meta, time), |known| known.content);
    there.insert(path, Known { time, content });
}

/// A digest of a file's size and time, and of its being one.
fn time(meta: &Metadata) -> u64 {
    let time = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let known = (meta.is_file(), meta.len(), time.unwrap_or_default().as_nanos());
    xxh3_64(format!("{known:?}").as_bytes())
}

/// A digest of what a file holds, or of what can be known of it.
fn content(place: &Path, meta: &Metadata, time: u64) -> u64 {
    if !meta.is_file() || meta.len() > READ {
        return time;
    }
    match fs::read(place) {
        Ok(bytes) => xxh3_64(&bytes),
        // It will be another when it can be read.
        Err(error) => xxh3_64(format!("{:?}", error.kind()).as_bytes()),
    }
}
