//! The facts of a story as front matter.

use crate::{Flavour, Kind, Story};

/// The lines between the fences, each with its end.
pub fn matter(story: &Story, flavour: Flavour) -> String {
    let (year, month, day) = story.date;
    let mut lines = vec![
        format!("title: {}", quoted(&story.title)),
        format!("date: {year}-{month:02}-{day:02}"),
    ];
    lines.extend(match flavour {
        Flavour::Xianfeng => xianfeng(story),
        Flavour::Hugo => hugo(story),
    });
    lines.extend([
        format!("carriers: {}", list(&story.carriers)),
        format!("honours: {}", list(&story.honours)),
        format!("keywords: {}", list(&story.keywords)),
        format!("focal_points: {}", list(&story.focal_points)),
    ]);
    lines.join("\n") + "\n"
}

fn xianfeng(story: &Story) -> Vec<String> {
    let kind = match story.kind {
        Kind::Branch => "branch",
        Kind::Member => "member",
        Kind::News => "news",
    };
    let mut lines = vec![
        format!("kind: {kind}"),
        format!("unit: {}", quoted(&story.unit)),
        format!("region: {}", quoted(story.region)),
        format!("summary: {}", quoted(&story.summary)),
    ];
    lines.extend(story.name.as_ref().map(|name| format!("name: {}", quoted(name))));
    lines
}

/// A taxonomy for each kind of list that xianfeng makes by itself.
fn hugo(story: &Story) -> Vec<String> {
    let mut lines = vec![
        format!("description: {}", quoted(&story.summary)),
        format!("units: {}", list(&[&story.unit])),
        format!("regions: {}", list(&[story.region])),
        format!("years: {}", list(&[story.date.0.to_string()])),
    ];
    lines.push(match (story.kind, &story.name) {
        (Kind::Branch, _) => format!("branches: {}", list(&[&story.unit])),
        (Kind::Member, Some(name)) => format!("members: {}", list(&[story.unit.clone() + name])),
        _ => "kinds: [news]".to_string(),
    });
    lines
}

fn list(items: &[impl AsRef<str>]) -> String {
    let items: Vec<_> = items.iter().map(|item| quoted(item.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

/// None of our texts has a quotation mark or a backslash of its own.
fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}
