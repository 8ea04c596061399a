//! What a build leaves for the next one, in `.xianfeng/` of the project folder.
//!
//! Three things: the documents that were parsed and what search gathered from them ([`kept`]),
//! and, for each output folder, what was written there and from what ([`record`]). Both only save work: a build without them
//! writes the same bytes. A file that is damaged, or of another program, is thrown away.
//!
//! Each file is a line that names the format, the program that wrote it, the digest of the
//! rest, and the rest in postcard's encoding.

pub mod kept;
pub mod record;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::base::atomic::{Durable, replace};
use crate::diagnostic::{Diagnostic, Fault, Severity, Text};
use crate::load::{modified, nanoseconds};
use crate::source::{Place, Source, SourcePath};

pub use kept::Kept;
pub use record::{Built, Made, Record};

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

    /// Reads the file `name`.
    fn read<T: DeserializeOwned>(&self, name: &str) -> Result<T, Unused> {
        let bytes = fs::read(self.folder.join(name)).map_err(|_| Unused::Missing)?;
        let rest = bytes.strip_prefix(FORMAT).ok_or(Unused::Damaged)?;
        let (head, rest) = rest.split_at_checked(24).ok_or(Unused::Damaged)?;
        let (digest, program) = head.split_at(8);
        if digest != xxh3_64(rest).to_le_bytes() {
            return Err(Unused::Damaged);
        }
        if program != this_program() {
            return Err(Unused::OtherProgram);
        }
        postcard::from_bytes(rest).map_err(|_| Unused::Damaged)
    }

    /// Writes the file `name`. If it cannot be written, the next build is slower and nothing
    /// worse, so that is no fault.
    fn write(&self, name: &str, value: &impl Serialize) {
        let mut bytes = FORMAT.to_vec();
        bytes.extend_from_slice(&[0; 8]);
        bytes.extend_from_slice(&this_program());
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

    /// Removes the file `name`, if there is one.
    fn remove(&self, name: &str) {
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

/// Stands for the program that runs: what it makes of a source may differ from what
/// another version, or another build of this one, made of it.
fn this_program() -> [u8; 16] {
    let file = std::env::current_exe().and_then(fs::metadata);
    let stamp = file.map(|meta| (meta.len(), modified(&meta))).unwrap_or_default();
    xxh3_128(format!("{} {stamp:?}", env!("CARGO_PKG_VERSION")).as_bytes()).to_le_bytes()
}

/// The time at which something was written, for comparing with times of files.
fn now() -> i64 {
    nanoseconds(SystemTime::now())
}

/// A diagnostic in a file.
#[derive(Debug, Serialize, Deserialize)]
struct Complaint {
    code: String,
    severity: u8,
    path: SourcePath,
    range: Option<(usize, usize)>,
    message: (String, String),
    help: Option<(String, String)>,
}

impl Complaint {
    fn of(diagnostic: &Diagnostic) -> Self {
        let both = |text: &Text| (text.zh.clone(), text.en.clone());
        Self {
            code: diagnostic.code.to_string(),
            severity: diagnostic.severity as u8,
            path: diagnostic.place.path.clone(),
            range: diagnostic.place.range().map(|range| (range.start, range.end)),
            message: both(&diagnostic.message),
            help: diagnostic.help.as_ref().map(both),
        }
    }

    /// The diagnostic again; its place is looked up in the project in `root` when it is shown.
    fn diagnostic(self, root: &Path, codes: &mut Codes) -> Diagnostic {
        let text = |(zh, en)| Text { zh, en };
        let place = match self.range {
            Some((start, end)) => {
                let file = root.join(self.path.as_str());
                Source::let_go(self.path, &file, None).place(start..end)
            }
            None => Place::file(&self.path),
        };
        Diagnostic {
            code: codes.get(self.code),
            severity: match self.severity {
                0 => Severity::Note,
                1 => Severity::Warning,
                _ => Severity::Error,
            },
            place,
            message: text(self.message),
            help: self.help.map(text),
        }
    }
}

/// Codes that were read from a file. There are few, and each is kept for good, once.
#[derive(Default)]
struct Codes(Vec<&'static str>);

impl Codes {
    fn get(&mut self, code: String) -> &'static str {
        match self.0.iter().find(|known| **known == code) {
            Some(known) => known,
            None => {
                let code: &'static str = code.leak();
                self.0.push(code);
                code
            }
        }
    }
}
