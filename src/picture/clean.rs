//! A picture as large as it is, its pixels untouched, without anything that is not seen: Exif,
//! XMP, IPTC, thumbnails, comments, what cameras and programs note, and whatever stands after
//! the picture.

use super::header::{blocks, chunk, riff, segment};
use super::{Header, exif, svg};
use crate::base::format::Format;

/// The copy; `None` if the picture must be coded anew: because it is to be turned, or because
/// this cannot be done to its format.
pub fn copy(bytes: &[u8], header: &Header) -> Option<Vec<u8>> {
    let bytes = bytes.get(..header.end as usize)?;
    match header.format {
        // What turns it is part of what goes.
        Format::Jpeg if header.orientation == 1 => jpeg(bytes),
        Format::Png if header.orientation == 1 => png(bytes),
        Format::Gif => gif(bytes),
        Format::Webp => webp(bytes),
        Format::Svg => drawing(bytes),
        Format::Tiff => exif::clean(bytes),
        Format::Bmp | Format::Ico | Format::Avif => Some(bytes.to_vec()),
        _ => None,
    }
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(bytes.get(..2)?);
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

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const KEPT: [&[u8]; 12] = [
        b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs", b"bKGD", b"acTL",
        b"fcTL", b"fdAT",
    ];
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    while at < bytes.len() {
        let (name, _, next) = chunk(bytes, at)?;
        // A name that begins with a capital letter is one without which nothing can be shown.
        if name[0].is_ascii_uppercase() || KEPT.contains(&name) {
            out.extend_from_slice(&bytes[at..next]);
        }
        at = next;
    }
    Some(out)
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
        let loops =
            |name: &[u8]| name.starts_with(b"NETSCAPE2.0") || name.starts_with(b"ANIMEXTS1.0");
        let is_seen = match (introducer, bytes.get(at + 1)) {
            (0x21, Some(0xFE)) => false,
            (0x21, Some(0xFF)) => bytes.get(at + 3..).is_some_and(loops),
            _ => true,
        };
        if is_seen {
            out.extend_from_slice(&bytes[at..end]);
        }
        at = end;
    }
    Some(out)
}

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..12)?.to_vec();
    let mut at = 12;
    while at < bytes.len() {
        let (name, content, next) = riff(bytes, at)?;
        match name {
            b"EXIF" | b"XMP " => {}
            b"VP8X" => {
                let start = out.len() + 8;
                out.extend_from_slice(bytes.get(at..next)?);
                // It says that there is Exif, and XMP.
                *out.get_mut(start).filter(|_| !content.is_empty())? &= !0x0C;
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => {
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

/// Without comments, `<metadata>`, and the names of files that drawing programs note.
fn drawing(bytes: &[u8]) -> Option<Vec<u8>> {
    // What is written is UTF-8, whatever it was.
    let read = match svg::utf16(bytes) {
        Some(text) => without(&text, "<?xml", "?>"),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_string(),
            // It names its encoding, which browsers know.
            Err(_) => return Some(bytes.to_vec()),
        },
    };
    let text = without(&read, "<!--", "-->");
    let mut text = without(&text, "<metadata", "</metadata>");
    for key in ["sodipodi:docname", "inkscape:export-filename", "sodipodi:docbase"] {
        while let Some(at) = text.find(&format!(" {key}=\"")) {
            let value = at + key.len() + 3;
            let Some(length) = text[value..].find('"') else { break };
            text.replace_range(at..value + length + 1, "");
        }
    }
    Some(text.into_bytes())
}

/// A text without what stands from `open` to `close`.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        let Some(length) = rest[at..].find(close) else { break };
        out.push_str(&rest[..at]);
        rest = &rest[at + length + close.len()..];
    }
    out + rest
}
