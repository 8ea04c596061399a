//! The cover: a drawing made of the title, in the colours of the built-in theme.

use std::fmt::Write as _;

use super::Book;
use crate::base::escape::xml;
use crate::base::text::is_cjk;

const WIDTH: usize = 1200;
const HEIGHT: usize = 1600;
/// The edge on the left and right.
const EDGE: usize = 130;

/// The cover as SVG.
pub(super) fn svg(book: &Book<'_>) -> String {
    let settings = &book.site().settings;
    let size = match columns(&book.title) {
        0..=24 => 132,
        25..=60 => 104,
        _ => 76,
    };
    // The last line gives way, so that a title of any length keeps the cover whole.
    let lines = lines(&book.title, 2 * (WIDTH - 2 * EDGE) / size, 8);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         width=\"{WIDTH}\" height=\"{HEIGHT}\" font-family=\"'Source Han Serif SC', \
         'Noto Serif CJK SC', 'Songti SC', SimSun, serif\">\n<title>{}</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#faf6ee\"/>\n\
         <rect width=\"{WIDTH}\" height=\"36\" fill=\"#a8231b\"/>\n\
         <rect x=\"{EDGE}\" y=\"300\" width=\"120\" height=\"12\" fill=\"#a8231b\"/>\n",
        xml(&book.title)
    );
    let mut text = |y: usize, size: usize, fill: &str, weight: &str, words: &str| {
        let _ = writeln!(
            out,
            "<text x=\"{EDGE}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\" \
             fill=\"{fill}\">{}</text>",
            xml(words)
        );
    };
    let mut y = 340 + size;
    for line in &lines {
        text(y, size, "#26211d", "bold", line);
        y += size * 5 / 4;
    }
    if let Some(subtitle) = settings.subtitle.as_deref().filter(|_| lines.len() < 7) {
        for line in self::lines(subtitle, 2 * (WIDTH - 2 * EDGE) / 48, 2) {
            text(y, 48, "#655b51", "normal", &line);
            y += 68;
        }
    }
    if let Some(organisation) = &settings.organisation {
        for (i, line) in
            self::lines(organisation, 2 * (WIDTH - 2 * EDGE) / 48, 2).iter().enumerate()
        {
            text(1400 + 68 * i, 48, "#26211d", "normal", line);
        }
    }
    out.push_str("</svg>\n");
    out
}

/// The width of a text in half characters.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if is_cjk(c) || c as u32 > 0x2000 { 2 } else { 1 }).sum()
}

/// `text` in at most `most` lines of at most `width` half characters; what is too much ends
/// in an ellipsis. Lines begin neither with a closing mark nor with the rest of a word.
fn lines(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if !line.is_empty() && columns(&line) + columns(piece.trim_end()) > width {
            lines.push(std::mem::take(&mut line));
        }
        for c in piece.chars() {
            // A word that is longer than a line is broken all the same.
            if columns(&line) + 2 > width && c.is_alphanumeric() {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    lines.push(line);
    if lines.len() > most {
        lines.truncate(most);
        lines[most - 1].pop();
        lines[most - 1].push('…');
    }
    lines.iter().map(|line| line.trim().to_string()).filter(|line| !line.is_empty()).collect()
}

/// The pieces that a line may break between: Han characters with the marks that belong to
/// them, and words.
fn pieces(text: &str) -> Vec<&str> {
    let opens = |c: char| "“‘《〈（〔【「『([".contains(c);
    let closes = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !opens(c);
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let together = before.is_none_or(opens)
            || closes(c)
            || c.is_whitespace()
            || before.is_some_and(|b| b.is_ascii_alphanumeric() && c.is_ascii_alphanumeric());
        if !together {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn titles_break_where_a_reader_would() {
        for (title, width, want) in [
            ("先锋在身边", 10, vec!["先锋在身边"]),
            ("先锋在身边（2026年）", 10, vec!["先锋在身边", "（2026年）"]),
            ("“两张皮”怎么办？", 10, vec!["“两张皮”", "怎么办？"]),
            ("Model branches of Qinghe", 10, vec!["Model", "branches", "of Qinghe"]),
            ("Donaudampfschiff", 10, vec!["Donaudamp", "fschiff"]),
        ] {
            assert_eq!(lines(title, width, 8), want);
        }
        assert_eq!(lines(&"长".repeat(100), 10, 2), ["长长长长长", "长长长长…"]);
        assert_eq!(lines("", 10, 2), Vec::<String>::new());
    }
}
