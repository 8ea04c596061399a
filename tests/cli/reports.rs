//! `report`.

use crate::project::Project;

fn campaign() -> Project {
    let project = Project::small();
    project
        .write("content/units.yaml", "- {name: 甲支部, sector: 社区}\n- {name: 乙支部, sector: 学校}\n")
        .write(
            "content/stories/a.md",
            "---\ntitle: 甲\ndate: 2026-03-02\nkind: branch\nunit: 甲支部\nfocal_points: [民生]\n---\n正文\n",
        );
    project
}

#[test]
fn report_lists_what_there_is() {
    let ran = Project::nowhere().run(&["report"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.out.contains("coverage"), "{ran:#?}");
    Project::nowhere().run(&["report", "没有", "--lang", "en"]).fails(2, "没有");
}

#[test]
fn coverage_is_shown_on_the_terminal_or_written_to_a_file() {
    let project = campaign();
    let ran = project.run(&["report", "coverage", "--lang", "zh", "--now", "2026-04-01"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    for part in ["着力点与单位", "甲支部", "该写的单位", "乙支部  还没有", "两张皮"]
    {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    for file in ["覆盖.html", "覆盖.xlsx", "覆盖.csv"] {
        let ran = project.run(&["report", "coverage", "--now", "2026-04-01", "-o", file]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert!(project.has(file) && ran.out.contains(file), "{ran:#?}");
        let again = project.run(&["report", "coverage", "--lang", "en", "-o", file]);
        again.fails(1, "report-file-exists");
        assert_eq!(
            project
                .run(&["report", "coverage", "-q", "--force", "--now", "2026-04-01", "-o", file])
                .code,
            0
        );
    }
    assert!(project.read("覆盖.csv").contains("\r\n甲支部,0,0,0,0,0,1\r\n"));
}

#[test]
fn what_cannot_be_reported_is_said() {
    let project = campaign();
    let run =
        |words: &[&str]| project.run(&[&["report", "coverage", "--lang", "en"], words].concat());
    run(&["-o", "x.pdf"]).fails(2, ".xlsx");
    run(&["--year", "1999"]).fails(1, "report-year-empty");
    run(&["-o", "content/x.csv"]).fails(1, "report-in-project");
    project.write("content/works.yaml", "- {name: 清淤, parent: 没有}\n");
    run(&[]).fails(1, "work-unknown");
}
