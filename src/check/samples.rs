//! What was forgotten of the sample campaign: settings, entries of lists and texts that are as `init`
//! wrote them.

use super::named::named;
use crate::base::lang::Text;
use crate::diagnostic::{Diagnostic, note};
use crate::model::Site;
use crate::model::entity::{Entity, KindId};
use crate::model::link::Owner;
use crate::source::{Place, SourcePath};
use crate::starter;

pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let settings = &site.settings;
    // Whoever tries the sample, and says so on every page, has forgotten nothing. Who writes the
    // address of the site is about to publish it.
    if settings.says_it_is_sample() && settings.base_url.is_none() {
        return Vec::new();
    }
    settings_left(site).into_iter().chain(lists_left(site)).chain(texts_left(site)).collect()
}

fn settings_left(site: &Site) -> Option<Diagnostic> {
    let left = site.settings.left_of_sample();
    let place = match left[..] {
        [] => return None,
        [(key, _), ..] if !key.starts_with("fonds") && !key.starts_with("contact_") => {
            site.settings.place_of(key)
        }
        _ => Place::file(&SourcePath::new("content/site.yaml")),
    };
    let (en, zh): (Vec<_>, Vec<_>) = left.into_iter().unzip();
    Some(sample_left(place, &zh.join("、"), &en.join(", ")))
}

/// The lists with entries of the sample.
fn lists_left(site: &Site) -> impl Iterator<Item = Diagnostic> {
    KindId::all().filter_map(|kind| {
        let path = kind.kind().file()?;
        let file = path.strip_prefix("content/")?;
        let all = site.all(kind).iter();
        let left = all.filter(|entity| entity.item.is_some() && is_left(file, entity));
        let names: Vec<&str> = left.map(|entity| entity.name.as_str()).collect();
        (!names.is_empty()).then(|| entries_left(Place::file(&SourcePath::new(path)), &names))
    })
}

/// Does the sample say the same of an entry of this name? A name alone may be anybody's.
fn is_left(file: &str, entity: &Entity) -> bool {
    let texts = entity.texts.iter().map(|(_, text)| text);
    let mut said = entity.description.iter().chain(texts).filter(|text| text.chars().count() > 8);
    starter::entry(file, &entity.name)
        .is_some_and(|entry| said.any(|text| entry.contains(text.as_str())))
}

/// The stories and pages that are those of the sample.
fn texts_left(site: &Site) -> Option<Diagnostic> {
    let is_left = |owner: &Owner| {
        let document = site.document(*owner);
        let path = document.source.path.as_str().strip_prefix("content/").unwrap_or_default();
        // Few are read again: only those that are called as one of the sample is.
        starter::twin(path).is_some()
            && document.source.read().is_ok_and(|source| {
                let body = source.text().get(document.parts.body.clone()).unwrap_or_default();
                starter::is_left(path, document.front.date, body)
            })
    };
    let left: Vec<Owner> = site.owners().filter(is_left).collect();
    let paths: Vec<&str> =
        left.iter().map(|owner| site.document(*owner).source.path.as_str()).collect();
    let first = left.first()?;
    Some(stories_left(Place::file(&site.document(*first).source.path), &paths))
}

/// Settings that are still those of the sample.
fn sample_left(place: Place, zh: &str, en: &str) -> Diagnostic {
    note(
        "sample-left",
        place,
        format!("这几项还是示例里的内容：{zh}"),
        format!("these are still those of the sample: {en}"),
    )
    .help("改成自己的，或者删掉那一行", "put your own in their place, or delete the lines")
}

/// Entries of a list that are still those of the sample.
fn entries_left(place: Place, names: &[&str]) -> Diagnostic {
    let Text { zh, en } = named(names);
    note(
        "sample-left",
        place,
        format!("这个文件里有 {} 项还是示例里的内容：{zh}", names.len()),
        format!("{} entries are still those of the sample: {en}", names.len()),
    )
    .help("改成自己的，或者删掉这些项", "put your own in their place, or delete them")
}

/// Stories and pages that are still those of the sample.
fn stories_left(place: Place, paths: &[&str]) -> Diagnostic {
    let Text { zh, en } = named(paths);
    note(
        "sample-left",
        place,
        format!("有 {} 篇稿件和网页还是示例里的内容：{zh}", paths.len()),
        format!("{} stories and pages are still those of the sample: {en}", paths.len()),
    )
    .help("改成自己的，或者删掉这些文件", "put your own in their place, or delete the files")
}
