//! Focal points (着力点): what stories are tagged and grouped by.

use crate::base::name;
use crate::diagnostic::Outcome;
use crate::model::entity::{
    Entity, EntityKind, Entries, Given, IndexPages, KindId, Listed, Menu, NamedBy, Otherwise,
};
use crate::model::messages;
use crate::model::naming::Collections;
use crate::model::vocabulary::{Names, Rules, names_of, read_with};
use crate::schema::vocabulary::FocalPointEntry;
use crate::source::{Place, Source};
use crate::value::pinyin;

pub(super) static KIND: EntityKind = EntityKind {
    one: "focal_point",
    many: "focal_points",
    folder: "focal-points",
    called: ("着力点", "focal point"),
    unknown: "focal-point-unknown",
    entries: Entries::File {
        path: "content/focal-points.yaml",
        read,
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

/// Which of the six an entry is about: by its slug, else by its name.
fn of_the_six(slug: Option<&str>, name: &str) -> Option<Entity> {
    let six = built_in();
    let by_slug = six.iter().position(|point| slug == Some(&point.slug));
    let at = by_slug.or_else(|| six.iter().position(|point| point.is_called(name)))?;
    six.into_iter().nth(at)
}

/// Reads the list. What an entry does not say of one of the six is as the program has it. If all
/// entries are of the six, and one is hidden or has another name, the file says what is other than
/// usual: those that it does not have follow in their order.
fn read(source: &Source, kind: KindId, _: &Collections) -> Outcome<Listed> {
    let rules = Rules::<FocalPointEntry> {
        slug: |entry| match of_the_six(None, &entry.name) {
            Some(point) => point.slug,
            None => pinyin::slug(&entry.name),
        },
        check: |entry, entity| {
            if entry.value.hidden {
                entity.texts.push(("hidden", "true".into()));
            }
        },
        ..Rules::PLAIN
    };
    let Outcome { value: (listed, names), mut diagnostics } = read_with(source, kind, &rules);
    let is_listed = !listed.is_empty();
    let says_more = |point: &Entity| {
        point.text("colour").or(point.text("short_name")).or(point.description.as_deref()).is_some()
    };
    let says_more = listed.iter().any(says_more);
    let (points, names) = with_the_six(kind, listed, names);
    let left_out: Vec<Entity> = match says_more && names.hidden.is_empty() && !names.incomplete {
        true => left_out(&points),
        false => Vec::new(),
    };
    if !left_out.is_empty() {
        let left_out: Vec<&str> = left_out.iter().map(Entity::short_name).collect();
        diagnostics.push(messages::focal_points_fewer(Place::file(&source.path), &left_out));
    }
    if is_listed && points.is_empty() && !names.incomplete {
        diagnostics.push(messages::focal_points_hidden(Place::file(&source.path)));
    }
    Outcome { value: (points, names), diagnostics }
}

/// Those of the six that a list of some of the six, and of no others, does not have.
fn left_out(points: &[Entity]) -> Vec<Entity> {
    let mut rest = built_in();
    let is_of_them = |point: &Entity| rest.iter().any(|known| known.slug == point.slug);
    match points.iter().all(is_of_them) {
        true => rest.retain(|known| points.iter().all(|point| point.slug != known.slug)),
        false => rest.clear(),
    }
    rest
}

fn with_the_six(kind: KindId, listed: Vec<Entity>, names: Names) -> Listed {
    let mut rest = built_in();
    let mut are_all_of_them = !names.incomplete;
    let mut are_changes = false;
    let mut points: Vec<Entity> = Vec::with_capacity(listed.len() + rest.len());
    for mut point in listed {
        match of_the_six(Some(&point.slug), &point.name) {
            Some(known) => {
                rest.retain(|other| other.slug != known.slug);
                are_changes |= point.text("hidden").is_some() || !known.is_called(&point.name);
                complete(&mut point, known, &names);
            }
            None => are_all_of_them = false,
        }
        points.push(point);
    }
    if are_all_of_them && are_changes {
        points.append(&mut rest);
    }
    let (hidden, points): (Vec<Entity>, _) =
        points.into_iter().partition(|point| point.text("hidden").is_some());
    let mut words = names_of(kind, &points);
    (words.file, words.incomplete) = (names.file, names.incomplete);
    words.hidden =
        hidden.iter().flat_map(Entity::words).map(|word| name::key(word).to_string()).collect();
    (points, words)
}

/// What the entry does not say, as it is known. `names` are the words of the entries.
fn complete(point: &mut Entity, known: Entity, names: &Names) {
    let short = known.text("short_name").map(str::to_string);
    // One that is called otherwise has no other short name.
    if point.text("short_name").is_none() && point.name == known.name {
        point.texts.extend(short.map(|name| ("short_name", name)));
    }
    let words: Vec<String> = known.words().map(str::to_string).collect();
    for word in words {
        if !point.is_called(&word) && names.find(&word).is_none() {
            point.aliases.push(word);
        }
    }
    if point.description.is_none() {
        point.description = known.description;
    }
}

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
