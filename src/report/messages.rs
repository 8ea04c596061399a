//! Messages about reports, one constructor each.

use crate::diagnostic::{Diagnostic, error};
use crate::source::{Place, SourcePath};

/// A file would be replaced.
pub fn report_file_exists(path: &str) -> Diagnostic {
    error(
        "report-file-exists",
        Place::file(&SourcePath::new(path)),
        format!("“{path}”已经存在，没有改动"),
        format!("“{path}” exists and was not changed"),
    )
    .help("换一个文件名；要覆盖它，加 --force", "choose another name, or replace it with --force")
}

/// A file would be written among the sources.
pub fn report_in_project(path: &str) -> Diagnostic {
    error(
        "report-in-project",
        Place::file(&SourcePath::new(path)),
        "报告不能放在 content 或 themes 文件夹里",
        "a report cannot be written into content or themes",
    )
    .help("换一个地方，例如 -o 覆盖情况.xlsx", "choose another place, such as -o coverage.xlsx")
}

/// A year without a story.
pub fn report_year_empty(year: i32, years: &[i32]) -> Diagnostic {
    let years: Vec<String> = years.iter().map(i32::to_string).collect();
    error(
        "report-year-empty",
        Place::file(&SourcePath::new("content/stories")),
        format!("{year} 年没有稿件"),
        format!("there is no story of {year}"),
    )
    .help(
        format!("有稿件的年份：{}", years.join("、")),
        format!("years with stories: {}", years.join(", ")),
    )
}
