//! What must hold for any bytes: called with made-up input by the properties (tests/site), and
//! with whatever a fuzzer finds by tests/fuzz.
#![allow(dead_code)] // Each target of the fuzzer uses one.

use std::fs;

use xianfeng::archive::ledger;
use xianfeng::archive::verify::verify;
use xianfeng::base::format::Format;
use xianfeng::base::lang::Lang;
use xianfeng::base::layout::LEDGER;
use xianfeng::diagnostic::Diagnostic;
use xianfeng::diagnostic::report::{Style, human};
use xianfeng::film::{self, FilmHeader};
use xianfeng::office;
use xianfeng::parse::front_matter::Purpose;
use xianfeng::parse::markdown::{Callouts, Medium, Resolved, Words, survey, to_html};
use xianfeng::parse::{Reading, parse};
use xianfeng::picture::{Coding, Header, Shape, clean, code};
use xianfeng::source::{Source, SourcePath};
use xianfeng::value::moment::parse_zone;

/// A story is read without a panic, and every complaint about it can be drawn.
pub fn front_matter(text: &str) {
    let source = Source::new(SourcePath::new("content/stories/x.md"), text.to_string());
    let reading = Reading::new(parse_zone("+08:00").unwrap(), true, true);
    draw(&parse(source, Purpose::Story, reading).diagnostics);
}

/// A body is surveyed and rendered without a panic; its page.
pub fn markdown(text: &str) -> String {
    survey(text, true);
    let callouts =
        Callouts {
            note: "说明", tip: "提示", important: "重要", warning: "注意", caution: "警告"
        };
    let words = Words {
        notes: "注释",
        back_to_text: "回到正文",
        captions: "字幕",
        checked: "已完成",
        unchecked: "未完成",
        callouts,
    };
    to_html(text, Medium::Page, &words, &|address, _| match address.len() % 3 {
        0 => Resolved::Here(address.to_string()),
        1 => Resolved::Elsewhere(address.to_string()),
        _ => Resolved::Nothing,
    })
}

/// A ledger is read without a panic, and what is written of it reads back to the same.
pub fn ledger(text: &str) {
    let read =
        |text: &str| ledger::read(Some(Source::new(SourcePath::new(LEDGER), text.to_string())));
    let (known, complaints) = read(text);
    draw(&complaints);
    let Some(known) = known else { return };
    let mut entries = known.entries.clone();
    for entry in &mut entries {
        entry.title.push('改');
        entry.withdrawn = !entry.withdrawn;
    }
    let written = known.text(&entries);
    let (again, complaints) = read(&written);
    let again = again.unwrap_or_else(|| panic!("{complaints:?}\n{text:?}\n{written:?}"));
    assert_eq!(again.entries, entries, "{text:?}\n{written:?}");
}

/// Whatever bytes are called a picture, a film or a document: there is an answer, in a moment, and
/// what is published of it has nothing that nobody sees.
pub fn pictures(bytes: &[u8]) {
    office::notes(bytes);
    let read = FilmHeader::read(bytes.len() as u64, &mut |at, most| {
        let rest = bytes.get(at as usize..)?;
        Some(rest[..most.min(rest.len())].to_vec())
    });
    if let Some(header) = read {
        film::clean(bytes.to_vec(), &header);
    }
    let Ok(header) = Header::read(bytes, "svg") else { return };
    if let Some(whole) = clean::copy(bytes, &header)
        && let Ok(again) = Header::read(&whole, "svg")
    {
        let can_tell = !matches!(header.format, Format::Avif | Format::Bmp | Format::Ico);
        assert!(!can_tell || !again.private.any(), "{again:?}");
    }
    // Only small ones, so that many are tried.
    if u64::from(header.stored.0) * u64::from(header.stored.1) < 1 << 18 {
        let wanted = [(Shape::Width(20), Coding::Webp), (Shape::Crop(12, 7), Coding::Jpeg)];
        let _ = code::code(bytes, &header, &wanted, 70);
    }
}

/// A bag of any files is verified without a panic. The files follow each other, each ended by
/// a zero byte.
pub fn bag(files: &[u8]) {
    const NAMES: [&str; 7] = [
        "bagit.txt",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "bag-info.txt",
        "fetch.txt",
        "data/文件目录.XML",
        "data/电子档案/2026/支部/0001/metadata.xml",
    ];
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in NAMES.into_iter().zip(files.split(|&byte| byte == 0)) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    if let Ok(report) = verify(folder.path(), "bag", &|_| ()) {
        draw(&report.diagnostics);
    }
}

/// Every complaint can be drawn, and its place is in its line.
pub fn draw(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        if let Some(at) = &diagnostic.place.position() {
            let end = at.excerpt.chars().count() + 1;
            assert!(at.line >= 1 && (1..=end).contains(&at.column), "{at:?}");
        }
        for lang in [Lang::Zh, Lang::En] {
            human(diagnostic, Style { lang, colour: false });
        }
    }
}
