//! Shards: sorted entries cut into small compressed files that are named by content.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write as _;

use flate2::{Compress, Compression, Crc, FlushCompress};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::lists::{Lists, PostingList, varint};
use super::postings::{PairKey, chars};

/// A shard ends after the first entry from this size on whose key says so (see [`is_seam`]) …
const SMALL: usize = 4 * 1024;
/// … and after any from this size on.
const LARGE: usize = 8 * 1024;

/// Stories beyond this many stand in a tail, which is loaded where the newest are not enough.
const HEAD: usize = 4096;

/// Beyond this level, numbers that are as good as random do not get smaller.
const LEVEL: Compression = Compression::new(2);

/// The window in which repetition is looked for, as a power of two: that of a shard.
const WINDOW: u8 = 14;

thread_local! {
    /// One compressor for each thread: making one clears more memory than compressing a shard does.
    static COMPRESS: RefCell<Compress> =
        RefCell::new(Compress::new_with_window_bits(LEVEL, false, WINDOW));
}

/// The gzip file of `plain`: the same for the same, without a time.
pub fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(plain);
    let mut out = Vec::with_capacity(plain.len() + plain.len() / 512 + 64);
    out.extend_from_slice(&[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]);
    // There is room enough, so this neither fails nor stops.
    COMPRESS.with_borrow_mut(|compress| {
        compress.reset();
        let _ = compress.compress_vec(plain, &mut out, FlushCompress::Finish);
    });
    out.extend_from_slice(&crc.sum().to_le_bytes());
    out.extend_from_slice(&crc.amount().to_le_bytes());
    out
}

/// Files below `search/`, each named by what is in it.
#[derive(Default)]
pub struct IndexFiles(BTreeMap<String, Vec<u8>>);

impl IndexFiles {
    /// Adds a file that is named by `prefix` and its content; the digest in its name.
    pub fn add(&mut self, prefix: &str, plain: Vec<u8>) -> String {
        self.add_by(prefix, plain, xxh3_64_with_seed)
    }

    /// Like [`IndexFiles::add`], by a digest that takes a seed. Another file that has the same digest
    /// is not replaced: the new one gets the digest by the next seed.
    fn add_by(
        &mut self,
        prefix: &str,
        plain: Vec<u8>,
        digest_of: impl Fn(&[u8], u64) -> u64,
    ) -> String {
        let mut seed = 0;
        loop {
            let digest = format!("{:016x}", digest_of(&plain, seed));
            match self.0.entry(format!("{prefix}{digest}")) {
                Entry::Vacant(free) => drop(free.insert(plain)),
                Entry::Occupied(same) if *same.get() == plain => {}
                Entry::Occupied(_) => {
                    seed += 1;
                    continue;
                }
            }
            return digest;
        }
    }

    /// Adds the one file of this name.
    pub fn add_named(&mut self, name: &str, plain: Vec<u8>) {
        self.0.insert(name.to_string(), plain);
    }

    /// All files by name, in order. Names have no ending, which depends on how the files are
    /// written: `k/4e00.4e00-1a2b3c4d5e6f7081`.
    pub fn into_list(self) -> Vec<(String, Vec<u8>)> {
        self.0.into_iter().collect()
    }
}

/// May a shard end after this key? One key in 64 is a seam, whatever stands around it, so
/// that a change of one shard does not move the ends of those after it.
fn is_seam(key: PairKey) -> bool {
    xxh3_64(&key.to_le_bytes()).is_multiple_of(64)
}

/// Adds the shards of all lists and the tails of long ones to `files`; of each shard what the
/// directory says: its first key and digest.
pub fn postings(lists: &Lists, files: &mut IndexFiles) -> Vec<(PairKey, String)> {
    let mut entries = Vec::new();
    let mut shard = Shard::default();
    let mut lists = lists.iter().peekable();
    while let Some(list) = lists.next() {
        let size = shard.push(&list, files);
        let full = size >= LARGE || (size >= SMALL && is_seam(list.key));
        if full || lists.peek().is_none() {
            let Shard { first, plain, .. } = std::mem::take(&mut shard);
            let (a, b) = chars(first);
            entries.push((first, files.add(&format!("k/{a:x}.{b:x}-"), plain)));
        }
    }
    entries
}

/// For each key: both characters as steps from the key before (the second from 0 where the
/// first has changed), how many stories, the length of the list and, where there is a tail,
/// its digest; then the list.
#[derive(Default)]
struct Shard {
    /// Its first key, and the last so far.
    first: PairKey,
    last: PairKey,
    plain: Vec<u8>,
}

impl Shard {
    /// Adds a list, its tail to `files`; how many bytes there are.
    fn push(&mut self, list: &PostingList<'_>, files: &mut IndexFiles) -> usize {
        let ((a, b), (first, second)) = (chars(list.key), chars(self.last));
        if self.plain.is_empty() {
            self.first = list.key;
        }
        self.last = list.key;
        varint(&mut self.plain, u64::from(a - first));
        varint(&mut self.plain, u64::from(if a == first { b - second } else { b }));
        varint(&mut self.plain, list.count as u64);
        let (head, tail) = list.split_at(HEAD);
        varint(&mut self.plain, head.len() as u64);
        if !tail.is_empty() {
            let digest = files.add(&format!("t/{a:x}.{b:x}-"), tail.to_vec());
            self.plain.extend_from_slice(digest.as_bytes());
        }
        self.plain.extend_from_slice(head);
        self.plain.len()
    }
}

/// Adds lines to `files`, cut into several: of each its first line's key (up to the tab) and
/// digest.
pub fn lines(prefix: &str, lines: &[String], files: &mut IndexFiles) -> Vec<(String, String)> {
    let mut entries = Vec::new();
    let mut text = String::new();
    let mut first = "";
    for (i, line) in lines.iter().enumerate() {
        let key = line.split('\t').next().unwrap_or_default();
        if text.is_empty() {
            first = key;
        }
        let _ = writeln!(text, "{line}");
        let next = lines.get(i + 1).and_then(|line| line.chars().next());
        let last = next.is_none();
        let seam = text.len() >= SMALL && xxh3_64(key.as_bytes()).is_multiple_of(32);
        if last
            || text.len() >= LARGE
            || seam
            || (text.len() >= SMALL && next != key.chars().next())
        {
            let digest = files.add(prefix, std::mem::take(&mut text).into_bytes());
            entries.push((first.to_string(), digest));
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::IndexFiles;

    #[test]
    fn no_file_takes_the_place_of_another() {
        // A digest of three values, so that there are clashes.
        let digest = |bytes: &[u8], seed: u64| (u64::from(bytes[0]) + seed) % 3;
        let mut files = IndexFiles::default();
        let mut add = |prefix, byte| files.add_by(prefix, vec![byte], digest);
        let digests = [add("n/", 0), add("n/", 3), add("n/", 1), add("n/", 3), add("d/", 3)];
        let [zero, one, two] = [0, 1, 2].map(|n: u64| format!("{n:016x}"));
        assert_eq!(digests, [&zero, &one, &two, &one, &zero].map(String::clone));
        let list = |(name, plain): (String, Vec<u8>)| (name, plain[0]);
        let list: Vec<_> = files.into_list().into_iter().map(list).collect();
        let name = |prefix, digest| format!("{prefix}{digest}");
        let of_names = [(&zero, 0), (&one, 3), (&two, 1)];
        let of_names = of_names.map(|(digest, byte)| (name("n/", digest), byte));
        assert_eq!(list, [vec![(name("d/", &zero), 3)], of_names.to_vec()].concat());
    }
}
