//! Checks: what is well-formed and still wrong. Pure; each family is a file.

mod columns;
mod files;
mod links;
mod privacy;

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

/// What only `check` says: hints that are no mistakes.
pub fn more(site: &Site) -> Vec<Diagnostic> {
    let mut diagnostics = columns::check(site);
    diagnostics.extend(privacy::check_phones(site));
    diagnostics
}
