//! The campaign of extremes on a phone, and what large print does.

use crate::fixture::extremes;
use crate::harness::{Browser, Page, Server, Site};

fn site() -> Site {
    let files = extremes();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    Site::of(&files)
}

/// A page of each kind.
const PAGES: &[&str] = &[
    "/",
    "/stories/2026/long/",
    "/stories/2026/honours/",
    "/stories/2026/heads/",
    "/stories/2026/table/",
    "/stories/2026/words/",
    "/stories/2026/m4/",
    "/members/",
    "/members/ji-tian-yan/",
    "/branches/",
    "/units/",
    "/units/zong-bu/",
    "/focal-points/",
    "/focal-points/di-1-ge-zhe-li-dian/",
    "/news/",
    "/archive/",
    "/archive/2026/",
    "/honours/",
    "/coverage/",
    "/feedback/",
    "/search/",
];

/// How much wider a page is than the window, and what reaches out of it.
fn too_wide(page: &Page) -> Option<String> {
    page.eval(
        "(() => { const root = document.documentElement;
          if (root.scrollWidth <= root.clientWidth) return null;
          const wide = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
          return `${root.scrollWidth}: ` + wide.slice(0, 4).map((e) => e.outerHTML.slice(0, 90)).join(' | '); })()",
    )
}

#[test]
fn no_page_of_the_extremes_is_wider_than_a_phone_in_any_print() {
    let site = site();
    let server = Server::below("/zhuanlan/", &site.folder);
    let page = Browser::shared().page();
    let mut wide = Vec::new();
    for path in PAGES {
        page.goto(&server.url(path));
        assert!(page.eval::<bool>("!!document.querySelector('main h1')"), "{path}");
        assert!(page.eval::<bool>("!document.querySelector('.page-not_found')"), "{path}");
        page.at_width(320);
        wide.extend(too_wide(&page).map(|what| format!("{path} at 320 {what}")));
        page.at_width(360);
        wide.extend(too_wide(&page).map(|what| format!("{path} {what}")));
        // Text of twice the size, as a browser's setting makes it, and large print.
        page.eval::<()>("void (document.documentElement.style.fontSize = '200%')");
        wide.extend(too_wide(&page).map(|what| format!("{path} at 200 % {what}")));
        page.eval::<()>("void (document.documentElement.style.fontSize = '')");
        page.eval::<()>("void document.documentElement.classList.add('elder')");
        wide.extend(too_wide(&page).map(|what| format!("{path} in large print {what}")));
    }
    assert_eq!(wide, [""; 0], "{wide:#?}");
}

#[test]
fn large_print_is_remembered_and_works_without_a_script() {
    let site = Site::sample(&[]);
    let server = Server::strict(&site.folder);
    let page = Browser::shared().page();
    let size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)";
    page.goto(&server.url("/stories/2026/bei-jie/"));
    assert!(page.eval::<f64>(size) < 20.0);
    assert!(
        page.eval::<bool>("document.querySelector('a[href]').matches('.elder-on')"),
        "the first link"
    );
    page.click(".elder-on").wait_for("document.documentElement.matches('.elder')");
    assert!(page.eval::<bool>("document.activeElement.matches('.elder-off')"));
    page.goto(&server.url("/news/"));
    // Before anything is shown: the script is no deferred one, and stands before the style.
    assert!(page.eval::<bool>(
        "(() => { const script = document.querySelector('script'), style = document.querySelector('link[rel=stylesheet]');
          return !script.defer && !script.async && script.compareDocumentPosition(style) === 4; })()"
    ));
    let small: Vec<String> = page.eval(
        "[...document.querySelectorAll('body *')].filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
           && !e.closest('.visually-hidden, .skip') && parseFloat(getComputedStyle(e).fontSize) < 23.9).map((e) => e.outerHTML.slice(0, 80))",
    );
    assert_eq!(small, [""; 0], "18 pt and more");
    page.click(".elder-off").wait_for("!document.documentElement.matches('.elder')");
    page.without_scripts().goto(&server.url("/archive/"));
    page.click(".elder-on").wait_for(&format!("{size} > 20"));
    page.click(".elder-off").wait_for(&format!("{size} < 20"));
    assert!(page.console_errors().is_empty(), "{:?}", page.console_errors());
}

#[test]
fn every_section_can_be_reached_from_the_top_of_a_phone() {
    let site = Site::sample(&[]);
    let server = Server::strict(&site.folder);
    let page = Browser::shared().open(&server.url("/"));
    page.at_width(360).click(".menu-fold summary");
    page.wait_for(
        "document.querySelector('.menu-fold nav a[href*=\"/units/\"]').checkVisibility()",
    );
    page.click(".menu-fold nav a[href*='/units/']").arrives_at("/units/");
    // No more than five screens of a phone.
    page.goto(&server.url("/"));
    let height: u32 = page.eval("document.documentElement.scrollHeight");
    assert!(height < 4500, "{height}");
}
