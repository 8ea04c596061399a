//! What the site of a public body must say of itself and of its stories, and does not.

use super::named::named;
use crate::diagnostic::{Diagnostic, warning};
use crate::model::Site;
use crate::model::story::Story;
use crate::parse::Document;
use crate::source::{Place, SourcePath};

pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    if !site.settings.is_gov() {
        return Vec::new();
    }
    settings(site).into_iter().chain(stories(site)).collect()
}

/// A setting that is missing: whether it is, its key and Chinese name, and what comes of it.
type Setting = (bool, &'static str, &'static str, &'static str);

fn settings(site: &Site) -> Option<Diagnostic> {
    let settings = &site.settings;
    let gov = settings.gov.clone().unwrap_or_default();
    let wanted: [Setting; 7] = [
        (settings.base_url.is_none(), "base_url", "网站地址", "SiteDomain"),
        (gov.site_code.is_none(), "gov › site_code", "政府网站信息 › 网站标识码", "SiteIDCode"),
        (settings.organisation.is_none(), "organisation", "主办单位", "页底"),
        (gov.address.is_none(), "gov › address", "政府网站信息 › 地址", "页底"),
        (gov.phone.is_empty(), "gov › phone", "政府网站信息 › 电话", "页底"),
        (settings.icp.is_none(), "icp", "备案号", "页底"),
        (settings.police.is_none(), "police", "公安备案号", "页底"),
    ];
    let missing: Vec<&Setting> = wanted.iter().filter(|(is_missing, ..)| *is_missing).collect();
    if missing.is_empty() {
        return None;
    }
    let zh: Vec<String> =
        missing.iter().map(|(_, en, zh, what)| format!("{zh}（{en}，用于 {what}）")).collect();
    let en: Vec<String> = missing.iter().map(|(_, en, ..)| format!("`{en}`")).collect();
    let place = settings.place_of("profile");
    Some(
        warning(
            "gov-incomplete",
            place,
            format!("政府网站还缺这几项，网页上就没有对应的内容：{}", zh.join("、")),
            format!("the site of a public body lacks these: {}", en.join(", ")),
        )
        .help(
            "写在 content/site.yaml 里：网站标识码、地址、电话写在 gov（政府网站信息）下面，其余的单独成行",
            "write them in content/site.yaml: code, address and phone below `gov`, the others beside it",
        ),
    )
}

/// A key that stories lack: the key, its Chinese name, the meta tag, and which stories lack it.
type Lacking = (&'static str, &'static str, &'static str, fn(&Site, &Story) -> bool);

const LACKING: [Lacking; 4] = [
    ("source", "来源", "ContentSource", |site, story| {
        story.document.front.source.is_empty() && site.settings.organisation.is_none()
    }),
    ("author", "作者", "Author", |_, story| story.document.front.author.is_empty()),
    ("keywords", "关键词", "Keywords", |_, story| {
        story.document.front.keywords.is_empty() && story.links.is_empty()
    }),
    ("summary", "摘要", "Description", |_, story| story.summary().trim().is_empty()),
];

/// One complaint for each key, however many stories lack it.
fn stories(site: &Site) -> Vec<Diagnostic> {
    let told = LACKING.iter().filter_map(|lacking| {
        let found = site.stories.iter().filter(|story| (lacking.3)(site, story));
        let documents: Vec<&Document> = found.map(|story| &*story.document).collect();
        lacks(lacking, &documents)
    });
    told.collect()
}

fn lacks(&(key, zh, tag, _): &Lacking, documents: &[&Document]) -> Option<Diagnostic> {
    let first = documents.first()?;
    let count = documents.len();
    let names: Vec<&str> = documents.iter().map(|document| document.source.path.as_str()).collect();
    let names = named(&names);
    let place = match documents {
        [only] => only.source.place(0..3),
        _ => Place::file(&SourcePath::new(first.source.path.as_str())),
    };
    Some(
        warning(
            "gov-story-incomplete",
            place,
            format!("有 {count} 篇稿件没有{zh}，网页上就没有 {tag} 标签：{}", names.zh),
            format!("{count} stories have no `{key}`, so their pages have no {tag}: {}", names.en),
        )
        .help(
            format!("在这些稿件开头的稿件信息里加一行：{key}（{zh}）: ……"),
            format!("add a line to their front matter: `{key}: …`"),
        ),
    )
}
