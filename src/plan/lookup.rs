//! Looking addresses up in a plan.

use super::Plan;
use crate::model::Site;
use crate::model::link::{Owner, Target};
use crate::source::SourcePath;
use crate::value::address::{Address, encode_fragment};

/// What an address written in a story is in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is there.
    Exact(Address),
    /// One is there that differs in letter case, hyphens or a slash.
    Near(Address),
    /// Nothing is there.
    Nothing,
}

/// Looks an address up that a reader could type.
pub fn find(plan: &Plan, address: &Address) -> Found {
    let there = |candidate: &Address| plan.contains_key(&candidate.file_path());
    let text = address.as_str();
    // A page may be named by its file.
    if there(address) {
        return Found::Exact(Address::of_file(text));
    }
    let without_slash = spelt(text);
    let with_slash = format!("{without_slash}/");
    [without_slash, with_slash]
        .into_iter()
        .map(Address::file)
        .find(there)
        .map_or(Found::Nothing, Found::Near)
}

/// An address as those of the site are spelt, without a slash at its end.
pub fn spelt(address: &str) -> String {
    address.trim_end_matches('/').to_lowercase().replace('_', "-")
}

/// The address of what a link leads to, where it is on this site, and its fragment.
pub fn target_address(
    site: &Site,
    plan: &Plan,
    from: Owner,
    target: &Target,
) -> Option<(Address, String)> {
    let fragment = |anchor: &str| format!("#{}", encode_fragment(anchor));
    match target {
        Target::Owner(owner, anchor) => {
            let anchor = anchor.as_deref().map(fragment).unwrap_or_default();
            Some((site.address_of(*owner), anchor))
        }
        Target::File(path) => Some((site.file_address(from, path), String::new())),
        Target::Address(address, rest) => match find(plan, address) {
            Found::Exact(address) | Found::Near(address) => Some((address, rest.clone())),
            Found::Nothing => None,
        },
        Target::Elsewhere(_) | Target::Anchor(_) | Target::Broken => None,
    }
}

/// The file of the project that a link or a picture leads to, by its path or its address.
pub fn target_file(site: &Site, plan: &Plan, target: &Target) -> Option<SourcePath> {
    match target {
        Target::File(file) => Some(file.clone()),
        Target::Address(address, _) => {
            let (Found::Exact(found) | Found::Near(found)) = find(plan, address) else {
                return None;
            };
            let file = plan.get(&found.file_path())?.carried()?;
            site.files.contains_key(file).then(|| file.clone())
        }
        _ => None,
    }
}
