//! Where a sink may write: places as they were named, and what they really are.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::base::fault::Fault;
use crate::load;

/// A place as it was named, for messages.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The path without links and `..`, also where its end does not exist yet.
pub fn absolute(path: &Path) -> Result<PathBuf, Fault> {
    let fault = |error| Fault::read(path, error);
    let mut missing = Vec::new();
    let mut there = std::path::absolute(path).map_err(fault)?;
    loop {
        match there.canonicalize() {
            Ok(real) => {
                return Ok(missing.iter().rev().fold(real, |path, part| match part {
                    part if part == ".." => path.parent().unwrap_or(&path).to_path_buf(),
                    part => path.join(part),
                }));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let Some(part) = there.components().next_back() else { return Err(fault(error)) };
                missing.push(part.as_os_str().to_os_string());
                there.pop();
            }
            Err(error) => return Err(fault(error)),
        }
    }
}

/// Is a place without links the project in `root` itself, or a folder that it lies in, or
/// one among its sources?
pub fn is_in_project(root: &Path, place: &Path) -> Result<bool, Fault> {
    let root = absolute(root)?;
    let among = |part| place.starts_with(root.join(part));
    Ok(root.starts_with(place) || load::TOPS.into_iter().any(among))
}

/// The first of the folders down to `folder` that are not there.
pub(super) fn missing(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().take_while(|path| !path.exists()).last().map(Path::to_path_buf)
}

/// Removes the folders from `folder` up to `missing`, where they are empty.
pub(super) fn remove_empty(folder: &Path, missing: Option<&Path>) {
    let Some(missing) = missing else { return };
    for folder in folder.ancestors().take_while(|folder| folder.starts_with(missing)) {
        let _ = fs::remove_dir(folder);
    }
}

/// Removes what an interrupted build left at `path`; a link itself, not what it leads to.
pub(super) fn clear(path: &Path) -> Result<(), Fault> {
    let removed = match path.symlink_metadata() {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(_) => Ok(()),
    };
    removed.map_err(|error| Fault::write(path, error))
}
