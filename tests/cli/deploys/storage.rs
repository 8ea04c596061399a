//! Object storage: moto or Ceph, which somebody else wrote, and between it and the program a bad
//! line.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::proxy::{Fault, Proxy, get};
use super::servers::{NOBODY, Server};
use super::{NOW, retarget, until};
use crate::project::{Project, Ran};

/// A campaign that goes to a prefix of the bucket, by way of a port.
fn campaign(prefix: &str, port: u16) -> Project {
    let project = Project::small();
    to(&project, prefix, port);
    project
}

fn to(project: &Project, prefix: &str, port: u16) {
    let target = format!("{{to: 's3://tong/{prefix}', endpoint: 'http://127.0.0.1:{port}'}}");
    retarget(project, &target);
}

fn run(project: &Project, words: &[&str]) -> Ran {
    run_as(project, words, keys())
}

/// The key of the shared storage.
fn keys() -> (&'static str, &'static str) {
    Server::shared().map_or(("any", "any"), |server| (&server.keys.0, &server.keys.1))
}

fn run_as(project: &Project, words: &[&str], (id, secret): (&str, &str)) -> Ran {
    Ran::of(command(project, words, (id, secret)).output().unwrap())
}

fn command(project: &Project, words: &[&str], (id, secret): (&str, &str)) -> Command {
    let mut command = project.program(&[&["deploy"], words, &NOW].concat());
    command.env("AWS_ACCESS_KEY_ID", id).env("AWS_SECRET_ACCESS_KEY", secret);
    command.env_remove("http_proxy").env_remove("HTTP_PROXY").env_remove("all_proxy");
    command
}

#[track_caller]
fn deployed(project: &Project, words: &[&str]) -> Ran {
    let ran = run(project, words);
    assert_eq!(ran.code, 0, "{ran:?}");
    ran
}

/// Fails unless every file of the site is there, with its headers.
#[track_caller]
fn arrived(server: &Server, prefix: &str, project: &Project) {
    for (path, bytes) in project.files("public") {
        if path.starts_with(".xianfeng") {
            continue;
        }
        let (status, head, body) = get(server.port, "GET", &format!("/tong/{prefix}/{path}"), b"");
        assert_eq!((status, unpacked(&head, body) == bytes), (200, true), "{path}");
        let kind =
            format!("content-type: {}", xianfeng::deploy::headers::Headers::of(&path).content_type);
        assert!(head.contains(&kind), "{path}: {head}");
        let is_part = path.starts_with("search/") && path.ends_with(".bin");
        // `NAME-480.0f3a21bc.webp`
        let is_hex = |part: &str| part.len() == 8 && part.bytes().all(|b| b.is_ascii_hexdigit());
        let is_copy = path.rsplit('.').nth(1).is_some_and(is_hex);
        let is_text = path.starts_with("search/s/");
        let is_for_ever = is_part && path != "search/directory.bin" || is_copy || is_text;
        assert_eq!(head.contains("immutable"), is_for_ever, "{path}: {head}");
        assert!(head.contains("cache-control: public, max-age="), "{path}: {head}");
    }
}

/// A body as a browser shows it.
fn unpacked(head: &str, body: Vec<u8>) -> Vec<u8> {
    if !head.contains("content-encoding: gzip") {
        return body;
    }
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(&*body).read_to_end(&mut bytes).unwrap();
    bytes
}

fn is_there(server: &Server, path: &str) -> bool {
    get(server.port, "HEAD", &format!("/tong/{path}"), b"").0 == 200
}

#[test]
fn a_bucket_gets_what_differs_in_an_order_that_breaks_nobody() {
    let Some(server) = Server::shared() else { return };
    let proxy = Proxy::before(server.port, |_, _, _| Fault::Nothing);
    let project = campaign("zhuan/lan", proxy.port);
    project.story("c", "丙");
    deployed(&project, &[]);
    arrived(server, "zhuan/lan", &project);
    let puts: Vec<String> = proxy
        .asked()
        .into_iter()
        .filter(|(method, _)| method == "PUT")
        .map(|(_, path)| path.trim_start_matches("/tong/zhuan/lan/").to_string())
        .collect();
    let at = |path: &str| {
        puts.iter().position(|put| put == path).unwrap_or_else(|| panic!("{path}: {puts:?}"))
    };
    let order = [
        "assets/style.css",
        "stories/2026/a/index.html",
        "news/index.html",
        "search/directory.bin",
        "index.html",
        "feed.xml",
    ];
    assert!(order.map(at).is_sorted(), "{puts:?}");
    assert_eq!(puts.first().map(String::as_str), Some(".xianfeng-deploy"));
    assert_eq!(puts.last().map(String::as_str), Some(".xianfeng-deploy"));

    // Nothing changed: one request.
    assert!(deployed(&project, &[]).out.contains("已经是最新的"));
    assert_eq!(proxy.asked().len(), 1);
    // One story changed: few.
    project.story("a", "甲改了");
    deployed(&project, &[]);
    let asked = proxy.asked();
    assert!(asked.len() <= 40, "{} requests: {asked:?}", asked.len());
    // A story is gone: its page goes one deploy later, after all else.
    project.remove("content/stories/c.md");
    deployed(&project, &["--yes"]);
    assert!(is_there(server, "zhuan/lan/stories/2026/c/index.html"));
    project.story("b", "乙改了");
    proxy.asked();
    deployed(&project, &[]);
    assert!(!is_there(server, "zhuan/lan/stories/2026/c/index.html"));
    let asked = proxy.asked();
    let is_page = |(method, path): &(String, String)| method == "PUT" && path.ends_with(".html");
    let last_page = asked.iter().rposition(is_page).unwrap();
    let first_gone = asked.iter().position(|(method, _)| method == "DELETE").unwrap();
    assert!(last_page < first_gone, "{asked:?}");
    arrived(server, "zhuan/lan", &project);
}

#[test]
fn a_bad_line_is_borne_with_patience() {
    let Some(server) = Server::shared() else { return };
    let slow_down = "<?xml version='1.0'?><Error><Code>SlowDown</Code></Error>";
    // A storage that checks signatures would refuse another length.
    let pages = if keys().0 == "any" { 3 } else { 1000 };
    let proxy = Proxy::before(server.port, move |method, path, before| {
        // Every file has its own misfortune, once or twice.
        match (path.bytes().map(usize::from).sum::<usize>() % 5, before) {
            _ if path.contains("list-type") && before == 0 => Fault::AnswerCut,
            _ if path.contains("list-type") => Fault::ShortPages(pages),
            (0, 0) if method == "PUT" => Fault::Reset,
            (1, 0..2) if method == "PUT" => {
                Fault::Answer(503, "Content-Type: application/xml\r\nRetry-After: 0", slow_down)
            }
            (2, 0) => Fault::AnswerLost,
            (3, 0) if method == "GET" => Fault::AnswerCut,
            (4, 0) if method == "PUT" => Fault::Late(Duration::from_millis(200)),
            _ => Fault::Nothing,
        }
    });
    let project = campaign("xian", proxy.port);
    deployed(&project, &[]);
    arrived(server, "xian", &project);
    // A list in short pages is read to its end.
    let put =
        |path: &str, body: &[u8]| get(server.port, "PUT", &format!("/tong/xian/{path}"), body).0;
    assert_eq!(put("news/index.html", b"broken"), 200);
    assert_eq!(get(server.port, "DELETE", "/tong/xian/sitemap.xml", b"").0, 204);
    let ran = deployed(&project, &["--verify"]);
    assert!(ran.err.contains("重新上传：news/index.html、sitemap.xml"), "{}", ran.err);
    arrived(server, "xian", &project);
    let ran = deployed(&project, &["--verify"]);
    assert!(ran.err.contains("没有发现问题"), "{}", ran.err);
}

#[test]
fn what_patience_does_not_help_is_named() {
    let Some(server) = Server::shared() else { return };
    let project = campaign("cuo", server.port);
    project.build(&["-u", "https://www.example.cn/du/"]);
    // No key.
    let mut command = project.program(&[&["deploy"], &NOW[..]].concat());
    let ran = Ran::of(command.env_remove("AWS_ACCESS_KEY_ID").output().unwrap());
    ran.fails(1, "error[deploy-secret-missing]").fails(1, "AWS_ACCESS_KEY_ID");
    // No such bucket.
    retarget(
        &project,
        &format!("{{to: s3://meiyou, endpoint: 'http://127.0.0.1:{}'}}", server.port),
    );
    run(&project, &[]).fails(1, "error[deploy-place-missing]").fails(1, "没有“meiyou”");
    // Nobody answers.
    to(&project, "cuo", NOBODY);
    run(&project, &[]).fails(1, "error[deploy-unreachable]");
    // What answers is something else.
    let page = "<!DOCTYPE html><html><title>控制台</title></html>";
    let denied = "<Error><Code>AccessDenied</Code></Error>";
    let quota = "<Error><Code>QuotaExceeded</Code></Error>";
    let full = "<Error><Code>XMinioStorageFull</Code></Error>";
    let large = "<Error><Code>EntityTooLarge</Code></Error>";
    let skewed = "<Error><Code>RequestTimeTooSkewed</Code></Error>";
    for (status, header, text, code) in [
        (200, "Content-Type: text/html", page, "error[deploy-no-storage]"),
        (404, "Content-Type: text/html", page, "error[deploy-no-storage]"),
        (302, "Location: https://login.example.cn/", "", "error[deploy-no-storage]"),
        (403, "Content-Type: application/xml", denied, "error[deploy-refused]"),
        (403, "X: y", skewed, "error[deploy-clock]"),
        (403, "X: y", quota, "error[deploy-full]"),
        (507, "X: y", full, "error[deploy-full]"),
        (507, "X: y", "", "error[deploy-full]"),
        (400, "X: y", large, "error[deploy-too-large]"),
    ] {
        let proxy = Proxy::before(server.port, move |_, _, _| Fault::Answer(status, header, text));
        to(&project, "cuo", proxy.port);
        run(&project, &[]).fails(1, code);
    }
    // No room is left in the middle of it: pages wait for a deploy that has room.
    let proxy = Proxy::before(server.port, move |method, path, _| match (method, path) {
        ("PUT", "/tong/cuo/stories/2026/b/index.html") => Fault::Answer(403, "X: y", quota),
        _ => Fault::Nothing,
    });
    to(&project, "cuo", proxy.port);
    run(&project, &[]).fails(1, "error[deploy-full]").fails(1, "“default”的空间用完了");
    assert!(!is_there(server, "cuo/news/index.html"));
    // A server that is busy for good, in the middle of it: what has arrived is not sent again.
    let slow = "<Error><Code>SlowDown</Code></Error>";
    let proxy = Proxy::before(server.port, move |method, path, _| match (method, path) {
        ("PUT", "/tong/cuo/index.html") => Fault::Answer(503, "Retry-After: 0", slow),
        _ => Fault::Nothing,
    });
    to(&project, "cuo", proxy.port);
    run(&project, &[]).fails(1, "error[deploy-overloaded]").fails(1, "SlowDown");
    assert!(!is_there(server, "cuo/index.html") && is_there(server, "cuo/news/index.html"));
    let proxy = Proxy::before(server.port, |_, _, _| Fault::Nothing);
    to(&project, "cuo", proxy.port);
    deployed(&project, &[]);
    arrived(server, "cuo", &project);
    let again = |(method, path): &&(String, String)| method == "PUT" && path.contains("/stories/");
    assert_eq!(proxy.asked().iter().find(again), None);
    // A deletion that fails is a failure, and is made up for.
    project.remove("content/stories/b.md");
    deployed(&project, &["--yes"]);
    let proxy = Proxy::before(server.port, move |method, _, _| match method {
        "DELETE" => Fault::Answer(403, "X: y", denied),
        _ => Fault::Nothing,
    });
    to(&project, "cuo", proxy.port);
    run(&project, &[]).fails(1, "error[deploy-refused]");
    assert!(is_there(server, "cuo/stories/2026/b/index.html"));
    to(&project, "cuo", server.port);
    deployed(&project, &[]);
    assert!(!is_there(server, "cuo/stories/2026/b/index.html"));
}

#[test]
fn keys_are_checked_and_never_shown() {
    let Some(server) = Server::start(&["keys"]) else { return };
    let project = campaign("yao", server.port);
    let (id, secret) = (&*server.keys.0, &*server.keys.1);
    let wrong = "hunter2hunter2hunter2";
    let ran = run_as(&project, &[], (id, wrong));
    ran.fails(1, "error[deploy-refused]");
    assert!(!format!("{ran:?}").contains(wrong), "{ran:?}");
    let ran = run_as(&project, &[], (id, secret));
    assert_eq!(ran.code, 0, "{ran:?}");
    // From a file that nobody else reads.
    project.write("../钥匙", format!("AWS_ACCESS_KEY_ID={id}\nAWS_SECRET_ACCESS_KEY={secret}\n"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(project.path("../钥匙"), mode).unwrap();
    }
    let port = server.port;
    retarget(
        &project,
        &format!("{{to: s3://tong/yao, endpoint: 'http://127.0.0.1:{port}', secrets: ../钥匙}}"),
    );
    let mut command = project.program(&[&["deploy"], &NOW[..]].concat());
    let command = command.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    let ran = Ran::of(command.output().unwrap());
    assert!(ran.code == 0 && ran.out.contains("已经是最新的"), "{ran:?}");
}

#[test]
fn certificates_are_checked() {
    let Some(server) = Server::start(&["expired"]) else { return };
    let project = Project::small();
    let port = server.port;
    retarget(&project, &format!("{{to: s3://tong/x, endpoint: 'https://localhost:{port}'}}"));
    // Trusted, but for its date.
    let mut command = command(&project, &[], keys());
    let ran = Ran::of(command.env("SSL_CERT_FILE", &server.keys.0).output().unwrap());
    ran.fails(1, "error[deploy-certificate]").fails(1, "已过期");
    run(&project, &[]).fails(1, "error[deploy-certificate]");
}

#[test]
fn what_is_not_ours_stays() {
    let Some(server) = Server::shared() else { return };
    let project = campaign("bieren", server.port);
    let put = |path: &str| {
        get(server.port, "PUT", &format!("/tong/bieren/{path}"), "别人的".as_bytes()).0
    };
    assert_eq!(put("账本.xlsx".replace("账本", "book").as_str()), 200);
    run(&project, &[]).fails(1, "error[deploy-not-ours]").fails(1, "book.xlsx");
    deployed(&project, &["--force"]);
    assert_eq!(put("stories/2026/c/index.html"), 200);
    project.story("c", "丙");
    run(&project, &[]).fails(1, "error[deploy-file-foreign]").fails(1, "stories/2026/c/index.html");
    assert_eq!(get(server.port, "DELETE", "/tong/bieren/stories/2026/c/index.html", b"").0, 204);
    deployed(&project, &[]);
    deployed(&project, &["--verify"]);
    let (status, _, body) = get(server.port, "GET", "/tong/bieren/book.xlsx", b"");
    assert_eq!((status, &*body), (200, "别人的".as_bytes()));
}

#[test]
fn two_at_once_and_one_that_was_killed() {
    let Some(server) = Server::shared() else { return };
    // However slow the machine is, the first does not end before the second has been refused.
    let go = Arc::new(AtomicBool::new(false));
    let held = go.clone();
    let slow = Proxy::before(server.port, move |method, path, _| match (method, path) {
        ("PUT", path) if path.ends_with(".css") => Fault::Held(held.clone()),
        _ => Fault::Nothing,
    });
    let has_begun = || is_there(server, "liang/.xianfeng-deploying");
    let project = campaign("liang", slow.port);
    let mut first =
        command(&project, &[], keys()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    until("the first is at work", has_begun);
    let other = campaign("liang", server.port);
    run(&other, &[]).fails(1, "error[deploy-busy]");
    go.store(true, Ordering::Relaxed);
    assert!(first.wait().unwrap().success());
    arrived(server, "liang", &project);
    assert!(!is_there(server, "liang/.xianfeng-deploying"));

    // Killed in the middle, the next one goes on.
    let project = campaign("liang", slow.port);
    project.story("c", "丙").story("d", "丁");
    project.write("themes/overrides/assets/style.css", "body{color:#111}");
    project.write("content/static/a.css", "b{}").write("content/static/b.txt", "1");
    go.store(false, Ordering::Relaxed);
    let mut killed = command(&project, &[], keys()).spawn().unwrap();
    until("the one that is killed is at work", has_begun);
    killed.kill().unwrap();
    killed.wait().unwrap();
    to(&project, "liang", server.port);
    let ran = deployed(&project, &[]);
    assert!(ran.err.contains("note[deploy-goes-on]"), "{ran:?}");
    arrived(server, "liang", &project);
    assert!(deployed(&project, &[]).out.contains("已经是最新的"));
}

/// The files of the site that are there compressed.
fn compressed(server: &Server, prefix: &str, project: &Project) -> BTreeSet<String> {
    let paths = project.files("public").into_keys().filter(|path| !path.starts_with(".xianfeng"));
    let is_packed = |path: &String| {
        let (_, head, _) = get(server.port, "HEAD", &format!("/tong/{prefix}/{path}"), b"");
        head.contains("content-encoding: gzip")
    };
    paths.filter(is_packed).collect()
}

#[test]
fn texts_are_compressed_for_a_storage_that_serves_what_it_got() {
    let Some(server) = Server::shared() else { return };
    let proxy = Proxy::before(server.port, |_, _, _| Fault::Nothing);
    let project = campaign("yasuo", proxy.port);
    let switch = |on: bool| {
        let rest = if on { ", 压缩: true" } else { "" };
        let port = proxy.port;
        let target = format!("{{to: s3://tong/yasuo, endpoint: 'http://127.0.0.1:{port}'{rest}}}");
        retarget(&project, &target);
    };
    // A text that is noise does not get smaller; a short one is not worth it.
    let noise = |n: u64| xxhash_rust::xxh3::xxh3_64(&n.to_le_bytes()) as u8;
    let noise: Vec<u8> = (0..4000).map(noise).collect();
    project
        .write("content/static/shu/noise.txt", noise)
        .write("content/static/shu/short.txt", "短".repeat(300))
        .write("content/static/shu/long.csv", "月份,件数\n".repeat(300))
        .write("content/static/shu/gong.zip", vec![b'a'; 5000]);
    deployed(&project, &[]);
    arrived(server, "yasuo", &project);
    assert_eq!(compressed(server, "yasuo", &project), BTreeSet::new());

    // Switched on, what it concerns is sent again, and nothing else.
    switch(true);
    let texts: BTreeSet<String> = files_of(&project)
        .into_iter()
        .filter(|(path, bytes)| {
            let ends = [".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".ics", ".csv"];
            bytes.len() >= 1024
                && ends.iter().any(|end| path.ends_with(end))
                && path != "shu/noise.txt"
        })
        .map(|(path, _)| path)
        .collect();
    let told = |words: &[&str]| -> (BTreeSet<String>, u64) {
        let ran = deployed(&project, &[words, &["--format", "json"]].concat());
        let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(told["new"], serde_json::json!([]), "{told}");
        let changed = told["changed"].as_array().unwrap().iter();
        let changed = changed.map(|path| path.as_str().unwrap().to_string()).collect();
        (changed, told["bytes"].as_u64().unwrap())
    };
    let sizes = |paths: &BTreeSet<String>| -> u64 {
        let files = files_of(&project);
        paths.iter().map(|path| files[path].len() as u64).sum()
    };
    let (changed, bytes) = told(&["--dry-run"]);
    assert_eq!(changed, texts);
    assert!(bytes * 2 < sizes(&texts), "{bytes} of {}", sizes(&texts));
    assert_eq!(told(&[]), (changed, bytes));
    arrived(server, "yasuo", &project);
    assert_eq!(compressed(server, "yasuo", &project), texts);
    let there: usize = texts
        .iter()
        .map(|path| get(server.port, "GET", &format!("/tong/yasuo/{path}"), b"").2.len())
        .sum();
    assert_eq!(there as u64, bytes, "the plan counts what is sent");

    // Then nothing has changed, whoever looks, and however.
    proxy.asked();
    assert!(deployed(&project, &[]).out.contains("已经是最新的"));
    assert_eq!(proxy.asked().len(), 1);
    assert!(deployed(&project, &["--verify"]).err.contains("没有发现问题"));
    let plain = &files_of(&project)["news/index.html"];
    assert_eq!(get(server.port, "PUT", "/tong/yasuo/news/index.html", plain).0, 200);
    let ran = deployed(&project, &["--verify"]);
    assert!(ran.err.contains("1 个文件少了或不一样，重新上传：news/index.html"), "{}", ran.err);
    assert_eq!(compressed(server, "yasuo", &project), texts);
    // A list that is lost: files are ours though they are compressed.
    assert_eq!(get(server.port, "DELETE", "/tong/yasuo/.xianfeng-deploy", b"").0, 204);
    deployed(&project, &["--force"]);
    assert!(deployed(&project, &[]).out.contains("已经是最新的"));

    switch(false);
    assert_eq!(told(&[]), (texts.clone(), sizes(&texts)));
    arrived(server, "yasuo", &project);
    assert_eq!(compressed(server, "yasuo", &project), BTreeSet::new());
}

fn files_of(project: &Project) -> std::collections::BTreeMap<String, Vec<u8>> {
    super::files(project, "public")
}

/// A reader who goes from page to page while the site changes.
#[test]
fn a_reader_never_gets_a_page_whose_files_are_missing() {
    let Some(server) = Server::shared() else { return };

    let project = campaign("dujia", server.port);
    retarget(
        &project,
        &format!(
            "{{to: s3://tong/dujia, endpoint: 'http://127.0.0.1:{}', compress: true}}",
            server.port
        ),
    );
    let picture = |seed: u8| {
        use xianfeng::picture::encode;
        use xianfeng::picture::pixels::Pixels;
        let bytes = (0..500 * 300 * 3).map(|i| (i % 251) as u8 ^ seed).collect();
        encode::png(&Pixels { width: 500, height: 300, channels: 3, bytes }).unwrap()
    };
    let change = |n: u8| {
        project.write("content/stories/tu/index.md", format!("---\ntitle: 图{n}\ndate: 2026-04-0{}\nkind: news\n---\n![楼道](lou.png)\n\n第{n}版。\n", n % 8 + 1));
        project.write("content/stories/tu/lou.png", picture(n));
        if n > 0 && n.is_multiple_of(3) {
            project.remove(&format!("content/stories/x{}.md", n - 3));
        }
        if n.is_multiple_of(3) {
            project.story(&format!("x{n}"), &format!("第{n}篇"));
        }
    };
    change(0);
    deployed(&project, &[]);
    let done = Arc::new(AtomicBool::new(false));
    let (port, ended) = (server.port, done.clone());
    let reader = std::thread::spawn(move || {
        let (mut pages, mut missing) = (0, Vec::new());
        // On a slow machine few pages are read before the last deploy has ended.
        while !ended.load(Ordering::Relaxed) || pages <= 10 {
            for page in ["", "news/", "stories/2026/tu/"] {
                let (status, head, body) =
                    get(port, "GET", &format!("/tong/dujia/{page}index.html"), b"");
                if status != 200 {
                    missing.push(format!("{page}: {status}"));
                    continue;
                }
                pages += 1;
                let text = String::from_utf8_lossy(&unpacked(&head, body)).into_owned();
                for part in text.split(['"', ' ', ',']).filter_map(|part| part.strip_prefix("/du/"))
                {
                    let path = part.split(['?', '#']).next().unwrap_or_default();
                    let is_file = [".css", ".js", ".png", ".jpg", ".webp", ".svg"]
                        .iter()
                        .any(|end| path.ends_with(end));
                    let is_story = path.starts_with("stories/") && path.ends_with('/');
                    let path =
                        if is_story { format!("{path}index.html") } else { path.to_string() };
                    if (is_file || is_story)
                        && get(port, "HEAD", &format!("/tong/dujia/{path}"), b"").0 != 200
                    {
                        missing.push(format!("{page}: {path}"));
                    }
                }
            }
        }
        (pages, missing)
    });
    let deploys = std::env::var("XIANFENG_DEPLOYS").map_or(12, |count| count.parse().unwrap());
    for n in 1..=deploys {
        change(n);
        deployed(&project, &["--yes"]);
    }
    done.store(true, Ordering::Relaxed);
    let (pages, missing) = reader.join().unwrap();
    assert!(missing.is_empty(), "{pages} pages; missing: {missing:?}");
    arrived(server, "dujia", &project);
}
