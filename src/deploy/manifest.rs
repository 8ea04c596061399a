//! The list of our files in a target: what is there, with which headers, since which deploy.
//!
//! It lies in the target itself, so that whoever deploys reads one file in place of a long list,
//! from whatever computer. It is written twice: before the first file is sent it says which files
//! are about to change, so that the next deploy knows of what a killed one has left; and in the end.
//!
//! ```text
//! xianfeng deploy 1
//! generation 7
//! sending TOKEN                     only while somebody is at it
//! file DIGEST SIZE HEADERS PATH     what stands there
//! packed DIGEST SIZE HEADERS STORED PATH   the same, of so many bytes as it is compressed there
//! new HEADERS PATH                  being sent with these headers, where nothing of ours was
//! open PATH                         ours, and what stands there is not known
//! gone GENERATION PATH              the site has it no more since then
//! end DIGEST                        of all lines above
//! ```
//!
//! The first line names version 2 if anything is compressed, else 1, which older programs read.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use xxhash_rust::xxh3::xxh3_64;

use crate::value::destination::stays_below;

/// Its name in the target.
pub const NAME: &str = ".xianfeng-deploy";

const FIRST: &str = "xianfeng deploy ";
const VERSION: &str = "1";
/// The version in which files may be compressed.
const PACKED: &str = "2";

/// A text longer than this is no manifest of ours: ten million files.
const MOST: u64 = 2 << 30;

/// The list of our files in a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Counts the deploys that changed something.
    pub generation: u64,
    /// Who is sending, if somebody is.
    pub sending: Option<String>,
    /// Our files, by path.
    pub entries: BTreeMap<String, Entry>,
}

/// What is known of a file of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// It stands there as it was sent.
    There(Sent),
    /// It is being sent with such headers, or was when that was killed; before, there was none.
    New(u32),
    /// It may be there, and nobody knows in which version.
    Open,
    /// The site has it no more since the deploy of this number; it is removed by a later one.
    Gone(u64),
}

/// What was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The digest of its bytes.
    pub digest: u64,
    /// How many bytes.
    pub size: u64,
    /// The digest of its headers.
    pub headers: u32,
    /// How many bytes it has there: fewer if it is compressed.
    pub stored: u64,
}

/// Why bytes are no manifest that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// They are not as they were written.
    Damaged,
    /// They are a web page: what answers is no storage.
    Page,
    /// A newer version of this program has written them.
    Newer,
}

impl Manifest {
    /// Reads what [`Manifest::bytes`] has written.
    pub fn read(bytes: &[u8]) -> Result<Self, Unusable> {
        let mut text = String::new();
        let unpacked = GzDecoder::new(bytes).take(MOST).read_to_string(&mut text);
        if unpacked.is_err() {
            let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
            let is_page =
                ["<!doctype", "<html", "<head", "<body"].iter().any(|tag| head.contains(tag));
            return Err(if is_page { Unusable::Page } else { Unusable::Damaged });
        }
        let first = text.lines().next().unwrap_or_default();
        match first.strip_prefix(FIRST) {
            Some(VERSION | PACKED) => Self::read_lines(&text).ok_or(Unusable::Damaged),
            Some(_) => Err(Unusable::Newer),
            None => Err(Unusable::Damaged),
        }
    }

    fn read_lines(text: &str) -> Option<Self> {
        let end = text.rfind("end ")?;
        let digest = text[end..].strip_prefix("end ")?.strip_suffix('\n')?;
        if digest != format!("{:016x}", xxh3_64(&text.as_bytes()[..end])) {
            return None;
        }
        let mut manifest = Self::default();
        for line in text[..end].lines().skip(1) {
            let (word, rest) = line.split_once(' ')?;
            let (path, entry) = match word {
                "generation" => {
                    manifest.generation = rest.parse().ok()?;
                    continue;
                }
                "sending" => {
                    manifest.sending = Some(rest.into());
                    continue;
                }
                "open" => (rest, Entry::Open),
                "new" => {
                    let (headers, path) = rest.split_once(' ')?;
                    (path, Entry::New(u32::from_str_radix(headers, 16).ok()?))
                }
                "gone" => {
                    let (since, path) = rest.split_once(' ')?;
                    (path, Entry::Gone(since.parse().ok()?))
                }
                "file" | "packed" => {
                    let is_packed = word == "packed";
                    let mut parts = rest.splitn(if is_packed { 5 } else { 4 }, ' ');
                    let digest = u64::from_str_radix(parts.next()?, 16).ok()?;
                    let size = parts.next()?.parse().ok()?;
                    let headers = u32::from_str_radix(parts.next()?, 16).ok()?;
                    let stored = if is_packed { parts.next()?.parse().ok()? } else { size };
                    (parts.next()?, Entry::There(Sent { digest, size, headers, stored }))
                }
                _ => return None,
            };
            // What it names is removed some day: it must not lead anywhere else.
            if !stays_below(path) {
                return None;
            }
            manifest.entries.insert(path.into(), entry);
        }
        Some(manifest)
    }

    /// How many files may have been sent, or not.
    pub fn unsure(&self) -> usize {
        self.entries.values().filter(|entry| matches!(entry, Entry::New(_))).count()
    }

    /// Has a deploy ended before all was sent?
    pub fn is_unfinished(&self) -> bool {
        self.entries.values().any(|entry| matches!(entry, Entry::New(_) | Entry::Open))
    }

    /// The manifest as it is kept: a compressed text.
    pub fn bytes(&self) -> Vec<u8> {
        let is_packed = |entry: &Entry| matches!(entry, Entry::There(s) if s.stored != s.size);
        let version = if self.entries.values().any(is_packed) { PACKED } else { VERSION };
        let mut text = format!("{FIRST}{version}\ngeneration {}\n", self.generation);
        if let Some(token) = &self.sending {
            let _ = writeln!(text, "sending {token}");
        }
        for (path, entry) in &self.entries {
            let _ = match entry {
                Entry::There(Sent { digest, size, headers, stored }) if stored != size => {
                    writeln!(text, "packed {digest:016x} {size} {headers:08x} {stored} {path}")
                }
                Entry::There(Sent { digest, size, headers, .. }) => {
                    writeln!(text, "file {digest:016x} {size} {headers:08x} {path}")
                }
                Entry::New(headers) => writeln!(text, "new {headers:08x} {path}"),
                Entry::Open => writeln!(text, "open {path}"),
                Entry::Gone(since) => writeln!(text, "gone {since} {path}"),
            };
        }
        let digest = xxh3_64(text.as_bytes());
        let _ = writeln!(text, "end {digest:016x}");
        let mut packed = GzEncoder::new(Vec::new(), Compression::new(6));
        // Nothing fails that is written to memory.
        let _ = packed.write_all(text.as_bytes());
        packed.finish().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let sent = Sent { digest: 7, size: 12, headers: 3, stored: 12 };
        Manifest {
            generation: 4,
            sending: Some("a1".into()),
            entries: [
                ("a b.html".to_string(), Entry::There(sent)),
                ("end 图.png".to_string(), Entry::Open),
                ("neu".to_string(), Entry::New(9)),
                ("z".to_string(), Entry::Gone(3)),
            ]
            .into(),
        }
    }

    fn packed(text: &str) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::new(6));
        packed.write_all(text.as_bytes()).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn it_reads_what_it_wrote() {
        let mut packed = manifest();
        let sent = Sent { digest: 7, size: 5000, headers: 3, stored: 900 };
        packed.entries.insert("b 图.html".into(), Entry::There(sent));
        for manifest in [Manifest::default(), manifest(), packed] {
            assert_eq!(Manifest::read(&manifest.bytes()), Ok(manifest));
        }
    }

    #[test]
    fn older_programs_read_it_unless_files_are_compressed() {
        let first = |manifest: &Manifest| {
            let mut text = String::new();
            GzDecoder::new(&*manifest.bytes()).read_to_string(&mut text).unwrap();
            text.lines().next().unwrap().to_string()
        };
        let mut manifest = manifest();
        assert_eq!(first(&manifest), "xianfeng deploy 1");
        let sent = Sent { digest: 7, size: 5000, headers: 3, stored: 900 };
        manifest.entries.insert("b.html".into(), Entry::There(sent));
        assert_eq!(first(&manifest), "xianfeng deploy 2");
    }

    #[test]
    fn what_cannot_be_used_is_told_apart() {
        let whole = manifest().bytes();
        assert_eq!(Manifest::read(&whole[..whole.len() - 9]), Err(Unusable::Damaged));
        assert_eq!(Manifest::read(b""), Err(Unusable::Damaged));
        assert_eq!(Manifest::read(&packed("xianfeng deploy 3\nx\n")), Err(Unusable::Newer));
        assert_eq!(Manifest::read(b"\n<!DOCTYPE HTML><p>404"), Err(Unusable::Page));
        for line in ["file 0 1 0 ../../etc/passwd", "gone 1 /etc/passwd", "open a/../b", "neu x"] {
            let text = format!("xianfeng deploy 1\ngeneration 1\n{line}\n");
            let text = format!("{text}end {:016x}\n", xxh3_64(text.as_bytes()));
            assert_eq!(Manifest::read(&packed(&text)), Err(Unusable::Damaged), "{line}");
        }
    }
}
