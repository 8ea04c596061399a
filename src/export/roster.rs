//! `export roster`: the lists of a campaign as a spreadsheet that offices fill in and that `import`
//! reads. What is exported and imported again changes nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Desk, Done, Export, Now, messages, target};
use crate::base::fault::Fault;
use crate::base::lang::{Lang, Text};
use crate::model::kinds::focal_point::built_in;
use crate::output::sheets::{Cell, Choices, Guide, Sheet, workbook};
use crate::schema::roster::{Column, Key, ROSTERS, Roster, cell_text, honoured, name_of, value};
use crate::schema::{Field, Need, Shape};
use crate::source::decode;
use crate::value::moment::{Moment, default_zone};
use crate::yaml::{Node, parse};

/// The lists as a spreadsheet.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterBook {
    /// The file to write, relative to the project where it is not absolute.
    pub output: PathBuf,
    /// The time that it is.
    pub now: Now,
}

impl Export for RosterBook {
    fn run(&self, desk: &Desk<'_>) -> Result<Done, Fault> {
        let root = desk.root;
        // Somebody has filled it in: it is nobody's to be overwritten.
        if let Some(complaint) = target::examine(root, &self.output, |_| false)? {
            return Ok(Done::refused(vec![complaint]));
        }
        let mut lists = Vec::new();
        let mut wrong = Vec::new();
        for roster in &ROSTERS {
            match list(root, roster.path)? {
                Some(entries) => lists.push((roster, entries)),
                None => wrong.push(messages::roster_unreadable(roster.path)),
            }
        }
        let Some(points) = list(root, "content/focal-points.yaml")? else {
            wrong.push(messages::roster_unreadable("content/focal-points.yaml"));
            return Ok(Done::refused(wrong));
        };
        if !wrong.is_empty() {
            return Ok(Done::refused(wrong));
        }
        let now = self.now.map_or_else(Moment::now, |(now, _)| now).in_zone(default_zone());
        let points = focal_points(&points);
        let sheets: Vec<Sheet> =
            lists.iter().map(|(roster, entries)| sheet(roster, entries, &points)).collect();
        let place = root.join(&self.output);
        let bytes = workbook("名册", &sheets, now);
        let bytes = bytes.map_err(|error| Fault::write(&place, io::Error::other(error)))?;
        target::write(&place, &bytes)?;
        let counts: Vec<String> = lists
            .iter()
            .map(|(roster, entries)| format!("{} {} 项", roster.sheet, entries.len()))
            .collect();
        let shown = self.output.display();
        let total: usize = lists.iter().map(|(_, entries)| entries.len()).sum();
        Ok(Done {
            diagnostics: Vec::new(),
            said: Some(Text {
                zh: format!(
                    "名册：{shown}（{}）\n改好以后运行 xianfeng import {shown}",
                    counts.join("、")
                ),
                en: format!(
                    "Rosters: {shown} ({total} entries)\nChange it, then run `xianfeng import {shown}`."
                ),
            }),
        })
    }
}

/// The entries of a list; none if there is no file. `None` if it cannot be read.
fn list(root: &Path, path: &str) -> Result<Option<Vec<Node>>, Fault> {
    let place = root.join(path);
    let bytes = match fs::read(&place) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Some(Vec::new())),
        Err(error) => return Err(Fault::read(&place, error)),
    };
    let Ok(decoded) = decode::decode(bytes) else { return Ok(None) };
    Ok(match parse(&decoded.text) {
        Ok(Node::List(entries)) => Some(entries),
        Ok(Node::Null) => Some(Vec::new()),
        _ => None,
    })
}

/// The names of the focal points that may be chosen from.
fn focal_points(entries: &[Node]) -> Vec<String> {
    let names: Vec<String> = entries
        .iter()
        .filter_map(|entry| match entry {
            Node::Map(keys) => keys.iter().find_map(|(key, value)| match value {
                Node::Text(text) if key == "name" || key == "名称" => Some(text.clone()),
                _ => None,
            }),
            Node::Text(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    match names.is_empty() {
        true => built_in().iter().map(|point| point.short_name().to_string()).collect(),
        false => names,
    }
}

fn sheet(roster: &'static Roster, entries: &[Node], points: &[String]) -> Sheet {
    let columns = roster.columns.iter();
    Sheet {
        name: roster.sheet.into(),
        columns: columns.clone().map(|column| roster.head(column).to_string()).collect(),
        rows: entries.iter().flat_map(|entry| rows(roster, entry)).collect(),
        frozen_columns: 1,
        guides: columns.map(|column| guide(roster, column, points)).collect(),
    }
}

/// The rows of an entry: one, or one for each who was given it.
fn rows(roster: &Roster, entry: &Node) -> Vec<Vec<Cell>> {
    let (units, people) = match roster.of_people {
        true => honoured(roster, entry),
        false => Default::default(),
    };
    let given = units.into_iter().map(|unit| (String::new(), unit));
    let people = people.into_iter().map(|(name, unit)| (name, unit.unwrap_or_default()));
    let mut given: Vec<(String, String)> = given.chain(people).collect();
    if given.is_empty() {
        given.push(Default::default());
    }
    let row = |(person, unit): &(String, String)| {
        let cell = |column: &Column| match column.key {
            Key::Person => Cell::Text(person.clone()),
            Key::Unit => Cell::Text(unit.clone()),
            Key::Story(_) => Cell::Text(String::new()),
            Key::Of("name") => Cell::Text(name_of(roster, entry).unwrap_or_default()),
            Key::Of(_) => roster
                .field(column)
                .map_or(Cell::Text(String::new()), |field| of_field(roster, entry, field)),
        };
        roster.columns.iter().map(cell).collect()
    };
    given.iter().map(row).collect()
}

fn of_field(roster: &Roster, entry: &Node, field: &Field) -> Cell {
    // People may have several units, under a key of its own.
    let several = roster.record.field("units").filter(|_| field.name == "unit");
    let found = value(entry, field).or_else(|| value(entry, several?));
    let text = found.map(|(_, node)| cell_text(field, node)).unwrap_or_default();
    let is_day = matches!(field.shape, Shape::Moment) && text.len() == 10 && !text.is_empty();
    if is_day { Cell::Day(text) } else { Cell::Text(text) }
}

fn guide(roster: &Roster, column: &Column, points: &[String]) -> Guide {
    let field = roster.field(column);
    let mut note = match (column.key, field) {
        (_, Some(field)) => field.about(Lang::Zh).replace('`', ""),
        (Key::Person, _) => "授予了谁；一人一行，前面几栏照抄。授予单位集体的，这一栏空着".into(),
        (Key::Unit, _) => "这个人的单位；姓名空着时，就是授予的单位".into(),
        (Key::Story("post"), _) => "职务；只在导入时加 --stories 新建稿件用".into(),
        _ => "着力点；只在导入时加 --stories 新建稿件用".into(),
    };
    if field.is_some_and(|field| field.need == Need::Always) {
        note = format!("必填。{note}");
    }
    let choices = match (column.key, field) {
        (Key::Story("focal_points"), _) => Choices::Words(points.to_vec()),
        (Key::Unit, _) => Choices::Sheet("单位".into()),
        (_, Some(field)) if field.names.contains(&"units") => Choices::Sheet("单位".into()),
        (_, Some(Field { shape: Shape::Word(words), .. })) => {
            Choices::Words(words.iter().map(|(_, zh)| (*zh).to_string()).collect())
        }
        _ => Choices::None,
    };
    let is_text = !field.is_some_and(|field| matches!(field.shape, Shape::Moment));
    Guide { note, choices, is_text }
}
