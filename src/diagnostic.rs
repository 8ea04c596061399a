//! Diagnostics: what is wrong with a campaign, where, and how to mend it.
//!
//! A [`Diagnostic`] is the author's mistake and is collected; a [`Fault`] is the
//! machine's and stops the run.

pub mod catalogue;
pub mod report;
pub mod stored;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::source::Place;

/// The language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// How bad it is. Errors stop the build before it changes the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For the reader's knowledge; never counts, not even under `--strict`.
    Note,
    /// The site is built all the same.
    Warning,
    /// The site is not built.
    Error,
}

impl Severity {
    /// The word that the first line of a message carries, the same in every language.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One mistake. Made only by the constructors in [`catalogue`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable name for this kind of mistake: `focal-point-unknown`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub message: Text,
    /// How to mend it.
    pub help: Option<Text>,
}

impl Diagnostic {
    /// Is this an error?
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// A value, and what was wrong on the way to it.
#[derive(Debug)]
pub struct Outcome<T> {
    /// What the stage made.
    pub value: T,
    /// What it has to complain of.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// A value without a complaint.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// Hands the complaints to `out` and keeps the value.
    pub fn collect_into(self, out: &mut Vec<Diagnostic>) -> T {
        out.extend(self.diagnostics);
        self.value
    }
}

/// Something that the machine could not do: a path and the system's reason.
#[derive(Debug)]
pub struct Fault {
    /// The file or folder.
    pub path: PathBuf,
    /// What was being done to it.
    pub doing: Doing,
    /// The system's error.
    pub error: io::Error,
}

/// What a [`Fault`] interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Reading a file or folder.
    Read,
    /// Writing, renaming or removing a file or folder.
    Write,
}

impl Fault {
    /// A fault while reading `path`.
    pub fn read(path: &Path, error: io::Error) -> Self {
        Self { path: path.into(), doing: Doing::Read, error }
    }

    /// A fault while writing `path`.
    pub fn write(path: &Path, error: io::Error) -> Self {
        Self { path: path.into(), doing: Doing::Write, error }
    }

    /// The fault in words.
    pub fn message(&self) -> Text {
        let path = self.path.display();
        let (zh, en) = reason(&self.error);
        match self.doing {
            Doing::Read => Text {
                zh: format!("读不了“{path}”：{zh}"),
                en: format!("cannot read “{path}”: {en}"),
            },
            Doing::Write => Text {
                zh: format!("写不了“{path}”：{zh}"),
                en: format!("cannot write “{path}”: {en}"),
            },
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for Fault {}

/// The system's reason in both languages; what has no Chinese here keeps the system's words.
fn reason(error: &io::Error) -> (String, String) {
    use io::ErrorKind::*;
    let zh = match error.kind() {
        NotFound => "没有这个文件或文件夹",
        PermissionDenied => "没有权限，或文件正被别的程序（如 Word、WPS）打开",
        AlreadyExists => "同名的文件或文件夹已经存在",
        StorageFull | QuotaExceeded => "磁盘满了",
        ReadOnlyFilesystem => "磁盘是只读的",
        IsADirectory => "这是一个文件夹，不是文件",
        NotADirectory => "路径中有一段是文件，不是文件夹",
        ResourceBusy => "文件正在被改动，等一会儿再试",
        InvalidFilename => "文件名太长，或含有系统不允许的字符",
        _ => "",
    };
    let en = error.to_string();
    if error.get_ref().is_some_and(|inner| inner.is::<crate::load::Changed>()) {
        return ("生成网站时文件被改动了，请再生成一次".into(), en);
    }
    (if zh.is_empty() { en.clone() } else { zh.to_string() }, en)
}
