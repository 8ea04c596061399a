//! The list of our files in an output folder.
//!
//! Text: a line that names the format, a line for each file (its digest in 16 hexadecimal
//! digits, or `-` where a build was interrupted, and its path), and a last line with the
//! digest of all before it. Nothing in it depends on when or where the site was built.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{fs, io};

use xxhash_rust::xxh3::xxh3_64;

use super::Made;
use super::lost::Digests;
use crate::base::atomic::{Durable, replace_from};
use crate::base::fault::Fault;

/// The file's name.
pub(super) const MANIFEST: &str = ".xianfeng-site";

const FORMAT: &str = "xianfeng site 1\n";

/// Our files: path and digest, where that is known.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// In the order of paths.
    files: Vec<(String, Option<u64>)>,
}

/// The list is there, and not as we wrote it.
#[derive(Debug)]
pub(super) struct Damaged;

impl Manifest {
    /// The list of `files`, which are in the order of paths.
    pub fn of(files: &[(String, Made)]) -> Self {
        let files = files.iter().map(|(path, made)| (path.clone(), Some(made.digest)));
        Self { files: files.collect() }
    }

    /// The list in `folder`; `None` if there is none.
    pub fn read(folder: &Path) -> Result<Result<Option<Self>, Damaged>, Fault> {
        let path = folder.join(MANIFEST);
        match fs::read(&path) {
            Ok(bytes) => Ok(Self::parse(&bytes).map(Some).ok_or(Damaged)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Ok(None)),
            Err(error) => Err(Fault::read(&path, error)),
        }
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let end = text.trim_end_matches('\n').rfind('\n')? + 1;
        let (body, last) = text.split_at(end);
        if last.trim_end() != format!("{:016x}", xxh3_64(body.as_bytes())) {
            return None;
        }
        let files = body.strip_prefix(FORMAT)?.lines().map(entry).collect::<Option<_>>()?;
        Some(Self::from_files(files))
    }

    /// The list of these files, in whatever order; the first of those at one path.
    pub fn from_files(mut files: Vec<(String, Option<u64>)>) -> Self {
        files.sort();
        files.dedup_by(|a, b| a.0 == b.0);
        Self { files }
    }

    /// Writes the list of `folder`. It lies in `staging` until it is whole.
    pub fn write(&self, folder: &Path, staging: &Path) -> Result<(), Fault> {
        let mut text = String::from(FORMAT);
        for (path, digest) in &self.files {
            let _ = match digest {
                Some(digest) => writeln!(text, "{digest:016x} {path}"),
                None => writeln!(text, "- {path}"),
            };
        }
        let digest = xxh3_64(text.as_bytes());
        let _ = writeln!(text, "{digest:016x}");
        let place = folder.join(MANIFEST);
        replace_from(staging, &place, Durable::No, |out| {
            out.write_all(text.as_bytes()).map_err(|error| Fault::write(&place, error))
        })
    }

    pub fn has(&self, path: &str) -> bool {
        self.get(path).is_some()
    }

    fn get(&self, path: &str) -> Option<&Option<u64>> {
        let at = self.files.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()?;
        Some(&self.files[at].1)
    }

    pub fn files(&self) -> impl Iterator<Item = (&str, Option<u64>)> {
        self.files.iter().map(|(path, digest)| (path.as_str(), *digest))
    }

    /// The files of both; whose digest differs may be either.
    pub fn united(&self, other: &Self) -> Self {
        let mut files: Vec<(String, Option<u64>)> = Vec::with_capacity(other.files.len());
        for (path, digest) in &self.files {
            let same = other.get(path).is_none_or(|new| new == digest);
            files.push((path.clone(), digest.filter(|_| same)));
        }
        let new = other.files.iter().filter(|(path, _)| !self.has(path));
        files.extend(new.map(|(path, _)| (path.clone(), None)));
        files.sort();
        Self { files }
    }
}

/// The path and the digest in a line of a list; `None` if it is no such line.
fn entry(line: &str) -> Option<(String, Option<u64>)> {
    let (digest, path) = line.split_once(' ')?;
    let digest = match digest {
        "-" => None,
        hex => Some(u64::from_str_radix(hex, 16).ok()?),
    };
    // Whoever wrote this list, it shall not lead us out of the folder.
    let safe = |part: &str| !part.is_empty() && part != "." && part != "..";
    let is_safe = !path.contains(['\\', ':']) && path.split('/').all(safe);
    is_safe.then(|| (path.to_string(), digest))
}

/// What can still be read of a list in `folder` that is not as we wrote it: the digests of each
/// path. Nothing is ours because of them, unless a file has such a digest.
pub(super) fn salvage(folder: &Path) -> Result<Digests, Fault> {
    let path = folder.join(MANIFEST);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Digests::new()),
        Err(error) => return Err(Fault::read(&path, error)),
    };
    let mut digests = Digests::new();
    for (path, digest) in String::from_utf8_lossy(&bytes).lines().filter_map(entry) {
        digests.entry(path).or_default().extend(digest);
    }
    Ok(digests)
}
