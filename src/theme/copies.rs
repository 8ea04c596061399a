//! Copies of the built-in theme's files in a project: each says of which file it is a copy, and of
//! which state of it, so that it can be told when the program's own has changed since.

use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::layers::BUILT_INS;
use super::{BUILT_IN, DEFAULT};

/// How a stamp begins.
const MARK: &str = "copied from xianfeng: ";

/// The files of the built-in theme, by name: `templates/item.html`.
pub fn built_in_names() -> Vec<String> {
    fn walk(folder: &include_dir::Dir<'_>, names: &mut Vec<String>) {
        names.extend(folder.files().map(|file| file.path().to_string_lossy().replace('\\', "/")));
        folder.dirs().for_each(|below| walk(below, names));
    }
    let mut names = Vec::new();
    walk(&BUILT_IN, &mut names);
    names.sort();
    names
}

/// The bytes of a built-in file: `templates/item.html`, or that of another built-in theme
/// (`bulletin/templates/item.html`).
pub fn built_in(name: &str) -> Option<&'static [u8]> {
    let of_theme = |(theme, folder): &(&str, &'static include_dir::Dir<'static>)| {
        folder.get_file(name.strip_prefix(theme)?.strip_prefix('/')?)
    };
    let file = BUILT_IN.get_file(name).or_else(|| BUILT_INS.iter().find_map(of_theme));
    file.map(|file| file.contents())
}

/// The built-in file that a site with this theme has: the theme's own, if it is built in, else the
/// default one's.
pub fn of_theme(theme: &str, name: &str) -> String {
    let own = format!("{theme}/{name}");
    if theme != DEFAULT && built_in(&own).is_some() { own } else { name.to_string() }
}

/// The name of the built-in file that somebody means: `item.html` for `templates/item.html`.
pub fn meant(word: &str) -> Option<String> {
    let word = word.replace('\\', "/");
    let names = built_in_names();
    let find = |word: &str| {
        let ends = |name: &&String| {
            **name == word || name.strip_suffix(word).is_some_and(|folder| folder.ends_with('/'))
        };
        names.iter().find(ends).cloned()
    };
    find(&word).or_else(|| find(&format!("{word}.html")))
}

/// What tells one state of a file from another.
fn state(bytes: &[u8]) -> String {
    format!("{:016x}", xxh3_64(bytes))
}

/// A copy of a built-in file that says what it is a copy of. Pictures cannot say it.
pub fn stamped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let said = format!("{MARK}{name} {}", state(bytes));
    let extension = Path::new(name).extension().and_then(|ending| ending.to_str());
    let line = match extension {
        // What comes after it is no space of the page.
        Some("html") => format!("{{# {said} -#}}\n"),
        Some("css" | "js") => format!("/* {said} */\n"),
        Some("yaml") => format!("# {said}\n"),
        _ => String::new(),
    };
    [line.as_bytes(), bytes].concat()
}

/// What a file says that it is a copy of: the name, and the state.
pub fn origin(text: &str) -> Option<(&str, &str)> {
    let first = text.trim_start_matches('\u{feff}').lines().next()?;
    let said = first.split_once(MARK)?.1;
    let mut words = said.split_whitespace();
    Some((words.next()?, words.next()?))
}

/// Has the built-in file of which this is a copy changed since, or gone? Its name then.
pub fn outdated(text: &str) -> Option<&str> {
    let (name, known) = origin(text)?;
    (built_in(name).map(state).as_deref() != Some(known)).then_some(name)
}

/// The text without its stamp.
pub fn unstamped(text: &str) -> &str {
    match origin(text) {
        Some(_) => text.split_once('\n').map_or("", |(_, rest)| rest),
        None => text,
    }
}

/// A line of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'t> {
    /// It is in both.
    Same(&'t str),
    /// It is only in the first.
    Old(&'t str),
    /// It is only in the second.
    New(&'t str),
}

/// Two texts line by line, by their longest common part.
pub fn compare<'t>(old: &'t str, new: &'t str) -> Vec<Line<'t>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let begin = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let (left, right) = (&old[begin..], &new[begin..]);
    let end =
        left.iter().rev().zip(right.iter().rev()).take_while(|(one, other)| one == other).count();
    let (left, right) = (&left[..left.len() - end], &right[..right.len() - end]);
    // How many lines the rests from here on have in common.
    let wide = right.len() + 1;
    let mut common = vec![0_u32; (left.len() + 1) * wide];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            common[i * wide + j] = match left[i] == right[j] {
                true => common[(i + 1) * wide + j + 1] + 1,
                false => common[(i + 1) * wide + j].max(common[i * wide + j + 1]),
            };
        }
    }
    let mut lines: Vec<Line<'t>> = old[..begin].iter().map(|line| Line::Same(line)).collect();
    let (mut i, mut j) = (0, 0);
    while i < left.len() || j < right.len() {
        if i < left.len() && j < right.len() && left[i] == right[j] {
            lines.push(Line::Same(left[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == right.len()
            || (i < left.len() && common[(i + 1) * wide + j] >= common[i * wide + j + 1])
        {
            lines.push(Line::Old(left[i]));
            i += 1;
        } else {
            lines.push(Line::New(right[j]));
            j += 1;
        }
    }
    lines.extend(old[old.len() - end..].iter().map(|line| Line::Same(line)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_says_of_what_and_is_the_same_without_it() {
        for name in built_in_names() {
            let bytes = built_in(&name).unwrap();
            let copy = stamped(&name, bytes);
            let Ok(text) = std::str::from_utf8(&copy) else { continue };
            if ["html", "css", "js", "yaml"].iter().any(|ending| name.ends_with(ending)) {
                assert_eq!(origin(text).unwrap().0, name);
                assert_eq!(outdated(text), None, "{name}");
                assert_eq!(unstamped(text).as_bytes(), bytes, "{name}");
            }
        }
        assert_eq!(
            outdated("{# copied from xianfeng: templates/item.html 0 -#}\nx"),
            Some("templates/item.html")
        );
        assert_eq!(
            outdated("{# copied from xianfeng: templates/gone.html 0 -#}"),
            Some("templates/gone.html")
        );
        assert_eq!(outdated("<p>"), None);
    }

    #[test]
    fn what_differs_is_told_and_nothing_else() {
        use Line::{New, Old, Same};
        for (old, new, lines) in [
            ("a\nb\nc", "a\nx\nc", vec![Same("a"), Old("b"), New("x"), Same("c")]),
            ("a", "a\nb", vec![Same("a"), New("b")]),
            ("a\nb\na", "a", vec![Same("a"), Old("b"), Old("a")]),
            ("", "", vec![]),
            ("a\nb\nc\nd", "b\nd\ne", vec![Old("a"), Same("b"), Old("c"), Same("d"), New("e")]),
        ] {
            assert_eq!(compare(old, new), lines, "{old} {new}");
        }
    }
}
