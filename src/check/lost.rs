//! Addresses that the site had and will not have: readers have kept them, and others link them.

use std::sync::LazyLock;

use crate::base::map::{Map, Set};
use crate::diagnostic::{Diagnostic, warning};
use crate::model::entity::{EntityId, KindId};
use crate::model::kinds::{BRANCHES, MEMBERS, UNITS};
use crate::model::link::Owner;
use crate::model::{Fate, Site};
use crate::plan::{Plan, Recipe};
use crate::source::{Place, SourcePath};
use crate::value::address::indexed_folder;
use crate::yaml::write::quote_in_flow as quote;

/// So many addresses are named in one complaint.
const NAMED: usize = 10;

/// Complains of pages among `before`, the files of the last build, that the plan does not have.
/// `title` tells what a page of the last build is called.
pub fn check<'b>(
    site: &Site,
    plan: &Plan,
    before: impl Iterator<Item = &'b str>,
    title: impl Fn(&str) -> Option<String>,
) -> Vec<Diagnostic> {
    // What could not be read has lost no address: it has none as long as its errors are there.
    if site.is_incomplete {
        return Vec::new();
    }
    let before: Vec<&str> = before.filter(|path| is_of_one(path)).collect();
    let mut diagnostics = passed_on(site, plan, &before, &title);
    let lost = before.into_iter().filter(|path| !plan.contains_key(*path));
    let mut gone: Vec<String> = Vec::new();
    // Made when the first address is lost, which is seldom.
    let mut known: Option<Titles<'_>> = None;
    for path in lost {
        let address = format!("/{}", indexed_folder(path).unwrap_or(path));
        let title = title(path).unwrap_or_default();
        // The site's own name stands after that of the page.
        let of_page = title.split(" · ").next().unwrap_or_default().to_string();
        let known = known.get_or_insert_with(|| Titles::of(site));
        if known.withheld.contains(&of_page.as_str()) {
            continue;
        }
        let folder = path.split('/').next().unwrap_or_default();
        match known.moved(site, folder, &of_page) {
            Some(Moved::Story(place, now)) => {
                diagnostics.push(story_moved(place, &address, &now));
            }
            Some(Moved::Entity(id)) => {
                let old = path.split('/').nth(1).unwrap_or_default();
                diagnostics.extend(entity_moved(site, id, &address, old));
            }
            None => gone.push(address),
        }
    }
    if !gone.is_empty() {
        diagnostics.push(addresses_lost(&gone));
    }
    diagnostics
}

/// Complains of addresses that lead to another entity than before, because of the order in which
/// slugs that are alike are given.
fn passed_on(
    site: &Site,
    plan: &Plan,
    before: &[&str],
    title: impl Fn(&str) -> Option<String>,
) -> Vec<Diagnostic> {
    let second_of = |path: &str| {
        let (folder, slug) = path.strip_suffix("/index.html")?.split_once('/')?;
        let alike = slug.rsplit_once('-').filter(|(_, n)| n.bytes().all(|b| b.is_ascii_digit()));
        let slug = alike.map_or(slug, |(slug, _)| slug);
        Some(format!("{folder}/{slug}-2/index.html"))
    };
    let second = before.iter().copied().filter(|path| path.ends_with("-2/index.html"));
    let second: Set<&str> = second.collect();
    let is_shared = |path: &str| {
        let other = second_of(path);
        other.is_some_and(|other| plan.contains_key(&other) || second.contains(other.as_str()))
    };
    let all = LazyLock::new(|| before.iter().copied().collect::<Set<_>>());
    let is_new = |id: EntityId| {
        let paths = site.entity(id).stories.iter().map(|&id| site.story_address(id).file_path());
        paths.into_iter().all(|path| !all.contains(path.as_str()))
    };
    let mut diagnostics = Vec::new();
    for path in before {
        let Some(Recipe::Entity(there, 1)) = plan.get(*path) else { continue };
        if !is_shared(path) {
            continue;
        }
        let called = title(path).unwrap_or_default();
        let called = called.split(" · ").next().unwrap_or_default();
        let is_it = |id: &EntityId| site.page_title(*id) == called;
        let came = site.entity(*there).name == called && is_new(*there);
        // Mostly it is who it was: nobody else need be looked for.
        if is_it(there) && !came {
            continue;
        }
        let was = site.ids(there.kind).find(is_it).filter(|id| id != there && !is_it(there));
        // A namesake who has just come: then it was one who has not.
        let is_namesake = |id: &EntityId| id != there && site.entity(*id).name == called;
        let namesake = || site.ids(there.kind).find(|id| is_namesake(id) && !is_new(*id));
        if let Some(was) = was.or_else(|| came.then(namesake).flatten()) {
            let address = format!("/{}", indexed_folder(path).unwrap_or(path));
            diagnostics.push(entity_replaced(site, was, *there, &address));
        }
    }
    diagnostics
}

/// Is this the page of one thing? Lists have more or fewer pages from day to day.
fn is_of_one(path: &str) -> bool {
    let Some(folder) = path.strip_suffix("/index.html") else { return false };
    let parts: Vec<&str> = folder.split('/').collect();
    let kinds = || KindId::all().map(|kind| kind.kind().folder);
    match parts[..] {
        ["stories", _, _] => true,
        [folder, _] => kinds().any(|known| known == folder),
        // An index goes with the last of its kind.
        [name] => name != "corrections" && !kinds().any(|known| known == name),
        _ => false,
    }
}

/// Where something is now that was at another address.
enum Moved {
    Story(Place, String),
    Entity(EntityId),
}

/// What has a page, by what the page is called.
struct Titles<'s> {
    owners: Map<&'s str, Owner>,
    /// What has no page because its author or the time wants that.
    withheld: Vec<&'s str>,
}

impl<'s> Titles<'s> {
    fn of(site: &'s Site) -> Self {
        let owners = site.owners().map(|owner| {
            let document = site.document(owner);
            (document.front.title.as_str(), owner)
        });
        let withheld = site.aside_as(Fate::Draft).chain(site.aside_as(Fate::Withheld));
        Self {
            owners: owners.collect(),
            withheld: withheld.map(|document| document.front.title.as_str()).collect(),
        }
    }

    fn moved(&self, site: &Site, folder: &str, title: &str) -> Option<Moved> {
        let address = |address: crate::value::address::Address| format!("/{}", address.as_str());
        if let Some(kind) = KindId::all().find(|kind| kind.kind().folder == folder) {
            let id = site.ids(kind).find(|&id| site.page_title(id) == title);
            let by_name = || site.ids(kind).find(|&id| site.entity(id).name == title);
            let id = id.or_else(by_name).filter(|id| list_of(*id).is_some())?;
            return Some(Moved::Entity(id));
        }
        let owner = *self.owners.get(title)?;
        let place = Place::file(&site.document(owner).source.path);
        Some(Moved::Story(place, address(site.address_of(owner))))
    }
}

/// A story or page has another address than it had.
fn story_moved(place: Place, old: &str, now: &str) -> Diagnostic {
    warning(
        "address-moved",
        place,
        format!("网址从 {old} 变成了 {now}，收藏和转发过的旧网址打不开了"),
        format!("the address {old} has become {now}; the old one leads nowhere now"),
    )
    .help(
        format!("要保留旧网址，加一行 aliases: [{old}]（旧网址）"),
        format!("to keep the old address, add the line aliases: [{old}]"),
    )
}

/// The file in which a slug can be given to an entity.
fn list_of(id: EntityId) -> Option<&'static str> {
    // A model branch has its unit's.
    let kind = if id.kind == BRANCHES { UNITS } else { id.kind };
    kind.kind().file()
}

/// An entity has another address than it had.
fn entity_moved(site: &Site, id: EntityId, old: &str, slug: &str) -> Option<Diagnostic> {
    let (file, name) = (list_of(id)?, site.page_title(id));
    let now = format!("/{}", site.entity_address(id).as_str());
    let diagnostic = warning(
        "address-moved",
        Place::file(&SourcePath::new(file)),
        format!("“{name}”的网址从 {old} 变成了 {now}，旧网址打不开了"),
        format!("the address of “{name}”, {old}, has become {now}; the old one leads nowhere now"),
    );
    Some(match id.kind {
        MEMBERS => help_person(diagnostic, site, id, slug),
        _ => diagnostic.help(
            format!(
                "要保留旧网址，给这一项加上 old_slugs: [{slug}]（旧网址名）；列表里没有的，加进去"
            ),
            format!("to keep the old address, give its entry old_slugs: [{slug}]"),
        ),
    })
}

/// The address of an entity is that of another now.
fn entity_replaced(site: &Site, id: EntityId, by: EntityId, old: &str) -> Diagnostic {
    let (name, other) = (site.page_title(id), site.page_title(by));
    // What only stories name has no list.
    let file = list_of(id).unwrap_or("content/stories");
    let now = format!("/{}", site.entity_address(id).as_str());
    let slug = old.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let diagnostic = warning(
        "address-moved",
        Place::file(&SourcePath::new(file)),
        format!("“{name}”的网址从 {old} 变成了 {now}，旧网址现在是“{other}”的页面"),
        format!("the address of “{name}”, {old}, has become {now}; the old one is “{other}” now"),
    );
    match id.kind {
        MEMBERS => help_person(diagnostic, site, id, slug),
        _ if list_of(id).is_none() => diagnostic.help(
            "两个名称的读音相同；把其中一个写得不一样，网址就分开了",
            "the names sound alike; write one of them in another way to tell them apart",
        ),
        _ => diagnostic.help(
            format!("要保留旧网址，给这一项加上 slug: {slug}（网址名）；列表里没有的，加进去"),
            format!("to keep the old address, give its entry slug: {slug}"),
        ),
    }
}

fn help_person(diagnostic: Diagnostic, site: &Site, id: EntityId, slug: &str) -> Diagnostic {
    let entry = person_entry(site, id, slug);
    diagnostic.help(
        format!("要保留旧网址，在 content/people.yaml 里写上 slug（网址名）：{entry}"),
        format!("to keep the old address, give the person a slug in content/people.yaml: {entry}"),
    )
}

/// The entry of `people.yaml` that gives a person a slug, as one line.
pub(super) fn person_entry(site: &Site, id: EntityId, slug: &str) -> String {
    let person = site.entity(id);
    let unit = person.belongs_to.map(|unit| quote(&site.entity(unit).name));
    let unit = unit.map_or(String::new(), |unit| format!(", unit: {unit}"));
    format!("- {{name: {}{unit}, slug: {slug}}}", quote(&person.name))
}

/// Pages that are gone.
fn addresses_lost(addresses: &[String]) -> Diagnostic {
    let named = addresses[..addresses.len().min(NAMED)].join(" ");
    let more = match addresses.len().saturating_sub(NAMED) {
        0 => (String::new(), String::new()),
        more => (format!(" 等，另有 {more} 个"), format!(" and {more} more")),
    };
    warning(
        "address-lost",
        Place::file(&SourcePath::new("content/stories")),
        format!("这 {} 个网址没有了：{named}{}", addresses.len(), more.0),
        format!("{} addresses are gone: {named}{}", addresses.len(), more.1),
    )
    .help(
        "有意删除的不用管；只是改了名，在新的稿件里写 aliases（旧网址），或者在列表的那一项里写 old_slugs（旧网址名）",
        "ignore this if they were deleted on purpose; else name them in `aliases` of a story or in `old_slugs` of a list's entry",
    )
}
