//! BagIt bags (RFC 8493): a folder whose every file is listed with its digests.
//!
//! What is in a bag was written by somebody: names in it are never followed out of it, and
//! nothing in it is read without a limit.

pub mod contents;
pub mod digest;
mod findings;
pub mod listing;
pub mod manifest;
pub mod messages;
mod verify;
pub mod warc;
pub mod zipped;

pub use findings::Findings;
pub use verify::{Verified, verify};
