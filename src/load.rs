//! Loading: the project folder becomes sources. The home of walkdir, and the only reader
//! of the project's text files.

#![allow(clippy::disallowed_methods, reason = "reads the project")]

pub mod messages;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Range;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use crate::base::content::Carried;
use crate::base::fault::Fault;
use crate::base::format::Format;
use crate::base::layout::{BRIEFS, LEDGER};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::source::stamp::Stamp;
use crate::source::{Place, Source, SourcePath, decode};

/// A file of the project that was found, and not read yet.
#[derive(Clone, Debug)]
pub struct FoundFile {
    /// Where it is in the project.
    pub path: SourcePath,
    /// Where its bytes are.
    pub file: Carried,
    /// How it looked; none for bytes in memory.
    pub stamp: Option<Stamp>,
}

/// Everything that a project folder holds.
#[derive(Debug, Default)]
pub struct Sources {
    /// `content/site.yaml`.
    pub settings: Option<Source>,
    /// Other files `content/NAME.yaml`: vocabularies, if the campaign has such kinds; `None` for
    /// one that is no text.
    pub vocabularies: BTreeMap<SourcePath, Option<Source>>,
    /// `content/stories/**/*.md`, by path; not read here.
    pub stories: Vec<FoundFile>,
    /// `content/pages/**/*.md`, by path; not read here.
    pub pages: Vec<FoundFile>,
    /// Pictures and attachments below `content/stories` and `content/pages`, and
    /// everything below `content/static`; not read here.
    pub files: BTreeMap<SourcePath, Carried>,
    /// Files beside stories and pages under a name that is not published.
    pub hidden: BTreeSet<SourcePath>,
    /// The same as the files, among which pictures are found.
    pub pictures: Vec<FoundFile>,
    /// Those of them that are called films or sound.
    pub films: Vec<FoundFile>,
    /// Files below `themes`; not read here.
    pub themes: BTreeMap<SourcePath, Carried>,
}

/// The folders that make up a project.
pub const TOPS: [&str; 2] = ["content", "themes"];

/// What a path of the project is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Settings,
    Vocabulary,
    Ledger,
    Story,
    Page,
    File,
    Theme,
    /// What an editor or an office program left behind.
    Leftover,
    /// Where files are published, under a name that is not.
    Hidden,
    Stray,
}

fn role(path: &SourcePath) -> Role {
    let text = path.as_str();
    if is_leftover(path) {
        return Role::Leftover;
    }
    let markdown = matches!(path.extension().as_str(), "md" | "markdown");
    if left_out(text).is_some() {
        return Role::Hidden;
    }
    match text {
        "content/site.yaml" => Role::Settings,
        // No part of the site: only `archive` and `export brief` read them.
        LEDGER | BRIEFS => Role::Ledger,
        _ if path.folder() == "content" && text.ends_with(".yaml") => Role::Vocabulary,
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

/// What Word, Excel and WPS put before the name of a file that is open.
const LOCK: &str = "~$";

/// The folder of files that go to the root of the site.
const STATIC: &str = "content/static/";

/// What web servers and hosts look for at the root of a site, though it is called like what is
/// not published.
const OF_SERVERS: [&str; 3] = ["_headers", "_redirects", ".nojekyll"];

/// The folder of the same kind (RFC 8615), with whatever is in it.
const WELL_KNOWN: &str = ".well-known";

/// Names that are never part of a project: hidden and private files, and what Windows,
/// macOS, Word and WPS leave lying about.
fn is_skipped(name: &str) -> bool {
    name.starts_with(['.', '_', '~']) && !name.starts_with(LOCK) || is_of_system(name)
}

/// What systems and programs put there, and nobody would publish.
pub(crate) fn is_of_system(name: &str) -> bool {
    const HIDDEN: [&str; 5] = [".DS_Store", ".svn", ".hg", ".idea", ".vscode"];
    name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
        || HIDDEN.contains(&name)
        || [".git", ".~", "._"].iter().any(|begin| name.starts_with(begin))
}

/// May the file or folder at a path, given from the root, be a part of the project, or is it one
/// that people would take for a part?
pub(crate) fn is_part(path: &str) -> bool {
    if path.starts_with(STATIC) {
        return !path.split('/').any(is_of_system);
    }
    // What lies beside a story may well be named by it.
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let skipped = if is_beside(path) { is_of_system } else { is_skipped };
    !(skipped(name) || folder.split('/').any(is_skipped))
}

/// Is a file beside a story called as none is that is published? It changes no page.
pub(crate) fn is_unpublished(path: &str) -> bool {
    is_beside(path) && left_out(path).is_some()
}

fn is_beside(path: &str) -> bool {
    ["content/stories/", "content/pages/"].iter().any(|folder| path.starts_with(folder))
}

/// Where in a path the name ends for which it is not published; `None` for what is published, and
/// where nothing is.
fn left_out(path: &str) -> Option<usize> {
    if is_beside(path) {
        return path.rsplit('/').next().filter(|name| is_skipped(name)).map(|_| path.len());
    }
    let rest = path.strip_prefix(STATIC)?;
    let is_of_servers = OF_SERVERS.contains(&rest) || rest.split('/').next() == Some(WELL_KNOWN);
    let mut at = STATIC.len();
    rest.split('/').filter(|_| !is_of_servers).find_map(|name| {
        at += name.len() + 1;
        is_skipped(name).then_some(at - 1)
    })
}

/// Backups, and what is only there while a program writes: published by nobody.
pub(crate) fn is_leftover(path: &SourcePath) -> bool {
    const ENDINGS: [&str; 14] = [
        "bak",
        "tmp",
        "temp",
        "old",
        "orig",
        "wbk",
        "xlk",
        "asd",
        "swp",
        "swo",
        "part",
        "partial",
        "download",
        "crdownload",
    ];
    let name = path.file_name();
    name.starts_with(LOCK) || name.ends_with('~') || ENDINGS.contains(&path.extension().as_str())
}

/// Finds the files of the project in the folder `root`, by path.
pub fn walk(root: &Path) -> Result<Outcome<Vec<FoundFile>>, Fault> {
    let mut diagnostics = Vec::new();
    let mut found = Vec::new();
    for top in TOPS {
        let folder = root.join(top);
        let meta = folder.symlink_metadata();
        if meta.as_ref().is_ok_and(|meta| meta.is_symlink()) {
            diagnostics.push(messages::link_not_followed(Place::file(&SourcePath::new(top))));
        }
        if !meta.is_ok_and(|meta| meta.is_dir()) {
            if top == "content" {
                diagnostics.push(messages::project_missing(root));
                return Ok(Outcome { value: Vec::new(), diagnostics });
            }
            continue;
        }
        found.extend(look(root, top)?.collect_into(&mut diagnostics));
    }
    diagnostics.extend(misplaced(root));
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Outcome { value: found, diagnostics })
}

/// What lies beside `content` that belongs into it or into a theme, and so is not used.
fn misplaced(root: &Path) -> Vec<Diagnostic> {
    const PLACES: [(&str, &str); 8] = [
        ("stories", "content/stories"),
        ("pages", "content/pages"),
        ("static", "content/static"),
        ("templates", "themes/xianfeng/templates"),
        ("site.yaml", "content/site.yaml"),
        ("units.yaml", "content/units.yaml"),
        ("carriers.yaml", "content/carriers.yaml"),
        ("focal-points.yaml", "content/focal-points.yaml"),
    ];
    let is_there = |name: &str| match root.join(name).symlink_metadata() {
        Ok(meta) => meta.is_dir() != name.ends_with(".yaml"),
        Err(_) => false,
    };
    let wrong = PLACES.iter().filter(|(name, _)| is_there(name));
    wrong.map(|(name, right)| messages::misplaced(name, right)).collect()
}

/// Finds what is at `path`, given from the folder `root` of a project, and below it. No link
/// is followed, but for those in `themes/` that lead to a theme, or to a file of one, elsewhere in the
/// project.
pub fn look(root: &Path, path: &str) -> Result<Outcome<Vec<FoundFile>>, Fault> {
    let is_folder = |folder: &str| {
        root.join(folder).symlink_metadata().is_ok_and(|meta| meta.is_dir())
            || is_theme_link(root, folder)
    };
    if path.match_indices('/').any(|(at, _)| !is_folder(&path[..at])) {
        return Ok(Outcome::clean(Vec::new()));
    }
    look_in(root, path, false)
}

/// Is a folder `themes/NAME` a link to a folder of the project? One that has the link in it is no
/// theme.
fn is_theme_link(root: &Path, folder: &str) -> bool {
    let is_theme = folder.strip_prefix("themes/").is_some_and(|name| !name.contains('/'));
    let link = root.join(folder);
    if !is_theme || !link.symlink_metadata().is_ok_and(|meta| meta.is_symlink()) {
        return false;
    }
    let (Ok(target), Ok(root)) = (link.canonicalize(), root.canonicalize()) else { return false };
    let themes = root.join("themes");
    target.is_dir() && target.starts_with(&root) && !themes.starts_with(&target)
}

/// The file of the project to which a link in a theme leads; `Err` if it leads out of the project, or, with
/// `false`, nowhere. `None` for other links.
fn file_of_link(root: &Path, path: &SourcePath) -> Option<Result<Stamp, bool>> {
    let below = path.as_str().strip_prefix("themes/")?;
    let is_in_theme = below.contains('/');
    let target = match root.join(path.as_str()).canonicalize() {
        Ok(target) => target,
        Err(_) => return is_in_theme.then_some(Err(false)),
    };
    if !is_in_theme || !target.is_file() {
        return None;
    }
    let is_inside = root.canonicalize().is_ok_and(|root| target.starts_with(root));
    match target.metadata() {
        Ok(meta) if is_inside => Some(Ok(Stamp::of(&meta))),
        _ => Some(Err(true)),
    }
}

fn look_in(root: &Path, path: &str, follows_path: bool) -> Result<Outcome<Vec<FoundFile>>, Fault> {
    let mut diagnostics = Vec::new();
    let mut found = Vec::new();
    let entries = WalkDir::new(root.join(path))
        .follow_root_links(follows_path)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| source_path(root, entry).is_none_or(|path| is_part(path.as_str())));
    for entry in entries {
        let entry = match entry {
            Err(error) if error.depth() == 0 && is_gone(&error) => break,
            entry => entry.map_err(walk_fault)?,
        };
        if entry.file_type().is_dir() {
            continue;
        }
        let Some(path) = source_path(root, &entry) else {
            let name = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let shown = SourcePath::new(name.to_string_lossy().replace('\\', "/"));
            diagnostics.push(messages::file_name_odd(Place::file(&shown)));
            continue;
        };
        if follows_path && entry.depth() == 0 {
            continue;
        }
        if entry.path_is_symlink() && is_theme_link(root, path.as_str()) {
            found.extend(look_in(root, path.as_str(), true)?.collect_into(&mut diagnostics));
            continue;
        }
        if entry.file_type().is_symlink() {
            match file_of_link(root, &path) {
                Some(Ok(stamp)) => {
                    let file = Carried::Disk(entry.into_path());
                    found.push(FoundFile { path, file, stamp: Some(stamp) });
                }
                Some(Err(is_there)) => {
                    diagnostics.push(messages::theme_link_outside(Place::file(&path), is_there));
                }
                None => diagnostics.push(messages::link_not_followed(Place::file(&path))),
            }
            continue;
        }
        if !entry.file_type().is_file() {
            diagnostics.push(messages::file_special(Place::file(&path)));
            continue;
        }
        let stamp = Some(Stamp::of(&entry.metadata().map_err(walk_fault)?));
        found.push(FoundFile { path, file: Carried::Disk(entry.into_path()), stamp });
    }
    Ok(Outcome { value: found, diagnostics })
}

fn is_gone(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// The sources of a project that is not on a disk: paths and their bytes.
pub fn from_memory(files: Vec<(String, Vec<u8>)>) -> Outcome<Sources> {
    let mut files: Vec<_> = files
        .into_iter()
        .filter(|(path, _)| is_part(path))
        .map(|(path, bytes)| FoundFile {
            path: SourcePath::new(path),
            file: Carried::Memory(bytes.into()),
            stamp: None,
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    sort(files).expect("bytes in memory can always be read")
}

/// Sorts files by what they are for, and reads the settings and vocabularies.
pub fn sort(found: Vec<FoundFile>) -> Result<Outcome<Sources>, Fault> {
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let mut leftovers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut hidden: BTreeMap<SourcePath, BTreeSet<String>> = BTreeMap::new();
    for found in found {
        let role = role(&found.path);
        let text = match role {
            Role::Story => {
                sources.stories.push(found);
                continue;
            }
            Role::Page => {
                sources.pages.push(found);
                continue;
            }
            Role::File => {
                // Their content tells which of them are pictures.
                sources.pictures.push(found.clone());
                let called = Format::of_extension(&found.path.extension());
                if called == Some(Format::Media) {
                    sources.films.push(found.clone());
                }
                sources.files.insert(found.path, found.file);
                continue;
            }
            Role::Theme => {
                sources.themes.insert(found.path, found.file);
                continue;
            }
            Role::Stray => {
                diagnostics.push(messages::file_stray(Place::file(&found.path)));
                continue;
            }
            Role::Leftover => {
                let folder = leftovers.entry(found.path.folder().to_string()).or_default();
                folder.push(found.path.file_name().to_string());
                continue;
            }
            Role::Hidden if is_beside(found.path.as_str()) => {
                sources.hidden.insert(found.path);
                continue;
            }
            Role::Hidden => {
                let path = found.path.as_str();
                let path = SourcePath::new(&path[..left_out(path).unwrap_or(path.len())]);
                let names = hidden.entry(SourcePath::new(path.folder())).or_default();
                names.insert(path.file_name().to_string());
                continue;
            }
            Role::Ledger => continue,
            Role::Settings | Role::Vocabulary => {
                read_text(&found.path, &found.file)?.collect_into(&mut diagnostics)
            }
        };
        match role {
            Role::Settings => sources.settings = text,
            _ => drop(sources.vocabularies.insert(found.path, text)),
        }
    }
    for (folder, names) in leftovers {
        diagnostics.push(messages::file_leftover(Place::file(&SourcePath::new(folder)), &names));
    }
    for (folder, names) in &hidden {
        diagnostics.push(messages::file_hidden(Place::file(folder), names));
    }
    Ok(Outcome { value: sources, diagnostics })
}

/// Reads and decodes one text file.
pub fn read_text(path: &SourcePath, file: &Carried) -> Result<Outcome<Option<Source>>, Fault> {
    Ok(decode_text(path, file.bytes()?))
}

/// The path of an entry below `root`; `None` if it is no UTF-8.
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

/// Decodes the bytes of a text file.
pub fn decode_text(path: &SourcePath, bytes: Vec<u8>) -> Outcome<Option<Source>> {
    let decoded = decode::decode(bytes);
    let place = Place::file(path);
    match decoded {
        Err(decode::NotText::Binary) => {
            Outcome { value: None, diagnostics: vec![messages::file_not_text(place)] }
        }
        Err(decode::NotText::Broken { encoding, text, at }) => {
            let place = Source::new(path.clone(), text).place(at..at + '\u{FFFD}'.len_utf8());
            let diagnostics = vec![messages::file_encoding_broken(place, encoding)];
            Outcome { value: None, diagnostics }
        }
        Err(decode::NotText::Spoilt { text, at }) => {
            let place = Source::new(path.clone(), text).place(at..at + '\u{FFFD}'.len_utf8());
            Outcome { value: None, diagnostics: vec![messages::file_spoilt(place)] }
        }
        Ok(decoded) => {
            let mut diagnostics: Vec<Diagnostic> = Vec::new();
            // Those of the ledger are told by the ledger, as numbers are at stake.
            let conflict = merge_marker(&decoded.text).filter(|_| path.as_str() != LEDGER);
            if let Some(range) = conflict {
                let source = Source::new(path.clone(), decoded.text);
                diagnostics.push(messages::merge_conflict(source.place(range)));
                return Outcome { value: None, diagnostics };
            }
            if let Some(name) = decoded.foreign {
                diagnostics.push(messages::file_encoding(place.clone(), name));
            }
            if decoded.replaced {
                diagnostics.push(messages::file_characters(place));
            }
            Outcome { value: Some(Source::new(path.clone(), decoded.text)), diagnostics }
        }
    }
}

/// The first line that git, or a program like it, has left where two people changed the same lines:
/// neither of them wrote what the file says now.
pub fn merge_marker(text: &str) -> Option<Range<usize>> {
    let begins_line = |at: usize| at == 0 || text.as_bytes()[at - 1] == b'\n';
    let marker = |sign: &str| {
        memchr::memmem::find_iter(text.as_bytes(), sign).filter(|&at| begins_line(at)).find_map(
            |at| {
                let line = text[at..].lines().next().unwrap_or_default();
                let rest = &line[sign.len()..];
                (rest.is_empty() || rest.starts_with(' ')).then_some(at..at + line.len())
            },
        )
    };
    [marker("<<<<<<<"), marker(">>>>>>>")].into_iter().flatten().min_by_key(|range| range.start)
}
