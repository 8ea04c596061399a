//! Texts as object storage gets them: compressed. A web server compresses what it sends; object
//! storage serves an object as it was put, so what is to reach a telephone small must be put so.
//!
//! The same text gives the same bytes, so that `--verify` can tell by their digest what is there. A
//! text that has changed is compressed twice, to count what is sent and to send it: what was
//! compressed for the count would be a whole site in memory at a first deploy.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::headers::Headers;
#[cfg(feature = "deploy")]
use crate::bag::digest::{self, Algorithm};
use crate::base::fault::Fault;

/// A text shorter than this fits into one packet of the network anyway.
const LEAST: u64 = 1024;

/// A file larger than this is sent piece by piece, and never held as a whole.
const MOST: u64 = 16 << 20;

/// May a file be sent compressed? Texts may: pictures, fonts and parts of the search index are
/// compressed as they are.
pub fn may_be(path: &str, size: u64) -> bool {
    (LEAST..=MOST).contains(&size) && Headers::of(path).content_type.contains("charset=")
}

/// The file, compressed; `None` if that would not make it smaller.
pub fn of_file(file: &Path) -> Result<Option<Vec<u8>>, Fault> {
    fs::read(file).map(|bytes| pack(&bytes)).map_err(|error| Fault::read(file, error))
}

/// What is sent of a file.
#[cfg(feature = "deploy")]
#[derive(Debug)]
pub enum Sent<'f> {
    /// The file as it is, which is read piece by piece.
    File(&'f Path),
    /// Its bytes, compressed.
    Packed(&'f Path, Vec<u8>),
}

#[cfg(feature = "deploy")]
impl<'f> Sent<'f> {
    /// What is sent of a file with such headers; `None` if they promise that it is compressed and
    /// that would not make it smaller.
    pub fn of(file: &'f Path, headers: Headers) -> Result<Option<Self>, Fault> {
        match headers.content_encoding {
            Some(_) => Ok(of_file(file)?.map(|bytes| Self::Packed(file, bytes))),
            None => Ok(Some(Self::File(file))),
        }
    }

    /// How many bytes.
    pub fn size(&self) -> Result<u64, Fault> {
        match self {
            Self::File(file) => {
                file.metadata().map(|meta| meta.len()).map_err(|error| Fault::read(file, error))
            }
            Self::Packed(_, bytes) => Ok(bytes.len() as u64),
        }
    }

    /// How many bytes were read, and their digest.
    pub fn digest(&self, algorithm: Algorithm) -> Result<(u64, String), Fault> {
        let (file, read) = match self {
            Self::File(file) => {
                (file, fs::File::open(file).and_then(|from| digest::read(from, [algorithm])))
            }
            Self::Packed(file, bytes) => (file, digest::read(&**bytes, [algorithm])),
        };
        let (size, digests) = read.map_err(|error| Fault::read(file, error))?;
        Ok((size, digests.into_iter().map(|(_, digest)| digest).collect()))
    }

    /// The bytes.
    pub fn bytes(self) -> Result<Vec<u8>, Fault> {
        match self {
            Self::File(file) => fs::read(file).map_err(|error| Fault::read(file, error)),
            Self::Packed(_, bytes) => Ok(bytes),
        }
    }
}

/// The bytes, compressed, without a name or a time; `None` if that would not make them smaller.
fn pack(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::new(6));
    packed.write_all(bytes).ok()?;
    packed.finish().ok().filter(|packed| packed.len() < bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_some_length_are_compressed() {
        for path in [
            "index.html",
            "feed.xml",
            "feed.json",
            "assets/style.css",
            "search/search.js",
            "search/s/2026-03-0123456789/12.txt",
            "calendar.ics",
            "a/tu.svg",
        ] {
            assert!(may_be(path, 1024) && !may_be(path, 1023), "{path}");
            assert!(!may_be(path, MOST + 1), "{path}");
        }
        for path in ["a/lou.jpg", "search/k/ab-0123456789abcdef.bin", "a.zip", "a.woff2", "a.pdf"] {
            assert!(!may_be(path, 5000), "{path}");
        }
    }

    #[test]
    fn the_same_text_gives_the_same_bytes_without_a_time() {
        let text = "渡口".repeat(1000);
        let packed = pack(text.as_bytes()).unwrap();
        assert_eq!(packed, pack(text.as_bytes()).unwrap());
        // RFC 1952: the mark, the method, no name, no time.
        assert_eq!(packed[..8], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
        let mut back = String::new();
        let mut read = flate2::read::GzDecoder::new(&*packed);
        std::io::Read::read_to_string(&mut read, &mut back).unwrap();
        assert_eq!(back, text);
        assert_eq!(pack(&packed), None, "what is compressed does not get smaller");
    }
}
