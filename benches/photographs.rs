//! Paints photographs of a kind: hills in haze, houses and trees, water, fields, lamps at night, with
//! the grain of a sensor. Nobody is on them. The sample campaign and the measurements use them.
//!
//!     cargo run --release --example photographs -- FOLDER COUNT MEGAPIXELS
//!     cargo run --release --example photographs -- sample content
#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods)]

use std::path::Path;

use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, SamplingFactor};
use xianfeng::picture::encode;
use xianfeng::picture::pixels::Pixels;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["sample", content] => sample(Path::new(content)),
        [folder, count, megapixels] => {
            let pixels: f64 = megapixels.parse::<f64>().unwrap() * 1e6;
            let height = (pixels / 1.5).sqrt() as u32 / 2 * 2;
            for i in 0..count.parse().unwrap() {
                let picture = Scene::of(i).painted(height * 3 / 2, height);
                let jpeg = with_exif(&as_of_camera(&picture), [1, 6, 3, 8][i as usize % 4]);
                std::fs::create_dir_all(folder).unwrap();
                std::fs::write(Path::new(folder).join(format!("p{i:03}.jpg")), jpeg).unwrap();
            }
        }
        _ => panic!("FOLDER COUNT MEGAPIXELS, or sample CONTENT"),
    }
}

/// The photographs of the sample campaign.
fn sample(content: &Path) {
    let stories = content.join("stories/2026");
    let write = |path: &str, bytes: Vec<u8>| std::fs::write(stories.join(path), bytes).unwrap();
    let paint = |scene: u32, width: u32, height: u32| Scene::of(scene).painted(width, height);
    // As a telephone held upright takes it: on its side, to be turned.
    let upright = paint(1, 1000, 1500).turned(8);
    write("清渠记/渠首.jpg", with_exif(&encode::jpeg(&upright, 62).unwrap(), 6));
    write("清渠记/晨雾.jpg", encode::jpeg(&paint(4, 1320, 880), 62).unwrap());
    write("清渠记/田埂.webp", encode::webp(&paint(2, 1280, 854), 70.0).unwrap());
    write("清渠记/水位.png", encode::png(&chart(720, 420)).unwrap());
    write("清渠记/放水.webm", film(Scene::of(4), 320, 180, 32));
    write("清渠记/放水.jpg", encode::jpeg(&paint(4, 640, 360), 70).unwrap());
    write("bei-jie/路灯.jpg", with_exif(&encode::jpeg(&paint(3, 1320, 880), 62).unwrap(), 1));
    write("bei-jie/巷尾.jpg", encode::jpeg(&paint(7, 1320, 880), 62).unwrap());
}

/// A film of eight pictures a second, each of them whole: VP8 as a WebP has it, in a WebM.
fn film(scene: Scene, width: u32, height: u32, count: u32) -> Vec<u8> {
    let element = |id: &[u8], content: &[u8]| {
        let length = (content.len() as u64 | 1 << 56).to_be_bytes();
        [id, &length, content].concat()
    };
    let number = |id: &[u8], value: u32| element(id, &value.to_be_bytes());
    let short = |id: u8, value: u32| vec![id, 0x82, (value >> 8) as u8, value as u8];
    let head = [
        number(&[0x42, 0x86], 1),
        number(&[0x42, 0xF7], 1),
        number(&[0x42, 0xF2], 4),
        number(&[0x42, 0xF3], 8),
        element(&[0x42, 0x82], b"webm"),
        number(&[0x42, 0x87], 4),
        number(&[0x42, 0x85], 2),
    ];
    let info = [
        number(&[0x2A, 0xD7, 0xB1], 1_000_000),
        element(&[0x44, 0x89], &(f64::from(count) * 125.0).to_be_bytes()),
        element(&[0x4D, 0x80], b"xianfeng"),
        element(&[0x57, 0x41], b"xianfeng"),
    ];
    let video = element(&[0xE0], &[short(0xB0, width), short(0xBA, height)].concat());
    let track = [
        number(&[0xD7], 1),
        number(&[0x73, 0xC5], 1),
        number(&[0x83], 1),
        element(&[0x86], b"V_VP8"),
        video,
    ];
    let frame = |i: u32| {
        let webp =
            encode::webp(&Scene { time: i as f32 / 8.0, ..scene }.painted(width, height), 45.0);
        // The picture itself comes after the heads of the file and of its one part.
        let picture = webp.unwrap().split_off(20);
        let time = (i * 125) as u16;
        element(&[0xA3], &[&[0x81, (time >> 8) as u8, time as u8, 0x80], &picture[..]].concat())
    };
    let cluster = [number(&[0xE7], 0), (0..count).flat_map(frame).collect()].concat();
    let segment = [
        element(&[0x15, 0x49, 0xA9, 0x66], &info.concat()),
        element(&[0x16, 0x54, 0xAE, 0x6B], &element(&[0xAE], &track.concat())),
        element(&[0x1F, 0x43, 0xB6, 0x75], &cluster),
    ];
    let head = element(&[0x1A, 0x45, 0xDF, 0xA3], &head.concat());
    [head, element(&[0x18, 0x53, 0x80, 0x67], &segment.concat())].concat()
}

/// A JPEG as cameras write it: from top to bottom, with the tables of the standard.
fn as_of_camera(picture: &Pixels) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 95);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    let (width, height) = (picture.width as u16, picture.height as u16);
    encoder.encode(&picture.bytes, width, height, ColorType::Rgb).unwrap();
    out
}

/// A JPEG with the Exif of a camera: how it is to be turned, and where it was taken.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend([0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    exif.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0]);
    // Latitude north, and nothing that is anywhere.
    exif.extend([1, 0, 1, 0, 2, 0, 2, 0, 0, 0, b'N', 0, 0, 0, 0, 0, 0, 0]);
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

/// A chart of columns: few colours, as a screenshot has.
fn chart(width: u32, height: u32) -> Pixels {
    let mut pixels = Pixels::black(width, height, 3);
    for (i, pixel) in pixels.bytes.chunks_exact_mut(3).enumerate() {
        let (x, y) = (i as u32 % width, i as u32 / width);
        let column = x / 60;
        let high = 60 + hash(column, 7, 5) % 280;
        let inside = x % 60 > 12 && x % 60 < 48 && column > 0 && column < width / 60 - 1;
        pixel.copy_from_slice(match () {
            () if inside && y > height - 40 - high && y < height - 40 => &[168, 35, 27],
            () if y == height - 40 || y % 80 == 0 => &[205, 195, 180],
            () => &[250, 246, 238],
        });
    }
    pixels
}

#[derive(Clone, Copy)]
struct Scene {
    seed: u32,
    /// In seconds: water moves, and grain is another.
    time: f32,
    night: bool,
    sky: [f32; 3],
    ground: [f32; 3],
}

impl Scene {
    fn of(number: u32) -> Self {
        let skies = [[0.55, 0.7, 0.9], [0.93, 0.8, 0.66], [0.75, 0.8, 0.84], [0.05, 0.07, 0.14]];
        let grounds = [[0.2, 0.33, 0.12], [0.36, 0.28, 0.15], [0.16, 0.3, 0.2], [0.05, 0.05, 0.06]];
        let kind = number as usize % 4;
        Self {
            seed: number + 11,
            time: 0.0,
            night: kind == 3,
            sky: skies[kind],
            ground: grounds[kind],
        }
    }

    fn painted(self, width: u32, height: u32) -> Pixels {
        let mut pixels = Pixels::black(width, height, 3);
        let scale = height as f32;
        let ridges: Vec<Vec<f32>> = (0..4)
            .map(|layer| {
                let ridge = |x: u32| {
                    let x = x as f32 / scale * (2.0 + layer as f32);
                    0.34 + 0.1 * layer as f32 - 0.2 * fbm(x, layer as f32 * 9.0, self.seed, 6)
                };
                (0..width).map(ridge).collect()
            })
            .collect();
        let village = Village::of(self.seed);
        // As fine as the picture is.
        let octaves = (height / 60).max(8).ilog2();
        for y in 0..height {
            for x in 0..width {
                let (u, v) = (x as f32 / scale, y as f32 / scale);
                let mut colour = self.at(u, v, x as usize, &ridges, octaves);
                if let Some(thing) = village.at(u, v, octaves) {
                    colour = thing.map(|channel| channel * if self.night { 0.22 } else { 1.0 });
                }
                let colour = self.lit(u, v, colour);
                let at = (y as usize * width as usize + x as usize) * 3;
                for (i, (byte, channel)) in pixels.bytes[at..].iter_mut().zip(colour).enumerate() {
                    let seed = self.seed ^ self.time.to_bits() ^ i as u32;
                    let grain = (hash(x, y, seed) & 0xFF) as f32 / 255.0 - 0.5;
                    let channel = channel + grain * if self.night { 0.03 } else { 0.02 };
                    *byte = (channel.clamp(0.0, 1.0) * 255.0) as u8;
                }
            }
        }
        pixels
    }

    /// Sky, hills, fields and water.
    fn at(self, u: f32, v: f32, x: usize, ridges: &[Vec<f32>], octaves: u32) -> [f32; 3] {
        let cloud = fbm(u * 3.0, v * 8.0, self.seed + 3, 5);
        let mut colour = self.sky.map(|sky| sky * (1.05 - 0.35 * v) + 0.12 * (cloud - 0.4));
        for (layer, ridge) in ridges.iter().enumerate() {
            if v > ridge[x] {
                let near = (layer + 1) as f32 / 4.0;
                let seed = self.seed + layer as u32;
                let leaves = fbm(u * 60.0 * near, v * 60.0 * near, seed, octaves);
                // Rows of plants, the wider the nearer.
                let below = (v - ridge[x]).max(0.0);
                let rows = ((below * 9.0 + 0.2).ln() * 24.0 + u * 3.0).sin();
                let rows = if layer == 3 && rows > 0.3 { 0.22 } else { 0.0 };
                let depth = 0.7 + 1.1 * (leaves - 0.45) - rows;
                colour = std::array::from_fn(|i| {
                    let ground = self.ground[i] * depth * 1.6;
                    self.sky[i] * 0.8 * (1.0 - near) + ground * near
                });
            }
        }
        // Water in front, with what is above in it.
        if v > 0.78 {
            let (along, across) = (u * 14.0 + self.time, v * 90.0 - 3.0 * self.time);
            let wave = fbm(along, across, self.seed + 8, 4) - 0.45;
            let mirror = 0.9 - 0.5 * (v - 0.78);
            let above = self.sky;
            colour = std::array::from_fn(|i| above[i] * mirror * 0.7 + 0.25 * wave + 0.04);
        }
        colour
    }

    /// The same with the light of lamps, at night.
    fn lit(self, u: f32, v: f32, mut colour: [f32; 3]) -> [f32; 3] {
        for lamp in 0..if self.night { 9_u32 } else { 0 } {
            let at = (hash(lamp, 3, self.seed) % 1400) as f32 / 1000.0;
            let high = 0.5 + (hash(lamp, 5, self.seed) % 200) as f32 / 1000.0;
            let far = ((u - at).powi(2) + (v - high).powi(2)).sqrt();
            let light =
                0.012 / (far + 0.012) + if v > 0.78 && (u - at).abs() < 0.012 { 0.25 } else { 0.0 };
            colour[0] += light;
            colour[1] += light * 0.75;
            colour[2] += light * 0.4;
        }
        colour
    }
}

/// Houses, trees and a line of poles before the water: what has edges.
struct Village {
    seed: u32,
    /// Where each house stands, from the left and from the top, and how wide it is; the nearest last.
    houses: Vec<(f32, f32, f32)>,
    /// Where each tree stands, and the radius of its crown.
    trees: Vec<(f32, f32, f32)>,
}

impl Village {
    fn of(seed: u32) -> Self {
        let part = |i: u32, of: u32| (hash(i, of, seed) % 1000) as f32 / 1000.0;
        let place = |i: u32, of: u32| {
            let near = i as f32 / 12.0;
            (part(i, of) * 1.6 - 0.05, 0.64 + 0.12 * near, 0.6 + 0.8 * near)
        };
        let houses = (0..9).map(|i| {
            let (x, y, size) = place(i, 21);
            (x, y, size * (0.09 + 0.05 * part(i, 22)))
        });
        let trees = (0..12).map(|i| {
            let (x, y, size) = place(i, 31);
            (x, y, size * (0.028 + 0.022 * part(i, 32)))
        });
        Self { seed, houses: houses.collect(), trees: trees.collect() }
    }

    /// What stands there, if anything does.
    fn at(&self, u: f32, v: f32, octaves: u32) -> Option<[f32; 3]> {
        if !(0.3..=0.78).contains(&v) {
            return None;
        }
        let pole = (u - 0.11).rem_euclid(0.34) - 0.17;
        let sag = 0.42 + 0.25 * (0.17 * 0.17 - pole * pole);
        if (0.4..0.77).contains(&v) && pole.abs() < 0.0022
            || (v - 0.42).abs() < 0.0018 && pole.abs() < 0.022
            || [0.0, 0.012].iter().any(|below| (v - sag - below + 0.0072).abs() < 0.0006)
        {
            return Some([0.16, 0.15, 0.14]);
        }
        let trees = self.trees.iter().zip(1..);
        let tree =
            trees.filter_map(|(tree, i)| Some((tree.1, self.tree(*tree, i, u, v, octaves)?)));
        let houses = self.houses.iter().zip(1..);
        let house = houses.filter_map(|(house, i)| Some((house.1, self.house(*house, i, u, v)?)));
        let nearest = tree.chain(house).max_by(|(a, _), (b, _)| a.total_cmp(b));
        nearest.map(|(_, colour)| colour)
    }

    fn tree(&self, at: (f32, f32, f32), i: u32, u: f32, v: f32, octaves: u32) -> Option<[f32; 3]> {
        let (x, y, radius) = at;
        let (dx, dy) = ((u - x) / radius, (v - (y - 2.2 * radius)) / radius);
        if dx.abs() > 1.5 || dy.abs() > 2.4 {
            return None;
        }
        let leaves = fbm(u * 90.0, v * 90.0, self.seed + i, octaves);
        if dx * dx + dy * dy < 0.55 + 1.3 * (leaves - 0.25) {
            let light = 0.55 + 1.5 * (leaves - 0.42) - 0.18 * (dx + dy);
            return Some([0.2 * light, 0.36 * light, 0.13 * light]);
        }
        let trunk = dx.abs() < 0.09 && (0.0..2.2).contains(&dy);
        trunk.then(|| [0.26, 0.2, 0.15].map(|c| c * (0.8 + 0.8 * (leaves - 0.4))))
    }

    fn house(&self, at: (f32, f32, f32), i: u32, u: f32, v: f32) -> Option<[f32; 3]> {
        let (x, y, wide) = at;
        let (a, b) = ((u - x) / wide, (y - v) / wide);
        let (is_roof, is_wall) = (
            (0.52..0.86).contains(&b) && a.abs() < 0.56 - 0.6 * (b - 0.52),
            (0.0..0.52).contains(&b) && a.abs() < 0.5,
        );
        if is_roof {
            let tiles = ((a * 46.0).sin() * 0.5 + (b * 90.0).sin() * 0.5) * 0.16;
            return Some([0.3, 0.27, 0.26].map(|c| c * (1.0 + tiles)));
        }
        let opening = |from: f32, to: f32, low: f32, high: f32| {
            (from..to).contains(&a) && (low..high).contains(&b)
        };
        let glass = [(-0.4, -0.2), (0.2, 0.4)].iter().any(|&(from, to)| {
            opening(from, to, 0.18, 0.4) && ((a - from) / 0.2 * 2.0).fract() > 0.1
        });
        let wall = [0.86, 0.82, 0.74].map(|c| {
            c * (0.9 + 0.12 * (fbm(u * 300.0, v * 300.0, self.seed + i, 3) - 0.4) - 0.1 * a)
        });
        is_wall.then(|| match () {
            () if glass => [0.2, 0.25, 0.3],
            () if opening(-0.09, 0.09, 0.0, 0.36) => [0.42, 0.2, 0.14],
            () if b < 0.05 => wall.map(|c| c * 0.6),
            () => wall,
        })
    }
}

fn hash(x: u32, y: u32, seed: u32) -> u32 {
    let mut h =
        x.wrapping_mul(0x9E37_79B1) ^ y.wrapping_mul(0x85EB_CA77) ^ seed.wrapping_mul(0xC2B2_AE3D);
    h = (h ^ h >> 15).wrapping_mul(0x2C1B_3C6D);
    h = (h ^ h >> 12).wrapping_mul(0x297A_2D39);
    h ^ h >> 15
}

fn noise(x: f32, y: f32, seed: u32) -> f32 {
    let (i, j) = (x.floor(), y.floor());
    let (fx, fy) = (x - i, y - j);
    let smooth = |t: f32| t * t * (3.0 - 2.0 * t);
    let value = |dx: i64, dy: i64| {
        hash((i as i64 + dx) as u32, (j as i64 + dy) as u32, seed) as f32 / u32::MAX as f32
    };
    let (sx, sy) = (smooth(fx), smooth(fy));
    let top = value(0, 0) + (value(1, 0) - value(0, 0)) * sx;
    let below = value(0, 1) + (value(1, 1) - value(0, 1)) * sx;
    top + (below - top) * sy
}

fn fbm(x: f32, y: f32, seed: u32, octaves: u32) -> f32 {
    let mut sum = 0.0;
    let mut size = 0.5;
    for octave in 0..octaves {
        let wide = (1 << octave) as f32;
        sum += size * noise(x * wide, y * wide, seed + octave * 131);
        size /= 2.0;
    }
    sum
}
