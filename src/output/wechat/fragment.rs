//! The fragment: the tags that WeChat keeps, each with its style, and no other.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::notes::{Note, Notes, is_notes};
use crate::base::escape::escape_into;
use crate::output::tree::{Element, Node, is_block};
use crate::view::{ChartView, Views};

/// What was written.
pub(super) struct Written {
    /// The fragment.
    pub html: String,
    /// Of each picture, what is in it and the words where it goes.
    pub pictures: Vec<(String, String)>,
}

/// How a fragment looks.
#[derive(Clone, Copy)]
pub(super) struct Style<'s> {
    /// The styles of its parts.
    pub parts: &'s BTreeMap<String, String>,
    /// Are titles of stories headings in it, and theirs one step lower?
    pub is_collection: bool,
}

/// Writes the story `nodes`. `names` are the files of its pictures, `charts` the bars of its results.
pub(super) fn write(
    nodes: &[Node],
    look: Style<'_>,
    views: &Views<'_>,
    names: &[String],
    charts: &[Option<ChartView>],
) -> Written {
    let mut writer = Writer {
        look,
        views,
        names,
        charts: charts.iter(),
        out: String::new(),
        notes: Notes::of(nodes),
        pictures: vec![Default::default(); names.len()],
    };
    writer.out = format!("<section style=\"{}\">", writer.style("all"));
    writer.flow(nodes, "p");
    writer.all_notes();
    writer.out.push_str("</section>");
    Written { html: writer.out, pictures: writer.pictures }
}

struct Writer<'a> {
    look: Style<'a>,
    views: &'a Views<'a>,
    names: &'a [String],
    charts: std::slice::Iter<'a, Option<ChartView>>,
    out: String,
    notes: Notes<'a>,
    pictures: Vec<(String, String)>,
}

/// What tags of text become: the tag, and the part whose style it has.
const INLINE: [(&str, &str, &str); 15] = [
    ("strong", "strong", "strong"),
    ("b", "strong", "strong"),
    ("em", "em", "em"),
    ("i", "em", "em"),
    ("u", "span", "underline"),
    ("ins", "span", "underline"),
    ("del", "span", "deleted"),
    ("s", "span", "deleted"),
    ("mark", "span", "mark"),
    ("small", "span", "small"),
    ("code", "span", "code"),
    ("kbd", "span", "code"),
    ("sub", "span", "sub"),
    ("sup", "sup", "sup"),
    ("rt", "span", "small"),
];

/// A paragraph of a class and the part whose style it has.
const PARAGRAPHS: [(&str, &str); 14] = [
    ("lead", "lead"),
    ("correction", "correction"),
    ("subject", "byline"),
    ("byline", "byline"),
    ("credits", "credits"),
    ("who", "who"),
    ("brief-name", "brief_name"),
    ("brief-number", "center"),
    ("brief-line", "center"),
    ("brief-note", "lead"),
    ("brief-contents", "center"),
    ("brief-sent", "credits"),
    ("center", "center"),
    ("right", "right"),
];

impl<'a> Writer<'a> {
    fn style(&self, part: &str) -> String {
        let mut escaped = String::new();
        escape_into(&mut escaped, self.look.parts.get(part).map_or("", String::as_str));
        escaped
    }

    fn open(&mut self, tag: &str, part: &str) {
        let style = self.style(part);
        let _ = write!(self.out, "<{tag} style=\"{style}\">");
    }

    fn wrapped(&mut self, tag: &str, part: &str, inside: &str) {
        if !inside.is_empty() {
            self.open(tag, part);
            let _ = write!(self.out, "{inside}</{tag}>");
        }
    }

    /// Blocks, and what stands between them as paragraphs.
    fn flow(&mut self, nodes: &'a [Node], part: &str) {
        let mut run = Vec::new();
        for node in nodes {
            match node {
                Node::Element(element) if is_block(element) => {
                    self.paragraph(&std::mem::take(&mut run), part);
                    self.block(element, part);
                }
                node => run.push(node),
            }
        }
        self.paragraph(&run, part);
    }

    fn paragraph(&mut self, run: &[&'a Node], part: &str) {
        let text = self.line(run);
        self.wrapped("p", part, &text);
    }

    /// What stands in one line, without white space around it.
    fn line(&mut self, run: &[&'a Node]) -> String {
        let mut text = String::new();
        run.iter().for_each(|node| self.inline(node, &mut text));
        text.trim().to_string()
    }

    fn all(&mut self, nodes: &'a [Node]) -> String {
        self.line(&nodes.iter().collect::<Vec<_>>())
    }

    fn block(&mut self, element: &'a Element, part: &str) {
        if is_notes(element) || element.has_class("kicker") {
            return;
        }
        match element.name.as_str() {
            // The title has a place of its own in the editor.
            "h1" if !self.look.is_collection => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = element.name[1..].parse().unwrap_or(4);
                let level: usize = level + usize::from(self.look.is_collection);
                let name = format!("h{}", level.min(4));
                let text = self.all(&element.children);
                self.wrapped(&name, &name, &text);
            }
            "p" | "summary" | "figcaption" | "caption" | "dt" | "dd" => {
                let part = self.part_of(element, part);
                let text = match element.name.as_str() {
                    "summary" | "dt" => self.strong(&element.children),
                    _ if element.has_class("callout-name") => self.strong(&element.children),
                    _ => self.all(&element.children),
                };
                self.wrapped("p", part, &text);
            }
            "ul" | "ol" => self.list(element),
            "dl" if element.has_class("facts") => self.facts(element),
            "blockquote" => {
                self.open("blockquote", "quote");
                self.flow(&element.children, part);
                self.out.push_str("</blockquote>");
            }
            "pre" => self.preformatted(element),
            "hr" => {
                self.open("section", "rule");
                let br = self.br();
                let _ = write!(self.out, "{br}</section>");
            }
            "table" => self.table(element),
            "figure" => self.figure(element),
            "div" | "center" if element.has_class("center") || element.name == "center" => {
                self.flow(&element.children, "center");
            }
            "div" if element.has_class("right") => self.flow(&element.children, "right"),
            _ => self.flow(&element.children, part),
        }
    }

    fn part_of<'p>(&self, element: &Element, part: &'p str) -> &'p str {
        if matches!(element.name.as_str(), "figcaption" | "caption") {
            return "caption";
        }
        if element.has_class("sign-off") {
            return "right";
        }
        let classed = PARAGRAPHS.iter().find(|(class, _)| element.has_class(class));
        classed.map_or(part, |(_, part)| part)
    }

    fn strong(&mut self, nodes: &'a [Node]) -> String {
        let text = self.all(nodes);
        match text.is_empty() {
            true => text,
            false => format!("<strong style=\"{}\">{text}</strong>", self.style("strong")),
        }
    }

    fn br(&self) -> String {
        format!("<br style=\"{}\">", self.style("br"))
    }

    fn list(&mut self, list: &'a Element) {
        self.open(&list.name, "list");
        for item in list.elements() {
            self.open("li", "item");
            self.item(item, 0);
            self.out.push_str("</li>");
        }
        let _ = write!(self.out, "</{}>", list.name);
    }

    /// What is in an item of a list. Lists in it become paragraphs with their marks: of nested lists
    /// WeChat makes one.
    fn item(&mut self, item: &'a Element, depth: usize) {
        let mut run: Vec<&'a Node> = Vec::new();
        let mut is_first = true;
        for node in &item.children {
            match node {
                Node::Element(block) if is_block(block) => {
                    self.item_text(&std::mem::take(&mut run), &mut is_first);
                    match block.name.as_str() {
                        "ul" | "ol" => self.nested(block, depth + 1),
                        "p" => self
                            .item_text(&block.children.iter().collect::<Vec<_>>(), &mut is_first),
                        _ => self.block(block, "nested"),
                    }
                }
                node => run.push(node),
            }
        }
        self.item_text(&run, &mut is_first);
    }

    fn item_text(&mut self, run: &[&'a Node], is_first: &mut bool) {
        let text = self.line(run);
        if text.is_empty() {
            return;
        }
        match std::mem::replace(is_first, false) {
            true => self.out.push_str(&text),
            false => self.wrapped("p", "nested", &text),
        }
    }

    fn nested(&mut self, list: &'a Element, depth: usize) {
        let first: usize = list.attribute("start").and_then(|n| n.parse().ok()).unwrap_or(1);
        for (i, item) in list.elements().enumerate() {
            let number = item.attribute("value").and_then(|n| n.parse().ok()).unwrap_or(first + i);
            let mark = if list.name == "ol" { format!("{number}. ") } else { "· ".to_string() };
            let style = format!("{};padding-left:{}em", self.style("nested"), depth.min(6) - 1);
            let _ = write!(self.out, "<p style=\"{style}\">{mark}");
            let mut inner = Vec::new();
            let mut below = Vec::new();
            for node in &item.children {
                match node {
                    Node::Element(block) if matches!(block.name.as_str(), "ul" | "ol") => {
                        below.push(block);
                    }
                    node => inner.push(node),
                }
            }
            let text = self.line(&inner);
            let _ = write!(self.out, "{text}</p>");
            below.into_iter().for_each(|list| self.nested(list, depth + 1));
        }
    }

    /// Labels and values, a paragraph each.
    fn facts(&mut self, list: &'a Element) {
        let mut label = String::new();
        let mut values: Vec<String> = Vec::new();
        for element in list.elements() {
            if element.name == "dt" {
                self.fact(&label, &std::mem::take(&mut values));
                label = self.all(&element.children);
            } else {
                values.push(self.all(&element.children));
            }
        }
        self.fact(&label, &values);
    }

    fn fact(&mut self, label: &str, values: &[String]) {
        if !values.is_empty() {
            let strong = self.style("strong");
            let label = self.views.words("labelled", &[("label", label)]);
            let text = format!(
                "<strong style=\"{strong}\">{label}</strong>{}",
                values.join(self.views.word("comma"))
            );
            self.wrapped("p", "facts", &text);
        }
    }

    fn preformatted(&mut self, element: &Element) {
        self.open("section", "block");
        let br = self.br();
        for (i, line) in element.text().trim_end_matches('\n').split('\n').enumerate() {
            if i > 0 {
                self.out.push_str(&br);
            }
            // Spaces at the beginning of a line are kept by this one alone.
            let indented = line.len() - line.trim_start_matches(' ').len();
            self.out.push_str(&"\u{a0}".repeat(indented));
            escape_into(&mut self.out, &line[indented..]);
        }
        self.out.push_str("</section>");
    }

    fn figure(&mut self, figure: &'a Element) {
        if let Some(picture) = figure.first("img") {
            let words = self.picture(picture);
            self.wrapped("p", "picture", &words);
        }
        let captions = figure.elements().filter(|element| element.name == "figcaption");
        for caption in captions {
            self.block(caption, "caption");
        }
        if figure.first("img").is_none() {
            let rest = figure.children.iter().filter(
                |node| !matches!(node, Node::Element(element) if element.name == "figcaption"),
            );
            let rest: Vec<&Node> = rest.collect();
            for node in rest {
                if let Node::Element(element) = node {
                    self.block(element, "p");
                }
            }
        }
    }

    /// The words that stand where a picture goes; its description if it was left out.
    fn picture(&mut self, picture: &Element) -> String {
        let mut out = String::new();
        let alt = picture.attribute("alt").unwrap_or_default();
        let number = picture.attribute("src").and_then(|src| src.parse::<usize>().ok());
        let words = match number.and_then(|number| Some((number, self.names.get(number - 1)?))) {
            Some((number, name)) => {
                let number_text = number.to_string();
                let values = [("n", number_text.as_str()), ("file", name.as_str())];
                let words = self.views.words("wechat_picture", &values);
                // Shown again it may be described in other words.
                let shown = &mut self.pictures[number - 1];
                if shown.1.is_empty() {
                    *shown = (alt.to_string(), words.clone());
                } else if !alt.is_empty() && !shown.0.split('；').any(|known| known == alt) {
                    let gap = if shown.0.is_empty() { "" } else { "；" };
                    shown.0.push_str(&format!("{gap}{alt}"));
                }
                words
            }
            None => alt.to_string(),
        };
        escape_into(&mut out, &words);
        out
    }

    fn table(&mut self, table: &'a Element) {
        let is_results = table.has_class("results");
        for caption in table.elements().filter(|element| element.name == "caption") {
            let text = self.all(&caption.children);
            self.wrapped("p", "caption", &text);
        }
        self.open("table", "table");
        self.open("tbody", "rows");
        for part in table.elements() {
            match part.name.as_str() {
                "tr" => self.row(part),
                "thead" | "tbody" | "tfoot" => {
                    for row in part.elements().filter(|element| element.name == "tr") {
                        self.row(row);
                        if is_results && part.name == "tbody" {
                            let chart = self.charts.next().copied().flatten();
                            self.bars(chart);
                        }
                    }
                }
                _ => {}
            }
        }
        self.out.push_str("</tbody></table>");
    }

    fn row(&mut self, row: &'a Element) {
        self.open("tr", "row");
        for cell in row.elements() {
            let mut style = self.style(if cell.name == "th" { "head" } else { "cell" });
            for side in ["center", "right", "left"] {
                if cell.has_class(side) || cell.attribute("align") == Some(side) {
                    let _ = write!(style, ";text-align:{side}");
                }
            }
            let _ = write!(self.out, "<td style=\"{style}\"");
            for name in ["colspan", "rowspan"] {
                if let Some(value) = cell.attribute(name).filter(|value| *value != "1") {
                    let _ = write!(self.out, " {name}=\"");
                    escape_into(&mut self.out, value);
                    self.out.push('"');
                }
            }
            let text = self.all(&cell.children);
            let _ = write!(self.out, ">{text}</td>");
        }
        self.out.push_str("</tr>");
    }

    /// Two bars below a result: a picture of pixels would be one more for the writer to upload, and
    /// without its numbers.
    fn bars(&mut self, chart: Option<ChartView>) {
        let Some(chart) = chart else { return };
        self.open("tr", "row");
        let cell = self.style("cell");
        let _ = write!(self.out, "<td style=\"{cell}\" colspan=\"3\">");
        let bars = [("before", "bar_before", chart.before), ("after", "bar_after", chart.after)];
        for (word, part, length) in bars {
            let mut label = String::new();
            escape_into(&mut label, self.views.word(word));
            self.wrapped("section", "bar_label", &label);
            let style = self.style(part);
            let br = self.br();
            let _ = write!(self.out, "<section style=\"width:{length}%;{style}\">{br}</section>");
        }
        self.out.push_str("</td></tr>");
    }

    fn inline(&mut self, node: &'a Node, out: &mut String) {
        match node {
            Node::Text(text) => escape_into(out, &text.replace('\n', " ")),
            Node::Element(element) => self.inline_element(element, out),
        }
    }

    fn inside(&mut self, element: &'a Element, out: &mut String) {
        element.children.iter().for_each(|node| self.inline(node, out));
    }

    fn inline_element(&mut self, element: &'a Element, out: &mut String) {
        match element.name.as_str() {
            "br" => out.push_str(&self.br()),
            "img" => {
                let words = self.picture(element);
                let style = self.style("inline_picture");
                let _ = write!(out, "<span style=\"{style}\">{words}</span>");
            }
            "a" => self.link(element, out),
            "sup" if element.has_class("note") => self.inside(element, out),
            // 字（zì）
            "rt" => {
                let mut reading = String::new();
                self.inside(element, &mut reading);
                let _ = write!(out, "（{reading}）");
            }
            "rp" => {}
            "span" if element.has_class("tab") => out.push('\u{3000}'),
            "input" => {
                out.push_str(if element.attribute("checked").is_some() { "☑ " } else { "☐ " });
            }
            name => {
                if let Some((_, tag, part)) = INLINE.iter().find(|(known, ..)| *known == name) {
                    let mut text = String::new();
                    self.inside(element, &mut text);
                    if !text.is_empty() {
                        let style = self.style(part);
                        let _ = write!(out, "<{tag} style=\"{style}\">{text}</{tag}>");
                    }
                    return;
                }
                // Blocks within a cell or a note: each on a line of its own.
                let br = self.br();
                if is_block(element) && !out.trim().is_empty() && !out.ends_with(&br) {
                    out.push_str(&br);
                }
                self.inside(element, out);
            }
        }
    }

    fn link(&mut self, link: &'a Element, out: &mut String) {
        let href = link.attribute("href").unwrap_or_default();
        if link.attribute("role") == Some("doc-backlink") {
            return;
        }
        let before = out.len();
        if link.attribute("role") == Some("doc-noteref") {
            let number = href.strip_prefix('#').and_then(|id| self.notes.footnote(id));
            return self.mark(number, out);
        }
        self.inside(link, out);
        let is_foreign = href.starts_with("http://") || href.starts_with("https://");
        let shown = link.text();
        let is_said = shown.trim().trim_end_matches('/') == href.trim_end_matches('/')
            || href.trim_end_matches('/').ends_with(&format!("//{}", shown.trim()));
        if is_foreign && !is_said && out.len() > before {
            let number = self.notes.link(href);
            self.mark(Some(number), out);
        }
    }

    fn mark(&self, number: Option<usize>, out: &mut String) {
        if let Some(number) = number {
            let style = self.style("sup");
            let _ = write!(out, "<sup style=\"{style}\">[{number}]</sup>");
        }
    }

    fn all_notes(&mut self) {
        self.notes.add_unnamed();
        let mut place = 0;
        while let Some(note) = self.notes.get(place) {
            if place == 0 {
                let mut title = String::new();
                escape_into(&mut title, self.views.word("notes_and_links"));
                self.wrapped("p", "notes_title", &title);
            }
            let text = match note {
                Note::Text(nodes) => self.all(nodes),
                Note::Link(url) => {
                    let mut text = String::new();
                    escape_into(&mut text, &url);
                    text
                }
            };
            place += 1;
            self.wrapped("p", "note", &format!("[{place}] {text}"));
        }
    }
}
