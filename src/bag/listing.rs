//! Reading manifests, in bounded room: only lines about files that are there are kept.

use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::path::Path;

use super::contents::{self, BagFiles};
use super::digest::Algorithm;
use super::{Findings, manifest};
use crate::bag::messages;
use crate::base::fault::Fault;

/// A line cannot be longer: a digest, and a path of the longest that systems know.
const LONGEST_LINE: u64 = 32 * 1024;

/// The digests that manifests list, by path, of files that are there. In the order of paths, as
/// only so many complaints are kept: which ones must not be chance.
pub type ListedDigests = BTreeMap<String, Vec<(Algorithm, String)>>;

/// A manifest by its name: of the payload or of tag files, and its algorithm, if we know it.
pub fn manifest_name(name: &str) -> Option<(bool, Option<Algorithm>)> {
    let stem = name.strip_suffix(".txt")?;
    let (payload, algorithm) = match stem.strip_prefix("tagmanifest-") {
        Some(algorithm) => (false, algorithm),
        None => (true, stem.strip_prefix("manifest-")?),
    };
    Some((payload, Algorithm::from_name(algorithm)))
}

/// Reads the manifest `name` into `listed`; complains of what it lists and is not there.
/// How many files that are there it lists.
pub fn read(
    bag: &Path,
    name: &str,
    (payload, algorithm): (bool, Algorithm),
    files: &BagFiles,
    listed: &mut ListedDigests,
    findings: &mut Findings,
) -> Result<usize, Fault> {
    let mut reader = contents::open(bag, name)?;
    let fault = |error| Fault::read(&bag.join(name), error);
    let (mut count, mut number) = (0, 0);
    let mut line = Vec::new();
    while next_line(&mut reader, &mut line).map_err(fault)? {
        number += 1;
        if line.len() as u64 > LONGEST_LINE {
            findings.at(name, |place| messages::bag_manifest_line(place, number));
            break;
        }
        let text = match std::str::from_utf8(&line) {
            Ok(text) => text.trim_start_matches('\u{FEFF}').trim_end_matches(['\r', '\n']),
            Err(_) => {
                findings.at(name, |place| messages::bag_manifest_line(place, number));
                continue;
            }
        };
        if text.trim().is_empty() {
            continue;
        }
        let Some((digest, spelled)) = manifest::split(text) else {
            findings.at(name, |place| messages::bag_manifest_line(place, number));
            continue;
        };
        let decoded = manifest::decode(spelled);
        if let Err(why) = manifest::check(&decoded) {
            findings.at(name, |place| messages::bag_path_unsafe(place, number, &decoded, why));
            continue;
        }
        if payload != decoded.starts_with("data/") {
            findings.at(name, |place| messages::bag_path_side(place, number, &decoded));
            continue;
        }
        // Some tools do not encode a percent sign.
        let path = match files.contains_key(&decoded) {
            true => &decoded,
            false if files.contains_key(spelled) => spelled,
            false => {
                findings.missing(&decoded);
                continue;
            }
        };
        let digests = listed.entry(path.to_string()).or_default();
        if digests.iter().any(|(known, _)| *known == algorithm) {
            findings.at(name, |place| messages::bag_path_twice(place, number, path));
            continue;
        }
        digests.push((algorithm, digest.to_ascii_lowercase()));
        count += 1;
    }
    Ok(count)
}

/// Reads the next line, or so much of it that it is seen to be too long; `false` at the end.
fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    io::Read::take(reader, LONGEST_LINE + 1).read_until(b'\n', line)?;
    Ok(!line.is_empty())
}
