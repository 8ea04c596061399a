//! Spreadsheets (XLSX): tables, a sheet each, their heads frozen. The home of rust_xlsxwriter.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Formula, Note, Workbook, Worksheet, XlsxError,
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
    /// What helps whoever fills it in, by column; none for a sheet that is only read.
    pub guides: Vec<Guide>,
}

/// What helps whoever fills in a column.
#[derive(Clone, Debug, Default)]
pub struct Guide {
    /// What is to be filled in.
    pub note: String,
    /// What may be chosen from.
    pub choices: Choices,
    /// Is what is typed always a text, so that long numbers stay as they are?
    pub is_text: bool,
}

/// What may be chosen from in a column. Anything else can be typed all the same.
#[derive(Clone, Debug, Default)]
pub enum Choices {
    /// Nothing.
    #[default]
    None,
    /// These words.
    Words(Vec<String>),
    /// What the first column of a sheet has.
    Sheet(String),
}

/// So many rows of a column have what may be chosen from.
const CHOICES: u32 = 2000;

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
    for Sheet { name, columns, rows, frozen_columns, guides } in sheets {
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
        for (column, guide) in (0u16..).zip(guides) {
            guide_column(sheet, column, guide)?;
        }
        for (column, width) in (0u16..).zip(widths) {
            sheet.set_column_width(column, (width.min(WIDEST) + 2) as f64)?;
        }
    }
    book.save_to_buffer()
}

fn guide_column(sheet: &mut Worksheet, column: u16, guide: &Guide) -> Result<(), XlsxError> {
    if !guide.note.is_empty() {
        sheet.insert_note(0, column, &Note::new(&guide.note).add_author_prefix(false))?;
    }
    if guide.is_text {
        sheet.set_column_format(column, &Format::new().set_num_format("@").set_text_wrap())?;
    }
    let any = || DataValidation::new().set_error_style(DataValidationErrorStyle::Information);
    let choices = match &guide.choices {
        Choices::None => return Ok(()),
        Choices::Words(words) => {
            // More than 255 characters are no list that Excel takes.
            let mut count = 0;
            let words: Vec<&String> = words
                .iter()
                .take_while(|word| {
                    count += word.encode_utf16().count() + 1;
                    count <= 255
                })
                .collect();
            any().allow_list_strings(&words)?
        }
        Choices::Sheet(name) => {
            any().allow_list_formula(Formula::new(format!("='{name}'!$A$2:$A${}", CHOICES + 1)))
        }
    };
    sheet.add_data_validation(1, column, CHOICES, column, &choices)?;
    Ok(())
}

/// The width of a text: a Chinese character is as wide as two digits.
fn width(text: &str) -> usize {
    text.chars().map(|c| if is_cjk(c) { 2 } else { 1 }).sum()
}
