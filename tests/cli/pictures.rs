//! Pictures on the disk: copies are made once, and kept.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, SystemTime};

use xianfeng::picture::encode;
use xianfeng::picture::pixels::Pixels;

use crate::project::Project;

fn photograph(width: u32, colour: u8) -> Vec<u8> {
    let mut pixels = Pixels::black(width, width / 2, 3);
    let half = pixels.bytes.len() / 2;
    pixels.bytes[half..].fill(colour);
    encode::jpeg(&pixels, 85).unwrap()
}

/// A story with a picture that is as old as if it had been there for long.
fn project(colour: u8) -> Project {
    let project = Project::small();
    let text = "---\ntitle: 丙\ndate: 2026-03-20\nkind: news\n---\n![桥](桥.jpg)\n";
    project.write("content/stories/c/index.md", text);
    put(&project, colour);
    project
}

fn put(project: &Project, colour: u8) {
    project.write("content/stories/c/桥.jpg", photograph(700, colour));
    let file = fs::File::options().append(true).open(project.path("content/stories/c/桥.jpg"));
    file.unwrap().set_modified(SystemTime::now() - Duration::from_secs(u64::from(colour))).unwrap();
}

fn store(project: &Project) -> BTreeMap<String, Vec<u8>> {
    project.files(".xianfeng/pictures")
}

#[test]
fn a_picture_is_coded_once_whatever_happens_to_the_site() {
    let project = project(90);
    project.build(&[]);
    let (site, stored) = (project.files("public"), store(&project));
    assert_eq!(stored.len(), 6, "two widths, two codings, two cards");
    let times = project.times(".xianfeng/pictures");
    // A page that changes does not touch pictures.
    project.story("a", "改了");
    project.build(&[]);
    assert_eq!(project.times(".xianfeng/pictures"), times);
    // Without the site, copies come from the store: a damaged one is made once more.
    project.story("a", "甲").remove("public");
    let name = stored.keys().next().unwrap();
    let mut bytes = stored[name].clone();
    bytes[30] ^= 1;
    project.write(&format!(".xianfeng/pictures/{name}"), bytes);
    project.build(&[]);
    assert!(project.files("public") == site && store(&project) == stored);
    // Without the store they are made again, and are the same.
    project.remove(".xianfeng").remove("public").build(&[]);
    assert!(project.files("public") == site && store(&project) == stored);
}

#[test]
fn another_picture_has_other_names_and_the_old_ones_go() {
    let project = project(90);
    project.build(&[]);
    let names = |project: &Project| -> Vec<String> {
        let files = project.files("public").into_keys();
        files.filter(|name| name.ends_with(".webp")).collect()
    };
    let before = names(&project);
    put(&project, 150);
    project.build(&[]);
    let after = names(&project);
    assert!(before.len() == 2 && after.len() == 2);
    assert!(before.iter().all(|name| !after.contains(name)), "{before:?} {after:?}");
    // And back: nothing is coded anew.
    let stored = store(&project);
    put(&project, 90);
    project.build(&[]);
    assert_eq!(names(&project), before);
    assert!(store(&project) == stored);
}

#[test]
fn one_that_cannot_be_read_leaves_the_old_site() {
    let project = project(90);
    project.build(&[]);
    let site = project.files("public");
    let whole = photograph(700, 20);
    project.write("content/stories/c/桥.jpg", &whole[..whole.len() - 300]);
    project.try_build(&[]).fails(1, "content/stories/c/index.md:6:1: error[picture-cut]");
    assert!(project.files("public") == site);
    project.run(&["check", "--lang", "en"]).fails(1, "error[picture-cut]");
}

#[test]
fn check_writes_no_copies() {
    let project = project(90);
    project.run(&["check"]);
    assert!(!project.has(".xianfeng/pictures"));
}
