//! Copies of a picture: read once, however many are wanted.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::encode::{self, Other};
use super::pixels::{self, Pixels, Read};
use super::scale::Linear;
use super::{Coding, Header, Shape, Unreadable, clean};
use crate::base::format::Format;

/// The version of what is made here: copies of another are not used.
pub const VERSION: u32 = 6;

/// A copy that is wanted.
pub type Wanted = (Shape, Coding);

/// The quality of a copy that is as large as the picture: nobody sees a difference.
const WHOLE_QUALITY: u8 = 92;

/// The size of a copy. It is never larger than the picture.
pub fn size(header: &Header, shape: Shape) -> (u32, u32) {
    let (width, height) = header.size();
    match shape {
        Shape::Whole => (width, height),
        Shape::Width(wanted) if wanted >= width => (width, height),
        Shape::Width(wanted) => {
            let (all, high) = (u64::from(width), u64::from(height));
            let height = (high * u64::from(wanted) + all / 2) / all;
            (wanted, height.max(1) as u32)
        }
        Shape::Crop(wide, high) => {
            let fit = (f64::from(width) / f64::from(wide)).min(f64::from(height) / f64::from(high));
            let scale = |side: u32| ((f64::from(side) * fit.min(1.0)).round() as u32).max(1);
            (scale(wide), scale(high))
        }
    }
}

/// Can a picture be copied whole without what nobody sees?
pub fn can_be_cleaned(header: &Header) -> bool {
    use Format::{Avif, Gif, Heic, Jpeg, Png, Svg, Tiff, Webp};
    matches!(header.format, Jpeg | Png | Gif | Webp | Svg | Tiff | Avif | Heic)
}

/// How a picture is coded for browsers that do not know WebP.
pub fn fallback(header: &Header) -> Coding {
    if header.alpha || header.drawing { Coding::Png } else { Coding::Jpeg }
}

/// The pixels of a picture as they are shown: upright, in sRGB.
pub fn shown(bytes: &[u8], header: &Header) -> Result<Pixels, Unreadable> {
    let Read { pixels, profile } = pixels::read(bytes, header)?;
    let mut pixels = pixels.turned(header.orientation);
    if let Some(profile) = &profile {
        pixels::into_srgb(&mut pixels, profile);
    }
    Ok(pixels)
}

/// Makes copies of a picture, in the order in which they are wanted. Bytes that are given away are let
/// go of once their pixels are read.
pub fn code<'b>(
    bytes: impl Into<Cow<'b, [u8]>>,
    header: &Header,
    wanted: &[Wanted],
    quality: u8,
) -> Result<Vec<Vec<u8>>, Unreadable> {
    let bytes = bytes.into();
    let mut shapes: Vec<Shape> = wanted.iter().map(|(shape, _)| *shape).collect();
    let is_whole_wanted = shapes.contains(&Shape::Whole);
    shapes.retain(|shape| *shape != Shape::Whole);
    let cleaned = is_whole_wanted.then(|| clean::copy(&bytes, header)).flatten();
    let is_whole_coded = is_whole_wanted && cleaned.is_none();
    let mut made = Vec::with_capacity(wanted.len());
    if !shapes.is_empty() || is_whole_coded {
        let Read { pixels, profile } = pixels::read(&bytes, header)?;
        drop(bytes);
        let coder = Coder { header, wanted, profile };
        if is_whole_coded {
            made.extend(coder.coded(Shape::Whole, pixels.clone(), WHOLE_QUALITY)?);
        }
        coder.smaller(pixels, shapes, quality, &mut made)?;
    }
    let find = |wanted: &Wanted| match &cleaned {
        Some(copy) if wanted.0 == Shape::Whole => Ok(copy.clone()),
        _ => {
            let found = made.iter().find(|(known, _)| known == wanted);
            found.map(|(_, bytes)| bytes.clone()).ok_or(Unreadable::Broken)
        }
    };
    wanted.iter().map(find).collect()
}

/// What all copies of one picture have in common.
struct Coder<'c> {
    header: &'c Header,
    wanted: &'c [Wanted],
    /// Of the pixels as they are stored.
    profile: Option<Vec<u8>>,
}

impl Coder<'_> {
    /// The size of a copy before it is turned upright.
    fn stored(&self, shape: Shape) -> (u32, u32) {
        let (width, height) = size(self.header, shape);
        if self.header.is_turned() { (height, width) } else { (width, height) }
    }

    /// The size of all of the picture where a copy of a part of it is as large as that is.
    fn size_of_all(&self, shape: Shape) -> (u32, u32) {
        let (width, height) = self.stored(shape);
        let (of_width, of_height) = self.header.stored;
        let part =
            |side: u32, of: u32, other: u32| u64::from(side) * u64::from(of) / u64::from(other);
        match shape {
            Shape::Crop(..) => {
                let width = width.max(part(height, of_width, of_height) as u32);
                (width, part(width, of_height, of_width).max(1) as u32)
            }
            _ => (width, height),
        }
    }

    /// Makes smaller copies, the widest first: narrower ones are made from it, as from the picture
    /// each would take as long.
    fn smaller(
        &self,
        pixels: Pixels,
        mut shapes: Vec<Shape>,
        quality: u8,
        made: &mut Vec<(Wanted, Vec<u8>)>,
    ) -> Result<(), Unreadable> {
        shapes.sort_unstable_by_key(|shape| (Reverse(self.size_of_all(*shape).0), *shape));
        shapes.dedup();
        let Some(&widest) = shapes.first() else { return Ok(()) };
        let (width, height) = self.size_of_all(widest);
        let mut source = Linear::of(pixels, width, height);
        for (i, &shape) in shapes.iter().enumerate() {
            let (width, height) = self.stored(shape);
            let part = matches!(shape, Shape::Crop(..))
                .then(|| source.best_part(f64::from(width) / f64::from(height)));
            if part.is_none() && (width, height) == source.size() {
                made.extend(self.coded(shape, source.shown(), quality)?);
                continue;
            }
            let copy = source.resized(width, height, part);
            let shown = copy.shown();
            // One that is hardly narrower would lose sharpness.
            let next = shapes.get(i + 1).map_or(0, |next| self.size_of_all(*next).0);
            if part.is_none() && u64::from(next) * 5 <= u64::from(width) * 4 {
                source = copy;
            }
            made.extend(self.coded(shape, shown, quality)?);
        }
        Ok(())
    }

    /// A copy, upright and in sRGB, coded in the ways in which it is wanted.
    fn coded(
        &self,
        shape: Shape,
        pixels: Pixels,
        quality: u8,
    ) -> Result<Vec<(Wanted, Vec<u8>)>, Unreadable> {
        let mut copy = pixels.turned(self.header.orientation);
        if let Some(profile) = &self.profile {
            pixels::into_srgb(&mut copy, profile);
        }
        let plain = |coding| match coding {
            Coding::Png => encode::png(&copy),
            Coding::Own if self.header.format == Format::Png => encode::png(&copy),
            _ => encode::jpeg(&copy, quality),
        };
        let codings = self.wanted.iter().filter(|(wanted, _)| *wanted == shape);
        let codings: Vec<Coding> = codings.map(|(_, coding)| *coding).collect();
        let mut made: Vec<(Wanted, Vec<u8>)> = Vec::new();
        for coding in codings.iter().copied().filter(|&coding| coding != Coding::Webp) {
            made.push(((shape, coding), plain(coding)?));
        }
        if codings.contains(&Coding::Webp) {
            let coding = fallback(self.header);
            let known = made.iter().find(|((_, known), _)| *known == coding);
            let length = match known {
                Some((_, bytes)) => bytes.len(),
                None => plain(coding)?.len(),
            };
            let small = encode::webp_below(&copy, quality, Other { coding, length })?;
            made.push(((shape, Coding::Webp), small));
        }
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{code, size};
    use crate::base::format::Format;
    use crate::picture::header::Inks;
    use crate::picture::pixels::{self, Pixels};
    use crate::picture::{Coding, Header, Shape, Unreadable, encode};

    /// What we write is read as it was, and what would be read in wrong colours is not read.
    #[test]
    fn jpegs_keep_their_colours() {
        for (width, height) in [(64, 48), (330, 171)] {
            let picture = corners(width, height);
            let jpeg = encode::jpeg(&picture, 90).unwrap();
            let header = Header::read(&jpeg, "").unwrap();
            let read = pixels::read(&jpeg, &header).unwrap().pixels;
            for (x, y) in
                [(width / 4, height / 4), (width * 3 / 4, height / 4), (width / 4, height * 3 / 4)]
            {
                let at = (y * width + x) as usize * 3;
                let (is, was) = (&read.bytes[at..at + 3], &picture.bytes[at..at + 3]);
                assert!(is.iter().zip(was).all(|(a, b)| a.abs_diff(*b) < 12), "{is:?} {was:?}");
            }
            let mut apart = Vec::new();
            let mut encoder = jpeg_encoder::Encoder::new(&mut apart, 90);
            // Without scans of its own, this writes one channel after the other.
            encoder.set_optimized_huffman_tables(true);
            let (width, height) = (width as u16, height as u16);
            encoder.encode(&picture.bytes, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
            assert_eq!(Header::read(&apart, "").unwrap_err(), Unreadable::Unknown);
        }
    }

    /// Red in the top left corner, green in the top right, blue below, white in the last corner.
    fn corners(width: u32, height: u32) -> Pixels {
        let mut pixels = Pixels::black(width, height, 3);
        for (i, pixel) in pixels.bytes.chunks_exact_mut(3).enumerate() {
            let (x, y) = (i as u32 % width, i as u32 / width);
            pixel.copy_from_slice(match (x * 2 < width, y * 2 < height) {
                (true, true) => &[220, 20, 20],
                (false, true) => &[20, 200, 20],
                (true, false) => &[20, 20, 220],
                (false, false) => &[240, 240, 240],
            });
        }
        pixels
    }

    fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
        let length = (content.len() as u16 + 2).to_be_bytes();
        [&jpeg[..2], &[0xFF, marker], &length, content, &jpeg[2..]].concat()
    }

    fn exif(orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
        exif.extend([0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
        exif.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 0x40, 0, 0, 0]);
        exif.extend([0; 4]);
        exif
    }

    fn header(bytes: &[u8]) -> Header {
        Header::read(bytes, "").unwrap()
    }

    fn read(bytes: &[u8]) -> Pixels {
        pixels::read(bytes, &header(bytes)).unwrap().pixels
    }

    /// The colours of the four corners, as letters.
    fn seen(pixels: &Pixels) -> String {
        let (width, height) = (pixels.width as usize, pixels.height as usize);
        let (left, top) = (width / 5, height / 5);
        let corners = [(left, top), (width - 1 - left, top), (left, height - 1 - top)];
        let letter = |(x, y): (usize, usize)| {
            let at = x * pixels.channels;
            let [r, g, b] = [0, 1, 2].map(|i| pixels.row(y)[at + i] > 120);
            match (r, g, b) {
                (true, false, false) => 'r',
                (false, true, false) => 'g',
                (false, false, true) => 'b',
                (true, true, true) => 'w',
                _ => '?',
            }
        };
        corners.into_iter().map(letter).collect()
    }

    #[test]
    fn copies_are_upright_and_never_larger() {
        let upright = encode::jpeg(&corners(300, 200), 90).unwrap();
        for (orientation, expected, wide) in
            [(1, "rgb", 300), (3, "wbg", 300), (6, "brw", 200), (8, "gwr", 200)]
        {
            let jpeg = with_segment(&upright, 0xE1, &exif(orientation));
            let header = header(&jpeg);
            assert!(header.private.place && header.private.other);
            let wanted = [
                (Shape::Width(60), Coding::Jpeg),
                (Shape::Width(60), Coding::Webp),
                (Shape::Width(999), Coding::Jpeg),
                (Shape::Whole, Coding::Jpeg),
            ];
            let made = code(&jpeg, &header, &wanted, 80).unwrap();
            for (copy, width) in made.iter().zip([60, 60, wide, wide]) {
                let pixels = read(copy);
                assert_eq!((pixels.width, seen(&pixels).as_str()), (width, expected));
                let found = super::Header::read(copy, "").unwrap();
                assert!(!found.private.any() && found.orientation == 1, "{found:?}");
            }
        }
    }

    /// Colours of neighbours are averaged: of those that alternate neither is lost.
    #[test]
    fn a_jpeg_keeps_the_mean_of_fine_colours() {
        let mut fine = Pixels::black(64, 64, 3);
        for (i, pixel) in fine.bytes.chunks_exact_mut(3).enumerate() {
            pixel[if i % 2 == 0 { 0 } else { 2 }] = 200;
        }
        let pixels = read(&encode::jpeg(&fine, 90).unwrap());
        let mean = |channel: usize| {
            let values = pixels.bytes.iter().skip(channel).step_by(3);
            values.map(|&value| u32::from(value)).sum::<u32>() / (64 * 64)
        };
        assert!(mean(0).abs_diff(mean(2)) < 20, "{} {}", mean(0), mean(2));
    }

    #[test]
    fn a_webp_is_smaller_than_the_other() {
        let mut noisy = corners(400, 300);
        for (i, byte) in noisy.bytes.iter_mut().enumerate() {
            *byte = byte.wrapping_add((i * 7919 % 31) as u8);
        }
        for source in [encode::jpeg(&noisy, 95).unwrap(), encode::png(&corners(90, 50)).unwrap()] {
            let header = header(&source);
            let coding = super::fallback(&header);
            let shape = Shape::Width(80);
            let wanted = [(shape, coding), (shape, Coding::Webp)];
            let made = code(&source, &header, &wanted, 80).unwrap();
            assert!(made[1].len() < made[0].len(), "{} {}", made[0].len(), made[1].len());
        }
    }

    #[test]
    fn inks_and_profiles_become_srgb() {
        // No cyan, all magenta and yellow: red. It is written as Adobe does, turned around.
        let inks: Vec<u8> = std::iter::repeat_n([0, 255, 255, 0], 64 * 64).flatten().collect();
        let mut jpeg = Vec::new();
        let encoder = jpeg_encoder::Encoder::new(&mut jpeg, 95);
        encoder.encode(&inks, 64, 64, jpeg_encoder::ColorType::Cmyk).unwrap();
        let found = header(&jpeg);
        assert_eq!(found.inks, Inks::Inverted, "{found:?}");
        let [r, g, b] = read(&jpeg).bytes[300..303] else { panic!() };
        assert!(r > 230 && g < 30 && b < 30, "{r} {g} {b}");

        let mut wide = Pixels::black(32, 32, 3);
        wide.bytes.chunks_exact_mut(3).for_each(|p| p.copy_from_slice(&[200, 60, 60]));
        let mut jpeg = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut jpeg, 98);
        let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
        encoder.add_icc_profile(&profile).unwrap();
        encoder.encode(&wide.bytes, 32, 32, jpeg_encoder::ColorType::Rgb).unwrap();
        let copy = code(&jpeg, &header(&jpeg), &[(Shape::Width(16), Coding::Png)], 80).unwrap();
        let [r, g, b] = read(&copy[0]).bytes[..3] else { panic!() };
        // Display P3 is wider: the same red has more of red in sRGB, and less of the others.
        assert!(r > 208 && g < 58 && b < 62, "{r} {g} {b}");
    }

    #[test]
    fn crops_and_sizes() {
        let jpeg = encode::jpeg(&corners(500, 400), 90).unwrap();
        let header = header(&jpeg);
        for (shape, expected) in [
            (Shape::Width(250), (250, 200)),
            (Shape::Width(501), (500, 400)),
            (Shape::Crop(200, 100), (200, 100)),
            (Shape::Crop(1200, 630), (500, 263)),
            (Shape::Crop(900, 900), (400, 400)),
            (Shape::Whole, (500, 400)),
        ] {
            assert_eq!(size(&header, shape), expected, "{shape:?}");
            let copy = &code(&jpeg, &header, &[(shape, Coding::Jpeg)], 80).unwrap()[0];
            assert_eq!(super::Header::read(copy, "").unwrap().stored, expected, "{shape:?}");
        }
    }

    #[test]
    fn what_is_no_picture_or_too_large() {
        let jpeg = encode::jpeg(&corners(80, 60), 90).unwrap();
        let large = |width: u16, height: u16| {
            let mut jpeg = jpeg.clone();
            let at = jpeg.windows(2).position(|w| matches!(w, [0xFF, 0xC0 | 0xC2])).unwrap();
            jpeg[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
            jpeg[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
            jpeg
        };
        for (bytes, expected) in [
            (vec![], Unreadable::Empty),
            (b"MZ\x90\0".to_vec(), Unreadable::NoPicture(None)),
            (b"%PDF-1.7".to_vec(), Unreadable::NoPicture(Some(Format::Pdf))),
            (large(60_000, 60_000), Unreadable::TooManyPixels(60_000, 60_000)),
            (large(31_000, 5_000), Unreadable::TooManyPixels(31_000, 5_000)),
            (large(0, 60), Unreadable::Broken),
            (jpeg[..jpeg.len() - 200].to_vec(), Unreadable::Cut(None)),
        ] {
            assert_eq!(Header::read(&bytes, "jpg"), Err(expected));
        }
    }

    #[test]
    fn what_stands_after_the_picture_goes() {
        let jpeg = encode::jpeg(&corners(80, 60), 90).unwrap();
        let commented = with_segment(&jpeg, 0xFE, b"<script>alert(1)</script>");
        let film = [&commented[..], b"\0\0\0\x18ftypmp42 GPSLatitude"].concat();
        let found = header(&film);
        assert!(found.private.other);
        let copy = &code(&film, &found, &[(Shape::Whole, Coding::Jpeg)], 80).unwrap()[0];
        assert_eq!(copy, &jpeg);
        assert!(read(copy) == read(&jpeg));
    }

    fn samples() -> Vec<Vec<u8>> {
        let small = corners(24, 18);
        let jpeg = encode::jpeg(&small, 80).unwrap();
        let mut transparent = Pixels::black(9, 7, 4);
        transparent.bytes[40] = 9;
        let mut gif = b"GIF89a\x02\0\x02\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
        gif.extend(b"!\xfe\x05hello\0,\0\0\0\0\x02\0\x02\0\0\x02\x03\x84\x71\x05\0;");
        vec![
            with_segment(&jpeg, 0xE1, &exif(6)),
            encode::png(&small).unwrap(),
            encode::png(&transparent).unwrap(),
            encode::webp(&small, 70.0).unwrap(),
            encode::webp_exact(&transparent).unwrap(),
            gif,
            b"<svg width=\"3\" height='4'><!-- a --><metadata>b</metadata></svg>".to_vec(),
        ]
    }

    /// Whatever bytes say: an answer, and in a moment.
    fn look(bytes: &[u8]) {
        let Ok(header) = Header::read(bytes, "svg") else { return };
        let copies = [(Shape::Width(10), Coding::Webp), (Shape::Crop(5, 5), Coding::Jpeg)];
        // Only the copies of what is small are made, so that many are tried.
        if u64::from(header.stored.0) * u64::from(header.stored.1) < 1 << 16 {
            let _ = code(bytes, &header, &copies, 60);
        }
        let _ = code(bytes, &header, &[(Shape::Whole, Coding::Jpeg)], 60);
    }

    #[test]
    fn cut_anywhere() {
        for sample in samples() {
            look(&sample);
            (0..sample.len()).for_each(|at| look(&sample[..at]));
        }
    }

    proptest! {
        #[test]
        fn changed_anywhere(
            which in 0..7_usize,
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        ) {
            let mut sample = samples().swap_remove(which);
            for (at, byte) in changes {
                let at = at.index(sample.len());
                sample[at] = byte;
            }
            look(&sample);
        }
    }
}
