//! What attached documents say besides: who wrote them, and what was noted in them. Pure
//! functions over the bytes of PDF and Office files.

use std::io::{Cursor, Read};

use flate2::read::ZlibDecoder;
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

/// What was added, deleted and moved, and what looked otherwise before: the beginnings of elements,
/// and the end of the names of a dozen others.
const CHANGES: [&str; 7] =
    ["<w:ins ", "<w:del ", "<w:moveFrom ", "<w:moveTo ", "<w:cellIns ", "<w:cellDel ", "PrChange "];

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

/// What a document says besides what it shows; nothing if it is neither PDF nor an Office document.
pub fn notes(bytes: &[u8]) -> Notes {
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => pdf(bytes),
        [b'P', b'K', ..] => office(bytes).unwrap_or_default(),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => older(bytes).unwrap_or_default(),
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
    let is_text = |name: &&String| {
        let kinds = ["document", "header", "footer", "footnotes", "endnotes"];
        name.strip_prefix("word/")
            .is_some_and(|name| kinds.iter().any(|kind| name.starts_with(kind)))
    };
    for name in names.iter().filter(is_text) {
        let text = part(name).unwrap_or_default();
        notes.changes |= CHANGES.iter().any(|change| text.contains(change));
    }
    Some(notes)
}

/// The text of the first element of this name that has any.
fn inside(xml: &str, element: &str) -> Option<String> {
    let open = format!("<{element}");
    let text = xml.split(&open).skip(1).find_map(|rest| {
        let (tag, text) = rest.split_once('>')?;
        // A longer name, or an element without anything in it.
        let is_it = tag.is_empty() || tag.starts_with(|c: char| c.is_ascii_whitespace());
        (is_it && !tag.ends_with('/')).then(|| text.split("</").next()).flatten()
    })?;
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    Some(text.replace("&apos;", "'").replace("&amp;", "&"))
}

/// What older Office programs note, in two lists of properties (MS-OLEPS).
fn older(bytes: &[u8]) -> Option<Notes> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let mut notes = Notes::default();
    let mut list = |name: &str| {
        let mut list = Vec::new();
        let stream = file.open_stream(format!("/\u{5}{name}")).ok()?;
        stream.take(LARGEST_LIST).read_to_end(&mut list).ok()?;
        Some(list)
    };
    if let Some(summary) = list("SummaryInformation") {
        for author in [4, 8] {
            notes.author(&property(&summary, author).unwrap_or_default());
        }
    }
    if let Some(summary) = list("DocumentSummaryInformation") {
        let company = property(&summary, 15).filter(|company| !company.trim().is_empty());
        notes.company = company.map(|company| company.chars().take(LONGEST).collect());
    }
    Some(notes)
}

/// So much of a list of properties is read.
const LARGEST_LIST: u64 = 1 << 20;

/// A text among the properties of the first section of a list.
fn property(list: &[u8], wanted: u32) -> Option<String> {
    let number = |at: usize| Some(u32::from_le_bytes(*list.get(at..)?.first_chunk()?));
    let section = number(44)? as usize;
    let count = number(section.checked_add(4)?)?.min(256) as usize;
    let find = |wanted: u32| {
        let at = (0..count).map(|i| section + 8 + 8 * i).find(|&at| number(at) == Some(wanted))?;
        section.checked_add(number(at + 4)? as usize)
    };
    let at = find(wanted)?;
    let length = number(at.checked_add(4)?)? as usize;
    let from = at + 8;
    let text = match number(at)? & 0xFFFF {
        0x1E => list.get(from..from.checked_add(length)?)?,
        0x1F => list.get(from..from.checked_add(length.checked_mul(2)?)?)?,
        _ => return None,
    };
    // In which letters it is another property says; offices here write GBK.
    let letters = find(1).and_then(|at| number(at.checked_add(4)?)).map(|page| page & 0xFFFF);
    let encoding = match (number(at)? & 0xFFFF, letters) {
        (0x1F, _) | (_, Some(1200)) => encoding_rs::UTF_16LE,
        (_, Some(65001)) => encoding_rs::UTF_8,
        (_, Some(950)) => encoding_rs::BIG5,
        (_, Some(1252)) => encoding_rs::WINDOWS_1252,
        _ => encoding_rs::GB18030,
    };
    let (text, _) = encoding.decode_without_bom_handling(text);
    Some(text.trim_end_matches('\0').to_string())
}

fn pdf(bytes: &[u8]) -> Notes {
    let mut notes = Notes::default();
    authors(bytes, &mut notes);
    // Newer programs compress what describes the file, among other objects.
    let mut room = LARGEST_PART;
    for at in memchr::memmem::find_iter(bytes, b"/ObjStm").take(4096) {
        let rest = &bytes[at..bytes.len().min(at + 512)];
        let Some(from) = memchr::memmem::find(rest, b"stream") else { continue };
        let packed = bytes[at + from + 6..].trim_ascii_start();
        let mut objects = Vec::new();
        // What could be read before something was wrong with it does.
        let _ = ZlibDecoder::new(packed).take(room).read_to_end(&mut objects);
        room -= objects.len() as u64;
        authors(&objects, &mut notes);
    }
    if let Some(at) = memchr::memmem::find(bytes, b"<dc:creator>") {
        let text = String::from_utf8_lossy(&bytes[at..bytes.len().min(at + 2048)]).into_owned();
        notes.author(&inside(&text, "rdf:li").unwrap_or_default());
    }
    notes
}

fn authors(bytes: &[u8], notes: &mut Notes) {
    for at in memchr::memmem::find_iter(bytes, b"/Author").take(8) {
        let rest = bytes[at + 7..].trim_ascii_start();
        notes.author(&pdf_text(rest).unwrap_or_default());
    }
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
    fn what_a_pdf_compresses() {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(b"1 0 << /Author (Li Lei) >>").unwrap();
        let packed = packed.finish().unwrap();
        let pdf = [b"%PDF-1.5\n1 0 obj << /Type /ObjStm >>\nstream\r\n", &packed[..]].concat();
        assert_eq!(notes(&pdf).authors, ["Li Lei"]);
        for at in 0..pdf.len() {
            notes(&pdf[..at]);
        }
    }

    #[test]
    fn who_wrote_an_older_document() {
        // The letters are GBK; then the author, and who changed it last, whose name is empty.
        let mut list = vec![0; 44];
        list.extend(48_u32.to_le_bytes());
        let texts: [(u32, &[u8]); 3] = [
            (1, b"\x02\0\0\0\xA8\x03\0\0"),
            (4, b"\x1E\0\0\0\x03\0\0\0\xC0\xEE\0\0"),
            (8, b"\x1E\0\0\0\x01\0\0\0\0"),
        ];
        list.extend([0, 0, 0, 0, 3, 0, 0, 0]);
        let mut at = 8 + 8 * 3_u32;
        for (id, text) in texts {
            list.extend([id.to_le_bytes(), at.to_le_bytes()].concat());
            at += text.len() as u32;
        }
        texts.iter().for_each(|(_, text)| list.extend_from_slice(text));
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream("/\u{5}SummaryInformation").unwrap().write_all(&list).unwrap();
        let bytes = file.into_inner().into_inner();
        assert_eq!(notes(&bytes).authors, ["李"]);
        for at in (0..bytes.len()).step_by(7) {
            notes(&bytes[..at]);
        }
        let empty = "<a><dc:creator/><cp:lastModifiedBy></cp:lastModifiedBy><Company/></a>";
        assert_eq!(super::inside(empty, "dc:creator"), None);
        assert_eq!(super::inside(empty, "cp:lastModifiedBy").as_deref(), Some(""));
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
