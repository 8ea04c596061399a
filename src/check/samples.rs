//! What was forgotten of the sample campaign.

use crate::diagnostic::{Diagnostic, note};
use crate::model::Site;
use crate::source::{Place, SourcePath};

pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let left = site.settings.left_of_sample();
    if left.is_empty() {
        return Vec::new();
    }
    let place = match left[..] {
        [(key, _), ..] if !key.starts_with("fonds") && !key.starts_with("contact_") => {
            site.settings.place_of(key)
        }
        _ => Place::file(&SourcePath::new("content/site.yaml")),
    };
    let (en, zh): (Vec<_>, Vec<_>) = left.into_iter().unzip();
    vec![sample_left(place, &zh.join("、"), &en.join(", "))]
}

/// Settings that are still those of the sample.
fn sample_left(place: Place, zh: &str, en: &str) -> Diagnostic {
    note(
        "sample-left",
        place,
        format!("这几项还是示例里的内容：{zh}"),
        format!("these are still those of the sample: {en}"),
    )
    .help("改成自己的，或者删掉那一行", "put your own in their place, or delete the lines")
}
