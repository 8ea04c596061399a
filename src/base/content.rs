//! Bytes of files: carried from the project, or made.
#![expect(clippy::disallowed_methods, reason = "a carried file is read when a sink asks for it")]

use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::fault::Fault;

/// The bytes of a file that is carried unchanged.
#[derive(Clone, Debug)]
pub enum Carried {
    /// A file on the disk, read when it is copied.
    Disk(PathBuf),
    /// Bytes in memory: campaigns in tests, files of the built-in theme.
    Memory(Arc<[u8]>),
}

impl Carried {
    /// All bytes of the file.
    pub fn bytes(&self) -> Result<Vec<u8>, Fault> {
        match self {
            Carried::Disk(path) => std::fs::read(path).map_err(|error| Fault::read(path, error)),
            Carried::Memory(bytes) => Ok(bytes.to_vec()),
        }
    }

    /// How many bytes there are.
    pub fn length(&self) -> Result<u64, Fault> {
        match self {
            Carried::Disk(path) => {
                path.metadata().map(|meta| meta.len()).map_err(|error| Fault::read(path, error))
            }
            Carried::Memory(bytes) => Ok(bytes.len() as u64),
        }
    }

    /// The bytes, one piece after the other, as pictures may be large. Every piece but the
    /// last is [`PIECE`] bytes long.
    pub fn pieces(&self, each: &mut Pour<'_>) -> Result<(), Fault> {
        let path = match self {
            Carried::Memory(bytes) => return bytes.chunks(PIECE).try_for_each(each),
            Carried::Disk(path) => path,
        };
        let fault = |error| Fault::read(path, error);
        let mut file = std::fs::File::open(path).map_err(fault)?;
        let mut piece = Vec::with_capacity(PIECE);
        loop {
            piece.clear();
            (&mut file).take(PIECE as u64).read_to_end(&mut piece).map_err(fault)?;
            if !piece.is_empty() {
                each(&piece)?;
            }
            if piece.len() < PIECE {
                return Ok(());
            }
        }
    }

    /// The first bytes and the last, at most so many of each, and how many there are.
    pub fn ends(&self, first: usize, last: usize) -> Result<(Vec<u8>, Vec<u8>, u64), Fault> {
        let path = match self {
            Carried::Memory(bytes) => {
                let head = bytes[..first.min(bytes.len())].to_vec();
                let tail = bytes[bytes.len() - last.min(bytes.len())..].to_vec();
                return Ok((head, tail, bytes.len() as u64));
            }
            Carried::Disk(path) => path,
        };
        let read = || {
            let mut file = std::fs::File::open(path)?;
            let length = file.metadata()?.len();
            let (mut head, mut tail) = (Vec::new(), Vec::new());
            (&mut file).take(first as u64).read_to_end(&mut head)?;
            file.seek(SeekFrom::Start(length.saturating_sub(last as u64)))?;
            file.take(last as u64).read_to_end(&mut tail)?;
            Ok((head, tail, length))
        };
        read().map_err(|error| Fault::read(path, error))
    }

    /// Some bytes from a place on: at most so many, and none after the end.
    pub fn at(&self, from: u64, most: usize) -> Result<Vec<u8>, Fault> {
        match self {
            Carried::Memory(bytes) => {
                let from = bytes.len().min(from as usize);
                Ok(bytes[from..bytes.len().min(from.saturating_add(most))].to_vec())
            }
            Carried::Disk(path) => {
                let mut some = Vec::new();
                let read = || {
                    let mut file = std::fs::File::open(path)?;
                    file.seek(SeekFrom::Start(from))?;
                    file.take(most as u64).read_to_end(&mut some)
                };
                let mut read = read;
                read().map_err(|error| Fault::read(path, error))?;
                Ok(some)
            }
        }
    }

    /// The first bytes, at most `most`.
    pub fn head(&self, most: usize) -> Result<Vec<u8>, Fault> {
        match self {
            Carried::Memory(bytes) => Ok(bytes[..most.min(bytes.len())].to_vec()),
            Carried::Disk(path) => {
                let mut head = Vec::new();
                std::fs::File::open(path)
                    .and_then(|file| file.take(most as u64).read_to_end(&mut head))
                    .map_err(|error| Fault::read(path, error))?;
                Ok(head)
            }
        }
    }
}

/// Bytes that are written over others in a file: these, and zeros up to the end of the patch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// Where it begins.
    pub at: u64,
    /// How many bytes it has.
    pub length: u64,
    /// What it begins with.
    pub begin: Vec<u8>,
}

impl Patch {
    /// Writes it over bytes that stand at `from` in the file, as far as it reaches them.
    pub fn over(&self, from: u64, bytes: &mut [u8]) {
        let until = from.saturating_add(bytes.len() as u64);
        let (start, end) = (self.at.max(from), self.at.saturating_add(self.length).min(until));
        if start >= end {
            return;
        }
        let skipped = usize::try_from(start - self.at).unwrap_or(usize::MAX);
        let begin = self.begin.get(skipped..).unwrap_or_default();
        let bytes = &mut bytes[(start - from) as usize..(end - from) as usize];
        let written = begin.len().min(bytes.len());
        bytes[..written].copy_from_slice(&begin[..written]);
        bytes[written..].fill(0);
    }
}

/// A part of a file with patches in it, which is read when it is written: films may be larger than
/// memory.
#[derive(Clone, Debug)]
pub struct Edited {
    /// The file.
    pub file: Carried,
    /// From where to where it goes.
    pub kept: (u64, u64),
    /// What is written over it.
    pub patches: Arc<[Patch]>,
}

impl Edited {
    fn length(&self) -> u64 {
        self.kept.1.saturating_sub(self.kept.0)
    }

    fn pieces(&self, each: &mut Pour<'_>) -> Result<(), Fault> {
        let (mut place, end) = self.kept;
        while place < end {
            let wanted = (end - place).min(PIECE as u64) as usize;
            let mut piece = self.file.at(place, wanted)?;
            if piece.len() < wanted {
                let path = match &self.file {
                    Carried::Disk(path) => path.as_path(),
                    Carried::Memory(_) => Path::new(""),
                };
                return Err(Fault::changed(path));
            }
            self.patches.iter().for_each(|patch| patch.over(place, &mut piece));
            each(&piece)?;
            place += wanted as u64;
        }
        Ok(())
    }
}

/// Where bytes go that come piece by piece.
pub type Pour<'p> = dyn FnMut(&[u8]) -> Result<(), Fault> + 'p;

/// The length of a piece; a multiple of three, for base 64.
pub const PIECE: usize = 3 * 32 * 1024;

/// What is at one address.
#[derive(Debug)]
pub enum Content<'a> {
    /// Bytes that were rendered.
    Bytes(Vec<u8>),
    /// Bytes that are there already.
    Shared(&'a [u8]),
    /// A file that is carried unchanged.
    File(&'a Carried),
    /// A file that is carried in part, or with other bytes in some places.
    Edited(Edited),
}

impl Content<'_> {
    /// How many bytes there are.
    pub fn length(&self) -> Result<u64, Fault> {
        match self {
            Content::Bytes(bytes) => Ok(bytes.len() as u64),
            Content::Shared(bytes) => Ok(bytes.len() as u64),
            Content::File(file) => file.length(),
            Content::Edited(edited) => Ok(edited.length()),
        }
    }

    /// The bytes, one piece after the other.
    pub fn pieces(&self, each: &mut Pour<'_>) -> Result<(), Fault> {
        match self {
            Content::Bytes(bytes) => each(bytes),
            Content::Shared(bytes) => each(bytes),
            Content::File(file) => file.pieces(each),
            Content::Edited(edited) => edited.pieces(each),
        }
    }
}
