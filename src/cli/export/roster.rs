//! `export roster`.

use std::path::PathBuf;
use std::sync::Arc;

use super::NOW;
use crate::base::lang::Text;
use crate::cli::given::Given;
use crate::cli::table::{CommandSpec, Values, bilingual, option};
use crate::cli::{Command, values};
use crate::export::roster::RosterBook;

pub(in crate::cli) const ROSTER: CommandSpec = CommandSpec {
    name: "export roster",
    positionals: &[],
    options: &[&[
        option(
            "--output-file",
            bilingual(
                "名册放在哪里（默认网站文件夹里的 名册.xlsx）",
                "File to write (default: 名册.xlsx in the project folder)",
            ),
        )
        .letter('o')
        .value(bilingual("文件", "FILE"), Values::File),
        NOW,
    ]],
    summary: bilingual(
        "把单位、荣誉、人员、工作、实事名录做成 Excel 名册，填好再导入",
        "Write the lists of units, honours, people, works and tasks as a spreadsheet to fill in",
    ),
    description: bilingual(
        "每种名录一张工作表，表头写着要填什么，单位、着力点、状态可以从下拉列表里选。\n\
         改好以后用 xianfeng import 名册.xlsx 导回来：没有改的，什么都不会变。已有的文件不会覆盖。",
        "Each list is a sheet whose heads say what to fill in; units, focal points and states can be chosen from lists. \
         Import it again with `xianfeng import`: what was not changed stays as it is. No file is overwritten.",
    ),
    examples: &[bilingual(
        "xianfeng export roster -o 名册.xlsx",
        "xianfeng export roster -o roster.xlsx",
    )],
    read: |given| Ok(Command::Export(Arc::new(read(given)?))),
};

fn read(given: &Given) -> Result<RosterBook, Text> {
    let output = given.path("--output-file")?.unwrap_or_else(|| PathBuf::from("名册.xlsx"));
    values::ending_known(&output, &["xlsx"])?;
    Ok(RosterBook { output, now: given.value("--now", values::moment)? })
}
