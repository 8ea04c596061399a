//! Where an export goes: what is not ours is never overwritten, and nothing is ever half there.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::messages;
use crate::base::atomic::{Durable, replace};
use crate::base::fault::Fault;
use crate::diagnostic::Diagnostic;
use crate::sink::place::{absolute, is_in_project, shown};

/// How many of the first bytes tell whether a file is ours.
pub(super) const HEAD: u64 = 4096;

/// The reason why a file must not be written at `output`; `None` if there is none. A file that is
/// there is replaced if its first bytes say that it is ours.
pub(super) fn examine(
    root: &Path,
    output: &Path,
    is_ours: fn(&[u8]) -> bool,
) -> Result<Option<Diagnostic>, Fault> {
    let place = root.join(output);
    if is_in_project(root, &absolute(&place)?)? {
        return Ok(Some(messages::target_in_project(&shown(output))));
    }
    if place.is_dir() {
        return Ok(Some(messages::target_is_folder(&shown(output))));
    }
    let is_there = place.symlink_metadata().is_ok();
    Ok((is_there && !is_ours(&head(&place)?)).then(|| messages::target_in_the_way(&shown(output))))
}

/// The first bytes of a file.
pub(super) fn head(place: &Path) -> Result<Vec<u8>, Fault> {
    let mut head = Vec::new();
    let read = fs::File::open(place).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.map_err(|error| Fault::read(place, error))?;
    Ok(head)
}

/// Writes a file as a whole.
pub(super) fn write(place: &Path, bytes: &[u8]) -> Result<(), Fault> {
    replace(place, Durable::Yes, |out| {
        out.write_all(bytes).map_err(|error| Fault::write(place, error))
    })
}

/// Is this the name of a folder, as somebody types it?
pub(super) fn is_folder(root: &Path, given: &Path) -> bool {
    given.to_string_lossy().ends_with(['/', '\\']) || root.join(given).is_dir()
}

/// The file to write: `given`, or of this `name` in the folder that was given, or in the project.
pub(super) fn file(root: &Path, given: Option<&Path>, name: String) -> PathBuf {
    match given {
        // A folder, which may not be there yet.
        Some(folder) if is_folder(root, folder) => folder.join(name),
        Some(given) => given.to_path_buf(),
        None => PathBuf::from(name),
    }
}
