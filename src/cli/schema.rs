//! The words of `schema`.

use super::Command;
use super::complaints::choice;
use super::options::Given;
use crate::diagnostic::Text;
use crate::schema::FILES;

/// What `schema` was told.
pub(super) fn read(word: Option<&String>, given: &Given) -> Result<Command, Text> {
    let file = word.map(|word| {
        let names: Vec<&str> = FILES.iter().map(|file| file.name).collect();
        let found = names.iter().position(|name| name == word);
        found.ok_or_else(|| choice("schema", word, &names))
    });
    Ok(Command::Schema { file: file.transpose()?, campaign: given.has("--campaign") })
}
