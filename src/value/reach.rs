//! How people are reached: the telephones and mail addresses in a text that is meant for the
//! public, such as the line of contacts.

use std::ops::Range;

use serde::Serialize;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The part as it was written.
    pub text: String,
    /// Whither it leads, if it is a telephone or a mail address.
    pub url: Option<String>,
}

/// What comes before a number that can be called.
const CALLED: [&str; 14] = [
    "电话", "热线", "手机", "座机", "值班", "联系", "监督", "举报", "咨询", "投诉", "拨打", "tel",
    "phone", "call",
];

/// What comes before a number that cannot.
const NOT_CALLED: [&str; 14] = [
    "传真",
    "qq",
    "微信",
    "公众号",
    "邮编",
    "邮政编码",
    "账号",
    "帐号",
    "卡号",
    "编号",
    "备案",
    "代码",
    "群号",
    "fax",
];

/// The parts of a text, which are all of it.
pub fn parts(text: &str) -> Vec<Part> {
    let chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, half(c))).collect();
    let place = |i: usize| chars.get(i).map_or(text.len(), |&(at, _)| at);
    let plain: String = chars.iter().map(|&(_, c)| c.to_ascii_lowercase()).collect();
    let plain: Vec<char> = plain.chars().collect();
    let (mut parts, mut done, mut i) = (Vec::new(), 0, 0);
    // Where the last number ended: the next of a list needs no word before it.
    let mut called = None;
    while i < plain.len() {
        let is_start = !is_within(&plain[..i]) || called.is_some_and(|end| end + 1 == i);
        let mail = is_start.then(|| mail(&plain, i)).flatten();
        let phone = match mail {
            None if is_start => phone(&plain, i, called),
            _ => None,
        };
        let Some((end, url)) = mail.or(phone) else {
            i += 1;
            continue;
        };
        if url.starts_with("tel:") {
            called = Some(end);
        }
        push(&mut parts, &text[done..place(i)], None);
        push(&mut parts, &text[place(i)..place(end)], Some(url));
        (done, i) = (place(end), end);
    }
    push(&mut parts, &text[done..], None);
    parts
}

/// The mail address around the `@` (or `＠`) at byte `at`: where it stands, and its link.
///
/// There is none where a part of it is masked, as in `zh**ng@example.cn`.
pub fn mail_around(text: &str, at: usize) -> Option<(Range<usize>, String)> {
    let is_part = |c: char| half(c).is_ascii_alphanumeric() || "._%+-".contains(half(c));
    let before = text[..at].trim_end_matches(is_part);
    let user = text[before.len()..at].trim_start_matches(|c| !half(c).is_ascii_alphanumeric());
    let start = at - user.len();
    let is_whole = match before.chars().next_back().map(half) {
        Some('/') => !before.ends_with("//"),
        Some(c) if c.is_ascii_graphic() => "([{<>\"':;,|".contains(c),
        Some(c) => !"×•●○■□◆…".contains(c),
        None => true,
    };
    let sign = text[at..].chars().next()?;
    let host = &text[at + sign.len_utf8()..];
    let length = host.find(|c| !is_part(c)).unwrap_or(host.len());
    let chars = text[start..at + sign.len_utf8() + length].char_indices();
    let (places, plain): (Vec<usize>, Vec<char>) =
        chars.map(|(place, c)| (place, half(c).to_ascii_lowercase())).unzip();
    let (end, url) = mail(&plain, 0).filter(|_| is_whole)?;
    let end = places.get(end).map_or(at + sign.len_utf8() + length, |place| start + place);
    Some((start..end, url))
}

/// Does a word or an address of a page go on after this?
fn is_within(before: &[char]) -> bool {
    match before {
        [.., c] if c.is_ascii_alphanumeric() => true,
        [.., b, c] => b.is_ascii_alphanumeric() && "/._-=?&#".contains(*c),
        _ => false,
    }
}

fn push(parts: &mut Vec<Part>, text: &str, url: Option<String>) {
    if !text.is_empty() {
        parts.push(Part { text: text.to_string(), url });
    }
}

/// A full-width letter, digit or sign as its half-width twin; every dash as a hyphen.
fn half(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    }
}

/// The mail address that begins at a place: where it ends, and its link.
fn mail(plain: &[char], from: usize) -> Option<(usize, String)> {
    let while_of = |from: usize, more: &str| {
        let fits = |c: &&char| c.is_ascii_alphanumeric() || more.contains(**c);
        from + plain[from..].iter().take_while(fits).count()
    };
    let at = while_of(from, "._%+-");
    if at == from || plain.get(at) != Some(&'@') {
        return None;
    }
    let mut end = while_of(at + 1, ".-");
    while matches!(plain[end - 1], '.' | '-') {
        end -= 1;
    }
    let host: String = plain.get(at + 1..end)?.iter().collect();
    let (rest, last) = host.rsplit_once('.')?;
    let is_host = rest.split('.').all(|part| !part.is_empty())
        && last.len() > 1
        && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    let user: String = plain[from..at].iter().collect();
    is_host.then(|| (end, format!("mailto:{user}@{host}")))
}

/// The telephone number that begins at a place: where it ends, and its link. `called` is where the
/// last one ended.
fn phone(plain: &[char], from: usize, called: Option<usize>) -> Option<(usize, String)> {
    let before: String = plain[..from].iter().collect();
    let list_goes_on = called.is_some_and(|end| {
        plain[end..from].iter().all(|c| matches!(c, ' ' | '、' | ',' | '/' | ';' | '或' | '和'))
    });
    let word = if list_goes_on { Some(true) } else { word_before(&before) };
    if word == Some(false) {
        return None;
    }
    let mut at = from;
    let mut digits = String::new();
    let mut groups: Vec<usize> = Vec::new();
    if plain[at] == '+' {
        let rest: String = plain[at..].iter().take(4).collect();
        at += if rest.starts_with("+86") { 3 } else { return None };
        at += usize::from(matches!(plain.get(at), Some(' ' | '-')));
    }
    loop {
        at += usize::from(plain.get(at) == Some(&'(') && groups.is_empty());
        let count = plain[at.min(plain.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
        if count == 0 || groups.len() > 3 {
            return None;
        }
        digits.extend(&plain[at..at + count]);
        groups.push(count);
        at += count;
        let follows = plain.get(at).copied();
        let goes_on = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '%');
        let counted = plain[at..].iter().find(|c| **c != ' ');
        let is_counted = counted.is_some_and(|c| matches!(c, '年' | '月' | '元' | '号' | '件'));
        let ends = !follows.is_some_and(goes_on) && !is_counted;
        if ends && is_phone(&digits, &groups, word.is_some()) {
            return Some((at, format!("tel:{digits}")));
        }
        at += match (follows, plain.get(at + 1)) {
            (Some(')'), Some(' ' | '-')) => 2,
            (Some(' ' | '-' | ')'), _) => 1,
            _ => return None,
        };
    }
}

/// Does a word in the same clause say that the number after it can be called, or that it cannot?
fn word_before(before: &str) -> Option<bool> {
    let clause = before.rsplit(['。', ';', ',', '，', '\n']).next().unwrap_or(before);
    // Where the last of these words begins and ends.
    let last = |words: &[&str]| {
        let found = words.iter().filter_map(|word| Some((clause.rfind(word)?, word.len())));
        found.map(|(at, length)| (at, at + length)).max()
    };
    match (last(&CALLED), last(&NOT_CALLED)) {
        (None, None) => None,
        (Some(_), None) => Some(true),
        (None, Some(_)) => Some(false),
        (Some((yes, _)), Some((no, _))) if yes > no => Some(true),
        // `电话/传真：` is both, `电话：88886666 传真：88886667` is not.
        (Some((_, yes)), Some((no, _))) => {
            let both = |c: char| !c.is_alphanumeric() || matches!(c, '和' | '及' | '与' | '兼');
            Some(clause.get(yes..no).is_some_and(|between| between.chars().all(both)))
        }
    }
}

/// Is this a number of the mainland? What is short is one only if a word says so.
fn is_phone(digits: &str, groups: &[usize], is_said: bool) -> bool {
    let begins = |starts: &[&str]| starts.iter().any(|start| digits.starts_with(start));
    match digits.len() {
        11 if digits.starts_with('1') => digits.as_bytes()[1] >= b'3',
        // With the code of its area.
        10..=12 if digits.starts_with('0') => {
            groups.len() > 1 && (3..=4).contains(&groups[0]) || groups.len() == 1 && is_said
        }
        10 => begins(&["400", "800"]),
        7 | 8 => is_said && !digits.starts_with(['0', '1']) && matches!(groups, [_] | [3 | 4, 4]),
        5 | 6 => is_said && groups.len() == 1 && begins(&["12", "10", "95", "96"]),
        3 => is_said && ["110", "119", "120", "122"].contains(&digits),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The links of a text, and where they lead.
    fn links(text: &str) -> Vec<(String, String)> {
        let parts = parts(text);
        let whole: String = parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(whole, text);
        parts.into_iter().filter_map(|part| Some((part.text, part.url?))).collect()
    }

    #[test]
    fn telephones_and_mail_addresses_lead_somewhere() {
        for (text, wanted) in [
            ("电话：0573-81234567", &[("0573-81234567", "tel:057381234567")][..]),
            ("电话 (0573) 8123 4567 转 802", &[("(0573) 8123 4567", "tel:057381234567")]),
            (
                "电话（０５７３）８１２３４５６７",
                &[("（０５７３）８１２３４５６７", "tel:057381234567")],
            ),
            ("值班室010—61234567", &[("010—61234567", "tel:01061234567")]),
            ("13912345678（微信同号）", &[("13912345678", "tel:13912345678")]),
            ("139 1234 5678", &[("139 1234 5678", "tel:13912345678")]),
            ("+86 139-1234-5678", &[("+86 139-1234-5678", "tel:13912345678")]),
            ("热线400-812-3456", &[("400-812-3456", "tel:4008123456")]),
            (
                "联系电话：81234567、81234568",
                &[("81234567", "tel:81234567"), ("81234568", "tel:81234568")],
            ),
            ("举报电话：12380", &[("12380", "tel:12380")]),
            (
                "值班：0573-81234567/81234568",
                &[("0573-81234567", "tel:057381234567"), ("81234568", "tel:81234568")],
            ),
            ("电话/传真：0573-81234567", &[("0573-81234567", "tel:057381234567")]),
            ("电话：81234567 传真：81234568", &[("81234567", "tel:81234567")]),
            (
                "邮箱：ban.gong@mail.example.cn。",
                &[("ban.gong@mail.example.cn", "mailto:ban.gong@mail.example.cn")],
            ),
            ("投稿 tougao＠example.cn", &[("tougao＠example.cn", "mailto:tougao@example.cn")]),
        ] {
            let wanted: Vec<_> =
                wanted.iter().map(|&(text, url)| (text.to_string(), url.to_string())).collect();
            assert_eq!(links(text), wanted, "{text}");
        }
    }

    #[test]
    fn other_numbers_lead_nowhere() {
        for text in [
            "",
            "综合楼二楼 205 室，工作日 8:30 至 17:30",
            "QQ：81234567",
            "微信号 13912345678",
            "传真：0573-81234567",
            "邮编 314000",
            "2026-03-18 至 2026-04-01",
            "联系时间：2026-03-18",
            "81234567",
            "浙ICP备12345678号",
            "统一社会信用代码 12330402MB1234567X",
            "联系人编号：81234567",
            "投诉件 81234567 号",
            "电话见 https://example.cn/12345",
            "a@b",
            "@example.cn",
            "0573-81234567890123",
        ] {
            assert_eq!(links(text), [], "{text}");
        }
    }
}
