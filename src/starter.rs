//! The sample campaign that is built in: what a new campaign begins with, and what of that
//! somebody has left as it was.

use std::borrow::Cow;

use include_dir::{Dir, include_dir};

use crate::value::moment::{Moment, default_zone};

/// The sample campaign, of which a new one gets a part.
static SAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// What a new campaign begins with: settings, vocabularies, pages, and one story of each
/// kind, which link to nothing else.
const STARTER: [&str; 11] = [
    "site.yaml",
    "units.yaml",
    "carriers.yaml",
    "works.yaml",
    "tasks.yaml",
    "pages/about.md",
    "pages/contact.md",
    "stories/2026/shui-ping-tai/index.md",
    "stories/2026/shui-ping-tai/cover.svg",
    "stories/2026/lin-xiao-man.md",
    "stories/2026/qi-dong.md",
];

/// The files of a new campaign by their paths in `content`. Their dates are moved so that the
/// newest story is of this day: a new campaign is not stale.
pub fn starter(day: Moment) -> Vec<(String, Cow<'static, [u8]>)> {
    let text = |name: &str| SAMPLE.get_file(name).and_then(|file| file.contents_utf8());
    let dates = STARTER.iter().filter_map(|name| text(name)).filter_map(date_of);
    let later = dates.max().map_or(0, |newest| day.day_alone().days_since(newest.day_alone()));
    let year = day.year();
    let files = STARTER.iter().filter_map(|name| {
        let file = SAMPLE.get_file(name)?;
        let text = file.contents_utf8();
        let changed = text.and_then(|text| match name.rsplit_once('.') {
            Some((_, "md")) => Some(moved_by(text, later)),
            _ if *name == "site.yaml" => Some(undecided(text)),
            Some((_, "yaml")) => Some(list_moved_by(&shortened(name, text), later)),
            _ => None,
        });
        let bytes =
            changed.map_or(Cow::Borrowed(file.contents()), |text| Cow::Owned(text.into_bytes()));
        // All in one folder, as they link to each other.
        Some((name.replace("/2026/", &format!("/{year:04}/")), bytes))
    });
    files.collect()
}

/// Is this the body of the text of the sample at `path` in `content`, as a new campaign gets it?
/// The texts of the sample lie in folders of other years there; `date` is that of the story.
pub fn is_left(path: &str, date: Option<Moment>, body: &str) -> bool {
    let Some(sample) = twin(path).and_then(|name| SAMPLE.get_file(name)?.contents_utf8()) else {
        return false;
    };
    let days = date
        .zip(date_of(sample))
        .map_or(0, |(date, of_sample)| date.day_alone().days_since(of_sample.day_alone()));
    let moved = moved_by(sample, days);
    moved.split_once("\n---\n").is_some_and(|(_, of_sample)| of_sample.trim() == body.trim())
}

/// The text that a new campaign gets at a path in `content`, whatever the year.
pub fn twin(path: &str) -> Option<&'static str> {
    let tail = |path: &str| match path.strip_prefix("stories/").and_then(|p| p.split_once('/')) {
        Some((year, rest)) if year.bytes().all(|b| b.is_ascii_digit()) => format!("stories/{rest}"),
        _ => path.to_string(),
    };
    let texts = STARTER.iter().copied().filter(|name| name.ends_with(".md"));
    texts.into_iter().find(|name| tail(name) == tail(path))
}

/// The entry of a name in a list of the sample, as it is written there; `file` is its path in
/// `content`.
pub fn entry(file: &str, name: &str) -> Option<&'static str> {
    let list = SAMPLE.get_file(file)?.contents_utf8()?;
    let begins = |block: &&str| {
        let first = block.strip_prefix("- name: ").and_then(|rest| rest.lines().next());
        first.is_some_and(|first| first.trim() == name)
    };
    list.split("\n\n").find(begins)
}

/// The entries of lists that a new campaign gets, of those of which it gets only some: what its
/// stories name, and examples.
const ENTRIES: [(&str, &[&str]); 2] = [
    (
        "works.yaml",
        &["全市城市更新三年行动", "街道老旧小区和背街小巷整治", "水坪台坡道改造", "网格走访"],
    ),
    (
        "tasks.yaml",
        &["水坪台长台阶加装扶手和平台", "簸箕巷地下管线分层改造", "柳堰学校门口上下学分流"],
    ),
];

/// A list of the sample with those entries alone that a new campaign gets, and all that is said
/// about it.
fn shortened(name: &str, list: &str) -> String {
    let Some((_, kept)) = ENTRIES.iter().find(|(file, _)| *file == name) else {
        return list.to_string();
    };
    let blocks = list.split("\n\n").filter(|block| match block.strip_prefix("- name: ") {
        Some(rest) => kept.contains(&rest.lines().next().unwrap_or_default()),
        None => true,
    });
    let blocks: Vec<&str> = blocks.map(str::trim_end).collect();
    blocks.join("\n\n") + "\n"
}

/// A list with the dates of its entries so many days later.
fn list_moved_by(list: &str, days: i64) -> String {
    let moved = |line: &str| {
        let (key, date) = line.trim_end().split_once(": ")?;
        let date = Moment::parse(date, default_zone()).ok()?;
        Some(format!("{key}: {}\n", date.plus_days(days)))
    };
    list.split_inclusive('\n').map(|line| moved(line).unwrap_or_else(|| line.into())).collect()
}

/// The settings of the sample without what a user alone can decide: those lines are comments, to
/// be filled in. Else somebody archives under the sample's fonds, for ever.
fn undecided(settings: &str) -> String {
    const OWN: [&str; 5] = ["organisation:", "contact:", "feedback:", "copyright:", "archive:"];
    let mut out = String::with_capacity(settings.len() + 64);
    let mut in_own = false;
    for line in settings.split_inclusive('\n') {
        let is_key = line.starts_with(|c: char| c.is_ascii_alphabetic());
        if is_key {
            in_own = OWN.iter().any(|key| line.starts_with(key));
        }
        let is_below = line.starts_with(' ');
        if in_own && (is_key || is_below) {
            out.push_str("# ");
        }
        out.push_str(line);
    }
    out.replacen(
        "以井号开头的行是说明，不会出现在网站上。",
        "以井号开头的行是说明，不会出现在网站上；\n# 像 “# organisation: …” 这样的行是例子，换成自己的，再去掉行首的井号和空格。",
        1,
    )
}

/// The date in the front matter of a sample story.
fn date_of(text: &str) -> Option<Moment> {
    let line = text.lines().find_map(|line| line.strip_prefix("date: "))?;
    Moment::parse(line, default_zone()).ok()
}

/// A sample text with its dates so many days later: that of its front matter, years, and days of
/// the year of that date, as its prose has them (`2 月 25 日`).
fn moved_by(text: &str, days: i64) -> String {
    let Some(date) = date_of(text) else { return text.to_string() };
    let moved = date.plus_days(days);
    let mut out = text.replacen(&format!("date: {date}"), &format!("date: {moved}"), 1);
    // The latest year first, as each becomes a later one.
    for year in [date.year(), date.year() - 1] {
        let later = moved.year() - date.year() + year;
        let written = |year: i32| [format!("{year} 年"), format!("year: {year}")];
        for (before, after) in written(year).iter().zip(written(later)) {
            out = out.replace(before, &after);
        }
    }
    days_moved_by(&out, date.year(), days)
}

/// `text` with each `2 月 25 日` of a year so many days later.
fn days_moved_by(text: &str, year: i32, days: i64) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(" 月 ") {
        let stem = before.trim_end_matches(|c: char| c.is_ascii_digit());
        let day = behind.split_once(" 日").map(|(day, rest)| (&before[stem.len()..], day, rest));
        let moved = day.and_then(|(month, day, rest)| {
            let (month, day): (u8, u8) = (month.parse().ok()?, day.parse().ok()?);
            let date = Moment::parse(&format!("{year}-{month:02}-{day:02}"), default_zone());
            Some((date.ok()?.plus_days(days), rest))
        });
        match moved {
            Some((date, after)) => {
                out.push_str(&format!("{stem}{} 月 {} 日", date.month(), date.day()));
                rest = after;
            }
            None => {
                out.push_str(before);
                out.push_str(" 月 ");
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_the_sample_are_moved_with_their_story() {
        let text = "---\ndate: 2026-02-26 09:30\n---\n2 月 25 日，2026 年；3 个月，6 月 10 日。\n";
        let moved = "---\ndate: 2027-01-02 09:30\n---\n1 月 1 日，2027 年；3 个月，4 月 16 日。\n";
        assert_eq!(moved_by(text, 310), moved);
        assert_eq!(moved_by(text, 0), text);
        assert_eq!(moved_by("title: 甲\n2 月 25 日", 10), "title: 甲\n2 月 25 日");
    }

    #[test]
    fn the_newest_sample_story_is_of_the_day() {
        for day in ["2026-02-26", "2028-02-29", "2031-01-03"] {
            let day = Moment::parse(day, default_zone()).unwrap();
            let files = starter(day);
            assert_eq!(files.len(), STARTER.len());
            let texts = files.iter().filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
            let dates: Vec<Moment> = texts.filter_map(date_of).collect();
            assert_eq!(dates.len(), 3);
            assert_eq!(dates.iter().max().copied(), Some(day));
            let year = format!("stories/{}/", day.year());
            assert_eq!(files.iter().filter(|(name, _)| name.starts_with(&year)).count(), 4);
        }
    }
}
