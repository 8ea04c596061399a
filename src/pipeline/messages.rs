//! Messages about builds, one constructor each.

use crate::diagnostic::{Diagnostic, error, note};
use crate::sink::messages::folder;
use crate::source::{Place, SourcePath};

/// There is no `content/site.yaml`.
/// `nearly` says that it is there with `.txt` added to its name.
pub fn settings_missing(nearly: bool) -> Diagnostic {
    let diagnostic = error(
        "settings-missing",
        Place::file(&SourcePath::new("content/site.yaml")),
        "缺少 content/site.yaml，不知道网站叫什么名字",
        "content/site.yaml is missing: the site has no title",
    );
    if nearly {
        return diagnostic.help(
            "把 content/site.yaml.txt 改名为 site.yaml",
            "rename content/site.yaml.txt to site.yaml",
        );
    }
    diagnostic.help(
        "新建这个文件，写一行：title: 网站名称",
        "make this file with one line: `title: The name of the site`",
    )
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
        "no action is needed: everything was rebuilt and the cache written again",
    )
}

/// Has errors, and the preview shows what it held before.
pub fn preview_last(place: Place) -> Diagnostic {
    note(
        "preview-stand-in",
        place,
        "预览先用这个文件上一次没有错误时的内容",
        "the preview uses what this file held when it had no errors",
    )
}

/// Has errors, and the preview does without it.
pub fn preview_without(place: Place) -> Diagnostic {
    note(
        "preview-stand-in",
        place,
        "预览先不用这个文件，按自带的内容显示",
        "the preview does without this file and uses what is built in",
    )
}

/// Has errors, and the preview uses what is right of it.
pub fn preview_partly(place: Place) -> Diagnostic {
    note(
        "preview-stand-in",
        place,
        "预览只用这个文件里没有错误的内容，其余按默认值显示",
        "the preview uses what is right in this file, and defaults for the rest",
    )
}

/// Must not be published, and the preview does not show it either.
pub fn preview_unshown(place: Place) -> Diagnostic {
    note("preview-stand-in", place, "预览也不显示这一篇", "the preview does not show it either")
}
