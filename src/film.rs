//! Films and sound as bytes: what a file is, how large and how long, and what in it says more
//! than it shows. Only the boxes around the pictures are read. Pure; whoever calls reads the file.

pub mod kinds;
mod ogg;
mod sound;

use serde::{Deserialize, Serialize};

use crate::base::content::Patch;

/// What a file holds films or sound in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // Each is called by its name.
pub enum Container {
    Mp4,
    QuickTime,
    WebM,
    Mp3,
    Aac,
    Flac,
    Ogg,
    Wav,
    Avi,
    WindowsMedia,
    Flash,
    Matroska,
    Transport,
    Mpeg,
    Real,
    Amr,
    Ape,
    Aiff,
    Caf,
    Midi,
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
    /// How its pictures are coded, and its sound, as an MP4 or QuickTime film calls that.
    pub video: Option<[u8; 4]>,
    /// See there.
    pub sound: Option<[u8; 4]>,
    /// Is nothing missing, as far as an MP4 or QuickTime film tells?
    pub whole: bool,
    /// From where to where the film goes; before and after it are notes.
    pub kept: (u64, u64),
    /// What is written over what nobody sees: places, names, cameras. Each is a whole box, element
    /// or chunk, or a part of one, and becomes empty room, so that nothing else moves.
    pub notes: Vec<Patch>,
    /// Does it say where it was taken?
    pub place: bool,
}

/// Reads some bytes of a file from a place on: as many as there are, at most so many.
pub type ReadAt<'r> = dyn FnMut(u64, usize) -> Option<Vec<u8>> + 'r;

/// The largest description of a film that is read.
const LARGEST_MOOV: u64 = 64 << 20;

/// So many boxes are looked at, at most, on one level.
const MOST_BOXES: usize = 4096;

/// The outermost boxes of a film that are needed to play it, or are empty room. What is in others
/// only the programs know that made it.
const KNOWN: [&[u8; 4]; 14] = [
    b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"mfra", b"sidx", b"ssix", b"pdin", b"prft",
    b"emsg", b"wide", b"free", b"skip",
];

/// What says in a WMV that a stream has pictures (ASF 10.4).
const PICTURES_OF_WINDOWS: [u8; 16] = [
    0xC0, 0xEF, 0x19, 0xBC, 0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44, 0x2B,
];

/// What the boxes are in that are being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Track {
    Unknown,
    Pictures,
    Sound,
    Other,
}

impl FilmHeader {
    /// Is there anything that nobody sees?
    pub fn has_notes(&self) -> bool {
        !self.notes.is_empty() || self.kept != (0, self.bytes)
    }

    /// What a file of `bytes` bytes says; `None` if it is neither film nor sound.
    pub fn read(bytes: u64, at: &mut ReadAt<'_>) -> Option<Self> {
        // What programs note may stand before any kind of sound.
        let start = sound::after_notes(at);
        let head = at(start, 64 << 10)?;
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
            () if has(0, b"fLaC") => Container::Flac,
            () if has(0, b"RIFF") && has(8, b"WAVE") => Container::Wav,
            () if has(0, b"RIFF") && has(8, b"AVI ") => Container::Avi,
            () if has(0, &[0x30, 0x26, 0xB2, 0x75]) => Container::WindowsMedia,
            () if has(0, b"FLV\x01") => Container::Flash,
            // Packets of a broadcast, also with the time before each, as cameras write them.
            () if has(0, b"G") && has(188, b"G") && has(376, b"G")
                || has(4, b"G") && has(196, b"G") && has(388, b"G") =>
            {
                Container::Transport
            }
            () if has(0, &[0, 0, 1, 0xBA]) || has(0, &[0, 0, 1, 0xB3]) => Container::Mpeg,
            () if has(0, b".RMF") || has(0, b".ra\xFD") => Container::Real,
            () if has(0, b"#!AMR") => Container::Amr,
            () if has(0, b"MAC ") => Container::Ape,
            () if has(0, b"FORM") && has(8, b"AIF") => Container::Aiff,
            () if has(0, b"caff") => Container::Caf,
            () if has(0, b"MThd") => Container::Midi,
            () if sound::is_aac(&head) => Container::Aac,
            () if start > 0 || sound::is_mp3(&head) => Container::Mp3,
            () => return None,
        };
        let mut header = Self {
            container,
            size: None,
            seconds: 0,
            bytes,
            video: None,
            sound: None,
            whole: true,
            kept: (start.min(bytes), bytes),
            notes: Vec::new(),
            place: false,
        };
        match container {
            Container::Mp4 | Container::QuickTime => header.boxes(at),
            Container::WebM | Container::Matroska => {
                header.webm(&head);
                header.elements(at);
            }
            Container::Wav | Container::Avi => header.chunks(at),
            Container::Mp3 => {
                header.tail(at);
                header.mp3(&head);
            }
            Container::Aac | Container::Ape => header.tail(at),
            Container::Flac => {
                header.tail(at);
                header.flac(at);
            }
            Container::Ogg => header.ogg(at),
            Container::WindowsMedia => {
                let shows = memchr::memmem::find(&head, &PICTURES_OF_WINDOWS).is_some();
                header.video = shows.then_some(*b"WMV ");
                header.objects(at);
            }
            Container::Flash => header.tags(at),
            Container::Transport
            | Container::Mpeg
            | Container::Real
            | Container::Amr
            | Container::Aiff
            | Container::Caf
            | Container::Midi => {}
        }
        Some(header)
    }

    /// What is in a file from `at` on becomes these bytes, and then zeros.
    fn note(&mut self, at: u64, length: u64, begin: &[u8]) {
        self.notes.push(Patch { at, length, begin: begin.to_vec() });
    }

    /// A box becomes empty room.
    fn free(&mut self, start: u64, skip: usize, length: u64) {
        match skip {
            8 => self.note(start + 4, length - 4, b"free"),
            _ => self.note(start + 4, length - 4, &[b"free", &length.to_be_bytes()[..]].concat()),
        }
    }

    /// The boxes of the outermost level.
    fn boxes(&mut self, at: &mut ReadAt<'_>) {
        // Are there pictures or sounds, and what says how they are to be read?
        let (mut place, mut is_filled, mut is_described) = (0, false, false);
        for _ in 0..MOST_BOXES {
            if place >= self.bytes {
                break;
            }
            let head = at(place, 16).unwrap_or_default();
            let Some((name, skip, length)) = box_head(&head, self.bytes - place) else {
                match head.get(4..8) {
                    Some(b"mdat" | b"moov") => self.whole = false,
                    // Telephones put notes of their own behind.
                    name if is_described
                        && !name.is_some_and(|name| KNOWN.iter().any(|known| *known == name)) =>
                    {
                        self.kept.1 = place
                    }
                    _ => {}
                }
                break;
            };
            match &name {
                b"mdat" => is_filled = true,
                b"moov" => {
                    is_described = true;
                    if length <= LARGEST_MOOV
                        && let Some(moov) = at(place, length as usize)
                    {
                        self.inside(&moov, skip, place, &mut Track::Unknown, 0);
                    }
                }
                name if !KNOWN.contains(&name) => self.free(place, skip, length),
                b"free" | b"skip" => {
                    let some = at(place + skip as u64, (length as usize - skip).min(1 << 20));
                    if some.unwrap_or_default().iter().any(|&byte| byte != 0) {
                        self.note(place + skip as u64, length - skip as u64, &[]);
                    }
                }
                _ => {}
            }
            place += length;
        }
        self.whole &= is_described || !is_filled;
    }

    /// The boxes inside of one, whose bytes stand at `place` of the file.
    fn inside(&mut self, bytes: &[u8], from: usize, place: u64, track: &mut Track, depth: usize) {
        let mut at = from;
        for _ in 0..MOST_BOXES {
            let Some(rest) = bytes.get(at..).filter(|rest| rest.len() >= 8) else { return };
            let Some((name, skip, length)) = box_head(rest, rest.len() as u64) else { return };
            let content = &rest[skip..length as usize];
            let (start, inner) = (place + at as u64, place + (at + skip) as u64);
            let says = |from: usize| content.get(from..).is_some_and(|c| c.iter().any(|&b| b != 0));
            match &name {
                b"trak" | b"mdia" | b"minf" | b"stbl" | b"dinf" if depth < 8 => {
                    if name == *b"trak" {
                        *track = Track::Unknown;
                    }
                    self.inside(&rest[..length as usize], skip, start, track, depth + 1);
                }
                b"udta" | b"meta" | b"uuid" => {
                    let has = |text: &[u8]| memchr::memmem::find(content, text).is_some();
                    self.place |= has(b"\xA9xyz") || has(b"loci") || has(b"location.ISO6709");
                    self.free(start, skip, length);
                }
                b"free" | b"skip" if says(0) => self.note(inner, content.len() as u64, &[]),
                b"mvhd" | b"tkhd" | b"mdhd" => {
                    // When it was made, and changed.
                    let times = if content.first() == Some(&1) { 16 } else { 8 };
                    if content.get(4..4 + times).is_some_and(|times| times.iter().any(|&b| b != 0))
                    {
                        self.note(inner + 4, times as u64, &[]);
                    }
                    match &name {
                        b"mvhd" => self.duration(content),
                        // What has a size is seen.
                        b"tkhd" if self.dimensions(content) => *track = Track::Pictures,
                        _ => {}
                    }
                }
                // Who handles it is called by the program.
                b"hdlr" if says(24) => self.note(inner + 24, content.len() as u64 - 24, &[]),
                // The path of the file on the machine where it was made.
                b"dref" if says(20) => self.note(inner + 20, content.len() as u64 - 20, &[]),
                b"vmhd" => *track = Track::Pictures,
                b"smhd" => *track = Track::Sound,
                b"nmhd" | b"gmhd" | b"hmhd" | b"sthd" => *track = Track::Other,
                b"stsd" => self.coding(content, inner, *track),
                _ => {}
            }
            at += length as usize;
        }
    }

    /// How a track is coded, by the first of its descriptions.
    fn coding(&mut self, stsd: &[u8], place: u64, track: Track) {
        let Some(coding) = stsd.get(12..16).and_then(|name| <[u8; 4]>::try_from(name).ok()) else {
            return;
        };
        let is_picture = kinds::is_of_pictures(coding);
        match track {
            Track::Pictures => self.video = self.video.or(Some(coding)),
            Track::Unknown if is_picture => self.video = self.video.or(Some(coding)),
            Track::Sound => self.sound = self.sound.or(Some(coding)),
            _ => {}
        }
        // The name of the program that coded it, in a room of 32 bytes.
        let name = stsd.get(8 + 50..8 + 82).filter(|_| number(stsd, 8, 4) >= Some(86));
        if self.video == Some(coding) && name.is_some_and(|name| name.iter().any(|&b| b != 0)) {
            self.note(place + 58, 32, &[]);
        }
    }

    fn dimensions(&mut self, tkhd: &[u8]) -> bool {
        let Some(end) = tkhd.len().checked_sub(8) else { return false };
        let side = |at: usize| number(tkhd, at, 4).unwrap_or(0) as u32 >> 16;
        let size = (side(end), side(end + 4));
        // Some films are stored on their side.
        let matrix = tkhd.len().checked_sub(44);
        let turned = matrix.and_then(|at| number(tkhd, at, 4)) == Some(0);
        let size = if turned { (size.1, size.0) } else { size };
        let is_seen = size.0 > 0 && size.1 > 0;
        if is_seen {
            self.size = self.size.max(Some(size));
        }
        is_seen
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
                    self.empty_element(place, &head, end - place);
                }
                INFO | TRACKS if end - place <= LARGEST_MOOV => {
                    let content = at(place, (end - place) as usize).unwrap_or_default();
                    self.described(&content, skip as usize, place, 0);
                }
                _ => {}
            }
            place = end;
            if place >= self.bytes {
                return;
            }
        }
    }

    /// What describes a WebM or its tracks, whose bytes stand at `place`; was there anything to be
    /// noted?
    fn described(&mut self, content: &[u8], from: usize, place: u64, depth: usize) -> bool {
        let (mut inside, mut sum, mut found) = (from, None, false);
        while let Some(rest) = content.get(inside..)
            && let Some((id, skip, Some(length))) = element_head(rest)
        {
            let from = inside.saturating_add(skip as usize);
            let Some(end) = from.checked_add(length as usize) else { break };
            let Some(value) = content.get(from..end) else { break };
            let (start, length) = (place + inside as u64, (end - inside) as u64);
            match id {
                SUM => sum = Some((start, length)),
                TRACK if depth == 0 => found |= self.described(&content[..end], from, place, 1),
                _ if NOTED.contains(&id) && value.iter().any(|&byte| byte != 0) => {
                    self.empty_element(start, rest, length);
                    found = true;
                }
                _ => {}
            }
            inside = end;
        }
        // It would no longer be the right one.
        if let Some((start, length)) = sum.filter(|_| found) {
            self.empty_element(start, &[], length);
        }
        found
    }

    /// Empties an element of a WebM, whose first bytes these are.
    fn empty_element(&mut self, start: u64, head: &[u8], length: u64) {
        match element_head(head) {
            Some((id, skip, _)) if PROGRAMS.contains(&id) => {
                self.note(start + skip, length - skip, &[]);
            }
            // Room that means nothing: an id of one byte, and a length of one byte or of eight.
            _ if length < 9 => self.note(start, length, &[0xEC, 0x80 | (length.max(2) - 2) as u8]),
            _ => {
                let mut begin = [[0xEC].as_slice(), &(length - 9).to_be_bytes()].concat();
                begin[1] = 1;
                self.note(start, length, &begin);
            }
        }
    }

    /// What the chunks of a WAV or an AVI say besides.
    fn chunks(&mut self, at: &mut ReadAt<'_>) {
        let is_film = self.container == Container::Avi;
        let mut place = 12;
        for _ in 0..MOST_BOXES {
            let Some(head) = at(place, 12).filter(|head| head.len() >= 8) else { return };
            let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
            let is_noted = match (&head[..4], head.get(8..).unwrap_or_default()) {
                // What is in these is looked at, too.
                (b"LIST" | b"RIFF", b"hdrl" | b"strl" | b"AVIX") => {
                    place += 12;
                    continue;
                }
                (b"LIST", kind) => !is_film || kind == b"INFO",
                (b"bext" | b"iXML" | b"id3 " | b"_PMX" | b"IDIT" | b"ISMP" | b"strn", _) => true,
                (b"JUNK", _) => {
                    let some = at(place + 8, length.min(64 << 10) as usize).unwrap_or_default();
                    some.iter().any(|&byte| byte != 0)
                }
                _ => false,
            };
            if is_noted {
                let whole = (8 + length).min(self.bytes.saturating_sub(place));
                self.note(place, whole, &[b"JUNK", &head[4..8]].concat());
            }
            place += 8 + length + (length & 1);
        }
    }

    /// What the objects of a WMV or WMA say besides.
    fn objects(&mut self, at: &mut ReadAt<'_>) {
        /// Title, author and the like, in four kinds of objects (ASF 3.10 to 3.12, 4.7, 4.8).
        const NOTED: [[u8; 4]; 4] = [
            0x75B2_2633_u32.to_le_bytes(),
            0xD2D0_A440_u32.to_le_bytes(),
            0xC5F8_CBEA_u32.to_le_bytes(),
            0x4423_1C94_u32.to_le_bytes(),
        ];
        const EXTENSION: [u8; 4] = 0x5FBF_03B5_u32.to_le_bytes();
        const PROPERTIES: [u8; 4] = 0x8CAB_DCA1_u32.to_le_bytes();
        const PADDING: [u8; 16] = [
            0x74, 0xD4, 0x06, 0x18, 0xDF, 0xCA, 0x09, 0x45, 0xA4, 0xBA, 0x9A, 0xAB, 0xCB, 0x96,
            0xAA, 0xE8,
        ];
        let mut place = 30;
        for _ in 0..MOST_BOXES {
            let Some(head) = at(place, 56).filter(|head| head.len() >= 24) else { return };
            let length =
                head[16..24].iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte));
            let kind = <[u8; 4]>::try_from(&head[..4]).unwrap_or_default();
            if length < 24 || length > self.bytes.saturating_sub(place) {
                return;
            }
            match kind {
                EXTENSION => {
                    place += 46;
                    continue;
                }
                // When it was made.
                PROPERTIES if head.get(48..56).is_some_and(|time| time.iter().any(|&b| b != 0)) => {
                    self.note(place + 48, 8, &[]);
                }
                kind if NOTED.contains(&kind) => {
                    let begin = [&PADDING[..], &head[16..24]].concat();
                    self.note(place, length, &begin);
                }
                _ => {}
            }
            place += length;
        }
    }

    /// What the first tags of an FLV say besides.
    fn tags(&mut self, at: &mut ReadAt<'_>) {
        /// A list of notes without any.
        const NONE: &[u8] = b"\x02\0\x0AonMetaData\x08\0\0\0\0\0\0\x09";
        let mut place = 13;
        for _ in 0..16 {
            let Some(head) = at(place, 11 + NONE.len()).filter(|head| head.len() >= 11) else {
                return;
            };
            let length = number(&head, 1, 3).unwrap_or(0);
            if head[0] == 18 && length >= NONE.len() as u64 && head.get(11..) != Some(NONE) {
                self.note(place + 11, length, NONE);
            }
            place += 15 + length;
        }
    }
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
const TRACKS: u32 = 0x1654_AE6B;
const TRACK: u32 = 0xAE;
const SUM: u32 = 0xBF;
const TAGS: u32 = 0x1254_C367;
const ATTACHMENTS: u32 = 0x1941_A469;
/// The programs that wrote a WebM: there they must be, and may be empty.
const PROGRAMS: [u32; 2] = [0x4D80, 0x5741];
/// What describes a WebM and is not shown: the programs, the time, the title, the file's name, and
/// what a track and its coding are called.
const NOTED: [u32; 7] = [PROGRAMS[0], PROGRAMS[1], 0x4461, 0x7BA9, 0x7384, 0x536E, 0x0025_8688];

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

/// The same film without what nobody sees.
pub fn clean(mut bytes: Vec<u8>, header: &FilmHeader) -> Vec<u8> {
    for patch in &header.notes {
        patch.over(0, &mut bytes);
    }
    bytes.truncate(usize::try_from(header.kept.1).unwrap_or(usize::MAX));
    bytes.drain(..bytes.len().min(header.kept.0 as usize));
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
        assert!(header.place && header.is_played() && header.is_film() && header.whole);
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
