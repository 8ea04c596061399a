//! Films and sound: what each file is, and what lies beside it.

use std::collections::BTreeMap;

use super::Site;
use crate::base::content::{Content, Edited};
use crate::base::fault::Fault;
use crate::base::parallel;
use crate::film::{self, FilmHeader};
use crate::load::FoundFile;
use crate::source::SourcePath;
use crate::source::decode::decode;

/// A film of so many bytes is held; a larger one is read as it is written.
const HELD: u64 = 64 << 20;

/// The extension of captions.
const CAPTIONS: &str = "vtt";

/// Larger ones are none.
const LARGEST_CAPTIONS: usize = 8 << 20;

/// Captions in UTF-8 as WebVTT, whatever encoding they are in and whether they are SubRip; `None` if
/// they are so, or are something else.
fn captions(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let is_right = std::str::from_utf8(&bytes)
        .is_ok_and(|text| text.trim_start_matches('\u{FEFF}').starts_with("WEBVTT"));
    if is_right {
        return None;
    }
    let text = decode(bytes).ok()?.text;
    let text = text.trim_start();
    if text.starts_with("WEBVTT") {
        return Some(text.as_bytes().to_vec());
    }
    if !text.contains("-->") {
        return None;
    }
    let mut out = String::from("WEBVTT\n\n");
    for line in text.lines() {
        match line.contains("-->") {
            // SubRip has commas there.
            true => out.push_str(&line.replace(',', ".")),
            false => out.push_str(line),
        }
        out.push('\n');
    }
    Some(out.into_bytes())
}

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
    /// A film or a sound without what nobody sees, or captions as browsers read them; `None` if they
    /// are so as they are.
    pub fn film_cleaned(&self, file: &SourcePath) -> Result<Option<Content<'static>>, Fault> {
        if file.extension() == CAPTIONS {
            let bytes = self.files[file].head(LARGEST_CAPTIONS + 1)?;
            let is_read = bytes.len() <= LARGEST_CAPTIONS;
            return Ok(is_read.then(|| captions(bytes)).flatten().map(Content::Bytes));
        }
        let Some(film) = self.films.get(file).filter(|film| film.has_notes()) else {
            return Ok(None);
        };
        let carried = &self.files[file];
        if film.bytes <= HELD {
            return Ok(Some(Content::Bytes(film::clean(carried.bytes()?, film))));
        }
        let (kept, patches) = (film.kept, film.notes.as_slice().into());
        Ok(Some(Content::Edited(Edited { file: carried.clone(), kept, patches })))
    }

    /// Is a film or a sound published without what nobody sees?
    pub fn is_film_cleaned(&self, file: &SourcePath) -> bool {
        file.extension() == CAPTIONS || self.films.get(file).is_some_and(FilmHeader::has_notes)
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

#[cfg(test)]
mod tests {
    use super::captions;

    #[test]
    fn captions_as_browsers_read_them() {
        let right = "WEBVTT\n\n00:00.000 --> 00:01.000\n甲\n";
        let gbk = [b"WEBVTT\n\n00:00.000 --> 00:01.000\n", &b"\xbc\xd7\n"[..]].concat();
        let subrip = "1\r\n00:00:00,000 --> 00:00:01,000\r\n甲，乙, 丙\r\n";
        let turned = "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000\n甲，乙, 丙\n";
        for (given, expected) in [
            (right.as_bytes(), None),
            (&gbk, Some(right)),
            (subrip.as_bytes(), Some(turned)),
            (b"something else", None),
            (b"", None),
        ] {
            assert_eq!(captions(given.to_vec()).as_deref(), expected.map(str::as_bytes));
        }
    }
}
