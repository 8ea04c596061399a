//! The harness itself: it sees what is wrong where something is.

use std::fs;

use crate::harness::{Browser, Look, Page, Request, Server, Site, Tour};

fn open(html: &str) -> (Site, Server, Page) {
    let site = Site::later();
    fs::create_dir_all(&site.folder).unwrap();
    fs::write(site.folder.join("index.html"), format!("<!doctype html><html lang=en>{html}"))
        .unwrap();
    let server = Server::strict(&site.folder);
    let page = Browser::shared().open(&server.url("/"));
    (site, server, page)
}

#[test]
fn it_sees_what_is_too_wide_even_where_the_root_hides_it() {
    let html = "<link rel=stylesheet href=style.css><h1>x</h1><div id=wide>x</div>";
    let (site, server, page) = open(html);
    fs::write(
        site.folder.join("style.css"),
        "html, body { overflow-x: hidden } #wide { width: 500px }",
    )
    .unwrap();
    page.goto(&server.url("/")).at_width(360);
    let look = Look::at(&page);
    assert!(look.width == 360 && look.overflow > 100 && look.wide == ["<div> x"], "{look:?}");
    page.at_width(768);
    assert_eq!(Look::at(&page).overflow, 0);
}

#[test]
fn it_sees_pale_text_missing_alt_and_lost_references() {
    let (_site, _server, page) = open(
        "<link rel=stylesheet href=none.css><body bgcolor=white><h1 id=a>x</h1><p id=a><font color='#aaaaaa'>pale</font>\
         <img src=none.png><a href='#'></a><section aria-labelledby=none>y</section>",
    );
    let look = Look::at(&page);
    assert_eq!(
        (look.pale.len(), look.without_alt.len(), look.broken_pictures.len()),
        (1, 1, 1),
        "{look:?}"
    );
    assert_eq!(
        (look.repeated_ids.len(), look.lost_references.len(), look.nameless_links.len()),
        (1, 1, 1),
        "{look:?}"
    );
    // By name: Chromium also asks for /favicon.ico, whenever it likes.
    let (requests, complaints) = (page.requests(), page.console_errors());
    for lost in ["/none.css", "/none.png"] {
        let is_lost = |request: &Request| {
            request.url.ends_with(lost) && (request.status == Some(404) || request.failed.is_some())
        };
        assert_eq!(requests.iter().filter(|request| is_lost(request)).count(), 1, "{requests:?}");
        assert!(complaints.iter().any(|error| error.contains(lost)), "{complaints:?}");
    }
}

#[test]
fn it_sees_other_hosts_violations_of_the_policy_and_dead_links() {
    let (_site, server, page) = open(
        "<p style='color: red'>x</p><script>window.ran = 1</script><img alt='' src='http://example.com/a.png'>\
         <a href='/none/'>a</a> <a href='#none'>b</a> <a href='#here' id=here>c</a>",
    );
    assert_eq!(
        page.console_errors()
            .iter()
            .filter(|error| error.contains("Content Security Policy"))
            .count(),
        3
    );
    assert!(
        page.requests().iter().any(
            |request| request.url.starts_with("http://example.com") && request.status.is_none()
        )
    );
    assert_eq!(Tour::quick(&page, &server).dead_links().len(), 2);
}

#[test]
fn it_takes_pictures() {
    let (site, _server, page) = open("<p>x</p>");
    let file = site.folder.join("shots/page.png");
    page.screenshot(&file);
    let bytes = fs::read(file).unwrap();
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.ends_with(b"IEND\xaeB`\x82"));
}
