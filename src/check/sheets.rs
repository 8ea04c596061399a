//! The style sheets of a project itself, which every page links: `content/static/custom.css`, `print.css`,
//! and what they import. They are looked at as a theme's are, and their addresses in the plan.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::model::Site;
use crate::plan::Plan;
use crate::source::SourcePath;
use crate::theme::css::{Named, Read, bare};
use crate::theme::messages::{Folder, css_dead};
use crate::value::address::decode;
use crate::value::nearest::nearest;

/// Those that pages link.
const LINKED: [&str; 2] = ["custom.css", "print.css"];

/// Where they lie.
const STATIC: &str = "content/static/";

pub(super) fn check(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut next: Vec<String> = LINKED.map(str::to_string).into();
    let mut seen = BTreeSet::new();
    while let Some(name) = next.pop() {
        let path = SourcePath::new(format!("{STATIC}{name}"));
        let Some(file) = site.files.get(&path).filter(|_| seen.insert(name.clone())) else {
            continue;
        };
        // Who copies it says that it cannot be read.
        let Ok(bytes) = file.bytes() else { continue };
        let read = Read::of(&path, &bytes);
        let (named, foreign) = read.addresses(Folder::Static);
        found.extend(read.diagnostics);
        found.extend(foreign);
        for named in named {
            let meant = meant(&name, bare(&named.text));
            next.extend(Some(meant.path.clone()).filter(|_| named.is_import));
            found.extend(dead(site, plan, &meant, &named));
        }
    }
    found
}

/// What an address in a style sheet means.
struct Meant {
    /// The path in the site, if its root is that of its host.
    path: String,
    /// Does it begin at the root of the host, or leave the folder of the site? Then it is another one if
    /// the site stands in a folder.
    is_of_host: bool,
}

/// Says that an address leads nowhere.
fn dead(site: &Site, plan: &Plan, meant: &Meant, named: &Named) -> Option<Diagnostic> {
    let is_there = |path: &str| site.is_incomplete || plan.contains_key(path);
    let folder = site.settings.base_url.as_ref().map_or("/", |base| base.path());
    let is_right = match folder {
        "/" => is_there(&meant.path),
        _ if !meant.is_of_host => is_there(&meant.path),
        // Written with the folder in which the site stands.
        folder => {
            let below = named.text.strip_prefix(folder);
            below.is_some_and(|below| is_there(&decode(bare(below))))
        }
    };
    let files = site.files.keys().filter_map(|path| path.as_str().strip_prefix(STATIC));
    let near = nearest(&meant.path, files).filter(|near| *near != meant.path);
    (!is_right).then(|| css_dead(named.place.clone(), &named.text, near, Folder::Static))
}

/// What is meant by an address in the style sheet `sheet`.
fn meant(sheet: &str, address: &str) -> Meant {
    let address = decode(address);
    let mut is_of_host = address.starts_with('/');
    let folder = sheet.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = if is_of_host { "" } else { folder };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/').filter(|part| !part.is_empty()) {
        match part {
            "." => {}
            ".." => is_of_host |= parts.pop().is_none(),
            part => parts.push(part),
        }
    }
    Meant { path: parts.join("/"), is_of_host }
}
