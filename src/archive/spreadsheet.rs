//! 文件目录.xlsx: the catalogue as a spreadsheet. The home of rust_xlsxwriter.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};

use super::inventory::{COLUMNS, Row};
use crate::base::text::is_cjk;
use crate::value::moment::Moment;

/// The widest column, in characters of a digit's width.
const WIDEST: usize = 60;

/// The spreadsheet. `now` is the time that it says it was made at.
pub fn xlsx(rows: &[Row], now: Moment) -> Result<Vec<u8>, XlsxError> {
    let head = Format::new()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_background_color("F2F2F2")
        .set_border(FormatBorder::Thin);
    let cell =
        Format::new().set_align(FormatAlign::Top).set_text_wrap().set_border(FormatBorder::Thin);
    let day = cell.clone().set_num_format("yyyy-mm-dd");
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(now.year() as u16, now.month(), now.day())?;
    book.set_properties(&DocProperties::new().set_title("文件目录").set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.set_name("文件目录")?.set_freeze_panes(1, 0)?.set_landscape().set_repeat_rows(0, 0)?;
    let mut widths = COLUMNS.map(width);
    for (column, name) in (0u16..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &head)?;
    }
    for (line, row) in (1u32..).zip(rows) {
        sheet.write_number_with_format(line, 0, line, &cell)?;
        let texts = [
            (1, &row.number),
            (2, &row.responsible),
            (3, &row.title),
            (5, &row.secrecy),
            (6, &row.folder),
            (7, &row.remark),
        ];
        for (column, text) in texts {
            // Always as text: what begins with `=` is no formula.
            sheet.write_string_with_format(line, column, text, &cell)?;
            widths[usize::from(column)] = widths[usize::from(column)].max(width(text));
        }
        match ExcelDateTime::parse_from_str(&row.date) {
            Ok(date) => sheet.write_datetime_with_format(line, 4, &date, &day)?,
            Err(_) => sheet.write_string_with_format(line, 4, &row.date, &cell)?,
        };
        widths[4] = widths[4].max(width(&row.date));
    }
    for (column, width) in (0u16..).zip(widths) {
        sheet.set_column_width(column, (width.min(WIDEST) + 2) as f64)?;
    }
    book.save_to_buffer()
}

/// The width of a text: a Chinese character is as wide as two digits.
fn width(text: &str) -> usize {
    text.chars().map(|c| if is_cjk(c) { 2 } else { 1 }).sum()
}
