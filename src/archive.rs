//! The archive: stories become items of a bag that an archivist accepts.

pub mod ledger;
pub mod number;
