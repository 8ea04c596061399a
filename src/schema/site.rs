//! The settings of a site and of its archive.

use std::sync::Arc;

use time::UtcOffset;

use super::frame::{
    BANNER, Banner, FEED, FEEDS_MOST, FRIEND, Friend, GOV, GovSettings, HOME_SECTION,
    HOME_SECTIONS, MENU_ENTRY, MenuEntry, POLICE, PROFILES, STATISTICS, Statistics, home_section,
};
use super::vocabulary::COLOUR;
use super::{
    Field, Limit, Need, Rule, Value, anything, bilingual, flag, map, maps, named, number, record,
    text, text_or_texts, texts, word,
};
use crate::schema::messages;
use crate::schema::value::{Word, word_of};
use crate::value::destination::Destination;
use crate::value::foreign::{doubt, in_ascii};
use crate::value::kind::Kind;
use crate::value::moment::{default_zone, parse_zone};
use crate::value::slug::is_file_name;
use crate::yaml::fields::{Fields, ListItem};
use crate::yaml::{Node, Yaml};

const BASE_URL: Rule = Rule {
    holds: |text| BaseUrl::parse(text).is_some(),
    complaint: |place, _, text| messages::base_url_wrong(place, text),
    pattern: "^https?://[^/\\s]+(/\\S*)?$",
};

const TIME_ZONE: Rule = Rule {
    holds: |text| parse_zone(text).is_some(),
    complaint: messages::time_zone_wrong,
    pattern: "^([+-](0[0-9]|1[0-4]):[0-5][0-9]|Z|z|UTC)$",
};

const LANGUAGE: Rule = Rule {
    holds: |tag| tag.len() <= 35 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
    complaint: messages::language_wrong,
    pattern: "^[A-Za-z0-9-]{1,35}$",
};

const THEME: Rule = Rule {
    holds: is_file_name,
    complaint: |place, _, text| messages::theme_name_wrong(place, text),
    pattern: "^[^/\\\\]+$",
};

const CODE: Rule = Rule {
    holds: is_code,
    complaint: messages::archive_code_wrong,
    pattern: "^[A-Za-z0-9]{1,12}$",
};

/// In what order people stand on the honour roll.
const ORDERS: &[(&str, &str)] = &[("strokes", "姓氏笔画"), ("pinyin", "拼音"), ("given", "名单")];

record! {
    /// The settings of a site, with their defaults filled in.
    #[derive(Clone, Debug)]
    pub struct Settings in SITE {
        title: String = text("标题")
            .need(Need::Always)
            .sample("网站名称", "The name of the site")
            .help("网站名称", "the name of the site"),
        subtitle: Option<String> = text("副标题")
            .sample("一行小字", "A line below the name")
            .help("名称下面的一行", "a line below the name"),
        description: Option<String> = text("简介")
            .sample("一句话简介", "One sentence about the site")
            .help("一句话，给搜索引擎和订阅用", "one sentence, for search engines and the feed"),
        base_url: Option<BaseUrl> = text("网站地址")
            .rule(BASE_URL)
            .sample("https://www.example.cn/", "https://www.example.cn/")
            .help(
                "发布到哪里，例如 `https://www.example.cn/`",
                "where it is published, such as `https://www.example.cn/`",
            ),
        organisation: Option<String> = text("主办单位")
            .sample("青禾街道党工委", "The committee")
            .help("谁办的", "who publishes it"),
        contact: Option<String> = text("联系方式")
            .sample("电话 0000-0000000", "Telephone 0000-0000000")
            .help("显示在每一页底下", "how to reach them"),
        feedback: Option<Feedback> = map("反馈", &FEEDBACK)
            .sample("{email: fankui@example.cn, phone: 0000-0000000}", "{email: fankui@example.cn, phone: 0000-0000000}")
            .help("群众怎样找到你们；写了，每篇稿件下面和 `/feedback/` 都会显示", "how readers reach you, below every story and at `/feedback/`"),
        copyright: Option<String> = text("版权")
            .sample("版权所有", "All rights reserved")
            .help("显示在每一页底下", "the copyright line"),
        icp: Option<String> = text("备案号")
            .sample("某ICP备00000000号", "某ICP备00000000号")
            .help("显示在每一页底下", "the number of the ICP registration"),
        police: Option<String> = text("公安备案号")
            .rule(POLICE)
            .sample("某公网安备00000000000000号", "某公网安备00000000000000号")
            .help("显示在每一页底下；里面有 14 位数字", "the public security number, with its 14 digits"),
        police_emblem: Option<String> = text("公安备案图标")
            .sample("beian.png", "beian.png")
            .help(
                "`static` 里的图片，显示在公安备案号前面",
                "a picture in `static`, shown before the public security number",
            ),
        profile: Option<Word> = word("网站类型", PROFILES)
            .sample("gov", "gov")
            .help(
                "写了，网页里就有政府网站要求的标签，页底有网站标识码等，并有网站地图和无障碍说明",
                "adds the meta tags and the footer of public bodies, a map of the site and a statement",
            ),
        gov: Option<GovSettings> = map("政府网站信息", &GOV)
            .help("写在每一页底下的", "what stands at the foot of every page"),
        logo: Option<String> = text("标志")
            .sample("logo.png", "logo.png")
            .help("`static` 里的图片，代替自带的标志", "a picture in `static`, in place of the theme's"),
        colour: Option<String> = text("颜色")
            .rule(COLOUR)
            .sample("\"#b3261e\"", "\"#b3261e\"")
            .help(
                "网站的主色，写成 `\"#b3261e\"`，要带引号",
                "the main colour, as `\"#b3261e\"`, in quotes",
            ),
        banner: Option<Banner> = map("横幅", &BANNER)
            .sample("banner.jpg", "banner.jpg")
            .help("每一页顶上的图片；只写图片也可以", "a picture on top of every page; or its name alone"),
        menu: Vec<ListItem<MenuEntry>> = maps("菜单", &MENU_ENTRY)
            .sample("[home, news, {to: about, name: 关于我们}]", "[home, news, {to: about, name: About us}]")
            .help(
                "按顺序写要显示的；只写链接也可以；不写就列出全部栏目",
                "what it shows, in its order; or the targets alone; else all sections",
            ),
        home: Vec<ListItem<String>> = texts("首页")
            .rule(HOME_SECTION)
            .sample("[front, focal_points, latest]", "[front, focal_points, latest]")
            .help(
                "首页有哪些部分，按什么顺序：`preface` 简介、`front` 头条、`news` 动态、`pictures` 图片新闻、`focal_points` 着力点、`series` 专题、`latest` 最新、`branches` 支部、`members` 党员、`changed` 更新；不写就照原样",
                "the parts of the home page and their order: `preface`, `front`, `news`, `pictures`, `focal_points`, `series`, `latest`, `branches`, `members`, `changed`; else as usual",
            ),
        pages: Vec<ListItem<String>> = texts("页面顺序")
            .sample("[about, contact]", "[about, contact]")
            .help(
                "列表；`pages` 里的网页怎样排，写文件名或标题；没写的排在后面",
                "a list: the order of the pages in `pages`, by file or title; others follow",
            ),
        friends: Vec<ListItem<Friend>> = maps("友情链接", &FRIEND)
            .sample(
                "[{name: 某某网, to: https://www.example.cn/}]",
                "[{name: A friend, to: https://www.example.cn/}]",
            )
            .help("显示在每一页底下", "at the foot of every page"),
        statistics: Option<Statistics> = map("统计", &STATISTICS)
            .sample("tongji.js", "count.js")
            .help("访问统计的脚本；不写就没有统计", "a script that counts visits; else nothing is counted"),
        feeds: Vec<ListItem<String>> = texts("订阅")
            .rule(FEED)
            .limit(FEEDS_MOST)
            .sample("[units, members]", "[units, members]")
            .help(
                "列表；每个单位（`units`）、每名党员（`members`）也有一份订阅",
                "a list: a feed for each unit and each member, too",
            ),
        notice: Option<String> = text("提示")
            .sample("内容均为虚构", "All of this is invented")
            .help("显示在每一页顶上", "a notice on every page"),
        language: String = text("语言")
            .rule(LANGUAGE)
            .default("zh-CN")
            .sample("zh-CN", "zh-CN")
            .help("网页的语言", "the language of the pages"),
        time_zone: UtcOffset = text("时区")
            .rule(TIME_ZONE)
            .default("\"+08:00\"")
            .sample("\"+08:00\"", "\"+08:00\"")
            .help("没有写时区的日期按它算", "of dates that name none"),
        page_size: usize = number("每页条数", 1, 1000)
            .default("20")
            .sample("20", "20")
            .help("列表的每一页有几篇", "stories on a page of a list"),
        search: bool = flag("搜索")
            .default("true")
            .sample("false", "false")
            .help("站内搜索，不需要服务器；不要的话写 `false`", "`false` leaves the search out"),
        pictures: Option<PictureSettings> = map("图片", &PICTURES)
            .help("图片的大小和质量，一般不用写", "sizes and quality of pictures, seldom needed"),
        order: Option<Word> = word("排序", ORDERS)
            .default("strokes")
            .sample("strokes", "strokes")
            .help("荣誉榜上的人怎样排", "of the people on the honour roll"),
        coverage: bool = flag("覆盖情况")
            .default("false")
            .sample("true", "true")
            .help(
                "`true`：网站上有一页 `/coverage/`，列出哪些单位、着力点、月份有稿件，哪些没有",
                "`true`: the page `/coverage/` shows which unit, focal point and month has stories",
            ),
        theme: String = text("主题")
            .rule(THEME)
            .default("xianfeng")
            .sample("xianfeng", "xianfeng")
            .help("`themes` 里的一个文件夹，或者自带的 `bulletin`（公告栏）", "a folder in `themes`, or the built-in `bulletin`"),
        theme_options: Vec<(String, Node)> = anything("主题选项")
            .sample("{}", "{}")
            .help("主题自己的选项；自带的主题没有", "options of the theme; the built-in one has none"),
        extra: Option<Node> = anything("附加")
            .sample("{热线: 0000-0000000}", "{hotline: 0000-0000000}")
            .help("自己的内容，原样交给模板", "anything of your own, for templates"),
        archive: Option<ArchiveSettings> = map("归档", &ARCHIVE)
            .help("归档需要的信息", "what the archive needs"),
        brief: Option<BriefSettings> = map("简报", &BRIEF)
            .sample("{name: 先锋简报, to: [市委组织部]}", "{name: The Bulletin}")
            .help("简报的版头和报送单位，给 `export brief` 用", "the head and foot of a bulletin, for `export brief`"),
        deploy: Vec<(String, DeploySettings)> = named("部署", &DEPLOY)
            .sample(
                "{default: {to: s3://bucket/site, endpoint: https://oss.example.cn, region: cn-east}}",
                "{default: {to: s3://bucket/site, endpoint: https://s3.example.cn, region: eu-1}}",
            )
            .help(
                "`deploy` 命令把网站传到哪里；每个目标起一个名字，不说名字时用 `default`；只写目标地址也可以",
                "where `deploy` sends the site: targets by name, `default` being the one that need not be named; or their addresses alone",
            ),
        .. {
            file: Option<Arc<Yaml>>,
        }
    }
}

const DESTINATION: Rule = Rule {
    holds: |text| Destination::parse(text).is_ok(),
    complaint: |place, _, text| messages::destination_wrong(place, text),
    pattern: "^(s3|webdavs?|sftp|rsync|file)://\\S.*$",
};

const ENDPOINT: Rule = Rule {
    holds: is_endpoint,
    complaint: |place, _, text| messages::endpoint_wrong(place, text),
    pattern: "^https?://[^/@\\s]+/?$",
};

/// Is this the address of a service: `https://oss.example.cn`, with a port or without?
fn is_endpoint(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.strip_suffix('/').unwrap_or(rest);
        let fits = |b: u8| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b);
        !host.is_empty() && host.bytes().all(fits) && !host.starts_with([':', '.', '-'])
    })
}

/// How the name of a bucket stands in addresses.
const STYLES: &[(&str, &str)] = &[("host", "域名"), ("path", "路径")];

record! {
    /// Where a site is sent.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct DeploySettings in DEPLOY, short form to {
        to: String = text("目标地址")
            .need(Need::Always)
            .rule(DESTINATION)
            .sample("s3://bucket/site", "s3://bucket/site")
            .help(
                "`s3://桶/前缀`、`webdavs://主机/文件夹`、`sftp://用户@主机/文件夹`、`rsync://用户@主机/文件夹` 或 `file:///文件夹`",
                "`s3://bucket/prefix`, `webdavs://host/folder`, `sftp://user@host/folder`, `rsync://user@host/folder` or `file:///folder`",
            ),
        endpoint: Option<String> = text("服务地址")
            .rule(ENDPOINT)
            .sample("https://oss.example.cn", "https://s3.example.cn")
            .help("对象存储的地址，问服务商", "the address of the object storage"),
        region: Option<String> = text("地域")
            .sample("cn-east", "eu-1")
            .help("对象存储的地域代码，不写就是 `us-east-1`", "its region, else `us-east-1`"),
        style: Option<Word> = word("桶的写法", STYLES)
            .sample("path", "path")
            .help(
                "桶名放在域名里还是路径里，一般不用写",
                "where the name of the bucket stands in addresses, seldom needed",
            ),
        compress: bool = flag("压缩")
            .default("false")
            .sample("true", "true")
            .help(
                "只用于对象存储：`true`，网页、样式等文字压缩以后再传，读者打开更快、更省流量",
                "object storage only: `true` sends pages, styles and other texts compressed, as it serves what it was given",
            ),
        secrets: Option<String> = text("密钥文件")
            .sample("~/deploy.key", "~/deploy.key")
            .help(
                "写着密钥的文件，只有自己能读，不要放在网站文件夹里；不写就从环境变量里取",
                "a file with the keys that nobody else can read; else they come from the environment",
            ),
    }
}

/// `fankui@example.cn`
const EMAIL: Rule = Rule {
    holds: |text| {
        text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@')
        }) && text.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"(),;:?&".contains(&b))
    },
    complaint: |place, _, text| messages::email_wrong(place, text),
    pattern: "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$",
};

/// An address of a form that somebody else keeps.
const FORM: Rule = Rule {
    holds: |text| {
        ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme))
            && doubt(text).is_none()
    },
    complaint: |place, _, text| messages::form_wrong(place, text),
    pattern: "^https?://\\S+$",
};

record! {
    /// How readers reach those who publish the site.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Feedback in FEEDBACK {
        email: Option<String> = text("邮箱")
            .rule(EMAIL)
            .sample("fankui@example.cn", "fankui@example.cn")
            .help("收意见的邮箱", "where mail goes"),
        phone: Vec<ListItem<String>> = text_or_texts("电话")
            .sample("0000-0000000", "0000-0000000")
            .help("可以公开的电话；几个就写成列表", "a telephone for the public; several as a list"),
        form: Option<String> = text("表单")
            .rule(FORM)
            .sample("https://www.example.cn/form", "https://www.example.cn/form")
            .help("网上表单的地址", "the address of a form"),
        address: Option<String> = text("地址")
            .sample("青禾街道便民服务中心二楼", "Second floor, Service Centre")
            .help("来访、来信的地址", "where to come or write to"),
        hours: Option<String> = text("时间")
            .sample("工作日 9:00–17:00", "Weekdays 9 to 5")
            .help("什么时候有人", "when somebody is there"),
    }
}

const WIDTH: Rule = Rule {
    holds: |text| text.parse().is_ok_and(|width| WIDTHS.contains(&width)),
    complaint: |place, _, text| messages::picture_width_wrong(place, text),
    pattern: "^[0-9]{2,4}$",
};

/// How wide a copy of a picture may be.
const WIDTHS: std::ops::RangeInclusive<u32> = 100..=4000;

record! {
    /// How copies of pictures are made.
    #[derive(Clone, Debug, Default)]
    pub struct PictureSettings in PICTURES {
        widths: Vec<ListItem<String>> = texts("宽度")
            .rule(WIDTH)
            .limit(Limit {
                most: 6,
                code: "picture-widths-many",
                help: bilingual("三种就够了", "three are enough"),
            })
            .default("[480, 960, 1600]")
            .sample("[480, 960, 1600]", "[480, 960, 1600]")
            .help(
                "页面上用的图片有多宽，单位是像素；比原图宽的不做",
                "how wide copies are, in pixels; never wider than the picture",
            ),
        quality: usize = number("质量", 30, 95)
            .default("80")
            .sample("80", "80")
            .help("越大越清楚，文件也越大", "greater is sharper, and larger"),
    }
}

impl Settings {
    /// The sections of the home page in their order, each once.
    pub fn home_order(&self) -> Vec<&'static str> {
        let mut order: Vec<&'static str> = Vec::new();
        for section in self.home.iter().filter_map(|word| home_section(word)) {
            if !order.contains(&section) {
                order.push(section);
            }
        }
        if order.is_empty() {
            let usual = HOME_SECTIONS.iter().map(|(section, _)| *section);
            order = usual.filter(|section| *section != "news").collect();
        }
        order
    }

    /// How wide copies of pictures are, the narrowest first.
    pub fn picture_widths(&self) -> Vec<u32> {
        let given = self.pictures.iter().flat_map(|pictures| &pictures.widths);
        let mut widths: Vec<u32> = given.filter_map(|item| item.value.parse().ok()).collect();
        if widths.is_empty() {
            widths = vec![480, 960, 1600];
        }
        widths.sort_unstable();
        widths.dedup();
        widths
    }

    /// The quality of copies, out of 100.
    pub fn picture_quality(&self) -> u8 {
        self.pictures.as_ref().map_or(80, |pictures| pictures.quality as u8)
    }
}

record! {
    /// The settings of the archive.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ArchiveSettings in ARCHIVE {
        fonds: Option<String> = text("全宗号")
            .rule(CODE)
            .sample("Q012", "Q012")
            .help("归档时必须写；请先问档案室", "the number of the fonds; `archive` needs it"),
        fonds_name: Option<String> = text("全宗名称")
            .sample("青禾街道", "Qinghe")
            .help("全宗的名称", "the name of the fonds"),
        category: Option<String> = text("门类")
            .rule(CODE)
            .sample("WS", "WS")
            .help("档案门类代码，不写就是 `WS`（文书）", "the code of the category, else `WS`"),
        department: Option<String> = text("机构")
            .rule(CODE)
            .sample("DQB", "DQB")
            .help(
                "机构（问题）代码，归档时必须写；请先问档案室",
                "the code of the department; `archive` needs it",
            ),
        retention: Option<RetentionByKind> = map("保管期限", &RETENTION)
            .sample("{branch: 永久, member: 永久, news: 10年}", "{branch: Y, member: Y, news: D10}")
            .help("每种稿件保管多久", "how long each kind of story is kept"),
        contact_name: Option<String> = text("联系人")
            .sample("党群办档案联络员", "The archivist")
            .help("谁负责归档包", "who answers for the bag"),
        contact_phone: Option<String> = text("联系电话")
            .sample("0000-0000000", "0000-0000000")
            .help("联系人的电话", "their telephone"),
        contact_email: Option<String> = text("联系邮箱")
            .sample("dangan@example.cn", "dangan@example.cn")
            .help("联系人的邮箱", "their address for mail"),
    }
}

record! {
    /// The head and foot of a bulletin.
    #[derive(Clone, Debug, Default)]
    pub struct BriefSettings in BRIEF {
        name: Option<String> = text("名称")
            .sample("先锋简报", "The Bulletin")
            .help("简报的名称，不写就是网站名称加“简报”", "its name, else that of the site"),
        unit: Option<String> = text("编印单位")
            .sample("青禾街道党工委办公室", "The office")
            .help("谁编的，不写就是主办单位", "who makes it, else the organisation"),
        note: Option<String> = text("按语")
            .sample("各支部可以学习借鉴。", "For all branches.")
            .help("每一期都有的按语；某一期另写，用 `--note`", "a note in every issue, unless `--note` gives another"),
        to: Vec<ListItem<String>> = text_or_texts("报送")
            .sample("[市委组织部]", "[The committee]")
            .help("报送哪些单位", "to whom it is reported"),
        cc: Vec<ListItem<String>> = text_or_texts("发送")
            .sample("[各党支部]", "[All branches]")
            .help("发送哪些单位", "to whom it is sent"),
        copies: usize = number("印数", 0, 100_000)
            .default("0")
            .sample("50", "50")
            .help("印多少份，不写就不显示", "how many are printed"),
    }
}

record! {
    /// How long each kind of story is kept, where that is said.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct RetentionByKind in RETENTION {
        branch: Option<Retention> = word("支部", Retention::NAMES)
            .sample("Y", "Y"),
        member: Option<Retention> = word("党员", Retention::NAMES)
            .sample("D30", "D30"),
        news: Option<Retention> = word("动态", Retention::NAMES)
            .sample("D10", "D10")
            .help("动态一般不归档", "news seldom goes to the archive"),
        case: Option<Retention> = word("案例", Retention::NAMES)
            .sample("Y", "Y"),
    }
}

/// The category of documents (文书), where none is given.
const DOCUMENTS: &str = "WS";

impl ArchiveSettings {
    /// The code of the category.
    pub fn category(&self) -> &str {
        self.category.as_deref().unwrap_or(DOCUMENTS)
    }

    /// How long a kind of story is kept, where that is said.
    pub fn retention(&self, kind: Kind) -> Option<Retention> {
        let retention = self.retention.as_ref()?;
        match kind {
            Kind::Branch => retention.branch,
            Kind::Member => retention.member,
            Kind::News => retention.news,
            Kind::Case => retention.case,
        }
    }
}

/// How long something is kept (保管期限).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Retention {
    /// For ever (永久).
    Permanent,
    /// Thirty years.
    Years30,
    /// Ten years.
    Years10,
}

impl Retention {
    const ALL: [Retention; 3] = [Retention::Permanent, Retention::Years30, Retention::Years10];

    /// The code and the name of every term.
    const NAMES: &'static [(&'static str, &'static str)] =
        &[("Y", "永久"), ("D30", "30年"), ("D10", "10年")];

    /// `Y`, `D30` or `D10`.
    pub fn code(self) -> &'static str {
        Self::NAMES[self as usize].0
    }

    /// 永久, 30年 or 10年.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].1
    }

    /// The term that a code means.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|term| term.code() == code)
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|term| term.code() == word || term.name() == word)
    }
}

impl Value for Option<Retention> {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        let codes = Retention::NAMES.iter().map(|&(code, _)| code);
        word_of(fields, field, Retention::from_word, codes, messages::retention_wrong)
    }
}

/// May this be a part of an item number? ASCII letters and digits, so that the number can
/// be taken apart again.
pub fn is_code(text: &str) -> bool {
    (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// An absolute address that ends in `/`: `https://example.cn/zhuanlan/`. In ASCII, as sitemaps
/// and strict readers want it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Reads `https://HOST/PATH`; a missing slash at the end is added.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let host =
            rest.split('/').next().filter(|host| !host.is_empty() && !host.starts_with(':'))?;
        let odd = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || crate::base::text::is_noncharacter(c)
                || "\"'<>?#\\{}|^`".contains(c)
        };
        let climbs = rest.split('/').any(|part| part == ".." || part == ".");
        if text.contains(odd) || climbs || host.contains('@') || rest.contains("//") {
            return None;
        }
        let scheme = &text[..text.len() - rest.len()];
        Some(Self(format!("{scheme}{}/", in_ascii(rest.trim_end_matches('/')))))
    }

    /// The whole address, with `/` at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host alone: `www.example.cn`.
    pub fn host(&self) -> &str {
        let rest = self.0.split("://").nth(1).unwrap_or(&self.0);
        let host = rest.split('/').next().unwrap_or(rest);
        host.split(':').next().unwrap_or(host)
    }

    /// The path alone: `/`, or `/zhuanlan/`.
    pub fn path(&self) -> &str {
        let host = self.0.find("://").map_or(0, |at| at + 3);
        self.0[host..].find('/').map_or("/", |at| &self.0[host + at..])
    }
}

impl Value for Option<BaseUrl> {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        super::value::text(fields, field).and_then(|text| BaseUrl::parse(&text))
    }
}

impl Value for UtcOffset {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        let given = super::value::text(fields, field);
        given.and_then(|text| parse_zone(&text)).unwrap_or_else(default_zone)
    }
}

impl Value for Vec<(String, Node)> {
    fn read(fields: &Fields<'_>, field: &'static Field) -> Self {
        match fields.map(field.name) {
            Some(Node::Map(entries)) => entries.clone(),
            _ => Vec::new(),
        }
    }
}
