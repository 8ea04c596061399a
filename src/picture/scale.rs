//! Smaller copies, made in linear light: a mean of bytes that stand for brightness on a screen
//! is too dark, which shows in leaves, hair and print. The home of fast_image_resize.

use std::sync::OnceLock;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, ResizeOptions, Resizer};

use super::pixels::Pixels;

/// A picture in linear light, 16 bits a channel.
#[derive(Debug)]
pub struct Linear {
    width: u32,
    height: u32,
    channels: usize,
    values: Vec<u16>,
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
    /// The light of pixels. Of a picture that is much larger than `width`, the widest copy that
    /// is wanted, squares of pixels are one from here on: it takes less memory and time, and
    /// what remains is enough to be made smaller well.
    pub fn of(pixels: &Pixels, width: u32) -> Self {
        let square = (pixels.width * 2 / (width.max(1) * 3)).max(1);
        // No side may vanish.
        let square = square.min(pixels.width).min(pixels.height).min(64) as usize;
        let table = light();
        if square == 1 {
            let values = match pixels.channels {
                3 => pixels.bytes.iter().map(|&byte| table[usize::from(byte)]).collect(),
                _ => {
                    let each = |pixel: &[u8]| {
                        let [r, g, b] = [0, 1, 2].map(|i| table[usize::from(pixel[i])]);
                        [r, g, b, u16::from(pixel[3]) * 257]
                    };
                    pixels.bytes.chunks_exact(4).flat_map(each).collect()
                }
            };
            let Pixels { width, height, channels, .. } = *pixels;
            return Self { width, height, channels, values };
        }
        match pixels.channels {
            3 => reduce::<3>(pixels, square),
            _ => reduce::<4>(pixels, square),
        }
    }

    /// A copy of a part of it, or of all, of this size.
    pub fn resized(&self, width: u32, height: u32, part: Option<Part>) -> Pixels {
        let kind = if self.channels == 4 { PixelType::U16x4 } else { PixelType::U16x3 };
        let mut small = Image::new(width, height, kind);
        let options = ResizeOptions::new();
        let options = match part {
            Some(Part { x, y, width, height }) => options.crop(x, y, width, height),
            None => options,
        };
        let same_size = part.is_none() && (width, height) == (self.width, self.height);
        if same_size {
            return self.shown(width, height, |i| self.values[i]);
        }
        let source = bytemuck::cast_slice(&self.values);
        let source = ImageRef::new(self.width, self.height, source, kind);
        let resized =
            source.is_ok_and(|source| Resizer::new().resize(&source, &mut small, &options).is_ok());
        debug_assert!(resized, "the sizes are right");
        let values = small.buffer();
        self.shown(width, height, |i| u16::from_ne_bytes([values[2 * i], values[2 * i + 1]]))
    }

    fn shown(&self, width: u32, height: u32, value: impl Fn(usize) -> u16) -> Pixels {
        let (table, channels) = (bytes(), self.channels);
        let mut pixels = Pixels::black(width, height, channels);
        for (i, byte) in pixels.bytes.iter_mut().enumerate() {
            let value = value(i);
            *byte = match channels == 4 && i % 4 == 3 {
                true => ((u32::from(value) + 128) / 257) as u8,
                false => table[usize::from(value)],
            };
        }
        pixels
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
                let here = i64::from(self.values[at]);
                let left = i64::from(self.values[at - self.channels]);
                let above = i64::from(self.values[at - row]);
                let change = (here - left).unsigned_abs() + (here - above).unsigned_abs();
                sums[if columns { x } else { y }] += change;
            }
        }
        sums
    }
}

/// The mean light of squares of pixels.
fn reduce<const N: usize>(pixels: &Pixels, square: usize) -> Linear {
    let table = light();
    let (width, height) = (pixels.width as usize / square, pixels.height as usize / square);
    let mut values = Vec::with_capacity(width * height * N);
    let count = (square * square) as u32;
    let mut sums = vec![0u32; width * N];
    for y in 0..height {
        sums.fill(0);
        for row in 0..square {
            let row = &pixels.row(y * square + row)[..width * square * N];
            for (sum, pixels) in sums.chunks_exact_mut(N).zip(row.chunks_exact(square * N)) {
                for pixel in pixels.chunks_exact(N) {
                    // What is transparent has no colour to give.
                    let alpha = if N == 4 { u32::from(pixel[3]) } else { 255 };
                    for channel in 0..3 {
                        let light = u32::from(table[usize::from(pixel[channel])]);
                        sum[channel] += if N == 4 { light * alpha / 255 } else { light };
                    }
                    if N == 4 {
                        sum[3] += alpha;
                    }
                }
            }
        }
        for sum in sums.chunks_exact(N) {
            if N == 4 {
                let alpha = sum[3];
                for light in &sum[..3] {
                    let light = u64::from(*light) * 255 / u64::from(alpha.max(1));
                    values.push(light.min(65535) as u16);
                }
                values.push(((alpha * 257 + count / 2) / count) as u16);
            } else {
                values.extend(sum.iter().map(|light| ((light + count / 2) / count) as u16));
            }
        }
    }
    Linear { width: width as u32, height: height as u32, channels: N, values }
}

#[cfg(test)]
mod tests {
    use fast_image_resize::images::{Image, ImageRef};
    use fast_image_resize::{CpuExtensions, PixelType, Resizer};

    use super::{Linear, bytes, light};
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
        let small = Linear::of(&pixels, 50).resized(50, 50, None);
        let middle = small.row(25)[75];
        assert!((186..=190).contains(&middle), "{middle}");
    }

    #[test]
    fn transparent_pixels_give_no_colour() {
        let mut pixels = Pixels::black(64, 64, 4);
        for (i, pixel) in pixels.bytes.chunks_exact_mut(4).enumerate() {
            pixel.copy_from_slice(if i % 2 == 0 { &[200, 10, 10, 255] } else { &[0, 255, 0, 0] });
        }
        for width in [32, 8] {
            let small = Linear::of(&pixels, width).resized(width, width, None);
            let at = small.bytes.len() / 2 + width as usize * 2;
            let [r, g, b, a] = small.bytes[at..at + 4] else { panic!() };
            let near = |value: u8, wanted: u8| value.abs_diff(wanted) <= 3;
            assert!(near(r, 200) && near(g, 10) && near(b, 10) && near(a, 128), "{r} {g} {b} {a}");
        }
    }

    /// The same bytes on every processor of a kind, so that a site does not depend on it.
    #[test]
    fn every_instruction_set_gives_the_same_bytes() {
        let linear = Linear::of(&noise(211, 97, 3), 211);
        let source = bytemuck::cast_slice(&linear.values);
        let source = ImageRef::new(211, 97, source, PixelType::U16x3).unwrap();
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
        let part = Linear::of(&pixels, 300).best_part(1.0);
        assert!((180.0..=200.0).contains(&part.x), "{part:?}");
        assert_eq!((part.y, part.width, part.height), (0.0, 100.0, 100.0));
    }
}
