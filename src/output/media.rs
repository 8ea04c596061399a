//! Media types: what a file is, for those who read it without its name.

use crate::base::content::Carried;
use crate::base::fault::Fault;
use crate::base::format::{Format, HEAD};
use crate::source::SourcePath;

/// The media type of a file, by its name; a text is taken to be in UTF-8, as all of ours are.
pub fn of_path(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_lowercase());
    match extension.as_str() {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "md" | "markdown" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "bmp" => "image/bmp",
        "tif" | "tiff" => "image/tiff",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "m4a" | "m4b" | "m4r" => "audio/mp4",
        "wav" => "audio/wav",
        "ogg" | "oga" | "opus" | "spx" => "audio/ogg",
        "aac" => "audio/aac",
        "flac" => "audio/flac",
        "weba" => "audio/webm",
        "wma" => "audio/x-ms-wma",
        "amr" => "audio/amr",
        "aif" | "aiff" | "aifc" => "audio/aiff",
        "mid" | "midi" => "audio/midi",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mov" | "qt" => "video/quicktime",
        "ogv" => "video/ogg",
        "3gp" | "3gpp" => "video/3gpp",
        "avi" => "video/x-msvideo",
        "mkv" => "video/x-matroska",
        "wmv" => "video/x-ms-wmv",
        "flv" => "video/x-flv",
        "mpg" | "mpeg" | "mpe" | "vob" => "video/mpeg",
        "ts" | "mts" | "m2t" | "m2ts" => "video/mp2t",
        "rm" | "rmvb" => "application/vnd.rn-realmedia",
        "vtt" => "text/vtt; charset=utf-8",
        "pdf" => "application/pdf",
        "ofd" => "application/ofd",
        "gz" => "application/gzip",
        "zip" => "application/zip",
        "wasm" => "application/wasm",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _ => "application/octet-stream",
    }
}

/// The media type of a page.
pub const HTML: &str = "text/html; charset=utf-8";

/// Like [`of_path`], without the encoding of texts.
pub fn bare(path: &str) -> &'static str {
    let full = of_path(path);
    full.split_once(';').map_or(full, |(bare, _)| bare)
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
        bare(match self {
            Picture::Jpeg => ".jpg",
            Picture::Png => ".png",
            Picture::Gif => ".gif",
            Picture::Webp => ".webp",
            Picture::Svg => ".svg",
        })
    }

    /// Do offices' programs show it, too, which know the old kinds alone?
    pub fn is_shown_in_offices(self) -> bool {
        matches!(self, Picture::Jpeg | Picture::Png | Picture::Gif)
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
        Ok(match Format::of(&file.head(HEAD)?) {
            Some(Format::Jpeg) => Some(Picture::Jpeg),
            Some(Format::Png) => Some(Picture::Png),
            Some(Format::Gif) => Some(Picture::Gif),
            Some(Format::Webp) => Some(Picture::Webp),
            // Text has no mark of its own, so here the name is asked.
            _ if path.extension() == "svg" => Some(Picture::Svg),
            _ => None,
        })
    }
}
