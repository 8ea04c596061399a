//! What lies in a bag's folder. Links are seen and never followed.
#![allow(clippy::disallowed_methods, reason = "reads a bag")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::Findings;
use crate::bag::messages;
use crate::base::fault::Fault;

/// Every file of a bag, by its path from the top, with its size.
pub type BagFiles = BTreeMap<String, u64>;

/// Looks through the bag; complains of what is no file.
pub fn look(bag: &Path, findings: &mut Findings) -> Result<BagFiles, Fault> {
    let mut files = BagFiles::new();
    let mut folders = vec![(bag.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let fault = |error| Fault::read(&folder, error);
        let entries: Result<Vec<_>, _> = fs::read_dir(&folder).map_err(fault)?.collect();
        let mut entries = entries.map_err(fault)?;
        // Which complaints are kept must not hang on the order of the disk.
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let Ok(name) = entry.file_name().into_string() else {
                let name = entry.file_name().to_string_lossy().into_owned();
                findings.at(&format!("{prefix}{name}"), messages::bag_name_odd);
                continue;
            };
            let path = format!("{prefix}{name}");
            let kind = entry.file_type().map_err(fault)?;
            if kind.is_dir() {
                folders.push((entry.path(), format!("{path}/")));
            } else if kind.is_file() {
                let meta = entry.metadata().map_err(|error| Fault::read(&entry.path(), error))?;
                files.insert(path, meta.len());
            } else {
                findings.at(&path, messages::bag_link);
            }
        }
    }
    Ok(files)
}

/// The text of a file of the bag that must not be longer than `most`; `None` if it is,
/// or is no UTF-8.
pub fn text(bag: &Path, path: &str, most: u64) -> Result<Option<String>, Fault> {
    let place = bag.join(path);
    let mut bytes = Vec::new();
    let read = fs::File::open(&place).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
    read.map_err(|error| Fault::read(&place, error))?;
    Ok((bytes.len() as u64 <= most)
        .then_some(bytes)
        .and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// A reader of a file of the bag.
pub fn open(bag: &Path, path: &str) -> Result<io::BufReader<fs::File>, Fault> {
    let place = bag.join(path);
    fs::File::open(&place).map(io::BufReader::new).map_err(|error| Fault::read(&place, error))
}
