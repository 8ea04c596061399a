//! Sources: the text of a file, where it came from, and places in it.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Fault;

/// A file's path relative to the project folder, with `/` between its parts on
/// every system: `content/stories/2026/x.md`. Never absolute, never with `..`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

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

/// A text file of the project: UTF-8, `\n` line ends, no byte order mark.
#[derive(Debug)]
pub struct Source {
    /// Where the file is.
    pub path: SourcePath,
    /// Its whole text.
    pub text: String,
    line_starts: OnceLock<Vec<u32>>,
}

impl Source {
    /// A source from a path and its normalised text.
    pub fn new(path: SourcePath, text: String) -> Self {
        Self { path, text, line_starts: OnceLock::new() }
    }

    /// The place of a byte range in this source, for a diagnostic. A range that
    /// ends on a later line is shown up to the end of its first line.
    pub fn place(&self, range: Range<usize>) -> Place {
        let start = self.floor(range.start);
        let starts = self.line_starts.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(ends.map(|at| at as u32 + 1)).collect()
        });
        let line = starts.partition_point(|&at| at as usize <= start) - 1;
        let from = starts[line] as usize;
        let to = starts.get(line + 1).map_or(self.text.len(), |&next| next as usize - 1);
        let end = self.floor(range.end).clamp(start, to.max(start));
        // A line may be a whole pasted picture: only what is near the place is kept.
        let shown_from = self.floor(start.saturating_sub(EXCERPT)).max(from);
        let shown_to = self.floor(start.saturating_add(2 * EXCERPT)).clamp(start, to.max(start));
        Place {
            path: self.path.clone(),
            position: Some(Position {
                line: line + 1,
                column: self.text[from..start].chars().count() + 1,
                length: self.text[start..end].chars().count().max(1),
                excerpt: self.text[shown_from..shown_to].to_string(),
                before: self.text[shown_from..start].chars().count(),
                cut: (shown_from > from, shown_to < to),
            }),
        }
    }

    /// The byte offset of a line and column, both counted from 1, columns in
    /// characters; clamped to the text.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let mut start = 0;
        for _ in 1..line {
            match memchr::memchr(b'\n', &self.text.as_bytes()[start..]) {
                Some(at) => start += at + 1,
                None => return self.text.len(),
            }
        }
        let rest = &self.text[start..];
        start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
    }

    fn floor(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset)
    }
}

/// Where a diagnostic points: a file, and mostly a position in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: SourcePath,
    /// The position, where the complaint is not about the file as a whole.
    pub position: Option<Position>,
}

impl Place {
    /// A place that is a whole file or folder.
    pub fn file(path: &SourcePath) -> Self {
        Self { path: path.clone(), position: None }
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
    /// Has the line more before and behind `excerpt`?
    pub cut: (bool, bool),
}

/// So many bytes of a line are kept before a place, and twice as many from it on.
const EXCERPT: usize = 240;

/// The bytes of a file that is carried unchanged.
#[derive(Clone, Debug)]
pub enum Carried {
    /// A file on the disk, read when it is copied.
    Disk(PathBuf),
    /// Bytes in memory: campaigns in tests, files of the built-in theme.
    Memory(Arc<[u8]>),
}

impl Carried {
    /// All bytes of the file.
    pub fn bytes(&self) -> Result<Vec<u8>, Fault> {
        match self {
            Carried::Disk(path) => std::fs::read(path).map_err(|error| Fault::read(path, error)),
            Carried::Memory(bytes) => Ok(bytes.to_vec()),
        }
    }
}
