//! The calendar: what takes place, begins, ends and is due.

use crate::campaign::{Campaign, news};

const LISTS: &str = "//- content/units.yaml
- 槐树社区
- 第二小学
//- content/works.yaml
- {name: 清淤, from: 2026-02-01, to: 2026-09-30}
//- content/carriers.yaml
- {name: 板凳会, from: 2026-07-02}
//- content/tasks.yaml
- {name: 修灯, due: 2026-06-10}
- {name: 拆墙, due: 2026-06-11, status: stopped}
//- content/events.yaml
- {name: 例会, date: 2026-05-31}
- {name: 例会, date: 2026-06-30 14:30, place: 礼堂, unit: 槐树社区, carriers: [板凳会], works: [清淤], story: 2026/a, description: 对账}
- {名称: 集市, 日期: 2026-05-30, 结束: 2026-06-02, 地点: 河滩}
";

fn campaign() -> Campaign {
    Campaign::new(LISTS).with("content/stories/2026/a.md", news("甲", "2026-03-18", "", "正文"))
}

const MONTHS: &str = "{% for m in months %}{{ m.name }}:{% for i in m.items %}{{ i.date.short }}{{ i.occasion }}{{ i.name }} {% endfor %}{% endfor %}";

#[test]
fn what_is_past_stands_below_what_is_to_come() {
    let template = format!(
        "{{% set months = calendar.coming %}}{MONTHS}|{{% set months = calendar.past %}}{MONTHS}|{{% for y in calendar.years %}}{{{{ y.url }}}} {{{{ y.count }}}}{{% endfor %}}"
    );
    let page = |at: &str| campaign().template("calendar.html", &template).at(at).page("/calendar/");
    assert_eq!(
        page("2026-06-01 12:00"),
        "2026年5月:05-30event集市 2026年6月:06-10due修灯 06-30event例会 2026年7月:07-02from板凳会 2026年9月:09-30to清淤 \
         |2026年5月:05-31event例会 2026年2月:02-01from清淤 |/calendar/2026/ 7"
    );
    // A day counts as to come until it is over.
    assert_eq!(page("2026-06-02 23:59"), page("2026-06-01"));
    assert!(page("2026-06-03").starts_with("2026年6月:"));
}

#[test]
fn a_year_has_a_list_and_grids_that_lead_into_it() {
    let page = campaign().page("/calendar/2026/");
    for part in [
        "周二",
        "14:30",
        "礼堂",
        "/units/huai-shu-she-qu/",
        "/carriers/ban-deng-hui/",
        "/works/qing-yu/",
        "/stories/2026/a/",
        "对账",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let june = page.split("id=\"xf-2026-06\"").nth(1).unwrap().split("</table>").next().unwrap();
    // Monday, 1 June 2026, is the third day of the market.
    let first = june.split("<tbody>").nth(1).unwrap();
    assert!(first.trim_start().starts_with("<tr><td><a href=\"#xf-day-2026-05-30\""), "{first}");
    assert!(page.contains("id=\"xf-day-2026-05-30\""));
    assert_eq!(june.matches("<td>").count(), 35);
}

#[test]
fn a_month_has_a_grid_where_more_than_three_of_its_days_have_something() {
    let page = campaign().page("/calendar/2026/");
    // In June the last days of the market, what is due, and the meeting; the others have one or two.
    let months: Vec<&str> = page.split("<section class=\"calendar-month").skip(1).collect();
    let with_grid: Vec<bool> = months.iter().map(|month| month.contains("<table")).collect();
    assert_eq!(with_grid, [false, false, true, false, false]);
    assert!(months.iter().all(|month| month.contains("calendar-item")));
    let days = campaign().template(
        "calendar_year.html",
        "{% for m in year.months %}{{ m.month }}:{{ m.days }} {% endfor %}",
    );
    assert_eq!(days.page("/calendar/2026/"), "2:1 5:2 6:4 7:1 9:1 ");
}

#[test]
fn what_has_no_day_is_in_no_calendar() {
    let none =
        Campaign::new("//- content/works.yaml\n- 清淤\n//- content/tasks.yaml\n- 修灯\n").build();
    for address in ["/calendar/", "/calendar.ics"] {
        assert!(!none.has(address), "{address}");
    }
    assert!(!none.page("/").contains("calendar"));
    let some = campaign().build();
    assert!(some.page("/").contains("href=\"/calendar/\""));
    assert!(some.page("/sitemap.xml").contains("/calendar/2026/"));
    assert!(!some.page("/calendar/").contains("拆墙"), "nobody waits for what is stopped");
}

/// The lines of a calendar, unfolded, and each within its limit.
fn lines(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{line}");
    }
    let unfolded = text.replace("\r\n ", "");
    unfolded.trim_end().split("\r\n").map(str::to_string).collect()
}

#[test]
fn the_file_for_other_programs() {
    let built = campaign().published_at("https://example.cn/zl/").build();
    let text = built.page("/calendar.ics");
    let lines = lines(&text);
    let event = |uid: &str| {
        let at = lines.iter().position(|line| *line == format!("UID:{uid}")).expect(uid);
        let end = lines[at..].iter().position(|line| line == "END:VEVENT").unwrap();
        lines[at + 1..at + end].join("|")
    };
    assert_eq!(
        event("event-li-hui-2026-06-30-14-30-event@example.cn.zl"),
        "DTSTAMP:20260630T000000Z|DTSTART:20260630T063000Z|SUMMARY:例会|LOCATION:礼堂|DESCRIPTION:对账\\n槐树社区|CATEGORIES:板凳会,清淤|URL:https://example.cn/zl/stories/2026/a/|TRANSP:TRANSPARENT"
    );
    assert!(
        event("event-ji-shi-2026-05-30-event@example.cn.zl")
            .contains("DTSTART;VALUE=DATE:20260530|DTEND;VALUE=DATE:20260603|SUMMARY:集市|")
    );
    assert!(
        event("work-qing-yu-to@example.cn.zl")
            .contains("DTEND;VALUE=DATE:20261001|SUMMARY:清淤结束|")
    );
    assert!(
        event("task-xiu-deng-due@example.cn.zl")
            .contains("SUMMARY:修灯到期|URL:https://example.cn/zl/tasks/xiu-deng/")
    );
    // The same at any time, in any order.
    assert_eq!(
        campaign().published_at("https://example.cn/zl/").at("2027-01-01").page("/calendar.ics"),
        text
    );
}

#[test]
fn an_event_with_a_slug_is_the_same_after_it_is_moved() {
    let uid = |yaml: &str| {
        let page = Campaign::new("").with("content/events.yaml", yaml).page("/calendar.ics");
        lines(&page).into_iter().find(|line| line.starts_with("UID:")).unwrap()
    };
    let (first, later) = ("2026-05-01", "2026-05-08");
    assert_eq!(
        uid(&format!("- {{name: 例会, slug: hui, date: {first}}}\n")),
        uid(&format!("- {{name: 例会改期, slug: hui, date: {later}}}\n"))
    );
    assert_ne!(
        uid(&format!("- {{name: 例会, date: {first}}}\n")),
        uid(&format!("- {{name: 例会, date: {later}}}\n"))
    );
}

#[test]
fn odd_texts_are_escaped_and_no_character_is_parted() {
    let name = "一，二;三,四\\五：😀".repeat(12);
    let yaml = format!(
        "- name: '{name}'\n  date: 2026-05-01\n  place: \"a\\tb\\ac\"\n  description: '{}'\n",
        "长".repeat(400)
    );
    let built = Campaign::new("").with("content/events.yaml", yaml).build();
    let lines = lines(&built.page("/calendar.ics"));
    let summary = lines.iter().find(|line| line.starts_with("SUMMARY:")).unwrap();
    assert_eq!(
        summary["SUMMARY:".len()..].replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\"),
        name
    );
    assert!(summary.contains("\\;") && summary.contains("\\,") && summary.contains("\\\\五"));
    assert!(lines.iter().any(|line| line.starts_with("LOCATION:a b")), "{lines:?}");
}

fn clashes(events: &str) -> Vec<String> {
    let prepared = Campaign::new("").with("content/events.yaml", events).prepared();
    assert!(prepared.diagnostics.is_empty(), "{events}");
    let more = xianfeng::check::more(&prepared.site, &prepared.plan);
    more.into_iter().filter(|d| d.code == "event-clash").map(|d| d.message.zh).collect()
}

#[test]
fn two_units_at_one_place_at_one_time_are_a_note() {
    let two = |one: &str, other: &str| {
        clashes(&format!(
            "- {{name: 讲座, unit: 甲支部, {one}}}\n- {{name: 义诊, unit: 乙支部, {other}}}\n"
        ))
    };
    assert_eq!(
        two("date: 2026-05-01, place: 礼堂", "date: 2026-05-01, place: 礼 堂"),
        ["“义诊”和“讲座”时间撞在一起（2026-05-01），都在礼 堂"]
    );
    assert_eq!(
        two("date: 2026-05-01 09:00, place: 礼堂", "date: 2026-05-01 09:00, place: 礼堂").len(),
        1
    );
    assert_eq!(
        two("date: 2026-04-30, end: 2026-05-02, place: 礼堂", "date: 2026-05-02, place: 礼堂")
            .len(),
        1
    );
    for (one, other) in [
        ("date: 2026-05-01, place: 礼堂", "date: 2026-05-02, place: 礼堂"),
        ("date: 2026-05-01, place: 礼堂", "date: 2026-05-01, place: 操场"),
        ("date: 2026-05-01 09:00, place: 礼堂", "date: 2026-05-01 14:00, place: 礼堂"),
        ("date: 2026-05-01", "date: 2026-05-01"),
    ] {
        assert!(two(one, other).is_empty(), "{one} {other}");
    }
    // One unit may use a place all day, but be at one place only at a time.
    let one = "- {name: 讲座, unit: 甲支部, date: 2026-05-01 09:00}\n- {name: 义诊, unit: 甲支部, date: 2026-05-01 09:00}\n";
    assert_eq!(clashes(one).len(), 1);
    assert!(clashes(&one.replace(" 09:00", "")).is_empty());
}

#[test]
fn mistakes_in_the_list_of_events() {
    for (yaml, code, marked) in [
        ("- name: 例会\n", "field-missing", "name"),
        ("- 例会\n", "type-wrong", "例会"),
        ("- name: 例会\n  date: 下周\n", "date-format", "下周"),
        ("- name: 例会\n  date: 2026-13-01\n", "date-impossible", "2026-13-01"),
        ("- name: 例会\n  date: 2026-05-02\n  end: 2026-05-01\n", "dates-reversed", "2026-05-01"),
        (
            "- {name: 例会, date: 2026-05-01, slug: a}\n- {name: 讲座, date: 2026-05-02, slug: a}\n",
            "name-taken",
            "{",
        ),
        (
            "- {name: 例会, date: 2026-05-01}\n- {name: 例 会, date: 2026-05-01}\n",
            "event-twice",
            "{",
        ),
        ("- {name: 例会, date: 2026-05-01, works: [清淤]}\n", "work-unknown", "清淤"),
    ] {
        let campaign = Campaign::new("").with("content/events.yaml", yaml);
        let prepared = campaign.prepared();
        let found: Vec<_> = prepared
            .diagnostics
            .iter()
            .map(|d| (d.code, crate::campaign::marked_text(d)))
            .collect();
        assert_eq!(found, [(code, marked.to_string())], "{yaml}");
    }
    let missing = Campaign::new("")
        .with("content/events.yaml", "- {name: 例会, date: 2026-05-01, story: b.md}\n");
    assert_eq!(missing.codes(), ["event-story-missing"]);
    let draft = Campaign::new(
        "//- content/events.yaml\n- {name: 例会, date: 2026-05-01, story: stories/b.md}\n",
    )
    .with("content/stories/b.md", news("乙", "2026-05-01", "draft: true", "正文"));
    assert!(draft.codes().is_empty());
}
