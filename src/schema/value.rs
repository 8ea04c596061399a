//! How the values of keys are read, by the type in which they are kept.

use super::{Declared, Field, Limit, Shape, read_whole};
use crate::base::name;
use crate::base::plain::plain;
use crate::diagnostic::Diagnostic;
use crate::schema::messages;
use crate::source::Place;
use crate::value::moment::Moment;
use crate::value::nearest::nearest;
use crate::yaml::fields::{Fields, ListItem, Reader, scalar};
use crate::yaml::{Node, Step};

/// What the value of a key may be kept as.
pub trait Value {
    /// Reads the value of `field`; what is wrong is complained of and has no value.
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self
    where
        Self: Sized;

    /// The texts that it consists of, for readers.
    fn texts(&self) -> Vec<&str> {
        Vec::new()
    }

    /// The value, if it is a date.
    fn moment(&self) -> Option<Moment> {
        None
    }

    /// The value, if it is anything that the author likes.
    fn anything(&self) -> Option<&Node> {
        None
    }

    /// Is there a value?
    fn is_given(&self) -> bool {
        self.texts().iter().any(|text| !text.is_empty())
    }
}

/// The text of a field, if it is what the declaration says. One that is too long is complained
/// of and kept.
pub(super) fn text(fields: &Fields<'_>, field: &Field) -> Option<String> {
    // Without its quotation marks a colour is a comment.
    if field.rule.is_none_or(|rule| rule.pattern.starts_with("^#")) {
        fields.complain_of_comment(field.name);
    }
    let text = fields.text(field.name)?;
    let text = as_read(fields.reader(), field, text, || fields.place_of(field.name));
    if let Some(limit) = &field.limit
        && text.chars().count() > limit.most
    {
        complain_of_much(fields, field, limit, text.chars().count());
    }
    match &field.rule {
        Some(rule) if !(rule.holds)(&text) => {
            fields.complain((rule.complaint)(
                fields.place_of(field.name),
                fields.spelling(field.name),
                &text,
            ));
            None
        }
        _ => Some(text),
    }
}

/// What the word of a field means. One that means nothing is complained of, with the nearest of
/// `known` as a suggestion.
pub(super) fn word_of<'k, T>(
    fields: &Fields<'_>,
    field: &Field,
    meaning: fn(&str) -> Option<T>,
    known: impl Iterator<Item = &'k str>,
    complaint: fn(Place, &str, Option<&str>) -> Diagnostic,
) -> Option<T> {
    let word = word(fields, field)?;
    let meant = meaning(&word).or_else(|| meaning(&name::key(&word)));
    if meant.is_none() {
        let near = nearest(&word, known);
        fields.complain(complaint(fields.place_of(field.name), &word, near));
    }
    meant
}

/// The word of a field, which is one of a few. What is no text at all is none of them, and is told so
/// with them.
fn word(fields: &Fields<'_>, field: &Field) -> Option<String> {
    match fields.get(field.name) {
        Some((_, Node::List(_))) => Some("[…]".into()),
        Some((_, Node::Map(_))) => Some("{…}".into()),
        _ => fields.text(field.name),
    }
}

fn complain_of_much(fields: &Fields<'_>, field: &Field, limit: &Limit, count: usize) {
    fields.complain(messages::too_much(
        fields.place_of(field.name),
        limit.code,
        (field.chinese, field.name),
        (!matches!(field.shape, Shape::Text), count, limit.most),
        (limit.help.zh, limit.help.en),
    ));
}

impl Value for Option<String> {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        text(fields, field)
    }

    fn texts(&self) -> Vec<&str> {
        self.as_deref().into_iter().collect()
    }
}

impl Value for String {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        text(fields, field).unwrap_or_else(|| field.default.unwrap_or_default().to_string())
    }

    fn texts(&self) -> Vec<&str> {
        vec![self]
    }
}

impl Value for Vec<ListItem<String>> {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        let mut items = match field.shape {
            Shape::TextOrTexts => fields.text_or_texts(field.name),
            _ => fields.texts(field.name),
        };
        for item in &mut items {
            let place = || fields.place_of_item(field.name, item.index as usize);
            let text = std::mem::take(&mut item.value);
            item.value = as_read(fields.reader(), field, text, place);
        }
        fields.complain_of_comments(field.name);
        if !field.is_prose {
            fields.complain_of_lines(field.name);
        }
        // Names of entities are looked up first: one may have such a mark in it.
        if field.names.is_empty() && !field.is_prose {
            fields.complain_of_run_on(field.name, &items);
        }
        if let Some(limit) = &field.limit
            && items.len() > limit.most
        {
            complain_of_much(fields, field, limit, items.len());
        }
        let Some(rule) = &field.rule else { return items };
        let (right, wrong): (Vec<_>, Vec<_>) =
            items.into_iter().partition(|item| (rule.holds)(&item.value));
        for item in wrong {
            let place = fields.place_of_item(field.name, item.index as usize);
            fields.complain((rule.complaint)(place, fields.spelling(field.name), &item.value));
        }
        right
    }

    fn texts(&self) -> Vec<&str> {
        self.iter().map(|item| item.value.as_str()).collect()
    }
}

/// One of the words of a [`Shape::Word`], in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word(pub &'static str);

impl Value for Option<Word> {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        let Shape::Word(words) = field.shape else { return None };
        let given = word(fields, field)?;
        let meaning = |given: &str| {
            let word = words.iter().find(|(en, zh)| *en == given || *zh == given);
            word.map(|&(en, _)| Word(en))
        };
        let meant = meaning(&given).or_else(|| meaning(&name::key(&given)));
        if meant.is_none() {
            let near = nearest(&given, words.iter().flat_map(|&(en, zh)| [en, zh]));
            let place = fields.place_of(field.name);
            let key = fields.spelling(field.name);
            fields.complain(messages::word_unknown(place, key, &given, words, near));
        }
        meant
    }

    fn texts(&self) -> Vec<&str> {
        self.iter().map(|word| word.0).collect()
    }
}

impl Value for bool {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        fields.flag(field.name).unwrap_or(field.default == Some("true"))
    }
}

impl Value for usize {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        let Shape::Number(least, most) = field.shape else { return 0 };
        let given = fields.number(field.name, least, most, &|key| field.example(key));
        let given = given.and_then(|n| n.try_into().ok());
        given.or_else(|| field.default?.parse().ok()).unwrap_or_default()
    }
}

impl Value for Option<Moment> {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        fields.moment(field.name)
    }

    fn moment(&self) -> Option<Moment> {
        *self
    }

    fn is_given(&self) -> bool {
        self.is_some()
    }
}

impl Value for Option<Node> {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        fields.map(field.name).cloned()
    }

    fn anything(&self) -> Option<&Node> {
        self.as_ref()
    }
}

impl<R: Declared> Value for Option<R> {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        let is_text = |(_, node): (usize, &Node)| scalar(node).is_some();
        if R::record().short_form.is_some() && fields.get(field.name).is_some_and(is_text) {
            return short(fields, field);
        }
        let example = |key: &str| field.example(key);
        let below = fields.open_below(field.name, R::record().keys, &example)?;
        match R::record().short_form {
            Some(_) => read_whole(&below),
            None => Some(R::read(&below)),
        }
    }
}

/// What a text alone says, which must be what the key is that it stands for.
fn short<R: Declared>(fields: &Fields<'_>, field: &'static Field) -> Option<R> {
    let record = R::record();
    let text = text(fields, field)?;
    let rule = record.short_form.and_then(|name| record.field(name)?.rule);
    if let Some(rule) = rule.filter(|rule| !(rule.holds)(&text)) {
        fields.complain((rule.complaint)(
            fields.place_of(field.name),
            fields.spelling(field.name),
            &text,
        ));
        return None;
    }
    R::from_text(text)
}

/// What a text alone says, which stands at the end of `path`.
pub(super) fn from_text<R: Declared>(
    reader: &Reader<'_>,
    path: &[Step],
    text: String,
) -> Option<R> {
    let record = R::record();
    let field = record.short_form.and_then(|name| record.field(name))?;
    R::from_text(as_read(reader, field, text, || reader.place(path)))
}

/// A text as it is kept. What was pasted of HTML and Markdown is told: of a summary it comes off, elsewhere
/// it is shown as it was typed, since it may be meant. A name has no Chinese quotation marks
/// around it. A text with a rule of its own is no prose.
fn as_read(
    reader: &Reader<'_>,
    field: &Field,
    text: String,
    place: impl FnOnce() -> Place,
) -> String {
    let bare = plain(&text).filter(|bare| !bare.is_empty() && field.rule.is_none());
    match &bare {
        Some(bare) => reader.complain(messages::text_markup(place(), field.name, bare)),
        // An address of old may be signs alone, and is looked at by itself.
        None if field.rule.is_none() && field.name != "aliases" && is_nothing(&text) => {
            reader.complain(messages::value_nothing(place(), &text));
        }
        None => {}
    }
    let text = match bare {
        Some(bare) if field.name == "summary" => bare,
        _ => text,
    };
    match field.name == "name" || !field.names.is_empty() {
        true => name::without_quotes(&text).to_string(),
        false => text,
    }
}

/// Is a text what people put into a form where they have nothing to say?
fn is_nothing(text: &str) -> bool {
    const WORDS: [&str; 8] = ["无", "暂无", "不详", "略", "n/a", "none", "xx", "xxx"];
    let is_sign = |c: char| "-—–/／＿×…。".contains(c);
    !text.is_empty() && (text.chars().all(is_sign) || WORDS.contains(&&*text.to_ascii_lowercase()))
}

impl<R: Declared> Value for Vec<ListItem<R>> {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        let record = R::record();
        let example = |key: &str| field.example(key);
        let mut items = Vec::new();
        let listed = fields.list(field.name, record.short_form.is_some(), &example);
        let are_names = record.short_form.is_some() && !field.is_prose;
        if are_names {
            fields.complain_of_lines(field.name);
        }
        for (index, (path, node)) in (0u32..).zip(listed) {
            if let Some(text) = scalar(node).filter(|_| record.short_form.is_some()) {
                fields.reader().complain_of_comment(&path);
                if fields.reader().complain_of_wide_colon(&path, node, record.keys) {
                    continue;
                }
                if are_names {
                    fields.reader().complain_of_run_on(&path, &text);
                }
                if text.is_empty() {
                    let place = fields.reader().place(&path);
                    fields.complain(crate::yaml::messages::item_empty(place, field.name));
                } else {
                    items.extend(
                        from_text(fields.reader(), &path, text)
                            .map(|value| ListItem { value, index }),
                    );
                }
                continue;
            }
            let opened = fields.open_item(field.name, path, node, record.keys, &example);
            let Some(below) = opened else { continue };
            items.extend(read_whole(&below).map(|value| ListItem { value, index }));
        }
        items
    }
}

impl<R: Declared> Value for Vec<(String, R)> {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        let record = R::record();
        let example = |key: &str| field.example(key);
        let mut named = Vec::new();
        for (name, path, node) in fields.named(field.name, &example) {
            let whole = match scalar(node).filter(|_| record.short_form.is_some()) {
                Some(text) => {
                    let rule = record.short_form.and_then(|name| record.field(name)?.rule);
                    match rule.filter(|rule| !(rule.holds)(&text)) {
                        Some(rule) => {
                            let place = fields.reader().place(&path);
                            fields.complain((rule.complaint)(
                                place,
                                fields.spelling(field.name),
                                &text,
                            ));
                            None
                        }
                        None => R::from_text(text),
                    }
                }
                None => fields
                    .open_item(field.name, path, node, record.keys, &example)
                    .and_then(|below| read_whole(&below)),
            };
            named.extend(whole.map(|value| (name.to_string(), value)));
        }
        named
    }
}
