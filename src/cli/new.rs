//! `new`.

use super::table::{CommandSpec, Values, bilingual, required};
use super::{Command, values};

pub(super) const NEW: CommandSpec = CommandSpec {
    name: "new",
    positionals: &[
        required(bilingual("类型", "KIND"), Values::Kinds),
        required(bilingual("标题", "TITLE"), Values::Text).many(),
    ],
    options: &[],
    summary: bilingual("新建一篇稿件，照着说明填写", "Create a story file, ready to fill in"),
    description: bilingual(
        "在 content/stories/年份/ 里新建一篇稿件，各项都写好了说明，照着填就行。类型写中文也可以。",
        "Creates a story in content/stories/YEAR/ with every key that it may need, each explained in Chinese.",
    ),
    examples: &[bilingual("xianfeng new member 林小满的一天", "xianfeng new member 林小满的一天")],
    read: |given| {
        let mut words = given.words.iter().map(|word| word.to_string_lossy());
        let kind = values::kind(&words.next().unwrap_or_default())?;
        let title = words.collect::<Vec<_>>().join(" ");
        Ok(Command::New { kind, title: values::title(&title, "标题")? })
    },
};
