//! /calendar.ics: the calendar for other programs, as iCalendar (RFC 5545).
//!
//! The same content gives the same bytes, so no time of the build is in it: an entry is stamped with
//! its own day. An entry is known by the slug of what it is of, wherever that stands in its list.

use serde_json::{Value, json};

use super::{Artifact, Output, Promise, only};
use crate::base::lang::bilingual;
use crate::model::calendar::{self, Item, Occasion};
use crate::model::{Fate, Site};
use crate::plan::{Claims, calendar_address};
use crate::theme::shape::{Shaped, views};
use crate::value::address::Address;
use crate::value::moment::Moment;
use crate::value::pinyin;
use crate::view::Views;

const NAME: &str = "calendar.ics";

/// The calendar. Templates find it as `site.calendar`, if there is anything in it.
pub static CALENDAR: Output = Output {
    claims: |site, _| match calendar::is_empty(site) {
        true => Claims::default(),
        false => only(NAME),
    },
    make: |material, _| Ok(Artifact::Bytes(text(material.views).into_bytes())),
    media_type: Some("text/calendar; charset=utf-8"),
    told: Some(|views, _| {
        let value = || {
            json!(CalendarLinks {
                url: views.url(&calendar_address()),
                file: views.url(&Address::file(NAME)),
            })
        };
        ("calendar", if calendar::is_empty(views.site()) { Value::Null } else { value() })
    }),
    promised: Some(Promise {
        name: "calendar",
        shape: Option::<CalendarLinks>::shape,
        about: bilingual("日程；没有内容就没有", "the calendar, if there is anything in it"),
    }),
    ..Output::PLAIN
};

views! {
    /// Where the calendar is.
    /// 日程在哪里。
    #[derive(Debug)]
    pub struct CalendarLinks {
        /// The address of its page.
        /// 日程页的网址。
        pub url: String,
        /// The address of the file for other programs.
        /// 给日历软件用的文件的网址。
        pub file: String,
    }
}

fn text(views: &Views<'_>) -> String {
    let site = views.site();
    let mut out = Lines::default();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//xianfeng//xianfeng//ZH"] {
        out.line(line);
    }
    out.line("CALSCALE:GREGORIAN");
    out.text("NAME", &site.settings.title);
    out.text("X-WR-CALNAME", &site.settings.title);
    let home = home(site);
    for item in calendar::items(site) {
        event(&mut out, views, &item, &home);
    }
    out.line("END:VCALENDAR");
    out.0
}

/// What tells the entries of this site from those of others.
fn home(site: &Site) -> String {
    let base = site.settings.base_url.as_ref().map(|base| base.as_str());
    let name = base.map(|base| base.trim_end_matches('/')).unwrap_or_default();
    let name = name.rsplit_once("://").map_or(name, |(_, rest)| rest);
    match name {
        "" => format!("{}.xianfeng", pinyin::slug(&site.settings.title)),
        name => name.replace('/', "."),
    }
}

fn event(out: &mut Lines, views: &Views<'_>, item: &Item, home: &str) {
    let site = views.site();
    let entity = site.entity(item.of);
    let (kind, occasion) = (item.of.kind.kind().one, item.occasion);
    out.line("BEGIN:VEVENT");
    out.text("UID", &format!("{kind}-{}-{}@{home}", entity.slug, occasion.word()));
    out.line(&format!("DTSTAMP:{}T000000Z", digits(item.at)));
    time(out, item);
    let name = entity.name.as_str();
    match occasion {
        Occasion::Event => out.text("SUMMARY", name),
        _ => {
            let words = format!("calendar_{}", occasion.word());
            out.text("SUMMARY", &views.words(&words, &[("name", name)]));
        }
    }
    if let Some(place) = entity.text("place") {
        out.text("LOCATION", place);
    }
    let units = entity.tied("unit").chain(entity.tied("units"));
    let units: Vec<&str> = units.map(|id| site.entity(id).name.as_str()).collect();
    let units = Some(units.join(views.word("comma"))).filter(|units| !units.is_empty());
    let about: Vec<&str> =
        entity.description.as_deref().into_iter().chain(units.as_deref()).collect();
    if !about.is_empty() {
        out.text("DESCRIPTION", &about.join("\n"));
    }
    let groups = entity.tied("carriers").chain(entity.tied("works"));
    let groups: Vec<String> = groups.map(|id| escaped(&site.entity(id).name)).collect();
    if !groups.is_empty() {
        out.line(&format!("CATEGORIES:{}", groups.join(",")));
    }
    let page = match (occasion, calendar::story_of(site, entity)) {
        (Occasion::Event, Some(Ok(Fate::Story(id)))) => views.absolute(&site.story_address(id)),
        (Occasion::Event, _) => None,
        _ => views.absolute(&site.entity_address(item.of)),
    };
    if let Some(page) = page {
        out.line(&format!("URL:{page}"));
    }
    out.line("TRANSP:TRANSPARENT");
    out.line("END:VEVENT");
}

/// When it begins and ends. A day ends before the next one begins.
fn time(out: &mut Lines, item: &Item) {
    let is_event = item.occasion == Occasion::Event;
    let utc = |at: Moment| at.utc().replace(['-', ':'], "");
    if is_event && item.at.clock().is_some() {
        out.line(&format!("DTSTART:{}", utc(item.at)));
        if let Some(end) = item.end {
            let end = end.end().max(item.at);
            out.line(&format!("DTEND:{}", utc(end)));
        }
        return;
    }
    let last = item.end.unwrap_or(item.at).max(item.at);
    out.line(&format!("DTSTART;VALUE=DATE:{}", digits(item.at)));
    out.line(&format!("DTEND;VALUE=DATE:{}", digits(last.day_alone().plus_days(1))));
}

/// `20260318`.
fn digits(at: Moment) -> String {
    at.date().replace('-', "")
}

/// A text as a value: what parts values is escaped, and what cannot be seen is not there.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// The most octets of a line.
const LONGEST: usize = 75;

/// Lines of content, each folded.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn text(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{}", escaped(value)));
    }

    /// A line, in pieces of at most 75 octets. No character is parted.
    fn line(&mut self, line: &str) {
        let mut room = LONGEST;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LONGEST - 1;
            }
            room -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }
}
