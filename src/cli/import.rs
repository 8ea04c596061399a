//! `import`.

use std::path::PathBuf;

use super::table::{CommandSpec, JOBS, Values, bilingual, option, required};
use super::{Command, values};
use crate::value::kind::Kind;
use crate::value::moment::Moment;

/// What is to be imported, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportArguments {
    /// Files, and folders of files.
    pub files: Vec<PathBuf>,
    /// Only say what would be written?
    pub dry_run: bool,
    /// The kind of the stories.
    pub kind: Option<Kind>,
    /// Their unit.
    pub unit: Option<String>,
    /// Their focal point.
    pub focal_point: Option<String>,
    /// The folder below `content/stories` into which they go.
    pub into: Option<PathBuf>,
    /// May LibreOffice convert what cannot be read here?
    pub convert: bool,
    /// The time that it is, and whether it was given without an offset.
    pub now: Option<(Moment, bool)>,
    /// Number of threads; `None` for one per core.
    pub jobs: Option<usize>,
}

pub(super) const IMPORT: CommandSpec = CommandSpec {
    name: "import",
    positionals: &[required(bilingual("文件", "FILE"), Values::File).many()],
    options: &[
        &[
            option(
                "--dry-run",
                bilingual("只显示会写什么，什么也不写", "Only show what would be written"),
            ),
            option(
                "--kind",
                bilingual(
                    "稿件的类型（默认按文档里写明的，没有写明就是动态）",
                    "Kind of the stories (default: as the document says, else news)",
                ),
            )
            .value(bilingual("类型", "KIND"), Values::Kinds),
            option("--unit", bilingual("稿件的单位", "Unit of the stories"))
                .value(bilingual("单位", "UNIT"), Values::Text),
            option("--focal-point", bilingual("稿件的着力点", "Focal point of the stories"))
                .value(bilingual("着力点", "NAME"), Values::Text),
            option(
                "--into",
                bilingual(
                    "放在 content/stories 里的哪个文件夹（默认按年份）",
                    "Folder in content/stories (default: that of the year)",
                ),
            )
            .value(bilingual("文件夹", "FOLDER"), Values::Folder),
            option(
                "--convert",
                bilingual(
                    "旧的 .doc、.wps 先交给本机的 LibreOffice 转成 .docx",
                    "Let LibreOffice convert old .doc and .wps files first",
                ),
            ),
            option(
                "--now",
                bilingual(
                    "文中没有日期时写这一天，例如 2026-03-18（默认是今天）",
                    "Day of stories that name none, such as 2026-03-18 (default: today)",
                ),
            )
            .value(bilingual("时间", "TIME"), Values::Text),
        ],
        &[JOBS],
    ],
    summary: bilingual("把 Word 文档变成稿件", "Turn Word documents into stories"),
    description: bilingual(
        "一个 Word 文档（.docx）变成一篇稿件，图片放在旁边；可以一次给几个文件，或者整个文件夹。导入的都是草稿，已有的稿件不会覆盖。\n\
         修订里删除的文字、隐藏文字不带来；推荐表、申报表里的身份证号、电话、住址从不带来。猜的、没有带来的，都会列出来。",
        "A Word document (.docx) becomes a story with its pictures beside it; several files or whole folders can be given. All are drafts, and nothing is overwritten. \
         Deleted and hidden text stays behind, and so do identity numbers, telephones and addresses in forms. What was guessed or left out is told.",
    ),
    examples: &[
        bilingual("xianfeng import 林小满事迹.docx", "xianfeng import story.docx"),
        bilingual("xianfeng import 投稿 --dry-run", "xianfeng import submissions --dry-run"),
    ],
    read: |given| {
        Ok(Command::Import(ImportArguments {
            files: given.words.iter().map(PathBuf::from).collect(),
            dry_run: given.has("--dry-run"),
            kind: given.value("--kind", values::kind)?,
            unit: given.value("--unit", |word| Ok(word.to_string()))?,
            focal_point: given.value("--focal-point", |word| Ok(word.to_string()))?,
            into: given.path("--into")?,
            convert: given.has("--convert"),
            now: given.value("--now", values::moment)?,
            jobs: given.value("--jobs", values::jobs)?,
        }))
    },
};
