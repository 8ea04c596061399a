//! Columns that an inspector would call stale.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::model::Site;
use crate::model::entity::KindId;

/// Kinds that say after how many days they are stale: their entities without a story, and
/// those without a new one.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for id in KindId::all() {
        let kind = id.kind();
        let Some(days) = kind.stale_after_days else { continue };
        let mut empty = Vec::new();
        let mut stale = Vec::new();
        for entity in site.all(id) {
            match entity.stories.iter().map(|&id| site.story(id).date).max() {
                None => empty.push(entity.short_name()),
                Some(latest) if site.edition.now.days_since(latest) > days => {
                    stale.push(entity.short_name());
                }
                Some(_) => {}
            }
        }
        if !empty.is_empty() {
            diagnostics.push(catalogue::columns_empty(kind.called, &empty));
        }
        if !stale.is_empty() {
            diagnostics.push(catalogue::columns_stale(kind.called, &stale, days));
        }
    }
    diagnostics
}
