//! `import`.

use std::path::PathBuf;

use super::table::{CommandSpec, JOBS, Values, bilingual, option, required};
use super::{Command, values};
use crate::import::posts::Generator;
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
    /// The generator whose site is imported.
    pub from: Option<Generator>,
    /// The file that says what its categories are here.
    pub map: Option<PathBuf>,
    /// Does what a roster does not have go from the list?
    pub remove: bool,
    /// Do the people of a roster become stories?
    pub stories: bool,
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
                "--from",
                bilingual(
                    "文件是 Hexo、Hugo 或 Jekyll 网站的文件夹，导入它的文章",
                    "FILE is the folder of a Hexo, Hugo or Jekyll site; import its posts",
                ),
            )
            .value(
                bilingual("hexo|hugo|jekyll", "hexo|hugo|jekyll"),
                Values::Words(&["hexo", "hugo", "jekyll"]),
            ),
            option(
                "--map",
                bilingual(
                    "分类的对照文件（YAML），一行一个，例如 民生工作: 抓好民生",
                    "YAML file that says what each category is, as in `News: livelihood`",
                ),
            )
            .value(bilingual("对照文件", "FILE"), Values::File),
            option(
                "--remove",
                bilingual(
                    "名册里没有的，从名录里删掉（默认保留）",
                    "Remove from the list what the roster does not have (default: it stays)",
                ),
            ),
            option(
                "--stories",
                bilingual(
                    "人员名册里的每个人，新建一篇党员稿件（草稿）",
                    "Make a draft about each person of a roster of people",
                ),
            ),
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
    summary: bilingual(
        "把 Word 文档变成稿件，把 Excel 名册变成名录",
        "Turn Word documents into stories, and rosters into lists",
    ),
    description: bilingual(
        "一个 Word 文档（.docx）变成一篇稿件，图片放在旁边；可以一次给几个文件，或者整个文件夹。导入的都是草稿，已有的稿件不会覆盖。\n\
         修订里删除的文字、隐藏文字不带来；推荐表、申报表里的身份证号、电话、住址从不带来。猜的、没有带来的，都会列出来。\n\
         一个名册（.xlsx、.xls、.et、.csv）变成或更新名录：单位、荣誉、人员、工作、实事；先列出变化，注释和先后都不动，什么也不删（除非加 --remove）。",
        "A Word document (.docx) becomes a story with its pictures beside it; several files or whole folders can be given. All are drafts, and nothing is overwritten. \
         Deleted and hidden text stays behind, and so do identity numbers, telephones and addresses in forms. What was guessed or left out is told.\n\
         A roster (.xlsx, .xls, .et, .csv) becomes or updates a list: units, honours, people, works or tasks. Changes are shown, comments and order stay, and nothing is removed without --remove.",
    ),
    examples: &[
        bilingual("xianfeng import 林小满事迹.docx", "xianfeng import story.docx"),
        bilingual("xianfeng import 荣誉名册.xlsx", "xianfeng import honours.xlsx"),
        bilingual(
            "xianfeng import --from hexo D:\\旧网站 --map 分类.yaml",
            "xianfeng import --from hexo ../old --map categories.yaml",
        ),
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
            from: given
                .value("--from", |word| {
                    Ok(Generator::ALL.iter().find(|(name, _)| *name == word).map(|(_, g)| *g))
                })?
                .flatten(),
            map: given.path("--map")?,
            remove: given.has("--remove"),
            stories: given.has("--stories"),
            convert: given.has("--convert"),
            now: given.value("--now", values::moment)?,
            jobs: given.value("--jobs", values::jobs)?,
        }))
    },
};
