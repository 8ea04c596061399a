//! The tags that pasted HTML may have, what may stand in each, and their attributes. What is
//! not in these tables is not written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use html5gum::{HtmlString, Spanned};

/// What an element is to the elements around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Kind {
    /// Part of a line.
    Inline,
    Link,
    Ruby,
    RubyText,
    RubyParenthesis,
    /// `br`
    Break,
    /// `hr`
    Rule,
    Picture,
    Paragraph,
    Heading(u8),
    Preformatted,
    /// Holds blocks, or a line of text.
    Flow,
    List,
    Item,
    Definitions,
    Term,
    Definition,
    Figure,
    FigureCaption,
    Details,
    Summary,
    Table,
    Caption,
    Columns,
    Column,
    /// `thead`, `tbody`, `tfoot`
    Section,
    Row,
    Cell,
}

impl Kind {
    /// Does it begin and end blocks of text?
    pub(in super::super) fn is_block(self) -> bool {
        use Kind::{Break, Inline, Link, Picture, Ruby, RubyParenthesis, RubyText};
        !matches!(self, Inline | Link | Ruby | RubyText | RubyParenthesis | Break | Picture)
    }

    /// Is there nothing in it?
    pub(super) fn is_void(self) -> bool {
        matches!(self, Kind::Break | Kind::Rule | Kind::Picture | Kind::Column)
    }

    /// May its end tag be left out?
    pub(super) fn ends_by_itself(self) -> bool {
        use Kind::{
            Cell, Columns, Definition, Item, Paragraph, Row, RubyParenthesis, RubyText, Section,
            Term,
        };
        matches!(
            self,
            Paragraph
                | Item
                | Term
                | Definition
                | Columns
                | Section
                | Row
                | Cell
                | RubyText
                | RubyParenthesis
        ) || self == Kind::Caption
    }
}

/// A tag that may be written.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct Tag {
    pub name: &'static str,
    pub kind: Kind,
    /// Its attributes besides `title`, which any tag may have.
    attributes: &'static [&'static str],
}

const NONE: &[&str] = &[];
const ALIGN: &[&str] = &["align"];
const SIZE: &[&str] = &["align", "width", "height"];
const CELL: &[&str] = &["colspan", "rowspan", "align", "width", "height"];

const fn tag(name: &'static str, kind: Kind, attributes: &'static [&'static str]) -> Tag {
    Tag { name, kind, attributes }
}

/// In the order of their names.
static TAGS: [Tag; 53] = [
    tag("a", Kind::Link, NONE),
    tag("b", Kind::Inline, NONE),
    tag("blockquote", Kind::Flow, NONE),
    tag("br", Kind::Break, NONE),
    tag("caption", Kind::Caption, ALIGN),
    tag("center", Kind::Flow, NONE),
    tag("code", Kind::Inline, NONE),
    tag("col", Kind::Column, SIZE),
    tag("colgroup", Kind::Columns, SIZE),
    tag("dd", Kind::Definition, NONE),
    tag("del", Kind::Inline, NONE),
    tag("details", Kind::Details, NONE),
    tag("div", Kind::Flow, ALIGN),
    tag("dl", Kind::Definitions, NONE),
    tag("dt", Kind::Term, NONE),
    tag("em", Kind::Inline, NONE),
    tag("figcaption", Kind::FigureCaption, ALIGN),
    tag("figure", Kind::Figure, ALIGN),
    // The title of the page is the only one of its level.
    tag("h1", Kind::Heading(2), ALIGN),
    tag("h2", Kind::Heading(2), ALIGN),
    tag("h3", Kind::Heading(3), ALIGN),
    tag("h4", Kind::Heading(4), ALIGN),
    tag("h5", Kind::Heading(5), ALIGN),
    tag("h6", Kind::Heading(6), ALIGN),
    tag("hr", Kind::Rule, NONE),
    tag("i", Kind::Inline, NONE),
    tag("img", Kind::Picture, SIZE),
    tag("ins", Kind::Inline, NONE),
    tag("kbd", Kind::Inline, NONE),
    tag("li", Kind::Item, ALIGN),
    tag("mark", Kind::Inline, NONE),
    tag("ol", Kind::List, &["start"]),
    tag("p", Kind::Paragraph, ALIGN),
    tag("pre", Kind::Preformatted, NONE),
    tag("rp", Kind::RubyParenthesis, NONE),
    tag("rt", Kind::RubyText, NONE),
    tag("ruby", Kind::Ruby, NONE),
    tag("s", Kind::Inline, NONE),
    tag("small", Kind::Inline, NONE),
    tag("span", Kind::Inline, NONE),
    tag("strong", Kind::Inline, NONE),
    tag("sub", Kind::Inline, NONE),
    tag("summary", Kind::Summary, NONE),
    tag("sup", Kind::Inline, NONE),
    tag("table", Kind::Table, SIZE),
    tag("tbody", Kind::Section, ALIGN),
    tag("td", Kind::Cell, CELL),
    tag("tfoot", Kind::Section, ALIGN),
    tag("th", Kind::Cell, CELL),
    tag("thead", Kind::Section, ALIGN),
    tag("tr", Kind::Row, ALIGN),
    tag("u", Kind::Inline, NONE),
    tag("ul", Kind::List, NONE),
];

/// The tag of this name in lower case.
pub(in super::super) fn find(name: &str) -> Option<&'static Tag> {
    TAGS.binary_search_by(|tag| tag.name.cmp(name)).ok().map(|at| &TAGS[at])
}

/// Which tag of the table it is.
pub(super) fn number(tag: &'static Tag) -> usize {
    TAGS.binary_search_by(|other| other.name.cmp(tag.name)).unwrap_or_default()
}

pub(super) const COUNT: usize = TAGS.len() + DROPPED.len();

/// What goes with all that is in it; the second half is whether anything can be.
pub(super) const DROPPED: [(&str, bool); 15] = [
    ("audio", true),
    ("base", false),
    ("embed", false),
    ("form", true),
    ("iframe", true),
    ("input", false),
    ("link", false),
    ("math", true),
    ("meta", false),
    ("object", true),
    ("script", true),
    ("source", false),
    ("style", true),
    ("svg", true),
    ("video", true),
];

/// Tags that are not written, and of which text before and after is not one line.
const BLOCKS: [&str; 24] = [
    "address", "article", "aside", "body", "dialog", "dir", "fieldset", "footer", "frameset",
    "head", "header", "hgroup", "html", "legend", "main", "menu", "nav", "noscript", "option",
    "search", "section", "select", "textarea", "title",
];

/// Other tags of HTML: people paste them, or type them nearly right.
const OTHERS: [&str; 22] = [
    "abbr", "acronym", "applet", "bdi", "bdo", "big", "blink", "button", "canvas", "cite", "dfn",
    "font", "label", "marquee", "nobr", "q", "samp", "strike", "template", "time", "tt", "var",
];

pub(super) fn is_other_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Is this the name of a tag of HTML, in lower case?
pub(in super::super) fn is_known(name: &str) -> bool {
    find(name).is_some()
        || DROPPED.iter().any(|(dropped, _)| *dropped == name)
        || is_other_block(name)
        || OTHERS.contains(&name)
}

pub(in super::super) type Attributes = Vec<(&'static str, String)>;
pub(super) type Given = BTreeMap<HtmlString, Spanned<HtmlString, usize>>;

/// Is an element with these attributes not meant to be seen? Word marks hidden text and comments
/// so, and editors of WeChat what they keep for themselves. What is only invisible may be shown
/// later: so WeChat marks the whole text of an article until it has loaded.
pub(super) fn is_hidden(attributes: &Given) -> bool {
    const STYLES: [(&str, &str); 4] = [
        ("display", "none"),
        ("mso-hide", "all"),
        ("mso-element", "comment"),
        ("mso-special-character", "comment"),
    ];
    if attributes.is_empty() {
        return false;
    }
    let lower = |name: &str| given(attributes, name).map(|value| value.to_ascii_lowercase());
    let is_styled = lower("style").is_some_and(|style| {
        style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
            let of = |(key, hides): &(&str, &str)| {
                *key == name.trim() && value.trim().starts_with(hides)
            };
            STYLES.iter().any(of)
        })
    });
    let is_comment = lower("class")
        .is_some_and(|class| class.split_whitespace().any(|class| class.starts_with("msocom")));
    attributes.contains_key(b"hidden".as_slice()) || is_styled || is_comment
}

/// A value as an author gave it, in one line.
pub(super) fn given(attributes: &Given, name: &str) -> Option<String> {
    let value = attributes.get(name.as_bytes())?;
    let value = String::from_utf8_lossy(value);
    Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The attributes of a tag that are written, each only with a value that means something.
pub(super) fn attributes(tag: &Tag, attributes: &Given) -> Attributes {
    let mut out = Attributes::new();
    for name in ["title"].iter().chain(tag.attributes) {
        let styled = styled(attributes, name).filter(|_| tag.kind == Kind::Picture);
        let Some(value) = styled.or_else(|| given(attributes, name)) else { continue };
        let value = match *name {
            "title" => Some(clean(&value)).filter(|title| !title.is_empty()),
            "align" => align(&value).map(str::to_string),
            "start" => value.parse::<i32>().ok().map(|first| first.to_string()),
            "colspan" => number_in(&value, 2, 1000),
            "rowspan" => number_in(&value, 2, 65534),
            _ => length(&value),
        };
        out.extend(value.map(|value| (*name, value)));
    }
    out
}

/// What the style of an element says of its width or height, which counts for more than the attribute.
fn styled(attributes: &Given, name: &str) -> Option<String> {
    if !matches!(name, "width" | "height") {
        return None;
    }
    let style = given(attributes, "style")?.to_ascii_lowercase();
    let mut rules = style.split(';').filter_map(|rule| rule.split_once(':'));
    let (_, value) = rules.rfind(|(of, _)| of.trim() == name)?;
    Some(value.replace("!important", "").trim().to_string())
}

/// Characters that no markup may hold are dropped.
pub(super) fn clean(text: &str) -> String {
    let odd = |c: char| c.is_control() || crate::base::text::is_noncharacter(c);
    text.chars().filter(|&c| !odd(c)).collect()
}

fn align(value: &str) -> Option<&'static str> {
    match value.to_ascii_lowercase().as_str() {
        "left" => Some("left"),
        "right" => Some("right"),
        "center" | "middle" => Some("center"),
        "justify" => Some("justify"),
        _ => None,
    }
}

fn number_in(value: &str, least: u32, most: u32) -> Option<String> {
    let number: u32 = value.parse().ok().filter(|number| *number >= least)?;
    Some(number.min(most).to_string())
}

/// `120`, `120px`, `120.5` (Word), `50%`.
fn length(value: &str) -> Option<String> {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = value[..digits].parse().ok().filter(|number| (1..=9999).contains(number))?;
    let unit = value[digits..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    match unit.trim() {
        "" | "px" => Some(number.to_string()),
        "%" if number <= 100 => Some(format!("{number}%")),
        _ => None,
    }
}

/// A name as it is shown to the author: nothing but what names are made of.
pub(super) fn shown(name: &str) -> Cow<'_, str> {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '!' | '?');
    if name.len() <= 24 && name.chars().all(fits) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.chars().filter(|&c| fits(c)).take(24).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(TAGS.is_sorted_by(|a, b| a.name < b.name));
    }

    #[test]
    fn lengths() {
        for (value, wanted) in [
            ("120", Some("120")),
            ("120px", Some("120")),
            ("52.55pt", None),
            ("120.5", Some("120")),
            ("50%", Some("50%")),
            ("150%", None),
            ("0", None),
            ("-3", None),
            ("auto", None),
            ("120;x", None),
            ("expression(1)", None),
        ] {
            assert_eq!(length(value).as_deref(), wanted, "{value}");
        }
    }
}
