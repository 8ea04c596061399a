//! metadata.xml: the record of one item, as Dublin Core and in the words of DA/T 46.

use super::Item;
use super::schema::{DC_NAMESPACE, RECORD_NAMESPACE};
use super::xml::Element;
use crate::model::Site;
use crate::model::entity::EntityId;
use crate::model::kinds::{CARRIERS, FOCAL_POINTS, REGIONS, TASKS, UNITS};
use crate::model::story::Story;
use crate::output::media;
use crate::parse::front_matter::PUBLIC;
use crate::parse::markdown::LinkKind;
use crate::schema::Value;
use crate::sink::bag::Stored;
use crate::value::kind::Kind;
use crate::yaml::Node;

/// So many characters are taken to fill a printed page, and a picture this many of them.
const CHARACTERS_A_PAGE: usize = 800;
const CHARACTERS_A_PICTURE: usize = 250;

/// Who answers for a story: its authors, else the organisation.
pub fn responsible(site: &Site, story: &Story) -> Vec<String> {
    let authors = story.document.front.author.texts();
    match authors.is_empty() {
        true => site.settings.organisation.clone().into_iter().collect(),
        false => authors.into_iter().map(str::to_string).collect(),
    }
}

/// The number of printed pages, and whether the story says it itself, as `pages` or 页数 of
/// `extra`; else it is estimated.
pub fn pages(story: &Story) -> (u64, bool) {
    let extra = match &story.document.front.extra {
        Some(Node::Map(entries)) => entries.as_slice(),
        _ => &[],
    };
    let given = extra.iter().find(|(key, _)| matches!(key.as_str(), "pages" | "页数"));
    if let Some((_, Node::Number(number))) = given
        && let Ok(pages @ 1..=9999) = number.parse()
    {
        return (pages, true);
    }
    let body = &story.document.body;
    let pictures = body.links.iter().filter(|link| link.kind == LinkKind::Picture).count()
        + usize::from(story.document.front.cover.is_some());
    let room = body.characters + CHARACTERS_A_PICTURE * pictures;
    (room.div_ceil(CHARACTERS_A_PAGE).max(1) as u64, false)
}

/// The class of a story: the folder it is in, and what its record calls it.
pub fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Branch => "先进基层党组织事迹",
        Kind::Member => "优秀党员事迹",
        Kind::News => "活动动态",
        Kind::Case => "典型案例",
    }
}

/// The record of an item whose files, all but the record itself, are `files`.
pub fn record(site: &Site, item: &Item<'_>, files: &[Stored]) -> Element {
    let story = site.story(item.id);
    Element::of(
        "记录",
        vec![dublin_core(site, item, story, files), metadata(site, item, story, files)],
    )
    .with("xmlns", RECORD_NAMESPACE)
    .with("xmlns:dc", DC_NAMESPACE)
}

fn all<'a>(
    name: &'a str,
    texts: impl IntoIterator<Item = &'a str> + 'a,
) -> impl Iterator<Item = Element> + 'a {
    texts.into_iter().filter(|text| !text.is_empty()).map(move |text| Element::text(name, text))
}

fn strings(texts: &[String]) -> impl Iterator<Item = &str> {
    texts.iter().map(String::as_str)
}

fn focal_points<'a>(site: &'a Site, story: &'a Story) -> impl Iterator<Item = &'a str> {
    story.all(FOCAL_POINTS).iter().map(|&id| site.entity(id).name.as_str())
}

fn dublin_core(site: &Site, item: &Item<'_>, story: &Story, files: &[Stored]) -> Element {
    let front = &story.document.front;
    let responsible = responsible(site, story);
    let mut formats: Vec<&str> = files.iter().map(|file| media::bare(&file.path)).collect();
    formats.sort_unstable();
    formats.dedup();
    let region = story.first(REGIONS).map(|id| site.entity(id).name.as_str());
    let mut dc = vec![Element::text("dc:title", story.title())];
    dc.extend(all("dc:creator", strings(&responsible)));
    dc.extend(all("dc:subject", focal_points(site, story).chain(front.keywords.texts())));
    dc.extend(all("dc:description", Some(story.summary())));
    dc.extend(all("dc:publisher", site.settings.organisation.as_deref()));
    dc.extend(all("dc:contributor", front.dublin_core("contributor")));
    dc.push(Element::text("dc:date", story.date.date()));
    dc.push(Element::text("dc:type", "Text"));
    dc.extend(all("dc:format", formats));
    dc.push(Element::text("dc:identifier", item.number.to_string()));
    dc.extend(all("dc:source", front.dublin_core("source")));
    dc.push(Element::text("dc:language", &site.settings.language));
    dc.extend(all("dc:coverage", region));
    dc.push(Element::text("dc:rights", PUBLIC));
    Element::of("都柏林核心", dc)
}

fn metadata(site: &Site, item: &Item<'_>, story: &Story, files: &[Stored]) -> Element {
    let settings = &site.settings;
    let fonds_name = settings.archive.as_ref().and_then(|archive| archive.fonds_name.as_deref());
    let mut origin: Vec<Element> = all("全宗名称", fonds_name).collect();
    origin.extend(all("立档单位名称", settings.organisation.as_deref()));
    let mut parts = vec![
        Element::text("聚合层次", "件"),
        Element::of("来源", origin),
        Element::text("档号", item.number.to_string()),
        number(item),
        content(site, story),
        form(site, story),
    ];
    parts.extend(files.iter().map(|file| {
        let name = file.path.strip_prefix(&format!("{}/", item.folder)).unwrap_or(&file.path);
        let original = item.files.iter().find(|file| file.name == name);
        let mut traits = vec![Element::text("计算机文件名", name)];
        traits.extend(all("原文件名", original.and_then(|file| file.original)));
        traits.extend([
            Element::text("格式信息", media::bare(&file.path)),
            Element::text("计算机文件大小", file.size.to_string()),
            Element::text("数字摘要", file.sha256()).with("算法", "SHA-256"),
        ]);
        Element::of("电子属性", traits)
    }));
    let mut notes = vec![format!("类型：{}", class(story.kind))];
    let units: Vec<&str> =
        story.all(UNITS).iter().map(|&id| site.entity(id).name.as_str()).collect();
    if !units.is_empty() {
        notes.push(format!("单位：{}", units.join("、")));
    }
    if let Some(correction) = &story.document.front.correction {
        let day = story.document.front.updated.map(|at| format!("（{}）", at.date()));
        notes.push(format!("更正{}：{correction}", day.unwrap_or_default()));
    }
    notes.push(format!("来源文件：{}", story.document.source.path));
    parts.push(Element::text("附注", notes.join("；")));
    Element::of("电子文件元数据", parts)
}

fn number(item: &Item<'_>) -> Element {
    let series = &item.number.series;
    Element::of(
        "档号构成",
        vec![
            Element::text("全宗号", &series.fonds),
            Element::text("档案门类代码", &series.category),
            Element::text("年度", series.year.to_string()),
            Element::text("保管期限", series.retention.name()),
            Element::text("机构或问题代码", &series.department),
            Element::text("件号", item.number.item.to_string()),
        ],
    )
}

/// What a campaign keeps account of, as far as a story names it: the central works, the works that it
/// is coordinated with, the carriers, the tasks, the honours; each under what records call it.
pub fn kept<'a>(site: &'a Site, story: &'a Story) -> [(&'static str, Vec<&'a str>); 5] {
    let name = |id: EntityId| site.entity(id).name.as_str();
    let carriers = story.all(CARRIERS).iter().filter(|id| !story.linked_works.contains(id));
    let honours = story.document.front.honours.iter();
    [
        ("中心工作", story.central_works().map(name).collect()),
        ("统筹工作", story.linked_works.iter().copied().map(name).collect()),
        ("载体", carriers.copied().map(name).collect()),
        ("实事", story.all(TASKS).iter().copied().map(name).collect()),
        ("荣誉", honours.map(|honour| honour.title.as_str()).collect()),
    ]
}

fn content(site: &Site, story: &Story) -> Element {
    let front = &story.document.front;
    let responsible = responsible(site, story);
    let mut content = vec![Element::text("题名", story.title())];
    content.extend(all("主题词", focal_points(site, story)));
    content.extend(all("关键词", front.keywords.texts()));
    content.extend(all("人名", site.people_of(story).into_iter().map(|(name, _)| name)));
    for (name, entities) in kept(site, story) {
        content.extend(all(name, entities));
    }
    content.extend(all("摘要", Some(story.summary())));
    content.extend(all("责任者", strings(&responsible)));
    content.push(Element::text("日期", story.date.date()));
    content.push(Element::text("文种", "典型事迹材料"));
    content.push(Element::text("密级", PUBLIC));
    Element::of("内容描述", content)
}

fn form(site: &Site, story: &Story) -> Element {
    let (pages, said) = pages(story);
    let language = match site.settings.language.as_str() {
        "zh-CN" | "zh-Hans" | "zh" => "汉语",
        other => other,
    };
    Element::of(
        "形式特征",
        vec![
            Element::text("文件组合类型", "单件"),
            Element::text("件数", "1"),
            Element::text("页数", pages.to_string())
                .with("依据", if said { "稿件" } else { "估算" }),
            Element::text("语种", language),
            Element::text("稿本", "正本"),
        ],
    )
}
