//! What the site of a public body must say of itself and of its stories, and does not.

use super::named::named;
use crate::diagnostic::{Diagnostic, warning};
use crate::model::Site;
use crate::model::story::Story;
use crate::parse::Document;
use crate::source::{Place, SourcePath};
use crate::yaml::places::At;

pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    if !site.settings.is_gov() {
        return Vec::new();
    }
    settings(site).into_iter().chain(odd(site)).chain(stories(site)).collect()
}

/// Numbers that are none.
fn odd(site: &Site) -> Vec<Diagnostic> {
    let settings = &site.settings;
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let icp = settings.icp.iter().filter(|text| digits(text) < 6 || !text.contains(['备', '证']));
    let icp = icp.map(|text| {
        odd_number(
            settings.place_of("icp"),
            text,
            ("备案号", "number of an ICP registration"),
            "某ICP备00000000号",
        )
    });
    let gov = settings.gov.iter().flat_map(|gov| &gov.phone);
    let phones = gov.filter(|phone| digits(phone) < 5).map(|phone| {
        let place = settings.place_of(At::key("gov").below("phone"));
        odd_number(place, phone, ("电话", "telephone"), "0000-0000000")
    });
    icp.chain(phones).collect()
}

/// What stands where a number is wanted.
fn odd_number(place: Place, text: &str, of: (&str, &str), sample: &str) -> Diagnostic {
    warning(
        "gov-number-odd",
        place,
        format!("“{text}”不像是{}", of.0),
        format!("“{text}” does not look like a {}", of.1),
    )
    .help(format!("照原样写，例如 {sample}"), format!("write it as it is, such as {sample}"))
}

/// A setting that is missing: whether it is, its key and Chinese name, and what comes of it.
type Setting = (bool, &'static str, &'static str, &'static str);

fn settings(site: &Site) -> Option<Diagnostic> {
    let settings = &site.settings;
    let gov = settings.gov.clone().unwrap_or_default();
    // What is wrong has been complained of; it is not missing.
    let place_below = |key| settings.place_of(At::key("gov").below(key)).range();
    // What is not there is found where its map is.
    let is_written = |key| place_below(key) != place_below("");
    let wanted: [Setting; 7] = [
        (settings.base_url.is_none(), "base_url", "网站地址", "SiteDomain"),
        (
            gov.site_code.is_none() && !is_written("site_code"),
            "gov → site_code",
            "政府网站信息 → 网站标识码",
            "SiteIDCode",
        ),
        (settings.organisation.is_none(), "organisation", "主办单位", "页底"),
        (gov.address.is_none(), "gov → address", "政府网站信息 → 地址", "页底"),
        (gov.phone.is_empty(), "gov → phone", "政府网站信息 → 电话", "页底"),
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

const LACKING: [Lacking; 3] = [
    ("source", "来源", "ContentSource", |site, story| {
        story.document.front.source.is_empty() && site.settings.organisation.is_none()
    }),
    ("author", "作者", "Author", |_, story| story.document.front.author.is_empty()),
    ("keywords", "关键词", "Keywords", |_, story| {
        story.document.front.keywords.is_empty() && story.links.is_empty()
    }),
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
