//! The reference for authors of themes: what each template gets, and what each value is, as Markdown.

use std::fmt::Write as _;

use super::shape::{Contract, Given, Record, Shape, VERSION, text};
use crate::base::lang::{Bilingual, Lang, Text, bilingual};

/// All that an author of themes needs to know: the document beside the built-in themes, of which the
/// contract is a part.
pub fn guide(lang: Lang) -> String {
    let document = match lang {
        Lang::Zh => include_str!("../../themes/README.zh-CN.md"),
        Lang::En => include_str!("../../themes/README.md"),
    };
    // Without the marks around what is written by a test, and the link to the other language.
    let lines = document.lines().filter(|line| !line.starts_with("<!--"));
    let is_link = |line: &&str| line.starts_with('[') && line.ends_with(".md)");
    let mut text: String = lines.filter(|line| !is_link(line)).flat_map(|l| [l, "\n"]).collect();
    text.truncate(text.trim_end().len());
    text
}

/// A part of pages: its name, where it is, and its values, each as the value of a template.
type PagePart = (&'static str, Bilingual, &'static [(&'static str, &'static str, &'static str)]);

/// The parts that people extend and that get values of their own.
const PARTS: [PagePart; 2] = [
    ("list.html", bilingual("稿件的列表", "lists of stories"), &[("list", "news.html", "list")]),
    (
        "profile.html",
        bilingual(
            "branch.html 和 member.html；`kind` 是 `branch` 或 `member`",
            "branch.html and member.html; `kind` is `branch` or `member`",
        ),
        &[("profile", "branch.html", "branch"), ("kind", "", ""), ("list", "branch.html", "list")],
    ),
];

/// The contract in one language.
pub fn reference(contract: &Contract, lang: Lang) -> String {
    let say = |zh: &'static str, en: &'static str| bilingual(zh, en).get(lang);
    let mut out = String::new();
    let heading = say("## 模板和它们得到的值", "## Templates and what each one gets");
    let version = say(
        "这是第 {n} 版约定（theme.yaml 里写 `contract: {n}`）。",
        "This is version {n} of the contract (`contract: {n}` in theme.yaml).",
    );
    let _ = writeln!(out, "{heading}\n\n{}\n", version.replace("{n}", &VERSION.to_string()));
    let everywhere: Vec<&'static str> =
        contract.templates.first().map(|first| names(&first.given)).unwrap_or_default();
    let _ = writeln!(
        out,
        "{}\n",
        say(
            "每个模板都有 `site`、`t`、`page`、`head`；item.html 没有 `page` 和 `head`，\
             masthead.html 和 footer.html 没有 `head`。",
            "Every template gets `site`, `t`, `page` and `head`; item.html no `page` and no `head`, \
             masthead.html and footer.html no `head`.",
        )
    );
    let _ = writeln!(
        out,
        "{}\n|---|---|---|",
        say("| 模板 | 网页 | 自己的值 |", "| Template | Page | Its own values |")
    );
    for template in &contract.templates {
        let sign = if super::is_built_in(&template.name) { "" } else { " \\*" };
        let own = template.given.iter().filter(|given| {
            !["site", "t", "page", "head"].contains(&given.name)
                || (given.name == "page" && !everywhere.is_empty() && is_frame(&given.shape))
        });
        let own: Vec<String> = own
            .map(|given| {
                format!("`{}`: {}", field(given.name, &given.shape), kind(&given.shape, lang))
            })
            .collect();
        let _ = writeln!(
            out,
            "| {}{sign} | {} | {} |",
            template.name,
            template.about.get(lang),
            own.join("; ")
        );
    }
    let _ = writeln!(
        out,
        "\n{}",
        say(
            "带 \\* 的没有自带的：没有它时用 index.html 和 entity.html；要写就从 {% extends \"base.html\" %} 开始，xianfeng/ 下没有同名的。",
            "What has a \\* is not built in: without it index.html and entity.html are used. Begin one with \
             {% extends \"base.html\" %}, as there is none of its name in xianfeng/.",
        )
    );
    let _ = writeln!(
        out,
        "\n{}\n\n{}\n|---|---|---|",
        say(
            "别的模板包含的这两个，除了所在网页的值，还有：",
            "These two are included by others. Besides what the page has they get:"
        ),
        say("| 模板 | 哪里 | 值 |", "| Template | Where | Values |")
    );
    for (name, about, values) in PARTS {
        let shape = |template: &str, value: &str| {
            let mut given = contract.templates.iter().filter(|known| known.name == template);
            let given = given.next()?.given.iter().find(|given| given.name == value)?;
            Some(given.shape.clone())
        };
        let values: Vec<String> = values
            .iter()
            .map(|(name, template, value)| {
                // What no template is given is a word that the one around it sets.
                let shape = shape(template, value).unwrap_or(Shape::Text);
                format!("`{}`: {}", field(name, &shape), kind(&shape, lang))
            })
            .collect();
        let _ = writeln!(out, "| {name} | {} | {} |", about.get(lang), values.join("; "));
    }
    let _ = writeln!(
        out,
        "\n{}\n\n{}\n",
        say("## 值", "## Values"),
        say(
            "带 `?` 的可能没有，先用 `{% if … %}` 判断。“网址”可以直接写进 `href` 和 `src`；“HTML”写网页时才填上，\
             只能原样显示。",
            "What has a `?` may be nothing: test it with `{% if … %}`. An *address* is ready for `href` and `src`; \
             *HTML* is put in when the page is written, and can only be printed.",
        )
    );
    let _ = writeln!(
        out,
        "**t** {}\n",
        say(
            "主题的文字，按键取：`{{ t.home }}`。",
            "the words of the theme by key: `{{ t.home }}`."
        )
    );
    for record in records(contract) {
        let about = text(record.docs);
        let _ = writeln!(out, "### {}\n", record.name);
        if !about.get(lang).is_empty() {
            let _ = writeln!(out, "{}\n", about.get(lang));
        }
        let _ = writeln!(
            out,
            "{}\n|---|---|---|",
            say("| 名称 | 类型 | 说明 |", "| Name | Type | What it is |")
        );
        for found in contract.fields(&record) {
            let _ = writeln!(
                out,
                "| `{}` | {} | {} |",
                field(found.name, &found.shape),
                kind(&found.shape, lang),
                found.about.get(lang).replace('|', "\\|"),
            );
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn names(given: &[Given]) -> Vec<&'static str> {
    given.iter().map(|given| given.name).collect()
}

fn is_frame(shape: &Shape) -> bool {
    matches!(shape, Shape::Record(record) if record.name == "Frame")
}

fn field(name: &str, shape: &Shape) -> String {
    match shape {
        Shape::Nullable(_) => format!("{name}?"),
        _ => name.to_string(),
    }
}

fn kind(shape: &Shape, lang: Lang) -> String {
    let Text { zh, en } = shape.name();
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Every record that a template can reach, in the order in which the templates reach them.
fn records(contract: &Contract) -> Vec<Record> {
    fn add(contract: &Contract, shape: &Shape, known: &mut Vec<Record>) {
        match shape {
            Shape::Record(record) => {
                if known.iter().any(|other| other.name == record.name) {
                    return;
                }
                known.push(*record);
                for found in contract.fields(record) {
                    add(contract, &found.shape, known);
                }
            }
            Shape::List(of) | Shape::Map(of) | Shape::Nullable(of) => add(contract, of, known),
            _ => {}
        }
    }
    let mut known = Vec::new();
    // What every page has, then what each has for itself.
    for given in contract.templates.iter().flat_map(|template| &template.given) {
        add(contract, &given.shape, &mut known);
    }
    known
}
