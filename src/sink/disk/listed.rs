//! What an output folder had when its changes were last listed. A list for uploading counts from
//! there and not from the last build: what a build in between has removed still stands on the server.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::{Change, FileChange, OutputRecord, moving};
use crate::cache::{Cache, Unused};

/// The files of an output folder when its changes were last listed.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Listed {
    files: BTreeMap<String, Seen>,
}

/// A file as it was.
#[derive(Debug, Serialize, Deserialize)]
struct Seen {
    digest: u64,
    /// What it is called, if it is a page: when it is gone, nobody can look.
    title: Option<String>,
}

impl Listed {
    /// What the output folder `output` had then.
    pub fn read(cache: &Cache, output: &Path) -> Result<Self, Unused> {
        cache.kept(&name(output))
    }

    /// What it has now. Pages that are as they were are not opened for their titles.
    pub fn now(self, output: &Path, record: &OutputRecord) -> Self {
        let Self { files: mut before } = self;
        let files = record.files().iter().map(|(path, made)| {
            let digest = made.digest;
            let seen = match before.remove(path) {
                Some(seen) if seen.digest == digest => seen,
                _ => Seen { digest, title: moving::title(path, output) },
            };
            (path.clone(), seen)
        });
        Self { files: files.collect() }
    }

    /// Stores this for the next list.
    pub fn keep(&self, cache: &Cache, output: &Path) {
        cache.keep(&name(output), self);
    }

    /// What is different now, by path.
    pub fn changes(&self, output: &Path, record: &OutputRecord) -> Vec<FileChange> {
        let now = record.files().iter().filter_map(|(path, made)| {
            let change = match self.files.get(path) {
                Some(seen) if seen.digest == made.digest => return None,
                Some(_) => Change::Changed,
                None => Change::Added,
            };
            let title = moving::title(path, output);
            Some(FileChange { path: path.clone(), change, title })
        });
        let gone = self.files.iter().filter(|(path, _)| record.get(path).is_none());
        let gone = gone.map(|(path, seen)| FileChange {
            path: path.clone(),
            change: Change::Removed,
            title: seen.title.clone(),
        });
        let mut changes: Vec<FileChange> = now.chain(gone).collect();
        changes.sort();
        changes
    }
}

/// The name in the cache folder, with the version of its form.
fn name(output: &Path) -> String {
    format!("listed-1-{:016x}", xxh3_64(output.as_os_str().as_encoded_bytes()))
}
