//! Checks: what is well-formed and still wrong. Each family is a file, and all of them are
//! listed in [`CHECKS`]. Pure, but for `contents`, which looks at the ends of files, and `sheets`, which
//! reads two.

mod attached;
mod carriers;
pub mod cases;
mod collected;
mod columns;
mod contents;
mod events;
mod files;
pub mod fixes;
mod frame;
mod gov;
mod hollow;
mod honours;
mod links;
pub mod lost;
mod meant;
mod named;
mod numbered;
mod privacy;
mod samples;
mod sections;
mod sheets;
mod tasks;
mod twins;
mod voices;
mod works;
pub mod years;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::model::Site;
use crate::plan::Plan;

/// A check: what it is called, and what is wrong.
pub struct Check {
    /// Its name.
    pub name: &'static str,
    run: fn(&Site, &Plan) -> Vec<Diagnostic>,
    /// Is it made by every command that reads the campaign, or by `check` alone, as it finds
    /// hints that are no mistakes?
    pub is_everywhere: bool,
}

const fn everywhere(name: &'static str, run: fn(&Site, &Plan) -> Vec<Diagnostic>) -> Check {
    Check { name, run, is_everywhere: true }
}

const fn only_in_check(name: &'static str, run: fn(&Site, &Plan) -> Vec<Diagnostic>) -> Check {
    Check { name, run, is_everywhere: false }
}

/// All checks. A test says of each command which of them it makes.
pub static CHECKS: &[Check] = &[
    everywhere("links", links::check),
    everywhere("contents", contents::check),
    everywhere("places-of-files", attached::check_places),
    everywhere("files", files::check),
    everywhere("style-sheets", sheets::check),
    everywhere("frame", frame::check),
    everywhere("collected", |site, _| collected::check(site)),
    everywhere("gov", |site, _| gov::check(site)),
    everywhere("identity-numbers", |site, _| privacy::check(site)),
    everywhere("copies", |site, _| twins::check(site)),
    everywhere("years", |site, _| years::check(site)),
    only_in_check("list-years", |site, _| years::check_lists(site)),
    everywhere("work-times", |site, _| works::check_times(site)),
    everywhere("events", |site, _| events::check(site)),
    everywhere("evaluations", |site, _| voices::check(site)),
    only_in_check("voices", |site, _| voices::check_silence(site)),
    only_in_check("samples", |site, _| samples::check(site)),
    only_in_check("cases", |site, _| cases::check(site)),
    only_in_check("sections", |site, _| sections::check(site)),
    only_in_check("columns", |site, _| columns::check(site)),
    only_in_check("works", |site, _| works::check_quiet(site)),
    only_in_check("carriers", |site, _| carriers::check(site)),
    only_in_check("tasks", |site, _| tasks::check(site)),
    only_in_check("clashes", |site, _| events::check_clashes(site)),
    only_in_check("honours", |site, _| honours::check(site)),
    only_in_check("empty-talk", |site, _| hollow::check(site)),
    only_in_check("slugs", |site, _| numbered::check(site)),
    only_in_check("phone-numbers", |site, _| privacy::check_phones(site)),
    only_in_check("attached", attached::check),
];

/// Everything that is wrong with the site as a whole.
pub fn check(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let checks = CHECKS.iter().filter(|check| check.is_everywhere);
    checks.flat_map(|check| (check.run)(site, plan)).collect()
}

/// What only `check` says: hints that are no mistakes.
pub fn more(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let checks = CHECKS.iter().filter(|check| !check.is_everywhere);
    checks.flat_map(|check| (check.run)(site, plan)).collect()
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
