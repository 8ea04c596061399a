//! Rules of Chinese text: which characters are Chinese, how lines join, how characters
//! are counted, where an excerpt is cut.

/// A CJK character in the sense of the CJK-friendly amendments to CommonMark
/// (<https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md>):
/// East Asian Width W, F or H and no emoji by default, or Hangul. By blocks, which is
/// exact for all assigned characters that text holds.
pub fn is_cjk(c: char) -> bool {
    c >= '\u{1100}'
        && matches!(c,
        '\u{1100}'..='\u{11FF}'       // Hangul Jamo
        | '\u{20A9}'                  // ₩
        | '\u{2329}'..='\u{232A}'
        | '\u{2E80}'..='\u{2FFF}'     // radicals, description characters
        | '\u{3001}'..='\u{A4CF}'     // punctuation, kana, bopomofo, ideographs, Yi
        | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}' // Hangul
        | '\u{F900}'..='\u{FAFF}'     // compatibility ideographs
        | '\u{FE10}'..='\u{FE1F}' | '\u{FE30}'..='\u{FE6F}' // vertical and small forms
        | '\u{FF01}'..='\u{FFEE}'     // full-width and half-width forms
        | '\u{16FE0}'..='\u{18DFF}' | '\u{1AFF0}'..='\u{1B2FF}' // Tangut, Nüshu, kana
        | '\u{1F200}' | '\u{1F202}' | '\u{1F210}'..='\u{1F219}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// Is this set without spaces: a Chinese character or mark, or kana?
pub fn is_wide(c: char) -> bool {
    is_cjk(c) && !is_hangul(c)
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7FF}' | '\u{FFA0}'..='\u{FFDC}')
}

/// Punctuation that Chinese shares with other scripts: quotation marks, dash, ellipsis, dot.
fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '―' | '‧')
}

/// May a line break between these two characters vanish? Between Chinese characters and
/// punctuation it does; beside Latin text or Hangul it stays a space.
pub fn joins_without_space(before: char, after: char) -> bool {
    let fits = |c| is_wide(c) || is_shared_punctuation(c);
    fits(before) && fits(after) && (is_wide(before) || is_wide(after))
}

/// One line from text of several: white space is trimmed and folded, line breaks join
/// as [`joins_without_space`] says, and control characters go.
pub fn fold(text: &str) -> String {
    let text = text.trim();
    if !text.contains(|c: char| c.is_control()) {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim();
        if let (Some(before), Some(after)) = (out.chars().next_back(), line.chars().next())
            && !joins_without_space(before, after)
        {
            out.push(' ');
        }
        out.extend(
            line.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| !c.is_control()),
        );
    }
    out
}

/// The text without the spaces between two Chinese characters.
pub fn without_gaps(text: &str) -> String {
    let mut words = text.split(' ');
    let mut out = words.next().unwrap_or_default().to_string();
    for word in words {
        let ends = (out.chars().next_back(), word.chars().next());
        if !matches!(ends, (Some(before), Some(after)) if is_wide(before) && is_wide(after)) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Counts 字数, the number of characters as Word counts them, of text that comes in pieces.
/// Each Chinese character and each Chinese punctuation mark is one; each run of other
/// characters without a space is one.
#[derive(Default)]
pub struct Counter {
    /// The characters so far.
    pub count: usize,
    in_word: bool,
}

impl Counter {
    /// Counts another piece, which goes on where the last one ended.
    pub fn add(&mut self, text: &str) {
        let mut rest = text;
        loop {
            // Most of most texts are runs of ideographs from 一 to 鿿: E4 B8 80 to E9 BF BF.
            let bytes = rest.as_bytes();
            let mut at = 0;
            while let Some(&lead) = bytes.get(at)
                && ((0xE5..=0xE9).contains(&lead) || (lead == 0xE4 && bytes[at + 1] >= 0xB8))
            {
                at += 3;
            }
            if at > 0 {
                self.count += at / 3;
                self.in_word = false;
                rest = &rest[at..];
            }
            let Some(c) = rest.chars().next() else { return };
            rest = &rest[c.len_utf8()..];
            if is_wide(c) || is_shared_punctuation(c) {
                self.count += 1;
                self.in_word = false;
            } else if c.is_whitespace() {
                self.in_word = false;
            } else if !self.in_word {
                self.count += 1;
                self.in_word = true;
            }
        }
    }

    /// Ends a word, as a line break does.
    pub fn gap(&mut self) {
        self.in_word = false;
    }
}

/// The beginning of `text`, at most `limit` characters: up to the last sentence that ends
/// there, else up to the last clause, else cut anywhere; what is cut within a sentence ends
/// in an ellipsis, which counts.
pub fn excerpt(text: &str, limit: usize) -> String {
    const ELLIPSIS: &str = "……";
    let text = text.trim();
    let cut_at = |characters: usize| text.char_indices().nth(characters).map(|(at, _)| at);
    let Some(cut) = cut_at(limit) else { return text.to_string() };
    let head = &text[..cut];
    if let Some(end) = sentence_end(head, &text[cut..]) {
        return head[..end].to_string();
    }
    let room = limit.saturating_sub(ELLIPSIS.chars().count());
    let head = &text[..cut_at(room).unwrap_or(cut)];
    let clause = head.rfind(['；', '，', '、', '：', ';', ',']).filter(|&at| at > 0);
    format!("{}{ELLIPSIS}", head[..clause.unwrap_or(head.len())].trim_end())
}

/// After the last sentence that ends in `head`, with the quotation marks that it closes;
/// `rest` is what follows.
fn sentence_end(head: &str, rest: &str) -> Option<usize> {
    let mut from = head.len();
    while let Some(at) = head[..from].rfind(['。', '！', '？', '!', '?', '.']) {
        let mark = head[at..].chars().next()?;
        let end = at + mark.len_utf8();
        let closers =
            head[end..].chars().take_while(|c| matches!(c, '”' | '’' | '）' | '」' | '』'));
        let end = end + closers.map(char::len_utf8).sum::<usize>();
        let next = head[end..].chars().next().or_else(|| rest.chars().next());
        // A full stop in a number or an abbreviation ends nothing.
        if mark != '.' || next.is_none_or(char::is_whitespace) {
            return Some(end);
        }
        from = at;
    }
    None
}

/// As Notepad of any age shows it: with a byte order mark and its line ends.
pub fn for_windows(text: &str) -> String {
    format!("\u{FEFF}{}", text.replace('\n', "\r\n"))
}

/// U+FDD0 to U+FDEF are reserved for a program's own marks and stand in no text. This
/// program uses some (see `slot` and `parse::markdown::cjk`), so that none may come in:
/// neither in a file nor by an escape that stands for one.
pub fn is_noncharacter(c: char) -> bool {
    ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// Does the text hold a noncharacter?
pub fn has_noncharacters(text: &str) -> bool {
    // All of them begin with the bytes EF B7.
    memchr::memmem::find(text.as_bytes(), &[0xEF, 0xB7]).is_some() && text.contains(is_noncharacter)
}

/// The text with noncharacters replaced by U+FFFD.
pub fn without_noncharacters(text: String) -> String {
    if has_noncharacters(&text) { text.replace(is_noncharacter, "\u{FFFD}") } else { text }
}
