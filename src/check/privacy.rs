//! Numbers of people that must not be published.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::model::Site;
use crate::parse::numbers::NumberKind;
use crate::source::Place;

/// Identity card numbers anywhere in a story or page, the front matter included.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    places(site, NumberKind::Identity).map(catalogue::identity_number).collect()
}

/// Mobile phone numbers.
pub(super) fn check_phones(site: &Site) -> Vec<Diagnostic> {
    places(site, NumberKind::Mobile).map(catalogue::phone_number).collect()
}

fn places(site: &Site, wanted: NumberKind) -> impl Iterator<Item = Place> {
    site.owners().flat_map(move |owner| {
        let document = site.document(owner);
        let numbers = document.numbers.iter().filter(move |(kind, _)| *kind == wanted);
        numbers.map(|(_, range)| document.source.place(range.clone()))
    })
}
