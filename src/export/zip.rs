//! `export zip`: the site as one file, for whoever runs the server, with what changed since the last one.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};

use super::{Desk, Done, Export, Now, messages, target};
use crate::bag::zipped::Zipped;
use crate::base::atomic::{Durable, replace};
use crate::base::content::Content;
use crate::base::fault::Fault;
use crate::base::lang::Text;
use crate::base::progress::Progress;
use crate::base::slot::Links;
use crate::base::text::for_windows;
use crate::diagnostic::Diagnostic;
use crate::output::media;
use crate::output::zip::Zip;
use crate::pipeline::{self, Memory, Options, Pouring, Prepared};
use crate::render::pictures;
use crate::settings::BaseUrl;
use crate::sink::place::shown;
use crate::sink::zip::{Parcel, Parcels};
use crate::value::moment::Moment;

/// The whole site as one file.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteZip {
    /// The file to write, relative to the project where it is not absolute.
    pub output: PathBuf,
    /// The older file from which changes count; none, and it is the one that is there.
    pub since: Option<PathBuf>,
    /// In place of the site's own address.
    pub base_url: Option<BaseUrl>,
    /// Are links relative?
    pub relative: bool,
    /// The time that it is.
    pub now: Now,
}

/// The folder of the site in the file. Its name is read by every program that unpacks.
const FOLDER: &str = "site";

/// What is to be done with it, first in the file, so that this program knows its own.
const ABOUT: &str = "说明.txt";

/// A digest and a name a line, as `sha256sum` checks them.
const LIST: &str = "文件清单.txt";

/// What changed.
const CHANGES: &str = "变更清单.txt";

/// What the text about it says in its first line.
const MARK: &str = "先锋 xianfeng：网站压缩包";

/// So many artifacts are held at a time.
const ROUND: usize = 256;

/// Is this the beginning of a file that this program wrote?
fn is_ours(head: &[u8]) -> bool {
    head.starts_with(b"PK") && memchr::memmem::find(head, MARK.as_bytes()).is_some()
}

impl Export for SiteZip {
    fn run(&self, desk: &Desk<'_>) -> Result<Done, Fault> {
        let root = desk.root;
        let links = if self.relative { Links::Relative } else { Links::FromRoot };
        let base_url = self.base_url.clone();
        let options = Options { base_url, links, ..Options::at(self.now) };
        let mut prepared = pipeline::prepare(root, &options)?;
        let mut diagnostics = prepared.diagnostics.clone();
        diagnostics.extend(target::examine(root, &self.output, is_ours)?);
        let place = root.join(&self.output);
        let before = match &self.since {
            Some(since) => match last(&root.join(since))? {
                Some(last) => Some(last),
                None => {
                    diagnostics.push(messages::zip_since_unreadable(&shown(since)));
                    None
                }
            },
            None if !diagnostics.iter().any(Diagnostic::is_error) && place.is_file() => {
                last(&place)?
            }
            None => None,
        };
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Ok(Done::refused(diagnostics));
        }
        prepared.index(&mut Memory::default())?;
        let unreadable =
            pictures::make(&prepared.site, &prepared.plan, &|_, _| false, desk.progress)?;
        if !unreadable.is_empty() {
            return Ok(Done::refused(unreadable));
        }
        let packing = Packing { desk, prepared: &prepared, before: before.as_ref() };
        let made = replace(&place, Durable::Yes, |out| packing.write(out, &place));
        match made {
            Ok(changes) => {
                let said = said(&prepared, &shown(&self.output), &changes);
                Ok(Done { diagnostics, said: Some(said) })
            }
            Err(Stopped::Told(told)) => Ok(Done::refused(told)),
            Err(Stopped::Fault(fault)) => Err(fault),
        }
    }
}

/// Why no file was made.
enum Stopped {
    /// Something in the site is wrong.
    Told(Vec<Diagnostic>),
    Fault(Fault),
}

impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// An older file: its digests by path, and what it says had changed.
struct Last {
    files: BTreeMap<String, String>,
    changes: String,
}

/// What an older file holds; `None` if it is none of ours.
fn last(place: &Path) -> Result<Option<Last>, Fault> {
    let (folder, name) = (place.parent().unwrap_or(place), place.file_name().unwrap_or_default());
    let Ok(mut zip) = Zipped::open(folder, &name.to_string_lossy())? else { return Ok(None) };
    let (Ok(list), Ok(changes)) = (zip.text(LIST), zip.text(CHANGES)) else { return Ok(None) };
    let line = |line: &str| {
        let (digest, name) = line.split_once("  ")?;
        let path = name.strip_prefix(FOLDER)?.strip_prefix('/')?;
        Some((path.to_string(), digest.to_string()))
    };
    let files: Option<BTreeMap<String, String>> = list.lines().map(line).collect();
    Ok(files.map(|files| Last { files, changes }))
}

/// What differs from an older file.
#[derive(Default)]
struct Changes {
    /// Is there no older one?
    is_first: bool,
    added: Vec<String>,
    changed: Vec<String>,
    gone: Vec<String>,
    /// How many files there are.
    count: usize,
}

impl Changes {
    fn of(files: &BTreeMap<String, String>, before: Option<&Last>) -> Self {
        let Some(Last { files: old, .. }) = before else {
            let added = files.keys().cloned().collect();
            return Self { is_first: true, added, count: files.len(), ..Self::default() };
        };
        let paths = |of: &BTreeMap<String, String>, is: &dyn Fn(&str, &str) -> bool| {
            let chosen = of.iter().filter(|(path, digest)| is(path, digest));
            chosen.map(|(path, _)| path.clone()).collect()
        };
        Self {
            is_first: false,
            added: paths(files, &|path, _| !old.contains_key(path)),
            changed: paths(files, &|path, digest| old.get(path).is_some_and(|old| old != digest)),
            gone: paths(old, &|path, _| !files.contains_key(path)),
            count: files.len(),
        }
    }

    fn is_nothing(&self) -> bool {
        !self.is_first && self.added.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }

    /// The list for people: what is to be deleted first, as it is what is forgotten.
    fn text(&self, title: &str) -> String {
        let mut text = format!("{title}：变更清单\n\n");
        let line = match (self.is_first, self.is_nothing()) {
            (true, _) => format!("这是第一份，共 {} 个文件，全部上传。", self.count),
            (_, true) => format!("和上一份相比没有变化，共 {} 个文件。", self.count),
            _ => format!(
                "和上一份相比：删除 {} 个，新增 {} 个，修改 {} 个；现在共 {} 个文件。",
                self.gone.len(),
                self.added.len(),
                self.changed.len(),
                self.count
            ),
        };
        let _ = writeln!(text, "{line}");
        let parts = [
            ("删除（服务器上也要删掉，否则撤下的稿件还打得开）", &self.gone),
            ("新增", &self.added),
            ("修改", &self.changed),
        ];
        for (name, paths) in parts.into_iter().filter(|(_, paths)| !paths.is_empty()) {
            let _ = writeln!(text, "\n【{name}】");
            paths.iter().for_each(|path| {
                let _ = writeln!(text, "{path}");
            });
        }
        for_windows(&text)
    }
}

struct Packing<'a> {
    desk: &'a Desk<'a>,
    prepared: &'a Prepared,
    before: Option<&'a Last>,
}

impl Packing<'_> {
    /// Writes the file to `out`, one artifact after the other in the order of paths.
    fn write<W: Write + Seek>(&self, out: W, place: &Path) -> Result<Changes, Stopped> {
        let Self { desk, prepared, before } = *self;
        let site = &prepared.site;
        let newest = site.stories.iter().map(|story| story.updated()).max();
        // A day that is past, whatever the clock says: the newest story's, and one before it.
        let day = newest.unwrap_or(site.edition.now).day_alone().plus_days(-1);
        let mut zip = Zip::new(out, place, day, "")?;
        let text = |text: String| Content::Bytes(text.into_bytes());
        zip.add(ABOUT, &text(about(&site.settings.title)), false)?;
        let renderer = prepared.renderer();
        let pouring = Pouring::new(&renderer, &Parcels);
        let jobs: Vec<_> = prepared.plan.iter().collect();
        (desk.progress)(Progress::Total(jobs.len()));
        let mut files = BTreeMap::new();
        for round in jobs.chunks(ROUND) {
            for (path, parcel) in pouring.some(round, &|| (desk.progress)(Progress::Done))? {
                add(&mut zip, day, path, &parcel)?;
                files.insert(path.to_string(), parcel.digest);
            }
        }
        let failures = pouring.finish();
        if failures.iter().any(Diagnostic::is_error) {
            return Err(Stopped::Told(failures));
        }
        let changes = Changes::of(&files, before);
        // A file without a change says again what the last change was: it is the same file.
        let told = match before.filter(|_| changes.is_nothing()) {
            Some(last) => last.changes.clone(),
            None => changes.text(&site.settings.title),
        };
        zip.date(day, 0);
        zip.add(CHANGES, &text(told), true)?;
        let mut list = String::new();
        for (path, digest) in &files {
            let _ = writeln!(list, "{digest}  {FOLDER}/{path}");
        }
        zip.add(LIST, &text(list), true)?;
        zip.finish()?;
        Ok(changes)
    }
}

/// Adds an artifact. Its time comes from its bytes: servers tell browsers by time and length that a
/// file is what it was, so that one that changed must have another time, and one that did not the same.
fn add<W: Write + Seek>(
    zip: &mut Zip<W>,
    day: Moment,
    path: &str,
    parcel: &Parcel,
) -> Result<(), Fault> {
    let second = parcel.digest.get(..8).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    zip.date(day, second.unwrap_or(0) % 86_400);
    let kind = media::of_path(path);
    let is_packed =
        ["text/", "application/json", "application/xml", "image/svg", "application/manifest"];
    let compress = is_packed.iter().any(|known| kind.starts_with(known));
    zip.add(&format!("{FOLDER}/{path}"), &parcel.content(), compress)
}

/// What to do with the file.
fn about(title: &str) -> String {
    for_windows(&format!(
        "{MARK}\n{title}\n\n\
         site 文件夹里是整个网站。把它里面的全部内容放到服务器放网页的文件夹里（不是 site 这个文件夹本身）。\n\
         只想更新有变化的：照“变更清单.txt”做，先上传新增和修改的（图片等文件在前，网页在后），最后删除。\n\
         “文件清单.txt”里是每个文件的 SHA-256 摘要；在解压出来的文件夹里运行 sha256sum -c 文件清单.txt，可以查出少了、坏了的文件。\n\
         服务器怎样设置，见程序说明里的“给网站管理员”。\n"
    ))
}

fn said(prepared: &Prepared, output: &str, changes: &Changes) -> Text {
    let title = &prepared.site.settings.title;
    let Changes { added, changed, gone, count, .. } = changes;
    let (added, changed, gone) = (added.len(), changed.len(), gone.len());
    let (zh, en) = match (changes.is_first, changes.is_nothing()) {
        (true, _) => (
            "第一份，全部上传".to_string(),
            "the first one: all of it is to be uploaded".to_string(),
        ),
        (_, true) => ("和上一份一样".to_string(), "the same as the last one".to_string()),
        _ => (
            format!("新增 {added} 个，修改 {changed} 个，删除 {gone} 个，见里面的“{CHANGES}”"),
            format!("{added} new, {changed} changed, {gone} gone: see “{CHANGES}” in it"),
        ),
    };
    Text {
        zh: format!("“{title}”已做成 {output}：{count} 个文件；{zh}"),
        en: format!("“{title}” is in {output}: {count} files; {en}"),
    }
}
