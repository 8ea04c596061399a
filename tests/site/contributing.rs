//! The code that CONTRIBUTING.md shows stands in the sources.

use std::fs;
use std::path::Path;

/// The fenced blocks of Rust: the file that the first line names, and the code.
fn examples(document: &str) -> Vec<(String, String)> {
    let blocks = document.split("```rust\n").skip(1);
    let code = blocks.map(|block| block.split("```").next().unwrap());
    let named = code.map(|code| code.split_once('\n').unwrap());
    named.map(|(file, code)| (file.trim_start_matches("// ").into(), code.into())).collect()
}

/// Lines without their indentation, so that an example need not be indented as its source.
fn flush(code: &str) -> String {
    code.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_it_shows_stands_in_the_sources() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let examples = examples(&document);
    assert!(examples.len() >= 8, "{examples:?}");
    for (file, code) in examples {
        let source = fs::read_to_string(root.join(&file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        assert!(flush(&source).contains(flush(&code).trim()), "{file} does not hold:\n{code}");
    }
}
