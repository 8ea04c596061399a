//! Years that are probably slips of the hand.

use crate::diagnostic::{Diagnostic, warning};
use crate::model::Site;
use crate::parse::Document;
use crate::parse::front_matter::FrontMatter;
use crate::source::Place;
use crate::value::moment::{Moment, default_zone};

/// Nothing that a campaign tells is of an earlier year.
const FIRST: i32 = 1949;

/// Dates that are later than so many days from now are asked about.
const AHEAD: i64 = 366;

/// Asks about dates before [`FIRST`] and those that are far ahead, and about such years of honours.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let now = site.edition.now;
    let owned = site.owners().map(|owner| site.document(owner));
    // A draft's slips are better known now.
    let documents = owned.chain(site.aside.iter().map(|document| &**document));
    documents.flat_map(|document| check_document(document, now)).collect()
}

fn check_document(document: &Document, now: Moment) -> Vec<Diagnostic> {
    let front = &document.front;
    let ahead = now.plus_days(AHEAD);
    let odd = |at: &Moment| at.year() < FIRST || *at > ahead;
    let mut found: Vec<Diagnostic> = dates(front)
        .filter(|(_, at)| odd(at))
        .map(|(key, at)| year_odd(document.place_of(key), at.year(), at.year() < FIRST))
        .collect();
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
    dates(front).map(|(_, at)| at).chain(years.filter_map(begins)).map(|at| at.plus_days(-AHEAD))
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
