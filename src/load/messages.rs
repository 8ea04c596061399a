//! Messages about files, one constructor each.

use crate::diagnostic::{Diagnostic, error, note, warning};
use crate::source::{Place, SourcePath};
use std::collections::BTreeSet;
use std::path::Path;

/// There is no `content` folder.
pub fn project_missing(root: &Path) -> Diagnostic {
    let root = root.display();
    error(
        "project-missing",
        Place::file(&SourcePath::new("content")),
        format!("“{root}”里没有 content 文件夹，这里不是一个网站"),
        format!("there is no “content” folder in “{root}”: this is not a campaign"),
    )
    .help(
        "先进入网站所在的文件夹，或用 -r 指明它；要新建一个网站，运行 xianfeng init 文件夹名",
        "go to the campaign's folder first, or name it with -r; `xianfeng init DIR` makes a new one",
    )
}

/// Lists and settings that people are likely to have.
const KNOWN: [&str; 11] = [
    "content/site.yaml",
    "content/focal-points.yaml",
    "content/units.yaml",
    "content/people.yaml",
    "content/carriers.yaml",
    "content/works.yaml",
    "content/tasks.yaml",
    "content/events.yaml",
    "content/honours.yaml",
    "content/series.yaml",
    "content/words.yaml",
];

/// What a list or the settings are called to whose name an editor has added `.txt`.
pub fn without_txt(path: &SourcePath) -> Option<&str> {
    path.as_str().strip_suffix(".txt").filter(|name| KNOWN.contains(name))
}

/// A file in `content` that is nothing this program knows.
pub fn file_stray(place: Place) -> Diagnostic {
    if let Some(right) = without_txt(&place.path) {
        let name = right.rsplit('/').next().unwrap_or(right).to_string();
        return warning(
            "file-misnamed",
            place,
            "这个文件没有用上：它不是 .yaml 文件",
            "this file is not used: it is no .yaml file",
        )
        .help(
            format!("记事本多加了 .txt：把文件名改成 {name}"),
            format!("Notepad added “.txt”: rename it to {name}"),
        );
    }
    let is_yaml = matches!(place.path.extension().as_str(), "yaml" | "yml");
    let near = crate::value::nearest::nearest(place.path.as_str(), KNOWN).filter(|_| is_yaml);
    let diagnostic = warning(
        "file-stray",
        place,
        "这个文件没有用上：不在 stories、pages 或 static 文件夹里",
        "this file is not used: it is outside stories, pages and static",
    );
    diagnostic.nearest(
        near,
        "稿件放进 content/stories，单独的页面放进 content/pages，其他文件放进 content/static",
        "stories belong in content/stories, pages in content/pages, other files in content/static",
    )
}

/// A file or folder that lies beside `content`.
pub fn misplaced(name: &str, right: &str) -> Diagnostic {
    warning(
        "misplaced",
        Place::file(&SourcePath::new(name)),
        "放在这里不会用到",
        "this is not used where it lies",
    )
    .help(format!("移到 {right}"), format!("move it to {right}"))
}

/// Backups and temporary files, all in one folder.
pub fn file_leftover(place: Place, names: &[String]) -> Diagnostic {
    note(
        "file-leftover",
        place,
        format!("这里的备份或临时文件不会发布：{}", names.join("、")),
        format!("backups and temporary files are not published: {}", names.join(", ")),
    )
    .help(
        "不需要就删掉；要发布的，换一个扩展名",
        "delete them; to publish one, give it another ending",
    )
}

/// Names that are not published, all in one folder of `static`.
pub fn file_hidden(place: Place, names: &BTreeSet<String>) -> Diagnostic {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    note(
        "file-hidden",
        place,
        format!("名称以 . _ ~ 开头的不会发布：{}", names.join("、")),
        format!("names that begin with . _ or ~ are not published: {}", names.join(", ")),
    )
    .help(
        "要发布就改个名称；只有 static 最外层的 .well-known、_headers、_redirects、.nojekyll 照原样发布",
        "rename what is to be published; only .well-known, _headers, _redirects and .nojekyll directly in static are published as they are",
    )
}

/// A symbolic link.
pub fn link_not_followed(place: Place) -> Diagnostic {
    warning(
        "symlink",
        place,
        "这是一个符号链接，没有读取：它可能指向项目以外的文件",
        "this is a symbolic link and was not followed: it may lead out of the project",
    )
    .help("把文件本身复制到这里", "copy the file itself to this place")
}

/// A link in a theme that leads to a file outside the project, or nowhere: pages would lack it.
pub fn theme_link_outside(place: Place, is_there: bool) -> Diagnostic {
    let (zh, en) = match is_there {
        true => (
            "这是一个符号链接，指向项目以外的文件，没有读取：换一台电脑就没有这个文件了",
            "this is a symbolic link to a file outside the project, and was not followed: on another computer that file is missing",
        ),
        false => (
            "这是一个符号链接，指向的文件不存在",
            "this is a symbolic link, and the file that it leads to is not there",
        ),
    };
    error("theme-symlink", place, zh, en).help(
        "把文件本身复制到这里，或者链接到项目里面的文件",
        "copy the file itself to this place, or link to a file of the project",
    )
}

/// A pipe, a socket, a device.
pub fn file_special(place: Place) -> Diagnostic {
    warning(
        "file-special",
        place,
        "这不是普通文件，没有读取",
        "this is not an ordinary file; it was not read",
    )
    .help("把它移出网站的文件夹", "move it out of the project")
}

/// A file name that is not UTF-8.
pub fn file_name_odd(place: Place) -> Diagnostic {
    warning(
        "file-name-odd",
        place,
        "文件名含有无法识别的字符，没有读取这个文件",
        "the file's name is not valid Unicode; the file was not read",
    )
    .help("给文件改一个名字", "rename the file")
}

/// A file that should be text and is not.
pub fn file_not_text(place: Place) -> Diagnostic {
    error("file-not-text", place, "这不是文本文件，读不出文字", "this is not a text file").help(
        "用记事本新建文本文件，粘贴文字，保存时编码选“UTF-8”；Word、WPS 文件改扩展名没有用",
        "save it as plain text in UTF-8; renaming a Word file does not make it text",
    )
}

/// A text with bytes of zero.
pub fn file_spoilt(place: Place) -> Diagnostic {
    error(
        "file-not-text",
        place,
        "这里有一个空字符（U+0000），文本里不能有它",
        "there is a null character (U+0000) here, which no text may hold",
    )
    .help(
        "把它连同前后两个字删掉，重新输入；到处都有的，多半是文件没有保存完，用备份换上",
        "delete it with the characters on both sides, and type those again; if there are more, the file was not saved whole: take a backup",
    )
}

/// A text whose bytes are not all of the encoding that the rest is in.
pub fn file_encoding_broken(place: Place, encoding: &str) -> Diagnostic {
    error(
        "file-encoding-broken",
        place,
        format!("这个文件是 {encoding} 编码，从这里起有不属于这种编码的字节，读不出文字"),
        format!("this file is in {encoding}, and from here on has bytes that are not"),
    )
    .help(
        "多半是粘贴时混进了另一种编码，或者文件没有保存完：把这里的乱码删掉，重新输入，保存时编码选“UTF-8”",
        "text of another encoding was put in, or a character was cut: delete what is garbled here, type it again, and save as UTF-8",
    )
}

/// A file in an encoding other than UTF-8.
pub fn file_encoding(place: Place, encoding: &str) -> Diagnostic {
    note(
        "file-encoding",
        place,
        format!("这个文件的编码是 {encoding}，已按这种编码读取"),
        format!("this file is in {encoding} and was read as such"),
    )
    .help("另存为 UTF-8 编码更稳妥", "saving it as UTF-8 is safer")
}

/// Characters that no text may hold.
pub fn file_characters(place: Place) -> Diagnostic {
    warning(
        "file-characters",
        place,
        "文件里有不该出现在文字中的字符（U+FDD0 到 U+FDEF），已换成“\u{FFFD}”",
        "the file holds noncharacters (U+FDD0 to U+FDEF); they were replaced by U+FFFD",
    )
    .help(
        "在文件里找到“\u{FFFD}”出现的地方，重新输入",
        "retype what stood where U+FFFD is shown now",
    )
}

/// A line that git has left where two people changed the same lines.
pub fn merge_conflict(place: Place) -> Diagnostic {
    error(
        "merge-conflict",
        place,
        "两个人都改过这里，合并时留下了冲突标记，两种写法现在都在文件里",
        "two people changed this, and the merge left its marks and both versions",
    )
    .help(
        "<<<<<<< 到 ======= 之间是一种写法，======= 到 >>>>>>> 之间是另一种：留下对的，再删掉这三行标记",
        "one version is between <<<<<<< and =======, the other between ======= and >>>>>>>: keep the right one, and delete these three lines",
    )
}
