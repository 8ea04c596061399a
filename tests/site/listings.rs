//! Orders: pinned first, then newest first; units as listed.

use crate::campaign::{Campaign, news, titles_only};

fn stories(list: &[(&str, &str, &str)]) -> Campaign {
    titles_only(list.iter().fold(Campaign::new(""), |campaign, (title, date, front)| {
        let front = format!("focal_points: [民生]\nregion: 北街\ncarriers: [夜门诊]\n{front}");
        campaign.with(&format!("content/stories/{title}.md"), news(title, date, &front, "正文"))
    }))
}

#[test]
fn newest_first_and_by_path_on_one_day() {
    let built = stories(&[
        ("b", "2026-01-01", ""),
        ("a", "2026-01-01", ""),
        ("d", "2026-01-02 08:00", ""),
        ("c", "2026-01-02 09:00", ""),
        ("e", "2025-12-31", ""),
    ])
    .build();
    for listing in
        ["/news/", "/focal-points/livelihood/", "/regions/bei-jie/", "/carriers/ye-men-zhen/"]
    {
        assert_eq!(built.titles(listing), ["c", "d", "a", "b", "e"], "{listing}");
    }
}

#[test]
fn pinned_stories_come_first_newest_first_among_themselves() {
    let built = stories(&[
        ("a", "2026-01-01", "pinned: true"),
        ("b", "2026-01-02", ""),
        ("c", "2026-01-03", "pinned: true"),
        ("d", "2026-01-04", ""),
    ])
    .build();
    assert_eq!(built.titles("/news/"), ["c", "a", "d", "b"]);
}

#[test]
fn times_in_different_zones_are_compared_as_moments() {
    let built =
        stories(&[("a", "2026-01-01 09:00", ""), ("b", "2026-01-01T02:00:00Z", "")]).build();
    assert_eq!(built.titles("/news/"), ["b", "a"]);
}

#[test]
fn the_archive_has_every_year_and_month_newest_first() {
    let campaign = stories(&[("a", "2026-03-01", ""), ("b", "2025-12-31", ""), ("c", "2026-01-01", ""), ("d", "2026-03-02", "")])
        .template("archive.html", "{% for y in years %}{{ y.year }}:{{ y.count }}({% for m in y.months %}{{ m.month }}:{{ m.count }} {{ m.url }} {% endfor %}){% endfor %}")
        .template("archive_year.html", "{% for m in year.months %}{{ m.month }}[{% for s in m.stories %}{{ s.title }}{% endfor %}]{% endfor %}");
    let built = campaign.build();
    assert_eq!(
        built.page("/archive/"),
        "2026:3(3:2 /archive/2026/#xf-month-3 1:1 /archive/2026/#xf-month-1 )2025:1(12:1 /archive/2025/#xf-month-12 )"
    );
    assert_eq!(built.page("/archive/2026/"), "3[da]1[c]");
}

#[test]
fn neighbours_are_newer_and_older() {
    let built = stories(&[("a", "2026-01-01", "pinned: true"), ("b", "2026-01-02", ""), ("c", "2026-01-03", "")])
        .template("story.html", "{% if story.older %}{{ story.older.name }}{% endif %}|{% if story.newer %}{{ story.newer.name }}{% endif %}")
        .build();
    assert_eq!(built.page("/stories/2026/b/"), "a|c");
    assert_eq!(built.page("/stories/2026/a/"), "|b");
    assert_eq!(built.page("/stories/2026/c/"), "b|");
}

#[test]
fn the_home_page_features_what_is_to_lead_it_and_repeats_nothing() {
    let built = stories(&[("a", "2026-01-01", "feature: true"), ("b", "2026-01-02", ""), ("c", "2026-01-03", "")])
        .template("home.html", "{% for s in home.featured %}{{ s.title }}{% endfor %}|{{ home.items }}|{% for s in home.news %}{{ s.title }}{% endfor %}")
        .build();
    assert_eq!(built.page("/"), "a||cb");
}

#[test]
fn a_page_does_not_grow_with_the_list_of_focal_points() {
    let page = |count: usize| {
        let points: String =
            (0..count).map(|i| format!("- {{name: 第{i}项工作, slug: p{i}}}\n")).collect();
        let built = Campaign::new("").with("content/focal-points.yaml", points).build();
        built.page("/focal-points/p7/")
    };
    // A few stand beside each; of hundreds each page would name all the others.
    assert!(page(20).contains("第19项工作"));
    let (some, more) = (page(200), page(400));
    assert!(more.len() < some.len() + 500, "{} {}", some.len(), more.len());
    assert!(
        more.contains("<a href=\"../../focal-points/\">")
            || more.contains("focal-points/\"><span>")
    );
}
