//! Postings: which pairs of characters stand in which stories, and how prominently.

use super::lists::{ListWriter, Lists, Posting};
use super::normalise::{BREAK, GAP, Normaliser};
use super::text::StoryText;

/// Two characters: the first in the upper bits. There are no letters beyond the fourth
/// plane of Unicode, so that a key has 38 bits.
pub type PairKey = u64;

/// The key of two characters, by their codes.
pub fn key(a: u32, b: u32) -> PairKey {
    u64::from(a) << 20 | u64::from(b & 0xF_FFFF)
}

/// The two characters of a key.
pub fn chars(key: PairKey) -> (u32, u32) {
    ((key >> 20) as u32, (key & 0xF_FFFF) as u32)
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
/// none if it is neither.
pub fn around(a: u32, middle: u32, b: u32) -> Option<PairKey> {
    let plane = plane(middle)?;
    (b <= 0xFFFF).then(|| key(a, plane << 16 | b))
}

/// How a pair stands in a story.
const TITLE: u64 = 3;
const NAMED: u64 = 2;
const OFTEN: u64 = 1;
const ONCE: u64 = 0;

/// A pair in a story, as one number that sorts by key: `key << 22 | place << 2 | impact`.
type SeenPair = u64;
const KEY: u32 = 22;
/// Stories whose pairs are sorted together: enough that many have a pair in common, and few
/// enough that they stay near the processor.
pub const BATCH: usize = 128;

/// Pairs that are being gathered, of the stories of a batch.
#[derive(Default)]
pub struct Gatherer {
    seen: Vec<SeenPair>,
    normaliser: Normaliser,
}

impl Gatherer {
    /// Adds the pairs of the story at `place` of the batch; stories come in their order.
    /// Was a character folded to its Simplified form?
    pub fn add(&mut self, place: usize, text: &StoryText<'_>) -> bool {
        self.normaliser.folded = false;
        // What is more prominent comes first, and so counts.
        self.blocks(place, TITLE, std::iter::once(text.title));
        self.blocks(place, NAMED, std::iter::once(text.names.as_str()));
        let headings = || text.headings.iter();
        self.blocks(place, NAMED, headings().map(|range| &text.body[range.clone()]));
        let starts = std::iter::once(0).chain(headings().map(|range| range.end));
        let ends = headings().map(|range| range.start).chain(std::iter::once(text.body.len()));
        self.blocks(place, ONCE, starts.zip(ends).map(|(from, to)| &text.body[from..to]));
        self.blocks(place, ONCE, std::iter::once(text.tags.as_str()));
        self.normaliser.folded
    }

    fn blocks<'t>(&mut self, place: usize, impact: u64, blocks: impl Iterator<Item = &'t str>) {
        for block in blocks {
            self.normaliser.end_block();
            self.normaliser.add(block);
        }
        let codes = &mut self.normaliser.codes;
        self.seen.reserve(codes.len() * 2);
        let rest = (place as u64) << 2 | impact;
        let (mut first, mut middle) = (BREAK as u32, BREAK as u32);
        for &last in &*codes {
            if last > GAP as u32 {
                if middle > GAP as u32 {
                    self.seen.push(key(middle, last) << KEY | rest);
                }
                if first > GAP as u32
                    && let Some(key) = around(first, middle, last)
                {
                    self.seen.push(key << KEY | rest);
                }
            }
            (first, middle) = (middle, last);
        }
        codes.clear();
    }

    /// The lists of the batch; `ranks` are the stories' ranks by their places, falling.
    pub fn into_lists(mut self, ranks: &[u32]) -> Lists {
        sort_by_key(&mut self.seen);
        let mut lists = ListWriter::default();
        let mut rest = &self.seen[..];
        while let [pair, ..] = *rest {
            let times = rest.iter().take_while(|seen| *seen >> 2 == pair >> 2).count();
            rest = &rest[times..];
            let often = pair & 3 == ONCE && times >= 3;
            let place = (pair >> 2) as usize & ((1 << (KEY - 2)) - 1);
            lists.push(Posting::new(ranks[place], if often { OFTEN } else { pair & 3 }));
            if rest.first().is_none_or(|next| next >> KEY != pair >> KEY) {
                lists.end_list(pair >> KEY);
            }
        }
        lists.finish()
    }
}

/// Sorts by key, and leaves those of one key in their order: by twelve bits after the other,
/// from the lowest, which for so many small numbers is faster than comparing them.
fn sort_by_key(seen: &mut Vec<SeenPair>) {
    const DIGIT: u32 = 12;
    const BUCKETS: usize = 1 << DIGIT;
    let mut sorted = vec![0; seen.len()];
    let all = seen.iter().fold(0, |all, pair| all | pair);
    for shift in (KEY..64).step_by(DIGIT as usize).take_while(|shift| all >> shift != 0) {
        let digit = |pair: SeenPair| (pair >> shift) as usize & (BUCKETS - 1);
        let mut places = [0u32; BUCKETS];
        seen.iter().for_each(|&pair| places[digit(pair)] += 1);
        let mut from = 0;
        for place in &mut places {
            from += std::mem::replace(place, from);
        }
        for &pair in &*seen {
            let place = &mut places[digit(pair)];
            sorted[*place as usize] = pair;
            *place += 1;
        }
        std::mem::swap(seen, &mut sorted);
    }
}
