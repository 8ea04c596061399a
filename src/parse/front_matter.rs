//! The front matter of a story or page: the YAML between two `---` lines.

use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use time::UtcOffset;

use crate::base::name;
use crate::diagnostic::Diagnostic;
use crate::parse::messages;
use crate::schema::story::STORY;
use crate::schema::{Declared, Field, Need};
use crate::source::Source;
use crate::yaml::fields::{Fields, Reader};
use crate::yaml::places::Places;
use crate::yaml::{Node, Yaml};

pub use crate::schema::story::{FrontMatter, PUBLIC};

/// Where the parts of a file are, in bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Parts {
    /// The YAML, without its fences.
    pub yaml: Range<usize>,
    /// Everything after the closing fence.
    pub body: Range<usize>,
}

/// What the front matter is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A story: `date` and `kind` are required, and more by kind.
    Story,
    /// A page: only `title` is.
    Page,
}

/// Finds the front matter of a file.
pub fn split(source: &Source) -> Result<Parts, Box<Diagnostic>> {
    let text = source.text();
    let mut opened: Option<usize> = None;
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end();
        let next = at + whole.len();
        match opened {
            None if line.is_empty() => {}
            None if line == "---" => opened = Some(next),
            None => {
                let place = source.place(at..at + line.len());
                return Err(messages::front_matter_missing(place, looks_like_fence(line)).into());
            }
            Some(start) if line == "---" => {
                if let Some((key, straight)) = second(&text[next..]) {
                    let place = source.place(next + key.start..next + key.end);
                    return Err(messages::front_matter_second(place, straight).into());
                }
                return Ok(Parts { yaml: start..at, body: next..text.len() });
            }
            Some(_) if looks_like_fence(line) && !has_fence(&text[next..]) => {
                let place = source.place(at..at + line.len());
                return Err(messages::front_matter_fence(place).into());
            }
            Some(_) => {}
        }
        at = next;
    }
    let diagnostic = match opened {
        Some(start) => {
            let fence = text[..start].trim_end().len();
            messages::front_matter_unclosed(source.place(fence - 3..fence))
        }
        None => messages::front_matter_missing(source.place(0..0), false),
    };
    Err(diagnostic.into())
}

/// Another front matter in `body`: lines of keys that a line `---` ends. The place of the first key;
/// and do the lines go on where the front matter ended, so that a `---` between keys is one too many?
fn second(body: &str) -> Option<(Range<usize>, bool)> {
    // Most bodies have no such line.
    memchr::memmem::find(body.as_bytes(), b"\n---")?;
    // The lines of keys so far: the first key, how many there are, and whether one is its own.
    let mut keys: Option<(Range<usize>, usize, bool)> = None;
    let (mut opened, mut straight, mut in_code, mut at) = (true, true, false, 0);
    for whole in body.split_inclusive('\n') {
        let (line, start) = (whole.trim_end(), at);
        at += whole.len();
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            (in_code, opened) = (!in_code, false);
        }
        if in_code || (line.is_empty() && opened && keys.is_none()) {
            continue;
        }
        if line == "---" {
            match keys.take() {
                // Text may well have a line or two that look like keys.
                Some((key, count, of_story)) if straight || (count > 1 && of_story) => {
                    return Some((key, straight));
                }
                _ => (opened, straight) = (true, false),
            }
            continue;
        }
        let key = line.split_once(':').map(|(key, _)| key).filter(|key| opened && is_key(key));
        match (key, &mut keys) {
            (Some(key), Some((_, count, of_story))) => {
                *count += 1;
                *of_story |= is_needed(key);
            }
            (Some(key), None) => keys = Some((start..start + key.len(), 1, is_needed(key))),
            // The value of a key goes on.
            (None, Some(_)) if line.starts_with([' ', '\t', '-', '#']) => {}
            (None, _) => (opened, straight, keys) = (false, false, None),
        }
    }
    None
}

fn is_key(key: &str) -> bool {
    STORY.keys.iter().any(|(en, zh)| key == *en || key == *zh)
}

/// Is it a key that every story has?
fn is_needed(key: &str) -> bool {
    ["title", "标题", "date", "日期", "kind", "类型"].contains(&key)
}

/// A line that was meant as a fence: dashes as Word or an input method turns them.
pub(crate) fn looks_like_fence(line: &str) -> bool {
    let line = line.trim();
    line != "---"
        && line.chars().count() <= 8
        && !line.is_empty()
        && line.chars().all(|c| matches!(c, '-' | '—' | '－' | '–' | '―' | '一' | ' '))
        && (line.chars().filter(|&c| c != ' ').count() >= 2 || line.contains('—'))
}

fn has_fence(text: &str) -> bool {
    text.lines().any(|line| line.trim_end() == "---")
}

/// What was read of a front matter.
#[derive(Default)]
pub struct Front {
    /// Its fields; `None` if it is no map at all.
    pub fields: Option<FrontMatter>,
    /// The places of its values, if somebody asked for one.
    pub places: OnceLock<Places>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the front matter of `source`. A draft may lack required keys, unless `drafts` are
/// published.
pub fn read(
    source: &Source,
    parts: &Parts,
    purpose: Purpose,
    zone: UtcOffset,
    drafts: bool,
) -> Front {
    let yaml = match Yaml::read(source, parts.yaml.clone()) {
        Ok(yaml) => yaml,
        Err(diagnostics) => return Front { diagnostics, ..Front::default() },
    };
    let reader = Reader::new(&yaml).in_zone(zone);
    let fields = match reader.root() {
        node @ Node::Map(_) => Fields::open(&reader, Vec::new(), node, STORY.keys).map(|fields| {
            let mut front = FrontMatter::read(&fields);
            front.aliases.dedup_by(|a, b| a.value == b.value);
            check(&fields, &front);
            if purpose == Purpose::Page {
                complain_of_unused(&fields);
            } else {
                complain_of_keys_of_pages(&fields);
            }
            if drafts || !front.draft {
                require(&fields, &front, purpose);
            }
            front
        }),
        _ => {
            let start = parts.yaml.start.saturating_sub(4);
            let place = source.place(start..start + 3);
            reader.complain_of_root(|| messages::front_matter_no_map(place));
            None
        }
    };
    let diagnostics = reader.finish();
    // The spelling of a number needs places too, and nobody will ask for those again.
    let places = if diagnostics.is_empty() { OnceLock::new() } else { yaml.into_places() };
    Front { fields, places, diagnostics }
}

/// Complains of values that do not go together.
fn check(fields: &Fields<'_>, front: &FrontMatter) {
    if let (Some(from), Some(until)) = (front.publish_at, front.expire_at)
        && until.end() <= from
    {
        let keys = (fields.spelling("publish_at"), fields.spelling("expire_at"));
        fields.complain(messages::expires_before_publishing(fields.place_of("expire_at"), keys));
    }
    // Of items of a list that was said already.
    if let [name] = front.name.as_slice()
        && let Some(parts) = name::several_people(&name.value)
        && name::person_and_unit(&name.value).is_none()
        && !matches!(fields.get("name"), Some((_, Node::List(_))))
        && !fields.is_quoted("name")
    {
        let place = fields.place_of("name");
        fields.complain(messages::people_in_one(place, &name.value, &parts));
    }
    if let Some((_, Node::List(_))) = fields.get("name") {
        for item in &front.name {
            let is_plain = !fields.is_item_quoted("name", item.index as usize);
            // With a mark between them that was said already.
            let parts = name::several_people(&item.value)
                .filter(|_| is_plain && name::several(&item.value).is_none());
            if let Some(parts) = parts.filter(|_| name::person_and_unit(&item.value).is_none()) {
                let place = fields.place_of_item("name", item.index as usize);
                fields.complain(messages::people_in_one(place, &item.value, &parts));
            }
        }
    }
    if let [name] = front.name.as_slice()
        && let Some(both) = name::person_and_unit(&name.value)
        && !fields.is_quoted("name")
        && !fields.is_item_quoted("name", name.index as usize)
    {
        let place = fields.place_of_item("name", name.index as usize);
        let keys = (fields.spelling("name"), fields.spelling("unit"));
        fields.complain(messages::person_with_unit(place, &name.value, both, keys));
    }
    if front.cover.is_none() && front.cover_alt.is_some() && !fields.is_given("cover") {
        let key = fields.spelling("cover");
        fields.complain(messages::cover_missing(fields.place_of("cover_alt"), key));
    }
    if front.cover.is_some() && front.cover_alt.is_none() {
        let key = fields.spelling("cover_alt");
        fields.complain(messages::cover_alt_missing(
            fields.place_of("cover"),
            key,
            fields.is_there("cover_alt"),
        ));
    }
    if front.portrait.is_none() && front.portrait_alt.is_some() && !fields.is_given("portrait") {
        let key = fields.spelling("portrait");
        fields.complain(messages::portrait_missing(fields.place_of("portrait_alt"), key));
    }
    if front.portrait.is_some() && front.portrait_alt.is_none() {
        let key = fields.spelling("portrait_alt");
        fields.complain(messages::portrait_alt_missing(
            fields.place_of("portrait"),
            key,
            fields.is_there("portrait_alt"),
        ));
    }
    if front.correction.is_some() && front.updated.is_none() && !fields.is_given("updated") {
        let (key, example) = (fields.spelling("updated"), "2026-03-18");
        fields.complain(messages::correction_undated(fields.place_of("correction"), key, example));
    }
}

/// Complains of keys that do nothing on a page. Its date is that of its last change.
fn complain_of_unused(fields: &Fields<'_>) {
    let unused = STORY.fields.iter().filter(|field| !field.on_pages && field.name != "date");
    let given: Vec<_> = unused.filter(|field| fields.is_given(field.name)).collect();
    if let Some(first) = given.first() {
        let keys: Vec<_> = given.iter().map(|field| (field.name, field.chinese)).collect();
        fields.complain(messages::keys_unused(fields.place_of(first.name), &keys));
    }
}

/// Complains of keys that do nothing in a story.
fn complain_of_keys_of_pages(fields: &Fields<'_>) {
    let of_pages = STORY.fields.iter().filter(|field| field.only_on_pages);
    for field in of_pages.filter(|field| fields.is_given(field.name)) {
        let key = (field.name, field.chinese);
        fields.complain(messages::key_of_pages(fields.place_of(field.name), key));
    }
}

/// Complains of required keys that are missing or empty.
fn require(fields: &Fields<'_>, front: &FrontMatter, purpose: Purpose) {
    let needed = |field: &&Field| match purpose {
        Purpose::Story => field.need.in_story(front.kind),
        Purpose::Page => field.need == Need::Always,
    };
    let missing = |field: &&Field| !fields.is_given(field.name);
    for field in STORY.fields.iter().filter(needed).filter(missing) {
        let place = fields.place_of(field.name);
        let key = fields.spelling(field.name);
        let example = field.example(key);
        fields.complain(if fields.mentions(field.name) {
            messages::field_empty(place, key, field.chinese, &example)
        } else {
            let kind = front.kind.filter(|_| matches!(field.need, Need::Kinds(_)));
            messages::field_missing(place, key, field.chinese, kind, &example)
        });
    }
}
