//! Media types: what a file is, for those who read it without its name.

use crate::source::{Carried, SourcePath};

use crate::diagnostic::Fault;

/// The media type of a file of the site, by its name.
pub fn of_path(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    // A feed says itself what it is; any other XML is only that.
    if name == "feed.xml" {
        return "application/atom+xml; charset=utf-8";
    }
    let extension = name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_lowercase());
    match extension.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "bmp" => "image/bmp",
        "svg" => "image/svg+xml",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        "gz" => "application/gzip",
        "zip" => "application/zip",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _ => "application/octet-stream",
    }
}

/// A kind of picture that every e-book reader and browser shows (EPUB 3.3, 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// A photograph, mostly.
    Jpeg,
    /// A drawing or a screenshot.
    Png,
    /// Perhaps moving.
    Gif,
    /// Either of them, smaller.
    Webp,
    /// Lines and shapes.
    Svg,
}

impl Picture {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        of_path(match self {
            Picture::Jpeg => ".jpg",
            Picture::Png => ".png",
            Picture::Gif => ".gif",
            Picture::Webp => ".webp",
            Picture::Svg => ".svg",
        })
    }

    /// The extension that goes with it.
    pub fn extension(self) -> &'static str {
        match self {
            Picture::Jpeg => "jpg",
            Picture::Png => "png",
            Picture::Gif => "gif",
            Picture::Webp => "webp",
            Picture::Svg => "svg",
        }
    }

    /// The kind of the picture in a file, by its first bytes: names often lie. None where it
    /// is of no kind that is shown everywhere.
    pub fn of(path: &SourcePath, file: &Carried) -> Result<Option<Self>, Fault> {
        let head = file.head(32)?;
        Ok(match head.as_slice() {
            [0xFF, 0xD8, 0xFF, ..] => Some(Picture::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Picture::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Picture::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Picture::Webp),
            // Text has no mark of its own, so here the name is asked.
            _ if path.extension() == "svg" => Some(Picture::Svg),
            _ => None,
        })
    }
}
