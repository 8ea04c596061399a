//! A report on a terminal: tables that fit its width.

use unicode_width::UnicodeWidthStr;

use super::{Body, Part, Report};
use crate::base::lang::Lang;

/// The widest column of counts: of these the first by which all fit beside each other, else the last;
/// the narrowest; and what is between two.
const WIDEST: [usize; 3] = [10, 8, 6];
const NARROWEST: usize = 3;
const GAP: usize = 2;

/// So many lines of a list are shown; files have all of them.
const SHOWN: usize = 20;

/// What stands for nothing: as wide on every terminal.
const NOTHING: &str = "-";

/// The report as text, no line of it wider than `width`, unless a single character is.
pub fn text(report: &Report, width: usize) -> String {
    let width = width.max(30);
    let mut out = wrapped(&report.title, width).join("\n");
    out.push('\n');
    out.push_str(&lines(&report.about, width, ""));
    for part in &report.parts {
        out.push('\n');
        out.push_str(&lines(&head(part), width, ""));
        match &part.body {
            Body::Counts { corner, columns, rows } => {
                out.push_str(&counts(corner, columns, rows, width));
            }
            Body::List { rows, none, .. } if rows.is_empty() => {
                out.push_str(&lines(none, width, "  "));
            }
            Body::List { rows, .. } => {
                for row in rows.iter().take(SHOWN) {
                    let parts: Vec<&str> = row.iter().map(String::as_str).collect();
                    out.push_str(&lines(&parts.join("  "), width, "  "));
                }
                if let Some(more @ 1..) = rows.len().checked_sub(SHOWN) {
                    let more = match report.lang {
                        Lang::Zh => format!("还有 {more} 项，用 -o 存成文件可以看到全部"),
                        Lang::En => format!("and {more} more; `-o` writes all of them to a file"),
                    };
                    out.push_str(&lines(&more, width, "  "));
                }
            }
        }
    }
    out
}

fn head(part: &Part) -> String {
    match part.note.as_str() {
        "" => format!("== {}", part.name),
        note => format!("== {} ({note})", part.name),
    }
}

/// A table; columns for which there is no room follow in another below it.
fn counts(corner: &str, columns: &[String], rows: &[(String, Vec<usize>)], width: usize) -> String {
    let heads = rows.iter().map(|(head, _)| head.width()).chain([corner.width()]);
    let first = heads.max().unwrap_or(0).min((width / 3).max(12));
    let widths = |widest: usize| -> Vec<usize> {
        columns.iter().map(|column| column.width().clamp(NARROWEST, widest)).collect()
    };
    let fits = |widths: &Vec<usize>| first + widths.iter().map(|w| w + GAP).sum::<usize>() <= width;
    let widths = WIDEST.map(widths);
    let [.., last] = &widths;
    let widths = widths.iter().find(|widths| fits(widths)).unwrap_or(last);
    let mut out = String::new();
    let mut from = 0;
    while from < columns.len() {
        let mut room = width - first;
        let mut to = from;
        while to < columns.len() && (to == from || widths[to] + GAP <= room) {
            room = room.saturating_sub(widths[to] + GAP);
            to += 1;
        }
        if from > 0 {
            out.push('\n');
        }
        let cells = |texts: Vec<Vec<String>>| (from..to).zip(texts).collect::<Vec<_>>();
        let names = columns[from..to].iter().zip(&widths[from..to]);
        // Lines of about one length, so that 围绕中心 is parted after 围绕.
        let even = |name: &str, width: usize| {
            let lines = name.width().div_ceil(width).max(1);
            name.width().div_ceil(lines).next_multiple_of(2).min(width)
        };
        let names = names.map(|(name, width)| wrapped(name, even(name, *width))).collect();
        row(&mut out, &wrapped(corner, first), first, &cells(names), widths);
        for (head, counts) in rows {
            let counts = counts[from..to].iter().map(|count| match count {
                0 => vec![NOTHING.to_string()],
                count => vec![count.to_string()],
            });
            row(&mut out, &wrapped(head, first), first, &cells(counts.collect()), widths);
        }
        from = to;
    }
    out
}

/// A row of as many lines as its highest cell has.
fn row(
    out: &mut String,
    head: &[String],
    first: usize,
    cells: &[(usize, Vec<String>)],
    widths: &[usize],
) {
    let height = cells.iter().map(|(_, lines)| lines.len()).chain([head.len()]).max().unwrap_or(1);
    for at in 0..height {
        let text = head.get(at).map_or("", String::as_str);
        let mut line = format!("{text}{}", " ".repeat(first.saturating_sub(text.width())));
        for (column, lines) in cells {
            let text = lines.get(at).map_or("", String::as_str);
            line.push_str(&" ".repeat((widths[*column] + GAP).saturating_sub(text.width())));
            line.push_str(text);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// A text in lines of at most this width, each after `indent`.
fn lines(text: &str, width: usize, indent: &str) -> String {
    let lines = wrapped(text, width - indent.width());
    lines.iter().map(|line| format!("{indent}{line}\n")).collect()
}

/// A text in pieces of at most this width, parted between words where there are some.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for c in text.chars() {
        let line = lines.last_mut().expect("there is one");
        let wide = UnicodeWidthStr::width(c.encode_utf8(&mut [0; 4]) as &str);
        if line.width() + wide <= width || line.is_empty() {
            if !(line.is_empty() && c == ' ' && text.trim() == text && !text.starts_with(c)) {
                line.push(c);
            }
            continue;
        }
        if c == ' ' {
            lines.push(String::new());
            continue;
        }
        // A word of Latin letters is not parted if it has a line of its own.
        let word = line.rfind(' ').filter(|_| c.is_ascii_alphanumeric());
        let word = word.filter(|at| line[at + 1..].chars().all(|c| c.is_ascii_graphic()));
        let mut next = match word {
            Some(at) => line.split_off(at)[1..].to_string(),
            None => String::new(),
        };
        next.push(c);
        lines.push(next);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_wrapped_by_width() {
        for (text, width, lines) in [
            ("围绕中心", 8, vec!["围绕中心"]),
            ("围绕中心", 6, vec!["围绕中", "心"]),
            ("two words", 6, vec!["two", "words"]),
            ("longest", 4, vec!["long", "est"]),
            ("", 4, vec![""]),
            ("中a文", 3, vec!["中a", "文"]),
        ] {
            assert_eq!(wrapped(text, width), lines, "{text} {width}");
        }
    }
}
