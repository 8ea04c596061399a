//! What the default theme is given to show: nothing twice on the home page, relations, neighbours, what
//! lies below a unit, honours by year, months.

use crate::campaign::{Built, Campaign, member, news};

/// Ten stories of one focal point, dated a day apart, and the extra lines of each.
fn ten(lines: impl Fn(usize) -> String) -> Campaign {
    (1..=10).fold(Campaign::new(""), |campaign, n| {
        let front = format!("focal_points: [民生]\n{}", lines(n));
        let date = format!("2026-01-{n:02}");
        campaign.with(
            &format!("content/stories/s{n}.md"),
            news(&format!("题{n}"), &date, &front, "正文"),
        )
    })
}

fn related(built: &Built, slug: &str) -> Vec<String> {
    let page = built.page(&format!("/stories/2026/{slug}/"));
    page.split("<li>").skip(1).map(|item| item.split("</li>").next().unwrap().to_string()).collect()
}

fn listing_related(campaign: Campaign) -> Built {
    campaign
        .template("item.html", "<li>{{ story.title }}</li>")
        .template("story.html", "{{ story.related }}")
        .build()
}

#[test]
fn no_story_stands_twice_on_the_home_page() {
    let lines = |n| {
        if n % 3 == 0 { "pinned: true\nupdated: 2026-02-01" } else { "updated: 2026-02-01" }
            .to_string()
    };
    let home = ten(lines).page("/");
    for n in 1..=10 {
        let title = format!("题{n}</a>");
        assert_eq!(home.matches(&title).count(), 1, "{title}");
    }
}

#[test]
fn what_few_stories_have_in_common_weighs_more_than_what_many_have() {
    let carriers =
        |n| if n == 1 || n == 9 { "carriers: [午夜问诊]".to_string() } else { String::new() };
    let built = listing_related(ten(carriers));
    assert_eq!(related(&built, "s9"), ["题1", "题10", "题8", "题7"]);
    // Of as much in common the nearest in time come first.
    assert_eq!(related(&built, "s5"), ["题6", "题4", "题7", "题3"]);
    // Another story does not move what two have in common.
    let more = ten(carriers)
        .with("content/stories/z.md", news("新", "2026-03-01", "focal_points: [民生]", "字"));
    assert_eq!(related(&listing_related(more), "s9")[0], "题1");
}

#[test]
fn neighbours_are_of_the_same_focal_point() {
    let other = news("旁的", "2026-01-05 12:00", "focal_points: [实践]", "字");
    let built = ten(|n| if n == 8 { "pinned: true".into() } else { String::new() })
        .with("content/stories/o.md", other)
        .template("story.html", "{{ story.within.name }} {% if story.older %}{{ story.older.name }}{% endif %}<{% if story.newer %}{{ story.newer.name }}{% endif %}")
        .build();
    assert_eq!(built.page("/stories/2026/s5/"), "坚持抓好民生 题4<题6");
    assert_eq!(built.page("/stories/2026/s8/"), "坚持抓好民生 题7<题9");
    assert_eq!(built.page("/stories/2026/s9/"), "坚持抓好民生 题8<题10");
    assert_eq!(built.page("/stories/2026/o/"), "突出实践特色 <");
}

#[test]
fn a_unit_counts_and_shows_what_is_below_it() {
    let units = "- 镇党委\n- {name: 一村, parent: 镇党委}\n- {name: 一组, parent: 一村}\n";
    let built = Campaign::new("")
        .with("content/units.yaml", units)
        .with("content/stories/a.md", news("甲事", "2026-01-01", "unit: 一组", "字"))
        .with("content/stories/b.md", news("乙事", "2026-01-02", "unit: [一村, 一组]", "字"))
        .build();
    let top = built.page("/units/zhen-dang-wei/");
    assert!(top.contains("甲事") && top.contains("乙事") && top.contains("2 篇报道"), "{top}");
    assert!(!top.contains("这里还没有报道"), "{top}");
    let village = built.page("/units/yi-cun/");
    assert_eq!(village.matches("甲事</a>").count(), 1);
    assert_eq!(village.matches("乙事</a>").count(), 1, "its own is not below it as well");
    let index = built.page("/units/");
    assert!(
        index.contains("0 篇，连同下级 2 篇") && index.contains("1 篇，连同下级 2 篇"),
        "{index}"
    );
}

#[test]
fn a_profile_has_honours_by_year_and_colleagues() {
    let honours = "honours: [{title: 甲奖, year: 2024}, {title: 乙奖, year: 2026}, {title: 丙奖, year: 2024}, {title: 丁奖}]";
    let one =
        member("甲", "顾一鸣", "一支部", "民生").replace("unit:", &format!("{honours}\nunit:"));
    let built = Campaign::new("")
        .with("content/stories/a.md", one)
        .with("content/stories/b.md", member("乙", "欧阳一苇", "一支部", "民生"))
        .with("content/stories/c.md", member("丙", "石磊", "二支部", "民生"))
        .template("member.html", "{{ member.initial }}|{% for y in member.honour_years %}{{ y.year or \"-\" }}:{% for h in y.honours %}{{ h.title }}{% endfor %} {% endfor %}|{% for c in member.colleagues %}{{ c.name }}{{ c.initial }}{% endfor %}")
        .build();
    assert_eq!(
        built.page("/members/gu-yi-ming/"),
        "顾|2026:乙奖 2024:甲奖丙奖 -:丁奖 |欧阳一苇欧阳"
    );
    assert_eq!(built.page("/members/shi-lei/"), "石||");
}

#[test]
fn lists_say_where_each_year_begins_and_of_which_kinds_they_are() {
    let story = |n: usize| {
        news(
            &format!("题{n}"),
            &format!("{}-05-{n:02}", 2020 + n / 4),
            "focal_points: [民生]",
            "字",
        )
    };
    let campaign = (1..=9).fold(Campaign::new("").settings("page_size: 4"), |campaign, n| {
        campaign.with(&format!("content/stories/s{n}.md"), story(n))
    });
    let built = campaign.build();
    let page = built.page("/news/");
    for (year, at) in [
        (2022, "/news/#xf-2022-s9"),
        (2021, "/news/#xf-2021-s7"),
        (2020, "/news/page/2/#xf-2020-s3"),
    ] {
        assert!(page.contains(&format!("<a href=\"{at}\">{year}年</a>")), "{at}: {page}");
        let (path, id) = at.split_once('#').unwrap();
        assert!(built.page(path).contains(&format!("id=\"{id}\"")), "{at}");
    }
    let mixed = ten(|_| String::new())
        .with("content/stories/m.md", member("丙", "石磊", "二支部", "民生"))
        .template(
            "focal_point.html",
            "{% for k in list.kinds %}{{ k.kind }}{{ k.count }} {% endfor %}",
        )
        .template("news.html", "{% for k in list.kinds %}{{ k.kind }}{% endfor %}")
        .build();
    assert_eq!(mixed.page("/focal-points/livelihood/"), "member1 news10 ");
    assert_eq!(mixed.page("/news/"), "", "all are of one kind");
}

#[test]
fn months_are_drawn_for_a_focal_point_and_for_a_year() {
    let stories =
        [("a", "2026-02-01"), ("b", "2026-02-03"), ("c", "2025-12-01"), ("d", "2024-12-01")];
    let campaign = stories.iter().fold(Campaign::new(""), |campaign, (name, date)| {
        let text = news(name, date, "focal_points: [民生]\npinned: true", "字");
        campaign.with(&format!("content/stories/{name}.md"), text)
    });
    let bars = |of: &str| {
        format!(
            "{{% for b in {of} %}}{{{{ b.year }}}}-{{{{ b.month }}}}:{{{{ b.count }}}}/{{{{ b.height }}}} {{% endfor %}}"
        )
    };
    let built = campaign
        .template("focal_point.html", &bars("focal_point.months"))
        .template(
            "archive_year.html",
            &(bars("year.bars") + "{% if year.older %}{{ year.older.url }}{% endif %}"),
        )
        .build();
    let months = built.page("/focal-points/livelihood/");
    assert!(
        months.starts_with("2025-3:0/0 ")
            && months.ends_with("2025-12:1/50 2026-1:0/0 2026-2:2/100 "),
        "{months}"
    );
    let year = built.page("/archive/2025/");
    assert!(
        year.starts_with("2025-1:0/0 ") && year.ends_with("2025-12:1/100 /archive/2024/"),
        "{year}"
    );
}

#[test]
fn a_focal_point_shows_its_sign_and_a_story_its_code() {
    let campaign = ten(|_| String::new()).published_at("https://www.example.cn/");
    let built = campaign.build();
    let story = built.page("/stories/2026/s1/");
    assert!(
        story.contains("href=\"#xf-sign-livelihood\"")
            && story.contains("id=\"xf-sign-livelihood\"")
    );
    assert!(story.contains("class=\"qr\""));
    let own = Campaign::new("")
        .with("content/focal-points.yaml", "- 《灯火》行动\n")
        .with(
            "content/stories/a.md",
            news("甲", "2026-01-01", "focal_points: [《灯火》行动]", "字"),
        )
        .page("/focal-points/");
    assert!(own.contains("<span class=\"sign seal\" aria-hidden=\"true\">灯</span>"), "{own}");
}

#[test]
fn a_colour_of_the_campaign_gives_way_to_ink_in_large_print() {
    let css = Campaign::new("")
        .with("content/focal-points.yaml", "- {name: 灯火, colour: '#7a4b00'}\n")
        .with("content/stories/a.md", news("甲", "2026-01-01", "focal_points: [灯火]", "字"))
        .page("/assets/focal-points.css");
    assert!(
        css.contains(".fp-1 { --fp: #7a4b00; }")
            && css.contains(".elder .fp-1 { --fp: var(--ink); }"),
        "{css}"
    );
}
