//! Texts that are written on several lines. YAML puts a space where a line ends, which is right for
//! English and wrong between two Chinese characters.

use super::places::{Part, Places};
use super::{Node, Step};
use crate::base::text::joins_without_space;

/// May a text of this YAML go on over several lines? Says yes too often, and never no wrongly for a
/// text whose further lines are indented.
pub fn may_go_on(yaml: &str) -> bool {
    yaml.lines().any(|line| {
        let text = line.trim();
        let begins = |mark: &str| text.starts_with(mark);
        line.starts_with([' ', '\t'])
            && !text.is_empty()
            && !(begins("- ") || begins("#") || text.contains(": ") || text.ends_with(':'))
    })
}

/// Takes the spaces out of the texts of `root` that stand for the ends of lines of `yaml` between
/// Chinese characters.
pub fn join(yaml: &str, root: &mut Node) {
    let mut spaced = false;
    root.each_text(&mut |text| spaced |= gaps(text).any(|gap| gap.is_between));
    if !spaced || !may_go_on(yaml) {
        return;
    }
    let places = Places::read(yaml, root);
    join_below(yaml, &places, &mut Vec::new(), root);
}

fn join_below(yaml: &str, places: &Places, path: &mut Vec<Step>, node: &mut Node) {
    match node {
        Node::Text(text) => {
            let range = places.range(path, Part::Value);
            if let Some(joined) = range.and_then(|range| joined(text, &yaml[range])) {
                *text = joined;
            }
        }
        Node::List(items) => {
            for (i, item) in items.iter_mut().enumerate() {
                path.push(Step::Item(i));
                join_below(yaml, places, path, item);
                path.pop();
            }
        }
        Node::Map(entries) => {
            for (i, (_, value)) in entries.iter_mut().enumerate() {
                path.push(Step::Entry(i));
                join_below(yaml, places, path, value);
                path.pop();
            }
        }
        Node::Null | Node::Bool(_) | Node::Number(_) => {}
    }
}

/// The text without the spaces that stand for line ends, if there is one; `written` is how it is
/// written. In a text of blocks with `|` the lines are the writer's.
fn joined(text: &str, written: &str) -> Option<String> {
    if !written.contains('\n') || written.starts_with('|') {
        return None;
    }
    let written = match written.strip_prefix('>') {
        Some(block) => block.split_once('\n')?.1,
        None => written,
    };
    let (read, typed): (Vec<_>, Vec<_>) =
        (gaps(text.trim_end()).collect(), gaps(written.trim()).collect());
    // An escape may stand for a blank: then nobody knows which is which.
    if read.len() != typed.len() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (read, typed) in read.iter().zip(&typed) {
        if read.is_between && typed.blank.contains('\n') {
            out.push_str(&text[from..read.at]);
            from = read.at + read.blank.len();
        }
    }
    (from > 0).then(|| out + &text[from..])
}

/// White space within a text.
struct Gap<'t> {
    at: usize,
    blank: &'t str,
    /// Is it one space, or line end, between characters that need none?
    is_between: bool,
}

fn gaps(text: &str) -> impl Iterator<Item = Gap<'_>> {
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n');
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_blank)?;
        let rest = text[start..].trim_start_matches(is_blank);
        at = text.len() - rest.len();
        let blank = &text[start..at];
        let (before, after) = (text[..start].chars().next_back(), rest.chars().next());
        let joins = matches!((before, after), (Some(a), Some(b)) if joins_without_space(a, b));
        Some(Gap { at: start, blank, is_between: joins && blank == " " })
    })
}
