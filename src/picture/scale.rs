//! Smaller copies, made in linear light: a mean of bytes that stand for brightness on a screen
//! is too dark, which shows in leaves, hair and print. The home of fast_image_resize.

use std::sync::OnceLock;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, ResizeOptions, Resizer};

use super::pixels::Pixels;

/// A picture in linear light.
#[derive(Debug)]
pub struct Linear {
    width: u32,
    height: u32,
    channels: usize,
    /// Two bytes a channel, as the machine has numbers.
    values: Vec<u8>,
}

/// A part of a picture, in its pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
}

/// The light of each byte.
fn light() -> &'static [u16; 256] {
    static TABLE: OnceLock<[u16; 256]> = OnceLock::new();
    TABLE.get_or_init(|| {
        std::array::from_fn(|byte| {
            let value = byte as f64 / 255.0;
            let light = match value <= 0.040_45 {
                true => value / 12.92,
                false => ((value + 0.055) / 1.055).powf(2.4),
            };
            (light * 65535.0).round() as u16
        })
    })
}

/// The byte of each light.
fn bytes() -> &'static [u8] {
    static TABLE: OnceLock<Vec<u8>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let byte = |light: u32| {
            let light = f64::from(light) / 65535.0;
            let value = match light <= 0.003_130_8 {
                true => light * 12.92,
                false => 1.055 * light.powf(1.0 / 2.4) - 0.055,
            };
            (value * 255.0).round() as u8
        };
        (0..=65535).map(byte).collect()
    })
}

impl Linear {
    /// The light of a picture, made this size, which is not larger. A picture that is much wider is made
    /// smaller where it stands first, to half as many pixels again in both directions; the light of any
    /// other is made a few rows at a time. So a large picture is never held twice.
    pub fn of(pixels: Pixels, width: u32, height: u32) -> Self {
        let enough = width.max(1).saturating_mul(3) / 2;
        // What is left must have room behind what is read: two bytes for one, in both directions.
        let is_much_wider = u64::from(pixels.width) * 5 >= u64::from(enough) * 8;
        // What is wider is let go of before what is lower is made.
        let narrow = match (is_much_wider, pixels.channels) {
            (false, _) => Self::narrowed(pixels, width),
            (true, 3) => reduced::<3>(pixels, enough).narrow(width),
            (true, _) => reduced::<4>(pixels, enough).narrow(width),
        };
        narrow.fitted(width, height)
    }

    /// As high as it is, and so wide.
    fn narrow(self, width: u32) -> Self {
        let height = self.height;
        self.fitted(width, height)
    }

    /// All of it in this size; what has it stays as it is.
    fn fitted(self, width: u32, height: u32) -> Self {
        match (width, height) == self.size() {
            true => self,
            false => self.resized(width, height, None),
        }
    }

    /// The light of pixels.
    fn of_all(bytes: &[u8], width: u32, channels: usize) -> Self {
        let table = light();
        let light = bytes.iter().enumerate().flat_map(|(i, &byte)| {
            let is_alpha = channels == 4 && i % 4 == 3;
            let light = if is_alpha { u16::from(byte) * 257 } else { table[usize::from(byte)] };
            light.to_ne_bytes()
        });
        let mut values = Vec::with_capacity(bytes.len() * 2);
        values.extend(light);
        let height = bytes.len() / (width as usize * channels);
        Self { width, height: height as u32, channels, values }
    }

    /// The light of pixels, as high as they are and so wide: a few rows at a time.
    fn narrowed(pixels: Pixels, width: u32) -> Self {
        let Pixels { width: of_width, height, channels, bytes } = pixels;
        let mut values = Vec::with_capacity(width as usize * height as usize * channels * 2);
        for rows in bytes.chunks(of_width as usize * channels * 64) {
            values.extend(Self::of_all(rows, of_width, channels).narrow(width).values);
        }
        Self { width, height, channels, values }
    }

    /// The light of one channel of a pixel.
    fn value(&self, i: usize) -> u16 {
        u16::from_ne_bytes([self.values[2 * i], self.values[2 * i + 1]])
    }

    /// A copy of a part of it, or of all, of this size.
    pub fn resized(&self, width: u32, height: u32, part: Option<Part>) -> Self {
        let kind = if self.channels == 4 { PixelType::U16x4 } else { PixelType::U16x3 };
        let options = ResizeOptions::new();
        let options = match part {
            Some(Part { x, y, width, height }) => options.crop(x, y, width, height),
            None => options,
        };
        let mut small = Image::new(width, height, kind);
        // Bytes that stand for numbers nearly always stand where numbers can.
        let moved: Vec<u16>;
        let source = match bytemuck::try_cast_slice::<u8, u16>(&self.values) {
            Ok(_) => &self.values[..],
            Err(_) => {
                moved = (0..self.values.len() / 2).map(|i| self.value(i)).collect();
                bytemuck::cast_slice(&moved)
            }
        };
        let source = ImageRef::new(self.width, self.height, source, kind);
        let resized =
            source.is_ok_and(|source| Resizer::new().resize(&source, &mut small, &options).is_ok());
        debug_assert!(resized, "the sizes are right");
        Self { width, height, channels: self.channels, values: small.into_vec() }
    }

    /// As it is shown.
    pub fn shown(&self) -> Pixels {
        let (table, channels) = (bytes(), self.channels);
        let byte = |(i, value): (usize, &[u8])| {
            let value = u16::from_ne_bytes([value[0], value[1]]);
            match channels == 4 && i % 4 == 3 {
                true => ((u32::from(value) + 128) / 257) as u8,
                false => table[usize::from(value)],
            }
        };
        let bytes = self.values.chunks_exact(2).enumerate().map(byte).collect();
        Pixels { width: self.width, height: self.height, channels, bytes }
    }

    /// Its width and height.
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// The part of these proportions that shows most: where most edges are. Of two sides only
    /// one is cut.
    pub fn best_part(&self, proportion: f64) -> Part {
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        let along = width / height > proportion;
        let (part_width, part_height) =
            if along { (height * proportion, height) } else { (width, width / proportion) };
        let edges = self.edges(along);
        let wide = (if along { part_width } else { part_height }).round() as usize;
        let wide = wide.clamp(1, edges.len());
        let mut sum: u64 = edges[..wide].iter().sum();
        let middle = (edges.len() - wide) as f64 / 2.0;
        let mut best = (0, f64::MIN);
        for start in 0..=edges.len() - wide {
            if start > 0 {
                sum = sum + edges[start + wide - 1] - edges[start - 1];
            }
            // The middle counts for something: photographers put there what matters.
            let aside = if middle > 0.0 { (start as f64 - middle).abs() / middle } else { 0.0 };
            let worth = sum as f64 * (1.0 - 0.15 * aside);
            if worth > best.1 {
                best = (start, worth);
            }
        }
        let start = best.0 as f64;
        let (x, y) = if along {
            (start.min(width - part_width), 0.0)
        } else {
            (0.0, start.min(height - part_height))
        };
        Part { x: x.max(0.0), y: y.max(0.0), width: part_width, height: part_height }
    }

    /// How much changes from pixel to pixel, in each column, or in each row.
    fn edges(&self, columns: bool) -> Vec<u64> {
        let (width, height) = (self.width as usize, self.height as usize);
        let mut sums = vec![0; if columns { width } else { height }];
        let row = width * self.channels;
        for y in (1..height).step_by(2) {
            for x in 1..width {
                let at = y * row + x * self.channels + 1;
                let here = i64::from(self.value(at));
                let left = i64::from(self.value(at - self.channels));
                let above = i64::from(self.value(at - row));
                let change = (here - left).unsigned_abs() + (here - above).unsigned_abs();
                sums[if columns { x } else { y }] += change;
            }
        }
        sums
    }
}

/// Of so many parts a pixel is made.
const PARTS: u32 = 1 << 14;

/// What one pixel of a line gives to those of a shorter one.
#[derive(Clone, Copy, Debug)]
struct Share {
    /// To the one that it falls into, in parts of that.
    first: u32,
    /// Is it the last that this one gets anything of?
    ends: bool,
    /// To the one after it.
    rest: u32,
}

/// What each pixel of a line gives to those of a shorter one.
fn shares(from: usize, to: usize) -> impl Iterator<Item = Share> + Clone {
    // A pixel has `to` units to give, and one of the shorter line takes `from`. Parts are rounded so that
    // each gets all of its own.
    let parts = move |units: usize| ((units * PARTS as usize + from / 2) / from) as u32;
    (0..from).map(move |i| {
        let before = i * to % from;
        let after = before + to;
        match after >= from {
            true => Share { first: PARTS - parts(before), ends: true, rest: parts(after - from) },
            false => Share { first: parts(after) - parts(before), ends: false, rest: 0 },
        }
    })
}

/// The light of so many parts.
fn mean(sum: u32) -> u16 {
    ((sum + PARTS / 2) / PARTS) as u16
}

/// A picture of this width, each pixel of which has the mean light of what it covers. It stands where
/// the pixels stood, so that a large picture is not held twice.
fn reduced<const N: usize>(pixels: Pixels, width: u32) -> Linear {
    let table = light();
    let (from_width, from_height) = (pixels.width as usize, pixels.height as usize);
    let width = width as usize;
    let height = (from_height * width / from_width).max(1);
    let mut bytes = pixels.bytes;
    // Of a picture as thin as a line, no row may vanish.
    bytes.resize(bytes.len().max(width * height * N * 2), 0);
    let across: Vec<Share> = shares(from_width, width).collect();
    let mut line = vec![0_u16; width * N];
    let mut sums = vec![0_u32; width * N];
    let mut written = 0;
    for (y, down) in shares(from_height, height).enumerate() {
        let row = &bytes[y * from_width * N..][..from_width * N];
        let (mut places, mut sum) = (line.chunks_exact_mut(N), [0; N]);
        for (pixel, share) in row.chunks_exact(N).zip(&across) {
            let light: [u32; N] = std::array::from_fn(|channel| {
                let alpha = if N == 4 { u32::from(pixel[3]) } else { 255 };
                // What is transparent has no colour to give.
                match channel {
                    3 => alpha * 257,
                    _ if N == 4 => u32::from(table[usize::from(pixel[channel])]) * alpha / 255,
                    _ => u32::from(table[usize::from(pixel[channel])]),
                }
            });
            for (sum, light) in sum.iter_mut().zip(light) {
                *sum += light * share.first;
            }
            if share.ends
                && let Some(place) = places.next()
            {
                for ((place, sum), light) in place.iter_mut().zip(&mut sum).zip(light) {
                    *place = mean(*sum);
                    *sum = light * share.rest;
                }
            }
        }
        for (sum, light) in sums.iter_mut().zip(&line) {
            *sum += u32::from(*light) * down.first;
        }
        if down.ends {
            write_row::<N>(&mut bytes[written..][..width * N * 2], &sums);
            written += width * N * 2;
            for (sum, light) in sums.iter_mut().zip(&line) {
                *sum = u32::from(*light) * down.rest;
            }
        }
    }
    bytes.truncate(width * height * N * 2);
    Linear { width: width as u32, height: height as u32, channels: N, values: bytes }
}

/// Writes a row of means, in which what is transparent has its own colour again.
fn write_row<const N: usize>(row: &mut [u8], sums: &[u32]) {
    for (pixel, sums) in row.chunks_exact_mut(2 * N).zip(sums.chunks_exact(N)) {
        let alpha = if N == 4 { mean(sums[3]) } else { u16::MAX };
        for (channel, (value, sum)) in pixel.chunks_exact_mut(2).zip(sums).enumerate() {
            let light = mean(*sum);
            let light = match channel {
                3 => alpha,
                _ if alpha == u16::MAX => light,
                _ => (u32::from(light) * 65535 / u32::from(alpha.max(1))).min(65535) as u16,
            };
            value.copy_from_slice(&light.to_ne_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use fast_image_resize::images::{Image, ImageRef};
    use fast_image_resize::{CpuExtensions, PixelType, Resizer};

    use super::{Linear, PARTS, bytes, light, shares};
    use crate::picture::pixels::Pixels;

    fn noise(width: u32, height: u32, channels: usize) -> Pixels {
        let mut pixels = Pixels::black(width, height, channels);
        let mut seed = 7_u32;
        for byte in &mut pixels.bytes {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *byte = (seed >> 24) as u8;
        }
        pixels
    }

    #[test]
    fn light_and_back() {
        for byte in 0..=255_u8 {
            assert_eq!(bytes()[usize::from(light()[usize::from(byte)])], byte);
        }
    }

    #[test]
    fn fine_black_and_white_has_the_light_of_both() {
        let mut pixels = Pixels::black(400, 400, 3);
        for (i, pixel) in pixels.bytes.chunks_exact_mut(3).enumerate() {
            pixel.fill(if (i + i / 400) % 2 == 0 { 255 } else { 0 });
        }
        // The mean of the bytes would be 128, which is a fifth of the light.
        let small = Linear::of(pixels.clone(), 50, 50).shown();
        let middle = small.row(25)[75];
        assert!((186..=190).contains(&middle), "{middle}");
    }

    #[test]
    fn every_pixel_gets_all_of_its_parts() {
        for (from, to) in [(1, 1), (5, 5), (5, 3), (7, 2), (6, 3), (6000, 3600), (32_000, 1)] {
            let mut got = vec![0];
            for share in shares(from, to) {
                *got.last_mut().unwrap() += share.first;
                if share.ends {
                    got.push(share.rest);
                }
            }
            assert_eq!(got.pop(), Some(0), "{from} {to}");
            assert!(
                got.len() == to && got.iter().all(|&parts| parts == PARTS),
                "{from} {to} {got:?}"
            );
        }
    }

    /// Whatever the sizes: no row is lost, and what is even stays so.
    #[test]
    fn an_even_picture_stays_even() {
        for (width, height, wanted) in
            [(41, 29, 7), (97, 3, 10), (48, 1, 20), (300, 1, 20), (64, 200, 16), (50, 300, 40)]
        {
            for channels in [3, 4] {
                let mut pixels = Pixels::black(width, height, channels);
                pixels.bytes.fill(201);
                let high = (height * wanted / width).max(1);
                let small = Linear::of(pixels, wanted, high).shown();
                assert_eq!((small.width, small.height), (wanted, high));
                assert_eq!(small.bytes.len(), (wanted * high) as usize * channels);
                assert!(small.bytes.iter().all(|byte| byte.abs_diff(201) <= 1), "{width} {height}");
            }
        }
    }

    /// A few rows at a time are the same as all at once.
    #[test]
    fn rows_join_without_a_seam() {
        let pixels = noise(130, 200, 3);
        let all = Linear::of_all(&pixels.bytes, 130, 3).resized(90, 138, None).shown();
        assert_eq!(Linear::of(pixels, 90, 138).shown(), all);
    }

    #[test]
    fn transparent_pixels_give_no_colour() {
        let mut pixels = Pixels::black(64, 64, 4);
        for (i, pixel) in pixels.bytes.chunks_exact_mut(4).enumerate() {
            pixel.copy_from_slice(if i % 2 == 0 { &[200, 10, 10, 255] } else { &[0, 255, 0, 0] });
        }
        for width in [32, 8] {
            let small = Linear::of(pixels.clone(), width, width).shown();
            let at = small.bytes.len() / 2 + width as usize * 2;
            let [r, g, b, a] = small.bytes[at..at + 4] else { panic!() };
            let near = |value: u8, wanted: u8| value.abs_diff(wanted) <= 3;
            assert!(near(r, 200) && near(g, 10) && near(b, 10), "{r} {g} {b}");
            // Where an uneven number of columns is made one, not all have the same share of both.
            assert!(a.abs_diff(128) <= 12, "{a}");
        }
    }

    /// The same bytes on every processor of a kind, so that a site does not depend on it.
    #[test]
    fn every_instruction_set_gives_the_same_bytes() {
        let linear = Linear::of(noise(211, 97, 3), 211, 97);
        let source = ImageRef::new(211, 97, &linear.values, PixelType::U16x3).unwrap();
        let with = |extensions: CpuExtensions| {
            let mut resizer = Resizer::new();
            #[allow(unsafe_code, reason = "only what the processor has is asked for")]
            unsafe {
                resizer.set_cpu_extensions(extensions);
            }
            let mut small = Image::new(83, 38, PixelType::U16x3);
            resizer.resize(&source, &mut small, None).unwrap();
            small.into_vec()
        };
        let plain = with(CpuExtensions::None);
        #[cfg(target_arch = "x86_64")]
        for extensions in [CpuExtensions::Sse4_1, CpuExtensions::Avx2] {
            if extensions.is_supported() {
                assert!(with(extensions) == plain, "{extensions:?}");
            }
        }
        assert_eq!(plain.len(), 83 * 38 * 6);
    }

    #[test]
    fn the_best_part_has_the_edges() {
        let mut pixels = Pixels::black(300, 100, 3);
        let busy = noise(100, 100, 3);
        for y in 0..100 {
            let at = (y * 300 + 190) * 3;
            pixels.bytes[at..at + 300].copy_from_slice(busy.row(y));
        }
        let part = Linear::of(pixels.clone(), 300, 100).best_part(1.0);
        assert!((180.0..=200.0).contains(&part.x), "{part:?}");
        assert_eq!((part.y, part.width, part.height), (0.0, 100.0, 100.0));
    }
}
