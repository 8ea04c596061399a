//! Requests: what is there, what is not, and what is nobody's business.

use std::collections::BTreeMap;
use std::sync::Barrier;
use std::thread;

use super::{Answer, Live, serve};
use crate::project::Project;

/// A campaign with one of everything that is served in another way.
fn project() -> Project {
    let project = Project::small();
    project
        .write("content/static/large.bin", (0..300_000u32).map(|n| n as u8).collect::<Vec<_>>())
        .write("content/static/own.html", "<p>自己的网页</p>")
        .write("content/static/中文 文件.txt", "文件")
        .write("content/stories/c/index.md", story_of("丙", "![图](图.png)"))
        .write("content/stories/c/图.png", "png");
    project
}

fn story_of(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-03-18\nkind: news\n---\n{body}\n")
}

/// A page without what the server adds to it.
fn without_script(page: &Answer) -> Vec<u8> {
    let text = page.text();
    let start = text.find("<script src=\"/.xianfeng/live.js\"").expect("the live script");
    let end = start + text[start..].find("</script>\n").unwrap() + "</script>\n".len();
    [&text[..start], &text[end..]].concat().into_bytes()
}

/// A path as a browser writes it.
fn encoded(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/.-_".contains(&b);
    path.bytes()
        .map(|b| if plain(b) { char::from(b).into() } else { format!("%{b:02X}") })
        .collect()
}

#[test]
fn what_is_served_is_what_a_build_writes() {
    let project = project();
    project.write("content/site.yaml", "title: 测试专栏\nsearch: true\n");
    project.write(
        "content/stories/draft.md",
        "---\ntitle: 稿\ndate: 2026-03-19\nkind: news\ndraft: true\n---\n草稿正文。\n",
    );
    let live = serve(&project);
    let build = ["build", "-q", "--drafts", "-u", &live.url("/"), "-o", "../built"];
    assert_eq!(project.run(&build).code, 0);
    let built = project.files("../built");
    assert!(built.len() > 40, "{}", built.len());
    for (path, bytes) in built.iter().filter(|(path, _)| !path.starts_with('.')) {
        let page = path.strip_suffix("index.html").unwrap_or(path);
        let answer = live.get(&format!("/{}", encoded(page)));
        assert_eq!(answer.status, 200, "{path}");
        let served = if path.ends_with(".html") { without_script(&answer) } else { answer.body };
        assert!(served == *bytes, "{path} is another");
    }
}

#[test]
fn nothing_is_written() {
    let project = project();
    let before = project.files("");
    let live = serve(&project);
    for path in ["/", "/news/", "/stories/2026/a/", "/large.bin", "/no/such/"] {
        live.get(path);
    }
    let b = "---\ntitle: 又\ndate: 2026-03-18\nkind: news\n---\n又。\n";
    project.write("content/stories/b.md", b);
    live.until("/stories/2026/b/", |page| page.has("又。"));
    drop(live);
    let mut after = project.files("");
    assert_eq!(
        after.insert("content/stories/b.md".into(), before["content/stories/b.md"].clone()),
        Some(b.into())
    );
    assert!(before == after, "{:?}", after.keys());
}

#[test]
fn no_spelling_leaves_the_site() {
    let project = project();
    project.write("secret.txt", "秘密").write("content/secret.txt", "秘密");
    let live = serve(&project);
    let mut paths: Vec<Vec<u8>> = Vec::new();
    for up in [
        "..",
        "%2e%2e",
        "%2E.",
        ".%2e",
        "%252e%252e",
        "%25252e%25252e",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "%u002e%u002e",
        "..;",
        "...",
        ".",
        "%2e",
        "..%00",
        "..%20",
        "．．",
    ] {
        for slash in ["/", "\\", "%2f", "%5c", "%252f", "%255c", "%c0%af", "//", "%2f%2f"] {
            for target in ["secret.txt", "content/secret.txt", "etc/passwd", "site.yaml"] {
                let climb: String = [up, slash].concat().repeat(6);
                for from in ["/", "/assets/", "/stories/2026/c/", "/.xianfeng/", "//", "/%2f"] {
                    paths.push(format!("{from}{climb}{target}").into());
                }
                paths.push(climb.clone().into_bytes());
            }
        }
    }
    for path in [
        "/secret.txt",
        "/content/secret.txt",
        "/content/site.yaml",
        "/static/own.html",
        "/etc/passwd",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/C:%5cWindows%5cwin.ini",
        "/own.html%00",
        "/%00",
        "/own.html%00.css",
        "/assets/style.css/",
        "/assets/style.css%2f",
        "/assets%2f..%2fown.html",
        "/.xianfeng/",
        "/.xianfeng/live.js/..",
        "/.xianfeng/LIVE.JS",
        "/.xianfeng%2flive.js",
        "/%ff%fe",
        "/%",
        "/%2",
        "/%zz",
        "/index.html/",
        "/~",
        "/.git/config",
        "/themes/",
    ] {
        paths.push(path.into());
    }
    paths.push(b"/\xff\xfe".to_vec());
    paths.push(b"/..\x00/secret.txt".to_vec());
    paths.push([b"/".as_slice(), &vec![b'a'; 100_000]].concat());
    let host = format!("Host: 127.0.0.1:{}\r\n", live.port);
    // Many on one connection at a time would hide which one was answered.
    let results: Vec<(Vec<u8>, Answer)> = thread::scope(|scope| {
        let (live, host) = (&live, &host);
        let threads: Vec<_> = paths
            .chunks(paths.len().div_ceil(4))
            .map(|paths| {
                scope.spawn(move || {
                    let ask = |path: &Vec<u8>| {
                        let tail = format!(" HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
                        let request = [b"GET ", path.as_slice(), tail.as_bytes()].concat();
                        (path.clone(), Answer::read(&live.send(request)))
                    };
                    paths.iter().map(ask).collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    for (path, answer) in results {
        let path = String::from_utf8_lossy(&path).into_owned();
        assert!([400, 404, 414, 431].contains(&answer.status), "{path}: {}", answer.status);
        for secret in ["秘密", "root:", "title: 测试专栏", "自己的网页"] {
            assert!(!answer.has(secret), "{path} shows {secret}");
        }
    }
    // It can tell the difference.
    assert!(live.get("/own.html").has("自己的网页"));
    assert_eq!(live.get("/%61ssets/%73tyle.css").status, 200);
}

#[test]
fn what_is_not_there_is_said_by_the_sites_own_page() {
    let project = project();
    let live = serve(&project);
    let missing = live.get("/no/such/page/");
    assert_eq!((missing.status, missing.header("content-type")), (404, "text/html; charset=utf-8"));
    assert_eq!(missing.header("xianfeng-page"), live.get("/404.html").header("xianfeng-page"));
}

#[test]
fn a_folder_without_its_slash_leads_to_it_and_nowhere_else() {
    let project = project();
    let live = serve(&project);
    for (path, location) in [
        ("/news", "/news/"),
        ("/news?q=%E5%AD%97&x", "/news/?q=%E5%AD%97&x"),
        ("/stories/2026/c", "/stories/2026/c/"),
        ("/%6eews", "/news/"),
    ] {
        let answer = live.get(path);
        assert_eq!((answer.status, answer.header("location")), (307, location), "{path}");
    }
    for path in
        ["//news", "//example.cn/news", "/\\news", "//example.cn/%2f..", "/news%0d%0aX:%20y"]
    {
        let answer = live.get(path);
        assert_eq!((answer.status, answer.header("location")), (404, ""), "{path}");
    }
}

#[test]
fn kinds_are_named_with_their_characters() {
    let project = project();
    let live = serve(&project);
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/own.html", "text/html; charset=utf-8"),
        ("/assets/style.css", "text/css; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml; charset=utf-8"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/%E4%B8%AD%E6%96%87%20%E6%96%87%E4%BB%B6.txt", "text/plain; charset=utf-8"),
        ("/stories/2026/c/%E5%9B%BE.png", "image/png"),
        ("/large.bin", "application/octet-stream"),
        ("/.xianfeng/live.js", "text/javascript; charset=utf-8"),
        ("/.xianfeng/live.css", "text/css; charset=utf-8"),
    ] {
        let answer = live.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}

#[test]
fn head_is_get_without_the_body() {
    let project = project();
    let live = serve(&project);
    for path in ["/", "/large.bin", "/assets/style.css", "/news", "/no/such", "/.xianfeng/live.js"]
    {
        let (mut get, mut head) = (live.get(path), live.ask("HEAD", path, ""));
        assert_eq!(head.body, b"", "{path}");
        assert_eq!(get.header("content-length"), get.body.len().to_string(), "{path}");
        get.headers.remove("date");
        head.headers.remove("date");
        assert_eq!((get.status, get.headers), (head.status, head.headers), "{path}");
    }
}

#[test]
fn only_looking_is_allowed() {
    let project = project();
    let live = serve(&project);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get"] {
        let answer = live.ask(method, "/", "Content-Length: 0\r\n");
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
}

#[test]
fn a_part_is_answered_with_that_part() {
    let project = project();
    let live = serve(&project);
    for path in ["/large.bin", "/", "/assets/style.css"] {
        let whole = live.get(path);
        let length = whole.body.len();
        let tag = whole.header("etag");
        let last = length - 1;
        for (range, start, end) in [
            ("0-9", 0, 10),
            ("100-199", 100, 200),
            ("-7", length - 7, length),
            ("0-", 0, length),
            ("5-99999999", 5, length),
        ] {
            for more in [String::new(), format!("If-Range: {tag}\r\n")] {
                let answer = live.ask("GET", path, &format!("Range: bytes={range}\r\n{more}"));
                assert_eq!(answer.status, 206, "{path} {range} {more}");
                assert!(answer.body == whole.body[start..end], "{path} {range}");
                let shown = format!("bytes {start}-{}/{length}", end - 1);
                assert_eq!(answer.header("content-range"), shown, "{path} {range}");
            }
        }
        let outside = live.ask("GET", path, &format!("Range: bytes={length}-\r\n"));
        assert_eq!((outside.status, outside.body.len()), (416, 0), "{path}");
        assert_eq!(outside.header("content-range"), format!("bytes */{length}"), "{path}");
        for headers in [
            "Range: bytes=0-1,5-6\r\n".to_string(),
            "Range: bytes=x\r\n".into(),
            "Range: pages=1-2\r\n".into(),
            "Range: bytes=0-1\r\nIf-Range: \"another\"\r\n".into(),
            format!("Range: bytes=0-{last}\r\nIf-Range: Mon, 01 Jan 2001 00:00:00 GMT\r\n"),
        ] {
            let answer = live.ask("GET", path, &headers);
            assert!((answer.status, &answer.body) == (200, &whole.body), "{path} {headers}");
        }
    }
}

#[test]
fn what_the_browser_has_is_not_sent_again() {
    let project = project();
    let live = serve(&project);
    let tag = |path| live.get(path).header("etag").to_string();
    let page = "/stories/2026/a/";
    for path in [page, "/large.bin", "/assets/style.css"] {
        let tag = tag(path);
        for list in [tag.clone(), format!("\"x\", W/{tag}"), "*".into()] {
            for method in ["GET", "HEAD"] {
                let answer = live.ask(method, path, &format!("If-None-Match: {list}\r\n"));
                assert_eq!((answer.status, answer.body.len()), (304, 0), "{path} {list}");
                assert_eq!(answer.header("etag"), tag, "{path}");
            }
        }
        assert_eq!(live.ask("GET", path, "If-None-Match: \"x\"\r\n").status, 200, "{path}");
    }
    let before = tag(page);
    project.story("a", "改过的标题");
    live.until(page, |answer| answer.has("改过的标题"));
    let again = live.ask("GET", page, &format!("If-None-Match: {before}\r\n"));
    assert_eq!(again.status, 200);
}

#[test]
fn a_host_that_is_not_this_machine_is_refused() {
    let project = project();
    let live = serve(&project);
    let port = live.port;
    let ask = |head: &str| Answer::read(&live.send(format!("{head}Connection: close\r\n\r\n")));
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "LOCALHOST",
        &format!("localhost:{port}"),
        "localhost:80",
    ] {
        assert_eq!(ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n")).status, 200, "{host}");
    }
    for host in [
        "example.cn",
        &format!("example.cn:{port}"),
        "localhost.example.cn",
        "127.0.0.1.example.cn",
        "localhost@example.cn",
        "192.0.2.1",
        "[2001:db8::1]",
        "",
        "xn--fiqs8s",
        "0.0.0.0.example.cn",
        "localhost, example.cn",
    ] {
        for path in ["/", "/.xianfeng/events", "/.xianfeng/live.js", "/no/such"] {
            let answer = ask(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n"));
            assert!([400, 421].contains(&answer.status), "{host} {path}: {}", answer.status);
            assert!(!answer.has("测试专栏"), "{host}");
        }
    }
    for head in [
        "GET / HTTP/1.1\r\n".to_string(),
        "GET / HTTP/1.0\r\n".into(),
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: example.cn\r\n".into(),
        "GET http://example.cn/ HTTP/1.1\r\nHost: localhost\r\n".into(),
        "GET http://localhost@example.cn/ HTTP/1.1\r\nHost: localhost\r\n".into(),
    ] {
        let answer = ask(&head);
        assert!([400, 421].contains(&answer.status), "{head}: {}", answer.status);
    }
    assert_eq!(ask("GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n").status, 200);
}

#[test]
fn two_hundred_requests_at_once_are_all_answered() {
    let project = project();
    for i in 0..50 {
        project.story(&format!("s{i}"), &format!("第{i}篇"));
    }
    let live = serve(&project);
    let paths: Vec<String> = (0..200)
        .map(|i| match i % 4 {
            0 => "/".into(),
            1 => "/large.bin".into(),
            2 => "/news/page/2/".into(),
            _ => format!("/stories/2026/s{}/", i % 50),
        })
        .collect();
    let alone: BTreeMap<&str, Answer> =
        paths.iter().map(|path| (path.as_str(), live.get(path))).collect();
    let gate = Barrier::new(paths.len());
    thread::scope(|scope| {
        for path in &paths {
            let (live, gate, alone): (&Live, _, _) = (&live, &gate, &alone[path.as_str()]);
            scope.spawn(move || {
                gate.wait();
                let answer = live.get(path);
                assert_eq!(answer.status, 200, "{path}");
                assert!(answer.body == alone.body, "{path} is another");
            });
        }
    });
}

#[test]
fn links_stay_on_the_server_below_any_base_url() {
    let project = project();
    project.write("content/site.yaml", "title: 测试专栏\nbase_url: https://example.cn/zhuanlan/\n");
    let live = serve(&project);
    let home = live.get("/");
    assert!(!home.has("example.cn") && !home.has("/zhuanlan/"), "{}", home.text());
    assert!(home.has("href=\"/stories/2026/a/\""), "{}", home.text());
    assert!(live.get("/feed.xml").has(&live.url("/stories/2026/a/")));
}

#[test]
fn each_story_is_offered_for_wechat() {
    let project = project();
    project.write("content/stories/d/index.md", story_of("丁", "![灯](<灯 1.png>)"));
    let pixels = xianfeng::picture::pixels::Pixels {
        width: 40,
        height: 30,
        channels: 3,
        bytes: (0..40 * 30 * 3).map(|i| (i % 251) as u8).collect(),
    };
    let picture = xianfeng::picture::encode::png(&pixels).unwrap();
    project.write("content/stories/d/灯 1.png", picture);
    let live = serve(&project);
    let page = live.get("/stories/2026/d/").text();
    assert!(page.contains("data-wechat=\"/.xianfeng/wechat/stories/2026/d/\""), "{page}");
    assert!(!live.get("/").text().contains("data-wechat"));
    let article = live.get("/.xianfeng/wechat/stories/2026/d/");
    assert_eq!((article.status, article.header("content-type")), (200, "text/html; charset=utf-8"));
    let text = article.text();
    assert!(text.contains("id=\"copy\"") && text.contains("图01."), "{text}");
    let name = text.split("\"name\":\"").nth(1).unwrap().split('"').next().unwrap();
    let picture = live.get(&format!("/.xianfeng/wechat/stories/2026/d/{}", encoded(name)));
    assert_eq!(picture.status, 200, "{name}");
    assert!(picture.header("content-type").starts_with("image/"));
    for path in ["stories/2026/no/", "stories/2026/d/x.jpg", "news/", "../d/", ""] {
        assert_eq!(live.get(&format!("/.xianfeng/wechat/{path}")).status, 404, "{path}");
    }
    // Nothing of it is in the site.
    project.build(&[]);
    for (path, bytes) in project.files("public").iter().filter(|(path, _)| path.ends_with(".html"))
    {
        assert!(!String::from_utf8_lossy(bytes).contains("wechat"), "{path}");
    }
}
