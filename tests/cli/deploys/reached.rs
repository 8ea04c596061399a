//! Folders of other machines: WebDAV and SFTP by servers of rclone's, rsync by a shell that stays here.

use std::fs;
use std::path::Path;
use std::process::Command;

#[cfg(unix)]
use super::servers::NOBODY;
use super::servers::Server;
use super::{NOW, retarget, same};
use crate::project::{Project, Ran};

/// What happens to a site on its way to a folder of another machine, which is `there` for us.
fn goes_its_way(project: &Project, there: &Path, run: &dyn Fn(&[&str]) -> Ran) {
    let deployed = |words: &[&str]| {
        let ran = run(words);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran
    };
    let files = |folder: &Path| {
        let mut files = project.files(folder.to_str().unwrap());
        files.retain(|path, _| !path.starts_with(".xianfeng"));
        files
    };
    let arrived = || same(&files(there), &files(&project.path("public")));
    // Names that shells and patterns would take for something else.
    project
        .write("content/static/附 件/a b [1]*.txt", "一")
        .write("content/static/$x'y\".txt", "二");
    fs::create_dir_all(there.join("别人")).unwrap();
    fs::write(there.join("别人/账本.txt"), "别人的").unwrap();
    run(&[]).fails(1, "error[deploy-not-ours]").fails(1, "账本.txt");
    fs::remove_dir_all(there.join("别人")).unwrap();
    deployed(&[]);
    arrived();
    assert!(deployed(&[]).out.contains("已经是最新的"));
    // The same length within a second.
    project.story("a", "丁").story("c", "丙");
    deployed(&[]);
    project.remove("content/stories/c.md");
    let gone = deployed(&["--yes"]);
    assert!(gone.out.contains("留到下一次"), "{}", gone.out);
    deployed(&[]);
    arrived();
    fs::write(there.join("index.html"), "坏了").unwrap();
    fs::remove_file(there.join("feed.xml")).unwrap();
    let ran = deployed(&["--verify"]);
    assert!(ran.err.contains("重新上传：feed.xml、index.html"), "{}", ran.err);
    arrived();
    fs::create_dir_all(there.join("stories/2026/e")).unwrap();
    fs::write(there.join("stories/2026/e/index.html"), "别人的").unwrap();
    project.story("e", "戊");
    run(&[]).fails(1, "error[deploy-file-foreign]");
    // Nothing is left of what was fetched.
    let left = project.files(".xianfeng");
    assert!(!left.keys().any(|path| path.starts_with("deploy")), "{:?}", left.keys());
}

fn program(project: &Project, words: &[&str]) -> Command {
    let mut command = project.program(&[&["deploy"], words, &NOW].concat());
    command.env_remove("http_proxy").env_remove("HTTP_PROXY").env_remove("all_proxy");
    command
}

#[cfg(feature = "deploy")]
#[test]
fn a_folder_of_webdav() {
    let project = Project::small();
    let there = project.root().parent().unwrap().join("dav");
    fs::create_dir_all(there.join("网站")).unwrap();
    let folder = there.to_str().unwrap();
    let keys = ["--user", "wang", "--pass", "hunter2"];
    let Some(server) = Server::start(&[&["webdav", folder], &keys[..]].concat()) else { return };
    retarget(&project, &format!("webdav://127.0.0.1:{}/网站", server.port));
    let run = |words: &[&str], password: &str| {
        let mut command = program(&project, words);
        command.env("XIANFENG_WEBDAV_USER", "wang").env("XIANFENG_WEBDAV_PASSWORD", password);
        Ran::of(command.output().unwrap())
    };
    let refused = run(&[], "hunter3");
    refused.fails(1, "error[deploy-refused]");
    assert!(!format!("{refused:?}").contains("hunter"), "{refused:?}");
    goes_its_way(&project, &there.join("网站"), &|words| run(words, "hunter2"));
    retarget(&project, &format!("webdav://127.0.0.1:{}/没有/网站", server.port));
    run(&[], "hunter2").fails(1, "error[deploy-place-missing]");
}

#[cfg(feature = "deploy")]
#[test]
fn a_webdav_server_without_room() {
    use super::proxy::{Fault, Proxy};
    let project = Project::small();
    let there = project.root().parent().unwrap().join("dav");
    fs::create_dir_all(&there).unwrap();
    let Some(server) = Server::start(&["webdav", there.to_str().unwrap()]) else { return };
    let run = |port: u16| {
        retarget(&project, &format!("webdav://127.0.0.1:{port}/"));
        Ran::of(program(&project, &[]).output().unwrap())
    };
    for (status, code) in [(507, "error[deploy-full]"), (413, "error[deploy-too-large]")] {
        let proxy = Proxy::before(server.port, move |method, path, _| match (method, path) {
            ("PUT", "/news/index.html") => Fault::Answer(status, "X: y", ""),
            _ => Fault::Nothing,
        });
        let ran = run(proxy.port);
        ran.fails(1, code).fails(1, "“default”").fails(1, &format!("HTTP {status}"));
        assert!(!there.join("index.html").exists(), "the home page is last");
    }
    let ran = run(server.port);
    assert_eq!(ran.code, 0, "{ran:?}");
    let files = |folder: &str| super::files(&project, folder);
    same(&files("../dav"), &files("public"));
}

#[cfg(unix)]
fn script(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Is a program here? Else a word.
#[cfg(unix)]
fn has(name: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {name}")]).output().unwrap();
    if !found.status.success() {
        eprintln!("no {name} here: nothing was tested");
    }
    found.status.success()
}

#[cfg(unix)]
#[test]
fn a_folder_that_sftp_reaches() {
    if !has("sftp") || !has("ssh-keygen") {
        return;
    }
    let project = Project::small();
    let beside = project.root().parent().unwrap().to_path_buf();
    let there = beside.join("sftp");
    fs::create_dir_all(there.join("网站")).unwrap();
    let key = beside.join("key");
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-f", key.to_str().unwrap()])
        .status();
    assert!(made.unwrap().success());
    let known = format!("{}.pub", key.display());
    let folder = there.to_str().unwrap();
    let arguments = ["sftp", folder, "--authorized-keys", &known, "--user", "wang"];
    let Some(server) = Server::start(&arguments) else { return };
    // Who uses it has set up his own ssh.
    let config = format!(
        "IdentityFile {}\nIdentitiesOnly yes\nUserKnownHostsFile /dev/null\nStrictHostKeyChecking no\nLogLevel ERROR\n",
        key.display()
    );
    project.write("../config", config);
    let bin = beside.join("bin");
    fs::create_dir_all(&bin).unwrap();
    let real = Command::new("sh").args(["-c", "command -v sftp"]).output().unwrap().stdout;
    let real = String::from_utf8(real).unwrap();
    let config = beside.join("config");
    script(&bin.join("sftp"), &format!("exec {} -F {} \"$@\"", real.trim(), config.display()));
    retarget(&project, &format!("sftp://wang@127.0.0.1:{}/网站", server.port));
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let run =
        |words: &[&str]| Ran::of(program(&project, words).env("PATH", &path).output().unwrap());
    goes_its_way(&project, &there.join("网站"), &run);
    // Not a folder there, not a host, not a program.
    retarget(&project, &format!("sftp://wang@127.0.0.1:{NOBODY}/网站"));
    run(&[]).fails(1, "error[deploy-unreachable]");
    // What its own ssh says when the key is not known.
    script(&bin.join("sftp"), "echo 'wang@h: Permission denied (publickey).' >&2; exit 255");
    run(&[]).fails(1, "error[deploy-login]").fails(1, "“default”").fails(1, "publickey");
    let nowhere = program(&project, &[]).env("PATH", "/nonexistent").output().unwrap();
    Ran::of(nowhere).fails(1, "error[deploy-program-missing]");
}

#[cfg(unix)]
#[test]
fn a_folder_that_rsync_reaches() {
    if !has("rsync") {
        return;
    }
    let project = Project::small();
    let beside = project.root().parent().unwrap().to_path_buf();
    let there = beside.join("rsync");
    fs::create_dir_all(there.join("网站")).unwrap();
    let bin = beside.join("bin");
    fs::create_dir_all(&bin).unwrap();
    // As ssh: options and the host, then the command, which runs here.
    let shell = "while [ \"$1\" != example ]; do shift; done; shift; exec sh -c \"$*\"";
    script(&bin.join("ssh"), shell);
    let folder = there.join("网站");
    retarget(&project, &format!("rsync://example{}", folder.display()));
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let run =
        |words: &[&str]| Ran::of(program(&project, words).env("PATH", &path).output().unwrap());
    goes_its_way(&project, &folder, &run);
    #[cfg(target_os = "linux")]
    a_server_without_room(&beside, &path);
    script(&bin.join("ssh"), "echo 'ssh: Could not resolve hostname example' >&2; exit 255");
    run(&[]).fails(1, "error[deploy-unreachable]");
}

/// The same way to a disk that is too small.
#[cfg(target_os = "linux")]
fn a_server_without_room(beside: &Path, path: &str) {
    let project = Project::small();
    project.write("content/static/zz/大.bin", vec![7; 700_000]);
    let disk = beside.join("disk");
    fs::create_dir_all(&disk).unwrap();
    retarget(&project, &format!("rsync://example{}/site", disk.display()));
    let Some((full, then)) = super::room::on_a_small_disk(&project, &disk, path) else { return };
    full.fails(1, "error[deploy-full]").fails(1, "“default”").fails(1, "No space left");
    assert_eq!(then.code, 0, "{then:?}");
    let files = |folder: &str| super::files(&project, folder);
    same(&files("../copy/site"), &files("public"));
}
