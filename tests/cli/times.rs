//! Times at the ends of the calendar: whatever is asked, the program answers.

use crate::archive::case;
use crate::project::Project;

const TIMES: [&str; 7] = [
    "0001-01-01",
    "0001-01-01 00:00",
    "0001-01-01 00:00+14:00",
    "9999-12-31",
    "9999-12-31 23:59:59",
    "9999-12-31 23:00-05:00",
    "9999-12-31 23:59:59-14:00",
];

fn campaign(zone: &str) -> Project {
    let project = Project::nowhere();
    project.write(
        "content/site.yaml",
        format!(
            "title: 测试专栏\ntime_zone: \"{zone}\"\norganisation: 某街道\n\
             archive: {{fonds: Q012, department: DQB, retention: {{branch: Y, member: Y, news: Y}}, contact_phone: 0000-1111}}\n"
        ),
    );
    project.write("content/stories/a.md", case("branch", "甲", "2026-03-02"));
    for (i, time) in TIMES.iter().enumerate() {
        let story = case("member", &format!("乙{i}"), time).replacen(
            "\nkind",
            &format!("\nexpire_at: {time}\nupdated: {time}\nkind"),
            1,
        );
        project.write(&format!("content/stories/b{i}.md"), story);
    }
    project
}

#[test]
fn every_command_that_takes_a_time_takes_any() {
    for zone in ["+08:00", "-14:00", "+14:00"] {
        let project = campaign(zone);
        for now in TIMES {
            for command in [
                &["build"][..],
                &["check"],
                &["book", "-o", "b.epub"],
                &["book", "--format", "html", "-o", "b.html"],
                &["archive", "--dry-run"],
                &["archive", "--force", "-o", "bag"],
            ] {
                let ran = project.run(&[command, &["--lang", "en", "--now", now]].concat());
                // Before the first story there is no book and no bag; that is said.
                let said = ran.code == 0 || (ran.code == 1 && ran.err.contains("error["));
                assert!(said, "{command:?} in {zone} at {now}: {ran:?}");
                assert!(!ran.err.contains("panicked"), "{command:?} at {now}: {ran:?}");
            }
        }
        assert_eq!(project.run(&["archive", "verify", "bag"]).code, 0);
    }
}

#[test]
fn what_a_build_keeps_is_not_damaged_by_a_time() {
    let project = campaign("+08:00");
    let built = project.build(&[]);
    assert!(!built.err.contains("cache"), "{}", built.err);
    let files = project.files("public");
    let again = project.build(&[]);
    assert!(!again.err.contains("cache-unused"), "{}", again.err);
    assert_eq!(again.tally(), (0, files.len() - 1, 0));
    assert_eq!(project.files("public"), files);
}

#[test]
fn a_book_is_of_the_day_that_it_is_where_the_site_is() {
    let project = campaign("+08:00");
    let book = |now: &str| {
        let ran = project.run(&["book", "--format", "html", "-o", "b.html", "--now", now]);
        assert_eq!(ran.code, 0, "{ran:?}");
        project.read("b.html")
    };
    assert!(book("2026-06-01 15:59Z").contains("2026年6月1日"));
    assert!(book("2026-06-01 16:01Z").contains("2026年6月2日"));
}
