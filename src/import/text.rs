//! Text without letters of its own, as Notepad writes it: a line is a paragraph.

use super::Refusal;
use super::word::{Block, Document, Paragraph, Piece, Style};
use crate::source::decode;

/// So many lines tell whether a text has columns.
const LOOKED_AT: usize = 5;

/// Reads a text.
pub fn read(bytes: Vec<u8>) -> Result<Document, Refusal> {
    let text = decode::decode(bytes).map_err(|_| Refusal::Unknown)?.text;
    if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')) {
        return Err(Refusal::Unknown);
    }
    let paragraph = |line: &str| {
        let pieces = vec![Piece::Text(line.trim().to_string(), Style::default())];
        Block::Paragraph(Paragraph { pieces, ..Paragraph::default() })
    };
    let lines = text.split(['\n', '\r', '\u{c}']).filter(|line| !line.trim().is_empty());
    let blocks: Vec<Block> = lines.map(paragraph).collect();
    match blocks.is_empty() {
        true => Err(Refusal::Blank),
        false => Ok(Document { blocks, ..Document::default() }),
    }
}

/// Is a text a table: are its lines parted by tabs, or each by as many commas of ASCII as the others?
pub fn is_table(bytes: &[u8]) -> bool {
    let Ok(decoded) = decode::decode(bytes.to_vec()) else { return false };
    let lines = decoded.text.lines().filter(|line| !line.trim().is_empty());
    let lines: Vec<&str> = lines.take(LOOKED_AT).collect();
    let commas = |line: &str| line.matches(',').count();
    let has_tab = lines.iter().any(|line| line.trim().contains('\t'));
    let has_commas = lines.len() > 1
        && commas(lines[0]) > 0
        && lines.iter().all(|line| commas(line) == commas(lines[0]));
    has_tab || has_commas
}

#[cfg(test)]
mod tests {
    use super::is_table;

    #[test]
    fn texts_are_told_from_tables() {
        for (text, is) in [
            ("姓名\t单位\n周一帆\t渠首村", true),
            ("名册\n姓名\t单位\n", true),
            ("姓名,单位\n周一帆,渠首村\n", true),
            ("巡堤记\n\n早上六点, 水位回落。\n", false),
            ("\t巡堤记\n\t早上六点。\n", false),
            ("他说, 来了\n没有逗号\n", false),
            ("", false),
        ] {
            assert_eq!(is_table(text.as_bytes()), is, "{text}");
        }
    }
}
