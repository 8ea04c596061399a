//! Targets that have no room left.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{NOW, THERE, arrived, beside, deploy, deployed, files, same};
use crate::project::{Project, Ran};

/// More than a small disk holds.
const MUCH: usize = 700_000;

/// Deploys to a disk that is too small and is then made larger: what each run said. `None`, and a
/// word, where nobody may mount anything. What is there in the end is copied beside the project.
pub fn on_a_small_disk(project: &Project, disk: &Path, path: &str) -> Option<(Ran, Ran)> {
    let script = r#"
        mount -t tmpfs -o size=500k none "$DISK" || exit 9
        "$@" >../first.out 2>../first.err; echo $? >../first.code
        mount -o remount,size=20m "$DISK" || exit 9
        "$@" >../second.out 2>../second.err; echo $? >../second.code
        cp -R "$DISK" ../copy"#;
    let program = env!("CARGO_BIN_EXE_xianfeng");
    let arguments = [&["-Urm", "sh", "-c", script, "sh", program, "deploy"], &NOW[..]].concat();
    let mut command = Command::new("unshare");
    command.current_dir(project.root()).args(arguments).env("DISK", disk).env("PATH", path);
    if !command.status().is_ok_and(|status| status.success()) {
        eprintln!("no disk could be mounted here: nothing was tested");
        return None;
    }
    let ran = |name: &str| Ran {
        code: project.read(&format!("../{name}.code")).trim().parse().unwrap(),
        out: project.read(&format!("../{name}.out")),
        err: project.read(&format!("../{name}.err")),
    };
    Some((ran("first"), ran("second")))
}

#[test]
fn a_full_disk_is_named_and_the_next_deploy_goes_on() {
    let (project, stick) = beside();
    project.write("content/static/zz/大.bin", vec![7; MUCH]);
    let path = std::env::var("PATH").unwrap();
    let disk = stick.parent().unwrap();
    let Some((full, then)) = on_a_small_disk(&project, disk, &path) else { return };
    full.fails(1, "error[deploy-full]").fails(1, "“default”的空间用完了").fails(1, "接着做");
    // What had arrived is not sent again.
    assert!(then.code == 0 && !then.out.contains("不变 0 个"), "{then:?}");
    same(&files(&project, "../copy/site"), &files(&project, "public"));
    assert!(!project.has("../copy/site/.xianfeng-deploy.new"));
}

#[test]
fn a_file_that_meets_no_room_is_sent_by_the_next_deploy() {
    let (project, stick) = beside();
    // What is written first ends where nothing more fits.
    let staging = stick.join(".xianfeng-deploy.new");
    fs::create_dir_all(&staging).unwrap();
    std::os::unix::fs::symlink("/dev/full", staging.join("0")).unwrap();
    deploy(&project, &[]).fails(1, "error[deploy-full]").fails(1, "“default”");
    assert!(!project.has("../优盘/site/index.html"), "the home page is last");
    deployed(&project, &[]);
    arrived(&project);
    assert!(!project.has(&format!("{THERE}/.xianfeng-deploy.new")));
    assert!(deployed(&project, &[]).out.contains("已经是最新的"));
}

#[test]
fn a_file_that_is_too_large_for_a_disk_is_named() {
    let (project, _) = beside();
    project.write("content/static/zz/大.bin", vec![7; MUCH]);
    project.build(&["-u", "https://www.example.cn/du/"]);
    // As on a disk with an old file system. The signal would end the program, as kill does.
    let script = r#"trap "" XFSZ; ulimit -f 800; exec "$@""#;
    let program = env!("CARGO_BIN_EXE_xianfeng");
    let arguments = [&["-c", script, "sh", program, "deploy"], &NOW[..]].concat();
    let ran = Command::new("sh").current_dir(project.root()).args(arguments).output().unwrap();
    let ran = Ran::of(ran);
    ran.fails(1, "error[deploy-too-large]").fails(1, "大.bin").fails(1, "exFAT");
    deployed(&project, &[]);
    arrived(&project);
}
