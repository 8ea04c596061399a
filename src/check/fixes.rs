//! Slips that `check --fix` takes out of a file: those of which it is sure what was meant. Pure:
//! a file's bytes become others, and the changes, line by line.
//!
//! What is sure is decided twice. A line is only changed where its key is known, or where nothing
//! but a sign that no reader sees goes. And a line that would be wrong in another way after that is
//! left as it is, and told; the rest of the file is fixed all the same.

mod body;

use crate::base::lang::Text;
use crate::diagnostic::Diagnostic;
use crate::model::entity::KindId;
use crate::model::naming::Collections;
use crate::parse::front_matter::{self, Purpose, looks_like_fence};
use crate::parse::{Reading, parse};
use crate::schema::{FILES, Field, File, Record, Shape};
use crate::settings;
use crate::source::decode::Written;
use crate::source::{Source, SourcePath};
use crate::value::moment::{DateError, Moment, canonical, default_zone};

/// A line that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which line, from 1.
    pub line: usize,
    /// What it was.
    pub before: String,
    /// What it is now.
    pub after: String,
}

/// A file with slips, and without them.
#[derive(Debug, PartialEq, Eq)]
pub struct Fixed {
    /// Its new bytes, in the encoding and with the line ends of the old ones.
    pub bytes: Vec<u8>,
    /// What is different.
    pub changes: Vec<Change>,
    /// What could not be changed for sure, and stops the file from being right.
    pub left: Vec<Left>,
}

/// A line whose slip is seen, and whose meaning is not sure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Which line, from 1.
    pub line: usize,
    /// What it is.
    pub before: String,
    /// What would be wrong with it if its slip went.
    pub why: Text,
}

/// Takes the slips out of a file that are sure; `None` if there is none, or if it is not sure.
pub fn fix(path: &SourcePath, bytes: &[u8]) -> Option<Fixed> {
    let file = file_of(path)?;
    let written = Written::read(bytes)?;
    let changed = |text: String| (text != written.text).then_some(text);
    // First all that can be done; else only what nobody sees.
    let unseen = without_unseen(&written.text);
    let Sure { text: sure, left } = sure(path, &unseen, &lines_fixed(file, &unseen));
    let fewer = |text: &String| told(path, text).len() <= told(path, &written.text).len();
    let text = changed(sure).filter(|text| *text != unseen || fewer(text));
    // What is wrong with the front matter is no reason to leave the body as it is.
    let text = body_fixed(path, text.as_deref().unwrap_or(&written.text));
    if text == written.text && left.is_empty() {
        return None;
    }
    let lines = written.text.lines().zip(text.lines()).enumerate();
    let changes: Vec<Change> = lines
        .filter(|(_, (before, after))| before != after)
        .map(|(i, (before, after))| Change {
            line: i + 1,
            before: before.to_string(),
            after: after.to_string(),
        })
        .collect();
    Some(Fixed { bytes: written.write(&text)?, changes, left })
}

/// What of a text is sure.
struct Sure {
    text: String,
    left: Vec<Left>,
}

/// The text `before` with those of the changes that make `after` of it, line by line, after which
/// their lines are right. A line that cannot be read hides those after it, so it is looked past.
fn sure(path: &SourcePath, before: &str, after: &str) -> Sure {
    let old: Vec<&str> = before.split('\n').collect();
    let mut new: Vec<&str> = after.split('\n').collect();
    let nothing = || Sure { text: before.to_string(), left: Vec::new() };
    if old == new {
        return nothing();
    }
    let was = told(path, before);
    let mut left: Vec<Left> = Vec::new();
    let mut hidden: Vec<usize> = Vec::new();
    loop {
        let looked_past = new.iter().enumerate();
        let looked_past: Vec<&str> =
            looked_past.map(|(i, line)| if hidden.contains(&i) { "#" } else { line }).collect();
        let now = told(path, &looked_past.join("\n"));
        let is_changed = |i: usize| old.get(i) != new.get(i);
        let stops = now.iter().find_map(|slip| {
            let i = slip.place.line().checked_sub(1).filter(|i| !hidden.contains(i))?;
            let is_new = was.iter().all(|known| known.code != slip.code);
            (slip.code.starts_with("yaml-") || is_new && is_changed(i)).then_some((i, slip))
        });
        let Some((i, slip)) = stops.filter(|(i, _)| *i < new.len()) else { break };
        left.push(Left { line: i + 1, before: old[i].to_string(), why: slip.message.clone() });
        new[i] = old[i];
        hidden.push(i);
    }
    left.sort_by_key(|left| left.line);
    let is_same = old == new;
    // What nothing was tried on is said by the check, with its place.
    left.retain(|left| !is_same || after.lines().nth(left.line - 1) != Some(&left.before));
    let still = told(path, &new.join("\n"));
    let is_better = still.len() < was.len()
        || still.iter().map(|slip| slip.code).ne(was.iter().map(|slip| slip.code));
    match is_same || (left.is_empty() && hidden.is_empty() && !is_better) {
        true => Sure { left, ..nothing() },
        false => Sure { text: new.join("\n"), left },
    }
}

/// The text of a file whose body has ASCII signs of Markdown where full-width ones were meant so.
fn body_fixed(path: &SourcePath, text: &str) -> String {
    if !matches!(path.extension().as_str(), "md" | "markdown") {
        return text.to_string();
    }
    let source = Source::new(path.clone(), text.to_string());
    match front_matter::split(&source) {
        Ok(parts) => {
            let (before, body) = text.split_at(parts.body.start);
            format!("{before}{}", body::fixed(body))
        }
        Err(_) => text.to_string(),
    }
}

/// The declaration of a file's keys.
fn file_of(path: &SourcePath) -> Option<&'static File> {
    let text = path.as_str();
    let is_markdown = matches!(path.extension().as_str(), "md" | "markdown");
    let named = |name: &str| FILES.iter().find(|file| file.name == name);
    match text {
        _ if text.starts_with("content/stories/") && is_markdown => named("story"),
        _ if text.starts_with("content/pages/") && is_markdown => named("page"),
        _ => FILES.iter().find(|file| file.path == text),
    }
}

/// The slips of spelling in a file.
fn told(path: &SourcePath, text: &str) -> Vec<Diagnostic> {
    let source = Source::new(path.clone(), text.replace("\r\n", "\n"));
    let told: Vec<Diagnostic> = match path.extension().as_str() {
        "md" | "markdown" => {
            let is_page = path.as_str().starts_with("content/pages/");
            let purpose = if is_page { Purpose::Page } else { Purpose::Story };
            parse(source, purpose, Reading::new(default_zone(), false, false)).diagnostics
        }
        _ => {
            let mut kinds = KindId::all().map(|id| (id, id.kind()));
            let listed = kinds.find_map(|(id, kind)| {
                let read = kind.read().filter(|_| kind.file() == Some(path.as_str()))?;
                Some(read(&source, id, &Collections::none()).diagnostics)
            });
            listed.unwrap_or_else(|| settings::read(&source).1)
        }
    };
    let of_spelling = |code: &&str| {
        code.starts_with("yaml-")
            || code.starts_with("front-matter-")
            || matches!(
                *code,
                "type-wrong"
                    | "key-unknown"
                    | "key-twice"
                    | "date-format"
                    | "slug-wrong"
                    | "kind-unknown"
            )
    };
    told.into_iter().filter(|d| d.is_error() && of_spelling(&d.code)).collect()
}

/// `text` without characters that nobody sees and that mean nothing between Chinese ones.
fn without_unseen(text: &str) -> String {
    // Joiners stay: they shape Arabic and Indian letters, and emoji.
    let is_unseen =
        |c: char| matches!(c, '\u{200B}' | '\u{2060}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}');
    text.replace(is_unseen, "")
}

fn lines_fixed(file: &File, text: &str) -> String {
    let is_markdown = file.path.ends_with(".md");
    let mut out = String::with_capacity(text.len());
    let mut fixer =
        Fixer { record: file.record, is_list: file.is_list, open: None, inner: None, block: None };
    // Before the front matter, in it, and after it.
    let mut part = if is_markdown { 0 } else { 1 };
    let has_fence = |rest: &str| rest.lines().any(|line| line.trim_end() == "---");
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        let end = &whole[line.len()..];
        at += whole.len();
        let is_fence = line.trim_end() == "---";
        let fixed = match part {
            0 if line.trim().is_empty() => line.to_string(),
            0 => {
                part = if is_fence || looks_like_fence(line) { 1 } else { 2 };
                if part == 1 { "---".to_string() } else { line.to_string() }
            }
            1 if is_markdown && (is_fence || looks_like_fence(line) && !has_fence(&text[at..])) => {
                part = 2;
                "---".to_string()
            }
            1 => fixer.line(line),
            _ => line.to_string(),
        };
        // Blanks at the end of a line are no slip.
        out.push_str(if fixed.trim_end() == line.trim_end() { line } else { &fixed });
        out.push_str(end);
    }
    out
}

/// Goes through the lines of a YAML text.
struct Fixer {
    record: &'static Record,
    is_list: bool,
    /// The key whose value stands on the lines after it.
    open: Option<&'static Field>,
    /// The same for a key that stands below another, and its indentation.
    inner: Option<(usize, &'static Field)>,
    /// The indentation of a key whose text stands on the lines after it.
    block: Option<usize>,
}

impl Fixer {
    fn line(&mut self, line: &str) -> String {
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\u{3000}' | '\u{A0}');
        let content = line.trim_start_matches(is_blank);
        let indent = &line[..line.len() - content.len()];
        if content.is_empty() || content.starts_with('#') {
            return line.to_string();
        }
        if self.block.is_some_and(|key| indent.chars().count() > key) {
            return line.to_string();
        }
        self.block = None;
        let (dash, content) = match content.strip_prefix(['-', '－']) {
            Some(item) if !content.starts_with("--") => ("- ", item.trim_start_matches(is_blank)),
            _ => ("", content),
        };
        let below = self.open.and_then(|field| match field.shape {
            Shape::Map(record) | Shape::Maps(record) => Some(record),
            _ => None,
        });
        let is_below = !indent.is_empty() && self.open.is_some();
        let depth = indent.chars().count();
        self.inner = self.inner.filter(|(outer, _)| depth > *outer);
        let record = match self.inner {
            Some((_, Field { shape: Shape::Map(record) | Shape::Maps(record), .. })) => {
                Some(*record)
            }
            Some(_) => None,
            None if is_below => below,
            None => Some(self.record),
        };
        let key = record.and_then(|record| Key::of(content, record));
        let indent = self.indent(indent, !dash.is_empty(), is_below);
        let Some(Key { name, field, colon, value }) = key else {
            // An item of a list, or what nobody knows.
            return if is_below && !dash.is_empty() || self.is_list && !dash.is_empty() {
                format!("{indent}{dash}{content}")
            } else {
                line.to_string()
            };
        };
        if !is_below {
            self.open = value.trim().is_empty().then_some(field);
            self.inner = None;
        } else if self.inner.is_none() && value.trim().is_empty() {
            self.inner = Some((depth, field));
        }
        if matches!(value.trim(), "|" | ">" | "|-" | ">-" | "|+" | ">+") {
            self.block = Some(indent.chars().count());
        }
        let value = fixed_value(field, value.trim_matches(is_blank))
            .unwrap_or_else(|| value.trim_start_matches(is_blank).to_string());
        let begins = dash.is_empty() || line.trim_start().starts_with(dash);
        let is_right = begins && colon == ':' && line.ends_with(&value);
        let space = if value.is_empty() { "" } else { " " };
        let fixed = format!("{indent}{dash}{name}:{space}{value}");
        // Blanks that are right stay as they are.
        let bare = |line: &str| line.chars().filter(|c| *c != ' ').collect::<String>();
        if is_right && bare(&fixed) == bare(line) && line.contains(": ") {
            line.to_string()
        } else {
            fixed
        }
    }

    /// The indentation of a line without tabs and full-width blanks.
    fn indent(&self, indent: &str, is_item: bool, is_below: bool) -> String {
        if indent.chars().all(|c| c == ' ') {
            return indent.to_string();
        }
        let is_inside = if self.is_list { !is_item } else { is_below };
        if is_inside { "  ".to_string() } else { String::new() }
    }
}

/// The key at the beginning of a line.
struct Key<'l> {
    name: &'l str,
    field: &'static Field,
    colon: char,
    value: &'l str,
}

impl<'l> Key<'l> {
    fn of(content: &'l str, record: &'static Record) -> Option<Self> {
        let at = content.find([':', '：'])?;
        let name = content[..at].trim();
        let field =
            record.fields.iter().find(|field| field.name == name || field.chinese == name)?;
        let colon = content[at..].chars().next()?;
        Some(Self { name, field, colon, value: &content[at + colon.len_utf8()..] })
    }
}

/// A value as its key takes it; `None` if it is right, or if it is not sure what was meant.
fn fixed_value(field: &Field, value: &str) -> Option<String> {
    let bare = value.trim_matches(['“', '”', '‘', '’', '「', '」', '＂']);
    match field.shape {
        Shape::Moment => {
            if Moment::parse(value, default_zone()).is_ok() {
                return None;
            }
            let narrow = narrow(bare);
            let date = match Moment::parse(&narrow, default_zone()) {
                Ok(_) => canonical(&narrow).unwrap_or(narrow),
                // A year of two digits is a guess.
                Err(DateError::Shape(Some(date))) if date.starts_with(narrow.get(..4)?) => date,
                Err(_) => return None,
            };
            (date != value).then_some(date)
        }
        Shape::Texts | Shape::Maps(_) => {
            let inside = bare.strip_prefix(['【', '［', '['])?.strip_suffix(['】', '］', ']'])?;
            let is_wide = bare != value || !bare.starts_with('[') || !bare.ends_with(']');
            // In ASCII brackets a full-width comma may be part of a name.
            if !is_wide || inside.contains(['[', ']', '{', '}', '"', '\'']) {
                return None;
            }
            let items = inside.split(['，', '、', ',', '；']).map(str::trim);
            let items: Vec<&str> = items.filter(|item| !item.is_empty()).collect();
            Some(format!("[{}]", items.join(", ")))
        }
        Shape::Flag | Shape::Number(..) | Shape::Word(_) => {
            let narrow = narrow(bare);
            (narrow != value).then_some(narrow)
        }
        Shape::Text if field.rule.is_some_and(|rule| !(rule.holds)(value)) => {
            let narrow = narrow(bare);
            field.rule.filter(|rule| (rule.holds)(&narrow)).map(|_| narrow)
        }
        _ => None,
    }
}

/// A text with ASCII characters in place of their full-width twins.
fn narrow(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '—' | '–' => '-',
        '\u{3000}' => ' ',
        c => c,
    };
    text.chars().map(narrow).collect()
}
