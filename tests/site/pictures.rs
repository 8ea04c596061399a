//! Pictures: the copies that are published, and what pages say of them.

use std::io::Write;

use proptest::prelude::*;
use xianfeng::picture::svg::Harm;
use xianfeng::picture::{Header, Unreadable};
use xianfeng::plan::messages::picture_unreadable;
use xianfeng::source::{Place, SourcePath};

use crate::campaign::{Built, Campaign, both, news, photograph, with_exif};

/// A story in a folder of its own, with a picture beside it.
fn story(body: &str, name: &str, bytes: &[u8]) -> Campaign {
    Campaign::new("")
        .with("content/stories/x/index.md", news("河边", "2026-03-18", "", body))
        .with(&format!("content/stories/x/{name}"), bytes)
}

/// The addresses of files beside the story.
fn beside(built: &Built) -> Vec<String> {
    let all = built.addresses().into_iter();
    all.filter_map(|address| Some(address.strip_prefix("/stories/2026/x/")?.to_string()))
        .filter(|name| !name.is_empty())
        .collect()
}

/// Names without the letters that stand for the picture.
fn shapes(built: &Built) -> Vec<String> {
    let shape = |name: String| {
        let parts: Vec<&str> = name.rsplitn(3, '.').collect();
        format!("{}.{}", parts[2], parts[0])
    };
    let mut shapes: Vec<String> = beside(built).into_iter().map(shape).collect();
    shapes.sort();
    shapes
}

fn body(built: &Built) -> String {
    let page = built.page("/stories/2026/x/");
    let from = page.find("data-search-body>").expect("a body") + 17;
    page[from..].split("</div>\n<footer").next().unwrap().trim().to_string()
}

#[test]
fn copies_at_the_widths_of_the_site_and_no_original() {
    let built = story("![晨光](<河边 晨光.JPG>)", "河边 晨光.JPG", &photograph(1200, 800)).build();
    assert_eq!(
        shapes(&built),
        [
            "he-bian-chen-guang-1200.jpg",
            "he-bian-chen-guang-1200.webp",
            "he-bian-chen-guang-1200x630.jpg",
            "he-bian-chen-guang-480.jpg",
            "he-bian-chen-guang-480.webp",
            "he-bian-chen-guang-600x600.jpg",
            "he-bian-chen-guang-960.jpg",
            "he-bian-chen-guang-960.webp",
        ]
    );
    for name in beside(&built) {
        let bytes = built.bytes(&format!("/stories/2026/x/{name}"));
        let header = Header::read(&bytes, "").expect("a picture");
        let width = header.size().0.to_string();
        assert!(name.contains(&format!("-{width}")), "{name} is {width} wide");
        if name.ends_with(".webp") {
            assert!(bytes.starts_with(b"RIFF"), "{name}");
        }
    }
    let page = built.page("/stories/2026/x/");
    for name in beside(&built).iter().filter(|name| !name.contains("00x")) {
        assert!(page.contains(&format!("/stories/2026/x/{name}")), "{name}");
    }
    let body = body(&built);
    assert!(body.contains("width=\"1200\" height=\"800\"/>"), "the first is not lazy: {body}");
    assert!(body.contains("sizes=\"(min-width: 48rem)"), "{body}");
}

#[test]
fn a_small_picture_is_not_enlarged_and_widths_can_be_chosen() {
    assert_eq!(shapes_of(300, ""), ["a-300.jpg", "a-300.webp"]);
    // Hardly wider than the last is not another.
    assert_eq!(shapes_of(500, ""), ["a-500.jpg", "a-500.webp"]);
    let widths = "图片: {宽度: [200, 640], 质量: 60}";
    assert_eq!(shapes_of(900, widths), ["a-200.jpg", "a-200.webp", "a-640.jpg", "a-640.webp"]);
}

fn shapes_of(width: u32, settings: &str) -> Vec<String> {
    let campaign = story("![景](a.jpg)", "a.jpg", &photograph(width, 90)).settings(settings);
    let mut shapes = shapes(&campaign.build());
    shapes.retain(|name| !name.contains('x'));
    shapes
}

#[test]
fn names_change_with_the_picture_and_the_settings() {
    let name = |bytes: &[u8], settings: &str| {
        let built = story("![景](a.jpg)", "a.jpg", bytes).settings(settings).build();
        beside(&built).swap_remove(0)
    };
    let (one, other) = (photograph(300, 200), photograph(300, 201));
    assert_eq!(name(&one, ""), name(&one, "pictures: {quality: 80}"));
    assert_ne!(name(&one, ""), name(&other, ""));
    assert_ne!(name(&one, ""), name(&one, "pictures: {quality: 70}"));
}

#[test]
fn nothing_that_is_not_seen_leaves_the_program() {
    let photo = with_exif(&photograph(1000, 500), 6);
    let text = "![景](a.jpg)\n\n[原图](a.jpg)";
    let built = story(text, "a.jpg", &photo).build();
    let whole = built.bytes("/stories/2026/x/a.jpg");
    let header = Header::read(&whole, "").unwrap();
    assert_eq!((header.size(), header.orientation), ((500, 1000), 1));
    assert!(built.page("/stories/2026/x/").contains("href=\"/stories/2026/x/a.jpg\""));
    for (path, bytes) in built.files() {
        let has = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
        assert!(!has(b"Exif") && !has(b"GPS") && !has(b"Canon"), "{path}");
    }
}

#[test]
fn a_whole_picture_is_the_same_but_for_what_nobody_sees() {
    let plain = photograph(200, 100);
    for attach in ["[大](a.jpg)", "文"] {
        let front = if attach == "文" { "attachments: all" } else { "" };
        let built = Campaign::new("")
            .with("content/stories/x/index.md", news("河边", "2026-03-18", front, attach))
            .with("content/stories/x/a.jpg", with_exif(&plain, 1))
            .build();
        assert_eq!(built.bytes("/stories/2026/x/a.jpg"), plain);
    }
}

#[test]
fn covers_are_shown_with_copies_in_cards_and_at_the_top() {
    let front = "cover: 封面.jpg\ncover_alt: 桥";
    let built = Campaign::new("")
        .settings("base_url: https://a.example.cn/")
        .with("content/stories/x/index.md", news("河边", "2026-03-18", front, "文"))
        .with("content/stories/x/封面.jpg", photograph(1700, 1200))
        .build();
    for address in ["/", "/news/", "/stories/2026/x/"] {
        let page = built.page(address);
        assert!(page.contains("feng-mian-480.") && page.contains(".webp 1600w\""), "{address}");
        assert!(page.contains("width=\"1600\" height=\"1129\""), "{address}");
        assert!(!page.contains("封面.jpg") && !page.contains("%E5%B0%81"), "{address}");
    }
    let page = built.page("/stories/2026/x/");
    let card = page.split("og:image\" content=\"https://a.example.cn").nth(1).unwrap();
    let card = built.bytes(card.split('"').next().unwrap());
    assert_eq!(Header::read(&card, "").unwrap().size(), (1200, 630));
    assert!(page.contains("<meta property=\"og:image:width\" content=\"1200\">"));
    let square = page.split("itemprop=\"image\" content=\"https://a.example.cn").nth(1).unwrap();
    let square = built.bytes(square.split('"').next().unwrap());
    assert_eq!(Header::read(&square, "").unwrap().size(), (600, 600));
}

#[test]
fn a_story_without_a_picture_is_shared_with_the_logo() {
    let site = |logo: &str, bytes: &[u8]| {
        let campaign = Campaign::story("", "文")
            .settings(&format!("base_url: https://a.example.cn/\nlogo: {logo}"))
            .with(&format!("content/static/{logo}"), bytes);
        campaign.build().page("/stories/2026/x/")
    };
    let page = site("会徽.png", &png(90, 60, &[], &[0; 91 * 60]));
    let image = "og:image\" content=\"https://a.example.cn/%E4%BC%9A%E5%BE%BD.png\">";
    assert!(page.contains(image) && page.contains("og:image:height\" content=\"60\">"));
    assert!(page.contains("name=\"twitter:card\" content=\"summary\""));
    let page = site("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let icon = "og:image\" content=\"https://a.example.cn/assets/icon-512.png\">";
    assert!(page.contains(icon), "programs that show previews know no drawings");
}

#[test]
fn a_cover_below_static_takes_part_and_the_file_stays() {
    let front = "cover: /图/a.jpg\ncover_alt: 桥";
    let photo = photograph(700, 400);
    let built = Campaign::new("")
        .with("content/stories/x/index.md", news("河边", "2026-03-18", front, "文"))
        .with("content/static/图/a.jpg", &photo)
        .build();
    assert_eq!(built.bytes("/图/a.jpg"), photo);
    let page = built.page("/stories/2026/x/");
    let src = page.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(src.starts_with("/%E5%9B%BE/a-700.") && src.ends_with(".jpg"), "{src}");
}

#[test]
fn the_same_picture_again_is_one() {
    let photo = photograph(300, 200);
    let built = story("![一](a.jpg)\n\n文\n\n![二](a.jpg)", "a.jpg", &photo).build();
    assert_eq!(beside(&built).len(), 4);
    let two = story("![一](a.jpg)\n\n文\n\n![二](A.JPG)", "a.jpg", &photo)
        .with("content/stories/x/A.JPG", &photo)
        .codes();
    assert_eq!(two, [""; 0], "names that differ by case alone have copies of their own");
}

#[test]
fn formats_that_no_browser_shows_are_turned_into_some() {
    let bmp = {
        let mut bmp =
            b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x02\0\0\0\x02\0\0\0\x01\0\x18\0".to_vec();
        bmp.extend([0; 24]);
        bmp.extend([200, 10, 10, 10, 200, 10, 0, 0, 10, 10, 200, 90, 90, 90, 0, 0]);
        bmp
    };
    let built = story("![图](扫描.bmp)", "扫描.bmp", &bmp).build();
    assert!(shapes(&built).contains(&"sao-miao-2.jpg".to_string()), "{:?}", shapes(&built));
    let misnamed = story("![图](a.png)", "a.png", &photograph(90, 60));
    assert_eq!(misnamed.codes(), ["file-other-kind"]);
    assert!(shapes(&misnamed.build()).contains(&"a-90.jpg".to_string()));
}

#[test]
fn pictures_side_by_side_are_a_gallery() {
    let gallery = |text: &str| {
        let mut campaign = story(text, "a.jpg", &photograph(700, 500));
        for name in ["b.jpg", "c.jpg"].into_iter().filter(|name| text.contains(*name)) {
            campaign = campaign.with(&format!("content/stories/x/{name}"), photograph(600, 900));
        }
        assert_eq!(campaign.codes(), [""; 0]);
        let body = body(&campaign.build());
        let figures = |part: &str| part.matches("<figure>").count();
        let mut parts = body.split("<div class=\"gallery\">");
        let before = figures(parts.next().unwrap());
        let inside: Vec<usize> =
            parts.clone().map(|part| figures(part.split("</div>").next().unwrap())).collect();
        let after: usize =
            parts.map(|part| figures(part.split_once("</div>").map_or("", |(_, rest)| rest))).sum();
        assert_eq!(body.matches("<div").count(), body.matches("</div>").count(), "{body}");
        (before, inside, after)
    };
    assert_eq!(gallery("![一](a.jpg)\n![二](b.jpg)"), (0, vec![2], 0));
    assert_eq!(gallery("![一](a.jpg) ![二](b.jpg)![三](c.jpg)"), (0, vec![3], 0));
    assert_eq!(gallery("![一](a.jpg)\\\n![二](b.jpg)"), (0, vec![2], 0));
    assert_eq!(gallery("![一](a.jpg)\n\n![二](b.jpg)\n\n![三](c.jpg)"), (0, vec![3], 0));
    assert_eq!(gallery("![一](a.jpg)\n![二](b.jpg)\n\n![三](c.jpg)\n\n文"), (0, vec![3], 0));
    assert_eq!(gallery("![一](a.jpg)\n\n文\n\n![二](b.jpg)"), (2, vec![], 0));
    assert_eq!(gallery("文![一](a.jpg)\n![二](b.jpg)"), (0, vec![], 0));
    assert_eq!(gallery("![一](a.jpg)\n\n---\n\n![二](b.jpg)"), (2, vec![], 0));
    assert_eq!(gallery("> ![一](a.jpg)\n>\n> ![二](b.jpg)\n\n![三](c.jpg)"), (0, vec![2], 1));
    let many = "![图](a.jpg)\n".repeat(21);
    assert_eq!(gallery(&many), (0, vec![20], 1));
    assert_eq!(gallery(&"![图](a.jpg)\n\n".repeat(45)), (0, vec![20, 20, 5], 0));
}

/// A browser keeps room for a picture only if it is told both sides in pixels.
#[test]
fn a_pasted_picture_has_both_sides_whatever_the_author_says() {
    for (given, sides) in [
        ("", "width=\"1200\" height=\"800\""),
        ("width=300", "width=\"300\" height=\"200\""),
        ("width=300px height=auto", "width=\"300\" height=\"200\""),
        ("height=100", "width=\"150\" height=\"100\""),
        ("width=301 height=999", "width=\"301\" height=\"201\""),
        ("width=50%", "width=\"344\" height=\"229\""),
        ("width='100%' height='100%'", "width=\"688\" height=\"459\""),
        ("height=50%", "width=\"1200\" height=\"800\""),
        ("style='width:50%'", "width=\"344\" height=\"229\""),
        (
            "width=600 height=400 style='WIDTH: 30px!important; height: auto'",
            "width=\"30\" height=\"20\"",
        ),
        ("style='height:40px;max-width:9px'", "width=\"60\" height=\"40\""),
        ("width=600 style='width:20em'", "width=\"1200\" height=\"800\""),
        ("width=1", "width=\"1\" height=\"1\""),
    ] {
        let text = format!("<img src=a.jpg alt=景 {given} align=right>");
        let built = story(&text, "a.jpg", &photograph(1200, 800)).build();
        let body = body(&built);
        assert!(body.contains(&format!("alt=\"景\" {sides} align=\"right\"/>")), "{given}: {body}");
    }
}

#[test]
fn pictures_in_a_gallery_keep_captions_and_open() {
    let built =
        story("![左 & 右](a.jpg \"桥头\")\n![树](a.jpg)", "a.jpg", &photograph(700, 300)).build();
    let body = body(&built);
    assert!(body.contains("<figcaption>桥头</figcaption>"), "{body}");
    assert!(body.contains("alt=\"左 &amp; 右\"") && !body.contains("title="), "{body}");
    assert_eq!(body.matches("<a class=\"zoom\" href=\"/stories/2026/x/a-700.").count(), 2);
    assert_eq!(body.matches("loading=\"lazy\"").count(), 1, "the first is wanted at once: {body}");
}

#[test]
fn books_and_pages_by_themselves_have_one_copy() {
    let campaign = story("![景](a.jpg)", "a.jpg", &with_exif(&photograph(2000, 1000), 1));
    let built = campaign.build();
    let alone = built.alone("x");
    assert_eq!(alone.matches("data:image/jpeg;base64,").count(), 1);
    assert!(!alone.contains("srcset") && !alone.contains("class=\"zoom\""), "{alone:.600}");
}

#[test]
fn drawings_that_could_do_harm_are_refused() {
    for (inside, code) in [
        ("<rect/>", vec![]),
        ("<script>alert(1)</script>", vec!["picture-harmful"]),
        ("<foreignObject/>", vec!["picture-harmful"]),
        ("<image href=\"https://b.example/x.png\"/>", vec!["picture-harmful"]),
    ] {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\">{inside}</svg>"
        );
        let campaign = story("![图](a.svg)", "a.svg", svg.as_bytes());
        assert_eq!(campaign.codes(), code, "{inside}");
        if code.is_empty() {
            assert!(body(&campaign.build()).contains("width=\"40\" height=\"30\""));
        }
    }
    let noted =
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata>王</metadata><!-- 李 --></svg>";
    let built = story("![图](a.svg)", "a.svg", noted.as_bytes()).build();
    let published = built.page("/stories/2026/x/a.svg");
    assert_eq!(published, "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>");
}

#[test]
fn what_cannot_be_shown_is_an_error_at_its_place() {
    let photo = photograph(400, 300);
    let mut huge = photo.clone();
    let at = huge.windows(2).position(|window| matches!(window, [0xFF, 0xC2])).unwrap();
    huge[at + 5..at + 9].copy_from_slice(&[0xEA, 0x60, 0xEA, 0x60]);
    for (bytes, place) in [
        (&photo[..photo.len() / 2], "6:1 picture-cut"),
        (&huge, "6:1 picture-too-large"),
        (&[&photo[..30], &[0; 300]].concat(), "6:1 picture-unreadable"),
    ] {
        let campaign = story("![景](a.jpg)", "a.jpg", bytes);
        assert_eq!(campaign.places(), [place]);
    }
}

/// A PNG of grey pixels, eight bits, with more chunks; `rows` is what is unpacked.
fn png(width: u32, height: u32, chunks: &[(&[u8; 4], &[u8])], rows: &[u8]) -> Vec<u8> {
    let chunk = |name: &[u8; 4], content: &[u8]| {
        let mut check = flate2::Crc::new();
        check.update(name);
        check.update(content);
        let length = content.len() as u32;
        [&length.to_be_bytes()[..], name, content, &check.sum().to_be_bytes()].concat()
    };
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend(chunk(b"IHDR", &[&size[..], &[8, 0, 0, 0, 0]].concat()));
    chunks.iter().for_each(|(name, content)| png.extend(chunk(name, content)));
    png.extend(chunk(b"IDAT", &packed(rows)));
    png.extend(chunk(b"IEND", b""));
    png
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn gif(side: u16, frames: usize) -> Vec<u8> {
    let size = [side.to_le_bytes(), side.to_le_bytes()].concat();
    let mut gif = [b"GIF89a", &size[..], b"\x80\0\0\0\0\0\xff\xff\xff"].concat();
    let frame = [b",\0\0\0\0", &size[..], b"\0\x02\x03\x84\x71\x05\0"].concat();
    gif.extend(frame.repeat(frames));
    gif.push(b';');
    gif
}

#[test]
fn a_few_bytes_that_promise_much() {
    let webp = b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x5f\xea\0\x5f\xea\0";
    let entry = |tag: u8| [tag, 1, 4, 0, 1, 0, 0, 0, 0x60, 0xEA, 0, 0];
    let tiff = [b"II*\0\x08\0\0\0\x02\0", &entry(0)[..], &entry(1), &[0; 4]].concat();
    let mut bmp = b"BM\xf0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec();
    bmp.extend([0x60, 0xEA, 0, 0, 0x60, 0xEA, 0, 0, 1, 0, 24]);
    bmp.resize(240, 0);
    for (name, bytes) in [
        ("a.png", png(60_000, 60_000, &[], &[0; 99])),
        ("a.gif", gif(60_000, 1)),
        ("a.webp", webp.to_vec()),
        ("a.tif", tiff),
        ("a.bmp", bmp),
    ] {
        let campaign = story(&format!("![景]({name})"), name, &bytes);
        assert_eq!(campaign.places(), ["6:1 picture-too-large"], "{name}");
    }
    let moving = story("![动](a.gif)", "a.gif", &gif(2, 2000));
    assert_eq!(moving.places(), ["6:1 picture-too-long"]);
    // A drawing has no pixels: its numbers are only proportions.
    let map = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 59400 84100\"/>";
    assert_eq!(story("![图](a.svg)", "a.svg", map.as_bytes()).codes(), [""; 0]);
}

#[test]
fn a_small_picture_does_not_unpack_a_large_profile() {
    let profile = [b"x\0\0", &packed(&vec![0; 80 << 20])[..]].concat();
    let bytes = png(8, 8, &[(b"iCCP", &profile)], &[0; 72]);
    let header = Header::read(&bytes, "png").unwrap();
    let read = xianfeng::picture::pixels::read(&bytes, &header).unwrap();
    assert!(header.profile && read.profile.is_none());
    assert!(shapes(&story("![图](a.png)", "a.png", &bytes).build()).len() >= 2);
    // Text is not unpacked, and goes.
    let note = [b"Comment\0\0", &packed(&vec![b'a'; 1 << 20])[..]].concat();
    let bytes = png(8, 8, &[(b"zTXt", &note)], &[0; 72]);
    let whole = story("[图](a.png)", "a.png", &bytes).build().bytes("/stories/2026/x/a.png");
    assert_eq!(whole, png(8, 8, &[], &[0; 72]));
}

#[test]
fn pixels_of_any_depth() {
    let of_bits = |depth: u8, kind: u8, pixel: &[u8]| {
        let mut png = png(2, 1, &[], &[&[0], pixel, pixel].concat());
        (png[24], png[25]) = (depth, kind);
        let mut check = flate2::Crc::new();
        check.update(&png[12..29]);
        png[29..33].copy_from_slice(&check.sum().to_be_bytes());
        let header = Header::read(&png, "").unwrap();
        let pixels = xianfeng::picture::pixels::read(&png, &header).unwrap().pixels;
        (pixels.channels, pixels.bytes[pixels.channels..].to_vec())
    };
    assert_eq!(of_bits(8, 0, &[7]), (3, vec![7, 7, 7]));
    assert_eq!(of_bits(16, 0, &[128, 128]), (3, vec![128, 128, 128]));
    assert_eq!(of_bits(8, 4, &[7, 9]), (4, vec![7, 7, 7, 9]));
    assert_eq!(of_bits(16, 4, &[7, 7, 255, 255]), (3, vec![7, 7, 7]));
    assert_eq!(of_bits(16, 2, &[1, 1, 2, 2, 3, 3]), (3, vec![1, 2, 3]));
    assert_eq!(of_bits(16, 6, &[1, 1, 2, 2, 3, 3, 4, 4]), (4, vec![1, 2, 3, 4]));
    assert_eq!(of_bits(8, 6, &[1, 2, 3, 255]), (3, vec![1, 2, 3]));
}

#[test]
fn what_is_cut_is_an_error_whatever_it_is() {
    let mut pixels = xianfeng::picture::pixels::Pixels::black(90, 60, 3);
    pixels.bytes.iter_mut().enumerate().for_each(|(i, byte)| *byte = (i * i / 7) as u8);
    let webp = xianfeng::picture::encode::webp_exact(&pixels).unwrap();
    let rows = [vec![0], (0..90).collect()].concat().repeat(60);
    let grey = png(90, 60, &[], &rows);
    let mut avif = b"\0\0\0\x18ftypavif\0\0\0\0mif1avif\0\0\0\xa0mdat".to_vec();
    avif.resize(24 + 160, 7);
    for (name, whole) in [
        ("a.jpg", photograph(90, 60)),
        ("a.png", grey),
        ("a.webp", webp),
        ("a.gif", gif(2, 40)),
        ("a.avif", avif),
    ] {
        let of = |bytes: &[u8]| story(&format!("![景]({name})"), name, bytes).places();
        assert_eq!(of(&whole), [""; 0], "{name}");
        assert_eq!(of(&whole[..whole.len() * 7 / 10]), ["6:1 picture-cut"], "{name}");
    }
    // Of some pictures only reading tells: here data that end too early in a file that does not.
    let late = png(90, 60, &[], &rows[..2000]);
    let late = story("文\n\n![景](a.png)", "a.png", &late);
    assert_eq!(late.places(), ["8:1 picture-unreadable"]);
}

/// A JPEG as most cameras write it: from top to bottom, all channels together.
fn baseline(width: u16, height: u16) -> Vec<u8> {
    let mut jpeg = Vec::new();
    let noise = |i: u64| xxhash_rust::xxh3::xxh3_64(&i.to_le_bytes()) as u8;
    let pixels: Vec<u8> = (0..u64::from(width) * u64::from(height) * 3).map(noise).collect();
    let encoder = jpeg_encoder::Encoder::new(&mut jpeg, 80);
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    jpeg
}

/// A grey scan without compression, in strips of ten rows; what describes it comes first or last.
fn strips(height: u16, is_last: bool) -> Vec<u8> {
    let count = u32::from(height / 10);
    let (tables, pixels) = (8 * count, 100 * u32::from(height));
    let directory = 2 + 12 * 9 + 4;
    let (at, first) = if is_last { (8 + tables + pixels, 8) } else { (8, 8 + directory) };
    let mut found = 9_u16.to_le_bytes().to_vec();
    for (tag, kind, count, value) in [
        (0x0100_u16, 3_u16, 1, 100),
        (0x0101, 3, 1, u32::from(height)),
        (0x0102, 3, 1, 8),
        (0x0103, 3, 1, 1),
        (0x0106, 3, 1, 1),
        (0x0111, 4, count, first),
        (0x0115, 3, 1, 1),
        (0x0116, 3, 1, 10),
        (0x0117, 4, count, first + 4 * count),
    ] {
        found.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
        found.extend([count.to_le_bytes(), value.to_le_bytes()].concat());
    }
    found.extend([0; 4]);
    let start = |i: u32| (first + tables + 1000 * i).to_le_bytes();
    let mut rest: Vec<u8> = (0..count).flat_map(start).collect();
    rest.extend(1000_u32.to_le_bytes().repeat(count as usize));
    rest.extend((0..pixels).map(|i| (i * i / 7) as u8));
    let head = [b"II*\0", &at.to_le_bytes()[..]].concat();
    if is_last { [head, rest, found].concat() } else { [head, found, rest].concat() }
}

/// The share that is there is told of each kind of which it can be known.
#[test]
fn of_what_is_cut_the_share_is_told() {
    let told = |name: &str, bytes: &[u8]| {
        let campaign = story(&format!("![景]({name})"), name, bytes);
        assert_eq!(campaign.places(), ["6:1 picture-cut"], "{name}");
        let said = campaign.prepared().diagnostics;
        let text = &said.iter().find(|said| said.is_error()).unwrap().message.zh;
        let (_, rest) = text.split_once("不完整，").unwrap();
        match rest.strip_prefix("只有 ").and_then(|rest| rest.strip_suffix('%')) {
            Some(share) => share.parse::<usize>().ok(),
            None => {
                assert_eq!(rest, "后面的部分没有");
                None
            }
        }
    };
    let noise = |i: u64| xxhash_rust::xxh3::xxh3_64(&i.to_le_bytes()) as u8;
    let grey: Vec<u8> = (0..121 * 100).map(|i| if i % 121 == 0 { 0 } else { noise(i) }).collect();
    let mut bmp = b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec();
    bmp.extend([80, 0, 0, 0, 80, 0, 0, 0, 1, 0, 24]);
    bmp.resize(0x36, 0);
    bmp.resize(0x36 + 80 * 80 * 3, 7);
    let mut pixels = xianfeng::picture::pixels::Pixels::black(120, 100, 3);
    pixels.bytes.iter_mut().enumerate().for_each(|(i, byte)| *byte = noise(i as u64));
    let webp = xianfeng::picture::encode::webp_exact(&pixels).unwrap();
    for (name, whole) in [
        ("a.jpg", baseline(200, 160)),
        ("a.png", png(120, 100, &[], &grey)),
        ("a.bmp", bmp),
        ("a.webp", webp),
        ("a.tif", strips(100, false)),
        ("b.tif", strips(100, true)),
        ("a.gif", noisy_gif()),
    ] {
        assert_eq!(story(&format!("![景]({name})"), name, &whole).codes(), [""; 0], "{name}");
        for percent in [25, 60, 90] {
            let share = told(name, &whole[..whole.len() * percent / 100]);
            // A header takes room, and rows are read by eights and sixteens.
            assert!(
                share.is_some_and(|s| s.abs_diff(percent) <= 12),
                "{name} {percent}: {share:?}"
            );
        }
    }
    // Of what is shown whole and then sharper, and before the first scan, nobody can tell.
    let photo = photograph(400, 300);
    assert_eq!(told("a.jpg", &photo[..photo.len() - 300]), None);
    let scan = photo.windows(2).position(|w| w == [0xFF, 0xDA]).unwrap();
    assert_eq!(told("a.jpg", &photo[..scan - 3]), None);
}

/// All of a picture, and not the two bytes that say so: more may have followed.
#[test]
fn a_jpeg_without_its_end_is_cut() {
    for whole in [baseline(64, 48), photograph(400, 300)] {
        assert_eq!(whole[whole.len() - 2..], [0xFF, 0xD9]);
        for missing in [1, 2] {
            let campaign = story("![景](a.jpg)", "a.jpg", &whole[..whole.len() - missing]);
            assert_eq!(campaign.places(), ["6:1 picture-cut"], "{missing}");
        }
        assert_eq!(story("![景](a.jpg)", "a.jpg", &whole).codes(), [""; 0]);
    }
}

/// More points of a colour than of brightness: the reader would make wrong colours of it.
#[test]
fn a_jpeg_of_odd_sampling_is_refused_with_a_way_out() {
    let jpeg = baseline(64, 48);
    let frame = jpeg.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
    // Sampling of each channel: after its length, depth, size, count, and the channel's number.
    for (sampling, is_read) in [
        ([0x22, 0x11, 0x11], true),
        ([0x21, 0x11, 0x11], true),
        ([0x11, 0x11, 0x11], true),
        ([0x11, 0x22, 0x11], false),
        ([0x21, 0x11, 0x12], false),
    ] {
        let mut changed = jpeg.clone();
        for (i, sides) in sampling.into_iter().enumerate() {
            changed[frame + 11 + 3 * i] = sides;
        }
        let told = Header::read(&changed, "jpg").map(|header| header.size());
        match is_read {
            true => assert_eq!(told, Ok((64, 48)), "{sampling:x?}"),
            false => {
                assert_eq!(told, Err(Unreadable::Unknown), "{sampling:x?}");
                let campaign = story("![景](a.jpg)", "a.jpg", &changed);
                assert_eq!(campaign.places(), ["6:1 picture-unreadable"]);
                assert!(campaign.in_both_languages().contains("另存为 jpg 或 png"));
            }
        }
    }
}

/// A still GIF in which nothing repeats: codes of nine bits for eight, and the table cleared before it fills.
fn noisy_gif() -> Vec<u8> {
    let side = 100_u16.to_le_bytes();
    let mut gif = [b"GIF89a", &side[..], &side, &[0xF7, 0, 0]].concat();
    gif.extend((0..=255_u8).flat_map(|grey| [grey; 3]));
    gif.extend([b",\0\0\0\0", &side[..], &side, &[0, 8]].concat());
    let (mut packed, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    let mut put = |code: u32| {
        held |= code << bits;
        bits += 9;
        while bits >= 8 {
            packed.push(held as u8);
            (held, bits) = (held >> 8, bits - 8);
        }
    };
    for i in 0..10_000_u64 {
        if i % 200 == 0 {
            put(256);
        }
        put(u32::from(xxhash_rust::xxh3::xxh3_64(&i.to_le_bytes()) as u8));
    }
    put(257);
    put(0);
    for block in packed.chunks(255) {
        gif.push(block.len() as u8);
        gif.extend_from_slice(block);
    }
    gif.extend([0, b';']);
    gif
}

#[test]
fn scripts_in_pictures_are_not_published() {
    let photo = photograph(300, 200);
    let script = b"<script>alert(1)</script>";
    let length = (script.len() as u16 + 2).to_be_bytes();
    let comment = [&photo[..2], &[0xFF, 0xFE], &length, script, &photo[2..]].concat();
    let archive = [&photo[..], b"PK\x03\x04 evil.js ", script].concat();
    let after = [&gif(2, 1)[..], script].concat();
    for (name, bytes) in [("a.jpg", comment), ("b.jpg", archive), ("c.gif", after)] {
        for text in [format!("![图]({name})"), format!("[图]({name})")] {
            let built = story(&text, name, &bytes).build();
            let published = beside(&built);
            assert!(!published.is_empty());
            for name in published {
                let bytes = built.bytes(&format!("/stories/2026/x/{name}"));
                let has = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
                assert!(!has(script) && !has(b"evil"), "{name}");
            }
        }
    }
}

#[test]
fn harm_in_drawings_is_found_however_it_is_written_and_wherever_it_is_linked() {
    let wide = |text: &str| {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xFF, 0xFE].into_iter().chain(units).collect::<Vec<u8>>()
    };
    let svg = |inside: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\">{inside}</svg>")
    };
    let script = svg("<script>alert(1)</script>");
    let gbk = [b"<?xml version=\"1.0\" encoding=\"GBK\"?>", &b"<!--\xd6\xd0-->"[..]].concat();
    let bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    for bytes in [
        script.clone().into_bytes(),
        wide(&script),
        [&gbk[..], script.as_bytes()].concat(),
        svg("<a href=\"&#106;avascript:alert(1)\"><rect/></a>").into_bytes(),
        [bomb, &svg("<text>&b;</text>")].concat().into_bytes(),
    ] {
        let shown = story("![图](a.svg)", "a.svg", &bytes);
        assert_eq!(shown.places(), ["6:1 picture-harmful"]);
        let linked = story("[图](a.svg)", "a.svg", &bytes);
        assert_eq!(linked.places(), ["6:1 picture-harmful"]);
        let front = "attachments: all";
        let attached = Campaign::new("")
            .with("content/stories/x/index.md", news("河边", "2026-03-18", front, "文"))
            .with("content/stories/x/a.svg", &bytes);
        assert_eq!(attached.places(), ["5:14 picture-harmful"]);
        // What an author puts there is as it is.
        let below = Campaign::story("", "[图](/a.svg)").with("content/static/a.svg", &bytes);
        assert_eq!(below.codes(), [""; 0]);
    }
    let noted =
        wide(&["<?xml version=\"1.0\" encoding=\"UTF-16\"?><!-- 李 -->", &svg("甲")].concat());
    let built = story("![图](a.svg)", "a.svg", &noted).build();
    assert_eq!(built.page("/stories/2026/x/a.svg"), svg("甲"));
}

#[test]
fn a_picture_is_known_by_its_content_whatever_it_is_called() {
    let photo = with_exif(&photograph(300, 200), 1);
    for name in ["照片", "a.jpg_large", "a.dat", "a.txt", "a.heic"] {
        let campaign = story(&format!("![景](<{name}>)\n\n[大](<{name}>)"), name, &photo);
        let built = campaign.build();
        // As it is shown, and as it is linked.
        let mut codes = built.codes();
        codes.dedup();
        assert_eq!(codes, ["file-other-kind"], "{name}");
        assert!(beside(&built).iter().any(|file| file.ends_with(".webp")), "{name}");
        for (path, bytes) in built.files() {
            let has = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
            assert!(!has(b"Exif") && !has(b"Canon"), "{path}");
        }
    }
}

#[test]
fn names_that_differ_by_their_unicode_form_alone() {
    let (composed, apart) = ("caf\u{e9}.jpg", "cafe\u{301}.jpg");
    let text = format!("![一]({composed})\n\n文\n\n![二]({apart})");
    let campaign = story(&text, composed, &photograph(300, 200))
        .with(&format!("content/stories/x/{apart}"), photograph(320, 200));
    let built = campaign.build();
    assert_eq!(built.codes(), [""; 0]);
    let mut names: Vec<String> =
        beside(&built).into_iter().map(|name| name.to_lowercase()).collect();
    let count = names.len();
    names.dedup();
    assert!(names.len() == count && count >= 4, "{names:?}");
    assert!(names.iter().all(|name| name.is_ascii()), "{names:?}");
    // Two full-size copies would be one file on some disks.
    let linked = story(&text.replace('!', ""), composed, &photograph(300, 200))
        .with(&format!("content/stories/x/{apart}"), photograph(320, 200));
    assert_eq!(linked.codes(), ["address-taken"]);
}

/// A scan of one grey pixel, by somebody, at a place.
fn scan() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let head = [tag.to_le_bytes(), kind.to_le_bytes()].concat();
        [&head[..], &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let mut tiff = b"II*\0\x08\0\0\0\x0a\0".to_vec();
    for (tag, kind, count, value) in [
        (0x0100, 3, 1, 1),
        (0x0101, 3, 1, 1),
        (0x0102, 3, 1, 8),
        (0x0103, 3, 1, 1),
        (0x0106, 3, 1, 1),
        (0x0111, 4, 1, 143),
        (0x0116, 3, 1, 1),
        (0x0117, 4, 1, 1),
        (0x013B, 2, 9, 134),
        (0x8825, 4, 1, 144),
    ] {
        tiff.extend(entry(tag, kind, count, value));
    }
    tiff.extend([0; 4]);
    tiff.extend(b"Zhao Lei\0");
    tiff.push(99);
    tiff.extend([1, 0]);
    tiff.extend(entry(1, 2, 2, 0x4E));
    tiff.extend([0; 4]);
    tiff
}

#[test]
fn a_scan_that_is_linked_keeps_its_pixels_and_nothing_else() {
    let campaign = story("[扫描](a.tif)", "a.tif", &scan());
    assert_eq!(campaign.codes(), [""; 0]);
    let whole = campaign.build().bytes("/stories/2026/x/a.tif");
    let header = Header::read(&whole, "tif").unwrap();
    assert!(!header.private.any() && Header::read(&scan(), "tif").unwrap().private.place);
    let pixels = |bytes: &[u8]| xianfeng::picture::pixels::read(bytes, &header).unwrap().pixels;
    assert_eq!(pixels(&whole).bytes, [99, 99, 99]);
    assert!(!whole.windows(4).any(|window| window == b"Zhao"));
}

#[test]
fn messages_of_what_cannot_be_cleaned() {
    let exif = |bytes: &[u8]| [bytes, b"Exif\0\0", &scan()].concat();
    let avif = b"\0\0\0\x18ftypavif\0\0\0\0mif1avif\0\0\0\0mdat";
    let camera = b"II*\0\x08\0\0\0\x01\0\x3b\x01\x02\0\x02\0\0\0A\0\0\0\0\0\0\0";
    let (frames, block) = (gif(2, 2), [&[255], &[7; 255][..]].concat());
    let moving = [&frames[..19], b"!\xfe", &block.repeat(9000), b"\0", &frames[19..]].concat();
    let body = "![景](a.avif)\n\n![手机](b.heic)\n\n[大](c.avif)\n\n[原片](d.dng)\n\n![动](e.gif)\n\n[底片](h.dng)";
    let campaign = story(body, "a.avif", &exif(avif))
        .with("content/stories/x/b.heic", exif(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"))
        .with("content/stories/x/c.avif", [&avif[..], b"Exif\0\0", camera].concat())
        .with("content/stories/x/d.dng", scan())
        .with("content/stories/x/h.dng", camera)
        .with("content/stories/x/e.gif", moving)
        .with("content/static/f.tif", scan())
        .with("content/static/g.avif", [&avif[..], b"Exif\0\0", camera].concat());
    insta::assert_snapshot!("not-cleaned", campaign.in_both_languages());
}

#[test]
fn the_home_page_shows_the_newest_stories_with_several_pictures() {
    let mut campaign = Campaign::new("");
    for (day, body) in [
        (1, "![一](a.jpg)\n![二](b.jpg)"),
        (2, "![一](a.jpg)\n\n文\n\n![二](b.jpg)\n\n![一](a.jpg)"),
        (3, "![一](a.jpg)"),
        (4, "![一](a.jpg)\n\n![一](a.jpg)"),
        (5, "![一](a.jpg)\n\n![图](c.svg)"),
        (6, "![一](a.jpg)\n\n[二](b.jpg)"),
        (7, "![一](b.jpg)\n\n![二](a.jpg)"),
        (8, "![一](a.jpg)\n![二](b.jpg)"),
        (9, "![一](a.jpg)\n![二](b.jpg)"),
    ] {
        let front = if day == 8 { "cover: c.svg\ncover_alt: 图" } else { "" };
        let folder = format!("content/stories/s{day}");
        let date = format!("2026-03-0{day}");
        campaign = campaign
            .with(&format!("{folder}/index.md"), news(&format!("第{day}天"), &date, front, body))
            .with(&format!("{folder}/a.jpg"), photograph(600, 400))
            .with(&format!("{folder}/b.jpg"), photograph(500, 400))
            .with(&format!("{folder}/c.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    }
    let page = campaign.build().page("/");
    let row = page.split("class=\"picture-row\">").nth(1).expect("a row");
    let row = row.split("</ul>").next().unwrap();
    let stories: Vec<&str> =
        row.split("<a href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    // The newest with a cover leads the page, and no story stands on it twice.
    assert_eq!(stories, ["s9", "s7", "s2", "s1"].map(|s| format!("/stories/2026/{s}/")));
    let pictures: Vec<&str> = row
        .split("<img src=\"/stories/2026/")
        .skip(1)
        .map(|rest| &rest[..rest.find('-').unwrap()])
        .collect();
    assert_eq!(pictures, ["s9/a", "s7/b", "s2/a", "s1/a"]);
    assert_eq!(row.matches(" 张图").count(), 4);
    assert_eq!(row.matches("2 张图").count(), 4, "the same picture again is one");
    // A story alone makes no row.
    let two = "![一](a.jpg)\n\n![二](b.jpg)";
    let none = Campaign::new("")
        .with("content/stories/x/index.md", news("甲", "2026-03-18", "", two))
        .with("content/stories/x/a.jpg", photograph(600, 400))
        .with("content/stories/x/b.jpg", photograph(500, 400))
        .build()
        .page("/");
    assert!(!none.contains("picture-row") && !none.contains("图片新闻"));
}

#[test]
fn settings_of_pictures_that_make_sense() {
    // Whatever their order, and given twice.
    assert_eq!(
        shapes_of(900, "pictures: {widths: [640, 200, 640]}"),
        ["a-200.jpg", "a-200.webp", "a-640.jpg", "a-640.webp"]
    );
    assert_eq!(shapes_of(900, "pictures: {widths: [300]}"), ["a-300.jpg", "a-300.webp"]);
    assert_eq!(shapes_of(900, "pictures: {widths: 300}"), ["a-300.jpg", "a-300.webp"]);
    assert_eq!(shapes_of(300, "pictures: {}"), ["a-300.jpg", "a-300.webp"]);
    for (wrong, code) in [
        ("{widths: [0]}", "picture-width-wrong"),
        ("{widths: [-480]}", "picture-width-wrong"),
        ("{widths: [480.5]}", "picture-width-wrong"),
        ("{widths: [99999]}", "picture-width-wrong"),
        ("{quality: 0}", "number-wrong"),
        ("{quality: 300}", "number-wrong"),
        ("{quality: 高}", "number-wrong"),
    ] {
        let campaign = Campaign::story("", "文").settings(&format!("pictures: {wrong}"));
        assert_eq!(campaign.codes(), [code], "{wrong}");
    }
}

#[test]
fn messages_of_pictures() {
    let place = Place::file(&SourcePath::new("content/stories/x/a.jpg"));
    let told: Vec<_> = [
        Unreadable::Cut(Some(37)),
        Unreadable::Cut(None),
        Unreadable::TooManyPixels(60_000, 60_000),
        Unreadable::TooManyBytes,
        Unreadable::TooManyFrames,
        Unreadable::Broken,
        Unreadable::Unknown,
        Unreadable::Harmful(Harm::Script),
        Unreadable::Harmful(Harm::Html),
        Unreadable::Harmful(Harm::Outside),
        Unreadable::Harmful(Harm::Entities),
    ]
    .iter()
    .map(|why| picture_unreadable(place.clone(), "a.jpg", why))
    .collect();
    insta::assert_snapshot!("pictures", both(&told));
    let widths = "pictures: {widths: [宽, 50, 480, 960, 1, 2, 3, 4], quality: 200}";
    insta::assert_snapshot!(
        "picture-settings",
        both(&Campaign::new("").settings(widths).prepared().diagnostics)
    );
}

proptest! {
    /// Pictures, films and documents of which some bytes are others, or the end is missing.
    #[test]
    fn changed_bytes_do_no_harm(
        which in 0..5_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        end in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = match which {
            0 => with_exif(&photograph(40, 30), 6),
            1 => film(b"isom", b"avc1"),
            2 => b"<svg width=\"9\" height=\"9\"><metadata>a</metadata><!-- b --></svg>".to_vec(),
            3 => b"%PDF-1.4 << /Author <FEFF4E00> /Title (a\\)b) >>".to_vec(),
            _ => {
                let pixels = xianfeng::picture::pixels::Pixels::black(30, 20, 4);
                xianfeng::picture::encode::webp_exact(&pixels).unwrap()
            }
        };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(end.index(bytes.len()));
        }
        crate::fuzzed::pictures(&bytes);
    }
}

/// A film of a second, with the place where it was taken.
pub fn film(brand: &[u8; 4], codec: &[u8; 4]) -> Vec<u8> {
    let boxed = |name: &[u8; 4], content: &[u8]| {
        [&(content.len() as u32 + 8).to_be_bytes()[..], name, content].concat()
    };
    let mut mvhd = vec![0; 100];
    mvhd[12..16].copy_from_slice(&1000_u32.to_be_bytes());
    mvhd[16..20].copy_from_slice(&75_000_u32.to_be_bytes());
    let mut tkhd = vec![0; 84];
    tkhd[40..44].copy_from_slice(&0x1_0000_u32.to_be_bytes());
    tkhd[76..80].copy_from_slice(&(640_u32 << 16).to_be_bytes());
    tkhd[80..84].copy_from_slice(&(360_u32 << 16).to_be_bytes());
    let stsd = boxed(b"stsd", &[&[0; 12], &codec[..]].concat());
    let mdia = boxed(b"mdia", &boxed(b"minf", &boxed(b"stbl", &stsd)));
    let trak = boxed(b"trak", &[boxed(b"tkhd", &tkhd), mdia].concat());
    let udta = boxed(b"udta", &boxed(b"\xA9xyz", b"\0\x12\x15\xC7+31.2300+121.4700/"));
    let moov = boxed(b"moov", &[boxed(b"mvhd", &mvhd), trak, udta].concat());
    [boxed(b"ftyp", &[&brand[..], &[0; 4]].concat()), moov, boxed(b"mdat", &[9; 900])].concat()
}

#[test]
fn films_have_their_size_a_poster_and_captions() {
    let built = story("![修渠](修渠.mp4)", "修渠.mp4", &film(b"isom", b"avc1"))
        .with("content/stories/x/修渠.jpg", photograph(1400, 800))
        .with("content/stories/x/修渠.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n甲\n")
        .build();
    assert_eq!(built.codes(), [""; 0]);
    let body = body(&built);
    let name = "%E4%BF%AE%E6%B8%A0";
    assert!(body.starts_with(&format!(
        "<figure><video controls=\"\" preload=\"none\" src=\"/stories/2026/x/{name}.mp4\""
    )));
    assert!(body.contains("poster=\"/stories/2026/x/xiu-qu-960."), "{body}");
    assert!(body.contains("width=\"640\" height=\"360\""), "{body}");
    assert!(body.contains(&format!("<track kind=\"captions\" src=\"/stories/2026/x/{name}.vtt\"")));
    assert!(body.contains("<figcaption>修渠　1:15 · 1 KB</figcaption>"), "{body}");
    let published = built.bytes("/stories/2026/x/修渠.mp4");
    assert!(!published.windows(6).any(|window| window == b"+31.23"));
    assert_eq!(published.len(), film(b"isom", b"avc1").len());
}

#[test]
fn sound_is_played_and_old_films_are_refused() {
    let mp3 = [b"ID3\x04\0\0\0\0\0\x04Li L\xff\xfb\x90\0".as_slice(), &[0; 40_000]].concat();
    let built = story("![访谈](访谈.mp3)", "访谈.mp3", &mp3).build();
    assert!(body(&built).starts_with("<figure><audio controls=\"\" preload=\"none\" src="));
    assert!(built.bytes("/stories/2026/x/访谈.mp3").starts_with(&[0xFF, 0xFB]));
    for (name, bytes) in [
        ("a.avi", b"RIFF\x10\0\0\0AVI LIST".to_vec()),
        ("a.wmv", vec![0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66]),
        ("a.mov", film(b"qt  ", b"hvc1")),
        ("a.flv", b"FLV\x01\x05".to_vec()),
        ("a.mkv", vec![0x1A, 0x45, 0xDF, 0xA3, 0x9F]),
    ] {
        let campaign = story(&format!("![片]({name})"), name, &bytes);
        assert_eq!(campaign.places(), ["6:1 film-not-played"], "{name}");
    }
    for (name, bytes) in [("a.mp4", film(b"isom", b"avc1")), ("a.mov", film(b"qt  ", b"avc1"))] {
        assert_eq!(story(&format!("![片]({name})"), name, &bytes).codes(), [""; 0], "{name}");
    }
}

#[test]
fn attachments_say_what_they_are_and_how_large() {
    let text = "[申报表](申报表.xls)、[方案（PDF，3.1 MB）](b.pdf)和[页](/feed.xml)";
    let built = story(text, "申报表.xls", &[&[0xD0; 2000][..]].concat())
        .with("content/stories/x/b.pdf", b"%PDF-1.7\n%%EOF\n")
        .build();
    let body = body(&built);
    assert!(
        body.contains(
            ".xls\" download=\"\">申报表</a><span class=\"file-facts\">（Excel，2 KB）</span>、"
        ),
        "{body}"
    );
    assert!(body.contains("b.pdf\">方案（PDF，3.1 MB）</a>和"), "{body}");
}

#[test]
fn what_films_and_attachments_tell() {
    let large = |bytes: &[u8]| [bytes, &vec![0; 51 << 20]].concat();
    let campaign = story(
        "![片](a.mp4)\n\n![片](b.avi)\n\n[表](c.pdf)\n\n![片](f.mp4)\n\n![片](g.mp4)\n\n![片](h.mp4)",
        "a.mp4",
        &large(&film(b"isom", b"avc1")),
    )
    .with("content/stories/x/b.avi", b"RIFF\x10\0\0\0AVI LIST")
    .with("content/stories/x/c.pdf", b"%PDF-1.7 << /Author (Han Mei) >> %%EOF")
    .with("content/static/d.jpg", with_exif(&photograph(90, 60), 1))
    .with("content/stories/x/f.mp4", &film(b"isom", b"avc1")[..500])
    .with("content/stories/x/g.mp4", film(b"isom", b"mp4v"))
    .with("content/stories/x/h.mp4", "这是文字")
    .with("content/static/e.jpg", photograph(90, 60));
    insta::assert_snapshot!("attached", campaign.in_both_languages());
}

/// What goes out of a drawing is what was looked at: no reader finds a tag where we find none.
#[test]
fn drawings_go_out_as_they_were_read() {
    let svg = |inside: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\">{inside}</svg>")
    };
    for inside in [
        "<text><![CDATA[ ' ]]></text><script>alert(1)</script><text>'</text>",
        "<?x ' ?><script>alert(1)</script><?x ' ?>",
        "<scr<!-- x -->ipt>alert(1)</scr<!-- x -->ipt>",
        "<scr<metadata></metadata>ipt>alert(1)</scr<metadata></metadata>ipt>",
        "<style>@\\69mport 'http://evil.example/a.css'</style>",
        "<g>",
    ] {
        for text in ["![图](a.svg)", "[图](a.svg)"] {
            let campaign = story(text, "a.svg", svg(inside).as_bytes());
            assert_eq!(campaign.places(), ["6:1 picture-harmful"], "{inside}");
        }
    }
    // Browsers read such a file as a drawing, whatever it is.
    let page = b"<html xmlns=\"http://www.w3.org/1999/xhtml\"><script>alert(1)</script></html>";
    assert_eq!(story("[图](a.svg)", "a.svg", page).places(), ["6:1 picture-harmful"]);
    let photo = with_exif(&photograph(40, 30), 6);
    let coded = data_encoding::BASE64.encode(&photo);
    let whole = svg(&format!("<image href=\"data:image/jpeg;base64,{coded}\"/>"));
    for place in ["content/stories/x/a.svg", "content/static/a.svg"] {
        let built = Campaign::new("")
            .with("content/stories/x/index.md", news("河边", "2026-03-18", "", "[图](a.svg)"))
            .with("content/stories/x/a.svg", "<svg/>")
            .with(place, &*whole)
            .build();
        let below = place.starts_with("content/static/");
        let published = built.page(if below { "/a.svg" } else { "/stories/2026/x/a.svg" });
        let (_, coded) = published.split_once("base64,").expect("a photograph");
        let coded = coded.split('"').next().unwrap().as_bytes();
        let inside = data_encoding::BASE64.decode(coded).unwrap();
        assert!(!inside.windows(5).any(|window| window == b"Canon"));
        // It is turned as it was.
        assert_eq!(Header::read(&inside, "").unwrap().orientation, 6);
    }
}

/// What an author puts below `static` is as it was, but for what nobody sees.
#[test]
fn pictures_below_static_say_nothing_besides() {
    let plain = photograph(90, 60);
    let built = Campaign::story("", "[原图](/a.jpg) ![图](/a.jpg)")
        .with("content/static/a.jpg", with_exif(&plain, 1))
        .with("content/static/b.jpg", &*plain)
        .with("content/static/c.mp4", film(b"isom", b"avc1"))
        .build();
    assert_eq!(built.codes(), [""; 0]);
    let has = |path: &str, what: &[u8]| {
        built.bytes(path).windows(what.len()).any(|window| window == what)
    };
    assert!(!has("/a.jpg", b"Canon") && !has("/c.mp4", b"+31.23"));
    assert_eq!(built.bytes("/b.jpg"), plain);
}

/// What films and sounds say is taken out of each kind of file, and nothing else moves.
#[test]
fn sounds_and_films_of_all_kinds_say_nothing_besides() {
    let le = |number: u32| number.to_le_bytes();
    let flac = |content: &[u8]| {
        let length = (content.len() as u32).to_be_bytes();
        [b"fLaC\x04", &length[1..], content, b"\x81\0\0\0\xFF\xF8"].concat()
    };
    let page = |number: u8, packet: &[u8]| {
        let mut page = b"OggS\0\0".to_vec();
        page.extend([0; 12]);
        page.extend([number, 0, 0, 0, 0, 0, 0, 0, 1, packet.len() as u8]);
        [&page, packet].concat()
    };
    let comments = [b"OpusTags", &le(2)[..], b"me", &le(1), &le(11), b"ARTIST=Li Q"].concat();
    let ogg = [page(0, b"OpusHead\x01"), page(1, &comments), page(2, b"abc")].concat();
    let mp3 = [0xFF, 0xFB, 0x90, 0].into_iter().chain([0; 9000]).collect::<Vec<u8>>();
    let ape = [b"Li Q", &b"APETAGEX\xD0\x07\0\0"[..], &le(36), &[0; 16]].concat();
    let twice = [b"ID3\x04\0\0\0\0\0\x04Li Q", &b"ID3\x04\0\0\0\0\0\x04Li Q"[..]].concat();
    let info = [b"LIST", &le(8)[..], b"INFOLi Q"].concat();
    let avi = [b"RIFF\x40\0\0\0AVI ", &info[..], b"LIST\x04\0\0\0movi"].concat();
    for (name, bytes) in [
        ("a.flac", flac(b"Li Q")),
        ("a.opus", ogg),
        ("a.mp3", [twice.as_slice(), &mp3, &ape, b"TAGLi Q", &[0; 121]].concat()),
        ("a.avi", avi),
        ("a.3gp", [film(b"3gp4", b"avc1"), b"Li Q".to_vec()].concat()),
    ] {
        let built = story(&format!("[录像]({name})"), name, &bytes).build();
        let published = built.bytes(&format!("/stories/2026/x/{name}"));
        let has = |what: &[u8]| published.windows(what.len()).any(|window| window == what);
        assert!(!has(b"Li Q") && !has(b"+31.23"), "{name}");
        assert!(!published.is_empty(), "{name}");
    }
}

/// What becomes of each kind of file that is called film or sound, shown and linked. None is silent.
#[test]
fn every_kind_of_film_is_played_or_told() {
    let packets = |before: usize| [&vec![0; before][..], b"G", &[0; 187]].concat().repeat(3);
    let page = |packet: &[u8]| {
        let mut page = b"OggS\0\x02".to_vec();
        page.extend([0; 20]);
        [&page[..], &[1, packet.len() as u8], packet].concat()
    };
    let asf = |rest: &[u8]| [&[0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66], &[0; 80][..], rest].concat();
    let pictures = [
        0xC0, 0xEF, 0x19, 0xBC, 0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0, 0x80, 0x5F, 0x5C, 0x44, 0x2B,
    ];
    let long = |head: &[u8]| [head, &[0; 80]].concat();
    let (shown, notes) = ("film-not-played", "film-notes");
    for (name, bytes, codes, linked, said) in [
        ("a.mp4", film(b"isom", b"avc1"), vec![], vec![], ""),
        ("a.m4v", film(b"M4V ", b"avc1"), vec![], vec![], ""),
        ("a.mov", film(b"qt  ", b"avc1"), vec![], vec![], ""),
        ("a.mov", film(b"qt  ", b"hvc1"), vec![shown], vec![], "HEVC（H.265）编码的 MOV 视频"),
        ("a.3gp", film(b"3gp4", b"s263"), vec![shown], vec![], "H.263 编码的 MP4 视频"),
        ("a.3gp", film(b"3gp4", b"avc1"), vec![], vec![], ""),
        ("a.webm", long(b"\x1A\x45\xDF\xA3\x9F\x42\x82\x84webm"), vec![], vec![], ""),
        ("a.mkv", long(b"\x1A\x45\xDF\xA3\x9F"), vec![shown], vec![], "MKV 视频"),
        ("a.avi", long(b"RIFF\x10\0\0\0AVI LIST"), vec![shown], vec![], "AVI 视频"),
        ("a.wmv", asf(&pictures), vec![shown], vec![], "WMV 视频"),
        ("a.wma", asf(&[]), vec![shown], vec![], "WMV 音频"),
        ("a.flv", long(b"FLV\x01\x05"), vec![shown], vec![], "FLV 视频"),
        ("a.mpg", long(b"\0\0\x01\xBA"), vec![shown, notes], vec![notes], "MPEG 视频"),
        ("a.mpeg", long(b"\0\0\x01\xB3"), vec![shown, notes], vec![notes], "MPEG 视频"),
        ("a.vob", long(b"\0\0\x01\xBA"), vec![shown, notes], vec![notes], "MPEG 视频"),
        ("a.mts", packets(4), vec![shown, notes], vec![notes], "MTS 视频"),
        ("a.m2ts", packets(4), vec![shown, notes], vec![notes], "MTS 视频"),
        ("a.ts", packets(0), vec![shown, notes], vec![notes], "MTS 视频"),
        ("a.rmvb", long(b".RMF"), vec![shown, notes], vec![notes], "RMVB 视频"),
        ("a.ogv", page(b"\x80theora\x03"), vec![shown], vec![], "Theora 编码的 Ogg 视频"),
        ("a.ogg", page(b"\x01vorbis"), vec![], vec![], ""),
        ("a.opus", page(b"OpusHead"), vec![], vec![], ""),
        ("a.spx", page(b"Speex   1"), vec![shown], vec![], "Speex 编码的 Ogg 音频"),
        ("a.mp3", long(b"\xFF\xFB\x90\0"), vec![], vec![], ""),
        ("a.aac", long(b"\xFF\xF1\x50\x80"), vec![], vec![], ""),
        ("a.flac", long(b"fLaC"), vec![], vec![], ""),
        ("a.wav", long(b"RIFF\x10\0\0\0WAVEdata"), vec![], vec![], ""),
        ("a.amr", long(b"#!AMR\n"), vec![shown], vec![], "AMR 音频"),
        ("a.ape", long(b"MAC "), vec![shown], vec![], "APE 音频"),
        ("a.aiff", long(b"FORM\0\0\0\0AIFF"), vec![shown, notes], vec![notes], "AIFF 音频"),
        ("a.caf", long(b"caff"), vec![shown, notes], vec![notes], "CAF 音频"),
        ("a.mid", long(b"MThd"), vec![shown, notes], vec![notes], "MIDI 音频"),
        // Called film, and nothing that is known.
        ("a.mpg", long(b"x"), vec![shown], vec![shown], "内容不是视频或音频"),
        ("a.rm", long(b"<html>"), vec!["picture-not-shown"], vec!["file-is-page"], "网页"),
    ] {
        let campaign = story(&format!("![片]({name})"), name, &bytes);
        let mut told = campaign.codes();
        told.sort_unstable();
        assert_eq!(told, codes, "{name} shown");
        let campaign_linked = story(&format!("[片]({name})"), name, &bytes);
        assert_eq!(campaign_linked.codes(), linked, "{name} linked");
        assert!(campaign.in_both_languages().contains(said), "{name}: {said}");
        if !codes.is_empty() {
            assert!(campaign.in_both_languages().contains("help:"), "{name}");
        }
        let built = campaign_linked.build();
        assert!(built.has(&format!("/stories/2026/x/{name}")), "{name}");
    }
}

#[test]
fn messages_of_films_that_go_out_as_they_are() {
    let packets = [&b"\0\0\0\0G"[..], &[0; 187]].concat().repeat(3);
    let campaign = story("[录像](00001.MTS)\n\n![访谈](b.amr)", "00001.MTS", &packets)
        .with("content/stories/x/b.amr", b"#!AMR\n12345")
        .with("content/static/c.mid", b"MThd\0\0");
    insta::assert_snapshot!("film-notes", campaign.in_both_languages());
}

#[test]
fn films_that_no_browser_plays_are_refused_whatever_holds_them() {
    let cut = film(b"isom", b"avc1");
    for (name, bytes, code) in [
        ("a.mp4", film(b"isom", b"hvc1"), "film-not-played"),
        ("a.mp4", film(b"isom", b"mp4v"), "film-not-played"),
        ("a.mov", film(b"qt  ", b"apcn"), "film-not-played"),
        ("a.mp4", cut[..cut.len() - 100].to_vec(), "film-cut"),
        ("a.mp4", [b"\0\0\0\x10ftypmp42\0\0\0\0\0\0\0\x40mdat", &[0; 56][..]].concat(), "film-cut"),
        ("a.mp4", b"this is only a text".to_vec(), "film-not-played"),
        ("a.amr", b"#!AMR\n12345".to_vec(), "film-not-played"),
    ] {
        let campaign = story(&format!("![片]({name})"), name, &bytes);
        assert_eq!(campaign.places(), [format!("6:1 {code}")], "{name}");
    }
}

#[test]
fn captions_are_published_as_browsers_read_them() {
    let gbk = b"1\r\n00:00:00,000 --> 00:00:01,000\r\n\xbc\xd7\r\n";
    let built = story("![片](a.mp4)", "a.mp4", &film(b"isom", b"avc1"))
        .with("content/stories/x/a.vtt", &gbk[..])
        .build();
    let captions = built.page("/stories/2026/x/a.vtt");
    assert_eq!(captions, "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000\n甲\n");
}

#[test]
fn what_is_no_picture_at_all_is_told() {
    for (name, bytes) in [
        ("a.jpg", &b""[..]),
        ("a.jpg", b"\xFF"),
        ("a.png", b"\x89PN"),
        ("a.tif", b"II*\0\x08\0\0\0\0\0\0\0"),
        ("a.dng", b"II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\0\0\0\0\0\0\0\0"),
    ] {
        let built = story(&format!("![图]({name})"), name, bytes).prepared();
        let told: Vec<_> = built
            .diagnostics
            .iter()
            .filter(|said| said.severity != xianfeng::diagnostic::Severity::Note)
            .collect();
        assert!(!told.is_empty(), "{name} {bytes:?}");
        let is_error = told.iter().any(|said| said.is_error());
        assert!(is_error || ["a.jpg", "a.png"].contains(&name), "{told:?}");
    }
    // A scan, a picture of a camera, and its place: of what cannot be cleaned a build says so.
    let raw = b"II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x25\x88\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    let linked = story("[原片](a.tif)", "a.tif", raw);
    assert!(linked.codes().contains(&"file-place"), "{:?}", linked.codes());
}
