//! What is found wrong with a bag: as many as a person can read of each kind.

use std::collections::{BTreeMap, HashSet};

use crate::bag::messages;
use crate::diagnostic::Diagnostic;
use crate::source::{Place, SourcePath};

/// So many complaints of one kind are kept.
const MOST: usize = 200;

/// The code of [`messages::bag_file_missing`].
const MISSING: &str = "bag-file-missing";

/// Complaints about a bag.
#[derive(Debug)]
pub struct Findings {
    bag: String,
    kept: Vec<Diagnostic>,
    counts: BTreeMap<&'static str, usize>,
    missing: HashSet<String>,
}

impl Findings {
    /// None yet, about the bag of this name.
    pub fn of(bag: &str) -> Self {
        Self {
            bag: bag.to_string(),
            kept: Vec::new(),
            counts: BTreeMap::new(),
            missing: HashSet::new(),
        }
    }

    /// The place of a file of the bag; of the bag itself for an empty path.
    pub fn place(&self, path: &str) -> Place {
        let bag = self.bag.trim_end_matches('/');
        // A name in a bag may be any length.
        let path: String = path.chars().take(300).collect();
        let shown = if path.is_empty() { bag.to_string() } else { format!("{bag}/{path}") };
        Place::file(&SourcePath::new(shown))
    }

    /// Records one.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        let count = self.counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= MOST {
            self.kept.push(diagnostic);
        }
    }

    /// Records the one that `make` makes of the place of a file.
    pub fn at(&mut self, path: &str, make: impl FnOnce(Place) -> Diagnostic) {
        let place = self.place(path);
        self.add(make(place));
    }

    /// Records that a file is listed and not there; once, as far as that is remembered.
    pub fn missing(&mut self, path: &str) {
        if self.missing.len() >= MOST && !self.missing.contains(path) {
            // A manifest may name any number of them.
            *self.counts.entry(MISSING).or_default() += 1;
        } else if self.missing.insert(path.to_string()) {
            self.at(path, messages::bag_file_missing);
        }
    }

    /// All that were kept, by path, and how many were not.
    pub fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.kept.sort_by(|a, b| a.place.path.cmp(&b.place.path));
        let bag = self.place("");
        let more = self.counts.iter().filter(|(_, count)| **count > MOST);
        let more: Vec<_> =
            more.map(|(code, count)| messages::bag_more(bag.clone(), code, count - MOST)).collect();
        self.kept.extend(more);
        self.kept
    }
}
