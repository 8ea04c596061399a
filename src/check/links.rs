//! Links, anchors, pictures and covers that lead nowhere.

use crate::base::parallel;
use crate::diagnostic::bounded::Bounded;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::model::link::{Dead, Target, resolve, resolve_cover, with_anchor};
use crate::model::{Fate, Site};
use crate::parse::Document;
use crate::parse::markdown::{Link, LinkKind};
use crate::plan::{Found, Plan, Recipe, find};
use crate::source::Place;
use crate::value::address;

/// What `<img>` shows in every browser.
const PICTURES: [&str; 8] = ["jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "bmp"];

pub(super) fn check(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let published = site.owners().map(|owner| site.document(owner));
    let is_broken =
        |document: &&Document| site.outcomes.get(&document.source.path) == Some(&Fate::Broken);
    let aside = site.aside.iter().map(|document| &**document);
    let broken = aside.filter(is_broken);
    let documents: Vec<&Document> = published.chain(broken).collect();
    let found = parallel::map(&documents, |document| check_document(site, plan, document));
    found.into_iter().flatten().collect()
}

fn check_document(site: &Site, plan: &Plan, document: &Document) -> Vec<Diagnostic> {
    let mut diagnostics = Bounded::default();
    for link in &document.body.links {
        let place = || document.place_in_body(&link.range);
        match resolve(site, document, &link.dest, link.kind) {
            Ok(target) => diagnostics.extend(check_target(site, plan, link, &target, place)),
            Err(dead) => diagnostics.push(complain(dead, &link.dest, link.kind, place())),
        }
        if link.kind == LinkKind::Picture && !link.named {
            diagnostics.push(catalogue::picture_alt_missing(place()));
        }
    }
    if let Some(cover) = &document.front.cover {
        let place = || document.place_of("cover");
        match resolve_cover(site, document, cover) {
            Ok(path) if PICTURES.contains(&path.extension().as_str()) => {}
            Ok(_) => diagnostics.push(catalogue::cover_not_picture(place(), cover)),
            Err(dead) => diagnostics.push(complain(dead, cover, LinkKind::Picture, place())),
        }
    }
    diagnostics.into()
}

fn check_target(
    site: &Site,
    plan: &Plan,
    link: &Link,
    target: &Target,
    place: impl Fn() -> Place,
) -> Option<Diagnostic> {
    match target {
        Target::Elsewhere(_) if link.kind == LinkKind::Picture => {
            Some(catalogue::picture_elsewhere(place(), &link.dest))
        }
        Target::Address(address, rest) => {
            let (found, mended) = match find(plan, address) {
                Found::Exact(found) => (found, None),
                Found::Near(found) => {
                    let right = format!("/{}", found.as_str());
                    let mended = catalogue::link_mended(place(), &link.dest, &right);
                    (found, Some(mended))
                }
                Found::Nothing => {
                    let dead = Dead::Missing(near(plan, address));
                    return Some(complain(dead, &link.dest, link.kind, place()));
                }
            };
            let recipe = &plan[&found.file_path()];
            let carried = matches!(recipe, Recipe::Copy(_) | Recipe::Asset(_));
            if link.kind == LinkKind::Picture && !carried {
                return Some(catalogue::picture_dead(place(), &link.dest, None));
            }
            let document = match recipe {
                Recipe::Story(id) => &site.story(*id).document,
                Recipe::Page(id) => &site.pages[id.index()].document,
                _ => return mended,
            };
            let dead = with_anchor(document, rest).err();
            dead.map(|dead| complain(dead, &link.dest, link.kind, place())).or(mended)
        }
        Target::Owner(..) if link.kind == LinkKind::Picture => {
            Some(catalogue::picture_dead(place(), &link.dest, None))
        }
        _ => None,
    }
}

/// The address of the site that is most like one that is not there.
fn near(plan: &Plan, wanted: &address::Address) -> Option<String> {
    // Only among those that begin alike: a plan may have a hundred thousand addresses.
    let text = wanted.as_str();
    let first = text.split('/').next().unwrap_or(text);
    let begins: String = first.chars().take(2).collect();
    let candidates = plan
        .range(begins.clone()..)
        .take_while(|(path, _)| path.starts_with(&begins))
        .take(2000)
        .map(|(path, _)| address::indexed_folder(path).unwrap_or(path));
    crate::base::text::nearest(text, candidates).map(|address| format!("/{address}"))
}

fn complain(dead: Dead, dest: &str, kind: LinkKind, place: Place) -> Diagnostic {
    match dead {
        Dead::Empty => catalogue::link_empty(place),
        Dead::Unsafe(scheme) => catalogue::link_unsafe(place, &scheme),
        Dead::Outside => catalogue::link_outside(place, dest),
        Dead::Missing(near) if kind == LinkKind::Picture => {
            catalogue::picture_dead(place, dest, near.as_deref())
        }
        Dead::Missing(near) => catalogue::link_dead(place, dest, near.as_deref()),
        Dead::Draft => catalogue::link_withheld(place, dest, true),
        Dead::Withheld => catalogue::link_withheld(place, dest, false),
        Dead::NoAnchor(anchor, near) => catalogue::anchor_dead(place, &anchor, near.as_deref()),
    }
}
