//! People and units by the letters that a reader types: the name itself, its reading and
//! the initials of its reading.

use super::normalise::normalise;
use crate::model::Site;
use crate::value::pinyin;

/// One line for each way to type a name: `key TAB kind TAB name TAB address TAB stories`,
/// sorted.
pub fn lines(site: &Site) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add =
        |kind: &str, name: &str, reading: &str, address: &str, more: &str, count: usize| {
            let plain = |text: &str| text.replace(['\t', '\n', '\r'], " ");
            let rest = format!("{kind}\t{}\t{address}\t{}\t{count}", plain(name), plain(more));
            let initials: String =
                reading.split('-').filter_map(|syllable| syllable.chars().next()).collect();
            let mut keys =
                vec![normalise(name).replace([' ', '\n'], ""), reading.replace('-', ""), initials];
            keys.sort();
            keys.dedup();
            lines.extend(
                keys.iter().filter(|key| !key.is_empty()).map(|key| format!("{key}\t{rest}")),
            );
        };
    for person in &site.people {
        let unit = &site.units[person.unit.index()];
        let reading = pinyin::name_slug(&person.name);
        add(
            "person",
            &person.name,
            &reading,
            person.address().as_str(),
            &unit.name,
            person.stories.len(),
        );
    }
    for unit in site.units.iter().filter(|unit| !unit.stories.is_empty()) {
        for name in std::iter::once(&unit.name).chain(&unit.aliases) {
            let shown = if *name == unit.name { "" } else { name };
            add(
                "unit",
                &unit.name,
                &pinyin::slug(name),
                unit.address().as_str(),
                shown,
                unit.stories.len(),
            );
        }
    }
    lines.sort();
    lines.dedup();
    lines
}
