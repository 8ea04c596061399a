//! The style sheets of a project itself, which every page links last: `content/static/custom.css`, and
//! `content/static/print.css` for paper.

use serde_json::{Value, json};

use super::{Output, Promise, may_be_address};
use crate::base::lang::bilingual;
use crate::view::Views;

/// Tells templates where the style sheet is: `site.custom_css`. The file is published like any other
/// of `static`.
pub static CUSTOM: Output = Output {
    told: Some(|views, _| {
        ("custom_css", address(views, FILE).map_or(Value::Null, |url| json!(url)))
    }),
    promised: Some(Promise {
        name: "custom_css",
        shape: may_be_address,
        about: bilingual(
            "content/static/custom.css 的网址",
            "the address of content/static/custom.css",
        ),
    }),
    ..Output::PLAIN
};

/// Tells templates where that for paper is: `site.print_css`.
pub static PRINT: Output = Output {
    told: Some(|views, _| {
        ("print_css", address(views, PRINT_FILE).map_or(Value::Null, |url| json!(url)))
    }),
    promised: Some(Promise {
        name: "print_css",
        shape: may_be_address,
        about: bilingual(
            "content/static/print.css 的网址，打印时用",
            "the address of content/static/print.css, for paper",
        ),
    }),
    ..Output::PLAIN
};

const FILE: &str = "content/static/custom.css";

const PRINT_FILE: &str = "content/static/print.css";

/// The address of a file, which changes when it does.
fn address(views: &Views<'_>, file: &str) -> Option<String> {
    let site = views.site();
    let (path, file) = site.files.get_key_value(file)?;
    // Who copies it says that it cannot be read.
    let bytes = file.bytes().ok()?;
    Some(views.url_of_bytes(&site.static_address(path), &bytes))
}
