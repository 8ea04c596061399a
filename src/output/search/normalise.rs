//! What search takes for the same. The one definition: the script that runs in the browser
//! gets its table from here, and both are held against the same cases.
//!
//! Text becomes a sequence of characters in which letters, digits and Han characters stand
//! as they are compared (compatibility forms replaced, lower case, Simplified), and whatever
//! is between them is one separator: [`GAP`] inside a block, [`BREAK`] between blocks. White
//! space beside a Han character is nothing: between two of them it only sets a name wider
//! (李　明), and whether a reader sees some beside Latin letters or digits is up to the browser.

use std::collections::HashMap;
use std::str::Chars;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Punctuation or white space.
pub const GAP: char = ' ';
/// The end of a paragraph, a heading, a field.
pub const BREAK: char = '\n';

/// From here on, letters are Han characters or others that are set without spaces.
const WIDE: char = '\u{2E80}';

static PAIRS: &str = include_str!("simplified.txt");

/// Stands in the array for a character whose Simplified form is beyond the first plane.
const BEYOND: u16 = 0xFFFF;

/// Simplified characters by Traditional ones: an array for the first plane.
struct Table {
    plane: Box<[u16; 0x10000]>,
    beyond: HashMap<char, char>,
}

static SIMPLIFIED: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { plane: Box::new([0; 0x10000]), beyond: HashMap::new() };
    (0..=0xFFFF).zip(&mut *table.plane).for_each(|(code, to)| *to = code);
    for (char, to) in pairs() {
        match (u16::try_from(char as u32), u16::try_from(to as u32)) {
            (Ok(from), Ok(to)) => table.plane[usize::from(from)] = to,
            (from, _) => {
                if let Ok(from) = from {
                    table.plane[usize::from(from)] = BEYOND;
                }
                table.beyond.insert(char, to);
            }
        }
    }
    table
});

/// The Traditional characters that have one Simplified form, each with it.
pub fn pairs() -> impl Iterator<Item = (char, char)> {
    PAIRS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut chars = line.chars();
        Some((chars.next()?, chars.next()?))
    })
}

#[inline]
fn simplified(table: &Table, c: char) -> char {
    match table.plane.get(c as usize) {
        Some(&to) if to != BEYOND => char::from_u32(u32::from(to)).unwrap_or(c),
        _ => table.beyond.get(&c).copied().unwrap_or(c),
    }
}

/// The character that UTF-8 begins with, if it is one from U+4E00 to U+9FFF: of three bytes,
/// from E4 B8 80, or E5, to E9.
#[inline]
fn common(bytes: &[u8]) -> Option<u16> {
    let [a, b, c] = bytes.first_chunk()?.map(u16::from);
    let common = matches!(a, 0xE5..=0xE9) || (a == 0xE4 && b >= 0xB8);
    common.then_some((a & 0x0F) << 12 | (b & 0x3F) << 6 | (c & 0x3F))
}

/// May this begin with a combining mark? Surely not with ASCII, a common Chinese character,
/// or the punctuation that stands in Chinese.
#[inline]
fn may_be_marked(bytes: &[u8]) -> bool {
    !matches!(
        bytes,
        [] | [0..0x80 | 0xE4..=0xE9, ..]
            | [0xE2, 0x80, ..]
            | [0xE3, 0x80, 0x80..=0xA9, ..]
            | [0xEF, 0xBC | 0xBD, ..]
    )
}

/// What stands between two letters. Of several things the last of this list counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Between {
    Nothing,
    White,
    Marks,
    Break,
}

/// Text that is being normalised, in pieces.
pub struct Normaliser {
    /// What has become of it so far: letters, and what stands between them.
    pub codes: Vec<u32>,
    /// Has a Traditional character been replaced?
    pub folded: bool,
    table: &'static Table,
    between: Between,
    last_is_wide: bool,
}

impl Default for Normaliser {
    fn default() -> Self {
        Self {
            codes: Vec::new(),
            folded: false,
            table: &SIMPLIFIED,
            between: Between::Nothing,
            last_is_wide: false,
        }
    }
}

impl Normaliser {
    /// Adds text that goes on where the last ended.
    pub fn add(&mut self, text: &str) {
        let mut rest = text;
        loop {
            rest = self.common_run(rest);
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { return };
            let marked = may_be_marked(chars.as_str().as_bytes())
                && chars.clone().next().is_some_and(is_combining_mark);
            match c {
                _ if marked => self.cluster(c, &mut chars),
                '\u{4E00}'..='\u{9FFF}' => self.letter(c, true),
                '\u{3001}'..='\u{3003}'
                | '\u{3008}'..='\u{3011}'
                | '\u{2012}'..='\u{2016}'
                | '\u{2018}'..='\u{2027}'
                | '·' => self.gap(Between::Marks),
                // Full-width forms, from ！ to ～, stand in the order of ASCII.
                '\u{FF01}'..='\u{FF5E}' => self.ascii((c as u32 - 0xFEE0) as u8),
                '\u{3000}' => self.gap(Between::White),
                _ if c.is_ascii() => self.ascii(c as u8),
                _ => self.cluster(c, &mut chars),
            }
            rest = chars.as_str();
        }
    }

    /// Adds the common Chinese characters that `text` begins with, without the last where a
    /// mark may follow; what is after them. They are nearly all of nearly all texts.
    fn common_run<'t>(&mut self, text: &'t str) -> &'t str {
        let bytes = text.as_bytes();
        let simplified = |bytes: &[u8]| {
            let code = common(bytes)?;
            Some((code, self.table.plane[usize::from(code)])).filter(|(_, to)| *to != BEYOND)
        };
        // From here on at least one will be added.
        if simplified(bytes).is_none() || may_be_marked(&bytes[3..]) {
            return text;
        }
        if self.between != Between::Nothing {
            self.between_letters(true);
        }
        self.last_is_wide = true;
        self.codes.reserve(bytes.len() / 3);
        let mut at = 0;
        while let Some((code, to)) = simplified(&bytes[at..]) {
            self.folded |= to != code;
            self.codes.push(u32::from(to));
            at += 3;
        }
        if may_be_marked(&bytes[at..]) {
            self.codes.pop();
            at -= 3;
        }
        &text[at..]
    }

    /// Adds a character with the marks that combine with it.
    #[inline(never)]
    fn cluster(&mut self, c: char, chars: &mut Chars<'_>) {
        let mut cluster = String::from(c);
        while let Some(mark) = chars.clone().next().filter(|&next| is_combining_mark(next)) {
            cluster.push(mark);
            chars.next();
        }
        for c in cluster.nfkc() {
            c.to_lowercase().for_each(|c| self.push(c));
        }
    }

    /// Ends a block.
    pub fn end_block(&mut self) {
        self.gap(Between::Break);
    }

    fn ascii(&mut self, c: u8) {
        match c {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                self.letter(char::from(c.to_ascii_lowercase()), false);
            }
            _ => self.push(char::from(c)),
        }
    }

    fn push(&mut self, c: char) {
        match c {
            _ if is_ignored(c) => {}
            _ if c.is_alphanumeric() => self.letter(c, c >= WIDE),
            ' ' | '\t' => self.gap(Between::White),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => self.gap(Between::Break),
            _ => self.gap(Between::Marks),
        }
    }

    fn gap(&mut self, between: Between) {
        self.between = self.between.max(between);
    }

    fn letter(&mut self, c: char, wide: bool) {
        let to = if c < WIDE { c } else { simplified(self.table, c) };
        self.folded |= to != c;
        if self.between != Between::Nothing {
            self.between_letters(wide);
        }
        self.last_is_wide = wide;
        self.codes.push(to as u32);
    }

    fn between_letters(&mut self, wide: bool) {
        let between = std::mem::replace(&mut self.between, Between::Nothing);
        match between {
            _ if self.codes.is_empty() => {}
            Between::Nothing => {}
            Between::White if wide || self.last_is_wide => {}
            Between::White | Between::Marks => self.codes.push(GAP as u32),
            Between::Break => self.codes.push(BREAK as u32),
        }
    }
}

/// Characters that are there and are not seen: soft hyphen, joiners, variation selectors.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// `text` as search compares it.
pub fn normalise(text: &str) -> String {
    let mut normaliser = Normaliser::default();
    normaliser.add(text);
    normaliser.codes.into_iter().filter_map(char::from_u32).collect()
}
