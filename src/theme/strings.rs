//! The words that a theme itself says.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{braces, unused};
use crate::diagnostic::Diagnostic;
use crate::settings::Settings;
use crate::source::{Place, Source};
use crate::theme::{layers, messages};
use crate::value::nearest::nearest;
use crate::yaml::fields::{Reader, describe, scalar};
use crate::yaml::places::Part;
use crate::yaml::{Node, Step, Yaml};

/// Words by key, in one language.
#[derive(Debug, Default)]
pub struct Strings {
    words: BTreeMap<String, String>,
    /// Keys of which it is told that nothing fills a name in their braces.
    odd: BTreeSet<String>,
}

impl Strings {
    /// The text for a key; the key itself where the theme has none, which a reader of the
    /// page will see and report.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The text for a key; `None` if the theme has none.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str)
    }

    /// The text for a key with `{name}` replaced by each value.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), |name, out| {
            let value = values.iter().find(|(known, _)| *known == name);
            value.map(|(_, value)| out.push_str(value))
        })
    }

    /// Is it told that nothing fills a name in the braces of this word?
    pub(super) fn is_odd(&self, key: &str) -> bool {
        self.odd.contains(key)
    }

    /// All words.
    pub fn map(&self) -> &BTreeMap<String, String> {
        &self.words
    }
}

/// A language and those that it is a variety of, the most general first: `en`, `en-GB`.
fn varieties(language: &str) -> impl Iterator<Item = &str> {
    let ends = language.match_indices('-').map(|(at, _)| at);
    ends.chain([language.len()]).map(|end| &language[..end])
}

/// Reads the strings of the language of `settings`. Words that it lacks are taken from `zh-CN`,
/// in which the built-in theme is written, so that an older translation still works; and it is said
/// which these are.
pub fn read(
    files: &BTreeMap<String, Vec<Source>>,
    settings: &Settings,
    templates: &BTreeMap<String, Source>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Strings {
    let mut words = BTreeMap::new();
    // The words of the built-in theme, in the language that has all of them: its first layer.
    let mut known = BTreeSet::new();
    let language = settings.language.as_str();
    let mut slots = BTreeMap::new();
    let others = varieties(language).filter(|name| *name != "zh-CN");
    let mut own = BTreeSet::new();
    let mut last = None;
    for name in ["zh-CN"].into_iter().chain(others) {
        for source in files.get(name).into_iter().flatten() {
            let is_known = |key: &str| known.contains(key) || unused::is_word(templates, key);
            let near = |key: &str| {
                let near = nearest(key, known.iter().map(String::as_str));
                (!known.is_empty() && !is_known(key)).then(|| near.map(str::to_string))
            };
            let before = std::mem::take(&mut words);
            read_file(source, &near, &slots, &mut words, diagnostics);
            own.extend(words.keys().filter(|_| name != "zh-CN").cloned());
            words = before.into_iter().chain(std::mem::take(&mut words)).collect();
            if known.is_empty() {
                known.extend(words.keys().cloned());
                slots =
                    words.iter().map(|(key, text)| (key.clone(), slots_of(key, text))).collect();
            }
            last = Some(source).filter(|_| name != "zh-CN").or(last);
        }
    }
    if language != "zh-CN" {
        match last {
            Some(source) => {
                let missing: Vec<&str> = known.difference(&own).map(String::as_str).collect();
                if !missing.is_empty() {
                    diagnostics.push(messages::words_missing(Place::file(&source.path), &missing));
                }
            }
            None => {
                let place = settings.place_of("language");
                diagnostics.push(messages::strings_missing(place, language));
            }
        }
    }
    diagnostics.extend(untranslated(files, settings, &known));
    complain_of_spelling(files, language, diagnostics);
    let odd = words.iter().filter(|(key, text)| {
        let known = slots.get(*key);
        let is_unknown =
            known.is_some_and(|known| names_in(text).iter().any(|name| !known.contains(name)));
        is_unknown || !braces::slips(text).is_empty()
    });
    let odd = odd.map(|(key, _)| key.clone()).collect();
    Strings { words, odd }
}

/// Words that a theme of the project has in Chinese alone: not in one of its other languages, nor in
/// that of the site. `known` are the built-in theme's words, which have all languages.
fn untranslated(
    files: &BTreeMap<String, Vec<Source>>,
    settings: &Settings,
    known: &BTreeSet<String>,
) -> Vec<Diagnostic> {
    let built_in = |name: &str| {
        let has = |(_, folder): &&(&str, &include_dir::Dir<'_>)| {
            folder.get_file(format!("strings/{name}.yaml")).is_some()
        };
        layers::BUILT_INS.iter().filter(has).count()
    };
    let own = |name: &str| files.get(name).into_iter().flatten().skip(built_in(name));
    let mut found = Vec::new();
    for chinese in own("zh-CN") {
        let keys = keys_of(chinese);
        let keys = keys.iter().filter(|key| !known.contains(*key));
        let keys: Vec<&str> = keys.map(String::as_str).collect();
        let folder = chinese.path.folder();
        let of_theme = |name: &str| own(name).find(|source| source.path.folder() == folder);
        let languages = files.keys().filter(|name| *name != "zh-CN" && of_theme(name).is_some());
        let mut languages: Vec<&str> = languages.map(String::as_str).collect();
        let site = settings.language.as_str();
        let is_there = |name: &&str| languages.contains(name);
        if site != "zh-CN" && !varieties(site).any(|name| is_there(&name)) {
            languages.push(site);
        }
        for language in languages {
            let texts = varieties(language).filter_map(of_theme);
            let translated: BTreeSet<String> = texts.flat_map(keys_of).collect();
            let missing = keys.iter().copied().filter(|key| !translated.contains(*key));
            let missing: Vec<&str> = missing.collect();
            if missing.is_empty() {
                continue;
            }
            let file = format!("{folder}/{language}.yaml");
            let place = Place::file(&of_theme(language).unwrap_or(chinese).path);
            let is_needed = varieties(site).any(|name| name == language);
            found.push(messages::own_words_missing(place, &file, language, &missing, is_needed));
        }
    }
    found
}

/// The keys of a file of words, as far as it can be read.
fn keys_of(source: &Source) -> Vec<String> {
    let Ok(yaml) = Yaml::read_file(source) else { return Vec::new() };
    match yaml.root() {
        Node::Map(entries) => entries.iter().map(|(key, _)| key.clone()).collect(),
        _ => Vec::new(),
    }
}

/// Texts that may have more names in braces than the built-in ones have.
const MORE_SLOTS: [(&str, &[&str]); 2] = [
    ("date", &["y", "m", "d", "mm", "dd", "weekday"]),
    ("date_short", &["y", "m", "d", "mm", "dd", "weekday"]),
];

/// The names in braces that the text of a key may have, as the built-in theme has it.
fn slots_of(key: &str, text: &str) -> BTreeSet<String> {
    let more = MORE_SLOTS.iter().filter(|(known, _)| *known == key);
    let more = more.flat_map(|(_, names)| names.iter().map(|name| name.to_string()));
    names_in(text).into_iter().chain(more).collect()
}

/// The names in braces of a text.
pub(super) fn names_in(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    fill(text, |name, _| {
        names.insert(name.to_string());
        Some(())
    });
    names
}

/// Can this be a name in braces?
pub(super) fn is_slot(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric())
}

/// Files that are nearly named like those that are read: `zh_CN.yaml`, `zh-cn.yaml`.
fn complain_of_spelling(
    files: &BTreeMap<String, Vec<Source>>,
    language: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let plain = |name: &str| name.to_lowercase().replace('_', "-");
    for (name, layers) in files {
        let meant = ["zh-CN", "en", language].into_iter().find(|read| plain(read) == plain(name));
        if let Some(meant) = meant.filter(|meant| meant != name) {
            let near = format!("{meant}.yaml");
            let place = |source: &Source| Place::file(&source.path);
            diagnostics
                .extend(layers.iter().map(|s| messages::theme_file_unused(place(s), Some(&near))));
        }
    }
}

/// Reads one file. `unused` says of a key whether nothing asks for it, and which was meant; `slots`
/// are the names in braces that each key may have.
fn read_file(
    source: &Source,
    unused: &dyn Fn(&str) -> Option<Option<String>>,
    slots: &BTreeMap<String, BTreeSet<String>>,
    words: &mut BTreeMap<String, String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let yaml = match Yaml::read_file(source) {
        Ok(yaml) => yaml,
        Err(complaints) => return diagnostics.extend(complaints),
    };
    let reader = Reader::new(&yaml);
    match reader.root() {
        Node::Map(entries) => {
            for (i, (key, node)) in entries.iter().enumerate() {
                if let Some(first) = entries[..i].iter().position(|(known, _)| known == key) {
                    let at = |i| yaml.place(&[Step::Entry(i)], Part::Key);
                    let line = at(first).line();
                    reader.complain(crate::yaml::messages::key_twice(at(i), key, key, line));
                }
                if let Some(near) = unused(key) {
                    let place = yaml.place(&[Step::Entry(i)], Part::Key);
                    reader.complain(messages::theme_key_unused(place, key, near.as_deref()));
                }
                match scalar(node) {
                    Some(text) => {
                        let slips = braces::slips(&text);
                        let typed = typed_slips(&yaml, &[Step::Entry(i)], slips.len());
                        for (nth, slip) in slips.iter().enumerate() {
                            let place = match typed.get(nth) {
                                Some(range) => source.place(range.clone()),
                                None => reader.place(&[Step::Entry(i)]),
                            };
                            let written = &text[slip.span.clone()];
                            reader.complain(messages::word_braces_odd(place, written, slip));
                        }
                        let odd = slots.get(key).filter(|_| slips.is_empty());
                        let odd = odd.and_then(|known| {
                            names_in(&text).into_iter().find(|name| !known.contains(name))
                        });
                        if let Some(name) = odd {
                            let place = reader.place(&[Step::Entry(i)]);
                            let known: Vec<&str> = slots[key].iter().map(String::as_str).collect();
                            reader.complain(messages::word_slot_unknown(place, &name, &known));
                        }
                        drop(words.insert(key.clone(), text))
                    }
                    None if *node == Node::Null => drop(words.insert(key.clone(), String::new())),
                    None => {
                        let place = reader.place(&[Step::Entry(i)]);
                        reader.complain(messages::strings_wrong(place, key));
                    }
                }
            }
        }
        Node::Null => {}
        node => {
            reader.complain(crate::yaml::messages::type_map(source.place(0..0), describe(node)))
        }
    }
    diagnostics.extend(reader.finish());
}

/// Where the slips in the braces of a text stand in its file; nowhere if it is written another way there,
/// so that there are not `count` of them.
fn typed_slips(yaml: &Yaml, path: &[Step], count: usize) -> Vec<Range<usize>> {
    let Some(range) = yaml.range(path).filter(|_| count > 0) else { return Vec::new() };
    let typed = yaml.source().text().get(range.clone()).unwrap_or_default();
    let slips = braces::slips(typed).into_iter();
    let found: Vec<Range<usize>> =
        slips.map(|slip| range.start + slip.span.start..range.start + slip.span.end).collect();
    if found.len() == count { found } else { Vec::new() }
}

/// `text` with `{name}` replaced by what `write` puts there; a name for which it has
/// nothing stays as it is.
pub fn fill(text: &str, mut write: impl FnMut(&str, &mut String) -> Option<()>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        match behind.split_once('}') {
            Some((name, behind)) if write(name, &mut out).is_some() => rest = behind,
            _ => {
                out.push('{');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}
