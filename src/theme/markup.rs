//! Templates as HTML: where an attribute or a tag that stands on a page was written, and which element
//! does not close.
//!
//! Values, tags and comments are masked, so that only what is written as it stands is read. What a
//! value puts there is not known: an attribute fits what stands on a page if its fixed pieces do.

use std::ops::Range;

use html5gum::Token;

use super::braces;
use super::syntax::{self, Tag};
use crate::base::html::{VOID, end_of, is_loose, text_state, tokens};

/// What is looked for: something that stands on a page.
#[derive(Clone, Copy, Debug)]
pub enum Written<'a> {
    /// An attribute of one of these names, with this value.
    Attribute(&'a [&'a str], &'a str),
    /// A tag.
    Tag(&'a str),
    /// Nothing that could be found.
    Nothing,
}

/// An element that does not balance in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unbalanced {
    /// Its tag, or the end that closes nothing.
    pub span: Range<usize>,
    /// What is wrong with it.
    pub wrong: Wrong,
    /// Its name, and that of what else is wrong with it.
    pub names: [String; 2],
    /// Does another template perhaps balance it? It stands in no block.
    is_outermost: bool,
    /// Where the block begins in which it stands.
    unit: usize,
}

/// What is wrong with an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is not closed.
    Open,
    /// It closes nothing.
    Closed,
    /// It is the end of another element than that which is open, whose tag is there.
    Crossed(Range<usize>),
}

/// A template, read as HTML.
struct Markup<'t> {
    text: &'t str,
    masked: String,
    /// Where what is written as it stands is.
    fixed: Vec<Range<usize>>,
    tags: Vec<Tag<'t>>,
    elements: Vec<Element>,
}

/// A tag of an element.
struct Element {
    name: String,
    span: Range<usize>,
    is_end: bool,
    /// Has it no end?
    is_alone: bool,
    attributes: Vec<String>,
}

impl<'t> Markup<'t> {
    /// `None` if the template cannot be read.
    fn read(text: &'t str) -> Option<Self> {
        let (masked, fixed) = syntax::masked(text)?;
        let elements = elements(&masked);
        Some(Self { text, tags: syntax::tags(text)?, elements, masked, fixed })
    }

    /// The pieces of a stretch that are written as they stand; between two of them is what is not.
    fn pieces(&self, range: Range<usize>) -> Vec<&'t str> {
        let mut pieces = Vec::new();
        let mut at = range.start;
        for span in self.fixed.iter().filter(|s| s.start < range.end && s.end > range.start) {
            let (start, end) = (span.start.max(range.start), span.end.min(range.end));
            if pieces.is_empty() && start > at {
                pieces.push("");
            }
            pieces.push(&self.text[start..end]);
            at = end;
        }
        if pieces.is_empty() && at < range.end {
            pieces.push("");
        }
        if at < range.end || pieces.is_empty() {
            pieces.push("");
        }
        pieces
    }

    /// Where the value of an attribute stands.
    fn value(&self, element: &Element, name: &str) -> Option<Range<usize>> {
        let tag = &self.masked[element.span.clone()];
        let lower = tag.to_ascii_lowercase();
        let after = lower.match_indices(name).find_map(|(at, _)| {
            let begins = lower[..at].ends_with(|c: char| c.is_ascii_whitespace() || c == '"');
            let rest = lower[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
            begins.then_some(tag.len() - rest.len())
        })?;
        let rest = &tag[after..];
        let (start, end) = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => (1, 1 + rest[1..].find(quote)?),
            _ => (0, rest.find(|c: char| c.is_ascii_whitespace() || c == '>')?),
        };
        let from = element.span.start + after;
        Some(from + start..from + end)
    }
}

fn elements(masked: &str) -> Vec<Element> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut found = Vec::new();
    let mut tokens = tokens(masked);
    let mut done = 0;
    while let Some(Ok(token)) = tokens.next() {
        done = end_of(&token).unwrap_or(done);
        match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                if let Some(state) = text_state(&name) {
                    tokens.set_state(state);
                }
                found.push(Element {
                    is_alone: tag.self_closing || VOID.contains(&&*name),
                    name,
                    span: tag.span.start..tag.span.end,
                    is_end: false,
                    attributes: tag.attributes.keys().map(|name| text(name)).collect(),
                });
            }
            Token::EndTag(tag) => found.push(Element {
                name: text(&tag.name),
                span: tag.span.start..tag.span.end,
                is_end: true,
                is_alone: false,
                attributes: Vec::new(),
            }),
            _ => {}
        }
    }
    found.retain(|element| masked.get(element.span.clone()).is_some());
    // A tag that never ends.
    if let Some(rest) = masked.get(done..).filter(|rest| rest.starts_with('<')) {
        let is_part = |c: char| c.is_ascii_alphanumeric();
        let name: String = rest[1..].chars().take_while(|c| is_part(*c)).collect();
        let end = done + rest.find('\n').unwrap_or(rest.len());
        let span = done..end;
        found.push(Element { name, span, is_end: false, is_alone: false, attributes: Vec::new() });
    }
    found
}

/// Where a template writes it, and how many letters of it stand there as they are.
pub fn find(text: &str, written: Written<'_>) -> Option<(Range<usize>, usize)> {
    let markup = Markup::read(text)?;
    let mut best: Option<(Range<usize>, usize)> = None;
    let mut consider = |range: Range<usize>, value: Range<usize>, wanted: &str| {
        let pieces = markup.pieces(value);
        let fixed = pieces.iter().map(|piece| piece.len()).sum();
        if fits(&pieces, wanted) && best.as_ref().is_none_or(|(_, most)| *most < fixed) {
            best = Some((range, fixed));
        }
    };
    for element in &markup.elements {
        match written {
            Written::Attribute(names, wanted) => {
                let has = |name: &&&str| element.attributes.iter().any(|known| known == **name);
                for name in names.iter().filter(has) {
                    if let Some(value) = markup.value(element, name) {
                        consider(value.clone(), value, wanted);
                    }
                }
            }
            Written::Tag(wanted) => consider(element.span.clone(), element.span.clone(), wanted),
            Written::Nothing => {}
        }
    }
    best
}

/// Do these pieces, with anything between them, make up `text`?
fn fits(pieces: &[&str], text: &str) -> bool {
    let [first, rest @ ..] = pieces else { return false };
    let Some(mut left) = text.strip_prefix(first) else { return false };
    let [middle @ .., last] = rest else { return left.is_empty() };
    for piece in middle {
        let Some(at) = left.find(piece) else { return false };
        left = &left[at + piece.len()..];
    }
    left.ends_with(last)
}

/// Pictures without a text in their place. One whose attributes a value writes may have it.
pub fn without_alt(text: &str) -> Vec<Range<usize>> {
    let Some(markup) = Markup::read(text) else { return Vec::new() };
    let is_written = |name: &String| name.chars().all(|c| c == 'x');
    let lacks = |element: &&Element| {
        element.name == "img"
            && !element.is_end
            && !element.attributes.iter().any(|name| name == "alt" || is_written(name))
    };
    markup.elements.iter().filter(lacks).map(|element| element.span.clone()).collect()
}

/// Values between braces that are none of a template's, in what readers see. Scripts, styles and what shows
/// code may have any braces.
pub(super) fn odd_braces(text: &str) -> Vec<(Range<usize>, String)> {
    const CODE: [&str; 6] = ["script", "style", "textarea", "code", "pre", "samp"];
    let Some(markup) = Markup::read(text).filter(|_| text.contains(['{', '｛'])) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut inside: Option<&str> = None;
    let mut from = 0;
    let ends = markup.elements.iter().map(|e| (e.span.clone(), Some(e)));
    let end = markup.masked.len();
    for (span, element) in ends.chain([(end..end, None)]) {
        if inside.is_none() {
            let shown = markup.masked.get(from..span.start).unwrap_or_default();
            let in_comment = |at: usize| {
                let before = &shown[..at];
                before.rfind("<!--").is_some_and(|start| !before[start..].contains("-->"))
            };
            let slips = braces::in_template(shown).into_iter();
            let slips = slips.filter(|(span, _)| !in_comment(span.start));
            let here = |span: Range<usize>| from + span.start..from + span.end;
            found.extend(slips.map(|(span, path)| (here(span), path)));
        }
        from = span.end;
        let Some(element) = element else { break };
        match inside {
            None if !element.is_end => {
                inside = CODE.into_iter().find(|name| *name == element.name);
            }
            Some(name) if element.is_end && element.name == name => inside = None,
            _ => {}
        }
    }
    found
}

/// An element that is open.
#[derive(Clone, Debug)]
struct Held {
    name: String,
    span: Range<usize>,
    /// Was it opened in a branch that has ended?
    is_lifted: bool,
}

/// An end that closes nothing, and the element that is open there.
type Stray = (Held, Option<Held>);

/// What stands between two tags of the template.
#[derive(Default)]
struct Frame {
    /// Where it begins, if it is a unit of its own: a block, or the whole template.
    unit: Option<usize>,
    open: Vec<Held>,
    strays: Vec<Stray>,
    /// What the first of its branches has left open, and closed too often.
    kept: Option<(Vec<Held>, Vec<Stray>)>,
    /// What a branch has opened and something outside it has closed.
    suspects: Vec<Held>,
}

impl Frame {
    /// The end of an element; what is not closed inside it is returned. `by_indent` takes ends that
    /// begin their line for those of elements that begin theirs as far in.
    fn close(&mut self, end: Held, indent: &dyn Fn(&Range<usize>) -> Option<usize>) -> Vec<Held> {
        let same = |held: &&Held| held.name == end.name;
        let last = self.open.iter().rposition(|held| held.name == end.name);
        let Some(mut at) = last else {
            let around = self.open.iter().rfind(|held| !is_loose(&held.name)).cloned();
            if !is_loose(&end.name) {
                self.strays.push((end, around));
            }
            return Vec::new();
        };
        let own = indent(&end.span);
        if own.is_some() && indent(&self.open[at].span).is_some_and(|depth| Some(depth) > own) {
            let fits = |held: &Held| same(&held) && indent(&held.span) == own;
            at = self.open.iter().rposition(fits).unwrap_or(at);
        }
        let mut ended = self.open.drain(at..);
        if let Some(held) = ended.next().filter(|held| held.is_lifted && !end.is_lifted) {
            self.suspects.push(held);
        }
        ended.filter(|held| !is_loose(&held.name)).collect()
    }
}

/// The elements of a template that do not balance, at most one in each block.
pub fn unbalanced(text: &str) -> Vec<Unbalanced> {
    let Some(markup) = Markup::read(text) else { return Vec::new() };
    let plain = markup.unbalanced(&|_| None);
    if plain.is_empty() {
        return plain;
    }
    // Which of several that are alike is not closed, only the indentation tells.
    let indent = |span: &Range<usize>| {
        let before = &text[..span.start];
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        line.chars().all(char::is_whitespace).then_some(line.len())
    };
    let by_indent = markup.unbalanced(&indent);
    let refined = |found: Unbalanced| {
        let same = |other: &&Unbalanced| other.unit == found.unit && other.wrong == Wrong::Open;
        let better = by_indent.iter().find(same).filter(|_| found.wrong == Wrong::Open);
        better.cloned().unwrap_or(found)
    };
    plain.into_iter().map(refined).collect()
}

impl Markup<'_> {
    fn unbalanced(&self, indent: &dyn Fn(&Range<usize>) -> Option<usize>) -> Vec<Unbalanced> {
        let mut found = Vec::new();
        let mut frames = vec![Frame { unit: Some(0), ..Frame::default() }];
        let mut tags = self.tags.iter().peekable();
        let mut inner: Vec<(usize, Held)> = Vec::new();
        for element in &self.elements {
            while let Some(tag) = tags.next_if(|tag| tag.span.start < element.span.end) {
                // What stands in a tag of HTML is a matter of its attributes.
                if tag.span.start < element.span.start {
                    step(&mut frames, tag, &mut found, &mut inner, indent);
                }
            }
            let held =
                Held { name: element.name.clone(), span: element.span.clone(), is_lifted: false };
            let unit = frames.iter().rev().find_map(|frame| frame.unit).unwrap_or_default();
            let Some(frame) = frames.last_mut() else { continue };
            match (element.is_end, element.is_alone) {
                (true, _) => {
                    let unclosed = frame.close(held, indent);
                    inner.extend(unclosed.into_iter().map(|held| (unit, held)));
                }
                (false, true) => {}
                (false, false) => frame.open.push(held),
            }
        }
        for tag in tags {
            step(&mut frames, tag, &mut found, &mut inner, indent);
        }
        while let Some(frame) = frames.pop() {
            finish(frame, &mut found, &mut inner);
        }
        found.sort_by_key(|found| found.span.start);
        found
    }
}

/// A tag of the template: what stands between it and its end is a frame.
fn step(
    frames: &mut Vec<Frame>,
    tag: &Tag<'_>,
    found: &mut Vec<Unbalanced>,
    inner: &mut Vec<(usize, Held)>,
    indent: &dyn Fn(&Range<usize>) -> Option<usize>,
) {
    if matches!(tag.word, "else" | "elif") {
        if let Some(frame) = frames.last_mut() {
            let ended = (std::mem::take(&mut frame.open), std::mem::take(&mut frame.strays));
            let is_even = frame.kept.as_ref().is_none_or(|(o, s)| o.is_empty() && s.is_empty());
            if is_even {
                frame.kept = Some(ended);
            }
        }
    } else if tag.is_end() {
        if frames.len() < 2 {
            return;
        }
        let Some(frame) = frames.pop() else { return };
        if frame.unit.is_some() {
            return finish(frame, found, inner);
        }
        let Some(around) = frames.last_mut() else { return };
        around.suspects.extend(frame.suspects);
        let uneven = frame.kept.filter(|(open, strays)| !open.is_empty() || !strays.is_empty());
        let (open, strays) = uneven.unwrap_or((frame.open, frame.strays));
        for (stray, within) in strays {
            let end = Held { is_lifted: true, ..stray };
            // It belongs to an element that the branch itself has open.
            match within {
                Some(_) => around.strays.push((end, within)),
                None => drop(around.close(end, indent)),
            }
        }
        around.open.extend(open.into_iter().map(|held| Held { is_lifted: true, ..held }));
    } else if tag.end().is_some() {
        let is_unit = !matches!(tag.word, "if" | "for" | "filter");
        frames.push(Frame { unit: is_unit.then_some(tag.span.end), ..Frame::default() });
    }
}

/// Says what does not balance in a unit: the innermost of it.
fn finish(frame: Frame, found: &mut Vec<Unbalanced>, inner: &mut Vec<(usize, Held)>) {
    let Some(unit) = frame.unit else { return };
    let is_outermost = unit == 0;
    let open: Vec<Held> = frame.open.into_iter().filter(|held| !is_loose(&held.name)).collect();
    let mut say = |held: &Held, wrong: Wrong, other: &str| {
        let names = [held.name.clone(), other.to_string()];
        found.push(Unbalanced { span: held.span.clone(), wrong, names, is_outermost, unit });
    };
    let own = inner.iter().position(|(of, _)| *of == unit).map(|at| inner.remove(at).1);
    inner.retain(|(of, _)| *of != unit);
    if let Some(held) = own {
        return say(&held, Wrong::Open, "");
    }
    if let Some((stray, within)) = frame.strays.first() {
        return match within.as_ref().filter(|within| open.iter().any(|o| o.span == within.span)) {
            Some(within) => say(stray, Wrong::Crossed(within.span.clone()), &within.name),
            None => say(stray, Wrong::Closed, ""),
        };
    }
    if let Some(last) = open.last() {
        let suspect = frame.suspects.iter().rfind(|held| held.name == last.name);
        say(suspect.unwrap_or(last), Wrong::Open, "");
    }
}

/// What does not balance in these templates together: what one opens outside blocks, another may close.
pub fn unbalanced_in<'n>(templates: &[(&'n str, &str)]) -> Vec<(&'n str, Unbalanced)> {
    let all = templates
        .iter()
        .flat_map(|(name, text)| unbalanced(text).into_iter().map(move |found| (*name, found)));
    let all: Vec<(&str, Unbalanced)> = all.collect();
    let certain: Vec<_> = all.iter().filter(|(_, found)| !found.is_outermost).cloned().collect();
    if !certain.is_empty() {
        return certain;
    }
    let is_answered = |found: &Unbalanced| {
        let answers = |other: &Unbalanced| {
            other.names == found.names
                && matches!(
                    (&other.wrong, &found.wrong),
                    (Wrong::Open, Wrong::Closed) | (Wrong::Closed, Wrong::Open)
                )
        };
        all.iter().any(|(_, other)| answers(other))
    };
    all.iter().filter(|(_, found)| !is_answered(found)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_balance_is_found_in_its_block() {
        for (text, marked) in [
            ("<div>{% block a %}<div class=\"b\">{{ x }}{% endblock %}</div>", "<div class=\"b\">"),
            ("<div>{% if a %}<div class=\"b\">x{% endif %}</div>", "<div class=\"b\">"),
            ("{% block a %}<section><p>x</div>{% endblock %}", "</div>"),
            ("<div>\n  <div class=\"b\">\n  <p>\n</div>\n", "<div class=\"b\">"),
            ("<ul><li><b>x</ul>", "<b>"),
            ("x</section>", "</section>"),
            ("{% for a in b %}<tr><td><em>x{% endfor %}", "<em>"),
        ] {
            let found = unbalanced(text);
            let marked_there: Vec<&str> = found.iter().map(|f| &text[f.span.clone()]).collect();
            assert_eq!(marked_there, [marked], "{text}: {found:?}");
        }
        for text in [
            "{% if a %}<a href=\"{{ b }}\">{% else %}<span>{% endif %}x{% if a %}</a>{% else %}</span>{% endif %}",
            "<a {% if a %}class=\"b\"{% else %}class='c'{% endif %} title=\"{% block t %}x{% endblock %}\">x</a>",
            "<script>if (a < b) { \"<div>\" }</script><!-- <div> -->{# <div> #}{% raw %}<b></b>{% endraw %}",
            "{% for a in b %}{% if a.c %}<ul>{% endif %}<li>x{% if a.d %}</ul>{% endif %}{% endfor %}",
        ] {
            assert_eq!(unbalanced(text), [], "{text}");
        }
    }

    #[test]
    fn what_stands_on_a_page_is_found_where_it_was_written() {
        let text = "{# id=\"x\" x #}<p id='x-{{ n }}' class=\"a{% if b %} c{% endif %}\"><a href=\"{{ site.root }}news/\">x</a><i id=x>";
        for (written, found) in [
            (Written::Attribute(&["id"], "x"), Some(("x", 1))),
            (Written::Attribute(&["id"], "x-12"), Some(("x-{{ n }}", 2))),
            (Written::Attribute(&["src", "href"], "/sub/news/"), Some(("{{ site.root }}news/", 5))),
            (Written::Attribute(&["href"], "/sub/nwes/"), None),
            (Written::Tag("<i id=x>"), Some(("<i id=x>", 8))),
            (Written::Nothing, None),
        ] {
            let there = find(text, written).map(|(range, fixed)| (&text[range], fixed));
            assert_eq!(there, found, "{written:?}");
        }
        let tags = "<img src=\"a\"><img alt=\"\"><img {{ b }}><img {% if a %}alt{% endif %}>";
        let found: Vec<&str> = without_alt(tags).into_iter().map(|range| &tags[range]).collect();
        assert_eq!(found, ["<img src=\"a\">"]);
    }
}
