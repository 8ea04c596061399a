//! Numbers, once given, stay.

use super::{LEDGER, MEMBER, campaign, case};
use crate::project::Project;

/// The numbers of a dry run, by title.
fn numbers(project: &Project) -> Vec<(String, String)> {
    let ran = project.archive(&["--dry-run"]);
    let lines = ran.out.lines().filter(|line| line.starts_with("new ") || line.starts_with("kept"));
    let mut found: Vec<(String, String)> = lines
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            (words[2].to_string(), words[1].to_string())
        })
        .collect();
    found.sort();
    found
}

fn member(number: &str) -> String {
    format!("Q012-WS·2026-D30-DQB-{number}")
}

#[test]
fn an_older_story_that_comes_later_shifts_nothing() {
    let project = campaign();
    project.archive(&["-o", "bag"]);
    project.write("content/stories/2026/earlier.md", case("member", "更早", "2026-01-01"));
    let now = numbers(&project);
    assert!(now.contains(&("甲事迹".into(), member("0001"))), "{now:?}");
    assert!(now.contains(&("更早".into(), member("0002"))), "{now:?}");
    // Another year is another series.
    project.write("content/stories/2027/next.md", case("member", "明年", "2027-01-01"));
    assert!(numbers(&project).iter().any(|(_, n)| n == "Q012-WS·2027-D30-DQB-0001"));
}

#[test]
fn a_story_that_is_gone_is_an_error_until_somebody_says_so_and_its_number_rests() {
    let project = campaign();
    project.archive(&["-o", "bag"]);
    project.remove("content/stories/2026/jia.md");
    let before = project.read(LEDGER);
    let ran = project.try_archive(&["-o", "second"]);
    ran.fails(1, "error[ledger-story-gone]");
    assert!(
        ran.err.contains(&member("0001")) && ran.err.contains(&format!("{LEDGER}:")),
        "{}",
        ran.err
    );
    project.has_no_bag("second");
    assert_eq!(project.read(LEDGER), before);
    let line = "  story: content/stories/2026/jia.md\n";
    project.write(LEDGER, before.replace(line, &format!("{line}  withdrawn: true\n")));
    project.archive(&["-o", "second"]);
    assert_eq!(project.verify("second").code, 0);
    // The number is not given again.
    project.write("content/stories/2026/other.md", case("member", "另一篇", "2026-03-01"));
    assert!(numbers(&project).contains(&("另一篇".into(), member("0002"))));
    // And is not taken up silently.
    project.write("content/stories/2026/jia.md", case("member", "甲事迹", "2026-03-01"));
    project.try_archive(&["--dry-run"]).fails(1, "error[ledger-withdrawn-back]");
}

#[test]
fn a_draft_keeps_its_number() {
    let project = campaign();
    project.archive(&["-o", "bag"]);
    let text = case("member", "甲事迹", "2026-03-01");
    project.write("content/stories/2026/jia.md", text.replace("kind:", "draft: true\nkind:"));
    let ran = project.archive(&["-o", "second"]);
    assert!(ran.err.contains("note[ledger-story-off]"), "{}", ran.err);
    assert!(!project.has(&format!("second/{MEMBER}")));
    project.write("content/stories/2026/jia.md", text);
    assert!(numbers(&project).contains(&("甲事迹".into(), member("0001"))));
}

#[test]
fn a_renamed_file_keeps_its_number_where_title_and_date_are_the_same() {
    let project = campaign();
    project.archive(&["-o", "bag"]);
    let text = project.read("content/stories/2026/jia.md");
    project.remove("content/stories/2026/jia.md").write("content/stories/2026/new/name.md", &text);
    let ran = project.archive(&["-o", "second"]);
    assert!(ran.err.contains("note[ledger-story-renamed]"), "{}", ran.err);
    assert!(project.has(&format!("second/{MEMBER}/source.md")));
    assert!(project.read(LEDGER).contains("story: content/stories/2026/new/name.md"));
    // With another title as well, nobody can tell.
    project
        .remove("content/stories/2026/new")
        .write("content/stories/2026/third.md", text.replace("title: 甲", "title: 丙"));
    project.try_archive(&["--dry-run"]).fails(1, "error[ledger-story-gone]");
}

#[test]
fn two_gone_stories_that_look_alike_are_not_guessed() {
    let project = campaign();
    let text = case("member", "甲事迹", "2026-03-01");
    project.write("content/stories/2026/twin.md", &text).archive(&["-o", "bag"]);
    project
        .remove("content/stories/2026/jia.md")
        .remove("content/stories/2026/twin.md")
        .write("content/stories/2026/one.md", &text);
    let ran = project.try_archive(&["--dry-run"]);
    ran.fails(1, "error[ledger-story-gone]");
    assert!(!ran.err.contains("ledger-story-renamed"), "{}", ran.err);
}

#[test]
fn what_people_write_into_the_ledger_stays() {
    let project = campaign();
    project.archive(&["-o", "bag"]);
    let mine = project.read(LEDGER).replace("- number", "# 2026 年已移交\n- number");
    let mine = mine.replacen("title:", "题名:", 1).replace("  date", "  日期") + "\n# 完\n";
    project.write(LEDGER, &mine);
    project.archive(&["-o", "second"]);
    assert_eq!(project.read(LEDGER), mine, "nothing to add");
    let changed = case("member", "甲事迹: 改", "2026-03-01")
        .replace("title: 甲事迹: 改", "title: \"甲事迹: 改\"");
    project
        .write("content/stories/2026/jia.md", changed)
        .write("content/stories/2026/later.md", case("member", "丁事迹", "2026-07-01"));
    project.archive(&["-o", "third"]);
    let now = project.read(LEDGER);
    assert_eq!(now.matches("# 2026 年已移交").count(), 2, "{now}");
    assert!(now.contains("# 完\n- number: Q012-WS·2026-D30-DQB-0002\n"), "{now}");
    assert!(now.contains("\"甲事迹: 改\""), "{now}");
    project.archive(&["-o", "fourth"]);
    assert_eq!(project.read(LEDGER), now);
}

#[test]
fn a_ledger_that_cannot_be_trusted_stops_everything() {
    let entry = |number: &str, story: &str| {
        format!(
            "- number: {number}\n  story: content/stories/{story}\n  title: 甲\n  date: 2026-01-01\n"
        )
    };
    let (one, two) = (member("0001"), member("0002"));
    let cases = [
        (
            entry(&one, "2026/jia.md") + &entry(&one, "2026/yi/index.md"),
            "ledger-number-twice",
            ":5:",
        ),
        (entry(&one, "2026/jia.md") + &entry(&two, "2026/jia.md"), "ledger-story-twice", ":5:"),
        (entry(&one, "2026/gone.md"), "ledger-story-gone", ":1:"),
        (entry("12", "2026/jia.md"), "ledger-number-wrong", ":1:"),
        (entry(&one, "../../x.md"), "ledger-story-wrong", ":2:"),
        (entry(&one, "2026/jia.md").replace("title", "titel"), "key-unknown", ":3:"),
        (entry(&one, "2026/jia.md").replace("2026-01-01", "2026-02-30"), "date-impossible", ":4:"),
        ("- story: content/stories/2026/jia.md\n".into(), "field-missing", ":1:"),
        (
            format!(
                "<<<<<<< HEAD\n{}=======\n{}>>>>>>> b\n",
                entry(&one, "2026/jia.md"),
                entry(&one, "b.md")
            ),
            "ledger-conflict",
            ":1:",
        ),
        ("number: 1\n".into(), "ledger-no-list", ":1:"),
        ("- number: [\n".into(), "yaml-bracket-open", ":1:"),
        ("\u{0}\u{1}\u{2}".into(), "file-not-text", ":"),
    ];
    for (text, code, at) in cases {
        let project = campaign();
        project.write(LEDGER, &text);
        let ran = project.try_archive(&["-o", "bag"]);
        ran.fails(1, &format!("error[{code}]"));
        ran.fails(1, &format!("{LEDGER}{at}"));
        project.has_no_bag("bag");
        assert_eq!(project.read(LEDGER), text, "it is left as it was");
    }
}

#[test]
fn building_and_checking_know_the_ledger_and_leave_it_alone() {
    let project = campaign();
    project.archive(&["-o", "bag"]);
    let before = project.read(LEDGER);
    let ran = project.build(&[]);
    assert!(!ran.err.contains("file-stray"), "{}", ran.err);
    assert_eq!(project.read(LEDGER), before);
    assert!(!project.files("public").keys().any(|path| path.contains("ledger")));
}

#[test]
fn a_series_that_is_full_is_an_error() {
    let project = campaign();
    let number = member("9999");
    project.write(
        LEDGER,
        format!("- number: {number}\n  story: content/stories/old.md\n  withdrawn: true\n"),
    );
    project.try_archive(&["-o", "bag"]).fails(1, "error[ledger-series-full]");
    project.has_no_bag("bag");
}
