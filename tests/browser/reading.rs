//! Reading: with the keyboard, without scripts, without the stylesheet, on paper; the text.

use crate::harness::{Browser, Page, Server, Site};

const STORY: &str = "/stories/2026/bei-jie/";

/// The sample's long story, on a server that lives as long.
fn story() -> (Site, Server, Page) {
    let site = Site::sample(&[]);
    let server = Server::of(&site.folder);
    let page = Browser::shared().open(&server.url(STORY));
    (site, server, page)
}

#[test]
fn the_skip_link_comes_after_that_to_large_print_and_leads_to_the_main_part() {
    let (_site, server, page) = story();
    for path in ["/", STORY, "/focal-points/"] {
        page.goto(&server.url(path)).press("Tab");
        assert!(page.eval::<bool>("document.activeElement.matches('.elder-on')"), "{path}");
        page.press("Tab");
        let seen: bool = page.eval(
            "(() => { const link = document.activeElement, box = link.getBoundingClientRect();
              return link.matches('a.skip[href^=\"#\"]')
                && box.top >= 0 && box.left >= 0 && box.right <= innerWidth && box.width > 20 && box.height > 10; })()",
        );
        assert!(seen, "{path}: the second Tab shows the skip link");
        page.press("Enter").wait_for("document.activeElement.matches('main')");
        page.press("Tab");
        assert!(
            page.eval::<bool>("!!document.activeElement.closest('main')"),
            "{path}: then into the main part"
        );
    }
}

#[test]
fn what_has_the_focus_can_be_seen() {
    let (_site, server, page) = story();
    page.goto(&server.url("/"));
    for step in 1..=15 {
        page.press("Tab");
        let outline: String = page.eval("getComputedStyle(document.activeElement).outlineStyle");
        assert_ne!(
            outline,
            "none",
            "step {step}: {}",
            page.eval::<String>("document.activeElement.outerHTML")
        );
    }
}

#[test]
fn a_site_is_whole_without_scripts() {
    let (_site, server, page) = story();
    page.without_scripts().goto(&server.url("/"));
    page.click("body > header .menu a[href*='focal-points']").arrives_at("/focal-points/");
    page.click("main a[href*='focal-points/center']").arrives_at("/focal-points/center/");
    page.click("main a[href*='/stories/']").arrives_at("/stories/");
    assert!(page.eval::<usize>("document.querySelector('main').innerText.length") > 300);
    assert!(page.eval::<bool>("[...document.querySelectorAll('main, h1, body > header nav, footer')].every((e) => e.checkVisibility())"));
}

#[test]
fn a_story_can_be_read_without_its_stylesheet() {
    let (_site, server, page) = story();
    page.block(&["*.css*"]).goto(&server.url(STORY));
    assert!(
        page.requests()
            .iter()
            .any(|request| request.url.contains(".css") && request.failed.is_some())
    );
    let order: Vec<usize> = page.eval(
        "(() => { const text = document.body.innerText; const at = (word) => text.indexOf(word);
          return [at(document.querySelector('body > header nav').innerText.trim().slice(0, 2)), at(document.querySelector('h1').innerText),
            at('簸箕巷像一只簸箕'), at(document.querySelector('body > footer').innerText.trim())]; })()",
    );
    assert!(order.is_sorted() && order[3] > 1000, "{order:?}");
}

#[test]
fn paper_has_the_story_and_no_menu() {
    let (_site, _server, page) = story();
    let shown = |selector: &str| {
        page.eval::<bool>(&format!("[...document.querySelectorAll('{selector}')].some((element) => element.checkVisibility())"))
    };
    assert!(shown("body > header nav") && shown("h1") && shown(".prose p"));
    page.emulate_media("print", &[]);
    assert!(!shown("body > header nav"), "no menu on paper");
    assert!(!shown("a.skip"), "no skip link on paper");
    assert!(shown("h1") && shown(".prose p") && shown("main img"));
    let ink: String = page.eval("getComputedStyle(document.body).color");
    assert_eq!(ink, "rgb(0, 0, 0)");
}

#[test]
fn emphasis_works_beside_chinese_punctuation() {
    let (_site, _server, page) = story();
    let strong: Vec<String> = page.eval(
        "[...document.querySelectorAll('.prose strong')].map((strong) => strong.textContent)",
    );
    assert!(strong.contains(&"“两张皮”".to_owned()), "{strong:?}");
    assert!(!page.eval::<bool>("document.querySelector('.prose').innerText.includes('**')"));
    assert!(page.eval::<bool>(
        "getComputedStyle(document.querySelector('.prose strong')).fontWeight >= 600"
    ));
}

#[test]
fn a_line_break_in_the_source_leaves_no_space_between_chinese_characters() {
    let (_site, _server, page) = story();
    assert!(page.eval::<bool>(
        "document.querySelector('.prose').innerText.includes('整整四百天，账上记了')"
    ));
}

#[test]
fn a_footnote_leads_down_and_back() {
    let (_site, _server, page) = story();
    let at =
        |selector: &str| page.eval::<String>(&format!("document.querySelector('{selector}').hash"));
    let down = at(".prose sup a");
    page.click(".prose sup a").wait_for("location.hash.length > 1");
    assert_eq!(page.eval::<String>("location.hash"), down);
    assert!(page.eval::<bool>(
        "(() => { const box = document.querySelector(':target').getBoundingClientRect();
        return box.top >= 0 && box.top < innerHeight; })()"
    ));
    let back: bool = page.eval("!!document.querySelector(':target a[href^=\"#\"]')
        && !!document.getElementById(decodeURIComponent(document.querySelector(':target a[href^=\"#\"]').hash.slice(1)))");
    assert!(back, "the note leads back");
}

#[test]
fn a_call_out_and_a_sign_off_look_like_it() {
    let body = "头一段正文，后面有一个提示框。\n\n> [!NOTE]\n> 会场改到二楼。\n\n> [!WARNING]\n> 雨天路滑。\n\n> 这是普通的引用。\n\n特此通知。\n\n中共临水镇委员会\n2026年3月18日\n";
    let story = format!("---\ntitle: 通知\ndate: 2026-03-18\nkind: news\n---\n{body}");
    let site =
        Site::of(&[("content/site.yaml", "title: 测试\n"), ("content/stories/x.md", &story)]);
    let server = Server::strict(&site.folder);
    let page = Browser::shared().open(&server.url("/stories/2026/x/"));
    for (width, scheme) in [(360, "light"), (1280, "dark")] {
        page.at_width(width).emulate_media("screen", &[("prefers-color-scheme", scheme)]);
        let names: Vec<String> = page.eval(
            "[...document.querySelectorAll('.prose .callout .callout-name')].map((name) => name.textContent)",
        );
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(names.iter().all(|name| !name.contains('!')), "{names:?}");
        // A box of its own ground, with its name in bold and no indent: no quotation.
        let looks: bool = page.eval(
            "(() => { const ground = (e) => getComputedStyle(e).backgroundColor;
              const box = document.querySelector('.prose .callout'), name = box.querySelector('.callout-name');
              const quote = document.querySelector('.prose blockquote:not(.callout)');
              const { fontWeight, textIndent } = getComputedStyle(name);
              return ground(box) !== ground(quote) && ground(box) !== ground(document.body)
                && fontWeight >= 600 && parseFloat(textIndent) === 0
                && name.getBoundingClientRect().bottom <= name.nextElementSibling.getBoundingClientRect().top
                && document.documentElement.scrollWidth <= innerWidth; })()",
        );
        assert!(looks, "{width}");
        // The sign-off ends near the right edge, whatever the lines before it.
        let right: bool = page.eval(
            "(() => { const prose = document.querySelector('.prose').getBoundingClientRect();
              const range = document.createRange();
              range.selectNodeContents(document.querySelector('.prose .sign-off'));
              const box = range.getBoundingClientRect();
              return box.left > prose.left + prose.width / 4 && prose.right - box.right < 80; })()",
        );
        assert!(right, "{width}");
    }
}
