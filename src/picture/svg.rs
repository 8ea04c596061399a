//! Drawings (SVG): what in them could run or ask for something, and their size.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// What a drawing must not have on a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Harm {
    /// A script, or an attribute that runs one.
    Script,
    /// HTML inside of it.
    Html,
    /// Something outside of it that is fetched when it is shown.
    Outside,
    /// Entities of its own, which may be a thousand times as long as the file.
    Entities,
}

/// The text of a drawing; letters of an encoding that it names may be wrong, and marks are not.
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    utf16(bytes).map_or_else(|| String::from_utf8_lossy(bytes), Cow::Owned)
}

/// The text of a drawing, if it is UTF-16: browsers read that with a mark at its beginning, and
/// without one.
pub fn utf16(bytes: &[u8]) -> Option<String> {
    let (big, rest) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (false, rest),
        [0xFE, 0xFF, rest @ ..] => (true, rest),
        [b'<', 0, ..] => (false, bytes),
        [0, b'<', ..] => (true, bytes),
        _ => return None,
    };
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    };
    let units = rest.chunks_exact(2).map(unit);
    Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// The first thing in a drawing that could do harm.
pub fn harm(text: &str) -> Option<Harm> {
    let lower = text.to_ascii_lowercase();
    if lower.contains("<!entity") {
        return Some(Harm::Entities);
    }
    // An attribute may be given to all elements of a name.
    if lower.contains("<!attlist") {
        return Some(Harm::Script);
    }
    let mut rest = lower.as_str();
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let (tag, after) = split_tag(rest);
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        match name.rsplit(':').next().unwrap_or(name) {
            "script" | "handler" => return Some(Harm::Script),
            "foreignobject" | "iframe" | "object" | "embed" => return Some(Harm::Html),
            // A link is followed by a reader and not by the drawing.
            name => {
                if let Some(harm) = harm_of_attributes(&tag[name.len().min(tag.len())..], name) {
                    return Some(harm);
                }
            }
        }
        if name == "style" && asks(after.split("</").next().unwrap_or_default()) {
            return Some(Harm::Outside);
        }
        rest = after;
    }
    None
}

/// A tag up to its `>`, which may stand in quotes, and what follows.
fn split_tag(text: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return (&text[..at], &text[at + 1..]),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    (text, "")
}

fn harm_of_attributes(mut tag: &str, element: &str) -> Option<Harm> {
    while let Some(at) = tag.find('=') {
        let key = tag[..at].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let value = tag[at + 1..].trim_start();
        let quoted = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, rest) = match quoted {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        let value = referred(value);
        let plain: String =
            value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        if key.starts_with("on") && key.len() > 2 || plain.contains("javascript:") {
            return Some(Harm::Script);
        }
        let local = key.rsplit(':').next().unwrap_or(key);
        let is_inside =
            plain.starts_with('#') || plain.starts_with("data:image/") || plain.is_empty();
        if matches!(local, "href" | "src")
            && !key.starts_with("xmlns")
            && element != "a"
            && !is_inside
            || asks(&plain)
        {
            return Some(Harm::Outside);
        }
        tag = rest;
    }
    None
}

/// A value with the characters that stand in it as their numbers: `&#106;`.
fn referred(value: &str) -> Cow<'_, str> {
    let mut parts = value.split("&#");
    let mut out = Cow::Borrowed(parts.next().unwrap_or_default());
    for part in parts {
        let (number, rest) = part.split_once(';').unwrap_or((part, ""));
        let read = match number.strip_prefix('x') {
            Some(number) => u32::from_str_radix(number, 16),
            None => number.parse(),
        };
        let out = out.to_mut();
        out.extend(read.ok().and_then(char::from_u32));
        out.push_str(rest);
    }
    out
}

/// Does a style ask for something outside of the drawing?
fn asks(style: &str) -> bool {
    let is_inside = |rest: &str| {
        let rest = rest.trim_start_matches([' ', '"', '\'']).trim_start_matches("&quot;");
        rest.starts_with('#') || rest.starts_with("data:")
    };
    style.contains("@import") || style.split("url(").skip(1).any(|rest| !is_inside(rest))
}

/// Width and height of a drawing in pixels, by its attributes, else by its view box.
pub fn size(text: &str) -> Option<(u32, u32)> {
    let at = text.find("<svg")?;
    let (tag, _) = split_tag(&text[at + 1..]);
    let attribute = |name: &str| {
        let at = tag.match_indices(name).find_map(|(at, _)| {
            let before = tag[..at].chars().next_back()?;
            let rest = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
            before.is_whitespace().then_some(rest)
        })?;
        let quote = at.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        at[1..].split_once(quote).map(|(value, _)| value)
    };
    let pixels = |name| {
        let value = attribute(name)?;
        let value = value.trim().strip_suffix("px").unwrap_or(value.trim());
        whole(value.parse::<f64>().ok()?)
    };
    if let (Some(width), Some(height)) = (pixels("width"), pixels("height")) {
        return Some((width, height));
    }
    let view: Vec<f64> = attribute("viewBox")?
        .split([' ', ',', '\n', '\t'])
        .filter(|number| !number.is_empty())
        .map_while(|number| number.parse().ok())
        .collect();
    match view[..] {
        [_, _, width, height] => Some((whole(width)?, whole(height)?)),
        _ => None,
    }
}

fn whole(length: f64) -> Option<u32> {
    (1.0..100_000.0).contains(&length).then(|| length.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::{Harm, harm, size};

    #[test]
    fn drawings_that_could_do_harm() {
        let whole =
            |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>");
        for (inside, expected) in [
            ("<rect fill=\"url(#g)\" font=\"a\"/><a href=\"https://a.cn/\">甲</a>", None),
            ("<!-- <script> --><use xlink:href=\"#a\"/>", None),
            ("<image href=\"data:image/png;base64,AA\"/>", None),
            ("<text>a &#38; b, x=&#60;</text><rect id=\"&#x4e2d;\"/>", None),
            ("<script>1</script>", Some(Harm::Script)),
            ("<a href=\"&#106;avas&#x63;ript:1\"/>", Some(Harm::Script)),
            ("<a href=\"java&#9;script:1\"/>", Some(Harm::Script)),
            ("<rect onclick = 'a()'/>", Some(Harm::Script)),
            ("<a href=\" java\nscript:1\"/>", Some(Harm::Script)),
            ("<x:foreignObject/>", Some(Harm::Html)),
            ("<image href='//a.cn/b.png'/>", Some(Harm::Outside)),
            ("<style>@import 'a.css'</style>", Some(Harm::Outside)),
            ("<rect style=\"fill:url(a.svg#b)\"/>", Some(Harm::Outside)),
        ] {
            assert_eq!(harm(&whole(inside)), expected, "{inside}");
        }
        let listed = "<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"a()\">]><svg/>";
        assert_eq!(harm(listed), Some(Harm::Script));
        assert_eq!(harm("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>"), Some(Harm::Entities));
    }

    #[test]
    fn sizes() {
        assert_eq!(size("<svg width=\"12\" height='7.6px'/>"), Some((12, 8)));
        assert_eq!(size("<?xml?><svg viewBox=\"0 0 30 40\" stroke-width=\"2\"/>"), Some((30, 40)));
        assert_eq!(size("<svg width=\"100%\" height=\"100%\"/>"), None);
        assert_eq!(size("<svg"), None);
    }
}
