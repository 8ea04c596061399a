//! The template engine's complaints in plain words, in both languages.

use crate::base::lang::Text;

/// What the engine says, with `{}` for what it names, and the same in Chinese and in plain English,
/// with `{0}` for the first of these. Without English it is the engine's own. The first that fits is
/// taken.
const SENTENCES: [(&str, &str, &str); 83] = [
    (
        "Function calls are only allowed at the first element of a chain",
        "这里不能加括号：内容后面没有可以调用的方法",
        "nothing can be called here: values have no methods",
    ),
    (
        "`extends` needs to be the first tag of the template",
        "extends 必须是模板里的第一个标签，前面只能有注释",
        "`extends` must be the first tag of a template",
    ),
    (
        "Invalid syntax for `set`: expecting an `=` followed by an expression or a `%}}`",
        "set 后面要写 = 和值，例如 {% set a = 1 %}",
        "`set` needs = and a value, as in {% set a = 1 %}",
    ),
    (
        "{} was named `{}` in the opening tag, found `{}` as name in the end tag",
        "这里结束的 {0} 写的是“{2}”，开始的是“{1}”",
        "this closes the {0} “{2}”, but “{1}” is open",
    ),
    (
        "{} is a reserved keyword of Tera, it cannot be used as a loop variable.",
        "{0} 是保留的词，不能用作名称",
        "“{0}” is a word of the language and cannot be a name",
    ),
    ("`-` and `not` cannot be used consecutively.", "not 和 - 不能连着写", ""),
    (
        "`not` is only valid here as part of `not in`",
        "not 写在要判断的内容前面：not a；中间只能写 not in",
        "write `not` before what is tested: not a; only `not in` stands between two values",
    ),
    ("`{}` is not allowed after `~`", "~ 后面不能写 {0}，加上括号", "put {0} after ~ in brackets"),
    (
        "unexpected escape character",
        "引号里的反斜线 \\ 后面只能是引号、n、t、r 或者 \\",
        "after \\ in quotes there can only be a quote, n, t, r or \\",
    ),
    (
        "The expression is too complex",
        "这里写得太复杂，先用 {% set … %} 分成几步",
        "this is too much for one expression: split it with {% set … %}",
    ),
    ("Identifiers can only have up to {} nested brackets.", "方括号套得太深", ""),
    ("Arrays can have a maximum of {} dimensions.", "列表套得太深", ""),
    (
        "Component definitions cannot be written in another tag.",
        "component 要写在别的标签外面",
        "a component stands outside other tags",
    ),
    ("Component argument `{}` is defined more than once", "{0} 这个参数写了两次", ""),
    (
        "Component `{}` is defined in both `{}` and `{}`",
        "组件“{0}”在 {1} 和 {2} 里都有",
        "the component “{0}” is in {1} and in {2}",
    ),
    (
        "The name `body` is reserved for component body content.",
        "body 是组件里的内容，不能用作参数的名称",
        "",
    ),
    (
        "Found `<` but expected identifier after it{}",
        "< 后面要写组件的名称；比较大小写成 a < b",
        "after < stands the name of a component; to compare write a < b",
    ),
    (
        "Components with body content must use tag syntax: {}",
        "有内容的组件写成 {% <name> %}…{% </name> %}",
        "a component with something in it is {% <name> %}…{% </name> %}",
    ),
    (
        "Invalid {}: this map should only contain literal values.",
        "这里只能写现成的值，不能写变量",
        "only plain values can stand here, no names",
    ),
    (
        "Found {} but expected }}.",
        "这里是{0}，应当先写 }} 结束前面的 {{",
        "{0} stands where }} must close the {{",
    ),
    (
        "Found {} but expected %}.",
        "这里是{0}，应当先写 %} 结束前面的 {%",
        "{0} stands where %} must close the {%",
    ),
    (
        "Found {} but expected one of: {}",
        "这里是{0}，应当是一个值",
        "{0} stands where a value must be",
    ),
    (
        "Found {} but expected string.",
        "这里是{0}，应当是带引号的文字",
        "{0} stands where a text in quotes must be",
    ),
    ("Found {} but expected {}.", "这里是{0}，应当是{1}", "{0} stands where {1} must be"),
    ("Found {} but expected {}", "这里是{0}，应当是{1}", "{0} stands where {1} must be"),
    ("Found {} but was expecting {}.", "这里是{0}，应当是{1}", "{0} stands where {1} must be"),
    (
        "Found {} but `-` can only be followed by an integer or a float",
        "`-` 后面只能是数字，这里是{0}",
        "",
    ),
    (
        "Found {} but component default arguments can only be one of: {}",
        "组件参数的默认值不能是{0}",
        "",
    ),
    ("Found {} but the only types allowed are: {}", "没有{0}这种类型，可用的有 {1}", ""),
    ("Found invalid field of `loop`: {}. Only {} exist.", "loop 里没有 {0}，只有 {1}", ""),
    ("Field `{}` is not defined{}", "没有“{0}”这一项内容", ""),
    ("Variable `{}` is not defined{}", "没有“{0}”这个变量", ""),
    ("Variable `{}` not found{}", "没有“{0}”这个变量", ""),
    ("Variable `{}` exists but its value is undefined", "“{0}”这个变量没有内容", ""),
    ("Tried to render a variable that is not defined: `{}`", "没有“{0}”这个变量", ""),
    ("Tried to render a variable that is undefined", "这里要显示的内容不存在", ""),
    ("Tried to escape an undefined value", "这里要显示的内容不存在", ""),
    ("Cannot index into an undefined value", "点号或方括号前面的内容不存在", ""),
    ("Index expression is undefined", "方括号里的内容不存在", ""),
    ("Unknown filter `{}`{}", "没有“{0}”这个过滤器", ""),
    ("Filter `{}` is not registered", "没有“{0}”这个过滤器", ""),
    ("Unknown function `{}`{}", "没有“{0}”这个函数", ""),
    ("Unknown test `{}`{}", "没有“{0}”这个判断", ""),
    ("Unknown component `{}`{}", "没有“{0}”这个组件", ""),
    ("Component '{}' not found", "没有“{0}”这个组件", ""),
    ("Unknown template `{}`{}", "没有 {0} 这个模板", ""),
    ("Template '{}' not found", "没有 {0} 这个模板", ""),
    ("Template '{}' is inheriting from '{}', {}", "模板 {0} 以 {1} 为底，但没有 {1} 这个模板", ""),
    (
        "Circular extend detected for template '{}'{}",
        "模板 {0} 的 extends 绕回了自己",
        "what {0} extends leads back to it",
    ),
    (
        "Circular include detected for template '{}'{}",
        "模板 {0} 的 include 绕回了自己",
        "what {0} includes leads back to it",
    ),
    (
        "Template is already extending `{}`",
        "一个模板只能写一次 extends，前面已经写了 {0}",
        "a template extends one other: {0} stands before",
    ),
    (
        "Template already contains a block named `{}`",
        "名为“{0}”的 block 写了两次",
        "the block “{0}” is here twice",
    ),
    ("Template already contains a component named `{}`", "名为“{0}”的组件写了两次", ""),
    ("Block `{}` is not defined in any parent template", "底下的模板里没有名为“{0}”的 block", ""),
    (
        "Blocks cannot be written inside a {}.",
        "block 不能写在 {0} 里面",
        "a block cannot stand inside {0}",
    ),
    ("`{}` cannot be used inside a {}", "{0} 不能写在 {1} 里面", ""),
    ("{} can only be used in a for loop", "{0} 只能写在 for 循环里", ""),
    (
        "`extends` cannot be nested in other tags.",
        "extends 不能写在别的标签里面",
        "`extends` cannot stand inside another tag",
    ),
    ("Tried to use super() in the top level block", "super() 只能写在改写别人的 block 里", ""),
    (
        "This content would be ignored: only {} are allowed at the top level of a child template.",
        "以别的模板为底时，最外层只能写 {0}，这里的内容不会显示",
        "in a template that extends another only {0} can stand outermost: this is never shown",
    ),
    ("Unknown tag{}", "没有这种标签", "there is no such tag"),
    (
        "Unexpected end of input",
        "模板没有写完，缺少 {% end… %} 或 }}",
        "the template ends too early: {% end… %} or }} is missing",
    ),
    (
        "unexpected end of string",
        "模板没有写完，引号没有结束",
        "the template ends too early: a quote is not closed",
    ),
    (
        "unexpected end of raw block",
        "模板没有写完，缺少 {% endraw %}",
        "the template ends too early: {% endraw %} is missing",
    ),
    (
        "String opened with `{}` is missing its closing `{}`",
        "这里的引号 {0} 没有结束",
        "the quote {0} is not closed",
    ),
    (
        "Closing comment tag `{}` not found",
        "注释没有结束，缺少 {0}",
        "the comment is not closed: {0} is missing",
    ),
    ("Unclosed component '{}'", "组件“{0}”没有结束", ""),
    ("Closing tag '{}' doesn't match opening tag '{}'", "结束的是“{0}”，开始的是“{1}”，对不上", ""),
    (
        "Unexpected character",
        "这里有不认识的符号，例如中文标点",
        "{found} is no sign that can stand here",
    ),
    ("Missing keyword argument `{}`", "缺少 {0} 这个参数", ""),
    ("Keyword argument `{}` is defined more than once", "{0} 这个参数写了两次", ""),
    ("Unknown argument(s) {} in component call{}", "组件没有 {0} 这个参数", ""),
    ("Argument `{}`{} missing.", "缺少 {0} 这个参数", ""),
    (
        "{} is a reserved keyword of Tera, it cannot be assigned to.",
        "{0} 是保留的词，不能用作名称",
        "“{0}” is a word of the language and cannot be a name",
    ),
    ("Iteration not possible on type `{}`", "{0}不能用 for 逐个列出", "no loop can go through {0}"),
    (
        "Key/value iteration is not possible on type `{}`, only on maps.",
        "{0}不能用两个变量的 for 列出",
        "no loop with two names can go through {0}",
    ),
    (
        "Math operations can only be done on numbers, found `{}`",
        "只有数字能计算，这里是{0}",
        "only numbers can be calculated with, and this is {0}",
    ),
    ("Cannot compare `{}` with `{}`", "{0}和{1}不能比较大小", "{0} and {1} cannot be compared"),
    ("Cannot divide by 0", "不能除以 0", ""),
    (
        "Invalid type for the value, expected `{}` but got `{}`",
        "这里要用{0}，给的却是{1}",
        "this must be {0}, and is {1}",
    ),
    (
        "super() called outside of a block",
        "super() 只能写在改写别人的 block 里",
        "`super()` stands in a block that takes the place of another",
    ),
    (
        "Maximum render recursion depth for components exceeded.",
        "组件一直在调用自己，没有尽头",
        "a component calls itself without an end",
    ),
    ("The template nesting is too deep", "模板套得太深", "the tags are in each other too deep"),
];

/// The engine's words for what stands in a template, in Chinese and in English.
const WORDS: [(&str, &str, &str); 30] = [
    ("identifier", "名称", "a name"),
    ("ident", "名称", "a name"),
    ("attribute name", "名称", "a name"),
    ("a string", "文字", "a text"),
    ("string", "文字", "a text"),
    ("integer", "整数", "a number"),
    ("float", "小数", "a number"),
    ("number", "数字", "a number"),
    ("i64", "整数", "a number"),
    ("u64", "整数", "a number"),
    ("i128", "整数", "a number"),
    ("usize", "整数", "a number"),
    ("f64", "数字", "a number"),
    ("&str", "文字", "a text"),
    ("&[Value]", "列表", "a list"),
    ("Map", "键值表", "a map"),
    ("bool", "true 或 false", "true or false"),
    ("array", "列表", "a list"),
    ("map", "键值表", "a map"),
    ("bytes", "字节", "bytes"),
    ("none", "空值", "nothing"),
    ("undefined", "不存在的内容", "nothing"),
    ("raw content", "文字", "text"),
    ("content", "文字", "text"),
    ("comment", "注释", "a comment"),
    ("component definition", "组件", "component"),
    ("for loop", "for 循环", "for"),
    ("if", "if", "if"),
    ("block", "block", "block"),
    ("filter section", "filter", "filter"),
];

/// What to write in place of something: what the engine expected, what it found or what stands there,
/// and the way out.
const HINTS: [(&str, &[&str], &str, &str); 20] = [
    ("%}", &["if"], "另一种情况写成 {% elif … %}", "another case is {% elif … %}"),
    (
        "%}",
        &["with"],
        "include 不带参数：在前面写 {% set a = … %}",
        "`include` takes no arguments: write {% set a = … %} before",
    ),
    (
        "%}",
        &["="],
        "比较是不是一样，写两个等号：{% if a == b %}",
        "to compare write two signs: {% if a == b %}",
    ),
    ("%}", &["}"], "{% 用 %} 结束，{{ 用 }} 结束", "{% ends with %}, and {{ with }}"),
    ("}}", &["}"], "{{ 用两个大括号结束：{{ … }}", "{{ ends with two braces: {{ … }}"),
    ("", &["}"], "{{ 用 }} 结束，{% 用 %} 结束", "{{ ends with }}, and {% with %}"),
    (
        "}}",
        &[":"],
        "过滤器的参数写在括号里，要有名称：default(value=\"…\")",
        "arguments of a filter stand in brackets, with their names: default(value=\"…\")",
    ),
    (
        "%}",
        &[":"],
        "过滤器的参数写在括号里，要有名称：default(value=\"…\")；标签后面没有冒号",
        "arguments of a filter stand in brackets, with their names: default(value=\"…\"); no colon ends a tag",
    ),
    ("identifier", &["|"], "“或者”写成 or", "write `or`"),
    ("", &["!"], "“不是”写成 not", "write `not`"),
    ("", &["&"], "“而且”写成 and", "write `and`"),
    (
        "",
        &["?"],
        "写成 {{ a if b else c }}；可能没有的内容写成 | default(value=\"…\")",
        "write {{ a if b else c }}, or | default(value=\"…\") for what may be missing",
    ),
    ("", &[";"], "结尾不写分号", "no semicolon ends a tag"),
    (
        "one of",
        &["."],
        "名称前面没有点：{{ story.title }}",
        "no point stands before a name: {{ story.title }}",
    ),
    ("", &["$"], "名称前面没有 $", "no $ stands before a name"),
    (
        "",
        &[
            "“", "”", "‘", "’", "（", "）", "，", "：", "；", "！", "＝", "｛", "｝", "％", "｜",
            "。", "、", "　", "「", "」",
        ],
        "换成英文的符号：\" ( ) , : = { } % |",
        "write the signs of an English keyboard: \" ( ) , : = { } % |",
    ),
    ("in", &[], "写成 {% for x in a %}", "write {% for x in a %}"),
    (
        "string",
        &[],
        "模板的名称加上引号，例如 {% include \"item.html\" %}",
        "put the name of the template in quotes, as in {% include \"item.html\" %}",
    ),
    (
        "=",
        &[],
        "参数要写名称，例如 truncate(length=40)、default(value=\"…\")",
        "arguments have names, as in truncate(length=40), default(value=\"…\")",
    ),
    (
        "identifier",
        &[],
        "这里要写名称：参数写成 truncate(length=40)，block 的名称不加引号，列表的第一项是 a[0]",
        "a name stands here: arguments are truncate(length=40), a block's name has no quotes, the first of a list is a[0]",
    ),
];

/// The engine's words in both languages, and the way out if it is known. `found` is what stands there.
pub fn plain(engine: &str, found: &str) -> (Text, Option<Text>) {
    let found = found.trim();
    let said = SENTENCES.iter().find_map(|(sentence, zh, en)| {
        let parts = parts(sentence, engine)?;
        let is_named = sentence.starts_with("Found {} ") && !found.is_empty();
        let shown = |i: usize, part: &str, is_zh: bool| match i {
            0 if is_named => format!("“{found}”"),
            _ => word(part, is_zh),
        };
        let filled = |text: &str, is_zh: bool| {
            let text = text.replace("{found}", &format!("“{found}”"));
            parts.iter().enumerate().fold(text, |text, (i, part)| {
                let slot = format!("{{{i}}}");
                let quoted = format!("“{slot}”");
                text.replace(&quoted, &format!("“{part}”")).replace(&slot, &shown(i, part, is_zh))
            })
        };
        let en = if en.is_empty() { engine.to_string() } else { filled(en, false) };
        Some(Text { zh: filled(zh, true), en })
    });
    let said = said.unwrap_or_else(|| Text {
        zh: format!("模板引擎看不懂这里的写法（原话：{engine}）"),
        en: engine.to_string(),
    });
    (said, hint(engine, found))
}

fn hint(engine: &str, found: &str) -> Option<Text> {
    let expected = engine.split_once(" but expected ").map(|(_, rest)| rest.trim_end_matches('.'));
    if expected.is_none() && engine != "Unexpected character" {
        return None;
    }
    let expected = expected.unwrap_or_default();
    let first = found.chars().next().map(String::from).unwrap_or_default();
    let fits = |(wanted, signs, ..): &&(&str, &[&str], &str, &str)| {
        (wanted.is_empty() || expected.starts_with(wanted))
            && (signs.is_empty() || signs.contains(&found) || signs.contains(&first.as_str()))
    };
    let (.., zh, en) = HINTS.iter().find(fits)?;
    Some(Text { zh: (*zh).into(), en: (*en).into() })
}

/// What stands in `text` for each `{}` of `pattern`; `None` if it does not fit.
fn parts<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut fixed = pattern.split("{}");
    let mut rest = text.strip_prefix(fixed.next()?)?;
    let fixed: Vec<&str> = fixed.collect();
    let mut parts = Vec::with_capacity(fixed.len());
    for (i, behind) in fixed.iter().enumerate() {
        let at = match i + 1 == fixed.len() {
            true if behind.is_empty() => rest.len(),
            true => rest.len().checked_sub(behind.len()).filter(|_| rest.ends_with(behind))?,
            false => rest.find(behind)?,
        };
        parts.push(&rest[..at]);
        rest = &rest[at + behind.len()..];
    }
    rest.is_empty().then_some(parts)
}

/// A list of the engine's words; what it quotes stays.
fn word(part: &str, is_zh: bool) -> String {
    let one = |word: &str| {
        let bare = word.trim().trim_start_matches("or ").trim_start_matches("and ");
        match WORDS.iter().find(|(engine, ..)| *engine == bare) {
            Some((_, zh, en)) => (if is_zh { *zh } else { *en }).to_string(),
            None if is_zh => format!(" {bare} "),
            None => bare.to_string(),
        }
    };
    let list: Vec<String> = part
        .split(", ")
        .flat_map(|item| item.split(" or "))
        .flat_map(|item| item.split(" and "))
        .map(one)
        .collect();
    match list.as_slice() {
        [only] => only.clone(),
        list => {
            let words: Vec<&str> = list.iter().map(|word| word.trim()).collect();
            words.join(if is_zh { "、" } else { ", " })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_engine_says_is_said_in_both_languages() {
        for (engine, found, chinese, english) in [
            (
                "Found `</` but expected }}.",
                "",
                "这里是 `</` ，应当先写 }} 结束前面的 {{",
                "`</` stands where }} must close the {{",
            ),
            (
                "Found identifier but expected in.",
                "of",
                "这里是“of”，应当是 in ",
                "“of” stands where in must be",
            ),
            (
                "Found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`",
                "%}",
                "这里是“%}”，应当是一个值",
                "“%}” stands where a value must be",
            ),
            (
                "Field `colour` is not defined",
                "",
                "没有“colour”这一项内容",
                "Field `colour` is not defined",
            ),
            (
                "block was named `a` in the opening tag, found `b` as name in the end tag",
                "b",
                "这里结束的 block 写的是“b”，开始的是“a”",
                "this closes the block “b”, but “a” is open",
            ),
            (
                "Iteration not possible on type `string`",
                "",
                "文字不能用 for 逐个列出",
                "no loop can go through a text",
            ),
        ] {
            let (said, _) = plain(engine, found);
            assert_eq!((&*said.zh, &*said.en), (chinese, english));
        }
        assert!(plain("Something new", "").0.zh.contains("原话：Something new"));
    }
}
