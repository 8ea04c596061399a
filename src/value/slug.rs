//! What may be a part of an address or of a path.

/// May this be a slug? Lower-case ASCII letters, digits and hyphens, not at the ends.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 100
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// May this be one part of a path on every system, and one that the site shows?
pub fn is_file_name(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= 200
        && !part.starts_with('.')
        && !part.ends_with(['.', ' '])
        && !part.contains(|c: char| c.is_control() || "/\\:*?\"<>|".contains(c))
}
