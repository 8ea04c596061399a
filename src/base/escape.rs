//! Text into HTML and XML.

use pulldown_cmark_escape::escape_html;

/// Appends `text` to `out` with `& < > "` escaped: safe between tags and inside
/// double-quoted attributes, in HTML and in XML.
pub fn escape_into(out: &mut String, text: &str) {
    escape_html(out, text).expect("writing to a string does not fail");
}

/// `text`, escaped as by [`escape_into`]; characters that XML 1.0 forbids are dropped.
pub fn xml(text: &str) -> String {
    let allowed = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        c => !c.is_control(),
    };
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    if text.contains(|c| !allowed(c)) {
        escape_into(&mut out, &text.chars().filter(|&c| allowed(c)).collect::<String>());
    } else {
        escape_into(&mut out, text);
    }
    out
}

/// JSON that is only text to whoever reads HTML: without marks that begin or end a tag or a value.
pub fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    let mut rest = json;
    while let Some(at) = rest.find(['<', '>', '&', '\\']) {
        out.push_str(&rest[..at]);
        // What is escaped comes in two; the second is never longer than a byte.
        let (escaped, length) = match &rest.as_bytes()[at..] {
            [b'<', ..] => ("\\u003c", 1),
            [b'>', ..] => ("\\u003e", 1),
            [b'&', ..] => ("\\u0026", 1),
            [_, b'"', ..] => ("\\u0022", 2),
            _ => (&rest[at..(at + 2).min(rest.len())], 2),
        };
        out.push_str(escaped);
        rest = &rest[(at + length).min(rest.len())..];
    }
    out.push_str(rest);
    out
}

/// Text that was escaped like this, or by a template, as it was.
pub fn unescape(text: &str) -> String {
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'")];
    let text = entities.iter().fold(text.to_string(), |text, (entity, c)| text.replace(entity, c));
    text.replace("&amp;", "&")
}
