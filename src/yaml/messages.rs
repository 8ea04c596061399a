//! Messages about YAML and the types of values, one constructor each.

use crate::base::lang::Text;
use crate::diagnostic::{Diagnostic, error, note, warning};
use crate::source::Place;
use crate::value::moment::{NotThere, not_there};
use crate::yaml::write;

/// A type that a value should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Expected {
    Text,
    List,
    Flag,
    Date,
    Map,
}

/// A key that is none of these.
pub fn key_unknown(
    place: Place,
    key: &str,
    near: Option<&str>,
    keys: &[(&str, &str)],
) -> Diagnostic {
    let said = error(
        "key-unknown",
        place,
        format!("没有“{key}”这一项"),
        format!("there is no key “{key}”"),
    );
    if near.is_some() || keys.iter().any(|(key, _)| *key == "extra") {
        return said.nearest(
            near,
            "看看 README 里的说明；自己要加的内容放在 extra（附加）下面",
            "see the README for all keys; your own go below `extra`",
        );
    }
    // A key with two spellings in Chinese is there twice.
    let is_first =
        |(at, (en, _)): &(usize, &(&str, &str))| keys[..*at].iter().all(|key| key.0 != *en);
    let keys: Vec<_> = keys.iter().enumerate().filter(is_first).map(|(_, key)| key).collect();
    let zh: Vec<String> = keys.iter().map(|(en, zh)| format!("{en}（{zh}）")).collect();
    let en: Vec<&str> = keys.iter().map(|(en, _)| *en).collect();
    said.help(
        format!("这里能写的有：{}", zh.join("、")),
        format!("there can be: {}", en.join(", ")),
    )
}

/// A key whose value is a secret. The line is not shown, as the secret stands in it.
pub fn key_secret(place: &Place, key: &str) -> Diagnostic {
    let line = place.line();
    error(
        "key-secret",
        Place::file(&place.path),
        format!("第 {line} 行的“{key}”：密码、密钥不能写在这里，这个文件会备份、会给别人看"),
        format!("“{key}” in line {line}: no password or key belongs here, as others see this file"),
    )
    .help(
        "删掉这一行；部署用的密钥放在环境变量或密钥文件里，见 xianfeng help deploy",
        "take it out; keys for deploying come from the environment or a file: see `xianfeng help deploy`",
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

/// A key, with its Chinese name if it is in English: `“unit”（单位）`.
pub fn called(key: &str, zh: &str) -> String {
    if key == zh { format!("“{key}”") } else { format!("“{key}”（{zh}）") }
}

/// A required key that an entry of a list does not have.
pub fn entry_incomplete(place: Place, key: &str, zh: &str) -> Diagnostic {
    error(
        "field-missing",
        place,
        format!("这一项缺少{}", called(key, zh)),
        format!("this entry needs “{key}”"),
    )
    .help(format!("给这一项写上 {key}: …"), format!("give it a “{key}: …”"))
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

/// An item of a list that seems to be several; the list is on one line, or each item has its own.
pub fn item_run_on(place: Place, item: &str, parts: &[&str], on_one_line: bool) -> Diagnostic {
    let parts = parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let parts: Vec<String> = parts.iter().map(|part| write::quote_in_flow(part)).collect();
    let said = warning(
        "list-comma",
        place,
        format!("“{item}”会当成一项：列表里的中文标点不能把它分开"),
        format!("“{item}” is one item: Chinese punctuation marks do not part a list"),
    );
    match on_one_line {
        true => {
            let list = parts.join(", ");
            said.help(
                format!("几项之间要用英文逗号加空格：[{list}]；确实是一项的，给它加上英文双引号"),
                format!(
                    "separate the items with ASCII commas: [{list}]; put one item in double quotes"
                ),
            )
        }
        false => {
            let list = parts.iter().map(|part| format!("- {part}")).collect::<Vec<_>>();
            said.help(
                format!("每一项单独写一行：{}；确实是一项的，给它加上英文双引号", list.join(" / ")),
                format!(
                    "give each item a line of its own: {}; put one item in double quotes",
                    list.join(" / ")
                ),
            )
        }
    }
}

/// A text on several lines where a list is wanted. `key` is how it is spelt.
pub fn list_lines(place: Place, key: &str, text: &str, lines: &[&str]) -> Diagnostic {
    let items: Vec<String> =
        lines.iter().map(|line| write::quote_in_flow(without_mark(line))).collect();
    let list = format!("{key}: [{}]", items.join(", "));
    let quoted = format!("{key}: {}", write::in_quotes(text));
    warning(
        "list-lines",
        place,
        format!("这几行会合成一项：“{text}”"),
        format!("these lines become one item: “{text}”"),
    )
    .help(
        format!("写成列表：{list}；确实是一项的，写在一行里，加上英文双引号：{quoted}"),
        format!("write a list: {list}; one item goes on one line, in double quotes: {quoted}"),
    )
}

/// A line without what people begin an item with: `1. 党建`, `（二）群众`, `· 民生`.
fn without_mark(line: &str) -> &str {
    let marks = |c: char| "－—–―−·•●○◆◇■□▪＊*※-".contains(c);
    let number = |c: char| c.is_ascii_digit() || "（(）)一二三四五六七八九十".contains(c);
    let bare = line.trim_start_matches(marks).trim_start();
    let rest = bare.trim_start_matches(number);
    let is_numbered = rest.len() < bare.len()
        && (rest.starts_with(['.', '、', '．'])
            || bare[..bare.len() - rest.len()].ends_with([')', '）']));
    let item = if is_numbered { rest.trim_start_matches(['.', '、', '．']).trim() } else { bare };
    if item.is_empty() { line } else { item }
}

/// An item of a list that begins with another sign than a hyphen.
pub fn yaml_dash_other(place: Place, mark: &str, item: &str) -> Diagnostic {
    let item = if item.is_empty() { "内容" } else { item };
    error(
        "yaml-dash-other",
        place,
        format!("列表的每一行要用英文减号开头，这里是“{mark}”"),
        format!("each item of a list begins with a hyphen, and this is “{mark}”"),
    )
    .help(
        format!("写成“- {item}”，减号后面空一格"),
        format!("write “- {item}”, with a space after the hyphen"),
    )
}

/// A comment after a text that has no quotation marks. With a space after its sign it is most
/// likely meant.
pub fn yaml_comment(place: Place, text: &str, comment: &str) -> Diagnostic {
    let of = if comment.starts_with("# ") { note } else { warning };
    let whole = if text.is_empty() { comment.to_string() } else { format!("{text} {comment}") };
    let quoted = write::quote(&whole);
    of(
        "yaml-comment",
        place,
        format!("“{comment}”没有用上：空格加 # 后面的内容是注释，不会出现在网站上"),
        format!("“{comment}” is not used: what follows a space and # is a comment"),
    )
    .help(
        format!("要保留它，给整段内容加上英文双引号：{quoted}；确实是注释，就单独写成一行"),
        format!("to keep it, put the whole in double quotes: {quoted}; write a comment on a line of its own"),
    )
}

/// A comment within brackets, which hides the closing one.
pub fn yaml_comment_inside(place: Place) -> Diagnostic {
    error(
        "yaml-comment-inside",
        place,
        "从 # 起都成了注释，括号因此没有配对",
        "from here on all is a comment, so the bracket is never closed",
    )
    .help(
        "空格或括号后面的 # 开始注释；给带 # 的那一项加上英文双引号，例如 [\"甲 #3\", 乙]",
        "a # after a space or a bracket begins a comment; put the item in double quotes, as in [\"a #3\", b]",
    )
}

/// A line that begins with a colon.
pub fn yaml_colon_first(place: Place) -> Diagnostic {
    error(
        "yaml-colon-first",
        place,
        "这一行以冒号开头，前面没有写是哪一项",
        "this line begins with a colon, without the key that it belongs to",
    )
    .help(
        "写成“键: 值”，例如 title: 标题；冒号是内容的话，给整段内容加上英文双引号",
        "write “key: value”; if the colon belongs to the text, put the text in double quotes",
    )
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

/// An item of a list that is no map.
pub fn item_no_map(place: Place, key: &str, (zh, en): (&str, &str)) -> Diagnostic {
    error(
        "type-wrong",
        place,
        format!("“{key}”的每一项应当是“键: 值”的一组，这里是{zh}"),
        format!("the items of “{key}” must be maps, and this is {en}"),
    )
}

/// A value of the wrong type. `shown` is its text, where it has one.
pub fn type_wrong(
    place: Place,
    key: &str,
    wanted: Expected,
    (zh, en): (&str, &str),
    shown: Option<&str>,
) -> Diagnostic {
    let (want_zh, want_en) = match wanted {
        Expected::Text => ("一段文字", "text"),
        Expected::List => ("一个列表", "a list"),
        Expected::Flag => ("true（是）或 false（否）", "true or false"),
        Expected::Date => ("一个日期", "a date"),
        Expected::Map => ("“键: 值”的一组", "a map"),
    };
    let diagnostic = error(
        "type-wrong",
        place,
        format!("“{key}”应当是{want_zh}，这里是{zh}"),
        format!("“{key}” must be {want_en}, and this is {en}"),
    );
    match (wanted, shown) {
        (Expected::List, Some(text)) => {
            let bare = text.trim_matches(['【', '】', '［', '］', '[', ']', '「', '」']);
            let parts = bare
                .split(['，', '、', ',', '；', ';'])
                .map(str::trim)
                .filter(|part| !part.is_empty());
            let parts: Vec<String> = parts.map(write::quote_in_flow).collect();
            let list = format!("{key}: [{}]", parts.join(", "));
            diagnostic.help(format!("写成列表：{list}"), format!("write a list: {list}"))
        }
        (Expected::Flag, _) => diagnostic.help(
            format!("写成 {key}: true 或 {key}: false"),
            format!("write {key}: true or {key}: false"),
        ),
        (Expected::Date, _) => diagnostic.help("写成 2026-03-18", "write it as 2026-03-18"),
        // Quotes around all of them would make one text of several.
        (Expected::Text, _) if en == "a list" => diagnostic.help(
            format!("这一项只能写一个，不用列表：写成 {key}: 文字"),
            format!("only one can be given here, and no list: write {key}: text"),
        ),
        (Expected::Text, _) => diagnostic.help(
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
    .help(
        "每一行写成 title: 标题 这样，冒号后面空一格",
        "write each line as in title: A title, with a space after the colon",
    )
}

/// A number that is none, or out of range.
pub fn number_wrong(place: Place, key: &str, min: i64, max: i64) -> Diagnostic {
    error(
        "number-wrong",
        place,
        format!("“{key}”应当是 {min} 到 {max} 之间的整数"),
        format!("“{key}” must be a whole number from {min} to {max}"),
    )
}

/// The complaint, with a line that would be right.
pub fn with_example(complaint: Diagnostic, example: &Text) -> Diagnostic {
    let Text { zh, en } = example;
    complaint.help(format!("例如：{zh}"), format!("for example: {en}"))
}

/// A day or time that does not exist.
pub fn date_impossible(place: Place, text: &str) -> Diagnostic {
    let (zh, en) = match not_there(text) {
        Some(NotThere::Day(year, month, days)) => (
            format!("{year} 年 {month} 月只有 {days} 天"),
            format!("month {month} of {year} has {days} days"),
        ),
        Some(NotThere::Month) => ("月份从 1 到 12".into(), "months are 1 to 12".into()),
        Some(NotThere::Clock) => {
            ("钟点从 00:00 到 23:59".into(), "times are 00:00 to 23:59".into())
        }
        None => ("检查月份、日子和钟点".into(), "check the month, the day and the hour".into()),
    };
    error(
        "date-impossible",
        place,
        format!("没有“{text}”这个日期或时间"),
        format!("there is no such date or time as “{text}”"),
    )
    .help(zh, en)
}

/// A date in another shape.
pub fn date_shape(place: Place, text: &str, guess: Option<&str>) -> Diagnostic {
    let right = guess.unwrap_or("2026-03-18");
    error(
        "date-format",
        place,
        format!("“{text}”不是规定的日期格式"),
        format!("“{text}” is not a valid date"),
    )
    .help(
        format!("写成 {right}；带时间时写成 2026-03-18 09:30"),
        format!("write {right}; with a time 2026-03-18 09:30"),
    )
}

/// `标题：` with a full-width colon.
pub fn yaml_colon_fullwidth(place: Place) -> Diagnostic {
    error(
        "yaml-colon-fullwidth",
        place,
        "这里用了中文的全角冒号“：”",
        "this is a full-width colon “：”",
    )
    .help("改成英文冒号加一个空格：“: ”", "write an ASCII colon and a space: “: ”")
}

/// `title:text` without a space.
pub fn yaml_colon_space(place: Place) -> Diagnostic {
    error("yaml-colon-space", place, "冒号后面少了一个空格", "there is no space after this colon")
        .help("在冒号后面加一个空格", "put a space after the colon")
}

/// `title: a: b`.
pub fn yaml_colon_inside(place: Place) -> Diagnostic {
    error(
        "yaml-colon-inside",
        place,
        "内容里又出现了“冒号加空格”，看不出哪里是内容",
        "the text contains a colon and a space, so YAML cannot tell where it begins",
    )
    .help(
        "给冒号后面的整段内容加上英文双引号，或把里面的冒号改成中文冒号“：”",
        "put the whole text in double quotes",
    )
}

/// A tab, or another blank that only looks like spaces, in the indentation.
pub fn yaml_indent(place: Place) -> Diagnostic {
    error(
        "yaml-indent",
        place,
        "行首有制表符（Tab）或全角空格",
        "this line is indented with a tab or a full-width space",
    )
    .help(
        "删掉它；需要缩进的地方用普通空格，每一级两个",
        "delete it; where a line must be indented, use plain spaces, two for each level",
    )
}

/// `-item` without a space.
pub fn yaml_dash_space(place: Place) -> Diagnostic {
    error("yaml-dash-space", place, "横线后面少了一个空格", "there is no space after this dash")
        .help("列表的每一行写成“- 内容”", "write each item as “- text”")
}

/// A quotation mark that is never closed.
pub fn yaml_quote_open(place: Place) -> Diagnostic {
    error("yaml-quote-open", place, "这个引号没有配对", "this quotation mark is never closed").help(
        "在内容末尾补上同样的英文引号，或者去掉开头的引号",
        "close it with the same mark at the end of the text, or delete it",
    )
}

/// Text after a closing quotation mark.
pub fn yaml_quote_extra(place: Place) -> Diagnostic {
    error(
        "yaml-quote-extra",
        place,
        "引号已经结束，后面还有内容",
        "there is more text after the closing quotation mark",
    )
    .help(
        "只引一部分文字时，请用中文引号“”；英文引号要把整段内容包起来",
        "quote the whole text; for quotation marks inside it use “ ”",
    )
}

/// Text behind a closing bracket.
pub fn yaml_bracket_extra(place: Place, open: char) -> Diagnostic {
    let (name, en) = if open == '[' { ("方括号", "bracket") } else { ("花括号", "brace") };
    error(
        "yaml-bracket-extra",
        place,
        format!("{name}已经结束，后面还有内容"),
        format!("there is more text after the closing {en}"),
    )
    .help(
        "开头的括号是内容的一部分的话，改用【】，或者给整段内容加上英文双引号",
        "if the bracket belongs to the text, put the whole text in double quotes",
    )
}

/// A bracket that is never closed.
pub fn yaml_bracket_open(place: Place, wide: bool) -> Diagnostic {
    let diagnostic =
        error("yaml-bracket-open", place, "这个括号没有配对", "this bracket is never closed");
    if wide {
        diagnostic.help(
            "后面用的是中文括号，改成英文的 ] 或 }",
            "a full-width bracket follows: write an ASCII ] or }",
        )
    } else {
        diagnostic.help(
            "在列表末尾补上英文的 ] 或 }，例如 [民生, 实践]",
            "close it with ] or }, as in [a, b]",
        )
    }
}

/// A character that has a meaning of its own at the start of a value.
///
/// `value` begins with it.
pub fn yaml_char_reserved(place: Place, value: &str) -> Diagnostic {
    let first: String = value.chars().take(1).collect();
    let said = error(
        "yaml-char-reserved",
        place,
        format!("内容不能直接以“{first}”开头"),
        format!("text cannot begin with “{first}” here"),
    );
    let rest = value[first.len()..].trim_end();
    let item = rest.trim_start();
    match &*first {
        "*" | "-" if item.len() < rest.len() && !item.is_empty() => said.help(
            format!("是列表的话，换一行写“- {item}”，每一项一行；不是列表，就给整段内容加上英文双引号"),
            format!("an item of a list goes on the next line: “- {item}”; else put the text in double quotes"),
        ),
        "*" => said.help(
            "去掉开头的“*”；要保留它，给整段内容加上英文双引号",
            "take the “*” out; to keep it, put the text in double quotes",
        ),
        _ => said.help("给这段内容加上英文双引号", "put the text in double quotes"),
    }
}

/// `**标题**: …`, a key in the asterisks of Markdown.
pub fn yaml_key_bold(place: Place, key: &str) -> Diagnostic {
    error(
        "yaml-key-bold",
        place,
        "稿件信息里的名称不能加星号",
        "a key cannot have asterisks around it",
    )
    .help(format!("去掉星号，写成“{key}: …”"), format!("take them out: “{key}: …”"))
}

/// Aliases that multiply.
pub fn yaml_alias_bomb(place: Place) -> Diagnostic {
    error(
        "yaml-alias-bomb",
        place,
        "这里的别名（*名称）层层重复，展开后大得无法处理",
        "the aliases here expand to far too much",
    )
    .help("把别名换成内容本身", "write the text itself instead of an alias")
}

/// Too many levels.
pub fn yaml_too_deep(place: Place) -> Diagnostic {
    error(
        "yaml-too-deep",
        place,
        "括号或缩进的层数太多（超过 128 层）",
        "there are more than 128 levels of brackets or indentation",
    )
    .help("检查是不是多打了括号", "look for extra brackets")
}

/// A tag.
pub fn yaml_tag(place: Place) -> Diagnostic {
    error(
        "yaml-tag",
        place,
        "内容不能直接以“!”开头",
        "text cannot begin with “!” here: YAML takes it for a tag",
    )
    .help("给这段内容加上英文双引号", "put the text in double quotes")
}

/// A key that is a list or a map.
pub fn yaml_odd_key(place: Place) -> Diagnostic {
    error("yaml-odd-key", place, "冒号前面应当是一个词", "the key before a colon must be a word")
        .help("检查括号和引号的位置", "check the brackets and quotation marks")
}

/// An alias of nothing.
pub fn yaml_unknown_alias(place: Place) -> Diagnostic {
    error(
        "yaml-char-reserved",
        place,
        "内容不能直接以“*”开头",
        "text cannot begin with “*” here: YAML takes it for an alias",
    )
    .help("给这段内容加上英文双引号", "put the text in double quotes")
}

/// A text that YAML 1.1 and YAML 1.2 do not read in the same way.
pub fn yaml_unclear(place: Place) -> Diagnostic {
    error(
        "yaml-unclear",
        place,
        "从这里起，这段 YAML 有两种读法，看不出是哪一种",
        "from here on this YAML can be read in two ways",
    )
    .help(
        "列表或引号里的内容写了几行的，后面几行比键多缩进两格，或者都写在一行里",
        "indent the lines of a list or of quoted text by two spaces more than their key, or write them on one line",
    )
}

/// Anything else.
pub fn yaml_syntax(place: Place, parser: &str) -> Diagnostic {
    let zh = explain(parser);
    // The parser counts lines from where the YAML begins; ours are those of the file.
    let parser = parser.split(" at line ").next().unwrap_or(parser);
    error(
        "yaml-syntax",
        place,
        format!("从这里起格式不对：{zh}"),
        format!("the format is wrong from here on: {parser}"),
    )
    .help(
        "每一行写成“键: 值”；列表写成 [甲, 乙]；内容里有 : # [ ] { } 等符号时，加上英文双引号",
        "write each line as “key: value” and lists as [a, b]; quote text that holds : # [ ] { }",
    )
}

pub(crate) fn explain(parser: &str) -> &'static str {
    let reasons = [
        ("mapping values are not allowed", "这里不该有冒号"),
        ("could not find expected ':'", "这一行或上一行缺少“键: 值”中的冒号"),
        ("did not find expected key", "缩进没有对齐，或上一行的引号、括号没有结束"),
        ("did not find expected '-' indicator", "列表的横线没有对齐"),
        ("did not find expected ',' or ']'", "列表里少了逗号或右括号"),
        ("did not find expected node content", "两个逗号之间没有内容，或者少了内容"),
        ("did not find expected ',' or '}'", "花括号里少了逗号或右括号"),
        ("unexpected end of stream", "引号或括号直到最后也没有结束"),
        ("block sequence entries are not allowed", "这里不该开始列表，列表应另起一行"),
        ("more than one document", "front matter 里多了一行“---”"),
        ("control characters are not allowed", "含有看不见的控制字符"),
        ("found character that cannot start any token", "有不能出现在行首的符号，比如制表符"),
        ("invalid escape", "双引号里的反斜杠用法不对，改用单引号"),
        ("unknown escape", "双引号里的反斜杠用法不对，改用单引号"),
    ];
    reasons
        .iter()
        .find(|(english, _)| parser.contains(english))
        .map_or("请检查缩进、引号和括号", |&(_, chinese)| chinese)
}
