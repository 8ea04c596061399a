//! `report` and what it reports on.

use std::path::PathBuf;

use super::given::Given;
use super::table::{CommandSpec, Values, bilingual, option};
use super::{Command, complaints::both, values};
use crate::base::lang::Text;
use crate::value::moment::Moment;

/// What to report on, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportArguments {
    /// What, by its name in [`REPORTS`](crate::report::REPORTS).
    pub what: &'static str,
    /// Of one year.
    pub year: Option<i32>,
    /// The file to write, relative to the project where it is not absolute, and its form; `None` for
    /// the terminal.
    pub output: Option<(PathBuf, ReportForm)>,
    /// The time that it is, and whether it was given without an offset.
    pub now: Option<(Moment, bool)>,
    /// Replace a file that is there.
    pub force: bool,
}

/// What a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportForm {
    /// One page, to be read and printed.
    Html,
    /// A spreadsheet.
    Xlsx,
    /// A table for any program.
    Csv,
}

impl ReportForm {
    fn of_file(path: &std::path::Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_lowercase().as_str() {
            "html" | "htm" => Some(ReportForm::Html),
            "xlsx" => Some(ReportForm::Xlsx),
            "csv" => Some(ReportForm::Csv),
            _ => None,
        }
    }
}

pub(super) const REPORT: CommandSpec = CommandSpec {
    name: "report",
    positionals: &[],
    options: &[],
    summary: bilingual("列出有哪些报告", "List the reports that there are"),
    description: bilingual(
        "列出有哪些报告。xianfeng report coverage 显示覆盖情况。",
        "Lists the reports that there are. `xianfeng report coverage` shows coverage.",
    ),
    examples: &[bilingual("xianfeng report", "xianfeng report")],
    read: |_| Ok(Command::Reports),
};

pub(super) const COVERAGE: CommandSpec = CommandSpec {
    name: "report coverage",
    positionals: &[],
    options: &[&[
        option(
            "--year",
            bilingual("只算这一年的稿件（默认全部）", "Only stories of this year (default: all)"),
        )
        .value(bilingual("年份", "YEAR"), Values::Text),
        option(
            "--output-file",
            bilingual(
                "存成文件，扩展名决定格式：.html（可以打印）、.xlsx 或 .csv；不写就显示在屏幕上",
                "File to write, as its ending says: .html (to print), .xlsx or .csv (default: the terminal)",
            ),
        )
        .letter('o')
        .value(bilingual("文件", "FILE"), Values::File),
        option(
            "--now",
            bilingual(
                "按这一天算，例如 2026-03-18（默认是现在）",
                "Time to count up to, such as 2026-03-18 (default: now)",
            ),
        )
        .value(bilingual("时间", "TIME"), Values::Text),
        option(
            "--force",
            bilingual("文件已经存在也覆盖", "Replace a file that is there"),
        ),
    ]],
    summary: bilingual(
        "覆盖情况：哪里有稿件，哪里没有，接下来写什么",
        "Show where there are stories, where there are none, and what to write next",
    ),
    description: bilingual(
        "列出着力点与单位、着力点与月份、载体与领域、工作与单位各有几篇稿件，空白的一眼能看出来；\
         再列出很久没有稿件的单位、各领域还没写过的着力点，以及既没有写工作也没有写成效的稿件（两张皮）。\
         只看有没有，不打分，不排名。",
        "Counts the stories of focal points by unit and by month, of carriers by sector and of works by \
         unit, and lists units without a story for long, focal points that a sector never touches, and \
         stories that name neither a work nor a result. Nobody is scored or ranked.",
    ),
    examples: &[
        bilingual("xianfeng report coverage --year 2026", "xianfeng report coverage --year 2026"),
        bilingual(
            "xianfeng report coverage -o 覆盖情况.xlsx",
            "xianfeng report coverage -o coverage.xlsx",
        ),
    ],
    read: |given| Ok(Command::Report(read("coverage", given)?)),
};

fn read(what: &'static str, given: &Given) -> Result<ReportArguments, Text> {
    let output = given.path("--output-file")?.map(|path| match ReportForm::of_file(&path) {
        Some(form) => Ok((path, form)),
        None => {
            let shown = path.display();
            Err(both(
                format!("不知道把“{shown}”写成什么格式：文件名以 .html、.xlsx 或 .csv 结尾"),
                format!("“{shown}” says no format: let it end in .html, .xlsx or .csv"),
            ))
        }
    });
    Ok(ReportArguments {
        what,
        year: given.value("--year", values::year)?,
        output: output.transpose()?,
        now: given.value("--now", values::moment)?,
        force: given.has("--force"),
    })
}
