//! Markdown as it comes from Word, WeChat, Obsidian and others: what has one meaning is read,
//! what has none is complained of, and nothing vanishes.

use crate::campaign::{Campaign, body};
use crate::html;

/// The complaints about a body, by line and column of the body.
fn slips(markdown: &str) -> Vec<String> {
    let first = Campaign::story("", "").places().len();
    assert_eq!(first, 1, "an empty body is complained of, and nothing else");
    let above = 5;
    let places = Campaign::story("", markdown).places();
    let in_body = |place: String| match place.split_once(':') {
        Some((line, rest)) => format!("{}:{rest}", line.parse::<usize>().unwrap() - above),
        None => place,
    };
    places.into_iter().map(in_body).collect()
}

#[track_caller]
fn reads(markdown: &str, wanted: &str) {
    assert_eq!(body(markdown), wanted, "{markdown}");
}

#[track_caller]
fn silently(markdown: &str, wanted: &str) {
    reads(markdown, wanted);
    assert_eq!(slips(markdown), [""; 0], "{markdown}");
}

fn table(head: &[&str], rows: &[&[&str]]) -> String {
    let cells = |cells: &[&str], tag: &str| -> String {
        cells.iter().map(|cell| format!("<{tag}>{cell}</{tag}>")).collect()
    };
    let rows: String = rows.iter().map(|row| format!("<tr>{}</tr>\n", cells(row, "td"))).collect();
    format!(
        "<div class=\"table\"><table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>",
        cells(head, "th")
    )
}

#[test]
fn cells_beyond_the_header_are_shown_and_named() {
    let markdown = "|村|户数|\n|-|-|\n|石桥|42|已通水|\n|柳湾|17|\n";
    reads(markdown, &table(&["村", "户数", ""], &[&["石桥", "42", "已通水"], &["柳湾", "17", ""]]));
    assert_eq!(slips(markdown), ["3:1 table-cells"]);
    // Without pipes at the ends, and in a quotation.
    reads(
        "村 | 户数\n--- | ---\n石桥 | 42 | 已通水",
        &table(&["村", "户数", ""], &[&["石桥", "42", "已通水"]]),
    );
    let quoted = body("> |村|\n> |-|\n> |石桥|已通水|");
    assert!(quoted.contains("<td>已通水</td>"), "{quoted}");
    // A bar that is escaped parts no cells.
    assert_eq!(slips("|村|\n|-|\n|石\\|桥|"), [""; 0]);
}

#[test]
fn definitions_that_nothing_refers_to_are_shown_or_named() {
    silently(
        "头一段。\n\n[供稿]: 石桥村\n\n[电话]: 88886666",
        "<p>头一段。</p>\n<p>[供稿]: 石桥村</p>\n<p>[电话]: 88886666</p>",
    );
    silently("[说明]:\n以公告为准", "<p>[说明]:\n以公告为准</p>");
    assert_eq!(slips("正文\n\n[旧址]: https://example.cn/a"), ["3:1 definition-unused"]);
    assert_eq!(
        slips("见[新址]。\n\n[新址]: https://example.cn/a\n[新址]: https://example.cn/b"),
        ["4:1 definition-twice"]
    );
    let used = body("见[新 址][]。\n\n[新  址]: https://example.cn/a");
    assert!(used.contains("<a href=\"https://example.cn/a\""), "{used}");
    silently("```\n[供稿]: 石桥村\n```", "<pre><code>[供稿]: 石桥村\n</code></pre>");
}

#[test]
fn indented_prose_is_a_paragraph() {
    silently(
        "    春耕以来，党员服务队把农技送到田头。\n\n\t秋收时节，又帮着晾晒粮食。",
        "<p>春耕以来，党员服务队把农技送到田头。</p>\n<p>秋收时节，又帮着晾晒粮食。</p>",
    );
    silently(
        "正文。\n\n                    石桥村党支部\n                  2026年5月1日",
        "<p>正文。</p>\n<p class=\"sign-off\">石桥村党支部</p>\n<p class=\"sign-off\">2026年5月1日</p>",
    );
    let item = body("1. 头一条\n\n        条内缩进的一段话。\n\n2. 后一条");
    assert!(item.contains("<p>条内缩进的一段话。</p>") && !item.contains("<pre>"), "{item}");
    silently("## 题\n    缩进的一段话。", "<h2 id=\"题\">题</h2>\n<p>缩进的一段话。</p>");
    // Code stays what it is, also with Chinese words in it.
    for code in ["    let x = 1; // 计数", "    cargo run -- build", "    <div>标题</div>"] {
        assert!(body(code).starts_with("<pre><code>"), "{code}");
    }
    silently("```\n    缩进\n```", "<pre><code>    缩进\n</code></pre>");
}

#[test]
fn lines_that_are_meant_stay_lines() {
    silently(
        "图 | 周敏\n文 | 陈立\n\n供稿：石桥村\n编辑：周敏\n\n一、把准方向\n二、抓住重点",
        "<p>图 | 周敏<br/>\n文 | 陈立</p>\n<p>供稿：石桥村<br/>\n编辑：周敏</p>\n<p>一、把准方向<br/>\n二、抓住重点</p>",
    );
    silently(
        "　　头一段从网页复制而来。\n　　后一段紧跟着\n　　还有一段。",
        "<p>头一段从网页复制而来。</p>\n<p>后一段紧跟着</p>\n<p>还有一段。</p>",
    );
    silently("周敏\n陈立\n王秀芳", "<p>周敏<br/>\n陈立<br/>\n王秀芳</p>");
    silently("> 一、甲\n> 二、乙", "<blockquote>\n<p>一、甲<br/>\n二、乙</p>\n</blockquote>");
    // Bold goes on over lines, paragraphs cannot end within it.
    silently("**一、甲\n　　二、乙**", "<p><strong>一、甲<br/>\n二、乙</strong></p>");
    // A heading, a table and wrapped prose have no breaks of this kind.
    let wrapped =
        "支部的同志们走街串巷，挨家挨户登记需求，形成了一本厚厚的台账，逐\n条办理，逐条回访。";
    silently(wrapped, &format!("<p>{}</p>", wrapped.replace('\n', "")));
}

#[test]
fn lines_that_are_meant_follow_everywhere() {
    let built = Campaign::story("", "周敏\n陈立\n王秀芳\n\n供稿：石桥村\n编辑：周敏").build();
    let page = built.page("/stories/2026/x/");
    assert!(page.contains("content=\"周敏 陈立 王秀芳 供稿：石桥村 编辑：周敏\""), "{page}");
}

#[test]
fn headings_that_begin_at_the_first_level_keep_their_steps() {
    let levels = |markdown: &str| {
        let page = html::read(&body(markdown)).unwrap();
        page.tags
            .iter()
            .map(|tag| tag.name.clone())
            .filter(|name| name.starts_with('h'))
            .collect::<Vec<_>>()
    };
    assert_eq!(levels("# 一、概况\n\n## （一）班子\n\n# 二、做法"), ["h2", "h3", "h2"]);
    assert_eq!(levels("概况\n===\n\n## 班子"), ["h2", "h3"]);
    assert_eq!(levels("## 概况\n\n### 班子"), ["h2", "h3"]);
    assert_eq!(levels("#### 概况"), ["h4"]);
    let outline = Campaign::story("", "# 甲\n\n## 乙\n\n# 丙")
        .template("story.html", "{% for h in story.outline %}{{ h.level }}{{ h.text }}{% endfor %}")
        .page("/stories/2026/x/");
    assert_eq!(outline, "2甲3乙2丙");
}

#[test]
fn tables_that_are_nearly_tables_are_read() {
    let wanted = table(&["村", "户数"], &[&["石桥", "42"]]);
    for markdown in [
        "|村\t|户数\t|\n|---\t|---\t|\n|石桥\t|42\t|",
        "|村|户数|\n|---|\n|石桥|42|",
        "|村|户数|\n|---|---|---|\n|石桥|42|",
        "|村|户数|\n\n|---|---|\n\n|石桥|42|",
        "+----+----+\n| 村 | 户数 |\n+====+====+\n| 石桥 | 42 |\n+----+----+",
        "｜村｜户数｜\n｜---｜---｜\n｜石桥｜42｜",
        "｜村｜户数｜\n｜－－｜——｜\n｜石桥｜42｜",
        "|村|户数|\n|—|—|\n|石桥|42|",
        "　|村|户数|\n　|-|-|\n　|石桥|42|",
        "村 | 户数\n--- | —\n石桥 | 42",
    ] {
        silently(markdown, &wanted);
    }
    let aligned = body("|村|户数|\n|：—|—：|\n|石桥|42|");
    assert!(aligned.contains("<td class=\"right\">42</td>"), "{aligned}");
    let several = "+---+---+\n| 村 | 户数 |\n+===+===+\n| 石 | 42 |\n| 桥 | |\n+---+---+";
    silently(several, &wanted);
    // Two tables stay two.
    let two = body("|甲|乙|\n|-|-|\n|1|2|\n\n|丙|丁|\n|-|-|\n|3|4|");
    assert_eq!(two.matches("<table>").count(), 2, "{two}");
    // Text below a table is none of its rows.
    let below = body("|甲|乙|\n|-|-|\n|1|2|\n\n另起一段");
    assert!(below.ends_with("<p>另起一段</p>"), "{below}");
}

#[test]
fn what_looks_like_a_table_and_is_none_is_named() {
    for (markdown, place) in [
        ("|村|户数|\n|石桥|42|", "1:1 table-nearly"),
        ("｜村｜户数｜\n｜石桥｜42｜", "1:1 table-nearly"),
        ("  村    户数\n  ----  ----\n  石桥  42", "2:3 table-nearly"),
        ("│村│户数│\n├─┼─┤\n│石桥│42│", "1:1 table-nearly"),
        ("村\t户数\n石桥\t42", "1:1 table-tabs"),
    ] {
        assert_eq!(slips(markdown), [place], "{markdown}");
    }
    for innocent in [
        "甲 | 乙",
        "|甲|",
        "1.\t甲\n2.\t乙",
        "```\n|甲|乙|\n|1|2|\n```",
        "-\t甲\n-\t乙",
        "- 甲\t乙\n- 丙\t丁",
    ] {
        assert_eq!(slips(innocent), [""; 0], "{innocent}");
    }
}

#[test]
fn footnotes_without_a_note_are_named() {
    let markdown =
        "亩产翻番[^1]，户户通水[^2]，见附表[^表]。\n\n[^1]：据农技站。\n\n[^表]: 甲\n\n[^表]: 乙";
    assert_eq!(slips(markdown), ["1:14 note-undefined", "3:1 note-colon", "7:1 note-twice"]);
    for innocent in ["`[^1]`", "正则 [^a-z] 和 [^0-9]", "甲[^1]\n\n[^1]: 乙", "甲[^A]\n\n[^a]: 乙"]
    {
        assert_eq!(slips(innocent), [""; 0], "{innocent}");
    }
}

#[test]
fn invisible_characters_are_dropped_or_named() {
    silently(
        "\u{FEFF}## 题\n\n\u{200B}- 甲\n\u{200B}- 乙\n\n\u{2060}文",
        "<h2 id=\"题\">题</h2>\n<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n<p>文</p>",
    );
    silently(
        "##\u{A0}题\n\n-\u{3000}甲\n-\u{3000}乙",
        "<h2 id=\"题\">题</h2>\n<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>",
    );
    silently("　　## 题", "<h2 id=\"题\">题</h2>");
    assert_eq!(slips("看\u{200B}不\u{200B}见"), ["1:2 invisible-character"]);
    assert_eq!(slips("一家人👨\u{200D}👩\u{200D}👧"), [""; 0]);
    let marks = Campaign::new("").with(
        "content/stories/x.md",
        "\u{FEFF}\u{FEFF}---\ntitle: 甲\ndate: 2026-03-18\nkind: news\n---\n文\n",
    );
    assert_eq!(marks.codes(), [""; 0]);
}

#[test]
fn attributes_of_pandoc_are_taken_off() {
    silently("[要点]{.underline}和`码`{.rust}", "<p>要点和<code>码</code></p>");
    silently("## 做法 {#zuo-fa .unnumbered}", "<h2 id=\"zuo-fa\">做法</h2>");
    silently(
        "见[上文](#Zuo-Fa)和[那里](#做法)。\n\n## 做法 {#zuo-fa}",
        "<p>见<a href=\"#zuo-fa\">上文</a>和<a href=\"#zuo-fa\">那里</a>。</p>\n<h2 id=\"zuo-fa\">做法</h2>",
    );
    let picture = Campaign::story("", "![灯](a.png){width=\"3in\" height=50%}")
        .with("content/stories/a.png", "x")
        .template("story.html", "{{ story.body }}")
        .page("/stories/2026/x/");
    assert!(
        picture.contains("<figcaption>灯</figcaption>") && !picture.contains("3in"),
        "{picture}"
    );
    for text in ["集合{甲}", "{a: 1}", "函数f(x){x}", "`{#a}`"] {
        let page = html::read(&body(text)).unwrap();
        assert_eq!(page.text.trim(), text.replace('`', ""));
    }
}

#[test]
fn names_in_double_brackets_are_found_wherever_they_are() {
    let campaign = Campaign::story("", "见[[水渠]]、[[水渠|那条渠]]、[[通水记]]和[[水渠#经过]]。\n\n![[闸门.jpg]]\n\n![[闸门.jpg|合龙时的闸门]]")
        .with("content/stories/2026/水渠.md", crate::campaign::news("通水记", "2026-03-19", "", "## 经过\n\n文"))
        .with("content/stories/图/闸门.jpg", "x")
        .template("story.html", "{{ story.body }}");
    assert_eq!(campaign.codes(), ["picture-alt-missing", "picture-not-shown"]);
    let page = campaign.page("/stories/2026/x/");
    assert_eq!(page.matches("<a href=\"/stories/2026/shui-qu/\">").count(), 3, "{page}");
    assert!(page.contains("<a href=\"/stories/2026/shui-qu/#%E7%BB%8F%E8%BF%87\">"), "{page}");
    assert!(page.contains("alt=\"合龙时的闸门\""), "{page}");
    assert_eq!(slips("![[没有.jpg]]"), ["1:1 picture-dead", "1:1 picture-alt-missing"]);
    assert_eq!(slips("见[[没有这篇]]。"), ["1:2 link-dead"]);
    for text in ["引文[[1]]", "[[ -f x ]]", "`[[甲]]`"] {
        let page = html::read(&body(text)).unwrap();
        assert_eq!(page.text.trim(), text.replace('`', ""));
    }
}

#[test]
fn a_size_behind_the_words_of_a_picture_is_no_word() {
    for (written, alt) in [
        ("图|300", "图"),
        ("图|300x200", "图"),
        ("图\\|300", "图"),
        ("图|甲", "图|甲"),
        ("图|3月", "图|3月"),
    ] {
        let page = Campaign::story("", &format!("![{written}](a.jpg)"))
            .with("content/stories/a.jpg", "x")
            .template("story.html", "{{ story.body }}")
            .page("/stories/2026/x/");
        assert!(page.contains(&format!("alt=\"{alt}\"")), "{page}");
    }
    silently("`![图|300](a.jpg)`", "<p><code>![图|300](a.jpg)</code></p>");
}

#[test]
fn hashes_that_close_a_heading_are_no_part_of_it() {
    for written in ["## 做法##", "## 做法 ##", "## “做法”##"] {
        let page = body(written);
        assert!(page.contains("做法") && !page.contains('#'), "{page}");
    }
    for (written, words) in [("## C#", "C#"), ("## 3#", "3#"), ("## 话题#党建#", "话题#党建#")]
    {
        assert_eq!(html::read(&body(written)).unwrap().text.trim(), words);
    }
}

#[test]
fn the_number_of_an_item_may_have_a_line_of_its_own() {
    silently(
        "1.\n清河道\n\n2.\n修路面",
        "<ol>\n<li><p>清河道</p>\n</li>\n<li><p>修路面</p>\n</li>\n</ol>",
    );
    silently("-\n清河道\n-\n修路面", "<ul>\n<li>清河道</li>\n<li>修路面</li>\n</ul>");
    silently("1.\n清河道\n2.\n修路面", "<ol>\n<li>清河道</li>\n<li>修路面</li>\n</ol>");
}

#[test]
fn a_line_of_signs_below_prose_makes_no_heading_of_it() {
    for prose in ["水渠通了，大家都来看。", "水渠通了，\n大家都来看"] {
        for line in ["---", "--------", "=========="] {
            let page = body(&format!("{prose}\n{line}\n后来又修了路。"));
            assert!(!page.contains("<h2") && page.contains("<hr/>"), "{page}");
        }
    }
    for heading in ["水渠通了\n---", "为什么修渠？\n------", "水渠通了\n==="] {
        let page = body(heading);
        assert!(page.contains("<h2") && !page.contains("<hr/>"), "{page}");
    }
    silently("水渠\n-\n清淤", "<p>水渠</p>\n<ul>\n<li>清淤</li>\n</ul>");
}

#[test]
fn underscores_of_converters_are_bold() {
    silently("这里有__重点__内容", "<p>这里有<strong>重点</strong>内容</p>");
    silently("__甲：__乙", "<p><strong>甲：</strong>乙</p>");
    silently("甲__，__乙", "<p>甲__，__乙</p>");
    for text in ["函数__init__方法", "文__件__", "`甲__乙__丙`"] {
        let out = body(text);
        let wanted = text.contains("__件__");
        assert_eq!(out.contains("<strong>"), wanted, "{out}");
    }
    let address = body("[甲](https://example.cn/图__一__二)");
    assert!(address.contains("__") || address.contains("%E5%9B%BE__"), "{address}");
}

#[test]
fn lines_and_tables_within_items_are_kept() {
    reads("1. 甲\n   （1）乙\n   （2）丙", "<ol>\n<li>甲<br/>\n（1）乙<br/>\n（2）丙</li>\n</ol>");
    reads("1. 甲\n来源：办公室", "<ol>\n<li>甲<br/>\n来源：办公室</li>\n</ol>");
    reads(
        "- 甲\n  - 一、乙\n    二、丙\n- 丁",
        "<ul>\n<li>甲<ul>\n<li>一、乙<br/>\n二、丙</li>\n</ul>\n</li>\n<li>丁</li>\n</ul>",
    );
    reads("- 甲，\n  乙", "<ul>\n<li>甲，乙</li>\n</ul>");
    let table = body("- | 甲 | 乙 |\n  |---|---|\n  | 1 | 2 |");
    assert!(table.contains("<td>1</td><td>2</td>"), "{table}");
    reads("@[TOC](目录)\n\n甲", "<p>甲</p>");
}

#[test]
fn slips_are_named_like_their_siblings() {
    for (markdown, place) in [
        ("正文\n##小标题", "2:1 heading-space"),
        ("#小标题", "1:1 heading-space"),
        ("＃ 题", "1:1 heading-space"),
        ("[说明] (https://example.cn/)", "1:5 link-apart"),
        ("［说明］(https://example.cn/)", "1:4 link-wide-brackets"),
        ("［说明］（说明.docx）", "1:4 link-wide-brackets"),
        ("！【灯】（灯.jpg）", "1:4 link-wide-brackets"),
        ("(说明)[https://example.cn/]", "1:1 link-reversed"),
        ("（说明）[说明.docx]", "1:1 link-reversed"),
        ("[说明](说明.docx", "1:5 link-open"),
        ("见[说明](说明.docx）。", "1:6 link-wide-brackets"),
        ("![灯](灯.jpg）", "1:5 link-wide-brackets"),
        ("[甲](<说明.docx）", "1:4 link-wide-brackets"),
        ("[甲](甲.md#做法）", "1:4 link-wide-brackets"),
        ("![灯]（灯.jpg)", "1:4 link-wide-brackets"),
        ("[甲](#做 法)", "1:4 link-space"),
        ("[](https://example.cn/)", "1:1 link-unnamed"),
        ("乱码\u{FFFD}字", "1:3 character-unshown"),
        ("\u{F0B7}甲", "1:1 character-unshown"),
        ("甲{>>批注<<}", "1:2 markdown-foreign"),
        ("{--删去--}", "1:1 markdown-foreign"),
        ("行内^[注释]", "1:3 markdown-foreign"),
        ("?> 提示", "1:1 markdown-foreign"),
        ("???+ note", "1:1 markdown-foreign"),
        ("-甲\n-乙", "2:1 list-space"),
        ("＞ 引用", "1:1 quote-wide"),
        ("** 隔开 **", "1:1 emphasis-loose"),
        ("** 前面空**格", "1:7 emphasis-loose"),
        ("***没有结束", "1:2 emphasis-loose"),
        ("**\u{A0}隔开\u{A0}**", "1:1 emphasis-loose"),
        ("＊＊星＊＊", "1:1 emphasis-wide"),
        ("文\n\n##", "3:1 heading-empty"),
        ("```\n代码", "1:1 code-unclosed"),
        ("文\n\n```头一段文字\n```", "3:1 code-words"),
        ("::: warning", "1:1 markdown-foreign"),
        ("{% note %}", "1:1 markdown-foreign"),
        ("> [!旁白]\n> 话", "1:3 callout-unknown"),
        ("1. 甲\n3. 乙\n3. 丙", "2:1 list-numbers"),
        ("一行话\n---", "1:1 heading-underlined"),
    ] {
        assert_eq!(slips(markdown), [place], "{markdown}");
    }
    for innocent in [
        "#话题#大家谈",
        "＃话题＃大家谈",
        "#1楼",
        "- [x] (a.md)",
        "【注】（见附件1.2）",
        "太好了！[详情](https://example.cn/a.html)",
        "**甲** 乙 **丙**",
        "### 题",
        "题\n===",
        "```rust\n码\n```",
        "1. 甲\n1. 乙\n1. 丙",
        "用 `{% note %}` 写",
        "[甲](https://example.cn/\n)",
        "-5度到-3度",
        "-甲",
        "[甲](https://example.cn/)（注）[乙](https://example.cn/)",
        "＞＞＞",
        "100%%",
        "C++和C++",
        "问？> 答！> 好",
        "[甲](https://example.cn/a_(b)）",
        "a^2 + b^2",
        "当事人（李**）与村民王**、赵**。",
    ] {
        assert_eq!(slips(innocent), [""; 0], "{innocent}");
    }
}

#[test]
fn a_line_below_a_table_is_no_row_of_it() {
    let table = "<div class=\"table\"><table>\n<thead><tr><th>甲</th><th>乙</th></tr></thead>\n\
                 <tbody>\n<tr><td>1</td><td>2</td></tr>\n</tbody></table></div>";
    let rows = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n";
    silently(&format!("{rows}注：截至三月。"), &format!("{table}\n<p>注：截至三月。</p>"));
    // Where rows have no pipes at their ends, it is one.
    let bare = body("甲 | 乙\n---|---\n1 | 2\n注：截至三月。");
    assert!(bare.contains("<td>注：截至三月。</td>"), "{bare}");
}

#[test]
fn a_colon_that_begins_a_line_is_not_lost() {
    silently("联系人\n:周敏", "<p>联系人\n:周敏</p>");
    silently("术语\n: 解释", "<dl>\n<dt>术语</dt>\n<dd>解释</dd>\n</dl>");
}

#[test]
fn the_space_of_a_line_break_stands_before_the_tag() {
    silently("word\n**bold** and\n*more*", "<p>word\n<strong>bold</strong> and\n<em>more</em></p>");
    silently("字\n**重**", "<p>字<strong>重</strong></p>");
}

#[test]
fn signs_of_other_dialects_are_read() {
    silently("[TOC]\n\n文", "<p>文</p>");
    silently("[[toc]]\n\n文", "<p>文</p>");
    silently(
        "甲==重点==乙==`码`和**粗**==",
        "<p>甲<mark>重点</mark>乙<mark><code>码</code>和<strong>粗</strong></mark></p>",
    );
    // Beside a tag that was pasted, it is in the line all the same.
    silently("甲==重点==乙<sub>丙</sub>丁", "<p>甲<mark>重点</mark>乙<sub>丙</sub>丁</p>");
    for (markdown, text) in [
        ("a==b==c", "a==b==c"),
        ("== 甲 ==", "== 甲 =="),
        ("**甲==乙**丙==", "甲==乙丙=="),
        ("`==甲==`", "==甲=="),
    ] {
        assert_eq!(html::read(&body(markdown)).unwrap().text.trim(), text);
    }
    let callout = |class: &str, name: &str, text: &str| {
        format!(
            "<blockquote class=\"callout callout-{class}\">\n<p class=\"callout-name\">{name}</p>\n{text}\n</blockquote>"
        )
    };
    silently("> [!TIP]\n> 带伞", &callout("tip", "提示", "<p>带伞</p>"));
    silently("> [!info] 出门\n> 带伞", &callout("note", "说明", "<p>出门</p>\n<p>带伞</p>"));
    silently("> [!danger]-\n> 绕行", &callout("caution", "警告", "<p>绕行</p>"));
    silently(
        "1921. 建党\n1949. 建国",
        "<ol start=\"1921\">\n<li value=\"1921\">建党</li>\n<li value=\"1949\">建国</li>\n</ol>",
    );
    silently(
        "3. 丙\n2. 乙",
        "<ol start=\"3\">\n<li value=\"3\">丙</li>\n<li value=\"2\">乙</li>\n</ol>",
    );
}

#[test]
fn text_after_a_comment_is_shown() {
    silently("<!-- more -->接着写，**粗**。", "<p>接着写，<strong>粗</strong>。</p>");
    silently("<!-- 一\n\n二 --> 文", "<p>文</p>");
    silently("<!-- 甲 --><!-- 乙 -->\n\n文", "<p>文</p>");
    silently("<!-- 甲 -->## 题", "<h2 id=\"题\">题</h2>");
    let code = "```\n<!-- 甲 -->乙\n```";
    reads(code, "<pre><code>&lt;!-- 甲 --&gt;乙\n</code></pre>");
}

#[test]
fn line_breaks_of_word_are_line_breaks() {
    silently("头一行\u{B}后一行", "<p>头一行<br/>\n后一行</p>");
    silently("头一行\u{2028}后一行", "<p>头一行<br/>\n后一行</p>");
}

#[test]
fn anchors_are_found_in_any_spelling() {
    for anchor in ["绑定CPU", "绑定cpu", "%E7%BB%91%E5%AE%9ACPU"] {
        let out = body(&format!("## 绑定CPU\n\n[上文](<#{anchor}>)"));
        assert!(!out.contains("#%E7%BB%91%E5%AE%9ACPU") && out.contains("<a href=\"#"), "{out}");
    }
    // As a Mac writes it.
    silently(
        "## Caf\u{E9}\n\n[上](#cafe\u{301})",
        "<h2 id=\"caf\u{E9}\">Caf\u{E9}</h2>\n<p><a href=\"#caf%C3%A9\">上</a></p>",
    );
}

#[test]
fn indents_of_all_kinds_look_alike() {
    silently(
        "&emsp;&emsp;头一段。\n\n    第二段。\n\n　　第三段。\n\n\u{A0}\u{A0}第四段。\n\n&nbsp;&nbsp;&nbsp;&nbsp;第五段。",
        "<p>头一段。</p>\n<p>第二段。</p>\n<p>第三段。</p>\n<p>第四段。</p>\n<p>第五段。</p>",
    );
}

#[test]
fn a_list_in_an_item_is_in_it_by_two_spaces_too() {
    silently(
        "1. 查渠\n  1. 看闸\n  2. 看堰\n2. 修渠",
        "<ol>\n<li>查渠<ol>\n<li>看闸</li>\n<li>看堰</li>\n</ol>\n</li>\n<li>修渠</li>\n</ol>",
    );
    silently(
        "1. 查渠\n  - 看闸\n2. 修渠",
        "<ol>\n<li>查渠<ul>\n<li>看闸</li>\n</ul>\n</li>\n<li>修渠</li>\n</ol>",
    );
    let quoted = body("> 1. 查渠\n>   1. 看闸\n> 2. 修渠");
    assert!(quoted.contains("查渠<ol>\n<li>看闸</li>"), "{quoted}");
    // What goes on is no list of its own; the complaint is at the number.
    let numbers = slips("1. 查渠\n  3. 看闸\n  2. 看堰");
    assert_eq!(numbers, ["2:3 list-numbers", "3:3 list-numbers"]);
}

#[test]
fn an_address_that_is_a_link_within_a_link_is_one() {
    let wanted =
        "<p>见<a href=\"https://example.cn/qu?a=1\" rel=\"external noopener\">公告</a>。</p>";
    silently("见[公告]([https://example.cn/qu?a=1](https://example.cn/qu?a=1))。", wanted);
    silently("见[公告]([https://example.cn/qu](https://example.cn/qu)?a=1)。", wanted);
    silently("见[公告](https://example.cn/qu's)。", &wanted.replace("qu?a=1", "qu&#39;s"));
}
