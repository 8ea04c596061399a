//! Dates that are probably slips of the hand: of an odd year, or ahead of now.

use time::UtcOffset;

use crate::diagnostic::{Diagnostic, note, warning};
use crate::model::entity::KindId;
use crate::model::kinds::{CARRIERS, EVENTS, HONOURS, TASKS, WORKS};
use crate::model::{Edition, Site};
use crate::parse::Document;
use crate::parse::front_matter::FrontMatter;
use crate::source::Place;
use crate::value::moment::{Moment, default_zone};

/// Nothing that a campaign tells is of an earlier year.
const FIRST: i32 = 1949;

/// Dates that are later than so many days from now are asked about.
const AHEAD: i64 = 366;

/// Nothing that lists date is of an earlier year, and no plan of a year that is so many years ahead.
const FIRST_IN_LISTS: i32 = 1921;
const YEARS_OF_PLANS: i32 = 20;

/// The dates in lists, by their keys.
const IN_LISTS: [(KindId, &[&str]); 5] = [
    (WORKS, &["from", "to"]),
    (CARRIERS, &["from", "to"]),
    (TASKS, &["due", "done_on"]),
    (HONOURS, &["date"]),
    (EVENTS, &["date", "end"]),
];

/// Mentions dates in lists whose year is odd: a digit too many, or two in the wrong order.
pub(super) fn check_lists(site: &Site) -> Vec<Diagnostic> {
    let last = site.today().year() + YEARS_OF_PLANS;
    let mut found = Vec::new();
    for (kind, keys) in IN_LISTS {
        for (id, &key) in site.ids(kind).flat_map(|id| keys.iter().map(move |key| (id, key))) {
            let Some(date) = site.entity(id).date(key) else { continue };
            if !(FIRST_IN_LISTS..=last).contains(&date.year()) {
                found.push(list_year_odd(site.place_in_list(id, key), date));
            }
        }
    }
    found
}

/// Asks about dates before [`FIRST`] and those that are far ahead, and about such years of honours.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let Edition { now, zone, .. } = site.edition;
    let owned = site.owners().map(|owner| site.document(owner));
    // A draft's slips are better known now.
    let documents = owned.chain(site.aside.iter().map(|document| &**document));
    let odd = documents.flat_map(|document| check_document(document, now, zone));
    // What waits, or is not finished, may well be dated ahead.
    let shown = site.stories.iter().filter(|story| !site.is_preview(story));
    let ahead = shown.flat_map(|story| check_ahead(site, &story.document));
    odd.chain(ahead).collect()
}

/// Complains of days that have not come yet, in a year that is not odd.
fn check_ahead(site: &Site, document: &Document) -> Vec<Diagnostic> {
    let Edition { now, zone, .. } = site.edition;
    let today = now.in_zone(zone).date();
    let front = &document.front;
    let is_ahead = |at: &Moment| at.date() > today && *at <= now.plus_days(AHEAD);
    let mut found = Vec::new();
    if let Some(date) = front.date.filter(is_ahead) {
        let place = document.place_of("date");
        found.push(date_ahead(place, &date.date(), front.publish_at.is_some()));
    }
    // Who writes both so says the day on which the story is to come.
    let is_own_day = |at: &Moment| front.date.is_some_and(|date| date.date() == at.date());
    if let Some(updated) = front.updated.filter(is_ahead).filter(|at| !is_own_day(at)) {
        found.push(updated_ahead(document.place_of("updated"), &updated.date()));
    }
    found
}

fn check_document(document: &Document, now: Moment, zone: UtcOffset) -> Vec<Diagnostic> {
    let front = &document.front;
    let ahead = now.plus_days(AHEAD);
    let odd = |at: &Moment| at.year() < FIRST || *at > ahead;
    let mut found: Vec<Diagnostic> = dates(front)
        .filter(|(_, at)| odd(at))
        .map(|(key, at)| year_odd(document.place_of(key), at.year(), at.year() < FIRST))
        .collect();
    // Of a date that is wrong nothing follows.
    let is_sure = |at: &Moment| !odd(at) && at.date() <= now.in_zone(zone).date();
    if let (Some(date), Some(updated)) = (front.date.filter(is_sure), front.updated)
        && updated.date() < date.date()
        && !odd(&updated)
    {
        found.push(updated_before(document.place_of("updated"), &date.date()));
    }
    for honour in &front.honours {
        let Some(written) = honour.year.as_deref() else { continue };
        let place = || document.place_of(honour.of("honours").below("year"));
        match year_of(written) {
            None => {}
            Some(Err(digits)) => found.push(year_short(place(), digits)),
            Some(Ok(year)) if year < FIRST || year > ahead.in_zone(default_zone()).year() => {
                found.push(year_odd(place(), year, year < FIRST));
            }
            Some(Ok(_)) => {}
        }
    }
    found
}

/// The dates of which the year may be a slip, by key.
fn dates(front: &FrontMatter) -> impl Iterator<Item = (&'static str, Moment)> {
    let dates =
        [("date", front.date), ("updated", front.updated), ("publish_at", front.publish_at)];
    // One that is far ahead only means that the story stays.
    let expires = front.expire_at.filter(|at| at.year() < FIRST);
    dates.into_iter().chain([("expire_at", expires)]).filter_map(|(key, at)| Some((key, at?)))
}

/// The moments at which what is told of a document's years changes.
pub fn turns(front: &FrontMatter) -> impl Iterator<Item = Moment> {
    let years = front.honours.iter().filter_map(|honour| year_of(honour.year.as_deref()?)?.ok());
    let begins = |year: i32| Moment::parse(&format!("{year:04}-01-01"), default_zone()).ok();
    let odd = dates(front).map(|(_, at)| at).chain(years.filter_map(begins));
    let days = [front.date, front.updated].into_iter().flatten().map(Moment::day_alone);
    odd.map(|at| at.plus_days(-AHEAD)).chain(days)
}

/// The year at the beginning of what was written, as a number or as digits that are no year; `None`
/// if it does not begin with digits.
fn year_of(written: &str) -> Option<Result<i32, &str>> {
    let end = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len());
    let digits = &written[..end];
    match digits.len() {
        0 => None,
        4 => digits.parse().ok().map(Ok),
        _ => Some(Err(digits)),
    }
}

/// A story of a day that has not come yet, which stands before all others.
fn date_ahead(place: Place, date: &str, has_time: bool) -> Diagnostic {
    let diagnostic = warning(
        "date-ahead",
        place,
        format!("这一篇的日期 {date} 还没有到，现在生成就会发布，并且排在最前面"),
        format!("{date} has not come yet; the story is published now, before all others"),
    );
    match has_time {
        true => diagnostic.help(
            "改正日期；要等到那一天再发布，把 publish_at（发布时间）也改成那一天",
            "correct the date; to let it wait until then, let `publish_at` be that day too",
        ),
        false => diagnostic.help(
            format!("改正日期；要等到那一天再发布，加一行 publish_at: {date}（发布时间）"),
            format!("correct the date; to let it wait until then, add the line publish_at: {date}"),
        ),
    }
}

/// A story that was changed on a day that has not come yet.
fn updated_ahead(place: Place, date: &str) -> Diagnostic {
    warning(
        "date-ahead",
        place,
        format!("更新的日期 {date} 还没有到，是不是写错了？"),
        format!("the story was updated on {date}, which has not come yet: is that right?"),
    )
    .help("改成修改的那一天", "write the day on which it was changed")
}

/// A last change before the first publication.
fn updated_before(place: Place, date: &str) -> Diagnostic {
    warning(
        "updated-before-date",
        place,
        format!("更新的日期早于稿件的日期 {date}，是不是写错了？"),
        format!("the story was updated before its own date, {date}: is that right?"),
    )
    .help(
        "两个日期里改正一个；没有修改过的，删掉这一项",
        "correct one of the two; delete this one if the story was never changed",
    )
}

/// A year that is long ago, or far ahead.
fn year_odd(place: Place, year: i32, early: bool) -> Diagnostic {
    let (zh, en) = match early {
        true => (format!("这里的年份是 {year:04}，早于 {FIRST} 年，是不是写错了？"), "long ago"),
        false => {
            (format!("这里的年份是 {year}，还在一年以后，是不是写错了？"), "more than a year ahead")
        }
    };
    warning("year-odd", place, zh, format!("this is the year {year:04}, {en}: is it right?")).help(
        "改成正确的年份；确实是这一年的，不用改",
        "write the right year; if it is this one, nothing need be done",
    )
}

/// A date in a list of a year that nobody means.
fn list_year_odd(place: Place, date: Moment) -> Diagnostic {
    let (date, year) = (date.date(), date.year());
    note(
        "list-year-odd",
        place,
        format!("这里写的是 {year:04} 年（{date}），是不是写错了？"),
        format!("this is the year {year:04} ({date}): is it right?"),
    )
    .help(
        "改成正确的年份；确实是这一年的，不用改",
        "write the right year; if it is this one, nothing need be done",
    )
}

/// A year without its century, or with too many digits.
fn year_short(place: Place, digits: &str) -> Diagnostic {
    warning(
        "year-odd",
        place,
        format!("“{digits}”不是四位数的年份，是不是写错了？"),
        format!("“{digits}” is not a year of four digits: is it right?"),
    )
    .help("年份写四位数字，例如 2026", "write the year with four digits, such as 2026")
}
