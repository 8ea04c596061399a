//! Messages about articles for WeChat, one constructor each.

use super::{COVERS, MOST_CHARACTERS};
use crate::diagnostic::{Diagnostic, error, warning};
use crate::source::{Place, SourcePath};

/// WeChat would not take so much.
pub fn too_long(path: &SourcePath, characters: usize, bytes: usize) -> Diagnostic {
    error(
        "wechat-too-long",
        Place::file(path),
        format!("公众号放不下这一篇：连同格式 {characters} 个字符、{} KB，公众号要求少于 {MOST_CHARACTERS} 个字符、1 MB", bytes.div_ceil(1024)),
        format!("WeChat cannot take this story: {characters} characters with their tags, {} KB; it takes fewer than {MOST_CHARACTERS} and 1 MB", bytes.div_ceil(1024)),
    )
    .help(
        "分成上、下两篇，或者把大表格做成图片",
        "make two stories of it, or pictures of its large tables",
    )
}

/// WeChat just takes so much.
pub fn nearly_too_long(path: &SourcePath, characters: usize, bytes: usize) -> Diagnostic {
    warning(
        "wechat-nearly-too-long",
        Place::file(path),
        format!("快到公众号的上限了：连同格式 {characters} 个字符、{} KB，公众号要求少于 {MOST_CHARACTERS} 个字符、1 MB", bytes.div_ceil(1024)),
        format!("WeChat can only just take this story: {characters} characters with their tags, {} KB; it takes fewer than {MOST_CHARACTERS} and 1 MB", bytes.div_ceil(1024)),
    )
    .help(
        "在公众号里再加内容以前，先想想要不要分成两篇",
        "think of making two stories of it before anything is added in WeChat",
    )
}

/// WeChat takes no title that is so long.
pub fn title_long(place: Place, most: usize) -> Diagnostic {
    warning(
        "wechat-title-long",
        place,
        format!("公众号的标题最多 {most} 个字，粘贴时要缩短"),
        format!("a title in WeChat has at most {most} characters: shorten it there"),
    )
}

/// A picture that WeChat does not take.
pub fn picture_left_out(file: &SourcePath) -> Diagnostic {
    warning(
        "wechat-picture-left-out",
        Place::file(file),
        "公众号不能上传这种图片（例如 SVG），正文里只有它的文字说明",
        "WeChat takes no picture of this kind (such as SVG); its description stands in its place",
    )
    .help("另存为 JPG 或 PNG 再用", "save it as JPEG or PNG")
}

/// There is no picture to make a cover of.
pub fn cover_missing(path: &SourcePath, title: &str) -> Diagnostic {
    let [(wide, high), (small, _)] = COVERS;
    warning(
        "wechat-no-cover",
        Place::file(path),
        format!("《{title}》没有可以做封面的图片，没有做封面"),
        format!("“{title}” has no picture to make a cover of; no cover was made"),
    )
    .help(
        format!("公众号每一篇都要封面：另找一张，{wide}×{high}（头条）或 {small}×{small}；或者在稿件里写上 cover（封面）"),
        format!("WeChat needs a cover for each article: choose one of {wide}×{high} or {small}×{small}, or give the story a `cover`"),
    )
}
