//! Checks: what is well-formed and still wrong. Pure; each family is a file.

mod columns;
mod files;
mod links;
mod privacy;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::model::Site;
use crate::plan::Plan;

/// Everything that is wrong with the site as a whole.
pub fn check(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let mut diagnostics = links::check(site, plan);
    diagnostics.extend(files::check(site, plan));
    diagnostics.extend(privacy::check(site));
    diagnostics
}

/// Complains of front matter whose places are not certain, where a complaint asked for one and
/// nobody has said so yet.
pub fn complain_of_unclear(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let owned = site.owners().map(|owner| site.document(owner));
    for unclear in
        owned.chain(site.aside.iter().map(Arc::as_ref)).filter_map(|document| document.unclear())
    {
        if !diagnostics.contains(&unclear) {
            diagnostics.push(unclear);
        }
    }
}

/// What only `check` says: hints that are no mistakes.
pub fn more(site: &Site) -> Vec<Diagnostic> {
    let mut diagnostics = columns::check(site);
    diagnostics.extend(privacy::check_phones(site));
    diagnostics
}
