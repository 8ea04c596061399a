//! What holds where Windows has a hand in it: ends of lines, names of files, old consoles.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;

use crate::campaign::{Built, Campaign};
use crate::properties::{MARKDOWN_BITS, config, soup};

/// A campaign with lists, a page, a template and words of its own, all with such ends of lines.
fn campaign(body: &str, ends: &str) -> Campaign {
    let story = format!(
        "---\ntitle: 渡口夜话\ndate: 2026-03-18\nkind: branch\nunit: 渡口支部\nfocal_points: [民生]\nsummary: |\n  头一行\n  第二行\n---\n{body}\n"
    );
    let template = "{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ page.title }}</h1>\n{% endblock %}\n";
    [
        ("content/stories/yehua.md", story.as_str()),
        ("content/pages/about.md", "---\ntitle: 关于\n---\n一行。\n\n- 甲\n- 乙\n"),
        ("content/units.yaml", "- name: 渡口支部\n  description: >\n    两行的\n    简介\n"),
        ("content/site.yaml", "title: 渡口专栏\ndescription: |\n  甲\n  乙\n"),
        ("themes/overrides/templates/404.html", template),
        ("themes/overrides/strings/zh-CN.yaml", "home: 首页\n"),
    ]
    .into_iter()
    .fold(Campaign::new(""), |campaign, (path, text)| campaign.with(path, text.replace('\n', ends)))
}

fn files(campaign: &Campaign) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut prepared = campaign.prepared();
    if prepared.diagnostics.iter().any(|d| d.is_error()) {
        return Err(crate::campaign::both(&prepared.diagnostics));
    }
    prepared.index(&mut Default::default()).unwrap();
    Ok(Built { prepared }.files())
}

#[test]
fn whole_sites_are_the_same_with_the_ends_of_lines_that_windows_writes() {
    let body = "一行\n又一行\\\n折行\n\n| 项 | 数 |\n|---|---|\n| 甲 | 1 |\n\n```\n代码\n  缩进\n```\n\n> 引\n> 文\n";
    let unix = files(&campaign(body, "\n")).unwrap();
    assert!(
        unix.keys().any(|path| path == "branches/du-kou-zhi-bu/index.html"),
        "{:?}",
        unix.keys()
    );
    let windows = files(&campaign(body, "\r\n")).unwrap();
    for (path, bytes) in &unix {
        assert_eq!(
            String::from_utf8_lossy(bytes),
            String::from_utf8_lossy(&windows[path]),
            "{path}"
        );
    }
    assert_eq!(unix.len(), windows.len());
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn ends_of_lines_change_no_page(body in soup(MARKDOWN_BITS, 30)) {
        // A lone carriage return ends a line, too.
        let body = body.replace('\r', "\n");
        let of = |ends| files(&campaign(&body, ends)).map_err(|_| "it has errors");
        prop_assert_eq!(of("\n"), of("\r\n"));
    }
}

#[test]
fn names_that_windows_cannot_give_are_noted() {
    let story =
        "---\ntitle: 夜话\ndate: 2026-03-18\nkind: news\n---\n[甲](<纪要: 一.pdf>)、[乙](乙.pdf)\n";
    let campaign = Campaign::new("")
        .with("content/stories/yehua/index.md", story)
        .with("content/stories/yehua/纪要: 一.pdf", "%PDF-1.4")
        .with("content/stories/yehua/乙.pdf", "%PDF-1.4")
        .with("content/static/aux/a.txt", "一")
        .with("content/static/com10/a.txt", "一")
        .with("content/static/末尾. /a.txt", "一");
    let built = campaign.build();
    let noted: Vec<(String, String)> = built
        .prepared
        .diagnostics
        .iter()
        .filter(|d| d.code == "file-name-windows")
        .map(|d| (d.place.path.to_string(), d.help.as_ref().unwrap().zh.clone()))
        .collect();
    let noted: Vec<(&str, &str)> = noted.iter().map(|(path, help)| (&**path, &**help)).collect();
    assert_eq!(
        noted,
        [
            ("content/static/aux/a.txt", "改名为 aux-1"),
            ("content/static/末尾. /a.txt", "改名为 末尾"),
            ("content/stories/yehua/纪要: 一.pdf", "改名为 纪要： 一.pdf"),
        ]
    );
}

#[test]
fn paths_may_be_written_as_windows_shows_them() {
    let picture = crate::campaign::photograph(600, 400);
    let written = |slash: &str| {
        let path = |parts: &[&str]| parts.join(slash);
        let story = format!(
            "---\ntitle: 夜话\ndate: 2026-03-18\nkind: member\nname: 林小满\nunit: 渡口支部\nfocal_points: [民生]\nseries: 渡口\ncover: '{}'\ncover_alt: 封面\n---\n![图](<{}>)\n\n[下一篇](<{}>)\n",
            path(&["tu", "a.jpg"]),
            path(&["tu", "a.jpg"]),
            path(&["..", "xia.md"]),
        );
        let settings = format!(
            "title: 渡口专栏\nlogo: '{0}'\nbanner: {{picture: '{0}', alt: 横幅}}\n",
            path(&["tu", "b.jpg"])
        );
        let portrait =
            |what: &str| format!("{what}: '{}', {what}_alt: 照片", path(&["tu", "b.jpg"]));
        Campaign::new("")
            .with("content/site.yaml", settings)
            .with("content/people.yaml", format!("- {{name: 林小满, {}}}\n", portrait("portrait")))
            .with("content/series.yaml", format!("- {{name: 渡口, {}}}\n", portrait("cover")))
            .with("content/stories/yehua/index.md", story)
            .with(
                "content/stories/xia.md",
                "---\ntitle: 下\ndate: 2026-03-18\nkind: news\n---\n文。\n",
            )
            .with("content/stories/yehua/tu/a.jpg", &picture)
            .with("content/static/tu/b.jpg", &picture)
    };
    let pages = |slash| files(&written(slash)).unwrap();
    assert_eq!(pages("\\"), pages("/"));
}

#[test]
fn no_address_is_called_like_a_device() {
    let campaign = Campaign::new("")
        .with(
            "content/stories/con.md",
            "---\ntitle: 康\ndate: 2026-03-18\nkind: news\nkeywords: [NUL]\n---\n文。\n",
        )
        .with("content/carriers.yaml", "- LPT1\n");
    let built = campaign.build();
    assert!(built.has("/stories/2026/con-1/"), "{:?}", built.addresses());
    for path in built.files().keys() {
        let odd = path.split('/').find_map(xianfeng::value::windows::unfit);
        assert_eq!(odd, None, "{path}");
    }
    Campaign::story("slug: aux", "文。").errs("slug-wrong", "aux");
    assert_eq!(Campaign::story("slug: aux", "文。").help(), "write aux-1, or delete the line");
}

/// What an old console has no signs for is in none of our words; U+FFFD stands for what none has.
#[test]
fn an_old_console_shows_every_word_of_ours() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/site/snapshots");
    let mut lines = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_help = name.contains("help");
        for line in fs::read_to_string(&path).unwrap().lines() {
            let is_message = [": error[", ": warning[", ": note["].iter().any(|s| line.contains(s));
            if !(is_help || is_message || line.starts_with("help: ")) {
                continue;
            }
            lines += 1;
            let shown = line.replace('\u{FFFD}', "");
            let (_, _, lacks) = encoding_rs::GBK.encode(&shown);
            assert!(!lacks, "{name}: {line}");
        }
    }
    assert!(lines > 1000, "only {lines} lines");
}
