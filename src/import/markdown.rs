//! Markdown written: blocks of a document become a body that shows the same. What is written is read
//! back by the parser of the site, and written more carefully where it would show something else.

use std::fmt::Write as _;

use super::word::{Align, Block, Cell, Document, ListKind, Paragraph, Piece, Style, Table};
use crate::base::text::is_wide;
use crate::parse::markdown::{Callouts, Medium, Resolved, Words, to_html};

/// A block of a body.
#[derive(Clone, Debug)]
pub enum Part {
    /// A heading, and its level on the page.
    Heading(u8, Vec<Piece>),
    /// A paragraph.
    Paragraph(Vec<Piece>),
    /// An item of a list: how deep it is, and which list it belongs to.
    Item(ListKind, usize, i64, Vec<Piece>),
    /// Pictures that stand alone, and what stands below the last.
    Figure(Vec<(usize, String)>, String),
    /// A table.
    Table(Table),
    /// What is not published.
    Comment(String),
    /// What somebody else said.
    Quote(Vec<Part>),
    /// Lines as they are.
    Code(String),
    /// More of an item of a list that is so deep.
    Continued(usize, Vec<Piece>),
    /// A line across the page.
    Rule,
}

/// The body of a document whose pictures have these names.
pub fn write(document: &Document, parts: &[Part], names: &[String]) -> String {
    let mut writer =
        Writer { document, names, notes: Vec::new(), least: Care::Little, is_bare: false };
    let mut out = writer.blocks(parts);
    writer.write_notes(&mut out);
    out
}

/// `☑ ` and `☐ ` are what a reader sees of `[x] ` and `[ ] `.
fn ticked(text: String) -> String {
    match (text.strip_prefix("☑ "), text.strip_prefix("☐ ")) {
        (Some(rest), _) => format!("[x] {rest}"),
        (_, Some(rest)) => format!("[ ] {rest}"),
        _ => text,
    }
}

/// Blocks as a quotation.
fn quoted(blocks: &str) -> String {
    let line = |line: &str| if line.is_empty() { ">".to_string() } else { format!("> {line}") };
    blocks.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Lines as they are, between fences that none of them is.
fn fenced(text: &str) -> String {
    let text = text.trim_end();
    if text.is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    format!("{fence}\n{text}\n{fence}")
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// More ticks around code that has some.
fn ticks_around(text: &str) -> String {
    "`".repeat(longest_run(text))
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// The cells of a row; without the bold letters that all of them have, if it is a head: there letters
/// are bold anyway.
fn head_cells(row: &[Cell], is_head: bool) -> std::borrow::Cow<'_, [Cell]> {
    let paragraphs = || row.iter().flat_map(|cell| &cell.blocks).filter_map(Block::paragraph);
    let is_bold = |p: &Paragraph| p.styles().all(|(style, _)| style.bold);
    if !is_head || !paragraphs().all(is_bold) {
        return row.into();
    }
    let mut cells = row.to_vec();
    for block in cells.iter_mut().flat_map(|cell| &mut cell.blocks) {
        let Block::Paragraph(paragraph) = block else { continue };
        for piece in &mut paragraph.pieces {
            if let Piece::Text(_, style) = piece {
                style.bold = false;
            }
        }
    }
    cells.into()
}

/// Is it a table that Markdown has?
fn is_grid(table: &Table) -> bool {
    let is_simple = table.rows.iter().flatten().all(|cell| cell.across == 1 && cell.down == 1);
    let is_full = table.rows.iter().all(|row| row.len() == table.columns);
    is_simple && is_full && table.heads <= 1 && table.rows.len() + table.heads > 1
}

/// So many of its first rows are its head: as Word was told; else what looks like one, as few who draw a
/// table say which rows are its head.
fn heads_of(table: &Table) -> usize {
    let first = table.rows.first().map_or(&[][..], Vec::as_slice);
    if table.heads > 0 || table.is_headless || first.is_empty() {
        return table.heads;
    }
    let down = first.iter().map(|cell| cell.down).max().unwrap_or(1);
    let rows = &table.rows[..down.min(table.rows.len())];
    let is_label = |cell: &Cell| {
        let count = cell.text().chars().count();
        (1..=LONGEST_LABEL).contains(&count) && !cell.text().contains(['。', '；'])
    };
    let is_full = |rows: &[Vec<Cell>]| {
        let covered: usize = rows.iter().flatten().map(|cell| cell.across * cell.down).sum();
        covered == rows.len() * table.columns
    };
    // One row of labels; or two, of which some stand below others.
    let is_built = match down {
        1 => first.iter().all(|cell| cell.across == 1),
        _ => first.iter().any(|cell| cell.across > 1),
    };
    let fits = is_built && down < table.rows.len() && is_full(rows);
    if fits && rows.iter().flatten().all(is_label) { down } else { 0 }
}

/// The longest label of a column.
const LONGEST_LABEL: usize = 20;

/// Where the text of a column stands; at the left, unless all of it stands somewhere else.
fn column_align(table: &Table, column: usize) -> Align {
    let cells = table.rows.iter().flatten().filter(|cell| cell.column == column);
    let mut sides = cells.flat_map(|cell| &cell.blocks).filter_map(|block| {
        let paragraph = block.paragraph()?;
        (!paragraph.is_blank()).then_some(paragraph.align)
    });
    let first = sides.next().unwrap_or_default();
    if sides.all(|side| side == first) { first } else { Align::Left }
}

/// A comment, which no reader sees.
fn comment(text: &str) -> String {
    let text = text.replace("--", "－－").replace('>', "＞").replace('<', "＜");
    format!("<!-- {} -->", text.trim_end_matches('-').trim())
}

struct Writer<'d> {
    document: &'d Document,
    names: &'d [String],
    /// The notes that were called, in this order.
    notes: Vec<usize>,
    /// Nothing is written less carefully.
    least: Care,
    /// Is what is no text left out?
    is_bare: bool,
}

/// Marks that are put around text, from the outside in.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Link,
    Bold,
    Strike,
    Emphasis,
    Underline,
    Above,
    Below,
    Highlight,
    Code,
}

const MARKS: [Mark; 9] = [
    Mark::Link,
    Mark::Bold,
    Mark::Strike,
    Mark::Emphasis,
    Mark::Underline,
    Mark::Above,
    Mark::Below,
    Mark::Highlight,
    Mark::Code,
];

impl Mark {
    fn is_in(self, style: &Style) -> bool {
        match self {
            Mark::Link => style.link.is_some(),
            Mark::Bold => style.bold,
            Mark::Strike => style.strike,
            Mark::Emphasis => style.emphasis,
            Mark::Underline => style.underline,
            Mark::Above => style.above,
            Mark::Below => style.below,
            Mark::Highlight => style.mark,
            Mark::Code => style.code,
        }
    }

    /// How it begins and ends: short, or so that nobody can misread it.
    fn signs(self, care: Care) -> (&'static str, &'static str) {
        match (self, care) {
            (Mark::Bold, Care::Little | Care::Text) => ("**", "**"),
            (Mark::Emphasis, Care::Little | Care::Text) => ("*", "*"),
            (Mark::Strike, Care::Little | Care::Text) => ("~~", "~~"),
            (Mark::Highlight, Care::Little | Care::Text) => ("==", "=="),
            (Mark::Code, Care::Little | Care::Text) => ("`", "`"),
            (Mark::Bold, _) => ("<strong>", "</strong>"),
            (Mark::Emphasis, _) => ("<em>", "</em>"),
            (Mark::Strike, _) => ("<s>", "</s>"),
            (Mark::Underline, _) => ("<u>", "</u>"),
            (Mark::Above, _) => ("<sup>", "</sup>"),
            (Mark::Below, _) => ("<sub>", "</sub>"),
            (Mark::Highlight, _) => ("<mark>", "</mark>"),
            (Mark::Code, _) => ("<code>", "</code>"),
            (Mark::Link, _) => ("[", "]"),
        }
    }
}

/// How carefully something is written.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Care {
    /// As a person would.
    Little,
    /// Every sign of ASCII is escaped.
    Text,
    /// And marks are tags.
    Marks,
}

impl Writer<'_> {
    fn blocks(&mut self, parts: &[Part]) -> String {
        let mut out = String::new();
        // The lists that are open: how wide their markers are, and how deep Word has them. An item may be
        // deep where no list is open: below a heading that is numbered by the same list.
        let mut lists: Vec<(usize, usize)> = Vec::new();
        let mut last_list: Option<(i64, bool)> = None;
        for part in parts {
            let written = match part {
                Part::Item(kind, depth, of, pieces) => {
                    let fresh = lists.is_empty();
                    let mut last = None;
                    while lists.last().is_some_and(|(_, open)| open >= depth) {
                        last = lists.pop();
                    }
                    let is_begun = last.is_some();
                    let word_depth = *depth;
                    let depth = lists.len();
                    // Two lists in a row are told apart by what stands after their numbers.
                    let bracket = match last_list {
                        Some((known, bracket)) if known == *of => bracket,
                        Some((_, bracket)) if fresh || depth == 0 => !bracket,
                        _ => false,
                    };
                    if depth == 0 {
                        last_list = Some((*of, bracket));
                    }
                    let marker = match kind {
                        ListKind::Bullet => "- ".to_string(),
                        ListKind::Number(n) => format!("{n}{} ", if bracket { ')' } else { '.' }),
                    };
                    let indent: usize = lists.iter().map(|(width, _)| width).sum();
                    lists.push((marker.len(), word_depth));
                    let text = ticked(self.paragraph(pieces, true));
                    let text = text.replace('\n', &format!("\n{:1$}", "", indent + marker.len()));
                    if text.is_empty() {
                        continue;
                    }
                    // In the text of an item only a list that begins with 1 is seen as one.
                    let is_late = !is_begun && matches!(kind, ListKind::Number(n) if *n != 1);
                    let gap = if !out.is_empty() && (fresh || is_late) { "\n" } else { "" };
                    let _ = writeln!(out, "{gap}{:indent$}{marker}{text}", "");
                    continue;
                }
                Part::Continued(depth, pieces) if !lists.is_empty() => {
                    while lists.len() > 1 && lists.last().is_some_and(|(_, open)| open > depth) {
                        lists.pop();
                    }
                    let indent: usize = lists.iter().map(|(width, _)| width).sum();
                    let text = self.paragraph(pieces, true);
                    let text = text.replace('\n', &format!("\n{:indent$}", ""));
                    if !text.is_empty() {
                        let _ = writeln!(out, "\n{:indent$}{text}", "");
                    }
                    continue;
                }
                Part::Heading(level, pieces) => {
                    let text = self.heading(pieces);
                    if text.is_empty() {
                        String::new()
                    } else {
                        format!("{} {text}", "#".repeat(usize::from(*level)))
                    }
                }
                Part::Paragraph(pieces) | Part::Continued(_, pieces) => {
                    self.paragraph(pieces, true)
                }
                Part::Figure(pictures, caption) => self.figure(pictures, caption),
                Part::Table(table) => self.table(table),
                Part::Comment(text) if text.is_empty() => continue,
                Part::Comment(text) => comment(text),
                Part::Quote(parts) => quoted(&self.blocks(parts)),
                Part::Code(text) => fenced(text),
                Part::Rule => "---".to_string(),
            };
            if written.is_empty() {
                continue;
            }
            lists.clear();
            if !matches!(part, Part::Comment(_)) {
                last_list = None;
            }
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&written);
            out.push('\n');
        }
        out
    }

    /// A paragraph; on its own lines if `alone`, else on one line.
    fn paragraph(&mut self, pieces: &[Piece], alone: bool) -> String {
        let pieces = trimmed(pieces);
        let is_text = |piece: &&Piece| {
            !matches!(
                piece,
                Piece::Picture(..) | Piece::Lost(_) | Piece::Note(_) | Piece::Comment(..)
            )
        };
        let text: Vec<Piece> = pieces.iter().filter(is_text).cloned().collect();
        let least = self.least;
        let cares =
            [Care::Little, Care::Text, Care::Marks].into_iter().filter(|care| *care >= least);
        let mut is_right = |care: &Care| {
            let mut tried = self.inline(&text, &MARKS, *care, alone);
            if alone {
                tried = at_start(&tried, *care);
            }
            !is_doubtful(&text, &tried) || is_seen(&text, &tried)
        };
        let care = match cares.clone().find(|care| is_right(care)) {
            Some(care) => care,
            None if least == Care::Marks => least,
            None => Care::Text,
        };
        let written = self.inline(&pieces, &MARKS, care, alone);
        if alone { at_start(&written, care) } else { written }
    }

    fn heading(&mut self, pieces: &[Piece]) -> String {
        let plain = pieces.iter().map(|piece| match piece {
            // A heading is bold anyway.
            Piece::Text(text, style) => {
                Piece::Text(text.clone(), Style { bold: false, underline: false, ..style.clone() })
            }
            Piece::Break => Piece::Text(String::new(), Style::default()),
            other => other.clone(),
        });
        let plain: Vec<Piece> = plain.collect();
        let text = self.paragraph(&plain, false);
        // `#` at its end would belong to the mark.
        match text.strip_suffix('#') {
            Some(rest) if !rest.ends_with('\\') => format!("{rest}\\#"),
            _ => text,
        }
    }

    fn inline(&mut self, pieces: &[Piece], marks: &[Mark], care: Care, alone: bool) -> String {
        let Some((&mark, inner)) = marks.split_first() else {
            return pieces.iter().map(|piece| self.piece(piece, care, alone)).collect();
        };
        let style = |piece: &Piece| match piece {
            Piece::Text(_, style) => Some(style.clone()),
            _ => None,
        };
        let mut out = String::new();
        let mut at = 0;
        while at < pieces.len() {
            let first = style(&pieces[at]);
            let marked = first.as_ref().is_some_and(|style| mark.is_in(style));
            let link = first.as_ref().and_then(|style| style.link.clone());
            let same = |piece: &Piece| match style(piece) {
                Some(style) if mark == Mark::Link => style.link == link,
                Some(style) => mark.is_in(&style) == marked,
                // What is no text goes with the text before it, but for links.
                None => mark != Mark::Link || link.is_none(),
            };
            let mut end = pieces[at + 1..]
                .iter()
                .position(|piece| !same(piece))
                .map_or(pieces.len(), |n| at + 1 + n);
            // And not at the end of it.
            while marked && end > at + 1 && style(&pieces[end - 1]).is_none() {
                end -= 1;
            }
            let written = self.inline(&pieces[at..end], inner, care, alone);
            at = end;
            if !marked {
                out.push_str(&written);
                continue;
            }
            let text = written.trim();
            if text.is_empty() || mark != Mark::Code && text.chars().all(|c| c == '\\') {
                out.push_str(&written);
                continue;
            }
            let start = written.len() - written.trim_start().len();
            let (open, close) = mark.signs(care);
            let ticks = if mark == Mark::Code && care < Care::Marks {
                ticks_around(text)
            } else {
                String::new()
            };
            let gap = if ticks.is_empty() { "" } else { " " };
            let _ = write!(out, "{}{ticks}{open}{gap}{text}{gap}{close}{ticks}", &written[..start]);
            if let Some(link) = link.filter(|_| mark == Mark::Link) {
                let _ = write!(out, "({})", address(&link));
            }
            out.push_str(&written[start + text.len()..]);
        }
        out
    }

    fn piece(&mut self, piece: &Piece, care: Care, alone: bool) -> String {
        match piece {
            Piece::Picture(..) | Piece::Lost(_) | Piece::Note(_) | Piece::Comment(..)
                if self.is_bare =>
            {
                String::new()
            }
            // In code every sign is itself.
            Piece::Text(text, style) if style.code && care < Care::Marks => one_line(text),
            Piece::Text(text, _) => escaped(text, care),
            Piece::Break if alone => "\\\n".into(),
            Piece::Break => "<br>".into(),
            Piece::Page => String::new(),
            Piece::Picture(at, about) => {
                format!("![{}]({})", escaped(about, Care::Text), self.names[*at])
            }
            Piece::Lost(about) if about.is_empty() => comment("这里有一张图没有带来"),
            Piece::Lost(about) => comment(&format!("这里有一张图没有带来：{about}")),
            Piece::Note(at) => {
                let number = match self.notes.iter().position(|known| known == at) {
                    Some(number) => number,
                    None => {
                        self.notes.push(*at);
                        self.notes.len() - 1
                    }
                };
                format!("[^{}]", number + 1)
            }
            Piece::Comment(author, text) if author.is_empty() => comment(text),
            Piece::Comment(author, text) => comment(&format!("批注（{author}）：{text}")),
            Piece::Ruby(base, reading) => {
                format!(
                    "<ruby>{}<rt>{}</rt></ruby>",
                    escaped(base, Care::Text),
                    escaped(reading, Care::Text)
                )
            }
        }
    }

    fn figure(&mut self, pictures: &[(usize, String)], caption: &str) -> String {
        let mut out = Vec::new();
        for (i, (at, about)) in pictures.iter().enumerate() {
            let caption = if i + 1 == pictures.len() { caption } else { "" };
            let title = match caption.is_empty() {
                true => String::new(),
                false => format!(" \"{}\"", caption.replace('\\', "\\\\").replace('"', "\\\"")),
            };
            out.push(format!("![{}]({}{title})", escaped(about, Care::Text), self.names[*at]));
        }
        out.join("\n")
    }

    /// A table. What is seen of a sign may depend on other cells of its row.
    fn table(&mut self, table: &Table) -> String {
        let mut meant = String::new();
        for (i, row) in table.rows.iter().enumerate() {
            let is_head = i < heads_of(table).max(usize::from(is_grid(table)));
            head_cells(row, is_head).iter().for_each(|cell| mean_blocks(&cell.blocks, &mut meant));
        }
        self.is_bare = true;
        let seen = shown(&self.table_with_care(table)).replace('\u{0}', "");
        self.is_bare = false;
        if seen != meant {
            self.least = Care::Marks;
        }
        let written = self.table_with_care(table);
        self.least = Care::Little;
        written
    }

    fn table_with_care(&mut self, table: &Table) -> String {
        match is_grid(table) {
            true => self.simple_table(table),
            false => self.merged_table(table),
        }
    }

    fn simple_table(&mut self, table: &Table) -> String {
        let mut out = String::new();
        for (i, row) in table.rows.iter().enumerate() {
            for cell in head_cells(row, i == 0).iter() {
                let text = self.cell(cell).replace('\n', " ");
                let _ = write!(out, "| {} ", bars(&text));
            }
            out.push_str("|\n");
            if i == 0 {
                for column in 0..table.columns {
                    out.push_str(match column_align(table, column) {
                        Align::Left => "|---",
                        Align::Centre => "|:---:",
                        Align::Right => "|---:",
                    });
                }
                out.push_str("|\n");
            }
        }
        out.trim_end().to_string()
    }

    fn merged_table(&mut self, table: &Table) -> String {
        let mut out = String::from("<table>\n");
        let heads = heads_of(table);
        for (i, row) in table.rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
            out.push_str("<tr>");
            let tag = if i < heads { "th" } else { "td" };
            for cell in head_cells(row, i < heads).iter() {
                let mut open = format!("<{tag}");
                if cell.across > 1 {
                    let _ = write!(open, " colspan=\"{}\"", cell.across);
                }
                if cell.down > 1 {
                    let _ = write!(open, " rowspan=\"{}\"", cell.down);
                }
                let text = self.cell(cell).replace('\n', " ");
                let _ = write!(out, "{open}>{text}</{tag}>");
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</table>");
        out
    }

    /// What is in a cell, on one line.
    fn cell(&mut self, cell: &Cell) -> String {
        let mut lines = Vec::new();
        self.lines(&cell.blocks, &mut lines);
        lines.join("<br>")
    }

    fn lines(&mut self, blocks: &[Block], lines: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    let text = self.paragraph(&numbered(paragraph), false);
                    if !text.is_empty() {
                        lines.push(text);
                    }
                }
                Block::Table(table) => {
                    for cell in table.rows.iter().flatten() {
                        self.lines(&cell.blocks, lines);
                    }
                }
            }
        }
    }

    fn write_notes(&mut self, out: &mut String) {
        let mut at = 0;
        // A note may call none, but what is read is not trusted.
        while at < self.notes.len() && at < 100_000 {
            let mut lines = Vec::new();
            let document = self.document;
            self.lines(&document.notes[self.notes[at]], &mut lines);
            let text = if lines.is_empty() { "（空）".to_string() } else { lines.join("<br>") };
            let gap = if at == 0 { "\n" } else { "" };
            at += 1;
            let _ = writeln!(out, "{gap}[^{at}]: {text}");
        }
    }
}

/// The pieces of a paragraph after the number that Word puts before it.
pub fn numbered(paragraph: &Paragraph) -> Vec<Piece> {
    let Some(label) = &paragraph.number else { return paragraph.pieces.clone() };
    let parts =
        label.text.ends_with(|c: char| c.is_ascii_alphanumeric() || ".)章节条编篇款项".contains(c));
    let text = if parts { format!("{} ", label.text) } else { label.text.clone() };
    let style = match paragraph.pieces.first() {
        Some(Piece::Text(_, style)) => Style { link: None, ..style.clone() },
        _ => Style::default(),
    };
    let mut pieces = vec![Piece::Text(text, style)];
    pieces.extend(paragraph.pieces.iter().cloned());
    pieces
}

/// Pieces without blanks and breaks at both ends; texts that are set alike are one.
fn trimmed(pieces: &[Piece]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (out.last_mut(), piece) {
            (_, Piece::Text(text, _)) if text.is_empty() => {}
            (Some(Piece::Text(before, style)), Piece::Text(text, same))
                if marks_of(style) == marks_of(same) && style.link == same.link =>
            {
                before.push_str(text);
            }
            _ => out.push(piece.clone()),
        }
    }
    loop {
        match out.first_mut() {
            Some(Piece::Break) => drop(out.remove(0)),
            Some(Piece::Text(text, _)) => {
                *text = text.trim_start().to_string();
                if !text.is_empty() {
                    break;
                }
                out.remove(0);
            }
            _ => break,
        }
    }
    loop {
        match out.last_mut() {
            Some(Piece::Break) => drop(out.pop()),
            Some(Piece::Text(text, _)) => {
                text.truncate(text.trim_end().len());
                if !text.is_empty() {
                    break;
                }
                out.pop();
            }
            _ => break,
        }
    }
    // Nor beside a break: what begins a line is indented only in Word.
    for at in 0..out.len() {
        let (before, after) =
            (at > 0 && out[at - 1] == Piece::Break, out.get(at + 1) == Some(&Piece::Break));
        if let Piece::Text(text, _) = &mut out[at] {
            if before {
                *text = text.trim_start().to_string();
            }
            if after {
                text.truncate(text.trim_end().len());
            }
        }
    }
    out
}

fn marks_of(style: &Style) -> [bool; MARKS.len()] {
    MARKS.map(|mark| mark.is_in(style))
}

/// `|` in a cell.
fn bars(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        if c == '|' && before != '\\' {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// An address in the brackets of a link.
fn address(link: &str) -> String {
    let link: String = link.trim().chars().filter(|c| !c.is_control()).collect();
    let odd = |c: char| c.is_whitespace() || "()<>".contains(c) || !c.is_ascii();
    match link.contains(odd) {
        true => format!("<{}>", link.replace('<', "%3C").replace('>', "%3E")),
        false => link,
    }
}

/// Text in which nothing is a mark.
fn escaped(text: &str, care: Care) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let chars: Vec<char> = text.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(at + 1).copied();
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let escape = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' => true,
            '_' => !(is_word(before) && is_word(after)),
            '~' | '=' => before == Some(c) || after == Some(c),
            '&' => after.is_some_and(|c| c.is_ascii_alphabetic() || c == '#'),
            // Addresses are links, and look like nothing else.
            c if c.is_ascii_punctuation() => care > Care::Little && !":/.,-%".contains(c),
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        match c {
            '\u{A0}' => out.push(' '),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A paragraph whose first characters begin nothing else.
fn at_start(text: &str, care: Care) -> String {
    let first_line = text.split('\n').next().unwrap_or_default();
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &text[digits..];
    if (1..=9).contains(&digits)
        && rest.starts_with(['.', ')'])
        && rest[1..].chars().next().is_none_or(char::is_whitespace)
    {
        return format!("{}\\{rest}", &text[..digits]);
    }
    let is_mark = match first {
        '#' | '>' => true,
        '-' | '+' => {
            chars.next().is_none_or(|c| c.is_whitespace() || c == first) || care > Care::Little
        }
        '=' => first_line.chars().all(|c| c == '='),
        ':' | '$' => true,
        _ => false,
    };
    if is_mark { format!("\\{text}") } else { text.to_string() }
}

/// Could what was written show something else than what was meant?
fn is_doubtful(pieces: &[Piece], written: &str) -> bool {
    let is_plain = |piece: &Piece| match piece {
        Piece::Text(_, style) => marks_of(style) == [false; MARKS.len()],
        Piece::Break => true,
        _ => false,
    };
    let odd = |c: char| {
        matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '['
                | ']'
                | '<'
                | '>'
                | '#'
                | '|'
                | '~'
                | '='
                | '^'
                | '$'
                | '&'
                | '{'
                | '}'
                | '@'
                | '+'
        ) || matches!(c, '＃' | '＊' | '＞' | '｜' | '【' | '［' | '＿' | '～' | '－' | '＝' | '「')
    };
    !pieces.iter().all(is_plain)
        || written.contains(odd)
        || written.starts_with(|c: char| !c.is_alphanumeric() || c.is_ascii_digit() || !is_wide(c))
}

/// Does the site show what is written as it was meant: the same text, and the same of it bold and
/// emphasised?
fn is_seen(pieces: &[Piece], written: &str) -> bool {
    let mut meant = String::new();
    mean(pieces, &mut meant);
    meant == shown(written)
}

fn mean_blocks(blocks: &[Block], meant: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => mean(&numbered(paragraph), meant),
            Block::Table(table) => {
                table.rows.iter().flatten().for_each(|cell| mean_blocks(&cell.blocks, meant));
            }
        }
    }
}

/// The characters that are meant, each with a sign of how it is set.
fn mean(pieces: &[Piece], meant: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text, style) => {
                for c in text.chars().filter(|c| is_shown(*c)) {
                    meant.push(c);
                    meant.push(sign_of([
                        style.bold,
                        style.emphasis,
                        style.strike,
                        style.code,
                        style.mark,
                    ]));
                }
            }
            Piece::Ruby(base, reading) => {
                for c in base.chars().chain(reading.chars()).filter(|c| is_shown(*c)) {
                    meant.push(c);
                    meant.push('0');
                }
            }
            _ => {}
        }
    }
}

fn is_shown(c: char) -> bool {
    !c.is_whitespace() && !c.is_control()
}

/// A sign for how a character is set.
fn sign_of(marks: [bool; 5]) -> char {
    char::from(marks.iter().rev().fold(0, |sum, mark| 2 * sum + u8::from(*mark)) + b'0')
}

/// The characters that the site shows, each with a sign of how it is set.
fn shown(written: &str) -> String {
    const WORDS: Words<'static> = Words {
        notes: "",
        back_to_text: "",
        captions: "",
        checked: "",
        unchecked: "",
        callouts: Callouts { note: "", tip: "", important: "", warning: "", caution: "" },
    };
    let html = to_html(written, Medium::Page, &WORDS, &|address, _| {
        Resolved::Elsewhere(address.to_string())
    });
    let mut out = String::new();
    // Bold, emphasised, struck through, code, marked: how many of each are open.
    let mut open = [0_i32; 5];
    let mut rest = html.as_str();
    while !rest.is_empty() {
        if let Some(tag) = rest.strip_prefix('<') {
            let end = tag.find('>').unwrap_or(tag.len() - 1);
            let (tag, after) = (&tag[..end], &tag[end + 1..]);
            let (name, step) = match tag.strip_prefix('/') {
                Some(name) => (name, -1),
                None => (tag.split(' ').next().unwrap_or(tag), 1),
            };
            match name {
                "strong" | "b" => open[0] += step,
                "em" | "i" => open[1] += step,
                "del" | "s" => open[2] += step,
                "code" => open[3] += step,
                "mark" => open[4] += step,
                // What begins a list, a table, a heading … was no paragraph.
                "li" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "td" | "th" | "pre"
                | "dt" => {
                    out.push('\u{0}');
                }
                _ => {}
            }
            rest = after;
            continue;
        }
        let end = rest.find('<').unwrap_or(rest.len());
        let text = crate::base::escape::unescape(&rest[..end]);
        for c in text.chars().filter(|c| is_shown(*c)) {
            out.push(c);
            out.push(sign_of(open.map(|count| count > 0)));
        }
        rest = &rest[end..];
    }
    out
}
