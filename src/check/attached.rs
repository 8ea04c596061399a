//! What published files say besides what they show: where a picture or a film was taken, who wrote
//! a document. What the program makes anew has nothing of it; this is of what is carried as it is.

use crate::base::format::{Format, HEAD};
use crate::base::lang::{Bilingual, bilingual};
use crate::base::parallel;
use crate::diagnostic::{Diagnostic, warning};
use crate::model::Site;
use crate::office::{self, Notes};
use crate::picture::code::can_be_cleaned;
use crate::picture::exif::{Private, anywhere};
use crate::plan::{Plan, Recipe};
use crate::source::{Place, SourcePath};

/// Larger documents are not looked into.
const LARGEST: u64 = 64 << 20;

pub(super) fn check(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let carried = plan.values().filter_map(|recipe| match recipe {
        Recipe::Copy(file) => Some(file),
        _ => None,
    });
    let mut carried: Vec<&SourcePath> = carried.collect();
    carried.sort();
    carried.dedup();
    let told = parallel::map(&carried, |file| tell(site, file));
    told.into_iter().flatten().collect()
}

fn tell(site: &Site, file: &SourcePath) -> Option<Diagnostic> {
    let (place, name) = (Place::file(file), file.file_name());
    if site.films.get(file).is_some_and(|film| film.place) {
        return Some(place_told(place, name, CLEANED));
    }
    let carried = site.files.get(file)?;
    // Who copies it says that it cannot be read.
    let small = || carried.length().is_ok_and(|length| length <= LARGEST);
    if let Some(header) = site.picture(file).filter(|header| can_be_cleaned(header)) {
        return header.private.place.then(|| place_told(place, name, CLEANED));
    }
    let format = Format::of(&carried.head(HEAD).ok()?);
    if format.is_some_and(|format| format.is_picture() && format != Format::Svg) {
        let told = small().then(|| carried.bytes().ok())??;
        let told = anywhere(&told);
        // What an author puts below `static` is as it was meant, but nobody means that.
        let is_static = file.as_str().starts_with("content/static/");
        return match told {
            Private { place: true, .. } => Some(place_told(place, name, SAVED_ANEW)),
            Private { other: true, .. } if !is_static => Some(camera_told(place, name)),
            _ => None,
        };
    }
    if !matches!(file.extension().as_str(), "pdf" | "docx" | "xlsx" | "pptx" | "docm" | "xlsm") {
        return None;
    }
    let notes = office::notes(&small().then(|| carried.bytes().ok())??);
    notes.any().then(|| author_told(Place::file(file), file.file_name(), &notes))
}

/// What to do about pictures and films of which the program knows what to take out.
const CLEANED: Bilingual = bilingual(
    "放在稿件旁边、在正文里插入的图片和视频（64 MB 以内），发布时会去掉这些；也可以用看图或剪辑软件另存一份再用",
    "pictures and films (up to 64 MB) beside a story, shown in its text, are published without it; or save a new copy in an editor and use that",
);

/// What to do about pictures of which it does not.
const SAVED_ANEW: Bilingual = bilingual(
    "用看图软件打开，另存为 jpg，换上新的文件：jpg 在发布时会去掉这些",
    "open it in a viewer, save it as JPEG, and use that: JPEGs are published without it",
);

/// A picture or a film that says where it was taken.
fn place_told(place: Place, name: &str, help: Bilingual) -> Diagnostic {
    warning(
        "file-place",
        place,
        format!("“{name}”里记着拍摄地点，会原样发布"),
        format!("“{name}” says where it was taken, and is published as it is"),
    )
    .help(help.zh, help.en)
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
