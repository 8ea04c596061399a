//! The sign-off at the end of a body (落款): who says so and when, which stands to the right.
//!
//! Prose set to the right is worse than a sign-off that is not: so it is only what ends a body, or
//! stands before its attachments, and is units and then a date. The tests have a table of both.

use std::ops::Range;

use super::breaks::{is_afterword, is_date};
use crate::base::escape::unescape;

/// A line of a paragraph that has no other element around it.
#[derive(Debug)]
struct Line {
    text: String,
    /// Where it begins in the HTML.
    start: usize,
    /// The break before it, for all lines but the first of a paragraph.
    after: Option<Range<usize>>,
}

const OPEN: &str = "<p>";
const CLOSE: &str = "</p>\n";
const BREAK: &str = "<br/>\n";
const SIGNED: &str = "<p class=\"sign-off\">";

/// So many units sign at most.
const UNITS: usize = 6;

/// Gives the paragraphs of a sign-off at the end of `html`, as this program writes it, a class. Where
/// the sign-off is the last lines of a paragraph, they become one of their own.
pub(super) fn set_right(html: &mut String) {
    let end = attachments(html).unwrap_or(html.len());
    let lines = last_lines(&html[..end]);
    let after = lines.iter().rev().take_while(|line| is_afterword(&line.text)).count();
    let signed = lines.len() - after;
    let Some(first) = sign_off(&lines[..signed]) else { return };
    // What stands after it is no part of it.
    if let Some(range) = lines.get(signed).and_then(|line| line.after.as_ref()) {
        html.replace_range(range.clone(), &format!("{CLOSE}{OPEN}"));
    }
    for line in lines[first..signed].iter().rev() {
        match &line.after {
            None => html.replace_range(line.start - OPEN.len()..line.start, SIGNED),
            Some(range) if line.start == lines[first].start => {
                html.replace_range(range.clone(), &format!("{CLOSE}{SIGNED}"));
            }
            Some(_) => {}
        }
    }
}

/// The lines of the last paragraphs, as many as a sign-off may have and one more.
fn last_lines(html: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut rest = html;
    while lines.len() <= UNITS + 3
        && let Some(inside) = rest.strip_suffix(CLOSE)
        && let Some(at) = inside.rfind("<p")
        && inside[at..].starts_with(OPEN)
    {
        let mut of_paragraph = Vec::new();
        let (mut start, mut after) = (at + OPEN.len(), None);
        let paragraph = &html[start..inside.len()];
        // How many elements are open, and whether a line begins within one.
        let (mut open, mut is_inside) = (0, false);
        for line in paragraph.split(BREAK) {
            is_inside |= open > 0;
            open += opened(line);
            let text = unescape(&without_tags(line)).trim().to_string();
            let end = start + line.len();
            of_paragraph.push(Line { text, start, after: after.take() });
            (start, after) = (end + BREAK.len(), Some(end..end + BREAK.len()));
        }
        // Lines within emphasis and the like cannot be parted from it.
        if is_inside {
            let text = unescape(&without_tags(paragraph)).trim().to_string();
            of_paragraph = vec![Line { text, start: at + OPEN.len(), after: None }];
        }
        of_paragraph.append(&mut lines);
        lines = of_paragraph;
        rest = &rest[..at];
    }
    if !rest.trim().is_empty() {
        // What comes before is something.
        lines.insert(0, Line { text: "…".into(), start: 0, after: None });
    }
    lines
}

/// The first line of the sign-off that the last lines are, if they are one.
fn sign_off(lines: &[Line]) -> Option<usize> {
    let (last, before) = lines.split_last()?;
    if is_unit_and_date(&last.text) {
        return (!before.is_empty()).then_some(before.len());
    }
    if !is_full_date(&last.text) {
        return None;
    }
    let units = before.iter().rev().take_while(|line| is_unit(&line.text)).count();
    let first = before.len() - units;
    // Another date before the unit: a list of what was when.
    let body = before[..first].last()?;
    ((1..=UNITS).contains(&units) && !is_full_date(&body.text)).then_some(first)
}

/// Where the attachments begin that a body ends with: `附件：…`, and a list or lines below it.
fn attachments(html: &str) -> Option<usize> {
    let mut found = None;
    let begins = ["<p>", "<p><strong>", "<h2", "<h3", "<h4"];
    for (at, _) in html.rmatch_indices('\n').map(|(at, sign)| (at + 1, sign)) {
        let block = &html[at..];
        if begins.iter().any(|begin| block.starts_with(begin)) {
            let line = block.split('\n').next().unwrap_or_default();
            let text = without_tags(line);
            let is_more = text.trim().is_empty()
                || text.trim_start().starts_with(|c: char| c.is_ascii_digit())
                || line.contains("<a ");
            match text.trim_start().starts_with("附件") && is_heading(text.trim()) {
                true => found = Some(at),
                // Prose is no attachment.
                false if !is_more => break,
                false => {}
            }
        }
        if html.len() - at > 8192 {
            break;
        }
    }
    found
}

/// `附件`, `附件：1. 名单`, `附件1`
fn is_heading(text: &str) -> bool {
    let rest = text.trim_start_matches("附件").trim_start_matches(|c: char| {
        c.is_ascii_digit() || "一二三四五六七八九十".contains(c) || c == ' '
    });
    rest.is_empty() || rest.starts_with(['：', ':', '、', '.', '．'])
}

/// The same without its tags.
fn without_tags(html: &str) -> String {
    let mut parts = html.split('<');
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |text, part| text + part.split_once('>').map_or("", |(_, rest)| rest))
}

/// How many more elements are open after this than before it.
fn opened(html: &str) -> i32 {
    let tags = html.split('<').skip(1).filter_map(|rest| rest.split('>').next());
    tags.map(|tag| match (tag.starts_with('/'), tag.ends_with('/')) {
        (true, _) => -1,
        (_, true) => 0,
        _ => 1,
    })
    .sum()
}

/// A date with its year in four digits.
fn is_full_date(text: &str) -> bool {
    let year = text.split(['年', '-', '.', '/']).next().unwrap_or_default();
    is_date(text) && year.trim().chars().count() == 4
}

/// `中共××支部委员会　2026年3月18日`
fn is_unit_and_date(text: &str) -> bool {
    let parted = text.char_indices().filter(|(_, c)| matches!(c, ' ' | '\u{3000}'));
    parted.into_iter().any(|(at, _)| is_unit(text[..at].trim()) && is_full_date(text[at..].trim()))
}

/// Is the line an organisation and nothing else?
fn is_unit(text: &str) -> bool {
    const ENDS: [&str; 58] = [
        "委员会",
        "党委",
        "工委",
        "党组",
        "总支",
        "支部",
        "支委",
        "纪委",
        "办公室",
        "办事处",
        "街道办",
        "局",
        "厅",
        "部",
        "处",
        "科",
        "室",
        "中心",
        "学校",
        "大学",
        "学院",
        "医院",
        "公司",
        "集团",
        "厂",
        "站",
        "所",
        "大队",
        "中队",
        "支队",
        "合作社",
        "协会",
        "学会",
        "联合会",
        "工会",
        "团委",
        "妇联",
        "政府",
        "村委会",
        "居委会",
        "社区",
        "小组",
        "指挥部",
        "组委会",
        "专班",
        "法院",
        "检察院",
        "银行",
        "馆",
        "园区",
        "研究院",
        "街道",
        "乡",
        "镇",
        "村",
        "省委",
        "市委",
        "县委",
    ];
    const NOT: [&str; 16] = [
        "来源", "供稿", "供图", "摄于", "拍摄", "摄影", "作者", "记者", "编辑", "图为", "图", "文",
        "写于", "地点", "时间", "附件",
    ];
    let sealed = ["（盖章）", "（公章）", "（章）", "（代章）"];
    let name = sealed.iter().find_map(|seal| text.strip_suffix(seal)).unwrap_or(text).trim();
    // Not the whole of a line that is asked about at each of its spaces.
    let count = name.chars().take(41).count();
    let fits = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '\u{3000}' | '（' | '）' | '·' | '×' | '“' | '”')
    };
    let is_named = ENDS.iter().any(|end| name.ends_with(end)) || name.ends_with("区委");
    (3..=40).contains(&count)
        && name.chars().all(fits)
        && is_named
        && !NOT.iter().any(|begin| name.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paragraphs, `/` a line break in them, `//` between them, `{` and `}` around what is strong.
    fn html(text: &str) -> String {
        let strong = |text: &str| text.replace('{', "<strong>").replace('}', "</strong>");
        let paragraphs = text.split("//").map(|text| strong(&text.replace('/', BREAK)));
        paragraphs.map(|text| format!("<p>{text}</p>\n")).collect()
    }

    /// The paragraphs that are set to the right.
    fn right(html: &str) -> Vec<String> {
        let mut out = html.to_string();
        set_right(&mut out);
        let plain = |html: &str| without_tags(&html.replace(BREAK, "/").replace(CLOSE, "/"));
        let before = plain(html);
        assert_eq!(plain(&out), before, "nothing is lost");
        let paragraphs = out.split(SIGNED).skip(1).filter_map(|rest| rest.split("</p>").next());
        paragraphs.map(|text| without_tags(&text.replace(BREAK, "/"))).collect()
    }

    #[test]
    fn a_sign_off_stands_to_the_right() {
        for (text, wanted) in [
            ("请遵照执行。//柳河镇党委/2026年3月18日", &["柳河镇党委/2026年3月18日"][..]),
            ("请遵照执行。//柳河镇党委//2026年3月18日", &["柳河镇党委", "2026年3月18日"]),
            ("请遵照执行。/柳河镇党委/2026年3月18日", &["柳河镇党委/2026年3月18日"]),
            ("请遵照执行。/柳河镇党委//2026年3月18日", &["柳河镇党委", "2026年3月18日"]),
            ("正文//中共柳河镇委员会　2026年3月18日", &["中共柳河镇委员会　2026年3月18日"]),
            (
                "正文//中共柳河镇委员会/柳河镇人民政府/二〇二六年三月十八日",
                &["中共柳河镇委员会/柳河镇人民政府/二〇二六年三月十八日"],
            ),
            ("正文//{柳河镇团委}//2026 年 3 月", &["柳河镇团委", "2026 年 3 月"]),
            ("正文//第七小学支部（盖章）//2026-03-18", &["第七小学支部（盖章）", "2026-03-18"]),
            ("正文//柳河镇党委/2026年3月18日//附件：{名单.docx}", &["柳河镇党委/2026年3月18日"]),
            (
                "正文//柳河镇党委/2026年3月18日//附件//1. 名单//2. 表格",
                &["柳河镇党委/2026年3月18日"],
            ),
        ] {
            assert_eq!(right(&html(text)), wanted, "{text}");
        }
        let with_list = |head: &str| {
            let list = "<ul>\n<li><a href=\"a\">名单</a></li>\n<li>表格</li>\n</ul>\n";
            format!("{}{head}\n{list}", html("正文//柳河镇党委/2026年3月18日"))
        };
        for head in ["<p>附件：</p>", "<h2 id=\"附件\">附件</h2>", "<p><strong>附件</strong></p>"]
        {
            assert_eq!(right(&with_list(head)), ["柳河镇党委/2026年3月18日"], "{head}");
        }
        let after_list = format!("<ul>\n<li>甲</li>\n</ul>\n{}", html("柳河镇党委/2026年3月18日"));
        assert_eq!(right(&after_list), ["柳河镇党委/2026年3月18日"]);
    }

    #[test]
    fn prose_stays_where_it_is() {
        for text in [
            "柳河镇党委/2026年3月18日",
            "正文//2026年3月18日",
            "正文//柳河镇党委",
            "正文//柳河镇党委，2026年3月18日",
            "会议由柳河镇党委主持召开，时间是//2026年3月18日",
            "正文//柳河镇党委/2026年3月18日//后来又有正文。",
            "正文//一支部/2026年3月18日//二支部/2026年3月19日",
            "正文//来源：柳河镇党委/2026年3月18日",
            "正文//来源 柳河镇党委/2026年3月18日",
            "正文//摄于柳河镇/2026年3月18日",
            "正文//周敏/2026年3月18日",
            "正文//柳河镇党委/3月18日",
            "正文//柳河镇党委/26年3月18日",
            "正文//{柳河镇党委/2026年3月18日}",
            "正文//柳河镇党委/2026年3月18日//附件下载请联系办公室。",
            "正文//我们去了柳河镇党委。/2026年3月18日",
        ] {
            assert_eq!(right(&html(text)), [""; 0], "{text}");
        }
        let quoted = format!(
            "<p>正文</p>\n<blockquote>\n{}</blockquote>\n",
            html("甲//乙党委//2026年3月18日")
        );
        assert_eq!(right(&quoted), [""; 0]);
        let aligned = "<p>正文</p>\n<p>柳河镇党委</p>\n<p align=\"right\">2026年3月18日</p>\n";
        assert_eq!(right(aligned), [""; 0]);
    }
}
