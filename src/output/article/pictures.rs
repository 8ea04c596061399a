//! The pictures of stories: which file each is, and which of them can be taken along.

use std::collections::BTreeMap;

use super::svg;
use crate::base::content::Carried;
use crate::base::fault::Fault;
use crate::base::format::{Format, HEAD};
use crate::diagnostic::Outcome;
use crate::diagnostic::bounded::Bounded;
use crate::model::link::{resolve, resolve_cover};
use crate::model::{Site, StoryId};
use crate::output::media::Picture;
use crate::output::messages;
use crate::parse::markdown::LinkKind;
use crate::plan::{Plan, target_file};
use crate::source::{Place, SourcePath};

/// The pictures that stories show and that every reader can show: by file, in its order.
#[derive(Debug, Default)]
pub struct Pictures {
    taken: BTreeMap<SourcePath, Taken>,
}

/// A picture that is taken along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its place among all of them, by path, from 1.
    pub number: usize,
    /// What it is.
    pub kind: Picture,
}

impl Pictures {
    /// The pictures of these stories. Only the beginning of each is read. Files that
    /// are no picture that is shown everywhere are left out, each with a warning.
    pub fn of(site: &Site, plan: &Plan, stories: &[StoryId]) -> Result<Outcome<Self>, Fault> {
        let mut pictures = Self::default();
        let mut diagnostics = Bounded::default();
        for &id in stories {
            let document = &site.story(id).document;
            let mut take = |file: SourcePath, place: &dyn Fn() -> Place| {
                if pictures.taken.contains_key(&file) {
                    return Ok(());
                }
                match kind(&file, &site.files[&file])? {
                    Some(kind) => drop(pictures.taken.insert(file, Taken { number: 0, kind })),
                    // Of what no browser shows every build warns.
                    None if is_shown(&file, &site.files[&file])? => {
                        let name = file.file_name();
                        diagnostics.push(messages::picture_left_out(place(), name));
                    }
                    None => {}
                }
                Ok(())
            };
            for link in document.body.links.iter().filter(|link| link.kind == LinkKind::Picture) {
                // Of pictures on other sites every build warns.
                let target = resolve(site, document, &link.dest, link.kind);
                if let Some(file) = target.ok().and_then(|target| target_file(site, plan, &target))
                {
                    take(file, &|| document.place_in_body(&link.range))?;
                }
            }
            if let Some(file) = cover(site, id) {
                take(file, &|| document.place_of("cover"))?;
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

fn kind(path: &SourcePath, file: &Carried) -> Result<Option<Picture>, Fault> {
    match Picture::of(path, file)? {
        Some(Picture::Svg) if !svg::stands_alone(file)? => Ok(None),
        kind => Ok(kind),
    }
}

/// The file of a story's cover.
pub(super) fn cover(site: &Site, id: StoryId) -> Option<SourcePath> {
    let document = &site.story(id).document;
    resolve_cover(site, document, document.front.cover.as_ref()?).ok()
}
