//! A roster becomes a list file, or changes one. What stands in the file stays as it is written, with
//! its comments and its order; only values that differ are written anew.

use std::ops::Range;

use super::rows::{Found, Row};
use crate::base::lang::Text;
use crate::base::name;
use crate::import::form::tidy_name;
use crate::schema::roster::{Key, Roster, cell_text, honoured, name_of, value};
use crate::schema::{Field, Shape};
use crate::source::{Source, SourcePath};
use crate::yaml::fields::scalar;
use crate::yaml::places::Part;
use crate::yaml::{Node, Step, Yaml, parse, write};

/// A list after a roster.
#[derive(Debug, Default)]
pub struct Updated {
    /// The text of the file.
    pub text: String,
    /// What is different.
    pub changes: Vec<Change>,
    /// Names of entries that the roster does not have, and that stay.
    pub missing: Vec<String>,
}

/// Something that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// An entry is new.
    Added(String),
    /// A value of an entry: its name, what the key is called, before and after.
    Changed(String, &'static str, String, String),
    /// The unit of somebody upon whom an honour was conferred: which, who, before and after.
    Unit(String, String, String, String),
    /// An entry is gone.
    Removed(String),
}

impl Change {
    /// In words.
    pub fn told(&self) -> Text {
        let (zh, en) = match self {
            Self::Added(name) => (format!("新增：{name}"), format!("new: {name}")),
            Self::Removed(name) => (format!("删除：{name}"), format!("removed: {name}")),
            Self::Unit(name, person, before, after) => (
                format!("{name}：{person}的单位由“{before}”改为“{after}”"),
                format!("{name}: the unit of {person} was “{before}” and is now “{after}”"),
            ),
            Self::Changed(name, key, before, after)
                if !before.is_empty() && (before.contains('\n') || after.contains('\n')) =>
            {
                items_told(name, key, before, after)
            }
            Self::Changed(name, key, before, after) => {
                let line = |text: &str| text.replace('\n', "、");
                let (before, after) = (line(before), line(after));
                match before.is_empty() {
                    true => (
                        format!("{name}：{key}补上“{after}”"),
                        format!("{name}: {key} is now “{after}”"),
                    ),
                    false => (
                        format!("{name}：{key}由“{before}”改为“{after}”"),
                        format!("{name}: {key} was “{before}” and is now “{after}”"),
                    ),
                }
            }
        };
        Text { zh, en }
    }
}

/// What a list has more than before, and what less: of a hundred items nobody sees the one.
fn items_told(name: &str, key: &str, before: &str, after: &str) -> (String, String) {
    let without = |items: &str, others: &str| -> Option<String> {
        // Two may be called alike.
        let mut others: Vec<&str> = others.split('\n').collect();
        let is_new = |item: &&str| match others.iter().position(|known| known == item) {
            Some(at) => {
                others.swap_remove(at);
                false
            }
            None => true,
        };
        let items: Vec<&str> = items.split('\n').filter(is_new).collect();
        (!items.is_empty()).then(|| items.join("、"))
    };
    let (fresh, gone) = (without(after, before), without(before, after));
    let zh = [
        fresh.as_ref().map(|items| format!("增加“{items}”")),
        gone.as_ref().map(|items| format!("去掉“{items}”")),
    ];
    let en = [
        fresh.map(|items| format!("“{items}” is new")),
        gone.map(|items| format!("“{items}” is gone")),
    ];
    let join = |parts: [Option<String>; 2], comma: &str| {
        parts.into_iter().flatten().collect::<Vec<_>>().join(comma)
    };
    (format!("{name}：{key}{}", join(zh, "，")), format!("{name}: {key}: {}", join(en, ", ")))
}

/// Why a list cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is no list that can be read.
    Unreadable,
    /// It is written in a way that is not changed for sure.
    Odd,
}

/// An entry as a roster has it.
#[derive(Clone, Debug)]
struct Wanted {
    name: String,
    values: Vec<(&'static Field, String)>,
    units: Vec<String>,
    people: Vec<(String, Option<String>)>,
}

impl Wanted {
    fn value(&self, key: &str) -> Option<&str> {
        self.values.iter().find(|(field, _)| field.name == key).map(|(_, text)| text.as_str())
    }

    /// The entry as it is written where there is none.
    fn node(&self) -> Vec<(String, Node)> {
        let mut entries: Vec<(String, Node)> = Vec::new();
        for (field, text) in &self.values {
            entries.push((field.name.to_string(), node_of(field, items_of(field, text))));
        }
        if !self.units.is_empty() {
            entries.push(("units".into(), texts(&self.units)));
        }
        if !self.people.is_empty() {
            entries.push((
                "people".into(),
                Node::List(self.people.iter().map(|one| person(one, false)).collect()),
            ));
        }
        entries
    }
}

fn texts(items: &[String]) -> Node {
    Node::List(items.iter().map(|item| Node::Text(item.clone())).collect())
}

fn person((name, unit): &(String, Option<String>), is_chinese: bool) -> Node {
    let (name_key, unit_key) = if is_chinese { ("姓名", "单位") } else { ("name", "unit") };
    let mut entries = vec![(name_key.to_string(), Node::Text(name.clone()))];
    entries.extend(unit.iter().map(|unit| (unit_key.to_string(), Node::Text(unit.clone()))));
    Node::Map(entries)
}

/// The items of a cell.
fn items_of(field: &Field, text: &str) -> Vec<String> {
    let is_list = matches!(field.shape, Shape::Texts | Shape::TextOrTexts);
    if !is_list {
        return vec![text.to_string()];
    }
    let parts: Vec<&str> = match text.contains('\n') {
        true => text.split('\n').collect(),
        false if field.is_prose => text.split(['；', ';']).collect(),
        false => text.split(['、', '，', ',', '；', ';']).collect(),
    };
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| if field.is_prose { part.to_string() } else { tidy_name(part) }).collect()
}

fn node_of(field: &Field, mut items: Vec<String>) -> Node {
    let is_digits = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    match field.shape {
        Shape::Texts => texts(&items),
        _ if items.len() == 1 => {
            let text = items.remove(0);
            match field.name == "year" && is_digits(&text) {
                true => Node::Number(text),
                false => Node::Text(text),
            }
        }
        _ => texts(&items),
    }
}

fn wanted(found: &Found) -> Vec<Wanted> {
    let roster = found.roster;
    let mut all: Vec<Wanted> = Vec::new();
    for row in &found.rows {
        let one = wanted_row(roster, row);
        let same = |known: &&mut Wanted| {
            roster.of_people
                && name::is_same(&known.name, &one.name)
                && known.values.len() == one.values.len()
                && known
                    .values
                    .iter()
                    .zip(&one.values)
                    .all(|(a, b)| a.0.name == b.0.name && a.1 == b.1)
        };
        match all.iter_mut().find(same) {
            Some(known) => {
                known.units.extend(one.units);
                known.people.extend(one.people);
            }
            None => all.push(one),
        }
    }
    all
}

fn wanted_row(roster: &Roster, row: &Row) -> Wanted {
    let name = row.text(Key::Of("name")).unwrap_or_default().to_string();
    let mut one = Wanted { name, values: Vec::new(), units: Vec::new(), people: Vec::new() };
    for field in roster.record.fields {
        let text = row.values.iter().find(|(column, _)| column.key == Key::Of(field.name));
        if let Some((_, text)) = text {
            one.values.push((field, text.clone()));
        }
    }
    let unit = row.text(Key::Unit).filter(|unit| !unit.is_empty()).map(str::to_string);
    match row.text(Key::Person).filter(|person| !person.is_empty()) {
        // Several people in one cell have one unit.
        Some(people) => {
            let people = people
                .split(['、', '，', ',', '；', '\n'])
                .map(str::trim)
                .filter(|p| !p.is_empty());
            one.people.extend(people.map(|person| (tidy_name(person), unit.clone())));
        }
        None => one.units.extend(unit),
    }
    one
}

/// Names in a roster that are given twice; they would be one entry.
pub fn twice(found: &Found) -> Vec<(u32, String)> {
    let mut seen: Vec<(String, Option<&str>)> = Vec::new();
    let mut twice = Vec::new();
    for row in found.rows.iter().filter(|_| !found.roster.of_people) {
        let name = row.text(Key::Of("name")).unwrap_or_default();
        let key = (name::key(name).into_owned(), row.text(Key::Of("unit")));
        if seen.contains(&key) {
            twice.push((row.line, name.to_string()));
        }
        seen.push(key);
    }
    twice
}

/// The list whose file has the text `old`, after the roster. `remove` says whether what the roster does
/// not have goes.
pub fn update(old: Option<&str>, found: &Found, remove: bool) -> Result<Updated, Problem> {
    let roster = found.roster;
    let wanted = wanted(found);
    let old = old.unwrap_or_default();
    let source = Source::new(SourcePath::new(roster.path), old.to_string());
    let yaml = Yaml::read_file(&source).map_err(|_| Problem::Unreadable)?;
    let entries: &[Node] = match yaml.root() {
        Node::List(items) => items,
        Node::Null => &[],
        _ => return Err(Problem::Unreadable),
    };
    let mut updated = Updated::default();
    let mut expected: Vec<Option<Node>> = entries.iter().cloned().map(Some).collect();
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut matched = vec![false; entries.len()];
    let mut fresh: Vec<Vec<(String, Node)>> = Vec::new();
    let by_name = Names::of(roster, entries);
    let mut rows_of: crate::base::map::Map<String, usize> = Default::default();
    for want in &wanted {
        *rows_of.entry(name::key(&want.name).into_owned()).or_default() += 1;
    }
    let is_alone = |want: &Wanted| rows_of.get(&*name::key(&want.name)) == Some(&1);
    let none = vec![false; entries.len()];
    let find =
        |want: &Wanted, may_move| by_name.find(roster, entries, want, &none, may_move).is_some();
    let there = wanted.iter().filter(|want| find(want, false)).count();
    let moved =
        wanted.iter().filter(|want| is_alone(want) && !find(want, false) && find(want, true));
    // A list of newcomers may have a namesake of somebody; nothing but a person has one.
    let is_whole = remove || there * 2 >= entries.len().saturating_sub(moved.count());
    let has_namesakes = roster.path.ends_with("/people.yaml");
    for want in &wanted {
        let may_move = is_alone(want) && (is_whole || !has_namesakes);
        let Some(at) = by_name.find(roster, entries, want, &matched, may_move) else {
            updated.changes.push(Change::Added(want.name.clone()));
            fresh.push(want.node());
            continue;
        };
        matched[at] = true;
        let sets = differences(roster, &entries[at], want, remove, &mut updated.changes);
        if sets.is_empty() {
            continue;
        }
        let (node, mut edit) =
            Editor { text: old, yaml: &yaml }.edit(at, &entries[at], sets).ok_or(Problem::Odd)?;
        expected[at] = Some(node);
        edits.append(&mut edit);
    }
    for (at, entry) in entries.iter().enumerate().filter(|(at, _)| !matched[*at]) {
        let name = name_of(roster, entry).unwrap_or_default();
        if remove {
            let range = entry_range(old, &yaml, at, entries.len()).ok_or(Problem::Odd)?;
            edits.push((range, String::new()));
            expected[at] = None;
            updated.changes.push(Change::Removed(name));
        } else {
            updated.missing.push(name);
        }
    }
    let mut text = old.to_string();
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, new) in edits {
        text.replace_range(range, &new);
    }
    append(&mut text, old, &yaml, entries.len(), &fresh);
    let mut all: Vec<Node> = expected.into_iter().flatten().collect();
    all.extend(fresh.into_iter().map(Node::Map));
    let read = parse(&text).map_err(|_| Problem::Odd)?;
    let is_right = match read {
        Node::List(items) => items == all,
        Node::Null => all.is_empty(),
        _ => false,
    };
    updated.text = text;
    is_right.then_some(updated).ok_or(Problem::Odd)
}

/// Entries by their names.
struct Names(crate::base::map::Map<String, Vec<usize>>);

impl Names {
    fn of(roster: &Roster, entries: &[Node]) -> Self {
        let mut names: crate::base::map::Map<String, Vec<usize>> = Default::default();
        let aliases = roster.record.field("aliases");
        for (at, entry) in entries.iter().enumerate() {
            let mut words: Vec<String> = name_of(roster, entry).into_iter().collect();
            if let Some((_, Node::List(items))) = aliases.and_then(|field| value(entry, field)) {
                words.extend(items.iter().filter_map(scalar));
            }
            for word in words {
                names.entry(name::key(&word).into_owned()).or_default().push(at);
            }
        }
        Self(names)
    }

    /// The entry that a row is about; `may_move` if it may be in another unit now.
    fn find(
        &self,
        roster: &Roster,
        entries: &[Node],
        want: &Wanted,
        matched: &[bool],
        may_move: bool,
    ) -> Option<usize> {
        let named = self.0.get(&*name::key(&want.name))?;
        // Of the same name, those that differ in what tells them apart are others.
        let apart = match may_move && named.len() == 1 {
            true => &["by", "year", "document"][..],
            false => &["by", "year", "document", "unit"],
        };
        let fits = |at: &usize| {
            apart.iter().all(|key| {
                let Some(field) = roster.record.field(key) else { return true };
                let (Some(new), Some((_, old))) = (want.value(key), value(&entries[*at], field))
                else {
                    return true;
                };
                let old = cell_text(field, old);
                items_of(field, new)
                    .iter()
                    .any(|new| old.split('\n').any(|old| same_scalar(field, old, new)))
            })
        };
        let free = |at: &&usize| !matched[**at];
        named.iter().filter(free).find(|at| fits(at)).copied()
    }
}

fn same_scalar(field: &Field, old: &str, new: &str) -> bool {
    if field.name == "year" {
        return crate::schema::vocabulary::year(old) == crate::schema::vocabulary::year(new);
    }
    name::is_same(old, new)
}

/// The keys of an entry that get another value, and what that is.
fn differences(
    roster: &Roster,
    entry: &Node,
    want: &Wanted,
    remove: bool,
    changes: &mut Vec<Change>,
) -> Vec<(&'static Field, Node)> {
    let mut sets = Vec::new();
    let own = name_of(roster, entry).unwrap_or_default();
    for &(field, ref text) in want.values.iter().filter(|(field, _)| field.name != "name") {
        // In Chinese the two are one key.
        let twin = roster.record.field("units").filter(|_| field.name == "unit");
        let (field, before) =
            match (value(entry, field), twin.and_then(|twin| Some((twin, value(entry, twin)?)))) {
                (None, Some((twin, known))) => (twin, Some(known)),
                (known, _) => (field, known),
            };
        let old = before.map(|(_, node)| cell_text(field, node)).unwrap_or_default();
        let new = match field.shape {
            Shape::Word(words) => {
                let known = words.iter().find(|(en, _)| en == text);
                known.map_or(text.clone(), |(_, zh)| (*zh).to_string())
            }
            _ => text.clone(),
        };
        if old == new {
            continue;
        }
        match field.shape {
            Shape::Texts | Shape::TextOrTexts => {
                let old_items: Vec<String> =
                    old.split('\n').filter(|item| !item.is_empty()).map(str::to_string).collect();
                let new_items = items_of(field, text);
                let lacks = |items: &[String], item: &String| {
                    !items.iter().any(|known| name::is_same(known, item))
                };
                let fresh: Vec<String> =
                    new_items.iter().filter(|item| lacks(&old_items, item)).cloned().collect();
                // Who is in one unit and is listed in one has moved: nothing else is lost by that.
                let remove =
                    remove || field.name == "unit" && old_items.len() == 1 && new_items.len() == 1;
                let gone = remove && old_items.iter().any(|item| lacks(&new_items, item));
                if fresh.is_empty() && !gone {
                    continue;
                }
                let kept =
                    old_items.iter().filter(|item| !remove || !lacks(&new_items, item)).cloned();
                let items: Vec<String> = kept.chain(fresh).collect();
                changes.push(Change::Changed(
                    own.clone(),
                    field.chinese,
                    old.clone(),
                    items.join("\n"),
                ));
                sets.push((field, node_of(field, items)));
            }
            _ => {
                if same_scalar(field, &old, &new) {
                    continue;
                }
                changes.push(Change::Changed(own.clone(), field.chinese, old.clone(), new));
                sets.push((field, node_of(field, vec![text.clone()])));
            }
        }
    }
    if roster.of_people {
        let (units, people) = honoured(roster, entry);
        given(roster, entry, want, remove, (&own, &units, &people), changes, &mut sets);
    }
    sets
}

/// A name, and a unit.
type Person = (String, Option<String>);

/// Those upon whom an honour was conferred.
fn given(
    roster: &Roster,
    entry: &Node,
    want: &Wanted,
    remove: bool,
    (own, units, people): (&str, &[String], &[Person]),
    changes: &mut Vec<Change>,
    sets: &mut Vec<(&'static Field, Node)>,
) {
    let (Some(unit_field), Some(people_field)) =
        (roster.record.field("units"), roster.record.field("people"))
    else {
        return;
    };
    let has =
        |units: &[String], unit: &String| units.iter().any(|known| name::is_same(known, unit));
    let fresh: Vec<String> = want.units.iter().filter(|unit| !has(units, unit)).cloned().collect();
    let gone = remove && units.iter().any(|unit| !has(&want.units, unit));
    if !fresh.is_empty() || gone {
        let kept = units.iter().filter(|unit| !remove || has(&want.units, unit)).cloned();
        let all: Vec<String> = kept.chain(fresh).collect();
        changes.push(Change::Changed(
            own.into(),
            unit_field.chinese,
            units.join("\n"),
            all.join("\n"),
        ));
        sets.push((unit_field, texts(&all)));
    }
    // A person without a unit is whoever is called so.
    let same = |a: &(String, Option<String>), b: &(String, Option<String>)| {
        name::is_same(&a.0, &b.0)
            && match (&a.1, &b.1) {
                (Some(a), Some(b)) => name::is_same(a, b),
                _ => true,
            }
    };
    let mut fresh: Vec<&Person> = want
        .people
        .iter()
        .filter(|person| !people.iter().any(|known| same(known, person)))
        .collect();
    let stays = |person: &Person| want.people.iter().any(|known| same(known, person));
    let nodes: &[Node] = match value(entry, people_field) {
        Some((_, Node::List(nodes))) => nodes,
        _ => &[],
    };
    let mut nodes: Vec<Node> = nodes.to_vec();
    let mut now: Vec<Option<Person>> = people.iter().cloned().map(Some).collect();
    if nodes.len() == people.len() {
        for (at, unit) in moved(people, &fresh, &stays, remove) {
            let Some(Node::Text(before)) = unit_of(&mut nodes[at]) else { continue };
            changes.push(Change::Unit(
                own.into(),
                people[at].0.clone(),
                std::mem::replace(before, unit.clone()),
                unit.clone(),
            ));
            fresh.retain(|person| !name::is_same(&person.0, &people[at].0));
            now[at] = Some((people[at].0.clone(), Some(unit)));
        }
        if remove {
            for (at, person) in people.iter().enumerate() {
                if !stays(person) && now[at].as_ref() == Some(person) {
                    now[at] = None;
                }
            }
        }
    }
    let is_less = now.iter().any(Option::is_none);
    if fresh.is_empty() && !is_less && now.iter().flatten().eq(people) {
        return;
    }
    let is_chinese =
        matches!(entry, Node::Map(keys) if keys.iter().any(|(key, _)| !key.is_ascii()));
    let kept = nodes.into_iter().enumerate().filter(|(at, _)| now.get(*at) != Some(&None));
    let all: Vec<Node> =
        kept.map(|(_, node)| node).chain(fresh.iter().map(|p| person(p, is_chinese))).collect();
    sets.push((people_field, Node::List(all)));
    if !fresh.is_empty() || is_less {
        let names = |people: &mut dyn Iterator<Item = &Person>| {
            people.map(|person| person.0.as_str()).collect::<Vec<_>>().join("\n")
        };
        let before = names(&mut people.iter());
        let after = names(&mut now.iter().flatten().chain(fresh.iter().copied()));
        changes.push(Change::Changed(own.into(), people_field.chinese, before, after));
    }
}

/// Who is in another unit now: the place among `people`, and the unit. That is somebody of whom there is
/// one and who is given once, in a roster that has most of the others, or that `is_all`: a list of
/// newcomers may have a namesake.
fn moved(
    people: &[Person],
    fresh: &[&Person],
    stays: &dyn Fn(&Person) -> bool,
    is_all: bool,
) -> Vec<(usize, String)> {
    let named = |person: &Person, name: &str| name::is_same(&person.0, name);
    let moved: Vec<(usize, String)> = fresh
        .iter()
        .filter_map(|new| {
            let mut old = people.iter().enumerate().filter(|(_, known)| named(known, &new.0));
            let (at, known) = old.next().filter(|_| old.next().is_none())?;
            let is_one = fresh.iter().filter(|other| named(other, &new.0)).count() == 1;
            (is_one && !stays(known)).then(|| Some((at, new.1.clone()?)))?
        })
        .collect();
    let others = people.len() - moved.len();
    let there = people.iter().filter(|person| stays(person)).count();
    if is_all || there * 2 >= others { moved } else { Vec::new() }
}

/// The unit that the entry of a person names.
fn unit_of(person: &mut Node) -> Option<&mut Node> {
    let Node::Map(entries) = person else { return None };
    let unit = entries.iter_mut().find(|(key, _)| matches!(key.as_str(), "unit" | "单位"))?;
    Some(&mut unit.1)
}

/// The beginning of the line in which a byte stands.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

fn indent_of(text: &str, at: usize) -> usize {
    at - line_start(text, at)
}

/// Where an entry stands: from its dash to the end of its last line with something of it.
fn entry_range(text: &str, yaml: &Yaml, at: usize, count: usize) -> Option<Range<usize>> {
    let start_of = |at: usize| {
        let value = yaml.place(&[Step::Item(at)], Part::Value).range()?.start;
        let mut start = line_start(text, value);
        // `-` may stand on a line of its own.
        while !text[start..].trim_start().starts_with('-') && start > 0 {
            start = line_start(text, start - 1);
        }
        Some(start)
    };
    let start = start_of(at)?;
    let end = if at + 1 < count { start_of(at + 1)? } else { text.len() };
    Some(start..trimmed_end(text, start, end))
}

/// The end of the last line before `end` that is not blank and no comment.
fn trimmed_end(text: &str, start: usize, end: usize) -> usize {
    let mut last = start;
    let mut at = start;
    for line in text[start..end].split_inclusive('\n') {
        at += line.len();
        let plain = line.trim();
        if !plain.is_empty() && !plain.starts_with('#') {
            last = at;
        }
    }
    last
}

struct Editor<'a> {
    text: &'a str,
    yaml: &'a Yaml,
}

type Edits = Vec<(Range<usize>, String)>;

impl Editor<'_> {
    /// The entry with other values, and what of the text changes for that.
    fn edit(
        &self,
        at: usize,
        entry: &Node,
        sets: Vec<(&'static Field, Node)>,
    ) -> Option<(Node, Edits)> {
        let text = self.text;
        let count = match self.yaml.root() {
            Node::List(items) => items.len(),
            _ => 0,
        };
        let range = entry_range(text, self.yaml, at, count)?;
        let start = self.yaml.place(&[Step::Item(at)], Part::Value).range()?.start;
        let Node::Map(old) = entry else {
            // A name alone becomes a map.
            let end = self.yaml.place(&[Step::Item(at)], Part::Value).range()?.end;
            let mut entries = vec![("name".to_string(), Node::Text(scalar(entry)?))];
            entries.extend(sets.into_iter().map(|(field, node)| (field.name.to_string(), node)));
            let new = rendered(&entries, indent_of(text, start));
            return Some((Node::Map(entries), vec![(start..end, new)]));
        };
        let mut entries = old.clone();
        let is_chinese = old.iter().any(|(key, _)| !key.is_ascii());
        let spelt = |field: &Field| if is_chinese { field.chinese } else { field.name }.to_string();
        let mut places = Vec::new();
        for (field, node) in sets {
            match value(entry, field) {
                Some((place, _)) => {
                    entries[place].1 = node;
                    places.push(place);
                }
                None => entries.push((spelt(field), node)),
            }
        }
        if text[start..].starts_with('{') {
            let end = closing(text, start)?;
            let new = rendered(&entries, indent_of(text, start));
            return Some((Node::Map(entries), vec![(start..end, new)]));
        }
        let mut edits = Vec::new();
        let key_at = |place: usize| {
            Some(self.yaml.place(&[Step::Item(at), Step::Entry(place)], Part::Key).range()?.start)
        };
        for place in places {
            let key_start = key_at(place)?;
            let next = if place + 1 < old.len() {
                line_start(text, key_at(place + 1)?)
            } else {
                range.end
            };
            let end = trimmed_end(text, key_start, next.min(range.end));
            let region = &text[key_start..end];
            let (key, node) = (&entries[place].0, &entries[place].1);
            let before = &old[place].1;
            if let Some(mut inside) = self.inside((at, place), before, node, key_start..end) {
                edits.append(&mut inside);
                continue;
            }
            let mut new = rendered(&[(key.clone(), node.clone())], indent_of(text, key_start));
            // Comments between the lines of a value stand before it from now on.
            let indent = indent_of(text, key_start);
            let comments =
                region.lines().skip(1).map(str::trim).filter(|line| line.starts_with('#'));
            let comments: String = comments.map(|line| format!("{line}\n{:indent$}", "")).collect();
            new.insert_str(0, &comments);
            let line = region.trim_end_matches('\n');
            if !line.contains('\n') && !new.trim_end().contains('\n') {
                new.push_str(comment_of(line));
            }
            if region.ends_with('\n') {
                new.push('\n');
            }
            edits.push((key_start..end, new));
        }
        let added = &entries[old.len()..];
        if !added.is_empty() {
            let indent = indent_of(text, key_at(0)?);
            let mut new = format!("{:indent$}{}\n", "", rendered(added, indent));
            if !text[..range.end].ends_with('\n') {
                new = format!("\n{}", new.trim_end_matches('\n'));
            }
            edits.push((range.end..range.end, new));
        }
        // What is put at the end of a value and what follows it are put at one place: in order.
        let mut joined: Edits = Vec::new();
        for (range, new) in edits {
            match joined.iter_mut().find(|(known, _)| known.is_empty() && *known == range) {
                Some((_, before)) => before.push_str(&new),
                None => match joined
                    .iter_mut()
                    .find(|(known, _)| range.is_empty() && known.end == range.start)
                {
                    Some((_, before)) => before.push_str(&new),
                    None => joined.push((range, new)),
                },
            }
        }
        Some((Node::Map(entries), joined))
    }

    /// A list in which values of items differ, or which has more items than before: the rest stays
    /// as it is written.
    fn inside(
        &self,
        (at, place): (usize, usize),
        old: &Node,
        new: &Node,
        region: Range<usize>,
    ) -> Option<Edits> {
        let (Node::List(old), Node::List(new)) = (old, new) else { return None };
        if old.is_empty() || new.len() < old.len() {
            return None;
        }
        let mut edits = Vec::new();
        for (i, (old, new)) in old.iter().zip(new).enumerate().filter(|(_, (a, b))| a != b) {
            let (Node::Map(old), Node::Map(new)) = (old, new) else { return None };
            if old.len() != new.len() {
                return None;
            }
            for (j, (old, new)) in old.iter().zip(new).enumerate().filter(|(_, (a, b))| a != b) {
                let Node::Text(text) = &new.1 else { return None };
                let steps = [Step::Item(at), Step::Entry(place), Step::Item(i), Step::Entry(j)];
                let value = self.yaml.place(&steps, Part::Value).range()?;
                if old.0 != new.0 || value.is_empty() {
                    return None;
                }
                edits.push((value, write::quote_in_flow(text)));
            }
        }
        if new.len() > old.len() {
            edits.push(self.appended(&new[old.len()..], region)?);
        }
        Some(edits)
    }

    /// More items after those of a list that has a line for each.
    fn appended(
        &self,
        new: &[Node],
        Range { start, end }: Range<usize>,
    ) -> Option<(Range<usize>, String)> {
        let region = &self.text[start..end];
        let below = region.split('\n').skip(1);
        let is_text = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with('#');
        let first_item = below.into_iter().find(is_text)?;
        if !first_item.trim_start().starts_with('-') || !region.ends_with('\n') {
            return None;
        }
        let indent = first_item.len() - first_item.trim_start().len();
        let mut lines = String::new();
        for item in new {
            // Written as the item of a list, on one line.
            let list = write::write(&[("x".into(), Node::List(vec![item.clone()]))]);
            let flow = list.trim_end().strip_prefix("x: [")?.strip_suffix(']')?.to_string();
            lines.push_str(&format!("{:indent$}- {flow}\n", ""));
        }
        Some((end..end, lines))
    }
}

/// A map on lines of its own, those after the first indented.
fn rendered(entries: &[(String, Node)], indent: usize) -> String {
    let text = write::write(entries);
    let gap = format!("\n{:indent$}", "");
    text.trim_end_matches('\n').replace('\n', &gap)
}

/// The end of what begins with a bracket.
fn closing(text: &str, start: usize) -> Option<usize> {
    let (mut depth, mut quote) = (0, None);
    let mut escaped = false;
    for (at, c) in text[start..].char_indices() {
        match (quote, c) {
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(open), c) if c == open && !escaped => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => {
                depth -= 1;
                if depth == 0 {
                    return Some(start + at + 1);
                }
            }
            _ => {}
        }
        escaped = false;
    }
    None
}

/// The comment with which a line ends, and the blanks before it.
fn comment_of(line: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',') => quote = Some(c),
            (None, '#') if before == ' ' || before == '\t' => {
                return &line[line[..at].trim_end().len()..];
            }
            _ => {}
        }
        before = c;
    }
    ""
}

/// New entries at the end of a file, as those before are indented and set apart.
fn append(text: &mut String, old: &str, yaml: &Yaml, count: usize, fresh: &[Vec<(String, Node)>]) {
    if fresh.is_empty() {
        return;
    }
    let first = (count > 0).then(|| yaml.place(&[Step::Item(0)], Part::Value).range()).flatten();
    let indent = first.map_or(0, |range| {
        let start = line_start(old, range.start);
        old[start..].len() - old[start..].trim_start_matches(' ').len()
    });
    // `[]` and the like say that there is nothing.
    if count == 0 {
        let kept: Vec<&str> = text
            .lines()
            .filter(|line| line.trim().is_empty() || line.trim().starts_with('#'))
            .collect();
        let kept = kept.join("\n");
        *text =
            if kept.trim().is_empty() { String::new() } else { format!("{}\n", kept.trim_end()) };
    }
    let are_apart = count < 2 || old.contains("\n\n");
    for entry in fresh {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        if !text.is_empty() && are_apart {
            text.push('\n');
        }
        text.push_str(&format!("{:indent$}- {}\n", "", rendered(entry, indent + 2)));
    }
}

/// The names in a list.
pub fn names(text: &str, roster: &Roster) -> Vec<String> {
    let Ok(Node::List(items)) = parse(text) else { return Vec::new() };
    let aliases = roster.record.field("aliases");
    let mut names = Vec::new();
    for item in &items {
        names.extend(name_of(roster, item));
        if let Some((_, Node::List(items))) = aliases.and_then(|field| value(item, field)) {
            names.extend(items.iter().filter_map(scalar));
        }
    }
    names
}

/// Units that a roster names and that are not among these, each with the nearest.
pub fn lacking(found: &Found, units: &[String]) -> Vec<(String, Option<String>)> {
    let known: crate::base::map::Set<String> =
        units.iter().map(|unit| name::key(unit).into_owned()).collect();
    let mut lacking: Vec<(String, Option<String>)> = Vec::new();
    for row in &found.rows {
        for (column, text) in &row.values {
            let named = match column.key {
                Key::Unit => vec![text.clone()],
                Key::Of(_) => match found.roster.field(column) {
                    Some(field) if field.names.contains(&"units") && field.name != "parent" => {
                        items_of(field, text)
                    }
                    _ => Vec::new(),
                },
                _ => Vec::new(),
            };
            for unit in named {
                let is_new = !known.contains(&*name::key(&unit))
                    && !lacking.iter().any(|(other, _)| *other == unit);
                if is_new {
                    let near = crate::value::nearest::nearest_name(
                        &unit,
                        units.iter().map(String::as_str),
                    );
                    lacking.push((unit.clone(), near.map(str::to_string)));
                }
            }
        }
    }
    lacking
}
