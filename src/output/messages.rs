//! Messages about books, one constructor each.

use crate::diagnostic::{Diagnostic, note, warning};
use crate::source::Place;

/// A film or a sound where there can be none.
pub fn film_left_out(place: Place, name: &str) -> Diagnostic {
    note(
        "film-left-out",
        place,
        format!("“{name}”是视频或录音，书、简报和 Word 里放不进去，只留它的文字说明"),
        format!("“{name}” is a film or a sound: books, bulletins and Word files have its description only"),
    )
    .help(
        "想让读者看到画面，在旁边再放一张截图",
        "to let readers see something of it, put a still picture beside it",
    )
}

/// A file is no picture that every reader shows.
pub fn picture_left_out(place: Place, name: &str) -> Diagnostic {
    warning(
        "picture-left-out",
        place,
        format!("“{name}”不是各种阅读器都能显示的图片，书里和单篇存档里没有放，只显示它的文字说明"),
        format!("“{name}” is not a picture that every e-book reader can show; its description is shown instead"),
    )
    .help(
        "另存为 JPG 或 PNG 再用；如果是 SVG，里面不能有脚本、网页内容和别处的文件",
        "save it as JPEG or PNG; an SVG must be well-formed, without scripts and without other files",
    )
}
