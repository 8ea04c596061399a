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

/// For each list of accounts, for how many stories it has an entry.
const WORKS: usize = 50;
const TASKS: usize = 10;
const HONOURS: usize = 5;
const EVENTS: usize = 20;

/// How many entries there are if there is one for each so many of the stories.
fn entries(stories: usize, each: usize) -> usize {
    (stories / each).max(1)
}

/// `works.yaml`, `tasks.yaml`, `honours.yaml` and `events.yaml`: works below works, tasks in every
/// status, honours of people without a story, events over ten years.
pub fn accounts(stories: usize) -> [(&'static str, String); 4] {
    let list = |each, entry: &dyn Fn(usize) -> String| -> String {
        (0..entries(stories, each)).map(entry).collect()
    };
    let unit = |number: usize| unit(number % units_of(stories));
    let work = |number: usize| {
        let parent = match number {
            0..10 => String::new(),
            _ => format!(", parent: 重点工作{}", number / 10),
        };
        format!(
            "- {{name: 重点工作{number}, level: 街道, from: 2016-01-01{parent}, units: [{}]}}\n",
            unit(number)
        )
    };
    let task = |number: usize| {
        let status = [
            "status: planned",
            "status: doing",
            "status: done, done_on: 2025-05-01",
            "status: stopped",
        ];
        format!(
            "- {{name: 实事{number}, unit: {}, need: 路灯不亮, measures: 换灯, result: 亮了, feedback: 满意, due: 2025-06-01, {}}}\n",
            unit(number),
            status[number % status.len()]
        )
    };
    let honour = |number: usize| {
        format!(
            "- {{name: 先进个人, by: 某街道, year: {}, people: [{{name: 某某{number}, unit: {}}}]}}\n",
            year(number),
            unit(number)
        )
    };
    let event = |number: usize| {
        format!(
            "- {{name: 活动{number}, date: {}-{:02}-{:02}, place: 礼堂{number}, unit: {}}}\n",
            year(number),
            1 + number / 10 % 12,
            1 + number / 120 % 28,
            unit(number)
        )
    };
    [
        ("content/works.yaml", list(WORKS, &work)),
        ("content/tasks.yaml", list(TASKS, &task)),
        ("content/honours.yaml", list(HONOURS, &honour)),
        ("content/events.yaml", list(EVENTS, &event)),
    ]
}

/// What a story says of works and tasks.
pub fn named(story: &Story, stories: usize) -> String {
    format!(
        "central_works: [重点工作{}]\ntasks: [实事{}]\n",
        story.number % entries(stories, WORKS),
        story.number % entries(stories, TASKS)
    )
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
