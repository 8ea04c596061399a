//! Every message as it is drawn, in both languages.

use std::collections::BTreeSet;
use std::path::Path;

use xianfeng::archive::schema::SchemaRule;
use xianfeng::bag::manifest::Unsafe;
use xianfeng::bag::zipped::ZipProblem;
use xianfeng::pipeline::LastGood;
use xianfeng::source::{Place, Source, SourcePath};
use xianfeng::{archive, bag, command, export, import, load, pipeline, report, sink};

use crate::campaign::{Campaign, PNG, both, branch, member, news};

/// Draws all complaints about a campaign; the snapshot is `snapshots/NAME.snap`.
macro_rules! draw {
    ($name:literal, $campaign:expr) => {
        insta::assert_snapshot!($name, both(&$campaign.prepared().diagnostics))
    };
}

fn stories(list: &[&str]) -> Campaign {
    list.iter().enumerate().fold(Campaign::new(""), |campaign, (i, front)| {
        campaign.with(&format!("content/stories/s{i:02}.md"), format!("---\n{front}\n---\n正文\n"))
    })
}

/// The same, and what only `check` says.
macro_rules! draw_more {
    ($name:literal, $campaign:expr) => {
        insta::assert_snapshot!($name, $campaign.in_both_languages())
    };
}

const BASE: &str = "title: 甲\ndate: 2026-03-18\nkind: news\n";

/// News with one more line each.
fn lines(list: &[&str]) -> Campaign {
    stories(
        &list
            .iter()
            .map(|line| format!("{BASE}{line}"))
            .collect::<Vec<_>>()
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>(),
    )
}

#[test]
fn slips_in_yaml() {
    draw!(
        "yaml",
        stories(&[
            "标题：甲\n日期：2026-03-18",
            "title:甲\ndate: 2026-03-18",
            "title: 通知: 开会\nkind: news",
            "keywords:\n\t- 甲",
            "keywords:\n  -甲\n  - 乙",
            "title: “甲”\npost: \"甲",
            "post: \"甲\"乙丙",
            "keywords: [甲, 乙】\npost: 丙",
            "keywords: [甲, 乙\npost: 丙",
            "title: @甲",
            "title: !x 甲",
            "? [a]\n: 甲",
            "title: *甲",
            "title: 甲\n  date: 乙\n post: 丙",
            "title: 甲\n-乙\npost: 丙",
            "title: [甲]\ndate: 2026-03-18\nkind: news\nkeywords: [\n乙\n]",
        ])
    );
}

#[test]
fn yaml_beyond_reason() {
    let bomb = (1..12)
        .fold("extra:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_string(), |yaml, i| {
            format!("{yaml}  a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(", "))
        });
    draw!(
        "yaml-beyond-reason",
        stories(&[bomb.trim_end(), &format!("extra: {}{}", "[".repeat(200), "]".repeat(200))])
    );
}

#[test]
fn fences() {
    draw!(
        "fences",
        Campaign::new("")
            .with("content/stories/a.md", "# 标题\n\n正文\n")
            .with("content/stories/b.md", "——\ntitle: 甲\n——\n")
            .with("content/stories/c.md", "---\ntitle: 甲\n\n正文\n")
            .with("content/stories/d.md", "---\ntitle: 甲\n———\n正文\n")
            .with("content/stories/e.md", "---\n只有文字\n---\n")
    );
}

#[test]
fn fields() {
    let long = format!("title: {}\ndate: 2026-03-18\nkind: news", "很长的标题".repeat(21));
    draw!(
        "fields",
        stories(&[
            "post: 甲",
            "title: ''\ndate:\nkind: ~",
            "title: 甲\ndate: 2026-03-18\nkind: member",
            "title: 甲\ndate: 2026-03-18\nkind: branch\nunit:\nfocal_points: []",
            &long,
            "title: 甲\ndate: 2026-02-30\nkind: 新闻",
            "title: 甲\ndate: 26-3-8\nkind: 党圆",
        ])
    );
    draw!(
        "values",
        lines(&[
            "sumary: 乙",
            "天气: 晴",
            "标题: 乙",
            "post: 甲\npost: 乙",
            "keywords: 民生、实践",
            "keywords: [甲, '', [乙]]",
            "draft: 也许",
            "updated: [甲]",
            "extra: 甲",
            "post: {a: b}",
            "honours: [{by: 市委}, [甲]]",
            "results: [{指标: 甲}]",
            "focal_points: [民生, 实践, 群众, 中心]",
            "focal_points: [民生, 抓好民生]",
            "publish_at: 2026-05-03\nexpire_at: 2026-05-01",
            "slug: 林 Xiao",
            "cover: a.png",
            "focal_points: [抓好民升]",
            "focal_points: [天气]",
            "focal_points: [民生，实践]",
            "aliases: ['https://a.cn/x', '/../x', /news/]",
        ])
    );
}

#[test]
fn what_readers_cannot_open() {
    let body = "![图](IMG.HEIC)\n\n![图](a.jpg)\n\n![图](b.png)\n\n![图](c.svg)\n\n![图](d.pdf)\n\n\
                ![图](e.png)\n\n[表](f.xlsx)\n\n[表](g.pdf)\n\n[表](h.pdf)\n\n";
    let links = [
        "http:/a.cn",
        "https://",
        "https://http://a.cn",
        "https://a.cn/b c",
        "https://a，cn",
        "https://neiwang/",
        "http://localhost/",
        "https://a.cn:99999",
        "mailto:值班室",
        "tel:x",
    ];
    let links: String = links.iter().map(|link| format!("[见](<{link}>)\n\n")).collect();
    let page = "<!DOCTYPE html><html>";
    let campaign = Campaign::story("", &(body.to_string() + &links))
        .with("content/stories/IMG.HEIC", "\0\0\0\x18ftypheic")
        .with("content/stories/a.jpg", page)
        .with("content/stories/b.png", "")
        .with("content/stories/c.svg", PNG)
        .with("content/stories/d.pdf", "%PDF-1.7 %%EOF")
        .with("content/stories/e.png", [&PNG[..20], &[b'.'; 90]].concat())
        .with("content/stories/f.xlsx", page)
        .with("content/stories/g.pdf", "PK\x03\x04 PK\x05\x06")
        .with("content/stories/h.pdf", "x".repeat(90))
        .with("content/stories/乙.md.txt", "---\ntitle: 乙\n---\n")
        .with("content/stories/p/index.md", news("丙", "2026-03-18", "", "正文"))
        .with("content/stories/p/批示.docx", "x")
        .with("content/stories/p/工资.xlsx", "x");
    draw!("unreadable", campaign.settings("base_url: https://a.cn/index.html"));
    draw!("theme-picture", Campaign::new("").with("themes/xianfeng/assets/icon.svg", PNG));
    draw!("base-url", Campaign::new("").settings("base_url: http://127.0.0.1/"));
}

#[test]
fn what_is_not_used() {
    draw!(
        "not-used",
        lines(&[
            "summary: 改造 #7 号院",
            "summary: 改造 # 7 号院",
            "keywords: [党建 #1, 乙]",
            "post: [转发]通知",
            "post: {甲}乙",
            "summary:\n  : 甲",
            "summary: ,甲",
            "keywords: [读书，志愿、服务]",
            "carriers: [读书会，故事会]",
            "region: 北街、南街",
            "name: 周远、钱宁",
            "cover_alt: 会场",
            "portrait_alt: 会场",
            "correction: 改了一处",
            "attachments: all",
            "attachments: 方案.pdf",
        ])
        .with("content/stories/甲.md.bak", "---\ntitle: 甲\n---\n")
        .with("content/pages/about.md", "---\ntitle: 甲\nkind: news\n着力点: [民生]\n---\n正文")
    );
}

#[test]
fn what_is_written_otherwise_in_front_matter() {
    let second = "---\ntitle: 乙\ndate: 2026-03-18\nkind: news\n---\n正文\n";
    draw!(
        "front-matter-otherwise",
        lines(&[
            "keywords:\n  1. 党建\n  2. 民生",
            "keywords:\n－ 党建",
            "keywords:\n- 党建、群众\n- 民生",
            "**summary**: 甲",
            "cover: https://example.cn/p.png\ncover_alt: 会场",
            "attachments: [名单.xlsx]",
            "summary: <b>一</b>句话",
            "source: \"[街道](https://example.cn)\"",
        ])
        .with("content/stories/t.md", format!("---\n{BASE}---\n{second}"))
        .with(
            "content/stories/u.md",
            "---\ntitle: 甲\n---\ndate: 2026-03-18\nkind: news\n---\n正文\n"
        )
        .with("content/units.yaml.txt", "- 甲支部\n")
        .with(
            "content/stories/v.md",
            "---\ntitle: 甲\ndate: 2026-03-18\nkind: news\n---\n正\0文。正文。正文。正文。正文。\n"
        )
        .with("content/stories/w/index.md", news("甲", "2026-03-18", "附件: 全部", "![图](_p.png)"))
        .with("content/stories/w/_p.png", PNG)
        .with("content/stories/w/index.html", "甲")
    );
}

#[test]
fn a_link_to_a_list_without_entries() {
    draw!(
        "link-list-empty",
        Campaign::new("")
            .with("content/stories/a.md", news("灯", "2026-03-01", "", "见[各支部](/branches/)。"))
    );
}

#[test]
fn what_is_left_of_the_sample() {
    let case = "---\ntitle: 灯\ndate: 2026-03-01\nkind: case\nunit: 河岸\nfocal_points: [民生]\n---\n## 背景\n";
    let campaign = Campaign::new("")
        .settings("subtitle: 青禾街道创先争优专栏")
        .with("content/stories/a.md", case);
    let prepared = campaign.prepared();
    insta::assert_snapshot!(
        "sample-left",
        both(&xianfeng::check::more(&prepared.site, &prepared.plan))
    );
}

#[test]
fn what_people_say() {
    let story = |title: &str, evaluation: &str| {
        format!(
            "---\ntitle: {title}\ndate: 2026-03-01\nkind: branch\nunit: 河岸\nfocal_points: [民生]\nevaluations:\n  - {{by: 居民, {evaluation}}}\n---\n正文。\n"
        )
    };
    let silent = story("灯", "").replace("evaluations:\n  - {by: 居民, }\n", "");
    let campaign = Campaign::new("")
        .with("content/stories/a.md", story("井", "sample: 90, satisfied: 98"))
        .with("content/stories/b.md", story("桥", "satisfied: 98"))
        .with("content/stories/c.md", story("路", "sample: 九成"))
        .with("content/stories/d.md", silent)
        .at("2026-06-01");
    insta::assert_snapshot!("voices", campaign.in_both_languages());
    let settings = "feedback:\n  email: 意见箱\n  form: www.example.cn/form";
    insta::assert_snapshot!("feedback", Campaign::new("").settings(settings).in_both_languages());
}

#[test]
fn copies_and_lost_addresses() {
    let campaign = Campaign::new("")
        .with("content/units.yaml", "- 第一支部\n")
        .with("content/stories/甲.md", news("甲", "2026-03-18", "", "正文"))
        .with("content/stories/童书.md", member("童", "童书", "第一支部", "民生"))
        .with(
            "content/stories/佟.md",
            member("佟", "佟舒", "第一支部", "民生").replace("03-18", "03-19"),
        )
        .with("content/stories/甲 - 副本.md", news("甲", "2026-03-18", "", "又一段"))
        .with("content/stories/乙 - 副本.md", news("乙", "2026-03-18", "", "正文"));
    draw!("copies", campaign);
    let prepared = campaign.prepared();
    let before = [
        ("stories/2025/jia/index.html", "甲 · 先锋"),
        ("stories/2025/bing/index.html", "丙 · 先锋"),
        ("units/zhi-bu/index.html", "第一支部 · 先锋"),
        ("members/tong-shu/index.html", "佟舒 · 先锋"),
        ("members/tong-shu-3/index.html", "佟舒 · 先锋"),
    ];
    let title = |path: &str| before.iter().find(|(known, _)| *known == path);
    let lost = xianfeng::check::lost::check(
        &prepared.site,
        &prepared.plan,
        before.iter().map(|(path, _)| *path),
        |path| title(path).map(|(_, title)| title.to_string()),
    );
    insta::assert_snapshot!("lost-addresses", both(&lost));
}

#[test]
fn names() {
    draw!(
        "unknown_names",
        lines(&["unit: 第一支步", "carriers: [责任取]", "unit: 天气"])
            .with("content/units.yaml", "- 第一支部\n- name: 第二支部\n")
            .with("content/carriers.yaml", "- name: 责任区\n")
    );
    // Of a list with errors nobody knows which names it has.
    draw!("names", lines(&["unit: 第一支步", "carriers: [责任取]", "unit: 天气"])
        .with("content/units.yaml", "- 第一支部\n- name: 第二支部\n  parent: 第三支部\n- name: 丙\n  parent: 丙\n- 第一支部\n")
        .with("content/carriers.yaml", "- name: 责任区\n- name: 夜门诊\n")
        .with("content/focal-points.yaml", "- name: 甲\n  colour: red\n"));
    draw!("entries", Campaign::new("")
        .with("content/carriers.yaml", "- name: 责任区\n  slug: a\n- name: 夜门诊\n  slug: a\n- slug: b\n- name: 甲\n  slug: A\n"));
    draw!(
        "vocabularies",
        Campaign::new("")
            .with("content/focal-points.yaml", "")
            .with("content/units.yaml", "甲: 乙\n")
            .with("content/carriers.yaml", "只有文字\n")
    );
}

#[test]
fn previews() {
    let secret = news("甲", "2026-03-18", "secrecy: 内部", "正文");
    let mut good = LastGood::default();
    let campaign = Campaign::new("").with("content/stories/a.md", secret);
    let before = campaign.clone().with("content/units.yaml", "- 第一支部\n").previewed(&mut good);
    assert_eq!(before.codes(), ["preview-stand-in", "secrecy-not-public"]);
    let after = campaign
        .with("content/units.yaml", "- 第一支部\n- name：第二支部\n")
        .with("content/carriers.yaml", "- name：责任区\n")
        .with("themes/xianfeng/templates/own.html", "{% if %}")
        .previewed(&mut good);
    let partly = Campaign::new("").settings("page_size: 很多").previewed(&mut LastGood::default());
    let told = [after.prepared.diagnostics, partly.prepared.diagnostics].concat();
    insta::assert_snapshot!("previews", both(&told));
}

#[test]
fn addresses() {
    draw!(
        "addresses",
        Campaign::new("")
            .with("content/stories/a.md", news("甲", "2026-03-18", "slug: x", "正文"))
            .with("content/stories/b.md", news("乙", "2026-03-18", "slug: x", "正文"))
            .with("content/pages/news.md", "---\ntitle: 甲\n---\n")
            .with("content/static/feed.xml", "x")
            .with("content/static/News/a.txt", "x")
    );
}

#[test]
fn links() {
    let body = "[空]() [坏](javascript:alert(1)) [盘](C:\\稿件\\a.doc) [外](../../../a.md) [错](y.md) [近](../2025/yy.md) [没有](完全不同的名字.md)\n\n\
                [草稿](d.md) [未到](w.md) 前文中文[锚](../2025/y.md#做发) [锚](#没有的) [写](/News/)\n\n![](https://a.cn/b.png) ![图](c.png)\n";
    draw!(
        "links",
        Campaign::new("")
            .with("content/stories/2026/x.md", news("甲", "2026-03-18", "", body))
            .with("content/stories/2025/y.md", news("乙", "2025-03-18", "", "## 做法"))
            .with("content/stories/2026/d.md", news("丁", "2026-03-18", "draft: true", ""))
            .with(
                "content/stories/2026/w.md",
                news("戊", "2026-03-18", "publish_at: 2027-01-01", "")
            )
            .with(
                "content/stories/2026/z.md",
                news("己", "2026-03-18", "cover: ../表.docx\ncover_alt: 甲", "")
            )
            .with("content/stories/表.docx", "x")
            .with("content/stories/没用.png", "x")
            .with("content/stories/没用.doc", "x")
    );
}

#[test]
fn markdown_slips() {
    let body =
        "![活动](活动 照片.png) [图]（x.md） 见【图】(x.md)。\n\n##小标题\n\n**重点 **后文\n";
    draw!(
        "markdown-slips",
        Campaign::new("")
            .with("content/stories/x.md", news("甲", "2026-03-18", "", body))
            .with("content/stories/y.md", news("乙", "2026-03-18", "", ""))
    );
}

#[test]
fn pasted_html() {
    let body = "<font>甲</font><o:p></o:p><font>乙</font>\n\n<script>1</script><iframe src=\"x\"></iframe>\n\n<form>丙\n\n\
                <input><svg></svg><u>丁\n\n己<span hidden>批注</span>\n\n<!-- 戊\n";
    draw!(
        "pasted-html",
        Campaign::new("")
            .with("content/stories/x.md", news("甲", "2026-03-18", "summary: <b>要点</b>", body))
    );
}

#[test]
fn nearly_markdown() {
    let body = "先看[说明] (note.md)，再看！[图](图.png)。\n\n＃ 全角的题\n\n###\n\n想画一条线\n---\n\n** 隔开的 **和\n\n＊＊全角星＊＊\n\n|甲|\n|-|\n|1|2|\n\n|甲|乙|\n|1|2|\n\n甲\t乙\n1\t2\n\n[旧]: https://example.cn/\n\n[新]: https://example.cn/1\n[新]: https://example.cn/2\n\n见[新][新]和注[^1]、注[^2]、注[^3]。\n\n[^2]：全角冒号\n\n[^3]: 一\n\n[^3]: 二\n\n1. 甲\n1. 乙\n3. 丙\n\n> [!旁白]\n> 话\n\n::: tip\n\n看\u{200B}不见\n\n乱\u{FFFD}码\n\n[](https://example.cn/)\n\n```rust 这里有字\n```\n\n（写反）[a.docx]\n\n[没完](a.docx\n\n-甲\n-乙\n\n＞ 引用\n\n```\n没有结束\n";
    draw!("markdown-nearly", Campaign::story("", body));
}

#[test]
fn files() {
    draw!(
        "files",
        Campaign::new("")
            .with("content/unit.yaml", "x")
            .with("content/备忘.txt", "x")
            .with("content/stories/b.md", b"PK\x00\xff")
            .with(
                "content/stories/c.md",
                news("丙", "2026-03-18", "", "共\n<<<<<<< 我的\n86\n=======\n87\n>>>>>>> 他的\n人")
            )
            .with(
                "content/stories/g.md",
                b"---\ntitle: \xCF\xC8\xB7\xE6\ndate: 2026-03-18\nkind: news\n---\n"
            )
            .with(
                "content/stories/m.md",
                [news("甲", "2026-03-18", "", "一段\n").as_bytes(), b"\xCF\xC8\xB7\xE6"].concat()
            )
            .with("content/stories/n.md", news("甲\u{FDD0}", "2026-03-18", "", ""))
    );
    let no_settings = xianfeng::load::from_memory(Vec::new());
    let prepared =
        xianfeng::pipeline::prepare_sources(no_settings, &xianfeng::pipeline::Options::default())
            .unwrap();
    insta::assert_snapshot!("no-settings", both(&prepared.diagnostics));
}

#[test]
fn settings() {
    draw!("settings", Campaign::new("").with("content/site.yaml", "subtitel: 甲\nbase_url: www.example.cn\ntime_zone: 北京\nlanguage: 中文\npage_size: 很多\ntheme: ../x\n"));
    draw!(
        "language",
        Campaign::new("").settings("language: fr\ntheme: nobody\ntheme_options: {a: b}")
    );
}

#[test]
fn themes() {
    draw!(
        "template-syntax",
        Campaign::new("")
            .template("news.html", "<p>\n  {{ page.title }\n")
            .with("themes/xianfeng/x.css", "x")
            .with("themes/xianfeng/strings/zh-CN.yaml", "home: [甲]\n")
    );
    draw!("template-dump", Campaign::new("").template("news.html", "{{ __tera_context }}"));
    draw!(
        "theme-unused",
        Campaign::new("")
            .template("itme.html", "x")
            .with("themes/item.html", "x")
            .with("themes/xianfeng/strings/zh-CN.yaml", "hoem: 首页\nzzz: 甲\n")
    );
    draw!(
        "template-failed",
        Campaign::story("", "正文")
            .template("news.html", "<p>中文 {{ site.focal_points[8].name }}</p>")
            .template("footer.html", "{{ throw(message=\"x\") }}")
    );
    draw!(
        "template-tag-open",
        Campaign::new("").template(
            "news.html",
            "<p>\n{% if page.title %}\n{% for a in page.crumbs %}x{% endfor %}\n"
        )
    );
    draw!(
        "template-tags",
        Campaign::new("")
            .template("news.html", "{% if page.title %}x{% endfor %}{% endif %}")
            .template("cases.html", "{% unless page.title %}x{% endunless %}")
            .template("archive.html", "{% for a in page.crumbs %}{% if a %}x{% endfor %}")
    );
    draw!(
        "template-elements",
        Campaign::story("", "正文").template(
            "story.html",
            "{% extends \"base.html\" %}\n{% block main %}\n<div class=\"mine\">\n<p>x</p>\n{% endblock %}\n"
        )
    );
    draw!(
        "template-unknown",
        Campaign::new("").template(
            "news.html",
            "{% extends \"base.html\" %}{% block mian %}{{ url_for(name=\"a\") }}{{ page.title | count }}{{ <bx /> }}{% endblock %}"
        )
    );
    draw!(
        "theme-sheets",
        Campaign::new("")
            .with(
                "themes/xianfeng/theme.yaml",
                "options:\n  accent: {type: number, default: 3}\n  side: {type: choice}\n  mid: {default: 甲}\nsearch: \"no\"\n"
            )
            .with(
                "themes/xianfeng/assets/a.css",
                "@import url(//a.example.cn/a.css);\na { b: var(--option-acent)\n"
            )
            .with("themes/xianfeng/assets/b.css", "a {} }\n")
            .with("themes/xianfeng/assets/c.css", "a {} /* b\n")
            .with("themes/xianfeng/assets/d.css", "a { b: \"c\n}\n")
            .with("themes/xianfeng/assets/e.css", "a { b：c }\n\u{3000}d { e: f }\n")
            .with("themes/xianfeng/assets/f.css", "a { b: c\n  d: e }\n")
            .with("themes/xianfeng/assets/g.css", b"a::before { content: \"\xb6\xfe\xc8\xfd\" }\n")
            .with("themes/xianfeng/strings/zh-CN.yaml", "mine: 甲\n")
            .with("themes/xianfeng/strings/en.yaml", "home: Start\n")
            .template("mark.html", "{{ t.mine }}{site.title}<img src=\"{{ site.assets[\"icon.svg\"] }}\">")
    );
    draw!(
        "template-main",
        Campaign::story("", "正文").template("story_end.html", "<main>x</main>")
    );
    draw!("template-filter", Campaign::new("").template("news.html", "{{ page.title | uper }}"));
    draw!(
        "template-names",
        Campaign::story("", "正文")
            .settings("theme: jie")
            .with("themes/jie/theme.yaml", "options: {motto: 甲}\n")
            .with("themes/jie/templates/mine.html", "{{ group.sumary }}\n{% if story.pined %}x{% endif %}")
            .with(
                "themes/jie/templates/story.html",
                "{% set group = story %}{% include \"mine.html\" %}\n{{ stroy }}\n{{ story.title.length }}\n{{ t.my_word }} {{ t.hoem }}\n{{ t.story_count | fill(m=1) }}\n{{ site.assets[\"stile.css\"] }}\n{{ site.options.moto }}\n{{ story.unit.name }} {{ story.lead }}\n{% for a in story.cover %}x{% endfor %}\n{{ story.date }} {{ story.units }}\n{{ story.url | upper }}\n",
            )
    );
    draw!(
        "template-written",
        Campaign::story("focal_points: [民生]", "正文").template(
            "story.html",
            "<div class=\"a\"><a href=\"{{ site.root }}nowhere/\">x</a><a href=\"#there\">x</a>\n<p id=\"b\">x</p><p id=\"b\" style=\"color:red\">x</p>\n<script>a()</script></section>\n{% for key, value in story %}{% if key == \"focal_points\" %}{{ value }}{% endif %}{% endfor %}",
        )
    );
    draw!(
        "theme-options",
        Campaign::story("", "正文")
            .settings("theme: jie\ntheme_options:\n  accent: #a8231b\n  ink: \"#cccccc\"\n  on: \"no\"\n  size: big\n  side: middle\n  say: []\n  mark: {}\n  to: []\n  out: nowhere\n  odd: 1")
            .with("themes/jie/theme.yaml", "contract: 9\noptions:\n  accent: {type: colour}\n  ink: {type: colour, default: \"#000\", lable: x}\n  on: true\n  size: 3\n  side: {type: choice, choices: [left, right]}\n  say: x\n  mark: {type: picture}\n  to: {type: link}\n  out: {type: link}\n  sort: {type: color}\n  say: y\ncontrast:\n  - {text: ink, ground: \"#ffffff\"}\n  - {text: ink}\n")
    );
    draw!(
        "theme-links",
        Campaign::story("", "正文")
            .settings("theme: jie\ntheme_options: {out: nowhere}")
            .with("themes/jie/theme.yaml", "options:\n  out: {type: link}\n")
            .with("themes/jie/assets/a.css", "a{background:url(b.png)} b{background:url(/c.png)}")
            .with(
                "themes/jie/templates/kicker.html",
                "{# copied from xianfeng: templates/kicker.html 0 -#}\nx"
            )
            .with(
                "themes/jie/templates/mark.html",
                "{# copied from xianfeng: templates/gone.html 0 -#}\nx"
            )
    );
    let at = || xianfeng::theme::messages::At {
        place: xianfeng::source::Place::file(&xianfeng::source::SourcePath::new(
            "themes/jie/templates/a.html",
        )),
        by: "home.html".into(),
        part: None,
    };
    insta::assert_snapshot!(
        "theme-commands",
        both(&[
            xianfeng::theme::messages::name_changed(at(), "lead", "opening"),
            command::messages::theme_name_wrong("a/b"),
            command::messages::theme_exists("jie"),
            command::messages::built_in_unknown("itme.html", Some("item.html")),
            command::messages::copy_exists("themes/jie/templates/item.html", "templates/item.html"),
            command::messages::theme_pages_unseen(),
            command::messages::copy_missing(
                "themes/jie/templates/item.html",
                "templates/item.html"
            ),
            command::messages::page_unknown("/nwes/", Some("/news/")),
            command::messages::no_template("/feed.xml"),
        ])
    );
}

#[test]
fn what_sites_and_themes_declare() {
    draw!(
        "declared",
        Campaign::story("keywords: [夜校]\nstories: {limit: 3}", "正文")
            .settings("home: [lastest, 头版]")
            .with(
                "content/pages/a.md",
                "---\ntitle: 甲\ntemplate: mpa\nstories: {keyword: 夜效}\n---\n文\n"
            )
            .template("map.html", "x")
            .with(
                "themes/overrides/theme.yaml",
                "items:\n  relatde: item.html\n  page: itm.html\n"
            )
    );
    draw!(
        "extends-itself",
        Campaign::new("").with(
            "themes/overrides/templates/news.html",
            "{% extends \"news.html\" %}{% block main %}{% endblock %}"
        )
    );
}

#[test]
fn what_templates_do_with_values() {
    draw!(
        "template-uses",
        Campaign::story("", "正文")
            .with("themes/overrides/strings/zh-CN.yaml", "told_by: 来自{unit}\n")
            .template(
                "story_end.html",
                "{% component card(story: map) %}x{% endcomponent %}{{ t.told_by }}
{{ t.told_by | fill(unit=\"x\", n=3) }}{{ t.home | fill(n=3) }}
{{<card story={story} wide=\"x\" />}}{{<card />}}
{{ story.title | truncate(len=3) }}{{ story.title | truncate }}
{{ story.title + 1 }}{{ story.units | upper }}{{ story.title | first }}
{{ story.people | join }}{{ story.date | json }}{{ loop.index }}
{% for k, v in story.units %}x{% endfor %}
<a href=\"{{ site.root }}{{ story.url }}\">x</a>
{% if \"/stories\" in story.url %}x{% endif %}
{% if story.minutes < story.post %}x{% endif %}
{% set units = story %}{% include \"xianfeng/tags.html\" %}"
            )
    );
    draw!(
        "template-of-others",
        Campaign::story("", "正文")
            .with("content/pages/a.md", "---\ntitle: 甲\ntemplate: home\n---\n文\n")
    );
    draw!(
        "template-empty",
        Campaign::story("", "正文")
            .with("content/pages/b.md", "---\ntitle: 乙\ntemplate: flood\n---\n文\n")
            .template("flood.html", " ")
            .template("story_end.html", "<script src=\"https://cdn.example.cn/a.js\"></script>")
    );
    draw!(
        "template-blocks-missing",
        Campaign::story("", "正文")
            .template("base.html", "<title>x</title>{% block main %}{% endblock %}")
    );
    draw!(
        "template-component-twice",
        Campaign::story("", "正文")
            .template("story_end.html", "{% component card() %}x{% endcomponent %}")
            .template("head_end.html", "{% component card() %}x{% endcomponent %}")
    );
    draw!(
        "template-nesting",
        Campaign::story("", "正文")
            .template("head_end.html", "{% block head_end %}x{% endblock %}")
            .template("story_end.html", "{% include \"base.html\" %}")
            .template("list.html", "{% extends \"base.html\" %}{% block main %}x{% endblock %}")
            .template("news.html", "{% extends \"flood.html\" %}")
            .template("flood.html", "{% extends \"news.html\" %}")
    );
}

#[test]
fn frame() {
    let settings = "logo: biao.png\nbanner: {picture: a.txt}\ncolour: \"#e8b64c\"\npolice: 没有\nmenu: [nwes, home, 首页, 帮助]\npages: [about, about, guanyu]\nfriends: [{name: 甲, to: www.example.cn}]\nstatistics: tongji.js\nfeeds: [小组]\nprofile: gov\ngov: {site_code: 甲乙}";
    draw!(
        "frame",
        Campaign::new("")
            .settings(settings)
            .with("content/static/a.txt", "甲")
            .with("content/pages/about.md", "---\ntitle: 关于\n---\n文\n")
            .with("content/pages/bangzhu.md", "---\ntitle: 帮助\ndraft: true\n---\n文\n")
            .with("content/series.yaml", "- name: 甲\n  cover: a.txt\n")
    );
    draw!(
        "statistics",
        Campaign::new("").settings("statistics: {script: hm.example.cn, host: \"a; b\"}")
    );
    draw!(
        "deploy",
        Campaign::new("").settings(
            "deploy:\n  甲: oss://tong\n  乙: file:///a/../b\n  丙: {to: s3://, region: x}\n  丁: {to: sftp://a:geheim@h/x}\n  戊: {to: s3://tong, endpoint: oss.example.cn/tong}\n  己: {endpoint: https://oss.example.cn}\n  庚: {to: s3://tong, password: geheim}"
        )
    );
    let hidden = ["center", "carrier", "practice", "masses", "coordination", "livelihood"]
        .map(|slug| format!("- {{slug: {slug}, name: {slug}, hidden: true}}\n"))
        .concat();
    draw!(
        "frame-more",
        Campaign::new("")
            .settings("logo: a.png\nmenu: [calendar]\nhome: [front, 头条]\nprofile: gov\nicp: 一二三\ngov: {phone: 见公告}")
            .with("content/static/a.png", "")
    );
    draw!(
        "focal-points-fewer",
        Campaign::new("")
            .with("content/focal-points.yaml", "- {name: 抓好民生, colour: \"#7a4b00\"}\n")
    );
    draw!(
        "focal-point-hidden",
        Campaign::story("focal_points: [统筹协调]", "文")
            .with("content/focal-points.yaml", "- {name: 统筹协调, hidden: true}\n")
    );
    draw!("focal-points-hidden", Campaign::new("").with("content/focal-points.yaml", hidden));
    draw!(
        "series-unknown",
        Campaign::story("series: 秋受", "文").with("content/series.yaml", "- 秋收\n")
    );
}

#[test]
fn public_bodies() {
    draw!(
        "gov",
        Campaign::new("")
            .settings("profile: gov")
            .with("content/stories/a.md", news("甲", "2026-03-18", "", "文"))
            .with("content/stories/b.md", news("乙", "2026-03-19", "author: 林小满", "文"))
    );
}

#[test]
fn languages() {
    let campaign = Campaign::new("").settings("language: fr").with(
        "themes/xianfeng/strings/fr.yaml",
        "home: Accueil\nstory_count: \"{num}\"\nnews: \"{n}\"\n",
    );
    let shown = both(&campaign.prepared().diagnostics);
    // Which words are missing changes with every new one.
    let code = "[theme-words-missing]";
    let cut = |line: &'_ str| match line.find(code) {
        Some(at) => line[..at + code.len()].to_string(),
        None => line.to_string(),
    };
    let shown: Vec<String> = shown.lines().map(cut).collect();
    insta::assert_snapshot!("languages", shown.join("\n"));
}

#[test]
fn years() {
    let honour = "honours: [{title: 奖, year: 26}]\nupdated: 0206-03-18";
    draw!(
        "years",
        Campaign::new("").with("content/stories/a.md", news("甲", "2062-03-18", honour, "正文"))
    );
    draw!(
        "dates-ahead",
        Campaign::new("")
            .with("content/stories/a.md", news("甲", "2026-07-18", "", "正文"))
            .with("content/stories/b.md", news("乙", "2026-07-18", "publish_at: 2026-05-01", "文"))
            .with("content/stories/c.md", news("丙", "2026-03-18", "updated: 2026-07-18", "文"))
            .with("content/stories/d.md", news("丁", "2026-03-18", "updated: 2026-03-08", "文"))
    );
}

#[test]
fn people() {
    insta::assert_snapshot!(
        "people",
        Campaign::new("//- content/units.yaml\n- 第一支部\n- 第衣支部\n- 第一知部\n")
            .with("content/stories/童书.md", member("童", "童书", "第一支部", "民生"))
            .with(
                "content/stories/佟.md",
                member("佟", "佟舒", "第一支部", "民生").replace("03-18", "03-19"),
            )
            .with("content/people.yaml", "- 童书\n")
            .in_both_languages()
    );
    draw!(
        "portraits",
        Campaign::new("")
            .with("content/stories/童书.md", member("童", "童书", "第一支部", "民生"))
            .with(
                "content/stories/佟.md",
                member("佟", "佟舒", "第一支部", "民生").replace("kind:", "portrait: a.pdf\nkind:"),
            )
            .with("content/stories/a.pdf", "x")
            .with("content/people.yaml", "- {name: 童书, portrait: a.png, portrait_alt: 图}\n")
    );
}

#[test]
fn years_in_lists() {
    insta::assert_snapshot!(
        "years_in_lists",
        Campaign::new("")
            .with("content/tasks.yaml", "- name: 修灯\n  due: 2206-05-01\n")
            .at("2026-06-01")
            .in_both_languages()
    );
}

#[test]
fn care() {
    insta::assert_snapshot!(
        "care",
        Campaign::story("focal_points: [民生]", "身份证11010519491231002X，电话13800138000。")
            .at("2027-01-01")
            .in_both_languages()
    );
}

#[test]
fn works_carriers_and_tasks() {
    let lists = "//- content/works.yaml
- {name: 清淤, from: 2026-04-01, to: 2026-05-01}
- {name: 植树, to: 2026-01-31}
- {name: 护林, from: 2025-04-01}
- {name: 巡堤}
//- content/carriers.yaml
- 夜访
- 晨读
//- content/tasks.yaml
- {name: 修灯, due: 2026-05-31}
- {name: 架桥, due: 2026-04-30, status: 在办}
- {name: 挖井, done_on: 2026-05-02}
- {name: 铺路, done_on: 2026-05-02, result: 通了}
- {name: 盖亭, done_on: 2026-08-02, result: 有了, feedback: 好}
- {name: 拆墙, status: stopped}
//- content/events.yaml
- {name: 例会, date: 2026-05-01, place: 礼堂, unit: 甲支部, story: 没有}
- {name: 讲座, date: 2026-05-01, place: 礼堂, unit: 乙支部}
- {name: 义诊, date: 2026-05-03 09:00, unit: 乙支部}
- {name: 义卖, date: 2026-05-03 09:00, unit: 乙支部}
";
    let told = |unit: &str, front: &str| {
        branch(unit, unit, "民生").replace("kind:", &format!("{front}\nkind:"))
    };
    draw_more!(
        "works",
        Campaign::new(lists)
            .with(
                "content/stories/a.md",
                told("甲支部", "central_works: [清淤, 植树, 护林]\nlinked_works: [护林]")
            )
            .with("content/stories/b.md", told("乙支部", "carriers: [夜访]\ntasks: [拆墙]"))
    );
}

#[test]
fn honours() {
    draw!(
        "honours",
        Campaign::new(
            "//- content/honours.yaml\n- {name: 标兵, year: 前年, people: [丁海]}\n- {name: 标兵, year: 2026}\n"
        )
    );
    draw_more!(
        "honours-more",
        Campaign::new("//- content/honours.yaml\n- {name: 标兵, by: 中共沙洲区委, year: 2026, people: [童书百]}\n- {name: 能手, by: 沙洲区委, year: 2026, people: [丁海]}\n")
            .with("content/stories/a.md", member("甲", "童书白", "临江支部", "民生"))
    );
}

#[test]
fn empty_talk() {
    let empty = "支部坚持以服务为宗旨，不断创新方法，完善机制，努力为群众排忧解难，切实把好事办好、实事办实，群众满意度稳步上升，社会风气明显好转。";
    let stock = "支部高度重视，精心组织，狠抓落实，各项工作扎实推进，取得了明显成效，先锋模范作用得到充分发挥，为下一步打紧螺丝提供了坚强保障。";
    let told = |text| branch("甲", "临江支部", "民生").replace("正文", text);
    draw_more!(
        "empty-talk",
        Campaign::new(
            "//- content/words.yaml\n- {name: 打紧螺丝, instead: 写清下一步}\n- 好事办好\n"
        )
        .with("content/stories/a.md", told(empty))
        .with("content/stories/b.md", told(stock))
    );
}

#[test]
fn values_that_say_that_there_is_none() {
    draw_more!(
        "value-nothing",
        Campaign::new("").with(
            "content/stories/x.md",
            news("甲", "2026-03-18", "author: 无\nsource: [办公室, /]", "正文")
        )
    );
}

#[test]
fn sections_without_text() {
    draw_more!(
        "section-empty",
        Campaign::new("").with(
            "content/stories/x.md",
            news("甲", "2026-03-18", "", "## 做法\n\n修渠。\n\n## 启示\n\n## 下一步\n")
        )
    );
}

#[test]
fn values_that_are_no_maps() {
    let wrong = "results: 办理时间从十二天到三天\nevaluations: [居民满意]\nparticipation: 120 人";
    let chinese = "成效: [十二天到三天]\n群众评价: 居民满意\n参与: 120 人\n荣誉: [{年份: 前年}]";
    draw!(
        "no-maps",
        Campaign::new("//- content/site.yaml\ntitle: 甲\nfeedback: 电话\npage_size: 0\n")
            .with("content/stories/x.md", news("甲", "2026-03-18", wrong, "正文"))
            .with(
                "content/stories/y.md",
                format!("---\n标题: 乙\n日期: 2026-03-19\n类型: 动态\n{chinese}\n---\n正文\n")
            )
    );
}

#[test]
fn mistakes_in_lists() {
    draw!(
        "lists",
        Campaign::new(
            "//- content/works.yaml
- {name: 清淤, from: 2026-05-01, to: 2026-04-01}
- {name: 植树, role: 中心, parent: 植数}
- {name: 护林, role: 重点}
//- content/carriers.yaml
- {名称: 夜访, 开始: 2026-05-01, 结束: 2026-04-01}
//- content/tasks.yaml
- {name: 修灯, status: done}
- {name: 挖井, status: 在办, done_on: 2026-05-02}
//- content/events.yaml
- {name: 例会, date: 2026-05-01}
- {name: 例会, date: 2026-05-01}
- {name: 例会}
- {name: 走访, date: 2026-05-03, end: 2026-05-01}
"
        )
        .with(
            "content/stories/x.md",
            news(
                "甲",
                "2026-03-18",
                "central_works: [清游]\nlinked_works: [夜防]\ntasks: [修凳]",
                "正文"
            )
        )
    );
    draw!(
        "lists-empty",
        Campaign::new("").with("content/works.yaml", "# 无\n").with("content/tasks.yaml", "")
    );
}

#[test]
fn the_disk() {
    let place = |path: &str| Place::file(&SourcePath::new(path));
    insta::assert_snapshot!(
        "disk",
        both(&[
            load::messages::project_missing(Path::new("/home/lin")),
            load::messages::link_not_followed(place("content/stories/链接.md")),
            load::messages::theme_link_outside(place("themes/jie/templates/item.html"), true),
            load::messages::theme_link_outside(place("themes/jie/templates/item.html"), false),
            load::messages::file_name_odd(place("content/stories/\u{FFFD}.md")),
            load::messages::misplaced("templates", "themes/xianfeng/templates"),
            load::messages::file_hidden(place("content/static"), &[".htaccess".to_string()].into()),
            sink::messages::output_not_ours("public"),
            sink::messages::output_in_project("content/x"),
            sink::messages::output_file_foreign("news/index.html"),
            sink::messages::output_file_kept("news/index.html"),
            sink::messages::manifest_damaged("public"),
            sink::messages::manifest_missing("public"),
            sink::messages::output_file_unknown("public/logo.svg", "public"),
            sink::messages::output_files_left("public", &["a.jpg".to_string()]),
            pipeline::messages::cache_unused(true),
            pipeline::messages::cache_unused(false),
            sink::messages::output_busy("public"),
            command::messages::book_in_the_way("book.epub"),
            report::messages::report_file_exists("覆盖.xlsx"),
            report::messages::report_in_project("content/覆盖.xlsx"),
            report::messages::report_year_empty(2019, &[2026, 2025]),
            command::messages::changes_in_the_way("改动.txt"),
            export::messages::review_in_the_way("送审.html"),
            export::messages::review_in_project("content/送审.html"),
            export::messages::story_unknown("没有的", &["有的"]),
            export::messages::story_unknown("没有的", &[]),
            export::messages::story_is_draft(&SourcePath::new("content/stories/半篇.md"), "半篇"),
            export::messages::story_is_withheld(
                &SourcePath::new("content/stories/下月.md"),
                "下月"
            ),
            export::messages::target_in_the_way("名单.docx"),
            export::messages::target_in_project("content/名单.docx"),
            export::messages::target_is_folder("稿件"),
            export::messages::folder_in_the_way("稿件"),
            export::messages::zip_since_unreadable("上月.zip"),
            export::messages::brief_ledger_wrong(place("content/brief-ledger.yaml")),
            export::messages::brief_number_taken(12, "2026-06-01", 14),
            export::messages::brief_number_skipped(14, 12),
            command::messages::book_in_project("content/book.epub"),
            load::messages::file_special(place("content/stories/管道")),
        ])
    );
}

#[test]
fn deploying() {
    use xianfeng::base::fault::Fault;
    use xianfeng::base::lang::Text;
    use xianfeng::deploy::messages as told;
    use xianfeng::deploy::store::{Listed, Trouble};

    let file = Place::file(&SourcePath::new("content/site.yaml"));
    let place = || file.clone();
    let listed = |path: &str| Listed { path: path.into(), size: 1, md5: None };
    let full = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
    let text = |zh: &str, en: &str| Text { zh: zh.into(), en: en.into() };
    let troubles = [
        Trouble::Fault(Fault::write(Path::new("/media/usb/index.html"), full)),
        Trouble::Unreachable(text("找不到这台主机", "the host is not known")),
        Trouble::Certificate(text("已过期", "expired")),
        Trouble::Refused("HTTP 403 AccessDenied".into()),
        Trouble::Refused("HTTP 403 SignatureDoesNotMatch".into()),
        Trouble::Refused("HTTP 403 InvalidAccessKeyId".into()),
        Trouble::Refused("HTTP 401".into()),
        Trouble::Missing("tong".into()),
        Trouble::NoStorage("HTTP 302".into()),
        Trouble::Full("QuotaExceeded".into()),
        Trouble::TooLarge("/media/usb/film.mp4".into()),
        Trouble::Login("wang@example.cn: Permission denied (publickey).".into()),
        Trouble::Unsaid("sftp", "write remote \"/srv/site/index.html\": Failure".into()),
        Trouble::Overloaded("HTTP 503 SlowDown".into()),
        Trouble::Clock("RequestTimeTooSkewed".into()),
        Trouble::Answer("HTTP 400 InvalidRequest".into()),
        Trouble::Overtaken,
        Trouble::NoProgram("rsync"),
        Trouble::Program("sftp", "Host key verification failed.".into()),
        Trouble::NoSecret(&["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]),
        Trouble::SecretFile("~/deploy.key".into(), text("没有这个文件", "there is no such file")),
        Trouble::NotBuilt,
    ];
    let others = [
        told::no_target(place()),
        told::target_unknown(place(), "优", &["优盘", "default"]),
        told::target_unsaid(place(), &["优盘", "备份"]),
        told::in_project(&file, "default"),
        told::not_ours(&file, "default", &[listed("账本.xlsx")]),
        told::foreign(&file, "default", &["index.html".into(), "feed.xml".into()], false),
        told::foreign(&file, "default", &["index.html".into()], true),
        told::strangers(&file, "default", &["stories/2026/a/index.html"]),
        told::remade(&file, "default"),
        told::shrinks(&file, "default", &["a", "b", "c", "d", "e", "f"], 9),
        told::busy(&file, "default"),
        told::goes_on(&file, "default"),
        told::verified(&file, "default", &[]),
        told::verified(&file, "default", &["index.html".into()]),
        told::manifest_damaged(&file, "default"),
        told::manifest_newer(&file, "default"),
        command::messages::purge_list_in_the_way("笔记.txt"),
        command::messages::deploy_unaddressed(),
    ];
    let troubles = troubles.into_iter().map(|trouble| told::trouble(&file, "default", trouble));
    insta::assert_snapshot!(
        "deploying",
        both(&others.into_iter().chain(troubles).collect::<Vec<_>>())
    );
}

#[test]
fn what_is_imported() {
    use import::messages as told;
    use import::{Refusal, Unconverted};
    use xianfeng::base::lang::Text;
    use xianfeng::schema::roster::ROSTERS;
    let refusals = [
        Refusal::Empty,
        Refusal::Damaged,
        Refusal::Encrypted,
        Refusal::Bomb,
        Refusal::Deep,
        Refusal::Large,
        Refusal::Doctype,
        Refusal::OldWord,
        Refusal::Wps,
        Refusal::Other("RTF"),
        Refusal::Other("图片"),
        Refusal::NoWord,
        Refusal::Blank,
        Refusal::Unknown,
    ];
    let mut all: Vec<_> =
        refusals.iter().map(|refusal| told::refused("来稿.docx", refusal)).collect();
    let text = |zh: &str, en: &str| Text { zh: zh.into(), en: en.into() };
    let report = import::story::Report {
        guessed: vec![
            text("标题取自第一段", "the title is the first paragraph"),
            text("没有日期", "no date"),
        ],
        lost: vec![text("图表", "a chart")],
        ..Default::default()
    };
    all.extend(told::report("来稿.docx", &report));
    let role = ROSTERS[3].record.field("role").unwrap();
    all.extend([
        told::unreadable("来稿.docx", &text("没有权限", "no permission")),
        told::exists("来稿.docx", "content/stories/2026/lai-gao"),
        told::nothing("来稿"),
        told::skipped("来稿", &["底稿.pdf".into()]),
        told::post_unreadable("_posts/a.md"),
        told::no_posts("旧站", "hexo"),
        told::map_unreadable("分类.yaml"),
        told::outside("../外"),
        told::no_converter("旧.doc", Unconverted::NoProgram),
        told::no_converter("旧.doc", Unconverted::Failed),
        told::no_converter("旧.doc", Unconverted::TimedOut(120)),
        told::roster_no_head("名册.xlsx", "表一"),
        told::roster_unknown("名册.xlsx", "表一", &["名称", "简介"]),
        told::roster_no_names("名册.xlsx", "单位", &ROSTERS[0]),
        told::roster_formula("名册.xlsx", "单位", "B3"),
        told::roster_digits("名册.xlsx", "人员", "C2", "1.1E+17"),
        told::roster_month("名册.xlsx", "人员", "D2", "1999.1"),
        told::roster_nameless("名册.xlsx", "人员", 7),
        told::roster_day("名册.xlsx", "实事", "F2", "下半年"),
        told::roster_word(
            "名册.xlsx",
            "工作",
            "E2",
            "重点",
            &[("central", "中心工作"), ("linked", "统筹工作")],
        ),
        told::roster_rule("名册.xlsx", "工作", "E2", "重点", role),
        told::roster_twice("名册.xlsx", "单位", 9, "渠首村党支部"),
        told::roster_units(
            "名册.xlsx",
            "荣誉",
            &[("渠首支部".into(), Some("渠首村党支部".into())), ("南闸".into(), None)],
        ),
        told::roster_file("名册.xlsx", "content/units.yaml", false),
        told::roster_file("名册.xlsx", "content/units.yaml", true),
        export::messages::roster_unreadable("content/units.yaml"),
    ]);
    insta::assert_snapshot!("imports", both(&all));
}

#[test]
fn archive_settings_and_secrecy() {
    let settings = "archive:\n  全宗号: Q-12\n  department: 党群办\n  category: WS\n  fond: Q1\n  \
                    保管期限:\n    支部: 永久的\n    member: D20\n    news: 30年";
    draw!(
        "archive-settings",
        Campaign::new("")
            .settings(settings)
            .with("content/stories/a.md", format!("---\n{BASE}secrecy: 秘密\n---\n正文\n"))
            .with("content/stories/b.md", format!("---\n{BASE}密级: 公开\n---\n正文\n"))
    );
}

#[test]
fn the_ledger() {
    let at = |line: usize, text: &str| {
        let text = format!("{}{text}\n", "\n".repeat(line - 1));
        let source = Source::new(SourcePath::new("content/archive-ledger.yaml"), text.clone());
        source.place(line - 1..text.len() - 1)
    };
    let file = |path: &str| Place::file(&SourcePath::new(path));
    let (number, path) = ("Q012-WS·2026-Y-DQB-0001", "content/stories/2026/a.md");
    let entry = || at(5, "- number: Q012-WS·2026-Y-DQB-0001");
    insta::assert_snapshot!(
        "ledger",
        both(&[
            archive::messages::archive_settings_missing(&["fonds", "department"]),
            archive::messages::archive_retention_unsaid("branch"),
            archive::messages::archive_sample("主办单位、联系电话"),
            archive::messages::ledger_other_codes(
                at(5, "- number: Q012-WS·2026-Y-DQB-0001"),
                "Q012-WS·2026-Y-DQB-0001",
                "Y088-WS"
            ),
            archive::messages::archive_responsible_missing(file(path)),
            archive::messages::archive_contact_missing(),
            archive::messages::archive_organisation_missing(),
            archive::messages::archive_busy(),
            sink::messages::archive_exists("archive/Q012-WS-20261201"),
            sink::messages::archive_not_a_bag("papers"),
            sink::messages::archive_in_project("content/bag"),
            archive::messages::ledger_conflict(at(3, "<<<<<<< HEAD")),
            archive::messages::ledger_no_list(at(1, "a: 1"), ("“键: 值”的一组", "a map")),
            archive::messages::ledger_number_wrong(at(1, "- number: 12"), "12"),
            archive::messages::ledger_story_wrong(at(2, "  story: ../x.md"), "../x.md"),
            archive::messages::ledger_number_twice(entry(), number, 1),
            archive::messages::ledger_story_twice(entry(), path, 1),
            archive::messages::ledger_story_gone(entry(), number, path, "甲"),
            archive::messages::ledger_withdrawn_back(entry(), number, path),
            archive::messages::ledger_story_off(file(path), number),
            archive::messages::ledger_story_renamed(
                file(path),
                number,
                "content/stories/2026/b.md"
            ),
            archive::messages::ledger_story_other(entry(), number, "甲", "乙"),
            archive::messages::ledger_series_full(file(path)),
            archive::messages::diff_file_exists("d.csv"),
        ])
    );
}

#[test]
fn bags() {
    let file = |path: &str| Place::file(&SourcePath::new(format!("bag/{path}")));
    let manifest = || file("manifest-md5.txt");
    let record = || file("data/电子档案/2026/优秀党员事迹/X/metadata.xml");
    insta::assert_snapshot!(
        "bags",
        both(&[
            bag::messages::bag_none(file("")),
            bag::messages::bag_declaration(file("bagit.txt")),
            bag::messages::bag_fetch(file("fetch.txt")),
            bag::messages::bag_no_payload(file("data")),
            bag::messages::bag_no_manifest(file("")),
            bag::messages::bag_algorithm(file("manifest-blake3.txt")),
            bag::messages::bag_manifest_line(manifest(), 12),
            bag::messages::bag_path_unsafe(manifest(), 3, "data/../../x", Unsafe::Climbs),
            bag::messages::bag_path_unsafe(manifest(), 4, "C:/x", Unsafe::Absolute),
            bag::messages::bag_path_unsafe(manifest(), 5, "data//x", Unsafe::Odd),
            bag::messages::bag_path_side(manifest(), 6, "bagit.txt"),
            bag::messages::bag_path_twice(manifest(), 7, "data/x"),
            bag::messages::bag_file_missing(file("data/x")),
            bag::messages::bag_file_changed(file("data/x")),
            bag::messages::bag_file_extra(file("data/x")),
            bag::messages::bag_file_half_listed(file("data/x")),
            bag::messages::bag_tag_file_extra(file("x.txt")),
            bag::messages::bag_link(file("data/x")),
            bag::messages::bag_name_odd(file("data/\u{FFFD}")),
            bag::messages::bag_info_broken(file("bag-info.txt")),
            bag::messages::bag_oxum(file("bag-info.txt"), "5.2", "6.2"),
            bag::messages::bag_more(file(""), "bag-file-missing", 12),
            archive::messages::bag_not_ours(file("")),
            archive::messages::bag_xml_broken(record()),
            archive::messages::bag_xml_mismatch(record(), "记录/来源", SchemaRule::Missing),
            archive::messages::bag_xml_mismatch(record(), "记录/来源", SchemaRule::Unexpected),
            archive::messages::bag_xml_mismatch(record(), "记录/来源", SchemaRule::Value),
            archive::messages::bag_xml_mismatch(record(), "记录", SchemaRule::Namespace),
            archive::messages::bag_folder_wrong(file("data/文件目录.XML"), "../x"),
            archive::messages::bag_number_twice(file("data/文件目录.XML"), "X"),
            archive::messages::bag_item_missing(file("data/x/source.md")),
            archive::messages::bag_item_unlisted(file("data/x")),
            archive::messages::bag_record_differs(record(), "题名"),
            archive::messages::bag_copy_differs(file("data/文件目录.csv")),
            archive::messages::bag_zip(file("data/其他/汇编.epub"), &ZipProblem::Broken),
            archive::messages::bag_zip(file("data/其他/汇编.epub"), &ZipProblem::Bomb),
            archive::messages::bag_zip(
                file("data/其他/汇编.epub"),
                &ZipProblem::Unsafe("../x".into())
            ),
            archive::messages::bag_zip(
                file("data/其他/汇编.epub"),
                &ZipProblem::Lacks("mimetype".into())
            ),
            archive::messages::bag_warc(file("data/其他/site.warc.gz")),
        ])
    );
}

#[test]
fn a_message_can_neither_forge_a_line_nor_hide_itself() {
    let shown = lines(&["\"a\\u001b[2Jb\\nerror[x]: \\u202e\": 乙"])
        .diagnostics(xianfeng::base::lang::Lang::En);
    assert!(!shown.contains(['\u{1b}', '\u{202e}']) && !shown.contains("\nerror[x]"), "{shown:?}");
}

/// Codes as their constructors spell them: the first string of each call, in every file that
/// has messages.
fn codes() -> BTreeSet<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut codes = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            // What makes diagnostics imports their constructors.
            if path.extension().is_none_or(|end| end != "rs")
                || !text.contains("use crate::diagnostic::{")
            {
                continue;
            }
            for call in ["error(\n", "warning(\n", "note(\n", "error(\"", "warning(\"", "note(\""] {
                for (at, _) in text.match_indices(call) {
                    let open = text[at..].find('(').unwrap();
                    let rest = text[at + open + 1..].trim_start();
                    let code = rest.strip_prefix('"').and_then(|rest| rest.split('"').next());
                    codes.extend(code.map(str::to_string));
                }
            }
        }
    }
    codes
}

/// What the place where the site goes to cannot take.
#[test]
fn what_servers_cannot_take() {
    let campaign = Campaign::story("", "![图](<何时?.png>)")
        .with("content/stories/何时?.png", PNG)
        .settings("deploy: {盘: {to: \"file:///mnt/pan\", compress: true}}");
    insta::assert_snapshot!("servers", campaign.in_both_languages());
}

#[test]
fn every_code_has_a_snapshot() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/snapshots");
    let drawn: String = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    let codes = codes();
    assert!(codes.len() > 60, "the sources are read wrongly: {codes:?}");
    let missing: Vec<_> =
        codes.iter().filter(|code| !drawn.contains(&format!("[{code}]"))).collect();
    assert!(missing.is_empty(), "no snapshot shows {missing:?}");
}
