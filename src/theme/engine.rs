//! The template engine's complaints in Chinese.

/// What the engine says, with `{}` for what it names, and the same in Chinese, with `{0}` for the
/// first of these. The first that fits is taken.
const SENTENCES: [(&str, &str); 62] = [
    ("Found {} but expected }}.", "这里是{0}，应当先写 }} 结束前面的 {{"),
    ("Found {} but expected %}.", "这里是{0}，应当先写 %} 结束前面的 {%"),
    ("Found {} but expected one of: {}", "这里是{0}，应当是 {1}"),
    ("Found {} but expected string.", "这里是{0}，应当是带引号的文字"),
    ("Found {} but expected {}.", "这里是{0}，应当是{1}"),
    ("Found {} but expected {}", "这里是{0}，应当是{1}"),
    ("Found {} but was expecting {}.", "这里是{0}，应当是{1}"),
    (
        "Found {} but `-` can only be followed by an integer or a float",
        "`-` 后面只能是数字，这里是{0}",
    ),
    (
        "Found {} but component default arguments can only be one of: {}",
        "组件参数的默认值不能是{0}",
    ),
    ("Found {} but the only types allowed are: {}", "没有{0}这种类型，可用的有 {1}"),
    ("Found invalid field of `loop`: {}. Only {} exist.", "loop 里没有 {0}，只有 {1}"),
    ("Field `{}` is not defined{}", "没有“{0}”这一项内容"),
    ("Variable `{}` is not defined{}", "没有“{0}”这个变量"),
    ("Variable `{}` not found{}", "没有“{0}”这个变量"),
    ("Variable `{}` exists but its value is undefined", "“{0}”这个变量没有内容"),
    ("Tried to render a variable that is not defined: `{}`", "没有“{0}”这个变量"),
    ("Tried to render a variable that is undefined", "这里要显示的内容不存在"),
    ("Tried to escape an undefined value", "这里要显示的内容不存在"),
    ("Cannot index into an undefined value", "点号或方括号前面的内容不存在"),
    ("Index expression is undefined", "方括号里的内容不存在"),
    ("Unknown filter `{}`{}", "没有“{0}”这个过滤器"),
    ("Filter `{}` is not registered", "没有“{0}”这个过滤器"),
    ("Unknown function `{}`{}", "没有“{0}”这个函数"),
    ("Unknown test `{}`{}", "没有“{0}”这个判断"),
    ("Unknown component `{}`{}", "没有“{0}”这个组件"),
    ("Component '{}' not found", "没有“{0}”这个组件"),
    ("Unknown template `{}`{}", "没有 {0} 这个模板"),
    ("Template '{}' not found", "没有 {0} 这个模板"),
    ("Template '{}' is inheriting from '{}', {}", "模板 {0} 以 {1} 为底，但没有 {1} 这个模板"),
    ("Circular extend detected for template '{}'{}", "模板 {0} 的 extends 绕回了自己"),
    ("Circular include detected for template '{}'{}", "模板 {0} 的 include 绕回了自己"),
    ("Template is already extending `{}`", "一个模板只能写一次 extends，前面已经写了 {0}"),
    ("Template already contains a block named `{}`", "名为“{0}”的 block 写了两次"),
    ("Template already contains a component named `{}`", "名为“{0}”的组件写了两次"),
    ("Block `{}` is not defined in any parent template", "底下的模板里没有名为“{0}”的 block"),
    ("Blocks cannot be written inside a {}.", "block 不能写在 {0} 里面"),
    ("`{}` cannot be used inside a {}", "{0} 不能写在 {1} 里面"),
    ("{} can only be used in a for loop", "{0} 只能写在 for 循环里"),
    ("`extends` cannot be nested in other tags.", "extends 不能写在别的标签里面"),
    ("Tried to use super() in the top level block", "super() 只能写在改写别人的 block 里"),
    (
        "This content would be ignored: only {} are allowed at the top level of a child template.",
        "以别的模板为底时，最外层只能写 {0}，这里的内容不会显示",
    ),
    ("Unknown tag{}", "没有这种标签"),
    ("Unexpected end of input", "模板没有写完，缺少 {% end… %} 或 }}"),
    ("unexpected end of string", "模板没有写完，引号没有结束"),
    ("unexpected end of raw block", "模板没有写完，缺少 {% endraw %}"),
    ("String opened with `{}` is missing its closing `{}`", "这里的引号 {0} 没有结束"),
    ("Closing comment tag `{}` not found", "注释没有结束，缺少 {0}"),
    ("Unclosed component '{}'", "组件“{0}”没有结束"),
    ("Closing tag '{}' doesn't match opening tag '{}'", "结束的是“{0}”，开始的是“{1}”，对不上"),
    ("Unexpected character", "这里有不认识的符号，例如中文标点"),
    ("Missing keyword argument `{}`", "缺少 {0} 这个参数"),
    ("Keyword argument `{}` is defined more than once", "{0} 这个参数写了两次"),
    ("Unknown argument(s) {} in component call{}", "组件没有 {0} 这个参数"),
    ("Argument `{}`{} missing.", "缺少 {0} 这个参数"),
    ("{} is a reserved keyword of Tera, it cannot be assigned to.", "{0} 是保留的词，不能用作名称"),
    ("Iteration not possible on type `{}`", "{0}不能用 for 逐个列出"),
    (
        "Key/value iteration is not possible on type `{}`, only on maps.",
        "{0}不能用两个变量的 for 列出",
    ),
    ("Math operations can only be done on numbers, found `{}`", "只有数字能计算，这里是{0}"),
    ("Cannot compare `{}` with `{}`", "{0}和{1}不能比较大小"),
    ("Cannot divide by 0", "不能除以 0"),
    ("Invalid type for the value, expected `{}` but got `{}`", "这里要用{0}，给的却是{1}"),
    ("The template nesting is too deep", "模板套得太深"),
];

/// The engine's words for what stands in a template.
const WORDS: [(&str, &str); 22] = [
    ("identifier", "名称"),
    ("ident", "名称"),
    ("attribute name", "名称"),
    ("a string", "文字"),
    ("string", "文字"),
    ("integer", "整数"),
    ("float", "小数"),
    ("number", "数字"),
    ("bool", "true 或 false"),
    ("array", "列表"),
    ("map", "键值表"),
    ("bytes", "字节"),
    ("none", "空值"),
    ("undefined", "不存在的内容"),
    ("raw content", "文字"),
    ("content", "文字"),
    ("comment", "注释"),
    ("component definition", "组件"),
    ("for loop", "for 循环"),
    ("if", "if"),
    ("block", "block"),
    ("filter section", "filter"),
];

/// The engine's words in Chinese. What it says seldom is quoted.
pub fn in_chinese(engine: &str) -> String {
    let said = SENTENCES.iter().find_map(|(english, chinese)| {
        let parts = parts(english, engine)?;
        let filled = parts.iter().enumerate().fold(chinese.to_string(), |text, (i, part)| {
            let slot = format!("{{{i}}}");
            let quoted = format!("“{slot}”");
            text.replace(&quoted, &format!("“{part}”")).replace(&slot, &word(part))
        });
        Some(filled)
    });
    said.unwrap_or_else(|| format!("模板引擎看不懂这里的写法（原话：{engine}）"))
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

/// A list of the engine's words, each in Chinese; what it quotes stays.
fn word(part: &str) -> String {
    let one = |word: &str| {
        let bare = word.trim().trim_start_matches("or ").trim_start_matches("and ");
        let known = WORDS.iter().find(|(english, _)| *english == bare);
        known.map_or_else(|| format!(" {bare} "), |(_, chinese)| (*chinese).to_string())
    };
    let list: Vec<String> = part
        .split(", ")
        .flat_map(|item| item.split(" or "))
        .flat_map(|item| item.split(" and "))
        .map(one)
        .collect();
    match list.as_slice() {
        [only] => only.clone(),
        list => list.iter().map(|word| word.trim()).collect::<Vec<_>>().join("、"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_engine_says_is_said_in_chinese() {
        for (engine, chinese) in [
            ("Found `</` but expected }}.", "这里是 `</` ，应当先写 }} 结束前面的 {{"),
            ("Found identifier but expected in.", "这里是名称，应当是 in "),
            (
                "Found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`",
                "这里是 `%}` ，应当是 整数、小数、文字、true 或 false、名称、`-`、`not`、`<`、`{`、`[`、`(`",
            ),
            ("Field `colour` is not defined", "没有“colour”这一项内容"),
            ("Unknown tag `wenn`", "没有这种标签"),
            ("Iteration not possible on type `string`", "文字不能用 for 逐个列出"),
        ] {
            assert_eq!(in_chinese(engine), chinese);
        }
        assert!(in_chinese("Something new").contains("原话：Something new"));
    }
}
