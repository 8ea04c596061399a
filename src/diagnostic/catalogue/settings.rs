//! `content/site.yaml`.

use super::error;
use crate::diagnostic::Diagnostic;
use crate::source::Place;

/// The site has no title.
pub fn title_missing(place: Place) -> Diagnostic {
    error("field-missing", place, "网站缺少名称“title”（标题）", "the site needs a “title”")
        .help("加一行：title: 网站名称", "add a line: title: The name of the site")
}

/// A base URL that is none.
pub fn base_url_wrong(place: Place, text: &str) -> Diagnostic {
    error(
        "base-url-wrong",
        place,
        format!("“{text}”不是完整的网站地址"),
        format!("“{text}” is not a complete address of a site"),
    )
    .help(
        "写成 https://www.example.cn/ 或 https://www.example.cn/zhuanlan/",
        "write https://www.example.cn/ or https://www.example.cn/zhuanlan/",
    )
}

/// A time zone that is none.
pub fn time_zone_wrong(place: Place, text: &str) -> Diagnostic {
    error(
        "time-zone-wrong",
        place,
        format!("“{text}”不是时区"),
        format!("“{text}” is not a time zone"),
    )
    .help("北京时间写成 time_zone: \"+08:00\"", "write it as an offset: time_zone: \"+08:00\"")
}

/// A language tag that is none.
pub fn language_wrong(place: Place, text: &str) -> Diagnostic {
    error(
        "language-wrong",
        place,
        format!("“{text}”不是语言代码"),
        format!("“{text}” is not a language tag"),
    )
    .help("简体中文写成 language: zh-CN", "write it like language: zh-CN")
}

/// A theme's name that could not be a folder's.
pub fn theme_name_wrong(place: Place, text: &str) -> Diagnostic {
    error(
        "theme-missing",
        place,
        format!("“{text}”不能是主题的名称"),
        format!("“{text}” cannot be the name of a theme"),
    )
    .help("写 themes 文件夹里某个文件夹的名称", "write the name of a folder in themes")
}

/// A code for item numbers that could not be taken out of one again.
pub fn archive_code_wrong(place: Place, key: &str, code: &str) -> Diagnostic {
    error(
        "archive-code-wrong",
        place,
        format!("“{code}”不能用作档号里的 {key}"),
        format!("“{code}” cannot be the {key} in item numbers"),
    )
    .help(
        "只用英文字母和数字，最多 12 个，例如 Q012、WS、DQB",
        "only ASCII letters and digits, at most 12, such as Q012, WS, DQB",
    )
}

/// A retention period that is none.
pub fn retention_wrong(place: Place, word: &str, near: Option<&str>) -> Diagnostic {
    error(
        "retention-wrong",
        place,
        format!("“{word}”不是保管期限"),
        format!("“{word}” is not a retention period"),
    )
    .nearest(
        near,
        "写 Y（永久）、D30（30年）或 D10（10年）",
        "write Y (for ever), D30 (30 years) or D10 (10 years)",
    )
}
