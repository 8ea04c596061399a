//! Pages that ask for stories of which there are none.

use crate::diagnostic::{Diagnostic, warning};
use crate::model::{PageId, Site};
use crate::source::Place;
use crate::value::nearest::nearest;

pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    // What has mistakes may well be there once they are gone.
    if site.is_incomplete {
        return Vec::new();
    }
    let pages = (0..site.pages.len() as u32).map(PageId);
    let is_empty = |id: &PageId| site.collected(*id).is_some_and(|stories| stories.is_empty());
    let empty = pages.filter(is_empty).filter(|id| !site.asks_for_unknown(*id));
    let complaint = |id: PageId| {
        let document = &site.pages[id.index()].document;
        let asked = document.front.stories.as_ref().and_then(|asked| asked.keyword.as_deref());
        let keywords = site.stories.iter().flat_map(|story| &story.document.front.keywords);
        let keywords = keywords.map(|keyword| keyword.value.as_str());
        let near = asked.and_then(|word| nearest(word, keywords.filter(|known| *known != word)));
        collected_none(document.place_of("stories"), near)
    };
    empty.map(complaint).collect()
}

/// A page whose list is empty.
fn collected_none(place: Place, near: Option<&str>) -> Diagnostic {
    warning(
        "page-stories-none",
        place,
        "没有符合这些条件的稿件，这一页的列表是空的",
        "no story is like this, so the list of this page is empty",
    )
    .nearest(
        near,
        "核对关键词和名称；写了几项，就要都符合",
        "check the words; of several conditions all must hold",
    )
}
