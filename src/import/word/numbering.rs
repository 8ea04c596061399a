//! The numbers that Word puts before paragraphs, which stand nowhere in the text.

use super::symbols;
use super::{Label, ListKind};
use crate::base::map::Map;
use crate::import::xml::Element;

/// The longest text around a number.
const LONGEST_LABEL: usize = 60;

/// A list has so many levels.
const LEVELS: usize = 9;

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// Are the numbers of levels above written in digits?
    legal: bool,
    /// Does a number of a level above begin the count anew?
    restarts: bool,
    font: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        let (format, text) = ("decimal".into(), String::new());
        Self { start: 1, format, text, legal: false, restarts: true, font: None }
    }
}

#[derive(Debug, Default)]
struct Abstract {
    levels: Vec<Level>,
    /// The style for lists that says what it is.
    style: Option<String>,
    /// The level of paragraphs in a style.
    of_style: Map<String, usize>,
}

#[derive(Debug, Default)]
struct List {
    of: i64,
    starts: [Option<u32>; LEVELS],
    levels: Map<usize, Level>,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: Map<i64, Abstract>,
    lists: Map<i64, List>,
    counts: Map<i64, [Option<u32>; LEVELS]>,
    seen: Vec<i64>,
}

impl Numbering {
    pub fn read(root: Element<'_>) -> Self {
        let mut numbering = Self::default();
        for child in root.children() {
            let id = |name| child.attribute(name).and_then(|id| id.parse::<i64>().ok());
            match child.name() {
                "w:abstractNum" => {
                    let Some(id) = id("w:abstractNumId") else { continue };
                    numbering.abstracts.insert(id, read_abstract(child));
                }
                "w:num" => {
                    let Some(id) = id("w:numId") else { continue };
                    let of = child.child("w:abstractNumId").and_then(Element::value);
                    let Some(of) = of.and_then(|of| of.parse().ok()) else { continue };
                    let mut list = List { of, ..List::default() };
                    for over in child.children().filter(|c| c.name() == "w:lvlOverride") {
                        let Some(level) = level_number(over) else { continue };
                        let start = over.child("w:startOverride").and_then(Element::value);
                        list.starts[level] = start.and_then(|start| start.parse().ok());
                        if let Some(declared) = over.child("w:lvl") {
                            list.levels.insert(level, read_level(declared));
                        }
                    }
                    numbering.lists.insert(id, list);
                }
                _ => {}
            }
        }
        numbering
    }

    /// The level at which a list counts paragraphs of a style.
    pub fn level_of_style(&self, list: i64, style: &str) -> Option<usize> {
        self.abstracts.get(&self.lists.get(&list)?.of)?.of_style.get(style).copied()
    }

    /// Counts on, and says what stands before the paragraph; `None` for nothing.
    pub fn next(&mut self, id: i64, depth: usize, lists: &Map<String, i64>) -> Option<Label> {
        let mut list = self.lists.get(&id)?;
        // A list may be what a style says, and that style what another list says.
        if let Some(style) = &self.abstracts.get(&list.of)?.style
            && let Some(other) = lists.get(style).and_then(|id| self.lists.get(id))
        {
            list = other;
        }
        let declared = self.abstracts.get(&list.of)?;
        let default = Level::default();
        let level = |depth: usize| {
            list.levels.get(&depth).or(declared.levels.get(depth)).unwrap_or(&default)
        };
        let counts = self.counts.entry(list.of).or_default();
        if !self.seen.contains(&id) {
            self.seen.push(id);
            for (depth, start) in list.starts.iter().enumerate() {
                if let Some(start) = start {
                    counts[depth] = start.checked_sub(1);
                }
            }
        }
        let this = level(depth);
        let count = counts[depth].map_or(this.start, |count| count.saturating_add(1));
        counts[depth] = Some(count);
        for (below, count) in counts.iter_mut().enumerate().skip(depth + 1) {
            if level(below).restarts {
                *count = None;
            }
        }
        let of = list.of;
        if this.format == "bullet" {
            let sign = this.text.chars().next();
            let shown = sign.map_or("•".into(), |c| symbols::sign(c, this.font.as_deref()));
            return Some(Label { text: shown, list: Some(ListKind::Bullet), depth, of });
        }
        if this.format == "none" && !this.text.contains('%') && this.text.trim().is_empty() {
            return None;
        }
        let mut text = String::new();
        let mut chars = this.text.chars().peekable();
        while let Some(c) = chars.next() {
            let digit = chars.peek().and_then(|c| c.to_digit(10)).filter(|d| (1..=9).contains(d));
            match digit.filter(|_| c == '%') {
                Some(digit) => {
                    chars.next();
                    let at = digit as usize - 1;
                    let count = counts[at].unwrap_or(level(at).start);
                    let format = if this.legal { "decimal" } else { level(at).format.as_str() };
                    text.push_str(&number(count, format));
                }
                None => text.push(c),
            }
        }
        let plain = format!("%{}", depth + 1);
        let is_plain = this.format == "decimal"
            && [".", ")", ""].iter().any(|end| this.text.trim() == format!("{plain}{end}"));
        let text = text.trim().to_string();
        (!text.is_empty()).then_some(Label {
            text,
            list: is_plain.then_some(ListKind::Number(count)),
            depth,
            of,
        })
    }
}

fn level_number(element: Element<'_>) -> Option<usize> {
    let level = element.attribute("w:ilvl")?.parse().ok();
    level.filter(|level| *level < LEVELS)
}

fn read_abstract(element: Element<'_>) -> Abstract {
    let mut read = Abstract { levels: vec![Level::default(); LEVELS], ..Abstract::default() };
    for child in element.children() {
        match child.name() {
            "w:numStyleLink" => read.style = child.value().map(str::to_string),
            "w:lvl" => {
                let Some(level) = level_number(child) else { continue };
                read.levels[level] = read_level(child);
                if let Some(style) = child.child("w:pStyle").and_then(Element::value) {
                    read.of_style.insert(style.to_string(), level);
                }
            }
            _ => {}
        }
    }
    read
}

fn read_level(element: Element<'_>) -> Level {
    let mut level = Level::default();
    for child in element.children() {
        let value = child.value().unwrap_or_default();
        match child.name() {
            "w:start" => level.start = value.parse().unwrap_or(1),
            "w:numFmt" => level.format = value.to_string(),
            // Word 2010 and later say the rarer formats as an alternative.
            "mc:AlternateContent" => {
                let format = child.children().find_map(|choice| choice.child("w:numFmt")?.value());
                level.format = format.unwrap_or("decimal").to_string();
            }
            // Every paragraph of the list has it.
            "w:lvlText" => level.text = value.chars().take(LONGEST_LABEL).collect(),
            "w:isLgl" => level.legal = super::styles::is_on(child),
            "w:lvlRestart" => level.restarts = value != "0",
            "w:rPr" => {
                let fonts = child.child("w:rFonts");
                level.font = fonts.and_then(|f| f.attribute("w:ascii")).map(str::to_string);
            }
            _ => {}
        }
    }
    level
}

/// A number as a list of Word writes it.
pub(super) fn number(n: u32, format: &str) -> String {
    let from = |first: char, last: u32| {
        let c = char::from_u32(first as u32 + n.saturating_sub(1)).unwrap_or(first);
        ((1..=last).contains(&n)).then(|| c.to_string())
    };
    let nth = |words: &str| words.chars().nth(n.checked_sub(1)? as usize).map(String::from);
    let letters = |first: u8| {
        (n > 0).then(|| {
            let letter = char::from(first + ((n - 1) % 26) as u8);
            letter.to_string().repeat((n as usize - 1) / 26 % 50 + 1)
        })
    };
    let written = match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => Some(chinese(n)),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            let digit = |d: char| {
                d.to_digit(10).and_then(|d| "〇一二三四五六七八九".chars().nth(d as usize))
            };
            Some(n.to_string().chars().filter_map(digit).collect())
        }
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            let legal = "零壹贰叁肆伍陆柒捌玖拾佰仟";
            let plain = "零一二三四五六七八九十百千";
            let swap = |c: char| {
                plain.chars().position(|p| p == c).and_then(|at| legal.chars().nth(at)).unwrap_or(c)
            };
            Some(chinese(n).replace('〇', "零").chars().map(swap).collect())
        }
        "ideographTraditional" => nth("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => nth("子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(n),
        "decimalEnclosedParen" => from('⑴', 20),
        "decimalEnclosedFullstop" => from('⒈', 20),
        "ideographEnclosedCircle" => from('㊀', 10),
        "ideographParenthesis" => Some(format!("（{}）", chinese(n))),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).map(|text| text.to_lowercase()),
        "upperLetter" => letters(b'A'),
        "lowerLetter" => letters(b'a'),
        "decimalZero" => Some(format!("{n:02}")),
        "decimalFullWidth" | "decimalFullWidth2" => {
            let wide = |c: char| char::from_u32(c as u32 + 0xFEE0).unwrap_or(c);
            Some(n.to_string().chars().map(wide).collect())
        }
        "none" => Some(String::new()),
        _ => None,
    };
    written.unwrap_or_else(|| n.to_string())
}

/// `①` to `㊿`.
pub(super) fn circled(n: u32) -> Option<String> {
    let first = match n {
        0 => return Some("⓪".into()),
        1..=20 => 0x2460 - 1,
        21..=35 => 0x3251 - 21,
        36..=50 => 0x32B1 - 36,
        _ => return None,
    };
    char::from_u32(first + n).map(String::from)
}

/// `二十三`.
fn chinese(n: u32) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if n == 0 || n > 9999 {
        return n.to_string();
    }
    let mut out = String::new();
    let mut gap = false;
    for (value, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = n / value % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('〇');
            gap = false;
        }
        if !(value == 10 && digit == 1 && out.is_empty()) {
            out.push(DIGITS[digit as usize]);
        }
        out.push_str(unit);
    }
    out
}

fn roman(mut n: u32) -> Option<String> {
    if !(1..4000).contains(&n) {
        return None;
    }
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_as_word_writes_them() {
        for (n, format, written) in [
            (1, "chineseCountingThousand", "一"),
            (10, "chineseCounting", "十"),
            (11, "chineseCounting", "十一"),
            (20, "chineseCounting", "二十"),
            (105, "chineseCounting", "一百〇五"),
            (110, "chineseCounting", "一百一十"),
            (10, "ideographDigital", "一〇"),
            (12, "chineseLegalSimplified", "拾贰"),
            (3, "ideographTraditional", "丙"),
            (3, "decimalEnclosedCircleChinese", "③"),
            (21, "decimalEnclosedCircle", "㉑"),
            (4, "upperRoman", "IV"),
            (28, "lowerLetter", "bb"),
            (7, "decimalZero", "07"),
            (7, "decimal", "7"),
            (0, "upperLetter", "0"),
        ] {
            assert_eq!(number(n, format), written, "{n} {format}");
        }
    }
}
