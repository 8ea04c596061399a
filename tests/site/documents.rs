//! What the READMEs say of keys is what is declared. `UPDATE_DOCS=1 cargo test --test site
//! documents` writes it anew.

use std::fs;
use std::path::Path;

use xianfeng::base::lang::Lang;
use xianfeng::schema::{FILES, table};

const START: &str = "<!-- keys: ";
const END: &str = "<!-- /keys -->\n";

/// The text with the table of keys after each mark.
fn with_tables(text: &str, lang: Lang) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(START) {
        let (name, after) = after.split_once(" -->\n").expect("the name of a kind of file");
        let file = FILES.iter().find(|file| file.name == name).expect("a kind of file");
        let (_, after) = after.split_once(END).expect("an end of the table");
        out += &format!("{before}{START}{name} -->\n{}{END}", table::markdown(file, lang));
        rest = after;
    }
    out + rest
}

#[test]
fn the_tables_of_keys_in_the_readmes_are_what_is_declared() {
    for (name, lang, tables) in [("README.zh-CN.md", Lang::Zh, 13), ("README.md", Lang::En, 13)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(START).count(), tables, "{name}");
        let right = with_tables(&text, lang);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&path, right).unwrap();
        } else {
            assert!(text == right, "{name} is out of date: UPDATE_DOCS=1 writes its tables anew");
        }
    }
}
