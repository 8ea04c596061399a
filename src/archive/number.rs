//! Item numbers (档号): `Q012-WS·2026-Y-DQB-0001`.

use std::fmt;

use crate::settings::{Retention, is_code};

/// What is numbered by itself: one fonds, category, year, retention and department.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series {
    /// The fonds (全宗号).
    pub fonds: String,
    /// The category (档案门类代码).
    pub category: String,
    /// The year of the story's date (年度).
    pub year: i32,
    /// How long it is kept (保管期限).
    pub retention: Retention,
    /// The department or subject (机构或问题代码).
    pub department: String,
}

/// The number of one item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemNumber {
    /// What it is counted in.
    pub series: Series,
    /// The number in the series (件号), from 1.
    pub item: u16,
}

/// The highest number of a series: there are four digits.
pub const LAST_ITEM: u16 = 9999;

impl ItemNumber {
    /// Reads a number as it is written. The dot may be any that an input method gives.
    pub fn parse(text: &str) -> Option<Self> {
        let (left, right) = text.split_once(['·', '•', '・', '‧'])?;
        let (fonds, category) = left.split_once('-')?;
        let [year, retention, department, item] = right.split('-').collect::<Vec<_>>()[..] else {
            return None;
        };
        let digits = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        if ![fonds, category, department].into_iter().all(is_code) || !digits(year) || !digits(item)
        {
            return None;
        }
        let item: u16 = item.parse().ok().filter(|&item| item > 0)?;
        let series = Series {
            fonds: fonds.into(),
            category: category.into(),
            year: year.parse().ok()?,
            retention: Retention::from_code(retention)?,
            department: department.into(),
        };
        Some(Self { series, item })
    }
}

impl fmt::Display for ItemNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Series { fonds, category, year, retention, department } = &self.series;
        let retention = retention.code();
        write!(f, "{fonds}-{category}·{year:04}-{retention}-{department}-{:04}", self.item)
    }
}

#[cfg(test)]
mod tests {
    use super::ItemNumber;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        let number = "Q012-WS·2026-D30-DQB-0007";
        for spelled in [number, "Q012-WS•2026-D30-DQB-0007"] {
            let read = ItemNumber::parse(spelled).map(|number| number.to_string());
            assert_eq!(read.as_deref(), Some(number));
        }
        for wrong in [
            "",
            "Q012-WS·2026-D30-DQB-0000",
            "Q012-WS·2026-D30-DQB-007",
            "Q012-WS·2026-D31-DQB-0007",
            "Q012-WS·26-Y-DQB-0007",
            "Q012·2026-Y-DQB-0007",
            "Q/12-WS·2026-Y-DQB-0007",
            "..-WS·2026-Y-DQB-0007",
            "Q012-WS·2026-Y-DQB-0007-1",
        ] {
            assert_eq!(ItemNumber::parse(wrong), None, "{wrong}");
        }
    }
}
