//! Messages about themes, one constructor each.

use crate::diagnostic::{Diagnostic, error, warning};
use crate::source::Place;
use crate::theme::engine::in_chinese;

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

/// A template that is no template.
pub fn template_syntax(place: Place, engine: &str) -> Diagnostic {
    error(
        "template-syntax",
        place,
        format!("模板写得不对：{}", in_chinese(engine)),
        format!("the template has a syntax error: {engine}"),
    )
    .help(
        "模板的写法见 themes/README.md；删掉这个文件就用自带的模板",
        "see themes/README.md; without this file the built-in template is used",
    )
}

/// A template that extends the name that it has itself: what it replaces has another.
pub fn extends_itself(diagnostic: Diagnostic, template: &str) -> Diagnostic {
    diagnostic.help(
        format!("要在自带的模板上改，写 {{% extends \"xianfeng/{template}\" %}}"),
        format!("to extend the built-in template write {{% extends \"xianfeng/{template}\" %}}"),
    )
}

/// A template that the theme does not have, and that a page or its `theme.yaml` names.
pub fn template_missing(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    error(
        "template-missing",
        place,
        format!("主题里没有 {name} 这个模板"),
        format!("the theme has no template {name}"),
    )
    .nearest(
        near,
        &format!("把它放进 themes/overrides/templates/{name}，或者改成已有模板的名称"),
        &format!("put it at themes/overrides/templates/{name}, or name one that is there"),
    )
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

/// A template that prints or looks into everything that it is given.
pub fn template_dump(place: Place, name: &str) -> Diagnostic {
    error(
        "template-dump",
        place,
        format!("模板里不能用 {name}：它列出全部内容，每次的顺序都不一样"),
        format!("a template cannot use {name}: what it lists comes in another order at each build"),
    )
    .help(
        "写出要用的那一项，例如 {{ page }}；能用的内容见 themes/README.md",
        "name the value that you want, as in {{ page }}; themes/README.md lists what there is",
    )
}

/// A template that failed on a page. `page` is what was rendered; `more` how many other
/// pages failed in the same way.
pub fn template_failed(place: Place, engine: &str, page: &str, more: usize) -> Diagnostic {
    let (and_zh, and_en) = match more {
        0 => (String::new(), String::new()),
        n => (format!("，另有 {n} 页也是这样"), format!(", and {n} more pages")),
    };
    error(
        "template-failed",
        place,
        format!("模板在生成 {page} 时出错{and_zh}：{}", in_chinese(engine)),
        format!("the template failed while rendering {page}{and_en}: {engine}"),
    )
    .help(
        "模板只能用 themes/README.md 列出的内容；可能没有的内容先用 {% if … %} 判断",
        "a template can only use what themes/README.md lists; test with {% if … %} what may be missing",
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
pub fn option_unknown(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    error(
        "option-unknown",
        place,
        format!("主题没有“{name}”这个选项"),
        format!("the theme has no option “{name}”"),
    )
    .nearest(
        near,
        "主题的选项写在它的 theme.yaml 里",
        "the theme's options are listed in its theme.yaml",
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
