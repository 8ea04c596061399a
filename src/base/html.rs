//! HTML by its tokens, as the HTML standard tells them apart, with their places.

use html5gum::{DefaultEmitter, State, StringReader, Token, Tokenizer};

/// Elements without an end.
pub const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// May the end of an element be left out?
pub fn is_loose(name: &str) -> bool {
    LOOSE.contains(&name)
}

const LOOSE: [&str; 17] = [
    "html", "head", "body", "li", "dt", "dd", "p", "rt", "rp", "option", "optgroup", "thead",
    "tbody", "tfoot", "tr", "td", "th",
];

/// How what stands in an element is read, if there is only text in it.
pub fn text_state(name: &str) -> Option<State> {
    Some(match name {
        "script" => State::ScriptData,
        "style" => State::RawText,
        "textarea" | "title" => State::RcData,
        _ => return None,
    })
}

/// The tokens of a text; whoever reads them says where an element has only text in it.
pub fn tokens(html: &str) -> Tokenizer<StringReader<'_>, DefaultEmitter<usize>> {
    Tokenizer::new_with_emitter(html, DefaultEmitter::new_with_span())
}

/// Where a token ends; `None` for a mistake, which is no piece of the text. There is no token for a
/// tag that never ends: what comes after the last end has not been read.
pub fn end_of(token: &Token<usize>) -> Option<usize> {
    Some(match token {
        Token::StartTag(tag) => tag.span.end,
        Token::EndTag(tag) => tag.span.end,
        Token::String(text) => text.span.end,
        Token::Comment(comment) => comment.span.end,
        Token::Doctype(doctype) => doctype.span.end,
        Token::Error(_) => return None,
    })
}
