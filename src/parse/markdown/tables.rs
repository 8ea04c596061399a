//! Tables that are nearly tables: what has one meaning is turned into the table that
//! pulldown-cmark reads, the rest is complained of.
//!
//! Read are full-width pipes, dashes and colons, tabs, a delimiter row with too few or too many
//! columns, blank lines between rows, rows with more cells than the header, and pandoc's grids.

use std::ops::Range;

use memchr::{memchr, memchr2_iter, memmem};

use super::Slip;
use super::lines::Line;
use super::rewrite::Edit;
use crate::base::text::is_cjk;

/// A table with more columns is left as it is.
const MOST_COLUMNS: usize = 100;

/// What is to be replaced in the tables of a text, and what remains to be complained of.
pub(super) fn edits(
    lines: &[Line<'_>],
    edits: &mut Vec<Edit>,
    slips: &mut Vec<(Slip, Range<usize>)>,
) {
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        if line.code || !may_be_row(line.content()) {
            at += 1;
        } else if is_item(line.content()) {
            // A table that begins in an item is left to be read as it is.
            let rows = |line: &&Line<'_>| !line.code && may_be_row(line.content());
            at += lines[at..].iter().take_while(rows).count();
        } else if let Some(end) = grid(lines, at, edits) {
            at = end;
        } else if let Some(table) = Table::at(lines, at) {
            table.edit(edits, slips);
            at = table.end;
        } else {
            at = nearly(lines, at, slips);
        }
    }
}

/// The end of a table whose header begins at `start` of the text, if nothing is to be done to it, which
/// is so of nearly all tables. Told without looking at lines: each row begins and ends with a pipe, none has more
/// cells than the header, and nothing is escaped.
pub(super) fn sound(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut at, mut header) = (start, 0);
    for row in 0.. {
        let end = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length);
        let line = &bytes[at..end];
        if line.first() != Some(&b'|') {
            // After a blank line, rows might go on.
            let below = bytes.get(end + 1).is_some_and(|b| matches!(b, b' ' | b'\t' | b'|' | 0xEF));
            return (row > 1 && line.is_empty() && !below).then_some(at);
        }
        let mut pipes = 0;
        for sign in memchr2_iter(b'|', b'\\', line) {
            if line[sign] == b'\\' {
                return None;
            }
            pipes += 1;
        }
        let fits = match row {
            0 => pipes > 1 && !is_rule(line, pipes),
            1 => pipes == header && is_rule(line, pipes),
            _ => pipes <= header,
        };
        if !fits || line.last() != Some(&b'|') || pipes > MOST_COLUMNS {
            return None;
        }
        header = if row == 0 { pipes } else { header };
        at = end + 1;
        if at >= bytes.len() {
            return (row > 0).then_some(bytes.len());
        }
    }
    None
}

/// Is a row with so many pipes the one below the header? `| --- | ---: |`
fn is_rule(line: &[u8], pipes: usize) -> bool {
    line.iter().all(|b| matches!(b, b'|' | b'-' | b':' | b' '))
        && line.split(|&b| b == b'|').filter(|cell| cell.contains(&b'-')).count() + 1 == pipes
}

fn is_pipe(c: char) -> bool {
    matches!(c, '|' | '｜')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '—' | '–' | '－' | '―' | '─' | '━')
}

fn may_be_row(content: &str) -> bool {
    let bytes = content.as_bytes();
    memchr(b'|', bytes).is_some()
        || bytes.first() == Some(&b'+')
        || memmem::find(bytes, "｜".as_bytes()).is_some()
        || is_boxed(content)
        || is_ruled(content)
}

/// `- | a | b |`
fn is_item(content: &str) -> bool {
    let rest = content.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix(['-', '*', '+', '.', ')']).is_some_and(|rest| {
        rest.starts_with([' ', '\t'])
            && rest.trim_start().starts_with('|')
            && !is_delimiter(content)
    })
}

/// `│ a │ b │`, `├───┼───┤`
fn is_boxed(content: &str) -> bool {
    content.starts_with(|c: char| ('\u{2500}'..='\u{257F}').contains(&c) && !is_dash(c))
}

/// The rule below the header of pandoc's simple tables: `----  ----`.
fn is_ruled(content: &str) -> bool {
    let mut groups = content.split_whitespace();
    content.starts_with("--")
        && groups.clone().count() > 1
        && groups.all(|group| group.len() > 1 && group.bytes().all(|b| b == b'-'))
}

/// The cells of a row. With `wide`, full-width pipes part cells as well.
fn cells(content: &str, wide: bool) -> usize {
    let parts = |c: char| c == '|' || (wide && c == '｜');
    let mut cells = 1;
    let mut escaped = false;
    let mut rest = content.strip_prefix(parts).unwrap_or(content).trim_end();
    if let Some(inner) = rest.strip_suffix(parts)
        && inner.bytes().rev().take_while(|&b| b == b'\\').count() % 2 == 0
    {
        rest = inner;
    }
    for c in rest.chars() {
        if parts(c) && !escaped {
            cells += 1;
        }
        escaped = c == '\\' && !escaped;
    }
    cells
}

/// Is this the row below the header?
pub(super) fn is_delimiter(content: &str) -> bool {
    let allowed = |c: char| {
        is_pipe(c) || is_dash(c) || matches!(c, ':' | '：' | ' ' | '\t' | '\u{3000}' | '+')
    };
    content.contains(is_pipe)
        && content.chars().all(allowed)
        && content.trim_matches(is_pipe).split(is_pipe).all(|cell| cell.contains(is_dash))
}

/// A table, by the lines that belong to it.
struct Table<'t, 'l> {
    lines: &'l [Line<'t>],
    header: usize,
    delimiter: usize,
    /// The rows below, without blank lines.
    rows: Vec<usize>,
    end: usize,
    /// A line of Chinese that follows without a blank line and is no row.
    below: Option<usize>,
    /// Do full-width pipes part the cells?
    wide: bool,
}

impl<'t, 'l> Table<'t, 'l> {
    /// The table whose header is the line `header`.
    fn at(lines: &'l [Line<'t>], header: usize) -> Option<Self> {
        let prefix = |line: &Line<'_>| line.text.bytes().filter(|&b| b == b'>').count();
        let quotes = prefix(&lines[header]);
        let content = lines[header].content();
        // The next line that says something; one blank line may be between rows that begin with
        // a pipe.
        let next = |at: usize| {
            let pipes = lines[at].content().starts_with(is_pipe);
            let skipped = usize::from(pipes && lines.get(at + 1).is_some_and(Line::is_blank));
            let next = at + 1 + skipped;
            let line = lines.get(next).filter(|line| !line.code && !line.is_blank())?;
            let fits = skipped == 0 || line.content().starts_with(is_pipe);
            fits.then_some(next)
        };
        let delimiter = next(header)?;
        if !content.contains(is_pipe)
            || !is_delimiter(lines[delimiter].content())
            || (!lines[delimiter].content().contains('|') && !content.contains('｜'))
            || prefix(&lines[delimiter]) != quotes
        {
            return None;
        }
        let wide = !content.contains('|');
        let is_whole = |at: usize| {
            let row = lines[at].content().trim_end();
            row.starts_with(is_pipe) && row.ends_with(is_pipe)
        };
        let (mut rows, mut end, mut below) = (Vec::new(), delimiter + 1, None);
        while let Some(row) = next(end - 1) {
            let text = lines[row].content();
            // `注：数据截至三月`: where rows have their pipes, a line without one is none.
            let is_note = !text.contains(is_pipe) && text.contains(is_cjk);
            if row == end && quotes == 0 && is_note && is_whole(end - 1) {
                below = Some(row);
                break;
            }
            let skipped = row > end;
            let heads_another = next(row).is_some_and(|below| is_delimiter(lines[below].content()));
            let same = cells(text, wide) == cells(content, wide);
            if (skipped && (heads_another || !same))
                || lines[row].text.bytes().take_while(|&b| b == b'>').count() > quotes
            {
                break;
            }
            rows.push(row);
            end = row + 1;
        }
        Some(Self { lines, header, delimiter, rows, end, below, wide })
    }

    fn edit(&self, edits: &mut Vec<Edit>, slips: &mut Vec<(Slip, Range<usize>)>) {
        let cells = |at: usize| cells(self.lines[at].content(), self.wide);
        let header = cells(self.header);
        let widest = self.rows.iter().map(|&row| cells(row)).max().unwrap_or(0);
        let columns = header.max(widest);
        if columns > MOST_COLUMNS {
            return;
        }
        for &row in self.rows.iter().filter(|&&row| cells(row) > header) {
            slips.push((Slip::TableCells, self.lines[row].place()));
        }
        let (head, rule) = (&self.lines[self.header], &self.lines[self.delimiter]);
        if columns > header {
            let end = head.place().end;
            let open = if head.content().ends_with(is_pipe) { " |" } else { " | |" };
            edits.push(Edit::new(end..end, format!("{open}{}", " |".repeat(columns - header - 1))));
        }
        let sound = |b: u8| matches!(b, b'|' | b'-' | b':' | b' ');
        if cells(self.delimiter) != columns || !rule.content().bytes().all(sound) {
            edits.push(Edit::new(rule.place(), delimiter(rule.content(), columns)));
        }
        let all = [self.header].into_iter().chain(self.rows.iter().copied());
        for row in all {
            let place = self.lines[row].place();
            if self.wide {
                let wide = self.lines[row].content().match_indices('｜');
                edits.extend(wide.map(|(at, pipe)| {
                    Edit::new(place.start + at..place.start + at + pipe.len(), "|")
                }));
            }
        }
        if let Some(below) = self.below {
            let start = self.lines[below].start;
            edits.push(Edit::new(start..start, "\n"));
        }
        // Blank lines between rows.
        let kept = [self.header, self.delimiter].into_iter().chain(self.rows.iter().copied());
        for (above, below) in kept.clone().zip(kept.skip(1)) {
            if below > above + 1 {
                edits.push(Edit::new(self.lines[above + 1].start..self.lines[below].start, ""));
            }
        }
    }
}

/// A delimiter row of so many columns, aligned as `written` says.
fn delimiter(written: &str, columns: usize) -> String {
    let mut cells: Vec<&str> =
        written.trim_matches(is_pipe).split(is_pipe).map(str::trim).collect();
    cells.resize(columns, "-");
    let cell = |cell: &&str| {
        let is_colon = |c: char| matches!(c, ':' | '：');
        match (cell.starts_with(is_colon), cell.ends_with(is_colon)) {
            (true, true) => ":-:|",
            (true, false) => ":-|",
            (false, true) => "-:|",
            (false, false) => "-|",
        }
    };
    format!("|{}", cells.iter().map(cell).collect::<String>())
}

/// `+---+---+`
fn opens_grid(content: &str) -> bool {
    content.len() > 2
        && content.starts_with('+')
        && content.ends_with('+')
        && content.bytes().all(|b| matches!(b, b'+' | b'-' | b'=' | b':'))
        && content.contains(['-', '='])
}

/// Turns a grid that begins at a line into a table. The line after it, if it is one.
fn grid(lines: &[Line<'_>], first: usize, edits: &mut Vec<Edit>) -> Option<usize> {
    if !opens_grid(lines[first].content()) {
        return None;
    }
    let belongs = |line: &&Line<'_>| {
        !line.code && (opens_grid(line.content()) || line.content().starts_with('|'))
    };
    let end = first + lines[first..].iter().take_while(belongs).count();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut open = false;
    for line in &lines[first..end] {
        let content = line.content();
        if opens_grid(content) {
            open = false;
            continue;
        }
        let inner = content.strip_prefix('|')?.strip_suffix('|')?;
        let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
        match rows.last_mut().filter(|_| open) {
            // A row of several lines.
            Some(row) if row.len() == cells.len() => {
                for (cell, more) in row.iter_mut().zip(cells) {
                    let parts = cell.ends_with(|c: char| c.is_ascii()) && !more.is_empty();
                    *cell += if parts { " " } else { "" };
                    *cell += more;
                }
            }
            Some(_) => return None,
            None => rows.push(cells.into_iter().map(str::to_string).collect()),
        }
        open = true;
    }
    let columns = rows.first()?.len();
    if end < first + 3 || columns > MOST_COLUMNS || rows.iter().any(|row| row.len() != columns) {
        return None;
    }
    let prefix = &lines[first].text[..lines[first].prefix()];
    let mut table = String::new();
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            table.push_str(prefix);
        }
        table += &format!("| {} |\n", row.join(" | "));
        if at == 0 {
            table += &format!("{prefix}{}\n", delimiter("-", columns));
        }
    }
    table.pop();
    edits.push(Edit::new(lines[first].place().start..lines[end - 1].end(), table));
    Some(end)
}

/// Complains of rows without a delimiter. The line after them.
fn nearly(lines: &[Line<'_>], first: usize, slips: &mut Vec<(Slip, Range<usize>)>) -> usize {
    let content = lines[first].content();
    let row = |line: &&Line<'_>| {
        let content = line.content();
        let bordered = content.starts_with(is_pipe) && content.len() > 1;
        !line.code
            && (opens_grid(content) || is_boxed(content) || (bordered && cells(content, true) > 1))
    };
    let rows = lines[first..].iter().take_while(row).count();
    let above = first.checked_sub(1).map(|above| &lines[above]);
    let ruled = is_ruled(content)
        && above.is_some_and(|above| !above.is_blank() && above.text.trim().contains("  "));
    if rows > 1 || ruled || (rows == 1 && is_delimiter(content)) {
        slips.push((Slip::NearlyTable, lines[first].place()));
    }
    first + rows.max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse::markdown::lines::lines;

    proptest! {
        /// Whatever is called sound is left as it is, where its lines are looked at too.
        #[test]
        fn nothing_is_done_to_a_sound_table(
            head in prop::collection::vec("a|b｜|-", 2),
            rule in prop::collection::vec("-|:-{1,3}| --: ", 2..=3),
            rows in prop::collection::vec(prop::collection::vec(r"a| |-|b\\|\+", 1..4), 0..3),
            end in "|\n|\n\n|\n\n\\| a \\||\na",
        ) {
            let row = |cells: &Vec<String>| format!("|{}|", cells.join("|"));
            let all: Vec<String> = [&head, &rule].into_iter().chain(&rows).map(row).collect();
            let text = all.join("\n") + &end;
            let (mut edited, mut slips) = (Vec::new(), Vec::new());
            edits(&lines(&text), &mut edited, &mut slips);
            if sound(text.as_bytes(), 0).is_some() {
                prop_assert!(edited.is_empty() && slips.is_empty(), "{text}");
            }
        }
    }

    #[test]
    fn ordinary_tables_are_sound() {
        for (table, rest) in [
            ("| 项目 | 数 |\n| --- | ---: |\n| 走访 | 97 |\n", "\n后文"),
            ("|a|b|\n|-|-|\n|c|d|", ""),
            ("|a|b|\n|-|-|\n|c|\n", "\n"),
        ] {
            assert_eq!(sound(format!("{table}{rest}").as_bytes(), 0), Some(table.len()));
        }
        for text in
            ["|a|b|\n|-|\n|c|d|", "|a|\n|-|\n|c|d|", "|a|\n|-|\n\n|c|", "|a|\\|\n|-|-|", "|a|"]
        {
            assert_eq!(sound(text.as_bytes(), 0), None, "{text}");
        }
    }
}
