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

    /// A file was changed while the site was being built from it.
    pub fn changed(path: &Path) -> Self {
        Self::read(path, io::Error::other(Changed))
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
    let en = error.to_string();
    if error.get_ref().is_some_and(|inner| inner.is::<Changed>()) {
        return ("生成网站时文件被改动了，请再生成一次".into(), en);
    }
    match error.raw_os_error().filter(|_| cfg!(windows)).and_then(of_windows) {
        Some((zh, en)) => (zh.into(), en.into()),
        None => (of_kind(error.kind()).map_or_else(|| en.clone(), str::to_string), en),
    }
}

/// What Windows means by a number for which there is no kind, or which the kind does not tell.
fn of_windows(code: i32) -> Option<(&'static str, &'static str)> {
    Some(match code {
        // A file that Word holds open cannot be read, replaced or removed.
        32 | 33 | 1224 => (
            "文件正被别的程序（如 Word、WPS）打开，关掉它再试一次",
            "another program, such as Word, has it open; close it there and try again",
        ),
        225 => (
            "被杀毒软件拦下了，在杀毒软件里允许它再试一次",
            "the virus scanner keeps it back; allow it there and try again",
        ),
        21 | 1167 => ("盘没有插好，重新插上再试一次", "the disk is not ready; plug it in again"),
        53 | 59 | 64 | 67 => (
            "连不上共享文件夹，在“此电脑”里打开它再试一次",
            "the share cannot be reached; open it in Explorer and try again",
        ),
        123 => ("文件名含有 Windows 不允许的字符", "the name has characters that Windows refuses"),
        _ => return None,
    })
}

fn of_kind(kind: io::ErrorKind) -> Option<&'static str> {
    use io::ErrorKind::*;
    Some(match kind {
        NotFound => "没有这个文件或文件夹",
        PermissionDenied => "没有权限，或文件正被别的程序（如 Word、WPS）打开",
        AlreadyExists => "同名的文件或文件夹已经存在",
        StorageFull | QuotaExceeded => "磁盘满了",
        FileTooLarge => "文件太大，那里存不下",
        InvalidInput => "那里不允许这样的文件名",
        ReadOnlyFilesystem => "磁盘是只读的",
        IsADirectory => "这是一个文件夹，不是文件",
        NotADirectory => "路径中有一段是文件，不是文件夹",
        ResourceBusy => "文件正在被改动，等一会儿再试",
        InvalidFilename => "文件名太长，或含有系统不允许的字符",
        _ => return None,
    })
}

/// A file was changed while the site was being built from it.
#[derive(Debug)]
struct Changed;

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it was changed during the build; build once more")
    }
}

impl std::error::Error for Changed {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_windows_means_by_its_numbers() {
        for (code, words) in [
            (32, "Word"),
            (33, "WPS"),
            (1224, "关掉它"),
            (225, "杀毒软件"),
            (21, "重新插上"),
            (53, "共享文件夹"),
            (67, "共享文件夹"),
            (123, "字符"),
        ] {
            let (zh, en) = of_windows(code).unwrap();
            assert!(zh.contains(words) && !en.is_empty(), "{code}: {zh}");
        }
        // These have kinds.
        for code in [2, 3, 5, 80, 112] {
            assert_eq!(of_windows(code), None, "{code}");
        }
    }

    #[test]
    fn what_the_system_says_is_said_in_chinese() {
        for (kind, words) in [
            (io::ErrorKind::StorageFull, "磁盘满了"),
            (io::ErrorKind::QuotaExceeded, "磁盘满了"),
            (io::ErrorKind::FileTooLarge, "文件太大"),
            (io::ErrorKind::ReadOnlyFilesystem, "只读"),
        ] {
            let fault = Fault::write(Path::new("网站/a"), kind.into());
            assert!(fault.message().zh.contains(words), "{kind}");
        }
    }
}
