//! What the terminal says, and how the server begins and ends.

use std::net::TcpListener;

use super::live::Live;
use super::serve;
use crate::project::Project;

#[test]
fn a_change_is_one_line() {
    let project = Project::small();
    let live = serve(&project);
    project.story("a", "改过");
    live.says("content/stories/a.md: ");
    live.says(" ms\n");
    let line = live.out().lines().find(|line| line.starts_with("content/")).unwrap().to_string();
    assert!(line.contains(" page"), "{line}");
    project.bad_story("b");
    live.says("content/stories/b.md: 1 error; ");
    project.story("b", "好了");
    live.says("content/stories/b.md: errors fixed, ");
    project.write("themes/xianfeng/assets/style.css", "a{}");
    live.says("themes/xianfeng/assets/style.css: style sheet updated");
}

#[test]
fn pages_are_counted_by_what_they_are_made_from() {
    let project = Project::small();
    let text = |title: &str, body: &str| {
        format!("---\ntitle: {title}\ndate: 2026-03-18\nkind: news\nsummary: 摘要\n---\n{body}\n")
    };
    project.write("content/stories/a.md", text("甲", "一。"));
    let live = serve(&project);
    project.write("content/stories/a.md", text("甲", "二。"));
    live.says("content/stories/a.md: 1 page, ");
    // The story, its neighbour, home, news and the archive.
    project.write("content/stories/a.md", text("改", "二。"));
    live.says("content/stories/a.md: 5 pages, ");
    project.write("content/static/a.png", "png");
    live.says("content/static/a.png: no page changed, ");
}

#[test]
fn a_warning_is_said_once() {
    let project = Project::small();
    let linked = |body: &str| {
        format!("---\ntitle: 乙\ndate: 2026-03-18\nkind: news\n---\n{body}[看](/focal_points/)\n")
    };
    project.write("content/stories/b.md", linked(""));
    let live = serve(&project);
    project.story("a", "改过");
    live.says("content/stories/a.md: ");
    project.write("content/stories/b.md", linked("前面多一段。\n\n"));
    live.says("content/stories/b.md: ");
    project.bad_story("c");
    live.says("content/stories/c.md: ");
    live.until("/", |_| live.err().contains("date-impossible"));
    assert_eq!(live.err().matches("warning[link-mended]").count(), 1, "{}", live.err());
}

#[test]
fn it_speaks_chinese() {
    let project = Project::small();
    let live = Live::start(project.program(&["serve", "--lang", "zh", "-p", "0"]));
    live.says("网站预览：http://127.0.0.1:");
    project.story("a", "改过");
    live.says("content/stories/a.md：涉及 ");
    live.says(" 毫秒\n");
    project.bad_story("b");
    live.says("有 1 个错误，其余照常显示");
}

#[test]
fn quiet_is_the_address_alone() {
    let project = Project::small();
    let live = Live::start(project.program(&["serve", "-q", "-p", "0"]));
    project.story("a", "改过");
    live.until("/stories/2026/a/", |page| page.has("改过"));
    assert_eq!(live.out().lines().count(), 1, "{}", live.out());
}

#[test]
fn a_port_that_is_taken_gives_way_to_the_next() {
    let project = Project::small();
    // Whoever has it: another program, or this test.
    let _taken = TcpListener::bind(("127.0.0.1", 1111));
    let live = Live::start(project.program(&["serve", "--lang", "en"]));
    live.says("Port 1111 is taken; ");
    assert!(live.port > 1111);
    assert_eq!(live.get("/").status, 200);
}

#[test]
fn a_port_that_was_asked_for_and_is_taken_is_an_error() {
    let project = Project::small();
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    project.run(&["serve", "--lang", "en", "-p", &port]).fails(1, "error[port-taken]");
    project.run(&["serve", "--lang", "zh", "-p", &port]).fails(1, "已被别的程序占用");
}

#[test]
fn an_address_that_is_not_this_machines_is_an_error() {
    let project = Project::small();
    project
        .run(&["serve", "--lang", "en", "-i", "192.0.2.77", "-p", "0"])
        .fails(1, "error[address-refused]");
}

#[test]
fn a_wrong_command_line_is_explained() {
    let project = Project::small();
    project.run(&["serve", "--lang", "en", "-p", "many"]).fails(2, "“many”");
    project.run(&["serve", "--lang", "en", "-i", "office"]).fails(2, "“office”");
    project.run(&["serve", "--lang", "en", "--drafts"]).fails(2, "--drafts");
    project.run(&["build", "--lang", "en", "-p", "1"]).fails(2, "-p");
}

#[test]
fn a_folder_without_a_project_is_said_at_once() {
    let project = Project::nowhere();
    project.run(&["serve", "--lang", "en", "-p", "0"]).fails(1, "error[project-missing]");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_while_pages_are_open() {
    let project = Project::small();
    let mut live = serve(&project);
    let mut events = live.events();
    events.next();
    assert_eq!(live.interrupt(), 0);
    assert_eq!(live.err(), "");
}

#[test]
fn on_every_network_it_says_where_and_draws_a_code() {
    let project = Project::small();
    let live = Live::start(project.program(&["serve", "--lang", "en", "-i", "0.0.0.0", "-p", "0"]));
    let said = live.out();
    let there: Vec<&str> = said
        .lines()
        .filter_map(|line| line.strip_prefix("On your network: http://"))
        .map(|url| url.trim_end_matches('/'))
        .collect();
    // A machine without a network has no address to say.
    assert_eq!(said.contains('█'), !there.is_empty(), "{said}");
    for host in there.iter().chain(&["127.0.0.1", "localhost"]) {
        let answer =
            live.send(format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{host}");
    }
    let foreign = live.send("GET / HTTP/1.1\r\nHost: example.cn\r\nConnection: close\r\n\r\n");
    assert!(foreign.starts_with(b"HTTP/1.1 421"));
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_at_the_address() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::small();
    let browser = project.path("bin/xdg-open");
    project.write(
        "bin/xdg-open",
        "#!/bin/sh\nprintf %s \"$1\" > opened.tmp && mv opened.tmp opened\n",
    );
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", project.path("bin").display(), std::env::var("PATH").unwrap());
    let mut command = project.program(&["serve", "-p", "0", "-O"]);
    command.env("PATH", path);
    let live = Live::start(command);
    let end = std::time::Instant::now() + super::live::PATIENCE;
    while !project.has("opened") {
        assert!(std::time::Instant::now() < end, "no browser was opened: {}", live.err());
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert_eq!(project.read("opened"), live.url("/"));
}
