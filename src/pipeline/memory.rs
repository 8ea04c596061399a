//! What is remembered from one build to the next, or from one change to the next.

use std::path::Path;
use std::time::SystemTime;

use crate::base::fault::Fault;
use crate::cache::pictures::PictureStore;
use crate::cache::{Cache, Unused};
use crate::diagnostic::Outcome;
use crate::load::{FoundFile, Sources};
use crate::memo::ParseMemo;
use crate::memo::pictures::PictureMemo;
use crate::model::picture::Pictures;
use crate::output::search::Gathered;
use crate::parse::{Documents, Reading};

/// What need not be done again: what was parsed, and what search gathered from it. Each is
/// checked against the sources before it is used, so a build without it writes the same bytes.
#[derive(Debug, Default)]
pub struct Memory {
    parsed: ParseMemo,
    pictures: PictureMemo,
    store: PictureStore,
    pub(super) gathered: Gathered,
}

impl Memory {
    /// Nothing, but for the copies of pictures of the project in `root`.
    pub fn of(root: &Path) -> Self {
        Self::default().at(root)
    }

    /// The same, with copies of pictures kept in the project in `root`.
    pub(super) fn at(self, root: &Path) -> Self {
        Self { store: PictureStore::of(&Cache::of(root)), ..self }
    }

    /// What the last build of the project in `root` has stored; else why there is nothing.
    pub(super) fn read(cache: &Cache, root: &Path) -> Result<Self, Unused> {
        let parsed = ParseMemo::read(cache, root)?;
        let gathered = match Gathered::read(cache) {
            Err(Unused::Missing) => Gathered::default(),
            read => read?,
        };
        let pictures = match PictureMemo::read(cache) {
            Err(Unused::Missing) => PictureMemo::default(),
            read => read?,
        };
        Ok(Self { parsed, pictures, gathered, ..Self::default() })
    }

    /// Stores it for the next build.
    pub(super) fn write(&self, cache: &Cache) {
        self.parsed.write(cache);
        self.pictures.write(cache);
        match self.parsed.reading().is_some_and(Reading::plain) {
            true => self.gathered.write(cache),
            false => Gathered::remove(cache),
        }
    }

    /// What those of these files are that are pictures.
    pub(super) fn pictures(
        &mut self,
        found: &[FoundFile],
        time: SystemTime,
    ) -> Result<Pictures, Fault> {
        let surveys = self.pictures.surveys(found, time)?;
        Ok(Pictures::new(surveys, self.store.clone()))
    }

    /// The documents of a project: see [`ParseMemo::documents`].
    pub(super) fn documents(
        &mut self,
        sources: &mut Sources,
        reading: Reading,
        time: SystemTime,
    ) -> Result<Outcome<Documents>, Fault> {
        // What was gathered from texts that were read in another way is not looked at again.
        if self.parsed.reading() != Some(reading) {
            self.gathered = Gathered::default();
        }
        self.parsed.documents(sources, reading, time)
    }
}
