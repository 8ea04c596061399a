//! Exports: stories, or all of the site, in the forms that others ask for. Each is one file here, a
//! type that says what was asked for and does it; its words are in `cli::export`, and it has a line in
//! the table of commands. What several of them write is made by a module of `output`.
#![allow(clippy::disallowed_methods, reason = "exports are written where somebody asks for them")]

pub mod brief;
pub mod docx;
pub mod messages;
pub mod review;
mod stories;
mod target;
pub mod wechat;
pub mod zip;

use std::fmt;
use std::path::Path;

use crate::base::fault::Fault;
use crate::base::lang::{Lang, Text};
use crate::base::progress::Progress;
use crate::diagnostic::Diagnostic;
use crate::value::moment::Moment;

/// Something that can be exported, with what was asked of it.
pub trait Export: fmt::Debug + Send + Sync {
    /// Writes it, as a whole or not at all.
    fn run(&self, desk: &Desk<'_>) -> Result<Done, Fault>;
}

/// Where an export is made.
pub struct Desk<'a> {
    /// The project folder.
    pub root: &'a Path,
    /// The language of whoever asks.
    pub lang: Lang,
    /// Is told how far it is.
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

/// What came of an export.
#[derive(Debug, Default)]
pub struct Done {
    /// What was wrong; with an error nothing was written.
    pub diagnostics: Vec<Diagnostic>,
    /// What was written, and what to do with it.
    pub said: Option<Text>,
}

impl Done {
    /// Nothing was written.
    fn refused(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, said: None }
    }
}

/// A time that was given, and whether it was given without an offset.
pub type Now = Option<(Moment, bool)>;
