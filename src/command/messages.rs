//! Messages about commands, one constructor each.

use crate::diagnostic::{Diagnostic, error, note, warning};
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

/// A name that no theme can have.
pub fn theme_name_wrong(name: &str) -> Diagnostic {
    error(
        "theme-name-wrong",
        Place::file(&SourcePath::new("themes")),
        format!("“{name}”不能做主题的名称"),
        format!("“{name}” cannot be the name of a theme"),
    )
    .help("名称是一个文件夹名，例如 jieban", "it is the name of a folder, such as office")
}

/// A theme that is there.
pub fn theme_exists(name: &str) -> Diagnostic {
    error(
        "theme-exists",
        Place::file(&SourcePath::new(format!("themes/{name}"))),
        "已经有这个主题，没有新建",
        "there is such a theme; nothing was written",
    )
    .help("换一个名称", "choose another name")
}

/// A file that the built-in theme does not have.
pub fn built_in_unknown(file: &str, near: Option<&str>) -> Diagnostic {
    error(
        "theme-file-unknown",
        Place::file(&SourcePath::new("themes")),
        format!("自带的主题没有“{file}”这个文件"),
        format!("the built-in theme has no file “{file}”"),
    )
    .nearest(
        near,
        "模板的名称见 xianfeng theme docs；样式是 structure.css、look.css 和 pages.css，文字是 strings/zh-CN.yaml",
        "`xianfeng theme docs` lists the templates; styles are structure.css, look.css and pages.css, words strings/zh-CN.yaml",
    )
}

/// A copy that is there, of the built-in file `name`.
pub fn copy_exists(path: &str, name: &str) -> Diagnostic {
    error(
        "theme-copy-exists",
        Place::file(&SourcePath::new(path)),
        "已经有这个文件，没有覆盖它",
        "there is such a file; it was not overwritten",
    )
    .help(
        format!("看它和自带的有什么不同：xianfeng theme diff {name}；确定不要自己的改动时才加上 --force"),
        format!("`xianfeng theme diff {name}` shows how it differs from the built-in one; --force replaces it, and your changes are gone"),
    )
}

/// The pages that templates write were not looked at.
pub fn theme_pages_unseen() -> Diagnostic {
    note(
        "theme-pages-unseen",
        Place::file(&SourcePath::new("content")),
        "content 里有错误，所以只看了主题的文件，没有看用模板写出的网页",
        "content has errors, so only the files of the theme were looked at, and not the pages that templates write",
    )
    .help(
        "用 xianfeng check 看是哪些，改好以后再检查一次主题",
        "`xianfeng check` tells which; check the theme again once they are gone",
    )
}

/// A file that is to be compared and is not there.
pub fn copy_missing(path: &str, name: &str) -> Diagnostic {
    error(
        "theme-copy-missing",
        Place::file(&SourcePath::new(path)),
        "没有这个文件，用的就是自带的",
        "there is no such file: the built-in one is used",
    )
    .help(
        format!("要改它，先复制：xianfeng theme copy {name}"),
        format!("to change it, copy it: xianfeng theme copy {name}"),
    )
}

/// A page that is not there.
pub fn page_unknown(page: &str, near: Option<&str>) -> Diagnostic {
    error(
        "page-unknown",
        Place::file(&SourcePath::new("content")),
        format!("没有“{page}”这个网页"),
        format!("there is no page “{page}”"),
    )
    .nearest(
        near,
        "写网址，例如 /news/，或者稿件的文件，例如 content/stories/2026/x.md；草稿加上 --drafts",
        "write its address, such as /news/, or the file of a story; add --drafts for a draft",
    )
}

/// A page that no template makes.
pub fn no_template(page: &str) -> Diagnostic {
    error(
        "page-without-template",
        Place::file(&SourcePath::new("content")),
        format!("“{page}”不是用模板做的，或者列表里的模板有错"),
        format!("“{page}” is not made by a template, or the template of its list items fails"),
    )
    .help("模板的错用 xianfeng check 查看", "`xianfeng check` tells what is wrong with templates")
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
