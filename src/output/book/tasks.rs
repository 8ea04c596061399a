//! The part of the book that tells of tasks: those that its stories name, and all of them where it
//! has all stories.

use std::fmt::Write as _;

use super::Book;
use super::pages::{BookPlace, LinkTo};
use crate::base::escape::xml;
use crate::model::entity::EntityId;
use crate::model::kinds::TASKS;
use crate::model::tasks::{STATUSES, in_order, status};
use crate::output::article;

/// The tasks of a book.
pub(super) fn tasks(book: &Book<'_>) -> Vec<EntityId> {
    let site = book.site();
    let has_all = book.len() == site.stories.len();
    let is_told = |id: &EntityId| {
        has_all || site.entity(*id).stories.iter().any(|story| book.places.contains_key(story))
    };
    site.ids(TASKS).filter(is_told).collect()
}

/// The page of them; `None` if there are none.
pub(super) fn page(book: &Book<'_>, link: LinkTo<'_>) -> Option<String> {
    let all = tasks(book);
    if all.is_empty() {
        return None;
    }
    let word = |key: &str| xml(&book.views.words(key, &[]));
    let mut out = format!("<section class=\"tasks\">\n<h1>{}</h1>\n", word("tasks"));
    for known in STATUSES {
        let of_status = all.iter().copied().filter(|&id| status(book.site().entity(id)) == known);
        let of_status = in_order(book.site(), known, of_status.collect());
        if of_status.is_empty() {
            continue;
        }
        let _ = writeln!(out, "<h2>{}</h2>", word(&format!("status_{known}")));
        of_status.into_iter().for_each(|id| task(&mut out, book, id, link));
    }
    out.push_str("</section>\n");
    Some(out)
}

fn task(out: &mut String, book: &Book<'_>, id: EntityId, link: LinkTo<'_>) {
    let (site, views) = (book.site(), &book.views);
    let task = site.entity(id);
    let _ = writeln!(out, "<h3>{}</h3>\n<dl>", xml(&task.name));
    let mut line = |key: &str, text: &str| {
        let label = xml(&views.words(&format!("task_{key}"), &[]));
        let _ = writeln!(out, "<dt>{label}</dt><dd>{}</dd>", xml(text));
    };
    for unit in task.tied("unit") {
        line("unit", &site.entity(unit).name);
    }
    for key in ["due", "done_on"] {
        if let Some(at) = task.date(key) {
            line(key, &views.date(at).text);
        }
    }
    for key in ["need", "measures", "result", "feedback"] {
        let texts: Vec<&str> = task.texts(key).collect();
        if !texts.is_empty() {
            line(key, &texts.join("；"));
        }
    }
    let mut told: Vec<usize> =
        task.stories.iter().filter_map(|id| book.places.get(id)).map(|place| place + 1).collect();
    told.sort_unstable();
    if !told.is_empty() {
        let label = xml(views.word("all_stories"));
        let links = told.into_iter().map(|number| {
            let title = article::title(views, book.stories[number - 1]);
            format!("<a href=\"{}\">{number} {title}</a>", link(BookPlace::Story(number)))
        });
        let links: Vec<String> = links.collect();
        let _ = writeln!(out, "<dt>{label}</dt><dd>{}</dd>", links.join(" "));
    }
    out.push_str("</dl>\n");
}
