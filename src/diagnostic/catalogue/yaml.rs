//! YAML that does not parse, in terms of what the writer did.

use super::error;
use crate::diagnostic::Diagnostic;
use crate::source::Place;

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
        "the text has a colon and a space inside, so its beginning is unclear",
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
        "this line is indented by a tab or a full-width space",
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
        "close it with the same mark at the end of the text, or take it away",
    )
}

/// Text behind a closing quotation mark.
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
pub fn yaml_char_reserved(place: Place, first: char) -> Diagnostic {
    error(
        "yaml-char-reserved",
        place,
        format!("内容不能直接以“{first}”开头"),
        format!("text cannot begin with “{first}” here"),
    )
    .help("给这段内容加上英文双引号", "put the text in double quotes")
}

/// Aliases that multiply.
pub fn yaml_alias_bomb(place: Place) -> Diagnostic {
    error(
        "yaml-alias-bomb",
        place,
        "这里的别名（*名称）层层重复，展开后大得无法处理",
        "the aliases here repeat each other beyond all reason",
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
    .help("检查是不是多打了括号", "look for brackets that are too many")
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
    error(
        "yaml-odd-key",
        place,
        "冒号前面应当是一个词",
        "what stands before a colon must be a word",
    )
    .help("检查括号和引号的位置", "look at the brackets and quotation marks")
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

fn explain(parser: &str) -> &'static str {
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
