//! Pictures on the disk: copies are made once, and kept.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, SystemTime};

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use xianfeng::film::FilmHeader;
use xianfeng::picture::pixels::Pixels;
use xianfeng::picture::{Header, encode};
use xianfeng::pipeline::{Destination, Options, Progress, build};
use xianfeng::value::moment::{Moment, default_zone};

use crate::project::{Project, Ran};

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

/// Builds as the program does, and tells of its progress.
fn build_watched(project: &Project, tell: &(dyn Fn(Progress) + Sync)) -> Result<bool, String> {
    let target = Destination {
        output: Path::new("public"),
        force: false,
        verify: false,
        listing: false,
        time: SystemTime::now(),
        stopwatch: None,
    };
    let now = Moment::parse("2026-06-01", default_zone()).unwrap();
    let options = Options { now, ..Options::default() };
    match build(&project.root(), target, &options, tell) {
        Ok(report) => match report.fault {
            None => Ok(report.tally.is_some()),
            Some(fault) => Err(fault.to_string()),
        },
        Err(fault) => Err(fault.to_string()),
    }
}

#[test]
fn a_picture_that_changes_or_vanishes_during_a_build_leaves_the_old_site() {
    for (vanishes, message) in [(false, "changed"), (true, "No such file")] {
        let project = project(90);
        project.build(&[]);
        let site = project.files("public");
        put(&project, 150);
        let told = build_watched(&project, &|step| {
            if matches!(step, Progress::Pictures(_)) {
                match vanishes {
                    true => project.remove("content/stories/c/桥.jpg"),
                    false => project.write("content/stories/c/桥.jpg", photograph(700, 7)),
                };
            }
        });
        let told = told.unwrap_err();
        assert!(told.contains(message) && told.contains("桥.jpg"), "{told}");
        assert!(project.files("public") == site);
    }
}

#[test]
fn progress_counts_pictures_first_and_then_files() {
    let project = project(90);
    let steps = Mutex::new(Vec::new());
    let watched = || {
        steps.lock().unwrap().clear();
        assert_eq!(build_watched(&project, &|step| steps.lock().unwrap().push(step)), Ok(true));
        steps.lock().unwrap().clone()
    };
    let all = watched();
    assert_eq!(all[..2], [Progress::Pictures(1), Progress::Done]);
    let Progress::Total(files) = all[2] else { panic!("{:?}", all[2]) };
    assert_eq!(all[3..].len(), files);
    // Of what is there no pixel is read.
    project.story("a", "改了");
    assert!(!watched().iter().any(|step| matches!(step, Progress::Pictures(_))));
}

#[test]
#[cfg(unix)]
fn a_disk_that_fills_leaves_the_old_site_and_no_copy_that_is_not_whole() {
    let project = project(90);
    project.build(&[]);
    let site = project.files("public");
    let mut noise = Pixels::black(640, 480, 3);
    let mut seed = 1_u32;
    for byte in &mut noise.bytes {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = (seed >> 24) as u8;
    }
    let noise = encode::jpeg(&noise, 85).unwrap();
    project.write("content/stories/c/桥.jpg", &noise);
    // No file may grow beyond 100 KB or so: to the program that is a full disk.
    let run = "trap '' XFSZ; ulimit -f 200; exec \"$0\" build --lang en --now 2026-06-01";
    let mut command = Command::new("sh");
    command.args(["-c", run, env!("CARGO_BIN_EXE_xianfeng")]).current_dir(project.root());
    Ran::of(command.output().unwrap()).fails(1, "error[io]: cannot write");
    assert!(project.files("public") == site);
    for (name, bytes) in store(&project) {
        assert!(Header::read(&bytes[..bytes.len() - 16], "").is_ok(), "{name}");
    }
    project.build(&[]);
    assert!(project.files("public") != site);
}

/// A film that is larger than what is held is read as it is written, and says as little.
#[test]
fn a_large_film_says_nothing_besides() {
    let project = Project::small();
    let boxed = |name: &[u8; 4], content: &[u8]| {
        [&(content.len() as u32 + 8).to_be_bytes()[..], name, content].concat()
    };
    let place = boxed(b"udta", &boxed(b"\xA9xyz", b"\0\x12\x15\xC7+31.2300+121.4700/"));
    let ftyp = boxed(b"ftyp", b"isom\0\0\0\0");
    let mdat = boxed(b"mdat", &vec![7; 65 << 20]);
    let film = [ftyp, mdat, boxed(b"moov", &place)].concat();
    project.write("content/stories/c/a.mp4", &film);
    let text = "---\ntitle: 丙\ndate: 2026-03-20\nkind: news\n---\n[录像](a.mp4)\n";
    project.write("content/stories/c/index.md", text);
    for _ in 0..2 {
        project.build(&[]);
        let public = project.files("public");
        let published = &public["stories/2026/c/a.mp4"];
        assert_eq!(published.len(), film.len());
        assert!(published[..film.len() - 60] == film[..film.len() - 60]);
        assert!(!published.windows(6).any(|window| window == b"+31.23"));
        assert!(!public.keys().any(|path| path.ends_with('~')));
    }
}

#[test]
fn nothing_private_is_in_the_whole_sample() {
    let project = Project::nowhere();
    let output = project.path("public");
    let arguments = ["-r", env!("CARGO_MANIFEST_DIR"), "build", "--now", "2026-06-01", "-o"];
    let ran = project.run(&[&arguments[..], &[output.to_str().unwrap()]].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    let public = project.files("public");
    let mut seen = [0; 2];
    for (name, bytes) in &public {
        let extension = name.rsplit('.').next().unwrap();
        let picture = Header::read(bytes, extension).ok();
        let film = FilmHeader::read(bytes.len() as u64, &mut |at, most| {
            let rest = bytes.get(at as usize..)?;
            Some(rest[..most.min(rest.len())].to_vec())
        });
        seen[0] += usize::from(picture.is_some());
        seen[1] += usize::from(film.is_some());
        assert!(!picture.is_some_and(|header| header.private.any()), "{name}");
        assert!(film.is_none_or(|film| film.notes.is_empty() && !film.place), "{name}");
    }
    assert!(seen[0] > 20 && seen[1] > 0, "{seen:?}");
    // A program of others looks, too, where it is there.
    let mut exiftool = Command::new("exiftool");
    exiftool.args(["-r", "-a", "-G1", "-s", "-ext", "jpg", "-ext", "webp", "-ext", "png", "-ext"]);
    exiftool.args(["svg", "-ext", "webm", "-ext", "mp4"]).arg(project.path("public"));
    let Ok(output) = exiftool.output() else {
        eprintln!("exiftool is not here: only our own reader has looked");
        return;
    };
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("[JFIF]") && told.contains("[Matroska]"), "{told}");
    for line in told.lines().filter(|line| line.starts_with('[')) {
        let group = &line[1..line.find(']').unwrap()];
        let says =
            ["IFD0", "ExifIFD", "GPS", "IPTC", "Photoshop", "MakerNotes", "Comment", "UserData"];
        let is_private = says.contains(&group) || group.starts_with("XMP");
        assert!(!is_private && !line.contains("Comment  "), "{line}");
    }
}
