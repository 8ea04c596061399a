//! Parsing: a source becomes a document. Pure, and file by file.

pub mod front_matter;
pub mod markdown;
pub mod messages;
pub mod numbers;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use time::UtcOffset;
use xxhash_rust::xxh3::xxh3_128;

use crate::base::lang::Lang;
use crate::diagnostic::bounded::Bounded;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::schema::open;
use crate::schema::story::STORY;
use crate::source::{Place, Source, SourcePath};
use crate::yaml::Node;
use crate::yaml::places::{At, Places};
use front_matter::{Front, FrontMatter, Parts, Purpose};
use markdown::Body;
use numbers::NumberKind;

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
    /// Numbers of people in it, front matter included.
    pub numbers: Vec<(NumberKind, Range<usize>)>,
    /// The digest of its text, front matter included.
    pub digest: u128,
    /// The places of its front matter, if somebody asked for one.
    pub places: OnceLock<Places>,
    /// What links may call its headings, if one called one otherwise than by its anchor.
    pub called: OnceLock<markdown::Called>,
}

/// Documents, and the files that could not be read.
#[derive(Debug, Default)]
pub struct Documents {
    /// Stories that could be read.
    pub stories: Vec<Arc<Document>>,
    /// Pages that could be read.
    pub pages: Vec<Arc<Document>>,
    /// Files that could not.
    pub broken: Vec<SourcePath>,
}

/// How files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The time zone of dates that name none, in seconds east of UTC.
    zone: i32,
    /// Are drafts published, so that they must not lack anything?
    drafts: bool,
    /// Is the plain text of stories wanted, for search?
    plain: bool,
}

impl Reading {
    /// In this time zone, with or without drafts, and with or without plain text.
    pub fn new(zone: UtcOffset, drafts: bool, plain: bool) -> Self {
        Self { zone: zone.whole_seconds(), drafts, plain }
    }

    /// Is the plain text of stories wanted?
    pub fn plain(self) -> bool {
        self.plain
    }
}

impl Document {
    /// Is it a page, and no story?
    pub fn is_page(&self) -> bool {
        self.source.path.as_str().starts_with("content/pages/")
    }

    /// The body as it was written; `source` is this document's, with its text at hand.
    pub fn markdown<'s>(&self, source: &'s Source) -> &'s str {
        source.text().get(self.parts.body.clone()).unwrap_or_default()
    }

    /// Its title; words for that if it has none, which only a preview shows.
    pub fn title(&self) -> &str {
        match self.front.title.as_str() {
            "" => open::plain("title", Lang::Zh),
            title => title,
        }
    }

    /// The anchor of the heading that a link calls `name`: by its anchor, or by its words, however
    /// they are spelt.
    ///
    /// # Errors
    ///
    /// The anchor that was most likely meant, if there is none.
    pub fn anchor(&self, name: &str) -> Result<String, Option<&str>> {
        match self.body.headings.iter().any(|heading| heading.id == name) {
            true => Ok(name.to_string()),
            false => {
                self.called.get_or_init(|| markdown::Called::of(&self.body.headings)).find(name)
            }
        }
    }

    /// The place of a value of the front matter; of the front matter itself where it has no
    /// such value.
    pub fn place_of<'k>(&self, at: impl Into<At<'k>>) -> Place {
        let Some(places) = self.places() else { return Place::file(&self.source.path) };
        let range = places.find(&STORY.spell(at.into()));
        let base = self.parts.yaml.start;
        self.source.place(base + range.start..base + range.end)
    }

    /// Has the front matter such a key, with or without a value?
    pub fn has<'k>(&self, at: impl Into<At<'k>>) -> bool {
        self.places().is_some_and(|places| places.has(&STORY.spell(at.into())))
    }

    /// The key that `at` ends in, as it is to be written in this file, whose keys are in one
    /// language.
    pub fn spelling<'k>(&self, at: impl Into<At<'k>>) -> &'k str {
        let at = STORY.spell(at.into());
        match self.places() {
            Some(places) => places.spelling(&at),
            None => at.last_key(),
        }
    }

    /// Is this value of the front matter in quotation marks?
    pub fn is_quoted<'k>(&self, at: impl Into<At<'k>>) -> bool {
        let range = self.place_of(at).range();
        let (Some(range), Ok(source)) = (range, self.source.read()) else { return false };
        source.text().get(range).is_some_and(|text| text.starts_with(['"', '\'']))
    }

    /// The places of the front matter, read when the first one is asked for; `None` if the
    /// file cannot be read again.
    fn places(&self) -> Option<&Places> {
        if self.places.get().is_none() {
            let source = self.source.read().ok()?;
            let yaml = source.text().get(self.parts.yaml.clone()).unwrap_or_default();
            let root = crate::yaml::parse(yaml).unwrap_or(Node::Null);
            return Some(self.places.get_or_init(|| Places::read(yaml, &root)));
        }
        self.places.get()
    }

    /// A complaint if places of the front matter were asked for and it has none that are
    /// certain.
    pub fn unclear(&self) -> Option<Diagnostic> {
        let range = self.places.get()?.unclear()?;
        let base = self.parts.yaml.start;
        Some(crate::yaml::messages::yaml_unclear(
            self.source.place(base + range.start..base + range.end),
        ))
    }

    /// The place of a range of the body.
    pub fn place_in_body(&self, range: &std::ops::Range<usize>) -> Place {
        let base = self.parts.body.start;
        self.source.place(base + range.start..base + range.end)
    }
}

/// Reads one story or page. The value is `None` if there is no front matter to speak
/// of; with other mistakes it holds what could be read, so that the rest of the site can
/// be checked against it. A draft may lack what is required, unless drafts are published.
pub fn parse(source: Source, purpose: Purpose, reading: Reading) -> Outcome<Option<Document>> {
    let zone = UtcOffset::from_whole_seconds(reading.zone).unwrap_or(UtcOffset::UTC);
    let parts = match front_matter::split(&source) {
        Ok(parts) => parts,
        Err(diagnostic) => return Outcome { value: None, diagnostics: vec![*diagnostic] },
    };
    let Front { fields: front, places, diagnostics: complaints } =
        front_matter::read(&source, &parts, purpose, zone, reading.drafts);
    let mut body = markdown::survey(&source.text()[parts.body.clone()], reading.plain);
    let Some(front) = front else { return Outcome { value: None, diagnostics: complaints } };
    if front.summary.is_some() {
        // Nobody will ask for it.
        body.excerpt = String::new();
    }
    let numbers = numbers::find(source.text());
    let digest = xxh3_128(source.text().as_bytes());
    let called = OnceLock::new();
    let document = Document { source, parts, front, body, numbers, digest, places, called };
    let mut diagnostics: Bounded = complaints.into_iter().collect();
    let place = |range: &Range<usize>| document.place_in_body(range);
    let Body { html, slips, .. } = &document.body;
    if let Some((_, first, _)) = html.others.first() {
        diagnostics.push(messages::html_tags(place(first), html));
    }
    diagnostics.extend(
        html.dropped
            .complaints(|(name, closed, at)| messages::html_content(place(at), name, *closed)),
    );
    diagnostics
        .extend(html.hidden.complaints(|(words, at)| messages::html_hidden(place(at), words)));
    diagnostics
        .extend(html.unclosed.complaints(|(name, at)| messages::html_unclosed(place(at), name)));
    diagnostics.extend(html.loose.complaints(|at| messages::raw_html(place(at))));
    for (slip, ranges) in slips {
        diagnostics.extend(ranges.complaints(|at| {
            let written = document.source.text().get(document.parts.body.clone());
            let written = written.and_then(|body| body.get(at.clone())).unwrap_or_default();
            messages::markdown_slip(place(at), *slip, written)
        }));
    }
    let written = document.body.characters > 0 || !document.body.links.is_empty();
    if purpose == Purpose::Story && !document.front.draft && !written {
        diagnostics.push(messages::body_empty(
            Place::file(&document.source.path),
            document.spelling("draft"),
        ));
    }
    Outcome { value: Some(document), diagnostics: diagnostics.into() }
}
