//! Diagnostics: what is wrong with a campaign, where, and how to fix it.
//!
//! A [`Diagnostic`] is the author's mistake and is collected; a [`Fault`](crate::base::fault::Fault) is the
//! machine's and stops the run.

pub mod bounded;
pub mod report;
pub mod stored;

use crate::base::lang::{Lang, Text};
use crate::source::Place;

/// How bad it is. Errors stop the build before it changes the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// For the reader's knowledge; never counts, not even under `--strict`.
    Note,
    /// The site is built all the same.
    Warning,
    /// The site is not built.
    Error,
}

impl Severity {
    /// The word that the first line of a message carries, the same in every language.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One mistake. Each is made by a constructor in the `messages` of the module that finds it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// A stable name for this kind of mistake: `focal-point-unknown`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub message: Text,
    /// How to fix it.
    pub help: Option<Text>,
    /// How many mistakes it stands for: 1, or all those beyond the [bound](bounded::MOST) in a
    /// file, of which it has the place of the first.
    pub count: usize,
}

impl Diagnostic {
    /// Is this an error?
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// How many mistakes of this severity there are, with those that are not told one by one.
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|d| d.severity == severity).map(|d| d.count).sum()
}

/// A value, and what was wrong on the way to it.
#[derive(Debug)]
pub struct Outcome<T> {
    /// What the stage made.
    pub value: T,
    /// What it has to complain of.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// A value without a complaint.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// Hands the complaints to `out` and keeps the value.
    pub fn collect_into(self, out: &mut Vec<Diagnostic>) -> T {
        out.extend(self.diagnostics);
        self.value
    }
}

fn make(
    severity: Severity,
    code: &'static str,
    place: Place,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Diagnostic {
    let message = Text { zh: zh.into(), en: en.into() };
    Diagnostic { code, severity, place, message, help: None, count: 1 }
}

/// An error at a place, said in both languages.
pub fn error(
    code: &'static str,
    place: Place,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Diagnostic {
    make(Severity::Error, code, place, zh, en)
}

/// A warning at a place, said in both languages.
pub fn warning(
    code: &'static str,
    place: Place,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Diagnostic {
    make(Severity::Warning, code, place, zh, en)
}

/// A note at a place, said in both languages.
pub fn note(
    code: &'static str,
    place: Place,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Diagnostic {
    make(Severity::Note, code, place, zh, en)
}

impl Diagnostic {
    /// Says for how many it stands, in place of what is wrong with the first of them.
    pub(super) fn say_how_many(&mut self) {
        let count = self.count;
        self.message = Text {
            zh: format!("同样的问题还有 {count} 处，这是其中第一处"),
            en: format!("and {count} more like this; here is the first of them"),
        };
        self.help = None;
    }

    /// The same, with the way out.
    pub fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Text { zh: zh.into(), en: en.into() });
        self
    }

    /// The nearest right word as help, else the given advice.
    pub fn nearest(self, near: Option<&str>, zh: &str, en: &str) -> Self {
        match near {
            Some(word) => self.help(format!("是不是“{word}”？"), format!("did you mean “{word}”?")),
            None => self.help(zh, en),
        }
    }
}
