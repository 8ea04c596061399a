//! Addresses that the site had and will not have: readers have kept them, and others link them.

use crate::base::map::Map;
use crate::diagnostic::{Diagnostic, warning};
use crate::model::entity::KindId;
use crate::model::link::Owner;
use crate::model::{Fate, Site};
use crate::plan::Plan;
use crate::source::{Place, SourcePath};
use crate::value::address::indexed_folder;

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
    let lost = before.filter(|path| !plan.contains_key(*path) && is_of_one(path));
    let mut diagnostics = Vec::new();
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
            Some(Moved::Entity(file, now)) => {
                let old = path.split('/').nth(1).unwrap_or_default();
                diagnostics.push(entity_moved(file, &of_page, &address, old, &now));
            }
            None => gone.push(address),
        }
    }
    if !gone.is_empty() {
        diagnostics.push(addresses_lost(&gone));
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
        [name] => !kinds().any(|known| known == name),
        _ => false,
    }
}

/// Where something is now that was at another address.
enum Moved {
    Story(Place, String),
    Entity(&'static str, String),
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
            let id = site.ids(kind).find(|&id| site.entity(id).name == title)?;
            let file = kind.kind().file()?;
            return Some(Moved::Entity(file, address(site.entity_address(id))));
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

/// An entity has another address than it had.
fn entity_moved(file: &'static str, name: &str, old: &str, slug: &str, now: &str) -> Diagnostic {
    warning(
        "address-moved",
        Place::file(&SourcePath::new(file)),
        format!("“{name}”的网址从 {old} 变成了 {now}，旧网址打不开了"),
        format!("the address of “{name}”, {old}, has become {now}; the old one leads nowhere now"),
    )
    .help(
        format!("要保留旧网址，给这一项加上 old_slugs: [{slug}]（旧网址名）；列表里没有的，加进去"),
        format!("to keep the old address, give its entry old_slugs: [{slug}]"),
    )
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
