//! Views: what templates are given, and all that they are given.
//!
//! A template gets four values: `site`, the same on every page; `t`, the theme's own
//! words; `page`, what every page has; and one named for the template, described at each
//! struct here. An address in a view is ready for `href` and `src`; text is plain text,
//! which the template engine escapes. Fields named `items`, `body` and `related` are already
//! HTML.
//! themes/README.md lists the same for authors of themes.

mod calendar;
mod coverage;
mod entities;
mod frame;
mod head;
pub mod honours;
mod initiatives;
mod listing;
mod months;
mod node;
mod related;
mod stories;
mod tasks;
mod views;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

pub use crate::base::digest::digest;
pub use views::{FOOTER, MASTHEAD, OWN, Views};

pub use crate::yaml::Untyped;

/// `site`: the site as every page shows it. It has nothing that a story changes, or every
/// page would have to be made anew with each story.
#[derive(Debug, Serialize)]
pub struct SiteView<'a> {
    /// Its name.
    pub title: &'a str,
    /// A line below the name.
    pub subtitle: Option<&'a str>,
    /// What it is about.
    pub description: Option<&'a str>,
    /// The language tag for `lang`.
    pub language: &'a str,
    /// Who publishes it.
    pub organisation: Option<&'a str>,
    /// How to reach them.
    pub contact: Option<&'a str>,
    /// The copyright line.
    pub copyright: Option<&'a str>,
    /// The ICP registration number.
    pub icp: Option<&'a str>,
    /// The public security number, and the address that vouches for it.
    pub police: Option<NamedLink<'a>>,
    /// What a public body must show.
    pub gov: Option<GovView<'a>>,
    /// The picture that stands for the site, in place of the theme's.
    pub logo: Option<PictureView<'a>>,
    /// The picture on top of every page.
    pub banner: Option<PictureView<'a>>,
    /// The menu.
    pub menu: Vec<MenuItem<'a>>,
    /// The sections for the foot of pages: the menu's, and what else there is unless the menu is
    /// the site's own.
    pub sections: Vec<MenuItem<'a>>,
    /// Other sites, by group.
    pub friends: Vec<FriendGroup<'a>>,
    /// The address of the script that counts visits.
    pub statistics: Option<String>,
    /// From where pages may load scripts: the value of a Content-Security-Policy. None on a site
    /// that is opened without a server.
    pub policy: Option<String>,
    /// `ltr` or `rtl`: how its language is written.
    pub direction: &'static str,
    /// A notice for every page.
    pub notice: Option<&'a str>,
    /// The address of the home page, before which nothing and after which any address
    /// of the site may stand: `{{ site.root }}feed.xml`.
    pub root: String,
    /// The focal points in their order.
    pub focal_points: Vec<FocalPointTag<'a>>,
    /// The drawn signs that they have, each once: `center`.
    pub signs: Vec<&'static str>,
    /// The kinds of which there are entities, in the order of menus.
    pub kinds: Vec<KindView<'a>>,
    /// The lists of stories of one kind: news, and what else there is.
    pub lists: Vec<StoryListView<'a>>,
    /// Pages of `content/pages`.
    pub pages: Vec<NamedLink<'a>>,
    /// How readers reach those who publish the site.
    pub feedback: Option<FeedbackView<'a>>,
    /// The address of the corrections, if there are any.
    pub corrections: Option<String>,
    /// The addresses of the theme's assets by name, with a version that changes when they do.
    pub assets: BTreeMap<String, String>,
    /// What outputs tell templates, by name: `colours`, `search`.
    #[serde(flatten)]
    pub outputs: BTreeMap<&'static str, serde_json::Value>,
    /// `theme_options` of site.yaml, on top of the theme's defaults.
    pub options: Untyped<'a>,
    /// `extra` of site.yaml.
    pub extra: Option<Untyped<'a>>,
    /// The address of the page of coverage, if there is one.
    pub coverage: Option<String>,
    /// The address of the honour roll, if there is one.
    pub honours: Option<String>,
    /// `xianfeng` and its version.
    pub generator: String,
}

/// How readers reach those who publish the site.
#[derive(Clone, Debug, Serialize)]
pub struct FeedbackView<'a> {
    /// The address of the page about it.
    pub url: String,
    /// An address for mail.
    pub email: Option<&'a str>,
    /// The first telephone.
    pub phone: Option<&'a str>,
    /// All telephones.
    pub phones: Vec<&'a str>,
    /// The address of a form.
    pub form: Option<&'a str>,
    /// The same as a QR code.
    pub form_code: Option<QrView>,
    /// Where to come or write to.
    pub address: Option<&'a str>,
    /// When somebody is there.
    pub hours: Option<&'a str>,
}

/// An entry of the menu.
#[derive(Clone, Debug, Serialize)]
pub struct MenuItem<'a> {
    /// The words.
    pub name: Cow<'a, str>,
    /// Where it leads.
    pub url: String,
    /// `page.section` on its pages; empty if its address tells.
    pub section: &'static str,
    /// Is it among the main entries?
    pub is_main: bool,
    /// Does it lead to another site?
    pub is_foreign: bool,
}

/// Sites that this one links to, of one group.
#[derive(Clone, Debug, Serialize)]
pub struct FriendGroup<'a> {
    /// The group; none if they are of none.
    pub name: Option<&'a str>,
    /// The sites.
    pub friends: Vec<FriendView<'a>>,
}

/// A site that this one links to.
#[derive(Clone, Debug, Serialize)]
pub struct FriendView<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its address.
    pub url: &'a str,
    /// Its picture.
    pub logo: Option<PictureView<'a>>,
}

/// What a public body must show.
#[derive(Clone, Debug, Serialize)]
pub struct GovView<'a> {
    /// The identification code of the site.
    pub site_code: Option<&'a str>,
    /// Where the organisation is.
    pub address: Option<&'a str>,
    /// Its telephones.
    pub phones: Vec<&'a str>,
    /// The mark of the institution.
    pub institution_mark: Option<BadgeView<'a>>,
    /// Where mistakes are reported.
    pub error_report: Option<BadgeView<'a>>,
    /// The address of the map of the site.
    pub sitemap: String,
    /// The address of the statement on accessibility.
    pub accessibility: String,
}

/// A picture that leads somewhere.
#[derive(Clone, Debug, Serialize)]
pub struct BadgeView<'a> {
    /// The picture.
    pub picture: Option<PictureView<'a>>,
    /// Where it leads.
    pub url: Option<String>,
}

/// `head`: what machines are told of a page.
#[derive(Debug, Serialize)]
pub struct HeadView {
    /// The meta tags that public bodies must have.
    pub metas: Vec<MetaView>,
    /// What the page is about, as JSON-LD; text for a `script` of that type.
    pub json_ld: String,
}

/// A meta tag.
#[derive(Debug, Serialize)]
pub struct MetaView {
    /// Its name.
    pub name: &'static str,
    /// Its content, which is never empty.
    pub content: String,
}

/// A QR code.
#[derive(Clone, Debug, Serialize)]
pub struct QrView {
    /// The width and height of its square.
    pub size: usize,
    /// The dark parts, as the `d` of a `path` whose stroke is one wide.
    pub path: String,
}

/// How a reader answers a story.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerView {
    /// A `mailto:` with the title and the address of the story.
    pub mailto: Option<String>,
}

/// A kind of entities: focal points, units, carriers …
#[derive(Clone, Debug, Serialize)]
pub struct KindView<'a> {
    /// One of them, as templates call it: `carrier`.
    pub one: &'static str,
    /// Several of them: `carriers`.
    pub many: &'static str,
    /// What they are called: the theme's word of the key `many`.
    pub name: &'a str,
    /// A sentence about them: the theme's word of the key `MANY_intro`, if it has one.
    pub intro: Option<&'a str>,
    /// The address of their index.
    pub url: String,
    /// The entry of the menu: `page.section` on their pages.
    pub section: &'static str,
    /// Are they among the main sections?
    pub is_main: bool,
    /// Can search results be narrowed by them?
    pub is_facet: bool,
}

/// A list of the stories of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct StoryListView<'a> {
    /// The kind, as templates call it: `case`.
    pub kind: &'static str,
    /// What the list is called: the theme's word of the key of its section.
    pub name: &'a str,
    /// The address of the list.
    pub url: String,
    /// The entry of the menu: `page.section` on its pages.
    pub section: &'static str,
}

/// How much there is on the site.
#[derive(Clone, Copy, Debug, Serialize)]
#[allow(missing_docs)] // Each field says it.
pub struct Counts {
    pub stories: usize,
    pub branches: usize,
    pub members: usize,
}

/// `page`: what every page has.
#[derive(Debug, Serialize)]
pub struct PageView<'a> {
    /// The title, without the site's.
    pub title: Cow<'a, str>,
    /// One or two sentences, for search engines and previews.
    pub description: Option<Cow<'a, str>>,
    /// Its own address.
    pub url: String,
    /// Its absolute address; none without `base_url`.
    pub canonical: Option<String>,
    /// The absolute address of its picture, for previews; none without `base_url`.
    pub image: Option<String>,
    /// The size of that picture, if it is known.
    pub image_size: Option<(u32, u32)>,
    /// The same picture cut to a square.
    pub image_square: Option<String>,
    /// Which entry of the menu it belongs to: `home`, `focal-points`, `branches`,
    /// `members`, `units`, `carriers`, `regions`, `news`, `archive`, `search`, `page`, `none`.
    pub section: &'static str,
    /// The way to it from the home page, itself not included.
    pub crumbs: Vec<NamedLink<'a>>,
    /// What that way ends in: its title, or that it is the text of a story.
    pub here: Cow<'a, str>,
    /// The address of the feed that belongs to it.
    pub feed: String,
    /// The number of this page of a listing; 1 elsewhere.
    pub number: usize,
    /// Its head and foot as HTML: masthead.html and footer.html.
    pub masthead: String,
    /// See `masthead`.
    pub footer: String,
}

/// `page` in masthead.html and footer.html, which are rendered once for all pages for which
/// this is the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FrameView {
    /// See [`PageView`].
    pub section: &'static str,
    /// The address of the feed that belongs to the page.
    pub feed: String,
    /// The address of a page of `content/pages`, which the footer links to; else empty.
    pub url: String,
}

/// Something with a page of its own.
#[derive(Clone, Debug, Serialize)]
pub struct NamedLink<'a> {
    /// What it is called.
    pub name: Cow<'a, str>,
    /// Its address.
    pub url: String,
}

/// A date.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// For people, in the theme's words: `2026年3月18日`.
    pub text: String,
    /// For the `datetime` attribute.
    pub datetime: String,
    /// `2026-03-18`.
    pub iso: String,
    /// `03-18`.
    pub short: String,
    /// `09:30`, where a time was given.
    pub clock: Option<String>,
}

/// A picture.
#[derive(Clone, Debug, Serialize)]
pub struct PictureView<'a> {
    /// An address that every browser shows.
    pub src: String,
    /// Addresses of copies and their widths, for `srcset`; empty if there is only one.
    pub srcset: String,
    /// The same as WebP; empty if there are none.
    pub webp: String,
    /// Its width and height, if they are known.
    pub width: Option<u32>,
    /// See `width`.
    pub height: Option<u32>,
    /// Its description.
    pub alt: &'a str,
}

/// A focal point.
#[derive(Clone, Debug, Serialize)]
pub struct FocalPointView<'a> {
    /// Its full name.
    pub name: &'a str,
    /// The name for menus.
    pub short_name: &'a str,
    /// Its slug.
    pub slug: &'a str,
    /// Its address.
    pub url: String,
    /// What it means.
    pub description: &'a str,
    /// `#rrggbb`, where the campaign gave one.
    pub colour: Option<&'a str>,
    /// Its place in the order, from 1.
    pub number: usize,
    /// What it is known by at a glance.
    #[serde(flatten)]
    pub sign: SignView<'a>,
    /// How many stories it has.
    pub count: usize,
    /// `extra` of its entry.
    pub extra: Option<Untyped<'a>>,
}

/// What a focal point is known by at a glance.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SignView<'a> {
    /// The drawing that the theme has of it: the slug of one of the six.
    pub icon: Option<&'static str>,
    /// The first character of its name, for those of which there is no drawing.
    pub mark: &'a str,
}

/// `focal_point` in focal_point.html. What is gathered from its stories is only on page 1.
#[derive(Debug, Serialize)]
pub struct FocalPointPage<'a> {
    /// What other pages show of it.
    #[serde(flatten)]
    pub focal_point: FocalPointView<'a>,
    /// Its stories by month: the twelve months up to that of the newest.
    pub months: Vec<MonthBar>,
    /// The units of its stories, those with most of them first.
    pub units: Vec<CountedLink<'a>>,
    /// Their carriers, likewise.
    pub carriers: Vec<CountedLink<'a>>,
    /// Their works, likewise.
    pub works: Vec<CountedLink<'a>>,
}

/// How many stories a month has, drawn.
#[derive(Clone, Debug, Serialize)]
pub struct MonthBar {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// How many stories.
    pub count: usize,
    /// The height of its bar, of 100; what is not nothing is seen.
    pub height: usize,
}

/// A focal point as a mark on a story.
#[derive(Clone, Debug, Serialize)]
pub struct FocalPointTag<'a> {
    /// Its full name.
    pub name: &'a str,
    /// The name for menus.
    pub short_name: &'a str,
    /// Its address.
    pub url: String,
    /// `#rrggbb`, where the campaign gave one.
    pub colour: Option<&'a str>,
    /// Its place in the order, from 1.
    pub number: usize,
    /// What it is known by at a glance.
    #[serde(flatten)]
    pub sign: SignView<'a>,
}

/// A story as lists show it: `story` in item.html.
#[derive(Clone, Debug, Serialize)]
pub struct StoryItem<'a> {
    /// What tells it from all others: its year and its slug.
    pub id: String,
    /// Its title.
    pub title: &'a str,
    /// Its address.
    pub url: String,
    /// Its summary, as plain text.
    pub summary: &'a str,
    /// Its date.
    pub date: DateView,
    /// `branch`, `member` or `news`.
    pub kind: &'static str,
    /// The unit that it names, the main one of several.
    pub unit: Option<NamedLink<'a>>,
    /// All units that it names.
    pub units: Vec<NamedLink<'a>>,
    /// The first exemplary member whom it is about or names.
    pub person: Option<NamedLink<'a>>,
    /// All people whom it is about.
    pub people: Vec<PersonView<'a>>,
    /// Their names in one, also of those without a page.
    pub name: Option<String>,
    /// Its focal points, the primary one first.
    pub focal_points: Vec<FocalPointTag<'a>>,
    /// Its cover.
    pub cover: Option<PictureView<'a>>,
    /// Is it pinned?
    pub pinned: bool,
    /// Is it a draft, or not published yet? Only in previews.
    pub draft: bool,
}

/// Someone whom a story is about.
#[derive(Clone, Debug, Serialize)]
pub struct PersonView<'a> {
    /// The name.
    pub name: &'a str,
    /// The address of the person's page, if there is one.
    pub url: Option<String>,
}

/// What was wrong with a story.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectionView<'a> {
    /// `更正（2026年3月18日）`.
    pub label: String,
    /// What was wrong.
    pub text: &'a str,
    /// When it was corrected, where that was given.
    pub date: Option<DateView>,
}

/// A correction in the list of all: `corrections` in corrections.html is a list of these.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectedView<'a> {
    /// The story.
    pub story: NamedLink<'a>,
    /// What was wrong with it.
    #[serde(flatten)]
    pub correction: CorrectionView<'a>,
}

/// A title conferred by someone in a year.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct HonourView<'a> {
    /// The title.
    pub title: &'a str,
    /// Who conferred it.
    pub by: Option<&'a str>,
    /// When.
    pub year: Option<Cow<'a, str>>,
    /// Of what level it is.
    pub level: Option<&'a str>,
    /// The number of the decision.
    pub document: Option<&'a str>,
}

/// `roll` in honour_roll.html: all years, or one.
#[derive(Debug, Serialize)]
pub struct RollView<'a> {
    /// How many have received something, of all years.
    pub count: usize,
    /// Is this the page of one year?
    pub is_year: bool,
    /// The years, the newest first; what has no year comes last.
    pub years: Vec<RollYear<'a>>,
}

/// A year of the honour roll.
#[derive(Debug, Serialize)]
pub struct RollYear<'a> {
    /// `2026年`, or that it is not said.
    pub name: String,
    /// For its heading.
    pub id: String,
    /// The address of its page; none of what has no year.
    pub url: Option<String>,
    /// Is it the year of the page?
    pub current: bool,
    /// How many have received something.
    pub count: usize,
    /// What was conferred; none if only the page of the year shows it.
    pub awards: Vec<AwardView<'a>>,
}

/// A title conferred by someone in a year, and upon whom.
#[derive(Debug, Serialize)]
pub struct AwardView<'a> {
    /// For its heading; search leads there.
    pub id: String,
    /// The title.
    pub title: &'a str,
    /// Who conferred it.
    pub by: Option<&'a str>,
    /// Of what level it is.
    pub level: Option<&'a str>,
    /// The number of the decision.
    pub document: Option<&'a str>,
    /// The day of the decision.
    pub date: Option<DateView>,
    /// The units, in their official order.
    pub units: Vec<HonouredView<'a>>,
    /// The people, in the order that the site has for them.
    pub people: Vec<HonouredView<'a>>,
}

/// A unit or a person upon whom an honour was conferred.
#[derive(Debug, Serialize)]
pub struct HonouredView<'a> {
    /// The id that someone without a page must have; search leads there.
    pub id: Option<String>,
    /// The name.
    pub name: Cow<'a, str>,
    /// The address of the page, if there is one.
    pub url: Option<String>,
    /// Where a person is.
    pub unit: Option<&'a str>,
}

/// An indicator before and after.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ResultView<'a> {
    /// What is measured.
    pub indicator: &'a str,
    /// Its value before.
    pub before: Option<&'a str>,
    /// Its value after.
    pub after: &'a str,
    /// The unit of measurement.
    pub unit: Option<&'a str>,
    /// Of what time the value after is.
    pub as_of: Option<&'a str>,
    /// Where the values are from.
    pub evidence: Option<&'a str>,
    /// Both values drawn, if they are numbers of one thing.
    pub chart: Option<ChartView>,
}

/// Two values as bars that begin at zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ChartView {
    /// The length of the bar of the value before, of 100.
    pub before: u32,
    /// The length of the bar of the value after, of 100.
    pub after: u32,
}

/// What somebody of the people said.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct QuoteView<'a> {
    /// The words.
    pub text: &'a str,
    /// Whose they are.
    pub who: Option<&'a str>,
}

/// What the people think of it.
#[derive(Clone, Debug, Serialize)]
pub struct EvaluationView<'a> {
    /// Who was asked.
    pub by: &'a str,
    /// How.
    pub method: Option<&'a str>,
    /// When.
    pub date: Option<DateView>,
    /// How many were asked and how many are content, in the theme's words.
    pub counted: Vec<String>,
    /// What else is said.
    pub note: Option<&'a str>,
}

/// A heading of a story, for its contents list.
#[derive(Clone, Debug, Serialize)]
pub struct HeadingView<'a> {
    /// 2 to 6.
    pub level: u8,
    /// Its words.
    pub text: &'a str,
    /// Its anchor, with `#`.
    pub url: String,
}

/// `story` in story.html.
#[derive(Debug, Serialize)]
pub struct StoryView<'a> {
    /// Everything that a list shows.
    #[serde(flatten)]
    pub item: StoryItem<'a>,
    /// What only its own page shows and its file alone tells.
    #[serde(flatten)]
    pub account: AccountView<'a>,
    /// What the rest of the site has to do with it.
    #[serde(flatten)]
    pub ties: &'a TiesView<'a>,
    /// Its HTML.
    pub body: String,
    /// Those others as HTML: item.html once for each.
    pub related: String,
    /// Its absolute address as a QR code, on its page, if it is known where the site is published.
    pub code: Option<QrView>,
    /// How a reader answers it, on its page, if the site says how.
    pub answer: Option<AnswerView>,
}

/// The part of [`StoryView`] that a story's file alone tells.
#[derive(Debug, Serialize)]
pub struct AccountView<'a> {
    /// The summary, where one was written for it.
    pub lead: Option<&'a str>,
    /// Its headings, where there are at least three; else empty.
    pub outline: Vec<HeadingView<'a>>,
    /// The post of the member.
    pub post: Option<&'a str>,
    /// The honours.
    pub honours: Vec<HonourView<'a>>,
    /// The results.
    pub results: Vec<ResultView<'a>>,
    /// What people said.
    pub quotes: Vec<QuoteView<'a>>,
    /// What the people think of it.
    pub evaluations: Vec<EvaluationView<'a>>,
    /// How many took part, in the theme's words.
    pub participation: Vec<String>,
    /// What its front matter declares to be shown.
    #[serde(flatten)]
    pub shown: ShownView<'a>,
    /// When it was last changed, where that was given.
    pub updated: Option<DateView>,
    /// What was wrong with it.
    pub correction: Option<CorrectionView<'a>>,
    /// 字数.
    pub characters: usize,
    /// How long it takes to read, in minutes, at least 1.
    pub minutes: usize,
    /// `extra` of the front matter.
    pub extra: Option<Untyped<'a>>,
}

/// The keys of front matter that are declared to be shown with a story.
#[derive(Debug, Default, Serialize)]
pub struct ShownView<'a> {
    /// Below the title: source, author, photographer …; only those that have a text.
    pub byline: Vec<ShownTexts<'a>>,
    /// Below the text: editor …
    pub credits: Vec<ShownTexts<'a>>,
    /// Among the facts: keywords …
    pub facts: Vec<ShownTexts<'a>>,
    /// All of them by key, those without a text too.
    #[serde(flatten)]
    pub by_key: BTreeMap<&'static str, Vec<&'a str>>,
}

/// The texts of a key.
#[derive(Debug, Serialize)]
pub struct ShownTexts<'a> {
    /// The key. The theme's word for it is `by_KEY`; among the facts it is `KEY`.
    pub key: &'static str,
    /// The texts.
    pub texts: Vec<&'a str>,
}

/// The part of [`StoryView`] that other files tell.
#[derive(Debug, Serialize)]
pub struct TiesView<'a> {
    /// The region.
    pub region: Option<NamedLink<'a>>,
    /// The carriers.
    pub carriers: Vec<NamedLink<'a>>,
    /// All entities that it names, by kind, but for focal points and its unit.
    pub linked: Vec<LinkedView<'a>>,
    /// The people with pages of their own whom it names.
    pub cast: Vec<CastView<'a>>,
    /// Its primary focal point, among whose stories the next two are; `None` if it has none, and
    /// they are of its kind.
    pub within: Option<NamedLink<'a>>,
    /// The story published next.
    pub newer: Option<NamedLink<'a>>,
    /// The story published before.
    pub older: Option<NamedLink<'a>>,
    /// How many others that have most in common with it are shown, at most four.
    pub related_count: usize,
}

/// A person in a few words.
#[derive(Debug, Serialize)]
pub struct CastView<'a> {
    /// The name.
    pub name: &'a str,
    /// The address of the person's page.
    pub url: String,
    /// What stands for a portrait.
    pub initial: &'a str,
    /// The portrait that `people.yaml` names.
    pub portrait: Option<PictureView<'a>>,
    /// The unit of the person.
    pub unit: Option<&'a str>,
}

/// A page of a list of stories: `list` wherever stories are listed.
#[derive(Debug, Serialize)]
pub struct ListView {
    /// The stories of this page as HTML: item.html once for each.
    pub items: String,
    /// How many stories there are on all pages.
    pub count: usize,
    /// The pages.
    pub pager: Pager,
    /// Where the stories of each year begin, the newest first; none if all are of one year.
    pub years: Vec<CountedYear>,
    /// The kinds of the stories, if there are several and all stand on this page.
    pub kinds: Vec<CountedKind>,
}

/// How many stories of a kind a list has.
#[derive(Clone, Debug, Serialize)]
pub struct CountedKind {
    /// `branch`, `member` …
    pub kind: &'static str,
    /// How many.
    pub count: usize,
}

/// The pages of a listing.
#[derive(Debug, Serialize)]
pub struct Pager {
    /// This page, from 1.
    pub number: usize,
    /// How many pages there are, at least 1.
    pub total: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// The first page.
    pub first: String,
    /// The last page.
    pub last: String,
    /// The first, the last and those around this one; a gap has no address.
    pub pages: Vec<PagerPage>,
}

/// One entry of a pager.
#[derive(Debug, Serialize)]
pub struct PagerPage {
    /// Its number.
    pub number: usize,
    /// Its address; none for a gap.
    pub url: Option<String>,
    /// Is it the page that is shown?
    pub current: bool,
}

/// `home` in home.html.
#[derive(Debug, Serialize)]
pub struct HomeView<'a> {
    /// How much there is.
    pub counts: Counts,
    /// Stories that are to lead the page, at most four; the newest story with a cover where none is,
    /// and the newest of all where none has one.
    pub featured: Vec<StoryItem<'a>>,
    /// The newest stories with several pictures that stand nowhere above: two to four, or none.
    pub in_pictures: Vec<PictureStoryView<'a>>,
    /// The newest news that stand nowhere above, at most six.
    pub news: Vec<StoryItem<'a>>,
    /// Each focal point with its latest stories that stand nowhere above, at most two.
    pub focal_points: Vec<FocalPointSection<'a>>,
    /// How many stories there are in `items`.
    pub count: usize,
    /// The newest stories that stand nowhere above as HTML, at most six.
    pub items: String,
    /// What was changed or corrected last and stands nowhere above, at most four.
    pub changed: Vec<ChangedView<'a>>,
    /// The special topics that are pinned.
    pub series: Vec<EntityView<'a>>,
    /// Model branches, at most eight.
    pub branches: Vec<SubjectView<'a>>,
    /// Exemplary members, at most twelve.
    pub members: Vec<SubjectView<'a>>,
}

/// A story that tells with several pictures.
#[derive(Debug, Serialize)]
pub struct PictureStoryView<'a> {
    /// The story.
    #[serde(flatten)]
    pub story: StoryItem<'a>,
    /// One of its pictures: its cover, unless that is a drawing.
    pub picture: PictureView<'a>,
    /// How many pictures there are in its text.
    pub picture_count: usize,
}

/// A story that was changed after it was published.
#[derive(Debug, Serialize)]
pub struct ChangedView<'a> {
    /// The story.
    pub story: NamedLink<'a>,
    /// When.
    pub date: DateView,
    /// Was something wrong with it?
    pub is_corrected: bool,
}

/// A focal point and its latest stories.
#[derive(Debug, Serialize)]
pub struct FocalPointSection<'a> {
    /// The focal point.
    #[serde(flatten)]
    pub focal_point: FocalPointView<'a>,
    /// Its latest stories, at most four.
    pub stories: Vec<StoryItem<'a>>,
}

/// A model branch or an exemplary member, as lists show them.
#[derive(Clone, Debug, Serialize)]
pub struct SubjectView<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its address.
    pub url: String,
    /// The unit of a member; the parent of a branch.
    pub unit: Option<NamedLink<'a>>,
    /// The post of a member.
    pub post: Option<&'a str>,
    /// Level and sector of a branch's unit.
    pub level: Option<&'a str>,
    /// The sector of the unit.
    pub sector: Option<&'a str>,
    /// The region.
    pub region: Option<&'a str>,
    /// What stands for a portrait: the surname of a person, of a foreign name the initials.
    pub initial: &'a str,
    /// The latest honour.
    pub honour: Option<HonourView<'a>>,
    /// The summary of the latest story.
    pub summary: &'a str,
    /// The cover of the latest story that has one.
    pub cover: Option<PictureView<'a>>,
    /// A picture of the person: of its entry, else of the latest story that has one.
    pub portrait: Option<PictureView<'a>>,
    /// How many stories there are.
    pub count: usize,
}

/// `subjects` in branches.html and members.html.
#[derive(Debug, Serialize)]
pub struct SubjectsView<'a> {
    /// Those of this page.
    pub subjects: Vec<SubjectView<'a>>,
    /// How many there are on all pages.
    pub count: usize,
    /// The pages.
    pub pager: Pager,
}

/// `branch` in branch.html, `member` in member.html.
#[derive(Debug, Serialize)]
pub struct ProfileView<'a> {
    /// What lists show.
    #[serde(flatten)]
    pub subject: SubjectView<'a>,
    /// A sentence about the unit, or the person.
    pub description: Option<&'a str>,
    /// `extra` of the entry of the unit, or of the person.
    pub extra: Option<Untyped<'a>>,
    /// All units of a member, the main one first.
    pub units: Vec<NamedLink<'a>>,
    /// Every honour that its stories name, latest first.
    pub honours: Vec<HonourView<'a>>,
    /// The same by year, the latest first.
    pub honour_years: Vec<HonourYear<'a>>,
    /// Every result that its stories name.
    pub results: Vec<ResultView<'a>>,
    /// The focal points of its stories.
    pub focal_points: Vec<FocalPointTag<'a>>,
    /// The page of the unit itself.
    pub unit_page: Option<NamedLink<'a>>,
    /// Exemplary members of a branch's unit.
    pub members: Vec<SubjectView<'a>>,
    /// The other exemplary members of a member's units, at most twelve.
    pub colleagues: Vec<CastView<'a>>,
}

/// The honours of a year.
#[derive(Debug, Serialize)]
pub struct HonourYear<'a> {
    /// The year; `None` if it is not said.
    pub year: Option<Cow<'a, str>>,
    /// The honours.
    pub honours: Vec<HonourView<'a>>,
}

/// A unit in the tree: `units` in units.html is a list of these.
#[derive(Clone, Debug, Serialize)]
pub struct UnitNode<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its address.
    pub url: String,
    /// Its level.
    pub level: Option<&'a str>,
    /// Its sector.
    pub sector: Option<&'a str>,
    /// How many stories name it.
    pub count: usize,
    /// How many stories name it or a unit below it.
    pub total: usize,
    /// How deep it is below a unit without a parent; 0 for those.
    pub depth: usize,
    /// Has it a page as a model branch?
    pub is_branch: bool,
}

/// `unit` in unit.html.
#[derive(Debug, Serialize)]
pub struct UnitView<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its level.
    pub level: Option<&'a str>,
    /// Its sector.
    pub sector: Option<&'a str>,
    /// Its region.
    pub region: Option<&'a str>,
    /// A sentence about it.
    pub description: Option<&'a str>,
    /// `extra` of its entry.
    pub extra: Option<Untyped<'a>>,
    /// The unit above it.
    pub parent: Option<NamedLink<'a>>,
    /// The units directly below it.
    pub children: Vec<UnitNode<'a>>,
    /// How many stories name a unit below it and not itself.
    pub below_count: usize,
    /// The newest of those, at most twelve.
    pub below: Vec<ArchiveItem<'a>>,
    /// Its page as a model branch.
    pub branch: Option<NamedLink<'a>>,
    /// Its exemplary members.
    pub members: Vec<SubjectView<'a>>,
    /// The results that its stories tell of.
    pub results: Vec<ResultView<'a>>,
}

/// An entity of a kind that has no view of its own: `carriers` in carriers.html and `regions`
/// in regions.html are lists of these, `carrier` and `region` are one; `entities` in index.html
/// and `entity` in entity.html are those of any kind.
#[derive(Clone, Debug, Serialize)]
pub struct EntityView<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its address.
    pub url: String,
    /// A sentence about it.
    pub description: Option<&'a str>,
    /// How many stories name it.
    pub count: usize,
    /// `extra` of its entry.
    pub extra: Option<Untyped<'a>>,
    /// Its picture, where its entry names one.
    pub picture: Option<PictureView<'a>>,
    /// When it takes place, where its entry says so.
    pub period: Option<PeriodView>,
    /// The keys of its entry that are declared to be shown, in the order of the file.
    pub facts: Vec<EntityFact<'a>>,
    /// The keys that only its kind has, each as its file gives it.
    #[serde(flatten)]
    pub texts: BTreeMap<&'static str, &'a str>,
}

/// The time of a work or of a carrier.
#[derive(Clone, Debug, Serialize)]
pub struct PeriodView {
    /// Its first day.
    pub from: Option<DateView>,
    /// Its last day.
    pub to: Option<DateView>,
    /// Where the day of the build stands to it: `current`, `coming` or `past`.
    pub phase: &'static str,
}

/// A key of an entity's entry that is shown with it.
#[derive(Clone, Debug, Serialize)]
pub struct EntityFact<'a> {
    /// The key.
    pub key: &'static str,
    /// What to call it: the theme's word of the key `ONE_KEY`, else of `KEY`.
    pub label: &'a str,
    /// What it says.
    pub values: Vec<FactValue<'a>>,
}

/// A text, a date or the name of another entity.
#[derive(Clone, Debug, Serialize)]
pub struct FactValue<'a> {
    /// For people.
    pub text: Cow<'a, str>,
    /// The address of an entity.
    pub url: Option<String>,
    /// A date, for the `datetime` attribute.
    pub datetime: Option<String>,
}

/// `works` in works.html.
#[derive(Debug, Serialize)]
pub struct WorksView<'a> {
    /// How many there are.
    pub count: usize,
    /// Those whose time it is on the day of the build, each after the one that it is below.
    pub current: Vec<WorkNode<'a>>,
    /// Those whose time has not come.
    pub coming: Vec<WorkNode<'a>>,
    /// Those whose time is over.
    pub past: Vec<WorkNode<'a>>,
}

/// A work in a tree.
#[derive(Clone, Debug, Serialize)]
pub struct WorkNode<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its address.
    pub url: String,
    /// Whose work it is: city, district …
    pub level: Option<&'a str>,
    /// `central` or `linked`.
    pub role: &'a str,
    /// When it takes place.
    pub period: Option<PeriodView>,
    /// Who is responsible.
    pub units: Vec<NamedLink<'a>>,
    /// How many stories name it.
    pub count: usize,
    /// How deep it is below one without a parent in the same list; 0 for those.
    pub depth: usize,
}

/// `work` in work.html, `carrier` in carrier.html. What is gathered from its stories is only on
/// page 1.
#[derive(Debug, Serialize)]
pub struct InitiativeView<'a> {
    /// What every entity has.
    #[serde(flatten)]
    pub entity: EntityView<'a>,
    /// The work above it.
    pub parent: Option<NamedLink<'a>>,
    /// The works directly below it.
    pub children: Vec<WorkNode<'a>>,
    /// Every result that its stories name.
    pub results: Vec<ResultView<'a>>,
    /// The units of its stories, in the order of units.
    pub tellers: Vec<CountedLink<'a>>,
    /// Its stories by the sector of their units, of a carrier.
    pub sectors: Vec<SectorView<'a>>,
}

/// `tasks` in tasks.html: all of them, or those of a unit or a focal point.
#[derive(Debug, Serialize)]
pub struct TasksView<'a> {
    /// How many there are here.
    pub count: usize,
    /// The unit or the focal point whose tasks these are.
    pub of: Option<NamedLink<'a>>,
    /// The tasks by status; of those that there are.
    pub statuses: Vec<TaskStatusView<'a>>,
    /// The units that have tasks; only where all tasks are shown.
    pub units: Vec<TaskFilter<'a>>,
    /// The focal points of which stories of tasks are.
    pub focal_points: Vec<TaskFilter<'a>>,
}

/// Tasks of one status.
#[derive(Debug, Serialize)]
pub struct TaskStatusView<'a> {
    /// `doing`, `planned`, `done` or `stopped`. The theme's word for it is `status_STATUS`.
    pub status: &'static str,
    /// The tasks.
    pub tasks: Vec<TaskItem<'a>>,
}

/// A task in a list.
#[derive(Debug, Serialize)]
pub struct TaskItem<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its address.
    pub url: String,
    /// Who does it.
    pub unit: Option<NamedLink<'a>>,
    /// The focal points of its stories.
    pub focal_points: Vec<FocalPointTag<'a>>,
    /// By which day.
    pub due: Option<DateView>,
    /// On which day it was done.
    pub done_on: Option<DateView>,
    /// What people lack.
    pub need: Option<&'a str>,
    /// What has come of it.
    pub result: Option<&'a str>,
    /// How many stories name it.
    pub count: usize,
    /// The keys of the filters that it is in.
    pub keys: Vec<String>,
}

/// A unit or a focal point by which tasks can be filtered.
#[derive(Debug, Serialize)]
pub struct TaskFilter<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The page with its tasks alone.
    pub url: String,
    /// How many tasks it has.
    pub count: usize,
    /// What its tasks have among their `keys`.
    pub key: String,
}

/// `calendar` in calendar.html.
#[derive(Debug, Serialize)]
pub struct CalendarView<'a> {
    /// What is to come from the day of the build on, by month.
    pub coming: Vec<CalendarMonth<'a>>,
    /// What is past, the latest month and day first; at most forty.
    pub past: Vec<CalendarMonth<'a>>,
    /// The years of which there is something, the latest first.
    pub years: Vec<CountedYear>,
}

/// A year, and how much there is in it.
#[derive(Clone, Debug, Serialize)]
pub struct CountedYear {
    /// The year.
    pub year: i32,
    /// Its address, or where it begins in a list.
    pub url: String,
    /// How much.
    pub count: usize,
}

/// `year` in calendar_year.html.
#[derive(Debug, Serialize)]
pub struct CalendarYear<'a> {
    /// The year.
    pub year: i32,
    /// How much there is in it.
    pub count: usize,
    /// The months of which there is something.
    pub months: Vec<CalendarMonth<'a>>,
}

/// A month of the calendar.
#[derive(Debug, Serialize)]
pub struct CalendarMonth<'a> {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// What it is called, in the theme's words.
    pub name: String,
    /// An id for its heading.
    pub id: String,
    /// Its weeks, each of seven days from Monday on.
    pub weeks: Vec<Vec<CalendarDay>>,
    /// What is in it.
    pub items: Vec<CalendarItem<'a>>,
}

/// A day in the grid of a month.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarDay {
    /// The day; `None` if it is of another month.
    pub day: Option<u8>,
    /// How much there is on it.
    pub count: usize,
    /// Where that stands on this page, if it does.
    pub url: Option<String>,
}

/// What is on a day.
#[derive(Debug, Serialize)]
pub struct CalendarItem<'a> {
    /// The id that the first of a day has.
    pub id: Option<String>,
    /// The day.
    pub date: DateView,
    /// 1 for Monday to 7. The theme's word for it is `weekday_N`.
    pub weekday: u8,
    /// The last day of an event that lasts several.
    pub end: Option<DateView>,
    /// `event`, `from`, `to` or `due`.
    pub occasion: &'static str,
    /// The kind of what it is of: `event`, `work`, `carrier` or `task`.
    pub kind: &'static str,
    /// The name of that.
    pub name: &'a str,
    /// The address of that; an event has none.
    pub url: Option<String>,
    /// Where an event takes place.
    pub place: Option<&'a str>,
    /// Who holds an event.
    pub unit: Option<NamedLink<'a>>,
    /// The carriers that an event belongs to.
    pub carriers: Vec<NamedLink<'a>>,
    /// The works that an event belongs to.
    pub works: Vec<NamedLink<'a>>,
    /// The story that tells of an event.
    pub story: Option<NamedLink<'a>>,
    /// A sentence about an event.
    pub description: Option<&'a str>,
}

/// `task` in task.html.
#[derive(Debug, Serialize)]
pub struct TaskView<'a> {
    /// What every entity has.
    #[serde(flatten)]
    pub entity: EntityView<'a>,
    /// Need, measures, result and feedback, in this order.
    pub steps: Vec<TaskStep<'a>>,
}

/// A step of a task.
#[derive(Debug, Serialize)]
pub struct TaskStep<'a> {
    /// The key: `need`. The theme's word for it is `task_KEY`.
    pub key: &'static str,
    /// What the list says of it; nothing if it is yet to come.
    pub texts: Vec<&'a str>,
}

/// Something with a page, and how many stories it has here.
#[derive(Clone, Debug, Serialize)]
pub struct CountedLink<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its address.
    pub url: String,
    /// How many stories.
    pub count: usize,
}

/// Stories of the units of one sector.
#[derive(Debug, Serialize)]
pub struct SectorView<'a> {
    /// The sector; `None` for units without one.
    pub name: Option<&'a str>,
    /// The id that the heading has, to which the table of carriers leads.
    pub id: String,
    /// How many there are.
    pub count: usize,
    /// The newest of them, at most twelve.
    pub stories: Vec<ArchiveItem<'a>>,
}

/// A table of counts.
#[derive(Debug, Serialize)]
pub struct CountTable<'a> {
    /// What the columns are.
    pub columns: Vec<TableHead<'a>>,
    /// The rows.
    pub rows: Vec<TableRow<'a>>,
}

/// A table of counts with what it is: `tables` in coverage.html is a list of these.
#[derive(Debug, Serialize)]
pub struct CoverageTable<'a> {
    /// `units`, `months`, `carriers` or `works`. The theme's words for it are `coverage_SUBJECT`,
    /// `coverage_SUBJECT_corner`, what its rows are, and `coverage_SUBJECT_other`.
    pub subject: &'static str,
    /// The table.
    pub table: CountTable<'a>,
}

/// What a column or a row is.
#[derive(Debug, Serialize)]
pub struct TableHead<'a> {
    /// What it is called; `None` for what is in none of the others.
    pub name: Option<Cow<'a, str>>,
    /// Its address, if it has a page.
    pub url: Option<String>,
}

/// A row of a table of counts.
#[derive(Debug, Serialize)]
pub struct TableRow<'a> {
    /// What it is.
    #[serde(flatten)]
    pub head: TableHead<'a>,
    /// Its counts, one for each column.
    pub cells: Vec<TableCell>,
}

/// A count.
#[derive(Debug, Serialize)]
pub struct TableCell {
    /// How many stories.
    pub count: usize,
    /// Where they are; none if there are none.
    pub url: Option<String>,
}

/// The entities of a kind that a story names: `story.linked` is a list of these.
#[derive(Debug, Serialize)]
pub struct LinkedView<'a> {
    /// The kind: `carrier`.
    pub kind: &'static str,
    /// What to call them beside the story: the theme's word of the key `story_MANY` or
    /// `story_ONE`, else of `MANY`.
    pub label: &'a str,
    /// The entities.
    pub entities: Vec<NamedLink<'a>>,
}

/// The index of a kind of entities.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum IndexView<'a> {
    /// See [`FocalPointSection`].
    FocalPoints(Vec<FocalPointSection<'a>>),
    /// See [`UnitNode`].
    Units(Vec<UnitNode<'a>>),
    /// See [`SubjectsView`].
    Subjects(SubjectsView<'a>),
    /// See [`WorksView`].
    Works(WorksView<'a>),
    /// See [`TasksView`].
    Tasks(TasksView<'a>),
    /// See [`CountTable`].
    Table(Option<CountTable<'a>>),
    /// See [`EntityView`].
    Entities(Vec<EntityView<'a>>),
}

/// One entity on its own page.
#[derive(Debug, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant)] // One lives at a time.
pub enum EntityPage<'a> {
    /// See [`FocalPointPage`].
    FocalPoint(FocalPointPage<'a>),
    /// See [`UnitView`].
    Unit(UnitView<'a>),
    /// See [`ProfileView`].
    Profile(ProfileView<'a>),
    /// See [`InitiativeView`].
    Initiative(InitiativeView<'a>),
    /// See [`TaskView`].
    Task(TaskView<'a>),
    /// See [`EntityView`].
    Entity(EntityView<'a>),
}

/// A year: `years` in archive.html is a list of these, `year` in archive_year.html one.
#[derive(Clone, Debug, Serialize)]
pub struct YearView<'a> {
    /// The year.
    pub year: i32,
    /// Its address.
    pub url: String,
    /// How many stories it has.
    pub count: usize,
    /// Its months, latest first.
    pub months: Vec<MonthView<'a>>,
    /// All twelve, with how many stories each has.
    pub bars: Vec<MonthBar>,
    /// The kinds of its stories, on its own page and if there are several.
    pub kinds: Vec<CountedKind>,
    /// The next year that has stories, on its own page.
    pub newer: Option<NamedLink<'a>>,
    /// The year before that has stories, on its own page.
    pub older: Option<NamedLink<'a>>,
}

/// A month.
#[derive(Clone, Debug, Serialize)]
pub struct MonthView<'a> {
    /// 1 to 12.
    pub month: u8,
    /// Its place on the page of the year.
    pub url: String,
    /// How many stories it has.
    pub count: usize,
    /// Its stories, newest first; empty on the page of all years.
    pub stories: Vec<ArchiveItem<'a>>,
}

/// A story on one line of the archive.
#[derive(Clone, Debug, Serialize)]
pub struct ArchiveItem<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its address.
    pub url: String,
    /// Its date.
    pub date: DateView,
    /// `branch`, `member` or `news`.
    pub kind: &'static str,
}

/// `content` in page.html.
#[derive(Debug, Serialize)]
pub struct ContentView<'a> {
    /// Its HTML.
    pub body: String,
    /// Its headings, where there are at least three.
    pub outline: Vec<HeadingView<'a>>,
    /// When it was last changed, where that was given.
    pub updated: Option<DateView>,
    /// `extra` of the front matter.
    pub extra: Option<Untyped<'a>>,
}
