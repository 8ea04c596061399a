//! A picture as large as it is, its pixels untouched, without anything that is not seen: Exif,
//! XMP, IPTC, thumbnails, comments, what cameras and programs note, and whatever stands after
//! the picture.

use data_encoding::{BASE64, BASE64_NOPAD};

use super::header::{blocks, chunk, riff, segment};
use super::{Header, exif, heif, svg};
use crate::base::format::Format;

/// The copy; `None` if the picture must be coded anew: because it is to be turned, or because
/// this cannot be done to its format.
pub fn copy(bytes: &[u8], header: &Header) -> Option<Vec<u8>> {
    let bytes = bytes.get(..header.end as usize)?;
    match header.format {
        // What turns it is part of what goes.
        Format::Jpeg if header.orientation == 1 => jpeg(bytes, 1),
        Format::Png if header.orientation == 1 => png(bytes),
        Format::Gif => gif(bytes),
        Format::Webp => webp(bytes),
        Format::Svg => drawing(bytes),
        Format::Tiff => exif::clean(bytes),
        Format::Avif | Format::Heic => heif::clean(bytes),
        Format::Bmp | Format::Ico => Some(bytes.to_vec()),
        _ => None,
    }
}

/// With Exif that says how it is turned, and nothing else, if it is.
fn jpeg(bytes: &[u8], orientation: u8) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(bytes.get(..2)?);
    if orientation != 1 {
        out.extend_from_slice(
            b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0",
        );
        out.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    }
    let mut at = 2;
    loop {
        let part = segment(bytes, at)?;
        let whole = &bytes[part.start..part.end];
        match part.marker {
            // With room for a thumbnail, which is left out.
            0xE0 if part.content.starts_with(b"JFIF\0") && part.content.len() >= 14 => {
                out.extend_from_slice(&[0xFF, 0xE0, 0, 16]);
                out.extend_from_slice(&part.content[..12]);
                out.extend_from_slice(&[0, 0]);
            }
            0xE2 if part.content.starts_with(b"ICC_PROFILE\0") => out.extend_from_slice(whole),
            0xEE if part.content.starts_with(b"Adobe") => out.extend_from_slice(whole),
            0xE0..=0xEF | 0xFE => {}
            _ => out.extend_from_slice(whole),
        }
        at = part.end;
        match part.marker {
            0xD9 => return Some(out),
            0xDA => {
                let end = super::header::after_scan(bytes, at)?;
                out.extend_from_slice(&bytes[at..end]);
                at = end;
            }
            _ => {}
        }
    }
}

/// Is a chunk of a PNG needed to show it? A name that begins with a capital letter is one without
/// which nothing can be shown.
pub(super) fn is_shown_in_png(name: &[u8]) -> bool {
    const KEPT: [&[u8]; 12] = [
        b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs", b"bKGD", b"acTL",
        b"fcTL", b"fdAT",
    ];
    name.first().is_some_and(u8::is_ascii_uppercase) || KEPT.contains(&name)
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    while at < bytes.len() {
        let (name, _, next) = chunk(bytes, at)?;
        if is_shown_in_png(name) {
            out.extend_from_slice(&bytes[at..next]);
        }
        at = next;
    }
    Some(out)
}

/// Is it an extension of a GIF that says how often it is shown?
pub(super) fn repeats_gif(name: &[u8]) -> bool {
    name.starts_with(b"NETSCAPE2.0") || name.starts_with(b"ANIMEXTS1.0")
}

fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3usize << ((flags & 7) + 1) };
    let mut at = 13 + table(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    while let Some(introducer) = bytes.get(at) {
        let end = match introducer {
            0x3B => at + 1,
            0x21 => blocks(bytes, at + 2)?,
            _ => blocks(bytes, at + 11 + table(*bytes.get(at + 9)?))?,
        };
        let is_seen = match (introducer, bytes.get(at + 1)) {
            (0x21, Some(0xFE)) => false,
            (0x21, Some(0xFF)) => bytes.get(at + 3..).is_some_and(repeats_gif),
            _ => true,
        };
        if is_seen {
            out.extend_from_slice(&bytes[at..end]);
        }
        at = end;
    }
    Some(out)
}

/// Is a chunk of a WebP needed to show it?
pub(super) fn is_shown_in_webp(name: &[u8]) -> bool {
    matches!(name, b"VP8X" | b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP")
}

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..12)?.to_vec();
    let mut at = 12;
    while at < bytes.len() {
        let (name, content, next) = riff(bytes, at)?;
        match name {
            b"VP8X" => {
                let start = out.len() + 8;
                out.extend_from_slice(bytes.get(at..next)?);
                // It says that there is Exif, and XMP.
                *out.get_mut(start).filter(|_| !content.is_empty())? &= !0x0C;
            }
            name if is_shown_in_webp(name) => {
                out.extend_from_slice(bytes.get(at..next.min(bytes.len()))?);
            }
            _ => {}
        }
        at = next;
    }
    let length = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Some(out)
}

/// As [`svg::read`] writes it, with the photographs in it cleaned like others.
fn drawing(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = svg::read(bytes).ok()?.text;
    let text = with_embedded_cleaned(&text)?;
    // What goes out is what is looked at.
    svg::read(text.as_bytes()).ok().map(|_| text.into_bytes())
}

/// A text in which each picture of `data:image/…;base64,` is without what nobody sees; `None` if
/// that cannot be done to one.
pub(super) fn with_embedded_cleaned(text: &str) -> Option<String> {
    const MARK: &str = "data:image/";
    let lower = text.to_ascii_lowercase();
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for at in memchr::memmem::find_iter(lower.as_bytes(), MARK) {
        let head = lower[at..].bytes().take(200).position(|byte| byte == b',');
        let Some(from) = head.map(|length| at + length + 1) else { continue };
        if at < done || !lower[at..from].ends_with(";base64,") {
            continue;
        }
        let (coded, end) = base64(text, from);
        let Ok(bytes) = BASE64_NOPAD.decode(&coded) else { continue };
        let Some(cleaned) = embedded(&bytes)? else { continue };
        out.push_str(&text[done..from]);
        BASE64.encode_append(&cleaned, &mut out);
        done = end;
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// The letters of base 64 from a place of a drawing on, and where they end: there may be line
/// breaks in them, also as they are written in attributes.
fn base64(text: &str, from: usize) -> (Vec<u8>, usize) {
    let (bytes, mut at, mut coded) = (text.as_bytes(), from, Vec::new());
    while let Some(&byte) = bytes.get(at) {
        let broken = ["&#10;", "&#13;", "&#9;", "%0a", "%0A", "%0d", "%0D", "%20"];
        let skipped = broken.iter().find(|part| bytes[at..].starts_with(part.as_bytes()));
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => coded.push(byte),
            b'=' | b' ' | b'\n' | b'\r' | b'\t' => {}
            _ => {
                let Some(part) = skipped else { break };
                at += part.len();
                continue;
            }
        }
        at += 1;
    }
    (coded, at)
}

/// A picture in a drawing without what nobody sees; nothing if there is nothing to take out, `None`
/// if that cannot be done.
fn embedded(bytes: &[u8]) -> Option<Option<Vec<u8>>> {
    let Ok(header) = Header::read(bytes, "") else {
        return (!exif::anywhere(bytes).any()).then_some(None);
    };
    let whole = bytes.get(..header.end as usize)?;
    let cleaned = match header.format {
        // How it is turned stays: the pixels do.
        Format::Jpeg => jpeg(whole, header.orientation)?,
        Format::Png => png(whole)?,
        _ => copy(bytes, &header)?,
    };
    Some((cleaned != bytes).then_some(cleaned))
}
