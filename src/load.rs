//! Loading: the project folder becomes sources. The home of walkdir, and the only reader
//! of the project's text files.

use std::collections::BTreeMap;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Diagnostic, Fault, Outcome, catalogue};
use crate::parallel;
use crate::source::{Carried, Place, Source, SourcePath};

mod decode;

/// Everything that a project folder holds.
#[derive(Debug, Default)]
pub struct Sources {
    /// `content/site.yaml`.
    pub settings: Option<Source>,
    /// `content/focal-points.yaml`.
    pub focal_points: Option<Source>,
    /// `content/units.yaml`.
    pub units: Option<Source>,
    /// `content/carriers.yaml`.
    pub carriers: Option<Source>,
    /// `content/stories/**/*.md`, by path.
    pub stories: Vec<Source>,
    /// `content/pages/**/*.md`, by path.
    pub pages: Vec<Source>,
    /// Pictures and attachments below `content/stories` and `content/pages`, and
    /// everything below `content/static`; not read here.
    pub files: BTreeMap<SourcePath, Carried>,
    /// Files below `themes`; not read here.
    pub themes: BTreeMap<SourcePath, Carried>,
}

/// What a path of the project is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Settings,
    FocalPoints,
    Units,
    Carriers,
    Story,
    Page,
    File,
    Theme,
    Stray,
}

fn role(path: &SourcePath) -> Role {
    let text = path.as_str();
    let markdown = matches!(path.extension().as_str(), "md" | "markdown");
    match text {
        "content/site.yaml" => Role::Settings,
        "content/focal-points.yaml" => Role::FocalPoints,
        "content/units.yaml" => Role::Units,
        "content/carriers.yaml" => Role::Carriers,
        _ if text.starts_with("content/stories/") && markdown => Role::Story,
        _ if text.starts_with("content/pages/") && markdown => Role::Page,
        _ if ["content/stories/", "content/pages/", "content/static/"]
            .iter()
            .any(|folder| text.starts_with(folder)) =>
        {
            Role::File
        }
        _ if text.starts_with("themes/") => Role::Theme,
        _ => Role::Stray,
    }
}

/// Names that are never part of a project: hidden and private files, and what Windows,
/// macOS, Word and WPS leave lying about.
fn is_skipped(name: &str) -> bool {
    name.starts_with(['.', '_', '~'])
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

/// Loads the project in the folder `root`.
pub fn load(root: &Path) -> Result<Outcome<Sources>, Fault> {
    let mut diagnostics = Vec::new();
    let mut found = Vec::new();
    for top in ["content", "themes"] {
        let folder = root.join(top);
        let meta = folder.symlink_metadata();
        if meta.as_ref().is_ok_and(|meta| meta.is_symlink()) {
            diagnostics.push(catalogue::link_not_followed(Place::file(&SourcePath::new(top))));
        }
        if !meta.is_ok_and(|meta| meta.is_dir()) {
            if top == "content" {
                diagnostics.push(catalogue::project_missing(root));
                return Ok(Outcome { value: Sources::default(), diagnostics });
            }
            continue;
        }
        let entries = WalkDir::new(&folder)
            .min_depth(1)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| !entry.file_name().to_str().is_some_and(is_skipped));
        for entry in entries {
            let entry = entry.map_err(walk_fault)?;
            if entry.file_type().is_dir() {
                continue;
            }
            let Some(path) = source_path(root, &entry) else {
                let name = entry.path().strip_prefix(root).unwrap_or(entry.path());
                let shown = SourcePath::new(name.to_string_lossy().replace('\\', "/"));
                diagnostics.push(catalogue::file_name_odd(Place::file(&shown)));
                continue;
            };
            if entry.file_type().is_symlink() {
                diagnostics.push(catalogue::link_not_followed(Place::file(&path)));
                continue;
            }
            if !entry.file_type().is_file() {
                diagnostics.push(catalogue::file_special(Place::file(&path)));
                continue;
            }
            found.push((path, Carried::Disk(entry.into_path())));
        }
    }
    let loaded = assemble(found)?;
    diagnostics.extend(loaded.diagnostics);
    Ok(Outcome { value: loaded.value, diagnostics })
}

/// The sources of a project that is not on a disk: paths and their bytes.
pub fn from_memory(files: Vec<(String, Vec<u8>)>) -> Outcome<Sources> {
    let mut files: Vec<_> = files
        .into_iter()
        .filter(|(path, _)| !path.split('/').any(is_skipped))
        .map(|(path, bytes)| (SourcePath::new(path), Carried::Memory(bytes.into())))
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    assemble(files).expect("bytes in memory can always be read")
}

fn assemble(found: Vec<(SourcePath, Carried)>) -> Result<Outcome<Sources>, Fault> {
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let mut texts = Vec::new();
    for (path, file) in found {
        match role(&path) {
            Role::File => drop(sources.files.insert(path, file)),
            Role::Theme => drop(sources.themes.insert(path, file)),
            Role::Stray => diagnostics.push(catalogue::file_stray(Place::file(&path))),
            role => texts.push((role, path, file)),
        }
    }
    let read = parallel::map(&texts, |(_, path, file)| read_text(path, file));
    for (result, (role, ..)) in read.into_iter().zip(&texts) {
        let Some(source) = result?.collect_into(&mut diagnostics) else { continue };
        match role {
            Role::Settings => sources.settings = Some(source),
            Role::FocalPoints => sources.focal_points = Some(source),
            Role::Units => sources.units = Some(source),
            Role::Carriers => sources.carriers = Some(source),
            Role::Story => sources.stories.push(source),
            Role::Page => sources.pages.push(source),
            Role::File | Role::Theme | Role::Stray => {}
        }
    }
    sources.stories.sort_by(|a, b| a.path.cmp(&b.path));
    sources.pages.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Outcome { value: sources, diagnostics })
}

/// Reads and decodes one text file.
pub fn read_text(path: &SourcePath, file: &Carried) -> Result<Outcome<Option<Source>>, Fault> {
    let bytes = file.bytes()?;
    let decoded = decode::decode(bytes);
    let place = Place::file(path);
    Ok(match decoded {
        Err(decode::NotText) => {
            Outcome { value: None, diagnostics: vec![catalogue::file_not_text(place)] }
        }
        Ok(decoded) => {
            let mut diagnostics: Vec<Diagnostic> = Vec::new();
            if let Some(name) = decoded.foreign {
                diagnostics.push(catalogue::file_encoding(place.clone(), name));
            }
            if decoded.replaced {
                diagnostics.push(catalogue::file_characters(place));
            }
            Outcome { value: Some(Source::new(path.clone(), decoded.text)), diagnostics }
        }
    })
}

/// The path of an entry below `root`; `None` where it is no UTF-8.
fn source_path(root: &Path, entry: &DirEntry) -> Option<SourcePath> {
    let relative = entry.path().strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
    Some(SourcePath::new(parts?.join("/")))
}

fn walk_fault(error: walkdir::Error) -> Fault {
    let path = error.path().unwrap_or(Path::new("")).to_path_buf();
    let error = error
        .into_io_error()
        .unwrap_or_else(|| std::io::Error::other("a folder that contains itself"));
    Fault::read(&path, error)
}
