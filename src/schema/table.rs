//! The keys of a file as a table in Markdown, for the READMEs.

use std::fmt::Write as _;

use super::{Field, File, Need, Record, Shape};
use crate::base::lang::Lang;

/// A row for each key of a file, those of the maps in it after it.
pub fn markdown(file: &File, lang: Lang) -> String {
    let mut out = String::from(match lang {
        Lang::Zh => "| 英文 | 中文 | 写什么 | 必填 |\n|---|---|---|---|\n",
        Lang::En => "| key | Chinese | what | required |\n|---|---|---|---|\n",
    });
    for field in file.fields() {
        row(&mut out, file.record, &[], field, lang);
    }
    out
}

fn row(out: &mut String, record: &Record, above: &[&Field], field: &Field, lang: Lang) {
    let path: Vec<&Field> = above.iter().copied().chain([field]).collect();
    let names: Vec<String> = path.iter().map(|field| format!("`{}`", field.name)).collect();
    let chinese: Vec<&str> = path.iter().map(|field| field.chinese).collect();
    let _ = writeln!(
        out,
        "| {} | {} | {} | {} |",
        names.join(" › "),
        chinese.join(" › "),
        field.about(lang),
        needed(record, field.need, lang),
    );
    if let Shape::Map(below) | Shape::Maps(below) | Shape::Named(below) = field.shape {
        for inner in below.fields {
            row(out, below, &path, inner, lang);
        }
    }
}

/// When a key of `record` must be given; empty if it need not.
pub fn needed(record: &Record, need: Need, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    match need {
        Need::Optional => String::new(),
        Need::Always => (if zh { "是" } else { "yes" }).to_string(),
        Need::Stories => (if zh { "稿件必填" } else { "stories" }).to_string(),
        Need::Kinds(kinds) => {
            let words = kinds.iter().map(|kind| kind.name(lang));
            match zh {
                true => format!("{}必填", words.collect::<Vec<_>>().join("、")),
                false => words.collect::<Vec<_>>().join(", "),
            }
        }
        Need::With(other) => match record.field(other) {
            Some(field) if zh => format!("有{}时必填", field.chinese),
            _ => format!("with `{other}`"),
        },
    }
}
