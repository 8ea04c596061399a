//! Sinks: where a site goes. A sink pulls: it asks for one artifact after the other, so
//! that nobody ever holds the whole site. [`pour`](crate::pipeline::pour) is the loop.
#![allow(clippy::disallowed_methods, reason = "sinks write what was made")]

pub mod bag;
pub mod disk;
pub mod messages;
mod nowhere;
pub mod place;
pub mod zip;

use crate::render::{Failed, Rendered, Wanted};

pub use nowhere::Nowhere;

/// Makes an artifact, as far as it is wanted.
pub type Pull<'p, 'r> = dyn Fn(Wanted) -> Result<Rendered<'r>, Failed> + 'p;

/// Where the artifacts of a site go. What was taken becomes the site only when all of it is
/// there: a sink that is dropped before leaves nothing.
pub trait Sink: Sync {
    /// What there is to remember of an artifact.
    type Taken: Send;

    /// Takes what belongs at `path`, a path below the site's folder, if it is not there already.
    /// Called once for each, from many threads.
    fn take(&self, path: &str, pull: &Pull<'_, '_>) -> Result<Self::Taken, Failed>;
}
