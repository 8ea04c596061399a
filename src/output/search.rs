//! Search in the reader's browser: an index that finds every story that has a text, and the
//! script that asks it. No server is needed.
//!
//! Every pair of adjacent characters is a key with the list of its stories. What is typed
//! is taken apart into pairs, their lists are intersected, and each story is verified
//! against its text before it is shown. So everything is found, and nothing else.
//!
//! ```text
//! search/index.html           the page
//! search/search.js            the script that searches; `open` is its door
//! search/page.js              the script of the page
//! search/field.js             what every page has: `/` goes to the field
//! search/directory.bin        what there is: the first key and the digest of each shard
//! search/k/KEY-DIGEST.bin     shards: keys and the stories that have them, newest first
//! search/t/KEY-DIGEST.bin     the rest of a list that is longer than most
//! search/d/DIGEST.bin         a part of the directory, where it is too large for one file
//! search/n/DIGEST.bin         names and how they are typed
//! search/f/FACET-DIGEST.bin   facets
//! search/z-DIGEST.bin         the table from Traditional to Simplified
//! search/s/MONTH/NUMBER.txt   the text of one story, the oldest of its month is number 0
//! ```
//!
//! All but the script and the stories are compressed and named by what is in them. Where
//! links are relative, so that the site can be opened by double-click, each of them is a
//! script that hands its content over, as browsers do not let a page read other files.

mod facets;
mod names;
pub mod normalise;
pub mod postings;
mod script;
mod shards;
pub mod text;

use std::collections::BTreeMap;

use serde_json::json;

use crate::model::{FocalPointId, Site, StoryId};
use crate::plan::{Plan, Recipe};
use crate::render::Links;
use crate::slot::ROOT;
pub use script::{field, page_script, script};
use shards::{File, Press};
use text::story_text;

/// A directory of more shards than this is kept in parts of 128.
const PARTS_FROM: usize = 1536;
const PART: usize = 128;

/// What search puts on the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The page.
    Page,
    /// The script that searches.
    Script,
    /// The script of the page.
    PageScript,
    /// What every page has.
    Field,
    /// The text of a story.
    Story(StoryId),
    /// A file of the index, by its name.
    File(String),
}

/// The index: its files by name, without `search/` and the ending.
#[derive(Debug, Default)]
pub struct Index {
    files: BTreeMap<String, Vec<u8>>,
    /// Of each story: do Traditional characters stand in it?
    folded: Vec<bool>,
    /// Of each story the name of its text, `s/2026-03/12`: its place in its month, from the
    /// oldest, so that a story that is added changes the names of few others.
    names: Vec<String>,
    /// The heading of footnotes, which the theme says.
    notes: String,
}

/// Indexes the site; `notes` is the heading of footnotes.
pub fn index(site: &Site, notes: &str) -> Index {
    let (lists, folded) = postings::collect(site.stories.len(), &|i| {
        postings::pairs(&story_text(site, &site.stories[i], notes))
    });
    let (names, months) = text_names(site);
    let mut index = Index { files: BTreeMap::new(), folded, names, notes: notes.to_string() };
    let (files, entries) = shards::postings(&lists);
    drop(lists);
    index.add(files);
    let mut press = Press::default();
    let mut shards: Vec<String> = entries
        .into_iter()
        .map(|(key, digest)| {
            let (a, b) = postings::chars(key);
            let of = |c| char::from_u32(c).unwrap_or('?');
            format!("{}{}{digest}", of(a), of(b))
        })
        .collect();
    let in_parts = shards.len() > PARTS_FROM;
    if in_parts {
        let parts: Vec<(String, File)> = shards
            .chunks(PART)
            .map(|part| {
                let text = part.concat();
                let digest = shards::digest(text.as_bytes());
                let first: String = text.chars().take(2).collect();
                let file = File { name: format!("d/{digest}"), bytes: press.gzip(text.as_bytes()) };
                (format!("{first}{digest}"), file)
            })
            .collect();
        let files;
        (shards, files) = parts.into_iter().unzip();
        index.add(files);
    }
    let (files, names) = shards::lines("n/", &names::lines(site), &mut press);
    index.add(files);
    let mut facets = serde_json::Map::new();
    for name in facets::NAMES {
        let json = facets::json(site, name).to_string();
        let file = shards::named(&format!("f/{name}"), json.as_bytes(), &mut press);
        facets.insert((*name).to_string(), json!(file.name));
        index.add(vec![file]);
    }
    let mut table = String::new();
    normalise::pairs().for_each(|(from, to)| table.extend([from, to]));
    let table = shards::named("z", table.as_bytes(), &mut press);
    let directory = json!({
        "version": 1,
        "stories": site.stories.len(),
        "months": months,
        "parts": in_parts,
        "shards": shards.concat(),
        "names": names,
        "facets": facets,
        "table": table.name,
    });
    index.add(vec![table]);
    let directory = press.gzip(directory.to_string().as_bytes());
    index.files.insert("directory".into(), directory);
    index
}

impl Index {
    fn add(&mut self, files: Vec<File>) {
        self.files.extend(files.into_iter().map(|file| (file.name, file.bytes)));
    }

    /// Plans every file of the index and the text of every story.
    pub fn plan(&self, links: Links, plan: &mut Plan) {
        let ending = if links == Links::Relative { "js" } else { "bin" };
        for name in self.files.keys() {
            let recipe = Recipe::Search(Part::File(name.clone()));
            plan.insert(format!("search/{name}.{ending}"), recipe);
        }
        let ending = if links == Links::Relative { "js" } else { "txt" };
        for (i, name) in self.names.iter().enumerate() {
            let recipe = Recipe::Search(Part::Story(StoryId(i as u32)));
            plan.insert(format!("search/{name}.{ending}"), recipe);
        }
    }

    /// A story as results show and verify it: what is short as JSON in the first line, and
    /// behind it the text of the body.
    pub fn story(&self, site: &Site, id: StoryId, links: Links) -> Vec<u8> {
        let story = site.story(id);
        let text = story_text(site, story, &self.notes);
        let slug = |id: &FocalPointId| site.focal_points[id.index()].slug.as_str();
        let head = json!({
            "url": site.story_address(id).encoded(),
            "title": text.title,
            "kind": story.kind.word(),
            "date": story.date.date(),
            "focal_points": story.focal_points.iter().map(slug).collect::<Vec<_>>(),
            "names": text.names,
            "folded": u8::from(self.folded[id.index()]),
        });
        let plain = format!("{head}\n{}", text.body);
        match links {
            Links::FromRoot => plain.into_bytes(),
            Links::Relative => {
                format!("xianfeng({},{})\n", json!(self.names[id.index()]), json!(plain))
                    .into_bytes()
            }
        }
    }

    /// A file of the index, as it is written.
    pub fn file(&self, name: &str, links: Links) -> Vec<u8> {
        let bytes = self.files.get(name).map(Vec::as_slice).unwrap_or_default();
        match links {
            Links::FromRoot => bytes.to_vec(),
            Links::Relative => {
                format!("xianfeng({},\"{}\")\n", json!(name), base64(bytes)).into_bytes()
            }
        }
    }
}

/// The name of each story's text; and the months, oldest first, each with how many stories
/// it has.
fn text_names(site: &Site) -> (Vec<String>, Vec<(String, usize)>) {
    let mut names = vec![String::new(); site.stories.len()];
    let mut months: Vec<(String, usize)> = Vec::new();
    for (name, story) in names.iter_mut().zip(&site.stories).rev() {
        let month = format!("{:04}-{:02}", story.date.year(), story.date.month());
        match months.last_mut() {
            Some((last, count)) if *last == month => *count += 1,
            _ => months.push((month, 1)),
        }
        if let Some((month, count)) = months.last() {
            *name = format!("s/{month}/{}", count - 1);
        }
    }
    (names, months)
}

/// The address of a file of search, with a version that changes when it does.
pub fn versioned(name: &str, content: &str) -> String {
    format!("{ROOT}search/{name}?v={}", shards::digest(content.as_bytes()))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
        let number = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            let digit = DIGITS[(number >> (18 - 6 * i)) as usize & 63] as char;
            out.push(if i <= three.len() { digit } else { '=' });
        }
    }
    out
}
