//! Links: what an address in a story leads to. One function, [`resolve`], serves the
//! check that complains and the rendering that links, so that they cannot differ.

use std::borrow::Cow;

use super::entity::{EntityId, Portrait};
use super::kinds::{MEMBERS, SERIES};
use super::{Fate, PageId, Site, StoryId};
use crate::bag::manifest::portable;
use crate::parse::Document;
use crate::parse::markdown::LinkKind;
use crate::schema::frame::Badge;
use crate::source::{Place, SourcePath};
use crate::theme::OptionKind;
use crate::value::address::{self, Address};
use crate::yaml::Node;
use crate::yaml::places::At;

/// A story or page: something that has links and a folder of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A story.
    Story(StoryId),
    /// A page.
    Page(PageId),
}

/// What an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another site.
    Elsewhere(String),
    /// A place on the page itself.
    Anchor(String),
    /// A story or page, perhaps a place on it.
    Owner(Owner, Option<String>),
    /// A file of the project.
    File(SourcePath),
    /// An address of this site as a browser knows it; only the plan can tell whether it
    /// is there. With what followed it: `?…#…`.
    Address(Address, String),
    /// A file with mistakes, which are complained of elsewhere.
    Broken,
}

/// Why an address leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dead {
    /// There is no address.
    Empty,
    /// It could do harm; its scheme.
    Unsafe(String),
    /// It leaves the project.
    Outside,
    /// There is no such file; the nearest one, as it would be written.
    Missing(Option<String>),
    /// The file is there, and is called as none is that is published.
    Hidden,
    /// A picture on another site, where only one's own can stand.
    Elsewhere,
    /// It leads to a draft.
    Draft,
    /// It leads to a story that is not published now.
    Withheld,
    /// There is no such heading; the nearest one.
    NoAnchor(String, Option<String>),
}

/// Where files are that are published at their own path.
const STATIC: &str = "content/static/";

/// Schemes that may be followed from a page.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// What `dest`, cleaned by `clean_destination`, leads to from a story or page.
pub fn resolve(site: &Site, from: &Document, dest: &str, kind: LinkKind) -> Result<Target, Dead> {
    if dest.is_empty() {
        return Err(Dead::Empty);
    }
    if let Some(name) = named(dest) {
        return by_name(site, from, name);
    }
    if let Some(scheme) = scheme(dest) {
        let allowed = SCHEMES.contains(&scheme.as_str())
            && (kind == LinkKind::Link || scheme.starts_with("http"));
        return if allowed {
            Ok(Target::Elsewhere(dest.into()))
        } else {
            Err(Dead::Unsafe(scheme))
        };
    }
    if dest.starts_with("//") {
        return Ok(Target::Elsewhere(dest.into()));
    }
    let (path, rest) = dest.split_at(dest.find(['#', '?']).unwrap_or(dest.len()));
    // `3#楼.jpg` is the name of a file, if there is such a file.
    if rest.contains('.')
        && let Some(file) = whole_name(site, from, dest)
    {
        return Ok(Target::File(file));
    }
    if let Some(anchor) = dest.strip_prefix('#') {
        return own_anchor(from, &address::decode(anchor));
    }
    if let Some(absolute) = path.strip_prefix('/') {
        return absolute_path(site, absolute, rest);
    }
    relative_path(site, from, path, rest)
}

/// The file that an address names as a whole, with what would be its query or its fragment.
fn whole_name(site: &Site, from: &Document, dest: &str) -> Option<SourcePath> {
    let joined = match dest.strip_prefix('/') {
        Some(absolute) => format!("content/static/{absolute}"),
        None => join(from.source.path.folder(), dest)?,
    };
    site.file(&joined).cloned()
}

/// The name in `[[name]]`, which stands for a story or a file wherever it is.
pub fn named(dest: &str) -> Option<&str> {
    dest.strip_prefix("[[")?.strip_suffix("]]")
}

/// What a name leads to: the file that it would be as an address, else the only story, page or
/// file that is called so.
fn by_name(site: &Site, from: &Document, name: &str) -> Result<Target, Dead> {
    let (path, rest) = name.split_at(name.find('#').unwrap_or(name.len()));
    if path.is_empty() {
        return own_anchor(from, rest.trim_start_matches('#'));
    }
    let story = format!("{path}.md");
    let folder = format!("{path}/index.md");
    for path in [path, &story, &folder] {
        match relative_path(site, from, path, rest) {
            Err(Dead::Missing(_) | Dead::Outside) => {}
            found => return found,
        }
    }
    let ends = |file: &SourcePath| {
        let file = file.as_str();
        [path, &story, &folder]
            .iter()
            .any(|wanted| file.strip_suffix(*wanted).is_some_and(|before| before.ends_with('/')))
    };
    let titled = |file: &&SourcePath| match site.outcomes.get(*file) {
        Some(Fate::Story(id)) => site.story(*id).title() == path,
        Some(Fate::Page(id)) => site.pages[id.index()].document.front.title == path,
        _ => false,
    };
    #[expect(clippy::disallowed_methods, reason = "only one is taken, or none")]
    let mut found: Vec<&SourcePath> = site
        .outcomes
        .keys()
        .chain(site.files.keys())
        .filter(|file| ends(file) || titled(file))
        .collect();
    found.dedup();
    match found[..] {
        [only] => relative_path(site, from, &relative(&from.source.path, only), rest),
        _ => Err(Dead::Missing(nearest_file(site, &from.source.path, path))),
    }
}

/// The scheme of an address, in lower case. `C:` counts as one, and so it should.
fn scheme(dest: &str) -> Option<String> {
    // Nothing that is a path, a query or a fragment has one, and most are.
    let end = dest.find([':', '/', '?', '#'])?;
    let scheme = dest[end..].starts_with(':').then(|| &dest[..end])?;
    let mut chars = scheme.chars().filter(|c| !c.is_whitespace());
    let fits = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    fits.then(|| scheme.split_whitespace().collect::<String>().to_lowercase())
}

fn own_anchor(from: &Document, anchor: &str) -> Result<Target, Dead> {
    // `#` alone and `#top` are the top of the page in every browser.
    if anchor.is_empty() || anchor == "top" {
        return Ok(Target::Anchor(String::new()));
    }
    find_anchor(from, anchor).map(Target::Anchor)
}

fn find_anchor(document: &Document, anchor: &str) -> Result<String, Dead> {
    let near = |near: Option<&str>| near.map(|id| format!("#{id}"));
    document.anchor(anchor).map_err(|meant| Dead::NoAnchor(anchor.into(), near(meant)))
}

fn absolute_path(site: &Site, path: &str, rest: &str) -> Result<Target, Dead> {
    let decoded = address::decode(path);
    if decoded.split('/').any(|part| part == "..") {
        return Err(Dead::Outside);
    }
    let as_written = std::iter::once_with(|| path.to_string());
    for path in as_written.chain(std::iter::once_with(|| decoded.clone())) {
        if let Some(file) = site.file(&format!("content/static/{path}")) {
            return Ok(Target::File(file.clone()));
        }
    }
    Ok(Target::Address(Address::file(decoded), rest.into()))
}

fn relative_path(site: &Site, from: &Document, path: &str, rest: &str) -> Result<Target, Dead> {
    let here = &from.source.path;
    let mut outside = false;
    let as_written = std::iter::once_with(|| path.to_string());
    for path in as_written.chain(std::iter::once_with(|| address::decode(path))) {
        let Some(joined) = join(here.folder(), &path) else {
            outside = true;
            continue;
        };
        if let Some(fate) = site.fate(&joined) {
            return match fate {
                Fate::Story(id) => owner_with_anchor(site, Owner::Story(id), rest),
                Fate::Page(id) => owner_with_anchor(site, Owner::Page(id), rest),
                Fate::Draft => Err(Dead::Draft),
                Fate::Withheld => Err(Dead::Withheld),
                Fate::Broken => Ok(Target::Broken),
            };
        }
        if let Some(file) = site.file(&joined) {
            return Ok(Target::File(file.clone()));
        }
        if site.hidden.contains(joined.as_str()) {
            return Err(Dead::Hidden);
        }
    }
    if outside {
        return Err(Dead::Outside);
    }
    Err(Dead::Missing(nearest_file(site, here, path)))
}

fn owner_with_anchor(site: &Site, owner: Owner, rest: &str) -> Result<Target, Dead> {
    Ok(Target::Owner(owner, with_anchor(site.document(owner), rest)?))
}

/// The anchor in what follows a path (`?…#…`), which must be one of the document's.
pub fn with_anchor(document: &Document, rest: &str) -> Result<Option<String>, Dead> {
    let anchor = rest.find('#').map(|at| address::decode(&rest[at + 1..]));
    match anchor.as_deref() {
        None | Some("" | "top") => Ok(None),
        Some(anchor) => find_anchor(document, anchor).map(Some),
    }
}

/// `path` from `folder`; `None` if it leaves `content`.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
                // The first part is `content` itself.
                if parts.is_empty() {
                    return None;
                }
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The existing file that was most likely meant, as a path from `here`: one of the same
/// name elsewhere, else one of a like name in the folder that was named.
fn nearest_file(site: &Site, here: &SourcePath, path: &str) -> Option<String> {
    let decoded = address::decode(path);
    let mut parts = decoded.trim_end_matches('/').rsplit('/');
    let name = parts.next()?;
    // A story in a folder is known by the folder's name; `index.md` alone says nothing.
    let known_by = if name == "index.md" { parts.next()? } else { name };
    let folder = join(here.folder(), &decoded)?;
    let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
    let directory = site.directory();
    let file = match directory.same_name(known_by, name, folder) {
        Some(file) => file,
        None if name == "index.md" => return None,
        None => directory.like_name(name, folder)?,
    };
    Some(relative(here, file))
}

/// The path from the file `here` to the file `there`.
fn relative(here: &SourcePath, there: &SourcePath) -> String {
    let from: Vec<&str> = here.folder().split('/').collect();
    let to: Vec<&str> = there.as_str().split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// What a cover names: a picture beside the story, or one below `static`.
pub fn resolve_cover(site: &Site, from: &Document, cover: &str) -> Result<SourcePath, Dead> {
    let cover = crate::parse::markdown::clean_destination(cover);
    let beside = resolve(site, from, &cover, LinkKind::Picture);
    let missing = match beside {
        Ok(Target::File(path)) => return Ok(path),
        Ok(Target::Elsewhere(_)) => Dead::Elsewhere,
        Ok(_) => Dead::Missing(None),
        Err(dead) => dead,
    };
    let decoded = address::decode(&cover);
    let mut below_static = [&*cover, &decoded].into_iter();
    let found = below_static.find_map(|path| site.file(&format!("content/static/{path}")));
    found.cloned().ok_or(missing)
}

impl Site {
    /// A story's or page's document.
    pub fn document(&self, owner: Owner) -> &Document {
        match owner {
            Owner::Story(id) => &self.story(id).document,
            Owner::Page(id) => &self.pages[id.index()].document,
        }
    }

    /// A story's or page's address.
    pub fn address_of(&self, owner: Owner) -> Address {
        match owner {
            Owner::Story(id) => self.story_address(id),
            Owner::Page(id) => self.page_address(id),
        }
    }

    /// All stories, then all pages.
    pub fn owners(&self) -> impl Iterator<Item = Owner> {
        let stories = (0..self.stories.len() as u32).map(|i| Owner::Story(StoryId(i)));
        stories.chain((0..self.pages.len() as u32).map(|i| Owner::Page(PageId(i))))
    }

    /// Where a file is published that `from` refers to: a static file at its own path, a
    /// file in a story's folder beside that story, any other beside the one who refers.
    pub fn file_address(&self, from: Owner, file: &SourcePath) -> Address {
        if file.as_str().starts_with(STATIC) {
            return self.static_address(file);
        }
        if let Some((owner, rest)) = self.bundle_of(file) {
            return self.address_of(owner).below(&self.published_name(file, rest));
        }
        let folder = self.document(from).source.path.folder();
        let below = file.as_str().strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
        let name = self.published_name(file, below.unwrap_or(file.file_name()));
        self.address_of(from).below(&name)
    }

    /// The people and special topics of which a list names a picture.
    pub fn portraits(&self) -> impl Iterator<Item = (EntityId, &Portrait)> {
        let all = self.ids(MEMBERS).chain(self.ids(SERIES));
        all.filter_map(|id| Some((id, self.entity(id).portrait.as_ref()?)))
    }

    /// The pictures of `content/static` that the settings name, and where.
    pub fn frame_pictures(&self) -> Vec<(&str, Place)> {
        let settings = &self.settings;
        let place = |at: At<'static>| settings.place_of(at);
        let mut found: Vec<(&str, Place)> = Vec::new();
        found.extend(settings.logo.as_deref().map(|given| (given, place(At::key("logo")))));
        let emblem = settings.police_emblem.as_deref();
        found.extend(emblem.map(|given| (given, place(At::key("police_emblem")))));
        let banner = settings.banner.as_ref().map(|banner| banner.picture.as_str());
        found.extend(banner.map(|given| (given, place(At::key("banner")))));
        if let Some(gov) = &settings.gov {
            for (key, badge) in
                [("institution_mark", &gov.institution_mark), ("error_report", &gov.error_report)]
            {
                let picture = badge.as_ref().and_then(Badge::picture);
                found.extend(picture.map(|given| (given, place(At::key("gov").below(key)))));
            }
        }
        for friend in &settings.friends {
            let at = || At::key("friends").item(friend.index as usize).below("logo");
            found.extend(friend.logo.as_deref().map(|given| (given, place(at()))));
        }
        let of_theme = self.options.iter().filter(|option| option.kind == OptionKind::Picture);
        found.extend(of_theme.filter_map(|option| match &option.value {
            Node::Text(given) => Some((given.as_str(), option.place.clone())),
            _ => None,
        }));
        found
    }

    /// The file that a list or a setting names as a picture, from `content/static`.
    pub fn portrait_file(&self, given: &str) -> Option<&SourcePath> {
        // As the Explorer of Windows shows it.
        let given = given.replace('\\', "/");
        let given = given.trim_start_matches('/');
        let given = given.strip_prefix("static/").unwrap_or(given);
        self.file(&format!("{STATIC}{given}"))
    }

    /// Where a file of `content/static` is published.
    pub fn static_address(&self, file: &SourcePath) -> Address {
        let path = file.as_str().strip_prefix(STATIC).unwrap_or(file.as_str());
        Address::file(self.published_name(file, path))
    }

    /// The path of a file below its address: as it is, but in a bag, where some names cannot be.
    pub fn published_name<'f>(&self, file: &SourcePath, path: &'f str) -> Cow<'f, str> {
        if !self.edition.for_bag {
            return Cow::Borrowed(path);
        }
        let Cow::Owned(mut name) = portable(path) else { return Cow::Borrowed(path) };
        // Another file may have this name in truth.
        let folder = &file.as_str()[..file.as_str().len() - path.len().min(file.as_str().len())];
        while self.files.contains_key(format!("{folder}{name}").as_str()) {
            let at = name.rfind('/').map_or(0, |at| at + 1);
            name.insert(at, '_');
        }
        Cow::Owned(name)
    }

    /// The story or page in whose folder a file lies, and the file's path in that folder.
    pub fn bundle_of<'f>(&self, file: &'f SourcePath) -> Option<(Owner, &'f str)> {
        let path = file.as_str();
        let slashes = path.rmatch_indices('/').map(|(at, _)| at);
        slashes.into_iter().find_map(|at| {
            let owner = *self.bundles.get(&path[..at])?;
            Some((owner, &path[at + 1..]))
        })
    }
}
