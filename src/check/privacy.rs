//! Numbers of people that must not be published.

use crate::base::parallel;
use crate::diagnostic::bounded::Bounded;
use crate::diagnostic::{Diagnostic, warning};
use crate::model::Site;
use crate::parse::numbers::NumberKind;
use crate::source::Place;

/// Identity card numbers anywhere in a story or page, the front matter included.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    find(site, NumberKind::Identity, identity_number)
}

/// Mobile phone numbers.
pub(super) fn check_phones(site: &Site) -> Vec<Diagnostic> {
    find(site, NumberKind::Mobile, phone_number)
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

/// An identity card number.
fn identity_number(place: Place) -> Diagnostic {
    warning(
        "identity-number",
        place,
        "这里像是一个身份证号码，发布出去会泄露个人信息",
        "this looks like an identity card number, which must not be published",
    )
    .help("删掉它，或者只留前后几位，中间用 * 代替", "delete it, or mask most of it")
}

/// A mobile phone number.
fn phone_number(place: Place) -> Diagnostic {
    warning(
        "phone-number",
        place,
        "这里像是一个手机号码，请确认本人同意公开",
        "this looks like a mobile phone number; make sure that its owner agrees",
    )
    .help("可以改用单位的办公电话", "an office number may serve as well")
}
