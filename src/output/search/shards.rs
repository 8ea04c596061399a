//! Shards: sorted entries cut into small compressed files that are named by content.

use std::cell::RefCell;
use std::fmt::Write as _;

use flate2::{Compress, Compression, Crc, FlushCompress};
use xxhash_rust::xxh3::xxh3_64;

use super::lists::{List, Lists, varint};
use super::postings::{Key, chars};

/// A shard ends behind the first entry from this size on whose key says so (see [`is_seam`]) …
const SMALL: usize = 4 * 1024;
/// … and behind any from this size on.
const LARGE: usize = 8 * 1024;

/// Stories beyond this many stand in a tail, which is loaded where the newest are not enough.
const HEAD: usize = 4096;

/// A file below `search/`.
pub struct File {
    /// Its name, without the ending that depends on how it is written: `k/4e00.4e00-1a2b3c`.
    pub name: String,
    /// What is in it, before it is compressed.
    pub plain: Vec<u8>,
}

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

/// Six digits that say what `bytes` are.
pub fn digest(bytes: &[u8]) -> String {
    format!("{:06x}", xxh3_64(bytes) & 0xFF_FFFF)
}

/// A file named by `prefix` and its content; and the digest in its name.
pub fn named(prefix: &str, plain: Vec<u8>) -> (File, String) {
    let digest = digest(&plain);
    (File { name: format!("{prefix}{digest}"), plain }, digest)
}

/// May a shard end behind this key? One key in 64 is a seam, whatever stands around it, so
/// that a change of one shard does not move the ends of those behind it.
fn is_seam(key: Key) -> bool {
    xxh3_64(&key.to_le_bytes()).is_multiple_of(64)
}

/// The shards of all lists, the tails of long ones, and of each shard what the directory
/// says: its first key and digest.
pub fn postings(lists: &Lists) -> (Vec<File>, Vec<(Key, String)>) {
    let (mut files, mut entries) = (Vec::new(), Vec::new());
    let mut shard = Shard::default();
    let mut lists = lists.iter().peekable();
    while let Some(list) = lists.next() {
        let size = shard.push(&list, &mut files);
        let full = size >= LARGE || (size >= SMALL && is_seam(list.key));
        if full || lists.peek().is_none() {
            let Shard { first, plain, .. } = std::mem::take(&mut shard);
            let (a, b) = chars(first);
            let (file, digest) = named(&format!("k/{a:x}.{b:x}-"), plain);
            entries.push((first, digest));
            files.push(file);
        }
    }
    (files, entries)
}

/// For each key: both characters as steps from the key before (the second from 0 where the
/// first has changed), how many stories, the length of the list and, where there is a tail,
/// its digest; then the list.
#[derive(Default)]
struct Shard {
    /// Its first key, and the last so far.
    first: Key,
    last: Key,
    plain: Vec<u8>,
}

impl Shard {
    /// Adds a list, its tail to `files`; how many bytes there are.
    fn push(&mut self, list: &List<'_>, files: &mut Vec<File>) -> usize {
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
            let (tail, digest) = named(&format!("t/{a:x}.{b:x}-"), tail.to_vec());
            self.plain.extend_from_slice(digest.as_bytes());
            files.push(tail);
        }
        self.plain.extend_from_slice(head);
        self.plain.len()
    }
}

/// Lines cut into files: of each file its first line's key (up to the tab) and digest.
pub fn lines(prefix: &str, lines: &[String]) -> (Vec<File>, Vec<(String, String)>) {
    let (mut files, mut entries) = (Vec::new(), Vec::new());
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
            let (file, digest) = named(prefix, std::mem::take(&mut text).into_bytes());
            files.push(file);
            entries.push((first.to_string(), digest));
        }
    }
    (files, entries)
}
