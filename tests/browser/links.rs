//! Links: every one arrives, wherever the site is put.

use crate::harness::{Browser, Server, Site, Tour, assert_none};

#[test]
fn every_link_answers_and_every_fragment_is_there() {
    let tour = Tour::of_sample();
    assert!(tour.answers.len() > tour.pages.len(), "pictures and feeds too");
    assert_none("dead links", tour.dead_links());
}

#[test]
fn every_link_works_below_a_sub_path() {
    let site = Site::later();
    let server = Server::below("/zhuanlan/", &site.folder);
    site.build_sample(&["--base-url", &server.url("/")]);
    let page = Browser::shared().page();
    let tour = Tour::quick(&page, &server);
    assert_eq!(tour.pages.len(), Tour::of_sample().pages.len() - 1, "all but /404.html");
    assert_none("dead links", tour.dead_links());
    let outside = tour.answers.keys().filter(|url| !url.starts_with(&server.url("/")));
    assert_none("links out of the sub-path", outside.cloned().collect());

    // What other programs read: every address in the site map, the feeds and robots.txt.
    page.goto(&server.url("/"));
    let dead: Vec<String> = page.eval(
        "(async () => {
            const text = async (url) => (await fetch(url)).text();
            const xml = async (url) => new DOMParser().parseFromString(await text(url), 'application/xml');
            const map = /Sitemap: (.*)/.exec(await text('robots.txt'))[1];
            const places = [...(await xml(map)).querySelectorAll('loc')].map((loc) => loc.textContent);
            const feeds = [...(await xml('feed.xml')).querySelectorAll('link')].map((link) => link.getAttribute('href'));
            if (places.length < 60 || feeds.length < 20) return [`${places.length} places, ${feeds.length} feed links`];
            const answers = [...places, ...feeds].map(async (url) => [url, (await fetch(url)).status]);
            return (await Promise.all(answers)).filter(([, status]) => status !== 200).map(String);
        })()",
    );
    assert_none("site map and feed", dead);
}

#[test]
fn an_unknown_address_shows_the_site_s_own_page() {
    let site = Site::sample(&[]);
    let server = Server::of(&site.folder);
    let page = Browser::shared().open(&server.url("/stories/1999/gone/"));
    assert_eq!(page.requests()[0].status, Some(404));
    assert_eq!(page.eval::<u32>("document.querySelectorAll('h1').length"), 1);
    page.click("main a.button, main p a").arrives_at(&server.url("/"));
    assert_eq!(page.eval::<String>("location.pathname"), "/");
}

#[test]
fn an_old_address_leads_to_the_story() {
    let site = Site::sample(&[]);
    let server = Server::of(&site.folder);
    let page = Browser::shared().page();
    page.without_scripts()
        .goto(&server.url("/2025/yi-shi-zhuo.html"))
        .arrives_at("/stories/2025/liu-yan-yi-shi-zhuo/");
}

#[test]
fn an_old_address_names_the_icon_so_that_no_browser_looks_for_one_elsewhere() {
    let site = Site::sample(&[]);
    let server = Server::of(&site.folder);
    let page = Browser::shared().open(&server.url("/"));
    let status: u32 = page.eval(
        "(async () => {
            const html = await (await fetch('/2025/yi-shi-zhuo.html')).text();
            const icon = new DOMParser().parseFromString(html, 'text/html').querySelector('link[rel=icon]');
            return icon ? (await fetch(new URL(icon.getAttribute('href'), location.origin))).status : 0;
        })()",
    );
    assert_eq!(
        status, 200,
        "without an icon of its own the redirect page makes browsers ask for /favicon.ico"
    );
}

#[test]
fn a_relative_site_works_from_a_folder() {
    let site = Site::sample(&["--relative"]);
    let file = |path: &str| format!("file://{}/{path}", site.folder.display());
    let page = Browser::shared().open(&file("index.html"));
    page.click("main a[href*='focal-points/livelihood/']")
        .arrives_at("focal-points/livelihood/index.html");
    let to = "[...document.querySelectorAll('main a[href*=stories]')].find((link) =>
        link.querySelector('img') || link.closest('article, li')?.querySelector('img'))";
    page.eval::<()>(&format!("{to}.setAttribute('data-to', ''), null"));
    page.click("[data-to]").arrives_at("/stories/");
    page.wait_for("document.querySelector('main img').naturalWidth > 0");
    page.click("body > header .brand").arrives_at(&file("index.html"));
    let elsewhere = page
        .requests()
        .into_iter()
        .filter(|request| !request.url.starts_with("file:") || request.failed.is_some());
    assert_none("requests", elsewhere.map(|request| format!("{request:?}")).collect());
    assert_none("console", page.console_errors());
}

#[test]
fn every_link_of_a_relative_site_is_a_file() {
    let site = Site::sample(&["--relative"]);
    let page = Browser::shared().page();
    let top = format!("file://{}/", site.folder.display());
    let mut wrong = Vec::new();
    let files = site.files(".html");
    for file in files.iter().filter(|file| !site.read(file).contains("http-equiv=\"refresh\"")) {
        page.goto(&format!("{top}{file}"));
        let links: Vec<String> = page.eval(
            "[...new Set([...document.querySelectorAll('[href]:not(use), [src]')].map((element) => element.href ?? element.src))]",
        );
        // Ways to somebody, and the form of the sample, which is no part of the site.
        let outside = ["mailto:", "tel:", "https://www.example.cn/"];
        let own = |link: &&String| !outside.iter().any(|start| link.starts_with(start));
        for link in links.iter().filter(own) {
            let path = link
                .split(['#', '?'])
                .next()
                .unwrap_or_default()
                .strip_prefix("file://")
                .unwrap_or("(not a file)");
            let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
            if !link.starts_with(&top) || !std::path::Path::new(path.as_ref()).is_file() {
                wrong.push(format!("{file}: {link}"));
            }
        }
    }
    assert_none("links that are no file of the site", wrong);
}
