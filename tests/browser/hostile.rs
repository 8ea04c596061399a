//! Hostile text in every field stays text.

use crate::attacks::published;
use crate::harness::{Browser, Page, Server, Site, Tour};

/// `X` is the payload, in single quotes as YAML has them.
const FILES: &[(&str, &str)] = &[
    (
        "content/site.yaml",
        "title: 'X题'\nsubtitle: 'X副'\ndescription: 'X简'\norganisation: 'X办'\ncontact: 'X联'\n\
         copyright: 'X权'\nicp: 'X案'\nnotice: 'X示'\n",
    ),
    (
        "content/focal-points.yaml",
        "- {slug: fp, name: 'X点', short_name: 'X短', aliases: ['X别'], description: 'X述'}\n",
    ),
    (
        "content/units.yaml",
        "- {name: 'X上', level: 'X级', sector: 'X域', region: 'X片', description: 'X介'}\n\
         - {name: 'X单', parent: 'X上', level: 'X级', sector: 'X域', region: 'X片'}\n",
    ),
    ("content/carriers.yaml", "- {name: 'X载', description: 'X说'}\n"),
    ("content/pages/about.md", "---\ntitle: 'X页'\n---\nX\n\n## X小标题\n\n`X`\n"),
    (
        "content/stories/one/index.md",
        "---\ntitle: 'X支部'\ndate: 2026-03-18\nkind: branch\nunit: 'X单'\nregion: 'X片'\nfocal_points: ['X点']\n\
         carriers: ['X载']\nhonours: [{title: 'X誉', by: 'X授', year: 2026}, 'X号']\n\
         results: [{indicator: 'X标', before: 'X前', after: 'X后', unit: 'X位'}]\nsummary: 'X摘'\n\
         cover: 'X.svg'\ncover_alt: 'X图'\nkeywords: ['X词']\nsource: 'X源'\nauthor: ['X作']\nphotographer: 'X摄'\n\
         editor: 'X编'\nupdated: 2026-03-19\npinned: true\nextra: {x: 'X附'}\n---\nX正文。\n\n## X小标题\n\n## X二\n\n## X三\n\n\
         **X**[^x]\n\n| X | b |\n|---|---|\n| X | X |\n\n```X\nX\n```\n\n[^x]: X注\n",
    ),
    (
        "content/stories/two.md",
        "---\ntitle: 'X党员'\ndate: 2026-03-19\nkind: member\nname: 'X名'\npost: 'X职'\nunit: 'X单'\nfocal_points: ['X短']\n\
         ---\n没有摘要：X正文。\n",
    ),
    (
        "content/stories/three.md",
        "---\ntitle: 'X动态'\ndate: 2026-03-20\nkind: news\nsummary: 'X摘'\n---\nX正文。\n",
    ),
];

const PICTURE: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";

/// Notes every `hacked = 1` in the site's storage, so that nothing that ran on any page goes unseen.
fn watch(page: &Page) {
    let setter = "Object.defineProperty(window, 'hacked', { set() { localStorage.hacked = location.href; } })";
    page.call("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({ "source": setter }));
}

fn hacked(page: &Page) -> Option<String> {
    page.eval("localStorage.hacked ?? null")
}

fn stays_text(payload: &str) {
    let texts: Vec<(&str, String)> = FILES
        .iter()
        .map(|(path, text)| (*path, text.replace("'X.svg'", "cover.svg").replace('X', payload)))
        .chain([("content/stories/one/cover.svg", PICTURE.to_owned())])
        // In a body a pasted picture is a picture, and must be there.
        .chain(
            ["content/pages/x", "content/stories/x", "content/stories/one/x"]
                .map(|path| (path, PICTURE.to_owned())),
        )
        .collect();
    let files: Vec<(&str, &str)> =
        texts.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let site = Site::of(&files);
    let server = Server::of(&site.folder);
    let page = Browser::shared().page();
    watch(&page);
    let tour = Tour::quick(&page, &server);
    assert!(tour.pages.len() > 15, "{:?}", tour.pages.keys());
    page.goto(&server.url("/"));
    assert_eq!(hacked(&page), None);
    assert_eq!(tour.dead_links(), [""; 0]);
    for url in tour.pages.keys() {
        page.goto(url);
        let made: Vec<String> = page.eval(
            "[...document.querySelectorAll('script:not([src], [type=\"application/ld+json\"]), img[src=x], svg[onload], [onerror], [onmouseover], [onfocus]')]
              .map((element) => element.outerHTML)",
        );
        assert_eq!(made, [""; 0], "{url}");
        let unread: usize = page.eval(
            "[...document.querySelectorAll('script[type=\"application/ld+json\"]')]
              .filter((block) => JSON.parse(block.textContent)['@context'] !== 'https://schema.org').length",
        );
        assert_eq!(unread, 0, "{url}");
        assert!(page.eval::<String>("document.title").contains(payload), "{url}");
    }

    // And all of it can be read as it was written.
    for (path, fields) in [
        ("/stories/2026/one/", "题办联权支部单短载标词源作摄编"),
        ("/stories/2026/two/", "党员名职单"),
        ("/about/", "页小标题"),
    ] {
        page.goto(&server.url(path));
        let text: String = page.eval("document.body.innerText");
        assert!(
            text.contains(&format!("{payload}{}", if path == "/about/" { "页" } else { "" })),
            "{path}: {text}"
        );
        let lost: Vec<char> = fields
            .chars()
            .filter(|mark| {
                !text.contains(&format!("{payload}{mark}")) && !"部员标题小".contains(*mark)
            })
            .collect();
        assert!(lost.is_empty(), "{path}: {lost:?} not to be read in {text}");
    }
    page.goto(&server.url("/stories/2026/one/"));
    assert!(
        page.eval::<Vec<String>>("[...document.images].map((image) => image.alt)")
            .contains(&format!("{payload}图"))
    );
}

#[test]
fn a_script_element_stays_text() {
    stays_text(r#""><script>window.hacked=1</script>"#);
}

#[test]
fn an_event_attribute_stays_text() {
    stays_text(r#"" onmouseover="hacked=1" autofocus onfocus="hacked=1"#);
}

#[test]
fn a_picture_that_fails_stays_text() {
    stays_text("</title><img src=x onerror=hacked=1>");
}

#[test]
fn a_template_s_braces_stay_text() {
    stays_text("{{ site.title }}{% raw %}&lt;script&gt;");
}

/// Stories with hostile HTML, on pages that show many of them in frames.
fn pasted() -> (Site, Vec<String>, Vec<String>) {
    let attacks = published();
    assert!(attacks.len() > 400, "{}", attacks.len());
    let slug = |i: usize| format!("/stories/2026/s{i}/");
    let stories = attacks.iter().enumerate().map(|(i, attack)| {
        let text = format!("---\ntitle: s{i}\ndate: 2026-03-18\nkind: news\n---\n{attack}\n");
        (format!("content/stories/s{i}.md"), text)
    });
    let urls: Vec<String> = (0..attacks.len()).map(slug).collect();
    let pages = urls.chunks(60).enumerate().map(|(i, urls)| {
        let frames: String =
            urls.iter().map(|url| format!("<iframe src={url}></iframe>")).collect();
        (format!("content/static/frames{i}.html"), format!("<!doctype html>{frames}"))
    });
    let pages: Vec<(String, String)> = pages.collect();
    let names = (0..pages.len()).map(|i| format!("/frames{i}.html")).collect();
    let settings = ("content/site.yaml".to_string(), "title: x\n".to_string());
    let picture = ("content/stories/x".to_string(), "x".to_string());
    // Nothing but the body, as hundreds are loaded.
    let template = (
        "themes/xianfeng/templates/story.html".to_string(),
        "<!doctype html><meta charset=\"utf-8\"><title>x</title><div data-search-body>\n\
         {{ story.body }}\n</div><footer class=\"story-foot\"></footer>"
            .to_string(),
    );
    let files: Vec<(String, String)> =
        stories.chain(pages).chain([settings, picture, template]).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    (Site::of(&files), urls, names)
}

#[test]
fn hostile_html_does_nothing_under_the_strictest_policy_and_without_one() {
    let (site, urls, pages) = pasted();
    for server in [Server::of(&site.folder), Server::strict(&site.folder)] {
        let page = Browser::shared().page();
        watch(&page);
        let mut asked = 0;
        for name in &pages {
            page.goto(&server.url(name));
            assert_eq!(hacked(&page), None, "{name}");
            let requests = page.requests();
            asked += requests.iter().filter(|request| request.url.contains("/stories/")).count();
            let own = server.url("/");
            let foreign: Vec<_> =
                requests.iter().filter(|request| !request.url.starts_with(&own)).collect();
            assert!(foreign.is_empty(), "{name}: {foreign:?}");
            let left: Vec<String> = page.eval(
                "Array.from(frames).filter((frame) => !frame.location.pathname.startsWith('/stories/'))
                  .map((frame) => frame.location.href)",
            );
            assert_eq!(left, [""; 0], "{name}");
        }
        assert!(asked >= urls.len(), "{asked} of {}", urls.len());
        assert_eq!(hacked(&page), None);

        // A browser reads the body as HTML as it reads it as XML: nothing is moved, nothing else
        // is made of it when it is written and read once more.
        let list = serde_json::to_string(&urls).unwrap();
        let odd: Vec<String> = page.eval(&format!(
            "(async () => {{
               const odd = [];
               const names = (root) => [...root.querySelectorAll('*')]
                 .map((element) => element.localName + '<' +
                   (element.parentNode === root ? '' : element.parentNode.localName)).join();
               const read = (text) =>
                 new DOMParser().parseFromString('<div>' + text + '</div>', 'text/html').body.firstChild;
               for (const url of {list}) {{
                 const page = await (await fetch(url)).text();
                 const body = page.split('data-search-body>')[1].split('<footer class=\"story-foot\"')[0]
                   .replace(/<\\/div>\\s*$/, '');
                 const xml = new DOMParser().parseFromString(
                   '<div xmlns=\"http://www.w3.org/1999/xhtml\">' + body + '</div>', 'application/xhtml+xml');
                 const html = read(body);
                 const again = read(html.innerHTML);
                 if (names(xml.documentElement) !== names(html) ||
                     names(html) !== names(again) || html.textContent !== again.textContent)
                   odd.push(url + body);
               }}
               return odd;
             }})()"
        ));
        assert_eq!(odd, [""; 0]);
    }
}

#[test]
fn what_runs_is_seen() {
    let site = Site::of(FILES_THAT_RUN);
    let server = Server::of(&site.folder);
    for file in ["script.html", "event.html", "picture.html"] {
        let page = Browser::shared().page();
        watch(&page);
        page.goto(&server.url(file)).wait_for("'hacked' in localStorage");
        assert_eq!(hacked(&page), Some(server.url(file)));
    }
}

const FILES_THAT_RUN: &[(&str, &str)] = &[
    ("content/site.yaml", "title: x\n"),
    ("content/static/script.html", "<!doctype html><p><script>window.hacked=1</script>"),
    ("content/static/event.html", "<!doctype html><input autofocus onfocus=\"hacked=1\">"),
    ("content/static/picture.html", "<!doctype html><img src=x onerror=hacked=1>"),
];
