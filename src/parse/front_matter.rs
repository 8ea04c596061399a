//! The front matter of a story or page: the YAML between two `---` lines.

use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use time::UtcOffset;

use super::fields::{Fields, ListItem, Reader, Vocabulary, scalar};
use super::places::Places;
use super::yaml::{Node, Yaml};
use crate::base::text;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::{Place, Source};
use crate::value::honour::{Honour, Measure};
use crate::value::kind::Kind;
use crate::value::moment::Moment;

/// Every key of a story and its Chinese spelling.
pub const KEYS: Vocabulary = &[
    ("title", "标题"),
    ("date", "日期"),
    ("kind", "类型"),
    ("focal_points", "着力点"),
    ("unit", "单位"),
    ("name", "姓名"),
    ("post", "职务"),
    ("region", "地区"),
    ("carriers", "载体"),
    ("honours", "荣誉"),
    ("results", "成效"),
    ("summary", "摘要"),
    ("cover", "封面"),
    ("cover_alt", "封面说明"),
    ("keywords", "关键词"),
    ("source", "来源"),
    ("author", "作者"),
    ("photographer", "摄影"),
    ("editor", "责任编辑"),
    ("updated", "更新"),
    ("slug", "网址名"),
    ("aliases", "旧网址"),
    ("draft", "草稿"),
    ("publish_at", "发布时间"),
    ("expire_at", "撤下时间"),
    ("pinned", "置顶"),
    ("secrecy", "密级"),
    ("extra", "附加"),
];

const HONOUR_KEYS: Vocabulary = &[("title", "名称"), ("by", "授予单位"), ("year", "年份")];

const RESULT_KEYS: Vocabulary =
    &[("indicator", "指标"), ("before", "之前"), ("after", "之后"), ("unit", "单位")];

/// The only grade of secrecy (密级) that may be published, and the one of what names none.
pub const PUBLIC: &str = "公开";

/// The longest title, in characters.
const TITLE_LIMIT: usize = 100;

/// The front matter of one file, types checked, names not yet looked up.
#[derive(Debug, Default, Serialize, Deserialize)]
#[allow(missing_docs)] // The fields are the keys that KEYS lists, one for one.
pub struct FrontMatter {
    pub title: String,
    pub date: Option<Moment>,
    pub kind: Option<Kind>,
    pub focal_points: Vec<ListItem<String>>,
    pub unit: Option<String>,
    pub name: Option<String>,
    pub post: Option<String>,
    pub region: Option<String>,
    pub carriers: Vec<ListItem<String>>,
    pub honours: Vec<Honour>,
    pub results: Vec<Measure>,
    pub summary: Option<String>,
    pub cover: Option<String>,
    pub cover_alt: Option<String>,
    pub keywords: Vec<String>,
    pub source: Vec<String>,
    pub author: Vec<String>,
    pub photographer: Vec<String>,
    pub editor: Vec<String>,
    pub updated: Option<Moment>,
    pub slug: Option<String>,
    pub aliases: Vec<ListItem<String>>,
    pub draft: bool,
    pub publish_at: Option<Moment>,
    pub expire_at: Option<Moment>,
    pub pinned: bool,
    pub extra: Option<Node>,
}

/// Where the parts of a file are, in bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parts {
    /// The YAML, without its fences.
    pub yaml: Range<usize>,
    /// Everything after the closing fence.
    pub body: Range<usize>,
}

/// What the front matter is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A story: `date` and `kind` are required, and more by kind.
    Story,
    /// A page: only `title` is.
    Page,
}

/// Finds the front matter of a file.
pub fn split(source: &Source) -> Result<Parts, Box<Diagnostic>> {
    let text = source.text();
    let mut opened: Option<usize> = None;
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end();
        let next = at + whole.len();
        match opened {
            None if line.is_empty() => {}
            None if line == "---" => opened = Some(next),
            None => {
                let place = source.place(at..at + line.len());
                return Err(catalogue::front_matter_missing(place, looks_like_fence(line)).into());
            }
            Some(start) if line == "---" => {
                return Ok(Parts { yaml: start..at, body: next..text.len() });
            }
            Some(_) if looks_like_fence(line) && !has_fence(&text[next..]) => {
                let place = source.place(at..at + line.len());
                return Err(catalogue::front_matter_fence(place).into());
            }
            Some(_) => {}
        }
        at = next;
    }
    let diagnostic = match opened {
        Some(start) => {
            let fence = text[..start].trim_end().len();
            catalogue::front_matter_unclosed(source.place(fence - 3..fence))
        }
        None => catalogue::front_matter_missing(source.place(0..0), false),
    };
    Err(diagnostic.into())
}

/// A line that was meant as a fence: dashes as Word or an input method turns them.
fn looks_like_fence(line: &str) -> bool {
    let line = line.trim();
    line != "---"
        && line.chars().count() <= 8
        && !line.is_empty()
        && line.chars().all(|c| matches!(c, '-' | '—' | '－' | '–' | '―' | '一' | ' '))
        && (line.chars().filter(|&c| c != ' ').count() >= 2 || line.contains('—'))
}

fn has_fence(text: &str) -> bool {
    text.lines().any(|line| line.trim_end() == "---")
}

/// What was read of a front matter.
#[derive(Default)]
pub struct Front {
    /// Its fields; `None` where it is no map at all.
    pub fields: Option<FrontMatter>,
    /// The places of its values, if somebody asked for one.
    pub places: OnceLock<Places>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the front matter of `source`. A draft may lack required keys, unless `drafts` are
/// published.
pub fn read(
    source: &Source,
    parts: &Parts,
    purpose: Purpose,
    zone: UtcOffset,
    drafts: bool,
) -> Front {
    let yaml = match Yaml::read(source, parts.yaml.clone()) {
        Ok(yaml) => yaml,
        Err(diagnostics) => return Front { diagnostics, ..Front::default() },
    };
    let reader = Reader::new(&yaml);
    let fields = match reader.root() {
        node @ Node::Map(_) => Fields::open(&reader, Vec::new(), node, KEYS).map(|fields| {
            let front = read_fields(&fields, &reader, zone);
            if drafts || !front.draft {
                require(&fields, &front, purpose);
            }
            front
        }),
        _ => {
            let start = parts.yaml.start.saturating_sub(4);
            let place = source.place(start..start + 3);
            reader.complain_of_root(|| catalogue::front_matter_no_map(place));
            None
        }
    };
    let diagnostics = reader.finish();
    Front { fields, places: yaml.into_places(), diagnostics }
}

fn read_fields(fields: &Fields<'_>, reader: &Reader<'_>, zone: UtcOffset) -> FrontMatter {
    let mut front = FrontMatter {
        title: fields.text("title").unwrap_or_default(),
        date: fields.moment("date", zone),
        kind: kind(fields),
        focal_points: fields.texts("focal_points"),
        unit: fields.text("unit"),
        name: fields.text("name"),
        post: fields.text("post"),
        region: fields.text("region"),
        carriers: fields.texts("carriers"),
        honours: honours(fields, reader),
        results: results(fields, reader),
        summary: fields.text("summary"),
        cover: fields.text("cover"),
        cover_alt: fields.text("cover_alt"),
        keywords: fields.texts("keywords").into_iter().map(|item| item.value).collect(),
        source: fields.text_or_texts("source"),
        author: fields.text_or_texts("author"),
        photographer: fields.text_or_texts("photographer"),
        editor: fields.text_or_texts("editor"),
        updated: fields.moment("updated", zone),
        slug: slug(fields),
        aliases: fields.texts("aliases"),
        draft: fields.flag("draft").unwrap_or(false),
        publish_at: fields.moment("publish_at", zone),
        expire_at: fields.moment("expire_at", zone),
        pinned: fields.flag("pinned").unwrap_or(false),
        extra: fields.map("extra").cloned(),
    };
    if front.title.chars().count() > TITLE_LIMIT {
        fields.complain(catalogue::title_too_long(
            fields.place_of("title"),
            front.title.chars().count(),
            TITLE_LIMIT,
        ));
    }
    if front.focal_points.len() > 3 {
        let place = fields.place_of("focal_points");
        fields.complain(catalogue::focal_points_too_many(place, front.focal_points.len()));
    }
    if let (Some(from), Some(until)) = (front.publish_at, front.expire_at)
        && until.end() <= from
    {
        fields.complain(catalogue::expires_before_publishing(fields.place_of("expire_at")));
    }
    if let Some(grade) = fields.text("secrecy")
        && grade != PUBLIC
    {
        fields.complain(catalogue::secrecy_not_public(fields.place_of("secrecy"), &grade));
    }
    if front.cover.is_some() && front.cover_alt.is_none() {
        fields.complain(catalogue::cover_alt_missing(fields.place_of("cover")));
    }
    front.aliases.dedup_by(|a, b| a.value == b.value);
    front
}

/// Complains of required keys that are missing or empty.
fn require(fields: &Fields<'_>, front: &FrontMatter, purpose: Purpose) {
    let mut needed = vec![("title", !front.title.is_empty())];
    if purpose == Purpose::Story {
        needed.push(("date", fields.get("date").is_some()));
        needed.push(("kind", fields.get("kind").is_some()));
    }
    if let (Purpose::Story, Some(Kind::Branch | Kind::Member)) = (purpose, front.kind) {
        let listed = matches!(fields.get("focal_points"), Some((_, node)) if *node != Node::List(Vec::new()));
        needed.push(("focal_points", listed));
        needed.push(("unit", front.unit.is_some() || is_wrong(fields, "unit")));
        if front.kind == Some(Kind::Member) {
            needed.push(("name", front.name.is_some() || is_wrong(fields, "name")));
        }
    }
    for (key, there) in needed {
        if there || (key == "title" && is_wrong(fields, key)) {
            continue;
        }
        let zh = KEYS.iter().find(|(en, _)| *en == key).map_or(key, |(_, zh)| zh);
        let place = if fields.mentions(key) { fields.place_of(key) } else { fields.place() };
        fields.complain(if fields.mentions(key) {
            catalogue::field_empty(place, key, zh)
        } else {
            catalogue::field_missing(place, key, zh, front.kind)
        });
    }
}

/// Was the key given a value of the wrong type, which has been complained of already?
fn is_wrong(fields: &Fields<'_>, key: &str) -> bool {
    fields.get(key).is_some_and(|(_, node)| scalar(node).is_none())
}

fn kind(fields: &Fields<'_>) -> Option<Kind> {
    let word = fields.text("kind")?;
    let kind = Kind::from_word(&word);
    if kind.is_none() {
        let near = text::nearest(&word, Kind::WORDS.iter().map(|&(word, _)| word));
        fields.complain(catalogue::kind_unknown(fields.place_of("kind"), &word, near));
    }
    kind
}

fn slug(fields: &Fields<'_>) -> Option<String> {
    let slug = fields.text("slug")?;
    if crate::value::slug::is_slug(&slug) {
        return Some(slug);
    }
    let better = crate::value::pinyin::slug(&slug);
    fields.complain(catalogue::slug_wrong(fields.place_of("slug"), &slug, &better));
    None
}

fn honours(fields: &Fields<'_>, reader: &Reader<'_>) -> Vec<Honour> {
    let mut honours = Vec::new();
    for (path, node) in fields.list("honours") {
        if let Some(title) = scalar(node) {
            if title.is_empty() {
                reader.complain(catalogue::item_empty(reader.place(&path), "honours"));
            }
            honours.push(Honour { title, by: None, year: None });
            continue;
        }
        let Some(item) = Fields::open(reader, path, node, HONOUR_KEYS) else { continue };
        match item.text("title") {
            Some(title) => {
                honours.push(Honour { title, by: item.text("by"), year: item.text("year") });
            }
            None => missing_in_item(&item, "title", "名称"),
        }
    }
    honours
}

fn results(fields: &Fields<'_>, reader: &Reader<'_>) -> Vec<Measure> {
    let mut results = Vec::new();
    for (path, node) in fields.list("results") {
        let Some(item) = Fields::open(reader, path, node, RESULT_KEYS) else { continue };
        let before = item.text("before");
        match (item.text("indicator"), item.text("after")) {
            (Some(indicator), Some(after)) => {
                results.push(Measure { indicator, before, after, unit: item.text("unit") });
            }
            (None, _) => missing_in_item(&item, "indicator", "指标"),
            (_, None) => missing_in_item(&item, "after", "之后"),
        }
    }
    results
}

fn missing_in_item(item: &Fields<'_>, key: &'static str, zh: &'static str) {
    let place: Place = item.place();
    item.complain(catalogue::entry_incomplete(place, key, zh));
}
