//! Files that are a list of entries, each a map or a name alone.

use super::value::from_text;
use super::{Declared, read_whole};
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

    /// Is it a text in quotation marks?
    pub fn is_quoted(&self) -> bool {
        self.reader.is_quoted(&[Step::Item(self.item)])
    }

    /// Is an item of the value of a key in quotation marks?
    pub fn is_item_quoted(&self, key: &str, item: usize) -> bool {
        self.fields.as_ref().is_some_and(|fields| fields.is_item_quoted(key, item))
    }

    /// Has the key a value that is more than an empty text or list?
    pub fn is_given(&self, key: &str) -> bool {
        self.fields.as_ref().is_some_and(|fields| fields.is_given(key))
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
        if reader.complain_of_wide_colon(&path, node, record.keys) {
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
            // Here is decided what a name is, and one may have a 、 in it.
            if text.contains(['，', '；']) {
                reader.complain_of_run_on(&path, &text);
            }
            let value = from_text(reader, &path, text)?;
            return Some(Entry { value, item, fields: None, reader });
        }
    }
    let fields = Fields::open(reader, path, node, record.keys)?;
    let value = read_whole(&fields)?;
    Some(Entry { value, item, fields: Some(fields), reader })
}
