//! HTML that people paste into a text.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;
use xianfeng::base::lang::Lang;

use crate::attacks::{attacks, published};
use crate::campaign::{Campaign, PNG, body, news};
use crate::properties::{config, soup};
use crate::{fuzzed, html};

/// The body of a story beside which `a.png` lies.
fn shown(markdown: &str) -> String {
    Campaign::story("", markdown)
        .with("content/stories/a.png", PNG)
        .template("story.html", "{{ story.body }}")
        .page("/stories/2026/x/")
        .replace(" loading=\"lazy\" decoding=\"async\"", "")
        .replace("/stories/2026/x/", "")
        .replace('\n', "")
}

/// The codes of the complaints about a story, without those about the picture beside it.
fn codes(markdown: &str) -> Vec<&'static str> {
    let codes = Campaign::story("", markdown).with("content/stories/a.png", PNG).codes();
    codes.into_iter().filter(|code| *code != "file-unused").collect()
}

#[test]
fn what_is_written_of_pasted_html() {
    for (pasted, wanted) in [
        // Lines.
        ("甲<br>乙<br/>丙<BR />丁", "<p>甲<br/>乙<br/>丙<br/>丁</p>"),
        ("H<sub>2</sub>O、m<sup>2</sup>", "<p>H<sub>2</sub>O、m<sup>2</sup></p>"),
        ("<U CLASS=x STYLE='y' ID=z>甲</U>", "<p><u>甲</u></p>"),
        (
            "按<kbd>F5</kbd>、<mark>重</mark>、<small>小</small>",
            "<p>按<kbd>F5</kbd>、<mark>重</mark>、<small>小</small></p>",
        ),
        ("<s>旧</s><ins>新</ins><del>删</del>", "<p><s>旧</s><ins>新</ins><del>删</del></p>"),
        ("<font color=red size=5>红</font><big>大</big>", "<p>红大</p>"),
        ("<b></b>甲<span></span>", "<p>甲</p>"),
        (
            "<u>**粗**</u>和**<u>线</u>**",
            "<p><u><strong>粗</strong></u>和<strong><u>线</u></strong></p>",
        ),
        ("**甲<u>乙**丙</u>丁", "<p><strong>甲乙</strong>丙丁</p>"),
        ("<b>一<i>二</b>三</i>四", "<p><b>一<i>二</i></b><i>三</i>四</p>"),
        ("甲<!-- 记 -->乙", "<p>甲乙</p>"),
        // Blocks.
        ("<p>甲<p>乙</p>", "<p>甲</p><p>乙</p>"),
        ("甲<p>乙</p>丙", "<p>甲</p><p>乙</p><p>丙</p>"),
        ("甲</p>乙", "<p>甲乙</p>"),
        ("<p align=center style=x>甲</p>", "<p align=\"center\">甲</p>"),
        (
            "<p align=\"center\">\n\n![图](a.png)\n\n</p>",
            "<p align=\"center\"><img src=\"a.png\" alt=\"图\"/></p>",
        ),
        ("<center>**题**</center>", "<center><strong>题</strong></center>"),
        ("<center>![图](a.png)</center>", "<center><img src=\"a.png\" alt=\"图\"/></center>"),
        (
            "<div>\n\n甲 **乙**\n\n- 丙\n\n</div>\n\n丁",
            "<div><p>甲 <strong>乙</strong></p><ul><li>丙</li></ul></div><p>丁</p>",
        ),
        ("<div>\n- 甲\n- 乙\n</div>\n丙", "<div><ul><li>甲</li><li>乙</li></ul></div><p>丙</p>"),
        ("<span><div>甲</div>乙</span>", "<div><span>甲</span></div><p><span>乙</span></p>"),
        ("<b>甲<p>乙</b>丙", "<p><b>甲</b></p><p><b>乙</b>丙</p>"),
        ("<b>甲\n\n乙</b>丙", "<p><b>甲</b></p><p><b>乙</b>丙</p>"),
        ("<section>甲</section><article>乙</article>丙", "<p>甲</p><p>乙</p><p>丙</p>"),
        ("<blockquote>甲</blockquote><hr>", "<blockquote>甲</blockquote><hr/>"),
        ("甲\n\n<hr>\n乙", "<p>甲</p><hr/><p>乙</p>"),
        ("<div>甲</div>\n---\n乙", "<div>甲</div><hr/><p>乙</p>"),
        ("- 甲</li></ul></div>乙\n- 丙", "<ul><li>甲乙</li><li>丙</li></ul>"),
        ("> 甲\n> </blockquote>乙\n\n丙", "<blockquote><p>甲乙</p></blockquote><p>丙</p>"),
        ("**甲<div>乙</div>丙**", "<p><strong>甲<br/>乙<br/>丙</strong></p>"),
        ("<pre>甲\n  乙<div>丙</div></pre>", "<pre>甲\n  乙\n丙</pre>"),
        // Headings.
        (
            "<h1>甲</h1><h4 align=center id=x>乙</h4>",
            "<h2 id=\"甲\">甲</h2><h4 id=\"乙\" align=\"center\">乙</h4>",
        ),
        ("## <center>甲</center>", "<h2 id=\"甲\">甲</h2>"),
        ("<h3><p>甲</p><p>乙</p></h3>", "<h3 id=\"甲-乙\">甲<br/>乙</h3>"),
        // Lists.
        ("<ol start=3 type=a><li>甲<li>乙</ol>", "<ol start=\"3\"><li>甲</li><li>乙</li></ol>"),
        ("<ul><li>甲</li><ul><li>乙</li></ul></ul>", "<ul><li>甲<ul><li>乙</li></ul></li></ul>"),
        ("<ul>甲<li>乙</ul>", "<ul><li>甲</li><li>乙</li></ul>"),
        ("<li>甲<li>乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("<dl><dt>甲<dd>乙<dd>丙</dl>", "<dl><dt>甲</dt><dd>乙</dd><dd>丙</dd></dl>"),
        ("<dl><dd>乙<dt>甲</dl>", "<dl><dt></dt><dd>乙</dd><dt>甲</dt><dd></dd></dl>"),
        // Tables.
        (
            "<table border=1 width=80%><tr><td colspan=2 rowspan='3' align=center valign=top>甲</table>",
            "<div class=\"table\"><table width=\"80%\"><tbody><tr><td colspan=\"2\" rowspan=\"3\" align=\"center\">甲</td></tr></tbody></table></div>",
        ),
        (
            "<table>\n<thead><tr><th>甲</th></tr></thead>\n\n<tbody>\n\n    <tr>\n        <td>乙</td>\n    </tr>\n</tbody></table>",
            "<div class=\"table\"><table><thead><tr><th>甲</th></tr></thead><tbody><tr><td>乙</td></tr></tbody></table></div>",
        ),
        (
            "<table><col width=50><col><caption>题</caption>甲<tr><td>乙</table>",
            "<div class=\"table\"><table><colgroup><col width=\"50\"/><col/></colgroup><tbody><tr><td>题甲</td></tr><tr><td>乙</td></tr></tbody></table></div>",
        ),
        (
            "<table><caption>题</caption><tr><td>甲<table><tr><td>乙</table></table>",
            "<div class=\"table\"><table><caption>题</caption><tbody><tr><td>甲<div class=\"table\"><table><tbody><tr><td>乙</td></tr></tbody></table></div></td></tr></tbody></table></div>",
        ),
        ("<tr><td>甲</td><td>乙</td></tr>", "<p>甲</p><p>乙</p>"),
        ("<table></table>甲", "<p>甲</p>"),
        (
            "| 甲 |\n|---|\n| <ul><li>一<li>二</ul> |",
            "<div class=\"table\"><table><thead><tr><th>甲</th></tr></thead><tbody><tr><td><ul><li>一</li><li>二</li></ul></td></tr></tbody></table></div>",
        ),
        // Figures, things to open, readings.
        (
            "<figure><img src=a.png alt=图><figcaption>注</figcaption></figure>",
            "<figure><img src=\"a.png\" alt=\"图\"/><figcaption>注</figcaption></figure>",
        ),
        (
            "<figure><figcaption>甲</figcaption>乙<figcaption>丙</figcaption></figure>",
            "<figure><div>甲</div>乙<figcaption>丙</figcaption></figure>",
        ),
        ("<figcaption>甲</figcaption>乙", "<p>甲</p><p>乙</p>"),
        (
            "<details open><summary>甲</summary>\n\n- 乙\n\n</details>",
            "<details><summary>甲</summary><ul><li>乙</li></ul></details>",
        ),
        ("<details>甲<summary>乙</summary></details>", "<div>甲<br/>乙</div>"),
        ("<ruby>锋<rt>fēng</rt></ruby>", "<p><ruby>锋<rt>fēng</rt></ruby></p>"),
        (
            "<ruby>锋<rp>（</rp><rt>fēng<rp>）</rp>后</ruby>",
            "<p><ruby>锋<rp>（</rp><rt>fēng</rt><rp>）</rp></ruby>后</p>",
        ),
        ("<ruby>锋</ruby><rt>读</rt>", "<p>锋读</p>"),
        // Links and pictures.
        (
            "<a href=https://a.cn/?x=1&amp;y=2 target=_blank title=题>甲</a>",
            "<p><a href=\"https://a.cn/?x=1&amp;y=2\" rel=\"external noopener\" title=\"题\">甲</a></p>",
        ),
        ("<a name=x>甲</a><a id=y></a>", "<p>甲</p>"),
        ("<a href=#>甲<a href=#top>乙</a>", "<p>甲<a href=\"#\">乙</a></p>"),
        ("[甲<a href=#>乙</a>](#top)", "<p><a href=\"#\">甲乙</a></p>"),
        ("<a href=#>甲[乙](#top)丙</a>", "<p><a href=\"#\">甲</a><a href=\"#\">乙</a>丙</p>"),
        (
            "<a href=#><div>甲</div><div>乙</div></a>",
            "<div><a href=\"#\">甲</a></div><div><a href=\"#\">乙</a></div>",
        ),
        (
            "<img src='a.png' alt='图' width=300px height=auto>",
            "<p><img src=\"a.png\" alt=\"图\" width=\"300\"/></p>",
        ),
        (
            "<a href=\"https://a.cn/\"title=题>甲</a>",
            "<p><a href=\"https://a.cn/\" rel=\"external noopener\" title=\"题\">甲</a></p>",
        ),
        (
            "甲<a href=https://a.cn/甲><b>https://b.cn</b></a>",
            "<p>甲<a href=\"https://a.cn/甲\" rel=\"external noopener\"><b>https://b.cn</b></a></p>",
        ),
        // Word.
        ("<p class=MsoNormal>甲<o:p></o:p></p>", "<p>甲</p>"),
        (
            "<![if !supportLists]>一、<![endif]>甲<!--[if gte mso 9]><xml>乙</xml><![endif]-->",
            "<p>一、甲</p>",
        ),
        ("<st1:place w:st=\"on\">甲</st1:place><w:sdt>乙</w:sdt>", "<p>甲乙</p>"),
        ("甲<?xml:namespace prefix = o />乙", "<p>甲乙</p>"),
        ("甲&nbsp;乙&mdash;丙", "<p>甲\u{a0}乙—丙</p>"),
        // What is no tag.
        (
            "&lt;b&gt;甲&lt;/b&gt; \\<b>乙\\</b> `<b>`",
            "<p>&lt;b&gt;甲&lt;/b&gt; &lt;b&gt;乙&lt;/b&gt; <code>&lt;b&gt;</code></p>",
        ),
        ("若a<b 且 c>d，3 < 5，<标签>", "<p>若a&lt;b 且 c&gt;d，3 &lt; 5，&lt;标签&gt;</p>"),
        ("<![CDATA[甲]]>乙", "<p>甲乙</p>"),
        ("```\n<b>甲</b>\n```", "<pre><code>&lt;b&gt;甲&lt;/b&gt;</code></pre>"),
        // What goes with what is in it.
        ("甲<script>if (a<b) x()</script>乙", "<p>甲乙</p>"),
        ("<style>\np { }\n\nb { }\n</style>\n\n乙", "<p>乙</p>"),
        ("<svg>\n\n<text>甲</text>\n\n</svg>乙", "<p>乙</p>"),
        ("<form>\n\n甲\n\n</form>\n\n乙<input value=丙><meta x>", "<p>乙</p>"),
        ("甲<form>乙", "<p>甲乙</p>"),
    ] {
        let out = shown(pasted);
        assert_eq!(out, wanted.replace('\n', ""), "{pasted}");
    }
}

#[test]
fn text_after_a_comment_is_shown() {
    for (markdown, wanted) in [
        ("<!-- 摘要到此 -->后文，**要**，\n下一行", "<p>后文，<strong>要</strong>，下一行</p>"),
        ("<!-- 记 -->\n后文", "<p>后文</p>"),
        ("<!-- 记\n\n还是记 -->后文**要**", "<p>后文<strong>要</strong></p>"),
        ("前\n<!-- 记 -->后文", "<p>前后文</p>"),
        ("<!--- 记 -- 号 --->后文", "<p>后文</p>"),
        ("- <!-- 记 -->后文", "<ul><li>后文</li></ul>"),
        ("> <!-- 记 -->后文", "<blockquote><p>后文</p></blockquote>"),
        ("<!--\n- 记\n- 录\n-->\n后文", "<p>后文</p>"),
    ] {
        assert_eq!(shown(markdown), wanted, "{markdown}");
        assert_eq!(codes(markdown), [""; 0], "{markdown}");
    }
}

#[test]
fn ordinary_pasted_html_is_silent() {
    for markdown in [
        "甲<br>乙",
        "<div align=center><img src=a.png alt=图 width=400></div>",
        "<table><tr><td>甲<td>乙</table>",
        "<p>甲\n\n</p>\n\n<ul><li>乙</ul>",
        "5 < 6，a<b 且 c>d，<3，<-，《<》",
        "<https://a.cn/> 和 <a@b.cn>",
        "`<div>` 和\n\n```html\n<script>\n```",
        "甲</div>",
        "```\n<!-- 甲 -->乙\n<div class=\"x\n```\n\n    <!-- x\n    <a href=\n",
    ] {
        assert_eq!(codes(markdown), [""; 0], "{markdown}");
    }
}

#[test]
fn what_is_told_and_where() {
    let told = |markdown: &str| {
        let campaign = Campaign::story("", markdown);
        let told = campaign.prepared().diagnostics.into_iter().map(|diagnostic| {
            let at = diagnostic.place.position().map_or((0, 0), |at| (at.line, at.column));
            format!("{}:{} {} {}", at.0 - 5, at.1, diagnostic.code, diagnostic.message.zh)
        });
        told.collect::<Vec<_>>()
    };
    for (markdown, wanted) in [
        (
            "甲<font>乙</font>\n\n<font>丙</font><tt>丁</tt>",
            vec![
                "1:2 html-tags 网站不用这些 HTML 标签，已经去掉，里面的文字照常显示：<font>（2 处）、<tt>",
            ],
        ),
        (
            "> <div>甲\n> <iframe src=x></iframe></div>",
            vec!["2:3 html-content <iframe> 在网站上不能用，连同它里面的内容都不会显示"],
        ),
        ("甲<meta x>", vec!["1:2 html-content <meta> 在网站上不能用，已经去掉"]),
        (
            "甲<form>乙",
            vec![
                "1:2 html-content <form> 在网站上不能用，已经去掉；它没有结束标签 </form>，后面的内容会照常显示",
            ],
        ),
        ("甲**<u>乙**", vec!["1:4 html-unclosed <u> 没有对应的结束标签 </u>，不起作用"]),
        (
            "甲<div class=\"x",
            vec!["1:2 raw-html 这里像是 HTML 标签或注释，但没有写完整，会原样显示成文字"],
        ),
        (
            "<!-- 甲\n\n乙",
            vec!["1:1 raw-html 这里像是 HTML 标签或注释，但没有写完整，会原样显示成文字"],
        ),
        // What is in what goes is told of with it.
        (
            "<svg><path/><font>甲</font></svg>乙",
            vec!["1:1 html-content <svg> 在网站上不能用，连同它里面的内容都不会显示"],
        ),
        // Links and pictures like their twins in Markdown.
        ("<a href=x.docx>甲</a>", vec!["1:1 link-dead 链接“x.docx”指向的文件不存在"]),
    ] {
        let all = told(markdown);
        let places = |all: &[String]| {
            all.iter()
                .map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>()
        };
        let wanted: Vec<String> = wanted.into_iter().map(str::to_string).collect();
        match wanted[0].contains("link-dead") {
            true => assert_eq!(places(&all), places(&wanted), "{markdown}"),
            false => assert_eq!(all, wanted, "{markdown}"),
        }
    }
    let twins = [
        ("<a href=\"javascript:alert(1)\">甲</a>", "[甲](javascript:alert(1))"),
        ("<a href=\"java&#9;script:alert(1)\">甲</a>", "[甲](<java&#9;script:alert(1)>)"),
        ("<img src=\"data:image/png;base64,x\" alt=甲>", "![甲](data:image/png;base64,x)"),
        ("<img src=a.png>", "![](a.png)"),
        ("<img alt=甲>", "![甲]()"),
        ("<img src=b.png alt=甲>", "![甲](b.png)"),
        ("<img src=https://a.cn/b.png alt=甲>", "![甲](https://a.cn/b.png)"),
        ("<a href=../../a.md>甲</a>", "[甲](../../a.md)"),
        ("<a href=#x>甲</a>", "[甲](#x)"),
    ];
    for (pasted, twin) in twins {
        assert_eq!(codes(pasted), codes(twin), "{pasted}");
        assert!(!codes(pasted).is_empty() || pasted.contains("a.png"), "{pasted}");
    }
}

#[test]
fn what_was_hidden_where_it_comes_from_is_not_published() {
    for (markdown, shown) in [
        ("<p><span style=\"display:none;mso-hide:all\">内批</span>甲</p>", "<p>甲</p>"),
        (
            "甲<span style='color:red; Display : NONE'>内<b>批</b><span>乙</span></span>丙",
            "<p>甲丙</p>",
        ),
        ("<section style=\"display:none\">\n\n内批\n\n- 内批\n\n</section>\n\n甲", "<p>甲</p>"),
        ("<p hidden>内批</p>\n\n甲", "<p>甲</p>"),
        (
            "<div style='mso-element:comment-list'><div class=MsoCommentText>内批</div></div>\n\n甲",
            "<p>甲</p>",
        ),
    ] {
        assert_eq!(body(markdown), shown, "{markdown}");
        assert_eq!(codes(markdown), ["html-hidden"], "{markdown}");
        let told = Campaign::story("", markdown).prepared().diagnostics;
        assert!(told[0].message.zh.contains('内'), "{told:?}");
    }
    // What hides only a part of what Markdown opened is read as it is.
    for markdown in [
        "**甲<span hidden>乙**丙</span>",
        "<p style=\"color:red\">甲</p>",
        "<div id=\"js_content\" style=\"visibility: hidden; opacity: 0;\"><p>甲</p></div>",
    ] {
        assert!(!codes(markdown).contains(&"html-hidden"), "{markdown}");
    }
}

#[test]
fn indented_html_and_tables_are_no_code() {
    let section = "<section>\n    <section>\n        <p>甲</p>\n    </section>\n\n    <section>\n        <p>乙</p>\n    </section>\n</section>";
    assert_eq!(body(section), "<p>甲</p>\n<p>乙</p>");
    assert_eq!(body("<p>甲</p>\n\n\t<p>乙</p>"), "<p>甲</p>\n<p>乙</p>");
    let table = body("甲：\n\n    | 一 | 二 |\n    |---|---|\n    | 1 | 2 |");
    assert!(table.contains("<td>2</td>") && !table.contains("<pre>"), "{table}");
    assert!(body("    let x = 1;\n    <p>").contains("<pre>"));
    assert!(body("    a < b").contains("<pre>"));
}

#[test]
fn a_pasted_picture_is_published_and_a_pasted_heading_is_found() {
    let campaign = Campaign::story(
        "",
        "<h3>做法</h3>\n\n<a href=\"#做法\">见</a>[此](#做法)\n\n<img src=\"a.png\" alt=\"图\">",
    )
    .with("content/stories/a.png", PNG);
    assert!(campaign.codes().is_empty(), "{:?}", campaign.codes());
    assert!(campaign.build().has("/stories/2026/x/a.png"));
}

#[test]
fn no_tag_comes_into_summaries_feeds_search_and_counts() {
    let text = "<p style=\"color:red\"><font>重要</font>的<u>通知</u>：</p><table><tr><td>单元</td></tr></table>";
    let built = Campaign::story("", text).published_at("https://a.cn/").build();
    let mut files = built.files();
    let page = String::from_utf8(files.remove("stories/2026/x/index.html").unwrap()).unwrap();
    assert!(page.contains("content=\"重要的通知：\""), "{page}");
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(&bytes);
        let at =
            path.starts_with("search/") || path.ends_with(".xml") || path.ends_with("index.html");
        if at && text.contains("重要的") {
            assert!(!text.contains("&lt;u&gt;") && !text.contains("font"), "{path}: {text}");
        }
    }
    let count = |body: &str| {
        Campaign::story("", body)
            .template("story.html", "{{ story.characters }}")
            .page("/stories/2026/x/")
    };
    assert_eq!(count(text), count("重要的通知：\n\n单元"));
}

#[test]
fn a_summary_of_the_front_matter_has_no_tags() {
    let campaign = Campaign::story("summary: <b>要点</b>：3 < 5<br>&", "正文");
    assert_eq!(campaign.codes(), ["html-summary"]);
    let page = campaign.page("/stories/2026/x/");
    assert!(page.contains("content=\"要点：3 &lt; 5 &amp;\""), "{page}");
}

#[test]
fn what_nobody_refers_to_in_html_is_shown() {
    for markdown in [
        "<div>甲</div>\n---\n[乙]: https://example.cn/ \"丙\"",
        "<div>甲\n---\n[乙]: https://example.cn/ \"丙\"",
    ] {
        let page = body(markdown);
        assert!(page.contains("[乙]: ") && page.contains('丙'), "{page}");
    }
    let used = body("<div>甲，见[乙]\n---\n[乙]: https://example.cn/ \"丙\"");
    assert!(!used.contains("[乙]:"), "{used}");
}

const TAGS: &str = "br u ins del s sub sup mark small kbd ruby rt rp b strong i em p div span center \
    h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code hr figure figcaption img a details summary \
    table caption thead tbody tfoot tr th td col colgroup";

/// What is wrong with the page of a body.
fn wrong(out: &str) -> Option<String> {
    let page = match html::read_xml(out) {
        Ok(page) => page,
        Err(error) => return Some(error),
    };
    let allowed: BTreeSet<&str> = TAGS.split_whitespace().collect();
    for tag in &page.tags {
        // Notes and tasks are of Markdown.
        let ours = tag.name == "section" || tag.name == "input";
        if !allowed.contains(tag.name.as_str()) && !ours {
            return Some(format!("<{}>", tag.name));
        }
        for (name, value) in &tag.attributes {
            let fine = match name.as_str() {
                "href" | "src" | "alt" | "title" => true,
                "width" | "height" => value.trim_end_matches('%').parse::<u32>().is_ok(),
                "colspan" | "rowspan" | "start" => value.parse::<i64>().is_ok(),
                "align" => ["left", "right", "center", "justify"].contains(&value.as_str()),
                "class" => {
                    value == "table"
                        || value == "note"
                        || value == "notes"
                        || value.starts_with("language-")
                }
                "id" => tag.name.starts_with('h') || value.starts_with("xf-"),
                "rel" => value == "external noopener",
                "loading" => value == "lazy",
                "decoding" => value == "async",
                _ => ours || value.starts_with("doc-") || name == "aria-label" || name == "value",
            };
            if !fine {
                return Some(format!("<{} {name}={value:?}>", tag.name));
            }
        }
    }
    None
}

#[test]
fn of_hostile_html_only_allowed_tags_and_attributes_come_out() {
    let all = attacks();
    assert!(all.len() > 500, "{}", all.len());
    let mut report = String::new();
    for attack in &all {
        for around in
            ["X", "前X后", "> X", "- X\n- 乙", "<div>X</div>", "<table><tr><td>X", "**X**"]
        {
            let body = around.replace('X', attack);
            let out = fuzzed::markdown(&body);
            if let Some(wrong) = wrong(&out) {
                let _ = writeln!(report, "{wrong}: {body:?}\n{out}");
            }
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn what_came_out_comes_out_again() {
    let bare =
        |out: &str| out.replace("<div class=\"table\">", "").replace("</table></div>", "</table>");
    // Without what the second reading takes for Markdown.
    let shape = |out: &str| {
        let page = html::read_xml(out).unwrap();
        let names: Vec<String> = page.tags.iter().map(|tag| tag.name.clone()).collect();
        (names, page.text.split_whitespace().collect::<String>())
    };
    for attack in attacks().iter().filter(|attack| {
        !attack.contains("http")
            && !attack.contains(['`', '|', '\\', '[', '*'])
            && !attack.starts_with(['>', '-', '#'])
    }) {
        let once = bare(&fuzzed::markdown(attack));
        let again = bare(&fuzzed::markdown(&once));
        assert_eq!(shape(&once), shape(&again), "{attack:?}\n{once}\n{again}");
    }
}

#[test]
fn hostile_addresses_are_errors_and_no_page_has_them() {
    let published = published();
    let mut refused = 0;
    for attack in attacks().iter().filter(|attack| !published.contains(attack)) {
        let campaign = Campaign::story("", attack).with("content/stories/x", "x");
        let errors = campaign.prepared().diagnostics.iter().filter(|d| d.is_error()).count();
        // What is on another site, or is no tag, is only a link or text.
        let harmless = attack.contains("attack.invalid") || attack.contains("http");
        assert!(errors > 0 || harmless, "{attack:?}");
        refused += usize::from(errors > 0);
    }
    assert!(published.len() > 400 && refused > 50, "{} and {refused}", published.len());
    let mut campaign =
        Campaign::new("").with("content/stories/x", "x").template("story.html", "{{ story.body }}");
    for (i, attack) in published.iter().enumerate() {
        let path = format!("content/stories/s{i}.md");
        campaign = campaign.with(&path, news("甲", "2026-03-18", "", attack));
    }
    for (path, page) in campaign.build().pages() {
        if !path.starts_with("stories/") {
            continue;
        }
        for address in html::read(&page).unwrap().addresses() {
            let address = address.to_ascii_lowercase();
            let safe = ["http://", "https://", "//", "/", "#", "mailto:"];
            assert!(
                safe.iter().any(|start| address.starts_with(start)),
                "{path}: {address}\n{page}"
            );
        }
    }
}

#[test]
fn nothing_pasted_ends_what_is_around_the_body() {
    let page = |body: &str| {
        let page = Campaign::story("", body).page("/stories/2026/x/");
        let (head, rest) = page.split_once("data-search-body>").unwrap();
        let (_, tail) = rest.split_once("<footer class=\"story-foot\"").unwrap();
        (head.split("</head>").nth(1).unwrap().to_string(), tail.to_string())
    };
    let plain = page("甲");
    for body in
        ["</div></article></main></body></html>甲", "<table><tr><td><div><b>甲", "<details>甲"]
    {
        assert_eq!(page(body), plain, "{body}");
    }
}

#[test]
fn much_hostile_html_takes_no_long_time() {
    let closers = "</b></div></p></table></ul></ruby></a></svg></details>".repeat(50);
    for (pattern, times) in [
        ("<b>", 100_000),
        ("<b>", 600),
        ("</b>", 600),
        ("<b></b>", 600),
        ("<div>", 600),
        ("</div>", 600),
        ("<p>", 600),
        ("<b><p>", 600),
        ("<table><tr><td>", 400),
        ("<ul><li>", 600),
        ("<ruby><rt>", 600),
        ("<a href=x>", 600),
        ("<svg>", 600),
        ("<svg></form>", 600),
        ("<script>", 600),
        ("<o:p>", 600),
        ("<![", 1500),
        ("<b ", 1500),
        ("<!--", 1500),
        ("<x y=", 1500),
        ("<details><summary>", 400),
        ("<u>甲</u>", 400),
        ("<font>甲", 600),
        ("<td>", 600),
        ("<dl><dd>", 600),
        ("<pre>", 600),
        ("<textarea>", 600),
        ("<figure><figcaption>", 400),
        ("<b><i><u><s>", 400),
        ("甲<p>**<b>", 400),
        ("> <div>", 500),
        ("- <table>\n  ", 200),
    ] {
        for separator in ["", "\n\n"].into_iter().take(if times > 10_000 { 1 } else { 2 }) {
            let open = format!("{pattern}{separator}").repeat(times);
            let started = std::time::Instant::now();
            for body in [format!("{open}{closers}"), open] {
                if let Err(error) = html::read_xml(&fuzzed::markdown(&body)) {
                    panic!("{pattern:?} {separator:?}: {error}");
                }
            }
            let taken = started.elapsed();
            // Half a second alone; what grows with the square takes minutes, on a busy machine too.
            assert!(taken.as_secs() < 120, "{pattern:?} {separator:?} took {taken:?}");
        }
    }
}

#[test]
fn text_of_a_body_without_html_costs_nothing_more() {
    assert_eq!(body("甲 **乙**"), "<p>甲 <strong>乙</strong></p>");
}

/// What pasted HTML and Markdown are made of; nothing that goes with what is in it.
const BITS: &[&str] = &[
    "甲",
    "乙",
    "丙",
    "丁",
    "a",
    " ",
    "\n",
    "\n\n",
    "**",
    "[",
    "](#)",
    "![",
    "](x)",
    "- ",
    "> ",
    "## ",
    "`",
    "| ",
    "|-|\n",
    "[^1]",
    "\n\n[^1]: ",
    "    ",
    "\n---\n",
    "<!--戊-->",
    "<!-- ",
    "&amp;",
    "&nbsp;",
    "&#60;",
    "<",
    ">",
    "\"",
    "<br>",
    "<hr>",
    "<img src=x alt=己>",
    "<a href=x>",
    "</a>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<span title=庚>",
    "</span>",
    "<font>",
    "</font>",
    "<o:p>",
    "</o:p>",
    "<ruby>",
    "</ruby>",
    "<rt>",
    "</rt>",
    "<rp>",
    "</rp>",
    "<p>",
    "<p align=center>",
    "</p>",
    "<div>",
    "</div>",
    "<center>",
    "</center>",
    "<h2>",
    "</h2>",
    "<ul>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<li>",
    "</li>",
    "<dl>",
    "</dl>",
    "<dt>",
    "</dt>",
    "<dd>",
    "</dd>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<figure>",
    "</figure>",
    "<figcaption>",
    "</figcaption>",
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "<table>",
    "</table>",
    "<caption>",
    "</caption>",
    "<colgroup>",
    "</colgroup>",
    "<col>",
    "<thead>",
    "</thead>",
    "<tbody>",
    "</tbody>",
    "<tfoot>",
    "</tfoot>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th colspan=2>",
    "</th>",
    "<section>",
    "</section>",
    "<textarea>",
    "</textarea>",
    "<![CDATA[",
    "]]>",
];

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn no_mixture_of_html_and_markdown_is_unsound_or_loses_text(text in soup(BITS, 40)) {
        // What a source cannot hold is not of HTML.
        let held = |c: &char| *c == '\n' || !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
        let text: String = text.chars().filter(held).collect();
        let out = fuzzed::markdown(&text);
        if let Some(wrong) = wrong(&out) {
            return Err(TestCaseError::fail(format!("{wrong}\n{text:?}\n{out}")));
        }
        // Comments go, and pictures in descriptions of pictures are of Markdown alone.
        if !text.contains("<!--") && text.matches("![").count() < 2 {
            for han in ["甲", "乙", "丙", "丁"] {
                let (before, after) = (text.matches(han).count(), out.matches(han).count());
                prop_assert!(after >= before, "{han}: {text:?}\n{out}");
            }
        }
    }
}

#[test]
fn markup_in_texts_that_are_words_alone_is_told_wherever_they_are() {
    let campaign = Campaign::new("")
        .with(
            "content/site.yaml",
            "标题: 先锋<br>专栏\n简介: \"**创先**&nbsp;争优\"\n",
        )
        .with("content/units.yaml", "- 名称: 甲支部\n  简介: 在<b>城西</b>，**先进**\n")
        .with("content/events.yaml", "- 名称: 会\n  日期: 2026-07-01\n  地点: 礼堂<br/>二楼\n")
        .with(
            "content/stories/a.md",
            "---\n标题: 凝心聚力<br>——记先锋&nbsp;岗\n日期: 2026-03-01\n类型: 支部\n着力点: [民生]\n单位: 甲支部\n\
             摘要: \"**重点**，[链接](https://x.cn)，&nbsp;空\"\n职务: 书记<br>主任\n荣誉: [<b>优秀</b>党员]\n\
             群众说: [他**真好**<br>啊]\n成效: [{指标: 走访<br>户数, 之后: 10}]\n\
             来源: \"[街道](https://x.cn)\"\n更正: 改<i>一处</i>\n更新: 2026-03-02\n---\n正文。\n",
        );
    let places = campaign.places();
    assert_eq!(places.len(), 12, "{places:?}");
    assert!(
        places
            .iter()
            .all(|place| place.ends_with("text-markup") || place.ends_with("html-summary"))
    );
    assert!(campaign.diagnostics(Lang::Zh).contains("写成：凝心聚力——记先锋岗"));
    let page = campaign.build().page("/stories/2026/a/");
    // A summary is words alone; what else was typed is shown so.
    assert!(page.contains("content=\"重点，链接，") && !page.contains("**重点**"), "{page}");
    assert!(page.contains("凝心聚力&lt;br&gt;") && !page.contains("凝心聚力<br>"), "{page}");
    let signs = Campaign::story("summary: 1<2，<某某>，138****1234，张**\nauthor: AT&T", "正文");
    assert_eq!(signs.codes(), [""; 0]);
}
