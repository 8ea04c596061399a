//! Slugs that are told apart by numbers, which other stories may change.

use super::lost::person_entry;
use crate::base::map::{Map, Set};
use crate::base::name;
use crate::diagnostic::{Diagnostic, note};
use crate::model::Site;
use crate::model::entity::{EntityId, IndexPages, KindId};
use crate::model::kinds::{BRANCHES, MEMBERS};
use crate::source::{Place, SourcePath};
use crate::value::pinyin;

/// So many are named.
const NAMED: usize = 10;

/// Tells of entities whose slugs are alike but for a number, where a list could fix them.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    // A model branch has its unit's.
    let has_pages = |kind: &KindId| kind.kind().index != IndexPages::None;
    let kinds = KindId::all().filter(|&kind| kind != BRANCHES).filter(has_pages);
    kinds
        .filter_map(|kind| Some((kind, kind.kind().file()?)))
        .filter_map(|(kind, file)| {
            let alike = alike(site, kind);
            (!alike.is_empty()).then(|| slugs_numbered(site, kind, file, &alike))
        })
        .collect()
}

/// Entities with the slug of another and a number, and these others, if one of the two may move.
fn alike(site: &Site, kind: KindId) -> Vec<EntityId> {
    let by_slug: Map<&str, EntityId> =
        site.ids(kind).map(|id| (site.entity(id).slug.as_str(), id)).collect();
    let (mut found, mut seen) = (Vec::new(), Set::default());
    for id in site.ids(kind) {
        let entity = site.entity(id);
        let base = entity.slug.rsplit_once('-').filter(|(_, number)| number.parse::<u32>().is_ok());
        let first = base.and_then(|(base, _)| by_slug.get(base).copied());
        // One who has a number of their own (二支部-2) is nobody's shadow.
        let is_numbered = base.is_some_and(|(base, _)| made(&entity.name, kind) == base);
        if let Some(first) = first.filter(|_| is_numbered && !entity.has_own_slug) {
            found.extend([first, id].into_iter().filter(|id| seen.insert(*id)));
        }
    }
    found
}

/// The slug that a name makes.
fn made(name: &str, kind: KindId) -> String {
    let key = name::key(name);
    if kind == MEMBERS { pinyin::name_slug(&key) } else { pinyin::slug(&key) }
}

/// Entities whose addresses depend on what else there is.
fn slugs_numbered(site: &Site, kind: KindId, file: &str, alike: &[EntityId]) -> Diagnostic {
    let (zh, en) = kind.kind().called;
    let address = |id: &EntityId| format!("/{}", site.entity_address(*id).as_str());
    let named: Vec<String> = alike
        .iter()
        .take(NAMED)
        .map(|id| format!("{} {}", site.page_title(*id), address(id)))
        .collect();
    let diagnostic = note(
        "slug-numbered",
        Place::file(&SourcePath::new(file)),
        format!(
            "这些{zh}的名称读音相同，网址靠编号区分；增减稿件或调整先后，网址可能互换：{}",
            named.join("、")
        ),
        format!(
            "these {en}s are told apart by numbers, which may change with what else there is: {}",
            named.join(", ")
        ),
    );
    let open = alike.iter().filter(|id| !site.entity(**id).has_own_slug).take(NAMED);
    if kind == MEMBERS {
        let entries: Vec<String> =
            open.map(|&id| person_entry(site, id, &site.entity(id).slug)).collect();
        let entries = entries.join("\n");
        return diagnostic.help(
            format!("要让网址固定，写进 {file}：\n{entries}"),
            format!("to keep the addresses, write into {file}:\n{entries}"),
        );
    }
    let slugs: Vec<&str> = open.map(|&id| site.entity(id).slug.as_str()).collect();
    diagnostic.help(
        format!("要让网址固定，在 {file} 里给它们写上 slug（网址名）：{}", slugs.join("、")),
        format!("to keep the addresses, give them slugs in {file}: {}", slugs.join(", ")),
    )
}
