//! What everything else may use, and what uses nothing else of this crate.

pub mod atomic;
