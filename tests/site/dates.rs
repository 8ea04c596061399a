//! Dates and times.

use crate::campaign::{Campaign, news};

fn dated(date: &str) -> Campaign {
    Campaign::new("").with("content/stories/x.md", news("甲", date, "", "正文"))
}

#[test]
fn a_day_or_a_minute_in_the_zone_of_the_site() {
    for (date, datetime) in [
        ("2026-03-18", "2026-03-18"),
        ("2026-03-18 09:30", "2026-03-18T09:30:00+08:00"),
        ("2026-03-18T09:30", "2026-03-18T09:30:00+08:00"),
        ("2026-03-18T09:30:15Z", "2026-03-18T09:30:15+00:00"),
        ("2026-03-18 09:30:00-03:30", "2026-03-18T09:30:00-03:30"),
    ] {
        let page = dated(date)
            .template("story.html", "{{ story.date.datetime }}")
            .page("/stories/2026/x/");
        assert_eq!(page, datetime, "{date}");
    }
}

#[test]
fn another_zone_when_the_settings_say_so() {
    let page = dated("2026-03-18 09:30")
        .settings("time_zone: \"-05:00\"")
        .template("story.html", "{{ story.date.datetime }}")
        .page("/stories/2026/x/");
    assert_eq!(page, "2026-03-18T09:30:00-05:00");
}

#[test]
fn days_that_do_not_exist() {
    for date in [
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "2026-04-31",
        "2025-02-29",
        "0000-01-01",
        "2026-03-18 24:00",
        "2026-03-18 09:60",
        "2026-03-18 25:61",
    ] {
        dated(date).errs("date-impossible", date);
    }
    assert!(dated("2024-02-29").codes().is_empty());
}

#[test]
fn other_shapes_are_errors_that_say_the_right_one() {
    for (date, right) in [
        ("2026/3/18", "2026-03-18"),
        ("2026年3月18日", "2026-03-18"),
        ("20260318", "2026-03-18"),
        ("2026.03.18", "2026-03-18"),
        ("2026-3-8", "2026-03-08"),
        ("２０２６-０３-１８", "2026-03-18"),
    ] {
        dated(date).errs("date-format", date);
        let help = dated(date).help();
        assert!(help.starts_with(&format!("write {right};")), "{date}: {help}");
    }
    for date in ["今天", "三月", "18", "2026-03-18 9点", "March 18, 2026"] {
        dated(date).errs("date-format", date);
    }
}

#[test]
fn the_first_and_last_days_of_the_calendar_do_no_harm() {
    for date in ["0001-01-01", "9999-12-31", "9999-12-31 23:59", "0001-01-01 00:00"] {
        for key in ["expire_at", "publish_at", "updated"] {
            // Only that it ends: whether the story is shown depends on the key.
            Campaign::story(&format!("{key}: {date}"), "正文").prepared();
        }
        assert!(dated(date).codes().is_empty(), "{date}");
    }
}

#[test]
fn a_story_that_never_expires_is_published() {
    assert!(Campaign::story("expire_at: 9999-12-31", "正文").build().has("/stories/2026/x/"));
}

#[test]
fn expiring_before_publishing_is_an_error() {
    let both = |from: &str, until: &str| {
        Campaign::story(&format!("publish_at: {from}\nexpire_at: {until}"), "正文").codes()
    };
    assert_eq!(both("2026-05-02", "2026-05-01"), ["expires-before-publishing"]);
    assert_eq!(both("2026-05-01 10:00", "2026-05-01 09:00"), ["expires-before-publishing"]);
    assert!(both("2026-05-01", "2026-05-01").is_empty());
}
