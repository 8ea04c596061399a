//! Messages about builds, one constructor each.

use crate::diagnostic::{Diagnostic, error, note};
use crate::sink::messages::folder;
use crate::source::{Place, SourcePath};

/// There is no `content/site.yaml`.
pub fn settings_missing() -> Diagnostic {
    error(
        "settings-missing",
        Place::file(&SourcePath::new("content/site.yaml")),
        "缺少 content/site.yaml，不知道网站叫什么名字",
        "content/site.yaml is missing: the site has no title",
    )
    .help(
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
