//! The colours that a campaign gives its focal points, as a style sheet: an inline style
//! would be refused by a strict Content-Security-Policy.

use std::fmt::Write as _;

use crate::model::Site;
use crate::model::kinds::FOCAL_POINTS;

/// For each focal point with a colour the class `fp-NUMBER` with the property `--fp`; by
/// night the colour is lightened, so that it can be read on a dark page. Colours are `#rgb`
/// or `#rrggbb`, as `model::vocabulary` has checked.
pub fn css(site: &Site) -> String {
    let mut day = String::new();
    let mut night = String::new();
    for (i, point) in site.all(FOCAL_POINTS).iter().enumerate() {
        if let Some(colour) = point.text("colour") {
            let number = i + 1;
            let _ = writeln!(day, ".fp-{number} {{ --fp: {colour}; }}");
            let _ = writeln!(
                night,
                "  .fp-{number} {{ --fp: color-mix(in srgb, {colour} 55%, white); }}"
            );
        }
    }
    format!("{day}@media (prefers-color-scheme: dark) {{\n{night}}}\n")
}
