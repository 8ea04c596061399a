//! Names: focal points, kinds, units, carriers, slugs, aliases.

use super::error;
use crate::base::lang::Text;
use crate::diagnostic::Diagnostic;
use crate::source::Place;
use crate::value::address::AliasError;

/// Several names in one, parted by Chinese commas.
fn several_names(name: &str) -> Option<String> {
    let parts: Vec<&str> = name.split(['，', '、', '；', ';']).map(str::trim).collect();
    (parts.len() > 1).then(|| format!("[{}]", parts.join(", ")))
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
    match several_names(name).filter(|_| several) {
        Some(list) => diagnostic.help(
            format!("几项之间要用英文逗号加空格：{list}"),
            format!("part the items by ASCII commas: {list}"),
        ),
        None => diagnostic.nearest(near, &zh, &en),
    }
}

/// One entity named twice.
pub fn entity_twice(place: Place, (called_zh, called_en): (&str, &str), name: &str) -> Diagnostic {
    error(
        "focal-point-twice",
        place,
        format!("“{name}”和前面的是同一个{called_zh}"),
        format!("“{name}” is a {called_en} that this list has already"),
    )
    .help("删掉一个", "delete one of them")
}

/// A kind that does not exist.
pub fn kind_unknown(place: Place, word: &str, near: Option<&str>) -> Diagnostic {
    error(
        "kind-unknown",
        place,
        format!("没有“{word}”这种类型"),
        format!("“{word}” is not a kind of story"),
    )
    .nearest(
        near,
        "写 branch（支部）、member（党员）或 news（动态）",
        "write branch (支部), member (党员) or news (动态)",
    )
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
    .help("检查这几个单位的 parent（上级）", "look at the parents of these units")
}

/// A word that names two entries.
pub fn name_taken(place: Place, word: &str) -> Diagnostic {
    error(
        "name-taken",
        place,
        format!("“{word}”已经是前面某一项的名称或别名"),
        format!("“{word}” is a name of an entry before this one"),
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

/// A vocabulary that is no list.
pub fn vocabulary_no_list(place: Place, (zh, en): (&str, &str)) -> Diagnostic {
    error(
        "type-wrong",
        place,
        format!("这个文件应当是一个列表，却是{zh}"),
        format!("this file must be a list, and is {en}"),
    )
    .help("每一项以“- name: 名称”开头", "begin each entry with “- name: …”")
}

/// A colour that is none.
pub fn colour_wrong(place: Place, text: &str) -> Diagnostic {
    error("colour-wrong", place, format!("“{text}”不是颜色"), format!("“{text}” is not a colour"))
        .help("写成带引号的 \"#b3261e\"", "write it in quotes: \"#b3261e\"")
}

/// A slug with other characters.
pub fn slug_wrong(place: Place, slug: &str, better: &str) -> Diagnostic {
    error(
        "slug-wrong",
        place,
        format!("网址名“{slug}”只能用小写英文字母、数字和减号"),
        format!("the slug “{slug}” may only have lower-case letters, digits and hyphens"),
    )
    .help(format!("写成 {better}，或者删掉这一行"), format!("write {better}, or delete the line"))
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
            format!("“{alias}” is not a path inside of the site"),
        ),
    };
    error("alias-wrong", place, zh, en)
        .help("写成 /2025/old-name.html 这样", "write it like /2025/old-name.html")
}

/// Two things at one address. `other` is what else is there.
pub fn address_taken(place: Place, address: &str, other: &Text) -> Diagnostic {
    error(
        "address-taken",
        place,
        format!("网址“/{address}”已经被{}占用", other.zh),
        format!("the address “/{address}” is taken by {}", other.en),
    )
    .help(
        "给其中一个另写一个 slug（网址名），或者改文件名",
        "give one of them another slug, or rename the file",
    )
}

/// A redirect where something real is.
pub fn alias_taken(place: Place, address: &str, other: &Text) -> Diagnostic {
    error(
        "alias-taken",
        place,
        format!("旧网址“/{address}”现在属于{}，不能再转到别处", other.zh),
        format!("“/{address}” belongs to {} now and cannot lead elsewhere", other.en),
    )
    .help("删掉这个旧网址", "delete this alias")
}
