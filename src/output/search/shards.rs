//! Shards: sorted entries cut into small compressed files that are named by content.

use std::fmt::Write as _;

use flate2::{Compress, Compression, Crc, FlushCompress};
use xxhash_rust::xxh3::xxh3_64;

use super::postings::{Key, List, chars, varint};
use crate::parallel;

/// A shard ends behind the first entry from this size on whose key says so (see [`is_seam`]) …
const SMALL: usize = 4 * 1024;
/// … and behind any from this size on.
const LARGE: usize = 8 * 1024;

/// So many shards are made by one thread at a time.
const TOGETHER: usize = 16;

/// A file below `search/`: its name, without the ending that depends on how it is written.
pub struct File {
    /// `k/4e004e00-1a2b3c`.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What compresses one file after the other: it is large, and costs as much to make as a
/// small file to compress.
pub struct Press(Compress);

impl Default for Press {
    fn default() -> Self {
        Self(Compress::new(LEVEL, false))
    }
}

/// Beyond this level, numbers that are as good as random do not get smaller.
const LEVEL: Compression = Compression::new(2);

impl Press {
    /// The gzip file of `bytes`: the same for the same, without a time.
    pub fn gzip(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut crc = Crc::new();
        crc.update(bytes);
        let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 512 + 64);
        out.extend_from_slice(&[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]);
        self.0.reset();
        // There is room enough, so this neither fails nor stops.
        let _ = self.0.compress_vec(bytes, &mut out, FlushCompress::Finish);
        out.extend_from_slice(&crc.sum().to_le_bytes());
        out.extend_from_slice(&crc.amount().to_le_bytes());
        out
    }
}

/// Six digits that say what `bytes` are.
pub fn digest(bytes: &[u8]) -> String {
    format!("{:06x}", xxh3_64(bytes) & 0xFF_FFFF)
}

/// A compressed file named by `prefix` and its content.
pub fn named(prefix: &str, plain: &[u8], press: &mut Press) -> File {
    File { name: format!("{prefix}-{}", digest(plain)), bytes: press.gzip(plain) }
}

/// May a shard end behind this key? One key in 64 is a seam, whatever stands around it, so
/// that a change of one shard does not move the ends of those behind it.
fn is_seam(key: Key) -> bool {
    xxh3_64(&key.to_le_bytes()).is_multiple_of(64)
}

/// The shards of all lists, the tails of long ones, and of each shard what the directory
/// says: its first key and digest.
pub fn postings(lists: &[(Key, List)]) -> (Vec<File>, Vec<(Key, String)>) {
    let mut cuts = Vec::new();
    let (mut from, mut size) = (0, 0);
    for (i, (key, list)) in lists.iter().enumerate() {
        size += list.halves().0.len() + 5;
        if size >= LARGE || (size >= SMALL && is_seam(*key)) {
            cuts.push(from..i + 1);
            (from, size) = (i + 1, 0);
        }
    }
    if from < lists.len() {
        cuts.push(from..lists.len());
    }
    let made = parallel::map(&cuts.chunks(TOGETHER).collect::<Vec<_>>(), |cuts| {
        let mut press = Press::default();
        let (mut files, mut entries) = (Vec::new(), Vec::new());
        for range in *cuts {
            let lists = &lists[range.clone()];
            let plain = shard(lists, &mut files, &mut press);
            let (a, b) = chars(lists[0].0);
            files.push(named(&format!("k/{a:x}.{b:x}"), &plain, &mut press));
            entries.push((lists[0].0, digest(&plain)));
        }
        (files, entries)
    });
    let (files, entries): (Vec<_>, Vec<_>) = made.into_iter().unzip();
    (files.into_iter().flatten().collect(), entries.into_iter().flatten().collect())
}

/// For each key: both characters as steps from the key before (the second from 0 where the
/// first has changed), how many stories, the length of the list and, where there is a tail,
/// its digest; then the list.
fn shard(lists: &[(Key, List)], tails: &mut Vec<File>, press: &mut Press) -> Vec<u8> {
    let mut out = Vec::with_capacity(LARGE);
    let (mut first, mut second) = (0, 0);
    for (key, list) in lists {
        let (a, b) = chars(*key);
        varint(&mut out, u64::from(a - first));
        varint(&mut out, u64::from(if a == first { b - second } else { b }));
        (first, second) = (a, b);
        varint(&mut out, u64::from(list.count));
        let (head, tail) = list.halves();
        varint(&mut out, head.len() as u64);
        if !tail.is_empty() {
            let tail = named(&format!("t/{a:x}.{b:x}"), tail, press);
            let digest = tail.name[tail.name.len() - 6..].to_string();
            out.extend_from_slice(digest.as_bytes());
            tails.push(tail);
        }
        out.extend_from_slice(head);
    }
    out
}

/// Lines cut into files: of each file its first line's key (up to the tab) and digest.
pub fn lines(
    prefix: &str,
    lines: &[String],
    press: &mut Press,
) -> (Vec<File>, Vec<(String, String)>) {
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
            let digest = digest(text.as_bytes());
            files.push(File {
                name: format!("{prefix}{digest}"),
                bytes: press.gzip(text.as_bytes()),
            });
            entries.push((first.to_string(), digest));
            text.clear();
        }
    }
    (files, entries)
}
