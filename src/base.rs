//! The ground floor: what every other module may use, and what knows none of them.

pub mod atomic;
pub mod content;
pub mod digest;
pub mod escape;
pub mod fault;
pub mod format;
pub mod gap;
pub mod html;
pub mod lang;
pub mod layout;
pub mod map;
pub mod name;
pub mod parallel;
pub mod plain;
pub mod process;
pub mod progress;
pub mod slot;
pub mod text;
