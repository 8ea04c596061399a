//! A story on a page that stands by itself: styles and pictures inside, nothing to fetch,
//! nothing to run. It opens by double-click in thirty years, and prints well.

use std::fmt::Write as _;

use super::article::{self, Chapter, Pictures};
use crate::base::content::Pour;
use crate::base::escape::xml;
use crate::base::fault::Fault;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::StoryId;
use crate::plan::Plan;
use crate::view::Views;

/// Says to the browser that nothing may be asked for, whatever the page holds.
pub const POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/// Pours the page of the story `id`. Links to other pages are absolute where the site has a
/// `base_url`, and else plain text. The complaints are of pictures that were left out.
pub fn pour(
    views: &Views<'_>,
    plan: &Plan,
    id: StoryId,
    out: &mut Pour<'_>,
) -> Result<Vec<Diagnostic>, Fault> {
    out(head(views, id, &Marks::default()).as_bytes())?;
    let diagnostics = pour_article(views, plan, id, out)?;
    out(foot(views, id, &Marks::default()).as_bytes())?;
    Ok(diagnostics)
}

/// What a page may have besides the story.
#[derive(Debug, Default)]
pub(super) struct Marks<'m> {
    /// In the head.
    pub meta: &'m str,
    /// More styles.
    pub style: &'m str,
    /// Between the masthead and the story.
    pub above: &'m str,
    /// After the story.
    pub below: &'m str,
}

/// Pours the story without the page around it.
pub(super) fn pour_article(
    views: &Views<'_>,
    plan: &Plan,
    id: StoryId,
    out: &mut Pour<'_>,
) -> Result<Vec<Diagnostic>, Fault> {
    let Outcome { value: pictures, diagnostics } = Pictures::of(views.site(), plan, &[id])?;
    let chapter = |other: StoryId| (other == id).then(Chapter::default);
    article::pour(views, plan, &pictures, &chapter, (id, None), out)?;
    Ok(diagnostics)
}

pub(super) fn head(views: &Views<'_>, id: StoryId, marks: &Marks<'_>) -> String {
    let settings = &views.site().settings;
    let (title, site) = (article::title(views, id), xml(&settings.title));
    let style = [article::STYLE, include_str!("alone.css"), marks.style].concat();
    let mut out = format!(
        "{}{}<title>{title} · {site}</title>\n<style>\n{style}</style>\n</head>\n<body>\n\
         <header class=\"from\"><b>{site}</b>",
        document_head(views),
        marks.meta,
    );
    if let Some(organisation) = &settings.organisation {
        let _ = write!(out, "<span>{}</span>", xml(organisation));
    }
    let _ = write!(out, "</header>\n{}<main>\n", marks.above);
    out
}

/// The beginning of a document that needs nothing else, up to its title.
pub fn document_head(views: &Views<'_>) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"generator\" content=\"{}\"/>\n<link rel=\"icon\" href=\"data:,\"/>\n",
        views.language(),
        GENERATOR,
    )
}

/// Who has written it; by this a later run knows its own files again.
pub const GENERATOR: &str = concat!("xianfeng ", env!("CARGO_PKG_VERSION"));

pub(super) fn foot(views: &Views<'_>, id: StoryId, marks: &Marks<'_>) -> String {
    let site = views.site();
    let lines: Vec<String> = [
        views
            .absolute(&site.story_address(id))
            // Nobody can open what is not published.
            .filter(|_| !site.is_preview(site.story(id)))
            .map(|url| views.words("book_original", &[("url", &url)])),
        site.settings.copyright.clone(),
        site.settings.notice.clone(),
    ]
    .into_iter()
    .flatten()
    .map(|line| format!("<p>{}</p>\n", xml(&line)))
    .collect();
    let lines = match lines.concat() {
        lines if lines.is_empty() => lines,
        lines => format!("<footer class=\"source\">\n{lines}</footer>\n"),
    };
    format!("{}</main>\n{lines}</body>\n</html>\n", marks.below)
}
