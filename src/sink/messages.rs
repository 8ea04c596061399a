//! Messages about output folders and bags, one constructor each.

use crate::diagnostic::{Diagnostic, error, note, warning};
use crate::source::{Place, SourcePath};

/// The bag's folder exists.
pub fn archive_exists(path: &str) -> Diagnostic {
    error(
        "archive-exists",
        Place::file(&SourcePath::new(path)),
        "这里已经有一个归档包，没有覆盖它",
        "there is a bag already; it was not overwritten",
    )
    .help(
        "用 -o 换一个文件夹；确定要用新的代替它，就加上 --force",
        "name another folder with -o; with --force the new bag takes its place",
    )
}

/// The bag's folder exists, and is something else.
pub fn archive_not_a_bag(path: &str) -> Diagnostic {
    error(
        "archive-not-a-bag",
        Place::file(&SourcePath::new(path)),
        "这里已经有别的文件，不是归档包，没有动它",
        "something is here that is no bag; it was left alone",
    )
    .help("用 -o 换一个还没有的文件夹", "name a folder with -o that does not exist yet")
}

/// The bag would lie in the project's content, or be the project.
pub fn archive_in_project(path: &str) -> Diagnostic {
    error(
        "archive-in-project",
        Place::file(&SourcePath::new(path)),
        "归档包不能放在网站文件夹本身的位置，也不能放在 content 或 themes 里面",
        "the bag cannot take the place of the project, nor lie in its content or themes",
    )
    .help("用 -o 换一个文件夹", "name another folder with -o")
}

pub(crate) fn folder(path: &str) -> Place {
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
        "choose an empty one with -o, or use --force: files that are not ours are left alone",
    )
}

/// The output folder is the project, or lies where its sources are.
pub fn output_in_project(path: &str) -> Diagnostic {
    error(
        "output-in-project",
        folder(path),
        "输出文件夹不能是网站文件夹本身，也不能在 content 或 themes 里面",
        "the output folder cannot be the project itself or lie inside its content or themes",
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
    .help("等它结束，再生成一次", "wait until it has finished, then build again")
}

/// A file that is not ours stands where one of ours must go.
pub fn output_file_foreign(path: &str) -> Diagnostic {
    error(
        "output-file-foreign",
        folder(path),
        "这里已有一个不是本程序生成的文件，网站正好要用这个位置，没有覆盖它",
        "a file that this program did not write exists at this path; it was not overwritten",
    )
    .help("把它移走或删掉，再生成一次", "move or delete it, then build again")
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

/// The list of our files in the output folder cannot be read.
pub fn manifest_damaged(path: &str) -> Diagnostic {
    note(
        "manifest-damaged",
        folder(path),
        "文件清单（.xianfeng-site）读不出来，已按内容认出本程序生成的文件，别的文件没有动",
        "the list of files (.xianfeng-site) cannot be read; our files were told by what is in them, and others left alone",
    )
}

/// There is no list of our files in an output folder that is ours.
pub fn manifest_missing(path: &str) -> Diagnostic {
    note(
        "manifest-missing",
        folder(path),
        "文件清单（.xianfeng-site）不见了，已按内容认出本程序生成的文件，别的文件没有动",
        "the list of files (.xianfeng-site) is gone; our files were told by what is in them, and others left alone",
    )
}

/// A file stands where one of ours must go, and nothing tells whether it is ours.
pub fn output_file_unknown(path: &str, output: &str) -> Diagnostic {
    error(
        "output-file-foreign",
        folder(path),
        "网站要用这个位置，但这里的文件看不出是不是本程序生成的，没有覆盖它",
        "the site needs this path, and nothing tells whether the file here is ours; it was not overwritten",
    )
    .help(
        format!("是以前生成的就删掉它；拿不准，把整个 {output} 改个名字，再生成一次，就是一个全新的 {output}"),
        format!("delete it if an earlier build wrote it; if in doubt, rename all of {output} and build again: that makes a new {output}"),
    )
}

/// Files that the site has no use for, and of which nobody knows whether they are ours.
pub fn output_files_left(path: &str, files: &[String]) -> Diagnostic {
    const SHOWN: usize = 10;
    let first = files.len().min(SHOWN);
    let (zh, en) = match files.len() - first {
        0 => (String::new(), String::new()),
        more => (format!(" 等 {} 个", files.len()), format!(" and {more} more")),
    };
    warning(
        "output-files-left",
        folder(path),
        format!("网站不再需要这些文件，也不知道是不是本程序生成的，没有删除：{}{zh}", files[..first].join("、")),
        format!("the site does not need these files, and nothing tells whether they are ours; they were not deleted: {}{en}", files[..first].join(", ")),
    )
    .help(
        "只提醒这一次。撤下的稿件请手动删除，已经上传的，服务器上的也要删",
        "this is told only once: delete withdrawn stories yourself, on the server too",
    )
}
