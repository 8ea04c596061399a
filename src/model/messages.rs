//! Messages about names and vocabularies, one constructor each.

use crate::base::name;
use crate::diagnostic::{Diagnostic, error, note, warning};
use crate::source::{Place, SourcePath};
use crate::value::address::AliasError;
use crate::value::moment::Moment;

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

/// An honour that was conferred upon nobody.
/// The keys are spelt as in the entry, and as in one of a person.
pub fn honour_nobody(
    place: Place,
    name: &str,
    (units, people): (&str, &str),
    (of_name, of_unit): (&str, &str),
) -> Diagnostic {
    warning(
        "honour-nobody",
        place,
        format!("“{name}”没有写授予了谁，荣誉榜上不会有它"),
        format!("it is not said upon whom “{name}” was conferred, so no list shows it"),
    )
    .help(
        format!("加一行 {units}: [单位名称]，或者 {people}: [{{{of_name}: 林小满, {of_unit}: 单位名称}}]"),
        format!("add {units}: [The unit], or {people}: [{{{of_name}: Lin Xiaoman, {of_unit}: The unit}}]"),
    )
}

/// A name that a story uses, of something that its list hides.
pub fn entity_hidden(
    place: Place,
    code: &'static str,
    called: (&str, &str),
    name: &str,
    path: &str,
) -> Diagnostic {
    error(
        code,
        place,
        format!("{}“{name}”在 {path} 里隐藏了，不能再用", called.0),
        format!("{path} hides the {} “{name}”", called.1),
    )
    .help(
        format!("删掉 {path} 里“{name}”的 hidden（隐藏）那一行，或者在这里换一个"),
        format!("delete the line `hidden` of “{name}” in {path}, or name another here"),
    )
}

/// A list of some of the six focal points that says more than their names.
pub fn focal_points_fewer(place: Place, left_out: &[&str]) -> Diagnostic {
    let count = left_out.len();
    note(
        "focal-points-fewer",
        place,
        format!("这里没有列出的 {count} 个着力点就不用了：{}", left_out.join("、")),
        format!(
            "the {count} focal points that are not listed here are not used: {}",
            left_out.join(", ")
        ),
    )
    .help(
        "还要用就照顺序加上它们的名称，例如 - 围绕中心；确实不用，不必理会",
        "to keep them add their names; if they are not wanted, leave this as it is",
    )
}

/// A list of focal points that hides all of them.
pub fn focal_points_hidden(place: Place) -> Diagnostic {
    error(
        "focal-points-hidden",
        place,
        "六个着力点全都隐藏了，一个也没有留下",
        "all focal points are hidden, and none is left",
    )
    .help(
        "至少留下一个：删掉它的 hidden（隐藏）那一行",
        "keep at least one: delete the line `hidden` of it",
    )
}

/// A cover of a special topic without a description.
pub fn series_cover_alt(place: Place, key: &str) -> Diagnostic {
    error(
        "cover-alt-missing",
        place,
        "封面没有说明，看不见图片的读者不知道上面是什么",
        "the cover has no description for readers who cannot see it",
    )
    .help(format!("加一行：{key}: 图片里有什么"), format!("add a line: {key}: what it shows"))
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

/// A work that no list has.
pub fn linked_work_unknown(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    error(
        "work-unknown",
        place,
        format!("content/works.yaml 和 content/carriers.yaml 里都没有“{name}”"),
        format!("“{name}” is neither in content/works.yaml nor in content/carriers.yaml"),
    )
    .nearest(
        near,
        "把这项工作加进 content/works.yaml，或者改用里面的名称",
        "add it to content/works.yaml, or use a name that is there",
    )
}

/// A work that is both central and coordinated with.
pub fn work_in_both(place: Place, name: &str) -> Diagnostic {
    warning(
        "work-in-both",
        place,
        format!("“{name}”已经写在中心工作里，统筹工作里不再显示"),
        format!("“{name}” is among the central works already, and is not shown here again"),
    )
    .help("两处留下一处", "name it in one of the two")
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

/// A task that is done, and does not say when.
pub fn task_undated(place: Place) -> Diagnostic {
    error(
        "task-undated",
        place,
        "状态是办结，却没有写办结日期",
        "it is done, and does not say when",
    )
    .help("加一行 done_on（办结日期）", "add a line `done_on`")
}

/// A task that says when it was done, and that it is not.
pub fn task_done_early(place: Place, done: Moment, status: &str) -> Diagnostic {
    let words = crate::schema::vocabulary::STATUSES;
    let zh = words.iter().find(|(en, _)| *en == status).map_or(status, |(_, zh)| zh);
    let done = done.date();
    error(
        "task-not-done",
        place,
        format!("写了办结日期 {done}，状态却是{zh}（{status}）"),
        format!("it was done on {done}, and its status is `{status}`"),
    )
    .help(
        "已经办完的，把状态改成 done（办结）；还没办完的，删掉办结日期",
        "if it is done, write `status: done`; else delete `done_on`",
    )
}

/// Two events that calendars cannot tell apart.
pub fn event_twice(place: Place, name: &str, line: usize) -> Diagnostic {
    error(
        "event-twice",
        place,
        format!("第 {line} 行已经有同一天的“{name}”，日历分不清这两项"),
        format!("line {line} has “{name}” on the same day; calendars cannot tell them apart"),
    )
    .help(
        "重复了就删掉一项；确实是两场的，给其中一项另写一个 slug（网址名）",
        "delete one if it is the same; else give one of them a slug of its own",
    )
}

/// A vocabulary without entries; is there a list that takes its place?
pub fn vocabulary_empty(place: Place, is_built_in: bool) -> Diagnostic {
    let diagnostic =
        error("vocabulary-empty", place, "这个文件里一项也没有", "this file has no entry");
    match is_built_in {
        true => diagnostic.help(
            "至少写一项；想用内置的六个着力点，就删掉这个文件",
            "write at least one; delete the file to use the built-in six",
        ),
        false => diagnostic.help(
            "至少写一项；暂时用不到，就删掉这个文件",
            "write at least one; delete the file while nothing needs it",
        ),
    }
}

/// A time that ends before it begins.
pub fn dates_reversed(place: Place, from: Moment, to: Moment) -> Diagnostic {
    let (from, to) = (from.date(), to.date());
    error(
        "dates-reversed",
        place,
        format!("结束的日期 {to} 早于开始的日期 {from}"),
        format!("it ends on {to}, before it begins on {from}"),
    )
    .help("改正其中一个日期；两个写反了就对调", "correct one of them, or swap them")
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
