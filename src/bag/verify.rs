//! Is a bag complete and valid, in the sense of RFC 8493? Of any tool.
#![allow(clippy::disallowed_methods, reason = "reads a bag")]

use std::collections::BTreeSet;
use std::path::Path;

use super::Findings;
use super::contents::{self, BagFiles};
use super::digest::{self, Algorithm};
use super::listing::{self, ListedDigests, manifest_name};
use crate::bag::messages;
use crate::base::fault::Fault;
use crate::base::parallel;

/// A tag file that is read whole is not longer.
const LONGEST_TAG_FILE: u64 = 1024 * 1024;

/// A bag that was looked through.
#[derive(Debug, Default)]
pub struct Verified {
    /// Its files.
    pub files: BagFiles,
    /// What its manifests say of them.
    pub listed: ListedDigests,
    /// The bytes of its payload.
    pub bytes: u64,
}

/// Verifies a bag. `progress` is told of every file: how many there are, then of each.
pub fn verify(
    bag: &Path,
    findings: &mut Findings,
    progress: &(dyn Fn(crate::base::progress::Progress) + Sync),
) -> Result<Verified, Fault> {
    // Whoever names the wrong folder is not told of all its links.
    if !bag.join("bagit.txt").is_file() && bag.is_dir() {
        findings.at("", messages::bag_none);
        return Ok(Verified::default());
    }
    let files = contents::look(bag, findings)?;
    let Some(version) = declaration(bag, findings)? else {
        return Ok(Verified { files, ..Verified::default() });
    };
    if files.contains_key("fetch.txt") {
        findings.at("fetch.txt", messages::bag_fetch);
    }
    if !files.keys().any(|path| path.starts_with("data/")) && !bag.join("data").is_dir() {
        findings.at("data", messages::bag_no_payload);
    }
    let mut listed = ListedDigests::new();
    let payload = read_manifests(bag, &files, &mut listed, findings)?;
    complain_of_unlisted(&files, &listed, &payload, version, findings);
    oxum(bag, &files, findings)?;
    let work: Vec<_> = listed.iter().collect();
    progress(crate::base::progress::Progress::Total(work.len()));
    let results = parallel::map(&work, |(path, digests)| {
        let wrong = differs(bag, path, digests);
        progress(crate::base::progress::Progress::Done);
        wrong.map(|wrong| (path.as_str(), wrong))
    });
    let mut bytes = 0;
    for result in results {
        match result {
            Ok((path, Check { changed, size })) => {
                bytes += if path.starts_with("data/") { size } else { 0 };
                if changed {
                    findings.at(path, messages::bag_file_changed);
                }
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok(Verified { files, listed, bytes })
}

struct Check {
    changed: bool,
    size: u64,
}

fn differs(bag: &Path, path: &str, digests: &[(Algorithm, String)]) -> Result<Check, Fault> {
    let file = contents::open(bag, path)?;
    let algorithms = digests.iter().map(|(algorithm, _)| *algorithm);
    let (size, found) =
        digest::read(file, algorithms).map_err(|error| Fault::read(&bag.join(path), error))?;
    Ok(Check { changed: found != digests, size })
}

/// bagit.txt: the version, where it is one that we know.
fn declaration(bag: &Path, findings: &mut Findings) -> Result<Option<(u32, u32)>, Fault> {
    let text = contents::text(bag, "bagit.txt", LONGEST_TAG_FILE)?.unwrap_or_default();
    let values = labels(&text);
    let value = |label: &str| {
        values.iter().find(|(name, _)| name.eq_ignore_ascii_case(label)).map(|(_, v)| v.as_str())
    };
    let version = value("BagIt-Version").and_then(|version| {
        let (major, minor) = version.split_once('.')?;
        Some((major.parse().ok()?, minor.parse().ok()?))
    });
    let known = version.filter(|version| (0, 93) <= *version && *version <= (1, 0));
    let utf8 = value("Tag-File-Character-Encoding")
        .is_some_and(|encoding| encoding.eq_ignore_ascii_case("UTF-8"));
    if known.is_none() || !utf8 {
        findings.at("bagit.txt", messages::bag_declaration);
    }
    Ok(known.filter(|_| utf8))
}

/// The labels of a tag file, with values that go on over lines.
fn labels(text: &str) -> Vec<(String, String)> {
    let mut values: Vec<(String, String)> = Vec::new();
    for line in text.trim_start_matches('\u{FEFF}').lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = values.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((label, value)) = line.split_once(':') {
            values.push((label.trim().into(), value.trim().into()));
        }
    }
    values
}

/// Reads all manifests; the algorithms of those of the payload.
fn read_manifests(
    bag: &Path,
    files: &BagFiles,
    listed: &mut ListedDigests,
    findings: &mut Findings,
) -> Result<BTreeSet<Algorithm>, Fault> {
    let mut algorithms = BTreeSet::new();
    let mut any = false;
    for name in files.keys() {
        match manifest_name(name) {
            Some((payload, Some(algorithm))) => {
                any |= payload;
                listing::read(bag, name, (payload, algorithm), files, listed, findings)?;
                if payload {
                    algorithms.insert(algorithm);
                }
            }
            Some((_, None)) => findings.at(name, messages::bag_algorithm),
            None => {}
        }
    }
    if !any {
        findings.at("", messages::bag_no_manifest);
    }
    Ok(algorithms)
}

/// Files of the payload that a manifest does not list: since 1.0 every manifest must list
/// every one, before that one manifest was enough. Tag files need not be listed, but what
/// no manifest lists nobody can check.
fn complain_of_unlisted(
    files: &BagFiles,
    listed: &ListedDigests,
    payload: &BTreeSet<Algorithm>,
    version: (u32, u32),
    findings: &mut Findings,
) {
    let tags_are_listed = listed.keys().any(|path| !path.starts_with("data/"));
    for path in files.keys() {
        let known: Vec<Algorithm> =
            listed.get(path).into_iter().flatten().map(|(algorithm, _)| *algorithm).collect();
        if path.starts_with("data/") {
            let complete = match version >= (1, 0) {
                true => payload.iter().all(|algorithm| known.contains(algorithm)),
                false => !known.is_empty(),
            };
            if known.is_empty() && !payload.is_empty() {
                findings.at(path, messages::bag_file_extra);
            } else if !complete {
                findings.at(path, messages::bag_file_half_listed);
            }
        } else if known.is_empty() && tags_are_listed && !path.starts_with("tagmanifest-") {
            findings.at(path, messages::bag_tag_file_extra);
        }
    }
}

/// Payload-Oxum of bag-info.txt: size and number of the payload's files.
fn oxum(bag: &Path, files: &BagFiles, findings: &mut Findings) -> Result<(), Fault> {
    if !files.contains_key("bag-info.txt") {
        return Ok(());
    }
    let Some(text) = contents::text(bag, "bag-info.txt", LONGEST_TAG_FILE)? else {
        findings.at("bag-info.txt", messages::bag_info_broken);
        return Ok(());
    };
    let payload = || files.iter().filter(|(path, _)| path.starts_with("data/"));
    let there = format!("{}.{}", payload().map(|(_, size)| size).sum::<u64>(), payload().count());
    for (label, value) in labels(&text) {
        if label.eq_ignore_ascii_case("Payload-Oxum") && value != there {
            findings.at("bag-info.txt", |place| messages::bag_oxum(place, &value, &there));
        }
    }
    Ok(())
}
