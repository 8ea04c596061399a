//! `import`: reads files, and writes what they become.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use time::UtcOffset;

use super::progress::with_bar;
use super::{DONE, FAILED, Terminal, new};
use crate::base::atomic::{Durable, replace};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::base::layout::CACHE;
use crate::base::parallel;
use crate::base::process::run_within;
use crate::base::progress::Progress;
use crate::cli::ImportArguments;
use crate::diagnostic::Diagnostic;
use crate::import::posts::{self, Generator};
use crate::import::roster::{self, Problem, grid, rows};
use crate::import::story::{self, Campaign, Story, Wishes};
use crate::import::{Kind, Refusal, Unconverted, kind, messages, text, word};
use crate::load;
use crate::model::listed_words;
use crate::pipeline::Options;
use crate::schema::roster::ROSTERS;
use crate::source::decode;
use crate::yaml::{Node, parse};

/// So many files are read at a time: what they become is held until it is written.
const AT_ONCE: usize = 32;

/// A file of more bytes is not read at all.
const LARGEST: u64 = 512 << 20;

/// So long LibreOffice may work on one file.
const LONGEST_CONVERSION: Duration = Duration::from_secs(120);

/// What files in a folder are called that are meant to be imported.
const ENDINGS: [&str; 6] = ["docx", "docm", "doc", "wps", "rtf", "odt"];

/// Files that systems leave in folders, and nobody knows of.
const LEFT_BY_SYSTEMS: [&str; 2] = ["thumbs.db", "desktop.ini"];

/// The folder for stories.
const STORIES: &str = "content/stories";

pub(super) fn run(
    root: &Path,
    arguments: &ImportArguments,
    terminal: &Terminal,
) -> Result<u8, Fault> {
    if !root.join("content").is_dir() {
        new::complain_of_no_project(root, terminal);
        return Ok(FAILED);
    }
    let into = match arguments.into.as_deref().map(|into| (into, folder_below(root, into))) {
        None => None,
        Some((_, Some(folder))) => Some(folder),
        Some((into, None)) => {
            terminal.show(&[messages::outside(&shown(into))]);
            return Ok(FAILED);
        }
    };
    if let Some(generator) = arguments.from {
        return import_posts(root, arguments, generator, into, terminal);
    }
    let mut told = Vec::new();
    let mut files = Vec::new();
    for given in &arguments.files {
        let before = files.len();
        match given.is_dir() {
            true => {
                let mut skipped = Vec::new();
                collect(given, &mut files, &mut skipped)?;
                if !skipped.is_empty() {
                    told.push(messages::skipped(&shown(given), &skipped));
                }
            }
            false => files.push(given.clone()),
        }
        if files.len() == before {
            told.push(messages::nothing(&shown(given)));
        }
    }
    let importer = Importer::new(root, arguments, into)?;
    let done = with_bar(terminal, ("导入", "Importing"), |tell| -> Result<Vec<Done>, Fault> {
        parallel::with_jobs(arguments.jobs, || {
            tell(Progress::Total(files.len()));
            let mut done = Vec::new();
            for some in files.chunks(AT_ONCE) {
                let read = parallel::map(some, |file| {
                    let read = importer.read(file);
                    tell(Progress::Done);
                    read
                });
                for (file, read) in some.iter().zip(read) {
                    done.push(importer.write(file, read?)?);
                }
            }
            Ok(done)
        })
    })?;
    let (tables, done): (Vec<Done>, Vec<Done>) =
        done.into_iter().partition(|one| one.table.is_some());
    for one in &done {
        told.extend(one.diagnostics.iter().cloned());
    }
    terminal.show(&told);
    let written = done.iter().filter(|one| one.target.is_some()).count();
    let mut failed = told.iter().any(Diagnostic::is_error);
    for one in &done {
        if let Some(target) = &one.target {
            let line = format!("{} → {target}", one.file);
            terminal.summary(&Text { zh: line.clone(), en: line });
        }
    }
    if !done.is_empty() {
        terminal.summary(&counted(written, done.len() - written, arguments.dry_run));
    }
    for one in tables {
        let wish = RosterWish { remove: arguments.remove, stories: arguments.stories };
        failed |= !importer.roster(&one.file, one.table.unwrap_or_default(), wish, terminal)?;
    }
    Ok(if failed { FAILED } else { DONE })
}

/// How many were imported and how many were not.
fn counted(written: usize, refused: usize, dry_run: bool) -> Text {
    match dry_run {
        true => Text {
            zh: format!("会导入 {written} 篇，{refused} 个文件不能导入；这次什么也没有写"),
            en: format!("{written} would be imported, {refused} would not; nothing was written"),
        },
        false if written == 0 => Text {
            zh: format!("导入 0 篇，{refused} 个文件没有导入"),
            en: format!("0 imported, {refused} not"),
        },
        false => Text {
            zh: format!(
                "导入 {written} 篇，{refused} 个文件没有导入；导入的都是草稿，补齐以后删掉 draft 那一行就会发布"
            ),
            en: format!(
                "{written} imported, {refused} not. All are drafts: complete them, then delete their line `draft`."
            ),
        },
    }
}

/// What is asked of a roster.
#[derive(Clone, Copy)]
struct RosterWish {
    /// Does what it lacks go?
    remove: bool,
    /// Do its people become stories?
    stories: bool,
}

/// What became of a file.
#[derive(Default)]
struct Done {
    file: String,
    target: Option<String>,
    diagnostics: Vec<Diagnostic>,
    /// A table, which is looked at when the documents are done.
    table: Option<Vec<u8>>,
}

struct Importer<'a> {
    root: &'a Path,
    into: Option<String>,
    campaign: Campaign,
    /// The time zone of the campaign.
    zone: UtcOffset,
    wishes: Wishes,
    dry_run: bool,
    converter: Option<Option<Converter>>,
    /// Where stories of this run go.
    taken: Mutex<BTreeSet<String>>,
}

/// What a file was read as.
enum Material {
    Story(Box<Story>),
    Table(Vec<u8>),
}

type Read = Result<Material, Diagnostic>;

impl<'a> Importer<'a> {
    fn new(
        root: &'a Path,
        arguments: &ImportArguments,
        into: Option<String>,
    ) -> Result<Self, Fault> {
        let found = load::walk(root)?.value;
        let sources = load::sort(found)?.value;
        let zone = new::zone_of(&sources);
        let today = Options::at(arguments.now).now_in(zone);
        let campaign = Campaign { words: listed_words(&sources).value, today };
        let wishes = Wishes {
            kind: arguments.kind,
            unit: arguments.unit.clone(),
            focal_point: arguments.focal_point.clone(),
        };
        let converter = arguments.convert.then(|| Converter::find(root));
        Ok(Importer {
            root,
            into,
            campaign,
            zone,
            wishes,
            dry_run: arguments.dry_run,
            converter,
            taken: Mutex::default(),
        })
    }

    fn read(&self, file: &Path) -> Result<Read, Fault> {
        let fault = |error| Fault::read(file, error);
        let name = shown(file);
        let refuse = |refusal| Ok(Err(messages::refused(&name, &refusal)));
        let length = match fs::metadata(file) {
            Ok(meta) => meta.len(),
            // One file that is not there does not keep the others from being done.
            Err(error) => return Ok(Err(messages::unreadable(&name, &fault(error).message()))),
        };
        if length > LARGEST {
            return refuse(Refusal::Large);
        }
        let bytes = match fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Err(messages::unreadable(&name, &fault(error).message()))),
        };
        let extension = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let opened = match kind(&bytes, &extension) {
            Err(Refusal::OldWord | Refusal::Wps | Refusal::Other("RTF" | "OpenDocument"))
                if self.converter.is_some() =>
            {
                let Some(converter) = self.converter.as_ref().and_then(Option::as_ref) else {
                    return Ok(Err(messages::no_converter(&name, Unconverted::NoProgram)));
                };
                match converter.convert(file)? {
                    Ok(bytes) => kind(&bytes, "docx"),
                    Err(why) => return Ok(Err(messages::no_converter(&name, why))),
                }
            }
            opened => opened,
        };
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let read = opened.and_then(|opened| match opened {
            Kind::Word(mut package, main) => {
                let document = word::read(&mut package, &main)?;
                let story = story::of_document(document, &stem, &self.campaign, &self.wishes);
                Ok(Material::Story(Box::new(story)))
            }
            Kind::Text => {
                let document = text::read(bytes)?;
                let story = story::of_document(document, &stem, &self.campaign, &self.wishes);
                Ok(Material::Story(Box::new(story)))
            }
            Kind::Table => Ok(Material::Table(bytes)),
        });
        Ok(read.map_err(|refusal| messages::refused(&name, &refusal)))
    }

    fn write(&self, file: &Path, read: Read) -> Result<Done, Fault> {
        let file = shown(file);
        let refused =
            |diagnostics| Ok(Done { file: shown(file.as_ref()), diagnostics, ..Done::default() });
        let story = match read {
            Ok(Material::Story(story)) => story,
            Ok(Material::Table(bytes)) => {
                return Ok(Done { file, table: Some(bytes), ..Done::default() });
            }
            Err(refusal) => return refused(vec![refusal]),
        };
        self.story(file, &story)
    }

    fn story(&self, file: String, story: &Story) -> Result<Done, Fault> {
        let year = format!("{STORIES}/{:04}", story.date.year());
        let folder = self.into.clone().unwrap_or(year);
        let target = format!("{folder}/{}", new::file_name(&story.title));
        self.put_at(file, story, &target)
    }

    /// Puts a story into a folder, unless there is something.
    fn put_at(&self, file: String, story: &Story, target: &str) -> Result<Done, Fault> {
        let place = self.root.join(target);
        let is_there = |path: &Path| path.symlink_metadata().is_ok();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = taken.insert(target.to_string());
        drop(taken);
        if !is_first || is_there(&place) || is_there(&place.with_extension("md")) {
            let diagnostics = vec![messages::exists(&file, target)];
            return Ok(Done { file, diagnostics, ..Done::default() });
        }
        if !self.dry_run {
            self.put(story, &place)?;
        }
        let diagnostics = messages::report(&file, &story.report);
        Ok(Done { file, target: Some(format!("{target}/index.md")), diagnostics, table: None })
    }

    /// Changes the lists of the campaign as the sheets of a file say, all of them or none; false if
    /// there was an error.
    fn roster(
        &self,
        file: &str,
        bytes: Vec<u8>,
        wish: RosterWish,
        terminal: &Terminal,
    ) -> Result<bool, Fault> {
        let mut told = Vec::new();
        let mut found = Vec::new();
        let grid = match grid::read(bytes) {
            Ok(grid) => grid,
            Err(refusal) => {
                terminal.show(&[messages::refused(file, &refusal)]);
                return Ok(false);
            }
        };
        let filled = grid.sheets.iter().filter(|sheet| !sheet.rows.is_empty()).count();
        for sheet in &grid.sheets {
            match rows::find(file, sheet) {
                Ok(one) => found.extend(one.filter(|one| !one.rows.is_empty())),
                // One more sheet with notes is no reason to refuse the others.
                Err(wrong) if filled > 1 && wrong.iter().all(|d| d.code == "roster-head") => {}
                Err(wrong) => told.extend(wrong),
            }
        }
        let order =
            |one: &roster::Found| ROSTERS.iter().position(|known| std::ptr::eq(known, one.roster));
        found.sort_by_key(order);
        if found.is_empty() && told.is_empty() {
            told.push(match filled {
                0 => messages::refused(file, &Refusal::Blank),
                _ => messages::roster_no_head(file, ""),
            });
        }
        let mut units = self
            .campaign
            .words
            .iter()
            .find(|(many, _)| *many == "units")
            .map(|(_, words)| words.clone());
        let mut plans = Vec::new();
        for one in &found {
            let twice = roster::update::twice(one).into_iter();
            told.extend(
                twice.map(|(line, name)| messages::roster_twice(file, &one.sheet, line + 1, &name)),
            );
            let place = self.root.join(one.roster.path);
            // Two sheets may be of one list.
            let before =
                plans.iter().rev().find(|(path, ..): &&(PathBuf, Written, String)| *path == place);
            let (written, old) = match before {
                Some((_, written, text)) => (written.clone(), text.clone()),
                None => match self.list(&place)? {
                    Ok(read) => read,
                    Err(()) => {
                        told.push(messages::roster_file(file, one.roster.path, false));
                        continue;
                    }
                },
            };
            let updated = match roster::update(Some(&old), one, wish.remove) {
                Ok(updated) => updated,
                Err(problem) => {
                    told.push(messages::roster_file(
                        file,
                        one.roster.path,
                        problem == Problem::Odd,
                    ));
                    continue;
                }
            };
            if one.roster.path.ends_with("/units.yaml") {
                units = Some(roster::update::names(&updated.text, one.roster));
            }
            if let Some(units) = &units {
                let lacking = roster::update::lacking(one, units);
                if !lacking.is_empty() {
                    told.push(messages::roster_units(file, &one.sheet, &lacking));
                }
            }
            told.extend(messages::roster_report(file, one, &updated.missing));
            for change in &updated.changes {
                terminal.summary(&change.told());
            }
            let (list, changes) = (one.roster.path, updated.changes.len());
            terminal.summary(&match changes {
                0 => Text {
                    zh: format!("{list}：没有变化"),
                    en: format!("{list}: nothing changes"),
                },
                n => Text {
                    zh: format!("{list}：{n} 处变化"), en: format!("{list}: {n} changes")
                },
            });
            plans.push((place, written, updated.text));
        }
        let failed = told.iter().any(Diagnostic::is_error);
        terminal.show(&told);
        if failed || self.dry_run {
            terminal
                .summary(&Text {
                    zh: "这次什么也没有写".into(), en: "Nothing was written".into()
                });
            return Ok(!failed);
        }
        for (place, written, text) in plans {
            let Some(bytes) = written.bytes(&text) else {
                terminal.show(&[messages::roster_file(file, &shown(&place), true)]);
                return Ok(false);
            };
            if written.before == text {
                continue;
            }
            replace(&place, Durable::Yes, |out| {
                out.write_all(&bytes).map_err(|error| Fault::write(&place, error))
            })?;
        }
        if wish.stories {
            self.members(&found, terminal)?;
        }
        Ok(true)
    }

    /// The text of a list file, with `\n` at its lines' ends, and how it is written; an error if it is
    /// no text.
    fn list(&self, place: &Path) -> Result<Result<(Written, String), ()>, Fault> {
        let bytes = match fs::read(place) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(Fault::read(place, error)),
        };
        let Some(written) = decode::Written::read(&bytes) else { return Ok(Err(())) };
        let lines = written.text.contains("\r\n");
        let text = written.text.replace("\r\n", "\n");
        let before = text.clone();
        Ok(Ok((Written { bytes, lines, before }, text)))
    }

    /// Drafts of stories about the people of rosters who have none by that name.
    fn members(&self, found: &[roster::Found], terminal: &Terminal) -> Result<(), Fault> {
        let (mut written, mut there) = (0, 0);
        let people = found.iter().filter(|one| one.roster.path.ends_with("/people.yaml"));
        for member in people.flat_map(rows::members) {
            let story = story::of_member(&member, &self.campaign);
            let done = self.story(member.name.clone(), &story)?;
            match done.target {
                Some(target) => {
                    written += 1;
                    let line = format!("{} → {target}", done.file);
                    terminal.summary(&Text { zh: line.clone(), en: line });
                }
                None => there += 1,
            }
        }
        terminal.summary(&Text {
            zh: format!("新建 {written} 篇党员稿件（草稿），{there} 人已经有稿件，没有改动"),
            en: format!("{written} drafts about members; {there} have a story already"),
        });
        Ok(())
    }

    /// Writes the folder of a story beside the project's files, and then gives it its name: it is
    /// there as a whole or not at all.
    fn put(&self, story: &Story, place: &Path) -> Result<(), Fault> {
        let new = self.root.join(CACHE).join(format!("importing-{}", std::process::id()));
        let _ = fs::remove_dir_all(&new);
        let write = |path: &Path, error: io::Error| Fault::write(path, error);
        fs::create_dir_all(&new).map_err(|error| write(&new, error))?;
        let text = ("index.md".to_string(), story.text.clone().into_bytes());
        for (name, bytes) in story.files.iter().chain([&text]) {
            let path = new.join(name);
            fs::write(&path, bytes).map_err(|error| write(&path, error))?;
        }
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).map_err(|error| write(folder, error))?;
        }
        let moved = fs::rename(&new, place).map_err(|error| write(place, error));
        if moved.is_err() {
            let _ = fs::remove_dir_all(&new);
        }
        moved
    }
}

/// Imports the posts of the site of another generator.
fn import_posts(
    root: &Path,
    arguments: &ImportArguments,
    generator: Generator,
    into: Option<String>,
    terminal: &Terminal,
) -> Result<u8, Fault> {
    let importer = Importer::new(root, arguments, into)?;
    let mut told = Vec::new();
    let mut done = Vec::new();
    let categories = match &arguments.map {
        None => None,
        Some(path) => {
            let bytes = fs::read(path).map_err(|error| Fault::read(path, error))?;
            let text = decode::decode(bytes).map(|decoded| decoded.text).unwrap_or_default();
            match parse(&text) {
                Ok(map @ Node::Map(_)) => Some(map),
                _ => {
                    terminal.show(&[messages::map_unreadable(&shown(path))]);
                    return Ok(FAILED);
                }
            }
        }
    };
    for dir in &arguments.files {
        let files = walk_site(dir)?;
        let settings =
            ["_config.yml", "_config.yaml", "hugo.toml", "hugo.yaml", "config.toml", "config.yaml"];
        let settings = settings.iter().find_map(|name| fs::read_to_string(dir.join(name)).ok());
        let site = posts::Site {
            generator,
            settings,
            files: &files,
            categories: categories.clone(),
            zone: importer.zone,
        };
        let paths: Vec<&String> = files.iter().filter(|path| generator.is_post(path)).collect();
        if paths.is_empty() {
            let name = Generator::ALL
                .iter()
                .find(|(_, known)| *known == generator)
                .map_or("", |(name, _)| name);
            told.push(messages::no_posts(&shown(dir), name));
        }
        let read = parallel::with_jobs(arguments.jobs, || {
            parallel::map(&paths, |path| {
                let bytes = fs::read(dir.join(path))
                    .map_err(|error| Fault::read(&dir.join(path), error))?;
                let text = decode::decode(bytes).map(|decoded| decoded.text).ok();
                Ok(text.and_then(|text| posts::read(&site, path, &text, &importer.campaign)))
            })
        });
        let mut all = Vec::new();
        for (path, read) in paths.iter().zip(read) {
            match read? {
                Some(post) => all.push(post),
                None => told.push(messages::post_unreadable(path)),
            }
        }
        let folder_of = |post: &posts::Post| {
            let year = || format!("{STORIES}/{:04}", post.date.year());
            format!("{}/{}", importer.into.clone().unwrap_or_else(year), post.name)
        };
        let known = posts::addresses(&all, folder_of);
        for post in &all {
            let folder = folder_of(post);
            let (mut story, files) = posts::story(&site, post, &folder, &known, &importer.wishes);
            for (path, name) in files {
                let place = dir.join(&path);
                let bytes = fs::read(&place).map_err(|error| Fault::read(&place, error))?;
                story.files.push((name, bytes));
            }
            done.push(importer.put_at(post.path.clone(), &story, &folder)?);
        }
    }
    for one in &done {
        told.extend(one.diagnostics.iter().cloned());
    }
    terminal.show(&told);
    let written = done.iter().filter(|one| one.target.is_some()).count();
    let refused = told.iter().filter(|d| d.is_error()).count();
    terminal.summary(&counted(written, refused, arguments.dry_run));
    Ok(if refused > 0 { FAILED } else { DONE })
}

/// The paths of the files of a site, from its folder, in order.
fn walk_site(dir: &Path) -> Result<Vec<String>, Fault> {
    const SKIPPED: [&str; 5] = ["node_modules", "public", "_site", "resources", "vendor"];
    let mut files = Vec::new();
    let mut folders = vec![(dir.to_path_buf(), String::new())];
    while let Some((folder, before)) = folders.pop() {
        let fault = |error| Fault::read(&folder, error);
        for entry in fs::read_dir(&folder).map_err(fault)? {
            let entry = entry.map_err(fault)?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let kind = entry.file_type().map_err(fault)?;
            let path = format!("{before}{name}");
            if name.starts_with('.') {
                continue;
            }
            if kind.is_dir() && !SKIPPED.contains(&name.as_str()) {
                folders.push((entry.path(), format!("{path}/")));
            } else if kind.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// How a list file is written.
#[derive(Clone)]
struct Written {
    bytes: Vec<u8>,
    /// Do its lines end as those of Windows?
    lines: bool,
    /// Its text as it was.
    before: String,
}

impl Written {
    /// The bytes of the file with another text; `None` if its encoding has not all of it.
    fn bytes(&self, text: &str) -> Option<Vec<u8>> {
        let text = if self.lines { text.replace('\n', "\r\n") } else { text.to_string() };
        decode::Written::read(&self.bytes)?.write(&text)
    }
}

/// The files in a folder that are meant to be imported, and in those in it.
/// `skipped` gets the names of the others.
fn collect(
    folder: &Path,
    files: &mut Vec<PathBuf>,
    skipped: &mut Vec<String>,
) -> Result<(), Fault> {
    let fault = |error| Fault::read(folder, error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        found.push(entry.map_err(fault)?.path());
    }
    found.sort();
    for path in found {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(['.', '~', '_']) {
            continue;
        }
        let meta = path.symlink_metadata().map_err(fault)?;
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if meta.is_dir() {
            collect(&path, files, skipped)?;
        } else if meta.is_file() && ENDINGS.contains(&extension.as_str()) {
            files.push(path);
        } else if meta.is_file() && !LEFT_BY_SYSTEMS.contains(&name.to_lowercase().as_str()) {
            skipped.push(name);
        }
    }
    Ok(())
}

/// The folder below `content/stories` that somebody names, from the project or from there.
fn folder_below(root: &Path, into: &Path) -> Option<String> {
    let plain = into.strip_prefix(root).unwrap_or(into);
    let mut parts = Vec::new();
    for component in plain.components() {
        match component {
            Component::Normal(part) => {
                let part = part.to_str().filter(|part| crate::value::slug::is_file_name(part))?;
                if part.starts_with(['.', '_', '~']) {
                    return None;
                }
                parts.push(part);
            }
            Component::CurDir => {}
            _ => return None,
        }
    }
    let path = parts.join("/");
    let below = path.strip_prefix(STORIES).map(|rest| rest.trim_start_matches('/'));
    let path = match (below, parts.first()) {
        (Some(rest), _) => rest.to_string(),
        (None, Some(&"content" | &"themes")) => return None,
        (None, _) => path,
    };
    Some(if path.is_empty() { STORIES.into() } else { format!("{STORIES}/{path}") })
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// LibreOffice, which turns what cannot be read here into what can.
struct Converter {
    program: PathBuf,
    folder: PathBuf,
}

impl Converter {
    fn find(root: &Path) -> Option<Self> {
        let path = std::env::var_os("PATH")?;
        let names = ["soffice", "libreoffice", "soffice.exe", "soffice.com"];
        let places =
            std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
        let program = places.into_iter().find(|place| place.is_file())?;
        Some(Self { program, folder: root.join(CACHE) })
    }

    /// The bytes of the file as .docx.
    fn convert(&self, file: &Path) -> Result<Result<Vec<u8>, Unconverted>, Fault> {
        let digest = xxhash_rust::xxh3::xxh3_64(file.to_string_lossy().as_bytes());
        let folder = self.folder.join(format!("converting-{}-{digest:x}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| Fault::write(&folder, error))?;
        // A profile of its own: two that share one wait for each other.
        let profile = folder.join("profile");
        let profile = std::path::absolute(&profile).unwrap_or(profile);
        let mut office = Command::new(&self.program);
        office
            .arg(format!("-env:UserInstallation=file://{}", shown(&profile)))
            .args(["--headless", "--norestore", "--convert-to", "docx", "--outdir"])
            .arg(&folder)
            .arg(file)
            // Where the language of the system is not installed, it finds no name that is not of ASCII.
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let ran = run_within(&mut office, LONGEST_CONVERSION);
        let stem = file.file_stem().unwrap_or_default();
        let bytes = fs::read(folder.join(stem).with_extension("docx")).ok();
        let _ = fs::remove_dir_all(&folder);
        Ok(match ran {
            Ok(None) => Err(Unconverted::TimedOut(LONGEST_CONVERSION.as_secs())),
            Ok(Some(status)) if status.success() => bytes.ok_or(Unconverted::Failed),
            _ => Err(Unconverted::Failed),
        })
    }
}
