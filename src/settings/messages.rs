//! Messages about site.yaml, one constructor each.

use crate::diagnostic::{Diagnostic, error};
use crate::source::Place;

/// The site has no title.
pub fn title_missing(place: Place) -> Diagnostic {
    error("field-missing", place, "网站缺少名称“title”（标题）", "the site needs a “title”")
        .help("加一行：title: 网站名称", "add a line: title: The name of the site")
}
