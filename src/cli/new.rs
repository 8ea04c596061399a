//! `new`.

use super::table::{CommandSpec, Values, bilingual, option, required};
use super::{Command, values};
use crate::value::kind::Kind;

/// A story to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct NewArguments {
    /// Of this kind.
    pub kind: Kind,
    /// With this title.
    pub title: String,
    /// The name of its file or folder.
    pub slug: Option<String>,
    /// In a folder of its own?
    pub folder: bool,
    /// With this unit.
    pub unit: Option<String>,
    /// With this focal point.
    pub focal_point: Option<String>,
}

pub(super) const NEW: CommandSpec = CommandSpec {
    name: "new",
    positionals: &[
        required(bilingual("类型", "KIND"), Values::Kinds),
        required(bilingual("标题", "TITLE"), Values::Text).many(),
    ],
    options: &[&[
        option(
            "--slug",
            bilingual(
                "文件名，也是网址的最后一段（默认是标题开头几个字的拼音）",
                "Name of the file, and the last part of the address (default: the title's first words in pinyin)",
            ),
        )
        .value(bilingual("网址名", "SLUG"), Values::Text),
        option(
            "--folder",
            bilingual(
                "建一个文件夹，照片和附件可以放在稿件旁边",
                "Make a folder, so that pictures and attachments can lie beside the story",
            ),
        ),
        option("--unit", bilingual("先填好单位", "Fill in the unit"))
            .value(bilingual("单位", "UNIT"), Values::Text),
        option("--focal-point", bilingual("先填好着力点", "Fill in the focal point"))
            .value(bilingual("着力点", "NAME"), Values::Text),
    ]],
    summary: bilingual("新建一篇稿件，照着说明填写", "Create a story file, ready to fill in"),
    description: bilingual(
        "在 content/stories/年份/ 里新建一篇稿件，各项都写好了说明，照着填就行。类型写中文也可以。",
        "Creates a story in content/stories/YEAR/ with every key that it may need, each explained in Chinese.",
    ),
    examples: &[
        bilingual("xianfeng new member 林小满的一天", "xianfeng new member 林小满的一天"),
        bilingual(
            "xianfeng new news 推进会 --folder --unit 青禾街道党工委",
            "xianfeng new news 推进会 --folder --unit 青禾街道党工委",
        ),
    ],
    read: |given| {
        let mut words = given.words.iter().map(|word| word.to_string_lossy());
        let kind = values::kind(&words.next().unwrap_or_default())?;
        let title = words.collect::<Vec<_>>().join(" ");
        Ok(Command::New(NewArguments {
            kind,
            title: values::title(&title, "标题")?,
            slug: given.value("--slug", values::slug)?,
            folder: given.has("--folder"),
            unit: given.value("--unit", |word| Ok(word.to_string()))?,
            focal_point: given.value("--focal-point", |word| Ok(word.to_string()))?,
        }))
    },
};
