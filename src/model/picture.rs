//! Pictures: which copies of each there are, what they are called, and their bytes.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::kinds::MEMBERS;
use super::link::{Owner, resolve, resolve_cover};
use super::{Site, StoryId};
use crate::base::content::Carried;
use crate::base::fault::Fault;
use crate::cache::pictures::PictureStore;
use crate::model::link::Target;
use crate::parse::markdown::LinkKind;
use crate::picture::code::{self, VERSION};
use crate::picture::pixels::Pixels;
use crate::picture::{Coding, Header, Shape, Survey, Unreadable};
use crate::source::{Place, SourcePath};
use crate::value::address::Address;
use crate::value::pinyin;

/// The pictures of a project, by their files.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// What each file is.
    pub surveys: BTreeMap<SourcePath, Survey>,
    /// The copies that were made.
    pub store: PictureStore,
    budget: Arc<Budget>,
}

impl Pictures {
    /// Pictures, and where copies of them are kept.
    pub fn new(surveys: BTreeMap<SourcePath, Survey>, store: PictureStore) -> Self {
        Self { surveys, store, budget: Arc::default() }
    }
}

/// A copy of a picture.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variant {
    /// The file of the picture.
    pub file: SourcePath,
    /// What it shows.
    pub shape: Shape,
    /// How it is coded.
    pub coding: Coding,
}

/// All copies of a picture from which a browser chooses.
#[derive(Clone, Debug)]
pub struct Choice {
    /// For browsers that know no WebP, from the narrowest.
    pub plain: Vec<Variant>,
    /// The same as WebP.
    pub webp: Vec<Variant>,
    /// The size of the widest.
    pub size: (u32, u32),
}

/// Why a copy could not be made.
#[derive(Debug)]
pub enum NoCopy {
    /// The file could not be read, or is not what it was.
    Fault(Fault),
    /// Nothing can be made of its bytes.
    Unreadable(Unreadable),
}

impl From<Fault> for NoCopy {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The picture for previews of pages in other programs.
pub const CARD: Shape = Shape::Crop(1200, 630);

/// The same for programs that show a square.
pub const SQUARE: Shape = Shape::Crop(600, 600);

/// So wide a copy does, at most, where there can be only one.
const ONE_WIDTH: u32 = 1280;

/// The longest name of a picture's copy, without what follows.
const LONGEST_STEM: usize = 60;

impl Site {
    /// What the file of a picture says of itself, if the picture can be shown.
    pub fn picture(&self, file: &SourcePath) -> Option<&Header> {
        self.pictures.surveys.get(file)?.header.as_ref().ok()
    }

    /// The copies of a picture from which browsers choose; `None` if it is shown as it is.
    pub fn choice(&self, file: &SourcePath) -> Option<Choice> {
        let header = self.picture(file).filter(|header| header.can_be_coded())?;
        let mut widths = self.settings.picture_widths();
        let widest = header.size().0.min(widths.last().copied().unwrap_or(1600));
        widths.retain(|&width| width < widest);
        // Two that hardly differ are one.
        if widths.last().is_some_and(|&last| u64::from(last) * 115 > u64::from(widest) * 100) {
            widths.pop();
        }
        widths.push(widest);
        let of = |coding| {
            let variant =
                |&width: &u32| Variant { file: file.clone(), shape: Shape::Width(width), coding };
            widths.iter().map(variant).collect()
        };
        let size = code::size(header, Shape::Width(widest));
        Some(Choice { plain: of(code::fallback(header)), webp: of(Coding::Webp), size })
    }

    /// The copy of a picture for what holds only one; `None` if it is shown as it is.
    pub fn one_copy(&self, file: &SourcePath) -> Option<Variant> {
        let mut plain = self.choice(file)?.plain;
        let fits = |variant: &Variant| matches!(variant.shape, Shape::Width(w) if w <= ONE_WIDTH);
        let fitting = plain.iter().rposition(fits).unwrap_or(0);
        Some(plain.swap_remove(fitting))
    }

    /// The copy of a picture as large as it is, without what nobody sees; `None` if it is carried
    /// as it is, as what an author puts below `static` is if it says nothing besides.
    pub fn whole_copy(&self, file: &SourcePath) -> Option<Variant> {
        let is_static = file.as_str().starts_with("content/static/");
        let header = self.picture(file).filter(|header| code::can_be_cleaned(header))?;
        let cleaned = !is_static || header.private.any() || header.orientation != 1;
        cleaned.then(|| Variant { file: file.clone(), shape: Shape::Whole, coding: Coding::Own })
    }

    /// The part of a picture that previews in other programs show; `None` if no copies are made
    /// of it.
    pub fn card(&self, file: &SourcePath, shape: Shape) -> Option<Variant> {
        self.picture(file).filter(|header| header.can_be_coded())?;
        Some(Variant { file: file.clone(), shape, coding: Coding::Jpeg })
    }

    /// The size of a copy.
    pub fn size_of(&self, variant: &Variant) -> Option<(u32, u32)> {
        Some(code::size(self.picture(&variant.file)?, variant.shape))
    }

    /// The picture that stands for a story or page: the first of its cover and those in its text
    /// that programs show which know no drawings; else its cover.
    pub fn main_picture(&self, owner: Owner) -> Option<SourcePath> {
        let document = self.document(owner);
        let mut shown = self.shown_in(owner).into_iter();
        shown.find(|file| self.picture(file).is_some_and(Header::can_be_coded)).or_else(|| {
            let cover = document.front.cover.as_ref()?;
            resolve_cover(self, document, cover).ok()
        })
    }

    /// The portrait that the list of people has of whom a story is about: it is shown in place of the
    /// story's own, which nobody sees.
    pub fn portrait_of_list(&self, story: StoryId) -> Option<&SourcePath> {
        let story = self.story(story);
        // What a story has of several people is of none of them alone.
        let [person] = story.all(MEMBERS) else { return None };
        let is_alone = story.document.front.name.len() == 1;
        let portrait = self.entity(*person).portrait.as_ref().filter(|_| is_alone)?;
        self.portrait_file(&portrait.given)
    }

    /// The files of the pictures that a story or page shows, those of its front matter first.
    pub fn shown_in(&self, owner: Owner) -> Vec<SourcePath> {
        let document = self.document(owner);
        let named = document.front.pictures().filter_map(|(key, given)| {
            let of_list = match owner {
                Owner::Story(id) if key == "portrait" => self.portrait_of_list(id),
                _ => None,
            };
            of_list.cloned().or_else(|| resolve_cover(self, document, given).ok())
        });
        let links = document.body.links.iter().filter(|link| link.kind == LinkKind::Picture);
        let shown = links.filter_map(|link| match resolve(self, document, &link.dest, link.kind) {
            Ok(Target::File(file)) => Some(file),
            _ => None,
        });
        named.chain(shown).collect()
    }

    /// Where the first story or page names a picture; else the picture itself.
    pub fn place_of_picture(&self, file: &SourcePath) -> Place {
        let in_document = |owner| {
            let document = self.document(owner);
            let named = document.front.pictures().find(|(_, given)| {
                resolve_cover(self, document, given).is_ok_and(|found| found == *file)
            });
            if let Some((key, _)) = named {
                return Some(document.place_of(key));
            }
            let link = document.body.links.iter().find(|link| {
                let target = resolve(self, document, &link.dest, link.kind);
                matches!(target, Ok(Target::File(found)) if found == *file)
            });
            link.map(|link| document.place_in_body(&link.range))
        };
        self.owners().find_map(in_document).unwrap_or_else(|| Place::file(file))
    }

    /// Where a copy is published: beside the picture, in pinyin, with its width, and with letters
    /// that change when the picture or the settings do, so that no browser shows an old one.
    pub fn variant_address(&self, from: Owner, variant: &Variant) -> Address {
        self.copy_address(&self.file_address(from, &variant.file), variant)
    }

    /// The same, of a picture whose file has, or would have, this address.
    pub fn copy_address(&self, whole: &Address, variant: &Variant) -> Address {
        if variant.shape == Shape::Whole {
            return whole.clone();
        }
        let slug = pinyin::slug(variant.file.stem());
        let stem = match slug.len() > LONGEST_STEM {
            true => slug[..LONGEST_STEM].trim_end_matches('-'),
            false => &slug,
        };
        let shape = match variant.shape {
            Shape::Width(width) => width.to_string(),
            Shape::Crop(width, height) => format!("{width}x{height}"),
            Shape::Whole => String::new(),
        };
        // The same picture may lie beside itself under names that are alike.
        let path = variant.file.as_str().as_bytes();
        let digest = xxh3_64(&[&self.key_of(variant).to_le_bytes(), path].concat());
        let extension = variant.coding.extension();
        let name = format!("{stem}-{shape}.{:08x}.{extension}", digest as u32);
        let path = whole.as_str();
        let folder = path.rfind('/').map_or("", |at| &path[..=at]);
        Address::file(format!("{folder}{name}"))
    }

    /// Stands for the bytes of a copy.
    pub fn key_of(&self, variant: &Variant) -> u128 {
        let digest = self.pictures.surveys.get(&variant.file).map_or(0, |survey| survey.digest);
        let quality = match variant.shape {
            Shape::Whole => 0,
            _ => self.settings.picture_quality(),
        };
        let Variant { shape, coding, .. } = variant;
        xxh3_128(format!("{VERSION} {digest:x} {shape:?} {coding:?} {quality}").as_bytes())
    }

    /// The bytes of a copy: made, unless they have been made before.
    pub fn copy_of(&self, variant: &Variant) -> Result<Vec<u8>, NoCopy> {
        if let Some(bytes) = self.pictures.store.get(self.key_of(variant)) {
            return Ok(bytes);
        }
        let mut wanted = vec![variant.clone()];
        // Both codings of one size are made together, as one must be smaller than the other.
        if let (Shape::Width(_), Some(header)) = (variant.shape, self.picture(&variant.file)) {
            let other = match variant.coding {
                Coding::Webp => code::fallback(header),
                _ => Coding::Webp,
            };
            wanted.push(Variant { coding: other, ..variant.clone() });
        }
        let mut made = self.make_copies(&variant.file, &wanted)?;
        Ok(made.swap_remove(0))
    }

    /// Makes copies of one picture, and keeps them.
    pub fn make_copies(
        &self,
        file: &SourcePath,
        wanted: &[Variant],
    ) -> Result<Vec<Vec<u8>>, NoCopy> {
        let (bytes, header, _room) = self.read_picture(file)?;
        let pairs: Vec<_> = wanted.iter().map(|variant| (variant.shape, variant.coding)).collect();
        let quality = self.settings.picture_quality();
        let made = code::code(bytes, &header, &pairs, quality).map_err(NoCopy::Unreadable)?;
        for (variant, copy) in wanted.iter().zip(&made) {
            self.pictures.store.put(self.key_of(variant), copy);
        }
        Ok(made)
    }

    /// The pixels of a picture, upright, as they would be shown.
    pub fn pixels_of(&self, file: &SourcePath) -> Result<Pixels, NoCopy> {
        let (bytes, header, _room) = self.read_picture(file)?;
        code::shown(&bytes, &header).map_err(NoCopy::Unreadable)
    }

    /// Can the pixels of a picture be read?
    pub fn try_picture(&self, file: &SourcePath) -> Result<(), NoCopy> {
        let (bytes, header, _room) = self.read_picture(file)?;
        let read = crate::picture::pixels::read(&bytes, &header);
        read.map(drop).map_err(NoCopy::Unreadable)
    }

    /// The bytes of a picture, as they were when it was surveyed, once there is room for its pixels:
    /// who waits holds nothing.
    fn read_picture(&self, file: &SourcePath) -> Result<(Vec<u8>, Header, Taken<'_>), NoCopy> {
        let survey = self.pictures.surveys.get(file);
        let survey = survey.ok_or(NoCopy::Unreadable(Unreadable::NoPicture(None)))?;
        let header = survey.header.clone().map_err(NoCopy::Unreadable)?;
        let room = self.pictures.budget.take(pixels(&header));
        let carried = &self.files[file];
        let bytes = carried.bytes()?;
        if xxh3_128(&bytes) != survey.digest {
            let path = match carried {
                Carried::Disk(path) => path.as_path(),
                Carried::Memory(_) => std::path::Path::new(file.as_str()),
            };
            return Err(Fault::changed(path).into());
        }
        Ok((bytes, header, room))
    }
}

fn pixels(header: &Header) -> u64 {
    u64::from(header.stored.0) * u64::from(header.stored.1)
}

/// So many pixels are held at once for each thread: those of the pictures that cameras make.
const PIXELS_A_THREAD: u64 = 24_000_000;

/// Keeps too many pixels from being held at once. Whoever wants more waits; a picture that is
/// larger than all of it comes alone.
#[derive(Debug, Default)]
struct Budget {
    held: Mutex<u64>,
    freed: Condvar,
}

impl Budget {
    fn take(&self, pixels: u64) -> Taken<'_> {
        let most = PIXELS_A_THREAD * crate::base::parallel::threads() as u64;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        while *held > 0 && *held + pixels > most {
            held = self.freed.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
        *held += pixels;
        Taken { budget: self, pixels }
    }
}

/// Pixels that are held, until this is dropped.
struct Taken<'b> {
    budget: &'b Budget,
    pixels: u64,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        *self.budget.held.lock().unwrap_or_else(PoisonError::into_inner) -= self.pixels;
        self.budget.freed.notify_all();
    }
}
