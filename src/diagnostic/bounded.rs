//! As many diagnostics of one kind in one file as a person reads.

use std::collections::BTreeMap;

use super::{Diagnostic, Severity};
use crate::source::SourcePath;

/// Of each kind of mistake, so many in one file are told one by one.
pub const MOST: usize = 100;

/// Diagnostics: of each kind at most [`MOST`] in a file, and one more that stands for the rest.
/// So no file, however long, can make more of them than memory holds.
#[derive(Debug, Default)]
pub struct Bounded {
    diagnostics: Vec<Diagnostic>,
    kinds: BTreeMap<(SourcePath, &'static str, Severity), Bound>,
}

#[derive(Debug, Default)]
struct Bound {
    /// How many are told one by one.
    told: usize,
    /// Where the one is that stands for the rest.
    rest: Option<usize>,
}

impl Bounded {
    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Adds one. Of those beyond the bound, the first says where the rest begins.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let key = (diagnostic.place.path.clone(), diagnostic.code, diagnostic.severity);
        let kind = self.kinds.entry(key).or_default();
        match kind.rest {
            Some(rest) => self.diagnostics[rest].count += diagnostic.count,
            None => {
                if diagnostic.count == 1 && kind.told < MOST {
                    kind.told += 1;
                } else {
                    kind.rest = Some(self.diagnostics.len());
                }
                self.diagnostics.push(diagnostic);
            }
        }
    }
}

/// The first of many things of one kind to complain of, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Few<T> {
    /// As many as are told one by one, and one for the rest.
    first: Vec<T>,
    count: usize,
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self { first: Vec::new(), count: 0 }
    }
}

impl<T> Few<T> {
    /// Adds one.
    pub fn push(&mut self, thing: T) {
        if self.first.len() <= MOST {
            self.first.push(thing);
        }
        self.count += 1;
    }

    /// Those that are told one by one.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.first.iter()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The complaints that `complain` makes of them.
    pub fn complaints(
        &self,
        complain: impl Fn(&T) -> Diagnostic,
    ) -> impl Iterator<Item = Diagnostic> {
        self.first.iter().enumerate().map(move |(i, thing)| {
            let count = if i < MOST { 1 } else { self.count - MOST };
            Diagnostic { count, ..complain(thing) }
        })
    }
}

impl Extend<Diagnostic> for Bounded {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
}

impl FromIterator<Diagnostic> for Bounded {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        let mut bounded = Self::default();
        bounded.extend(diagnostics);
        bounded
    }
}

impl From<Bounded> for Vec<Diagnostic> {
    fn from(bounded: Bounded) -> Self {
        let mut diagnostics = bounded.diagnostics;
        diagnostics.iter_mut().filter(|d| d.count > 1).for_each(Diagnostic::say_how_many);
        diagnostics
    }
}
