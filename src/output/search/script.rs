//! The scripts, furnished and made small.

use std::sync::LazyLock;

use crate::render::Links;

const FILES: &str = include_str!("files.js");
const ENGINE: &str = include_str!("engine.js");
const PAGE: &str = include_str!("page.js");
const FIELD: &str = include_str!("field.js");

/// The scripts of a site with such links. Every page names them by their digests.
struct Scripts {
    engine: String,
    page: String,
}

static FROM_ROOT: LazyLock<Scripts> = LazyLock::new(|| {
    let engine = small(&[FILES, ENGINE].concat(), ENGINE_NAMES);
    let engine = engine.replace("SCRIPTS", "false").replace("HERE", "import.meta.url");
    let version = super::version(&engine);
    let page = small(PAGE, PAGE_NAMES);
    Scripts { page: format!("import{{open}}from\"./search.js?v={version}\"\n{page}"), engine }
});

static RELATIVE: LazyLock<Scripts> = LazyLock::new(|| {
    let engine = small(&[FILES, ENGINE].concat(), ENGINE_NAMES).replace("\nexport ", "\n");
    let engine = engine.replace("SCRIPTS", "true").replace("HERE", "document.currentScript.src");
    let page = small(PAGE, PAGE_NAMES);
    Scripts {
        engine: format!("(()=>{{\n{engine}window.xianfengSearch=open\n}})()\n"),
        page: format!("(()=>{{\nconst open=window.xianfengSearch\n{page}}})()\n"),
    }
});

fn scripts(links: Links) -> &'static Scripts {
    match links {
        Links::FromRoot => &FROM_ROOT,
        Links::Relative => &RELATIVE,
    }
}

/// The script that searches: an ES module, or where links are relative one that a page
/// opened from the disk may run.
pub fn script(links: Links) -> &'static str {
    &scripts(links).engine
}

/// The script of the page, which uses the other.
pub fn page_script(links: Links) -> &'static str {
    &scripts(links).page
}

/// The script that every page has.
pub fn field() -> &'static str {
    FIELD
}

/// Names in the script that searches which nothing outside knows: each becomes a letter or
/// two. None of them stands in a string, in the index, or is the browser's.
const ENGINE_NAMES: &[&str] = &[
    "wanted",
    "term",
    "found",
    "terms",
    "chars",
    "list",
    "source",
    "part",
    "pieces",
    "whole",
    "story",
    "start",
    "state",
    "stop",
    "impacts",
    "candidates",
    "loaded",
    "lists",
    "between",
    "seen",
    "good",
    "number",
    "digest",
    "fresh",
    "batch",
    "score",
    "once",
    "before",
    "first",
    "last",
    "rest",
    "best",
    "partial",
    "openShard",
    "unzip",
    "middle",
    "marked",
    "marks",
    "passes",
    "tail",
    "impact",
    "safely",
    "around",
    "weight",
    "unread",
    "cluster",
    "reader",
    "nothing",
    "promise",
    "handed",
    "chosen",
    "typed",
    "asked",
    "sums",
    "place",
    "facet",
    "quoted",
    "minus",
    "begin",
    "passage",
    "plainly",
    "sure",
    "folds",
    "failed",
];

/// The same for the script of the page.
const PAGE_NAMES: &[&str] = &[
    "make",
    "sides",
    "params",
    "typing",
    "section",
    "items",
    "groups",
    "chosen",
    "sums",
    "timer",
    "stops",
    "remember",
    "control",
    "retry",
    "recall",
    "others",
    "labels",
    "drawFacets",
    "focused",
    "chars",
    "entry",
];

/// The script without comments, indentation and the white space around signs, and with
/// short names for `ours`. The scripts are written so that no regular expression has a
/// quotation mark or white space in it.
fn small(script: &str, ours: &[&str]) -> String {
    let lines =
        script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    let mut out = String::with_capacity(script.len());
    for line in lines {
        line_into(&mut out, line, ours);
        out.push('\n');
    }
    out
}

fn line_into(out: &mut String, line: &str, ours: &[&str]) {
    let mut rest = line;
    let mut quote = None;
    while let Some(c) = rest.chars().next() {
        let word = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
        let taken = match (c, quote) {
            ('\\', Some(_)) => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            ('"' | '`', None) => {
                quote = Some(c);
                1
            }
            (_, Some(open)) if c == open => {
                quote = None;
                1
            }
            (_, Some('"')) => c.len_utf8(),
            (' ', None) if out.ends_with(is_sign) || rest[1..].starts_with(is_sign) => {
                rest = &rest[1..];
                continue;
            }
            _ if word > 0 => {
                match ours.iter().position(|name| *name == &rest[..word]) {
                    Some(place) => push_short(out, place),
                    None => out.push_str(&rest[..word]),
                }
                rest = &rest[word..];
                continue;
            }
            _ => c.len_utf8(),
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}

/// Signs that no white space is needed beside.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        '=' | '('
            | ')'
            | '{'
            | '}'
            | '['
            | ']'
            | ','
            | ';'
            | ':'
            | '?'
            | '<'
            | '>'
            | '&'
            | '|'
            | '*'
    )
}

/// Names that stand nowhere in the scripts: `A` to `Z`, then `$a`, `$b` ….
fn push_short(out: &mut String, place: usize) {
    let letter = |first: u8, place: usize| char::from(first + (place % 26) as u8);
    match place {
        0..26 => out.push(letter(b'A', place)),
        26..52 => out.extend(['$', letter(b'a', place)]),
        52..78 => out.extend(['$', letter(b'A', place)]),
        _ => out.extend(['_', letter(b'a', place)]),
    }
}
