//! Views of what stands around every page: the menu, friends, marks, and what a public body must
//! show.

use std::borrow::Cow;

use super::{
    BadgeView, CountedLink, CountedYear, FriendGroup, FriendView, GovView, MenuItem, NamedLink,
    PictureView, SiteMap, Views,
};
use crate::model::entity::{KindId, Menu};
use crate::model::kinds::{FOCAL_POINTS, MEMBERS, SERIES};
use crate::model::menu::{MenuTarget, resolve};
use crate::plan::{accessibility_address, honours_address, sitemap_address};
use crate::schema::frame::{Badge, police_digits};
use crate::value::address::Address;
use crate::value::kind::Kind;

/// Where anybody looks up a public security number.
const POLICE: &str = "https://beian.mps.gov.cn/#/query/webSearch?code=";

/// Where anybody reports mistakes on the site of a public body.
const REPORT: &str = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=";

impl<'a> Views<'a> {
    /// A picture of `content/static` that a setting names.
    pub(super) fn frame_picture(&self, given: &str, alt: &'a str) -> Option<PictureView<'a>> {
        let file = self.site.portrait_file(given)?;
        Some(self.picture_view(&self.site.static_address(file), file, alt))
    }

    pub(super) fn banner(&self) -> Option<PictureView<'a>> {
        let banner = self.site.settings.banner.as_ref()?;
        self.frame_picture(&banner.picture, banner.alt.as_deref().unwrap_or_default())
    }

    pub(super) fn police(&self) -> Option<NamedLink<'a>> {
        let name = self.site.settings.police.as_deref()?;
        let url = format!("{POLICE}{}", police_digits(name)?);
        Some(NamedLink { name: name.into(), url })
    }

    pub(super) fn gov(&self) -> Option<GovView<'a>> {
        let settings = &self.site.settings;
        settings.profile?;
        let given = settings.gov.as_ref();
        let site_code = given.and_then(|gov| gov.site_code.as_deref());
        Some(GovView {
            site_code,
            address: given.and_then(|gov| gov.address.as_deref()),
            phones: given.iter().flat_map(|gov| &gov.phone).map(|phone| phone.as_str()).collect(),
            institution_mark: given
                .and_then(|gov| gov.institution_mark.as_ref())
                .map(|badge| self.badge(badge, self.word("institution_mark"), None)),
            error_report: given.and_then(|gov| gov.error_report.as_ref()).map(|badge| {
                let report = site_code.map(|code| format!("{REPORT}{code}"));
                self.badge(badge, self.word("error_report"), report)
            }),
            sitemap: self.url(&sitemap_address()),
            accessibility: self.url(&accessibility_address()),
        })
    }

    fn badge(&self, badge: &'a Badge, alt: &'a str, otherwise: Option<String>) -> BadgeView<'a> {
        BadgeView {
            picture: badge.picture().and_then(|given| self.frame_picture(given, alt)),
            url: badge.link().map(str::to_string).or(otherwise),
        }
    }

    pub(super) fn friends(&self) -> Vec<FriendGroup<'a>> {
        let mut groups: Vec<FriendGroup<'a>> = Vec::new();
        for friend in &self.site.settings.friends {
            let name = friend.group.as_deref();
            let view = FriendView {
                name: &friend.name,
                url: &friend.to,
                logo: friend
                    .logo
                    .as_deref()
                    .and_then(|given| self.frame_picture(given, &friend.name)),
            };
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.friends.push(view),
                None => groups.push(FriendGroup { name, friends: vec![view] }),
            }
        }
        // Below a name they would belong to that group.
        groups.sort_by_key(|group| group.name.is_some());
        groups
    }

    /// The address of the script that counts visits.
    pub(super) fn statistics(&self) -> Option<String> {
        let given = self.site.settings.statistics.as_ref()?;
        match given.file() {
            Some(file) => {
                let file = self.site.portrait_file(file)?;
                Some(self.url(&self.site.static_address(file)))
            }
            None => Some(given.script.clone()),
        }
    }

    /// From where pages may load scripts.
    pub fn policy(&self) -> String {
        let host = self.site.settings.statistics.as_ref().and_then(|given| given.host());
        let host = host.map_or(String::new(), |host| format!(" https://{host}"));
        format!("script-src 'self'{host}; object-src 'none'; base-uri 'self'")
    }

    /// The menu that the settings give; else all sections.
    pub(super) fn menu(&self) -> Vec<MenuItem<'a>> {
        self.own_menu().unwrap_or_else(|| {
            let mut items = self.default_items();
            items.retain(|(target, _)| !self.is_hidden(target));
            let in_menu =
                |target: &MenuTarget| !matches!(target, MenuTarget::Section("coverage" | "search"));
            items.retain(|(target, _)| in_menu(target));
            items.into_iter().map(|(_, item)| item).collect()
        })
    }

    /// The sections for the foot of pages.
    pub(super) fn sections(&self) -> Vec<MenuItem<'a>> {
        let search = (MenuTarget::Section("search"), false);
        let search = self.item_of(&search.0, search.1).filter(|_| self.site.settings.search);
        match self.own_menu() {
            Some(mut own) => {
                let is_there = |item: &MenuItem<'_>| own.iter().any(|known| known.url == item.url);
                let search = search.filter(|item| !is_there(item));
                own.extend(search);
                own
            }
            None => {
                let mut items = self.default_items();
                items.retain(|(target, _)| !self.is_hidden(target));
                // What holds everything comes last.
                let is_last = |(target, _): &(MenuTarget, _)| {
                    matches!(target, MenuTarget::Section("archive" | "search"))
                };
                items.sort_by_key(is_last);
                items.into_iter().map(|(_, item)| item).collect()
            }
        }
    }

    /// The map of the site: what it has, but for single units, people and stories, which their indices list.
    pub fn site_map(&self) -> SiteMap<'a> {
        let site = self.site;
        let mut sections = self.sections();
        for (target, item) in self.default_items() {
            let is_shown = sections.iter().any(|known| known.url == item.url);
            if !is_shown && !self.is_hidden(&target) {
                sections.push(item);
            }
        }
        let series = site.ids(SERIES).map(|id| CountedLink {
            name: &site.entity(id).name,
            url: self.url(&site.entity_address(id)),
            count: site.entity(id).stories.len(),
        });
        let years = self.years().into_iter();
        SiteMap {
            sections,
            focal_points: site.ids(FOCAL_POINTS).map(|id| self.focal_point(id)).collect(),
            series: series.collect(),
            years: years
                .map(|of| CountedYear { year: of.year, url: of.url, count: of.count })
                .collect(),
        }
    }

    fn own_menu(&self) -> Option<Vec<MenuItem<'a>>> {
        let entries = &self.site.settings.menu;
        let shown = entries.iter().filter(|entry| !entry.hidden);
        let items = shown.filter_map(|entry| {
            let target = resolve(self.site, &entry.to).ok()?;
            let mut item = self.item_of(&target, true).filter(|_| target.is_there(self.site))?;
            if let Some(name) = &entry.name {
                item.name = Cow::Borrowed(name);
            }
            Some(item)
        });
        let items: Vec<_> = items.collect();
        entries.iter().any(|entry| !entry.hidden).then_some(items)
    }

    fn is_hidden(&self, target: &MenuTarget) -> bool {
        let hidden = self.site.settings.menu.iter().filter(|entry| entry.hidden);
        hidden.into_iter().any(|entry| resolve(self.site, &entry.to).as_ref() == Ok(target))
    }

    /// Everything that a menu without settings may show, in its order.
    fn default_items(&self) -> Vec<(MenuTarget, MenuItem<'a>)> {
        let kinds = |menu: Menu| {
            let of = move |kind: &KindId| {
                kind.kind().menu == menu
                    && kind.kind().index != crate::model::entity::IndexPages::None
            };
            KindId::all().filter(of).map(MenuTarget::Kind)
        };
        let lists = Kind::ALL.into_iter().filter(|kind| kind.is_listed()).map(MenuTarget::List);
        let section = |name: &'static str| std::iter::once(MenuTarget::Section(name));
        let main = section("home").chain(kinds(Menu::Main)).chain(lists).chain(section("archive"));
        let more = kinds(Menu::More)
            .chain(["calendar", "honours", "coverage", "search"].map(MenuTarget::Section));
        let all = main.map(|target| (target, true)).chain(more.map(|target| (target, false)));
        let there = all.filter(|(target, _)| target.is_there(self.site));
        there
            .filter_map(|(target, is_main)| {
                let item = self.item_of(&target, is_main)?;
                Some((target, item))
            })
            .collect()
    }

    /// The entry of the menu that leads to a target, in its own words.
    pub(super) fn item_of(&self, target: &MenuTarget, is_main: bool) -> Option<MenuItem<'a>> {
        let item = |name: Cow<'a, str>, url: String, section: &'static str| MenuItem {
            name,
            url,
            section,
            is_main,
            is_foreign: false,
        };
        let named = |key: &'static str, address: Address, section: &'static str| {
            item(self.word(key).into(), self.url(&address), section)
        };
        Some(match target {
            MenuTarget::Section("home") => named("home", Address::home(), "home"),
            MenuTarget::Section("honours") => named("honour_roll", honours_address(), "honours"),
            MenuTarget::Section(section) => named(section, Address::page(&[section]), section),
            MenuTarget::Kind(kind) => {
                let kind = kind.kind();
                named(kind.many, kind.address(), kind.folder)
            }
            MenuTarget::List(kind) => {
                named(kind.section(), Address::page(&[kind.section()]), kind.section())
            }
            MenuTarget::Owner(owner) => {
                let NamedLink { name, url } = self.link_owner(*owner);
                item(name, url, "")
            }
            MenuTarget::Address(address) => {
                let name =
                    self.name_of(address).unwrap_or_else(|| address.as_str().to_string().into());
                item(name, self.url(address), "")
            }
            MenuTarget::Elsewhere(url) => {
                let host = url.split("://").nth(1).unwrap_or(url).split('/').next();
                MenuItem {
                    is_foreign: true,
                    ..item(host.unwrap_or_default().to_string().into(), url.clone(), "")
                }
            }
            MenuTarget::Waiting(_) => return None,
        })
    }

    /// What is at an address is called, if an entity is.
    fn name_of(&self, address: &Address) -> Option<Cow<'a, str>> {
        let mut parts = address.as_str().trim_end_matches('/').split('/');
        let (folder, slug) = (parts.next()?, parts.next()?);
        let kind = KindId::all().find(|kind| kind.kind().folder == folder)?;
        let id = self.site.ids(kind).find(|id| self.site.entity(*id).slug == slug)?;
        // Namesakes among people are told apart.
        let is_person = kind == MEMBERS;
        Some(if is_person {
            self.site.page_title(id)
        } else {
            self.site.entity(id).name.as_str().into()
        })
    }
}
