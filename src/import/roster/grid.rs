//! The cells of a spreadsheet, whatever program wrote it. The home of calamine.

use std::io::{Cursor, Read};

use calamine::{Data, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, Xlsx};

use crate::base::map::{Map, Set};
use crate::import::Refusal;
use crate::import::package::{Package, Target};
use crate::import::xml::Tree;
use crate::source::decode;

/// The most rows and cells of a roster.
const MOST_ROWS: usize = 100_000;
const MOST_CELLS: usize = 2_000_000;

/// The widest table.
const MOST_COLUMNS: u32 = 400;

/// A spreadsheet.
#[derive(Debug, Default)]
pub struct Grid {
    /// Its sheets that are not hidden.
    pub sheets: Vec<Sheet>,
    /// How many are hidden.
    pub hidden_sheets: usize,
}

/// A sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// What its tab is called.
    pub name: String,
    /// Rows that have something, each with its number from 0.
    pub rows: Vec<(u32, Map<u32, Cell>)>,
    /// Merged cells: their first and last row, first and last column.
    pub merged: Vec<(u32, u32, u32, u32)>,
    /// How many rows are hidden, and left out.
    pub hidden: usize,
    /// Does every cell have a type? A text file has none.
    pub is_typed: bool,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text, without blanks at its ends.
    Text(String),
    /// A number.
    Number(f64),
    /// A day, and a time of it.
    Moment(String),
    /// A formula without a value, or an error.
    Broken,
}

impl Cell {
    /// As a person would write it.
    pub fn text(&self) -> String {
        match self {
            Cell::Text(text) | Cell::Moment(text) => text.clone(),
            Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                format!("{number:.0}")
            }
            Cell::Number(number) => number.to_string(),
            Cell::Broken => String::new(),
        }
    }
}

/// The name of a cell: `C7`.
pub fn address(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        letters.insert(0, char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    format!("{letters}{}", row + 1)
}

/// Reads the bytes of a spreadsheet.
pub fn read(bytes: Vec<u8>) -> Result<Grid, Refusal> {
    if bytes.starts_with(b"PK") {
        xlsx(bytes)
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        xls(bytes)
    } else {
        text(bytes)
    }
}

fn moment(moment: ExcelDateTime) -> Cell {
    if !moment.is_datetime() {
        return Cell::Number(moment.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    Cell::Moment(match (hour, minute, second) {
        (0, 0, 0) => date,
        (hour, minute, 0) => format!("{date} {hour:02}:{minute:02}"),
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
    })
}

fn trimmed(text: &str) -> Option<Cell> {
    let text = text.trim().replace("\r\n", "\n").replace('\r', "\n");
    // Excel writes characters that XML has not so.
    let text = text.replace("_x000D_", "").replace('\u{A0}', " ");
    (!text.trim().is_empty())
        .then(|| Cell::Text(text.trim_end_matches([' ', '\u{3000}']).to_string()))
}

impl Sheet {
    fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Refusal> {
        if column >= MOST_COLUMNS {
            return Ok(());
        }
        if self.rows.last().is_none_or(|(last, _)| *last != row) {
            self.rows.push((row, Map::default()));
        }
        if self.rows.len() > MOST_ROWS {
            return Err(Refusal::Large);
        }
        if let Some((_, cells)) = self.rows.last_mut() {
            cells.insert(column, cell);
        }
        Ok(())
    }

    fn merge(&mut self, merged: Vec<Dimensions>) {
        let areas =
            merged.into_iter().map(|area| (area.start.0, area.end.0, area.start.1, area.end.1));
        self.merged = areas.collect();
    }

    fn hide(&mut self, hidden: &Set<u32>) {
        let before = self.rows.len();
        self.rows.retain(|(row, _)| !hidden.contains(row));
        self.hidden = before - self.rows.len();
    }
}

fn xlsx(bytes: Vec<u8>) -> Result<Grid, Refusal> {
    let hidden = hidden_rows(&mut Package::open(bytes.clone())?)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let mut grid = Grid::default();
    let sheets = book.sheets_metadata().to_vec();
    for sheet in sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        if sheet.visible != SheetVisible::Visible {
            grid.hidden_sheets += 1;
            continue;
        }
        let mut read = Sheet { name: sheet.name.clone(), is_typed: true, ..Sheet::default() };
        // Cell by cell: a sheet with something in its last row is no table of a million rows.
        let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(|_| Refusal::Damaged)?;
        let mut count = 0;
        while let Some(cell) = cells.next_cell_with_formula().map_err(|_| Refusal::Damaged)? {
            let (row, column) = cell.pos;
            let has_formula = cell.formula.as_deref().is_some_and(|formula| !formula.is_empty());
            let value = match Data::from(cell.value) {
                Data::Empty => has_formula.then_some(Cell::Broken),
                value => cell_of(&value),
            };
            // A column that is formatted to its end has a million cells without anything.
            let Some(value) = value else { continue };
            count += 1;
            if count > MOST_CELLS {
                return Err(Refusal::Large);
            }
            read.put(row, column, value)?;
        }
        drop(cells);
        read.merge(book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default());
        if let Some(hidden) = hidden.get(&sheet.name) {
            read.hide(hidden);
        }
        grid.sheets.push(read);
    }
    Ok(grid)
}

/// What a cell says; `None` if nothing.
fn cell_of(value: &Data) -> Option<Cell> {
    match value {
        Data::Empty => None,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => trimmed(text),
        Data::Int(number) => Some(Cell::Number(*number as f64)),
        Data::Float(number) => Some(Cell::Number(*number)),
        Data::Bool(value) => trimmed(if *value { "是" } else { "否" }),
        Data::DateTime(at) => Some(moment(*at)),
        Data::Error(_) => Some(Cell::Broken),
    }
}

/// The rows of each sheet that are hidden, which calamine does not tell.
fn hidden_rows(package: &mut Package) -> Result<Map<String, Set<u32>>, Refusal> {
    let mut hidden = Map::default();
    let Some(main) = package.main()? else { return Ok(hidden) };
    let relationships = package.relationships(&main)?;
    let Some(book) = package.tree(&main)? else { return Ok(hidden) };
    for sheet in book.root().all("x:sheet") {
        let (Some(name), Some(id)) = (sheet.attribute("name"), sheet.attribute("r:id")) else {
            continue;
        };
        let Some(Target::Part(part)) = relationships.get(id).map(|known| &known.target) else {
            continue;
        };
        let Some(bytes) = package.bytes(part)? else { continue };
        // Most sheets hide nothing, and a large one is a large tree. What is in UTF-16 is not searched.
        let is_searched = !bytes.iter().take(4).any(|byte| matches!(byte, 0 | 0xFE | 0xFF));
        if is_searched && memchr::memmem::find(&bytes, b"hidden").is_none() {
            continue;
        }
        let tree = Tree::read(bytes)?;
        let mut rows = Set::default();
        let mut next = 0;
        let data = tree.root().child("x:sheetData");
        for row in data.iter().flat_map(|data| data.children()).filter(|row| row.name() == "x:row")
        {
            let number = row
                .attribute("r")
                .and_then(|r| r.parse::<u32>().ok())
                .map_or(next, |r| r.saturating_sub(1));
            next = number + 1;
            if row.attribute("hidden").is_some_and(|v| v == "1" || v == "true") {
                rows.insert(number);
            }
        }
        hidden.insert(name.to_string(), rows);
    }
    Ok(hidden)
}

fn xls(bytes: Vec<u8>) -> Result<Grid, Refusal> {
    let hidden = hidden_rows_of_xls(&bytes).unwrap_or_default();
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => Refusal::Encrypted,
        _ => Refusal::Damaged,
    })?;
    let mut grid = Grid::default();
    let sheets = book.sheets_metadata().to_vec();
    for (at, sheet) in sheets.into_iter().enumerate() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        if sheet.visible != SheetVisible::Visible {
            grid.hidden_sheets += 1;
            continue;
        }
        let mut read = Sheet { name: sheet.name.clone(), is_typed: true, ..Sheet::default() };
        let range = book.worksheet_range(&sheet.name).map_err(|_| Refusal::Damaged)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            if let Some(value) = cell_of(value) {
                read.put(top + row as u32, left + column as u32, value)?;
            }
        }
        read.merge(book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default());
        if let Some(hidden) = hidden.get(at) {
            read.hide(hidden);
        }
        grid.sheets.push(read);
    }
    Ok(grid)
}

/// Records of a workbook of Excel 97 and before.
const BOUND_SHEET: u16 = 0x0085;
const ROW: u16 = 0x0208;
const END: u16 = 0x000A;

/// A row that has no height.
const IS_HIDDEN: u8 = 0x20;

/// The rows of each sheet that are hidden, in the order of the sheets, which calamine does not tell;
/// `None` if the file cannot be taken apart.
fn hidden_rows_of_xls(bytes: &[u8]) -> Option<Vec<Set<u32>>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let name = ["Workbook", "Book"].into_iter().find(|name| file.is_stream(name))?;
    let mut stream = Vec::new();
    // No stream is longer than the file.
    file.open_stream(name).ok()?.take(bytes.len() as u64).read_to_end(&mut stream).ok()?;
    let starts = records(&stream).filter(|(kind, _)| *kind == BOUND_SHEET);
    let starts = starts.filter_map(|(_, record)| {
        Some(u32::from_le_bytes(record.get(..4)?.try_into().ok()?) as usize)
    });
    let hidden = starts.map(|start| {
        let sheet = records(stream.get(start..).unwrap_or_default());
        let rows = sheet.filter(|(kind, record)| {
            *kind == ROW && record.get(12).is_some_and(|flags| flags & IS_HIDDEN != 0)
        });
        rows.map(|(_, record)| u32::from(u16::from_le_bytes([record[0], record[1]]))).collect()
    });
    Some(hidden.collect())
}

/// Kinds and contents of records, until the end of a sheet.
fn records(mut bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (head, rest) = bytes.split_at_checked(4)?;
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (record, rest) = rest.split_at_checked(length)?;
        bytes = rest;
        (kind != END).then_some((kind, record))
    })
}

/// A text with a comma, a semicolon or a tab between its cells.
fn text(bytes: Vec<u8>) -> Result<Grid, Refusal> {
    let text = decode::decode(bytes).map_err(|_| Refusal::Damaged)?.text;
    let first = text.lines().find(|line| line.contains([',', '\t', ';'])).unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    let mark =
        [',', '\t', ';'].into_iter().max_by_key(|&mark| (count(mark), mark == ',')).unwrap_or(',');
    let mut sheet = Sheet::default();
    let mut chars = text.chars().peekable();
    let (mut row, mut column, mut cell, mut quoted) = (0, 0, String::new(), false);
    loop {
        let c = chars.next();
        match c {
            Some('"') if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            Some('"') if quoted => quoted = false,
            Some('"') if cell.is_empty() => quoted = true,
            Some(c) if quoted => cell.push(c),
            Some(c) if c != mark && c != '\n' => cell.push(c),
            _ => {
                // What Excel writes to keep a text from being a number.
                let plain = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
                if let Some(value) = trimmed(plain.unwrap_or(&cell)) {
                    sheet.put(row, column, value)?;
                }
                cell.clear();
                quoted = false;
                column += 1;
                if c != Some(mark) {
                    (row, column) = (row + 1, 0);
                }
                if c.is_none() {
                    break;
                }
            }
        }
    }
    Ok(Grid { sheets: vec![sheet], hidden_sheets: 0 })
}

#[cfg(test)]
mod tests {
    use super::{Cell, address, text};

    #[test]
    fn cells_have_names() {
        for (at, name) in [
            ((0, 0), "A1"),
            ((6, 2), "C7"),
            ((0, 25), "Z1"),
            ((9, 26), "AA10"),
            ((0, 701), "ZZ1"),
            ((0, 702), "AAA1"),
        ] {
            assert_eq!(address(at.0, at.1), name);
        }
    }

    #[test]
    fn texts_with_commas() {
        let grid = text("姓名,单位\n\"周,一帆\",\"渠首\n村\"\n\n李 ,=\"001\"".into()).unwrap();
        let sheet = &grid.sheets[0];
        let cell = |row: usize, column: u32| sheet.rows[row].1[&column].clone();
        assert_eq!(sheet.rows.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [0, 1, 3]);
        assert_eq!(cell(1, 0), Cell::Text("周,一帆".into()));
        assert_eq!(cell(1, 1), Cell::Text("渠首\n村".into()));
        assert_eq!(cell(2, 0), Cell::Text("李".into()));
        assert_eq!(cell(2, 1), Cell::Text("001".into()));
    }
}
