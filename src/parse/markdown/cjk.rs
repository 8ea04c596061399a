//! CJK-friendly emphasis, as a thin layer over pulldown-cmark.
//!
//! CommonMark decides by the characters beside a run of `*` whether it may open or close
//! emphasis, and takes for granted that words are parted by spaces. So `**重点。**后文`
//! keeps its asterisks. The CJK-friendly amendments
//! (<https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md>) fix
//! that: punctuation does not keep a run from opening or closing where it, or its
//! neighbour across the run, is a CJK character.
//!
//! pulldown-cmark has no option for them. But a run with white space on neither side that
//! the amendments treat differently is always one that they let both open and close; and
//! CommonMark says the same of a run between two letters. So a mark that is neither
//! punctuation nor white space is put between such a run and the punctuation beside it,
//! and taken out of every event again. `_` needs nothing: for it the amendments come to
//! the same result as CommonMark in every case that they change.
//!
//! What is a sign and no emphasis is decided here too, as nothing else tells `7*24小时` and
//! `138****1234` from it: a sign is replaced by a mark of its own, which becomes the sign
//! again in every event, in code as well. The tests have a table of both.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::pasted::openers;
use super::rewrite::{Edit, Rewritten};
use crate::base::text::{has_noncharacters, is_cjk, is_noncharacter};

/// Stands beside a run and for nothing.
pub(super) const MARK: &str = "\u{FDD3}";
/// Stands for an asterisk that is a sign.
const ASTERISK: &str = "\u{FDD4}";
/// Stands for a tilde that is a sign.
const TILDE: &str = "\u{FDD5}";

/// A text with marks.
pub(super) struct Marked<'t> {
    /// What pulldown-cmark is given, and where the marks are.
    pub new: Rewritten<'t>,
    /// Are there marks, of this module or of [`super::dialect`]?
    marks: bool,
    /// Are there numeric entities, which can stand for any character?
    entities: bool,
}

/// A run of `*` or `~` that is not escaped.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    length: usize,
    sign: char,
    before: Option<char>,
    after: Option<char>,
    /// The paragraph that it stands in, by number.
    paragraph: usize,
}

/// What becomes of a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// It is left to CommonMark, with marks before and after it where they are needed.
    Delimiter(bool, bool),
    /// Its characters are signs.
    Sign,
    /// It ends one bold text where the next begins: the two become one.
    Join,
}

/// Puts marks beside the runs of `*` and `~~` that need them, and in the place of those that
/// are signs. `marks` says whether the text has marks already.
pub(super) fn mark(text: &str, marks: bool) -> Marked<'_> {
    let entities = memchr::memmem::find(text.as_bytes(), b"&#").is_some();
    let runs = runs(text);
    let openers = openers(text);
    // No source holds one of the marks; a text that does is left as it is.
    if (runs.is_empty() && openers.is_empty()) || (!marks && has_noncharacters(text)) {
        return Marked { new: Rewritten::untouched(text), marks, entities };
    }
    let mut edits: Vec<Edit> = openers.into_iter().map(|place| Edit::new(place, MARK)).collect();
    for (run, used) in runs.iter().zip(uses(text, &runs)) {
        let end = run.start + run.length;
        match used {
            Use::Delimiter(before, after) => {
                for (mark, at) in [(before, run.start), (after, end)] {
                    if mark {
                        edits.push(Edit::new(at..at, MARK));
                    }
                }
            }
            Use::Sign => {
                let sign = if run.sign == '*' { ASTERISK } else { TILDE };
                edits.extend((run.start..end).map(|at| Edit::new(at..at + 1, sign)));
            }
            // The mark keeps the letters on both sides from running on as one word.
            Use::Join => edits.push(Edit::new(run.start..end, MARK)),
        }
    }
    let marks = marks || !edits.is_empty();
    Marked { new: Rewritten::new(text, edits), marks, entities }
}

/// The runs of a text, in order.
fn runs(text: &str) -> Vec<Run> {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let (mut at, mut looked, mut paragraph) = (0, 0, 0);
    while let Some(found) = memchr::memchr2(b'*', b'~', &bytes[at..]) {
        let start = at + found;
        let delimiter = bytes[start];
        let length = bytes[start..].iter().take_while(|&&b| b == delimiter).count();
        at = start + length;
        // An escaped first character is text, and stands before what is left of the run.
        let escaped = text[..start].bytes().rev().take_while(|&b| b == b'\\').count() % 2 == 1;
        let start = start + usize::from(escaped);
        let length = length - usize::from(escaped);
        if length == 0 {
            continue;
        }
        paragraph += usize::from(has_blank_line(&text[looked..start]));
        looked = start;
        let before = text[..start].chars().next_back();
        let after = text[at..].chars().next();
        runs.push(Run { start, length, sign: delimiter.into(), before, after, paragraph });
    }
    runs
}

fn has_blank_line(text: &str) -> bool {
    let mut lines = text.split('\n');
    // The first and the last piece are parts of lines that go on.
    lines.next();
    lines.next_back();
    lines.any(|line| line.trim().is_empty())
}

/// What becomes of each run.
fn uses(text: &str, runs: &[Run]) -> Vec<Use> {
    let mut uses: Vec<Use> = Vec::with_capacity(runs.len());
    // Is emphasis, or a bold text, open in this paragraph?
    let mut paragraph = usize::MAX;
    let (mut emphasis, mut bold) = (false, false);
    let mut struck = false;
    for (i, run) in runs.iter().enumerate() {
        if run.paragraph != paragraph {
            (paragraph, emphasis, bold, struck) = (run.paragraph, false, false, false);
        }
        let open = if run.length == 1 { &mut emphasis } else { &mut bold };
        let used = match run.sign {
            '~' if run.length == 1 => Use::Sign,
            // `9:00~~11:00`, but `原价~~100~~80元`
            '~' if run.length == 2 && !struck && is_between_digits(run) => Use::Sign,
            '~' if run.length == 2 => {
                struck = !struck;
                needed(text, run)
            }
            '~' => Use::Delimiter(false, false),
            _ if is_sign(text, run, *open) => Use::Sign,
            _ if run.length == 4 && *open && joins(run, runs.get(i + 1)) => Use::Join,
            _ if run.length == 4 && between_words(run) => Use::Sign,
            _ => needed(text, run),
        };
        if run.sign == '*' && run.length <= 2 && used != Use::Sign {
            let opens = run.after.is_some_and(|c| !c.is_whitespace() && !is_separator(c));
            *open = !*open && (opens || used == Use::Delimiter(false, true));
        }
        uses.push(used);
    }
    for run in products(text, runs) {
        uses[run] = Use::Sign;
    }
    let clauses = |inside: &str| inside.contains(['，', '。', '；', '！', '？']);
    unpair(text, runs, &mut uses, 1, between_words, clauses);
    // `每瓶200ml*12瓶*3箱`, `*.jpg和*.png`
    let chinese = |inside: &str| inside.contains(is_letter);
    let counts = |run: &Run| {
        run.before.is_some_and(char::is_alphanumeric)
            && run.after.is_some_and(|c| c.is_ascii_digit())
    };
    unpair(text, runs, &mut uses, 1, counts, chinese);
    unpair(text, runs, &mut uses, 1, |run| run.after == Some('.'), chinese);
    // `村民张**反映，李**表示`
    let masks = |run: &Run| between_words(run) && run.before.is_some_and(is_surname);
    unpair(text, runs, &mut uses, 2, masks, clauses);
    uses
}

/// What is measured, and multiplied: `长*宽*高`.
const MEASURES: &str = "长宽高厚深边径底";

/// The runs of products: between measures, or two and more in a word all parts of which are a
/// character, or two of which the first is of ASCII: `A*B*C*D型`.
fn products(text: &str, runs: &[Run]) -> Vec<usize> {
    let measure = |c: Option<char>| c.is_some_and(|c| MEASURES.contains(c));
    let is_one = |run: &Run| run.sign == '*' && run.length == 1;
    let is_factor = |c: char| is_letter(c) || c.is_ascii_alphanumeric();
    let is_short = |part: &str| {
        part.starts_with(|c: char| c.is_ascii())
            && part.chars().all(is_factor)
            && (1..=2).contains(&part.chars().count())
    };
    let mut found = Vec::new();
    let mut i = 0;
    while i < runs.len() {
        let goes_on =
            |pair: &&[Run]| is_one(&pair[1]) && is_short(&text[pair[0].start + 1..pair[1].start]);
        let more = match is_one(&runs[i]) {
            true => runs[i..].windows(2).take_while(goes_on).count(),
            false => 0,
        };
        let last = i + more;
        let before = &text[..runs[i].start];
        let after = &text[runs[last].start + runs[last].length..];
        let head = before.chars().rev().take(3).take_while(|&c| is_factor(c)).map(char::len_utf8);
        let tail = after.chars().take(3).take_while(|&c| is_factor(c)).map(char::len_utf8);
        let head = &before[before.len() - head.sum::<usize>()..];
        let tail = &after[..tail.sum::<usize>()];
        if more > 0 && is_short(head) && is_short(tail) {
            found.extend(i..=last);
        } else if is_one(&runs[i]) && measure(runs[i].before) && measure(runs[i].after) {
            found.push(i);
        }
        i = last + 1;
    }
    found
}

/// Does a run of four end one bold text and begin another, which `next` ends?
fn joins(run: &Run, next: Option<&Run>) -> bool {
    let is_text = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    let closes = |next: &Run| next.sign == '*' && matches!(next.length, 2 | 4);
    is_text(run.before)
        && is_text(run.after)
        && next.is_some_and(|next| closes(next) && next.paragraph == run.paragraph)
}

fn between_words(run: &Run) -> bool {
    run.before.is_some_and(is_letter) && run.after.is_some_and(is_letter)
}

/// Two runs of this length that are such as no emphasis begins or ends with, and such words between them,
/// are signs: notes as in `带*的为集体，带*的另行通知`.
fn unpair(
    text: &str,
    runs: &[Run],
    uses: &mut [Use],
    length: usize,
    is_odd: fn(&Run) -> bool,
    are_apart: fn(&str) -> bool,
) {
    let alike: Vec<usize> = (0..runs.len())
        .filter(|&i| runs[i].sign == '*' && runs[i].length == length && uses[i] != Use::Sign)
        .collect();
    let mut pairs = alike.windows(2);
    while let Some(&[first, second]) = pairs.next() {
        let (one, other) = (&runs[first], &runs[second]);
        let inside = &text[one.start + length..other.start];
        if one.paragraph == other.paragraph && is_odd(one) && is_odd(other) && are_apart(inside) {
            uses[first] = Use::Sign;
            uses[second] = Use::Sign;
            pairs.next();
        }
    }
}

/// Is a run of asterisks a sign: of multiplication, of what is hidden, of a masked name?
/// `open` says whether a run of this length may end here what one before it began.
fn is_sign(text: &str, run: &Run, open: bool) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || is_punctuation(c));
    let (before, after) = (is_digit(run.before), is_digit(run.after));
    match run.length {
        _ if before && after => true,
        // `5*人`
        1 if before => !open && run.after.is_some_and(is_letter),
        1 | 2 => !open && is_masked_name(text, run),
        3 => (before && !edge(run.after)) || (after && !edge(run.before)),
        4 => before || after,
        // A line of nothing else is a rule between paragraphs.
        _ => {
            before || after || run.before.is_some_and(is_letter) || run.after.is_some_and(is_letter)
        }
    }
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
}

fn is_between_digits(run: &Run) -> bool {
    is_digit(run.before) && is_digit(run.after)
}

fn is_letter(c: char) -> bool {
    is_cjk(c) && !is_punctuation(c)
}

/// The commonest surnames, nine people in ten.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏\
    魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

/// What follows a name of which only the first character is shown.
const TITLES: [&str; 8] = ["同志", "先生", "女士", "老师", "书记", "主任", "医生", "某"];

fn begins_word(before: char) -> bool {
    before.is_whitespace() || (is_punctuation(before) && before != '*')
}

/// `张*三`, `王*同志`: a surname, or one character that begins a word; the run; then one or two
/// characters that end it, or a title. `李**、` needs nothing: no bold text begins with a comma.
fn is_masked_name(text: &str, run: &Run) -> bool {
    let mut before = text[..run.start].chars().rev();
    let Some(name) = before.next() else { return false };
    let begins = before.next().is_none_or(begins_word);
    if !(is_surname(name) || (begins && is_letter(name))) {
        return false;
    }
    let rest = &text[run.start + run.length..];
    let stops = |rest: &str| rest.bytes().take_while(|&b| b == b'*').count() == run.length;
    let ends = |rest: &str| {
        let mut after = rest.chars();
        !stops(rest)
            && after.next().is_none_or(|c| !is_letter(c) || "和与及等".contains(c))
            && !stops(after.as_str())
    };
    if let Some(after) = TITLES.iter().find_map(|title| rest.strip_prefix(title)) {
        return !stops(after);
    }
    // `提高**质量、效率**`: before bold words, too, may be what is a surname elsewhere.
    if run.length > 1 && !begins {
        return false;
    }
    let mut given = rest.char_indices().take(2).take_while(|&(_, c)| is_letter(c));
    given.any(|(at, c)| ends(&rest[at + c.len_utf8()..]))
}

/// Punctuation that no emphasis begins with.
fn is_separator(c: char) -> bool {
    matches!(c, '，' | '、' | '。' | '；' | '：' | '！' | '？' | '）' | '」' | '』' | '》' | '】')
}

/// On which sides a run needs a mark.
fn needed(text: &str, run: &Run) -> Use {
    let none = Use::Delimiter(false, false);
    let (Some(before), Some(after)) = (run.before, run.after) else {
        // Bold that begins with the indent of a paragraph.
        let indented = run.before.is_none() && run.length == 2 && run.after == Some('\u{3000}');
        return Use::Delimiter(false, indented);
    };
    if run.length == 2 && after == '\u{3000}' && (before.is_whitespace() || is_punctuation(before))
    {
        return Use::Delimiter(false, true);
    }
    if before.is_whitespace() || after.is_whitespace() {
        return none;
    }
    let (punct_before, punct_after) = (is_punctuation(before), is_punctuation(after));
    // A variation selector belongs to the character before it.
    let base_before = match before {
        '\u{FE00}'..='\u{FE0E}' => text[..run.start].chars().rev().nth(1).unwrap_or(before),
        '\u{E0100}'..='\u{E01EF}' => '一',
        _ => before,
    };
    if !is_cjk(base_before) && !is_cjk(after) {
        return none;
    }
    let opens = !punct_after || punct_before;
    let closes = !punct_before || punct_after;
    if opens && closes {
        return none;
    }
    // No emphasis begins with a comma; and one asterisk after a comma is a note.
    let begins = closes && is_separator(after);
    let note = run.length == 1
        && opens
        && matches!(before, '，' | '、' | '；' | '：')
        && !ends_name(&text[..run.start]);
    if begins || note {
        return none;
    }
    // Left- and right-flanking by the amended rules, neither neighbour being white space.
    let odd_before = punct_before && !is_cjk(base_before);
    let odd_after = punct_after && !is_cjk(after);
    let left = !odd_after || odd_before || is_cjk(base_before);
    let right = !odd_before || odd_after || is_cjk(after);
    if left && right { Use::Delimiter(punct_before, punct_after) } else { none }
}

/// `*注：`: a line of one asterisk and a short name with its colon.
fn ends_name(text: &str) -> bool {
    let name = text.strip_suffix('：').unwrap_or_default();
    let before = name.trim_end_matches(is_letter);
    let is_short = name.len() - before.len() <= 32;
    let line = before.strip_suffix('*').map(|before| before.trim_end_matches([' ', '\u{3000}']));
    is_short && line.is_some_and(|before| before.is_empty() || before.ends_with('\n'))
}

fn is_surname(c: char) -> bool {
    SURNAMES.contains(c)
}

/// `李**、`: does a surname stand before a run, and nothing that it could open after it?
pub(super) fn is_mask(before: &str, after: &str) -> bool {
    let ends = after.chars().next().is_none_or(|c| !is_letter(c) && c != '*');
    ends && before.chars().next_back().is_some_and(is_surname)
}

/// Unicode punctuation as pulldown-cmark takes it: general categories P and S.
fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    // What is neither letter, digit, mark, space nor control, is punctuation or a symbol.
    // Marks and unassigned characters never matter here: beside them nothing is marked.
    !c.is_alphanumeric()
        && !c.is_whitespace()
        && !c.is_control()
        && matches!(c,
            '\u{A1}'..='\u{BF}' | '×' | '÷' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}'
            | '\u{20A0}'..='\u{20CF}' | '\u{2100}'..='\u{2BFF}' | '\u{2E00}'..='\u{2E5D}'
            | '\u{2E80}'..='\u{2FFF}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}'
            | '\u{3030}' | '\u{3036}'..='\u{3037}' | '\u{303D}'..='\u{303F}' | '\u{309B}'..='\u{309C}'
            | '\u{30A0}' | '\u{30FB}' | '\u{3190}'..='\u{319F}' | '\u{31C0}'..='\u{31E3}'
            | '\u{3200}'..='\u{33FF}' | '\u{4DC0}'..='\u{4DFF}' | '\u{A490}'..='\u{A4C6}'
            | '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE6B}' | '\u{FF01}'..='\u{FF65}'
            | '\u{FFE0}'..='\u{FFEE}' | '\u{1F000}'..='\u{1FAFF}')
}

impl Marked<'_> {
    /// Can there be HTML in the text?
    pub(super) fn has_html(&self) -> bool {
        memchr::memchr(b'<', self.new.text.as_bytes()).is_some()
    }

    /// Takes the marks out of an event, and noncharacters that entities stood for.
    pub(super) fn unmark<'e>(&self, event: Event<'e>) -> Event<'e> {
        if !self.marks && !self.entities {
            return event;
        }
        match event {
            Event::Text(text) => Event::Text(self.strip(text, true)),
            Event::Code(text) => Event::Code(self.strip(text, false)),
            Event::Html(text) => Event::Html(self.strip(text, false)),
            Event::InlineHtml(text) => Event::InlineHtml(self.strip(text, false)),
            Event::FootnoteReference(label) => Event::FootnoteReference(self.strip(label, false)),
            Event::Start(tag) => Event::Start(match tag {
                Tag::Link { link_type, dest_url, title, id } => Tag::Link {
                    link_type,
                    dest_url: self.strip(dest_url, false),
                    title: self.strip(title, false),
                    id: self.strip(id, false),
                },
                Tag::Image { link_type, dest_url, title, id } => Tag::Image {
                    link_type,
                    dest_url: self.strip(dest_url, false),
                    title: self.strip(title, false),
                    id: self.strip(id, false),
                },
                Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(self.strip(label, false)),
                Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                    Tag::CodeBlock(CodeBlockKind::Fenced(self.strip(info, false)))
                }
                tag => tag,
            }),
            event => event,
        }
    }

    /// `marked` says whether signs of marked text are kept, for [`super::flow`].
    fn strip<'e>(&self, text: CowStr<'e>, marked: bool) -> CowStr<'e> {
        if !has_noncharacters(&text) {
            return text;
        }
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                // Without marks of ours such a character came by an entity.
                '\u{FDD3}' if self.marks => {}
                '\u{FDD4}' if self.marks => out.push('*'),
                '\u{FDD5}' if self.marks => out.push('~'),
                '\u{FDD6}' | '\u{FDD7}' if self.marks && marked => out.push(c),
                '\u{FDD6}' | '\u{FDD7}' if self.marks => out.push_str("=="),
                c if is_noncharacter(c) && self.entities => out.push('\u{FFFD}'),
                c => out.push(c),
            }
        }
        out.into()
    }
}
