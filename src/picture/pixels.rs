//! The pixels of a picture, eight bits a channel, as they are stored. The home of zune-jpeg and
//! of the readers of `image`.

use std::io::Cursor;

use image::{ColorType, ImageDecoder, ImageFormat, ImageReader, Limits};
use moxcms::{
    Chromaticity, ColorPrimaries, ColorProfile, DataColorSpace, Layout, TransformOptions, XyY,
};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::header::{Inks, chunk, segment};
use super::{Header, LONGEST_SIDE, MOST_PIXELS, Unreadable};
use crate::base::format::{Format, HEAD};

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
        // What is missing has one colour. So has the lower part of many a drawing, and of that
        // nothing is missing.
        let (share, rows) = (rows_there(&pixels), pixels.height as usize);
        if share < rows && rows - share >= 16 && !is_whole(bytes, options) {
            return Err(Unreadable::Cut(Some((share * 100 / rows) as u8)));
        }
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
    let source = bytes;
    let mut bytes = vec![0; usize::try_from(decoder.total_bytes()).unwrap_or(usize::MAX)];
    decoder.read_image(&mut bytes).map_err(|_| Unreadable::Broken)?;
    let bytes = eight_bits(bytes, colours).ok_or(Unreadable::Unknown)?;
    let channels = if colours.has_alpha() { 4 } else { 3 };
    let pixels = Pixels { width, height, channels, bytes };
    let profile = match format {
        ImageFormat::Png => profile.or_else(|| described(source)),
        _ => profile,
    };
    let profile = profile.filter(|profile| !is_srgb(profile));
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

/// Does a profile say of colours what sRGB says, as nearly all do? Names of others have “sRGB” in
/// them, too. One that cannot be read says nothing.
fn is_srgb(profile: &[u8]) -> bool {
    // From black to white: greys, then each colour beside some of the others.
    const STEPS: [u8; 6] = [0, 24, 64, 128, 192, 255];
    let colours = STEPS
        .iter()
        .flat_map(|&r| STEPS.iter().flat_map(move |&g| STEPS.iter().flat_map(move |&b| [r, g, b])));
    let greys = STEPS.iter().flat_map(|&light| [light; 3]);
    let is_same = |bytes: Vec<u8>| {
        let count = (bytes.len() / 3) as u32;
        let mut turned = Pixels { width: count, height: 1, channels: 3, bytes: bytes.clone() };
        into_srgb(&mut turned, profile);
        turned.bytes.iter().zip(&bytes).all(|(is, was)| is.abs_diff(*was) <= 2)
    };
    is_same(colours.collect()) && is_same(greys.collect())
}

/// Turns the colours of pixels that a profile describes into those of sRGB. A profile that
/// cannot be read is not used.
pub fn into_srgb(pixels: &mut Pixels, profile: &[u8]) {
    let Ok(known) = ColorProfile::new_from_slice(profile) else { return };
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    let layout = match (known.color_space, pixels.channels) {
        (DataColorSpace::Rgb, 4) => Layout::Rgba,
        (DataColorSpace::Rgb, _) => Layout::Rgb,
        (DataColorSpace::Gray, channels) => {
            let is_grey = |pixel: &[u8]| pixel[0] == pixel[1] && pixel[1] == pixel[2];
            let turn = known.create_transform_8bit(Layout::Gray, &srgb, Layout::Rgb, options);
            let (all, mut turned) = ((0..=255).collect::<Vec<u8>>(), vec![0; 3 * 256]);
            // Of colours a profile of greys says nothing.
            if pixels.bytes.chunks_exact(channels).all(is_grey)
                && turn.is_ok_and(|turn| turn.transform(&all, &mut turned).is_ok())
            {
                for pixel in pixels.bytes.chunks_exact_mut(channels) {
                    let light = 3 * usize::from(pixel[0]);
                    pixel[..3].copy_from_slice(&turned[light..light + 3]);
                }
            }
            return;
        }
        _ => return,
    };
    let Ok(transform) = known.create_transform_8bit(layout, &srgb, layout, options) else { return };
    let mut turned = vec![0; pixels.bytes.len()];
    if transform.transform(&pixels.bytes, &mut turned).is_ok() {
        pixels.bytes = turned;
    }
}

/// The profile of a PNG that has none and says what its colours are: by a number for its curve, and
/// the places of its colours.
fn described(png: &[u8]) -> Option<Vec<u8>> {
    let (mut at, mut curve, mut places) = (8, None, None);
    while let Some((name, content, next)) = chunk(png, at) {
        let numbers: Vec<f64> = content
            .chunks_exact(4)
            .map(|four| f64::from(u32::from_be_bytes([four[0], four[1], four[2], four[3]])) / 1e5)
            .collect();
        match name {
            // It says that it is sRGB, or the reader tells the rest.
            b"sRGB" | b"cICP" | b"iCCP" => return None,
            b"gAMA" => curve = numbers.first().copied(),
            b"cHRM" => places = <[f64; 8]>::try_from(numbers).ok(),
            b"IDAT" => break,
            _ => {}
        }
        at = next;
    }
    // Nearly all say so of sRGB, whose curve is no power.
    let curve =
        curve.filter(|curve| (0.05..=5.0).contains(curve) && (curve - 0.45455).abs() > 0.003);
    let usual = [0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06];
    let is_sound = |places: &[f64; 8]| {
        let differs = places.iter().zip(usual).any(|(is, other)| (is - other).abs() > 0.002);
        differs && places.iter().all(|place| (0.01..=0.99).contains(place))
    };
    let places = places.filter(is_sound);
    if curve.is_none() && places.is_none() {
        return None;
    }
    let mut profile = ColorProfile::new_srgb();
    profile.cicp = None;
    if let Some(curve) = curve {
        let curve = Some(moxcms::curve_from_gamma((1.0 / curve) as f32));
        profile.red_trc.clone_from(&curve);
        profile.green_trc.clone_from(&curve);
        profile.blue_trc = curve;
    }
    if let Some([wx, wy, rx, ry, gx, gy, bx, by]) = places {
        let place = |x: f64, y: f64| Chromaticity { x: x as f32, y: y as f32 };
        let primaries =
            ColorPrimaries { red: place(rx, ry), green: place(gx, gy), blue: place(bx, by) };
        profile.update_rgb_colorimetry(XyY { x: wx, y: wy, yb: 1.0 }, primaries);
    }
    profile.encode().ok()
}

/// How much of a picture that is cut off is there, in parts of a hundred; `None` where only reading
/// tells and reading does not tell.
pub fn share(bytes: &[u8]) -> Option<u8> {
    match Format::of(&bytes[..bytes.len().min(HEAD)])? {
        Format::Jpeg => share_of_jpeg(bytes),
        Format::Png => share_of(bytes, ImageFormat::Png),
        // Of one that moves nobody knows how many pictures would follow.
        Format::Gif if memchr::memmem::find(bytes, b"NETSCAPE2.0").is_some() => None,
        Format::Gif => share_of(bytes, ImageFormat::Gif),
        _ => None,
    }
}

/// What is written where pixels will be read, to see how far that goes.
const UNREAD: u8 = 0xA5;

/// How much a reader has read before it met the end.
fn share_of(bytes: &[u8], format: ImageFormat) -> Option<u8> {
    let decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    let is_small =
        width.max(height) <= LONGEST_SIDE && u64::from(width) * u64::from(height) <= MOST_PIXELS;
    let mut read = vec![UNREAD; usize::try_from(decoder.total_bytes()).ok().filter(|_| is_small)?];
    let _ = decoder.read_image(&mut read);
    let there = read.iter().rposition(|&byte| byte != UNREAD).map_or(0, |last| last + 1);
    Some((there as u64 * 100 / read.len().max(1) as u64) as u8).filter(|&share| share < 100)
}

/// How much of a JPEG is there: rows that were not read have one colour.
fn share_of_jpeg(bytes: &[u8]) -> Option<u8> {
    let mut whole = bytes.to_vec();
    whole.extend_from_slice(&[0xFF, 0xD9]);
    let header = Header::read(&whole, "").ok()?;
    let mut segments =
        std::iter::successors(segment(bytes, 2), |before| segment(bytes, before.end))
            .take_while(|segment| segment.marker != 0xDA);
    // Scans one after the other are read only up to an end; of others, rows that are not there would be
    // made of nothing if there were one.
    let is_progressive = segments.any(|segment| segment.marker == 0xC2);
    match jpeg(if is_progressive { &whole } else { bytes }, &header) {
        // One that shows whole and then sharper has something of all of it.
        Ok(Read { pixels, .. }) => {
            let (there, rows) = (rows_there(&pixels), pixels.height as usize);
            Some((there * 100 / rows) as u8).filter(|&share| share < 100)
        }
        Err(Unreadable::Cut(share)) => share,
        Err(_) => None,
    }
}

/// How many rows there are before those at the end that have one colour.
fn rows_there(pixels: &Pixels) -> usize {
    let rows = pixels.height as usize;
    let last = pixels.row(rows - 1);
    match last.chunks_exact(3).all(|pixel| pixel == &last[..3]) {
        true => (0..rows).rev().find(|&y| pixels.row(y) != last).map_or(0, |y| y + 1),
        false => rows,
    }
}

/// Is there all that a JPEG promises? Told by a reader that forgives nothing.
fn is_whole(bytes: &[u8], options: DecoderOptions) -> bool {
    let options = options.set_strict_mode(true);
    JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode().is_ok()
}

#[cfg(test)]
mod tests {
    use moxcms::{ColorProfile, curve_from_gamma};

    use super::{Pixels, described, into_srgb, is_srgb};

    fn grey(profile: &[u8]) -> u8 {
        let mut pixels = Pixels { width: 1, height: 1, channels: 3, bytes: vec![64; 3] };
        into_srgb(&mut pixels, profile);
        pixels.bytes[0]
    }

    /// What a profile says is told by its colours: the name of each of these could have “sRGB” in it.
    #[test]
    fn profiles_by_what_they_say() {
        let curved = |gamma: f32| {
            let mut profile = ColorProfile::new_srgb();
            profile.cicp = None;
            profile.red_trc = Some(curve_from_gamma(gamma));
            profile.green_trc = Some(curve_from_gamma(gamma));
            profile.blue_trc = Some(curve_from_gamma(gamma));
            profile.encode().unwrap()
        };
        assert!(is_srgb(&ColorProfile::new_srgb().encode().unwrap()));
        assert!(is_srgb(b"sRGB, and no profile"));
        assert!(!is_srgb(&ColorProfile::new_display_p3().encode().unwrap()));
        let linear = curved(1.0);
        assert!(!is_srgb(&linear) && grey(&linear) > 120, "{}", grey(&linear));
        let greys = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
        assert!(!is_srgb(&greys) && grey(&greys) > 120, "{}", grey(&greys));
        let png = |chunks: &[(&[u8; 4], &[u32])]| {
            let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
            for (name, numbers) in chunks {
                png.extend((4 * numbers.len() as u32).to_be_bytes());
                png.extend_from_slice(*name);
                numbers.iter().for_each(|number| png.extend(number.to_be_bytes()));
                png.extend([0; 4]);
            }
            png
        };
        let usual = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000];
        assert_eq!(described(&png(&[(b"gAMA", &[45_455]), (b"cHRM", &usual)])), None);
        assert_eq!(described(&png(&[(b"gAMA", &[100_000]), (b"sRGB", &[])])), None);
        let linear = described(&png(&[(b"gAMA", &[100_000])])).unwrap();
        assert!(!is_srgb(&linear) && grey(&linear) > 120, "{}", grey(&linear));
        let mut wide = usual;
        (wide[2], wide[3]) = (68_000, 32_000);
        assert!(!is_srgb(&described(&png(&[(b"cHRM", &wide)])).unwrap()));
        wide.fill(0);
        assert_eq!(described(&png(&[(b"cHRM", &wide), (b"gAMA", &[0])])), None);
    }

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
