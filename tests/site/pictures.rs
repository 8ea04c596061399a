//! Pictures: the copies that are published, and what pages say of them.

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
fn film(brand: &[u8; 4], codec: &[u8; 4]) -> Vec<u8> {
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
        "![片](a.mp4)\n\n![片](b.avi)\n\n[表](c.pdf)",
        "a.mp4",
        &large(&film(b"isom", b"avc1")),
    )
    .with("content/stories/x/b.avi", b"RIFF\x10\0\0\0AVI LIST")
    .with("content/stories/x/c.pdf", b"%PDF-1.7 << /Author (Han Mei) >> %%EOF")
    .with("content/static/d.jpg", with_exif(&photograph(90, 60), 1))
    .with("content/static/e.jpg", photograph(90, 60));
    insta::assert_snapshot!("attached", campaign.in_both_languages());
}
