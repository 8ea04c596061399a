//! Messages about Word documents, one constructor each.

use crate::diagnostic::{Diagnostic, warning};
use crate::source::{Place, SourcePath};

/// A picture that Word does not show.
pub fn picture_left_out(file: &SourcePath) -> Diagnostic {
    warning(
        "docx-picture-left-out",
        Place::file(file),
        "Word 放不下这种图片（例如 SVG），文档里只有它的文字说明",
        "Word shows no picture of this kind (such as SVG); its description stands in its place",
    )
    .help("另存为 JPG 或 PNG 再用", "save it as JPEG or PNG")
}
