//! Focal points: the vocabulary that stories are grouped by.

use super::StoryId;
use crate::value::address::Address;

/// One focal point (着力点).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FocalPoint {
    /// The last part of its address.
    pub slug: String,
    /// Its full name.
    pub name: String,
    /// The name that menus show; the full name where none is given.
    pub short_name: String,
    /// Other names under which stories may give it.
    pub aliases: Vec<String>,
    /// What it means.
    pub description: String,
    /// A colour as `#rrggbb`, for the theme.
    pub colour: Option<String>,
    /// Its stories, listed order.
    pub stories: Vec<StoryId>,
}

impl FocalPoint {
    /// `/focal-points/SLUG/`.
    pub fn address(&self) -> Address {
        Address::page(&["focal-points", &self.slug])
    }

    /// Every word that names it.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        [self.slug.as_str(), &self.name, &self.short_name]
            .into_iter()
            .chain(self.aliases.iter().map(String::as_str))
    }
}

/// The six focal points of the campaign, used where `content/focal-points.yaml` gives no
/// others.
pub fn built_in() -> Vec<FocalPoint> {
    let table: [(&str, &str, &str, &[&str], &str); 6] = [
        (
            "center",
            "紧紧围绕中心",
            "围绕中心",
            &["中心"],
            "围绕中心工作想办法、出力气，让党建与业务拧成一股绳。",
        ),
        (
            "carrier",
            "切实找准载体",
            "找准载体",
            &["载体"],
            "把活动落到看得见、做得实的项目和岗位上。",
        ),
        (
            "practice",
            "突出实践特色",
            "实践特色",
            &["实践"],
            "从各自的行业和岗位出发，在做事中见成效。",
        ),
        (
            "masses",
            "注重发动群众",
            "发动群众",
            &["群众"],
            "请群众一起出主意、一起动手，由群众来评议。",
        ),
        (
            "coordination",
            "搞好统筹协调",
            "统筹协调",
            &["统筹", "注重搞好统筹协调"],
            "上下联动、条块结合，把分散的力量用到一处。",
        ),
        (
            "livelihood",
            "坚持抓好民生",
            "抓好民生",
            &["民生", "踏踏实实抓好民生"],
            "从群众最关心的事情做起，一件一件办到家。",
        ),
    ];
    table
        .into_iter()
        .map(|(slug, name, short_name, aliases, description)| FocalPoint {
            slug: slug.into(),
            name: name.into(),
            short_name: short_name.into(),
            aliases: aliases.iter().map(|&alias| alias.into()).collect(),
            description: description.into(),
            colour: None,
            stories: Vec::new(),
        })
        .collect()
}
