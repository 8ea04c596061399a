//! The menu: what an entry of site.yaml leads to. One function, [`resolve`], serves the check that
//! complains and the page that links.

use super::entity::{IndexPages, KindId};
use super::{Fate, PageId, Site, calendar, honours, is_bundle};
use crate::base::lang::Lang;
use crate::base::name;
use crate::model::link::Owner;
use crate::parse::Document;
use crate::schema::frame::is_web_address;
use crate::source::SourcePath;
use crate::value::address::{self, Address};
use crate::value::kind::Kind;
use crate::value::nearest::nearest_name;

/// What an entry of the menu leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuTarget {
    /// A fixed page: its section.
    Section(&'static str),
    /// The index of a kind of entities.
    Kind(KindId),
    /// The list of the stories of a kind.
    List(Kind),
    /// A story or a page.
    Owner(Owner),
    /// A story or a page that is not published now, or that has mistakes.
    Waiting(SourcePath),
    /// Any other address of the site.
    Address(Address),
    /// Another site.
    Elsewhere(String),
}

/// Fixed pages by their sections, with what people call them.
const SECTIONS: &[(&str, &[&str])] = &[
    ("home", &["首页", "主页"]),
    ("archive", &["时间归档", "归档", "往期"]),
    ("calendar", &["日历", "日程"]),
    ("honours", &["荣誉榜", "荣誉"]),
    ("coverage", &["覆盖情况"]),
    ("corrections", &["更正"]),
    ("feedback", &["听您说说", "意见反馈", "反馈"]),
    ("search", &["搜索"]),
    ("sitemap", &["网站地图"]),
    ("accessibility", &["无障碍说明", "无障碍"]),
];

/// What the pages of kinds are called, beside what one of them is called in messages.
const INDICES: &[(&str, &[&str])] = &[
    ("branches", &["先进基层党组织", "先进党组织", "支部"]),
    ("members", &["优秀党员", "党员"]),
    ("carriers", &["活动载体"]),
    ("works", &["中心工作"]),
    ("units", &["单位", "组织"]),
];

/// What the lists of stories are called.
const LISTS: &[(&str, &[&str])] = &[("news", &["活动动态"]), ("cases", &["典型案例"])];

/// The words that name an index or a fixed page, each with what it leads to.
fn words() -> Vec<(&'static str, MenuTarget)> {
    let more = |table: &'static [(&'static str, &'static [&'static str])], key: &str| {
        table.iter().find(|(known, _)| *known == key).map_or(&[][..], |(_, words)| *words)
    };
    let mut words = Vec::new();
    for (section, called) in SECTIONS {
        let target = MenuTarget::Section(section);
        words.extend([*section].iter().chain(*called).map(|word| (*word, target.clone())));
    }
    for kind in Kind::ALL.into_iter().filter(|kind| kind.is_listed()) {
        let own = [kind.section(), kind.word(), kind.name(Lang::Zh)];
        let called = own.into_iter().chain(more(LISTS, kind.section()).iter().copied());
        words.extend(called.map(|word| (word, MenuTarget::List(kind))));
    }
    for id in KindId::all().filter(|id| id.kind().index != IndexPages::None) {
        let kind = id.kind();
        let own = [kind.folder, kind.many, kind.one, kind.called.0, kind.called.1];
        let called = own.into_iter().chain(more(INDICES, kind.many).iter().copied());
        words.extend(called.map(|word| (word, MenuTarget::Kind(id))));
    }
    words
}

/// Does `word` name this page: by its slug, its title, its file or its path?
pub fn names_page(word: &str, document: &Document, slug: &str) -> bool {
    let path = document.source.path.as_str();
    let below = path.strip_prefix("content/pages/").unwrap_or(path);
    let stem = match is_bundle(&document.source.path) {
        true => below.strip_suffix("/index.md").unwrap_or(below),
        false => below.strip_suffix(".md").unwrap_or(below),
    };
    let word = word.strip_prefix("content/").unwrap_or(word);
    let word = word.strip_prefix("pages/").unwrap_or(word);
    word == slug || word == stem || word == below || name::is_same(word, document.title())
}

/// What `to` leads to; else the nearest word that leads anywhere.
pub fn resolve(site: &Site, to: &str) -> Result<MenuTarget, Option<String>> {
    if to.contains("://") {
        let is_right = is_web_address(to);
        return if is_right { Ok(MenuTarget::Elsewhere(to.into())) } else { Err(None) };
    }
    let plain = to.trim_matches('/');
    if plain.is_empty() {
        return Ok(MenuTarget::Section("home"));
    }
    let words = words();
    if let Some((_, target)) = words.iter().find(|(word, _)| name::is_same(word, plain)) {
        return Ok(target.clone());
    }
    for (i, page) in site.pages.iter().enumerate() {
        if names_page(plain, &page.document, &page.slug) {
            return Ok(MenuTarget::Owner(Owner::Page(PageId(i as u32))));
        }
    }
    let waits = |document: &&std::sync::Arc<Document>| {
        document.is_page() && names_page(plain, document, &super::slug_of(document))
    };
    if let Some(document) = site.aside.iter().find(waits) {
        return Ok(MenuTarget::Waiting(document.source.path.clone()));
    }
    let path =
        SourcePath::new(format!("content/{}", plain.strip_prefix("content/").unwrap_or(plain)));
    match site.outcomes.get(&path) {
        Some(Fate::Story(id)) => return Ok(MenuTarget::Owner(Owner::Story(*id))),
        Some(Fate::Page(id)) => return Ok(MenuTarget::Owner(Owner::Page(*id))),
        Some(Fate::Draft | Fate::Withheld | Fate::Broken) => return Ok(MenuTarget::Waiting(path)),
        None => {}
    }
    if to.contains('/') || plain.contains('.') {
        let decoded = address::decode(plain);
        let is_file = plain.rsplit('/').next().is_some_and(|name| name.contains('.'));
        let slash = if is_file { "" } else { "/" };
        return Ok(MenuTarget::Address(Address::file(format!("{decoded}{slash}"))));
    }
    let titles = site.pages.iter().flat_map(|page| [page.slug.as_str(), page.document.title()]);
    let known = words.iter().map(|(word, _)| *word).chain(titles);
    Err(nearest_name(plain, known).map(str::to_string))
}

impl MenuTarget {
    /// Is there anything to be shown just now?
    pub fn is_there(&self, site: &Site) -> bool {
        match self {
            MenuTarget::Section(section) => match *section {
                "calendar" => !calendar::is_empty(site),
                "honours" => !honours::is_empty(site),
                "coverage" => site.settings.coverage,
                "corrections" => site.has_corrections(),
                "feedback" => site.settings.feedback.is_some(),
                "search" => site.settings.search,
                "sitemap" | "accessibility" => site.settings.is_gov(),
                _ => true,
            },
            MenuTarget::Kind(kind) => !site.all(*kind).is_empty(),
            MenuTarget::List(kind) => {
                *kind == Kind::News || !site.listed[*kind as usize].is_empty()
            }
            MenuTarget::Waiting(_) => false,
            MenuTarget::Owner(_) | MenuTarget::Address(_) | MenuTarget::Elsewhere(_) => true,
        }
    }
}
