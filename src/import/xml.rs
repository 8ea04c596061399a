//! XML of Office files as a tree: names by what their namespace means, not by its prefix, so that
//! the transitional and the strict form of a file are the same. Bounded whatever the bytes say.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{PrefixDeclaration, QName, ResolveResult};
use quick_xml::reader::NsReader;

use super::Refusal;
use crate::base::map::Map;
use crate::source::decode;

/// Levels of elements in each other. A table in a table is four of them.
const DEEPEST: usize = 256;

/// Elements and texts of one part.
const MOST_NODES: usize = 6_000_000;

/// What the names of namespaces begin with, and what stands for them here.
const NAMESPACES: [(&str, &str); 33] = [
    ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("w", "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("r", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("a", "http://purl.oclc.org/ooxml/drawingml/main"),
    ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("wp", "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"),
    ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    ("pic", "http://purl.oclc.org/ooxml/drawingml/picture"),
    ("c", "http://schemas.openxmlformats.org/drawingml/2006/chart"),
    ("c", "http://purl.oclc.org/ooxml/drawingml/chart"),
    ("c", "http://schemas.microsoft.com/office/drawing/2014/chartex"),
    ("dgm", "http://schemas.openxmlformats.org/drawingml/2006/diagram"),
    ("dgm", "http://purl.oclc.org/ooxml/drawingml/diagram"),
    ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
    ("m", "http://purl.oclc.org/ooxml/officeDocument/math"),
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
    ("wpg", "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"),
    ("wpc", "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"),
    ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
    ("asvg", "http://schemas.microsoft.com/office/drawing/2016/SVG/main"),
    ("pr", "http://schemas.openxmlformats.org/package/2006/relationships"),
    ("pr", "http://purl.oclc.org/ooxml/package/relationships"),
    ("cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("x", "http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    ("x", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    ("pkg", "http://schemas.microsoft.com/office/2006/xmlPackage"),
];

/// No node.
const NONE: u32 = u32::MAX;

/// The name of texts.
const TEXT: u32 = 0;

/// A part of an Office file.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<NodeRow>,
    attributes: Vec<(u32, (u32, u32))>,
    text: String,
    names: Names,
}

#[derive(Clone, Copy, Debug)]
struct NodeRow {
    name: u32,
    /// Attributes of an element; the characters of a text.
    range: (u32, u32),
    first: u32,
    next: u32,
}

#[derive(Debug, Default)]
struct Names {
    all: Vec<String>,
    by_name: Map<&'static str, Map<String, u32>>,
}

impl Names {
    fn give(&mut self, prefix: &'static str, local: &str) -> u32 {
        let known = self.by_name.entry(prefix).or_default();
        if let Some(&id) = known.get(local) {
            return id;
        }
        let id = self.all.len() as u32;
        self.all.push(if prefix.is_empty() { local.into() } else { format!("{prefix}:{local}") });
        known.insert(local.into(), id);
        id
    }
}

fn prefix_of(namespace: &ResolveResult<'_>) -> &'static str {
    let ResolveResult::Bound(namespace) = namespace else { return "" };
    let known = NAMESPACES.iter().find(|(_, name)| *name == namespace.into_inner());
    known.map_or("?", |(prefix, _)| prefix)
}

impl Tree {
    /// Reads a part.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Refusal> {
        let source = text_of(bytes)?;
        let mut reader = NsReader::from_str(&source);
        // Office files have no tags that do not match; what has them is damaged.
        let mut tree = Self {
            nodes: Vec::new(),
            attributes: Vec::new(),
            text: String::new(),
            names: Names::default(),
        };
        tree.names.give("", "#text");
        let root = tree.push(TEXT, (0, 0));
        // Each open element, and its last child.
        let mut open: Vec<(u32, u32)> = vec![(root, NONE)];
        loop {
            let (namespace, event) = reader.read_resolved_event().map_err(|_| Refusal::Damaged)?;
            let is_start = matches!(event, Event::Start(_));
            match event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let prefix = prefix_of(&namespace);
                    let name = tree.names.give(prefix, tag.local_name().into_inner());
                    let range = tree.read_attributes(&reader, &tag)?;
                    let node = tree.add(&mut open, name, range);
                    if is_start {
                        if open.len() > DEEPEST {
                            return Err(Refusal::Deep);
                        }
                        open.push((node, NONE));
                    }
                }
                Event::End(_) => {
                    open.pop();
                    if open.is_empty() {
                        return Err(Refusal::Damaged);
                    }
                }
                Event::Text(text) => {
                    let text = text.xml_content(XmlVersion::Implicit1_0);
                    tree.add_text(&mut open, &text);
                }
                Event::CData(text) => tree.add_text(&mut open, &text),
                Event::GeneralRef(reference) => {
                    let c = reference.resolve_char_ref().ok().flatten();
                    let name: &str = &reference;
                    let known =
                        [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
                    let named = known.iter().find(|(known, _)| *known == name).map(|&(_, c)| c);
                    if let Some(c) = c.or(named) {
                        tree.add_text(&mut open, c.encode_utf8(&mut [0; 4]));
                    }
                }
                Event::DocType(_) => return Err(Refusal::Doctype),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
            if tree.nodes.len() > MOST_NODES {
                return Err(Refusal::Large);
            }
        }
        let has_element = tree.nodes.iter().any(|node| node.name != TEXT);
        (open.len() == 1 && has_element).then_some(tree).ok_or(Refusal::Damaged)
    }

    fn push(&mut self, name: u32, range: (u32, u32)) -> u32 {
        self.nodes.push(NodeRow { name, range, first: NONE, next: NONE });
        self.nodes.len() as u32 - 1
    }

    fn add(&mut self, open: &mut [(u32, u32)], name: u32, range: (u32, u32)) -> u32 {
        let node = self.push(name, range);
        if let Some((parent, last)) = open.last_mut() {
            match *last {
                NONE => self.nodes[*parent as usize].first = node,
                last => self.nodes[last as usize].next = node,
            }
            *last = node;
        }
        node
    }

    fn add_text(&mut self, open: &mut [(u32, u32)], text: &str) {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        // What follows a text at once is one with it.
        if let Some(&(_, last)) = open.last()
            && last != NONE
            && self.nodes[last as usize].name == TEXT
            && self.nodes[last as usize].range.1 == start
        {
            self.nodes[last as usize].range.1 = self.text.len() as u32;
            return;
        }
        let range = (start, self.text.len() as u32);
        self.add(open, TEXT, range);
    }

    fn read_attributes(
        &mut self,
        reader: &NsReader<&[u8]>,
        tag: &BytesStart<'_>,
    ) -> Result<(u32, u32), Refusal> {
        let first = self.attributes.len() as u32;
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| Refusal::Damaged)?;
            let QName(name) = attribute.key;
            if let Some(PrefixDeclaration::Default | PrefixDeclaration::Named(_)) =
                attribute.key.as_namespace_binding()
            {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.unwrap_or(attribute.value);
            let (namespace, local) = reader.resolver().resolve_attribute(QName(name));
            let name = self.names.give(prefix_of(&namespace), local.into_inner());
            let start = self.text.len() as u32;
            self.text.push_str(&value);
            self.attributes.push((name, (start, self.text.len() as u32)));
        }
        Ok((first, self.attributes.len() as u32))
    }

    /// The outermost element.
    pub fn root(&self) -> Element<'_> {
        let document = Element { tree: self, at: 0 };
        document.children().next().unwrap_or(document)
    }
}

/// Bytes of XML as text, in whatever encoding they are.
fn text_of(mut bytes: Vec<u8>) -> Result<String, Refusal> {
    match bytes.as_slice() {
        [b'<', 0, ..] => drop(bytes.splice(0..0, [0xFF, 0xFE])),
        [0, b'<', ..] => drop(bytes.splice(0..0, [0xFE, 0xFF])),
        _ => {}
    }
    decode::decode(bytes).map(|decoded| decoded.text).map_err(|_| Refusal::Damaged)
}

/// An element of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub struct Element<'t> {
    tree: &'t Tree,
    at: u32,
}

impl<'t> Element<'t> {
    fn row(self) -> &'t NodeRow {
        &self.tree.nodes[self.at as usize]
    }

    /// Its name, with what stands for its namespace: `w:p`.
    pub fn name(self) -> &'t str {
        &self.tree.names.all[self.row().name as usize]
    }

    /// The value of an attribute.
    pub fn attribute(self, name: &str) -> Option<&'t str> {
        let (from, to) = self.row().range;
        let all = self.tree.attributes.get(from as usize..to as usize)?;
        let found = all.iter().find(|(id, _)| self.tree.names.all[*id as usize] == name)?;
        let (from, to) = found.1;
        Some(&self.tree.text[from as usize..to as usize])
    }

    /// The attribute `w:val`.
    pub fn value(self) -> Option<&'t str> {
        self.attribute("w:val")
    }

    fn nodes(self) -> impl Iterator<Item = Element<'t>> {
        let mut at = self.row().first;
        std::iter::from_fn(move || {
            let node = Element { tree: self.tree, at };
            (at != NONE).then(|| {
                at = node.row().next;
                node
            })
        })
    }

    /// Its elements.
    pub fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.nodes().filter(|node| node.row().name != TEXT)
    }

    /// Its first element of this name.
    pub fn child(self, name: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.name() == name)
    }

    /// The element at the end of these names.
    pub fn at(self, path: &[&str]) -> Option<Element<'t>> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// The text that stands in it, not in its elements.
    pub fn text(self) -> String {
        let texts = self.nodes().filter(|node| node.row().name == TEXT);
        texts.map(Element::own_text).collect()
    }

    fn own_text(self) -> &'t str {
        let (from, to) = self.row().range;
        &self.tree.text[from as usize..to as usize]
    }

    /// Every element below it of this name, those in each other too.
    pub fn all(self, name: &str) -> Vec<Element<'t>> {
        let mut found = Vec::new();
        // No recursion: a part may be deep.
        let mut open: Vec<Element<'t>> = self.children().collect();
        open.reverse();
        while let Some(element) = open.pop() {
            if element.name() == name {
                found.push(element);
            }
            let before = open.len();
            open.extend(element.children());
            open[before..].reverse();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Refusal, Tree};

    const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

    #[test]
    fn names_are_what_their_namespaces_mean() {
        let text = format!(
            "<v:p xmlns:v=\"{STRICT}\" v:val=\"1\" val=\"2\"><v:t>甲&amp;&#20057;</v:t></v:p>"
        );
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [text.into_bytes(), units] {
            let tree = Tree::read(bytes).unwrap();
            let root = tree.root();
            assert_eq!((root.name(), root.value()), ("w:p", Some("1")));
            assert_eq!(root.attribute("val"), Some("2"));
            assert_eq!(root.child("w:t").unwrap().text(), "甲&乙");
        }
    }

    #[test]
    fn what_could_do_harm_is_refused() {
        let read = |text: &str| Tree::read(text.as_bytes().to_vec()).map(|_| ());
        assert_eq!(read("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), Err(Refusal::Doctype));
        assert_eq!(read(&"<a>".repeat(100_000)), Err(Refusal::Deep));
        for damaged in ["", "甲", "<a>", "<a></b>", "</a>"] {
            assert_eq!(read(damaged), Err(Refusal::Damaged), "{damaged}");
        }
    }
}
