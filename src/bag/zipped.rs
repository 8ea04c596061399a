//! Zip files of a bag (EPUB, XLSX), unpacked to nowhere, within limits: is every part whole?
//! They are written by `sink::zip`, but may come from anybody.
#![allow(clippy::disallowed_methods, reason = "reads files of a bag")]

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use super::manifest;
use crate::base::fault::Fault;

/// Why a zip file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ZipProblem {
    /// It is no zip file, or damaged.
    Broken,
    /// It would unpack to far more than it is.
    Bomb,
    /// A name in it would lead out of where it is unpacked.
    Unsafe(String),
    /// It lacks this part.
    Lacks(String),
}

/// The size that is never suspicious.
const SMALL: u64 = 64 * 1024 * 1024;

/// Text and tables pack to a twentieth; a file that unpacks to more than this many times its
/// size was made to fill a disk.
const MOST_TIMES: u64 = 100;

/// More parts than any book has.
const MOST_PARTS: usize = 200_000;

/// An open zip file.
pub struct Zipped {
    archive: ZipArchive<BufReader<File>>,
    /// So many bytes may still be unpacked.
    left: u64,
}

impl Zipped {
    /// Opens the file at `path` of the bag.
    pub fn open(bag: &Path, path: &str) -> Result<Result<Self, ZipProblem>, Fault> {
        let place = bag.join(path);
        let fault = |error| Fault::read(&place, error);
        let file = File::open(&place).map_err(fault)?;
        let size = file.metadata().map_err(fault)?.len();
        let left = SMALL.saturating_add(size.saturating_mul(MOST_TIMES));
        Ok(match ZipArchive::new(BufReader::new(file)) {
            Ok(archive) if archive.len() > MOST_PARTS => Err(ZipProblem::Bomb),
            Ok(archive) => Ok(Self { archive, left }),
            Err(_) => Err(ZipProblem::Broken),
        })
    }

    /// Unpacks every part, and forgets it: the sums that are kept with the parts must be right.
    pub fn test(&mut self) -> Result<(), ZipProblem> {
        for index in 0..self.archive.len() {
            self.read(index, &mut io::sink())?;
        }
        Ok(())
    }

    /// A part as text.
    pub fn text(&mut self, name: &str) -> Result<String, ZipProblem> {
        let index = self.archive.index_for_name(name).filter(|index| *index < usize::MAX);
        let index = index.ok_or_else(|| ZipProblem::Lacks(name.into()))?;
        let mut bytes = Vec::new();
        self.read(index, &mut bytes)?;
        String::from_utf8(bytes).map_err(|_| ZipProblem::Broken)
    }

    /// The name of the first part, and whether it is stored as it is.
    pub fn first(&mut self) -> Option<(String, bool)> {
        let part = self.archive.by_index(0).ok()?;
        let name = part.name().ok()?.into_owned();
        Some((name, part.compression() == zip::CompressionMethod::Stored))
    }

    fn read(&mut self, index: usize, to: &mut impl io::Write) -> Result<(), ZipProblem> {
        let part = self.archive.by_index(index).map_err(|_| ZipProblem::Broken)?;
        let name = part.name().map_err(|_| ZipProblem::Broken)?.into_owned();
        if manifest::check(name.trim_end_matches('/')).is_err() {
            return Err(ZipProblem::Unsafe(name.chars().take(120).collect()));
        }
        let mut limited = part.take(self.left + 1);
        let read = io::copy(&mut limited, to).map_err(|_| ZipProblem::Broken)?;
        if read > self.left {
            return Err(ZipProblem::Bomb);
        }
        self.left -= read;
        Ok(())
    }
}

/// The names of the sheets' shared texts, and the package's description of a book.
pub const SHARED_STRINGS: &str = "xl/sharedStrings.xml";

/// What every EPUB begins with.
pub const EPUB_TYPE: &str = "application/epub+zip";
