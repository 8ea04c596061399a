//! What is at an address: the plan is asked, and what it names is rendered.

use std::path::PathBuf;
use std::{fs, io};

use memchr::memmem;
use xxhash_rust::xxh3::xxh3_128;

use super::{ANY_YEAR, Live, Shown, notice, overlay};
use crate::base::content::{Carried, Content, Edited};
use crate::base::fault::Fault;
use crate::base::gap;
use crate::base::lang::Lang;
use crate::diagnostic::Diagnostic;
use crate::model::link::Owner;
use crate::output::media::{HTML, of_path};
use crate::output::search::may_be_in_index;
use crate::output::wechat as article;
use crate::pipeline::Prepared;
use crate::plan::Recipe;
use crate::render::Failed;
use crate::source::SourcePath;
use crate::theme::Failures;
use crate::value::address::Address;
use crate::view::Views;

/// Where this server's own files are. No file of a site is: names that begin with a dot are
/// never part of a project, and no slug, alias or asset has one.
pub(super) const OWN: &str = "/.xianfeng/";

/// Below [`OWN`], where articles for WeChat are, each at the address of its story.
const WECHAT: &str = "wechat/";

/// A page of a project's own that is larger is served as it is, without the live script.
const LARGEST_PAGE: u64 = 8 << 20;

/// What an address leads to.
#[derive(Debug)]
pub(super) enum Found {
    /// Something of the site; with status 404 its page for what is not there.
    Here(Served),
    /// The address with a slash after it.
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

/// Ends when everything is there that `path` may lead to. Only files of the search index are
/// ever waited for, and none of the pages.
pub(super) async fn wait_for(live: &Live, path: &str) {
    let Some(shown) = &live.shown else { return };
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let path = path.trim_start_matches('/');
    let planned = || {
        let plan = &shown.prepared().plan;
        plan.contains_key(path) || plan.contains_key(&format!("{path}index.html"))
    };
    if path.starts_with("search/") && !planned() {
        shown.wait_for_index().await;
    }
}

/// Finds what is at `path`, as it stands in the request: from the first slash, encoded, and
/// without the query.
pub(super) fn find(live: &Live, path: &str, lang: Lang) -> Found {
    if let Some(own) = path.strip_prefix(OWN) {
        if let Some(article) = own.strip_prefix(WECHAT) {
            return wechat(live, article, lang);
        }
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
        let folder = || shown.prepared().plan.contains_key(&format!("{path}/index.html"));
        let slash = || format!("/{}/", Address::file(path).encoded());
        there(path.to_string()).map(Ok).or_else(|| folder().then(|| Err(slash())))
    });
    match known {
        Some(Ok((path, recipe))) => artifact(live, shown, path, recipe, lang),
        Some(Err(with_slash)) => Found::Elsewhere(with_slash),
        None => {
            let path = decoded.as_deref().and_then(|path| live.unshown_at(path.trim_matches('/')));
            match path {
                Some(path) => {
                    let own = mistakes(live, path).cloned().collect::<Vec<_>>();
                    Found::Here(in_place_of_page(live, &own, None, lang))
                }
                None => not_found(live, shown, lang),
            }
        }
    }
}

impl Live {
    /// The file of a story or page that would be at `path` and cannot be shown.
    fn unshown_at(&self, path: &str) -> Option<&SourcePath> {
        let file = |path: &str| self.unshown.get(&format!("{path}/index.html"));
        file(path).or_else(|| {
            let (year, slug) = path.strip_prefix("stories/")?.split_once('/')?;
            let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
            file(&format!("stories/{ANY_YEAR}/{slug}")).filter(|_| is_year)
        })
    }
}

/// What is wrong with a file.
fn mistakes<'l>(live: &'l Live, path: &SourcePath) -> impl Iterator<Item = &'l Diagnostic> {
    live.diagnostics.iter().filter(move |d| d.is_error() && d.place.path == *path)
}

impl Shown {
    /// What is planned at `path`, files of the index included if it is made.
    fn planned(&self, path: &str) -> Option<(&String, &Recipe)> {
        let of_index = || self.search.get()?.as_ref()?.1.get_key_value(path);
        self.prepared().plan.get_key_value(path).or_else(of_index)
    }

    /// What a recipe makes, as bytes that outlive the renderer.
    fn render(&self, path: &str, recipe: &Recipe) -> Result<Bytes, Failed> {
        let prepared = self.prepared();
        if let (Recipe::Output(piece), Some(Some((index, _)))) = (recipe, self.search.get())
            && may_be_in_index(path)
        {
            let bytes = index.bytes(&prepared.site, piece.number, prepared.links);
            return bytes.map(Bytes::Memory).map_err(Failed::Fault);
        }
        self.campaign.with_dependent(|_, renderer| {
            Ok(match renderer.render(path, recipe)? {
                Content::Bytes(bytes) => Bytes::Memory(bytes),
                Content::Shared(bytes) => Bytes::Memory(bytes.to_vec()),
                Content::File(Carried::Disk(path)) => Bytes::File(path.clone(), 0),
                Content::File(Carried::Memory(bytes)) => Bytes::Memory(bytes.to_vec()),
                // Too large to be held. Here it is seen by whoever has the file.
                Content::Edited(Edited { file: Carried::Disk(path), .. }) => Bytes::File(path, 0),
                Content::Edited(Edited { file: Carried::Memory(bytes), .. }) => {
                    Bytes::Memory(bytes.to_vec())
                }
            })
        })
    }
}

/// The article for WeChat of the story at an address, or one of its pictures.
fn wechat(live: &Live, path: &str, lang: Lang) -> Found {
    let Some(shown) = &live.shown else { return Found::Nothing };
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let planned = shown.prepared().plan.get(&format!("{folder}/index.html"));
    let Some(&Recipe::Story(id)) = planned else { return Found::Nothing };
    let Prepared { site, plan, theme, .. } = shown.prepared();
    let views = Views::new(site, &theme.strings);
    let article = match article::article(&views, plan, theme, id) {
        Ok(article) => article.value,
        Err(fault) => return Found::Unreadable(fault),
    };
    if name.is_empty() {
        let html = article::page::html(&article, site, lang).into_bytes();
        let html = gap::plain(&html).unwrap_or(html);
        return Found::Here(Served::whole(200, HTML, html));
    }
    let mut bytes = Vec::new();
    let picture = article.pictures.iter().find(|picture| picture.name == name);
    let cover = article.covers.iter().find(|(known, _)| known == name);
    match (picture, cover) {
        (Some(picture), _) => {
            let read = picture.content(site).and_then(|content| {
                content.pieces(&mut |piece| {
                    bytes.extend_from_slice(piece);
                    Ok(())
                })
            });
            if let Err(fault) = read {
                return Found::Unreadable(fault);
            }
        }
        (None, Some((_, cover))) => bytes.extend_from_slice(cover),
        (None, None) => return Found::Nothing,
    }
    Found::Here(Served::whole(200, of_path(name), bytes))
}

fn not_found(live: &Live, shown: &Shown, lang: Lang) -> Found {
    let page = shown.planned("404.html");
    match page.map(|(path, recipe)| artifact(live, shown, path, recipe, lang)) {
        Some(Found::Here(served)) => Found::Here(Served { status: 404, ..served }),
        Some(other) => other,
        None => Found::Nothing,
    }
}

fn artifact(live: &Live, shown: &Shown, path: &str, recipe: &Recipe, lang: Lang) -> Found {
    match shown.render(path, recipe) {
        Ok(Bytes::Memory(html)) if of_path(path) == HTML => {
            let with_gaps = gap::shown(&html);
            let notice = owner(recipe).and_then(|owner| {
                let document = shown.prepared().site.document(owner);
                notice::of(document, mistakes(live, &document.source.path), lang)
            });
            let has_own = with_gaps.is_some() || notice.is_some();
            let html = with_gaps.unwrap_or(html);
            let html = if has_own { notice::put_into(&html, notice.as_deref()) } else { html };
            let wechat = matches!(recipe, Recipe::Story(_)).then(|| {
                let folder = path.strip_suffix("index.html").unwrap_or(path);
                format!("{OWN}{WECHAT}{}/", Address::file(folder.trim_end_matches('/')).encoded())
            });
            Found::Here(page(live, 200, html, wechat.as_deref()))
        }
        // Pixels may look like the marks of gaps.
        Ok(Bytes::Memory(bytes)) if matches!(recipe, Recipe::Picture(_)) => {
            Found::Here(Served::whole(200, of_path(path), bytes))
        }
        Ok(Bytes::Memory(bytes)) => {
            let bytes = gap::plain(&bytes).unwrap_or(bytes);
            Found::Here(Served::whole(200, of_path(path), bytes))
        }
        Ok(Bytes::File(file, _)) => carried(live, path, file),
        // Of a large site texts are read again when they are needed, and one may have changed.
        Err(Failed::Fault(fault)) => Found::Here(in_place_of_page(live, &[], Some(&fault), lang)),
        Err(Failed::Picture(diagnostic)) => {
            let diagnostics = vec![*diagnostic];
            Found::Failed(in_place_of_page(live, &diagnostics, None, lang), diagnostics)
        }
        Err(Failed::Template { page, error }) => {
            let failures = Failures::default();
            failures.add(*error, &page);
            let diagnostics = failures.into_diagnostics();
            Found::Failed(in_place_of_page(live, &diagnostics, None, lang), diagnostics)
        }
    }
}

/// The story or page that a recipe makes.
fn owner(recipe: &Recipe) -> Option<Owner> {
    match *recipe {
        Recipe::Story(id) => Some(Owner::Story(id)),
        Recipe::Page(id) => Some(Owner::Page(id)),
        _ => None,
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
            Ok(bytes) => Found::Here(page(live, 200, bytes, None)),
            Err(error) => Found::Unreadable(Fault::read(&file, error)),
        };
    }
    let changed = meta.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    let tag = format!("\"{:x}-{:x}\"", meta.len(), changed.unwrap_or_default().as_nanos());
    let bytes = Bytes::File(file, meta.len());
    Found::Here(Served { status: 200, kind: of_path(path), tag, page: None, bytes })
}

/// A page with the live script in it, which offers its article for WeChat.
fn page(live: &Live, status: u16, html: Vec<u8>, wechat: Option<&str>) -> Served {
    let digest = format!("{:032x}", xxh3_128(&html));
    let script = overlay::script_tag(&live.version(), &digest, wechat);
    let at = memmem::rfind(&html, b"</body>").unwrap_or(html.len());
    let whole = [&html[..at], script.as_bytes(), &html[at..]].concat();
    Served { page: Some(digest), ..Served::whole(status, HTML, whole) }
}

/// The page that is shown where there is none: it holds what is wrong, and becomes the page
/// when that is fixed.
fn in_place_of_page(
    live: &Live,
    failures: &[Diagnostic],
    fault: Option<&Fault>,
    lang: Lang,
) -> Served {
    page(live, 500, overlay::empty_page(failures, fault, lang).into_bytes(), None)
}

impl Served {
    fn whole(status: u16, kind: &'static str, bytes: Vec<u8>) -> Self {
        let tag = format!("\"{:032x}\"", xxh3_128(&bytes));
        Self { status, kind, tag, page: None, bytes: Bytes::Memory(bytes) }
    }
}
