//! What the bytes of a picture say before a pixel of it is read.

use serde::{Deserialize, Serialize};

use super::exif::{self, Private};
use super::{LONGEST_SIDE, MOST_BYTES, MOST_FRAMES, MOST_PIXELS, Unreadable, heif, svg};
use crate::base::format::Format;

/// A picture, as its file describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// What it is.
    pub format: Format,
    /// Its width and height in pixels, as they are stored; 0 if nothing is said.
    pub stored: (u32, u32),
    /// How it is to be turned: 1 to 8.
    pub orientation: u8,
    /// How many pictures follow each other.
    pub frames: u32,
    /// May it be transparent?
    pub alpha: bool,
    /// Has it a colour profile?
    pub profile: bool,
    /// Has it few colours, as drawings and screenshots have?
    pub drawing: bool,
    /// Are its colours inks?
    pub inks: Inks,
    /// What it says besides.
    pub private: Private,
    /// Where the picture ends; what follows is something else.
    pub end: u64,
}

/// Are the colours of a picture inks (CMYK)?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inks {
    /// No: red, green and blue, or grey.
    No,
    /// Yes.
    Yes,
    /// Yes, and as Adobe writes them: the less, the more.
    Inverted,
}

impl Header {
    /// Its size as it is shown.
    pub fn size(&self) -> (u32, u32) {
        let (width, height) = self.stored;
        if self.is_turned() { (height, width) } else { (width, height) }
    }

    /// Does its width become its height?
    pub fn is_turned(&self) -> bool {
        self.orientation >= 5
    }

    /// Can smaller copies be made of it?
    pub fn can_be_coded(&self) -> bool {
        use Format::{Bmp, Gif, Jpeg, Png, Tiff, Webp};
        // What moves stays as it is; of a scan with several pages the first is shown.
        matches!(self.format, Jpeg | Png | Gif | Webp | Bmp | Tiff)
            && (self.frames <= 1 || self.format == Tiff)
    }

    /// What the bytes of a picture say; `name` is its extension in lower case, which alone tells
    /// that a text is a drawing.
    pub fn read(bytes: &[u8], extension: &str) -> Result<Self, Unreadable> {
        if bytes.is_empty() {
            return Err(Unreadable::Empty);
        }
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Unreadable::TooManyBytes);
        }
        let format = Format::of(&bytes[..bytes.len().min(crate::base::format::HEAD)]);
        let header = match format {
            Some(Format::Jpeg) => jpeg(bytes)?,
            Some(Format::Png) => png(bytes)?,
            Some(Format::Gif) => gif(bytes)?,
            Some(Format::Webp) => webp(bytes)?,
            Some(Format::Bmp) => bmp(bytes)?,
            // What cameras call raw is TIFF, too, and what it shows is a thumbnail.
            Some(Format::Tiff) if matches!(extension, "dng" | "cr2" | "nef" | "arw" | "pef") => {
                return Err(Unreadable::NoPicture(format));
            }
            Some(Format::Tiff) => tiff(bytes)?,
            Some(format @ (Format::Avif | Format::Heic)) => heif(bytes, format)?,
            Some(Format::Ico) => Self::new(Format::Ico, (0, 0), bytes),
            Some(Format::Svg) => drawing(bytes)?,
            // Whatever the text is, browsers read it as a drawing.
            None | Some(Format::Html) if extension == "svg" => drawing(bytes)?,
            other => return Err(Unreadable::NoPicture(other)),
        };
        let (width, height) = header.stored;
        if !header.is_fit() {
            return Err(Unreadable::TooManyPixels(width, height));
        }
        if header.can_be_coded() && (width == 0 || height == 0) {
            return Err(Unreadable::Broken);
        }
        match header.frames > MOST_FRAMES {
            true => Err(Unreadable::TooManyFrames),
            false => Ok(header),
        }
    }

    /// Has it no more pixels than any picture may have? A drawing has any size: its numbers say nothing
    /// but its proportions.
    fn is_fit(&self) -> bool {
        let (width, height) = self.stored;
        self.format == Format::Svg
            || width.max(height) <= LONGEST_SIDE
                && u64::from(width) * u64::from(height) <= MOST_PIXELS
    }

    fn new(format: Format, stored: (u32, u32), bytes: &[u8]) -> Self {
        Self {
            format,
            stored,
            orientation: 1,
            frames: 1,
            alpha: false,
            profile: false,
            drawing: false,
            inks: Inks::No,
            private: Private::default(),
            end: bytes.len() as u64,
        }
    }
}

/// A whole number at `at`, its first byte the greatest; `None` beyond the end.
pub(super) fn big(bytes: &[u8], at: usize, size: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(size)?)?;
    Some(bytes.iter().fold(0, |value, byte| value << 8 | u32::from(*byte)))
}

/// A whole number at `at`, its first byte the smallest; `None` beyond the end.
fn little(bytes: &[u8], at: usize, size: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(size)?)?;
    Some(bytes.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte)))
}

/// A segment of a JPEG: its marker, and what it holds, without its length.
pub(super) struct Segment<'b> {
    /// The marker's second byte.
    pub marker: u8,
    /// Where the segment begins, with its marker.
    pub start: usize,
    /// What it holds.
    pub content: &'b [u8],
    /// Where the next begins.
    pub end: usize,
}

/// The segment of a JPEG at `at`; `None` where there is none.
pub(super) fn segment(bytes: &[u8], at: usize) -> Option<Segment<'_>> {
    let mut marker = at;
    if *bytes.get(marker)? != 0xFF {
        return None;
    }
    // Any number of these may stand before a marker.
    while *bytes.get(marker + 1)? == 0xFF {
        marker += 1;
    }
    let start = at;
    let name = bytes[marker + 1];
    if matches!(name, 0x01 | 0xD0..=0xD9) {
        return Some(Segment { marker: name, start, content: &[], end: marker + 2 });
    }
    let length = big(bytes, marker + 2, 2)? as usize;
    let content = bytes.get(marker + 4..(marker + 2).checked_add(length)?)?;
    Some(Segment { marker: name, start, content, end: marker + 2 + length })
}

/// Where the coded data that begins at `from` ends: at the next marker that is none of a restart.
pub(super) fn after_scan(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let found = memchr::memchr_iter(0xFF, rest).find(|&at| {
        rest.get(at + 1).is_some_and(|next| !matches!(next, 0x00 | 0xFF | 0xD0..=0xD7))
    });
    found.map(|at| from + at)
}

/// What begins the Exif of a JPEG.
const EXIF: &[u8] = b"Exif\0\0";

fn jpeg(bytes: &[u8]) -> Result<Header, Unreadable> {
    let mut header = Header::new(Format::Jpeg, (0, 0), bytes);
    let (mut components, mut progressive, mut adobe, mut scans) = (0, false, false, 0);
    let mut at = 2;
    let cut = || if scans_any(bytes) { Unreadable::Cut(None) } else { Unreadable::Broken };
    loop {
        let Segment { marker, content, end, .. } = segment(bytes, at).ok_or_else(cut)?;
        at = end;
        match marker {
            0xD9 => break,
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let number = |at, size| big(content, at, size).ok_or(Unreadable::Broken);
                header.stored = (number(3, 2)?, number(1, 2)?);
                components = number(5, 1)?;
                progressive = marker == 0xC2;
                let is_read = matches!(marker, 0xC0..=0xC2) && content[0] == 8;
                if !is_read || !matches!(components, 1 | 3 | 4) || !is_brightness_finest(content) {
                    return Err(Unreadable::Unknown);
                }
            }
            0xE1 if content.starts_with(EXIF) => {
                header.private.other = true;
                if let Some(found) = exif::entries(&content[EXIF.len()..]) {
                    header.orientation = found.orientation;
                    header.private.place |= found.place;
                }
            }
            0xE2 if content.starts_with(b"ICC_PROFILE\0") => header.profile = true,
            0xE0 if content.starts_with(b"JFIF\0") => {}
            0xEE if content.starts_with(b"Adobe") => adobe = true,
            0xE1 => {
                header.private.other = true;
                let has = |name: &[u8]| memchr::memmem::find(content, name).is_some();
                header.private.place |= has(b"GPSLatitude");
            }
            0xE0..=0xEF | 0xFE => header.private.other = true,
            0xDA => {
                if header.stored == (0, 0) {
                    return Err(Unreadable::Broken);
                }
                // The channels one after the other: zune-jpeg 0.5 makes all of that green.
                if !progressive && big(content, 0, 1) != Some(components) {
                    return Err(Unreadable::Unknown);
                }
                scans += 1;
                at = after_scan(bytes, at).ok_or(Unreadable::Cut(None))?;
            }
            _ => {}
        }
    }
    if scans == 0 {
        return Err(Unreadable::Broken);
    }
    if components == 4 {
        header.inks = if adobe { Inks::Inverted } else { Inks::Yes };
    }
    header.end = at as u64;
    // A film, or a second picture, as telephones put behind.
    header.private.other |= at < bytes.len();
    Ok(header)
}

/// Has no channel of a JPEG more points than the first, which is brightness? zune-jpeg 0.5 takes
/// that for granted, and makes wrong colours of others.
fn is_brightness_finest(frame: &[u8]) -> bool {
    let mut sides =
        frame.get(6..).unwrap_or_default().chunks_exact(3).map(|c| (c[1] >> 4, c[1] & 15));
    let first = sides.next().unwrap_or_default();
    sides.all(|(wide, high)| wide <= first.0 && high <= first.1)
}

/// Did a JPEG get so far as to its first scan?
fn scans_any(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(segment) = segment(bytes, at) {
        if segment.marker == 0xDA {
            return true;
        }
        at = segment.end;
    }
    // It ends in the middle of a segment.
    big(bytes, at, 1) == Some(0xFF)
}

/// A chunk of a PNG: its name, its content, and where the next begins.
pub(super) fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8], &[u8], usize)> {
    let length = big(bytes, at, 4)? as usize;
    let name = bytes.get(at + 4..at + 8)?;
    let end = (at + 8).checked_add(length)?;
    let content = bytes.get(at + 8..end)?;
    bytes.get(end..end.checked_add(4)?)?;
    Some((name, content, end + 4))
}

fn png(bytes: &[u8]) -> Result<Header, Unreadable> {
    let mut header = Header::new(Format::Png, (0, 0), bytes);
    let (mut at, mut data) = (8, 0);
    loop {
        let (name, content, next) = chunk(bytes, at).ok_or(Unreadable::Cut(None))?;
        if at == 8 && name != b"IHDR" {
            return Err(Unreadable::Broken);
        }
        at = next;
        match name {
            b"IHDR" => {
                let number = |at, size| big(content, at, size).ok_or(Unreadable::Broken);
                header.stored = (number(0, 4)?, number(4, 4)?);
                let kind = number(9, 1)?;
                header.alpha = matches!(kind, 4 | 6);
                header.drawing = kind == 3;
            }
            b"tRNS" => header.alpha = true,
            b"iCCP" => header.profile = true,
            b"acTL" => header.frames = big(content, 0, 4).unwrap_or(0).max(1),
            b"IDAT" => data += content.len() as u64,
            b"eXIf" => {
                header.private.other = true;
                if let Some(found) = exif::entries(content) {
                    header.orientation = found.orientation;
                    header.private.place |= found.place;
                }
            }
            b"IEND" => break,
            name => header.private.other |= !super::clean::is_shown_in_png(name),
        }
    }
    header.end = at as u64;
    header.private.other |= at < bytes.len();
    // Photographs take many bits a pixel without loss; flat colours take few.
    let pixels = u64::from(header.stored.0) * u64::from(header.stored.1);
    header.drawing |= data.saturating_mul(8) < pixels.saturating_mul(4);
    Ok(header)
}

fn gif(bytes: &[u8]) -> Result<Header, Unreadable> {
    let size = (little(bytes, 6, 2), little(bytes, 8, 2));
    let (Some(width), Some(height)) = size else { return Err(Unreadable::Cut(None)) };
    let mut header = Header::new(Format::Gif, (width, height), bytes);
    (header.drawing, header.frames) = (true, 0);
    let table = |flags: u32| if flags & 0x80 == 0 { 0 } else { 3usize << ((flags & 7) + 1) };
    let mut at = 13 + table(little(bytes, 10, 1).unwrap_or(0));
    loop {
        let Some(introducer) = bytes.get(at) else {
            // Many have no end, and all that is shown is there.
            if header.frames == 0 {
                return Err(Unreadable::Cut(None));
            }
            break;
        };
        match introducer {
            0x3B => {
                at += 1;
                break;
            }
            0x21 => {
                match bytes.get(at + 1) {
                    Some(0xF9) => header.alpha |= bytes.get(at + 3).is_some_and(|f| f & 1 == 1),
                    Some(0xFE) => header.private.other = true,
                    Some(0xFF) => {
                        let name = bytes.get(at + 3..);
                        header.private.other |= !name.is_some_and(super::clean::repeats_gif);
                    }
                    _ => {}
                }
                at = blocks(bytes, at + 2).ok_or(Unreadable::Cut(None))?;
            }
            0x2C => {
                header.frames += 1;
                if header.frames > MOST_FRAMES {
                    return Err(Unreadable::TooManyFrames);
                }
                let flags = little(bytes, at + 9, 1).ok_or(Unreadable::Cut(None))?;
                at = blocks(bytes, at + 11 + table(flags)).ok_or(Unreadable::Cut(None))?;
            }
            _ => return Err(Unreadable::Broken),
        }
    }
    header.end = at as u64;
    header.private.other |= at < bytes.len();
    Ok(header)
}

/// Where a row of sub-blocks ends.
pub(super) fn blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

/// A chunk of a WebP: its name, its content as far as it is there, and where the next begins.
pub(super) fn riff(bytes: &[u8], at: usize) -> Option<(&[u8], &[u8], usize)> {
    let name = bytes.get(at..at + 4)?;
    let length = little(bytes, at + 4, 4)? as usize;
    let end = (at + 8).checked_add(length)?;
    let content = bytes.get(at + 8..end)?;
    Some((name, content, end.checked_add(length & 1)?))
}

fn webp(bytes: &[u8]) -> Result<Header, Unreadable> {
    let whole = little(bytes, 4, 4).ok_or(Unreadable::Cut(None))? as u64 + 8;
    if let Some(share) = share(bytes, whole) {
        return Err(Unreadable::Cut(Some(share)));
    }
    let mut header = Header::new(Format::Webp, (0, 0), bytes);
    let (mut at, mut moving) = (12, 0);
    while at < whole as usize {
        let (name, content, next) = riff(bytes, at).ok_or(Unreadable::Broken)?;
        at = next;
        let number = |at, size| little(content, at, size).ok_or(Unreadable::Broken);
        match name {
            b"VP8X" => {
                // It may say that there is Exif or XMP.
                header.private.other |= number(0, 1)? & 0x0C != 0;
                header.stored = (number(4, 3)? + 1, number(7, 3)? + 1);
                header.alpha |= number(0, 1)? & 0x10 != 0;
            }
            b"VP8 " if header.stored == (0, 0) => {
                header.stored = (number(6, 2)? & 0x3FFF, number(8, 2)? & 0x3FFF);
            }
            b"VP8L" if header.stored == (0, 0) => {
                let bits = number(1, 4)?;
                header.stored = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
                header.alpha |= bits >> 28 & 1 == 1;
                header.drawing = true;
            }
            b"ICCP" => header.profile = true,
            b"ANMF" => moving += 1,
            b"EXIF" => {
                header.private.other = true;
                let content = content.strip_prefix(EXIF).unwrap_or(content);
                if let Some(found) = exif::entries(content) {
                    header.private.place |= found.place;
                }
            }
            name => header.private.other |= !super::clean::is_shown_in_webp(name),
        }
    }
    header.frames = moving.max(1);
    header.end = whole;
    header.private.other |= whole < bytes.len() as u64;
    Ok(header)
}

fn bmp(bytes: &[u8]) -> Result<Header, Unreadable> {
    let number = |at, size| little(bytes, at, size).ok_or(Unreadable::Cut(None));
    let size = match number(14, 4)? {
        12 => (number(18, 2)?, number(20, 2)?),
        // A picture that stands on its head has a negative height.
        _ => (number(18, 4)?, (number(22, 4)? as i32).unsigned_abs()),
    };
    let mut header = Header::new(Format::Bmp, size, bytes);
    let depth = number(28, 2).unwrap_or(0);
    header.drawing = depth <= 8;
    // Pixels that are not compressed tell how many bytes there are to be, each row a whole number of
    // four; where they do not, or the header does not know, what is said of the file counts.
    let row = (u64::from(size.0) * u64::from(depth)).div_ceil(32) * 4;
    let pixels = match number(14, 4)? {
        12 => 0,
        _ if matches!(number(30, 4)?, 0 | 3) => row.saturating_mul(u64::from(size.1)),
        _ => 0,
    };
    let start = u64::from(number(10, 4)?);
    let whole = if pixels > 0 { start.saturating_add(pixels) } else { u64::from(number(2, 4)?) };
    // Some programs write a size that is a little too large.
    match share(bytes, whole) {
        Some(share) if share < 98 && header.is_fit() => Err(Unreadable::Cut(Some(share))),
        _ => Ok(header),
    }
}

/// How many parts of a hundred are there of so many bytes; `None` if all of them are.
fn share(bytes: &[u8], whole: u64) -> Option<u8> {
    let there = bytes.len() as u64;
    (there < whole).then(|| (u128::from(there) * 100 / u128::from(whole)) as u8)
}

fn tiff(bytes: &[u8]) -> Result<Header, Unreadable> {
    // What cameras call raw has a mark of its own, or is told by its compression when it is read.
    let found = exif::entries(bytes).ok_or(Unreadable::NoPicture(Some(Format::Tiff)))?;
    let mut header = Header::new(Format::Tiff, found.size, bytes);
    match share(bytes, found.whole) {
        // Some programs write a length that is a little too large.
        Some(share) if share < 98 && header.is_fit() => {
            return Err(Unreadable::Cut(Some(share)));
        }
        _ => {}
    }
    header.orientation = found.orientation;
    header.frames = found.pages.max(1);
    (header.alpha, header.profile) = (found.alpha, found.profile);
    header.private = Private { place: found.place, other: found.other };
    Ok(header)
}

/// We cannot read it, and some browsers show it: its size, whether it is whole, and what it says besides.
fn heif(bytes: &[u8], format: Format) -> Result<Header, Unreadable> {
    let mut whole = 0_u64;
    while whole < bytes.len() as u64 {
        let at = whole as usize;
        let long = |from: usize| big(bytes, at + from, 4).map(u64::from);
        let name = bytes.get(at + 4..at + 8).unwrap_or_default();
        // What follows the last box is nothing of the picture.
        if name.is_empty() || !name.iter().all(u8::is_ascii_alphanumeric) {
            break;
        }
        let length = match long(0) {
            Some(1) => long(8).zip(long(12)).map(|(high, low)| high << 32 | low),
            length => length,
        };
        // The last may end where the file does.
        let Some(length) = length.filter(|&length| length > 0) else { break };
        whole = whole.saturating_add(length.max(8));
    }
    if let Some(share) = share(bytes, whole) {
        return Err(Unreadable::Cut(Some(share)));
    }
    let head = &bytes[..bytes.len().min(16 << 10)];
    let size = memchr::memmem::find_iter(head, b"ispe")
        .filter_map(|at| Some((big(head, at + 8, 4)?, big(head, at + 12, 4)?)));
    // Thumbnails and tiles are smaller.
    let size = size.max_by_key(|&(width, height)| u64::from(width) * u64::from(height));
    let mut header = Header::new(format, size.unwrap_or_default(), bytes);
    header.private = heif::private(bytes);
    if header.private.any() && heif::clean(bytes).is_none() {
        return Err(Unreadable::Private);
    }
    Ok(header)
}

fn drawing(bytes: &[u8]) -> Result<Header, Unreadable> {
    if !svg::is_markup(bytes) {
        return Err(Unreadable::NoPicture(None));
    }
    let drawing = svg::read(bytes).map_err(Unreadable::Harmful)?;
    let mut header = Header::new(Format::Svg, drawing.size.unwrap_or_default(), bytes);
    let embedded = super::clean::with_embedded_cleaned(&drawing.text);
    header.private.other = drawing.noted || embedded.is_none_or(|text| text != drawing.text);
    Ok(header)
}
