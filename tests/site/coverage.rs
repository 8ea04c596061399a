//! Coverage: what is told of, and what is not.

use xianfeng::base::lang::Lang;
use xianfeng::report::{Body, Report, csv, html, make, spreadsheet, terminal};

use crate::campaign::{Campaign, branch, moment, news};

const LISTS: &str = "//- content/units.yaml
- {name: 城东街道, sector: 机关}
- {name: 槐树社区, sector: 社区, parent: 城东街道}
- {name: 第二小学, sector: 学校}
//- content/works.yaml
- {name: 清淤, units: [城东街道]}
- 护林
//- content/carriers.yaml
- 板凳会
- 夜巡
";

fn campaign() -> Campaign {
    let told = |unit: &str, points: &str, date: &str, more: &str| {
        branch(unit, unit, points)
            .replace("2026-03-18", date)
            .replace("kind:", &format!("{more}\nkind:"))
    };
    Campaign::new(LISTS)
        .with(
            "content/stories/a.md",
            told(
                "槐树社区",
                "民生, 群众",
                "2026-03-18",
                "central_works: [清淤]\ncarriers: [板凳会]",
            ),
        )
        .with(
            "content/stories/b.md",
            told("槐树社区", "民生", "2026-05-02", "results: [{indicator: 淤泥, after: 3}]"),
        )
        .with("content/stories/c.md", told("第二小学", "中心", "2025-08-09", "carriers: [板凳会]"))
}

fn report(campaign: &Campaign, year: Option<i32>) -> Report {
    make("coverage", &campaign.prepared().site, year, Lang::Zh).expect("a report")
}

fn rows<'r>(report: &'r Report, name: &str) -> &'r [(String, Vec<usize>)] {
    let part =
        report.parts.iter().find(|part| part.name == name).unwrap_or_else(|| panic!("{name}"));
    match &part.body {
        Body::Counts { rows, .. } => rows,
        Body::List { .. } => panic!("{name} is a list"),
    }
}

fn list<'r>(report: &'r Report, name: &str) -> Vec<&'r str> {
    let part =
        report.parts.iter().find(|part| part.name == name).unwrap_or_else(|| panic!("{name}"));
    match &part.body {
        Body::List { rows, .. } => rows.iter().map(|row| row[0].as_str()).collect(),
        Body::Counts { .. } => panic!("{name} is a table"),
    }
}

#[test]
fn every_unit_month_carrier_and_work_has_its_counts() {
    let campaign = campaign();
    let all = report(&campaign, None);
    let units = rows(&all, "着力点与单位");
    assert_eq!(units[0], ("城东街道".into(), vec![0; 6]));
    assert_eq!(units[1], ("槐树社区".into(), vec![0, 0, 0, 1, 0, 2]));
    let months = rows(&all, "着力点与月份");
    assert_eq!(months.first().unwrap().0, "2026-06", "up to the day that is asked for");
    assert_eq!(months.last().unwrap(), &("2025-08".into(), vec![1, 0, 0, 0, 0, 0]));
    assert_eq!(months.len(), 11, "months without a story too");
    assert_eq!(
        rows(&all, "载体与领域"),
        [("板凳会".into(), vec![0, 1, 1]), ("夜巡".into(), vec![0, 0, 0])]
    );
    assert_eq!(
        rows(&all, "工作与单位"),
        [("清淤".into(), vec![0, 1]), ("护林".into(), vec![0, 0])]
    );
    let year = report(&campaign, Some(2025));
    assert_eq!(rows(&year, "着力点与单位")[1].1, vec![0; 6]);
    assert_eq!(rows(&year, "着力点与月份").len(), 12);
}

#[test]
fn what_to_write_next() {
    let campaign = campaign();
    let all = report(&campaign, None);
    // The story of the community is one of the street above it.
    assert_eq!(list(&all, "该写的单位"), ["第二小学"]);
    assert_eq!(
        list(&report(&campaign.clone().at("2027-01-01"), None), "该写的单位"),
        ["城东街道", "槐树社区", "第二小学"]
    );
    assert_eq!(list(&all, "领域的空白"), ["机关", "社区", "学校"]);
    assert_eq!(list(&all, "两张皮"), ["第二小学"]);
    assert!(list(&report(&campaign, Some(2026)), "两张皮").is_empty());
}

#[test]
fn a_campaign_without_lists_has_a_report_of_what_it_has() {
    let report = report(&Campaign::story("focal_points: [民生]", "正文"), None);
    let names: Vec<&str> = report.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["着力点与月份", "该写的单位", "领域的空白", "两张皮"]);
    let empty = make("coverage", &Campaign::new("").prepared().site, None, Lang::Zh).unwrap();
    assert!(terminal::text(&empty, 80).contains("两张皮"));
}

#[test]
fn tables_fit_the_width_of_the_terminal() {
    use unicode_width::UnicodeWidthStr;
    let report = report(&campaign(), None);
    for width in [30, 40, 60, 80, 200] {
        let text = terminal::text(&report, width);
        for line in text.lines() {
            assert!(line.width() <= width, "{width}: {line}");
        }
        // All heads are there, even if parted, and every number.
        let letters: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(letters.contains("城东街道") || width < 40, "{text}");
    }
    let wide = terminal::text(&report, 200);
    let line = wide.lines().find(|line| line.starts_with("槐树社区")).unwrap();
    let cells: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(cells, ["槐树社区", "-", "-", "-", "1", "-", "2"]);
}

#[test]
fn files_say_the_same_and_nothing_in_them_runs() {
    let bad = "=1+1<script>alert(1)</script>";
    let campaign = Campaign::new("").with("content/units.yaml", format!("- '{bad}'\n")).with(
        "content/stories/a.md",
        news(&format!("'{bad}'"), "2026-03-18", &format!("unit: '{bad}'"), "正文"),
    );
    let report = report(&campaign, None);
    let page = html::page(&report);
    assert!(!page.contains("<script>") && page.contains("&lt;script&gt;"));
    assert!(page.contains("@page { size: A4 landscape") && page.contains("class=\"none\""));
    let text = csv::text(&report);
    assert!(text.starts_with('\u{FEFF}'));
    assert!(text.lines().any(|line| line.starts_with("'=1+1")), "{text}");
    assert!(!text.lines().any(|line| line.starts_with('=')), "{text}");
    let now = moment("2026-06-01");
    assert_eq!(spreadsheet::xlsx(&report, now).unwrap(), spreadsheet::xlsx(&report, now).unwrap());
}

#[test]
fn the_page_is_only_there_if_it_is_asked_for() {
    let without = campaign().build();
    assert!(!without.has("/coverage/") && !without.page("/").contains("coverage"));
    let lists = campaign().settings("coverage: true");
    let built = lists.build();
    let page = built.page("/coverage/");
    for link in [
        "/search/?unit=huai-shu-she-qu&amp;focal_point=livelihood",
        "/archive/2026/#xf-month-3",
        "/carriers/ban-deng-hui/#xf-sector-2",
        "/search/?work=qing-yu&amp;unit=huai-shu-she-qu",
    ] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}");
    }
    assert!(built.page("/").contains("href=\"/coverage/\""));
    // Without a search the numbers lead to the unit and the work.
    let page = campaign().settings("coverage: true\nsearch: false").page("/coverage/");
    assert!(page.contains("<td><a href=\"/units/huai-shu-she-qu/\">2</a></td>"), "{page}");
    // Time alone changes nothing of it.
    let later = campaign().settings("coverage: true").at("2027-05-01").page("/coverage/");
    assert_eq!(later, built.page("/coverage/"));
}
