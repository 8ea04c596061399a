//! Pictures as bytes: what a file is and how large, its pixels upright and in sRGB, smaller
//! copies of it, and copies without what cameras and programs add. Pure functions over bytes,
//! bounded whatever the bytes say.

pub mod clean;
pub mod code;
pub mod encode;
pub mod exif;
pub mod header;
pub mod heif;
pub mod pixels;
pub mod scale;
pub mod svg;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::base::format::Format;

pub use header::Header;

/// A picture may have so many pixels: the largest that telephones make, and more than any page
/// needs.
pub const MOST_PIXELS: u64 = 120_000_000;

/// The longest side of a picture, in pixels.
pub const LONGEST_SIDE: u32 = 32_000;

/// The most frames of a moving picture.
pub const MOST_FRAMES: u32 = 1000;

/// The most bytes of a picture's file.
pub const MOST_BYTES: u64 = 128 << 20;

/// Why a picture cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unreadable {
    /// There is not one byte.
    Empty,
    /// The bytes are something else, if it is known what.
    NoPicture(Option<Format>),
    /// The file ends too early; so many parts of a hundred are there, where that can be told.
    Cut(Option<u8>),
    /// More pixels than [`MOST_PIXELS`], or a side longer than [`LONGEST_SIDE`].
    TooManyPixels(u32, u32),
    /// More frames than [`MOST_FRAMES`].
    TooManyFrames,
    /// More bytes than [`MOST_BYTES`].
    TooManyBytes,
    /// Something in it is wrong.
    Broken,
    /// It is of a variety that cannot be read.
    Unknown,
    /// It says where or how it was taken, and cannot be copied without that.
    Private,
    /// A drawing that could do harm: what is in it.
    Harmful(svg::Harm),
}

/// What a copy of a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Shape {
    /// All of it, so many pixels wide.
    Width(u32),
    /// The most interesting part of it in these proportions, and no larger than this.
    Crop(u32, u32),
    /// All of it, as large as it is.
    Whole,
}

/// How the pixels of a copy are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Coding {
    /// For photographs.
    Jpeg,
    /// For what is transparent or has few colours.
    Png,
    /// For either, smaller, where browsers know it.
    Webp,
    /// As the picture itself is, which is copied whole.
    Own,
}

impl Coding {
    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Coding::Jpeg => "jpg",
            Coding::Png => "png",
            Coding::Webp => "webp",
            Coding::Own => "",
        }
    }
}

/// What is known of a picture's file once it has been read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// Stands for its bytes.
    pub digest: u128,
    /// What they say; else why the picture cannot be shown.
    pub header: Result<Header, Unreadable>,
}

impl Survey {
    /// Surveys the bytes of a file whose extension, in lower case, is this.
    pub fn of(bytes: &[u8], extension: &str) -> Self {
        let header = Header::read(bytes, extension);
        let header = header.map_err(|unreadable| match unreadable {
            Unreadable::Cut(None) => Unreadable::Cut(pixels::share(bytes)),
            other => other,
        });
        Self { digest: xxh3_128(bytes), header }
    }

    /// A file that is too large to be read.
    pub fn too_large() -> Self {
        Self { digest: 0, header: Err(Unreadable::TooManyBytes) }
    }
}
