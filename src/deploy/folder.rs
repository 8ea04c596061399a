//! A folder of this machine: a share, a USB stick.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use super::headers::Headers;
use super::store::{Listed, Sending, Store, Trouble, Version, Watch};
use super::{lease, manifest};
use crate::base::atomic::{Durable, Lock, replace, sync_all};
use crate::base::content::{Carried, PIECE};
use crate::base::fault::Fault;

/// Where files wait until they are whole.
const STAGING: &str = ".xianfeng-deploy.new";

/// What is ours without being a file of the site.
const NOTES: [&str; 3] = [manifest::NAME, lease::NAME, STAGING];

/// A folder.
#[derive(Debug)]
pub struct Folder {
    folder: PathBuf,
}

impl Folder {
    /// The folder at a place without links.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn copy(&self, sending: &Sending<'_>, number: usize, watch: &Watch<'_>) -> Result<(), Trouble> {
        (watch.tick)()?;
        let staged = self.folder.join(STAGING).join(number.to_string());
        let target = self.inside(sending.path)?;
        let placed = place(sending.file, &staged, &target);
        if placed.is_err() {
            // What is half written takes room that the list of files may need.
            let _ = fs::remove_file(&staged);
        }
        placed?;
        (watch.done)(sending.path, sending.size);
        Ok(())
    }

    /// The place of a file of ours, if all folders on the way to it are really there: one that leads
    /// elsewhere is of somebody else, and so is what it leads to.
    fn inside(&self, path: &str) -> Result<PathBuf, Fault> {
        let place = self.folder.join(path);
        let above = place.ancestors().skip(1).take_while(|above| **above != *self.folder);
        let is_link =
            |folder: &&Path| folder.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
        match above.filter(is_link).last() {
            Some(link) => Err(Fault::write(link, io::ErrorKind::NotADirectory.into())),
            None => Ok(place),
        }
    }

    fn listed(&self, path: &str) -> Result<Option<Listed>, Fault> {
        let place = self.folder.join(path);
        match place.symlink_metadata() {
            Ok(meta) => Ok(Some(Listed { path: path.into(), size: meta.len(), md5: None })),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(Fault::read(&place, error)),
        }
    }
}

/// Copies a file to where it waits, and from there, when it is whole, to its place.
fn place(file: &Path, staged: &Path, target: &Path) -> Result<(), Fault> {
    let mut out = fs::File::create(staged).map_err(|error| Fault::write(target, error))?;
    Carried::Disk(file.to_path_buf()).pieces(&mut |piece| {
        io::Write::write_all(&mut out, piece).map_err(|error| Fault::write(target, error))
    })?;
    drop(out);
    if let Some(above) = target.parent() {
        fs::create_dir_all(above).map_err(|error| Fault::write(above, error))?;
    }
    fs::rename(staged, target).map_err(|error| Fault::write(target, error))
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn tag(bytes: &[u8]) -> String {
    format!("{:016x}", xxh3_64(bytes))
}

impl Store for Folder {
    fn read(&self, path: &str) -> Result<Option<Version>, Trouble> {
        let place = self.folder.join(path);
        match fs::read(&place) {
            Ok(bytes) => Ok(Some(Version { tag: tag(&bytes), bytes })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Fault::read(&place, error).into()),
        }
    }

    fn swap(
        &self,
        path: &str,
        bytes: &[u8],
        seen: Option<&str>,
    ) -> Result<Option<String>, Trouble> {
        let place = self.folder.join(path);
        fs::create_dir_all(&self.folder).map_err(|error| Fault::write(&self.folder, error))?;
        // Where a folder cannot be locked, comparing is all that there is.
        let lock = Lock::take(&self.folder);
        let there = self.read(path)?.map(|version| version.tag);
        if matches!(lock, Ok(None)) || there.as_deref() != seen {
            return Ok(None);
        }
        replace(&place, Durable::Yes, |out| {
            io::Write::write_all(out, bytes).map_err(|error| Fault::write(&place, error))
        })?;
        Ok(Some(tag(bytes)))
    }

    fn send(&self, files: &[Sending<'_>], watch: &Watch<'_>) -> Result<(), Trouble> {
        let staging = self.folder.join(STAGING);
        self.inside(&format!("{STAGING}/0"))?;
        fs::create_dir_all(&staging).map_err(|error| Fault::write(&staging, error))?;
        let mut numbered = files.iter().enumerate();
        numbered.try_for_each(|(number, sending)| self.copy(sending, number, watch))
    }

    fn remove(&self, paths: &[&str], watch: &Watch<'_>) -> Result<(), Trouble> {
        for path in paths {
            (watch.tick)()?;
            let place = self.inside(path)?;
            match fs::remove_file(&place) {
                Err(error) if !is_absent(&error) => return Err(Fault::write(&place, error).into()),
                _ => {}
            }
            // Folders that hold nothing more, up to the target itself.
            let above = place.ancestors().skip(1).take_while(|above| **above != *self.folder);
            for folder in above {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
            (watch.done)(path, 0);
        }
        Ok(())
    }

    fn present(&self, paths: &[&str]) -> Result<Vec<Listed>, Trouble> {
        let found: Result<Vec<_>, Fault> = paths.iter().map(|path| self.listed(path)).collect();
        Ok(found?.into_iter().flatten().collect())
    }

    fn list(&self) -> Result<Option<Vec<Listed>>, Trouble> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(Fault::read(&folder, error).into()),
            };
            for entry in entries {
                let entry = entry.map_err(|error| Fault::read(&folder, error))?;
                let place = entry.path();
                let below = place.strip_prefix(&self.folder).unwrap_or(&place);
                let path = below.to_string_lossy().replace('\\', "/");
                // What Windows and macOS keep on every stick is nobody's.
                let is_of_system = ["System Volume Information", "$RECYCLE.BIN", "lost+found"];
                let is_hidden = [".Trashes", ".Spotlight-V100", ".fseventsd", ".DS_Store"];
                if NOTES.contains(&path.as_str())
                    || is_of_system.contains(&path.as_str())
                    || is_hidden.contains(&path.as_str())
                {
                    continue;
                }
                let kind = entry.file_type().map_err(|error| Fault::read(&place, error))?;
                match kind.is_dir() {
                    true => folders.push(place),
                    false => found.extend(self.listed(&path)?),
                }
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Some(found))
    }

    fn is_same(&self, listed: &Listed, file: &Path, _: Headers) -> Result<bool, Trouble> {
        let there = self.folder.join(&listed.path);
        let size = file.metadata().map_err(|error| Fault::read(file, error))?.len();
        let meta = there.symlink_metadata().map_err(|error| Fault::read(&there, error))?;
        if !meta.is_file() || meta.len() != size {
            return Ok(false);
        }
        let (here, there) = (Carried::Disk(file.into()), Carried::Disk(there));
        let mut at = 0;
        let mut is_same = true;
        here.pieces(&mut |piece| {
            is_same = is_same && there.at(at, PIECE)? == piece;
            at += piece.len() as u64;
            Ok(())
        })?;
        Ok(is_same)
    }

    fn settle(&self) -> Result<(), Trouble> {
        let _ = fs::remove_dir_all(self.folder.join(STAGING));
        // A stick is pulled out as soon as we say that we are done.
        Ok(sync_all(&self.folder)?)
    }
}
