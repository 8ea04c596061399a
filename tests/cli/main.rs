//! The real program in temporary folders: exit codes, streams, files.
#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used, clippy::print_stderr)]

mod project;

#[path = "../shared/attacks.rs"]
mod attacks;

mod archive;
mod books;
mod checks;
mod commands;
mod completions;
mod deploys;
mod determinism;
mod exports;
mod failures;
mod imports;
mod killed;
mod output;
mod outside_tools;
mod pictures;
mod replacing;
mod reports;
mod reviews;
mod scale;
mod schemas;
mod serve;
mod streams;
mod themes;
mod times;
mod timings;
mod warm;
mod ways_back;
