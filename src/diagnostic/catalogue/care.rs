//! What is no mistake of form, and what an inspector would still ask about.

use super::{note, warning};
use crate::diagnostic::Diagnostic;
use crate::source::{Place, SourcePath};

fn stories() -> Place {
    Place::file(&SourcePath::new("content/stories"))
}

/// Entities without a story.
pub fn columns_empty((zh, en): (&str, &str), names: &[&str]) -> Diagnostic {
    note(
        "column-empty",
        stories(),
        format!("这些{zh}还没有稿件，页面是空的：{}", names.join("、")),
        format!("these {en}s have no story, and their pages are empty: {}", names.join(", ")),
    )
}

/// Entities without a story for long.
pub fn columns_stale((zh, en): (&str, &str), names: &[&str], days: i64) -> Diagnostic {
    note(
        "column-stale",
        stories(),
        format!("这些{zh}超过 {days} 天没有新稿件：{}", names.join("、")),
        format!("these {en}s have had no story for {days} days: {}", names.join(", ")),
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
