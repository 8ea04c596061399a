//! Rosters: what the columns of a spreadsheet are called that becomes a list of a campaign, or is
//! made from one. Importing and exporting follow from the same declarations.

use super::vocabulary::{HONOUR, PERSON, TASK, UNIT, WORK};
use super::{Field, Record, Shape};
use crate::base::name;
use crate::value::moment::{Moment, default_zone};
use crate::yaml::Node;
use crate::yaml::fields::scalar;

/// A list that may be a roster.
#[derive(Debug)]
pub struct Roster {
    /// The name of its sheet.
    pub sheet: &'static str,
    /// What else a sheet, or a title above the table, may call it.
    pub also: &'static [&'static str],
    /// The file of the list.
    pub path: &'static str,
    /// What an entry may say.
    pub record: &'static Record,
    /// Its columns, as people call them; the first is that of names.
    pub columns: &'static [Column],
    /// Is each row one who has been given the entry, so that several rows are one entry?
    pub of_people: bool,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// What it is for.
    pub key: Key,
    /// What people call it, besides the names of the key.
    pub labels: &'static [&'static str],
    /// Does a head of this name alone show which list it is?
    pub tells: bool,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A key of the entry.
    Of(&'static str),
    /// The name of one who was given it.
    Person,
    /// That person's unit; without a person the unit that was given it.
    Unit,
    /// A key of a story about the person, of which the list knows nothing.
    Story(&'static str),
}

const fn column(key: &'static str, labels: &'static [&'static str]) -> Column {
    Column { key: Key::Of(key), labels, tells: false }
}

const fn telling(key: &'static str, labels: &'static [&'static str]) -> Column {
    Column { key: Key::Of(key), labels, tells: true }
}

const fn other(key: Key, labels: &'static [&'static str]) -> Column {
    Column { key, labels, tells: false }
}

/// Every roster. Units come first, as the others name them.
pub static ROSTERS: [Roster; 5] = [
    Roster {
        sheet: "单位",
        also: &["党组织", "单位名录", "支部名录", "units"],
        path: "content/units.yaml",
        record: &UNIT,
        columns: &[
            telling(
                "name",
                &[
                    "单位名称",
                    "党组织名称",
                    "支部名称",
                    "党支部名称",
                    "组织名称",
                    "单位全称",
                    "单位",
                ],
            ),
            column("slug", &[]),
            column("old_slugs", &[]),
            column("aliases", &["简称", "曾用名"]),
            column("level", &["级别", "类别", "组织类别", "党组织类别", "党组织类型"]),
            column("sector", &["行业", "所属行业", "所属领域"]),
            column("parent", &["上级党组织", "上级单位", "隶属", "隶属党组织", "主管单位"]),
            column("region", &["所在地区", "片区", "所属片区"]),
            column("description", &["说明"]),
        ],
        of_people: false,
    },
    Roster {
        sheet: "荣誉",
        also: &["表彰", "获奖", "honours"],
        path: "content/honours.yaml",
        record: &HONOUR,
        columns: &[
            telling(
                "name",
                &[
                    "荣誉名称",
                    "荣誉",
                    "荣誉称号",
                    "称号",
                    "表彰名称",
                    "表彰项目",
                    "奖项",
                    "奖项名称",
                    "获奖名称",
                    "所获荣誉",
                    "授予称号",
                ],
            ),
            column("slug", &[]),
            column("old_slugs", &[]),
            column("aliases", &["简称"]),
            column("by", &["颁发单位", "表彰单位", "授奖单位", "授予机关", "表彰机关", "颁奖单位"]),
            column("year", &["年度", "表彰年度", "获奖年份", "表彰年份", "获奖年度"]),
            column(
                "date",
                &["授予日期", "表彰日期", "表彰时间", "授予时间", "获奖时间", "发文日期", "时间"],
            ),
            column("document", &["表彰文号", "发文字号", "文件号", "文件文号"]),
            column("level", &["荣誉级别", "表彰级别"]),
            other(
                Key::Person,
                &["姓名", "获奖人", "受表彰人", "获奖人员", "受表彰人员", "人员", "党员姓名"],
            ),
            other(
                Key::Unit,
                &[
                    "单位",
                    "所在单位",
                    "工作单位",
                    "所在党支部",
                    "所在支部",
                    "所在党组织",
                    "受表彰单位",
                    "获奖单位",
                    "获奖集体",
                    "受表彰集体",
                ],
            ),
            column("description", &["说明"]),
        ],
        of_people: true,
    },
    Roster {
        sheet: "人员",
        also: &["党员", "花名册", "名册", "people", "members"],
        path: "content/people.yaml",
        record: &PERSON,
        columns: &[
            telling("name", &["党员姓名"]),
            column(
                "unit",
                &["所在单位", "工作单位", "所在党支部", "所在支部", "所在党组织", "党支部", "支部"],
            ),
            column("slug", &[]),
            column("old_slugs", &[]),
            column("aliases", &["曾用名"]),
            column("description", &["说明"]),
            column("sort_key", &[]),
            column("portrait", &[]),
            column("portrait_alt", &[]),
            other(Key::Story("post"), &["职务", "岗位", "现任职务", "党内职务", "职务职级"]),
            other(Key::Story("focal_points"), &["着力点"]),
        ],
        of_people: false,
    },
    Roster {
        sheet: "工作",
        also: &["重点工作", "中心工作", "works"],
        path: "content/works.yaml",
        record: &WORK,
        columns: &[
            telling("name", &["工作名称", "重点工作", "中心工作", "工作", "工作任务", "重点任务"]),
            column("slug", &[]),
            column("old_slugs", &[]),
            column("aliases", &["简称"]),
            column("role", &[]),
            column("level", &["层级"]),
            column("from", &["开始时间", "起始时间", "开始日期", "起始日期"]),
            column("to", &["结束时间", "截止时间", "结束日期", "截止日期"]),
            column("parent", &["上级任务"]),
            column("units", &["牵头单位", "承办单位", "责任部门"]),
            column("description", &["说明"]),
        ],
        of_people: false,
    },
    Roster {
        sheet: "实事",
        also: &["民生实事", "为民办实事", "tasks"],
        path: "content/tasks.yaml",
        record: &TASK,
        columns: &[
            telling(
                "name",
                &["实事名称", "实事项目", "实事", "民生实事", "事项", "事项名称", "项目名称"],
            ),
            column("slug", &[]),
            column("old_slugs", &[]),
            column("aliases", &["简称"]),
            column("unit", &["牵头单位", "承办单位", "责任部门", "办理单位"]),
            column("need", &["群众诉求", "诉求", "存在问题", "群众需求", "难点"]),
            column("measures", &["办理措施", "具体措施", "工作措施", "解决措施"]),
            column("result", &["办理结果", "完成情况", "办理情况"]),
            column("feedback", &["群众反馈", "回访情况"]),
            column("status", &["办理状态", "进度", "进展", "完成状态"]),
            column("due", &["完成时限", "办理时限", "完成期限", "时限"]),
            column("done_on", &["办结时间", "完成日期", "完成时间"]),
            column("description", &["说明"]),
        ],
        of_people: false,
    },
];

impl Roster {
    /// The declaration of a column's key; `None` if no entry has it.
    pub fn field(&self, column: &Column) -> Option<&'static Field> {
        match column.key {
            Key::Of(name) => self.record.field(name),
            Key::Person | Key::Unit | Key::Story(_) => None,
        }
    }

    /// What the head of a column is called in a roster that is exported.
    pub fn head(&self, column: &Column) -> &'static str {
        match self.field(column) {
            Some(field) => field.chinese,
            None => column.labels[0],
        }
    }

    /// The column whose head is called so; `label` is without blanks.
    pub fn column(&self, label: &str) -> Option<&'static Column> {
        let called = |column: &&'static Column| {
            column.labels.contains(&label)
                || self.field(column).is_some_and(|field| {
                    field.chinese == label || field.name == label || field.also == Some(label)
                })
        };
        self.columns.iter().find(called)
    }
}

/// A value as a cell shows it. Items of a list stand on a line each.
pub fn cell_text(field: &Field, node: &Node) -> String {
    match node {
        Node::List(items) => {
            let items: Vec<String> = items.iter().filter_map(scalar).collect();
            items.join("\n")
        }
        node => {
            let text = scalar(node).unwrap_or_default();
            match field.shape {
                Shape::Moment => moment_text(&text),
                Shape::Word(words) => {
                    let known = words.iter().find(|(en, zh)| *en == text || *zh == text);
                    known.map_or(text, |(_, zh)| (*zh).to_string())
                }
                _ => text,
            }
        }
    }
}

/// A day in the one form that spreadsheets and files share.
fn moment_text(text: &str) -> String {
    let has_offset = crate::value::moment::has_offset(text);
    match Moment::parse(text, default_zone()) {
        Ok(moment) if !has_offset => match moment.clock() {
            Some(clock) => format!("{} {clock}", moment.date()),
            None => moment.date(),
        },
        _ => text.to_string(),
    }
}

/// The value of a key of an entry, however it is spelt.
pub fn value<'n>(entry: &'n Node, field: &Field) -> Option<(usize, &'n Node)> {
    let Node::Map(entries) = entry else { return None };
    let is_it = |key: &str| {
        key == field.name
            || name::is_same(key, field.chinese)
            || field.also.is_some_and(|also| name::is_same(key, also))
    };
    let found = entries.iter().position(|(key, _)| is_it(key))?;
    Some((found, &entries[found].1))
}

/// The name of an entry.
pub fn name_of(roster: &Roster, entry: &Node) -> Option<String> {
    match entry {
        Node::Map(_) => {
            value(entry, roster.record.field("name")?).and_then(|(_, node)| scalar(node))
        }
        node => scalar(node),
    }
}

/// Those upon whom an honour was conferred: units, then people and their units.
pub fn honoured(roster: &Roster, entry: &Node) -> (Vec<String>, Vec<(String, Option<String>)>) {
    let list = |key: &str| match roster.record.field(key).and_then(|field| value(entry, field)) {
        Some((_, Node::List(items))) => items.as_slice(),
        _ => &[],
    };
    let units = list("units").iter().filter_map(scalar).collect();
    let of = |person: &Node, names: [&str; 2]| {
        let Node::Map(entries) = person else { return None };
        let found = entries
            .iter()
            .find(|(key, _)| names.contains(&key.as_str()) || key == "名称" && names[0] == "name");
        found.and_then(|(_, node)| scalar(node))
    };
    let people = list("people").iter().filter_map(|person| match person {
        Node::Map(_) => Some((of(person, ["name", "姓名"])?, of(person, ["unit", "单位"]))),
        node => Some((scalar(node)?, None)),
    });
    (units, people.collect())
}
