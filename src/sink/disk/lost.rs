//! Taking an output folder back whose list of our files is lost: each file is asked for what
//! only a file of ours has. A backup may leave hidden files out, git may merge two lists into
//! one that is neither, a later version may write a list that this one cannot read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::files::{digest_of, read_dir};
use super::manifest::{self, MANIFEST, Manifest};
use super::{LEFTOVERS, OutputRecord};
use crate::base::fault::Fault;
use crate::output::{mark, search};

/// What is known of a folder without its list.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Files with the very bytes that a build has listed.
    pub listed: Manifest,
    /// Files that bear our mark, and may be of any build, or changed since.
    pub marked: BTreeSet<String>,
}

impl Known {
    /// What files tell of themselves, and the lines that can still be read of a damaged list.
    pub fn of(folder: &Path) -> Result<Self, Fault> {
        let mut known = Self::default();
        let digests = manifest::salvage(folder)?;
        let mut listed = Vec::new();
        for path in files(folder)? {
            let file = folder.join(&path);
            if let Some(digests) = digests.get(&path)
                && let Some(digest) = digest_among(&file, digests)?
            {
                listed.push((path, Some(digest)));
            } else if path.starts_with("search/")
                && search::is_named_by_content(&path, &read(&file)?)
            {
                listed.push((path, Some(digest_of(&file)?)));
            } else if mark::is_ours(&path, &head(&file)?) {
                known.marked.insert(path);
            }
        }
        known.listed = Manifest::from_files(listed);
        Ok(known)
    }

    /// Is there anything that only a site of ours has?
    pub fn is_ours(&self) -> bool {
        self.listed.files().next().is_some() || self.marked.iter().any(|path| !path.contains('/'))
    }

    /// The same, with what the last build from here has recorded of the folder.
    pub fn with(&mut self, record: &OutputRecord, folder: &Path) {
        let intact = |path: &str, digest: u64| {
            let file = folder.join(path);
            file.symlink_metadata().is_ok_and(|meta| meta.is_file())
                && digest_of(&file).is_ok_and(|found| found == digest)
        };
        let recorded = record
            .files()
            .iter()
            .filter(|(path, made)| !self.listed.has(path) && intact(path, made.digest));
        let recorded = recorded.map(|(path, made)| (path.clone(), Some(made.digest)));
        let listed = self.listed.files().map(|(path, digest)| (path.to_string(), digest));
        self.listed = Manifest::from_files(listed.chain(recorded).collect());
    }
}

/// Every file below an output folder that could be of its site, by path: nothing hidden, no
/// links, and no site that has a list of its own.
pub(super) fn files(folder: &Path) -> Result<Vec<String>, Fault> {
    fn walk(folder: &Path, prefix: &str, files: &mut Vec<String>) -> Result<(), Fault> {
        for entry in read_dir(folder)? {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            match entry.file_type() {
                Ok(_) if LEFTOVERS.contains(&name.as_str()) || path == MANIFEST => {}
                Ok(kind) if kind.is_dir() && name == ".git" => {}
                Ok(kind) if kind.is_dir() && entry.path().join(MANIFEST).exists() => {}
                Ok(kind) if kind.is_dir() => walk(&entry.path(), &format!("{path}/"), files)?,
                Ok(kind) if kind.is_file() => files.push(path),
                _ => {}
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    if folder.is_dir() {
        walk(folder, "", &mut found)?;
    }
    found.sort();
    Ok(found)
}

/// The digest among these that a file has, as it is or with the line ends that git gives to
/// texts on Windows.
fn digest_among(file: &Path, digests: &[u64]) -> Result<Option<u64>, Fault> {
    let found = digest_of(file)?;
    if digests.contains(&found) {
        return Ok(Some(found));
    }
    // What is there now is what may be removed.
    let is_listed = digests.contains(&xxh3_64(&unix(&read(file)?)));
    Ok(is_listed.then_some(found))
}

/// Is `there` a text that differs from `bytes` in its line ends alone?
pub(super) fn same_text(there: &Path, bytes: &[u8]) -> Result<bool, Fault> {
    let known = there.symlink_metadata().is_ok_and(|meta| meta.is_file());
    if !known || std::str::from_utf8(bytes).is_err() {
        return Ok(false);
    }
    Ok(unix(&read(there)?) == unix(bytes))
}

fn read(file: &Path) -> Result<Vec<u8>, Fault> {
    fs::read(file).map_err(|error| Fault::read(file, error))
}

/// The same with `\n` for `\r\n`.
fn unix(bytes: &[u8]) -> Vec<u8> {
    let is_kept = |at: &usize| !bytes[*at..].starts_with(b"\r\n");
    (0..bytes.len()).filter(is_kept).map(|at| bytes[at]).collect()
}

/// The beginning of a file, long enough for its mark; all of those that are marked at large.
fn head(file: &Path) -> Result<Vec<u8>, Fault> {
    use std::io::Read as _;
    let fault = |error| Fault::read(file, error);
    let whole = file.file_stem().is_some_and(|stem| stem == "directory");
    let most = if whole { u64::MAX } else { mark::HEAD as u64 };
    let mut head = Vec::new();
    let opened = fs::File::open(file).map_err(fault)?;
    opened.take(most).read_to_end(&mut head).map_err(fault)?;
    Ok(head)
}

/// The digests of a path that may be in a merged list more than once.
pub(super) type Digests = BTreeMap<String, Vec<u64>>;
