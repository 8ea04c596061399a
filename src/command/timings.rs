//! What `--timings` prints: how long each stage took, and each template.

use std::time::Duration;

use serde_json::json;

use super::Terminal;
use crate::base::lang::{Lang, Text};
use crate::cli::Format;
use crate::diagnostic::report::{columns, one_line};
use crate::pipeline::Timings;
use crate::render::TemplateTime;

/// Two tables for people; one JSON object on one line for tools.
pub(super) fn show(stages: &Timings, templates: &[TemplateTime], terminal: &Terminal) {
    if terminal.format == Format::Json {
        terminal.print(&as_json(stages, templates));
        return;
    }
    let lang = terminal.lang();
    terminal.print(&stage_table(stages, lang));
    if templates.is_empty() {
        let none = Text { zh: "没有用到模板".into(), en: "no template was rendered".into() };
        terminal.print(&format!("\n{}\n", none.get(lang)));
    } else {
        terminal.print(&format!("\n{}\n", template_table(templates, lang)));
    }
}

fn as_json(stages: &Timings, templates: &[TemplateTime]) -> String {
    // To the microsecond; the clock tells no more that means anything.
    let ms = |time: Duration| time.as_micros() as f64 / 1000.0;
    let stages: Vec<_> =
        stages.iter().map(|(stage, time)| json!({ "stage": stage, "ms": ms(*time) })).collect();
    let template = |time: &TemplateTime| {
        json!({
            "template": time.template, "calls": time.calls, "total_ms": ms(time.total),
            "worst_ms": ms(time.worst), "worst_page": time.worst_page,
        })
    };
    let templates: Vec<_> = templates.iter().map(template).collect();
    json!({ "stages": stages, "templates": templates }).to_string()
}

fn stage_table(stages: &Timings, lang: Lang) -> String {
    let head = match lang {
        Lang::Zh => ["阶段", "用时（毫秒）"],
        Lang::En => ["stage", "ms"],
    };
    let row = |(stage, time): &(&str, Duration)| [stage_word(stage, lang).into(), shown(*time)];
    table(head, stages.iter().map(row))
}

fn template_table(templates: &[TemplateTime], lang: Lang) -> String {
    let head = match lang {
        Lang::Zh => ["模板", "次数", "合计（毫秒）", "最慢一次", "最慢的页面"],
        Lang::En => ["template", "calls", "total ms", "worst ms", "worst page"],
    };
    let row = |time: &TemplateTime| {
        [
            one_line(&time.template),
            time.calls.to_string(),
            shown(time.total),
            shown(time.worst),
            one_line(&time.worst_page),
        ]
    };
    table(head, templates.iter().map(row))
}

/// What a stage does, in a word.
fn stage_word(stage: &str, lang: Lang) -> &str {
    match (lang, stage) {
        (Lang::En, _) => stage,
        (_, "load") => "查找文件",
        (_, "compare") => "比对",
        (_, "cache") => "缓存",
        (_, "theme") => "主题",
        (_, "parse") => "解析稿件",
        (_, "model") => "归类",
        (_, "plan") => "安排网页",
        (_, "check") => "检查",
        (_, "search") => "搜索",
        (_, "render") => "生成网页",
        (_, "write") => "放入文件夹",
        _ => stage,
    }
}

fn shown(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

/// Lines of cells under their heads: names to the left, numbers to the right, and wide
/// characters counted as two columns. Of several columns the last holds names, too.
fn table<const N: usize>(head: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let rows: Vec<_> = std::iter::once(head.map(String::from)).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| columns(&row[column])).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |row: &[String; N]| {
        let cell = |(column, text): (usize, &String)| {
            let gap = " ".repeat(widths[column] - columns(text));
            let is_name = column == 0 || (N > 2 && column == N - 1);
            if is_name { format!("{text}{gap}") } else { format!("{gap}{text}") }
        };
        let cells: Vec<_> = row.iter().enumerate().map(cell).collect();
        cells.join("  ").trim_end().to_string()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_stand_under_each_other_beside_wide_characters() {
        let rows = [["story.html", "2", "/稿件/"], ["篇.html", "10", "/a/"]];
        let drawn =
            table(["模板", "次数", "页"], rows.map(|row| row.map(String::from)).into_iter());
        assert_eq!(
            drawn.lines().collect::<Vec<_>>(),
            ["模板        次数  页", "story.html     2  /稿件/", "篇.html       10  /a/"]
        );
    }
}
