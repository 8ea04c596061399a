//! A report as one page, which prints on A4.

use std::fmt::Write as _;

use super::{Body, Report};
use crate::base::escape::xml;
use crate::base::lang::Lang;

const STYLE: &str = include_str!("report.css");

/// The report as a page of HTML that needs nothing else.
pub fn page(report: &Report) -> String {
    let lang = match report.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let (title, about) = (xml(&report.title), xml(&report.about));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"xianfeng {}\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p class=\"about\">{about}</p>\n",
        env!("CARGO_PKG_VERSION"),
    );
    for part in &report.parts {
        let _ = writeln!(out, "<section>\n<h2>{}</h2>", xml(&part.name));
        if !part.note.is_empty() {
            let _ = writeln!(out, "<p class=\"note\">{}</p>", xml(&part.note));
        }
        match &part.body {
            Body::Counts { corner, columns, rows } => {
                let heads = [corner].into_iter().chain(columns);
                open(&mut out, "counts", heads);
                for (head, counts) in rows {
                    let _ = write!(out, "<tr><th scope=\"row\">{}</th>", xml(head));
                    for count in counts {
                        let class = if *count == 0 { " class=\"none\"" } else { "" };
                        let _ = write!(out, "<td{class}>{count}</td>");
                    }
                    out.push_str("</tr>\n");
                }
                out.push_str("</tbody>\n</table></div>\n");
            }
            Body::List { rows, none, .. } if rows.is_empty() => {
                let _ = writeln!(out, "<p>{}</p>", xml(none));
            }
            Body::List { columns, rows, .. } => {
                open(&mut out, "list", columns.iter());
                for row in rows {
                    let cells: String =
                        row.iter().map(|cell| format!("<td>{}</td>", xml(cell))).collect();
                    let _ = writeln!(out, "<tr>{cells}</tr>");
                }
                out.push_str("</tbody>\n</table></div>\n");
            }
        }
        out.push_str("</section>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn open<'t>(out: &mut String, class: &str, heads: impl Iterator<Item = &'t String>) {
    let heads: String = heads.map(|head| format!("<th scope=\"col\">{}</th>", xml(head))).collect();
    let _ = write!(
        out,
        "<div class=\"scroll\"><table class=\"{class}\">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    );
}
