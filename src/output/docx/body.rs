//! The text of a document: each part of a story becomes paragraphs of a style.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::parts::{HEAD, R, Relationships, W, picture_name};
use super::{Manuscript, Picture};
use crate::base::escape::xml;
use crate::output::tree::{Element, Node, elements, is_block};

/// The parts that depend on the text.
pub(super) struct Written {
    pub document: String,
    pub relationships: String,
    pub notes: String,
    pub note_relationships: String,
    pub numbering: String,
}

/// The width of the text, and how high a picture may be, in English metric units.
const WIDE: u64 = 156 * 36_000;
const HIGH: u64 = 190 * 36_000;

/// A pixel of a picture that is narrower than the page.
const PIXEL: u64 = 9525;

/// Lists have so many levels.
const LEVELS: usize = 9;

/// Writes everything that depends on the text.
pub(super) fn write(manuscript: &Manuscript, each: &dyn Fn()) -> Written {
    let mut body = Body {
        pictures: &manuscript.pictures,
        is_one: !manuscript.is_collection,
        out: String::new(),
        relationships: Relationships::of_document(),
        note_relationships: Relationships::default(),
        in_note: false,
        in_cell: false,
        known: BTreeMap::new(),
        notes: Vec::new(),
        referred: BTreeSet::new(),
        numbers: Vec::new(),
        bookmarks: Vec::new(),
        drawings: 0,
        marks: 0,
        is_new_page: false,
        pages: Pages::default(),
        title_pages: Vec::new(),
    };
    if let Some(contents) = &manuscript.contents {
        body.front(manuscript, contents);
    }
    for (i, part) in manuscript.parts.iter().enumerate() {
        body.part(part, i > 0 || manuscript.contents.is_some(), &manuscript.notes);
        each();
    }
    body.finish()
}

struct Body<'m> {
    pictures: &'m [Picture],
    /// Is it a story by itself, whose title is that of the document?
    is_one: bool,
    out: String,
    relationships: Relationships,
    note_relationships: Relationships,
    in_note: bool,
    in_cell: bool,
    /// The footnotes of this part by their ids.
    known: BTreeMap<String, &'m [Node]>,
    /// Footnotes that the text has named, in their order.
    notes: Vec<(String, String)>,
    /// Ids of footnotes that the text has named.
    referred: BTreeSet<String>,
    /// For each list its kind and its first number.
    numbers: Vec<(bool, usize, usize)>,
    /// Titles of stories, each with its bookmark, for the contents.
    bookmarks: Vec<(String, String)>,
    drawings: usize,
    marks: usize,
    /// Does the next paragraph begin a page?
    is_new_page: bool,
    /// On which page it is, as far as that can be told.
    pages: Pages,
    /// The pages of the titles.
    title_pages: Vec<usize>,
}

/// What a paragraph has besides its style.
#[derive(Clone, Copy, Default)]
struct Place<'p> {
    style: &'p str,
    /// `right` or `center`, if it is said.
    side: Option<&'p str>,
    /// The list that it is an item of, and at which level.
    list: Option<(usize, usize)>,
    /// Below an item of a list of this level.
    below: Option<usize>,
    /// Does it stay on the page of what comes next?
    is_kept: bool,
}

/// How words look, as properties in the order that the format wants.
#[derive(Clone, Copy, Default)]
struct Look {
    link: bool,
    code: bool,
    bold: bool,
    strike: bool,
    small: bool,
    mark: bool,
    underline: bool,
    side: Option<&'static str>,
    dots: bool,
}

impl Look {
    fn xml(self) -> String {
        let mut out = String::new();
        let mut add = |is: bool, xml: &str| {
            if is {
                out.push_str(xml);
            }
        };
        add(self.link, "<w:rStyle w:val=\"Hyperlink\"/>");
        // Of styles of characters there is one.
        add(self.code && !self.link, "<w:rStyle w:val=\"CodeChar\"/>");
        add(self.code && self.link, "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\"/>");
        add(self.bold, "<w:b/><w:bCs/>");
        add(self.strike, "<w:strike/>");
        add(self.small, "<w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>");
        add(self.mark, "<w:highlight w:val=\"yellow\"/>");
        add(self.underline, "<w:u w:val=\"single\"/>");
        if let Some(side) = self.side {
            add(true, &format!("<w:vertAlign w:val=\"{side}\"/>"));
        }
        add(self.dots, "<w:em w:val=\"dot\"/>");
        match out.is_empty() {
            true => out,
            false => format!("<w:rPr>{out}</w:rPr>"),
        }
    }
}

/// The styles of what follows the first paragraph of an item, by how deep that is.
const CONTINUED: [&str; 5] =
    ["ListContinue", "ListContinue2", "ListContinue3", "ListContinue4", "ListContinue5"];

/// Does an element stay on the page of the next one: what somebody said on that of who said it?
fn ends_with(element: &Element, next: &Element, place: Place<'_>) -> bool {
    let is_quoted = place.style == "Quote" && next.text().trim_start().starts_with("——");
    let is_fact = element.has_class("facts") && next.has_class("credits");
    next.has_class("who") || is_quoted || is_fact
}

/// Paragraphs of a class, and their styles.
const STYLES: [(&str, &str); 13] = [
    ("lead", "Lead"),
    ("correction", "Lead"),
    ("subject", "Byline"),
    ("byline", "Byline"),
    ("who", "SignOff"),
    ("sign-off", "SignOff"),
    ("credits", "Fact"),
    ("brief-name", "BriefName"),
    ("brief-number", "BriefNumber"),
    ("brief-line", "BriefLine"),
    ("brief-note", "BriefNote"),
    ("brief-sent", "BriefSent"),
    ("brief-contents", "TOCHeading"),
];

impl<'m> Body<'m> {
    /// The relationships of the part that is being written.
    fn relationships(&mut self) -> &mut Relationships {
        match self.in_note {
            true => &mut self.note_relationships,
            false => &mut self.relationships,
        }
    }

    /// The page with the title, and the contents.
    fn front(&mut self, manuscript: &Manuscript, contents: &str) {
        let line = |style: &str, text: &str| {
            format!(
                "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>",
                run(text, Look::default())
            )
        };
        self.out.push_str(&line("Title", &manuscript.title));
        if let Some(subtitle) = &manuscript.subtitle {
            self.out.push_str(&line("Subtitle", subtitle));
        }
        self.out.push_str(&line("TOCHeading", contents));
        let titles: Vec<String> = manuscript.parts.iter().map(|part| title(part)).collect();
        for (i, title) in titles.iter().enumerate() {
            let mark = format!("_Toc{:08}", i + 1);
            let begin = match i {
                0 => field_begin(" TOC \\o \"1-1\" \\h \\z \\u "),
                _ => String::new(),
            };
            let end = match i + 1 == titles.len() {
                true => "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
                false => "",
            };
            let _ = write!(
                self.out,
                "<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr>{begin}\
                 <w:hyperlink w:anchor=\"{mark}\" w:history=\"1\">{}<w:r><w:tab/></w:r>{}\
                 <w:r>{NO_PAGE}</w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:hyperlink>{end}</w:p>",
                run(title, Look::default()),
                field_begin(&format!(" PAGEREF {mark} \\h ")),
            );
            self.bookmarks.push((mark, title.clone()));
        }
        self.bookmarks.reverse();
        for _ in titles {
            self.pages.paragraph("TOC1", "");
        }
    }

    fn part(&mut self, nodes: &'m [Node], is_new_page: bool, notes: &str) {
        self.known.clear();
        self.referred.clear();
        let mut order = Vec::new();
        gather(nodes, &mut self.known, &mut order);
        self.is_new_page = is_new_page;
        self.flow(nodes, Place { style: "Normal", ..Place::default() });
        let unnamed: Vec<String> =
            order.into_iter().filter(|id| !self.referred.contains(id)).collect();
        if !unnamed.is_empty() {
            let heading = run(notes, Look::default());
            self.paragraph(&heading, Place { style: "Heading3", ..Place::default() });
        }
        for id in unnamed {
            if let Some(text) = self.known.get(&id).copied() {
                self.flow(text, Place { style: "FootnoteText", ..Place::default() });
            }
        }
    }

    fn paragraph(&mut self, inside: &str, place: Place<'_>) {
        if inside.is_empty() {
            return;
        }
        let mut properties = format!("<w:pStyle w:val=\"{}\"/>", place.style);
        if place.is_kept {
            properties.push_str("<w:keepNext/>");
        }
        if std::mem::take(&mut self.is_new_page) {
            properties.push_str("<w:pageBreakBefore/>");
            self.pages.next();
        }
        if !self.in_note && !self.in_cell {
            self.pages.paragraph(place.style, inside);
        }
        if let Some((list, level)) = place.list {
            let _ = write!(
                properties,
                "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{}\"/></w:numPr>",
                list + 1
            );
        } else if let Some(level) = place.below {
            let left = indent(level);
            let _ = write!(
                properties,
                "<w:ind w:left=\"{left}\" w:firstLineChars=\"0\" w:firstLine=\"0\"/>"
            );
        }
        if let Some(side) = place.side {
            // Nothing is moved in from a side where the text is not.
            if place.list.is_none() && place.below.is_none() {
                properties.push_str("<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>");
            }
            let _ = write!(properties, "<w:jc w:val=\"{side}\"/>");
        }
        let _ = write!(self.out, "<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>");
    }

    /// Blocks, and what stands between them as paragraphs.
    fn flow(&mut self, nodes: &'m [Node], place: Place<'_>) {
        let mut run = Vec::new();
        for (i, node) in nodes.iter().enumerate() {
            match node {
                Node::Element(element) if is_block(element) => {
                    self.line(&std::mem::take(&mut run), place);
                    let next = nodes[i + 1..].iter().find_map(|node| match node {
                        Node::Element(element) => Some(element),
                        _ => None,
                    });
                    let is_kept = match next {
                        None => place.is_kept,
                        Some(next) => ends_with(element, next, place),
                    };
                    self.block(element, Place { is_kept, ..place });
                }
                node => run.push(node),
            }
        }
        self.line(&run, place);
    }

    fn line(&mut self, run: &[&'m Node], place: Place<'_>) {
        let inside = self.words(run, Look::default());
        self.paragraph(&inside, place);
    }

    fn block(&mut self, element: &'m Element, place: Place<'_>) {
        if element.name == "section" && element.has_class("notes") || element.has_class("kicker") {
            return;
        }
        let all: Vec<&Node> = element.children.iter().collect();
        match element.name.as_str() {
            "h1" => self.title(element),
            "h2" | "h3" | "h4" | "h5" | "h6" => {
                let style = format!("Heading{}", &element.name[1..]);
                self.line(&all, Place { style: &style, side: side(element), ..Place::default() });
            }
            "p" | "summary" | "figcaption" | "caption" | "dt" | "dd" => {
                self.classed(element, place);
            }
            "ul" | "ol" => self.list(element, place),
            "dl" if element.has_class("facts") => self.facts(element, place.is_kept),
            "blockquote" => self.flow(&element.children, Place { style: "Quote", ..place }),
            "pre" => self.preformatted(element),
            "hr" => self.out.push_str("<w:p><w:pPr><w:pStyle w:val=\"Rule\"/></w:pPr></w:p>"),
            "table" => self.table(element),
            "figure" => self.figure(element),
            "center" => self.flow(&element.children, Place { side: Some("center"), ..place }),
            _ => {
                let side = side(element).or(place.side);
                self.flow(&element.children, Place { side, ..place });
            }
        }
    }

    /// The title of a story.
    fn title(&mut self, element: &'m Element) {
        let all: Vec<&Node> = element.children.iter().collect();
        let words = self.words(&all, Look::default());
        if self.is_one {
            return self.paragraph(&words, Place { style: "Title", ..Place::default() });
        }
        let inside = match self.bookmarks.pop() {
            Some((mark, _)) => self.marked(&mark, &words),
            None => words,
        };
        self.paragraph(&inside, Place { style: "Heading1", ..Place::default() });
        self.title_pages.push(self.pages.number + 1);
    }

    fn marked(&mut self, name: &str, inside: &str) -> String {
        self.marks += 1;
        let id = self.marks;
        format!(
            "<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{inside}<w:bookmarkEnd w:id=\"{id}\"/>"
        )
    }

    fn classed(&mut self, element: &'m Element, place: Place<'_>) {
        let all: Vec<&Node> = element.children.iter().collect();
        let is_bold =
            matches!(element.name.as_str(), "summary" | "dt") || element.has_class("callout-name");
        let look = Look { bold: is_bold, ..Look::default() };
        let style = match element.name.as_str() {
            "figcaption" | "caption" => "Caption",
            _ => {
                let known = STYLES.iter().find(|(class, _)| element.has_class(class));
                known.map_or(place.style, |(_, style)| style)
            }
        };
        let inside = self.words(&all, look);
        // What is explained stays on the page of the explanation.
        let is_kept = place.is_kept || is_bold;
        let side = side(element).or(place.side);
        self.paragraph(&inside, Place { style, side, is_kept, ..place });
    }

    fn list(&mut self, list: &'m Element, place: Place<'_>) {
        let level = match (place.list, place.below) {
            (Some((_, level)), _) | (_, Some(level)) => (level + 1).min(LEVELS - 1),
            _ => 0,
        };
        let is_ordered = list.name == "ol";
        let number = |element: &Element, name| element.attribute(name).and_then(|n| n.parse().ok());
        let first: usize = number(list, "start").unwrap_or(1);
        let mut expected = first;
        let mut list_id = self.new_list(is_ordered, level, first);
        for item in list.elements() {
            if let Some(value) = number(item, "value").filter(|value| *value != expected) {
                expected = value;
                list_id = self.new_list(is_ordered, level, value);
            }
            expected += 1;
            self.item(item, list_id, level, place);
        }
    }

    fn new_list(&mut self, is_ordered: bool, level: usize, first: usize) -> usize {
        self.numbers.push((is_ordered, level, first));
        self.numbers.len() - 1
    }

    fn item(&mut self, item: &'m Element, list: usize, level: usize, place: Place<'_>) {
        let is_plain = place.style == "Normal"
            || place.style == "ListParagraph"
            || CONTINUED.contains(&place.style);
        let (style, below) = match is_plain {
            true => ("ListParagraph", CONTINUED.get(level).copied().unwrap_or("ListParagraph")),
            false => (place.style, place.style),
        };
        let first = Place { style, list: Some((list, level)), ..Place::default() };
        let later = Place { style: below, list: None, below: Some(level), ..first };
        let mut run: Vec<&'m Node> = Vec::new();
        let mut is_first = true;
        for node in &item.children {
            match node {
                Node::Element(block) if is_block(block) => {
                    self.item_line(&std::mem::take(&mut run), first, later, &mut is_first);
                    match block.name.as_str() {
                        "p" => {
                            let inside: Vec<&Node> = block.children.iter().collect();
                            self.item_line(&inside, first, later, &mut is_first);
                        }
                        _ => self.block(block, later),
                    }
                }
                node => run.push(node),
            }
        }
        self.item_line(&run, first, later, &mut is_first);
    }

    fn item_line(
        &mut self,
        run: &[&'m Node],
        first: Place<'_>,
        later: Place<'_>,
        is_first: &mut bool,
    ) {
        let inside = self.words(run, Look::default());
        if !inside.is_empty() {
            let place = if std::mem::replace(is_first, false) { first } else { later };
            self.paragraph(&inside, place);
        }
    }

    /// Labels and values, a paragraph each. They stay together: one alone at the top of a page would have
    /// the page for itself.
    fn facts(&mut self, list: &'m Element, is_kept: bool) {
        let mut label = String::new();
        let count = list.elements().count();
        for (i, element) in list.elements().enumerate() {
            let all: Vec<&Node> = element.children.iter().collect();
            if element.name == "dt" {
                let bold = Look { bold: true, ..Look::default() };
                label = self.words(&all, bold) + &run("：", bold);
            } else {
                let inside = std::mem::take(&mut label) + &self.words(&all, Look::default());
                let is_kept = is_kept || i + 1 < count;
                self.paragraph(&inside, Place { style: "Fact", is_kept, ..Place::default() });
            }
        }
    }

    fn preformatted(&mut self, element: &Element) {
        let text = element.text();
        let lines: Vec<String> = text
            .trim_end_matches('\n')
            .split('\n')
            .map(|line| run(line, Look::default()))
            .collect();
        let inside = lines.join("<w:r><w:br/></w:r>");
        self.paragraph(&inside, Place { style: "Code", ..Place::default() });
    }

    fn figure(&mut self, figure: &'m Element) {
        let picture = figure.first("img");
        if let Some(picture) = picture {
            let drawing = self.picture(picture);
            self.paragraph(&drawing, Place { style: "Picture", ..Place::default() });
        }
        for element in figure.elements() {
            if element.name == "figcaption" || picture.is_none() {
                self.block(element, Place { style: "Normal", ..Place::default() });
            }
        }
    }

    /// A picture at the width of the page, or as large as it is; its description if it is left out.
    fn picture(&mut self, picture: &Element) -> String {
        let alt = picture.attribute("alt").unwrap_or_default();
        let number = picture.attribute("src").and_then(|src| src.parse::<usize>().ok());
        let known =
            number.and_then(|number| Some((number, self.pictures.get(number.checked_sub(1)?)?)));
        let Some((number, known)) = known else {
            return if alt.is_empty() { String::new() } else { run(alt, Look::default()) };
        };
        let (width, height) = (u64::from(known.size.0.max(1)), u64::from(known.size.1.max(1)));
        let mut wide = (width * PIXEL).min(WIDE);
        let mut high = wide * height / width;
        if high > HIGH {
            (wide, high) = (HIGH * width / height, HIGH);
        }
        let target = picture_name(number, known);
        let id = self.relationships().add("image", &target, false);
        self.drawings += 1;
        let (n, alt) = (self.drawings, xml(alt));
        // No two things of a part have one id.
        let (outer, inner) = (2 * n - 1, 2 * n);
        format!(
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:docPr id=\"{outer}\" name=\"图片 {n}\" descr=\"{alt}\"/>\
             <wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
             <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic><pic:nvPicPr><pic:cNvPr id=\"{inner}\" name=\"图片 {n}\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip r:embed=\"{id}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>\
             </a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
    }

    fn table(&mut self, table: &'m Element) {
        for caption in table.elements().filter(|element| element.name == "caption") {
            let place = Place { style: "Caption", is_kept: true, ..Place::default() };
            self.classed(caption, place);
        }
        let mut rows: Vec<(&'m Element, bool)> = Vec::new();
        for part in table.elements() {
            match part.name.as_str() {
                "tr" => rows.push((part, false)),
                "thead" | "tbody" | "tfoot" => rows.extend(
                    part.elements()
                        .filter(|element| element.name == "tr")
                        .map(|row| (row, part.name == "thead")),
                ),
                _ => {}
            }
        }
        // A head without a `thead`, as it is pasted.
        let heads = rows.iter().take_while(|(row, is_head)| {
            *is_head
                || row.elements().all(|cell| cell.name == "th") && row.elements().next().is_some()
        });
        let heads = heads.count();
        let grid = grid(&rows);
        let columns = grid.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        let width = 8844 / columns;
        self.out.push_str(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/>\
             <w:jc w:val=\"center\"/>",
        );
        // Whoever reads it back does not take the first row for a head.
        self.out.push_str(match heads {
            0 => "<w:tblLook w:val=\"0480\" w:firstRow=\"0\"/></w:tblPr><w:tblGrid>",
            _ => "<w:tblLook w:val=\"04A0\"/></w:tblPr><w:tblGrid>",
        });
        self.out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>").repeat(columns));
        self.out.push_str("</w:tblGrid>");
        for (i, row) in grid.iter().enumerate() {
            let head = if i < heads { "<w:tblHeader/>" } else { "" };
            let _ = write!(self.out, "<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>");
            self.pages.add(440);
            let mut column = 0;
            while column < columns {
                let cell = row.get(column).copied().unwrap_or_default();
                let span = cell.span.clamp(1, columns - column);
                self.cell(cell, span, width);
                column += span;
            }
            self.out.push_str("</w:tr>");
        }
        self.out.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Rule\"/><w:pBdr><w:bottom w:val=\"nil\"/></w:pBdr></w:pPr></w:p>");
    }

    fn cell(&mut self, cell: Cell<'m>, span: usize, width: usize) {
        let _ = write!(self.out, "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", width * span);
        if span > 1 {
            let _ = write!(self.out, "<w:gridSpan w:val=\"{span}\"/>");
        }
        match cell.merged {
            Merged::No => {}
            Merged::First => self.out.push_str("<w:vMerge w:val=\"restart\"/>"),
            Merged::Later => self.out.push_str("<w:vMerge/>"),
        }
        self.out.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
        let before = self.out.len();
        self.in_cell = true;
        if let (Some(element), false) = (cell.element, cell.merged == Merged::Later) {
            let is_head = element.name == "th";
            let place = Place { style: "TableText", side: side(element), ..Place::default() };
            // A cell holds paragraphs; words alone are one.
            match element.elements().any(is_block) {
                true => self.flow(&element.children, place),
                false => {
                    let all: Vec<&Node> = element.children.iter().collect();
                    let inside = self.words(&all, Look { bold: is_head, ..Look::default() });
                    self.paragraph(&inside, place);
                }
            }
        }
        self.in_cell = false;
        // The last thing in a cell is a paragraph.
        if self.out.len() == before || self.out.ends_with("</w:tbl>") {
            self.out.push_str("<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p>");
        }
        self.out.push_str("</w:tc>");
    }

    /// Words in one line as runs, without white space around them.
    fn words(&mut self, nodes: &[&'m Node], look: Look) -> String {
        let mut line = Line::default();
        nodes.iter().for_each(|node| self.inline(node, look, &mut line));
        line.finish()
    }

    fn inline(&mut self, node: &'m Node, look: Look, line: &mut Line) {
        match node {
            Node::Text(text) => line.say(text, look),
            Node::Element(element) => self.inline_element(element, look, line),
        }
    }

    fn inside(&mut self, element: &'m Element, look: Look, line: &mut Line) {
        element.children.iter().for_each(|node| self.inline(node, look, line));
    }

    fn inline_element(&mut self, element: &'m Element, look: Look, line: &mut Line) {
        let look = match element.name.as_str() {
            "strong" | "b" | "th" => Look { bold: true, ..look },
            "em" | "i" => Look { dots: true, ..look },
            "u" | "ins" => Look { underline: true, ..look },
            "del" | "s" => Look { strike: true, ..look },
            "mark" => Look { mark: true, ..look },
            "small" => Look { small: true, ..look },
            "code" | "kbd" => Look { code: true, ..look },
            "sub" => Look { side: Some("subscript"), ..look },
            "sup" if !element.has_class("note") => Look { side: Some("superscript"), ..look },
            "br" => return line.push("<w:r><w:br/></w:r>"),
            "img" => {
                let drawing = self.picture(element);
                return line.push(&drawing);
            }
            "a" => return self.link(element, look, line),
            "ruby" => return self.ruby(element, look, line),
            "span" if element.has_class("tab") => return line.push("<w:r><w:tab/></w:r>"),
            "input" => {
                let mark = if element.attribute("checked").is_some() { "☑ " } else { "☐ " };
                return line.say(mark, look);
            }
            // What stands by itself begins a line, where there can be no paragraph.
            _ if is_block(element) && !line.is_empty() => {
                line.push("<w:r><w:br/></w:r>");
                look
            }
            _ => look,
        };
        self.inside(element, look, line);
    }

    fn link(&mut self, link: &'m Element, look: Look, line: &mut Line) {
        let href = link.attribute("href").unwrap_or_default();
        match link.attribute("role") {
            Some("doc-backlink") => return,
            Some("doc-noteref") => {
                let id = href.strip_prefix('#').unwrap_or_default();
                let reference = self.note(id, link);
                return line.push(&reference);
            }
            _ => {}
        }
        let is_outside = ["http://", "https://", "mailto:", "tel:"]
            .iter()
            .any(|scheme| href.starts_with(scheme));
        if !is_outside {
            return self.inside(link, look, line);
        }
        let id = self.relationships().add("hyperlink", href, true);
        let mut inner = Line { is_inside: true, ..Line::default() };
        self.inside(link, Look { link: true, ..look }, &mut inner);
        let inside = inner.out;
        if !inside.is_empty() {
            line.push(&format!(
                "<w:hyperlink r:id=\"{id}\" w:history=\"1\">{inside}</w:hyperlink>"
            ));
        }
    }

    /// 字 with its reading above.
    fn ruby(&mut self, ruby: &'m Element, look: Look, line: &mut Line) {
        let mut base: Vec<&'m Node> = Vec::new();
        for node in &ruby.children {
            match node {
                Node::Element(element) if element.name == "rp" => {}
                Node::Element(element) if element.name == "rt" => {
                    let of: Vec<&Node> = std::mem::take(&mut base);
                    let (reading, base) = (run(&element.text(), Look { small: true, ..look }), {
                        let mut inner = Line { is_inside: true, ..Line::default() };
                        of.iter().for_each(|node| self.inline(node, look, &mut inner));
                        inner.out
                    });
                    line.push(&format!(
                        "<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val=\"center\"/><w:hps w:val=\"16\"/>\
                         <w:hpsRaise w:val=\"30\"/><w:hpsBaseText w:val=\"32\"/><w:lid w:val=\"zh-CN\"/></w:rubyPr>\
                         <w:rt>{reading}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby></w:r>"
                    ));
                }
                node => base.push(node),
            }
        }
        base.into_iter().for_each(|node| self.inline(node, look, line));
    }

    /// The mark of a footnote. A note can be named once; later marks are its number.
    fn note(&mut self, id: &str, link: &Element) -> String {
        let raised = Look { side: Some("superscript"), ..Look::default() };
        let Some(text) = self.known.get(id).copied().filter(|_| !self.in_note) else {
            return run(&link.text(), raised);
        };
        let mark = format!("_Note{}", id.replace(|c: char| !c.is_ascii_alphanumeric(), "_"));
        if let Some(number) = self.notes.iter().position(|(known, _)| known == id) {
            let number = (number + 1).to_string();
            return format!(
                "{}{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
                field_begin(&format!(" NOTEREF {mark} \\f \\h ")),
                run(&number, raised)
            );
        }
        self.referred.insert(id.to_string());
        // Its place, before the notes that it may name.
        let place = self.notes.len();
        self.notes.push((id.to_string(), String::new()));
        let outside = std::mem::take(&mut self.out);
        self.in_note = true;
        self.flow(text, Place { style: "FootnoteText", ..Place::default() });
        self.in_note = false;
        self.notes[place].1 = std::mem::replace(&mut self.out, outside);
        let reference = format!(
            "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{}\"/></w:r>",
            place + 1
        );
        self.marked(&mark, &reference)
    }

    fn finish(mut self) -> Written {
        // The contents has its numbers from the first look on; a program that lays the text out
        // knows better.
        for page in std::mem::take(&mut self.title_pages) {
            self.out = self.out.replacen(NO_PAGE, &format!("<w:t>{page}</w:t>"), 1);
        }
        let section = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId6\"/><w:footerReference w:type=\"even\" r:id=\"rId7\"/>\
             <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"851\" w:footer=\"1417\" w:gutter=\"0\"/>\
             <w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr>";
        let document = format!(
            "{HEAD}<w:document {W} {R} xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
             xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>{}{section}</w:body></w:document>",
            self.out
        );
        Written {
            document,
            relationships: self.relationships.xml(),
            notes: footnotes(&self.notes),
            note_relationships: self.note_relationships.xml(),
            numbering: numbering(&self.numbers),
        }
    }
}

/// The words of a line as runs. White space of a text is one space; around the line there is none.
#[derive(Default)]
struct Line {
    out: String,
    /// Does a space stand before what comes next?
    space: Option<Look>,
    /// Is it a part of a line, so that its first space counts?
    is_inside: bool,
}

impl Line {
    fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    fn say(&mut self, text: &str, look: Look) {
        let space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        for (i, part) in text.split(space).enumerate() {
            if i > 0 && (!self.is_empty() || self.is_inside) {
                self.space = Some(look);
            }
            if part.is_empty() {
                continue;
            }
            if let Some(look) = self.space.take() {
                self.out.push_str(&run(" ", look));
            }
            self.out.push_str(&run(part, look));
        }
    }

    fn push(&mut self, xml: &str) {
        if xml.is_empty() {
            return;
        }
        if let Some(look) = self.space.take() {
            self.out.push_str(&run(" ", look));
        }
        self.out.push_str(xml);
    }

    fn finish(self) -> String {
        self.out
    }
}

/// A page that is not known yet.
const NO_PAGE: &str = "<w:t></w:t>";

/// How far the text is down the pages, in twentieths of a point. The lines are fixed, and the letters
/// are squares: a guess that is right for nearly all text.
#[derive(Default)]
struct Pages {
    number: usize,
    down: usize,
}

/// The height and the width of the text on a page.
const PAGE: (usize, usize) = (12_756, 8_844);

/// Styles, the height of their lines, the size of their letters, and what is above and below.
const HEIGHTS: [(&str, usize, usize, usize); 10] = [
    ("Title", 680, 440, 480),
    ("Heading1", 680, 440, 480),
    ("Byline", 580, 280, 0),
    ("Fact", 580, 280, 0),
    ("Caption", 400, 240, 120),
    ("TableText", 360, 240, 80),
    ("Code", 360, 240, 0),
    ("FootnoteText", 300, 210, 0),
    ("Rule", 120, 120, 360),
    ("TOCHeading", 580, 320, 480),
];

impl Pages {
    fn next(&mut self) {
        (self.number, self.down) = (self.number + 1, 0);
    }

    fn add(&mut self, height: usize) {
        if self.down + height > PAGE.0 && self.down > 0 {
            self.next();
        }
        self.down += height;
    }

    fn paragraph(&mut self, style: &str, inside: &str) {
        let known = HEIGHTS.iter().find(|(known, ..)| *known == style);
        let (line, letter, around) = known.map_or((580, 320, 0), |&(_, a, b, c)| (a, b, c));
        if style == "Picture" {
            let high = inside.split("cy=\"").nth(1).and_then(|rest| rest.split('"').next());
            let high: usize = high.and_then(|high| high.parse().ok()).unwrap_or(0);
            return self.add(high / 635 + 180);
        }
        let mut is_tag = false;
        let mut width = letter * 2;
        for c in inside.chars() {
            match c {
                '<' => is_tag = true,
                '>' => is_tag = false,
                _ if is_tag => {}
                c if c.is_ascii() => width += letter / 2,
                _ => width += letter,
            }
        }
        self.down += around;
        for _ in 0..width.div_ceil(PAGE.1).max(1) {
            self.add(line);
        }
    }
}

/// Words that look like this.
fn run(text: &str, look: Look) -> String {
    format!("<w:r>{}<w:t xml:space=\"preserve\">{}</w:t></w:r>", look.xml(), xml(text))
}

fn field_begin(instruction: &str) -> String {
    let instruction = xml(instruction);
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
         <w:r><w:instrText xml:space=\"preserve\">{instruction}</w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
    )
}

/// `right` or `center`, if an element is set so.
fn side(element: &Element) -> Option<&'static str> {
    let is = |side: &str| element.has_class(side) || element.attribute("align") == Some(side);
    ["right", "center"].into_iter().find(|side| is(side))
}

/// The title of a part.
fn title(nodes: &[Node]) -> String {
    let found = elements(nodes).find_map(|element| match element.name.as_str() {
        "h1" => Some(element.text()),
        _ => element.first("h1").map(Element::text),
    });
    found.unwrap_or_default()
}

/// The footnotes of a part, by their ids.
fn gather<'m>(
    nodes: &'m [Node],
    known: &mut BTreeMap<String, &'m [Node]>,
    order: &mut Vec<String>,
) {
    for element in elements(nodes) {
        if element.name != "section" || !element.has_class("notes") {
            gather(&element.children, known, order);
            continue;
        }
        let items = element.elements().filter(|list| list.name == "ol");
        for item in items.flat_map(Element::elements) {
            let id = item.attribute("id").unwrap_or_default().to_string();
            known.insert(id.clone(), &item.children);
            order.push(id);
        }
    }
}

/// How far an item of a list at this level is moved in.
fn indent(level: usize) -> usize {
    640 + 420 * level + 420
}

/// A cell of the grid that a table is laid out in.
#[derive(Clone, Copy, Default)]
struct Cell<'m> {
    element: Option<&'m Element>,
    /// Over so many columns; nothing for those that another cell is over.
    span: usize,
    merged: Merged,
}

/// Is a cell one with that above it?
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Merged {
    #[default]
    No,
    First,
    Later,
}

/// More columns than any table has; what says more is not believed.
const COLUMNS: usize = 63;

/// The cells of a table by row and column. Of a cell over several columns, those after the first are
/// passed over by its span.
fn grid<'m>(rows: &[(&'m Element, bool)]) -> Vec<Vec<Cell<'m>>> {
    let mut grid: Vec<Vec<Cell<'m>>> = vec![Vec::new(); rows.len()];
    let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (r, (row, _)) in rows.iter().enumerate() {
        let mut column = 0;
        for element in row.elements() {
            while taken.contains(&(r, column)) {
                column += 1;
            }
            if column >= COLUMNS {
                break;
            }
            let number = |name| element.attribute(name).and_then(|n| n.parse::<usize>().ok());
            let wide = number("colspan").unwrap_or(1).clamp(1, COLUMNS - column);
            let free = (1..wide).take_while(|i| !taken.contains(&(r, column + i))).count() + 1;
            let high = number("rowspan").unwrap_or(1).clamp(1, rows.len() - r);
            for below in 0..high {
                let merged = match (high, below) {
                    (1, _) => Merged::No,
                    (_, 0) => Merged::First,
                    _ => Merged::Later,
                };
                for i in 0..free {
                    taken.insert((r + below, column + i));
                    let line = &mut grid[r + below];
                    if line.len() <= column + i {
                        line.resize(column + i + 1, Cell::default());
                    }
                    let span = if i == 0 { free } else { 0 };
                    line[column + i] = Cell { element: Some(element), span, merged };
                }
            }
            column += free;
        }
    }
    grid
}

fn footnotes(notes: &[(String, String)]) -> String {
    let separator = |id: i32, kind: &str, tag: &str| {
        format!(
            "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:pPr><w:spacing w:line=\"240\" w:lineRule=\"auto\"/>\
             <w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/></w:pPr><w:r><w:{tag}/></w:r></w:p></w:footnote>"
        )
    };
    let mut out = format!(
        "{HEAD}<w:footnotes {W} {R} xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">{}{}",
        separator(-1, "separator", "separator"),
        separator(0, "continuationSeparator", "continuationSeparator")
    );
    let mark = "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>\
                <w:r><w:t xml:space=\"preserve\"> </w:t></w:r>";
    for (i, (_, text)) in notes.iter().enumerate() {
        let empty = "<w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr></w:p>";
        let text = if text.starts_with("<w:p>") { text.as_str() } else { empty };
        // The number stands in the first paragraph.
        let text = text.replacen("</w:pPr>", &format!("</w:pPr>{mark}"), 1);
        let _ = write!(out, "<w:footnote w:id=\"{}\">{text}</w:footnote>", i + 1);
    }
    out.push_str("</w:footnotes>");
    out
}

/// Two kinds of lists, and a list of its own for each of the text, so that its numbers begin anew.
fn numbering(lists: &[(bool, usize, usize)]) -> String {
    let mut out = format!("{HEAD}<w:numbering {W}>");
    for (id, kind) in [(0, "bullet"), (1, "decimal")] {
        let _ = write!(
            out,
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>"
        );
        for level in 0..LEVELS {
            let text = match kind {
                "bullet" => ["•", "◦", "▪"][level % 3].to_string(),
                _ => format!("%{}.", level + 1),
            };
            let left = indent(level);
            let _ = write!(
                out,
                "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{kind}\"/><w:lvlText w:val=\"{text}\"/>\
                 <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" w:firstLineChars=\"0\" w:hanging=\"420\"/></w:pPr></w:lvl>"
            );
        }
        out.push_str("</w:abstractNum>");
    }
    for (i, (is_ordered, level, first)) in lists.iter().enumerate() {
        let (id, kind) = (i + 1, u8::from(*is_ordered));
        let _ = write!(
            out,
            "<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{kind}\"/><w:lvlOverride w:ilvl=\"{level}\">\
             <w:startOverride w:val=\"{first}\"/></w:lvlOverride></w:num>"
        );
    }
    out.push_str("</w:numbering>");
    out
}
