//! HTML by its tokens, as the HTML standard tells them apart, with their places.

use html5gum::{DefaultEmitter, StringReader, Token, Tokenizer};

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
