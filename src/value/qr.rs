//! QR codes as the path of an SVG.

use std::sync::OnceLock;

use qrcode::canvas::{Canvas, MaskPattern, Module};
use qrcode::{Color, EcLevel, Version, bits, ec};

/// The white border that readers of such codes need, in modules (ISO/IEC 18004).
const QUIET: usize = 4;

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// The width and height of its square, the white border included.
    pub size: usize,
    /// The dark parts, as the `d` of a `path` whose stroke is one wide.
    pub path: String,
}

/// The code that leads to `text`; `None` if that is too long for one.
pub fn code(text: &str) -> Option<Qr> {
    let (width, dark) = drawn(text)?;
    let mut path = Vec::with_capacity(width * width);
    for (y, row) in dark.chunks(width).enumerate() {
        let mut end = None;
        let mut rest = row;
        while let Some(light) = rest.iter().position(|dark| *dark) {
            let x = row.len() - rest.len() + light;
            let length = row[x..].iter().take_while(|dark| **dark).count();
            match end {
                None => {
                    number(&mut path, b'M', x + QUIET);
                    number(&mut path, b' ', y + QUIET);
                    path.extend_from_slice(b".5");
                }
                Some(end) => {
                    number(&mut path, b'm', x - end);
                    path.extend_from_slice(b" 0");
                }
            }
            number(&mut path, b'h', length);
            end = Some(x + length);
            rest = &row[x + length..];
        }
    }
    Some(Qr { size: width + 2 * QUIET, path: String::from_utf8(path).ok()? })
}

/// Writes a number after a sign. There are some hundred in a code, and a code in every story: to
/// format them took longer than to make the code.
fn number(path: &mut Vec<u8>, sign: u8, number: usize) {
    let digit = |unit: usize| b'0' + (number / unit % 10) as u8;
    match number {
        0..10 => path.extend_from_slice(&[sign, digit(1)]),
        10..100 => path.extend_from_slice(&[sign, digit(10), digit(1)]),
        _ => path.extend_from_slice(&[sign, digit(100), digit(10), digit(1)]),
    }
}

const LEVEL: EcLevel = EcLevel::M;

/// What all codes of a version have in common.
struct Blank {
    /// Is a module dark where the data has no bit there, or a zero? Row by row.
    dark: Vec<bool>,
    /// Which modules show the bits of the data, in their order (ISO/IEC 18004, 7.7.3).
    places: Vec<usize>,
}

/// Is each module of a code dark, row by row, and how many has a row?
fn drawn(text: &str) -> Option<(usize, Vec<bool>)> {
    static BLANKS: [OnceLock<Blank>; 40] = [const { OnceLock::new() }; 40];
    let bits = bits::encode_auto(text.as_bytes(), LEVEL).ok()?;
    let version = bits.version();
    let Version::Normal(number) = version else { return None };
    let Blank { dark, places } =
        BLANKS.get(usize::try_from(number).ok()? - 1)?.get_or_init(|| blank(version));
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, LEVEL).ok()?;
    let mut dark = dark.clone();
    let bytes = data.iter().chain(&correction);
    for (byte, places) in bytes.zip(places.chunks(8)) {
        for (bit, &place) in places.iter().enumerate() {
            dark[place] ^= byte << bit & 0x80 != 0;
        }
    }
    Some((usize::try_from(version.width()).ok()?, dark))
}

/// All eight masks can be read; to weigh them would take ten times as long as all the rest, for every
/// story of a site.
fn blank(version: Version) -> Blank {
    let mut canvas = Canvas::new(version, LEVEL);
    canvas.draw_all_functional_patterns();
    let width = version.width();
    let mut places = Vec::new();
    // Two columns at a time, from the right, in turn up and down; the sixth holds no data.
    let columns = (0..width).rev().filter(|x| *x != 6).step_by(2);
    for (turn, right) in columns.enumerate() {
        for step in 0..width {
            let y = if turn % 2 == 0 { width - 1 - step } else { step };
            let free =
                [right, right - 1].into_iter().filter(|x| canvas.get(*x, y) == Module::Empty);
            places.extend(free.map(|x| (y * width + x) as usize));
        }
    }
    canvas.apply_mask(MaskPattern::DiagonalLines);
    let dark = canvas.into_colors().into_iter().map(|colour| colour == Color::Dark);
    Blank { dark: dark.collect(), places }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Drawn again by its path, it is the code that the crate made, and what it says can be read.
    #[test]
    fn the_path_draws_the_code() {
        let text = "https://www.example.cn/stories/2026/lin-xiao-man/";
        let Qr { size, path } = code(text).unwrap();
        let mut dark = vec![vec![false; size]; size];
        for row in path.split('M').skip(1) {
            let numbers: Vec<usize> = row
                .replace(".5", "")
                .replace("m", " ")
                .replace("h", " ")
                .split(' ')
                .map(|number| number.parse().unwrap())
                .collect();
            let (y, mut x) = (numbers[1], numbers[0]);
            dark[y][x..x + numbers[2]].fill(true);
            x += numbers[2];
            for step in numbers[3..].chunks(3) {
                assert_eq!(step[1], 0);
                x += step[0];
                dark[y][x..x + step[2]].fill(true);
                x += step[2];
            }
        }
        let (width, colours) = drawn(text).unwrap();
        assert_eq!(size, width + 2 * QUIET);
        for (y, row) in dark.iter().enumerate() {
            for (x, &dark) in row.iter().enumerate() {
                let inside = |at: usize| (QUIET..size - QUIET).contains(&at);
                let at = || (y - QUIET) * width + x - QUIET;
                let wanted = inside(x) && inside(y) && colours[at()];
                assert_eq!(dark, wanted, "{x} {y}");
            }
        }
        assert_eq!(super::code(&"字".repeat(5000)), None);
    }

    /// Of every version it is the code that the crate draws itself.
    #[test]
    fn what_versions_have_in_common_is_drawn_once() {
        let mut versions = std::collections::BTreeSet::new();
        let lengths = std::iter::successors(Some(5), |length| Some(1 + length + length / 40));
        for length in lengths.take_while(|length| *length < 2000) {
            let text = "https://例/".chars().cycle().take(length).collect::<String>();
            let Ok(bits) = bits::encode_auto(text.as_bytes(), LEVEL) else { continue };
            let version = bits.version();
            versions.insert(version.width());
            let (data, correction) =
                ec::construct_codewords(&bits.into_bytes(), version, LEVEL).unwrap();
            let mut canvas = Canvas::new(version, LEVEL);
            canvas.draw_all_functional_patterns();
            canvas.draw_data(&data, &correction);
            canvas.apply_mask(MaskPattern::DiagonalLines);
            let dark: Vec<bool> =
                canvas.into_colors().iter().map(|colour| *colour == Color::Dark).collect();
            assert_eq!(drawn(&text).unwrap().1, dark, "{version:?}");
        }
        assert_eq!(versions.len(), 40, "{versions:?}");
    }
}
