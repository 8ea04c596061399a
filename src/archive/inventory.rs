//! 文件目录, the catalogue of a bag: for programs as XML, for people as CSV and as a
//! spreadsheet.

use super::schema::CATALOGUE_NAMESPACE;
use super::xml::Element;
use super::{Item, record, record::class};
use crate::model::Site;
use crate::parse::front_matter::PUBLIC;

/// The columns, in their order.
pub const COLUMNS: [&str; 8] =
    ["顺序号", "档号", "责任者", "题名", "日期", "密级", "电子档案名称", "备注"];

/// A line of the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The item number.
    pub number: String,
    /// Who answers for it.
    pub responsible: String,
    /// Its title.
    pub title: String,
    /// Its date, `2026-03-18`.
    pub date: String,
    /// Its secrecy.
    pub secrecy: String,
    /// Its folder below `data/`.
    pub folder: String,
    /// What else is to be said.
    pub remark: String,
}

/// The rows of these items, in their order.
pub fn rows(site: &Site, items: &[Item<'_>]) -> Vec<Row> {
    let row = |item: &Item<'_>| {
        let story = site.story(item.id);
        let (pages, said) = record::pages(story);
        let about = if said { "" } else { "约 " };
        Row {
            number: item.number.to_string(),
            responsible: record::responsible(site, story).join("、"),
            title: story.title().to_string(),
            date: story.date.date(),
            secrecy: PUBLIC.to_string(),
            folder: item.folder.strip_prefix("data/").unwrap_or(&item.folder).to_string(),
            remark: {
                let kept = record::kept(site, story).into_iter();
                let kept = kept.filter(|(_, names)| !names.is_empty());
                let kept = kept.map(|(name, names)| format!("；{name}：{}", names.join("、")));
                format!("{}，{about}{pages} 页{}", class(story.kind), kept.collect::<String>())
            },
        }
    };
    items.iter().map(row).collect()
}

impl Row {
    /// The texts of the row, after its ordinal.
    fn cells(&self) -> [&str; 7] {
        [
            &self.number,
            &self.responsible,
            &self.title,
            &self.date,
            &self.secrecy,
            &self.folder,
            &self.remark,
        ]
    }
}

/// 文件目录.XML.
pub fn xml(rows: &[Row]) -> String {
    let files = rows.iter().enumerate().map(|(index, row)| {
        let ordinal = Element::text(COLUMNS[0], (index + 1).to_string());
        let cells = COLUMNS[1..].iter().zip(row.cells()).filter(|(_, text)| !text.is_empty());
        let cells = cells.map(|(name, text)| Element::text(name, text));
        Element::of("文件", std::iter::once(ordinal).chain(cells).collect())
    });
    Element::of("文件目录", files.collect()).with("xmlns", CATALOGUE_NAMESPACE).document()
}

/// The rows of a 文件目录.XML.
pub fn from_xml(root: &Element) -> Vec<Row> {
    let row = |file: &Element| {
        let text = |name: &str| file.at(&[name]).to_string();
        Row {
            number: text("档号"),
            responsible: text("责任者"),
            title: text("题名"),
            date: text("日期"),
            secrecy: text("密级"),
            folder: text("电子档案名称"),
            remark: text("备注"),
        }
    };
    root.children.iter().map(row).collect()
}

/// 文件目录.csv: with a byte order mark, by which Excel knows UTF-8.
pub fn csv(rows: &[Row]) -> String {
    let mut out = String::from("\u{FEFF}");
    csv_line(&mut out, &COLUMNS);
    for (index, row) in rows.iter().enumerate() {
        let ordinal = (index + 1).to_string();
        let cells: Vec<&str> = std::iter::once(ordinal.as_str()).chain(row.cells()).collect();
        csv_line(&mut out, &cells);
    }
    out
}

/// Appends a line of a CSV file (RFC 4180). A cell that a spreadsheet would take for a
/// formula begins with an apostrophe.
pub fn csv_line(out: &mut String, cells: &[&str]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        if cell.contains(['"', ',', '\n', '\r']) {
            out.push_str(&format!("\"{guard}{}\"", cell.replace('"', "\"\"")));
        } else {
            out.push_str(guard);
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}
