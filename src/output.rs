//! Outputs that need no template.

pub mod feed;
pub mod redirect;
pub mod robots;
pub mod search;
pub mod sitemap;
