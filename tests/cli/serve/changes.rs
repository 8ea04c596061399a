//! Changes: whatever happens to the files, the newest good campaign is what is shown.

use std::sync::atomic::{AtomicBool, Ordering};
use std::{fs, thread};

use xianfeng::value::address::Address;
use xxhash_rust::xxh3::xxh3_128;

use super::live::{Answer, Live};
use super::serve;
use crate::project::Project;

const A: &str = "/stories/2026/a/";

fn text(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-03-18\nkind: news\n---\n{body}\n")
}

#[test]
fn what_is_saved_is_shown() {
    let project = Project::small();
    let live = serve(&project);
    assert!(live.get(A).has("甲的正文"));
    project.write("content/stories/a.md", text("甲", "改过的正文。"));
    live.until(A, |page| page.has("改过的正文"));
    project.story("new", "新的一篇");
    live.until("/news/", |page| page.has("新的一篇"));
    project.remove("content/stories/new.md");
    live.until("/news/", |page| !page.has("新的一篇"));
    live.until("/stories/2026/new/", |page| page.status == 404);
    // A folder that was not there when watching began, and one in it.
    project.write("content/stories/2027/deep/down/index.md", text("深处", "![图](图.svg)"));
    project.write("content/stories/2027/deep/down/图.svg", "<svg/>");
    live.until("/stories/2026/down/%E5%9B%BE.svg", |picture| picture.has("<svg/>"));
    project.write("content/stories/2027/deep/down/图.svg", "<svg width='1'/>");
    live.until("/stories/2026/down/%E5%9B%BE.svg", |picture| picture.has("width"));
}

#[test]
fn an_editor_that_saves_by_renaming_is_followed() {
    let project = Project::small();
    let live = serve(&project);
    let path = project.path("content/stories/a.md");
    for round in 0..4 {
        // As several editors do: a backup, a hidden new file, one name for the other.
        let (backup, new) = (path.with_extension("md~"), path.with_file_name(".a.md.swp"));
        fs::write(project.path("content/stories/4913"), "").unwrap();
        fs::remove_file(project.path("content/stories/4913")).unwrap();
        fs::write(&new, text("甲", &format!("第{round}次保存。"))).unwrap();
        fs::rename(&path, &backup).unwrap();
        fs::rename(&new, &path).unwrap();
        fs::remove_file(&backup).unwrap();
        live.until(A, |page| page.has(&format!("第{round}次保存")));
    }
    assert_eq!(live.err(), "");
}

#[test]
fn a_folder_that_is_deleted_and_restored_is_followed() {
    let project = Project::small();
    let live = serve(&project);
    let away = project.path("away");
    for (round, folder) in ["content/stories", "content", "content"].into_iter().enumerate() {
        // Moved away and back …
        fs::rename(project.path(folder), &away).unwrap();
        match folder {
            "content" => live.until("/", |_| live.err().contains("project-missing")),
            _ => live.until("/news/", |page| !page.has("甲")),
        };
        fs::rename(&away, project.path(folder)).unwrap();
        project.write("content/stories/a.md", text("甲", &format!("回来{round}。")));
        live.until(A, |page| page.has(&format!("回来{round}")));
        // … and removed and written anew.
        let files = project.files(folder);
        project.remove(folder);
        for (path, bytes) in files {
            project.write(&format!("{folder}/{path}"), bytes);
        }
        project.write("content/stories/a.md", text("甲", &format!("重写{round}。")));
        live.until(A, |page| page.has(&format!("重写{round}")));
        // It is still watched.
        project.write("content/stories/b.md", text("乙", &format!("再改{round}。")));
        live.until("/stories/2026/b/", |page| page.has(&format!("再改{round}")));
    }
}

/// Only what changed is looked at again, so this does to files whatever can be done to them.
#[test]
fn after_every_change_the_site_is_the_one_that_would_be_built() {
    let project = Project::small();
    let live = serve(&project);
    let path = |name: &str| project.path(&format!("content/{name}"));
    let rename = |old: &str, new: &str| fs::rename(path(old), path(new)).unwrap();
    let picture = "![图](图.svg)";
    let changes: &[(&str, &dyn Fn())] = &[
        ("a folder, and a file that sorts before what is in it", &|| {
            project.write("content/stories/e/index.md", text("戊", picture));
            project.write("content/stories/e/图.svg", "<svg/>");
            project.write("content/stories/e-b.md", text("戊乙", "戊乙的正文。"));
        }),
        ("another picture", &|| {
            project.write("content/stories/e/图.svg", "<svg id='x'/>");
        }),
        ("a folder renamed", &|| rename("stories/e", "stories/c")),
        ("a file renamed", &|| rename("stories/a.md", "stories/d.md")),
        ("only in letter case", &|| rename("stories/d.md", "stories/D.md")),
        ("a file becomes a folder", &|| {
            project.remove("content/stories/D.md");
            project.write("content/stories/D.md/index.md", text("丁", "丁的正文。"));
        }),
        ("and a file again", &|| {
            project.remove("content/stories/D.md");
            project.write("content/stories/D.md", text("丁二", "丁二的正文。"));
        }),
        ("a folder moved away, a file below it changed and back", &|| {
            fs::rename(path("stories/c"), project.path("away")).unwrap();
            project.write("away/index.md", text("丙", picture));
            fs::rename(project.path("away"), path("stories/c")).unwrap();
        }),
        ("a picture of nobody", &|| {
            project.write("content/stories/旧图.svg", "<svg/>");
        }),
        ("a static file", &|| {
            project.write("content/static/x/y.txt", "y");
        }),
        ("a word of the theme", &|| {
            project.write("themes/xianfeng/strings/zh-CN.yaml", "notes: 脚注\n");
        }),
        ("the theme gone", &|| {
            project.remove("themes");
        }),
        ("a folder gone", &|| {
            project.remove("content/stories/c");
        }),
        #[cfg(unix)]
        ("a link, which is not followed", &|| {
            fs::create_dir(project.path("there")).unwrap();
            std::os::unix::fs::symlink(project.path("there"), path("stories/link")).unwrap();
            project.write("there/x.md", text("外", "外面的正文。"));
        }),
        #[cfg(unix)]
        ("changed behind the link", &|| {
            project.write("there/x.md", text("外二", "二。"));
        }),
        #[cfg(unix)]
        ("a folder in place of the link", &|| {
            fs::remove_file(path("stories/link")).unwrap();
            fs::rename(project.path("there"), path("stories/link")).unwrap();
        }),
    ];
    for (round, (what, change)) in changes.iter().enumerate() {
        change();
        project.story("last", &format!("第{round}次改动"));
        let last = |page: &Answer| page.has(&format!("第{round}次改动"));
        live.until("/stories/2026/last/", last);
        let base_url = live.url("/");
        project.build(&["--drafts", "--base-url", &base_url, "-o", "built"]);
        for (path, bytes) in project.files("built") {
            let same = |answer: &Answer| match answer.header("xianfeng-page") {
                "" => answer.body == bytes,
                digest => digest == format!("{:032x}", xxh3_128(&bytes)),
            };
            if !path.starts_with('.') {
                let address = Address::of_file(&path).encoded().into_owned();
                live.until(&format!("/{address}"), same);
            }
        }
        for gone in ["x", "c", "d", "e"].map(|slug| format!("stories/2026/{slug}/")) {
            let is_there = project.has(&format!("built/{gone}index.html"));
            let status = if is_there { 200 } else { 404 };
            assert_eq!(live.get(&format!("/{gone}")).status, status, "{what}: {gone}");
        }
    }
}

#[test]
fn a_thousand_files_changed_at_once_are_one_change() {
    let project = Project::small();
    for i in 0..1000 {
        project.story(&format!("s{i}"), &format!("旧题{i}"));
    }
    let live = serve(&project);
    assert!(live.get("/stories/2026/s999/").has("旧题999"));
    for i in 0..1000 {
        project.story(&format!("s{i}"), &format!("新题{i}"));
    }
    for i in [0, 500, 999] {
        live.until(&format!("/stories/2026/s{i}/"), |page| page.has(&format!("新题{i}")));
    }
    live.until("/news/", |page| !page.has("旧题"));
    live.says(" ms\n");
    // On a slow machine it may be a few.
    let lines = live.out().lines().filter(|line| line.starts_with("content/")).count();
    assert!((1..20).contains(&lines), "{}", live.out());
}

#[test]
fn a_save_that_changes_nothing_is_no_change() {
    let project = Project::small();
    let live = serve(&project);
    let mut events = live.events();
    let first = events.next();
    let same = project.read("content/stories/a.md");
    project.save("content/stories/a.md", &same);
    project
        .write("content/.hidden", "x")
        .write("content/stories/_notes.md", "x")
        .write("public/x", "x");
    // What is heard next is a real change, directly after the first.
    project.story("b", "真的改了");
    let next = events.next();
    assert_eq!(next["after"], first["version"]);
    assert_eq!(next["effect"], "pages");
    live.says("content/stories/b.md");
    assert!(!live.out().contains("a.md"), "{}", live.out());
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_leaves_the_page_as_it_was() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let project = Project::small();
    let mode = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let mut command = project.program(&["serve", "--lang", "en", "-p", "0"]);
    // Root reads everything, so it lets nobody serve.
    if fs::metadata(project.root()).unwrap().uid() == 0 {
        let program = project.path("xianfeng");
        fs::copy(env!("CARGO_BIN_EXE_xianfeng"), &program).unwrap();
        mode(project.root().parent().unwrap(), 0o755);
        command = std::process::Command::new(program);
        command
            .args(["serve", "--lang", "en", "-p", "0"])
            .current_dir(project.root())
            .uid(65534)
            .gid(65534);
    }
    let live = Live::start(command);
    let path = project.path("content/stories/a.md");
    mode(&path, 0o000);
    let mut events = live.events();
    let state = std::iter::repeat_with(|| events.next())
        .find(|state| state["problems"] != serde_json::json!([]));
    let problem = &state.unwrap()["problems"][0];
    assert_eq!(problem["code"], "io");
    assert!(problem["path"].as_str().unwrap().contains("a.md"), "{problem}");
    assert!(live.get(A).has("甲的正文"));
    mode(&path, 0o644);
    assert_eq!(events.next()["problems"], serde_json::json!([]));
    project.story("a", "又能读了");
    live.until(A, |page| page.has("又能读了"));
}

#[test]
fn a_mistake_takes_nothing_away_but_itself() {
    let project = Project::small();
    let live = serve(&project);
    let mut events = live.events();
    events.next();
    let (home, story) = (live.get("/"), live.get(A));
    let digest = |page: &Answer| page.header("xianfeng-page").to_string();
    let good = |path: &str| project.read(path);
    let template = "themes/xianfeng/templates/story.html";
    project.save(template, include_str!("../../../themes/xianfeng/templates/story.html"));
    events.next();
    for (path, bad, code) in [
        ("content/site.yaml", "title: [坏\n", "yaml-bracket-open"),
        ("content/site.yaml", "titel: 坏\n", "field-missing"),
        (template, "{% if %}", "template-tag-open"),
        (template, "{% extends \"no.html\" %}", "template-missing"),
    ] {
        let before = good(path);
        project.save(path, bad);
        let state = events.next();
        let problems = state["problems"].as_array().unwrap();
        assert!(problems.iter().any(|problem| problem["code"] == code), "{path}: {state}");
        // What stands in for the file is what it was, so every page is.
        for (path, page) in [("/", &home), (A, &story)] {
            assert_eq!(digest(&live.get(path)), digest(page), "{path} after {code}");
        }
        live.until("/", |_| live.err().contains(code));
        project.save(path, before);
        let mended = events.next();
        assert_eq!(mended["problems"], serde_json::json!([]), "{path}");
    }
    // A story with a mistake is shown as far as it goes, and says what is wrong; so is all else.
    let wrong = "---\ntitle: 改了\ndate: 2026-03-18\nkind: news\ncover: 无.jpg\n---\n新的正文。\n";
    project.save("content/stories/a.md", wrong);
    let page = live.until(A, |page| page.has("新的正文"));
    assert_eq!(page.status, 200);
    assert!(page.has("id=\"xianfeng-notice\"") && page.has("picture"), "{}", page.text());
    assert!(live.get("/").has("改了") && !live.get("/").has("xianfeng-notice"));
    // What cannot be read at all says so at its address, and is missing from lists.
    project.save("content/stories/a.md", "没有稿件信息\n");
    let page = live.until(A, |page| page.status == 500);
    assert!(page.has("front-matter-missing"), "{}", page.text());
    assert_eq!(live.get("/news/").status, 200);
    assert!(!live.get("/news/").has("改了"));
    project.story("a", "最后一次");
    live.until(A, |page| page.has("最后一次"));
    live.says("errors fixed");
}

#[test]
fn a_page_that_cannot_be_rendered_says_why() {
    let project = Project::small();
    let live = serve(&project);
    let page = project.path("themes/xianfeng/templates/page.html");
    project.write("content/pages/about.md", "---\ntitle: 关于\n---\n正文。\n");
    live.until("/about/", |page| page.status == 200);
    // A theme folder that was not there, with a template that fails when it is used.
    project.write("themes/xianfeng/templates/page.html", "{{ page.crumbs[7].name }}\n");
    let failed = live.until("/about/", |page| page.status == 500);
    assert!(failed.has("template-failed") && failed.has("page.html"), "{}", failed.text());
    assert_eq!(live.get(A).status, 200);
    // What the server says is read by another thread.
    live.until("/about/", |_| live.err().contains("error[template-failed]"));
    assert_eq!(live.err().matches("error[template-failed]").count(), 1, "{}", live.err());
    fs::remove_file(page).unwrap();
    live.until("/about/", |page| page.has("正文"));
}

#[test]
fn a_server_started_with_mistakes_shows_the_rest() {
    let project = Project::small();
    project.bad_story("c");
    project.write("content/units.yaml", "- name：坏\n");
    project.write("content/stories/2025/d.md", "坏");
    project.write("themes/xianfeng/templates/story.html", "{% if %}");
    let live = serve(&project);
    assert!(live.get(A).has("甲的正文"));
    // With the gap of its date, which is not one.
    assert!(live.get("/").has("date to be filled in") || live.get("/").has("日期待填"));
    for address in ["/stories/2025/d/", "/stories/2026/d/"] {
        assert_eq!(live.get(address).status, 500, "{address}");
        assert!(live.get(address).has("front-matter-missing"));
    }
    for said in
        ["note[preview-stand-in]", "error[yaml-colon-fullwidth]", "error[template-tag-open]"]
    {
        assert!(live.err().contains(said), "{}", live.err());
    }
    project.remove("content/stories/2025/d.md");
    project.remove("content/units.yaml");
    project.remove("themes/xianfeng/templates/story.html");
    let mut events = live.events();
    std::iter::repeat_with(|| events.next()).find(|state| state["errors"] == 1);
    project.story("c", "改好了");
    assert_eq!(events.next()["problems"], serde_json::json!([]));
    assert!(live.get(A).has("甲的正文") && live.get("/stories/2026/c/").has("改好了"));
}

#[test]
fn events_say_what_an_open_page_has_to_do() {
    let project = Project::small();
    project.save("content/static/own.css", "a{}").write("content/static/own.png", "png");
    let live = serve(&project);
    let mut events = live.events();
    let mut version = events.next()["version"].clone();
    let mut heard = |path: &str, text: &str| {
        project.save(path, text);
        let event = events.next();
        assert_eq!(event["after"], version, "{path}");
        version = event["version"].clone();
        (event["effect"].as_str().unwrap().to_string(), event["styles"].to_string())
    };
    let none = || "[]".to_string();
    assert_eq!(heard("content/stories/a.md", &text("甲", "改")), ("pages".into(), none()));
    assert_eq!(heard("content/site.yaml", "title: 改\n"), ("pages".into(), none()));
    assert_eq!(heard("content/static/own.css", "b{}"), ("styles".into(), "[\"/own.css\"]".into()));
    assert_eq!(
        heard("themes/xianfeng/assets/style.css", "b{}"),
        ("styles".into(), "[\"/assets/style.css\"]".into())
    );
    assert_eq!(heard("content/static/own.png", "gnp"), ("everything".into(), none()));
    assert_eq!(heard("themes/xianfeng/assets/new.js", "1"), ("everything".into(), none()));
}

#[test]
fn every_page_is_of_one_edition_while_editions_change() {
    let project = Project::small();
    let write = |edition: usize| {
        project.write("content/site.yaml", format!("title: 第{edition}版专栏\n"));
    };
    write(0);
    let live = serve(&project);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let readers: Vec<_> = (0..4)
            .map(|i| {
                let (live, done) = (&live, &done);
                scope.spawn(move || {
                    let mut seen = std::collections::BTreeSet::new();
                    while !done.load(Ordering::Relaxed) {
                        let page = live.get(["/", A, "/news/", "/archive/"][i]);
                        let text = page.text();
                        assert_eq!(page.status, 200, "{text}");
                        assert!(text.trim_end().ends_with("</html>"), "{text}");
                        let editions: std::collections::BTreeSet<&str> = text
                            .split('第')
                            .skip(1)
                            .filter_map(|rest| rest.split_once("版专栏"))
                            .map(|(n, _)| n)
                            .collect();
                        assert_eq!(editions.len(), 1, "{text}");
                        seen.extend(editions.into_iter().map(str::to_string));
                    }
                    seen.len()
                })
            })
            .collect();
        for edition in 1..=12 {
            write(edition);
            live.until("/", |page| page.has(&format!("第{edition}版专栏")));
        }
        done.store(true, Ordering::Relaxed);
        for reader in readers {
            assert!(reader.join().unwrap() > 1, "it saw no change");
        }
    });
}

#[test]
fn drafts_and_stories_that_are_not_due_are_shown_with_a_mark() {
    let project = Project::small();
    let with =
        |line: &str| format!("---\ntitle: 稿\ndate: 2026-03-18\nkind: news\n{line}\n---\n正文。\n");
    project.write("content/stories/draft.md", with("draft: true"));
    project.write("content/stories/future.md", with("publish_at: 2999-01-01"));
    project.write("content/stories/past.md", with("expire_at: 2020-01-01"));
    let live = serve(&project);
    for story in ["draft", "future"] {
        let page = live.get(&format!("/stories/2026/{story}/"));
        assert_eq!(page.status, 200, "{story}");
        assert!(page.has("flag-draft"), "{story}: {}", page.text());
    }
    assert!(!live.get(A).has("flag-draft"));
    assert_eq!(live.get("/stories/2026/past/").status, 404);
}
