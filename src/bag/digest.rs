//! Digests of files, piece by piece: the home of sha2, sha1 and md-5.

use std::io::{self, Read, Write};

use sha2::Digest as _;

/// An algorithm that a manifest may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// Of older bags.
    Md5,
    /// Of older bags.
    Sha1,
    /// Of ours.
    Sha256,
    /// Of ours.
    Sha512,
}

impl Algorithm {
    /// Every algorithm and its name in the names of manifests.
    const ALL: [(Algorithm, &'static str); 4] = [
        (Algorithm::Md5, "md5"),
        (Algorithm::Sha1, "sha1"),
        (Algorithm::Sha256, "sha256"),
        (Algorithm::Sha512, "sha512"),
    ];

    /// Its name in the name of a manifest: `sha256`.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The algorithm of this name, in any case and with or without a hyphen.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase().replace('-', "");
        Self::ALL.iter().find(|(_, known)| *known == name).map(|&(algorithm, _)| algorithm)
    }
}

enum State {
    Md5(md5::Md5),
    Sha1(sha1::Sha1),
    Sha256(sha2::Sha256),
    Sha512(sha2::Sha512),
}

/// Several digests of the same bytes.
pub struct Hasher(Vec<(Algorithm, State)>);

impl Hasher {
    /// A hasher for these algorithms.
    pub fn new(algorithms: impl IntoIterator<Item = Algorithm>) -> Self {
        let state = |algorithm| match algorithm {
            Algorithm::Md5 => State::Md5(md5::Md5::new()),
            Algorithm::Sha1 => State::Sha1(sha1::Sha1::new()),
            Algorithm::Sha256 => State::Sha256(sha2::Sha256::new()),
            Algorithm::Sha512 => State::Sha512(sha2::Sha512::new()),
        };
        Self(algorithms.into_iter().map(|algorithm| (algorithm, state(algorithm))).collect())
    }

    /// Takes the next bytes in.
    pub fn update(&mut self, bytes: &[u8]) {
        for (_, state) in &mut self.0 {
            match state {
                State::Md5(hash) => hash.update(bytes),
                State::Sha1(hash) => hash.update(bytes),
                State::Sha256(hash) => hash.update(bytes),
                State::Sha512(hash) => hash.update(bytes),
            }
        }
    }

    /// The digests, in hexadecimal, in the order in which they were asked for.
    pub fn finish(self) -> Vec<(Algorithm, String)> {
        let digest = |state| match state {
            State::Md5(hash) => hex(&hash.finalize()),
            State::Sha1(hash) => hex(&hash.finalize()),
            State::Sha256(hash) => hex(&hash.finalize()),
            State::Sha512(hash) => hex(&hash.finalize()),
        };
        self.0.into_iter().map(|(algorithm, state)| (algorithm, digest(state))).collect()
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// The size and the digests of what a reader gives.
pub fn read(
    mut from: impl Read,
    algorithms: impl IntoIterator<Item = Algorithm>,
) -> io::Result<(u64, Vec<(Algorithm, String)>)> {
    let mut hasher = Hasher::new(algorithms);
    let mut buffer = vec![0; PIECE];
    let mut size = 0;
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok((size, hasher.finish())),
            Ok(n) => {
                hasher.update(&buffer[..n]);
                size += n as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// So many bytes are read at once.
pub const PIECE: usize = 64 * 1024;

/// Writes through, and keeps count and digests of what was written.
pub struct DigestWriter<W> {
    to: W,
    hasher: Hasher,
    size: u64,
}

impl<W: Write> DigestWriter<W> {
    /// A writer to `to`.
    pub fn new(to: W, algorithms: impl IntoIterator<Item = Algorithm>) -> Self {
        Self { to, hasher: Hasher::new(algorithms), size: 0 }
    }

    /// How much was written, and its digests.
    pub fn finish(mut self) -> io::Result<(u64, Vec<(Algorithm, String)>)> {
        self.to.flush()?;
        Ok((self.size, self.hasher.finish()))
    }
}

impl<W: Write> Write for DigestWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.to.write(bytes)?;
        self.hasher.update(&bytes[..n]);
        self.size += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
