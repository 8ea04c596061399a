//! What the command line chooses of the stories.

use super::error;
use crate::diagnostic::Diagnostic;
use crate::source::{Place, SourcePath};

fn stories() -> Place {
    Place::file(&SourcePath::new("content/stories"))
}

/// `--focal-point` names one that the campaign does not have.
pub fn selection_focal_point(word: &str, near: Option<&str>, all: &[&str]) -> Diagnostic {
    error(
        "selection-focal-point",
        stories(),
        format!("--focal-point 后面的“{word}”不是着力点"),
        format!("--focal-point: “{word}” is not a focal point"),
    )
    .nearest(
        near,
        &format!("可用的有：{}", all.join("、")),
        &format!("there are: {}", all.join(", ")),
    )
}

/// No story is what was asked for; the site has `all` of them.
pub fn selection_empty(all: usize) -> Diagnostic {
    error(
        "selection-empty",
        stories(),
        format!("没有一篇稿件符合所选的条件（网站上共有 {all} 篇）"),
        format!("no story is what was asked for (the site has {all})"),
    )
    .help(
        "看看 --year（年份）、--kind（类型）、--focal-point（着力点）写得对不对；草稿和没到发布时间的稿件不算在内",
        "look at --year, --kind and --focal-point; drafts and what is not published yet do not count",
    )
}
