//! What published files say besides what they show: where a picture or a film was taken, who wrote
//! a document. What the program makes anew has nothing of it; this is of what is carried as it is.

use crate::base::parallel;
use crate::diagnostic::{Diagnostic, warning};
use crate::model::Site;
use crate::office::{self, Notes};
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
    if site.picture(file).is_some_and(|header| header.private.place) {
        return Some(place_told(Place::file(file), file.file_name()));
    }
    if site.films.get(file).is_some_and(|film| film.place) {
        return Some(place_told(Place::file(file), file.file_name()));
    }
    if !matches!(file.extension().as_str(), "pdf" | "docx" | "xlsx" | "pptx" | "docm" | "xlsm") {
        return None;
    }
    let carried = site.files.get(file)?;
    // Who copies it says that it cannot be read.
    let small = carried.length().is_ok_and(|length| length <= LARGEST);
    let notes = office::notes(&small.then(|| carried.bytes().ok())??);
    notes.any().then(|| author_told(Place::file(file), file.file_name(), &notes))
}

/// A picture or a film that says where it was taken.
fn place_told(place: Place, name: &str) -> Diagnostic {
    warning(
        "file-place",
        place,
        format!("“{name}”里记着拍摄地点，会原样发布"),
        format!("“{name}” says where it was taken, and is published as it is"),
    )
    .help(
        "放在稿件旁边、在正文里插入的图片和视频（64 MB 以内），发布时会去掉这些；也可以用看图或剪辑软件另存一份再用",
        "pictures and films (up to 64 MB) beside a story, shown in its text, are published without it; or save a new copy in an editor and use that",
    )
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
