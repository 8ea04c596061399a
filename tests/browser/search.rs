//! Search: what a reader types and finds, with the keyboard, shared, offline, from the disk.

#[path = "../shared/search_cases.rs"]
mod cases;

use serde_json::json;

use crate::harness::{Browser, Page, Server, Site};

/// The sample, under the strictest policy, and its page of search.
fn search() -> (Site, Server, Page) {
    let site = Site::sample(&[]);
    let server = Server::strict(&site.folder);
    let page = Browser::shared().open(&server.url("/search/"));
    (site, server, page)
}

const RESULTS: &str = "document.querySelectorAll('[data-search-results] a').length";

fn types(page: &Page, text: &str) {
    page.call("Input.insertText", json!({ "text": text }));
}

fn finds(page: &Page, query: &str) -> Vec<String> {
    let query = serde_json::Value::from(query);
    page.eval(&format!(
        "import(new URL('../search/search.js', document.querySelector('script[src*=\"search/\"]').src))
           .then(({{ open }}) => open()).then((engine) => engine.search({query}))
           .then((answer) => answer.results.map((result) => result.title))"
    ))
}

#[test]
fn results_come_as_one_types_and_lead_to_their_stories() {
    let (_site, _server, page) = search();
    let before = page.requests().iter().filter(|request| request.url.contains(".bin")).count();
    assert_eq!(before, 0, "nothing is asked of the index before the field is used");
    page.press("/");
    types(&page, "林小满");
    page.wait_for(&format!("{RESULTS} === 3"));
    let marked: Vec<String> = page.eval(
        "[...document.querySelectorAll('[data-search-results] h2 mark')].map((e) => e.textContent)",
    );
    assert_eq!(marked, ["林小满"]);
    assert!(
        page.eval::<String>("document.querySelector('[role=status]').textContent").contains('3')
    );
    assert!(page.eval::<String>("decodeURIComponent(location.search)").contains("q=林小满"));
    page.press("ArrowDown").press("Enter").arrives_at("/stories/2026/lin-xiao-man/");
    assert!(page.console_errors().is_empty(), "{:?}", page.console_errors());
}

#[test]
fn a_name_is_found_however_it_is_spaced() {
    let (_site, _server, page) = search();
    let whole = finds(&page, "林小满");
    assert!(!whole.is_empty());
    for query in ["林 小 满", "林　小　满", "林\u{a0}小 满"] {
        assert_eq!(finds(&page, query), whole, "{query}");
    }
}

#[test]
fn the_field_of_every_page_leads_to_its_results() {
    let (_site, server, page) = search();
    page.goto(&server.url("/stories/2026/bei-jie/")).press("/");
    types(&page, "两张皮");
    page.press("Enter").arrives_at("/search/?q=");
    page.wait_for(&format!("{RESULTS} === 2"));
    let back = page.eval::<String>("document.querySelector('input[type=search]').value");
    assert_eq!(back, "两张皮");
}

#[test]
fn facets_narrow_and_the_address_keeps_them() {
    let (_site, server, page) = search();
    page.goto(&server.url("/search/?q=%E5%B1%85%E6%B0%91"));
    page.wait_for(&format!("{RESULTS} > 3"));
    let all: usize = page.eval(RESULTS);
    page.click("main details summary");
    page.wait_for("document.querySelectorAll('[data-search-facets] input').length > 5");
    let count: usize = page.eval(
        "Number(document.querySelector('[name=focal_point][value=livelihood]').closest('label').querySelector('.count').textContent)",
    );
    page.eval::<()>("document.querySelector('[name=focal_point][value=livelihood]').click()");
    page.wait_for(&format!("{RESULTS} === {count}"));
    assert!(count > 0 && count < all, "{count} of {all}");
    page.wait_for("location.search.includes('focal_point=livelihood')");
    page.goto(&page.eval::<String>("location.href"));
    page.wait_for(&format!("{RESULTS} === {count}"));
    page.wait_for(
        "document.querySelector('[name=focal_point][value=livelihood]')?.checked === true",
    );
    page.eval::<()>("document.querySelector('[name=focal_point][value=livelihood]').click()");
    page.wait_for(&format!("{RESULTS} === {all}"));
    page.eval::<()>("history.back()");
    page.wait_for(&format!("{RESULTS} === {count}"));
}

#[test]
fn arrows_walk_through_the_results_and_back() {
    let (_site, server, page) = search();
    page.goto(&server.url("/search/?q=%E5%85%9A%E5%91%98"));
    page.wait_for(&format!("{RESULTS} === 10"));
    page.press("/").press("ArrowDown").press("ArrowDown");
    page.wait_for(
        "document.activeElement === document.querySelectorAll('[data-search-results] a')[1]",
    );
    page.press("ArrowUp").press("ArrowUp");
    page.wait_for("document.activeElement.type === 'search'");
    page.click("[data-search-more]");
    page.wait_for(&format!("{RESULTS} > 10"));
}

#[test]
fn what_is_not_there_is_said_with_what_is_near() {
    let (_site, server, page) = search();
    page.goto(&server.url("/search/?q=%E6%9E%97%E5%B0%8F%E8%81%AA"));
    page.wait_for("document.querySelector('[data-search-empty]').textContent.includes('林小聪')");
    assert!(page.eval::<bool>(
        "[...document.querySelectorAll('[data-search-empty] a')].some((a) => a.textContent === '林小满')"
    ));
    let focal: usize = page.eval("document.querySelectorAll('.search-focal a').length");
    assert_eq!(focal, 6);
}

/// What the page says above its results, and instead of them.
fn says(page: &Page) -> (String, Vec<String>, String) {
    page.eval(
        "[document.querySelector('[role=status]').textContent,
          [...document.querySelectorAll('.search-offers a')].map((a) => a.textContent),
          document.querySelector('[data-search-empty]').textContent]",
    )
}

#[test]
fn who_is_meant_is_answered_before_it_is_said_that_nothing_is_there() {
    let member = |name: &str, slug: &str, unit: &str| {
        let text = format!(
            "---\ntitle: 第{slug}篇\ndate: 2026-03-18\nkind: member\nname: {name}\nunit: {unit}\nfocal_points: [民生]\ncarriers: [板凳会]\n---\n正文。\n"
        );
        (format!("content/stories/{slug}.md"), text)
    };
    let [a, b] = [member("曾庆兰", "a", "柳河渡支部"), member("苏明远", "b", "柳河渡支部")];
    let site = Site::of(&[
        ("content/site.yaml", "title: 测试\n"),
        ("content/units.yaml", "- name: 柳河渡支部\n  aliases: [原渡口工段]\n"),
        (&a.0, &a.1),
        (&b.0, &b.1),
    ]);
    let server = Server::strict(&site.folder);
    let page = Browser::shared().open(&server.url("/search/"));
    // By initials, by the whole reading, by characters of the same sound, the surname's own too.
    for typed in ["smy", "sumingyuan", "苏鸣源", "素明元"] {
        page.goto(&server.url(&format!("/search/?q={typed}")));
        page.wait_for("document.querySelector('[data-search-empty] a')?.textContent === '苏明远'");
        let (status, _, empty) = says(&page);
        assert!(status.contains("是不是") && !empty.contains("没有"), "{typed}: {status} {empty}");
    }
    page.goto(&server.url("/search/?q=增清蓝"));
    page.wait_for("document.querySelector('[data-search-empty] a')?.textContent === '曾庆兰'");
    // A guess comes before what is missing, and is told as one.
    page.goto(&server.url("/search/?q=苏明白"));
    page.wait_for("document.querySelector('[data-search-empty] a')?.textContent === '苏明远'");
    let (status, _, empty) = says(&page);
    assert!(status.contains("没有找到"), "{status}");
    assert!(empty.find("苏明远") < empty.find("苏明白"), "{empty}");
    // A full name, of whatever, has its page on top of what is found.
    for (typed, name, at) in [
        ("苏明远", "苏明远", "/members/su-ming-yuan/"),
        ("苏　明远", "苏明远", "/members/su-ming-yuan/"),
        ("原渡口工段", "柳河渡支部", "/units/liu-he-du-zhi-bu/"),
        ("板凳会", "板凳会", "/carriers/ban-deng-hui/"),
        ("民生", "坚持抓好民生", "/focal-points/livelihood/"),
    ] {
        page.goto(&server.url(&format!("/search/?q={typed}")));
        page.wait_for(&format!("{RESULTS} > 0"));
        assert_eq!(says(&page).1, [name], "{typed}");
        assert!(page.eval::<bool>(
            "document.querySelector('.search-offers').compareDocumentPosition(document.querySelector('[data-search-results]')) === 4"
        ));
        page.click(".search-offers a").arrives_at(at);
    }
    page.goto(&server.url("/search/?q=正文"));
    page.wait_for(&format!("{RESULTS} === 2"));
    assert_eq!(says(&page).1, [""; 0]);
    assert!(page.console_errors().is_empty(), "{:?}", page.console_errors());
}

#[test]
fn a_reader_who_comes_back_finds_what_is_there_now() {
    let story = |name: &str, date: &str, body: &str| {
        let text = format!("---\ntitle: {name}\ndate: {date}\nkind: news\n---\n{body}\n");
        (format!("content/stories/{name}.md"), text)
    };
    let kept_for_a_day = "Cache-Control: max-age=86400\r\n";
    // Without a word of the server, a browser keeps a file for a tenth of its age.
    let kept_by_age = "Last-Modified: Mon, 05 Jan 2026 08:00:00 GMT\r\n";
    for header in [kept_for_a_day, kept_by_age] {
        let publish = |site: &Site, stories: &[(String, String)]| {
            let files = stories.iter().map(|(path, text)| (path.as_str(), text.as_str()));
            site.publish(&files.collect::<Vec<_>>());
        };
        let site = Site::of(&[("content/site.yaml", "title: 回头客\n")]);
        publish(
            &site,
            &[
                story("中旬", "2026-10-12", "参加大扫除的有 86 人。"),
                story("下旬", "2026-10-25", "大扫除之后，楼道亮堂了。"),
            ],
        );
        let server = Server::kept(&site.folder, header);
        let page = Browser::shared().open(&server.url("/search/"));
        assert_eq!(finds(&page, "大扫除").len(), 2, "{header}");
        assert_eq!(finds(&page, "86 人"), ["中旬"], "{header}");
        publish(
            &site,
            &[
                story("上旬", "2026-10-02", "动员会上说，大扫除从今天开始。"),
                story("中旬", "2026-10-12", "参加大扫除的有 87 人。"),
            ],
        );
        page.goto(&server.url("/search/"));
        let mut found = finds(&page, "大扫除");
        found.sort();
        assert_eq!(found, ["上旬", "下旬", "中旬"], "{header}");
        assert_eq!(finds(&page, "87 人"), ["中旬"], "{header}");
        assert_eq!(finds(&page, "86 人"), [""; 0], "{header}");
        assert_eq!(finds(&page, "动员会"), ["上旬"], "{header}");
    }
}

#[test]
fn a_failing_network_is_said_and_tried_again() {
    let (_site, _server, page) = search();
    page.block(&["*.bin*"]);
    page.press("/");
    types(&page, "林小满");
    page.wait_for("document.querySelector('[role=status]').textContent.includes('网络')");
    page.block(&[]);
    page.wait_for(&format!("{RESULTS} === 3"));
}

#[test]
fn a_shard_of_another_build_is_told_from_an_empty_answer() {
    let (site, server, page) = search();
    for shard in site.files(".bin") {
        if shard.contains("/k/") {
            std::fs::write(site.folder.join(shard), b"\x1f\x8b\x08\0cut").unwrap();
        }
    }
    page.goto(&server.url("/search/?q=%E6%9E%97%E5%B0%8F%E6%BB%A1"));
    page.wait_for("document.querySelector('[role=status]').textContent.includes('网络')");
    let directories =
        page.requests().iter().filter(|request| request.url.contains("directory")).count();
    assert_eq!(directories, 2, "the directory is asked for once more, and no more often");
}

#[test]
fn any_query_is_answered() {
    let (_site, _server, page) = search();
    let long = "民".repeat(10_000);
    for query in [
        "",
        " ",
        "。，！",
        "a",
        "\u{1F600}",
        "\u{202E}abc",
        ".*+?^${}()|[]\\",
        "<img src=x onerror=alert(1)>",
        "-",
        "\"",
        "“",
        &long,
    ] {
        finds(&page, query);
    }
    let surrogate: usize = page.eval(
        "import(document.querySelector('link[rel=modulepreload]').href).then(({ open }) => open())
           .then((engine) => engine.search('\\ud83d\\ud83d林小满')).then((answer) => answer.total)",
    );
    assert_eq!(surrogate, 3);
    assert_eq!(finds(&page, "黨員 林小滿").len(), finds(&page, "党员 林小满").len());
    assert!(page.console_errors().is_empty(), "{:?}", page.console_errors());
}

#[test]
fn a_site_without_a_story_says_that_nothing_is_there() {
    let site = Site::of(&[("content/site.yaml", "title: 空站\n")]);
    let server = Server::strict(&site.folder);
    let page = Browser::shared().open(&server.url("/search/"));
    page.press("/");
    types(&page, "先进");
    page.wait_for("!document.querySelector('[data-search-empty]').hidden");
    let said: String = page.eval("document.querySelector('[data-search-empty]').textContent");
    assert!(said.contains("先进"), "{said}");
    assert_eq!(page.eval::<usize>("document.querySelectorAll('.search-focal a').length"), 6);
    assert!(page.console_errors().is_empty(), "{:?}", page.console_errors());
}

/// So many stories that the list of a pair goes on in a second file.
#[test]
fn thousands_of_stories_of_one_unit_are_all_found() {
    let story = |i: usize| {
        let text = format!(
            "---\ntitle: 第{i}篇\ndate: 20{:02}-{:02}-03\nkind: branch\nunit: 城北供水站\nfocal_points: [民生]\n---\n正文{i}。\n",
            10 + i / 400,
            1 + i % 12
        );
        (format!("content/stories/{i}.md"), text)
    };
    let mut files: Vec<(String, String)> = (0..4200).map(story).collect();
    files.push(("content/site.yaml".into(), "title: 大站\n".into()));
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (&**a, &**b)).collect();
    let site = Site::of(&files);
    assert!(site.files(".bin").iter().any(|file| file.contains("search/t/")), "a list is long");
    let server = Server::strict(&site.folder);
    let page = Browser::shared().open(&server.url("/search/?q=%E4%BE%9B%E6%B0%B4%E7%AB%99"));
    page.wait_for(&format!("{RESULTS} === 10"));
    let status: String = page.eval("document.querySelector('[role=status]').textContent");
    assert!(status.contains("4200"), "{status}");
    page.click("[data-search-more]");
    page.wait_for(&format!("{RESULTS} === 20"));
    // The oldest is after the end of the first file; a facet has to look at all of them.
    page.goto(&server.url("/search/?q=%E4%BE%9B%E6%B0%B4&year=2010&unit=cheng-bei-gong-shui-zhan"));
    page.wait_for("document.querySelector('[role=status]').textContent.includes('400')");
    assert_eq!(finds(&page, "第3999篇"), ["第3999篇"]);
    assert_eq!(finds(&page, "第0篇"), ["第0篇"]);
    assert!(page.console_errors().is_empty(), "{:?}", page.console_errors());
}

#[test]
fn hostile_titles_and_queries_stay_text() {
    let site = Site::of(&[
        ("content/site.yaml", "title: 测试\nsearch: true\n"),
        (
            "content/stories/x.md",
            "---\ntitle: '<img src=x onerror=document.title=1> 民生'\ndate: 2026-03-18\nkind: news\n---\n\\<b>民生\\</b> & 正文 <i>\n",
        ),
    ]);
    let server = Server::strict(&site.folder);
    let page = Browser::shared().open(&server.url("/search/?q=%3Cimg%20%E6%B0%91%E7%94%9F"));
    page.wait_for(&format!("{RESULTS} === 1"));
    let title: String = page.eval("document.querySelector('[data-search-results] h2').textContent");
    assert!(title.starts_with("<img"), "{title}");
    assert_eq!(
        page.eval::<usize>("document.querySelectorAll('main img, main b, main i').length"),
        0
    );
    let excerpt: String = page.eval(
        "import(document.querySelector('link[rel=modulepreload]').href).then(({ open }) => open())
           .then((engine) => engine.search('民生')).then((answer) => answer.results[0].excerpt)",
    );
    assert!(!excerpt.replace("<mark>", "").replace("</mark>", "").contains('<'), "{excerpt}");
}

#[test]
fn a_mark_covers_the_match_across_elements() {
    let site = Site::of(&[
        ("content/site.yaml", "title: 测试\nsearch: true\n"),
        (
            "content/stories/x.md",
            "---\ntitle: 标题\ndate: 2026-03-18\nkind: news\n---\n把**好事**办到家[^1]门口，Ｅｘｃｅｌ 表格。\n\n[^1]: 注。\n",
        ),
    ]);
    let server = Server::strict(&site.folder);
    let page = Browser::shared().open(&server.url("/search/"));
    for (query, marked) in [("好事办到家门", "好事办到家门"), ("excel表格", "Ｅｘｃｅｌ 表格")]
    {
        page.goto(&server.url(&format!("/search/?q={query}")));
        page.wait_for(&format!("{RESULTS} === 1"));
        assert_eq!(
            page.eval::<String>("document.querySelector('.excerpt mark').textContent"),
            marked
        );
    }
}

#[test]
fn a_site_on_the_disk_is_searched_too() {
    let site = Site::sample(&["--relative"]);
    let page =
        Browser::shared().open(&format!("file://{}/search/index.html", site.folder.display()));
    page.press("/");
    types(&page, "林小满");
    page.wait_for(&format!("{RESULTS} === 3"));
    page.press("ArrowDown").press("Enter").arrives_at("/stories/2026/lin-xiao-man/index.html");
    page.press("/");
    types(&page, "两张皮");
    page.press("Enter").arrives_at("/search/index.html?q=");
    page.wait_for(&format!("{RESULTS} === 2"));
}

#[test]
fn a_page_without_scripts_says_what_else_helps() {
    let (_site, server, page) = search();
    page.without_scripts().goto(&server.url("/search/"));
    assert!(page.eval::<String>("document.querySelector('main').innerText").contains("JavaScript"));
}

#[test]
fn a_phone_shows_results_without_scrolling_sideways() {
    let (_site, server, page) = search();
    page.at_width(360).goto(&server.url("/search/?q=%E5%85%9A%E5%91%98"));
    page.wait_for(&format!("{RESULTS} === 10"));
    page.click("main details summary");
    page.wait_for("document.querySelectorAll('[data-search-facets] input').length > 5");
    assert!(page.eval::<bool>("document.documentElement.scrollWidth <= 360"));
}

#[test]
fn the_script_compares_as_the_program_does() {
    let (_site, _server, page) = search();
    for (text, normal) in cases::SAME {
        let text = serde_json::Value::from(*text);
        let given: String = page.eval(&format!(
            "import(document.querySelector('link[rel=modulepreload]').href).then(async ({{ open, normalise }}) => {{
               const engine = await open(); await engine.fold(); return normalise({text}, engine.table()).text; }})"
        ));
        assert_eq!(&given, normal, "{text}");
    }
}
