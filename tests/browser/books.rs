//! What is read away from the site: the book, and stories by themselves. Opened by
//! double-click, with nobody to ask.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::json;
use tempfile::TempDir;
use xianfeng::model::StoryId;
use xianfeng::output::alone;
use xianfeng::pipeline::{Options, prepare};
use xianfeng::value::moment::{Moment, default_zone};
use xianfeng::view::Views;

use crate::harness::{Browser, Page, assert_none};

const NOW: &str = "2026-11-01";

fn folder() -> TempDir {
    tempfile::Builder::new().prefix("xianfeng").tempdir().unwrap()
}

fn sample() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample campaign as a book in `folder`.
fn book(folder: &TempDir, name: &str) -> PathBuf {
    let file = folder.path().join(name);
    let mut command = Command::new(env!("CARGO_BIN_EXE_xianfeng"));
    command.arg("-r").arg(sample()).args(["book", "-q", "--now", NOW, "-o"]).arg(&file);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    file
}

/// Opens a file at each width. Everything must be there without a request, and fit.
fn look(page: &Page, file: &Path, widths: &[u32], complaints: &mut Vec<String>) {
    let url = format!("file://{}", file.display());
    let name = file.file_name().unwrap().to_string_lossy();
    for &width in widths {
        page.at_width(width).goto(&url);
        let mut complain = |what: String| complaints.push(format!("{name} at {width}: {what}"));
        page.console_errors().into_iter().for_each(&mut complain);
        let beside = url.rsplit_once('/').unwrap().0;
        let odd = |url: &str| !url.starts_with("data:") && !url.starts_with(beside);
        for request in page.requests() {
            if odd(&request.url) || request.failed.is_some() {
                complain(format!("asked for {:.80}, {:?}", request.url, request.failed));
            }
        }
        let broken: usize =
            page.eval("[...document.images].filter((i) => !(i.complete && i.naturalWidth)).length");
        if broken > 0 {
            complain(format!("{broken} pictures cannot be seen"));
        }
        let over: i64 = page.eval("document.documentElement.scrollWidth - innerWidth");
        if over > 0 {
            complain(format!("{over} px too wide"));
        }
        if let Some(shots) = env::var_os("XIANFENG_SHOTS") {
            page.screenshot(&Path::new(&shots).join(format!("{name}-{width}.png")));
        }
    }
}

#[test]
fn a_story_by_itself_is_whole() {
    let folder = folder();
    let now = Moment::parse(NOW, default_zone()).unwrap();
    let prepared = prepare(sample(), &Options { now, ..Options::default() }).unwrap();
    let views = Views::new(&prepared.site, &prepared.theme.strings);
    let browser = Browser::shared();
    let page = browser.page();
    let mut complaints = Vec::new();
    let mut pictures = 0;
    for id in (0..prepared.site.stories.len() as u32).map(StoryId) {
        let mut bytes = Vec::new();
        let left_out = alone::pour(&views, &prepared.plan, id, &mut |piece| {
            bytes.extend_from_slice(piece);
            Ok(())
        });
        assert!(left_out.unwrap().is_empty());
        let file = folder.path().join(format!("{}.html", prepared.site.story(id).slug));
        fs::write(&file, bytes).unwrap();
        look(&page, &file, &[360, 768, 1440], &mut complaints);
        pictures += page.eval::<usize>("document.images.length");
        let only: Vec<String> = page.requests().into_iter().map(|request| request.url).collect();
        let away = only.iter().filter(|url| !url.starts_with("data:")).count();
        assert_eq!(away, 1, "{only:?}");
    }
    assert_none("stories by themselves", complaints);
    assert!(pictures > 15, "{pictures}");
}

#[test]
fn the_book_to_print_is_one_page_and_prints() {
    let folder = folder();
    let file = book(&folder, "book.html");
    let page = Browser::shared().page();
    let mut complaints = Vec::new();
    look(&page, &file, &[360, 768, 1440], &mut complaints);
    let dead: Vec<String> = page.eval(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map((a) => a.hash)
          .filter((hash) => !document.getElementById(decodeURIComponent(hash.slice(1))))",
    );
    complaints.extend(dead);
    assert_none("the book", complaints);
    let links: usize = page.eval("document.querySelectorAll('.prose a[href^=\"#s\"]').length");
    assert!(links > 10, "stories lead to each other inside the book: {links}");
    let printed = page.call(
        "Page.printToPDF",
        json!({"preferCSSPageSize": true, "transferMode": "ReturnAsStream"}),
    );
    let stream = &printed["stream"];
    let mut pdf = String::new();
    loop {
        let piece = page.call("IO.read", json!({"handle": stream, "size": 1 << 20}));
        pdf.push_str(piece["data"].as_str().unwrap());
        if piece["eof"] == true {
            break;
        }
    }
    assert!(pdf.len() > 100_000, "{}", pdf.len());
    let stories: usize = page.eval("document.querySelectorAll('article.story').length");
    let names: BTreeSet<String> = page
        .eval::<Vec<String>>(
            "[...document.querySelectorAll('.chapter')].map((c) => getComputedStyle(c).page)",
        )
        .into_iter()
        .collect();
    assert_eq!(names.len(), stories, "each story has pages of its own, with its name above");
}

#[test]
fn the_e_book_s_chapters_can_be_read() {
    let folder = folder();
    let file = book(&folder, "book.epub");
    let mut zip = zip::ZipArchive::new(fs::File::open(file).unwrap()).unwrap();
    for i in 0..zip.len() {
        let mut entry = zip.by_index(i).unwrap();
        let path = folder.path().join(entry.enclosed_name().unwrap());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let page = Browser::shared().page();
    let mut complaints = Vec::new();
    let mut seen = 0;
    for entry in fs::read_dir(folder.path().join("EPUB")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "xhtml") {
            look(&page, &path, &[360, 768], &mut complaints);
            seen += 1;
        }
    }
    assert_none("the e-book", complaints);
    assert!(seen > 40, "{seen}");
}
