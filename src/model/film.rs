//! Films and sound: what each file is, and what lies beside it.

use std::collections::BTreeMap;

use super::Site;
use crate::base::fault::Fault;
use crate::base::parallel;
use crate::film::{Container, FilmHeader};
use crate::load::FoundFile;
use crate::source::SourcePath;

/// A film up to so many bytes is published without what nobody sees; a larger one as it is.
pub const LARGEST_CLEANED: u64 = 64 << 20;

/// The films among these files, which are called so. Only what describes them is read.
pub fn films(found: &[FoundFile]) -> Result<BTreeMap<SourcePath, FilmHeader>, Fault> {
    let read = parallel::map(found, |found| {
        let bytes = found.file.length()?;
        let mut fault = None;
        let header = FilmHeader::read(bytes, &mut |at, most| {
            found.file.at(at, most).map_err(|error| fault = Some(error)).ok()
        });
        fault.map_or(Ok(header), Err)
    });
    let mut films = BTreeMap::new();
    for (found, header) in found.iter().zip(read) {
        if let Some(header) = header? {
            films.insert(found.path.clone(), header);
        }
    }
    Ok(films)
}

impl Site {
    /// Is a film or a sound published without what nobody sees?
    pub fn is_film_cleaned(&self, file: &SourcePath) -> bool {
        self.films.get(file).is_some_and(|film| {
            use Container::{Mp3, Mp4, QuickTime, Wav, WebM};
            let can_be = matches!(film.container, Mp4 | QuickTime | WebM | Mp3 | Wav);
            can_be && !film.notes.is_empty() && film.bytes <= LARGEST_CLEANED
        })
    }

    /// The picture that is shown before a film begins: one of the same name beside it.
    pub fn poster(&self, film: &SourcePath) -> Option<SourcePath> {
        let is_film = self.films.get(film).is_some_and(FilmHeader::is_film);
        is_film.then(|| self.beside(film, &["jpg", "jpeg", "JPG", "png", "webp"]))?
    }

    /// The captions of a film: a file of the same name beside it.
    pub fn captions(&self, film: &SourcePath) -> Option<SourcePath> {
        self.films.get(film)?;
        self.beside(film, &["vtt"])
    }

    fn beside(&self, file: &SourcePath, extensions: &[&str]) -> Option<SourcePath> {
        let path = file.as_str();
        let stem = &path[..path.len() - file.file_name().len() + file.stem().len()];
        let found = extensions.iter().find_map(|end| self.file(&format!("{stem}.{end}")));
        found.cloned()
    }
}
