//! Columns that an inspector would call stale.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::model::Site;

/// A column is stale when its latest story is older than this.
const STALE_DAYS: i64 = 180;

pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let mut empty = Vec::new();
    let mut stale = Vec::new();
    for point in &site.focal_points {
        match point.stories.iter().map(|&id| site.story(id).date).max() {
            None => empty.push(point.short_name.as_str()),
            Some(latest) if site.edition.now.days_since(latest) > STALE_DAYS => {
                stale.push(point.short_name.as_str());
            }
            Some(_) => {}
        }
    }
    let mut diagnostics = Vec::new();
    if !empty.is_empty() {
        diagnostics.push(catalogue::columns_empty(&empty));
    }
    if !stale.is_empty() {
        diagnostics.push(catalogue::columns_stale(&stale, STALE_DAYS));
    }
    diagnostics
}
