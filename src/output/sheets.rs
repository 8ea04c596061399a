//! Spreadsheets (XLSX): tables, a sheet each, their heads frozen. The home of rust_xlsxwriter.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};

use crate::base::text::is_cjk;
use crate::value::moment::Moment;

/// The widest column, in characters of a digit's width.
const WIDEST: usize = 60;

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// What its tab is called.
    pub name: String,
    /// The heads of its columns.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// So many columns stay where they are when it is scrolled.
    pub frozen_columns: u16,
}

/// A cell.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Always as text: what begins with `=` is no formula.
    Text(String),
    /// A number that counts the rows, or so.
    Number(u32),
    /// A count; nothing is coloured.
    Count(usize),
    /// A day, `2026-03-18`; as text if it is none.
    Day(String),
}

impl Cell {
    /// About as wide as this many digits.
    fn width(&self) -> usize {
        match self {
            Cell::Text(text) | Cell::Day(text) => width(text),
            Cell::Number(_) | Cell::Count(_) => 0,
        }
    }
}

/// A workbook of these sheets. `now` is the time that it says it was made at.
pub fn workbook(title: &str, sheets: &[Sheet], now: Moment) -> Result<Vec<u8>, String> {
    write(title, sheets, now).map_err(|error| error.to_string())
}

fn write(title: &str, sheets: &[Sheet], now: Moment) -> Result<Vec<u8>, XlsxError> {
    let head = Format::new()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_background_color("F2F2F2")
        .set_border(FormatBorder::Thin);
    let cell =
        Format::new().set_align(FormatAlign::Top).set_text_wrap().set_border(FormatBorder::Thin);
    let day = cell.clone().set_num_format("yyyy-mm-dd");
    let count = Format::new().set_align(FormatAlign::Center).set_border(FormatBorder::Thin);
    let none = count.clone().set_background_color("F3D9D5");
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(now.year() as u16, now.month(), now.day())?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    for Sheet { name, columns, rows, frozen_columns } in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?.set_freeze_panes(1, *frozen_columns)?;
        sheet.set_landscape().set_repeat_rows(0, 0)?;
        let mut widths: Vec<usize> = columns.iter().map(|name| width(name)).collect();
        for (column, name) in (0u16..).zip(columns) {
            sheet.write_string_with_format(0, column, name, &head)?;
        }
        for (line, row) in (1u32..).zip(rows) {
            for (column, value) in (0u16..).zip(row) {
                match value {
                    Cell::Text(text) => {
                        sheet.write_string_with_format(line, column, text, &cell)?
                    }
                    Cell::Number(number) => {
                        sheet.write_number_with_format(line, column, *number, &cell)?
                    }
                    Cell::Count(number) => {
                        let format = if *number == 0 { &none } else { &count };
                        sheet.write_number_with_format(line, column, *number as f64, format)?
                    }
                    Cell::Day(text) => match ExcelDateTime::parse_from_str(text) {
                        Ok(date) => sheet.write_datetime_with_format(line, column, &date, &day)?,
                        Err(_) => sheet.write_string_with_format(line, column, text, &cell)?,
                    },
                };
                if let Some(width) = widths.get_mut(usize::from(column)) {
                    *width = (*width).max(value.width());
                }
            }
        }
        for (column, width) in (0u16..).zip(widths) {
            sheet.set_column_width(column, (width.min(WIDEST) + 2) as f64)?;
        }
    }
    book.save_to_buffer()
}

/// The width of a text: a Chinese character is as wide as two digits.
fn width(text: &str) -> usize {
    text.chars().map(|c| if is_cjk(c) { 2 } else { 1 }).sum()
}
