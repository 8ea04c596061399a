//! Style sheets in two parts: structure, which a new look keeps, and look.
//!
//! Browsers get one file, `style.css`, made of both, without what people have written beside the
//! rules. A theme that has a `style.css` of its own has said everything in it.

use std::collections::BTreeMap;

use crate::source::SourcePath;

/// What readers' browsers get.
const WHOLE: &str = "style.css";

/// The parts of it, in their order.
const PARTS: [&str; 2] = ["structure.css", "look.css"];

/// The names under which a theme may have sheets of its own, beside the parts.
pub(super) const KNOWN: [&str; 3] = [WHOLE, CUSTOM, PRINT];

/// What a theme, or a project over it, adds to its style.
pub const CUSTOM: &str = "custom.css";

/// What it adds on paper.
pub const PRINT: &str = "print.css";

/// The asset that a file of `assets/` becomes.
pub fn published_as(name: &str) -> &str {
    if PARTS.contains(&name) { WHOLE } else { name }
}

/// Assets with the parts of the style sheet in one.
pub(super) fn joined(
    mut assets: BTreeMap<String, (SourcePath, Vec<u8>)>,
) -> BTreeMap<String, (SourcePath, Vec<u8>)> {
    let mut whole = Vec::new();
    let mut path = None;
    for part in PARTS {
        if let Some((of_part, bytes)) = assets.remove(part) {
            whole.extend_from_slice(&bare(&bytes));
            path = Some(of_part);
        }
    }
    if let Some(path) = path {
        assets.entry(WHOLE.to_string()).or_insert((path, whole));
    }
    assets
}

/// A style sheet without its comments, which readers would load with every visit, and without
/// lines that have nothing else.
pub(super) fn bare(css: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(css.len());
    let mut quote = None;
    let mut at = 0;
    while let Some(&byte) = css.get(at) {
        match quote {
            None if css[at..].starts_with(b"/*") => {
                let end = memchr::memmem::find(&css[at + 2..], b"*/");
                at = end.map_or(css.len(), |end| at + 2 + end + 2);
                // It may stand between two words.
                out.push(b' ');
                continue;
            }
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            Some(_) if byte == b'\\' => {
                out.push(byte);
                at += 1;
            }
            // A string that does not end goes no further than its line.
            Some(open) if byte == open || byte == b'\n' => quote = None,
            _ => {}
        }
        out.extend(css.get(at));
        at += 1;
    }
    let lines = out.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let mut bare = Vec::with_capacity(out.len());
    for line in lines {
        bare.extend_from_slice(line.trim_ascii_end());
        bare.push(b'\n');
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn comments_go_and_strings_stay() {
        for (css, shown) in [
            ("/* a */\np { color: red }\n", "p { color: red }\n"),
            ("p{/* a */color:red}", "p{ color:red}\n"),
            ("p::after { content: \"/* a */\" }", "p::after { content: \"/* a */\" }\n"),
            ("p::after { content: \"\\\"/*\" } /* b */", "p::after { content: \"\\\"/*\" }\n"),
            ("a{} /* never ends", "a{}\n"),
        ] {
            assert_eq!(String::from_utf8(bare(css.as_bytes())).unwrap(), shown, "{css}");
        }
    }
}
