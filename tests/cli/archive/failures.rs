//! Whatever goes wrong, nothing half-made stands under the bag's name.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{LEDGER, campaign, case};
use crate::project::{Project, Ran};

/// A campaign whose bag takes a while.
fn large() -> Project {
    let project = campaign();
    for i in 0..12 {
        project.write(&format!("content/static/files/{i:02}.bin"), vec![i; 400_000]);
    }
    project
}

#[test]
#[cfg(unix)]
fn a_full_disk_leaves_nothing() {
    let project = large();
    // A limit of the size of one file fails in the middle of one, as a full disk does.
    let script = "trap '' XFSZ; ulimit -f 300; exec \"$0\" \"$@\"";
    let program = project.program(&[]).get_program().to_owned();
    let output = std::process::Command::new("sh")
        .current_dir(project.root())
        .args(["-c", script])
        .arg(program)
        .args(["archive", "-o", "deep/er/bag", "--lang", "en", "--now", "2026-12-01"])
        .output()
        .unwrap();
    Ran::of(output).fails(1, "error[io]: cannot write");
    assert!(!project.has("deep"), "the folders that were made for it go too");
    assert!(!project.has(LEDGER));
    project.archive(&["-o", "deep/er/bag"]);
}

#[test]
fn a_picture_that_is_deleted_half_way_leaves_nothing() {
    let project = large();
    let (staging, picture) =
        (project.path(".bag.xianfeng-new"), project.path("content/static/files/11.bin"));
    let child = project
        .program(&["archive", "-o", "bag", "--lang", "en", "--jobs", "1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while !staging.exists() {
        assert!(started.elapsed() < Duration::from_secs(60), "nothing was begun");
        std::thread::sleep(Duration::from_millis(1));
    }
    fs::remove_file(picture).unwrap();
    let ran = Ran::of(child.wait_with_output().unwrap());
    ran.fails(1, "error[io]: cannot read");
    ran.fails(1, "11.bin");
    project.has_no_bag("bag");
    assert!(!project.has(LEDGER));
}

#[test]
fn a_place_that_cannot_be_written_to_is_said() {
    let project = campaign();
    project.write("occupied", "a file");
    project.try_archive(&["-o", "occupied/bag"]).fails(1, "error[io]");
    assert!(!project.has(LEDGER));
}

#[test]
#[cfg(unix)]
fn without_its_ledger_a_bag_does_not_get_its_name() {
    use std::os::unix::fs::{PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65534;
    let project = campaign();
    project.archive(&["-o", "first"]);
    project.remove("first").remove(LEDGER).remove(".xianfeng");
    let set = |path, mode| {
        fs::set_permissions(project.path(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    let run = |mode| {
        set("content", mode);
        let mut program = project.program(&["archive", "--lang", "en", "-o", "bag"]);
        // No right keeps root from writing, so root runs the program as somebody else.
        if chown(project.path("content"), Some(NOBODY), None).is_ok() {
            program.uid(NOBODY);
        }
        Ran::of(program.output().unwrap())
    };
    // The folder in which the project's lies is the temporary folder of this test.
    set("..", 0o755);
    set("", 0o777);
    run(0o555).fails(1, "error[io]: cannot write “./content/archive-ledger.yaml”");
    project.has_no_bag("bag");
    assert_eq!(run(0o755).code, 0);
    assert!(project.has("bag") && project.has(LEDGER));
}

#[test]
fn a_run_that_is_killed_leaves_the_old_bag_or_the_new_one_whole() {
    let project = large();
    let started = Instant::now();
    project.archive(&["-o", "bag"]);
    let took = started.elapsed();
    for round in 0..8u32 {
        let name = format!("content/stories/2026/s{round}.md");
        project.write(&name, case("member", &format!("第{round}篇"), "2026-08-01"));
        let mut child = project
            .program(&["archive", "-o", "bag", "--force", "-q", "--now", "2026-12-01"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(took * (round * 13 + 8) / 100);
        let _ = child.kill();
        child.wait().unwrap();
        assert_eq!(project.verify("bag").code, 0, "whole in round {round}");
    }
    project.archive(&["-o", "bag", "--force"]);
    assert_eq!(project.verify("bag").code, 0);
    let left = fs::read_dir(project.root()).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with(".bag")), "{left:?}");
}

#[test]
fn an_old_bag_that_was_aside_when_a_run_was_killed_is_not_lost() {
    let project = campaign();
    project.archive(&["-o", "bag"]);
    let before = project.files("bag");
    fs::rename(project.path("bag"), project.path(".bag.xianfeng-old")).unwrap();
    project.try_archive(&["-o", "bag"]).fails(1, "error[archive-exists]");
    assert_eq!(project.files(".bag.xianfeng-old"), before);
    project.archive(&["-o", "bag", "--force"]);
    assert_eq!(project.files("bag"), before);
    assert!(!project.has(".bag.xianfeng-old"));
}

#[test]
fn two_runs_at_the_same_time_do_not_number_the_same_stories() {
    let project = campaign();
    project.archive(&["-o", "bag"]);
    let lock = fs::File::create(project.path(".xianfeng/archive-lock")).unwrap();
    lock.lock().unwrap();
    project.try_archive(&["-o", "second"]).fails(1, "error[archive-busy]");
    project.has_no_bag("second");
}

#[test]
fn a_page_that_cannot_be_rendered_leaves_nothing() {
    let project = campaign();
    project.write("themes/xianfeng/templates/news.html", "{{ nothing.at.all }}");
    project.try_archive(&["-o", "bag"]).fails(1, "error[template-");
    project.has_no_bag("bag");
    assert!(!project.has(LEDGER));
}
