//! Every complaint that this program can make, one constructor each, by family. A
//! constructor takes what it needs to name and gives the message in both languages; its
//! code never changes once it has been released.

mod archive;
mod bag;
mod book;
mod care;
mod files;
mod front_matter;
mod links;
mod names;
mod output;
mod selection;
mod settings;
mod theme;
mod yaml;

pub use archive::*;
pub use bag::*;
pub use book::*;
pub use care::*;
pub use files::*;
pub use front_matter::*;
pub use links::*;
pub use names::*;
pub use output::*;
pub use selection::*;
pub use settings::*;
pub use theme::*;
pub use yaml::*;

use super::{Diagnostic, Severity, Text};
use crate::source::Place;

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

fn error(
    code: &'static str,
    place: Place,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Diagnostic {
    make(Severity::Error, code, place, zh, en)
}

fn warning(
    code: &'static str,
    place: Place,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Diagnostic {
    make(Severity::Warning, code, place, zh, en)
}

fn note(
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

    fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Text { zh: zh.into(), en: en.into() });
        self
    }

    /// The nearest right word as help, else the given advice.
    fn nearest(self, near: Option<&str>, zh: &str, en: &str) -> Self {
        match near {
            Some(word) => self.help(format!("是不是“{word}”？"), format!("did you mean “{word}”?")),
            None => self.help(zh, en),
        }
    }
}
