//! Messages about exports, one constructor each.

use crate::diagnostic::{Diagnostic, error};
use crate::source::{Place, SourcePath};

/// No story has this name.
pub fn story_unknown(word: &str, near: &[&str]) -> Diagnostic {
    let complaint = error(
        "story-unknown",
        Place::file(&SourcePath::new("content/stories")),
        format!("没有找到“{word}”这篇稿件"),
        format!("there is no story “{word}”"),
    );
    let quoted =
        |join: &str| near.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(join);
    match near {
        [] => complaint.help(
            "写稿件的文件，例如 content/stories/2026/lin-xiao-man.md；也可以写标题或网址名",
            "name the story's file, as in content/stories/2026/lin-xiao-man.md, its title or its slug",
        ),
        _ => complaint.help(
            format!("是不是{}？", quoted("、")),
            format!("did you mean {}?", quoted(" or ")),
        ),
    }
}

/// The story is a draft.
pub fn story_is_draft(path: &SourcePath, title: &str) -> Diagnostic {
    error(
        "story-draft",
        Place::file(path),
        format!("《{title}》还是草稿"),
        format!("“{title}” is still a draft"),
    )
    .help(
        "写好以后删掉 draft: true（草稿）那一行；只想先看看样子，加 --drafts",
        "remove the line `draft: true` when it is ready, or add --drafts to see what it looks like",
    )
}

/// The story is not published yet, or no longer.
pub fn story_is_withheld(path: &SourcePath, title: &str) -> Diagnostic {
    error(
        "story-withheld",
        Place::file(path),
        format!("《{title}》还没到发布时间，或者已经撤下"),
        format!("“{title}” is not published yet, or no longer"),
    )
    .help(
        "看看稿件里的 publish_at（发布时间）和 expire_at（撤下时间）；只想先看看样子，加 --drafts",
        "see publish_at and expire_at in the story, or add --drafts to see what it looks like",
    )
}

/// A file that is not ours stands where ours must go.
pub fn target_in_the_way(path: &str) -> Diagnostic {
    error(
        "export-in-the-way",
        Place::file(&SourcePath::new(path)),
        "这里已有一个文件，不是本程序导出的，或者导出以后有人改过，没有覆盖它",
        "a file with this name exists that this program did not export, or that was changed since; it was not overwritten",
    )
    .help("用 -o 换一个文件名，或者先把原来的改名", "choose another name with -o, or rename the file that is there")
}

/// The export is to go where the sources of the project are.
pub fn target_in_project(path: &str) -> Diagnostic {
    error(
        "export-in-project",
        Place::file(&SourcePath::new(path)),
        "导出的东西不能放在 content 或 themes 文件夹里，那里只放稿件和主题",
        "what is exported cannot lie in content or themes: those are for sources",
    )
    .help("用 -o 换一个位置", "choose another place with -o")
}

/// A file is to have the name of a folder.
pub fn target_is_folder(path: &str) -> Diagnostic {
    error(
        "export-is-folder",
        Place::file(&SourcePath::new(path)),
        "这里已有一个文件夹，不能写成文件",
        "there is a folder of this name; a file was to be written",
    )
    .help("用 -o 换一个文件名", "choose another name with -o")
}

/// A folder that is not ours stands where ours must go.
pub fn folder_in_the_way(path: &str) -> Diagnostic {
    error(
        "export-in-the-way",
        Place::file(&SourcePath::new(path)),
        "这里已有一个文件夹，不是本程序导出的，没有动它",
        "there is a folder of this name that this program did not export; it was left alone",
    )
    .help("用 -o 换一个文件夹", "choose another folder with -o")
}

/// The older file to compare with is none of ours.
pub fn zip_since_unreadable(path: &str) -> Diagnostic {
    error(
        "zip-since-unreadable",
        Place::file(&SourcePath::new(path)),
        "这不是 export zip 做的压缩包，或者已经损坏，没法比较",
        "this is no file made by `export zip`, or it is damaged: nothing can be compared",
    )
    .help(
        "写上一次交给网站管理员的那个 zip 文件；不写 --since，就和 -o 那里现有的一份比较",
        "name the ZIP file that was handed over last; without --since the one at -o is compared",
    )
}

/// A list that is to be exported cannot be read.
pub fn roster_unreadable(path: &str) -> Diagnostic {
    error(
        "roster-unreadable",
        Place::file(&SourcePath::new(path)),
        "这个文件读不出来，没有导出",
        "this file cannot be read; nothing was exported",
    )
    .help("先运行 xianfeng check，把它的错误改好", "run `xianfeng check`, and correct it first")
}

/// A file that is not ours stands where the page for review must go.
pub fn review_in_the_way(path: &str) -> Diagnostic {
    error(
        "review-in-the-way",
        Place::file(&SourcePath::new(path)),
        "这里已有一个文件，不是本程序做的送审稿，没有覆盖它",
        "a file with this name exists and is no page for review made by this program; it was not overwritten",
    )
    .help("用 -o 换一个文件名", "choose another name with -o")
}

/// The page for review is to go where the sources of the project are.
pub fn review_in_project(path: &str) -> Diagnostic {
    error(
        "review-in-project",
        Place::file(&SourcePath::new(path)),
        "送审稿不能放在 content 或 themes 文件夹里，那里只放稿件和主题",
        "the page for review cannot lie in content or themes: those are for sources",
    )
    .help("用 -o 换一个位置", "choose another place with -o")
}
