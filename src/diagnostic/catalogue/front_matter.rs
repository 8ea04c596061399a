//! Front matter: its fences, its keys, and the types of values.

use super::{error, note, warning};
use crate::base::lang::Text;
use crate::diagnostic::Diagnostic;
use crate::parse::markdown::Slip;
use crate::source::Place;
use crate::value::kind::Kind;

/// A type that a value should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Wanted {
    Text,
    List,
    Flag,
    Date,
    Map,
}

/// The file does not begin with `---`.
pub fn front_matter_missing(place: Place, nearly: bool) -> Diagnostic {
    let page = place.path.as_str().starts_with("content/pages/");
    let diagnostic = error(
        "front-matter-missing",
        place,
        "文件开头没有稿件信息：第一行应当是三个英文减号“---”",
        "the file has no front matter: its first line must be “---”",
    );
    if nearly {
        diagnostic.help(
            "这一行看着像，但不是三个英文减号；删掉重新输入 ---",
            "this line looks like it, but is not three ASCII hyphens; type it anew",
        )
    } else if page {
        diagnostic.help(
            "在最上面加三行：第一行 ---，第二行 title: 标题，第三行 ---",
            "begin with three lines: ---, then title: The title, then --- again",
        )
    } else {
        diagnostic.help(
            "在最上面加一行 ---，写上标题、日期、类型等，再加一行 ---；xianfeng new 会写好样子",
            "begin with a line ---, then title, date, kind …, then another line ---; `xianfeng new` writes it for you",
        )
    }
}

/// The closing fence is missing.
pub fn front_matter_unclosed(place: Place) -> Diagnostic {
    error(
        "front-matter-unclosed",
        place,
        "稿件信息从这里开始，但没有结束：缺少第二行“---”",
        "the front matter begins here and never ends: the second “---” is missing",
    )
    .help("在稿件信息和正文之间加一行 ---", "put a line --- between the front matter and the text")
}

/// The closing fence is there, but not in ASCII hyphens.
pub fn front_matter_fence(place: Place) -> Diagnostic {
    error(
        "front-matter-unclosed",
        place,
        "这一行应当是三个英文减号“---”，稿件信息才算结束",
        "this line should be three ASCII hyphens, so that the front matter ends",
    )
    .help("删掉这一行，重新输入 ---", "delete the line and type ---")
}

/// The front matter is not `key: value` lines.
pub fn front_matter_no_map(place: Place) -> Diagnostic {
    error(
        "front-matter-format",
        place,
        "稿件信息应当一行一项，写成“键: 值”",
        "the front matter must be lines of “key: value”",
    )
    .help("例如：title: 标题文字", "for example: title: The title")
}

/// A key that does not exist.
pub fn key_unknown(place: Place, key: &str, near: Option<&str>) -> Diagnostic {
    error("key-unknown", place, format!("没有“{key}”这一项"), format!("there is no key “{key}”"))
        .nearest(
            near,
            "看看 README 里的说明；自己要加的内容放在 extra（附加）下面",
            "see the README for all keys; your own go below `extra`",
        )
}

/// A key given twice, perhaps once in each language.
pub fn key_twice(place: Place, key: &str, before: &str, line: usize) -> Diagnostic {
    let (zh, en) = if key == before {
        (
            format!("“{key}”写了两次，第 {line} 行已经有了"),
            format!("“{key}” is given twice, first in line {line}"),
        )
    } else {
        (
            format!("“{key}”和第 {line} 行的“{before}”是同一项"),
            format!("“{key}” and “{before}” in line {line} are the same key in two languages"),
        )
    };
    error("key-twice", place, zh, en).help("留一个，删一个", "keep one of them")
}

/// A required key that a story or page does not have. `kind` is that of the story, if not
/// every kind must have the key; `example` is a line that would do.
pub fn field_missing(
    place: Place,
    key: &str,
    zh: &str,
    kind: Option<Kind>,
    example: &Text,
) -> Diagnostic {
    let (of_zh, of_en) = match kind {
        Some(Kind::Branch) => ("支部稿件", "a branch story"),
        Some(Kind::Member) => ("党员稿件", "a member story"),
        _ => ("这个文件", "this file"),
    };
    error(
        "field-missing",
        place,
        format!("{of_zh}缺少“{key}”（{zh}）"),
        format!("{of_en} needs “{key}”"),
    )
    .help(format!("加一行：{}", example.zh), format!("add a line: {}", example.en))
}

/// A required key that an entry of a list does not have.
pub fn entry_incomplete(place: Place, key: &str, zh: &str) -> Diagnostic {
    error(
        "field-missing",
        place,
        format!("这一项缺少“{key}”（{zh}）"),
        format!("this entry needs “{key}”"),
    )
    .help(format!("给这一项写上 {key}: …"), format!("give it a “{key}: …”"))
}

/// A required key without a value. `example` is a line that has one.
pub fn field_empty(place: Place, key: &str, zh: &str, example: &Text) -> Diagnostic {
    error(
        "field-empty",
        place,
        format!("“{key}”（{zh}）是空的，这一项必须填写"),
        format!("“{key}” is empty, and it is required"),
    )
    .help(format!("例如：{}", example.zh), format!("for example: {}", example.en))
}

/// An item of a list without text.
pub fn item_empty(place: Place, key: &str) -> Diagnostic {
    error(
        "item-empty",
        place,
        format!("“{key}”的列表里有一项是空的"),
        format!("an item of “{key}” is empty"),
    )
    .help("填上内容，或者删掉这一项", "fill it in, or delete it")
}

/// An item of a list that is no text.
pub fn item_type(place: Place, key: &str, (zh, en): (&str, &str)) -> Diagnostic {
    error(
        "type-wrong",
        place,
        format!("“{key}”的每一项应当是文字，这里是{zh}"),
        format!("the items of “{key}” must be text, and this is {en}"),
    )
    .help(
        "写成 [甲, 乙]；内容里有冒号时加上英文双引号",
        "write [a, b]; quote text that has a colon",
    )
}

/// A value of the wrong type. `shown` is its text, where it has one.
pub fn type_wrong(
    place: Place,
    key: &str,
    wanted: Wanted,
    (zh, en): (&str, &str),
    shown: Option<&str>,
) -> Diagnostic {
    let (want_zh, want_en) = match wanted {
        Wanted::Text => ("一段文字", "text"),
        Wanted::List => ("一个列表", "a list"),
        Wanted::Flag => ("true（是）或 false（否）", "true or false"),
        Wanted::Date => ("一个日期", "a date"),
        Wanted::Map => ("“键: 值”的一组", "a map"),
    };
    let diagnostic = error(
        "type-wrong",
        place,
        format!("“{key}”应当是{want_zh}，这里是{zh}"),
        format!("“{key}” must be {want_en}, and this is {en}"),
    );
    match (wanted, shown) {
        (Wanted::List, Some(text)) => {
            let bare = text.trim_matches(['【', '】', '［', '］', '[', ']', '「', '」']);
            let parts: Vec<&str> = bare.split(['，', '、', ',']).map(str::trim).collect();
            let list = format!("{key}: [{}]", parts.join(", "));
            diagnostic.help(format!("写成列表：{list}"), format!("write a list: {list}"))
        }
        (Wanted::Flag, _) => diagnostic.help(
            format!("写成 {key}: true 或 {key}: false"),
            format!("write {key}: true or {key}: false"),
        ),
        (Wanted::Date, _) => diagnostic.help("写成 2026-03-18", "write it as 2026-03-18"),
        (Wanted::Text, _) => diagnostic.help(
            format!("写成 {key}: 文字；文字以 [ 或 {{ 开头时加上英文双引号"),
            format!("write {key}: text; quote text that begins with [ or {{"),
        ),
        _ => diagnostic,
    }
}

/// Something that must be a map and is not.
pub fn type_map(place: Place, (zh, en): (&str, &str)) -> Diagnostic {
    error(
        "type-wrong",
        place,
        format!("这里应当是“键: 值”，却是{zh}"),
        format!("this must be “key: value”, and is {en}"),
    )
    .help("看看 README.zh-CN.md 里这一项的写法", "see README.zh-CN.md for how it is written")
}

/// A number that is none, or out of range.
pub fn number_wrong(place: Place, key: &str, min: i64, max: i64) -> Diagnostic {
    error(
        "number-wrong",
        place,
        format!("“{key}”应当是 {min} 到 {max} 之间的整数"),
        format!("“{key}” must be a whole number from {min} to {max}"),
    )
    .help(format!("例如：{key}: 20"), format!("for example: {key}: 20"))
}

/// A day or time that does not exist.
pub fn date_impossible(place: Place, text: &str) -> Diagnostic {
    error(
        "date-impossible",
        place,
        format!("没有“{text}”这个日期或时间"),
        format!("there is no such date or time as “{text}”"),
    )
    .help("检查月份、日子和钟点", "look at the month, the day and the hour")
}

/// A date in another shape.
pub fn date_shape(place: Place, text: &str, guess: Option<&str>) -> Diagnostic {
    let right = guess.unwrap_or("2026-03-18");
    error(
        "date-format",
        place,
        format!("“{text}”不是规定的日期格式"),
        format!("“{text}” is not a date as it is written here"),
    )
    .help(
        format!("写成 {right}；带时间时写成 2026-03-18 09:30"),
        format!("write {right}; with a time 2026-03-18 09:30"),
    )
}

/// A text that has more characters than it may, or a list more items: `code` is that of the
/// key, whose Chinese and English names are `names`.
pub fn too_much(
    place: Place,
    code: &'static str,
    names: (&str, &str),
    (is_list, count, most): (bool, usize, usize),
    (help_zh, help_en): (&str, &str),
) -> Diagnostic {
    let (zh, en) = names;
    let en = en.replace('_', " ");
    let (zh, en) = match is_list {
        true => (
            format!("列了 {count} 个{zh}，最多 {most} 个"),
            format!("there are {count} {en}; {most} is the most"),
        ),
        false => (
            format!("{zh}有 {count} 个字，最多 {most} 个字"),
            format!("the {en} has {count} characters; {most} is the most"),
        ),
    };
    error(code, place, zh, en).help(help_zh, help_en)
}

/// A story that expires before it is published.
pub fn expires_before_publishing(place: Place) -> Diagnostic {
    error(
        "expires-before-publishing",
        place,
        "撤下时间早于发布时间，这篇稿件永远不会出现",
        "it expires before it is published, and would never be seen",
    )
    .help("检查 publish_at 和 expire_at", "look at publish_at and expire_at")
}

/// A cover without a description.
pub fn cover_alt_missing(place: Place) -> Diagnostic {
    error(
        "cover-alt-missing",
        place,
        "封面缺少文字说明，看不见图片的读者不知道它是什么",
        "the cover has no description for readers who cannot see it",
    )
    .help(
        "加一行：cover_alt: 图片里是谁、在哪里、做什么",
        "add a line: cover_alt: what the picture shows",
    )
}

/// Raw HTML.
pub fn raw_html(place: Place) -> Diagnostic {
    warning(
        "raw-html",
        place,
        "正文里的 HTML 代码不会生效，会原样显示成文字",
        "HTML in a story has no effect: it is shown as text",
    )
    .help(
        "删掉它，改用 Markdown 的写法；想显示这段代码时，用反引号 ` 包起来",
        "use Markdown instead; to show the code itself, put it between backticks",
    )
}

/// A story without a text.
pub fn body_empty(place: Place) -> Diagnostic {
    note("body-empty", place, "这篇稿件还没有正文", "this story has no text").help(
        "在第二行 --- 下面写正文；还没写好就加一行 draft: true",
        "write it below the second ---; with a line `draft: true` it waits",
    )
}

/// What was meant as Markdown and is shown as it was typed.
pub fn markdown_slip(place: Place, slip: Slip) -> Diagnostic {
    match slip {
        Slip::SpaceInAddress => error(
            "link-space",
            place,
            "地址里有空格，这不是链接，会原样显示出来",
            "the address has a space: this is no link, and is shown as it is typed",
        )
        .help(
            "给地址加上尖括号：[文字](<文件 名.docx>)；或者把文件名里的空格去掉",
            "put the address between < and >: [words](<file name.docx>)",
        ),
        Slip::WideBrackets => warning(
            "link-wide-brackets",
            place,
            "这里用了中文括号，不是链接，会原样显示出来",
            "these brackets are full-width: this is no link, and is shown as it is typed",
        )
        .help("改用英文括号：[文字](文件名.md)", "use ASCII brackets: [words](file.md)"),
        Slip::HeadingSpace => warning(
            "heading-space",
            place,
            "井号后面少了一个空格，这不是小标题，会原样显示出来",
            "there is no space behind the hashes: this is no heading",
        )
        .help("写成“## 小标题”", "write “## Heading”"),
        Slip::LooseAsterisks => warning(
            "emphasis-loose",
            place,
            "这里的 ** 没有配成一对，会原样显示出来",
            "these asterisks emphasise nothing, and are shown as they are typed",
        )
        .help(
            "加粗写成 **文字**，星号紧挨着文字，里面不留空格；要显示星号本身，写成 \\*\\*",
            "write **words**, without spaces inside; for the asterisks themselves write \\*\\*",
        ),
    }
}

/// A grade of secrecy other than 公开.
pub fn secrecy_not_public(place: Place, grade: &str) -> Diagnostic {
    error(
        "secrecy-not-public",
        place,
        format!("密级写的是“{grade}”：不公开的材料不能用本程序发布或归档"),
        format!("the secrecy is “{grade}”: what is not public is neither published nor archived"),
    )
    .help(
        "把这个文件移出网站文件夹，按保密规定处理；确实可以公开的，写 secrecy: 公开，或者删掉这一行",
        "move the file out of the project; what may be public says `secrecy: 公开`, or nothing",
    )
}
