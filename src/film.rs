//! Films and sound as bytes: what a file is, how large and how long, and what in it says more
//! than it shows. Only the boxes around the pictures are read. Pure; whoever calls reads the file.

use serde::{Deserialize, Serialize};

/// What a file holds films or sound in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // Each is called by its name.
pub enum Container {
    Mp4,
    QuickTime,
    WebM,
    Mp3,
    Ogg,
    Wav,
    Avi,
    WindowsMedia,
    Flash,
    Matroska,
}

/// A film or a sound, as its file describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilmHeader {
    /// What it is held in.
    pub container: Container,
    /// Width and height in pixels; `None` for sound, or if nothing is said.
    pub size: Option<(u32, u32)>,
    /// How long it is, in seconds; 0 if nothing is said.
    pub seconds: u32,
    /// How many bytes the file has.
    pub bytes: u64,
    /// Are its pictures coded as HEVC, which many browsers cannot show?
    pub hevc: bool,
    /// Where in the file what nobody sees stands: places, names, cameras. Each is a whole box,
    /// element or chunk, as its container has them.
    pub notes: Vec<(u64, u64)>,
    /// Does it say where it was taken?
    pub place: bool,
}

/// Reads some bytes of a file from a place on: as many as there are, at most so many.
pub type ReadAt<'r> = dyn FnMut(u64, usize) -> Option<Vec<u8>> + 'r;

/// The largest description of a film that is read.
const LARGEST_MOOV: u64 = 64 << 20;

/// So many boxes are looked at, at most, on one level.
const MOST_BOXES: usize = 4096;

impl FilmHeader {
    /// Has it pictures, or sound alone?
    pub fn is_film(&self) -> bool {
        let is_sound = match self.container {
            Container::Mp3 | Container::Ogg | Container::Wav => true,
            Container::Mp4 => self.size.is_none(),
            _ => false,
        };
        !is_sound
    }

    /// Does every browser of these years play it?
    pub fn is_played(&self) -> bool {
        use Container::{Mp3, Mp4, Ogg, QuickTime, Wav, WebM};
        match self.container {
            Mp4 | WebM | Mp3 | Ogg | Wav => true,
            QuickTime => !self.hevc,
            _ => false,
        }
    }

    /// What a file of `bytes` bytes says; `None` if it is neither film nor sound.
    pub fn read(bytes: u64, at: &mut ReadAt<'_>) -> Option<Self> {
        let head = at(0, 64 << 10)?;
        let has =
            |from: usize, text: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(text));
        let container = match () {
            () if has(4, b"ftypqt") => Container::QuickTime,
            () if has(4, b"ftyp") => Container::Mp4,
            // Old cameras begin without saying what follows.
            () if has(4, b"moov") || has(4, b"wide") || has(4, b"mdat") => Container::QuickTime,
            () if has(0, &[0x1A, 0x45, 0xDF, 0xA3]) => {
                match memchr::memmem::find(&head[..head.len().min(256)], b"webm") {
                    Some(_) => Container::WebM,
                    None => Container::Matroska,
                }
            }
            () if has(0, b"OggS") => Container::Ogg,
            () if has(0, b"RIFF") && has(8, b"WAVE") => Container::Wav,
            () if has(0, b"RIFF") && has(8, b"AVI ") => Container::Avi,
            () if has(0, &[0x30, 0x26, 0xB2, 0x75]) => Container::WindowsMedia,
            () if has(0, b"FLV\x01") => Container::Flash,
            () if has(0, b"ID3") || is_mp3(&head) => Container::Mp3,
            () => return None,
        };
        let mut header = Self {
            container,
            size: None,
            seconds: 0,
            bytes,
            hevc: false,
            notes: Vec::new(),
            place: false,
        };
        match container {
            Container::Mp4 | Container::QuickTime => header.boxes(at),
            Container::WebM => {
                header.webm(&head);
                header.elements(at);
            }
            Container::Wav => header.chunks(at),
            Container::Mp3 => header.mp3(&head, at),
            _ => {}
        }
        Some(header)
    }

    /// The boxes of the outermost level.
    fn boxes(&mut self, at: &mut ReadAt<'_>) {
        let mut place = 0;
        for _ in 0..MOST_BOXES {
            let Some(head) = at(place, 16).filter(|head| head.len() >= 8) else { return };
            let Some((name, skip, length)) = box_head(&head, self.bytes - place) else { return };
            if name == *b"moov" && length <= LARGEST_MOOV {
                let Some(moov) = at(place, length as usize) else { return };
                self.inside(&moov, skip, place, 0);
            }
            if matches!(&name, b"uuid" | b"meta") {
                self.notes.push((place, length));
            }
            place += length;
            if length == 0 || place >= self.bytes {
                return;
            }
        }
    }

    /// The boxes inside of one, whose bytes stand at `place` of the file.
    fn inside(&mut self, bytes: &[u8], from: usize, place: u64, depth: usize) {
        let mut at = from;
        for _ in 0..MOST_BOXES {
            let Some(rest) = bytes.get(at..).filter(|rest| rest.len() >= 8) else { return };
            let Some((name, skip, length)) = box_head(rest, rest.len() as u64) else { return };
            let length = length as usize;
            let content = &rest[skip..length];
            let start = place + at as u64;
            match &name {
                b"trak" | b"mdia" | b"minf" | b"stbl" if depth < 8 => {
                    self.inside(&rest[..length], skip, start, depth + 1);
                }
                b"udta" | b"meta" | b"uuid" => {
                    let has = |text: &[u8]| memchr::memmem::find(content, text).is_some();
                    self.place |= has(b"\xA9xyz") || has(b"loci") || has(b"location.ISO6709");
                    self.notes.push((start, length as u64));
                }
                b"mvhd" => self.duration(content),
                b"tkhd" if content.len() >= 8 => {
                    let side = |at: usize| number(content, at, 4).unwrap_or(0) as u32 >> 16;
                    let size = (side(content.len() - 8), side(content.len() - 4));
                    // Some films are stored on their side.
                    let matrix = content.len().checked_sub(44);
                    let turned = matrix.and_then(|at| number(content, at, 4)) == Some(0);
                    let size = if turned { (size.1, size.0) } else { size };
                    if size.0 > 0 && size.1 > 0 {
                        self.size = self.size.max(Some(size));
                    }
                }
                b"stsd" => {
                    let has = |text: &[u8]| memchr::memmem::find(content, text).is_some();
                    self.hevc |= has(b"hvc1") || has(b"hev1");
                }
                _ => {}
            }
            at += length;
        }
    }

    fn duration(&mut self, mvhd: &[u8]) {
        let (scale, duration) = match mvhd.first() {
            Some(1) => (number(mvhd, 20, 4), number(mvhd, 24, 8)),
            _ => (number(mvhd, 12, 4), number(mvhd, 16, 4)),
        };
        if let (Some(scale), Some(duration)) = (scale.filter(|&scale| scale > 0), duration) {
            self.seconds = u32::try_from(duration.saturating_add(scale / 2) / scale).unwrap_or(0);
        }
    }

    /// What stands near the beginning, without a walk through all of EBML.
    fn webm(&mut self, head: &[u8]) {
        let value = |id: &[u8]| {
            let at = memchr::memmem::find(head, id)? + id.len();
            // How many bytes the length itself has is told by its first bit that is set.
            let long = head.get(at)?.leading_zeros() as usize + 1;
            let size = number(head, at, long.min(8))? & !(1 << (7 * long.min(8)));
            let from = at + long;
            head.get(from..from.checked_add(usize::try_from(size).ok()?)?)
        };
        let whole = |id: &[u8]| {
            let bytes = value(id).filter(|bytes| bytes.len() <= 8)?;
            Some(bytes.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte)))
        };
        // Their names are short, so they are looked for where tracks are described.
        let tracks = memchr::memmem::find(head, &[0x16, 0x54, 0xAE, 0x6B]).unwrap_or(head.len());
        let side = |id: u8| {
            let at = tracks + memchr::memmem::find(&head[tracks..], &[id, 0x82])?;
            number(head, at + 2, 2).and_then(|side| u32::try_from(side).ok()).filter(|&s| s > 0)
        };
        let scale = whole(&[0x2A, 0xD7, 0xB1]).unwrap_or(1_000_000);
        let duration = value(&[0x44, 0x89]).and_then(|bytes| match bytes.len() {
            4 => Some(f64::from(f32::from_be_bytes(bytes.try_into().ok()?))),
            8 => Some(f64::from_be_bytes(bytes.try_into().ok()?)),
            _ => None,
        });
        self.seconds = duration.map_or(0, |length| (length * scale as f64 / 1e9).round() as u32);
        self.size = side(0xB0).zip(side(0xBA));
    }

    /// What the elements of a WebM say besides: tags, attachments, and some of what describes it.
    fn elements(&mut self, at: &mut ReadAt<'_>) {
        let mut place = 0;
        for _ in 0..MOST_BOXES {
            let head = at(place, 12).unwrap_or_default();
            let Some((id, skip, length)) = element_head(&head) else { return };
            let Some(end) = length.and_then(|length| (place + skip).checked_add(length)) else {
                // Of a segment that was streamed nobody knows where it ends.
                match id {
                    SEGMENT => place += skip,
                    _ => return,
                }
                continue;
            };
            match id {
                SEGMENT => {
                    place += skip;
                    continue;
                }
                TAGS | ATTACHMENTS => {
                    let content = at(place, (end - place).min(1 << 20) as usize);
                    let has = |text: &[u8]| {
                        content.as_ref().is_some_and(|c| memchr::memmem::find(c, text).is_some())
                    };
                    self.place |= has(b"LOCATION") || has(b"GPS");
                    self.notes.push((place, end - place));
                }
                INFO if end - place <= LARGEST_MOOV => {
                    let content = at(place, (end - place) as usize).unwrap_or_default();
                    let mut inside = skip as usize;
                    while let Some((id, skip, Some(length))) =
                        content.get(inside..).and_then(element_head)
                    {
                        let from = inside.saturating_add(skip as usize);
                        let Some(end) = from.checked_add(length as usize) else { break };
                        let Some(value) = content.get(from..end) else { break };
                        let says = value.iter().any(|&byte| byte != 0);
                        if NOTED.contains(&id) && says {
                            self.notes.push((place + inside as u64, (end - inside) as u64));
                        }
                        inside = end;
                    }
                }
                _ => {}
            }
            place = end;
            if place >= self.bytes {
                return;
            }
        }
    }

    /// What the chunks of a WAV say besides.
    fn chunks(&mut self, at: &mut ReadAt<'_>) {
        let mut place = 12;
        for _ in 0..MOST_BOXES {
            let Some(head) = at(place, 8).filter(|head| head.len() == 8) else { return };
            let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
            if matches!(&head[..4], b"LIST" | b"bext" | b"iXML" | b"id3 " | b"_PMX") {
                self.notes.push((place, 8 + length));
            }
            place += 8 + length + (length & 1);
        }
    }

    fn mp3(&mut self, head: &[u8], at: &mut ReadAt<'_>) {
        let mut start = 0;
        if head.starts_with(b"ID3") && head.len() >= 10 {
            let size =
                head[6..10].iter().fold(0_u64, |size, byte| size << 7 | u64::from(byte & 0x7F));
            start = size + 10;
            self.notes.push((0, start.min(self.bytes)));
        }
        let Some(frame) = at(start, 4).filter(|frame| is_mp3(frame)) else { return };
        const RATES: [u32; 16] =
            [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
        let rate = RATES[usize::from(frame[2] >> 4)];
        if rate > 0 {
            let bits = self.bytes.saturating_sub(start) * 8;
            self.seconds = u32::try_from(bits / u64::from(rate) / 1000).unwrap_or(0);
        }
    }
}

fn is_mp3(head: &[u8]) -> bool {
    matches!(head, [0xFF, second, ..] if second & 0xE0 == 0xE0 && second & 0x06 == 0x02)
}

/// A whole number at `at`, its first byte the greatest; `None` beyond the end.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(size)?)?;
    Some(bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}

/// The name of a box, where its content begins, and its length; `None` if it goes beyond `room`.
fn box_head(head: &[u8], room: u64) -> Option<([u8; 4], usize, u64)> {
    let name = head.get(4..8)?.try_into().ok()?;
    let (skip, length) = match number(head, 0, 4)? {
        0 => (8, room),
        1 => (16, number(head, 8, 8)?),
        length => (8, length),
    };
    (length >= skip as u64 && length <= room).then_some((name, skip, length))
}

const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_A966;
const TAGS: u32 = 0x1254_C367;
const ATTACHMENTS: u32 = 0x1941_A469;
/// The programs that wrote a WebM: there they must be, and may be empty.
const PROGRAMS: [u32; 2] = [0x4D80, 0x5741];
/// What describes a WebM and is not shown: the programs, the time, the title, the file's name.
const NOTED: [u32; 5] = [PROGRAMS[0], PROGRAMS[1], 0x4461, 0x7BA9, 0x7384];

/// The id of an element of a WebM, where its content begins, and its length, if that is known.
fn element_head(head: &[u8]) -> Option<(u32, u64, Option<u64>)> {
    let id_size = head.first()?.leading_zeros() as usize + 1;
    let id = number(head, 0, id_size).filter(|_| id_size <= 4)? as u32;
    let size = head.get(id_size)?.leading_zeros() as usize + 1;
    let length = number(head, id_size, size).filter(|_| size <= 8)? & !(1 << (7 * size));
    let unknown = (1 << (7 * size)) - 1;
    let length = (length != unknown).then_some(length);
    Some((id, (id_size + size) as u64, length))
}

/// Empties an element of a WebM.
fn empty_element(whole: &mut [u8]) {
    let Some((id, skip, _)) = element_head(whole) else { return };
    if PROGRAMS.contains(&id) {
        return whole[skip as usize..].fill(0);
    }
    // Room that means nothing: an id of one byte, and a length of one byte or of eight.
    let length = whole.len();
    whole.fill(0);
    whole[0] = 0xEC;
    match length {
        0..9 => whole[1] = 0x80 | (length - 2) as u8,
        _ => {
            whole[1..9].copy_from_slice(&(length as u64 - 9).to_be_bytes());
            whole[1] = 1;
        }
    }
}

/// The same film without what nobody sees. Boxes become empty room, so that nothing else moves;
/// of a sound the notes before it go.
pub fn clean(mut bytes: Vec<u8>, header: &FilmHeader) -> Vec<u8> {
    if header.container == Container::Mp3 {
        let start = header.notes.first().map_or(0, |&(at, length)| (at + length) as usize);
        bytes.drain(..start.min(bytes.len()));
        // Notes of the first kind stand at the end.
        let end = bytes.len().saturating_sub(128);
        if bytes.get(end..).is_some_and(|tail| tail.starts_with(b"TAG")) {
            bytes.truncate(end);
        }
        return bytes;
    }
    for &(at, length) in &header.notes {
        let whole = (at as usize)
            .checked_add(length as usize)
            .and_then(|end| bytes.get_mut(at as usize..end));
        let Some(whole) = whole.filter(|whole| whole.len() >= 4) else { continue };
        if header.container == Container::WebM {
            empty_element(whole);
            continue;
        }
        if whole.len() < 8 {
            continue;
        }
        if header.container == Container::Wav {
            whole[..4].copy_from_slice(b"JUNK");
            whole[8..].fill(0);
            continue;
        }
        let long = whole[..4] == [0, 0, 0, 1];
        whole[4..8].copy_from_slice(b"free");
        if let Some(content) = whole.get_mut(if long { 16 } else { 8 }..) {
            content.fill(0);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::{Container, FilmHeader, clean};

    fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
        [&(content.len() as u32 + 8).to_be_bytes()[..], name, content].concat()
    }

    fn film(codec: &[u8; 4], brand: &[u8; 4]) -> Vec<u8> {
        let mut mvhd = vec![0; 100];
        mvhd[12..16].copy_from_slice(&600_u32.to_be_bytes());
        mvhd[16..20].copy_from_slice(&(600 * 83_u32).to_be_bytes());
        let mut tkhd = vec![0; 84];
        tkhd[40..44].copy_from_slice(&0x1_0000_u32.to_be_bytes());
        tkhd[76..80].copy_from_slice(&(1280_u32 << 16).to_be_bytes());
        tkhd[80..84].copy_from_slice(&(720_u32 << 16).to_be_bytes());
        let stbl = boxed(b"stbl", &boxed(b"stsd", &[&[0; 12], &codec[..]].concat()));
        let mdia = boxed(b"mdia", &boxed(b"minf", &stbl));
        let trak = boxed(b"trak", &[boxed(b"tkhd", &tkhd), mdia].concat());
        let udta = boxed(b"udta", &boxed(b"\xA9xyz", b"\0\x12\x15\xC7+30.2700+120.1500/"));
        let moov = boxed(b"moov", &[boxed(b"mvhd", &mvhd), trak, udta].concat());
        let ftyp = boxed(b"ftyp", &[&brand[..], &[0; 4]].concat());
        [ftyp, boxed(b"mdat", &[7; 300]), moov].concat()
    }

    fn read(bytes: &[u8]) -> Option<FilmHeader> {
        FilmHeader::read(bytes.len() as u64, &mut |at, length| {
            let rest = bytes.get(at as usize..)?;
            Some(rest[..length.min(rest.len())].to_vec())
        })
    }

    #[test]
    fn size_length_and_place() {
        let bytes = film(b"avc1", b"isom");
        let header = read(&bytes).unwrap();
        assert_eq!((header.size, header.seconds), (Some((1280, 720)), 83));
        assert!(header.place && header.is_played() && header.is_film());
        let cleaned = clean(bytes.clone(), &header);
        assert_eq!(cleaned.len(), bytes.len());
        assert!(memchr::memmem::find(&cleaned, b"+30.27").is_none());
        assert!(!read(&cleaned).unwrap().place && read(&cleaned).unwrap().notes.is_empty());
        let apple = read(&film(b"hvc1", b"qt  ")).unwrap();
        assert_eq!((apple.container, apple.is_played()), (Container::QuickTime, false));
    }

    #[test]
    fn what_browsers_do_not_play() {
        assert!(!read(b"RIFF\x10\0\0\0AVI LIST").unwrap().is_played());
        assert!(!read(&[0x30, 0x26, 0xB2, 0x75, 0]).unwrap().is_played());
        assert_eq!(read(b"no film"), None);
    }

    #[test]
    fn sound_without_its_notes() {
        let mut mp3 = b"ID3\x04\0\0\0\0\0\x05hello".to_vec();
        mp3.extend([0xFF, 0xFB, 0x90, 0]);
        mp3.extend([0; 16_000]);
        let header = read(&mp3).unwrap();
        assert_eq!(
            (header.container, header.seconds, header.is_film()),
            (Container::Mp3, 1, false)
        );
        assert!(clean(mp3, &header).starts_with(&[0xFF, 0xFB]));
    }

    fn webm() -> Vec<u8> {
        let element =
            |id: &[u8], content: &[u8]| [id, &[0x80 | content.len() as u8], content].concat();
        let info = [
            element(&[0x2A, 0xD7, 0xB1], &1_000_000_u32.to_be_bytes()),
            element(&[0x44, 0x61], &[9; 8]),
            element(&[0x57, 0x41], b"Phone 12"),
            element(&[0x44, 0x89], &3000_f32.to_be_bytes()),
        ];
        let info = element(&[0x15, 0x49, 0xA9, 0x66], &info.concat());
        let cluster = element(&[0x1F, 0x43, 0xB6, 0x75], &[7; 20]);
        let tags = element(&[0x12, 0x54, 0xC3, 0x67], b"LOCATION +31.23");
        let segment = [&[0x18, 0x53, 0x80, 0x67, 0x01][..], &[0xFF; 7], &info, &cluster, &tags];
        let head = element(&[0x1A, 0x45, 0xDF, 0xA3], &element(&[0x42, 0x82], b"webm"));
        [head, segment.concat()].concat()
    }

    #[test]
    fn a_webm_and_a_wav_without_their_notes() {
        let bytes = webm();
        let header = read(&bytes).unwrap();
        assert_eq!((header.container, header.seconds, header.place), (Container::WebM, 3, true));
        assert_eq!(header.notes.len(), 3);
        let cleaned = clean(bytes.clone(), &header);
        assert_eq!(cleaned.len(), bytes.len());
        let again = read(&cleaned).unwrap();
        assert!(again.notes.is_empty() && !again.place && again.seconds == 3, "{again:?}");
        assert!(memchr::memmem::find(&cleaned, b"+31").is_none());
        let wav = b"RIFF\x20\0\0\0WAVEdata\x02\0\0\0ab".to_vec();
        let wav = [&wav[..], b"LIST\x05\0\0\0Li Wu\0"].concat();
        let cleaned = clean(wav.clone(), &read(&wav).unwrap());
        assert!(read(&cleaned).unwrap().notes.is_empty());
        assert!(cleaned.starts_with(&wav[..22]) && memchr::memmem::find(&cleaned, b"Li").is_none());
    }

    #[test]
    fn cut_and_changed_anywhere() {
        for bytes in [film(b"avc1", b"isom"), webm()] {
            cut_and_changed(&bytes);
        }
    }

    fn cut_and_changed(bytes: &[u8]) {
        for at in 0..bytes.len() {
            let mut changed = bytes.to_vec();
            changed[at] ^= 0xFF;
            for some in [&bytes[..at], &changed] {
                if let Some(header) = read(some) {
                    clean(some.to_vec(), &header);
                }
            }
        }
    }
}
