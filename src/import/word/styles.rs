//! How text and paragraphs are set: what they say themselves, then their styles, then what the
//! document says of all.

use super::{Align, Face, Role};
use crate::base::map::Map;
use crate::import::xml::Element;

/// The longest chain of styles.
const LONGEST: usize = 40;

/// What properties say; nothing of what they do not name.
#[derive(Clone, Debug, Default)]
pub(super) struct Properties {
    pub bold: Option<bool>,
    pub slanted: Option<bool>,
    pub strike: Option<bool>,
    pub underline: Option<bool>,
    pub hidden: Option<bool>,
    pub dotted: Option<bool>,
    pub marked: Option<bool>,
    /// A line above or below.
    pub ruled: Option<bool>,
    pub vertical: Option<Vertical>,
    pub size: Option<u16>,
    pub face: Option<Face>,
    /// The font of Latin letters, if it is one of signs.
    pub signs: Option<String>,
    pub outline: Option<u8>,
    pub align: Option<Align>,
    /// The list, and the level in it.
    pub list: (Option<i64>, Option<usize>),
}

/// Where text stands to its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vertical {
    On,
    Above,
    Below,
}

/// Is a switch on? It is where it says nothing.
pub(super) fn is_on(element: Element<'_>) -> bool {
    !matches!(element.value(), Some("0" | "false" | "off" | "none"))
}

impl Properties {
    /// What the properties of a run (`w:rPr`) say.
    pub fn add_run(&mut self, properties: Element<'_>) {
        for element in properties.children() {
            match element.name() {
                "w:b" => self.bold = Some(is_on(element)),
                "w:i" => self.slanted = Some(is_on(element)),
                "w:strike" | "w:dstrike" => {
                    self.strike = Some(is_on(element) || self.strike == Some(true));
                }
                "w:u" => self.underline = Some(element.value().is_none_or(|v| v != "none")),
                "w:vanish" => self.hidden = Some(is_on(element)),
                "w:highlight" => self.marked = Some(is_on(element)),
                "w:em" => self.dotted = Some(element.value().is_some_and(|v| v != "none")),
                "w:vertAlign" => {
                    self.vertical = Some(match element.value() {
                        Some("superscript") => Vertical::Above,
                        Some("subscript") => Vertical::Below,
                        _ => Vertical::On,
                    });
                }
                "w:sz" => self.size = element.value().and_then(|v| v.parse().ok()),
                "w:rFonts" => {
                    let font = |name| element.attribute(name);
                    if let Some(font) = font("w:eastAsia").or(font("w:ascii")) {
                        self.face = Some(Face::of(font));
                    }
                    if let Some(font) = font("w:ascii").or(font("w:hAnsi")) {
                        self.signs = Some(font.to_string());
                    }
                }
                _ => {}
            }
        }
    }

    /// What the properties of a paragraph (`w:pPr`) say.
    pub fn add_paragraph(&mut self, properties: Element<'_>) {
        for element in properties.children() {
            match element.name() {
                "w:outlineLvl" => self.outline = element.value().and_then(|v| v.parse().ok()),
                "w:jc" => {
                    self.align = Some(match element.value() {
                        Some("center") => Align::Centre,
                        Some("right" | "end") => Align::Right,
                        _ => Align::Left,
                    });
                }
                "w:pBdr" => {
                    let lines = element.children();
                    let mut lines = lines.filter(|c| matches!(c.name(), "w:top" | "w:bottom"));
                    self.ruled = Some(lines.any(|line| {
                        line.value().is_some_and(|value| !matches!(value, "nil" | "none"))
                    }));
                }
                "w:numPr" => {
                    let number = |name| element.child(name)?.value()?.parse().ok();
                    if let Some(list) = number("w:numId") {
                        self.list.0 = Some(list);
                    }
                    if let Some(level) = number("w:ilvl") {
                        self.list.1 = usize::try_from(level).ok().filter(|level| *level < 9);
                    }
                }
                _ => {}
            }
        }
    }

    /// The same, with what `below` says where this says nothing.
    pub fn over(mut self, below: &Self) -> Self {
        macro_rules! fill {
            ($($field:ident),+) => { $(if self.$field.is_none() { self.$field = below.$field.clone(); })+ };
        }
        fill!(
            bold, slanted, strike, underline, hidden, dotted, marked, ruled, vertical, size, face,
            signs, outline, align
        );
        self.list = (self.list.0.or(below.list.0), self.list.1.or(below.list.1));
        self
    }
}

/// A style as it is declared.
#[derive(Debug, Default)]
struct Declared {
    name: String,
    based_on: Option<String>,
    properties: Properties,
}

/// A style with all that those say on which it is based.
#[derive(Clone, Debug, Default)]
pub(super) struct Resolved {
    pub properties: Properties,
    pub role: Option<Role>,
    /// The level that its name says, or that of one on which it is based.
    pub named_level: Option<u8>,
    /// Is it a line of a table of contents?
    pub is_contents: bool,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: Map<String, Resolved>,
    default: Resolved,
    /// The list that a style for lists stands for.
    pub lists: Map<String, i64>,
}

impl Styles {
    pub fn read(root: Element<'_>) -> Self {
        let mut declared: Map<String, Declared> = Map::default();
        let mut default_id = None;
        let mut defaults = Properties::default();
        let mut lists = Map::default();
        if let Some(run) = root.at(&["w:docDefaults", "w:rPrDefault", "w:rPr"]) {
            defaults.add_run(run);
        }
        if let Some(paragraph) = root.at(&["w:docDefaults", "w:pPrDefault", "w:pPr"]) {
            defaults.add_paragraph(paragraph);
        }
        let mut ids = Vec::new();
        for style in root.children().filter(|child| child.name() == "w:style") {
            let Some(id) = style.attribute("w:styleId") else { continue };
            let text = |name| Some(style.child(name)?.value()?.to_string());
            let mut properties = Properties::default();
            if let Some(run) = style.child("w:rPr") {
                properties.add_run(run);
            }
            if let Some(paragraph) = style.child("w:pPr") {
                properties.add_paragraph(paragraph);
            }
            let kind = style.attribute("w:type");
            if kind == Some("numbering")
                && let Some(list) = properties.list.0
            {
                lists.insert(id.to_string(), list);
            }
            let is_default = style.attribute("w:default").is_some_and(|v| v == "1" || v == "true");
            if is_default && matches!(kind, None | Some("paragraph")) {
                default_id = Some(id.to_string());
            }
            let name = text("w:name").unwrap_or_default();
            ids.push(id.to_string());
            declared
                .insert(id.to_string(), Declared { name, based_on: text("w:basedOn"), properties });
        }
        let mut styles = Map::default();
        for id in ids {
            let resolved = resolve(&declared, &id, &defaults);
            styles.insert(id, resolved);
        }
        let plain = Resolved { properties: defaults, ..Resolved::default() };
        let default = default_id.and_then(|id| styles.get(&id).cloned()).unwrap_or(plain);
        Self { styles, default, lists }
    }

    /// The style of paragraphs of this id; that of those which name none.
    pub fn paragraph(&self, id: Option<&str>) -> &Resolved {
        id.and_then(|id| self.styles.get(id)).unwrap_or(&self.default)
    }

    /// The style of characters of this id.
    pub fn character(&self, id: &str) -> Option<&Resolved> {
        self.styles.get(id)
    }
}

fn resolve(declared: &Map<String, Declared>, id: &str, defaults: &Properties) -> Resolved {
    let mut resolved = Resolved::default();
    let mut at = declared.get(id);
    for _ in 0..LONGEST {
        let Some(style) = at else { break };
        resolved.properties = std::mem::take(&mut resolved.properties).over(&style.properties);
        resolved.role = resolved.role.or(role_of(&style.name));
        resolved.named_level = resolved.named_level.or(level_of(&style.name));
        resolved.is_contents |= is_contents(&style.name);
        at = style.based_on.as_ref().and_then(|id| declared.get(id));
    }
    resolved.properties = resolved.properties.over(defaults);
    resolved
}

/// A name in one form: without blanks, in lower case.
fn plain(name: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c.to_ascii_lowercase(),
    };
    name.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

fn role_of(name: &str) -> Option<Role> {
    match plain(name).as_str() {
        "title" | "标题" | "文章标题" | "文档标题" | "大标题" | "主标题" | "公文标题" => {
            Some(Role::Title)
        }
        "subtitle" | "副标题" => Some(Role::Subtitle),
        "署名" => Some(Role::Byline),
        "摘要" | "abstract" => Some(Role::Summary),
        "资料" => Some(Role::Fact),
        "caption" | "题注" => Some(Role::Caption),
        "quote" | "intensequote" | "引用" | "明显引用" => Some(Role::Quote),
        "htmlpreformatted" | "html预设格式" | "sourcecode" | "原样文字" | "htmlcode"
        | "html代码" | "verbatimchar" | "原样字符" => Some(Role::Code),
        "listcontinue" | "列表接续" => Some(Role::Continued(0)),
        name => {
            let depth = name.strip_prefix("listcontinue").or(name.strip_prefix("列表接续"))?;
            let depth: usize = depth.parse().ok().filter(|depth| (2..=9).contains(depth))?;
            Some(Role::Continued(depth - 1))
        }
    }
}

/// `heading 2`, `标题 2`, `二级标题`, `2级标题`: the level from 0.
fn level_of(name: &str) -> Option<u8> {
    let name = plain(name);
    // Names of styles of characters and variants: 标题 2 Char, 标题2（加粗）.
    let digit = |text: &str| {
        let first = text.chars().next()?;
        let number = first.to_digit(10).or_else(|| {
            "一二三四五六七八九".chars().position(|c| c == first).map(|at| at as u32 + 1)
        })?;
        let rest = text[first.len_utf8()..].chars().next();
        (rest.is_none_or(|c| !c.is_ascii_digit()) && number > 0).then_some(number as u8 - 1)
    };
    for begin in ["heading", "标题"] {
        if let Some(rest) = name.strip_prefix(begin)
            && let Some(level) = digit(rest)
        {
            return Some(level);
        }
    }
    let at = name.find("级标题")?;
    let before = name[..at].chars().next_back()?;
    digit(before.encode_utf8(&mut [0; 4]))
}

fn is_contents(name: &str) -> bool {
    let name = plain(name);
    let ends = |begin: &str| {
        let rest = name.strip_prefix(begin);
        rest.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    ends("toc") || ends("目录")
}

#[cfg(test)]
mod tests {
    use super::level_of;

    #[test]
    fn names_of_styles_say_levels() {
        for (name, level) in [
            ("heading 1", Some(0)),
            ("Heading 3", Some(2)),
            ("标题 2", Some(1)),
            ("标题２", Some(1)),
            ("三级标题", Some(2)),
            ("公文 二级标题", Some(1)),
            ("2级标题", Some(1)),
            ("标题", None),
            ("标题 10", None),
            ("Normal", None),
            ("图片标题", None),
        ] {
            assert_eq!(level_of(name), level, "{name}");
        }
    }
}
