//! Outputs that need no template.

pub mod colours;
pub mod feed;
pub mod redirect;
pub mod robots;
pub mod search;
pub mod sitemap;
