//! What was parsed before: only files that have changed are parsed again.

pub mod pictures;

use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::base::content::Carried;
use crate::base::fault::Fault;
use crate::base::map::Map;
use crate::base::parallel;
use crate::cache::{Cache, Unused};
use crate::diagnostic::stored::{Codes, StoredDiagnostic};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::load::{self, FoundFile, Sources};
use crate::parse::front_matter::{FrontMatter, Parts, Purpose};
use crate::parse::markdown::Body;
use crate::parse::numbers::NumberKind;
use crate::parse::{Document, Documents, Reading, parse};
use crate::source::stamp::Stamp;
use crate::source::{Source, SourcePath};

const STORED: &str = "sources";

/// Texts are held in memory up to so many bytes together; of larger sites each is read
/// once more when its page is rendered.
const HELD: u64 = 64 << 20;

/// The documents of a project, by path. Taken only as long as they are read the same way.
#[derive(Debug, Default)]
pub struct ParseMemo {
    reading: Option<Reading>,
    files: Map<SourcePath, ParsedFile>,
}

/// What became of one file.
#[derive(Clone, Debug)]
struct ParsedFile {
    stamp: Option<Stamp>,
    /// Does the stamp tell of every later change?
    settled: bool,
    digest: u64,
    /// The document; `None` if there is none to speak of.
    document: Option<Arc<Document>>,
    /// What was wrong with it.
    diagnostics: Vec<Diagnostic>,
}

impl ParseMemo {
    /// What the last build of the project in `root` has stored; else why there is nothing.
    pub fn read(cache: &Cache, root: &Path) -> Result<Self, Unused> {
        let (reading, files): (Reading, Vec<OwnedFile>) = cache.read(STORED)?;
        let mut codes = Codes::default();
        let files = files.into_iter().map(|file| file.parsed(root, &mut codes)).collect();
        Ok(Self { reading: Some(reading), files })
    }

    /// Stores the documents for the next build.
    pub fn write(&self, cache: &Cache) {
        let Some(reading) = &self.reading else { return };
        #[expect(clippy::disallowed_methods, reason = "sorted next")]
        let mut files: Vec<_> = self.files.iter().map(|(path, file)| file.lent(path)).collect();
        files.sort_by(|a, b| a.path.cmp(b.path));
        cache.write(STORED, &(reading, files));
    }

    /// How the documents were read.
    pub fn reading(&self) -> Option<Reading> {
        self.reading
    }

    /// The documents of a project, whose texts are taken out of `sources`. Those that are known
    /// are not parsed again; afterwards these and no others are known. `time` is before
    /// anything of the project was looked at.
    pub fn documents(
        &mut self,
        sources: &mut Sources,
        reading: Reading,
        time: SystemTime,
    ) -> Result<Outcome<Documents>, Fault> {
        if self.reading != Some(reading) {
            *self = Self { reading: Some(reading), ..Self::default() };
        }
        let lists = [
            (Purpose::Story, std::mem::take(&mut sources.stories)),
            (Purpose::Page, std::mem::take(&mut sources.pages)),
        ];
        let sizes = lists.iter().flat_map(|(_, list)| list).filter_map(|found| found.stamp);
        let hold = sizes.map(|stamp| stamp.size).sum::<u64>() <= HELD;
        let mut documents = Documents::default();
        let mut diagnostics = Vec::new();
        let mut files: Map<SourcePath, ParsedFile> = Map::default();
        for (purpose, list) in lists {
            let read = parallel::map(&list, |found| {
                let before = self.files.get(&found.path);
                ParsedFile::read(found, purpose, reading, before, time, hold)
            });
            let mut parsed: Vec<Arc<Document>> = Vec::with_capacity(read.len());
            files.reserve(read.len());
            for (found, file) in list.into_iter().zip(read) {
                let file = file?;
                diagnostics.extend(file.diagnostics.iter().cloned());
                match &file.document {
                    Some(document) => parsed.push(document.clone()),
                    None => documents.broken.push(found.path.clone()),
                }
                files.insert(found.path, file);
            }
            match purpose {
                Purpose::Story => documents.stories = parsed,
                Purpose::Page => documents.pages = parsed,
            }
        }
        self.files = files;
        Ok(Outcome { value: documents, diagnostics })
    }
}

impl ParsedFile {
    /// Reads and parses a file, or takes what is known of it where it has not changed since.
    /// `time` is before anything of the project was looked at. Texts are held only if `hold`.
    fn read(
        found: &FoundFile,
        purpose: Purpose,
        reading: Reading,
        before: Option<&Self>,
        time: SystemTime,
        hold: bool,
    ) -> Result<Self, Fault> {
        let same_stamp = |file: &&Self| file.settled && file.stamp == found.stamp;
        if let Some(file) = before.filter(|_| found.stamp.is_some()).filter(same_stamp) {
            return Ok(file.clone());
        }
        let bytes = found.file.bytes()?;
        let digest = crate::source::digest(&bytes);
        let settled = found.stamp.is_some_and(|stamp| stamp.is_settled(time));
        if let Some(file) = before.filter(|file| file.digest == digest) {
            return Ok(Self { stamp: found.stamp, settled, ..file.clone() });
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
            diagnostics: self.diagnostics.iter().map(StoredDiagnostic::of).collect(),
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
    diagnostics: Vec<StoredDiagnostic>,
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
    diagnostics: Vec<StoredDiagnostic>,
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
    fn parsed(self, root: &Path, codes: &mut Codes) -> (SourcePath, ParsedFile) {
        let Self { path, stamp, settled, digest, document, diagnostics } = self;
        let file = root.join(path.as_str());
        let document = document.map(|document| {
            let OwnedDocument { parts, front, body, numbers, text } = document;
            let source = Source::let_go(path.clone(), &file, Some(digest));
            let (places, called) = (OnceLock::new(), OnceLock::new());
            Arc::new(Document { source, parts, front, body, numbers, digest: text, places, called })
        });
        let diagnostics =
            diagnostics.into_iter().map(|diagnostic| diagnostic.restore(root, codes)).collect();
        (path, ParsedFile { stamp, settled, digest, document, diagnostics })
    }
}
