//! The book, and stories that stand by themselves.

use super::{error, warning};
use crate::diagnostic::Diagnostic;
use crate::source::{Place, SourcePath};

/// A file is no picture that every reader shows.
pub fn picture_left_out(place: Place, name: &str) -> Diagnostic {
    warning(
        "picture-left-out",
        place,
        format!("“{name}”不是各种阅读器都能显示的图片，书里和单篇存档里没有放，只显示它的文字说明"),
        format!("“{name}” is no picture that every reader shows, and was left out; its description is shown instead"),
    )
    .help(
        "另存为 JPG 或 PNG 再用；如果是 SVG，里面不能有脚本、网页内容和别处的文件",
        "save it as JPEG or PNG; an SVG must be well-formed, without scripts and without other files",
    )
}

/// A file that is not ours stands where the book must go.
pub fn book_in_the_way(path: &str) -> Diagnostic {
    error(
        "book-in-the-way",
        Place::file(&SourcePath::new(path)),
        "这里已有一个文件，不是本程序编的书，没有覆盖它",
        "a file is in the way that is no book of this program; it was not overwritten",
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
