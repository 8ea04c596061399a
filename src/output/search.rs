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
//! search/h-DIGEST.bin         how characters sound, for names
//! search/s/MONTH-DIGEST/NUMBER.txt   the text of one story, the oldest of its month is number 0
//! ```
//!
//! All but the scripts, which pages name with their version, and the directory are named by what
//! is in them, so that no reader who comes back is shown what a browser has kept of another
//! build; of texts, 16 of a month at a time. All but scripts and texts are compressed. Where
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

use std::io::Read as _;

use flate2::read::GzDecoder;
use serde_json::{Value, json};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128, xxh3_128_with_seed};

use super::encode::base64;
use super::{Artifact, Output, Promise};
use crate::base::digest::digest;
use crate::base::fault::Fault;
use crate::base::lang::bilingual;
use crate::base::slot::{Links, ROOT};
use crate::model::kinds::FOCAL_POINTS;
use crate::model::story::Story;
use crate::model::{Site, StoryId};
use crate::plan::{Claim, Claims};
use crate::theme::shape::{Shaped, views};
use crate::value::address::Address;
use gathered::KnownText;
pub use gathered::{Gathered, gather};
use script::{field, page_script, script};
use shards::IndexFiles;
use text::story_text;

/// A directory of more shards than this is kept in parts of 128.
const PARTS_FROM: usize = 1536;
const PART: usize = 128;

/// The search: its page, its scripts, and the index, whose files are named by what is in them and
/// so are claimed when it is made. Templates find where it is as `site.search`.
pub static SEARCH: Output = Output {
    claims: |site, _| match site.settings.search {
        true => claims(),
        false => Claims::default(),
    },
    key: |material, number| material.search?.key(material.site(), number, material.links),
    make: |material, number| {
        let links = material.links;
        Ok(match number {
            PAGE => Artifact::Page { template: "search.html", title: "search", section: "search" },
            SCRIPT => Artifact::Bytes(script(links).into()),
            PAGE_SCRIPT => Artifact::Bytes(page_script(links).into()),
            FIELD => Artifact::Bytes(field().into()),
            // Claimed by an index only.
            number => Artifact::Bytes(match material.search {
                Some(index) => index.bytes(material.site(), number, links)?,
                None => Vec::new(),
            }),
        })
    },
    told: Some(|views, links| {
        let value = || {
            json!(SearchLinks {
                url: views.url(&page()),
                script: versioned("page.js", page_script(links)),
                engine: versioned("search.js", script(links)),
                is_module: links == Links::FromRoot,
                field: versioned("field.js", field()),
            })
        };
        ("search", if views.site().settings.search { value() } else { Value::Null })
    }),
    promised: Some(Promise {
        name: "search",
        shape: Option::<SearchLinks>::shape,
        about: bilingual("搜索；关掉了就没有", "search, unless the site has none"),
    }),
    ..Output::PLAIN
};

views! {
    /// Where search is.
    /// 搜索在哪里。
    #[derive(Debug)]
    pub struct SearchLinks {
        /// The address of its page, which takes what is searched as `q`.
        /// 搜索页的网址，要搜的词写在参数 `q` 里。
        pub url: String,
        /// The script of that page.
        /// 搜索页的脚本。
        pub script: String,
        /// The script that searches, which the other imports.
        /// 搜索的脚本，由前一个引用。
        pub engine: String,
        /// Are they ES modules? Where links are relative they are not, as browsers run no modules
        /// from the disk: then the page has both, the engine first.
        /// 脚本是不是 ES 模块；网站用相对链接时不是，那时两个脚本都要写，先写 `engine`。
        pub is_module: bool,
        /// A script for every page, by which `/` goes to the field.
        /// 每一页用的脚本：按 `/` 跳到搜索框。
        pub field: String,
    }
}

// The numbers of pieces: the files of the index come after these, then the texts of the stories.
const PAGE: u32 = 0;
const SCRIPT: u32 = 1;
const PAGE_SCRIPT: u32 = 2;
const FIELD: u32 = 3;
const INDEX: u32 = 4;

/// Where the files of the index get their names.
const RESERVED: &[&str] = &[
    "search/directory.",
    "search/k/",
    "search/t/",
    "search/d/",
    "search/n/",
    "search/f/",
    "search/z-",
    "search/h-",
    "search/s/",
];

fn page() -> Address {
    Address::page(&["search"])
}

fn claims() -> Claims {
    let file = |name, number| Claim::file(page().below(name), number);
    let addresses = vec![
        Claim { address: page(), number: PAGE, is_listed: true },
        file("search.js", SCRIPT),
        file("page.js", PAGE_SCRIPT),
        file("field.js", FIELD),
    ];
    Claims { addresses, reserved: RESERVED }
}

/// May a file of an index be at this path, if there is an index?
pub fn may_be_in_index(path: &str) -> bool {
    RESERVED.iter().any(|begin| path.starts_with(begin))
}

/// Is this the file of a directory, of whatever version?
pub fn is_directory(bytes: &[u8]) -> bool {
    let mut plain = String::new();
    let is_text = GzDecoder::new(bytes).read_to_string(&mut plain).is_ok();
    is_text && ["\"shards\"", "\"table\""].iter().all(|key| plain.contains(key))
        || bytes.starts_with(b"xianfeng(\"directory\",")
}

/// Is the file at a path of the output folder one of ours that is named by what is in it, and is
/// that in it still?
pub fn is_named_by_content(path: &str, bytes: &[u8]) -> bool {
    let name = path.strip_prefix("search/").and_then(|name| name.strip_suffix(".bin"));
    let Some((_, digest)) = name.and_then(|name| name.rsplit_once('-')) else { return false };
    let mut plain = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut plain).is_ok()
        && format!("{:016x}", xxh3_64(&plain)) == digest
}

/// The index of a site.
#[derive(Debug, Default)]
pub struct Index {
    /// Its files by name, in order, without `search/` and the ending; not compressed yet.
    files: Vec<(String, Vec<u8>)>,
    /// Of each story, the newest first.
    texts: Vec<StoryFile>,
    /// The heading of footnotes, which the theme says.
    notes: String,
}

/// The file that has the text of a story.
#[derive(Debug)]
struct StoryFile {
    /// Its name, `s/2026-03-4a5b6c7d8e/12`: the story's place in its month, from the oldest, so that
    /// a story that is added or corrected changes the names of few others.
    name: String,
    text: KnownText,
}

/// So many texts of a month have a digest together: their names change when one of them does.
/// Each digest takes room in the directory, which every search reads.
const TEXTS: usize = 16;

/// The index of a site from which `gathered` was gathered; `notes` is the heading of footnotes.
pub fn index(site: &Site, gathered: &Gathered, notes: &str) -> Index {
    let (texts, months) = story_files(site, gathered);
    let mut files = IndexFiles::default();
    let mut shards: Vec<String> = shards::postings(&gathered.lists, &mut files)
        .into_iter()
        .map(|(key, digest)| {
            let (a, b) = postings::chars(key);
            let of = |c| char::from_u32(c).unwrap_or('?');
            format!("{}{}{digest}", of(a), of(b))
        })
        .collect();
    let in_parts = shards.len() > PARTS_FROM;
    if in_parts {
        let part = |part: &[String]| {
            let first: String = part[0].chars().take(2).collect();
            format!("{first}{}", files.add("d/", part.concat().into_bytes()))
        };
        shards = shards.chunks(PART).map(part).collect();
    }
    let names = shards::lines("n/", &names::lines(site), &mut files);
    let mut facets = serde_json::Map::new();
    for name in facets::names() {
        let prefix = format!("f/{name}-");
        let digest = files.add(&prefix, facets::json(site, name).to_string().into_bytes());
        facets.insert(name.to_string(), json!(format!("{prefix}{digest}")));
    }
    let mut table = String::new();
    normalise::pairs().for_each(|(from, to)| table.extend([from, to]));
    let table = files.add("z-", table.into_bytes());
    let sounds = files.add("h-", names::sounds(site).into_bytes());
    let directory = json!({
        "version": 3,
        "stories": site.stories.len(),
        "months": months,
        "parts": in_parts,
        "shards": shards.concat(),
        "names": names,
        "facets": facets,
        "table": format!("z-{table}"),
        "sounds": format!("h-{sounds}"),
    });
    files.add_named("directory", directory.to_string().into_bytes());
    Index { files: files.into_list(), texts, notes: notes.to_string() }
}

/// One of the files that an index puts on the site.
enum IndexPiece {
    /// A file of the index, by its place.
    File(usize),
    /// The text of a story.
    Story(StoryId),
}

impl Index {
    /// Every file of the index and the text of every story.
    pub fn claims(&self, links: Links) -> Vec<Claim> {
        let (file, text) = match links {
            Links::Relative => ("js", "js"),
            Links::FromRoot => ("bin", "txt"),
        };
        let files = self.files.iter().map(|(name, _)| (name, file));
        let texts = self.texts.iter().map(|story| (&story.name, text));
        let claim = |(number, (name, ending)): (u32, (&String, &str))| {
            Claim::file(page().below(&format!("{name}.{ending}")), number)
        };
        (INDEX..).zip(files.chain(texts)).map(claim).collect()
    }

    fn piece(&self, number: u32) -> Option<IndexPiece> {
        let place = number.checked_sub(INDEX)? as usize;
        Some(match place.checked_sub(self.files.len()) {
            Some(story) => IndexPiece::Story(StoryId(story as u32)),
            None => IndexPiece::File(place),
        })
    }

    fn key(&self, site: &Site, number: u32, links: Links) -> Option<u128> {
        Some(match self.piece(number)? {
            IndexPiece::File(place) => {
                let plain = &self.files[place].1;
                xxh3_128_with_seed(plain, u64::from(links == Links::Relative))
            }
            IndexPiece::Story(id) => self.story_key(site, id, links),
        })
    }

    /// One of its files or texts, by the number of the piece.
    pub fn bytes(&self, site: &Site, number: u32, links: Links) -> Result<Vec<u8>, Fault> {
        match self.piece(number) {
            Some(IndexPiece::File(place)) => Ok(self.file(place, links)),
            Some(IndexPiece::Story(id)) => self.story(site, id, links),
            None => Ok(Vec::new()),
        }
    }

    /// Stands for the text of a story as it is written.
    fn story_key(&self, site: &Site, id: StoryId, links: Links) -> u128 {
        let StoryFile { name, text } = &self.texts[id.index()];
        let mut known = text_key(site, id, *text).to_le_bytes().to_vec();
        digest(&(links == Links::Relative).then_some(name), &mut known);
        xxh3_128(&known)
    }

    /// A story as results show and verify it: what is short as JSON in the first line, and
    /// after it the text of the body.
    fn story(&self, site: &Site, id: StoryId, links: Links) -> Result<Vec<u8>, Fault> {
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
            "tags": text.tags.trim(),
            "folded": u8::from(file.text.folded),
        });
        let plain = [&*head.to_string(), "\n", &text.body].concat();
        Ok(match links {
            Links::FromRoot => plain.into_bytes(),
            Links::Relative => handed_over(&file.name, &json!(plain)),
        })
    }

    /// A file of the index, as it is written.
    fn file(&self, place: usize, links: Links) -> Vec<u8> {
        let (name, plain) = &self.files[place];
        let bytes = shards::gzip(plain);
        match links {
            Links::FromRoot => bytes,
            Links::Relative => handed_over(name, &json!(base64(&bytes))),
        }
    }
}

/// A script that hands over what a file would hold.
fn handed_over(name: &str, content: &Value) -> Vec<u8> {
    format!("xianfeng({},{content})\n", json!(name)).into_bytes()
}

fn focal_points<'s>(site: &'s Site, story: &Story) -> Vec<&'s str> {
    story.all(FOCAL_POINTS).iter().map(|&id| site.entity(id).slug.as_str()).collect()
}

/// Stands for the text of a story, wherever it lies.
fn text_key(site: &Site, id: StoryId, text: KnownText) -> u128 {
    let story = site.story(id);
    let mut known = text.content.to_le_bytes().to_vec();
    let address = site.story_address(id);
    let head = (address.as_str(), story.kind.word(), story.date.date(), text.folded);
    digest(&(head, focal_points(site, story)), &mut known);
    xxh3_128(&known)
}

/// A month in the directory: which, how many stories it has, and the digests of their texts, ten
/// characters for each [`TEXTS`] of them.
type Month = (String, usize, String);

/// The file of each story's text, the newest first; and the months, oldest first.
fn story_files(site: &Site, gathered: &Gathered) -> (Vec<StoryFile>, Vec<Month>) {
    let month_of = |story: &Story| (story.date.year(), story.date.month());
    let ids = (0..site.stories.len() as u32).rev().map(StoryId);
    let stories: Vec<_> = ids.zip(&gathered.texts).collect();
    let (mut files, mut months) = (Vec::with_capacity(stories.len()), Vec::new());
    for of_month in
        stories.chunk_by(|(a, _), (b, _)| month_of(site.story(*a)) == month_of(site.story(*b)))
    {
        let (year, month) = month_of(site.story(of_month[0].0));
        let month = format!("{year:04}-{month:02}");
        let mut digests = String::new();
        for (place, some) in of_month.chunks(TEXTS).enumerate() {
            let keys: Vec<u8> = some
                .iter()
                .flat_map(|&(id, &text)| text_key(site, id, text).to_le_bytes())
                .collect();
            let digest = format!("{:010x}", xxh3_64(&keys) >> 24);
            files.extend((place * TEXTS..).zip(some).map(|(number, (_, text))| StoryFile {
                name: format!("s/{month}-{digest}/{number}"),
                text: **text,
            }));
            digests.push_str(&digest);
        }
        months.push((month, of_month.len(), digests));
    }
    files.reverse();
    (files, months)
}

/// The address of a file of search, with a version that changes when it does.
fn versioned(name: &str, content: &str) -> String {
    format!("{ROOT}search/{name}?v={}", version(content))
}

/// Six digits that tell a version of a script from those before it.
fn version(content: &str) -> String {
    format!("{:06x}", xxh3_64(content.as_bytes()) & 0xFF_FFFF)
}
