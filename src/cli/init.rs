//! `init`.

use super::table::{CommandSpec, Values, bilingual, option, optional};
use super::{Command, values};

pub(super) const INIT: CommandSpec = CommandSpec {
    name: "init",
    positionals: &[optional(bilingual("文件夹", "DIR"), Values::Folder)],
    options: &[&[option(
        "--now",
        bilingual(
            "示例稿件的日期从这一天往前排（默认是今天）",
            "Day of the newest sample story (default: today)",
        ),
    )
    .value(bilingual("时间", "TIME"), Values::Text)]],
    summary: bilingual(
        "新建一个网站，带三篇示例稿件，马上可以生成",
        "Create a campaign that builds right away",
    ),
    description: bilingual(
        "新建一个网站：设置、单位名录、载体、两个页面和三篇示例稿件。\
         文件夹不写就是当前文件夹；已有 content 文件夹时什么也不做。",
        "Creates a campaign: settings, units, carriers, two pages and three sample stories. \
         DIR defaults to the current folder. Nothing is written if it already has a content folder.",
    ),
    examples: &[bilingual("xianfeng init 我的专栏", "xianfeng init my-campaign")],
    read: |given| {
        let dir = given.words.first().map_or(".".into(), Into::into);
        let day = given.value("--now", values::moment)?.map(|(moment, _)| moment);
        Ok(Command::Init { dir, day })
    },
};
