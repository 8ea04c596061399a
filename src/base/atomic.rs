//! Files that several runs of the program may write: each is there as a whole or not at all.
//! And locks, for what two runs must not do at the same time.
#![allow(clippy::disallowed_methods, reason = "replaces files for sinks, the cache and commands")]

use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::base::fault::Fault;

/// Does a file survive a power cut from the moment that it has its name?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durable {
    /// It does: for what cannot be made again, or what nobody would look at again.
    Yes,
    /// It may be lost or damaged, which the next build finds and repairs.
    No,
}

/// Replaces the file at `place`, or makes it, with what `write` writes; the folders on the way
/// are made. Until the file is whole, what was there before stays; where `write` fails, for good.
/// Runs at the same time do not disturb each other: the last one to finish wins.
pub fn replace<T, E: From<Fault>>(
    place: &Path,
    durable: Durable,
    write: impl FnOnce(&mut BufWriter<&File>) -> Result<T, E>,
) -> Result<T, E> {
    let folder = folder_of(place);
    fs::create_dir_all(folder).map_err(|error| Fault::write(folder, error))?;
    replace_from(folder, place, durable, write)
}

/// Like [`replace`], for a file that lies in `folder` until it is whole. The folder must be
/// there, and in the same file system as `place`.
pub fn replace_from<T, E: From<Fault>>(
    folder: &Path,
    place: &Path,
    durable: Durable,
    write: impl FnOnce(&mut BufWriter<&File>) -> Result<T, E>,
) -> Result<T, E> {
    let fault = |error| Fault::write(place, error);
    // Renaming would say so as well, but only after all the work.
    if place.is_dir() {
        return Err(fault(io::ErrorKind::IsADirectory.into()).into());
    }
    if place.file_name().is_none() {
        return Err(fault(io::ErrorKind::InvalidFilename.into()).into());
    }
    remove_leftovers(folder);
    let unfinished = Unfinished::create_in(folder).map_err(fault)?;
    let mut out = BufWriter::new(&unfinished.file);
    let value = write(&mut out)?;
    out.flush().map_err(fault)?;
    drop(out);
    if durable == Durable::Yes {
        unfinished.file.sync_all().map_err(fault)?;
    }
    fs::rename(&unfinished.path, place).map_err(fault)?;
    if durable == Durable::Yes {
        sync_names(folder_of(place)).map_err(fault)?;
    }
    Ok(value)
}

/// The names of files that are not whole yet begin and end like this. The number of the process
/// and a count stand between, so no name is ever used by two at a time.
const UNFINISHED: (&str, &str) = (".xianfeng-", ".new");

/// A file that is not whole yet. It is locked as long as its writer lives, which is how others
/// tell it from a leftover. Gone when dropped, unless it was renamed.
struct Unfinished {
    path: PathBuf,
    file: File,
}

impl Unfinished {
    fn create_in(folder: &Path) -> io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let (begin, end) = UNFINISHED;
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("{begin}{}-{count}{end}", std::process::id()));
            // Created by the standard library, so that its mode is what the umask says.
            let file = match File::options().write(true).create_new(true).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                created => created?,
            };
            // Between the two calls another run may have taken it for a leftover.
            let taken = matches!(file.try_lock(), Err(TryLockError::WouldBlock));
            if !taken && path.exists() {
                return Ok(Self { path, file });
            }
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Fails, as it should, where the file was renamed.
        let _ = fs::remove_file(&self.path);
    }
}

/// Removes what writers that were killed have left in a folder.
pub fn remove_leftovers(folder: &Path) {
    let is_unfinished = |name: &str| name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_name().to_str().is_some_and(is_unfinished) {
            continue;
        }
        let Ok(file) = File::open(entry.path()) else { continue };
        // Held until it is gone. Where nothing can be locked, nobody can tell it from work.
        if file.try_lock().is_ok() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes everything in a folder to the disk, however deep, so that it survives a power cut.
pub fn sync_all(folder: &Path) -> Result<(), Fault> {
    sync_files(folder).map_err(|error| Fault::write(folder, error))
}

/// The whole file system at once: to sync every file of a large bag by itself takes ten times
/// as long as to write it.
#[cfg(target_os = "linux")]
fn sync_files(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

#[cfg(not(target_os = "linux"))]
fn sync_files(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => sync_files(&entry.path())?,
            false => File::options().write(true).open(entry.path())?.sync_all()?,
        }
    }
    sync_names(folder)
}

/// Writes the names in a folder to the disk: a file that was synced may still lose its name.
pub fn sync_names(folder: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened like a file, and names are kept by a journal.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// The folder that a file lies in.
fn folder_of(place: &Path) -> &Path {
    match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// What only one run of the program may do at a time. Given back when it is dropped, and by the
/// system when the run ends, however it ends.
///
/// The file of a lock is never removed: a run that had opened it before would lock a file
/// without a name, and another run a new one.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock whose file is at `path`; `None` if another run holds it. The file is made
    /// where there is none. A folder can be locked as well, where the system can open one.
    ///
    /// Some network drives lock nothing. There the lock keeps nobody out: a second run that is
    /// not noticed is better than none that is possible.
    pub fn take(path: &Path) -> io::Result<Option<Self>> {
        let file = match path.is_dir() {
            true => File::open(path)?,
            false => File::options().write(true).create(true).truncate(false).open(path)?,
        };
        Ok(match file.try_lock() {
            Err(TryLockError::WouldBlock) => None,
            _ => Some(Self { _file: file }),
        })
    }
}
