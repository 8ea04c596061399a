//! A store for what a build leaves for the next one, in `.xianfeng/` of the project folder:
//! values by name. What is stored only saves work, and a build without it writes the same
//! bytes; so a file that is damaged, or of another program, is not used.
//!
//! Each file is a line that names the format, the digest of the rest, the program that wrote
//! it, and the rest in postcard's encoding.
#![allow(clippy::disallowed_methods, reason = "keeps files in .xianfeng/")]

pub mod pictures;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::base::atomic::{Durable, replace};
use crate::base::fault::Fault;

/// The folder, in the project folder.
pub const FOLDER: &str = ".xianfeng";

const FORMAT: &[u8] = b"xianfeng cache 1\n";

/// Why a file of the cache is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unused {
    /// There is none.
    Missing,
    /// It is not as it was written.
    Damaged,
    /// Another program wrote it.
    OtherProgram,
}

/// The folder of a project's cache.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The cache of the project in `root`. Nothing is read or written yet.
    pub fn of(root: &Path) -> Self {
        Self { folder: root.join(FOLDER) }
    }

    /// The place of a file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Reads what is stored as `name`.
    pub fn read<T: DeserializeOwned>(&self, name: &str) -> Result<T, Unused> {
        self.read_of(name, this_program())
    }

    /// Reads what [`Cache::keep`] has stored as `name`, by whatever version of this program.
    pub fn kept<T: DeserializeOwned>(&self, name: &str) -> Result<T, Unused> {
        self.read_of(name, ANY_PROGRAM)
    }

    fn read_of<T: DeserializeOwned>(&self, name: &str, wanted: [u8; 16]) -> Result<T, Unused> {
        let bytes = fs::read(self.folder.join(name)).map_err(|_| Unused::Missing)?;
        let rest = bytes.strip_prefix(FORMAT).ok_or(Unused::Damaged)?;
        let (head, rest) = rest.split_at_checked(24).ok_or(Unused::Damaged)?;
        let (digest, program) = head.split_at(8);
        if digest != xxh3_64(rest).to_le_bytes() {
            return Err(Unused::Damaged);
        }
        if program != wanted {
            return Err(Unused::OtherProgram);
        }
        postcard::from_bytes(rest).map_err(|_| Unused::Damaged)
    }

    /// Stores a value as `name`. If it cannot be written, the next build is slower and nothing
    /// worse, so that is no fault.
    pub fn write(&self, name: &str, value: &impl Serialize) {
        self.write_of(name, value, this_program());
    }

    /// Stores a value as `name` that later versions of this program read, too: it cannot be made
    /// again. If its form changes, so must its name.
    pub fn keep(&self, name: &str, value: &impl Serialize) {
        self.write_of(name, value, ANY_PROGRAM);
    }

    fn write_of(&self, name: &str, value: &impl Serialize, program: [u8; 16]) {
        let mut bytes = FORMAT.to_vec();
        bytes.extend_from_slice(&[0; 8]);
        bytes.extend_from_slice(&program);
        let start = bytes.len();
        let Ok(mut bytes) = postcard::to_extend(value, bytes) else { return };
        let digest = xxh3_64(&bytes[start..]).to_le_bytes();
        bytes[FORMAT.len()..FORMAT.len() + 8].copy_from_slice(&digest);
        let Ok(folder) = self.folder() else { return };
        let place = folder.join(name);
        // A file that a power cut damages fails its checksum, and is made again.
        let _ = replace(&place, Durable::No, |out| {
            out.write_all(&bytes).map_err(|error| Fault::write(&place, error))
        });
    }

    /// Removes what is stored as `name`, if there is anything.
    pub fn remove(&self, name: &str) {
        let _ = fs::remove_file(self.folder.join(name));
    }

    /// The folder, made where there is none, with a file that tells git to leave it alone.
    pub fn folder(&self) -> std::io::Result<&Path> {
        let ignore = self.folder.join(".gitignore");
        if !ignore.exists() {
            fs::create_dir_all(&self.folder)?;
            fs::write(ignore, "*\n")?;
        }
        Ok(&self.folder)
    }
}

/// Stands for every version of the program.
const ANY_PROGRAM: [u8; 16] = [0; 16];

/// Stands for the program that runs: what it makes of a source may differ from what
/// another version, or another build of this one, made of it.
fn this_program() -> [u8; 16] {
    let file = std::env::current_exe().and_then(fs::metadata);
    let stamp = file.map(|meta| (meta.len(), meta.modified().ok())).unwrap_or_default();
    xxh3_128(format!("{} {stamp:?}", env!("CARGO_PKG_VERSION")).as_bytes()).to_le_bytes()
}
