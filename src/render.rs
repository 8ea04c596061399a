//! Rendering: a recipe becomes content. Pure; each artifact by itself, in any order.

pub mod pictures;
mod stopwatch;
pub mod written;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::SystemTime;

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

use crate::base::content::{Carried, Content};
use crate::base::digest::digest;
use crate::base::fault::Fault;
use crate::base::slot::{Links, Root, fill};
use crate::diagnostic::Diagnostic;
use crate::model::entity::{EntityId, KindId};
use crate::model::link::{Owner, Target, resolve};
use crate::model::picture::{NoCopy, Variant};
use crate::model::{PageId, Site, StoryId};
use crate::output::guide::SITE_MAP;
use crate::output::{Artifact, Material, OUTPUTS, promised, redirect, search};
use crate::parse::markdown::{LinkKind, Medium, Resolved, to_html};
use crate::plan::{self, Piece, Plan, Recipe};
use crate::source::SourcePath;
use crate::source::stamp::Stamp;
use crate::theme::items::ItemPlace;
use crate::theme::shape::Contract;
use crate::theme::{self, Context, TemplateError, Theme};
use crate::value::address::{Address, encode_fragment};
use crate::view::{self, FrameView, HeadView, OWN, PageView, SiteView, StoryView, TiesView, Views};
pub use stopwatch::{Stopwatch, TemplateTime};

/// Everything that rendering one artifact needs, made once for all of them.
pub struct Renderer<'a> {
    site: &'a Site,
    plan: &'a Plan,
    theme: &'a Theme,
    links: Links,
    search: Option<&'a search::Index>,
    views: Views<'a>,
    /// Stands for what every page is made from: the theme, its words, the site's view.
    common: u128,
    /// Each story's item, as every list of the same place shows it, once somebody has asked for it:
    /// by the number of its template.
    items: Vec<Vec<OnceLock<Box<[u8]>>>>,
    item_keys: Vec<OnceLock<u128>>,
    /// Heads and feet of pages, once somebody has asked for them.
    frames: RwLock<HashMap<FrameView, Arc<Frame>>>,
    /// A file that was changed about then may be changed again without its time telling.
    time: SystemTime,
    /// Takes the time of templates, where somebody wants to know it.
    stopwatch: Option<&'a Stopwatch>,
}

/// The head and foot of a page.
struct Frame {
    masthead: Vec<u8>,
    footer: Vec<u8>,
}

/// Why an artifact could not be made.
#[derive(Debug)]
pub enum Failed {
    /// Its template failed.
    Template {
        /// What was being rendered, for people: the story's file, else the address.
        page: String,
        /// What is wrong with the template.
        error: Box<TemplateError>,
    },
    /// Nothing can be made of a picture: what is said of it.
    Picture(Box<Diagnostic>),
    /// A file could not be read or written.
    Fault(Fault),
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// An artifact that was rendered, or need not be.
#[derive(Debug)]
pub struct Rendered<'a> {
    /// Stands for everything that it is made from; the same key, the same bytes. None where
    /// making it costs no more than telling.
    pub key: Option<u128>,
    /// What it is; none if it is what was known already.
    pub content: Option<Content<'a>>,
}

impl<'a> Rendered<'a> {
    /// What it is; nothing if that was not wanted.
    pub fn content(self) -> Content<'a> {
        self.content.unwrap_or(Content::Shared(&[]))
    }
}

/// What is wanted of an artifact.
#[derive(Clone, Copy, Debug)]
pub enum Wanted {
    /// Its content.
    Content,
    /// Its key, and its content unless it has this key.
    Unless(Option<u128>),
    /// Its key alone, if it is made by a template.
    Key,
    /// The values that its template gets, as JSON.
    Values,
    /// The name of its template.
    Template,
}

/// What fills a slot of a template.
#[derive(Clone, Copy)]
enum Slot<'s> {
    Body(Owner),
    Items(&'s [StoryId], ItemPlace),
}

/// The stories that a page lists.
fn listed<'s>(slots: &[Slot<'s>]) -> &'s [StoryId] {
    let items = slots.iter().find_map(|slot| match slot {
        Slot::Items(stories, _) => Some(*stories),
        Slot::Body(_) => None,
    });
    items.unwrap_or_default()
}

/// A value for a template.
trait View {
    fn digest(&self, out: &mut Vec<u8>);
    fn insert(&self, name: &'static str, context: &mut Context);
}

/// The template of a page, and the values that it gets, as one JSON object.
#[derive(Serialize)]
struct Values<'v> {
    template: &'v str,
    #[serde(flatten)]
    own: BTreeMap<&'static str, theme::Value>,
    page: &'v PageView<'v>,
    head: &'v HeadView,
    site: &'v SiteView<'v>,
    t: &'v BTreeMap<String, String>,
}

impl<T: Serialize> View for T {
    fn digest(&self, out: &mut Vec<u8>) {
        digest(self, out);
    }

    fn insert(&self, name: &'static str, context: &mut Context) {
        context.insert(name, self);
    }
}

/// A story on its own page, only made when it is shown: most of it is told by the digests
/// of its item and its file.
struct StoryPage<'r, 'a> {
    renderer: &'r Renderer<'a>,
    id: StoryId,
    ties: TiesView<'a>,
}

impl View for StoryPage<'_, '_> {
    fn digest(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.renderer.item_key(self.id).to_le_bytes());
        let document = &self.renderer.site.story(self.id).document;
        out.extend_from_slice(&document.digest.to_le_bytes());
        digest(&self.ties, out);
    }

    fn insert(&self, name: &'static str, context: &mut Context) {
        let views = &self.renderer.views;
        let story = views.story(self.id, &self.ties, OWN, OWN + 1);
        // Only here: a QR code for each story of a book would be drawn for nothing.
        let (answer, code) = (views.answer(self.id), views.story_code(self.id));
        context.insert(name, &StoryView { answer, code, ..story });
    }
}

/// The values of one template by name.
type NamedViews<'v> = &'v [(&'static str, &'v dyn View)];

/// Gives the theme what every template gets.
pub fn furnish(theme: &mut Theme, site: &Site, links: Links) {
    let view = {
        let views = Views::new(site, &theme.strings);
        theme::freeze(&site_view(&views, theme, links))
    };
    theme.share("site", view);
}

/// What templates are promised.
pub fn contract() -> Contract {
    view::contract(promised())
}

fn site_view<'a>(views: &Views<'a>, theme: &'a Theme, links: Links) -> SiteView<'a> {
    let told = OUTPUTS.iter().filter_map(|output| Some(output.told?(views, links)));
    // Of files that are opened without a server browsers do not know where they come from.
    let policy = (links == Links::FromRoot).then(|| views.policy());
    SiteView { policy, ..views.site_view(theme, told.collect()) }
}

impl<'a> Renderer<'a> {
    /// Prepares rendering. The theme must have been [furnished](furnish) with this site;
    /// `time` is before any of its files was looked at.
    pub fn new(
        site: &'a Site,
        plan: &'a Plan,
        theme: &'a Theme,
        links: Links,
        search: Option<&'a search::Index>,
        time: SystemTime,
    ) -> Self {
        let views = Views::new(site, &theme.strings);
        let mut common = Vec::new();
        theme.digest(&mut common);
        digest(&site_view(&views, theme, links), &mut common);
        digest(&(links == Links::Relative), &mut common);
        let empty = || site.stories.iter();
        Self {
            site,
            plan,
            theme,
            links,
            search,
            views,
            common: xxh3_128(&common),
            items: {
                let templates = theme.items.templates().iter();
                templates.map(|_| empty().map(|_| OnceLock::new()).collect()).collect()
            },
            item_keys: empty().map(|_| OnceLock::new()).collect(),
            frames: RwLock::default(),
            time,
            stopwatch: None,
        }
    }

    /// The same, with every template's time taken.
    pub fn timed(self, stopwatch: Option<&'a Stopwatch>) -> Self {
        Self { stopwatch, ..self }
    }

    /// Renders what `recipe` makes at `path`, a path below the output folder.
    pub fn render(&self, path: &str, recipe: &Recipe) -> Result<Content<'a>, Failed> {
        Ok(self.artifact(path, recipe, Wanted::Content)?.content())
    }

    /// The key of a page that is made by a template; none for anything else.
    pub fn key_of(&self, path: &str, recipe: &Recipe) -> Option<u128> {
        match recipe {
            Recipe::Asset(_) | Recipe::Redirect(_) => None,
            recipe if recipe.file().is_some() => None,
            _ if !path.ends_with(".html") => None,
            _ => self.artifact(path, recipe, Wanted::Key).ok()?.key,
        }
    }

    /// The values that the template of a page gets, as JSON; `None` if it has no template.
    pub fn values(&self, path: &str, recipe: &Recipe) -> Result<Option<String>, Failed> {
        self.told(path, recipe, Wanted::Values)
    }

    /// The name of the template of a page; `None` if it has none.
    pub fn template_name(&self, path: &str, recipe: &Recipe) -> Result<Option<String>, Failed> {
        self.told(path, recipe, Wanted::Template)
    }

    fn told(&self, path: &str, recipe: &Recipe, of: Wanted) -> Result<Option<String>, Failed> {
        if !path.ends_with(".html") || recipe.file().is_some() {
            return Ok(None);
        }
        match self.artifact(path, recipe, of)?.content {
            Some(Content::Bytes(bytes)) => Ok(String::from_utf8(bytes).ok()),
            _ => Ok(None),
        }
    }

    /// What is at a path, for people: the story's file, else the address.
    fn shown(&self, path: &str) -> String {
        match self.plan.get(path) {
            Some(Recipe::Story(id)) => self.site.story(*id).document.source.path.to_string(),
            Some(Recipe::Page(id)) => self.site.pages[id.index()].document.source.path.to_string(),
            _ => format!("/{}", Address::of_file(path).as_str()),
        }
    }

    /// Renders a template for the page that `page` names.
    fn template(
        &self,
        name: &str,
        context: impl FnOnce() -> Context,
        page: impl Fn() -> String,
    ) -> Result<Vec<u8>, Failed> {
        let render = || self.theme.render(name, &context());
        let rendered = match self.stopwatch {
            Some(stopwatch) => stopwatch.time(name, &page, render),
            None => render(),
        };
        rendered.map_err(|error| Failed::Template { page: page(), error: error.into() })
    }

    /// Makes what `recipe` makes at `path`, a path below the output folder, as far as it is
    /// wanted.
    pub fn artifact(
        &self,
        path: &str,
        recipe: &Recipe,
        wanted: Wanted,
    ) -> Result<Rendered<'a>, Failed> {
        let views = &self.views;
        let address = Address::of_file(path);
        let titled = |key: &'static str, section: &'static str| {
            views.page(&address, section, views.word(key))
        };
        let page =
            |template: &str, page: PageView<'_>, named: NamedViews<'_>, slots: &[Slot<'_>]| {
                self.page(path, wanted, template, page, named, slots)
            };
        let bytes = match recipe {
            Recipe::Home => {
                let (view, latest) = views.home(OWN);
                let titled = titled("home", "home");
                return page(
                    "home.html",
                    titled,
                    &[("home", &view)],
                    &[Slot::Items(&latest, ItemPlace::Home)],
                );
            }
            Recipe::Story(id) => {
                let (ties, related) = views.ties(*id);
                let view = StoryPage { renderer: self, id: *id, ties };
                let slots =
                    [Slot::Body(Owner::Story(*id)), Slot::Items(&related, ItemPlace::Related)];
                return page("story.html", views.story_page(*id), &[("story", &view)], &slots);
            }
            Recipe::Page(id) => {
                return self.content(path, wanted, *id);
            }
            Recipe::Index(kind, number) => return self.index(path, wanted, *kind, *number),
            Recipe::Entity(id, number) => return self.entity(path, wanted, *id, *number),
            Recipe::Coverage => {
                let titled = titled("coverage", "coverage");
                let view = views.coverage();
                return page("coverage.html", titled, &[("tables", &view)], &[]);
            }
            Recipe::Calendar => {
                let titled = titled("calendar", "calendar");
                let view = views.calendar();
                return page("calendar.html", titled, &[("calendar", &view)], &[]);
            }
            Recipe::CalendarYear(year) => {
                let titled = views.calendar_year_page(*year, &address);
                let view = views.calendar_year(*year);
                return page("calendar_year.html", titled, &[("year", &view)], &[]);
            }
            Recipe::Tasks(of) => {
                let titled = views.tasks_page(*of, &address);
                let view = views.tasks(Some(*of));
                return page("tasks.html", titled, &[("tasks", &view)], &[]);
            }
            Recipe::Kind(kind, number) => {
                let section = kind.section();
                let first = Address::page(&[section]);
                let titled = self.numbered(titled(section, section), *number);
                return self.listing(
                    path,
                    wanted,
                    &first,
                    &self.site.listed[*kind as usize],
                    *number,
                    titled,
                    &format!("{section}.html"),
                    &[],
                );
            }
            Recipe::Honours => {
                let titled = titled("honour_roll", "honours");
                let view = views.honour_roll(None);
                return page("honour_roll.html", titled, &[("roll", &view)], &[]);
            }
            Recipe::HonoursYear(year) => {
                let titled = views.honours_page(*year, &address);
                let view = views.honour_roll(Some(*year));
                return page("honour_roll.html", titled, &[("roll", &view)], &[]);
            }
            Recipe::Corrections => {
                let titled = titled("corrections", "corrections");
                let view = views.corrections();
                return page("corrections.html", titled, &[("corrections", &view)], &[]);
            }
            Recipe::Feedback => {
                return page("feedback.html", titled("feedback", "feedback"), &[], &[]);
            }
            Recipe::Archive => {
                let titled = titled("archive", "archive");
                return page("archive.html", titled, &[("years", &views.years())], &[]);
            }
            Recipe::ArchiveYear(year) => {
                let title = views.words("archive_year", &[("y", &year.to_string())]);
                let mut titled = views.page(&address, "archive", title);
                titled.crumbs = vec![views.archive_crumb()];
                let view = views.year(*year, true);
                return page("archive_year.html", titled, &[("year", &view)], &[]);
            }
            Recipe::NotFound => {
                // It is shown at any address, so it has none of its own.
                let titled = PageView { canonical: None, ..titled("not_found", "none") };
                return page("not_found.html", titled, &[], &[]);
            }
            Recipe::Output(piece) => return self.output(path, *piece, wanted),
            Recipe::Redirect(target) => {
                let icon = self.theme.assets.get("icon.svg");
                let html = redirect::page(views, target, self.title_at(target), icon);
                fill(html.as_bytes(), &[], &self.root(path))
            }
            Recipe::Asset(name) => {
                let bytes = &self.theme.assets[name].bytes;
                return Ok(Rendered { key: None, content: Some(Content::Shared(bytes)) });
            }
            Recipe::Copy(file) => return self.copy(file, wanted),
            Recipe::Picture(variant) => return self.picture(variant, wanted),
            Recipe::Film(file) => return self.film(file, wanted),
        };
        Ok(Rendered { key: None, content: Some(Content::Bytes(bytes)) })
    }

    /// What is at an address is called, if it is a story, a page of the author or an entity.
    fn title_at(&self, address: &Address) -> Option<&'a str> {
        Some(match self.plan.get(&address.file_path())? {
            Recipe::Story(id) => self.site.story(*id).title(),
            Recipe::Page(id) => self.site.pages[id.index()].document.title(),
            Recipe::Entity(id, _) => &self.site.entity(*id).name,
            _ => return None,
        })
    }

    /// A copy of a picture is what it was as long as the picture and the settings are.
    fn picture(&self, variant: &Variant, wanted: Wanted) -> Result<Rendered<'a>, Failed> {
        let key = Some(self.site.key_of(variant));
        if matches!(wanted, Wanted::Unless(known) if known == key) || matches!(wanted, Wanted::Key)
        {
            return Ok(Rendered { key, content: None });
        }
        match self.site.copy_of(variant) {
            Ok(bytes) => Ok(Rendered { key, content: Some(Content::Bytes(bytes)) }),
            Err(NoCopy::Fault(fault)) => Err(Failed::Fault(fault)),
            Err(NoCopy::Unreadable(why)) => {
                Err(Failed::Picture(pictures::unreadable(self.site, &variant.file, &why).into()))
            }
        }
    }

    /// A film without what nobody sees.
    fn film(&self, file: &SourcePath, wanted: Wanted) -> Result<Rendered<'a>, Failed> {
        let carried = self.copy(file, wanted)?;
        let key = carried.key.map(|key| xxh3_128(&[&key.to_le_bytes()[..], b"clean 2"].concat()));
        if matches!(wanted, Wanted::Unless(known) if known.is_some() && known == key) {
            return Ok(Rendered { key, content: None });
        }
        let content = self.site.film_cleaned(file)?;
        Ok(Rendered { key, content: content.or(carried.content) })
    }

    /// A file is what it was as long as it looks the same.
    fn copy(&self, file: &SourcePath, wanted: Wanted) -> Result<Rendered<'a>, Failed> {
        let carried = &self.site.files[file];
        let stamp = match (carried, wanted) {
            #[expect(
                clippy::disallowed_methods,
                reason = "a copied file is as it looks on the disk"
            )]
            (Carried::Disk(path), Wanted::Unless(_)) => path.metadata().ok(),
            _ => None,
        };
        let stamp = stamp.map(|meta| Stamp::of(&meta));
        let key = stamp.filter(|stamp| stamp.is_settled(self.time)).map(|stamp| {
            let mut made_from = Vec::new();
            digest(&(file.as_str(), stamp), &mut made_from);
            xxh3_128(&made_from)
        });
        let same = matches!(wanted, Wanted::Unless(known) if known.is_some() && known == key);
        Ok(Rendered { key, content: (!same).then_some(Content::File(carried)) })
    }

    /// A page of `content/pages`, with the stories that it asks for.
    fn content(&self, path: &str, wanted: Wanted, id: PageId) -> Result<Rendered<'a>, Failed> {
        let (views, document) = (&self.views, &self.site.pages[id.index()].document);
        let all = self.site.collected(id);
        let most = document.front.stories.as_ref().map_or(0, |asked| asked.limit);
        let shown = all.as_ref().map(|stories| &stories[..most.min(stories.len())]);
        let counts = all.as_ref().zip(shown).map(|(all, shown)| (shown.len(), all.len()));
        let view = views.content(id, (OWN, OWN + 1), counts);
        let mut slots = vec![Slot::Body(Owner::Page(id))];
        slots.extend(shown.map(|stories| Slot::Items(stories, ItemPlace::Page)));
        let named = document.front.template.as_deref();
        // That there is none has been said; a preview shows the page all the same.
        let named = named.and_then(|name| self.theme.template_named(name).ok());
        let template = named.as_deref().unwrap_or("page.html");
        let page = PageView { kind: "page".into(), ..views.content_page(id) };
        self.page(path, wanted, template, page, &[("content", &view)], &slots)
    }

    fn index(
        &self,
        path: &str,
        wanted: Wanted,
        kind: KindId,
        number: usize,
    ) -> Result<Rendered<'a>, Failed> {
        let views = &self.views;
        let many = kind.kind().many;
        let titled = views.page(&Address::of_file(path), kind.kind().folder, views.word(many));
        let titled = self.numbered(titled, number);
        let index = views.index(kind, number);
        let kind = views.kind(kind);
        let mut named: Vec<(&'static str, &dyn View)> =
            index.iter().map(|(name, view)| (*name, view as &dyn View)).collect();
        match self.template_of(many) {
            Some(template) => self.page(path, wanted, &template, titled, &named, &[]),
            None => {
                named[0].0 = "entities";
                named.push(("kind", &kind));
                self.page(path, wanted, "index.html", titled, &named, &[])
            }
        }
    }

    fn entity(
        &self,
        path: &str,
        wanted: Wanted,
        id: EntityId,
        number: usize,
    ) -> Result<Rendered<'a>, Failed> {
        let (views, site) = (&self.views, self.site);
        let page = self.numbered(views.entity_page(id, &Address::of_file(path)), number);
        let view = views.entity_view(id, number);
        let (first, stories) = (site.entity_address(id), &site.entity(id).stories);
        let one = id.kind.kind().one;
        match self.template_of(one) {
            Some(template) => {
                let named: &[_] = &[(one, &view as &dyn View)];
                self.listing(path, wanted, &first, stories, number, page, &template, named)
            }
            None => {
                let named: &[_] = &[("entity", &view as &dyn View), ("kind", &views.kind(id.kind))];
                self.listing(path, wanted, &first, stories, number, page, "entity.html", named)
            }
        }
    }

    /// The template that a kind has for itself.
    fn template_of(&self, name: &str) -> Option<String> {
        let file = format!("{name}.html");
        self.theme.has_template(&file).then_some(file)
    }

    /// One page of a list of stories, as `list`, beside other values.
    #[allow(clippy::too_many_arguments)]
    fn listing(
        &self,
        path: &str,
        wanted: Wanted,
        first: &Address,
        stories: &[StoryId],
        number: usize,
        page: PageView<'_>,
        template: &str,
        named: NamedViews<'_>,
    ) -> Result<Rendered<'a>, Failed> {
        let size = self.site.settings.page_size;
        let shown = &stories[((number - 1) * size).min(stories.len())..];
        let slots = [Slot::Items(&shown[..size.min(shown.len())], ItemPlace::List)];
        let list = self.views.list(first, stories, number, OWN);
        let mut all = vec![("list", &list as &dyn View)];
        all.extend_from_slice(named);
        self.page(path, wanted, template, page, &all, &slots)
    }

    /// Names the page of a listing in its title.
    fn numbered(&self, mut page: PageView<'a>, number: usize) -> PageView<'a> {
        page.number = number;
        if number > 1 {
            let suffix = self.views.words("page_number", &[("n", &number.to_string())]);
            page.title = Cow::Owned(format!("{} · {suffix}", page.title));
            page.here = page.title.clone();
            page.description = page.description.map(|text| format!("{text} · {suffix}").into());
        }
        page
    }

    /// Renders a template, unless nothing that goes into it has changed.
    fn page(
        &self,
        path: &str,
        wanted: Wanted,
        template: &str,
        page: PageView<'_>,
        named: NamedViews<'_>,
        slots: &[Slot<'_>],
    ) -> Result<Rendered<'a>, Failed> {
        let page = &match &*page.kind {
            "" => PageView { kind: template.trim_end_matches(".html").into(), ..page },
            _ => page,
        };
        if matches!(wanted, Wanted::Template) {
            let name = Content::Bytes(template.as_bytes().to_vec());
            return Ok(Rendered { key: None, content: Some(name) });
        }
        let root = self.root(path);
        let recipe = self.plan.get(path);
        let head = self.views.head(page, recipe, OWN + slots.len());
        let data = self.views.json_ld(page, recipe, listed(slots));
        let key = match wanted {
            Wanted::Content => None,
            _ => {
                let mut made_from = self.key(&root, template, page, named, slots);
                digest(&head, &mut made_from);
                made_from.extend_from_slice(&data);
                Some(xxh3_128(&made_from))
            }
        };
        if matches!(wanted, Wanted::Key) || matches!(wanted, Wanted::Unless(known) if known == key)
        {
            return Ok(Rendered { key, content: None });
        }
        let context = || {
            let mut context = Context::new();
            named.iter().for_each(|(name, view)| view.insert(name, &mut context));
            context.insert("page", page);
            context.insert("head", &head);
            context
        };
        if matches!(wanted, Wanted::Values) {
            let json = self.values_of(path, template, page, &head, &context(), named)?;
            let (frame, own) = (self.frame(path, page)?, self.own_fillings(slots)?);
            let quoted: Vec<Vec<u8>> =
                fillings(&frame, &own, &data).into_iter().map(quoted).collect();
            let quoted: Vec<&[u8]> = quoted.iter().map(Vec::as_slice).collect();
            let json = fill(json.as_bytes(), &quoted, &root);
            return Ok(Rendered { key: None, content: Some(Content::Bytes(json)) });
        }
        let html = self.template(template, context, || self.shown(path))?;
        let (frame, own) = (self.frame(path, page)?, self.own_fillings(slots)?);
        let html = fill(&html, &fillings(&frame, &own, &data), &root);
        Ok(Rendered { key, content: Some(Content::Bytes(html)) })
    }

    /// What fills the slots that a page has for itself.
    fn own_fillings(&self, slots: &[Slot<'_>]) -> Result<Vec<Vec<u8>>, Failed> {
        let filling = |slot: &Slot<'_>| match slot {
            Slot::Body(owner) => Ok(self.body(*owner)?.into_bytes()),
            Slot::Items(stories, place) => self.join(stories, self.theme.items.number(*place)),
        };
        slots.iter().map(filling).collect()
    }

    /// The values of a page as JSON, with marks where something is filled in.
    fn values_of(
        &self,
        path: &str,
        template: &str,
        page: &PageView<'_>,
        head: &HeadView,
        context: &Context,
        named: NamedViews<'_>,
    ) -> Result<String, Failed> {
        let own = named.iter().filter_map(|(name, _)| Some((*name, context.get(name)?.clone())));
        let values = Values {
            template,
            own: own.collect(),
            page,
            head,
            site: &site_view(&self.views, self.theme, self.links),
            t: self.theme.strings.map(),
        };
        let written = serde_json::to_string_pretty(&values);
        written.map_err(|error| {
            Fault::read(std::path::Path::new(path), std::io::Error::other(error)).into()
        })
    }

    /// The head and foot of a page, rendered once for all that have the same.
    fn frame(&self, path: &str, page: &PageView<'_>) -> Result<Arc<Frame>, Failed> {
        let view = self.views.frame(page);
        let known = self.frames.read().unwrap_or_else(PoisonError::into_inner).get(&view).cloned();
        if let Some(frame) = known {
            return Ok(frame);
        }
        let render = |template: &str| {
            let context = || {
                let mut context = Context::new();
                context.insert("page", &view);
                context
            };
            self.template(template, context, || self.shown(path))
        };
        let (masthead, footer) = (render("masthead.html")?, render("footer.html")?);
        let frame = Arc::new(Frame { masthead, footer });
        let mut frames = self.frames.write().unwrap_or_else(PoisonError::into_inner);
        frames.insert(view, frame.clone());
        Ok(frame)
    }

    /// Everything that a page is made from, but for what machines are told of it.
    fn key(
        &self,
        root: &Root,
        template: &str,
        page: &PageView<'_>,
        named: NamedViews<'_>,
        slots: &[Slot<'_>],
    ) -> Vec<u8> {
        let mut made_from = Vec::with_capacity(2048);
        made_from.extend_from_slice(&self.common.to_le_bytes());
        digest(&(root.to_string(), template), &mut made_from);
        digest(page, &mut made_from);
        for (name, view) in named {
            digest(name, &mut made_from);
            view.digest(&mut made_from);
        }
        for slot in slots {
            match slot {
                Slot::Body(owner) => self.digest_body(*owner, &mut made_from),
                Slot::Items(stories, _) => {
                    for id in *stories {
                        made_from.extend_from_slice(&self.item_key(*id).to_le_bytes());
                    }
                }
            }
        }
        made_from
    }

    /// What a body is made from: its text, and where its links lead.
    fn digest_body(&self, owner: Owner, out: &mut Vec<u8>) {
        let document = self.site.document(owner);
        out.extend_from_slice(&document.digest.to_le_bytes());
        for link in &document.body.links {
            match lead(&self.views, self.plan, owner, &link.dest, link.kind) {
                Resolved::Elsewhere(url) => digest(&("elsewhere", url), out),
                Resolved::Here(url) => digest(&("here", url), out),
                Resolved::Picture(shown) => digest(&("picture", shown), out),
                Resolved::Film(film) => digest(&("film", film), out),
                Resolved::File(file) => digest(&("file", file), out),
                Resolved::Nothing => digest("nothing", out),
            }
        }
    }

    fn item_key(&self, id: StoryId) -> u128 {
        *self.item_keys[id.index()].get_or_init(|| {
            let mut made_from = Vec::with_capacity(1024);
            digest(&self.views.item(id), &mut made_from);
            xxh3_128(&made_from)
        })
    }

    /// The list items of stories, one after the other.
    fn join(&self, stories: &[StoryId], template: usize) -> Result<Vec<u8>, Failed> {
        let items: Result<Vec<&[u8]>, Failed> =
            stories.iter().map(|&id| self.kept_item(id, template)).collect();
        Ok(items?.concat())
    }

    /// A story's list item, kept for the whole build once it was made.
    fn kept_item(&self, id: StoryId, template: usize) -> Result<&[u8], Failed> {
        let kept = &self.items[template][id.index()];
        if kept.get().is_none() {
            // Without the room that rendering took.
            let _ = kept.set(self.item(id, template)?.into_boxed_slice());
        }
        Ok(kept.get().map(|html| &**html).unwrap_or_default())
    }

    fn item(&self, id: StoryId, template: usize) -> Result<Vec<u8>, Failed> {
        let context = || {
            let mut context = Context::new();
            context.insert("story", &self.views.item(id));
            context
        };
        let story = || self.site.story(id).document.source.path.to_string();
        self.template(&self.theme.items.templates()[template], context, story)
    }

    /// A piece of an output, unless nothing that goes into it has changed.
    fn output(&self, path: &str, piece: Piece, wanted: Wanted) -> Result<Rendered<'a>, Failed> {
        let (output, views) = (OUTPUTS[piece.output], &self.views);
        let material = Material { views, plan: self.plan, links: self.links, search: self.search };
        let key = match wanted {
            Wanted::Content => None,
            _ => (output.key)(&material, piece.number),
        };
        if key.is_some() && matches!(wanted, Wanted::Unless(known) if known == key) {
            return Ok(Rendered { key, content: None });
        }
        let bytes = match (output.make)(&material, piece.number)? {
            Artifact::Bytes(bytes) => bytes,
            Artifact::Absolute(text) => fill(text.as_bytes(), &[], &self.absolute_root()),
            Artifact::Page { template, title, section } => {
                let page = views.page(&Address::of_file(path), section, views.word(title));
                if template == SITE_MAP {
                    let view = views.site_map();
                    return self.page(path, wanted, template, page, &[("site_map", &view)], &[]);
                }
                return self.page(path, wanted, template, page, &[], &[]);
            }
        };
        Ok(Rendered { key, content: Some(Content::Bytes(bytes)) })
    }

    fn body(&self, owner: Owner) -> Result<String, Fault> {
        body(&self.views, self.plan, owner)
    }

    fn root(&self, path: &str) -> Root {
        match self.links {
            Links::Relative => Root::Relative(path.matches('/').count()),
            Links::FromRoot => {
                let base = self.site.settings.base_url.as_ref();
                Root::Prefix(base.map_or("/", |base| base.path()).to_string())
            }
        }
    }

    /// The root for what is read away from the site: feeds and sitemaps.
    fn absolute_root(&self) -> Root {
        let base = self.site.settings.base_url.as_ref();
        Root::Prefix(base.map_or("/", |base| base.as_str()).to_string())
    }
}

/// What fills the slots of a page, in their order: its head and foot, its own, what machines are told.
fn fillings<'p>(frame: &'p Frame, own: &'p [Vec<u8>], data: &'p [u8]) -> Vec<&'p [u8]> {
    let frame = [frame.masthead.as_slice(), &frame.footer];
    frame.into_iter().chain(own.iter().map(Vec::as_slice)).chain([data]).collect()
}

/// HTML as it stands inside a string of JSON.
fn quoted(html: &[u8]) -> Vec<u8> {
    let text = serde_json::to_string(&String::from_utf8_lossy(html)).unwrap_or_default();
    text.get(1..text.len() - 1).unwrap_or_default().as_bytes().to_vec()
}

/// A story's or page's body as HTML, its links led to their addresses.
pub fn body(views: &Views<'_>, plan: &Plan, owner: Owner) -> Result<String, Fault> {
    let document = views.site().document(owner);
    let source = document.source.read()?;
    let words = views.body_words();
    let lead = |dest: &str, kind: LinkKind| lead(views, plan, owner, dest, kind);
    Ok(to_html(document.markdown(&source), Medium::Page, &words, &lead))
}

/// Where a link in a body leads.
fn lead(views: &Views<'_>, plan: &Plan, owner: Owner, dest: &str, kind: LinkKind) -> Resolved {
    let site = views.site();
    match resolve(site, site.document(owner), dest, kind) {
        Ok(Target::Elsewhere(url)) => Resolved::Elsewhere(url),
        Ok(Target::Anchor(anchor)) => {
            let anchor = encode_fragment(&anchor);
            Resolved::Here(format!("#{anchor}"))
        }
        Ok(Target::File(file)) if kind == LinkKind::Picture => match views.film(owner, &file) {
            Some(film) => Resolved::Film(film.into()),
            None => Resolved::Picture(views.shown(owner, &file).into()),
        },
        Ok(Target::File(file)) => Resolved::File(views.linked_file(owner, &file).into()),
        Ok(target) => match plan::target_address(site, plan, owner, &target) {
            Some((address, rest)) => Resolved::Here(format!("{}{rest}", views.url(&address))),
            None => Resolved::Nothing,
        },
        Err(_) => Resolved::Nothing,
    }
}
