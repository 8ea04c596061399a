//! The book as EPUB 3.3.

use std::fmt::Write as _;
use std::io::{Seek, Write};
use std::path::Path;

use super::pages::{self, BookPlace};
use super::{Book, cover, tasks};
use crate::base::content::Content;
use crate::base::escape::xml;
use crate::base::fault::Fault;
use crate::model::StoryId;
use crate::output::alone::GENERATOR;
use crate::output::article::{self, Chapter, Publication, Taken};
use crate::output::media::Picture;
use crate::output::zip::Zip;
use crate::source::SourcePath;

const MEDIA_TYPE: &str = "application/epub+zip";

/// The folder of everything that is read.
const FOLDER: &str = "EPUB";

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"#;

/// Is this the end of a book that this program wrote?
pub fn is_ours(end: &[u8]) -> bool {
    end.windows(COMMENT.len()).any(|window| window == COMMENT.as_bytes())
}

/// How the file says, at its very end, who wrote it.
const COMMENT: &str = "application/epub+zip; xianfeng";

/// How many of the last bytes [`is_ours`] needs.
pub const END: u64 = COMMENT.len() as u64;

/// Writes the book to `out`, shown as `shown` in messages; `each` is told of every story.
/// One chapter is held at a time, and no picture whole.
pub fn write<W: Write + Seek>(
    book: &Book<'_>,
    out: W,
    shown: &Path,
    each: &dyn Fn(),
) -> Result<W, Fault> {
    let mut zip = Zip::new(out, shown, book.site().edition.now, COMMENT)?;
    let text = |text: String| Content::Bytes(text.into_bytes());
    // First, and as it is, so that any program can tell what the file is (OCF 3.3, 4.2.6.2).
    zip.add("mimetype", &text(MEDIA_TYPE.into()), false)?;
    zip.add("META-INF/container.xml", &text(CONTAINER.into()), true)?;
    let mut add = |name: &str, content: &Content<'_>, compress| {
        zip.add(&format!("{FOLDER}/{name}"), content, compress)
    };
    add("package.opf", &text(package(book)), true)?;
    add("nav.xhtml", &text(nav(book)), true)?;
    add("cover.svg", &text(cover::svg(book)), true)?;
    for (name, title, body) in pages(book) {
        add(&name, &text(page(book, &title, &body)), true)?;
    }
    let picture = |file: &SourcePath| book.pictures.get(file).map(picture_name);
    let chapter = |id: StoryId| book.chapter(id, chapter);
    let publication = Publication { chapter: &chapter, picture: &picture };
    for (i, &id) in book.stories.iter().enumerate() {
        let body = article::html(&book.views, book.plan, &publication, id, Some(i + 1))?;
        let title = article::title(&book.views, id);
        add(&story_name(i + 1), &text(page(book, &title, &body)), true)?;
        each();
    }
    let style = [article::STYLE, include_str!("epub.css")].concat();
    add("style.css", &text(style), true)?;
    for (file, picture) in book.pictures.iter() {
        let compress = picture.kind == Picture::Svg;
        add(&picture_name(picture), &article::content(book.site(), file)?, compress)?;
    }
    zip.finish()
}

fn story_name(number: usize) -> String {
    format!("story-{number:04}.xhtml")
}

fn chapter(number: usize) -> Chapter {
    Chapter { file: story_name(number), ids: String::new() }
}

fn picture_name(picture: Taken) -> String {
    format!("pictures/{:04}.{}", picture.number, picture.kind.extension())
}

fn link(place: BookPlace) -> String {
    match place {
        BookPlace::Part(number) => format!("part-{number}.xhtml"),
        BookPlace::Story(number) => story_name(number),
        BookPlace::Tasks => "tasks.xhtml".to_string(),
        BookPlace::Honours => "honours.xhtml".to_string(),
        BookPlace::Index => "index.xhtml".to_string(),
    }
}

/// The pages that are no stories: name, title, body.
fn pages<'b>(book: &'b Book<'_>) -> impl Iterator<Item = (String, String, String)> + use<'b> {
    let title = || xml(&book.title);
    let word = |key| xml(book.views.word(key));
    let cover = format!(
        "<section class=\"cover-page\" epub:type=\"cover\">\n\
         <img src=\"cover.svg\" alt=\"{}\"/>\n</section>\n",
        title()
    );
    let first = [
        ("cover.xhtml".to_string(), word("book_cover"), cover),
        ("title.xhtml".to_string(), title(), pages::title(book)),
    ];
    let parts = (1..=book.parts.len()).map(move |number| {
        let name = pages::part_name(book, &book.parts[number - 1]);
        (link(BookPlace::Part(number)), name, pages::part(book, number, &link))
    });
    let tasks = tasks::page(book, &link);
    let tasks = tasks.map(|page| (link(BookPlace::Tasks), word("tasks"), page));
    let honours = book
        .has_honours()
        .then(|| (link(BookPlace::Honours), word("honour_roll"), pages::honours(book)));
    let index = (link(BookPlace::Index), word("book_index"), pages::index(book, &link));
    first.into_iter().chain(parts).chain(tasks).chain(honours).chain([index])
}

/// A page whole; `title` and `body` are escaped already.
fn page(book: &Book<'_>, title: &str, body: &str) -> String {
    let language = book.views.language();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" \
         xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{language}\" xml:lang=\"{language}\">\n\
         <head>\n<meta charset=\"UTF-8\"/>\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n\
         <body>\n{body}</body>\n</html>\n"
    )
}

fn nav(book: &Book<'_>) -> String {
    let word = |key| xml(book.views.word(key));
    let contents = word("book_contents");
    let first = book.parts.first().map_or(String::new(), |_| {
        format!(
            "<li><a epub:type=\"bodymatter\" href=\"{}\">{}</a></li>\n",
            link(BookPlace::Part(1)),
            pages::part_name(book, &book.parts[0])
        )
    });
    let body = format!(
        "<nav epub:type=\"toc\" id=\"toc\" class=\"contents\">\n<h1>{contents}</h1>\n{}</nav>\n\
         <nav epub:type=\"landmarks\" id=\"landmarks\" hidden=\"\">\n<ol>\n\
         <li><a epub:type=\"cover\" href=\"cover.xhtml\">{}</a></li>\n\
         <li><a epub:type=\"toc\" href=\"#toc\">{contents}</a></li>\n{first}</ol>\n</nav>\n",
        pages::contents(book, &link),
        word("book_cover")
    );
    page(book, &contents, &body)
}

/// What the book is, what it consists of, and in which order.
fn package(book: &Book<'_>) -> String {
    let settings = &book.site().settings;
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" \
         unique-identifier=\"id\" xml:lang=\"{0}\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:identifier id=\"id\">urn:uuid:{1}</dc:identifier>\n\
         <dc:title>{2}</dc:title>\n<dc:language>{0}</dc:language>\n\
         <dc:date>{3}</dc:date>\n",
        book.views.language(),
        book.id,
        xml(&book.title),
        book.site().edition.now.date(),
    );
    let mut element = |name: &str, text: Option<&str>| {
        // Empty elements are errors.
        if let Some(text) = text.map(xml).filter(|text| !text.trim().is_empty()) {
            let _ = writeln!(out, "<dc:{name}>{text}</dc:{name}>");
        }
    };
    element("creator", settings.organisation.as_deref());
    element("publisher", settings.organisation.as_deref());
    element("description", settings.description.as_deref());
    element("rights", settings.copyright.as_deref());
    element("source", settings.base_url.as_ref().map(|base| base.as_str()));
    for part in &book.parts {
        element("subject", Some(book.part_name(part)));
    }
    let _ = write!(
        out,
        "<meta property=\"dcterms:modified\">{}</meta>\n\
         <meta name=\"generator\" content=\"{GENERATOR}\"/>\n</metadata>\n<manifest>\n",
        book.site().edition.now.utc()
    );
    let mut spine = String::new();
    let mut item = |id: &str, name: &str, media_type: &str, properties: &str, read: bool| {
        let _ = writeln!(
            out,
            "<item id=\"{id}\" href=\"{name}\" media-type=\"{media_type}\"{properties}/>"
        );
        if read {
            let _ = writeln!(spine, "<itemref idref=\"{id}\"/>");
        }
    };
    const XHTML: &str = "application/xhtml+xml";
    item("cover", "cover.xhtml", XHTML, "", true);
    item("title", "title.xhtml", XHTML, "", true);
    item("nav", "nav.xhtml", XHTML, " properties=\"nav\"", true);
    for (i, part) in book.parts.iter().enumerate() {
        item(&format!("part-{}", i + 1), &link(BookPlace::Part(i + 1)), XHTML, "", true);
        for (_, number) in book.stories_of(part) {
            item(&format!("story-{number}"), &story_name(number), XHTML, "", true);
        }
    }
    if !tasks::tasks(book).is_empty() {
        item("tasks", "tasks.xhtml", XHTML, "", true);
    }
    if book.has_honours() {
        item("honours", "honours.xhtml", XHTML, "", true);
    }
    item("index", "index.xhtml", XHTML, "", true);
    item("style", "style.css", "text/css", "", false);
    let svg = Picture::Svg.media_type();
    item("cover-picture", "cover.svg", svg, " properties=\"cover-image\"", false);
    for (_, picture) in book.pictures.iter() {
        let id = format!("picture-{}", picture.number);
        item(&id, &picture_name(picture), picture.kind.media_type(), "", false);
    }
    let _ = write!(out, "</manifest>\n<spine>\n{spine}</spine>\n</package>\n");
    out
}
