//! `import`: reads files, and writes what they become.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use super::progress::with_bar;
use super::{DONE, FAILED, Terminal, new};
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::base::layout::CACHE;
use crate::base::parallel;
use crate::base::progress::Progress;
use crate::cli::ImportArguments;
use crate::diagnostic::Diagnostic;
use crate::import::story::{self, Campaign, Story, Wishes};
use crate::import::{Kind, Refusal, kind, messages, word};
use crate::load;
use crate::model::listed_words;
use crate::value::moment::{Moment, default_zone};

/// So many files are read at a time: what they become is held until it is written.
const AT_ONCE: usize = 32;

/// A file of more bytes is not read at all.
const LARGEST: u64 = 512 << 20;

/// What files in a folder are called that are meant to be imported.
const ENDINGS: [&str; 6] = ["docx", "docm", "doc", "wps", "rtf", "odt"];

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
    let mut told = Vec::new();
    let mut files = Vec::new();
    for given in &arguments.files {
        let before = files.len();
        match given.is_dir() {
            true => collect(given, &mut files)?,
            false => files.push(given.clone()),
        }
        if files.len() == before {
            told.push(messages::nothing(&shown(given)));
        }
    }
    let found = load::walk(root)?.value;
    let sources = load::sort(found)?.value;
    let today = arguments.now.map_or_else(Moment::now, |(moment, _)| moment);
    let campaign =
        Campaign { words: listed_words(&sources).value, today: today.in_zone(default_zone()) };
    let wishes = Wishes {
        kind: arguments.kind,
        unit: arguments.unit.clone(),
        focal_point: arguments.focal_point.clone(),
    };
    let converter = arguments.convert.then(|| Converter::find(root));
    let importer = Importer { root, into, campaign, wishes, dry_run: arguments.dry_run, converter };
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
    let mut written = 0;
    for one in &done {
        told.extend(one.diagnostics.iter().cloned());
        written += usize::from(one.target.is_some());
    }
    terminal.show(&told);
    for one in &done {
        if let Some(target) = &one.target {
            let line = format!("{} → {target}", one.file);
            terminal.summary(&Text { zh: line.clone(), en: line });
        }
    }
    let refused = done.len() - written;
    if arguments.dry_run {
        terminal.summary(&Text {
            zh: format!("会导入 {written} 篇，{refused} 个文件不能导入；这次什么也没有写"),
            en: format!("{written} would be imported, {refused} would not; nothing was written"),
        });
    } else {
        terminal.summary(&Text {
            zh: format!("导入 {written} 篇，{refused} 个文件没有导入；导入的都是草稿，补齐以后删掉 draft 那一行就会发布"),
            en: format!("{written} imported, {refused} not. All are drafts: complete them, then delete their line `draft`."),
        });
    }
    Ok(if told.iter().any(Diagnostic::is_error) { FAILED } else { DONE })
}

/// What became of a file.
struct Done {
    file: String,
    target: Option<String>,
    diagnostics: Vec<Diagnostic>,
}

struct Importer<'a> {
    root: &'a Path,
    into: Option<String>,
    campaign: Campaign,
    wishes: Wishes,
    dry_run: bool,
    converter: Option<Option<Converter>>,
}

type Read = Result<Story, Diagnostic>;

impl Importer<'_> {
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
                    return Ok(Err(messages::no_converter(&name, false)));
                };
                match converter.convert(file)? {
                    Some(bytes) => kind(&bytes, "docx"),
                    None => return Ok(Err(messages::no_converter(&name, true))),
                }
            }
            opened => opened,
        };
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let story = opened.and_then(|opened| match opened {
            Kind::Word(mut package, main) => {
                let document = word::read(&mut package, &main)?;
                Ok(story::of_document(document, &stem, &self.campaign, &self.wishes))
            }
            Kind::Table => Err(Refusal::Unknown),
        });
        Ok(story.map_err(|refusal| messages::refused(&name, &refusal)))
    }

    fn write(&self, file: &Path, read: Read) -> Result<Done, Fault> {
        let file = shown(file);
        let story = match read {
            Ok(story) => story,
            Err(refusal) => return Ok(Done { file, target: None, diagnostics: vec![refusal] }),
        };
        let year = format!("{STORIES}/{:04}", story.date.year());
        let folder = self.into.clone().unwrap_or(year);
        let target = format!("{folder}/{}", new::file_name(&story.title));
        let place = self.root.join(&target);
        let is_there = |path: &Path| path.symlink_metadata().is_ok();
        if is_there(&place) || is_there(&place.with_extension("md")) {
            let diagnostics = vec![messages::exists(&file, &target)];
            return Ok(Done { file, target: None, diagnostics });
        }
        if !self.dry_run {
            self.put(&story, &place)?;
        }
        let diagnostics = messages::report(&file, &story.report);
        Ok(Done { file, target: Some(format!("{target}/index.md")), diagnostics })
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

/// The files in a folder that are meant to be imported, and in those in it.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Fault> {
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
            collect(&path, files)?;
        } else if meta.is_file() && ENDINGS.contains(&extension.as_str()) {
            files.push(path);
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

    /// The bytes of the file as .docx; `None` if that failed.
    fn convert(&self, file: &Path) -> Result<Option<Vec<u8>>, Fault> {
        let digest = xxhash_rust::xxh3::xxh3_64(file.to_string_lossy().as_bytes());
        let folder = self.folder.join(format!("converting-{}-{digest:x}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| Fault::write(&folder, error))?;
        // A profile of its own: two that share one wait for each other.
        let profile = folder.join("profile");
        let profile = std::path::absolute(&profile).unwrap_or(profile);
        let ran = Command::new(&self.program)
            .arg(format!("-env:UserInstallation=file://{}", shown(&profile)))
            .args(["--headless", "--norestore", "--convert-to", "docx", "--outdir"])
            .arg(&folder)
            .arg(file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        let stem = file.file_stem().unwrap_or_default();
        let bytes = fs::read(folder.join(stem).with_extension("docx")).ok();
        let _ = fs::remove_dir_all(&folder);
        Ok(bytes.filter(|_| ran.is_ok_and(|status| status.success())))
    }
}
