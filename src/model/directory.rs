//! The files of a project by what people may call them. Made when the first name is not found
//! as it was written, as most names are.

use std::collections::BTreeMap;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::{Fate, Site, is_bundle};
use crate::base::map::Map;
use crate::base::name;
use crate::source::SourcePath;
use crate::value::lexicon::Lexicon;
use crate::value::pinyin;

/// The files and documents of a project, by other names than their own.
#[derive(Debug, Default)]
pub struct Directory {
    /// All files of a name, by its form in which names are compared; stories by their own names.
    names: Map<String, Vec<SourcePath>>,
    /// Of each folder, the names of its files.
    folders: BTreeMap<String, Folder>,
}

#[derive(Debug, Default)]
struct Folder {
    /// The names without their extensions.
    stems: Lexicon,
    /// Every stem with its files.
    files: Vec<(String, SourcePath)>,
}

impl Directory {
    fn of(site: &Site) -> Self {
        #[expect(clippy::disallowed_methods, reason = "sorted next")]
        let documents = site.outcomes.keys();
        let mut all: Vec<&SourcePath> = documents.chain(site.files.keys()).collect();
        all.sort();
        let mut directory = Self::default();
        for path in all {
            directory.names.entry(key(own_name(site, path))).or_default().push(path.clone());
            let folder = directory.folders.entry(path.folder().to_string()).or_default();
            folder.files.push((path.stem().to_string(), path.clone()));
        }
        for folder in directory.folders.values_mut() {
            folder.files.sort();
            folder.stems = Lexicon::of(folder.files.iter().map(|(stem, _)| stem.clone()));
        }
        directory
    }

    /// A file or story of this name, in `folder` or else anywhere. A story is `known_by` its
    /// file's or its folder's name.
    pub fn same_name(&self, known_by: &str, name: &str, folder: &str) -> Option<&SourcePath> {
        let stem = known_by.trim_end_matches(".md");
        let keys = [key(name), key(stem), pinyin::slug(stem)];
        let lists = || keys.iter().filter_map(|key| self.names.get(key));
        let here = lists().find_map(|list| in_folder(list, folder));
        here.or_else(|| lists().filter_map(|list| list.first()).min())
    }

    /// A file of a like name in `folder`. What differs in numbers alone is another file of the
    /// same series.
    pub fn like_name(&self, name: &str, folder: &str) -> Option<&SourcePath> {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let folder = self.folders.get(folder)?;
        let words = without_digits(stem);
        let fits = |other: &str| other == stem || without_digits(other) != words;
        let near = folder.stems.nearest(stem, fits)?;
        let at = folder.files.partition_point(|(known, _)| known.as_str() < near);
        let same = folder.files[at..].iter().take_while(|(known, _)| known == near);
        // A story is no picture, and a picture no story.
        let is_text = |extension: &str| extension.eq_ignore_ascii_case("md");
        let same = same.map(|(_, path)| path);
        let same = same.filter(|path| is_text(&path.extension()) == is_text(extension));
        same.clone().find(|path| path.extension() == extension.to_lowercase()).or(same.min())
    }
}

/// The first of sorted paths that is in `folder` itself.
fn in_folder<'l>(list: &'l [SourcePath], folder: &str) -> Option<&'l SourcePath> {
    let prefix = format!("{folder}/");
    let at = list.partition_point(|path| path.as_str() < prefix.as_str());
    let mut below = list[at..].iter().take_while(|path| path.as_str().starts_with(&prefix));
    below.find(|path| path.folder() == folder)
}

impl Site {
    /// The files by other names than their own.
    pub(super) fn directory(&self) -> &Directory {
        self.directory.get_or_init(|| Directory::of(self))
    }

    /// Paths whose letters are not composed (NFC), as macOS writes them, by what they would be.
    fn decomposed(&self) -> &Map<String, SourcePath> {
        self.decomposed.get_or_init(|| {
            #[expect(clippy::disallowed_methods, reason = "into a map")]
            let all = self.outcomes.keys().chain(self.files.keys());
            let odd = all.filter(|path| !is_nfc(path.as_str()));
            odd.map(|path| (composed(path.as_str()), path.clone())).collect()
        })
    }

    /// The file at `path`, whose letters may be composed in another way.
    pub fn file(&self, path: &str) -> Option<&SourcePath> {
        let find = |path: &str| self.files.get_key_value(path).map(|(file, _)| file);
        let other = || self.composed_otherwise(path, |path| find(path).is_some());
        find(path).or_else(|| find(other()?.as_str()))
    }

    /// What the Markdown file at `path` has become, whose letters may be composed in another way.
    pub(super) fn fate(&self, path: &str) -> Option<Fate> {
        let find = |path: &str| self.outcomes.get(path).copied();
        let other = || self.composed_otherwise(path, |path| find(path).is_some());
        find(path).or_else(|| find(other()?.as_str()))
    }

    fn composed_otherwise(
        &self,
        path: &str,
        is_there: impl Fn(&str) -> bool,
    ) -> Option<SourcePath> {
        if path.is_ascii() {
            return None;
        }
        let composed = composed(path);
        if is_there(&composed) {
            return Some(SourcePath::new(composed));
        }
        self.decomposed().get(&composed).filter(|path| is_there(path.as_str())).cloned()
    }
}

fn composed(path: &str) -> String {
    path.nfc().collect()
}

/// A story is known by its file's name without `.md`, or by that of its folder.
fn own_name<'p>(site: &Site, path: &'p SourcePath) -> &'p str {
    match site.outcomes.contains_key(path) {
        true if is_bundle(path) => path.folder().rsplit('/').next().unwrap_or_default(),
        true => path.stem(),
        false => path.file_name(),
    }
}

fn key(name: &str) -> String {
    name::key(name).to_lowercase()
}

fn without_digits(name: &str) -> String {
    name.chars().filter(|c| !c.is_numeric()).collect()
}
