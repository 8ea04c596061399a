//! `deploy`: to folders here, to servers in the rooms below.

#[cfg(feature = "deploy")]
mod proxy;
mod reached;
#[cfg(target_os = "linux")]
mod room;
mod servers;
#[cfg(feature = "deploy")]
mod storage;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::project::{Project, Ran};

const NOW: [&str; 4] = ["--lang", "zh", "--now", "2026-06-01"];

pub fn deploy(project: &Project, words: &[&str]) -> Ran {
    project.run(&[&["deploy"], words, &NOW].concat())
}

#[track_caller]
pub fn deployed(project: &Project, words: &[&str]) -> Ran {
    let ran = deploy(project, words);
    assert_eq!(ran.code, 0, "{ran:?}");
    ran
}

/// Waits until something is so, however slow the machine is; fails if it does not come.
#[track_caller]
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = std::time::Instant::now();
    while !is_so() {
        assert!(begun.elapsed().as_secs() < 300, "waited in vain until {what}");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}

/// Gives a campaign its usual target.
pub fn retarget(project: &Project, target: &str) {
    let text = format!(
        "title: 渡口专栏\nbase_url: https://www.example.cn/du/\ndeploy:\n  default: {target}\n"
    );
    project.write("content/site.yaml", text);
}

/// A campaign that goes to a folder beside it, and that folder.
fn beside() -> (Project, PathBuf) {
    let project = Project::small();
    let stick = project.root().parent().unwrap().join("优盘");
    std::fs::create_dir_all(&stick).unwrap();
    retarget(&project, &format!("file://{}/site", stick.display()));
    (project, stick.join("site"))
}

/// The files of the site at a folder, without our notes.
fn files(project: &Project, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = project.files(folder);
    files.retain(|path, _| !path.starts_with(".xianfeng"));
    files
}

/// Fails unless two folders hold the same files.
#[track_caller]
pub fn same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    let (names, others): (Vec<_>, Vec<_>) = (one.keys().collect(), other.keys().collect());
    assert_eq!(names, others);
    let differ: Vec<_> = one.iter().filter(|(path, bytes)| other[*path] != **bytes).collect();
    assert!(differ.is_empty(), "{:?}", differ.iter().map(|(path, _)| path).collect::<Vec<_>>());
}

/// Fails unless the stick holds what was built.
#[track_caller]
fn arrived(project: &Project) {
    same(&files(project, THERE), &files(project, "public"));
}

const THERE: &str = "../优盘/site";

#[test]
fn a_folder_gets_what_differs() {
    let (project, _) = beside();
    let listed = deployed(&project, &["--dry-run"]);
    assert!(listed.out.contains("新增  stories/2026/a/index.html"), "{}", listed.out);
    assert!(!project.has(THERE), "a dry run sends nothing");
    let first = deployed(&project, &[]);
    assert!(first.out.contains("已部署到“default”"), "{}", first.out);
    arrived(&project);
    let again = deployed(&project, &[]);
    assert!(again.out.contains("已经是最新的") && again.err.is_empty(), "{again:?}");

    project.story("a", "甲改了").story("c", "丙");
    let ran = deployed(&project, &["--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let paths = |key: &str| -> Vec<String> {
        let list = told[key].as_array().unwrap().iter();
        list.map(|path| path.as_str().unwrap().to_string()).collect()
    };
    assert!(paths("new").contains(&"stories/2026/c/index.html".into()), "{told}");
    assert!(paths("changed").contains(&"stories/2026/a/index.html".into()), "{told}");
    assert!(!paths("changed").iter().any(|path| path.contains("style")), "{told}");
    let purge = paths("purge");
    assert!(purge.contains(&"https://www.example.cn/du/stories/2026/a/".into()), "{told}");
    assert!(!purge.iter().any(|address| address.ends_with("/c/")), "{told}");
    // What the search has no more is removed by the next one.
    deployed(&project, &[]);
    arrived(&project);
}

#[test]
fn what_is_gone_stays_for_one_deploy() {
    let (project, _) = beside();
    project.story("c", "丙");
    deployed(&project, &[]);
    project.remove("content/stories/c.md");
    let ran = deployed(&project, &[]);
    assert!(ran.out.contains("留到下一次 deploy 再删"), "{}", ran.out);
    let page = "../优盘/site/stories/2026/c/index.html";
    assert!(project.has(page));
    let ran = deployed(&project, &[]);
    assert!(!project.has(page) && !project.has("../优盘/site/stories/2026/c"), "{}", ran.out);
    arrived(&project);
    // What comes back before it is removed is there.
    project.remove("content/stories/b.md");
    deployed(&project, &[]);
    project.story("b", "乙");
    deployed(&project, &[]);
    deployed(&project, &[]);
    arrived(&project);
    assert!(deployed(&project, &[]).out.contains("已经是最新的"));
}

#[test]
fn most_of_a_site_is_not_removed_unasked() {
    let (project, _) = beside();
    for name in ["c", "d", "e", "f", "g", "h", "i", "j", "k", "l"] {
        project.story(name, name);
    }
    deployed(&project, &[]);
    let before = project.files(THERE);
    for name in ["a", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"] {
        project.remove(&format!("content/stories/{name}.md"));
    }
    deploy(&project, &[]).fails(1, "error[deploy-shrinks]");
    same(&project.files(THERE), &before);
    deployed(&project, &["--yes"]);
    deployed(&project, &[]);
    arrived(&project);
}

#[test]
fn files_of_others_are_never_touched() {
    let (project, stick) = beside();
    std::fs::create_dir_all(&stick).unwrap();
    project.write("../优盘/site/账本.xlsx", "别人的");
    deploy(&project, &[]).fails(1, "error[deploy-not-ours]").fails(1, "账本.xlsx");
    assert_eq!(project.files(THERE).len(), 1);
    deployed(&project, &["--force"]);
    // One in the place of a page is told before anything is sent.
    project.write("../优盘/site/stories/2026/c/index.html", "别人的");
    project.story("c", "丙").story("a", "改了");
    let before = project.files(THERE);
    deploy(&project, &["--force"]).fails(1, "error[deploy-file-foreign]");
    same(&project.files(THERE), &before);
    project.remove("../优盘/site/stories/2026/c/index.html");
    deployed(&project, &[]);
    deployed(&project, &["--verify"]);
    assert_eq!(project.read("../优盘/site/账本.xlsx"), "别人的");
}

/// A folder at the target that leads elsewhere is of somebody else.
#[cfg(unix)]
#[test]
fn nothing_goes_through_a_link_out_of_the_target() {
    let (project, stick) = beside();
    project.write("../别处/账本.xlsx", "别人的");
    std::fs::create_dir_all(&stick).unwrap();
    std::os::unix::fs::symlink(project.path("../别处"), stick.join("stories")).unwrap();
    deploy(&project, &["--force"]).fails(1, "stories");
    assert_eq!(files(&project, "../别处").len(), 1);
}

#[test]
fn verify_repairs_and_makes_a_lost_list_anew() {
    let (project, _) = beside();
    deployed(&project, &[]);
    project.write("../优盘/site/index.html", "坏了").remove("../优盘/site/feed.xml");
    assert!(deployed(&project, &[]).out.contains("已经是最新的"), "only the list is read");
    let ran = deployed(&project, &["--verify"]);
    assert!(
        ran.err.contains("2 个文件少了或不一样，重新上传：feed.xml、index.html"),
        "{}",
        ran.err
    );
    arrived(&project);
    let ran = deployed(&project, &["--verify"]);
    assert!(ran.err.contains("没有发现问题") && ran.out.contains("已经是最新的"), "{ran:?}");

    project.write("../优盘/site/.xianfeng-deploy", "坏了");
    deploy(&project, &[]).fails(1, "error[deploy-manifest-damaged]").fails(1, "--verify");
    deployed(&project, &["--verify"]);
    assert!(deployed(&project, &[]).out.contains("已经是最新的"));
    // Of what the site no longer has nobody knows then: it is named, and stays.
    project.write("../优盘/site/stories/2026/z/index.html", "撤下了");
    project.write("../优盘/site/.xianfeng-deploy", "坏了");
    let ran = deployed(&project, &["--verify"]);
    assert!(ran.err.contains("deploy-strangers") && ran.err.contains("2026/z/"), "{}", ran.err);
    project.remove("../优盘/site/stories/2026/z/index.html");
    // A list that is gone: what has our very bytes is ours.
    project.remove("../优盘/site/.xianfeng-deploy");
    deploy(&project, &[]).fails(1, "deploy-not-ours");
    deployed(&project, &["--force"]);
    assert!(deployed(&project, &[]).out.contains("已经是最新的"));
}

/// A list that is gone, and pages that have changed since: only the user knows whose they are.
#[test]
fn a_site_whose_list_was_lost_is_taken_over_when_somebody_says_so() {
    let (project, _) = beside();
    deployed(&project, &[]);
    project.write("../优盘/site/账本.xlsx", "别人的").remove("../优盘/site/.xianfeng-deploy");
    project.story("a", "甲改了").story("c", "丙");
    let before = project.files(THERE);
    for words in [&[][..], &["--verify"]] {
        deploy(&project, words)
            .fails(1, "error[deploy-not-ours]")
            .fails(1, "xianfeng deploy --force --verify");
    }
    deploy(&project, &["--force"])
        .fails(1, "error[deploy-file-foreign]")
        .fails(1, "xianfeng deploy --force --verify");
    same(&project.files(THERE), &before);
    let ran = deployed(&project, &["--force", "--verify"]);
    assert!(ran.err.contains("note[deploy-list-remade]"), "{}", ran.err);
    assert!(!ran.err.contains("没有发现问题"), "{}", ran.err);
    // Of what the site had and has no more nobody knows: it is told, and stays.
    assert!(ran.err.contains("note[deploy-strangers]"), "{}", ran.err);
    assert!(deployed(&project, &[]).out.contains("已经是最新的"));
    assert_eq!(project.read("../优盘/site/账本.xlsx"), "别人的");
    let mut there = files(&project, THERE);
    let here = files(&project, "public");
    there.retain(|path, _| here.contains_key(path));
    same(&there, &here);
}

/// Whoever only deploys is told what a build tells, in the same words, also if nothing has changed.
#[test]
fn what_a_build_tells_a_deploy_tells_too() {
    let (project, _) = beside();
    // A scan of which no copy without the place can be made.
    let mut scan = b"II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x25\x88\x04\0".to_vec();
    scan.extend([0; 17]);
    // A film of which nothing can be taken out: three packets, each with its time before it.
    let packets = [&b"\0\0\0\0G"[..], &[0; 187]].concat().repeat(3);
    project.write("content/static/扫描.tif", scan).write("content/static/片.mts", packets).write(
        "content/stories/gao.md",
        "---\ntitle: 半成品\ndate: 2026-03-01\nkind: news\ndraft: true\n---\n没写完。\n",
    );
    let built = project.run(&[&["build"], &NOW[..]].concat());
    for code in ["warning[file-place]", "warning[film-notes]"] {
        assert!(built.err.contains(code), "{}", built.err);
    }
    for words in [&["--dry-run"][..], &[], &[]] {
        let ran = deployed(&project, words);
        assert_eq!(ran.err, built.err);
        assert!(ran.out.contains("有 1 篇草稿没有发布"), "{}", ran.out);
    }
    deploy(&project, &["--strict"]).fails(3, "warning[file-place]");
}

#[test]
fn drafts_and_errors_never_go_out() {
    let (project, _) = beside();
    project.write(
        "content/stories/gao.md",
        "---\ntitle: 半成品\ndate: 2026-03-01\nkind: news\ndraft: true\n---\n没写完。\n",
    );
    project.build(&["--drafts"]);
    project.write("public/自己的.txt", "不是网站的");
    deployed(&project, &[]);
    let sent = files(&project, THERE);
    let wrong = |path: &&String| path.contains("gao") || path.contains("自己");
    assert_eq!(sent.keys().find(wrong), None);
    project.bad_story("huai");
    project.story("a", "改了");
    deploy(&project, &[]).fails(1, "date-impossible");
    same(&files(&project, THERE), &sent);
}

#[test]
fn targets_that_cannot_be_are_refused() {
    let (project, _) = beside();
    let refused = |target: &str, code: &str| {
        retarget(&project, target);
        let ran = deploy(&project, &[]);
        ran.fails(1, code);
        assert!(!project.has("public"), "{target}: nothing is built");
        ran
    };
    let root = project.root().display().to_string();
    for inside in ["", "/content/static", "/public/x", "/.xianfeng/x"] {
        refused(&format!("file://{root}{inside}"), "error[deploy-in-project]");
    }
    refused(&format!("file://{root}/../没插/上/的盘"), "deploy-to-wrong");
    refused("file:///没插上/的盘/网站", "error[deploy-place-missing]");
    refused("file:///media/../etc", "error[deploy-to-wrong]");
    refused("oss://tong/qian", "对象存储都写 s3://");
    refused("/media/usb", "deploy-to-wrong");
    refused("{endpoint: https://oss.example.cn}", "to");
    refused("{to: s3://tong, endpoint: oss.example.cn}", "error[deploy-endpoint-wrong]");
    // No message repeats a secret, not even by showing its line.
    for (target, code) in [
        ("sftp://wang:hunter2@www.example.cn/srv/site", "deploy-to-wrong"),
        ("{to: s3://tong, endpoint: 'https://a:hunter2@oss.example.cn'}", "deploy-endpoint-wrong"),
        ("{to: s3://tong, access_key_secret: hunter2}", "error[key-secret]"),
        ("{to: s3://tong, 密码: hunter2}", "error[key-secret]"),
    ] {
        let ran = refused(target, code);
        assert!(!format!("{ran:?}").contains("hunter2"), "{ran:?}");
    }
    // Only what an object storage serves is compressed by who sends it.
    for target in [
        "{to: 'file:///media/usb/site', compress: true}",
        "{目标地址: 'webdavs://dav.example.cn/du', 压缩: true}",
        "{to: 'sftp://wang@www.example.cn/srv/du', compress: true}",
    ] {
        let ran = refused(target, "error[deploy-compress-elsewhere]");
        let at = target.find("compress").or(target.find("压缩")).unwrap();
        let column = "  default: ".len() + target[..at].chars().count() + 1;
        ran.fails(1, &format!("content/site.yaml:4:{column}: "));
    }
    deploy(&project, &["甲", "乙"]).fails(2, "乙");
    #[cfg(not(feature = "deploy"))]
    refused("s3://tong/qian", "--features deploy");
}

#[test]
fn targets_have_names() {
    let (project, stick) = beside();
    let two = format!(
        "title: 专栏\ndeploy:\n  优盘: file://{0}/a\n  备份: {{to: 'file://{0}/b'}}\n",
        stick.parent().unwrap().display()
    );
    project.write("content/site.yaml", &two);
    deploy(&project, &[]).fails(1, "error[deploy-target-unsaid]");
    deploy(&project, &["优"]).fails(1, "error[deploy-target-unknown]");
    deployed(&project, &["备份", "--relative"]);
    assert!(project.has("../优盘/b/index.html") && !project.has("../优盘/a"));
    project.write("content/site.yaml", "title: 专栏\n");
    deploy(&project, &[]).fails(1, "error[deploy-target-missing]");
}

#[test]
fn addresses_to_purge_are_listed() {
    let (project, _) = beside();
    deployed(&project, &["--purge-list", "刷新.txt"]);
    assert_eq!(project.read("刷新.txt"), "");
    project.remove("content/stories/b.md").story("a", "改了");
    deployed(&project, &["--purge-list", "刷新.txt"]);
    let list = project.read("刷新.txt");
    for address in ["", "stories/2026/a/", "stories/2026/b/", "feed.xml"] {
        assert!(
            list.lines().any(|line| line == format!("https://www.example.cn/du/{address}")),
            "{list}"
        );
    }
    project.write("笔记.txt", "自己的\n");
    deploy(&project, &["--purge-list", "笔记.txt"]).fails(1, "purge-list-in-the-way");
    deploy(&project, &["--purge-list", "content/x.txt"]).fails(1, "purge-list-in-the-way");
}

#[test]
fn a_deploy_at_work_keeps_others_out_and_a_killed_one_is_taken_over() {
    let (project, _) = beside();
    // Enough to be killed in the middle.
    for n in 0..30 {
        project.write(&format!("content/static/大/{n}.bin"), vec![n as u8; 400_000]);
    }
    project.build(&["-u", "https://www.example.cn/du/"]);
    let mut killed = project.program(&[&["deploy"], &NOW[..]].concat()).spawn().unwrap();
    let staging = "../优盘/site/.xianfeng-deploy.new";
    // On a fast machine it may have ended before anybody looked.
    until("files are sent", || project.has(staging) || killed.try_wait().unwrap().is_some());
    killed.kill().unwrap();
    killed.wait().unwrap();
    if project.has(staging) {
        let ran = deployed(&project, &["--dry-run"]);
        assert!(ran.err.contains("note[deploy-goes-on]"), "{ran:?}");
    }
    let ran = deployed(&project, &[]);
    assert!(ran.out.contains("已部署") || ran.out.contains("已经是最新的"), "{ran:?}");
    arrived(&project);
    assert!(!project.has(staging));
    assert!(deployed(&project, &[]).out.contains("已经是最新的"));
}

#[test]
fn keys_lie_in_a_file_that_nobody_else_reads() {
    let (project, _) = beside();
    let stick = "file:///dev/shm";
    retarget(&project, &format!("{{to: '{stick}', secrets: ../钥匙.txt}}"));
    deploy(&project, &[]).fails(1, "error[deploy-secret-file]").fails(1, "没有这个文件");
    project.write("../钥匙.txt", "AWS_SECRET_ACCESS_KEY=hunter2\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let key = project.path("../钥匙.txt");
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
        let ran = deploy(&project, &[]);
        ran.fails(1, "chmod 600");
        assert!(!ran.err.contains("hunter2"), "{ran:?}");
    }
    project.write("content/static/钥匙.txt", "A=1\n");
    retarget(&project, &format!("{{to: '{stick}', secrets: content/static/钥匙.txt}}"));
    deploy(&project, &[]).fails(1, "会和网站一起发布");
}
