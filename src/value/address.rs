//! Addresses: every path of the site is made here.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::slug::is_file_name;

/// An address from the root of the site, without the leading `/`: `stories/2026/x/`,
/// `feed.xml`; the home page is empty. Ends in `/` or in a file name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// The home page.
    pub fn home() -> Self {
        Self(String::new())
    }

    /// A page: the parts joined by `/`, with `/` at the end.
    pub fn page(parts: &[&str]) -> Self {
        let mut path = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
        for part in parts {
            path.push_str(part);
            path.push('/');
        }
        Self(path)
    }

    /// A file: its path from the root.
    pub fn file(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// The address of what a file of the site holds, the file's path given from the root: a
    /// folder's `index.html` is the folder.
    pub fn of_file(path: &str) -> Self {
        Self(indexed_folder(path).unwrap_or(path).into())
    }

    /// The address itself, without the leading `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file or page below this page.
    pub fn below(&self, rest: &str) -> Self {
        Self([&self.0, rest].concat())
    }

    /// Page `number` of a listing whose first page this is.
    pub fn numbered(&self, number: usize) -> Self {
        if number == 1 { self.clone() } else { self.below(&format!("page/{number}/")) }
    }

    /// The file that holds it: `stories/2026/x/index.html`.
    pub fn file_path(&self) -> String {
        if self.0.is_empty() || self.0.ends_with('/') {
            [&self.0, "index.html"].concat()
        } else {
            self.0.clone()
        }
    }

    /// The address for HTML and feeds, percent-encoded, without the leading `/`.
    pub fn encoded(&self) -> Cow<'_, str> {
        // Most addresses are made of slugs, and asked for again and again.
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.' | b'_');
        if self.0.bytes().all(plain) {
            return Cow::Borrowed(&self.0);
        }
        utf8_percent_encode(&self.0, RESERVED).into()
    }
}

/// The folder, with its slash or empty for the root, that a file is the `index.html` of;
/// `myindex.html` is not one.
pub fn indexed_folder(path: &str) -> Option<&str> {
    path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'))
}

/// What no part of an address may hold as it is.
pub(super) const ODD: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What has a meaning of its own in an address or is not plain ASCII.
const RESERVED: &AsciiSet = &ODD.add(b'#').add(b'%').add(b'?').add(b'\'').add(b'&');

/// A fragment, percent-encoded.
pub fn encode_fragment(fragment: &str) -> String {
    utf8_percent_encode(fragment, RESERVED).to_string()
}

/// Percent-decodes a part of an address; what is no UTF-8 stays as it was.
pub fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .map_or_else(|_| text.to_string(), |decoded| decoded.into_owned())
}

/// Why a text cannot be an old path of this site.
#[derive(Debug, PartialEq, Eq)]
pub enum AliasError {
    /// It names another site, or a query.
    NotAPath,
    /// It has `..`, or a part that is not a file name.
    ClimbsOut,
}

/// Extensions of pages, as older publishing systems gave them.
pub const PAGES: [&str; 12] =
    ["html", "htm", "shtml", "xhtml", "xml", "php", "asp", "aspx", "jsp", "jspx", "do", "action"];

/// An old path as an address: `/2025/x.html` is a file, `/old/name` a folder.
pub fn alias(text: &str) -> Result<Address, AliasError> {
    if text.contains(['?', '#', '\\', ':', '*', '"', '<', '>', '|']) || text.starts_with("//") {
        return Err(AliasError::NotAPath);
    }
    let path = decode(text.trim().trim_start_matches('/'));
    let parts: Vec<&str> = path.split('/').collect();
    let folder = parts.last() == Some(&"");
    let named = &parts[..parts.len() - usize::from(folder)];
    if named.is_empty() {
        return Err(AliasError::NotAPath);
    }
    if named.iter().any(|part| !is_file_name(part)) {
        return Err(AliasError::ClimbsOut);
    }
    let extension = named.last().and_then(|last| last.rsplit_once('.')).map(|(_, end)| end);
    let is_file =
        !folder && extension.is_some_and(|end| PAGES.contains(&end.to_lowercase().as_str()));
    Ok(if is_file { Address::file(named.join("/")) } else { Address::page(named) })
}
