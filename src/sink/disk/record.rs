//! What was written to an output folder, for the next build: what is there already need not be
//! rendered again, or not even looked into.

use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::cache::{Cache, Unused};
use crate::source::stamp::nanoseconds;

/// One file of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Stands for everything that it was made from, if the renderer told.
    pub key: Option<u128>,
    /// The digest of its bytes.
    pub digest: u64,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970.
    pub modified: i64,
}

/// What was written to an output folder.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct OutputRecord {
    /// Every file by its path, in order.
    files: Vec<(String, Made)>,
    /// When the list of our files in the output folder was written.
    listed: i64,
    /// When this was written, in nanoseconds since 1970.
    written: i64,
}

/// A file that was written so shortly before the record might have been written to again
/// without its time telling: clocks of file systems tick every few milliseconds.
const TICK: i64 = 20_000_000;

impl OutputRecord {
    /// The record of the output folder `output`.
    pub fn read(cache: &Cache, output: &Path) -> Result<Self, Unused> {
        cache.read(&name(output))
    }

    /// The record of a build into the output folder `output`, which wrote or left these files;
    /// they are in the order of paths.
    pub fn of(output: &Path, files: Vec<(String, Made)>) -> Self {
        Self { files, listed: super::listed(output), written: nanoseconds(SystemTime::now()) }
    }

    /// Stores the record of the output folder `output` for the next build.
    pub fn write(&self, cache: &Cache, output: &Path) {
        cache.write(&name(output), self);
    }

    /// Every file, by path.
    pub fn files(&self) -> &[(String, Made)] {
        &self.files
    }

    /// What is recorded of a file.
    pub fn get(&self, path: &str) -> Option<Made> {
        let at = self.files.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()?;
        Some(self.files[at].1)
    }

    /// When this was written, in nanoseconds since 1970: tells it from every other record.
    pub fn written(&self) -> i64 {
        self.written
    }

    /// When the list of our files in the output folder was written, in nanoseconds since 1970.
    pub(super) fn listed(&self) -> i64 {
        self.listed
    }

    /// Would the time of this file tell of every change since?
    pub(super) fn is_settled(&self, made: &Made) -> bool {
        made.modified < self.written - TICK
    }
}

/// The name of the record of an output folder in the cache folder.
pub(super) fn name(output: &Path) -> String {
    format!("site-{:016x}", xxh3_64(output.as_os_str().as_encoded_bytes()))
}
