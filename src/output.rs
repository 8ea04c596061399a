//! Outputs that need no template.

pub mod alone;
pub mod article;
pub mod book;
pub mod colours;
pub mod encode;
pub mod feed;
pub mod media;
pub mod redirect;
pub mod robots;
pub mod search;
pub mod sitemap;
pub mod warc;
pub mod zip;
