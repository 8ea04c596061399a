//! What the machine could not do.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use super::lang::Text;

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
    if error.get_ref().is_some_and(|inner| inner.is::<Changed>()) {
        return ("生成网站时文件被改动了，请再生成一次".into(), en);
    }
    (if zh.is_empty() { en.clone() } else { zh.to_string() }, en)
}

/// A file was changed while the site was being built from it.
#[derive(Debug)]
pub struct Changed;

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it was changed during the build; build once more")
    }
}

impl std::error::Error for Changed {}
