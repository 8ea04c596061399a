//! What site.yaml says of what stands around every page: marks and colours, the menu, friends,
//! statistics, and what a public body must show.

use super::{Limit, Need, Rule, flag, map, record, text, text_or_texts};
use crate::base::lang::bilingual;
use crate::base::name;
use crate::schema::messages;
use crate::value::foreign::doubt;
use crate::value::nearest::nearest;
use crate::yaml::fields::ListItem;

/// What a site is, if there are rules for its kind.
pub const PROFILES: &[(&str, &str)] = &[("gov", "政府网站")];

/// The kinds of entities of which each may have a feed, as site.yaml calls them.
pub const FEEDS: &[(&str, &str)] = &[
    ("units", "单位"),
    ("members", "党员"),
    ("branches", "支部"),
    ("carriers", "载体"),
    ("works", "工作"),
    ("tasks", "实事"),
    ("series", "专题"),
    ("regions", "地区"),
];

/// The kind that a word of `feeds` means.
pub fn feed_kind(word: &str) -> Option<&'static str> {
    let key = name::key(word);
    let is_it = |known: &str| known == word || known == key;
    FEEDS.iter().find(|(en, zh)| is_it(en) || is_it(zh)).map(|&(en, _)| en)
}

pub(super) const FEED: Rule = Rule {
    holds: |text| feed_kind(text).is_some(),
    complaint: |place, _, text| messages::feed_unknown(place, text, FEEDS),
    pattern: "^(units|members|branches|carriers|works|tasks|series|regions|单位|党员|支部|载体|工作|实事|专题|地区)$",
};

/// The fourteen digits of a public security number; `None` if it does not have just so many.
pub fn police_digits(text: &str) -> Option<String> {
    let key = name::key(text);
    let digits: String = key.chars().filter(char::is_ascii_digit).collect();
    (digits.len() == 14).then_some(digits)
}

pub(super) const POLICE: Rule = Rule {
    holds: |text| police_digits(text).is_some(),
    complaint: |place, _, text| messages::police_wrong(place, text),
    pattern: "^[^0-9０-９]*([0-9０-９][^0-9０-９]*){14}$",
};

const SITE_CODE: Rule = Rule {
    holds: |text| (6..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric()),
    complaint: |place, _, text| messages::site_code_wrong(place, text),
    pattern: "^[A-Za-z0-9]{6,20}$",
};

/// Is this a whole address of another site?
pub fn is_web_address(text: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme)) && doubt(text).is_none()
}

const WEB_ADDRESS: Rule = Rule {
    holds: is_web_address,
    complaint: |place, _, text| messages::web_address_wrong(place, text),
    pattern: "^https?://\\S+$",
};

record! {
    /// What a public body must show.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct GovSettings in GOV {
        site_code: Option<String> = text("网站标识码")
            .rule(SITE_CODE)
            .sample("0000000000", "0000000000")
            .help("全国政府网站统一编的标识码", "the identification code of the site"),
        address: Option<String> = text("地址")
            .sample("青禾街道一号", "1 Qinghe Street")
            .help("主办单位的地址", "where the organisation is"),
        phone: Vec<ListItem<String>> = text_or_texts("电话")
            .sample("0000-0000000", "0000-0000000")
            .help("联系电话；几个就写成列表", "its telephone; several as a list"),
        institution_mark: Option<Badge> = map("党政机关标识", &BADGE)
            .sample("gov/dzjg.png", "gov/mark.png")
            .help(
                "`static` 里的图片，或核验网页的地址，或两样都写",
                "a picture in `static`, or the address that vouches for it, or both",
            ),
        error_report: Option<Badge> = map("网站找错", &BADGE)
            .sample("gov/jiucuo.png", "gov/report.png")
            .help(
                "`static` 里的图片；不写链接就按网站标识码转到“政府网站找错”",
                "a picture in `static`; else it links by the site's code",
            ),
    }
}

record! {
    /// A picture of the project, and where it leads.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Badge in BADGE, short form picture {
        picture: String = text("图片")
            .sample("gov/dzjg.png", "gov/mark.png")
            .help("`static` 里的图片", "a picture in `static`"),
        link: Option<String> = text("链接")
            .rule(WEB_ADDRESS)
            .sample("https://www.example.cn/", "https://www.example.cn/")
            .help("点了转到哪里", "where it leads"),
    }
}

impl Badge {
    /// The picture; the short form may be an address instead.
    pub fn picture(&self) -> Option<&str> {
        Some(&*self.picture).filter(|text| !text.is_empty() && !is_web_address(text))
    }

    /// Where it leads.
    pub fn link(&self) -> Option<&str> {
        let short = Some(&*self.picture).filter(|text| is_web_address(text));
        self.link.as_deref().or(short)
    }
}

record! {
    /// The picture on top of every page.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Banner in BANNER, short form picture {
        picture: String = text("图片")
            .need(Need::Always)
            .sample("banner.jpg", "banner.jpg")
            .help("`static` 里的图片，宽而扁的好看", "a picture in `static`, wide and low"),
        alt: Option<String> = text("说明")
            .sample("青禾街道的清晨", "Morning in Qinghe")
            .help("图片里有什么；只是装饰就不写", "what it shows; nothing if it is decoration"),
    }
}

/// The sections of the home page in their usual order, and what they are called. News are a part of
/// the front, unless they stand apart.
pub(super) const HOME_SECTIONS: [(&str, &str); 10] = [
    ("preface", "简介"),
    ("front", "头条"),
    ("pictures", "图片新闻"),
    ("focal_points", "着力点"),
    ("series", "专题"),
    ("latest", "最新"),
    ("branches", "支部"),
    ("members", "党员"),
    ("changed", "更新"),
    ("news", "动态"),
];

/// The section of the home page that a word means.
pub fn home_section(word: &str) -> Option<&'static str> {
    let word = name::key(word);
    let found = HOME_SECTIONS.iter().find(|(en, zh)| *en == word || *zh == word);
    found.map(|(section, _)| *section)
}

pub(super) const HOME_SECTION: Rule = Rule {
    holds: |word| home_section(word).is_some(),
    complaint: |place, _, word| {
        let known = HOME_SECTIONS.iter().flat_map(|&(en, zh)| [en, zh]);
        messages::home_section_unknown(place, word, nearest(word, known), &HOME_SECTIONS)
    },
    pattern: "^(preface|front|pictures|focal_points|series|latest|branches|members|changed|news|简介|头条|图片新闻|着力点|专题|最新|支部|党员|更新|动态)$",
};

record! {
    /// An entry of the menu.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct MenuEntry in MENU_ENTRY, short form to {
        to: String = text("链接")
            .need(Need::Always)
            .also("去向")
            .sample("news", "news")
            .help(
                "栏目（`news` 或 `活动动态`）、页面（`about` 或它的标题）、本站的网址，或外面的网址",
                "a section (`news`), a page (`about` or its title), an address here or elsewhere",
            ),
        name: Option<String> = text("名称")
            .sample("最新消息", "What is new")
            .help("菜单里显示的字；不写就用原来的", "the words in the menu; else its own"),
        hidden: bool = flag("隐藏")
            .sample("true", "true")
            .help(
                "`true` 就不显示；菜单里只写了隐藏的项，其余照旧",
                "`true`: not shown; if all entries are hidden ones, the rest stays as it is",
            ),
    }
}

record! {
    /// A site that this one links to on every page.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Friend in FRIEND {
        name: String = text("名称")
            .need(Need::Always)
            .sample("某某网", "A friend")
            .help("显示的字", "what it is called"),
        to: String = text("链接")
            .also("网址")
            .rule(WEB_ADDRESS)
            .need(Need::Always)
            .sample("https://www.example.cn/", "https://www.example.cn/")
            .help("完整的网址", "its whole address"),
        logo: Option<String> = text("标志")
            .sample("friends/mou.png", "friends/one.png")
            .help("`static` 里的图片；不写就显示名称", "a picture in `static`; else the name"),
        group: Option<String> = text("分组")
            .sample("上级单位", "Above us")
            .help("同一组的放在一起", "those of one group stand together"),
    }
}

const HOST: Rule = Rule {
    holds: is_host,
    complaint: |place, _, text| messages::host_wrong(place, text),
    pattern: "^[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$",
};

fn is_host(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    text.contains('.') && text.split('.').all(is_part)
}

/// A script of `content/static`, or one elsewhere.
const SCRIPT: Rule = Rule {
    holds: |text| match text.strip_prefix("https://") {
        Some(rest) => {
            is_web_address(text)
                && is_host(rest.split(['/', '?']).next().unwrap_or_default())
                && rest.contains('/')
                && !text.contains(['"', '\'', ';', ','])
        }
        None => text.ends_with(".js") && !text.contains([':', '?', '#']),
    },
    complaint: |place, _, text| messages::statistics_wrong(place, text),
    pattern: "^(https://[A-Za-z0-9.-]+/\\S*|[^:?#]+\\.js)$",
};

record! {
    /// The script that counts visits.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Statistics in STATISTICS, short form script {
        script: String = text("脚本")
            .need(Need::Always)
            .rule(SCRIPT)
            .sample("tongji.js", "count.js")
            .help(
                "`static` 里的脚本，或统计网站给的脚本地址",
                "a script in `static`, or the address of one elsewhere",
            ),
        host: Option<String> = text("域名")
            .rule(HOST)
            .sample("tongji.example.cn", "count.example.cn")
            .help(
                "`static` 里的脚本还要从哪个域名取脚本",
                "the host from which a script in `static` gets more",
            ),
    }
}

impl Statistics {
    /// The host that the pages must let scripts come from.
    pub fn host(&self) -> Option<&str> {
        let of_script =
            self.script.strip_prefix("https://").and_then(|rest| rest.split('/').next());
        self.host.as_deref().or(of_script)
    }

    /// The script, if it is a file of the project.
    pub fn file(&self) -> Option<&str> {
        Some(&*self.script).filter(|script| !script.is_empty() && !script.contains("://"))
    }
}

/// So many feeds can be asked for.
pub(super) const FEEDS_MOST: Limit = Limit {
    most: FEEDS.len(),
    code: "feeds-many",
    help: bilingual("每种只写一次", "name each kind once"),
};
