//! `export wechat`: a folder for each story, with what is pasted into WeChat and its pictures.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{Desk, Done, Export, Now, messages, stories, target};
use crate::base::atomic::sync_all;
use crate::base::fault::Fault;
use crate::base::lang::{Lang, Text};
use crate::base::progress::Progress;
use crate::diagnostic::Diagnostic;
use crate::model::Site;
use crate::output::wechat::{self, Article, page};
use crate::pipeline::{self, Options};
use crate::sink::place::{absolute, is_in_project, shown};
use crate::view::Views;

/// Which stories go to WeChat.
#[derive(Clone, Debug, PartialEq)]
pub struct Wechat {
    /// Their files, folders, slugs or titles.
    pub stories: Vec<String>,
    /// The folder for their folders, relative to the project where it is not absolute.
    pub output: PathBuf,
    /// Drafts, too.
    pub drafts: bool,
    /// The time that it is.
    pub now: Now,
}

impl Export for Wechat {
    fn run(&self, desk: &Desk<'_>) -> Result<Done, Fault> {
        let root = desk.root;
        let options = Options { drafts: self.drafts, ..Options::at(self.now) };
        let prepared = pipeline::prepare(root, &options)?;
        let ids = match stories::find(root, &prepared, &self.stories) {
            Ok(found) => found,
            Err(told) => return Ok(Done::refused(told)),
        };
        let mut diagnostics = stories::complaints(&prepared, &ids, false);
        let views = Views::new(&prepared.site, &prepared.theme.strings);
        (desk.progress)(Progress::Total(ids.len()));
        let mut articles = Vec::new();
        for &id in &ids {
            let made = wechat::article(&views, &prepared.plan, &prepared.theme, id)?;
            let article = made.collect_into(&mut diagnostics);
            let folder = self.output.join(&*prepared.site.story(id).slug);
            diagnostics.extend(examine(root, &folder)?);
            articles.push((folder, article));
        }
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Ok(Done::refused(diagnostics));
        }
        for (folder, article) in &articles {
            write(&root.join(folder), article, &prepared.site, desk.lang)?;
            (desk.progress)(Progress::Done);
        }
        Ok(Done { diagnostics, said: Some(said(&articles)) })
    }
}

fn said(articles: &[(PathBuf, Article)]) -> Text {
    let line = |(folder, article): &(PathBuf, Article)| {
        let (folder, title) = (folder.display(), &article.title);
        (format!("《{title}》：{folder}"), format!("“{title}”: {folder}"))
    };
    let (zh, en): (Vec<String>, Vec<String>) = articles.iter().map(line).unzip();
    Text {
        zh: format!(
            "{}\n打开文件夹里的 index.html，点“复制正文”，到公众号后台粘贴；再照“检查单.txt”做",
            zh.join("\n")
        ),
        en: format!(
            "{}\nOpen index.html in it, copy the text and paste it into WeChat; then follow 检查单.txt.",
            en.join("\n")
        ),
    }
}

/// The reason why an article must not be written there; `None` if there is none.
pub(super) fn examine(root: &Path, folder: &Path) -> Result<Option<Diagnostic>, Fault> {
    let place = root.join(folder);
    if is_in_project(root, &absolute(&place)?)? {
        return Ok(Some(messages::target_in_project(&shown(folder))));
    }
    if place.symlink_metadata().is_err() || is_empty(&place) {
        return Ok(None);
    }
    let preview = place.join(page::PAGE);
    let is_ours = preview.is_file() && page::is_ours(&target::head(&preview)?);
    Ok((!is_ours).then(|| messages::folder_in_the_way(&shown(folder))))
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// Writes the folder of an article: beside its place first, so that it is there as a whole or not at
/// all. Files in an older one that are not ours stay.
pub(super) fn write(place: &Path, article: &Article, site: &Site, lang: Lang) -> Result<(), Fault> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let beside = |what: &str| place.with_file_name(format!(".{name}.{what}"));
    let (new, old) = (beside("new"), beside("old"));
    // What a run that was killed has left.
    if old.exists() {
        match place.exists() {
            true => keep_others(&old, place)?,
            false => fs::rename(&old, place).map_err(|error| Fault::write(place, error))?,
        }
    }
    clear(&old)?;
    clear(&new)?;
    let fault = |error| Fault::write(place, error);
    let made = fill(&new, article, site, lang).and_then(|()| sync_all(&new));
    let made = made.and_then(|()| match place.exists() {
        true => fs::rename(place, &old).map_err(fault),
        false => Ok(()),
    });
    if let Err(fault) = made {
        let _ = fs::remove_dir_all(&new);
        return Err(fault);
    }
    fs::rename(&new, place).map_err(fault)?;
    keep_others(&old, place)?;
    clear(&old)
}

fn fill(folder: &Path, article: &Article, site: &Site, lang: Lang) -> Result<(), Fault> {
    fs::create_dir_all(folder).map_err(|error| Fault::write(folder, error))?;
    let create = |name: &str| {
        let place = folder.join(name);
        let file = fs::File::create(&place).map_err(|error| Fault::write(&place, error))?;
        Ok::<_, Fault>((place, file))
    };
    let write = |name: &str, bytes: &[u8]| {
        let (place, mut file) = create(name)?;
        file.write_all(bytes).map_err(|error| Fault::write(&place, error))
    };
    for picture in &article.pictures {
        let (place, mut file) = create(&picture.name)?;
        picture.content(site)?.pieces(&mut |piece| {
            file.write_all(piece).map_err(|error| Fault::write(&place, error))
        })?;
    }
    for (name, bytes) in &article.covers {
        write(name, bytes)?;
    }
    write(page::CHECKLIST, page::checklist(article, lang).as_bytes())?;
    write(page::PAGE, page::html(article, site, lang).as_bytes())
}

/// Moves what is in an old folder and not ours into the new one.
fn keep_others(old: &Path, new: &Path) -> Result<(), Fault> {
    for entry in fs::read_dir(old).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_own = name.to_str().is_some_and(page::is_own_name);
        if !is_own {
            let place = new.join(&name);
            fs::rename(entry.path(), &place).map_err(|error| Fault::write(&place, error))?;
        }
    }
    Ok(())
}

fn clear(folder: &Path) -> Result<(), Fault> {
    match folder.symlink_metadata() {
        Ok(_) => fs::remove_dir_all(folder).map_err(|error| Fault::write(folder, error)),
        Err(_) => Ok(()),
    }
}
