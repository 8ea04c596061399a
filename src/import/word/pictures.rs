//! Pictures of a document: whole, or the part of one that the document shows.

use super::metafile;
use super::{Lost, Picture};
use crate::base::format::{Format, HEAD};
use crate::picture::pixels::{self, Pixels};
use crate::picture::{Header, encode};

/// How much is cut off on the left, at the top, on the right and at the bottom, in parts of
/// 100 000.
pub(super) type Crop = [i64; 4];

/// How good a JPEG is that was cropped.
const QUALITY: u8 = 92;

/// The picture that these bytes are, and whether it was taken out of a drawing of Office.
pub(super) fn picture(bytes: Vec<u8>, crop: Crop, name: &str) -> Result<(Picture, bool), Lost> {
    let format = Format::of(&bytes[..bytes.len().min(HEAD)]);
    let is_drawing = format == Some(Format::Metafile)
        || (format.is_none() && bytes.starts_with(&[1, 0, 0, 0]))
        || name.ends_with(".emf")
        || name.ends_with(".wmf");
    if is_drawing && !format.is_some_and(Format::is_shown) {
        let inner = metafile::bitmap(&bytes).ok_or_else(|| Lost::Drawing(String::new()))?;
        let (picture, _) = shown(inner, crop).map_err(|_| Lost::Drawing(String::new()))?;
        return Ok((picture, true));
    }
    shown(bytes, crop).map_err(|()| Lost::Picture)
}

fn shown(bytes: Vec<u8>, crop: Crop) -> Result<(Picture, bool), ()> {
    let extension = if bytes.trim_ascii_start().starts_with(b"<") { "svg" } else { "" };
    let header = Header::read(&bytes, extension).map_err(|_| ())?;
    let is_cropped = crop.iter().any(|side| *side > 0);
    if (is_cropped || header.format == Format::Bmp) && header.can_be_coded() {
        // What cannot be cropped is shown whole.
        if let Some(picture) = cropped(&bytes, &header, crop) {
            return Ok((picture, false));
        }
    }
    let extension = match header.format {
        Format::Jpeg => "jpg",
        Format::Png => "png",
        Format::Gif => "gif",
        Format::Webp => "webp",
        Format::Avif => "avif",
        Format::Bmp => "bmp",
        Format::Tiff => "tif",
        Format::Svg => "svg",
        _ => return Err(()),
    };
    Ok((Picture { bytes, extension }, false))
}

fn cropped(bytes: &[u8], header: &Header, crop: Crop) -> Option<Picture> {
    let read = pixels::read(bytes, header).ok()?;
    let mut whole = read.pixels;
    if let Some(profile) = read.profile {
        pixels::into_srgb(&mut whole, &profile);
    }
    let (width, height) = (i64::from(whole.width), i64::from(whole.height));
    let cut = |side: i64, of: i64| (side.clamp(0, 99_999) * of + 50_000) / 100_000;
    let (left, top) = (cut(crop[0], width).min(width - 1), cut(crop[1], height).min(height - 1));
    let right = (width - cut(crop[2], width)).max(left + 1);
    let bottom = (height - cut(crop[3], height)).max(top + 1);
    let mut part = Pixels::black((right - left) as u32, (bottom - top) as u32, whole.channels);
    let row_size = (right - left) as usize * whole.channels;
    for (y, row) in part.bytes.chunks_exact_mut(row_size).enumerate() {
        let from = left as usize * whole.channels;
        row.copy_from_slice(&whole.row(top as usize + y)[from..from + row_size]);
    }
    let part = part.turned(header.orientation);
    Some(match header.format {
        Format::Jpeg => Picture { bytes: encode::jpeg(&part, QUALITY).ok()?, extension: "jpg" },
        _ => Picture { bytes: encode::png(&part).ok()?, extension: "png" },
    })
}
