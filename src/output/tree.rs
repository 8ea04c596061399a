//! What this program writes of a story, as a tree, for writers of other formats: one place decides what
//! a story says and in which order, and the others only how it looks.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A part of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Words.
    Text(String),
    /// A tag and what is in it.
    Element(Element),
}

/// A tag, its attributes, and what is in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// `p`
    pub name: String,
    /// Names and values.
    pub attributes: Vec<(String, String)>,
    /// What is in it.
    pub children: Vec<Node>,
}

/// Tags deeper than this are left out, and what is in them stays: nobody sees so many levels, and what
/// walks a tree needs no more room than for these.
const DEEPEST: usize = 48;

/// The tree of a text that was written by this program.
pub fn parse(xhtml: &str) -> Vec<Node> {
    let mut reader = Reader::from_str(xhtml);
    // The outermost is none.
    let mut open = vec![Element::default()];
    let mut too_deep = 0;
    loop {
        // It is well-formed; if it were not, what came before would have to do.
        match reader.read_event() {
            Ok(Event::Start(_)) if open.len() > DEEPEST => too_deep += 1,
            Ok(Event::Start(tag)) => open.push(element(&tag)),
            Ok(Event::Empty(tag)) => add(&mut open, Node::Element(element(&tag))),
            Ok(Event::End(_)) if too_deep > 0 => too_deep -= 1,
            Ok(Event::End(_)) => close(&mut open),
            Ok(Event::Text(text)) => say(&mut open, &text.xml_content(XmlVersion::Implicit1_0)),
            Ok(Event::CData(text)) => say(&mut open, &text),
            Ok(Event::GeneralRef(reference)) => say(&mut open, &character(&reference)),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.swap_remove(0).children
}

fn element(tag: &BytesStart<'_>) -> Element {
    let attribute = |attribute: quick_xml::events::attributes::Attribute<'_>| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or_default();
        (attribute.key.as_ref().to_string(), value.into_owned())
    };
    Element {
        name: tag.name().as_ref().to_string(),
        attributes: tag.attributes().flatten().map(attribute).collect(),
        children: Vec::new(),
    }
}

fn add(open: &mut [Element], node: Node) {
    if let Some(around) = open.last_mut() {
        around.children.push(node);
    }
}

fn close(open: &mut Vec<Element>) {
    if open.len() > 1
        && let Some(closed) = open.pop()
    {
        add(open, Node::Element(closed));
    }
}

fn say(open: &mut [Element], words: &str) {
    let Some(around) = open.last_mut() else { return };
    match around.children.last_mut() {
        Some(Node::Text(text)) => text.push_str(words),
        _ => around.children.push(Node::Text(words.to_string())),
    }
}

/// The character that a reference stands for.
fn character(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let named = match &**reference {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    };
    named.to_string()
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Is this one of its classes?
    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == class))
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        elements(&self.children)
    }

    /// All words in it.
    pub fn text(&self) -> String {
        let mut out = String::new();
        words(&self.children, &mut out);
        out
    }

    /// The first element of this name, at whatever depth.
    pub fn first(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|child| match child.name == name {
            true => Some(child),
            false => child.first(name),
        })
    }
}

/// The elements among nodes.
pub fn elements(nodes: &[Node]) -> impl Iterator<Item = &Element> {
    nodes.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    })
}

fn words(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(element) => words(&element.children, out),
        }
    }
}

/// Is this set between lines of its own, and not within one?
pub fn is_block(element: &Element) -> bool {
    const BLOCKS: [&str; 30] = [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "hr",
        "figure",
        "figcaption",
        "table",
        "details",
        "summary",
        "caption",
        "center",
        "aside",
        "nav",
    ];
    BLOCKS.contains(&element.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let nodes = parse("<p class=\"a b\">一 &amp; &#x4E8C;<br/>&lt;三<em>四</em></p>");
        let p = elements(&nodes).next().unwrap();
        assert!(p.has_class("b") && !p.has_class("c"));
        assert_eq!(p.text(), "一 & 二<三四");
        assert_eq!(p.first("em").map(Element::text).as_deref(), Some("四"));
    }

    #[test]
    fn no_depth_is_too_much_and_no_word_is_lost() {
        let deep = format!("{}底{}面", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let around = Element { children: parse(&deep), ..Element::default() };
        assert_eq!(around.text(), "底面");
    }
}
