//! 文件目录.xlsx: the catalogue as a spreadsheet.

use super::inventory::{COLUMNS, Row};
use crate::output::sheets::{Cell, Sheet, workbook};
use crate::value::moment::Moment;

/// The spreadsheet. `now` is the time that it says it was made at.
pub fn xlsx(rows: &[Row], now: Moment) -> Result<Vec<u8>, String> {
    let text = |text: &String| Cell::Text(text.clone());
    let rows = (1u32..).zip(rows).map(|(ordinal, row)| {
        vec![
            Cell::Number(ordinal),
            text(&row.number),
            text(&row.responsible),
            text(&row.title),
            Cell::Day(row.date.clone()),
            text(&row.secrecy),
            text(&row.folder),
            text(&row.remark),
        ]
    });
    let sheet = Sheet {
        name: "文件目录".into(),
        columns: COLUMNS.map(str::to_string).into(),
        rows: rows.collect(),
        ..Sheet::default()
    };
    workbook("文件目录", &[sheet], now)
}
