//! Files that lie beside stories and are published nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::named::named;
use crate::base::map::Set;
use crate::diagnostic::{Diagnostic, note, warning};
use crate::model::link::{Owner, resolve_cover};
use crate::model::{Fate, Site, is_bundle};
use crate::plan::{Plan, Recipe, files_in};
use crate::source::{Place, SourcePath};
use crate::value::windows::{Unfit, fit, unfit};

pub(super) fn check(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let owned = site.owners().map(|owner| site.document(owner));
    let alone = owned.filter(|document| {
        document.front.attachments.is_some() && !is_bundle(&document.source.path)
    });
    let mut diagnostics: Vec<Diagnostic> =
        alone.map(|document| no_folder(document.place_of("attachments"))).collect();
    diagnostics.extend(hidden(site));
    diagnostics.extend(unpublished(site, plan));
    diagnostics.extend(unfit_for_windows(plan));
    diagnostics
}

/// Files that are published under names which Windows cannot give, each once.
fn unfit_for_windows(plan: &Plan) -> Vec<Diagnostic> {
    let mut found: BTreeMap<&SourcePath, (&str, Unfit)> = BTreeMap::new();
    for (path, recipe) in plan {
        let Some(file) = recipe.file() else { continue };
        let wrong = path.split('/').find_map(|part| Some((part, unfit(part)?)));
        if let Some(wrong) = wrong {
            found.insert(file, wrong);
        }
    }
    found.into_iter().map(|(file, (name, why))| name_unfit(Place::file(file), name, why)).collect()
}

/// A name that Windows cannot give.
fn name_unfit(place: Place, name: &str, why: Unfit) -> Diagnostic {
    let (zh, en) = match why {
        Unfit::Device => ("这个名字留给了设备".to_string(), "it is kept for a device".to_string()),
        Unfit::Sign(sign) if sign.is_control() => {
            ("含有控制字符".to_string(), "it has a control character".to_string())
        }
        Unfit::Sign(sign) => (format!("含有“{sign}”"), format!("it has “{sign}”")),
        Unfit::End => ("以点或空格结尾".to_string(), "it ends in a dot or a space".to_string()),
    };
    note(
        "file-name-windows",
        place,
        format!("Windows 上不能有“{name}”这样的名字（{zh}）：网站放到 Windows 服务器、U 盘或压缩包里，会缺这个文件"),
        format!("Windows can have no “{name}” ({en}): on a server with Windows, on a stick or in an archive the file would be missing"),
    )
    .help(format!("改名为 {}", fit(name)), format!("rename it to {}", fit(name)))
}

/// Files that are left out where a story publishes its whole folder, for their names. Those that begin
/// with a dot are nobody's.
fn hidden(site: &Site) -> Vec<Diagnostic> {
    let mut folders: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for file in site.hidden.iter().filter(|file| !file.file_name().starts_with('.')) {
        let Some((owner, _)) = site.bundle_of(file) else { continue };
        if site.document(owner).front.attachments.is_some() {
            folders.entry(file.folder()).or_default().insert(file.file_name().to_string());
        }
    }
    let told = folders.into_iter();
    told.map(|(folder, names)| hidden_beside(Place::file(&SourcePath::new(folder)), &names))
        .collect()
}

/// Names in the folder of a story that are not published though all of it is to be.
fn hidden_beside(place: Place, names: &BTreeSet<String>) -> Diagnostic {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    warning(
        "file-hidden",
        place,
        format!("要全部发布的文件夹里，这些没有发布，因为名称以 _ ~ 开头：{}", names.join("、")),
        format!("of a folder that is published whole these are not, as their names begin with _ or ~: {}", names.join(", ")),
    )
    .help(
        "要发布就改名，去掉开头的符号；不要的移到别处",
        "rename what is to be published, without the sign it begins with; move the rest away",
    )
}

/// Files that are published nowhere, by folder.
fn unpublished(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    // A static file is only missing where it clashed, which has been said.
    let beside = |path: &&SourcePath| !path.as_str().starts_with("content/static/");
    if !site.files.keys().any(|path| beside(&path)) {
        return Vec::new();
    }
    let published: Set<&SourcePath> = plan.values().filter_map(Recipe::file).collect();
    // A draft's pictures wait for the draft.
    let mut waiting: Set<SourcePath> = Set::default();
    let mut waiting_folders: Set<&str> = Set::default();
    for document in &site.aside {
        waiting.extend(files_in(site, document));
        if is_bundle(&document.source.path) {
            waiting_folders.insert(document.source.path.folder());
        }
    }
    // Of a file that could not be read nobody knows what it refers to.
    #[expect(clippy::disallowed_methods, reason = "into a set")]
    let unread = site.outcomes.iter().filter(|(_, fate)| **fate == Fate::Broken);
    waiting_folders.extend(unread.map(|(path, _)| path.folder()));
    let waits = |path: &SourcePath| {
        let text = path.as_str();
        let mut folders = text.rmatch_indices('/').map(|(at, _)| &text[..at]);
        waiting.contains(path) || folders.any(|folder| waiting_folders.contains(folder))
    };
    let replaced = replaced(site, &published);
    let unused = site.files.keys().filter(beside).filter(|path| !replaced.contains_key(*path));
    // In a folder that is published whole a file is only missing where it clashed, too.
    let clashed = |path: &SourcePath| {
        let owner = site.bundle_of(path).map(|(owner, _)| owner);
        owner.is_some_and(|owner| site.document(owner).front.attachments.is_some())
    };
    let unused = unused.filter(|path| !published.contains(path) && !waits(path) && !clashed(path));
    let mut folders: BTreeMap<&str, Vec<&SourcePath>> = BTreeMap::new();
    let mut diagnostics: Vec<Diagnostic> = replaced
        .iter()
        .map(|(path, place)| portrait_replaced(place.clone(), path.file_name()))
        .collect();
    for path in unused {
        match without_txt(path) {
            Some(right) => diagnostics.push(file_misnamed(Place::file(path), right)),
            None => folders.entry(path.folder()).or_default().push(path),
        }
    }
    diagnostics.extend(folders.into_iter().map(|(folder, files)| {
        let is_own = site.bundle_of(files[0]).is_some();
        file_unused(folder, &files, is_own)
    }));
    diagnostics
}

/// The portraits of stories in whose place the list of people has another, with where they are named.
fn replaced(site: &Site, published: &Set<&SourcePath>) -> BTreeMap<SourcePath, Place> {
    let portrait = |owner| {
        let Owner::Story(id) = owner else { return None };
        let document = site.document(owner);
        let given = document.front.portrait.as_deref()?;
        site.portrait_of_list(id)?;
        let file = resolve_cover(site, document, given).ok()?;
        (!published.contains(&file)).then(|| (file, document.place_of("portrait")))
    };
    site.owners().filter_map(portrait).collect()
}

/// The portrait of a story that nobody sees.
fn portrait_replaced(place: Place, name: &str) -> Diagnostic {
    note(
        "portrait-replaced",
        place,
        format!("照片“{name}”没有发布：people.yaml 里有这个人的照片，用的是那一张"),
        format!("the portrait “{name}” is not published, as people.yaml has one of this person, which is shown"),
    )
    .help(
        "要用这一张，就换掉 people.yaml 里的；不用的话，这一项和这个文件可以删掉",
        "to show this one, put it in place of that in people.yaml; else delete this key and the file",
    )
}

/// What a story is called to whose name an editor has added `.txt`.
fn without_txt(path: &SourcePath) -> Option<&str> {
    path.file_name().strip_suffix(".txt").filter(|name| name.ends_with(".md"))
}

/// A story to whose name an editor has added `.txt`.
fn file_misnamed(place: Place, right: &str) -> Diagnostic {
    warning(
        "file-misnamed",
        place,
        "这个文件没有发布：它不是 .md 文件",
        "this file is not published: it is no .md file",
    )
    .help(
        format!("记事本多加了 .txt：把文件名改成 {right}"),
        format!("Notepad added “.txt”: rename it to {right}"),
    )
}

/// Files that no story uses, all in one folder, which may be a story's own.
fn file_unused(folder: &str, files: &[&SourcePath], is_own: bool) -> Diagnostic {
    let (place, zh, en) = match files {
        [only] => (
            Place::file(only),
            "这个文件没有发布：没有稿件用到它".to_string(),
            "this file is not published: no story refers to it".to_string(),
        ),
        files => {
            let names: Vec<&str> = files.iter().map(|file| file.file_name()).collect();
            let names = named(&names);
            let count = files.len();
            (
                Place::file(&SourcePath::new(folder)),
                format!("这 {count} 个文件没有发布，没有稿件用到它们：{}", names.zh),
                format!(
                    "{count} files are not published, as no story refers to them: {}",
                    names.en
                ),
            )
        }
    };
    let name = files[0].file_name();
    let diagnostic = warning("file-unused", place, zh, en);
    if is_own {
        return diagnostic.help(
            format!("不给读者看的，就让它这样，最好放到别处；要给读者看的，在稿件里写 ![说明](<图片>) 或 [文字](<{name}>)"),
            format!("keep what readers shall not see elsewhere; for what they shall see write ![description](<picture>) or [words](<{name}>) in the story"),
        );
    }
    let is_word = |file: &&SourcePath| {
        matches!(file.extension().as_str(), "doc" | "docx" | "wps" | "rtf" | "odt")
    };
    if files.iter().all(is_word) {
        return diagnostic.help(
            format!("要作为附件，在稿件里写 [文字](<{name}>)；要作为稿件，用 xianfeng new 新建一篇，把正文粘贴进去"),
            format!("as an attachment, write [words](<{name}>) in a story; as a story, make one with `xianfeng new` and paste the text"),
        );
    }
    diagnostic.help(
        "在稿件里插入它，例如 ![说明](文件名)；或者把它放进 content/static；不需要就删掉",
        "refer to it in a story, as in ![description](file); or move it to content/static; or delete it",
    )
}

/// A story that publishes all files of its folder, and has none of its own.
fn no_folder(place: Place) -> Diagnostic {
    warning(
        "attachments-no-folder",
        place,
        "这篇稿件没有自己的文件夹，这一项不起作用",
        "this story has no folder of its own, so this does nothing",
    )
    .help(
        "把稿件改成“文件夹/index.md”，附件放在同一个文件夹里；或者在正文里写 [文字](<文件名>)",
        "make it FOLDER/index.md and put the files beside it; or write [words](<file>) in the text",
    )
}
