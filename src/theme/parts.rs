//! Parts that extend one another, written out.
//!
//! The engine shows a template that extends another only where a page is made of it: included in
//! another template it would show nothing, and say nothing. So a part that extends is written out
//! before the engine sees it: the text of what it extends, with its own blocks in their places.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::source::{Place, Source};

/// A template that was written out.
pub(super) struct Part {
    /// What the engine is given.
    pub text: String,
    /// Where stretches of it are from: where each begins, its template, and where it begins there.
    from: Vec<(usize, String, usize)>,
    /// The blocks that are being written: in itself none is, and `nesting` tells of those that were to be.
    open: Vec<String>,
}

impl Part {
    /// The place in a template of what stands at a line and a column here; both count from 1.
    pub fn place(
        &self,
        templates: &BTreeMap<String, Source>,
        (line, column): (usize, usize),
    ) -> Option<Place> {
        let before = self.text.split_inclusive('\n').take(line.saturating_sub(1));
        let line_start: usize = before.map(str::len).sum();
        let columns = self.text[line_start..].char_indices().map(|(at, _)| at);
        let at = line_start + columns.take(column).last().unwrap_or(0);
        let (begin, name, start) = self.from.iter().rfind(|(begin, ..)| *begin <= at)?;
        let source = templates.get(name)?;
        let start = (start + at - begin).min(source.text().len());
        Some(source.place(start..(start + 1).min(source.text().len())))
    }

    fn push(&mut self, name: &str, text: &str, range: Range<usize>) {
        self.from.push((self.text.len(), name.to_string(), range.start));
        self.text.push_str(&text[range]);
    }
}

/// The templates that are parts of others and extend one, written out.
pub(super) fn written_out(templates: &BTreeMap<String, Source>) -> BTreeMap<String, Part> {
    let included: BTreeSet<String> =
        templates.values().flat_map(|source| named_by(source.text(), "include")).collect();
    let extends = |name: &&String| {
        let text = templates.get(*name).map(Source::text);
        text.is_some_and(|text| !named_by(text, "extends").is_empty())
    };
    let parts = included.iter().filter(extends);
    parts.filter_map(|name| Some((name.clone(), write_out(templates, name)?))).collect()
}

/// The templates that tags of one kind name.
pub(super) fn named_by(text: &str, tag: &str) -> Vec<String> {
    // Most templates extend nothing, and to look for a word is cheaper than to read tags.
    if !text.contains(tag) {
        return Vec::new();
    }
    let named = tags(text).into_iter().filter_map(|found| {
        let rest = found.words.strip_prefix(tag)?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        Some(rest[1..].split(quote).next()?.to_string())
    });
    named.collect()
}

/// A tag `{% … %}`.
struct Tag<'t> {
    range: Range<usize>,
    /// What stands in it.
    words: &'t str,
}

/// The tags of a template, but for those in comments and raw text.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|found| at + found) {
        let end = match text.as_bytes().get(open + 1) {
            Some(b'#') => text[open..].find("#}").map(|found| open + found + 2),
            Some(b'%') => end_of(text, open + 2, "%}"),
            Some(b'{') => end_of(text, open + 2, "}}"),
            _ => Some(open + 1),
        };
        let Some(end) = end else { break };
        at = end;
        if text.as_bytes().get(open + 1) == Some(&b'%') {
            let words = text[open + 2..end - 2].trim_matches('-').trim();
            tags.push(Tag { range: open..end, words });
            if words == "raw" {
                at = text[end..].find("endraw").map_or(text.len(), |found| end + found);
            }
        }
    }
    tags
}

/// Where a tag ends that begins before `from`; what stands in quotes does not end it.
fn end_of(text: &str, from: usize, end: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text[from..].char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if text[from + at..].starts_with(end) => return Some(from + at + end.len()),
            None => {}
        }
    }
    None
}

/// A block of a template.
struct Block<'t> {
    name: &'t str,
    /// With its tags.
    outer: Range<usize>,
    /// Between its tags.
    inner: Range<usize>,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut open: Vec<(&str, Range<usize>)> = Vec::new();
    let mut blocks = Vec::new();
    for Tag { range, words } in tags(text) {
        let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        match first {
            "block" => open.push((rest.trim(), range)),
            "endblock" => {
                if let Some((name, begin)) = open.pop() {
                    let inner = begin.end..range.start;
                    blocks.push(Block { name, outer: begin.start..range.end, inner });
                }
            }
            _ => {}
        }
    }
    blocks.sort_by_key(|block| block.outer.start);
    blocks
}

/// A template with what it extends, the lowest last.
struct Chain<'t> {
    links: Vec<Link<'t>>,
}

/// The name of a template, its text and its blocks.
type Link<'t> = (&'t str, &'t str, Vec<Block<'t>>);

/// `None` if what it extends is not there or goes round in a circle; the engine says so.
fn write_out(templates: &BTreeMap<String, Source>, name: &str) -> Option<Part> {
    let mut chain = Chain { links: Vec::new() };
    let mut next = Some(name.to_string());
    while let Some(name) = next {
        let (name, source) = templates.get_key_value(&name)?;
        if chain.links.iter().any(|(known, ..)| known == name) {
            return None;
        }
        let text = source.text();
        chain.links.push((name, text, blocks(text)));
        next = named_by(text, "extends").into_iter().next();
    }
    let mut part = Part { text: String::new(), from: Vec::new(), open: Vec::new() };
    let lowest = chain.links.len() - 1;
    let whole = 0..chain.links[lowest].1.len();
    chain.write(&mut part, lowest, whole);
    Some(part)
}

impl Chain<'_> {
    /// Writes a stretch of a template, each block in it as the uppermost template has it.
    fn write(&self, part: &mut Part, link: usize, range: Range<usize>) {
        let (name, text, blocks) = &self.links[link];
        let mut at = range.start;
        for block in blocks {
            if block.outer.start < at || block.outer.end > range.end {
                continue;
            }
            part.push(name, text, at..block.outer.start);
            if !part.open.iter().any(|open| open == block.name) {
                part.open.push(block.name.to_string());
                self.write_block(part, block.name, 0);
                part.open.pop();
            }
            at = block.outer.end;
        }
        part.push(name, text, at..range.end);
    }

    /// Writes a block as the first template from `link` on has it; `super()` is how the next one
    /// has it.
    fn write_block(&self, part: &mut Part, block: &str, link: usize) {
        let own = |(i, link): (usize, &Link<'_>)| {
            let found = link.2.iter().find(|known| known.name == block)?;
            Some((i, found.inner.clone()))
        };
        let Some((at, inner)) = self.links.iter().enumerate().skip(link).find_map(own) else {
            return;
        };
        let text = &self.links[at].1[inner.clone()];
        let mut from = inner.start;
        for (begin, end) in supers(text) {
            self.write(part, at, from..inner.start + begin);
            self.write_block(part, block, at + 1);
            from = inner.start + end;
        }
        self.write(part, at, from..inner.end);
    }
}

/// Where `{{ super() }}` stands.
fn supers(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("{{") {
        let Some(end) = end_of(text, at + 2, "}}") else { continue };
        let words: String = text[at + 2..end - 2].split_whitespace().collect();
        if words.trim_matches('-') == "super()" {
            found.push((at, end));
        }
    }
    found
}
