//! A whole campaign in one string, in memory, and what comes out.
#![allow(missing_docs, clippy::unwrap_used)]

mod campaign;
mod html;

mod addresses;
mod books;
mod dates;
mod documents;
mod escaping;
mod excerpts;
mod feeds;
mod front_matter;
mod links;
mod listings;
mod markdown;
mod messages;
mod places;
mod privacy;
mod properties;
mod publishing;
mod search;
mod selections;
mod subjects;
mod themes;
mod vocabularies;
mod web_archives;
mod whole_sites;
mod writing;
mod yaml_slips;
