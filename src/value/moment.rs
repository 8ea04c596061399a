//! Dates and times as stories give them: a day, or a minute of a day, in the site's zone.

use std::cmp::Ordering;
use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

/// A point in time; remembers whether a time of day was given. Compares as a point: a day
/// is its first instant.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(try_from = "Kept", into = "Kept")]
pub struct Moment {
    at: OffsetDateTime,
    timed: bool,
}

/// A moment in a file: what its clock shows, as seconds since 1970 of a clock that showed UTC,
/// its offset from UTC in seconds, `timed`. The seconds of the point itself would not do: in UTC
/// the last hours of the calendar may be in a year that it does not have.
type Kept = (i64, i32, bool);

impl From<Moment> for Kept {
    fn from(moment: Moment) -> Self {
        let offset = moment.at.offset().whole_seconds();
        (moment.at.unix_timestamp() + i64::from(offset), offset, moment.timed)
    }
}

impl TryFrom<Kept> for Moment {
    type Error = time::error::ComponentRange;

    fn try_from((seconds, offset, timed): Kept) -> Result<Self, Self::Error> {
        let offset = UtcOffset::from_whole_seconds(offset)?;
        let at = OffsetDateTime::from_unix_timestamp(seconds)?.replace_offset(offset);
        Ok(Self { at, timed })
    }
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// The shape is wrong; the same date in the right shape, where it can be guessed.
    Shape(Option<String>),
    /// There is no such day or time: 31 April, 25:00.
    Impossible,
}

/// What of a date or time there is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotThere {
    /// The month has so many days: of which year, which month, how many.
    Day(i32, u8, u8),
    /// There are twelve months.
    Month,
    /// A day ends at 23:59.
    Clock,
}

/// What of a date is impossible that has the right shape; `None` if it is hard to say.
pub fn not_there(text: &str) -> Option<NotThere> {
    let canonical = canonical(text.trim());
    let text = canonical.as_deref().unwrap_or(text.trim());
    let mut parts = text.get(..10)?.split('-').map(digits);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let year = i32::try_from(year).ok().filter(|&year| year > 0)?;
    let Some(month) = u8::try_from(month).ok().and_then(|m| Month::try_from(m).ok()) else {
        return Some(NotThere::Month);
    };
    let days = month.length(year);
    Some(match (1..=u32::from(days)).contains(&day) {
        true => NotThere::Clock,
        false => NotThere::Day(year, u8::from(month), days),
    })
}

impl Moment {
    /// Reads `2026-03-18`, `2026-03-18 09:30`, RFC 3339 (`2026-03-18T09:30:00+08:00`), and what
    /// else people write that has one meaning ([`canonical`]). Without an offset of its own the
    /// time is in `zone`.
    pub fn parse(text: &str, zone: UtcOffset) -> Result<Self, DateError> {
        match Self::parse_canonical(text.trim(), zone) {
            Err(DateError::Shape(guess)) => match canonical(text.trim()) {
                Some(right) => Self::parse_canonical(&right, zone),
                None => Err(DateError::Shape(guess)),
            },
            read => read,
        }
    }

    fn parse_canonical(text: &str, zone: UtcOffset) -> Result<Self, DateError> {
        let shape = || DateError::Shape(guess(text));
        let day = text.get(..10).ok_or_else(shape)?;
        let (year, month, dom) = match *day.split('-').collect::<Vec<_>>() {
            [y, m, d] if y.len() == 4 && m.len() == 2 && d.len() == 2 => (
                digits(y).ok_or_else(shape)?,
                digits(m).ok_or_else(shape)?,
                digits(d).ok_or_else(shape)?,
            ),
            _ => return Err(shape()),
        };
        let month = u8::try_from(month).ok().and_then(|m| Month::try_from(m).ok());
        let date = month
            .zip(u8::try_from(dom).ok())
            .and_then(|(month, dom)| Date::from_calendar_date(year as i32, month, dom).ok())
            .filter(|_| year > 0)
            .ok_or(DateError::Impossible)?;
        let rest = &text[10..];
        if rest.is_empty() {
            let at = PrimitiveDateTime::new(date, Time::MIDNIGHT).assume_offset(zone);
            return Ok(Self { at, timed: false });
        }
        let clock = rest.strip_prefix([' ', 'T', 't']).ok_or_else(shape)?.trim_start();
        let (clock, zone) = split_offset(clock, zone).ok_or_else(shape)?;
        let parts: Vec<&str> = clock.split(':').collect();
        let (hour, minute, second) = match *parts {
            [h, m] => (h, m, "00"),
            [h, m, s] => (h, m, s.split('.').next().unwrap_or(s)),
            _ => return Err(shape()),
        };
        let two = |part: &str| (part.len() == 2).then(|| digits(part)).flatten().ok_or_else(shape);
        let time = Time::from_hms(two(hour)? as u8, two(minute)? as u8, two(second)? as u8)
            .map_err(|_| DateError::Impossible)?;
        Ok(Self { at: PrimitiveDateTime::new(date, time).assume_offset(zone), timed: true })
    }

    /// The machine's clock.
    pub fn now() -> Self {
        #[expect(clippy::disallowed_methods, reason = "commands ask it")]
        Self { at: OffsetDateTime::now_utc(), timed: true }
    }

    /// The same point, shown in `zone`. At either end of the calendar, where the point is in no
    /// year from 1 to 9999 there, the first or last second that is.
    pub fn in_zone(self, zone: UtcOffset) -> Self {
        let edge = |year, month, day, (hour, minute, second)| {
            let date = Date::from_calendar_date(year, month, day).unwrap_or(Date::MIN);
            let time = Time::from_hms(hour, minute, second).unwrap_or(Time::MIDNIGHT);
            PrimitiveDateTime::new(date, time).assume_offset(zone)
        };
        let at = match self.at.checked_to_offset(zone) {
            Some(at) if at.year() > 0 => at,
            Some(_) => edge(1, Month::January, 1, (0, 0, 0)),
            None => edge(9999, Month::December, 31, (23, 59, 59)),
        };
        Self { at, ..self }
    }

    /// The first moment after the day (or the minute) that is meant: what expires on a
    /// day is still there on that day.
    pub fn end(self) -> Self {
        if self.timed {
            return self;
        }
        // After the last day that can be written there is no other.
        let at = self.at.checked_add(time::Duration::DAY).unwrap_or(self.at);
        Self { at, timed: true }
    }

    /// So many days later; at the end of the calendar the same.
    pub fn plus_days(self, days: i64) -> Self {
        let at = self.at.checked_add(time::Duration::days(days)).unwrap_or(self.at);
        Self { at, ..self }
    }

    /// Its day, without a time.
    pub fn day_alone(self) -> Self {
        Self { at: self.at.replace_time(Time::MIDNIGHT), timed: false }
    }

    /// The last day of a year, in the time zone of this moment.
    pub fn last_day_of(self, year: i32) -> Option<Self> {
        let date = Date::from_calendar_date(year, Month::December, 31).ok().filter(|_| year > 0)?;
        let at = PrimitiveDateTime::new(date, Time::MIDNIGHT).assume_offset(self.at.offset());
        Some(Self { at, timed: false })
    }

    /// The moment at which clocks in `zone` show what this one shows in its own.
    pub fn as_in_zone(self, zone: UtcOffset) -> Self {
        Self { at: self.at.replace_offset(zone), ..self }
    }

    /// Its day, as its own clocks have it.
    pub fn calendar_day(self) -> Date {
        self.at.date()
    }

    /// Whole days from `earlier` to this moment.
    pub fn days_since(self, earlier: Self) -> i64 {
        (self.at - earlier.at).whole_days()
    }

    /// The year of the date.
    pub fn year(self) -> i32 {
        self.at.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.at.month().into()
    }

    /// The day of the month.
    pub fn day(self) -> u8 {
        self.at.day()
    }

    /// `2026-03-18`.
    pub fn date(self) -> String {
        let mut out = String::with_capacity(10);
        let year = self.year().unsigned_abs();
        two_digits(&mut out, (year / 100) as u8);
        two_digits(&mut out, (year % 100) as u8);
        out.push('-');
        two_digits(&mut out, self.month());
        out.push('-');
        two_digits(&mut out, self.day());
        out
    }

    /// `09:30` where a time was given.
    pub fn clock(self) -> Option<String> {
        self.timed.then(|| {
            let mut out = String::with_capacity(5);
            two_digits(&mut out, self.at.hour());
            out.push(':');
            two_digits(&mut out, self.at.minute());
            out
        })
    }

    /// RFC 3339: `2026-03-18T09:30:00+08:00`.
    pub fn rfc3339(self) -> String {
        let (h, m, _) = self.at.offset().as_hms();
        format!(
            "{}T{:02}:{:02}:{:02}{}{:02}:{:02}",
            self.date(),
            self.at.hour(),
            self.at.minute(),
            self.at.second(),
            if self.at.offset().is_negative() { '-' } else { '+' },
            h.abs(),
            m.abs()
        )
    }

    /// The same point in UTC, to the second: `2026-03-18T01:30:00Z`.
    pub fn utc(self) -> String {
        self.in_zone(UtcOffset::UTC).rfc3339().replace("+00:00", "Z")
    }

    /// For the `datetime` attribute of HTML's `time`: the day, or the whole moment.
    pub fn datetime(self) -> String {
        if self.timed { self.rfc3339() } else { self.date() }
    }
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for Moment {}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        self.at.cmp(&other.at)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.date())?;
        self.clock().map_or(Ok(()), |clock| write!(f, " {clock}"))
    }
}

/// Dates are written for every story on every list that has it: by hand, as the machinery
/// of `format!` takes ten times as long. The years of dates have four digits.
fn two_digits(out: &mut String, number: u8) {
    out.push(char::from(b'0' + number / 10 % 10));
    out.push(char::from(b'0' + number % 10));
}

/// Beijing time, the zone of sites that name no other.
pub fn default_zone() -> UtcOffset {
    UtcOffset::from_hms(8, 0, 0).unwrap_or(UtcOffset::UTC)
}

/// Does a text that [`Moment::parse`] accepts say its own offset?
pub fn has_offset(text: &str) -> bool {
    text.get(10..).is_some_and(|clock| clock.contains(['Z', 'z', '+', '-']))
}

/// Reads an offset from UTC: `+08:00`, `-03:30`, `Z`.
pub fn parse_zone(text: &str) -> Option<UtcOffset> {
    if matches!(text, "Z" | "z" | "UTC") {
        return Some(UtcOffset::UTC);
    }
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let (hours, minutes) = text[1..].split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes) = (digits(hours)? as i8, digits(minutes)? as i8);
    (hours <= 14 && minutes < 60)
        .then(|| UtcOffset::from_hms(sign * hours, sign * minutes, 0).ok())
        .flatten()
}

fn split_offset(clock: &str, zone: UtcOffset) -> Option<(&str, UtcOffset)> {
    match clock.find(['Z', 'z', '+', '-']) {
        None => Some((clock, zone)),
        Some(at) => Some((clock[..at].trim_end(), parse_zone(&clock[at..])?)),
    }
}

fn digits(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// `2026-03-18` or `2026-03-18 15:00` for a date that is written otherwise and means nothing else:
/// `2026/3/18`, `2026年3月18日`, `2026.3.18 9:05`, `2026年3月18日下午3点`.
pub fn canonical(text: &str) -> Option<String> {
    let (year, rest) = number(text, 4..=4)?;
    let rest = rest.trim_start_matches(' ');
    let (separator, rest) = (rest.chars().next()?, rest.trim_start_matches(['年', '/', '.', '-']));
    let (month, rest) = number(rest.trim_start_matches(' '), 1..=2)?;
    let second = rest.trim_start_matches(' ').chars().next()?;
    // Both are the same sign, or they are words.
    if !matches!((separator, second), ('年', '月') | ('/', '/') | ('.', '.') | ('-', '-')) {
        return None;
    }
    let rest = rest.trim_start_matches(' ').strip_prefix(second)?;
    let (day, rest) = number(rest.trim_start_matches(' '), 1..=2)?;
    let rest = match second {
        '月' => rest.trim_start_matches(' ').strip_prefix(['日', '号']).unwrap_or(rest),
        _ => rest,
    };
    let date = |day: u32| format!("{year:04}-{month:02}-{day:02}");
    let clock = rest.trim_start_matches([' ', 'T']);
    if clock.is_empty() {
        return Some(date(day));
    }
    let (is_next_day, clock) = canonical_clock(clock)?;
    if !is_next_day {
        return Some(format!("{} {clock}", date(day)));
    }
    let today = Moment::parse_canonical(&date(day), UtcOffset::UTC).ok()?;
    let next = today.at.checked_add(time::Duration::DAY).map(|at| Moment { at, ..today })?;
    Some(format!("{} {clock}", next.date()))
}

/// What is said of a time by a part of the day: the hours that stand as they are, and those that are
/// twelve hours later. `晚上2点` is of this day for one and of the next for another, so of none.
const PERIODS: [(&str, RangeInclusive<u32>, RangeInclusive<u32>); 13] = [
    ("凌晨", 0..=6, NO_HOUR),
    ("清晨", 4..=9, NO_HOUR),
    ("早上", 4..=11, NO_HOUR),
    ("早晨", 4..=11, NO_HOUR),
    ("上午", 0..=12, NO_HOUR),
    ("中午", 10..=15, 0..=3),
    ("下午", 12..=23, 1..=11),
    ("傍晚", 16..=20, 4..=8),
    ("晚上", 17..=23, 5..=11),
    ("晚间", 17..=23, 5..=11),
    ("夜里", 17..=23, 6..=11),
    ("深夜", 21..=23, 9..=11),
    ("晚", 17..=23, 5..=11),
];

/// A range that holds no hour.
const NO_HOUR: RangeInclusive<u32> = 24..=24;

/// `15:00` for `15：00`, `下午3点`, `下午3:00`, `3:00 PM` or `15时`, and whether it is of the next day:
/// twelve o'clock of an evening is.
fn canonical_clock(text: &str) -> Option<(bool, String)> {
    let period = PERIODS.iter().find(|(word, ..)| text.starts_with(word));
    let rest = text.strip_prefix(period.map_or("", |(word, ..)| word))?.trim_start();
    let (rest, half_day) = half_of_day(rest);
    let (hour, rest) = number(rest, 1..=2)?;
    let after = rest.strip_prefix([':', '：', '点', '时'])?;
    let (minute, end) = match after {
        "" | "整" if !rest.starts_with([':', '：']) => (0, ""),
        "半" => (30, ""),
        _ => {
            number(after, 2..=2).or_else(|| number(after, 1..=2).filter(|(_, end)| *end == "分"))?
        }
    };
    let (is_next_day, hour) = match (period, half_day) {
        (None, None) => (false, hour),
        (None, Some(is_later)) if (1..=12).contains(&hour) => {
            (false, hour % 12 + if is_later { 12 } else { 0 })
        }
        (Some((word, ..)), None) if hour == 12 && *word == "凌晨" => (false, 0),
        (Some((word, ..)), None)
            if hour == 12 && word.contains(['晚', '夜']) && *word != "傍晚" =>
        {
            (true, 0)
        }
        (Some((_, _, later)), None) if later.contains(&hour) => (false, hour + 12),
        (Some((_, same, _)), None) if same.contains(&hour) => (false, hour),
        _ => return None,
    };
    matches!(end, "" | "分").then(|| (is_next_day, format!("{hour:02}:{minute:02}")))
}

/// A time without its `AM` or `PM`, and whether it is of the day's second half, if that is said.
fn half_of_day(text: &str) -> (&str, Option<bool>) {
    for (ending, is_later) in [("am", false), ("a.m.", false), ("pm", true), ("p.m.", true)] {
        let at = text.len().saturating_sub(ending.len());
        if text.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(ending)) {
            return (text[..at].trim_end(), Some(is_later));
        }
    }
    (text, None)
}

/// The number that a text begins with, of so many digits, and the rest.
fn number(text: &str, length: RangeInclusive<usize>) -> Option<(u32, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    if !length.contains(&end) {
        return None;
    }
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// What a writer may have meant by `20260318` or `26-3-18`.
fn guess(text: &str) -> Option<String> {
    let half: String = text
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            c => c,
        })
        .collect();
    let mut numbers: Vec<u32> = half
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty() && part.len() <= 8)
        .filter_map(|part| part.parse().ok())
        .collect();
    if let [compact, ..] = *numbers
        && compact > 10_000_000
    {
        numbers.splice(0..1, [compact / 10000, compact / 100 % 100, compact % 100]);
    }
    // A year of two digits is one of this century.
    if let [year @ 0..100, _, ..] = numbers.as_mut_slice() {
        *year += 2000;
    }
    let (date, clock) = match *numbers {
        [y, m, d] => ((y, m, d), String::new()),
        [y, m, d, h, min] => ((y, m, d), format!(" {h:02}:{min:02}")),
        _ => return None,
    };
    let candidate = format!("{:04}-{:02}-{:02}{clock}", date.0, date.1, date.2);
    // Only what would be accepted is worth suggesting, and a time only without words of its own.
    let has_words = half.chars().any(|c| c.is_alphabetic() && !"年月日号时点分秒T".contains(c));
    ((clock.is_empty() || !has_words)
        && candidate != text
        && Moment::parse_canonical(&candidate, UtcOffset::UTC).is_ok())
    .then_some(candidate)
}

#[allow(clippy::unwrap_used)]
#[cfg(test)]
mod tests {
    use super::*;

    /// Moments at both ends of the calendar, and what UTC shows then.
    const EDGES: [(&str, &str); 8] = [
        ("0001-01-01", "0001-01-01T00:00:00Z"),
        ("0001-01-01 00:00+14:00", "0001-01-01T00:00:00Z"),
        ("0001-01-01 00:00-14:00", "0001-01-01T14:00:00Z"),
        ("0001-01-02 03:04+08:00", "0001-01-01T19:04:00Z"),
        ("9999-12-31", "9999-12-30T16:00:00Z"),
        ("9999-12-31 23:59:59+08:00", "9999-12-31T15:59:59Z"),
        ("9999-12-31 23:00-05:00", "9999-12-31T23:59:59Z"),
        ("9999-12-31 23:59:59-14:00", "9999-12-31T23:59:59Z"),
    ];

    fn zones() -> impl Iterator<Item = UtcOffset> {
        ["-14:00", "-05:00", "Z", "+08:00", "+14:00"].into_iter().filter_map(parse_zone)
    }

    fn moment(text: &str) -> Moment {
        Moment::parse(text, default_zone()).unwrap()
    }

    #[test]
    fn what_people_write_is_understood() {
        for (text, right) in [
            ("2026/3/18", "2026-03-18"),
            ("2026/03/18", "2026-03-18"),
            ("2026.3.8", "2026-03-08"),
            ("2026-3-8", "2026-03-08"),
            ("2026年3月18日", "2026-03-18"),
            ("2026 年 3 月 18 日", "2026-03-18"),
            ("2026年3月18号", "2026-03-18"),
            ("2026/3/18 9:05", "2026-03-18 09:05"),
            ("2026-03-18 9：05", "2026-03-18 09:05"),
            ("2026年3月18日 15:00", "2026-03-18 15:00"),
            ("2026年3月18日下午3点", "2026-03-18 15:00"),
            ("2026年3月18日上午9点半", "2026-03-18 09:30"),
            ("2026年3月18日晚8:05", "2026-03-18 20:05"),
            ("2026年3月18日中午12点", "2026-03-18 12:00"),
            ("2026年3月18日 9时5分", "2026-03-18 09:05"),
            ("2026-3-18 下午3点30分", "2026-03-18 15:30"),
            ("2026年3月18日晚上12点", "2026-03-19 00:00"),
            ("2026年12月31日深夜12点半", "2027-01-01 00:30"),
            ("2026年3月18日凌晨12点", "2026-03-18 00:00"),
            ("2026年3月18日凌晨0:30", "2026-03-18 00:30"),
            ("2026年3月18日下午12:30", "2026-03-18 12:30"),
            ("2026年3月18日下午15点", "2026-03-18 15:00"),
            ("2026年3月18日中午1点", "2026-03-18 13:00"),
            ("2026-03-18 9:00 PM", "2026-03-18 21:00"),
            ("2026/3/18 12:05 a.m.", "2026-03-18 00:05"),
        ] {
            assert_eq!(canonical(text).as_deref(), Some(right), "{text}");
            assert_eq!(moment(text).datetime(), moment(right).datetime(), "{text}");
        }
        for text in [
            "26-3-8",
            "2026/3-18",
            "20260318",
            "3月18日",
            "2026年3月",
            "2026-3-18 9",
            "2026/3/18 abc",
            "2026年3月18日上午15点",
            "2026年3月18日晚上0点",
            "2026年3月18日晚上2点",
            "2026年3月18日早上12点",
            "2026-03-18 13:00 PM",
            "9999-12-31 晚上12点",
            "2026/3/18/1",
            "",
        ] {
            assert_eq!(canonical(text), None, "{text}");
        }
        assert_eq!(Moment::parse("2026/2/30", default_zone()).unwrap_err(), DateError::Impossible);
    }

    #[test]
    fn the_ends_of_the_calendar_are_shown_in_any_zone() {
        for (text, utc) in EDGES {
            assert_eq!(moment(text).utc(), utc, "{text}");
            for zone in zones() {
                let shown = moment(text).in_zone(zone);
                assert!((1..=9999).contains(&shown.year()), "{text} in {zone}");
                assert_eq!(shown.at.offset(), zone);
                assert!(shown.days_since(moment(text)).abs() <= 1, "{text} in {zone}");
                let as_shown = moment(text).as_in_zone(zone);
                assert_eq!(
                    (as_shown.date(), as_shown.clock()),
                    (moment(text).date(), moment(text).clock())
                );
                assert!(as_shown.end() >= as_shown, "{text} in {zone}");
            }
        }
    }

    #[test]
    fn a_moment_comes_back_from_a_file_as_it_was() {
        let all = EDGES.iter().map(|(text, _)| *text).chain(["2026-03-18", "2026-03-18 09:30Z"]);
        for text in all {
            for before in
                [moment(text), moment(text).end(), moment(text).as_in_zone(UtcOffset::UTC)]
            {
                let kept = serde_json::to_string(&before).unwrap();
                let after: Moment = serde_json::from_str(&kept).unwrap();
                assert_eq!(
                    (after.rfc3339(), after.timed),
                    (before.rfc3339(), before.timed),
                    "{text}"
                );
            }
        }
        assert!(serde_json::from_str::<Moment>("[9223372036854775807,0,true]").is_err());
    }
}
