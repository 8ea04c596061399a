//! Focal points (着力点): what stories are tagged and grouped by.

use crate::model::entity::{
    Entity, EntityKind, Entries, Given, IndexPages, Menu, NamedBy, Otherwise,
};
use crate::model::vocabulary::read;
use crate::schema::vocabulary::FocalPointEntry;

pub(super) static KIND: EntityKind = EntityKind {
    one: "focal_point",
    many: "focal_points",
    folder: "focal-points",
    called: ("着力点", "focal point"),
    unknown: "focal-point-unknown",
    entries: Entries::File {
        path: "content/focal-points.yaml",
        read: read::<FocalPointEntry>,
        otherwise: Otherwise::BuiltIn(built_in),
    },
    named_by: Some(NamedBy {
        key: "focal_points",
        given: Given::List(|front| &front.focal_points),
        most: 3,
        distinct: true,
        by_slug: true,
        of_unit: None,
    }),
    index: IndexPages::Whole,
    feed: true,
    menu: Menu::Main,
    facet: true,
    stale_after_days: Some(180),
};

/// The six focal points of the campaign, used if `content/focal-points.yaml` gives no others.
pub fn built_in() -> Vec<Entity> {
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
        .map(|(slug, name, short_name, aliases, description)| Entity {
            aliases: aliases.iter().map(|&alias| alias.into()).collect(),
            description: Some(description.into()),
            texts: vec![("short_name", short_name.into())],
            ..Entity::named(name, slug.into())
        })
        .collect()
}
