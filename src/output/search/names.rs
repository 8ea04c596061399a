//! People, units and whatever else stories name, by the letters that a reader types: the name itself, its reading and
//! the initials of its reading.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::normalise::normalise;
use crate::model::Site;
use crate::model::entity::{Entity, Entries, KindId, Otherwise};
use crate::model::kinds::MEMBERS;
use crate::source::decode::is_common;
use crate::value::pinyin;
use crate::view::honours;

/// One line for each way to type a name: `key TAB kind TAB name TAB address TAB stories`,
/// sorted.
pub fn lines(site: &Site) -> Vec<String> {
    let mut lines = Vec::new();
    let plain = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    // `typed` is one of the names of what is called `name`.
    let mut add =
        |entity: &Entity, kind: &str, typed: &str, reading: &str, at: &str, more: &str| {
            let (name, count) = (plain(&entity.name), entity.stories.len());
            let rest = format!("{kind}\t{name}\t{at}\t{}\t{count}", plain(more));
            let keys = self::typed(typed, reading).into_iter();
            lines.extend(keys.map(|key| format!("{key}\t{rest}")));
        };
    for id in site.ids(MEMBERS) {
        let person = site.entity(id);
        let unit = person.belongs_to.map_or("", |unit| &site.entity(unit).name);
        let address = site.entity_address(id);
        for name in std::iter::once(&person.name).chain(&person.aliases) {
            add(person, "person", name, &pinyin::name_slug(name), address.as_str(), unit);
        }
    }
    let named = KindId::all().filter(|id| id.kind().named_by.is_some());
    for id in named.flat_map(|kind| site.ids(kind)) {
        let entity = site.entity(id);
        // What is kept account of has a page worth finding before anybody tells of it.
        let is_kept =
            matches!(id.kind.kind().entries, Entries::File { otherwise: Otherwise::Nothing, .. });
        if entity.stories.is_empty() && !is_kept {
            continue;
        }
        let (kind, address) = (id.kind.kind().one, site.entity_address(id));
        let names = [&*entity.name, entity.short_name()].into_iter();
        for name in names.chain(entity.aliases.iter().map(String::as_str)) {
            let shown = if name == entity.name { "" } else { name };
            add(entity, kind, name, &pinyin::slug(name), address.as_str(), shown);
        }
    }
    for named in honours::named(site) {
        let reading = match named.person {
            Some(_) => pinyin::name_slug(named.name),
            None => pinyin::slug(named.name),
        };
        let (name, more) = (plain(named.name), plain(&named.more));
        let rest = format!("honour\t{name}\t{}\t{more}\t{}", named.address, named.count);
        lines.extend(typed(named.name, &reading).into_iter().map(|key| format!("{key}\t{rest}")));
    }
    lines.sort();
    lines.dedup();
    lines
}

/// Every way to type a name that is read so.
fn typed(name: &str, reading: &str) -> Vec<String> {
    let initials: String =
        reading.split('-').filter_map(|syllable| syllable.chars().next()).collect();
    let mut keys =
        vec![normalise(name).replace([' ', '\n'], ""), reading.replace('-', ""), initials];
    keys.sort();
    keys.dedup();
    keys.retain(|key| !key.is_empty());
    keys
}

/// How the characters sound that may stand for those of names: a line for each syllable of a
/// name, `syllable TAB characters`. Who types another character of the same sound finds the name.
pub fn sounds(site: &Site) -> String {
    let mut syllables: BTreeSet<String> = BTreeSet::new();
    let kinds = KindId::all().filter(|id| id.kind().named_by.is_some());
    for id in kinds.chain([MEMBERS]).flat_map(|kind| site.ids(kind)) {
        let entity = site.entity(id);
        for name in std::iter::once(&entity.name).chain(&entity.aliases) {
            let reading =
                if id.kind == MEMBERS { pinyin::name_slug(name) } else { pinyin::slug(name) };
            syllables.extend(reading.split('-').map(String::from));
        }
    }
    for named in honours::named(site) {
        let reading = match named.person {
            Some(_) => pinyin::name_slug(named.name),
            None => pinyin::slug(named.name),
        };
        syllables.extend(reading.split('-').map(String::from));
    }
    let mut out = String::new();
    for (syllable, characters) in READINGS.iter().filter(|(known, _)| syllables.contains(*known)) {
        out.extend([syllable, "\t", characters, "\n"]);
    }
    out
}

/// The characters of each syllable, as far as they are in use.
static READINGS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut readings: BTreeMap<String, String> = BTreeMap::new();
    for c in ('\u{4E00}'..='\u{9FA5}').filter(|&c| is_common(c)) {
        readings.entry(pinyin::slug(c.encode_utf8(&mut [0; 4]))).or_default().push(c);
    }
    readings
});
