//! A reader of the index, for tests: what the script does, in few words.

use std::collections::BTreeSet;
use std::io::Read as _;

use xianfeng::output::search::normalise::{BREAK, GAP, normalise};
use xianfeng::output::search::postings::{PairKey, key};

/// Stories beyond this many stand in the tail of a list.
const HEAD: u64 = 4096;

/// The numbers of the stories in which every pair of `text` stands, by an index whose files
/// `open` gives. The oldest story is number 0.
pub fn stories(text: &str, open: &dyn Fn(&str) -> Vec<u8>) -> BTreeSet<u32> {
    let normal: Vec<char> = normalise(text).chars().collect();
    let pairs = normal.windows(2).filter(|two| !two.contains(&GAP) && !two.contains(&BREAK));
    let lists = pairs.map(|two| list(key(two[0] as u32, two[1] as u32), open));
    lists.reduce(|a, b| a.intersection(&b).copied().collect()).unwrap_or_default()
}

/// What a compressed file holds.
pub fn unzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let read = flate2::read::GzDecoder::new(bytes).read_to_end(&mut out);
    if read.is_ok() { out } else { Vec::new() }
}

fn list(wanted: PairKey, open: &dyn Fn(&str) -> Vec<u8>) -> BTreeSet<u32> {
    let directory: serde_json::Value =
        serde_json::from_slice(&unzip(&open("search/directory.bin"))).unwrap_or_default();
    let mut entries = entries(directory["shards"].as_str().unwrap_or_default());
    if directory["parts"] == true {
        let Some((_, _, digest)) = last_up_to(&entries, wanted) else { return BTreeSet::new() };
        let part = unzip(&open(&format!("search/d/{digest}.bin")));
        entries = self::entries(&String::from_utf8_lossy(&part));
    }
    let Some((_, name, digest)) = last_up_to(&entries, wanted) else { return BTreeSet::new() };
    let shard = unzip(&open(&format!("search/k/{name}-{digest}.bin")));
    let mut rest = &shard[..];
    let (mut a, mut b) = (0, 0);
    while !rest.is_empty() {
        let step = number(&mut rest);
        a += step;
        b = number(&mut rest) + if step == 0 { b } else { 0 };
        let count = number(&mut rest);
        let size = number(&mut rest) as usize;
        let mut tail = Vec::new();
        if count > HEAD {
            let digest = String::from_utf8_lossy(&rest[..16]).into_owned();
            rest = &rest[16..];
            tail = unzip(&open(&format!("search/t/{a:x}.{b:x}-{digest}.bin")));
        }
        if key(a as u32, b as u32) == wanted {
            return decode(&[&rest[..size], &tail].concat());
        }
        rest = &rest[size..];
    }
    BTreeSet::new()
}

fn decode(mut bytes: &[u8]) -> BTreeSet<u32> {
    let mut stories = BTreeSet::new();
    let mut last = None;
    while !bytes.is_empty() {
        let step = (number(&mut bytes) >> 2) as u32;
        let story = last.map_or(step, |last| last - step);
        stories.insert(story);
        last = Some(story);
    }
    stories
}

fn number(bytes: &mut &[u8]) -> u64 {
    let (mut value, mut shift) = (0, 0);
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        value |= u64::from(byte & 127) << shift;
        shift += 7;
        if byte < 128 {
            break;
        }
    }
    value
}

fn entries(packed: &str) -> Vec<(PairKey, String, String)> {
    let chars: Vec<char> = packed.chars().collect();
    let entry = |chars: &[char]| {
        let name = format!("{:x}.{:x}", chars[0] as u32, chars[1] as u32);
        (key(chars[0] as u32, chars[1] as u32), name, chars[2..].iter().collect())
    };
    chars.chunks_exact(18).map(entry).collect()
}

fn last_up_to(
    entries: &[(PairKey, String, String)],
    wanted: PairKey,
) -> Option<&(PairKey, String, String)> {
    entries.iter().rev().find(|(first, _, _)| *first <= wanted)
}

/// `bytes` as a server would send them.
pub fn zip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Elements before and after which text goes on.
const INLINE: [&str; 19] = [
    "a", "em", "strong", "del", "code", "sup", "span", "small", "input", "b", "i", "u", "s", "ins",
    "sub", "mark", "kbd", "ruby", "rt",
];

/// What a reader sees of HTML: tags that stand inside a line are nothing, others end one.
pub fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((text, behind)) = rest.split_once('<') {
        // A line break inside a block is white space.
        out.push_str(&text.replace('\n', " "));
        let (tag, behind) = behind.split_once('>').unwrap_or((behind, ""));
        rest = match tag {
            // The mark of a note, and the way back from it.
            "sup class=\"note\"" => behind.split_once("</sup>").map_or("", |(_, rest)| rest),
            _ if tag.contains("doc-backlink") => {
                behind.split_once("</a>").map_or("", |(_, rest)| rest)
            }
            _ => behind,
        };
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        if !INLINE.contains(&name) {
            out.push('\n');
        }
    }
    out.push_str(rest);
    for (entity, c) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    {
        out = out.replace(entity, c);
    }
    out
}
