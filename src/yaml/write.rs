//! YAML written: a tree becomes a text that reads back to the same tree.

use std::fmt::Write as _;

use super::Node;

/// Lists and maps that fit on a line of so many characters are written on one.
const LINE: usize = 80;

/// The lines of a map, as front matter has them. They read back to the same entries if no key
/// has more than 1 000 characters, no number another spelling than that of its value, and
/// nothing is deeper than 128 levels.
pub fn write(entries: &[(String, Node)]) -> String {
    let mut out = String::new();
    map(&mut out, entries, 0);
    out
}

/// A text as a YAML scalar on one line, in quotes where it needs them.
pub fn quote(text: &str) -> String {
    if is_plain(text) { text.to_string() } else { in_quotes(text) }
}

fn map(out: &mut String, entries: &[(String, Node)], indent: usize) {
    for (i, (key, node)) in entries.iter().enumerate() {
        // The first key of a list's item stands after its dash.
        if i > 0 || !out.ends_with("- ") {
            let _ = write!(out, "{:indent$}", "");
        }
        out.push_str(&quote_in_flow(key));
        out.push(':');
        value(out, node, indent);
    }
}

/// The value of a key, from after its colon to the end of its last line.
fn value(out: &mut String, node: &Node, indent: usize) {
    match node {
        Node::Null => out.push('\n'),
        Node::List(items) if !items.is_empty() && !fits(node) => {
            out.push('\n');
            for item in items {
                let _ = write!(out, "{:indent$}- ", "", indent = indent + 2);
                match item {
                    Node::Map(entries) if !entries.is_empty() && !fits(item) => {
                        map(out, entries, indent + 4);
                    }
                    item => {
                        flow(out, item);
                        out.push('\n');
                    }
                }
            }
        }
        Node::Map(entries) if !entries.is_empty() && !fits(node) => {
            out.push('\n');
            map(out, entries, indent + 2);
        }
        Node::Text(text) => {
            let _ = writeln!(out, " {}", quote(text));
        }
        node => {
            out.push(' ');
            flow(out, node);
            out.push('\n');
        }
    }
}

/// Is it short enough for one line?
fn fits(node: &Node) -> bool {
    let mut line = String::new();
    flow(&mut line, node);
    line.chars().count() <= LINE
}

/// A node on one line.
fn flow(out: &mut String, node: &Node) {
    match node {
        Node::Null => out.push('~'),
        Node::Bool(value) => {
            let _ = write!(out, "{value}");
        }
        Node::Number(number) => out.push_str(match number.as_str() {
            "inf" => ".inf",
            "-inf" => "-.inf",
            "NaN" => ".nan",
            number => number,
        }),
        Node::Text(text) => out.push_str(&quote_in_flow(text)),
        Node::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                flow(out, item);
            }
            out.push(']');
        }
        Node::Map(entries) => {
            out.push('{');
            for (i, (key, node)) in entries.iter().enumerate() {
                let _ = write!(out, "{}{}: ", if i > 0 { ", " } else { "" }, quote_in_flow(key));
                flow(out, node);
            }
            out.push('}');
        }
    }
}

/// A text beside brackets and commas, or before a colon.
pub fn quote_in_flow(text: &str) -> String {
    let odd = text.contains(['[', ']', '{', '}', ',', ':', '?']);
    if !odd && is_plain(text) { text.to_string() } else { in_quotes(text) }
}

/// Reads a text back as it is without quotes?
fn is_plain(text: &str) -> bool {
    serde_yaml::to_string(text).is_ok_and(|yaml| yaml.strip_suffix('\n') == Some(text))
        && !text.contains(['#', '：'])
}

/// A text in double quotes.
pub fn in_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // What YAML does not take as it is, or takes for a line break or a byte order mark.
            '\u{0}'..='\u{1F}'
            | '\u{7F}'..='\u{9F}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{FEFF}'
            | '\u{FFFE}'
            | '\u{FFFF}' => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
