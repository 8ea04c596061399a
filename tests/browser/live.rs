//! `xianfeng serve` with a page open in Chromium: it follows what is written.

#[path = "../shared/live.rs"]
pub mod server;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::json;
use tempfile::TempDir;

use crate::harness::{Browser, Page};
use server::Live;

/// A campaign in a folder of its own, served.
struct Campaign {
    // Dropped first: it watches the folder.
    live: Live,
    temp: TempDir,
}

const STORY: &str = "content/stories/a.md";
const ADDRESS: &str = "/stories/2026/a/";
const STYLE: &str = include_str!("../../themes/xianfeng/assets/look.css");

fn story(title: &str, paragraphs: usize) -> String {
    let body: String = (1..=paragraphs).map(|n| format!("第{n}段，写得不短也不长。\n\n")).collect();
    format!("---\ntitle: {title}\ndate: 2026-03-18\nkind: news\nsummary: 摘要。\n---\n{body}")
}

impl Campaign {
    fn of(files: &[(&str, &str)], lang: &str) -> Self {
        let temp = tempfile::Builder::new().prefix("xianfeng").tempdir().unwrap();
        for (path, text) in files {
            write(temp.path().join(path), text);
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_xianfeng"));
        command.arg("-r").arg(temp.path()).args(["serve", "--lang", lang, "-p", "0"]);
        Self { live: Live::start(command), temp }
    }

    fn small() -> Self {
        let files = [("content/site.yaml", "title: 测试专栏\n"), (STORY, &story("甲", 80))];
        Self::of(&files, "zh")
    }

    fn write(&self, path: &str, text: &str) -> &Self {
        write(self.temp.path().join(path), text);
        self
    }

    fn open(&self, path: &str) -> Page {
        let page = Browser::shared().open(&self.live.url(path));
        // It survives whatever happens to the page, but not a reload.
        page.eval::<bool>("window.same = true");
        page
    }
}

fn write(path: PathBuf, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// All the words of the overlay; none if there is none.
fn overlay(page: &Page) -> Option<String> {
    page.eval("document.querySelector('#xianfeng-overlay')?.shadowRoot.lastChild.innerText ?? null")
}

const THERE: &str = "!!document.querySelector('#xianfeng-overlay')?.shadowRoot.querySelector('li')";
const GONE: &str = "!document.querySelector('#xianfeng-overlay')";

fn is_same(page: &Page) -> bool {
    page.eval("window.same === true")
}

#[test]
fn a_saved_story_appears_and_the_place_is_kept() {
    let campaign = Campaign::small();
    let page = campaign.open(ADDRESS);
    page.eval::<()>("void scrollTo({ top: 900, behavior: 'instant' })");
    let before: f64 = page.eval("scrollY");
    assert!(before > 500.0, "{before}");
    campaign.write(STORY, &story("改过的题目", 80));
    page.wait_for("document.querySelector('h1')?.textContent === '改过的题目' && document.readyState === 'complete'");
    assert!(!is_same(&page));
    page.wait_for(&format!("Math.abs(scrollY - {before}) < 2"));
    // And once more, from the page that was reloaded.
    campaign.write(STORY, &story("又改", 81));
    page.wait_for("document.querySelector('h1')?.textContent === '又改' && document.readyState === 'complete'");
    page.wait_for(&format!("Math.abs(scrollY - {before}) < 2"));
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn a_page_that_did_not_change_is_left_alone() {
    let campaign = Campaign::small();
    campaign.write("content/pages/about.md", "---\ntitle: 关于\n---\n正文。\n");
    campaign.live.until("/about/", |page| page.status == 200);
    let page = campaign.open("/about/");
    // Its own change comes after that of another page, so both have been heard of.
    campaign.write(STORY, &story("甲", 90));
    campaign.live.until(ADDRESS, |page| page.has("第90段"));
    page.wait_for(
        "performance.getEntriesByType('resource').some((entry) => entry.name === location.href)",
    );
    assert!(is_same(&page));
    campaign.write("content/pages/about.md", "---\ntitle: 关于\n---\n改过。\n");
    page.wait_for("document.body.innerText.includes('改过。')");
    assert!(!is_same(&page));
}

#[test]
fn a_style_sheet_is_swapped_without_a_reload() {
    let campaign = Campaign::small();
    let page = campaign.open(ADDRESS);
    page.eval::<()>("void scrollTo({ top: 700, behavior: 'instant' })");
    let colour = "getComputedStyle(document.querySelector('h1')).color";
    for (rule, shown) in [("rgb(1, 2, 3)", "rgb(1, 2, 3)"), ("rgb(4, 5, 6)", "rgb(4, 5, 6)")] {
        campaign.write(
            "themes/xianfeng/assets/look.css",
            &format!("{STYLE}\nh1 {{ color: {rule} !important }}\n"),
        );
        page.wait_for(&format!("{colour} === '{shown}'"));
    }
    page.wait_for("document.querySelectorAll('link[rel=stylesheet]').length === 1");
    assert!(is_same(&page));
    assert!(page.eval::<f64>("scrollY") > 600.0);
    // The page knows that it is up to date: another page's change leaves it alone.
    campaign.write("content/stories/b.md", &story("乙", 1).replace("news", "news\ndraft: false"));
    campaign.live.until("/stories/2026/b/", |page| page.status == 200);
    campaign.write(STORY, &story("甲改", 80));
    page.wait_for("document.querySelector('h1')?.textContent === '甲改'");
    page.wait_for(&format!("{colour} === 'rgb(4, 5, 6)'"));
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn a_picture_that_is_replaced_is_seen() {
    let picture = |width: u32| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='10'><rect width='9' height='9'/></svg>"
        )
    };
    let campaign = Campaign::small();
    let text = "---\ntitle: 图\ndate: 2026-03-18\nkind: news\n---\n![图](p.svg)\n";
    campaign
        .write("content/stories/p/p.svg", &picture(30))
        .write("content/stories/p/index.md", text);
    campaign.live.until("/stories/2026/p/", |page| page.has("p.svg"));
    let page = campaign.open("/stories/2026/p/");
    let width = "document.querySelector('main img[src*=\"p.svg\"]')?.naturalWidth";
    page.wait_for(&format!("{width} === 30"));
    campaign.write("content/stories/p/p.svg", &picture(50));
    page.wait_for(&format!("{width} === 50"));
}

#[test]
fn mistakes_are_shown_over_the_page_and_go_when_fixed() {
    let campaign = Campaign::small();
    let page = campaign.open(ADDRESS);
    let bad = "---\ntitle: 甲\ndate: 2026-02-30\nkind: news\nfocal_points: [民升]\n---\n正文。\n";
    campaign.write(STORY, bad);
    // The page is what can be read, the mistakes over it and in it.
    page.wait_for("document.body.innerText.includes('日期待填')").wait_for(THERE);
    assert!(page.eval::<bool>("!document.body.innerText.includes('第80段')"));
    assert!(page.eval::<bool>(
        "document.querySelector('#xianfeng-notice').innerText.includes('没有“民升”这个着力点')"
    ));
    let words = overlay(&page).unwrap();
    for word in [
        "有 2 处要改，其余照常显示",
        "content/stories/a.md:3:7",
        "date-impossible",
        "没有“2026-02-30”这个日期或时间",
        "2026 年 2 月只有 28 天",
        "content/stories/a.md:5:16",
        "没有“民升”这个着力点",
        "是不是“民生”？",
        "date: 2026-02-30",
    ] {
        assert!(words.contains(word), "{word} is not in {words}");
    }
    let marks: Vec<String> = page.eval(
        "[...document.querySelector('#xianfeng-overlay').shadowRoot.querySelectorAll('mark')].map((mark) => mark.textContent)",
    );
    assert_eq!(marks, ["2026-02-30", "民升"]);
    // Other pages are whole, with the same over them.
    let other = campaign.open("/");
    other.wait_for(THERE);
    assert!(other.eval::<bool>("document.body.innerText.includes('测试专栏')"));
    // Other mistakes take the place of these.
    campaign.write(STORY, &story("甲", 80).replace("news", "新闻"));
    page.wait_for(
        "(() => { const said = document.querySelector('#xianfeng-overlay')?.shadowRoot.textContent;
            return said?.includes('新闻') && !said.includes('民升'); })()",
    );
    page.wait_for("document.body.innerText.includes('第80段')").wait_for(THERE);
    campaign.write(STORY, &story("改好了", 80));
    page.wait_for("document.querySelector('h1')?.textContent === '改好了'").wait_for(GONE);
    other.wait_for("document.body.innerText.includes('改好了')").wait_for(GONE);
}

#[test]
fn the_overlay_speaks_both_languages_and_folds() {
    let campaign = Campaign::of(
        &[
            ("content/site.yaml", "title: 测试专栏\n"),
            (STORY, &story("甲", 3)),
            ("content/stories/b.md", "坏"),
        ],
        "en",
    );
    let whole = campaign.open(ADDRESS);
    whole.wait_for(THERE);
    assert!(whole.eval::<bool>("document.body.innerText.includes('第3段')"));
    assert!(overlay(&whole).unwrap().contains("1 to fix; everything else is shown"));
    // What cannot be shown says so at its own address.
    let page = campaign.open("/stories/2026/b/");
    page.wait_for(THERE);
    let words = overlay(&page).unwrap();
    assert!(words.contains("1 to fix; then the page appears by itself"), "{words}");
    assert!(words.contains("the file has no front matter"), "{words}");
    let press = |n: u32| {
        page.eval::<()>(&format!(
            "document.querySelector('#xianfeng-overlay').shadowRoot.querySelectorAll('button')[{n}].click()"
        ));
    };
    press(0);
    let words = overlay(&page).unwrap();
    assert!(
        words.contains("文件开头没有稿件信息") && words.contains("改好以后网页会自动出现"),
        "{words}"
    );
    press(1);
    assert!(!overlay(&page).unwrap().contains("文件开头没有稿件信息"));
    press(1);
    assert!(overlay(&page).unwrap().contains("文件开头没有稿件信息"));
    campaign.write("content/stories/b.md", &story("乙", 3));
    page.wait_for("document.querySelector('h1')?.textContent === '乙'").wait_for(GONE);
    whole.wait_for(GONE);
}

#[test]
fn hostile_text_in_the_overlay_stays_text() {
    let campaign = Campaign::small();
    let page = Browser::shared().page();
    let setter = "Object.defineProperty(window, 'hacked', { set() { localStorage.hacked = location.href; } })";
    page.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": setter }));
    page.goto(&campaign.live.url(ADDRESS));
    for payload in [
        "<img src=x onerror=hacked=1>",
        "</script><script>hacked=1</script>",
        "<!--<script>hacked=1</script>",
        "</li></ol><svg onload=hacked=1>",
        "javascript:hacked=1//${hacked=1}`",
    ] {
        let yaml = payload.replace('\'', "''");
        let text = format!(
            "---\ntitle: 甲\ndate: '{yaml}'\nkind: '{yaml}'\nfocal_points: ['{yaml}']\n'{yaml}': 1\n---\n[x](<{payload}>)\n"
        );
        campaign.write(STORY, &text);
        let wanted = serde_json::Value::from(payload);
        // The page has it too, and comes before what is over it.
        page.wait_for(&format!(
            "document.querySelector('#xianfeng-notice')?.textContent.includes({wanted}) && \
             document.querySelector('#xianfeng-overlay')?.shadowRoot.textContent.includes({wanted})"
        ));
        let made: Vec<String> = page.eval(
            "[...document.querySelectorAll('#xianfeng-notice *')].map((one) => one.localName)",
        );
        let known = ["p", "ul", "li", "br", "small"];
        assert!(made.iter().all(|name| known.contains(&name.as_str())), "{made:?}");
        let made: Vec<String> = page.eval(
            "[...document.querySelector('#xianfeng-overlay').shadowRoot.querySelectorAll('section *')].map((one) => one.localName)",
        );
        let known = ["header", "h2", "button", "ol", "li", "p", "span", "code", "pre", "mark"];
        assert!(made.iter().all(|name| known.contains(&name.as_str())), "{made:?}");
    }
    // As the data of a page that stands for another.
    campaign.write(STORY, &story("甲", 3));
    page.wait_for(GONE);
    let hostile =
        "{% block main %}{{ page.crumbs[7].name }}</script><script>hacked=1</script>{% endblock %}";
    campaign.write("themes/xianfeng/templates/not_found.html", hostile);
    campaign.write(
        "content/stories/c.md",
        "---\ntitle: '</script><script>hacked=1</script>'\ndate: 2026-03-18\nkind: news\n---\n文\n",
    );
    campaign.write("themes/xianfeng/templates/story.html", "{{ page.crumbs[7].name }}");
    campaign.live.until("/stories/2026/c/", |page| page.status == 500);
    page.goto(&campaign.live.url("/stories/2026/c/"));
    page.wait_for(THERE);
    assert_eq!(page.eval::<Option<String>>("localStorage.hacked ?? null"), None);
}

#[test]
fn a_template_that_fails_is_shown_over_the_page_it_was() {
    let campaign = Campaign::small();
    let page = campaign.open(ADDRESS);
    campaign.write("themes/xianfeng/templates/story.html", "{{ page.crumbs[7].name }}\n");
    page.wait_for(THERE);
    assert!(is_same(&page));
    assert!(overlay(&page).unwrap().contains("themes/xianfeng/templates/story.html:1"));
    // Who comes now sees the same on an empty page, and then the page.
    let other = campaign.open(ADDRESS);
    other.wait_for(THERE);
    fs::remove_file(campaign.temp.path().join("themes/xianfeng/templates/story.html")).unwrap();
    page.wait_for(GONE);
    assert!(is_same(&page));
    other.wait_for("document.querySelector('h1')?.textContent === '甲'").wait_for(GONE);
}

#[test]
fn a_server_that_comes_back_is_found_again() {
    let campaign = Campaign::small();
    let page = campaign.open(ADDRESS);
    let port = campaign.live.port.to_string();
    let Campaign { live, temp } = campaign;
    drop(live);
    write(temp.path().join(STORY), &story("隔夜", 80));
    let mut command = Command::new(env!("CARGO_BIN_EXE_xianfeng"));
    command.arg("-r").arg(temp.path()).args(["serve", "--lang", "zh", "-p", &port]);
    let _again = Live::start(command);
    page.wait_for("document.querySelector('h1')?.textContent === '隔夜'");
}

#[test]
fn pages_ask_for_nothing_else_and_say_no_errors() {
    let campaign = Campaign::small();
    let page = campaign.open("/");
    assert_eq!(page.console_errors(), [""; 0]);
    let own = |url: &str| url.starts_with(&campaign.live.url("/"));
    assert!(page.requests().iter().all(|request| own(&request.url)), "{:?}", page.requests());
    // Search works as in a build.
    campaign.write("content/site.yaml", "title: 测试专栏\nsearch: true\n");
    campaign.live.until("/search/", |page| page.status == 200);
    let page = campaign.open("/search/?q=%E7%AC%AC80%E6%AE%B5");
    page.wait_for("document.querySelector('main')?.innerText.includes('甲')");
    assert_eq!(page.console_errors(), [""; 0]);
}
