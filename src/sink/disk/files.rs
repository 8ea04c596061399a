//! Looking at files, piece by piece.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use crate::base::fault::Fault;

/// What is at the place of a file.
pub(super) enum There {
    /// Nothing, or a folder, which is looked into when everything is staged.
    Nothing,
    /// A file of the same size.
    Same(fs::Metadata),
    /// A file of another size, a folder, a link.
    Other,
}

/// What is at `target`, where a file of `size` bytes belongs.
pub(super) fn look(target: &Path, size: u64) -> Result<There, Fault> {
    match target.symlink_metadata() {
        Ok(meta) if meta.is_file() && meta.len() == size => Ok(There::Same(meta)),
        // A folder in the place of a file is looked into when everything is staged.
        Ok(meta) if meta.is_dir() => Ok(There::Nothing),
        Ok(_) => Ok(There::Other),
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            Ok(There::Nothing)
        }
        Err(error) => Err(Fault::read(target, error)),
    }
}

/// The entries of a folder.
pub(super) fn read_dir(folder: &Path) -> Result<Vec<fs::DirEntry>, Fault> {
    let fault = |error| Fault::read(folder, error);
    fs::read_dir(folder).map_err(fault)?.collect::<Result<_, _>>().map_err(fault)
}

/// The paths of all files below a folder, each after `prefix`.
pub(super) fn list_files(
    folder: &Path,
    prefix: &str,
    files: &mut Vec<String>,
) -> Result<(), Fault> {
    for entry in read_dir(folder)? {
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => list_files(&entry.path(), &format!("{path}/"), files)?,
            _ => files.push(path),
        }
    }
    Ok(())
}

const PIECE: usize = 64 * 1024;

/// Have two files the same bytes?
pub(super) fn same_bytes(a: &Path, b: &Path) -> Result<bool, Fault> {
    let open = |path: &Path| fs::File::open(path).map_err(|error| Fault::read(path, error));
    let (mut one, mut other) = (open(a)?, open(b)?);
    let (mut x, mut y) = (vec![0; PIECE], vec![0; PIECE]);
    loop {
        let n = fill(&mut one, &mut x).map_err(|error| Fault::read(a, error))?;
        let m = fill(&mut other, &mut y).map_err(|error| Fault::read(b, error))?;
        if x[..n] != y[..m] {
            return Ok(false);
        }
        if n == 0 {
            return Ok(true);
        }
    }
}

fn fill(file: &mut fs::File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..])? {
            0 => break,
            n => filled += n,
        }
    }
    Ok(filled)
}

/// The digest of a file's bytes.
pub(super) fn digest_of(path: &Path) -> Result<u64, Fault> {
    let fault = |error| Fault::read(path, error);
    let mut file = fs::File::open(path).map_err(fault)?;
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    let mut buffer = vec![0; PIECE];
    loop {
        match fill(&mut file, &mut buffer).map_err(fault)? {
            0 => return Ok(hash.digest()),
            n => hash.update(&buffer[..n]),
        }
    }
}

/// Writes a new file; what the system then tells of it.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<fs::Metadata> {
    let mut file = create(path)?;
    file.write_all(bytes)?;
    file.metadata()
}

/// Creates a file, and the folders on the way where there are none.
fn create(path: &Path) -> io::Result<fs::File> {
    let folder = path.parent().unwrap_or(path);
    // A page has a folder to itself; most others stand beside one that is there.
    if path.ends_with("index.html") {
        let _ = fs::create_dir(folder);
    }
    match fs::File::create(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            fs::File::create(path)
        }
        created => created,
    }
}

/// Copies the bytes of a file, and nothing else of it: whoever may read a page may read
/// the pictures on it.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<u64> {
    io::copy(&mut fs::File::open(from)?, &mut create(to)?)
}
