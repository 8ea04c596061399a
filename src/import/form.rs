//! Forms: tables in which labels stand beside what is to be filled in. What a story can say goes where
//! it says it; what is nobody's business goes nowhere.

use super::word::{Block, Cell, Piece, Table};
use crate::base::text::is_wide;
use crate::parse::numbers::{self, NumberKind};

/// What a form says.
#[derive(Debug, Default)]
pub struct Form {
    /// Keys of front matter and their texts.
    pub values: Vec<(&'static str, Vec<String>)>,
    /// Its long texts.
    pub body: Vec<Block>,
    /// The rest: labels and values.
    pub others: Vec<(String, String)>,
    /// The picture of the person, and what is said of it.
    pub portrait: Option<(usize, String)>,
    /// Labels of opinions and seals.
    pub opinions: Vec<String>,
    /// Labels of what is private.
    pub private: Vec<String>,
    /// Labels beside which nothing stands.
    pub empty: Vec<String>,
}

/// What a label asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Asks {
    Key(&'static str),
    Body,
    Opinion,
    Private,
    Photo,
    Other,
}

/// The key of what says both: 渠首街道办事处科员.
pub const UNIT_AND_POST: &str = "unit_and_post";

/// Labels as they begin or end, and what they ask for. The first that fits counts.
const LABELS: &[(&[&str], Asks)] = &[
    (
        &[
            "身份证",
            "身份证号",
            "身份证号码",
            "公民身份号码",
            "证件号",
            "证件号码",
            "电话",
            "联系电话",
            "办公电话",
            "手机",
            "手机号",
            "手机号码",
            "联系方式",
            "家庭住址",
            "家庭地址",
            "住址",
            "现住址",
            "居住地址",
            "户籍地址",
            "户籍所在地",
            "通讯地址",
            "通信地址",
            "银行账号",
            "银行卡号",
            "微信",
            "微信号",
            "QQ",
            "邮箱",
            "电子邮箱",
        ],
        Asks::Private,
    ),
    (&["照片", "相片", "免冠照片", "证件照", "一寸照片", "二寸照片", "贴照片处"], Asks::Photo),
    (
        &[
            "主要事迹",
            "事迹",
            "先进事迹",
            "事迹简介",
            "事迹材料",
            "主要先进事迹",
            "简要事迹",
            "个人事迹",
            "主要事迹材料",
            "事迹概述",
            "突出事迹",
            "案例正文",
            "主要做法",
            "主要成效",
            "经验做法",
            "案例内容",
            "个人简历",
            "简历",
            "工作简历",
            "推荐理由",
            "申报理由",
        ],
        Asks::Body,
    ),
    (&["姓名", "党员姓名", "推荐人选", "被推荐人", "人选姓名"], Asks::Key("name")),
    (
        &[
            "单位",
            "工作单位",
            "所在单位",
            "单位名称",
            "所在党支部",
            "所在支部",
            "所在党组织",
            "党支部名称",
            "党组织名称",
            "支部名称",
            "集体名称",
            "申报单位",
            "单位全称",
            "工作单位及部门",
        ],
        Asks::Key("unit"),
    ),
    (
        &["职务", "现任职务", "职务职称", "岗位", "工作岗位", "行政职务", "党内职务", "职务职级"],
        Asks::Key("post"),
    ),
    (
        &[
            "单位及职务",
            "单位职务",
            "单位和职务",
            "工作单位及职务",
            "工作单位和职务",
            "所在单位及职务",
            "现工作单位及职务",
        ],
        Asks::Key(UNIT_AND_POST),
    ),
    (
        &[
            "荣誉",
            "曾获荣誉",
            "所获荣誉",
            "获得荣誉",
            "荣誉称号",
            "主要荣誉",
            "获奖情况",
            "奖励情况",
            "曾获奖励",
            "表彰情况",
            "何时何地受过何种奖励",
            "何时何地受过何种表彰",
            "何时受过何种奖励",
            "曾受表彰",
            "曾受奖励",
            "受表彰情况",
            "获得荣誉情况",
            "曾获荣誉称号",
        ],
        Asks::Key("honours"),
    ),
    (&["地区", "所在地区"], Asks::Key("region")),
    (&["着力点"], Asks::Key("focal_points")),
    (&["类型", "稿件类型"], Asks::Key("kind")),
    (&["来源", "稿件来源"], Asks::Key("source")),
    (&["作者", "撰稿人"], Asks::Key("author")),
    (
        &[
            "性别",
            "民族",
            "籍贯",
            "出生年月",
            "出生日期",
            "出生地",
            "学历",
            "学位",
            "文化程度",
            "政治面貌",
            "入党时间",
            "入党年月",
            "参加工作时间",
            "工作时间",
            "职称",
            "技术职称",
            "年龄",
            "健康状况",
            "专业",
            "毕业院校",
            "党龄",
            "推荐单位",
            "推荐类别",
            "填表日期",
            "填报时间",
            "申报类别",
            "党员人数",
            "党员数",
            "党组织书记",
            "书记姓名",
            "成立时间",
        ],
        Asks::Other,
    ),
];

/// A label as it is compared: without blanks, numbers before it, brackets and colons after it.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.split(['（', '(']).next().unwrap_or_default();
    let odd = |c: char| c.is_ascii_alphanumeric() || "、.．:：*＊".contains(c);
    let inner = text.trim_matches(odd);
    if inner.is_empty() { text.to_string() } else { inner.to_string() }
}

fn asks(text: &str) -> Option<Asks> {
    let label = plain(text);
    let count = label.chars().count();
    if count == 0 || count > 16 {
        return None;
    }
    if let Some((_, asks)) = LABELS.iter().find(|(words, _)| words.contains(&label.as_str())) {
        return Some(*asks);
    }
    let is_opinion = ["意见", "审批", "审核", "盖章", "签字", "签章", "公章"];
    if is_opinion.iter().any(|word| label.ends_with(word)) {
        return Some(Asks::Opinion);
    }
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    match () {
        () if has(&["身份证", "电话", "手机", "住址", "家庭地址"]) => {
            Some(Asks::Private)
        }
        () if label.ends_with("着力点") => Some(Asks::Key("focal_points")),
        () if has(&["事迹", "做法"]) => Some(Asks::Body),
        () if ["成效", "经验", "亮点"].iter().any(|word| label.ends_with(word)) => {
            Some(Asks::Body)
        }
        () => None,
    }
}

/// Is this what a label looks like, whatever it asks for?
fn may_be_label(text: &str) -> bool {
    let label = plain(text);
    let count = label.chars().count();
    (2..=10).contains(&count) && label.chars().all(is_wide) && !label.contains(['，', '。', '；'])
}

/// The form that a table is; `None` if it is a table.
pub fn read(table: &Table) -> Option<Form> {
    let texts: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(first_words).collect()).collect();
    let mut pairs = 0;
    for row in &texts {
        for (at, text) in row.iter().enumerate() {
            let beside = row.get(at + 1).map(|text| asks(text));
            pairs += usize::from(asks(text).is_some() && !matches!(beside, Some(Some(_))));
        }
    }
    // Labels that stand beside each other are the head of a table.
    let in_first =
        texts.first().map_or(0, |row| row.iter().filter(|text| asks(text).is_some()).count());
    let heads = in_first >= 2
        && in_first * 2 > texts[0].len()
        && table
            .rows
            .iter()
            .skip(1)
            .all(|row| row.iter().all(|cell| asks(&first_words(cell)).is_none()));
    if pairs < 3 || heads {
        return None;
    }
    let mut form = Form::default();
    for (row, cells) in table.rows.iter().enumerate() {
        let mut at = 0;
        while at < cells.len() {
            at += form.take(table, row, at, &texts);
        }
    }
    Some(form)
}

/// The text of a cell, where it may be a label.
fn first_words(cell: &Cell) -> String {
    let text = cell.text();
    if text.chars().count() <= 24 { text } else { String::new() }
}

impl Form {
    /// Takes the cell at `at`, and what belongs to it; how many cells those are.
    fn take(&mut self, table: &Table, row: usize, at: usize, texts: &[Vec<String>]) -> usize {
        let cell = &table.rows[row][at];
        let text = cell.text();
        let next = table.rows[row].get(at + 1);
        let asked = asks(&texts[row][at]);
        if text.trim().is_empty() || asked == Some(Asks::Photo) {
            if asked.is_some() {
                self.empty.push(plain(&text));
            }
            self.picture(cell);
            return 1;
        }
        // Label and value in one cell: 主要事迹：……
        if asked.is_none()
            && let Some((label, asks, rest)) = inside(cell)
        {
            self.give(&label, asks, &rest);
            return 1;
        }
        if asked.is_none() && !may_be_label(&text) {
            self.loose(cell);
            return 1;
        }
        let is_value = |other: &&Cell| asks(&first_words(other)).is_none();
        match next.filter(is_value) {
            Some(value) => {
                self.give(&text, asked.unwrap_or(Asks::Other), value);
                2
            }
            None if asked == Some(Asks::Opinion) => {
                self.opinions.push(plain(&text));
                1
            }
            None => {
                // A label above its value, both as wide as the table.
                let below = table.rows.get(row + 1).filter(|row| row.len() == 1).map(|row| &row[0]);
                let is_head = table.rows[row].len() == 1 && asked == Some(Asks::Body);
                if !is_head || below.is_none() {
                    self.loose(cell);
                }
                1
            }
        }
    }

    fn give(&mut self, label: &str, asks: Asks, value: &Cell) {
        let text = value.text();
        match asks {
            Asks::Private => self.private.push(plain(label)),
            Asks::Opinion => self.opinions.push(plain(label)),
            Asks::Photo => self.picture(value),
            Asks::Body => self.body.extend(
                value
                    .blocks
                    .iter()
                    .filter(|block| !block.text().is_empty() || has_picture(block))
                    .cloned(),
            ),
            _ if text.trim().is_empty() => {
                self.empty.push(plain(label));
                self.picture(value);
            }
            _ if !numbers::find(&text).is_empty() => self.private.push(plain(label)),
            Asks::Key(key) => {
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                let lines: Vec<String> = match key {
                    "honours" => lines
                        .flat_map(|line| line.split(['；', ';']))
                        .map(str::trim)
                        .filter(|line| !line.is_empty())
                        .map(str::to_string)
                        .collect(),
                    "name" => vec![tidy_name(&text)],
                    _ => vec![lines.collect::<String>()],
                };
                match self.values.iter().any(|(known, _)| *known == key) {
                    true => self.others.push((plain(label), text)),
                    false => self.values.push((key, lines)),
                }
            }
            Asks::Other => {
                self.others.push((
                    plain(label),
                    text.lines().map(str::trim).collect::<Vec<_>>().join(" "),
                ));
            }
        }
    }

    /// Text that no label asks for. Opinions begin with what they are.
    fn loose(&mut self, cell: &Cell) {
        let text = cell.text();
        let is_seal = ["盖章", "签字", "签章", "公章"].iter().any(|word| text.contains(word));
        if is_seal && text.chars().count() < 120 {
            self.opinions.push(plain(text.lines().next().unwrap_or_default()));
        } else if numbers::find(&text).is_empty() {
            self.body.extend(cell.blocks.iter().filter(|block| !block.text().is_empty()).cloned());
        } else {
            self.private.push(kinds(&text));
        }
    }

    fn picture(&mut self, cell: &Cell) {
        let pieces = cell.blocks.iter().filter_map(Block::paragraph).flat_map(|p| &p.pieces);
        for piece in pieces {
            if let Piece::Picture(at, about) = piece
                && self.portrait.is_none()
            {
                self.portrait = Some((*at, about.clone()));
            }
        }
    }
}

fn has_picture(block: &Block) -> bool {
    block
        .paragraph()
        .is_some_and(|p| p.pieces.iter().any(|piece| matches!(piece, Piece::Picture(..))))
}

/// What numbers in a text are.
pub fn kinds(text: &str) -> String {
    let found = numbers::find(text);
    let has = |kind| found.iter().any(|(known, _)| *known == kind);
    match (has(NumberKind::Identity), has(NumberKind::Mobile)) {
        (true, false) => "身份证号".into(),
        (false, true) => "电话".into(),
        _ => "身份证号、电话".into(),
    }
}

/// The label with which a cell begins, before a colon, and the rest.
fn inside(cell: &Cell) -> Option<(String, Asks, Cell)> {
    let first = cell.blocks.iter().position(|block| !block.text().is_empty())?;
    let text = cell.blocks[first].text();
    let (label, rest) = match text.split_once(['：', ':']) {
        Some((label, rest)) => (label, rest.trim()),
        None => (text.as_str(), ""),
    };
    let asked = asks(label)?;
    let mut left = cell.clone();
    left.blocks.drain(..=first);
    if !rest.is_empty() {
        let mut paragraph = cell.blocks[first].paragraph()?.clone();
        let mark = text[label.len()..].chars().next().map_or(0, char::len_utf8);
        let mut cut = label.len() + mark;
        let mut is_first = true;
        for piece in &mut paragraph.pieces {
            if let Piece::Text(text, _) = piece {
                if std::mem::take(&mut is_first) {
                    *text = text.trim_start().to_string();
                }
                let gone = cut.min(text.len());
                let gone = (0..=gone).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                text.drain(..gone);
                cut -= gone;
                if cut == 0 {
                    break;
                }
            }
        }
        left.blocks.insert(0, Block::Paragraph(paragraph));
    }
    Some((label.to_string(), asked, left))
}

/// A name without the blanks that set two characters as wide as three.
pub fn tidy_name(text: &str) -> String {
    let text = text.trim();
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, &c) in chars.iter().enumerate() {
        if c.is_whitespace() {
            let before = out.chars().next_back();
            let after = chars[at..].iter().find(|c| !c.is_whitespace());
            let joins = before.is_none_or(is_wide) && after.is_none_or(|c| is_wide(*c));
            if !joins && before != Some(' ') {
                out.push(' ');
            }
            continue;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Asks, UNIT_AND_POST, asks, tidy_name};

    #[test]
    fn labels_ask_for_something() {
        for (label, asked) in [
            ("姓　名", Some(Asks::Key("name"))),
            ("A1姓 名：", Some(Asks::Key("name"))),
            ("工作单位（全称）", Some(Asks::Key("unit"))),
            ("主要\n事迹", Some(Asks::Body)),
            ("党工委意见", Some(Asks::Opinion)),
            ("联系电话", Some(Asks::Private)),
            ("户主手机", Some(Asks::Private)),
            ("主要做法和成效", Some(Asks::Body)),
            ("申报着力点", Some(Asks::Key("focal_points"))),
            ("工作单位及职务", Some(Asks::Key(UNIT_AND_POST))),
            ("林小满", None),
            ("在社区工作十一年", None),
        ] {
            assert_eq!(asks(label), asked, "{label}");
        }
    }

    #[test]
    fn names_are_written_without_blanks() {
        assert_eq!(tidy_name(" 李　明 "), "李明");
        assert_eq!(tidy_name("John  Smith"), "John Smith");
    }
}
