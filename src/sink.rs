//! Sinks: where a site goes. A sink pulls: it asks for one artifact after the other, so
//! that nobody ever holds the whole site.
#![allow(clippy::disallowed_methods, reason = "sinks write what was made")]

pub mod bag;
pub mod disk;
pub mod file;
pub mod place;
