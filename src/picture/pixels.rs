//! The pixels of a picture, eight bits a channel, as they are stored. The home of zune-jpeg and
//! of the readers of `image`.

use std::io::Cursor;

use image::{ColorType, ImageDecoder, ImageFormat, ImageReader, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::header::Inks;
use super::{Header, LONGEST_SIDE, Unreadable};
use crate::base::format::Format;

/// Pixels, from left to right and from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// How many in a row.
    pub width: u32,
    /// How many rows.
    pub height: u32,
    /// Three bytes a pixel, or four with alpha.
    pub channels: usize,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Pixels {
    /// All black.
    pub fn black(width: u32, height: u32, channels: usize) -> Self {
        let bytes = vec![0; width as usize * height as usize * channels];
        Self { width, height, channels, bytes }
    }

    /// The bytes of the row at `y`.
    pub fn row(&self, y: usize) -> &[u8] {
        let length = self.width as usize * self.channels;
        &self.bytes[y * length..(y + 1) * length]
    }

    /// Without an alpha channel that says nothing.
    fn opaque(self) -> Self {
        if self.channels == 3 || self.bytes.chunks_exact(4).any(|pixel| pixel[3] != 255) {
            return self;
        }
        // In place: a large picture is not held twice.
        let mut bytes = self.bytes;
        let count = bytes.len() / 4;
        for i in 0..count {
            bytes.copy_within(4 * i..4 * i + 3, 3 * i);
        }
        bytes.truncate(3 * count);
        Self { channels: 3, bytes, ..self }
    }

    /// Turned as Exif says.
    pub fn turned(self, orientation: u8) -> Self {
        if !(2..=8).contains(&orientation) {
            return self;
        }
        let (from_width, from_height) = (self.width as usize, self.height as usize);
        let (width, height) =
            if orientation >= 5 { (from_height, from_width) } else { (from_width, from_height) };
        let mut turned = Self::black(width as u32, height as u32, self.channels);
        let size = self.channels;
        for (y, row) in turned.bytes.chunks_exact_mut(width * size).enumerate() {
            for (x, pixel) in row.chunks_exact_mut(size).enumerate() {
                let (u, v) = match orientation {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, width - 1 - x),
                    7 => (height - 1 - y, width - 1 - x),
                    _ => (height - 1 - y, x),
                };
                let at = (v * from_width + u) * size;
                pixel.copy_from_slice(&self.bytes[at..at + size]);
            }
        }
        turned
    }
}

/// What was read of a picture: its pixels, and the profile that says what their colours are.
#[derive(Debug)]
pub struct Read {
    /// The pixels, not turned yet.
    pub pixels: Pixels,
    /// The colour profile of red, green and blue, unless that is sRGB.
    pub profile: Option<Vec<u8>>,
}

/// Reads the pixels of a picture whose header was read and found fit.
pub fn read(bytes: &[u8], header: &Header) -> Result<Read, Unreadable> {
    match header.format {
        Format::Jpeg => jpeg(&bytes[..header.end as usize], header),
        Format::Png => others(bytes, header, ImageFormat::Png),
        Format::Gif => others(bytes, header, ImageFormat::Gif),
        Format::Webp => others(bytes, header, ImageFormat::WebP),
        Format::Bmp => others(bytes, header, ImageFormat::Bmp),
        Format::Tiff => others(bytes, header, ImageFormat::Tiff),
        other => Err(Unreadable::NoPicture(Some(other))),
    }
}

fn jpeg(bytes: &[u8], header: &Header) -> Result<Read, Unreadable> {
    let colours = match header.inks {
        Inks::No => ColorSpace::RGB,
        // Inks as they are stored: what they look like their profile says.
        Inks::Yes | Inks::Inverted => ColorSpace::CMYK,
    };
    let options = DecoderOptions::default()
        .set_max_width(LONGEST_SIDE as usize)
        .set_max_height(LONGEST_SIDE as usize)
        .set_strict_mode(false)
        .jpeg_set_max_scans(256)
        .jpeg_set_out_colorspace(colours);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|_| Unreadable::Broken)?;
    let ycck = decoder.input_colorspace() == Some(ColorSpace::YCCK);
    if ycck {
        decoder.set_options(options.jpeg_set_out_colorspace(ColorSpace::YCCK));
    }
    let profile = decoder.icc_profile();
    let (width, height) = header.stored;
    let found = decoder.dimensions();
    if found != Some((width as usize, height as usize)) {
        return Err(Unreadable::Broken);
    }
    let read = decoder.decode().map_err(|_| Unreadable::Broken)?;
    let count = width as usize * height as usize;
    let channels = if header.inks == Inks::No { 3 } else { 4 };
    if read.len() != count * channels {
        return Err(Unreadable::Broken);
    }
    if header.inks == Inks::No {
        let pixels = Pixels { width, height, channels: 3, bytes: read };
        return Ok(Read { pixels, profile: profile.filter(|profile| !is_srgb(profile)) });
    }
    let inks = Inked { bytes: read, ycck, inverted: header.inks == Inks::Inverted };
    let pixels = Pixels { width, height, channels: 3, bytes: inks.shown(profile.as_deref()) };
    Ok(Read { pixels, profile: None })
}

/// Pixels of four inks.
struct Inked {
    bytes: Vec<u8>,
    /// Are the first three coded as brightness and two differences?
    ycck: bool,
    /// Is no ink 255?
    inverted: bool,
}

impl Inked {
    /// As red, green and blue.
    fn shown(mut self, profile: Option<&[u8]>) -> Vec<u8> {
        let clamp = |value: f32| value.round().clamp(0.0, 255.0) as u8;
        for pixel in self.bytes.chunks_exact_mut(4) {
            if self.ycck {
                let (y, b, r) = (f32::from(pixel[0]), f32::from(pixel[1]), f32::from(pixel[2]));
                pixel[0] = clamp(y + 1.402 * (r - 128.0));
                pixel[1] = clamp(y - 0.344_136 * (b - 128.0) - 0.714_136 * (r - 128.0));
                pixel[2] = clamp(y + 1.772 * (b - 128.0));
            }
            if self.inverted {
                pixel.iter_mut().for_each(|ink| *ink = 255 - *ink);
            }
        }
        let mut shown = vec![0; self.bytes.len() / 4 * 3];
        let known = profile
            .and_then(|profile| ColorProfile::new_from_slice(profile).ok())
            .filter(|profile| profile.color_space == DataColorSpace::Cmyk);
        let transform = known.and_then(|profile| {
            let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
            profile.create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgb, options).ok()
        });
        if let Some(transform) = transform
            && transform.transform(&self.bytes, &mut shown).is_ok()
        {
            return shown;
        }
        for (inks, pixel) in self.bytes.chunks_exact(4).zip(shown.chunks_exact_mut(3)) {
            let light = |ink: u8| 255 - u32::from(ink);
            for (ink, channel) in inks.iter().zip(pixel) {
                *channel = ((light(*ink) * light(inks[3]) + 127) / 255) as u8;
            }
        }
        shown
    }
}

fn others(bytes: &[u8], header: &Header, format: ImageFormat) -> Result<Read, Unreadable> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    let (width, height) = header.stored;
    // What the pixels take, of any kind, and what a reader needs besides. A small picture is not
    // let unpack a large profile.
    limits.max_alloc = Some(u64::from(width) * u64::from(height) * 16 + (64 << 20));
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Unreadable::Unknown)?;
    if decoder.dimensions() != header.stored {
        return Err(Unreadable::Broken);
    }
    let profile = decoder.icc_profile().ok().flatten();
    let colours = decoder.color_type();
    let is_grey = !colours.has_color();
    let mut bytes = vec![0; usize::try_from(decoder.total_bytes()).unwrap_or(usize::MAX)];
    decoder.read_image(&mut bytes).map_err(|_| Unreadable::Broken)?;
    let bytes = eight_bits(bytes, colours).ok_or(Unreadable::Unknown)?;
    let channels = if colours.has_alpha() { 4 } else { 3 };
    let pixels = Pixels { width, height, channels, bytes };
    // A profile of greys says nothing of colours.
    let profile = profile.filter(|profile| !is_grey && !is_srgb(profile));
    Ok(Read { pixels: pixels.opaque(), profile })
}

/// The bytes that were read, as three or four channels of eight bits: in place, as far as that
/// goes, so that a large picture is not held twice.
fn eight_bits(mut bytes: Vec<u8>, colours: ColorType) -> Option<Vec<u8>> {
    use ColorType::{L8, L16, La8, La16, Rgb8, Rgb16, Rgb32F, Rgba8, Rgba16, Rgba32F};
    let count = match colours {
        L16 | La16 | Rgb16 | Rgba16 => {
            let count = bytes.len() / 2;
            for i in 0..count {
                let value = u16::from_ne_bytes([bytes[2 * i], bytes[2 * i + 1]]);
                bytes[i] = ((u32::from(value) + 128) / 257) as u8;
            }
            count
        }
        Rgb32F | Rgba32F => {
            let count = bytes.len() / 4;
            for i in 0..count {
                let value = f32::from_ne_bytes(bytes[4 * i..4 * i + 4].try_into().ok()?);
                bytes[i] = (value.clamp(0.0, 1.0) * 255.0).round() as u8;
            }
            count
        }
        L8 | La8 | Rgb8 | Rgba8 => bytes.len(),
        _ => return None,
    };
    bytes.truncate(count);
    Some(match colours {
        L8 | L16 => bytes.iter().flat_map(|&light| [light; 3]).collect(),
        La8 | La16 => bytes.chunks_exact(2).flat_map(|p| [p[0], p[0], p[0], p[1]]).collect(),
        _ => bytes,
    })
}

/// Is a profile that of sRGB, as nearly all are? It says so in its name.
fn is_srgb(profile: &[u8]) -> bool {
    let head = &profile[..profile.len().min(4096)];
    let wide: Vec<u8> = "sRGB".bytes().flat_map(|byte| [0, byte]).collect();
    memchr::memmem::find(head, b"sRGB").is_some() || memchr::memmem::find(head, &wide).is_some()
}

/// Turns the colours of pixels that a profile describes into those of sRGB. A profile that
/// cannot be read is not used.
pub fn into_srgb(pixels: &mut Pixels, profile: &[u8]) {
    let Ok(known) = ColorProfile::new_from_slice(profile) else { return };
    if known.color_space != DataColorSpace::Rgb {
        return;
    }
    let layout = if pixels.channels == 4 { Layout::Rgba } else { Layout::Rgb };
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    let Ok(transform) = known.create_transform_8bit(layout, &srgb, layout, options) else { return };
    let mut turned = vec![0; pixels.bytes.len()];
    if transform.transform(&pixels.bytes, &mut turned).is_ok() {
        pixels.bytes = turned;
    }
}

/// How much of a JPEG that is cut off is there, in parts of a hundred: rows that were not read
/// have one colour. `None` where that cannot be told.
pub fn share(bytes: &[u8]) -> Option<u8> {
    let mut whole = bytes.to_vec();
    // With an end, all that is there can be read.
    whole.extend_from_slice(&[0xFF, 0xD9]);
    let header = Header::read(&whole, "").ok().filter(|header| header.format == Format::Jpeg)?;
    let pixels = jpeg(&whole, &header).ok()?.pixels;
    let rows = pixels.height as usize;
    let last = pixels.row(rows - 1);
    let flat = last.chunks_exact(3).all(|pixel| pixel == &last[..3]);
    let there = match flat {
        true => (0..rows).rev().find(|&y| pixels.row(y) != last).map_or(0, |y| y + 1),
        false => rows,
    };
    // One that shows whole and then sharper has something of all of it.
    Some((there * 100 / rows) as u8).filter(|&share| share < 100)
}

#[cfg(test)]
mod tests {
    use super::Pixels;

    #[test]
    fn turned_eight_ways() {
        // a b c
        // d e f
        let bytes = (b'a'..=b'f').flat_map(|letter| [letter; 3]).collect();
        let pixels = Pixels { width: 3, height: 2, channels: 3, bytes };
        for (orientation, expected) in [
            (1, "abc def"),
            (2, "cba fed"),
            (3, "fed cba"),
            (4, "def abc"),
            (5, "ad be cf"),
            (6, "da eb fc"),
            (7, "fc eb da"),
            (8, "cf be ad"),
        ] {
            let turned = pixels.clone().turned(orientation);
            let rows = (0..turned.height as usize).map(|y| {
                turned.row(y).chunks(3).map(|pixel| char::from(pixel[0])).collect::<String>()
            });
            assert_eq!(rows.collect::<Vec<_>>().join(" "), expected, "{orientation}");
        }
    }
}
