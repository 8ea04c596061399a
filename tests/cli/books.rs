//! `book`: the file, and what happens to the one that was there before.

use std::fs;

use xianfeng::base::atomic::{Durable, replace};
use xianfeng::model::selection::Selection;
use xianfeng::output::book::{Book, epub};
use xianfeng::pipeline::{Options, prepare};
use xianfeng::value::moment::{Moment, default_zone};

use crate::project::{Project, Ran};

fn book(project: &Project, more: &[&str]) -> Ran {
    project.run(&[&["book", "--lang", "en", "--now", "2026-06-01"], more].concat())
}

/// The files of the project's own folder.
fn names(project: &Project) -> Vec<String> {
    let entries = fs::read_dir(project.root()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn both_forms_have_their_names() {
    let project = Project::small();
    let ran = book(&project, &[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("Bound “测试专栏” as book.epub: 2 stories; "), "{ran:?}");
    assert_eq!(book(&project, &["--format", "html"]).code, 0);
    assert_eq!(names(&project), ["book.epub", "book.html", "content"]);
    // The name says the form, too.
    assert_eq!(book(&project, &["-o", "out/甲.html", "--title", "书名"]).code, 0);
    assert!(project.read("out/甲.html").contains("<title>书名</title>"));
    let ran = book(&project, &["-o", "x.epub", "--format", "html"]);
    ran.fails(2, "differ");
}

#[test]
fn the_shape_of_messages_is_chosen_beside_the_form() {
    let project = Project::small();
    project.bad_story("x");
    for formats in [["--format=html", "--format=json"], ["--format=json", "--format=html"]] {
        let ran = book(&project, &formats);
        ran.fails(1, "\"code\":\"date-impossible\"");
        let ran = book(&project, &[formats[0], formats[1], "--nonsense"]);
        ran.fails(2, "\"code\":\"usage\"");
    }
    book(&project, &["--format", "pdf"]).fails(2, "epub, html, human or json");
    project.try_build(&["--format", "html"]).fails(2, "it must be human or json");
    assert_eq!(names(&project), ["content"]);
}

#[test]
fn stories_are_chosen() {
    let project = Project::small();
    project.write(
        "content/stories/c.md",
        "---\ntitle: 丙\ndate: 2025-03-18\nkind: branch\nunit: 某支部\nfocal_points: [民生]\n---\n正文\n",
    );
    let count = |more: &[&str]| {
        let ran = book(&project, more);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.out.split(": ").nth(1).unwrap().split(';').next().unwrap().to_string()
    };
    assert_eq!(count(&["--year", "2026"]), "2 stories");
    assert_eq!(count(&["--year", "2025，2026年"]), "3 stories");
    assert_eq!(count(&["--kind", "branch,member"]), "1 story");
    assert_eq!(count(&["--focal-point", "livelihood"]), "1 story");
    assert_eq!(count(&["--focal-point=抓好民生", "--year=2025", "--kind=支部"]), "1 story");
    book(&project, &["--focal-point", "livelyhood"]).fails(1, "did you mean “livelihood”?");
    book(&project, &["--year", "1999"]).fails(1, "error[selection-empty]");
    book(&project, &["--year", "去年"]).fails(2, "--year takes a year");
    book(&project, &["--kind", "新闻"]).fails(2, "“新闻” is not a kind of story");
    book(&project, &["--title", " "]).fails(2, "the title is empty");
}

#[test]
fn a_book_replaces_only_a_book() {
    for name in ["book.epub", "book.html"] {
        let project = Project::small();
        assert_eq!(book(&project, &["-o", name]).code, 0);
        let before = fs::read(project.path(name)).unwrap();
        project.story("c", "丙");
        assert_eq!(book(&project, &["-o", name]).code, 0);
        let after = fs::read(project.path(name)).unwrap();
        assert_ne!(before, after);

        project.write(name, "别人的");
        let ran = book(&project, &["-o", name]);
        ran.fails(1, "error[book-in-the-way]");
        assert!(ran.out.contains("No book was written"), "{ran:?}");
        assert_eq!(project.read(name), "别人的");
        assert_eq!(book(&project, &["-o", name, "--force"]).code, 0);
        assert_eq!(fs::read(project.path(name)).unwrap(), after);
    }
}

#[test]
fn with_errors_the_old_book_stays() {
    let project = Project::small();
    assert_eq!(book(&project, &[]).code, 0);
    let before = fs::read(project.path("book.epub")).unwrap();
    project.bad_story("x");
    book(&project, &[]).fails(1, "error[date-impossible]");
    assert_eq!(fs::read(project.path("book.epub")).unwrap(), before);
}

#[test]
fn warnings_count_under_strict() {
    let project = Project::small();
    project.write(
        "content/stories/p/index.md",
        "---\ntitle: 图\ndate: 2026-03-18\nkind: news\n---\n![图](a.bmp)\n",
    );
    project.write("content/stories/p/a.bmp", b"BM\x1a\0\0\0\0\0\0\0\x1a\0\0\0");
    book(&project, &["--strict"]).fails(3, "warning[picture-left-out]");
    assert!(project.has("book.epub"));
}

#[test]
fn no_book_goes_where_the_sources_are() {
    let project = Project::small();
    for place in ["content/book.epub", "content/stories/x.html", "content/../content/book.epub"] {
        book(&project, &["-o", place]).fails(1, "error[book-in-project]");
    }
    assert_eq!(project.files("content").len(), 3);
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let project = Project::small();
    project.write("folder/x", "").write("file", "");
    book(&project, &["-o", "folder"]).fails(1, "error[io]: cannot write “./folder”");
    book(&project, &["-o", "file/book.epub"]).fails(1, "error[io]");
    assert_eq!(names(&project), ["content", "file", "folder"]);
}

/// A file that is read piece by piece, with random bytes that nothing makes smaller.
fn with_large_picture(project: &Project) {
    // A drawing, which is taken as it is; of other pictures the book has small copies.
    let mut x = 1u32;
    let digits: String = (0..2_000_000)
        .map(|_| {
            x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'0' + (x >> 24) as u8 % 10)
        })
        .collect();
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M{digits} 0\"/></svg>"
    );
    project.write("content/stories/p/a.svg", drawing);
    project.write(
        "content/stories/p/index.md",
        "---\ntitle: 图\ndate: 2026-03-18\nkind: news\n---\n![图](a.svg)\n",
    );
}

#[test]
#[cfg(unix)]
fn a_full_disk_leaves_nothing_half_made() {
    for name in ["book.epub", "book.html"] {
        let project = Project::small();
        assert_eq!(book(&project, &["-o", name]).code, 0);
        let before = fs::read(project.path(name)).unwrap();
        with_large_picture(&project);
        // A file may not grow beyond 400 KB or so: to the program that is a full disk.
        let run = format!(
            "trap '' XFSZ; ulimit -f 800; exec \"$0\" book --lang en --now 2026-06-01 -o {name}"
        );
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &run, env!("CARGO_BIN_EXE_xianfeng")]).current_dir(project.root());
        let ran = Ran::of(command.output().unwrap());
        ran.fails(1, &format!("error[io]: cannot write “./{name}”"));
        assert_eq!(fs::read(project.path(name)).unwrap(), before);
        // What is known of pictures is kept for the next time.
        let there = names(&project);
        let there: Vec<&String> = there.iter().filter(|name| *name != ".xianfeng").collect();
        assert_eq!(there, [name, "content"]);
    }
}

#[test]
fn a_drawing_that_vanishes_half_way_is_in_the_book() {
    let project = Project::small();
    with_large_picture(&project);
    let now = Moment::parse("2026-06-01", default_zone()).unwrap();
    let options = Options { now, ..Options::default() };
    let prepared = prepare(&project.root(), &options).unwrap();
    let all = Selection::default();
    let stories = all.stories(&prepared.site).value;
    let (site, plan, theme) = (&prepared.site, &prepared.plan, &prepared.theme);
    let book = Book::new(site, plan, theme, &all, stories, None).unwrap().value;
    project.remove("content/stories/p/a.svg");
    let place = project.path("book.epub");
    replace(&place, Durable::Yes, |out| epub::write(&book, out, &place, &|| {}).map(drop)).unwrap();
    // It was read with the site; digits at random halve at best.
    assert!(fs::metadata(&place).unwrap().len() > 500_000);
}

#[test]
fn two_may_write_one_book_and_the_last_wins() {
    let project = Project::small();
    let place = project.path("book.epub");
    replace(&place, Durable::Yes, |_| {
        assert_eq!(book(&project, &[]).code, 0);
        assert!(project.has("book.epub"), "the other is done first");
        Ok::<(), xianfeng::base::fault::Fault>(())
    })
    .unwrap();
    assert_eq!(project.read("book.epub"), "");
    assert_eq!(names(&project), ["book.epub", "content"]);
}

#[test]
fn what_a_killed_run_has_left_goes_with_the_next() {
    let project = Project::small();
    project.write(".xianfeng-4711-0.new", "halb").write(".xianfeng-mine", "theirs");
    assert_eq!(book(&project, &[]).code, 0);
    assert_eq!(names(&project), [".xianfeng-mine", "book.epub", "content"]);
}

#[test]
fn the_same_bytes_every_time() {
    let project = Project::small();
    for name in ["book.epub", "book.html"] {
        assert_eq!(book(&project, &["-o", name]).code, 0);
        let before = fs::read(project.path(name)).unwrap();
        project.remove(name);
        assert_eq!(book(&project, &["-o", name]).code, 0);
        assert_eq!(fs::read(project.path(name)).unwrap(), before);
    }
}

#[test]
fn a_book_is_not_written_under_the_name_of_another_format() {
    let project = crate::project::Project::small();
    for (file, way_out) in
        [("书.pdf", "-o 书.html"), ("书.DOCX", "-o 书.html"), ("书.txt", "以 .epub 或 .html 结尾")]
    {
        project.run(&["book", "-o", file, "--lang", "zh"]).fails(2, way_out);
        assert!(!project.has(file), "{file}");
    }
}
