//! The lists of a campaign: its units and carriers, and the numbers that its archive gave.

use std::fmt::Write as _;

use crate::text::{CARRIERS, PLACES, REGIONS};
use crate::{Story, address, year};

/// The name of a unit, by its number.
pub fn unit(number: usize) -> String {
    format!("{}第{}支部", PLACES[number % PLACES.len()], 1 + number / PLACES.len())
}

/// How many units there are for so many stories.
pub fn units_of(stories: usize) -> usize {
    (stories / 20).max(1)
}

/// `units.yaml`: branches below the committee of their place.
pub fn units(stories: usize) -> String {
    let mut text = String::new();
    let count = units_of(stories);
    for place in PLACES.iter().take(count) {
        let _ = writeln!(text, "- name: {place}党总支\n  level: 党总支");
    }
    for number in 0..count {
        let _ = writeln!(
            text,
            "- name: {}\n  aliases: [{}支部{}]\n  level: 党支部\n  parent: {}党总支\n  region: {}",
            unit(number),
            PLACES[number % PLACES.len()],
            1 + number / PLACES.len(),
            PLACES[number % PLACES.len()],
            REGIONS[number % REGIONS.len()],
        );
    }
    text
}

/// `carriers.yaml`.
pub fn carriers() -> String {
    CARRIERS.iter().map(|name| format!("- name: {name}\n  description: {name}的安排\n")).collect()
}

/// What site.yaml says of the archive.
pub const ARCHIVE: &str = "\
archive:
  fonds: X001
  department: DQB
  retention: {branch: 永久, member: 30年, news: 10年}
";

/// `archive-ledger.yaml`: every second story has its number.
pub fn ledger(stories: impl Iterator<Item = Story>) -> String {
    let mut text = String::new();
    for story in stories.filter(|story| story.number % 20 < 10) {
        let (year_given, month, day) = story.date;
        // Of ten stories each is of another year; what a series cannot hold has no number.
        let item = story.number / 20 + 1;
        if item > 9999 {
            break;
        }
        let term = story.kind.term();
        let _ = writeln!(
            text,
            "- number: X001-WS·{}-{term}-DQB-{item:04}\n  story: content{}.md\n  title: {}\n  date: {year_given}-{month:02}-{day:02}",
            year(story.number),
            address(story.number),
            story.title,
        );
    }
    text
}
