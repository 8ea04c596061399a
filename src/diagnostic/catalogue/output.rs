//! The output folder.

use super::{error, note, warning};
use crate::diagnostic::Diagnostic;
use crate::source::{Place, SourcePath};

fn folder(path: &str) -> Place {
    Place::file(&SourcePath::new(path))
}

/// The output folder has files, and this program did not write them.
pub fn output_not_ours(path: &str) -> Diagnostic {
    error(
        "output-not-ours",
        folder(path),
        "输出文件夹里已有别的文件，不是本程序生成的",
        "the output folder holds files that this program did not write",
    )
    .help(
        "换一个空文件夹（-o 文件夹名）；确定要用它时加上 --force，原有的文件不会被删除或覆盖",
        "choose an empty one with -o; with --force it is used all the same, and files that are not ours are left alone",
    )
}

/// The output folder is the project, or lies where its sources are.
pub fn output_in_project(path: &str) -> Diagnostic {
    error(
        "output-in-project",
        folder(path),
        "输出文件夹不能是网站文件夹本身，也不能在 content 或 themes 里面",
        "the output folder cannot be the project itself, nor lie in its content or themes",
    )
    .help("用默认的 public，或另选一个文件夹", "use the default, public, or another folder")
}

/// Another build is writing to the same folder.
pub fn output_busy(path: &str) -> Diagnostic {
    error(
        "output-busy",
        folder(path),
        "另一个 xianfeng 正在往这个文件夹生成网站",
        "another build is writing to this folder",
    )
    .help("等它结束，再生成一次", "wait until it has ended, and build again")
}

/// A file that is not ours stands where one of ours must go.
pub fn output_file_foreign(path: &str) -> Diagnostic {
    error(
        "output-file-foreign",
        folder(path),
        "这里已有一个不是本程序生成的文件，网站正好要用这个位置，没有覆盖它",
        "a file that this program did not write is in the way; it was not overwritten",
    )
    .help("把它移走或删掉，再生成一次", "move or delete it, and build again")
}

/// A page of ours that is gone from the plan was changed by somebody.
pub fn output_file_kept(path: &str) -> Diagnostic {
    warning(
        "output-file-kept",
        folder(path),
        "网站不再需要这个文件，但它被人改动过，没有删除",
        "the site no longer has this file, but somebody changed it; it was not deleted",
    )
    .help("不需要的话，请手动删除", "delete it yourself if it is not needed")
}

/// A file of the cache cannot be used: it is damaged, or another program wrote it.
pub fn cache_unused(damaged: bool) -> Diagnostic {
    let (zh, en) = match damaged {
        true => ("上次留下的缓存损坏了，没有使用", "the cache is damaged and was not used"),
        false => (
            "上次的缓存是另一个版本的程序写的，没有使用",
            "the cache was written by another version of this program and was not used",
        ),
    };
    note("cache-unused", folder(crate::base::layout::CACHE), zh, en).help(
        "不用处理：这次从头生成，并写好新的缓存",
        "nothing need be done: everything was built anew, and the cache written",
    )
}

/// The list of our files in the output folder cannot be read.
pub fn manifest_damaged(path: &str) -> Diagnostic {
    note(
        "manifest-damaged",
        folder(path),
        "输出文件夹里的文件清单损坏了，按没有清单处理",
        "the list of files in the output folder is damaged and was not used",
    )
}
