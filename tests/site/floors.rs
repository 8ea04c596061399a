//! The floors of the house: which module may use which.
//!
//! Each line of [`FLOORS`] may use only lines below it, and rooms on one line know nothing of
//! each other. So no arrow runs up, and there is no circle. ARCHITECTURE.md shows the same list.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use regex_lite::Regex;

const FLOORS: &str = "
    main
    command
    cli
    serve   archive   import   export   report   deploy
    pipeline
    sink
    render
    output
    view    check
    plan
    model
    theme
    settings
    memo
    parse
    schema
    yaml
    load    bag
    diagnostic   cache
    source
    starter
    value   picture   film   office
    base
";

/// The text of a file without comments, strings and its tests, which may use anything.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    let lines: String = lines.flat_map(|line| [line, "\n"]).collect();
    Regex::new(r#""(?:[^"\\]|\\.)*""#).unwrap().replace_all(&lines, "\"\"").into_owned()
}

/// The modules at the top of the crate that `code` names after `crate::`.
fn used(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let name = Regex::new(r"^[a-z_]+").unwrap();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut start = true;
            for (at, c) in group.char_indices() {
                match c {
                    '}' if depth == 0 => break,
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => start = true,
                    _ if start && !c.is_whitespace() => {
                        start = false;
                        found.extend(name.find(&group[at..]).map(|m| m.as_str().to_string()));
                    }
                    _ => {}
                }
            }
        } else {
            found.extend(name.find(rest).map(|m| m.as_str().to_string()));
        }
    }
    found
}

/// Every arrow between modules at the top of the crate, with a file that draws it.
fn arrows() -> BTreeMap<(String, String), String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut arrows = BTreeMap::new();
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(inside) = path.strip_prefix(&src) else { continue };
            let inside = inside.with_extension("");
            let from = inside.iter().next().unwrap().to_str().unwrap().to_string();
            if path.extension().is_none_or(|end| end != "rs") || from == "lib" {
                continue;
            }
            let code = code(&fs::read_to_string(&path).unwrap());
            // The way around `crate::`: only a file at the top is one `super` below the root.
            let ups = "super::".repeat(inside.iter().count());
            assert!(!code.contains(&ups), "{}: `{ups}` is the root: say `crate::`", path.display());
            for to in used(&code).into_iter().filter(|to| *to != from) {
                arrows.entry((from.clone(), to)).or_insert_with(|| path.display().to_string());
            }
        }
    }
    arrows
}

#[test]
fn every_arrow_runs_down() {
    let floors: Vec<Vec<&str>> = FLOORS
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|line| !line.is_empty())
        .collect();
    let floor = |room: &str| floors.iter().position(|line| line.contains(&room));
    let mut wrong = BTreeMap::new();
    for ((from, to), file) in arrows() {
        let above = floor(&from).unwrap_or_else(|| panic!("`{from}` ({file}) is on no floor"));
        let Some(below) = floor(&to) else { continue };
        if above >= below {
            wrong.insert((from, to), file);
        }
    }
    assert!(wrong.is_empty(), "arrows that run up: {wrong:#?}");
}

#[test]
fn every_room_is_seen() {
    let arrows = arrows();
    let has = |from: &str, to: &str| arrows.contains_key(&(from.to_string(), to.to_string()));
    // Written as a group, as a path, and inside of a function.
    assert!(has("command", "cli") && has("parse", "base") && has("source", "base"));
    assert_eq!(
        used("use crate::{plan::{self, Plan}, view};\nlet x = crate::theme::load();"),
        ["plan", "theme", "view"].map(str::to_string).into()
    );
    assert!(used(&code("// crate::plan\nlet x = \"crate::view\";")).is_empty());
}
