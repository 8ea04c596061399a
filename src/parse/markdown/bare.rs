//! Bare addresses: `https://…`, `http://…`, `www.…` and `name@example.cn` in running text are links.
//!
//! An address ends before white space, before any character that is not ASCII, so before
//! Chinese text and punctuation, and before `<`, `>` and `"`. Punctuation at its end belongs to the
//! sentence, as does a closing bracket that it does not open. Chinese characters in a path must be
//! written as a link: `[文字](https://example.cn/路径)`.

use std::collections::VecDeque;
use std::ops::Range;

use memchr::{memchr, memmem};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::value::reach;

type Placed<'e> = (Event<'e>, Range<usize>);

/// The events of `source` with links in the place of bare addresses.
pub(super) struct Links<'s, 'e, I> {
    events: I,
    source: &'s str,
    /// Where in it there may be an address, in order.
    hints: Vec<usize>,
    /// How many links, pictures and code blocks are open: there is no link inside of them.
    inside: usize,
    ready: VecDeque<Placed<'e>>,
}

impl<'s, 'e, I: Iterator<Item = Placed<'e>>> Links<'s, 'e, I> {
    /// `events` are those of `source`, each with its place in it.
    pub(super) fn new(source: &'s str, events: I) -> Self {
        let found = |part| memmem::find_iter(source.as_bytes(), part);
        let mut hints: Vec<usize> = HINTS.iter().flat_map(found).collect();
        hints.sort_unstable();
        Self { events, source, hints, inside: 0, ready: VecDeque::new() }
    }

    /// Where the first address may be in the text at `range`, or in one that follows it directly.
    fn hint(&self, range: &Range<usize>) -> Option<usize> {
        let at = self.hints.partition_point(|hint| *hint < range.start);
        let hint = *self.hints.get(at)?;
        let between = self.source.as_bytes().get(range.end..hint).unwrap_or_default();
        memchr(b'\n', between).is_none().then_some(hint)
    }

    /// The texts that follow a text directly, as they do around every character that might have
    /// been a mark; what comes after them waits in `ready`.
    fn rest_of(&mut self) -> Vec<Placed<'e>> {
        let mut rest = Vec::new();
        loop {
            match self.events.next() {
                Some((Event::Text(more), place)) => rest.push((Event::Text(more), place)),
                other => {
                    self.ready.extend(other);
                    return rest;
                }
            }
        }
    }

    /// Texts that follow one another, with links in the place of the addresses in them.
    fn linked(&self, texts: Vec<Placed<'e>>) -> Vec<Placed<'e>> {
        let words = |(event, _): &Placed<'e>| match event {
            Event::Text(text) => text.clone(),
            _ => "".into(),
        };
        let whole = match &*texts {
            [one] => words(one),
            several => {
                several.iter().map(words).fold(String::new(), |all, more| all + &more).into()
            }
        };
        let place = texts.iter().map(|(_, place)| place.clone());
        match place.reduce(|all, next| all.start..next.end) {
            Some(place) if self.hint(&place).is_some_and(|hint| hint < place.end) => {
                let mut found = Vec::new();
                self.split(&whole, &place, &mut found);
                found
            }
            _ => texts,
        }
    }

    /// Puts text and the addresses in it into `found`.
    fn split(&self, text: &str, range: &Range<usize>, found: &mut Vec<Placed<'e>>) {
        // Places within are known only of text that stands in the source as it is.
        let verbatim = self.source.get(range.clone()) == Some(text);
        let place = |part: Range<usize>| match verbatim {
            true => range.start + part.start..range.start + part.end,
            false => range.clone(),
        };
        let words = |part: Range<usize>| {
            (Event::Text(CowStr::from(text[part.clone()].to_string())), place(part))
        };
        let mut done = 0;
        while let Some((address, dest)) = next(text, done) {
            if address.start > done {
                found.push(words(done..address.start));
            }
            let link = Tag::Link {
                link_type: LinkType::Autolink,
                dest_url: dest.into(),
                title: "".into(),
                id: "".into(),
            };
            let whole = place(address.clone());
            found.push((Event::Start(link), whole.clone()));
            found.push(words(address.clone()));
            found.push((Event::End(TagEnd::Link), whole));
            done = address.end;
        }
        if done < text.len() {
            found.push(words(done..text.len()));
        }
    }
}

impl<'e, I: Iterator<Item = Placed<'e>>> Iterator for Links<'_, 'e, I> {
    type Item = Placed<'e>;

    fn next(&mut self) -> Option<Placed<'e>> {
        // What has waited has been looked at, or is no text.
        let waited = !self.ready.is_empty();
        let (event, range) = self.ready.pop_front().or_else(|| self.events.next())?;
        match &event {
            Event::Start(
                Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock,
            ) => {
                self.inside += 1;
            }
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                self.inside = self.inside.saturating_sub(1);
            }
            Event::Text(_) if !waited && self.inside == 0 && self.hint(&range).is_some() => {
                let mut texts = vec![(event, range)];
                texts.extend(self.rest_of());
                // They stand before what has been read after them, and hold no address any more.
                let mut found = self.linked(texts).into_iter();
                let first = found.next();
                for (at, event) in found.enumerate() {
                    self.ready.insert(at, event);
                }
                if let Some((Event::Start(_), _)) = first {
                    self.inside += 1;
                }
                return first;
            }
            _ => {}
        }
        Some((event, range))
    }
}

/// What every address has one of.
const HINTS: [&str; 6] = ["://", "：//", "www.", "WWW.", "@", "＠"];

/// What addresses begin with.
const STARTS: [char; 4] = ['h', 'H', 'w', 'W'];

/// The first address from byte `from` on, and where it leads.
fn next(text: &str, from: usize) -> Option<(Range<usize>, String)> {
    let mut at = from;
    let starts = |c: char| STARTS.contains(&c) || matches!(c, '@' | '＠');
    while let Some(found) = text[at..].find(starts).map(|found| at + found) {
        let sign = text[found..].chars().next()?;
        let inside_word =
            text[..found].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
        if matches!(sign, '@' | '＠') {
            let mail = reach::mail_around(text, found);
            if let Some(mail) = mail.filter(|(range, _)| range.start >= from) {
                return Some(mail);
            }
        } else if !inside_word && let Some(length) = address(&text[found..]) {
            let shown = &text[found..found + length];
            let dest = match shown.split_once("：//") {
                Some((scheme, rest)) => format!("{scheme}://{rest}"),
                None if shown.contains("://") => shown.into(),
                None => format!("http://{shown}"),
            };
            return Some((found..found + length, dest));
        }
        at = found + sign.len_utf8();
    }
    None
}

/// The length of the address that `text` begins with.
fn address(text: &str) -> Option<usize> {
    let lower = |prefix: &str| {
        text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    };
    let prefixes = ["https://", "http://", "www.", "https：//", "http：//"];
    let prefix = prefixes.into_iter().find(|prefix| lower(prefix))?;
    let rest = &text[prefix.len()..];
    let end = rest.find(|c: char| !c.is_ascii_graphic() || "<>\"`|\\^{}".contains(c));
    let mut end = prefix.len() + end.unwrap_or(rest.len());
    loop {
        let last = text[..end].chars().next_back()?;
        let opened = |open: char, close: char| {
            text[..end].matches(open).count() >= text[..end].matches(close).count()
        };
        let belongs = match last {
            ')' => opened('(', ')'),
            ']' => opened('[', ']'),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' => false,
            _ => true,
        };
        if belongs {
            break;
        }
        end -= 1;
    }
    let host = text.get(prefix.len()..end)?.split(['/', '?', '#']).next()?;
    let named = host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
        && (prefix != "www." || host.contains('.'));
    named.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        let table: &[(&str, &[&str])] = &[
            ("见https://example.cn/a。后面", &["https://example.cn/a"]),
            ("见www.example.cn。", &["www.example.cn"]),
            ("（https://example.cn/a(b)）", &["https://example.cn/a(b)"]),
            ("(https://example.cn/a)", &["https://example.cn/a"]),
            (
                "https://example.cn/a.html, http://b.cn/?q=1&r=2.",
                &["https://example.cn/a.html", "http://b.cn/?q=1&r=2"],
            ),
            ("HTTPS://EXAMPLE.CN/", &["HTTPS://EXAMPLE.CN/"]),
            ("https://example.cn/路径", &["https://example.cn/"]),
            ("http://localhost:1111/", &["http://localhost:1111/"]),
            ("https:// www. www.a http://。 xhttps://a.cn ahttp://b.cn", &[]),
            ("how what http", &[]),
            ("见https：//example.cn/a。", &["https：//example.cn/a"]),
            ("WWW.EXAMPLE.CN", &["WWW.EXAMPLE.CN"]),
            ("投稿：Wang.wu@mail.example.cn。", &["Wang.wu@mail.example.cn"]),
            ("邮箱http1@a.cn、tougao＠example.cn", &["http1@a.cn", "tougao＠example.cn"]),
            ("(a@b.cn) --a@b.cn-- a@b.cn.", &["a@b.cn", "a@b.cn", "a@b.cn"]),
            ("www.a.cn/@b a@b.cn", &["www.a.cn/@b", "a@b.cn"]),
            ("@张三 a@b 甲@乙.cn 3@2.5 a@@b.cn @ ＠ a@.cn", &[]),
            ("zh**ng@a.cn zh×@a.cn zh●ng@a.cn ftp://a@b.cn", &[]),
        ];
        for (text, wanted) in table {
            let mut found = Vec::new();
            let mut at = 0;
            while let Some((range, _)) = next(text, at) {
                found.push(&text[range.clone()]);
                at = range.end;
            }
            assert_eq!(found, *wanted, "{text}");
        }
    }
}
