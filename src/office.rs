//! What attached documents say besides: who wrote them, and what was noted in them. Pure
//! functions over the bytes of PDF and Office files.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// What was found in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// Who wrote it, and who changed it last.
    pub authors: Vec<String>,
    /// Where they work.
    pub company: Option<String>,
    /// How many comments there are.
    pub comments: usize,
    /// Is there what was deleted or added, and who did it?
    pub changes: bool,
}

/// So much of a part of a document is read.
const LARGEST_PART: u64 = 32 << 20;

/// The longest name.
const LONGEST: usize = 60;

impl Notes {
    /// Is there anything?
    pub fn any(&self) -> bool {
        *self != Self::default()
    }

    fn author(&mut self, name: &str) {
        let name: String = name.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        if !name.is_empty() && !self.authors.contains(&name) {
            self.authors.push(name);
        }
    }
}

/// What a document says besides what it shows; nothing if it is neither PDF nor a newer Office
/// document.
pub fn notes(bytes: &[u8]) -> Notes {
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => pdf(bytes),
        [b'P', b'K', ..] => office(bytes).unwrap_or_default(),
        _ => Notes::default(),
    }
}

fn office(bytes: &[u8]) -> Option<Notes> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut notes = Notes::default();
    let names: Vec<String> =
        archive.file_names().take(4096).filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let mut part = |name: &str| {
        let file = archive.by_name(name).ok()?;
        let mut text = Vec::new();
        file.take(LARGEST_PART).read_to_end(&mut text).ok()?;
        Some(String::from_utf8_lossy(&text).into_owned())
    };
    if let Some(core) = part("docProps/core.xml") {
        for element in ["dc:creator", "cp:lastModifiedBy"] {
            notes.author(&inside(&core, element).unwrap_or_default());
        }
    }
    if let Some(app) = part("docProps/app.xml") {
        notes.company = inside(&app, "Company").filter(|company| !company.trim().is_empty());
    }
    for name in names.iter().filter(|name| name.contains("comments") && name.ends_with(".xml")) {
        let text = part(name).unwrap_or_default();
        let count = |element: &str| text.matches(&format!("<{element} ")).count();
        notes.comments += count("w:comment") + count("comment") + count("p:cm");
    }
    if let Some(document) = part("word/document.xml") {
        notes.changes = document.contains("<w:ins ") || document.contains("<w:del ");
    }
    Some(notes)
}

/// The text of the first element of this name.
fn inside(xml: &str, element: &str) -> Option<String> {
    let open = xml.find(&format!("<{element}"))?;
    let rest = &xml[open..];
    let text = rest[rest.find('>')? + 1..].split("</").next()?;
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    Some(text.replace("&apos;", "'").replace("&amp;", "&"))
}

fn pdf(bytes: &[u8]) -> Notes {
    let mut notes = Notes::default();
    for at in memchr::memmem::find_iter(bytes, b"/Author").take(8) {
        let rest = bytes[at + 7..].trim_ascii_start();
        notes.author(&pdf_text(rest).unwrap_or_default());
    }
    if let Some(at) = memchr::memmem::find(bytes, b"<dc:creator>") {
        let text = String::from_utf8_lossy(&bytes[at..bytes.len().min(at + 2048)]).into_owned();
        notes.author(&inside(&text, "rdf:li").unwrap_or_default());
    }
    notes
}

/// A string of a PDF: in brackets, or in hexadecimal.
fn pdf_text(text: &[u8]) -> Option<String> {
    let bytes: Vec<u8> = match text {
        [b'(', rest @ ..] => {
            // Brackets within nest (ISO 32000-1, 7.3.4.2).
            let (mut out, mut at, mut depth) = (Vec::new(), 0, 0);
            loop {
                match rest.get(at)? {
                    b')' if depth == 0 => break out,
                    bracket @ (b'(' | b')') => {
                        depth += if *bracket == b'(' { 1 } else { -1 };
                        out.push(*bracket);
                        at += 1;
                    }
                    b'\\' => {
                        let digits = rest[at + 1..].iter().take(3);
                        let octal: Vec<u8> = digits
                            .take_while(|b| (b'0'..b'8').contains(b))
                            .map(|b| b - b'0')
                            .collect();
                        if octal.is_empty() {
                            out.push(*rest.get(at + 1)?);
                            at += 2;
                        } else {
                            at += 1 + octal.len();
                            out.push(
                                octal.iter().fold(0_u8, |n, d| n.wrapping_mul(8).wrapping_add(*d)),
                            );
                        }
                    }
                    byte => {
                        out.push(*byte);
                        at += 1;
                    }
                }
                if out.len() > 512 {
                    break out;
                }
            }
        }
        [b'<', rest @ ..] if rest.first() != Some(&b'<') => {
            let digits = rest.iter().take(1024).take_while(|byte| **byte != b'>');
            let digits: Vec<u8> =
                digits.filter_map(|b| char::from(*b).to_digit(16)).map(|d| d as u8).collect();
            digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
        }
        _ => return None,
    };
    match bytes.as_slice() {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            Some(char::decode_utf16(units).filter_map(Result::ok).collect())
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => Some(String::from_utf8_lossy(rest).into_owned()),
        // What is no Unicode, and nobody knows in which letters it is.
        bytes => bytes.is_ascii().then(|| String::from_utf8_lossy(bytes).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::notes;

    #[test]
    fn who_wrote_a_pdf() {
        let author = |text: &[u8]| {
            let pdf = [b"%PDF-1.7\n1 0 obj << /Author ", text, b" /Creator (WPS) >>"].concat();
            notes(&pdf).authors.join(",")
        };
        assert_eq!(author(b"(Li Lei)"), "Li Lei");
        assert_eq!(author(b"(\\376\\377g\\016)"), "朎");
        assert_eq!(author(b"<FEFF674E>"), "李");
        assert_eq!(author(b"()"), "");
        assert_eq!(author(b"(open"), "");
    }

    #[test]
    fn what_an_office_document_says() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [
            (
                "docProps/core.xml",
                "<a><dc:creator>李 &amp; 雷</dc:creator><cp:lastModifiedBy>韩</cp:lastModifiedBy></a>",
            ),
            ("docProps/app.xml", "<a><Company>青禾公司</Company></a>"),
            (
                "word/comments.xml",
                "<w:comments><w:comment w:id=\"1\"/><w:comment w:id=\"2\"/></w:comments>",
            ),
            ("word/document.xml", "<w:p><w:del w:author=\"x\"/></w:p>"),
        ] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        let found = notes(&bytes);
        assert_eq!(found.authors, ["李 & 雷", "韩"]);
        assert_eq!(found.company.as_deref(), Some("青禾公司"));
        assert_eq!((found.comments, found.changes), (2, true));
        for at in 0..bytes.len() {
            notes(&bytes[..at]);
        }
        assert!(!notes(b"PK no archive").any());
    }
}
