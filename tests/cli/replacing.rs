//! Files that are replaced while others read and write them.

use std::fs;
use std::io::Write;

use xianfeng::base::atomic::{Durable, replace};
use xianfeng::base::fault::Fault;

use crate::project::Project;

/// Replaces the file with many times the same byte.
fn write(project: &Project, byte: u8) {
    let place = project.path("folder/file");
    replace(&place, Durable::No, |out| {
        let piece = [byte; 1000];
        for _ in 0..50 {
            out.write_all(&piece).map_err(|error| Fault::write(&place, error))?;
        }
        Ok::<(), Fault>(())
    })
    .unwrap();
}

#[test]
fn whoever_reads_finds_one_whole_file() {
    let project = Project::nowhere();
    write(&project, 0);
    std::thread::scope(|scope| {
        let project = &project;
        let write = |byte| scope.spawn(move || (0..50).for_each(|_| write(project, byte)));
        let writers: Vec<_> = (1..5).map(write).collect();
        while !writers.iter().all(|writer| writer.is_finished()) {
            let bytes = fs::read(project.path("folder/file")).unwrap();
            assert_eq!(bytes.len(), 50_000);
            assert!(bytes.iter().all(|byte| *byte == bytes[0]), "two writers in one file");
        }
    });
    assert_eq!(project.files("folder").len(), 1, "nothing but the file is left");
}

#[test]
fn what_fails_changes_nothing() {
    let project = Project::nowhere();
    write(&project, 7);
    let before = project.files("folder");
    let place = project.path("folder/file");
    let failed = replace(&place, Durable::Yes, |out| {
        let half = out.write_all(b"half").and_then(|()| out.flush());
        half.map_err(|error| Fault::write(&place, error))?;
        Err::<(), _>(Fault::read(&place, std::io::ErrorKind::NotFound.into()))
    });
    assert!(failed.is_err());
    assert_eq!(project.files("folder"), before);
    fs::create_dir(project.path("folder/taken")).unwrap();
    for name in ["folder/taken", "folder/file/below", "folder/.."] {
        let made = replace(&project.path(name), Durable::No, |_| Ok::<(), Fault>(()));
        assert!(made.is_err(), "{name}");
    }
    assert_eq!(project.files("folder"), before);
}
