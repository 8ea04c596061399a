//! Quantities as people write them: `12`, `1,200 元`, `98.5%`, `一百二十`, `2 小时 30 分`, `1.2万`.

/// A number and what it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// How much.
    pub amount: f64,
    /// Of what; empty if that is not said. All times are in minutes.
    pub unit: String,
}

/// The unit of all times.
const MINUTES: &str = "分钟";

/// So many people, as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// How many; about so many if that is all that is said.
    pub people: u64,
    /// Is it exactly so many?
    pub is_exact: bool,
    /// The number as readers are to see it, without what it counts: `约 100`, `100 多`.
    pub shown: String,
}

/// What stands before a number and changes nothing of it.
const IN_ALL: [&str; 5] = ["共计", "总计", "共", "达到", "达"];

/// What stands before a number that is not exact. What begins like another comes first.
const ABOUT: [&str; 22] = [
    "大约",
    "大概",
    "约",
    "将近",
    "接近",
    "近",
    "逾",
    "超过",
    "超出",
    "超",
    "多于",
    "不少于",
    "不低于",
    "至少",
    "不到",
    "不足",
    "不超过",
    "少于",
    "最多",
    "上",
    "~",
    "≈",
];

/// What stands after a number that is not exact: `100 多人`, `十几`.
const MORE: [&str; 5] = ["多", "余", "来", "几", "+"];

/// What stands at the end of a quantity that is not exact, and what says the same before it.
const AT_THE_END: [(&str, &str); 6] = [
    ("左右", "约"),
    ("上下", "约"),
    ("及以上", "不少于"),
    ("以上", "不少于"),
    ("以内", "不超过"),
    ("以下", "不超过"),
];

/// What the units of people and of their visits have in them.
const PEOPLE: [&str; 12] =
    ["人", "名", "位", "次", "员", "民", "众", "者", "people", "person", "time", "member"];

/// How many minutes units of time have; a month has thirty days.
const TIMES: [(&str, f64); 17] = [
    ("年", 525_600.0),
    ("个月", 43_200.0),
    ("周", 10_080.0),
    ("星期", 10_080.0),
    ("个工作日", 1440.0),
    ("工作日", 1440.0),
    ("天", 1440.0),
    ("日", 1440.0),
    ("个小时", 60.0),
    ("小时", 60.0),
    ("分钟", 1.0),
    ("分", 1.0),
    ("秒", 1.0 / 60.0),
    ("days", 1440.0),
    ("day", 1440.0),
    ("hours", 60.0),
    ("minutes", 1.0),
];

/// Reads a text that is a quantity and nothing else. `unit` is what it counts if the text does not
/// say so itself. `None` for any other text.
pub fn read(text: &str, unit: Option<&str>) -> Option<Quantity> {
    Some(parts(text, unit)?.0)
}

/// How many people a text counts: a whole number, and nothing but people. `None` for any other text.
pub fn count(text: &str) -> Option<Count> {
    let (Quantity { amount, unit }, vague) = parts(text, None)?;
    let whole = (0.0..1e12).contains(&amount) && amount.fract() == 0.0;
    let of_people = matches!(&*unit, "" | "个") || PEOPLE.iter().any(|word| unit.contains(word));
    (whole && of_people).then(|| Count {
        people: amount as u64,
        is_exact: vague.is_none(),
        shown: vague.unwrap_or_else(|| (amount as u64).to_string()),
    })
}

/// The quantity that a text is; if it is not exact, also its number with what says so, as written.
fn parts(text: &str, unit: Option<&str>) -> Option<(Quantity, Option<String>)> {
    if has_parted_digits(text) {
        return None;
    }
    let half: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let after = |rest, words: &[&'static str]| {
        let mut words = words.iter().map(|word| (*word, str::strip_prefix(rest, *word)));
        words.find_map(|(word, rest)| Some((word, rest?)))
    };
    let (mut about, mut rest) = ("", half.as_str());
    while let Some((_, number)) = after(rest, &IN_ALL) {
        rest = number;
    }
    if let Some((word, number)) = after(rest, &ABOUT) {
        (about, rest) = (word, number);
    }
    for (end, before) in AT_THE_END {
        if let Some(quantity) = rest.strip_suffix(end) {
            about = if about.is_empty() { before } else { about };
            rest = quantity;
        }
    }
    let is_about = |about: &str| (!about.is_empty()).then(|| about.to_string());
    if let Some(share) = rest.strip_prefix("百分之") {
        let (amount, rest) = number(share)?;
        return rest.is_empty().then(|| (Quantity { amount, unit: "%".into() }, is_about(about)));
    }
    let from = rest;
    let (mut amount, mut rest) = number(rest)?;
    let mut written = from[..from.len() - rest.len()].to_string();
    let mut more = None;
    if let Some((word, unit)) = after(rest, &MORE) {
        // `100 多万`
        let mut unit = unit;
        let places = unit.len();
        while let Some((times, left)) = multiplied(unit) {
            (amount, unit) = (amount * times, left);
        }
        let places = &rest[word.len()..word.len() + places - unit.len()];
        let gap =
            if word != "+" && written.ends_with(|c: char| c.is_ascii_digit()) { " " } else { "" };
        written = format!("{written}{gap}{word}{places}");
        (more, rest) = (Some(word), unit);
    }
    let gap = if written.starts_with(|c: char| c.is_ascii_digit()) { " " } else { "" };
    let vague = match (about, more) {
        ("", None) => None,
        ("", Some(_)) => Some(written),
        (about, _) => Some(format!("{about}{gap}{written}")),
    };
    if let Some(half) = rest.strip_prefix('成').filter(|half| matches!(*half, "" | "半")) {
        let tenths = amount + if half.is_empty() { 0.0 } else { 0.5 };
        return Some((Quantity { amount: tenths * 10.0, unit: "%".into() }, vague));
    }
    let said = if rest.is_empty() { unit.unwrap_or_default().trim() } else { rest };
    let quantity = match minutes(amount, said) {
        Some(amount) => Quantity { amount, unit: MINUTES.into() },
        // Another number in the unit: `3比5`, `2026年3月`.
        None if said.chars().any(|c| c.is_ascii_digit()) => return None,
        None => Quantity { amount, unit: said.to_string() },
    };
    Some((quantity, vague))
}

/// Does a blank part two digits? Nobody knows whether that is one number.
fn has_parted_digits(text: &str) -> bool {
    let is_digit = |c: char| half_width(c).is_ascii_digit();
    let mut words = text.split_whitespace();
    let Some(mut before) = words.next() else { return false };
    words.any(|word| {
        let parted = before.ends_with(is_digit) && word.starts_with(is_digit);
        before = word;
        parted
    })
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '．' => '.',
        '％' => '%',
        '，' => ',',
        '＋' => '+',
        '～' => '~',
        '－' | '−' => '-',
        c => c,
    }
}

/// `amount` of a unit of time, and what follows of smaller ones.
fn minutes(amount: f64, unit: &str) -> Option<f64> {
    let longest = TIMES.iter().filter(|(name, _)| unit.starts_with(name));
    let (name, each) = longest.max_by_key(|(name, _)| name.len())?;
    match &unit[name.len()..] {
        "" => Some(amount * each),
        "半" => Some((amount + 0.5) * each),
        rest => {
            let (more, unit) = number(rest)?;
            Some(amount * each + minutes(more, unit)?)
        }
    }
}

/// A number at the beginning of a text, with what follows it.
fn number(text: &str) -> Option<(f64, &str)> {
    let unsigned = text.strip_prefix('-');
    let (amount, rest) = match unsigned.unwrap_or(text) {
        text if text.starts_with('半') => (0.5, &text['半'.len_utf8()..]),
        text if text.starts_with(|c: char| c.is_ascii_digit()) => arabic(text)?,
        text => chinese(text)?,
    };
    // `1.2万`, `3千万`
    let (mut amount, mut rest) = (amount, rest);
    while let Some((times, left)) = multiplied(rest) {
        (amount, rest) = (amount * times, left);
    }
    if let Some(unit) = rest.strip_prefix("个半") {
        (amount, rest) = (amount + 0.5, unit);
    }
    Some((if unsigned.is_some() { -amount } else { amount }, rest))
}

/// What the first character of a text multiplies a number before it by, and the rest.
fn multiplied(text: &str) -> Option<(f64, &str)> {
    let first = text.chars().next()?;
    Some((place(first)?, &text[first.len_utf8()..]))
}

fn arabic(text: &str) -> Option<(f64, &str)> {
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    let digits = text[..end].trim_end_matches(',');
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    // Commas part thousands.
    let mut groups = whole.split(',');
    let first = groups.next()?.len();
    let sound = !whole.contains(',') || (first <= 3 && groups.all(|group| group.len() == 3));
    if !sound || fraction.contains(['.', ',']) {
        return None;
    }
    let amount = digits.replace(',', "").parse().ok()?;
    Some((amount, &text[digits.len()..]))
}

fn digit(c: char) -> Option<f64> {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let c = match c {
        '零' => '〇',
        '两' | '俩' => '二',
        c => c,
    };
    digits.iter().position(|&digit| digit == c).map(|value| value as f64)
}

fn place(c: char) -> Option<f64> {
    Some(match c {
        '百' => 1e2,
        '千' => 1e3,
        '万' => 1e4,
        '亿' => 1e8,
        _ => return None,
    })
}

/// `一百二十`, `十二`, `两万三千`, `二十三点五`, `二〇二六`
fn chinese(text: &str) -> Option<(f64, &str)> {
    let is_numeral = |c: char| digit(c).is_some() || place(c).is_some() || c == '十';
    let end = text.find(|c| !is_numeral(c)).unwrap_or(text.len());
    let (words, mut rest) = text.split_at(end);
    if words.is_empty() {
        return None;
    }
    let placed = words.contains(|c| digit(c).is_none());
    let mut amount = 0.0;
    if placed {
        // Of the part before 亿 and 万, and of the one being read.
        let (mut part, mut last) = (0.0, None);
        for c in words.chars() {
            match (digit(c), c) {
                (Some(value), _) if last.is_none() || c == '零' || c == '〇' => {
                    last = (value > 0.0).then_some(value);
                }
                (Some(_), _) => return None,
                (None, '万' | '亿') => {
                    let times = place(c)?;
                    let all = part + last.take().unwrap_or(0.0);
                    if c == '亿' {
                        amount = (amount + all) * times;
                    } else {
                        amount += all * times;
                    }
                    part = 0.0;
                }
                (None, c) => {
                    let times = place(c).unwrap_or(10.0);
                    part += last.take().unwrap_or(1.0) * times;
                }
            }
        }
        amount += part + last.unwrap_or(0.0);
    } else {
        for c in words.chars() {
            amount = amount * 10.0 + digit(c)?;
        }
    }
    if let Some(fraction) = rest.strip_prefix('点') {
        let end = fraction.find(|c| digit(c).is_none()).unwrap_or(fraction.len());
        let mut each = 0.1;
        for c in fraction[..end].chars() {
            amount += digit(c)? * each;
            each /= 10.0;
        }
        rest = &fraction[end..];
    }
    Some((amount, rest))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn quantities_as_people_write_them() {
        for (text, amount, unit) in [
            ("12", 12.0, ""),
            ("1,200元", 1200.0, "元"),
            ("１２００ 元", 1200.0, "元"),
            ("98.5%", 98.5, "%"),
            ("百分之九十八", 98.0, "%"),
            ("九成", 90.0, "%"),
            ("三成半", 35.0, "%"),
            ("一百二十", 120.0, ""),
            ("一百零五户", 105.0, "户"),
            ("十二件", 12.0, "件"),
            ("二十", 20.0, ""),
            ("两万三千", 23_000.0, ""),
            ("一亿二千万", 120_000_000.0, ""),
            ("二十三点五", 23.5, ""),
            ("1.2万元", 12_000.0, "元"),
            ("3千万", 30_000_000.0, ""),
            ("约30户", 30.0, "户"),
            ("300多", 300.0, ""),
            ("300多户", 300.0, "户"),
            ("超过2000元", 2000.0, "元"),
            ("30户以上", 30.0, "户"),
            ("100多万元", 1_000_000.0, "元"),
            ("3 天", 4320.0, "分钟"),
            ("三天", 4320.0, "分钟"),
            ("2小时30分", 150.0, "分钟"),
            ("两个半小时", 150.0, "分钟"),
            ("半天", 720.0, "分钟"),
            ("-3", -3.0, ""),
            ("0", 0.0, ""),
            ("零", 0.0, ""),
            ("3个工作日", 4320.0, "分钟"),
            ("90秒", 1.5, "分钟"),
        ] {
            let read = read(text, None).unwrap();
            assert!((read.amount - amount).abs() < 1e-6 && read.unit == unit, "{text}: {read:?}");
        }
        for none in [
            "",
            "很多",
            "1:3",
            "12/30",
            "3比5",
            "2026年3月",
            "1,20",
            "1.2.3",
            "第一",
            "甲",
            "12 34",
            "１２　３４元",
        ] {
            assert_eq!(read(none, None), None, "{none}");
        }
    }

    #[test]
    fn people_are_counted_in_whole_numbers() {
        for (text, wanted) in [
            ("120", Some(120)),
            ("1,200人", Some(1200)),
            ("一百二十", Some(120)),
            ("共 120 名党员", Some(120)),
            ("98%", None),
            ("九成", None),
            ("1.5", None),
            ("-3", None),
            ("3天", None),
            ("30户", None),
            ("12 34", None),
            ("许多", None),
        ] {
            let count = count(text);
            assert_eq!(count.as_ref().map(|count| count.people), wanted, "{text}");
            assert!(count.is_none_or(|count| count.is_exact), "{text}");
        }
    }

    #[test]
    fn what_is_not_exact_stays_so() {
        for (text, shown) in [
            ("约100人", "约 100"),
            ("近百人", "近百"),
            ("超过100", "超过 100"),
            ("100多人", "100 多"),
            ("100余", "100 余"),
            ("100+", "100+"),
            ("100人左右", "约 100"),
            ("约100人左右", "约 100"),
            ("100 人以上", "不少于 100"),
            ("共约 1.2万人次", "约 1.2万"),
            ("十几人", "十几"),
            ("一百多名", "一百多"),
            ("10多万人", "10 多万"),
            ("不超过100人", "不超过 100"),
            ("～１００", "~ 100"),
        ] {
            let count = count(text).unwrap();
            assert!(!count.is_exact && count.shown == shown, "{text}: {count:?}");
        }
    }

    #[test]
    fn a_unit_of_its_own_wins() {
        assert_eq!(read("3", Some("天")), read("3天", None));
        assert_eq!(read("2小时", Some("天")), read("120分钟", None));
    }
}
