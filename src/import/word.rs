//! Word files: what a reader of the document sees becomes a value, block by block. Pure: bytes in,
//! a [`Document`] out.

mod fields;
mod formula;
mod metafile;
mod numbering;
mod pictures;
mod reader;
mod styles;
mod symbols;

use std::sync::Arc;

use super::Refusal;
use super::package::Package;

pub use reader::read;

/// What a document consists of.
#[derive(Debug, Default)]
pub struct Document {
    /// Its paragraphs and tables.
    pub blocks: Vec<Block>,
    /// Footnotes and endnotes, in the order in which the text calls them.
    pub notes: Vec<Vec<Block>>,
    /// Pictures that can be shown, each once.
    pub pictures: Vec<Picture>,
    /// The lines of its tables of contents.
    pub contents: Vec<String>,
    /// What was taken, left out and not understood.
    pub tally: Tally,
    /// What the properties of the file call it.
    pub title: Option<String>,
}

/// A paragraph or a table.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph, as Word lays it out.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// Its level in the outline, from 0.
    pub level: Option<u8>,
    /// What its style says that it is.
    pub role: Option<Role>,
    /// What Word puts before it.
    pub number: Option<Label>,
    /// Where its lines stand.
    pub align: Align,
    /// Its text, pictures and notes.
    pub pieces: Vec<Piece>,
}

/// What a style says that a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Role {
    Title,
    Subtitle,
    Byline,
    Summary,
    Fact,
    Caption,
    Quote,
    Code,
    /// A line across the page, without text.
    Rule,
    /// More of an item of a list that is so deep, from 0.
    Continued(usize),
}

/// Where the lines of a paragraph stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Align {
    #[default]
    Left,
    Centre,
    Right,
}

/// A number or a bullet that Word makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// As it is shown: `一、`, `1.`, `•`.
    pub text: String,
    /// What a list in Markdown can say, too.
    pub list: Option<ListKind>,
    /// How deep it is, from 0.
    pub depth: usize,
    /// Which list it belongs to.
    pub of: i64,
}

/// A list that Markdown has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// Bullets.
    Bullet,
    /// A plain number.
    Number(u32),
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Text.
    Text(String, Style),
    /// A line break.
    Break,
    /// The end of a page. None is left in a document that was read: there it parts paragraphs.
    Page,
    /// A picture, by its place among those of the document, and what it shows.
    Picture(usize, String),
    /// What stood here and could not be brought along.
    Lost(String),
    /// A note, by its place among those of the document.
    Note(usize),
    /// A comment: who made it, and what it says.
    Comment(String, String),
    /// A text and how it is read.
    Ruby(String, String),
}

/// How text is set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Style {
    /// In bold letters.
    pub bold: bool,
    /// Slanted, or with dots of emphasis.
    pub emphasis: bool,
    /// Struck through.
    pub strike: bool,
    /// Underlined.
    pub underline: bool,
    /// Above the line.
    pub above: bool,
    /// Below the line.
    pub below: bool,
    /// As a machine has it, character by character.
    pub code: bool,
    /// Marked, as with a pen.
    pub mark: bool,
    /// Leads to this address.
    pub link: Option<Arc<str>>,
    /// In letters of this kind.
    pub face: Face,
    /// So many half points high; 0 if nothing says so.
    pub size: u16,
}

/// Kinds of Chinese letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Face {
    #[default]
    Other,
    Hei,
    Kai,
    Fang,
    Song,
}

impl Face {
    /// The kind of a font.
    pub fn of(font: &str) -> Self {
        let lower = font.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        match () {
            () if has(&["仿宋", "fangsong"]) => Self::Fang,
            () if has(&["黑体", "黑简", "雅黑", "simhei", "heiti"]) => Self::Hei,
            () if has(&["楷", "kaiti"]) => Self::Kai,
            () if has(&["宋", "simsun", "songti"]) => Self::Song,
            () => Self::Other,
        }
    }
}

/// A table, its cells by rows.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its rows, each from left to right without what a cell above covers.
    pub rows: Vec<Vec<Cell>>,
    /// How many columns it has.
    pub columns: usize,
    /// So many of its first rows are its head, which is on every page.
    pub heads: usize,
    /// Does it say that its first row is none?
    pub is_headless: bool,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its first column.
    pub column: usize,
    /// How many columns it covers.
    pub across: usize,
    /// How many rows it covers.
    pub down: usize,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// A picture that can be shown.
#[derive(Debug)]
pub struct Picture {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What its name ends with: `jpg`.
    pub extension: &'static str,
}

/// What was taken, left out and not understood.
#[derive(Debug, Default)]
pub struct Tally {
    /// Places that were inserted or moved there, and are taken.
    pub inserted: usize,
    /// Places that were deleted or moved away, and are left out.
    pub deleted: usize,
    /// Places that are hidden, and are left out.
    pub hidden: usize,
    /// Comments.
    pub comments: usize,
    /// Text boxes.
    pub boxes: usize,
    /// Bitmaps out of drawings of Office.
    pub bitmaps: usize,
    /// Texts that are marked, as with a pen.
    pub marked: usize,
    /// Pictures that were cropped.
    pub cropped: usize,
    /// Signs of fonts that nobody has, and which.
    pub symbols: Vec<String>,
    /// What could not be brought along: what it is, and the text beside it.
    pub lost: Vec<(Lost, String)>,
}

/// What could not be brought along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// A drawing of Office, by its name.
    Drawing(String),
    /// A picture that is not in the file.
    Outside,
    /// A picture that cannot be read.
    Picture,
    /// A chart.
    Chart,
    /// A diagram of boxes and arrows.
    Diagram,
    /// An embedded file, and of which program.
    Object(String),
    /// A document in the document.
    Document,
    /// A formula, whose text is kept.
    Formula,
}

impl Document {
    /// Is there nothing in it that could be shown?
    pub fn is_blank(&self) -> bool {
        self.blocks.iter().all(|block| match block {
            Block::Paragraph(paragraph) => paragraph.is_blank(),
            Block::Table(_) => false,
        })
    }
}

impl Block {
    /// The paragraph, if it is one.
    pub fn paragraph(&self) -> Option<&Paragraph> {
        match self {
            Self::Paragraph(paragraph) => Some(paragraph),
            Self::Table(_) => None,
        }
    }

    /// Its text, lines of it parted by blanks.
    pub fn text(&self) -> String {
        match self {
            Self::Paragraph(paragraph) => paragraph.text(),
            Self::Table(table) => {
                let cells = table.rows.iter().flatten().map(Cell::text);
                cells.collect::<Vec<_>>().join(" ")
            }
        }
    }
}

impl Cell {
    /// Its text, line by line as it stands there.
    pub fn text(&self) -> String {
        let text = |block: &Block| match block {
            Block::Paragraph(paragraph) => paragraph.text_with('\n'),
            table => table.text(),
        };
        self.blocks.iter().map(text).collect::<Vec<_>>().join("\n")
    }
}

impl Paragraph {
    /// Its text alone.
    pub fn text(&self) -> String {
        self.text_with(' ')
    }

    /// Its text, and what its line breaks are in it.
    fn text_with(&self, line_break: char) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text, _) | Piece::Ruby(text, _) => out.push_str(text),
                Piece::Break => out.push(line_break),
                _ => {}
            }
        }
        out.trim().to_string()
    }

    /// Is there nothing in it that anybody sees?
    pub fn is_blank(&self) -> bool {
        self.pieces.iter().all(|piece| match piece {
            Piece::Text(text, _) => text.trim().is_empty(),
            Piece::Break | Piece::Page => true,
            _ => false,
        })
    }

    /// Its styles, each with the number of characters that are set so; blanks do not count.
    pub fn styles(&self) -> impl Iterator<Item = (&Style, usize)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text, style) => {
                let count = text.chars().filter(|c| !c.is_whitespace()).count();
                (count > 0).then_some((style, count))
            }
            _ => None,
        })
    }

    /// The size of its first letters.
    pub fn size(&self) -> u16 {
        self.styles().next().map_or(0, |(style, _)| style.size)
    }

    /// Is all of its text so?
    pub fn all(&self, so: impl Fn(&Style) -> bool) -> bool {
        let mut any = false;
        self.styles().all(|(style, _)| {
            any = true;
            so(style)
        }) && any
    }
}
