//! The maker of views: the model on one side, the templates' contract on the other.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::{
    DateView, FocalPointTag, FocalPointView, FrameView, NamedLink, PageView, Plain, SearchView,
    SiteView,
};
use crate::model::address::Address;
use crate::model::link::Owner;
use crate::model::moment::Moment;
use crate::model::{FocalPointId, PageId, PersonId, Site, StoryId, UnitId};
use crate::output::{colours, search};
use crate::plan::{COLOURS, asset_address, has_colours};
use crate::render::Links;
use crate::slot::{ROOT, slot};
use crate::theme::{Asset, Strings, Theme};

/// The slots of every page; a page's own come behind.
pub const MASTHEAD: usize = 0;
/// See [`MASTHEAD`].
pub const FOOTER: usize = 1;
/// The first slot of a page's own.
pub const OWN: usize = 2;

/// Makes the views of a site.
pub struct Maker<'a> {
    pub(super) site: &'a Site,
    pub(super) strings: &'a Strings,
    /// The exemplary members of each unit, by surname.
    pub(super) people_of: HashMap<UnitId, Vec<PersonId>>,
    /// The units directly below each unit.
    pub(super) below: HashMap<Option<UnitId>, Vec<UnitId>>,
    /// The place in [`Site::branches`] of each unit that is a model branch.
    pub(super) branch_of: HashMap<UnitId, u32>,
}

impl<'a> Maker<'a> {
    /// A maker for `site` in the words of `strings`.
    pub fn new(site: &'a Site, strings: &'a Strings) -> Self {
        let mut people_of: HashMap<UnitId, Vec<PersonId>> = HashMap::new();
        for (i, person) in site.people.iter().enumerate() {
            people_of.entry(person.unit).or_default().push(PersonId(i as u32));
        }
        let mut below: HashMap<Option<UnitId>, Vec<UnitId>> = HashMap::new();
        for (i, unit) in site.units.iter().enumerate() {
            below.entry(unit.parent).or_default().push(UnitId(i as u32));
        }
        let branch_of =
            site.branches.iter().enumerate().map(|(i, branch)| (branch.unit, i as u32)).collect();
        Self { site, strings, people_of, below, branch_of }
    }

    /// The site itself.
    pub fn site(&self) -> &'a Site {
        self.site
    }

    /// `site`, for every template.
    pub fn site_view(&self, theme: &'a Theme, links: Links) -> SiteView<'a> {
        let site = self.site;
        let settings = &site.settings;
        let assets =
            theme.assets.iter().map(|(name, asset)| (name.clone(), self.asset_url(name, asset)));
        SiteView {
            title: &settings.title,
            subtitle: settings.subtitle.as_deref(),
            description: settings.description.as_deref(),
            language: &settings.language,
            organisation: settings.organisation.as_deref(),
            contact: settings.contact.as_deref(),
            copyright: settings.copyright.as_deref(),
            icp: settings.icp.as_deref(),
            notice: settings.notice.as_deref(),
            root: ROOT.to_string(),
            focal_points: self.focal_points(),
            pages: (0..site.pages.len() as u32)
                .map(|i| self.link_owner(Owner::Page(PageId(i))))
                .collect(),
            assets: assets.collect::<BTreeMap<_, _>>(),
            colours: has_colours(site).then(|| {
                let version = xxhash_rust::xxh3::xxh3_64(colours::css(site).as_bytes()) as u32;
                format!("{}?v={version:08x}", self.url(&asset_address(COLOURS)))
            }),
            search: settings.search.then(|| SearchView {
                url: self.url(&Address::page(&["search"])),
                engine: search::versioned("search.js", search::script(links)),
                script: search::versioned("page.js", search::page_script(links)),
                field: search::versioned("field.js", search::field()),
                is_module: links == Links::FromRoot,
            }),
            options: Plain(&theme.options),
            generator: concat!("xianfeng ", env!("CARGO_PKG_VERSION")).to_string(),
        }
    }

    /// `page`, for the page at `address`.
    pub fn page(
        &self,
        address: &Address,
        section: &'static str,
        title: impl Into<Cow<'a, str>>,
    ) -> PageView<'a> {
        PageView {
            title: title.into(),
            description: self.site.settings.description.as_deref(),
            url: self.url(address),
            canonical: self.absolute(address),
            image: None,
            section,
            crumbs: Vec::new(),
            feed: self.url(&Address::file("feed.xml")),
            number: 1,
            masthead: slot(MASTHEAD),
            footer: slot(FOOTER),
        }
    }

    /// What the head and foot of a page are made from.
    pub fn frame(&self, page: &PageView<'_>) -> FrameView {
        let url = if page.section == "page" { page.url.clone() } else { String::new() };
        FrameView { section: page.section, feed: page.feed.clone(), url }
    }

    /// The word of the theme for a key.
    pub fn word(&self, key: &'static str) -> &'a str {
        self.strings.get(key)
    }

    /// A theme's text with values filled in.
    pub fn words(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.strings.fill(key, values)
    }

    /// The language of the site, for `lang`.
    pub fn language(&self) -> &'a str {
        &self.site.settings.language
    }

    /// The address of an asset of the theme, which changes when the asset does.
    pub fn asset_url(&self, name: &str, asset: &Asset) -> String {
        format!("{}?v={}", self.url(&asset_address(name)), asset.version)
    }

    /// An address for `href` and `src`.
    pub fn url(&self, address: &Address) -> String {
        let address = address.encoded();
        let mut url = String::with_capacity(ROOT.len_utf8() + address.len());
        url.push(ROOT);
        url.push_str(&address);
        url
    }

    /// An absolute address, where the site has a `base_url`.
    pub fn absolute(&self, address: &Address) -> Option<String> {
        let base = self.site.settings.base_url.as_ref()?;
        Some(format!("{}{}", base.as_str(), address.encoded()))
    }

    pub(super) fn link(&self, name: &'a str, address: &Address) -> NamedLink<'a> {
        NamedLink { name: name.into(), url: self.url(address) }
    }

    /// A way from the home page: one of the fixed pages, by its word and first part.
    pub(super) fn crumb(&self, key: &'static str, folder: &str) -> NamedLink<'a> {
        self.link(self.word(key), &Address::page(&[folder]))
    }

    /// The title and address of a story or page.
    pub(super) fn link_owner(&self, owner: Owner) -> NamedLink<'a> {
        self.link(&self.site.document(owner).front.title, &self.site.address_of(owner))
    }

    pub(super) fn link_story(&self, id: StoryId) -> NamedLink<'a> {
        self.link_owner(Owner::Story(id))
    }

    pub(super) fn link_unit(&self, id: UnitId) -> NamedLink<'a> {
        let unit = &self.site.units[id.index()];
        self.link(&unit.name, &unit.address())
    }

    /// A date.
    pub fn date(&self, at: Moment) -> DateView {
        let iso = at.date();
        let [year, month, day] =
            [&iso[..4], &iso[5..7], &iso[8..]].map(|digits| digits.trim_start_matches('0'));
        DateView {
            text: self.words("date", &[("y", year), ("m", month), ("d", day)]),
            datetime: at.datetime(),
            short: iso[5..].to_string(),
            iso,
            clock: at.clock(),
        }
    }

    /// All focal points, in their order.
    fn focal_points(&self) -> Vec<FocalPointTag<'a>> {
        (0..self.site.focal_points.len() as u32)
            .map(|i| self.focal_point_tag(FocalPointId(i)))
            .collect()
    }

    /// A focal point.
    pub fn focal_point(&self, id: FocalPointId) -> FocalPointView<'a> {
        let point = &self.site.focal_points[id.index()];
        FocalPointView {
            name: &point.name,
            short_name: &point.short_name,
            slug: &point.slug,
            url: self.url(&point.address()),
            description: &point.description,
            colour: point.colour.as_deref(),
            number: id.index() + 1,
            count: point.stories.len(),
        }
    }

    pub(super) fn focal_point_tag(&self, id: FocalPointId) -> FocalPointTag<'a> {
        let point = &self.site.focal_points[id.index()];
        FocalPointTag {
            name: &point.name,
            short_name: &point.short_name,
            url: self.url(&point.address()),
            colour: point.colour.as_deref(),
            number: id.index() + 1,
        }
    }
}
