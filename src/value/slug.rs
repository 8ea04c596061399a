//! What may be a part of an address or of a path.

use super::windows::{is_device, unfit};

/// May this be a slug? Lower-case ASCII letters, digits and hyphens, not at the ends; it becomes a
/// folder, which Windows does not let be called like a device.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 100
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !is_device(text)
}

/// May this be one part of a path on every system, and one that the site shows?
pub fn is_file_name(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= 200
        && !part.starts_with('.')
        && !part.contains(char::is_control)
        && unfit(part).is_none()
}
