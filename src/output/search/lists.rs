//! Lists: for each pair of characters the stories that have it. They are kept as bytes, as
//! there are many and most are short.
//!
//! Lists are parted by the first character of their keys, so that several threads merge
//! them. In a part they stand one after the other, sorted by key, each as variable-length
//! numbers: the step from the key before, how many stories, how far the last is from the
//! first, the bytes of the list, and the list, newest story first: `step << 2 | impact`, the
//! first step from 0, the others downwards from the story before.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use serde::{Deserialize, Serialize};

use super::postings::PairKey;
use crate::base::parallel;

/// The lists of all pairs that stand in some stories.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists {
    parts: Vec<Packed>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Packed(#[serde(with = "serde_bytes")] Vec<u8>);

/// All characters from U+4E00 to U+9FFF by fours of 256, and those before and after them.
const PARTS: usize = 22;

fn part(key: PairKey) -> usize {
    ((key >> 28) as usize).saturating_sub(0x4A).min(0x57) / 4
}

/// A story in a list, and how prominently the pair stands there, as one number that sorts
/// by the story's rank.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting(u64);

impl Posting {
    /// The story of this rank, the oldest is 0; and the impact, from 0 to 3.
    pub fn new(rank: u32, impact: u64) -> Self {
        Self(u64::from(rank) << 2 | impact)
    }

    fn rank(self) -> u32 {
        (self.0 >> 2) as u32
    }

    fn renumbered(self, ranks: &[Option<u32>]) -> Option<Self> {
        let rank = *ranks.get(self.rank() as usize)?;
        Some(Self::new(rank?, self.0 & 3))
    }
}

/// A list, as it stands in its part.
#[derive(Clone, Copy)]
pub struct PostingList<'l> {
    /// The pair.
    pub key: PairKey,
    /// How many stories have it.
    pub count: usize,
    /// The rank of the first without that of the last.
    span: u32,
    /// They.
    pub bytes: &'l [u8],
}

impl<'l> PostingList<'l> {
    /// The first `count` stories, and the others.
    pub fn split_at(&self, count: usize) -> (&'l [u8], &'l [u8]) {
        let is_last = |byte: &u8| *byte < 0x80;
        let numbers = self.bytes.iter().enumerate().filter(|(_, byte)| is_last(byte));
        let end = numbers.take(count).last().map_or(0, |(i, _)| i + 1);
        self.bytes.split_at(if count < self.count { end } else { self.bytes.len() })
    }

    /// Has it a story of one of these ranks, which fall?
    fn has(&self, ranks: &[u32]) -> bool {
        let mut rest = self.bytes;
        let mut rank = (take(&mut rest) >> 2) as u32;
        let ranks = &ranks[ranks.partition_point(|&wanted| wanted > rank)..];
        let last = rank.wrapping_sub(self.span);
        for &wanted in ranks.iter().take_while(|&&wanted| wanted >= last) {
            while rank > wanted && !rest.is_empty() {
                // This goes through nearly all lists, and most numbers are of one byte.
                let step = match rest {
                    [byte @ 0..0x80, more @ ..] => {
                        rest = more;
                        u64::from(*byte)
                    }
                    _ => take(&mut rest),
                };
                rank = rank.wrapping_sub((step >> 2) as u32);
            }
            if rank == wanted {
                return true;
            }
        }
        false
    }

    /// Its stories, the newest first.
    fn postings(&self) -> impl Iterator<Item = Posting> {
        let (mut rest, mut last) = (self.bytes, 0);
        std::iter::from_fn(move || {
            let is_first = rest.len() == self.bytes.len();
            let number = (!rest.is_empty()).then(|| take(&mut rest))?;
            let step = (number >> 2) as u32;
            last = if is_first { step } else { last.wrapping_sub(step) };
            Some(Posting::new(last, number & 3))
        })
    }
}

impl Lists {
    /// All lists, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = PostingList<'_>> {
        (0..PARTS).flat_map(|part| self.part(part))
    }

    fn part(&self, part: usize) -> Cursor<'_> {
        Cursor { rest: self.parts.get(part).map_or(&[], |part| &part.0), key: 0 }
    }
}

struct Cursor<'l> {
    rest: &'l [u8],
    key: PairKey,
}

impl<'l> Iterator for Cursor<'l> {
    type Item = PostingList<'l>;

    fn next(&mut self) -> Option<PostingList<'l>> {
        if self.rest.is_empty() {
            return None;
        }
        self.key = self.key.wrapping_add(take(&mut self.rest));
        let count = take(&mut self.rest) as usize;
        let span = take(&mut self.rest) as u32;
        let length = (take(&mut self.rest) as usize).min(self.rest.len());
        let bytes;
        (bytes, self.rest) = self.rest.split_at(length);
        Some(PostingList { key: self.key, count, span, bytes })
    }
}

/// A list in the making.
#[derive(Default)]
struct Draft {
    bytes: Vec<u8>,
    count: usize,
    first: u32,
    last: u32,
}

impl Draft {
    fn clear(&mut self) {
        self.bytes.clear();
        self.count = 0;
    }

    /// Adds a story of a lower rank than those before.
    fn push(&mut self, posting: Posting) {
        let rank = posting.rank();
        let step = if self.count == 0 { rank } else { self.last - rank };
        varint(&mut self.bytes, u64::from(step) << 2 | posting.0 & 3);
        if self.count == 0 {
            self.first = rank;
        }
        (self.last, self.count) = (rank, self.count + 1);
    }

    /// Adds a list as it is, if all its ranks are lower than those before.
    fn append(&mut self, list: &PostingList<'_>) -> bool {
        let mut rest = list.bytes;
        let number = take(&mut rest);
        let first = (number >> 2) as u32;
        let fits = self.count == 0 || first < self.last;
        if fits {
            self.push(Posting(number));
            self.bytes.extend_from_slice(rest);
            (self.last, self.count) = (first.wrapping_sub(list.span), self.count + list.count - 1);
        }
        fits
    }
}

/// Writes the lists of one part.
#[derive(Default)]
struct PartWriter {
    bytes: Vec<u8>,
    key: PairKey,
}

impl PartWriter {
    fn push(&mut self, key: PairKey, list: &Draft) {
        varint(&mut self.bytes, key - self.key);
        varint(&mut self.bytes, list.count as u64);
        varint(&mut self.bytes, u64::from(list.first - list.last));
        varint(&mut self.bytes, list.bytes.len() as u64);
        self.bytes.extend_from_slice(&list.bytes);
        self.key = key;
    }

    /// Kept for long: without the room that growing took.
    fn finish(self) -> Packed {
        Packed(self.bytes.into_boxed_slice().into_vec())
    }
}

/// Writes lists in the order of their keys.
pub struct ListWriter {
    parts: Vec<PartWriter>,
    list: Draft,
}

impl Default for ListWriter {
    fn default() -> Self {
        let parts = (0..PARTS).map(|_| PartWriter::default()).collect();
        Self { parts, list: Draft::default() }
    }
}

impl ListWriter {
    /// Adds a story to the list that is being written; ranks fall.
    pub fn push(&mut self, posting: Posting) {
        self.list.push(posting);
    }

    /// Ends the list, and says whose it is: a key that is higher than those before.
    pub fn end_list(&mut self, key: PairKey) {
        self.parts[part(key)].push(key, &self.list);
        self.list.clear();
    }

    /// All of them.
    pub fn finish(self) -> Lists {
        Lists { parts: self.parts.into_iter().map(PartWriter::finish).collect() }
    }
}

/// Merges lists of stories, no story being in two of them. Those of `before` have the ranks
/// that `ranks` says, or are left out where it says none.
pub fn merge(new: &[Lists], before: &Lists, ranks: &[Option<u32>]) -> Lists {
    let as_before = |rank: &u32| ranks[*rank as usize] == Some(*rank);
    let changed: Vec<u32> = (0..ranks.len() as u32).rev().filter(|rank| !as_before(rank)).collect();
    let parts: Vec<usize> = (0..PARTS).collect();
    Lists { parts: parallel::map(&parts, |&part| merge_part(part, new, before, ranks, &changed)) }
}

/// `changed` are the ranks of before that are others now, falling.
fn merge_part(
    part: usize,
    new: &[Lists],
    before: &Lists,
    ranks: &[Option<u32>],
    changed: &[u32],
) -> Packed {
    let mut rest: Vec<Cursor<'_>> =
        new.iter().chain([before]).map(|lists| lists.part(part)).collect();
    let mut lists: Vec<Option<PostingList<'_>>> = rest.iter_mut().map(Iterator::next).collect();
    let heads = lists.iter().enumerate();
    let mut next: BinaryHeap<_> =
        heads.filter_map(|(i, list)| Some(Reverse((list.as_ref()?.key, i)))).collect();
    let (mut out, mut list) = (PartWriter::default(), Draft::default());
    let (mut same, mut postings) = (Vec::new(), Vec::new());
    while let Some(&Reverse((key, _))) = next.peek() {
        same.clear();
        while let Some(mut head) = next.peek_mut().filter(|head| head.0.0 == key) {
            let i = head.0.1;
            same.extend(lists[i].map(|list| (i < new.len(), list)));
            lists[i] = rest[i].next();
            match lists[i] {
                Some(list) => head.0.0 = list.key,
                None => drop(PeekMut::pop(head)),
            }
        }
        list.clear();
        // Nearly all lists can be joined as they are: the stories of a new one are mostly all
        // older than those of the one before it, and few stories of before have changed.
        let as_is = |is_new, same: &PostingList<'_>| is_new || !same.has(changed);
        if !same.iter().all(|(is_new, same)| as_is(*is_new, same) && list.append(same)) {
            list.clear();
            postings.clear();
            for (is_new, same) in &same {
                postings.extend(same.postings().filter_map(|posting| match is_new {
                    true => Some(posting),
                    false => posting.renumbered(ranks),
                }));
            }
            if !postings.is_sorted_by(|a, b| a > b) {
                postings.sort_unstable_by_key(|&posting| Reverse(posting));
            }
            postings.iter().for_each(|&posting| list.push(posting));
        }
        if list.count > 0 {
            out.push(key, &list);
        }
    }
    out.finish()
}

/// Appends a number, seven bits a byte, lowest first.
pub fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a number from the front of `bytes`; 0 where there is none.
#[inline]
fn take(bytes: &mut &[u8]) -> u64 {
    let (mut number, mut shift) = (0, 0);
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        shift += 7;
        if byte < 0x80 || shift > 63 {
            break;
        }
    }
    number
}
