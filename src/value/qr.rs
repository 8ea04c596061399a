//! QR codes as the path of an SVG.

use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::{Color, EcLevel, bits, ec};

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
    let (width, colours) = drawn(text)?;
    let mut path = String::with_capacity(4 * width * width / 2);
    for (y, row) in colours.chunks(width).enumerate() {
        let (mut x, mut end) = (0, None);
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                match end {
                    None => {
                        number(&mut path, 'M', x + QUIET);
                        number(&mut path, ' ', y + QUIET);
                        path.push_str(".5");
                    }
                    Some(end) => {
                        number(&mut path, 'm', x - end);
                        path.push_str(" 0");
                    }
                }
                number(&mut path, 'h', run.len());
                end = Some(x + run.len());
            }
            x += run.len();
        }
    }
    Some(Qr { size: width + 2 * QUIET, path })
}

/// Writes a number after a sign. There are some hundred in a code, and a code in every story: to
/// format them took longer than to make the code.
fn number(path: &mut String, sign: char, number: usize) {
    path.push(sign);
    for unit in [100, 10, 1] {
        if number >= unit || unit == 1 {
            path.push(char::from(b'0' + (number / unit % 10) as u8));
        }
    }
}

/// The modules of a code, row by row, and how many a row has. All eight masks can be read; to weigh
/// them would take ten times as long as all the rest, for every story of a site.
fn drawn(text: &str) -> Option<(usize, Vec<Color>)> {
    const LEVEL: EcLevel = EcLevel::M;
    let bits = bits::encode_auto(text.as_bytes(), LEVEL).ok()?;
    let version = bits.version();
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, LEVEL).ok()?;
    let mut canvas = Canvas::new(version, LEVEL);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(MaskPattern::DiagonalLines);
    Some((usize::try_from(version.width()).ok()?, canvas.into_colors()))
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
                let wanted = inside(x) && inside(y) && colours[at()] == Color::Dark;
                assert_eq!(dark, wanted, "{x} {y}");
            }
        }
        assert_eq!(super::code(&"字".repeat(5000)), None);
    }
}
