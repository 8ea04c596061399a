//! The book as one page, from which a browser prints a good book: page breaks, running
//! heads and page numbers by CSS paged media.

use std::fmt::Write as _;

use super::pages::{self, BookPlace};
use super::{Book, cover, tasks};
use crate::base::content::Pour;
use crate::base::escape::xml;
use crate::base::fault::Fault;
use crate::model::StoryId;
use crate::output::alone::{GENERATOR, document_head};
use crate::output::article::{self, Chapter};
use crate::output::encode::base64;

/// Is this the beginning of a page that this program wrote?
pub fn is_ours(head: &[u8]) -> bool {
    let name = GENERATOR.split(' ').next().unwrap_or_default();
    let mark = format!("<meta name=\"generator\" content=\"{name}");
    memchr::memmem::find(head, mark.as_bytes()).is_some()
}

/// How many of the first bytes [`is_ours`] needs.
pub const HEAD: u64 = 1024;

/// Pours the book; `each` is told of every story. One story is held at a time, and no picture
/// whole.
pub fn pour(book: &Book<'_>, each: &dyn Fn(), out: &mut Pour<'_>) -> Result<(), Fault> {
    let title = xml(&book.title);
    let word = |key| xml(book.views.word(key));
    let cover = base64(cover::svg(book).as_bytes());
    out(document_head(&book.views).as_bytes())?;
    let styles = [article::STYLE, include_str!("printable.css"), &running_heads(book)].concat();
    let front = format!(
        "<title>{title}</title>\n<style>\n{styles}</style>\n</head>\n<body>\n\
         <section class=\"cover-page\"><img src=\"data:image/svg+xml;base64,{cover}\" \
         alt=\"{title}\"/></section>\n{}<nav class=\"contents\">\n<h1>{}</h1>\n{}</nav>\n",
        pages::title(book),
        word("book_contents"),
        pages::contents(book, &link)
    );
    out(front.as_bytes())?;
    let chapter = |id: StoryId| book.chapter(id, chapter);
    for (i, part) in book.parts.iter().enumerate() {
        let number = i + 1;
        let page = pages::part(book, number, &link);
        out(format!("<div class=\"part\" id=\"part-{number}\">\n{page}").as_bytes())?;
        for (id, number) in book.stories_of(part) {
            out(format!("<div class=\"chapter\" style=\"page: story-{number}\">\n").as_bytes())?;
            let story = (id, Some(number));
            article::pour(&book.views, book.plan, &book.pictures, &chapter, story, out)?;
            out(b"</div>\n")?;
            each();
        }
        out(b"</div>\n")?;
    }
    if let Some(tasks) = tasks::page(book, &link) {
        out(format!("<div id=\"tasks\">\n{tasks}</div>\n").as_bytes())?;
    }
    if book.has_honours() {
        let honours = pages::honours(book);
        out(format!("<div id=\"honours\">\n{honours}</div>\n").as_bytes())?;
    }
    let index = pages::index(book, &link);
    out(format!("<div id=\"index\">\n{index}</div>\n</body>\n</html>\n").as_bytes())
}

fn chapter(number: usize) -> Chapter {
    Chapter { file: String::new(), ids: format!("s{number}-") }
}

fn link(place: BookPlace) -> String {
    match place {
        BookPlace::Part(number) => format!("#part-{number}"),
        BookPlace::Story(number) => format!("#s{number}-top"),
        BookPlace::Tasks => "#tasks".to_string(),
        BookPlace::Honours => "#honours".to_string(),
        BookPlace::Index => "#index".to_string(),
    }
}

/// What stands above the pages of each story: the book on one side, the story on the other.
/// Browsers know no running heads that come from the text, but pages with a name.
fn running_heads(book: &Book<'_>) -> String {
    let mut out = String::new();
    let title = css_string(&book.title);
    for part in &book.parts {
        let name = css_string(book.part_name(part));
        for (id, number) in book.stories_of(part) {
            let story = css_string(&format!("{number}　{}", short(book.site().story(id).title())));
            let _ = writeln!(
                out,
                "@page story-{number} {{ @top-left {{ content: {title} \"　\" {name}; }} \
                 @top-right {{ content: {story}; }} }}"
            );
        }
    }
    out
}

/// So long a title may be above a page, in characters.
const HEAD_LIMIT: usize = 24;

fn short(title: &str) -> String {
    match title.char_indices().nth(HEAD_LIMIT) {
        Some((at, _)) => format!("{}…", &title[..at]),
        None => title.to_string(),
    }
}

/// A text as a string of CSS, which can end neither the string nor the style.
fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if c.is_alphanumeric() || c == ' ' || c as u32 > 0x2000 {
            out.push(c);
        } else if !c.is_control() {
            let _ = write!(out, "\\{:x} ", c as u32);
        }
    }
    out.push('"');
    out
}
