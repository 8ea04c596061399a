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

/// Text that was escaped like this, or by a template, as it was.
pub fn unescape(text: &str) -> String {
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'")];
    let text = entities.iter().fold(text.to_string(), |text, (entity, c)| text.replace(entity, c));
    text.replace("&amp;", "&")
}
