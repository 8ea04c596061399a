//! `export docx`.

use std::sync::Arc;

use super::{DRAFTS, NOW};
use crate::base::lang::Text;
use crate::cli::complaints::both;
use crate::cli::given::Given;
use crate::cli::table::{CommandSpec, Values, bilingual, option, optional};
use crate::cli::{Command, selection, values};
use crate::export::docx::Docx;

pub(in crate::cli) const DOCX: CommandSpec = CommandSpec {
    name: "export docx",
    positionals: &[optional(bilingual("稿件", "STORY"), Values::File).many()],
    options: &[
        &[
            option(
                "--output-file",
                bilingual(
                    "Word 文件放在哪里（默认网站文件夹里的 稿件名.docx 或 稿件汇编.docx）",
                    "File to write (default: NAME.docx or 稿件汇编.docx in the project folder)",
                ),
            )
            .letter('o')
            .value(bilingual("文件", "FILE"), Values::File),
        ],
        selection::OPTIONS,
        &[
            option(
                "--title",
                bilingual(
                    "几篇稿件合成一个文件时的题目（默认网站名称，加上所选的年份、类型、着力点）",
                    "Title of a document with several stories (default: the site's title and what was chosen)",
                ),
            )
            .value(bilingual("题目", "TITLE"), Values::Text),
            DRAFTS,
            NOW,
        ],
    ],
    summary: bilingual(
        "把一篇稿件，或者选中的稿件，做成公文版式的 Word 文件",
        "Write a story, or those that are chosen, as a Word document",
    ),
    description: bilingual(
        "A4 纸，题目二号居中，正文三号仿宋，小标题黑体、楷体，行距固定，有页码；几篇稿件合成一个文件时有目录。\n\
         写出稿件；不写稿件，就用 --year、--kind、--focal-point 选。",
        "On A4 as Chinese offices have it: the title in the middle, 仿宋 for the text, 黑体 and 楷体 for headings, fixed lines, \
         page numbers, and a contents where there are several stories. Name stories, or choose them by year, kind and focal point.",
    ),
    examples: &[
        bilingual(
            "xianfeng export docx content/stories/2026/lin-xiao-man.md -o 林小满.docx",
            "xianfeng export docx content/stories/2026/lin-xiao-man.md -o lin.docx",
        ),
        bilingual(
            "xianfeng export docx --year 2026 --kind branch,member -o 2026年典型事迹.docx",
            "xianfeng export docx --year 2026 --kind branch,member -o cases.docx",
        ),
    ],
    read: |given| Ok(Command::Export(Arc::new(read(given)?))),
};

fn read(given: &Given) -> Result<Docx, Text> {
    let output = given.path("--output-file")?;
    if let Some(file) = &output {
        values::ending_known(file, &["docx"])?;
    }
    let stories: Vec<String> =
        given.words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let selection = selection::read(given)?;
    let is_selected = selection != Default::default();
    let title = given.value("--title", |title| values::title(title, "题目"))?;
    match (stories.is_empty(), is_selected) {
        (true, false) => Err(both(
            "没有说要哪些稿件：写出稿件的文件，或者用 --year、--kind、--focal-point 选",
            "no story is named: name their files, or choose by --year, --kind or --focal-point",
        )),
        (false, true) => Err(both(
            "写了稿件，就不用 --year、--kind、--focal-point 选",
            "either name stories, or choose by --year, --kind or --focal-point",
        )),
        _ => Ok(Docx {
            stories,
            selection,
            title,
            output,
            drafts: given.has("--drafts"),
            now: given.value("--now", values::moment)?,
        }),
    }
}
