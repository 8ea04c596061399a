//! The sink that keeps nothing: for those who only want to know what is wrong.

use super::{Pull, Sink};
use crate::render::{Failed, Wanted};

/// Takes everything, and keeps nothing.
pub struct Nowhere;

impl Sink for Nowhere {
    type Taken = ();

    fn take(&self, _: &str, pull: &Pull<'_, '_>) -> Result<(), Failed> {
        pull(Wanted::Content).map(drop)
    }
}
