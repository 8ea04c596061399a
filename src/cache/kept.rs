//! Documents that were parsed, for the next build or the next change.

use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::{Cache, Codes, Complaint, Unused};
use crate::base::content::Carried;
use crate::base::map::Map;
use crate::diagnostic::{Diagnostic, Fault};
use crate::load::{self, Found};
use crate::output::search::Gathered;
use crate::parse::front_matter::{FrontMatter, Parts, Purpose};
use crate::parse::markdown::Body;
use crate::parse::numbers::NumberKind;
use crate::parse::{Document, Reading, parse};
use crate::source::stamp::Stamp;
use crate::source::{Source, SourcePath};

const SOURCES: &str = "sources";
const SEARCH: &str = "search";

/// The documents of a project, by path. Taken only as long as they are read the same way.
#[derive(Debug, Default)]
pub struct Kept {
    reading: Option<Reading>,
    files: Map<SourcePath, KeptFile>,
    /// What search knows of the texts, if the site has search.
    pub gathered: Gathered,
}

/// What became of one file.
#[derive(Clone, Debug)]
pub struct KeptFile {
    stamp: Option<Stamp>,
    /// Does the stamp tell of every later change?
    settled: bool,
    digest: u64,
    /// The document; none where there is none to speak of.
    pub document: Option<Arc<Document>>,
    /// What was wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Kept {
    /// Documents from the cache of the project in `root`; none, and why, where it has none.
    pub fn read(cache: &Cache, root: &Path) -> Result<Self, Unused> {
        let (reading, files): (Reading, Vec<OwnedFile>) = cache.read(SOURCES)?;
        let gathered = match cache.read(SEARCH) {
            Err(Unused::Missing) => Gathered::default(),
            read => read?,
        };
        let mut codes = Codes::default();
        let files = files.into_iter().map(|file| file.kept(root, &mut codes)).collect();
        Ok(Self { reading: Some(reading), files, gathered })
    }

    /// Writes the documents for the next build.
    pub fn write(&self, cache: &Cache) {
        let Some(reading) = &self.reading else { return };
        let mut files: Vec<_> = self.files.iter().map(|(path, kept)| kept.lent(path)).collect();
        files.sort_by(|a, b| a.path.cmp(b.path));
        cache.write(SOURCES, &(reading, files));
        match reading.plain() {
            true => cache.write(SEARCH, &self.gathered),
            false => cache.remove(SEARCH),
        }
    }

    /// Makes ready for files that are read like this: what was read otherwise goes.
    pub fn prepare(&mut self, reading: Reading) {
        if self.reading != Some(reading) {
            *self = Self { reading: Some(reading), ..Self::default() };
        }
    }

    /// What is known of a file.
    pub fn get(&self, path: &SourcePath) -> Option<&KeptFile> {
        self.files.get(path)
    }

    /// Keeps these files, and no others.
    pub fn replace(&mut self, files: Map<SourcePath, KeptFile>) {
        self.files = files;
    }
}

impl KeptFile {
    /// Reads and parses a file, or takes what is known of it where it has not changed since.
    /// `time` is before anything of the project was looked at. Texts are held only if `hold`.
    pub fn read(
        found: &Found,
        purpose: Purpose,
        reading: Reading,
        before: Option<&Self>,
        time: SystemTime,
        hold: bool,
    ) -> Result<Self, Fault> {
        let same_stamp = |kept: &&Self| kept.settled && kept.stamp == found.stamp;
        if let Some(kept) = before.filter(|_| found.stamp.is_some()).filter(same_stamp) {
            return Ok(kept.clone());
        }
        let bytes = found.file.bytes()?;
        let digest = crate::source::digest(&bytes);
        let settled = found.stamp.is_some_and(|stamp| stamp.is_settled(time));
        if let Some(kept) = before.filter(|kept| kept.digest == digest) {
            return Ok(Self { stamp: found.stamp, settled, ..kept.clone() });
        }
        let mut diagnostics = Vec::new();
        let source = load::decode_text(&found.path, bytes).collect_into(&mut diagnostics);
        let mut document = source
            .and_then(|source| parse(source, purpose, reading).collect_into(&mut diagnostics));
        if let (Carried::Disk(file), false) = (&found.file, hold) {
            let source = Source::let_go(found.path.clone(), file, Some(digest));
            for diagnostic in &mut diagnostics {
                diagnostic.place.let_go(&source);
            }
            if let Some(document) = &mut document {
                document.source = source;
            }
        }
        Ok(Self {
            stamp: found.stamp,
            settled,
            digest,
            document: document.map(Arc::new),
            diagnostics,
        })
    }

    fn lent<'a>(&'a self, path: &'a SourcePath) -> LentFile<'a> {
        LentFile {
            path,
            stamp: self.stamp,
            settled: self.settled,
            digest: self.digest,
            document: self.document.as_ref().map(|document| LentDocument {
                parts: &document.parts,
                front: &document.front,
                body: &document.body,
                numbers: &document.numbers,
                text: document.digest,
            }),
            diagnostics: self.diagnostics.iter().map(Complaint::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct LentFile<'a> {
    path: &'a SourcePath,
    stamp: Option<Stamp>,
    settled: bool,
    digest: u64,
    document: Option<LentDocument<'a>>,
    diagnostics: Vec<Complaint>,
}

#[derive(Serialize)]
struct LentDocument<'a> {
    parts: &'a Parts,
    front: &'a FrontMatter,
    body: &'a Body,
    numbers: &'a [(NumberKind, std::ops::Range<usize>)],
    /// The digest of the text, which may have been in another encoding than the file.
    text: u128,
}

#[derive(Deserialize)]
struct OwnedFile {
    path: SourcePath,
    stamp: Option<Stamp>,
    settled: bool,
    digest: u64,
    document: Option<OwnedDocument>,
    diagnostics: Vec<Complaint>,
}

#[derive(Deserialize)]
struct OwnedDocument {
    parts: Parts,
    front: FrontMatter,
    body: Body,
    numbers: Vec<(NumberKind, std::ops::Range<usize>)>,
    /// The digest of the text, which may have been in another encoding than the file.
    text: u128,
}

impl OwnedFile {
    fn kept(self, root: &Path, codes: &mut Codes) -> (SourcePath, KeptFile) {
        let Self { path, stamp, settled, digest, document, diagnostics } = self;
        let file = root.join(path.as_str());
        let document = document.map(|document| {
            let OwnedDocument { parts, front, body, numbers, text } = document;
            let source = Source::let_go(path.clone(), &file, Some(digest));
            let places = OnceLock::new();
            Arc::new(Document { source, parts, front, body, numbers, digest: text, places })
        });
        let diagnostics =
            diagnostics.into_iter().map(|complaint| complaint.diagnostic(root, codes)).collect();
        (path, KeptFile { stamp, settled, digest, document, diagnostics })
    }
}
