//! Objects of JSON-LD (<https://www.w3.org/TR/json-ld11/>) in the words of schema.org, written as
//! they are made: most pages have long ones, and a map of values would cost several times as much.

use std::fmt::Write;

use crate::base::text::without_noncharacters;

/// An object whose keys stand in the order in which they were given, without its last brace.
#[derive(Clone, Debug)]
pub(super) struct Node(String);

impl Node {
    /// An object of a type of schema.org.
    pub(super) fn new(of: &str) -> Self {
        // Room for one with a name and an address, which most are.
        let mut json = String::with_capacity(256);
        json.push('{');
        Self(json).text("@type", of)
    }

    /// An item of a list, counted from 1.
    pub(super) fn item(position: usize, name: &str) -> Self {
        Self::new("ListItem").number("position", position).text("name", name)
    }

    /// The whole text of a data block.
    pub(super) fn graph(nodes: Vec<Self>) -> Vec<u8> {
        let size = nodes.iter().map(|node| node.0.len() + 2).sum::<usize>();
        let mut json = String::with_capacity(size + 64);
        json.push('{');
        let graph = Self(json).text("@context", "https://schema.org");
        let graph = graph.list("@graph", nodes.into_iter(), Self::close_into);
        without_noncharacters(graph.close()).into_bytes()
    }

    pub(super) fn text(mut self, key: &str, value: &str) -> Self {
        self.key(key);
        push_text(&mut self.0, value);
        self
    }

    pub(super) fn number(mut self, key: &str, value: usize) -> Self {
        self.key(key);
        let _ = write!(self.0, "{value}");
        self
    }

    /// A text; no key if there is none.
    pub(super) fn maybe(self, key: &str, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.text(key, value.as_ref()),
            None => self,
        }
    }

    /// A list of texts; no key if it is empty.
    pub(super) fn texts(
        self,
        key: &str,
        values: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Self {
        let mut values = values.into_iter().peekable();
        match values.peek() {
            Some(_) => self.list(key, values, |out, value| push_text(out, value.as_ref())),
            None => self,
        }
    }

    pub(super) fn node(mut self, key: &str, value: &Self) -> Self {
        self.key(key);
        self.0.push_str(&value.0);
        self.0.push('}');
        self
    }

    /// A list of objects; no key if it is empty.
    pub(super) fn nodes(self, key: &str, values: impl IntoIterator<Item = Self>) -> Self {
        let mut values = values.into_iter().peekable();
        match values.peek() {
            Some(_) => self.list(key, values, Self::close_into),
            None => self,
        }
    }

    fn list<T>(
        mut self,
        key: &str,
        values: impl Iterator<Item = T>,
        write: impl Fn(&mut String, T),
    ) -> Self {
        self.key(key);
        let mut mark = '[';
        for value in values {
            self.0.push(mark);
            write(&mut self.0, value);
            mark = ',';
        }
        self.0.push_str(if mark == '[' { "[]" } else { "]" });
        self
    }

    /// Keys are words of the two vocabularies, without a mark in them.
    fn key(&mut self, key: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push('"');
        self.0.push_str(key);
        self.0.push_str("\":");
    }

    fn close(mut self) -> String {
        self.0.push('}');
        self.0
    }

    fn close_into(out: &mut String, node: Self) {
        out.push_str(&node.0);
        out.push('}');
    }
}

/// Writes a string of JSON (RFC 8259, section 7) that is only text to whoever reads HTML: without
/// marks that begin or end a tag or an attribute's value.
fn push_text(out: &mut String, text: &str) {
    let is_mark = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\' | b'<' | b'>' | b'&');
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_mark) {
        out.push_str(&rest[..at]);
        out.push_str(&format!("\\u{:04x}", rest.as_bytes()[at]));
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_escaped_wherever_they_stand() {
        for mark in ["\"", "\\", "<", ">", "&", "\n", "\u{1}"] {
            for before in 0..40 {
                let text = format!("{}{mark}中文{mark}", "a".repeat(before));
                let json = Node::new("Thing").text("name", &text).close();
                assert!(!json.contains(['<', '>', '&', '\n']), "{json}");
                let read: serde_json::Value = serde_json::from_str(&json).unwrap();
                assert_eq!(read["name"], text.as_str());
            }
        }
    }
}
