//! The parts of documents that are written from the program's own tables.

use std::fs;
use std::path::Path;

/// Fails unless `document` holds `text` between the lines `<!-- NAME: … -->` and `<!-- /NAME -->`,
/// or writes it there if `UPDATE_DOCS=1` is set.
#[track_caller]
pub fn assert_current(document: &str, name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(document);
    let old = fs::read_to_string(&path).unwrap();
    let (start, end) = between(&old, name)
        .unwrap_or_else(|| panic!("{document} has no <!-- {name}: … --> and <!-- /{name} -->"));
    let wanted = format!("\n{}\n\n", text.trim());
    if old[start..end] == wanted {
        return;
    }
    assert!(
        std::env::var_os("UPDATE_DOCS").is_some_and(|value| value == "1"),
        "“{name}” of {document} is stale: UPDATE_DOCS=1 cargo test --test site"
    );
    fs::write(&path, [&old[..start], &wanted, &old[end..]].concat()).unwrap();
}

/// Where the text between the two lines begins and ends.
fn between(document: &str, name: &str) -> Option<(usize, usize)> {
    let opening = document.find(&format!("<!-- {name}:"))?;
    let start = opening + document[opening..].find('\n')? + 1;
    let end = start + document[start..].find(&format!("<!-- /{name} -->"))?;
    Some((start, end))
}
