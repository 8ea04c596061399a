//! Messages about exports, one constructor each.

use crate::base::layout::BRIEFS;
use crate::diagnostic::{Diagnostic, error, warning};
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

/// What is remembered of the bulletin cannot be read.
pub fn brief_ledger_wrong(place: Place) -> Diagnostic {
    error(
        "brief-ledger-wrong",
        place,
        "简报台账里的这一期没有写对：要有 number（期号）和 year（年），都是数字",
        "this issue is not written right: it needs `number` and `year`, both of them numbers",
    )
    .help(
        "照上面几期的样子改；弄不清楚，就从备份里取回这个文件",
        "write it like the others, or take the file from a backup",
    )
}

/// The number was given to an issue with other stories.
pub fn brief_number_taken(number: u32, date: &str, next: u32) -> Diagnostic {
    error(
        "brief-number-taken",
        Place::file(&SourcePath::new(BRIEFS)),
        format!("第 {number} 期已经出过了（{date}），收的稿件和这次不一样"),
        format!("No. {number} has been made on {date}, with other stories"),
    )
    .help(
        format!("新的一期写 --number {next}；重做第 {number} 期，加 --force"),
        format!("the next one is --number {next}; with --force No. {number} is made anew"),
    )
}

/// Numbers were left out.
pub fn brief_number_skipped(number: u32, last: u32) -> Diagnostic {
    warning(
        "brief-number-skipped",
        Place::file(&SourcePath::new(BRIEFS)),
        format!("上一期是第 {last} 期，这是第 {number} 期，中间空了"),
        format!("the last one was No. {last} and this is No. {number}: numbers were left out"),
    )
    .help(
        "期号是连着的，就不用管；写错了，改好期号再做一次，并删掉简报台账里写错的一期",
        "if the number is wrong, make it again with the right one, and remove the wrong issue from the list",
    )
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
