//! The bag sink: a bag is written to a folder beside its place, and renamed when it is whole.
//!
//! So whatever happens, nothing half-made stands under the bag's name. What a run that was
//! killed left behind is cleared away by the next one.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::place::{self, absolute, clear, is_in_project, missing, remove_empty};
use crate::bag::digest::{self, Algorithm, DigestWriter, PIECE};
use crate::bag::manifest;
use crate::base::atomic::{sync_all, sync_names};
use crate::base::content::Content;
use crate::base::fault::Fault;
use crate::diagnostic::Diagnostic;
use crate::sink::messages;

/// The algorithms of our manifests.
const ALGORITHMS: [Algorithm; 2] = [Algorithm::Sha256, Algorithm::Sha512];

const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// A bag that is being written.
#[derive(Debug)]
pub struct NewBag {
    target: PathBuf,
    staging: PathBuf,
    /// Where an old bag waits while the new one takes its place.
    aside: PathBuf,
    /// The first of the folders that were not there.
    missing: Option<PathBuf>,
    done: bool,
}

/// A file that lies in the bag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its path from the top of the bag.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its digests, by the bag's algorithms.
    digests: Vec<(Algorithm, String)>,
}

impl Stored {
    /// Its digest by SHA-256.
    pub fn sha256(&self) -> &str {
        let found = self.digests.iter().find(|(algorithm, _)| *algorithm == Algorithm::Sha256);
        found.map_or("", |(_, digest)| digest)
    }
}

/// Looks at where a bag shall be, and complains where it must not; changes nothing.
/// `shown` is the folder as it was named: relative to the project in `root`, or absolute.
pub fn examine(
    root: &Path,
    shown: &Path,
    force: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<NewBag>, Fault> {
    let target = absolute(&root.join(shown))?;
    let shown = place::shown(shown);
    let (Some(parent), Some(name), false) =
        (target.parent(), target.file_name(), is_in_project(root, &target)?)
    else {
        diagnostics.push(messages::archive_in_project(&shown));
        return Ok(None);
    };
    let beside = |ending: &str| {
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(ending);
        parent.join(hidden)
    };
    let (staging, aside) = (beside(".xianfeng-new"), beside(".xianfeng-old"));
    // A run that was killed while it put a new bag in the place of an old one.
    let old = if target.exists() { &target } else { &aside };
    match fs::read_dir(old) {
        Ok(_) if old.join("bagit.txt").is_file() => {
            if !force {
                diagnostics.push(messages::archive_exists(&shown));
                return Ok(None);
            }
        }
        Ok(mut entries) => {
            if entries.next().is_some() {
                diagnostics.push(messages::archive_not_a_bag(&shown));
                return Ok(None);
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            diagnostics.push(messages::archive_not_a_bag(&shown));
            return Ok(None);
        }
        Err(error) => return Err(Fault::read(old, error)),
    }
    let missing = missing(parent);
    Ok(Some(NewBag { staging, aside, missing, target, done: false }))
}

impl NewBag {
    /// Makes the folder beside the bag's place, empty.
    pub fn open(&self) -> Result<(), Fault> {
        if !self.target.exists() && self.aside.exists() {
            let back = fs::rename(&self.aside, &self.target);
            back.map_err(|error| Fault::write(&self.target, error))?;
        }
        clear(&self.aside)?;
        clear(&self.staging)?;
        fs::create_dir_all(&self.staging).map_err(|error| Fault::write(&self.staging, error))
    }

    /// The place of a file until the bag has its name, in a folder that is there.
    fn place(&self, path: &str) -> Result<PathBuf, Fault> {
        let place = self.staging.join(path);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).map_err(|error| Fault::write(folder, error))?;
        }
        Ok(place)
    }

    /// Begins a file of the bag, to be written piece by piece. May be called from many
    /// threads.
    pub fn begin(&self, path: &str) -> Result<NewFile, Fault> {
        let place = self.place(path)?;
        let file = fs::File::create(&place).map_err(|error| Fault::write(&place, error))?;
        let writer = DigestWriter::new(BufWriter::with_capacity(PIECE, file), ALGORITHMS);
        Ok(NewFile { path: path.to_string(), place, writer })
    }

    /// Writes a file of the bag.
    pub fn add(&self, path: &str, content: &Content<'_>) -> Result<Stored, Fault> {
        let mut file = self.begin(path)?;
        content.pieces(&mut |piece| file.write(piece))?;
        file.finish()
    }

    /// Adds a file that `write` writes, going back and forth in it; what it writes to is
    /// shown as the path in messages.
    pub fn add_whole(
        &self,
        path: &str,
        write: impl FnOnce(BufWriter<fs::File>, &Path) -> Result<BufWriter<fs::File>, Fault>,
    ) -> Result<Stored, Fault> {
        let place = self.place(path)?;
        let file = fs::File::create(&place).map_err(|error| Fault::write(&place, error))?;
        let mut out = write(BufWriter::with_capacity(PIECE, file), &place)?;
        out.flush().map_err(|error| Fault::write(&place, error))?;
        drop(out);
        let fault = |error| Fault::read(&place, error);
        let written = fs::File::open(&place).map_err(fault)?;
        let (size, digests) = digest::read(written, ALGORITHMS).map_err(fault)?;
        Ok(Stored { path: path.to_string(), size, digests })
    }

    /// Lists the payload in manifests, and the manifests in tag manifests. `about` goes
    /// into bag-info.txt, together with the payload's size.
    pub fn seal(&self, mut payload: Vec<Stored>, about: &[(&str, String)]) -> Result<(), Fault> {
        payload.sort_by(|a, b| a.path.cmp(&b.path));
        let bytes: u64 = payload.iter().map(|file| file.size).sum();
        let oxum = ("Payload-Oxum", format!("{bytes}.{}", payload.len()));
        let labels = manifest::labels(&[about, &[oxum]].concat());
        let mut tags = vec![
            self.add("bagit.txt", &Content::Shared(DECLARATION.as_bytes()))?,
            self.add("bag-info.txt", &Content::Shared(labels.as_bytes()))?,
        ];
        let of_payload = self.manifests("manifest", &payload)?;
        tags.extend(of_payload);
        tags.sort_by(|a, b| a.path.cmp(&b.path));
        self.manifests("tagmanifest", &tags)?;
        Ok(())
    }

    /// A manifest of these files for each algorithm.
    fn manifests(&self, name: &str, files: &[Stored]) -> Result<Vec<Stored>, Fault> {
        let write = |(index, algorithm): (usize, &Algorithm)| {
            let mut file = self.begin(&format!("{name}-{}.txt", algorithm.name()))?;
            for listed in files {
                file.write(manifest::line(&listed.digests[index].1, &listed.path).as_bytes())?;
            }
            file.finish()
        };
        ALGORITHMS.iter().enumerate().map(write).collect()
    }

    /// Puts the bag, which must be whole, in its place. First all of it is written to the disk:
    /// after a power cut a bag that has its name is whole, too.
    pub fn commit(mut self) -> Result<(), Fault> {
        let fault = |error| Fault::write(&self.target, error);
        sync_all(&self.staging)?;
        let replaced = self.target.exists();
        if replaced {
            fs::rename(&self.target, &self.aside).map_err(fault)?;
        }
        if let Err(error) = fs::rename(&self.staging, &self.target) {
            if replaced {
                let _ = fs::rename(&self.aside, &self.target);
            }
            return Err(fault(error));
        }
        self.done = true;
        if let Some(parent) = self.target.parent() {
            sync_names(parent).map_err(fault)?;
        }
        clear(&self.aside)
    }
}

impl Drop for NewBag {
    /// What is not whole goes, with the folders that were made for it.
    fn drop(&mut self) {
        if self.done {
            return;
        }
        let _ = fs::remove_dir_all(&self.staging);
        if let Some(parent) = self.target.parent() {
            remove_empty(parent, self.missing.as_deref());
        }
    }
}

/// A file of a bag that is being written.
pub struct NewFile {
    path: String,
    place: PathBuf,
    writer: DigestWriter<BufWriter<fs::File>>,
}

impl NewFile {
    /// Writes the next bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.writer.write_all(bytes).map_err(|error| Fault::write(&self.place, error))
    }

    /// Where it lies until the bag has its name.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Where others write, who make a fault of their own of what goes wrong.
    pub fn stream(&mut self) -> &mut (impl Write + use<>) {
        &mut self.writer
    }

    /// Ends the file.
    pub fn finish(self) -> Result<Stored, Fault> {
        let Self { path, place, writer } = self;
        let (size, digests) = writer.finish().map_err(|error| Fault::write(&place, error))?;
        Ok(Stored { path, size, digests })
    }
}
