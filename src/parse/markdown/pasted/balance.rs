//! Markdown and HTML as one well-formed sequence in which every element stands where it may.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag as Mark, TagEnd};

use super::tags::{self, Attributes, Kind, Tag};
use super::tokens::{Address, Item};
use super::{Picture, Piece, Told};

type Out<'t> = Vec<(Piece<'t>, Range<usize>)>;

/// More blocks of HTML in each other than anybody writes: those beyond are not written.
const DEEPEST: usize = 60;
/// More inline elements in each other than anybody writes.
const INLINES: usize = 30;

/// The parts of a body, balanced.
pub(super) fn pieces<'t>(items: Vec<(Item<'t>, Range<usize>)>, told: &mut Told) -> Out<'t> {
    let items = without_dropped(items, told);
    let partners = partners(&items, |item| match item {
        Item::Start(tag, ..) if !tag.kind.is_void() => Some(Edge::Start(tags::number(tag))),
        Item::End(tag) => Some(Edge::End(tags::number(tag))),
        _ => None,
    });
    let mut balance = Balance {
        out: Vec::with_capacity(items.len() + items.len() / 4),
        partners,
        told,
        frames: vec![Frame::new(Owner::Markdown, Holds::Blocks, 0, 0)],
        inlines: Vec::new(),
        ours: 0,
        paragraph: 0,
        paragraphs: 0,
        pictures: 0,
        in_code: false,
        skipped: 0,
        broken: false,
        written: false,
        at: 0..0,
    };
    for (i, (item, range)) in items.into_iter().enumerate() {
        balance.at = range;
        balance.item(i, item);
    }
    balance.close_to(1);
    balance.end_paragraph();
    balance.out
}

/// The items without those tags that go with what is in them, and without that.
fn without_dropped<'t>(
    items: Vec<(Item<'t>, Range<usize>)>,
    told: &mut Told,
) -> Vec<(Item<'t>, Range<usize>)> {
    if !items.iter().any(|(item, _)| matches!(item, Item::Drop(_) | Item::DropEnd(_))) {
        return items;
    }
    let partners = partners(&items, |item| match item {
        Item::Drop(number) if tags::DROPPED[*number].1 => Some(Edge::Start(*number)),
        Item::DropEnd(number) => Some(Edge::End(*number)),
        _ => None,
    });
    let mut dropped_to = 0;
    let mut kept = Vec::with_capacity(items.len());
    for (i, (item, range)) in items.into_iter().enumerate() {
        match item {
            _ if i < dropped_to => {
                if let Item::Drop(_) = item {
                    dropped_to = dropped_to.max(partners[i].map_or(0, |end| end + 1));
                }
            }
            Item::Drop(number) => {
                let (name, holds) = tags::DROPPED[number];
                told.dropped.push((name, !holds || partners[i].is_some(), range));
                dropped_to = partners[i].map_or(0, |end| end + 1);
            }
            Item::DropEnd(_) => {}
            item => kept.push((item, range)),
        }
    }
    kept
}

enum Edge {
    Start(usize),
    End(usize),
}

/// For each tag that needs an end tag, which item that is, and the other way round. Both stand
/// between the same marks of Markdown, paragraphs aside; or the end stands deeper, as it does
/// below a list. `edge` says of an item which of [`tags::COUNT`] elements it begins or ends.
fn partners(
    items: &[(Item<'_>, Range<usize>)],
    edge: impl Fn(&Item<'_>) -> Option<Edge>,
) -> Vec<Option<usize>> {
    let mut partners = vec![None; items.len()];
    // Of each name, the tags that are open: which item, and between which marks.
    let mut open: Vec<Vec<(usize, usize)>> = vec![Vec::new(); tags::COUNT];
    let mut levels = vec![0];
    let mut is_open = vec![true];
    for (i, (item, _)) in items.iter().enumerate() {
        let level = levels.last().copied().unwrap_or_default();
        match item {
            Item::Event(Event::Start(mark)) if *mark != Mark::Paragraph => {
                levels.push(is_open.len());
                is_open.push(true);
            }
            Item::Event(Event::End(mark)) if *mark != TagEnd::Paragraph && levels.len() > 1 => {
                levels.pop();
                is_open[level] = false;
            }
            item => match edge(item) {
                Some(Edge::Start(number)) => open[number].push((i, level)),
                Some(Edge::End(number)) => {
                    let stack = &mut open[number];
                    while stack.last().is_some_and(|(_, level)| !is_open[*level]) {
                        stack.pop();
                    }
                    // What is dropped must hold whole elements of Markdown.
                    let whole = matches!(item, Item::End(_))
                        || stack.last().is_some_and(|(_, at)| *at == level);
                    if whole && let Some((start, _)) = stack.pop() {
                        partners[start] = Some(i);
                        partners[i] = Some(start);
                    }
                }
                None => {}
            },
        }
    }
    partners
}

/// Who opened an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Markdown,
    /// The author, by this item; a tag that was added has that of what it was added for.
    Html(&'static Tag, usize),
}

/// What may stand in an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// Blocks, in which text has paragraphs.
    Blocks,
    /// Blocks, or text.
    Flow,
    /// Text.
    Words,
    /// The text of code, as it is.
    Code,
    Items,
    Definitions,
    /// Of a table: the parts, rows, cells, columns.
    Sections,
    Rows,
    Cells,
    Columns,
}

/// A block that is open.
struct Frame {
    owner: Owner,
    holds: Holds,
    /// The paragraph of Markdown in which it was opened; 0 outside of one.
    paragraph: usize,
    /// Where its beginning is in what is written.
    start: usize,
    /// A `p` of the author's in it: its attributes, and its item.
    style: Option<(Attributes, usize)>,
    /// Is a paragraph open in it, and one with attributes?
    open: Option<bool>,
    /// Its end tag stood deeper in Markdown.
    closing: bool,
    /// Was it added?
    added: bool,
    /// Of a table, the part that came last; of definitions, whether a term waits for one.
    stage: u8,
    /// Of a figure, where its captions are.
    captions: Vec<(usize, usize)>,
}

impl Frame {
    fn new(owner: Owner, holds: Holds, paragraph: usize, start: usize) -> Self {
        Self {
            owner,
            holds,
            paragraph,
            start,
            style: None,
            open: None,
            closing: false,
            added: false,
            stage: 0,
            captions: Vec::new(),
        }
    }

    fn tag(&self) -> Option<&'static Tag> {
        match self.owner {
            Owner::Html(tag, _) => Some(tag),
            Owner::Markdown => None,
        }
    }

    fn kind(&self) -> Option<Kind> {
        self.tag().map(|tag| tag.kind)
    }
}

/// An inline element that is open.
struct Inline {
    owner: Owner,
    attributes: Attributes,
    dest: Option<String>,
    range: Range<usize>,
    /// Where its beginning is, if that is written in the present block.
    start: Option<usize>,
    closing: bool,
    /// Of `ruby`: where the last reading ended.
    tail: Option<usize>,
    /// Of `ruby`: a parenthesis that waits for its reading, and one that is to be closed.
    parenthesis: Option<String>,
    owes: bool,
}

struct Balance<'t, 'r> {
    out: Out<'t>,
    partners: Vec<Option<usize>>,
    told: &'r mut Told,
    frames: Vec<Frame>,
    inlines: Vec<Inline>,
    /// How many of the inline elements are of Markdown.
    ours: usize,
    /// The paragraph of Markdown that is read, by number; 0 outside of one.
    paragraph: usize,
    paragraphs: usize,
    /// How many pictures are open: of one in another's description only the text is shown.
    pictures: usize,
    in_code: bool,
    /// How many links of Markdown are open that are not written.
    skipped: usize,
    /// Is the next text to begin a line of its own?
    broken: bool,
    /// Has this line text?
    written: bool,
    at: Range<usize>,
}

fn tag(name: &str) -> &'static Tag {
    tags::find(name).expect("it is in the table")
}

impl<'t> Balance<'t, '_> {
    fn emit(&mut self, piece: Piece<'t>) {
        self.out.push((piece, self.at.clone()));
    }

    fn event(&mut self, event: Event<'t>) {
        self.emit(Piece::Event(event));
    }

    fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the body itself is never closed")
    }

    fn holds(&self) -> Holds {
        self.frames.last().map_or(Holds::Blocks, |frame| frame.holds)
    }

    fn item(&mut self, i: usize, item: Item<'t>) {
        if self.pictures > 0 {
            match item {
                Item::Event(event) => {
                    match event {
                        Event::Start(Mark::Image { .. }) => self.pictures += 1,
                        Event::End(TagEnd::Image) => self.pictures -= 1,
                        _ => {}
                    }
                    self.event(event);
                    if self.pictures == 0 {
                        self.settle_inlines();
                    }
                }
                Item::End(_) => {
                    let start = self.partners[i];
                    let own = |it: &&mut Inline| it.item() == start;
                    if let Some(it) = self.inlines.iter_mut().find(own) {
                        it.closing = true;
                    }
                }
                Item::Start(tag, ..) if tag.kind == Kind::Break => self.event(Event::SoftBreak),
                _ => {}
            }
            return;
        }
        match item {
            Item::Event(event) => self.markdown(event),
            Item::Start(tag, attributes, address) => self.start(i, tag, attributes, address),
            Item::End(tag) => self.end(i, tag),
            Item::Edge => self.edge(),
            Item::Other(name) => self.told.other(&name, &self.at),
            Item::Drop(_) | Item::DropEnd(_) => {}
        }
    }

    // ---- Markdown

    fn markdown(&mut self, event: Event<'t>) {
        match event {
            Event::Start(Mark::Paragraph) => {
                self.break_paragraph();
                self.paragraphs += 1;
                self.paragraph = self.paragraphs;
            }
            Event::End(TagEnd::Paragraph) => {
                self.break_paragraph();
                self.leave_paragraph();
            }
            Event::Start(mark) => self.mark_start(mark),
            Event::End(end) => self.mark_end(end),
            Event::Text(words) if self.in_code => self.event(Event::Text(words)),
            Event::Text(words) => self.text(words),
            Event::SoftBreak if self.holds() == Holds::Code => {
                self.event(Event::Text("\n".into()));
            }
            Event::SoftBreak if self.in_words() => self.event(Event::SoftBreak),
            Event::SoftBreak => {}
            Event::HardBreak => self.line_break(),
            Event::Rule => {
                self.prepare_block();
                self.event(Event::Rule);
            }
            Event::FootnoteReference(_) => {
                self.leave_link();
                self.prepare_words();
                self.event(event);
            }
            event => {
                self.prepare_words();
                self.event(event);
                self.written = true;
            }
        }
    }

    fn mark_start(&mut self, mark: Mark<'t>) {
        let holds = match &mark {
            // Superscript is marked text.
            Mark::Emphasis | Mark::Strong | Mark::Strikethrough | Mark::Superscript => {
                self.inline_of_markdown(Event::Start(mark));
                return;
            }
            Mark::Link { link_type, .. } => {
                if self.link().is_some() && *link_type == LinkType::Autolink {
                    self.skipped += 1;
                } else {
                    self.leave_link();
                    self.inline_of_markdown(Event::Start(mark));
                }
                return;
            }
            Mark::Image { .. } => {
                self.prepare_words();
                self.pictures = 1;
                self.event(Event::Start(mark));
                return;
            }
            Mark::HtmlBlock => return,
            Mark::BlockQuote(_) | Mark::FootnoteDefinition(_) => Holds::Blocks,
            Mark::Heading { .. } | Mark::DefinitionListTitle => Holds::Words,
            Mark::CodeBlock(_) => {
                self.in_code = true;
                Holds::Code
            }
            _ => Holds::Flow,
        };
        let is_part = matches!(
            mark,
            Mark::Item
                | Mark::TableHead
                | Mark::TableRow
                | Mark::TableCell
                | Mark::DefinitionListTitle
                | Mark::DefinitionListDefinition
        );
        if is_part {
            self.end_paragraph();
        } else {
            self.prepare_block();
        }
        let start = self.out.len();
        self.event(Event::Start(mark));
        self.frames.push(Frame::new(Owner::Markdown, holds, 0, start));
        // What begins in here begins outside of a paragraph.
        self.paragraph = 0;
        self.fresh();
    }

    fn mark_end(&mut self, end: TagEnd) {
        match end {
            TagEnd::HtmlBlock => return,
            TagEnd::Link if self.skipped > 0 => {
                self.skipped -= 1;
                return;
            }
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Link => {
                if let Some(at) = self.inlines.iter().rposition(|it| it.owner == Owner::Markdown) {
                    self.close_inlines(at + 1);
                    self.inlines.truncate(at);
                    self.ours -= 1;
                    self.event(Event::End(end));
                    self.settle_inlines();
                    self.settle();
                }
                return;
            }
            TagEnd::CodeBlock => self.in_code = false,
            _ => {}
        }
        let ours = self.frames.iter().rposition(|frame| frame.owner == Owner::Markdown);
        let Some(ours) = ours.filter(|at| *at > 0) else { return };
        self.close_to(ours + 1);
        self.end_paragraph();
        self.event(Event::End(end));
        self.frames.pop();
        self.fresh();
        self.settle();
    }

    /// What closed while Markdown held it open can close now.
    fn settle(&mut self) {
        let floor = self.floor();
        if self.ours == 0
            && let Some(at) = (floor..self.frames.len()).find(|&at| self.frames[at].closing)
        {
            self.close_to(at);
        }
    }

    fn inline_of_markdown(&mut self, event: Event<'t>) {
        self.prepare_words();
        let mut inline = Inline::new(Owner::Markdown, Some(self.out.len()), self.at.clone());
        inline.dest = matches!(event, Event::Start(Mark::Link { .. })).then(String::new);
        self.event(event);
        self.ours += 1;
        self.inlines.push(inline);
    }

    fn text(&mut self, words: pulldown_cmark::CowStr<'t>) {
        if words.is_empty() {
            return;
        }
        let blank = words.chars().all(|c| c.is_ascii_whitespace());
        if blank && self.holds() != Holds::Code && !self.in_words() {
            return;
        }
        if let Some(rp) = self.parenthesis() {
            let words = words.into_string();
            self.inlines[rp].parenthesis.get_or_insert_default().push_str(&words);
            return;
        }
        self.prepare_words();
        self.event(Event::Text(words));
        self.written |= !blank;
    }

    fn line_break(&mut self) {
        if self.parenthesis().is_some() {
            return;
        }
        match self.holds() {
            Holds::Code => self.event(Event::Text("\n".into())),
            Holds::Sections | Holds::Rows | Holds::Cells | Holds::Columns => {}
            Holds::Items | Holds::Definitions => {}
            _ => {
                self.prepare_words();
                self.event(Event::HardBreak);
                self.written = false;
            }
        }
    }

    /// A paragraph of Markdown begins or ends.
    fn break_paragraph(&mut self) {
        match self.holds() {
            Holds::Words | Holds::Code => self.broken |= self.written,
            _ => self.end_paragraph(),
        }
    }

    fn leave_paragraph(&mut self) {
        self.paragraph = 0;
        // A `p` without an end is one of the paragraph.
        let partners = &self.partners;
        if let Some(frame) = self.frames.last_mut()
            && frame.style.as_ref().is_some_and(|(_, item)| partners[*item].is_none())
        {
            frame.style = None;
        }
    }

    // ---- Tags

    fn start(&mut self, i: usize, tag: &'static Tag, attributes: Attributes, address: Address) {
        let needs_end = !tag.kind.is_void() && !tag.kind.ends_by_itself();
        if needs_end && self.partners[i].is_none() {
            self.told.unclosed.push((tag.name, self.at.clone()));
            if tag.kind.is_block() {
                self.edge();
            }
            return;
        }
        match tag.kind {
            Kind::Break => self.line_break(),
            Kind::Picture => {
                self.prepare_words();
                let picture = Picture {
                    dest: address.dest.unwrap_or_default(),
                    alt: address.alt,
                    attributes,
                };
                self.emit(Piece::Picture(Box::new(picture)));
                self.written = true;
            }
            kind if !kind.is_block() => self.inline(i, tag, attributes, address.dest),
            _ if self.in_hard_words() && !self.ends_words(tag.kind) => self.edge(),
            _ if self.frames.len() - self.floor() > DEEPEST => self.edge(),
            _ => self.block(i, tag, attributes),
        }
    }

    fn inline(
        &mut self,
        i: usize,
        tag: &'static Tag,
        attributes: Attributes,
        dest: Option<String>,
    ) {
        if self.inlines.len() - self.ours > INLINES {
            return;
        }
        match tag.kind {
            Kind::Link => {
                let ours =
                    self.inlines.iter().any(|it| it.is_link() && it.owner == Owner::Markdown);
                if dest.is_none() || ours {
                    return;
                }
                self.leave_link();
            }
            Kind::RubyText | Kind::RubyParenthesis => {
                self.end_reading();
                let in_ruby = self.inlines.last().is_some_and(|it| it.kind() == Some(Kind::Ruby));
                if !in_ruby {
                    return;
                }
                if tag.kind == Kind::RubyParenthesis {
                    let ruby = self.inlines.len() - 1;
                    self.flush_parenthesis(ruby);
                    self.inlines[ruby].parenthesis = Some(String::new());
                }
            }
            _ => {}
        }
        let mut inline = Inline::new(Owner::Html(tag, i), None, self.at.clone());
        inline.attributes = attributes;
        inline.dest = dest;
        self.inlines.push(inline);
    }

    fn block(&mut self, i: usize, tag: &'static Tag, attributes: Attributes) {
        let holds = match tag.kind {
            Kind::Paragraph => return self.paragraph_start(i, attributes),
            Kind::Rule => {
                self.prepare_block();
                return self.event(Event::Rule);
            }
            Kind::Summary if !self.is_fresh(Kind::Details) => return self.edge(),
            Kind::FigureCaption if !self.is_in_figure() => return self.edge(),
            Kind::Heading(_) | Kind::Preformatted | Kind::Summary => Holds::Words,
            Kind::List => Holds::Items,
            Kind::Definitions => Holds::Definitions,
            Kind::Table => Holds::Sections,
            Kind::Item => return self.list_item(i, tag, attributes),
            Kind::Term | Kind::Definition => return self.definition(i, tag, attributes),
            Kind::Caption
            | Kind::Columns
            | Kind::Column
            | Kind::Section
            | Kind::Row
            | Kind::Cell => return self.table_part(i, tag, attributes),
            _ => Holds::Flow,
        };
        let holds = if tag.kind == Kind::Preformatted { Holds::Code } else { holds };
        // Lists that stand in lists, as Word and others write them, belong to the item before.
        if tag.kind == Kind::List
            && self.holds() == Holds::Items
            && let Some((Piece::Close(last), _)) = self.out.last()
            && last.kind == Kind::Item
        {
            let item = *last;
            self.out.pop();
            let owner = Owner::Html(item, usize::MAX);
            let mut frame = Frame::new(owner, Holds::Flow, self.paragraph, usize::MAX);
            frame.added = true;
            self.frames.push(frame);
        }
        match tag.kind {
            // It comes first in its block, which is as it should be.
            Kind::Summary => self.end_paragraph(),
            _ => self.prepare_block(),
        }
        if matches!(tag.kind, Kind::Heading(_)) && self.is_in_heading_cell() {
            return self.edge();
        }
        self.open(i, tag, holds, attributes);
    }

    /// Writes the beginning of a block.
    fn open(&mut self, i: usize, tag: &'static Tag, holds: Holds, attributes: Attributes) {
        let start = self.out.len();
        match tag.kind {
            Kind::Heading(level) => {
                let level = match level {
                    2 => HeadingLevel::H2,
                    3 => HeadingLevel::H3,
                    4 => HeadingLevel::H4,
                    5 => HeadingLevel::H5,
                    _ => HeadingLevel::H6,
                };
                self.emit(Piece::Heading(level as u8, attributes));
            }
            _ => self.emit(Piece::Open(tag, attributes)),
        }
        self.frames.push(Frame::new(Owner::Html(tag, i), holds, self.paragraph, start));
        self.fresh();
    }

    /// Writes the beginning of a block that nobody wrote.
    fn add(&mut self, name: &str, holds: Holds) {
        self.open(usize::MAX, tag(name), holds, Vec::new());
        self.top().added = true;
    }

    fn paragraph_start(&mut self, i: usize, attributes: Attributes) {
        match self.holds() {
            Holds::Blocks | Holds::Flow => {
                self.end_paragraph();
                self.top().style = Some((attributes, i));
            }
            _ => self.edge(),
        }
    }

    fn list_item(&mut self, i: usize, tag: &'static Tag, attributes: Attributes) {
        self.close_inlines(0);
        let floor = self.floor();
        let list = self.find(floor, |frame| frame.holds == Holds::Items);
        match list {
            Some(list) if !self.is_between(list, Kind::Cell) => self.close_to(list + 1),
            _ => {
                self.prepare_block();
                self.add("ul", Holds::Items);
            }
        }
        self.open(i, tag, Holds::Flow, attributes);
    }

    fn definition(&mut self, i: usize, kind: &'static Tag, attributes: Attributes) {
        self.close_inlines(0);
        let floor = self.floor();
        match self.find(floor, |frame| frame.holds == Holds::Definitions) {
            Some(list) if !self.is_between(list, Kind::Cell) => self.close_to(list + 1),
            _ => {
                self.prepare_block();
                self.add("dl", Holds::Definitions);
            }
        }
        self.define(i, kind, attributes);
    }

    /// Opens a term or a definition, which follows a term.
    fn define(&mut self, i: usize, kind: &'static Tag, attributes: Attributes) {
        let is_term = kind.kind == Kind::Term;
        if !is_term && self.top().stage == 0 {
            self.emit(Piece::Open(tag("dt"), Vec::new()));
            self.emit(Piece::Close(tag("dt")));
        }
        self.top().stage = if is_term { 1 } else { 2 };
        self.open(i, kind, if is_term { Holds::Words } else { Holds::Flow }, attributes);
    }

    fn table_part(&mut self, i: usize, part: &'static Tag, attributes: Attributes) {
        let floor = self.floor();
        let Some(table) = self.find(floor, |frame| frame.kind() == Some(Kind::Table)) else {
            return self.edge();
        };
        // `caption`, `colgroup`, `thead`, `tbody`, `tfoot` come in this order.
        match part.kind {
            Kind::Row | Kind::Cell => {
                let within = |frame: &Frame| match part.kind {
                    Kind::Row => frame.holds == Holds::Rows,
                    _ => matches!(frame.holds, Holds::Rows | Holds::Cells),
                };
                let parent = self.find(table, within).unwrap_or(table);
                self.close_to(parent + 1);
                self.prepare_table(part.kind == Kind::Cell);
                let holds = if part.kind == Kind::Row { Holds::Cells } else { Holds::Flow };
                self.open(i, part, holds, attributes);
            }
            Kind::Caption | Kind::Columns => {
                let stage = if part.kind == Kind::Caption { 1 } else { 2 };
                let last = self.frames[table].stage;
                if last > stage || (last == 1 && stage == 1) {
                    return self.edge();
                }
                self.close_to(table + 1);
                self.top().stage = stage;
                let holds = if stage == 1 { Holds::Words } else { Holds::Columns };
                self.open(i, part, holds, attributes);
            }
            Kind::Column => {
                if self.frames[table].stage > 2 {
                    return;
                }
                let columns = self.find(table, |frame| frame.holds == Holds::Columns);
                self.close_to(columns.unwrap_or(table) + 1);
                if columns.is_none() {
                    self.top().stage = 2;
                    self.add("colgroup", Holds::Columns);
                }
                self.emit(Piece::Open(part, attributes));
            }
            _ => {
                self.close_to(table + 1);
                let last = self.frames[table].stage;
                // Only the last part can be the foot.
                if last == 5
                    && let Some(at) = self.frames[table].captions.last().copied()
                {
                    self.rename(at, tag("tbody"));
                }
                let stage = match part.name {
                    "thead" if last < 3 => 3,
                    "tfoot" => 5,
                    _ => 4,
                };
                let part = if part.name == "thead" && stage != 3 { tag("tbody") } else { part };
                self.frames[table].stage = stage;
                self.open(i, part, Holds::Rows, attributes);
            }
        }
    }

    /// Makes sure that rows, or cells, can follow in the table that is open.
    fn prepare_table(&mut self, cells: bool) {
        if self.holds() == Holds::Sections {
            let table = self.top();
            table.stage = table.stage.max(4);
            if table.stage == 5
                && let Some(at) = table.captions.last().copied()
            {
                self.rename(at, tag("tbody"));
            }
            self.top().stage = 4;
            self.add("tbody", Holds::Rows);
        }
        if cells && self.holds() == Holds::Rows {
            self.add("tr", Holds::Cells);
        }
    }

    fn end(&mut self, i: usize, tag: &'static Tag) {
        if !tag.kind.is_block() {
            return self.inline_end(i, tag);
        }
        let floor = self.floor();
        if tag.kind == Kind::Paragraph {
            if self.in_hard_words() {
                return self.edge();
            }
            let start = self.partners[i];
            let own =
                |frame: &Frame| frame.style.as_ref().is_some_and(|(_, item)| Some(*item) == start);
            if let Some(at) = self.find(floor, own)
                && at + 1 == self.frames.len()
            {
                self.end_paragraph();
                self.top().style = None;
            }
            return;
        }
        let target = if tag.kind.ends_by_itself() {
            let limit = match tag.kind {
                Kind::Item => self.find(floor, |frame| frame.holds == Holds::Items),
                Kind::Term | Kind::Definition => {
                    self.find(floor, |frame| frame.holds == Holds::Definitions)
                }
                _ => self.find(floor, |frame| frame.kind() == Some(Kind::Table)),
            };
            limit.and_then(|limit| {
                self.find(limit, |frame| {
                    frame.kind() == Some(tag.kind) && (tag.kind != Kind::Section || !frame.added)
                })
            })
        } else {
            let Some(start) = self.partners[i] else { return };
            let own = |frame: &Frame| matches!(frame.owner, Owner::Html(_, item) if item == start);
            let at = self.frames.iter().rposition(own);
            if let Some(at) = at.filter(|at| *at < floor) {
                // Markdown that stands in it has not ended.
                self.frames[at].closing = true;
                return;
            }
            at
        };
        match target {
            // What Markdown opened within the last line goes on.
            Some(at) if self.ours > 0 => {
                self.frames[at].closing = !tag.kind.ends_by_itself();
            }
            Some(at) => self.close_to(at),
            None if !tag.kind.ends_by_itself() => self.edge(),
            None => {}
        }
    }

    fn inline_end(&mut self, i: usize, tag: &'static Tag) {
        let own = |inline: &Inline| match tag.kind {
            Kind::RubyText | Kind::RubyParenthesis => inline.kind() == Some(tag.kind),
            _ => inline.item().is_some() && inline.item() == self.partners[i],
        };
        let Some(at) = self.inlines.iter().rposition(own) else { return };
        if tag.kind == Kind::Ruby && !self.inlines[at + 1..].iter().any(Inline::is_ruby) {
            self.end_reading();
        }
        if self.inlines[at..].iter().any(|it| it.owner == Owner::Markdown) {
            self.inlines[at].closing = true;
        } else {
            self.remove_inline(at);
        }
    }

    /// The edge of a block that is not written.
    fn edge(&mut self) {
        match self.holds() {
            _ if self.ours > 0 => self.broken |= self.written,
            Holds::Words | Holds::Code => self.broken |= self.written,
            Holds::Blocks | Holds::Flow => {
                // Text without paragraphs goes on in the next line.
                let direct = self.frames.last().is_some_and(|top| top.open.is_none());
                self.broken |= direct && self.written;
                self.end_paragraph();
            }
            _ => {}
        }
    }

    // ---- What is open

    /// The first block that Markdown does not hold open.
    fn floor(&self) -> usize {
        let ours = self.frames.iter().rposition(|frame| frame.owner == Owner::Markdown);
        ours.map_or(0, |at| at + 1)
    }

    /// The innermost block from `floor` on that is so.
    fn find(&self, floor: usize, wanted: impl Fn(&Frame) -> bool) -> Option<usize> {
        (floor.saturating_sub(1)..self.frames.len()).rev().find(|&at| wanted(&self.frames[at]))
    }

    fn is_between(&self, at: usize, kind: Kind) -> bool {
        self.frames[at..].iter().any(|frame| frame.kind() == Some(kind))
    }

    /// Is text being written in the block that is open?
    fn in_words(&self) -> bool {
        let top = self.frames.last();
        self.written || top.is_some_and(|top| top.open.is_some())
    }

    /// Must blocks here be lines?
    fn in_hard_words(&self) -> bool {
        self.ours > 0 || matches!(self.holds(), Holds::Words | Holds::Code)
    }

    /// Does the beginning of such a block end the block of words that is open?
    fn ends_words(&self, kind: Kind) -> bool {
        use Kind::{Caption, Cell, Column, Columns, Definition, Row, Section, Term};
        let top = self.frames.last().and_then(Frame::kind);
        self.ours == 0
            && match top {
                Some(Term) => matches!(kind, Term | Definition),
                Some(Caption) => matches!(kind, Columns | Column | Section | Row | Cell),
                _ => false,
            }
    }

    fn is_fresh(&self, kind: Kind) -> bool {
        let top = self.frames.last();
        top.is_some_and(|top| top.kind() == Some(kind) && top.start + 1 == self.out.len())
    }

    fn is_in_figure(&self) -> bool {
        self.frames.last().is_some_and(|top| top.kind() == Some(Kind::Figure))
    }

    fn is_in_heading_cell(&self) -> bool {
        let mut cells = self.frames.iter().rev().filter_map(Frame::tag);
        cells.find(|tag| tag.kind == Kind::Cell).is_some_and(|tag| tag.name == "th")
    }

    /// A line begins.
    fn fresh(&mut self) {
        self.broken = false;
        self.written = false;
    }

    /// Makes sure that a block can follow.
    fn prepare_block(&mut self) {
        self.end_paragraph();
        // At most: a table, its body, a row, a cell.
        for _ in 0..8 {
            match self.holds() {
                Holds::Blocks | Holds::Flow => break,
                Holds::Words | Holds::Code | Holds::Columns => {
                    let is_ours = self.top().owner == Owner::Markdown;
                    if is_ours {
                        break;
                    }
                    self.close_to(self.frames.len() - 1);
                }
                Holds::Items => self.wrap_in_list(),
                Holds::Definitions => self.define(usize::MAX, tag("dd"), Vec::new()),
                Holds::Sections | Holds::Rows => self.prepare_table(true),
                Holds::Cells => self.add("td", Holds::Flow),
            }
        }
        if self.is_details_without_summary() {
            self.rename_top("div");
        }
    }

    fn wrap_in_list(&mut self) {
        if self.top().added {
            self.close_to(self.frames.len() - 1);
        } else {
            self.add("li", Holds::Flow);
        }
    }

    fn is_details_without_summary(&self) -> bool {
        self.is_fresh(Kind::Details)
    }

    fn rename_top(&mut self, name: &str) {
        let start = self.top().start;
        let item = match self.top().owner {
            Owner::Html(_, item) => item,
            Owner::Markdown => return,
        };
        self.top().owner = Owner::Html(tag(name), item);
        self.out[start].0 = Piece::Open(tag(name), Vec::new());
    }

    fn rename(&mut self, (start, end): (usize, usize), tag: &'static Tag) {
        for at in [start, end] {
            self.out[at].0 = match std::mem::replace(&mut self.out[at].0, Piece::Gone) {
                Piece::Open(_, attributes) => Piece::Open(tag, attributes),
                Piece::Close(_) => Piece::Close(tag),
                other => other,
            };
        }
    }

    /// Makes sure that text can follow.
    fn prepare_words(&mut self) {
        if !matches!(self.holds(), Holds::Blocks | Holds::Flow | Holds::Words | Holds::Code) {
            self.prepare_block();
        }
        if self.is_details_without_summary() {
            self.rename_top("div");
        }
        let paragraph = self.paragraph;
        let top = self.top();
        if matches!(top.holds, Holds::Blocks | Holds::Flow) && top.open.is_none() {
            let wanted = top.style.is_some()
                || match paragraph {
                    0 => top.holds == Holds::Blocks,
                    _ => top.paragraph != paragraph,
                };
            if wanted {
                let attributes = top.style.as_ref().map(|(attributes, _)| attributes.clone());
                let attributes = attributes.unwrap_or_default();
                top.open = Some(!attributes.is_empty());
                if attributes.is_empty() {
                    self.event(Event::Start(Mark::Paragraph));
                } else {
                    self.emit(Piece::Open(tag("p"), attributes));
                }
                self.fresh();
            }
        }
        if std::mem::take(&mut self.broken) && self.written {
            let event = match self.holds() {
                Holds::Code => Event::Text("\n".into()),
                _ => Event::HardBreak,
            };
            self.event(event);
        }
        self.open_inlines();
    }

    /// Ends the paragraph that is open in the innermost block.
    fn end_paragraph(&mut self) {
        if self.ours == 0 {
            self.close_inlines(0);
        }
        if let Some(attributes) = self.top().open.take() {
            match attributes {
                false => self.event(Event::End(TagEnd::Paragraph)),
                true => self.emit(Piece::Close(tag("p"))),
            }
            self.fresh();
        }
    }

    /// Closes blocks until so many are left.
    fn close_to(&mut self, count: usize) {
        while self.frames.len() > count.max(1) {
            self.end_paragraph();
            let Some(frame) = self.frames.pop() else { return };
            self.fresh();
            let Owner::Html(own, _) = frame.owner else { continue };
            let start = frame.start;
            // Nothing came of it.
            let hollow = start.checked_add(1) == Some(self.out.len());
            if hollow
                && !matches!(own.kind, Kind::Cell | Kind::Item | Kind::Term | Kind::Definition)
            {
                self.out.truncate(start);
                continue;
            }
            match own.kind {
                Kind::Definitions if frame.stage == 1 => {
                    self.emit(Piece::Open(tag("dd"), Vec::new()));
                    self.emit(Piece::Close(tag("dd")));
                }
                Kind::Figure => self.captions(&frame),
                _ => {}
            }
            let end = self.out.len();
            match own.kind {
                Kind::Heading(level) => {
                    let level = HeadingLevel::try_from(usize::from(level));
                    self.event(Event::End(TagEnd::Heading(level.unwrap_or(HeadingLevel::H6))));
                }
                _ => self.emit(Piece::Close(own)),
            }
            if matches!(own.kind, Kind::FigureCaption | Kind::Section) {
                let is_caption = own.kind == Kind::FigureCaption;
                if is_caption || own.name == "tfoot" {
                    self.top().captions.push((start, end));
                }
            }
        }
    }

    /// A figure has one caption, which comes first or last; others are blocks.
    fn captions(&mut self, frame: &Frame) {
        let last = frame.captions.iter().position(|(_, end)| end + 1 == self.out.len());
        let first = frame.captions.iter().position(|(start, _)| *start == frame.start + 1);
        let kept = last.or(first);
        for (i, caption) in frame.captions.iter().enumerate() {
            if Some(i) != kept {
                self.rename(*caption, tag("div"));
            }
        }
    }

    // ---- Inline elements

    fn link(&self) -> Option<usize> {
        self.inlines.iter().rposition(|it| it.kind() == Some(Kind::Link))
    }

    /// Ends the author's link.
    fn leave_link(&mut self) {
        let Some(at) = self.link() else { return };
        if self.inlines[at..].iter().any(|it| it.owner == Owner::Markdown) {
            // It is as if it had not begun.
            if let Some(start) = self.inlines[at].start.take() {
                self.out[start].0 = Piece::Gone;
            }
            self.inlines.remove(at);
        } else {
            self.remove_inline(at);
        }
    }

    /// The ruby whose parenthesis is being read.
    fn parenthesis(&self) -> Option<usize> {
        let last = self.inlines.len().checked_sub(1)?;
        (self.inlines[last].kind() == Some(Kind::RubyParenthesis)).then(|| last.checked_sub(1))?
    }

    /// Ends the `rt` or `rp` of the innermost ruby.
    fn end_reading(&mut self) {
        let ruby = self.inlines.iter().rposition(|it| it.kind() == Some(Kind::Ruby));
        let reading = [Some(Kind::RubyText), Some(Kind::RubyParenthesis)];
        let is_reading = |at: &usize| reading.contains(&self.inlines[*at].kind());
        let from = ruby.map_or(0, |ruby| ruby + 1);
        if let Some(at) = (from..self.inlines.len()).rev().find(is_reading)
            && !self.inlines[at..].iter().any(|it| it.owner == Owner::Markdown)
        {
            self.remove_inline(at);
        }
    }

    /// A parenthesis that came without a reading is text; one that is owed is written.
    fn flush_parenthesis(&mut self, ruby: usize) {
        let it = &mut self.inlines[ruby];
        if let Some(words) = it.parenthesis.take().filter(|words| !words.trim().is_empty()) {
            if std::mem::take(&mut it.owes) {
                self.write_parenthesis(words);
                self.inlines[ruby].tail = Some(self.out.len());
            } else {
                self.open_inlines_to(ruby + 1);
                self.event(Event::Text(words.into()));
            }
        }
    }

    fn write_parenthesis(&mut self, words: String) {
        self.emit(Piece::Open(tag("rp"), Vec::new()));
        self.event(Event::Text(words.into()));
        self.emit(Piece::Close(tag("rp")));
    }

    /// Writes the beginnings that are not written yet.
    fn open_inlines(&mut self) {
        self.open_inlines_to(self.inlines.len());
    }

    fn open_inlines_to(&mut self, count: usize) {
        for at in 0..count.min(self.inlines.len()) {
            if self.inlines[at].start.is_some() {
                continue;
            }
            let Owner::Html(own, _) = self.inlines[at].owner else { continue };
            match own.kind {
                // Where its ruby is not, it is nothing.
                Kind::RubyText => {
                    let ruby = at.checked_sub(1).filter(|ruby| {
                        self.inlines[*ruby].kind() == Some(Kind::Ruby)
                            && self.inlines[*ruby].start.is_some()
                    });
                    let Some(ruby) = ruby else { continue };
                    if let Some(words) = self.inlines[ruby].parenthesis.take()
                        && !words.trim().is_empty()
                    {
                        self.write_parenthesis(words);
                        self.inlines[ruby].owes = true;
                    }
                }
                Kind::RubyParenthesis => continue,
                _ => {}
            }
            let start = self.out.len();
            let range = self.inlines[at].range.clone();
            let piece = match &self.inlines[at].dest {
                Some(dest) => {
                    let mut title = self.inlines[at].attributes.iter();
                    let title = title.find(|(name, _)| *name == "title");
                    Piece::Event(Event::Start(Mark::Link {
                        link_type: LinkType::Inline,
                        dest_url: dest.clone().into(),
                        title: title.map_or(String::new(), |(_, title)| title.clone()).into(),
                        id: "".into(),
                    }))
                }
                None => Piece::Open(own, self.inlines[at].attributes.clone()),
            };
            self.out.push((piece, range));
            self.inlines[at].start = Some(start);
        }
    }

    /// Writes the ends of inline elements from `from` on; they begin again with the next text.
    fn close_inlines(&mut self, from: usize) {
        for at in (from..self.inlines.len()).rev() {
            let Owner::Html(own, _) = self.inlines[at].owner else { continue };
            if own.kind == Kind::Ruby {
                self.flush_parenthesis(at);
            }
            let Some(start) = self.inlines[at].start.take() else { continue };
            if start + 1 == self.out.len() {
                self.out.truncate(start);
                continue;
            }
            let it = &mut self.inlines[at];
            if own.kind == Kind::Ruby {
                let (tail, owes) = (it.tail.take(), std::mem::take(&mut it.owes));
                let Some(mut tail) = tail else {
                    // Without a reading it is plain text.
                    self.out[start].0 = Piece::Gone;
                    continue;
                };
                if owes {
                    let rest = self.out.split_off(tail);
                    self.write_parenthesis("）".to_string());
                    tail = self.out.len();
                    self.out.extend(rest);
                }
                // What follows the last reading stands after the ruby.
                self.out.insert(tail, (Piece::Close(own), self.at.clone()));
                continue;
            }
            let end = match it.dest {
                Some(_) => Piece::Event(Event::End(TagEnd::Link)),
                None => Piece::Close(own),
            };
            self.emit(end);
            if own.kind == Kind::RubyText
                && let Some(ruby) = at.checked_sub(1)
            {
                self.inlines[ruby].tail = Some(self.out.len());
            }
        }
    }

    /// Ends one inline element; those within it go on.
    fn remove_inline(&mut self, at: usize) {
        self.close_inlines(at);
        let removed = self.inlines.remove(at);
        if removed.kind() == Some(Kind::RubyParenthesis)
            && let Some(ruby) = at.checked_sub(1)
            && self.inlines[ruby].owes
        {
            self.flush_parenthesis(ruby);
        }
    }

    /// What ended while Markdown held it open can end now.
    fn settle_inlines(&mut self) {
        let last = self.inlines.iter().rposition(|it| it.owner == Owner::Markdown);
        let floor = last.map_or(0, |at| at + 1);
        while let Some(at) = (floor..self.inlines.len()).find(|&at| self.inlines[at].closing) {
            self.remove_inline(at);
        }
    }
}

impl Inline {
    fn new(owner: Owner, start: Option<usize>, range: Range<usize>) -> Self {
        Self {
            owner,
            attributes: Vec::new(),
            dest: None,
            range,
            start,
            closing: false,
            tail: None,
            parenthesis: None,
            owes: false,
        }
    }

    fn kind(&self) -> Option<Kind> {
        match self.owner {
            Owner::Html(tag, _) => Some(tag.kind),
            Owner::Markdown => None,
        }
    }

    /// The item that began it.
    fn item(&self) -> Option<usize> {
        match self.owner {
            Owner::Html(_, item) => Some(item),
            Owner::Markdown => None,
        }
    }

    fn is_ruby(&self) -> bool {
        self.kind() == Some(Kind::Ruby)
    }

    fn is_link(&self) -> bool {
        self.dest.is_some()
    }
}
