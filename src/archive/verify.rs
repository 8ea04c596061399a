//! Is a bag whole? As BagIt any bag; of ours also the catalogue, the records, the book and
//! the web archive.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::OURS;
use super::inventory::{self, Row};
use super::schema::{self, CATALOGUE, CATALOGUE_NAMESPACE, RECORD, RECORD_NAMESPACE};
use super::xml::Element;
use crate::archive::messages;
use crate::bag::contents::{self, BagFiles};
use crate::bag::digest::Algorithm;
use crate::bag::zipped::{EPUB_TYPE, SHARED_STRINGS, ZipProblem, Zipped};
use crate::bag::{self, Findings, Verified, manifest, warc};
use crate::base::fault::Fault;
use crate::base::parallel;
use crate::base::progress::Progress;
use crate::diagnostic::Diagnostic;

/// Our catalogue, by which our bags are known.
pub const CATALOGUE_PATH: &str = "data/文件目录.XML";

const CSV_PATH: &str = "data/文件目录.csv";
const SHEET_PATH: &str = "data/文件目录.xlsx";
const ITEMS: &str = "data/电子档案/";

/// The catalogue of ten thousand items has five megabytes.
const LONGEST_CATALOGUE: u64 = 64 * 1024 * 1024;

/// A record has a few kilobytes.
const LONGEST_RECORD: u64 = 4 * 1024 * 1024;

/// What was verified.
#[derive(Debug)]
pub struct VerifyReport {
    /// Files of the payload that are listed: what Payload-Oxum counts, and whoever made the bag.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Items, where the bag is one of ours.
    pub items: Option<usize>,
    /// Everything that is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Verifies the bag in a folder, called `shown` in messages.
pub fn verify(
    folder: &Path,
    shown: &str,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<VerifyReport, Fault> {
    let mut findings = Findings::of(shown);
    let verified = bag::verify(folder, &mut findings, progress)?;
    let ours = verified.files.contains_key(CATALOGUE_PATH);
    let mut items = None;
    if ours {
        let rows = catalogue_rows(folder, &verified.files, &mut findings)?;
        if let Some(rows) = &rows {
            check_items(folder, rows, &verified, &mut findings)?;
            check_copies(folder, rows, &verified.files, &mut findings)?;
        }
        check_extras(folder, &verified.files, &mut findings)?;
        items = rows.map(|rows| rows.len());
    }
    Ok(VerifyReport {
        files: verified.listed.keys().filter(|path| path.starts_with("data/")).count(),
        bytes: verified.bytes,
        items,
        diagnostics: findings.into_diagnostics(),
    })
}

/// The rows of the catalogue, if it can be read.
pub(super) fn catalogue_rows(
    folder: &Path,
    files: &BagFiles,
    findings: &mut Findings,
) -> Result<Option<Vec<Row>>, Fault> {
    if !files.contains_key(CATALOGUE_PATH) {
        findings.at("", messages::bag_not_ours);
        return Ok(None);
    }
    let root = document(folder, CATALOGUE_PATH, LONGEST_CATALOGUE)?;
    let Some(root) = root else {
        findings.at(CATALOGUE_PATH, messages::bag_xml_broken);
        return Ok(None);
    };
    if let Some(mismatch) = schema::check(&root, &CATALOGUE, CATALOGUE_NAMESPACE) {
        findings.at(CATALOGUE_PATH, |place| {
            messages::bag_xml_mismatch(place, &mismatch.path, mismatch.rule)
        });
        return Ok(None);
    }
    Ok(Some(inventory::from_xml(&root)))
}

fn document(folder: &Path, path: &str, most: u64) -> Result<Option<Element>, Fault> {
    let text = contents::text(folder, path, most)?;
    Ok(text.and_then(|text| Element::parse(&text).ok()))
}

/// Every row has its folder, every folder its row, and every record says the same.
fn check_items(
    folder: &Path,
    rows: &[Row],
    verified: &Verified,
    findings: &mut Findings,
) -> Result<(), Fault> {
    let mut folders = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    for row in rows {
        let safe = manifest::check(&row.folder).is_ok() && row.folder.starts_with("电子档案/");
        if !safe || !folders.insert(format!("data/{}", row.folder)) {
            findings.at(CATALOGUE_PATH, |p| messages::bag_folder_wrong(p, &row.folder));
        }
        if !numbers.insert(&row.number) {
            findings.at(CATALOGUE_PATH, |p| messages::bag_number_twice(p, &row.number));
        }
    }
    let mut unlisted = BTreeSet::new();
    for path in verified.files.keys().filter(|path| path.starts_with(ITEMS)) {
        // 电子档案/YEAR/CLASS/ITEM/…
        let end = path.match_indices('/').nth(4).map(|(at, _)| &path[..at]);
        if !end.is_some_and(|end| folders.contains(end)) {
            unlisted.insert(end.unwrap_or(path).to_string());
        }
    }
    unlisted.iter().for_each(|path| findings.at(path, messages::bag_item_unlisted));
    let checked = parallel::map(rows, |row| check_item(folder, row, verified));
    for problems in checked {
        for (path, problem) in problems? {
            findings.at(&path, |place| match problem {
                Defect::Missing => messages::bag_item_missing(place),
                Defect::Broken => messages::bag_xml_broken(place),
                Defect::Mismatch(at, rule) => messages::bag_xml_mismatch(place, &at, rule),
                Defect::Differs(field) => messages::bag_record_differs(place, &field),
            });
        }
    }
    Ok(())
}

enum Defect {
    Missing,
    Broken,
    Mismatch(String, schema::SchemaRule),
    Differs(String),
}

/// What is wrong with one item: paths, and what of each.
fn check_item(
    folder: &Path,
    row: &Row,
    verified: &Verified,
) -> Result<Vec<(String, Defect)>, Fault> {
    if manifest::check(&row.folder).is_err() {
        return Ok(Vec::new());
    }
    let path = |name: &str| format!("data/{}/{name}", row.folder);
    let mut problems = Vec::new();
    for name in OURS {
        // What the manifest has and the folder has not was said already.
        if !verified.files.contains_key(&path(name)) {
            problems.push((path(name), Defect::Missing));
        }
    }
    let metadata = path("metadata.xml");
    if !problems.is_empty() {
        return Ok(problems);
    }
    let Some(record) = document(folder, &metadata, LONGEST_RECORD)? else {
        return Ok(vec![(metadata, Defect::Broken)]);
    };
    if let Some(mismatch) = schema::check(&record, &RECORD, RECORD_NAMESPACE) {
        return Ok(vec![(metadata, Defect::Mismatch(mismatch.path, mismatch.rule))]);
    }
    let inner = "电子文件元数据";
    let same = [
        ("档号", record.at(&[inner, "档号"]), &row.number),
        ("题名", record.at(&[inner, "内容描述", "题名"]), &row.title),
        ("日期", record.at(&[inner, "内容描述", "日期"]), &row.date),
        ("密级", record.at(&[inner, "内容描述", "密级"]), &row.secrecy),
    ];
    for (field, in_record, in_catalogue) in same {
        if in_record != in_catalogue {
            problems.push((metadata.clone(), Defect::Differs(field.into())));
        }
    }
    let files = record.child(inner).into_iter().flat_map(|inner| &inner.children);
    let mut named = BTreeMap::new();
    for file in files.filter(|child| child.name == "电子属性") {
        named.insert(path(file.at(&["计算机文件名"])), file);
    }
    for (path, file) in &named {
        let size = verified.files.get(path).map(u64::to_string);
        let digest = verified.listed.get(path).and_then(|digests| {
            let found = digests.iter().find(|(algorithm, _)| *algorithm == Algorithm::Sha256);
            found.map(|(_, digest)| digest.as_str())
        });
        let same = size.as_deref() == Some(file.at(&["计算机文件大小"]))
            && digest == Some(file.at(&["数字摘要"]));
        if !same {
            let name = file.at(&["计算机文件名"]).to_string();
            problems.push((metadata.clone(), Defect::Differs(name)));
        }
    }
    let inside = verified.files.range(path("")..).map(|(path, _)| path);
    for there in inside.take_while(|there| there.starts_with(&path(""))) {
        if *there != metadata && !named.contains_key(there) {
            problems.push((metadata.clone(), Defect::Differs(there.clone())));
        }
    }
    Ok(problems)
}

/// The catalogue for people says the same as the one for programs.
fn check_copies(
    folder: &Path,
    rows: &[Row],
    files: &BagFiles,
    findings: &mut Findings,
) -> Result<(), Fault> {
    if !files.contains_key(CSV_PATH) {
        findings.at(CSV_PATH, messages::bag_item_missing);
    } else if contents::text(folder, CSV_PATH, LONGEST_CATALOGUE)? != Some(inventory::csv(rows)) {
        findings.at(CSV_PATH, messages::bag_copy_differs);
    }
    if !files.contains_key(SHEET_PATH) {
        findings.at(SHEET_PATH, messages::bag_item_missing);
        return Ok(());
    }
    let mut sheet = match Zipped::open(folder, SHEET_PATH)? {
        Ok(sheet) => sheet,
        Err(problem) => {
            findings.at(SHEET_PATH, |place| messages::bag_zip(place, &problem));
            return Ok(());
        }
    };
    match sheet.test().and_then(|()| sheet.text(SHARED_STRINGS)) {
        Err(problem) => findings.at(SHEET_PATH, |place| messages::bag_zip(place, &problem)),
        Ok(strings) => {
            let strings = Element::parse(&strings).unwrap_or_default();
            let texts: BTreeSet<&str> = strings.children.iter().map(|s| s.at(&["t"])).collect();
            let has = |text: &String| text.is_empty() || texts.contains(text.as_str());
            if !rows.iter().all(|row| has(&row.number) && has(&row.title) && has(&row.folder)) {
                findings.at(SHEET_PATH, messages::bag_copy_differs);
            }
        }
    }
    Ok(())
}

/// The site, the book and the web archive can be opened.
fn check_extras(folder: &Path, files: &BagFiles, findings: &mut Findings) -> Result<(), Fault> {
    for path in ["data/其他/site/index.html", "data/其他/汇编.epub", "data/其他/site.warc.gz"]
    {
        if !files.contains_key(path) {
            findings.at(path, messages::bag_item_missing);
        }
    }
    let others = files.iter().filter(|(path, _)| {
        path.strip_prefix("data/其他/").is_some_and(|name| !name.contains('/'))
    });
    for (path, size) in others {
        if path.ends_with(".epub") {
            if let Some(problem) = epub_problem(folder, path)? {
                findings.at(path, |place| messages::bag_zip(place, &problem));
            }
        } else if path.ends_with(".warc.gz") && warc::records(folder, path, *size)?.is_none() {
            findings.at(path, messages::bag_warc);
        }
    }
    Ok(())
}

fn epub_problem(folder: &Path, path: &str) -> Result<Option<ZipProblem>, Fault> {
    let mut book = match Zipped::open(folder, path)? {
        Ok(book) => book,
        Err(problem) => return Ok(Some(problem)),
    };
    let mut look = || {
        book.test()?;
        let lacks = |name: &str| ZipProblem::Lacks(name.into());
        if book.first() != Some(("mimetype".into(), true)) || book.text("mimetype")? != EPUB_TYPE {
            return Err(lacks("mimetype"));
        }
        let container = "META-INF/container.xml";
        let root = Element::parse(&book.text(container)?).map_err(|_| lacks(container))?;
        let package = root.child("rootfiles").and_then(|files| files.child("rootfile"));
        let package = package.and_then(|file| {
            file.attributes.iter().find(|(name, _)| name == "full-path").map(|(_, path)| path)
        });
        book.text(package.ok_or_else(|| lacks(container))?).map(drop)
    };
    Ok(look().err())
}
