//! A whole campaign in one string, in memory, and what comes out.
#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

#[path = "../shared/attacks.rs"]
mod attacks;
mod campaign;
mod cases;
mod causes;
mod copies;
#[path = "../shared/docs.rs"]
mod docs;
#[path = "../shared/extremes.rs"]
mod fixture;
#[path = "../shared/fuzzed.rs"]
mod fuzzed;
mod html;

mod addresses;
mod advice;
mod attachments;
mod books;
mod bounds;
mod calendar;
mod contents;
mod contract;
mod contributing;
mod corrections;
mod coverage;
mod dates;
mod declared;
mod dialects;
mod documents;
mod docx;
mod escaping;
mod excerpts;
mod extremes;
mod feeds;
mod fixes;
mod floors;
mod frame;
mod front_matter;
mod gov;
mod hollow;
mod honours;
mod imports;
mod kinds;
mod layers;
mod links;
mod listings;
mod look;
mod machines;
mod markdown;
mod messages;
mod names;
mod pasted;
mod people;
mod pictures;
mod places;
mod previews;
mod privacy;
mod properties;
mod publishing;
mod reference;
mod rosters;
mod search;
mod selections;
mod subjects;
mod tasks;
mod theme_slips;
mod themes;
mod vanishing;
mod vocabularies;
mod voices;
mod web_archives;
mod wechat;
mod whole_sites;
mod windows;
mod works;
mod writing;
mod yaml_slips;
