//! Exif, which is TIFF: the few entries that matter, a TIFF's own size, and a TIFF without what
//! nobody sees.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// What was found of a picture that says more than it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Private {
    /// Where it was taken.
    pub place: bool,
    /// With which camera, when, by whom, and whatever else is in Exif, XMP, IPTC and comments.
    pub other: bool,
}

impl Private {
    /// Is there anything?
    pub fn any(self) -> bool {
        self.place || self.other
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self { place: self.place || other.place, other: self.other || other.other }
    }
}

/// What the first directory of a TIFF says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    /// How the picture is to be turned: 1 to 8, 1 if nothing is said.
    pub orientation: u8,
    /// Does it say where the picture was taken?
    pub place: bool,
    /// Does it say anything that is not needed to show it?
    pub other: bool,
    /// Width and height in pixels; 0 if nothing is said.
    pub size: (u32, u32),
    /// Has the picture an alpha channel?
    pub alpha: bool,
    /// Is there a colour profile?
    pub profile: bool,
    /// How many directories follow each other: pages of a scan.
    pub pages: u32,
    /// As far as they tell, the file has at least so many bytes.
    pub whole: u64,
}

/// So many entries of a directory are looked at, and so many directories.
const MOST: usize = 512;

/// The entries without which a TIFF cannot be shown as it is meant. Everything else says something
/// besides: Exif, the place, XMP, who made it with what, and when.
const SHOWN: [RangeInclusive<u16>; 14] = [
    // Size, bits, compression, colours, rows of dots.
    0x00FE..=0x0103,
    0x0106..=0x010A,
    0x0111..=0x0112,
    0x0115..=0x011C,
    0x011E..=0x0125,
    0x0128..=0x0129,
    // Transfer function, predictor, primaries, palette, tiles.
    0x012D..=0x012D,
    0x013D..=0x0145,
    // Inks, more samples and of what kind.
    0x014C..=0x014E,
    0x0150..=0x0157,
    // Tables of JPEG, old and new.
    0x015B..=0x015B,
    0x0200..=0x0209,
    0x0211..=0x0214,
    // The colour profile.
    0x8773..=0x8773,
];

/// The entries that name another directory: what is below it is in none of the pages.
const BELOW: [u16; 4] = [0x014A, 0x8769, 0x8825, 0xA005];

const PLACE: u16 = 0x8825;

fn is_shown(tag: u16) -> bool {
    SHOWN.iter().any(|tags| tags.contains(&tag))
}

/// The bytes of a TIFF, and how its numbers are written.
#[derive(Clone, Copy)]
struct Tiff<'b> {
    bytes: &'b [u8],
    little: bool,
}

/// An entry of a directory.
#[derive(Clone, Copy)]
struct Entry {
    tag: u16,
    /// What kind of numbers its value has.
    kind: u32,
    /// A short number, or a long one, if it is a number.
    value: u32,
    /// Where its value stands, and how many bytes it has.
    place: (usize, usize),
}

impl<'b> Tiff<'b> {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        let little = match bytes.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        Some(Self { bytes, little })
    }

    fn number(self, at: usize, size: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(size)?)?;
        let fold = |value: u32, byte: &u8| value << 8 | u32::from(*byte);
        Some(match self.little {
            true => bytes.iter().rev().fold(0, fold),
            false => bytes.iter().fold(0, fold),
        })
    }

    /// Where the directories of the pages begin, one after the other.
    fn pages(self) -> Vec<usize> {
        let mut pages = Vec::new();
        let mut next = self.number(4, 4).unwrap_or(0) as usize;
        // A circle would go on for ever.
        while next != 0 && pages.len() < MOST && !pages.contains(&next) {
            let Some(count) = self.number(next, 2) else { break };
            pages.push(next);
            let end = next + 2 + 12 * count as usize;
            next = self.number(end, 4).unwrap_or(0) as usize;
        }
        pages
    }

    /// The numbers of an entry that has several, as far as they are there.
    fn numbers(self, entry: Entry) -> Vec<u64> {
        let (at, length) = entry.place;
        let size = if entry.kind == 3 { 2 } else { 4 };
        let count = (length / size).min(self.bytes.len());
        let number = |i: usize| self.number(at.checked_add(i * size)?, size).map(u64::from);
        (0..count).map_while(number).collect()
    }

    /// The entries of the directory at `directory`, as far as they are there.
    fn entries(self, directory: usize) -> impl Iterator<Item = Entry> {
        let count = self.number(directory, 2).unwrap_or(0) as usize;
        (0..count.min(MOST)).map_while(move |i| self.entry(directory + 2 + 12 * i))
    }

    fn entry(self, at: usize) -> Option<Entry> {
        const SIZES: [usize; 14] = [1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
        let (tag, kind) = (self.number(at, 2)? as u16, self.number(at + 2, 2)?);
        let size = SIZES.get(kind as usize).copied().unwrap_or(1);
        let length = (self.number(at + 4, 4)? as usize).saturating_mul(size);
        // Short and long numbers stand in the entry itself.
        let value = if kind == 3 { self.number(at + 8, 2)? } else { self.number(at + 8, 4)? };
        let place = if length <= 4 { at + 8 } else { self.number(at + 8, 4)? as usize };
        Some(Entry { tag, kind, value, place: (place, length) })
    }
}

/// Reads the first directory; `None` if it is no TIFF.
pub fn entries(tiff: &[u8]) -> Option<Entries> {
    let tiff = Tiff::of(tiff)?;
    let pages = tiff.pages();
    let mut found = Entries { orientation: 1, pages: pages.len() as u32, ..Entries::default() };
    // What describes the first page often comes last.
    found.whole = tiff.number(4, 4).map_or(0, |first| u64::from(first) + 2);
    for (page, directory) in pages.into_iter().enumerate() {
        let mut parts = [Vec::new(), Vec::new()];
        for entry in tiff.entries(directory) {
            let Entry { tag, value, .. } = entry;
            found.other |= !is_shown(tag);
            found.place |= tag == PLACE;
            match tag {
                0x0111 | 0x0144 => parts[0] = tiff.numbers(entry),
                0x0117 | 0x0145 => parts[1] = tiff.numbers(entry),
                _ => {}
            }
            if page > 0 {
                continue;
            }
            match tag {
                0x0100 => found.size.0 = value,
                0x0101 => found.size.1 = value,
                0x0112 if (1..=8).contains(&value) => found.orientation = value as u8,
                0x0152 => found.alpha = true,
                0x8773 => found.profile = true,
                _ => {}
            }
        }
        // Where each strip or tile begins, and how long it is.
        let [starts, lengths] = parts;
        let ends = starts.iter().zip(&lengths).map(|(from, length)| from + length);
        found.whole = found.whole.max(ends.max().unwrap_or(0));
    }
    Some(found)
}

/// A TIFF without what nobody sees. What goes becomes zeros, so that nothing else moves; `None` if
/// it is no TIFF, or not made as others are.
pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let tiff = Tiff::of(bytes)?;
    let mut cleaned = bytes.to_vec();
    for directory in tiff.pages() {
        let count = tiff.number(directory, 2)? as usize;
        let from = |i: usize| directory + 2 + 12 * i;
        let mut to = directory + 2;
        for (i, entry) in tiff.entries(directory).enumerate() {
            if is_shown(entry.tag) {
                cleaned[to..to + 12].copy_from_slice(&bytes[from(i)..from(i) + 12]);
                to += 12;
            } else {
                erase(tiff, entry, &mut cleaned, 0);
            }
        }
        // The next page follows the last entry.
        let kept = ((to - directory - 2) / 12) as u16;
        let next: [u8; 4] = match bytes.get(from(count)..from(count) + 4) {
            Some(next) => next.try_into().ok()?,
            None => [0; 4],
        };
        let number = if tiff.little { kept.to_le_bytes() } else { kept.to_be_bytes() };
        cleaned[directory..directory + 2].copy_from_slice(&number);
        let end = (from(count) + 4).min(cleaned.len());
        cleaned[to..end].fill(0);
        cleaned.get_mut(to..to + 4)?.copy_from_slice(&next);
    }
    // Directories that lie over each other cannot be cleaned so.
    entries(&cleaned).filter(|found| !found.other && !found.place).map(|_| cleaned)
}

/// Erases the value of an entry, and what is below it.
fn erase(tiff: Tiff<'_>, entry: Entry, cleaned: &mut [u8], depth: usize) {
    // Values in the entry itself go with it.
    let (at, length) = entry.place;
    if BELOW.contains(&entry.tag) && depth < 4 {
        let below = match length {
            0..=4 => vec![entry.value as usize],
            _ => (0..(length / 4).min(MOST))
                .filter_map(|i| Some(tiff.number(at + 4 * i, 4)? as usize))
                .collect(),
        };
        for directory in below {
            let entries: Vec<Entry> = tiff.entries(directory).collect();
            let end = directory.saturating_add(2 + 12 * entries.len());
            for entry in entries {
                erase(tiff, entry, cleaned, depth + 1);
            }
            if let Some(table) = cleaned.get_mut(directory..end) {
                table.fill(0);
            }
        }
    }
    let end = at.saturating_add(length);
    if length > 4
        && let Some(value) = cleaned.get_mut(at..end)
    {
        value.fill(0);
    }
}

/// What the first directory of a file says that is made like a TIFF: raw pictures have other
/// numbers at their beginning, and a BigTIFF longer ones.
fn any_entries(bytes: &[u8]) -> Option<Entries> {
    let little = match bytes.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let tiff = Tiff { bytes, little };
    if tiff.number(2, 2)? != 43 {
        let directory = tiff.number(4, 4)? as usize;
        let tags = tiff.entries(directory).map(|entry| entry.tag);
        return Some(said(tags));
    }
    // Numbers of eight bytes, of which no file needs more than four.
    let low = |at: usize| tiff.number(if little { at } else { at + 4 }, 4);
    let directory = low(8)? as usize;
    let count = (low(directory)? as usize).min(MOST);
    let tag = |i: usize| tiff.number(directory + 8 + 20 * i, 2).map(|tag| tag as u16);
    Some(said((0..count).map_while(tag)))
}

fn said(tags: impl Iterator<Item = u16>) -> Entries {
    let mut found = Entries { orientation: 1, ..Entries::default() };
    for tag in tags {
        found.other |= !is_shown(tag);
        found.place |= tag == PLACE;
    }
    found
}

/// What a file says besides its picture, wherever in it that stands: of formats of which only that
/// is read.
pub fn anywhere(bytes: &[u8]) -> Private {
    const EXIF: &[u8] = b"Exif\0\0";
    let after =
        |mark: &'static [u8]| memchr::memmem::find_iter(bytes, mark).map(move |at| at + mark.len());
    // Canon's raw pictures have boxes of TIFF, of which the fourth is the place.
    let boxes = [b"CMT1", b"CMT2", b"CMT3", b"CMT4"]
        .map(|name| memchr::memmem::find(bytes, name).map(|at| at + name.len()));
    let place_of_canon = boxes[3].and_then(|at| entries(&bytes[at..])).is_some();
    let tiffs =
        after(EXIF).chain(boxes.into_iter().flatten()).filter_map(|at| entries(&bytes[at..]));
    let found = tiffs.chain(any_entries(bytes));
    let found = found.fold(Private::default(), |private, found| {
        private.and(Private { place: found.place, other: found.other })
    });
    let has = |text: &[u8]| memchr::memmem::find(bytes, text).is_some();
    let place = has(b"GPSLatitude") || place_of_canon;
    found.and(Private { place, other: has(b"<rdf:RDF") || place_of_canon })
}

#[cfg(test)]
mod tests {
    use super::{anywhere, clean, entries};

    #[test]
    fn orientation_and_place() {
        let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
        tiff.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
        tiff.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x40");
        tiff.extend([0; 4]);
        let found = entries(&tiff).unwrap();
        assert_eq!((found.orientation, found.place, found.pages), (6, true, 1));
        for cut in 0..tiff.len() {
            let _ = entries(&tiff[..cut]);
        }
        // A directory that is its own next.
        let mut circle = tiff.clone();
        let end = circle.len();
        circle[end - 4..].copy_from_slice(&[0, 0, 0, 8]);
        assert_eq!(entries(&circle).unwrap().pages, 1);
        assert_eq!(entries(b"II*\0\xff\xff\xff\xff").unwrap().pages, 0);
        assert!(!clean(&circle).unwrap().contains(&0x88));
        assert!(entries(b"JFIF").is_none());
    }

    #[test]
    fn a_scan_without_what_nobody_sees() {
        let entry = |tag: u16, kind: u16, count: u32, value: u32| {
            let mut entry = [tag.to_le_bytes(), kind.to_le_bytes()].concat();
            entry.extend(count.to_le_bytes());
            entry.extend(value.to_le_bytes());
            entry
        };
        let mut tiff = b"II*\0\x08\0\0\0\x04\0".to_vec();
        tiff.extend(entry(0x0100, 4, 1, 3));
        // An artist, elsewhere; one pixel's bytes, elsewhere; the place, elsewhere.
        tiff.extend(entry(0x013B, 2, 8, 62));
        tiff.extend(entry(0x0111, 4, 1, 70));
        tiff.extend(entry(0x8825, 4, 1, 73));
        tiff.extend([0; 4]);
        assert_eq!(tiff.len(), 62);
        tiff.extend(b"Li Qing\0");
        tiff.extend([1, 2, 3]);
        tiff.extend([1, 0]);
        tiff.extend(entry(0x0001, 2, 2, u32::from_le_bytes(*b"N\0\0\0")));
        let found = entries(&tiff).unwrap();
        assert!(found.place && found.other && found.size.0 == 3);
        assert!(anywhere(&[b"ftypheic Exif\0\0", &tiff[..]].concat()).place);
        let cleaned = clean(&tiff).unwrap();
        let found = entries(&cleaned).unwrap();
        assert!(!found.place && !found.other && found.size.0 == 3 && found.pages == 1);
        assert_eq!(cleaned.len(), tiff.len());
        assert_eq!(cleaned[70..73], [1, 2, 3]);
        assert!(cleaned[62..70] == [0; 8] && cleaned[73..].iter().all(|&byte| byte == 0));
        for cut in 0..tiff.len() {
            let _ = clean(&tiff[..cut]);
        }
    }
}
