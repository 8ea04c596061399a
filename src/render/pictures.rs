//! Copies of pictures, made before the pages are: each picture is read once, whatever is made
//! of it, and all threads have work.

use std::collections::BTreeMap;

use crate::base::fault::Fault;
use crate::base::map::Set;
use crate::base::parallel;
use crate::base::progress::Progress;
use crate::diagnostic::Diagnostic;
use crate::model::Site;
use crate::model::picture::{NoCopy, Variant};
use crate::picture::Unreadable;
use crate::plan::{Plan, Recipe, messages};
use crate::source::SourcePath;

/// Makes the copies that `plan` has, but for those that are in the store and those that `there`
/// says are in place already. What cannot be made is complained of.
pub fn make(
    site: &Site,
    plan: &Plan,
    there: &(dyn Fn(&str, u128) -> bool + Sync),
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<Diagnostic>, Fault> {
    let mut pictures: BTreeMap<u128, (&SourcePath, Vec<Variant>)> = BTreeMap::new();
    let mut kept: Set<u128> = Set::default();
    for (path, recipe) in plan {
        let Recipe::Picture(variant) = recipe else { continue };
        let key = site.key_of(variant);
        if !kept.insert(key) || site.pictures.store.has(key) || there(path, key) {
            continue;
        }
        let digest = site.pictures.surveys.get(&variant.file).map_or(0, |survey| survey.digest);
        let of_one = pictures.entry(digest).or_insert_with(|| (&variant.file, Vec::new()));
        of_one.1.push(Variant { file: of_one.0.clone(), ..variant.clone() });
    }
    if pictures.is_empty() {
        return Ok(Vec::new());
    }
    let pictures: Vec<_> = pictures.into_values().collect();
    progress(Progress::Pictures(pictures.len()));
    let made = parallel::map(&pictures, |(file, wanted)| {
        let made = site.make_copies(file, wanted).map(drop);
        progress(Progress::Done);
        complaint(site, file, made)
    });
    let complaints: Result<Vec<Option<Diagnostic>>, Fault> = made.into_iter().collect();
    site.pictures.store.forget(&kept);
    Ok(complaints?.into_iter().flatten().collect())
}

/// Reads the pictures of which `plan` has copies and the store has none. What cannot be read is
/// complained of, and nothing is made.
pub fn rehearse(site: &Site, plan: &Plan) -> Result<Vec<Diagnostic>, Fault> {
    let mut files: BTreeMap<u128, &SourcePath> = BTreeMap::new();
    for recipe in plan.values() {
        let Recipe::Picture(variant) = recipe else { continue };
        let is_read = site.picture(&variant.file).is_some_and(|header| header.can_be_coded());
        if let Some(survey) = site.pictures.surveys.get(&variant.file)
            && is_read
            && !site.pictures.store.has(site.key_of(variant))
        {
            files.insert(survey.digest, &variant.file);
        }
    }
    let files: Vec<&SourcePath> = files.into_values().collect();
    let tried = parallel::map(&files, |file| complaint(site, file, site.try_picture(file)));
    let complaints: Result<Vec<Option<Diagnostic>>, Fault> = tried.into_iter().collect();
    Ok(complaints?.into_iter().flatten().collect())
}

/// What is to be said of a copy that could not be made.
fn complaint(
    site: &Site,
    file: &SourcePath,
    made: Result<(), NoCopy>,
) -> Result<Option<Diagnostic>, Fault> {
    match made {
        Ok(()) => Ok(None),
        Err(NoCopy::Fault(fault)) => Err(fault),
        Err(NoCopy::Unreadable(why)) => Ok(Some(unreadable(site, file, &why))),
    }
}

/// The complaint of a picture of which nothing can be made.
pub fn unreadable(site: &Site, file: &SourcePath, why: &Unreadable) -> Diagnostic {
    messages::picture_unreadable(site.place_of_picture(file), file.file_name(), why)
}
