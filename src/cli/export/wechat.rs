//! `export wechat`.

use std::path::PathBuf;
use std::sync::Arc;

use super::{DRAFTS, NOW};
use crate::base::lang::Text;
use crate::cli::given::Given;
use crate::cli::table::{CommandSpec, Values, bilingual, option, required};
use crate::cli::{Command, values};
use crate::export::wechat::Wechat;

pub(in crate::cli) const WECHAT: CommandSpec = CommandSpec {
    name: "export wechat",
    positionals: &[required(bilingual("稿件", "STORY"), Values::File).many()],
    options: &[&[
        option(
            "--output-dir",
            bilingual(
                "放在哪个文件夹里，每篇稿件一个小文件夹（默认网站文件夹里的 公众号）",
                "Folder to write, with one in it for each story (default: 公众号 in the project folder)",
            ),
        )
        .letter('o')
        .value(bilingual("文件夹", "DIR"), Values::Folder),
        DRAFTS,
        NOW,
    ]],
    summary: bilingual(
        "把稿件做成公众号正文：打开就能复制，图片、封面、检查单都备好",
        "Write stories as articles for WeChat, with pictures, covers and a list of what to check",
    ),
    description: bilingual(
        "每篇稿件一个文件夹：index.html 是预览，点“复制正文”，到公众号后台粘贴；图片按编号放在旁边，还有两种大小的封面和检查单。\n\
         公众号打不开别处的链接，它们变成文后的编号。",
        "A folder for each story: a preview from which the text is copied and pasted into WeChat, pictures by number, \
         two covers, and a list of what to check. Links to other sites become numbered notes, as WeChat opens none.",
    ),
    examples: &[bilingual(
        "xianfeng export wechat content/stories/2026/lin-xiao-man.md -o 公众号",
        "xianfeng export wechat content/stories/2026/lin-xiao-man.md -o wechat",
    )],
    read: |given| Ok(Command::Export(Arc::new(read(given)?))),
};

fn read(given: &Given) -> Result<Wechat, Text> {
    Ok(Wechat {
        stories: given.words.iter().map(|word| word.to_string_lossy().into_owned()).collect(),
        output: given.path("--output-dir")?.unwrap_or_else(|| PathBuf::from("公众号")),
        drafts: given.has("--drafts"),
        now: given.value("--now", values::moment)?,
    })
}
