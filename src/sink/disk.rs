//! The disk sink: an output folder, changed with care.
//!
//! New content is first written to a folder of its own inside the output folder, and only
//! moved into place when everything has been rendered: a build that fails leaves the old
//! site as it was. Moving is renaming, file by file, or a whole folder at once where there
//! is none yet; so whoever reads meanwhile finds each file whole, old or new. What is no
//! longer planned goes last.
//!
//! A list of our files lies in the output folder. What is not on it is not ours and is
//! never changed. The list names the new files before the first of them is moved, so that
//! a build that is killed is mended by the next one.

mod files;
mod manifest;
mod moving;

use std::path::{Path, PathBuf};
use std::{fs, io};

use xxhash_rust::xxh3::xxh3_64;

use super::place::{self, absolute, clear, is_in_project, missing, remove_empty};
use crate::base::content::{Carried, Content};
use crate::base::parallel;
use crate::cache::{Made, Record};
use crate::diagnostic::{Diagnostic, Fault, catalogue};
use crate::source::stamp::modified;
use files::{There, copy, digest_of, look, same_bytes, write};
use manifest::Manifest;

/// The folder, inside the output folder, for what is not in place yet.
const STAGING: &str = ".xianfeng-new";

/// The file, inside the output folder, that a build locks.
const LOCK: &str = ".xianfeng-lock";

/// An output folder that may be written to.
#[derive(Debug)]
pub struct Disk {
    folder: PathBuf,
    staging: PathBuf,
    before: Manifest,
    /// What became of the list that should be there.
    list: List,
    /// Was there nothing at all, so that nothing need be compared?
    fresh: bool,
    /// The first of the folders that were not there.
    missing: Option<PathBuf>,
    /// The folder as the user named it, for messages.
    shown: String,
    /// Held as long as this build lasts.
    lock: Option<fs::File>,
    /// What the last build wrote here, as far as that is known.
    record: Record,
    /// Is every file compared by its content?
    verify: bool,
}

/// The list of our files, as it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Read,
    Missing,
    /// The folder was ours, but which files were is not known any more.
    Damaged,
}

/// What became of an artifact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Staged {
    /// The file is there already, with the bytes that it shall have.
    Unchanged(Made),
    /// A file that is not ours is there, with the same bytes: it stays, and stays theirs.
    Theirs,
    /// It waits to be moved into place.
    New(Made),
    /// A file that is not ours is in its place.
    Foreign,
}

/// What a build did to the output folder, in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Written, new or changed.
    pub written: usize,
    /// Left as they were.
    pub unchanged: usize,
    /// Removed, as the site no longer has them.
    pub removed: usize,
}

/// Looks at the output folder of the project in `root`, and complains where it must not be
/// written to; changes nothing. `shown` is the folder as it was named: relative to the
/// project, or absolute.
pub fn examine(
    root: &Path,
    shown: &Path,
    force: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Disk>, Fault> {
    let folder = absolute(&root.join(shown))?;
    let shown = place::shown(shown);
    if is_in_project(root, &folder)? {
        diagnostics.push(catalogue::output_in_project(&shown));
        return Ok(None);
    }
    // What an interrupted build left behind is not somebody else's.
    let leftover = |name: &str| [STAGING, LOCK, manifest::NEW].contains(&name);
    let empty = match fs::read_dir(&folder) {
        Ok(mut entries) => entries
            .all(|entry| entry.is_ok_and(|entry| entry.file_name().to_str().is_some_and(leftover))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(Fault::read(&folder, error)),
    };
    let (before, list) = match Manifest::read(&folder)? {
        Ok(Some(manifest)) => (manifest, List::Read),
        Ok(None) => (Manifest::default(), List::Missing),
        Err(manifest::Damaged) => {
            diagnostics.push(catalogue::manifest_damaged(&shown));
            (Manifest::default(), List::Damaged)
        }
    };
    if list != List::Read && !empty && !force {
        diagnostics.push(catalogue::output_not_ours(&shown));
        return Ok(None);
    }
    let staging = folder.join(STAGING);
    let missing = missing(&folder);
    Ok(Some(Disk {
        folder,
        staging,
        before,
        list,
        fresh: empty,
        missing,
        shown,
        lock: None,
        record: Record::default(),
        verify: false,
    }))
}

/// Opens the output folder that [`examine`] looks at, for this build alone.
pub fn open(
    root: &Path,
    shown: &Path,
    force: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Disk>, Fault> {
    let Some(mut disk) = examine(root, shown, force, diagnostics)? else { return Ok(None) };
    fs::create_dir_all(&disk.folder).map_err(|error| Fault::write(&disk.folder, error))?;
    let path = disk.folder.join(LOCK);
    let file = fs::File::create(&path).map_err(|error| Fault::write(&path, error))?;
    if let Err(fs::TryLockError::WouldBlock) = file.try_lock() {
        diagnostics.push(catalogue::output_busy(&disk.shown));
        return Ok(None);
    }
    // Where a file system cannot lock, a second build at the same time is not noticed.
    disk.lock = Some(file);
    clear(&disk.staging)?;
    Ok(Some(disk))
}

/// Is the output folder just as the build left it that wrote `record`? Each file is looked
/// at; with `verify` it is read, too.
pub fn is_untouched(folder: &Path, record: &Record, verify: bool) -> bool {
    let is_listed = listed(folder) == record.listed();
    let intact = |(path, made): &(String, Made)| is_intact(folder, path, made, record, verify);
    is_listed
        && !folder.join(STAGING).exists()
        && parallel::map(record.files(), |file| intact(file)).into_iter().all(|intact| intact)
}

/// When the list of our files in an output folder was written, in nanoseconds since 1970; 0
/// where there is none.
pub fn listed(folder: &Path) -> i64 {
    let list = folder.join(manifest::MANIFEST).symlink_metadata();
    list.map_or(0, |meta| modified(&meta))
}

/// Is the file at `path` still the one that was recorded?
fn is_intact(folder: &Path, path: &str, made: &Made, record: &Record, verify: bool) -> bool {
    let target = folder.join(path);
    let Ok(meta) = target.symlink_metadata() else { return false };
    let same = meta.is_file() && meta.len() == made.size && modified(&meta) == made.modified;
    let told = record.is_settled(made) && !verify;
    same && (told || digest_of(&target).is_ok_and(|digest| digest == made.digest))
}

impl Disk {
    /// The same folder, with what is known of the last build's files.
    pub fn remembering(self, record: Record, verify: bool) -> Self {
        Self { record, verify, ..self }
    }

    /// The file at `path` as the last build wrote it, if it is there and nobody has changed it.
    pub fn there(&self, path: &str) -> Result<Option<Made>, Fault> {
        let ours = |_: &Made| !self.fresh && self.is_ours(path);
        let made = self.record.get(path).filter(ours);
        let intact = |made: &Made| is_intact(&self.folder, path, made, &self.record, self.verify);
        Ok(made.filter(intact))
    }

    /// Puts an artifact beside the site, if it is not there already; `there` is what
    /// [`Disk::there`] says of it. May be called from many threads.
    pub fn stage(
        &self,
        path: &str,
        content: &Content<'_>,
        key: Option<u128>,
        there: Option<Made>,
    ) -> Result<Staged, Fault> {
        let target = self.folder.join(path);
        let staged = match content {
            Content::Bytes(bytes) => self.stage_bytes(path, &target, bytes, there)?,
            Content::Shared(bytes) => self.stage_bytes(path, &target, bytes, there)?,
            Content::File(Carried::Memory(bytes)) => {
                self.stage_bytes(path, &target, bytes, there)?
            }
            Content::File(Carried::Disk(source)) => self.stage_file(path, &target, source)?,
        };
        Ok(match staged {
            Staged::Unchanged(made) => Staged::Unchanged(Made { key, ..made }),
            Staged::New(made) => Staged::New(Made { key, ..made }),
            other => other,
        })
    }

    fn stage_bytes(
        &self,
        path: &str,
        target: &Path,
        bytes: &[u8],
        there: Option<Made>,
    ) -> Result<Staged, Fault> {
        let digest = xxh3_64(bytes);
        if let Some(made) = there.filter(|made| made.digest == digest) {
            return Ok(Staged::Unchanged(made));
        }
        if !self.fresh {
            match look(target, bytes.len() as u64)? {
                There::Nothing => {}
                There::Same(meta) => {
                    let old = fs::read(target).map_err(|error| Fault::read(target, error))?;
                    match (old == bytes, self.is_ours(path)) {
                        (true, true) => return Ok(Staged::Unchanged(made(digest, &meta))),
                        (true, false) => return Ok(Staged::Theirs),
                        (false, _) if self.before.has(path) => {}
                        (false, _) => return Ok(Staged::Foreign),
                    }
                }
                There::Other if !self.before.has(path) => return Ok(Staged::Foreign),
                There::Other => {}
            }
        }
        let staged = self.staging.join(path);
        let meta = write(&staged, bytes).map_err(|error| Fault::write(&staged, error))?;
        Ok(Staged::New(made(digest, &meta)))
    }

    /// Files are copied and compared piece by piece: pictures may be large.
    fn stage_file(&self, path: &str, target: &Path, source: &Path) -> Result<Staged, Fault> {
        let size = source.metadata().map_err(|error| Fault::read(source, error))?.len();
        if !self.fresh {
            match look(target, size)? {
                There::Nothing => {}
                There::Same(meta) if same_bytes(source, target)? => {
                    return match self.is_ours(path) {
                        true => Ok(Staged::Unchanged(made(digest_of(target)?, &meta))),
                        false => Ok(Staged::Theirs),
                    };
                }
                _ if !self.before.has(path) => return Ok(Staged::Foreign),
                _ => {}
            }
        }
        let staged = self.staging.join(path);
        copy(source, &staged).map_err(|error| match source.metadata() {
            Err(gone) => Fault::read(source, gone),
            Ok(_) => Fault::write(&staged, error),
        })?;
        let meta = staged.metadata().map_err(|error| Fault::read(&staged, error))?;
        Ok(Staged::New(made(digest_of(&staged)?, &meta)))
    }

    /// Is a file ours that has the very bytes which we would write? Where the list is
    /// damaged it was, most likely; elsewhere the list says so.
    fn is_ours(&self, path: &str) -> bool {
        self.list == List::Damaged || self.before.has(path)
    }

    /// Gives up: what was staged goes, and the site stays as it was.
    pub fn abandon(mut self) {
        let _ = fs::remove_dir_all(&self.staging);
        self.unlock();
        remove_empty(&self.folder, self.missing.as_deref());
    }

    fn unlock(&mut self) {
        if self.lock.take().is_some() {
            let _ = fs::remove_file(self.folder.join(LOCK));
        }
    }

    /// The complaint that a file which is not ours is in the way.
    pub fn foreign(&self, path: &str) -> Diagnostic {
        catalogue::output_file_foreign(&format!("{}/{path}", self.shown))
    }
}

fn made(digest: u64, meta: &fs::Metadata) -> Made {
    Made { key: None, digest, size: meta.len(), modified: modified(meta) }
}
