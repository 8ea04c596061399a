//! Diagnostics that are stored for the next build.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Diagnostic, Severity, Text};
use crate::source::{Place, Source, SourcePath};

/// A diagnostic as it is stored.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredDiagnostic {
    code: String,
    severity: u8,
    path: SourcePath,
    range: Option<(usize, usize)>,
    message: (String, String),
    help: Option<(String, String)>,
    count: usize,
}

impl StoredDiagnostic {
    /// Makes a diagnostic ready to be stored.
    pub fn of(diagnostic: &Diagnostic) -> Self {
        let both = |text: &Text| (text.zh.clone(), text.en.clone());
        Self {
            code: diagnostic.code.to_string(),
            severity: diagnostic.severity as u8,
            path: diagnostic.place.path.clone(),
            range: diagnostic.place.range().map(|range| (range.start, range.end)),
            message: both(&diagnostic.message),
            help: diagnostic.help.as_ref().map(both),
            count: diagnostic.count,
        }
    }

    /// The diagnostic again; its place is looked up in the project in `root` when it is shown.
    pub fn restore(self, root: &Path, codes: &mut Codes) -> Diagnostic {
        let text = |(zh, en)| Text { zh, en };
        let place = match self.range {
            Some((start, end)) => {
                let file = root.join(self.path.as_str());
                Source::let_go(self.path, &file, None).place(start..end)
            }
            None => Place::file(&self.path),
        };
        Diagnostic {
            code: codes.get(self.code),
            severity: match self.severity {
                0 => Severity::Note,
                1 => Severity::Warning,
                _ => Severity::Error,
            },
            place,
            message: text(self.message),
            help: self.help.map(text),
            count: self.count,
        }
    }
}

/// Codes that were read from a file. There are few, and each is kept for good, once.
#[derive(Default)]
pub struct Codes(Vec<&'static str>);

impl Codes {
    fn get(&mut self, code: String) -> &'static str {
        match self.0.iter().find(|known| **known == code) {
            Some(known) => known,
            None => {
                let code: &'static str = code.leak();
                self.0.push(code);
                code
            }
        }
    }
}
