//! A report as CSV, one part after the other, each after a line with its name.

use super::{Body, Report};

/// The report as CSV: UTF-8 with a byte order mark, so that spreadsheets read it.
pub fn text(report: &Report) -> String {
    let mut out = String::from("\u{FEFF}");
    line(&mut out, [report.title.as_str()]);
    line(&mut out, [report.about.as_str()]);
    for part in &report.parts {
        out.push_str("\r\n");
        let head = [part.name.as_str(), part.note.as_str()];
        line(&mut out, head.into_iter().filter(|text| !text.is_empty()));
        match &part.body {
            Body::Counts { corner, columns, rows } => {
                let columns = columns.iter().map(String::as_str);
                line(&mut out, [corner.as_str()].into_iter().chain(columns));
                for (head, counts) in rows {
                    let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
                    let counts = counts.iter().map(String::as_str);
                    line(&mut out, [head.as_str()].into_iter().chain(counts));
                }
            }
            Body::List { columns, rows, none } => {
                line(&mut out, columns.iter().map(String::as_str));
                for row in rows {
                    line(&mut out, row.iter().map(String::as_str));
                }
                if rows.is_empty() {
                    line(&mut out, [none.as_str()]);
                }
            }
        }
    }
    out
}

fn line<'t>(out: &mut String, cells: impl IntoIterator<Item = &'t str>) {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

/// A cell. What a spreadsheet would take for a formula begins with an apostrophe.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_string() };
    match text.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}
