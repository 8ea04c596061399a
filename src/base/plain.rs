//! Text that is shown as it is: what people paste into it of HTML and of Markdown comes off, and the
//! words stay.

use super::html;
use super::text::{fold, is_wide};

/// `text` without tags and entities of HTML, and without the marks of bold text and of links;
/// `None` if it has none of these. Signs that are no markup stay: `1<2`, `<某某>`, `138****1234`.
pub fn plain(text: &str) -> Option<String> {
    if !text.contains(['<', '&', '*', '[']) {
        return None;
    }
    let bare = without_entities(&without_marks(&without_tags(text)));
    (bare != text).then(|| fold(&bare))
}

/// Elements that begin a line of their own, or end one.
const BREAKS: [&str; 17] = [
    "br",
    "p",
    "div",
    "hr",
    "li",
    "ul",
    "ol",
    "tr",
    "td",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
];

/// Elements that are part of a line. What runs or is shown otherwise is no slip of somebody who pasted
/// words, and stays to be seen: `<script>`, `<svg>`.
const INLINE: [&str; 27] = [
    "a", "abbr", "b", "big", "center", "cite", "code", "del", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
    "wbr",
];

fn without_tags(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some((name, length)) = tag(rest) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = &rest[length..];
        if BREAKS.contains(&&*name) {
            out.push('\n');
        }
    }
    out + rest
}

/// The name of the tag that a text begins with, and its length; a comment has no name.
fn tag(text: &str) -> Option<(String, usize)> {
    if text.starts_with("<!--") {
        return Some((String::new(), text.find("-->")? + 3));
    }
    let inside = text[1..].trim_start_matches('/');
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    let name = inside[..end].to_ascii_lowercase();
    let ends = inside[end..].starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
    let all = [&BREAKS[..], &INLINE[..], &html::VOID[..]];
    let known = all.iter().any(|names| names.contains(&&*name));
    (ends && known).then_some((name, text.find('>')? + 1))
}

/// Entities that editors leave, and what they stand for.
const ENTITIES: [(&str, &str); 20] = [
    ("nbsp", " "),
    ("ensp", " "),
    ("emsp", " "),
    ("thinsp", ""),
    ("zwnj", ""),
    ("zwj", ""),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("amp", "&"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("middot", "·"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("hellip", "…"),
    ("times", "×"),
];

fn without_entities(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.find(';').filter(|end| *end <= 9).and_then(|end| {
            let name = &rest[1..end];
            let number =
                name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => number.parse().ok(),
                });
            let code = number.and_then(char::from_u32).filter(|c| !c.is_control());
            let named = ENTITIES.iter().find(|(known, _)| *known == name);
            let stands_for =
                code.map(String::from).or(named.map(|(_, text)| (*text).to_string()))?;
            Some((stands_for, end + 1))
        });
        let (stands_for, length) = entity.unwrap_or_else(|| ("&".into(), 1));
        // Between Chinese characters a blank is there for the looks.
        let after = rest[length..].chars().next();
        let blank = matches!(&*stands_for, " " | "\u{A0}");
        let between = out.chars().next_back().is_some_and(is_wide) && after.is_some_and(is_wide);
        match blank {
            true if between => {}
            true => out.push(' '),
            false => out.push_str(&stands_for),
        }
        rest = &rest[length..];
    }
    out + rest
}

/// Without the asterisks around bold text, and with the words of links alone.
fn without_marks(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(['*', '[']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let found = if rest.starts_with('[') { link(rest) } else { bold(&out, rest) };
        match found {
            Some((words, length)) => {
                // A link may be bold, and bold words a link.
                out.push_str(&without_marks(words));
                rest = &rest[length..];
            }
            None => {
                let run = rest.len() - rest.trim_start_matches('*').len();
                out.push_str(&rest[..run.max(1)]);
                rest = &rest[run.max(1)..];
            }
        }
    }
    out + rest
}

/// The words of the link `[words](address)` that a text begins with, and its length.
fn link(text: &str) -> Option<(&str, usize)> {
    let (words, rest) = text[1..].split_once("](")?;
    let (address, _) = rest.split_once(')')?;
    let leads = address.contains(['/', '.', '#', ':']) && !address.contains(['(', '\n']);
    let whole = !words.trim().is_empty() && !words.contains(['[', ']']);
    (leads && whole).then_some((words, 1 + words.len() + 2 + address.len() + 1))
}

/// The bold words that a text begins with, and their length with the asterisks; `before` is what stands
/// before it. Two asterisks after a digit or a letter are a mask, and so are those after a name: 张**.
fn bold<'t>(before: &str, text: &'t str) -> Option<(&'t str, usize)> {
    let inside = text.strip_prefix("**").filter(|inside| !inside.starts_with('*'))?;
    let (words, after) = inside.split_once("**")?;
    let is_text = !words.trim().is_empty() && words.trim() == words && !words.contains('*');
    let masks = |c: char| c.is_ascii_alphanumeric();
    let in_number =
        before.ends_with(masks) && (words.starts_with(masks) || after.starts_with(masks));
    // `张**和李**`, `张**、李**`: one or two characters after the marks are the other's name.
    let joins = words.starts_with(['和', '与', '、', '，', '及', ' ']) && before.ends_with(is_wide);
    (is_text && !after.starts_with('*') && !in_number && !joins).then_some((words, words.len() + 4))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn markup_comes_off() {
        for (text, bare) in [
            ("凝心聚力<br>——记先锋&nbsp;岗", "凝心聚力——记先锋岗"),
            ("**重点**，[链接](https://x.cn)，&nbsp;空", "重点，链接，空"),
            ("书记<br/>主任", "书记主任"),
            ("<b>优秀</b>党员", "优秀党员"),
            ("他**真好**<br>啊", "他真好啊"),
            ("<SPAN STYLE='a'>乙</SPAN>&ldquo;丙&rdquo;", "乙“丙”"),
            ("**[街道](https://x.cn)**", "街道"),
            ("A&amp;B&#20013;", "A&B中"),
            ("one<br>two", "one two"),
            ("甲<!-- 记 -->乙", "甲乙"),
        ] {
            assert_eq!(plain(text).as_deref(), Some(bare), "{text}");
        }
    }

    #[test]
    fn signs_that_are_no_markup_stay() {
        for text in [
            "1<2",
            "a<b 且 c",
            "3 < 5 > 2",
            "<某某>",
            "甲<标签>乙",
            "<o:p>甲</o:p>",
            "<script>甲</script>",
            "138****1234",
            "138**1234和139**5678",
            "张**",
            "张**和李**",
            "张**、李**",
            "AT&T",
            "a&b;c",
            "[转发]通知",
            "[甲](乙)",
            "2**3",
            "** 甲 **",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
    }
}
