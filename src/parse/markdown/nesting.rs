//! Lists in lists as Chinese writers indent them: by two spaces, also below `1. `, where CommonMark
//! wants three. What begins anew there is a list within the item, and not more items of its list.

use super::lines::lines;
use super::rewrite::Edit;

/// So many columns more than an item mean that something is in it.
const STEP: usize = 2;

/// The beginning of an item.
#[derive(Clone, Copy)]
struct Marker {
    /// Its number; `None` for a bullet.
    number: Option<u64>,
    /// How many columns it takes, with the spaces after it.
    width: usize,
}

/// An item whose list has not ended.
struct Open {
    indent: usize,
    content: usize,
}

/// Lines that are moved in, from an indent on.
struct Moved {
    from: usize,
    by: usize,
}

/// The spaces that lists in lists lack.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut moved: Vec<Moved> = Vec::new();
    let (mut quotes, mut after_blank) = (0, true);
    for line in lines(text) {
        if line.is_blank() {
            after_blank = true;
            continue;
        }
        let prefix = &line.text[..line.prefix()];
        let own_quotes = prefix.matches('>').count();
        let white = prefix.rfind('>').map_or(prefix, |at| {
            let rest = &prefix[at + 1..];
            rest.strip_prefix(' ').unwrap_or(rest)
        });
        // A tab reaches far enough.
        if own_quotes != quotes || white.contains('\t') {
            (quotes, after_blank) = (own_quotes, false);
            open.clear();
            moved.clear();
            if white.contains('\t') {
                continue;
            }
        }
        let indent = white.len();
        let by = |moved: &[Moved]| moved.iter().map(|one| one.by).sum::<usize>();
        let marker = marker(line.content()).filter(|_| !line.code);
        if !line.code && (marker.is_some() || after_blank) {
            moved.retain(|one| one.from <= indent);
        }
        let mut place = indent + by(&moved);
        match marker {
            Some(marker) => {
                while let Some(last) = open.last().filter(|last| place < last.content) {
                    let begins = marker.number.is_none_or(|number| number == 1);
                    if begins && place >= last.indent + STEP {
                        moved.push(Moved { from: indent, by: last.content - place });
                        place = last.content;
                        break;
                    }
                    open.pop();
                }
                open.push(Open { indent: place, content: place + marker.width });
            }
            None if after_blank && !line.code => open.retain(|item| item.content <= place),
            None => {}
        }
        after_blank = false;
        if place > indent {
            let at = line.start + line.prefix();
            edits.push(Edit::new(at..at, " ".repeat(place - indent)));
        }
    }
    edits
}

fn marker(content: &str) -> Option<Marker> {
    let digits = content.len() - content.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = match digits {
        0 => None,
        1..=9 => Some(content[..digits].parse().ok()?),
        _ => return None,
    };
    let rest = &content[digits..];
    let is_mark = match number {
        Some(_) => rest.starts_with(['.', ')']),
        None => rest.starts_with(['-', '*', '+']),
    };
    let after = rest.get(1..).filter(|_| is_mark)?;
    let spaces = after.len() - after.trim_start_matches(' ').len();
    // `---` and `* * *` are lines across the page.
    let is_rule = number.is_none() && content.chars().all(|c| c == ' ' || rest.starts_with(c));
    let spaces = match spaces {
        _ if is_rule || after.trim().is_empty() => return None,
        0 => return None,
        1..=4 => spaces,
        _ => 1,
    };
    Some(Marker { number, width: digits + 1 + spaces })
}

#[cfg(test)]
mod tests {
    use super::super::rewrite::Rewritten;
    use super::edits;

    #[test]
    fn what_is_in_an_item_reaches_its_text() {
        for (typed, meant) in [
            ("1. 甲\n  1. 乙\n  2. 丙\n2. 丁\n", "1. 甲\n   1. 乙\n   2. 丙\n2. 丁\n"),
            ("1. 甲\n  - 乙\n    - 丙\n2. 丁\n", "1. 甲\n   - 乙\n     - 丙\n2. 丁\n"),
            ("10. 甲\n   - 乙\n\n     丙\n11. 丁\n", "10. 甲\n    - 乙\n\n      丙\n11. 丁\n"),
            ("> 1. 甲\n>   1. 乙\n> 2. 丙\n", "> 1. 甲\n>    1. 乙\n> 2. 丙\n"),
            (
                "1. 甲\n  - 乙\n    ```\n  - 码\n    ```\n",
                "1. 甲\n   - 乙\n     ```\n   - 码\n     ```\n",
            ),
        ] {
            assert_eq!(Rewritten::new(typed, edits(typed)).text, meant, "{typed}");
        }
        for typed in [
            "1. 甲\n   - 乙\n2. 丙\n",
            "- 甲\n  - 乙\n    - 丙\n",
            "1. 甲\n  2. 乙\n  3. 丙\n",
            "  1. 甲\n  2. 乙\n",
            " 1. 甲\n 2. 乙\n",
            "1. 甲\n\n段。\n\n  1. 乙\n",
            "1. 甲\n\t- 乙\n",
            "甲\n  - 乙\n",
            "1. 甲\n  ---\n",
            "1. 甲\n  *乙*\n",
            "```\n1. 甲\n  - 乙\n```\n",
        ] {
            assert_eq!(Rewritten::new(typed, edits(typed)).text, typed, "{typed}");
        }
    }
}
