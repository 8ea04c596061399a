//! What a reader meets: sites built by the real program, in real Chromium.
//!
//! The harness is in `harness/`, and `harness.rs` shows how to use it.
#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

#[path = "../shared/attacks.rs"]
mod attacks;
#[path = "../shared/extremes.rs"]
mod fixture;
mod harness;

mod books;
mod every_page;
mod extremes;
mod first_minutes;
mod hostile;
mod links;
mod live;
mod looks;
mod pictures;
mod places;
mod reading;
mod search;
mod self_test;
mod wechat;
