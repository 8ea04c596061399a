//! `wechat.yaml` of a theme: how the parts of an article for WeChat look. Each part of the built-in
//! theme's table may be replaced.

use std::collections::BTreeMap;

use super::messages;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::value::nearest::nearest;
use crate::yaml::fields::{Reader, describe, scalar};
use crate::yaml::places::Part;
use crate::yaml::{Node, Step, Yaml};

/// The file's name.
pub const WECHAT: &str = "wechat.yaml";

/// What WeChat takes out of an article, or would move out of its place: the words that a style
/// must not hold.
const FORBIDDEN: [&str; 7] =
    ["var(", "position", "url(", "expression", "import", "!important", "@"];

/// Reads the tables, the later ones over the earlier ones.
pub(super) fn read(
    layers: &[Source],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let mut styles = BTreeMap::new();
    for (layer, source) in layers.iter().enumerate() {
        let yaml = match Yaml::read_file(source) {
            Ok(yaml) => yaml,
            Err(complaints) => {
                diagnostics.extend(complaints);
                continue;
            }
        };
        let reader = Reader::new(&yaml);
        match reader.root() {
            Node::Map(entries) => {
                for (i, (part, node)) in entries.iter().enumerate() {
                    // The first layer is the built-in one, and knows all parts.
                    if layer > 0 && !styles.contains_key(part) {
                        let near = nearest(part, styles.keys().map(String::as_str));
                        let place = yaml.place(&[Step::Entry(i)], Part::Key);
                        reader.complain(messages::theme_key_unused(place, part, near));
                        continue;
                    }
                    let place = || reader.place(&[Step::Entry(i)]);
                    let style = match node {
                        Node::Null => Some(String::new()),
                        node => scalar(node),
                    };
                    match style.as_deref().map(wrong) {
                        Some(None) => drop(styles.insert(part.clone(), style.unwrap_or_default())),
                        Some(Some(word)) => {
                            reader.complain(messages::style_forbidden(place(), part, word));
                        }
                        None => reader.complain(messages::strings_wrong(place(), part)),
                    }
                }
            }
            Node::Null => {}
            node => {
                reader.complain(crate::yaml::messages::type_map(source.place(0..0), describe(node)))
            }
        }
        diagnostics.extend(reader.finish());
    }
    styles
}

/// What a style must not hold, if it does.
fn wrong(style: &str) -> Option<&'static str> {
    let plain: String = style.to_lowercase().split_whitespace().collect();
    let markup = ["<", ">", "{", "}", "\\", "/*"];
    FORBIDDEN.into_iter().chain(markup).find(|word| plain.contains(word))
}
