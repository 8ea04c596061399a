//! Facets: of each story the values by which results can be narrowed.

use serde_json::{Value, json};

use crate::model::Site;
use crate::model::story::Story;
use crate::value::kind::Kind;

/// The facets, in the order in which the page shows them.
pub const NAMES: &[&str] = &["focal_point", "kind", "year", "unit", "region", "carrier"];

/// A facet as JSON: `values`, each a slug and a name, and `of`: for each story, oldest first,
/// the place of its value among them, a list of places, or -1.
pub fn json(site: &Site, facet: &str) -> Value {
    let mut years: Vec<i32> = site.stories.iter().map(|story| story.date.year()).collect();
    years.dedup();
    let values: Vec<[String; 2]> = match facet {
        "focal_point" => {
            pairs(site.focal_points.iter().map(|point| (&point.slug, &point.short_name)))
        }
        "kind" => [Kind::Branch, Kind::Member, Kind::News]
            .iter()
            .map(|kind| [kind.word().to_string(), String::new()])
            .collect(),
        "year" => years.iter().map(|year| [format!("{year:04}"), format!("{year:04}")]).collect(),
        "unit" => pairs(site.units.iter().map(|unit| (&unit.slug, &unit.name))),
        "region" => pairs(site.regions.iter().map(|region| (&region.slug, &region.name))),
        _ => pairs(site.carriers.iter().map(|carrier| (&carrier.slug, &carrier.name))),
    };
    let several = |places: Vec<usize>| match places[..] {
        [] => json!(-1),
        [one] => json!(one),
        _ => json!(places),
    };
    let one = |place: Option<usize>| several(place.into_iter().collect());
    let of = |story: &Story| match facet {
        "focal_point" => several(story.focal_points.iter().map(|id| id.index()).collect()),
        "kind" => json!(story.kind as usize),
        "year" => one(years.iter().position(|year| *year == story.date.year())),
        "unit" => one(story.unit.map(|id| id.index())),
        "region" => one(story.region.map(|id| id.index())),
        _ => several(story.carriers.iter().map(|id| id.index()).collect()),
    };
    json!({ "values": values, "of": site.stories.iter().rev().map(of).collect::<Vec<_>>() })
}

fn pairs<'a>(values: impl Iterator<Item = (&'a String, &'a String)>) -> Vec<[String; 2]> {
    values.map(|(slug, name)| [slug.clone(), name.clone()]).collect()
}
