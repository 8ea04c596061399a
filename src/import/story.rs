//! A document becomes a story: what is its title, what are its headings, what does it say of itself.
//! What is guessed is said.

use super::form::{self, Form, tidy_name};
use super::markdown::{self, Part, numbered};
use super::roster::Member;
use super::word::{Align, Block, Document, Face, Label, Lost, Paragraph, Piece, Role, Style};
use crate::base::lang::{Lang, Text};
use crate::base::name;
use crate::base::text::is_wide;
use crate::parse::numbers;
use crate::schema::story::STORY;
use crate::value::kind::Kind;
use crate::value::moment::{Moment, default_zone};
use crate::value::nearest::nearest_name;
use crate::yaml::{Node, write};

/// What is known of the campaign into which something is imported.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// Names that stories may use, by what they are names of, where there is a list.
    pub words: Vec<(&'static str, Vec<String>)>,
    /// The day on which it is imported.
    pub today: Moment,
}

impl Campaign {
    /// The name of `word` in a list: itself if there is no list; the nearest if it is not in it.
    fn known(&self, many: &str, word: &str) -> Result<String, Option<String>> {
        let Some((_, words)) = self.words.iter().find(|(name, _)| *name == many) else {
            return Ok(word.to_string());
        };
        match words.iter().any(|known| name::is_same(known, word)) {
            true => Ok(word.to_string()),
            false => Err(nearest_name(word, words.iter().map(String::as_str)).map(str::to_string)),
        }
    }
}

/// What whoever imports says of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// The kind of the stories.
    pub kind: Option<Kind>,
    /// The unit.
    pub unit: Option<String>,
    /// The focal point.
    pub focal_point: Option<String>,
}

/// A story that is ready to be written.
#[derive(Clone, Debug)]
pub struct Story {
    /// What it is called.
    pub title: String,
    /// Its day.
    pub date: Moment,
    /// The text of its file.
    pub text: String,
    /// Files beside it: names and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// What was guessed, left out and taken.
    pub report: Report,
}

/// What was guessed, left out and taken.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What the document did not say for sure.
    pub guessed: Vec<Text>,
    /// What was there and is taken.
    pub taken: Vec<Text>,
    /// What was there and is left out on purpose.
    pub dropped: Vec<Text>,
    /// What could not be brought along.
    pub lost: Vec<Text>,
    /// What is still to be filled in.
    pub open: Vec<Text>,
}

fn both(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text { zh: zh.into(), en: en.into() }
}

/// 二号: 22 points. What is as large as that, and stands in the middle, is a title.
const TITLE_SIZE: u16 = 44;

/// So many things that could not be brought along are named.
const MOST_LOST: usize = 30;

/// So many paragraphs are looked at for a title.
const HEAD: usize = 12;

/// The longest title.
const LONGEST_TITLE: usize = 100;

/// The longest heading.
const LONGEST_HEADING: usize = 60;

/// The story that a document is. `stem` is the name of its file without extension.
pub fn of_document(
    mut document: Document,
    stem: &str,
    campaign: &Campaign,
    wishes: &Wishes,
) -> Story {
    let mut maker = Maker {
        blocks: std::mem::take(&mut document.blocks),
        values: Vec::new(),
        report: Report::default(),
        campaign,
        head: Vec::new(),
    };
    let has_text = maker.blocks.iter().any(|block| !block.text().trim().is_empty());
    let title = maker.title(&document, stem);
    maker.signed();
    maker.labelled();
    let date = maker.closing();
    let (parts, form_name) = maker.parts(&document);
    let title = match form_name.filter(|name| !title.contains(name.as_str())) {
        Some(name) if title.ends_with('表') => format!("{title}：{name}"),
        _ => title,
    };
    maker.wishes(wishes, &title);
    maker.told(&document);
    if !has_text {
        maker.report.lost.push(both(
            "文字：文档里只有图片，像是扫描件，要发布的文字请自己录入",
            "text: the document has pictures alone, as a scan has",
        ));
    }
    let Maker { values, mut report, head, .. } = maker;
    let date = match values.iter().find(|(key, _)| *key == "date") {
        Some((_, Node::Text(day))) => Moment::parse(day, default_zone()).unwrap_or(campaign.today),
        _ => date.unwrap_or_else(|| {
            report
                .guessed
                .push(both("文中没有日期，先写今天", "no date was found, so it is today"));
            campaign.today.day_alone()
        }),
    };
    // Names that are easy to read in the text.
    let names: Vec<String> = document
        .pictures
        .iter()
        .enumerate()
        .map(|(i, picture)| format!("图{}.{}", i + 1, picture.extension))
        .collect();
    let body = markdown::write(&document, &parts, &names);
    if !numbers::find(&body).is_empty() {
        report.open.push(both(
            format!("正文里有像{}的数字，请核对要不要公开", form::kinds(&body)),
            "there are numbers in the text that seem to be those of people",
        ));
    }
    let mut front = vec![
        ("title", Node::Text(title.clone())),
        ("date", Node::Text(date.date())),
        ("draft", Node::Bool(true)),
    ];
    for (key, value) in values {
        let value = match value {
            Node::Number(at) if key == "portrait" => {
                at.parse().ok().and_then(|at: usize| names.get(at)).cloned().map(Node::Text)
            }
            value => Some(value),
        };
        if let Some(value) = value.filter(|_| !front.iter().any(|(known, _)| *known == key)) {
            front.push((key, value));
        }
    }
    let text = file(front, &head, &body, &mut report);
    // A picture may have been in a place from which nothing is taken.
    let files =
        names.into_iter().zip(document.pictures).filter(|(name, _)| text.contains(name.as_str()));
    let files = files.map(|(name, picture)| (name, picture.bytes)).collect();
    Story { title, date, text, files, report }
}

/// The draft of a story about somebody who stands in a roster.
pub fn of_member(member: &Member, campaign: &Campaign) -> Story {
    let mut front = vec![
        ("title", Node::Text(member.name.clone())),
        ("date", Node::Text(campaign.today.day_alone().date())),
        ("kind", Node::Text(Kind::Member.word().into())),
        ("name", Node::Text(member.name.clone())),
        ("draft", Node::Bool(true)),
    ];
    let mut maker = Maker {
        blocks: Vec::new(),
        values: Vec::new(),
        report: Report::default(),
        campaign,
        head: Vec::new(),
    };
    if let Some(unit) = &member.unit {
        maker.says("unit", unit);
    }
    for (key, text) in &member.more {
        maker.says(key, text);
    }
    let Maker { values, mut report, head, .. } = maker;
    front.extend(values);
    let text = file(front, &head, "<!-- 在这里写事迹，写好以后删掉这一行 -->\n", &mut report);
    let date = campaign.today.day_alone();
    Story { title: member.name.clone(), date, text, files: Vec::new(), report }
}

/// The text of a story's file. What its kind must have and it lacks is said.
pub fn file(
    mut front: Vec<(&'static str, Node)>,
    head: &[String],
    body: &str,
    report: &mut Report,
) -> String {
    front.sort_by_key(|(key, _)| STORY.fields.iter().position(|field| field.name == *key));
    let kind = front.iter().find_map(|(key, value)| match value {
        Node::Text(word) if *key == "kind" => Kind::from_word(word),
        _ => None,
    });
    for field in STORY.fields {
        if field.need.in_story(kind) && !front.iter().any(|(key, _)| *key == field.name) {
            report.open.push(both(field.chinese, field.name));
        }
    }
    let front: Vec<(String, Node)> =
        front.into_iter().map(|(key, value)| (key.to_string(), value)).collect();
    let mut text = format!("---\n{}", write::write(&front));
    for line in head {
        text.push_str(&format!("# {}\n", line.replace('\n', " ")));
    }
    text.push_str("---\n\n");
    text.push_str(body);
    text
}

struct Maker<'a> {
    blocks: Vec<Block>,
    values: Vec<(&'static str, Node)>,
    report: Report,
    campaign: &'a Campaign,
    /// Comments in the front matter.
    head: Vec<String>,
}

impl Maker<'_> {
    fn give(&mut self, key: &'static str, value: Node) -> bool {
        let is_new = !self.values.iter().any(|(known, _)| *known == key);
        if is_new {
            self.values.push((key, value));
        }
        is_new
    }

    /// The places of paragraphs that have text, from the first.
    fn paragraphs(&self) -> impl DoubleEndedIterator<Item = (usize, &Paragraph)> {
        self.blocks.iter().enumerate().filter_map(|(at, block)| {
            let paragraph = block.paragraph()?;
            (!paragraph.text().is_empty()).then_some((at, paragraph))
        })
    }

    fn title(&mut self, document: &Document, stem: &str) -> String {
        let head: Vec<(usize, Paragraph)> =
            self.paragraphs().take(HEAD).map(|(at, p)| (at, p.clone())).collect();
        let head: Vec<(usize, &Paragraph)> = head.iter().map(|(at, p)| (*at, p)).collect();
        let is_large = |p: &Paragraph| p.align == Align::Centre && p.size() >= TITLE_SIZE;
        // The name of an office in red is no title, where one follows.
        let large: Vec<usize> = (0..head.len()).filter(|&i| is_large(head[i].1)).collect();
        let is_red_head = |text: &str| text.ends_with("文件") || text.ends_with("简报");
        let by_size = match large.as_slice() {
            [first, second, ..] if is_red_head(&head[*first].1.text()) => Some(*second),
            [first, ..] => Some(*first),
            [] => None,
        };
        let by_style = || head.iter().position(|(_, p)| p.role == Some(Role::Title));
        let is_set_apart = |p: &Paragraph| {
            p.align == Align::Centre
                && p.number.is_none()
                && p.text().chars().count() <= LONGEST_HEADING
                && p.all(|style| style.bold || style.face == Face::Hei || style.size >= 32)
        };
        let by_place = || (0..head.len().min(3)).find(|&i| is_set_apart(head[i].1));
        let levels: Vec<u8> = self.paragraphs().filter_map(|(_, p)| p.level).collect();
        let by_level = || {
            let top = levels.iter().min()?;
            let alone = levels.iter().filter(|level| *level == top).count() == 1;
            (alone && head.first()?.1.level == Some(*top)).then_some(0)
        };
        let by_shortness = || {
            let (_, first) = head.first()?;
            let text = first.text();
            let short =
                text.chars().count() <= 40 && !text.ends_with(['。', '；', '，', '：', '！']);
            (short && first.number.is_none() && head.len() > 1).then_some(0)
        };
        let (place, why) = if let Some(at) = by_size {
            (Some(at), ("居中的二号以上大字", "the first large line in the middle"))
        } else if let Some(at) = by_style() {
            (Some(at), ("标题样式的一段", "the paragraph in the style of titles"))
        } else if let Some(at) = by_place() {
            (Some(at), ("开头居中的一段", "the line in the middle at the beginning"))
        } else if let Some(at) = by_level() {
            (Some(at), ("开头唯一的一级标题", "the only heading of the first level"))
        } else if let Some(at) = by_shortness() {
            (Some(at), ("第一段", "the first paragraph"))
        } else {
            (None, ("文件名", "the name of the file"))
        };
        self.report
            .guessed
            .push(both(format!("标题取自{}", why.0), format!("the title is {}", why.1)));
        let Some(first) = place else {
            return cut(&title_of_file(stem));
        };
        let mut gone = vec![head[first].0];
        // 附件2: what is a story of its own is nobody's attachment.
        for (at, paragraph) in &head[..first] {
            let text = paragraph.text();
            if is_number_of_attachment(&text) {
                self.report
                    .dropped
                    .push(both(format!("标题上面的“{text}”"), format!("“{text}” above the title")));
                gone.insert(gone.len() - 1, *at);
            }
        }
        let mut title = tidy(&head[first].1.text());
        let size = head[first].1.size();
        let mut next = first + 1;
        // A long title stands on several lines.
        while by_size.is_some()
            && next < head.len()
            && next < first + 3
            && is_large(head[next].1)
            && head[next].1.size() == size
            && !begins_with_dash(&head[next].1.text())
        {
            title.push_str(&tidy(&head[next].1.text()));
            gone.push(head[next].0);
            next += 1;
        }
        let mut summary = None;
        if let Some((at, paragraph)) = head.get(next) {
            let text = tidy(&paragraph.text());
            let is_subtitle = paragraph.role == Some(Role::Subtitle);
            let before = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(0);
            if begins_with_dash(&text[before..])
                && (paragraph.align == Align::Centre || is_subtitle)
            {
                let rest = text[before..].trim_start_matches(['—', '－', '-', '–', '─', ' ']);
                let joined = format!("{title}{}——{rest}", &text[..before]);
                if joined.chars().count() <= LONGEST_TITLE {
                    title = joined;
                    self.report
                        .guessed
                        .push(both("副标题接在标题后面", "the subtitle follows the title"));
                } else {
                    summary = Some(rest.to_string());
                }
                gone.push(*at);
            } else if is_subtitle {
                summary = Some(text);
                gone.push(*at);
            }
        }
        if let Some(summary) = summary {
            self.report.guessed.push(both("副标题写作摘要", "the subtitle is the summary"));
            self.give("summary", Node::Text(summary));
        }
        // What is no text stays.
        for at in gone.into_iter().rev() {
            let Block::Paragraph(paragraph) = &mut self.blocks[at] else { continue };
            let notes: Vec<Piece> = paragraph
                .pieces
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Note(note) => {
                        let text: Vec<String> =
                            document.notes[*note].iter().map(Block::text).collect();
                        Some(Piece::Comment(
                            String::new(),
                            format!("标题的脚注：{}", text.join(" ")),
                        ))
                    }
                    Piece::Picture(..) | Piece::Comment(..) | Piece::Lost(_) => Some(piece.clone()),
                    _ => None,
                })
                .collect();
            if notes.is_empty() {
                self.blocks.remove(at);
            } else {
                *paragraph = Paragraph { pieces: notes, ..Paragraph::default() };
            }
        }
        match title.chars().count() > LONGEST_TITLE {
            true => {
                self.head.push(format!("文档里的标题：{title}"));
                self.report
                    .guessed
                    .push(both("标题太长，只取了开头", "the title was cut, as it is long"));
                cut(&title)
            }
            false => title,
        }
    }

    /// An office below the title, and who wrote it there: `青禾街道党政办　　何岸`.
    fn signed(&mut self) {
        let Some((at, paragraph)) = self.paragraphs().next() else { return };
        let text = paragraph.text();
        let is_line = paragraph.align == Align::Centre
            && paragraph.role.is_none()
            && paragraph.level.is_none()
            && paragraph.number.is_none()
            && paragraph.pieces.iter().all(|piece| matches!(piece, Piece::Text(..)))
            && text.chars().count() <= 40;
        let inner = text.trim_matches(['（', '）', '(', ')']);
        let mut words = inner.split_whitespace();
        let Some(office) = words.next().filter(|word| is_line && is_office(word)) else { return };
        let names: Vec<&str> = words.collect();
        let is_part = |name: &&str| name.chars().count() <= 4 && name.chars().all(is_wide);
        if !names.iter().all(is_part) || office.contains(['，', '。', '：', '、']) {
            return;
        }
        let office = office.to_string();
        // 何　岸 is one name.
        let is_apart = names.iter().all(|name| name.chars().count() == 1);
        let names = names.join(if is_apart { "" } else { " " });
        let mut said = vec![("来源", "source")];
        let is_new = self.says("source", &office);
        if !names.is_empty() && self.says("author", &names) {
            said.push(("作者", "author"));
        }
        if is_new {
            self.blocks.remove(at);
            let (zh, en): (Vec<&str>, Vec<&str>) = said.into_iter().unzip();
            self.report.guessed.push(both(
                format!("{}取自标题下面的一行（{text}）", zh.join("和")),
                format!("{}: from the line below the title ({text})", en.join(" and ")),
            ));
        }
    }

    /// Lines that say what they are, at the head and at the end: `作者：王小明`, `（通讯员 王小明）`.
    fn labelled(&mut self) {
        let places: Vec<usize> = self.paragraphs().map(|(at, _)| at).collect();
        let near = places.iter().take(6).chain(places.iter().rev().take(4));
        let mut near: Vec<usize> = near.copied().collect();
        near.sort_unstable();
        near.dedup();
        let mut said = Vec::new();
        for at in near.into_iter().rev() {
            let Some(paragraph) = self.blocks[at].paragraph() else { continue };
            let text = paragraph.text();
            let is_summary = paragraph.role == Some(Role::Summary)
                && !paragraph.styles().next().is_some_and(|(style, _)| style.bold);
            let day = text.split_whitespace().next().and_then(date_of);
            let labels = match day.filter(|_| paragraph.role == Some(Role::Byline)) {
                Some(day) if labels_of(&text).is_empty() => vec![("date", day.date())],
                _ if is_summary && label_of(&text).is_none() => vec![("summary", text)],
                _ => labels_of(&text),
            };
            let count = labels.len();
            let before = said.len();
            said.extend(
                labels
                    .into_iter()
                    .rev()
                    .filter_map(|(field, value)| self.says(field, &value).then_some(field)),
            );
            if count > 0 && said.len() == before + count {
                self.blocks.remove(at);
            }
        }
        if !said.is_empty() {
            said.reverse();
            let names = |lang| {
                let name = |key: &&str| {
                    STORY
                        .field(key)
                        .map_or("", |f| if lang == Lang::Zh { f.chinese } else { f.name })
                };
                said.iter().map(name).collect::<Vec<_>>().join(if lang == Lang::Zh {
                    "、"
                } else {
                    ", "
                })
            };
            self.report.guessed.push(both(
                format!("写明的{}填进了稿件信息", names(Lang::Zh)),
                format!("{} are as the text names them", names(Lang::En)),
            ));
        }
    }

    /// Takes a value that the document names; false if it is none.
    fn says(&mut self, key: &'static str, value: &str) -> bool {
        let value = value.trim();
        if value.is_empty() || value.chars().count() > 200 || !numbers::find(value).is_empty() {
            return false;
        }
        let list = |value: &str| -> Vec<Node> {
            let items = value.split(['、', '，', ',', '；', ';']).map(str::trim);
            items.filter(|item| !item.is_empty()).map(|item| Node::Text(item.to_string())).collect()
        };
        match key {
            "kind" => match Kind::from_word(value) {
                Some(kind) => self.give(key, Node::Text(kind.word().into())),
                None => false,
            },
            "date" => match date_of(value) {
                Some(day) => self.give(key, Node::Text(day.date())),
                None => false,
            },
            "focal_points" => {
                let (mut right, mut wrong) = (Vec::new(), Vec::new());
                for item in list(value) {
                    let Node::Text(item) = item else { continue };
                    match self.campaign.known("focal_points", &item) {
                        Ok(name) => right.push(Node::Text(name)),
                        Err(near) => wrong.push((item, near)),
                    }
                }
                for (item, near) in wrong {
                    self.unknown("着力点", "focal point", &item, near);
                }
                right.truncate(3);
                !right.is_empty() && self.give(key, Node::List(right))
            }
            "unit" => match self.campaign.known("units", value) {
                Ok(name) => self.give(key, Node::Text(name)),
                Err(near) => {
                    self.unknown("单位", "unit", value, near);
                    true
                }
            },
            "name" => self.give(key, Node::Text(tidy_name(value))),
            "keywords" => {
                let items = list(value);
                self.give(key, Node::List(items))
            }
            "author" | "photographer" | "source" | "editor" => {
                let is_name = |word: &str| {
                    (2..=4).contains(&word.chars().count()) && word.chars().all(is_wide)
                };
                let words: Vec<&str> = value.split_whitespace().collect();
                // 周一帆 沈溪; but 李　明 is one, and so is an office.
                let mut items = match key != "source" && words.iter().all(|word| is_name(word)) {
                    true => list(&words.join("、")),
                    false => list(value),
                };
                match items.len() {
                    1 => self.give(key, items.remove(0)),
                    _ => self.give(key, Node::List(items)),
                }
            }
            _ => self.give(key, Node::Text(value.to_string())),
        }
    }

    /// A name that no list has is no value, as the campaign could not be built.
    fn unknown(&mut self, zh: &str, en: &str, word: &str, near: Option<String>) {
        let asks = near.map(|near| format!("，是不是“{near}”？")).unwrap_or_default();
        self.head.push(format!("文档里的{zh}：{word}（名录里没有{asks}）"));
        self.report.open.push(both(
            format!("{zh}（文档里写的“{word}”名录里没有{asks}）"),
            format!("{en} (“{word}” is in no list)"),
        ));
    }

    /// A unit and a day at the end; the day.
    fn closing(&mut self) -> Option<Moment> {
        let last: Vec<(usize, Paragraph)> =
            self.paragraphs().rev().take(3).map(|(at, p)| (at, p.clone())).collect();
        let is_short = |p: &Paragraph, most: usize| {
            p.align == Align::Right || p.text().chars().count() <= most
        };
        let day = last.iter().enumerate().find_map(|(i, (_, p))| {
            let (before, day) = date_at_end(&p.text())?;
            // 表一　清单（截至……）is none.
            let is_signed = before.is_empty() || is_office(&before) || p.align == Align::Right;
            (is_short(p, 24) && is_signed).then_some((i, before, day))
        });
        let Some((i, before, day)) = day else {
            // A day in brackets below the title.
            let mut first = self.paragraphs().take(3);
            return first.find_map(|(_, p)| date_of(p.text().trim_matches(['（', '）', '(', ')'])));
        };
        let same_line = Some(tidy(&before)).filter(|before| is_office(before));
        let unit = last.get(i + 1).map(|(_, p)| p).filter(|p| {
            let text = p.text();
            let count = text.chars().count();
            p.level.is_none()
                && (2..=30).contains(&count)
                && !text.contains(['。', '，', '；', '：', '！', '？'])
                && (p.align == Align::Right || is_office(&text))
        });
        let unit = same_line.or(unit.map(|p| tidy(&p.text())));
        if let Some(unit) = unit.filter(|unit| self.give("source", Node::Text(unit.clone()))) {
            self.report.guessed.push(both(
                format!("来源和日期取自落款（{unit}，{}），落款仍在正文里", day.date()),
                format!(
                    "source and date are those at the end ({unit}, {}), which stay there",
                    day.date()
                ),
            ));
        } else {
            self.report.guessed.push(both(
                format!("日期取自落款（{}）", day.date()),
                format!("the date is that at the end ({})", day.date()),
            ));
        }
        Some(day)
    }

    /// The blocks as parts of a body; and the name in a form.
    fn parts(&mut self, document: &Document) -> (Vec<Part>, Option<String>) {
        let mut out = Vec::new();
        if !document.contents.is_empty() {
            out.push(Part::Comment(format!("文档里的目录：{}", document.contents.join(" / "))));
            self.report.dropped.push(both("目录（网站自己有）", "the table of contents"));
        }
        let mut blocks = std::mem::take(&mut self.blocks);
        let mut form_name = None;
        let is_form =
            |block: &Block| matches!(block, Block::Table(table) if form::read(table).is_some());
        let has_form = blocks.iter().any(is_form);
        // Forms first: what is in them is text like any other.
        let mut flat = Vec::with_capacity(blocks.len());
        for block in blocks.drain(..) {
            match &block {
                Block::Table(table) => match form::read(table) {
                    Some(form) => {
                        let name = self.form(form, &mut out, &mut flat);
                        form_name = form_name.or(name);
                    }
                    // A frame around text.
                    None if table.columns <= 1 => {
                        flat.extend(
                            table.rows.iter().flatten().flat_map(|cell| cell.blocks.clone()),
                        );
                    }
                    None => flat.push(block),
                },
                Block::Paragraph(paragraph) if has_form && is_rule_of_form(&paragraph.text()) => {
                    let text = paragraph.text();
                    out.push(Part::Comment(format!("表里的填写要求：{text}")));
                    self.report.dropped.push(both(
                        format!("填写要求（{}）", cut_to(&text, 12)),
                        format!("how to fill in the form ({})", cut_to(&text, 12)),
                    ));
                }
                Block::Paragraph(paragraph) => flat.extend(without_pictures(paragraph)),
            }
        }
        let outline = Outline::of(&flat);
        let mut like_headings = Vec::new();
        let mut captions = 0;
        let mut at = 0;
        while at < flat.len() {
            let block = &flat[at];
            at += 1;
            let paragraph = match block {
                Block::Table(table) => {
                    out.push(Part::Table(table.clone()));
                    continue;
                }
                Block::Paragraph(paragraph) => paragraph,
            };
            if let Some(pictures) = only_pictures(paragraph) {
                let caption = flat.get(at).and_then(Block::paragraph).filter(|p| is_caption(p));
                let mut caption = caption.map(|p| tidy(&p.text())).unwrap_or_default();
                at += usize::from(!caption.is_empty());
                let pictures = pictures.into_iter().map(|(picture, about)| {
                    let about = describes(&about).unwrap_or_else(|| without_number(&caption));
                    (picture, about)
                });
                let pictures: Vec<(usize, String)> = pictures.collect();
                // What is said of a picture is its caption anyway.
                if pictures.last().is_some_and(|(_, about)| *about == caption) {
                    caption.clear();
                }
                captions += usize::from(!caption.is_empty());
                out.push(Part::Figure(pictures, caption));
                continue;
            }
            if let Some(part) = self.of_role(paragraph, out.last()) {
                match (out.last_mut(), part) {
                    (Some(Part::Quote(parts)), Part::Quote(more)) => parts.extend(more),
                    (Some(Part::Code(text)), Part::Code(more)) => {
                        text.push('\n');
                        text.push_str(&more);
                    }
                    (_, part) => out.push(part),
                }
                continue;
            }
            match outline.heading(paragraph) {
                Some(Heading::Whole(level)) => {
                    let (heading, _) = split(&numbered(paragraph), usize::MAX);
                    out.push(Part::Heading(level, heading));
                }
                Some(Heading::RunIn(level, pieces)) => {
                    let (lead, rest) = split(&numbered(paragraph), pieces);
                    out.push(Part::Heading(level, lead));
                    out.push(Part::Paragraph(rest));
                }
                Some(Heading::Like(pieces)) => {
                    let (lead, rest) = split_bold(&numbered(paragraph), pieces);
                    like_headings.push(cut_to(&paragraph.text(), 12));
                    out.push(Part::Paragraph([lead, rest].concat()));
                }
                None => out.push(plain_part(paragraph)),
            }
        }
        // A line across the page stands between two things.
        while matches!(out.last(), Some(Part::Rule)) {
            out.pop();
        }
        let first = out.iter().position(|part| !matches!(part, Part::Comment(_) | Part::Rule));
        let mut at = 0;
        out.retain(|part| {
            at += 1;
            !matches!(part, Part::Rule) || first.is_some_and(|first| at > first)
        });
        if captions > 0 {
            self.report.guessed.push(both(
                format!("{captions} 张图片下面居中的“图……”一行作图注"),
                format!("{captions} centred lines below pictures are captions"),
            ));
        }
        if outline.is_guessed() {
            self.report.guessed.push(both(
                "小标题没有用标题样式，按“一、”“（一）”“1.”和字体认的",
                "headings are told by their numbers and letters, as none is in a style of headings",
            ));
        }
        if !like_headings.is_empty() {
            self.report.guessed.push(both(
                format!(
                    "{} 段的字体像小标题，但文档里另有标题样式，只加粗：{}",
                    like_headings.len(),
                    like_headings.join("、")
                ),
                format!(
                    "{} paragraphs look like headings beside real ones, and are bold",
                    like_headings.len()
                ),
            ));
        }
        (out, form_name)
    }

    /// What a paragraph is whose style says it, after `last`.
    fn of_role(&mut self, paragraph: &Paragraph, last: Option<&Part>) -> Option<Part> {
        match paragraph.role? {
            Role::Rule => Some(Part::Rule),
            Role::Code => Some(Part::Code(code_of(&paragraph.pieces))),
            Role::Quote => Some(Part::Quote(vec![plain_part(paragraph)])),
            Role::Continued(depth) if paragraph.number.is_none() => {
                let follows = matches!(last, Some(Part::Item(..) | Part::Continued(..)));
                follows.then(|| Part::Continued(depth, paragraph.pieces.clone()))
            }
            // What a Word document of this program says of its story.
            Role::Byline | Role::Fact => {
                let text = paragraph.text();
                let labels = labels_of(&text);
                let all = labels.iter().filter(|(key, value)| self.says(key, value)).count();
                let is_said = all > 0 && all == labels.len();
                Some(Part::Comment(if is_said {
                    String::new()
                } else {
                    format!("文档里的资料：{text}")
                }))
            }
            _ => None,
        }
    }

    fn form(&mut self, form: Form, parts: &mut Vec<Part>, flat: &mut Vec<Block>) -> Option<String> {
        let (mut name, mut unit) = (None, None);
        for (key, mut texts) in form.values {
            let text = texts.join("、");
            if key == "unit" {
                unit = Some(tidy(&text));
            }
            match key {
                "honours" => {
                    texts.retain(|text| {
                        !matches!(text.trim_matches(['。', '.']), "无" | "/" | "—" | "暂无")
                    });
                    let items: Vec<Node> = texts.iter().map(|text| honour(text)).collect();
                    if !items.is_empty() {
                        self.give("honours", Node::List(items));
                    }
                }
                "name" => {
                    name = Some(text.clone());
                    self.says(key, &text);
                }
                form::UNIT_AND_POST => {
                    let (unit, post) = self.unit_and_post(&text);
                    for (key, value) in [("unit", unit), ("post", post)] {
                        if !value.is_empty() && !self.says(key, value) {
                            parts.push(Part::Comment(format!("表里写的：{value}")));
                        }
                    }
                }
                _ if !self.says(key, &text) => {
                    parts.push(Part::Comment(format!("表里写的：{text}")));
                }
                _ => {}
            }
        }
        if let Some((picture, about)) = form.portrait {
            let about = describes(&about).or(name.clone()).unwrap_or_else(|| "照片".into());
            self.give("portrait", Node::Number(picture.to_string()));
            self.give("portrait_alt", Node::Text(about));
            self.report.guessed.push(both(
                "表里的照片作人物照片（portrait）",
                "the picture in the form is the portrait",
            ));
        }
        if !form.others.is_empty() {
            let told: Vec<String> =
                form.others.iter().map(|(label, value)| format!("{label}：{value}")).collect();
            parts.push(Part::Comment(format!("表里的其他内容：{}", told.join("；"))));
            self.report.guessed.push(both(
                "表里的其他各项写在正文开头的注释里，不会发布",
                "the rest of the form is in a comment, which is not published",
            ));
        }
        let left: Vec<&str> = [&form.empty, &form.opinions, &form.private]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        if !left.is_empty() {
            parts.push(Part::Comment(format!("表里空着的，和没有带来的各栏：{}", left.join("、"))));
        }
        let list = |labels: &[String]| {
            let mut labels: Vec<&str> =
                labels.iter().map(String::as_str).filter(|l| !l.is_empty()).collect();
            labels.dedup();
            labels.join("、")
        };
        if !form.opinions.is_empty() {
            let labels = list(&form.opinions);
            self.report.dropped.push(both(
                format!("意见和盖章栏（{labels}）"),
                format!("opinions and seals ({labels})"),
            ));
        }
        if !form.private.is_empty() {
            let labels = list(&form.private);
            self.report.dropped.push(both(
                format!("个人信息，从不带来（{labels}）"),
                format!("what is private, which is never copied ({labels})"),
            ));
        }
        for block in &form.body {
            match block {
                Block::Paragraph(paragraph) => flat.extend(without_pictures(paragraph)),
                Block::Table(_) => flat.push(block.clone()),
            }
        }
        name.or(unit)
    }

    /// The unit and the post that a text names one after the other: parted by a blank, or where the
    /// longest name of a unit ends.
    fn unit_and_post<'t>(&self, text: &'t str) -> (&'t str, &'t str) {
        let is_listed = |name: &str| {
            self.campaign.words.iter().any(|(many, names)| {
                *many == "units" && names.iter().any(|known| name::is_same(known, name))
            })
        };
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
        let parted = |is_unit: &dyn Fn(&str) -> bool| {
            // 局局长: the office ends before what its head is called.
            let is_cut =
                |end: usize| text[end..].trim_start().starts_with(['长', '事', '员', '公']);
            let end =
                ends.iter().rev().find(|end| is_unit(text[..**end].trim()) && !is_cut(**end))?;
            Some((text[..*end].trim(), text[*end..].trim()))
        };
        let by_blank = || text.trim().rsplit_once(char::is_whitespace);
        parted(&is_listed).or_else(by_blank).or_else(|| parted(&is_office)).map_or_else(
            || if is_office(text) { (text, "") } else { ("", text) },
            |(unit, post)| (unit.trim(), post.trim()),
        )
    }

    fn wishes(&mut self, wishes: &Wishes, title: &str) {
        if let Some(unit) = &wishes.unit {
            self.values.retain(|(key, _)| *key != "unit");
            self.says("unit", unit);
        }
        if let Some(point) = &wishes.focal_point {
            self.values.retain(|(key, _)| *key != "focal_points");
            self.says("focal_points", point);
        }
        if let Some(kind) = wishes.kind {
            self.values.retain(|(key, _)| *key != "kind");
            self.values.push(("kind", Node::Text(kind.word().into())));
        }
        if self.values.iter().any(|(key, _)| *key == "kind") {
            return;
        }
        let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
        let is_form = title.contains('表');
        let named = match () {
            () if has(&["典型案例", "案例申报", "案例推荐"]) => Some(Kind::Case),
            () if is_form && has(&["党员", "党务工作者"]) => Some(Kind::Member),
            () if is_form && has(&["党组织", "党支部", "党委", "党总支"]) => {
                Some(Kind::Branch)
            }
            () => None,
        };
        let lacks = |kind: Kind| {
            let has = |name: &str| self.values.iter().any(|(key, _)| *key == name);
            let set = ["title", "date", "kind"];
            STORY
                .fields
                .iter()
                .any(|f| f.need.in_story(Some(kind)) && !set.contains(&f.name) && !has(f.name))
        };
        let (kind, said) = match named {
            Some(kind) if !lacks(kind) => {
                let (zh, en) = (kind.name(Lang::Zh), kind.name(Lang::En));
                (
                    kind,
                    both(
                        format!("类型按标题写作{zh}"),
                        format!("its kind is {en}, as its title says"),
                    ),
                )
            }
            Some(kind) => {
                let (zh, word) = (kind.name(Lang::Zh), kind.word());
                (
                    Kind::News,
                    both(
                        format!(
                            "标题像是{zh}稿件，缺着力点等必填项，先按动态；补齐以后把 kind 改成 {word}"
                        ),
                        format!(
                            "its title names a story of kind {word}, which needs more; it is news for now"
                        ),
                    ),
                )
            }
            None => (
                Kind::News,
                both("没有写明是哪种稿件，先按动态（news）", "no kind is named, so it is news"),
            ),
        };
        self.report.guessed.push(said);
        self.values.push(("kind", Node::Text(kind.word().into())));
    }

    /// What the report says of the document.
    fn told(&mut self, document: &Document) {
        let tally = &document.tally;
        let count = |list: &mut Vec<Text>, n: usize, zh: &str, en: &str| {
            if n > 0 {
                list.push(both(zh.replace('N', &n.to_string()), en.replace('N', &n.to_string())));
            }
        };
        let report = &mut self.report;
        count(&mut report.taken, tally.inserted, "修订中插入和移来的文字 N 处", "N insertions");
        count(
            &mut report.taken,
            tally.comments,
            "批注 N 条，写作注释，不会发布",
            "N comments, as comments that are not published",
        );
        count(&mut report.taken, document.notes.len(), "脚注和尾注 N 条", "N notes");
        count(
            &mut report.taken,
            tally.boxes,
            "文本框 N 个，接在所在的段落后面",
            "N text boxes, after their paragraphs",
        );
        count(&mut report.taken, document.pictures.len(), "图片 N 张", "N pictures");
        count(
            &mut report.taken,
            tally.marked,
            "突出显示的文字 N 处，写成 ==重点==；只是自己的记号就删掉",
            "N highlighted texts, as ==marked==",
        );
        count(
            &mut report.taken,
            tally.cropped,
            "裁剪过的图片 N 张，只带来看得见的部分",
            "N cropped pictures, as far as they are seen",
        );
        count(
            &mut report.taken,
            tally.bitmaps,
            "EMF、WMF 里的照片 N 张",
            "N bitmaps out of EMF and WMF files",
        );
        count(&mut report.dropped, tally.deleted, "修订中删除和移走的文字 N 处", "N deletions");
        count(&mut report.dropped, tally.hidden, "隐藏文字 N 处", "N hidden texts");
        if tally.lost.len() > MOST_LOST {
            let (zh, en) = (
                format!("一共 {} 处，这里列出前 {MOST_LOST} 处", tally.lost.len()),
                format!("{} in all, of which {MOST_LOST} are named", tally.lost.len()),
            );
            report.lost.push(both(zh, en));
        }
        for (lost, beside) in tally.lost.iter().take(MOST_LOST) {
            let near = if beside.is_empty() {
                String::new()
            } else {
                format!("（“{beside}”附近）")
            };
            let near_en =
                if beside.is_empty() { String::new() } else { format!(" (near “{beside}”)") };
            let (zh, en) = lost_words(lost);
            report.lost.push(both(format!("{zh}{near}"), format!("{en}{near_en}")));
        }
        if !tally.symbols.is_empty() {
            let list = tally.symbols.join("、");
            report
                .lost
                .push(both(format!("认不出的符号：{list}"), format!("unknown signs: {list}")));
        }
    }
}

fn lost_words(lost: &Lost) -> (String, String) {
    match lost {
        Lost::Drawing(name) => (
            format!("EMF、WMF 图“{name}”，请在 Word 里另存为图片再插入"),
            format!("the EMF or WMF drawing “{name}”"),
        ),
        Lost::Outside => {
            ("链接的图片，不在文档里".into(), "a picture that is not in the file".into())
        }
        Lost::Picture => ("读不出的图片".into(), "a picture that cannot be read".into()),
        Lost::Chart => ("图表，请截图后插入".into(), "a chart".into()),
        Lost::Diagram => ("SmartArt 图形，请截图后插入".into(), "a SmartArt diagram".into()),
        Lost::Object(program) if program.is_empty() => {
            ("嵌入的对象".into(), "an embedded object".into())
        }
        Lost::Object(program) => {
            (format!("嵌入的对象（{program}）"), format!("an embedded object ({program})"))
        }
        Lost::Document => ("嵌入的文档".into(), "an embedded document".into()),
        Lost::Formula => {
            ("公式，写成了一行文字，请核对".into(), "a formula, which is text on one line".into())
        }
    }
}

/// What a paragraph is to the outline.
enum Heading {
    /// All of it is a heading.
    Whole(u8),
    /// So many of its pieces are one, and text follows.
    RunIn(u8, usize),
    /// So many of its pieces look like one.
    Like(usize),
}

impl Heading {
    /// What it is on the page: one level lower where there are parts above `一、`.
    fn lowered(self, has_parts: bool) -> Self {
        let on_page = |level: u8| (level + u8::from(has_parts)).max(2);
        match self {
            Heading::Whole(level) => Heading::Whole(on_page(level)),
            Heading::RunIn(level, pieces) => Heading::RunIn(on_page(level), pieces),
            like @ Heading::Like(_) => like,
        }
    }
}

/// The level of `第一部分`, above `一、`.
const PART: u8 = 1;

/// How headings are told in a document.
struct Outline {
    /// The levels that paragraphs have, from the top; empty if none has one.
    levels: Vec<u8>,
    /// What most of the text is set in.
    usual: (Face, bool),
    guesses: bool,
    /// Is there anything above `一、`?
    has_parts: bool,
}

impl Outline {
    fn of(blocks: &[Block]) -> Self {
        let paragraphs = || blocks.iter().filter_map(Block::paragraph);
        let mut levels: Vec<u8> =
            paragraphs().filter_map(|p| p.level.filter(|_| !p.text().is_empty())).collect();
        levels.sort_unstable();
        levels.dedup();
        let mut counts: Vec<((Face, bool), usize)> = Vec::new();
        for (style, count) in paragraphs().flat_map(Paragraph::styles) {
            let key = (style.face, style.bold);
            match counts.iter_mut().find(|(known, _)| *known == key) {
                Some((_, total)) => *total += count,
                None => counts.push((key, count)),
            }
        }
        let usual = counts
            .iter()
            .max_by_key(|(_, count)| *count)
            .map_or((Face::Other, false), |(key, _)| *key);
        let mut outline = Self { levels, usual, guesses: false, has_parts: false };
        let is_part = |p: &Paragraph| matches!(outline.guess(p), Some(Heading::Whole(PART)));
        outline.has_parts = outline.levels.is_empty() && paragraphs().any(is_part);
        outline.guesses =
            outline.levels.is_empty() && paragraphs().any(|p| outline.guess(p).is_some());
        outline
    }

    fn is_guessed(&self) -> bool {
        self.guesses
    }

    fn heading(&self, paragraph: &Paragraph) -> Option<Heading> {
        if let Some(level) = paragraph.level {
            let rank = self.levels.iter().position(|known| *known == level)?;
            // A whole paragraph of text that has a level by mistake.
            let is_text = paragraph.text().chars().count() > 2 * LONGEST_HEADING;
            return (!is_text).then(|| Heading::Whole((rank as u8 + 2).min(6)));
        }
        let guessed = self.guess(paragraph)?;
        match self.levels.is_empty() {
            true => Some(guessed.lowered(self.has_parts)),
            // Beside real headings it is not one, but it stays as visible.
            false => match guessed {
                Heading::RunIn(_, pieces) => Some(Heading::Like(pieces)),
                Heading::Whole(_) => {
                    let is_set = paragraph.all(|style| self.stands_out(style));
                    is_set.then_some(Heading::Like(usize::MAX))
                }
                like => Some(like),
            },
        }
    }

    fn stands_out(&self, style: &Style) -> bool {
        (matches!(style.face, Face::Hei | Face::Kai) || style.bold)
            && (style.face, style.bold) != self.usual
    }

    /// Is it a heading by its number, its letters and its length?
    fn guess(&self, paragraph: &Paragraph) -> Option<Heading> {
        let pieces = numbered(paragraph);
        let text = Paragraph { pieces: pieces.clone(), ..Paragraph::default() }.text();
        let level = level_of(&text)?;
        // A plain list of Word is a list.
        if paragraph.number.as_ref().is_some_and(|label| label.list.is_some()) && level == 4 {
            let is_set = paragraph.all(|style| self.stands_out(style));
            if !is_set {
                return None;
            }
        }
        let count = text.chars().count();
        let ends = text.ends_with(['。', '；', '，', '：', '！', '？', '.', ';', ',']);
        let lead = pieces
            .iter()
            .position(|piece| match piece {
                Piece::Text(text, style) => !text.trim().is_empty() && !self.stands_out(style),
                Piece::Break => true,
                _ => false,
            })
            .unwrap_or(pieces.len());
        if lead == pieces.len() && paragraph.all(|style| self.stands_out(style)) {
            let fits = count <= LONGEST_HEADING;
            return fits.then_some(Heading::Whole(level));
        }
        let lead_text: String = pieces[..lead]
            .iter()
            .map(|piece| match piece {
                Piece::Text(text, _) => text.as_str(),
                _ => "",
            })
            .collect();
        let lead_text = lead_text.trim();
        if level_of(lead_text).is_some() && lead_text.chars().count() > 3 {
            let fits = lead_text.chars().count() <= LONGEST_HEADING;
            return fits.then_some(Heading::RunIn(level, lead));
        }
        // Without letters of its own only what is short, and no item of a list.
        let most = match level {
            PART | 2 => 30,
            3 => 25,
            _ => 0,
        };
        (count <= most && !ends && !text.contains('。')).then_some(Heading::Whole(level))
    }
}

/// The level that the number at the beginning of a text says: `第一部分` 1, `一、` 2, `（一）` 3, `1.` 4.
fn level_of(text: &str) -> Option<u8> {
    let text = text.trim_start();
    let is_chinese = |c: char| "一二三四五六七八九十百〇零".contains(c);
    let number = |text: &str| {
        let rest = text.trim_start_matches(is_chinese);
        (rest.len() < text.len() && text.len() - rest.len() <= 12).then(|| rest.to_string())
    };
    if let Some(rest) = number(text) {
        return rest.starts_with('、').then_some(2);
    }
    if let Some(rest) = text.strip_prefix('第').and_then(number) {
        let parts = ["部分", "章", "节", "篇"].iter().find_map(|part| rest.strip_prefix(part))?;
        let is_apart = |c: char| c.is_whitespace() || "：:、".contains(c);
        return (parts.is_empty() || parts.starts_with(is_apart)).then_some(PART);
    }
    if let Some(inner) = text.strip_prefix(['（', '(']) {
        return number(inner)?.starts_with(['）', ')']).then_some(3);
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    if rest.len() == text.len() || text.len() - rest.len() > 6 {
        return None;
    }
    let after = rest.strip_prefix(['.', '．', '、'])?;
    // `1.5 万元` is no number of a heading.
    (!after.starts_with(|c: char| c.is_ascii_digit())).then_some(4)
}

/// The pieces of a heading in a paragraph, without the full stop that ends it, and the rest.
fn split(pieces: &[Piece], at: usize) -> (Vec<Piece>, Vec<Piece>) {
    let at = at.min(pieces.len());
    let mut lead = pieces[..at].to_vec();
    while let Some(Piece::Text(text, _)) = lead.last_mut() {
        let cut = text.trim_end().trim_end_matches(['。', '.', '：', ':', '，']).len();
        text.truncate(cut);
        if !text.is_empty() {
            break;
        }
        lead.pop();
    }
    let mut rest = pieces[at..].to_vec();
    // What ended the heading in other letters.
    if let Some(Piece::Text(text, _)) = rest.first_mut() {
        *text = text.trim_start().trim_start_matches(['。', '：']).trim_start().to_string();
    }
    (lead, rest)
}

fn split_bold(pieces: &[Piece], at: usize) -> (Vec<Piece>, Vec<Piece>) {
    let at = at.min(pieces.len());
    let bold = |piece: &Piece| match piece {
        Piece::Text(text, style) => {
            Piece::Text(text.clone(), Style { bold: true, ..style.clone() })
        }
        other => other.clone(),
    };
    (pieces[..at].iter().map(bold).collect(), pieces[at..].to_vec())
}

/// A paragraph without the pictures with which it begins and ends, and those, each part for itself: beside
/// text they would be signs in a line.
fn without_pictures(paragraph: &Paragraph) -> Vec<Block> {
    let is_picture = |piece: &Piece| matches!(piece, Piece::Picture(..));
    // A break beside a picture only sets it apart.
    let is_gap = |piece: &Piece| match piece {
        Piece::Text(text, _) => text.trim().is_empty(),
        piece => matches!(piece, Piece::Break),
    };
    let pieces = &paragraph.pieces;
    let is_text = |piece: &Piece| !is_picture(piece) && !is_gap(piece);
    let (Some(first), Some(last)) =
        (pieces.iter().position(is_text), pieces.iter().rposition(is_text))
    else {
        return vec![Block::Paragraph(paragraph.clone())];
    };
    let only = |pieces: &[Piece]| {
        let pieces: Vec<Piece> = pieces.iter().filter(|piece| is_picture(piece)).cloned().collect();
        let plain = Paragraph { pieces, align: paragraph.align, ..Paragraph::default() };
        (!plain.pieces.is_empty()).then_some(plain)
    };
    let (before, after) = (only(&pieces[..first]), only(&pieces[last + 1..]));
    if before.is_none() && after.is_none() {
        return vec![Block::Paragraph(paragraph.clone())];
    }
    let text = Paragraph { pieces: pieces[first..=last].to_vec(), ..paragraph.clone() };
    [before, Some(text), after].into_iter().flatten().map(Block::Paragraph).collect()
}

/// `附件2`, alone on its line.
fn is_number_of_attachment(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    text.strip_prefix("附件").is_some_and(|rest| {
        let rest = rest.trim_end_matches(['：', ':']);
        rest.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十－-".contains(c))
    })
}

/// What a form says of itself: 填表说明：本表一式三份.
fn is_rule_of_form(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_start_matches(['*', '＊', '※', '（', '(']);
    let is_named = ["填表说明", "填报说明", "填写说明", "填表要求"]
        .iter()
        .any(|start| text.starts_with(start));
    let rest =
        ["注：", "注:", "备注：", "说明："].iter().find_map(|start| text.strip_prefix(start));
    let of_itself =
        ["本表", "此表", "该表"].iter().any(|start| rest.unwrap_or(text).starts_with(start));
    (is_named || of_itself) && text.chars().count() <= 200
}

/// The pictures of a paragraph that has nothing else.
fn only_pictures(paragraph: &Paragraph) -> Option<Vec<(usize, String)>> {
    let mut pictures = Vec::new();
    for piece in &paragraph.pieces {
        match piece {
            Piece::Picture(at, about) => pictures.push((*at, about.clone())),
            Piece::Text(text, _) if text.trim().is_empty() => {}
            Piece::Break => {}
            _ => return None,
        }
    }
    (!pictures.is_empty()).then_some(pictures)
}

/// A paragraph that is set as text, or as an item of a list.
fn plain_part(paragraph: &Paragraph) -> Part {
    match &paragraph.number {
        Some(Label { list: Some(kind), depth, of, .. }) => {
            Part::Item(*kind, *depth, *of, paragraph.pieces.clone())
        }
        _ => Part::Paragraph(numbered(paragraph)),
    }
}

/// The lines of a paragraph as they are.
fn code_of(pieces: &[Piece]) -> String {
    let text = pieces.iter().map(|piece| match piece {
        Piece::Text(text, _) | Piece::Ruby(text, _) => text.as_str(),
        Piece::Break => "\n",
        _ => "",
    });
    text.collect()
}

/// `图1　楼道里的灯`, in the middle or in the style of captions.
fn is_caption(paragraph: &Paragraph) -> bool {
    let text = paragraph.text();
    let is_named = number_of_picture(&text).is_some() && paragraph.align == Align::Centre;
    let is_set = paragraph.role == Some(Role::Caption) && !text.starts_with('表');
    (is_named || is_set) && text.chars().count() <= 80 && paragraph.level.is_none()
}

/// What follows `图1`, `图 2-1` or `图三`.
fn number_of_picture(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['图', '▲'])?.trim_start();
    let inner = rest.trim_start_matches(|c: char| {
        c.is_ascii_digit() || "一二三四五六七八九十-－—.".contains(c)
    });
    let is_marked =
        text.starts_with('▲') || inner.len() < rest.len() || rest.starts_with(['：', ':']);
    is_marked.then(|| inner.trim_start_matches([' ', '\u{3000}', '：', ':', '、', '.']))
}

fn without_number(caption: &str) -> String {
    number_of_picture(caption).unwrap_or(caption).to_string()
}

/// What is said of a picture, unless a program said it: the name of a file, or what it took it for.
fn describes(about: &str) -> Option<String> {
    let about = tidy(about);
    let lower = about.to_lowercase();
    let is_file = [".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".emf", ".wmf", ".tif"]
        .iter()
        .any(|end| lower.ends_with(end));
    let is_made = ["自动生成", "描述已", "automatically generated", "说明自动"]
        .iter()
        .any(|word| lower.contains(word))
        || lower.contains(":\\")
        || lower.starts_with("img_")
        || lower.starts_with("mmexport")
        || about.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
            && about.chars().any(|c| c.is_ascii_digit());
    (!about.is_empty() && !is_file && !is_made).then_some(about)
}

/// Keys whose labels are known at the head and the end of a text.
const LABELS: [(&str, &[&str]); 11] = [
    ("author", &["作者", "撰稿", "文", "通讯员", "撰文", "供稿人"]),
    ("photographer", &["摄影", "图", "摄", "图片"]),
    (
        "source",
        &["来源", "供稿", "供稿单位", "稿件来源", "信息来源", "填报单位", "推荐单位", "申报单位"],
    ),
    ("editor", &["责任编辑", "责编", "编辑"]),
    (
        "date",
        &[
            "日期",
            "时间",
            "发布日期",
            "发布时间",
            "成稿日期",
            "填报日期",
            "填表日期",
            "填报时间",
            "填表时间",
        ],
    ),
    ("kind", &["类型", "稿件类型"]),
    ("focal_points", &["着力点"]),
    ("unit", &["单位", "报送单位", "所在单位"]),
    ("keywords", &["关键词", "关键字"]),
    ("summary", &["摘要", "导语", "内容摘要"]),
    ("region", &["地区"]),
];

/// The key and the value of a line that is a label and what it asks for.
fn label_of(text: &str) -> Option<(&'static str, String)> {
    let text = text.trim();
    let inner = text
        .strip_prefix(['（', '(', '【', '['])
        .and_then(|t| t.strip_suffix(['）', ')', '】', ']']));
    let line = inner.unwrap_or(text);
    let is_short = line.chars().count() <= 60;
    let parted = match line.split_once(['：', ':']) {
        Some((label, value)) => Some((label, value)),
        // （通讯员 王小明）
        None if inner.is_some() => line.split_once(char::is_whitespace),
        None => line.strip_prefix("通讯员 ").map(|rest| ("通讯员", rest)),
    };
    let (label, value) = parted?;
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let (key, _) = LABELS.iter().find(|(_, words)| words.contains(&label.as_str()))?;
    // Two labels in one line are for people to part.
    let several = value.contains(['：', ':']) && *key != "summary";
    (!several && (is_short || *key == "summary") && !value.trim().is_empty())
        .then(|| (*key, value.trim().to_string()))
}

/// The keys and the values of a line that has nothing else: `2026年5月12日　来源：镇团委　作者：王小明`.
fn labels_of(text: &str) -> Vec<(&'static str, String)> {
    let text = text.trim();
    let inner = text.strip_prefix(['（', '(']).and_then(|t| t.strip_suffix(['）', ')']));
    // （通讯员 王小明  摄影 李一帆）
    let is_word = |word: &str| LABELS.iter().any(|(_, words)| words.contains(&word));
    if let Some(inner) = inner.filter(|inner| !inner.contains(['：', ':'])) {
        let words = inner.split_whitespace();
        let marked = words.map(|word| format!("{word}{}", if is_word(word) { "：" } else { " " }));
        let marked: String = marked.collect();
        // Each label after a blank.
        return match inner.split_whitespace().next().is_some_and(is_word) {
            true => labels_of(marked.trim()),
            false => Vec::new(),
        };
    }
    if let Some(one) = label_of(text) {
        return vec![one];
    }
    let text = inner.unwrap_or(text);
    let mut found: Vec<(&'static str, String)> = Vec::new();
    if text.chars().count() > 80 {
        return found;
    }
    let is_clock = |word: &str| {
        word.contains(':') && Moment::parse(&format!("2026-01-01 {word}"), default_zone()).is_ok()
    };
    for word in text.split_whitespace() {
        let is_label = word.contains(['：', ':']);
        if let Some((key, value)) = label_of(word) {
            found.push((key, value));
        } else if let Some(day) = date_of(word) {
            found.push(("date", day.date()));
        } else if is_clock(word) && matches!(found.last(), Some(("date", _))) {
            // Nobody needs the minute.
        } else if let Some((_, value)) = found.last_mut().filter(|_| !is_label) {
            value.push(' ');
            value.push_str(word);
        } else {
            return Vec::new();
        }
    }
    // A day alone says nothing of itself: it may be that at the end.
    let is_day = found.iter().all(|(key, _)| *key == "date");
    if is_day { Vec::new() } else { found }
}

/// An honour as a form has it: `2023年被区委评为优秀党务工作者`.
fn honour(text: &str) -> Node {
    let text = text.trim().trim_end_matches(['。', '，', ',']);
    let digits: String = text.chars().take(4).collect();
    let year = digits.parse::<i32>().ok().filter(|year| (1949..2100).contains(year));
    let rest = text.get(4..).map(|rest| rest.trim_start_matches(['年', '度', ' ', '，', '：']));
    let rest = rest.filter(|rest| {
        !rest.is_empty()
            && text.chars().nth(4) == Some('年')
            && !rest.starts_with(|c: char| c.is_ascii_digit())
    });
    let (year, rest) = match (year, rest) {
        (Some(year), Some(rest)) => (Some(year), rest),
        _ => (None, text),
    };
    let (by, title) = conferred(rest);
    if year.is_none() && by.is_none() {
        return Node::Text(title.to_string());
    }
    let mut map = vec![("title".to_string(), Node::Text(title.to_string()))];
    if let Some(by) = by {
        map.push(("by".into(), Node::Text(by.to_string())));
    }
    if let Some(year) = year {
        map.push(("year".into(), Node::Number(year.to_string())));
    }
    Node::Map(map)
}

/// Who conferred an honour, and its name: 被区委评为优秀党务工作者, 荣获市级文明村称号.
fn conferred(text: &str) -> (Option<&str>, &str) {
    let named = |title: &'_ str| -> Option<usize> {
        let short = ["荣誉称号", "称号"].iter().find_map(|end| title.strip_suffix(end));
        let short = short.map(str::trim_end).unwrap_or(title);
        (short.chars().count() >= 2).then_some(short.len())
    };
    for word in ["授予", "评为", "表彰为", "命名为", "认定为"] {
        let Some((by, title)) = text.split_once(word) else { continue };
        let by = by.trim();
        let by = by.strip_prefix(['被', '由', '经']).unwrap_or(by).trim();
        let title = title.trim();
        return match named(title) {
            Some(end) if by.is_empty() => (None, &title[..end]),
            Some(end) if is_office(by) || by.ends_with(['委', '府']) => (Some(by), &title[..end]),
            _ => (None, text),
        };
    }
    for word in ["荣获", "获得", "获评", "获"] {
        if let Some(title) = text.strip_prefix(word)
            && let Some(end) = named(title.trim())
        {
            return (None, &title.trim()[..end]);
        }
    }
    (None, text)
}

/// Does a name end as those of offices do?
fn is_office(text: &str) -> bool {
    const ENDS: [&str; 39] = [
        "委员会",
        "党委",
        "党支部",
        "党总支",
        "支部",
        "办公室",
        "党工委",
        "街道",
        "社区",
        "局",
        "公司",
        "中心",
        "学校",
        "医院",
        "村",
        "组织部",
        "宣传部",
        "办",
        "办事处",
        "委会",
        "党组",
        "总支",
        "区委",
        "县委",
        "市委",
        "省委",
        "团委",
        "纪委",
        "纪工委",
        "工会",
        "妇联",
        "政府",
        "派出所",
        "卫生院",
        "合作社",
        "党校",
        "集团",
        "分局",
        "大队",
    ];
    ENDS.iter().any(|end| text.ends_with(end))
}

/// A day that is all that a text says: `2026年5月12日`, `二〇二六年五月十二日`.
fn date_of(text: &str) -> Option<Moment> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.chars().count() > 16 {
        return None;
    }
    let text = if text.starts_with(|c: char| "一二三四五六七八九〇○零".contains(c)) {
        in_digits(&text)?
    } else {
        text
    };
    let day = Moment::parse(&text, default_zone()).ok()?;
    ((1949..2100).contains(&day.year())).then(|| day.day_alone())
}

/// A day with which a short line ends, and what stands before it.
fn date_at_end(text: &str) -> Option<(String, Moment)> {
    let text = text.trim().trim_matches(['（', '）', '(', ')']);
    if let Some(day) = date_of(text) {
        return Some((String::new(), day));
    }
    let year = text.rfind('年')?;
    let is_of_year =
        |c: char| c.is_ascii_digit() || c == ' ' || "一二三四五六七八九〇○零".contains(c);
    let digits = text[..year].char_indices().rev().take_while(|(_, c)| is_of_year(*c));
    let start = digits.filter(|(_, c)| *c != ' ').take(4).last()?.0;
    let day = date_of(&text[start..])?;
    Some((text[..start].trim().to_string(), day))
}

fn in_digits(text: &str) -> Option<String> {
    let digit = |c: char| match c {
        '〇' | '○' | '零' | 'О' | 'O' => Some(0),
        c => "一二三四五六七八九".chars().position(|known| known == c).map(|at| at as u32 + 1),
    };
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix(['日', '号'])?;
    let year: Option<Vec<u32>> = year.chars().map(digit).collect();
    let year = year.filter(|year| year.len() == 4)?.into_iter().fold(0, |n, d| n * 10 + d);
    let small = |text: &str| match text.split_once('十') {
        None if text.chars().count() == 1 => text.chars().next().and_then(digit),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { Some(1) } else { tens.chars().next().and_then(digit) };
            let ones = if ones.is_empty() { Some(0) } else { ones.chars().next().and_then(digit) };
            Some(tens? * 10 + ones?)
        }
        None => None,
    };
    Some(format!("{year:04}-{:02}-{:02}", small(month)?, small(day)?))
}

fn begins_with_dash(text: &str) -> bool {
    ["——", "—", "－－", "--", "––", "──"].iter().any(|dash| text.trim_start().starts_with(dash))
}

/// A text on one line, without the blanks that only set characters apart.
fn tidy(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    tidy_name(&text)
}

/// A title out of the name of a file, without the number by which files are sorted and what Windows
/// says of copies.
fn title_of_file(stem: &str) -> String {
    let name = tidy(stem);
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = name.len() - rest.len();
    let after = rest.trim_start_matches(['.', '、', '-', '_', ' ', '．']);
    let is_number = name.starts_with('0') || after.len() < rest.len();
    let mut title = if (1..=3).contains(&digits) && is_number { after } else { name.as_str() };
    for end in [" - 副本", "-副本", "副本"] {
        title = title.strip_suffix(end).unwrap_or(title).trim_end();
    }
    if let Some((before, copy)) = title.rsplit_once(['(', '（'])
        && copy.trim_end_matches([')', '）']).parse::<u8>().is_ok()
    {
        title = before.trim_end();
    }
    if title.is_empty() { name.clone() } else { title.to_string() }
}

fn cut_to(text: &str, most: usize) -> String {
    let short: String = text.chars().take(most).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

fn cut(title: &str) -> String {
    let title = if title.is_empty() { "未命名" } else { title };
    title.chars().take(LONGEST_TITLE).collect()
}

#[cfg(test)]
mod tests {
    use super::{date_of, describes, label_of, labels_of, level_of, title_of_file};

    #[test]
    fn numbers_say_levels() {
        for (text, level) in [
            ("一、做法", Some(2)),
            ("十二、成效", Some(2)),
            ("（三）办", Some(3)),
            ("(三) 办", Some(3)),
            ("1.查", Some(4)),
            ("１．查", Some(4)),
            ("1.5 万元", None),
            ("一是查", None),
            ("2026年", None),
            ("三", None),
        ] {
            assert_eq!(level_of(text), level, "{text}");
        }
    }

    #[test]
    fn days_in_words_and_digits() {
        for text in
            ["2026年5月12日", "二〇二六年五月十二日", "2026 年 5 月 12 日", "二○二六年五月十二日"]
        {
            assert_eq!(
                date_of(text).map(|day| day.date()).as_deref(),
                Some("2026-05-12"),
                "{text}"
            );
        }
        assert!(date_of("2026年5月").is_none() && date_of("五月十二日").is_none());
    }

    #[test]
    fn names_of_files_are_titles_without_their_numbers() {
        for (name, title) in [
            ("03巡堤记", "巡堤记"),
            ("12. 巡堤记 - 副本", "巡堤记"),
            ("巡堤记（2）", "巡堤记"),
            ("2026年巡堤记", "2026年巡堤记"),
            ("100天巡堤", "100天巡堤"),
            ("巡堤记（终稿）", "巡堤记（终稿）"),
            ("07", "07"),
        ] {
            assert_eq!(title_of_file(name), title, "{name}");
        }
    }

    #[test]
    fn labels_and_what_they_ask_for() {
        assert_eq!(label_of("作　者：周一帆"), Some(("author", "周一帆".into())));
        assert_eq!(label_of("（通讯员 周一帆）"), Some(("author", "周一帆".into())));
        assert_eq!(label_of("他说：来了"), None);
        let several = [("author", "周一帆 沈溪".to_string()), ("photographer", "何岸".to_string())];
        for text in [
            "（通讯员 周一帆 沈溪  摄影 何岸）",
            "作者：周一帆 沈溪　摄影：何岸",
            "（文：周一帆 沈溪 图：何岸）",
        ] {
            assert_eq!(labels_of(text), several, "{text}");
        }
        let dated = labels_of("2026年5月12日 09:30　来源：镇团委");
        assert_eq!(dated, [("date", "2026-05-12".to_string()), ("source", "镇团委".to_string())]);
        for text in ["2026年5月12日", "他说：来了　作者：周一帆", "（2026年5月）", "作者 周一帆"]
        {
            assert_eq!(labels_of(text), [], "{text}");
        }
    }

    #[test]
    fn what_programs_say_of_pictures_is_nothing() {
        assert_eq!(describes("楼道里的灯").as_deref(), Some("楼道里的灯"));
        for about in ["", "IMG_2031", "a.jpg", "C:\\x\\y", "图片包含 人 描述已自动生成", "5f3a9b"]
        {
            assert_eq!(describes(about), None, "{about}");
        }
    }
}
