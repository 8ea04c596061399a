//! Postings: which pairs of characters stand in which stories, and how prominently.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::normalise::{BREAK, GAP, Normaliser};
use super::text::StoryText;
use crate::parallel;

/// Two characters: the first in the upper bits.
pub type Key = u64;

/// The key of two characters, by their codes.
pub fn key(a: u32, b: u32) -> Key {
    u64::from(a) << 21 | u64::from(b)
}

/// The two characters of a key.
pub fn chars(key: Key) -> (u32, u32) {
    ((key >> 21) as u32, (key & 0x1F_FFFF) as u32)
}

/// Characters that tell little: a gap, and the commonest of Chinese. The pairs at both sides
/// of one stand in nearly every story, so the two characters around it are a pair as well.
/// The second of them is moved to a plane of Unicode that holds no character: the fourth for
/// a gap, the next ones for these.
const COMMON: [char; 10] = [GAP, '的', '了', '在', '是', '一', '不', '有', '和', '人'];

/// By its last six bits, the place of a common character; they differ in these.
const COMMON_PLACES: [u8; 64] = {
    let mut places = [0; 64];
    let mut i = 0;
    while i < COMMON.len() {
        places[COMMON[i] as usize & 63] = i as u8;
        i += 1;
    }
    places
};

fn plane(middle: u32) -> Option<u32> {
    let place = COMMON_PLACES[middle as usize & 63];
    (COMMON[usize::from(place)] as u32 == middle).then_some(4 + u32::from(place))
}

/// The key of two characters around another: around punctuation, or one that is common;
/// none where it is neither.
pub fn around(a: u32, middle: u32, b: u32) -> Option<Key> {
    let plane = plane(middle)?;
    (b <= 0xFFFF).then(|| key(a, plane << 16 | b))
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
    /// Their numbers and impacts.
    pub bytes: Vec<u8>,
    /// How many.
    pub count: u32,
    last: u32,
    tail: u32,
}

impl List {
    fn push(&mut self, story: u32, impact: u64) {
        if self.count as usize == HEAD {
            self.tail = self.bytes.len() as u32;
        }
        let step = if self.count == 0 { story } else { self.last - story };
        varint(&mut self.bytes, u64::from(step) << 2 | impact);
        self.last = story;
        self.count += 1;
    }

    /// What is loaded first, and the tail.
    pub fn halves(&self) -> (&[u8], &[u8]) {
        let tail = if self.tail > 0 { self.tail as usize } else { self.bytes.len() };
        self.bytes.split_at(tail)
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

/// The pairs of a story, each once.
pub struct Pairs {
    /// Was a character folded to its Simplified form?
    pub folded: bool,
    /// Each `key << 2 | impact`, those of a part together.
    pairs: Vec<u64>,
    /// Where each part ends.
    ends: [u32; PARTS],
}

/// The keys are parted by the first character, so that several threads collect: all from
/// U+4E00 to U+9FFF by fours of 256, and those before and behind them.
const PARTS: usize = 22;

fn part(key: Key) -> usize {
    ((key >> 29) as usize).saturating_sub(0x4A).min(0x57) / 4
}

/// Pairs that are being gathered: a table of those that were seen.
struct Gathered {
    /// By hash: `key << 4 | times << 2 | impact`, or 0. Times are counted up to three.
    slots: Vec<u64>,
    shift: u32,
    count: usize,
}

impl Gathered {
    fn with_size(size: usize) -> Self {
        let size = size.next_power_of_two().max(64);
        Self { slots: vec![0; size], shift: 64 - size.trailing_zeros(), count: 0 }
    }

    /// Adds a pair. What is more prominent must be added first.
    fn add(&mut self, key: Key, impact: u64) {
        let mask = self.slots.len() - 1;
        let mut at = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize;
        loop {
            let slot = &mut self.slots[at & mask];
            if *slot >> 4 == key {
                *slot += u64::from(*slot & 12 != 12) << 2;
                return;
            }
            if *slot == 0 {
                *slot = key << 4 | 4 | impact;
                break;
            }
            at += 1;
        }
        self.count += 1;
        if self.count * 4 > self.slots.len() * 3 {
            self.grow();
        }
    }

    #[cold]
    fn grow(&mut self) {
        let mut larger = Self::with_size(self.slots.len() * 2);
        for &seen in self.slots.iter().filter(|&&seen| seen != 0) {
            (0..(seen >> 2) & 3).for_each(|_| larger.add(seen >> 4, seen & 3));
        }
        *self = larger;
    }
}

/// The pairs of a story that has this text.
pub fn pairs(text: &StoryText<'_>) -> Pairs {
    let letters = (text.title.len() + text.names.len() + text.body.len()) / 3;
    let mut gathered = Gathered::with_size(letters);
    let mut normaliser = Normaliser::default();
    normaliser.codes.reserve(letters * 5 / 4);
    let mut add = |pieces: &mut dyn Iterator<Item = &str>, impact: u64| {
        for piece in pieces {
            normaliser.end_block();
            normaliser.add(piece);
        }
        let (mut first, mut middle) = (BREAK as u32, BREAK as u32);
        for &last in &normaliser.codes {
            if last > GAP as u32 {
                if middle > GAP as u32 {
                    gathered.add(key(middle, last), impact);
                }
                if first > GAP as u32
                    && let Some(key) = around(first, middle, last)
                {
                    gathered.add(key, impact);
                }
            }
            (first, middle) = (middle, last);
        }
        normaliser.codes.clear();
    };
    add(&mut std::iter::once(text.title), TITLE);
    add(&mut std::iter::once(text.names.as_str()), NAMED);
    add(&mut text.headings.iter().map(|range| &text.body[range.clone()]), NAMED);
    let ends = text.headings.iter().map(|range| range.end);
    let starts = text.headings.iter().map(|range| range.start);
    let gaps = std::iter::once(0).chain(ends).zip(starts.chain(std::iter::once(text.body.len())));
    add(&mut gaps.map(|(from, to)| &text.body[from..to]), ONCE);
    parted(gathered, normaliser.folded)
}

fn parted(gathered: Gathered, folded: bool) -> Pairs {
    let mut seen = gathered.slots;
    seen.retain(|&seen| seen != 0);
    let mut ends = [0; PARTS];
    seen.iter().for_each(|pair| ends[part(pair >> 4)] += 1);
    let mut next = [0; PARTS];
    for i in 1..PARTS {
        next[i] = next[i - 1] + ends[i - 1];
    }
    let mut pairs = vec![0; seen.len()];
    for pair in seen {
        let (key, often) = (pair >> 4, pair & 15 == 3 << 2 | ONCE);
        let place = &mut next[part(key)];
        pairs[*place as usize] = key << 2 | if often { OFTEN } else { pair & 3 };
        *place += 1;
    }
    Pairs { folded, pairs, ends: next }
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

/// Stories that are read at a time; what they have in common is collected before the next.
const BATCH: usize = 512;

/// The lists of all pairs, by key, and of each story whether it was folded. `pairs_of` gives
/// the pairs of the story of a number, where number 0 is the newest; in the lists the oldest
/// is 0, so that a new story changes no other's number.
pub fn collect(
    count: usize,
    pairs_of: &(dyn Fn(usize) -> Pairs + Sync),
) -> (Vec<(Key, List)>, Vec<bool>) {
    let mut parts: Vec<(usize, Lists)> = (0..PARTS).map(|i| (i, Lists::default())).collect();
    let mut folded = Vec::with_capacity(count);
    for start in (0..count).step_by(BATCH) {
        let batch: Vec<usize> = (start..(start + BATCH).min(count)).collect();
        let read = parallel::map(&batch, |&i| pairs_of(i));
        folded.extend(read.iter().map(|pairs| pairs.folded));
        parts = parallel::map_owned(parts, |(part, mut lists)| {
            for (pairs, i) in read.iter().zip(&batch) {
                let story = (count - 1 - i) as u32;
                let from = part.checked_sub(1).map_or(0, |before| pairs.ends[before]);
                for pair in &pairs.pairs[from as usize..pairs.ends[part] as usize] {
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
    (parts.into_iter().flatten().collect(), folded)
}
