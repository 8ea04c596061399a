//! One file: written beside its place, and moved there when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::Fault;

/// A file in the making. Until [`Draft::commit`] nothing is at its place but what was there
/// before; dropped without it, nothing is left.
pub struct Draft {
    place: PathBuf,
    beside: PathBuf,
}

impl Draft {
    /// Begins a file that is to be at `place`, and what to write it to; the folders on the way
    /// are made.
    pub fn begin(place: &Path) -> Result<(Self, BufWriter<File>), Fault> {
        let fault = |error| Fault::write(place, error);
        if place.is_dir() {
            return Err(fault(io::ErrorKind::IsADirectory.into()));
        }
        let name = place.file_name().ok_or(io::ErrorKind::InvalidFilename.into()).map_err(fault)?;
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder {
            fs::create_dir_all(folder).map_err(|error| Fault::write(folder, error))?;
        }
        let beside = place.with_file_name(format!(".{}.new", name.to_string_lossy()));
        let mut options = File::options();
        // What a killed run left is written over, and what another run writes is not.
        let file = options.write(true).create(true).truncate(false).open(&beside);
        let file = file.map_err(fault)?;
        if let Err(fs::TryLockError::WouldBlock) = file.try_lock() {
            return Err(fault(io::ErrorKind::ResourceBusy.into()));
        }
        file.set_len(0).map_err(fault)?;
        Ok((Self { place: place.into(), beside }, BufWriter::new(file)))
    }

    /// Moves the file that was written to `out` to its place.
    pub fn commit(self, mut out: BufWriter<File>) -> Result<(), Fault> {
        let fault = |error| Fault::write(&self.place, error);
        out.flush().map_err(fault)?;
        drop(out);
        fs::rename(&self.beside, &self.place).map_err(fault)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Fails, as it should, where the file was moved to its place.
        let _ = fs::remove_file(&self.beside);
    }
}
