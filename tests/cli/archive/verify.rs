//! What is wrong with a bag, found and said.

use std::fs;

use super::{BRANCH, MEMBER, campaign, reseal};
use crate::project::Project;

fn bagged() -> Project {
    let project = campaign();
    project.archive(&["-o", "bag"]);
    project
}

/// Runs `verify` on the bag after `change`; it must fail with all of these.
#[track_caller]
fn finds(change: impl FnOnce(&Project), wanted: &[&str]) {
    let project = bagged();
    change(&project);
    let ran = project.verify("bag");
    for wanted in wanted {
        ran.fails(1, wanted);
    }
}

#[test]
fn a_whole_bag_is_whole() {
    let ran = bagged().verify("bag");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("The bag bag is complete: 2 items"), "{}", ran.out);
    assert_eq!(ran.err, "");
}

#[test]
fn one_byte_changed() {
    finds(
        |project| {
            let path = format!("bag/{BRANCH}/图 一.png");
            let mut bytes = fs::read(project.path(&path)).unwrap();
            bytes[3] ^= 1;
            project.write(&path, bytes);
        },
        &["图 一.png: error[bag-file-changed]"],
    );
}

#[test]
fn one_file_removed_and_one_added() {
    finds(
        |project| {
            project.remove(&format!("bag/{MEMBER}/source.md"));
            project.write("bag/data/其他/Thumbs.db", "x");
        },
        &[
            "source.md: error[bag-file-missing]",
            "Thumbs.db: error[bag-file-extra]",
            "error[bag-oxum]",
        ],
    );
}

#[test]
fn a_file_put_beside_the_payload_is_a_warning() {
    let project = bagged();
    project.write("bag/notes.txt", "x");
    let ran = project.verify("bag");
    assert!(ran.code == 0 && ran.err.contains("warning[bag-tag-file-extra]"), "{ran:?}");
    let strict = project.run(&["archive", "verify", "bag", "--strict"]);
    assert_eq!(strict.code, 3);
}

#[test]
fn every_manifest_must_list_every_file() {
    finds(
        |project| {
            let manifest = project.read("bag/manifest-sha512.txt");
            let lines: Vec<&str> = manifest.lines().collect();
            project.write("bag/manifest-sha512.txt", lines[1..].join("\n"));
        },
        &["error[bag-file-half-listed]", "manifest-sha512.txt: error[bag-file-changed]"],
    );
}

#[test]
fn catalogue_and_items_must_be_the_same() {
    let change = |path: String, from: &'static str, to: &'static str| {
        move |project: &Project| {
            let before = project.read(&path);
            assert!(before.contains(from), "{path} has no {from}");
            project.write(&path, before.replacen(from, to, 1));
            reseal(&project.path("bag"));
        }
    };
    let record = || format!("bag/{MEMBER}/metadata.xml");
    let catalogue = || "bag/data/文件目录.XML".to_string();
    finds(change(record(), "<题名>甲", "<题名>丙"), &["error[bag-record-differs]", "题名"]);
    finds(change(record(), "<件数>1<", "<件数>0<"), &["error[bag-xml-mismatch]", "件数"]);
    finds(change(record(), "</形式特征>", ""), &["error[bag-xml-broken]"]);
    finds(change(record(), "<密级>公开", "<密级>秘密"), &["error[bag-xml-mismatch]"]);
    finds(
        change(record(), "<?xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><?xml"),
        &["error[bag-xml-broken]"],
    );
    finds(change(catalogue(), "甲事迹", "丙事迹"), &["bag-record-differs", "bag-copy-differs"]);
    finds(change(catalogue(), "2026-Y", "2027-Y"), &["error[bag-record-differs]"]);
    finds(
        change(catalogue(), "电子档案/2026", "电子档案/../../2026"),
        &["error[bag-folder-wrong]", "error[bag-item-unlisted]"],
    );
    finds(change("bag/data/文件目录.csv".into(), "甲", "丙"), &["csv: error[bag-copy-differs]"]);
    finds(
        |project| {
            project.write("bag/data/电子档案/2026/优秀党员事迹/X/source.md", "x");
            project.remove(&format!("bag/{BRANCH}/表.csv"));
            reseal(&project.path("bag"));
        },
        &["error[bag-item-unlisted]", "error[bag-record-differs]", "表.csv"],
    );
}

#[test]
fn a_book_or_web_archive_that_is_damaged() {
    finds(
        |project| {
            project.write("bag/data/其他/汇编.epub", "no zip");
            project.write("bag/data/其他/site.warc.gz", "no gzip");
            project.write("bag/data/文件目录.xlsx", "no zip");
            reseal(&project.path("bag"));
        },
        &[
            "汇编.epub: error[bag-zip]",
            "site.warc.gz: error[bag-warc]",
            "文件目录.xlsx: error[bag-zip]",
        ],
    );
}

#[test]
fn what_is_no_bag() {
    let project = bagged();
    project.write("papers/x.txt", "x");
    project.verify("papers").fails(1, "error[bag-none]");
    project.verify("nowhere").fails(1, "error[io]");
    project
        .run(&["archive", "verify", "--lang", "en"])
        .fails(2, "BAG is missing: xianfeng archive verify BAG");
    project.remove("bag/manifest-sha256.txt").remove("bag/manifest-sha512.txt");
    project.verify("bag").fails(1, "error[bag-no-manifest]");
}

#[test]
fn what_is_to_be_fetched_is_said() {
    finds(
        |project| {
            project.write("bag/fetch.txt", "https://example.cn/x 12 data/x\n");
        },
        &["error[bag-fetch]"],
    );
}

#[test]
fn bags_of_other_tools_are_verified_as_bags() {
    let project = Project::nowhere();
    // 0.97: one manifest is enough, and it may be of MD5; marks and line ends of Windows.
    project
        .write("b/bagit.txt", "BagIt-Version: 0.97\r\nTag-File-Character-Encoding: UTF-8\r\n")
        .write("b/bag-info.txt", "Source-Organization: A\r\n  and B\r\nPayload-Oxum: 5.2\r\n")
        .write("b/data/a b%.txt", "abc")
        .write("b/data/c.txt", "de")
        .write("b/manifest-md5.txt", "900150983CD24FB0D6963F7D28E17F72 *data/a b%.txt\r\n")
        .write("b/manifest-sha1.txt", "600ccd1b71569232d01d110bc63e906beab04d8c  data/c.txt\r\n");
    let ran = project.verify("b");
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.out.contains("Another program made it"), "{}", ran.out);
    project.write("b/manifest-sha1.txt", "600ccd1b71569232d01d110bc63e906beab04d8d  data/c.txt\n");
    project.verify("b").fails(1, "b/data/c.txt: error[bag-file-changed]");
    project.write("b/bagit.txt", "BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n");
    project.verify("b").fails(1, "error[bag-declaration]");
}

#[test]
fn a_bag_has_as_many_files_whoever_counts_them() {
    let project = campaign();
    let count = |text: &str| -> usize {
        let (before, _) = text.split_once(" files,").unwrap();
        before.rsplit(' ').next().unwrap().parse().unwrap()
    };
    let made = count(&project.archive(&["-o", "bag"]).out);
    assert_eq!(count(&project.verify("bag").out), made);
    let payload = project.files("bag").into_keys().filter(|path| path.starts_with("data/"));
    assert_eq!(payload.count(), made);
}
