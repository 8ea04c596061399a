//! Pictures in a real browser: room for them before they come, galleries, the viewer.

use crate::harness::{Browser, Page, Server, Site};

const STORY: &str = "/stories/2026/qing-qu-ji/";

/// The sample's story with photographs, on a server that runs nothing but its own.
fn story() -> (Site, Server, Page) {
    let site = Site::sample(&[]);
    let server = Server::strict(&site.folder);
    let page = Browser::shared().open(&server.url(STORY));
    (site, server, page)
}

#[test]
fn a_click_opens_a_picture_over_the_page_and_the_focus_comes_back() {
    let (_site, _server, page) = story();
    page.at_width(360).click(".gallery a.zoom");
    page.wait_for("document.querySelector('dialog.viewer')?.open");
    page.wait_for("document.querySelector('dialog.viewer img').naturalWidth > 900");
    let words = "document.querySelector('dialog.viewer p').textContent";
    let first: String = page.eval(words);
    page.press("ArrowRight");
    assert_ne!(page.eval::<String>(words), first);
    page.press("ArrowLeft");
    assert_eq!(page.eval::<String>(words), first);
    page.press("Escape").wait_for("!document.querySelector('dialog.viewer').open");
    assert!(page.eval::<bool>("document.activeElement.matches('.gallery a.zoom')"));
    assert!(page.console_errors().is_empty(), "{:?}", page.console_errors());
}

#[test]
fn without_scripts_the_picture_itself_opens() {
    let (_site, _server, page) = story();
    page.without_scripts().goto(&_server.url(STORY)).click(".gallery a.zoom");
    page.arrives_at(".jpg");
}

#[test]
fn nothing_moves_when_pictures_come_and_phones_load_small_ones() {
    let (_site, server, page) = story();
    page.at_width(360).goto(&server.url(STORY));
    page.wait_for("document.querySelector('.gallery img').complete");
    let moved: f64 = page.eval(
        "new Promise(done => new PerformanceObserver(list =>
            done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
            .observe({ type: 'layout-shift', buffered: true }) || setTimeout(() => done(0), 1000))",
    );
    assert!(moved < 0.01, "{moved}");
    let src: String = page.eval("document.querySelector('.gallery img').currentSrc");
    assert!(src.ends_with(".webp"), "{src}");
    let wide: bool = page.eval("document.documentElement.scrollWidth > innerWidth");
    assert!(!wide, "the page does not scroll sideways");
}

#[test]
fn a_gallery_loads_no_larger_copies_than_it_shows() {
    let (_site, server, page) = story();
    page.at_width(1280).goto(&server.url(STORY));
    page.eval::<bool>("(document.querySelector('.gallery').scrollIntoView(), true)");
    page.wait_for("[...document.querySelectorAll('.gallery img')].every(img => img.complete && img.currentSrc)");
    let chosen: Vec<String> = page.eval(
        "[...document.querySelectorAll('.gallery img[loading=lazy]')]
            .filter(img => img.clientWidth * devicePixelRatio <= 480).map(img => img.currentSrc)",
    );
    assert!(chosen.len() > 1, "{chosen:?}");
    assert!(chosen.iter().all(|src| src.contains("-480.")), "{chosen:?}");
}

#[test]
fn a_film_waits_until_it_is_asked_for() {
    let (_site, _server, page) = story();
    let asked = page.requests().iter().any(|request| request.url.ends_with(".webm"));
    assert!(!asked);
    let size: (u32, u32) = page.eval(
        "(() => { const v = document.querySelector('video'); return [v.width, v.clientWidth]; })()",
    );
    assert!(size.0 == 320 && size.1 > 200, "{size:?}");
    page.eval::<bool>(
        "Object.assign(document.querySelector('video'), { muted: true }).play().then(() => true)",
    );
    page.wait_for("document.querySelector('video').duration > 3");
}
