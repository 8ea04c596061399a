//! A story as one page that somebody is to look at and sign: the page by itself, marked.

use xxhash_rust::xxh3::xxh3_64;

use super::alone::{self, Marks};
use crate::base::escape::xml;
use crate::base::fault::Fault;
use crate::base::gap;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::StoryId;
use crate::plan::Plan;
use crate::schema::Field;
use crate::view::Views;

/// What tells a page of ours from other files.
const MARK: &str = "<meta name=\"xianfeng\" content=\"review\"/>\n";

/// Where a page of ours has its mark at the latest.
pub const HEAD: u64 = 4096;

/// Rows of the table for opinions.
const ROWS: usize = 3;

/// Is this the beginning of a page that was written for a review?
pub fn is_ours(head: &[u8]) -> bool {
    memchr::memmem::find(head, MARK.as_bytes()).is_some()
}

/// The page of the story `id`. The complaints are of pictures that were left out.
pub fn page(views: &Views<'_>, plan: &Plan, id: StoryId) -> Result<Outcome<Vec<u8>>, Fault> {
    let mut story = Vec::new();
    let diagnostics: Vec<Diagnostic> = alone::pour_article(views, plan, id, &mut |piece| {
        story.extend_from_slice(piece);
        Ok(())
    })?;
    let page = |marks: &Marks<'_>| {
        let (head, foot) = (alone::head(views, id, marks), alone::foot(views, id, marks));
        [head.as_bytes(), &story, foot.as_bytes()].concat()
    };
    // The version is that of the page without marks, which name the day.
    let version = version(&page(&Marks::default()));
    let marks = Marks {
        meta: MARK,
        style: include_str!("review.css"),
        above: &notice(views, &version),
        below: &[still_open(views, id), opinions(views)].concat(),
    };
    let page = page(&marks);
    Ok(Outcome { value: gap::shown(&page).unwrap_or(page), diagnostics })
}

/// What has still to be filled in.
fn still_open(views: &Views<'_>, id: StoryId) -> String {
    let document = &views.site().story(id).document;
    let name = |field: &Field| match views.language().starts_with("zh") {
        true => field.chinese,
        false => field.name,
    };
    let names: Vec<&str> = document.front.open(false).map(name).collect();
    if names.is_empty() {
        return String::new();
    }
    let words = views.words("review_open", &[("names", &names.join(views.word("comma")))]);
    format!("<p class=\"open\">{}</p>\n", xml(&words))
}

/// Eight digits that are others when anything on the page is.
fn version(page: &[u8]) -> String {
    format!("{:08x}", xxh3_64(page) >> 32)
}

/// What stands above the story, and across it.
fn notice(views: &Views<'_>, version: &str) -> String {
    let mark = xml(views.word("review_mark"));
    let now = views.site().edition.now.in_zone(views.site().settings.time_zone);
    let of = views.words("review_version", &[("date", &now.date()), ("version", version)]);
    format!(
        "<p class=\"review\"><b>{mark}</b> <span>{}</span></p>\n\
         <div class=\"across\" aria-hidden=\"true\">{mark}</div>\n",
        xml(&of)
    )
}

/// Lines for opinions and signatures.
fn opinions(views: &Views<'_>) -> String {
    let columns = ["review_stage", "review_opinion", "review_signature", "review_date"];
    let heads: String = columns
        .iter()
        .map(|key| format!("<th scope=\"col\">{}</th>", xml(views.word(key))))
        .collect();
    let row = format!("<tr>{}</tr>\n", "<td></td>".repeat(columns.len()));
    format!(
        "<table class=\"opinions\">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n",
        row.repeat(ROWS)
    )
}
