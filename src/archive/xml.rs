//! Small XML documents as trees: written by us, and read from bags that anybody may have
//! written. The home of quick-xml.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::base::escape::xml;

/// An element: text, or other elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name, with its prefix.
    pub name: String,
    /// Its attributes, in order.
    pub attributes: Vec<(String, String)>,
    /// Its text.
    pub text: String,
    /// What is in it.
    pub children: Vec<Element>,
}

/// Why a text is no such document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlError {
    /// It is not well-formed.
    Broken,
    /// It defines entities, which could be anything and any size.
    Doctype,
    /// It is nested deeper than any of our documents.
    Deep,
}

/// Our documents have five levels.
const DEEPEST: usize = 32;

impl Element {
    /// An element with text.
    pub fn text(name: &str, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), ..Self::default() }
    }

    /// An element of others.
    pub fn of(name: &str, children: Vec<Element>) -> Self {
        Self { name: name.into(), children, ..Self::default() }
    }

    /// The same with an attribute more.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((name.into(), value.into()));
        self
    }

    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text at the end of a path of names; empty where it leads nowhere.
    pub fn at(&self, path: &[&str]) -> &str {
        let end = path.iter().try_fold(self, |element, name| element.child(name));
        end.map_or("", |element| &element.text)
    }

    /// The whole document.
    pub fn document(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(&mut out, 0);
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        out.push_str(&format!("{indent}<{}", self.name));
        for (name, value) in &self.attributes {
            out.push_str(&format!(" {name}=\"{}\"", xml(value)));
        }
        if self.children.is_empty() && self.text.is_empty() {
            out.push_str("/>\n");
        } else if self.children.is_empty() {
            out.push_str(&format!(">{}</{}>\n", xml(&self.text), self.name));
        } else {
            out.push_str(">\n");
            self.children.iter().for_each(|child| child.write(out, depth + 1));
            out.push_str(&format!("{indent}</{}>\n", self.name));
        }
    }

    /// Reads a document.
    pub fn parse(text: &str) -> Result<Self, XmlError> {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
        // The elements that are open; the first stands for the document.
        let mut open = vec![Element::default()];
        loop {
            let event = reader.read_event().map_err(|_| XmlError::Broken)?;
            match event {
                Event::Start(tag) => {
                    if open.len() > DEEPEST {
                        return Err(XmlError::Deep);
                    }
                    open.push(started(&tag)?);
                }
                Event::Empty(tag) => close(&mut open, started(&tag)?),
                Event::End(_) => {
                    let element = open.pop().ok_or(XmlError::Broken)?;
                    close(&mut open, element);
                }
                Event::Text(text) => {
                    append(&mut open, &text.xml_content(XmlVersion::Implicit1_0));
                }
                Event::CData(text) => {
                    append(&mut open, &text);
                }
                Event::GeneralRef(reference) => append(&mut open, &resolved(&reference)?),
                Event::DocType(_) => return Err(XmlError::Doctype),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
        }
        let document = open.pop().filter(|_| open.is_empty()).ok_or(XmlError::Broken)?;
        let mut roots = document.children.into_iter();
        match (roots.next(), roots.next()) {
            (Some(root), None) if document.text.trim().is_empty() => Ok(root),
            _ => Err(XmlError::Broken),
        }
    }
}

fn started(tag: &BytesStart<'_>) -> Result<Element, XmlError> {
    let mut element = Element { name: tag.name().as_ref().to_string(), ..Element::default() };
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| XmlError::Broken)?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|_| XmlError::Broken)?.into_owned();
        element.attributes.push((attribute.key.as_ref().to_string(), value));
    }
    Ok(element)
}

fn append(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// Puts a closed element into the one around it. White space between elements is none of
/// their text.
fn close(open: &mut [Element], mut element: Element) {
    if !element.children.is_empty() && element.text.trim().is_empty() {
        element.text.clear();
    }
    if let Some(around) = open.last_mut() {
        if around.text.trim().is_empty() {
            around.text.clear();
        }
        around.children.push(element);
    }
}

/// `&amp;`, `&#x4E2D;`.
fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> Result<String, XmlError> {
    if let Some(c) = reference.resolve_char_ref().map_err(|_| XmlError::Broken)? {
        return Ok(c.to_string());
    }
    let name: &str = reference;
    let known = [("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'")];
    let found = known.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| text.to_string()).ok_or(XmlError::Broken)
}

#[cfg(test)]
mod tests {
    use super::{Element, XmlError};

    #[test]
    fn what_is_written_is_read() {
        let element = Element::of(
            "记录",
            vec![
                Element::text("题名", "a < b & “c” \"d\" 'e' ]]>"),
                Element::of("空", vec![]),
                Element::text("次", "二").with("甲", "1 & \"2\""),
            ],
        )
        .with("xmlns", "urn:x");
        assert_eq!(Element::parse(&element.document()), Ok(element));
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for text in ["", "x", "<a>", "<a></b>", "<a/><b/>", "<a>&nbsp;</a>", "<a b></a>", "</a>"] {
            assert_eq!(Element::parse(text), Err(XmlError::Broken), "{text}");
        }
        let bomb = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
        assert_eq!(Element::parse(bomb), Err(XmlError::Doctype));
        assert_eq!(Element::parse(&"<a>".repeat(1_000_000)), Err(XmlError::Deep));
    }
}
