//! Views: what templates are given, and all that they are given.
//!
//! A template gets four values: `site`, the same on every page; `t`, the theme's own
//! words; `page`, what every page has; and one named for the template, described at each
//! struct here. An address in a view is ready for `href` and `src`; text is plain text,
//! which the template engine escapes. Fields named `items`, `body` and `related` are already
//! HTML.
//! The reference for authors of themes is written from the same declarations.

mod calendar;
mod contract;
mod coverage;
mod entities;
mod frame;
mod head;
pub mod honours;
mod initiatives;
mod listing;
mod months;
mod node;
mod options;
mod related;
mod stories;
mod tasks;
mod views;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

pub use crate::base::digest::digest;
pub use contract::contract;
pub use options::Options;
pub use views::{FOOTER, MASTHEAD, OWN, Views};

pub use crate::yaml::Untyped;

use crate::theme::shape::{Assets, views};

views! {

/// `site`: the site as every page shows it. It has nothing that a story changes, or every
/// page would have to be made anew with each story.
/// 网站，每一页都一样。
#[derive(Debug)]
pub struct SiteView<'a> {
    /// Its name.
    /// 名称。
    pub title: &'a str,
    /// A line below the name.
    /// 名称下面的一行字。
    pub subtitle: Option<&'a str>,
    /// What it is about.
    /// 简介。
    pub description: Option<&'a str>,
    /// The language tag for `lang`.
    /// 语言标记，写在 `lang` 里。
    pub language: &'a str,
    /// Who publishes it.
    /// 主办单位。
    pub organisation: Option<&'a str>,
    /// How to reach them.
    /// 联系方式。
    pub contact: Option<&'a str>,
    /// The copyright line.
    /// 版权声明。
    pub copyright: Option<&'a str>,
    /// The ICP registration number.
    /// 备案号（ICP）。
    pub icp: Option<&'a str>,
    /// The public security number, and the address that vouches for it.
    /// 公安备案号和查询网址。
    pub police: Option<NamedLink<'a>>,
    /// The picture before the public security number.
    /// 公安备案号前面的图标。
    pub police_emblem: Option<PictureView<'a>>,
    /// What a public body must show.
    /// 政府网站必须标明的内容。
    pub gov: Option<GovView<'a>>,
    /// The picture that stands for the site, in place of the theme's.
    /// 网站的标志，代替主题自带的。
    pub logo: Option<PictureView<'a>>,
    /// The picture on top of every page.
    /// 每一页上端的图片。
    pub banner: Option<PictureView<'a>>,
    /// The menu.
    /// 菜单。
    pub menu: Vec<MenuItem<'a>>,
    /// The sections for the foot of pages: the menu's, and what else there is unless the menu is
    /// the site's own.
    /// 网页下端的栏目：菜单里的，加上其余的；菜单是网站自己定的就只有菜单里的。
    pub sections: Vec<MenuItem<'a>>,
    /// Other sites, by group.
    /// 友情链接，按组。
    pub friends: Vec<FriendGroup<'a>>,
    /// The address of the script that counts visits.
    /// 访问统计脚本的网址。
    pub statistics: Option<String>,
    /// From where pages may load scripts: the value of a Content-Security-Policy. None on a site
    /// that is opened without a server.
    /// 网页可以从哪里加载脚本（Content-Security-Policy 的值）；不用服务器打开的网站没有。
    pub policy: Option<String>,
    /// `ltr` or `rtl`: how its language is written.
    /// 文字方向，`ltr` 或 `rtl`。
    pub direction: &'static str,
    /// A notice for every page.
    /// 每一页都显示的通知。
    pub notice: Option<&'a str>,
    /// The address of the home page, before which nothing and after which any address
    /// of the site may stand: `{{ site.root }}feed.xml`.
    /// 首页的网址；前面不加任何东西，后面接网站里的任何地址：`{{ site.root }}feed.xml`。
    pub root: String,
    /// The focal points in their order.
    /// 着力点，按顺序。
    pub focal_points: Vec<FocalPointTag<'a>>,
    /// The drawn signs that they have, each once: `center`.
    /// 它们用到的图标，每个一次：`center`。
    pub signs: Vec<&'static str>,
    /// The kinds of which there are entities, in the order of menus.
    /// 有内容的各类名录，按菜单的顺序。
    pub kinds: Vec<KindView<'a>>,
    /// The lists of stories of one kind: news, and what else there is.
    /// 各类稿件的列表：动态，以及有内容的其他类型。
    pub lists: Vec<StoryListView<'a>>,
    /// Pages of `content/pages`.
    /// 网站 content/pages 里的页面。
    pub pages: Vec<NamedLink<'a>>,
    /// How readers reach those who publish the site.
    /// 意见反馈的方式。
    pub feedback: Option<FeedbackView<'a>>,
    /// The address of the corrections, if there are any.
    /// 更正列表的网址；没有更正就没有。
    pub corrections: Option<String>,
    /// The addresses of the theme's assets by name, with a version that changes when they do.
    /// 主题资源的网址，按文件名；文件变了网址也变。
    pub assets: Assets,
    /// What outputs tell templates, by name: `colours`, `search`.
    /// 各个输出提供的内容，按名称，例如 `colours`、`search`。
    pub outputs: BTreeMap<&'static str, serde_json::Value> as flat,
    /// The address of the theme's `custom.css`, if it has one.
    /// 主题的 `custom.css` 的网址；没有就没有。
    pub theme_css: Option<String>,
    /// The address of the theme's `print.css`, if it has one.
    /// 主题的 `print.css` 的网址；没有就没有。
    pub theme_print_css: Option<String>,
    /// `theme_options` of site.yaml, on top of the theme's defaults.
    /// 主题的选项：网站在 theme_options 里选的，没有选就是主题的默认值。
    pub options: Options<'a>,
    /// `extra` of site.yaml.
    /// 附加内容，site.yaml 里的 `extra`。
    pub extra: Option<Untyped<'a>>,
    /// The address of the page of coverage, if there is one.
    /// 宣传覆盖情况页的网址；没有这一页就没有。
    pub coverage: Option<String>,
    /// The address of the honour roll, if there is one.
    /// 光荣榜的网址；没有就没有。
    pub honours: Option<String>,
    /// `xianfeng` and its version.
    /// 程序的名称和版本。
    pub generator: String,
}

/// How readers reach those who publish the site.
/// 意见反馈的方式。
#[derive(Clone, Debug)]
pub struct FeedbackView<'a> {
    /// The address of the page about it.
    /// 意见反馈页的网址。
    pub url: String,
    /// An address for mail.
    /// 电子邮箱。
    pub email: Option<&'a str>,
    /// The first telephone.
    /// 第一个电话。
    pub phone: Option<&'a str>,
    /// All telephones.
    /// 全部电话。
    pub phones: Vec<&'a str>,
    /// The address of a form.
    /// 网上表单的网址。
    pub form: Option<&'a str>,
    /// The same as a QR code.
    /// 表单网址的二维码。
    pub form_code: Option<QrView>,
    /// Where to come or write to.
    /// 来访或者寄信的地址。
    pub address: Option<&'a str>,
    /// When somebody is there.
    /// 接待时间。
    pub hours: Option<&'a str>,
}

/// An entry of the menu.
/// 菜单里的一项。
#[derive(Clone, Debug)]
pub struct MenuItem<'a> {
    /// The words.
    /// 名称。
    pub name: Cow<'a, str>,
    /// Where it leads.
    /// 通向的网址。
    pub url: String,
    /// `page.section` on its pages; empty if its address tells.
    /// 这一项的栏目，和所在网页的 `page.section` 相同；看网址就知道的是空的。
    pub section: &'static str,
    /// Is it among the main entries?
    /// 是不是主要的栏目。
    pub is_main: bool,
    /// Does it lead to another site?
    /// 是不是通向别的网站。
    pub is_foreign: bool,
}

/// Sites that this one links to, of one group.
/// 一组友情链接。
#[derive(Clone, Debug)]
pub struct FriendGroup<'a> {
    /// The group; none if they are of none.
    /// 组名；不分组就没有。
    pub name: Option<&'a str>,
    /// The sites.
    /// 各个网站。
    pub friends: Vec<FriendView<'a>>,
}

/// A site that this one links to.
/// 一个友情链接。
#[derive(Clone, Debug)]
pub struct FriendView<'a> {
    /// What it is called.
    /// 名称。
    pub name: &'a str,
    /// Its address.
    /// 网址。
    pub url: &'a str,
    /// Its picture.
    /// 图片。
    pub logo: Option<PictureView<'a>>,
}

/// What a public body must show.
/// 政府网站必须标明的内容。
#[derive(Clone, Debug)]
pub struct GovView<'a> {
    /// The identification code of the site.
    /// 网站标识码。
    pub site_code: Option<&'a str>,
    /// Where the organisation is.
    /// 单位地址。
    pub address: Option<&'a str>,
    /// Its telephones.
    /// 电话。
    pub phones: Vec<&'a str>,
    /// The mark of the institution.
    /// 党政机关标识。
    pub institution_mark: Option<BadgeView<'a>>,
    /// Where mistakes are reported.
    /// 网站找错。
    pub error_report: Option<BadgeView<'a>>,
    /// The address of the map of the site.
    /// 网站地图的网址。
    pub sitemap: String,
    /// The address of the statement on accessibility.
    /// 无障碍声明的网址。
    pub accessibility: String,
}

/// A picture that leads somewhere.
/// 带链接的图片。
#[derive(Clone, Debug)]
pub struct BadgeView<'a> {
    /// The picture.
    /// 图片。
    pub picture: Option<PictureView<'a>>,
    /// Where it leads.
    /// 通向的网址。
    pub url: Option<String>,
}

/// `head`: what machines are told of a page.
/// 给机器看的内容。
#[derive(Debug)]
pub struct HeadView {
    /// The meta tags that public bodies must have.
    /// 政府网站必须有的 meta 标签。
    pub metas: Vec<MetaView>,
    /// What the page is about, as JSON-LD; text for a `script` of that type.
    /// 网页内容的 JSON-LD，写在同名类型的 `script` 里。
    pub json_ld: String,
}

/// A meta tag.
/// 一个 meta 标签。
#[derive(Debug)]
pub struct MetaView {
    /// Its name.
    /// 名称。
    pub name: &'static str,
    /// Its content, which is never empty.
    /// 内容，不会是空的。
    pub content: String,
}

/// A QR code.
/// 二维码。
#[derive(Clone, Debug)]
pub struct QrView {
    /// The width and height of its square.
    /// 正方形的边长。
    pub size: usize,
    /// The dark parts, as the `d` of a `path` whose stroke is one wide.
    /// 黑色部分，写在 SVG `path` 的 `d` 里，线宽是 1。
    pub path: String,
}

/// How a reader answers a story.
/// 读者怎样回应一篇稿件。
#[derive(Clone, Debug)]
pub struct AnswerView {
    /// A `mailto:` with the title and the address of the story.
    /// 带有稿件标题和网址的 `mailto:` 链接。
    pub mailto: Option<String>,
}

/// A kind of entities: focal points, units, carriers …
/// 一类名录：着力点、单位、载体等。
#[derive(Clone, Debug)]
pub struct KindView<'a> {
    /// One of them, as templates call it: `carrier`.
    /// 模板里称呼其中一个的词，例如 `carrier`。
    pub one: &'static str,
    /// Several of them: `carriers`.
    /// 模板里称呼全部的词，例如 `carriers`。
    pub many: &'static str,
    /// What they are called: the theme's word of the key `many`.
    /// 这一类的名称，就是主题文字里 `many` 这个键的文字。
    pub name: &'a str,
    /// A sentence about them: the theme's word of the key `MANY_intro`, if it has one.
    /// 一句介绍，就是主题文字里 `MANY_intro` 这个键的文字；没有就没有。
    pub intro: Option<&'a str>,
    /// The address of their index.
    /// 这一类全部内容那一页的网址。
    pub url: String,
    /// The entry of the menu: `page.section` on their pages.
    /// 栏目，和所在网页的 `page.section` 相同。
    pub section: &'static str,
    /// Are they among the main sections?
    /// 是不是主要的栏目。
    pub is_main: bool,
    /// Can search results be narrowed by them?
    /// 搜索结果能不能按它筛选。
    pub is_facet: bool,
}

/// A list of the stories of one kind.
/// 一类稿件的列表。
#[derive(Clone, Debug)]
pub struct StoryListView<'a> {
    /// The kind, as templates call it: `case`.
    /// 模板里称呼这一类的词，例如 `case`。
    pub kind: &'static str,
    /// What the list is called: the theme's word of the key of its section.
    /// 列表的名称，就是主题文字里这个栏目的文字。
    pub name: &'a str,
    /// The address of the list.
    /// 列表的网址。
    pub url: String,
    /// The entry of the menu: `page.section` on its pages.
    /// 栏目，和所在网页的 `page.section` 相同。
    pub section: &'static str,
}

/// How much there is on the site.
/// 网站上各有多少。
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    /// How many stories.
    /// 稿件数。
    pub stories: usize,
    /// How many model branches.
    /// 先进支部数。
    pub branches: usize,
    /// How many exemplary members.
    /// 优秀党员数。
    pub members: usize,
}

/// `page`: what every page has.
/// 网页，每一页都有。
#[derive(Debug)]
pub struct PageView<'a> {
    /// The title, without the site's.
    /// 标题，不带网站名称。
    pub title: Cow<'a, str>,
    /// What it is: the name of its template without `.html`; of a page of `content/pages` always
    /// `page`.
    /// 是什么网页：模板的名称，不带 `.html`；content/pages 里的页面都是 `page`。
    pub kind: Cow<'a, str>,
    /// One or two sentences, for search engines and previews.
    /// 一两句简介，给搜索引擎和预览用。
    pub description: Option<Cow<'a, str>>,
    /// Its own address.
    /// 这一页自己的网址。
    pub url: String,
    /// Its absolute address; none without `base_url`.
    /// 完整的网址；没有 `base_url` 就没有。
    pub canonical: Option<String>,
    /// The absolute address of its picture, for previews; none without `base_url`.
    /// 预览图的完整网址；没有 `base_url` 就没有。
    pub image: Option<String>,
    /// The size of that picture, if it is known.
    /// 预览图的宽和高，知道的话。
    pub image_size: Option<(u32, u32)>,
    /// The same picture cut to a square.
    /// 预览图裁成正方形的网址。
    pub image_square: Option<String>,
    /// Which entry of the menu it belongs to: `home`, `focal-points`, `branches`,
    /// `members`, `units`, `carriers`, `regions`, `news`, `archive`, `search`, `page`, `none`.
    /// 所属的栏目：`home`、`focal-points`、`branches`、`members`、`units`、`carriers`、`regions`、`news`、`archive`、`search`、`page`、`none` 等。
    pub section: &'static str,
    /// The way to it from the home page, itself not included.
    /// 从首页到这一页经过的各级，不含首页和自己。
    pub crumbs: Vec<NamedLink<'a>>,
    /// What that way ends in: its title, or that it is the text of a story.
    /// 各级最后的一项：标题，或者“正文”。
    pub here: Cow<'a, str>,
    /// The address of the feed that belongs to it.
    /// 相应的订阅源的网址。
    pub feed: String,
    /// The number of this page of a listing; 1 elsewhere.
    /// 列表的第几页；别处都是 1。
    pub number: usize,
    /// Its head and foot as HTML: masthead.html and footer.html.
    /// 网页的上端，由 masthead.html 生成。
    pub masthead: String,
    /// See `masthead`.
    /// 网页的下端，由 footer.html 生成。
    pub footer: String,
}

/// `page` in masthead.html and footer.html, which are rendered once for all pages for which
/// this is the same.
/// 网页上端和下端知道的内容；相同的网页只生成一次。
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FrameView {
    /// See [`PageView`].
    /// 栏目，同 Page。
    pub section: &'static str,
    /// The address of the feed that belongs to the page.
    /// 相应的订阅源的网址。
    pub feed: String,
    /// The address of a page of `content/pages`, which the footer links to; else empty.
    /// 页面自己的网址，只有页脚链接的 content/pages 里的页面才有；其余是空的。
    pub url: String,
}

/// Something with a page of its own.
/// 有自己网页的内容。
#[derive(Clone, Debug)]
pub struct NamedLink<'a> {
    /// What it is called.
    /// 名称。
    pub name: Cow<'a, str>,
    /// Its address.
    /// 网址。
    pub url: String,
}

/// A date.
/// 日期。
#[derive(Clone, Debug)]
pub struct DateView {
    /// For people, in the theme's words: `2026年3月18日`.
    /// 给人看的写法，由主题的文字决定：`2026年3月18日`。
    pub text: String,
    /// For the `datetime` attribute.
    /// 写在 `datetime` 属性里的写法。
    pub datetime: String,
    /// `2026-03-18`.
    /// 年月日：`2026-03-18`。
    pub iso: String,
    /// Without the year, in the theme's words: `03-18`.
    /// 不带年份的写法，由主题的文字决定：`03-18`。
    pub short: String,
    /// `09:30`, where a time was given.
    /// 时间，例如 `09:30`；没有写时间就没有。
    pub clock: Option<String>,
    /// The year.
    /// 年份。
    pub year: i32,
    /// 1 to 12.
    /// 月份，1 到 12。
    pub month: u8,
    /// 1 to 31.
    /// 几号，1 到 31。
    pub day: u8,
    /// The month with two digits.
    /// 两位数的月份。
    pub mm: String,
    /// The day with two digits.
    /// 两位数的日。
    pub dd: String,
    /// 1 for Monday to 7. The theme's word for it is `weekday_N`.
    /// 星期，1 到 7，1 是星期一。主题的文字是 `weekday_N`。
    pub weekday: u8,
}

/// A picture.
/// 图片。
#[derive(Clone, Debug)]
pub struct PictureView<'a> {
    /// An address that every browser shows.
    /// 所有浏览器都能显示的网址。
    pub src: String,
    /// Addresses of copies and their widths, for `srcset`; empty if there is only one.
    /// 各种大小的副本和宽度，写在 `srcset` 里；只有一种就是空的。
    pub srcset: String,
    /// The same as WebP; empty if there are none.
    /// 同样的 WebP 副本；没有就是空的。
    pub webp: String,
    /// Its width and height, if they are known.
    /// 宽度，知道的话。
    pub width: Option<u32>,
    /// See `width`.
    /// 高度，知道的话。
    pub height: Option<u32>,
    /// Its description.
    /// 替代文字。
    pub alt: &'a str,
}

/// A focal point.
/// 着力点。
#[derive(Clone, Debug)]
pub struct FocalPointView<'a> {
    /// Its full name.
    /// 全称。
    pub name: &'a str,
    /// The name for menus.
    /// 简称，菜单里用。
    pub short_name: &'a str,
    /// Its slug.
    /// 网址名。
    pub slug: &'a str,
    /// Its address.
    /// 网址。
    pub url: String,
    /// What it means.
    /// 含义。
    pub description: &'a str,
    /// `#rrggbb`, where the campaign gave one.
    /// 颜色 `#rrggbb`；没有设置就没有。
    pub colour: Option<&'a str>,
    /// Its place in the order, from 1.
    /// 顺序，从 1 开始。
    pub number: usize,
    /// What it is known by at a glance.
    /// 一眼认出它的标记。
    pub sign: SignView<'a> as flat,
    /// How many stories it has.
    /// 有几篇稿件。
    pub count: usize,
    /// `extra` of its entry.
    /// 附加内容，名录里的 `extra`。
    pub extra: Option<Untyped<'a>>,
}

/// What a focal point is known by at a glance.
/// 一眼认出着力点的标记。
#[derive(Clone, Copy, Debug)]
pub struct SignView<'a> {
    /// The drawing that the theme has of it: the slug of one of the six.
    /// 主题为它画的图标：六个自带着力点之一的网址名。
    pub icon: Option<&'static str>,
    /// The first character of its name, for those of which there is no drawing.
    /// 名称的第一个字，没有图标时用。
    pub mark: &'a str,
}

/// `focal_point` in focal_point.html. What is gathered from its stories is only on page 1.
/// 着力点的网页；从稿件汇总来的内容只在第 1 页。
#[derive(Debug)]
pub struct FocalPointPage<'a> {
    /// What other pages show of it.
    /// 别的网页上也有的内容。
    pub focal_point: FocalPointView<'a> as flat,
    /// Its stories by month: the twelve months up to that of the newest.
    /// 各月的稿件数：到最新一篇所在月份为止的十二个月。
    pub months: Vec<MonthBar>,
    /// The units of its stories, those with most of them first.
    /// 稿件所属的单位，稿件多的在前。
    pub units: Vec<CountedLink<'a>>,
    /// Their carriers, likewise.
    /// 稿件的载体，稿件多的在前。
    pub carriers: Vec<CountedLink<'a>>,
    /// Their works, likewise.
    /// 稿件的工作，稿件多的在前。
    pub works: Vec<CountedLink<'a>>,
}

/// How many stories a month has, drawn.
/// 一个月的稿件数，画成柱形。
#[derive(Clone, Debug)]
pub struct MonthBar {
    /// The year.
    /// 年份。
    pub year: i32,
    /// 1 to 12.
    /// 月份，1 到 12。
    pub month: u8,
    /// How many stories.
    /// 有几篇稿件。
    pub count: usize,
    /// The height of its bar, of 100; what is not nothing is seen.
    /// 柱形的高度，满分 100；不是零就看得见。
    pub height: usize,
}

/// A focal point as a mark on a story.
/// 稿件上的着力点标签。
#[derive(Clone, Debug)]
pub struct FocalPointTag<'a> {
    /// Its full name.
    /// 全称。
    pub name: &'a str,
    /// The name for menus.
    /// 简称，菜单里用。
    pub short_name: &'a str,
    /// Its slug, which stays when the order changes.
    /// 网址名，顺序变了也不变。
    pub slug: &'a str,
    /// Its address.
    /// 网址。
    pub url: String,
    /// `#rrggbb`, where the campaign gave one.
    /// 颜色 `#rrggbb`；没有设置就没有。
    pub colour: Option<&'a str>,
    /// Its place in the order, from 1.
    /// 顺序，从 1 开始。
    pub number: usize,
    /// What it is known by at a glance.
    /// 一眼认出它的标记。
    pub sign: SignView<'a> as flat,
}

/// A story as lists show it: `story` in item.html.
/// 列表里的一篇稿件。
#[derive(Clone, Debug)]
pub struct StoryItem<'a> {
    /// What tells it from all others: its year and its slug.
    /// 编号：年份和网址名，不会重复。
    pub id: String,
    /// Its slug.
    /// 网址名。
    pub slug: &'a str,
    /// Its title.
    /// 标题。
    pub title: &'a str,
    /// Its address.
    /// 网址。
    pub url: String,
    /// Its summary, as plain text.
    /// 摘要，纯文字。
    pub summary: &'a str,
    /// Its date.
    /// 日期。
    pub date: DateView,
    /// `branch`, `member` or `news`.
    /// 类型：`branch`、`member`、`news`、`case` 等。
    pub kind: &'static str,
    /// The unit that it names, the main one of several.
    /// 所属单位；有几个单位时是主要的一个。
    pub unit: Option<NamedLink<'a>>,
    /// All units that it names.
    /// 所属的全部单位。
    pub units: Vec<NamedLink<'a>>,
    /// The first exemplary member whom it is about or names.
    /// 写到的第一位有网页的党员。
    pub person: Option<NamedLink<'a>>,
    /// All people whom it is about.
    /// 写到的全部人员。
    pub people: Vec<PersonView<'a>>,
    /// Their names in one, also of those without a page.
    /// 人员姓名连在一起，没有网页的人也在内。
    pub name: Option<String>,
    /// Its focal points, the primary one first.
    /// 着力点，第一个是主要的。
    pub focal_points: Vec<FocalPointTag<'a>>,
    /// Its cover.
    /// 封面。
    pub cover: Option<PictureView<'a>>,
    /// Is it pinned?
    /// 是不是置顶。
    pub pinned: bool,
    /// Is it a draft, or not published yet? Only in previews.
    /// 是不是草稿或者还没发布；只在预览里出现。
    pub draft: bool,
    /// What its front matter declares to be shown, by key: `author`, `keywords` …
    /// 稿件信息里要显示的内容，按键：`author`、`keywords` 等。
    pub shown: BTreeMap<&'static str, Vec<&'a str>> as flat,
    /// `extra` of the front matter.
    /// 附加内容，稿件信息里的 `extra`。
    pub extra: Option<Untyped<'a>>,
}

/// Someone whom a story is about.
/// 稿件写到的人。
#[derive(Clone, Debug)]
pub struct PersonView<'a> {
    /// The name.
    /// 姓名。
    pub name: &'a str,
    /// The address of the person's page, if there is one.
    /// 个人网页的网址；没有就没有。
    pub url: Option<String>,
}

/// What was wrong with a story.
/// 稿件的更正。
#[derive(Clone, Debug)]
pub struct CorrectionView<'a> {
    /// `更正（2026年3月18日）`.
    /// 开头的文字：`更正（2026年3月18日）`。
    pub label: String,
    /// What was wrong.
    /// 更正的内容。
    pub text: &'a str,
    /// When it was corrected, where that was given.
    /// 更正日期；没有写就没有。
    pub date: Option<DateView>,
}

/// A correction in the list of all: `corrections` in corrections.html is a list of these.
/// 更正列表里的一条。
#[derive(Clone, Debug)]
pub struct CorrectedView<'a> {
    /// The story.
    /// 稿件。
    pub story: NamedLink<'a>,
    /// What was wrong with it.
    /// 更正的内容。
    pub correction: CorrectionView<'a> as flat,
}

/// A title conferred by someone in a year.
/// 获得的荣誉。
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HonourView<'a> {
    /// The title.
    /// 荣誉名称。
    pub title: &'a str,
    /// Who conferred it.
    /// 授予单位。
    pub by: Option<&'a str>,
    /// When.
    /// 年份。
    pub year: Option<Cow<'a, str>>,
    /// Of what level it is.
    /// 级别。
    pub level: Option<&'a str>,
    /// The number of the decision.
    /// 文号。
    pub document: Option<&'a str>,
}

/// `roll` in honour_roll.html: all years, or one.
/// 光荣榜：全部年份，或者一年。
#[derive(Debug)]
pub struct RollView<'a> {
    /// How many have received something, of all years.
    /// 受表彰的总数，各年都算。
    pub count: usize,
    /// Is this the page of one year?
    /// 是不是一年的网页。
    pub is_year: bool,
    /// The years, the newest first; what has no year comes last.
    /// 各个年份，新的在前，没有年份的在最后。
    pub years: Vec<RollYear<'a>>,
}

/// A year of the honour roll.
/// 光荣榜的一年。
#[derive(Debug)]
pub struct RollYear<'a> {
    /// `2026年`, or that it is not said.
    /// 年份的名称：`2026年`，或者没有写年份。
    pub name: String,
    /// For its heading.
    /// 标题的 id。
    pub id: String,
    /// The address of its page; none of what has no year.
    /// 这一年网页的网址；没有年份的没有。
    pub url: Option<String>,
    /// Is it the year of the page?
    /// 是不是当前网页的年份。
    pub current: bool,
    /// How many have received something.
    /// 受表彰的有多少。
    pub count: usize,
    /// What was conferred; none if only the page of the year shows it.
    /// 授予的荣誉；只有那一年的网页才显示时是空的。
    pub awards: Vec<AwardView<'a>>,
}

/// A title conferred by someone in a year, and upon whom.
/// 一项荣誉和受表彰的单位、人员。
#[derive(Debug)]
pub struct AwardView<'a> {
    /// For its heading; search leads there.
    /// 标题的 id，搜索会跳到这里。
    pub id: String,
    /// The title.
    /// 荣誉名称。
    pub title: &'a str,
    /// Who conferred it.
    /// 授予单位。
    pub by: Option<&'a str>,
    /// Of what level it is.
    /// 级别。
    pub level: Option<&'a str>,
    /// The number of the decision.
    /// 文号。
    pub document: Option<&'a str>,
    /// The day of the decision.
    /// 决定的日期。
    pub date: Option<DateView>,
    /// The units, in their official order.
    /// 单位，按名录的顺序。
    pub units: Vec<HonouredView<'a>>,
    /// The people, in the order that the site has for them.
    /// 人员，按网站设定的顺序。
    pub people: Vec<HonouredView<'a>>,
}

/// A unit or a person upon whom an honour was conferred.
/// 受表彰的单位或人员。
#[derive(Debug)]
pub struct HonouredView<'a> {
    /// The id that someone without a page must have; search leads there.
    /// 没有网页的人必须带的 id，搜索会跳到这里。
    pub id: Option<String>,
    /// The name.
    /// 姓名。
    pub name: Cow<'a, str>,
    /// The address of the page, if there is one.
    /// 网页的网址；没有就没有。
    pub url: Option<String>,
    /// Where a person is.
    /// 所在单位。
    pub unit: Option<&'a str>,
}

/// An indicator before and after.
/// 一项成效，之前和之后。
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResultView<'a> {
    /// What is measured.
    /// 指标。
    pub indicator: &'a str,
    /// Its value before.
    /// 之前的数值。
    pub before: Option<Cow<'a, str>>,
    /// Its value after.
    /// 之后的数值。
    pub after: Cow<'a, str>,
    /// The unit of measurement.
    /// 计量单位。
    pub unit: Option<&'a str>,
    /// Of what time the value after is.
    /// 之后的数值截至什么时候。
    pub as_of: Option<&'a str>,
    /// Where the values are from.
    /// 依据。
    pub evidence: Option<&'a str>,
    /// Both values drawn, if they are numbers of one thing.
    /// 两个数值的图，都是同类数字才有。
    pub chart: Option<ChartView>,
}

/// Two values as bars that begin at zero.
/// 两根从零开始的横条。
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChartView {
    /// The length of the bar of the value before, of 100.
    /// 之前的横条长度，满分 100。
    pub before: u32,
    /// The length of the bar of the value after, of 100.
    /// 之后的横条长度，满分 100。
    pub after: u32,
}

/// What somebody of the people said.
/// 群众说的话。
#[derive(Clone, Copy, Debug)]
pub struct QuoteView<'a> {
    /// The words.
    /// 名称。
    pub text: &'a str,
    /// Whose they are.
    /// 谁说的。
    pub who: Option<&'a str>,
}

/// What the people think of it.
/// 群众评价。
#[derive(Clone, Debug)]
pub struct EvaluationView<'a> {
    /// Who was asked.
    /// 评价人。
    pub by: &'a str,
    /// How.
    /// 方式。
    pub method: Option<&'a str>,
    /// When.
    /// 年份。
    pub date: Option<DateView>,
    /// How many were asked and how many are content, in the theme's words.
    /// 调查人数和满意人数，由主题的文字表达。
    pub counted: Vec<String>,
    /// What else is said.
    /// 其他说明。
    pub note: Option<&'a str>,
}

/// A heading of a story, for its contents list.
/// 正文的一个标题，目录用。
#[derive(Clone, Debug)]
pub struct HeadingView<'a> {
    /// 2 to 6.
    /// 级别，2 到 6。
    pub level: u8,
    /// Its words.
    /// 文字。
    pub text: &'a str,
    /// Its anchor, with `#`.
    /// 带 `#` 的锚点。
    pub url: String,
}

/// `story` in story.html.
/// 稿件页。
#[derive(Debug)]
pub struct StoryView<'a> {
    /// Everything that a list shows.
    /// 列表里也有的内容。
    pub item: StoryItem<'a> as flat,
    /// What only its own page shows and its file alone tells.
    /// 只有稿件自己的文件里有的内容。
    pub account: AccountView<'a> as flat,
    /// What the rest of the site has to do with it.
    /// 和网站其余部分的关系。
    pub ties: &'a TiesView<'a> as flat,
    /// Its HTML.
    /// 正文。
    pub body: String,
    /// Those others as HTML: item.html once for each.
    /// 相关稿件，每篇由 item.html 生成。
    pub related: String,
    /// Its absolute address as a QR code, on its page, if it is known where the site is published.
    /// 稿件网址的二维码；不知道网站发布在哪里就没有。
    pub code: Option<QrView>,
    /// How a reader answers it, on its page, if the site says how.
    /// 读者怎样回应；网站没有写就没有。
    pub answer: Option<AnswerView>,
}

/// The part of [`StoryView`] that a story's file alone tells.
/// 稿件自己的文件里有的内容。
#[derive(Debug)]
pub struct AccountView<'a> {
    /// The summary, where one was written for it.
    /// 摘要，专门写了才有。
    pub lead: Option<&'a str>,
    /// Its headings, where there are at least three; else empty.
    /// 各级标题，至少三个才有，否则是空的。
    pub outline: Vec<HeadingView<'a>>,
    /// The post of the member.
    /// 职务。
    pub post: Option<&'a str>,
    /// The honours.
    /// 荣誉。
    pub honours: Vec<HonourView<'a>>,
    /// The results.
    /// 成效。
    pub results: Vec<ResultView<'a>>,
    /// What people said.
    /// 群众说。
    pub quotes: Vec<QuoteView<'a>>,
    /// What the people think of it.
    /// 群众评价。
    pub evaluations: Vec<EvaluationView<'a>>,
    /// How many took part, in the theme's words.
    /// 参与人数，由主题的文字表达。
    pub participation: Vec<String>,
    /// What its front matter declares to be shown.
    /// 稿件信息里要显示的内容。
    pub shown: ShownView<'a> as flat,
    /// When it was last changed, where that was given.
    /// 最后修改的日期；没有写就没有。
    pub updated: Option<DateView>,
    /// What was wrong with it.
    /// 更正的内容。
    pub correction: Option<CorrectionView<'a>>,
    /// How long it is, in characters as Word counts them.
    /// 字数。
    pub characters: usize,
    /// How long it takes to read, in minutes, at least 1.
    /// 读完要几分钟，至少 1。
    pub minutes: usize,
}

/// The keys of front matter that are declared to be shown with a story.
/// 稿件信息里要显示的各项。
#[derive(Debug, Default)]
pub struct ShownView<'a> {
    /// Below the title: source, author, photographer …; only those that have a text.
    /// 标题下面的：来源、作者、摄影等，有内容的才有。
    pub byline: Vec<ShownTexts<'a>>,
    /// Below the text: editor …
    /// 正文下面的：责任编辑等。
    pub credits: Vec<ShownTexts<'a>>,
    /// Among the facts: keywords …
    /// 事实里的：关键词等。
    pub facts: Vec<ShownTexts<'a>>,
}

/// The texts of a key.
/// 一项内容的文字。
#[derive(Debug)]
pub struct ShownTexts<'a> {
    /// The key. The theme's word for it is `by_KEY`; among the facts it is `KEY`.
    /// 键。主题的文字是 `by_KEY`，事实里的是 `KEY`。
    pub key: &'static str,
    /// The texts.
    /// 文字。
    pub texts: Vec<&'a str>,
}

/// The part of [`StoryView`] that other files tell.
/// 别的文件里有的内容。
#[derive(Debug)]
pub struct TiesView<'a> {
    /// The region.
    /// 地区。
    pub region: Option<NamedLink<'a>>,
    /// The carriers.
    /// 载体。
    pub carriers: Vec<NamedLink<'a>>,
    /// All entities that it names, by kind, but for focal points and its unit.
    /// 稿件写到的全部名录内容，按类；着力点和单位除外。
    pub linked: Vec<LinkedView<'a>>,
    /// The people with pages of their own whom it names.
    /// 稿件写到的、有自己网页的人。
    pub cast: Vec<CastView<'a>>,
    /// Its primary focal point, among whose stories the next two are; `None` if it has none, and
    /// they are of its kind.
    /// 主要的着力点，前后两篇按它排；没有着力点就没有，那时按类型排。
    pub within: Option<NamedLink<'a>>,
    /// The story published next.
    /// 后一篇。
    pub newer: Option<NamedLink<'a>>,
    /// The story published before.
    /// 前一篇。
    pub older: Option<NamedLink<'a>>,
    /// How many others that have most in common with it are shown, at most four.
    /// 显示几篇相关稿件，最多四篇。
    pub related_count: usize,
}

/// A person in a few words.
/// 一个人的简单介绍。
#[derive(Debug)]
pub struct CastView<'a> {
    /// The name.
    /// 姓名。
    pub name: &'a str,
    /// The address of the person's page.
    /// 个人网页的网址。
    pub url: String,
    /// What stands for a portrait.
    /// 没有照片时显示的字。
    pub initial: &'a str,
    /// The portrait that `people.yaml` names.
    /// 照片，people.yaml 里写的。
    pub portrait: Option<PictureView<'a>>,
    /// The unit of the person.
    /// 所在单位。
    pub unit: Option<&'a str>,
}

/// A page of a list of stories: `list` wherever stories are listed.
/// 稿件列表的一页。
#[derive(Debug)]
pub struct ListView {
    /// The stories of this page as HTML: item.html once for each.
    /// 这一页的稿件，每篇由 item.html 生成。
    pub items: String,
    /// How many stories there are on all pages.
    /// 各页一共有几篇稿件。
    pub count: usize,
    /// The pages.
    /// 分页。
    pub pager: Pager,
    /// Where the stories of each year begin, the newest first; none if all are of one year.
    /// 各年的稿件从哪里开始，新的在前；都是同一年就是空的。
    pub years: Vec<CountedYear>,
    /// The kinds of the stories, if there are several and all stand on this page.
    /// 稿件的类型，有几种而且都在这一页才有。
    pub kinds: Vec<CountedKind>,
}

/// The stories that a page asks for: `content.list`.
/// 页面收录的稿件。
#[derive(Debug)]
pub struct CollectedView {
    /// The stories as HTML: the template of an item once for each.
    /// 稿件，每篇由列表项的模板生成。
    pub items: String,
    /// How many are shown.
    /// 显示几篇。
    pub count: usize,
    /// How many there are.
    /// 一共有多少。
    pub total: usize,
}

/// How many stories of a kind a list has.
/// 一种类型有几篇稿件。
#[derive(Clone, Debug)]
pub struct CountedKind {
    /// `branch`, `member` …
    /// 类型：`branch`、`member` 等。
    pub kind: &'static str,
    /// How many.
    /// 数量。
    pub count: usize,
}

/// The pages of a listing.
/// 列表的分页。
#[derive(Debug)]
pub struct Pager {
    /// This page, from 1.
    /// 当前是第几页，从 1 开始。
    pub number: usize,
    /// How many pages there are, at least 1.
    /// 一共几页，至少 1。
    pub total: usize,
    /// The page before.
    /// 上一页。
    pub previous: Option<String>,
    /// The page after.
    /// 下一页。
    pub next: Option<String>,
    /// The first page.
    /// 第一页。
    pub first: String,
    /// The last page.
    /// 最后一页。
    pub last: String,
    /// The first, the last and those around this one; a gap has no address.
    /// 第一页、最后一页和当前页前后的几页；省略处没有网址。
    pub pages: Vec<PagerPage>,
}

/// One entry of a pager.
/// 分页里的一项。
#[derive(Debug)]
pub struct PagerPage {
    /// Its number.
    /// 第几页。
    pub number: usize,
    /// Its address; none for a gap.
    /// 网址；省略处没有。
    pub url: Option<String>,
    /// Is it the page that is shown?
    /// 是不是当前页。
    pub current: bool,
}

/// `home` in home.html.
/// 首页。
#[derive(Debug)]
pub struct HomeView<'a> {
    /// The sections of the page in their order, as site.yaml has them under `home`: `preface`,
    /// `front` … What is not among them is empty.
    /// 首页的各块，按 site.yaml 里 `home` 的顺序：`preface`、`front` 等；不在里面的是空的。
    pub order: Vec<&'static str>,
    /// The sections of the site, and how much each has.
    /// 网站的各个栏目和数量。
    pub sections: Vec<CountedLink<'a>>,
    /// How much there is.
    /// 各有多少。
    pub counts: Counts,
    /// Stories that are to lead the page, at most four; the newest story with a cover where none is,
    /// and the newest of all where none has one.
    /// 头条，最多四篇；没有设头条就是最新的有封面的一篇，都没有封面就是最新的一篇。
    pub featured: Vec<StoryItem<'a>>,
    /// The newest stories with several pictures that are not in `featured`: two to four, or none.
    /// 图片报道：`featured` 里没有的、有几张图片的最新稿件，二到四篇，或者没有。
    pub in_pictures: Vec<PictureStoryView<'a>>,
    /// The newest news that are in none of the values before this one, at most six.
    /// 上面各项里都没有的最新动态，最多六篇。
    pub news: Vec<StoryItem<'a>>,
    /// Each focal point with its latest stories that are in none of the values before this one, at
    /// most two.
    /// 各个着力点和上面各项里都没有的最新稿件，最多两篇。
    pub focal_points: Vec<FocalPointSection<'a>>,
    /// How many stories there are in `items`.
    /// 下面的 `items` 里有几篇。
    pub count: usize,
    /// The newest stories as HTML that are in none of the values before this one, at most six. So a
    /// page that prints `items` alone shows the rest of the stories; the newest are in `newest`.
    /// 上面各项里都没有的最新稿件，最多六篇。只显示这一项，看到的是剩下的；最新的在 `newest` 里。
    pub items: String,
    /// The newest stories of any kind, at most twelve, wherever else on the page they stand.
    /// 最新的稿件，不分类别，最多十二篇，不管页面上别处有没有。
    pub newest: Vec<StoryItem<'a>>,
    /// What was changed or corrected last and is in none of the values before, at most four.
    /// 最近修改或更正的、上面各项里都没有的，最多四篇。
    pub changed: Vec<ChangedView<'a>>,
    /// The special topics that are pinned.
    /// 置顶的专题。
    pub series: Vec<EntityView<'a>>,
    /// Model branches, at most eight.
    /// 先进支部，最多八个。
    pub branches: Vec<SubjectView<'a>>,
    /// Exemplary members, at most twelve.
    /// 优秀党员，最多十二位。
    pub members: Vec<SubjectView<'a>>,
}

/// A story that tells with several pictures.
/// 有几张图片的稿件。
#[derive(Debug)]
pub struct PictureStoryView<'a> {
    /// The story.
    /// 稿件。
    pub story: StoryItem<'a> as flat,
    /// One of its pictures: its cover, unless that is a drawing.
    /// 其中一张图片：封面；封面是图画就另选。
    pub picture: PictureView<'a>,
    /// How many pictures there are in its text.
    /// 正文里有几张图片。
    pub picture_count: usize,
}

/// A story that was changed after it was published.
/// 发布以后改过的稿件。
#[derive(Debug)]
pub struct ChangedView<'a> {
    /// The story.
    /// 稿件。
    pub story: NamedLink<'a>,
    /// When.
    /// 年份。
    pub date: DateView,
    /// Was something wrong with it?
    /// 是不是更正。
    pub is_corrected: bool,
}

/// A focal point and its latest stories.
/// 着力点和它的最新稿件。
#[derive(Debug)]
pub struct FocalPointSection<'a> {
    /// The focal point.
    /// 着力点。
    pub focal_point: FocalPointView<'a> as flat,
    /// Its latest stories, at most four.
    /// 最新的稿件，最多四篇。
    pub stories: Vec<StoryItem<'a>>,
}

/// A model branch or an exemplary member, as lists show them.
/// 列表里的先进支部或优秀党员。
#[derive(Clone, Debug)]
pub struct SubjectView<'a> {
    /// Its name.
    /// 名称。
    pub name: &'a str,
    /// Its address.
    /// 网址。
    pub url: String,
    /// The unit of a member; the parent of a branch.
    /// 党员的单位；支部的上级。
    pub unit: Option<NamedLink<'a>>,
    /// The post of a member.
    /// 党员的职务。
    pub post: Option<&'a str>,
    /// Level and sector of a branch's unit.
    /// 支部所在单位的级别。
    pub level: Option<&'a str>,
    /// The sector of the unit.
    /// 支部所在单位的领域。
    pub sector: Option<&'a str>,
    /// The region.
    /// 地区。
    pub region: Option<&'a str>,
    /// What stands for a portrait: the surname of a person, of a foreign name the initials.
    /// 没有照片时显示的字：姓，外国人名是首字母。
    pub initial: &'a str,
    /// The latest honour.
    /// 最近的荣誉。
    pub honour: Option<HonourView<'a>>,
    /// The summary of the latest story.
    /// 最新一篇稿件的摘要。
    pub summary: &'a str,
    /// The cover of the latest story that has one.
    /// 最新的有封面的稿件的封面。
    pub cover: Option<PictureView<'a>>,
    /// A picture of the person: of its entry, else of the latest story that has one.
    /// 照片：名录里的，没有就是最新稿件里的。
    pub portrait: Option<PictureView<'a>>,
    /// How many stories there are.
    /// 有几篇稿件。
    pub count: usize,
}

/// `subjects` in branches.html and members.html.
/// 先进支部、优秀党员的列表。
#[derive(Debug)]
pub struct SubjectsView<'a> {
    /// Those of this page.
    /// 这一页的各个。
    pub subjects: Vec<SubjectView<'a>>,
    /// How many there are on all pages.
    /// 各页一共有多少。
    pub count: usize,
    /// The pages.
    /// 分页。
    pub pager: Pager,
}

/// `branch` in branch.html, `member` in member.html.
/// 先进支部或优秀党员的网页。
#[derive(Debug)]
pub struct ProfileView<'a> {
    /// What lists show.
    /// 列表里也有的内容。
    pub subject: SubjectView<'a> as flat,
    /// A sentence about the unit, or the person.
    /// 单位或个人的一句介绍。
    pub description: Option<&'a str>,
    /// `extra` of the entry of the unit, or of the person.
    /// 附加内容，单位或人员名录里的 `extra`。
    pub extra: Option<Untyped<'a>>,
    /// All units of a member, the main one first.
    /// 党员的全部单位，主要的在前。
    pub units: Vec<NamedLink<'a>>,
    /// Every honour that its stories name, latest first.
    /// 稿件里写到的全部荣誉，新的在前。
    pub honours: Vec<HonourView<'a>>,
    /// The same by year, the latest first.
    /// 同样的荣誉，按年，新的在前。
    pub honour_years: Vec<HonourYear<'a>>,
    /// Every result that its stories name.
    /// 稿件里写到的全部成效。
    pub results: Vec<ResultView<'a>>,
    /// The focal points of its stories.
    /// 稿件的着力点。
    pub focal_points: Vec<FocalPointTag<'a>>,
    /// The page of the unit itself.
    /// 单位自己的网页。
    pub unit_page: Option<NamedLink<'a>>,
    /// The units above that of a branch or a member, the nearest first.
    /// 上级单位，近的在前。
    pub above: Vec<NamedLink<'a>>,
    /// The page of the region of its stories.
    /// 稿件所在地区的网页。
    pub region_page: Option<NamedLink<'a>>,
    /// The carriers of its stories, in their order.
    /// 稿件的载体，按顺序。
    pub carriers: Vec<NamedLink<'a>>,
    /// Exemplary members of a branch's unit.
    /// 支部所在单位的优秀党员。
    pub members: Vec<SubjectView<'a>>,
    /// The other exemplary members of a member's units, at most twelve.
    /// 党员所在单位的其他优秀党员，最多十二位。
    pub colleagues: Vec<CastView<'a>>,
}

/// The honours of a year.
/// 一年的荣誉。
#[derive(Debug)]
pub struct HonourYear<'a> {
    /// The year; `None` if it is not said.
    /// 年份；没有写就没有。
    pub year: Option<Cow<'a, str>>,
    /// The honours.
    /// 荣誉。
    pub honours: Vec<HonourView<'a>>,
}

/// A unit in the tree: `units` in units.html is a list of these.
/// 单位列表里的一个单位。
#[derive(Clone, Debug)]
pub struct UnitNode<'a> {
    /// Its name.
    /// 名称。
    pub name: &'a str,
    /// Its address.
    /// 网址。
    pub url: String,
    /// Its level.
    /// 级别。
    pub level: Option<&'a str>,
    /// Its sector.
    /// 领域。
    pub sector: Option<&'a str>,
    /// How many stories name it.
    /// 有几篇稿件写到它。
    pub count: usize,
    /// How many stories name it or a unit below it.
    /// 它和下级单位一共有几篇稿件。
    pub total: usize,
    /// How deep it is below a unit without a parent; 0 for those.
    /// 在上级单位下面第几层，没有上级的是 0。
    pub depth: usize,
    /// Has it a page as a model branch?
    /// 有没有先进支部的网页。
    pub is_branch: bool,
}

/// `unit` in unit.html.
/// 单位的网页。
#[derive(Debug)]
pub struct UnitView<'a> {
    /// Its name.
    /// 名称。
    pub name: &'a str,
    /// Its level.
    /// 级别。
    pub level: Option<&'a str>,
    /// Its sector.
    /// 领域。
    pub sector: Option<&'a str>,
    /// Its region.
    /// 地区。
    pub region: Option<&'a str>,
    /// A sentence about it.
    /// 一句介绍。
    pub description: Option<&'a str>,
    /// `extra` of its entry.
    /// 附加内容，名录里的 `extra`。
    pub extra: Option<Untyped<'a>>,
    /// The unit above it.
    /// 上级单位。
    pub parent: Option<NamedLink<'a>>,
    /// The units directly below it.
    /// 直接的下级单位。
    pub children: Vec<UnitNode<'a>>,
    /// How many stories name a unit below it and not itself.
    /// 只写到下级单位的稿件有几篇。
    pub below_count: usize,
    /// The newest of those, at most twelve.
    /// 其中最新的，最多十二篇。
    pub below: Vec<ArchiveItem<'a>>,
    /// Its page as a model branch.
    /// 先进支部的网页。
    pub branch: Option<NamedLink<'a>>,
    /// Its exemplary members.
    /// 优秀党员。
    pub members: Vec<SubjectView<'a>>,
    /// The results that its stories tell of.
    /// 稿件里写到的成效。
    pub results: Vec<ResultView<'a>>,
}

/// An entity of a kind that has no view of its own: `carriers` in carriers.html and `regions`
/// in regions.html are lists of these, `carrier` and `region` are one; `entities` in index.html
/// and `entity` in entity.html are those of any kind.
/// 没有自己视图的一类里的一个：载体、地区、专题等。
#[derive(Clone, Debug)]
pub struct EntityView<'a> {
    /// Its name.
    /// 名称。
    pub name: &'a str,
    /// Its address.
    /// 网址。
    pub url: String,
    /// A sentence about it.
    /// 一句介绍。
    pub description: Option<&'a str>,
    /// How many stories name it.
    /// 有几篇稿件写到它。
    pub count: usize,
    /// `extra` of its entry.
    /// 附加内容，名录里的 `extra`。
    pub extra: Option<Untyped<'a>>,
    /// Its picture, where its entry names one.
    /// 图片；名录里没有写就没有。
    pub picture: Option<PictureView<'a>>,
    /// When it takes place, where its entry says so.
    /// 时间；名录里没有写就没有。
    pub period: Option<PeriodView>,
    /// The keys of its entry that are declared to be shown, in the order of the file.
    /// 名录里要显示的各项，按文件里的顺序。
    pub facts: Vec<EntityFact<'a>>,
    /// The keys that only its kind has, each as its file gives it.
    /// 只有这一类才有的键。
    pub texts: BTreeMap<&'static str, &'a str> as flat,
}

/// The time of a work or of a carrier.
/// 工作或载体的时间。
#[derive(Clone, Debug)]
pub struct PeriodView {
    /// Its first day.
    /// 开始的日期。
    pub from: Option<DateView>,
    /// Its last day.
    /// 结束的日期。
    pub to: Option<DateView>,
    /// Where the day of the build stands to it: `current`, `coming` or `past`.
    /// 网站生成那天处在什么阶段：`current` 进行中、`coming` 未开始、`past` 已结束。
    pub phase: &'static str,
}

/// A key of an entity's entry that is shown with it.
/// 名录里要显示的一项。
#[derive(Clone, Debug)]
pub struct EntityFact<'a> {
    /// The key.
    /// 键。
    pub key: &'static str,
    /// What to call it: the theme's word of the key `ONE_KEY`, else of `KEY`.
    /// 名称，就是主题文字里 `ONE_KEY`、没有就是 `KEY` 的文字。
    pub label: &'a str,
    /// What it says.
    /// 内容。
    pub values: Vec<FactValue<'a>>,
}

/// A text, a date or the name of another entity.
/// 一段文字、一个日期或者另一个名录内容的名称。
#[derive(Clone, Debug)]
pub struct FactValue<'a> {
    /// For people.
    /// 给人看的文字。
    pub text: Cow<'a, str>,
    /// The address of an entity.
    /// 名录内容的网址；不是名录内容就没有。
    pub url: Option<String>,
    /// A date, for the `datetime` attribute.
    /// 日期，写在 `datetime` 属性里；不是日期就没有。
    pub datetime: Option<String>,
}

/// `works` in works.html.
/// 工作列表。
#[derive(Debug)]
pub struct WorksView<'a> {
    /// How many there are.
    /// 一共有多少。
    pub count: usize,
    /// Those whose time it is on the day of the build, each after the one that it is below.
    /// 正在进行的，下级跟在上级后面。
    pub current: Vec<WorkNode<'a>>,
    /// Those whose time has not come.
    /// 还没开始的。
    pub coming: Vec<WorkNode<'a>>,
    /// Those whose time is over.
    /// 已经结束的。
    pub past: Vec<WorkNode<'a>>,
}

/// A work in a tree.
/// 工作列表里的一项。
#[derive(Clone, Debug)]
pub struct WorkNode<'a> {
    /// Its name.
    /// 名称。
    pub name: &'a str,
    /// Its address.
    /// 网址。
    pub url: String,
    /// Whose work it is: city, district …
    /// 级别：市、区等。
    pub level: Option<&'a str>,
    /// `central` or `linked`.
    /// 性质：`central` 中心工作，`linked` 统筹工作。
    pub role: &'a str,
    /// When it takes place.
    /// 时间。
    pub period: Option<PeriodView>,
    /// Who is responsible.
    /// 责任单位。
    pub units: Vec<NamedLink<'a>>,
    /// How many stories name it.
    /// 有几篇稿件写到它。
    pub count: usize,
    /// How deep it is below one without a parent in the same list; 0 for those.
    /// 在同一列表里的上级下面第几层，没有上级的是 0。
    pub depth: usize,
}

/// `work` in work.html, `carrier` in carrier.html. What is gathered from its stories is only on
/// page 1.
/// 工作或载体的网页；从稿件汇总来的内容只在第 1 页。
#[derive(Debug)]
pub struct InitiativeView<'a> {
    /// What every entity has.
    /// 名录内容都有的。
    pub entity: EntityView<'a> as flat,
    /// The work above it.
    /// 上级工作。
    pub parent: Option<NamedLink<'a>>,
    /// The works directly below it.
    /// 直接的下级工作。
    pub children: Vec<WorkNode<'a>>,
    /// Every result that its stories name.
    /// 稿件里写到的全部成效。
    pub results: Vec<ResultView<'a>>,
    /// The units of its stories, in the order of units.
    /// 稿件所属的单位，按名录的顺序。
    pub tellers: Vec<CountedLink<'a>>,
    /// Its stories by the sector of their units, of a carrier.
    /// 载体的稿件，按单位的领域。
    pub sectors: Vec<SectorView<'a>>,
}

/// `tasks` in tasks.html: all of them, or those of a unit or a focal point.
/// 实事列表：全部，或者一个单位、一个着力点的。
#[derive(Debug)]
pub struct TasksView<'a> {
    /// How many there are here.
    /// 这里有多少。
    pub count: usize,
    /// The unit or the focal point whose tasks these are.
    /// 只显示谁的实事；全部时没有。
    pub of: Option<NamedLink<'a>>,
    /// The tasks by status; of those that there are.
    /// 实事，按状态；有实事的状态才有。
    pub statuses: Vec<TaskStatusView<'a>>,
    /// The units that have tasks; only where all tasks are shown.
    /// 有实事的单位；只在全部实事那一页。
    pub units: Vec<TaskFilter<'a>>,
    /// The focal points of which stories of tasks are.
    /// 实事的稿件所属的着力点。
    pub focal_points: Vec<TaskFilter<'a>>,
}

/// Tasks of one status.
/// 一种状态的实事。
#[derive(Debug)]
pub struct TaskStatusView<'a> {
    /// `doing`, `planned`, `done` or `stopped`. The theme's word for it is `status_STATUS`.
    /// 状态：`doing`、`planned`、`done`、`stopped`。主题的文字是 `status_STATUS`。
    pub status: &'static str,
    /// The tasks.
    /// 各项实事。
    pub tasks: Vec<TaskItem<'a>>,
}

/// A task in a list.
/// 列表里的一项实事。
#[derive(Debug)]
pub struct TaskItem<'a> {
    /// Its name.
    /// 名称。
    pub name: &'a str,
    /// Its address.
    /// 网址。
    pub url: String,
    /// Who does it.
    /// 责任单位。
    pub unit: Option<NamedLink<'a>>,
    /// The focal points of its stories.
    /// 稿件的着力点。
    pub focal_points: Vec<FocalPointTag<'a>>,
    /// By which day.
    /// 期限。
    pub due: Option<DateView>,
    /// On which day it was done.
    /// 办结日期。
    pub done_on: Option<DateView>,
    /// What people lack.
    /// 难事。
    pub need: Option<&'a str>,
    /// What has come of it.
    /// 结果。
    pub result: Option<&'a str>,
    /// How many stories name it.
    /// 有几篇稿件写到它。
    pub count: usize,
    /// The keys of the filters that it is in.
    /// 所属的筛选项。
    pub keys: Vec<String>,
}

/// A unit or a focal point by which tasks can be filtered.
/// 可以筛选实事的单位或着力点。
#[derive(Debug)]
pub struct TaskFilter<'a> {
    /// What it is called.
    /// 名称。
    pub name: &'a str,
    /// The page with its tasks alone.
    /// 只有它的实事的网页。
    pub url: String,
    /// How many tasks it has.
    /// 有几项实事。
    pub count: usize,
    /// What its tasks have among their `keys`.
    /// 写在实事的 `keys` 里的键。
    pub key: String,
}

/// `calendar` in calendar.html.
/// 日程。
#[derive(Debug)]
pub struct CalendarView<'a> {
    /// What is to come from the day of the build on, by month.
    /// 从生成那天起的日程，按月。
    pub coming: Vec<CalendarMonth<'a>>,
    /// What is past, the latest month and day first; at most forty.
    /// 过去的日程，近的在前，最多四十项。
    pub past: Vec<CalendarMonth<'a>>,
    /// The years of which there is something, the latest first.
    /// 有日程的年份，近的在前。
    pub years: Vec<CountedYear>,
}

/// A year, and how much there is in it.
/// 一个年份和其中的数量。
#[derive(Clone, Debug)]
pub struct CountedYear {
    /// The year.
    /// 年份。
    pub year: i32,
    /// Its address, or where it begins in a list.
    /// 网址，或者在列表里从哪里开始。
    pub url: String,
    /// How much.
    /// 数量。
    pub count: usize,
}

/// `year` in calendar_year.html.
/// 一年的日程。
#[derive(Debug)]
pub struct CalendarYear<'a> {
    /// The year.
    /// 年份。
    pub year: i32,
    /// How much there is in it.
    /// 这一年有多少。
    pub count: usize,
    /// The months of which there is something.
    /// 有日程的各月。
    pub months: Vec<CalendarMonth<'a>>,
}

/// A month of the calendar.
/// 日程的一个月。
#[derive(Debug)]
pub struct CalendarMonth<'a> {
    /// The year.
    /// 年份。
    pub year: i32,
    /// 1 to 12.
    /// 月份，1 到 12。
    pub month: u8,
    /// What it is called, in the theme's words.
    /// 名称，由主题的文字表达。
    pub name: String,
    /// An id for its heading.
    /// 标题的 id。
    pub id: String,
    /// On how many of its days there is something.
    /// 有日程的有几天。
    pub days: usize,
    /// Its weeks, each of seven days from Monday on.
    /// 各周，每周七天，从星期一开始。
    pub weeks: Vec<Vec<CalendarDay>>,
    /// What is in it.
    /// 这个月的日程。
    pub items: Vec<CalendarItem<'a>>,
}

/// A day in the grid of a month.
/// 月历里的一天。
#[derive(Clone, Debug)]
pub struct CalendarDay {
    /// The day; `None` if it is of another month.
    /// 几号；不是这个月的就没有。
    pub day: Option<u8>,
    /// How much there is on it.
    /// 这一天有多少。
    pub count: usize,
    /// Where that stands on this page, if it does.
    /// 在这一页的哪里；没有日程就没有。
    pub url: Option<String>,
}

/// What is on a day.
/// 一项日程。
#[derive(Debug)]
pub struct CalendarItem<'a> {
    /// The id that the first of a day has.
    /// 同一天的第一项必须带的 id。
    pub id: Option<String>,
    /// The day.
    /// 日期。
    pub date: DateView,
    /// 1 for Monday to 7. The theme's word for it is `weekday_N`.
    /// 星期，1 到 7，1 是星期一。主题的文字是 `weekday_N`。
    pub weekday: u8,
    /// The last day of an event that lasts several.
    /// 持续几天的活动的最后一天。
    pub end: Option<DateView>,
    /// `event`, `from`, `to` or `due`.
    /// 场合：`event` 活动、`from` 开始、`to` 结束、`due` 到期。
    pub occasion: &'static str,
    /// The kind of what it is of: `event`, `work`, `carrier` or `task`.
    /// 所属的类：`event`、`work`、`carrier`、`task`。
    pub kind: &'static str,
    /// The name of that.
    /// 名称。
    pub name: &'a str,
    /// The address of that; an event has none.
    /// 网址；活动没有。
    pub url: Option<String>,
    /// Where an event takes place.
    /// 活动的地点。
    pub place: Option<&'a str>,
    /// Who holds an event.
    /// 活动的单位。
    pub unit: Option<NamedLink<'a>>,
    /// The carriers that an event belongs to.
    /// 活动所属的载体。
    pub carriers: Vec<NamedLink<'a>>,
    /// The works that an event belongs to.
    /// 活动所属的工作。
    pub works: Vec<NamedLink<'a>>,
    /// The story that tells of an event.
    /// 报道活动的稿件。
    pub story: Option<NamedLink<'a>>,
    /// A sentence about an event.
    /// 活动的一句介绍。
    pub description: Option<&'a str>,
}

/// `task` in task.html.
/// 实事的网页。
#[derive(Debug)]
pub struct TaskView<'a> {
    /// What every entity has.
    /// 名录内容都有的。
    pub entity: EntityView<'a> as flat,
    /// Need, measures, result and feedback, in this order.
    /// 难事、措施、结果、反馈，按这个顺序。
    pub steps: Vec<TaskStep<'a>>,
}

/// A step of a task.
/// 实事的一步。
#[derive(Debug)]
pub struct TaskStep<'a> {
    /// The key: `need`. The theme's word for it is `task_KEY`.
    /// 键，例如 `need`。主题的文字是 `task_KEY`。
    pub key: &'static str,
    /// What the list says of it; nothing if it is yet to come.
    /// 名录里写的内容；还没有就是空的。
    pub texts: Vec<&'a str>,
}

/// Something with a page, and how many stories it has here.
/// 有网页的内容，和它在这里的稿件数。
#[derive(Clone, Debug)]
pub struct CountedLink<'a> {
    /// What it is called.
    /// 名称。
    pub name: &'a str,
    /// Its address.
    /// 网址。
    pub url: String,
    /// How many stories.
    /// 有几篇稿件。
    pub count: usize,
}

/// Stories of the units of one sector.
/// 一个领域的单位的稿件。
#[derive(Debug)]
pub struct SectorView<'a> {
    /// The sector; `None` for units without one.
    /// 领域；没有领域的单位没有。
    pub name: Option<&'a str>,
    /// The id that the heading has, to which the table of carriers leads.
    /// 标题必须带的 id，载体的表格会跳到这里。
    pub id: String,
    /// How many there are.
    /// 一共有多少。
    pub count: usize,
    /// The newest of them, at most twelve.
    /// 最新的稿件，最多十二篇。
    pub stories: Vec<ArchiveItem<'a>>,
}

/// A table of counts.
/// 数量的表格。
#[derive(Debug)]
pub struct CountTable<'a> {
    /// What the columns are.
    /// 各列。
    pub columns: Vec<TableHead<'a>>,
    /// The rows.
    /// 各行。
    pub rows: Vec<TableRow<'a>>,
}

/// A table of counts with what it is: `tables` in coverage.html is a list of these.
/// 一个表格和它的内容。
#[derive(Debug)]
pub struct CoverageTable<'a> {
    /// `units`, `months`, `carriers` or `works`. The theme's words for it are `coverage_SUBJECT`,
    /// `coverage_SUBJECT_corner`, what its rows are, and `coverage_SUBJECT_other`.
    /// 内容：`units`、`months`、`carriers`、`works`。主题的文字是 `coverage_SUBJECT`、`coverage_SUBJECT_corner`（各行是什么）和 `coverage_SUBJECT_other`。
    pub subject: &'static str,
    /// The table.
    /// 表格。
    pub table: CountTable<'a>,
}

/// What a column or a row is.
/// 一列或一行的标题。
#[derive(Debug)]
pub struct TableHead<'a> {
    /// What it is called; `None` for what is in none of the others.
    /// 名称；哪一列都不属于的没有。
    pub name: Option<Cow<'a, str>>,
    /// Its address, if it has a page.
    /// 网址；没有网页就没有。
    pub url: Option<String>,
}

/// A row of a table of counts.
/// 表格的一行。
#[derive(Debug)]
pub struct TableRow<'a> {
    /// What it is.
    /// 标题。
    pub head: TableHead<'a> as flat,
    /// Its counts, one for each column.
    /// 各列的数量。
    pub cells: Vec<TableCell>,
}

/// A count.
/// 一个数量。
#[derive(Debug)]
pub struct TableCell {
    /// How many stories.
    /// 有几篇稿件。
    pub count: usize,
    /// Where they are; none if there are none.
    /// 在哪里；数量是零就没有。
    pub url: Option<String>,
}

/// The entities of a kind that a story names: `story.linked` is a list of these.
/// 稿件写到的一类名录内容。
#[derive(Debug)]
pub struct LinkedView<'a> {
    /// The kind: `carrier`.
    /// 类，例如 `carrier`。
    pub kind: &'static str,
    /// What to call them beside the story: the theme's word of the key `story_MANY` or
    /// `story_ONE`, else of `MANY`.
    /// 名称，就是主题文字里 `story_MANY` 或 `story_ONE`、没有就是 `MANY` 的文字。
    pub label: &'a str,
    /// The entities.
    /// 各个。
    pub entities: Vec<NamedLink<'a>>,
}

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

views! {

/// A year: `years` in archive.html is a list of these, `year` in archive_year.html one.
/// 一个年份。
#[derive(Clone, Debug)]
pub struct YearView<'a> {
    /// The year.
    /// 年份。
    pub year: i32,
    /// Its address.
    /// 网址。
    pub url: String,
    /// How many stories it has.
    /// 有几篇稿件。
    pub count: usize,
    /// Its months, latest first.
    /// 各月，近的在前。
    pub months: Vec<MonthView<'a>>,
    /// All twelve, with how many stories each has.
    /// 十二个月，各有几篇稿件。
    pub bars: Vec<MonthBar>,
    /// The kinds of its stories, on its own page and if there are several.
    /// 稿件的类型；只在这一年自己的网页，而且有几种才有。
    pub kinds: Vec<CountedKind>,
    /// The next year that has stories, on its own page.
    /// 后一个有稿件的年份；只在这一年自己的网页。
    pub newer: Option<NamedLink<'a>>,
    /// The year before that has stories, on its own page.
    /// 前一个有稿件的年份；只在这一年自己的网页。
    pub older: Option<NamedLink<'a>>,
}

/// A month.
/// 一个月。
#[derive(Clone, Debug)]
pub struct MonthView<'a> {
    /// 1 to 12.
    /// 月份，1 到 12。
    pub month: u8,
    /// Its place on the page of the year.
    /// 在这一年网页里的位置。
    pub url: String,
    /// How many stories it has.
    /// 有几篇稿件。
    pub count: usize,
    /// Its stories, newest first; empty on the page of all years.
    /// 稿件，新的在前；在全部年份那一页是空的。
    pub stories: Vec<ArchiveItem<'a>>,
}

/// `site_map` in sitemap.html.
/// 网站地图。
#[derive(Clone, Debug)]
pub struct SiteMap<'a> {
    /// The sections, also those that a menu of the site's own does not show.
    /// 各个栏目；菜单是网站自己定的，没有放进菜单的也在。
    pub sections: Vec<MenuItem<'a>>,
    /// The focal points, each with how many stories it has.
    /// 着力点，各有几篇稿件。
    pub focal_points: Vec<FocalPointView<'a>>,
    /// The series.
    /// 专题。
    pub series: Vec<CountedLink<'a>>,
    /// The years that have stories, latest first.
    /// 有稿件的年份，近的在前。
    pub years: Vec<CountedYear>,
}

/// A story on one line of the archive.
/// 全部稿件里的一行。
#[derive(Clone, Debug)]
pub struct ArchiveItem<'a> {
    /// Its title.
    /// 标题。
    pub title: &'a str,
    /// Its address.
    /// 网址。
    pub url: String,
    /// Its date.
    /// 日期。
    pub date: DateView,
    /// `branch`, `member` or `news`.
    /// 类型：`branch`、`member`、`news`、`case` 等。
    pub kind: &'static str,
}

/// `content` in page.html, and in the template that a page names.
/// 网站 content/pages 里的一个页面，用 page.html 或者页面自己指定的模板。
#[derive(Debug)]
pub struct ContentView<'a> {
    /// The summary, where one was written for it.
    /// 摘要，专门写了才有。
    pub summary: Option<&'a str>,
    /// Its cover.
    /// 封面。
    pub cover: Option<PictureView<'a>>,
    /// The stories that it asks for.
    /// 收录的稿件。
    pub list: Option<CollectedView>,
    /// Its HTML.
    /// 正文。
    pub body: String,
    /// Its headings, where there are at least three.
    /// 各级标题，至少三个才有。
    pub outline: Vec<HeadingView<'a>>,
    /// When it was last changed, where that was given.
    /// 最后修改的日期；没有写就没有。
    pub updated: Option<DateView>,
    /// `extra` of the front matter.
    /// 附加内容，稿件信息里的 `extra`。
    pub extra: Option<Untyped<'a>>,
}

}
