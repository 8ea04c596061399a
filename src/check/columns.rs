//! Columns that an inspector would call stale.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::model::Site;

/// A column is stale when its latest story is older than this.
const STALE_DAYS: i64 = 180;

pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    site.focal_points
        .iter()
        .filter_map(|point| {
            let latest = point.stories.iter().map(|&id| site.story(id).date).max();
            match latest {
                None => Some(catalogue::column_empty(&point.name)),
                Some(date) => {
                    let days = site.edition.now.days_since(date);
                    (days > STALE_DAYS)
                        .then(|| catalogue::column_stale(&point.name, &date.date(), days))
                }
            }
        })
        .collect()
}
