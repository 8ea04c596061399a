//! How a diagnostic is drawn: for people, and as JSON for tools.

use std::fmt::Write as _;

use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Diagnostic, Lang, Severity, Text, count};
use crate::source::Position;

/// The widest source line that is shown, in terminal columns; longer ones are cut
/// around the place.
const EXCERPT_COLUMNS: usize = 76;

/// How the reader wants diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The language.
    pub lang: Lang,
    /// Terminal colours.
    pub colour: bool,
}

/// A diagnostic for people: the line that a machine can read, the source line with
/// the place marked, and the way out. Ends with a line break.
pub fn human(diagnostic: &Diagnostic, style: Style) -> String {
    let paint = Paint(style.colour);
    let mut out = String::new();
    let severity = diagnostic.severity;
    let _ = write!(out, "{}", paint.bold(&one_line(diagnostic.place.path.as_str())));
    let position = diagnostic.place.position();
    if let Some(at) = &position {
        let _ = write!(out, "{}", paint.bold(&format!(":{}:{}", at.line, at.column)));
    }
    let label = format!("{}[{}]", severity.word(), diagnostic.code);
    let _ = writeln!(
        out,
        ": {}: {}",
        paint.severity(&label, severity),
        one_line(diagnostic.message.get(style.lang))
    );
    if let Some(at) = &position {
        draw_excerpt(&mut out, at, severity, paint);
    }
    if let Some(help) = &diagnostic.help {
        let _ =
            writeln!(out, "{} {}", paint.bold("help:"), help.get(style.lang).replace('\n', "\n  "));
    }
    out
}

/// A diagnostic as one JSON object on one line, without the line break.
pub fn json(diagnostic: &Diagnostic, lang: Lang) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        path: &'a str,
        line: Option<usize>,
        column: Option<usize>,
        severity: &'a str,
        code: &'a str,
        message: &'a str,
        help: Option<&'a str>,
    }
    let position = diagnostic.place.position();
    serde_json::to_string(&Line {
        path: diagnostic.place.path.as_str(),
        line: position.as_ref().map(|at| at.line),
        column: position.map(|at| at.column),
        severity: diagnostic.severity.word(),
        code: diagnostic.code,
        message: diagnostic.message.get(lang),
        help: diagnostic.help.as_ref().map(|text| text.get(lang)),
    })
    .expect("strings and numbers are always JSON")
}

/// The last line on stderr: how many errors and warnings there were; none, no line.
pub fn tally(diagnostics: &[Diagnostic]) -> Option<Text> {
    let (errors, warnings) =
        (count(diagnostics, Severity::Error), count(diagnostics, Severity::Warning));
    let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match (errors, warnings) {
        (0, 0) => None,
        (0, w) => Some(Text { zh: format!("共 {w} 个警告"), en: plural(w, "warning") }),
        (e, 0) => Some(Text { zh: format!("共 {e} 个错误"), en: plural(e, "error") }),
        (e, w) => Some(Text {
            zh: format!("共 {e} 个错误、{w} 个警告"),
            en: format!("{}, {}", plural(e, "error"), plural(w, "warning")),
        }),
    }
}

fn draw_excerpt(out: &mut String, at: &Position, severity: Severity, paint: Paint) {
    let (text, before, marked) = window(at);
    let number = at.line.to_string();
    let gutter = " ".repeat(number.len());
    let bar = paint.dim("|");
    let _ = writeln!(out, " {gutter} {bar}");
    let _ = writeln!(out, " {} {bar} {text}", paint.dim(&number));
    let _ = writeln!(
        out,
        " {gutter} {bar} {}{}",
        " ".repeat(before),
        paint.severity(&"^".repeat(marked), severity)
    );
}

/// The part of a source line that is shown, the marked stretch of it apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MarkedLine {
    /// What stands before the mark.
    pub before: String,
    /// What is marked; empty at the end of a line.
    pub marked: String,
    /// What stands after it.
    pub after: String,
}

/// The source line at a place, where there is more than text to mark it with.
pub fn marked(at: &Position) -> MarkedLine {
    let Window { cells, start, end, lead, tail } = Window::of(at);
    let text = |cells: &[(char, usize)]| cells.iter().map(|&(c, _)| c).collect::<String>();
    MarkedLine {
        before: format!("{lead}{}", text(&cells[..start])),
        marked: text(&cells[start..end]),
        after: format!("{}{tail}", text(&cells[end..])),
    }
}

/// The line as it is drawn, the columns before the mark, and the columns of the mark.
fn window(at: &Position) -> (String, usize, usize) {
    let Window { cells, start, end, lead, tail } = Window::of(at);
    let text: String = cells.iter().map(|&(c, _)| c).collect();
    (
        format!("{lead}{text}{tail}"),
        width(&cells[..start]) + lead.chars().count(),
        width(&cells[start..end]).max(1),
    )
}

/// The part of a line that is shown.
struct Window {
    /// Its characters, each with the columns that it takes: wide ones are two. What cannot
    /// be shown is replaced.
    cells: Vec<(char, usize)>,
    /// Where the mark begins and ends.
    start: usize,
    end: usize,
    /// `…` where the line has more before and after.
    lead: &'static str,
    tail: &'static str,
}

/// How many columns of a terminal a text takes.
pub fn columns(text: &str) -> usize {
    text.width()
}

fn width(cells: &[(char, usize)]) -> usize {
    cells.iter().map(|&(_, width)| width).sum()
}

impl Window {
    fn of(at: &Position) -> Self {
        let mut cells: Vec<(char, usize)> = Vec::new();
        for c in at.excerpt.chars() {
            match c {
                '\t' => cells.push((' ', 1)),
                c if c.is_control() || is_bidi_control(c) => cells.push(('\u{FFFD}', 1)),
                c => cells.push((c, c.width().unwrap_or(0))),
            }
        }
        let start = at.before.min(cells.len());
        let mut first = 0;
        // Keep the place in the first half of what is shown.
        while width(&cells[first..start]) > EXCERPT_COLUMNS / 2 {
            first += 1;
        }
        if width(&cells) <= EXCERPT_COLUMNS {
            first = 0;
        }
        let mut last = first;
        while last < cells.len() && width(&cells[first..=last]) <= EXCERPT_COLUMNS {
            last += 1;
        }
        let end = (start + at.length).clamp(start, last);
        let lead = if first > 0 || at.cut.0 { "…" } else { "" };
        let tail = if last < cells.len() || at.cut.1 { "…" } else { "" };
        cells.truncate(last);
        cells.drain(..first);
        Self { cells, start: start - first, end: end - first, lead, tail }
    }
}

/// Text on one line: what could break the line or turn its direction is shown as U+FFFD,
/// so that a message can neither forge a second one nor hide a part of itself.
pub fn one_line(text: &str) -> String {
    let odd = |c: char| c.is_control() || is_bidi_control(c);
    if text.contains(odd) { text.replace(odd, "\u{FFFD}") } else { text.to_string() }
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn wrap(self, code: &str, text: &str) -> String {
        if self.0 { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    }

    fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    fn dim(self, text: &str) -> String {
        self.wrap("2", text)
    }

    fn severity(self, text: &str, severity: Severity) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Note => "1;36",
        };
        self.wrap(code, text)
    }
}
