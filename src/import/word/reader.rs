//! Reads the parts of a Word file.

use std::sync::Arc;

use super::fields::{Order, order};
use super::formula;
use super::numbering::Numbering;
use super::pictures::{self, Crop};
use super::styles::{Properties, Resolved, Styles, Vertical, is_on};
use super::symbols;
use super::{Block, Cell, Document, Lost, Package, Paragraph, Piece, Refusal, Role, Style, Table};
use crate::base::map::{Map, Set};
use crate::import::package::{Relationship, Target, of_kind};
use crate::import::xml::{Element, Tree};

/// The widest table.
const MOST_COLUMNS: usize = 200;

/// The longest address of a link: it is written as often as something links it.
const LONGEST_ADDRESS: usize = 2_000;

/// So much of the text beside something is told.
const BESIDE: usize = 20;

/// Reads the document whose main part this is.
pub fn read(package: &mut Package, main: &str) -> Result<Document, Refusal> {
    let Some(body) = package.tree(main)? else { return Err(Refusal::Damaged) };
    let relationships = package.relationships(main)?;
    // What is not there, or cannot be read, the text does without.
    let mut part = |kind: &str| -> Result<Option<Tree>, Refusal> {
        match of_kind(&relationships, kind).next() {
            Some(name) => package.tree(&name),
            None => Ok(None),
        }
    };
    let (styles, numbering) = (part("styles")?, part("numbering")?);
    let (footnotes, endnotes, comments) =
        (part("footnotes")?, part("endnotes")?, part("comments")?);
    let title = match package.tree("docProps/core.xml") {
        Ok(Some(core)) => core.root().child("dc:title").map(Element::text),
        _ => None,
    };
    let mut of_notes = |tree: &Option<Tree>, kind: &str| match of_kind(&relationships, kind).next()
    {
        Some(name) if tree.is_some() => package.relationships(&name),
        _ => Ok(Map::default()),
    };
    let foot = of_notes(&footnotes, "footnotes")?;
    let end = of_notes(&endnotes, "endnotes")?;
    let mut reader = Reader {
        package,
        relationships: &relationships,
        styles: styles.as_ref().map(|tree| Styles::read(tree.root())).unwrap_or_default(),
        numbering: numbering.as_ref().map(|tree| Numbering::read(tree.root())).unwrap_or_default(),
        footnotes: (by_id(&footnotes), &foot),
        endnotes: (by_id(&endnotes), &end),
        comments: by_id(&comments),
        document: Document { title, ..Document::default() },
        fields: Vec::new(),
        boxes: Vec::new(),
        floating: Vec::new(),
        notes: Map::default(),
        commented: Set::default(),
        known: Map::default(),
        joined: None,
        beside: String::new(),
        in_note: false,
    };
    let root = body.root();
    let bodies: Vec<Element<'_>> = root.children().filter(|c| c.name() == "w:body").collect();
    if bodies.is_empty() {
        return Err(Refusal::NoWord);
    }
    let mut blocks = Vec::new();
    for body in bodies {
        reader.blocks(body, &mut blocks)?;
    }
    reader.end_joined(&mut blocks);
    reader.document.blocks = blocks;
    match reader.document.is_blank() {
        true => Err(Refusal::Blank),
        false => Ok(reader.document),
    }
}

fn by_id(tree: &Option<Tree>) -> Map<&str, Element<'_>> {
    let children = tree.iter().flat_map(|tree| tree.root().children());
    children.filter_map(|child| Some((child.attribute("w:id")?, child))).collect()
}

type Notes<'a> = (Map<&'a str, Element<'a>>, &'a Map<String, Relationship>);

/// A field that has begun and not ended.
#[derive(Default)]
struct Field {
    order: String,
    /// Has its result begun?
    shows: bool,
    link: Option<Arc<str>>,
    is_contents: bool,
}

struct Reader<'a> {
    package: &'a mut Package,
    relationships: &'a Map<String, Relationship>,
    styles: Styles,
    numbering: Numbering,
    footnotes: Notes<'a>,
    endnotes: Notes<'a>,
    comments: Map<&'a str, Element<'a>>,
    document: Document,
    fields: Vec<Field>,
    /// Text boxes of the paragraph that is being read.
    boxes: Vec<Block>,
    /// Pictures of that paragraph that float beside its text.
    floating: Vec<Piece>,
    /// Notes that were read, by their kind and their id: a text may call one again.
    notes: Map<(bool, String), usize>,
    /// Comments that were taken.
    commented: Set<String>,
    /// Pictures that were read: by their part and what is cut off, where they are.
    known: Map<(String, Crop), Result<usize, Lost>>,
    /// The beginning of a paragraph whose end was deleted.
    joined: Option<Vec<Piece>>,
    /// The last text that was read.
    beside: String,
    in_note: bool,
}

/// What runs in a paragraph go by.
struct Around<'s> {
    style: &'s Properties,
    link: Option<Arc<str>>,
}

impl<'a> Reader<'a> {
    fn blocks(&mut self, parent: Element<'_>, out: &mut Vec<Block>) -> Result<(), Refusal> {
        for child in parent.children() {
            match child.name() {
                "w:p" => self.paragraph(child, out)?,
                "w:tbl" => {
                    let table = self.table(child)?;
                    if !table.rows.is_empty() {
                        out.push(Block::Table(table));
                    }
                }
                "w:ins" | "w:moveTo" => {
                    self.document.tally.inserted += 1;
                    self.blocks(child, out)?;
                }
                "w:del" | "w:moveFrom" => self.deleted(child),
                "w:sdt" => {
                    if let Some(content) = child.child("w:sdtContent") {
                        self.blocks(content, out)?;
                    }
                }
                "w:customXml" | "w:smartTag" => self.blocks(child, out)?,
                "mc:AlternateContent" => {
                    if let Some(choice) = choice(child) {
                        self.blocks(choice, out)?;
                    }
                }
                "w:altChunk" => self.lose(Lost::Document),
                "m:oMathPara" | "m:oMath" => {
                    let mut pieces = Vec::new();
                    self.formula(child, &mut pieces);
                    out.push(Block::Paragraph(Paragraph { pieces, ..Paragraph::default() }));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn lose(&mut self, lost: Lost) {
        let beside = self.beside.clone();
        self.document.tally.lost.push((lost, beside));
    }

    fn deleted(&mut self, element: Element<'_>) {
        let has_text = ["w:t", "w:delText", "w:drawing", "w:pict"];
        if has_text.iter().any(|name| !element.all(name).is_empty()) {
            self.document.tally.deleted += 1;
        }
    }

    fn paragraph(&mut self, element: Element<'_>, out: &mut Vec<Block>) -> Result<(), Refusal> {
        let properties = element.child("w:pPr");
        let style_id = properties.and_then(|p| p.child("w:pStyle")).and_then(Element::value);
        let style: Resolved = self.styles.paragraph(style_id).clone();
        let mut own = Properties::default();
        let mut is_joined = false;
        if let Some(properties) = properties {
            own.add_paragraph(properties);
            if let Some(mark) = properties.child("w:rPr") {
                is_joined = mark.child("w:del").is_some() || mark.child("w:moveFrom").is_some();
            }
        }
        let own_outline = own.outline;
        let whole = own.over(&style.properties);
        let mut paragraph = Paragraph {
            level: match own_outline {
                Some(level) => (level < 9).then_some(level),
                None => match style.properties.outline {
                    Some(level) => (level < 9).then_some(level),
                    None => style.named_level,
                },
            },
            role: style.role,
            align: whole.align.unwrap_or_default(),
            ..Paragraph::default()
        };
        let boxes_before = std::mem::take(&mut self.boxes);
        let floating_before = std::mem::take(&mut self.floating);
        let in_contents = style.is_contents;
        let around = Around { style: &style.properties, link: None };
        let mut pieces = self.joined.take().unwrap_or_default();
        self.inlines(element, &around, &mut pieces)?;
        let boxes = std::mem::replace(&mut self.boxes, boxes_before);
        // Where they are anchored is no place in a sentence.
        pieces.extend(std::mem::replace(&mut self.floating, floating_before));
        if is_joined {
            self.joined = Some(pieces);
            out.extend(boxes);
            return Ok(());
        }
        // A page ends in the midst of it: there are two.
        let mut parts: Vec<Vec<Piece>> = vec![Vec::new()];
        for piece in pieces {
            match piece {
                Piece::Page => parts.push(Vec::new()),
                piece => parts.last_mut().expect("one at least").push(piece),
            }
        }
        let has_contents =
            in_contents || self.fields.iter().any(|field| field.is_contents && field.shows);
        for (i, pieces) in parts.into_iter().enumerate() {
            let mut part = Paragraph { pieces, ..paragraph.clone() };
            let is_rule = whole.ruled == Some(true) && part.pieces.is_empty();
            let is_line_of_code = part.role == Some(Role::Code);
            if is_rule && i == 0 {
                part.role = Some(Role::Rule);
            } else if part.is_blank() && !is_line_of_code {
                continue;
            }
            if has_contents {
                self.document.contents.push(part.text());
                continue;
            }
            if i == 0 || paragraph.number.is_none() {
                let list = whole.list.0.filter(|list| *list != 0);
                if let Some(list) = list {
                    let by_style = style_id.and_then(|id| self.numbering.level_of_style(list, id));
                    let depth = whole.list.1.or(by_style).unwrap_or(0);
                    part.number = self.numbering.next(list, depth, &self.styles.lists);
                    paragraph.number = part.number.clone();
                }
            } else {
                part.number = None;
            }
            let text = part.text();
            if !text.is_empty() {
                self.beside = text.chars().take(BESIDE).collect();
            }
            out.push(Block::Paragraph(part));
        }
        out.extend(boxes);
        Ok(())
    }

    /// What is left of a paragraph whose end was deleted, where nothing follows.
    fn end_joined(&mut self, out: &mut Vec<Block>) {
        if let Some(pieces) = self.joined.take() {
            let paragraph = Paragraph { pieces, ..Paragraph::default() };
            if !paragraph.is_blank() {
                out.push(Block::Paragraph(paragraph));
            }
        }
    }

    fn inlines(
        &mut self,
        parent: Element<'_>,
        around: &Around<'_>,
        out: &mut Vec<Piece>,
    ) -> Result<(), Refusal> {
        for child in parent.children() {
            match child.name() {
                "w:r" => self.run(child, around, out)?,
                "w:hyperlink" => {
                    let target = child.attribute("r:id").and_then(|id| self.relationships.get(id));
                    let link = match target.map(|relationship| &relationship.target) {
                        Some(Target::Outside(address)) if address.len() <= LONGEST_ADDRESS => {
                            Some(Arc::from(address.as_str()))
                        }
                        _ => None,
                    };
                    let around = Around { link: link.or(around.link.clone()), ..*around };
                    self.inlines(child, &around, out)?;
                }
                "w:ins" | "w:moveTo" => {
                    if !child.all("w:t").is_empty() {
                        self.document.tally.inserted += 1;
                    }
                    self.inlines(child, around, out)?;
                }
                "w:del" | "w:moveFrom" => self.deleted(child),
                "w:sdt" => {
                    if let Some(content) = child.child("w:sdtContent") {
                        self.inlines(content, around, out)?;
                    }
                }
                "w:fldSimple" => {
                    let link = match child.attribute("w:instr").map(order) {
                        Some(Order::Link(address)) => Some(address),
                        Some(Order::Text(text)) => {
                            out.push(Piece::Text(text, self.style(around, None).0));
                            continue;
                        }
                        _ => None,
                    };
                    let around = Around { link: link.or(around.link.clone()), ..*around };
                    self.inlines(child, &around, out)?;
                }
                "w:smartTag" | "w:customXml" | "w:dir" | "w:bdo" => {
                    self.inlines(child, around, out)?;
                }
                "m:oMath" | "m:oMathPara" => self.formula(child, out),
                "mc:AlternateContent" => self.alternatives(child, out, |reader, choice, out| {
                    reader.inlines(choice, around, out)
                })?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Reads the first alternative that has something.
    fn alternatives(
        &mut self,
        element: Element<'_>,
        out: &mut Vec<Piece>,
        mut read: impl FnMut(&mut Self, Element<'_>, &mut Vec<Piece>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let choices =
            element.children().filter(|c| matches!(c.name(), "mc:Choice" | "mc:Fallback"));
        for choice in choices {
            let found = |reader: &Self, out: &Vec<Piece>| {
                let lost = reader.document.tally.lost.len();
                (out.len(), reader.boxes.len(), reader.floating.len(), lost)
            };
            let before = found(self, out);
            read(self, choice, out)?;
            if before != found(self, out) {
                break;
            }
        }
        Ok(())
    }

    /// The text of a formula, on one line.
    fn formula(&mut self, element: Element<'_>, out: &mut Vec<Piece>) {
        let mut pieces = Vec::new();
        formula::write(element, Style::default(), &mut pieces);
        let text = Paragraph { pieces: pieces.clone(), ..Paragraph::default() }.text();
        if !text.is_empty() {
            self.beside = text.chars().take(BESIDE).collect();
            out.extend(pieces);
            self.lose(Lost::Formula);
        }
    }

    /// How the text of a run is set, whether it is hidden, and its font of signs.
    fn style(
        &self,
        around: &Around<'_>,
        run: Option<Element<'_>>,
    ) -> (Style, bool, Option<String>) {
        let mut own = Properties::default();
        let mut named = None;
        if let Some(properties) = run {
            own.add_run(properties);
            let id = properties.child("w:rStyle").and_then(Element::value);
            named = id.and_then(|id| self.styles.character(id));
        }
        // Of two styles that make bold, one unmakes it.
        let toggles = |of: fn(&Properties) -> Option<bool>| {
            let own = of(&own);
            own.unwrap_or_else(|| {
                let named = named.is_some_and(|style| of(&style.properties) == Some(true));
                named != (of(around.style) == Some(true))
            })
        };
        let (bold, slanted) = (toggles(|p| p.bold), toggles(|p| p.slanted));
        let hidden = own.hidden.unwrap_or_else(|| {
            let named = named.is_some_and(|style| style.properties.hidden == Some(true));
            named || around.style.hidden == Some(true)
        });
        let mut whole = own;
        if let Some(named) = named {
            whole = whole.over(&named.properties);
        }
        let whole = whole.over(around.style);
        let field = self.fields.iter().rev().find_map(|field| field.link.clone());
        let link = around.link.clone().or(field);
        let style = Style {
            bold,
            emphasis: slanted || whole.dotted == Some(true),
            strike: whole.strike == Some(true),
            // Links are underlined anyway.
            underline: whole.underline == Some(true) && link.is_none(),
            code: named.is_some_and(|style| style.role == Some(Role::Code)),
            mark: whole.marked == Some(true),
            above: whole.vertical == Some(Vertical::Above),
            below: whole.vertical == Some(Vertical::Below),
            link,
            face: whole.face.unwrap_or_default(),
            size: whole.size.unwrap_or(0),
        };
        (style, hidden, whole.signs.filter(|font| symbols::is_of_signs(font)))
    }

    fn run(
        &mut self,
        run: Element<'_>,
        around: &Around<'_>,
        out: &mut Vec<Piece>,
    ) -> Result<(), Refusal> {
        let properties = run.child("w:rPr");
        // A run may be marked as a whole.
        let is_deleted = properties
            .is_some_and(|p| p.child("w:del").is_some() || p.child("w:moveFrom").is_some());
        if is_deleted && run.child("w:t").is_none() {
            return Ok(());
        }
        let (style, hidden, signs) = self.style(around, properties);
        if hidden {
            if run.child("w:t").is_some() || run.child("w:drawing").is_some() {
                self.document.tally.hidden += 1;
            }
            // Fields begin and end in it all the same.
            run.children()
                .filter(|c| matches!(c.name(), "w:fldChar" | "w:instrText"))
                .for_each(|c| self.field(c, &style, out));
            return Ok(());
        }
        self.run_children(run, around, (&style, signs.as_deref()), out)
    }

    fn run_children(
        &mut self,
        run: Element<'_>,
        around: &Around<'_>,
        (style, signs): (&Style, Option<&str>),
        out: &mut Vec<Piece>,
    ) -> Result<(), Refusal> {
        for child in run.children() {
            let is_order = self.fields.iter().any(|field| !field.shows);
            let name = child.name();
            if is_order && !matches!(name, "w:fldChar" | "w:instrText") {
                continue;
            }
            let mut text = |text: &str| match out.last_mut() {
                Some(Piece::Text(before, known)) if known == style => before.push_str(text),
                _ => out.push(Piece::Text(text.to_string(), style.clone())),
            };
            match name {
                "w:t" => {
                    let read = child.text();
                    self.document.tally.marked += usize::from(style.mark);
                    text(&self.in_signs(&read, signs));
                }
                "w:tab" | "w:ptab" => text(" "),
                "w:noBreakHyphen" => text("-"),
                "w:sym" => {
                    let sign = self.sign(child.attribute("w:font"), child.attribute("w:char"));
                    text(&sign);
                }
                "w:br" | "w:cr" => out.push(match child.attribute("w:type") {
                    Some("page" | "column") => Piece::Page,
                    _ => Piece::Break,
                }),
                "w:fldChar" | "w:instrText" => self.field(child, style, out),
                "w:footnoteReference" => self.note(child, true, out)?,
                "w:endnoteReference" => self.note(child, false, out)?,
                "w:commentReference" => self.comment(child, out),
                "w:ruby" => self.ruby(child, around, out)?,
                "w:drawing" => self.drawing(child, out)?,
                "w:pict" => self.vml(child, out)?,
                "w:object" => self.object(child, out)?,
                "mc:AlternateContent" => self.alternatives(child, out, |reader, choice, out| {
                    reader.run_children(choice, around, (style, signs), out)
                })?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Text in a font of signs as characters that are what it looks like.
    fn in_signs(&mut self, text: &str, signs: Option<&str>) -> String {
        let is_private = |c: char| ('\u{F000}'..='\u{F0FF}').contains(&c);
        let Some(font) = signs else {
            return text.replace(['\u{AD}', '\u{200B}', '\u{FEFF}'], "");
        };
        let mut out = String::new();
        for c in text.chars() {
            match symbols::known(font, c as u32) {
                Some(sign) => out.push_str(&sign),
                // Chinese characters are never in such a font.
                None if !is_private(c) && (c as u32) > 0xFF => out.push(c),
                None => self.unknown_sign(font, c as u32),
            }
        }
        out
    }

    fn sign(&mut self, font: Option<&str>, code: Option<&str>) -> String {
        let Some(code) = code.and_then(|code| u32::from_str_radix(code, 16).ok()) else {
            return String::new();
        };
        let font = font.unwrap_or_default();
        let own = || char::from_u32(code).filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c));
        let own = || own().filter(|_| !symbols::is_of_signs(font)).map(String::from);
        match symbols::known(font, code).or_else(own) {
            Some(sign) => sign,
            None => {
                self.unknown_sign(font, code);
                String::new()
            }
        }
    }

    fn unknown_sign(&mut self, font: &str, code: u32) {
        let named = format!("{font} {code:04X}");
        if !self.document.tally.symbols.contains(&named) {
            self.document.tally.symbols.push(named);
        }
    }

    fn field(&mut self, element: Element<'_>, style: &Style, out: &mut Vec<Piece>) {
        if element.name() == "w:instrText" {
            if let Some(field) = self.fields.last_mut().filter(|field| !field.shows) {
                field.order.push_str(&element.text());
            }
            return;
        }
        match element.attribute("w:fldCharType") {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows = true;
                    match order(&field.order) {
                        Order::Link(address) => field.link = Some(address),
                        Order::Contents => field.is_contents = true,
                        _ => {}
                    }
                }
            }
            Some("end") => {
                let field = self.fields.pop();
                if let Some(field) = field.filter(|field| !field.shows)
                    && let Order::Text(text) = order(&field.order)
                    && self.fields.iter().all(|field| field.shows)
                {
                    out.push(Piece::Text(text, style.clone()));
                }
            }
            _ => {}
        }
    }

    fn note(
        &mut self,
        element: Element<'_>,
        is_footnote: bool,
        out: &mut Vec<Piece>,
    ) -> Result<(), Refusal> {
        let Some(id) = element.attribute("w:id").filter(|_| !self.in_note) else { return Ok(()) };
        let key = (is_footnote, id.to_string());
        if let Some(&known) = self.notes.get(&key) {
            out.push(Piece::Note(known));
            return Ok(());
        }
        let (notes, relationships) = if is_footnote { &self.footnotes } else { &self.endnotes };
        let Some(&note) = notes.get(id) else { return Ok(()) };
        let before = std::mem::replace(&mut self.relationships, relationships);
        let (fields, joined) = (std::mem::take(&mut self.fields), self.joined.take());
        self.in_note = true;
        let mut blocks = Vec::new();
        let read = self.blocks(note, &mut blocks);
        self.end_joined(&mut blocks);
        self.in_note = false;
        (self.relationships, self.fields, self.joined) = (before, fields, joined);
        read?;
        self.notes.insert(key, self.document.notes.len());
        out.push(Piece::Note(self.document.notes.len()));
        self.document.notes.push(blocks);
        Ok(())
    }

    fn comment(&mut self, element: Element<'_>, out: &mut Vec<Piece>) {
        let Some(&comment) = element.attribute("w:id").and_then(|id| self.comments.get(id)) else {
            return;
        };
        let id = element.attribute("w:id").unwrap_or_default();
        if !self.commented.insert(id.to_string()) {
            return;
        }
        let paragraphs = comment.all("w:p").into_iter();
        let lines: Vec<String> = paragraphs
            .map(|p| p.all("w:t").into_iter().map(Element::text).collect::<String>())
            .filter(|line| !line.trim().is_empty())
            .collect();
        let author = comment.attribute("w:author").unwrap_or_default().to_string();
        self.document.tally.comments += 1;
        out.push(Piece::Comment(author, lines.join(" ")));
    }

    fn ruby(
        &mut self,
        element: Element<'_>,
        around: &Around<'_>,
        out: &mut Vec<Piece>,
    ) -> Result<(), Refusal> {
        let mut text = |name: &str| -> Result<String, Refusal> {
            let mut pieces = Vec::new();
            if let Some(part) = element.child(name) {
                self.inlines(part, around, &mut pieces)?;
            }
            Ok(Paragraph { pieces, ..Paragraph::default() }.text())
        };
        let (base, reading) = (text("w:rubyBase")?, text("w:rt")?);
        match (base.is_empty(), reading.is_empty()) {
            (true, _) => {}
            (false, true) => out.push(Piece::Text(base, Style::default())),
            (false, false) => out.push(Piece::Ruby(base, reading)),
        }
        Ok(())
    }

    fn text_box(&mut self, content: Element<'_>) -> Result<(), Refusal> {
        let mut blocks = Vec::new();
        let boxes = std::mem::take(&mut self.boxes);
        let (fields, joined) = (std::mem::take(&mut self.fields), self.joined.take());
        let read = self.blocks(content, &mut blocks);
        self.end_joined(&mut blocks);
        (self.boxes, self.fields, self.joined) = (boxes, fields, joined);
        read?;
        if !blocks.is_empty() {
            self.document.tally.boxes += 1;
            self.boxes.extend(blocks);
        }
        Ok(())
    }

    fn drawing(&mut self, element: Element<'_>, out: &mut Vec<Piece>) -> Result<(), Refusal> {
        for frame in element.children() {
            let shown = frame.child("wp:docPr");
            if shown.is_some_and(|p| p.attribute("hidden").is_some_and(|v| v == "1" || v == "true"))
            {
                continue;
            }
            let said = |of: Option<Element<'_>>| {
                let of = of?;
                let said = of.attribute("descr").filter(|said| !said.trim().is_empty());
                Some(said.or(of.attribute("title"))?.to_string())
            };
            let about = said(shown).unwrap_or_default();
            let name = shown.and_then(|shown| shown.attribute("name")).unwrap_or_default();
            if frame.name() == "wp:anchor" {
                let mut floating = Vec::new();
                self.graphics(frame, (&about, name), &mut floating)?;
                self.floating.extend(floating);
            } else {
                self.graphics(frame, (&about, name), out)?;
            }
        }
        Ok(())
    }

    /// What is in the frame of a drawing, however it is grouped.
    fn graphics(
        &mut self,
        element: Element<'_>,
        (about, name): (&str, &str),
        out: &mut Vec<Piece>,
    ) -> Result<(), Refusal> {
        for child in element.children() {
            match child.name() {
                "pic:pic" => {
                    let own = child.at(&["pic:nvPicPr", "pic:cNvPr"]);
                    let own = own.and_then(|own| own.attribute("descr")).unwrap_or_default();
                    let about = if about.trim().is_empty() { own } else { about };
                    let Some(fill) = child.child("pic:blipFill") else { continue };
                    self.blip(fill, (about, name), out)?;
                }
                "wps:txbx" => {
                    if let Some(content) = child.child("w:txbxContent") {
                        self.text_box(content)?;
                    }
                }
                "c:chart" => {
                    self.lose(Lost::Chart);
                    out.push(Piece::Lost("图表".into()));
                }
                "dgm:relIds" => {
                    self.lose(Lost::Diagram);
                    out.push(Piece::Lost("SmartArt 图形".into()));
                }
                "mc:AlternateContent" => self.alternatives(child, out, |reader, choice, out| {
                    reader.graphics(choice, (about, name), out)
                })?,
                _ => self.graphics(child, (about, name), out)?,
            }
        }
        Ok(())
    }

    fn blip(
        &mut self,
        fill: Element<'_>,
        (about, name): (&str, &str),
        out: &mut Vec<Piece>,
    ) -> Result<(), Refusal> {
        let Some(blip) = fill.child("a:blip") else { return Ok(()) };
        let crop = fill.child("a:srcRect").map_or([0; 4], |cut| {
            let side =
                |name| cut.attribute(name).and_then(|v| v.trim_end_matches('%').parse().ok());
            ["l", "t", "r", "b"].map(|name| side(name).unwrap_or(0))
        });
        // A drawing that scales is better than its copy in pixels.
        let vector = blip.all("asvg:svgBlip");
        let vector = vector.first().and_then(|svg| svg.attribute("r:embed"));
        let ids = [vector, blip.attribute("r:embed"), blip.attribute("r:link")];
        self.place(ids.into_iter().flatten(), crop, (about, name), out)
    }

    /// Puts the first of these pictures that can be shown.
    fn place<'i>(
        &mut self,
        ids: impl Iterator<Item = &'i str>,
        crop: Crop,
        (about, name): (&str, &str),
        out: &mut Vec<Piece>,
    ) -> Result<(), Refusal> {
        let mut lost = None;
        for id in ids {
            match self.picture(id, crop)? {
                Ok(picture) => {
                    out.push(Piece::Picture(picture, about.trim().to_string()));
                    return Ok(());
                }
                Err(why) => lost = Some(why),
            }
        }
        let Some(lost) = lost else { return Ok(()) };
        let shown = if about.trim().is_empty() { name } else { about.trim() };
        self.lose(match lost {
            Lost::Drawing(_) => Lost::Drawing(shown.to_string()),
            other => other,
        });
        out.push(Piece::Lost(shown.to_string()));
        Ok(())
    }

    fn picture(&mut self, id: &str, crop: Crop) -> Result<Result<usize, Lost>, Refusal> {
        let part = match self.relationships.get(id).map(|relationship| &relationship.target) {
            Some(Target::Part(name)) => name.clone(),
            Some(Target::Outside(_) | Target::Climbing) => return Ok(Err(Lost::Outside)),
            None => return Ok(Err(Lost::Picture)),
        };
        let key = (part, crop);
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let read = match self.package.bytes(&key.0)? {
            None => Err(Lost::Picture),
            Some(bytes) => pictures::picture(bytes, crop, &key.0.to_lowercase()),
        };
        let found = read.map(|(picture, is_bitmap)| {
            self.document.tally.bitmaps += usize::from(is_bitmap);
            self.document.tally.cropped += usize::from(crop.iter().any(|side| *side > 0));
            self.document.pictures.push(picture);
            self.document.pictures.len() - 1
        });
        self.known.insert(key, found.clone());
        Ok(found)
    }

    fn vml(&mut self, element: Element<'_>, out: &mut Vec<Piece>) -> Result<(), Refusal> {
        for child in element.children() {
            match child.name() {
                "v:imagedata" => {
                    let about = child.attribute("o:title").or(element.attribute("alt"));
                    let cut = |name| child.attribute(name).map_or(0, fraction);
                    let crop = ["cropleft", "croptop", "cropright", "cropbottom"].map(cut);
                    let ids = [child.attribute("r:id"), child.attribute("r:pict")];
                    let about = about.unwrap_or_default();
                    self.place(ids.into_iter().flatten(), crop, (about, about), out)?;
                }
                "v:textbox" => {
                    if let Some(content) = child.child("w:txbxContent") {
                        self.text_box(content)?;
                    }
                }
                "v:textpath" => {
                    let text = child.attribute("string").unwrap_or_default().trim();
                    if !text.is_empty() {
                        let pieces = vec![Piece::Text(text.into(), Style::default())];
                        self.document.tally.boxes += 1;
                        self.boxes
                            .push(Block::Paragraph(Paragraph { pieces, ..Paragraph::default() }));
                    }
                }
                "w:pPr" | "w:rPr" => {}
                _ => self.vml(child, out)?,
            }
        }
        Ok(())
    }

    fn object(&mut self, element: Element<'_>, out: &mut Vec<Piece>) -> Result<(), Refusal> {
        let objects = element.all("o:OLEObject");
        let program = objects.first().and_then(|object| object.attribute("ProgID"));
        let before = self.document.tally.lost.len();
        self.vml(element, out)?;
        // The drawing that stands for it is no more than that.
        self.document.tally.lost.truncate(before);
        self.lose(Lost::Object(program.unwrap_or_default().to_string()));
        Ok(())
    }

    fn table(&mut self, element: Element<'_>) -> Result<Table, Refusal> {
        let look = element.at(&["w:tblPr", "w:tblLook"]);
        let is_headless = look.is_some_and(|look| look.attribute("w:firstRow") == Some("0"));
        let mut table = Table { is_headless, ..Table::default() };
        // Cells that reach down, by their first column: where they are.
        let mut open: Map<usize, (usize, usize)> = Map::default();
        self.rows(element, &mut table, &mut open)?;
        Ok(table)
    }

    fn rows(
        &mut self,
        element: Element<'_>,
        table: &mut Table,
        open: &mut Map<usize, (usize, usize)>,
    ) -> Result<(), Refusal> {
        for child in element.children() {
            match child.name() {
                "w:tr" => self.row(child, table, open)?,
                "w:sdt" => {
                    if let Some(content) = child.child("w:sdtContent") {
                        self.rows(content, table, open)?;
                    }
                }
                "w:customXml" | "w:ins" | "w:moveTo" => self.rows(child, table, open)?,
                "w:del" | "w:moveFrom" => self.deleted(child),
                _ => {}
            }
        }
        Ok(())
    }

    fn row(
        &mut self,
        element: Element<'_>,
        table: &mut Table,
        open: &mut Map<usize, (usize, usize)>,
    ) -> Result<(), Refusal> {
        let properties = element.child("w:trPr");
        if let Some(properties) = properties {
            if properties.child("w:del").is_some() {
                self.deleted(element);
                return Ok(());
            }
            if properties.child("w:hidden").is_some_and(is_on) {
                self.document.tally.hidden += 1;
                return Ok(());
            }
        }
        let is_head = properties.and_then(|p| p.child("w:tblHeader")).is_some_and(is_on);
        if is_head && table.heads == table.rows.len() {
            table.heads += 1;
        }
        let number = |name| {
            let value = properties.and_then(|p| p.child(name)).and_then(Element::value);
            value.and_then(|v| v.parse::<usize>().ok()).unwrap_or(0).min(MOST_COLUMNS)
        };
        let mut column = number("w:gridBefore");
        let mut cells = Vec::new();
        let mut sources: Vec<Element<'_>> = Vec::new();
        cells_of(element, &mut sources);
        for source in sources {
            let properties = source.child("w:tcPr");
            let of = |name| properties.and_then(|p| p.child(name));
            if of("w:cellDel").is_some() {
                self.deleted(source);
                continue;
            }
            let across = of("w:gridSpan").and_then(Element::value).and_then(|v| v.parse().ok());
            let across = across.unwrap_or(1).clamp(1, MOST_COLUMNS);
            let merge = of("w:vMerge");
            let is_covered = merge.is_some_and(|m| m.value() != Some("restart"));
            let mut blocks = Vec::new();
            self.blocks(source, &mut blocks)?;
            self.end_joined(&mut blocks);
            let row = table.rows.len();
            match open.get(&column).copied().filter(|_| is_covered) {
                Some((above, at)) => {
                    let cell: &mut Cell = &mut table.rows[above][at];
                    cell.down = row - above + 1;
                    cell.blocks.extend(blocks);
                }
                None => {
                    if merge.is_some() {
                        open.insert(column, (row, cells.len()));
                    } else {
                        open.remove(&column);
                    }
                    cells.push(Cell { column, across, down: 1, blocks });
                }
            }
            column += across;
            if column > MOST_COLUMNS {
                break;
            }
        }
        table.columns = table.columns.max(column);
        table.rows.push(cells);
        Ok(())
    }
}

/// The first alternative that is given.
fn choice(element: Element<'_>) -> Option<Element<'_>> {
    element.child("mc:Choice").or(element.child("mc:Fallback"))
}

/// The cells of a row, also those in controls.
fn cells_of<'t>(element: Element<'t>, out: &mut Vec<Element<'t>>) {
    for child in element.children() {
        match child.name() {
            "w:tc" => out.push(child),
            "w:sdt" => {
                if let Some(content) = child.child("w:sdtContent") {
                    cells_of(content, out);
                }
            }
            "w:customXml" => cells_of(child, out),
            _ => {}
        }
    }
}

/// A part of a side as VML writes it, `16384f` or `0.25`, in parts of 100 000.
fn fraction(text: &str) -> i64 {
    let part = match text.strip_suffix('f') {
        Some(parts) => parts.parse::<f64>().map(|parts| parts / 65536.0),
        None => text.parse::<f64>(),
    };
    part.map_or(0, |part| (part * 100_000.0) as i64)
}
