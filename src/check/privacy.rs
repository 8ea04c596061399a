//! Numbers of people that must not be published.

use crate::base::parallel;
use crate::diagnostic::bounded::Bounded;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::model::Site;
use crate::parse::numbers::NumberKind;
use crate::source::Place;

/// Identity card numbers anywhere in a story or page, the front matter included.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    find(site, NumberKind::Identity, catalogue::identity_number)
}

/// Mobile phone numbers.
pub(super) fn check_phones(site: &Site) -> Vec<Diagnostic> {
    find(site, NumberKind::Mobile, catalogue::phone_number)
}

fn find(site: &Site, wanted: NumberKind, complain: fn(Place) -> Diagnostic) -> Vec<Diagnostic> {
    let owners: Vec<_> = site.owners().collect();
    let found = parallel::map(&owners, |owner| {
        let document = site.document(*owner);
        let numbers = document.numbers.iter().filter(|(kind, _)| *kind == wanted);
        let places = numbers.map(|(_, range)| document.source.place(range.clone()));
        Vec::from(places.map(complain).collect::<Bounded>())
    });
    found.into_iter().flatten().collect()
}
