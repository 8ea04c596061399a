//! What published files say besides what they show: where a picture or a film was taken, who wrote
//! a document. What the program makes anew has nothing of it; this is of what is carried as it is.

use super::contents::converted;
use crate::base::lang::{Bilingual, bilingual};
use crate::base::parallel;
use crate::diagnostic::{Diagnostic, warning};
use crate::film::FilmHeader;
use crate::film::kinds::Kind;
use crate::model::Site;
use crate::office::{self, Notes};
use crate::picture::Unreadable;
use crate::picture::exif::{Private, anywhere};
use crate::plan::{Plan, Recipe};
use crate::source::{Place, SourcePath};

/// Larger files are not looked into.
const LARGEST: u64 = 128 << 20;

/// Documents that say who wrote them, and pictures that say with what they were taken.
pub(super) fn check(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    carried(plan, |file| picture(site, file).filter(|said| !said.place).map(|said| (file, said)))
        .into_iter()
        .filter(|(file, said)| said.other && !is_static(file))
        .map(|(file, _)| camera_told(Place::file(file), file.file_name()))
        .chain(carried(plan, |file| document(site, file)))
        .collect()
}

/// Pictures that say where they were taken, and that the program cannot copy without that; films and
/// sounds of kinds that may say so.
pub(super) fn check_places(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    carried(plan, |file| {
        if let Some(film) = site.films.get(file) {
            return film_told(Place::file(file), file.file_name(), film);
        }
        let said = picture(site, file)?;
        said.place.then(|| place_told(Place::file(file), file.file_name()))
    })
}

/// What is told of the files that are published as they are.
fn carried<'p, T: Send>(
    plan: &'p Plan,
    tell: impl Fn(&'p SourcePath) -> Option<T> + Sync,
) -> Vec<T> {
    let carried = plan.values().filter_map(|recipe| match recipe {
        Recipe::Copy(file) => Some(file),
        _ => None,
    });
    let mut carried: Vec<&SourcePath> = carried.collect();
    carried.sort();
    carried.dedup();
    parallel::map(&carried, |file| tell(file)).into_iter().flatten().collect()
}

/// What an author puts below `static` is as it was meant; but nobody means a place.
fn is_static(file: &SourcePath) -> bool {
    file.as_str().starts_with("content/static/")
}

/// What a picture says besides, of which only that can be read.
fn picture(site: &Site, file: &SourcePath) -> Option<Private> {
    let survey = site.pictures.surveys.get(file)?;
    match &survey.header {
        Ok(header) => Some(header.private),
        // That is an error of its own.
        Err(Unreadable::Private) => None,
        Err(_) => Some(anywhere(&bytes(site, file)?)),
    }
}

/// All of a file; who copies it says that it cannot be read.
fn bytes(site: &Site, file: &SourcePath) -> Option<Vec<u8>> {
    let carried = site.files.get(file)?;
    carried.length().is_ok_and(|length| length <= LARGEST).then(|| carried.bytes().ok())?
}

fn document(site: &Site, file: &SourcePath) -> Option<Diagnostic> {
    if !DOCUMENTS.contains(&file.extension().as_str()) {
        return None;
    }
    let notes = office::notes(&bytes(site, file)?);
    notes.any().then(|| author_told(Place::file(file), file.file_name(), &notes))
}

/// The extensions of documents that are looked into.
const DOCUMENTS: [&str; 18] = [
    "pdf", "docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "dotx", "doc", "xls", "ppt", "wps",
    "et", "dps", "dot", "xlt", "pps", "ppsx",
];

/// What to do about pictures of which it does not.
const SAVED_ANEW: Bilingual = bilingual(
    "用看图软件打开，另存为 jpg，换上新的文件：jpg 在发布时会去掉这些",
    "open it in a viewer, save it as JPEG, and use that: JPEGs are published without it",
);

/// A picture that says where it was taken.
fn place_told(place: Place, name: &str) -> Diagnostic {
    warning(
        "file-place",
        place,
        format!("“{name}”里记着拍摄地点，会原样发布"),
        format!("“{name}” says where it was taken, and is published as it is"),
    )
    .help(SAVED_ANEW.zh, SAVED_ANEW.en)
}

/// A film or a sound that may say what cannot be taken out of it.
fn film_told(place: Place, name: &str, film: &FilmHeader) -> Option<Diagnostic> {
    let Kind { name: kind, kept, .. } = film.container.kind();
    let (kept, converted) = (kept?, converted(film));
    let told = warning(
        "film-notes",
        place,
        format!("“{name}”会原样发布：{kind} 文件里可能记着{}，程序去不掉", kept.zh),
        format!(
            "“{name}” is published as it is: a file in {kind} may say {}, which cannot be taken out of it",
            kept.en
        ),
    );
    Some(told.help(
        format!("{}：这些在发布时会去掉", converted.zh),
        format!("{}: such notes are taken out of it", converted.en),
    ))
}

/// A picture that says with what it was taken, and when.
fn camera_told(place: Place, name: &str) -> Diagnostic {
    warning(
        "file-camera",
        place,
        format!("“{name}”里记着相机、时间等信息，会原样发布"),
        format!("“{name}” says with what it was made, and when, and is published as it is"),
    )
    .help(SAVED_ANEW.zh, SAVED_ANEW.en)
}

/// A document that says who wrote it, or what was noted in it.
fn author_told(place: Place, name: &str, notes: &Notes) -> Diagnostic {
    let Notes { authors, company, comments, changes } = notes;
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    if !authors.is_empty() {
        zh.push(format!("作者“{}”", authors.join("、")));
        en.push(format!("the author “{}”", authors.join(", ")));
    }
    if let Some(company) = company {
        zh.push(format!("单位“{company}”"));
        en.push(format!("the company “{company}”"));
    }
    if *comments > 0 {
        zh.push(format!("{comments} 条批注"));
        en.push(format!("{comments} comments"));
    }
    if *changes {
        zh.push("修订痕迹".to_string());
        en.push("tracked changes".to_string());
    }
    warning(
        "file-author",
        place,
        format!("附件“{name}”里有{}，读者能看到", zh.join("、")),
        format!("readers can see in “{name}”: {}", en.join(", ")),
    )
    .help(
        "不想公开的，在 Word 里用“文件—信息—检查文档”删掉，在 WPS 里接受修订、删除批注后另存；可以公开的不用管",
        "to keep it private, use File, Info, Inspect Document in Word, and save; else leave it",
    )
}
