//! Ogg: the comments, which are the second packet of each stream, become none. Packets may go over
//! several pages, and each page has a sum of its bytes, which is made anew.

use std::collections::BTreeMap;

use super::{FilmHeader, MOST_BOXES, ReadAt};

/// So many bytes at the beginning are looked at: what describes streams stands there.
const MOST: u64 = 16 << 20;

/// A page of the file.
struct Page {
    place: u64,
    bytes: Vec<u8>,
}

/// A stream, and the packet of it that is being read.
#[derive(Default)]
struct Stream {
    packets: usize,
    packet: Vec<u8>,
    /// Where its parts stand: the page, and the place in that.
    parts: Vec<(usize, usize, usize)>,
    kind: Option<Kind>,
}

/// Where comments begin, and whether a bit is set behind them.
#[derive(Clone, Copy)]
struct Kind {
    skip: usize,
    is_framed: bool,
}

impl Kind {
    /// The kind of a stream, by its first packet.
    fn of(first: &[u8]) -> Option<Self> {
        let (skip, is_framed) = match () {
            () if first.starts_with(b"\x01vorbis") => (7, true),
            () if first.starts_with(b"OpusHead") => (8, false),
            () if first.starts_with(b"\x80theora") => (7, false),
            () if first.starts_with(b"Speex   ") => (0, false),
            () if first.starts_with(b"\x7FFLAC") => (4, false),
            () => return None,
        };
        Some(Self { skip, is_framed })
    }

    /// Comments of the same length that say nothing; `None` if there is nothing to be changed.
    fn emptied(self, packet: &[u8]) -> Option<Vec<u8>> {
        let number =
            |at: usize| Some(u32::from_le_bytes(*packet.get(at..)?.first_chunk()?) as usize);
        let count = number(self.skip)?.checked_add(self.skip + 4)?;
        let rest = packet.get(count.checked_add(4)?..)?;
        if number(count)? == 0 || self.is_framed && rest.is_empty() {
            return None;
        }
        let mut emptied = packet.to_vec();
        emptied[count..].fill(0);
        if self.is_framed {
            emptied[count + 4] = 1;
        }
        Some(emptied)
    }
}

impl FilmHeader {
    pub(super) fn ogg(&mut self, at: &mut ReadAt<'_>) {
        let mut streams: BTreeMap<[u8; 4], Stream> = BTreeMap::new();
        let mut pages: Vec<Page> = Vec::new();
        let mut changed: Vec<usize> = Vec::new();
        let mut place = 0;
        for _ in 0..MOST_BOXES {
            let Some(page) = page(place, at).filter(|_| place < MOST) else { break };
            place += page.bytes.len() as u64;
            let serial = *page.bytes[14..].first_chunk().unwrap_or(&[0; 4]);
            let stream = streams.entry(serial).or_default();
            let count = usize::from(page.bytes[26]);
            let (mut from, lacing) = (27 + count, page.bytes[27..27 + count].to_vec());
            pages.push(page);
            for length in lacing {
                let number = pages.len() - 1;
                let end = from + usize::from(length);
                stream.packet.extend_from_slice(&pages[number].bytes[from..end]);
                stream.parts.push((number, from, end));
                from = end;
                if length == 255 {
                    continue;
                }
                stream.packets += 1;
                let packet = std::mem::take(&mut stream.packet);
                let parts = std::mem::take(&mut stream.parts);
                match stream.packets {
                    1 => {
                        stream.kind = Kind::of(&packet);
                        match packet.first_chunk() {
                            Some(b"\x80theora") => self.video = Some(*b"theo"),
                            Some(b"Speex  ") => self.sound = Some(*b"spex"),
                            _ => {}
                        }
                    }
                    2 => {
                        let has = |text: &[u8]| memchr::memmem::find(&packet, text).is_some();
                        self.place |= has(b"LOCATION=") || has(b"GEO_");
                        let emptied = stream.kind.and_then(|kind| kind.emptied(&packet));
                        let mut rest = emptied.as_deref().unwrap_or_default();
                        for (number, from, end) in parts {
                            let Some((part, after)) = rest.split_at_checked(end - from) else {
                                break;
                            };
                            pages[number].bytes[from..end].copy_from_slice(part);
                            changed.push(number);
                            rest = after;
                        }
                    }
                    _ => {}
                }
            }
            if streams.values().all(|stream| stream.packets > 2) {
                break;
            }
            // What is not read of any more need not be held.
            if streams.values().all(|stream| stream.parts.is_empty()) && changed.is_empty() {
                pages.iter_mut().for_each(|page| page.bytes.truncate(27));
            }
        }
        changed.dedup();
        for number in changed {
            let Page { place, bytes } = &mut pages[number];
            bytes[22..26].fill(0);
            let sum = sum(bytes);
            bytes[22..26].copy_from_slice(&sum.to_le_bytes());
            self.note(*place, bytes.len() as u64, bytes);
        }
    }
}

fn page(place: u64, at: &mut ReadAt<'_>) -> Option<Page> {
    let head = at(place, 27 + 255).filter(|head| head.len() >= 27 && head.starts_with(b"OggS"))?;
    let count = usize::from(head[26]);
    let lacing = head.get(27..27 + count)?;
    let length = 27 + count + lacing.iter().map(|&length| usize::from(length)).sum::<usize>();
    let bytes = at(place, length).filter(|bytes| bytes.len() == length)?;
    Some(Page { place, bytes })
}

/// The sum of a page (RFC 3533): CRC-32 with the greatest bit first.
fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte) << 24, |sum, _| match sum >> 31 {
            0 => sum << 1,
            _ => sum << 1 ^ 0x04C1_1DB7,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::sum;

    #[test]
    fn the_sum_of_a_page() {
        // “123456789”, as CRC-32/POSIX without its length and the last turn.
        assert_eq!(sum(b"123456789"), 0x89A1_897F);
    }
}
