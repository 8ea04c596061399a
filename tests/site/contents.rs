//! Files that readers cannot open or see.

use crate::campaign::{Campaign, PNG, news, photograph};

const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\xff\xda\0\x08abc\xff\xd9";
const HEIC: &[u8] = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
const PAGE: &[u8] = b"<!DOCTYPE html><html><body>login</body></html>";
const PDF: &[u8] = b"%PDF-1.7\n...\n%%EOF\n";
const ZIP: &[u8] = b"PK\x03\x04...PK\x05\x06...";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...";
const SVG: &[u8] = b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

fn codes(body: &str, name: &str, bytes: &[u8]) -> Vec<&'static str> {
    Campaign::story("", body).with(&format!("content/stories/{name}"), bytes).codes()
}

fn picture(name: &str, bytes: &[u8]) -> Vec<&'static str> {
    codes(&format!("![图]({name})"), name, bytes)
}

fn attachment(name: &str, bytes: &[u8]) -> Vec<&'static str> {
    codes(&format!("[附件]({name})"), name, bytes)
}

#[test]
fn a_picture_that_browsers_show_is_right() {
    let webp = b"RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0".as_slice();
    let gif = b"GIF89a\x01\0\x01\0;".as_slice();
    let avif = b"\0\0\0\x1cftypavif\0\0\0\0mif1avif".as_slice();
    for (name, bytes) in [
        ("a.png", PNG),
        ("a.jpg", JPEG),
        ("a.JPEG", JPEG),
        ("a.gif", gif),
        ("a.webp", webp),
        ("a.avif", avif),
        ("a.svg", SVG),
        ("a.svg", b"<!-- by hand --><svg/>"),
    ] {
        assert_eq!(picture(name, bytes), [""; 0], "{name}");
    }
    // A photograph that moves has a film behind it.
    let moving = [&photograph(60, 40), b"\0\0\0\x18ftypmp42MotionPhoto".as_slice()].concat();
    assert_eq!(picture("a.jpg", &moving), [""; 0]);
}

#[test]
fn a_picture_that_no_browser_shows_is_a_warning() {
    for (name, bytes) in [
        ("a.HEIC", HEIC),
        ("a.jpg", HEIC),
        ("a.psd", b"8BPS\0\x01".as_slice()),
        ("a.emf", b"no header"),
        ("a.wmf", b"\xd7\xcd\xc6\x9a"),
        ("a.pdf", PDF),
        ("a.docx", ZIP),
        ("a.jpg", PAGE),
        ("a.jpg", b"{\"error\": 404}"),
        ("a.png", SVG),
        ("a.svg", PNG),
        ("a.svg", b"no markup"),
        ("a.txt", b"text"),
    ] {
        assert_eq!(picture(name, bytes), ["picture-not-shown"], "{name}");
    }
}

#[test]
fn files_that_are_not_what_they_are_called() {
    assert_eq!(picture("a.jpg", PNG), ["file-other-kind"]);
    assert_eq!(picture("a.heic", JPEG), ["file-other-kind"]);
    assert_eq!(attachment("a.pdf", ZIP), ["file-other-kind"]);
    assert_eq!(attachment("a.jpg", PNG), ["file-other-kind"]);
    for name in ["a.pdf", "a.docx", "a.zip", "a.jpg"] {
        assert_eq!(attachment(name, PAGE), ["file-is-page"], "{name}");
    }
}

#[test]
fn files_that_are_empty_or_not_whole() {
    assert_eq!(picture("a.jpg", b""), ["file-empty"]);
    assert_eq!(attachment("a.xyz", b""), ["file-empty"]);
    // All but the end of a file, and what was put there to be replaced.
    let cut = |bytes: &[u8]| [bytes, &[b'.'; 90]].concat();
    let webp = b"RIFF\x99\0\0\0WEBPVP8 \0\0\0\0".as_slice();
    for (name, bytes, code) in [
        ("a.jpg", &JPEG[..15], "picture-unreadable"),
        ("a.png", &PNG[..20], "picture-cut"),
        ("a.webp", webp, "picture-cut"),
    ] {
        assert_eq!(picture(name, &cut(bytes)), [code], "{name}");
        assert_eq!(picture(name, bytes), [""; 0], "{name}");
    }
    for (name, bytes) in [("a.pdf", &PDF[..9]), ("a.pdf", b"text"), ("a.xlsx", &ZIP[..6])] {
        assert_eq!(attachment(name, &cut(bytes)), ["file-damaged"], "{name}");
        assert_eq!(attachment(name, bytes), [""; 0], "{name}");
    }
}

#[test]
fn attachments_that_are_right() {
    for (name, bytes) in [
        ("a.pdf", PDF),
        ("a.docx", ZIP),
        ("a.docx", OLE),
        ("a.doc", OLE),
        ("a.xls", PAGE),
        ("a.wps", ZIP),
        ("a.txt", b"text"),
        ("a.html", PAGE),
        ("a.mp4", b"anything"),
        ("a.tif", b"II*\0\x08\0\0\0"),
    ] {
        assert_eq!(attachment(name, bytes), [""; 0], "{name}");
    }
}

#[test]
fn covers_and_static_files_are_looked_at_too() {
    let cover = Campaign::story("cover: a.jpg\ncover_alt: 图", "正文");
    assert_eq!(cover.with("content/stories/a.jpg", PAGE).places(), ["5:8 picture-not-shown"]);
    let below = Campaign::story("", "![图](/图/a.jpg)\n\n[见](/图/a.pdf)");
    let below = below.with("content/static/图/a.jpg", HEIC).with("content/static/图/a.pdf", b"");
    assert_eq!(below.places(), ["6:1 picture-not-shown", "8:1 file-empty"]);
    let page = "---\ntitle: 甲\n---\n![图](a.jpg)\n";
    let page = Campaign::new("").with("content/pages/p.md", page).with("content/pages/a.jpg", HEIC);
    assert_eq!(page.codes(), ["picture-not-shown"]);
}

#[test]
fn a_file_is_complained_of_once_in_a_document() {
    let twice = Campaign::story("", "![图](a.jpg)\n\n![图](a.jpg)\n\n[大图](a.jpg)");
    let twice = twice.with("content/stories/a.jpg", b"");
    assert_eq!(twice.places(), ["6:1 file-empty", "10:1 file-empty"]);
    let other = news("乙", "2026-03-01", "", "![图](a.jpg)");
    assert_eq!(twice.with("content/stories/y.md", other).codes().len(), 3);
}

#[test]
fn addresses_elsewhere_that_can_lead_nowhere() {
    for url in [
        "http:/www.example.cn/a",
        "https:example.cn",
        "https://",
        "https://https://www.example.cn/",
        "https://www.example.cn/a b",
        "https://neiwang/a",
        "//fuwuqi/共享",
        "http://localhost:1111/",
        "https://www.example,cn/",
        "https://www.example.cn:123456/",
        "mailto:值班室",
        "tel:",
    ] {
        assert_eq!(
            Campaign::story("", &format!("[见](<{url}>)")).codes(),
            ["link-malformed"],
            "{url}"
        );
    }
    for url in [r"D:\\稿件\\表.xlsx", "file:///D:/稿件/表.xlsx"] {
        assert_eq!(
            Campaign::story("", &format!("[见](<{url}>)")).codes(),
            ["link-unsafe"],
            "{url}"
        );
    }
    let picture = Campaign::story("", "![图](http:/www.example.cn/a.jpg)");
    assert_eq!(picture.codes(), ["link-malformed"]);
}

#[test]
fn the_help_for_such_an_address_is_one_that_leads_somewhere() {
    for url in
        ["http:/www.example.cn/a", "https://https://www.example.cn/", "https://www.example.cn/a b"]
    {
        let help = Campaign::story("", &format!("[见](<{url}>)")).help();
        let right = help.split([' ', ';']).find(|word| word.contains("://")).unwrap();
        assert_eq!(Campaign::story("", &format!("[见]({right})")).codes(), [""; 0], "{help}");
    }
}

#[test]
fn the_address_of_a_site_may_be_chinese() {
    let built = Campaign::story("", "正文").settings("base_url: https://例子.中国/先锋栏/").build();
    let root = "https://xn--fsqu00a.xn--fiqs8s/%E5%85%88%E9%94%8B%E6%A0%8F/";
    assert!(built.page("/sitemap.xml").contains(&format!("<loc>{root}stories/2026/x/</loc>")));
    assert!(built.page("/robots.txt").contains(&format!("{root}sitemap.xml")));
    assert!(built.page("/").contains(&format!("<link rel=\"canonical\" href=\"{root}\"")));
    assert!(built.page("/").contains("href=\"/%E5%85%88%E9%94%8B%E6%A0%8F/stories/2026/x/\""));
}

#[test]
fn the_address_of_a_page_is_no_address_of_a_site() {
    let codes =
        |url: &str| Campaign::story("", "正文").settings(&format!("base_url: {url}")).codes();
    for url in ["https://www.example.cn/index.html", "https://www.example.cn/a/default.aspx/"] {
        assert_eq!(codes(url), ["base-url-page"], "{url}");
    }
    for url in ["https://www.example，cn/", "https://www.example.cn:99999/", "http://127.0.0.1/"] {
        assert_eq!(codes(url), ["base-url-doubtful"], "{url}");
    }
    for url in [
        "https://www.example.cn/",
        "http://10.1.2.3/a/",
        "https://www.example.cn/v1.2/",
        "http://oa/",
    ] {
        assert_eq!(codes(url), [""; 0], "{url}");
    }
}
