//! Front matter: every key, both languages, every mistake.

use crate::campaign::{Campaign, PNG, news};

const PROBE: &str = "{{ story.title }}|{{ story.kind }}|{{ story.date.text }}|{{ story.unit.name }}|{{ story.name }}\
|{{ story.post }}|{{ story.region.name }}|{% for c in story.carriers %}{{ c.name }};{% endfor %}\
|{% for f in story.focal_points %}{{ f.short_name }};{% endfor %}\
|{% for h in story.honours %}{{ h.title }},{{ h.by }},{{ h.year }};{% endfor %}\
|{% for r in story.results %}{{ r.indicator }},{{ r.before }},{{ r.after }},{{ r.unit }};{% endfor %}\
|{{ story.summary }}|{{ story.cover.src }}|{{ story.cover.alt }}|{{ story.keywords | join(sep=\",\") }}\
|{{ story.source | join(sep=\",\") }}|{{ story.author | join(sep=\",\") }}|{{ story.photographer | join(sep=\",\") }}\
|{{ story.editor | join(sep=\",\") }}|{{ story.updated.text }}|{{ story.pinned }}|{{ story.extra.color }}";

const ENGLISH: &str = "---
title: 先锋
date: 2026-03-18 09:30
kind: member
focal_points: [民生, 实践]
unit: 第一支部
name: 林小满
post: 书记
region: 北街
carriers: [党员责任区]
honours:
  - 先进
  - {title: 优秀, by: 市委, year: 2025}
results:
  - {indicator: 天数, before: 5.50, after: +3, unit: 天}
summary: 一句话
cover: c.png
cover_alt: 封面说明
keywords: [甲, 乙]
source: 日报
author: [张三, 李四]
photographer: 王五
editor: 赵六
updated: 2026-04-01
slug: lin
aliases: [/old/lin.html]
draft: false
publish_at: 2026-03-01
expire_at: 2027-01-01
pinned: true
extra: {color: red}
---
正文。
";

const CHINESE: &str = "---
标题: 先锋
日期: 2026-03-18 09:30
类型: 党员
着力点: [民生, 实践]
单位: 第一支部
姓名: 林小满
职务: 书记
地区: 北街
载体: [党员责任区]
荣誉:
  - 先进
  - {名称: 优秀, 授予单位: 市委, 年份: 2025}
成效:
  - {指标: 天数, 之前: 5.50, 之后: +3, 单位: 天}
摘要: 一句话
封面: c.png
封面说明: 封面说明
关键词: [甲, 乙]
来源: 日报
作者: [张三, 李四]
摄影: 王五
责任编辑: 赵六
更新: 2026-04-01
网址名: lin
旧网址: [/old/lin.html]
草稿: false
发布时间: 2026-03-01
撤下时间: 2027-01-01
置顶: 是
附加: {color: red}
---
正文。
";

fn full(text: &str) -> Campaign {
    Campaign::new("")
        .with("content/stories/s/index.md", text)
        .with("content/stories/s/c.png", PNG)
        .template("story.html", PROBE)
}

#[test]
fn every_key_reaches_the_page_in_english() {
    let built = full(ENGLISH).build();
    insta::assert_snapshot!(built.page("/stories/2026/lin/"), @"先锋|member|2026年3月18日|第一支部|林小满|书记|北街|党员责任区;|抓好民生;实践特色;|先进,,;优秀,市委,2025;|天数,5.50,+3,天;|一句话|/stories/2026/lin/c.png|封面说明|甲,乙|日报|张三,李四|王五|赵六|2026年4月1日|true|red");
    assert!(built.has("/old/lin.html"));
}

#[test]
fn chinese_keys_and_words_make_the_same_site_byte_for_byte() {
    let (chinese, english) = (full(CHINESE).build().files(), full(ENGLISH).build().files());
    let differs = |path: &&String| chinese.get(*path) != english.get(*path);
    let paths = chinese.keys().chain(english.keys());
    assert_eq!(paths.filter(differs).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_byte_order_mark_and_crlf_change_nothing() {
    let windows = format!("\u{FEFF}{}", ENGLISH.replace('\n', "\r\n"));
    assert_eq!(full(&windows).build().files(), full(ENGLISH).build().files());
}

#[test]
fn gb18030_and_utf_16_are_read_with_a_note() {
    // 标题：先锋 in GB18030.
    let mut gbk = b"---\ntitle: \xCF\xC8\xB7\xE6\ndate: 2026-03-18\nkind: news\n---\n".to_vec();
    gbk.extend(b"\xD5\xFD\xCE\xC4\n");
    let mut utf16 = vec![0xFF, 0xFE];
    let text = news("先锋", "2026-03-18", "", "正文");
    utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    for bytes in [gbk, utf16] {
        let campaign = Campaign::new("").with("content/stories/x.md", bytes);
        assert_eq!(campaign.codes(), ["file-encoding"]);
        assert!(campaign.page("/stories/2026/x/").contains("先锋"));
    }
}

#[test]
fn what_is_no_text_is_an_error() {
    let campaign =
        Campaign::new("").with("content/stories/x.md", b"PK\x03\x04\x00\x00\xff\xfe\x00");
    assert_eq!(campaign.codes(), ["file-not-text"]);
}

#[test]
fn a_key_in_both_languages_is_an_error_at_the_second() {
    Campaign::story("unit: 甲\n单位: 乙", "正文").errs("key-twice", "单位");
    Campaign::story("标题: 乙", "正文").errs("key-twice", "标题");
}

#[test]
fn the_same_key_twice_is_an_error_at_the_second() {
    let campaign = Campaign::story("post: 甲\npost: 乙", "正文");
    campaign.errs("key-twice", "post");
    assert_eq!(campaign.places(), ["6:1 key-twice"]);
}

#[test]
fn an_unknown_key_is_an_error_with_the_nearest_right_word() {
    for (wrong, right) in [
        ("sumary", "summary"),
        ("photo_grapher", "photographer"),
        ("摘 要", "摘要"),
        ("责任编缉", "责任编辑"),
        ("focal_point", "focal_points"),
        ("Title2", "title"),
    ] {
        let campaign = Campaign::story(&format!("{wrong}: 甲"), "正文");
        campaign.errs("key-unknown", wrong);
        assert_eq!(campaign.help(), format!("did you mean “{right}”?"));
    }
}

#[test]
fn what_a_kind_requires_is_asked_for() {
    let front = |kind: &str| format!("---\ntitle: 甲\ndate: 2026-03-18\nkind: {kind}\n---\n正文\n");
    let missing =
        |kind: &str| Campaign::new("").with("content/stories/x.md", front(kind)).codes().len();
    assert_eq!((missing("news"), missing("branch"), missing("member")), (0, 2, 3));
    assert_eq!((missing("动态"), missing("支部"), missing("党员")), (0, 2, 3));
}

#[test]
fn title_date_and_kind_are_required() {
    for (front, count) in
        [("title: 甲", 2), ("date: 2026-03-18", 2), ("kind: news", 2), ("post: 甲", 3)]
    {
        let campaign =
            Campaign::new("").with("content/stories/x.md", format!("---\n{front}\n---\n正文\n"));
        assert_eq!(campaign.codes(), vec!["field-missing"; count], "{front}");
    }
}

#[test]
fn a_required_key_without_a_value_is_empty() {
    for line in ["name:", "name: ''", "name: \"  \"", "name: ~"] {
        let text = format!(
            "---\ntitle: 甲\ndate: 2026-03-18\nkind: member\n{line}\nunit: 乙\nfocal_points: [民生]\n---\n正文\n"
        );
        assert_eq!(
            Campaign::new("").with("content/stories/x.md", text).codes(),
            ["field-empty"],
            "{line}"
        );
    }
    let text =
        "---\ntitle: 甲\ndate: 2026-03-18\nkind: branch\nunit: 乙\nfocal_points: []\n---\n正文\n";
    assert_eq!(Campaign::new("").with("content/stories/x.md", text).codes(), ["field-empty"]);
}

#[test]
fn every_key_complains_of_a_wrong_type_at_its_value() {
    for (line, marked) in [
        ("post: [甲]", "["),
        ("summary: {a: 1}", "{"),
        ("keywords: 甲、乙", "甲、乙"),
        ("carriers: 甲，乙", "甲，乙"),
        ("honours: 【先进】", "【先进】"),
        ("results: 12", "12"),
        ("draft: maybe", "maybe"),
        ("pinned: 3", "3"),
        ("updated: [2026]", "["),
        ("extra: 甲", "甲"),
        ("slug: [a]", "["),
        ("cover: {a: b}", "{"),
        ("author: {a: b}", "{"),
        ("focal_points: 民生、实践", "民生、实践"),
        ("region: [甲]", "["),
    ] {
        Campaign::story(line, "正文").errs("type-wrong", marked);
    }
}

#[test]
fn items_of_lists_are_checked_one_by_one() {
    Campaign::story("keywords: [甲, ~, 乙]", "正文").errs("item-empty", "~");
    Campaign::story("keywords: [甲, '']", "正文").errs("item-empty", "''");
    Campaign::story("keywords: [甲, [乙]]", "正文").errs("type-wrong", "[");
    Campaign::story("honours: [{by: 市委}]", "正文").errs("field-missing", "{");
    Campaign::story("honours: [{title: 甲, from: 市委}]", "正文").errs("key-unknown", "from");
    Campaign::story("results: [{indicator: 甲}]", "正文").errs("field-missing", "{");
    Campaign::story("results: [{after: 3}]", "正文").errs("field-missing", "{");
    Campaign::story("results: [甲]", "正文").errs("type-wrong", "甲");
    Campaign::story("results: [{indicator: 甲, 指标: 乙, after: 1}]", "正文")
        .errs("key-twice", "指标");
}

#[test]
fn a_title_has_at_most_a_hundred_characters() {
    let titled = |n: usize| {
        Campaign::new("")
            .with("content/stories/x.md", news(&"长".repeat(n), "2026-03-18", "", "正文"))
    };
    assert!(titled(100).codes().is_empty());
    assert_eq!(titled(101).codes(), ["title-too-long"]);
}

#[test]
fn one_to_three_focal_points() {
    assert!(Campaign::story("focal_points: [民生, 实践, 群众]", "正文").codes().is_empty());
    let campaign = Campaign::story("focal_points: [民生, 实践, 群众, 中心]", "正文");
    assert_eq!(campaign.codes(), ["focal-points-too-many"]);
    Campaign::story("focal_points: [民生, 抓好民生]", "正文").errs("focal-point-twice", "抓好民生");
}

#[test]
fn a_wrong_slug_is_an_error_that_says_a_right_one() {
    for (slug, better) in
        [("Lin Xiao", "lin-xiao"), ("../../etc", "etc"), ("林小满", "lin-xiao-man"), ("a/b", "a-b")]
    {
        let campaign = Campaign::story(&format!("slug: {slug}"), "正文");
        campaign.errs("slug-wrong", slug);
        assert_eq!(campaign.help(), format!("write {better}, or delete the line"));
    }
}

#[test]
fn flags_are_read_in_both_languages() {
    for (word, on) in [
        ("true", true),
        ("是", true),
        ("yes", true),
        ("false", false),
        ("否", false),
        ("no", false),
    ] {
        let page = Campaign::story(&format!("pinned: {word}"), "正文")
            .template("story.html", "{{ story.pinned }}")
            .page("/stories/2026/x/");
        assert_eq!(page, on.to_string(), "{word}");
    }
}

#[test]
fn a_cover_needs_a_description_and_must_be_a_picture_that_is_there() {
    let story = |front: &str| {
        Campaign::story(front, "正文")
            .with("content/stories/a.png", PNG)
            .with("content/stories/b.docx", "PK\x03\x04 PK\x05\x06")
    };
    let used = "\n\n![甲](a.png) [乙](b.docx)";
    let with = |front: &str| {
        story(front).with("content/stories/x.md", news("甲", "2026-03-18", front, used))
    };
    with("cover: a.png").errs("cover-alt-missing", "a.png");
    with("cover: A.png\ncover_alt: 甲").errs("picture-dead", "A.png");
    assert_eq!(with("cover: A.png\ncover_alt: 甲").help(), "did you mean “a.png”?");
    with("cover: b.docx\ncover_alt: 甲").errs("cover-not-picture", "b.docx");
    with("cover: ../../../etc/passwd\ncover_alt: 甲").errs("link-outside", "../../../etc/passwd");
    with("cover: https://example.cn/a.png\ncover_alt: 甲")
        .errs("link-outside", "https://example.cn/a.png");
    with("cover: data:image/png;base64,AA\ncover_alt: 甲")
        .errs("link-unsafe", "data:image/png;base64,AA");
    assert!(with("cover: a.png\ncover_alt: 甲").codes().is_empty());
}

#[test]
fn one_bad_story_hides_no_other_mistake() {
    let campaign = Campaign::new("")
        .with("content/stories/a.md", "没有信息\n")
        .with(
            "content/stories/b.md",
            news("甲", "2026-02-30", "pots: 乙\nfocal_points: [民升]", "[x](y.md)"),
        )
        .with("content/pages/p.md", "---\ntitle: [甲]\n---\n![](z.png)\n");
    let mut codes = campaign.codes();
    codes.sort_unstable();
    assert_eq!(
        codes,
        [
            "date-impossible",
            "focal-point-unknown",
            "front-matter-missing",
            "key-unknown",
            "link-dead",
            "picture-alt-missing",
            "picture-dead",
            "type-wrong"
        ]
    );
}

#[test]
fn text_over_several_lines_is_one_line_without_a_space_between_chinese() {
    let page = Campaign::story("summary: |\n  第一行\n  第二行 and\n  more", "正文")
        .template("story.html", "{{ story.summary }}")
        .page("/stories/2026/x/");
    assert_eq!(page, "第一行第二行 and more");
}

#[test]
fn a_page_needs_a_title_only() {
    let page = |text: &str| Campaign::new("").with("content/pages/about.md", text);
    assert_eq!(
        page("---\ntitle: 关于\ndate: 2026-03-18\npost: 甲\nunit: 乙\n---\n正文\n").codes(),
        ["key-unused"]
    );
    assert!(page("---\ntitle: 关于\n---\n正文\n").page("/about/").contains("正文"));
    assert_eq!(page("---\nsummary: 甲\n---\n正文\n").codes(), ["field-missing"]);
}

#[test]
fn one_value_is_a_list_of_one() {
    let campaign = full("---\ntitle: 甲\ndate: 2026-03-18\nkind: branch\nunit: 支部\n着力点: 民生\n荣誉: 先进\n关键词: 灯\n---\n正文\n")
        .template("story.html", "{% for f in story.focal_points %}{{ f.short_name }}{% endfor %}|{% for h in story.honours %}{{ h.title }}{% endfor %}|{{ story.keywords | join(sep=\",\") }}");
    assert_eq!(campaign.page("/stories/2026/s/"), "抓好民生|先进|灯");
}

#[test]
fn messages_speak_the_language_of_the_files_keys() {
    let told = |front: &str| {
        let campaign =
            Campaign::new("").with("content/stories/a.md", format!("---\n{front}\n---\n正文\n"));
        campaign.diagnostics(xianfeng::base::lang::Lang::Zh)
    };
    let chinese = told(
        "标题: 甲\n日期: 2026-03-01\n类型: 党员\n着力点: [民生]\n草稿: 否\n封面: {a: b}\n置顶: 也许",
    );
    for part in
        ["缺少“单位”\n", "加一行：单位: ", "加一行：姓名: ", "“封面”应当是", "写成 置顶: true"]
    {
        assert!(chinese.contains(part), "{part}: {chinese}");
    }
    for english in ["unit", "name:", "cover", "pinned"] {
        assert!(!chinese.contains(english), "{english}: {chinese}");
    }
    let english = told("title: 甲\ndate: 2026-03-01\nkind: member\nfocal_points: [民生]");
    assert!(
        english.contains("缺少“unit”（单位）") && english.contains("加一行：unit: "),
        "{english}"
    );
}
