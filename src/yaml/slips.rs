//! What a writer did when YAML does not parse. The parser's own words (“mapping values
//! are not allowed in this context”) help nobody who lives in Word, so the lines are
//! read once more for the slips that people make. Only called for text that failed.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::bounded::Bounded;
use crate::source::{Place, Source};
use crate::yaml::messages;

/// Every slip in the YAML `text`, which stands at byte `base` of `source`.
pub fn find(source: &Source, base: usize, text: &str) -> Vec<Diagnostic> {
    let mut found = Bounded::default();
    let mut start = 0;
    // Inside a block text (`key: |`) anything goes: lines deeper than its key are passed over.
    let mut block: Option<usize> = None;
    // May the next line be an item of a list?
    let mut opens_list = false;
    for whole in text.split_inclusive('\n') {
        let plain = plain(whole);
        let line = Line { source, start: base + start, text: &plain, opens_list };
        let indent = line.text.len() - line.text.trim_start().len();
        start += whole.len();
        if line.text.trim().is_empty() || line.text.trim_start().starts_with('#') {
            continue;
        }
        if block.is_some_and(|key| indent > key) {
            continue;
        }
        block = None;
        if ends_in_block_mark(line.text) {
            block = Some(indent);
            continue;
        }
        let rest = &source.text()[line.start..base + text.len()];
        found.extend(line.slip(rest));
        let content = line.text.trim_start();
        opens_list =
            content.ends_with([':', '：']) || content.starts_with('-') || line.mark().is_some();
    }
    found.into()
}

/// The line without its end; a tab that indents nothing parts words as a space does.
fn plain(line: &str) -> Cow<'_, str> {
    let line = line.trim_end();
    let indent = line.len() - line.trim_start().len();
    match line[indent..].contains('\t') {
        true => format!("{}{}", &line[..indent], line[indent..].replace('\t', " ")).into(),
        false => line.into(),
    }
}

fn ends_in_block_mark(line: &str) -> bool {
    line.rsplit_once(": ")
        .is_some_and(|(_, mark)| matches!(mark.trim(), "|" | ">" | "|-" | ">-" | "|+" | ">+"))
}

/// What people begin the items of a list with, besides a hyphen.
const ITEM_MARKS: [char; 17] =
    ['－', '—', '–', '―', '−', '·', '•', '●', '○', '◆', '◇', '■', '□', '▪', '＊', '*', '※'];

struct Line<'a> {
    source: &'a Source,
    start: usize,
    text: &'a str,
    /// May it be an item of a list?
    opens_list: bool,
}

impl Line<'_> {
    fn place(&self, from: usize, to: usize) -> Place {
        self.source.place(self.start + from..self.start + to)
    }

    /// The mark of an item of a list that it begins with, if that is not a hyphen.
    fn mark(&self) -> Option<&str> {
        let content = self.text.trim_start();
        let end = content.find(|c| !ITEM_MARKS.contains(&c)).unwrap_or(content.len());
        (self.opens_list && end > 0).then(|| &content[..end])
    }

    /// The first slip of this line; `rest` is the text from here on.
    fn slip(&self, rest: &str) -> Option<Diagnostic> {
        let indent = self.text.len() - self.text.trim_start().len();
        if let Some(at) = self.text[..indent].find(['\t', '\u{3000}', '\u{A0}']) {
            let width = self.text[at..].chars().next().map_or(1, char::len_utf8);
            return Some(messages::yaml_indent(self.place(at, at + width)));
        }
        if let Some(mark) = self.mark() {
            let item = self.text[indent + mark.len()..].trim_start();
            return Some(messages::yaml_dash_other(
                self.place(indent, indent + mark.len()),
                mark,
                item,
            ));
        }
        let mut at = indent;
        let mut content = &self.text[at..];
        if let Some(item) = content.strip_prefix('-') {
            if !item.is_empty() && !item.starts_with(' ') && !content.starts_with("--") {
                return Some(messages::yaml_dash_space(self.place(at, at + 1)));
            }
            at = self.text.len() - item.trim_start().len();
            content = item.trim_start();
        }
        let bold = content.strip_prefix('*').and_then(|rest| {
            let (key, value) = rest.split_once([':', '：'])?;
            let bare = key.trim_matches(['*', ' ']);
            (key.trim_end().ends_with('*') || value.starts_with('*')).then_some((key, bare))
        });
        if let Some((key, bare)) = bold.filter(|(_, bare)| !bare.is_empty()) {
            return Some(messages::yaml_key_bold(self.place(at, at + 1 + key.len()), bare));
        }
        if content.starts_with(": ") || content == ":" {
            return Some(messages::yaml_colon_first(self.place(at, at + 1)));
        }
        let key_end = content.find([':', '：', ' ', '"', '\'', '[', '{', '#']);
        let colon = key_end.filter(|&end| end > 0).map(|end| (end, &content[end..]));
        match colon {
            Some((end, after)) if after.starts_with('：') => {
                let place = self.place(at + end, at + end + '：'.len_utf8());
                return Some(messages::yaml_colon_fullwidth(place));
            }
            Some((end, after))
                if after.starts_with(':')
                    && after.len() > 1
                    && !after.starts_with(": ")
                    && !after.starts_with("://")
                    && !content[..end].bytes().all(|b| b.is_ascii_digit()) =>
            {
                return Some(messages::yaml_colon_space(self.place(at + end, at + end + 1)));
            }
            _ => {}
        }
        let value_at = match content.find(": ") {
            Some(colon) if !content.starts_with(['"', '\'', '[', '{']) => {
                let value = content[colon + 2..].trim_start();
                self.text.len() - value.len()
            }
            _ => at,
        };
        self.value_slip(value_at, rest)
    }

    fn value_slip(&self, at: usize, rest: &str) -> Option<Diagnostic> {
        let indent = self.text.len() - self.text.trim_start().len();
        let value = &self.text[at..];
        let first = value.chars().next()?;
        match first {
            '"' | '\'' => match closing_quote(value, first) {
                // It may close on a later line; if it never does, it is this one.
                None if closing_quote(&rest[at..], first)
                    .is_none_or(|end| rest[at..at + end].contains('\n')) =>
                {
                    Some(messages::yaml_quote_open(self.place(at, at + 1)))
                }
                None => None,
                Some(end) => {
                    let tail = value[end + 1..].trim_start();
                    let allowed = tail.is_empty() || tail.starts_with(['#', ',', ':', ']', '}']);
                    (!allowed).then(|| {
                        let from = at + value.len() - tail.len();
                        messages::yaml_quote_extra(self.place(from, self.text.len()))
                    })
                }
            },
            '[' | '{' => {
                let (open, close) = if first == '[' { ('[', ']') } else { ('{', '}') };
                match end_of_brackets(value, open, close) {
                    Brackets::Closed(end) => {
                        let tail = value[end..].trim_start();
                        let allowed =
                            tail.is_empty() || tail.starts_with(['#', ',', ':', ']', '}']);
                        return (!allowed).then(|| {
                            let from = at + value.len() - tail.len();
                            messages::yaml_bracket_extra(self.place(from, self.text.len()), open)
                        });
                    }
                    Brackets::Hidden(comment) => {
                        let place = self.place(at + comment, self.text.len());
                        return Some(messages::yaml_comment_inside(place));
                    }
                    Brackets::Open => {}
                }
                // A list may go on over the following lines, but not past the next key.
                let mut depth = 0i64;
                let mut next_line = false;
                for line in rest[at..].lines() {
                    if next_line && !line.starts_with([' ', '\t', ']', '}']) {
                        break;
                    }
                    next_line = true;
                    depth += line.matches(open).count() as i64 - line.matches(close).count() as i64;
                    if depth <= 0 {
                        return None;
                    }
                }
                let wide = value.contains(['】', '］', '｝']);
                Some(messages::yaml_bracket_open(self.place(at, at + 1), wide))
            }
            '@' | '`' | '%' | '*' | '&' | '!' | ',' | ']' | '}' => {
                Some(messages::yaml_char_reserved(self.place(at, at + 1), value))
            }
            '|' | '>' | '-' | '?' if at > indent && value[1..].starts_with(' ') => {
                Some(messages::yaml_char_reserved(self.place(at, at + 1), value))
            }
            _ => value.find(": ").map(|inside| {
                messages::yaml_colon_inside(self.place(at + inside, at + inside + 1))
            }),
        }
    }
}

/// What becomes of the bracket that a value begins with, on its line.
enum Brackets {
    /// It is closed; what follows begins here.
    Closed(usize),
    /// A comment begins here, and what would close it is in the comment.
    Hidden(usize),
    /// It is not closed.
    Open,
}

fn end_of_brackets(value: &str, open: char, close: char) -> Brackets {
    let (mut depth, mut at) = (0, 0);
    while let Some(c) = value[at..].chars().next() {
        let blank = value[..at].ends_with([' ', '\t', '[', '{', ',']);
        let begins = value[..at].trim_end().ends_with(['[', '{', ',', ':']);
        match c {
            '"' | '\'' if begins => at += closing_quote(&value[at..], c).unwrap_or(0),
            '#' if blank && value[at..].contains(close) => return Brackets::Hidden(at),
            '#' if blank => return Brackets::Open,
            _ if c == open => depth += 1,
            _ if c == close => depth -= 1,
            _ => {}
        }
        at += c.len_utf8();
        if depth == 0 {
            return Brackets::Closed(at);
        }
    }
    Brackets::Open
}

/// The byte offset of the quotation mark that closes the one at the start of `value`.
pub(super) fn closing_quote(value: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    let mut skip = false;
    for (at, c) in value.char_indices().skip(1) {
        if skip {
            skip = false;
        } else if escaped {
            escaped = false;
        } else if c == '\\' && quote == '"' {
            escaped = true;
        } else if c == quote {
            // In single quotes a doubled one stands for itself.
            if quote == '\'' && value[at + 1..].starts_with('\'') {
                skip = true;
            } else {
                return Some(at);
            }
        }
    }
    None
}
