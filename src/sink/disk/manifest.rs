//! The list of our files in an output folder.
//!
//! Text: a line that names the format, a line for each file (its digest in 16 hexadecimal
//! digits, or `-` where a build was interrupted, and its path), and a last line with the
//! digest of all before it. Nothing in it depends on when or where the site was built.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::Fault;

/// The file's name.
const MANIFEST: &str = ".xianfeng-site";

/// Its name until it is whole.
pub(super) const NEW: &str = ".xianfeng-site.new";

const FORMAT: &str = "xianfeng site 1\n";

/// Our files: path and digest, where that is known.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    files: BTreeMap<String, Option<u64>>,
}

/// The list is there, and not as we wrote it.
#[derive(Debug)]
pub(super) struct Damaged;

impl Manifest {
    pub fn of(site: &BTreeMap<String, u64>) -> Self {
        Self { files: site.iter().map(|(path, &digest)| (path.clone(), Some(digest))).collect() }
    }

    /// The list in `folder`; `None` where there is none.
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
        let mut files = BTreeMap::new();
        for line in body.strip_prefix(FORMAT)?.lines() {
            let (digest, path) = line.split_once(' ')?;
            let digest = match digest {
                "-" => None,
                hex => Some(u64::from_str_radix(hex, 16).ok()?),
            };
            // Whoever wrote this list, it shall not lead us out of the folder.
            let safe = |part: &str| !part.is_empty() && part != "." && part != "..";
            if path.contains(['\\', ':']) || !path.split('/').all(safe) {
                return None;
            }
            files.insert(path.to_string(), digest);
        }
        Some(Self { files })
    }

    /// Writes the list: a new file beside the old, then renamed.
    pub fn write(&self, folder: &Path) -> Result<(), Fault> {
        let mut text = String::from(FORMAT);
        for (path, digest) in &self.files {
            let _ = match digest {
                Some(digest) => writeln!(text, "{digest:016x} {path}"),
                None => writeln!(text, "- {path}"),
            };
        }
        let digest = xxh3_64(text.as_bytes());
        let _ = writeln!(text, "{digest:016x}");
        let (path, new) = (folder.join(MANIFEST), folder.join(NEW));
        fs::write(&new, text).map_err(|error| Fault::write(&new, error))?;
        fs::rename(&new, &path).map_err(|error| Fault::write(&path, error))
    }

    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    pub fn files(&self) -> impl Iterator<Item = (&str, Option<u64>)> {
        self.files.iter().map(|(path, digest)| (path.as_str(), *digest))
    }

    /// The files of both; whose digest differs may be either.
    pub fn united(&self, other: &Self) -> Self {
        let mut files = self.files.clone();
        for (path, digest) in &other.files {
            let known = files.entry(path.clone()).or_insert(None);
            if known != digest {
                *known = None;
            }
        }
        Self { files }
    }
}
