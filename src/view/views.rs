//! Makes views: the model on one side, the templates' contract on the other.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use xxhash_rust::xxh3::xxh3_64;

use super::node::Node;
use super::{
    AnswerView, DateView, FeedbackView, FocalPointTag, FocalPointView, FrameView, KindView,
    NamedLink, PageView, QrView, SignView, SiteView, StoryListView, Untyped,
};
use crate::base::lang::Lang;
use crate::base::slot::{ROOT, slot};
use crate::model::entity::{Entity, EntityId, IndexPages, KindId, Menu};
use crate::model::kinds::{FOCAL_POINTS, UNITS};
use crate::model::link::Owner;
use crate::model::{PageId, Site, StoryId, honours};
use crate::parse::Document;
use crate::parse::markdown::{Callouts, Words};
use crate::plan::{asset_address, coverage_address, honours_address};
use crate::schema::open;
use crate::theme::shape::Assets;
use crate::theme::{Asset, Strings, Theme, sheets};
use crate::value::address::Address;
use crate::value::initial;
use crate::value::kind::Kind;
use crate::value::moment::Moment;
use crate::value::qr::{self, Qr};

/// The slots of every page; a page's own come after.
pub const MASTHEAD: usize = 0;
/// See [`MASTHEAD`].
pub const FOOTER: usize = 1;
/// The first slot of a page's own.
pub const OWN: usize = 2;

/// The views of a site, each made when it is asked for.
pub struct Views<'a> {
    pub(super) site: &'a Site,
    pub(super) strings: &'a Strings,
    /// What belongs to each entity: units below a unit, its members, its page as a branch.
    belonging: HashMap<EntityId, Vec<EntityId>>,
    /// The stories of each unit and of those below it, by unit, once somebody has asked.
    of_trees: OnceLock<Vec<Vec<StoryId>>>,
    /// Who publishes the site, which every story tells machines, once somebody has asked.
    pub(super) publisher: OnceLock<Node>,
}

impl<'a> Views<'a> {
    /// The views of `site` in the words of `strings`.
    pub fn new(site: &'a Site, strings: &'a Strings) -> Self {
        let mut belonging: HashMap<EntityId, Vec<EntityId>> = HashMap::new();
        for id in KindId::all().flat_map(|kind| site.ids(kind)) {
            for above in site.entity(id).all_above() {
                belonging.entry(above).or_default().push(id);
            }
        }
        Self { site, strings, belonging, of_trees: OnceLock::new(), publisher: OnceLock::new() }
    }

    /// The stories of a unit and of those below it, the newest first.
    pub(super) fn of_tree(&self, unit: EntityId) -> &[StoryId] {
        let all = self.of_trees.get_or_init(|| {
            let units = self.site.all(UNITS);
            let mut all: Vec<Vec<StoryId>> = vec![Vec::new(); units.len()];
            for id in self.site.ids(UNITS) {
                let mut above = Some(id);
                // There is no circle: the list of units has none.
                while let Some(at) = above {
                    all[at.index()].extend_from_slice(&self.site.entity(id).stories);
                    above = self.site.entity(at).belongs_to;
                }
            }
            for stories in &mut all {
                stories.sort_unstable();
                stories.dedup();
            }
            all
        });
        &all[unit.index()]
    }

    /// The entities of a kind that belong to another, in their order.
    pub(super) fn belonging(
        &self,
        to: EntityId,
        kind: KindId,
    ) -> impl DoubleEndedIterator<Item = EntityId> {
        let all = self.belonging.get(&to).map_or(&[][..], Vec::as_slice);
        all.iter().copied().filter(move |id| id.kind == kind)
    }

    /// The site itself.
    pub fn site(&self) -> &'a Site {
        self.site
    }

    /// `site`, for every template, with what outputs tell of themselves.
    pub fn site_view(
        &self,
        theme: &'a Theme,
        outputs: BTreeMap<&'static str, serde_json::Value>,
    ) -> SiteView<'a> {
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
            police: self.police(),
            police_emblem: settings
                .police_emblem
                .as_deref()
                .and_then(|given| self.frame_picture(given, "")),
            gov: self.gov(),
            logo: settings.logo.as_deref().and_then(|given| self.frame_picture(given, "")),
            banner: self.banner(),
            menu: self.menu(),
            sections: self.sections(),
            friends: self.friends(),
            statistics: self.statistics(),
            policy: None,
            direction: direction(&settings.language),
            notice: settings.notice.as_deref(),
            root: ROOT.to_string(),
            focal_points: site.ids(FOCAL_POINTS).map(|id| self.focal_point_tag(id)).collect(),
            // Pages need not look through all focal points for them.
            signs: site
                .ids(FOCAL_POINTS)
                .filter_map(|id| self.focal_point_tag(id).sign.icon)
                .collect(),
            kinds: self.kinds(),
            lists: self.lists(),
            pages: (0..site.pages.len() as u32)
                .map(|i| self.link_owner(Owner::Page(PageId(i))))
                .collect(),
            feedback: self.feedback(),
            corrections: site.has_corrections().then(|| self.url(&Address::page(&["corrections"]))),
            assets: Assets(assets.collect()),
            outputs,
            theme_css: self.asset(theme, sheets::CUSTOM),
            theme_print_css: self.asset(theme, sheets::PRINT),
            options: self.options(),
            extra: self.site.settings.extra.as_ref().map(Untyped),
            honours: (!honours::is_empty(site)).then(|| self.url(&honours_address())),
            coverage: settings.coverage.then(|| self.url(&coverage_address())),
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
        let title = title.into();
        let (image, image_size) = self.mark();
        PageView {
            description: Some(self.description_of(section, &title)),
            here: title.clone(),
            title,
            kind: Cow::Borrowed(""),
            url: self.url(address),
            canonical: self.absolute(address),
            image,
            image_size,
            image_square: None,
            section,
            crumbs: Vec::new(),
            feed: self.url(&Address::file("feed.xml")),
            number: 1,
            masthead: slot(MASTHEAD),
            footer: slot(FOOTER),
        }
    }

    /// What a page of a section is about: the theme's sentence about the section, else the site's
    /// own.
    pub(super) fn description_of(&self, section: &str, title: &str) -> Cow<'a, str> {
        let settings = &self.site.settings;
        let key = section.replace('-', "_");
        let intro = match section {
            "home" | "page" => None,
            "none" => self.strings.find("not_found_text"),
            "search" => self.strings.find("search_intro"),
            _ => self.strings.find(&format!("{key}_intro")),
        };
        let of_site = || {
            let given = settings.description.as_deref().or(settings.subtitle.as_deref());
            given.unwrap_or(&settings.title)
        };
        match intro {
            // The index of the section says it all; a part of it says which.
            Some(intro) if self.strings.find(&key) == Some(title) || section == "none" => {
                intro.into()
            }
            Some(intro) => {
                self.words("titled_description", &[("title", title), ("text", intro)]).into()
            }
            None => of_site().into(),
        }
    }

    /// What the head and foot of a page are made from.
    pub fn frame(&self, page: &PageView<'_>) -> FrameView {
        let url = if page.section == "page" { page.url.clone() } else { String::new() };
        FrameView { section: page.section, feed: page.feed.clone(), url }
    }

    fn feedback(&self) -> Option<FeedbackView<'a>> {
        let given = self.site.settings.feedback.as_ref()?;
        Some(FeedbackView {
            url: self.url(&Address::page(&["feedback"])),
            email: given.email.as_deref(),
            phone: given.phone.first().map(|phone| phone.as_str()),
            phones: given.phone.iter().map(|phone| phone.as_str()).collect(),
            form: given.form.as_deref(),
            form_code: given.form.as_deref().and_then(qr_code),
            address: given.address.as_deref(),
            hours: given.hours.as_deref(),
        })
    }

    /// How a reader answers a story.
    pub fn answer(&self, id: StoryId) -> Option<AnswerView> {
        let given = self.site.settings.feedback.as_ref()?;
        let title = self.site.story(id).title();
        let absolute = given.email.as_ref().and(self.absolute(&self.site.story_address(id)));
        let part = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let mailto = given.email.as_deref().map(|email| {
            let subject = part(&self.words("feedback_on", &[("title", title)]));
            let body =
                absolute.as_deref().map_or(String::new(), |at| format!("&body={}", part(at)));
            format!("mailto:{email}?subject={subject}{body}")
        });
        Some(AnswerView { mailto })
    }

    /// The absolute address of a story as a QR code.
    pub fn story_code(&self, id: StoryId) -> Option<QrView> {
        qr_code(&self.absolute(&self.site.story_address(id))?)
    }

    /// The word of the theme for a key.
    pub fn word(&self, key: &'static str) -> &'a str {
        self.strings.get(key)
    }

    /// The words of the theme that stand in bodies.
    pub fn body_words(&self) -> Words<'a> {
        Words {
            notes: self.word("notes"),
            back_to_text: self.word("back_to_text"),
            captions: self.word("captions"),
            checked: self.word("checked"),
            unchecked: self.word("unchecked"),
            callouts: Callouts {
                note: self.word("callout_note"),
                tip: self.word("callout_tip"),
                important: self.word("callout_important"),
                warning: self.word("callout_warning"),
                caution: self.word("callout_caution"),
            },
        }
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

    /// The address of a file that has these bytes, which changes when they do.
    pub fn url_of_bytes(&self, address: &Address, bytes: &[u8]) -> String {
        format!("{}?v={:08x}", self.url(address), xxh3_64(bytes) as u32)
    }

    fn asset(&self, theme: &Theme, name: &str) -> Option<String> {
        theme.assets.get(name).map(|asset| self.asset_url(name, asset))
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
        Some([base.as_str(), &address.encoded()].concat())
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
        let document = self.site.document(owner);
        self.link(self.title(document), &self.site.address_of(owner))
    }

    /// The words for a key of a story or page that has still to be filled in; `None` if it need
    /// not, or if this is no preview.
    pub(super) fn gap(&self, document: &Document, key: &str) -> Option<&'static str> {
        if !self.site.edition.preview {
            return None;
        }
        let is_page = document.is_page();
        let is_open = document.front.open(is_page).any(|field| field.name == key);
        is_open.then(|| open::marked(key, self.lang()))
    }

    /// The language of the words that are not the theme's.
    fn lang(&self) -> Lang {
        match self.language().starts_with("zh") {
            true => Lang::Zh,
            false => Lang::En,
        }
    }

    /// The title of a story or page, or the gap in its place.
    pub(super) fn title(&self, document: &'a Document) -> &'a str {
        self.gap(document, "title").unwrap_or_else(|| document.title())
    }

    pub(super) fn link_story(&self, id: StoryId) -> NamedLink<'a> {
        self.link_owner(Owner::Story(id))
    }

    /// The name and address of an entity.
    pub(super) fn link_entity(&self, id: EntityId) -> NamedLink<'a> {
        self.link(&self.site.entity(id).name, &self.site.entity_address(id))
    }

    /// The kinds of which there are entities, in the order of menus.
    fn kinds(&self) -> Vec<KindView<'a>> {
        let is_there = |kind: &KindId| {
            !self.site.all(*kind).is_empty() && kind.kind().index != IndexPages::None
        };
        let there = KindId::all().filter(is_there);
        there.map(|kind| self.kind(kind)).collect()
    }

    fn lists(&self) -> Vec<StoryListView<'a>> {
        let has = |kind: &Kind| *kind == Kind::News || !self.site.listed[*kind as usize].is_empty();
        let listed = Kind::ALL.into_iter().filter(|kind| kind.is_listed()).filter(has);
        let list = |kind: Kind| StoryListView {
            kind: kind.word(),
            name: self.word(kind.section()),
            url: self.url(&Address::page(&[kind.section()])),
            section: kind.section(),
        };
        listed.map(list).collect()
    }

    /// A kind of entities.
    pub fn kind(&self, kind: KindId) -> KindView<'a> {
        let kind = kind.kind();
        KindView {
            one: kind.one,
            many: kind.many,
            name: self.word(kind.many),
            intro: self.strings.find(&format!("{}_intro", kind.many)),
            url: self.url(&kind.address()),
            section: kind.folder,
            is_main: kind.menu == Menu::Main,
            is_facet: kind.facet,
        }
    }

    /// A date.
    pub fn date(&self, at: Moment) -> DateView {
        let iso = at.date();
        let (mm, dd) = (&iso[5..7], &iso[8..]);
        let [year, month, day] = [&iso[..4], mm, dd].map(|digits| digits.trim_start_matches('0'));
        let weekday = at.calendar_day().weekday().number_from_monday();
        let values = [
            ("y", year),
            ("m", month),
            ("d", day),
            ("mm", mm),
            ("dd", dd),
            ("weekday", self.word(WEEKDAYS[usize::from(weekday - 1)])),
        ];
        DateView {
            text: self.words("date", &values),
            datetime: at.datetime(),
            short: self.words("date_short", &values),
            year: at.year(),
            month: at.month(),
            day: day.parse().unwrap_or_default(),
            mm: mm.to_string(),
            dd: dd.to_string(),
            weekday,
            iso,
            clock: at.clock(),
        }
    }

    /// A focal point.
    pub fn focal_point(&self, id: EntityId) -> FocalPointView<'a> {
        let point = self.site.entity(id);
        FocalPointView {
            name: &point.name,
            short_name: point.short_name(),
            slug: &point.slug,
            url: self.url(&self.site.entity_address(id)),
            description: point.description.as_deref().unwrap_or_default(),
            colour: point.text("colour"),
            number: id.index() + 1,
            sign: sign(point),
            count: point.stories.len(),
            extra: point.extra.as_ref().map(Untyped),
        }
    }

    pub(super) fn focal_point_tag(&self, id: EntityId) -> FocalPointTag<'a> {
        let point = self.site.entity(id);
        FocalPointTag {
            name: &point.name,
            short_name: point.short_name(),
            slug: &point.slug,
            url: self.url(&self.site.entity_address(id)),
            colour: point.text("colour"),
            number: id.index() + 1,
            sign: sign(point),
        }
    }
}

/// The theme's words for the days of the week, from Monday on.
const WEEKDAYS: [&str; 7] =
    ["weekday_1", "weekday_2", "weekday_3", "weekday_4", "weekday_5", "weekday_6", "weekday_7"];

/// The focal points of which the theme has a drawing, by slug: the six that are built in.
const DRAWN: [&str; 6] = ["center", "carrier", "practice", "masses", "coordination", "livelihood"];

/// The sign of what is no focal point.
pub(super) fn sign_of_none() -> SignView<'static> {
    SignView { icon: None, mark: "" }
}

fn sign(point: &Entity) -> SignView<'_> {
    SignView {
        icon: DRAWN.into_iter().find(|slug| *slug == point.slug),
        mark: initial::letter(point.short_name()),
    }
}

/// How a language is written.
fn direction(language: &str) -> &'static str {
    let mut parts = language.split('-');
    let first = parts.next().unwrap_or_default().to_lowercase();
    let is_rtl = match &*first {
        "ar" | "ug" | "fa" | "he" | "ur" | "ps" | "sd" | "yi" => {
            !parts.any(|script| matches!(&*script.to_lowercase(), "latn" | "cyrl"))
        }
        _ => parts.any(|script| script.eq_ignore_ascii_case("arab")),
    };
    if is_rtl { "rtl" } else { "ltr" }
}

fn qr_code(text: &str) -> Option<QrView> {
    qr::code(text).map(|Qr { size, path }| QrView { size, path })
}
