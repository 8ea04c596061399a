//! People and units by the letters that a reader types: the name itself, its reading and
//! the initials of its reading.

use super::normalise::normalise;
use crate::model::Site;
use crate::model::kinds::{MEMBERS, UNITS};
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
    for id in site.ids(MEMBERS) {
        let person = site.entity(id);
        let unit = person.belongs_to.map_or("", |unit| &site.entity(unit).name);
        let reading = pinyin::name_slug(&person.name);
        let address = site.entity_address(id);
        add("person", &person.name, &reading, address.as_str(), unit, person.stories.len());
    }
    for id in site.ids(UNITS) {
        let unit = site.entity(id);
        if unit.stories.is_empty() {
            continue;
        }
        let address = site.entity_address(id);
        for name in std::iter::once(&unit.name).chain(&unit.aliases) {
            let shown = if *name == unit.name { "" } else { name };
            let reading = pinyin::slug(name);
            add("unit", &unit.name, &reading, address.as_str(), shown, unit.stories.len());
        }
    }
    lines.sort();
    lines.dedup();
    lines
}
