//! Messages about names and vocabularies, one constructor each.

use crate::base::name;
use crate::diagnostic::{Diagnostic, error, warning};
use crate::source::{Place, SourcePath};
use crate::value::address::AliasError;

/// Several names in one, as a list.
fn as_list(name: &str) -> Option<String> {
    name::several(name).map(|parts| format!("[{}]", parts.join(", ")))
}

/// A name that no list has, and that seems to be several.
pub fn names_in_one(place: Place, (zh, en): (&str, &str), name: &str, list: bool) -> Diagnostic {
    let diagnostic = warning(
        "names-in-one",
        place,
        format!("“{name}”会当成一个{zh}的名称"),
        format!("“{name}” is taken for the name of one {en}"),
    );
    match as_list(name).filter(|_| list) {
        Some(list) => diagnostic.help(
            format!("几项之间要用英文逗号加空格：{list}；确实是一个名称的，给它加上英文双引号"),
            format!("separate the items with ASCII commas: {list}; put one name in double quotes"),
        ),
        None => diagnostic.help(
            "这里只能写一个，写最主要的；确实是一个名称的，给它加上英文双引号",
            "only one can stand here: write the main one; put one name in double quotes",
        ),
    }
}

/// A name that no entity of a kind has. `known` lists those that there are, or is the path of
/// the file that has them.
pub fn entity_unknown(
    place: Place,
    code: &'static str,
    (called_zh, called_en): (&str, &str),
    name: &str,
    near: Option<&str>,
    several: bool,
    known: Result<String, &str>,
) -> Diagnostic {
    let (diagnostic, zh, en) = match known {
        Ok(all) => (
            error(
                code,
                place,
                format!("没有“{name}”这个{called_zh}"),
                format!("“{name}” is not a {called_en}"),
            ),
            format!("可用的有：{all}"),
            format!("there are: {all}"),
        ),
        Err(path) => (
            error(
                code,
                place,
                format!("{path} 里没有“{name}”"),
                format!("“{name}” is not in {path}"),
            ),
            format!("把这个{called_zh}加进 {path}，或者改用里面的名称"),
            "add it there, or use a name that it has".to_string(),
        ),
    };
    match as_list(name).filter(|_| several) {
        Some(list) => diagnostic.help(
            format!("几项之间要用英文逗号加空格：{list}"),
            format!("separate the items with ASCII commas: {list}"),
        ),
        None => diagnostic.nearest(near, &zh, &en),
    }
}

/// One entity named twice.
pub fn entity_twice(place: Place, (called, _): (&str, &str), name: &str) -> Diagnostic {
    error(
        "focal-point-twice",
        place,
        format!("“{name}”和前面的是同一个{called}"),
        format!("“{name}” is listed twice"),
    )
    .help("删掉一个", "delete one of them")
}

/// A parent that is not in its file.
pub fn parent_unknown(
    place: Place,
    code: &'static str,
    (called_zh, called_en): (&str, &str),
    name: &str,
    near: Option<&str>,
) -> Diagnostic {
    error(
        code,
        place,
        format!("没有“{name}”这个上级{called_zh}"),
        format!("there is no {called_en} “{name}” to be a parent"),
    )
    .nearest(
        near,
        &format!("上级{called_zh}也要列在这个文件里，名称一字不差"),
        "the parent must be in this file, by the same name",
    )
}

/// A unit above itself.
pub fn parent_circle(place: Place, name: &str) -> Diagnostic {
    error(
        "parent-circle",
        place,
        format!("“{name}”成了自己的上级"),
        format!("“{name}” is above itself"),
    )
    .help("检查这几个单位的 parent（上级）", "check the parents of these entries")
}

/// A word that names two entries.
pub fn name_taken(place: Place, word: &str) -> Diagnostic {
    error(
        "name-taken",
        place,
        format!("“{word}”已经是前面某一项的名称或别名"),
        format!("“{word}” is already a name of an earlier entry"),
    )
    .help("每个名称和别名只能属于一项", "a name can belong to one entry only")
}

/// Two entries of one slug.
pub fn entry_twice(place: Place, slug: &str, line: usize) -> Diagnostic {
    error(
        "name-taken",
        place,
        format!("网址名“{slug}”已经属于第 {line} 行的那一项"),
        format!("the slug “{slug}” belongs to the entry in line {line}"),
    )
    .help("给其中一项另写一个 slug（网址名）", "give one of them another slug")
}

/// A vocabulary without entries.
pub fn vocabulary_empty(place: Place) -> Diagnostic {
    error("vocabulary-empty", place, "这个文件里一项也没有", "this file has no entry").help(
        "至少写一项；想用内置的六个着力点，就删掉这个文件",
        "write at least one; delete the file to use the built-in six",
    )
}

/// An old path that cannot be one.
pub fn alias_wrong(place: Place, alias: &str, why: &AliasError) -> Diagnostic {
    let (zh, en) = match why {
        AliasError::NotAPath => (
            format!("旧网址“{alias}”应当是本站的路径，不带域名、问号和井号"),
            format!("“{alias}” must be a path of this site, without host, ? or #"),
        ),
        AliasError::ClimbsOut => (
            format!("旧网址“{alias}”不是站内的路径"),
            format!("“{alias}” is not a path inside the site"),
        ),
    };
    error("alias-wrong", place, zh, en)
        .help("写成 /2025/old-name.html 这样", "write it like /2025/old-name.html")
}

pub(crate) fn stories() -> Place {
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
        format!("no story matches (the site has {all})"),
    )
    .help(
        "看看 --year（年份）、--kind（类型）、--focal-point（着力点）写得对不对；草稿和没到发布时间的稿件不算在内",
        "check --year, --kind and --focal-point; drafts and unpublished stories do not count",
    )
}
