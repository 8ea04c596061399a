//! What hardly any campaign has, and none may break on.

use crate::dice::Dice;
use crate::{File, text};

/// How many stories have a picture beside them.
const PICTURES: usize = 5_000;

/// How many folders lie in each other.
const DEPTH: usize = 60;

/// How long the long story is, in bytes.
const LONG: usize = 5 << 20;

/// Files beside those of a campaign for xianfeng: a story of 5 MB, 5 000 stories with a
/// picture beside them, and a story and a file for download 60 folders deep.
pub fn extremes() -> impl Iterator<Item = File> {
    let deep = "层/".repeat(DEPTH);
    let few = [
        ("content/stories/long.md".to_string(), story("很长的一篇", &long_body())),
        (format!("content/stories/{deep}deep.md"), story("很深的一篇", "在第六十层。\n")),
        (format!("content/static/{}deep.txt", "d/".repeat(DEPTH)), "深处\n".into()),
    ];
    let pictured = (0..PICTURES).flat_map(|number| {
        let folder = format!("content/stories/pictured/pictured-{number:04}");
        let body = "![现场](photo.svg)\n\n有一张图片。\n";
        let picture = text::picture(number % 16).into_bytes();
        [
            (format!("{folder}/index.md"), story(&format!("有图片的第 {number} 篇"), body)),
            (format!("{folder}/photo.svg"), picture),
        ]
    });
    few.into_iter().chain(pictured)
}

fn story(title: &str, body: &str) -> Vec<u8> {
    format!("---\ntitle: {title}\ndate: 2026-03-18\nkind: news\n---\n\n{body}").into_bytes()
}

fn long_body() -> String {
    let mut dice = Dice::new(0);
    let mut body = String::with_capacity(LONG + 8192);
    while body.len() < LONG {
        body += &text::body(&mut dice, "水务站第1支部", "/stories/2016/story-000000");
        body += "\n";
    }
    body
}
