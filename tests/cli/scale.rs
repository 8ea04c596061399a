//! Campaigns of odd proportions, and bodies of nothing but marks.

use std::process::Command;

use crate::project::Project;

fn story(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-03-18\nkind: news\n---\n\n{body}")
}

/// A project with a story for each of these pieces, each repeated up to so many bytes.
fn repeating(pieces: &[&str], bytes: usize) -> Project {
    let project = Project::nowhere();
    project.write("content/site.yaml", "title: 专栏\n");
    for (i, piece) in pieces.iter().enumerate() {
        let body = piece.repeat(bytes / piece.len());
        project.write(&format!("content/stories/s{i}.md"), story("长", &body));
    }
    project
}

#[test]
fn bodies_of_nothing_but_marks_are_built() {
    let pieces = [
        "*",
        "[",
        "![",
        "> ",
        ">",
        "`",
        "<",
        "<!--",
        "&#",
        "\\",
        "|a",
        "- ",
        "1. ",
        "~~甲 ",
        "**“甲”**乙",
        "【a】(",
        "[a][",
        "[^",
        "# 一\n",
        "## 一\n\n",
        "甲 \n",
        "- 一\n",
        "甲\n-\n",
        "甲[^1] ",
        "| 甲 | 乙 |\n",
        "https://example.org/甲 ",
        "值班党员反复核对了图纸。",
    ];
    let project = repeating(&pieces, 48 << 10);
    let table = format!("| 甲 | 乙 |\n|---|---|\n{}", "| 一 | 二 |\n".repeat(5_000));
    project.write("content/stories/table.md", story("表", &table));
    project.build(&["-q"]);
    for i in 0..pieces.len() {
        assert!(project.has(&format!("public/stories/2026/s{i}/index.html")), "{i}");
    }
    let cells = project.read("public/stories/2026/table/index.html").matches("<td>").count();
    assert_eq!(cells, 10_000);
}

/// What a build takes of a processor, in seconds: whoever else is at work does not count.
fn effort(project: &Project) -> f64 {
    effort_of(project, &["-q", "build"])
}

fn effort_of(project: &Project, arguments: &[&str]) -> f64 {
    let build = project.program(arguments);
    let mut shell = Command::new("sh");
    shell.args(["-c", "\"$0\" \"$@\" 2>/dev/null; times"]).current_dir(project.root());
    let output = shell.arg(build.get_program()).args(build.get_args()).output().unwrap();
    let times = String::from_utf8(output.stdout).unwrap();
    // The second line is what the shell's children took: `0m1.230s 0m0.040s`.
    let of_children = times.lines().nth(1).unwrap().split_whitespace();
    let seconds = |time: &str| {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
        minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
    };
    of_children.map(seconds).sum()
}

/// Of sixteen times the text what looks back or ahead to an end each time would be 256 times
/// the effort: an address that begins on a long line, a note that is sought among all others.
#[test]
fn effort_grows_with_the_length_of_a_story_and_not_with_its_square() {
    let project = |bytes: usize| {
        let project = repeating(&["*a **b ", "[a](b ", "[甲](（"], bytes);
        let notes = (0..bytes / 32).map(|i| format!("甲[^{i}]\n\n[^{i}]: 乙\n\n"));
        project.write("content/stories/notes.md", story("注", &notes.collect::<String>()));
        project
    };
    let (short, long) = (effort(&project(32 << 10)), effort(&project(512 << 10)));
    assert!(long < short * 20.0, "{short} s, then {long} s");
}

/// Every entry has a mistake, so every place is asked for.
#[test]
fn effort_grows_with_the_number_of_mistakes_and_not_with_its_square() {
    let units = |count: usize| {
        let project = Project::nowhere();
        project.write("content/site.yaml", "title: 专栏\n");
        let entry =
            |i| format!("- name: 第{i}支部\n  level: 党支部\n  slug: b{i}\n  layer: 党委\n");
        project.write("content/units.yaml", (0..count).map(entry).collect::<String>());
        effort_of(&project, &["-q", "check"])
    };
    let ledger = |count: usize| {
        let project = Project::nowhere();
        let archive = "archive: {fonds: X001, department: DQB}\n";
        project.write("content/site.yaml", format!("title: 专栏\n{archive}"));
        let entry = |i| {
            let number = format!("X001-WS·2026-Y-DQB-{i:04}");
            format!(
                "- number: {number}\n  story: content/stories/{i}.md\n  title: 第{i}篇\n  date: 2026-01-01\n"
            )
        };
        project.write("content/archive-ledger.yaml", (1..=count).map(entry).collect::<String>());
        effort_of(&project, &["-q", "archive", "--dry-run"])
    };
    for (what, few, many) in
        [("units", units(250), units(4000)), ("ledger", ledger(250), ledger(4000))]
    {
        assert!(many < few * 32.0, "{what}: {few} s, then {many} s");
    }
}

#[test]
fn one_long_story_deep_folders_and_many_stories_of_one_focal_point_are_fine() {
    let project = Project::nowhere();
    project.write("content/site.yaml", "title: 专栏\npage_size: 10\n");
    let deep = "层/".repeat(60);
    project
        .write(
            &format!("content/stories/{deep}deep.md"),
            story("深", "[长](/stories/2026/long/)\n"),
        )
        .write(&format!("content/static/{deep}deep.txt"), "深")
        .write(&format!("content/pages/{deep}about.md"), "---\ntitle: 关于\n---\n深\n");
    let paragraph = "值班党员**反复核对**了图纸，见[另一篇](/stories/2026/deep/)。\n\n";
    let long = paragraph.repeat((512 << 10) / paragraph.len()) + "## 最后一节\n";
    project.write("content/stories/long.md", story("长", &long));
    for i in 0..200 {
        let body = format!(
            "---\ntitle: 第{i}篇\ndate: 2026-01-{:02}\nkind: branch\nunit: 码头支部\n\
             focal_points: [民生]\n---\n![现场](photo.svg)\n",
            1 + i % 28
        );
        project.write(&format!("content/stories/p{i}/index.md"), body);
        project.write(&format!("content/stories/p{i}/photo.svg"), "<svg/>");
    }
    project.build(&["-q"]);
    for page in [
        "focal-points/livelihood/page/20/index.html",
        "units/ma-tou-zhi-bu/page/20/index.html",
        "branches/ma-tou-zhi-bu/page/20/index.html",
        "stories/2026/deep/index.html",
        "stories/2026/p199/photo.svg",
        "about/index.html",
        &format!("{deep}deep.txt"),
    ] {
        assert!(project.has(&format!("public/{page}")), "{page}");
    }
    assert!(!project.has("public/focal-points/livelihood/page/21/index.html"));
    assert!(project.read("public/stories/2026/long/index.html").contains("最后一节</h2>"));
    let checked = project.run(&["check", "--strict", "--now", "2026-06-01"]);
    assert_eq!(checked.code, 0, "{checked:?}");
}
