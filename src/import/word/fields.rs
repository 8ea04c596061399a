//! Fields: what Word works out while it shows a document, and the orders that say so.

use std::sync::Arc;

use super::numbering::circled;
use super::symbols;

/// An order, read as far as it matters here.
#[derive(Debug, PartialEq)]
pub(super) enum Order {
    /// Leads to an address.
    Link(Arc<str>),
    /// A table of contents.
    Contents,
    /// Stands for this text, and has no result of its own.
    Text(String),
    /// Anything else: its result counts.
    Other,
}

/// Reads an order, such as `HYPERLINK "https://…"`.
pub(super) fn order(text: &str) -> Order {
    let text = text.trim();
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    match word.to_ascii_uppercase().as_str() {
        "HYPERLINK" => {
            let words = words(rest);
            let address = words.iter().find(|word| !word.starts_with('\\'));
            // `\l` names a place in the document, which has none here.
            let is_inside = words.first().is_some_and(|word| word.eq_ignore_ascii_case("\\l"));
            match address.filter(|_| !is_inside) {
                Some(address) => Order::Link(Arc::from(address.as_str())),
                None => Order::Other,
            }
        }
        "TOC" => Order::Contents,
        "SYMBOL" => {
            let words = words(rest);
            let code = words.first().and_then(|code| match code.strip_prefix("0x") {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => code.parse().ok(),
            });
            let font = words.iter().position(|word| word.eq_ignore_ascii_case("\\f"));
            let font = font.and_then(|at| words.get(at + 1)).map_or("Symbol", String::as_str);
            let sign = code.and_then(|code| symbols::known(font, code));
            sign.map_or(Order::Other, Order::Text)
        }
        "EQ" => equation(rest).map_or(Order::Other, Order::Text),
        _ => Order::Other,
    }
}

/// The words of an order; those in quotation marks are one.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix(['"', '“', '”']) {
            Some(quoted) => {
                let end = quoted.find(['"', '“', '”']).unwrap_or(quoted.len());
                (&quoted[..end], quoted[end..].trim_start_matches(['"', '“', '”']))
            }
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                rest.split_at(end)
            }
        };
        words.push(word.to_string());
        rest = after.trim_start();
    }
    words
}

/// `\o\ac(○,5)` is a 5 in a circle; of what stands on each other the last is what is read.
fn equation(text: &str) -> Option<String> {
    let upper = text.to_ascii_lowercase();
    if !upper.contains("\\o") {
        return None;
    }
    let inside = &text[text.find('(')? + 1..text.rfind(')')?];
    let mut depth = 0;
    let comma = inside.char_indices().find(|(_, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0 && matches!(c, ',' | ';')
    });
    let (at, mark) = comma?;
    let (first, last) = (inside[..at].trim(), inside[at + mark.len_utf8()..].trim());
    let is_circle = first.contains(['○', '〇', '◯', '⭕']);
    let circled = last.parse().ok().filter(|_| is_circle).and_then(circled);
    // Readings above a word, `\s\up 9(shui),水`, go.
    let plain = last.rsplit_once('(').map_or(last, |(_, inner)| inner.trim_end_matches(')'));
    Some(circled.unwrap_or_else(|| plain.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{Order, order};

    #[test]
    fn orders_of_fields() {
        let text = |text: &str| Order::Text(text.into());
        for (written, read) in [
            (" HYPERLINK \"https://a.cn/x\" \\t \"_blank\" ", Order::Link("https://a.cn/x".into())),
            ("HYPERLINK \\l \"_Toc1\"", Order::Other),
            ("TOC \\o \"1-3\" \\h", Order::Contents),
            ("SYMBOL 254 \\f \"Wingdings\" \\s 12", text("☑")),
            ("eq \\o\\ac(○,5)", text("⑤")),
            ("EQ \\* jc2 \\* \"Font:宋体\" \\* hps10 \\o\\ad(\\s\\up 9(shuǐ),水)", text("水")),
            ("PAGE", Order::Other),
            ("EQ \\o(", Order::Other),
        ] {
            assert_eq!(order(written), read, "{written}");
        }
    }
}
