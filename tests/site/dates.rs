//! Dates and times.

use xianfeng::base::lang::Lang;

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
        ("2026-03-18T09:30:15Z", "2026-03-18T17:30:15+08:00"),
        ("2026-03-18 09:30:00-03:30", "2026-03-18T21:00:00+08:00"),
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
    for (date, right) in
        [("20260318", "2026-03-18"), ("26-3-8", "2026-03-08"), ("２０２６-０３-１８", "2026-03-18")]
    {
        dated(date).errs("date-format", date);
        let help = dated(date).help();
        assert!(help.starts_with(&format!("write {right};")), "{date}: {help}");
    }
    for date in ["今天", "三月", "18", "2026-03-18 9", "March 18, 2026"] {
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
        assert_eq!(dated(date).codes(), ["year-odd"], "{date}");
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

#[test]
fn a_date_in_another_zone_is_of_the_day_and_year_that_readers_have() {
    for (date, zone, address, shown) in [
        ("2025-12-31T23:10:00Z", "", "/stories/2026/x/", "2026年1月1日 07:10"),
        ("2025-12-31 18:00-05:00", "", "/stories/2026/x/", "2026年1月1日 07:00"),
        ("2026-01-01 06:00+09:00", "", "/stories/2026/x/", "2026年1月1日 05:00"),
        ("2026-01-01T02:00:00+08:00", "time_zone: Z", "/stories/2025/x/", "2025年12月31日 18:00"),
    ] {
        let page = dated(date)
            .settings(zone)
            .template("story.html", "{{ story.date.text }} {{ story.date.clock }}");
        assert_eq!(page.page(address), shown, "{date}");
    }
    // Among others it stands where its moment is.
    let order = crate::campaign::titles_only(
        Campaign::new("")
            .with("content/stories/a.md", news("早", "2026-05-01 09:00", "", "正文"))
            .with("content/stories/b.md", news("中", "2026-05-01T01:30:00Z", "", "正文"))
            .with("content/stories/c.md", news("晚", "2026-05-01 10:00", "", "正文")),
    );
    assert_eq!(order.build().titles("/news/"), ["晚", "中", "早"]);
}

#[test]
fn a_year_that_is_far_off_is_asked_about() {
    let at = |front: &str, date: &str| {
        Campaign::new("").with("content/stories/x.md", news("甲", date, front, "正文"))
    };
    for (front, date) in [
        ("", "2062-03-01"),
        ("", "2027-06-03"),
        ("", "0206-03-01"),
        ("", "1926-07-01"),
        ("updated: 2260-03-01", "2026-03-01"),
        ("publish_at: 1899-12-31", "2026-03-01"),
        ("expire_at: 1026-12-31\ndraft: true", "2026-03-01"),
        ("honours: [{title: 奖, year: 2206}]", "2026-03-01"),
        ("honours: [{title: 奖, year: 26}]", "2026-03-01"),
        ("honours: [{title: 奖, year: 20266年}]", "2026-03-01"),
    ] {
        assert_eq!(at(front, date).codes(), ["year-odd"], "{date} {front}");
    }
    for (front, date) in [
        ("", "1949-10-01"),
        ("updated: 2026-06-01\nexpire_at: 2099-12-31", "2026-03-01"),
        (
            "honours: [{title: 奖, year: 2025—2026}, {title: 奖, year: 二〇二五年}, {title: 奖, year: 2027}]",
            "2026-03-01",
        ),
    ] {
        assert_eq!(at(front, date).codes(), [""; 0], "{date} {front}");
    }
    let place = at("honours: [{title: 奖}, {title: 奖, year: 2206}]", "2026-03-01").places();
    assert_eq!(place, ["5:40 year-odd"]);
}

#[test]
fn dates_as_people_write_them_are_understood() {
    for date in ["2026/3/18", "2026年3月18日", "2026.03.18", "2026-3-18"] {
        let page =
            dated(date).template("story.html", "{{ story.date.iso }}").page("/stories/2026/x/");
        assert_eq!(page, "2026-03-18", "{date}");
    }
}

#[test]
fn a_day_that_has_not_come_is_asked_about() {
    let at = |front: &str, date: &str| {
        Campaign::new("").with("content/stories/x.md", news("甲", date, front, "正文"))
    };
    // Now it is 2026-06-01 12:00 there.
    for (front, date) in [
        ("", "2026-06-02"),
        ("", "2026-06-02 00:10"),
        ("", "2027-05-30"),
        ("publish_at: 2026-05-01", "2026-07-01"),
        ("updated: 2026-09-01", "2026-03-01"),
        ("updated: 2026-08-01", "2026-08-01"),
    ] {
        assert_eq!(at(front, date).codes(), ["date-ahead"], "{date} {front}");
    }
    let shown = at("", "2026-06-02").diagnostics(xianfeng::base::lang::Lang::Zh);
    assert!(shown.contains("加一行 publish_at: 2026-06-02"), "{shown}");
    for (front, date) in [
        ("", "2026-06-01"),
        ("", "2026-06-01 23:50"),
        ("publish_at: 2026-06-02", "2026-06-02"),
        ("draft: true", "2026-07-01"),
        ("updated: 2026-06-01", "2026-06-01"),
    ] {
        assert_eq!(at(front, date).codes(), [""; 0], "{date} {front}");
    }
    // A draft that is looked at is still one.
    assert_eq!(at("draft: true", "2026-07-01").with_drafts().codes(), [""; 0]);
    // It is today in the zone of the site.
    let zone = |zone: &str| at("", "2026-06-02").settings(zone).at("2026-06-01 20:00").codes();
    assert_eq!(zone("time_zone: \"+14:00\""), [""; 0]);
    assert_eq!(zone("time_zone: \"+11:00\""), ["date-ahead"]);
}

#[test]
fn an_update_before_the_date_is_asked_about() {
    let at = |updated: &str, date: &str| {
        let front = format!("updated: {updated}");
        Campaign::new("").with("content/stories/x.md", news("甲", date, &front, "正文"))
    };
    assert_eq!(at("2026-02-28", "2026-03-01").places(), ["5:10 updated-before-date"]);
    for (updated, date) in [
        ("2026-03-01", "2026-03-01 09:00"),
        ("2026-03-01 08:00", "2026-03-01 09:00"),
        ("2026-03-02", "2026-03-01"),
    ] {
        assert_eq!(at(updated, date).codes(), [""; 0], "{updated} {date}");
    }
    // One thing is said of one slip.
    assert_eq!(at("2026-03-01", "2062-02-01").codes(), ["year-odd"]);
    assert_eq!(at("0226-03-01", "2026-03-01").codes(), ["year-odd"]);
    assert_eq!(at("2026-03-01", "2026-10-01").codes(), ["date-ahead"]);
}

#[test]
fn what_of_a_date_there_is_not_is_said() {
    for (date, help) in [
        ("2026-11-31", "2026 年 11 月只有 30 天"),
        ("2027年2月29日", "2027 年 2 月只有 28 天"),
        ("2028/2/30", "2028 年 2 月只有 29 天"),
        ("2026-06-00", "2026 年 6 月只有 30 天"),
        ("2026-13-01", "月份从 1 到 12"),
        ("2026-06-01 24:30", "钟点从 00:00 到 23:59"),
    ] {
        let campaign = Campaign::new("").with("content/stories/x.md", news("甲", date, "", "正文"));
        let said = campaign.diagnostics(Lang::Zh);
        assert!(said.contains("error[date-impossible]") && said.contains(help), "{said}");
    }
}
