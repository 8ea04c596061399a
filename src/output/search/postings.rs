//! Postings: which pairs of characters stand in which stories, and how prominently.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::normalise::{BREAK, GAP, Normaliser};
use super::text::StoryText;
use crate::parallel;

/// Two characters: the first in the upper bits.
pub type Key = u64;

/// The key of two characters.
pub fn key(a: char, b: char) -> Key {
    (a as u64) << 21 | b as u64
}

/// The two characters of a key.
pub fn chars(key: Key) -> (u32, u32) {
    ((key >> 21) as u32, (key & 0x1F_FFFF) as u32)
}

/// Stories beyond this many stand in a tail, which is loaded where the newest are not enough.
pub const HEAD: usize = 4096;

/// How a pair stands in a story.
const TITLE: u64 = 3;
const NAMED: u64 = 2;
const OFTEN: u64 = 1;
const ONCE: u64 = 0;

/// The stories that have a pair, newest first: as variable-length numbers `step << 2 | impact`,
/// the first step from 0, the others downwards from the story before.
#[derive(Default)]
pub struct List {
    /// How many.
    pub count: u32,
    /// Their numbers and impacts.
    pub bytes: Vec<u8>,
    /// Where the tail begins in `bytes`, where there is one.
    pub tail: Option<usize>,
    last: u32,
}

impl List {
    fn push(&mut self, story: u32, impact: u64) {
        if self.count as usize == HEAD {
            self.tail = Some(self.bytes.len());
        }
        let step = if self.count == 0 { story } else { self.last - story };
        varint(&mut self.bytes, u64::from(step) << 2 | impact);
        self.last = story;
        self.count += 1;
    }
}

/// Appends a number, seven bits a byte, lowest first.
pub fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// The pairs of a story in their order, each `key << 2 | impact`; and whether a character
/// of it was folded to its Simplified form.
pub fn pairs(text: &StoryText) -> (Vec<u64>, bool) {
    let mut normaliser = Normaliser::default();
    let mut found: Vec<u64> = Vec::with_capacity(text.body.len() / 3 + 64);
    let mut folded = false;
    let mut add = |pieces: &mut dyn Iterator<Item = &str>, impact: u64| {
        for piece in pieces {
            normaliser.end_block();
            normaliser.add(piece);
        }
        let between = |c: char| c == GAP || c == BREAK;
        let pairs = normaliser.chars.windows(2).filter(|two| !between(two[0]) && !between(two[1]));
        found.extend(pairs.map(|two| key(two[0], two[1]) << 2 | impact));
        normaliser.chars.clear();
        folded |= normaliser.folded;
    };
    add(&mut std::iter::once(text.title.as_str()), TITLE);
    add(&mut std::iter::once(text.names.as_str()), NAMED);
    add(&mut text.headings.iter().map(|range| &text.body[range.clone()]), NAMED);
    let ends = text.headings.iter().map(|range| range.end);
    let starts = text.headings.iter().map(|range| range.start);
    let gaps = std::iter::once(0).chain(ends).zip(starts.chain(std::iter::once(text.body.len())));
    add(&mut gaps.map(|(from, to)| &text.body[from..to]), ONCE);
    found.sort_unstable();
    // Alike pairs stand together, the most prominent last.
    let mut pairs = Vec::with_capacity(found.len());
    for alike in found.chunk_by(|a, b| a >> 2 == b >> 2) {
        let best = alike[alike.len() - 1];
        let often = best & 3 == ONCE && alike.len() >= 3;
        pairs.push(if often { best | OFTEN } else { best });
    }
    (pairs, folded)
}

/// Numbers that are mixed by one multiplication: keys are not chosen by an attacker's hand
/// to more harm than a slow build of his own site.
#[derive(Default)]
pub struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }

    fn write_u64(&mut self, number: u64) {
        let product = u128::from(self.0 ^ number) * 0x9E37_79B9_7F4A_7C15;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }
}

type Lists = HashMap<Key, List, BuildHasherDefault<Mix>>;

/// Where the first characters are parted, so that several threads collect: about evenly for
/// Chinese text.
const PARTS: &[u32] = &[0, 0x50CF, 0x5468, 0x5BB6, 0x6210, 0x66F4, 0x6CD5, 0x793E, 0x8BC4];

/// Stories that are read at a time; what they have in common is collected before the next.
const BATCH: usize = 512;

/// The lists of all pairs, by key. `text` gives the text of the story of a number, where
/// number 0 is the newest; in the lists the oldest is 0, so that a new story changes no
/// other's number.
pub fn collect(count: usize, pairs_of: &(dyn Fn(usize) -> Vec<u64> + Sync)) -> Vec<(Key, List)> {
    let mut parts: Vec<(usize, Lists)> = (0..PARTS.len()).map(|i| (i, Lists::default())).collect();
    for start in (0..count).step_by(BATCH) {
        let batch: Vec<usize> = (start..(start + BATCH).min(count)).collect();
        let read = parallel::map(&batch, |&i| pairs_of(i));
        parts = parallel::map_owned(parts, |(part, mut lists)| {
            let from = u64::from(PARTS[part]) << 23;
            let to = PARTS.get(part + 1).map_or(u64::MAX, |&to| u64::from(to) << 23);
            for (pairs, i) in read.iter().zip(&batch) {
                let story = (count - 1 - i) as u32;
                let mine = pairs.partition_point(|&pair| pair < from)..;
                for &pair in pairs[mine].iter().take_while(|&&pair| pair < to) {
                    lists.entry(pair >> 2).or_default().push(story, pair & 3);
                }
            }
            (part, lists)
        });
    }
    let parts = parallel::map_owned(parts, |(_, lists)| {
        let mut lists: Vec<(Key, List)> = lists.into_iter().collect();
        lists.sort_unstable_by_key(|&(key, _)| key);
        lists
    });
    parts.into_iter().flatten().collect()
}
