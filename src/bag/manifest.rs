//! The lines of manifests and of bag-info.txt.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A line of a manifest. Line breaks and percent signs in a path are encoded, and nothing
/// else (RFC 8493, 2.1.3).
pub fn line(digest: &str, path: &str) -> String {
    let mut out = format!("{digest}  ");
    for c in path.chars() {
        match c {
            '%' | '\r' | '\n' => drop(write!(out, "%{:02X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('\n');
    out
}

/// The path under which a file lies in a bag of ours. Common validators read a manifest's `%` as
/// it stands, and not as the code that it is (RFC 8493, 2.1.3), take more characters than two
/// for the end of a line, and drop white space at its end; so no name has any of these.
pub fn portable(path: &str) -> Cow<'_, str> {
    let odd = |c: char| c == '%' || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let blank = |part: &str| part.trim() != part;
    if !path.contains(odd) && !path.split('/').any(blank) {
        return Cow::Borrowed(path);
    }
    let part = |part: &str| {
        let inner = part.trim();
        let start = part.len() - part.trim_start().len();
        let end = part.len() - start - inner.len();
        let inner = inner.replace('%', "％").replace(odd, "_");
        format!("{}{inner}{}", "_".repeat(start.min(1)), "_".repeat(end.min(1)))
    };
    Cow::Owned(path.split('/').map(part).collect::<Vec<_>>().join("/"))
}

/// A path as a line of a manifest has it, decoded.
pub fn decode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 1..at + 3).unwrap_or_default().to_ascii_uppercase();
        let (c, length) = match code.as_str() {
            "25" => ('%', 3),
            "0D" => ('\r', 3),
            "0A" => ('\n', 3),
            _ => ('%', 1),
        };
        out.push(c);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}

/// The digest and the path of a line, without its line end: parted by spaces or tabs; some
/// tools mark a path with `*`.
pub fn split(line: &str) -> Option<(&str, &str)> {
    let (digest, path) = line.split_once([' ', '\t'])?;
    let path = path.trim_start_matches([' ', '\t']);
    let path = path.strip_prefix('*').unwrap_or(path);
    let path = path.strip_prefix("./").unwrap_or(path);
    let hex = !digest.is_empty() && digest.bytes().all(|b| b.is_ascii_hexdigit());
    (hex && !path.is_empty()).then_some((digest, path))
}

/// Why a path of a bag must not be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsafe {
    /// It has a part `..`.
    Climbs,
    /// It begins at the root of the disk, or names a drive or a user.
    Absolute,
    /// It has a character that no path has.
    Odd,
}

/// May this path lead to a file of the bag, on every system?
pub fn check(path: &str) -> Result<(), Unsafe> {
    let bytes = path.as_bytes();
    let drive = bytes.len() >= 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':';
    if path.starts_with(['/', '\\', '~']) || drive {
        return Err(Unsafe::Absolute);
    }
    if path.split(['/', '\\']).any(|part| part == "..") {
        return Err(Unsafe::Climbs);
    }
    let odd = |part: &str| part.is_empty() || part == ".";
    if path.contains('\0') || path.split('/').any(odd) {
        return Err(Unsafe::Odd);
    }
    Ok(())
}

/// bag-info.txt: labels and values, each on one line.
pub fn labels(values: &[(&str, String)]) -> String {
    let mut out = String::new();
    for (label, value) in values {
        let value: String = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "{label}: {value}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Unsafe, check, decode, line, portable, split};

    #[test]
    fn a_line_is_read_as_it_was_written() {
        for path in ["data/甲 乙.jpg", "data/50%.txt", "data/a%0Ab", "data/a\nb\r", "data/%25"] {
            let line = line("ab12", path);
            assert_eq!(line.matches('\n').count(), 1);
            let read = split(line.trim_end_matches('\n')).map(|(d, path)| (d, decode(path)));
            assert_eq!(read, Some(("ab12", path.to_string())));
        }
        assert_eq!(split("ab12 *./data/x"), Some(("ab12", "data/x")));
        assert_eq!(split("no digest"), None);
        assert_eq!(split("ab12"), None);
    }

    #[test]
    fn names_that_every_validator_reads() {
        for (path, name) in [
            ("data/满意率 60.png", "data/满意率 60.png"),
            ("data/满意率60%.png", "data/满意率60％.png"),
            ("50%/a\r\nb\u{85}c\u{2028}d", "50％/a__b_c_d"),
            ("a /b/ c.png", "a_/b/_c.png"),
        ] {
            assert_eq!(portable(path), name);
        }
    }

    #[test]
    fn paths_that_lead_out_are_refused() {
        for (path, why) in [
            ("data/../../x", Unsafe::Climbs),
            ("data\\..\\x", Unsafe::Climbs),
            ("/etc/passwd", Unsafe::Absolute),
            ("~/x", Unsafe::Absolute),
            ("C:/x", Unsafe::Absolute),
            ("c:x", Unsafe::Absolute),
            ("\\\\server\\x", Unsafe::Absolute),
            ("data/a\0b", Unsafe::Odd),
            ("data//b", Unsafe::Odd),
            ("data/./b", Unsafe::Odd),
        ] {
            assert_eq!(check(path), Err(why), "{path}");
        }
        assert_eq!(check("data/a..b/.c"), Ok(()));
    }
}
