//! The index of people and units.

use std::collections::BTreeMap;

use super::Book;
use crate::base::name;
use crate::model::kinds::UNITS;
use crate::value::pinyin::name_key;

/// A name, and the numbers of the stories that name it, in the order of the book.
pub(super) struct IndexEntry<'a> {
    pub name: &'a str,
    /// Where a person belongs; tells two people of one name apart.
    pub unit: Option<&'a str>,
    pub stories: Vec<usize>,
}

/// Everybody whom a story is about or names, by surname.
pub(super) fn people<'a>(book: &Book<'a>) -> Vec<IndexEntry<'a>> {
    let site = book.site();
    let mut people: BTreeMap<(String, Option<&str>), IndexEntry<'_>> = BTreeMap::new();
    for (i, &id) in book.stories.iter().enumerate() {
        let story = site.story(id);
        for (name, person) in site.people_of(story) {
            let unit = match person {
                Some(person) => site.entity(person).belongs_to,
                None => story.first(UNITS),
            };
            let unit = unit.map(|unit| site.entity(unit).name.as_str());
            let entry = people.entry((name_key(&name::key(name)), unit));
            let entry = entry.or_insert(IndexEntry { name, unit, stories: Vec::new() });
            if entry.stories.last() != Some(&(i + 1)) {
                entry.stories.push(i + 1);
            }
        }
    }
    people.into_values().collect()
}

/// Every unit that a story names, in the order of the site.
pub(super) fn units<'a>(book: &Book<'a>) -> Vec<IndexEntry<'a>> {
    let site = book.site();
    let mut units: BTreeMap<_, IndexEntry<'_>> = BTreeMap::new();
    for (i, &id) in book.stories.iter().enumerate() {
        for &unit in site.story(id).all(UNITS) {
            let name = site.entity(unit).name.as_str();
            let entry = units.entry(unit);
            entry
                .or_insert(IndexEntry { name, unit: None, stories: Vec::new() })
                .stories
                .push(i + 1);
        }
    }
    units.into_values().collect()
}
