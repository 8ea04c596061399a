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

/// What stands before a number and changes nothing of it.
const ABOUT: [&str; 9] = ["约", "近", "逾", "超过", "超", "共计", "共", "达到", "达"];

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
    let half: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let mut rest = half.as_str();
    if let Some(about) = ABOUT.iter().find(|about| rest.starts_with(**about)) {
        rest = &rest[about.len()..];
    }
    if let Some(share) = rest.strip_prefix("百分之") {
        let (amount, rest) = number(share)?;
        return rest.is_empty().then(|| Quantity { amount, unit: "%".into() });
    }
    let (amount, mut rest) = number(rest)?;
    rest = rest.trim_end_matches("左右").trim_end_matches("多");
    if let Some(half) = rest.strip_prefix('成').filter(|half| matches!(*half, "" | "半")) {
        let tenths = amount + if half.is_empty() { 0.0 } else { 0.5 };
        return Some(Quantity { amount: tenths * 10.0, unit: "%".into() });
    }
    let said = if rest.is_empty() { unit.unwrap_or_default().trim() } else { rest };
    match minutes(amount, said) {
        Some(amount) => Some(Quantity { amount, unit: MINUTES.into() }),
        // Another number in the unit: `3比5`, `2026年3月`.
        None if said.chars().any(|c| c.is_ascii_digit()) => None,
        None => Some(Quantity { amount, unit: said.to_string() }),
    }
}

/// How many people a text counts: a whole number, and no share of a hundred.
pub fn count(text: &str) -> Option<u64> {
    let Quantity { amount, unit } = read(text, None)?;
    let whole = (0.0..1e12).contains(&amount) && amount.fract() == 0.0;
    (whole && unit != "%" && unit != MINUTES).then_some(amount as u64)
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '．' => '.',
        '％' => '%',
        '，' => ',',
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
    while let Some(times) = rest.chars().next().and_then(place) {
        amount *= times;
        rest = &rest[rest.chars().next()?.len_utf8()..];
    }
    if let Some(unit) = rest.strip_prefix("个半") {
        (amount, rest) = (amount + 0.5, unit);
    }
    Some((if unsigned.is_some() { -amount } else { amount }, rest))
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
        for none in ["", "很多", "1:3", "12/30", "3比5", "2026年3月", "1,20", "1.2.3", "第一", "甲"]
        {
            assert_eq!(read(none, None), None, "{none}");
        }
    }

    #[test]
    fn people_are_counted_in_whole_numbers() {
        for (text, wanted) in [
            ("120", Some(120)),
            ("1,200人", Some(1200)),
            ("一百二十", Some(120)),
            ("98%", None),
            ("九成", None),
            ("1.5", None),
            ("-3", None),
            ("3天", None),
            ("许多", None),
        ] {
            assert_eq!(count(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_unit_of_its_own_wins() {
        assert_eq!(read("3", Some("天")), read("3天", None));
        assert_eq!(read("2小时", Some("天")), read("120分钟", None));
    }
}
