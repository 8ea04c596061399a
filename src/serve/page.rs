//! What is at an address: the plan is asked, and what it names is rendered.

use std::fs;
use std::io;
use std::path::PathBuf;

use memchr::memmem;
use xxhash_rust::xxh3::xxh3_128;

use super::overlay;
use super::{Live, Shown};
use crate::diagnostic::{Diagnostic, Fault, Lang};
use crate::model::address::Address;
use crate::output::media::{HTML, of_path};
use crate::output::search::{Index, may_be_in_index};
use crate::plan::Recipe;
use crate::render::{Content, Failed};
use crate::source::Carried;
use crate::theme::Failures;

/// Where this server's own files are. No file of a site is: names that begin with a dot are
/// never part of a project, and no slug, alias or asset has one.
pub(super) const OWN: &str = "/.xianfeng/";

/// A page of a project's own that is larger is served as it is, without the live script.
const LARGEST_PAGE: u64 = 8 << 20;

/// What an address leads to.
#[derive(Debug)]
pub(super) enum Found {
    /// Something of the site; with status 404 its page for what is not there.
    Here(Served),
    /// The address with a slash behind it.
    Elsewhere(String),
    /// Nothing, and the site has no page that says so.
    Nothing,
    /// A page that could not be rendered: the page that says so, and why.
    Failed(Served, Vec<Diagnostic>),
    /// A file that cannot be read now.
    Unreadable(Fault),
}

/// Something to answer with.
#[derive(Debug)]
pub(super) struct Served {
    /// 200, 404, or 500.
    pub status: u16,
    /// Its media type.
    pub kind: &'static str,
    /// Changes whenever the bytes do.
    pub tag: String,
    /// The digest of a page as a build would write it, without the live script.
    pub page: Option<String>,
    /// Its bytes.
    pub bytes: Bytes,
}

/// Bytes, or where they are.
#[derive(Debug)]
pub(super) enum Bytes {
    /// In memory.
    Memory(Vec<u8>),
    /// In a file of this length.
    File(PathBuf, u64),
}

impl Bytes {
    pub fn length(&self) -> u64 {
        match self {
            Bytes::Memory(bytes) => bytes.len() as u64,
            Bytes::File(_, length) => *length,
        }
    }
}

/// Finds what is at `path`, as it stands in the request: from the first slash, encoded, and
/// without the query.
pub(super) fn find(live: &Live, path: &str, lang: Lang) -> Found {
    if let Some(own) = path.strip_prefix(OWN) {
        return overlay::file(own).map_or(Found::Nothing, |(kind, text)| {
            Found::Here(Served::whole(200, kind, text.as_bytes().to_vec()))
        });
    }
    let Some(shown) = &live.shown else {
        return Found::Here(in_place_of_page(live, &[], None, lang));
    };
    // What is not in the plan is not served, however it is spelt: nothing here becomes a path
    // on the disk. An address that is not UTF-8 is in no plan.
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok();
    let known = decoded.as_deref().and_then(|path| path.strip_prefix('/')).and_then(|path| {
        let there = |path: String| shown.planned(&path);
        if path.is_empty() || path.ends_with('/') {
            return there(format!("{path}index.html")).map(Ok);
        }
        let folder = || shown.campaign.plan.contains_key(&format!("{path}/index.html"));
        let slash = || format!("/{}/", Address::file(path).encoded());
        there(path.to_string()).map(Ok).or_else(|| folder().then(|| Err(slash())))
    });
    match known {
        Some(Ok(planned)) => artifact(live, shown, &planned, lang),
        Some(Err(with_slash)) => Found::Elsewhere(with_slash),
        None => not_found(live, shown, lang),
    }
}

impl Shown {
    /// What is planned at `path`: waits for the index where it may be a file of that.
    fn planned(&self, path: &str) -> Option<Planned<'_>> {
        let of_site = self.campaign.plan.get_key_value(path);
        let of_site = of_site.map(|(path, recipe)| Planned { path, recipe, index: None });
        of_site.or_else(|| {
            let (index, plan) = may_be_in_index(path).then(|| self.search.wait().as_ref())??;
            let (path, recipe) = plan.get_key_value(path)?;
            Some(Planned { path, recipe, index: Some(index) })
        })
    }

    /// What is made of it, as bytes that outlive the renderer.
    fn render(&self, planned: &Planned<'_>) -> Result<Bytes, Failed> {
        let renderer = self.campaign.renderer_with(planned.index);
        Ok(match renderer.render(planned.path, planned.recipe)? {
            Content::Bytes(bytes) => Bytes::Memory(bytes),
            Content::Shared(bytes) => Bytes::Memory(bytes.to_vec()),
            Content::File(Carried::Disk(path)) => Bytes::File(path.clone(), 0),
            Content::File(Carried::Memory(bytes)) => Bytes::Memory(bytes.to_vec()),
        })
    }
}

/// What is planned somewhere.
struct Planned<'a> {
    path: &'a str,
    recipe: &'a Recipe,
    /// The index that it is a file of.
    index: Option<&'a Index>,
}

fn not_found(live: &Live, shown: &Shown, lang: Lang) -> Found {
    let page = shown.planned("404.html");
    match page.map(|planned| artifact(live, shown, &planned, lang)) {
        Some(Found::Here(served)) => Found::Here(Served { status: 404, ..served }),
        Some(other) => other,
        None => Found::Nothing,
    }
}

fn artifact(live: &Live, shown: &Shown, planned: &Planned<'_>, lang: Lang) -> Found {
    let path = planned.path;
    match shown.render(planned) {
        Ok(Bytes::Memory(bytes)) if of_path(path) == HTML => Found::Here(page(live, 200, bytes)),
        Ok(Bytes::Memory(bytes)) => Found::Here(Served::whole(200, of_path(path), bytes)),
        Ok(Bytes::File(file, _)) => carried(live, path, file),
        // Of a large site texts are read again when they are needed, and one may have changed.
        Err(Failed::Fault(fault)) => Found::Here(in_place_of_page(live, &[], Some(&fault), lang)),
        Err(Failed::Template { page, error }) => {
            let failures = Failures::default();
            failures.add(*error, &page);
            let diagnostics = failures.into_diagnostics();
            Found::Failed(in_place_of_page(live, &diagnostics, None, lang), diagnostics)
        }
    }
}

/// A file of the project, which is not held in memory unless it is a page.
fn carried(live: &Live, path: &str, file: PathBuf) -> Found {
    let meta = match fs::metadata(&file) {
        Ok(meta) => meta,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Found::Nothing,
        Err(error) => return Found::Unreadable(Fault::read(&file, error)),
    };
    if of_path(path) == HTML && meta.len() <= LARGEST_PAGE {
        return match fs::read(&file) {
            Ok(bytes) => Found::Here(page(live, 200, bytes)),
            Err(error) => Found::Unreadable(Fault::read(&file, error)),
        };
    }
    let changed = meta.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    let tag = format!("\"{:x}-{:x}\"", meta.len(), changed.unwrap_or_default().as_nanos());
    let bytes = Bytes::File(file, meta.len());
    Found::Here(Served { status: 200, kind: of_path(path), tag, page: None, bytes })
}

/// A page with the live script in it.
fn page(live: &Live, status: u16, html: Vec<u8>) -> Served {
    let digest = format!("{:032x}", xxh3_128(&html));
    let script = overlay::script_tag(&live.version(), &digest);
    let at = memmem::rfind(&html, b"</body>").unwrap_or(html.len());
    let whole = [&html[..at], script.as_bytes(), &html[at..]].concat();
    Served { page: Some(digest), ..Served::whole(status, HTML, whole) }
}

/// The page that is shown where there is none: it holds what is wrong, and becomes the page
/// when that is mended.
fn in_place_of_page(
    live: &Live,
    failures: &[Diagnostic],
    fault: Option<&Fault>,
    lang: Lang,
) -> Served {
    page(live, 500, overlay::empty_page(failures, fault, lang).into_bytes())
}

impl Served {
    fn whole(status: u16, kind: &'static str, bytes: Vec<u8>) -> Self {
        let tag = format!("\"{:032x}\"", xxh3_128(&bytes));
        Self { status, kind, tag, page: None, bytes: Bytes::Memory(bytes) }
    }
}
