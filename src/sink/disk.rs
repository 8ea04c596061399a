//! The disk sink: an output folder, changed with care.
//!
//! New content is first written to a staging folder, and only moved into place when
//! everything has been rendered: a build that fails leaves the old site as it was. Moving is
//! renaming, file by file, or a whole folder at once where there is none yet; so whoever reads
//! meanwhile finds each file whole, old or new. What is no longer planned goes last.
//!
//! The staging folder lies in the cache folder of the project, so that what a build leaves
//! that is killed is not in the way of an upload; in the output folder only where that is on
//! another file system.
//!
//! A list of our files lies in the output folder. What is not on it is not ours and is
//! never changed. The list names the new files before the first of them is moved, so that
//! the next build repairs what a killed build leaves. Where the list is lost, files are asked
//! themselves whether they are ours: by their bytes or by our mark in them.
//!
//! Nothing here is synced: tens of thousands of files would take minutes. A power cut may
//! damage pages that were just written; the next build finds those whose size or time differs
//! from its record, `--verify` finds all of them, and what is found is made again.

mod files;
mod listed;
mod lost;
mod manifest;
mod moving;
mod record;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io, mem};

use xxhash_rust::xxh3::xxh3_64;

use super::place::{self, absolute, clear, is_in_project, missing, remove_empty};
use super::{Pull, Sink};
use crate::base::atomic::Lock;
use crate::base::content::{Carried, Content};
use crate::base::fault::Fault;
use crate::base::parallel;
use crate::cache::Cache;
use crate::diagnostic::Diagnostic;
use crate::render::{Failed, Rendered, Wanted};
use crate::sink::messages;
use crate::source::stamp::modified;
use files::{There, copy, digest_of, look, same_bytes, write};
use lost::{Known, same_text};
use manifest::Manifest;

pub use listed::Listed;
pub use record::{Made, OutputRecord};

/// The staging folder, where it has to be in the output folder.
const STAGING: &str = ".xianfeng-new";

/// What builds that were killed may have left in the output folder, of this version or older.
const LEFTOVERS: [&str; 3] = [STAGING, ".xianfeng-lock", ".xianfeng-site.new"];

/// An output folder that may be written to.
#[derive(Debug)]
pub struct Disk {
    folder: PathBuf,
    /// Where new files wait until all of them are there.
    staging: PathBuf,
    before: Manifest,
    /// Files that bear our mark, where the list is lost.
    marked: BTreeSet<String>,
    /// What became of the list that should be there.
    list: FileList,
    /// Was there nothing at all, so that nothing need be compared?
    fresh: bool,
    /// The first of the folders that were not there.
    missing: Option<PathBuf>,
    /// The folder as the user named it, for messages.
    shown: String,
    /// Held as long as this build lasts.
    _locks: Vec<Lock>,
    /// What the last build wrote here, as far as that is known.
    record: OutputRecord,
    /// Is every file compared by its content?
    verify: bool,
    /// Is what is written and removed to be listed?
    listing: bool,
}

/// The list of our files, as it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileList {
    Read,
    Missing,
    /// The folder is ours, but which files are is only told by themselves.
    Lost,
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

/// A file of the site that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileChange {
    /// Its path in the output folder.
    pub path: String,
    /// What became of it.
    pub change: Change,
    /// What it is called, if it is a page.
    pub title: Option<String>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// There was none.
    Added,
    /// It has other bytes.
    Changed,
    /// It is gone.
    Removed,
}

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// The files that were written or removed, by path, if they are to be listed.
    pub changes: Vec<FileChange>,
    /// How many files.
    pub tally: Tally,
    /// Every file of ours, in the order of paths.
    pub files: Vec<(String, Made)>,
    /// Are there no files of others in the place of ours, with the same bytes?
    pub all_ours: bool,
}

/// Looks at the output folder of the project in `root`, and complains where it must not be
/// written to; changes nothing. `shown` is the folder as it was named: relative to the
/// project, or absolute.
pub fn examine(
    root: &Path,
    shown: &Path,
    force: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Fault> {
    if let Some((folder, shown)) = place_of(root, shown, diagnostics)? {
        look_at(&folder, &shown, force, diagnostics)?;
    }
    Ok(())
}

/// The files that the last build has written into an output folder; none if it is not ours.
pub fn last_build(root: &Path, shown: &Path) -> Result<LastFiles, Fault> {
    let folder = absolute(&root.join(shown))?;
    let listed = Manifest::read(&folder)?.ok().flatten();
    Ok(LastFiles { listed: listed.unwrap_or_default(), folder })
}

/// What the last build has written.
#[derive(Debug)]
pub struct LastFiles {
    folder: PathBuf,
    listed: Manifest,
}

impl LastFiles {
    /// The files, by path.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.listed.files().map(|(path, _)| path)
    }

    /// What the page at `path` is called.
    pub fn title(&self, path: &str) -> Option<String> {
        moving::title(path, &self.folder)
    }
}

/// Opens the output folder that [`examine`] looks at, for this build alone.
pub fn open(
    root: &Path,
    shown: &Path,
    force: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Disk>, Fault> {
    let Some((folder, shown)) = place_of(root, shown, diagnostics)? else { return Ok(None) };
    let missing = missing(&folder);
    fs::create_dir_all(&folder).map_err(|error| Fault::write(&folder, error))?;
    let cache = Cache::of(root);
    // Locked before anything is looked at: what another build changes is not known for long.
    let Some(locks) = lock(&cache, &folder) else {
        diagnostics.push(messages::output_busy(&shown));
        return Ok(None);
    };
    let Some(seen) = look_at(&folder, &shown, force, diagnostics)? else {
        remove_empty(&folder, missing.as_deref());
        return Ok(None);
    };
    let staging = make_staging(&cache, &folder)?;
    Ok(Some(Disk {
        folder,
        staging,
        before: seen.before,
        marked: seen.marked,
        list: seen.list,
        fresh: seen.empty,
        missing,
        shown,
        _locks: locks,
        record: OutputRecord::default(),
        verify: false,
        listing: false,
    }))
}

/// The output folder without links, and as the user named it; none, with a complaint, where it
/// is in the project.
fn place_of(
    root: &Path,
    shown: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<(PathBuf, String)>, Fault> {
    let folder = absolute(&root.join(shown))?;
    let shown = place::shown(shown);
    if is_in_project(root, &folder)? {
        diagnostics.push(messages::output_in_project(&shown));
        return Ok(None);
    }
    Ok(Some((folder, shown)))
}

/// An output folder as it was found.
struct SeenFolder {
    before: Manifest,
    marked: BTreeSet<String>,
    list: FileList,
    /// Is nothing there but what a killed build has left?
    empty: bool,
}

/// Looks at what is in the output folder; none, with a complaint, where that is not ours.
fn look_at(
    folder: &Path,
    shown: &str,
    force: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<SeenFolder>, Fault> {
    let leftover = |name: &str| LEFTOVERS.contains(&name);
    let empty = match fs::read_dir(folder) {
        Ok(mut entries) => entries
            .all(|entry| entry.is_ok_and(|entry| entry.file_name().to_str().is_some_and(leftover))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(Fault::read(folder, error)),
    };
    let read = Manifest::read(folder)?;
    let is_damaged = read.is_err();
    if let Ok(Some(before)) = read {
        let marked = BTreeSet::new();
        return Ok(Some(SeenFolder { before, marked, list: FileList::Read, empty }));
    }
    let known = if empty { Known::default() } else { Known::of(folder)? };
    // A list in whatever state tells that the folder is ours.
    let list = match is_damaged || known.is_ours() {
        true => FileList::Lost,
        false => FileList::Missing,
    };
    match list {
        FileList::Lost if is_damaged => diagnostics.push(messages::manifest_damaged(shown)),
        FileList::Lost => diagnostics.push(messages::manifest_missing(shown)),
        _ if !empty && !force => {
            diagnostics.push(messages::output_not_ours(shown));
            return Ok(None);
        }
        _ => {}
    }
    Ok(Some(SeenFolder { before: known.listed, marked: known.marked, list, empty }))
}

/// Keeps other builds out of an output folder; `None` if one is at it.
fn lock(cache: &Cache, output: &Path) -> Option<Vec<Lock>> {
    let mut locks = Vec::new();
    // The folder itself as well, where the system can: it may be the output of two projects.
    let file = cache.folder().map(|_| lock_file(cache, output));
    for path in file.into_iter().chain([output.to_path_buf()]) {
        match Lock::take(&path) {
            Ok(Some(lock)) => locks.push(lock),
            Ok(None) => return None,
            // Where nothing can be locked, a second build at the same time is not noticed.
            Err(_) => {}
        }
    }
    Some(locks)
}

/// The file, in the cache folder, that a build locks.
fn lock_file(cache: &Cache, output: &Path) -> PathBuf {
    cache.path(&format!("{}.lock", record::name(output)))
}

/// The staging folder of an output folder, where it can be in the cache folder.
fn staging_beside(lock: &Path) -> PathBuf {
    lock.with_extension("staging")
}

/// Makes the staging folder, which must be empty and on the file system of the output folder.
fn make_staging(cache: &Cache, output: &Path) -> Result<PathBuf, Fault> {
    let lock = lock_file(cache, output);
    let (inside, beside) = (output.join(STAGING), staging_beside(&lock));
    clear_leftovers(cache, output, &beside)?;
    // Made in the output folder, so that it has the group and rights that files get there.
    // Whether it can be moved is the one sure sign that files can be moved back: a folder may
    // be mounted from the same device.
    fs::create_dir(&inside).map_err(|error| Fault::write(&inside, error))?;
    Ok(if fs::rename(&inside, &beside).is_ok() { beside } else { inside })
}

/// Removes what builds that were killed have left, in this output folder or on the way to
/// another.
fn clear_leftovers(cache: &Cache, output: &Path, own: &Path) -> Result<(), Fault> {
    for name in LEFTOVERS {
        clear(&output.join(name))?;
    }
    clear(own)?;
    let others = cache.folder().and_then(fs::read_dir).into_iter().flatten().flatten();
    for path in others.map(|entry| entry.path()) {
        // Who builds there holds the lock.
        if path.extension() == own.extension()
            && let Ok(Some(_lock)) = Lock::take(&path.with_extension("lock"))
        {
            clear(&path)?;
        }
    }
    Ok(())
}

/// Is the output folder just as the build left it that wrote `record`, and nothing left of
/// another build? Each file is looked at; with `verify` it is read, too.
pub fn is_untouched(cache: &Cache, folder: &Path, record: &OutputRecord, verify: bool) -> bool {
    let is_listed = listed(folder) == record.listed();
    let staging = [folder.join(STAGING), staging_beside(&lock_file(cache, folder))];
    let intact = |(path, made): &(String, Made)| is_intact(folder, path, made, record, verify);
    is_listed
        && !staging.iter().any(|staging| staging.exists())
        && parallel::map(record.files(), |file| intact(file)).into_iter().all(|intact| intact)
}

/// When the list of our files in an output folder was written, in nanoseconds since 1970; 0
/// where there is none.
fn listed(folder: &Path) -> i64 {
    let list = folder.join(manifest::MANIFEST).symlink_metadata();
    list.map_or(0, |meta| modified(&meta))
}

/// Is the file at `path` still the one that was recorded?
fn is_intact(folder: &Path, path: &str, made: &Made, record: &OutputRecord, verify: bool) -> bool {
    let target = folder.join(path);
    let Ok(meta) = target.symlink_metadata() else { return false };
    let same = meta.is_file() && meta.len() == made.size && modified(&meta) == made.modified;
    let told = record.is_settled(made) && !verify;
    same && (told || digest_of(&target).is_ok_and(|digest| digest == made.digest))
}

impl Sink for Disk {
    type Taken = Staged;

    fn take(&self, path: &str, pull: &Pull<'_, '_>) -> Result<Staged, Failed> {
        let there = self.there(path)?;
        let rendered = pull(Wanted::Unless(there.and_then(|made| made.key)))?;
        Ok(match there {
            // It is there as it would be made.
            Some(made) if rendered.content.is_none() => Staged::Unchanged(made),
            _ => self.stage(path, rendered, there)?,
        })
    }
}

impl Disk {
    /// The same folder, with what is known of the last build's files.
    pub fn remembering(mut self, record: OutputRecord, verify: bool) -> Self {
        if self.list == FileList::Lost {
            let (listed, marked) = (mem::take(&mut self.before), mem::take(&mut self.marked));
            let mut known = Known { listed, marked };
            known.with(&record, &self.folder);
            (self.before, self.marked) = (known.listed, known.marked);
        }
        (self.record, self.verify) = (record, verify);
        self
    }

    /// The files of the last build, by path.
    pub fn last_paths(&self) -> impl Iterator<Item = &str> {
        self.before.files().map(|(path, _)| path)
    }

    /// What the page of the last build at `path` is called.
    pub fn title(&self, path: &str) -> Option<String> {
        moving::title(path, &self.folder)
    }

    /// The same folder; what is written and removed is listed if `listing`.
    pub fn listing(mut self, listing: bool) -> Self {
        self.listing = listing;
        self
    }

    /// Is the file at `path` as the last build wrote it, with this key?
    pub fn has(&self, path: &str, key: u128) -> bool {
        self.there(path).is_ok_and(|made| made.is_some_and(|made| made.key == Some(key)))
    }

    /// The file at `path` as the last build wrote it, if it is there and nobody has changed it.
    fn there(&self, path: &str) -> Result<Option<Made>, Fault> {
        let ours = |_: &Made| !self.fresh && self.is_ours(path);
        let made = self.record.get(path).filter(ours);
        let intact = |made: &Made| is_intact(&self.folder, path, made, &self.record, self.verify);
        Ok(made.filter(intact))
    }

    /// Puts an artifact into the staging folder, if it is not in place already; `there` is what
    /// [`Disk::there`] says of it.
    fn stage(
        &self,
        path: &str,
        rendered: Rendered<'_>,
        there: Option<Made>,
    ) -> Result<Staged, Fault> {
        let key = rendered.key;
        let target = self.folder.join(path);
        let staged = match rendered.content() {
            Content::Bytes(bytes) => self.stage_bytes(path, &target, &bytes, there)?,
            Content::Shared(bytes) => self.stage_bytes(path, &target, bytes, there)?,
            Content::File(Carried::Memory(bytes)) => {
                self.stage_bytes(path, &target, bytes, there)?
            }
            Content::File(Carried::Disk(source)) => self.stage_file(path, &target, source)?,
            content @ Content::Edited(_) => self.stage_pieces(path, &target, &content)?,
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
                        (false, _) if self.may_replace(path) => {}
                        (false, _) => return Ok(Staged::Foreign),
                    }
                }
                There::Other if !(self.may_replace(path) || self.was_ours(target, bytes)?) => {
                    return Ok(Staged::Foreign);
                }
                There::Other => {}
            }
        }
        let staged = self.staging.join(path);
        let meta = write(&staged, bytes).map_err(|error| Fault::write(&staged, error))?;
        Ok(Staged::New(made(digest, &meta)))
    }

    /// What is too large to be held is written first, and then like a file.
    fn stage_pieces(
        &self,
        path: &str,
        target: &Path,
        content: &Content<'_>,
    ) -> Result<Staged, Fault> {
        let written = self.staging.join(format!("{path}.part~"));
        let fault = |error| Fault::write(&written, error);
        let folder = written.parent().unwrap_or(&self.staging);
        fs::create_dir_all(folder).map_err(fault)?;
        let mut file = fs::File::create(&written).map_err(fault)?;
        content.pieces(&mut |piece| file.write_all(piece).map_err(fault))?;
        drop(file);
        let staged = self.stage_file(path, target, &written);
        fs::remove_file(&written).map_err(fault)?;
        staged
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
                There::Other if self.list == FileList::Lost => {
                    let bytes = fs::read(source).map_err(|error| Fault::read(source, error))?;
                    if !(self.may_replace(path) || self.was_ours(target, &bytes)?) {
                        return Ok(Staged::Foreign);
                    }
                }
                _ if !self.may_replace(path) => return Ok(Staged::Foreign),
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
    /// lost its bytes say so; elsewhere the list does.
    fn is_ours(&self, path: &str) -> bool {
        self.list == FileList::Lost || self.before.has(path)
    }

    /// Is the file at `path` ours, so that another may take its place?
    fn may_replace(&self, path: &str) -> bool {
        self.before.has(path) || self.marked.contains(path)
    }

    /// Where the list is lost, does a file differ from `bytes` in nothing but what git changes?
    fn was_ours(&self, target: &Path, bytes: &[u8]) -> Result<bool, Fault> {
        Ok(self.list == FileList::Lost && same_text(target, bytes)?)
    }

    /// The complaint that a file which is not ours is in the way.
    fn foreign(&self, path: &str) -> Diagnostic {
        let file = format!("{}/{path}", self.shown);
        match self.list {
            FileList::Lost => messages::output_file_unknown(&file, &self.shown),
            _ => messages::output_file_foreign(&file),
        }
    }
}

impl Drop for Disk {
    /// What was staged and is not in place goes: without [`Disk::commit`] the site stays as it
    /// was.
    fn drop(&mut self) {
        let _ = clear(&self.staging);
        remove_empty(&self.folder, self.missing.as_deref());
    }
}

fn made(digest: u64, meta: &fs::Metadata) -> Made {
    Made { key: None, digest, size: meta.len(), modified: modified(meta) }
}
