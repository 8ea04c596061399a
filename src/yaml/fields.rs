//! Reading the fields of a YAML map: types are checked, every complaint has its place,
//! and one mistake does not hide the next.

use std::cell::RefCell;
use std::ops::Deref;

use serde::{Deserialize, Serialize};
use time::UtcOffset;

use crate::base::lang::Text;
use crate::base::{name, text};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::bounded::Bounded;
use crate::source::Place;
use crate::value::moment::{DateError, Moment, default_zone};
use crate::yaml::places::{At, Part};
use crate::yaml::{Node, Step, Yaml, messages};

/// The keys that a map may have, each with its Chinese spelling.
pub type Vocabulary = &'static [(&'static str, &'static str)];

/// A line that gives the key, which is spelt so, a value that is right.
pub type Example<'e> = &'e dyn Fn(&str) -> Text;

/// A YAML text that is being read, and the complaints about it.
pub struct Reader<'y> {
    yaml: &'y Yaml,
    /// The time zone of dates that name none.
    zone: UtcOffset,
    complaints: RefCell<Bounded>,
}

/// An item of a list, and which it is. Not every item becomes a value, so that the place of
/// this one among its values does not tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListItem<T> {
    /// The value.
    pub value: T,
    /// Which item of the list it was.
    pub index: u32,
}

impl<T> ListItem<T> {
    /// This item of the list under `key`.
    pub fn of<'k>(&self, key: &'k str) -> At<'k> {
        At::key(key).item(self.index as usize)
    }
}

impl<T> Deref for ListItem<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<'y> Reader<'y> {
    /// Reads `yaml`, of which nothing is complained yet.
    pub fn new(yaml: &'y Yaml) -> Self {
        Self { yaml, zone: default_zone(), complaints: RefCell::default() }
    }

    /// Dates that name no time zone are in this one.
    pub fn in_zone(self, zone: UtcOffset) -> Self {
        Self { zone, ..self }
    }

    /// The values.
    pub fn root(&self) -> &'y Node {
        self.yaml.root()
    }

    /// The place of the value at the end of `path`.
    pub fn place(&self, path: &[Step]) -> Place {
        self.yaml.place(path, Part::Value)
    }

    /// Records a complaint.
    pub fn complain(&self, diagnostic: Diagnostic) {
        self.complaints.borrow_mut().push(diagnostic);
    }

    /// Has nothing been complained of so far?
    pub fn is_content(&self) -> bool {
        self.complaints.borrow().is_empty()
    }

    /// Complains of a text that is not the list or map that it should be: of the slips that
    /// explain it, else as `otherwise` says.
    pub fn complain_of_root(&self, otherwise: impl FnOnce() -> Diagnostic) {
        let slips = self.yaml.slips();
        if slips.is_empty() {
            self.complain(otherwise());
        }
        self.complaints.borrow_mut().extend(slips);
    }

    /// Complains of a comment that ends the text at the end of `path`, and may be meant as a
    /// part of it.
    pub fn complain_of_comment(&self, path: &[Step]) {
        if let Some((place, text, comment)) = self.yaml.comment_after(path) {
            self.complain(messages::yaml_comment(place, text, comment));
        }
    }

    /// Complains of an item of a list at the end of `path` that seems to be several.
    pub fn complain_of_run_on(&self, path: &[Step], item: &str) {
        let Some(parts) = name::several(item).filter(|_| !self.yaml.is_quoted(path)) else {
            return;
        };
        let above = path.split_last().map_or(path, |(_, above)| above);
        let on_one_line = self.yaml.is_on_one_line(above);
        self.complain(messages::item_run_on(self.place(path), item, &parts, on_one_line));
    }

    /// Complains of the full-width colon of a text that begins with a key of `vocabulary`: `名称：…`
    /// was meant as a map. Is there one?
    pub fn complain_of_wide_colon(
        &self,
        path: &[Step],
        node: &Node,
        vocabulary: Vocabulary,
    ) -> bool {
        let Node::Text(text) = node else { return false };
        let Some((key, _)) = text.split_once('：') else { return false };
        let is_key = vocabulary.iter().any(|(en, zh)| [*en, *zh].contains(&key.trim()));
        if is_key {
            let place = self.yaml.place_of_first(path, '：');
            self.complain(messages::yaml_colon_fullwidth(place));
        }
        is_key
    }

    /// Is the value at the end of `path` in quotation marks?
    pub fn is_quoted(&self, path: &[Step]) -> bool {
        self.yaml.is_quoted(path)
    }

    /// All complaints, in the order in which they were made.
    pub fn finish(self) -> Vec<Diagnostic> {
        let mut complaints = self.complaints.into_inner();
        complaints.extend(self.yaml.unused_anchor());
        complaints.extend(self.yaml.unclear());
        complaints.into()
    }
}

/// The entries of one map.
pub struct Fields<'r> {
    reader: &'r Reader<'r>,
    path: Vec<Step>,
    entries: Vec<(usize, &'static str, &'r Node)>,
    /// All of them, as they are written.
    written: &'r [(String, Node)],
    /// The keys that it may have.
    vocabulary: Vocabulary,
    /// Are most of its keys in Chinese?
    in_chinese: bool,
}

/// What people, and other programs, call keys that have other names here.
const CALLED: [(&str, &[&str]); 40] = [
    ("网址", &["base_url", "slug"]),
    ("域名", &["base_url"]),
    ("网站名", &["title"]),
    ("站名", &["title"]),
    ("主办", &["organisation"]),
    ("电话", &["contact"]),
    ("联系电话", &["contact"]),
    ("联系人", &["contact"]),
    ("联系地址", &["contact"]),
    ("备案", &["icp"]),
    ("图片", &["cover"]),
    ("标签", &["keywords"]),
    ("分类", &["kind"]),
    ("时间", &["date"]),
    ("人物", &["name"]),
    ("党员", &["name"]),
    ("部门", &["unit"]),
    ("支部", &["unit"]),
    ("专栏", &["focal_points", "series"]),
    ("栏目", &["focal_points", "series"]),
    ("简介", &["summary"]),
    ("导语", &["summary"]),
    ("附图", &["cover"]),
    ("tags", &["keywords"]),
    ("category", &["kind"]),
    ("categories", &["kind"]),
    ("type", &["kind"]),
    ("description", &["summary"]),
    ("excerpt", &["summary"]),
    ("abstract", &["summary"]),
    ("member", &["name"]),
    ("members", &["name"]),
    ("people", &["name"]),
    ("image", &["cover"]),
    ("thumbnail", &["cover"]),
    ("department", &["unit"]),
    ("redirect_from", &["aliases"]),
    ("sticky", &["pinned"]),
    ("top", &["pinned"]),
    ("url", &["base_url", "slug"]),
];

/// The key that a word stands for which people use for it, as it is called in the word's language.
fn meant(spelling: &str, vocabulary: Vocabulary) -> Option<&'static str> {
    let (_, keys) = CALLED.iter().find(|(called, _)| *called == spelling)?;
    let in_its_language = |&(en, zh): &(_, _)| if spelling.is_ascii() { en } else { zh };
    let known = |key: &&str| vocabulary.iter().find(|(en, _)| en == key).map(in_its_language);
    keys.iter().find_map(known)
}

/// Does a key say that its value is nobody's business?
fn is_secret(spelling: &str) -> bool {
    let key = spelling.to_lowercase().replace(['-', '_', ' '], "");
    let words = ["password", "passwd", "secret", "accesskey", "token", "密码", "口令", "密钥"];
    words.iter().any(|word| key.contains(word))
}

impl<'r> Fields<'r> {
    /// Opens the map `node`, which stands at `path`. Keys that `vocabulary` does not
    /// have, and keys given twice, are complained of and left out.
    pub fn open(
        reader: &'r Reader<'r>,
        path: Vec<Step>,
        node: &'r Node,
        vocabulary: Vocabulary,
    ) -> Option<Self> {
        let Node::Map(map) = node else {
            reader.complain(messages::type_map(reader.place(&path), describe(node)));
            return None;
        };
        let chinese = map.iter().filter(|(spelling, _)| !spelling.is_ascii()).count();
        let in_chinese = 2 * chinese > map.len();
        let entries = Vec::with_capacity(map.len());
        let mut fields = Self { reader, path, entries, written: map, vocabulary, in_chinese };
        for (i, (spelling, value)) in map.iter().enumerate() {
            if spelling.starts_with(['\u{3000}', '\u{A0}']) {
                fields.complain(messages::yaml_indent(fields.key_place(i)));
                continue;
            }
            let exactly = |(en, zh): &&(&str, &str)| en == spelling || zh == spelling;
            let looks = |(en, zh): &&(&str, &str)| {
                name::looks_same(en, spelling) || name::looks_same(zh, spelling)
            };
            let known = vocabulary.iter().find(exactly);
            let known = known.or_else(|| vocabulary.iter().find(looks));
            let Some(&(key, _)) = known else {
                if is_secret(spelling) {
                    fields.complain(messages::key_secret(&fields.key_place(i), spelling));
                    continue;
                }
                let words = vocabulary.iter().flat_map(|&(en, zh)| [en, zh]);
                let near = meant(spelling, vocabulary)
                    .or_else(|| crate::value::nearest::nearest(spelling, words));
                let place = fields.key_place(i);
                fields.complain(messages::key_unknown(place, spelling, near, vocabulary));
                continue;
            };
            if let Some(&(first, ..)) = fields.entries.iter().find(|entry| entry.1 == key) {
                let before = &map[first].0;
                let line = fields.key_place(first).line();
                fields.complain(messages::key_twice(fields.key_place(i), spelling, before, line));
                continue;
            }
            fields.entries.push((i, key, value));
        }
        Some(fields)
    }

    /// A map without entries.
    pub fn none(reader: &'r Reader<'r>) -> Self {
        let (path, entries) = Default::default();
        Self { reader, path, entries, written: &[], vocabulary: &[], in_chinese: false }
    }

    /// A key as it is written here; one that is not there, as it is to be written, beside keys of which
    /// most are in one language.
    pub fn spelling(&self, key: &'static str) -> &'static str {
        let entry = self.entries.iter().find(|entry| entry.1 == key);
        let in_chinese = entry.map_or(self.in_chinese, |(i, ..)| !self.written[*i].0.is_ascii());
        let chinese = self.vocabulary.iter().find(|(en, _)| in_chinese && *en == key);
        chinese.map_or(key, |(_, chinese)| *chinese)
    }

    fn key_place(&self, entry: usize) -> Place {
        self.reader.yaml.place(&self.path_to(&[Step::Entry(entry)]), Part::Key)
    }

    fn place_below(&self, below: &[Step]) -> Place {
        self.reader.place(&self.path_to(below))
    }

    fn path_to(&self, below: &[Step]) -> Vec<Step> {
        [&self.path, below].concat()
    }

    fn spelled(&self, node: &Node, below: &[Step]) -> Option<String> {
        // Only numbers need a path.
        match node {
            Node::Number(_) => self.reader.yaml.spelled(node, &self.path_to(below)),
            node => scalar(node),
        }
    }

    /// The place of the map itself.
    pub fn place(&self) -> Place {
        self.reader.place(&self.path)
    }

    /// The place of the value of `key`; of the key where it has no value, and of the map
    /// where the key is not there.
    pub fn place_of(&self, key: &str) -> Place {
        match self.entries.iter().find(|entry| entry.1 == key) {
            Some((i, _, Node::Null)) => self.key_place(*i),
            Some((i, ..)) => self.place_below(&[Step::Entry(*i)]),
            None => self.place(),
        }
    }

    /// The place of an item of a list that is the value of `key`; of the value if it is no list.
    pub fn place_of_item(&self, key: &str, item: usize) -> Place {
        match self.get(key) {
            Some((i, Node::List(_))) => self.place_below(&[Step::Entry(i), Step::Item(item)]),
            _ => self.place_of(key),
        }
    }

    /// Is an item of a list that is the value of `key` in quotation marks?
    pub fn is_item_quoted(&self, key: &str, item: usize) -> bool {
        self.get(key).is_some_and(|(i, _)| {
            self.reader.is_quoted(&self.path_to(&[Step::Entry(i), Step::Item(item)]))
        })
    }

    /// Records a complaint.
    pub fn complain(&self, diagnostic: Diagnostic) {
        self.reader.complain(diagnostic);
    }

    /// The node of a key; a key without a value counts as not given.
    pub fn get(&self, key: &str) -> Option<(usize, &'r Node)> {
        let &(i, _, node) = self.entries.iter().find(|entry| entry.1 == key)?;
        (*node != Node::Null).then_some((i, node))
    }

    /// Does the key stand there, with or without a value?
    pub fn is_there(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.1 == key)
    }

    /// Has the key a value that is more than an empty text or list?
    pub fn is_given(&self, key: &str) -> bool {
        self.get(key).is_some_and(|(_, node)| match node {
            Node::Text(text) => !text.trim().is_empty(),
            Node::List(items) => !items.is_empty(),
            _ => true,
        })
    }

    /// Is the value of the key in quotation marks?
    pub fn is_quoted(&self, key: &str) -> bool {
        self.get(key)
            .is_some_and(|(i, _)| self.reader.yaml.is_quoted(&self.path_to(&[Step::Entry(i)])))
    }

    /// Complains of a comment that ends the text of a key, or stands in its place.
    pub fn complain_of_comment(&self, key: &str) {
        let entry = self.entries.iter().find(|entry| entry.1 == key);
        if let Some((i, _, Node::Text(_) | Node::Number(_) | Node::Null)) = entry
            && self.reader.yaml.has_comments()
        {
            self.reader.complain_of_comment(&self.path_to(&[Step::Entry(*i)]));
        }
    }

    /// Complains of comments that end the items of a list, or a text in its place.
    pub fn complain_of_comments(&self, key: &str) {
        match self.get(key) {
            Some((i, Node::List(items))) if self.reader.yaml.has_comments() => {
                for item in 0..items.len() {
                    let path = self.path_to(&[Step::Entry(i), Step::Item(item)]);
                    self.reader.complain_of_comment(&path);
                }
            }
            Some((_, Node::List(_))) => {}
            _ => self.complain_of_comment(key),
        }
    }

    /// Complains of items that seem to be several.
    pub fn complain_of_run_on(&self, key: &'static str, items: &[ListItem<String>]) {
        let Some((i, Node::List(_))) = self.get(key) else { return };
        for item in items {
            let path = self.path_to(&[Step::Entry(i), Step::Item(item.index as usize)]);
            self.reader.complain_of_run_on(&path, &item.value);
        }
    }

    /// Complains of a text on several lines where a list is wanted: it is one item.
    pub fn complain_of_lines(&self, key: &'static str) {
        let Some((i, node @ Node::Text(text))) = self.get(key) else { return };
        let path = self.path_to(&[Step::Entry(i)]);
        if is_one(node)
            && let Some(lines) = self.reader.yaml.lines(&path)
        {
            let (place, key) = (self.reader.place(&path), self.spelling(key));
            self.complain(messages::list_lines(place, key, text, &lines));
        }
    }

    /// Was the key written, even without a value?
    pub fn mentions(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.1 == key)
    }

    /// A text on one line; numbers and truth values keep their spelling. Empty text
    /// counts as not given.
    pub fn text(&self, key: &'static str) -> Option<String> {
        let (i, node) = self.get(key)?;
        let Some(value) = self.spelled(node, &[Step::Entry(i)]) else {
            self.wrong_type(key, i, node, messages::Expected::Text);
            return None;
        };
        (!value.is_empty()).then_some(value)
    }

    /// A list of texts; a text that is plainly one thing is a list of one.
    pub fn texts(&self, key: &'static str) -> Vec<ListItem<String>> {
        match self.get(key) {
            None => Vec::new(),
            Some((_, node)) if is_one(node) => {
                self.text(key).map(|value| ListItem { value, index: 0 }).into_iter().collect()
            }
            Some((i, Node::List(items))) => self.items(key, i, items),
            Some((i, node)) => {
                self.wrong_type(key, i, node, messages::Expected::List);
                Vec::new()
            }
        }
    }

    /// A text, or a list of texts.
    pub fn text_or_texts(&self, key: &'static str) -> Vec<ListItem<String>> {
        match self.get(key) {
            Some((_, node)) if scalar(node).is_some() => {
                self.text(key).map(|value| ListItem { value, index: 0 }).into_iter().collect()
            }
            _ => self.texts(key),
        }
    }

    fn items(&self, key: &'static str, entry: usize, items: &[Node]) -> Vec<ListItem<String>> {
        let mut texts = Vec::with_capacity(items.len());
        for (i, node) in items.iter().enumerate() {
            let below = [Step::Entry(entry), Step::Item(i)];
            let place = || self.place_below(&below);
            match self.spelled(node, &below) {
                Some(value) if !value.is_empty() => {
                    texts.push(ListItem { value, index: i as u32 });
                }
                Some(_) => self.complain(messages::item_empty(place(), self.spelling(key))),
                None if *node == Node::Null => {
                    self.complain(messages::item_empty(place(), self.spelling(key)))
                }
                None => {
                    self.complain(messages::item_type(place(), self.spelling(key), describe(node)))
                }
            }
        }
        texts
    }

    /// The map that is the value of `key`, opened like this one. What is none is complained of,
    /// with an `example` of one.
    pub fn open_below(
        &self,
        key: &'static str,
        vocabulary: Vocabulary,
        example: Example<'_>,
    ) -> Option<Self> {
        let (i, node) = self.get(key)?;
        let path = self.path_to(&[Step::Entry(i)]);
        if self.reader.complain_of_wide_colon(&path, node, vocabulary) {
            return None;
        }
        if !matches!(node, Node::Map(_)) {
            let (place, key) = (self.reader.place(&path), self.spelling(key));
            let complaint =
                messages::type_wrong(place, key, messages::Expected::Map, describe(node), None);
            self.complain(messages::with_example(complaint, &example(key)));
            return None;
        }
        Self::open(self.reader, path, node, vocabulary)
    }

    /// A map in the list that is the value of `key`, opened likewise.
    pub fn open_item(
        &self,
        key: &'static str,
        path: Vec<Step>,
        node: &'r Node,
        vocabulary: Vocabulary,
        example: Example<'_>,
    ) -> Option<Self> {
        if self.reader.complain_of_wide_colon(&path, node, vocabulary) {
            return None;
        }
        if !matches!(node, Node::Map(_)) {
            let (place, key) = (self.reader.place(&path), self.spelling(key));
            let complaint = messages::item_no_map(place, key, describe(node));
            self.complain(messages::with_example(complaint, &example(key)));
            return None;
        }
        Self::open(self.reader, path, node, vocabulary)
    }

    /// Whose text this is.
    pub fn reader(&self) -> &'r Reader<'r> {
        self.reader
    }

    /// The items of a list of maps, and the way to them. One map is a list of one; so is one text
    /// that is plainly one thing, if items may be `texts` too. What is no list is complained of, with an `example`.
    pub fn list(
        &self,
        key: &'static str,
        texts: bool,
        example: Example<'_>,
    ) -> Vec<(Vec<Step>, &'r Node)> {
        match self.get(key) {
            None => Vec::new(),
            Some((i, node)) if texts && is_one(node) || matches!(node, Node::Map(_)) => {
                vec![(self.path_to(&[Step::Entry(i)]), node)]
            }
            Some((i, Node::List(items))) => items
                .iter()
                .enumerate()
                .map(|(j, node)| {
                    ([&self.path[..], &[Step::Entry(i), Step::Item(j)]].concat(), node)
                })
                .collect(),
            Some((i, node)) => {
                let (place, key) = (self.place_below(&[Step::Entry(i)]), self.spelling(key));
                let complaint = messages::type_wrong(
                    place,
                    key,
                    messages::Expected::List,
                    describe(node),
                    None,
                );
                self.complain(messages::with_example(complaint, &example(key)));
                Vec::new()
            }
        }
    }

    /// The entries of a map whose keys are names that the writer gives, and the way to them. What is
    /// no map is complained of, with an `example`.
    pub fn named(
        &self,
        key: &'static str,
        example: Example<'_>,
    ) -> Vec<(&'r str, Vec<Step>, &'r Node)> {
        let Some((i, node)) = self.get(key) else { return Vec::new() };
        let path = self.path_to(&[Step::Entry(i)]);
        let Node::Map(entries) = node else {
            let (place, key) = (self.reader.place(&path), self.spelling(key));
            let complaint =
                messages::type_wrong(place, key, messages::Expected::Map, describe(node), None);
            self.complain(messages::with_example(complaint, &example(key)));
            return Vec::new();
        };
        let way = |j: usize| [&path[..], &[Step::Entry(j)]].concat();
        let entries = entries.iter().enumerate();
        entries.map(|(j, (name, node))| (name.as_str(), way(j), node)).collect()
    }

    /// A truth value: `true`/`false`, `是`/`否`, `yes`/`no`.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let (i, node) = self.get(key)?;
        match node {
            Node::Bool(value) => Some(*value),
            Node::Text(word) if matches!(word.as_str(), "是" | "yes" | "Yes") => Some(true),
            Node::Text(word) if matches!(word.as_str(), "否" | "no" | "No") => Some(false),
            node => {
                self.wrong_type(key, i, node, messages::Expected::Flag);
                None
            }
        }
    }

    /// A whole number within a range; what is none is complained of, with an `example`.
    pub fn number(
        &self,
        key: &'static str,
        min: i64,
        max: i64,
        example: Example<'_>,
    ) -> Option<i64> {
        let (i, node) = self.get(key)?;
        let value = match node {
            Node::Number(spelling) => spelling.parse::<i64>().ok(),
            _ => None,
        };
        match value {
            Some(value) if (min..=max).contains(&value) => Some(value),
            _ => {
                let (place, key) = (self.place_below(&[Step::Entry(i)]), self.spelling(key));
                let complaint = messages::number_wrong(place, key, min, max);
                self.complain(messages::with_example(complaint, &example(key)));
                None
            }
        }
    }

    /// A date, or a date and time.
    pub fn moment(&self, key: &'static str) -> Option<Moment> {
        let (i, node) = self.get(key)?;
        let place = || self.place_below(&[Step::Entry(i)]);
        let Some(spelling) = scalar(node) else {
            self.wrong_type(key, i, node, messages::Expected::Date);
            return None;
        };
        if spelling.is_empty() {
            return None;
        }
        match Moment::parse(&spelling, self.reader.zone) {
            // In the time zone of the site, so that its year and its day are those of readers there.
            Ok(moment) => Some(moment.in_zone(self.reader.zone)),
            Err(DateError::Impossible) => {
                self.complain(messages::date_impossible(place(), &spelling));
                None
            }
            Err(DateError::Shape(guess)) => {
                self.complain(messages::date_shape(place(), &spelling, guess.as_deref()));
                None
            }
        }
    }

    /// A map that nobody looks into.
    pub fn map(&self, key: &'static str) -> Option<&'r Node> {
        let (i, node) = self.get(key)?;
        if matches!(node, Node::Map(_)) {
            self.complain_of_comments_below(&self.path_to(&[Step::Entry(i)]), node);
            return Some(node);
        }
        self.wrong_type(key, i, node, messages::Expected::Map);
        None
    }

    /// Complains of comments that end texts in what nobody looks into.
    fn complain_of_comments_below(&self, path: &[Step], node: &Node) {
        if !self.reader.yaml.has_comments() {
            return;
        }
        let below = |step: Step| [path, &[step]].concat();
        match node {
            Node::Text(_) => self.reader.complain_of_comment(path),
            Node::List(items) => items.iter().enumerate().for_each(|(i, item)| {
                self.complain_of_comments_below(&below(Step::Item(i)), item);
            }),
            Node::Map(entries) => entries.iter().enumerate().for_each(|(i, (_, value))| {
                self.complain_of_comments_below(&below(Step::Entry(i)), value);
            }),
            Node::Null | Node::Bool(_) | Node::Number(_) => {}
        }
    }

    fn wrong_type(&self, key: &'static str, entry: usize, node: &Node, wanted: messages::Expected) {
        let place = self.place_below(&[Step::Entry(entry)]);
        let shown = scalar(node);
        if wanted == messages::Expected::List && shown.as_ref().is_some_and(|s| s.starts_with('-'))
        {
            // `-甲` on lines of their own: a list whose dashes lack their spaces.
            self.complain(messages::yaml_dash_space(place.first_character()));
            return;
        }
        let key = self.spelling(key);
        self.complain(messages::type_wrong(place, key, wanted, describe(node), shown.as_deref()));
    }
}

/// Is this a text that is plainly one thing, where a list is wanted? Marks that part words, and
/// brackets, may have been meant as those of a list.
fn is_one(node: &Node) -> bool {
    let parts =
        [',', '，', '、', ';', '；', '[', ']', '【', '】', '［', '］', '「', '」', '{', '}'];
    match node {
        Node::Text(text) => {
            !text.contains(parts) && !text.starts_with('-') && !text.trim_end().contains('\n')
        }
        Node::Number(_) => true,
        _ => false,
    }
}

/// The spelling of a scalar, on one line.
pub fn scalar(node: &Node) -> Option<String> {
    match node {
        Node::Text(value) | Node::Number(value) => Some(text::fold(value)),
        Node::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// What a node is, for complaints: Chinese and English.
pub fn describe(node: &Node) -> (&'static str, &'static str) {
    match node {
        Node::Null => ("空的", "empty"),
        Node::Bool(_) => ("true 或 false", "true or false"),
        Node::Number(_) => ("数字", "a number"),
        Node::Text(_) => ("文字", "text"),
        Node::List(_) => ("列表", "a list"),
        Node::Map(_) => ("“键: 值”的一组", "a map"),
    }
}
