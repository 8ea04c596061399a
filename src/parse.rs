//! Parsing: a source becomes a document. Pure, and file by file.

pub mod fields;
pub mod front_matter;
pub mod markdown;
mod slips;
pub mod yaml;

use time::UtcOffset;

use crate::diagnostic::{Outcome, catalogue};
use crate::source::{Place, Source};
use fields::At;
use front_matter::{FrontMatter, Parts, Purpose};
use markdown::Body;

/// A story or page file that has been read.
#[derive(Debug)]
pub struct Document {
    /// The file.
    pub source: Source,
    /// Where its parts are.
    pub parts: Parts,
    /// Its front matter.
    pub front: FrontMatter,
    /// Its body, surveyed; ranges count from the start of the body.
    pub body: Body,
}

impl Document {
    /// The body as it was written.
    pub fn markdown(&self) -> &str {
        &self.source.text[self.parts.body.clone()]
    }

    /// The place of a value of the front matter.
    pub fn place_of(&self, at: At) -> Place {
        let yaml = &self.source.text[self.parts.yaml.clone()];
        fields::place(&self.source, self.parts.yaml.start, yaml, at)
    }

    /// The place of a range of the body.
    pub fn place_in_body(&self, range: &std::ops::Range<usize>) -> Place {
        let base = self.parts.body.start;
        self.source.place(base + range.start..base + range.end)
    }
}

/// Reads one story or page. The value is `None` where there is no front matter to speak
/// of; with other mistakes it holds what could be read, so that the rest of the site can
/// be checked against it. A draft may lack what is required, unless `drafts` are published. `plain` says
/// whether the text of the body is wanted, for search.
pub fn parse(
    source: Source,
    purpose: Purpose,
    zone: UtcOffset,
    drafts: bool,
    plain: bool,
) -> Outcome<Option<Document>> {
    let parts = match front_matter::split(&source) {
        Ok(parts) => parts,
        Err(diagnostic) => return Outcome { value: None, diagnostics: vec![*diagnostic] },
    };
    let (front, mut diagnostics) = front_matter::read(&source, &parts, purpose, zone, drafts);
    let mut body = markdown::survey(&source.text[parts.body.clone()], plain);
    let Some(front) = front else { return Outcome { value: None, diagnostics } };
    if front.summary.is_some() {
        // Nobody will ask for it.
        body.excerpt = String::new();
    }
    let document = Document { source, parts, front, body };
    for range in &document.body.raw_html {
        diagnostics.push(catalogue::raw_html(document.place_in_body(range)));
    }
    for (slip, range) in &document.body.slips {
        diagnostics.push(catalogue::markdown_slip(document.place_in_body(range), *slip));
    }
    let written = document.body.characters > 0 || !document.body.links.is_empty();
    if purpose == Purpose::Story && !document.front.draft && !written {
        diagnostics.push(catalogue::body_empty(Place::file(&document.source.path)));
    }
    Outcome { value: Some(document), diagnostics }
}
