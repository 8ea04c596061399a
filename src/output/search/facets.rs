//! Facets: of each story the values by which results can be narrowed.

use serde_json::{Value, json};

use crate::model::Site;
use crate::model::entity::{Entity, KindId};
use crate::model::story::Story;
use crate::value::kind::Kind;

/// The names of the facets: kinds of entities by their own, and kinds of stories and years.
pub fn names() -> impl Iterator<Item = &'static str> {
    kinds().map(|kind| kind.kind().one).chain(["kind", "year"])
}

fn kinds() -> impl Iterator<Item = KindId> {
    KindId::all().filter(|kind| kind.kind().facet)
}

/// A facet as JSON: `values`, each a slug and a name, and `of`: for each story, oldest first,
/// the place of its value among them, a list of places, or -1.
pub fn json(site: &Site, facet: &str) -> Value {
    let mut years: Vec<i32> = site.stories.iter().map(|story| story.date.year()).collect();
    years.dedup();
    let kind = kinds().find(|kind| kind.kind().one == facet);
    let values: Vec<[String; 2]> = match (facet, kind) {
        (_, Some(kind)) => {
            let pair = |entity: &Entity| [entity.slug.clone(), entity.short_name().to_string()];
            site.all(kind).iter().map(pair).collect()
        }
        ("year", _) => {
            years.iter().map(|year| [format!("{year:04}"), format!("{year:04}")]).collect()
        }
        _ => Kind::ALL.iter().map(|kind| [kind.word().to_string(), String::new()]).collect(),
    };
    let several = |places: Vec<usize>| match places[..] {
        [] => json!(-1),
        [one] => json!(one),
        _ => json!(places),
    };
    let of = |story: &Story| match (facet, kind) {
        (_, Some(kind)) => several(story.all(kind).iter().map(|id| id.index()).collect()),
        ("year", _) => {
            let place = years.iter().position(|year| *year == story.date.year());
            several(place.into_iter().collect())
        }
        _ => json!(story.kind as usize),
    };
    json!({ "values": values, "of": site.stories.iter().rev().map(of).collect::<Vec<_>>() })
}
