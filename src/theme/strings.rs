//! The words that a theme itself says.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::parse::fields::{Yaml, scalar};
use crate::parse::yaml::{Node, Part, Step};
use crate::source::{Place, Source, SourcePath};

/// Words by key, in one language.
#[derive(Debug, Default)]
pub struct Strings {
    words: BTreeMap<String, String>,
}

impl Strings {
    /// The text for a key; the key itself where the theme has none, which a reader of the
    /// page will see and report.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The text for a key with `{name}` replaced by each value.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(key).to_string();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// All words.
    pub fn map(&self) -> &BTreeMap<String, String> {
        &self.words
    }
}

/// Reads the strings of `language`. Words that it lacks are taken from `zh-CN`, in which
/// the built-in theme is written, so that an older translation still works.
pub fn read(
    files: &BTreeMap<String, Source>,
    language: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Strings {
    let mut words = BTreeMap::new();
    for name in ["zh-CN", language] {
        match files.get(name) {
            Some(source) => read_file(source, &mut words, diagnostics),
            None => {
                let place = Place::file(&SourcePath::new("content/site.yaml"));
                diagnostics.push(catalogue::strings_missing(place, name));
            }
        }
        if language == "zh-CN" {
            break;
        }
    }
    Strings { words }
}

fn read_file(
    source: &Source,
    words: &mut BTreeMap<String, String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let yaml = Yaml::new(source, 0, source.text.len());
    match yaml.parse() {
        Some(Node::Map(entries)) => {
            for (i, (key, node)) in entries.into_iter().enumerate() {
                match scalar(&node) {
                    Some(text) => drop(words.insert(key, text)),
                    None if node == Node::Null => drop(words.insert(key, String::new())),
                    None => {
                        let place = yaml.place(&[Step::Entry(i)], Part::Value);
                        yaml.complain(catalogue::strings_wrong(place, &key));
                    }
                }
            }
        }
        Some(Node::Null) | None => {}
        Some(node) => {
            let described = crate::parse::fields::describe(&node);
            yaml.complain(catalogue::type_map(source.place(0..0), described));
        }
    }
    diagnostics.extend(yaml.into_complaints());
}
