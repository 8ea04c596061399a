//! Messages about commands, one constructor each.

use crate::diagnostic::{Diagnostic, error};
use crate::source::{Place, SourcePath};

/// A file that is not ours stands where the book must go.
pub fn book_in_the_way(path: &str) -> Diagnostic {
    error(
        "book-in-the-way",
        Place::file(&SourcePath::new(path)),
        "这里已有一个文件，不是本程序编的书，没有覆盖它",
        "a file with this name exists and is not a book made by this program; it was not overwritten",
    )
    .help(
        "用 -o 换一个文件名；确定不要原来的文件时加上 --force",
        "choose another name with -o; with --force the file is replaced",
    )
}

/// The book is to go where the sources of the project are.
pub fn book_in_project(path: &str) -> Diagnostic {
    error(
        "book-in-project",
        Place::file(&SourcePath::new(path)),
        "书不能放在 content 或 themes 文件夹里，那里只放稿件和主题",
        "the book cannot lie in content or themes: those are for sources",
    )
    .help("用 -o 换一个位置", "choose another place with -o")
}

/// A file that is no list of ours stands where the list of changes must go.
pub fn changes_in_the_way(path: &str) -> Diagnostic {
    error(
        "changes-in-the-way",
        Place::file(&SourcePath::new(path)),
        "这里已有一个文件，不是本程序写的改动清单，没有覆盖它，网站也没有生成",
        "a file with this name exists and is not a list of changes; it was not overwritten, and nothing was built",
    )
    .help("给清单换一个文件名", "choose another name for the list")
}
