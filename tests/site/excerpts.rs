//! The excerpt and 字数.

use crate::campaign::Campaign;

fn summary(markdown: &str) -> String {
    Campaign::story("", markdown)
        .template("story.html", "{% if story.summary %}{{ story.summary }}{% endif %}")
        .page("/stories/2026/x/")
}

fn characters(markdown: &str) -> usize {
    let page = Campaign::story("", markdown)
        .template("story.html", "{{ story.characters }}")
        .page("/stories/2026/x/");
    page.parse().unwrap()
}

#[test]
fn a_short_text_is_its_own_excerpt() {
    assert_eq!(summary("一句话。"), "一句话。");
    assert_eq!(summary(&"字".repeat(120)), "字".repeat(120));
    assert_eq!(summary(""), "");
}

#[test]
fn what_is_struck_out_is_not_repeated_and_what_is_raised_stays_so() {
    assert_eq!(summary("会议时间：~~周一~~周二。"), "会议时间：周二。");
    assert_eq!(summary("约<del>五</del>六户。"), "约六户。");
    assert_eq!(summary("共10<sup>3</sup>亩。"), "共10³亩。");
    assert_eq!(summary("<ruby>党<rt>dǎng</rt></ruby>员。"), "党员。");
}

#[test]
fn a_long_text_is_cut_behind_a_sentence() {
    let first = format!("{}。", "甲".repeat(80));
    assert_eq!(summary(&format!("{first}{}。", "乙".repeat(80))), first);
    let quoted = format!("“{}。”", "甲".repeat(80));
    assert_eq!(summary(&format!("{quoted}{}", "乙".repeat(80))), quoted);
}

#[test]
fn without_a_sentence_it_is_cut_behind_a_clause_or_anywhere() {
    let clause = "甲".repeat(80);
    assert_eq!(summary(&format!("{clause}，{}", "乙".repeat(80))), format!("{clause}……"));
    let cut = summary(&"甲".repeat(200));
    assert!(cut.ends_with("……") && cut.chars().filter(|&c| c == '甲').count() <= 120, "{cut}");
}

#[test]
fn an_excerpt_has_at_most_120_characters_and_whole_characters() {
    for c in ["字", "𠮷", "é", "a"] {
        let cut = summary(&c.repeat(500));
        assert!(cut.trim_end_matches('…').chars().count() <= 120, "{cut}");
        assert!(cut.starts_with(c));
    }
}

#[test]
fn an_excerpt_is_prose_without_marks_headings_tables_code_notes_pictures() {
    let markdown = "## 题\n\n![图](https://a.cn/b.png)\n\n**粗**和[链接](https://a.cn)与`码`。[^1]\n\n| 表 |\n|---|\n| 格 |\n\n```\n程序\n```\n\n第二段。\n\n[^1]: 注\n";
    assert_eq!(summary(markdown), "粗和链接与码。第二段。");
}

#[test]
fn latin_paragraphs_are_parted_by_a_space() {
    assert_eq!(summary("One.\n\nTwo."), "One. Two.");
    assert_eq!(summary("一。\n二。\n\n三。"), "一。二。三。");
}

#[test]
fn a_summary_of_its_own_wins() {
    let page = Campaign::story("summary: 自己的", "正文")
        .template("story.html", "{{ story.summary }}")
        .page("/stories/2026/x/");
    assert_eq!(page, "自己的");
}

#[test]
fn characters_are_counted_as_word_counts_them() {
    for (markdown, count) in [
        ("", 0),
        ("汉字", 2),
        ("汉字，标点。", 6),
        ("Hello world", 2),
        ("2026年3月", 4),
        ("用Rust写", 3),
        ("**粗**体", 2),
        ("甲\n乙", 2),
        ("one\ntwo", 2),
        ("一\n\n二", 2),
        ("# 题\n\n文", 2),
        ("“引号”", 4),
        ("[链接](https://example.cn/very/long)", 2),
        ("甲——乙……丙", 7),
        ("3.14%", 1),
        ("<!-- 记 -->\n\n甲", 1),
    ] {
        assert_eq!(characters(markdown), count, "{markdown:?}");
    }
}
