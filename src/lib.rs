//! 先锋: a static site generator for campaign publicity.
//!
//! ```text
//! disk ─load→ Sources ─parse→ Documents ─model→ Site ─plan→ Plan ─render→ bytes ─→ sink
//!                                           └─check→ Diagnostics
//! ```
//!
//! Each stage is a type and each arrow a function; [`pipeline`] shows them all on one
//! screen. Stages return and never change what an earlier one made. Only [`load`] reads
//! the project and only [`sink`]s write; everything between is a function of its input,
//! so the same campaign gives the same bytes. ARCHITECTURE.md has the reasons.

pub mod archive;
pub mod bag;
pub mod base;
pub mod cache;
pub mod check;
pub mod cli;
pub mod command;
pub mod deploy;
pub mod diagnostic;
pub mod export;
pub mod film;
pub mod import;
pub mod load;
pub mod memo;
pub mod model;
pub mod office;
pub mod output;
pub mod parse;
pub mod picture;
pub mod pipeline;
pub mod plan;
pub mod render;
pub mod report;
pub mod schema;
pub mod serve;
pub mod settings;
pub mod sink;
pub mod source;
pub mod starter;
pub mod theme;
pub mod value;
pub mod view;
pub mod yaml;
