//! The scripts, as they are written here, put together for a site's kind of links.

use std::sync::LazyLock;

use crate::base::slot::Links;

const FILES: &str = include_str!("files.js");
const ENGINE: &str = include_str!("engine.js");
const PAGE: &str = include_str!("page.js");
const FIELD: &str = include_str!("field.js");

/// The scripts of a site with such links. Every page names them by their digests.
struct Scripts {
    engine: String,
    page: String,
}

/// Modules, of which one imports the other.
static FROM_ROOT: LazyLock<Scripts> = LazyLock::new(|| {
    let engine = format!("{}{FILES}\n{ENGINE}", constants(false, "import.meta.url"));
    let version = super::version(&engine);
    let page = format!("import {{ open }} from \"./search.js?v={version}\";\n\n{PAGE}");
    Scripts { engine, page }
});

/// Scripts that a page opened from the disk may run, which modules are not. Each has its names
/// for itself.
static RELATIVE: LazyLock<Scripts> = LazyLock::new(|| {
    let engine = [FILES, ENGINE].join("\n").replace("\nexport ", "\n");
    let constants = constants(true, "document.currentScript.src");
    Scripts {
        engine: format!("(() => {{\n{constants}{engine}window.xianfengSearch = open;\n}})();\n"),
        page: format!("(() => {{\nconst open = window.xianfengSearch;\n{PAGE}}})();\n"),
    }
});

/// What the engine must know of the site: whether files are read as scripts, and its own address.
fn constants(as_scripts: bool, address: &str) -> String {
    format!("const SCRIPTS = {as_scripts};\nconst HERE = {address};\n\n")
}

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
