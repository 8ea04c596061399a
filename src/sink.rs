//! Sinks: where a site goes. A sink pulls: it asks for one artifact after the other, so
//! that nobody ever holds the whole site.

pub mod bag;
pub mod disk;
pub mod place;
pub mod zip;
