//! The pages of the book that are no stories: title, contents, parts, index. Both forms of
//! the book have them; they differ in where a link leads.

use std::fmt::Write as _;

use super::index::{self, IndexEntry};
use super::{Book, BookPart, tasks};
use crate::base::escape::xml;
use crate::output::article;

/// A place in the book.
#[derive(Clone, Copy)]
pub(super) enum BookPlace {
    /// A part, from 1.
    Part(usize),
    /// A story, from 1.
    Story(usize),
    /// The tasks.
    Tasks,
    /// The honour roll.
    Honours,
    /// The index.
    Index,
}

/// The address of a place, as a link.
pub(super) type LinkTo<'l> = &'l dyn Fn(BookPlace) -> String;

/// The title page: what this is, whose, of when.
pub(super) fn title(book: &Book<'_>) -> String {
    let settings = &book.site().settings;
    let views = &book.views;
    let line = |class: &str, text: &str| format!("<p class=\"{class}\">{}</p>\n", xml(text));
    let mut out = format!("<section class=\"title-page\">\n<h1>{}</h1>\n", xml(&book.title));
    if let Some(subtitle) = &settings.subtitle {
        out.push_str(&line("subtitle", subtitle));
    }
    let count = book.len().to_string();
    out.push_str(&line("count", &views.words("book_stories", &[("n", &count)])));
    out.push_str("<div class=\"imprint\">\n");
    if let Some(organisation) = &settings.organisation {
        out.push_str(&line("organisation", organisation));
    }
    let date = views.date(book.site().edition.now).text;
    out.push_str(&line("date", &views.words("book_date", &[("date", &date)])));
    for text in [&settings.contact, &settings.copyright, &settings.notice].into_iter().flatten() {
        out.push_str(&line("small", text));
    }
    out.push_str("</div>\n</section>\n");
    out
}

/// The contents: parts, and the stories in them, as nested lists.
pub(super) fn contents(book: &Book<'_>, link: LinkTo<'_>) -> String {
    let mut out = String::from("<ol>\n");
    for (i, part) in book.parts.iter().enumerate() {
        let _ = writeln!(
            out,
            "<li><a href=\"{}\">{}</a>\n{}</li>",
            link(BookPlace::Part(i + 1)),
            part_name(book, part),
            stories(book, part, link)
        );
    }
    if !tasks::tasks(book).is_empty() {
        let name = xml(book.views.word("tasks"));
        let _ = writeln!(out, "<li><a href=\"{}\">{name}</a></li>", link(BookPlace::Tasks));
    }
    if book.has_honours() {
        let (href, name) = (link(BookPlace::Honours), xml(book.views.word("honour_roll")));
        let _ = writeln!(out, "<li><a href=\"{href}\">{name}</a></li>");
    }
    let _ = writeln!(
        out,
        "<li><a href=\"{}\">{}</a></li>\n</ol>",
        link(BookPlace::Index),
        xml(book.views.word("book_index"))
    );
    out
}

fn stories(book: &Book<'_>, part: &BookPart, link: LinkTo<'_>) -> String {
    let mut out = String::from("<ol>\n");
    for (id, number) in book.stories_of(part) {
        let href = link(BookPlace::Story(number));
        let title = article::title(&book.views, id);
        let _ = writeln!(
            out,
            "<li><a href=\"{href}\"><span class=\"number\">{number}</span> {title}</a></li>"
        );
    }
    out.push_str("</ol>\n");
    out
}

/// What a part is called, escaped.
pub(super) fn part_name(book: &Book<'_>, part: &BookPart) -> String {
    xml(book.part_name(part))
}

/// The page that begins a part, `number` from 1.
pub(super) fn part(book: &Book<'_>, number: usize, link: LinkTo<'_>) -> String {
    let part = &book.parts[number - 1];
    let description = part
        .focal_point
        .and_then(|id| book.site().entity(id).description.as_deref())
        .map(str::trim)
        .filter(|description| !description.is_empty());
    let mut out = format!("<section class=\"part-page\">\n<h1>{}</h1>\n", part_name(book, part));
    if let Some(description) = description {
        let _ = writeln!(out, "<p class=\"description\">{}</p>", xml(description));
    }
    let _ = writeln!(out, "{}</section>", stories(book, part, link));
    out
}

/// The honour roll of the years that the book is of.
pub(super) fn honours(book: &Book<'_>) -> String {
    let views = &book.views;
    let mut out =
        format!("<section class=\"index\">\n<h1>{}</h1>\n", xml(views.word("honour_roll")));
    let mut last = None;
    for award in book.awards() {
        if last != Some(award.year) {
            last = Some(award.year);
            let name = match award.year {
                Some(year) => views.words("honour_year", &[("year", &year.to_string())]),
                None => views.word("honours_undated").to_string(),
            };
            let _ = writeln!(out, "<h2>{}</h2>", xml(&name));
        }
        let _ = writeln!(out, "<h3>{}</h3>", xml(&award.title));
        let said = [&award.by, &award.level, &award.document].into_iter().flatten();
        let said: Vec<String> = said.map(|text| xml(text)).collect();
        if !said.is_empty() {
            let _ = writeln!(out, "<p>{}</p>", said.join(" "));
        }
        out.push_str("<ul>\n");
        let unit = |id| xml(&book.site().entity(id).name);
        for &id in &award.units {
            let _ = writeln!(out, "<li><span class=\"name\">{}</span></li>", unit(id));
        }
        for person in &award.people {
            let _ = write!(out, "<li><span class=\"name\">{}</span>", xml(&person.name));
            if let Some(id) = person.unit {
                let _ = write!(out, " <span class=\"unit\">{}</span>", unit(id));
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
    out
}

/// The index of people and units.
pub(super) fn index(book: &Book<'_>, link: LinkTo<'_>) -> String {
    let word = |key| xml(book.views.word(key));
    let mut out = format!("<section class=\"index\">\n<h1>{}</h1>\n", word("book_index"));
    let (people, units) = (index::people(book), index::units(book));
    for (key, entries) in [("book_people", people), ("book_units", units)] {
        if !entries.is_empty() {
            let _ = write!(out, "<h2>{}</h2>\n<ul>\n", word(key));
            entries.iter().for_each(|entry| index_entry(&mut out, book, entry, link));
            out.push_str("</ul>\n");
        }
    }
    out.push_str("</section>\n");
    out
}

fn index_entry(out: &mut String, book: &Book<'_>, entry: &IndexEntry<'_>, link: LinkTo<'_>) {
    let _ = write!(out, "<li><span class=\"name\">{}</span>", xml(entry.name));
    if let Some(unit) = entry.unit {
        let _ = write!(out, " <span class=\"unit\">{}</span>", xml(unit));
    }
    for &number in &entry.stories {
        let title = article::title(&book.views, book.stories[number - 1]);
        let href = link(BookPlace::Story(number));
        let _ = write!(out, " <a href=\"{href}\" title=\"{title}\">{number}</a>");
    }
    out.push_str("</li>\n");
}
