//! Moving what was staged into place, and removing what is no longer in the site.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::files::{digest_of, list_files, read_dir};
use super::lost;
use super::manifest::Manifest;
use super::{Change, Disk, FileChange, FileList, Made, Staged, Tally, Written};
use crate::base::escape::unescape;
use crate::base::fault::Fault;
use crate::diagnostic::Diagnostic;
use crate::sink::messages;

/// What became of a file that is no longer in the site.
enum Removed {
    Yes,
    WasGone,
    Kept,
}

impl Disk {
    /// Makes what was taken the site, all of it in the order of paths: moves what was staged into
    /// place, and removes what is no longer in the site. Does nothing if there are errors among
    /// the diagnostics, or files in the way that are not ours, which are errors too.
    pub fn commit(
        self,
        taken: Vec<(&str, Staged)>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Option<Written>, Fault> {
        let mut files = Vec::with_capacity(taken.len());
        let (mut written, mut theirs) = (0, 0);
        let mut changes = Vec::new();
        for (path, staged) in taken {
            match staged {
                Staged::Unchanged(made) => files.push((path.to_string(), made)),
                Staged::New(made) => {
                    written += 1;
                    if self.listing {
                        let change = match self.may_replace(path) {
                            true => Change::Changed,
                            false => Change::Added,
                        };
                        let title = title(path, &self.staging);
                        changes.push(FileChange { path: path.to_string(), change, title });
                    }
                    files.push((path.to_string(), made));
                }
                Staged::Theirs => theirs += 1,
                Staged::Foreign => diagnostics.push(self.foreign(path)),
            }
        }
        let has_errors = |diagnostics: &[Diagnostic]| diagnostics.iter().any(Diagnostic::is_error);
        if written > 0 && !has_errors(diagnostics) {
            let mut foreign = Vec::new();
            self.find_foreign(&self.staging, String::new(), &files, &mut foreign)?;
            foreign.sort();
            diagnostics.extend(foreign.iter().map(|path| self.foreign(path)));
        }
        if has_errors(diagnostics) {
            return Ok(None);
        }
        let after = Manifest::of(&files);
        if written > 0 {
            // From here on the list names old and new files: all of them are ours.
            self.before.united(&after).write(&self.folder, &self.staging)?;
            self.merge(&self.staging, &self.folder)?;
        }
        let removed = self.remove_all_but(&files, &mut changes, diagnostics)?;
        if self.list == FileList::Lost {
            diagnostics.extend(self.left_standing(&files)?);
        }
        changes.sort();
        if self.list != FileList::Read || self.before != after || removed > 0 {
            after.write(&self.folder, &self.staging)?;
        }
        let unchanged = files.len() - written + theirs;
        let tally = Tally { written, unchanged, removed };
        Ok(Some(Written { changes, tally, files, all_ours: theirs == 0 }))
    }

    /// Removes every file of ours that is not in `site`; how many there were.
    fn remove_all_but(
        &self,
        site: &[(String, Made)],
        changes: &mut Vec<FileChange>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<usize, Fault> {
        let mut removed = 0;
        for (path, digest) in self.before.files().filter(|(path, _)| !has(site, path)) {
            let title = self.listing.then(|| title(path, &self.folder)).flatten();
            match self.remove(path, digest)? {
                Removed::Yes => {
                    removed += 1;
                    if self.listing {
                        let (path, change) = (path.to_string(), Change::Removed);
                        changes.push(FileChange { path, change, title });
                    }
                }
                Removed::WasGone => {}
                Removed::Kept => {
                    let shown = format!("{}/{path}", self.shown);
                    diagnostics.push(messages::output_file_kept(&shown));
                }
            }
        }
        Ok(removed)
    }

    /// The warning that there are files of which nobody knows whether they are ours, as the list
    /// is lost: the site has no use for them.
    fn left_standing(&self, site: &[(String, Made)]) -> Result<Option<Diagnostic>, Fault> {
        let mut left = lost::files(&self.folder)?;
        left.retain(|path| !has(site, path) && !path.split('/').any(|part| part.starts_with('.')));
        Ok((!left.is_empty()).then(|| messages::output_files_left(&self.shown, &left)))
    }

    /// Everything that is in the way of what is staged below `folder`, and is not ours.
    fn find_foreign(
        &self,
        folder: &Path,
        prefix: String,
        site: &[(String, Made)],
        foreign: &mut Vec<String>,
    ) -> Result<(), Fault> {
        for entry in read_dir(folder)? {
            let name = entry.file_name();
            let path = format!("{prefix}{}", name.to_string_lossy());
            let staged_folder = entry.path().is_dir();
            let target = self.folder.join(&path);
            match target.symlink_metadata() {
                Err(_) => {}
                Ok(meta) if staged_folder && meta.is_dir() => {
                    self.find_foreign(&entry.path(), format!("{path}/"), site, foreign)?;
                }
                Ok(meta) if meta.is_dir() => {
                    // A file replaces a folder: everything in it must be ours and go.
                    let mut files = Vec::new();
                    list_files(&target, &format!("{path}/"), &mut files)?;
                    let ours = |file: &String| self.before.has(file) && !has(site, file);
                    foreign.extend(files.into_iter().filter(|file| !ours(file)));
                }
                Ok(meta) if meta.is_file() && self.may_replace(&path) => {}
                // What was looked at when it was staged.
                Ok(meta) if meta.is_file() && self.list == FileList::Lost && has(site, &path) => {}
                Ok(_) => foreign.push(path),
            }
        }
        Ok(())
    }

    /// Moves what is in `from` into `to`.
    fn merge(&self, from: &Path, to: &Path) -> Result<(), Fault> {
        for entry in read_dir(from)? {
            let (source, target) = (entry.path(), to.join(entry.file_name()));
            let is_folder = source.is_dir();
            match target.symlink_metadata() {
                Ok(meta) if is_folder && meta.is_dir() => {
                    self.merge(&source, &target)?;
                    continue;
                }
                Ok(meta) if meta.is_dir() => {
                    fs::remove_dir_all(&target).map_err(|error| Fault::write(&target, error))?;
                }
                Ok(_) if is_folder => {
                    fs::remove_file(&target).map_err(|error| Fault::write(&target, error))?;
                }
                _ => {}
            }
            fs::rename(&source, &target).map_err(|error| Fault::write(&target, error))?;
        }
        Ok(())
    }

    /// Removes a file that is no longer in the site, and the folders that it leaves empty.
    fn remove(&self, path: &str, digest: Option<u64>) -> Result<Removed, Fault> {
        let target = self.folder.join(path);
        if self.behind_link(path) {
            return Ok(Removed::Kept);
        }
        match target.symlink_metadata() {
            Ok(meta) if meta.is_file() => {}
            Ok(_) => return Ok(Removed::WasGone),
            Err(_) => return Ok(Removed::WasGone),
        }
        if let Some(digest) = digest
            && digest_of(&target)? != digest
        {
            return Ok(Removed::Kept);
        }
        fs::remove_file(&target).map_err(|error| Fault::write(&target, error))?;
        let mut folder = target.parent();
        while let Some(empty) = folder.filter(|folder| *folder != self.folder) {
            // Fails, as it should, where anything is left.
            if fs::remove_dir(empty).is_err() {
                break;
            }
            folder = empty.parent();
        }
        Ok(Removed::Yes)
    }

    /// Is one of the folders on the way to `path` a link to somewhere else?
    fn behind_link(&self, path: &str) -> bool {
        path.match_indices('/').any(|(at, _)| {
            let folder = self.folder.join(&path[..at]);
            folder.symlink_metadata().is_ok_and(|meta| meta.is_symlink())
        })
    }
}

/// What the page at `path` in a folder is called; `None` if it is no page of ours.
pub(super) fn title(path: &str, folder: &Path) -> Option<String> {
    if !path.ends_with(".html") {
        return None;
    }
    // Titles stand at the beginning, whatever the theme.
    let mut head = Vec::new();
    let file = fs::File::open(folder.join(path)).ok()?;
    file.take(16 << 10).read_to_end(&mut head).ok()?;
    let head = String::from_utf8_lossy(&head);
    let (_, rest) = head.split_once("<title>")?;
    let (title, _) = rest.split_once("</title>")?;
    Some(unescape(title.trim()))
}

fn has(site: &[(String, Made)], path: &str) -> bool {
    site.binary_search_by(|(known, _)| known.as_str().cmp(path)).is_ok()
}
