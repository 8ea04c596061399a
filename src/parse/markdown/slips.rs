//! What was meant as Markdown and is none: it is shown as it was typed, and complained of.

use std::collections::HashMap;
use std::ops::Range;

use memchr::{memchr, memchr2, memchr2_iter, memchr3_iter, memmem};

use super::cjk;
use super::dialect::is_invisible;
use super::lines::{Line, closes_fence, lines, opens_fence};
use crate::base::text::{self, is_cjk};

/// Markdown as people type it who write Chinese, and which is shown as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slip {
    /// `[words](a file.png)`: a space in the address.
    SpaceInAddress,
    /// `[words] (file.md)`: a space before the address.
    SpaceBeforeAddress,
    /// `(words)[file.md]`: the brackets in the wrong order.
    ReversedBrackets,
    /// `[words](file.md` and no bracket after it.
    OpenAddress,
    /// `[words]（file.md）` or `【words】(file.md)`: full-width brackets.
    WideBrackets,
    /// `！[words](a.png)`: a full-width exclamation mark.
    WideMark,
    /// `##heading`: no space after the hashes.
    HeadingSpace,
    /// `-item`: no space after the marker of an item.
    ItemSpace,
    /// `＞ words`: a full-width sign of a quotation.
    WideQuotation,
    /// `＃ heading`: full-width hashes.
    HeadingWide,
    /// `##` and nothing after it.
    HeadingEmpty,
    /// A paragraph with a line of hyphens below it.
    HeadingUnderlined,
    /// `**` that emphasises nothing.
    LooseAsterisks,
    /// `＊＊words＊＊`: full-width asterisks.
    WideAsterisks,
    /// A row with more cells than the header.
    TableCells,
    /// Rows without a delimiter row.
    NearlyTable,
    /// Rows whose cells are parted by tabs.
    TabbedRows,
    /// `[words]: address` to which nothing refers.
    DefinitionUnused,
    /// A second definition of the same words.
    DefinitionTwice,
    /// `[^1]` without a note.
    NoteUndefined,
    /// A second note of the same name.
    NoteTwice,
    /// `[^1]：`: a full-width colon.
    NoteColon,
    /// A code block without an end.
    CodeUnclosed,
    /// Words beside the fence of a code block.
    CodeWords,
    /// A list whose numbers will be others.
    ListNumbers,
    /// `> [!words]` that is no call-out.
    CalloutUnknown,
    /// A container, a shortcode, a formula.
    Foreign,
    /// A character that nobody sees.
    Invisible,
    /// A character for which readers get an empty box.
    Unshown,
}

/// A slip and where it is.
pub(super) type Found = (Slip, Range<usize>);

/// So far an address is looked for, in bytes. A line may be as long as the whole body.
const ADDRESS_LIMIT: usize = 2048;

/// The line from a place on, as far as an address in it may reach.
fn line_from(markdown: &str, start: usize) -> &str {
    let rest = &markdown[start..];
    let rest = &rest[..rest.floor_char_boundary(ADDRESS_LIMIT)];
    rest.split('\n').next().unwrap_or("")
}

/// A line of more bytes is not looked at.
const LONGEST: usize = 16 << 10;

/// Slips that are seen in the lines of a body; `foreign` says whether one of them may begin a
/// container of another program.
pub(super) fn in_lines(markdown: &str, foreign: bool) -> Vec<Found> {
    let mut found = Vec::new();
    let signs = Signs::of(markdown);
    let foreign = foreign || signs.foreign;
    if !(signs.notes
        || signs.tabs
        || signs.items
        || foreign
        || signs.invisible
        || signs.brackets
        || signs.wide)
    {
        return found;
    }
    let mut lines = lines(markdown);
    // What looks for an end from each beginning would take too long on a line that nobody wrote.
    lines.retain(|line| line.text.len() <= LONGEST);
    if signs.notes {
        notes(&lines, &mut found);
    }
    if signs.tabs {
        tabbed(&lines, &mut found);
    }
    if signs.items {
        items(&lines, &mut found);
    }
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.code) {
        if foreign {
            self::foreign(line, &mut found);
        }
        if signs.invisible {
            invisible(line, &mut found);
        }
        if signs.brackets {
            let below = lines.get(at + 1).map_or("", |below| below.content());
            addresses(line, below, &mut found);
        }
        if signs.wide {
            wide_signs(line, &mut found);
            spaced(line, &mut found);
        }
    }
    found
}

/// Which signs of slips are in a body? Most have none.
#[derive(Default)]
struct Signs {
    notes: bool,
    tabs: bool,
    items: bool,
    foreign: bool,
    invisible: bool,
    brackets: bool,
    wide: bool,
}

impl Signs {
    fn of(markdown: &str) -> Self {
        let bytes = markdown.as_bytes();
        let mut signs = Self::default();
        for at in memchr2_iter(0xEF, 0xE2, bytes) {
            match (bytes[at], &bytes[at + 1..at + 3]) {
                // ＃, ＊ and ＞
                (0xEF, [0xBC, 0x83 | 0x8A | 0x9E]) => signs.wide = true,
                // What nothing is shown for.
                (0xEF, [0xBF, 0xBC | 0xBD] | [0x80..=0x83, _]) => signs.invisible = true,
                // ［ and ］, `！[`, `】（`
                (0xEF, [0xBC, 0xBB | 0xBD]) => signs.brackets = true,
                (0xEF, [0xBC, 0x81]) => signs.brackets |= bytes.get(at + 3) == Some(&b'['),
                (0xEF, [0xBC, 0x88]) => signs.brackets |= bytes[..at].ends_with("】".as_bytes()),
                (0xEF, [0xBB, 0xBF])
                | (0xE2, [0x80, 0x8B..=0x8F | 0xAA..=0xAE] | [0x81, 0xA0..=0xA4]) => {
                    signs.invisible = true;
                }
                _ => {}
            }
        }
        for at in memchr3_iter(b'[', b']', b'*', bytes) {
            let next = &bytes[at + 1..];
            match bytes[at] {
                b'[' => {
                    signs.notes |= next.starts_with(b"^");
                    signs.brackets |=
                        bytes[..at].ends_with(b")") || bytes[..at].ends_with("）".as_bytes());
                }
                b']' if signs.brackets => {}
                b']' if next.starts_with(b"(") => {
                    let end = memchr2(b')', b'\n', next);
                    let address = &next[..end.unwrap_or(next.len())];
                    signs.brackets |= end.is_none_or(|end| next[end] != b')')
                        || memmem::find(address, "）".as_bytes()).is_some();
                }
                b']' => {
                    signs.brackets |= next.starts_with(b" (") || next.starts_with("（".as_bytes());
                }
                _ => {
                    // `** ` where it can end nothing.
                    let begins = at == 0 || matches!(bytes[at - 1], b' ' | b'\n' | b'>' | b'\t');
                    signs.wide |= begins
                        && next.first() == Some(&b'*')
                        && matches!(next.get(1), Some(b' ' | 0xC2 | 0xE3));
                }
            }
        }
        for at in memchr3_iter(b'{', b'$', b'%', bytes) {
            let next = bytes.get(at + 1);
            signs.foreign |= next == Some(&bytes[at])
                || (bytes[at] == b'{' && matches!(next, Some(b'%' | b'>' | b'+' | b'-' | b'~')));
        }
        for at in memchr3_iter(b'?', b'!', b'^', bytes) {
            signs.foreign |= match (bytes[at], &bytes[at + 1..]) {
                (b'^', rest) => rest.starts_with(b"["),
                (b'?', rest) => rest.starts_with(b"??") || rest.starts_with(b"> "),
                (_, rest) => rest.starts_with(b"> "),
            };
        }
        for at in memchr2_iter(b'\t', 0xC2, bytes) {
            match bytes[at] {
                b'\t' => signs.tabs = true,
                _ => signs.invisible |= bytes[at + 1] == 0xAD,
            }
        }
        for at in memchr3_iter(b'-', b'+', b'=', bytes) {
            signs.foreign |= bytes[at..].starts_with(b"=== \"");
            let begins = at == 0 || matches!(bytes[at - 1], b'\n' | b' ');
            signs.items |= begins && bytes.get(at + 1).is_some_and(|&b| b >= 0xE3);
        }
        signs.notes = signs.notes && !notes_are_sound(bytes);
        signs
    }
}

/// Has each note that is referred to one definition that begins a line? So it is in nearly all
/// bodies, and seen without looking at their lines.
fn notes_are_sound(bytes: &[u8]) -> bool {
    let mut references: Vec<&[u8]> = Vec::new();
    let mut defined: Vec<&[u8]> = Vec::new();
    for at in memmem::find_iter(bytes, b"[^") {
        if defined.len() + references.len() > 200 {
            return false;
        }
        let Some(length) = memchr(b']', &bytes[at..]).filter(|&length| length < 64) else {
            return false;
        };
        let (name, after) = (&bytes[at..at + length], &bytes[at + length + 1..]);
        if !after.starts_with(b":") {
            references.push(name);
        } else if (at > 0 && bytes[at - 1] != b'\n') || defined.contains(&name) {
            return false;
        } else {
            defined.push(name);
        }
    }
    references.iter().all(|name| defined.contains(name)) && defined.len() < 100
}

/// Is a place of a line within a code span? Nearly: by the backticks before it.
fn in_code(line: &str, at: usize) -> bool {
    line[..at].bytes().filter(|&b| b == b'`').count() % 2 == 1
}

/// Footnotes without a definition, or with two.
fn notes(lines: &[Line<'_>], found: &mut Vec<Found>) {
    let mut references: Vec<(String, Range<usize>)> = Vec::new();
    let mut defined: HashMap<String, usize> = HashMap::new();
    for line in lines.iter().filter(|line| !line.code) {
        let (content, base) = (line.content(), line.place().start);
        for (at, _) in content.match_indices("[^") {
            let Some(length) = content[at..].find(']') else { continue };
            let (name, after) = (&content[at + 2..at + length], &content[at + length + 1..]);
            // `[^0-9]` and `[^a-z]` are no notes.
            let is_name = !name.is_empty()
                && name.chars().count() <= 20
                && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
                && !(name.len() < 8 && name.contains('-') && name.is_ascii());
            if !is_name || in_code(content, at) || content[..at].ends_with('\\') {
                continue;
            }
            let name = name.to_lowercase();
            let place = base + at..base + at + length + 1;
            if at == 0 && after.starts_with(':') {
                let count = defined.entry(name).or_default();
                *count += 1;
                if *count > 1 {
                    found.push((Slip::NoteTwice, place));
                }
            } else if at == 0 && after.starts_with('：') {
                found.push((Slip::NoteColon, place.start..place.end + '：'.len_utf8()));
                defined.entry(name).or_default();
            } else {
                references.push((name, place));
            }
        }
    }
    let missing = references.into_iter().filter(|(name, _)| !defined.contains_key(name));
    found.extend(missing.map(|(_, place)| (Slip::NoteUndefined, place)));
}

/// Rows of a table as Excel puts them on the clipboard.
fn tabbed(lines: &[Line<'_>], found: &mut Vec<Found>) {
    let tabs = |line: &Line<'_>| {
        let content = line.content();
        let marker = content.split([' ', '\t']).next().unwrap_or_default();
        let listed = marker.len() < 5 && marker.ends_with(['-', '*', '+', '.', ')', '#', ':']);
        if line.code || listed || content.contains(['|', '｜']) {
            0
        } else {
            content.matches('\t').count()
        }
    };
    let mut at = 0;
    while at < lines.len() {
        let count = tabs(&lines[at]);
        let rows = lines[at..].iter().take_while(|line| count > 0 && tabs(line) == count).count();
        if rows > 1 {
            found.push((Slip::TabbedRows, lines[at].place()));
        }
        at += rows.max(1);
    }
}

/// Items without a space after their marker; a line alone may begin with a dash.
fn items(lines: &[Line<'_>], found: &mut Vec<Found>) {
    let is_item = |line: &Line<'_>| {
        let mut signs = line.content().chars();
        !line.code
            && matches!(signs.next(), Some('-' | '+'))
            && signs.next().is_some_and(|c| is_cjk(c) && c.is_alphanumeric())
    };
    for pair in lines.windows(2).filter(|pair| pair.iter().all(is_item)) {
        let start = pair[1].place().start;
        found.push((Slip::ItemSpace, start..start + 1));
    }
}

/// Signs within a line, each with the one that ends it: short codes, suggestions of editors, notes
/// within a line.
const FOREIGN: [(&str, &str); 9] = [
    ("{% ", "}"),
    ("{%- ", "}"),
    ("{{< ", "}"),
    ("{{% ", "}"),
    ("{>>", "<<}"),
    ("{++", "++}"),
    ("{--", "--}"),
    ("{~~", "~~}"),
    ("^[", "]"),
];

/// What other programs read, and this one does not.
fn foreign(line: &Line<'_>, found: &mut Vec<Found>) {
    let content = line.content();
    let named = |sign: &str| {
        content.strip_prefix(sign).is_some_and(|rest| {
            rest.trim_start().starts_with(|c: char| c.is_alphabetic() || c == '{')
        })
    };
    let comment = content.starts_with("%%") && content.ends_with("%%");
    let begins = named(":::")
        || ["!!! ", "??? ", "???+ "].into_iter().any(named)
        || ["?> ", "!> ", "=== \""].iter().any(|sign| content.starts_with(sign));
    let within = FOREIGN.iter().find_map(|(sign, end)| {
        let at = content.find(sign)?;
        let rest = &content[at + sign.len()..];
        let goes_on = !rest.starts_with(|c: char| c.is_whitespace() && *end != "}");
        (goes_on && rest.find(end).is_some_and(|length| length > 0)).then_some(at)
    });
    if begins || comment || content == "$$" {
        found.push((Slip::Foreign, line.place()));
    } else if let Some(at) = within.filter(|&at| !in_code(content, at)) {
        let place = line.place();
        let end = content[at..].find('}').map_or(place.end, |end| place.start + at + end + 1);
        found.push((Slip::Foreign, place.start + at..end));
    }
}

/// Invisible characters that are not dropped; the first of a line.
fn invisible(line: &Line<'_>, found: &mut Vec<Found>) {
    let begins = line.text.len()
        - line
            .text
            .trim_start_matches(|c: char| c.is_whitespace() || c == '>' || is_invisible(c))
            .len();
    let joins = |c: char| matches!(c, '\u{200C}' | '\u{200D}');
    let hidden = line.text[begins..].char_indices().find(|&(_, c)| is_invisible(c) && !joins(c));
    if let Some((at, c)) = hidden {
        let start = line.start + begins + at;
        found.push((Slip::Invisible, start..start + c.len_utf8()));
    }
    if let Some((at, sign)) = line.text.match_indices(is_unshown).next() {
        let start = line.start + at;
        found.push((Slip::Unshown, start..start + sign.len()));
    }
}

/// Does a reader get an empty box for it? What could not be decoded, what stood for a picture,
/// and what Word's symbol fonts have instead of bullets.
fn is_unshown(c: char) -> bool {
    matches!(c, '\u{FFFC}' | '\u{FFFD}' | '\u{F000}'..='\u{F0FF}')
}

/// Does this look like the address of a file or a page, and nothing else?
fn is_address(text: &str) -> bool {
    let text = match text.split_once('#') {
        Some((file, _)) if !file.is_empty() => file,
        _ => text,
    };
    let file = text.rsplit_once('.').is_some_and(|(name, extension)| {
        !name.is_empty()
            && (2..=5).contains(&extension.len())
            && extension.bytes().all(|b| b.is_ascii_alphanumeric())
            && extension.bytes().any(|b| b.is_ascii_alphabetic())
    });
    !text.contains(char::is_whitespace)
        && (file || text.contains("://") || text.starts_with("www."))
}

/// Links and pictures with the wrong signs around them. `below` is what the next line says.
fn addresses(line: &Line<'_>, below: &str, found: &mut Vec<Found>) {
    let (content, base) = (line.content(), line.place().start);
    let mut push = |slip, from: usize, to: usize| {
        if !in_code(content, from) {
            found.push((slip, base + from..base + to));
        }
    };
    // The words between the brackets before a place.
    let words = |at: usize| {
        content[..at]
            .rfind(['[', '［', '【'])
            .map(|open| content[open..at].trim_start_matches(['[', '［', '【']))
    };
    for (at, _) in content.match_indices("] (") {
        let rest = &content[at + 3..];
        if let Some(end) = rest.find(')')
            && is_address(&rest[..end])
            && words(at).is_some_and(|words| !matches!(words, "x" | " " | "X" | ""))
        {
            push(Slip::SpaceBeforeAddress, at + 1, at + 3 + end + 1);
        }
    }
    for opener in [")[", "）["] {
        for (at, _) in content.match_indices(opener) {
            let rest = &content[at + opener.len()..];
            if let Some(end) = rest.find(']').filter(|&end| is_address(&rest[..end]))
                && let Some(open) = content[..at].rfind(['(', '（'])
                && !content[..open].ends_with(']')
                && !rest[end + 1..].starts_with(['(', '['])
            {
                push(Slip::ReversedBrackets, open, at + opener.len() + end + 1);
            }
        }
    }
    if let Some(at) = content.rfind("](")
        && !content[at..].contains([')', '）'])
        && !below.starts_with([')', '"'])
        && is_address(&content[at + 2..])
        && content[..at].contains('[')
    {
        push(Slip::OpenAddress, at + 1, content.len());
    }
    // `](a.png）`
    for (at, _) in content.match_indices("](") {
        let rest = &content[at + 2..];
        if let Some(end) = rest.find([')', '）', ']']).filter(|&end| rest[end..].starts_with('）'))
            && is_address(rest[..end].trim_matches(['<', '>']))
            && content[..at].contains('[')
        {
            push(Slip::WideBrackets, at + 1, at + 2 + end + '）'.len_utf8());
        }
    }
    for closer in ["］(", "］（", "】（", "]（"] {
        for (at, _) in content.match_indices(closer) {
            let rest = &content[at + closer.len()..];
            let end = rest.find([')', '）']);
            // Both of `]（…）` are told of where they are read as text.
            let end = end.filter(|&end| closer != "]（" || rest[end..].starts_with(')'));
            if let Some(end) = end.filter(|&end| is_address(&rest[..end]))
                && words(at).is_some()
            {
                let close = rest[end..].chars().next().map_or(1, char::len_utf8);
                push(Slip::WideBrackets, at, at + closer.len() + end + close);
            }
        }
    }
    for (at, mark) in content.match_indices('！') {
        let rest = &content[at + mark.len()..];
        if rest.starts_with('[')
            && let Some(open) = rest.find("](")
            && let Some(end) = rest[open..].find(')').map(|end| open + end)
            && rest[..end].rsplit_once('.').is_some_and(|(_, extension)| {
                ["jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "bmp", "heic"]
                    .contains(&extension.to_ascii_lowercase().as_str())
            })
        {
            push(Slip::WideMark, at, at + mark.len());
        }
    }
}

/// `** words **`: asterisks with white space between them and the words. Those with Chinese
/// characters outside are seen in the text.
fn spaced(line: &Line<'_>, found: &mut Vec<Found>) {
    let (content, base) = (line.content(), line.place().start);
    let mut runs = content.match_indices("**").map(|(at, _)| at);
    while let (Some(open), Some(close)) = (runs.next(), runs.next()) {
        let Some(inside) = content.get(open + 2..close) else { continue };
        let apart =
            inside.starts_with(char::is_whitespace) && inside.ends_with(char::is_whitespace);
        let around = [content[..open].chars().next_back(), content[close + 2..].chars().next()];
        if apart
            && inside.contains(is_cjk)
            && around.into_iter().flatten().all(char::is_whitespace)
            && !in_code(content, open)
        {
            found.push((Slip::LooseAsterisks, base + open..base + close + 2));
        }
    }
}

/// Full-width hashes and asterisks.
fn wide_signs(line: &Line<'_>, found: &mut Vec<Found>) {
    let (content, base) = (line.content(), line.place().start);
    let rest = content.trim_start_matches(['＃', '#']);
    let hashes = content.len() - rest.len();
    let wide = content[..hashes].contains('＃');
    // `＃话题＃` is none.
    if wide && !rest.trim().is_empty() && !rest.contains(['＃', '#']) && rest.chars().count() <= 40
    {
        found.push((Slip::HeadingWide, base..base + hashes));
    }
    if content.starts_with('＞') && content.chars().nth(1).is_some_and(|c| c != '＞') {
        found.push((Slip::WideQuotation, base..base + '＞'.len_utf8()));
    }
    if let Some(at) = content.find("＊＊")
        && let inside = &content[at + "＊＊".len()..]
        && let Some(end) = inside.find("＊＊").filter(|&end| end > 0)
        && !in_code(content, at)
    {
        found.push((Slip::WideAsterisks, base + at..base + at + end + 2 * "＊＊".len()));
    }
}

/// Looks at text for what was meant as Markdown; `range` is where it stands. `wide_brackets`
/// says whether `】(` stands anywhere in the body.
pub(super) fn in_text(
    markdown: &str,
    words: &str,
    range: &Range<usize>,
    wide_brackets: bool,
    mut found: impl FnMut(Slip, Range<usize>),
) {
    // Of nearly all text one look at its ends says that it is innocent.
    let (first, last) = (words.bytes().next(), words.bytes().next_back());
    let suspect = matches!(first, Some(b'(' | b'#'))
        || last == Some(b'*')
        || words.starts_with('（')
        || (wide_brackets && words.contains("】("));
    if !suspect {
        return;
    }
    let (before, after) = (&markdown[..range.start], &markdown[range.end..]);
    let line = line_from(markdown, range.start);
    let to = |length: usize| range.start..range.start + length;
    // An address that had been one would not be text.
    if words.starts_with('(')
        && before.ends_with(']')
        && let Some(end) = line.find(')')
        && line[..end].contains(' ')
        && line[..end].contains(['.', '/', '#'])
    {
        found(Slip::SpaceInAddress, to(end + 1));
    }
    if words.starts_with('（')
        && before.ends_with(']')
        && let Some(end) = line.find('）')
        && line[..end].contains('.')
    {
        found(Slip::WideBrackets, to(end + '）'.len_utf8()));
    }
    if let Some(at) = words.find("】(").map(|at| range.start + at)
        && let rest = line_from(markdown, at)
        && let Some(end) = rest.find(')')
        && rest[..end].contains('.')
    {
        found(Slip::WideBrackets, at..at + end + 1);
    }
    let hashes = words.bytes().take_while(|&b| b == b'#').count();
    if hashes > 0 && ends_line(before.trim_end_matches([' ', '\t', '>', '\u{3000}'])) {
        let rest = &line[hashes.min(line.len())..];
        // `#1楼`, `#话题#`
        let titled = rest.starts_with(|c: char| is_cjk(c) && c.is_alphanumeric())
            && !rest.contains(['#', '。', '，', '；'])
            && rest.chars().count() <= 30;
        if (2..=6).contains(&hashes) && words.len() > hashes || (hashes == 1 && titled) {
            found(Slip::HeadingSpace, to(hashes));
        }
    }
    // Asterisks that emphasise nothing come one by one, or both at once. Beside Chinese nobody means
    // them as signs of arithmetic.
    let pair = match words.strip_suffix('*') {
        Some(_) if after.starts_with('*') => range.end.checked_sub(1),
        Some(rest) if rest.ends_with('*') && !rest.ends_with("**") => range.end.checked_sub(2),
        _ => None,
    };
    let is_pair =
        |at: &usize| markdown.get(*at..at + 2) == Some("**") && !markdown[..*at].ends_with('\\');
    if let Some(at) = pair.filter(is_pair) {
        let (before, after) = (&markdown[..at], &markdown[at + 2..]);
        let around = [before.chars().next_back(), after.chars().next()];
        if !cjk::is_mask(before, after) && around.into_iter().flatten().any(text::is_cjk) {
            found(Slip::LooseAsterisks, at..at + 2);
        }
    }
}

/// Does nothing stand on the last line of a text?
fn ends_line(text: &str) -> bool {
    text.is_empty() || text.ends_with('\n')
}

/// What is wrong with the fences of a code block.
pub(super) fn of_fence(markdown: &str, range: &Range<usize>) -> Option<Found> {
    let block = markdown.get(range.clone())?.trim_end();
    let mut lines =
        block.split('\n').map(|line| line.trim_start_matches(['>', ' ', '\t']).trim_end());
    let first = lines.next()?;
    let (sign, length) = opens_fence(first)?;
    let place = range.start..range.start + first.len();
    let info = first[length..].trim();
    if info.contains(is_cjk) {
        return Some((Slip::CodeWords, place));
    }
    let closed = lines.next_back().is_some_and(|last| closes_fence(last, sign, length));
    (!closed).then_some((Slip::CodeUnclosed, place))
}

/// What is odd about a heading: `range` is all of it.
pub(super) fn of_heading(markdown: &str, range: &Range<usize>, words: &str) -> Option<Found> {
    let whole = markdown.get(range.clone())?;
    let written = whole.trim_end();
    let first = written.split('\n').next().unwrap_or_default();
    let place = range.start..range.start + first.len();
    if words.trim().is_empty() && written.starts_with('#') {
        return Some((Slip::HeadingEmpty, place));
    }
    let ruled =
        written.rsplit_once('\n').map(|(_, rule)| rule.trim_start_matches(['>', ' ', '\t']));
    let sentence =
        || words.chars().count() > 30 || words.ends_with(['。', '！', '？', '；', '，', '：']);
    let meant = match ruled {
        Some(rule) if rule.starts_with('-') => false,
        Some(rule) if rule.starts_with('=') => !sentence(),
        _ => true,
    };
    (!meant && !written.starts_with('#')).then_some((Slip::HeadingUnderlined, place))
}

/// How the items of a list are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbering {
    /// One by one, or nobody cares.
    Counted,
    /// Each as it is written: `1921. … 1949. …`.
    Written,
    /// One by one, though other numbers are written.
    Renumbered,
}

/// How a list with these numbers is numbered.
pub(super) fn numbering(written: &[u64]) -> Numbering {
    let Some(&first) = written.first() else { return Numbering::Counted };
    let counted = |(i, &number): (usize, &u64)| number == first + i as u64;
    let pairs = || written.windows(2);
    match written.iter().enumerate().position(|item| !counted(item)) {
        None => Numbering::Counted,
        // All items are written with the same number by those who want them counted.
        Some(_) if first <= 1 && written.iter().all(|&number| number == first) => {
            Numbering::Counted
        }
        Some(_)
            if pairs().all(|pair| pair[0] < pair[1])
                || pairs().all(|pair| pair[0] > pair[1])
                || written.iter().all(|&number| number == first) =>
        {
            Numbering::Written
        }
        Some(_) => Numbering::Renumbered,
    }
}

/// The number that an item of a list is written with.
pub(super) fn number(markdown: &str, item: &Range<usize>) -> u64 {
    let text = markdown.get(item.clone()).unwrap_or_default().trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text[..digits].parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_numbered_as_they_are_written_where_that_is_meant() {
        use Numbering::{Counted, Renumbered, Written};
        for (written, wanted) in [
            (&[][..], Counted),
            (&[7][..], Counted),
            (&[3, 4, 5][..], Counted),
            (&[1, 1, 1][..], Counted),
            (&[1921, 1949][..], Written),
            (&[3, 2, 1][..], Written),
            (&[2020, 2020][..], Written),
            (&[1, 2, 2, 3][..], Renumbered),
            (&[1, 3, 2][..], Renumbered),
        ] {
            assert_eq!(numbering(written), wanted, "{written:?}");
        }
    }
}
