//! Pixels as files. The home of jpeg-encoder, of libwebp and of the writers of `image`.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, SamplingFactor};
use webp::WebPConfig;

use super::pixels::Pixels;
use super::{Coding, Unreadable};

/// A picture as a JPEG: half as many colours as brightnesses in both directions, as cameras
/// write it too, and tables of its own. All brightnesses and colours come first, and then what is
/// between them.
pub fn jpeg(pixels: &Pixels, quality: u8) -> Result<Vec<u8>, Unreadable> {
    let size = |side: u32| u16::try_from(side).map_err(|_| Unreadable::Unknown);
    let (width, height) = (size(pixels.width)?, size(pixels.height)?);
    let on_white;
    let bytes = match pixels.channels {
        3 => &pixels.bytes,
        _ => {
            on_white = over_white(&pixels.bytes);
            &on_white
        }
    };
    let mut out = Vec::with_capacity(bytes.len() / 12);
    let mut encoder = Encoder::new(&mut out, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    // One pixel's colour for all four would be noise.
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.set_optimized_huffman_tables(true);
    // More scans are an eighth larger, and without them this encoder writes the channels one after the
    // other, which not every program reads.
    encoder.set_progressive_scans(2);
    let encoded = encoder.encode(bytes, width, height, ColorType::Rgb);
    encoded.map_err(|_| Unreadable::Unknown)?;
    Ok(out)
}

/// Three bytes a pixel of four, as they look on white.
fn over_white(bytes: &[u8]) -> Vec<u8> {
    let each = |pixel: &[u8]| {
        let alpha = u32::from(pixel[3]);
        let over = |channel: u8| ((u32::from(channel) * alpha + 255 * (255 - alpha)) / 255) as u8;
        [over(pixel[0]), over(pixel[1]), over(pixel[2])]
    };
    bytes.chunks_exact(4).flat_map(each).collect()
}

/// A picture as a PNG.
pub fn png(pixels: &Pixels) -> Result<Vec<u8>, Unreadable> {
    let mut out = Vec::new();
    let colours =
        if pixels.channels == 4 { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    let encoder =
        PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive);
    let written = encoder.write_image(&pixels.bytes, pixels.width, pixels.height, colours);
    written.map_err(|_| Unreadable::Unknown)?;
    Ok(out)
}

/// A picture as a WebP, with loss.
pub fn webp(pixels: &Pixels, quality: f32) -> Result<Vec<u8>, Unreadable> {
    let mut config = WebPConfig::new().map_err(|()| Unreadable::Unknown)?;
    config.quality = quality;
    // Of 0 to 6: half the work of the 4 that is usual, for files a few hundredths larger.
    config.method = 2;
    webp_encoder(pixels)?
        .encode_advanced(&config)
        .map(|bytes| bytes.to_vec())
        .map_err(|_| Unreadable::Unknown)
}

/// A picture as a WebP, every pixel as it is.
pub fn webp_exact(pixels: &Pixels) -> Result<Vec<u8>, Unreadable> {
    webp_encoder(pixels)?
        .encode_simple(true, 50.0)
        .map(|bytes| bytes.to_vec())
        .map_err(|_| Unreadable::Unknown)
}

/// The longest side of a WebP.
pub const LONGEST_WEBP: u32 = 16_383;

fn webp_encoder(pixels: &Pixels) -> Result<webp::Encoder<'_>, Unreadable> {
    let Pixels { width, height, channels, bytes } = pixels;
    if *width.max(height) > LONGEST_WEBP {
        return Err(Unreadable::Unknown);
    }
    Ok(match channels {
        4 => webp::Encoder::from_rgba(bytes, *width, *height),
        _ => webp::Encoder::from_rgb(bytes, *width, *height),
    })
}

/// What a WebP must be smaller than: the same picture in the other coding.
#[derive(Clone, Copy, Debug)]
pub struct Other {
    /// How it is coded.
    pub coding: Coding,
    /// Its bytes.
    pub length: usize,
}

/// A WebP that is smaller than another coding of the same pixels: where it is not at once, it
/// is made coarser, twice at most.
pub fn webp_below(pixels: &Pixels, quality: u8, other: Other) -> Result<Vec<u8>, Unreadable> {
    let quality = f32::from(quality);
    if other.coding == Coding::Png {
        let exact = webp_exact(pixels)?;
        // Letters and lines are worth a few bytes more.
        return match exact.len() < other.length {
            true => Ok(exact),
            false => webp(pixels, quality),
        };
    }
    let mut small = webp(pixels, quality)?;
    for coarser in [10.0, 20.0] {
        if small.len() < other.length {
            break;
        }
        small = webp(pixels, (quality - coarser).max(1.0))?;
    }
    Ok(small)
}
