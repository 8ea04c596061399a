//! Drawings of Office (EMF, WMF): the bitmap in one, where that is all that it shows.

use crate::base::format::Format;

/// The most records that are looked at.
const MOST_RECORDS: usize = 200_000;

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn part(bytes: &[u8], at: u32, length: u32) -> Option<&[u8]> {
    bytes.get(at as usize..(at as usize).checked_add(length as usize)?)
}

/// The bitmap of a drawing, as a file of its own; `None` if there is more than one, or anything
/// besides.
pub(super) fn bitmap(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut found = match u32_at(bytes, 0)? {
        1 if bytes.get(40..44) == Some(b" EMF") => enhanced(bytes)?,
        0x9AC6_CDD7 => windows(bytes.get(22..)?)?,
        _ if u16_at(bytes, 2) == Some(9) => windows(bytes)?,
        _ => return None,
    };
    found.dedup();
    match found.len() {
        1 => found.pop(),
        _ => None,
    }
}

/// The bitmaps of an EMF; `None` if it draws something itself.
fn enhanced(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let (mut plain, mut plus) = (Vec::new(), Vec::new());
    let mut at = 0;
    for _ in 0..MOST_RECORDS {
        let (Some(kind), Some(size)) = (u32_at(bytes, at), u32_at(bytes, at + 4)) else { break };
        if size < 8 {
            break;
        }
        let Some(record) = bytes.get(at..at.checked_add(size as usize)?) else { break };
        match kind {
            // Lines, curves, shapes and text.
            2..=8 | 41..=47 | 54..=56 | 62..=64 | 71..=74 | 83..=92 | 96 | 97 | 108 | 118 => {
                return None;
            }
            80 | 81 => plain.extend(of_record(record, 48)),
            76..=79 | 114 | 116 => plain.extend(of_record(record, 84)),
            70 if record.get(12..16) == Some(b"EMF+") => plus.extend(of_comment(&record[16..])?),
            _ => {}
        }
        at += size as usize;
    }
    // What newer programs read is said twice for older ones.
    Some(if plus.is_empty() { plain } else { plus })
}

/// The bitmap of a record, of which the offsets stand at `at`.
fn of_record(record: &[u8], at: usize) -> Option<Vec<u8>> {
    let number = |i: usize| u32_at(record, at + 4 * i);
    let head = part(record, number(0)?, number(1)?)?;
    let bits = part(record, number(2)?, number(3)?)?;
    of_parts(head, bits)
}

fn of_parts(head: &[u8], bits: &[u8]) -> Option<Vec<u8>> {
    if head.len() < 16 || bits.is_empty() {
        return None;
    }
    // The bits may be a JPEG or a PNG as they are.
    if matches!(u32_at(head, 16), Some(4 | 5)) {
        return Some(bits.to_vec());
    }
    let offset = 14 + head.len();
    let mut file = b"BM".to_vec();
    file.extend(((offset + bits.len()) as u32).to_le_bytes());
    file.extend([0; 4]);
    file.extend((offset as u32).to_le_bytes());
    file.extend_from_slice(head);
    file.extend_from_slice(bits);
    Some(file)
}

/// The pictures of a comment that is for newer programs; `None` if it draws something itself.
fn of_comment(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let (Some(kind), Some(flags), Some(size)) =
        (u16_at(bytes, at), u16_at(bytes, at + 2), u32_at(bytes, at + 4))
    {
        if size < 12 {
            break;
        }
        match kind {
            0x400A..=0x4015 | 0x401C | 0x4036 => return None,
            // A picture that is a file of its own.
            0x4008 if flags >> 8 & 0x7F == 5 => {
                let record = bytes.get(at + 12..(at + size as usize).min(bytes.len()))?;
                let is_file = u32_at(record, 4) == Some(1) && u32_at(record, 24) == Some(1);
                let file = record.get(28..).filter(|_| is_file);
                let known = |file: &&[u8]| Format::of(file).is_some_and(Format::is_pixels);
                found.extend(file.filter(known).map(<[u8]>::to_vec));
            }
            _ => {}
        }
        at = at.checked_add(size as usize)?;
    }
    Some(found)
}

/// The bitmaps of a WMF without what may stand before it; `None` if it draws something itself.
fn windows(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    let mut at = usize::from(u16_at(bytes, 2)?) * 2;
    for _ in 0..MOST_RECORDS {
        let (Some(words), Some(kind)) = (u32_at(bytes, at), u16_at(bytes, at + 4)) else { break };
        let size = (words as usize).checked_mul(2)?;
        if size < 6 || kind == 0 {
            break;
        }
        let Some(record) = bytes.get(at..at.checked_add(size)?) else { break };
        let bitmap = match kind {
            0x0213 | 0x0324 | 0x0325 | 0x0418 | 0x041B | 0x0521 | 0x0538 | 0x061C | 0x0817
            | 0x081A | 0x0830 | 0x0A32 => return None,
            0x0F43 => record.get(28..),
            0x0B41 => record.get(26..),
            0x0940 => record.get(22..),
            0x0D33 => record.get(24..),
            _ => None,
        };
        found.extend(bitmap.and_then(of_packed));
        at += size;
    }
    Some(found)
}

/// A bitmap whose bits follow its head.
fn of_packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = u32_at(bytes, 0)?;
    if head < 40 {
        return None;
    }
    let (depth, compression, used) = (u16_at(bytes, 14)?, u32_at(bytes, 16)?, u32_at(bytes, 32)?);
    let masks = if compression == 3 && head == 40 { 12 } else { 0 };
    let colours = match used {
        0 if depth <= 8 => 1 << depth,
        used => used.min(256),
    };
    let end = (head + masks + 4 * colours) as usize;
    of_parts(bytes.get(..end)?, bytes.get(end..)?)
}
