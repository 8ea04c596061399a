//! Sources: the text of a file, where it came from, and places in it.
#![allow(
    clippy::disallowed_methods,
    reason = "reads a text or a file once more where it was not kept"
)]

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::base::fault::Fault;

pub mod decode;
pub mod stamp;

/// A file's path relative to the project folder, with `/` between its parts on
/// every system: `content/stories/2026/x.md`. Never absolute, never with `..`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct SourcePath(Arc<str>);

impl From<String> for SourcePath {
    fn from(path: String) -> Self {
        Self(path.into())
    }
}

impl From<SourcePath> for String {
    fn from(path: SourcePath) -> Self {
        path.0.as_ref().into()
    }
}

impl Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl SourcePath {
    /// Wraps a path that is already relative and `/`-separated.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds the file, without a trailing slash; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file's name with its extension.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// The file's name without its extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The extension in lower case, without the dot; empty where there is none.
    pub fn extension(&self) -> String {
        self.file_name().rsplit_once('.').map_or(String::new(), |(_, ext)| ext.to_lowercase())
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// A text file of the project: UTF-8, `\n` line ends, no byte order mark. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where the file is.
    pub path: SourcePath,
    text: Text,
}

#[derive(Clone, Debug)]
enum Text {
    Held(Arc<Held>),
    /// Let go, to be read again by whoever needs it: a file on the disk and the digest of
    /// its bytes when it was read.
    LetGo(Arc<Path>, Option<u64>),
}

#[derive(Debug)]
struct Held {
    text: String,
    line_starts: OnceLock<Vec<u32>>,
}

impl Source {
    /// A source from a path and its normalised text.
    pub fn new(path: SourcePath, text: String) -> Self {
        Self { path, text: Text::Held(Arc::new(Held { text, line_starts: OnceLock::new() })) }
    }

    /// A source whose text is read from `file` when it is needed; `digest` is that of the
    /// bytes which the file must have then, if that matters.
    pub fn let_go(path: SourcePath, file: &Path, digest: Option<u64>) -> Self {
        Self { path, text: Text::LetGo(file.into(), digest) }
    }

    /// The text; empty where it was let go, for which there is [`Source::read`].
    pub fn text(&self) -> &str {
        match &self.text {
            Text::Held(held) => &held.text,
            Text::LetGo(..) => "",
        }
    }

    /// This source with its text at hand, read again if need be.
    pub fn read(&self) -> Result<Source, Fault> {
        match &self.text {
            Text::Held(_) => Ok(self.clone()),
            Text::LetGo(file, digest) => read_again(&self.path, file, *digest),
        }
    }

    /// The place of a byte range in this source, for a diagnostic.
    pub fn place(&self, range: Range<usize>) -> Place {
        Place { path: self.path.clone(), spot: Some(Spot { source: self.clone(), range }) }
    }

    /// The byte offset of a line and column, both counted from 1, columns in
    /// characters; clamped to the text.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let text = self.text();
        let mut start = 0;
        for _ in 1..line {
            match memchr::memchr(b'\n', &text.as_bytes()[start..]) {
                Some(at) => start += at + 1,
                None => return text.len(),
            }
        }
        let rest = &text[start..];
        start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
    }
}

impl Held {
    /// A range that ends on a later line is shown up to the end of its first line.
    fn position(&self, range: &Range<usize>) -> Position {
        let text = &self.text;
        let floor = |offset: usize| text.floor_char_boundary(offset);
        let start = floor(range.start);
        let starts = self.line_starts.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', text.as_bytes());
            std::iter::once(0).chain(ends.map(|at| at as u32 + 1)).collect()
        });
        let line = starts.partition_point(|&at| at as usize <= start) - 1;
        let from = starts[line] as usize;
        let to = starts.get(line + 1).map_or(text.len(), |&next| next as usize - 1);
        let end = floor(range.end).clamp(start, to.max(start));
        // A line may be a whole pasted picture: only what is near the place is kept.
        let shown_from = floor(start.saturating_sub(EXCERPT)).max(from);
        let shown_to = floor(start.saturating_add(2 * EXCERPT)).clamp(start, to.max(start));
        Position {
            line: line + 1,
            column: text[from..start].chars().count() + 1,
            length: text[start..end].chars().count().max(1),
            excerpt: text[shown_from..shown_to].to_string(),
            before: text[shown_from..start].chars().count(),
            cut: (shown_from > from, shown_to < to),
        }
    }
}

/// Where a diagnostic points: a file, and mostly a position in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file.
    pub path: SourcePath,
    /// Where in it, if the complaint is not about the file as a whole.
    spot: Option<Spot>,
}

/// A byte range of a source. Line and column are counted when somebody asks.
#[derive(Clone, Debug)]
struct Spot {
    source: Source,
    range: Range<usize>,
}

impl PartialEq for Spot {
    fn eq(&self, other: &Self) -> bool {
        self.source.path == other.source.path && self.range == other.range
    }
}

impl Eq for Spot {}

impl Hash for Spot {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.source.path, &self.range).hash(state);
    }
}

impl Place {
    /// A place that is a whole file or folder.
    pub fn file(path: &SourcePath) -> Self {
        Self { path: path.clone(), spot: None }
    }

    /// The byte range of the source; none for a file as a whole.
    pub fn range(&self) -> Option<Range<usize>> {
        self.spot.as_ref().map(|spot| spot.range.clone())
    }

    /// The same place, only its first character marked.
    pub fn first_character(mut self) -> Self {
        if let Some(spot) = &mut self.spot {
            spot.range.end = spot.range.start;
        }
        self
    }

    /// The same place in `source`, if it is in the same file.
    pub fn let_go(&mut self, source: &Source) {
        if let Some(spot) = &mut self.spot
            && spot.source.path == source.path
        {
            spot.source = source.clone();
        }
    }

    /// Line, column and what stands there; none for a file as a whole, or where the file
    /// cannot be read any more.
    pub fn position(&self) -> Option<Position> {
        let spot = self.spot.as_ref()?;
        match &spot.source.read().ok()?.text {
            Text::Held(held) => Some(held.position(&spot.range)),
            Text::LetGo(..) => None,
        }
    }

    /// The line, counted from 1; 0 where there is none.
    pub fn line(&self) -> usize {
        self.position().map_or(0, |at| at.line)
    }
}

/// A stretch of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Length in characters, at least 1.
    pub length: usize,
    /// The text of the line, or of that part of it which is near the place.
    pub excerpt: String,
    /// How many characters of `excerpt` stand before the place.
    pub before: usize,
    /// Has the line more before and after `excerpt`?
    pub cut: (bool, bool),
}

/// So many bytes of a line are kept before a place, and twice as many from it on.
const EXCERPT: usize = 240;

/// The digest of a text file's bytes, by which a change is told.
pub fn digest(bytes: &[u8]) -> u64 {
    xxh3_64(bytes)
}

/// Reads a text once more that was let go.
fn read_again(path: &SourcePath, file: &Path, wanted: Option<u64>) -> Result<Source, Fault> {
    let bytes = std::fs::read(file).map_err(|error| Fault::read(file, error))?;
    if wanted.is_some_and(|wanted| digest(&bytes) != wanted) {
        return Err(Fault::changed(file));
    }
    let text = match decode::decode(bytes) {
        Ok(decoded) => decoded.text,
        // Where it is broken is a place, too.
        Err(decode::NotText::Broken { text, .. } | decode::NotText::Spoilt { text, .. }) => text,
        Err(decode::NotText::Binary) => return Err(Fault::changed(file)),
    };
    Ok(Source::new(path.clone(), text))
}
