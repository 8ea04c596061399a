//! What is no mistake of form, and what an inspector would still ask about.

use super::warning;
use crate::diagnostic::Diagnostic;
use crate::source::{Place, SourcePath};

fn focal_points() -> Place {
    Place::file(&SourcePath::new("content/stories"))
}

/// A focal point without a story.
pub fn column_empty(name: &str) -> Diagnostic {
    warning(
        "column-empty",
        focal_points(),
        format!("着力点“{name}”还没有稿件，这个栏目是空的"),
        format!("the focal point “{name}” has no story; its page is empty"),
    )
}

/// A focal point without a story for long.
pub fn column_stale(name: &str, date: &str, days: i64) -> Diagnostic {
    warning(
        "column-stale",
        focal_points(),
        format!("着力点“{name}”最近一篇稿件是 {date} 的，已有 {days} 天没有更新"),
        format!("the latest story of the focal point “{name}” is of {date}, {days} days ago"),
    )
}

/// An identity card number.
pub fn identity_number(place: Place) -> Diagnostic {
    warning(
        "identity-number",
        place,
        "这里像是一个身份证号码，发布出去会泄露个人信息",
        "this looks like an identity card number, which must not be published",
    )
    .help("删掉它，或者只留前后几位，中间用 * 代替", "delete it, or mask most of it")
}

/// A mobile phone number.
pub fn phone_number(place: Place) -> Diagnostic {
    warning(
        "phone-number",
        place,
        "这里像是一个手机号码，请确认本人同意公开",
        "this looks like a mobile phone number; make sure that its owner agrees",
    )
    .help("可以改用单位的办公电话", "an office number may serve as well")
}
