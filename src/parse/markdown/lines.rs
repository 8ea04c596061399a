//! The lines of a body, as far as they can be told apart without parsing it.

use std::ops::Range;

/// A line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// Where it begins in the text.
    pub start: usize,
    /// Without its line break.
    pub text: &'t str,
    /// Is it part of a fenced code block, or of a comment?
    pub code: bool,
    /// How many bytes the signs of quotations and the indent before the content take.
    prefix: usize,
    /// What it says, without signs of quotations and white space around it.
    content: &'t str,
}

impl<'t> Line<'t> {
    fn new(start: usize, text: &'t str, code: bool) -> Self {
        let prefix = text.bytes().take_while(|b| matches!(b, b' ' | b'\t' | b'>')).count();
        Self { start, text, code, prefix, content: text[prefix..].trim_end() }
    }

    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.content.is_empty()
    }

    pub(super) fn prefix(&self) -> usize {
        self.prefix
    }

    pub(super) fn content(&self) -> &'t str {
        self.content
    }

    /// The place of what the line says.
    pub(super) fn place(&self) -> Range<usize> {
        let start = self.start + self.prefix;
        start..start + self.content.len()
    }

    /// Is it indented as code is?
    pub(super) fn is_indented(&self) -> bool {
        let mut columns = 0;
        for b in self.text.bytes() {
            match b {
                b' ' => columns += 1,
                b'\t' => return true,
                _ => break,
            }
        }
        columns >= 4
    }
}

/// All lines of a text.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(text.len() / 64 + 8);
    let mut fence: Option<(u8, usize)> = None;
    let mut comment = false;
    // What never ends is no comment, and is shown.
    let last_end = memchr::memmem::rfind(text.as_bytes(), b"-->").unwrap_or(0);
    let mut start = 0;
    while start < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..]);
        let end = end.map_or(text.len(), |length| start + length);
        let mut line = Line::new(start, &text[start..end], fence.is_some());
        start = end + 1;
        let content = line.content();
        if comment {
            line.code = true;
            comment = !content.contains("-->");
        } else {
            match (fence, opens_fence(content)) {
                (None, Some(opened)) => {
                    fence = Some(opened);
                    line.code = true;
                }
                (Some((sign, length)), _) if closes_fence(content, sign, length) => fence = None,
                (None, None) => {
                    comment = content.starts_with("<!--")
                        && !content.contains("-->")
                        && last_end >= start;
                }
                _ => {}
            }
        }
        lines.push(line);
    }
    lines
}

/// The sign and length of the fence that a line begins.
pub(super) fn opens_fence(content: &str) -> Option<(u8, usize)> {
    let sign = *content.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let length = content.bytes().take_while(|&b| b == sign).count();
    (length >= 3 && !(sign == b'`' && content[length..].contains('`'))).then_some((sign, length))
}

pub(super) fn closes_fence(content: &str, sign: u8, length: usize) -> bool {
    content.len() >= length && content.bytes().all(|b| b == sign)
}
