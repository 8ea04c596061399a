//! Bags that somebody made to do harm.

use std::fs;
use std::io::Write;
use std::time::{Duration, Instant};

use super::campaign;
use crate::project::{Project, Ran};

fn foreign(manifest: &str) -> Project {
    let project = Project::nowhere();
    project
        .write("b/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        .write("b/data/a.txt", "abc")
        .write("secret.txt", "abc")
        .write("b/manifest-md5.txt", manifest);
    project
}

#[test]
fn paths_that_lead_out_are_refused_and_nothing_is_read_there() {
    let md5 = "900150983cd24fb0d6963f7d28e17f72";
    for path in [
        "../secret.txt",
        "data/../../secret.txt",
        "data\\..\\..\\secret.txt",
        "/etc/hostname",
        "C:\\secret.txt",
        "c:secret.txt",
        "~/secret.txt",
        "\\\\server\\share",
        "data/a\u{0}.txt",
        "data//a.txt",
    ] {
        let project = foreign(&format!("{md5}  data/a.txt\n{md5}  {path}\n"));
        let ran = project.verify("b");
        ran.fails(1, "line 2");
        ran.fails(1, "error[bag-path-unsafe]");
        assert!(!ran.err.contains("bag-file-missing"), "{}", ran.err);
    }
}

#[test]
fn lines_that_are_none_are_said_with_their_number() {
    for line in ["nonsense", "zz  data/a.txt", "\u{FF}", &"a".repeat(100_000), "900150983c  "] {
        foreign(&format!("{line}\n")).verify("b").fails(1, "error[bag-manifest-line]");
    }
    let project = foreign("");
    project.write("b/manifest-md5.txt", b"\xFF\xFE\n");
    project.verify("b").fails(1, "error[bag-manifest-line]");
    foreign("00  bagit.txt\n").verify("b").fails(1, "error[bag-path-side]");
    let twice = "900150983cd24fb0d6963f7d28e17f72  data/a.txt\n";
    foreign(&twice.repeat(2)).verify("b").fails(1, "error[bag-path-twice]");
    let project = foreign("900150983cd24fb0d6963f7d28e17f72  data/a.txt\n");
    project.write("b/manifest-crc32.txt", "00  data/a.txt\n");
    let ran = project.verify("b");
    assert!(ran.code == 0 && ran.err.contains("warning[bag-algorithm]"), "{ran:?}");
}

#[test]
fn the_complaints_that_are_kept_are_the_same_at_every_run() {
    let md5 = "00000000000000000000000000000000";
    let names: Vec<String> = (0..300).map(|i| format!("data/{i:03}.txt")).collect();
    let lines: String = names.iter().map(|name| format!("{md5}  {name}\n")).collect();
    let project = foreign(&format!("{md5}  data/a.txt\n{lines}"));
    for name in &names {
        project.write(&format!("b/{name}"), "changed");
    }
    let said = project.verify("b").err;
    assert!(said.contains("199.txt: error[bag-file-changed]"), "{said}");
    assert!(!said.contains("200.txt"), "{said}");
    assert_eq!(project.verify("b").err, said);
}

#[test]
#[cfg(unix)]
fn links_are_not_followed() {
    let project = foreign("900150983cd24fb0d6963f7d28e17f72  data/link.txt\n");
    std::os::unix::fs::symlink(project.path("secret.txt"), project.path("b/data/link.txt"))
        .unwrap();
    std::os::unix::fs::symlink("/", project.path("b/data/root")).unwrap();
    let ran = project.verify("b");
    ran.fails(1, "b/data/link.txt: error[bag-link]");
    ran.fails(1, "b/data/root: error[bag-link]");
    ran.fails(1, "b/data/link.txt: error[bag-file-missing]");
}

/// Runs `verify` in 400 MB of memory, within a time that only a run without end exceeds.
#[cfg(unix)]
fn bounded(project: &Project, bag: &str) -> Ran {
    let program = project.program(&[]).get_program().to_owned();
    let started = Instant::now();
    let output = std::process::Command::new("sh")
        .current_dir(project.root())
        .args(["-c", "ulimit -v 400000; exec \"$0\" \"$@\""])
        .arg(program)
        .args(["archive", "verify", bag, "--lang", "en", "--jobs", "2"])
        .output()
        .unwrap();
    assert!(started.elapsed() < Duration::from_secs(600));
    Ran::of(output)
}

#[test]
#[cfg(unix)]
fn a_manifest_of_a_million_lines_is_read_in_bounded_room() {
    let project = foreign("");
    let mut lines = String::new();
    for i in 0..1_000_000 {
        lines.push_str(&format!("900150983cd24fb0d6963f7d28e17f72  data/{i:060}.txt\n"));
    }
    project.write("b/manifest-md5.txt", lines);
    let ran = bounded(&project, "b");
    ran.fails(1, "error[bag-file-missing]");
    ran.fails(1, "there are 999800 more of bag-file-missing");
    assert!(ran.err.len() < 200_000, "{} bytes of messages", ran.err.len());
}

#[test]
#[cfg(unix)]
fn a_zip_bomb_is_not_unpacked() {
    let project = campaign();
    project.archive(&["-o", "bag"]);
    let path = project.path("bag/data/文件目录.xlsx");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    zip.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let nothing = vec![b' '; 1 << 20];
    (0..120).for_each(|_| zip.write_all(&nothing).unwrap());
    zip.finish().unwrap();
    assert!(fs::metadata(&path).unwrap().len() < 500_000);
    bounded(&project, "bag").fails(1, "unpacks to far more than it should");
}

#[test]
fn a_book_whose_parts_would_land_elsewhere_is_refused() {
    let project = campaign();
    project.archive(&["-o", "bag"]);
    let mut zip =
        zip::ZipWriter::new(fs::File::create(project.path("bag/data/其他/x.epub")).unwrap());
    zip.start_file("../../evil", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"x").unwrap();
    zip.finish().unwrap();
    let ran = project.verify("bag");
    ran.fails(1, "x.epub: error[bag-zip]");
    ran.fails(1, "leads elsewhere");
}

#[test]
fn a_message_shows_only_so_much_of_a_name() {
    let path = format!("data/{}", "很长".repeat(6_000));
    let ran = foreign(&format!("900150983cd24fb0d6963f7d28e17f72  {path}\n")).verify("b");
    ran.fails(1, "error[bag-manifest-line]");
    let path = format!("data/{}/../x", "很长".repeat(4_000));
    let ran = foreign(&format!("900150983cd24fb0d6963f7d28e17f72  {path}\n")).verify("b");
    ran.fails(1, "error[bag-path-unsafe]");
    assert!(ran.err.len() < 3_000, "{}", ran.err.len());
}
