//! Where the links of a story lead when it is read away from its site.

use super::Publication;
use crate::base::fault::Fault;
use crate::model::link::{Owner, Target, resolve, with_anchor};
use crate::model::{Site, StoryId};
use crate::parse::markdown::{LinkKind, Medium, Resolved, to_html};
use crate::plan::{Found, Plan, Recipe, find, target_address, target_file};
use crate::value::foreign;
use crate::view::Views;

/// The body of a story as HTML that is also XML. A story of the same publication is linked
/// inside it; any other page of the site by its absolute address, where that is known, and
/// else is named without a link.
pub(super) fn body(
    views: &Views<'_>,
    plan: &Plan,
    publication: &Publication<'_>,
    id: StoryId,
) -> Result<String, Fault> {
    let document = &views.site().story(id).document;
    let source = document.source.read()?;
    let ids = (publication.chapter)(id).map_or(String::new(), |chapter| chapter.ids);
    let words = views.body_words();
    let html = to_html(document.markdown(&source), Medium::Book(&ids), &words, &|dest, kind| {
        let Ok(target) = resolve(views.site(), document, dest, kind) else {
            return Resolved::Nothing;
        };
        let led = match kind {
            LinkKind::Picture => target_file(views.site(), plan, &target)
                .and_then(|file| (publication.picture)(&file))
                .map(Resolved::Here),
            LinkKind::Link => follow(views, plan, publication, id, target),
        };
        led.unwrap_or(Resolved::Nothing)
    });
    // Entities in the text may stand for what XML has no way to write.
    Ok(match html.contains(|c| !is_xml(c)) {
        true => html.chars().filter(|&c| is_xml(c)).collect(),
        false => html,
    })
}

fn is_xml(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        c => !c.is_control(),
    }
}

fn follow(
    views: &Views<'_>,
    plan: &Plan,
    publication: &Publication<'_>,
    from: StoryId,
    target: Target,
) -> Option<Resolved> {
    let site = views.site();
    match &target {
        Target::Elsewhere(url) => return foreign::strict(url).map(Resolved::Elsewhere),
        Target::Anchor(anchor) => {
            let anchor = Some(anchor.as_str()).filter(|anchor| !anchor.is_empty());
            return inward(site, publication, from, from, anchor);
        }
        _ => {}
    }
    if let Some((story, anchor)) = story(site, plan, &target)
        && let Some(inside) = inward(site, publication, from, story, anchor.as_deref())
    {
        return Some(inside);
    }
    let (address, rest) = target_address(site, plan, Owner::Story(from), &target)?;
    foreign::strict(&format!("{}{rest}", views.absolute(&address)?)).map(Resolved::Elsewhere)
}

/// The story that a target is, and the place in it.
fn story(site: &Site, plan: &Plan, target: &Target) -> Option<(StoryId, Option<String>)> {
    let (address, rest) = match target {
        Target::Owner(Owner::Story(id), anchor) => return Some((*id, anchor.clone())),
        Target::Address(address, rest) => (address, rest),
        _ => return None,
    };
    let (Found::Exact(found) | Found::Near(found)) = find(plan, address) else { return None };
    let recipe = match plan.get(&found.file_path())? {
        Recipe::Redirect(moved) => plan.get(&moved.file_path())?,
        recipe => recipe,
    };
    let Recipe::Story(id) = recipe else { return None };
    Some((*id, with_anchor(&site.story(*id).document, rest).ok().flatten()))
}

/// The link from one story to another, or to a place in itself.
fn inward(
    site: &Site,
    publication: &Publication<'_>,
    from: StoryId,
    to: StoryId,
    anchor: Option<&str>,
) -> Option<Resolved> {
    let chapter = (publication.chapter)(to)?;
    let headings = &site.story(to).document.body.headings;
    let place = anchor.and_then(|anchor| headings.iter().position(|head| head.id == anchor));
    let id = match place {
        Some(i) => Medium::Book(&chapter.ids).heading_id(i + 1, ""),
        None => format!("{}top", chapter.ids),
    };
    let file = if from == to { "" } else { &chapter.file };
    Some(Resolved::Here(format!("{file}#{id}")))
}
