//! YAML that does not parse, in terms of what the writer did.

use crate::campaign::{Campaign, marked_text, news};

/// A story whose front matter is these lines.
fn front(lines: &str) -> Campaign {
    Campaign::new("").with("content/stories/x.md", format!("---\n{lines}\n---\n正文\n"))
}

#[test]
fn a_full_width_colon_in_either_language() {
    front("title：甲\ndate: 2026-03-18\nkind: news").errs("yaml-colon-fullwidth", "：");
    front("标题：甲\n日期: 2026-03-18\n类型: 动态").errs("yaml-colon-fullwidth", "：");
}

#[test]
fn all_full_width_colons_are_named_at_once() {
    assert_eq!(
        front("标题：甲\n日期：2026-03-18\n类型：动态").places(),
        ["2:3 yaml-colon-fullwidth", "3:3 yaml-colon-fullwidth", "4:3 yaml-colon-fullwidth"]
    );
}

#[test]
fn a_full_width_colon_inside_of_text_is_text() {
    assert!(front("title: 通知：明天开会\ndate: 2026-03-18\nkind: news").codes().is_empty());
}

#[test]
fn a_missing_space_after_a_colon() {
    front("title:甲\ndate: 2026-03-18\nkind: news").errs("yaml-colon-space", ":");
    front("title: 甲\ndate:2026-03-18\nkind: news").errs("yaml-colon-space", ":");
}

#[test]
fn a_tab_in_the_indentation() {
    front("title: 甲\ndate: 2026-03-18\nkind: news\nkeywords:\n\t- 甲").errs("yaml-indent", "\t");
}

#[test]
fn a_colon_inside_of_the_text() {
    front("title: 通知: 明天开会\ndate: 2026-03-18\nkind: news").errs("yaml-colon-inside", ":");
}

#[test]
fn a_quotation_mark_that_is_never_closed() {
    front("title: \"甲\ndate: 2026-03-18\nkind: news").errs("yaml-quote-open", "\"");
    front("title: '甲\ndate: 2026-03-18\nkind: news").errs("yaml-quote-open", "'");
}

#[test]
fn text_behind_a_closing_quotation_mark() {
    front("title: \"甲\"乙\ndate: 2026-03-18\nkind: news").errs("yaml-quote-extra", "乙");
}

#[test]
fn a_bracket_that_is_never_closed() {
    front("title: 甲\ndate: 2026-03-18\nkind: news\nkeywords: [甲, 乙")
        .errs("yaml-bracket-open", "[");
    front("title: 甲\nkeywords: [甲, 乙\ndate: 2026-03-18\nkind: news")
        .errs("yaml-bracket-open", "[");
    front("title: 甲\nkeywords: [甲, 乙】\ndate: 2026-03-18\nkind: news")
        .errs("yaml-bracket-open", "[");
}

#[test]
fn a_dash_without_a_space() {
    let with = |lines: &str| front(&format!("title: 甲\ndate: 2026-03-18\nkind: news\n{lines}"));
    with("-乙").errs("yaml-dash-space", "-");
    with("keywords:\n  -甲\n  - 乙").errs("yaml-dash-space", "-");
}

#[test]
fn a_dash_without_a_space_behind_a_sound_item_is_not_taken_for_its_second_line() {
    let with = |lines: &str| front(&format!("title: 甲\ndate: 2026-03-18\nkind: news\n{lines}"));
    let count = with("keywords:\n  - 甲\n  - 乙")
        .template("story.html", "{{ story.keywords | length }}")
        .page("/stories/2026/x/");
    assert_eq!(count, "2");
    assert_eq!(with("keywords:\n  - 甲\n  -乙").places(), ["7:3 yaml-dash-space"]);
}

#[test]
fn a_character_that_yaml_keeps_for_itself() {
    for first in ["@", "`", "%", "*", "&", "!"] {
        let codes = front(&format!("title: {first}甲乙\ndate: 2026-03-18\nkind: news")).codes();
        assert!(matches!(codes[..], ["yaml-char-reserved" | "yaml-tag"]), "{first}: {codes:?}");
    }
}

#[test]
fn no_front_matter_at_all() {
    Campaign::new("")
        .with("content/stories/x.md", "# 标题\n\n正文\n")
        .errs("front-matter-missing", "# 标题");
    assert_eq!(
        Campaign::new("").with("content/stories/x.md", "").codes(),
        ["front-matter-missing"]
    );
}

#[test]
fn front_matter_that_never_ends() {
    Campaign::new("")
        .with("content/stories/x.md", "---\ntitle: 甲\n\n正文\n")
        .errs("front-matter-unclosed", "---");
}

#[test]
fn dashes_as_word_turns_them() {
    for fence in ["——", "— —", "———", "－－－", "–––", "----", "--"] {
        let opened = format!("{fence}\ntitle: 甲\n---\n正文\n");
        Campaign::new("").with("content/stories/x.md", opened).errs("front-matter-missing", fence);
        let closed = format!("---\ntitle: 甲\ndate: 2026-03-18\nkind: news\n{fence}\n正文\n");
        Campaign::new("").with("content/stories/x.md", closed).errs("front-matter-unclosed", fence);
    }
}

#[test]
fn a_rule_in_the_body_is_no_fence() {
    let text = "---\ntitle: 甲\ndate: 2026-03-18\nkind: news\n---\n前\n\n---\n\n——\n\n后\n";
    assert!(Campaign::new("").with("content/stories/x.md", text).codes().is_empty());
}

#[test]
fn front_matter_that_is_no_map() {
    for lines in ["只有文字", "- 甲\n- 乙", "42"] {
        assert_eq!(front(lines).codes(), ["front-matter-format"], "{lines}");
    }
}

#[test]
fn empty_front_matter_is_one_error_or_more_and_no_panic() {
    for lines in ["", "# 只有说明", "~", "{}"] {
        assert!(!front(lines).codes().is_empty(), "{lines}");
    }
}

#[test]
fn an_alias_bomb() {
    let mut lines = String::from("title: 甲\nextra:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for i in 1..12 {
        let of = format!("*a{}", i - 1);
        lines.push_str(&format!("  a{i}: &a{i} [{}]\n", vec![of; 9].join(", ")));
    }
    assert_eq!(front(lines.trim_end()).codes(), ["yaml-alias-bomb"]);
}

#[test]
fn five_thousand_nested_brackets() {
    for open in ["[", "{a: "] {
        let close = if open == "[" { "]" } else { "}" };
        let lines = format!("title: 甲\nextra: {}{}", open.repeat(5000), close.repeat(5000));
        assert_eq!(front(&lines).codes(), ["yaml-too-deep"], "{open}");
        let unclosed = format!("title: 甲\nextra: {}", open.repeat(5000));
        assert_eq!(front(&unclosed).codes().len(), 1, "{open}");
    }
}

#[test]
fn five_thousand_levels_of_indentation() {
    let lines: String = (0..5000).map(|i| format!("{}- \n", " ".repeat(i))).collect();
    assert_eq!(front(&format!("extra:\n{lines}")).codes().len(), 1);
}

#[test]
fn tags_odd_keys_and_unknown_aliases() {
    assert_eq!(front("title: !x 甲\ndate: 2026-03-18\nkind: news").codes(), ["yaml-tag"]);
    assert_eq!(front("? [a, b]\n: 甲").codes(), ["yaml-odd-key"]);
    assert_eq!(front("title: *nobody").codes(), ["yaml-char-reserved"]);
}

#[test]
fn what_a_list_was_meant_to_be_is_in_the_help() {
    for (line, help) in [
        (
            "focal_points: * 民生",
            "an item of a list goes on the next line: “- 民生”; else put the text in double quotes",
        ),
        ("focal_points: *民生", "take the “*” out; to keep it, put the text in double quotes"),
        ("summary: `甲`", "put the text in double quotes"),
    ] {
        assert_eq!(front(&format!("{BASE}\n{line}")).help_of("yaml-char-reserved"), help);
    }
    let several = front(&format!("{BASE}\nfocal_points: 民生；党建;修路"));
    assert_eq!(several.help_of("type-wrong"), "write a list: focal_points: [民生, 党建, 修路]");
}

#[test]
fn keys_of_others_lead_to_ours() {
    for (key, ours) in
        [("tags", "keywords"), ("members", "name"), ("人物", "姓名"), ("部门", "单位")]
    {
        let help = front(&format!("{BASE}\n{key}: 甲")).help_of("key-unknown");
        assert!(help.contains(ours), "{key}: {help}");
    }
}

#[test]
fn the_place_is_right_behind_wide_characters() {
    let text = news("甲乙丙丁", "2026-03-18", "keywords: [民生, 实践, [丙]]", "正文");
    assert_eq!(Campaign::new("").with("content/stories/x.md", text).places(), ["5:20 type-wrong"]);
}

#[test]
fn mistakes_in_the_settings_are_at_their_place_too() {
    for (lines, code) in [
        ("titel: 甲", "key-unknown"),
        ("page_size: 0", "number-wrong"),
        ("page_size: 二十", "number-wrong"),
        ("base_url: example.cn", "base-url-wrong"),
        ("base_url: https://a.cn/../b/", "base-url-wrong"),
        ("time_zone: 北京", "time-zone-wrong"),
        ("language: 中文", "language-wrong"),
        ("theme: ../..", "theme-missing"),
        ("theme: nobody", "theme-missing"),
        ("标题: 乙", "key-twice"),
        ("subtitle：乙", "yaml-colon-fullwidth"),
        ("language: fr", "strings-missing"),
        ("deploy: s3://tong", "type-wrong"),
        ("deploy: {甲: s3://tong/../x}", "deploy-to-wrong"),
        ("部署: {甲: {目标地址: oss://tong}}", "deploy-to-wrong"),
        ("deploy: {甲: {to: s3://tong, endpoint: oss}}", "deploy-endpoint-wrong"),
        ("deploy: {甲: {to: s3://tong, stile: path}}", "key-unknown"),
        ("deploy: {甲: {to: s3://tong, style: 一}}", "word-unknown"),
        ("deploy: {甲: {to: s3://tong, access_token: x}}", "key-secret"),
    ] {
        assert_eq!(Campaign::new("").settings(lines).codes(), [code], "{lines}");
    }
    assert_eq!(Campaign::new("//- content/site.yaml\n").codes(), ["field-missing"]);
}

#[test]
fn targets_may_be_addresses_alone() {
    for lines in [
        "deploy: {default: s3://tong/qian}",
        "deploy: {优盘: 'file:///D:/网站', 备份: {to: sftp://wang@h.cn/srv/x}}",
        "部署: {default: {目标地址: s3://tong, 服务地址: https://oss.example.cn, 地域: cn-east, 桶的写法: 路径, 密钥文件: ~/key}}",
        "deploy:",
    ] {
        assert!(Campaign::new("").settings(lines).codes().is_empty(), "{lines}");
    }
}

const BASE: &str = "title: 甲\ndate: 2026-03-18\nkind: news";

/// The comments that are complained of, with the severity.
fn comments(lines: &str) -> Vec<String> {
    let prepared = front(lines).prepared();
    let found = prepared.diagnostics.iter().filter(|d| d.code == "yaml-comment");
    found.map(|d| format!("{} {}", d.severity.word(), marked_text(d))).collect()
}

#[test]
fn what_a_comment_takes_away_is_named() {
    for (lines, found) in [
        ("title: 改造 #7 号院\ndate: 2026-03-18\nkind: news", "warning #7 号院"),
        ("title: 改造 # 7 号院\ndate: 2026-03-18\nkind: news", "note # 7 号院"),
        ("title: 改造  #7 号院\ndate: 2026-03-18\nkind: news", "warning #7 号院"),
        ("title: 改造\t#7 号院\ndate: 2026-03-18\nkind: news", "warning #7 号院"),
        (&format!("{BASE}\nsummary: 话题 #你好# 结束"), "warning #你好# 结束"),
        (&format!("{BASE}\nsummary: 第一行\n  第二行 #5"), "warning #5"),
        (&format!("{BASE}\nunit: #7 号院"), "warning #7 号院"),
        (&format!("{BASE}\npost: 12 #3"), "warning #3"),
        (&format!("{BASE}\nkeywords:\n  - 党建 #一\n  - 乙"), "warning #一"),
        (&format!("{BASE}\nkeywords:\n  - #党建\n  - 乙"), "warning #党建"),
        (&format!("{BASE}\nauthor: 甲 #乙"), "warning #乙"),
        (&format!("{BASE}\nhonours:\n  - 先进集体 #3"), "warning #3"),
        (&format!("{BASE}\nhonours:\n  - title: 先进集体 #3\n    by: 市委"), "warning #3"),
    ] {
        assert_eq!(comments(lines), [found], "{lines}");
    }
    let extra = format!("{BASE}\nextra:\n  备注: 甲 #1\n  表:\n    - 乙 #2");
    assert_eq!(comments(&extra), ["warning #1", "warning #2"]);
    let units =
        Campaign::story("", "正文").with("content/units.yaml", "- 东院 #2\n- name: 西院 #3\n");
    assert_eq!(units.places(), ["1:6 yaml-comment", "2:12 yaml-comment"]);
    let settings = Campaign::story("", "正文").with("content/site.yaml", "title: 专栏 #1\n");
    assert_eq!(settings.places(), ["1:11 yaml-comment"]);
}

#[test]
fn a_comment_that_takes_nothing_away_is_one() {
    for lines in [
        "# 说明\ntitle: 甲\n# title: 乙 #3\ndate: 2026-03-18 # 周三\nkind: news #动态",
        "title: 改造   # 标题\ndate: 2026-03-18\nkind: news\nunit: 乙\t# 单位",
        "title: \"改造 #7 号院\" # 已核\ndate: 2026-03-18\nkind: news",
        "title: 7#楼和#话题#\ndate: 2026-03-18\nkind: news\nsummary: # 一两句话\npinned: true #置顶",
        "title: 甲\ndate: 2026-03-18\nkind: news\nkeywords: [党建, 乙] # 两个\nextra: {a: 甲} #x",
        "title: 甲\ndate: 2026-03-18\nkind: news\nsummary: |\n  一 #1\n  # 二\n  三\nunit: 乙",
    ] {
        assert_eq!(front(lines).codes(), [""; 0], "{lines}");
    }
}

#[test]
fn the_help_for_a_comment_keeps_it() {
    let help = front("title: 改造 #7 号院\ndate: 2026-03-18\nkind: news").help();
    let quoted = "\"改造 #7 号院\"";
    assert!(help.contains(quoted), "{help}");
    let page = front(&format!("title: {quoted}\ndate: 2026-03-18\nkind: news"))
        .template("story.html", "{{ story.title }}")
        .page("/stories/2026/x/");
    assert_eq!(page, "改造 #7 号院");
}

#[test]
fn a_comment_in_brackets() {
    front(&format!("{BASE}\nkeywords: [党建 #1, 乙]")).errs("yaml-comment-inside", "#1, 乙]");
    front(&format!("{BASE}\nkeywords: [\"党建 #1\", 乙]")).build();
}

#[test]
fn text_after_a_closing_bracket() {
    front("title: [转发]通知\ndate: 2026-03-18\nkind: news").errs("yaml-bracket-extra", "通知");
    front(&format!("{BASE}\npost: {{甲}}乙")).errs("yaml-bracket-extra", "乙");
    front(&format!("{BASE}\nkeywords:\n  - [甲]乙")).errs("yaml-bracket-extra", "乙");
}

#[test]
fn a_colon_at_the_start_of_a_line() {
    front("title\n: 甲\ndate: 2026-03-18\nkind: news").errs("yaml-colon-first", ":");
    front(&format!("{BASE}\nsummary:\n  : 甲")).errs("yaml-colon-first", ":");
}

#[test]
fn a_name_of_yaml_that_nothing_uses_is_a_text() {
    front(&format!("{BASE}\nsummary: &ab 甲")).errs("yaml-char-reserved", "&");
    front(&format!("{BASE}\nkeywords: [&a 甲, 乙]")).errs("yaml-char-reserved", "&");
    for right in [
        "summary: 甲 &ab 乙",
        "summary: \"&ab 甲\"",
        "summary: &ab 甲\npost: *ab",
        "summary: \"a: &b c\"",
    ] {
        assert_eq!(front(&format!("{BASE}\n{right}")).codes(), [""; 0], "{right}");
    }
}

#[test]
fn marks_that_no_value_begins_with() {
    for mark in [",", "]", "}", "| ", "> ", "- ", "? "] {
        front(&format!("{BASE}\nsummary: {mark}甲")).errs("yaml-char-reserved", mark.trim());
    }
}

#[test]
fn a_tab_after_a_colon_is_a_blank() {
    let lines = front("标题: 甲\n日期:\t2026-03-05\n类型: 动太");
    lines.errs("kind-unknown", "动太");
    assert_eq!(lines.places(), ["4:5 kind-unknown"]);
    front("标题: 甲\n日期: 2026-03-05\n来源:\t5楼\n类型: 动太").errs("kind-unknown", "动太");
    front("标题:\t甲: 乙\n日期: 2026-03-05\n类型: 动态").errs("yaml-colon-inside", ":");
}

#[test]
fn signs_that_people_begin_an_item_with() {
    for mark in ["－", "·", "——", "*", "●"] {
        for gap in [" ", ""] {
            let slip = front(&format!("{BASE}\n关键词:\n{mark}{gap}党建"));
            slip.errs("yaml-dash-other", mark);
            assert_eq!(slip.help(), "write “- 党建”, with a space after the hyphen");
        }
    }
    assert_eq!(front(&format!("{BASE}\n关键词:\n- 党建")).codes(), [""; 0]);
}

#[test]
fn a_hash_after_a_bracket_is_a_comment() {
    front(&format!("{BASE}\n关键词: [#党建, 群众]")).errs("yaml-comment-inside", "#党建, 群众]");
}

#[test]
fn a_full_width_colon_in_an_item_is_named() {
    front(&format!("{BASE}\n成效:\n  - 指标：户数\n    之前：10"))
        .errs("yaml-colon-fullwidth", "：");
    front(&format!("{BASE}\n荣誉:\n  - 名称：先进")).errs("yaml-colon-fullwidth", "：");
    assert_eq!(front(&format!("{BASE}\n荣誉: [“两优一先”：先进]")).codes(), [""; 0]);
}

#[test]
fn a_key_in_asterisks() {
    for key in ["**标题**: 甲", "**标题：** 甲", "*标题*: 甲"] {
        let slip = front(&format!("{key}\n日期: 2026-03-18\n类型: 动态"));
        assert_eq!(slip.codes(), ["yaml-key-bold"], "{key}");
        assert_eq!(slip.help(), "take them out: “标题: …”");
    }
}

#[test]
fn more_keys_below_the_front_matter() {
    let story = |text: &str| Campaign::new("").with("content/stories/x.md", text);
    let second = "---\ntitle: 乙\ndate: 2026-03-18\nkind: news\n---\n";
    story(&format!("---\n{BASE}\n---\n{second}正文\n")).errs("front-matter-second", "title");
    story(&format!("---\n{BASE}\n---\n正文。\n\n{second}正文\n"))
        .errs("front-matter-second", "title");
    story("---\n标题: 甲\n---\n日期: 2026-03-18\n类型: 动态\n---\n正文\n")
        .errs("front-matter-second", "日期");
    story("---\n标题: 甲\n日期: 2026-03-18\n---\n\n关键词:\n- 甲\n---\n正文\n")
        .errs("front-matter-second", "关键词");
    for body in [
        "正文。\n\n---\n\n来源: 日报\n\n---\n",
        "说明。\n\n```\n---\ntitle: 乙\ndate: 2026-03-18\n---\n```\n",
        "来源: 日报\n\n正文\n",
        "---\n\n正文\n\n---\n",
    ] {
        let codes = story(&format!("---\n{BASE}\n---\n{body}")).codes();
        assert!(!codes.contains(&"front-matter-second"), "{body}: {codes:?}");
    }
}

#[test]
fn lines_of_a_chinese_text_join_without_a_space() {
    for (yaml, text) in [
        ("凝心聚力\n  争当先锋\n  行动", "凝心聚力争当先锋行动"),
        (">\n  凝心聚力\n  争当先锋", "凝心聚力争当先锋"),
        (">-\n  凝心 聚力\n  争当先锋", "凝心 聚力争当先锋"),
        ("\"凝心聚力，\n  争当先锋\"", "凝心聚力，争当先锋"),
        ("'凝心\n  聚力'", "凝心聚力"),
        ("用 Word\n  写的", "用 Word 写的"),
        ("Two\n  words", "Two words"),
        ("凝心聚力 争当先锋", "凝心聚力 争当先锋"),
    ] {
        let page = front(&format!("{BASE}\nsummary: {yaml}"))
            .template("story.html", "{{ story.summary }}")
            .page("/stories/2026/x/");
        assert_eq!(page, text, "{yaml}");
    }
    let site = Campaign::story("", "正文")
        .with("content/site.yaml", "title: 先锋\n  行动\n")
        .template("home.html", "{{ site.title }}");
    assert_eq!(site.page("/"), "先锋行动");
}

#[test]
fn what_is_none_of_a_few_words_is_told_which_there_are() {
    let story = Campaign::story("附件: [名单.xlsx, 表.pdf]", "正文");
    assert_eq!(story.codes(), ["attachments-unknown"]);
}

#[test]
fn messages_name_keys_as_the_file_does() {
    let help = |front: &str| Campaign::story(front, "正文").help();
    let chinese = |lines: &str| {
        let text = format!("---\n标题: 甲\n日期: 2026-03-18\n类型: 动态\n{lines}\n---\n正文\n");
        Campaign::new("").with("content/stories/x.md", text).help()
    };
    assert!(chinese("密级: 无").contains("`密级: 公开`"));
    assert!(help("secrecy: 无").contains("`secrecy: 公开`"));
    // One key of another language is still called what it is called there.
    assert!(help("密级: 无").contains("`密级: 公开`"));
    assert!(help("关键词: 甲、乙").starts_with("write a list: 关键词: ["));
    assert_eq!(
        chinese("发布时间: 2026-04-02\n撤下时间: 2026-04-01"),
        "check 发布时间 and 撤下时间"
    );
    assert!(chinese("封面说明: 说明").contains("封面: cover.jpg"));
    let site = |line: &str| {
        let text = format!("标题: 甲\n{line}\n");
        Campaign::story("", "正文").with("content/site.yaml", text).help()
    };
    assert!(site("时区: 东八区").contains("时区: \"+08:00\""));
    assert!(site("语言: 中文").contains("语言: zh-CN"));
}
