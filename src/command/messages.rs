//! Messages about commands, one constructor each.

use crate::diagnostic::{Diagnostic, error, warning};
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

/// The list of addresses to purge would take the place of something else.
pub fn purge_list_in_the_way(path: &str) -> Diagnostic {
    error(
        "purge-list-in-the-way",
        Place::file(&SourcePath::new(path)),
        "这里已有别的文件，或在网站的源文件里，没有写网址清单",
        "another file is here, or it lies among the sources; the list of addresses was not written",
    )
    .help(
        "换一个文件名，例如 --purge-list 刷新.txt",
        "use another name, such as --purge-list purge.txt",
    )
}

/// A site goes to a server, and its address is not known.
pub fn deploy_unaddressed() -> Diagnostic {
    warning(
        "deploy-unaddressed",
        Place::file(&SourcePath::new("content/site.yaml")),
        "没有写 base_url（网站地址）：订阅和站点地图不完整，网站放在子文件夹里时链接会打不开",
        "base_url is not set: the feed and the sitemap are incomplete, and links break below a folder",
    )
    .help("加一行：base_url: https://www.example.cn/", "add a line: base_url: https://www.example.cn/")
}
