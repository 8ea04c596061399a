//! When two names are one name, however they were typed.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use super::text::is_wide;

/// The form in which names are compared: of units, people, carriers, files … White space beside
/// a Chinese character counts for nothing (李　明), all middle dots are one, full-width letters
/// and brackets are the same as others, and what nobody sees is not there. A name is shown as
/// it was written; this is shown nowhere.
pub fn key(name: &str) -> Cow<'_, str> {
    let plain =
        |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}' | '-' | '_') || c.is_ascii_alphanumeric();
    if name.chars().all(plain) {
        return Cow::Borrowed(name);
    }
    let chars: Vec<char> = name.nfkc().filter(|&c| !is_unseen(c)).map(one_of_its_kind).collect();
    let mut key = String::with_capacity(name.len());
    let closes = |c: Option<char>| c.is_none_or(|c| is_wide(c) || c == DOT);
    for (at, &c) in chars.iter().enumerate() {
        let before = key.chars().next_back();
        match c {
            ' ' => {
                let after = chars[at..].iter().copied().find(|&c| c != ' ');
                if !closes(before) && !closes(after) && before != Some(' ') {
                    key.push(' ');
                }
            }
            // A full stop between Chinese characters stands for a dot: 阿依古丽.买买提
            // How quotation marks look depends on the keyboard: “两新”, "两新", 「两新」.
            c if is_quote(c) => key.push('"'),
            '.' if before.is_some_and(is_wide)
                && chars.get(at + 1).is_some_and(|&c| is_wide(c)) =>
            {
                key.push(DOT);
            }
            c => key.push(c),
        }
    }
    Cow::Owned(key)
}

/// Are these one name?
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || key(one) == key(other)
}

/// Can nobody see a difference between these?
pub fn looks_same(one: &str, other: &str) -> bool {
    let seen = |text: &str| -> String {
        let chars = text.nfc().filter(|&c| !is_unseen(c));
        chars.map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
    };
    one == other || (!(one.is_ascii() && other.is_ascii()) && seen(one) == seen(other))
}

/// What seems to be several names in one, parted by Chinese punctuation marks.
pub fn several(name: &str) -> Option<Vec<&str>> {
    let parts: Vec<&str> = name.split(['，', '、', '；', ';']).map(str::trim).collect();
    (parts.len() > 1 && parts.iter().filter(|part| !part.is_empty()).count() > 1).then_some(parts)
}

/// What seems to be several people in one name: what [`several`] finds, two names parted by a blank,
/// a comma or `和`, one name with `等`. A name whose characters are set apart (`李　明`) is one.
pub fn several_people(name: &str) -> Option<Vec<&str>> {
    if let Some(parts) = several(name) {
        return Some(parts);
    }
    let is_person = |part: &str| {
        (2..=4).contains(&part.chars().count()) && part.chars().all(crate::base::text::is_cjk)
    };
    let parted = |by: &[char]| -> Option<Vec<&str>> {
        let parts: Vec<&str> =
            name.split(by).map(str::trim).filter(|part| !part.is_empty()).collect();
        (parts.len() > 1 && parts.iter().all(|part| is_person(part))).then_some(parts)
    };
    let others = || {
        let (first, rest) = name.split_once('等')?;
        let count = |c: char| c.is_ascii_digit() || "一二三四五六七八九十几多".contains(c);
        let rest = rest.trim_start_matches(count).trim_start_matches(['名', '位', '个']);
        let closed = matches!(rest, "" | "人" | "同志" | "党员");
        (closed && is_person(first.trim())).then(|| vec![first.trim(), "另一位的姓名"])
    };
    parted(&[' ', '\u{3000}', '\u{A0}', ','])
        .or_else(|| parted(&['和', '与', '及']).filter(|parts| parts.len() == 2))
        .or_else(others)
}

/// A person and the unit that stands with the name: `李四 甲支部`, `张三（甲支部）`.
pub fn person_and_unit(name: &str) -> Option<(&str, &str)> {
    let is_blank = |c: char| c == ' ' || c == '\u{3000}' || c == '\u{A0}';
    let (person, unit) = match name.strip_suffix(['）', ')']) {
        Some(open) => open.rsplit_once(['（', '('])?,
        None => name.split_once(is_blank)?,
    };
    let (person, unit) = (person.trim(), unit.trim());
    let all_wide = |text: &str| text.chars().all(|c| super::text::is_cjk(c) || c == DOT);
    let is_person = person.chars().count() >= 2 && all_wide(person);
    let is_unit = unit.chars().count() >= 3 && UNITS.iter().any(|end| unit.ends_with(end));
    (is_person && is_unit && several(name).is_none()).then_some((person, unit))
}

/// What the names of units end in.
const UNITS: [&str; 20] = [
    "支部",
    "总支",
    "党委",
    "党组",
    "工委",
    "委员会",
    "社区",
    "村",
    "街道",
    "镇",
    "乡",
    "局",
    "公司",
    "学校",
    "医院",
    "中心",
    "站",
    "所",
    "小组",
    "办公室",
];

/// A name without the quotation marks around it, if they are Chinese and around all of it: in YAML
/// they are no marks, and nobody is called `“李明”`.
pub fn without_quotes(name: &str) -> &str {
    let marks = |(open, close)| name.strip_prefix(open)?.strip_suffix(close);
    let pairs = [
        ('“', '”'),
        ('”', '“'),
        ('”', '”'),
        ('“', '“'),
        ('‘', '’'),
        ('「', '」'),
        ('『', '』'),
        ('＂', '＂'),
    ];
    let inside = pairs.into_iter().find_map(marks).map(str::trim);
    inside.filter(|inside| !inside.is_empty() && !inside.contains(is_quote)).unwrap_or(name)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '「' | '」' | '『' | '』' | '＂' | '〝' | '〞')
}

/// The dot that stands for all of them.
const DOT: char = '·';

fn one_of_its_kind(c: char) -> char {
    match c {
        '\u{B7}' | '\u{387}' | '\u{16EB}' | '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{22C5}'
        | '\u{25CF}' | '\u{2981}' | '\u{2E30}' | '\u{2E31}' | '\u{2E33}' | '\u{30FB}'
        | '\u{A78F}' | '\u{10101}' => DOT,
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Joiners, marks of direction, variation selectors: there and not seen.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}')
        || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::{is_same, key, person_and_unit, several_people, without_quotes};

    #[test]
    fn names_that_are_one() {
        for (one, other) in [
            ("周　远", "周远"),
            ("周 远", "周远"),
            (" 周\u{A0}远\u{3000}", "周远"),
            ("周\u{200B}远", "周远"),
            ("热娜•艾力", "热娜·艾力"),
            ("热娜・艾力", "热娜·艾力"),
            ("热娜･艾力", "热娜·艾力"),
            ("热娜‧艾力", "热娜·艾力"),
            ("热娜∙艾力", "热娜·艾力"),
            ("热娜．艾力", "热娜·艾力"),
            ("热娜.艾力", "热娜·艾力"),
            ("热娜 · 艾力", "热娜·艾力"),
            ("河口支部（联合）", "河口支部(联合)"),
            ("河口支部 ( 联合 )", "河口支部（联合）"),
            ("第３ 支部", "第3支部"),
            ("Ｂ区", "B 区"),
            ("Anna  Lee", "Anna Lee"),
            ("cafe\u{301}", "café"),
            ("⼀支部", "一支部"),
            ("“两新”党支部", "\"两新\"党支部"),
            ("「两新」党支部", "“两新”党支部"),
        ] {
            assert!(is_same(one, other), "{one:?} {other:?}: {:?} {:?}", key(one), key(other));
        }
    }

    #[test]
    fn names_that_are_two() {
        for (one, other) in [
            ("Anna Lee", "AnnaLee"),
            ("周远", "周元"),
            ("热娜·艾力", "热娜艾力"),
            ("1.5", "1·5"),
            ("A.B", "AB"),
            ("甲-乙", "甲乙"),
            ("“两新”党支部", "两新党支部"),
        ] {
            assert!(!is_same(one, other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn quotation_marks_around_a_name() {
        for (name, bare) in [
            ("“李明”", "李明"),
            ("「李明」", "李明"),
            ("”李明”", "李明"),
            ("“两新”党支部", "“两新”党支部"),
            ("“甲”和“乙”", "“甲”和“乙”"),
            ("“”", "“”"),
            ("“", "“"),
        ] {
            assert_eq!(without_quotes(name), bare);
        }
    }

    #[test]
    fn units_that_stand_with_a_name() {
        for (name, both) in [
            ("李四 甲支部", ("李四", "甲支部")),
            ("张三（甲支部）", ("张三", "甲支部")),
            ("热娜·艾力 (河口社区)", ("热娜·艾力", "河口社区")),
        ] {
            assert_eq!(person_and_unit(name), Some(both));
        }
        for name in
            ["张三", "张三（女）", "李 明", "周远 许兰", "张三（满族）", "甲支部", "（甲支部）"]
        {
            assert_eq!(person_and_unit(name), None, "{name}");
        }
    }

    #[test]
    fn several_people_in_one_name() {
        for (name, people) in [
            ("周远、许兰", ["周远", "许兰"]),
            ("周远 许兰", ["周远", "许兰"]),
            ("周远　欧阳小兰", ["周远", "欧阳小兰"]),
            ("周远,许兰", ["周远", "许兰"]),
            ("周远, 许兰", ["周远", "许兰"]),
            ("周远和许小兰", ["周远", "许小兰"]),
            ("周远与许兰", ["周远", "许兰"]),
            ("周远等", ["周远", "另一位的姓名"]),
            ("周小远等三位同志", ["周小远", "另一位的姓名"]),
        ] {
            assert_eq!(several_people(name).as_deref(), Some(&people[..]), "{name}");
        }
        for name in [
            "周远",
            "周　远",
            "周 远",
            "欧阳 远",
            "周和平",
            "许与之",
            "周及人",
            "热娜·艾力",
            "Li Ming",
            "Ming, Li",
            "等闲",
            "周等",
            "周远（等级工）",
            "买买提 艾",
            "和平",
        ] {
            assert_eq!(several_people(name), None, "{name}");
        }
    }
}
