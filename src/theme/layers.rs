//! Where the files of a theme come from: layers, each over those before it.
//!
//! What is built in lies lowest: the default theme, then the chosen one if it is built in too. The
//! project's files of these themes lie over them, and those of `themes/overrides/` over everything.
//! Every template can also be asked for by the theme that has it, `xianfeng/home.html`: that is the
//! program's own, whatever takes its place, so that a file can extend what it replaces.

use std::collections::{BTreeMap, BTreeSet};

use include_dir::{Dir, include_dir};

use super::{BUILT_IN, DEFAULT, ThemeFiles};
use crate::base::content::Carried;
use crate::base::fault::Fault;
use crate::diagnostic::Diagnostic;
use crate::source::SourcePath;

static BULLETIN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/bulletin");

/// The folder of files that lie over whatever theme is chosen.
pub const OVERRIDES: &str = "overrides";

/// The themes that are compiled in.
pub static BUILT_INS: [(&str, &Dir<'static>); 2] = [(DEFAULT, &BUILT_IN), ("bulletin", &BULLETIN)];

/// The files of a theme that are in one place, by their paths below it.
pub(super) struct Layer<'a> {
    name: &'a str,
    files: BTreeMap<String, (SourcePath, Carried)>,
}

/// The names of the themes of which a site with the theme `chosen` has files, the lowest first.
pub fn names(chosen: &str) -> impl Iterator<Item = &str> {
    let chosen = Some(chosen).filter(|name| ![DEFAULT, OVERRIDES].contains(name));
    [DEFAULT].into_iter().chain(chosen).chain([OVERRIDES])
}

/// The layers of a site with the theme `chosen`, the lowest first.
pub(super) fn layers<'a>(
    chosen: &'a str,
    themes: &BTreeMap<SourcePath, Carried>,
) -> Vec<Layer<'a>> {
    let mut layers = Vec::new();
    for name in names(chosen) {
        if let Some((_, folder)) = BUILT_INS.iter().find(|(known, _)| *known == name) {
            let mut files = BTreeMap::new();
            built_in(name, folder, &mut files);
            layers.push(Layer { name, files });
        }
        let own = format!("themes/{name}/");
        let below = themes.iter().filter_map(|(path, file)| {
            let below = path.as_str().strip_prefix(&own)?;
            Some((below.to_string(), (path.clone(), file.clone())))
        });
        layers.push(Layer { name, files: below.collect() });
    }
    layers.retain(|layer| !layer.files.is_empty());
    layers
}

fn built_in(name: &str, folder: &Dir<'_>, files: &mut BTreeMap<String, (SourcePath, Carried)>) {
    for file in folder.files() {
        // Windows gives `\` at compile time.
        let below = file.path().to_string_lossy().replace('\\', "/");
        let path = SourcePath::new(format!("themes/{name}/{below}"));
        files.insert(below, (path, Carried::Memory(file.contents().into())));
    }
    folder.dirs().for_each(|below| built_in(name, below, files));
}

/// Is there such a theme?
pub(super) fn has(layers: &[Layer<'_>], name: &str) -> bool {
    layers.iter().any(|layer| layer.name == name)
}

/// The files that a theme is made of, by their paths below it: of each the uppermost, but all of
/// those that are laid over each other entry by entry.
pub(super) fn laid(
    layers: &[Layer<'_>],
    is_by_entry: impl Fn(&str) -> bool,
) -> BTreeMap<String, Vec<(SourcePath, Carried)>> {
    let mut laid: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for (name, file) in layers.iter().flat_map(|layer| &layer.files) {
        let files = laid.entry(name.clone()).or_default();
        if !is_by_entry(name) {
            files.clear();
        }
        files.push(file.clone());
    }
    laid
}

/// Adds the templates that others name by the theme that has them.
pub(super) fn add_named(
    layers: &[Layer<'_>],
    parts: &mut ThemeFiles,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Fault> {
    let mut names: Vec<String> =
        parts.templates.values().flat_map(|source| named(layers, source.text())).collect();
    while let Some(name) = names.pop() {
        if parts.templates.contains_key(&name) {
            continue;
        }
        let Some((theme, template)) = name.split_once('/') else { continue };
        let file = format!("templates/{template}");
        let mut of_theme = layers.iter().filter(|layer| layer.name == theme);
        let Some((path, carried)) = of_theme.find_map(|layer| layer.files.get(&file)) else {
            continue;
        };
        parts.sort(&format!("templates/{name}"), path.clone(), carried.clone(), diagnostics)?;
        let source = parts.templates.get(&name);
        names.extend(source.into_iter().flat_map(|source| named(layers, source.text())));
    }
    Ok(())
}

/// The templates that a text names by their themes: `"xianfeng/home.html"`.
fn named(layers: &[Layer<'_>], text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let themes: BTreeSet<&str> = layers.iter().map(|layer| layer.name).collect();
    for theme in themes {
        let begin = format!("{theme}/");
        for (at, _) in text.match_indices(&begin) {
            let Some(quote) = text[..at].chars().next_back() else { continue };
            if !matches!(quote, '"' | '\'' | '`') {
                continue;
            }
            let name = text[at..].split(quote).next().unwrap_or_default();
            if name.ends_with(".html") {
                found.insert(name.to_string());
            }
        }
    }
    found
}
