//! The colours that a campaign gives itself and its focal points, as a style sheet: an inline style
//! would be refused by a strict Content-Security-Policy.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Artifact, Output, Promise, may_be_address};
use crate::base::lang::bilingual;
use crate::model::Site;
use crate::model::kinds::FOCAL_POINTS;
use crate::plan::{Claim, Claims, asset_address};
use crate::value::colour::{Colour, LARGE, LARGE_NIGHT, NIGHT};

/// The style sheet. Templates find its address as `site.colours`.
pub static COLOURS: Output = Output {
    claims: |site, _| {
        let claim = has_colours(site).then(|| Claim::file(asset_address(NAME), 0));
        Claims { addresses: claim.into_iter().collect(), ..Claims::default() }
    },
    make: |material, _| Ok(Artifact::Bytes(css(material.site()).into_bytes())),
    told: Some(|views, _| {
        let address =
            || json!(views.url_of_bytes(&asset_address(NAME), css(views.site()).as_bytes()));
        ("colours", if has_colours(views.site()) { address() } else { Value::Null })
    }),
    promised: Some(Promise {
        name: "colours",
        shape: may_be_address,
        about: bilingual(
            "网站自己的颜色，一个样式表的网址",
            "the address of a style sheet with the site's own colours",
        ),
    }),
    ..Output::PLAIN
};

const NAME: &str = "focal-points.css";

/// What the theme's style sheet calls a page in large print: this has to weigh as much.
const LARGE_PRINT: &str = ":root:is(.elder, :has(#xf-elder:target))";

/// Has the site, or a focal point, a colour of its own?
fn has_colours(site: &Site) -> bool {
    site.settings.colour.is_some()
        || site.all(FOCAL_POINTS).iter().any(|point| point.text("colour").is_some())
}

/// For each focal point with a colour the class `fp-NUMBER` with the property `--fp`; by
/// night the colour is lightened, so that it can be read on a dark page; in large print it is the ink.
/// The site's own colour is darkened or lightened for large print until it stands out 7 : 1. Colours are `#rgb`
/// or `#rrggbb`, as `model::vocabulary` has checked.
fn css(site: &Site) -> String {
    let mut day = String::new();
    let mut night = String::new();
    let mut elder = String::new();
    if let Some(colour) = site.settings.colour.as_deref().and_then(Colour::parse) {
        let (by_day, by_night) = (colour.css(), colour.lightened_for(NIGHT).css());
        let _ = writeln!(day, ":root {{ --red: {by_day}; --mark-red: {by_day}; }}");
        let _ = writeln!(night, "  :root {{ --red: {by_night}; }}");
        let (dark, light) =
            (colour.darkened_for(LARGE).css(), colour.lightened_for(LARGE_NIGHT).css());
        let _ = write!(
            elder,
            "@media screen {{\n  {LARGE_PRINT} {{ --red: {dark}; --mark-red: {dark}; }}\n}}\n\
             @media screen and (prefers-color-scheme: dark) {{\n  {LARGE_PRINT} {{ --red: {light}; }}\n}}\n"
        );
    }
    for (i, point) in site.all(FOCAL_POINTS).iter().enumerate() {
        if let Some(colour) = point.text("colour") {
            let number = i + 1;
            let _ = writeln!(day, ".fp-{number} {{ --fp: {colour}; }}");
            let _ = writeln!(elder, ".elder .fp-{number} {{ --fp: var(--ink); }}");
            let _ = writeln!(
                night,
                "  .fp-{number} {{ --fp: color-mix(in srgb, {colour} 55%, white); }}"
            );
        }
    }
    format!(
        "/* generator: xianfeng */\n{day}@media (prefers-color-scheme: dark) {{\n{night}}}\n{elder}"
    )
}
