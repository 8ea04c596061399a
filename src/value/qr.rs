//! QR codes as the path of an SVG.

use qrcode::{Color, EcLevel, QrCode};

/// The white border that readers of such codes need, in modules (ISO/IEC 18004).
const QUIET: usize = 4;

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// The width and height of its square, the white border included.
    pub size: usize,
    /// The dark parts, as the `d` of a `path`.
    pub path: String,
}

/// The code that leads to `text`; `None` if that is too long for one.
pub fn code(text: &str) -> Option<Qr> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let (left, top, length) = (x + QUIET, y + QUIET, run.len());
                path.push_str(&format!("M{left} {top}h{length}v1h-{length}z"));
            }
            x += run.len();
        }
    }
    Some(Qr { size: width + 2 * QUIET, path })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Drawn again by its path, it is the code that the crate made.
    #[test]
    fn the_path_draws_the_code() {
        let text = "https://www.example.cn/stories/2026/lin-xiao-man/";
        let Qr { size, path } = code(text).unwrap();
        let mut drawn = vec![vec![false; size]; size];
        for run in path.split_terminator('z') {
            let numbers: Vec<usize> = run
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|number| number.parse().ok())
                .collect();
            let [x, y, length, ..] = numbers[..] else { panic!("{run}") };
            drawn[y][x..x + length].fill(true);
        }
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        for (y, row) in drawn.iter().enumerate() {
            for (x, &dark) in row.iter().enumerate() {
                let inside = |at: usize| (QUIET..size - QUIET).contains(&at);
                let wanted = inside(x) && inside(y) && code[(x - QUIET, y - QUIET)] == Color::Dark;
                assert_eq!(dark, wanted, "{x} {y}");
            }
        }
        assert_eq!(super::code(&"字".repeat(5000)), None);
    }
}
