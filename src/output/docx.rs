//! Stories as a Word document, in the layout that Chinese offices expect: A4, the title of 二号 in the
//! middle, the text in 仿宋 of 三号, headings in 黑体 and 楷体, real styles, numbers, notes and a
//! contents. A writer of our own: what there is of others writes the time and knows no footnotes, or
//! brings readers of pictures along, and the same stories must give the same bytes.

mod body;
pub mod messages;
mod parts;

use std::io::{Seek, Write};
use std::path::Path;

use crate::base::content::Content;
use crate::base::escape::xml;
use crate::base::fault::Fault;
use crate::diagnostic::Outcome;
use crate::model::{Site, StoryId};
use crate::output::article::{self, Chapter, Numbered, Pictures, Publication};
use crate::output::tree::{self, Node};
use crate::output::zip::Zip;
use crate::plan::Plan;
use crate::source::SourcePath;
use crate::value::moment::Moment;
use crate::view::Views;

/// What is written.
#[derive(Debug)]
pub struct Manuscript {
    /// What it is called, for the properties, and for its first page if it has a contents.
    pub title: String,
    /// Who answers for it.
    pub author: String,
    /// A line below the title.
    pub subtitle: Option<String>,
    /// The day that it is of.
    pub date: Moment,
    /// The heading of the contents; none if there are no contents.
    pub contents: Option<String>,
    /// Is it several stories, of which each title is a heading?
    pub is_collection: bool,
    /// What notes are called that the text does not name.
    pub notes: String,
    /// Its parts, each from a page of its own.
    pub parts: Vec<Vec<Node>>,
    /// The pictures that the parts name by their number, from 1.
    pub pictures: Vec<Picture>,
}

/// A picture of a document.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its file in the project.
    pub file: SourcePath,
    /// The extension of its kind.
    pub extension: &'static str,
    /// Its size in pixels.
    pub size: (u32, u32),
}

/// What a document of ours says in its first bytes.
const APPLICATION: &str = "<Application>xianfeng</Application>";

/// Is this the beginning of a document that this program wrote, and that nobody saved since?
pub fn is_ours(head: &[u8]) -> bool {
    head.starts_with(b"PK") && memchr::memmem::find(head, APPLICATION.as_bytes()).is_some()
}

/// The pictures of stories that Word shows, each with its number in a document.
#[derive(Debug)]
pub struct Shown {
    taken: Pictures,
    named: Numbered,
}

impl Shown {
    /// The pictures of these stories. The complaints are of those that are left out.
    pub fn of(site: &Site, plan: &Plan, ids: &[StoryId]) -> Result<Outcome<Self>, Fault> {
        let Outcome { value: taken, mut diagnostics } = Pictures::of(site, plan, ids)?;
        for (file, picture) in taken.iter() {
            if !picture.kind.is_shown_in_offices() || size(site, file).is_none() {
                diagnostics.push(messages::picture_left_out(file));
            }
        }
        diagnostics.extend(taken.films_left_out());
        Ok(Outcome { value: Self { taken, named: Numbered::default() }, diagnostics })
    }

    /// The number of a picture, from 1; `None` if it is left out.
    pub fn number(&self, site: &Site, file: &SourcePath) -> Option<String> {
        let taken = self.taken.get(file)?;
        if !taken.kind.is_shown_in_offices() || size(site, file).is_none() {
            return None;
        }
        Some(self.named.number(file))
    }

    /// Those that were asked for.
    pub fn into_pictures(self, site: &Site) -> Vec<Picture> {
        let picture = |file: SourcePath| {
            let extension = self.taken.get(&file)?.kind.extension();
            let size = size(site, &file)?;
            Some(Picture { file, extension, size })
        };
        self.named.into_files().into_iter().filter_map(picture).collect()
    }
}

/// The size of the copy that is taken.
fn size(site: &Site, file: &SourcePath) -> Option<(u32, u32)> {
    match site.one_copy(file) {
        Some(copy) => site.size_of(&copy),
        None => site.picture(file).map(|header| header.size()),
    }
}

/// A story as a part of a document.
pub fn story(
    views: &Views<'_>,
    plan: &Plan,
    shown: &Shown,
    id: StoryId,
) -> Result<Vec<Node>, Fault> {
    let picture = |file: &SourcePath| shown.number(views.site(), file);
    // Ids of stories in one document must differ.
    let ids = format!("s{}-", id.index() + 1);
    let chapter =
        |other: StoryId| (other == id).then(|| Chapter { file: String::new(), ids: ids.clone() });
    let publication = Publication { chapter: &chapter, picture: &picture };
    Ok(tree::parse(&article::html(views, plan, &publication, id, None)?))
}

/// Stories as one document. With several it has a page with its title and the contents.
pub fn manuscript(
    views: &Views<'_>,
    plan: &Plan,
    ids: &[StoryId],
    title: &str,
) -> Result<Outcome<Manuscript>, Fault> {
    let site = views.site();
    let Outcome { value: shown, diagnostics } = Shown::of(site, plan, ids)?;
    let parts = ids.iter().map(|&id| story(views, plan, &shown, id));
    let parts = parts.collect::<Result<Vec<_>, Fault>>()?;
    let date = ids.iter().map(|&id| site.story(id).updated()).max();
    let value = Manuscript {
        title: title.to_string(),
        author: site.settings.organisation.clone().unwrap_or_else(|| site.settings.title.clone()),
        subtitle: site.settings.organisation.clone(),
        date: date.unwrap_or(site.edition.now),
        is_collection: ids.len() > 1,
        contents: (ids.len() > 1).then(|| views.word("book_contents").to_string()),
        notes: views.word("notes").to_string(),
        parts,
        pictures: shown.into_pictures(site),
    };
    Ok(Outcome { value, diagnostics })
}

/// Writes a document to `out`, shown as `shown` in messages; `each` is told of every part.
pub fn write<W: Write + Seek>(
    manuscript: &Manuscript,
    site: &Site,
    out: W,
    shown: &Path,
    each: &dyn Fn(),
) -> Result<W, Fault> {
    let mut zip = Zip::new(out, shown, manuscript.date, "")?;
    let text = |text: String| Content::Bytes(text.into_bytes());
    // First, and as it is, so that this program knows its own documents.
    let application = format!("{}{APPLICATION}</Properties>", parts::APPLICATION_HEAD);
    zip.add("docProps/app.xml", &text(application), false)?;
    zip.add("[Content_Types].xml", &text(parts::content_types(manuscript)), true)?;
    zip.add("_rels/.rels", &text(parts::RELATIONSHIPS.to_string()), true)?;
    zip.add("docProps/core.xml", &text(core(manuscript)), true)?;
    let written = body::write(manuscript, each);
    zip.add("word/document.xml", &text(written.document), true)?;
    zip.add("word/_rels/document.xml.rels", &text(written.relationships), true)?;
    zip.add("word/footnotes.xml", &text(written.notes), true)?;
    zip.add("word/_rels/footnotes.xml.rels", &text(written.note_relationships), true)?;
    zip.add("word/numbering.xml", &text(written.numbering), true)?;
    zip.add("word/styles.xml", &text(include_str!("docx/styles.xml").to_string()), true)?;
    zip.add("word/settings.xml", &text(parts::settings(manuscript.contents.is_some())), true)?;
    zip.add("word/fontTable.xml", &text(parts::FONTS.to_string()), true)?;
    for (name, side) in [("footer1", "right"), ("footer2", "left")] {
        zip.add(&format!("word/{name}.xml"), &text(parts::footer(side)), true)?;
    }
    for (i, picture) in manuscript.pictures.iter().enumerate() {
        let name = format!("word/{}", parts::picture_name(i + 1, picture));
        zip.add(&name, &article::content(site, &picture.file)?, false)?;
    }
    zip.finish()
}

fn core(manuscript: &Manuscript) -> String {
    let Manuscript { title, author, date, .. } = manuscript;
    let (title, author, at) = (xml(title), xml(author), date.utc());
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:modified></cp:coreProperties>"
    )
}
