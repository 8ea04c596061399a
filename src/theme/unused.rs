//! Files and keys of a project's themes that nothing uses: most are a right name, mistyped.

use std::collections::{BTreeMap, BTreeSet};

use include_dir::Dir;

use super::items::Items;
use super::{BUILT_IN, ThemeFiles};
use crate::base::content::Carried;
use crate::diagnostic::Diagnostic;
use crate::settings::Settings;
use crate::source::{Place, Source, SourcePath};
use crate::theme::{layers, messages, sheets};
use crate::value::nearest::nearest;
use crate::yaml::places::Part;
use crate::yaml::{Node, Step, Yaml};

/// Keys of `theme.yaml` that are nearly right. A theme may say more of itself; only what is
/// nearly right is certainly wrong.
pub(super) fn manifest_keys(yaml: &Yaml, entries: &[(String, Node)]) -> Vec<Diagnostic> {
    let wrong = entries.iter().enumerate().filter_map(|(i, (key, _))| {
        let near = nearest(key, super::manifest::KEYS).filter(|near| near != key)?;
        let place = yaml.place(&[Step::Entry(i)], Part::Key);
        Some(messages::theme_key_unused(place, key, Some(near)))
    });
    wrong.collect()
}

/// Complains of assets that no file of the theme names, and that take the place of none of the
/// built-in theme's. Such templates are returned with their complaints: a page may name them.
pub(super) fn files(
    parts: &ThemeFiles,
    items: &Items,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, Diagnostic)> {
    let templates = built_in("templates");
    let mut unnamed = Vec::new();
    for (name, source) in &parts.templates {
        let text = source.text();
        let has_component = text
            .match_indices("component ")
            .any(|(at, _)| text[..at].trim_end().trim_end_matches('-').ends_with("{%"));
        let is_named = || {
            let others = parts.templates.iter().filter(|(other, _)| *other != name);
            others.into_iter().any(|(_, other)| is_quoted(other.text(), name))
        };
        let is_item = items.templates().contains(name) || items.is_meant(name);
        if !templates.contains(name.as_str()) && !is_item && !has_component && !is_named() {
            let near = nearest(name, templates.iter().copied());
            let complaint = messages::template_unused(Place::file(&source.path), name, near);
            unnamed.push((name.clone(), complaint));
        }
    }
    let mut assets = built_in("assets");
    assets.extend(sheets::KNOWN);
    for (name, (path, _)) in &parts.assets {
        let file = path.file_name().as_bytes();
        let named_in = |bytes: &[u8]| memchr::memmem::find(bytes, file).is_some();
        let is_named = || {
            parts.templates.values().any(|source| named_in(source.text().as_bytes()))
                || parts.assets.values().any(|(_, bytes)| named_in(bytes))
        };
        // A story may show any other: only what is nearly right is certainly wrong.
        let near = nearest(name, assets.iter().copied());
        if near.is_some() && !assets.contains(name.as_str()) && !is_named() {
            diagnostics.push(messages::theme_file_unused(Place::file(path), near));
        }
    }
    unnamed
}

/// Folders below `themes/` that look like the chosen theme's, or like a part of a theme.
pub(super) fn folders(
    settings: &Settings,
    themes: &BTreeMap<SourcePath, Carried>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut names = BTreeSet::new();
    for path in themes.keys() {
        let below = path.as_str().strip_prefix("themes/").unwrap_or_default();
        match below.split_once('/') {
            Some((name, _)) => drop(names.insert(name)),
            None if is_note(path) => {}
            None => diagnostics.push(messages::theme_file_unused(Place::file(path), None)),
        }
    }
    let used: Vec<&str> = layers::names(&settings.theme).collect();
    for name in names.into_iter().filter(|name| !used.contains(name)) {
        let is_part = matches!(name, "templates" | "assets" | "strings");
        let near = nearest(name, used.iter().copied());
        if is_part || near.is_some() {
            let folder = Place::file(&SourcePath::new(format!("themes/{name}")));
            diagnostics.push(messages::theme_file_unused(folder, near));
        }
    }
}

/// A file about a theme, for people, which no template asks for.
pub(super) fn is_note(path: &SourcePath) -> bool {
    let name = path.file_name();
    let stem = name.split('.').next().unwrap_or_default();
    matches!(path.extension().as_str(), "md" | "txt")
        || matches!(stem, "README" | "LICENSE" | "LICENCE" | "NOTICE" | "CHANGELOG" | "screenshot")
}

/// The names of themes that the project has.
pub(super) fn themes(themes: &BTreeMap<SourcePath, Carried>) -> BTreeSet<&str> {
    let below = themes.keys().filter_map(|path| path.as_str().strip_prefix("themes/"));
    let own = below.filter_map(|path| Some(path.split_once('/')?.0));
    let own = own.filter(|name| *name != layers::OVERRIDES);
    own.chain(layers::BUILT_INS.iter().map(|(name, _)| *name)).collect()
}

/// Does a template ask for this word of the theme's?
pub(super) fn is_word(templates: &BTreeMap<String, Source>, key: &str) -> bool {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    templates.values().any(|source| {
        let text = source.text();
        text.match_indices(key).any(|(at, _)| {
            let (before, behind) = (&text[..at], &text[at + key.len()..]);
            before.ends_with(['.', '"', '\'', '`']) && !joins(behind.chars().next())
        })
    })
}

/// The names of the files in a folder of the built-in theme.
fn built_in(folder: &str) -> BTreeSet<&'static str> {
    let files = BUILT_IN.get_dir(folder).map_or(&[][..], |folder: &Dir<'_>| folder.entries());
    files.iter().filter_map(|file| file.path().file_name()?.to_str()).collect()
}

fn is_quoted(text: &str, name: &str) -> bool {
    ['"', '\'', '`'].iter().any(|quote| text.contains(&format!("{quote}{name}{quote}")))
}
