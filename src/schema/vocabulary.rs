//! The lists of a campaign: focal points, units, people, carriers, works, tasks, events, honours and
//! words.

use super::story::SLUG;
use super::value::Word;
use super::{
    Field, Need, Rule, Show, anything, flag, maps, moment, record, text, text_or_texts, texts, word,
};
use crate::schema::messages;
use crate::value::colour::{Colour, PAPER, READABLE, contrast};
use crate::value::moment::Moment;
use crate::yaml::Node;
use crate::yaml::fields::ListItem;

/// `#b3261e` or `#b26`, dark enough to be read on a page.
pub(super) const COLOUR: Rule = Rule {
    holds: |text| Colour::parse(text).is_some_and(|colour| contrast(colour, PAPER) >= READABLE),
    complaint: |place, _, text| match Colour::parse(text) {
        Some(colour) => messages::colour_pale(place, text, contrast(colour, PAPER)),
        None => messages::colour_wrong(place, text),
    },
    pattern: "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$",
};

/// `2026`, `2026年`
const YEAR: Rule = Rule {
    holds: |text| year(text).is_some(),
    complaint: |place, _, text| messages::year_wrong(place, text),
    pattern: "^ *(19|20)[0-9]{2} *(年度?)? *$",
};

/// The year that a text says, if it says nothing else.
pub fn year(text: &str) -> Option<i32> {
    let half = crate::base::name::key(text);
    let digits = half.trim_end_matches('度').trim_end_matches('年').trim();
    let is_year = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|year| is_year && (1900..2100).contains(year))
}

// What every entry may have.
const ENTRY_SLUG: Field = text("网址名").rule(SLUG).help(
    "小写英文字母、数字、减号；不写就用名称的拼音",
    "lower-case letters, digits, hyphens; else the name in pinyin",
);
const OLD_SLUGS: Field = texts("旧网址名").rule(SLUG).sample("[old-name]", "[old-name]").help(
    "列表；用过的网址名，旧网址会自动转到新的",
    "a list of slugs that it had; their addresses lead to the new one",
);
const ALIASES: Field =
    texts("别名").help("列表；稿件里也可以这样写", "a list; what stories may call it too");
const EXTRA: Field = anything("附加")
    .sample("{电话: 0000-0000000}", "{phone: 0000-0000000}")
    .help("自己的内容，原样交给模板", "anything of your own, for templates");
const DESCRIPTION: Field =
    text("简介").sample("一句话简介", "One sentence about it").help("一句话", "one sentence");

const FROM: Field =
    moment("开始").sample("2026-03-01", "2026-03-01").help("从哪天开始", "the first day");
const TO: Field = moment("结束")
    .sample("2026-12-31", "2026-12-31")
    .help("到哪天为止；还没定就不写", "the last day; nothing if it is open");
const UNITS: Field = texts("单位")
    .names(&["units"])
    .show(Show::Fact)
    .sample("[水坪台社区党支部]", "[Shuipingtai branch]");

record! {
    /// An entry of `focal-points.yaml`.
    #[derive(Clone, Debug, Default)]
    pub struct FocalPointEntry in FOCAL_POINT, short form name {
        name: String = text("名称")
            .need(Need::Always)
            .sample("紧紧围绕中心", "Close to the centre")
            .help("全称", "the full name"),
        short_name: Option<String> = text("简称")
            .sample("围绕中心", "Centre")
            .help("菜单里显示的名称；不写就用全称", "the name in menus; else the full name"),
        slug: Option<String> = ENTRY_SLUG.sample("center", "center"),
        old_slugs: Vec<ListItem<String>> = OLD_SLUGS,
        aliases: Vec<ListItem<String>> = ALIASES.sample("[中心]", "[centre]"),
        description: Option<String> = DESCRIPTION,
        colour: Option<String> = text("颜色")
            .rule(COLOUR)
            .sample("\"#b3261e\"", "\"#b3261e\"")
            .help("写成 `\"#b3261e\"`，要带引号", "as `\"#b3261e\"`, in quotes"),
        hidden: bool = flag("隐藏")
            .sample("true", "true")
            .help("`true` 就不用这一个", "`true`: the campaign does without it"),
        extra: Option<Node> = EXTRA,
    }
}

record! {
    /// An entry of `units.yaml`.
    #[derive(Clone, Debug, Default)]
    pub struct UnitEntry in UNIT, short form name {
        name: String = text("名称")
            .need(Need::Always)
            .sample("水坪台社区党支部", "Shuipingtai branch")
            .help("稿件里就写这个", "what stories call it"),
        slug: Option<String> = ENTRY_SLUG.sample("shuipingtai", "shuipingtai"),
        old_slugs: Vec<ListItem<String>> = OLD_SLUGS,
        aliases: Vec<ListItem<String>> = ALIASES.sample("[水坪台支部]", "[Shuipingtai]"),
        level: Option<String> = text("层级")
            .sample("党支部", "branch")
            .help("党委、党总支、党支部等", "committee, branch …"),
        sector: Option<String> = text("领域")
            .sample("社区", "community")
            .help("社区、卫生、企业等", "community, health, industry …"),
        parent: Option<String> = text("上级")
            .names(&["units"])
            .sample("青禾街道党工委", "Qinghe committee")
            .help("也要列在这个文件里", "another unit of this file"),
        region: Option<String> = text("地区")
            .sample("水坪台片区", "Shuipingtai")
            .help("在哪里", "where it is"),
        description: Option<String> = DESCRIPTION,
        extra: Option<Node> = EXTRA,
    }
}

record! {
    /// An entry of `people.yaml`.
    #[derive(Clone, Debug, Default)]
    pub struct PersonEntry in PERSON, short form name {
        name: String = text("姓名")
            .need(Need::Always)
            .also("名称")
            .sample("林小满", "Lin Xiaoman")
            .help("网站上显示的姓名；也可以写成“名称”", "the name that the site shows"),
        unit: Vec<ListItem<String>> = text_or_texts("单位")
            .names(&["units"])
            .sample("水坪台社区党支部", "Shuipingtai branch")
            .help(
                "是哪个单位的；不写，各单位叫这个名字的都是这个人",
                "where this person is; else whoever has the name, in any unit",
            ),
        // In Chinese they are one key.
        units: Vec<ListItem<String>> = text_or_texts("单位")
            .names(&["units"])
            .sample("[水坪台社区党支部, 北街党支部]", "[Shuipingtai branch, North Street]")
            .help(
                "几个单位写成列表：在这些单位的稿件里都是同一个人",
                "a list: this is one person in the stories of all of them",
            ),
        slug: Option<String> = ENTRY_SLUG.sample("lin-xiao-man", "lin-xiao-man"),
        old_slugs: Vec<ListItem<String>> = OLD_SLUGS,
        aliases: Vec<ListItem<String>> = ALIASES.sample("[林晓满]", "[Xiaoman]"),
        description: Option<String> = DESCRIPTION,
        sort_key: Option<String> = text("排序")
            .sample("1", "1")
            .help(
                "数字小的在前，写了数字的都在没写的前面；写拼音的按拼音排",
                "numbers come first, the smallest on top; letters sort as a name would",
            ),
        portrait: Option<String> = text("照片")
            .sample("people/lin.jpg", "people/lin.jpg")
            .help("`static` 里的图片", "a picture in `static`"),
        portrait_alt: Option<String> = text("照片说明")
            .need(Need::With("portrait"))
            .sample("林小满在楼道里登记", "Lin Xiaoman at a door")
            .help("照片里是谁、在哪里、做什么", "what the picture shows"),
        extra: Option<Node> = EXTRA,
    }
}

record! {
    /// An entry of `carriers.yaml`.
    #[derive(Clone, Debug, Default)]
    pub struct CarrierEntry in CARRIER, short form name {
        name: String = text("名称")
            .need(Need::Always)
            .sample("党员责任区", "Members' areas")
            .help("稿件里就写这个", "what stories call it"),
        slug: Option<String> = ENTRY_SLUG.sample("zerenqu", "areas"),
        old_slugs: Vec<ListItem<String>> = OLD_SLUGS,
        aliases: Vec<ListItem<String>> = ALIASES.sample("[责任区]", "[areas]"),
        from: Option<Moment> = FROM,
        to: Option<Moment> = TO,
        when: Option<String> = text("时间")
            .show(Show::Fact)
            .sample("每周三下午", "Wednesday afternoons")
            .help("平时什么时候开展，随便怎么写", "when it takes place, in any words"),
        units: Vec<ListItem<String>> = UNITS
            .help("列表；在哪些单位开展", "a list: where it is carried out"),
        description: Option<String> = DESCRIPTION,
        extra: Option<Node> = EXTRA,
    }
}

/// What a work is to the campaign.
const ROLES: &[(&str, &str)] = &[("central", "中心工作"), ("linked", "统筹工作")];

record! {
    /// An entry of `works.yaml`.
    #[derive(Clone, Debug, Default)]
    pub struct WorkEntry in WORK, short form name {
        name: String = text("名称")
            .need(Need::Always)
            .sample("老旧小区改造", "Renewal of old housing")
            .help("稿件里就写这个", "what stories call it"),
        slug: Option<String> = ENTRY_SLUG.sample("gaizao", "renewal"),
        old_slugs: Vec<ListItem<String>> = OLD_SLUGS,
        aliases: Vec<ListItem<String>> = ALIASES.sample("[旧改]", "[renewal]"),
        role: Option<Word> = word("性质", ROLES)
            .default("central")
            .sample("central", "linked"),
        level: Option<String> = text("级别")
            .show(Show::Fact)
            .sample("街道", "street")
            .help("哪一级的工作：市、区、街道、社区等", "whose work it is: city, district …"),
        from: Option<Moment> = FROM,
        to: Option<Moment> = TO,
        parent: Option<String> = text("上级工作")
            .names(&["works"])
            .sample("全市城市更新", "Renewal of the city")
            .help("也要列在这个文件里", "another work of this file"),
        units: Vec<ListItem<String>> = texts("责任单位")
            .names(&["units"])
            .show(Show::Fact)
            .sample("[水坪台社区党支部]", "[Shuipingtai branch]")
            .help("列表；由谁负责", "a list: who is responsible"),
        description: Option<String> = DESCRIPTION,
        extra: Option<Node> = EXTRA,
    }
}

/// How far a task is.
pub const STATUSES: &[(&str, &str)] =
    &[("planned", "拟办"), ("doing", "在办"), ("done", "办结"), ("stopped", "暂缓")];

record! {
    /// An entry of `tasks.yaml`.
    #[derive(Clone, Debug, Default)]
    pub struct TaskEntry in TASK, short form name {
        name: String = text("名称")
            .need(Need::Always)
            .sample("楼道照明改造", "Light on the stairs")
            .help("稿件里就写这个", "what stories call it"),
        slug: Option<String> = ENTRY_SLUG.sample("zhaoming", "light"),
        old_slugs: Vec<ListItem<String>> = OLD_SLUGS,
        aliases: Vec<ListItem<String>> = ALIASES.sample("[楼道灯]", "[stairs]"),
        unit: Option<String> = text("责任单位")
            .names(&["units"])
            .show(Show::Fact)
            .sample("水坪台社区党支部", "Shuipingtai branch")
            .help("由谁来办", "who does it"),
        need: Option<String> = text("难事")
            .sample("楼道里没有灯，老人夜里不敢下楼", "The stairs are dark at night")
            .help("群众有什么难处", "what people lack"),
        measures: Vec<ListItem<String>> = text_or_texts("措施")
            .prose()
            .sample("[逐层查线路, 党员认领换灯]", "[check the wires, change the lamps]")
            .help("怎么办；几条就写成列表", "what is done; text or a list"),
        result: Option<String> = text("结果")
            .sample("12 个楼道全部亮灯", "All twelve are lit")
            .help("办成了什么；办结以后写", "what has come of it"),
        feedback: Option<String> = text("反馈")
            .sample("回访 40 户，都说亮了", "Forty were asked, all content")
            .help("群众怎么说；办结以后写", "what people say of it"),
        status: Option<Word> = word("状态", STATUSES)
            .sample("doing", "doing")
            .help("不写就是拟办；写了办结日期就是办结", "else planned; done where `done_on` is given"),
        due: Option<Moment> = moment("期限")
            .show(Show::Fact)
            .sample("2026-06-30", "2026-06-30")
            .help("哪天以前办好", "by which day"),
        done_on: Option<Moment> = moment("办结日期")
            .show(Show::Fact)
            .sample("2026-05-20", "2026-05-20")
            .help("哪天办好的；办结的必须写", "on which day it was done; needed then"),
        description: Option<String> = DESCRIPTION,
        extra: Option<Node> = EXTRA,
    }
}

record! {
    /// An entry of `events.yaml`.
    #[derive(Clone, Debug, Default)]
    pub struct EventEntry in EVENT {
        name: String = text("名称")
            .need(Need::Always)
            .sample("季度对账会", "The quarter's accounts")
            .help("做什么", "what takes place"),
        slug: Option<String> = ENTRY_SLUG.sample("duizhang", "accounts"),
        old_slugs: Vec<ListItem<String>> = OLD_SLUGS,
        aliases: Vec<ListItem<String>> = ALIASES.sample("[对账会]", "[accounts]"),
        date: Option<Moment> = moment("日期")
            .need(Need::Always)
            .sample("2026-06-30", "2026-06-30")
            .help(
                "`2026-06-30`，也可以带时间：`2026-06-30 14:30`",
                "`2026-06-30`, or with a time: `2026-06-30 14:30`",
            ),
        end: Option<Moment> = moment("结束")
            .sample("2026-07-02", "2026-07-02")
            .help("开好几天的，写最后一天", "the last day, if it lasts several"),
        place: Option<String> = text("地点")
            .sample("街道二楼会议室", "The hall")
            .help("在哪里", "where"),
        unit: Option<String> = text("单位")
            .names(&["units"])
            .sample("水坪台社区党支部", "Shuipingtai branch")
            .help("谁办的", "who holds it"),
        carriers: Vec<ListItem<String>> = texts("载体")
            .names(&["carriers"])
            .sample("[党员责任区]", "[Members' areas]")
            .help("列表；属于哪些载体", "a list: the carriers that it belongs to"),
        works: Vec<ListItem<String>> = texts("工作")
            .names(&["works"])
            .sample("[老旧小区改造]", "[Renewal of old housing]")
            .help("列表；属于哪些工作", "a list: the works that it belongs to"),
        story: Option<String> = text("稿件")
            .sample("stories/2026/qi-dong.md", "stories/2026/start.md")
            .help("讲它的稿件：`content` 里的路径", "the story that tells of it: its path in `content`"),
        description: Option<String> = DESCRIPTION,
        extra: Option<Node> = EXTRA,
    }
}

record! {
    /// An entry of `honours.yaml`.
    #[derive(Clone, Debug, Default)]
    pub struct HonourEntry in HONOUR {
        name: String = text("名称")
            .need(Need::Always)
            .sample("优秀共产党员", "Exemplary member")
            .help("荣誉的名称", "the title"),
        slug: Option<String> = ENTRY_SLUG.sample("youxiu", "exemplary"),
        old_slugs: Vec<ListItem<String>> = OLD_SLUGS,
        aliases: Vec<ListItem<String>> = ALIASES.sample("[优秀党员]", "[model member]"),
        by: Option<String> = text("授予单位")
            .sample("青禾街道党工委", "Qinghe committee")
            .help("谁授予的", "who conferred it"),
        year: Option<String> = text("年份")
            .rule(YEAR)
            .sample("2026", "2026")
            .help("哪一年；不写就是日期的那一年", "when; else the year of `date`"),
        date: Option<Moment> = moment("日期")
            .sample("2026-06-28", "2026-06-28")
            .help("表彰决定的日期", "the day of the decision"),
        document: Option<String> = text("文号")
            .sample("青工委〔2026〕9 号", "No. 9 of 2026")
            .help("表彰决定的文号", "the number of the decision"),
        level: Option<String> = text("级别")
            .sample("街道级", "street")
            .help("国家级、省级、市级等", "of the state, a province, a city …"),
        units: Vec<ListItem<String>> = texts("单位")
            .names(&["units"])
            .sample("[水坪台社区党支部]", "[Shuipingtai branch]")
            .help("列表；授予了哪些单位", "a list: the units upon which it was conferred"),
        people: Vec<ListItem<HonouredEntry>> = maps("人员", &HONOURED)
            .sample(
                "[{name: 林小满, unit: 水坪台社区党支部}]",
                "[{name: Lin Xiaoman, unit: Shuipingtai branch}]",
            )
            .help("授予了哪些人；还没有稿件的也写上", "the people, also those without a story"),
        description: Option<String> = DESCRIPTION,
        extra: Option<Node> = EXTRA,
    }
}

record! {
    /// A person upon whom an honour was conferred.
    #[derive(Clone, Debug, Default)]
    pub struct HonouredEntry in HONOURED, short form name {
        name: String = text("姓名")
            .need(Need::Always)
            .also("名称")
            .sample("林小满", "Lin Xiaoman")
            .help("谁", "who"),
        unit: Option<String> = text("单位")
            .names(&["units"])
            .sample("水坪台社区党支部", "Shuipingtai branch")
            .help("是哪个单位的", "where this person is"),
    }
}

record! {
    /// An entry of `series.yaml`.
    #[derive(Clone, Debug, Default)]
    pub struct SeriesEntry in SERIES, short form name {
        name: String = text("名称")
            .need(Need::Always)
            .sample("夏季防汛", "Summer floods")
            .help("稿件里就写这个", "what stories call it"),
        slug: Option<String> = ENTRY_SLUG.sample("fangxun", "floods"),
        old_slugs: Vec<ListItem<String>> = OLD_SLUGS,
        aliases: Vec<ListItem<String>> = ALIASES.sample("[防汛]", "[floods]"),
        cover: Option<String> = text("封面")
            .sample("series/fangxun.jpg", "series/floods.jpg")
            .help("`static` 里的图片", "a picture in `static`"),
        cover_alt: Option<String> = text("封面说明")
            .need(Need::With("cover"))
            .sample("河堤上的值守点", "The watch on the dyke")
            .help("图片里是谁、在哪里、做什么", "what the picture shows"),
        pinned: bool = flag("置顶")
            .sample("true", "true")
            .help("`true` 就显示在首页", "`true`: shown on the home page"),
        description: Option<String> = DESCRIPTION,
        extra: Option<Node> = EXTRA,
    }
}

record! {
    /// An entry of `words.yaml`.
    #[derive(Clone, Debug, Default)]
    pub struct WordEntry in WORD, short form name {
        name: String = text("名称")
            .need(Need::Always)
            .sample("狠抓落实", "going forward")
            .help("不用的词", "what is not to be written"),
        instead: Option<String> = text("改为")
            .sample("写清谁做、做到哪天", "from now on")
            .help("应当怎样写；没有固定写法就不写", "what to write; nothing if that depends"),
    }
}
