//! Files that are a list of entries, each a map or a name alone.

use super::{Declared, Record, read_whole};
use crate::diagnostic::Diagnostic;
use crate::schema::messages;
use crate::source::Place;
use crate::yaml::fields::{Fields, Reader, describe, scalar};
use crate::yaml::{Node, Step};

/// An entry of a list file: what it says, and where.
pub struct Entry<'r, R> {
    /// What it says.
    pub value: R,
    /// Which item of the list it is.
    item: usize,
    /// Its fields; `None` if it is a text alone.
    fields: Option<Fields<'r>>,
    reader: &'r Reader<'r>,
}

impl<R> Entry<'_, R> {
    /// Which item of the list it is.
    pub fn item(&self) -> usize {
        self.item
    }

    /// Its place in the file.
    pub fn place(&self) -> Place {
        self.reader.place(&[Step::Item(self.item)])
    }

    /// The place of the value of a key; of the entry where it does not have the key.
    pub fn place_of(&self, key: &str) -> Place {
        self.fields.as_ref().map_or_else(|| self.place(), |fields| fields.place_of(key))
    }

    /// The place of an item of the value of a key, which may be a text alone.
    pub fn place_of_item(&self, key: &str, item: usize) -> Place {
        self.fields.as_ref().map_or_else(|| self.place(), |fields| fields.place_of_item(key, item))
    }

    /// A key as it is to be written in this entry.
    pub fn spelling(&self, key: &'static str) -> &'static str {
        self.fields.as_ref().map_or(key, |fields| fields.spelling(key))
    }

    /// Records a complaint.
    pub fn complain(&self, diagnostic: Diagnostic) {
        self.reader.complain(diagnostic);
    }
}

/// Reads the entries of a list. Those that lack what they must have are complained of and left
/// out.
pub fn entries<'r, R: Declared>(reader: &'r Reader<'r>) -> Vec<Entry<'r, R>> {
    let items = match reader.root() {
        Node::List(items) => items.as_slice(),
        Node::Null => &[],
        node => {
            let place = || reader.place(&[]);
            reader.complain_of_root(|| messages::vocabulary_no_list(place(), describe(node)));
            &[]
        }
    };
    let all = items.iter().enumerate();
    all.filter_map(|(item, node)| entry(reader, item, node)).collect()
}

fn entry<'r, R: Declared>(
    reader: &'r Reader<'r>,
    item: usize,
    node: &'r Node,
) -> Option<Entry<'r, R>> {
    let record = R::record();
    let path = vec![Step::Item(item)];
    if let Some(text) = scalar(node) {
        reader.complain_of_comment(&path);
        if begins_with_key(&text, record) {
            reader.complain(crate::yaml::messages::yaml_colon_fullwidth(reader.place(&path)));
            return None;
        }
        if let Some(field) = record.short_form.and_then(|name| record.field(name)) {
            if text.is_empty() {
                let place = reader.place(&path);
                reader.complain(crate::yaml::messages::entry_incomplete(
                    place,
                    field.name,
                    field.chinese,
                ));
                return None;
            }
            let value = R::from_text(text)?;
            return Some(Entry { value, item, fields: None, reader });
        }
    }
    let fields = Fields::open(reader, path, node, record.keys)?;
    let value = read_whole(&fields)?;
    Some(Entry { value, item, fields: Some(fields), reader })
}

/// Is this `名称：…`, a key with a full-width colon, which YAML takes for a text?
fn begins_with_key(text: &str, record: &Record) -> bool {
    text.split_once('：').is_some_and(|(key, _)| {
        let key = key.trim();
        record.keys.iter().any(|(en, zh)| *en == key || *zh == key)
    })
}
