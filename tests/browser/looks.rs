//! What a page looks like to readers: lines, columns, large print and paper.

use serde_json::json;

use crate::fixture::extremes;
use crate::harness::{Browser, Page, Server, Site, assert_none};

/// A page of each kind that has parts parted by dots, charts, tables or lists.
const PAGES: &[&str] = &[
    "/",
    "/stories/2026/bei-jie/",
    "/stories/2026/tian-biao/",
    "/focal-points/",
    "/focal-points/livelihood/",
    "/members/",
    "/members/qiu-po-an/",
    "/branches/qingyan/",
    "/units/",
    "/units/qinghe/",
    "/carriers/",
    "/works/",
    "/tasks/",
    "/tasks/lifts/",
    "/calendar/",
    "/honours/",
    "/news/",
    "/feedback/",
    "/archive/2026/",
];

fn complaints(page: &Page, server: &Server, script: &str) -> Vec<String> {
    let told = PAGES.iter().flat_map(|path| {
        page.goto(&server.url(path));
        let said: Vec<String> = page.eval(script);
        said.into_iter().map(move |word| format!("{path} {word}"))
    });
    told.collect()
}

#[test]
fn no_line_ends_or_begins_with_a_dot() {
    let site = Site::sample(&[]);
    let server = Server::strict(&site.folder);
    let page = Browser::shared().page();
    page.at_width(360);
    // The dot is drawn before its part; at the start of a line that place is cut off.
    let script = "[...document.querySelectorAll('main *:has(> * > .dot)')].filter((line) => line.checkVisibility() && !line.matches('.credits')).flatMap((line) => {
       const cut = parseFloat(getComputedStyle(line).clipPath.match(/([\\d.]+)px\\)$/)?.[1] ?? NaN);
       const edge = line.getBoundingClientRect().left + cut;
       const parts = [...line.children].filter((part) => part.getBoundingClientRect().width);
       return parts.flatMap((part, at) => {
         const { left, top } = part.getBoundingClientRect();
         const dot = left - parseFloat(getComputedStyle(part).marginLeft) / 2;
         const first = at === 0 || top > parts[at - 1].getBoundingClientRect().bottom - 2;
         const word = part.querySelector('.dot');
         const wrong = left < edge || (first ? dot > edge : dot < edge) || (word && word.getBoundingClientRect().width > 1);
         return wrong ? [line.innerText] : [];
       });
     })";
    let parted: usize = {
        page.goto(&server.url("/tasks/"));
        page.eval("document.querySelectorAll('main *:has(> * > .dot)').length")
    };
    assert!(parted > 3, "{parted}");
    assert_none("dots", complaints(&page, &server, script));
}

#[test]
fn large_print_fits_a_phone_and_a_wide_screen() {
    let site = Site::sample(&[]);
    let server = Server::strict(&site.folder);
    let page = Browser::shared().page();
    page.goto(&server.url("/"))
        .click(".elder-on")
        .wait_for("document.documentElement.matches('.elder')");
    page.at_width(360);
    let narrow = "(() => {
       const root = document.documentElement, said = [];
       if (root.scrollWidth > root.clientWidth) said.push(`${root.scrollWidth} px wide`);
       const name = document.querySelector('.brand-name');
       if (name.getBoundingClientRect().height > 60) said.push('the name of the site in several lines');
       if (document.querySelector('main').getBoundingClientRect().top > 370) said.push('half a screen of head');
       const words = [...document.querySelectorAll('.months-chart :is(.month-of, .number)')].map((e) => { const range = document.createRange(); range.selectNodeContents(e); return range.getBoundingClientRect(); });
       if (words.some((a, at) => words.some((b, other) => other > at && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 12 && b.top < a.bottom - 12))) said.push('words of the chart over each other');
       for (const link of document.querySelectorAll('main a[href]')) {
         const { height } = link.getBoundingClientRect();
         if (height && height < 43.5 && !link.closest('.prose, .kicker, [aria-hidden=true]') && link.checkVisibility()) said.push(`${height} ${link.outerHTML.slice(0, 90)}`);
       }
       for (const cell of document.querySelectorAll('.results tbody th')) if (cell.getBoundingClientRect().width < 90) said.push(`a column of ${cell.getBoundingClientRect().width}`);
       return said; })()";
    assert_none("large print at 360", complaints(&page, &server, narrow));
    page.at_width(1440);
    let wide = "[...document.querySelectorAll('main .summary, main .prose p')].filter((e) => e.getBoundingClientRect().width > 46 * parseFloat(getComputedStyle(e).fontSize)).map((e) => e.className)";
    assert_none("lines of more than 46 characters", complaints(&page, &server, wide));
}

#[test]
fn labels_break_between_words_and_twice_the_text_fits() {
    let site = Site::sample(&[]);
    let server = Server::strict(&site.folder);
    let page = Browser::shared().page();
    page.goto(&server.url("/"));
    let split = "(() => {
       const said = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
       for (let text; text = walk.nextNode();) {
         const label = text.parentElement.closest('.kind, .kicker-fp, .tag, .flag, .more, .sections a, .band-title, .focal-name, .honour-title, dt, legend');
         if (!label || !label.checkVisibility() || label.closest('.prose') || !/^[\\u4e00-\\u9fff]{2,8}$/.test(text.data.trim())) continue;
         const range = document.createRange();
         range.selectNodeContents(text);
         const lines = new Set([...range.getClientRects()].filter((box) => box.width > 1).map((box) => Math.round(box.top)));
         if (lines.size > 1) said.push(text.data.trim());
       }
       return said; })()";
    let wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth ? [String(document.documentElement.scrollWidth)] : []";
    for elder in [false, true] {
        let on = format!("void document.documentElement.classList.toggle('elder', {elder})");
        for width in [320, 360, 768, 1440] {
            page.at_width(width);
            let script = format!("({on}, {split})");
            assert_none(&format!("labels at {width}"), complaints(&page, &server, &script));
        }
        let size = if elder { "300%" } else { "200%" };
        for width in [320, 360] {
            page.at_width(width);
            let script =
                format!("({on}, document.documentElement.style.fontSize = '{size}', {wide})");
            assert_none(&format!("{size} at {width}"), complaints(&page, &server, &script));
        }
    }
}

#[test]
fn the_second_theme_cuts_no_line_and_remembers_large_print() {
    let mut files = extremes();
    for (path, text) in &mut files {
        if path == "content/site.yaml" {
            text.push_str("\ntheme: bulletin\n");
        }
    }
    let list = "---\ntitle: 清单\ndate: 2026-03-20\nkind: news\n---\n- [x] 办了\n- [ ] 没办\n";
    let tasks = "- {name: 修桥, unit: 总部, need: 桥窄, due: 2026-12-20}\n";
    files.extend([
        ("content/stories/boxes.md".into(), list.into()),
        ("content/tasks.yaml".into(), tasks.into()),
    ]);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let site = Site::of(&files);
    let server = Server::below("/zhuanlan/", &site.folder);
    let page = Browser::shared().page();
    page.at_width(360);
    let cut = "[...document.querySelectorAll('main *:has(> * > .dot)')].filter((line) => getComputedStyle(line).clipPath !== 'none').map((line) => line.outerHTML.slice(0, 90))";
    let small = "[...document.querySelectorAll('main :is(a, p, span, h2, h3, time)')].filter((e) => e.checkVisibility() && e.textContent.trim() && parseFloat(getComputedStyle(e).fontSize) < 24 && !e.closest('.visually-hidden, [aria-hidden]')).map((e) => `${getComputedStyle(e).fontSize} ${e.outerHTML.slice(0, 90)}`)";
    let told = |script: &str| -> Vec<String> {
        let paths = ["/", "/tasks/", "/members/", "/units/", "/stories/2026/honours/"];
        let said = |path: &&str| page.goto(&server.url(path)).eval::<Vec<String>>(script);
        paths.iter().flat_map(said).collect()
    };
    assert_none("lines of which the start is cut off", told(cut));
    page.goto(&server.url("/stories/2026/boxes/"));
    let lines =
        "parseFloat(getComputedStyle(document.querySelector('.prose li input')).borderTopWidth)";
    assert!(page.eval::<f64>(lines) >= 1.0, "a box of a list of tasks has no lines");
    page.click(".elder-on").goto(&server.url("/tasks/"));
    page.wait_for("document.documentElement.matches('.elder')");
    assert_none("text of less than 18 pt", told(small));
}

#[test]
fn the_news_of_the_home_page_is_as_high_as_the_lead() {
    let site = Site::sample(&[]);
    let server = Server::strict(&site.folder);
    let page = Browser::shared().page();
    page.at_width(1440).goto(&server.url("/"));
    let gap: f64 = page.eval(
        "document.querySelector('.lead').getBoundingClientRect().bottom - document.querySelector('.rail .lines > li:last-child').getBoundingClientRect().bottom",
    );
    assert!(gap.abs() < 120.0, "{gap}");
    page.at_width(360);
    assert!(!page.eval::<bool>("document.querySelector('.rail .summary').checkVisibility()"));
}

/// How many pages a print has.
fn sheets(page: &Page) -> usize {
    let printed = page.call("Page.printToPDF", json!({"preferCSSPageSize": true}));
    let pdf = &printed["data"];
    page.eval(&format!("atob({pdf}).match(/\\/Type \\/Page\\b(?!s)/g).length"))
}

#[test]
fn a_print_has_no_sheet_for_the_foot_alone_and_loses_no_column() {
    let site = Site::sample(&[]);
    let server = Server::strict(&site.folder);
    let page = Browser::shared().page();
    page.emulate_media("print", &[]);
    page.goto(&server.url("/archive/2026/"));
    // Before, the list of months began on a sheet of its own, and the foot stood on a third.
    assert_eq!(sheets(&page), 2);
    // What is little more than a sheet is set a little closer.
    for path in ["/about/", "/works/", "/units/", "/carriers/", "/tasks/one-form/"] {
        page.goto(&server.url(path));
        assert_eq!(sheets(&page), 1, "{path}");
    }
    // Large print is for the screen: paper is as it always is.
    let home = |elder: bool| {
        page.goto(&server.url("/"));
        page.eval::<()>(&format!(
            "void document.documentElement.classList.toggle('elder', {elder})"
        ));
        sheets(&page)
    };
    assert_eq!(home(true), home(false));
    // A list and a profile of little more than a sheet is set on one.
    page.goto(&server.url("/members/qiu-po-an/"));
    assert_eq!(sheets(&page), 1);
    page.goto(&server.url("/archive/2026/"));
    let shown = |selector: &str| {
        page.eval::<bool>(&format!("document.querySelector('{selector}').checkVisibility()"))
    };
    assert!(shown(".publisher") && !shown(".colophon") && !shown(".elder-on") && !shown(".notice"));

    let files = extremes();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let site = Site::of(&files);
    let server = Server::below("/zhuanlan/", &site.folder);
    // A4 without its margins.
    page.at_width(628).goto(&server.url("/stories/2026/table/"));
    let (table, paper): (f64, f64) = page.eval(
        "[document.querySelector('.prose table').getBoundingClientRect().right, document.documentElement.clientWidth]",
    );
    assert!(table <= paper + 1.0, "{table} on {paper}");
}
