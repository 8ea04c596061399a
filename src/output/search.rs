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
mod gathered;
mod lists;
mod names;
pub mod normalise;
pub mod postings;
mod script;
mod shards;
pub mod text;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use xxhash_rust::xxh3::{xxh3_128, xxh3_128_with_seed};

use crate::base::digest::digest;
use crate::base::fault::Fault;
use crate::base::slot::{Links, ROOT};
use crate::model::kinds::FOCAL_POINTS;
use crate::model::story::Story;
use crate::model::{Site, StoryId};
use crate::output::encode::base64;
use crate::plan::{Plan, Recipe};
use gathered::Text;
pub use gathered::{Gathered, gather};
pub use script::{field, page_script, script};
use shards::File;
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

/// The index of a site.
#[derive(Debug, Default)]
pub struct Index {
    /// Its files by name, without `search/` and the ending; not compressed yet.
    files: BTreeMap<String, Vec<u8>>,
    /// Of each story, the newest first.
    texts: Vec<StoryFile>,
    /// The heading of footnotes, which the theme says.
    notes: String,
}

/// The file that has the text of a story.
#[derive(Debug)]
struct StoryFile {
    /// Its name, `s/2026-03/12`: the story's place in its month, from the oldest, so that a
    /// story that is added changes the names of few others.
    name: String,
    text: Text,
}

/// The index of a site from which `gathered` was gathered; `notes` is the heading of footnotes.
pub fn index(site: &Site, gathered: &Gathered, notes: &str) -> Index {
    let (names, months) = text_names(site);
    let texts = names.into_iter().zip(gathered.texts.iter().rev());
    let texts = texts.map(|(name, &text)| StoryFile { name, text }).collect();
    let mut index = Index { files: BTreeMap::new(), texts, notes: notes.to_string() };
    let (files, entries) = shards::postings(&gathered.lists);
    index.add(files);
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
        let parts = shards.chunks(PART).map(|part| {
            let (file, digest) = shards::named("d/", part.concat().into_bytes());
            let first: String = part[0].chars().take(2).collect();
            (format!("{first}{digest}"), file)
        });
        let files: Vec<File>;
        (shards, files) = parts.unzip();
        index.add(files);
    }
    let (files, names) = shards::lines("n/", &names::lines(site));
    index.add(files);
    let mut facets = serde_json::Map::new();
    for name in facets::names() {
        let json = facets::json(site, name).to_string();
        let (file, _) = shards::named(&format!("f/{name}-"), json.into_bytes());
        facets.insert(name.to_string(), json!(file.name));
        index.add(vec![file]);
    }
    let mut table = String::new();
    normalise::pairs().for_each(|(from, to)| table.extend([from, to]));
    let (table, _) = shards::named("z-", table.into_bytes());
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
    let directory = File { name: "directory".into(), plain: directory.to_string().into_bytes() };
    index.add(vec![table, directory]);
    index
}

impl Index {
    fn add(&mut self, files: Vec<File>) {
        self.files.extend(files.into_iter().map(|file| (file.name, file.plain)));
    }

    /// Every file of the index and the text of every story.
    pub fn files(&self, links: Links) -> Plan {
        let mut plan = Plan::new();
        let ending = if links == Links::Relative { "js" } else { "bin" };
        for name in self.files.keys() {
            let recipe = Recipe::Search(Part::File(name.clone()));
            plan.insert(format!("search/{name}.{ending}"), recipe);
        }
        let ending = if links == Links::Relative { "js" } else { "txt" };
        for (i, file) in self.texts.iter().enumerate() {
            let recipe = Recipe::Search(Part::Story(StoryId(i as u32)));
            plan.insert(format!("search/{}.{ending}", file.name), recipe);
        }
        plan
    }

    /// Stands for the text of a story as it is written.
    pub fn story_key(&self, site: &Site, id: StoryId, links: Links) -> u128 {
        let StoryFile { name, text } = &self.texts[id.index()];
        let mut known = text.digest.to_le_bytes().to_vec();
        let relative = (links == Links::Relative).then_some(name);
        let slugs = focal_points(site, site.story(id));
        digest(&(relative, site.story_address(id).as_str(), slugs), &mut known);
        xxh3_128(&known)
    }

    /// A story as results show and verify it: what is short as JSON in the first line, and
    /// behind it the text of the body.
    pub fn story(&self, site: &Site, id: StoryId, links: Links) -> Result<Vec<u8>, Fault> {
        let story = site.story(id);
        let file = &self.texts[id.index()];
        let text = story_text(site, story, &self.notes)?;
        let head = json!({
            "url": site.story_address(id).encoded(),
            "title": text.title,
            "kind": story.kind.word(),
            "date": story.date.date(),
            "focal_points": focal_points(site, story),
            "names": text.names,
            "folded": u8::from(file.text.folded),
        });
        let plain = format!("{head}\n{}", text.body);
        Ok(match links {
            Links::FromRoot => plain.into_bytes(),
            Links::Relative => handed_over(&file.name, &json!(plain)),
        })
    }

    /// Stands for a file of the index as it is written.
    pub fn file_key(&self, name: &str, links: Links) -> u128 {
        xxh3_128_with_seed(self.plain(name), u64::from(links == Links::Relative))
    }

    /// A file of the index, as it is written.
    pub fn file(&self, name: &str, links: Links) -> Vec<u8> {
        let bytes = shards::gzip(self.plain(name));
        match links {
            Links::FromRoot => bytes,
            Links::Relative => handed_over(name, &json!(base64(&bytes))),
        }
    }

    fn plain(&self, name: &str) -> &[u8] {
        self.files.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

/// A script that hands over what a file would hold.
fn handed_over(name: &str, content: &Value) -> Vec<u8> {
    format!("xianfeng({},{content})\n", json!(name)).into_bytes()
}

fn focal_points<'s>(site: &'s Site, story: &Story) -> Vec<&'s str> {
    story.all(FOCAL_POINTS).iter().map(|&id| site.entity(id).slug.as_str()).collect()
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
