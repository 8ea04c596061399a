//! The pictures of stories: which file each is, and which of them can be taken along.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::svg;
use crate::base::content::{Carried, Content};
use crate::base::fault::Fault;
use crate::base::format::{Format, HEAD};
use crate::base::parallel;
use crate::diagnostic::bounded::Bounded;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::link::{resolve, resolve_cover};
use crate::model::picture::NoCopy;
use crate::model::{Site, StoryId};
use crate::output::media::Picture;
use crate::output::messages;
use crate::parse::markdown::LinkKind;
use crate::picture::Coding;
use crate::plan::{Plan, target_file};
use crate::source::{Place, SourcePath};

/// The pictures that stories show and that every reader can show: by file, in its order.
#[derive(Debug, Default)]
pub struct Pictures {
    taken: BTreeMap<SourcePath, Taken>,
    /// Films and sounds, which are shown nowhere but on pages.
    films: Vec<(SourcePath, Place)>,
}

/// A picture that is taken along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its place among all of them, by path, from 1.
    pub number: usize,
    /// What it is.
    pub kind: Picture,
}

/// Pictures in the order in which they were first asked for, each with its number.
#[derive(Debug, Default)]
pub struct Numbered(RefCell<Vec<SourcePath>>);

impl Numbered {
    /// The number of a picture, from 1.
    pub fn number(&self, file: &SourcePath) -> String {
        let mut named = self.0.borrow_mut();
        let known = named.iter().position(|known| known == file);
        let place = known.unwrap_or_else(|| {
            named.push(file.clone());
            named.len() - 1
        });
        (place + 1).to_string()
    }

    /// The pictures, in that order.
    pub fn into_files(self) -> Vec<SourcePath> {
        self.0.into_inner()
    }
}

impl Pictures {
    /// The pictures of these stories. Files that are no picture that is shown everywhere are left
    /// out, each with a warning.
    pub fn of(site: &Site, plan: &Plan, stories: &[StoryId]) -> Result<Outcome<Self>, Fault> {
        let mut named: BTreeMap<SourcePath, Place> = BTreeMap::new();
        let mut diagnostics = Bounded::default();
        for &id in stories {
            let document = &site.story(id).document;
            let mut take = |file: SourcePath, place: &dyn Fn() -> Place| {
                named.entry(file).or_insert_with(place);
            };
            for link in document.body.links.iter().filter(|link| link.kind == LinkKind::Picture) {
                // Of pictures on other sites every build warns.
                let target = resolve(site, document, &link.dest, link.kind);
                if let Some(file) = target.ok().and_then(|target| target_file(site, plan, &target))
                {
                    take(file, &|| document.place_in_body(&link.range));
                }
            }
            if let Some(file) = cover(site, id) {
                take(file, &|| document.place_of("cover"));
            }
        }
        let files: Vec<&SourcePath> = named.keys().collect();
        let kinds = parallel::map(&files, |file| kind(site, file));
        let mut pictures = Self::default();
        for ((file, place), kind) in named.iter().zip(kinds) {
            match kind? {
                Some(kind) => {
                    pictures.taken.insert(file.clone(), Taken { number: 0, kind });
                }
                // Of what no browser shows every build warns.
                None if is_shown(file, &site.files[file])? => {
                    let name = file.file_name();
                    diagnostics.push(messages::picture_left_out(place.clone(), name));
                }
                None if site.films.contains_key(file) => {
                    pictures.films.push((file.clone(), place.clone()));
                }
                None => {}
            }
        }
        for (i, taken) in pictures.taken.values_mut().enumerate() {
            taken.number = i + 1;
        }
        Ok(Outcome { value: pictures, diagnostics: diagnostics.into() })
    }

    /// What a picture is among them, if it is one.
    pub fn get(&self, file: &SourcePath) -> Option<Taken> {
        self.taken.get(file).copied()
    }

    /// Films and sounds of the stories, by path.
    pub fn films(&self) -> impl Iterator<Item = &SourcePath> {
        self.films.iter().map(|(file, _)| file)
    }

    /// What is said of the films and sounds where there is no place for any.
    pub fn films_left_out(&self) -> impl Iterator<Item = Diagnostic> {
        let said = |(file, place): &(SourcePath, Place)| {
            messages::film_left_out(place.clone(), file.file_name())
        };
        self.films.iter().map(said)
    }

    /// All of them, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, Taken)> {
        self.taken.iter().map(|(file, taken)| (file, *taken))
    }
}

/// Do browsers show it all the same?
fn is_shown(path: &SourcePath, file: &Carried) -> Result<bool, Fault> {
    let format = Format::of(&file.head(HEAD)?);
    Ok(format.is_some_and(Format::is_shown) || path.extension() == "svg")
}

/// What is taken of a picture; `None` if it is left out. A copy is made here, so that what cannot
/// be read is known before anything is written.
fn kind(site: &Site, path: &SourcePath) -> Result<Option<Picture>, Fault> {
    if let Some(variant) = site.one_copy(path) {
        return match site.copy_of(&variant) {
            Ok(_) if variant.coding == Coding::Png => Ok(Some(Picture::Png)),
            Ok(_) => Ok(Some(Picture::Jpeg)),
            Err(NoCopy::Fault(fault)) => Err(fault),
            Err(NoCopy::Unreadable(_)) => Ok(None),
        };
    }
    match Picture::of(path, &site.files[path])? {
        // It is taken as it is published.
        Some(Picture::Svg) if site.picture(path).is_none() => Ok(None),
        Some(Picture::Svg) => {
            let mut bytes = Vec::new();
            content(site, path)?.pieces(&mut |piece| {
                bytes.extend_from_slice(piece);
                Ok(())
            })?;
            Ok(svg::stands_alone(&bytes).then_some(Picture::Svg))
        }
        kind => Ok(kind),
    }
}

/// The bytes of a picture that was taken.
pub fn content<'s>(site: &'s Site, file: &SourcePath) -> Result<Content<'s>, Fault> {
    let variant = site.one_copy(file).or_else(|| site.whole_copy(file));
    match variant.map(|variant| site.copy_of(&variant)) {
        Some(Ok(bytes)) => Ok(Content::Bytes(bytes)),
        Some(Err(NoCopy::Fault(fault))) => Err(fault),
        // Nothing is wrong with it, or it would not have been taken.
        Some(Err(NoCopy::Unreadable(_))) | None => Ok(Content::File(&site.files[file])),
    }
}

/// The file of a story's cover.
pub(super) fn cover(site: &Site, id: StoryId) -> Option<SourcePath> {
    let document = &site.story(id).document;
    resolve_cover(site, document, document.front.cover.as_ref()?).ok()
}
