//! Copies of pictures that were made, by key: on the disk, so that a picture is coded once in its
//! life, whatever happens to pages; in memory for a campaign that is not on a disk.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use xxhash_rust::xxh3::xxh3_128;

use super::Cache;
use crate::base::atomic::{Durable, replace};
use crate::base::fault::Fault;
use crate::base::map::Set;

/// The folder, in that of the cache.
const FOLDER: &str = "pictures";

/// Copies that nobody asks for are kept up to so many bytes together.
const SPARE: u64 = 256 << 20;

/// A store of copies of pictures. Cheap to clone; clones are one store.
#[derive(Clone, Debug, Default)]
pub struct PictureStore {
    folder: Option<PathBuf>,
    held: Arc<Mutex<HashMap<u128, Arc<[u8]>>>>,
}

impl PictureStore {
    /// The store of a project.
    pub fn of(cache: &Cache) -> Self {
        Self { folder: Some(cache.path(FOLDER)), ..Self::default() }
    }

    /// The copy of this key; `None` if there is none, or it is not as it was written.
    pub fn get(&self, key: u128) -> Option<Vec<u8>> {
        let Some(folder) = &self.folder else {
            return Some(self.held().get(&key)?.to_vec());
        };
        let path = folder.join(name(key));
        let mut bytes = fs::read(&path).ok()?;
        let digest = bytes.split_off(bytes.len().checked_sub(size_of::<u128>())?);
        if xxh3_128(&bytes).to_le_bytes() != digest[..] {
            return None;
        }
        // What was used lately is kept longest.
        if let Ok(file) = fs::File::options().append(true).open(&path) {
            let _ = file.set_modified(now());
        }
        Some(bytes)
    }

    /// Is there a copy of this key? It may yet be damaged.
    pub fn has(&self, key: u128) -> bool {
        match &self.folder {
            Some(folder) => folder.join(name(key)).is_file(),
            None => self.held().contains_key(&key),
        }
    }

    /// Keeps a copy. If it cannot be written, it is made once more another time, and nothing
    /// worse.
    pub fn put(&self, key: u128, bytes: &[u8]) {
        let Some(folder) = &self.folder else {
            self.held().insert(key, bytes.into());
            return;
        };
        let cache = Cache { folder: folder.parent().map(PathBuf::from).unwrap_or_default() };
        let path = folder.join(name(key));
        if cache.folder().is_err() || fs::create_dir_all(folder).is_err() {
            return;
        }
        let _ = replace(&path, Durable::No, |out| {
            let fault = |error| Fault::write(&path, error);
            out.write_all(bytes).map_err(fault)?;
            out.write_all(&xxh3_128(bytes).to_le_bytes()).map_err(fault)
        });
    }

    /// Removes copies that are not in `kept`, those that were not used for the longest time
    /// first, until few enough are left.
    pub fn forget(&self, kept: &Set<u128>) {
        let Some(folder) = &self.folder else { return };
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut spare: Vec<(SystemTime, u64, PathBuf)> = entries
            .filter(|entry| {
                let key = entry.file_name().to_str().and_then(key_of);
                key.is_none_or(|key| !kept.contains(&key))
            })
            .filter_map(|entry| {
                let meta = entry.metadata().ok()?;
                Some((meta.modified().ok()?, meta.len(), entry.path()))
            })
            .collect();
        spare.sort_by(|a, b| b.cmp(a));
        let mut bytes = 0;
        for (_, size, path) in spare {
            bytes += size;
            if bytes > SPARE {
                let _ = fs::remove_file(path);
            }
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, HashMap<u128, Arc<[u8]>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The clock, by which it is told what was used lately.
#[expect(clippy::disallowed_methods, reason = "nothing of it reaches the output")]
fn now() -> SystemTime {
    SystemTime::now()
}

fn name(key: u128) -> String {
    format!("{key:032x}")
}

fn key_of(name: &str) -> Option<u128> {
    (name.len() == 32).then(|| u128::from_str_radix(name, 16).ok()).flatten()
}
