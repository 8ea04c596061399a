//! HEIC and AVIF, which are boxes, as films are: what in them nobody sees, and a copy without it.

use super::exif::{self, Private};
use super::header::big;

/// So many boxes and items are looked at.
const MOST: usize = 4096;

/// A box: its name, where its content begins, and where it ends.
type Part<'b> = (&'b [u8], usize, usize);

/// The boxes from `from` to `end`.
fn parts(bytes: &[u8], from: usize, end: usize) -> impl Iterator<Item = Part<'_>> {
    let mut at = from;
    let next = move || {
        let (length, name) = (big(bytes, at, 4)?, bytes.get(at + 4..at + 8)?);
        let (skip, length) = match length {
            0 => (8, end.checked_sub(at)?),
            1 => (16, usize::try_from(whole(bytes, at + 8, 8)?).ok()?),
            length => (8, length as usize),
        };
        let (start, stop) = (at.checked_add(skip)?, at.checked_add(length)?);
        if length < skip || stop > end {
            return None;
        }
        at = stop;
        Some((name, start, stop))
    };
    std::iter::from_fn(next).take(MOST)
}

fn whole(bytes: &[u8], at: usize, size: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(size)?)?;
    Some(bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}

/// Reads numbers one after the other.
struct Numbers<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Numbers<'_> {
    fn next(&mut self, size: usize) -> Option<u64> {
        let value = whole(self.bytes, self.at, size)?;
        self.at += size;
        Some(value)
    }
}

/// From where to where the bytes go of what nobody sees; `None` if that cannot be told.
fn notes(bytes: &[u8]) -> Option<Vec<(usize, usize)>> {
    let mut notes = Vec::new();
    for (name, from, end) in parts(bytes, 0, bytes.len()) {
        match name {
            b"meta" => items(bytes, from + 4, end, &mut notes)?,
            b"uuid" | b"udta" | b"free" | b"skip" => notes.push((from, end)),
            _ => {}
        }
    }
    notes.retain(|&(from, end)| bytes[from..end].iter().any(|&byte| byte != 0));
    Some(notes)
}

/// The Exif and XMP among the items that a `meta` box describes, and what it has besides.
fn items(bytes: &[u8], from: usize, end: usize, notes: &mut Vec<(usize, usize)>) -> Option<()> {
    let (mut noted, mut data) = (Vec::new(), None);
    for (name, from, end) in parts(bytes, from, end) {
        match name {
            b"iinf" => {
                let count = if bytes.get(from) == Some(&0) { 6 } else { 8 };
                for (_, from, end) in parts(bytes, from + count, end) {
                    let size = if bytes.get(from)? >= &3 { 4 } else { 2 };
                    let id = whole(bytes, from + 4, size)?;
                    let kind = bytes.get(from + 6 + size..end.min(from + 10 + size))?;
                    // Those of type `mime` are XMP, or whatever else is no picture.
                    if matches!(kind, b"Exif" | b"mime" | b"uri ") {
                        noted.push(id);
                    }
                }
            }
            b"idat" => data = Some((from, end)),
            b"uuid" | b"udta" | b"free" | b"skip" => notes.push((from, end)),
            _ => {}
        }
    }
    if noted.is_empty() {
        return Some(());
    }
    let places = parts(bytes, from, end).find(|(name, ..)| name == b"iloc");
    let (_, from, end) = places?;
    let mut read = Numbers { bytes: bytes.get(..end)?, at: from };
    let version = read.next(4)? >> 24;
    let sizes = read.next(2)?;
    let size = |shift: u64| (sizes >> shift & 15) as usize;
    let (of_offset, of_length, of_base, of_index) = (size(12), size(8), size(4), size(0));
    let of_id = if version < 2 { 2 } else { 4 };
    for _ in 0..read.next(of_id)? {
        let id = read.next(of_id)?;
        let method = if version == 0 { 0 } else { read.next(2)? & 15 };
        read.next(2)?;
        let base = read.next(of_base)?;
        for _ in 0..read.next(2)? {
            if version > 0 {
                read.next(of_index)?;
            }
            let (offset, length) = (read.next(of_offset)?, read.next(of_length)?);
            if !noted.contains(&id) {
                continue;
            }
            let (start, room) = match method {
                0 => (0, (0, bytes.len())),
                1 => (data?.0 as u64, data?),
                _ => return None,
            };
            let from = usize::try_from(base.checked_add(offset)?.checked_add(start)?).ok()?;
            let end = match length {
                0 => room.1,
                length => from.checked_add(usize::try_from(length).ok()?)?,
            };
            (from >= room.0 && from <= end && end <= room.1).then_some(())?;
            notes.push((from, end));
        }
    }
    Some(())
}

/// What a file says besides its picture.
pub fn private(bytes: &[u8]) -> Private {
    let other = notes(bytes).is_none_or(|notes| !notes.is_empty());
    exif::anywhere(bytes).and(Private { place: false, other })
}

/// The same without what nobody sees, which becomes zeros, so that nothing else moves; `None` if it
/// is not made as others are.
pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut cleaned = bytes.to_vec();
    for (from, end) in notes(bytes)? {
        cleaned[from..end].fill(0);
    }
    (!private(&cleaned).any()).then_some(cleaned)
}

#[cfg(test)]
mod tests {
    use super::{clean, private};

    fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        [&(content.len() as u32 + 8).to_be_bytes()[..], name, content].concat()
    }

    #[test]
    fn a_photograph_without_where_it_was_taken() {
        let exif =
            b"\0\0\0\x06Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\0\0\0\0\0";
        let file = |method: u8, place: u32| {
            let infe = boxed(b"infe", b"\x02\0\0\0\0\x07\0\0Exif\0");
            let iinf = boxed(b"iinf", &[b"\0\0\0\0\0\x01", &infe[..]].concat());
            let head = [1, 0, 0, 0, 0x44, 0, 0, 1, 0, 7, 0, method, 0, 0, 0, 1];
            let length = (exif.len() as u32).to_be_bytes();
            let iloc = boxed(b"iloc", &[&head[..], &place.to_be_bytes(), &length].concat());
            let idat = boxed(b"idat", exif);
            let meta = boxed(b"meta", &[&[0; 4], &iinf[..], &iloc, &idat].concat());
            [boxed(b"ftyp", b"heic\0\0\0\0"), meta, boxed(b"mdat", exif), vec![]].concat()
        };
        let whole = file(1, 0);
        assert!(private(&whole).place);
        // In the box for data and in the file itself there is the same; each alone is found.
        let in_file = (whole.len() - exif.len()) as u32;
        for (bytes, other) in [(file(1, 0), in_file as usize), (file(0, in_file), 0)] {
            let mut bytes = bytes;
            let at = match other {
                0 => memchr::memmem::find(&bytes, exif).unwrap(),
                at => at,
            };
            bytes[at..at + exif.len()].fill(0);
            assert!(private(&bytes).place);
            let cleaned = clean(&bytes).unwrap();
            assert!(!private(&cleaned).any() && cleaned.len() == bytes.len());
            for at in 0..bytes.len() {
                let mut changed = bytes.clone();
                changed[at] ^= 0xFF;
                clean(&changed);
                clean(&bytes[..at]);
            }
        }
    }
}
