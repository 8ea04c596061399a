//! What people write elsewhere becomes part of a campaign: Word files, rosters in Excel, Markdown of
//! other generators. Pure: bytes become files to be written, and a report of what was guessed, left
//! out and taken. Nothing here touches the disk.

pub mod form;
pub mod markdown;
pub mod messages;
pub mod package;
pub mod posts;
pub mod roster;
pub mod story;
pub mod text;
pub mod word;
pub mod xml;

use crate::base::format::Format;
use crate::source::decode;
use package::Package;

/// Why LibreOffice has not made a document of Word of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unconverted {
    /// It is not on this machine.
    NoProgram,
    /// It could not do it.
    Failed,
    /// It had not ended after so many seconds.
    TimedOut(u64),
}

/// Why a file cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is not one byte.
    Empty,
    /// It is cut off, or something in it is wrong.
    Damaged,
    /// It has a password.
    Encrypted,
    /// It would unpack to far more than it is.
    Bomb,
    /// Things in it are in each other without end.
    Deep,
    /// It is larger than anything that people write.
    Large,
    /// It declares entities, as no program that writes such files does.
    Doctype,
    /// Word 2003 and before.
    OldWord,
    /// WPS, in its own format.
    Wps,
    /// Another format, whose text Word can save as its own.
    Other(&'static str),
    /// A story of this program.
    Markdown,
    /// It has no document in it.
    NoWord,
    /// There is nothing to be read in it.
    Blank,
    /// It is not known what it is.
    Unknown,
}

/// What a file is, by its bytes.
#[derive(Debug)]
pub enum Kind {
    /// A Word file, open, and its main part.
    Word(Box<Package>, String),
    /// A table: of Excel, WPS, or with commas.
    Table,
    /// Text alone.
    Text,
}

impl std::fmt::Debug for Package {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Package")
    }
}

/// What a file is; `extension` is in lower case, and decides only where bytes do not.
pub fn kind(bytes: &[u8], extension: &str) -> Result<Kind, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.starts_with(b"PK") {
        return zipped(bytes);
    }
    match Format::of(&bytes[..bytes.len().min(crate::base::format::HEAD)]) {
        Some(Format::Ole) => ole(bytes, extension),
        Some(Format::Rtf) => Err(Refusal::Other("RTF")),
        Some(Format::Pdf) => Err(Refusal::Other("PDF")),
        Some(Format::Html) => Err(Refusal::Other("网页")),
        Some(Format::Rar | Format::SevenZip) => Err(Refusal::NoWord),
        Some(Format::Media) => Err(Refusal::Other("音频、视频")),
        Some(format) if format.is_picture() => Err(Refusal::Other("图片")),
        Some(_) => Err(Refusal::Unknown),
        None if bytes.starts_with(b"{\\rtf") => Err(Refusal::Other("RTF")),
        None if extension == "txt" && !text::is_table(bytes) => Ok(Kind::Text),
        None if matches!(extension, "csv" | "txt" | "tsv") => Ok(Kind::Table),
        None if matches!(extension, "md" | "markdown") => Err(Refusal::Markdown),
        // What programs of offices export as a workbook is often a text with tabs.
        None if TABLE_ENDINGS.contains(&extension) && is_text_of_cells(bytes) => Ok(Kind::Table),
        None if memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"MIME-Version")
            .is_some() =>
        {
            Err(Refusal::Other("网页"))
        }
        None => Err(Refusal::Unknown),
    }
}

/// What spreadsheets are called.
const TABLE_ENDINGS: [&str; 6] = ["xls", "xlsx", "xlsm", "et", "ett", "csv"];

/// Is this a text whose first line has cells?
fn is_text_of_cells(bytes: &[u8]) -> bool {
    let Ok(decoded) = decode::decode(bytes.to_vec()) else { return false };
    let text = decoded.text.trim_start();
    let first = text.lines().next().unwrap_or_default();
    let is_odd = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    first.contains(['\t', ',']) && !text.starts_with('<') && !text.contains(is_odd)
}

fn zipped(bytes: &[u8]) -> Result<Kind, Refusal> {
    let mut package = Package::open(bytes.to_vec())?;
    let Some(main) = package.main()? else {
        return Err(match package.bytes("mimetype")? {
            Some(_) if package.has("META-INF/manifest.xml") => Refusal::Other("OpenDocument"),
            Some(_) if package.has("META-INF/container.xml") => Refusal::Other("EPUB"),
            _ if package.has("OFD.xml") => Refusal::Other("OFD"),
            _ if package.has("Index/Document.iwa") || package.has("Index.zip") => {
                Refusal::Other("Pages")
            }
            _ => Refusal::NoWord,
        });
    };
    let folder = main.split('/').next().unwrap_or_default().to_lowercase();
    if folder == "xl" || main.ends_with("workbook.xml") || main.ends_with("workbook.bin") {
        package.test()?;
        return Ok(Kind::Table);
    }
    if folder == "ppt" || main.ends_with("presentation.xml") {
        return Err(Refusal::Other("PowerPoint"));
    }
    match package.has(&main) {
        true => Ok(Kind::Word(Box::new(package), main)),
        false => Err(Refusal::Damaged),
    }
}

/// Of the old format, all programs are told apart by the streams that are in it.
fn ole(bytes: &[u8], extension: &str) -> Result<Kind, Refusal> {
    let has = |name: &str| {
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &units).is_some()
    };
    if has("EncryptedPackage") {
        Err(Refusal::Encrypted)
    } else if has("WordDocument") {
        Err(if extension == "wps" { Refusal::Wps } else { Refusal::OldWord })
    } else if has("Workbook") || has("Book") {
        Ok(Kind::Table)
    } else if has("PowerPoint Document") {
        Err(Refusal::Other("PowerPoint"))
    } else if extension == "wps" {
        Err(Refusal::Wps)
    } else {
        Err(Refusal::Unknown)
    }
}
