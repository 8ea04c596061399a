//! The archive: chosen stories become the items of a bag that an archivist accepts.
//!
//! ```text
//! Site ─number→ Items ─┬→ source, pictures, record   ─→ a bag, beside its place
//! Ledger ──────────────┴→ catalogue, notes, schemas         └─ ledger ─ rename
//! ```
//!
//! The layout is that of 档发〔2012〕7号, annex 2. The ledger is written when the bag is
//! whole, and before it gets its name: a number may be given and not used, but never be
//! used and not remembered.

pub mod diff;
pub mod inventory;
pub mod ledger;
mod making;
pub mod messages;
mod notes;
pub mod number;
mod payload;
pub mod record;
pub mod schema;
mod spreadsheet;
pub mod verify;
pub mod xml;

use crate::base::content::Carried;
use crate::model::link::{resolve, resolve_cover};
use crate::model::{Site, StoryId};
use crate::plan::{self, Plan};
use crate::source::SourcePath;

pub use making::{ArchiveOptions, ArchiveReport, make};
use number::ItemNumber;

/// A story that goes into the bag.
#[derive(Debug)]
pub struct Item<'a> {
    /// Its number.
    pub number: ItemNumber,
    /// The story.
    pub id: StoryId,
    /// Its folder, from the top of the bag.
    pub folder: String,
    /// Its pictures and attachments.
    pub files: Vec<ItemFile<'a>>,
}

/// A picture or an attachment of an item.
#[derive(Debug)]
pub struct ItemFile<'a> {
    /// Its name below the item's folder.
    pub name: String,
    /// The name that it has in the project, if it is another.
    pub original: Option<&'a str>,
    /// Its bytes.
    pub file: &'a Carried,
}

/// Names in an item's folder that are ours.
const OURS: [&str; 3] = ["source.md", "story.html", "metadata.xml"];

/// The items of the bag, in the order of their numbers.
pub fn items<'a>(site: &'a Site, plan: &Plan, numbered: &[(ItemNumber, StoryId)]) -> Vec<Item<'a>> {
    let item = |(number, id): &(ItemNumber, StoryId)| {
        let class = record::class(site.story(*id).kind);
        let folder = format!("data/电子档案/{:04}/{class}/{number}", number.series.year);
        Item { number: number.clone(), id: *id, folder, files: files(site, plan, *id) }
    };
    numbered.iter().map(item).collect()
}

/// The pictures and attachments of a story: those beside its page, by the names that they
/// have there and in its text, and what it shows from elsewhere, by its path in the project.
fn files<'a>(site: &'a Site, plan: &Plan, id: StoryId) -> Vec<ItemFile<'a>> {
    let address = site.story_address(id);
    let beside = plan.range(address.as_str().to_string()..).map_while(|(path, recipe)| {
        let name = path.strip_prefix(address.as_str())?;
        Some((name, recipe))
    });
    let mut files: Vec<(String, &SourcePath)> = Vec::new();
    for (name, recipe) in beside {
        if let Some(file) = recipe.carried() {
            let taken = OURS.iter().any(|ours| ours.eq_ignore_ascii_case(name));
            files.push((if taken { format!("附件/{name}") } else { name.to_string() }, file));
        }
    }
    let elsewhere = referred(site, plan, id);
    let elsewhere = elsewhere.iter().filter_map(|file| site.files.get_key_value(file));
    let new: Vec<_> = elsewhere
        .map(|(file, _)| file)
        .filter(|file| !files.iter().any(|(_, known)| known == file))
        .map(|file| {
            let path = file.as_str().trim_start_matches("content/");
            (site.published_name(file, path).into_owned(), file)
        })
        .collect();
    files.extend(new);
    let item_file = |(name, path): (String, &SourcePath)| {
        let (path, file) = site.files.get_key_value(path)?;
        let original = path.file_name();
        let is_other = name.rsplit('/').next() != Some(original);
        Some(ItemFile { name, original: is_other.then_some(original), file })
    };
    files.into_iter().filter_map(item_file).collect()
}

/// The files that a story refers to.
fn referred(site: &Site, plan: &Plan, id: StoryId) -> Vec<SourcePath> {
    let document = &site.story(id).document;
    let pictures = document.front.pictures();
    let pictures = pictures.filter_map(|(_, given)| resolve_cover(site, document, given).ok());
    let linked = document.body.links.iter().filter_map(|link| {
        let target = resolve(site, document, &link.dest, link.kind).ok()?;
        plan::target_file(site, plan, &target)
    });
    let mut files: Vec<SourcePath> = linked.chain(pictures).collect();
    files.sort();
    files.dedup();
    files
}
