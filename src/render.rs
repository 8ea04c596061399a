//! Rendering: a recipe becomes content. Pure; each artifact by itself, in any order.

use std::borrow::Cow;

use serde::Serialize;

use crate::model::address::{Address, encode_fragment};
use crate::model::link::{Owner, Target, resolve};
use crate::model::{Site, StoryId};
use crate::output::{colours, feed, redirect, robots, search, sitemap};
use crate::parallel;
use crate::parse::markdown::{LinkKind, Resolved, Words, to_html};
use crate::plan::{self, Group, Plan, Recipe};
use crate::slot::{Root, fill};
use crate::source::Carried;
use crate::theme::{self, Context, TemplateError, Theme};
use crate::view::{Maker, PageView};

/// What is at one address.
#[derive(Debug)]
pub enum Content<'a> {
    /// Bytes that were rendered.
    Bytes(Vec<u8>),
    /// Bytes that are there already.
    Shared(&'a [u8]),
    /// A file that is carried unchanged.
    File(&'a Carried),
}

/// How links on the site are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// From the root of the server: `/stories/…`, `/zhuanlan/stories/…`.
    FromRoot,
    /// From the page itself, so that the folder can lie anywhere and be opened by
    /// double-click.
    Relative,
}

/// Everything that rendering one artifact needs, made once for all of them.
pub struct Renderer<'a> {
    site: &'a Site,
    plan: &'a Plan,
    theme: &'a Theme,
    links: Links,
    search: Option<&'a search::Index>,
    maker: Maker<'a>,
    /// Each story's item.html, as every list shows it.
    items: Vec<Box<[u8]>>,
}

/// A page that could not be rendered, and why.
#[derive(Debug)]
pub struct Failed {
    /// What was being rendered, for people: the story's file, else the address.
    pub page: String,
    /// Why.
    pub error: Box<TemplateError>,
}

/// Gives the theme what every template gets.
pub fn furnish(theme: &mut Theme, site: &Site, links: Links) {
    let view = {
        let maker = Maker::new(site, &theme.strings);
        theme::freeze(&maker.site_view(theme, links))
    };
    theme.share("site", view);
}

impl<'a> Renderer<'a> {
    /// Prepares rendering: list items first, as every list is made of them. The theme must
    /// have been [furnished](furnish) with this site.
    pub fn new(
        site: &'a Site,
        plan: &'a Plan,
        theme: &'a Theme,
        links: Links,
        search: Option<&'a search::Index>,
    ) -> Result<Self, Vec<Failed>> {
        let maker = Maker::new(site, &theme.strings);
        let ids: Vec<StoryId> = (0..site.stories.len() as u32).map(StoryId).collect();
        let rendered = parallel::map(&ids, |&id| {
            let mut context = Context::new();
            context.insert("story", &maker.item(id));
            theme.render("item.html", &context).map_err(|error| {
                let page = site.story(id).document.source.path.to_string();
                Failed { page, error: error.into() }
            })
        });
        let mut items = Vec::with_capacity(rendered.len());
        let mut failed = Vec::new();
        for result in rendered {
            match result {
                // Kept for the whole build: without the room that rendering took.
                Ok(item) => items.push(item.into_boxed_slice()),
                Err(failure) => failed.push(failure),
            }
        }
        if !failed.is_empty() {
            return Err(failed);
        }
        Ok(Self { site, plan, theme, links, search, maker, items })
    }

    /// Renders what `recipe` makes at `path`, a path below the output folder.
    pub fn render(&self, path: &str, recipe: &Recipe) -> Result<Content<'a>, Failed> {
        let page = self.artifact(path, recipe);
        page.map_err(|error| Failed { page: self.describe(path, recipe), error: error.into() })
    }

    fn describe(&self, path: &str, recipe: &Recipe) -> String {
        match recipe {
            Recipe::Story(id) => self.site.story(*id).document.source.path.to_string(),
            Recipe::Page(id) => self.site.pages[id.index()].document.source.path.to_string(),
            _ => format!("/{}", Address::of_file(path).as_str()),
        }
    }

    fn artifact(&self, path: &str, recipe: &Recipe) -> Result<Content<'a>, TemplateError> {
        let maker = &self.maker;
        let address = Address::of_file(path);
        let titled = |key: &'static str, section: &'static str| {
            maker.page(&address, section, maker.word(key))
        };
        let page = match recipe {
            Recipe::Home => self.home(&address),
            Recipe::Story(id) => self.story(path, *id),
            Recipe::Page(id) => {
                let body = self.body(Owner::Page(*id));
                let view = ("content", maker.content(*id, 0));
                self.html(
                    path,
                    "page.html",
                    maker.content_page(*id),
                    Some(view),
                    &[body.as_bytes()],
                )
            }
            Recipe::FocalPoints => {
                let sections: Vec<_> = (0..self.site.focal_points.len() as u32)
                    .map(|i| maker.focal_point_section(crate::model::FocalPointId(i)))
                    .collect();
                let page = titled("focal_points", "focal-points");
                self.html(path, "focal_points.html", page, Some(("focal_points", sections)), &[])
            }
            Recipe::Branches(number) => {
                let page = self.numbered(titled("branches", "branches"), *number);
                let view = ("subjects", maker.branches(*number));
                self.html(path, "branches.html", page, Some(view), &[])
            }
            Recipe::Members(number) => {
                let page = self.numbered(titled("members", "members"), *number);
                let view = ("subjects", maker.members(*number));
                self.html(path, "members.html", page, Some(view), &[])
            }
            Recipe::Units => {
                let page = titled("units", "units");
                self.html(path, "units.html", page, Some(("units", maker.units())), &[])
            }
            Recipe::Carriers => {
                let ids = (0..self.site.carriers.len() as u32).map(crate::model::CarrierId);
                let carriers: Vec<_> = ids.map(|id| maker.carrier(id)).collect();
                let page = titled("carriers", "carriers");
                self.html(path, "carriers.html", page, Some(("carriers", carriers)), &[])
            }
            Recipe::Regions => {
                let ids = (0..self.site.regions.len() as u32).map(crate::model::RegionId);
                let regions: Vec<_> = ids.map(|id| maker.region(id)).collect();
                let page = titled("regions", "regions");
                self.html(path, "regions.html", page, Some(("regions", regions)), &[])
            }
            Recipe::Listing(group, number) => self.listing(path, *group, *number),
            Recipe::Archive => {
                let page = titled("archive", "archive");
                self.html(path, "archive.html", page, Some(("years", maker.years())), &[])
            }
            Recipe::ArchiveYear(year) => {
                let title = maker.words("archive_year", &[("y", &year.to_string())]);
                let mut page = maker.page(&address, "archive", title);
                page.crumbs = vec![maker.archive_crumb()];
                let view = ("year", maker.year(*year, true));
                self.html(path, "archive_year.html", page, Some(view), &[])
            }
            Recipe::NotFound => {
                // It is shown at any address, so it has none of its own.
                let page = PageView { canonical: None, ..titled("not_found", "none") };
                self.html(path, "not_found.html", page, NOTHING, &[])
            }
            Recipe::Redirect(target) => {
                let html = redirect::page(maker, target, self.theme.assets.get("icon.svg"));
                Ok(fill(html.as_bytes(), &[], &self.root(path)))
            }
            Recipe::Feed(focal_point) => {
                let xml = feed::atom(self.site, maker, *focal_point);
                Ok(fill(xml.as_bytes(), &[], &self.absolute_root()))
            }
            Recipe::Sitemap => Ok(fill(
                sitemap::whole(self.site, self.plan).as_bytes(),
                &[],
                &self.absolute_root(),
            )),
            Recipe::SitemapPart(part) => {
                let xml = sitemap::part(self.site, self.plan, *part);
                Ok(fill(xml.as_bytes(), &[], &self.absolute_root()))
            }
            Recipe::Robots => Ok(robots::text(self.site).into_bytes()),
            Recipe::Colours => Ok(colours::css(self.site).into_bytes()),
            Recipe::Search(part) => self.search(path, part),
            Recipe::Asset(name) => {
                return Ok(Content::Shared(&self.theme.assets[name].bytes));
            }
            Recipe::Copy(file) => return Ok(Content::File(&self.site.files[file])),
        };
        page.map(Content::Bytes)
    }

    fn home(&self, address: &Address) -> Result<Vec<u8>, TemplateError> {
        let (view, latest) = self.maker.home(0);
        let items = self.join(&latest);
        let page = self.maker.page(address, "home", self.maker.word("home"));
        self.html("index.html", "home.html", page, Some(("home", view)), &[&items])
    }

    fn story(&self, path: &str, id: StoryId) -> Result<Vec<u8>, TemplateError> {
        let body = self.body(Owner::Story(id));
        let (view, related) = self.maker.story(id, 0, 1);
        let slots = [body.as_bytes(), &self.join(&related)];
        self.html(path, "story.html", self.maker.story_page(id), Some(("story", view)), &slots)
    }

    fn listing(&self, path: &str, group: Group, number: usize) -> Result<Vec<u8>, TemplateError> {
        let maker = &self.maker;
        let stories = plan::group_stories(self.site, group);
        let size = self.site.settings.page_size;
        let shown = &stories[((number - 1) * size).min(stories.len())..];
        let items = self.join(&shown[..size.min(shown.len())]);
        let first = plan::group_address(self.site, group);
        let list = maker.list(&first, stories.len(), number, 0);
        let page = self.numbered(maker.group_page(group, &Address::of_file(path)), number);
        let mut context = Context::new();
        context.insert("list", &list);
        let template = match group {
            Group::FocalPoint(id) => {
                context.insert("focal_point", &maker.focal_point(id));
                "focal_point.html"
            }
            Group::Branch(index) => {
                context.insert("branch", &maker.branch(index, number));
                "branch.html"
            }
            Group::Member(id) => {
                context.insert("member", &maker.member(id, number));
                "member.html"
            }
            Group::Unit(id) => {
                context.insert("unit", &maker.unit(id, number));
                "unit.html"
            }
            Group::Carrier(id) => {
                context.insert("carrier", &maker.carrier(id));
                "carrier.html"
            }
            Group::Region(id) => {
                context.insert("region", &maker.region(id));
                "region.html"
            }
            Group::News => "news.html",
        };
        self.finish(path, template, &page, context, &[&items])
    }

    /// Names the page of a listing in its title.
    fn numbered(&self, mut page: PageView<'a>, number: usize) -> PageView<'a> {
        page.number = number;
        if number > 1 {
            let suffix = self.maker.words("page_number", &[("n", &number.to_string())]);
            page.title = Cow::Owned(format!("{} · {suffix}", page.title));
        }
        page
    }

    fn html<V: Serialize>(
        &self,
        path: &str,
        template: &str,
        page: PageView<'a>,
        view: Option<(&'static str, V)>,
        slots: &[&[u8]],
    ) -> Result<Vec<u8>, TemplateError> {
        let mut context = Context::new();
        if let Some((name, view)) = view {
            context.insert(name, &view);
        }
        self.finish(path, template, &page, context, slots)
    }

    fn finish(
        &self,
        path: &str,
        template: &str,
        page: &PageView<'_>,
        mut context: Context,
        slots: &[&[u8]],
    ) -> Result<Vec<u8>, TemplateError> {
        context.insert("page", page);
        let html = self.theme.render(template, &context)?;
        Ok(fill(&html, slots, &self.root(path)))
    }

    fn join(&self, stories: &[StoryId]) -> Vec<u8> {
        let items: Vec<&[u8]> = stories.iter().map(|id| &*self.items[id.index()]).collect();
        items.concat()
    }

    fn search(&self, path: &str, part: &search::Part) -> Result<Vec<u8>, TemplateError> {
        Ok(match part {
            search::Part::Page => {
                let address = Address::of_file(path);
                let page = self.maker.page(&address, "search", self.maker.word("search"));
                return self.html(path, "search.html", page, NOTHING, &[]);
            }
            search::Part::Script => search::script(self.links).into_bytes(),
            search::Part::Field => search::field().into(),
            search::Part::PageScript => search::page_script(self.links).into_bytes(),
            // Both are planned only where there is an index.
            search::Part::Story(id) => {
                self.search.map(|index| index.story(self.site, *id, self.links)).unwrap_or_default()
            }
            search::Part::File(name) => {
                self.search.map(|index| index.file(name, self.links)).unwrap_or_default()
            }
        })
    }

    fn body(&self, owner: Owner) -> String {
        body(&self.maker, self.plan, owner)
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

/// A story's or page's body as HTML, its links led to their addresses.
pub fn body(maker: &Maker<'_>, plan: &Plan, owner: Owner) -> String {
    let site = maker.site();
    let document = site.document(owner);
    let words = Words { notes: maker.word("notes"), back_to_text: maker.word("back_to_text") };
    to_html(document.markdown(), &words, &|dest: &str, kind: LinkKind| match resolve(
        site, document, dest, kind,
    ) {
        Ok(Target::Elsewhere(url)) => Resolved::Elsewhere(url),
        Ok(Target::Anchor(anchor)) => {
            let anchor = encode_fragment(&anchor);
            Resolved::Here(format!("#{anchor}"))
        }
        Ok(target) => match plan::target_address(site, plan, owner, &target) {
            Some((address, rest)) => Resolved::Here(format!("{}{rest}", maker.url(&address))),
            None => Resolved::Nothing,
        },
        Err(_) => Resolved::Nothing,
    })
}

const NOTHING: Option<(&str, ())> = None;
