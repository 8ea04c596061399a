//! What a preview says on the page of a story itself: what is wrong with it, and what has still to
//! be filled in. It is part of the page, below its head, and has no links: nothing on the page
//! comes later by keyboard than in a build.

use memchr::memmem;

use super::page::OWN;
use crate::base::escape::escape_into;
use crate::base::lang::{Bilingual, Lang, bilingual};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::report::one_line;
use crate::parse::Document;
use crate::schema::Field;

/// The notice of a story or page with these mistakes; `None` if there is nothing to say.
pub(super) fn of<'d>(
    document: &Document,
    mistakes: impl Iterator<Item = &'d Diagnostic>,
    lang: Lang,
) -> Option<String> {
    let mistakes: Vec<String> = mistakes.map(|mistake| told(mistake, lang)).collect();
    let open: Vec<String> = match document.front.draft {
        // What is not there has been complained of.
        false => Vec::new(),
        true => document.front.open(document.is_page()).map(|field| asked(field, lang)).collect(),
    };
    let lists = [
        (bilingual("这一篇要改的地方", "To fix on this page"), mistakes),
        (bilingual("这篇草稿还要填的项目", "Still to be filled in"), open),
    ];
    let parts: String = lists.into_iter().map(|(title, items)| part(title, &items, lang)).collect();
    let language = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    (!parts.is_empty()).then(|| {
        format!("<section id=\"xianfeng-notice\" lang=\"{language}\">\n{parts}</section>\n")
    })
}

fn part(title: Bilingual, items: &[String], lang: Lang) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: String = items.iter().map(|item| format!("<li>{item}</li>\n")).collect();
    format!("<p>{}</p>\n<ul>\n{items}</ul>\n", title.get(lang))
}

/// A mistake: where, what, and the way out.
fn told(mistake: &Diagnostic, lang: Lang) -> String {
    let mut out = String::new();
    if let Some(at) = mistake.place.position() {
        let line = match lang {
            Lang::Zh => format!("第 {} 行：", at.line),
            Lang::En => format!("Line {}: ", at.line),
        };
        out.push_str(&line);
    }
    escape_into(&mut out, &one_line(mistake.message.get(lang)));
    if let Some(help) = &mistake.help {
        out.push_str("<br><small>");
        escape_into(&mut out, &one_line(help.get(lang)));
        out.push_str("</small>");
    }
    out
}

/// A key that must be given, and what a writer should know of it.
fn asked(field: &Field, lang: Lang) -> String {
    let mut out = String::new();
    let about = field.about(lang).replace('`', "");
    escape_into(
        &mut out,
        &match lang {
            Lang::Zh => format!("{}（{}）：{about}", field.chinese, field.name),
            Lang::En => format!("{}: {about}", field.name),
        },
    );
    out
}

/// A page with its style sheet for gaps and notices, and the notice at the beginning of what is
/// the page's own.
pub(super) fn put_into(html: &[u8], notice: Option<&str>) -> Vec<u8> {
    let sheet = format!("<link rel=\"stylesheet\" href=\"{OWN}page.css\">\n");
    let head = memmem::find(html, b"</head>").unwrap_or(0);
    // After the tag that opens it.
    let main = ["<main", "<body"].iter().find_map(|tag| {
        let at = head + memmem::find(&html[head..], tag.as_bytes())?;
        Some(at + memchr::memchr(b'>', &html[at..])? + 1)
    });
    let main = main.unwrap_or(html.len());
    [
        &html[..head],
        sheet.as_bytes(),
        &html[head..main],
        notice.unwrap_or("").as_bytes(),
        &html[main..],
    ]
    .concat()
}
