//! From the cells of a sheet to the rows of a roster: where its head is, which list it is, and what
//! is a row of it.

use super::grid::{Cell, Sheet, address};
use crate::base::map::Map;
use crate::base::name;
use crate::diagnostic::Diagnostic;
use crate::import::form::tidy_name;
use crate::import::messages;
use crate::parse::numbers;
use crate::schema::roster::{Column, Key, ROSTERS, Roster};
use crate::schema::story::STORY;
use crate::schema::{Field, Shape, vocabulary};
use crate::value::moment::{Moment, default_zone};

/// So many rows are looked at for the head.
const HEAD: usize = 30;

/// A roster that was found in a sheet.
#[derive(Debug)]
pub struct Found {
    /// Which it is.
    pub roster: &'static Roster,
    /// The name of the sheet.
    pub sheet: String,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Its columns, by their place among those of the roster.
    pub columns: Vec<&'static Column>,
    /// Heads of columns that are not used.
    pub unused: Vec<String>,
    /// Heads of columns that are private.
    pub private: Vec<String>,
    /// Cells with numbers of people, which are not taken.
    pub masked: Vec<String>,
    /// Rows that are no entries: titles of groups, sums, who filled it in.
    pub skipped: Vec<String>,
    /// How many rows are hidden.
    pub hidden: usize,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number in the sheet, from 0.
    pub line: u32,
    /// Its values by column, as they were checked.
    pub values: Vec<(&'static Column, String)>,
}

/// A person of a roster, for a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Member {
    /// The name.
    pub name: String,
    /// The unit.
    pub unit: Option<String>,
    /// Other keys of front matter.
    pub more: Vec<(&'static str, String)>,
}

impl Row {
    /// Its text in the column of a key.
    pub fn text(&self, key: Key) -> Option<&str> {
        let found = self.values.iter().find(|(column, _)| column.key == key);
        found.map(|(_, text)| text.as_str())
    }
}

/// A label in one form: without blanks, and what stands in brackets or after a star.
fn plain(label: &str) -> String {
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let label = label.trim_start_matches(['*', '＊']).trim_end_matches(['*', '＊', '：', ':']);
    let inner = label.split(['（', '(']).next().unwrap_or_default();
    if inner.is_empty() { label.to_string() } else { inner.to_string() }
}

const PRIVATE: [&str; 10] =
    ["身份证", "证件号", "身份号码", "电话", "手机", "联系方式", "住址", "地址", "银行", "邮箱"];

fn is_private(label: &str) -> bool {
    PRIVATE.iter().any(|word| label.contains(word))
}

/// Does a column of this name hold days or months?
fn is_of_time(label: &str) -> bool {
    ["时间", "日期", "年月", "生日", "入党", "期限", "时限"].iter().any(|word| label.contains(word))
}

fn is_number_of_row(label: &str) -> bool {
    matches!(label, "序号" | "编号" | "号" | "No" | "No." | "序")
}

/// Labels that every roster knows, for the head.
fn is_known(label: &str) -> bool {
    ROSTERS.iter().any(|roster| roster.column(label).is_some())
        || is_private(label)
        || is_number_of_row(label)
        || matches!(
            label,
            "性别"
                | "民族"
                | "备注"
                | "学历"
                | "出生年月"
                | "入党时间"
                | "政治面貌"
                | "籍贯"
                | "年龄"
        )
}

/// The head of a table: the row after it, and the labels by column.
struct Head {
    after: usize,
    labels: Vec<(u32, String)>,
}

/// The roster in a sheet; complaints if it has one that is not clear, or none.
pub fn find(path: &str, sheet: &Sheet) -> Result<Option<Found>, Vec<Diagnostic>> {
    if sheet.rows.is_empty() {
        return Ok(None);
    }
    let Some(head) = head(sheet) else {
        return Err(vec![messages::roster_no_head(path, &sheet.name)]);
    };
    let above: String =
        sheet.rows[..head.after].iter().take(3).flat_map(|(_, cells)| first(cells)).collect();
    let Some(roster) = roster_of(sheet, &above, &head) else {
        let labels: Vec<&str> = head.labels.iter().map(|(_, label)| label.as_str()).collect();
        return Err(vec![messages::roster_unknown(path, &sheet.name, &labels)]);
    };
    let mut found = Found {
        roster,
        sheet: sheet.name.clone(),
        rows: Vec::new(),
        columns: Vec::new(),
        unused: Vec::new(),
        private: Vec::new(),
        masked: Vec::new(),
        skipped: Vec::new(),
        hidden: sheet.hidden,
    };
    let mut used: Vec<(u32, &'static Column)> = Vec::new();
    for (column, label) in &head.labels {
        match roster.column(label) {
            _ if is_private(label) => found.private.push(label.clone()),
            Some(known) if !used.iter().any(|(_, other)| other.key == known.key) => {
                used.push((*column, known));
            }
            _ if is_number_of_row(label) => {}
            _ => found.unused.push(label.clone()),
        }
    }
    // Of an honour a unit may be called by what its sheet calls names.
    let has_name = used.iter().any(|(_, column)| column.key == Key::Of("name"));
    if !has_name {
        return Err(vec![messages::roster_no_names(path, &sheet.name, roster)]);
    }
    found.columns = used.iter().map(|(_, column)| *column).collect();
    let mut complaints = Vec::new();
    for (line, cells) in &sheet.rows[head.after..] {
        for (column, label) in &head.labels {
            if let Some(cell) = cells.get(column) {
                complaints.extend(spoilt(path, sheet, (*line, *column), label, cell, &used));
            }
        }
        let cells = filled(sheet, *line, cells);
        match entry(path, sheet, *line, &cells, &used, roster, (&mut complaints, &mut found.masked))
        {
            Some(row) => found.rows.push(row),
            None => found.skipped.extend(first(&cells).filter(|text| !text.is_empty())),
        }
    }
    complaints.truncate(50);
    if complaints.is_empty() { Ok(Some(found)) } else { Err(complaints) }
}

/// The text of the first cell of a row.
fn first(cells: &Map<u32, Cell>) -> Option<String> {
    let column = (0..400).find(|column| cells.contains_key(column))?;
    cells.get(&column).map(Cell::text)
}

fn head(sheet: &Sheet) -> Option<Head> {
    let labels = |row: usize| -> Vec<(u32, String)> {
        let Some((_, cells)) = sheet.rows.get(row) else { return Vec::new() };
        let columns =
            (0..400).filter_map(|column| Some((column, plain(&cells.get(&column)?.text()))));
        columns.filter(|(_, label)| !label.is_empty()).collect()
    };
    let known =
        |labels: &[(u32, String)]| labels.iter().filter(|(_, label)| is_known(label)).count();
    for at in 0..sheet.rows.len().min(HEAD) {
        let upper = labels(at);
        let count = known(&upper);
        let enough = count >= 2 || (count == 1 && upper.len() == 1 && sheet.rows.len() > at + 1);
        if !enough || count * 3 < upper.len() {
            continue;
        }
        // A head of two rows: cells above that are merged across, and what they consist of below.
        let line = sheet.rows[at].0;
        let is_wide =
            sheet.merged.iter().any(|area| area.0 == line && area.1 == line && area.3 > area.2);
        let is_tall = sheet.merged.iter().any(|area| area.0 == line && area.1 == line + 1);
        let lower = labels(at + 1);
        let next_follows = sheet.rows.get(at + 1).is_some_and(|(next, _)| *next == line + 1);
        if (is_wide || is_tall)
            && next_follows
            && !lower.is_empty()
            && (known(&lower) >= 1 || is_tall)
        {
            let mut both: Vec<(u32, String)> = lower
                .iter()
                .map(|(column, label)| {
                    let group =
                        upper.iter().rev().find(|(c, _)| c <= column).map(|(_, l)| l.as_str());
                    let joined = format!("{}{label}", group.unwrap_or_default());
                    let is_better = !is_known(label) && is_known(&joined);
                    (*column, if is_better { joined } else { label.clone() })
                })
                .collect();
            let covered = |column: &u32| lower.iter().any(|(c, _)| c == column);
            both.extend(upper.iter().filter(|(column, _)| !covered(column)).cloned());
            both.sort();
            return Some(Head { after: at + 2, labels: both });
        }
        return Some(Head { after: at + 1, labels: upper });
    }
    None
}

/// Which list a sheet is: by its tab, by its columns, by the title above it.
fn roster_of(sheet: &Sheet, above: &str, head: &Head) -> Option<&'static Roster> {
    let tab = plain(&sheet.name);
    if let Some(roster) = ROSTERS.iter().find(|roster| {
        roster.sheet == tab
            || roster.also.contains(&tab.as_str())
            || roster.path.ends_with(&format!("/{tab}.yaml"))
    }) {
        return Some(roster);
    }
    let has = |roster: &Roster, tells: bool| {
        head.labels
            .iter()
            .filter(|(_, label)| {
                roster.column(label).is_some_and(|column| column.tells == tells || !tells)
            })
            .count()
    };
    let named = |roster: &&'static Roster| {
        [roster.sheet]
            .iter()
            .chain(roster.also)
            .any(|word| above.contains(word) || tab.contains(word))
    };
    let [units, honours, people, works, tasks] = &ROSTERS;
    let label = |wanted: &str| head.labels.iter().any(|(_, label)| label == wanted);
    if has(honours, true) > 0 && !label("名称") || (has(honours, true) > 0 && named(&honours)) {
        return Some(honours);
    }
    if has(tasks, true) > 0 && !label("名称") {
        return Some(tasks);
    }
    if has(works, true) > 0 && !label("名称") {
        return Some(works);
    }
    if label("姓名") || label("党员姓名") {
        return Some(people);
    }
    if has(units, true) > 0 && !label("名称") {
        return Some(units);
    }
    // `名称` may be anything: the title says, or the other columns do.
    if let Some(roster) = [honours, tasks, works, units].into_iter().find(named) {
        return Some(roster);
    }
    let mut scores: Vec<(usize, &'static Roster)> =
        ROSTERS.iter().map(|roster| (has(roster, false), roster)).collect();
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    (scores[0].0 > scores[1].0 && scores[0].0 >= 3).then_some(scores[0].1)
}

/// The cells of a row, with what reaches down to it from merged cells above.
fn filled(sheet: &Sheet, line: u32, cells: &Map<u32, Cell>) -> Map<u32, Cell> {
    let mut cells = cells.clone();
    for &(top, bottom, left, _) in &sheet.merged {
        if top < line && line <= bottom && !cells.contains_key(&left) {
            let above = sheet.rows.binary_search_by_key(&top, |(row, _)| *row).ok();
            if let Some(cell) = above.and_then(|at| sheet.rows[at].1.get(&left)) {
                cells.insert(left, cell.clone());
            }
        }
    }
    cells
}

/// What Excel has done to a cell that cannot be undone.
fn spoilt(
    path: &str,
    sheet: &Sheet,
    (line, column): (u32, u32),
    label: &str,
    cell: &Cell,
    used: &[(u32, &'static Column)],
) -> Option<Diagnostic> {
    let at = address(line, column);
    let text = cell.text();
    let is_used = used.iter().any(|(known, _)| *known == column);
    match cell {
        Cell::Broken if is_used => return Some(messages::roster_formula(path, &sheet.name, &at)),
        Cell::Number(number) if number.abs() >= 1e15 => {
            return Some(messages::roster_digits(path, &sheet.name, &at, &format!("{number:E}")));
        }
        _ => {}
    }
    let is_power = || {
        let (digits, power) = text.split_once(['E', 'e'])?;
        let plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.')
            && digits.starts_with(|c: char| c.is_ascii_digit());
        let power = power.strip_prefix('+')?;
        (plain && !power.is_empty() && power.bytes().all(|b| b.is_ascii_digit())).then_some(())
    };
    if is_power().is_some() {
        return Some(messages::roster_digits(path, &sheet.name, &at, &text));
    }
    // 1999.1 is January, or the October of which Excel took the zero away.
    let is_month = is_of_time(label)
        && text.strip_suffix(".1").is_some_and(|year| {
            year.len() == 4 && (year.starts_with("19") || year.starts_with("20"))
        })
        && text.bytes().take(4).all(|b| b.is_ascii_digit());
    is_month.then(|| messages::roster_month(path, &sheet.name, &at, &text))
}

/// The entry that a row is; `None` for what only stands between entries.
fn entry(
    path: &str,
    sheet: &Sheet,
    line: u32,
    cells: &Map<u32, Cell>,
    used: &[(u32, &'static Column)],
    roster: &'static Roster,
    (complaints, masked): (&mut Vec<Diagnostic>, &mut Vec<String>),
) -> Option<Row> {
    let start = first(cells).unwrap_or_default();
    let plain_start: String = start.chars().filter(|c| !c.is_whitespace()).collect();
    const BETWEEN: [&str; 14] = [
        "合计",
        "总计",
        "小计",
        "填表人",
        "填报人",
        "制表",
        "审核",
        "负责人",
        "填报单位",
        "填表单位",
        "联系人",
        "备注：",
        "注：",
        "说明：",
    ];
    let is_between = BETWEEN.iter().any(|word| plain_start.starts_with(word));
    let is_group = |name: &str| {
        // One cell for the whole row, or one that numbers a group.
        let values = cells.len();
        let is_wide = sheet.merged.iter().any(|area| area.0 == line && area.3 - area.2 >= 2);
        values == 1
            && (is_wide || used.len() > 1)
            && (is_wide || name.starts_with(|c: char| "一二三四五六七八九十（(".contains(c)))
    };
    let names = used.iter().find(|(_, column)| column.key == Key::Of("name"));
    let given = names.and_then(|(column, _)| cells.get(column)).map(Cell::text).unwrap_or_default();
    if is_between || is_group(&start) {
        return None;
    }
    let mut values = Vec::new();
    for (place, column) in used {
        let Some(cell) = cells.get(place) else { continue };
        let at = address(line, *place);
        match value(roster, column, cell) {
            Ok(text) => values.push((*column, text)),
            Err(Wrong::Private) => masked.push(at),
            Err(wrong) => complaints.push(wrong.told(path, &sheet.name, &at, &cell.text())),
        }
    }
    if given.trim().is_empty() {
        // Something is there, and no name: that is no row of a list.
        let has_more = values.iter().any(|(column, _)| !matches!(column.key, Key::Story(_)));
        // What is wrong with the cell of its name has been said.
        let name_cell = names.and_then(|(column, _)| cells.get(column));
        let is_said = name_cell.is_some_and(|cell| matches!(cell, Cell::Broken));
        if has_more && values.len() > 1 && !is_said {
            complaints.push(messages::roster_nameless(path, &sheet.name, line + 1));
        }
        return None;
    }
    Some(Row { line, values })
}

/// What is wrong with a value.
enum Wrong {
    /// It is no day.
    Day,
    /// It is none of these words.
    Word(&'static [(&'static str, &'static str)]),
    /// It breaks the rule of its key, of which this is right.
    Rule(&'static Field),
    /// It is a number of a person.
    Private,
}

impl Wrong {
    fn told(self, path: &str, sheet: &str, at: &str, text: &str) -> Diagnostic {
        match self {
            Wrong::Day => messages::roster_day(path, sheet, at, text),
            Wrong::Word(words) => messages::roster_word(path, sheet, at, text, words),
            Wrong::Rule(field) => messages::roster_rule(path, sheet, at, text, field),
            // Told of otherwise: it is only left out.
            Wrong::Private => messages::roster_day(path, sheet, at, "…"),
        }
    }
}

fn value(roster: &'static Roster, column: &'static Column, cell: &Cell) -> Result<String, Wrong> {
    let text = cell.text();
    if !numbers::find(&text).is_empty() {
        return Err(Wrong::Private);
    }
    let field = match column.key {
        Key::Of(_) => roster.field(column),
        Key::Story(name) => STORY.field(name),
        Key::Person | Key::Unit => None,
    };
    let Some(field) = field else { return Ok(tidy_name(&text)) };
    match field.shape {
        Shape::Moment => day(cell).ok_or(Wrong::Day),
        Shape::Word(words) => {
            let known =
                words.iter().find(|(en, zh)| name::is_same(en, &text) || name::is_same(zh, &text));
            known.map(|(en, _)| (*en).to_string()).ok_or(Wrong::Word(words))
        }
        _ if field.name == "year" => {
            let year = match cell {
                // A day says its year, too.
                Cell::Moment(day) => day.get(..4).and_then(vocabulary::year),
                _ => vocabulary::year(&text),
            };
            year.map(|year| year.to_string()).ok_or(Wrong::Rule(field))
        }
        Shape::Text if !field.is_prose => {
            let text = match field.name {
                "name" | "unit" | "parent" => tidy_name(&text),
                _ => text.split('\n').map(str::trim).collect::<Vec<_>>().join(" "),
            };
            match field.rule {
                Some(rule) if !(rule.holds)(&text) => Err(Wrong::Rule(field)),
                _ => Ok(text),
            }
        }
        _ => Ok(text),
    }
}

/// A day, or a day and a time, in the form that files have.
fn day(cell: &Cell) -> Option<String> {
    let text = match cell {
        Cell::Moment(text) => return Some(text.clone()),
        // 20260318
        Cell::Number(number)
            if number.fract() == 0.0 && (19_000_101.0..21_000_101.0).contains(number) =>
        {
            let digits = format!("{number:.0}");
            format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..])
        }
        Cell::Number(_) | Cell::Broken => return None,
        Cell::Text(text) if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])
        }
        Cell::Text(text) => text.chars().filter(|c| *c != ' ' || text.contains(':')).collect(),
    };
    let moment = Moment::parse(&text, default_zone()).ok()?;
    Some(match moment.clock() {
        Some(clock) => format!("{} {clock}", moment.date()),
        None => moment.date(),
    })
}

/// The people of a roster, for stories.
pub fn members(found: &Found) -> Vec<Member> {
    let member = |row: &Row| {
        let texts =
            |key: &'static str| row.text(Key::Story(key)).map(|text| (key, text.to_string()));
        Some(Member {
            name: row.text(Key::Of("name"))?.to_string(),
            unit: row.text(Key::Of("unit")).map(str::to_string),
            more: ["post", "focal_points"].into_iter().filter_map(texts).collect(),
        })
    };
    found.rows.iter().filter_map(member).collect()
}
