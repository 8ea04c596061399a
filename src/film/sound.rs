//! Sound by itself: notes before it and behind, and how long it is.

use super::{FilmHeader, MOST_BOXES, ReadAt, number};

/// Where the sound begins: after the notes of the second kind, of which there may be several.
pub(super) fn after_notes(at: &mut ReadAt<'_>) -> u64 {
    let mut start = 0;
    for _ in 0..16 {
        let head = at(start, 10).unwrap_or_default();
        let Some(size) = head.get(6..10).filter(|_| head.starts_with(b"ID3")) else { break };
        let size = size.iter().fold(0_u64, |size, byte| size << 7 | u64::from(byte & 0x7F));
        // It may say at its end once more what it is.
        start += size + if head[5] & 0x10 == 0 { 10 } else { 20 };
    }
    start
}

pub(super) fn is_mp3(head: &[u8]) -> bool {
    matches!(head, [0xFF, second, ..] if second & 0xE0 == 0xE0 && second & 0x06 == 0x02)
}

pub(super) fn is_aac(head: &[u8]) -> bool {
    matches!(head, [0xFF, second, ..] if second & 0xF6 == 0xF0)
}

impl FilmHeader {
    /// Leaves out the notes that stand behind a sound, of all kinds that there are.
    pub(super) fn tail(&mut self, at: &mut ReadAt<'_>) {
        for _ in 0..16 {
            let (start, end) = self.kept;
            let back = |by: u64| end.checked_sub(by).filter(|&at| at >= start);
            let mut read =
                |by: u64| at(back(by)?, by as usize).filter(|some| some.len() as u64 == by);
            let length = match () {
                () if read(128).is_some_and(|tag| tag.starts_with(b"TAG")) => 128,
                () if read(227).is_some_and(|tag| tag.starts_with(b"TAG+")) => 227,
                () => {
                    let foot = read(32).unwrap_or_default();
                    let size = |at: usize| {
                        let size = foot.get(at..at + 4)?.iter().rev();
                        Some(size.fold(0, |size, byte| size << 8 | u64::from(*byte)))
                    };
                    match foot.get(22..32).unwrap_or_default() {
                        // Its size is without its head.
                        _ if foot.starts_with(b"APETAGEX") => {
                            let head = size(20).unwrap_or(0) >> 31 << 5;
                            size(12).unwrap_or(32).max(32) + head
                        }
                        [b'3', b'D', b'I', .., a, b, c, d] => {
                            let digits = [a, b, c, d];
                            digits
                                .iter()
                                .fold(20, |size, byte| size << 7 | u64::from(**byte & 0x7F))
                        }
                        _ if foot.ends_with(b"LYRICS200") => {
                            let size = std::str::from_utf8(&foot[17..23]).ok();
                            size.and_then(|size| size.parse::<u64>().ok()).unwrap_or(0) + 15
                        }
                        _ => return,
                    }
                }
            };
            self.kept.1 = back(length).unwrap_or(start);
        }
    }

    /// How long an MP3 is; these are its first bytes.
    pub(super) fn mp3(&mut self, head: &[u8]) {
        const FIRST: [u32; 16] =
            [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
        const SECOND: [u32; 16] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
        let Some(&[_, version, rates, channels]) =
            head.first_chunk::<4>().filter(|head| is_mp3(*head))
        else {
            return;
        };
        // Half as many samples a second, or a quarter.
        let (is_first, part) = match version >> 3 & 3 {
            3 => (true, 1),
            2 => (false, 2),
            0 => (false, 4),
            _ => return,
        };
        let rate = (if is_first { FIRST } else { SECOND })[usize::from(rates >> 4)];
        let Some(samples) = [44_100, 48_000, 32_000].get(usize::from(rates >> 2 & 3)) else {
            return;
        };
        let is_mono = channels >> 6 == 3;
        let beside = match (is_first, is_mono) {
            (true, false) => 32,
            (true, true) | (false, false) => 17,
            (false, true) => 9,
        };
        let xing = 4 + beside;
        let frames = match (head.get(xing..xing + 4), head.get(36..40)) {
            (Some(b"Xing" | b"Info"), _) if number(head, xing + 4, 4).unwrap_or(0) & 1 == 1 => {
                number(head, xing + 8, 4)
            }
            (_, Some(b"VBRI")) => number(head, 36 + 14, 4),
            _ => None,
        };
        let seconds = match frames.filter(|&frames| frames > 0) {
            Some(frames) => {
                let of_frame = if is_first { 1152 } else { 576 };
                let rate = samples / part;
                (frames * of_frame + rate / 2) / rate
            }
            None if rate > 0 => {
                let bits = self.kept.1.saturating_sub(self.kept.0) * 8;
                bits / u64::from(rate) / 1000
            }
            None => 0,
        };
        self.seconds = u32::try_from(seconds).unwrap_or(0);
    }

    /// What the blocks before a FLAC say, and how long it is.
    pub(super) fn flac(&mut self, at: &mut ReadAt<'_>) {
        let mut place = self.kept.0 + 4;
        for _ in 0..MOST_BOXES {
            let Some(head) = at(place, 26).filter(|head| head.len() >= 4) else { return };
            let length = number(&head, 1, 3).unwrap_or(0);
            match head[0] & 0x7F {
                0 => {
                    let rate = number(&head, 14, 3).unwrap_or(0) >> 4;
                    let samples = number(&head, 17, 5).unwrap_or(0) & 0xF_FFFF_FFFF;
                    self.seconds = samples.checked_div(rate).unwrap_or(0).try_into().unwrap_or(0);
                }
                // What programs keep there, the title and the artist, cue sheets, pictures.
                2 | 4 | 5 | 6 => {
                    let mut begin = head[..4].to_vec();
                    begin[0] = head[0] & 0x80 | 1;
                    self.note(place, 4 + length, &begin);
                }
                _ => {}
            }
            if head[0] & 0x80 != 0 {
                return;
            }
            place += 4 + length;
        }
    }
}
