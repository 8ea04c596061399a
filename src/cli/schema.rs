//! `schema`.

use std::ffi::OsString;

use super::Command;
use super::table::{CommandSpec, Values, bilingual, option, optional};
use crate::schema::FILES;

/// The names of the kinds of files.
const NAMES: [&str; FILES.len()] = {
    let mut names = [""; FILES.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = FILES[i].name;
        i += 1;
    }
    names
};

pub(super) const SCHEMA: CommandSpec = CommandSpec {
    name: "schema",
    positionals: &[optional(bilingual("文件", "FILE"), Values::Words(&NAMES))],
    options: &[&[option(
        "--campaign",
        bilingual(
            "加上这个网站自己的单位、载体和着力点的名称",
            "Add the names of the campaign's own units, carriers and focal points",
        ),
    )]],
    summary: bilingual(
        "各个文件可以写什么，给编辑器用（JSON Schema）",
        "Print what each file may say, as JSON Schema for editors",
    ),
    description: bilingual(
        "显示一种文件可以写什么（JSON Schema），编辑器用它来提示和检查；键可以是中文，也可以是英文。\
         文件不写就列出有哪些。",
        "Prints what a kind of file may say, as JSON Schema by which an editor completes and checks \
         it; keys may be Chinese or English. Without FILE, lists the kinds of files.",
    ),
    examples: &[bilingual(
        "xianfeng schema units > units.schema.json",
        "xianfeng schema units > units.schema.json",
    )],
    read: |given| {
        // Only words of the table get here.
        let place = |word: &OsString| NAMES.iter().position(|name| word == *name);
        let file = given.words.first().and_then(place);
        Ok(Command::Schema { file, campaign: given.has("--campaign") })
    },
};
