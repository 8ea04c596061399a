//! What search takes for the same. The one definition: the script that runs in the browser
//! gets its table from here, and both are held against the same cases.
//!
//! Text becomes a sequence of characters in which letters, digits and Han characters stand
//! as they are compared (compatibility forms replaced, lower case, Simplified), and whatever
//! is between them is one separator: [`GAP`] inside a block, [`BREAK`] between blocks. White
//! space between Han characters and Latin letters or digits is nothing, as whether a reader
//! sees some there is up to the browser.

use std::collections::HashMap;
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

/// Simplified characters by Traditional ones: an array for the first plane.
struct Table {
    plane: Box<[u16]>,
    beyond: HashMap<char, char>,
}

static SIMPLIFIED: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { plane: (0..=0xFFFF).collect(), beyond: HashMap::new() };
    for (from, to) in pairs() {
        match (u16::try_from(from as u32), u16::try_from(to as u32)) {
            (Ok(from), Ok(to)) => table.plane[usize::from(from)] = to,
            _ => drop(table.beyond.insert(from, to)),
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

fn simplified(c: char) -> char {
    let table = &*SIMPLIFIED;
    let near = table.plane.get(c as usize).and_then(|&to| char::from_u32(u32::from(to)));
    match near {
        Some(to) if to != c => to,
        _ => table.beyond.get(&c).copied().unwrap_or(c),
    }
}

/// What stands between two runs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Between {
    Nothing,
    White,
    Marks,
    Break,
}

/// Text that is being normalised, in pieces.
pub struct Normaliser {
    /// What has become of it so far.
    pub chars: Vec<char>,
    /// Has a Traditional character been replaced?
    pub folded: bool,
    between: Between,
}

impl Default for Normaliser {
    fn default() -> Self {
        Self { chars: Vec::new(), folded: false, between: Between::Nothing }
    }
}

impl Normaliser {
    /// Adds text that goes on where the last ended.
    pub fn add(&mut self, text: &str) {
        let mut chars = text.chars().peekable();
        let mut cluster = String::new();
        while let Some(c) = chars.next() {
            let marked =
                chars.peek().is_some_and(|&next| next >= '\u{300}' && is_combining_mark(next));
            match c {
                _ if marked => {}
                '\u{4E00}'..='\u{9FFF}' => {
                    self.letter(c);
                    continue;
                }
                '\u{3001}'..='\u{3003}' | '\u{2014}' | '\u{2018}'..='\u{201F}' => {
                    self.gap(Between::Marks);
                    continue;
                }
                _ if c.is_ascii() => {
                    self.push(c.to_ascii_lowercase());
                    continue;
                }
                _ => {}
            }
            cluster.clear();
            cluster.push(c);
            while let Some(mark) = chars.next_if(|&next| is_combining_mark(next)) {
                cluster.push(mark);
            }
            for c in cluster.nfkc() {
                c.to_lowercase().for_each(|c| self.push(c));
            }
        }
    }

    /// Ends a block.
    pub fn end_block(&mut self) {
        self.gap(Between::Break);
    }

    fn push(&mut self, c: char) {
        match c {
            _ if is_ignored(c) => {}
            _ if c.is_alphanumeric() => self.letter(c),
            ' ' | '\t' => self.gap(Between::White),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => self.gap(Between::Break),
            _ => self.gap(Between::Marks),
        }
    }

    fn gap(&mut self, between: Between) {
        self.between = self.between.max(between);
    }

    fn letter(&mut self, c: char) {
        let to = simplified(c);
        self.folded |= to != c;
        let between = std::mem::replace(&mut self.between, Between::Nothing);
        if let Some(&last) = self.chars.last() {
            match between {
                Between::Nothing => {}
                Between::White if (last < WIDE) != (to < WIDE) => {}
                Between::Break => self.chars.push(BREAK),
                Between::White | Between::Marks => self.chars.push(GAP),
            }
        }
        self.chars.push(to);
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
    normaliser.chars.into_iter().collect()
}
