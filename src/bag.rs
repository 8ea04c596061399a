//! BagIt bags (RFC 8493): a folder whose every file is listed with its digests.
//!
//! What is in a bag was written by somebody: names in it are never followed out of it, and
//! nothing in it is read without a limit.

pub mod digest;
pub mod manifest;
