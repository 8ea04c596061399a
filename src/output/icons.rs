//! Icons for phones, and the manifest that names them. The theme has icons; a site with a logo or a
//! colour of its own has others, made from the logo or drawn like the theme's.

use serde_json::json;
use xxhash_rust::xxh3::xxh3_128;

use super::{Artifact, Material, Output, Promise};
use crate::base::digest::digest;
use crate::base::fault::Fault;
use crate::base::lang::bilingual;
use crate::base::slot::Links;
use crate::model::Site;
use crate::model::picture::{NoCopy, Variant};
use crate::picture::pixels::Pixels;
use crate::picture::scale::Linear;
use crate::picture::{Coding, Shape, encode};
use crate::plan::icons::{has_own, icon_address, icon_name, logo};
use crate::plan::{Claim, Claims, asset_address};
use crate::source::SourcePath;
use crate::theme::shape::{Shaped, views};
use crate::value::address::Address;
use crate::value::colour::{Colour, PAPER};
use crate::view::Views;

/// The icons (from 1, in the order of their sizes) and the manifest (0). Templates find them as
/// `site.icons`: `apple` and `manifest`.
pub static ICONS: Output = Output {
    claims: |site, _| {
        let manifest = Claim::file(manifest_address(), 0);
        let icon = |(number, size): (u32, &u32)| Claim::file(icon_address(site, *size), number);
        let icons = (1..).zip(&SIZES).filter(|_| has_own(site)).map(icon);
        // Browsers ask for it, whatever a page says. The author's own has precedence.
        let is_own = site.files.contains_key("content/static/favicon.ico");
        let favicon = (!is_own).then(|| Claim::file(Address::file("favicon.ico"), FAVICON));
        let addresses = [manifest].into_iter().chain(favicon).chain(icons).collect();
        Claims { addresses, ..Claims::default() }
    },
    make,
    key: |material, number| {
        let mut made_from = Vec::new();
        let site = material.site();
        digest(&(NAME, number, VERSION, &site.settings.colour), &mut made_from);
        match number {
            0 => return None,
            _ => {
                let key = logo(site).map_or(0, |file| site.key_of(&copy_of(file)));
                made_from.extend_from_slice(&key.to_le_bytes());
            }
        }
        Some(xxh3_128(&made_from))
    },
    told: Some(|views, links| {
        let url = |address: &Address| versioned(views, address);
        // Of a file that is opened without a server no browser reads it.
        let manifest = (links == Links::FromRoot).then(|| url(&manifest_address()));
        ("icons", json!(Icons { apple: url(&icon_address(views.site(), 180)), manifest }))
    }),
    promised: Some(Promise {
        name: "icons",
        shape: Icons::shape,
        about: bilingual("网站的图标", "the icons of the site"),
    }),
    ..Output::PLAIN
};

views! {
    /// The icons of the site.
    /// 网站的图标。
    #[derive(Debug)]
    pub struct Icons {
        /// The one for phones of Apple.
        /// 苹果手机用的图标。
        pub apple: String,
        /// The manifest that names all of them; none where links are relative.
        /// 列出全部图标的清单；网站用相对链接时没有。
        pub manifest: Option<String>,
    }
}

/// The number of favicon.ico.
const FAVICON: u32 = 9;

/// What Apple's phones take, then what others do.
const SIZES: [u32; 3] = [180, 192, 512];

const NAME: &str = "icon";

/// Changes when icons are drawn otherwise.
const VERSION: u32 = 1;

fn manifest_address() -> Address {
    asset_address("site.webmanifest")
}

/// With letters that change when the icon does, as phones keep icons for long.
fn versioned(views: &Views<'_>, address: &Address) -> String {
    let site = views.site();
    let mut made_from = Vec::new();
    let logo = logo(site).map(|file| site.key_of(&copy_of(file)).to_le_bytes());
    let settings = &site.settings;
    digest(&(VERSION, &settings.colour, &settings.title, logo), &mut made_from);
    format!("{}?v={:08x}", views.url(address), xxh3_128(&made_from) as u32)
}

/// The logo as large as an icon.
fn copy_of(file: &SourcePath) -> Variant {
    Variant { file: file.clone(), shape: Shape::Width(512), coding: Coding::Png }
}

fn make(material: &Material<'_>, number: u32) -> Result<Artifact, Fault> {
    let site = material.site();
    if number == FAVICON {
        return Ok(Artifact::Bytes(favicon(&icon(site, 48)?)));
    }
    let Some(&size) = number.checked_sub(1).and_then(|at| SIZES.get(at as usize)) else {
        return Ok(Artifact::Bytes(manifest(material.views).into_bytes()));
    };
    Ok(Artifact::Bytes(icon(site, size)?))
}

/// An icon of the site as PNG.
fn icon(site: &Site, size: u32) -> Result<Vec<u8>, Fault> {
    let drawn = || draw(size, main_colour(site));
    let pixels = match logo(site) {
        Some(file) => match site.pixels_of(file) {
            Ok(pixels) => fitted(pixels, size),
            Err(NoCopy::Fault(fault)) => return Err(fault),
            // `check` has said so.
            Err(NoCopy::Unreadable(_)) => drawn(),
        },
        None => drawn(),
    };
    Ok(marked(encode::png(&pixels).unwrap_or_default()))
}

/// How a program knows that this one made an icon.
pub const MARK: &[u8] = b"tEXtSoftware\0xianfeng";

/// A PNG that says who made it: a chunk of text after the first, which says how large it is.
fn marked(mut png: Vec<u8>) -> Vec<u8> {
    const FIRST: usize = 8 + 25;
    if png.len() < FIRST {
        return png;
    }
    // The length of a chunk is that of its text, without its name.
    let length = (MARK.len() as u32 - 4).to_be_bytes();
    let chunk = [&length[..], MARK, &crc(MARK).to_be_bytes()].concat();
    png.splice(FIRST..FIRST, chunk);
    png
}

/// The checksum of PNG chunks (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// An icon of 48 pixels as browsers ask for it: a PNG with a head that says how large it is.
fn favicon(png: &[u8]) -> Vec<u8> {
    let mut out = vec![0, 0, 1, 0, 1, 0, 48, 48, 0, 0, 1, 0, 32, 0];
    out.extend((png.len() as u32).to_le_bytes());
    out.extend(22u32.to_le_bytes());
    out.extend(png);
    out
}

/// The colour of the site, else that of the theme.
fn main_colour(site: &Site) -> Colour {
    let given = site.settings.colour.as_deref().and_then(Colour::parse);
    given.unwrap_or(Colour([0xb3, 0x26, 0x1e]))
}

fn manifest(views: &Views<'_>) -> String {
    let site = views.site();
    let settings = &site.settings;
    // Addresses in it are read from where it is itself.
    let icons = [192, 512].map(|size| {
        json!({ "src": icon_name(site, size), "sizes": format!("{size}x{size}"), "type": "image/png" })
    });
    let manifest = json!({
        "name": settings.title,
        "short_name": settings.title,
        "lang": settings.language,
        "start_url": "../",
        "scope": "../",
        "display": "browser",
        "background_color": PAPER.css(),
        "theme_color": settings.colour.clone().unwrap_or_else(|| PAPER.css()),
        "icons": icons,
        // Browsers pass over what they do not know.
        "_xianfeng": { "generator": "xianfeng" },
    });
    format!("{manifest}\n")
}

/// A picture in the middle of a square of paper, with a margin.
fn fitted(picture: Pixels, size: u32) -> Pixels {
    let room = f64::from(size) * 0.86;
    let longest = f64::from(picture.width.max(picture.height));
    let scaled = |side: u32| ((f64::from(side) * room / longest).round() as u32).max(1);
    let (width, height) = (scaled(picture.width), scaled(picture.height));
    let small = Linear::of(picture, width, height).shown();
    let mut out = paper(size);
    let (left, top) = ((size - width) / 2, (size - height) / 2);
    for y in 0..height {
        for x in 0..width {
            let from = (y * width + x) as usize * small.channels;
            let alpha = if small.channels == 4 { u32::from(small.bytes[from + 3]) } else { 255 };
            let to = ((y + top) * size + x + left) as usize * 3;
            for channel in 0..3 {
                let over = u32::from(small.bytes[from + channel]) * alpha;
                let under = u32::from(out.bytes[to + channel]) * (255 - alpha);
                out.bytes[to + channel] = ((over + under) / 255) as u8;
            }
        }
    }
    out
}

fn paper(size: u32) -> Pixels {
    let mut pixels = Pixels::black(size, size, 3);
    pixels.bytes.chunks_exact_mut(3).for_each(|pixel| pixel.copy_from_slice(&PAPER.0));
    pixels
}

/// The mark of the theme, icon.svg, as pixels: a flag, and a sprout on it. Every point of a pixel
/// is asked whether it is in the shape; nine of them make it smooth.
fn draw(size: u32, colour: Colour) -> Pixels {
    let mut pixels = paper(size);
    let scale = 64.0 / f64::from(size);
    for y in 0..size {
        for x in 0..size {
            let mut sum = [0u32; 3];
            for part in 0..9u32 {
                let at = |pixel: u32, part: u32| {
                    (f64::from(pixel) + (f64::from(part) + 0.5) / 3.0) * scale
                };
                let Colour(seen) = colour_at(at(x, part % 3), at(y, part / 3), colour);
                for (sum, channel) in sum.iter_mut().zip(seen) {
                    *sum += u32::from(channel);
                }
            }
            let to = (y * size + x) as usize * 3;
            for (channel, sum) in sum.iter().enumerate() {
                pixels.bytes[to + channel] = ((sum + 4) / 9) as u8;
            }
        }
    }
    pixels
}

/// The colour at a point of a square of 64.
fn colour_at(x: f64, y: f64, colour: Colour) -> Colour {
    // The flag: a rectangle whose lower edge is cut in from both corners.
    let lower = 47.0 + (x - 32.0).abs() * 13.0 / 22.0;
    let in_flag = (10.0..=54.0).contains(&x) && y >= 4.0 && y <= lower;
    if !in_flag {
        return PAPER;
    }
    let stem = (x - 32.0).abs() <= 1.6 && (25.0..=41.0).contains(&y);
    // A leaf is where two circles meet.
    let within = |cx: f64, cy: f64, r: f64| (x - cx).powi(2) + (y - cy).powi(2) <= r * r;
    let right = within(32.5, 13.5, 14.0) && within(45.0, 27.0, 14.0);
    let left = within(31.5, 22.5, 11.5) && within(21.0, 33.5, 11.5);
    if stem || right || left { Colour([0xfb, 0xf6, 0xec]) } else { colour }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test reads the theme's own files")]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_standard() {
        assert_eq!(crc(b"IEND"), 0xAE42_6082);
    }

    /// The theme's icons are files, so that nobody draws them again for each site.
    #[test]
    fn the_icons_of_the_theme_are_those_that_are_drawn() {
        for size in SIZES {
            let drawn = encode::png(&draw(size, Colour([0xb3, 0x26, 0x1e]))).unwrap();
            let path =
                format!("{}/themes/xianfeng/assets/icon-{size}.png", env!("CARGO_MANIFEST_DIR"));
            if std::env::var_os("UPDATE_DOCS").is_some() {
                std::fs::write(&path, &drawn).unwrap();
            }
            assert!(std::fs::read(&path).unwrap() == drawn, "{path}: UPDATE_DOCS=1 writes it anew");
        }
    }
}
