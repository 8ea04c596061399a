//! What browsers and caches are told of a file.

use xxhash_rust::xxh3::xxh3_64;

use crate::output::feed::FEED;
use crate::output::json_feed::JSON_FEED;
use crate::output::media;

/// The headers of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headers {
    /// `Content-Type`.
    pub content_type: &'static str,
    /// `Cache-Control`.
    pub cache_control: &'static str,
    /// `Content-Encoding`, if it is compressed for the way.
    pub content_encoding: Option<&'static str>,
}

/// For files whose name changes with what is in them.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// For pages and lists: a cache that has one asks again after a minute.
const SHORT: &str = "public, max-age=60";
/// For pictures and attachments, which may be replaced under their name, and seldom are.
const HOUR: &str = "public, max-age=3600";

impl Headers {
    /// Does the name of the file change with what is in it?
    pub fn is_for_ever(self) -> bool {
        self.cache_control == FOR_EVER
    }

    /// The headers of the file at a path of the site.
    pub fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let of_output = match name {
            "feed.xml" => FEED.media_type,
            "feed.json" => JSON_FEED.media_type,
            _ => None,
        };
        let content_type = of_output.unwrap_or_else(|| media::of_path(path));
        let is_media = ["image/", "audio/", "video/", "font/", "application/"]
            .iter()
            .any(|kind| content_type.starts_with(kind) && !content_type.contains("charset"));
        let cache_control = if has_digest(path) {
            FOR_EVER
        } else if is_media && !path.starts_with("search/") {
            HOUR
        } else {
            SHORT
        };
        Self { content_type, cache_control, content_encoding: None }
    }

    /// The headers of the same file, if it is sent compressed.
    pub fn packed(self) -> Self {
        Self { content_encoding: Some("gzip"), ..self }
    }

    /// Stands for them in the manifest.
    pub fn digest(&self) -> u32 {
        let mut text = format!("{}\n{}", self.content_type, self.cache_control);
        // Older versions knew no others.
        if let Some(encoding) = self.content_encoding {
            text = format!("{text}\n{encoding}");
        }
        xxh3_64(text.as_bytes()) as u32
    }
}

/// Does the name of a file change with what is in it? Copies of pictures (`NAME-480.0f3a21bc.jpg`)
/// and the parts of the search index (`KEY-0123456789abcdef.bin`) are called so.
pub fn has_digest(path: &str) -> bool {
    let is_digest = |text: &str| {
        (8..=32).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let Some((stem, _)) = name.rsplit_once('.') else { return false };
    if let Some(below) = path.strip_prefix("search/") {
        let of = |name: &str| is_digest(name.rsplit(['-', '/']).next().unwrap_or(name));
        // The texts of a month are numbered in a folder that has the digest.
        return of(stem) || below.starts_with("s/") && of(folder);
    }
    let copy = stem.rsplit_once('.').is_some_and(|(before, digest)| {
        digest.len() == 8
            && is_digest(digest)
            && before.rsplit_once('-').is_some_and(|(_, shape)| is_shape(shape))
    });
    copy && Headers::is_picture(name)
}

fn is_shape(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (1..=2).contains(&text.split('x').count()) && text.split('x').all(is_number)
}

impl Headers {
    fn is_picture(name: &str) -> bool {
        media::of_path(name).starts_with("image/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cached_for_ever() {
        for path in [
            "stories/2026/a/lou-dao-480.0f3a21bc.jpg",
            "share-1200x630.00000000.png",
            "search/k/ab-0123456789abcdef.bin",
            "search/s/2026-03-0123456789/12.txt",
            "search/d/0123456789abcdef.bin",
        ] {
            assert!(has_digest(path), "{path}");
        }
        for path in [
            "index.html",
            "search/directory.bin",
            "search/search.js",
            "assets/style.css",
            "stories/2026/a/deadbeef.jpg",
            "stories/2026/a/fu-jian-2026.20260318.pdf",
            "stories/2026-01234567/index.html",
        ] {
            assert!(!has_digest(path), "{path}");
        }
    }

    #[test]
    fn texts_have_their_charset_and_pages_a_short_life() {
        let page = Headers::of("news/index.html");
        assert_eq!((page.content_type, page.cache_control), (media::HTML, SHORT));
        assert_eq!(Headers::of("feed.xml").content_type, FEED.media_type.unwrap());
        assert!(Headers::of("calendar.ics").content_type.starts_with("text/calendar"));
        assert_eq!(Headers::of("a/lou.jpg").cache_control, HOUR);
        assert_eq!(Headers::of("search/directory.bin").cache_control, SHORT);
        assert_ne!(page.digest(), Headers::of("a/lou.jpg").digest());
        assert_ne!(page.digest(), page.packed().digest());
        // It stands in manifests that are out there.
        assert_eq!(page.digest(), 0xf922_214b);
    }
}
