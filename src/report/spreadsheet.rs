//! A report as a spreadsheet: a sheet for each part, its heads frozen, empty cells coloured.

use super::{Body, Report};
use crate::output::sheets::{Cell, Sheet, workbook};
use crate::value::moment::Moment;

/// The spreadsheet. `now` is the time that it says it was made at.
pub fn xlsx(report: &Report, now: Moment) -> Result<Vec<u8>, String> {
    let text = |text: &String| Cell::Text(text.clone());
    let sheets = report.parts.iter().map(|part| match &part.body {
        Body::Counts { corner, columns, rows } => Sheet {
            name: part.name.clone(),
            columns: [corner.clone()].into_iter().chain(columns.iter().cloned()).collect(),
            rows: rows
                .iter()
                .map(|(head, counts)| {
                    let counts = counts.iter().map(|count| Cell::Count(*count));
                    [text(head)].into_iter().chain(counts).collect()
                })
                .collect(),
            frozen_columns: 1,
            ..Sheet::default()
        },
        Body::List { columns, rows, none } => Sheet {
            name: part.name.clone(),
            columns: columns.clone(),
            rows: match rows.is_empty() {
                true => vec![vec![Cell::Text(none.clone())]],
                false => rows.iter().map(|row| row.iter().map(text).collect()).collect(),
            },
            ..Sheet::default()
        },
    });
    workbook(&report.title, &sheets.collect::<Vec<_>>(), now)
}
