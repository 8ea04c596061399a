//! Addresses in the style sheets of a theme: `url(…)` that leads to no file.

use std::collections::BTreeMap;
use std::ops::Range;

use super::messages;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourcePath};
use crate::value::nearest::nearest;

/// The addresses in style sheets that lead to no asset of the theme. What leaves the folder of the
/// assets may be a file of the site.
pub(super) fn dead_addresses(assets: &BTreeMap<String, (SourcePath, Vec<u8>)>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, (path, bytes)) in assets.iter().filter(|(name, _)| name.ends_with(".css")) {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        for range in addresses(text) {
            let address = &text[range.clone()];
            let bare = address.split(['?', '#']).next().unwrap_or_default();
            if bare.is_empty() || bare.contains(':') || bare.starts_with("//") {
                continue;
            }
            let meant = joined(folder, bare);
            let is_dead = meant.as_ref().is_some_and(|meant| !assets.contains_key(meant));
            if bare.starts_with('/') || is_dead {
                let place = Source::new(path.clone(), text.to_string()).place(range.clone());
                let last = bare.rsplit('/').next().unwrap_or(bare);
                let near =
                    nearest(meant.as_deref().unwrap_or(last), assets.keys().map(String::as_str));
                found.push(messages::css_dead(place, address, near));
            }
        }
    }
    found
}

/// Where `url(…)` has its addresses, outside comments.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['u', '/']).map(|i| at + i) {
        let rest = &text[next..];
        if rest.starts_with("/*") {
            at = rest.find("*/").map_or(text.len(), |end| next + end + 2);
            continue;
        }
        let Some(inner) = rest.strip_prefix("url(") else {
            at = next + 1;
            continue;
        };
        let Some(end) = inner.find(')') else { break };
        let quoted = inner[..end].trim();
        let start = next + 4 + (inner[..end].len() - inner[..end].trim_start().len());
        let plain = quoted.trim_matches(['"', '\'']);
        let begin = start + usize::from(quoted.starts_with(['"', '\'']));
        // A closing bracket inside quotes belongs to the address: such are data and not files.
        found.push(begin..begin + plain.len());
        at = next + 4 + end;
    }
    found
}

/// A path from a folder; `None` if it leaves the assets.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_outside_comments() {
        let text = "a{b:url(x.png)} /* url(no.png) */ c{d:url( \"y/z.svg\" )} e{f:url('w')}";
        let found: Vec<&str> = addresses(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["x.png", "y/z.svg", "w"]);
        assert_eq!(joined("a/b", "../c.png").as_deref(), Some("a/c.png"));
        assert_eq!(joined("", "../c.png"), None);
    }
}
