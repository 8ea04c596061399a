//! Which line breaks inside a paragraph are meant.
//!
//! In CommonMark a line break is nothing but white space, as prose may be wrapped anywhere. In what is
//! pasted from Word or typed in a form, each line is a line. The two are told apart by how lines begin
//! and end, and by their lengths: in wrapped prose every line but the last is long. A break that
//! should not be kept is worse than one that is missed. The tests have a table of both.

use super::dialect::{is_invisible, is_wide_space};
use crate::base::text::is_cjk;

/// What becomes of a line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// The lines are one.
    Joined,
    /// The next line stays a line.
    Line,
    /// A paragraph ends here, and another begins.
    Paragraph,
}

/// A line with at most so many characters may be a line by itself.
const SHORT: usize = 20;

/// What becomes of the breaks between the lines of a paragraph, as they stand in the source
/// without signs of quotations. In a list, an indent of ASCII spaces is the list's.
pub(super) fn breaks(lines: &[&str], in_list: bool) -> Vec<Break> {
    let bare: Vec<String> = lines.iter().map(|line| bare(line)).collect();
    let rows = rows(lines);
    let sentences = are_paragraphs(&bare);
    let verse = runs_of_short(&bare, !sentences);
    // What a document ends with, after who signs it and when.
    let signed_end = bare.len() - bare.iter().rev().take_while(|line| is_afterword(line)).count();
    let chinese = |line: &str| line.contains(is_cjk);
    let mut breaks = Vec::with_capacity(lines.len().saturating_sub(1));
    // How items begin that were seen.
    let mut seen: Vec<Style> = bare.first().and_then(|line| style(line)).into_iter().collect();
    for (i, pair) in bare.windows(2).enumerate() {
        let (above, below) = (pair[0].as_str(), pair[1].as_str());
        let last = i + 2 == signed_end;
        let is_free = i == 0 || breaks.last().is_some_and(|kept| *kept != Break::Joined);
        let next = bare.get(i + 2).map_or("", String::as_str);
        let is = style(below);
        let kept = if is_picture(lines[i]) && is_picture(lines[i + 1]) {
            Break::Paragraph
        } else if is_marker(above) {
            // A PDF gives it a line of its own.
            Break::Joined
        } else if rows
            || (is_address(above) && is_address(below))
            || (is_marker(below) && !ends_open(above))
        {
            Break::Line
        } else if above.is_empty() || below.is_empty() || !(chinese(above) || chinese(below)) {
            Break::Joined
        } else if begins_paragraph(lines[i + 1], above, in_list) {
            Break::Paragraph
        } else if verse[i]
            || is.is_some_and(|style| is_item(style, above, &seen))
            || (is_label(below) && (ends_sentence(above) || stands_alone(above)))
            || (named(above).is_some() && named(below).is_some() && !ends_open(above))
            || (is_timed(above) && is_timed(below) && !ends_open(above))
            || (above.starts_with('—') && below.starts_with('—') && is_short(above))
            || (names(above) >= 2 && names(below) >= 1)
            || (stands_alone(above) && (is_label(above) || is_title(above)))
            || (stands_alone(above) && is_bold(lines[i]) && ends_sentence(below))
            || (is_free && is_salutation(above, below))
            || (is_salutation(below, next) && (ends_sentence(above) || stands_alone(above)))
            || (last && is_signed(above, below))
            || (i + 3 == signed_end
                && !ends_open(above)
                && is_date(next)
                && stands_alone(below)
                && (ends_sentence(above) || below.chars().count() > 3))
            || ((is_contact(above) || is_contact(below))
                && !ends_open(above)
                && is_free_of_prose(above))
            || (is_afterword(below) && (ends_sentence(above) || is_date(above)))
            || (is_afterword(above) && is_free)
            || is_closing(above)
            || (is_closing(below) && (ends_sentence(above) || stands_alone(above)))
        {
            Break::Line
        } else if sentences {
            if in_list { Break::Line } else { Break::Paragraph }
        } else {
            Break::Joined
        };
        seen.extend(is);
        breaks.push(kept);
    }
    breaks
}

/// What a line says, without the marks of emphasis around it, addresses and indent.
fn bare(line: &str) -> String {
    let invisible = |c: char| c.is_whitespace() || is_wide_space(c) || is_invisible(c);
    let mut out = String::with_capacity(line.len());
    let mut rest = line.trim_matches(invisible).trim_matches(['*', '_', '=']);
    // `[words](address)` is its words, if the line is nothing more: an address in the middle of one
    // makes it long, wherever it is wrapped.
    while let Some(at) = rest.find("](").filter(|_| line.trim_end().ends_with(')')) {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find(')') else { break };
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    out.retain(|c| !matches!(c, '*' | '[' | ']') && !is_invisible(c));
    out.trim_matches(invisible).to_string()
}

/// Is the line a picture and nothing else?
fn is_picture(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("![") && line.ends_with(')') && line.matches("](").count() == 1
}

/// Does a line begin a paragraph by its indent?
fn begins_paragraph(line: &str, above: &str, in_list: bool) -> bool {
    let mut wide = 0;
    let mut columns = 0;
    let mut rest = line;
    loop {
        let entity = ["&emsp;", "&ensp;", "&#12288;", "&#x3000;", "&nbsp;"];
        if let Some(c) = rest.chars().next().filter(|&c| is_wide_space(c) || is_invisible(c)) {
            wide += usize::from(!is_invisible(c)) * if c == '\u{A0}' { 1 } else { 2 };
            rest = &rest[c.len_utf8()..];
        } else if let Some(entity) = entity.into_iter().find(|entity| rest.starts_with(entity)) {
            wide += if entity == "&nbsp;" { 1 } else { 2 };
            rest = &rest[entity.len()..];
        } else if rest.starts_with([' ', '\t']) {
            columns += if rest.starts_with('\t') { 4 } else { 1 };
            rest = &rest[1..];
        } else {
            break;
        }
    }
    // Prose may be wrapped with an indent of spaces, but is not with one of two wide spaces.
    wide >= 4 || (!in_list && wide + columns >= 4 && (ends_sentence(above) || stands_alone(above)))
}

/// How an item begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `一、`
    Chinese,
    /// `（一）`, `(1)`
    Bracketed,
    /// `1．`, `1、`, `1.甲`, `A、`, `a.甲`, `Ⅰ、`
    Number,
    /// `①`
    Circled,
    /// `第一，`, `一是`, `第一条 `
    Ordinal,
    /// `●`
    Bullet,
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十百".contains(c)
}

fn style(line: &str) -> Option<Style> {
    let first = line.chars().next()?;
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    // After so many characters of one kind.
    let after = |line: &'_ str, of: &dyn Fn(char) -> bool| {
        let rest = line.trim_start_matches(of);
        let count = line[..line.len() - rest.len()].chars().count();
        (1..=3).contains(&count).then(|| rest.chars().collect::<Vec<char>>())
    };
    if is_numeral(first) {
        let rest = after(line, &is_numeral)?;
        if matches!(rest.first(), Some('是' | '要')) {
            return Some(Style::Ordinal);
        }
        let listed = rest.get(1).is_some_and(|&c| is_numeral(c) || c == '、');
        return (matches!(rest.first(), Some('、' | '．' | '.')) && !listed && rest.len() > 1)
            .then_some(Style::Chinese);
    }
    if matches!(first, '（' | '(') {
        let inner = &line[first.len_utf8()..];
        let letter = |c: char| c.is_ascii_alphabetic();
        let rest = after(inner, &is_numeral).or_else(|| after(inner, &digit)).or_else(|| {
            after(inner, &letter).filter(|rest| rest.len() + 1 == inner.chars().count())
        })?;
        return (matches!(rest.first(), Some('）' | ')')) && rest.len() > 1)
            .then_some(Style::Bracketed);
    }
    if digit(first) && is_sectioned(line) {
        return Some(Style::Number);
    }
    if digit(first) {
        let mut rest = after(line, &digit)?;
        // `1 、甲`
        if rest.get(1) == Some(&'、') && rest[0] == ' ' {
            rest.remove(0);
        }
        let dotted = matches!(rest.first(), Some('、' | '．' | '.' | '）' | ')' | '。'));
        let follows = rest.iter().skip(1).find(|c| !c.is_whitespace());
        let text =
            follows.is_some_and(|&c| !digit(c) && (is_cjk(c) || !matches!(rest[0], '.' | '。')));
        return (dotted && text).then_some(Style::Number);
    }
    if matches!(first, '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{3229}')
    {
        return Some(Style::Circled);
    }
    if first == '第' {
        let rest = after(&line[first.len_utf8()..], &is_numeral)?;
        let article = matches!(rest.first(), Some('条' | '章' | '节'))
            && rest.get(1).is_some_and(|c| c.is_whitespace() || *c == '：');
        // `第一步，`, `第二类：`
        let step = matches!(rest.first(), Some('步' | '类' | '项' | '点'))
            && matches!(rest.get(1), Some('，' | '、' | '：' | ' ' | '\u{3000}'));
        let first = matches!(rest.first(), Some('，' | '、' | '：' | '.'));
        return (article || step || first).then_some(Style::Ordinal);
    }
    let mut rest = line.chars().skip(1);
    let is_roman = matches!(first, '\u{2160}'..='\u{217F}');
    if first.is_ascii_alphabetic() || is_roman {
        let sign = rest.next();
        let wide = matches!(sign, Some('、' | '．'));
        let narrow =
            matches!(sign, Some('.' | ')' | '）')) && rest.find(|c| *c != ' ').is_some_and(is_cjk);
        return (wide || narrow).then_some(Style::Number);
    }
    let hyphen = matches!(first, '-' | '+' | '－' | '–' | '·' | '・' | '∙' | '‧');
    let hyphen = hyphen && rest.find(|c| !c.is_whitespace()).is_some_and(is_cjk);
    (hyphen || "●■◆★▲•○□◇△☆※►▶➤➢→⇒✓√✔◎▪▫☑☐☒✅❌".contains(first)).then_some(Style::Bullet)
}

/// `1.1 甲`, `2.1.3、甲`; `3.5 万元` is an amount.
fn is_sectioned(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &line[..line.len() - rest.len()];
    let parts = number.split('.').count() - usize::from(number.ends_with('.'));
    let words = rest.trim_start_matches([' ', '\u{3000}', '、']);
    (2..=4).contains(&parts)
        && number.split('.').take(parts).all(|part| (1..=2).contains(&part.len()))
        && (words.len() < rest.len() || number.ends_with('.'))
        && words.starts_with(|c: char| is_cjk(c) && !"万亿元个人名米吨倍千百".contains(c))
}

/// Is a line nothing but what an item begins with: `1、`, `（一）`, `①`, `●`?
fn is_marker(line: &str) -> bool {
    let sign = |c: char| matches!(c, '、' | '．' | '.' | '）' | ')');
    let Some(first) = line.chars().next() else { return false };
    if line.len() == first.len_utf8() {
        return matches!(first, '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}')
            || "●■◆★▲•○□◇△☆►▶➤➢◎▪▫".contains(first);
    }
    let bare = line.trim_start_matches(['（', '(']);
    let Some(number) = bare.strip_suffix(sign) else { return false };
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    (1..=3).contains(&number.chars().count())
        && (number.chars().all(is_digit) || number.chars().all(is_numeral))
}

/// How many names of people a line has that has nothing else: `周敏　陈立`.
fn names(line: &str) -> usize {
    let names = || line.split([' ', '\u{3000}']).filter(|name| !name.is_empty());
    let is_han = |c: char| is_cjk(c) && c.is_alphanumeric();
    let is_name = |name: &str| (2..=4).contains(&name.chars().count()) && name.chars().all(is_han);
    if names().all(is_name) { names().count() } else { 0 }
}

/// Is a line an item without a sentence in it, as titles are numbered?
fn is_title(line: &str) -> bool {
    style(line).is_some() && !line.contains(['，', '。', '；', '！', '？'])
}

/// Is a line that begins so an item, after `above`?
fn is_item(style: Style, above: &str, seen: &[Style]) -> bool {
    match style {
        // In prose, too, a sentence may begin so.
        Style::Ordinal => {
            ends_sentence(above) || (seen.contains(&Style::Ordinal) && stands_alone(above))
        }
        _ => {
            ends_sentence(above)
                || stands_alone(above)
                || (seen.contains(&style) && !ends_open(above))
        }
    }
}

/// Does a line end a sentence, or a clause that a list may follow?
fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['”', '’', '）', ')', '」', '』', '》']);
    line.ends_with(['。', '！', '？', '；', '：', '!', '?', ';', ':', '…'])
}

/// Does a line end in the middle of a sentence?
fn ends_open(line: &str) -> bool {
    line.ends_with(['，', '、', '（', '“', '《', ',', '和', '与', '及', '—'])
}

fn is_short(line: &str) -> bool {
    line.chars().nth(SHORT).is_none()
}

/// Is it too short for a line of wrapped prose, and does it end nothing?
fn stands_alone(line: &str) -> bool {
    is_short(line) && !ends_open(line) && !line.ends_with(['。', '；', '：', '！', '？'])
}

/// What lines are called that say who made a story.
const MAKERS: [&str; 24] = [
    "图",
    "文",
    "摄",
    "文图",
    "图文",
    "摄影",
    "撰文",
    "编辑",
    "审核",
    "记者",
    "作者",
    "来源",
    "通讯员",
    "供稿",
    "校对",
    "责编",
    "监制",
    "统筹",
    "撰稿",
    "编审",
    "签发",
    "责任编辑",
    "供图",
    "制图",
];

/// What is said of an event, with white space after it where there is no colon.
const FACTS: [&str; 16] = [
    "时间",
    "地点",
    "主题",
    "主持",
    "主持人",
    "参加",
    "参会",
    "对象",
    "内容",
    "费用",
    "报名",
    "地址",
    "电话",
    "邮箱",
    "联系人",
    "主办",
];

/// `来源：办公室`, `图 | 张三`, `记者 张三`: a line that names something.
fn is_label(line: &str) -> bool {
    let Some((name, said)) = line.split_once(['：', '|', '｜', '丨', '/', '／', ' ', '\u{3000}'])
    else {
        return false;
    };
    // `文/李四` is a label, a path is none.
    let parted = line[name.len()..].starts_with([' ', '\u{3000}']);
    let fits = named(line).is_some() || MAKERS.contains(&name) || (parted && FACTS.contains(&name));
    let open = |c: char| matches!(c, '。' | '；' | '！' | '？' | '“');
    fits && is_short(line) && !said.trim().is_empty() && !said.contains(open) && !ends_open(line)
}

/// The name before the colon that a line begins with: `时间`, `附件 1`, `2026年`, `Q`.
fn named(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(['：', ':'])?;
    let of_words = |c: &char| !matches!(c, ' ' | '\u{3000}') && !c.is_ascii_digit();
    let words = name.chars().filter(of_words).count();
    let fits = |c: char| is_cjk(c) && c.is_alphanumeric();
    let is_name = name.chars().filter(of_words).all(fits);
    let is_asked =
        matches!(name.trim_end_matches(|c: char| c.is_ascii_digit()), "Q" | "A" | "q" | "a");
    ((1..=6).contains(&words) && (is_name || is_asked)).then_some(name)
}

/// `8:30—9:00 签到`, `3月5日 开会`: does a line begin with a time or a day, and then go on?
fn is_timed(line: &str) -> bool {
    let number =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let first = number(line);
    let (Some(sign), true) = (line[first..].chars().next(), (1..=2).contains(&first)) else {
        return false;
    };
    let rest = &line[first + sign.len_utf8()..];
    let second = number(rest);
    let rest = match sign {
        ':' | '：' if second == 2 => Some(&rest[2..]),
        '月' if (1..=2).contains(&second) => rest[second..].strip_prefix('日'),
        _ => None,
    };
    rest.is_some_and(|rest| {
        rest.starts_with([' ', '\u{3000}', '—', '-', '–', '~', '～', '至', '：', ':'])
    })
}

/// Is the line the address of a page and nothing else?
fn is_address(line: &str) -> bool {
    (line.starts_with("http://") || line.starts_with("https://"))
        && !line.contains([' ', '\u{3000}'])
}

/// Is a line bold from its beginning to its end, as a heading is where nobody marks headings?
fn is_bold(line: &str) -> bool {
    let inside = line.trim().strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    inside.is_some_and(|inside| !inside.is_empty() && !inside.contains('*'))
}

/// `各党支部：`
fn is_salutation(line: &str, below: &str) -> bool {
    let Some(named) = line.strip_suffix('：') else { return false };
    const NAMED: [&str; 44] = [
        "们", "同志", "单位", "部门", "支部", "总支", "委", "组", "会", "领导", "先生", "女士",
        "老师", "局", "办", "室", "科", "处", "站", "所", "院", "社", "队", "厂", "校", "县", "区",
        "市", "省", "乡", "镇", "村", "中心", "街道", "公司", "朋友", "代表", "家长", "党员",
        "机关", "政府", "同学", "乡亲", "读者",
    ];
    is_short(line)
        && NAMED.iter().any(|name| named.ends_with(name))
        && !named.contains(['，', '。', '“'])
        && !below.starts_with(['“', '"', '「', '‘', '《'])
}

/// `2026年5月1日`, `二〇二六年五月一日`, `2026年5月`, `2026-05-01`
pub(super) fn is_date(line: &str) -> bool {
    let number = |part: &str| {
        (1..=4).contains(&part.chars().count())
            && part.chars().all(|c| {
                c.is_ascii_digit() || is_numeral(c) || "〇○零０１２３４５６７８９".contains(c)
            })
    };
    let parts: Vec<&str> = line.split(['年', '月', '日', '.', '-', '/']).map(str::trim).collect();
    match (line.ends_with(['日', '月']), &parts[..]) {
        (true, [year, month, day, ""]) => number(year) && number(month) && number(day),
        (true, [year, month, ""]) => number(year) && number(month),
        (false, [year, month, day]) => {
            year.len() == 4 && line.is_ascii() && number(year) && number(month) && number(day)
        }
        _ => false,
    }
}

/// `抄送：各科室`, `（此件公开发布）`: what stands after the date of a document.
pub(super) fn is_afterword(line: &str) -> bool {
    let copied = ["抄送", "抄报", "主送", "印发"];
    let copied = copied
        .iter()
        .any(|word| line.strip_prefix(word).is_some_and(|rest| rest.starts_with('：')));
    let inside = line.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    copied || inside.is_some_and(|inside| is_short(line) && !inside.contains(['（', '(']))
}

/// `联系人：张三，电话：0000-1234567`: a line of its own, however long it is.
fn is_contact(line: &str) -> bool {
    const NAMED: [&str; 9] =
        ["联系人", "联系方式", "电话", "热线", "邮箱", "传真", "地址", "附件", "邮编"];
    named(line).is_some_and(|name| NAMED.iter().any(|end| name.ends_with(end)))
        && !line.trim_end_matches('。').contains('。')
}

/// Is there nothing before the end of a line that goes on after it?
fn is_free_of_prose(above: &str) -> bool {
    ends_sentence(above) || stands_alone(above) || is_contact(above)
}

/// What a letter ends with.
fn is_closing(line: &str) -> bool {
    let bare = line.trim_end_matches(['！', '!', '。']);
    let before = matches!(line, "此致" | "顺祝" | "顺颂" | "此复" | "特此函复" | "专此");
    before || matches!(bare, "敬礼" | "此致敬礼" | "此致 敬礼" | "商祺")
}

/// Is each line a paragraph, as a Return makes one in Word? In wrapped prose lines end in the middle of
/// sentences, and all but the last are about as long as the longest.
fn are_paragraphs(lines: &[String]) -> bool {
    let ends = |line: &String| {
        let line = line.trim_end_matches(['”', '’', '）', '」', '』']);
        line.contains(is_cjk) && line.ends_with(['。', '！', '？'])
    };
    // A title of one or two sentences is not wrapped at so few characters either.
    let lengths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
    let (Some(longest), Some((_, full))) = (lengths.iter().max(), lengths.split_last()) else {
        return false;
    };
    let is_uneven = full.iter().any(|length| length + SLACK < *longest);
    let are_short = lines.iter().all(|line| is_short(line));
    let enough = lines.len() > 2 && (is_uneven || are_short) || lines.len() == 2 && is_uneven;
    enough && lines.iter().all(ends)
}

/// By so many characters a wrapped line is shorter than the longest at most: a word that did not fit.
const SLACK: usize = 6;

/// Is the last line of a paragraph a signature or a date?
fn is_signed(above: &str, below: &str) -> bool {
    if is_date(below) {
        return ends_sentence(above) || (stands_alone(above) && above.chars().count() > 3);
    }
    let bracketed = (below.starts_with('（') && below.ends_with('）'))
        || (below.starts_with('(') && below.ends_with(')'));
    if bracketed {
        return ends_sentence(above) && !above.ends_with('：');
    }
    if below.starts_with("——") {
        let said = above.ends_with(['”', '’', '」', '』', '》']);
        return (said || ends_sentence(above)) && is_short(below);
    }
    let ends = |line: &str| line.ends_with(['。', '！', '？']);
    let name = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\u{3000}' | '·' | '、');
    // After prose, not after another short line.
    ends(above)
        && !is_short(above)
        && is_short(below)
        && below.chars().count() > 1
        && below.chars().all(name)
}

/// Cells parted by tabs: are all lines rows of one table?
fn rows(lines: &[&str]) -> bool {
    let tabs = |line: &str| line.trim().matches('\t').count();
    lines.len() > 1
        && lines.first().is_some_and(|line| tabs(line) > 0)
        && lines.iter().all(|line| tabs(line) == tabs(lines[0]))
}

/// So many characters are no width at which anybody wraps prose: lines of verse, slogans.
const VERSE: usize = 12;

/// After which lines a break stands among three or more short ones that end without punctuation, or
/// two after a colon; and, if `verse`, among four or more that are shorter still, however they end.
fn runs_of_short(lines: &[String], verse: bool) -> Vec<bool> {
    let short = |line: &String| {
        let ends = line.ends_with(|c: char| {
            is_cjk(c) && c.is_alphanumeric()
                || c.is_ascii_digit()
                || matches!(c, '）' | '”' | '’' | '」' | '』' | '》' | '】')
        });
        is_short(line) && line.contains(is_cjk) && ends
    };
    let is_brief = |line: &String| line.contains(is_cjk) && line.chars().nth(VERSE).is_none();
    let mut kept = vec![false; lines.len()];
    let mut at = 0;
    while at < lines.len() {
        let count = lines[at..].iter().take_while(|line| short(line)).count();
        let of_verse = lines[at..].iter().take_while(|line| verse && is_brief(line)).count();
        let count = if of_verse >= 4 { count.max(of_verse) } else { count };
        let introduced = at > 0 && lines[at - 1].ends_with('：');
        if count >= 3 || (count == 2 && introduced) {
            kept[at - usize::from(introduced)..at + count - 1].fill(true);
        }
        at += count.max(1);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a paragraph, `/` where a break is kept and `//` where a paragraph ends.
    fn drawn(text: &str) -> String {
        let lines: Vec<&str> = text.split('\n').collect();
        let signs = breaks(&lines, false).into_iter().map(|kept| match kept {
            Break::Joined => "",
            Break::Line => "/",
            Break::Paragraph => "//",
        });
        let signs = signs.chain([""]);
        lines.iter().zip(signs).map(|(line, sign)| format!("{}{sign}", line.trim())).collect()
    }

    #[test]
    fn lines_that_are_meant_are_kept() {
        for (lines, wanted) in [
            ("图 | 陈立\n文 | 周敏", "图 | 陈立/文 | 周敏"),
            ("文／周敏\n摄影／陈立", "文／周敏/摄影／陈立"),
            ("记者 周敏\n通讯员 陈立", "记者 周敏/通讯员 陈立"),
            (
                "主办单位：临川湾市青禾街道党工委、临川湾市青禾街道办事处\n承办单位：水坪台社区党支部、石桥村党支部、柳湾村党支部",
                "主办单位：临川湾市青禾街道党工委、临川湾市青禾街道办事处/承办单位：水坪台社区党支部、石桥村党支部、柳湾村党支部",
            ),
            ("时间：5月1日上午\n地点：二楼，会议室", "时间：5月1日上午/地点：二楼，会议室"),
            ("一是抓学习；\n二是抓落实。", "一是抓学习；/二是抓落实。"),
            (
                "第一条 为了规范管理，制定本办法。\n第二条 本办法适用于各支部。",
                "第一条 为了规范管理，制定本办法。/第二条 本办法适用于各支部。",
            ),
            ("A、清理河道\nB、修补路面", "A、清理河道/B、修补路面"),
            ("－清理河道\n－修补路面", "－清理河道/－修补路面"),
            ("路通了，心也通了。\n——石桥村民周敏", "路通了，心也通了。/——石桥村民周敏"),
            ("请遵照执行。\n2026-05-01", "请遵照执行。/2026-05-01"),
            ("机关各科室：\n现印发给你们。", "机关各科室：/现印发给你们。"),
            ("来源：宣传科\n编辑：周敏", "来源：宣传科/编辑：周敏"),
            ("活动圆满结束。\n来源：宣传科", "活动圆满结束。/来源：宣传科"),
            (
                "联系人：周敏\n请各支部于周五以前报送名单。",
                "联系人：周敏/请各支部于周五以前报送名单。",
            ),
            ("一、加强学习\n二、改进作风", "一、加强学习/二、改进作风"),
            (
                "现将有关事项通知如下。\n一、活动目的\n通过活动，提高认识。\n二、活动步骤\n（一）动员部署。召开动员会。\n三、工作要求\n加强领导。",
                "现将有关事项通知如下。/一、活动目的/通过活动，提高认识。/二、活动步骤/（一）动员部署。召开动员会。/三、工作要求/加强领导。",
            ),
            ("**一、加强学习**\n坚持每周学习。", "**一、加强学习**/坚持每周学习。"),
            ("1．摸清底数\n2．分类施策", "1．摸清底数/2．分类施策"),
            ("1、摸清底数；\n2、分类施策。", "1、摸清底数；/2、分类施策。"),
            ("2.摸清底数\n3.分类施策", "2.摸清底数/3.分类施策"),
            ("①清理河道\n②修补路面", "①清理河道/②修补路面"),
            ("● 清理河道\n● 修补路面", "● 清理河道/● 修补路面"),
            (
                "主要有三点。\n第一，思想要统一。\n第二，行动要迅速。",
                "主要有三点。/第一，思想要统一。/第二，行动要迅速。",
            ),
            ("各党支部：\n现将名单印发给你们。", "各党支部：/现将名单印发给你们。"),
            ("同志们：\n今天我们在这里集会。", "同志们：/今天我们在这里集会。"),
            ("特此通知。\n临川街道党工委\n2026年5月1日", "特此通知。/临川街道党工委/2026年5月1日"),
            ("请遵照执行。\n二〇二六年五月一日", "请遵照执行。/二〇二六年五月一日"),
            ("活动受到欢迎。\n（周敏 陈立）", "活动受到欢迎。/（周敏 陈立）"),
            (
                "现将名单予以公布，希望各支部认真学习、对照先进，把工作做得更好。\n青禾街道党工委",
                "现将名单予以公布，希望各支部认真学习、对照先进，把工作做得更好。/青禾街道党工委",
            ),
            ("此致\n敬礼！", "此致/敬礼！"),
            (
                "感谢各位多年来的支持。\n此致\n敬礼！\n石桥村党支部\n2026年5月1日",
                "感谢各位多年来的支持。/此致/敬礼！/石桥村党支部/2026年5月1日",
            ),
            (
                "全街道的党员要把心思放在群众身上，把力气用在基层一线，把作风带到田间地头。\n各支部每季办两件小事。\n党员每人结对一户。",
                "全街道的党员要把心思放在群众身上，把力气用在基层一线，把作风带到田间地头。//各支部每季办两件小事。//党员每人结对一户。",
            ),
            (
                "路修好了。\n灯也亮了，老人们夜里出门再也不用摸黑了。",
                "路修好了。//灯也亮了，老人们夜里出门再也不用摸黑了。",
            ),
            (
                "青街发〔2026〕7号\n各社区党总支：\n现将名单印发给你们。",
                "青街发〔2026〕7号/各社区党总支：/现将名单印发给你们。",
            ),
            (
                "特此公告。\n联系人：周敏，联系电话：0000-7654321，每天上午\n中共青禾街道工作委员会\n2026年5月1日",
                "特此公告。/联系人：周敏，联系电话：0000-7654321，每天上午/中共青禾街道工作委员会/2026年5月1日",
            ),
            ("到会的有：\n周敏\n陈立", "到会的有：/周敏/陈立"),
            (
                "请遵照执行。\n青禾街道办事处\n2026年5月1日\n（此件主动公开）\n抄送：各科室。",
                "请遵照执行。/青禾街道办事处/2026年5月1日/（此件主动公开）/抄送：各科室。",
            ),
            ("周敏\n陈立\n王秀芳", "周敏/陈立/王秀芳"),
            ("周敏　陈立\n王秀芳　赵立", "周敏　陈立/王秀芳　赵立"),
            ("周敏 陈立\n王秀芳", "周敏 陈立/王秀芳"),
            ("1、\n清理河道\n2、\n修补路面", "1、清理河道/2、修补路面"),
            ("（一）\n清理河道。\n（二）\n修补路面。", "（一）清理河道。/（二）修补路面。"),
            ("●\n清理河道\n●\n修补路面", "●清理河道/●修补路面"),
            ("1.1 目标\n1.2 任务", "1.1 目标/1.2 任务"),
            ("2.1、目标\n2.2、任务", "2.1、目标/2.2、任务"),
            ("A. 目标\nB. 任务", "A. 目标/B. 任务"),
            ("(a) 目标\n(b) 任务", "(a) 目标/(b) 任务"),
            ("第一，思想统一\n第二，行动迅速", "第一，思想统一/第二，行动迅速"),
            ("时间 3月5日\n地点 会议室", "时间 3月5日/地点 会议室"),
            ("甲组\t周敏\n乙组\t陈立", "甲组\t周敏/乙组\t陈立"),
            ("　　头一段说了很多。\n　　第二段也说了很多", "头一段说了很多。//第二段也说了很多"),
            ("头一段。\n    第二段。\n\t第三段。", "头一段。//第二段。//第三段。"),
            ("&emsp;&emsp;头一段\n&emsp;&emsp;第二段", "&emsp;&emsp;头一段//&emsp;&emsp;第二段"),
            ("![甲](a.jpg)\n![乙](b.jpg)", "![甲](a.jpg)//![乙](b.jpg)"),
            ("问:怎么办?\n答:这么办。", "问:怎么办?/答:这么办。"),
            ("第一步，登记；\n第二步，审核。", "第一步，登记；/第二步，审核。"),
            ("8:30—9:00 签到\n9:00—11:00 开会", "8:30—9:00 签到/9:00—11:00 开会"),
            ("3月5日 开会\n3月6日 走访", "3月5日 开会/3月6日 走访"),
            ("2024年：成立\n2025年：获奖", "2024年：成立/2025年：获奖"),
            ("《一封信》\n《老槐树》\n《渡口》", "《一封信》/《老槐树》/《渡口》"),
            (
                "https://example.cn/a\nhttps://example.cn/b",
                "https://example.cn/a/https://example.cn/b",
            ),
            ("——周敏\n——陈立", "——周敏/——陈立"),
            ("→清理河道\n→修补路面", "→清理河道/→修补路面"),
            ("1 、清理河道\n2 、修补路面", "1 、清理河道/2 、修补路面"),
            ("1。清理河道\n2。修补路面", "1。清理河道/2。修补路面"),
            ("**夜里的灯**\n路修好了。", "**夜里的灯**/路修好了。"),
            ("Q：怎么报名？\nA：到二楼报名。", "Q：怎么报名？/A：到二楼报名。"),
            ("附件1：报名表\n附件2：名单", "附件1：报名表/附件2：名单"),
            ("甲组\t周敏\n1\t2\n3\t4", "甲组\t周敏/1\t2/3\t4"),
            ("“名言”\n——周敏", "“名言”/——周敏"),
            ("·清理河道\n·修补路面", "·清理河道/·修补路面"),
            ("a.清理河道\nb.修补路面", "a.清理河道/b.修补路面"),
            ("Ⅰ、清理河道\nⅡ、修补路面", "Ⅰ、清理河道/Ⅱ、修补路面"),
            (
                "学校墙上有几句：\n读书要认真，\n做事要踏实，\n待人要真诚，\n走路要稳当。",
                "学校墙上有几句：/读书要认真，/做事要踏实，/待人要真诚，/走路要稳当。",
            ),
        ] {
            assert_eq!(drawn(lines), wanted);
        }
    }

    #[test]
    fn wrapped_prose_is_one() {
        for lines in [
            "头一行\n后一行",
            "头一行，\n后一行",
            "头一行。\n后一行。",
            "头一行。\n后一行",
            "支部的同志们走街串巷，挨家挨户登记需求，形成了一本厚厚的台账。\n会后，大家分成三组，逐条办理，逐条回访，群众看在眼里记在心上。\n事情办完了。",
            "支部给每一户都建了台账，登记了姓名、住址和要办的事，一共登记了\n联系人：周敏等六十人的电话和住址，逐条办理，逐条回访，件件有着落。",
            "支部的同志们走街串巷，挨家挨户登记需求，最后由街道的党工委要求\n各党支部：要把台账用好，逐条办理，逐条回访，让群众看得见变化。",
            "他说：\n“今天就办。”",
            "会议指出：\n要把这件事办好。",
            "这几年来，支部的同志们走遍了全村的沟沟坎坎，挨家挨户地问，一\n、二、三组的情况各不相同。",
            "这几年来，支部的同志们走遍了全村的沟沟坎坎，把村民小组分成了\n一、二、三等，分别登记造册，逐一回访，件件都有着落，群众都满意。",
            "按照党章第三条的规定，并参照党员教育管理工作条例中的第二十一条\n（一）款，支部每月召开一次会议，会议由支部书记召集并主持，做好记录。",
            "支部的同志们走街串巷，挨家挨户登记需求，形成了一本厚厚的台账，\n来源：群众反映、网格巡查和上级交办三个方面，逐条办理，逐条回访。",
            "会后，支部的同志们走街串巷，挨家挨户登记需求，形成了一本台账。\n会议强调：要把台账用好，逐条办理，逐条回访，让群众看得见变化。",
            "支部的同志们走街串巷，挨家挨户登记需求，一共走访了群众三千余人\n次，形成了一本厚厚的台账，逐条办理，逐条回访，群众满意率达到了\n98.5%",
            "全年共计投入资金三十五万元，其中用于修缮道路和路灯的资金共计\n3．5万元，其余都用在了老旧小区的改造上，群众看在眼里记在心上。",
            "会议定于下个月的月底在街道办公室二楼的会议室召开，具体的时间是\n2026年5月1日",
            "one\ntwo\nthree",
            "小李说他想去看一看\n那条河",
            "（四）信件不必当场就回。你\n可以等到有空的时候，慢慢地写。",
            "（三）[通联组](liaison-group.md)负责收集\n各村的稿件。",
            "这里有甲和乙，\n    还有丙和丁",
            "他想了想，\n说道：\n就这样吧。",
            "支部的同志们走街串巷，挨家挨户登记需求，会议定在下个星期三的\n8:30 召开，请各支部的书记和组织委员提前十分钟到街道办公室二楼。",
            "他最看重的东西有两样，一样是乡亲们的信任，另一样是手里头的那份\n——责任。",
            "全村的人都来了，支部书记、村主任、老党员、年轻人都站在老槐树的\n下面：老人们说，这条路要修，一定要修，修好了大家都方便，都高兴。",
        ] {
            assert!(!drawn(lines).contains('/'), "{}", drawn(lines));
        }
    }
}
