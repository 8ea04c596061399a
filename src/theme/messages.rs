//! Messages about themes, one constructor each.

use crate::base::lang::Text;
use crate::diagnostic::{Diagnostic, error, note, warning};
use crate::source::{Place, Source};
use crate::theme::braces::{Slip, Wrong};
use crate::theme::engine::plain;
use crate::theme::filters::Takes;
use crate::theme::manifest::{Form, OptionKind, ThemeOption};
use crate::theme::syntax::{Broken, Span};
use crate::theme::{TemplateError, foreign, strings};
use crate::value::colour::Colour;
use crate::value::nearest::nearest;
use crate::yaml::Node;
use crate::yaml::fields::describe;

/// The folder of the theme is not there.
pub fn theme_missing(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    error(
        "theme-missing",
        place,
        format!("没有 themes/{name} 这个主题文件夹，或者里面没有文件"),
        format!("there is no theme folder themes/{name}, or it is empty"),
    )
    .nearest(
        near,
        "检查 content/site.yaml 里的 theme；删掉那一行就用自带的主题",
        "check `theme` in content/site.yaml; without that line the built-in theme is used",
    )
}

/// A template that is no template. `found` is what stands there, which the engine calls by its kind.
pub fn template_syntax(place: Place, engine: &str, found: &str) -> Diagnostic {
    let (said, help) = plain(engine, found);
    let diagnostic = error(
        "template-syntax",
        place,
        format!("模板写得不对：{}", said.zh),
        format!("the template has a syntax error: {}", said.en),
    );
    match help {
        Some(help) => diagnostic.help(help.zh, help.en),
        None => diagnostic.help(
            "模板得到什么见 xianfeng theme docs；自带的写法可以用 xianfeng theme copy 复制出来看",
            "`xianfeng theme docs` says what templates get; `xianfeng theme copy` gives you the built-in file",
        ),
    }
}

/// A block that no template has that is extended.
pub fn block_unknown(place: Place, name: &str, near: Option<&str>, blocks: &[&str]) -> Diagnostic {
    let diagnostic = error(
        "template-block-unknown",
        place,
        format!("extends 的模板里没有名为“{name}”的 block，这里的内容不会显示"),
        format!("the template that is extended has no block “{name}”, so this is never shown"),
    );
    with_list(diagnostic, near, blocks)
}

/// A function or a component that there is not.
pub fn call_unknown(
    place: Place,
    is_component: bool,
    name: &str,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let (zh, en) = if is_component { ("组件", "component") } else { ("函数", "function") };
    let diagnostic = error(
        "template-call-unknown",
        place,
        format!("没有“{name}”这个{zh}"),
        format!("there is no {en} “{name}”"),
    );
    match foreign::function(name).filter(|_| !is_component && near.is_none()) {
        Some(help) => diagnostic.help(help.zh, help.en),
        None => with_list(diagnostic, near, known),
    }
}

/// A template whose `extends` leads back to it. What it replaces has another name.
pub fn extends_itself(place: Place, template: &str) -> Diagnostic {
    let diagnostic = error(
        "template-syntax",
        place,
        format!("模板 {template} 的 extends 绕回了自己"),
        format!("what {template} extends leads back to it"),
    );
    match super::is_built_in(template) {
        true => diagnostic.help(
            format!("要在自带的模板上改，写 {{% extends \"xianfeng/{template}\" %}}"),
            format!(
                "to extend the built-in template write {{% extends \"xianfeng/{template}\" %}}"
            ),
        ),
        false => diagnostic.help(
            "网页通常写 {% extends \"base.html\" %}",
            "a page usually has {% extends \"base.html\" %}",
        ),
    }
}

/// A block in a block of the same name.
pub fn block_in_itself(place: Place, name: &str) -> Diagnostic {
    error(
        "template-in-itself",
        place,
        format!("名为“{name}”的 block 写在了自己里面：这里已经是它的内容"),
        format!("the block “{name}” stands inside itself: what is here is in it already"),
    )
    .help(
        "删掉这里的 {% block … %} 和它的 {% endblock %}，留下中间的内容",
        "delete this {% block … %} and its {% endblock %}, and keep what is between them",
    )
}

/// A template that is included in itself.
pub fn part_in_itself(place: Place, name: &str) -> Diagnostic {
    error(
        "template-in-itself",
        place,
        format!("这样 {name} 就写在了自己里面：这里已经是它的内容"),
        format!("{name} stands inside itself: what is here is in it already"),
    )
    .help("删掉这里的 {% include … %}", "delete this {% include … %}")
}

/// A part of a page that extends what the page does: `page` includes it.
pub fn part_extends_page(place: Place, page: &str, base: &str) -> Diagnostic {
    error(
        "template-in-itself",
        place,
        format!("这个模板由 {page} 引用，只是网页里的一段；以 {base} 为底，整个网页就写在了自己里面"),
        format!("{page} includes this template, a part of its page; as it extends {base}, the page stands inside itself"),
    )
    .help(
        "删掉这里的 {% extends … %}，也不写 {% block … %}，只留下这一段的内容",
        "delete this {% extends … %} and the lines of blocks, and keep what is in them",
    )
}

/// A template that the theme does not have, and that a page or its `theme.yaml` names.
pub fn template_missing(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    // A name is a path below templates/, without the folder of a theme.
    let is_far =
        |folder: &str| folder.starts_with('.') || ["xianfeng", "bulletin"].contains(&folder);
    let below = match name.split_once('/') {
        Some((folder, _)) if is_far(folder) => name.rsplit('/').next().unwrap_or(name),
        _ => name,
    };
    let file = format!("{}.html", below.strip_suffix(".html").unwrap_or(below));
    let (so_zh, so_en) = match file == name {
        true => (String::new(), String::new()),
        false => (format!("，这里写“{file}”"), format!(", and write “{file}” here")),
    };
    error(
        "template-missing",
        place,
        format!("主题里没有 {name} 这个模板"),
        format!("the theme has no template {name}"),
    )
    .nearest(
        near,
        &format!("把它放进 themes/overrides/templates/{file}{so_zh}；或者改成已有模板的名称"),
        &format!("put it at themes/overrides/templates/{file}{so_en}; or name one that is there"),
    )
}

/// A template of another kind of page, named by a page of `content/pages`.
pub fn template_of_others(place: Place, name: &str) -> Diagnostic {
    error(
        "template-of-others",
        place,
        format!("{name} 是别的网页用的模板，这种网页没有它要的内容"),
        format!("{name} is a template of other pages, and asks for what this one does not have"),
    )
    .help(
        "删掉这一行就用 page.html；要自己的样子，就在 templates 里写一个新名称的模板",
        "without this line page.html is used; for a look of its own write a template with a new name",
    )
}

/// A template that others extend, without blocks that they have.
pub fn blocks_missing(place: Place, blocks: &[&str], theme: &str, template: &str) -> Diagnostic {
    error(
        "template-blocks-missing",
        place,
        format!("别的模板以它为底，用到的 block 这里没有：{}", blocks.join("、")),
        format!("other templates extend this one, and it lacks blocks that they have: {}", blocks.join(", ")),
    )
    .help(
        format!("逐个补上，例如 {{% block {0} %}}{{% endblock {0} %}}；或者第一行写 {{% extends \"{theme}/{template}\" %}}，只改要改的 block", blocks[0]),
        format!("add each, as in {{% block {0} %}}{{% endblock {0} %}}; or begin with {{% extends \"{theme}/{template}\" %}} and change the blocks that you want", blocks[0]),
    )
}

/// A component that another template has already; `first` is where.
pub fn component_twice(place: Place, name: &str, first: &Place) -> Diagnostic {
    let (path, line) = (&first.path, first.line());
    error(
        "template-component-twice",
        place,
        format!("名为“{name}”的组件写了两次，另一个在 {path} 第 {line} 行"),
        format!("there are two components “{name}”: the other is in line {line} of {path}"),
    )
    .help("删掉一个，或者改一个的名称", "delete one of them, or give it another name")
}

/// A place in which no list item stands.
pub fn item_place_unknown(
    place: Place,
    key: &str,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    error(
        "item-place-unknown",
        place,
        format!("items 里不能写“{key}”"),
        format!("`items` has no “{key}”"),
    )
    .nearest(
        near,
        &format!("可以写：{}", known.join("、")),
        &format!("it can be: {}", known.join(", ")),
    )
}

/// What is wrong with the tags of a template: how they are in each other, or what they are.
pub fn tag_broken(source: &Source, broken: &Broken<'_>) -> Diagnostic {
    let line = |span: &Span| source.place(span.clone()).line();
    match broken {
        Broken::Open(span, begin, end, before) => {
            let (zh, en) = before.as_ref().map_or(Default::default(), |(at, word)| {
                let (line, shown) = (line(at), closing(word));
                (
                    format!("，第 {line} 行就是 {shown} 了"),
                    format!(" before {shown} of line {line}"),
                )
            });
            let (begin, end) = (opening(begin), closing(end));
            let diagnostic = error(
                "template-tag-open",
                source.place(span.clone()),
                format!("这里的 {begin} 没有结束{zh}"),
                format!("this {begin} is not closed{en}"),
            );
            match before {
                Some((_, word)) => diagnostic.help(
                    format!("在 {} 前面补上 {end}", closing(word)),
                    format!("write {end} before {}", closing(word)),
                ),
                None => {
                    diagnostic.help(format!("补上 {end}"), format!("write {end} where it ends"))
                }
            }
        }
        Broken::Stray(span, word, closed, around) => {
            let (shown, closed) = (closing(word), opening(closed));
            let diagnostic = error(
                "template-tag-stray",
                source.place(span.clone()),
                format!("这里的 {shown} 前面没有还没结束的 {closed}"),
                format!("no {closed} is open to which this {shown} belongs"),
            );
            match around {
                Some((at, begin, end)) if *begin != "block" => {
                    let (line, begin, end) = (line(at), opening(begin), closing(end));
                    diagnostic.help(
                        format!("没有结束的是第 {line} 行的 {begin}，用 {end} 结束；{shown} 多余就删掉"),
                        format!("what is open is {begin} of line {line}, which {end} closes; or delete {shown}"),
                    )
                }
                _ => diagnostic.help(
                    format!("删掉它，或者在前面补上 {closed}"),
                    format!("delete it, or write {closed} before it"),
                ),
            }
        }
        Broken::Twice(span, word, first) => error(
            "template-tag-stray",
            source.place(span.clone()),
            format!("{} 不能写在第 {} 行的 {{% else %}} 后面", opening_or(word), line(first)),
            format!(
                "{} cannot stand after the {{% else %}} of line {}",
                opening_or(word),
                line(first)
            ),
        )
        .help(
            "中间的情况用 {% elif … %}，最后才写一个 {% else %}",
            "write {% elif … %} for what is between, and one {% else %} at the end",
        ),
        Broken::Unknown(span, word) => {
            let diagnostic = error(
                "template-tag-unknown",
                source.place(span.clone()),
                format!("没有 {{% {word} … %}} 这种标签"),
                format!("there is no tag {{% {word} … %}}"),
            );
            match foreign::tag(word) {
                Some(help) => diagnostic.help(help.zh, help.en),
                None => with_list(diagnostic, nearest(word, TAGS), &TAGS),
            }
        }
    }
}

/// The tags that there are.
const TAGS: [&str; 18] = [
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "block",
    "endblock",
    "set",
    "endset",
    "include",
    "extends",
    "filter",
    "endfilter",
    "raw",
    "component",
    "endcomponent",
    "break",
];

/// A tag that opens something, as people write it.
fn opening(word: &str) -> String {
    match word.starts_with('<') {
        true => format!("{{% {word} … > %}}"),
        false => format!("{{% {word} … %}}"),
    }
}

fn opening_or(word: &str) -> String {
    if word == "else" { closing(word) } else { opening(word) }
}

/// A tag that stands by itself.
fn closing(word: &str) -> String {
    match word.starts_with("</") {
        true => format!("{{% {}> %}}", word.trim_end_matches('>')),
        false if word == "elif" => opening(word),
        false => format!("{{% {word} %}}"),
    }
}

/// A filter or a test that is none.
pub fn filter_unknown(
    place: Place,
    is_test: bool,
    name: &str,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let (zh, en) = if is_test { ("判断", "test") } else { ("过滤器", "filter") };
    let diagnostic = error(
        "template-filter-unknown",
        place,
        format!("没有“{name}”这个{zh}"),
        format!("there is no {en} “{name}”"),
    );
    let other = if is_test { foreign::test(name) } else { foreign::filter(name) };
    match other {
        Some(help) => diagnostic.help(help.zh, help.en),
        None => with_list(diagnostic, near, known),
    }
}

/// A template that prints or looks into everything that it is given.
pub fn template_dump(place: Place, name: &str) -> Diagnostic {
    error(
        "template-dump",
        place,
        format!("模板里不能用 {name}：它列出全部内容，每次的顺序都不一样"),
        format!("a template cannot use {name}: what it lists comes in another order at each build"),
    )
    .help(
        "写出要用的那一项，例如 {{ page }}；能用的内容见 xianfeng theme docs",
        "name the value that you want, as in {{ page }}; `xianfeng theme docs` lists what there is",
    )
}

/// A template that failed on a page. `page` is what was rendered; `more` how many other
/// pages failed in the same way.
pub fn template_failed(failed: &TemplateError, page: &str, more: usize) -> Diagnostic {
    let at = At { place: failed.place.clone(), by: failed.by.to_string(), part: None };
    let (by_zh, by_en) = (at.zh(), at.en());
    let (said, _) = plain(&failed.message, "");
    let (and_zh, and_en) = match more {
        0 => (String::new(), String::new()),
        n => (format!("，另有 {n} 页也是这样"), format!(", and {n} more pages")),
    };
    error(
        "template-failed",
        at.place,
        format!("模板在生成 {page} 时出错{and_zh}{by_zh}：{}", said.zh),
        format!("the template failed while rendering {page}{and_en}{by_en}: {}", said.en),
    )
    .help(
        "这一页的模板得到什么，见 xianfeng theme values 加网址；可能没有的内容先用 {% if … %} 判断",
        "`xianfeng theme values` with the address shows what the template gets; test with {% if … %} what may be missing",
    )
}

/// A theme without words in the language of the site.
pub fn strings_missing(place: Place, language: &str) -> Diagnostic {
    error(
        "strings-missing",
        place,
        format!("主题没有“{language}”的文字"),
        format!("the theme has no strings for “{language}”"),
    )
    .help(
        format!("在主题的 strings 文件夹里添加 {language}.yaml，或者把 language 改成 zh-CN"),
        format!("add strings/{language}.yaml to the theme, or set language to zh-CN"),
    )
}

/// Words that a language lacks, so that readers see Chinese ones.
pub fn words_missing(place: Place, keys: &[&str]) -> Diagnostic {
    const NAMED: usize = 12;
    let count = keys.len();
    let named = &keys[..count.min(NAMED)];
    let (more_zh, more_en) = if count > NAMED { ("……", " …") } else { ("", "") };
    warning(
        "theme-words-missing",
        place,
        format!("这种语言还缺 {count} 个词，网页上会显示中文：{}{more_zh}", named.join("、")),
        format!(
            "{count} words are missing, and pages show Chinese ones: {}{more_en}",
            named.join(", ")
        ),
    )
    .help(
        "照自带主题的 strings/zh-CN.yaml 补上这些键",
        "add these keys, as strings/zh-CN.yaml of the built-in theme has them",
    )
}

/// A name in braces that nothing is put in for.
pub fn word_slot_unknown(place: Place, name: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = warning(
        "theme-word-braces",
        place,
        format!("这里的 {{{name}}} 会原样显示在网页上"),
        format!("{{{name}}} is shown as it stands"),
    );
    match known {
        [] => diagnostic.help("这个词里不用大括号，删掉它", "this word takes no braces: delete it"),
        known => {
            let braced: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
            diagnostic.help(
                format!("这里能用的是 {}", braced.join("、")),
                format!("what can stand here: {}", braced.join(", ")),
            )
        }
    }
}

/// A name in braces that are not as they must be.
pub(super) fn word_braces_odd(place: Place, written: &str, slip: &Slip) -> Diagnostic {
    let (zh, en) = match slip.wrong {
        Wrong::Half => ("少了一个大括号", "lacks a brace"),
        Wrong::Wide => ("用了全角大括号", "has full-width braces"),
        Wrong::Double => ("多了一层大括号", "has braces twice"),
        Wrong::Spaced => ("名称前后有空格", "has spaces around its name"),
    };
    let name = &slip.name;
    warning(
        "theme-word-braces",
        place,
        format!("“{written}”{zh}，不会换成内容，会原样显示在网页上"),
        format!("“{written}” {en}: nothing is put in for it, and it is shown as it stands"),
    )
    .help(format!("写成 {{{name}}}"), format!("write {{{name}}}"))
}

/// A value in a template between braces that are none of a template.
pub fn value_braces(place: Place, path: &str) -> Diagnostic {
    warning(
        "template-braces",
        place,
        "这里的大括号不是模板的写法，会原样显示在网页上",
        "these braces are not those of a template: what is here is shown as it stands",
    )
    .help(
        format!("要显示这个值，写成 {{{{ {path} }}}}，两层英文大括号"),
        format!("to show the value write {{{{ {path} }}}}"),
    )
}

/// Strings or theme.yaml whose values are no text.
pub fn strings_wrong(place: Place, key: &str) -> Diagnostic {
    error("type-wrong", place, format!("“{key}”应当是文字"), format!("“{key}” must be text"))
}

/// A style for WeChat holds what WeChat takes out.
pub fn style_forbidden(place: Place, part: &str, word: &str) -> Diagnostic {
    error(
        "wechat-style-forbidden",
        place,
        format!("“{part}”的样式里不能有“{word}”，公众号会去掉它，或者排不对"),
        format!(
            "the style of “{part}” cannot hold “{word}”: WeChat takes it out, or sets it wrong"
        ),
    )
    .help(
        "只写颜色、字号、间距、边框这些，例如 color:#000;font-size:16px",
        "write colours, sizes, margins and borders, as in color:#000;font-size:16px",
    )
}

/// An option that the theme does not take.
pub fn option_unknown(place: Place, name: &str, near: Option<&str>, names: &[&str]) -> Diagnostic {
    let diagnostic = error(
        "option-unknown",
        place,
        format!("主题没有“{name}”这个选项"),
        format!("the theme has no option “{name}”"),
    );
    match (near, names) {
        (Some(_), _) => diagnostic.nearest(near, "", ""),
        (None, []) => diagnostic.help(
            "这个主题没有选项，删掉它；主题的选项写在它的 theme.yaml 里",
            "this theme has no options, so delete it; options are listed in theme.yaml",
        ),
        (None, names) => diagnostic.help(
            format!("可以写的选项：{}", names.join("、")),
            format!("its options are {}", names.join(", ")),
        ),
    }
}

/// An option that theme.yaml declares twice.
pub fn option_twice(place: Place, name: &str) -> Diagnostic {
    error(
        "option-twice",
        place,
        format!("“{name}”这个选项写了两次"),
        format!("the option “{name}” is declared twice"),
    )
    .help("删掉一个", "delete one of them")
}

/// A key of an option that says nothing.
pub fn option_key_unknown(
    place: Place,
    key: &str,
    near: Option<&str>,
    keys: &[&str],
) -> Diagnostic {
    error(
        "option-key-unknown",
        place,
        format!("选项里没有“{key}”这个键"),
        format!("an option has no key “{key}”"),
    )
    .nearest(
        near,
        &format!("可以写的键：{}", keys.join("、")),
        &format!("its keys are {}", keys.join(", ")),
    )
}

/// A choice without words to choose from.
pub fn option_without_choices(place: Place, name: &str) -> Diagnostic {
    error(
        "option-choices-missing",
        place,
        format!("“{name}”是 choice，但没有列出可选的词"),
        format!("“{name}” is a choice, and there is nothing to choose from"),
    )
    .help("写上 choices: [left, right] 这样的列表", "write a list, as in choices: [left, right]")
}

/// An option that is declared without its type.
pub fn option_without_type(place: Place, name: &str, kinds: &[&str]) -> Diagnostic {
    error(
        "option-type-missing",
        place,
        format!("“{name}”没有写 type"),
        format!("“{name}” has no type"),
    )
    .help(
        format!("写上 type: text 这样的一行，可以是 {}", kinds.join("、")),
        format!("write a line as in type: text; it is one of {}", kinds.join(", ")),
    )
}

/// A value of theme.yaml of another form; `right` is a line that is right.
pub(super) fn manifest_wrong(
    place: Place,
    key: &str,
    form: Form,
    value: &Node,
    right: &str,
) -> Diagnostic {
    let (want_zh, want_en) = match form {
        Form::Text => ("一段文字", "text"),
        Form::Bool => (" true 或 false", "true or false"),
        Form::Words => ("一段文字，或者每种语言一段", "text, or one for each language"),
        Form::Map => ("“键: 值”的一组", "a map"),
        Form::Texts => ("一列文字", "a list of texts"),
        Form::Maps => ("一个列表，每一项前面有减号", "a list, with a hyphen before each item"),
    };
    let (zh, en) = describe(value);
    // What a list should have is what is wrong with one.
    let (zh, en) = match (form, value) {
        (Form::Words | Form::Texts, Node::Map(_) | Node::List(_)) => ("别的", "something else"),
        _ => (zh, en),
    };
    let diagnostic = error(
        "type-wrong",
        place,
        format!("“{key}”应当是{want_zh}，却是{zh}"),
        format!("“{key}” must be {want_en}, and is {en}"),
    );
    match form {
        Form::Bool => diagnostic.help(
            format!("写成 {key}: true 或者 {key}: false，不加引号"),
            format!("write {key}: true or {key}: false, without quotes"),
        ),
        _ => diagnostic.help(format!("例如 {right}"), format!("as in {right}")),
    }
}

/// A type of options that is none.
pub fn option_type_unknown(
    place: Place,
    word: &str,
    near: Option<&str>,
    kinds: &[&str],
) -> Diagnostic {
    error(
        "option-type-unknown",
        place,
        format!("选项没有“{word}”这种类型"),
        format!("there is no type “{word}” of options"),
    )
    .nearest(
        near,
        &format!("可以写的类型：{}", kinds.join("、")),
        &format!("the types are {}", kinds.join(", ")),
    )
}

/// A value that is not what the option takes.
pub fn option_wrong(option: &ThemeOption) -> Diagnostic {
    let name = &option.name;
    let (what_zh, what_en, help_zh, help_en) = match &option.kind {
        OptionKind::Any | OptionKind::Text => (
            "文字".into(),
            "text".into(),
            format!("写成 {name}: 文字"),
            format!("write {name}: text"),
        ),
        OptionKind::Bool => (
            " true 或 false".into(),
            "true or false".into(),
            format!("写成 {name}: true 或者 {name}: false，不加引号"),
            format!("write {name}: true or {name}: false, without quotes"),
        ),
        OptionKind::Number => (
            "数字".into(),
            "a number".into(),
            format!("写成 {name}: 3，不加引号"),
            format!("write {name}: 3, without quotes"),
        ),
        OptionKind::Choice(choices) => (
            "可选的词".into(),
            "one of its words".into(),
            format!("可以写 {}", choices.join("、")),
            format!("write {}", choices.join(", ")),
        ),
        // Whoever forgets the quotes has written a comment.
        OptionKind::Colour if option.value == Node::Null => (
            "颜色".into(),
            "a colour".into(),
            format!("# 在 YAML 里表示注释，颜色要加引号：{name}: \"#a8231b\""),
            format!("# begins a comment in YAML, so a colour needs quotes: {name}: \"#a8231b\""),
        ),
        OptionKind::Colour => (
            "颜色".into(),
            "a colour".into(),
            format!("写成 {name}: \"#a8231b\"，要加引号"),
            format!("write {name}: \"#a8231b\", with quotes"),
        ),
        OptionKind::Picture => (
            "图片".into(),
            "a picture".into(),
            "写 content/static 里面的路径，例如 images/logo.png".into(),
            "write its path in content/static, such as images/logo.png".into(),
        ),
        OptionKind::Link => (
            "链接".into(),
            "a link".into(),
            "写栏目、页面的名称，或者 https:// 开头的网址".into(),
            "write a section, a page, or an address that begins with https://".into(),
        ),
    };
    let (what_zh, what_en): (String, String) = (what_zh, what_en);
    error(
        "option-wrong",
        option.place.clone(),
        format!("“{name}”应当是{what_zh}"),
        format!("“{name}” must be {what_en}"),
    )
    .help(help_zh, help_en)
}

/// A version of the contract that this program does not have.
pub fn contract_wrong(place: Place, given: Option<u32>, known: u32) -> Diagnostic {
    let diagnostic = error(
        "theme-contract",
        place,
        format!("这个程序提供的是第 {known} 版约定（contract: {known}）"),
        format!("this program keeps version {known} of the contract (contract: {known})"),
    );
    match given {
        Some(given) if given > known => diagnostic.help(
            "主题是为更新的程序做的：更新程序，或者换一个主题",
            "the theme is made for a newer program: update it, or take another theme",
        ),
        _ => diagnostic.help(format!("写成 contract: {known}"), format!("write contract: {known}")),
    }
}

/// A pair of colours of which it is not clear what they are.
pub fn contrast_unclear(place: Place) -> Diagnostic {
    error(
        "contrast-unclear",
        place,
        "contrast 的每一项要有 text 和 ground，写选项的名称或者颜色",
        "each item of contrast needs text and ground, an option or a colour each",
    )
    .help(
        "例如 - {text: accent, ground: \"#ffffff\"}",
        "as in - {text: accent, ground: \"#ffffff\"}",
    )
}

/// Two colours that cannot be told apart well enough.
pub fn contrast_low(place: Place, colours: [(&str, Colour); 2], ratio: f64) -> Diagnostic {
    let [(text, one), (ground, other)] = colours;
    let (one, other) = (one.css(), other.css());
    // Cut and not rounded: 4.49 must not be said to be 4.5.
    let ratio = (ratio * 100.0).floor() / 100.0;
    error(
        "contrast-low",
        place,
        format!("文字“{text}”（{one}）和底色“{ground}”（{other}）的对比度是 {ratio} : 1，不到 4.5 : 1"),
        format!("the contrast of the text “{text}” ({one}) and its ground “{ground}” ({other}) is {ratio} : 1, less than 4.5 : 1"),
    )
    .help(
        "把其中一个颜色改深或者改浅",
        "make one of the colours darker or lighter",
    )
}

/// A file of a project's theme that nothing asks for, and that takes the place of none.
pub fn theme_file_unused(place: Place, near: Option<&str>) -> Diagnostic {
    warning("theme-file-unused", place, "主题没有用到这里", "no theme uses this").nearest(
        near,
        "要代替自带主题的文件，名称必须和它一样；也可以在别的模板里引用它",
        "to replace a file of the built-in theme it needs the same name; or name it in a template",
    )
}

/// A template that nothing asks for.
pub fn template_unused(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    let short = name.strip_suffix(".html").unwrap_or(name);
    warning("theme-file-unused", place, "没有模板、也没有页面用到它", "no template and no page uses this").nearest(
        near,
        &format!("要代替自带的模板，名称必须和它一样；也可以在别的模板里引用它，或者在 content/pages 的页面里写 template: {short}"),
        &format!("to replace a built-in template it needs the same name; or name it in a template, or in a page of content/pages: `template: {short}`"),
    )
}

/// A picture without a text in its place.
pub fn alt_missing(place: Place) -> Diagnostic {
    warning(
        "template-alt-missing",
        place,
        "图片没有写 alt：看不见图片的人不知道它是什么",
        "the picture has no alt: who cannot see it does not learn what it is",
    )
    .help(
        "写上 alt=\"图片的内容\"，例如 alt=\"{{ story.cover.alt }}\"；只是装饰就写 alt=\"\"",
        "write alt=\"what it shows\", as in alt=\"{{ story.cover.alt }}\"; if it is only decoration, alt=\"\"",
    )
}

/// A custom property of an option that a style sheet asks for and that is not given.
pub fn css_option_unknown(
    place: Place,
    name: &str,
    near: Option<&str>,
    names: &[&str],
) -> Diagnostic {
    let diagnostic = warning(
        "theme-css-option",
        place,
        format!("theme.yaml 的 options 里没有“{name}”，这一条样式不起作用"),
        format!("theme.yaml declares no option “{name}”, so this does nothing"),
    );
    with_list(diagnostic, near, names)
}

/// Something in a style sheet that is not closed, or that closes nothing.
pub fn css_unbalanced(place: Place, sign: &str) -> Diagnostic {
    let (zh, en, help_zh, help_en) = match sign {
        "{" => (
            "这里的 { 没有结束，后面的样式可能都不起作用",
            "this { is not closed, and what follows may do nothing",
            "补上 }",
            "write } where it ends",
        ),
        "}" => (
            "这里的 } 前面没有对应的 {，下一条样式不起作用",
            "this } closes nothing, and the rule after it does nothing",
            "删掉它，或者补上 {",
            "delete it, or write { before it",
        ),
        "/*" => (
            "这里的注释没有结束，后面的样式都不起作用",
            "this comment is not closed, and nothing after it has any effect",
            "补上 */",
            "write */ where it ends",
        ),
        "(" => (
            "这里的括号没有结束，这一条和后面的样式不起作用",
            "this bracket is not closed, so this and what follows does nothing",
            "补上 )",
            "write ) where it ends",
        ),
        _ => (
            "这里的引号到行末没有结束，这一条样式不起作用",
            "this quote is not closed on its line, so the rule does nothing",
            "补上引号",
            "close the quote",
        ),
    };
    warning("theme-css-open", place, zh, en).help(help_zh, help_en)
}

/// A style sheet that browsers do not read as it was written.
pub fn css_encoding(place: Place) -> Diagnostic {
    warning(
        "theme-css-encoding",
        place,
        "这个样式表不是 UTF-8 编码，从这里起浏览器会把中文读成乱码",
        "this style sheet is not in UTF-8: from here on browsers read something else",
    )
    .help(
        "用记事本打开，选“另存为”，编码选 UTF-8",
        "open it in an editor, and save it with the encoding UTF-8",
    )
}

/// A sign of Chinese typing where CSS has its own.
pub fn css_wide(place: Place, sign: char, meant: char) -> Diagnostic {
    match meant {
        ' ' => warning(
            "theme-css-wide",
            place,
            "样式里有全角空格，这一条样式不起作用",
            "here is a full-width space, so the rule does nothing",
        )
        .help("改成普通空格", "write an ordinary space"),
        _ => warning(
            "theme-css-wide",
            place,
            format!("样式里写了中文标点“{sign}”，这一条样式不起作用"),
            format!("here is the Chinese sign “{sign}”, so the rule does nothing"),
        )
        .help(format!("改成英文的 {meant}"), format!("write {meant}")),
    }
}

/// A declaration before this one that has no semicolon.
pub fn css_run_on(place: Place) -> Diagnostic {
    warning(
        "theme-css-semicolon",
        place,
        "前一行的末尾没有分号，前一条和这一条样式都不起作用",
        "the line before has no semicolon at its end, so neither it nor this does anything",
    )
    .help("在前一行末尾补上英文分号 ;", "write ; at the end of the line before")
}

/// Where a style sheet lies, and so where its pictures belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// In the assets of a theme.
    Assets,
    /// In `content/static`.
    Static,
}

impl Folder {
    /// What it is called, in Chinese and in English.
    fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Assets => ("主题的 assets ", "assets of the theme"),
            Self::Static => (" content/static ", "content/static"),
        }
    }
}

/// An address of another host in a style sheet.
pub fn css_foreign(place: Place, address: &str, folder: Folder) -> Diagnostic {
    let (zh, en) = folder.name();
    warning(
        "theme-css-foreign",
        place,
        format!("样式用了别的网站的“{address}”：安全策略严格的网站不认，读者的访问也会被那个网站知道"),
        format!("the style sheet takes “{address}” from another host: a strict policy refuses it, and that host learns of every reader"),
    )
    .help(
        format!("把文件下载到{zh}里，写从这个样式表算起的路径"),
        format!("put the file into {en}, and write its path from this style sheet"),
    )
}

/// Words of the theme's own that another language lacks; `file` is where they belong.
pub fn own_words_missing(
    place: Place,
    file: &str,
    language: &str,
    keys: &[&str],
    is_needed: bool,
) -> Diagnostic {
    const NAMED: usize = 12;
    let (more_zh, more_en) = if keys.len() > NAMED { ("……", " …") } else { ("", "") };
    let named = &keys[..keys.len().min(NAMED)];
    warning(
        "theme-words-missing",
        place,
        format!("主题自己的文字缺少 {language} 的，那里会显示中文：{}{more_zh}", named.join("、")),
        format!(
            "words of the theme have no text in {language}, and are shown in Chinese: {}{more_en}",
            named.join(", ")
        ),
    )
    .help(
        format!(
            "在 {file} 里补上，例如 {}: …{}",
            keys[0],
            if is_needed { "" } else { "；不做这种语言的网站，就删掉这个文件" }
        ),
        format!(
            "add them to {file}, as in {}: …{}",
            keys[0],
            if is_needed { "" } else { "; or delete the file, if no site is in this language" }
        ),
    )
}

/// A picture of a theme that is something else than its name says.
pub fn theme_picture_wrong(place: Place, extension: &str) -> Diagnostic {
    warning(
        "theme-picture-wrong",
        place,
        format!("这个文件的内容不是 {extension} 图片，浏览器显示不了"),
        format!("this file is no {extension} picture, and browsers do not show it"),
    )
    .help(
        format!("换成真正的 {extension} 文件；改扩展名不能改变图片的格式"),
        format!("save it as {extension}; another ending does not change what a picture is"),
    )
}

/// A key of a theme's file that nothing asks for.
pub fn theme_key_unused(place: Place, key: &str, near: Option<&str>) -> Diagnostic {
    warning(
        "theme-key-unused",
        place,
        format!("主题没有用到“{key}”这一项"),
        format!("no theme uses the key “{key}”"),
    )
    .nearest(
        near,
        "要代替自带主题的文字，键必须和它一样；也可以在模板里用它",
        "to replace a text of the built-in theme it needs the same key; or use it in a template",
    )
}

/// A file in a theme's folder that no theme uses.
pub fn theme_file_stray(place: Place) -> Diagnostic {
    warning("theme-file-stray", place, "主题用不到这个文件", "this file is not part of a theme")
        .help(
            "模板放进 templates，样式和图标放进 assets，文字放进 strings",
            "templates belong in templates/, styles and icons in assets/, words in strings/",
        )
}

/// Where something is in a template, and which templates lead to it.
#[derive(Clone, Debug)]
pub struct At {
    /// The place.
    pub place: Place,
    /// The templates, `home.html → list.html`; empty if the template itself is rendered.
    pub by: String,
    /// The place includes a built-in template, and this is wrong there, in this line.
    pub part: Option<(String, usize)>,
}

impl At {
    fn zh(&self) -> String {
        match &self.part {
            Some((name, line)) => format!("（在这里引用的 {name} 第 {line} 行）"),
            None if self.by.is_empty() => String::new(),
            None => format!("（由 {} 引用）", self.by),
        }
    }

    fn en(&self) -> String {
        match &self.part {
            Some((name, line)) => format!(" (in line {line} of {name}, which is used here)"),
            None if self.by.is_empty() => String::new(),
            None => format!(" (used by {})", self.by),
        }
    }
}

/// So many names are listed in a help; the reference has all.
const LISTED: usize = 40;

/// What there is, and where it is described.
fn with_list(diagnostic: Diagnostic, near: Option<&str>, names: &[&str]) -> Diagnostic {
    let (zh, en) = match near {
        Some(near) => (format!("是不是“{near}”？"), format!("did you mean “{near}”? ")),
        None => (String::new(), String::new()),
    };
    if names.is_empty() {
        return diagnostic.help(
            format!("{zh}这里什么也没有；全部内容见 xianfeng theme docs"),
            format!("{en}there is nothing; `xianfeng theme docs` lists everything"),
        );
    }
    let mut names = names.to_vec();
    names.sort_unstable();
    let more = if names.len() > LISTED { " …" } else { "" };
    names.truncate(LISTED);
    let names = names.join(", ");
    diagnostic
        .help(format!("{zh}这里有：{names}{more}"), format!("{en}what there is: {names}{more}"))
}

/// A name for which nothing is given.
pub fn name_unknown(at: At, name: &str, near: Option<&str>, names: &[&str]) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let diagnostic = error(
        "template-name-unknown",
        at.place,
        format!("这个模板没有“{name}”这个值{zh}"),
        format!("this template gets no “{name}”{en}"),
    );
    with_list(diagnostic, near, names)
}

/// A field that is not there.
pub fn field_unknown(
    at: At,
    of: &str,
    name: &str,
    near: Option<&str>,
    names: &[&str],
) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let diagnostic = error(
        "template-name-unknown",
        at.place,
        format!("“{of}”里没有“{name}”这一项{zh}"),
        format!("“{of}” has no field “{name}”{en}"),
    );
    with_list(diagnostic, near, names)
}

/// A name that has another one since.
pub fn name_changed(at: At, old: &str, new: &str) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    warning(
        "template-name-changed",
        at.place,
        format!("“{old}”改名为“{new}”了，下一版起不再提供旧名{zh}"),
        format!("“{old}” is called “{new}” now; the next version has the new name only{en}"),
    )
    .help(format!("把“{old}”改成“{new}”"), format!("write “{new}”"))
}

/// A field of something that has none; `kind` says what it is.
pub fn no_fields(at: At, of: &str, name: &str, kind: &Text, is_list: bool) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let diagnostic = error(
        "template-name-unknown",
        at.place,
        format!("“{of}”{}，它自己没有“{name}”这一项{zh}", kind.zh),
        format!("“{of}” {}; it has no field “{name}” itself{en}", kind.en),
    );
    match is_list {
        true => diagnostic.help(
            format!("用 {{% for x in {of} %}} 逐个列出，里面写 x 的各项；有几项写 {{{{ {of} | length }}}}"),
            format!("go through it with {{% for x in {of} %}}; how many there are is {{{{ {of} | length }}}}"),
        ),
        false => diagnostic.help(
            format!("直接用 {{{{ {of} }}}}；各个值有什么，见 xianfeng theme docs"),
            format!("use {{{{ {of} }}}} itself; `xianfeng theme docs` says what each value has"),
        ),
    }
}

/// A word that the theme does not have.
pub fn word_unknown(at: At, name: &str, near: Option<&str>, file: &str) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let (near_zh, near_en) = match near {
        Some(near) => (
            format!("是不是“{near}”？如果是新的文字，"),
            format!("did you mean “{near}”? if it is new, "),
        ),
        None => (String::new(), String::new()),
    };
    error(
        "template-word-unknown",
        at.place,
        format!("主题的文字里没有“{name}”{zh}"),
        format!("the theme has no word “{name}”{en}"),
    )
    .help(
        format!("{near_zh}在 {file} 里加一行 {name}: 要显示的文字"),
        format!("{near_en}add a line `{name}: …` to {file}"),
    )
}

/// A word with a name in braces that is not filled; `written` is how the template has it.
pub fn slot_open(at: At, word: &str, written: &str, slot: &str) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let diagnostic = warning(
        "template-fill-open",
        at.place,
        format!("“{word}”里的 {{{slot}}} 没有填，会原样显示在网页上{zh}"),
        format!("{{{slot}}} of “{word}” is not filled, and is shown as it stands{en}"),
    );
    match strings::is_slot(slot) {
        true => diagnostic.help(
            format!("写成 {{{{ {written} | fill({slot}=…) }}}}"),
            format!("write {{{{ {written} | fill({slot}=…) }}}}"),
        ),
        // The name itself is wrong: it stands in the file of words.
        false => diagnostic.help(
            "到文字文件里改：大括号里只写一个名称，前后没有空格，例如 {n}",
            "mend the word: braces hold one name without spaces, as in {n}",
        ),
    }
}

/// A name that is filled into a word that has no such name in braces.
pub fn slot_unknown(at: At, word: &str, name: &str, slots: &[&str]) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let diagnostic = warning(
        "template-fill-unknown",
        at.place,
        format!("“{word}”里没有 {{{name}}}，fill 填不进去{zh}"),
        format!("“{word}” has no {{{name}}} that could be filled{en}"),
    );
    let braced: Vec<String> = slots.iter().map(|slot| format!("{{{slot}}}")).collect();
    match slots {
        [] => diagnostic
            .help("删掉 fill，或者在这个词里写上它", "leave out `fill`, or write it into the word"),
        _ => diagnostic.help(
            format!("这个词里有 {}", braced.join("、")),
            format!("the word has {}", braced.join(", ")),
        ),
    }
}

/// An argument that a filter or a component does not take.
pub fn argument_unknown(at: At, of: &str, name: &str, known: &[&str]) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let diagnostic = error(
        "template-argument-unknown",
        at.place,
        format!("{of} 没有“{name}”这个参数{zh}"),
        format!("{of} has no argument “{name}”{en}"),
    );
    match known {
        [] => diagnostic.help("它不带参数，删掉", "it takes none: leave it out"),
        known => with_list(diagnostic, nearest(name, known.iter().copied()), known),
    }
}

/// An argument that a filter or a component needs.
pub fn argument_missing(at: At, of: &str, name: &str) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let diagnostic = error(
        "template-argument-missing",
        at.place,
        format!("{of} 缺少“{name}”这个参数{zh}"),
        format!("{of} needs the argument “{name}”{en}"),
    );
    let written = match of.strip_prefix('<').and_then(|of| of.strip_suffix('>')) {
        Some(component) => format!("<{component} {name}={{…}}"),
        None => format!("{of}({name}=…)"),
    };
    diagnostic.help(format!("写成 {written}"), format!("write {written}"))
}

/// A value that is not what a filter, a sign or a component takes; `kind` says what it is.
pub fn not_taken(at: At, what: &str, kind: &Text, by: &str, takes: Takes) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let (takes_zh, takes_en) = match takes {
        Takes::Number => ("数字", "a number"),
        Takes::List => ("列表", "a list"),
        Takes::Map => ("有几项的内容", "a value with parts"),
        Takes::Counted => ("文字或列表", "a text or a list"),
        Takes::Any | Takes::Text | Takes::Printed => ("文字", "text"),
    };
    let diagnostic = error(
        "template-type",
        at.place,
        format!("“{what}”{}，{by} 要用{takes_zh}{zh}", kind.zh),
        format!("“{what}” {}, and {by} takes {takes_en}{en}", kind.en),
    );
    match (takes, by) {
        (Takes::Number, "+") => diagnostic
            .help("连接文字用 ~，例如 {{ a ~ b }}", "to join texts write ~, as in {{ a ~ b }}"),
        _ => diagnostic.help(
            "各个值是什么，见 xianfeng theme docs",
            "`xianfeng theme docs` says what each value is",
        ),
    }
}

/// A list whose items have several parts, joined.
pub fn not_joined(at: At, what: &str, kind: &Text) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    error(
        "template-print",
        at.place,
        format!("“{what}”{}，不能直接用 join 连接{zh}", kind.zh),
        format!("“{what}” {}, so join alone cannot print it{en}", kind.en),
    )
    .help(
        format!("先取出要显示的一项：{{{{ [x.name for x in {what}] | join(sep=\"、\") }}}}"),
        format!("take the part that is to be shown: {{{{ [x.name for x in {what}] | join(sep=\", \") }}}}"),
    )
}

/// An address with the beginning of one before it.
pub fn address_joined(at: At, what: &str) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    error(
        "template-address-joined",
        at.place,
        format!("“{what}”已经是完整的网址，前面不能再接网址或者 /{zh}"),
        format!("“{what}” is a whole address: nothing of one can stand before it{en}"),
    )
    .help(format!("只写 {{{{ {what} }}}}"), format!("write {{{{ {what} }}}} alone"))
}

/// `json` in text.
pub fn json_outside(at: At, what: &str) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    error(
        "template-json",
        at.place,
        format!("json 只用在 <script> 里，这里会把“{what}”的大括号和引号显示给读者{zh}"),
        format!("json is for scripts: here readers see the braces and quotes of “{what}”{en}"),
    )
    .help("直接显示其中的一项", "print one of its parts")
}

/// `loop` where there is no loop.
pub fn loop_outside(at: At) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    error(
        "template-name-unknown",
        at.place,
        format!("loop 只能写在 for 循环里{zh}"),
        format!("`loop` is there in loops alone{en}"),
    )
    .help("移到 {% for … %} 和 {% endfor %} 之间", "put it between {% for … %} and {% endfor %}")
}

/// An asset that the theme does not have.
pub fn asset_unknown(at: At, name: &str, near: Option<&str>, names: &[&str]) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let diagnostic = error(
        "template-asset-unknown",
        at.place,
        format!("主题的 assets 里没有“{name}”{zh}"),
        format!("the theme has no asset “{name}”{en}"),
    );
    with_list(diagnostic, near, names)
}

/// An option that theme.yaml does not declare.
pub fn option_not_declared(at: At, name: &str, near: Option<&str>, names: &[&str]) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let diagnostic = error(
        "template-option-unknown",
        at.place,
        format!("theme.yaml 的 options 里没有“{name}”{zh}"),
        format!("theme.yaml declares no option “{name}”{en}"),
    );
    with_list(diagnostic, near, names)
}

/// Something that may be nothing, printed, gone through or looked into without a test.
pub fn may_be_nothing(at: At, what: &str, how: &str) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let (used_zh, used_en) = match how {
        "{% for … %}" => ("逐个列出", "gone through"),
        "{{ … }}" => ("显示", "printed"),
        "<" => ("比较大小", "compared"),
        "<…>" => ("交给组件", "given to a component"),
        _ => ("取里面的内容", "looked into"),
    };
    warning(
        "template-null",
        at.place,
        format!("“{what}”可能没有，这里没有先判断就{used_zh}{zh}"),
        format!("“{what}” may be nothing, and is {used_en} without a test{en}"),
    )
    .help(
        format!("写在 {{% if {what} %}} 和 {{% endif %}} 之间"),
        format!("put it between {{% if {what} %}} and {{% endif %}}"),
    )
}

/// Something with parts that is printed as a whole.
pub fn not_printable(at: At, what: &str, fields: &[&str]) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let diagnostic = error(
        "template-print",
        at.place,
        format!("“{what}”里有好几项，不能整个显示{zh}"),
        format!("“{what}” has several parts, and cannot be printed as a whole{en}"),
    );
    match fields {
        [] => diagnostic.help(
            format!("用 {{% for … in {what} %}} 逐个显示"),
            format!("go through it with {{% for … in {what} %}}"),
        ),
        fields => with_list(diagnostic, None, fields),
    }
}

/// Something that a loop cannot go through so; `kind` says what it is.
pub fn not_a_list(at: At, what: &str, kind: &Text, is_list: bool) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let diagnostic = match is_list {
        true => error(
            "template-loop",
            at.place,
            format!("“{what}”{}，for 里只能写一个名称{zh}", kind.zh),
            format!("“{what}” {}, and a loop over it has one name{en}", kind.en),
        ),
        false => error(
            "template-loop",
            at.place,
            format!("“{what}”{}，不能用 for 逐个列出{zh}", kind.zh),
            format!("“{what}” {}, and is no list that a loop can go through{en}", kind.en),
        ),
    };
    match is_list {
        true => diagnostic.help(
            format!("写成 {{% for x in {what} %}}；第几个是 {{{{ loop.index }}}}"),
            format!("write {{% for x in {what} %}}; which one it is says {{{{ loop.index }}}}"),
        ),
        false => diagnostic.help(
            "各个值是什么，见 xianfeng theme docs",
            "`xianfeng theme docs` says what each value is",
        ),
    }
}

/// An address or HTML that is changed or compared before it is whole.
pub fn cut(at: At, what: &str, by: &str) -> Diagnostic {
    let (zh, en) = (at.zh(), at.en());
    let help = match by {
        "==" | "!=" | "in" | "containing" | "starting_with" => (
            "要分辨栏目用 page.section，要分辨网页用 page.kind 或者 slug".to_string(),
            "page.section tells sections apart, page.kind and slugs tell pages apart".to_string(),
        ),
        _ => (format!("直接写 {{{{ {what} }}}}"), format!("print it as it is: {{{{ {what} }}}}")),
    };
    error(
        "template-mark",
        at.place,
        format!("“{what}”写网页时才填上，不能先用 {by} 处理{zh}"),
        format!("“{what}” is put in when the page is written, so {by} cannot be used on it{en}"),
    )
    .help(help.0, help.1)
}

/// A copy of a built-in file that has changed since.
pub fn copy_old(place: Place, name: &str, is_gone: bool) -> Diagnostic {
    if is_gone {
        return note(
            "theme-copy-old",
            place,
            format!("自带的主题现在没有 {name} 了，这里还是从前的副本"),
            format!("the built-in theme has no {name} any more; this is a copy of what was there"),
        )
        .help("不再需要就删掉", "delete it if it is not needed");
    }
    note(
        "theme-copy-old",
        place,
        format!("自带的 {name} 在复制以后有了改动，这里还是从前的"),
        format!("the built-in {name} has changed since it was copied"),
    )
    .help(
        format!("看看有什么不同：xianfeng theme diff {name}；合并以后，把第一行换成新复制的第一行"),
        format!("see what differs with `xianfeng theme diff {name}`; once it is merged, take the first line of a new copy"),
    )
}

/// An address in a style sheet that leads to no file.
pub fn css_dead(place: Place, address: &str, near: Option<&str>, folder: Folder) -> Diagnostic {
    let diagnostic = error(
        "theme-css-dead",
        place,
        format!("样式里的“{address}”没有对应的文件"),
        format!("“{address}” in the style sheet leads to no file"),
    );
    let (zh, en) = folder.name();
    match address.starts_with('/') && near.is_none_or(|_| folder == Folder::Assets) {
        true => diagnostic.help(
            "写从这个样式表算起的路径，例如 img/a.svg：网站可以放在子目录里",
            "write its path from this style sheet, as in img/a.svg: the site may stand in a folder",
        ),
        false => diagnostic.nearest(
            near,
            &format!("文件放在{zh}里，写从这个样式表算起的路径"),
            &format!("put the file into {en}, and write its path from this style sheet"),
        ),
    }
}
