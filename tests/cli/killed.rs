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

/// The list of our files, which changes while files are moved. Nothing else that is not of the
/// site may lie in the output: an upload would take it along.
fn ours(path: &str) -> bool {
    path == ".xianfeng-site"
}

/// What a killed build may have left in the cache folder.
#[track_caller]
fn nothing_is_left(project: &Project) {
    let is_left = |path: &&String| path.contains(".staging") || path.contains(".new");
    let left: Vec<_> = project.files(".xianfeng").into_keys().collect();
    assert!(!left.iter().any(|path| is_left(&path)), "{left:?}");
    assert!(!project.has("public/.xianfeng-new"));
}

#[test]
fn whatever_a_reader_asks_for_is_whole_and_the_next_build_repairs_the_rest() {
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
        assert!(project.files("public") == editions[edition], "not repaired in round {round}");
        nothing_is_left(&project);
    }
    eprintln!("{killed} builds killed, {halfway} of them halfway through moving");
    assert!(killed >= 3, "only {killed} builds were killed in time");
}

#[test]
fn a_first_build_that_is_killed_is_repaired() {
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
        for (path, bytes) in project.files("public").iter().filter(|(path, _)| !ours(path)) {
            assert!(whole.get(path) == Some(bytes), "{path} is not of the site at {percent} %");
        }
        project.build(&["-q"]);
        assert!(project.files("public") == whole, "not repaired at {percent} %");
        nothing_is_left(&project);
    }
}

#[test]
fn what_older_versions_left_of_a_first_build() {
    // What lay there when the list had been written under its first name only.
    let project = Project::small();
    project.build(&[]);
    let whole = project.files("public");
    for text in [project.read("public/.xianfeng-site"), "xianfeng si".to_string()] {
        project
            .remove("public")
            .write("public/.xianfeng-site.new", text)
            .write("public/.xianfeng-new/index.html", "half")
            .write("public/.xianfeng-lock", "");
        project.build(&[]);
        assert_eq!(project.files("public"), whole);
    }
}

/// Names of files in the cache folder that end like this.
fn cached(project: &Project, ending: &str) -> Vec<String> {
    let files = project.files(".xianfeng").into_keys();
    files.filter(|path| path.ends_with(ending)).map(|path| format!(".xianfeng/{path}")).collect()
}

#[test]
fn what_was_left_on_the_way_to_another_folder_goes_too() {
    let project = Project::small();
    project.build(&["-o", "a"]);
    project.build(&["-o", "b"]);
    let locks = cached(&project, ".lock");
    assert_eq!(locks.len(), 2);
    let staged = |lock: &str| lock.replace(".lock", ".staging/index.html");
    for lock in &locks {
        project.write(&staged(lock), "half");
    }
    project.write(".xianfeng/.xianfeng-4711-0.new", "half");
    let held = std::fs::File::open(project.path(&locks[0])).unwrap();
    held.lock().unwrap();
    project.build(&["-o", "c"]);
    assert!(project.has(&staged(&locks[0])), "somebody is building there");
    assert!(!project.has(&staged(&locks[1])), "nobody is");
    drop(held);
    project.story("later", "丁");
    project.build(&["-o", "c"]);
    nothing_is_left(&project);
}

#[test]
fn a_second_build_at_the_same_time_waits_its_turn() {
    let project = Project::small();
    project.build(&[]);
    let lock = cached(&project, ".lock").pop().unwrap();
    project.story("later", "丁");
    let before = project.files("public");
    // The folder is locked as well: it may be the output of another project.
    let folder = if cfg!(unix) { "public" } else { &lock };
    for locked in [lock.as_str(), folder] {
        let held = std::fs::File::open(project.path(locked)).unwrap();
        held.lock().unwrap();
        project.try_build(&[]).fails(1, "error[output-busy]");
        assert_eq!(project.files("public"), before);
    }
    let number = number_of(&project.path(&lock));
    project.build(&[]);
    assert_ne!(project.files("public"), before);
    assert_eq!(number_of(&project.path(&lock)), number, "a lock is never made anew");
}

#[test]
fn killed_before_it_was_stored_what_the_site_was_made_from() {
    let project = Project::small();
    project.write(
        "content/stories/draft.md",
        "---\ntitle: 草\ndate: 2026-03-18\nkind: news\ndraft: true\n---\n",
    );
    // So old that nobody can have changed it since without its time telling.
    let old = std::time::SystemTime::now() - Duration::from_secs(60);
    for path in project.files("content").into_keys() {
        let file = std::fs::File::open(project.path(&format!("content/{path}"))).unwrap();
        file.set_modified(old).unwrap();
    }
    std::thread::sleep(Duration::from_secs(3));
    let page = "public/stories/2026/draft/index.html";
    project.build(&["--drafts"]);
    let stored = project.files(".xianfeng").into_keys().find(|path| path.starts_with("build-"));
    let stored = format!(".xianfeng/{}", stored.unwrap());
    let with_drafts = std::fs::read(project.path(&stored)).unwrap();
    project.build(&[]);
    assert!(!project.has(page));
    project.write(&stored, with_drafts);
    project.build(&["--drafts"]);
    assert!(project.has(page));
}

/// What tells a file from another of the same name.
fn number_of(path: &std::path::Path) -> u64 {
    let meta = path.metadata().unwrap();
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::ino(&meta);
    #[cfg(not(unix))]
    return meta.created().unwrap().elapsed().map_or(0, |age| age.as_secs());
}

#[test]
fn of_builds_at_the_same_time_each_is_done_or_refused() {
    let project = Project::nowhere();
    fill(&project, 0);
    project.build(&["-q"]);
    let old = project.files("public");
    fill(&project, 1);
    let start = || {
        let program = project.program(&["build", "-q", "--now", "2026-06-01", "--lang", "en"]);
        { program }.stderr(Stdio::piped()).spawn().unwrap()
    };
    let builds: Vec<_> = (0..4).map(|_| start()).collect();
    let (mut done, mut busy) = (0, 0);
    for build in builds {
        let ran = crate::project::Ran::of(build.wait_with_output().unwrap());
        match ran.code {
            0 => done += 1,
            _ => {
                ran.fails(1, "error[output-busy]");
                busy += 1;
            }
        }
    }
    assert!(done > 0, "all were refused");
    eprintln!("{done} done, {busy} refused");
    let new = project.files("public");
    assert_ne!(new, old);
    project.remove("public").remove(".xianfeng").build(&["-q"]);
    assert!(project.files("public") == new, "not what one build alone writes");
}

/// A folder on another file system than that of temporary files, where the machine has one.
#[cfg(unix)]
fn elsewhere() -> Option<tempfile::TempDir> {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::Builder::new().prefix("xianfeng").tempdir_in("/dev/shm").ok()?;
    let device = |path: &std::path::Path| path.metadata().map(|meta| meta.dev()).ok();
    (device(folder.path()) != device(&std::env::temp_dir())).then_some(folder)
}

#[test]
#[cfg(unix)]
fn an_output_on_another_file_system_is_written_all_the_same() {
    let Some(elsewhere) = elsewhere() else {
        eprintln!("there is no other file system: nothing was tested");
        return;
    };
    let project = Project::nowhere();
    fill(&project, 0);
    project.build(&["-q"]);
    let output = elsewhere.path().join("site");
    let output = output.to_str().unwrap();
    for _ in 0..2 {
        project.build(&["-q", "-o", output]);
        assert_eq!(project.files(output), project.files("public"));
    }
    // A killed build leaves its files in the output there; the next one removes them.
    std::fs::create_dir_all(format!("{output}/.xianfeng-new/stories")).unwrap();
    fill(&project, 1);
    project.build(&["-q"]);
    project.build(&["-q", "-o", output]);
    assert_eq!(project.files(output), project.files("public"));
    assert!(!project.has(&format!("{output}/.xianfeng-new")));
}
