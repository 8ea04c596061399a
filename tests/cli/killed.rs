//! A build that is killed at any moment.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::project::Project;

const STORIES: usize = 200;

fn fill(project: &Project, edition: usize) {
    project.write("content/site.yaml", format!("title: 第{edition}版\npage_size: 5\n"));
    for i in 0..STORIES {
        let name = format!("s{i}");
        // Some stories are only in one edition.
        if i % 10 == edition % 2 {
            let _ = std::fs::remove_file(project.path(&format!("content/stories/{name}.md")));
        } else {
            project.story(&name, &format!("第{edition}版第{i}篇"));
        }
    }
}

/// What the program keeps for itself, which no reader asks for.
fn ours(path: &str) -> bool {
    path.starts_with(".xianfeng")
}

#[test]
fn whatever_a_reader_asks_for_is_whole_and_the_next_build_mends_the_rest() {
    let project = Project::nowhere();
    let mut editions: Vec<BTreeMap<String, Vec<u8>>> = Vec::new();
    let mut took = Duration::ZERO;
    for edition in 0..2 {
        fill(&project, edition);
        let started = Instant::now();
        project.build(&["-q"]);
        took = started.elapsed();
        editions.push(project.files("public"));
    }
    let (mut killed, mut halfway) = (0, 0);
    // A fixed sequence of moments, spread over the whole build.
    for round in 0..12u32 {
        let edition = (round % 2) as usize;
        fill(&project, edition);
        let mut child = project
            .program(&["build", "-q", "--now", "2026-06-01"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(took * (round * 7919 % 100 + 5) / 100);
        killed += usize::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        child.wait().unwrap();
        let there = project.files("public");
        for (path, bytes) in there.iter().filter(|(path, _)| !ours(path)) {
            let whole = editions.iter().any(|edition| edition.get(path) == Some(bytes));
            assert!(whole, "{path} is neither old nor new in round {round}");
        }
        // What both editions have, a reader always finds.
        for path in editions[0].keys().filter(|path| editions[1].contains_key(*path) && !ours(path))
        {
            assert!(there.contains_key(path), "{path} is not there in round {round}");
        }
        let of = |edition: usize| {
            there
                .iter()
                .filter(|(path, bytes)| !ours(path) && editions[edition].get(*path) == Some(bytes))
                .count()
        };
        let all = there.keys().filter(|path| !ours(path)).count();
        halfway += usize::from(of(0) != all && of(1) != all);
        project.build(&["-q"]);
        assert!(project.files("public") == editions[edition], "not mended in round {round}");
    }
    eprintln!("{killed} builds killed, {halfway} of them halfway through moving");
    assert!(killed >= 3, "only {killed} builds were killed in time");
}

#[test]
fn a_first_build_that_is_killed_is_mended() {
    let project = Project::nowhere();
    fill(&project, 0);
    let started = Instant::now();
    project.build(&["-q"]);
    let took = started.elapsed();
    let whole = project.files("public");
    for percent in [3, 20, 40, 60, 75, 85, 95] {
        project.remove("public");
        let mut child = project
            .program(&["build", "-q", "--now", "2026-06-01"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(took * percent / 100);
        let _ = child.kill();
        child.wait().unwrap();
        project.build(&["-q"]);
        assert!(project.files("public") == whole, "not mended at {percent} %");
    }
}

#[test]
fn killed_before_the_first_list_was_named() {
    // What lies there when the list has been written under its first name only.
    let project = Project::small();
    project.build(&[]);
    let whole = project.files("public");
    for text in [project.read("public/.xianfeng-site"), "xianfeng si".to_string()] {
        project
            .remove("public")
            .write("public/.xianfeng-site.new", text)
            .write("public/.xianfeng-new/index.html", "half");
        project.build(&[]);
        assert_eq!(project.files("public"), whole);
    }
}
