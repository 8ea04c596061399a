//! Columns that an inspector would call stale.

use super::named::named;
use crate::diagnostic::{Diagnostic, note};
use crate::model::Site;
use crate::model::entity::KindId;
use crate::source::{Place, SourcePath};

/// Kinds that say after how many days they are stale: their entities without a story, and
/// those without a new one.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if site.is_incomplete {
        return diagnostics;
    }
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
            diagnostics.push(columns_empty(kind.called, &empty));
        }
        if !stale.is_empty() {
            diagnostics.push(columns_stale(kind.called, &stale, days));
        }
    }
    diagnostics
}

pub(crate) fn stories() -> Place {
    Place::file(&SourcePath::new("content/stories"))
}

/// Entities without a story.
fn columns_empty((zh, en): (&str, &str), names: &[&str]) -> Diagnostic {
    let names = named(names);
    note(
        "column-empty",
        stories(),
        format!("这些{zh}还没有稿件，页面是空的：{}", names.zh),
        format!("these {en}s have no story, and their pages are empty: {}", names.en),
    )
}

/// Entities without a story for long.
fn columns_stale((zh, en): (&str, &str), names: &[&str], days: i64) -> Diagnostic {
    let names = named(names);
    note(
        "column-stale",
        stories(),
        format!("这些{zh}超过 {days} 天没有新稿件：{}", names.zh),
        format!("these {en}s have had no story for {days} days: {}", names.en),
    )
}
